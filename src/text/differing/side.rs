//! What went or came in a stretch, taken apart: its words, numbers, names and days, and whether it denies something.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use super::{conditions, entries, has_words, set};
use crate::text::rewording::{ends_sentence, is_title};
use crate::text::wording::{Wording, printed};
use crate::text::{numerals, spelling};

/// Words that turn what is said into its opposite.
static NEGATIONS: LazyLock<HashSet<&str>> = LazyLock::new(|| set(include_str!("negations.txt")));

/// Days and months, each with the form that all its spellings share.
static DAYS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let lines = entries(include_str!("days.txt"));
    lines.filter_map(|line| line.split_once(' ')).collect()
});

/// Verbs that a negation leans on, and words that stand for who does something.
static AUXILIARIES: LazyLock<HashSet<&str>> = LazyLock::new(|| set(include_str!("auxiliaries.txt")));

static PRONOUNS: LazyLock<HashSet<&str>> = LazyLock::new(|| set(include_str!("pronouns.txt")));

/// What takes a word that says no back behind it: "nothing more than".
static NO_NEGATIONS: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    let lines = entries(include_str!("no_negations.txt"));
    lines.map(|line| line.split(' ').collect()).collect()
});

/// What a "no" before it denies nothing of: "no doubt that we go".
const SURE: [&str; 3] = ["doubt", "question", "wonder"];

/// Who does nothing, and what such a clause begins behind.
const NOBODY: [&str; 4] = ["nobody", "none", "nadie", "ninguno"];

const BEHIND: [&str; 6] = ["how", "that", "which", "because", "what", "que"];

/// What went or came in a stretch, taken apart.
pub(super) struct Side {
    pub(super) has_words: bool,
    /// All words but numbers, in one spelling.
    pub(super) forms: Vec<String>,
    pub(super) numbers: BTreeSet<String>,
    pub(super) names: BTreeSet<String>,
    pub(super) days: BTreeSet<String>,
    /// It ends a sentence.
    pub(super) is_sentence: bool,
    pub(super) is_bracketed: bool,
    pub(super) is_ellipsis: bool,
}

impl Side {
    pub(super) fn of(text: &str, begins: bool) -> Self {
        let (numbers, others) = numerals::read(text);
        let bare = text.trim();
        Self {
            has_words: has_words(text),
            forms: others.iter().flat_map(|word| spelling::forms(word)).collect(),
            numbers,
            names: names(text, begins),
            days: others.iter().filter_map(|word| day(word)).collect(),
            is_sentence: ends_sentence(bare),
            is_bracketed: bare.starts_with('[') && bare.trim_end_matches(['.', ',']).ends_with(']'),
            is_ellipsis: !has_words(bare) && (bare.contains('…') || bare.matches('.').count() > 1),
        }
    }

    /// Its words and numbers.
    pub(super) fn len(&self) -> usize {
        self.forms.len() + self.numbers.len()
    }

    /// Whether a word of it says no to something.
    pub(super) fn denies(&self) -> bool {
        self.denies_by(|_| true)
    }

    /// Whether a word of some places does.
    pub(super) fn denies_by(&self, counts: impl Fn(usize) -> bool) -> bool {
        (0..self.forms.len()).filter(|at| counts(*at)).any(|at| {
            let behind = &self.forms[at + 1..];
            let is_taken_back = |words: &Vec<&str>| {
                behind.len() >= words.len() && words.iter().zip(behind).all(|(word, form)| word == form)
            };
            let is_sure = behind.first().is_some_and(|next| SURE.contains(&next.as_str()));
            // "If not" begins with the word before it.
            let is_set = [at, at.saturating_sub(1)]
                .iter()
                .any(|from| conditions::begins_set_phrase(&self.forms[*from..]));
            NEGATIONS.contains(self.forms[at].as_str())
                && !is_sure
                && !is_set
                && !NO_NEGATIONS.iter().any(is_taken_back)
        })
    }

    /// Whether it does where nothing stands in its place: what is "without" something denies that alone.
    pub(super) fn denies_alone(&self) -> bool {
        self.denies_by(|at| !conditions::is_without(&self.forms[at]))
    }

    /// Whether it does and is no clause of its own behind what was kept: "a problem they did not make".
    pub(super) fn denies_beside(&self) -> bool {
        let is_own = |at: usize| {
            let before = &self.forms[..at];
            let leans = before
                .iter()
                .skip(1)
                .any(|word| AUXILIARIES.contains(word.as_str()));
            // What is "with no" something says it of its own noun.
            let is_with = before.last().is_some_and(|word| word == "with" || word == "con");
            // "A wall nobody asked for".
            let begins = before.last().is_none_or(|word| BEHIND.contains(&word.as_str()));
            let is_nobody = NOBODY.contains(&self.forms[at].as_str()) && begins && at + 1 < self.forms.len();
            leans || is_with || is_nobody || before.iter().any(|word| PRONOUNS.contains(word.as_str()))
        };
        self.denies_by(|at| !conditions::is_without(&self.forms[at]) && !is_own(at))
    }

    /// Its words that the other side has not.
    pub(super) fn without(&self, other: &Side) -> Vec<&str> {
        let mut left: HashMap<&str, usize> = HashMap::new();
        for form in &other.forms {
            *left.entry(form).or_default() += 1;
        }
        let mut only = Vec::new();
        for form in &self.forms {
            match left.get_mut(form.as_str()).filter(|count| **count > 0) {
                Some(count) => *count -= 1,
                None => only.push(form.as_str()),
            }
        }
        only
    }
}

/// Names: words with a capital that no beginning of a sentence asks for.
pub(super) fn names(text: &str, begins: bool) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut begins = begins;
    for word in printed(text) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let bare = bare.trim_end_matches("’s").trim_end_matches("'s");
        let is_capital = bare.starts_with(char::is_uppercase) && bare.contains(char::is_lowercase) && !begins;
        // "FBI", "ICE"; longer ones are shouted.
        let is_short = bare.chars().all(char::is_uppercase) && (3..=5).contains(&bare.chars().count());
        if (is_capital || is_short) && day(bare).is_none() && !is_title(bare) {
            names.extend(spelling::forms(bare));
        }
        begins = ends_sentence(word);
    }
    names
}

/// Whether a word is a verb that a negation leans on.
pub(super) fn is_auxiliary(word: &str) -> bool {
    AUXILIARIES.contains(word)
}

/// The day or month that a folded word may name.
pub(super) fn day_of(folded: &str) -> Option<&'static str> {
    DAYS.get(folded).copied()
}

/// The day or month that a word names; what is another word as well only with a capital.
fn day(word: &str) -> Option<String> {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let bare = bare.trim_end_matches("’s").trim_end_matches("'s");
    let folded = Wording::of(bare).words().concat();
    let is_ambiguous = matches!(folded.as_str(), "may" | "march" | "mar" | "sat" | "sun" | "wed");
    let day = day_of(&folded)?;
    (!is_ambiguous || bare.starts_with(char::is_uppercase)).then(|| day.to_owned())
}
