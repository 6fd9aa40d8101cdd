//! What single words can mean in a time expression, read from `vocabulary.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::holidays;

/// A length of the calendar or of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
}

/// Where a word points, seen from the anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Toward {
    /// "last", "past": before the document's day.
    Last,
    /// "next", "coming": after it.
    Next,
    /// "this", "current": the one it lies in.
    This,
    /// "previous": before what the text spoke of last.
    Before,
    /// "following": after it.
    After,
    /// "same": that one.
    Same,
}

/// One thing a word can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    Month(i8),
    Weekday(i8),
    Weekdays(i8),
    Unit(Unit),
    Units(Unit),
    Season(&'static str),
    Seasons(&'static str),
    Part(&'static str),
    Parts(&'static str),
    Number(u32),
    Ordinal(u32),
    Decade(i32),
    Day(i64),
    Toward(Toward),
    Share(&'static str),
    About,
    Future,
    Vague(&'static str),
    Often(&'static str),
    Zone,
    /// It only begins or continues an expression.
    Opener,
}

/// A word's meanings, and whether it is an everyday word besides.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) senses: Vec<Sense>,
    /// It counts only with a capital and beside another part of a date ("may", "sun").
    pub(super) shy: bool,
}

/// The meanings of a word in lower case.
pub(super) fn entry(word: &str) -> Option<&'static Entry> {
    ENTRIES.get(word)
}

/// Words longer than this are none of ours.
pub(super) const LONGEST: usize = 14;

static ENTRIES: LazyLock<HashMap<&'static str, Entry>> = LazyLock::new(|| {
    let mut entries: HashMap<&'static str, Entry> = HashMap::new();
    for line in include_str!("vocabulary.txt").lines() {
        let Some((head, words)) = line.split_once(" : ").filter(|_| !line.starts_with('#')) else {
            continue;
        };
        let (name, value) = head.split_once(' ').expect("a sense and its value");
        let sense = sense(name, value);
        for word in words.split(' ') {
            let plain = word.trim_end_matches('?');
            let entry = entries.entry(plain).or_default();
            entry.senses.push(sense);
            entry.shy |= plain.len() < word.len();
        }
    }
    for word in holidays::first_words() {
        let entry = entries.entry(word).or_default();
        if entry.senses.is_empty() {
            entry.senses.push(Sense::Opener);
        }
    }
    entries
});

fn sense(name: &str, value: &'static str) -> Sense {
    let number = || -> i32 { value.parse().expect("a number in the vocabulary") };
    match name {
        "month" => Sense::Month(number() as i8),
        "weekday" => Sense::Weekday(number() as i8),
        "weekdays" => Sense::Weekdays(number() as i8),
        "unit" => Sense::Unit(unit(value)),
        "units" => Sense::Units(unit(value)),
        "season" => Sense::Season(value),
        "seasons" => Sense::Seasons(value),
        "part" => Sense::Part(value),
        "parts" => Sense::Parts(value),
        "number" => Sense::Number(number() as u32),
        "ordinal" => Sense::Ordinal(number() as u32),
        "decade" => Sense::Decade(number()),
        "day" => Sense::Day(number().into()),
        "toward" => Sense::Toward(toward(value)),
        "share" => Sense::Share(value),
        "about" => Sense::About,
        "future" => Sense::Future,
        "vague" => Sense::Vague(value),
        "often" => Sense::Often(value),
        "opener" => Sense::Opener,
        "zone" => Sense::Zone,
        _ => unreachable!("a sense of the vocabulary without a meaning: {name}"),
    }
}

fn unit(value: &str) -> Unit {
    match value {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "weekend" => Unit::Weekend,
        "week" => Unit::Week,
        "fortnight" => Unit::Fortnight,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        "century" => Unit::Century,
        "millennium" => Unit::Millennium,
        _ => unreachable!("a unit of the vocabulary without a meaning: {value}"),
    }
}

fn toward(value: &str) -> Toward {
    match value {
        "last" => Toward::Last,
        "next" => Toward::Next,
        "this" => Toward::This,
        "before" => Toward::Before,
        "after" => Toward::After,
        "same" => Toward::Same,
        _ => unreachable!("a direction of the vocabulary without a meaning: {value}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_vocabulary_is_read_and_no_word_is_too_long() {
        let lines = include_str!("vocabulary.txt").lines();
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (_, words) = line.split_once(" : ").expect(line);
            for word in words.split(' ') {
                let word = word.trim_end_matches('?');
                assert!(entry(word).is_some(), "{word}");
                assert!(word.len() <= LONGEST, "{word}");
            }
        }
    }

    #[test]
    fn a_word_may_have_two_senses() {
        let second = entry("second").expect("a word of ours");
        assert_eq!(second.senses, [Sense::Unit(Unit::Second), Sense::Ordinal(2)]);
        assert!(entry("may").expect("a month").shy);
    }
}
