//! What stands between a naming and the words that it may be the speaker of.

use std::ops::Range;

use super::super::lexicon::Traits;
use super::super::namings::{Naming, NamingKind};
use super::super::sentence::{Sentence, Slot};
use super::super::tokens::Token;

/// How many values are measured.
pub(super) const OF_BETWEEN: usize = 11;

/// What verbs do that somebody does.
const DOES: Traits = Traits::CUE.or(Traits::SMALL_VERB);

/// Lists whose words between a candidate and the words tell something.
const LISTS: [Traits; 5] = [
    Traits::THAT.or(Traits::WHO),
    Traits::AND.or(Traits::BUT_WHILE),
    Traits::SAY,
    Traits::CALL.or(Traits::THINK),
    Traits::SMALL_VERB,
];

/// All of these lists: most words are on none.
const ANY: Traits = LISTS[0].or(LISTS[1]).or(LISTS[2]).or(LISTS[3]).or(LISTS[4]);

/// What stands in a piece of a sentence.
#[derive(Clone, Copy)]
pub(super) struct Between {
    /// How many tokens.
    pub(super) tokens: usize,
    /// Namings, people, those who do something, marked stretches, commas, other marks, and words of the lists.
    pub(super) values: [f32; OF_BETWEEN],
}

impl Between {
    /// What stands in a piece of a sentence beside the stretch at a slot, if that is of this sentence.
    pub(super) fn of(sentence: &Sentence, piece: &Range<usize>, own: Option<Slot>) -> Self {
        let inside = |naming: &&Naming| naming.tokens.start >= piece.start && naming.tokens.end <= piece.end;
        let (mut others, mut people, mut doing) = (0, 0, 0);
        for naming in sentence.namings.iter().filter(inside) {
            others += 1;
            people += usize::from(matches!(naming.kind, NamingKind::Person | NamingKind::Pronoun));
            // Others who do something: a verb follows.
            let next = sentence.tokens.get(naming.tokens.end);
            doing += usize::from(next.is_some_and(|next| next.is(DOES) || next.shape.ends_in_ed));
        }
        let is_between =
            |other: &&Slot| Some(**other) != own && other.before >= piece.start && other.before <= piece.end;
        let runs = sentence.runs.iter().filter(is_between).count();
        let tokens = &sentence.tokens[piece.clone()];
        let counts = Counts::of(tokens);
        let [conjunctions, joints, says, calls, verbs] = counts.lists;
        Self {
            tokens: tokens.len(),
            values: [
                few(others),
                few(people),
                few(doing),
                few(runs),
                few(counts.commas),
                few(counts.marks),
                few(conjunctions),
                few(joints),
                few(says),
                few(calls),
                few(verbs),
            ],
        }
    }
}

/// A small number as it is; all greater ones are alike.
pub(super) fn few(count: usize) -> f32 {
    (count as f32).min(9.0)
}

/// How many commas, other marks and words of each of these lists there are.
#[derive(Default)]
struct Counts {
    commas: usize,
    marks: usize,
    lists: [usize; LISTS.len()],
}

impl Counts {
    fn of(tokens: &[Token]) -> Self {
        let mut counts = Self::default();
        for token in tokens {
            if token.is(ANY) {
                for (count, list) in counts.lists.iter_mut().zip(LISTS) {
                    *count += usize::from(token.is(list));
                }
            } else if token.is_mark(',') {
                counts.commas += 1;
            } else if !token.is_word() {
                counts.marks += 1;
            }
        }
        counts
    }
}
