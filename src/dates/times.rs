//! Times of day, alone or beside a day: "3 p.m. ET Tuesday", "noon Friday", "Saturday night",
//! "this morning", "2026-02-06T14:30".

use super::cursor::Cursor;
use super::lexer::Kind;
use super::reading::{Clock, Meaning, Point, Read, ReadPoint};
use super::vocabulary::Sense;
use super::{absolute, periods, relative};

/// Reads a day with a time of day, in either order, or either alone.
pub(super) fn point(here: Cursor<'_>) -> Read<'_> {
    let alone = clock(here).map(|(clock, end)| (Meaning::Point(Point::Today(0), Some(clock)), "clock", end));
    [
        part_of_today(here),
        clock_then_day(here),
        day_then_clock(here),
        alone,
    ]
    .into_iter()
    .flatten()
    .max_by_key(|(_, _, end)| end.at)
}

/// "tonight", "last night", "this morning", "overnight", "the morning" of the day.
fn part_of_today(here: Cursor<'_>) -> Read<'_> {
    let today = |days, part: &str, end| {
        Some((
            Meaning::Point(Point::Today(days), Some(format!("T{part}"))),
            "part_of_day",
            end,
        ))
    };
    let start = here.word(&["earlier", "later", "late", "early"]).unwrap_or(here);
    if let Some(end) = start.word(&["tonight"]) {
        return today(0, "NI", end);
    }
    if let Some(end) = start.word(&["overnight"]) {
        return today(0, "NI", end);
    }
    if let Some((part, end)) = start.word(&["last"]).and_then(|after| after.sense(part)) {
        return today(-1, part, end);
    }
    if let Some((found, end)) = start.word(&["that"]).and_then(|after| after.sense(part)) {
        let point = Point::Onward(super::vocabulary::Unit::Day, 0);
        return Some((Meaning::Point(point, Some(format!("T{found}"))), "that_part", end));
    }
    if let Some(dated) = part_of_day_named(here) {
        return Some(dated);
    }
    let after = start.word(&["this"])?;
    let after = after.word(&["past", "coming"]).unwrap_or(after);
    let (found, end) = after.sense(part)?;
    today(0, found, end)
}

/// "the morning of April 19", "the early morning hours of Friday".
fn part_of_day_named(here: Cursor<'_>) -> Read<'_> {
    let start = here.word(&["the"])?;
    let start = start.word(&["early", "late"]).unwrap_or(start);
    let (part, after) = start.sense(part)?;
    let after = after.word(&["hours"]).unwrap_or(after).word(&["of"])?;
    let (point, _, end) = day(after)?;
    Some((
        Meaning::Point(point, Some(format!("T{part}"))),
        "part_of_day",
        end,
    ))
}

/// "10 p.m. Wednesday", "noon on Feb. 6", "early Tuesday".
fn clock_then_day(here: Cursor<'_>) -> Read<'_> {
    let (clock, after) = clock(here)?;
    let next = after.mark(&[',']).unwrap_or(after);
    let (point, _, end) = day(next)?;
    Some((Meaning::Point(point, Some(clock)), "clock_and_day", end))
}

/// "Saturday night", "Feb. 6 at 3 p.m.", "yesterday afternoon", or a place without a time.
fn day_then_clock(here: Cursor<'_>) -> Read<'_> {
    let plain = place(here);
    let shared = periods::share(here).and_then(place);
    let (point, rule, end) = [plain, shared]
        .into_iter()
        .flatten()
        .max_by_key(|(_, _, end)| end.at)?;
    if is_day(point) {
        if let Some((part, end)) = end.word(&["early", "late", "mid"]).unwrap_or(end).sense(part) {
            return Some((
                Meaning::Point(point, Some(format!("T{part}"))),
                "part_of_day",
                end,
            ));
        }
        let next = end.mark(&[',']).unwrap_or(end);
        let next = next.word(&["at"]).unwrap_or(next);
        let iso = end.glued().and_then(|_| end.word(&["t"]));
        if let Some((clock, end)) = clock(iso.unwrap_or(next)).or_else(|| clock(end)) {
            return Some((Meaning::Point(point, Some(clock)), "day_and_clock", end));
        }
    }
    Some((Meaning::Point(point, None), rule, end))
}

/// Reads any place in the calendar.
fn place(here: Cursor<'_>) -> ReadPoint<'_> {
    [absolute::point(here), relative::point(here)]
        .into_iter()
        .flatten()
        .max_by_key(|(_, _, end)| end.at)
}

/// Reads a place that is one day.
fn day(here: Cursor<'_>) -> ReadPoint<'_> {
    place(here).filter(|(point, _, _)| is_day(*point))
}

fn is_day(point: Point) -> bool {
    matches!(
        point,
        Point::Today(_)
            | Point::Day { .. }
            | Point::Weekday(..)
            | Point::Holiday(..)
            | Point::Onward(super::vocabulary::Unit::Day, _)
    )
}

/// Reads a time of day: "3 p.m. ET", "around 14:30", "noon", "midnight".
fn clock(here: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    let start = relative::approximately(here);
    if let Some(end) = start.word(&["noon", "midday"]) {
        return Some(("T12:00".into(), end));
    }
    if let Some(end) = start.word(&["midnight"]) {
        return Some(("T24:00".into(), end));
    }
    if let Some(after) = start.words("mid").map(|after| after.hyphen().unwrap_or(after)) {
        let (part, end) = after.sense(part)?;
        return Some((format!("T{part}"), end));
    }
    let (hour, length, after) = start.digits().filter(|_| start.is_free_number())?;
    let dotted = after.glued_mark(&['.']).is_some();
    let (minute, after) = match minutes(after) {
        Some((minute, after)) => (Some(minute), after),
        None => (None, after),
    };
    let (hour, end) = match half_of_day(after) {
        Some((noon, end)) if (1..=12).contains(&hour) => (hour % 12 + noon, end),
        Some(_) => return None,
        // Without a.m. or p.m. only the form with minutes is a time, and no score or verse.
        None if minute.is_some() && !dotted && length <= 2 && hour < 24 && after.ends_number() => {
            (hour, after)
        }
        None => (
            hour,
            after
                .words("o")
                .and_then(|o| o.glued_mark(&['\'', '’'])?.word(&["clock"]))?,
        ),
    };
    let end = zone(end);
    let minute = minute.unwrap_or(0);
    (hour <= 24 && minute < 60).then(|| (format!("T{hour:02}:{minute:02}"), end))
}

/// Reads ":30", and ":30:15" as the same.
fn minutes(here: Cursor<'_>) -> Option<(u32, Cursor<'_>)> {
    let after = here.glued_mark(&[':', '.'])?;
    after.glued()?;
    let (minute, _, after) = after
        .digits()
        .filter(|(minute, length, _)| *length == 2 && *minute < 60)?;
    let seconds = after
        .glued_mark(&[':'])
        .filter(|next| next.glued().is_some())
        .and_then(|next| next.digits());
    Some((minute, seconds.map_or(after, |(_, _, end)| end)))
}

/// Reads "a.m." or "p.m." in any of their spellings; gives the hours to add.
fn half_of_day(here: Cursor<'_>) -> Option<(u32, Cursor<'_>)> {
    for (joined, letter, hours) in [("am", "a", 0), ("pm", "p", 12)] {
        if let Some(end) = here.word(&[joined]) {
            return Some((hours, end));
        }
        let Some(end) = here
            .word(&[letter])
            .and_then(|after| after.glued_mark(&['.'])?.word(&["m"]))
        else {
            continue;
        };
        return Some((hours, end.glued_mark(&['.']).unwrap_or(end)));
    }
    None
}

/// Reads a time zone's short name, in capitals, or nothing.
fn zone(here: Cursor<'_>) -> Cursor<'_> {
    let found = here.sense(|sense| matches!(sense, Sense::Zone).then_some(()));
    let Some((_, end)) = found.filter(|_| here.is_capital()) else {
        return match here.token().map(|token| (token.kind, here.slice(token))) {
            Some((Kind::Word(_), "Z")) if here.glued().is_some() => here.next(),
            _ => here,
        };
    };
    end.word(&["time"]).unwrap_or(end)
}

/// A part of the day.
pub(super) fn part(sense: Sense) -> Option<&'static str> {
    match sense {
        Sense::Part(part) => Some(part),
        _ => None,
    }
}
