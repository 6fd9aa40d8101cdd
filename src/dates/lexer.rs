//! Text in, words, numbers and marks out, each with its bytes and the number the vocabulary gives it.

use super::signs::{DIGITS, Sign, mark};
use super::vocabulary::{Vocabulary, WordId};

/// A word, a run of digits or a mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    /// What it looks like to the tables.
    pub(super) sign: Sign,
    /// Nothing stands before it, not even a space.
    pub(super) glued: bool,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, with their number.
    Word(WordId),
    /// ASCII digits with their value, where there are few enough to have one.
    Digits(Option<u32>),
    /// Anything else that is no space.
    Mark(char),
}

/// Reads the tokens of the paragraph that begins at `at` into `tokens`; gives where the next one begins. An empty
/// line ends a paragraph, and so does a thousand times the length of any.
pub(super) fn paragraph(text: &str, at: usize, words: &Vocabulary, tokens: &mut Vec<Token>) -> usize {
    tokens.clear();
    let bytes = text.as_bytes();
    let mut here = at;
    let mut glued = false;
    while let Some(byte) = bytes.get(here) {
        let sort = SORTS[usize::from(*byte)];
        let plain = match sort {
            Sort::Letter => word(bytes, here, words),
            Sort::Mark => Some((here + 1, Kind::Mark(char::from(*byte)))),
            Sort::Space if *byte == b' ' && is_ink(bytes, here + 1) => {
                glued = false;
                here += 1;
                if here - at > LONGEST_PARAGRAPH {
                    return here;
                }
                continue;
            }
            _ => None,
        };
        let (end, kind) = match plain {
            Some(plain) => plain,
            None => {
                let end = run(text, here);
                if is_space(text, here) {
                    let lines = bytes[here..end].iter().filter(|byte| **byte == b'\n').count();
                    if (lines > 1 && !tokens.is_empty()) || end - at > LONGEST_PARAGRAPH {
                        return end;
                    }
                    glued = false;
                    here = end;
                    continue;
                }
                (end, kind(text, here, end, words))
            }
        };
        tokens.push(Token {
            start: here,
            end,
            kind,
            sign: sign(kind),
            glued,
        });
        glued = true;
        here = end;
    }
    here
}

/// Longer stretches without an empty line are cut at a space, so that their tokens need no more room than this.
const LONGEST_PARAGRAPH: usize = 1 << 20;

/// What a byte can begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Space,
    Digit,
    Letter,
    Mark,
    /// A character of several bytes.
    Wide,
}

const SORTS: [Sort; 256] = {
    let mut sorts = [Sort::Wide; 256];
    let mut byte = 0;
    while byte < 128 {
        sorts[byte] = match byte as u8 {
            b' ' | b'\t'..=b'\r' => Sort::Space,
            b'0'..=b'9' => Sort::Digit,
            b'a'..=b'z' | b'A'..=b'Z' => Sort::Letter,
            _ => Sort::Mark,
        };
        byte += 1;
    }
    sorts
};

/// Whether what begins at `at` surely is no space.
fn is_ink(bytes: &[u8], at: usize) -> bool {
    let sort = bytes.get(at).map(|byte| SORTS[usize::from(*byte)]);
    matches!(sort, Some(Sort::Digit | Sort::Letter | Sort::Mark))
}

/// Where the word that begins at `at` ends, and which it is, if it has letters of ASCII only, as nearly all words do.
fn word(bytes: &[u8], at: usize, words: &Vocabulary) -> Option<(usize, Kind)> {
    if let Some((end, id)) = short_word(bytes, at, words) {
        return Some((end, Kind::Word(id)));
    }
    let end = letters(bytes, at);
    let goes_on = bytes.get(end).is_some_and(|byte| !byte.is_ascii());
    (!goes_on).then(|| (end, Kind::Word(words.id_in(bytes, at, end))))
}

/// The same of a word of up to seven letters, which is read in one piece.
fn short_word(bytes: &[u8], at: usize, words: &Vocabulary) -> Option<(usize, WordId)> {
    let eight = u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?);
    let others = no_letters(eight);
    let length = others.trailing_zeros() / 8;
    let goes_on = others == 0 || (eight >> (8 * length)) & 0x80 != 0;
    (!goes_on).then(|| (at + length as usize, words.id_of_letters(eight, length)))
}

fn is_space(text: &str, at: usize) -> bool {
    match SORTS[usize::from(text.as_bytes()[at])] {
        Sort::Space => true,
        Sort::Wide => text[at..].chars().next().is_some_and(char::is_whitespace),
        _ => false,
    }
}

/// Where the token or the space that begins at `at` ends.
fn run(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let sort = SORTS[usize::from(bytes[at])];
    if sort == Sort::Letter {
        let end = letters(bytes, at);
        if bytes
            .get(end)
            .is_none_or(|byte| SORTS[usize::from(*byte)] != Sort::Wide)
        {
            return end;
        }
    }
    let same: fn(char) -> bool = match sort {
        Sort::Mark => return at + 1,
        Sort::Digit => {
            let more = bytes[at..]
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            return at + more;
        }
        Sort::Space => char::is_whitespace,
        Sort::Letter => char::is_alphabetic,
        Sort::Wide => {
            let first = text[at..].chars().next().unwrap_or(' ');
            if first.is_whitespace() {
                char::is_whitespace
            } else if first.is_alphabetic() {
                char::is_alphabetic
            } else {
                return at + first.len_utf8();
            }
        }
    };
    let sort = if sort == Sort::Wide {
        if same(' ') { Sort::Space } else { Sort::Letter }
    } else {
        sort
    };
    let mut here = at;
    while let Some(byte) = bytes.get(here) {
        match SORTS[usize::from(*byte)] {
            Sort::Wide => match text[here..].chars().next().filter(|c| same(*c)) {
                Some(c) => here += c.len_utf8(),
                None => break,
            },
            other if other == sort => here += 1,
            _ => break,
        }
    }
    here
}

/// Where the letters of ASCII that begin at `at` end.
fn letters(bytes: &[u8], at: usize) -> usize {
    let mut here = at;
    while let Some(eight) = bytes.get(here..).and_then(|rest| rest.first_chunk()) {
        let others = no_letters(u64::from_le_bytes(*eight));
        if others != 0 {
            return here + others.trailing_zeros() as usize / 8;
        }
        here += 8;
    }
    let rest = bytes[here..].iter();
    here + rest.take_while(|byte| byte.is_ascii_alphabetic()).count()
}

/// The highest bit of each of eight bytes that is no letter of ASCII.
fn no_letters(eight: u64) -> u64 {
    let all = |byte: u8| u64::from_le_bytes([byte; 8]);
    let small = eight | all(0x20);
    let low = small & all(0x7F);
    // Seven bits and these do not carry into the next byte.
    let from_a = low + all(0x80 - b'a');
    let behind_z = low + all(0x80 - (b'z' + 1));
    !(from_a & !behind_z & !small) & all(0x80)
}

fn kind(text: &str, start: usize, end: usize, words: &Vocabulary) -> Kind {
    let token = &text[start..end];
    let first = text.as_bytes()[start];
    let word = || Kind::Word(words.id_in(text.as_bytes(), start, end));
    match SORTS[usize::from(first)] {
        Sort::Letter => word(),
        Sort::Digit => Kind::Digits((token.len() <= 8).then(|| number(token))),
        Sort::Mark | Sort::Space => Kind::Mark(char::from(first)),
        Sort::Wide => match token.chars().next() {
            Some(c) if !c.is_alphabetic() => Kind::Mark(c),
            _ => word(),
        },
    }
}

fn sign(kind: Kind) -> Sign {
    match kind {
        Kind::Word(id) => id,
        Kind::Digits(_) => DIGITS,
        Kind::Mark(found) => mark(found),
    }
}

fn number(digits: &str) -> u32 {
    digits
        .bytes()
        .fold(0, |value, digit| value * 10 + u32::from(digit - b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens of a text, a list a paragraph.
    fn read(text: &str) -> Vec<Vec<&str>> {
        let mut words = Vocabulary::new();
        words.learn("feb");
        words.seal();
        let (mut at, mut tokens, mut found) = (0, Vec::new(), Vec::new());
        while at < text.len() {
            at = paragraph(text, at, &words, &mut tokens);
            found.push(tokens.iter().map(|token| &text[token.start..token.end]).collect());
        }
        found
    }

    #[test]
    fn digits_letters_and_marks_part() {
        assert_eq!(
            read("Feb. 21st, the 1990s"),
            [["Feb", ".", "21", "st", ",", "the", "1990", "s"]]
        );
        assert_eq!(
            read("“3pm”—é9 año"),
            [vec!["“", "3", "pm", "”", "—", "é", "9", "año"]]
        );
    }

    #[test]
    fn letters_end_before_whatever_is_none() {
        for byte in 0..128_u8 {
            for length in 0..20 {
                let mut bytes = vec![b'z'; length];
                bytes.push(byte);
                bytes.extend([b'A'; 12]);
                let end = if byte.is_ascii_alphabetic() {
                    bytes.len()
                } else {
                    length
                };
                assert_eq!(letters(&bytes, 0), end, "{byte} {length}");
            }
        }
        assert_eq!(letters("Añoabcdef".as_bytes(), 0), 1);
    }

    #[test]
    fn an_empty_line_is_a_paragraphs_end_and_one_newline_is_a_space() {
        assert_eq!(read("\n\na b\nc\n \nd."), [vec!["a", "b", "c"], vec!["d", "."]]);
    }

    #[test]
    fn text_without_empty_lines_is_cut_at_a_space() {
        let paragraphs = read(&"word ".repeat(500_000)).len();
        assert_eq!(paragraphs, 3);
    }
}
