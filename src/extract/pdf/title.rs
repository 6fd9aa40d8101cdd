//! Finds the title and the day of a document among its first blocks.

use jiff::civil::Date;

use super::layout::Layout;
use super::paragraphs::{Paragraph, is_capitals};
use crate::extract::{Page, genre, metadata, plain};
use crate::model::document::{Notice, StatedMoment};
use crate::model::moment::Moment;

/// Blocks at the beginning in which a date is looked for.
const DATE_BLOCKS: usize = 12;
/// Blocks at the beginning among which the title is.
const TITLE_BLOCKS: usize = 8;
/// Letters of a line that can carry the date.
const MAX_LINE_CHARS: usize = 200;
/// How much larger than the body a title is set that nothing else names.
const LARGER: f32 = 1.15;
/// How the day is known that the file was made on.
const MADE: &str = "pdf creation date";

/// How the lines of a letterhead begin.
const LETTERHEADS: &str = include_str!("letterheads.txt");

/// The line that names the document among the first ones, with the line that names its matter; without such a
/// line the largest one that is no letterhead, or else the first one, if it can be a title; at last what the file calls
/// itself.
pub(super) fn title(layout: &Layout, own: Option<&str>) -> Option<String> {
    let paragraphs = &layout.paragraphs;
    let first_page = paragraphs
        .iter()
        .filter(|paragraph| paragraph.page == paragraphs[0].page);
    let first: Vec<&Paragraph> = first_page.take(TITLE_BLOCKS).collect();
    named(&first)
        .or_else(|| largest(&first, layout.body))
        .or_else(|| {
            let heads = first
                .iter()
                .take_while(|paragraph| is_letterhead(&paragraph.text))
                .count();
            let next = first.get(heads).or(first.first())?;
            (plain::is_title(&next.text) && !is_day(&next.text)).then(|| next.text.clone())
        })
        .or_else(|| own.filter(|own| !is_file_name(own)).map(str::to_owned))
}

/// `EXECUTIVE ORDER No. 7`, with the matter on the next line.
fn named(first: &[&Paragraph]) -> Option<String> {
    let mut lines = first.iter().filter(|paragraph| plain::is_title(&paragraph.text));
    let named = lines.find(|paragraph| genre::is_title(&paragraph.text))?;
    let words = named.text.as_str();
    let words = words
        .strip_suffix(metadata::printed_words(words))
        .unwrap_or(words)
        .trim();
    let matter = lines.find(|paragraph| !is_day(&paragraph.text));
    Some(match matter.filter(|matter| is_capitals(&matter.text)) {
        Some(matter) => format!("{words} {}", matter.text),
        None => words.to_owned(),
    })
}

/// The block set largest, with those of the same size that follow it at once.
fn largest(first: &[&Paragraph], body: f32) -> Option<String> {
    let can_be = |paragraph: &&&Paragraph| {
        paragraph
            .text
            .chars()
            .filter(|letter| letter.is_alphabetic())
            .count()
            >= 4
            && paragraph.size >= LARGER * body
            && plain::is_title(&paragraph.text)
            && !is_day(&paragraph.text)
            && !is_letterhead(&paragraph.text)
    };
    let size = first
        .iter()
        .filter(can_be)
        .map(|paragraph| paragraph.size)
        .reduce(f32::max)?;
    let is_alike = |paragraph: &&&Paragraph| can_be(paragraph) && (paragraph.size / size - 1.0).abs() < 0.03;
    let lines = first
        .iter()
        .skip_while(|paragraph| !is_alike(paragraph))
        .take_while(is_alike);
    let lines: Vec<&str> = lines.map(|paragraph| paragraph.text.as_str()).collect();
    let title = lines.join(" ");
    Some(if plain::is_title(&title) {
        title
    } else {
        lines[0].to_owned()
    })
}

fn is_day(words: &str) -> bool {
    metadata::printed_words(words) == words
}

/// Whether a line names the office and not the document.
fn is_letterhead(words: &str) -> bool {
    let words = words.to_lowercase();
    LETTERHEADS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .any(|line| words.starts_with(line))
}

/// Whether a file's title was left by the program that wrote it.
fn is_file_name(words: &str) -> bool {
    let words = words.to_lowercase();
    let is_left = words.starts_with("microsoft ") || words.starts_with("untitled") || !words.contains(' ');
    is_left
        || words
            .rsplit_once('.')
            .is_some_and(|(_, ending)| (2..=5).contains(&ending.len()) && !ending.contains(' '))
}

/// The first day printed near the top, or else in the address, or else the one the file was made on; none where a
/// capture forbids it.
pub(super) fn published(
    page: &Page<'_>,
    paragraphs: &[Paragraph],
    created: Option<Date>,
    notices: &mut Vec<Notice>,
) -> Option<StatedMoment> {
    let day = paragraphs.iter().take(DATE_BLOCKS).find_map(|paragraph| {
        // A day inside a long paragraph is one that the text speaks of.
        let is_line = paragraph.text.chars().count() <= MAX_LINE_CHARS;
        metadata::printed_day(&paragraph.text).filter(|_| is_line)
    });
    let stated = day.map(|moment| StatedMoment {
        moment,
        method: "printed date".to_owned(),
    });
    let made = || {
        created.map(|day| StatedMoment {
            moment: Moment::day(day),
            method: MADE.to_owned(),
        })
    };
    metadata::accepted(page, stated.or_else(made), notices)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letterheads_are_no_titles() {
        assert!(is_letterhead("CITY OF PORT LIMA"));
        assert!(is_letterhead("The White House"));
        assert!(!is_letterhead("Open Piers"));
    }

    #[test]
    fn what_a_program_left_is_no_title() {
        for words in [
            "Microsoft Word - order.docx",
            "untitled document",
            "EO7_final",
            "Order 7.pdf",
        ] {
            assert!(is_file_name(words), "{words}");
        }
        assert!(!is_file_name("An order on the piers"));
    }
}
