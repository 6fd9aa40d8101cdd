//! Stems of words, remembered: the words of a language come again and again, and a stemmer takes each apart letter by letter.

use std::cell::RefCell;

use foldhash::{HashMap, HashMapExt};
use tantivy::tokenizer::{
    Language, RawTokenizer, Stemmer, TextAnalyzer, Token, TokenFilter, TokenStream, Tokenizer,
};

/// Words that a thread remembers: most of what a few hundred texts have. When it is full, it begins anew.
const REMEMBERED: usize = 16_384;

/// A filter that puts the English stem in the place of a word, which is in small letters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stems;

impl TokenFilter for Stems {
    type Tokenizer<T: Tokenizer> = Stemmed<T>;

    fn transform<T: Tokenizer>(self, inner: T) -> Stemmed<T> {
        Stemmed { inner }
    }
}

/// The tokens of another tokenizer as stems.
#[derive(Clone, Debug)]
pub(super) struct Stemmed<T> {
    inner: T,
}

impl<T: Tokenizer> Tokenizer for Stemmed<T> {
    type TokenStream<'a> = StemStream<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        StemStream {
            inner: self.inner.token_stream(text),
        }
    }
}

/// A stream of stems.
#[derive(Debug)]
pub(super) struct StemStream<S> {
    inner: S,
}

impl<S: TokenStream> TokenStream for StemStream<S> {
    fn advance(&mut self) -> bool {
        let is_one = self.inner.advance();
        if is_one {
            MEMORY.with_borrow_mut(|memory| memory.stem(&mut self.inner.token_mut().text));
        }
        is_one
    }

    fn token(&self) -> &Token {
        self.inner.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.inner.token_mut()
    }
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
    use tantivy::tokenizer::{LowerCaser, SimpleTokenizer};

    #[test]
    fn stems_are_the_same_at_first_and_remembered() {
        let text =
            "Harbours and harbors were rebuilding; rebuilt councils' ferries, naïve 2026 a an \u{130}stanbul";
        let words = |mut analyzer: TextAnalyzer| {
            let mut stream = analyzer.token_stream(text);
            let mut words = Vec::new();
            while let Some(token) = stream.next() {
                words.push((
                    token.text.clone(),
                    token.offset_from,
                    token.offset_to,
                    token.position,
                ));
            }
            words
        };
        let plain = || TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser);
        let theirs = words(plain().filter(Stemmer::new(Language::English)).build());
        for _ in 0..2 {
            assert_eq!(words(plain().filter(Stems).build()), theirs);
        }
    }

    #[test]
    fn what_is_remembered_has_an_end() {
        let mut analyzer = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(Stems)
            .build();
        for number in 0..REMEMBERED + 10 {
            let word = format!("boat{number}s");
            let mut stream = analyzer.token_stream(&word);
            let stem = stream.next().map(|token| token.text.clone());
            assert_eq!(stem, Some(format!("boat{number}")));
        }
        MEMORY.with_borrow(|memory| assert!(memory.stems.len() <= REMEMBERED));
    }
}
