//! From the bytes of a channel to its text.

use std::borrow::Cow;
use std::io::Read;

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use flate2::bufread::MultiGzDecoder;

/// An unpacked sitemap may be this long (sitemaps.org).
const UNPACKED_BYTES: u64 = 50 * 1024 * 1024;

/// How far an XML declaration is looked for.
const DECLARATION_BYTES: usize = 256;

/// The payload itself, unpacked where it is a gzip file by its first bytes. What is read before an
/// error or the limit counts: the start of a sitemap is better than none.
pub(super) fn unpacked(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Cow::Borrowed(bytes);
    }
    let mut unpacked = Vec::new();
    let _ = MultiGzDecoder::new(bytes)
        .take(UNPACKED_BYTES)
        .read_to_end(&mut unpacked);
    Cow::Owned(unpacked)
}

/// The text of a payload: by its byte-order mark, then by the charset of its `Content-Type`, then by
/// its XML declaration (RFC 7303 3), but never against bytes that are plainly UTF-8.
pub(super) fn text<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    match bytes {
        [0, b'<', ..] => return UTF_16BE.decode_without_bom_handling(bytes).0,
        [b'<', 0, ..] => return UTF_16LE.decode_without_bom_handling(bytes).0,
        _ => {}
    }
    let named = [content_type.and_then(charset), declared(bytes)]
        .into_iter()
        .flatten();
    // A file that can be read as ASCII is not in UTF-16, whatever it says.
    let mut named = named
        .filter(|encoding| *encoding != UTF_16BE && *encoding != UTF_16LE)
        .peekable();
    // Japanese mail encoding is the one of those still met whose every byte is ASCII.
    if let (Ok(text), false) = (std::str::from_utf8(bytes), named.peek() == Some(&ISO_2022_JP)) {
        return Cow::Borrowed(text);
    }
    let encoding = named.find(|encoding| *encoding != UTF_8).unwrap_or(WINDOWS_1252);
    encoding.decode_without_bom_handling(bytes).0
}

/// The charset of a `Content-Type`.
fn charset(content_type: &str) -> Option<&'static Encoding> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| Encoding::for_label(value.as_bytes()))?
    })
}

/// The encoding that an XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION_BYTES)]);
    let declaration = head.trim_start().strip_prefix("<?xml")?.split("?>").next()?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    Encoding::for_label(value[1..].split(quote).next()?.trim().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], content_type: Option<&str>, expected: &str) {
        assert_eq!(text(bytes, content_type), expected);
    }

    #[test]
    fn a_byte_order_mark_beats_everything() {
        check(
            b"\xef\xbb\xbf<a>\xc3\xa9</a>",
            Some("text/xml; charset=koi8-r"),
            "<a>é</a>",
        );
        check(b"\xfe\xff\0<\0a\0>", None, "<a>");
    }

    #[test]
    fn the_header_beats_the_declaration() {
        let declared = b"<?xml version='1.0' encoding='iso-8859-5'?>\xe9";
        check(
            declared,
            Some("text/xml; Charset=\"windows-1252\""),
            "<?xml version='1.0' encoding='iso-8859-5'?>é",
        );
        check(
            declared,
            Some("text/xml"),
            "<?xml version='1.0' encoding='iso-8859-5'?>щ",
        );
    }

    #[test]
    fn utf_8_is_known_by_its_bytes() {
        check(
            "<a>é</a>".as_bytes(),
            Some("text/xml; charset=iso-8859-1"),
            "<a>é</a>",
        );
        check(b"<a>\xe9</a>", Some("text/xml; charset=utf-8"), "<a>é</a>");
    }

    #[test]
    fn utf_16_without_a_mark_is_known_by_its_first_character() {
        check(b"\0<\0a\0>", None, "<a>");
        check(b"<\0a\0>\0", None, "<a>");
        check(
            b"<?xml version='1.0' encoding='utf-16'?>",
            None,
            "<?xml version='1.0' encoding='utf-16'?>",
        );
    }
}
