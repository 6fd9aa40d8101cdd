//! Words of opposite sense.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::entries;

/// Pairs of words of opposite sense, each both ways, cut to their stems.
static OPPOSITES: LazyLock<HashSet<(String, String)>> = LazyLock::new(|| {
    let pairs = entries(include_str!("opposites.txt")).filter_map(|line| line.split_once(' '));
    let stems = pairs.map(|(one, other)| (stem(one), stem(other)));
    stems
        .flat_map(|(one, other)| [(one.clone(), other.clone()), (other, one)])
        .collect()
});

/// Words that begin like the opposite of another word and are none.
static NO_OPPOSITES: LazyLock<HashSet<(&str, &str)>> = LazyLock::new(|| {
    let lines = entries(include_str!("no_opposites.txt"));
    lines.filter_map(|line| line.split_once(' ')).collect()
});

/// What turns a word into its opposite in front of it, and the letters that must follow.
const PREFIXES: [(&str, usize); 7] = [
    ("un", 3),
    ("non", 4),
    ("dis", 4),
    ("il", 4),
    ("im", 5),
    ("ir", 4),
    ("in", 4),
];

/// Whether words of two sides mean the opposite of each other.
pub(super) fn are_opposite(gone: &[&str], come: &[&str]) -> bool {
    /// Words of one side; of more, one and another are not said of the same.
    const MOST: usize = 3;
    if gone.len() > MOST || come.len() > MOST {
        return false;
    }
    let is_negated = |word: &str, of: &str| {
        let mut prefixes = PREFIXES.iter();
        prefixes.any(|(prefix, letters)| of.len() >= *letters && word.strip_prefix(prefix) == Some(of))
            && !NO_OPPOSITES.contains(&(word, of))
    };
    gone.iter().any(|one| {
        come.iter().any(|other| {
            OPPOSITES.contains(&(stem(one), stem(other))) || is_negated(one, other) || is_negated(other, one)
        })
    })
}

/// A word without the ending of its form, roughly: enough to know two forms of one word ("denies", "denied"; "stopping").
fn stem(word: &str) -> String {
    let ends = ["ing", "ed", "es", "s", "e"].iter();
    let is_plural = |stem: &str| !(word.ends_with("ss") && stem.ends_with('s'));
    let mut stems = ends.filter_map(|end| word.strip_suffix(end).map(|stem| (stem, *end)));
    let found = stems.find(|(stem, _)| stem.len() >= 3 && is_plural(stem));
    let (stem, end) = found.unwrap_or((word, ""));
    let mut letters: Vec<char> = stem.chars().collect();
    let is_doubled = letters.len() > 3 && letters[letters.len() - 1] == letters[letters.len() - 2];
    if matches!(end, "ing" | "ed") && is_doubled && !matches!(letters.last(), Some('s' | 'l')) {
        letters.pop();
    }
    if let Some(last) = letters.last_mut().filter(|last| **last == 'y') {
        *last = 'i';
    }
    letters.into_iter().collect()
}
