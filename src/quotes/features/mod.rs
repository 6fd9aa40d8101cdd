//! What is measured of a marked stretch and of somebody who may have said it: the rows that the forests judge.
//!
//! Features are general (distances, kinds, marks and word lists); none knows a certain word or name. Their order is
//! that of the tables, so a new one is added at the end of its group and the tables are fitted anew.

mod between;
mod candidate;
mod naming;
mod stretch;

use super::lexicon::{CueClass, Traits};
use super::tokens::Token;

pub(super) use candidate::{Around, Identity, OF_CANDIDATE, measure_candidate};
pub(super) use naming::Known;
pub(super) use stretch::{OF_STRETCH, of_stretch, read_inner_words};

/// Values of one case in the order of the tables.
pub type Row = Vec<f32>;

/// A distance that stands for none.
const FAR: f32 = 40.0;

/// The numbers of the lists that tell neighbours apart, in their order.
const KINDS: [f32; Traits::TELLING] = [
    20.0, 22.0, 23.0, 24.0, 25.0, 26.0, 27.0, 19.0, 10.0, 11.0, 12.0, 14.0, 13.0, 30.0, 31.0, 32.0, 33.0,
    34.0, 15.0, 28.0, 29.0, 37.0, 38.0,
];

/// Tokens told apart as far as a neighbour matters; what is alike has near numbers.
fn kind_of(token: Option<&Token>) -> f32 {
    let Some(token) = token else { return 0.0 };
    if !token.is_word() {
        return match () {
            () if token.is_mark(',') => 1.0,
            () if token.is_mark(':') => 2.0,
            () if token.is_dash() => 3.0,
            () if token.ends_sentence() => 4.0,
            () if token.is_mark(';') => 5.0,
            () if token.is_mark('(') => 6.0,
            () => 7.0,
        };
    }
    // Capitalised, nouns for works and papers are rather parts of names.
    let lists = match token.shape.is_capital {
        true => token.traits.without(Traits::ARTWORK.or(Traits::PAPER)),
        false => token.traits,
    };
    if let Some(number) = KINDS.get(lists.first()) {
        return *number;
    }
    match () {
        () if token.shape.is_possessive => 35.0,
        () if token.is(Traits::ROLE.or(Traits::TITLE)) => 39.0,
        () if token.is_name() => 40.0,
        () if token.shape.is_number => 41.0,
        () if token.shape.ends_in_ing => 16.0,
        () if token.is(Traits::ADVERB) || token.shape.ends_in_ly => 18.0,
        () if token.shape.ends_in_ed => 17.0,
        () => 45.0,
    }
}

fn class_of(class: Option<CueClass>, token: Option<&Token>) -> f32 {
    match class {
        None => 0.0,
        Some(CueClass::Say) if token.is_some_and(|token| token.is(Traits::COMMON_SAY)) => 1.0,
        Some(CueClass::Say) => 2.0,
        Some(CueClass::Call) => 3.0,
        Some(CueClass::Think) => 4.0,
    }
}

const fn flag(is: bool) -> f32 {
    if is { 1.0 } else { 0.0 }
}
