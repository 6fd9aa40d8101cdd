//! The words that quotes are told by, read once out of their data files.
//!
//! Every word of a text is looked up once and bears its lists from then on, as bits ([`Traits`]).

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

/// The lists that a word may stand on: bits, so that one question asks for any of several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Traits(u64);

/// Names the bits after the lists of the data files, in one place.
macro_rules! lists {
    ($($name:ident = $list:literal,)*) => {
        /// The names of the lists, in the order of their bits.
        const LISTS: &[&str] = &[$($list),*];
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "positions of bits")]
        enum Position { $($name),* }
        impl Traits {
            $(pub(super) const $name: Traits = Traits(1 << Position::$name as u64);)*
        }
    };
}

lists! {
    SAY = "say",
    CALL = "call",
    THINK = "think",
    NEVER_INVERTED = "never_inverted",
    COMMON_SAY = "common_say",
    DEFINITE = "definite",
    NOUN_CUE = "noun_cue",
    PLAIN = "plain",
    COUNT = "count",
    SOCIAL = "social",
    ROLE = "role",
    PLURAL_ROLE = "plural_role",
    PAPER = "paper",
    TITLE = "title",
    BODY = "body",
    NEVER = "never",
    PARTICLE = "particle",
    ADVERB = "adverb",
    DETERMINER = "determiner",
    ALSO_PRONOUN = "also_pronoun",
    ABBREVIATION = "abbreviation",
    PREPOSITION = "preposition",
    HE_SHE_THEY = "he_she_they",
    IT = "it",
    FIRST_PERSON = "first_person",
    SECOND_PERSON = "second_person",
    OBJECT_PRONOUN = "object_pronoun",
    OWNER = "owner",
    WHO = "who",
    THAT = "that",
    AND = "and",
    BUT_WHILE = "but_while",
    AS = "as",
    ACCORDING = "according",
    TO = "to",
    OF = "of",
    SMALL_VERB = "small_verb",
    TERM = "term",
    ARTWORK = "artwork",
}

impl Traits {
    pub(super) const CUE: Traits = Traits(Self::SAY.0 | Self::CALL.0 | Self::THINK.0);
    pub(super) const NONE: Traits = Traits(0);

    pub(super) const fn or(self, other: Traits) -> Traits {
        Traits(self.0 | other.0)
    }

    /// Whether it holds any of these.
    pub(super) const fn any(self, of: Traits) -> bool {
        self.0 & of.0 != 0
    }

    fn of_list(name: &str) -> Traits {
        let position = LISTS.iter().position(|list| *list == name);
        Traits(1 << position.unwrap_or_else(|| panic!("no list is called {name}")))
    }
}

/// What a cue takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CueClass {
    /// Words or a clause.
    Say,
    /// A name for something.
    Call,
    /// A thought, an act or a hearing: no cue by itself.
    Think,
}

/// The identity of a word, whatever its case: FNV-1a over its folded bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Word(u64);

impl Word {
    const EMPTY: Word = Word(0xcbf2_9ce4_8422_2325);

    pub(super) fn of(folded: &str) -> Self {
        folded.bytes().fold(Self::EMPTY, Word::then)
    }

    pub(super) const fn empty() -> Self {
        Self::EMPTY
    }

    pub(super) const fn then(self, byte: u8) -> Self {
        Word((self.0 ^ byte as u64).wrapping_mul(0x0100_0000_01b3))
    }
}

/// A word is its own hash.
#[derive(Default)]
struct Same(u64);

impl std::hash::Hasher for Same {
    fn write(&mut self, _: &[u8]) {
        unreachable!("only words are asked for");
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

static LEXICON: LazyLock<HashMap<Word, Traits, BuildHasherDefault<Same>>> = LazyLock::new(|| {
    let mut lexicon: HashMap<Word, Traits, _> = HashMap::default();
    let mut add = |list: &str, words: &str| {
        let list = Traits::of_list(list);
        for word in words.split_whitespace() {
            let traits = lexicon.entry(Word::of(word)).or_default();
            *traits = traits.or(list);
        }
    };
    for line in lines(include_str!("cue_verbs.txt")) {
        let (class, forms) = line.split_once(' ').expect("a class and its forms");
        add(class, forms);
    }
    for line in lines(include_str!("names.txt")) {
        let (list, words) = line.split_once(':').expect("a list's name and its words");
        add(list, words);
    }
    lexicon
});

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The lists that a word is on.
pub(super) fn traits(word: Word) -> Traits {
    LEXICON.get(&word).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_words_and_every_word_its_lists() {
        for name in LISTS {
            let list = Traits::of_list(name);
            assert!(LEXICON.values().any(|traits| traits.any(list)), "{name} is empty");
        }
        let said = traits(Word::of("said"));
        assert!(said.any(Traits::SAY) && !said.any(Traits::CALL), "{said:?}");
        assert_eq!(traits(Word::of("quaffled")), Traits::NONE);
    }
}
