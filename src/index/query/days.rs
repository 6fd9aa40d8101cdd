//! The days that a value means: `2026`, `2026-02`, `2026-02-06`, `A..B`, `..B`, `A..`, `>=A`, `<B`; EDTF
//! (ISO 8601-2) such as `2026-21` or `199X`; and the words of a text, such as `last week`.

use edtf_core::{Bound, Edtf};
use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::dates;
use crate::model::tongue::Tongue;

/// The first and last day meant, ends included; words are counted from `today`.
pub(super) fn read(value: &str, today: Date) -> Option<(Date, Date)> {
    read_by(value, &|text| unit(text, today))
}

/// The same of what has happened: a month, or a day of it, that names no year is of the last twelve months and not of the next.
pub(super) fn read_past(value: &str, today: Date) -> Option<(Date, Date)> {
    read_by(value, &|text| past_unit(text, today))
}

fn read_by(value: &str, unit: &dyn Fn(&str) -> Option<Days>) -> Option<Days> {
    let value = value.trim();
    let unit = |text: &str| unit(text.trim());
    if let Some((from, to)) = value.split_once("..") {
        let from = if from.is_empty() { Date::MIN } else { unit(from)?.0 };
        let to = if to.is_empty() { Date::MAX } else { unit(to)?.1 };
        return (from <= to && value.len() > 2).then_some((from, to));
    }
    for (sign, read) in SIGNS {
        if let Some(rest) = value.strip_prefix(sign) {
            return read(unit(rest)?);
        }
    }
    unit(value)
}

fn past_unit(text: &str, today: Date) -> Option<Days> {
    let days = unit(text, today)?;
    let words = text.to_lowercase();
    let names_month = words
        .split(|c: char| !c.is_alphabetic())
        .any(|word| word.chars().count() >= 3 && MONTHS.iter().any(|month| word.starts_with(month)));
    let names_year = text
        .split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4);
    if days.0 <= today || !names_month || names_year || words.contains("next") {
        return Some(days);
    }
    unit(text, today.checked_sub(1.year()).ok()?)
}

/// How the names of months begin, in the languages that days are read in.
const MONTHS: [&str; 16] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "ene", "abr", "ago",
    "dic",
];

/// Whether it is a stretch of days whose ends are exchanged.
pub(super) fn is_turned_round(value: &str, today: Date) -> bool {
    value
        .split_once("..")
        .filter(|(from, to)| !from.trim().is_empty() && !to.trim().is_empty())
        .is_some_and(|(from, to)| read(&format!("{to}..{from}"), today).is_some())
}

type Days = (Date, Date);
type Reading = fn(Days) -> Option<Days>;

const SIGNS: [(&str, Reading); 5] = [
    (">=", |(first, _)| Some((first, Date::MAX))),
    ("<=", |(_, last)| Some((Date::MIN, last))),
    (">", |(_, last)| Some((last.tomorrow().ok()?, Date::MAX))),
    ("<", |(first, _)| Some((Date::MIN, first.yesterday().ok()?))),
    ("=", Some),
];

/// The days of an EDTF value, or from one to another with `..` between them: nothing is counted, and both ends are known.
pub(super) fn as_written(value: &str) -> Option<Days> {
    let (from, to) = value.split_once("..").unwrap_or((value, value));
    let end = |text: &str| of_edtf(&Edtf::parse(text.trim()).ok()?);
    let (first, last) = (end(from)?.0, end(to)?.1);
    let is_known = first > Date::MIN && last < Date::MAX;
    (is_known && first <= last).then_some((first, last))
}

/// An interval with a name.
fn unit(text: &str, today: Date) -> Option<Days> {
    match Edtf::parse(text) {
        Ok(edtf) => of_edtf(&edtf),
        Err(_) => week(text).or_else(|| in_words(text, today)),
    }
}

/// A week as ISO 8601 names it, from Monday to Sunday: `2026-W46`.
fn week(text: &str) -> Option<Days> {
    let (year, week) = text.split_once("-W").or_else(|| text.split_once("-w"))?;
    let is_number = |text: &str, letters: usize| {
        text.len() == letters && text.bytes().all(|letter| letter.is_ascii_digit())
    };
    if !is_number(year, 4) || !is_number(week, 2) {
        return None;
    }
    let (year, week) = (year.parse().ok()?, week.parse().ok()?);
    let monday = ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date();
    Some((monday, monday.checked_add(6.days()).ok()?))
}

fn of_edtf(edtf: &Edtf) -> Option<Days> {
    let bounds = edtf.bounds();
    let (first, last) = (day(bounds.earliest, Date::MIN)?, day(bounds.latest, Date::MAX)?);
    (first <= last).then_some((first, last))
}

fn day(bound: Bound, open: Date) -> Option<Date> {
    match bound {
        Bound::Date(date) => Date::new(
            i16::try_from(date.year).ok()?,
            i8::try_from(date.month).ok()?,
            i8::try_from(date.day).ok()?,
        )
        .ok(),
        _ => Some(open),
    }
}

/// The days that one time expression means which is the whole text.
fn in_words(text: &str, today: Date) -> Option<Days> {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |first| {
            first.to_uppercase().chain(letters).collect()
        })
    };
    // "march" and "may" are months of a query, though verbs of a text.
    let capitals: Vec<String> = text.split(' ').map(capital).collect();
    of_expression(text, today).or_else(|| of_expression(&capitals.join(" "), today))
}

fn of_expression(text: &str, today: Date) -> Option<Days> {
    [Tongue::English, Tongue::Spanish].into_iter().find_map(|tongue| {
        let mentions = dates::find(text, tongue, Some(today));
        let [only] = mentions.as_slice() else {
            return None;
        };
        let when = only.when.as_ref().filter(|_| only.span.slice(text) == text)?;
        Some((when.earliest, when.latest))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, days: Option<(&str, &str)>) {
        let read = read(value, jiff::civil::date(2026, 2, 13))
            .map(|(first, last)| (first.to_string(), last.to_string()));
        assert_eq!(
            read,
            days.map(|(first, last)| (first.into(), last.into())),
            "{value}"
        );
    }

    #[test]
    fn days_months_and_years_are_whole_intervals() {
        check("2026-02-06", Some(("2026-02-06", "2026-02-06")));
        check("2024-02", Some(("2024-02-01", "2024-02-29")));
        check("2026", Some(("2026-01-01", "2026-12-31")));
    }

    #[test]
    fn a_week_is_from_monday_to_sunday() {
        check("2026-W46", Some(("2026-11-09", "2026-11-15")));
        check("2026-W53", Some(("2026-12-28", "2027-01-03")));
        check("2026-W46..2026-W47", Some(("2026-11-09", "2026-11-22")));
        for none in ["2025-W53", "2026-W00", "2026-W6", "26-W06", "2026-W4x"] {
            check(none, None);
        }
    }

    #[test]
    fn ranges_hold_both_their_ends_and_may_be_open() {
        check("2026-02-01..2026-03", Some(("2026-02-01", "2026-03-31")));
        check("..2026", Some(("-009999-01-01", "2026-12-31")));
        check(">2026-02", Some(("2026-03-01", "9999-12-31")));
        check("<=2026-02", Some(("-009999-01-01", "2026-02-28")));
    }

    #[test]
    fn what_has_happened_was_in_the_months_before() {
        let check = |value: &str, first: &str, last: &str| {
            let read = read_past(value, jiff::civil::date(2026, 11, 27)).expect(value);
            assert_eq!(
                (read.0.to_string(), read.1.to_string()),
                (first.into(), last.into()),
                "{value}"
            );
        };
        check("feb", "2026-02-01", "2026-02-28");
        check("february", "2026-02-01", "2026-02-28");
        check("february 7", "2026-02-07", "2026-02-07");
        check("oct", "2026-10-01", "2026-10-31");
        check("feb..apr", "2026-02-01", "2026-04-30");
        check("..feb", "-009999-01-01", "2026-02-28");
        // Whoever names the year means it.
        check("february 2027", "2027-02-01", "2027-02-28");
        check("2027-02", "2027-02-01", "2027-02-28");
    }

    #[test]
    fn days_that_are_kept_are_written_out() {
        let check = |value: &str, days: Option<(&str, &str)>| {
            let read = as_written(value).map(|(first, last)| (first.to_string(), last.to_string()));
            assert_eq!(
                read,
                days.map(|(first, last)| (first.into(), last.into())),
                "{value}"
            );
        };
        check("2026-02-06", Some(("2026-02-06", "2026-02-06")));
        check("2026-02", Some(("2026-02-01", "2026-02-28")));
        check("2026-02-03..2026-02-06", Some(("2026-02-03", "2026-02-06")));
        for value in [
            "",
            "Tuesday",
            "..2026-02",
            "2026-02..",
            ">=2026-02-01",
            "2026-02-06..2026-02-03",
        ] {
            check(value, None);
        }
    }

    #[test]
    fn what_names_no_days_is_refused() {
        for value in [
            "",
            "..",
            "whenever",
            "2026-13",
            "2026-02-30",
            "26",
            "2026-02-06-01",
            "2026-03..2026-02",
            "２０２６",
        ] {
            check(value, None);
        }
    }
}
