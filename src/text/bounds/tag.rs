//! Reads one tag as browsers do, and leaves out the attributes that are too many or too long.

use std::borrow::Cow;

/// Attributes of one element.
const MAX_ATTRIBUTES: usize = 64;
/// Bytes of one attribute.
const MAX_VALUE_BYTES: usize = 16 << 10;

/// The bytes up to and with the end tag of an element that holds no markup.
pub(super) fn raw_text_length(after: &str, name: &str) -> usize {
    find_raw_end(after, name).map_or(after.len(), |(_, end)| end)
}

/// Where the end tag of an element that holds no markup begins and ends.
pub(super) fn find_raw_end(after: &str, name: &str) -> Option<(usize, usize)> {
    match name.eq_ignore_ascii_case("script") {
        true => find_script_end(after),
        false => find_end(after, name),
    }
}

/// Where the first `</name>` begins and ends.
pub(super) fn find_end(text: &str, name: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    memchr::memmem::find_iter(bytes, b"</").find_map(|at| {
        let is_end = is_named(&bytes[at + 2..], name.as_bytes());
        // What looks like attributes of an end tag is read as that: it may hold a quoted `>`.
        is_end.then(|| (at, at + Tag::read(&text[at..], 2, &|_| false).length))
    })
}

/// Where the end tag of a script begins and ends. A script that opens a comment may name scripts in it: their end tags
/// are not its own ("script data double escaped state" of the HTML standard).
fn find_script_end(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let (first, _) = find_end(text, "script")?;
    let mut at = memchr::memmem::find(&bytes[..first], b"<!--").unwrap_or(first);
    let mut state = Script::Plain;
    while let Some(next) = memchr::memchr2(b'<', b'-', &bytes[at..]) {
        at += next;
        let rest = &bytes[at..];
        (state, at) = match state {
            // `<!-->` is a whole comment: its dashes are looked at again.
            Script::Plain if rest.starts_with(b"<!--") => (Script::Comment, at + 2),
            Script::Comment | Script::Nested if rest.starts_with(b"-->") => (Script::Plain, at + 3),
            Script::Comment if is_named(rest, b"<script") => (Script::Nested, at + 1),
            Script::Nested if is_named(rest, b"</script") => (Script::Comment, at + 1),
            Script::Plain | Script::Comment if is_named(rest, b"</script") => {
                return Some((at, at + Tag::read(&text[at..], 2, &|_| false).length));
            }
            _ => (state, at + 1),
        };
    }
    None
}

/// What the reading of a script is in.
#[derive(Clone, Copy)]
enum Script {
    Plain,
    Comment,
    /// In a script that a comment names.
    Nested,
}

/// Whether a tag of this name begins here; the name alone where the text ends.
fn is_named(rest: &[u8], begin: &[u8]) -> bool {
    let next = rest.get(begin.len());
    rest.get(..begin.len())
        .is_some_and(|found| found.eq_ignore_ascii_case(begin))
        && next.is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
}

/// One tag, read without regard to what stands around it.
pub struct Tag<'a> {
    /// Its name as it is written.
    pub name: &'a str,
    /// The attributes that are kept.
    pub attributes: Vec<Attribute<'a>>,
    /// Whether it ends with `/>`.
    pub is_self_closing: bool,
    /// From `<` to `>`, both included; empty where the text ends inside the tag.
    source: &'a str,
    /// Bytes that it takes up.
    pub(super) length: usize,
    /// Whether attributes were left out.
    is_shortened: bool,
    /// Whether it had too many attributes.
    pub(super) is_cut: bool,
}

/// An attribute of a tag.
pub struct Attribute<'a> {
    /// Its name as it is written.
    pub name: &'a str,
    /// Its value as it is written, without quotation marks.
    pub value: &'a str,
    /// Name and value as they stand there.
    source: &'a str,
}

impl<'a> Tag<'a> {
    /// Reads the tag that `rest` begins with; its name begins at `name_at`. Attributes that nobody asks for, by their
    /// names in small letters, are left out.
    pub(super) fn read(rest: &'a str, name_at: usize, is_asked: &dyn Fn(&str) -> bool) -> Self {
        Self::read_into(Vec::new(), rest, name_at, is_asked)
    }

    /// The same in the room of the attributes of a tag before.
    pub(super) fn read_into(
        room: Vec<Attribute<'a>>,
        rest: &'a str,
        name_at: usize,
        is_asked: &dyn Fn(&str) -> bool,
    ) -> Self {
        let bytes = rest.as_bytes();
        let is_name = |byte: &u8| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>');
        let name_end = name_at + bytes[name_at..].iter().take_while(|byte| is_name(byte)).count();
        let mut tag = Tag {
            name: &rest[name_at..name_end],
            attributes: room,
            is_self_closing: false,
            source: "",
            length: rest.len(),
            is_shortened: false,
            is_cut: false,
        };
        let (mut at, mut attributes) = (name_end, 0);
        while let Some(byte) = bytes.get(at) {
            if *byte == b'>' {
                tag.length = at + 1;
                tag.source = &rest[..=at];
                return tag;
            }
            if byte.is_ascii_whitespace() || *byte == b'/' {
                at += 1;
                tag.is_self_closing = *byte == b'/';
                continue;
            }
            tag.is_self_closing = false;
            let place = attribute_at(bytes, at);
            attributes += 1;
            tag.is_cut |= attributes > MAX_ATTRIBUTES;
            let name = &rest[at..place.name_end];
            if attributes <= MAX_ATTRIBUTES
                && place.end - at <= MAX_VALUE_BYTES
                && is_asked_for(name, is_asked)
            {
                tag.attributes.push(Attribute {
                    name,
                    value: &rest[place.value],
                    source: &rest[at..place.end],
                });
            } else {
                tag.is_shortened = true;
            }
            at = place.end;
        }
        // The text ends inside the tag: a browser shows nothing of it.
        tag
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Whether the text ends inside it.
    pub fn is_torn(&self) -> bool {
        self.source.is_empty()
    }

    /// The tag as it stands there.
    pub(super) fn source(&self) -> &'a str {
        self.source
    }

    /// A start tag as far as it is kept.
    pub(super) fn markup(&self) -> Cow<'a, str> {
        if !self.is_shortened || self.is_torn() {
            return self.source.into();
        }
        let mut markup = format!("<{}", self.name);
        for attribute in &self.attributes {
            markup.extend([" ", attribute.source]);
        }
        markup.push('>');
        markup.into()
    }
}

/// Names are compared in small letters, as most are written.
fn is_asked_for(name: &str, is_asked: &dyn Fn(&str) -> bool) -> bool {
    match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => is_asked(&name.to_ascii_lowercase()),
        false => is_asked(name),
    }
}

/// Where the parts of an attribute stand.
struct Place {
    name_end: usize,
    value: std::ops::Range<usize>,
    end: usize,
}

/// The attribute that begins at `start`.
fn attribute_at(bytes: &[u8], start: usize) -> Place {
    let run = |from: usize, keep: &dyn Fn(u8) -> bool| {
        from + bytes[from.min(bytes.len())..]
            .iter()
            .take_while(|byte| keep(**byte))
            .count()
    };
    let is_space = |byte: u8| byte.is_ascii_whitespace();
    // A first `=` belongs to the name.
    let name_end = run(start + 1, &|byte| {
        !is_space(byte) && !matches!(byte, b'=' | b'>' | b'/')
    });
    let equals = run(name_end, &is_space);
    if bytes.get(equals) != Some(&b'=') {
        return Place {
            name_end,
            value: name_end..name_end,
            end: name_end,
        };
    }
    let begin = run(equals + 1, &is_space);
    let (value, end) = match bytes.get(begin) {
        Some(quote @ (b'"' | b'\'')) => {
            let end = memchr::memchr(*quote, &bytes[begin + 1..]);
            match end.map(|end| begin + 1 + end) {
                Some(end) => (begin + 1..end, end + 1),
                None => (begin + 1..bytes.len(), bytes.len()),
            }
        }
        _ => {
            let end = run(begin, &|byte| !is_space(byte) && byte != b'>');
            (begin..end, end)
        }
    };
    Place { name_end, value, end }
}
