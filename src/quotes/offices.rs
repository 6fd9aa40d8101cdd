//! Which office the words around a name give whom it names, beside the titles right before it.

use super::lexicon::Traits;
use super::namings::{Naming, NamingKind};
use super::sentence::Sentence;
use super::tokens::Token;

/// Tokens of words for whom a name is that of.
const INTRODUCTION: usize = 8;
/// Words between "is" and a name: `is once more the mayor`.
const BETWEEN: usize = 3;

/// The noun for an office that a sentence gives somebody outside his own naming: `The mayor, Ana Lima,`, `a neighbor named Ana Lima`, `Ana Lima
/// is the mayor of …`.
pub(super) fn told_office(sentence: &Sentence, position: usize) -> Option<&Token> {
    let naming = &sentence.namings[position];
    let noun = introduced_as(sentence, naming)
        .or_else(|| named_as(sentence, position))
        .or_else(|| is_said_to_be(sentence, position))?;
    let is_office = noun.is(Traits::ROLE.or(Traits::TITLE)) && !noun.is(Traits::BODY.or(Traits::PLURAL_ROLE));
    (is_office && !noun.shape.is_possessive).then_some(noun)
}

/// `The mayor, Ana Lima, resigned`, and not `the mayor, Ana Lima, and Boris Cruz`, who may be three.
fn introduced_as<'a>(sentence: &'a Sentence, naming: &Naming) -> Option<&'a Token> {
    let is_listed = sentence
        .tokens
        .get(naming.tokens.end + 1)
        .is_some_and(|next| next.is(Traits::AND));
    introduction(sentence, naming).filter(|_| !is_listed)?.last()
}

/// `a neighbor named Ana Lima`.
fn named_as(sentence: &Sentence, position: usize) -> Option<&Token> {
    let noun = &sentence.namings[position.checked_sub(1)?];
    let term = noun.tokens.end;
    let is_named = noun.kind == NamingKind::Role
        && term + 1 == sentence.namings[position].tokens.start
        && sentence.tokens[term].is(Traits::TERM);
    is_named.then(|| &sentence.tokens[noun.head.end - 1])
}

/// `Ana Lima is the mayor of Harbor Falls`, and neither `is no politician` nor `is not the mayor`.
fn is_said_to_be(sentence: &Sentence, position: usize) -> Option<&Token> {
    let (person, noun) = (&sentence.namings[position], sentence.namings.get(position + 1)?);
    let between = sentence.tokens.get(person.tokens.end..noun.tokens.start)?;
    let (verb, adverbs) = between.split_first()?;
    const NOT: Traits = Traits::NEGATOR.or(Traits::NO_ONE).or(Traits::UNREAL);
    let is_adverb = |token: &Token| token.is(Traits::ADVERB) && !token.is(NOT);
    let is_it = noun.kind == NamingKind::Role
        && verb.is(Traits::PASSIVE)
        && verb.is(Traits::SMALL_VERB)
        && adverbs.len() <= BETWEEN
        && adverbs.iter().all(is_adverb)
        && !sentence.tokens[noun.tokens.start].is(NOT);
    is_it.then(|| &sentence.tokens[noun.head.end - 1])
}

/// The words for whom somebody is that stand before a name and a comma, up to the noun: `her chief` of `her chief of staff, Ana Lima,`,
/// `The chairman` of `The chairman of the board, Ana Lima,`.
pub(super) fn introduction<'a>(sentence: &'a Sentence, naming: &Naming) -> Option<&'a [Token]> {
    let tokens = &sentence.tokens;
    let comma = naming
        .tokens
        .start
        .checked_sub(1)
        .filter(|at| tokens[*at].is_mark(','))?;
    let behind = tokens.get(naming.tokens.end);
    // "For the mayor, Ana Lima was a risk": there she is somebody else.
    let is_closed = behind.is_none_or(|behind| !behind.is_word());
    const PARTS: Traits = Traits::SMALL_VERB.or(Traits::CUE).or(Traits::AND);
    let led_by = |at: usize, list: Traits| at > 0 && tokens[at - 1].is(list);
    let near = (comma.saturating_sub(INTRODUCTION)..comma).rev();
    let mut words = near.take_while(|at| tokens[*at].is_word() && !tokens[*at].is(PARTS));
    let start = words.find(|at| {
        let begins = tokens[*at].is(Traits::DETERMINER.or(Traits::OWNER));
        // "The chairman of the board": the board is no one.
        begins && !led_by(*at, Traits::OF)
    })?;
    // "In a letter to the queen, Ana Lima,": neither is she.
    if led_by(start, Traits::PREPOSITION) {
        return None;
    }
    let noun = tokens[start..comma]
        .iter()
        .take_while(|token| !token.is(Traits::PREPOSITION))
        .count();
    (is_closed && noun > 1).then(|| &tokens[start..start + noun])
}

/// The words of the office in `Ana Lima, the mayor of …`.
pub(super) fn apposition(sentence: &Sentence, position: usize) -> Option<&[Token]> {
    let (person, role) = (&sentence.namings[position], sentence.namings.get(position + 1)?);
    let comma = person.tokens.end;
    let is_apposed = role.kind == NamingKind::Role
        && role.tokens.start == comma + 1
        && sentence.tokens.get(comma).is_some_and(|it| it.is_mark(','));
    is_apposed.then(|| &sentence.tokens[role.tokens.start..role.head.end])
}
