//! Reads one tag as browsers do, and leaves out the attributes that are too many or too long.

/// Attributes of one element.
const MAX_ATTRIBUTES: usize = 64;
/// Bytes of one attribute.
const MAX_VALUE_BYTES: usize = 16 << 10;

/// The bytes up to and with the end tag of an element that holds no markup.
pub(super) fn raw_text_length(after: &str, name: &str) -> usize {
    find_end(after, name).unwrap_or(after.len())
}

/// The bytes up to and with the first `</name>`.
pub(super) fn find_end(text: &str, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memmem::find_iter(bytes, b"</").find_map(|at| {
        let found = bytes.get(at + 2..at + 2 + name.len())?;
        let next = bytes.get(at + 2 + name.len());
        let is_end = found.eq_ignore_ascii_case(name.as_bytes())
            && next.is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
        is_end.then(|| memchr::memchr(b'>', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1))
    })
}

/// One tag, read without regard to what stands around it.
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    /// Bytes from `<` to `>`, both included.
    pub(super) length: usize,
    /// The tag as far as it is kept.
    pub(super) markup: std::borrow::Cow<'a, str>,
    /// Whether it had too many attributes.
    pub(super) is_cut: bool,
}

impl<'a> Tag<'a> {
    /// Reads the tag that `rest` begins with; its name begins at `name_at`. Attributes that nobody asks for, by their
    /// names in small letters, are left out.
    pub(super) fn read(rest: &'a str, name_at: usize, is_asked: &dyn Fn(&str) -> bool) -> Self {
        let bytes = rest.as_bytes();
        let is_name = |byte: &u8| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>');
        let name_end = name_at + bytes[name_at..].iter().take_while(|byte| is_name(byte)).count();
        let mut tag = Tag {
            name: &rest[name_at..name_end],
            length: rest.len(),
            markup: "".into(),
            is_cut: false,
        };
        let mut shortened: Option<String> = None;
        let (mut at, mut attributes) = (name_end, 0);
        while let Some(byte) = bytes.get(at) {
            if *byte == b'>' {
                tag.length = at + 1;
                tag.markup = match shortened {
                    Some(kept) => (kept + ">").into(),
                    None => rest[..=at].into(),
                };
                return tag;
            }
            if byte.is_ascii_whitespace() || *byte == b'/' {
                at += 1;
                continue;
            }
            let (attribute, end) = attribute_end(bytes, at);
            attributes += 1;
            tag.is_cut |= attributes > MAX_ATTRIBUTES;
            let is_kept = attributes <= MAX_ATTRIBUTES
                && end - at <= MAX_VALUE_BYTES
                && is_asked_for(&rest[at..attribute], is_asked);
            if !is_kept && shortened.is_none() {
                shortened = Some(rest[..at].to_owned());
            } else if let (true, Some(kept)) = (is_kept, &mut shortened) {
                kept.push_str(&rest[at..end]);
                kept.push(' ');
            }
            at = end;
        }
        // The text ends inside the tag: a browser shows nothing of it.
        tag
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// Names are compared in small letters, as most are written.
fn is_asked_for(name: &str, is_asked: &dyn Fn(&str) -> bool) -> bool {
    match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => is_asked(&name.to_ascii_lowercase()),
        false => is_asked(name),
    }
}

/// Where the name of the attribute that begins at `start` ends, and where the attribute does with its value.
fn attribute_end(bytes: &[u8], start: usize) -> (usize, usize) {
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
        return (name_end, name_end);
    }
    let value = run(equals + 1, &is_space);
    let end = match bytes.get(value) {
        Some(quote @ (b'"' | b'\'')) => {
            let end = memchr::memchr(*quote, &bytes[value + 1..]);
            end.map_or(bytes.len(), |end| value + 1 + end + 1)
        }
        _ => run(value, &|byte| !is_space(byte) && byte != b'>'),
    };
    (name_end, end)
}
