//! Lengths of time, things that recur, and vague references that need no calendar.

use super::absolute;
use super::cursor::Cursor;
use super::numbers::{self, Count};
use super::periods;
use super::reading::{Meaning, Read};
use super::relative;
use super::vocabulary::{Sense, Unit};
use crate::model::date::TimexKind;

/// Reads a length: "the past five years", "a two-week", "decades", "at least 30 days".
pub(super) fn duration(here: Cursor<'_>) -> Read<'_> {
    let (value, end) = directed(here).or_else(|| counted(here)).or_else(|| bare(here))?;
    // "ago" with a vague count is a reference: "several years ago".
    if let Some(end) = end.word(&["ago", "earlier"]).filter(|_| value.contains('X')) {
        return fixed(TimexKind::Date, "PAST_REF", "vague_ago", end);
    }
    if let Some(end) = end.word(&["later"]).filter(|_| value.contains('X')) {
        return fixed(TimexKind::Date, "FUTURE_REF", "vague_later", end);
    }
    // Ages are no lengths: "23-year-old", "five years old", "aged".
    let old = end.hyphen().unwrap_or(end);
    if old.word(&["old", "olds"]).is_some() || here.follows(&["aged"]) {
        return None;
    }
    Some((Meaning::Fixed(TimexKind::Duration, value), "duration", end))
}

/// "the past five years", "the next few days", "the first nine months", "the last decade".
fn directed(here: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    let after = match relative::direction(here) {
        Some((_, after)) => after,
        None => {
            let start = here.word(&["the"])?;
            start.word(&["first", "final"]).unwrap_or(start)
        }
    };
    let definite = here.word(&["the"]).is_some();
    let start = relative::approximately(after);
    // "the eight-year term": an adjective takes no determiner along, unless it is one of "the past
    // two-year period".
    let adjective = numbers::count(start).is_some_and(|(_, after)| after.hyphen().is_some());
    if adjective && relative::direction(here).is_none() {
        return None;
    }
    if let Some((count, after)) = numbers::count(start).filter(|_| start.word(&["a", "an", "half"]).is_none())
    {
        let after = after
            .word(&["full", "more", "consecutive", "straight"])
            .unwrap_or(after);
        let (unit, end) = after.hyphen().unwrap_or(after).sense(relative::any_unit)?;
        return Some((value(count, unit), end));
    }
    // "the past year" is a length; "last year" is not.
    let past = definite && here.next().word(&["last", "past", "next", "coming"]).is_some();
    let (unit, end) = start.sense(relative::unit)?;
    past.then(|| (value(Count::Exact(1), unit), end))
}

/// "five years", "a two-week period", "more than two thousand years", "a day and a half".
fn counted(here: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    let start = relative::approximately(here);
    let (count, after) = numbers::count(start)?;
    let after = after
        .word(&["more", "full", "additional", "consecutive", "straight", "whole"])
        .unwrap_or(after);
    let hyphened = after.hyphen();
    let (unit, end) = hyphened.unwrap_or(after).sense(relative::any_unit)?;
    // "three-quarters" and "a quarter of" are parts of something.
    if unit == Unit::Quarter && (hyphened.is_some() || end.word(&["of"]).is_some() || !is_plural(after)) {
        return None;
    }
    let end = hyphened.and_then(|_| end.word(&["period"])).unwrap_or(end);
    // "a second" is mostly an ordinal, "one day" is some day.
    if start.word(&["a", "an"]).is_some() && unit == Unit::Second {
        return None;
    }
    if let (Count::Exact(whole), Some(end)) = (count, end.words("and a half")) {
        return Some((value(Count::AndHalf(whole), unit), end));
    }
    let end = end.words("or so").or_else(|| end.words("or more")).unwrap_or(end);
    Some((value(count, unit), end))
}

fn is_plural(here: Cursor<'_>) -> bool {
    here.sense(|sense| matches!(sense, Sense::Units(_)).then_some(()))
        .is_some()
}

/// "coming weeks", and "years" after a word that makes it a time.
fn bare(here: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    let start = here.word(&["coming"]).unwrap_or(here);
    let (unit, end) = start.sense(|sense| match sense {
        Sense::Units(unit) => Some(unit),
        _ => None,
    })?;
    let stretch = ["for", "in", "within", "after", "over", "took", "takes", "until"];
    let timed =
        start.at > here.at || here.follows(&stretch) || end.word(&["ago", "later", "earlier"]).is_some();
    (timed && unit >= Unit::Day && unit != Unit::Quarter && unit != Unit::Weekend)
        .then(|| (value(Count::Some, unit), end))
}

/// The TIMEX3 value of so many units.
fn value(count: Count, unit: Unit) -> String {
    let (letter, time, each) = match unit {
        Unit::Second => ("S", "T", 1),
        Unit::Minute => ("M", "T", 1),
        Unit::Hour => ("H", "T", 1),
        Unit::Day => ("D", "", 1),
        Unit::Weekend => ("WE", "", 1),
        Unit::Week => ("W", "", 1),
        Unit::Fortnight => ("W", "", 2),
        Unit::Month => ("M", "", 1),
        Unit::Quarter => ("Q", "", 1),
        Unit::Year => ("Y", "", 1),
        Unit::Decade => ("Y", "", 10),
        Unit::Century => ("Y", "", 100),
        Unit::Millennium => ("Y", "", 1000),
    };
    match count {
        Count::Exact(count) => format!("P{time}{}{letter}", u64::from(count) * each),
        Count::AndHalf(count) => match unit {
            Unit::Year => format!("P{count}Y6M"),
            Unit::Hour => format!("PT{count}H30M"),
            Unit::Minute => format!("PT{count}M30S"),
            Unit::Day => format!("P{count}DT12H"),
            _ => format!("P{time}{count}.5{letter}"),
        },
        Count::Half => match unit {
            Unit::Hour => "PT30M".into(),
            Unit::Year => "P6M".into(),
            Unit::Decade => "P5Y".into(),
            Unit::Century => "P50Y".into(),
            _ => format!("P{time}0.5{letter}"),
        },
        Count::Some => match unit {
            Unit::Decade => "PXDE".into(),
            Unit::Century => "PXCE".into(),
            _ => format!("P{time}X{letter}"),
        },
    }
}

/// Reads what recurs: "every day", "each Monday", "weekly", "twice a year", "Tuesdays".
pub(super) fn set(here: Cursor<'_>) -> Read<'_> {
    if let Some((value, end)) = here.sense(|sense| match sense {
        Sense::Often(value) => Some(value),
        _ => None,
    }) {
        return fixed(TimexKind::Set, value, "frequency", end);
    }
    if let Some((weekday, end)) = here.sense(|sense| match sense {
        Sense::Weekdays(weekday) => Some(weekday),
        _ => None,
    }) {
        return fixed(TimexKind::Set, &format!("XXXX-WXX-{weekday}"), "weekdays", end);
    }
    if let Some((weekday, after)) = absolute::weekday(here)
        && let Some((part, end)) = after.sense(|sense| match sense {
            Sense::Parts(part) => Some(part),
            _ => None,
        })
    {
        return fixed(
            TimexKind::Set,
            &format!("XXXX-WXX-{weekday}T{part}"),
            "weekdays",
            end,
        );
    }
    let after = here.word(&["every", "each"]);
    if let Some((unit, end)) = per(here) {
        return fixed(TimexKind::Set, &value(Count::Exact(1), unit), "per_unit", end);
    }
    let after = after?;
    if let Some((weekday, end)) = absolute::weekday(after) {
        return fixed(
            TimexKind::Set,
            &format!("XXXX-WXX-{weekday}"),
            "each_weekday",
            end,
        );
    }
    if let Some((month, end)) = absolute::month_name(after, false) {
        return fixed(TimexKind::Set, &format!("XXXX-{month:02}"), "each_month", end);
    }
    if let Some((season, end)) = after.sense(periods::season_sense) {
        return fixed(TimexKind::Set, &format!("XXXX-{season}"), "each_season", end);
    }
    if let Some((part, end)) = after.sense(super::times::part) {
        return fixed(TimexKind::Set, &format!("XXXX-XX-XXT{part}"), "each_part", end);
    }
    let (count, after) = match after.word(&["other"]) {
        Some(after) => (Count::Exact(2), after),
        None => numbers::count(after).unwrap_or((Count::Exact(1), after)),
    };
    let (unit, end) = after.sense(relative::any_unit)?;
    fixed(TimexKind::Set, &value(count, unit), "each_unit", end)
}

/// "a year" after an amount: "$5 million a year", "twice a week", "6 percent a month".
fn per(here: Cursor<'_>) -> Option<(Unit, Cursor<'_>)> {
    const AMOUNTS: [&str; 10] = [
        "million", "billion", "once", "twice", "times", "percent", "dollars", "thousand", "hundred", "points",
    ];
    let after = here.word(&["a", "an", "per"])?;
    let (unit, end) = after
        .sense(relative::unit)
        .filter(|(unit, _)| *unit >= Unit::Day)?;
    let price = here.at >= 2
        && numbers::is_digits(Cursor::new(here.text, here.tokens, here.at - 1))
        && matches!(
            here.tokens[here.at - 2].kind,
            super::lexer::Kind::Mark('$' | '€' | '£' | ',')
        );
    (here.follows(&AMOUNTS) || price).then_some((unit, end))
}

/// Reads a vague reference: "now", "recently", "in the future".
pub(super) fn vague(here: Cursor<'_>) -> Read<'_> {
    const PHRASES: [(&str, &str); 12] = [
        ("at the moment", "PRESENT_REF"),
        ("these days", "PRESENT_REF"),
        ("right now", "PRESENT_REF"),
        ("the present", "PRESENT_REF"),
        ("the current", ""),
        ("recent years", "PAST_REF"),
        ("recent months", "PAST_REF"),
        ("recent weeks", "PAST_REF"),
        ("recent days", "PAST_REF"),
        ("the past", "PAST_REF"),
        ("the near future", "FUTURE_REF"),
        ("the future", "FUTURE_REF"),
    ];
    let phrase = PHRASES
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .find_map(|(phrase, value)| here.words(phrase).map(|end| (*value, end)));
    let (value, end) = phrase.or_else(|| {
        here.sense(|sense| match sense {
            Sense::Vague(value) => Some(value),
            _ => None,
        })
    })?;
    // "the past president", "the present danger" are no times.
    let noun = here.word(&["the"]).is_some() && end.token().is_some_and(|token| end.slice(token).len() > 3);
    let of = here.word(&["the"]).is_some() && end.word(&["of"]).is_some();
    if noun || of {
        return None;
    }
    fixed(TimexKind::Date, value, "vague", end)
}

fn fixed<'t>(kind: TimexKind, value: &str, rule: &'static str, end: Cursor<'t>) -> Read<'t> {
    Some((Meaning::Fixed(kind, value.into()), rule, end))
}
