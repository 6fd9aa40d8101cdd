//! Days printed on a line of their own: that of a letter, and that of an order.

use jiff::civil::Date;

use super::deadlines::Said;
use super::edtf;
use super::language::Language;
use super::reading::{Meaning, Point, YearOf};
use super::{Everything, Found, Own};
use crate::model::date::{Anchor, Event, Sitting};
use crate::model::span::Span;

/// What a text says of its own day.
#[derive(Clone, Copy, Default)]
pub(super) struct Heads {
    /// The day from which a letter's "tomorrow" is counted.
    pub(super) letter: Option<(Date, Span)>,
    /// The day of the sitting that the text is the record of, from which its "tomorrow" is counted.
    pub(super) sitting: Option<Sitting>,
    /// The day on which an order was made that says so in no other way.
    pub(super) order: Option<(Date, Span)>,
}

impl Heads {
    pub(super) fn of(language: &Language, text: &str, all: &Everything, own: Own) -> Self {
        let published = own.published;
        let letter = published.and_then(|published| day_of_letter(language, text, &all.readings, published));
        // A letter may speak of another order.
        let is_order = letter.is_none() && (all.at_once || counts_from_itself(language, text, &all.readings));
        let order = is_order.then(|| day_of_order(language, text, &all.readings));
        let order = order
            .flatten()
            .filter(|(day, _)| published.is_none_or(|published| *day <= published));
        Self {
            letter,
            sitting: own.sitting,
            order,
        }
    }

    /// The day from which the text counts, where it is not that of its page, with what tells it.
    pub(super) fn own_day(&self) -> Option<(Date, Anchor)> {
        let of_letter = self.letter.map(|(day, span)| (day, Anchor::Mention(span)));
        of_letter.or_else(|| {
            let sitting = self.sitting?;
            let told = sitting.evidence.map(Anchor::Mention);
            Some((sitting.day, told.unwrap_or(Anchor::Title(sitting.day))))
        })
    }
}

/// The day on a line of its own at the head of a letter, where the page that prints it is of a little later. A letter greets
/// whom it is to.
fn day_of_letter(
    language: &Language,
    text: &str,
    readings: &[Found],
    published: Date,
) -> Option<(Date, Span)> {
    let head = readings.iter().take_while(|found| found.span.end() <= HEAD);
    let (day, span) = head.filter_map(printed).next()?;
    let (before, behind) = beside(text, span);
    let rest = text[span.end() + behind.len()..].strip_prefix('\n')?;
    let mut lines = rest.lines().filter(|line| !line.trim().is_empty()).take(GREETING);
    let is_greeting = |line: &str| {
        let first = line.split_whitespace().next().unwrap_or_default();
        let word = first.trim_end_matches([',', ':']).to_lowercase();
        language.greetings.contains(&word)
    };
    let since = edtf::days_between(day, published);
    let is_line = before.trim().is_empty() && ends_line(behind);
    (is_line && (0..=LATER).contains(&since) && lines.any(is_greeting)).then_some((day, span))
}

/// Whether a text counts a deadline from its own day, in its own words: "within 30 days of the date of this Order". Who reports on
/// an order quotes that.
fn counts_from_itself(language: &Language, text: &str, readings: &[Found]) -> bool {
    readings.iter().any(|found| {
        let Some(Said::From {
            event: Event::Signed,
            span,
            ..
        }) = found.said
        else {
            return false;
        };
        let mut words = span.slice(text).split_whitespace();
        let (before, _) = beside(text, span);
        words.any(|word| language.own_text.contains(&word.to_lowercase()))
            && !before.contains(['“', '"', '«'])
    })
}

/// The one day that a text prints on lines of their own at its head or foot, maybe behind a label: "Date: March 4, 2026".
fn day_of_order(language: &Language, text: &str, readings: &[Found]) -> Option<(Date, Span)> {
    let is_line = |span: Span| {
        let (before, behind) = beside(text, span);
        let label = before.trim().trim_end_matches(':').to_lowercase();
        let label = if label.is_empty() {
            label_above(text, span)
        } else {
            label
        };
        (label.is_empty() || language.day_labels.contains(&label)) && ends_line(behind)
    };
    let mut days = readings
        .iter()
        .filter_map(printed)
        .filter(|(_, span)| is_line(*span));
    let first = days.next()?;
    let foot = text.len().saturating_sub(HEAD);
    let is_at_edge = first.1.end() <= HEAD || first.1.start() >= foot;
    // Two days on lines of their own are a schedule's.
    (is_at_edge && days.all(|(day, _)| day == first.0)).then_some(first)
}

/// The label on the line above a day that stands alone on its own: "Hearing:".
fn label_above(text: &str, span: Span) -> String {
    let low = text.floor_char_boundary(span.start().saturating_sub(LINE));
    let above = text[low..span.start()].trim_end();
    let line = above.rsplit('\n').next().unwrap_or_default().trim();
    line.strip_suffix(':').unwrap_or_default().to_lowercase()
}

/// The day of a reading that is printed with its year.
fn printed(found: &Found) -> Option<(Date, Span)> {
    match found.meaning {
        Meaning::Point(
            Point::Day {
                year: YearOf::Given(year),
                month,
                day,
                ..
            },
            None,
        ) => Some((edtf::day(year, month, day)?, found.span)),
        _ => None,
    }
}

/// What stands before and behind on the line of `span`, as far as a line with a day alone may reach.
fn beside(text: &str, span: Span) -> (&str, &str) {
    let low = text.floor_char_boundary(span.start().saturating_sub(LINE));
    let high = text.ceil_char_boundary((span.end() + LINE).min(text.len()));
    let before = text[low..span.start()].rsplit('\n').next().unwrap_or_default();
    let behind = text[span.end()..high].split('\n').next().unwrap_or_default();
    (before, behind)
}

/// Bytes of a line that are looked at on either side of a day: more than any label has.
const LINE: usize = 600;

/// Whether nothing stands behind a day on its line.
fn ends_line(behind: &str) -> bool {
    behind.trim_matches([' ', '\t', '.']).is_empty()
}

/// How far from its beginning the day of a letter or an order stands, or from the end that of an order, in bytes.
const HEAD: usize = 300;
/// Lines behind that day among which the greeting is.
const GREETING: usize = 6;
/// How many days after its own a letter is printed, at most.
const LATER: i64 = 31;
