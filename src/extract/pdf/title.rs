//! Finds the title and the day of a document among its first blocks.

use jiff::civil::Date;

use super::layout::Layout;
use super::paragraphs::{Paragraph, is_capitals};
use crate::extract::{Page, genre, letter, metadata, plain};
use crate::model::document::{Notice, StatedMoment};
use crate::model::moment::Moment;

/// Blocks at the beginning in which a date is looked for.
const DATE_BLOCKS: usize = 12;
/// Blocks at the beginning among which the title is.
const TITLE_BLOCKS: usize = 8;
/// Blocks at the beginning among which somebody is greeted, whom a letter is written to.
const LETTER_BLOCKS: usize = 20;
/// Letters of a line that can carry the date.
const MAX_LINE_CHARS: usize = 200;
/// Letters that may stand beside the day on its line: "For immediate release", a place, a number of the document.
const MAX_BESIDE_DAY: usize = 40;
/// What stands before the day at the end of a document on which it was issued.
const ISSUED: [&str; 12] = [
    "dated",
    "date",
    "signed",
    "issued",
    "done",
    "given",
    "adopted",
    "approved",
    "released",
    "published",
    "posted",
    "date of issue",
];
/// How much larger than the body a title is set that nothing else names.
const LARGER: f32 = 1.15;
/// How the day is known that the file was made on.
const MADE: &str = "pdf creation date";

/// The line that names the document among the first ones, with the line that names its matter; without such a
/// line the largest one that is no letterhead, or else the first one, if it can be a title; at last what the file calls
/// itself. A letter has what it says that it is about.
pub(super) fn title(layout: &Layout, own: Option<&str>) -> Option<String> {
    let own_title = || own.filter(|own| !is_file_name(own)).map(str::to_owned);
    let paragraphs = &layout.paragraphs;
    let first_page = paragraphs
        .iter()
        .filter(|paragraph| paragraph.page == paragraphs[0].page);
    let first: Vec<&Paragraph> = first_page.clone().take(TITLE_BLOCKS).collect();
    let over_greeting: Vec<&str> = first_page
        .map(|paragraph| paragraph.text.as_str())
        .take(LETTER_BLOCKS)
        .collect();
    if let Some(greeting) = over_greeting.iter().position(|line| letter::is_greeting(line)) {
        let subject = letter::subject(&over_greeting[..greeting]).map(str::to_owned);
        return subject.or_else(own_title);
    }
    named(&first)
        .or_else(|| largest(&first, layout.body))
        .or_else(|| {
            let heads = first
                .iter()
                .take_while(|paragraph| letter::is_letterhead(&paragraph.text))
                .count();
            let next = first.get(heads).or(first.first())?;
            (plain::is_title(&next.text) && !is_day(&next.text)).then(|| next.text.clone())
        })
        .or_else(own_title)
}

/// `EXECUTIVE ORDER No. 7`, with the matter on the next line.
fn named(first: &[&Paragraph]) -> Option<String> {
    let mut lines = first.iter().filter(|paragraph| plain::is_title(&paragraph.text));
    let named = lines.find(|paragraph| genre::names_document(&paragraph.text))?;
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
            && !letter::is_letterhead(&paragraph.text)
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

/// Whether a file's title was left by the program that wrote it.
fn is_file_name(words: &str) -> bool {
    let words = words.to_lowercase();
    let is_left = words.starts_with("microsoft ") || words.starts_with("untitled") || !words.contains(' ');
    is_left
        || words
            .rsplit_once('.')
            .is_some_and(|(_, ending)| (2..=5).contains(&ending.len()) && !ending.contains(' '))
}

/// The day that stands where a day of issue does: on a line of its own or in a dateline near the top, behind a word for it
/// at the end; or else the one the file was made on. Any other day is one that the text speaks of, such as a deadline.
/// None where a capture forbids it.
pub(super) fn published(
    page: &Page<'_>,
    paragraphs: &[Paragraph],
    created: Option<Date>,
    notices: &mut Vec<Notice>,
) -> Option<StatedMoment> {
    let mut top = paragraphs.iter().take(DATE_BLOCKS).enumerate();
    let mut end = paragraphs.iter().rev().take(DATE_BLOCKS);
    let day = top
        .find_map(|(at, paragraph)| {
            let next = paragraphs.get(at + 1).map(|next| next.text.as_str());
            let is_event = || next.is_some_and(tells_time_or_place);
            let on_a_line = on_a_line(&paragraph.text).filter(|_| !is_event());
            on_a_line.or_else(|| in_a_dateline(&paragraph.text))
        })
        .or_else(|| end.find_map(|paragraph| behind_its_word(&paragraph.text)));
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

/// The first day printed in some words, with what stands before and behind it.
fn parted(words: &str) -> Option<(&str, Moment, &str)> {
    let day = metadata::printed_words(words);
    let moment = metadata::printed_day(day)?;
    let (before, behind) = words.split_once(day)?;
    Some((before, moment, behind))
}

/// The day of a line that holds it and little else, which says of nothing else that it is its day.
fn on_a_line(words: &str) -> Option<Moment> {
    let (before, moment, behind) = parted(words)?;
    let is_line =
        words.chars().count() <= MAX_LINE_CHARS && !words.trim_end().ends_with(['.', '!', '?', '”']);
    let is_bare = letters(before) + letters(behind) <= MAX_BESIDE_DAY;
    (is_line && is_bare && !metadata::is_day_of_something_else(before)).then_some(moment)
}

/// Whether a line says of an event when or where it is held, under a label: the day above is that of the event as well.
fn tells_time_or_place(words: &str) -> bool {
    let label = words
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    label.len() < words.len() && genre::labels_event(&label.to_lowercase())
}

/// The day of a paragraph that begins with its place and day: `PORT LIMA, Feb. 6, 2026 — The city …`.
fn in_a_dateline(words: &str) -> Option<Moment> {
    let (before, moment, behind) = parted(words)?;
    let is_place = letters(before) >= 2 && letters(before) <= MAX_BESIDE_DAY && is_capitals(before);
    let behind = behind.trim_start_matches([' ', ')', ']', '.']);
    (is_place && behind.starts_with(['—', '–', '-', '−'])).then_some(moment)
}

/// The day behind a word for its issue: `Dated: February 6, 2026`.
fn behind_its_word(words: &str) -> Option<Moment> {
    let (before, moment, behind) = parted(words)?;
    let word = before
        .trim_matches(|mark: char| !mark.is_alphanumeric())
        .to_lowercase();
    let word = word.strip_suffix(" on").unwrap_or(&word);
    (ISSUED.contains(&word) && letters(behind) <= MAX_BESIDE_DAY).then_some(moment)
}

fn letters(words: &str) -> usize {
    words.chars().filter(|letter| letter.is_alphabetic()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_day(words: &str, expected: bool) {
        let day = on_a_line(words)
            .or_else(|| in_a_dateline(words))
            .or_else(|| behind_its_word(words));
        assert_eq!(day.is_some(), expected, "{words}");
    }

    #[test]
    fn a_day_of_issue_is_known_by_where_it_stands() {
        for words in [
            "February 6, 2026",
            "FOR IMMEDIATE RELEASE: February 6, 2026",
            "Order No. 7 of February 6, 2026",
            "Contact: Ana Lima February 6, 2026",
            "PORT LIMA, Feb. 6, 2026 — The Harbor Authority today adopted an order that closes two of its piers at night and \
             opens a third one to the boats that lost their berths in the storm, from the first day of spring on.",
            "Dated: February 6, 2026",
            "Signed on February 6, 2026, at Port Lima.",
        ] {
            check_day(words, true);
        }
    }

    #[test]
    fn a_day_that_the_text_speaks_of_is_no_day_of_issue() {
        for words in [
            "ORDER: Carriers shall apply by February 6, 2026.",
            "On February 6, 2026, this Authority promised quiet nights.",
            "Comments are due February 6, 2026",
            "Public hearing: February 6, 2026",
            "The Authority, in the order it adopted on February 6, 2026, closed two piers and opened none",
            "Signed by the mayor and by all who had come to the meeting of the council on February 6, 2026",
        ] {
            check_day(words, false);
        }
    }

    #[test]
    fn the_line_below_the_day_of_an_event_tells_so() {
        for words in [
            "Time 6:30 p.m.",
            "Place: Grange Hall",
            "LOCATION Pier 4",
            "Lugar: Muelle 4",
        ] {
            assert!(tells_time_or_place(words), "{words}");
        }
        for words in [
            "Times are hard",
            "Time",
            "Dear Mayor Lima:",
            "The time has come.",
            "Whereas, the pier is old",
        ] {
            assert!(!tells_time_or_place(words), "{words}");
        }
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
