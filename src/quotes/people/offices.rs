//! Offices that are told apart by the words around the noun: `deputy mayor` and `mayor`, `fire chief` and `police chief`.

use crate::quotes::lexicon::{Language, Traits, Word};
use crate::quotes::tokens::Token;

/// Words before and behind an office that may tell which it is.
const NEAR: usize = 4;

/// Who is named with a noun for an office, and where.
pub(super) struct Held {
    pub(super) at: usize,
    pub(super) person: usize,
    pub(super) which: Which,
}

/// What the words around a noun tell of the office: nothing, in most cases.
#[derive(Default)]
pub(super) struct Which {
    /// Words that make another office of one: `deputy`, `vice`, `minority`.
    ranks: Vec<Word>,
    /// What it is an office of: `fire`, `district`.
    kinds: Vec<Word>,
    /// Of which party whoever bears it is.
    parties: Vec<Word>,
}

impl Which {
    /// What the words before an office and behind "of" tell of it. `office` is its position among the tokens.
    pub(super) fn of(language: &Language, tokens: &[Token], office: usize) -> Self {
        let mut which = Self::default();
        let before = tokens[..office].iter().rev();
        let before = before
            .take(NEAR)
            .take_while(|token| token.is_word() && !token.is(Traits::AND));
        let behind = &tokens[(office + 1).min(tokens.len())..];
        let is_of = behind
            .first()
            .is_some_and(|of| of.is(Traits::OF.or(Traits::BLAMES)));
        let behind = behind
            .iter()
            .take(NEAR)
            .take_while(|token| token.is_word() && !token.is(Traits::CUE));
        let behind = behind.filter(|_| is_of);
        for token in before {
            let word = language.office(token.word);
            if language.is_rank(word) {
                which.ranks.push(word);
            }
            if language.is_kind(word) {
                which.kinds.push(word);
            }
            if language.is_party(word) {
                which.parties.push(word);
            }
        }
        which.kinds.extend(
            behind
                .map(|token| token.word)
                .filter(|word| language.is_kind(*word)),
        );
        which
    }

    /// Where the words begin that tell more of an office than its naming has: `Liberal vice presidential` before `nominee Ana Lima`.
    pub(super) fn begin(language: &Language, tokens: &[Token], naming: usize) -> usize {
        let tells = |token: &&Token| {
            let word = language.office(token.word);
            let is_told = language.is_rank(word) || language.is_kind(word) || language.is_party(word);
            token.is_word() && is_told && !token.shape.is_possessive
        };
        naming - tokens[..naming].iter().rev().take(NEAR).take_while(tells).count()
    }

    /// Whether both may tell the same office: of the same rank, and of no different kinds or parties.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        let holds = |all: &[Word], some: &[Word]| some.iter().all(|word| all.contains(word));
        let are_of_rank = holds(&self.ranks, &other.ranks) && holds(&other.ranks, &self.ranks);
        let may_be_one = |own: &[Word], other: &[Word]| {
            own.is_empty() || other.is_empty() || own.iter().any(|word| other.contains(word))
        };
        are_of_rank && may_be_one(&self.kinds, &other.kinds) && may_be_one(&self.parties, &other.parties)
    }
}

/// The only one of those who bear an office of a kind.
pub(super) fn only_of(holders: &[Held], which: &Which) -> Option<usize> {
    let mut fitting = holders.iter().filter(|held| which.agrees(&held.which));
    let person = fitting.next()?.person;
    fitting.all(|other| other.person == person).then_some(person)
}
