//! The words that tell what kind of body a name is that of, and what bodies and people write.

use std::collections::HashMap;

use super::lexicon::{Word, Words};

/// The kinds that a body may be of, as bits: a name may tell of several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct BodyKinds(u8);

impl BodyKinds {
    pub(super) const NONE: BodyKinds = BodyKinds(0);
    pub(super) const FIRM: BodyKinds = BodyKinds(1);
    pub(super) const AGENCY: BodyKinds = BodyKinds(2);
    pub(super) const PUBLIC: BodyKinds = BodyKinds(4);
    pub(super) const PRESS: BodyKinds = BodyKinds(8);
    pub(super) const POLICE: BodyKinds = BodyKinds(16);
    pub(super) const UNION: BodyKinds = BodyKinds(32);
    pub(super) const SOCIETY: BodyKinds = BodyKinds(64);
    /// A university, hospital or museum, which nobody calls a group.
    pub(super) const HOUSE: BodyKinds = BodyKinds(128);

    fn of_list(list: &str) -> Option<Self> {
        Some(match list {
            "firm" => Self::FIRM,
            "agency" => Self::AGENCY,
            "public" => Self::PUBLIC,
            "press" => Self::PRESS,
            "police" => Self::POLICE,
            "union" => Self::UNION,
            "society" => Self::SOCIETY,
            "house" => Self::HOUSE,
            _ => return None,
        })
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any kind is on both.
    pub(super) const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }
}

/// Kinds of what is written or shown, which differ in how they tell who wrote them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum PaperKind {
    Report,
    Study,
    Letter,
    Statement,
    Suit,
    Ruling,
    Article,
    Book,
    Spot,
    Post,
}

impl PaperKind {
    fn of_list(list: &str) -> Self {
        match list {
            "report" => Self::Report,
            "study" => Self::Study,
            "letter" => Self::Letter,
            "statement" => Self::Statement,
            "suit" => Self::Suit,
            "ruling" => Self::Ruling,
            "article" => Self::Article,
            "book" => Self::Book,
            "spot" => Self::Spot,
            "post" => Self::Post,
            list => panic!("no kind of paper is called {list}"),
        }
    }
}

/// The lists of a language's file of bodies.
#[derive(Debug, Default)]
pub(super) struct BodyWords {
    kinds: Words<BodyKinds>,
    stands_for: Words<BodyKinds>,
    tells: Words<BodyKinds>,
    papers: Words<PaperKind>,
    same: Words<Word>,
    own: Vec<PaperKind>,
    /// The other lists, by their names.
    sets: HashMap<&'static str, Words<()>>,
}

impl BodyWords {
    pub(super) fn read(lines: impl Iterator<Item = &'static str>) -> Self {
        let mut read = Self::default();
        for line in lines {
            let (list, words) = line.split_once(':').expect("a list's name and its words");
            let words = words.split_whitespace();
            let pairs = words.clone().filter_map(|pair| pair.split_once('='));
            let kinds = |(word, list)| (Word::of(word), BodyKinds::of_list(list).expect("a kind of body"));
            match list {
                "stands_for" => read.stands_for.extend(pairs.map(kinds)),
                "tells" => read.tells.extend(pairs.map(kinds)),
                "paper" => read
                    .papers
                    .extend(pairs.map(|(word, kind)| (Word::of(word), PaperKind::of_list(kind)))),
                "same" => read
                    .same
                    .extend(pairs.map(|(word, other)| (Word::of(word), Word::of(other)))),
                "own" => read.own.extend(words.map(PaperKind::of_list)),
                list => match BodyKinds::of_list(list) {
                    Some(kind) => words.for_each(|word| {
                        let kinds = read.kinds.entry(Word::of(word)).or_default();
                        *kinds = kinds.or(kind);
                    }),
                    None => {
                        let set = read.sets.entry(list).or_default();
                        set.extend(words.map(|word| (Word::of(word), ())));
                    }
                },
            }
        }
        read
    }

    /// The kinds of body that a name with this word is that of.
    pub(super) fn kinds(&self, word: Word) -> BodyKinds {
        self.kinds.get(&word).copied().unwrap_or_default()
    }

    /// The kind of body that a noun stands for: `company`.
    pub(super) fn stands_for(&self, noun: Word) -> Option<BodyKinds> {
        self.stands_for.get(&noun).copied()
    }

    /// The kind of body that a noun beside a name tells: `giant`.
    pub(super) fn tells(&self, noun: Word) -> Option<BodyKinds> {
        self.tells.get(&noun).copied()
    }

    /// The kind of paper that a noun is one for.
    pub(super) fn paper(&self, noun: Word) -> Option<PaperKind> {
        self.papers.get(&noun).copied()
    }

    /// Whether two nouns are the same one for a paper, but for its form: `suit`, `lawsuit`.
    pub(super) fn is_same(&self, noun: Word, other: Word) -> bool {
        let plain = |noun: Word| self.same.get(&noun).copied().unwrap_or(noun);
        plain(noun) == plain(other)
    }

    /// Whether somebody says something himself in papers of a kind.
    pub(super) fn is_own(&self, kind: PaperKind) -> bool {
        self.own.contains(&kind)
    }

    /// Whether a word is on one of the other lists.
    pub(super) fn is(&self, list: &str, word: Word) -> bool {
        self.sets.get(list).is_some_and(|set| set.contains_key(&word))
    }
}
