//! Reads text without markup.

use super::blocks::{Piece, assemble, folded};
use super::html::charset_notice;
use super::{Page, genre, notice};
use crate::model::document::{NoticeKind, Reading};
use crate::text::{charset, language};

/// Longest first line that can be a title.
const MAX_TITLE_CHARS: usize = 200;

/// Reads the payload as plain text: paragraphs are parted by blank lines.
pub(super) fn read(page: &Page<'_>) -> Reading {
    let decoded = charset::decode(page.payload, page.content_type);
    let mut notices: Vec<_> = charset_notice(&decoded).into_iter().collect();
    let pieces: Vec<Piece> = paragraphs(&decoded.text)
        .map(|words| Piece::paragraph(words, ""))
        .collect();
    let title = match pieces.as_slice() {
        [first, _, ..] if is_title(&first.text) => Some(first.text.clone()),
        _ => None,
    };
    let pieces = pieces.into_iter().skip(usize::from(title.is_some())).collect();
    let (text, blocks) = assemble(pieces);
    if text.is_empty() {
        notices.push(notice(NoticeKind::NoText, "the text is empty"));
    }
    let published = super::metadata::of_address(page, &mut notices);
    let evidence = genre::Evidence {
        url: page.url,
        source: page.source,
        title: title.as_deref(),
        sorts: &[],
        text: &text,
        blocks: &blocks,
    };
    Reading {
        genre: genre::genre(&evidence),
        title,
        publisher: page.source.map(|source| source.name.clone()),
        language: language::guess(&text).or_else(|| page.source.and_then(|source| source.language.clone())),
        published,
        text,
        blocks,
        notices,
        ..Reading::default()
    }
}

/// Longest line of a text that was broken into lines to fit a page.
const MAX_LINE_CHARS: usize = 160;

/// The paragraphs of a text: parted by blank lines, or, where nothing was broken to fit, by every line end.
pub(super) fn paragraphs(text: &str) -> impl Iterator<Item = String> {
    let is_broken = !text
        .lines()
        .any(|line| line.chars().nth(MAX_LINE_CHARS).is_some());
    let mut paragraphs: Vec<String> = vec![String::new()];
    for line in text.lines().map(str::trim) {
        match paragraphs.last_mut() {
            Some(last) if !line.is_empty() && (is_broken || last.is_empty()) => join(last, line),
            _ => paragraphs.push(line.to_owned()),
        }
    }
    paragraphs
        .into_iter()
        .map(|words| folded(&words))
        .filter(|words| !words.is_empty())
}

/// Puts a line behind another; a word that was parted at the end of the line is one again.
pub(super) fn join(words: &mut String, line: &str) {
    let begins_small = line.chars().next().is_some_and(char::is_lowercase);
    let mut ending = words.chars().rev();
    let is_parted = ending.next() == Some('-') && ending.next().is_some_and(char::is_lowercase);
    if is_parted && begins_small {
        words.pop();
    } else if !words.is_empty() {
        words.push(' ');
    }
    words.push_str(line);
}

/// Whether a first paragraph stands over the text and is not part of it.
pub(super) fn is_title(words: &str) -> bool {
    words.chars().count() <= MAX_TITLE_CHARS && !words.ends_with(['.', '!', '?', '”', '"', '’', ',', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(paragraphs(text).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn blank_lines_part_paragraphs() {
        check("One\ntwo.\r\n\r\n  \nThree.", &["One two.", "Three."]);
    }

    #[test]
    fn a_text_of_long_lines_has_a_paragraph_on_each() {
        let long = "The harbour stays open all winter. ".repeat(10);
        check(&format!("{long}\nTwo."), &[long.trim(), "Two."]);
    }

    #[test]
    fn a_word_parted_at_the_line_end_is_one_again() {
        check(
            "the har-\nbour of the non-\nCity side",
            &["the harbour of the non- City side"],
        );
    }
}
