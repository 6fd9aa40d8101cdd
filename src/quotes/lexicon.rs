//! The words that quotes are told by, read once out of their data files.
//!
//! Every word of a text is looked up once and bears its lists from then on, as bits ([`Traits`]); the stance of a cue is
//! asked for where a quote is made.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::body_words::BodyWords;
use super::table::Table;
use super::word::Same;
use crate::model::quote::Stance;
use crate::model::tongue::Tongue;

pub(super) use super::word::{Word, Words};

/// The lists that a word may stand on: bits, so that one question asks for any of several. Two halves, since a token with one number of
/// that length would be longer and harder to find room for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Traits {
    low: u64,
    high: u64,
}

/// Names the bits after the lists of the data files, in one place.
macro_rules! lists {
    ($($name:ident = $list:literal,)*) => {
        /// The names of the lists, in the order of their bits.
        const LISTS: &[&str] = &[$($list),*];
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "positions of bits")]
        enum Position { $($name),* }
        impl Traits {
            $(pub(super) const $name: Traits = Traits::at(Position::$name as usize);)*
        }
    };
}

lists! {
    THAT = "that",
    AND = "and",
    BUT_WHILE = "but_while",
    WHO = "who",
    TO = "to",
    OF = "of",
    AS = "as",
    TERM = "term",
    COMMON_SAY = "common_say",
    SAY = "say",
    CALL = "call",
    NOUN_CUE = "noun_cue",
    THINK = "think",
    HE_SHE_THEY = "he_she_they",
    IT = "it",
    FIRST_PERSON = "first_person",
    OBJECT_PRONOUN = "object_pronoun",
    OWNER = "owner",
    SMALL_VERB = "small_verb",
    PREPOSITION = "preposition",
    DETERMINER = "determiner",
    ARTWORK = "artwork",
    PAPER = "paper",
    NEVER_INVERTED = "never_inverted",
    DEFINITE = "definite",
    PLAIN = "plain",
    COUNT = "count",
    SOCIAL = "social",
    ROLE = "role",
    PLURAL_ROLE = "plural_role",
    TITLE = "title",
    BODY = "body",
    NEVER = "never",
    PARTICLE = "particle",
    ADVERB = "adverb",
    NEGATOR = "negator",
    ALSO_PRONOUN = "also_pronoun",
    ABBREVIATION = "abbreviation",
    SECOND_PERSON = "second_person",
    ACCORDING = "according",
    ACCORDING_ALONE = "according_alone",
    BY = "by",
    READS = "reads",
    MALE = "male",
    FEMALE = "female",
    SUFFIX = "suffix",
    TIME_NOUN = "time_noun",
    BODY_NOUN = "body_noun",
    ANY_BODY = "any_body",
    ALSO_NAME = "also_name",
    ALSO_NOUN = "also_noun",
    CONDITIONAL = "conditional",
    NEITHER = "neither",
    UNSAID = "unsaid",
    PAIR = "pair",
    PLACE = "place",
    IN_WORDS = "in_words",
    ASKER = "asker",
    STAGE = "stage",
    WITH = "with",
    FROM = "from",
    ISSUE = "issue",
    FIELD = "field",
    WHEN = "when",
    UNREAL = "unreal",
    IMAGINE = "imagine",
    FAKE = "fake",
    EARLIER = "earlier",
    VERSION = "version",
    SITE = "site",
    OCCASION = "occasion",
    HAVING = "having",
    ONLY = "only",
    PARTY = "party",
    PASSIVE = "passive",
    LOCATIVE = "locative",
    PLACE_FIRST = "place_first",
    OPEN_ABBREVIATION = "open_abbreviation",
    ASKS = "asks",
    ASKED = "asked",
    VERSUS = "versus",
    CLOCK = "clock",
    KNOW = "know",
    INTENDED = "intended",
    SHORT = "short",
    RELATIVE = "relative",
    GOES_ON = "goes_on",
    WILL = "will",
    OLD = "old",
    FORMER = "former",
    COMPOUND = "compound",
    SOMETHING = "something",
    ADDRESSES = "addresses",
    NO_ONE = "no_one",
    FICTION = "fiction",
    SHOUTS = "shouts",
    EPITHET = "epithet",
    BASED = "based",
    HELD = "held",
    NUMBERED = "numbered",
    HUMAN = "human",
    BOTH = "both",
    ANSWERER = "answerer",
    BLAMES = "blames",
    BIBLIOGRAPHY = "bibliography",
    SUBORDINATE = "subordinate",
    WITHIN = "within",
    KIN = "kin",
    MAY = "may",
    CARRIER = "carrier",
    COPY = "copy",
    QUESTION = "question",
    REPLY = "reply",
    REJECTS = "rejects",
    IDENTIFIED = "identified",
    FALSELY = "falsely",
    CHAPTER = "chapter",
    SOMEBODY = "somebody",
    BACK = "back",
    MEMBERS = "members",
    REPRESENTS = "represents",
    DEFINES = "defines",
    ANOTHER = "another",
    ACTS_ON = "acts_on",
    PUT = "put",
    INTO = "into",
    ASIDE = "aside",
}

impl Traits {
    pub(super) const CUE: Traits = Self::SAY.or(Self::CALL).or(Self::THINK);
    pub(super) const NONE: Traits = Traits { low: 0, high: 0 };
    /// The lists by which neighbours are told apart: the first of the lists above, each before those that it outweighs.
    pub(super) const TELLING: usize = Position::PAPER as usize + 1;

    /// The list at a position.
    const fn at(position: usize) -> Traits {
        match position {
            0..64 => Traits {
                low: 1 << position,
                high: 0,
            },
            _ => Traits {
                low: 0,
                high: 1 << (position - 64),
            },
        }
    }

    pub(super) const fn or(self, other: Traits) -> Traits {
        Traits {
            low: self.low | other.low,
            high: self.high | other.high,
        }
    }

    /// The position of the first list that it holds, if that is one of the lower half.
    pub(super) const fn first(self) -> usize {
        self.low.trailing_zeros() as usize
    }

    /// Without these.
    pub(super) const fn without(self, of: Traits) -> Traits {
        Traits {
            low: self.low & !of.low,
            high: self.high & !of.high,
        }
    }

    /// Whether it holds any of these.
    pub(super) const fn any(self, of: Traits) -> bool {
        (self.low & of.low) | (self.high & of.high) != 0
    }

    /// Those of these that are on the lists too.
    pub(super) const fn only(self, of: Traits) -> Traits {
        Traits {
            low: self.low & of.low,
            high: self.high & of.high,
        }
    }

    /// [`Traits::MALE`] or [`Traits::FEMALE`] for a word that tells it, else [`Traits::NONE`].
    pub(super) const fn sex(self) -> Traits {
        const BOTH: Traits = Traits::MALE.or(Traits::FEMALE);
        match self.only(BOTH) {
            sex if sex.any(Traits::MALE) && sex.any(Traits::FEMALE) => Traits::NONE,
            sex => sex,
        }
    }

    fn of_list(name: &str) -> Traits {
        let position = LISTS.iter().position(|list| *list == name);
        Traits::at(position.unwrap_or_else(|| panic!("no list is called {name}")))
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

/// The lists that are asked about few words, so that no word bears them.
const SELDOM: &[&str] = &["works", "example", "guilty", "such", "summons"];

/// A language as its data files give it. Nothing in the code of this chapter is English but what they say is;
/// another language is another folder.
#[derive(Debug, Default)]
pub(super) struct Language {
    words: Table<Traits>,
    /// The stances of verbs and of nouns for what was said.
    verbs: Words<Stance>,
    nouns: Words<Stance>,
    /// The stances of verbs with the word that follows.
    pairs: HashMap<(Word, Word), Stance, BuildHasherDefault<Same>>,
    /// The office that a title is that of: `senator` of `sen`.
    offices: Words<Word>,
    /// What is known of bodies and of what they write.
    pub(super) bodies: BodyWords,
    /// Words that make another office of one, and what offices are of.
    ranks: HashSet<Word, BuildHasherDefault<Same>>,
    kinds: HashSet<Word, BuildHasherDefault<Same>>,
    /// Parties, as they stand before an office.
    parties: HashSet<Word, BuildHasherDefault<Same>>,
    /// The words of each list of [`SELDOM`].
    seldom: HashMap<&'static str, HashSet<Word, BuildHasherDefault<Same>>>,
    /// What an owner's word ends in.
    pub(super) possessives: Vec<&'static str>,
    /// What is written onto a word that it is not: the verbs of `he’d`, `they're`.
    pub(super) contractions: Vec<&'static str>,
    /// What words end in that are no names, and nouns for several; what looks like these and is none.
    pub(super) no_name: Vec<&'static str>,
    pub(super) plural: Vec<&'static str>,
    pub(super) no_plural: Vec<&'static str>,
    /// What the forms of verbs end in that go on and that are past, and adverbs.
    pub(super) going_on: Vec<&'static str>,
    pub(super) past: Vec<&'static str>,
    pub(super) adverbs: Vec<&'static str>,
    /// What words end in that tell before a name how somebody feels; none where such words stand behind names.
    pub(super) feeling: Vec<&'static str>,
    /// The last bytes of all of these.
    pub(super) last_bytes: LastBytes,
    /// Words that begin with an apostrophe for letters left out.
    pub(super) elided: Vec<&'static str>,
    /// Whether verbs stand without a subject where it is told who is meant: `“Nadie nos avisó”, dijo.`
    pub(super) leaves_out_subjects: bool,
    /// Dashes that begin what somebody says: `—Nadie —respondió Lima.`
    pub(super) dialogue_dashes: Vec<&'static str>,
}

/// A set of bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LastBytes([u64; 4]);

impl LastBytes {
    fn of<'a>(endings: impl Iterator<Item = &'a str>) -> Self {
        let mut set = Self::default();
        for byte in endings.filter_map(|ending| ending.bytes().last()) {
            set.0[usize::from(byte >> 6)] |= 1 << (byte & 63);
        }
        set
    }

    pub(super) const fn holds(&self, byte: u8) -> bool {
        self.0[(byte >> 6) as usize] >> (byte & 63) & 1 == 1
    }
}

/// English, which also stands in where nothing is known of a text's language.
pub(super) static ENGLISH: LazyLock<Language> = LazyLock::new(|| {
    Language::read(
        include_str!("en/cues.txt"),
        include_str!("en/words.txt"),
        include_str!("en/bodies.txt"),
    )
});

/// Spanish.
static SPANISH: LazyLock<Language> = LazyLock::new(|| {
    Language::read(
        include_str!("es/cues.txt"),
        include_str!("es/words.txt"),
        include_str!("es/bodies.txt"),
    )
});

impl Language {
    /// What is known of a language.
    pub(super) fn of(tongue: Tongue) -> &'static Self {
        match tongue {
            Tongue::English => &ENGLISH,
            Tongue::Spanish => &SPANISH,
        }
    }

    fn read(cues: &'static str, words: &'static str, bodies: &'static str) -> Self {
        let mut language = Self {
            bodies: BodyWords::read(lines(bodies)),
            ..Self::default()
        };
        let mut known = Words::default();
        for line in lines(cues) {
            language.add_cue(&mut known, line);
        }
        for line in lines(words) {
            let (list, words) = line.split_once(':').expect("a list's name and its words");
            let words = words.split_whitespace();
            match list {
                "possessive" => language.possessives = words.collect(),
                "contraction" => language.contractions = words.collect(),
                "no_name" => language.no_name = words.collect(),
                "plural" => language.plural = words.collect(),
                "no_plural" => language.no_plural = words.collect(),
                "going_on" => language.going_on = words.collect(),
                "past" => language.past = words.collect(),
                "ending_adverb" => language.adverbs = words.collect(),
                "feeling" => language.feeling = words.collect(),
                "elided" => language.elided = words.collect(),
                "office_of" => language.offices.extend(words.filter_map(|pair| {
                    let (title, office) = pair.split_once('=')?;
                    Some((Word::of(title), Word::of(office)))
                })),
                "rank" => language.ranks.extend(words.map(Word::of)),
                "kind" => language.kinds.extend(words.map(Word::of)),
                "party_of_office" => language.parties.extend(words.map(Word::of)),
                list if SELDOM.contains(&list) => {
                    language
                        .seldom
                        .entry(list)
                        .or_default()
                        .extend(words.map(Word::of));
                }
                "leaves_out" => language.leaves_out_subjects = words.clone().any(|word| word == "subjects"),
                "dialogue_dash" => language.dialogue_dashes = words.collect(),
                list => words.for_each(|word| add(&mut known, list, word)),
            }
        }
        language.words = Table::of(known);
        let endings = [&language.going_on, &language.past, &language.adverbs];
        language.last_bytes = LastBytes::of(endings.into_iter().flatten().copied());
        language
    }

    /// Takes a line of cues: class, stance, forms.
    fn add_cue(&mut self, known: &mut Words<Traits>, line: &str) {
        let mut parts = line.split_whitespace();
        let class = parts.next().expect("a class");
        let stance = parts.next().and_then(Stance::from_code).expect("a stance");
        for form in parts {
            let word = Word::of(form);
            match (class, form.split_once('+')) {
                ("two", Some((first, second))) => {
                    self.pairs.insert((Word::of(first), Word::of(second)), stance);
                }
                ("noun", None) => {
                    add(known, "noun_cue", form);
                    self.nouns.entry(word).or_insert(stance);
                }
                (class, _) => {
                    add(known, class, form);
                    self.verbs.entry(word).or_insert(stance);
                }
            }
        }
    }

    /// The office that a title or a noun is that of: itself where no other word is.
    pub(super) fn office(&self, word: Word) -> Word {
        self.offices.get(&word).copied().unwrap_or(word)
    }

    /// Whether a word before an office makes another of it: `deputy`.
    pub(super) fn is_rank(&self, word: Word) -> bool {
        self.ranks.contains(&word)
    }

    /// Whether a word tells what an office is of: `fire`.
    pub(super) fn is_kind(&self, word: Word) -> bool {
        self.kinds.contains(&word)
    }

    /// Whether a word tells of which party whoever bears an office is: `liberal`.
    pub(super) fn is_party(&self, word: Word) -> bool {
        self.parties.contains(&word)
    }

    /// Whether a word is on one of the lists that are seldom asked for.
    pub(super) fn is_on(&self, list: &'static str, word: Word) -> bool {
        debug_assert!(SELDOM.contains(&list), "no list is called {list}");
        self.seldom.get(list).is_some_and(|words| words.contains(&word))
    }

    /// The lists that a word is on.
    #[inline]
    pub(super) fn traits(&self, word: Word) -> Traits {
        self.words.get(word)
    }

    /// The stance of a cue, by the word that follows too.
    pub(super) fn stance(&self, cue: Word, next: Option<Word>) -> Option<Stance> {
        let pair = next.and_then(|next| self.pairs.get(&(cue, next)));
        pair.or_else(|| self.verbs.get(&cue)).copied()
    }

    /// The stance of a noun for what was said.
    pub(super) fn stance_of_noun(&self, noun: Word) -> Option<Stance> {
        self.nouns.get(&noun).copied()
    }
}

/// Adds a word to one of the lists.
fn add(known: &mut Words<Traits>, list: &str, word: &str) {
    let traits = known.entry(Word::of(word)).or_default();
    *traits = traits.or(Traits::of_list(list));
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_words_and_every_word_its_lists() {
        for name in LISTS {
            let list = Traits::of_list(name);
            let has = |language: &Language| language.words.values().any(|traits| traits.any(list));
            assert!(has(&ENGLISH), "{name} is empty");
            assert!(has(&SPANISH), "{name} is empty in Spanish");
        }
        for list in SELDOM {
            assert!(ENGLISH.seldom.contains_key(list), "{list} is empty");
            assert!(SPANISH.seldom.contains_key(list), "{list} is empty in Spanish");
        }
        let said = ENGLISH.traits(Word::of("said"));
        assert!(said.any(Traits::SAY) && !said.any(Traits::CALL), "{said:?}");
        assert_eq!(ENGLISH.traits(Word::of("quaffled")), Traits::NONE);
    }

    #[test]
    fn a_cue_has_a_stance_also_by_the_word_that_follows() {
        let stance = |cue: &str, next: &str| ENGLISH.stance(Word::of(cue), Some(Word::of(next)));
        assert_eq!(stance("warned", "that"), Some(Stance::Warned));
        assert_eq!(stance("called", "it"), Some(Stance::Described));
        assert_eq!(stance("called", "for"), Some(Stance::Urged));
        assert_eq!(ENGLISH.stance_of_noun(Word::of("call")), Some(Stance::Urged));
        for stance in Stance::ALL {
            assert!(
                ENGLISH.verbs.values().any(|known| *known == stance),
                "no verb is {stance:?}"
            );
        }
    }
}
