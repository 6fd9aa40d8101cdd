//! What is to be done by a day for something else to follow: "Unless paid by July 9, the fee doubles", "Forms filed by July 9 will be
//! heard". A participle tells of nothing done there, so that the day lies ahead.

use super::super::cursor::Cursor;
use super::super::vocabulary::Class;
use super::clause::{before_in_sentence, in_sentence_before, in_sentence_behind};
use super::limits::is_plural;
use super::scheduled::{CONDITION, FILED, is_planned};
use super::verbs::{is_copula, is_past};

/// Words between a participle and the one that leads to the day: "filed with the county clerk by".
const OBJECT: usize = 5;

/// Whether the day from `first` to `end` is the one by which a condition is to be met.
pub(in crate::dates) fn is_condition(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let by = before_in_sentence(first).filter(|by| by.words.is(by.id(), Class::Done));
    by.is_some_and(|by| is_asked_for(by) || is_open_condition(by)) || names_those(first, end)
}

/// Whether it only names those of whom something is told: of a day without its year no more is known than that it is the nearest.
pub(in crate::dates) fn names_those(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let by = before_in_sentence(first).filter(|by| by.words.is(by.id(), Class::Done));
    by.is_some_and(is_of_those) && is_followed(end)
}

/// Whether a condition leaves out its verb: "Unless paid by", "if filed with the clerk by".
fn is_asked_for(by: Cursor<'_>) -> bool {
    participle(by).is_some_and(|word| before_in_sentence(word).is_some_and(is_if))
}

/// Whether a condition of the present opens the sentence: "If no deal is reached by".
fn is_open_condition(by: Cursor<'_>) -> bool {
    let opens = in_sentence_before(by).find(|word| word.is_word() && before_in_sentence(*word).is_none());
    let is_of_past = |word: Cursor<'_>| {
        is_copula(word)
            || word.words.is(word.id(), Class::Perfect)
            || word.words.is(word.id(), Class::Lasting)
    };
    opens.is_some_and(is_if)
        && participle(by)
            .is_some_and(|word| before_in_sentence(word).is_some_and(|is| matches!(is.slice(), "is" | "are")))
        && !in_sentence_before(by).any(is_of_past)
}

/// Whether those of whom something is told are named by how they were filed by then: "Forms filed by", but not "Homes destroyed by".
fn is_of_those(by: Cursor<'_>) -> bool {
    participle(by)
        .filter(|word| is_planned(*word, FILED))
        .map(|word| first_of(word).unwrap_or(word))
        .is_some_and(|word| {
            let things = before_in_sentence(word);
            // "Officials said the forms filed by" tells of what others say.
            let told = in_sentence_before(word)
                .filter(|word| is_past(*word) || is_copula(*word))
                .count();
            is_plural(things) && told == 0
        })
}

/// The first of two participles that are joined: "Ballots postmarked by Nov. 20 and received by".
fn first_of(second: Cursor<'_>) -> Option<Cursor<'_>> {
    before_in_sentence(second).filter(|word| is_joining(*word))?;
    in_sentence_before(second).find(|word| is_planned(*word, FILED))
}

fn is_joining(word: Cursor<'_>) -> bool {
    matches!(word.slice(), "and" | "or")
}

/// Whether the verb of the sentence follows and looks ahead: "will be heard", "must be read"; "can be read" may be over.
fn is_followed(end: Cursor<'_>) -> bool {
    let is_class = |word: &Cursor<'_>, class| word.words.is(word.id(), class) && !word.is_capital();
    let is_ahead = |word: &Cursor<'_>| is_class(word, Class::Coming) || is_class(word, Class::Duty);
    // "and received by Nov. 27 will count".
    let is_second =
        |word: &Cursor<'_>| is_planned(*word, FILED) && before_in_sentence(*word).is_some_and(is_joining);
    let mut verbs = in_sentence_behind(end).filter(|word| !is_second(word));
    verbs
        .find(|word| is_ahead(word) || is_class(word, Class::Modal) || is_past(*word) || is_copula(*word))
        .is_some_and(|verb| is_ahead(&verb))
}

/// The participle that "by" belongs to: right before it, or before what follows it.
fn participle(by: Cursor<'_>) -> Option<Cursor<'_>> {
    let is_class = |word: &Cursor<'_>, class| word.words.is(word.id(), class);
    let is_one = |word: &Cursor<'_>| {
        let is_form = is_class(word, Class::Past) || is_class(word, Class::Participle);
        (is_form
            || word
                .words
                .past_endings
                .iter()
                .any(|ending| word.slice().ends_with(ending.as_str())))
            && !word.is_capital()
    };
    in_sentence_before(by)
        .take(OBJECT)
        .take_while(|word| word.is_word())
        .find(is_one)
}

/// Whether a word begins a condition: "if", "unless".
fn is_if(word: Cursor<'_>) -> bool {
    is_planned(word, CONDITION)
}
