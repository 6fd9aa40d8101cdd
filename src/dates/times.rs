//! The day of a time of day that names none: that of its row, of its sentence, or of the line above.

use super::edtf;
use super::language::{Language, lists, lists_or_dash};
use super::sentences::words;
use super::vocabulary::Class;
use crate::model::date::{Anchor, DateMention, TimexKind, When};
use crate::model::document::Block;
use crate::model::span::Span;
use crate::text::sentences::{sentence, sentence_before};

/// Sets the times of day that `bare` marks on the day they belong to, where the text tells.
pub(super) fn set_days(
    language: &Language,
    text: &str,
    blocks: &[Block],
    mentions: &mut [DateMention],
    bare: &[bool],
) {
    if !bare.contains(&true) {
        return;
    }
    let rows = rows(blocks);
    // Until its day is found, a time of day says nothing of any other.
    let mut known: Vec<bool> = bare.iter().map(|bare| !bare).collect();
    let row_of = |span: Span| {
        let row = rows[..rows.partition_point(|row| row.start() <= span.start())].last();
        row.filter(|row| row.contains(span))
    };
    // A telling of the past knows which day it is at.
    let is_told = |mention: &DateMention| matches!(mention.anchor, Anchor::Mention(_));
    // From the back: of "6 to 8 p.m. on Monday" the second hour has its day first.
    for at in (0..mentions.len()).rev().filter(|at| bare[*at]) {
        if row_of(mentions[at].span).is_some() || is_told(&mentions[at]) {
            continue;
        }
        let days = Days {
            text,
            mentions,
            known: &known,
        };
        if let Some(other) = days.right_behind(language, at) {
            take_day(text, mentions, at, other);
            known[at] = true;
        }
    }
    for at in 0..mentions.len() {
        if known[at] {
            continue;
        }
        let days = Days {
            text,
            mentions,
            known: &known,
        };
        let found = match row_of(mentions[at].span) {
            Some(row) => days.in_row(at, *row),
            None if is_told(&mentions[at]) => None,
            None => days.told_before(language, at),
        };
        if let Some(other) = found {
            take_day(text, mentions, at, other);
            known[at] = true;
        }
    }
    set_days_beside(text, mentions, bare);
    leave_hours_without_day(language, text, mentions, &known);
    let marks = Marks::of(text);
    for at in 0..mentions.len() {
        let own = mentions[at].span;
        let is_of_any_day = || {
            stands_before(text, own, &language.opening_hours)
                || is_of_every_day(text, mentions, at)
                || marks.hold(text, own)
        };
        if !known[at] && is_of_any_day() {
            mentions[at].when = None;
        }
    }
}

/// Whether a stretch tells of the past and of nothing to come.
fn is_told_of(language: &Language, stretch: &str) -> bool {
    let words = &language.words;
    let has_ending = || {
        let mut endings = words.past_endings.iter();
        endings.any(|ending| {
            stretch
                .split(|c: char| !c.is_alphabetic())
                .any(|word| word.ends_with(ending.as_str()))
        })
    };
    let is_past = has_word(language, stretch, &[Class::Past, Class::Copula, Class::Behind]) || has_ending();
    is_past
        && !has_word(
            language,
            stretch,
            &[Class::Ahead, Class::Coming, Class::Passive, Class::Modal],
        )
}

/// Whether a stretch has a word of one of the classes.
pub(super) fn has_word(language: &Language, stretch: &str, classes: &[Class]) -> bool {
    let mut words = stretch
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty());
    words.any(|word| {
        let id = language.words.id(word.as_bytes());
        classes.iter().any(|class| language.words.is(id, *class))
    })
}

/// "until noon on the day before the hearing": the day before the one that the sentence tells of the hearing, else none.
fn set_days_beside(text: &str, mentions: &mut [DateMention], bare: &[bool]) {
    for at in (0..mentions.len()).filter(|at| bare[*at]) {
        let own = mentions[at].span;
        let Some((days, event)) = day_beside(&text[own.end()..]) else {
            continue;
        };
        let near = mentions[at.saturating_sub(REACH)..at].iter();
        let mut days_of_it = near.filter(|day| {
            let is_one = day.when.as_ref().is_some_and(|when| when.earliest == when.latest);
            let is_near = day.span.end() + NEAR >= own.start();
            let mut told = sentence(text, day.span)
                .slice(text)
                .split(|c: char| !c.is_alphabetic());
            is_one && is_near && told.any(|word| word == event)
        });
        let day = days_of_it
            .next()
            .map(|day| (day.span, day.when.as_ref().map(|when| when.earliest)));
        let found = match (day, days_of_it.next()) {
            (Some((span, Some(day))), None) => edtf::later(day, days).map(|day| (span, day)),
            _ => None,
        };
        let mention = &mut mentions[at];
        mention.when = found.map(|(_, day)| When::day(day));
        let clock = mention
            .value
            .find('T')
            .map_or("", |clock| &mention.value[clock..]);
        mention.value = match found {
            Some((_, day)) => format!("{day}{clock}"),
            None => format!("XXXX-XX-XX{clock}"),
        };
        mention.anchor = found.map_or(Anchor::Missing, |(span, _)| Anchor::Mention(span));
    }
}

/// What stands behind a time of day of a day that is named by an event: how many days from it, and the noun for it.
fn day_beside(behind: &str) -> Option<(i64, &str)> {
    let rest = behind.strip_prefix(" on the day ")?;
    let (side, rest) = rest.split_once(' ')?;
    let days = match side {
        "before" => -1,
        "after" => 1,
        _ => return None,
    };
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    let event = rest.split(|c: char| !c.is_alphabetic()).next()?;
    (!event.is_empty()).then_some((days, event))
}

/// Whether one of `words` is among the two before a time: "The pool opens at 6 a.m.", "is open until 8 p.m.", of any day
/// where none is told.
pub(super) fn stands_before(text: &str, time: Span, words: &[String]) -> bool {
    let low = text.floor_char_boundary(time.start().saturating_sub(WORDS_BEFORE));
    let near = text[low..time.start()].split_whitespace().rev().take(2);
    near.map(str::to_lowercase).any(|word| words.contains(&word))
}

/// Where the straight marks and the lines of a text stand, in order.
struct Marks {
    straight: Vec<usize>,
    lines: Vec<usize>,
}

impl Marks {
    fn of(text: &str) -> Self {
        let all = |mark| text.match_indices(mark).map(|(at, _)| at).collect();
        Self {
            straight: all('"'),
            lines: all('\n'),
        }
    }

    /// Whether a time of day is one that somebody speaks of: "They can land at four in the afternoon".
    fn hold(&self, text: &str, time: Span) -> bool {
        let line = self.lines.partition_point(|at| *at < time.start());
        let line = line.checked_sub(1).map_or(0, |at| self.lines[at]);
        let marks = |end: usize| self.straight.partition_point(|at| *at < end);
        let low = text.floor_char_boundary(line.max(time.start().saturating_sub(QUOTED)));
        let before = &text[low..time.start()];
        let last = |marks: [char; 2]| before.rfind(marks).map(|at| before[at..].starts_with(marks[0]));
        let is_straight = || (marks(time.start()) - marks(line)) % 2 == 1;
        last(['“', '”'])
            .or_else(|| last(['«', '»']))
            .unwrap_or_else(is_straight)
    }
}

/// How far before a time of day the curved marks may open that it stands in, in bytes.
const QUOTED: usize = 600;

/// How far before a time of day the words for opening hours may stand, in bytes.
const WORDS_BEFORE: usize = 40;

/// "At 6 a.m. daily", "every Monday from 6 p.m.": what recurs stands beside it.
fn is_of_every_day(text: &str, mentions: &[DateMention], at: usize) -> bool {
    let own = mentions[at].span;
    let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
    let mut recurring = beside
        .filter_map(|other| mentions.get(other))
        .filter(|other| other.kind == TimexKind::Set && is_of_days(&other.value));
    recurring.any(|other| {
        let (start, end) = (
            own.end().min(other.span.end()),
            own.start().max(other.span.start()),
        );
        let between = text.get(start..end).unwrap_or_default();
        between.len() <= BESIDE && !between.contains(['.', ';', '\n'])
    })
}

/// Bytes between a time of day and the days on which it recurs.
const BESIDE: usize = 20;

/// Whether a set is one of days: "XXXX-XX-XX", "P1D", "XXXX-WXX-1".
fn is_of_days(value: &str) -> bool {
    value == "P1D" || value.starts_with("XXXX-XX-XX") || value.starts_with("XXXX-WXX-")
}

/// "Open from 5 a.m. to midnight": hours from which to which, of which no day is told, are of any day. They keep the value that
/// TIMEX3 gives them and mean no day.
fn leave_hours_without_day(language: &Language, text: &str, mentions: &mut [DateMention], known: &[bool]) {
    for at in 1..mentions.len() {
        let (before, own) = (mentions[at - 1].span, mentions[at].span);
        let is_set = mentions[at].kind == TimexKind::Set;
        let is_pair = !known[at - 1] && (!known[at] || is_set);
        let joins = text.get(before.end()..own.start()).is_some_and(|between| {
            let is_between =
                || last_word(&text[..before.start()]).is_some_and(|word| lists(&language.between, word));
            lists_or_dash(&language.hours_until, between.trim())
                || lists(&language.hours_and, between.trim()) && is_between()
        });
        let is_of_document = |mention: &DateMention| !matches!(mention.anchor, Anchor::Mention(_));
        if is_pair && joins && is_of_document(&mentions[at - 1]) && is_of_document(&mentions[at]) {
            mentions[at - 1].when = None;
            mentions[at].when = None;
        }
    }
}

/// The last word of what leads up to a place, if it is a small one.
fn last_word(before: &str) -> Option<&str> {
    before.trim_end().rsplit(char::is_whitespace).next()
}

/// The rows of tables: blocks whose elements stand in one `<tr>`.
fn rows(blocks: &[Block]) -> Vec<Span> {
    let mut rows: Vec<(&str, Span)> = Vec::new();
    for block in blocks {
        let Some(path) = row_of(&block.path) else {
            continue;
        };
        match rows.last_mut() {
            Some((last, row)) if *last == path => *row = row.hull(block.span),
            _ => rows.push((path, block.span)),
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The path of the row that an element stands in.
fn row_of(path: &str) -> Option<&str> {
    let begin = path.rfind("/tr[")?;
    let end = path[begin..].find(']')? + begin + 1;
    path.get(..end)
}

/// Gives one mention the day of another.
fn take_day(text: &str, mentions: &mut [DateMention], at: usize, other: usize) {
    let day = mentions[other].when.as_ref().map(|when| when.earliest);
    let day = if is_midnight_before(text, &mentions[other], &mentions[at]) {
        day.and_then(|day| edtf::later(day, -1))
    } else {
        day
    };
    let Some(day) = day else {
        return;
    };
    let anchor = Anchor::Mention(mentions[other].span);
    let mention = &mut mentions[at];
    let clock = mention
        .value
        .find('T')
        .map_or("", |clock| &mention.value[clock..]);
    mention.value = format!("{day}{clock}");
    mention.when = Some(When::day(day));
    mention.anchor = anchor;
}

/// "Offices close at 12:01 a.m. Saturday unless they agree by midnight": the midnight of that minute ends the day before.
fn is_midnight_before(text: &str, minute: &DateMention, midnight: &DateMention) -> bool {
    let is_minute = minute.value.contains("T00:0") && midnight.value.ends_with("T24:00");
    let between = text.get(minute.span.end()..midnight.span.start());
    is_minute && between.is_some_and(|between| between.starts_with(" unless ") && between.ends_with(" by "))
}

/// The mentions of a text, and which of them have a day of their own.
struct Days<'t> {
    text: &'t str,
    mentions: &'t [DateMention],
    known: &'t [bool],
}

/// How many mentions beside a time of day are looked at.
const REACH: usize = 8;

/// How far before a time of day its day may stand, in bytes.
const NEAR: usize = 400;

/// How many lines above a time of day its day may stand.
const LINES: usize = 2;

/// How long a line is that is no sentence, in bytes.
const LINE: usize = 80;

impl Days<'_> {
    /// Whether a mention is a single day.
    fn is_day(&self, at: usize) -> bool {
        self.known[at]
            && self.mentions[at]
                .when
                .as_ref()
                .is_some_and(|when| edtf::days_between(when.earliest, when.latest) == 0)
    }

    /// The nearest day that begins at `from` or behind it and before a time of day.
    fn before(&self, at: usize, from: usize) -> Option<usize> {
        let near = (at.saturating_sub(REACH)..at).rev();
        near.take_while(|other| self.mentions[*other].span.start() >= from)
            .find(|other| self.is_day(*other))
    }

    /// The day in the same row, before the time of day or behind it.
    fn in_row(&self, at: usize, row: Span) -> Option<usize> {
        let behind = (at + 1..self.mentions.len().min(at + REACH))
            .take_while(|other| self.mentions[*other].span.end() <= row.end())
            .find(|other| self.is_day(*other));
        self.before(at, row.start()).or(behind)
    }

    /// The day, or time with its day, right behind this one: "8 a.m. to 6 p.m. Monday", "2 p.m. for May 3".
    fn right_behind(&self, language: &Language, at: usize) -> Option<usize> {
        let next = at + 1;
        let begin = self.mentions.get(next)?.span.start();
        let between = self.text.get(self.mentions[at].span.end()..begin)?;
        let is_beside = between.trim().is_empty() && self.text[begin..].starts_with(char::is_lowercase);
        let joins = is_beside || lists_or_dash(&language.day_behind_hour, between.trim());
        (joins && self.is_day(next)).then_some(next)
    }

    /// The day before it in the same sentence, or in a line above where neither is a sentence: "Date: March 3", "Time: 6
    /// p.m.".
    fn told_before(&self, language: &Language, at: usize) -> Option<usize> {
        let span = self.mentions[at].span;
        let day = self.before(at, span.start().saturating_sub(NEAR))?;
        let of_day = self.mentions[day].span;
        let is_near = sentence(self.text, span).start() <= of_day.start() || self.is_above(of_day, span);
        (is_near || self.goes_on(language, day, at)).then_some(day)
    }

    /// Whether a time of day that opens a sentence about the past goes on from an earlier one that the sentence before tells of: "It burned
    /// at 2:14 a.m. Sunday. By noon it was out."
    fn goes_on(&self, language: &Language, earlier: usize, at: usize) -> bool {
        let (before, own) = (&self.mentions[earlier], &self.mentions[at]);
        let sentence = sentence(self.text, own.span);
        let opening = self
            .text
            .get(sentence.start()..own.span.start())
            .unwrap_or_default();
        let clock =
            |mention: &'_ DateMention| mention.value.split_once('T').map(|(_, clock)| clock.to_owned());
        let (then, now) = (clock(before), clock(own));
        let is_hour = |clock: &Option<String>| clock.as_ref().is_some_and(|clock| clock.contains(':'));
        earlier + 1 == at
            && words(opening) <= 1
            && is_hour(&then)
            && is_hour(&now)
            && then < now
            && is_told_of(
                language,
                self.text.get(own.span.end()..sentence.end()).unwrap_or_default(),
            )
            && sentence_before(self.text, sentence.start())
                .is_some_and(|told| told.start() <= before.span.start())
    }

    /// Whether lines that are no sentences lead from a day to a time of day below it.
    fn is_above(&self, day: Span, time: Span) -> bool {
        let low = self
            .text
            .floor_char_boundary(day.start().saturating_sub(LINE + 1));
        let high = self
            .text
            .ceil_char_boundary((time.end() + LINE + 1).min(self.text.len()));
        let line_start = self.text[low..day.start()]
            .rfind('\n')
            .map_or(low, |at| low + at + 1);
        let line_end = self.text[time.end()..high]
            .find('\n')
            .map_or(high, |at| time.end() + at);
        let lines = self.text[line_start..line_end].split('\n');
        let lines: Vec<&str> = lines.filter(|line| !line.trim().is_empty()).collect();
        lines.len() <= LINES + 1 && lines.iter().all(|line| is_label(line))
    }
}

/// Whether a line is an entry or a label and no sentence.
fn is_label(line: &str) -> bool {
    let line = line.trim_end();
    line.len() <= LINE && !(line.ends_with('.') && line.split_whitespace().count() > LABEL)
}

/// Words of a line with a stop at its end that may be no sentence: "Time: 6 p.m.".
const LABEL: usize = 5;
