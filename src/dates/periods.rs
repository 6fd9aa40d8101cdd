//! Parts of a year and days with a name: "the third quarter of 2025", "early spring", "Labor Day", and
//! the words that narrow any of them.

use super::cursor::Cursor;
use super::reading::{Point, ReadPoint, YearOf};
use super::vocabulary::Sense;
use super::years::{plain_year, year_after};
use super::{holidays, numbers, relative};

/// "Q1 2026", "the third quarter of 2025", "third-quarter", "the first half".
pub(super) fn fiscal(here: Cursor<'_>) -> ReadPoint<'_> {
    let start = here.word(&["the"]).unwrap_or(here);
    let start = start.word(&["fiscal"]).unwrap_or(start);
    let (leading, start) = match plain_year(start) {
        Some((year, after)) => (Some(year), after),
        None => (None, start),
    };
    let (number, halves, after) = if let Some(after) = start.word(&["q"]) {
        after.glued()?;
        let (number, _, after) = after.digits()?;
        (number, false, after)
    } else {
        let (number, after) = numbers::ordinal(start)?;
        // "the third-quarter loss": an adjective takes no determiner along.
        if after.hyphen().is_some() && start.at > here.at && leading.is_none() {
            return None;
        }
        let after = after.hyphen().unwrap_or(after);
        let after = after.word(&["fiscal", "calendar"]).unwrap_or(after);
        match after.word(&["quarter"]) {
            Some(after) => (number, false, after),
            None => (number, true, after.word(&["half"])?),
        }
    };
    let (year, end) = match (leading, year_after(after), relative::year_behind(after)) {
        (Some(year), _, _) => (YearOf::Given(year), after),
        (None, (Some(year), end), _) => (YearOf::Given(year), end),
        (None, _, Some(found)) => found,
        (None, (None, end), None) => (YearOf::Open, end),
    };
    let number = i8::try_from(number).ok()?;
    match (halves, number) {
        (false, 1..=4) => Some((Point::Quarter(year, number), "quarter", end)),
        // "the second half" is a game's, unless a year says otherwise.
        (true, 1 | 2) if year != YearOf::Open => Some((Point::Half(year, number), "half", end)),
        _ => None,
    }
}

/// "Christmas", "Labor Day 2025", "Thanksgiving Day".
pub(super) fn holiday(here: Cursor<'_>) -> ReadPoint<'_> {
    let (feast, after) = holidays::holiday(here)?;
    let (year, end) = year_after(after);
    let year = year.map_or(YearOf::Open, YearOf::Given);
    Some((Point::Holiday(year, feast), "holiday", end))
}

/// "the summer of 1998", "summer 2026", "early spring".
pub(super) fn season(here: Cursor<'_>) -> ReadPoint<'_> {
    let start = here.word(&["the"]).unwrap_or(here);
    let start = share(start).unwrap_or(start);
    let (season, after) = start.sense(season_sense)?;
    let (year, end) = year_after(after);
    if let Some(year) = year {
        return Some((Point::Season(YearOf::Given(year), season), "season_year", end));
    }
    if let Some((year, end)) = relative::year_behind(after) {
        return Some((Point::Season(year, season), "season_of_year", end));
    }
    // "fall" and "spring" are verbs: without a year they need a word that makes them a time.
    let named = here.follows(&["in", "since", "until", "by"]) || start.follows(&["the", "early", "late"]);
    (named && end.word(&["of", "in", "to", "into"]).is_none()).then_some((
        Point::Season(YearOf::Open, season),
        "season",
        end,
    ))
}

/// Reads "early", "mid-", "the end of" and the like; they narrow an interval but name none.
pub(super) fn share(here: Cursor<'_>) -> Option<Cursor<'_>> {
    let start = here.word(&["the"]).unwrap_or(here);
    let start = start.word(&["very"]).unwrap_or(start);
    let (word, after) = start.sense(|sense| match sense {
        Sense::Share(share) => Some(share),
        _ => None,
    })?;
    let of = after.word(&["of"]);
    let noun = start
        .word(&["beginning", "start", "middle", "midst", "end", "close"])
        .is_some();
    match (noun, of, word) {
        (true, Some(after), _) => Some(after),
        (true, None, _) => None,
        (false, _, _) => Some(after.hyphen().unwrap_or(after)),
    }
}

/// A season's name.
pub(super) fn season_sense(sense: Sense) -> Option<&'static str> {
    match sense {
        Sense::Season(season) => Some(season),
        _ => None,
    }
}
