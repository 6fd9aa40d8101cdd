//! What a token looks like to tables of what may follow: the number of its word, or a few numbers for everything else.

use super::vocabulary::WordId;

/// What a token looks like to the table: the number of its word, or one of the numbers below, which no word has.
pub(super) type Sign = u16;

/// No token at all.
pub(super) const NONE: Sign = 1;
/// Digits.
pub(super) const DIGITS: Sign = 2;
/// A mark no pattern names.
const OTHER_MARK: Sign = 3;
/// The first of the marks, in the order of `MARKS`.
const MARKS_FROM: Sign = 4;
/// The marks that patterns and forms name; those that stand for one another are one.
const MARKS: [&[char]; 9] = [
    &[','],
    &['.'],
    &[':'],
    &['/'],
    &['('],
    &[')'],
    &['\'', '’', '‘'],
    &['-', '‐', '‑', '–', '—'],
    &['½'],
];
/// The first number that a word can have.
pub(super) const FIRST_WORD: WordId = 16;

/// The signs of the marks of ASCII, which are nearly all there are.
const ASCII: [Sign; 128] = {
    let mut signs = [OTHER_MARK; 128];
    let mut group = 0;
    while group < MARKS.len() {
        let mut at = 0;
        while at < MARKS[group].len() {
            let mark = MARKS[group][at] as usize;
            if mark < 128 {
                signs[mark] = MARKS_FROM + group as Sign;
            }
            at += 1;
        }
        group += 1;
    }
    signs
};

/// The sign of a mark.
pub(super) fn mark(mark: char) -> Sign {
    if let Some(sign) = ASCII.get(mark as usize) {
        return *sign;
    }
    let known = (MARKS_FROM..).zip(MARKS).find(|(_, marks)| marks.contains(&mark));
    known.map_or(OTHER_MARK, |(sign, _)| sign)
}

/// A set of signs, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Signs([u64; WORDS]);

/// Room for the signs of one language, 64 a word.
const WORDS: usize = 32;

/// More signs than this no set holds.
pub(super) const MOST_SIGNS: usize = 64 * WORDS;

impl Signs {
    /// Every sign there is.
    pub(super) const ALL: Signs = Signs([u64::MAX; WORDS]);

    fn add(&mut self, sign: Sign) {
        self.0[usize::from(sign / 64)] |= 1 << (sign % 64);
    }

    /// Whether it holds a sign.
    pub(super) fn has(&self, sign: Sign) -> bool {
        self.0[usize::from(sign / 64)] & (1 << (sign % 64)) != 0
    }

    /// Both sets together.
    pub(super) fn and(mut self, other: Signs) -> Signs {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own |= other;
        }
        self
    }

    /// The signs, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Sign> {
        let words = (0..).step_by(64).zip(self.0);
        words.flat_map(|(from, word)| {
            (0..64)
                .filter(move |bit| word & (1 << bit) != 0)
                .map(move |bit| from + bit)
        })
    }
}

impl FromIterator<Sign> for Signs {
    fn from_iter<I: IntoIterator<Item = Sign>>(signs: I) -> Self {
        let mut set = Signs::default();
        signs.into_iter().for_each(|sign| set.add(sign));
        set
    }
}

/// A beginning of a form: what may stand first, what second and further on within the form, and whether the first
/// may be all of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opening {
    pub(super) first: Signs,
    pub(super) second: Signs,
    pub(super) later: Signs,
    pub(super) whole: bool,
}

impl Opening {
    /// One token of these.
    pub(super) fn one(first: Signs) -> Self {
        Self {
            first,
            second: Signs::default(),
            later: Signs::default(),
            whole: true,
        }
    }
}
