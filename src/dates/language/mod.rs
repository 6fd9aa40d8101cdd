//! A language as its data file gives it: words, patterns and the rules they belong to.
//!
//! Nothing in the code of this chapter is English but what the file says is; another language is another file. What stands in
//! a file is told in `file`, how a language is made of it in `building`.

mod building;
mod file;
mod phrases;

use std::sync::LazyLock;

use super::cursor::Cursor;
use super::holidays::Feast;
use super::making::Make;
use super::numbers;
use super::openings::{Forks, Openings};
use super::pattern::Step;
use super::signs::{Opening, Signs};
use super::vocabulary::{Vocabulary, WordId};
use crate::model::date::Event;
use crate::model::tongue::{DayOrder, Tongue};
use building::read;
use phrases::{longest, opening, spelled};

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
    /// What a letter is called that counts from itself: "this letter".
    pub(super) letters: Vec<WordId>,
    /// The words for events by those they begin with.
    event_places: Places,
    /// What stands right before a day that lies ahead.
    pub(super) ahead: Cues,
    /// What stands right before a day that is over as a rule.
    pub(super) told: Cues,
    /// What stands right before the last day for something.
    pub(super) limits: Cues,
    /// What stands right before a length of time in which something is to be done.
    pub(super) length_limits: Cues,
    /// What a letter begins with, in small letters.
    pub(super) greetings: Vec<String>,
    /// What may stand before the day that an order prints on a line of its own, in small letters.
    pub(super) day_labels: Vec<String>,
    /// With what a text speaks of itself, in small letters: "this".
    pub(super) own_text: Vec<String>,
    /// What stands between two hours of which the second ends what the first begins.
    pub(super) hours_until: Vec<String>,
    /// The same of two hours behind "between".
    pub(super) hours_and: Vec<String>,
    /// That word.
    pub(super) between: Vec<String>,
    /// What stands between an hour and the day that is its own.
    pub(super) day_behind_hour: Vec<String>,
    /// What stands between the days of a list.
    pub(super) days_and: Vec<String>,
    /// What stands between two of which one is meant.
    pub(super) or: Vec<String>,
    /// What stands between the last day for something and the day, where it is told now.
    pub(super) is: Vec<String>,
    /// What stands between a quarter and the day on which it ended.
    pub(super) ended: Vec<String>,
    /// What hours of every day are told with, in small letters.
    pub(super) opening_hours: Vec<String>,
    /// What the days of every week are told with.
    pub(super) open_days: Vec<String>,
    /// With them a sentence turns to something else.
    pub(super) turning: Vec<String>,
    /// Where one of these leads to the last day for something, that is the day before the one named.
    pub(super) day_before: Vec<String>,
    /// With these near it is that day itself.
    pub(super) day_itself: Vec<String>,
    /// What stands between a length of time and the day that it is counted from.
    pub(super) counted_from: Vec<Step>,
    /// The same where the day may be the last of them as well: "of".
    pub(super) counted_beside: Vec<Step>,
    /// What stands right behind one.
    pub(super) limits_behind: Vec<Vec<Step>>,
    /// What a sentence tells a last day with that it names in the end: "The last day to register is".
    pub(super) last_day: Vec<Step>,
    /// The same of one that is over: "The last day to register was".
    pub(super) last_day_over: Vec<Step>,
    counts: Vec<(Vec<WordId>, i32)>,
    and_a_half: Vec<Vec<WordId>>,
    feasts: Vec<(Vec<WordId>, Feast)>,
}

/// A list of cues.
#[derive(Debug)]
pub(super) struct Cues {
    all: Vec<CueWords>,
    places: Places,
}

impl Cues {
    /// The patterns that a word opens, each with its cue.
    pub(super) fn opened(&self, word: WordId) -> impl Iterator<Item = (&CueWords, &[Step])> {
        self.places.of(word).iter().map(|(number, pattern)| {
            let cue = &self.all[usize::from(*number)];
            (cue, cue.read[usize::from(*pattern)].as_slice())
        })
    }
}

/// Patterns by the words they begin with: the number of what each is of and its own among those, in their order. Most words turn all of
/// them away at once.
#[derive(Debug)]
struct Places {
    /// By the numbers of words, the place in `lists`; 0 is the empty one.
    rows: Vec<u16>,
    lists: Vec<Vec<(u16, u16)>>,
}

impl Places {
    fn of(&self, word: WordId) -> &[(u16, u16)] {
        &self.lists[usize::from(self.rows[usize::from(word)])]
    }
}

/// Words right before a day that say something of it, and where they hold.
#[derive(Debug)]
pub(super) struct CueWords {
    /// Each begins with a word.
    pub(super) read: Vec<Vec<Step>>,
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
    /// What goes on to another event, where it reaches further.
    pub(super) not_from: Vec<Vec<Step>>,
    /// What stands before its day, beginning with a word.
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
    /// It asks for nothing before the pattern, nor for a capital, as those of most rules do.
    pub(super) begins_anywhere: bool,
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
    /// One of these stands behind.
    pub(super) behind: Vec<Vec<Step>>,
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
    /// What follows shows that its number counts nothing.
    pub(super) closed: bool,
    /// No number stands right before it, or a word before it.
    pub(super) uncounted: bool,
    /// It is no number of a law, nor of a house: behind one of these, or where a clause begins, and before the name of a
    /// street.
    pub(super) house_after: Option<Vec<WordId>>,
    /// It is a time only in a telling of the past.
    pub(super) in_histories: bool,
}

/// English.
pub(super) static ENGLISH: LazyLock<Language> =
    LazyLock::new(|| read(include_str!("../en.toml")).expect("the English file is tested"));

/// English where the day stands first in digits.
static DAY_FIRST: LazyLock<Language> = LazyLock::new(|| {
    let mut language = read(include_str!("../en.toml")).expect("the English file is tested");
    language.day_first = true;
    language
});

/// Spanish.
pub(super) static SPANISH: LazyLock<Language> =
    LazyLock::new(|| read(include_str!("../es.toml")).expect("the Spanish file is tested"));

/// What is known of a language.
pub(super) fn of(tongue: Tongue, order: DayOrder) -> &'static Language {
    match (tongue, order) {
        (Tongue::English, DayOrder::OfLanguage) => &ENGLISH,
        (Tongue::English, DayOrder::DayFirst) => &DAY_FIRST,
        (Tongue::Spanish, _) => &SPANISH,
    }
}

impl Language {
    /// Every pattern it has.
    fn patterns(&mut self) -> impl Iterator<Item = &mut Vec<Step>> {
        let lists = [
            &mut self.ahead,
            &mut self.told,
            &mut self.limits,
            &mut self.length_limits,
        ];
        let cues = lists
            .into_iter()
            .flat_map(|list| &mut list.all)
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
            &mut self.last_day_over,
        ];
        let rules = self.rules.iter_mut();
        let rules = rules.flat_map(|rule| std::iter::once(&mut rule.steps).chain(&mut rule.guard.behind));
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

    /// The words before the day of an event that a word opens, and whether they stand only at the beginning of a sentence or line.
    pub(super) fn events_opened(&self, word: WordId) -> impl Iterator<Item = (Event, &[Step], bool)> {
        self.event_places.of(word).iter().map(|(number, pattern)| {
            let words = &self.events[usize::from(*number)];
            let (pattern, on) = (usize::from(*pattern), words.on.len());
            let steps = words.on.get(pattern).unwrap_or_else(|| &words.line[pattern - on]);
            (words.event, steps.as_slice(), pattern >= on)
        })
    }

    /// Whether a rule can begin with the token here and the one behind it.
    pub(super) fn opens(&self, here: Cursor<'_>) -> bool {
        self.openings.opens(here.sign(), || here.next().sign())
    }

    /// The rules that can begin here.
    pub(super) fn rules_at(&self, here: Cursor<'_>) -> impl Iterator<Item = &Rule> {
        let is_digits = here.is_digits();
        let mut behind = None;
        let rules = self.openings.at(here).filter(move |rule| {
            let mut sign =
                || *behind.get_or_insert_with(|| numbers::behind_count(self, here).map(Cursor::sign));
            !is_digits || self.openings.goes_on_behind_count(*rule, sign())
        });
        rules.map(|number| &self.rules[usize::from(number)])
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

/// Whether a list of words has one.
pub(super) fn lists(list: &[String], word: &str) -> bool {
    list.iter().any(|listed| listed == word)
}

/// The same of a mark that joins what stands on both sides of it.
pub(super) fn lists_or_dash(list: &[String], word: &str) -> bool {
    matches!(word, "-" | "–" | "—") || lists(list, word)
}
