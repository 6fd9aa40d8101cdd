//! Text in, words, numbers and marks out, each with its bytes and what it can mean.

use super::vocabulary::{self, Entry, LONGEST};

/// A word, a run of digits or a mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    pub(super) gap: Gap,
}

/// What a token is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// Letters, with what the vocabulary knows of them.
    Word(Option<&'static Entry>),
    /// ASCII digits with their value, where there are few enough to have one.
    Digits(Option<u32>),
    /// Anything else that is no space.
    Mark(char),
}

/// What stands before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing.
    None,
    /// Space, maybe the end of a line.
    Space,
    /// An empty line, or the beginning of the text.
    Paragraph,
}

/// The tokens of a text, in one pass.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut gap = Gap::Paragraph;
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let end = at + run(&text[at..], first);
        if first.is_whitespace() {
            let lines = text[at..end].bytes().filter(|byte| *byte == b'\n').count();
            gap = match (gap, lines) {
                (Gap::Paragraph, _) | (_, 2..) => Gap::Paragraph,
                _ => Gap::Space,
            };
        } else {
            let kind = kind(&text[at..end], first);
            tokens.push(Token {
                start: at,
                end,
                kind,
                gap,
            });
            gap = Gap::None;
        }
        at = end;
    }
    tokens
}

/// The bytes of the token or the space that `rest` begins with.
fn run(rest: &str, first: char) -> usize {
    let same: fn(char) -> bool = if first.is_whitespace() {
        char::is_whitespace
    } else if first.is_ascii_digit() {
        |c| c.is_ascii_digit()
    } else if first.is_alphabetic() {
        char::is_alphabetic
    } else {
        return first.len_utf8();
    };
    rest.find(|c| !same(c)).unwrap_or(rest.len())
}

fn kind(token: &str, first: char) -> Kind {
    if first.is_ascii_digit() {
        let short = token.len() <= 8;
        Kind::Digits(short.then(|| token.parse().ok()).flatten())
    } else if first.is_alphabetic() {
        Kind::Word(meanings(token))
    } else {
        Kind::Mark(first)
    }
}

fn meanings(word: &str) -> Option<&'static Entry> {
    if word.len() > LONGEST || !word.is_ascii() {
        return None;
    }
    let mut lower = [0; LONGEST];
    let lower = &mut lower[..word.len()];
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).ok().and_then(vocabulary::entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = tokens(text)
            .iter()
            .map(|token| &text[token.start..token.end])
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn digits_letters_and_marks_part() {
        check(
            "Feb. 21st, the 1990s",
            &["Feb", ".", "21", "st", ",", "the", "1990", "s"],
        );
        check("“3pm”—é9", &["“", "3", "pm", "”", "—", "é", "9"]);
    }

    #[test]
    fn an_empty_line_is_a_paragraphs_end_and_one_newline_is_a_space() {
        let gaps: Vec<Gap> = tokens("a b\nc\n \nd.").iter().map(|token| token.gap).collect();
        use Gap::{None, Paragraph, Space};
        assert_eq!(gaps, [Paragraph, Space, Space, Paragraph, None]);
    }
}
