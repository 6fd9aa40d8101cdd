//! Reads text without markup.

use std::sync::LazyLock;

use regex::Regex;

use super::blocks::{Piece, assemble, folded};
use super::html::charset_notice;
use super::tree::letters;
use super::{Page, genre, letter, metadata, notice};
use crate::model::document::{FoundBy, Genre, NoticeKind, Reading, StatedMoment};
use crate::text::{charset, language};

/// Paragraphs among which title and day are looked for.
const HEAD_PIECES: usize = 5;
/// Lines among which somebody is greeted, whom a letter is written to.
const LETTER_LINES: usize = 20;
/// Letters beside a day on its line.
const MAX_BESIDE_DAY: usize = 24;
/// "FOR IMMEDIATE RELEASE", "Press release", "News release:" on a line of its own.
static RELEASE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?i)^\W*(?:for (?:immediate )?release|(?:press|news|media) release)\W*$";
    Regex::new(pattern).expect("a valid pattern")
});
/// Longest first line that can be a title.
const MAX_TITLE_CHARS: usize = 200;

/// Reads the payload as plain text: paragraphs are parted by blank lines.
pub(super) fn read(page: &Page<'_>) -> Reading {
    let decoded = charset::decode(page.payload, page.content_type);
    let mut notices: Vec<_> = charset_notice(&decoded).into_iter().collect();
    let pieces: Vec<Piece> = paragraphs(&decoded.text)
        .map(|words| Piece::paragraph(words, ""))
        .collect();
    let head = head(&pieces);
    let title = head.title;
    let pieces = pieces.into_iter().skip(head.length).collect();
    let (text, mut blocks) = assemble(pieces);
    if text.is_empty() {
        notices.push(notice(NoticeKind::NoText, "the text is empty"));
    }
    let published = match head.published {
        Some(stated) => metadata::accepted(page, Some(stated), &mut notices),
        None => metadata::of_address(page, &mut notices),
    };
    let evidence = genre::Evidence {
        url: page.url,
        source: page.source,
        title: title.as_deref(),
        sorts: &[],
        authors: &[],
        text: &text,
        blocks: &blocks,
    };
    let (genre, genre_evidence) = genre::genre(&evidence);
    if genre == Genre::Transcript {
        genre::mark_turns(&text, &mut blocks);
    }
    Reading {
        genre,
        genre_evidence,
        found_by: whole(&text),
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

/// What stands over a text: its title, the day, and lines such as "For immediate release".
struct Head {
    title: Option<String>,
    published: Option<StatedMoment>,
    /// Paragraphs that are of the head and not of the text.
    length: usize,
}

fn head(pieces: &[Piece]) -> Head {
    if let Some(head) = head_of_letter(pieces) {
        return head;
    }
    let mut head = Head {
        title: None,
        published: None,
        length: 0,
    };
    // The last paragraph is the text, whatever it looks like.
    let last = pieces.len().saturating_sub(1);
    for (at, piece) in pieces[..last].iter().take(HEAD_PIECES).enumerate() {
        let words = &piece.text;
        if let Some(moment) = metadata::printed_day(words).filter(|_| is_day_line(words)) {
            let method = "printed date".to_owned();
            head.published = head.published.or(Some(StatedMoment { moment, method }));
        } else if !RELEASE.is_match(words) && !letter::is_letterhead(words) {
            if head.title.is_some() || !is_title(words) {
                break;
            }
            head.title = Some(words.clone());
        }
        head.length = at + 1;
    }
    head
}

/// What stands over a greeting is of the letter; its title is what it says that it is about.
fn head_of_letter(pieces: &[Piece]) -> Option<Head> {
    let lines: Vec<&str> = pieces
        .iter()
        .flat_map(|piece| piece.text.lines())
        .take(LETTER_LINES)
        .collect();
    let greeting = lines.iter().position(|line| letter::is_greeting(line))?;
    let over = &lines[..greeting];
    let day = |line: &&str| metadata::printed_day(line).filter(|_| is_day_line(line));
    let moment = over.iter().find_map(day);
    Some(Head {
        title: letter::subject(over).map(str::to_owned),
        published: moment.map(|moment| StatedMoment {
            moment,
            method: "printed date".to_owned(),
        }),
        length: 0,
    })
}

/// Whether a line holds a day and little else: "For release February 6, 2026".
fn is_day_line(words: &str) -> bool {
    let day = metadata::printed_words(words);
    letters(&words.replace(day, "")) <= MAX_BESIDE_DAY && !words.ends_with('.')
}

/// How a text was found that nothing surrounds.
pub(super) fn whole(text: &str) -> FoundBy {
    let method = if text.is_empty() { "" } else { "whole" };
    FoundBy {
        method: method.to_owned(),
        agreement: None,
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
    use crate::model::document::BlockKind;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(paragraphs(text).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_release_has_its_title_and_day_over_the_text() {
        let heads = |text: &str| {
            let pieces: Vec<Piece> = paragraphs(text)
                .map(|words| Piece::paragraph(words, ""))
                .collect();
            let head = head(&pieces);
            let title = head.title.unwrap_or_default();
            let day = head.published.map(|stated| stated.moment.to_string());
            (title, day.unwrap_or_default(), head.length)
        };
        let found = |title: &str, day: &str, length: usize| (title.to_owned(), day.to_owned(), length);
        assert_eq!(
            heads(
                "FOR IMMEDIATE RELEASE\n\nFebruary 6, 2026\n\nPiers stay open\n\nThe piers are open.\n\nEnd"
            ),
            found("Piers stay open", "2026-02-06", 3)
        );
        assert_eq!(
            heads("Piers stay open\n\nThe piers opened on February 6, 2026.\n\nEnd."),
            found("Piers stay open", "", 1)
        );
        assert_eq!(heads("The piers are open."), found("", "", 0));
        // The head of the paper names the office, and a letter is all its own.
        assert_eq!(
            heads(
                "SEAL OF THE CITY OF MILLPORT\n\nOffice of the Mayor\n\nPiers stay open\n\nThe piers are open.\n\nEnd"
            ),
            found("Piers stay open", "", 3)
        );
        let letter = "Office of the Mayor\n\nNovember 9, 2026\n\nRe: Pier 4\n\nDear Secretary Diaz:\n\nI write to ask for help.";
        assert_eq!(heads(letter), found("Pier 4", "2026-11-09", 0));
        assert_eq!(
            heads(&letter.replace("Re: Pier 4", "By mail")),
            found("", "2026-11-09", 0)
        );
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
    fn a_transcript_has_turns() {
        let url = url::Url::parse("https://hall.example/one.txt").expect("an address");
        let text = "Questions\n\nMayor Lima: Good day.\n\nQ: Why?\n\nMayor Lima: Because.\n\nQ: When?";
        let reading = read(&Page {
            payload: text.as_bytes(),
            content_type: Some("text/plain"),
            url: &url,
            captured_at: None,
            source: None,
        });
        let turns = reading
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Turn)
            .count();
        assert_eq!((reading.genre, turns), (Genre::Transcript, 4));
    }

    #[test]
    fn a_word_parted_at_the_line_end_is_one_again() {
        check(
            "the har-\nbour of the non-\nCity side",
            &["the harbour of the non- City side"],
        );
    }
}
