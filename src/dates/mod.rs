//! Text in, time expressions out, with the days they mean.
//!
//! A text is cut into words, numbers and marks (`lexer`), which a small vocabulary gives meanings.
//! From every place a few rules try to read on (`absolute`, `years`, `periods`, `holidays`, `relative`,
//! `times`, `durations`); the
//! longest reading wins. What it means is then counted from the document's day or from what the text
//! spoke of last (`resolve`, `nearby`), and written as TIMEX3 and EDTF (`edtf`). `said` finds the expression
//! that governs a quote. The clock of the machine is never read.

mod absolute;
mod cues;
mod cursor;
mod durations;
mod edtf;
mod holidays;
mod lexer;
mod nearby;
mod numbers;
mod periods;
mod reading;
mod relative;
mod resolve;
mod said;
mod times;
mod vocabulary;
mod years;

use jiff::civil::Date;

use crate::model::date::{Anchor, DateMention, SaidOn, TimexKind};
use crate::model::quote::Quote;
use crate::model::span::Span;
use cursor::Cursor;
use edtf::Calendar;
use lexer::{Kind, Token};
use reading::{Meaning, Point, YearOf};
use resolve::Surroundings;
use vocabulary::Sense;

/// The time expressions of a text, in order and never overlapping; `published` is the document's own
/// day, which relative expressions are counted from.
pub fn find(text: &str, published: Option<Date>) -> Vec<DateMention> {
    let tokens = lexer::tokens(text);
    let found = readings(text, &tokens);
    let history = published.is_some_and(|day| is_history(&found, day));
    let mut mentions = Vec::with_capacity(found.len());
    let (mut spoken_of, mut quarter) = (None, None);
    for reading in found {
        let Some(span) = span(text, &tokens, &reading) else {
            continue;
        };
        let around = Surroundings {
            published,
            spoken_of,
            quarter,
            future: cues::future(text, &tokens, reading.first),
            history,
        };
        let (mention, calendar) = mention(span, reading, around);
        if let Some(calendar) = calendar {
            spoken_of = Some((calendar, span));
            if let Calendar::Quarter(year, number) = calendar {
                quarter = quarter.or(Some((year, number)));
            }
        }
        mentions.push(mention);
    }
    mentions
}

/// The day a quote was said: from the expression that governs it, else the document's own day.
pub fn said_on(
    text: &str,
    quote: &Quote,
    mentions: &[DateMention],
    published: Option<Date>,
) -> Option<SaidOn> {
    said::on(text, quote, mentions, published)
}

/// What a rule read, from which token to which.
struct Reading {
    first: usize,
    /// The token after the last.
    end: usize,
    meaning: Meaning,
    rule: &'static str,
}

/// Every reading, each from the first place that begins one, the longest there.
fn readings(text: &str, tokens: &[Token]) -> Vec<Reading> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match longest(Cursor::new(text, tokens, at)) {
            Some(mut reading) => {
                at = reading.end;
                let last = range_end(text, tokens, &mut reading);
                found.push(reading);
                if let Some(last) = last {
                    at = last.end;
                    found.push(last);
                }
            }
            None => at += 1,
        }
    }
    found
}

/// The second day of "Feb. 1-10, 2026"; the first takes over its year.
fn range_end(text: &str, tokens: &[Token], first: &mut Reading) -> Option<Reading> {
    let Meaning::Point(
        Point::Day {
            year,
            month,
            day,
            weekday: None,
        },
        None,
    ) = &mut first.meaning
    else {
        return None;
    };
    let dash = Cursor::new(text, tokens, first.end);
    let after = dash.glued_mark(&['-', '–', '—'])?;
    after.glued()?;
    let (point, rule, end) = absolute::last_day(after, *month)?;
    match point {
        Point::Day {
            year: last_year,
            day: last,
            ..
        } if year.is_none() && last > *day => {
            *year = last_year;
            Some(Reading {
                first: after.at,
                end: end.at,
                meaning: Meaning::Point(point, None),
                rule,
            })
        }
        _ => None,
    }
}

fn longest(here: Cursor<'_>) -> Option<Reading> {
    if !may_begin(here) {
        return None;
    }
    // Of equal length the earlier rule wins.
    let rules = [
        durations::vague,
        durations::duration,
        durations::set,
        times::point,
    ];
    let (meaning, rule, end) = rules
        .iter()
        .filter_map(|rule| rule(here))
        .max_by_key(|(_, _, end)| end.at)?;
    Some(Reading {
        first: here.at,
        end: end.at,
        meaning,
        rule,
    })
}

/// Whether any expression can begin here: it saves the rules most of the text.
fn may_begin(here: Cursor<'_>) -> bool {
    let known = |here: Cursor<'_>| match here.token().map(|token| token.kind) {
        Some(Kind::Word(entry)) => entry.is_some(),
        Some(Kind::Digits(_)) => true,
        Some(Kind::Mark(mark)) => matches!(mark, '\'' | '’' | '‘' | '.'),
        None => false,
    };
    match here.token().map(|token| token.kind) {
        // "the" and "more" begin nothing before a word that means nothing here.
        Some(Kind::Word(Some(entry))) => {
            entry.senses.as_slice() != [Sense::Opener]
                || known(here.next())
                || here
                    .word(&["tonight", "overnight", "noon", "midday", "midnight"])
                    .is_some()
                || here.is_capital()
                || here
                    .word(&["more", "less", "fewer", "as", "up", "just"])
                    .is_some()
        }
        Some(Kind::Digits(_)) => true,
        Some(Kind::Mark('\'' | '’' | '‘')) => numbers::is_digits(here.next()),
        _ => false,
    }
}

fn span(text: &str, tokens: &[Token], reading: &Reading) -> Option<Span> {
    let first = tokens.get(reading.first)?;
    let last = tokens.get(reading.end.checked_sub(1)?)?;
    Span::of(text, first.start..last.end)
}

/// Whether a text tells of years long past: many of them printed, and few days seen from today.
fn is_history(found: &[Reading], published: Date) -> bool {
    let this = i32::from(published.year());
    let (mut past, mut near) = (0_usize, 0_usize);
    for reading in found {
        let Meaning::Point(point, _) = &reading.meaning else {
            continue;
        };
        match point {
            Point::Year(year)
            | Point::Month(YearOf::Given(year), _)
            | Point::Day { year: Some(year), .. } => past += usize::from(*year < this - 2),
            Point::Today(_) | Point::Weekday(..) | Point::Shift(..) => near += 1,
            _ => {}
        }
    }
    past >= 3 && past > 3 * near
}

fn mention(span: Span, reading: Reading, around: Surroundings) -> (DateMention, Option<Calendar>) {
    let rule = reading.rule;
    let (point, clock) = match reading.meaning {
        Meaning::Point(point, clock) => (point, clock),
        Meaning::Fixed(kind, value) => {
            let fixed = DateMention {
                span,
                kind,
                value,
                when: None,
                anchor: Anchor::Absolute,
                rule,
                conflict: None,
            };
            return (fixed, None);
        }
    };
    let resolved = resolve::resolve(point, around);
    let calendar = resolved.calendar;
    let mut value = calendar.map_or(resolved.open, Calendar::value);
    let kind = if clock.is_some() {
        TimexKind::Time
    } else {
        TimexKind::Date
    };
    if let Some(clock) = clock {
        if value.ends_with("REF") {
            value = "XXXX-XX-XX".into();
        }
        value.push_str(&clock);
    }
    let mention = DateMention {
        span,
        kind,
        value,
        when: calendar.and_then(Calendar::when),
        anchor: resolved.anchor,
        rule,
        conflict: conflict(point, calendar),
    };
    (mention, calendar)
}

/// Says that the weekday printed beside a date is not the date's.
fn conflict(point: Point, calendar: Option<Calendar>) -> Option<String> {
    let (
        Point::Day {
            weekday: Some(printed),
            ..
        },
        Some(Calendar::Day(day)),
    ) = (point, calendar)
    else {
        return None;
    };
    let printed = edtf::weekday(printed)?;
    let actual = day.weekday();
    (printed != actual).then(|| format!("{printed:?} is printed, but {day} is a {actual:?}"))
}

#[cfg(test)]
mod tests;
