//! Words of opposite sense.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::words::WORDS;

/// Pairs of words of opposite sense, each both ways, cut to their stems.
static OPPOSITES: LazyLock<HashSet<(String, String)>> = LazyLock::new(|| {
    let pairs = WORDS.opposites.0.iter();
    let stems = pairs.map(|(one, other)| (stem(&one.concat()), stem(&other.concat())));
    stems
        .flat_map(|(one, other)| [(one.clone(), other.clone()), (other, one)])
        .collect()
});

/// Words that begin like the opposite of another word and are none.
static NO_OPPOSITES: LazyLock<HashSet<(String, String)>> = LazyLock::new(|| {
    let pairs = WORDS.no_opposites.0.iter();
    pairs.map(|(one, other)| (one.concat(), other.concat())).collect()
});

/// What turns a word into its opposite in front of it, and the letters that must follow.
static PREFIXES: LazyLock<Vec<(String, usize)>> = LazyLock::new(|| {
    let pairs = WORDS.prefixes.0.iter();
    let letters = |count: &[String]| count.concat().parse().expect("a number of letters");
    pairs
        .map(|(prefix, count)| (prefix.concat(), letters(count)))
        .collect()
});

/// Whether words of two sides mean the opposite of each other.
pub(super) fn are_opposite(gone: &[&str], come: &[&str]) -> bool {
    /// Words of one side; of more, one and another are not said of the same.
    const MOST: usize = 3;
    if gone.len() > MOST || come.len() > MOST {
        return false;
    }
    let is_negated = |word: &str, of: &str| {
        let mut prefixes = PREFIXES.iter();
        prefixes
            .any(|(prefix, letters)| of.len() >= *letters && word.strip_prefix(prefix.as_str()) == Some(of))
            && !NO_OPPOSITES.contains(&(word.to_owned(), of.to_owned()))
    };
    gone.iter().any(|one| {
        come.iter().any(|other| {
            OPPOSITES.contains(&(stem(one), stem(other))) || is_negated(one, other) || is_negated(other, one)
        })
    })
}

/// A word without the ending of its form, roughly: enough to know two forms of one word ("denies", "denied"; "stopping").
fn stem(word: &str) -> String {
    let ends = WORDS.endings.0.iter();
    let is_plural = |stem: &str| !(word.ends_with("ss") && stem.ends_with('s'));
    let mut stems = ends.filter_map(|end| word.strip_suffix(end.as_str()).map(|stem| (stem, end.as_str())));
    let found = stems.find(|(stem, _)| stem.len() >= 3 && is_plural(stem));
    let (stem, end) = found.unwrap_or((word, ""));
    let mut letters: Vec<char> = stem.chars().collect();
    let is_doubled = letters.len() > 3 && letters[letters.len() - 1] == letters[letters.len() - 2];
    if WORDS.doubling.contains(end) && is_doubled && !matches!(letters.last(), Some('s' | 'l')) {
        letters.pop();
    }
    if let Some(last) = letters.last_mut().filter(|last| **last == 'y') {
        *last = 'i';
    }
    letters.into_iter().collect()
}
