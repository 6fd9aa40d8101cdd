//! What a report tells in the present of a weekday: "The council votes Tuesday" is planned.
//!
//! Captions and headlines tell in the present of what is over, so that only a few verbs count, right before their day.

use super::super::cursor::Cursor;
use super::super::vocabulary::Class;
use super::clause::{before_in_sentence, in_sentence_before, in_sentence_behind};
use super::verbs::{is_copula, is_past};

/// Whether a sentence tells in the present what is planned for the weekday from `first` to `end`, and nothing of what was done.
pub(in crate::dates) fn is_scheduled(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    if is_told(first, end) || end.glued_mark(&['\'', '’', '-']).is_some() {
        return false;
    }
    let before = before_in_sentence(first);
    let verb = before
        .filter(|on| on.slice() == "on")
        .map_or(before, before_in_sentence);
    opens_time(first, end) || verb.is_some_and(is_verb)
}

/// Whether a verb of those who meet stands here, behind its subject: "The council votes", but not "after the votes".
fn is_verb(verb: Cursor<'_>) -> bool {
    let is_class = |word: Cursor<'_>, class| word.words.is(word.id(), class);
    let leads = [
        Class::Article,
        Class::Beside,
        Class::Leading,
        Class::Setting,
        Class::Number,
        Class::Infinitive,
    ];
    let is_subject =
        |subject: Cursor<'_>| subject.is_word() && !leads.iter().any(|class| is_class(subject, *class));
    is_class(verb, Class::Agenda) && !verb.is_capital() && before_in_sentence(verb).is_some_and(is_subject)
}

/// Whether a sentence opens with a time that begins with a weekday: "From Monday, the office is closed", "From Monday on, no".
fn opens_time(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let from = first
        .before()
        .filter(|from| from.slice().eq_ignore_ascii_case("from"));
    let opens = from.is_some_and(|from| before_in_sentence(from).is_none_or(|before| !before.is_word()));
    let comma = if end.slice() == "on" { end.next() } else { end };
    opens && comma.slice() == ","
}

/// Whether the sentence tells of something done, or of what was done before.
fn is_told(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let is_class = |word: Cursor<'_>, class| word.words.is(word.id(), class);
    let is_of_past = |word: Cursor<'_>| {
        is_past(word) || is_copula(word) || is_class(word, Class::Perfect) || is_class(word, Class::Reporting)
    };
    in_sentence_before(first).any(is_of_past) || in_sentence_behind(end).any(is_of_past)
}
