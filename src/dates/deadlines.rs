//! Days that orders and statements set by counting: "within 14 days of this order", "no later than 60 days after
//! the effective date".
//!
//! A length of time that words for an event follow is counted from that event's day, where the text states one such
//! day and no other; in doubt nothing is counted.

use jiff::civil::Date;

use super::captures::Captures;
use super::cues;
use super::cursor::Cursor;
use super::edtf::Calendar;
use super::language::Language;
use super::lexer::Kind;
use super::matching;
use super::pattern::Step;
use super::reading::Unit;
use crate::model::date::{Anchor, DateMention, Deadline, Event, When};
use crate::model::span::Span;

/// What the words around a reading say of an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Said {
    /// The length of time is counted from it; to the end of the words that name it.
    From(Event, Span),
    /// It is the event's day.
    On(Event),
}

/// The event that the length of time which ends at `end` is counted from.
pub(super) fn from(language: &Language, first: Cursor<'_>, end: Cursor<'_>) -> Option<Said> {
    let words = (first.at..end.at).map(|at| first.moved_to(at).id());
    if words.into_iter().any(|id| language.uncounted.contains(&id)) {
        return None;
    }
    let mut longest: Option<(Event, usize)> = None;
    for words in &language.events {
        let ends = words.from.iter().filter_map(|steps| ends(language, steps, end));
        if let Some(found) = ends
            .max()
            .filter(|found| longest.is_none_or(|(_, end)| *found > end))
        {
            longest = Some((words.event, found));
        }
    }
    let (event, behind) = longest?;
    if language.goes_on.contains(&end.moved_to(behind).id()) {
        return None;
    }
    let last = end.moved_to(behind.checked_sub(1)?).token()?;
    let span = Span::of(first.text, first.token()?.start..last.end)?;
    Some(Said::From(event, span))
}

/// How many words before its day an event may be named.
const REACH: usize = 12;

/// The event whose day begins at `first`: the nearest one named before it in its sentence, with this text for its
/// subject.
pub(super) fn on(language: &Language, first: Cursor<'_>) -> Option<Said> {
    let mut here = first;
    for _ in 0..REACH {
        let before = here.before()?;
        if cues::is_sentence_end(before, here) {
            return None;
        }
        here = before;
        let Some(Kind::Word(id @ 1..)) = here.kind() else {
            continue;
        };
        // What was said of another day before this one is said of that day.
        if language.unsure.contains(&id) {
            return None;
        }
        if let Some(event) = named(language, here) {
            return Some(Said::On(event));
        }
    }
    None
}

/// The event that words here say this text's own day of.
fn named(language: &Language, here: Cursor<'_>) -> Option<Event> {
    let begins = here
        .before()
        .is_none_or(|before| cues::is_sentence_end(before, here) || is_new_line(before, here));
    let stands = |patterns: &[Vec<Step>]| patterns.iter().any(|steps| ends(language, steps, here).is_some());
    let words = language
        .events
        .iter()
        .find(|words| stands(&words.on) || begins && stands(&words.line))?;
    Some(words.event)
}

fn is_new_line(before: Cursor<'_>, here: Cursor<'_>) -> bool {
    let between = before
        .token()
        .zip(here.token())
        .and_then(|(one, next)| here.text.get(one.end..next.start));
    between.is_some_and(|between| between.contains('\n'))
}

fn ends(language: &Language, steps: &[Step], here: Cursor<'_>) -> Option<usize> {
    let mut noted = Captures::EMPTY;
    matching::read(language, steps, here, &mut noted).map(|end| end.at)
}

/// Counts the deadlines among the mentions; `said` are what the words around each say.
pub(super) fn count(
    mentions: &mut [DateMention],
    said: &[Option<Said>],
    at_once: bool,
    published: Option<Date>,
) {
    let days = mentions.iter().zip(said);
    let stated: Vec<(Event, Date, Span)> = days
        .filter_map(|(mention, said)| match (said, &mention.when) {
            (Some(Said::On(event)), Some(when)) if when.earliest == when.latest => {
                Some((*event, when.earliest, mention.span))
            }
            _ => None,
        })
        .collect();
    for (mention, said) in mentions.iter_mut().zip(said) {
        if let Some(Said::From(event, span)) = said {
            let from = day_of(*event, &stated, at_once, published);
            set(mention, *event, *span, from);
        }
    }
}

/// The one day that a text states for an event, with its evidence.
fn day_of(
    event: Event,
    stated: &[(Event, Date, Span)],
    at_once: bool,
    published: Option<Date>,
) -> Option<(Date, Option<Span>)> {
    let mut own = stated.iter().filter(|(stated, ..)| *stated == event);
    if let Some((_, day, span)) = own.next() {
        let doubt = own.any(|(_, other, _)| other != day);
        return (!doubt).then_some((*day, Some(*span)));
    }
    match event {
        Event::Effective if at_once => day_of(Event::Signed, stated, at_once, published),
        Event::Published => Some((published?, None)),
        Event::Signed | Event::Effective => None,
    }
}

/// Notes a deadline on the length of time that sets it.
fn set(mention: &mut DateMention, event: Event, span: Span, from: Option<(Date, Option<Span>)>) {
    let due = from.and_then(|(day, _)| {
        let (count, unit, word) = counted(&mention.value)?;
        let due = Calendar::shifted(day, unit, count)?;
        let plural = if count == 1 { "" } else { "s" };
        Some((due, format!("{day} + {count} {word}{plural} = {due}")))
    });
    if let (Some((due, _)), Some((day, evidence))) = (&due, from) {
        mention.when = Some(When::day(*due));
        mention.anchor = evidence.map_or(Anchor::Document(day), Anchor::Mention);
    }
    mention.deadline = Some(Deadline {
        span,
        event,
        from: from.map(|(day, _)| day),
        evidence: from.and_then(|(_, evidence)| evidence),
        arithmetic: due.map(|(_, arithmetic)| arithmetic).unwrap_or_default(),
    });
}

/// A whole number of days, weeks, months or years, from its TIMEX3 value.
fn counted(value: &str) -> Option<(i64, Unit, &'static str)> {
    let unit = match value.chars().last()? {
        'D' => (Unit::Day, "day"),
        'W' => (Unit::Week, "week"),
        'M' => (Unit::Month, "month"),
        'Y' => (Unit::Year, "year"),
        _ => return None,
    };
    let count = value.strip_prefix('P')?.get(..value.len() - 2)?;
    Some((count.parse().ok()?, unit.0, unit.1))
}
