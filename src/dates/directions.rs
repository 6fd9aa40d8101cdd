//! Where a weekday lies that its own words leave open, as another one tells that the text names with it or named before.

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

/// Gives the weekday of what is held on it the direction in which the text named that weekday first: "27,000 will run on Sunday … Sunday's
/// race". Where it did not say "will" of it before, nothing is known.
pub(super) fn repeat(readings: &mut [Found]) {
    let mut ahead = [false; 8];
    for found in readings {
        let Meaning::Point(Point::Weekday(weekday, None), _) = found.meaning else {
            continue;
        };
        let Some(is_ahead) = usize::try_from(weekday).ok().and_then(|day| ahead.get_mut(day)) else {
            continue;
        };
        match found.tense {
            Tense::Open if found.of_event && *is_ahead => found.tense = Tense::Future,
            Tense::Future | Tense::Due => *is_ahead = true,
            _ => {}
        }
    }
}
