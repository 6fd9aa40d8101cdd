//! Phrases of several words, and how they are read.

use super::super::cursor::Cursor;
use super::super::signs::{self, Opening, Signs};
use super::super::vocabulary::WordId;

/// What a phrase begins with.
pub(super) fn opening(phrase: &[WordId]) -> Opening {
    let more = |words: &[WordId]| -> Signs {
        let marks = SPELLED_OVER
            .map(signs::mark)
            .into_iter()
            .filter(|_| !words.is_empty());
        words.iter().copied().chain(marks).collect()
    };
    Opening {
        first: phrase.iter().take(1).copied().collect(),
        second: more(&phrase[1..phrase.len().min(2)]),
        later: more(&phrase[1..]),
        whole: phrase.len() == 1,
    }
}

/// The value of the first phrase that stands here; longer ones come first.
pub(super) fn longest<'t, T: Copy>(
    phrases: &[(Vec<WordId>, T)],
    here: Cursor<'t>,
) -> Option<(T, Cursor<'t>)> {
    let first = here.id();
    let mut own = phrases
        .iter()
        .filter(|(phrase, _)| phrase.first() == Some(&first));
    own.find_map(|(phrase, value)| Some((*value, spelled(phrase, here)?)))
}

/// What may stand between the words of a phrase.
const SPELLED_OVER: [char; 4] = ['-', '\'', '’', '.'];

/// Reads words that follow one another; a hyphen, an apostrophe or a stop may stand between them.
pub(super) fn spelled<'t>(phrase: &[WordId], here: Cursor<'t>) -> Option<Cursor<'t>> {
    let mut at = here;
    for (index, word) in phrase.iter().enumerate() {
        if index > 0 {
            at = at.glued_mark(&SPELLED_OVER).unwrap_or(at);
        }
        if at.id() != *word {
            return None;
        }
        at = at.next();
    }
    Some(at)
}
