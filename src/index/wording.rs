//! Other printings of the same words: what shares pairs of neighbouring words with a pasted text is a candidate, and
//! the closest in order of words comes first.
//!
//! Pairs (two-word shingles) stand in a field of their own, so that a printing is found which leaves words out, puts
//! others in or breaks off. That finds candidates only: how close one is, the words themselves decide.

use tantivy::query::{EmptyQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::cut::MAX_TERM_BYTES;
use super::schema::Fields;
use super::sharing::Sharing;
use super::terms;
use crate::text::wording::Wording;

/// Pairs that are asked for, the rarest of a text: those of small words alone stand in every second text. Of a long speech
/// most are in no entry but its own; half of the room is kept for those that others share.
const PAIRS: usize = 1024;
/// So many of them are asked for, however many entries have them; more only while no more than so many entries must be read
/// along: three changed words take six pairs away, and what is left finds a printing.
const RAREST: usize = 12;
const READ: u64 = 20_000;
/// Pairs that a candidate shares at least, where the text has twice as many: one word that is changed takes two away, and
/// what is left of a sentence that was cut has few.
const SHARED: usize = 3;
/// Candidates that are compared word by word.
pub(super) const COMPARED: usize = 50;

/// The pairs of neighbouring words of a text in one spelling, as terms of the index.
pub(super) fn pairs(text: &str) -> Vec<String> {
    let wording = Wording::in_one_spelling(text);
    let words = wording.words().iter().filter(|word| word.len() <= MAX_TERM_BYTES);
    let words: Vec<&String> = words.collect();
    let pairs = words.windows(2);
    pairs.map(|pair| format!("{} {}", pair[0], pair[1])).collect()
}

/// The question for what shares enough pairs with `text`; a text of one word asks for that word.
pub(super) fn candidates(fields: &Fields, searcher: &Searcher, text: &str) -> Box<dyn Query> {
    let pairs = pairs(text);
    if !pairs.is_empty() {
        return sharing(fields.pairs, searcher, pairs);
    }
    let words = terms::terms(terms::plain(), text);
    match words.first() {
        Some((word, _)) => asked(Term::from_field_text(fields.words, word)),
        None => Box::new(EmptyQuery),
    }
}

/// The question for what shares enough of some pairs in a field.
pub(super) fn sharing(field: Field, searcher: &Searcher, mut pairs: Vec<String>) -> Box<dyn Query> {
    pairs.sort();
    pairs.dedup();
    let term = |pair: &String| Term::from_field_text(field, pair);
    let mut counted: Vec<(u64, Term)> = pairs
        .iter()
        .map(term)
        .map(|term| (searcher.doc_freq(&term).unwrap_or_default(), term))
        .collect();
    let needed = (counted.len() / 2).clamp(1, SHARED);
    counted.retain(|(count, _)| *count > 0);
    counted.sort_by_key(|(count, _)| *count);
    // Its own wordings have them all.
    let fewest = counted.first().map_or(0, |(count, _)| *count);
    let alone = counted.partition_point(|(count, _)| *count == fewest);
    let too_many = counted.len().saturating_sub(PAIRS);
    counted.drain(..too_many.min(alone.saturating_sub(PAIRS / 2)));
    counted.truncate(PAIRS);
    if counted.len() < needed {
        return Box::new(EmptyQuery);
    }
    let mut read = 0;
    let affordable = counted.iter().position(|(count, _)| {
        read += count;
        read > READ
    });
    counted.truncate(affordable.unwrap_or(PAIRS).max(RAREST));
    let pairs = counted.into_iter().map(|(_, term)| term).collect();
    Box::new(Sharing::new(pairs, needed))
}

fn asked(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

/// How a text compares with the one that was pasted, the closest greatest: first how much of the pasted words it has
/// in their order, then how little else.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) struct Closeness {
    /// Share of the pasted words that stand there in their order, from 0 to 1.
    pub(super) kept: f32,
    /// Twice the common words by the words of both (Dice), from 0 to 1.
    both: f32,
}

/// Compares `text` with the words that were pasted.
pub(super) fn closeness(pasted: &Wording, text: &str) -> Closeness {
    let wording = Wording::in_one_spelling(text);
    Closeness {
        kept: pasted.shared(&wording) as f32 / pasted.len().max(1) as f32,
        both: pasted.likeness(&wording),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_more_of_the_words_is_closer_and_of_those_what_adds_less() {
        let pasted = Wording::of("We will not stop a single ferry this winter");
        let close = |text: &str| closeness(&pasted, text);
        let whole = close("“We will not stop a single ferry this winter.”");
        let longer = close("And I say: we will not stop a single ferry this winter, or the next.");
        let shorter = close("we will not stop a single ferry");
        let turned = close("this winter a single ferry will stop");
        assert!(whole > longer && longer > shorter && shorter > turned);
        assert_eq!(whole.kept, 1.0);
        assert_eq!(close("").kept, 0.0);
    }

    #[test]
    fn pairs_are_of_neighbours_whatever_stands_between() {
        assert_eq!(pairs("Won’t stop, José."), ["will not", "not stop", "stop jose"]);
        assert!(pairs("one").is_empty());
    }
}
