//! The file of a language in, its words, patterns and rules out.

use std::collections::{BTreeMap, BTreeSet};

use super::super::holidays::{self, Feast};
use super::super::making::{self, Make};
use super::super::numbers::{HALF, SOME};
use super::super::openings::{Forks, Openings};
use super::super::pattern::{self, Step};
use super::super::vocabulary::{Class, LONGEST, Vocabulary, WordId};
use super::file::{File, FileCue, FileRule};
use super::{CueWords, Cues, EventWords, Guard, Language, Places, Rule};
use crate::model::date::Event;

/// The language of a file's text; `Err` says what is wrong with it.
pub(super) fn read(text: &str) -> Result<Language, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let mut words = Vocabulary::new();
    let endings = |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
    words.past_endings = endings(&file.past_endings);
    words.participles = endings(&file.participles);
    words.future_endings = endings(&file.future_endings);
    learn(&file.words, &mut words)?;
    let counts = counts(&file.counts, &mut words)?;
    let feasts = feasts(&file.feasts, &mut words)?;
    let and_a_half = file
        .and_a_half
        .iter()
        .map(|phrase| filled(ids(phrase, &mut words)));
    let and_a_half = and_a_half.collect::<Result<_, _>>()?;
    let mut rules = Vec::new();
    for rule in &file.rule {
        rules.extend(compiled(rule, &file.parts, &mut words)?);
    }
    let uncounted = ids(&file.uncounted, &mut words);
    let at_most = file.at_most.split(',').map(|phrase| ids(phrase, &mut words));
    let at_most = at_most.filter(|phrase| !phrase.is_empty()).collect();
    let unlisted = ids(&file.unlisted, &mut words);
    let unsure = ids(&file.unsure, &mut words);
    let goes_on = ids(&file.goes_on, &mut words);
    let letters = ids(&file.letters, &mut words);
    let events = events(&file, &mut words)?;
    let ahead = cues(&file.ahead, &file.parts, &mut words)?;
    let told = cues(&file.told, &file.parts, &mut words)?;
    let limits = cues(&file.limit, &file.parts, &mut words)?;
    let length_limits = cues(&file.limit_length, &file.parts, &mut words)?;
    let limits_behind = patterns(&file.limit_behind, &file.parts, &mut words)?;
    let last_day = pattern::compile(&file.last_day, &file.parts, &mut words)?;
    let last_day_over = pattern::compile(&file.last_day_over, &file.parts, &mut words)?;
    let time_then_day = pattern::compile(&file.time_then_day, &file.parts, &mut words)?;
    let day_then_time = pattern::compile(&file.day_then_time, &file.parts, &mut words)?;
    let counted_beside = pattern::compile(&file.counted_beside, &file.parts, &mut words)?;
    let counted_from = pattern::compile(&file.counted_from, &file.parts, &mut words)?;
    words.seal();
    let count = words.len();
    let list = |all: Vec<CueWords>| -> Result<Cues, String> {
        let places = places(count, all.iter().map(|cue| cue.read.iter()))?;
        Ok(Cues { all, places })
    };
    let (ahead, told) = (list(ahead)?, list(told)?);
    let (limits, length_limits) = (list(limits)?, list(length_limits)?);
    let event_places = places(
        count,
        events.iter().map(|event| event.on.iter().chain(&event.line)),
    )?;
    let mut language = Language {
        event_places,
        words,
        rules,
        openings: Openings::default(),
        forks: Forks::default(),
        time_then_day,
        day_then_time,
        day_first: file.day_first,
        thousands: file.thousands,
        joins_ones: file.joins_ones,
        events,
        uncounted,
        unlisted,
        at_most,
        unsure,
        goes_on,
        letters,
        ahead,
        told,
        limits,
        limits_behind,
        last_day,
        last_day_over,
        counted_from,
        counted_beside,
        length_limits,
        greetings: endings(&file.greetings),
        day_labels: endings(&file.day_labels),
        own_text: endings(&file.own_text),
        hours_until: endings(&file.hours_until),
        hours_and: endings(&file.hours_and),
        between: endings(&file.between),
        day_behind_hour: endings(&file.day_behind_hour),
        days_and: endings(&file.days_and),
        or: endings(&file.or),
        is: endings(&file.is),
        ended: endings(&file.ended),
        opening_hours: endings(&file.opening_hours),
        open_days: endings(&file.open_days),
        turning: endings(&file.turning),
        day_before: endings(&file.day_before),
        day_itself: endings(&file.day_itself),
        counts,
        and_a_half,
        feasts,
    };
    language.openings = Openings::of(&language);
    language.fork();
    Ok(language)
}

/// Where patterns stand by the words they begin with, of so many words there are; every one of them has to begin with one.
fn places<'s>(
    count: usize,
    all: impl Iterator<Item = impl Iterator<Item = &'s Vec<Step>>>,
) -> Result<Places, String> {
    let mut found: BTreeMap<WordId, Vec<(u16, u16)>> = BTreeMap::new();
    for (number, patterns) in (0..).zip(all) {
        for (own, steps) in (0..).zip(patterns) {
            let words = pattern::first_words(steps).ok_or("a cue begins with no word")?;
            for word in words.into_iter().collect::<BTreeSet<_>>() {
                found.entry(word).or_default().push((number, own));
            }
        }
    }
    let mut places = Places {
        rows: vec![0; count],
        lists: vec![Vec::new()],
    };
    for ((word, list), row) in found.into_iter().zip(1..) {
        places.rows[usize::from(word)] = row;
        places.lists.push(list);
    }
    Ok(places)
}

fn learn(classes: &BTreeMap<String, BTreeMap<String, String>>, words: &mut Vocabulary) -> Result<(), String> {
    for (name, values) in classes {
        let class = Class::named(name).ok_or_else(|| format!("no class {name}"))?;
        for (value, list) in values {
            let value = making::value_named(class, value).ok_or_else(|| format!("{name} {value}"))?;
            for word in list.split_whitespace() {
                let plain = word.trim_end_matches('?');
                if plain.len() > LONGEST {
                    return Err(format!("{plain} is too long"));
                }
                words.mean(plain, class, value, plain.len() < word.len());
            }
        }
    }
    Ok(())
}

/// The numbers of the words of a phrase; "'s" and "." are two words of their own kind and left to patterns.
fn ids(phrase: &str, words: &mut Vocabulary) -> Vec<WordId> {
    phrase.split_whitespace().map(|word| words.learn(word)).collect()
}

/// A phrase that has words.
fn filled(phrase: Vec<WordId>) -> Result<Vec<WordId>, String> {
    if phrase.is_empty() {
        Err("an empty phrase".into())
    } else {
        Ok(phrase)
    }
}

fn counts(
    phrases: &BTreeMap<String, String>,
    words: &mut Vocabulary,
) -> Result<Vec<(Vec<WordId>, i32)>, String> {
    let mut counts = Vec::new();
    for (value, list) in phrases {
        let value = match value.as_str() {
            "some" => SOME,
            "half" => HALF,
            number => number.parse().map_err(|_| format!("no count {number}"))?,
        };
        for phrase in list.split(',') {
            counts.push((filled(ids(phrase, words))?, value));
        }
    }
    counts.sort_by_key(|(ids, _)| std::cmp::Reverse(ids.len()));
    Ok(counts)
}

fn feasts(
    names: &BTreeMap<String, String>,
    words: &mut Vocabulary,
) -> Result<Vec<(Vec<WordId>, Feast)>, String> {
    let mut feasts = Vec::new();
    for (rule, list) in names {
        let feast = holidays::feast(rule).ok_or_else(|| format!("no day {rule}"))?;
        for name in list.split(',') {
            feasts.push((filled(ids(name, words))?, feast));
        }
    }
    feasts.sort_by_key(|(ids, _)| std::cmp::Reverse(ids.len()));
    Ok(feasts)
}

fn patterns(
    read: &[String],
    parts: &BTreeMap<String, String>,
    words: &mut Vocabulary,
) -> Result<Vec<Vec<Step>>, String> {
    let patterns = read.iter();
    patterns
        .map(|pattern| pattern::compile(pattern, parts, words))
        .collect()
}

fn cues(
    given: &[FileCue],
    parts: &BTreeMap<String, String>,
    words: &mut Vocabulary,
) -> Result<Vec<CueWords>, String> {
    let mut read = |cue: &FileCue| {
        Ok(CueWords {
            read: patterns(&cue.read, parts, words)?,
            after: ids(&cue.after, words),
            and_after: ids(&cue.and_after, words),
            not_after: ids(&cue.not_after, words),
            without: ids(&cue.without, words),
            not_with: ids(&cue.not_with, words),
            behind: patterns(&cue.behind, parts, words)?,
            not_to_do: cue.not_to_do,
            subjects: ids(&cue.subjects, words),
            not_past: cue.not_past,
            opens_with: ids(&cue.opens_with, words),
            opens_duty: cue.opens_duty,
            not_told: cue.not_told,
        })
    };
    given.iter().map(&mut read).collect()
}

fn events(file: &File, words: &mut Vocabulary) -> Result<Vec<EventWords>, String> {
    let mut events = Vec::new();
    for (name, given) in &file.events {
        let to_come = ids(&given.to_come, words);
        let mut compile = |read: &[String]| patterns(read, &file.parts, words);
        let named = Event::ALL.into_iter().find(|event| event.code() == name);
        events.push(EventWords {
            event: named.ok_or_else(|| format!("no event {name}"))?,
            from: compile(&given.from)?,
            not_from: compile(&given.not_from)?,
            on: compile(&given.on)?,
            line: compile(&given.line)?,
            to_come,
        });
    }
    Ok(events)
}

fn compiled(
    rule: &FileRule,
    parts: &BTreeMap<String, String>,
    words: &mut Vocabulary,
) -> Result<Vec<Rule>, String> {
    // The file is read once and its names are spoken of as long as the program runs.
    let name: &'static str = Box::leak(rule.name.clone().into_boxed_str());
    let make = Make::named(&rule.make).ok_or_else(|| format!("{name} makes {}", rule.make))?;
    let one = |pattern: &String, words: &mut Vocabulary| {
        let steps = pattern::compile(pattern, parts, words).map_err(|error| format!("{name}: {error}"))?;
        let lists = [&rule.after, &rule.shy_after, &rule.not_after];
        let is_unasked = lists.iter().all(|list| list.trim().is_empty());
        let guard = Guard {
            begins_anywhere: is_unasked && !(rule.capital || rule.after_number),
            capital: rule.capital,
            titled: rule.titled,
            of_owner: rule.of_owner,
            after: ids(&rule.after, words),
            shy_after: ids(&rule.shy_after, words),
            not_after: ids(&rule.not_after, words),
            before: ids(&rule.before, words),
            behind: patterns(&rule.behind, parts, words).map_err(|error| format!("{name}: {error}"))?,
            not_before: ids(&rule.not_before, words),
            last: rule.last,
            before_name: rule.before_name,
            before_full_name: rule.before_full_name,
            alone: rule.alone,
            after_number: rule.after_number,
            closed: rule.closed,
            uncounted: rule.uncounted,
            house_after: rule.house_after.as_deref().map(|after| ids(after, words)),
            in_histories: rule.in_histories,
        };
        Ok(Rule {
            name,
            make,
            steps,
            guard,
        })
    };
    rule.read.iter().map(|pattern| one(pattern, words)).collect()
}
