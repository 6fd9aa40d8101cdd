//! The phrases by which somebody's own text is known, read once out of their data files.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::model::tongue::Tongue;

static ENGLISH: LazyLock<OwnWords> = LazyLock::new(|| OwnWords::read(include_str!("../en/own.txt")));
static SPANISH: LazyLock<OwnWords> = LazyLock::new(|| OwnWords::read(include_str!("../es/own.txt")));

/// Words of the longest phrase.
const LONGEST: usize = 5;

/// The phrases of a language, by the names of their lists.
pub(super) struct OwnWords(HashMap<&'static str, HashSet<&'static str>>);

impl OwnWords {
    pub(super) fn of(tongue: Tongue) -> &'static Self {
        match tongue {
            Tongue::English => &ENGLISH,
            Tongue::Spanish => &SPANISH,
        }
    }

    fn read(file: &'static str) -> Self {
        let lines = file.lines().filter(|line| !line.starts_with('#'));
        let lists = lines.filter_map(|line| line.split_once(':'));
        Self(
            lists
                .map(|(name, phrases)| {
                    (
                        name,
                        phrases
                            .split(';')
                            .map(str::trim)
                            .filter(|phrase| !phrase.is_empty())
                            .collect(),
                    )
                })
                .collect(),
        )
    }

    /// Whether a list holds a phrase, which is in small letters.
    pub(super) fn has(&self, list: &str, phrase: &str) -> bool {
        let phrases = self.0.get(list).expect("a list that every language has");
        phrases.contains(phrase)
    }

    /// A word without the ending of a list that it has.
    pub(super) fn without_ending<'w>(&self, list: &str, word: &'w str) -> Option<&'w str> {
        let mut endings = self.0.get(list).expect("a list that every language has").iter();
        endings.find_map(|ending| word.strip_suffix(ending))
    }

    /// Whether a line begins with a phrase of a list.
    pub(super) fn begins(&self, list: &str, line: &str) -> bool {
        let words = words(line, LONGEST);
        (1..=words.len()).any(|end| self.has(list, &words[..end].join(" ")))
    }

    /// Whether a line is a phrase of a list and nothing else.
    pub(super) fn is(&self, list: &str, line: &str) -> bool {
        self.has(list, &words(line, LONGEST + 1).join(" "))
    }
}

/// The first words of a line in small letters, without the marks around them.
pub(super) fn words(line: &str, most: usize) -> Vec<String> {
    let bare = line
        .split_whitespace()
        .map(|word| word.trim_matches(|mark: char| !mark.is_alphanumeric()));
    bare.filter(|word| !word.is_empty())
        .take(most)
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_the_same_lists() {
        let lists = |words: &OwnWords| {
            let mut lists: Vec<&str> = words.0.keys().copied().collect();
            lists.sort_unstable();
            lists
        };
        assert_eq!(lists(&ENGLISH), lists(&SPANISH));
    }

    #[test]
    fn a_line_is_or_begins_with_a_phrase() {
        let english = OwnWords::of(Tongue::English);
        assert!(english.is("closing", "Yours truly,"));
        assert!(!english.is("closing", "Yours truly is what he wrote."));
        assert!(english.begins("coda", "For more information, call."));
        assert!(!english.begins("coda", "Aboutness is no word."));
    }
}
