//! Character references and line ends, as the HTML standard reads them (13.2.3.5, 13.2.5.72).

use std::borrow::Cow;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// A text, or the value of an attribute, with its character references resolved and its line ends made one sort.
pub(super) fn resolved(text: &str, is_value: bool) -> Cow<'_, str> {
    let next_special = |text: &str| memchr::memchr3(b'&', b'\r', 0, text.as_bytes());
    let Some(first) = next_special(text) else {
        return text.into();
    };
    let mut plain = String::with_capacity(text.len());
    let (mut rest, mut next) = (text, Some(first));
    while let Some(at) = next {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match rest.as_bytes()[0] {
            0 => {
                // In a text the tree builder is told of it.
                plain.push(if is_value {
                    char::REPLACEMENT_CHARACTER
                } else {
                    '\0'
                });
                1
            }
            b'\r' => {
                plain.push('\n');
                1 + usize::from(rest.as_bytes().get(1) == Some(&b'\n'))
            }
            _ => push_reference(rest, is_value, &mut plain),
        };
        rest = &rest[length..];
        next = next_special(rest);
    }
    plain.push_str(rest);
    plain.into()
}

/// Writes what the reference stands for that a text begins with, or its `&` where it is none; answers its length.
fn push_reference(text: &str, is_value: bool, plain: &mut String) -> usize {
    let found = match text.as_bytes().get(1) {
        Some(b'#') => numeric(text, plain),
        Some(byte) if byte.is_ascii_alphanumeric() => named(text, is_value, plain),
        _ => None,
    };
    found.unwrap_or_else(|| {
        plain.push('&');
        1
    })
}

/// `&#8220;`, `&#x201C;`, with or without the semicolon.
fn numeric(text: &str, plain: &mut String) -> Option<usize> {
    let is_hex = matches!(text.as_bytes().get(2), Some(b'x' | b'X'));
    let (begin, base) = if is_hex { (3, 16) } else { (2, 10) };
    let digits = text[begin..]
        .bytes()
        .take_while(|byte| char::from(*byte).is_digit(base))
        .count();
    if digits == 0 {
        return None;
    }
    let end = begin + digits;
    // A number too large for any character is none either.
    let number = u32::from_str_radix(&text[begin..end], base).unwrap_or(u32::MAX);
    let replaced = number
        .checked_sub(0x80)
        .and_then(|at| *C1_REPLACEMENTS.get(at as usize)?);
    let character = replaced.or(char::from_u32(number).filter(|character| *character != '\0'));
    plain.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
    Some(end + usize::from(text.as_bytes().get(end) == Some(&b';')))
}

/// The longest name of the table that the text goes on with. Old ones need no semicolon; but in a value, which may be
/// an address with a query, such a name is none where a letter, a digit or `=` follows.
fn named(text: &str, is_value: bool, plain: &mut String) -> Option<usize> {
    let (mut longest, mut end) = (None, 1);
    for byte in text.bytes().skip(1) {
        if !byte.is_ascii_alphanumeric() && byte != b';' {
            break;
        }
        end += 1;
        // The table holds the beginnings of its names as well, which stand for nothing.
        match NAMED_ENTITIES.get(&text[1..end]) {
            Some((0, _)) => {}
            Some(stands_for) => longest = Some((end, *stands_for)),
            None => break,
        }
    }
    let (end, (first, second)) = longest?;
    let next = text.as_bytes().get(end);
    let goes_on = next.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'=');
    if is_value && goes_on && !text[..end].ends_with(';') {
        return None;
    }
    let both = [first, second].into_iter().filter(|code| *code != 0);
    plain.extend(both.filter_map(char::from_u32));
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(resolved(text, false), expected, "{text}");
    }

    #[test]
    fn references_stand_for_characters() {
        check("R&amp;D &lt;b&gt;", "R&D <b>");
        check("&#8220;Open&#X201d; &#150;", "“Open” –");
        check("&copy2026 &notit; &notin;", "©2026 ¬it; ∉");
        check("&NotEqualTilde;", "≂̸");
        check("&#0; &#xD800; &#99999999999;", "\u{fffd} \u{fffd} \u{fffd}");
        check("& &; &# &#x &bogus; &", "& &; &# &#x &bogus; &");
        check("one\r\ntwo\rthree", "one\ntwo\nthree");
    }

    #[test]
    fn the_query_of_an_address_is_left_alone() {
        assert_eq!(
            resolved("/x?a=1&copy=2&lt3&amp;b&lt", true),
            "/x?a=1&copy=2&lt3&b<"
        );
    }
}
