//! Words near an expression that say whether it lies ahead or behind.
//!
//! What the nearest cue says is told here; what a sentence tells by its verbs in `telling`, the last day for something in
//! `limits`, what is planned for a weekday in `scheduled`. They rest on the forms of verbs (`verbs`) and on where a sentence begins and ends (`clause`).

mod clause;
mod conditions;
mod limits;
mod scheduled;
mod telling;
mod verbs;

use super::cursor::Cursor;
use super::language::Language;
use super::lexer::Kind;
use super::vocabulary::Class;
use clause::{WORDS, in_sentence_before, in_sentence_behind, is_closed, is_quotation_end};
pub(super) use clause::{begins as is_first, is_sentence_end, opens};
use conditions::is_condition;
pub(super) use conditions::names_those;
pub(super) use limits::{is_day_before, is_end_of_more, is_length_limit, is_limit, is_open_limit, leads_on};
use limits::{is_demanded, is_done, is_end_of_lasting, is_named_last, stands_before};
pub(super) use scheduled::is_scheduled;
pub(super) use telling::{
    is_behind, is_done_by, is_fixture, is_hoped_for, is_in_plan, is_of_any_day, is_of_outcome, is_planned_by,
    is_possible, is_told, opens_definition, opens_plan, opens_telling, told_of_day,
};
use verbs::{is_ahead, is_copula, is_infinitive, is_past_of, is_plan, is_to_be_done};
pub(super) use verbs::{is_day_of_match, is_day_of_verb, is_in_coming};

/// Where the words around an expression point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    /// Ahead, as what is to be done by then, which nothing else says: "through March" may be over.
    Due,
    /// Behind, as a past form farther off lets expect.
    Told,
    /// They do not say.
    Open,
}

impl Tense {
    /// Whether it points ahead.
    pub(super) fn is_ahead(self) -> bool {
        matches!(self, Tense::Future | Tense::Due)
    }
}

/// How far back a cue counts, in bytes: one anywhere in the sentence is more often another clause's.
const REACH: usize = 40;

/// What the nearest cue says before the expression from `first` to `end`, in the same sentence.
pub(super) fn tense(language: &Language, first: Cursor<'_>, end: Cursor<'_>) -> Tense {
    let Some(token) = first.token() else {
        return Tense::Open;
    };
    if is_condition(first, end) {
        return Tense::Future;
    }
    if is_past_of(first) || is_end_of_lasting(first) {
        return Tense::Past;
    }
    if stands_before(language, &language.told, first, end) {
        return Tense::Told;
    }
    if stands_before(language, &language.ahead, first, end) {
        return Tense::Future;
    }
    let from = token.start.saturating_sub(REACH);
    let mut here = first;
    for _ in 0..WORDS {
        let Some(before) = here
            .before()
            .filter(|before| before.token().is_some_and(|token| token.start >= from))
        else {
            break;
        };
        // What was said speaks of another time than who says it.
        if is_sentence_end(before, here) || is_quotation_end(before) || is_closed(before, here) {
            break;
        }
        if is_ahead(before) || is_plan(before) || is_to_be_done(before) {
            let is_done = before.words.is(before.id(), Class::Done) && is_done(before);
            return match (is_done, is_over(before)) {
                (true, _) => Tense::Past,
                // What "had been set to expire" may have done so or not.
                (_, true) => Tense::Open,
                _ => Tense::Future,
            };
        }
        if before.words.is(before.id(), Class::Behind) {
            return Tense::Past;
        }
        here = before;
    }
    let is_deadline = first
        .before()
        .is_some_and(|before| before.words.is(before.id(), Class::Deadline));
    // "They received 300 letters by Jan. 5".
    let is_by = first
        .before()
        .is_some_and(|before| before.words.is(before.id(), Class::Done) && is_done(before));
    if is_by {
        // "asked for answers by Dec. 9" looks ahead, "received 300 letters by Jan. 5" does not.
        let demands = first.before().is_some_and(is_demanded);
        return if demands { Tense::Future } else { Tense::Past };
    }
    // "The deadline was Monday".
    if first.before().is_some_and(is_copula) {
        Tense::Past
    } else if stands_before(language, &language.limits, first, end) || is_named_last(language, first) {
        Tense::Future
    } else if is_deadline && is_length_before(first) {
        Tense::Past
    } else if is_deadline {
        Tense::Due
    } else {
        Tense::Open
    }
}

/// Whether what begins at `first` ends a length of time that is told of: "the twelve months through June".
fn is_length_before(first: Cursor<'_>) -> bool {
    let length = first.before().and_then(|through| through.before());
    length.is_some_and(|unit| unit.words.is(unit.id(), Class::Units))
}

/// Whether what begins at `first` stands behind the word that opens its sentence and leads to a time: "In", but not "Since".
pub(super) fn opens_place(first: Cursor<'_>) -> bool {
    let is_lead = |word: Cursor<'_>| word.words.is(word.id(), Class::Beside);
    opens(first) && first.before().is_some_and(is_lead)
}

/// Whether the sentence tells behind `end` of what was before: "had come".
pub(super) fn tells_before(end: Cursor<'_>) -> bool {
    in_sentence_behind(end).any(|word| word.words.is(word.id(), Class::Perfect))
}

/// Where the sentence of what begins at `first` begins, if that is near; a part of it behind ";" is none.
pub(super) fn sentence_start(first: Cursor<'_>) -> usize {
    let start = |here: Cursor<'_>| here.token().map_or(0, |token| token.start);
    let mut here = first;
    for _ in 0..SENTENCE {
        match here.before() {
            Some(before) if before.slice() == ";" || !is_sentence_end(before, here) => here = before,
            _ => break,
        }
    }
    start(here)
}

/// Words and marks before a place in which its sentence begins.
const SENTENCE: usize = 24;

/// Whether what begins at `first` is said to be an end: "to Saturday", "until Saturday".
pub(super) fn is_end(first: Cursor<'_>) -> bool {
    first.before().is_some_and(|before| {
        let is_word = |class| before.words.is(before.id(), class);
        // "until May 3. By Friday" ends nothing.
        if before.before().is_some_and(|mark| is_sentence_end(mark, before)) {
            return false;
        }
        is_word(Class::Deadline)
            || is_word(Class::Infinitive)
            || matches!(before.kind(), Some(Kind::Mark('-' | '–')))
    })
}

/// Whether what stands from `first` to `end` begins a range: "January to September".
pub(super) fn opens_range(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let is_word = |class| end.words.is(end.id(), class);
    // "plans to open it in May to sell cars" is none.
    let is_to = || {
        let next = end.next();
        let is_verb = is_infinitive(end) && !next.words.is(next.id(), Class::Beside);
        !(is_verb && in_sentence_before(first).any(|word| is_ahead(word) || is_plan(word)))
    };
    is_word(Class::Infinitive) && is_to()
        || is_word(Class::Deadline)
        || matches!(end.kind(), Some(Kind::Mark('-' | '–' | '/')))
}

/// Whether one of the three words before puts what is planned into the past.
fn is_over(here: Cursor<'_>) -> bool {
    let before = (1..=3).filter_map(|back| Some(here.moved_to(here.at.checked_sub(back)?)));
    before
        .into_iter()
        .any(|before| before.words.is(before.id(), Class::Behind))
}
