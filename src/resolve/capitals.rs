//! How a text writes its words: which of them it has with a capital inside a sentence, as names have.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::full_names::FullNames;
use super::labels::Label;
use super::words::Words;

/// The words of a text, gone through once, when they are first asked for.
#[derive(Debug, Default)]
pub struct Capitals<'a> {
    text: &'a str,
    words: OnceCell<HashMap<&'a str, Places>>,
    /// Those with small letters, by themselves in capitals.
    written: OnceCell<HashMap<String, &'a str>>,
    /// Whom the text names in full.
    full_names: OnceCell<FullNames<'a>>,
}

/// Where a word stands, among others.
#[derive(Clone, Copy, Debug, Default)]
struct Places {
    inside: bool,
    at_beginning: bool,
}

impl<'a> Capitals<'a> {
    /// Those of a text.
    pub const fn of(text: &'a str) -> Self {
        Self {
            text,
            words: OnceCell::new(),
            written: OnceCell::new(),
            full_names: OnceCell::new(),
        }
    }

    /// Whether the text has a word as it is written, wherever.
    pub(super) fn has(&self, word: &str) -> bool {
        self.words().contains_key(word)
    }

    /// Whether the text has a word inside a sentence, where its capital is that of a name.
    pub(super) fn has_inside(&self, word: &str) -> bool {
        self.words().get(word).is_some_and(|places| places.inside)
    }

    /// Whether the text has a word at the beginning of a sentence.
    pub(super) fn begins(&self, word: &str) -> bool {
        self.words().get(word).is_some_and(|places| places.at_beginning)
    }

    /// How a text writes a word elsewhere that stands in capitals only: `McCay` for `MCCAY`.
    pub(super) fn written_as(&self, shouted: &str) -> Option<&'a str> {
        let written = self.written.get_or_init(|| {
            let mut written: HashMap<String, &'a str> = HashMap::new();
            let words = self.words().keys().copied();
            for word in
                words.filter(|word| word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase))
            {
                let form = written.entry(word.to_uppercase()).or_insert(word);
                *form = word.min(*form);
            }
            written
        });
        written.get(shouted).copied()
    }

    /// The only full name of the text that a label means, as a language writes names.
    pub(super) fn named_in_full(&self, language: &Words, label: &Label<'_>) -> Option<&'a str> {
        let names = self
            .full_names
            .get_or_init(|| FullNames::of(language, self.text, |word| self.has(word)));
        names.only(language, &label.title(), &label.surname)
    }

    fn words(&self) -> &HashMap<&'a str, Places> {
        self.words.get_or_init(|| {
            let mut words: HashMap<&'a str, Places> = HashMap::new();
            let mut at = 0;
            for word in self.text.split(|c: char| !c.is_alphanumeric() && c != '-') {
                if !word.is_empty() {
                    let before = &self.text[..at];
                    let places = words.entry(word).or_default();
                    places.inside |= is_inside(before);
                    places.at_beginning |= begins(before);
                }
                let parting = self.text[at + word.len()..].chars().next();
                at += word.len() + parting.map_or(0, char::len_utf8);
            }
            words
        })
    }
}

/// Whether a sentence goes on behind some words: `the mayor `, `“We will sue,” `.
fn is_inside(before: &str) -> bool {
    let Some(before) = before.strip_suffix(' ') else {
        return false;
    };
    let quoted = before.strip_suffix(['”', '"', '’', '»']);
    let behind_words = quoted.is_some_and(|quoted| quoted.ends_with([',', '?', '!']));
    behind_words || before.ends_with(|c: char| c.is_alphanumeric() || c == ',')
}

fn begins(before: &str) -> bool {
    before.is_empty() || before.trim_end_matches(' ').ends_with(['.', '!', '?', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_inside_a_sentence_is_told_from_one_at_its_beginning() {
        let capitals =
            Capitals::of("Cities pay. So Hawks said. “We will sue,” Adams said. “No.” Others left.");
        assert!(capitals.begins("Cities") && !capitals.has_inside("Cities"));
        assert!(capitals.has_inside("Hawks") && capitals.has_inside("Adams"));
        assert!(!capitals.has_inside("Others") && capitals.has("pay") && !capitals.has("Pay"));
    }
}
