//! A language as its data file gives it: words, patterns and the rules they belong to.
//!
//! Nothing in the code of this chapter is English but what the file says is; another language is another file.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::cursor::Cursor;
use super::holidays::{self, Feast};
use super::making::Make;
use super::numbers::{HALF, SOME};
use super::openings::{Forks, Openings};
use super::pattern::{self, Step};
use super::signs::{self, Opening, Signs};
use super::vocabulary::{Class, LONGEST, Vocabulary, WordId};
use crate::model::date::Event;
use crate::model::tongue::{DayOrder, Tongue};

/// A language read from its file.
#[derive(Debug)]
pub(super) struct Language {
    pub(super) words: Vocabulary,
    pub(super) rules: Vec<Rule>,
    openings: Openings,
    pub(super) forks: Forks,
    /// What may stand between a time of day and its day, and the other way round.
    pub(super) time_then_day: Vec<Step>,
    pub(super) day_then_time: Vec<Step>,
    /// Whether `02/06` is of June.
    pub(super) day_first: bool,
    /// The mark between thousands.
    pub(super) thousands: char,
    /// Whether a word joins tens and ones: "treinta y cinco".
    pub(super) joins_ones: bool,
    /// What deadlines are counted from.
    pub(super) events: Vec<EventWords>,
    /// Words that make a length of time one of working days, which no calendar counts, or of no certain number.
    pub(super) uncounted: Vec<WordId>,
    /// Words before a length of time that make it its own bound, so that it counts for all the others.
    pub(super) at_most: Vec<Vec<WordId>>,
    /// Days with one of these are counted with a list of holidays that nobody has here.
    pub(super) unlisted: Vec<WordId>,
    /// Words between an event and a day that make the day not the event's.
    pub(super) unsure: Vec<WordId>,
    /// Words that go on behind those for an event.
    pub(super) goes_on: Vec<WordId>,
    /// By the numbers of words, whether one opens a cue of any list: most words turn all of them away at once.
    opens_cue: Vec<bool>,
    /// What stands right before a day that lies ahead.
    pub(super) ahead: Vec<CueWords>,
    /// What stands right before the last day for something.
    pub(super) limits: Vec<CueWords>,
    /// What stands right before a length of time in which something is to be done.
    pub(super) length_limits: Vec<CueWords>,
    /// What a letter begins with, in small letters.
    pub(super) greetings: Vec<String>,
    /// What hours of every day are told with, in small letters.
    pub(super) opening_hours: Vec<String>,
    /// What the days of every week are told with.
    pub(super) open_days: Vec<String>,
    /// What stands between a length of time and the day that it is counted from.
    pub(super) counted_from: Vec<Step>,
    /// The same where the day may be the last of them as well: "of".
    pub(super) counted_beside: Vec<Step>,
    /// What stands right behind one.
    pub(super) limits_behind: Vec<Vec<Step>>,
    /// What a sentence tells a last day with that it names in the end: "The last day to register is".
    pub(super) last_day: Vec<Step>,
    counts: Vec<(Vec<WordId>, i32)>,
    and_a_half: Vec<Vec<WordId>>,
    feasts: Vec<(Vec<WordId>, Feast)>,
}

/// Words right before a day that say something of it, and where they hold.
#[derive(Debug)]
pub(super) struct CueWords {
    pub(super) read: Vec<Vec<Step>>,
    /// What they begin with: a word, always.
    pub(super) opens: Vec<WordId>,
    /// One of these stands in the sentence before them.
    pub(super) after: Vec<WordId>,
    /// And one of these.
    pub(super) and_after: Vec<WordId>,
    /// None of these stands right before them.
    pub(super) not_after: Vec<WordId>,
    /// None of these stands between them and that one.
    pub(super) without: Vec<WordId>,
    /// One of these stands right behind the day.
    pub(super) behind: Vec<Vec<Step>>,
    /// None of these stands in the sentence before them: "Nobody may appeal until".
    pub(super) not_with: Vec<WordId>,
    /// No "to" with a verb stands right behind the day.
    pub(super) not_to_do: bool,
    /// One of these or a plural stands right before them: verbs that are nouns too.
    pub(super) subjects: Vec<WordId>,
    /// No past form of a verb stands in the sentence before them.
    pub(super) not_past: bool,
    /// The sentence before them opens with one of these: "Send comments by".
    pub(super) opens_with: Vec<WordId>,
    /// They open a sentence whose verb says what must be done: "Within 10 days, the board shall answer".
    pub(super) opens_duty: bool,
    /// No past form stands in the sentence, so that nothing is told.
    pub(super) not_told: bool,
}

/// How a language speaks of an event that deadlines are counted from.
#[derive(Debug)]
pub(super) struct EventWords {
    pub(super) event: Event,
    /// Where one of these stands in the sentence before, the event is to come, and no day of the text is its own.
    pub(super) to_come: Vec<WordId>,
    /// What stands behind a length of time that is counted from it.
    pub(super) from: Vec<Vec<Step>>,
    /// What stands before its day.
    pub(super) on: Vec<Vec<Step>>,
    /// The same at the beginning of a sentence or line.
    pub(super) line: Vec<Vec<Step>>,
}

/// A pattern with what it makes and where it holds.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) make: Make,
    pub(super) steps: Vec<Step>,
    pub(super) guard: Guard,
}

/// What must stand around a pattern.
#[derive(Debug, Default)]
pub(super) struct Guard {
    /// The first word has a capital.
    pub(super) capital: bool,
    /// Every word has one.
    pub(super) titled: bool,
    /// The same, in double marks behind a possessive.
    pub(super) of_owner: bool,
    /// One of these stands before.
    pub(super) after: Vec<WordId>,
    /// The same, asked only where the first word is an everyday word besides.
    pub(super) shy_after: Vec<WordId>,
    pub(super) not_after: Vec<WordId>,
    /// One of these follows.
    pub(super) before: Vec<WordId>,
    pub(super) not_before: Vec<WordId>,
    /// No other word and no number follows: the clause or sentence ends.
    pub(super) last: bool,
    /// A word follows that makes it a name: "April Stone".
    pub(super) before_name: bool,
    /// Two follow that do, the second of them a month besides: "June Carter May".
    pub(super) before_full_name: bool,
    /// No word follows that is printed in small letters, so that it qualifies none.
    pub(super) alone: bool,
    /// Digits stand before, or one of `after`.
    pub(super) after_number: bool,
    /// It is no number of a law, nor of a house: behind one of these, or where a clause begins, and before the name of a
    /// street.
    pub(super) house_after: Option<Vec<WordId>>,
    /// It is a time only in a telling of the past.
    pub(super) in_histories: bool,
}

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    day_first: bool,
    thousands: char,
    joins_ones: bool,
    time_then_day: String,
    day_then_time: String,
    words: BTreeMap<String, BTreeMap<String, String>>,
    counts: BTreeMap<String, String>,
    and_a_half: Vec<String>,
    feasts: BTreeMap<String, String>,
    parts: BTreeMap<String, String>,
    uncounted: String,
    unlisted: String,
    #[serde(default)]
    at_most: String,
    unsure: String,
    goes_on: String,
    past_endings: String,
    participles: String,
    future_endings: String,
    greetings: String,
    opening_hours: String,
    open_days: String,
    events: BTreeMap<String, FileEvent>,
    ahead: Vec<FileCue>,
    limit: Vec<FileCue>,
    limit_behind: Vec<String>,
    last_day: String,
    counted_from: String,
    counted_beside: String,
    #[serde(default)]
    limit_length: Vec<FileCue>,
    rule: Vec<FileRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileEvent {
    #[serde(default)]
    to_come: String,
    from: Vec<String>,
    on: Vec<String>,
    line: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileCue {
    read: Vec<String>,
    #[serde(default)]
    after: String,
    #[serde(default)]
    and_after: String,
    #[serde(default)]
    not_after: String,
    #[serde(default)]
    without: String,
    #[serde(default)]
    not_with: String,
    #[serde(default)]
    behind: Vec<String>,
    #[serde(default)]
    not_to_do: bool,
    #[serde(default)]
    subjects: String,
    #[serde(default)]
    not_past: bool,
    #[serde(default)]
    opens_with: String,
    #[serde(default)]
    opens_duty: bool,
    #[serde(default)]
    not_told: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRule {
    name: String,
    make: String,
    read: Vec<String>,
    #[serde(default)]
    capital: bool,
    #[serde(default)]
    titled: bool,
    #[serde(default)]
    of_owner: bool,
    #[serde(default)]
    after: String,
    #[serde(default)]
    shy_after: String,
    #[serde(default)]
    not_after: String,
    #[serde(default)]
    before: String,
    #[serde(default)]
    not_before: String,
    #[serde(default)]
    last: bool,
    #[serde(default)]
    before_name: bool,
    #[serde(default)]
    before_full_name: bool,
    #[serde(default)]
    alone: bool,
    #[serde(default)]
    after_number: bool,
    house_after: Option<String>,
    #[serde(default)]
    in_histories: bool,
}

/// English.
pub(super) static ENGLISH: LazyLock<Language> =
    LazyLock::new(|| read(include_str!("en.toml")).expect("the English file is tested"));

/// English where the day stands first in digits.
static DAY_FIRST: LazyLock<Language> = LazyLock::new(|| {
    let mut language = read(include_str!("en.toml")).expect("the English file is tested");
    language.day_first = true;
    language
});

/// Spanish.
pub(super) static SPANISH: LazyLock<Language> =
    LazyLock::new(|| read(include_str!("es.toml")).expect("the Spanish file is tested"));

/// What is known of a language.
pub(super) fn of(tongue: Tongue, order: DayOrder) -> &'static Language {
    match (tongue, order) {
        (Tongue::English, DayOrder::OfLanguage) => &ENGLISH,
        (Tongue::English, DayOrder::DayFirst) => &DAY_FIRST,
        (Tongue::Spanish, _) => &SPANISH,
    }
}

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
    let events = events(&file, &mut words)?;
    let ahead = cues(&file.ahead, &file.parts, &mut words)?;
    let limits = cues(&file.limit, &file.parts, &mut words)?;
    let length_limits = cues(&file.limit_length, &file.parts, &mut words)?;
    let limits_behind = patterns(&file.limit_behind, &file.parts, &mut words)?;
    let last_day = pattern::compile(&file.last_day, &file.parts, &mut words)?;
    let time_then_day = pattern::compile(&file.time_then_day, &file.parts, &mut words)?;
    let day_then_time = pattern::compile(&file.day_then_time, &file.parts, &mut words)?;
    let counted_beside = pattern::compile(&file.counted_beside, &file.parts, &mut words)?;
    let counted_from = pattern::compile(&file.counted_from, &file.parts, &mut words)?;
    words.seal();
    let mut opens_cue = vec![false; words.len()];
    for cue in ahead.iter().chain(&limits).chain(&length_limits) {
        cue.opens
            .iter()
            .for_each(|word| opens_cue[usize::from(*word)] = true);
    }
    let mut language = Language {
        opens_cue,
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
        ahead,
        limits,
        limits_behind,
        last_day,
        counted_from,
        counted_beside,
        length_limits,
        greetings: endings(&file.greetings),
        opening_hours: endings(&file.opening_hours),
        open_days: endings(&file.open_days),
        counts,
        and_a_half,
        feasts,
    };
    language.openings = Openings::of(&language);
    language.fork();
    Ok(language)
}

fn learn(classes: &BTreeMap<String, BTreeMap<String, String>>, words: &mut Vocabulary) -> Result<(), String> {
    for (name, values) in classes {
        let class = Class::named(name).ok_or_else(|| format!("no class {name}"))?;
        for (value, list) in values {
            let value = super::making::value_named(class, value).ok_or_else(|| format!("{name} {value}"))?;
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
        let read = patterns(&cue.read, parts, words)?;
        Ok(CueWords {
            opens: read
                .iter()
                .flat_map(|steps| pattern::first_words(steps))
                .collect(),
            read,
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
        let guard = Guard {
            capital: rule.capital,
            titled: rule.titled,
            of_owner: rule.of_owner,
            after: ids(&rule.after, words),
            shy_after: ids(&rule.shy_after, words),
            not_after: ids(&rule.not_after, words),
            before: ids(&rule.before, words),
            not_before: ids(&rule.not_before, words),
            last: rule.last,
            before_name: rule.before_name,
            before_full_name: rule.before_full_name,
            alone: rule.alone,
            after_number: rule.after_number,
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

impl Language {
    /// Every pattern it has.
    fn patterns(&mut self) -> impl Iterator<Item = &mut Vec<Step>> {
        let cues = self
            .ahead
            .iter_mut()
            .chain(&mut self.limits)
            .chain(&mut self.length_limits);
        let cues = cues
            .flat_map(|cue| {
                let own = cue.read.iter_mut();
                own.chain(&mut cue.behind)
            })
            .chain(&mut self.limits_behind);
        let events = self.events.iter_mut();
        let events =
            events.flat_map(|event| event.from.iter_mut().chain(&mut event.on).chain(&mut event.line));
        let own = [
            &mut self.time_then_day,
            &mut self.day_then_time,
            &mut self.last_day,
        ];
        let rules = self.rules.iter_mut().map(|rule| &mut rule.steps);
        rules.chain(own).chain(cues).chain(events)
    }

    /// Notes at the places where its patterns can go two ways what leads into which.
    fn fork(&mut self) {
        let mut patterns: Vec<Vec<Step>> = self.patterns().map(std::mem::take).collect();
        self.forks = Forks::of(self, patterns.iter_mut());
        for (own, forked) in self.patterns().zip(patterns) {
            *own = forked;
        }
    }

    /// Whether a word opens a cue.
    pub(super) fn opens_cue(&self, word: WordId) -> bool {
        word != 0 && self.opens_cue[usize::from(word)]
    }

    /// Whether a rule can begin with the token here and the one behind it.
    pub(super) fn opens(&self, here: Cursor<'_>) -> bool {
        self.openings.opens(here.sign(), || here.next().sign())
    }

    /// The rules that can begin here.
    pub(super) fn rules_at(&self, here: Cursor<'_>) -> impl Iterator<Item = &Rule> {
        self.openings
            .at(here)
            .map(|number| &self.rules[usize::from(number)])
    }

    /// What the counts of several words begin with.
    pub(super) fn openings_of_counts(&self) -> Vec<Opening> {
        self.counts.iter().map(|(phrase, _)| opening(phrase)).collect()
    }

    /// What "and a half" begins with, and what follows.
    pub(super) fn signs_of_halves(&self) -> (Signs, Signs) {
        let later = self.and_a_half.iter().flat_map(|phrase| &phrase[1..]);
        (
            self.and_a_half.iter().map(|phrase| phrase[0]).collect(),
            later.copied().collect(),
        )
    }

    /// What the names of feasts begin with.
    pub(super) fn openings_of_feasts(&self) -> Vec<Opening> {
        self.feasts.iter().map(|(name, _)| opening(name)).collect()
    }

    /// Reads a count of several words: "a few", "half an".
    pub(super) fn count_phrase<'t>(&self, here: Cursor<'t>) -> Option<(i32, Cursor<'t>)> {
        longest(&self.counts, here)
    }

    /// Reads "and a half".
    pub(super) fn and_a_half<'t>(&self, here: Cursor<'t>) -> Option<Cursor<'t>> {
        self.and_a_half.iter().find_map(|phrase| spelled(phrase, here))
    }

    /// Reads the name of a feast, by its place in the list.
    pub(super) fn feast<'t>(&self, here: Cursor<'t>) -> Option<(i32, Cursor<'t>)> {
        if !here.is_capital() {
            return None;
        }
        let mut numbered = (0..).zip(&self.feasts);
        numbered.find_map(|(number, (name, _))| Some((number, spelled(name, here)?)))
    }

    /// The feast at a place of the list.
    pub(super) fn feast_numbered(&self, number: i32) -> Option<Feast> {
        let (_, feast) = self.feasts.get(usize::try_from(number).ok()?)?;
        Some(*feast)
    }
}

/// What a phrase begins with.
fn opening(phrase: &[WordId]) -> Opening {
    let more = |words: &[WordId]| -> Signs {
        let marks = SPELLED_OVER
            .map(signs::mark)
            .into_iter()
            .filter(|_| !words.is_empty());
        words.iter().copied().chain(marks).collect()
    };
    Opening {
        first: phrase.iter().take(1).copied().collect(),
        second: more(&phrase[1..phrase.len().min(2)]),
        later: more(&phrase[1..]),
        whole: phrase.len() == 1,
    }
}

/// The value of the first phrase that stands here; longer ones come first.
fn longest<'t, T: Copy>(phrases: &[(Vec<WordId>, T)], here: Cursor<'t>) -> Option<(T, Cursor<'t>)> {
    let first = here.id();
    let mut own = phrases
        .iter()
        .filter(|(phrase, _)| phrase.first() == Some(&first));
    own.find_map(|(phrase, value)| Some((*value, spelled(phrase, here)?)))
}

/// What may stand between the words of a phrase.
const SPELLED_OVER: [char; 4] = ['-', '\'', '’', '.'];

/// Reads words that follow one another; a hyphen, an apostrophe or a stop may stand between them.
fn spelled<'t>(phrase: &[WordId], here: Cursor<'t>) -> Option<Cursor<'t>> {
    let mut at = here;
    for (index, word) in phrase.iter().enumerate() {
        if index > 0 {
            at = at.glued_mark(&SPELLED_OVER).unwrap_or(at);
        }
        if at.id() != *word {
            return None;
        }
        at = at.next();
    }
    Some(at)
}
