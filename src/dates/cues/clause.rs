//! Where a sentence begins and ends among tokens, and the words before and behind a place in it.

use super::super::cursor::Cursor;
use super::super::lexer::Kind;
use super::super::vocabulary::Class;

/// The same in words.
pub(super) const WORDS: usize = 12;

/// A place and all before it, the nearest first.
pub(super) fn backward<'t>(from: Cursor<'t>) -> impl Iterator<Item = Cursor<'t>> {
    std::iter::successors(Some(from), |here| here.before())
}

/// The places of the words behind one in its sentence.
pub(super) fn in_sentence_behind<'t>(end: Cursor<'t>) -> impl Iterator<Item = Cursor<'t>> + Clone {
    let on = std::iter::successors(Some(end), |here| Some(here.next()));
    on.take_while(|here| here.token().is_some() && !is_sentence_end(*here, here.next()))
        .take(WORDS)
}

/// Whether a quotation opens here; the stroke of "Monday's" stands inside a word.
pub(super) fn is_quotation_mark_before(here: Cursor<'_>) -> bool {
    matches!(here.kind(), Some(Kind::Mark('"' | '“' | '«')))
}

/// The places of the words before one in its sentence, the nearest first.
pub(super) fn in_sentence_before<'t>(start: Cursor<'t>) -> impl Iterator<Item = Cursor<'t>> + Clone {
    std::iter::successors(before_in_sentence(start), |here| before_in_sentence(*here)).take(WORDS)
}

pub(super) fn before_in_sentence(here: Cursor<'_>) -> Option<Cursor<'_>> {
    here.before().filter(|before| !is_sentence_end(*before, here))
}

/// Whether a sentence begins here, maybe behind one that ends in marks: "“…in this work.” By Friday".
pub(in crate::dates) fn begins(here: Cursor<'_>) -> bool {
    here.before().is_none_or(|before| {
        let ends_in_marks = || {
            let stop = before
                .before()
                .filter(|_| before.glued().is_some() && is_quotation_mark(before));
            stop.is_some_and(|stop| is_sentence_end(stop, before))
        };
        is_sentence_end(before, here) || ends_in_marks()
    })
}

/// Whether the word before something opens its sentence: "Within 10 days".
pub(in crate::dates) fn opens(first: Cursor<'_>) -> bool {
    before_in_sentence(first).is_some_and(|before| before_in_sentence(before).is_none())
}

/// Whether a sentence ends with the mark at `mark`.
pub(in crate::dates) fn is_sentence_end(mark: Cursor<'_>, next: Cursor<'_>) -> bool {
    let is_stop = matches!(mark.kind(), Some(Kind::Mark('.' | '?' | '!' | ';')));
    is_stop && behind_quotation(next).glued().is_none() && !is_of_shortened(mark, next)
}

/// Whether a stop belongs to a shortened word that goes on: "Feb. 6", "Gov. Lima".
fn is_of_shortened(mark: Cursor<'_>, next: Cursor<'_>) -> bool {
    let word = mark
        .before()
        .filter(|_| mark.glued().is_some() && mark.slice() == ".");
    word.is_some_and(|word| {
        let is_word = |class| word.words.is(word.id(), class);
        word.is_capital()
            && (is_word(Class::Short) && next.is_digits() || is_word(Class::Title) && next.is_capital())
    })
}

/// The place behind the marks that close a quotation here, if any do.
fn behind_quotation(mut here: Cursor<'_>) -> Cursor<'_> {
    while here.glued().is_some() && is_quotation_mark(here) {
        here = here.next();
    }
    here
}

fn is_quotation_mark(here: Cursor<'_>) -> bool {
    matches!(here.kind(), Some(Kind::Mark('"' | '”' | '’' | '\'' | '»')))
}

/// Whether a quotation closes here before a comma and the verb that reports it, as in Spain and Britain: "“…”, dijo".
pub(super) fn is_closed(mark: Cursor<'_>, comma: Cursor<'_>) -> bool {
    let verb = comma.next();
    let is_mark = matches!(mark.kind(), Some(Kind::Mark('”' | '»' | '"')));
    is_mark
        && comma.glued().is_some()
        && comma.slice() == ","
        && (verb.words.is(verb.id(), Class::Reporting) || verb.words.is(verb.id(), Class::Past))
}

/// Whether a quotation that ends with a mark of its own closes here.
pub(super) fn is_quotation_end(mut here: Cursor<'_>) -> bool {
    while here.glued().is_some() && is_quotation_mark(here) {
        let Some(before) = here.before() else {
            return false;
        };
        if matches!(
            before.kind(),
            Some(Kind::Mark(',' | '.' | '?' | '!' | '…' | '-' | '–' | '—'))
        ) {
            return true;
        }
        here = before;
    }
    false
}
