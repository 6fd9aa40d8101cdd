//! Conditions and exceptions: a promise that is printed without its "unless" is another promise.

use std::sync::LazyLock;

use super::{entries, has_words};
use crate::text::wording::Wording;

/// What begins one, as folded words.
static CONDITIONS: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    let lines = entries(include_str!("conditions.txt"));
    lines.map(|line| line.split(' ').collect()).collect()
});

/// What begins so and is none.
static NO_CONDITIONS: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    let lines = entries(include_str!("no_conditions.txt"));
    lines.map(|line| line.split(' ').collect()).collect()
});

/// Whether a text begins with a condition or an exception.
pub(super) fn begins(text: &str) -> bool {
    let wording = Wording::of_first(text, 6);
    let words = wording.words();
    let is_begun = |phrase: &Vec<&str>| {
        words.len() >= phrase.len() && phrase.iter().zip(words).all(|(one, other)| one == other)
    };
    let says_more = |condition: &&Vec<&str>| words.len() > condition.len();
    CONDITIONS.iter().filter(says_more).any(is_begun) && !begins_set_phrase(words)
}

/// Whether words begin with a set phrase that neither limits nor denies anything: "without a doubt".
pub(super) fn begins_set_phrase(words: &[String]) -> bool {
    NO_CONDITIONS.iter().any(|phrase| {
        words.len() >= phrase.len() && phrase.iter().zip(words).all(|(one, other)| one == other)
    })
}

/// Whether a text that goes before others is one for what follows: "Unless the walk is clear by eight, ".
pub(super) fn leads(text: &str) -> bool {
    let is_parted = text.trim_end().ends_with([',', '—', '–']) || text.trim_end().ends_with(" then");
    has_words(text) && is_parted && begins(text)
}
