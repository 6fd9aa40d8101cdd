//! Words near an expression that say whether it lies ahead or behind.

use super::cursor::Cursor;
use super::lexer::Kind;
use super::vocabulary::Class;

/// Where the words around an expression point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    /// They do not say.
    Open,
}

/// How far back a cue counts, in bytes: one anywhere in the sentence is more often another clause's.
const REACH: usize = 40;
/// The same in words.
const WORDS: usize = 12;

/// What the nearest cue says before the expression that begins at `first`, in the same sentence.
pub(super) fn tense(first: Cursor<'_>) -> Tense {
    let Some(token) = first.token() else {
        return Tense::Open;
    };
    let from = token.start.saturating_sub(REACH);
    let mut here = first;
    for _ in 0..WORDS {
        let Some(before) = here
            .before()
            .filter(|before| before.token().is_some_and(|token| token.start >= from))
        else {
            break;
        };
        if is_sentence_end(before, here) {
            break;
        }
        if before.words.is(before.id(), Class::Ahead) || is_plan(before) {
            // "had been expected Friday" is over.
            return if is_over(before) {
                Tense::Past
            } else {
                Tense::Future
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
    if is_deadline { Tense::Future } else { Tense::Open }
}

/// Whether a sentence ends with the mark at `mark`.
pub(super) fn is_sentence_end(mark: Cursor<'_>, next: Cursor<'_>) -> bool {
    matches!(mark.kind(), Some(Kind::Mark('.' | '?' | '!' | ';'))) && next.glued().is_none()
}

/// Whether "to" stands here behind "is", "set", "scheduled".
fn is_plan(here: Cursor<'_>) -> bool {
    here.words.is(here.id(), Class::Infinitive)
        && here
            .before()
            .is_some_and(|before| before.words.is(before.id(), Class::Planned))
}

/// Whether one of the three words before puts what is planned into the past.
fn is_over(here: Cursor<'_>) -> bool {
    let before = (1..=3).filter_map(|back| Some(here.moved_to(here.at.checked_sub(back)?)));
    before
        .into_iter()
        .any(|before| before.words.is(before.id(), Class::Behind))
}
