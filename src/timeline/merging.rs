//! From lines to events: what several texts tell of becomes one event with several sources.
//!
//! Two quotes are of one event where one speaker says nearly the same words; two dates, where they are the same day and
//! their sentences are about the same thing, be it the last day for it in one of them; two documents, where they were
//! published on one day under the same headline. Texts that read the same, none more than the other, and name different days
//! are brought together as well, and the event says so. Texts that
//! read alike but for a "not", a number or a name are not (`contrary`).

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use jiff::civil::Date;

use super::contrary::{contradict as contradict_in_words, puts_another_word};
use super::sentences::{sentence_of, undated};
use crate::model::date::{SaidOn, When};
use crate::model::event::{Event, Line, LineKind};
use crate::model::source::SourceKind;
use crate::model::tongue::Tongue;
use crate::text::days;
use crate::text::differing::{Difference, differences_of};
use crate::text::rewording::parted;
use crate::text::wording::Wording;

#[cfg(test)]
mod tests;

/// Days between two lines of one event, at most.
const FAR: i32 = 31;
/// Groups that a line is compared with word by word.
const TRIED: usize = 24;
/// Lines of a group beside its first that a new one must not contradict.
const COMPARED: usize = 12;
/// Words that two lines must share to be compared at all.
const SHARED: usize = 3;
/// The share of the shorter quote's words that the longer one has, where it is a part of it.
const PART: f32 = 0.85;
/// The likeness from which on two quotes or headlines are the same.
const NEAR: f32 = 0.6;
/// The share of the shorter sentence's words that the longer one has, where both are about the same thing.
const SAME_THING: f32 = 0.6;
/// The same, and the words shared, where the days differ: they must read the same.
const READS_THE_SAME: (f32, usize) = (0.8, 5);
/// The share of the longer sentence's words that both have, where the days differ: what a longer one tells besides may be what
/// its day is of.
const NO_MORE: f32 = 0.6;
/// Words that two sentences about the same thing share beside the names of who it is about.
const BESIDE_NAMES: usize = 2;
/// Letters of a word that tells something.
const LETTERS: usize = 4;

const STOP_WORDS_FILE: &str = include_str!("stop_words.txt");

static STOP_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = STOP_WORDS_FILE.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// The events that lines tell of, in the order of their days; lines without a day are left out.
pub fn events(lines: Vec<Line>) -> Vec<Event> {
    let mut groups: Vec<Group> = Vec::new();
    // Which groups a word stands in.
    let mut known: HashMap<String, Vec<usize>> = HashMap::new();
    for line in lines {
        let Some(when) = line.when.clone() else { continue };
        let told = Told::of(&line, when);
        match nearest(&groups, &known, &line, &told) {
            Some(group) => groups[group].lines.push((line, told)),
            None => {
                for word in &told.words {
                    known.entry(word.clone()).or_default().push(groups.len());
                }
                groups.push(Group {
                    lines: vec![(line, told)],
                });
            }
        }
    }
    let mut events: Vec<Event> = groups.into_iter().map(Group::event).collect();
    events.sort_by(|one, other| key(one).cmp(&key(other)));
    events
}

/// What orders events: their days, of those that begin on one day what is known to the minute first, then what official
/// sources tell; of one document its publication, and what stands in it as printed.
fn key(event: &Event) -> impl Ord + '_ {
    let line = event.lines.first();
    let of_day = line.map(|line| {
        let minute = line.minute.filter(|_| line.when.as_ref() == Some(&event.when));
        (
            minute.unwrap_or(u16::MAX),
            line.change
                .as_ref()
                .map(|change| (change.seen_at, change.held_at)),
            line.source_kind == SourceKind::News,
            line.document.as_str(),
            event.kind != LineKind::Published,
            line.begins_at,
            line.uid.as_str(),
        )
    });
    // Of changes the moments say more than the days between two visits.
    let latest = event.when.latest;
    let latest = (event.kind != LineKind::Changed).then_some(latest);
    (event.when.earliest, latest.is_none(), latest, of_day)
}

/// What a line is compared by.
struct Told {
    when: When,
    /// The words said, the headline, or the sentence without the expression that gives its day.
    about: String,
    wording: Wording,
    /// What it is about: its words without endings and without those that tell nothing.
    words: HashSet<String>,
    /// Those of them that are names.
    names: HashSet<String>,
}

impl Told {
    fn of(line: &Line, when: When) -> Self {
        let (about, wording) = match line.kind {
            LineKind::Said | LineKind::Published => (line.text.clone(), Wording::of(&line.text)),
            // Each page changes by itself: it has no words to be compared by.
            LineKind::Changed => (String::new(), Wording::of("")),
            LineKind::Mentioned | LineKind::Deadline => (undated(line), Wording::of(sentence_of(line))),
        };
        let telling = |word: &&String| {
            word.chars().count() >= LETTERS
                && !STOP_WORDS.contains(word.as_str())
                && !word.chars().all(|c| c.is_ascii_digit())
        };
        // "last Thursday" says nothing of what took place.
        let of_thing = Wording::of(&about);
        Self {
            words: of_thing
                .words()
                .iter()
                .filter(telling)
                .map(|word| stem(word))
                .collect(),
            names: names(&about, line),
            about,
            wording,
            when,
        }
    }
}

/// A word without the endings that make no other word of it.
fn stem(word: &str) -> String {
    let shorter = ["ing", "ed", "es", "s"].into_iter().find_map(|ending| {
        word.strip_suffix(ending)
            .filter(|rest| rest.chars().count() >= LETTERS)
    });
    shorter.unwrap_or(word).trim_end_matches('e').to_string()
}

/// The words with a capital that do not begin the sentence, as they are compared. Where its day began it, a capital behind
/// that is a name's.
fn names(text: &str, line: &Line) -> HashSet<String> {
    let begins_with_day = line
        .expression
        .as_deref()
        .is_some_and(|expression| sentence_of(line).starts_with(expression));
    let first = usize::from(!begins_with_day);
    let is_name = |word: &&str| word.starts_with(char::is_uppercase);
    let words = text
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')))
        .filter(|word| !word.is_empty());
    let named = words.skip(first).filter(is_name);
    named
        .flat_map(|word| Wording::of(word).words().to_vec())
        .map(|word| stem(&word))
        .collect()
}

/// Lines of one event.
struct Group {
    lines: Vec<(Line, Told)>,
}

/// The group that a line belongs to, if there is one.
fn nearest(groups: &[Group], known: &HashMap<String, Vec<usize>>, line: &Line, told: &Told) -> Option<usize> {
    let mut shared: HashMap<usize, usize> = HashMap::new();
    for word in &told.words {
        for group in known.get(word).into_iter().flatten() {
            *shared.entry(*group).or_default() += 1;
        }
    }
    let mut near: Vec<(usize, usize)> = shared.into_iter().collect();
    near.sort_by_key(|(group, count)| (std::cmp::Reverse(*count), *group));
    // Word by word only with those that share most: a topic's few words are in every line of it.
    let mut tried = near.into_iter().take(TRIED);
    let found = tried.find(|(group, count)| {
        let lines = &groups[*group].lines;
        // What is a part of two that contradict each other brings neither into the other's event.
        let mut others = lines.iter().skip(1).take(COMPARED);
        belongs(&lines[0], line, told, *count)
            && others.all(|(other, of_other)| !is_contrary((other, of_other), (line, told)))
    });
    found.map(|(group, _)| group)
}

/// Whether a line tells of the same as the first one of a group, with which it shares so many telling words.
fn belongs((first, of_first): &(Line, Told), line: &Line, told: &Told, shared: usize) -> bool {
    if !is_of_one_kind((first, of_first), (line, told)) || distance(&of_first.when, &told.when) > FAR {
        return false;
    }
    let fewest = of_first.words.len().min(told.words.len()).max(1);
    let most = of_first.words.len().max(told.words.len()).max(1);
    let share = shared as f32 / fewest as f32;
    let is_about_the_same = || {
        let both = of_first.words.intersection(&told.words);
        let of_names = both.filter(|word| of_first.names.contains(*word) && told.names.contains(*word));
        shared.saturating_sub(of_names.count()) >= BESIDE_NAMES
    };
    let is_near_enough = match line.kind {
        LineKind::Said => {
            is_one_speaker(first, line)
                && shared >= SHARED.min(fewest)
                && is_near(&of_first.wording, &told.wording)
        }
        LineKind::Published => {
            of_first.when == told.when
                && first.document != line.document
                && shared >= SHARED
                && of_first.wording.likeness(&told.wording) >= NEAR
        }
        LineKind::Changed => false,
        LineKind::Mentioned | LineKind::Deadline => match agree(&of_first.when, &told.when) {
            true => {
                // Where both read alike, names may be all there is to share.
                let reads_alike = || of_first.wording.likeness(&told.wording) >= NEAR;
                shared >= SHARED && share >= SAME_THING && (is_about_the_same() || reads_alike())
            }
            false => {
                let (least_share, least) = READS_THE_SAME;
                contradict(&of_first.when, &told.when)
                    && first.document != line.document
                    && shared >= least
                    && share >= least_share
                    && shared as f32 >= NO_MORE * most as f32
            }
        },
    };
    is_near_enough && !is_contrary((first, of_first), (line, told))
}

/// Whether two lines may be of one event by their kinds: "no later than June 1" and "June 1" may, where both name just that
/// day.
fn is_of_one_kind((one, of_one): (&Line, &Told), (other, of_other): (&Line, &Told)) -> bool {
    let is_of_day = |line: &Line| matches!(line.kind, LineKind::Mentioned | LineKind::Deadline);
    one.kind == other.kind || is_of_day(one) && is_of_day(other) && of_one.when == of_other.when
}

/// Whether two texts that are near enough say different things all the same. Sentences that are worded otherwise are
/// told by what they share alone: there is nothing to lay beside each other.
fn is_contrary((one, of_one): (&Line, &Told), (other, of_other): (&Line, &Told)) -> bool {
    let tongue = Tongue::of_tag(one.language.as_deref());
    if tongue != Tongue::of_tag(other.language.as_deref()) {
        return false;
    }
    let say_otherwise = |with_names| contradict_in_words(&of_one.about, &of_other.about, tongue, with_names);
    match one.kind {
        LineKind::Said => {
            say_otherwise(true)
                || puts_another_word(&of_one.about, &of_other.about, tongue)
                || differ_gravely(&of_one.about, &of_other.about)
        }
        LineKind::Published => say_otherwise(false),
        LineKind::Changed => true,
        LineKind::Mentioned | LineKind::Deadline => {
            of_one.wording.likeness(&of_other.wording) >= NEAR && say_otherwise(true)
        }
    }
}

/// Whether two printings of words differ by what turns their meaning: "nobody" for "everybody". Names and days are told apart
/// by `contrary`, which knows their ways to be printed; of two of which one may be a part of the other, only that part counts.
fn differ_gravely(one: &str, other: &str) -> bool {
    let differences = differences_of(one, &parted(one, other));
    let is_grave = |difference: &Difference| {
        let is_named = matches!(difference, Difference::Name | Difference::Day);
        difference.is_grave() && !is_named
    };
    differences.iter().any(is_grave)
}

/// Whether two quotes are of one speaker. "A resident" in two papers is not one person; within one paper's words a
/// printed name is.
fn is_one_speaker(one: &Line, other: &Line) -> bool {
    match (&one.speaker, &other.speaker) {
        (Some((one, _)), Some((other, _))) => one == other,
        (None, None) => {
            let is_printed = one.printed_speaker.is_some() && one.printed_speaker == other.printed_speaker;
            is_printed && one.document == other.document
        }
        _ => false,
    }
}

/// Whether one quote prints the words of the other, or a part of them.
fn is_near(one: &Wording, other: &Wording) -> bool {
    if one.words() == other.words() {
        return true;
    }
    let (fewest, all) = (one.len().min(other.len()), one.len() + other.len());
    if fewest < 4 {
        return false;
    }
    let shared = one.shared(other) as f32;
    2.0 * shared >= NEAR * all as f32 || shared >= PART * fewest as f32
}

/// Whether two dates may be the same: one lies in the other, and that is no longer than a month.
fn agree(one: &When, other: &When) -> bool {
    let holds = |outer: &When, inner: &When| {
        outer.earliest <= inner.earliest
            && inner.latest <= outer.latest
            && days(outer.earliest, outer.latest) <= FAR
    };
    one == other || holds(one, other) || holds(other, one)
}

/// Whether two dates cannot both be right: both are known to the week, and they do not meet.
fn contradict(one: &When, other: &When) -> bool {
    let is_known = |when: &When| days(when.earliest, when.latest) < 7;
    is_known(one) && is_known(other) && distance(one, other) > 0
}

/// Days between two stretches of time; none where they meet.
fn distance(one: &When, other: &When) -> i32 {
    days(one.latest, other.earliest)
        .max(days(other.latest, one.earliest))
        .max(0)
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

impl Group {
    fn event(mut self) -> Event {
        let (when, conflict) = self.when();
        // The line to show is one that has the day, tells that it is the last one for something, is official where one is,
        // and says the most.
        self.lines.sort_by_key(|(line, told)| {
            (
                told.when != when,
                line.kind != LineKind::Deadline,
                line.source_kind.code() != "official",
                std::cmp::Reverse(told.wording.len()),
                line.uid.clone(),
            )
        });
        Event {
            kind: self.lines[0].0.kind,
            when,
            conflict,
            lines: self.lines.into_iter().map(|(line, _)| line).collect(),
        }
    }

    /// The days that most lines name, and what contradicts them.
    ///
    /// A line that names no day has its document's, and a later printing does not make a quote later: such days count
    /// only where no line names one, and then the first of them.
    fn when(&self) -> (When, Option<String>) {
        let named: Vec<&Told> = self
            .lines
            .iter()
            .filter(|(line, _)| !SaidOn::is_assumed(&line.rule))
            .map(|(_, told)| told)
            .collect();
        if named.is_empty() {
            let days = self.lines.iter().map(|(_, told)| &told.when);
            let first = days.min_by_key(|when| (when.earliest, when.latest));
            return (first.expect("a group has lines").clone(), None);
        }
        let mut counts: Vec<(When, usize)> = Vec::new();
        for told in named {
            match counts.iter_mut().find(|(when, _)| *when == told.when) {
                Some((_, count)) => *count += 1,
                None => counts.push((told.when.clone(), 1)),
            }
        }
        // A line that names the month speaks for every day of it; of as many, the more precise, then the earlier.
        let votes = |day: &When| -> usize {
            let speaks_for = |(when, _): &&(When, usize)| {
                when == day || when.earliest <= day.earliest && day.latest <= when.latest
            };
            counts.iter().filter(speaks_for).map(|(_, count)| count).sum()
        };
        let votes: Vec<usize> = counts.iter().map(|(when, _)| votes(when)).collect();
        let mut counts: Vec<(usize, (When, usize))> = votes.into_iter().zip(counts).collect();
        counts.sort_by_key(|(votes, (when, _))| {
            (
                std::cmp::Reverse(*votes),
                days(when.earliest, when.latest),
                when.earliest,
            )
        });
        let counts: Vec<(When, usize)> = counts.into_iter().map(|(_, counted)| counted).collect();
        let chosen = counts[0].0.clone();
        let is_contradicted = counts.iter().any(|(when, _)| contradict(when, &chosen));
        let conflict = is_contradicted.then(|| {
            let told: Vec<String> = counts
                .iter()
                .map(|(when, count)| format!("{} ({count})", days::in_words(when)))
                .collect();
            format!(
                "different days are named for what reads the same: {}",
                told.join(", ")
            )
        });
        (chosen, conflict)
    }
}
