//! Places counted from the document's day or from what the text spoke of last: "yesterday", "last
//! Tuesday", "earlier this month", "two weeks ago", "the previous day".

use super::absolute;
use super::cursor::Cursor;
use super::numbers::{self, Count};
use super::periods;
use super::reading::{Point, ReadPoint, YearOf};
use super::vocabulary::{Sense, Toward, Unit};

/// Reads the longest such place that begins here.
pub(super) fn point(here: Cursor<'_>) -> ReadPoint<'_> {
    let rules = [deictic, weekday, directed, counted, latest, same];
    rules
        .iter()
        .filter_map(|rule| rule(here))
        .max_by_key(|(_, _, end)| end.at)
}

/// "today", "yesterday", "the day before yesterday".
fn deictic(here: Cursor<'_>) -> ReadPoint<'_> {
    let day = |sense| match sense {
        Sense::Day(days) => Some(days),
        _ => None,
    };
    if let Some(end) = here.words("the day before yesterday") {
        return Some((Point::Today(-2), "deictic", end));
    }
    let here = here.word(&["earlier", "later"]).unwrap_or(here);
    if let Some(end) = here.words("the day after tomorrow") {
        return Some((Point::Today(2), "deictic", end));
    }
    if let Some(end) = here.words("this day") {
        return Some((Point::Today(0), "deictic", end));
    }
    here.sense(day)
        .map(|(days, end)| (Point::Today(days), "deictic", end))
}

/// "Tuesday", "last Tuesday", "this coming Friday", "Tuesday of last week".
fn weekday(here: Cursor<'_>) -> ReadPoint<'_> {
    let here = here.word(&["earlier", "later"]).unwrap_or(here);
    let (toward, start) = direction(here).map_or((None, here), |(toward, start)| (Some(toward), start));
    let (weekday, end) = absolute::weekday(start)?;
    // "Sun", "Sat" and "Mon" alone are a paper, a verb and a name.
    if start.is_shy() && toward.is_none() && !here.follows(&["on"]) {
        return None;
    }
    let toward = match toward {
        Some(Toward::Last | Toward::Before) => Some(Toward::Last),
        Some(Toward::Next | Toward::After) => Some(Toward::Next),
        other => other,
    };
    if let Some(end) = end.words("last week").or_else(|| end.words("of last week")) {
        return Some((
            Point::Weekday(weekday, Some(Toward::Before)),
            "weekday_of_week",
            end,
        ));
    }
    if let Some(end) = end.words("next week").or_else(|| end.words("of next week")) {
        return Some((
            Point::Weekday(weekday, Some(Toward::After)),
            "weekday_of_week",
            end,
        ));
    }
    Some((Point::Weekday(weekday, toward), "weekday", end))
}

/// "last week", "earlier this month", "next March", "this past spring", "the following year".
fn directed(here: Cursor<'_>) -> ReadPoint<'_> {
    let start = here.word(&["earlier", "later", "sometime"]).unwrap_or(here);
    let start = periods::share(start).unwrap_or(start);
    if let Some((unit, end)) = whole(start, here) {
        return Some((Point::Shift(unit, 0), "end_of_unit", end));
    }
    let (toward, after) = direction(start)?;
    let after = after.word(&["fiscal", "calendar"]).unwrap_or(after);
    let year = YearOf::Toward(toward);
    if let Some((month, end)) = absolute::month_name(after, false) {
        return Some((Point::Month(year, month), "directed_month", end));
    }
    if let Some((season, end)) = after.sense(periods::season_sense) {
        return Some((Point::Season(year, season), "directed_season", end));
    }
    let (unit, end) = after.sense(unit)?;
    if unit == Unit::Year
        && let Some(read) = quarter_of_year(toward, end)
    {
        return Some(read);
    }
    let definite = start.word(&["the"]).is_some();
    let point = match toward {
        // "the past year", "the last decade" are lengths.
        Toward::Last if definite || start.word(&["past"]).is_some() => return None,
        Toward::Last => Point::Shift(unit, -1),
        Toward::Next => Point::Shift(unit, 1),
        Toward::This => Point::Shift(unit, 0),
        Toward::Before => Point::Onward(unit, -1),
        Toward::After => Point::Onward(unit, 1),
        Toward::Same => Point::Onward(unit, 0),
    };
    let rule = if matches!(point, Point::Shift(..)) {
        "directed_unit"
    } else {
        "onward_unit"
    };
    (unit >= Unit::Day).then_some((point, rule, end))
}

/// "'s third quarter" after "last year".
fn quarter_of_year(toward: Toward, here: Cursor<'_>) -> ReadPoint<'_> {
    let after = here.glued_mark(&['\'', '’'])?.word(&["s"])?;
    let (number, after) = numbers::ordinal(after).filter(|(number, _)| (1..=4).contains(number))?;
    let end = after.hyphen().unwrap_or(after).word(&["quarter"])?;
    Some((
        Point::Quarter(away(toward)?, i8::try_from(number).ok()?),
        "quarter_of_year",
        end,
    ))
}

/// The year of "last year", "this year", "next year".
fn away(toward: Toward) -> Option<YearOf> {
    match toward {
        Toward::Last => Some(YearOf::Away(-1)),
        Toward::This => Some(YearOf::Away(0)),
        Toward::Next => Some(YearOf::Away(1)),
        Toward::Same => Some(YearOf::Told),
        Toward::Before | Toward::After => None,
    }
}

/// Reads "last year", "of next year", "of that year" behind a month, quarter or season.
pub(super) fn year_behind(here: Cursor<'_>) -> Option<(YearOf, Cursor<'_>)> {
    let of = here.word(&["of"]);
    let start = of.unwrap_or(here);
    if let Some(end) = of.and_then(|after| after.words("that year").or_else(|| after.words("the same year")))
    {
        return Some((YearOf::Told, end));
    }
    let (toward, after) = direction(start)?;
    Some((away(toward)?, after.word(&["year"])?))
}

/// "the month" after "the end of", "the year" after "later in".
fn whole<'t>(here: Cursor<'t>, before: Cursor<'t>) -> Option<(Unit, Cursor<'t>)> {
    let (start, part) = match before
        .word(&["earlier", "later"])
        .and_then(|after| after.word(&["in"]))
    {
        Some(start) => (start, true),
        None => (here, here.follows(&["of"]) && here.at > before.at),
    };
    let (unit, end) = start.word(&["the"])?.sense(unit)?;
    (part && unit > Unit::Day).then_some((unit, end))
}

/// "two weeks ago", "a year from now", "nearly four years earlier", "three days after".
fn counted(here: Cursor<'_>) -> ReadPoint<'_> {
    let start = approximately(here);
    let (count, after) = numbers::count(start)?;
    let after = after.word(&["more", "full"]).unwrap_or(after);
    let after = after.hyphen().unwrap_or(after);
    let (unit, after) = after.sense(any_unit)?;
    let after = after.words("or so").unwrap_or(after);
    let Count::Exact(count) = count else {
        return None;
    };
    let count = i64::from(count);
    if unit < Unit::Day {
        return None;
    }
    if let Some(end) = after
        .word(&["ago", "earlier"])
        .filter(|_| unit == Unit::Year && count == 1)
    {
        return Some((Point::YearAgo, "year_ago", end));
    }
    if let Some(end) = after.word(&["ago"]).or_else(|| after.hyphen()?.word(&["ago"])) {
        return Some((Point::Shift(unit, -count), "ago", end));
    }
    if let Some(end) = after.words("from now").or_else(|| after.words("from today")) {
        return Some((Point::Shift(unit, count), "from_now", end));
    }
    if let Some(end) = after.word(&["later", "afterward", "afterwards"]) {
        return Some((Point::Onward(unit, count), "later", end));
    }
    let end = after.word(&["earlier", "before", "previously"])?;
    // "two days before the vote" counts from the vote, of which nothing is known here.
    let ends =
        end.word(&["earlier"]).is_none() && end.token().is_none_or(|token| end.slice(token).len() == 1);
    (after.word(&["earlier", "previously"]).is_some() || ends).then_some((
        Point::Onward(unit, -count),
        "earlier",
        end,
    ))
}

/// "the weekend", "the latest quarter", "the year-ago quarter", "year-end".
fn latest(here: Cursor<'_>) -> ReadPoint<'_> {
    let start = here.word(&["the"]).unwrap_or(here);
    let definite = start.at > here.at;
    if definite && let Some(end) = start.word(&["weekend"]) {
        return Some((Point::Latest(Unit::Weekend), "the_weekend", end));
    }
    if definite && start.word(&["quarter"]).and_then(Cursor::hyphen).is_some() {
        return None;
    }
    if definite && let Some(end) = start.words("latest quarter").or_else(|| start.word(&["quarter"])) {
        return Some((Point::Latest(Unit::Quarter), "the_quarter", end));
    }
    let earlier = start.word(&["year"])?.hyphen()?.word(&["ago", "earlier"])?;
    let end = earlier.word(&["quarter", "period"]).unwrap_or(earlier);
    // As an adjective it takes no determiner: "the year-earlier $4 million".
    if definite && end.at == earlier.at {
        return None;
    }
    Some((Point::YearAgo, "year_ago", end))
}

/// "that day", "the same year", "that same month", "the next day", "the day after".
fn same(here: Cursor<'_>) -> ReadPoint<'_> {
    if let Some(after) = here.words("the day") {
        let end = after.word(&["before", "after"])?;
        let days = if after.word(&["after"]).is_some() { 1 } else { -1 };
        let last = end.token().is_none_or(|token| end.slice(token).len() == 1);
        return last.then_some((Point::Onward(Unit::Day, days), "onward_day", end));
    }
    let start = here.word(&["earlier", "later"]).unwrap_or(here);
    if let Some(end) = start.words("the next day") {
        return Some((Point::Onward(Unit::Day, 1), "onward_day", end));
    }
    let after = start.word(&["that"])?;
    let after = after.word(&["same"]).unwrap_or(after);
    let (unit, end) = after.sense(unit).filter(|(unit, _)| *unit >= Unit::Day)?;
    Some((Point::Onward(unit, 0), "that_unit", end))
}

/// Reads "last", "this past", "the following", "the same" and so on.
pub(super) fn direction(here: Cursor<'_>) -> Option<(Toward, Cursor<'_>)> {
    let toward = |sense| match sense {
        Sense::Toward(toward) => Some(toward),
        _ => None,
    };
    if let Some((found, end)) = here.word(&["this"]).and_then(|after| after.sense(toward)) {
        return (found != Toward::Same).then_some((found, end));
    }
    match here.word(&["the"]) {
        Some(after) => after.sense(toward),
        None => here.sense(toward),
    }
}

/// Reads "about", "more than", "at least" and the like, or nothing.
pub(super) fn approximately(here: Cursor<'_>) -> Cursor<'_> {
    let phrases = [
        "more than",
        "less than",
        "fewer than",
        "at least",
        "at most",
        "up to",
        "as many as",
        "as much as",
        "no more than",
        "no less than",
        "just over",
        "just under",
        "only about",
    ];
    if let Some(after) = phrases.iter().find_map(|phrase| here.words(phrase)) {
        return after;
    }
    let about = here.sense(|sense| (sense == Sense::About).then_some(()));
    about.map_or(here, |(_, after)| after)
}

/// The unit of a word in the singular.
pub(super) fn unit(sense: Sense) -> Option<Unit> {
    match sense {
        Sense::Unit(unit) => Some(unit),
        _ => None,
    }
}

/// The unit of a word in the singular or plural.
pub(super) fn any_unit(sense: Sense) -> Option<Unit> {
    match sense {
        Sense::Unit(unit) | Sense::Units(unit) => Some(unit),
        _ => None,
    }
}
