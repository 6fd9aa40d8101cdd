//! Stems of words, remembered: the words of a language come again and again, and a stemmer takes each apart letter by letter.

use std::cell::RefCell;

use foldhash::{HashMap, HashMapExt};
use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer};

/// Words that a thread remembers: most of what a few hundred texts have. When it is full, it begins anew.
const REMEMBERED: usize = 16_384;

/// Puts the English stem in the place of a word, which is in small letters.
pub(super) fn stem(word: &mut String) {
    MEMORY.with_borrow_mut(|memory| memory.stem(word));
}

thread_local! {
    /// Each thread has its own, whatever fields and segments it writes.
    static MEMORY: RefCell<Memory> = RefCell::new(Memory {
        stems: HashMap::new(),
        stemmer: TextAnalyzer::builder(RawTokenizer::default())
            .filter(Stemmer::new(Language::English))
            .build(),
    });
}

struct Memory {
    /// By word; nothing where the word is its stem.
    stems: HashMap<Box<str>, Option<Box<str>>>,
    stemmer: TextAnalyzer,
}

impl Memory {
    /// Puts the stem of a word in its place.
    fn stem(&mut self, word: &mut String) {
        match self.stems.get(word.as_str()) {
            Some(None) => {}
            Some(Some(stem)) => {
                word.clear();
                word.push_str(stem);
            }
            None => self.learn(word),
        }
    }

    fn learn(&mut self, word: &mut String) {
        let mut stream = self.stemmer.token_stream(word);
        let stem = stream.next().map_or_else(String::new, |token| token.text.clone());
        drop(stream);
        if self.stems.len() == REMEMBERED {
            self.stems.clear();
        }
        let remembered = (stem != *word).then(|| stem.as_str().into());
        self.stems.insert(word.as_str().into(), remembered);
        *word = stem;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_are_the_same_at_first_and_remembered() {
        let words =
            "harbours and harbors were rebuilding rebuilt councils ferries naïve 2026 a an i\u{307}stanbul";
        let mut theirs = TextAnalyzer::builder(RawTokenizer::default())
            .filter(Stemmer::new(Language::English))
            .build();
        for word in words.split(' ').chain(words.split(' ')) {
            let mut ours = word.to_owned();
            stem(&mut ours);
            let mut stream = theirs.token_stream(word);
            assert_eq!(Some(ours), stream.next().map(|token| token.text.clone()));
        }
    }

    #[test]
    fn what_is_remembered_has_an_end() {
        for number in 0..REMEMBERED + 10 {
            let mut word = format!("boat{number}s");
            stem(&mut word);
            assert_eq!(word, format!("boat{number}"));
        }
        MEMORY.with_borrow(|memory| assert!(memory.stems.len() <= REMEMBERED));
    }
}
