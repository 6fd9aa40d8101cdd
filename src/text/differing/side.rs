//! What went or came in a stretch, taken apart: its words, numbers, names and days, and whether it denies something.

use std::collections::{BTreeSet, HashMap};

use super::words::WORDS;
use super::{conditions, has_words};
use crate::text::rewording::{ends_sentence, is_title};
use crate::text::wording::{Wording, printed};
use crate::text::{numerals, spelling};

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
            let is_taken_back = || WORDS.no_negations.begun(behind).next().is_some();
            let is_sure = behind.first().is_some_and(|next| WORDS.sure.contains(next));
            // "If not" begins with the word before it.
            let is_set = [at, at.saturating_sub(1)]
                .iter()
                .any(|from| conditions::begins_set_phrase(&self.forms[*from..]));
            WORDS.negations.contains(&self.forms[at]) && !is_sure && !is_set && !is_taken_back()
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
            let leans = before.iter().skip(1).any(|word| WORDS.auxiliaries.contains(word));
            // What is "with no" something says it of its own noun.
            let is_with = before.last().is_some_and(|word| WORDS.with.contains(word));
            // "A wall nobody asked for".
            let begins = before.last().is_none_or(|word| WORDS.behind.contains(word));
            let is_nobody = WORDS.nobody.contains(&self.forms[at]) && begins && at + 1 < self.forms.len();
            leans || is_with || is_nobody || before.iter().any(|word| WORDS.pronouns.contains(word))
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
        let bare = without_owner(word);
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

/// A word without the marks around it and what makes an owner of it.
fn without_owner(word: &str) -> &str {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let owner = WORDS.owner.0.iter();
    owner.fold(bare, |bare, end| bare.trim_end_matches(end.as_str()))
}

/// The day or month that a word names; what is another word as well only with a capital.
fn day(word: &str) -> Option<String> {
    let bare = without_owner(word);
    let folded = Wording::of(bare).words().concat();
    let is_ambiguous = WORDS.ambiguous_days.contains(&folded);
    let day = WORDS.day(&folded)?;
    (!is_ambiguous || bare.starts_with(char::is_uppercase)).then(|| day.to_owned())
}
