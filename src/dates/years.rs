//! Years and what is made of them: "2026", "fiscal 2025", "490 BC", "the '90s", "the 19th century".

use super::cursor::Cursor;
use super::lexer::{Kind, Token};
use super::numbers;
use super::periods::share;
use super::reading::{Point, ReadPoint};
use super::vocabulary::Sense;

/// "2026", "the year 2026", "nineteen ninety-four".
pub(super) fn year(here: Cursor<'_>) -> ReadPoint<'_> {
    if let Some(after) = here.words("the year").or_else(|| here.words("fiscal year")) {
        let (year, end) = plain_year(after)?;
        return Some((Point::Year(year), "year", end));
    }
    if let Some(after) = here.word(&["fiscal"]) {
        let (year, end) = plain_year(after)?;
        return Some((Point::Year(year), "fiscal_year", end));
    }
    if let Some((year, end)) = numbers::spoken_year(here) {
        return Some((Point::Year(i32::try_from(year).ok()?), "spoken_year", end));
    }
    if let Some((year, end)) = before_christ(here) {
        return Some((Point::Year(year), "year_before_christ", end));
    }
    let (year, end) = plain_year(here)?;
    let modern = (1900..2100).contains(&year);
    let known = here.follows(&YEAR_BEFORE) || is_in_range(here);
    let other = here.follows(&NUMBER_BEFORE) || end.word(&COUNTED).is_some();
    // Of older numbers those are years that stand alone: "1861," but not "1750 rifles".
    let alone = end
        .token()
        .is_none_or(|token| !matches!(token.kind, Kind::Word(_)));
    ((modern || known || (year >= 1500 && alone)) && !other).then_some((Point::Year(year), "year", end))
}

/// Words after which an old year is one.
const YEAR_BEFORE: [&str; 14] = [
    "in", "since", "of", "from", "by", "until", "till", "before", "after", "during", "between", "to",
    "circa", "late",
];

/// Words after which a number is no year.
const NUMBER_BEFORE: [&str; 12] = [
    "page", "pages", "no", "number", "room", "flight", "route", "highway", "section", "about", "almost",
    "nearly",
];

/// What is counted by numbers that look like years.
const COUNTED: [&str; 18] = [
    "people", "men", "women", "miles", "feet", "meters", "metres", "km", "pages", "points", "votes",
    "dollars", "tons", "tonnes", "shares", "pounds", "percent", "homes",
];

/// "the 1990s", "the '90s", "the nineties", "the late 1970s".
pub(super) fn decade(here: Cursor<'_>) -> ReadPoint<'_> {
    let start = here.word(&["the"]).unwrap_or(here);
    let start = share(start).unwrap_or(start);
    if let Some((tens, end)) = start.sense(|sense| match sense {
        Sense::Decade(tens) => Some(tens),
        _ => None,
    }) {
        return (start.at > here.at).then_some((Point::Decade(190 + tens), "decade_in_words", end));
    }
    let quoted = start.mark(&['\'', '’', '‘']);
    let (value, length, after) = quoted.unwrap_or(start).digits()?;
    let after = after.glued_mark(&['\'', '’']).unwrap_or(after);
    after.glued()?;
    let end = after.word(&["s"])?;
    let whole = i32::try_from(value).ok()?;
    let decade = match length {
        4 if (1000..2100).contains(&whole) && value % 10 == 0 => whole / 10,
        2 if value % 10 == 0 && (start.at > here.at || quoted.is_some()) => {
            if whole < 20 {
                200 + whole / 10
            } else {
                190 + whole / 10
            }
        }
        _ => return None,
    };
    let free = quoted.is_some() || start.is_free_number();
    free.then_some((Point::Decade(decade), "decade", end))
}

/// "the 19th century", "the early twentieth century".
pub(super) fn century(here: Cursor<'_>) -> ReadPoint<'_> {
    let start = here.word(&["the"]).unwrap_or(here);
    let start = share(start).unwrap_or(start);
    let (ordinal, after) = numbers::ordinal(start).filter(|(ordinal, _)| (1..=30).contains(ordinal))?;
    let end = after.hyphen().unwrap_or(after).word(&["century"])?;
    Some((Point::Century(i32::try_from(ordinal).ok()? - 1), "century", end))
}

/// Reads the year that follows a month or a day, if one does.
pub(super) fn year_after(here: Cursor<'_>) -> (Option<i32>, Cursor<'_>) {
    let next = here.mark(&[',']).unwrap_or(here);
    let next = next.word(&["of", "in"]).unwrap_or(next);
    if let Some(quoted) = next.mark(&['\'', '’'])
        && quoted.glued().is_some()
        && let Some((year, 2, end)) = quoted.digits()
        && end.ends_number()
    {
        return (i32::try_from(century_of(year)).ok(), end);
    }
    if let Some((year, end)) = numbers::spoken_year(next) {
        return (i32::try_from(year).ok(), end);
    }
    match plain_year(next) {
        Some((year, end)) if end.word(&COUNTED).is_none() => (Some(year), end),
        _ => (None, here),
    }
}

/// Reads four digits that can be a year.
pub(super) fn plain_year(here: Cursor<'_>) -> Option<(i32, Cursor<'_>)> {
    let (year, length, end) = here.digits()?;
    let closed = end.ends_number() || end.hyphen().is_some() || is_genitive(end);
    let fits =
        length == 4 && (1000..2200).contains(&year) && closed && (here.is_free_number() || is_in_range(here));
    fits.then_some((i32::try_from(year).ok()?, end))
}

/// "490 BC", "146 B.C."; the year before 1 is 0.
fn before_christ(here: Cursor<'_>) -> Option<(i32, Cursor<'_>)> {
    let (year, length, after) = here.digits().filter(|_| here.is_free_number())?;
    let dotted = || {
        let end = after.word(&["b"])?.glued_mark(&['.'])?.word(&["c"])?;
        Some(end.glued_mark(&['.']).unwrap_or(end))
    };
    let end = after
        .word(&["bc", "bce"])
        .or_else(dotted)
        .filter(|_| after.is_capital())?;
    (length <= 4 && year > 0).then_some((1 - i32::try_from(year).ok()?, end))
}

/// Whether a possessive ending follows.
fn is_genitive(here: Cursor<'_>) -> bool {
    here.glued_mark(&['\'', '’']).is_some()
}

/// Whether a year stands before with a hyphen or dash between: "2019-2021", "1861–1865".
fn is_in_range(here: Cursor<'_>) -> bool {
    let before = |back: usize| here.at.checked_sub(back).and_then(|at| here.tokens.get(at));
    let year =
        |token: &Token| matches!(token.kind, Kind::Digits(Some(1000..2200))) && token.end - token.start == 4;
    let (Some(dash), Some(first)) = (before(1), before(2)) else {
        return false;
    };
    let dashed = matches!(dash.kind, Kind::Mark('-' | '–' | '—' | '/'));
    let clean = before(3).is_none_or(|token| !matches!(token.kind, Kind::Mark('-' | '/')));
    dashed && year(first) && clean
}

/// Two digits of a year, read as the century that news means.
pub(super) fn century_of(two: u32) -> u32 {
    if two < 50 { 2000 + two } else { 1900 + two }
}
