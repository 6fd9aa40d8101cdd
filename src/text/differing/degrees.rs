//! How sure and how much: "may" is not "will", and "some" are not "all".

use super::words::{Set, WORDS};

/// Whether words stand in the place of some of another degree. Of many words, one and another are not said of the same.
pub(super) fn are_apart(gone: &[&str], come: &[&str]) -> bool {
    /// Words of one side.
    const MOST: usize = 3;
    let has = |words: &[&str], side: &Set| words.iter().any(|word| side.contains(word));
    let are_few = gone.len() <= MOST && come.len() <= MOST;
    are_few
        && WORDS
            .degrees
            .0
            .iter()
            .any(|(one, other)| (has(gone, one) && has(come, other)) || (has(gone, other) && has(come, one)))
}

/// Whether words do nothing but hold back: "I think", "at least".
pub(super) fn hold_back(words: &[String]) -> bool {
    let words = match words {
        // "I think that we …"
        [before @ .., last] if WORDS.that.contains(last) => before,
        words => words,
    };
    WORDS.reservations.contains(words)
}
