//! Questions that are printed as statements: "Do I trust him? I do not." is no "I trust him."

use super::words::WORDS;
use crate::text::rewording::sentences;
use crate::text::wording::{Wording, partners};

/// Words that a sentence and what is printed of it share at least.
const SHARED: usize = 3;

/// Whether a sentence is a question in one text and none in the other. Only what reaches to its end can have lost its mark.
pub(super) fn differ(old: &str, new: &str) -> bool {
    let (before, after) = (sentences(old), sentences(new));
    let pairs = partners(&before, &after).into_iter();
    let mut pairs = pairs.filter_map(|(gone, come)| Some((gone?, come?)));
    pairs.any(|(gone, come)| is_answered(gone, come) || is_answered(come, gone))
}

/// Whether the first is a question and the second prints it from a later word on, as a statement.
fn is_answered(question: &str, statement: &str) -> bool {
    if !is_question(question) || is_question(statement) {
        return false;
    }
    let (asked, stated) = (
        Wording::in_one_spelling(question),
        Wording::in_one_spelling(statement),
    );
    let (asked, stated) = (asked.words(), stated.words());
    let reaches_end = asked.last() == stated.last() && stated.iter().all(|word| asked.contains(word));
    // Printed from its first word on it is asked still, whichever mark a paper sets behind it, if that word asks.
    let asks = asked.first().is_some_and(|first| WORDS.asking.contains(first));
    let is_cut = asked.first() != stated.first();
    stated.len() >= SHARED && reaches_end && (is_cut || !asks)
}

fn is_question(sentence: &str) -> bool {
    sentence
        .trim_end()
        .trim_end_matches(['"', '”', '’', '\'', '»', ')'])
        .ends_with('?')
}
