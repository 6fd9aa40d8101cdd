//! Intervals of days as terms, so that "overlaps" is a question about terms.
//!
//! An interval is covered by the fewest calendar units that fit it (days, thirds of months, months, years, decades,
//! centuries, millennia). Without the thirds a season would be thirty-three units, most of them days; with them it is
//! five. Units are nested, so two intervals overlap just where a unit of one is a unit of the other, or contains one, or
//! is contained in one. The index holds the units of an interval under `=`, but for days, and those with all that contain
//! them under `^`.

use std::cell::RefCell;

use foldhash::{HashMap, HashMapExt};
use jiff::civil::{Date, date};

/// A calendar unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Day(Date),
    /// Ten days of a month, or what is left of it behind the second ten; the thirds are counted from 0.
    Third(i16, i8, i8),
    Month(i16, i8),
    /// Years from a multiple of a power of ten: 1, 10, 100 or 1000 of them.
    Years(i16, i16),
}

/// Days of a third of a month, but for the last, and the number of that.
const THIRD_DAYS: i8 = 10;
const LAST_THIRD: i8 = 2;

impl Unit {
    /// The unit that contains this one most closely.
    fn parent(self) -> Option<Unit> {
        match self {
            Unit::Day(day) => {
                let third = ((day.day() - 1) / THIRD_DAYS).min(LAST_THIRD);
                Some(Unit::Third(day.year(), day.month(), third))
            }
            Unit::Third(year, month, _) => Some(Unit::Month(year, month)),
            Unit::Month(year, _) => Some(Unit::Years(year, 1)),
            Unit::Years(_, 1000) => None,
            Unit::Years(first, count) => Some(Unit::Years(first - first % (count * 10), count * 10)),
        }
    }

    fn first(self) -> Date {
        match self {
            Unit::Day(day) => day,
            Unit::Third(year, month, third) => date(year, month, 1 + third * THIRD_DAYS),
            Unit::Month(year, month) => date(year, month, 1),
            Unit::Years(first, _) => date(first, 1, 1),
        }
    }

    fn last(self) -> Date {
        match self {
            Unit::Day(day) => day,
            Unit::Third(year, month, LAST_THIRD) => date(year, month, 1).last_of_month(),
            Unit::Third(year, month, third) => date(year, month, (third + 1) * THIRD_DAYS),
            Unit::Month(year, month) => date(year, month, 1).last_of_month(),
            Unit::Years(first, count) => date(first + count - 1, 12, 31),
        }
    }

    /// The term of the unit behind a mark. Written digit by digit: there are some for every day that a text names.
    fn term(self, mark: char) -> String {
        let mut term = String::with_capacity(11);
        term.push(mark);
        match self {
            Unit::Day(day) => {
                push_digits(&mut term, day.year(), 4);
                term.push('-');
                push_digits(&mut term, day.month().into(), 2);
                term.push('-');
                push_digits(&mut term, day.day().into(), 2);
            }
            Unit::Third(year, month, third) => {
                push_digits(&mut term, year, 4);
                term.push('-');
                push_digits(&mut term, month.into(), 2);
                term.push('/');
                push_digits(&mut term, third.into(), 1);
            }
            Unit::Month(year, month) => {
                push_digits(&mut term, year, 4);
                term.push('-');
                push_digits(&mut term, month.into(), 2);
            }
            Unit::Years(first, count) => {
                push_digits(&mut term, first, 4);
                if count > 1 {
                    term.push('+');
                    push_digits(&mut term, count, 1 + count.ilog10());
                }
            }
        }
        term
    }
}

/// Writes a number that is not below 0 in so many digits.
fn push_digits(into: &mut String, number: i16, digits: u32) {
    for place in (0..digits).rev() {
        let digit = (number / 10_i16.pow(place) % 10).unsigned_abs();
        into.push(char::from(b'0' + digit as u8));
    }
}

/// The units that an interval is made of. Days before year 1 are not told apart from its first.
fn cover(earliest: Date, latest: Date) -> Vec<Unit> {
    let first = date(1, 1, 1);
    let (mut day, latest) = (earliest.max(first), latest.max(first));
    let mut units = Vec::new();
    while day <= latest {
        let mut unit = Unit::Day(day);
        while let Some(parent) = unit.parent()
            && parent.first().max(first) == day
            && parent.last() <= latest
        {
            unit = parent;
        }
        units.push(unit);
        match unit.last().tomorrow() {
            Ok(next) => day = next,
            // The last day there is.
            Err(_) => break,
        }
    }
    units
}

thread_local! {
    /// The terms of the intervals met last: the entries of one day and one crawl name the same few.
    static MET: RefCell<HashMap<(Date, Date), String>> = RefCell::new(HashMap::new());
}
/// Intervals that are remembered; when there are so many, it begins anew.
const REMEMBERED: usize = 1_024;

/// Hands out the terms to index for an interval, ends included: all in one text with blanks between them, since a value of
/// its own for each costs the engine more than the term does.
pub(super) fn with_terms(earliest: Date, latest: Date, take: impl FnOnce(&str)) {
    MET.with_borrow_mut(|met| {
        if met.len() == REMEMBERED {
            met.clear();
        }
        let terms = met
            .entry((earliest, latest))
            .or_insert_with(|| terms(earliest, latest).join(" "));
        take(terms);
    });
}

/// The terms to index for an interval, ends included.
fn terms(earliest: Date, latest: Date) -> Vec<String> {
    let mut terms = Vec::new();
    for unit in cover(earliest, latest) {
        // Nothing stands in a day, so that nobody asks for one as that which contains something.
        if !matches!(unit, Unit::Day(_)) {
            terms.push(unit.term('='));
        }
        let mut next = Some(unit);
        while let Some(unit) = next {
            terms.push(unit.term('^'));
            next = unit.parent();
        }
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// The terms of which one is indexed just for those intervals that overlap this one.
pub(super) fn overlapping(earliest: Date, latest: Date) -> Vec<String> {
    let mut terms = Vec::new();
    for unit in cover(earliest, latest) {
        terms.push(unit.term('^'));
        let mut next = unit.parent();
        while let Some(unit) = next {
            terms.push(unit.term('='));
            next = unit.parent();
        }
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(earliest: &str, latest: &str, names: &[&str]) {
        let units = cover(earliest.parse().expect("a day"), latest.parse().expect("a day"));
        let names: Vec<String> = names.iter().map(|name| format!("={name}")).collect();
        let found: Vec<String> = units.into_iter().map(|unit| unit.term('=')).collect();
        assert_eq!(found, names);
    }

    #[test]
    fn an_interval_is_covered_by_the_largest_units_that_fit() {
        check("2026-02-06", "2026-02-06", &["2026-02-06"]);
        check("2026-02-01", "2026-02-28", &["2026-02"]);
        check("2025-12-31", "2026-12-31", &["2025-12-31", "2026"]);
        check("2010-01-01", "2029-12-31", &["2010+10", "2020+10"]);
        check(
            "2026-02-10",
            "2026-03-01",
            &["2026-02-10", "2026-02/1", "2026-02/2", "2026-03-01"],
        );
        let winter = ["2025-12/2", "2026-01", "2026-02", "2026-03/0", "2026-03/1"];
        check("2025-12-21", "2026-03-20", &winter);
    }

    #[test]
    fn every_unit_is_the_days_of_the_units_in_it() {
        let mut day = date(2024, 1, 1);
        while day < date(2027, 1, 1) {
            let mut unit = Unit::Day(day);
            while let Some(parent) = unit.parent() {
                let inside = parent.first() <= unit.first() && unit.last() <= parent.last();
                assert!(inside, "{unit:?} is not in {parent:?}");
                unit = parent;
            }
            day = day.tomorrow().expect("a day");
        }
    }

    #[test]
    fn any_time_at_all_is_few_terms() {
        assert_eq!(cover(Date::MIN, Date::MAX).len(), 10);
        assert!(overlapping(date(1, 2, 3), date(9998, 11, 29)).len() < 150);
    }

    fn day() -> impl Strategy<Value = Date> {
        let any = (2020_i16..2031, 1_i8..13, 1_i8..29).prop_map(|(year, month, day)| date(year, month, day));
        // Two near each other meet and miss each other often; the ends of months and of their thirds are among them.
        let near = (0_i32..100).prop_map(|days| date(2023, 12, 5).saturating_add(days.days()));
        prop_oneof![any, near]
    }

    proptest! {
        #[test]
        fn terms_meet_just_where_intervals_overlap(a in day(), b in day(), c in day(), d in day()) {
            let (indexed, asked) = ((a.min(b), a.max(b)), (c.min(d), c.max(d)));
            let terms = terms(indexed.0, indexed.1);
            let meet = overlapping(asked.0, asked.1).iter().any(|term| terms.contains(term));
            prop_assert_eq!(meet, indexed.0 <= asked.1 && asked.0 <= indexed.1);
        }
    }
}
