//! Bytes in, text out: which character encoding a page is in, decided as browsers decide it.
//!
//! A byte order mark beats the header, the header beats what the page declares near its start,
//! and that beats a guess (WHATWG HTML, 13.2.3.2). XML declarations are read as well, for feeds.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes in which a declaration is looked for. A page must declare itself in the first 1024; browsers
/// mend a later one while they parse, and pages rely on it.
const PRESCAN_BYTES: usize = 16 << 10;

/// A text and how it was read from its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// The encoding's name (WHATWG Encoding).
    pub encoding: &'static str,
    /// What named it.
    pub method: Method,
    /// Whether some bytes meant nothing and were replaced by U+FFFD.
    pub malformed: bool,
}

/// What named an encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The byte order mark.
    ByteOrderMark,
    /// The `charset` of the `Content-Type`.
    Header,
    /// A `<meta>` element or an XML declaration.
    Declared,
    /// The bytes themselves.
    Guessed,
}

/// Reads `bytes` in the encoding that their mark, header, declaration or looks name.
pub fn decode(bytes: &[u8], content_type: Option<&str>) -> Decoded {
    let (encoding, method) = believed(sniff(bytes, content_type), bytes);
    let (text, _, malformed) = encoding.decode(bytes);
    Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
        method,
        malformed,
    }
}

/// Browsers believe a header or a declaration whatever the bytes are; an archive is read better where
/// bytes that cannot be what they are said to be are believed instead. Text in UTF-8 is almost never sound by
/// chance, and text in anything else almost never sound UTF-8.
fn believed((encoding, method): (&'static Encoding, Method), bytes: &[u8]) -> (&'static Encoding, Method) {
    if !matches!(method, Method::Header | Method::Declared) || bytes.is_ascii() {
        return (encoding, method);
    }
    let is_utf_8 = std::str::from_utf8(bytes).is_ok();
    match (encoding == UTF_8, is_utf_8) {
        (false, true) if encoding.is_single_byte() => (UTF_8, Method::Guessed),
        (true, false) if !is_nearly_utf_8(bytes) => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            (detector.guess(None, Utf8Detection::Deny), Method::Guessed)
        }
        _ => (encoding, method),
    }
}

/// Whether some of the longer sequences of UTF-8 are sound: a page with one torn character is in UTF-8 all the
/// same.
fn is_nearly_utf_8(bytes: &[u8]) -> bool {
    bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii())
}

fn sniff(bytes: &[u8], content_type: Option<&str>) -> (&'static Encoding, Method) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding, Method::ByteOrderMark);
    }
    if let Some(encoding) = content_type.and_then(header_charset) {
        return (encoding, Method::Header);
    }
    let start = &bytes[..bytes.len().min(PRESCAN_BYTES)];
    if let Some(encoding) = xml_charset(start).or_else(|| meta_charset(start)) {
        return (encoding, Method::Declared);
    }
    (guess(bytes), Method::Guessed)
}

/// What `chardetng` would say, without asking it where the answer is plain.
fn guess(bytes: &[u8]) -> &'static Encoding {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => WINDOWS_1252,
        Ok(_) => UTF_8,
        Err(_) => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            detector.guess(None, Utf8Detection::Allow)
        }
    }
}

/// The encoding that a `Content-Type` names.
fn header_charset(content_type: &str) -> Option<&'static Encoding> {
    let mut parameters = content_type.split(';').skip(1);
    parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| Encoding::for_label(value.as_bytes()))?
    })
}

/// The encoding of `<?xml … encoding="…"?>`, also where the declaration itself is in UTF-16.
fn xml_charset(start: &[u8]) -> Option<&'static Encoding> {
    match start {
        [b'<', 0, b'?', 0, b'x', 0, ..] => return Some(UTF_16LE),
        [0, b'<', 0, b'?', 0, b'x', ..] => return Some(UTF_16BE),
        _ => {}
    }
    let declaration = start.strip_prefix(b"<?xml")?;
    let end = declaration.iter().position(|byte| *byte == b'>')?;
    let declaration = std::str::from_utf8(&declaration[..end]).ok()?;
    let value = declaration
        .split_once("encoding")?
        .1
        .trim_start()
        .strip_prefix('=')?
        .trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    declared(value[1..].split_once(quote)?.0.as_bytes())
}

/// A declaration that could be read byte by byte cannot be in UTF-16 (WHATWG HTML, 13.2.3.2).
fn declared(label: &[u8]) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label)?;
    Some(match encoding.name() {
        "UTF-16LE" | "UTF-16BE" => UTF_8,
        "x-user-defined" => WINDOWS_1252,
        _ => encoding,
    })
}

/// The encoding that a `<meta>` names ("prescan a byte stream to determine its encoding").
fn meta_charset(start: &[u8]) -> Option<&'static Encoding> {
    let mut rest = start;
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = &rest[at..];
        if rest.starts_with(b"<!--") {
            let end = memchr::memmem::find(&rest[2..], b"-->")?;
            rest = &rest[2 + end + 3..];
        } else if is_meta(rest) {
            let (attributes, after) = attributes(&rest[5..])?;
            if let Some(encoding) = charset_of(&attributes) {
                return Some(encoding);
            }
            rest = after;
        } else if matches!(rest, [b'<', b'/', letter, ..] | [b'<', letter, ..] if letter.is_ascii_alphabetic())
        {
            let name = rest
                .iter()
                .position(|byte| byte.is_ascii_whitespace() || *byte == b'>')?;
            rest = attributes(&rest[name..])?.1;
        } else if matches!(rest, [b'<', b'!' | b'/' | b'?', ..]) {
            rest = &rest[memchr::memchr(b'>', rest)?..];
        } else {
            rest = &rest[1..];
        }
    }
    None
}

fn is_meta(rest: &[u8]) -> bool {
    rest.get(1..5)
        .is_some_and(|name| name.eq_ignore_ascii_case(b"meta"))
        && rest
            .get(5)
            .is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'/')
}

type Attribute = (Vec<u8>, Vec<u8>);

/// The attributes of a tag whose name is read, in lower case, and what stands after the tag; nothing
/// where the tag does not end.
fn attributes(mut rest: &[u8]) -> Option<(Vec<Attribute>, &[u8])> {
    let mut found = Vec::new();
    loop {
        rest = skip(rest, |byte| byte.is_ascii_whitespace() || byte == b'/');
        let (name, after) = take(rest, |byte| {
            !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>' | b'/')
        });
        if name.is_empty() && !after.starts_with(b"=") {
            return after.starts_with(b">").then_some((found, after));
        }
        rest = skip(after, |byte| byte.is_ascii_whitespace());
        let Some(value) = rest.strip_prefix(b"=") else {
            found.push((name.to_ascii_lowercase(), Vec::new()));
            continue;
        };
        let value = skip(value, |byte| byte.is_ascii_whitespace());
        let (value, after) = match value.first() {
            Some(quote @ (b'"' | b'\'')) => {
                let (value, after) = take(&value[1..], |byte| byte != *quote);
                (value, after.get(1..).unwrap_or_default())
            }
            _ => take(value, |byte| !byte.is_ascii_whitespace() && byte != b'>'),
        };
        found.push((name.to_ascii_lowercase(), value.to_ascii_lowercase()));
        rest = after;
    }
}

fn take(bytes: &[u8], keep: impl Fn(u8) -> bool) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| !keep(*byte)).unwrap_or(bytes.len());
    bytes.split_at(end)
}

fn skip(bytes: &[u8], drop: impl Fn(u8) -> bool) -> &[u8] {
    take(bytes, drop).1
}

fn charset_of(attributes: &[Attribute]) -> Option<&'static Encoding> {
    let value = |wanted: &[u8]| {
        let found = attributes.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.as_slice())
    };
    if let Some(encoding) = value(b"charset").and_then(declared) {
        return Some(encoding);
    }
    if value(b"http-equiv") != Some(b"content-type") {
        return None;
    }
    content_charset(value(b"content")?)
}

/// The encoding in the `content` of a `<meta http-equiv>` ("extracting a character encoding").
fn content_charset(mut content: &[u8]) -> Option<&'static Encoding> {
    loop {
        let at = memchr::memmem::find(content, b"charset")?;
        content = skip(&content[at + 7..], |byte| byte.is_ascii_whitespace());
        if let Some(value) = content.strip_prefix(b"=") {
            let value = skip(value, |byte| byte.is_ascii_whitespace());
            return match value.first()? {
                quote @ (b'"' | b'\'') => {
                    let end = memchr::memchr(*quote, &value[1..])?;
                    declared(&value[1..=end])
                }
                _ => declared(take(value, |byte| !byte.is_ascii_whitespace() && byte != b';').0),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], content_type: Option<&str>, encoding: &str, method: Method) {
        let decoded = decode(bytes, content_type);
        assert_eq!((decoded.encoding, decoded.method), (encoding, method));
    }

    #[test]
    fn the_byte_order_mark_wins() {
        let bytes = b"\xEF\xBB\xBF<meta charset=iso-8859-2>";
        check(
            bytes,
            Some("text/html; charset=koi8-r"),
            "UTF-8",
            Method::ByteOrderMark,
        );
        assert!(decode(bytes, None).text.starts_with('<'));
    }

    #[test]
    fn the_header_beats_the_page() {
        let header = Some("text/html; Charset=\"KOI8-R\"");
        check(b"<meta charset=iso-8859-2>", header, "KOI8-R", Method::Header);
        check(
            b"<meta charset=iso-8859-2>",
            Some("text/html"),
            "ISO-8859-2",
            Method::Declared,
        );
    }

    #[test]
    fn a_meta_element_is_read_in_both_its_forms() {
        check(
            b"<p><meta charset = 'Shift_JIS'>",
            None,
            "Shift_JIS",
            Method::Declared,
        );
        let old = b"<META content='text/html; charset=euc-kr' HTTP-EQUIV=Content-Type>";
        check(old, None, "EUC-KR", Method::Declared);
    }

    #[test]
    fn a_meta_element_in_a_comment_or_attribute_or_unfinished_is_not_read() {
        for page in [
            "<!-- <meta charset=euc-kr> --><p>é",
            "<p title='<meta charset=euc-kr>'>é",
            "<p>é <meta charset=euc-kr",
        ] {
            check(page.as_bytes(), None, "UTF-8", Method::Guessed);
        }
    }

    #[test]
    fn an_xml_declaration_is_read() {
        check(
            b"<?xml version='1.0' encoding='windows-1251'?>",
            None,
            "windows-1251",
            Method::Declared,
        );
        check(b"<\0?\0x\0m\0l\0", None, "UTF-16LE", Method::Declared);
    }

    #[test]
    fn a_declaration_of_utf_16_is_not_believed() {
        check(b"<meta charset=utf-16>", None, "UTF-8", Method::Declared);
    }

    #[test]
    fn the_bytes_decide_where_nothing_else_does() {
        check(
            "“Ja”, sagte die Bürgermeisterin.".as_bytes(),
            None,
            "UTF-8",
            Method::Guessed,
        );
        let decoded = decode(b"\x93Ja\x94, sagte die B\xFCrgermeisterin.", None);
        assert_eq!(decoded.text, "“Ja”, sagte die Bürgermeisterin.");
    }

    #[test]
    fn broken_bytes_are_replaced_and_said_so() {
        let decoded = decode(b"caf\xC3\xA9 \xFF", Some("text/html; charset=utf-8"));
        assert!(decoded.malformed && decoded.text.contains('\u{FFFD}'));
    }

    #[test]
    fn bytes_that_cannot_be_what_they_are_said_to_be_are_believed() {
        let decoded = decode(b"d\xE9clar\xE9 \xE0 la presse", Some("text/html; charset=utf-8"));
        assert_eq!(decoded.text, "déclaré à la presse");
        let decoded = decode("<meta charset=iso-8859-1>déclaré".as_bytes(), None);
        assert!(decoded.text.ends_with("déclaré"));
    }
}
