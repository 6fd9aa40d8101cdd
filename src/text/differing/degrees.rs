//! How sure and how much: "may" is not "will", and "some" are not "all".

use std::collections::HashSet;
use std::sync::LazyLock;

use super::entries;

/// Scales, each with the words of its two sides.
static SCALES: LazyLock<Vec<[HashSet<&str>; 2]>> = LazyLock::new(|| {
    let lines = entries(include_str!("degrees.txt")).filter_map(|line| line.split_once('|'));
    let side = |words: &'static str| words.split_whitespace().collect();
    lines.map(|(one, other)| [side(one), side(other)]).collect()
});
/// Words by which somebody holds back.
static RESERVATIONS: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    let lines = entries(include_str!("reservations.txt"));
    lines.map(|line| line.split(' ').collect()).collect()
});

/// Whether words stand in the place of some of another degree. Of many words, one and another are not said of the same.
pub(super) fn are_apart(gone: &[&str], come: &[&str]) -> bool {
    /// Words of one side.
    const MOST: usize = 3;
    let has = |words: &[&str], side: &HashSet<&str>| words.iter().any(|word| side.contains(word));
    let are_few = gone.len() <= MOST && come.len() <= MOST;
    are_few
        && SCALES
            .iter()
            .any(|[one, other]| (has(gone, one) && has(come, other)) || (has(gone, other) && has(come, one)))
}

/// Whether words do nothing but hold back: "I think", "at least".
pub(super) fn hold_back(words: &[String]) -> bool {
    let words = match words {
        // "I think that we …"
        [before @ .., last] if last == "that" => before,
        words => words,
    };
    RESERVATIONS.iter().any(|reservation| {
        reservation.len() == words.len() && reservation.iter().zip(words).all(|(one, other)| one == other)
    })
}
