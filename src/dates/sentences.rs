//! What stands in a sentence: its words, and a dateline before it.

use crate::model::span::Span;

/// How many words a stretch has.
pub(super) fn words(stretch: &str) -> usize {
    stretch.split_whitespace().count()
}

/// How far a dateline reaches at most, in bytes.
const DATELINE: usize = 80;

/// The part of a sentence behind a dateline ("OLDWICK, March 2 (Ledger) — "), if it has one.
pub(super) fn behind_dateline(text: &str, sentence: Span) -> Option<Span> {
    let own = sentence.slice(text);
    let place: String = own.chars().take_while(|c| c.is_alphabetic()).collect();
    if place.chars().count() < 3 || place.chars().any(char::is_lowercase) {
        return None;
    }
    let head = own.get(..own.floor_char_boundary(DATELINE))?;
    let ends = ["—", "–", " - ", ".- "].into_iter();
    let end = ends
        .filter_map(|mark| Some(head.find(mark)? + mark.len()))
        .min()?;
    Span::of(text, sentence.start() + end..sentence.end())
}
