//! Where a weekday lies that its own words leave open, as another one tells that the text names with it.

use super::Found;
use super::cues::Tense;
use super::language::{Language, lists};
use super::reading::{Meaning, Point};

/// Gives two weekdays that are joined the direction that one of them has: "The summit on Friday and Saturday will bring".
pub(super) fn share(language: &Language, text: &str, readings: &mut [Found]) {
    let is_weekday = |found: &Found| matches!(found.meaning, Meaning::Point(Point::Weekday(_, None), _));
    for at in 1..readings.len() {
        let (before, behind) = (&readings[at - 1], &readings[at]);
        if !(is_weekday(before) && is_weekday(behind)) {
            continue;
        }
        let between = text
            .get(before.span.end()..behind.span.start())
            .unwrap_or_default();
        let is_pair = lists(&language.days_and, between.trim()) || lists(&language.or, between.trim());
        match (before.tense, behind.tense) {
            (Tense::Open, Tense::Future) if is_pair => readings[at - 1].tense = Tense::Future,
            (Tense::Future, Tense::Open) if is_pair => readings[at].tense = Tense::Future,
            _ => {}
        }
    }
}
