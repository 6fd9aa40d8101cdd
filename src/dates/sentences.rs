//! Sentences and paragraphs around a stretch of text.

use crate::model::span::Span;

/// How many words a stretch has.
pub(super) fn words(stretch: &str) -> usize {
    stretch.split_whitespace().count()
}

/// How far a sentence is looked for, in bytes, on either side.
const SENTENCE: usize = 1200;

/// The sentence in which `inner` stands.
pub(super) fn sentence(text: &str, inner: Span) -> Span {
    let low = text.floor_char_boundary(inner.start().saturating_sub(SENTENCE));
    let high = text.ceil_char_boundary((inner.end() + SENTENCE).min(text.len()));
    let start = (low..inner.start())
        .rev()
        .find_map(|at| ends_at(text, at).filter(|start| *start <= inner.start()))
        .unwrap_or(low);
    let end = (inner.end()..high)
        .find_map(|at| ends_at(text, at).filter(|end| *end >= inner.end()))
        .unwrap_or(high);
    let start = start.min(inner.start());
    Span::of(text, start..end.max(inner.end())).unwrap_or(inner)
}

/// Where the next sentence begins, if one ends with the byte at `at`.
fn ends_at(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    match bytes[at] {
        b'\n' => return Some(at + 1),
        b'.' if is_abbreviation(text.get(..at)?) => return None,
        b'.' | b'!' | b'?' => {}
        _ => return None,
    }
    let rest = text.get(at + 1..)?;
    let behind = rest.trim_start_matches(['"', '”', '’', '\'', ')']);
    let next = behind.trim_start_matches([' ', '\t']);
    let opens = next.chars().next().is_none_or(|c| {
        c.is_uppercase() || c.is_numeric() || matches!(c, '“' | '‘' | '"' | '\'' | '\n' | '(')
    });
    (next.len() < behind.len() || next.starts_with('\n') || next.is_empty())
        .then_some(())
        .filter(|()| opens)
        .map(|()| text.len() - next.len())
}

/// Whether the word before a stop is one that is shortened.
fn is_abbreviation(before: &str) -> bool {
    const SHORT: [&str; 31] = [
        "Mr", "Mrs", "Ms", "Dr", "Gov", "Sen", "Rep", "Gen", "Lt", "Col", "Sgt", "St", "Jr", "Sr", "Prof",
        "Rev", "Jan", "Feb", "Mar", "Apr", "Aug", "Sept", "Oct", "Nov", "Dec", "No", "Inc", "Corp", "Co",
        "vs", "Hon",
    ];
    let word = before
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    // An initial, or a part of "U.S." and "a.m.".
    word.chars().count() == 1 || SHORT.contains(&word)
}

/// The sentence before the place `at` in its paragraph.
pub(super) fn sentence_before(text: &str, at: usize) -> Option<Span> {
    let trimmed = text.get(..at)?.trim_end_matches([' ', '\t']);
    if trimmed.is_empty() || trimmed.ends_with('\n') {
        return None;
    }
    ends_with_sentence(text, trimmed.len())
}

/// The sentence before the place `at`, in its paragraph or in the one above.
pub(super) fn sentence_above(text: &str, at: usize) -> Option<Span> {
    ends_with_sentence(text, text.get(..at)?.trim_end().len())
}

/// The sentence whose last sign ends at `end`.
fn ends_with_sentence(text: &str, end: usize) -> Option<Span> {
    let last = end - text.get(..end)?.chars().next_back()?.len_utf8();
    let earlier = sentence(text, Span::of(text, last..last)?);
    (earlier.start() < end).then_some(earlier)
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
