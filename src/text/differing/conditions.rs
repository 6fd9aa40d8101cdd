//! Conditions and exceptions: a promise that is printed without its "unless" is another promise.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::{entries, has_words, set, up_to_first_sentence};
use crate::text::wording::Wording;

/// What begins one, as folded words.
static CONDITIONS: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    let lines = entries(include_str!("conditions.txt"));
    lines.map(|line| line.split(' ').collect()).collect()
});

/// What something may hang on, behind a "without".
static REQUIREMENTS: LazyLock<HashSet<&str>> = LazyLock::new(|| set(include_str!("requirements.txt")));
/// What an "until" names that is a time.
static TIMES: LazyLock<HashSet<&str>> = LazyLock::new(|| set(include_str!("times.txt")));
/// What begins so and is none.
static NO_CONDITIONS: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    let lines = entries(include_str!("no_conditions.txt"));
    lines.map(|line| line.split(' ').collect()).collect()
});

/// Whether a text begins with a condition or an exception.
pub(super) fn begins(text: &str) -> bool {
    /// Words in which a "without" names what is required.
    const NEAR: usize = 8;
    let wording = Wording::of_first(up_to_first_sentence(text), NEAR);
    let words = wording.words();
    let is_begun = |phrase: &Vec<&str>| {
        words.len() >= phrase.len() && phrase.iter().zip(words).all(|(one, other)| one == other)
    };
    let says_more = |condition: &&Vec<&str>| words.len() > condition.len();
    let is_without = words.first().is_some_and(|word| is_without(word));
    let requires = is_without && words.iter().any(|word| REQUIREMENTS.contains(word.as_str()));
    // "Until a judge signs", and not "until 9 p.m."
    let hangs = words
        .first()
        .is_some_and(|word| word == "until" || word == "hasta")
        && words.get(1).is_some_and(|next| !is_time(next));
    // Folded, "sí" is "si".
    let is_yes = text.trim_start().to_lowercase().starts_with("sí");
    !is_yes
        && (requires || hangs || CONDITIONS.iter().filter(says_more).any(is_begun))
        && !begins_set_phrase(words)
}

/// Whether a word says what is missing: it denies what stands behind it, and nothing else.
pub(super) fn is_without(word: &str) -> bool {
    matches!(word, "without" | "sin")
}

/// Whether words begin with a set phrase that neither limits nor denies anything: "without a doubt".
pub(super) fn begins_set_phrase(words: &[String]) -> bool {
    let is_begun = |phrase: &&Vec<&str>| {
        words.len() >= phrase.len() && phrase.iter().zip(words).all(|(one, other)| one == other)
    };
    // "If you ask me to go" sets a condition.
    let goes_on = |phrase: &Vec<&str>| words.get(phrase.len()).is_some_and(|next| next == "to");
    NO_CONDITIONS
        .iter()
        .filter(is_begun)
        .any(|phrase| !goes_on(phrase))
}

fn is_time(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) || TIMES.contains(word) || super::day_of(word).is_some()
}

/// Whether a text that goes before others is one for what follows: "Unless the walk is clear by eight, ".
pub(super) fn leads(text: &str) -> bool {
    /// What a sentence may begin with that says no more than that it goes on.
    const ON: [&str; 4] = ["and", "but", "so", "y"];
    let trimmed = text.trim();
    let (first, rest) = trimmed.split_once(char::is_whitespace).unwrap_or((trimmed, ""));
    let clause = if ON.contains(&first.to_lowercase().as_str()) {
        rest
    } else {
        trimmed
    };
    let is_parted = trimmed.ends_with([',', '—', '–']) || trimmed.ends_with(" then");
    let first = clause
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_lowercase();
    // Few set a comma behind every "if".
    let is_whole = matches!(first.as_str(), "if" | "unless" | "si");
    has_words(text) && (is_parted || is_whole) && begins(clause)
}
