//! Puts pieces of text together: the reading's text, with a block for each piece.

use crate::model::document::{Block, BlockKind};
use crate::model::span::Span;

/// What stands between two blocks.
const GAP: &str = "\n\n";

/// A stretch of text before it has a place in the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) kind: BlockKind,
    pub(super) text: String,
    pub(super) path: String,
    /// Whether all of it is a link.
    pub(super) is_link: bool,
    /// Letters and digits of it that are links.
    pub(super) linked: usize,
    /// The place of its block in the outline of its page, where it has one.
    pub(super) place: Option<usize>,
    /// Which piece of that outline it is.
    pub(super) at: usize,
    /// The part of the page that it belongs to; 0 is the page's own.
    pub(super) part: usize,
}

impl Piece {
    /// A paragraph that was read from `path`.
    pub(super) fn paragraph(text: String, path: &str) -> Self {
        Self {
            kind: BlockKind::Paragraph,
            text,
            path: path.to_owned(),
            is_link: false,
            linked: 0,
            place: None,
            at: 0,
            part: 0,
        }
    }
}

/// The text of all pieces, a blank line between two, and where each of them stands in it.
pub(super) fn assemble(pieces: Vec<Piece>) -> (String, Vec<Block>) {
    let mut text = String::new();
    let mut places = Vec::with_capacity(pieces.len());
    for piece in pieces {
        if piece.text.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push_str(GAP);
        }
        let start = text.len();
        text.push_str(&piece.text);
        places.push((piece.kind, start..text.len(), piece.path));
    }
    let blocks = places.into_iter().map(|(kind, range, path)| Block {
        kind,
        span: Span::of(&text, range).expect("whole strings were pushed between the two offsets"),
        path,
    });
    let blocks = blocks.collect();
    (text, blocks)
}

/// `text` with runs of white space folded, line breaks kept as one, and without marks that only steer
/// hyphenation.
pub(super) fn folded(text: &str) -> String {
    let text = text.trim_ascii();
    if is_folded(text.as_bytes()) {
        return text.to_owned();
    }
    let mut kept = String::with_capacity(text.len());
    let mut gap = None;
    for character in text.chars() {
        match character {
            '\n' => gap = Some('\n'),
            '\u{AD}' | '\u{200B}' | '\u{FEFF}' => {}
            _ if character.is_whitespace() => gap = gap.or(Some(' ')),
            _ => {
                if let Some(space) = gap.take().filter(|_| !kept.is_empty()) {
                    kept.push(space);
                }
                kept.push(character);
            }
        }
    }
    kept
}

/// Whether a text is as it would be folded: most texts between two tags are, or nearly. Of other letters than ASCII nothing is
/// told here.
fn is_folded(text: &[u8]) -> bool {
    let is_space = |byte: u8| matches!(byte, b' ' | b'\n');
    let mut was_space = true;
    for byte in text {
        // `\n` aside, the other white space of ASCII becomes a blank.
        let is_kept = matches!(byte, b' '..=b'~' | b'\n') && !(was_space && is_space(*byte));
        if !is_kept {
            return false;
        }
        was_space = is_space(*byte);
    }
    text.is_empty() || !was_space
}

/// `text` on one line, runs of white space folded.
pub(super) fn one_line(text: &str) -> String {
    folded(&text.replace(['\n', '\r'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_joined_by_a_blank_line_and_know_their_place() {
        let pieces = ["Première phrase.", "", "Second."].map(|text| Piece::paragraph(text.into(), "p"));
        let (text, blocks) = assemble(pieces.to_vec());
        assert_eq!(text, "Première phrase.\n\nSecond.");
        let words: Vec<&str> = blocks.iter().map(|block| &text[block.span.range()]).collect();
        assert_eq!(words, ["Première phrase.", "Second."]);
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(folded(text), expected);
    }

    #[test]
    fn white_space_is_folded_and_line_breaks_stay() {
        check("  a \t b\u{A0}c  ", "a b c");
        check("a  \n  b\n\nc", "a\nb\nc");
        for folded in ["", "a", "a b", "a\nb c"] {
            check(folded, folded);
        }
        check("a \nb", "a\nb");
        check("a b ", "a b");
        check("\na b\n", "a b");
        check("a\u{b}b\tc", "a b c");
        check("har\u{AD}bour", "harbour");
        assert_eq!(one_line(" a\n b "), "a b");
    }
}
