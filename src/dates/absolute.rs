//! Days and months as they are printed: "Friday, Feb. 6, 2026", "2026-02-06", "May of last year"; and
//! the choice among all places of the calendar that are printed in full or in part.

use super::cursor::Cursor;
use super::lexer::{Kind, Token};
use super::reading::{Point, ReadPoint, YearOf};
use super::vocabulary::Sense;
use super::{numbers, periods, relative, years};

/// Reads the longest such place that begins here.
pub(super) fn point(here: Cursor<'_>) -> ReadPoint<'_> {
    let rules = [
        numeric,
        weekday_and_day,
        month_day,
        day_month,
        month,
        years::year,
        years::decade,
        years::century,
        periods::fiscal,
        periods::holiday,
        periods::season,
    ];
    rules
        .iter()
        .filter_map(|rule| rule(here))
        .max_by_key(|(_, _, end)| end.at)
}

/// `2026-02-06`, `2026/02/06`, `02/06/2026`, `6.2.2026`.
fn numeric(here: Cursor<'_>) -> ReadPoint<'_> {
    let (first, length, after) = here.digits()?;
    let separator = after.glued_mark(&['-', '/', '.'])?;
    let mark = here
        .text
        .as_bytes()
        .get(after.token()?.start)
        .map(|byte| char::from(*byte))?;
    separator.glued()?;
    let (second, _, after) = separator.digits().filter(|(_, length, _)| *length <= 2)?;
    let last = after.glued_mark(&[mark])?;
    last.glued()?;
    let (third, last_length, end) = last.digits()?;
    // A time may follow an ISO day without a space.
    let closed = end.ends_number() || end.glued().is_some_and(|token| end.slice(token) == "T");
    if !here.is_free_number() || !closed {
        return None;
    }
    let (year, month, day) = match (length, mark, last_length) {
        (4, _, 1 | 2) => (first, second, third),
        (1 | 2, '.', 4) => (third, second, first),
        (1 | 2, _, 4) if first > 12 => (third, second, first),
        (1 | 2, _, 4) => (third, first, second),
        (1 | 2, '/', 2) if first <= 12 => (years::century_of(third), first, second),
        _ => return None,
    };
    let point = day_point(Some(i32::try_from(year).ok()?), month, day, None)?;
    Some((point, "numeric", end))
}

/// "Friday, Feb. 6, 2026", "Tuesday the 5th of May".
fn weekday_and_day(here: Cursor<'_>) -> ReadPoint<'_> {
    let (weekday, after) = weekday(here)?;
    let after = dot(after);
    let next = after.mark(&[',']).unwrap_or(after);
    let next = next.word(&["the"]).unwrap_or(next);
    let (point, rule, end) = month_day(next).or_else(|| day_month(next))?;
    match point {
        Point::Day { year, month, day, .. } => {
            let weekday = Some(weekday);
            Some((
                Point::Day {
                    year,
                    month,
                    day,
                    weekday,
                },
                rule,
                end,
            ))
        }
        _ => None,
    }
}

/// "Feb. 6", "February 6th, 2026".
fn month_day(here: Cursor<'_>) -> ReadPoint<'_> {
    let (month, after) = month_name(here, true)?;
    let after = after.word(&["the"]).unwrap_or(after);
    let (day, after) = day_number(after)?;
    // "Feb. 6:30" and "March 10,000" are no days.
    if !after.ends_number() && after.hyphen().is_none() && after.glued_mark(&['/']).is_none() {
        return None;
    }
    let (year, end) = years::year_after(after);
    let end = weekday_in_brackets(end);
    Some((day_point(year, month, day, None)?, "month_day", end))
}

/// Reads the day that ends a range within a month: "10, 2026" after "Feb. 1-".
pub(super) fn last_day(here: Cursor<'_>, month: i8) -> ReadPoint<'_> {
    let (day, after) = day_number(here).filter(|_| numbers::is_digits(here))?;
    if !after.ends_number() {
        return None;
    }
    let (year, end) = years::year_after(after);
    Some((day_point(year, month, day, None)?, "last_day", end))
}

/// "6 February 2026", "the 6th of February", "6th Feb".
fn day_month(here: Cursor<'_>) -> ReadPoint<'_> {
    let start = here.word(&["the"]).unwrap_or(here);
    let (day, after) = day_number(start)?;
    if numbers::is_digits(start) && !start.is_free_number() && !is_end_of_days(start) {
        return None;
    }
    let after = after
        .words("day of")
        .or_else(|| after.word(&["of"]))
        .unwrap_or(after);
    let after = after.hyphen().unwrap_or(after);
    let (month, after) = month_name(after, true)?;
    let (year, end) = years::year_after(after);
    Some((day_point(year, month, day, None)?, "day_month", end))
}

/// Whether the day here is the second of two: "18" in "9-18 April".
fn is_end_of_days(here: Cursor<'_>) -> bool {
    let before = |back: usize| here.at.checked_sub(back).and_then(|at| here.tokens.get(at));
    let first = before(2).map(|token| token.kind);
    is_compound(here)
        && matches!(first, Some(Kind::Digits(Some(1..=31))))
        && before(3).is_none_or(|token| !matches!(token.kind, Kind::Mark('-' | '/' | '.')))
}

/// "February 2026", "early February", "Feb. of 2026", "February".
fn month(here: Cursor<'_>) -> ReadPoint<'_> {
    let (month, after) = month_name(here, false)?;
    let (year, end) = years::year_after(after);
    if let Some(year) = year {
        return Some((Point::Month(YearOf::Given(year), month), "month_year", end));
    }
    if let Some((year, end)) = relative::year_behind(after) {
        return Some((Point::Month(year, month), "month_of_year", end));
    }
    // "May" and "March" are months only where something says so.
    const BEFORE: [&str; 16] = [
        "in", "since", "until", "till", "of", "by", "from", "early", "late", "mid", "last", "next", "this",
        "through", "during", "between",
    ];
    if here.is_shy() && !(here.is_capital() && (here.follows(&BEFORE) || is_compound(here))) {
        return None;
    }
    Some((Point::Month(YearOf::Open, month), "month", after))
}

/// Whether a hyphen joins the word before: "mid-May".
pub(super) fn is_compound(here: Cursor<'_>) -> bool {
    matches!(
        here.glued_before(),
        Some(Token {
            kind: Kind::Mark('-'),
            ..
        })
    )
}

/// Reads a month's name, with its stop where it is shortened. Before a day even "may" in small
/// letters is none.
pub(super) fn month_name(here: Cursor<'_>, beside_day: bool) -> Option<(i8, Cursor<'_>)> {
    let (month, after) = here.sense(|sense| match sense {
        Sense::Month(month) => Some(month),
        _ => None,
    })?;
    if here.is_shy() && !here.is_capital() {
        return None;
    }
    let token = here.token()?;
    let short = token.end - token.start <= 4 && !matches!(here.slice(token).len(), 3 if month == 5);
    let stopped = after.glued_mark(&['.']).filter(|_| short);
    // "in Feb." at a sentence's end keeps its stop out, as TIMEX3 draws it only before more.
    let after = match stopped {
        Some(end) if beside_day || numbers::is_digits(end) => end,
        _ => after,
    };
    Some((month, after))
}

/// Reads a weekday's name.
pub(super) fn weekday(here: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    let found = here.sense(|sense| match sense {
        Sense::Weekday(weekday) => Some(weekday),
        _ => None,
    })?;
    (!here.is_shy() || here.is_capital()).then_some(found)
}

/// Reads a day's number, in digits or as an ordinal.
fn day_number(here: Cursor<'_>) -> Option<(u32, Cursor<'_>)> {
    let found = match here.digits() {
        Some((day, 1 | 2, after)) => numbers::ordinal(here).unwrap_or((day, after)),
        Some(_) => return None,
        None => numbers::ordinal(here)?,
    };
    (1..=31).contains(&found.0).then_some(found)
}

fn weekday_in_brackets(here: Cursor<'_>) -> Cursor<'_> {
    let inner = here.mark(&['(']).and_then(weekday).map(|(_, after)| dot(after));
    inner.and_then(|after| after.mark(&[')'])).unwrap_or(here)
}

fn dot(here: Cursor<'_>) -> Cursor<'_> {
    here.glued_mark(&['.']).unwrap_or(here)
}

fn day_point(year: Option<i32>, month: impl TryInto<i8>, day: u32, weekday: Option<i8>) -> Option<Point> {
    let month = month.try_into().ok()?;
    let day = i8::try_from(day).ok()?;
    // A leap year stands in where none is printed.
    let possible = super::edtf::day(year.unwrap_or(2024), month, day).is_some();
    possible.then_some(Point::Day {
        year,
        month,
        day,
        weekday,
    })
}
