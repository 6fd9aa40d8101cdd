//! Phrases that many texts have, of which the index keeps a list each.
//!
//! A phrase is found by the places of its words, which must be read of everything that has them all; so one that stands in
//! every tenth text costs a hundred times as much as a word that does. Such phrases are few, and what takes long is known
//! beforehand: a generation of the index begins with a sample of the texts, and what is frequent there is indexed like a word
//! from its first entry on. It is a partial phrase index[^combined], and it never changes what is found: a phrase that has no
//! list is looked for by the places of its words.
//!
//! [^combined]: H. E. Williams, J. Zobel and D. Bahle, "Fast phrase querying with combined indexes", ACM Transactions on
//! Information Systems 22 (4), 2004. They take the phrases from a log of questions, which a new tracker does not have.

use std::collections::HashMap;
use std::sync::Arc;

use data_encoding::HEXLOWER;
use foldhash::fast::RandomState;
use sha2::{Digest, Sha256};
use tantivy::tokenizer::{BoxTokenStream, TextAnalyzer, Token, TokenStream, Tokenizer};

use super::terms;

/// The most words of such a phrase; a longer one has one of these in it.
pub(super) const LONGEST: usize = 4;
/// One of so many texts of a sample must have it,
const FREQUENT: usize = 250;
/// and so many at the least, because less is chance.
const LEAST: usize = 4;
/// The most of a length: what all pages of a site have in common is frequent, however long it is.
const MOST: usize = 20_000;

type Map<K, V> = HashMap<K, V, RandomState>;

/// The phrases of a generation of the index, as a tree of words: whatever a phrase begins with is as frequent as it is.
#[derive(Debug, Default)]
pub struct FrequentPhrases {
    words: Map<Box<str>, u32>,
    /// The phrase that another, or a word, goes on to with a word.
    longer: Map<(Begun, u32), u32>,
    /// The phrases, folded as they are indexed.
    phrases: Vec<Box<str>>,
}

/// What a phrase begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Begun {
    Word(u32),
    Phrase(u32),
}

impl FrequentPhrases {
    /// The frequent ones among the phrases of a sample of texts.
    pub fn of_sample<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut analyzer = terms::plain();
        let mut known = Map::default();
        let texts: Vec<Vec<u32>> = texts
            .into_iter()
            .map(|text| numbered(&mut analyzer, text, &mut known))
            .collect();
        let least = (texts.len() / FREQUENT).max(LEAST);
        let mut words = vec![""; known.len()];
        for (word, number) in &known {
            words[*number as usize] = word;
        }
        let mut found = Self::default();
        // A phrase can only be frequent if what it begins with and what it ends with are, so each length is counted among
        // those that the one before left (Apriori).
        let mut shorter = frequent(&texts, 1, least, |_| true);
        for count in 2..=LONGEST {
            let among = |phrase: &[u32]| {
                shorter.contains_key(&phrase[1..]) && shorter.contains_key(&phrase[..count - 1])
            };
            let longer = most_frequent(frequent(&texts, count, least, among));
            let mut told: Vec<String> = longer.keys().map(|phrase| told(phrase, &words)).collect();
            told.sort_unstable();
            told.iter().for_each(|phrase| found.add(phrase));
            shorter = longer;
        }
        found
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// Reads what was [written](Self::written).
    pub(super) fn read(written: &str) -> Self {
        let mut read = Self::default();
        written.lines().for_each(|phrase| read.add(phrase));
        read
    }

    /// A line a phrase, the shorter ones first.
    pub(super) fn written(&self) -> String {
        self.phrases
            .iter()
            .flat_map(|phrase| [phrase.as_ref(), "\n"])
            .collect()
    }

    /// What tells these phrases from others.
    pub(super) fn digest(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(self.written()))
    }

    /// Adds a phrase, where what it begins with is one already or a word.
    fn add(&mut self, phrase: &str) {
        let mut words = phrase
            .split(' ')
            .map(|word| self.number(word))
            .collect::<Vec<_>>()
            .into_iter();
        let (Some(first), Some(last)) = (words.next(), words.next_back()) else {
            return;
        };
        let begun = words.try_fold(Begun::Word(first), |begun, word| {
            self.longer.get(&(begun, word)).copied().map(Begun::Phrase)
        });
        let Some(begun) = begun else { return };
        let next = self.phrases.len() as u32;
        if *self.longer.entry((begun, last)).or_insert(next) == next {
            self.phrases.push(phrase.into());
        }
    }

    fn number(&mut self, word: &str) -> u32 {
        number(&mut self.words, word)
    }
}

fn number(known: &mut Map<Box<str>, u32>, word: &str) -> u32 {
    if let Some(number) = known.get(word) {
        return *number;
    }
    let number = known.len() as u32;
    known.insert(word.into(), number);
    number
}

/// The words of a text by their numbers.
fn numbered(analyzer: &mut TextAnalyzer, text: &str, known: &mut Map<Box<str>, u32>) -> Vec<u32> {
    let mut numbers = Vec::new();
    let mut stream = analyzer.token_stream(text);
    while let Some(token) = stream.next() {
        numbers.push(number(known, &token.text));
    }
    numbers
}

/// Phrases of `count` words that so many texts have, of those that `among` lets pass.
fn frequent(
    texts: &[Vec<u32>],
    count: usize,
    least: usize,
    among: impl Fn(&[u32]) -> bool,
) -> Map<&[u32], usize> {
    // How many texts have it, and the last one that was met.
    let mut met: Map<&[u32], (usize, usize)> = Map::default();
    for (at, text) in texts.iter().enumerate() {
        for phrase in text.windows(count).filter(|phrase| among(phrase)) {
            let (texts, last) = met.entry(phrase).or_insert((0, usize::MAX));
            *texts += usize::from(*last != at);
            *last = at;
        }
    }
    met.into_iter()
        .filter(|(_, (texts, _))| *texts >= least)
        .map(|(phrase, (texts, _))| (phrase, texts))
        .collect()
}

/// The most frequent ones, where there are too many.
fn most_frequent(mut phrases: Map<&[u32], usize>) -> Map<&[u32], usize> {
    if phrases.len() > MOST {
        let mut counts: Vec<usize> = phrases.values().copied().collect();
        counts.sort_unstable_by_key(|count| std::cmp::Reverse(*count));
        let least = counts[MOST];
        phrases.retain(|_, count| *count > least);
    }
    phrases
}

fn told(phrase: &[u32], words: &[&str]) -> String {
    let words: Vec<&str> = phrase.iter().map(|word| words[*word as usize]).collect();
    words.join(" ")
}

/// Cuts a text into the frequent phrases that stand in it.
#[derive(Clone)]
pub(super) struct PhraseTokenizer {
    words: TextAnalyzer,
    phrases: Arc<FrequentPhrases>,
}

impl PhraseTokenizer {
    pub(super) fn new(phrases: Arc<FrequentPhrases>) -> Self {
        Self {
            words: terms::plain(),
            phrases,
        }
    }
}

impl Tokenizer for PhraseTokenizer {
    type TokenStream<'a> = PhraseStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PhraseStream<'a> {
        PhraseStream {
            words: self.words.token_stream(text),
            phrases: &self.phrases,
            begun: Vec::with_capacity(LONGEST),
            ended: Vec::with_capacity(LONGEST),
            position: 0,
            token: Token::default(),
        }
    }
}

/// The frequent phrases of a text, by the words they end with.
pub(super) struct PhraseStream<'a> {
    words: BoxTokenStream<'a>,
    phrases: &'a FrequentPhrases,
    /// What may go on with the next word.
    begun: Vec<Begun>,
    /// What ends with the last word and was not given yet.
    ended: Vec<u32>,
    /// Where the next word stands, if none is left out.
    position: usize,
    token: Token,
}

impl PhraseStream<'_> {
    /// Takes the next word; answers whether there was one.
    fn take_word(&mut self) -> bool {
        let Some(word) = self.words.next() else {
            return false;
        };
        // What is too long for a word stands between its neighbours all the same.
        if word.position != self.position {
            self.begun.clear();
        }
        self.position = word.position + 1;
        let Some(number) = self.phrases.words.get(word.text.as_str()) else {
            self.begun.clear();
            return true;
        };
        for at in 0..self.begun.len() {
            if let Some(phrase) = self.phrases.longer.get(&(self.begun[at], *number)) {
                self.ended.push(*phrase);
            }
        }
        self.begun.clear();
        self.begun.push(Begun::Word(*number));
        self.begun.extend(self.ended.iter().copied().map(Begun::Phrase));
        true
    }
}

impl TokenStream for PhraseStream<'_> {
    fn advance(&mut self) -> bool {
        while self.ended.is_empty() {
            if !self.take_word() {
                return false;
            }
        }
        let phrase = self.ended.pop().unwrap_or_default();
        self.token.text.clear();
        self.token.text.push_str(&self.phrases.phrases[phrase as usize]);
        self.token.position = self.position;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts of which so many have a phrase.
    fn sample(phrase: &str, having: usize, all: usize) -> Vec<String> {
        (0..all)
            .map(|at| match at < having {
                true => format!("word{at}a {phrase} word{at}b"),
                false => format!("word{at}a word{at}b"),
            })
            .collect()
    }

    fn of(texts: &[String]) -> FrequentPhrases {
        FrequentPhrases::of_sample(texts.iter().map(String::as_str))
    }

    fn in_text(phrases: FrequentPhrases, text: &str) -> Vec<String> {
        let mut tokenizer = PhraseTokenizer::new(Arc::new(phrases));
        let mut stream = tokenizer.token_stream(text);
        let mut found = Vec::new();
        while let Some(token) = stream.next() {
            found.push(token.text.clone());
        }
        found.sort();
        found
    }

    #[test]
    fn what_enough_texts_have_is_frequent_with_all_its_parts() {
        let phrases = of(&sample("The Ferry Board of Orrin", 8, 2_000));
        let written = phrases.written();
        let lines: Vec<&str> = written.lines().collect();
        assert_eq!(
            lines,
            [
                "board of",
                "ferry board",
                "of orrin",
                "the ferry",
                "board of orrin",
                "ferry board of",
                "the ferry board",
                "ferry board of orrin",
                "the ferry board of"
            ]
        );
        assert!(of(&sample("the ferry board", 7, 2_000)).phrases.is_empty());
        // Said often in one text is not said by many.
        assert!(of(&[vec!["the ferry"; 500].join(". ")]).phrases.is_empty());
    }

    #[test]
    fn what_was_written_is_read_and_told_apart() {
        let phrases = of(&sample("the ferry board", 50, 100));
        let read = FrequentPhrases::read(&phrases.written());
        assert_eq!(read.written(), phrases.written());
        assert_eq!(read.digest(), phrases.digest());
        assert_ne!(FrequentPhrases::default().digest(), phrases.digest());
        // A phrase whose beginning is no phrase could never be met.
        assert!(FrequentPhrases::read("a b c\nd\n\n").phrases.is_empty());
    }

    #[test]
    fn every_phrase_is_met_wherever_it_stands_and_each_time() {
        let phrases = || FrequentPhrases::read("a a\na b\nb c\na b c\n");
        assert_eq!(in_text(phrases(), "A, b; c!"), ["a b", "a b c", "b c"]);
        assert_eq!(in_text(phrases(), "a a a b"), ["a a", "a a", "a b"]);
        assert_eq!(in_text(phrases(), "a x b c"), ["b c"]);
        assert_eq!(
            in_text(phrases(), &format!("a {} b", "x".repeat(200))),
            Vec::<String>::new()
        );
        assert_eq!(in_text(phrases(), ""), Vec::<String>::new());
        assert_eq!(in_text(FrequentPhrases::default(), "a b c"), Vec::<String>::new());
    }
}
