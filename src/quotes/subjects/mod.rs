//! Who does what a cue says.

mod behind;
mod commas;
mod governed;
mod passive;

pub(super) use behind::{apposed, inverted, inverted_behind};
pub(super) use governed::is_governed;
pub(super) use passive::{agent, blamed, is_agentless, is_passive};

use commas::{at_home, before_apposition, before_parenthesis, before_relative, described_before};
use governed::{head_before, noun_before, spokesman_of_two};

use std::cell::RefCell;

use super::lexicon::Traits;
use super::namings::Naming;
use super::sentence::Sentence;

/// Words in small letters before an office.
const DESCRIBED: usize = 2;
/// Cues before one that goes on that are passed over.
const EARLIER: usize = 3;

/// Tokens behind "and" in which a time stands that begins a clause.
const WHEN_BEGINS: usize = 4;
/// Tokens from "who" to what he does.
const RELATIVE: usize = 6;

/// Who does what the cues of a sentence say, as far as it was asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Doers(RefCell<Vec<(usize, Option<Naming>)>>);

/// Who does what a cue says.
pub(super) fn subject(sentence: &Sentence, cue: usize) -> Option<Naming> {
    let known = &sentence.doers.0;
    if let Some((_, found)) = known.borrow().iter().find(|(at, _)| *at == cue) {
        return found.clone();
    }
    let found = find_subject(sentence, cue);
    known.borrow_mut().push((cue, found.clone()));
    found
}

fn find_subject(sentence: &Sentence, cue: usize) -> Option<Naming> {
    let tokens = &sentence.tokens;
    let is_ing = tokens[cue].shape.ends_in_ing;
    let mut before = cue;
    while before > 0 && tokens[before - 1].is(Traits::ADVERB) {
        before -= 1;
    }
    // "Lima, the mayor, today announced".
    if before > 1 && tokens[before - 1].is(Traits::WHEN) && tokens[before - 2].is_mark(',') {
        before -= 1;
    }
    if is_ing
        && before > 0
        && tokens[before - 1].is(Traits::AS)
        && let Some(quoted) = quoted_as(sentence, before - 1)
    {
        return Some(quoted);
    }
    if let Some(found) = blamed(sentence, cue) {
        return Some(found);
    }
    if let Some(found) = described_before(sentence, before) {
        return Some(found);
    }
    if let Some(found) = right_before(sentence, before, is_ing).or_else(|| relative(sentence, cue)) {
        return Some(found);
    }
    let joined = before > 0 && tokens[before - 1].is(Traits::AND.or(Traits::BUT_WHILE));
    if is_ing || joined {
        // "called it a threat, stating …", "warned … and vowed …": who did the first does the second.
        // "with Lima posting … and asking": of what goes on, what went on before.
        let does = |index: &usize| {
            sentence.cue(*index).is_some() && (!tokens[*index].shape.ends_in_ing || (is_ing && joined))
        };
        // "hit back at trolls who mocked her, insisting": what tells which trolls is passed over.
        let mut earlier = (0..before).rev().filter(does).take(EARLIER);
        let earlier = earlier.find(|index| !is_restricted(sentence, *index));
        if let Some(found) =
            earlier.and_then(|index| subject(sentence, index).or_else(|| inverted(sentence, index)))
        {
            return Some(found);
        }
        if is_ing {
            let mut people = sentence
                .namings
                .iter()
                .filter(|naming| naming.tokens.end <= before);
            return people.find(|naming| !is_governed(sentence, naming)).cloned();
        }
    }
    if let Some(found) = before_relative(sentence, before) {
        return Some(found);
    }
    let before = before_parenthesis(sentence, before);
    let nearest = sentence
        .namings
        .iter()
        .rposition(|naming| naming.tokens.end <= before)?;
    let nearest = spokesman_of_two(sentence, nearest).unwrap_or(nearest);
    if before > 0
        && tokens[before - 1].is_mark(',')
        && let Some(found) = before_apposition(sentence, before - 1)
    {
        return Some(found);
    }
    // "as the mayor said", "after the mayor said": there begins a clause.
    let is_object = |naming: &Naming| {
        let begins = naming.tokens.end == before
            && naming.tokens.start > 0
            && tokens[naming.tokens.start - 1].is(Traits::AS.or(Traits::SUBORDINATE));
        is_governed(sentence, naming) && !begins
    };
    let mut chosen = nearest;
    while is_object(&sentence.namings[chosen]) {
        match chosen
            .checked_sub(1)
            .filter(|left| same_clause(sentence, *left, chosen))
        {
            Some(left) => chosen = left,
            None => break,
        }
    }
    let governed = Some(&sentence.namings[chosen]).filter(|naming| is_object(naming));
    if let Some(found) = governed
        .and_then(|naming| noun_before(sentence, naming).or_else(|| head_before(sentence, naming, before)))
        .or_else(|| at_home(sentence, governed?).cloned())
    {
        return Some(found);
    }
    let naming = &sentence.namings[chosen];
    if let Some(begun) = begun_behind(sentence, naming.tokens.end, before) {
        return somebody_from(sentence, begun, before);
    }
    let is_far = before - naming.tokens.end > 14;
    (!is_far).then(|| naming.clone())
}

/// Who stands right before a cue where that leaves no doubt: `it`, `I`, `we`, and before a cue that goes on any naming: `footage
/// of Lima saying`.
fn right_before(sentence: &Sentence, before: usize, is_ing: bool) -> Option<Naming> {
    const SUBJECTS: Traits = Traits::IT.or(Traits::FIRST_PERSON);
    const OTHERS: Traits = Traits::OWNER.or(Traits::OBJECT_PRONOUN);
    let first = &sentence.tokens[before.checked_sub(1)?];
    let mut weak = sentence.weak.iter();
    if first.is(SUBJECTS) && (first.is(Traits::IT) || !first.is(OTHERS)) && !first.shape.is_possessive {
        return weak.find(|naming| naming.tokens == (before - 1..before)).cloned();
    }
    let mut namings = sentence.namings.iter().filter(|_| is_ing);
    namings.find(|naming| naming.tokens.end == before).cloned()
}

/// `who` and `which` before a cue, where nobody is named between: `Lima, who in March called it “…”`.
fn relative(sentence: &Sentence, cue: usize) -> Option<Naming> {
    let tokens = &sentence.tokens;
    let mut near = (cue.saturating_sub(RELATIVE)..cue).rev();
    let who = near.find(|at| tokens[*at].is(Traits::RELATIVE))?;
    let is_named = |at: usize| sentence.namings.iter().any(|naming| naming.tokens.end == at + 1);
    let parts = |at: usize| !tokens[at].is_word() || sentence.cue(at).is_some() || is_named(at);
    if (who..cue).any(parts) {
        return None;
    }
    let mut weak = sentence.weak.iter();
    weak.find(|naming| naming.tokens == (who..who + 1)).cloned()
}

/// Whether a cue is that of a clause which tells who is meant: `trolls who mocked her`.
pub(super) fn is_restricted(sentence: &Sentence, cue: usize) -> bool {
    let who = relative(sentence, cue).and_then(|who| who.tokens.start.checked_sub(1));
    who.is_some_and(|before| sentence.tokens[before].is_word())
}

/// Whom somebody quotes as saying something, named right before "as"; nobody in "Lima was quoted by the Ledger as saying".
fn quoted_as(sentence: &Sentence, at: usize) -> Option<Naming> {
    let end = at
        .checked_sub(1)
        .filter(|comma| sentence.tokens[*comma].is_mark(','));
    if let Some(comma) = end {
        return before_apposition(sentence, comma);
    }
    let mut namings = sentence.namings.iter().chain(&sentence.weak);
    let quoted = namings.find(|naming| naming.tokens.end == at)?;
    (!is_governed(sentence, quoted)).then(|| quoted.clone())
}

/// Where another clause begins between a naming and a cue, with a subject of its own: `Lima played, and someone shouted`, and neither `Lima
/// left, and later said` nor `Lima, and with her the board, said`.
pub(super) fn begun_behind(sentence: &Sentence, naming: usize, before: usize) -> Option<usize> {
    let tokens = &sentence.tokens;
    let joins = |at: &usize| tokens[*at].is(Traits::AND.or(Traits::BUT_WHILE)) && tokens[at - 1].is_mark(',');
    // "Lima, and a few others, said": those are with him.
    let is_open = before > 0 && !tokens[before - 1].is_mark(',');
    let and = (naming + 1..before).rev().find(joins).filter(|_| is_open)?;
    let first = tokens.get(and + 1).filter(|_| and + 1 < before)?;
    // "and the next day said", "but the year before said".
    let near = tokens[and + 1..before].iter().take(WHEN_BEGINS);
    if near
        .clone()
        .any(|token| token.is(Traits::TIME_NOUN.or(Traits::WHEN)))
    {
        return None;
    }
    let begins = first.is(Traits::DETERMINER) && !first.is(Traits::OWNER.or(Traits::THAT))
        || first.is(Traits::SOMEBODY);
    begins.then_some(and + 1)
}

/// Who is named from a token on by a noun, of whom more may be told up to the cue: `a man behind him`; nobody where it is `someone`.
fn somebody_from(sentence: &Sentence, start: usize, before: usize) -> Option<Naming> {
    let mut namings = sentence.namings.iter().chain(&sentence.weak);
    namings
        .find(|naming| naming.tokens.start == start && naming.tokens.end <= before)
        .cloned()
}

/// Whether two namings stand in one stretch without a mark that parts clauses.
fn same_clause(sentence: &Sentence, left: usize, right: usize) -> bool {
    let between = sentence.namings[left].tokens.end..sentence.namings[right].tokens.start;
    between.len() <= 8
        && sentence.tokens[between]
            .iter()
            .all(|token| token.is_word() && !token.is(Traits::AND.or(Traits::BUT_WHILE).or(Traits::THAT)))
}
