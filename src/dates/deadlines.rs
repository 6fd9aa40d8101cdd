//! Days that orders and statements set by counting: "within 14 days of this order", "no later than 60 days after
//! the effective date".
//!
//! A length of time that words for an event follow is counted from that event's day, where the text states one such
//! day and no other; in doubt nothing is counted.

use jiff::civil::Date;

use super::cues;
use super::cursor::Cursor;
use super::edtf::Calendar;
use super::language::{EventWords, Language, lists};
use super::lexer::Kind;
use super::matching;
use super::pattern::Step;
use super::reading::Unit;
use super::vocabulary::WordId;
use crate::model::date::{Anchor, DateMention, Deadline, Event, When};
use crate::model::span::Span;

/// What the words around a reading say of an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Said {
    /// The length of time is counted from it.
    From {
        event: Event,
        /// From the length of time to the end of the words that name the event.
        span: Span,
        /// The event whose day it leads to: "shall take effect six days after it is signed".
        states: Option<Event>,
        /// It leads to a day that the text alone can tell.
        is_counted: bool,
        /// It is counted from the letter itself: "within thirty days of the date of this letter".
        is_of_letter: bool,
    },
    /// It is the event's day.
    On(Event),
    /// It is a length of time counted from the day that is named right behind it: "within 10 days after May 3". Behind "of" that
    /// day may as well be the last of them ("within 30 days of the May 3 vote"), unless it is that of a letter or an order.
    FromNext { may_be_last: bool },
    /// It is the day of a letter, an order: "the May 3 order".
    OfOutcome,
}

/// Whether the length of time up to `end` is counted from a day that is named right behind.
pub(super) fn leads_to_day(language: &Language, first: Cursor<'_>, end: Cursor<'_>) -> Option<Said> {
    let words = words(first, end);
    let is_counted = is_certain(language, &words) && !words.iter().any(|id| language.unlisted.contains(id));
    let leads = |steps: &[Step]| matching::end(language, steps, end).is_some();
    (is_counted && leads(&language.counted_from)).then(|| Said::FromNext {
        may_be_last: leads(&language.counted_beside) && !cues::opens(first),
    })
}

/// The words of a length of time.
fn words(first: Cursor<'_>, end: Cursor<'_>) -> Vec<WordId> {
    (first.at..end.at).map(|at| first.moved_to(at).id()).collect()
}

/// Whether a length of time has a certain number; "no more than" makes it one.
fn is_certain(language: &Language, words: &[WordId]) -> bool {
    let bound = language.at_most.iter().find(|bound| words.starts_with(bound));
    let counted = &words[bound.map_or(0, Vec::len)..];
    !counted.iter().any(|id| language.uncounted.contains(id))
}

/// The event that the length of time which ends at `end` is counted from.
pub(super) fn from(language: &Language, first: Cursor<'_>, end: Cursor<'_>) -> Option<Said> {
    let words = words(first, end);
    if !is_certain(language, &words) {
        return None;
    }
    let mut longest: Option<(&EventWords, usize)> = None;
    for words in &language.events {
        let ends = words
            .from
            .iter()
            .filter_map(|steps| matching::end(language, steps, end));
        if let Some(found) = ends
            .max()
            .filter(|found| longest.is_none_or(|(_, end)| *found > end))
        {
            longest = Some((words, found));
        }
    }
    let (event_words, behind) = longest?;
    let event = event_words.event;
    let begins_clause = || {
        let mut steps = event_words.not_from.iter();
        steps.any(|steps| matching::end(language, steps, end).is_some_and(|end| end > behind))
    };
    if language.goes_on.contains(&end.moved_to(behind).id()) || begins_clause() {
        return None;
    }
    let last = end.moved_to(behind.checked_sub(1)?).token()?;
    let span = Span::of(first.text, first.token()?.start..last.end)?;
    let states = match on(language, first) {
        Some(Said::On(stated)) if stated != event => Some(stated),
        _ => None,
    };
    let is_listed = !words.iter().any(|id| language.unlisted.contains(id));
    let mut named = (end.at..behind).map(|at| end.moved_to(at).id());
    let is_of_letter = named.any(|id| language.letters.contains(&id));
    // Who reports on a release may quote it: “within 14 days of this release”.
    let is_quoted = event == Event::Published && is_quoted(language, span, first.text);
    Some(Said::From {
        event,
        span,
        states,
        is_counted: is_listed && !is_quoted && !is_to_come(event_words, first),
        is_of_letter,
    })
}

/// Whether words that name a text as their own stand behind a mark of quotation on their line.
fn is_quoted(language: &Language, span: Span, text: &str) -> bool {
    let mut words = span.slice(text).split_whitespace();
    let is_own = words.any(|word| lists(&language.own_text, &word.to_lowercase()));
    let low = text.floor_char_boundary(span.start().saturating_sub(LINE));
    let line = text[low..span.start()].rsplit('\n').next().unwrap_or_default();
    is_own && line.contains(['“', '"', '«'])
}

/// Bytes of a line that are looked at before a length of time.
const LINE: usize = 600;

/// Whether the sentence speaks of the event as one to come: "shall publish a draft, and accept comments for 30 days
/// following publication".
fn is_to_come(words: &EventWords, first: Cursor<'_>) -> bool {
    let before = (1..=SENTENCE).map_while(|back| Some(first.moved_to(first.at.checked_sub(back)?)));
    before
        .take_while(|here| !cues::is_sentence_end(*here, here.next()))
        .any(|here| here.id() != 0 && words.to_come.contains(&here.id()))
}

/// How many words before it an event to come may be spoken of.
const SENTENCE: usize = 40;

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
        // "Adopted by the council on" is said of it.
        let is_done_by = || here.before().is_some_and(|verb| named(language, verb).is_some());
        if language.unsure.contains(&id) && !is_done_by() {
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
    let begins = || {
        here.before()
            .is_none_or(|before| cues::is_sentence_end(before, here) || here.is_new_line())
    };
    let mut opened = language.events_opened(here.id());
    let stands = |(_, steps, is_line): &(Event, &[Step], bool)| {
        matching::end(language, steps, here).is_some() && (!is_line || begins())
    };
    opened.find(stands).map(|(event, ..)| event)
}

/// Counts the deadlines among the mentions; `said` are what the words around each say.
pub(super) fn count(mentions: &mut [DateMention], said: &[Option<Said>], own: Own) {
    let days = mentions.iter().zip(said);
    let stated = days.filter_map(|(mention, said)| match (said, &mention.when) {
        (Some(Said::On(event)), Some(when)) if when.earliest == when.latest => Some(Stated {
            event: *event,
            day: when.earliest,
            span: mention.span,
            sum: None,
        }),
        _ => None,
    });
    let mut known = Known {
        stated: stated.collect(),
        own,
    };
    known.count_on(mentions, said);
    for at in 1..mentions.len() {
        let Some(Said::FromNext { may_be_last }) = said[at - 1] else {
            continue;
        };
        if !may_be_last || said[at] == Some(Said::OfOutcome) {
            let (before, behind) = mentions.split_at_mut(at);
            if let (Some(length), Some(day)) = (before.last_mut(), behind.first()) {
                count_from(length, day);
            }
        }
    }
    for (mention, said) in mentions.iter_mut().zip(said) {
        if let Some(Said::From {
            event,
            span,
            is_counted,
            is_of_letter,
            ..
        }) = said
        {
            let from = match is_of_letter {
                true => known.day_of_letter(),
                false => known.day_of(*event),
            };
            let from = from.filter(|_| *is_counted);
            set(mention, *event, *span, from);
        }
    }
}

/// Counts a length of time from the day that stands right behind it.
fn count_from(length: &mut DateMention, day: &DateMention) {
    let is_near = (length.span.end()..=length.span.end() + BETWEEN).contains(&day.span.start());
    let one = day
        .when
        .as_ref()
        .filter(|when| when.earliest == when.latest && is_near);
    let origin = one.map(|when| Origin {
        day: when.earliest,
        evidence: Some(day.span),
        sum: None,
    });
    if let Some((due, _)) = origin.and_then(|origin| due(&length.value, &origin)) {
        length.when = Some(When::day(due));
        length.anchor = Anchor::Mention(day.span);
    }
}

/// Bytes between a length of time and the day it is counted from: "following the ".
const BETWEEN: usize = 16;

/// A day that a text states for an event.
#[derive(Clone)]
struct Stated {
    event: Event,
    day: Date,
    span: Span,
    /// How it was counted, where it was.
    sum: Option<String>,
}

/// The day deadlines are counted from.
#[derive(Clone)]
struct Origin {
    day: Date,
    /// The expression that states it.
    evidence: Option<Span>,
    sum: Option<String>,
}

/// What a text says of the days of its own events.
struct Known {
    stated: Vec<Stated>,
    own: Own,
}

/// What a text is known by as a whole.
#[derive(Clone, Copy)]
pub(super) struct Own {
    /// It says that it takes effect with its signing.
    pub(super) at_once: bool,
    /// The day at the head of a letter.
    pub(super) letter: Option<(Date, Span)>,
    /// The day that an order prints on a line of its own, which stands for that of its signing where none is stated.
    pub(super) printed: Option<(Date, Span)>,
    pub(super) published: Option<Date>,
}

impl Known {
    /// Adds the days that lengths of time lead to, each counted from one that is known before.
    fn count_on(&mut self, mentions: &[DateMention], said: &[Option<Said>]) {
        for (mention, said) in mentions.iter().zip(said) {
            let Some(Said::From {
                event,
                states: Some(states),
                is_counted: true,
                ..
            }) = said
            else {
                continue;
            };
            if let Some(from) = self.day_of(*event)
                && let Some((day, sum)) = due(&mention.value, &from)
            {
                self.stated.push(Stated {
                    event: *states,
                    day,
                    span: mention.span,
                    sum: Some(sum),
                });
            }
        }
    }

    /// The day of the letter itself: that at its head, unless another one is stated.
    fn day_of_letter(&self) -> Option<Origin> {
        let signed = self.day_of(Event::Signed);
        let Some((day, span)) = self.own.letter else {
            return signed;
        };
        signed.is_none_or(|signed| signed.day == day).then_some(Origin {
            day,
            evidence: Some(span),
            sum: None,
        })
    }

    /// The one day that is stated for an event, with its evidence.
    fn day_of(&self, event: Event) -> Option<Origin> {
        let mut own = self.stated.iter().filter(|stated| stated.event == event);
        if let Some(first) = own.next() {
            let doubt = own.any(|other| other.day != first.day);
            return (!doubt).then(|| Origin {
                day: first.day,
                evidence: Some(first.span),
                sum: first.sum.clone(),
            });
        }
        match event {
            Event::Effective if self.own.at_once => self.day_of(Event::Signed),
            Event::Published => Some(Origin {
                day: self.own.published?,
                evidence: None,
                sum: None,
            }),
            Event::Signed => self.own.printed.map(|(day, span)| Origin {
                day,
                evidence: Some(span),
                sum: None,
            }),
            Event::Effective => None,
        }
    }
}

/// The day that a length of time leads to, and the sum: behind that of the day it is counted from.
fn due(value: &str, from: &Origin) -> Option<(Date, String)> {
    let (count, unit, word) = counted(value)?;
    let due = Calendar::shifted(from.day, unit, count)?;
    let plural = if count == 1 { "" } else { "s" };
    let before = from
        .sum
        .as_ref()
        .map(|sum| format!("{sum}; "))
        .unwrap_or_default();
    let day = from.day;
    Some((due, format!("{before}{day} + {count} {word}{plural} = {due}")))
}

/// Notes a deadline on the length of time that sets it.
fn set(mention: &mut DateMention, event: Event, span: Span, from: Option<Origin>) {
    let due = from.as_ref().and_then(|from| due(&mention.value, from));
    if let (Some((due, _)), Some(from)) = (&due, &from) {
        mention.when = Some(When::day(*due));
        mention.anchor = from.evidence.map_or(Anchor::Document(from.day), Anchor::Mention);
    }
    mention.deadline = Some(Deadline {
        span,
        event,
        from: from.as_ref().map(|from| from.day),
        evidence: from.and_then(|from| from.evidence),
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
