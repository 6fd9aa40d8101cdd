//! What a report tells in the present of a weekday: "The council votes Tuesday" is planned.

use super::super::cursor::Cursor;
use super::super::language::Language;
use super::super::lexer::Kind;
use super::super::vocabulary::Class;
use super::clause::{before_in_sentence, in_sentence_before, in_sentence_behind};
use super::limits::is_plural;
use super::verbs::{is_copula, is_past};

/// Words between a verb and its weekday in which the verb's object is named: "takes up the budget of the port".
const OBJECT: usize = 8;

/// Whether a sentence tells in the present what somebody does on the weekday from `first` to `end`, and nothing of what was done.
pub(in crate::dates) fn is_scheduled(language: &Language, first: Cursor<'_>, end: Cursor<'_>) -> bool {
    if language.present_ending.is_empty() || is_of_thing(first, end) || is_told(first, end) {
        return false;
    }
    if opens_time(first, end) {
        return true;
    }
    let is_clause_end = |word: &Cursor<'_>| matches!(word.kind(), Some(Kind::Mark(_))) && !is_hyphen(*word);
    let mut clause = in_sentence_before(first)
        .take(OBJECT)
        .take_while(|word| !is_clause_end(word));
    clause.any(|word| is_verb(language, word))
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

/// Whether a weekday says of what kind a thing is: "the Monday vote", "Monday’s vote".
fn is_of_thing(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let is_article = |word: Cursor<'_>| word.words.is(word.id(), Class::Article);
    first.before().is_some_and(is_article) || end.glued_mark(&['\'', '’', '-']).is_some()
}

/// Whether the sentence tells of something done, or of what was done before.
fn is_told(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let is_class = |word: Cursor<'_>, class| word.words.is(word.id(), class);
    let is_of_past = |word: Cursor<'_>| {
        is_past(word) || is_copula(word) || is_class(word, Class::Perfect) || is_class(word, Class::Reporting)
    };
    let is_other_clause = |word: &Cursor<'_>| is_class(*word, Class::Relative);
    in_sentence_before(first).any(is_of_past)
        || in_sentence_behind(end)
            .take_while(|word| !is_other_clause(word))
            .any(is_of_past)
}

/// Whether a word is the present of a verb, behind its subject: "The council votes", "Workers vote", but not "after two votes".
fn is_verb(language: &Language, word: Cursor<'_>) -> bool {
    let (form, ending) = (word.slice(), language.present_ending.as_str());
    let is_class = |word: Cursor<'_>, class| word.words.is(word.id(), class);
    let is_form = form.len() > ending.len() + 2
        && form.ends_with(ending)
        && !form.ends_with("ss")
        && !word.is_capital()
        && !is_class(word, Class::Stative);
    let is_subject = |subject: Cursor<'_>| {
        let leads = [
            Class::Article,
            Class::BeforeNoun,
            Class::Beside,
            Class::Leading,
            Class::Setting,
            Class::Infinitive,
        ];
        subject.is_word()
            && !subject.slice().ends_with(ending)
            && !leads.iter().any(|class| is_class(subject, *class))
    };
    let subject = in_sentence_before(word).next();
    let is_of_several = is_class(word, Class::Planning) && !word.is_capital() && is_plural(subject);
    is_of_several || is_form && subject.is_some_and(is_subject)
}

fn is_hyphen(word: Cursor<'_>) -> bool {
    matches!(word.kind(), Some(Kind::Mark('-' | '‐' | '‑' | '\'' | '’' | '.')))
}
