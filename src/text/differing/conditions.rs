//! Conditions and exceptions: a promise that is printed without its "unless" is another promise.

use super::words::WORDS;
use super::{has_words, up_to_first_sentence};
use crate::text::wording::Wording;

/// Whether a text begins with a condition or an exception.
pub(super) fn begins(text: &str) -> bool {
    /// Words in which a "without" names what is required.
    const NEAR: usize = 8;
    let wording = Wording::of_first(up_to_first_sentence(text), NEAR);
    let words = wording.words();
    let says_more = |condition: &Vec<String>| words.len() > condition.len();
    let is_without = words.first().is_some_and(|word| is_without(word));
    let requires = is_without && words.iter().any(|word| WORDS.requirements.contains(word));
    // "Until a judge signs", and not "until 9 p.m."
    let hangs = words.first().is_some_and(|word| WORDS.until.contains(word))
        && words.get(1).is_some_and(|next| !is_time(next));
    // Folded, "sí" is "si".
    let is_yes = first_word(text).is_some_and(|first| WORDS.yes.contains(&first));
    !is_yes
        && (requires || hangs || WORDS.conditions.begun(words).any(says_more))
        && !begins_set_phrase(words)
}

/// Whether a word says what is missing: it denies what stands behind it, and nothing else.
pub(super) fn is_without(word: &str) -> bool {
    WORDS.without.contains(word)
}

/// Whether words begin with a set phrase that neither limits nor denies anything: "without a doubt".
pub(super) fn begins_set_phrase(words: &[String]) -> bool {
    // "If you ask me to go" sets a condition.
    let goes_on = |phrase: &Vec<String>| {
        let next = words.get(phrase.len());
        next.is_some_and(|next| WORDS.goes_on.contains(next))
    };
    WORDS.no_conditions.begun(words).any(|phrase| !goes_on(phrase))
}

/// The first word of a text, with its accents and without capitals and the marks behind it.
fn first_word(text: &str) -> Option<String> {
    let first = text.split_whitespace().next()?;
    Some(
        first
            .trim_end_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase(),
    )
}

fn is_time(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) || WORDS.times.contains(word) || WORDS.day(word).is_some()
}

/// Whether a text that goes before others is one for what follows: "Unless the walk is clear by eight, ".
pub(super) fn leads(text: &str) -> bool {
    let trimmed = text.trim();
    let (first, rest) = trimmed.split_once(char::is_whitespace).unwrap_or((trimmed, ""));
    let clause = if WORDS.leads_in.contains(&first.to_lowercase()) {
        rest
    } else {
        trimmed
    };
    let last = trimmed.rsplit_once(char::is_whitespace).map(|(_, last)| last);
    let is_parted = trimmed.ends_with([',', '—', '–']) || last.is_some_and(|last| WORDS.then.contains(last));
    // Few set a comma behind every "if".
    let is_whole = first_word(clause).is_some_and(|first| WORDS.whole.contains(&first));
    has_words(text) && (is_parted || is_whole) && begins(clause)
}
