//! The labels beside which pages print when they were put up or changed.

use std::collections::HashSet;
use std::sync::LazyLock;

/// A file a language.
const FILES: [&str; 2] = [include_str!("labels/en.txt"), include_str!("labels/es.txt")];

static LANGUAGES: LazyLock<Vec<Labels>> = LazyLock::new(|| FILES.into_iter().map(Labels::of).collect());

struct Labels {
    labels: Vec<Vec<&'static str>>,
    /// All words of the file.
    words: HashSet<&'static str>,
}

impl Labels {
    fn of(file: &'static str) -> Self {
        let lines = file.lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let (mut labels, mut words) = (Vec::new(), HashSet::new());
        let mut is_of_labels = true;
        for line in lines {
            if line.starts_with('[') {
                is_of_labels = line == "[labels]";
                continue;
            }
            words.extend(line.split_whitespace());
            if is_of_labels {
                labels.push(line.split_whitespace().collect());
            }
        }
        Self { labels, words }
    }

    fn make(&self, words: &[String]) -> bool {
        let stands = |label: &Vec<&str>| words.windows(label.len()).any(|part| part == label.as_slice());
        words.iter().all(|word| self.words.contains(word.as_str())) && self.labels.iter().any(stands)
    }
}

/// Whether the words of a sentence without its days are such a label, and nothing else.
pub(super) fn is_label(words: &[String]) -> bool {
    LANGUAGES.iter().any(|labels| labels.make(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::wording::Wording;

    #[test]
    fn what_says_only_when_a_page_was_changed_is_a_label() {
        let is = |text: &str| is_label(Wording::of(text).words());
        for label in [
            "Last updated:",
            "This page was last updated on",
            "Posted on at",
            "As of",
            "Última actualización:",
            "Publicado el a las",
        ] {
            assert!(is(label), "{label}");
        }
        for sentence in [
            "",
            "on the",
            "The notice is to be posted on",
            "Updated plans may be sent until",
            "The list is published on",
            "As of the new rules hold",
            "El plan será publicado el",
            "Actualizado hasta",
        ] {
            assert!(!is(sentence), "{sentence}");
        }
    }

    #[test]
    fn the_words_of_the_files_are_folded() {
        for words in LANGUAGES.iter().map(|language| &language.words) {
            for word in words {
                assert_eq!(Wording::of(word).words(), [word.to_string()]);
            }
        }
    }
}
