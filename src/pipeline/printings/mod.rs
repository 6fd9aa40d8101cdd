//! Where else the words of a quote are printed: as a quote in another document, or in running text.

mod agreement;
mod earlier;
mod office;
mod own_words;
mod printing;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashSet};

pub use self::agreement::Agreement;
use self::agreement::{INSIDE, are_of_days, is_one_altered};
pub(super) use self::agreement::{Whose, agreement, not_stock};
pub(super) use self::earlier::printed_until;
use self::earlier::{earlier_of_offices, last_printed};
pub use self::office::{BesideOffice, beside_office};
use self::own_words::FEW_WORDS;
pub(super) use self::own_words::own_words;
pub use self::own_words::words_in_marks;
pub use self::printing::Printing;
use super::today;
use crate::index::{Entry, EntryKind, IndexError, Order, Query, Searcher, Wanted};
use crate::model::id::DocumentId;
use crate::model::quote::QuoteKind;
use crate::model::source::SourceKind;
use crate::text::differing::Difference;
use crate::text::splices::Whole;
use crate::text::wording::Wording;

/// Words of a quote that running text is looked through for: its longest ones, which are in the fewest texts.
const ASKED_WORDS: usize = 12;
/// Letters of a word that is worth looking for.
const LETTERS: usize = 3;
/// Quotes and documents that are compared: the best found.
const COMPARED_QUOTES: usize = 80;
const COMPARED_DOCUMENTS: usize = 20;

/// The printings of a quote's words in other documents: word for word first, then by the day of publication, and behind
/// them what a document had in an earlier wording and has no more. Of a quote with words in marks inside, those are compared.
pub fn printings(searcher: &Searcher, own: &Entry) -> Result<Vec<Printing>, IndexError> {
    let (words, document) = (&own_words(own), &own.document);
    let wording = Wording::in_one_spelling(words);
    // Words only, so there is no day to be counted from today.
    let (Some(query), Ok(everything)) = (asking_for(words), Query::parse("topic:all", today())) else {
        return Ok(Vec::new());
    };
    let documents = |found: &[Printing]| -> HashSet<DocumentId> {
        let documents = found.iter().map(|printing| printing.entry.document.clone());
        documents.collect()
    };
    let best = |query: &Query, kind: EntryKind, limit: usize| {
        let wanted = Wanted {
            kinds: vec![kind],
            order: Order::Relevance,
            offset: 0,
            limit,
            after: None,
            is_counted: false,
        };
        searcher.search(query, &wanted)
    };
    let texts = best(&query, EntryKind::Document, COMPARED_DOCUMENTS)?.hits;
    let own_text = texts.iter().find(|hit| hit.entry.document == *document);
    let own_text = own_text.map(|hit| hit.entry.text.clone()).unwrap_or_default();
    let own_text = Whole::of(&own_text);
    let like = |query: Query| -> Result<Vec<Printing>, IndexError> {
        let hits = best(&query.like(words), EntryKind::Quote, COMPARED_QUOTES)?.hits;
        let entries = hits.into_iter().map(|hit| hit.entry);
        Ok(entries
            .filter(|entry| entry.document != *document)
            .filter_map(|entry| {
                put_together(own, (words, &own_text), &entry)
                    .or_else(|| as_quote(own, (words, &wording), entry))
            })
            .collect())
    };
    let mut found = like(everything)?;
    let quoting = documents(&found);
    for entry in texts.into_iter().map(|hit| hit.entry) {
        if entry.document != *document && !quoting.contains(&entry.document) {
            found.extend(in_running_text(own, words, &wording, entry));
        }
    }
    // How a page of today printed it before is told on the page of that printing.
    let current = documents(&found);
    if let Ok(ever) = Query::parse("topic:all asof:ever", today()) {
        let earlier = like(ever)?.into_iter();
        found.extend(earlier.filter(|printing| {
            printing.held_until().is_some() && !current.contains(&printing.entry.document)
        }));
    }
    tell_as_it_was(searcher, own, words, &mut found)?;
    found.sort_by(|one, other| key(one).cmp(&key(other)));
    Ok(found)
}

/// Tells of each printing until when the office that is one of the two had the words as the paper, which is the other, has them. What offices
/// printed before is asked once: with the words here, whosever they are.
fn tell_as_it_was(
    searcher: &Searcher,
    own: &Entry,
    words: &str,
    found: &mut [Printing],
) -> Result<(), IndexError> {
    let mut earlier: Option<Vec<Entry>> = None;
    for printing in found {
        let Some((paper, document)) = paper_and_office(own, printing) else {
            continue;
        };
        let earlier = match &mut earlier {
            Some(earlier) => earlier,
            none => none.insert(earlier_of_offices(searcher, words)?),
        };
        printing.until = last_printed(earlier, paper, document);
    }
    Ok(())
}

/// A paper's quote and the document of the office, of two printings that differ and are of one each.
fn paper_and_office<'a>(own: &'a Entry, printing: &'a Printing) -> Option<(&'a Entry, &'a DocumentId)> {
    let there = &printing.entry;
    let is_otherwise = !printing.differences.is_empty() || printing.is_other_speaker;
    let (paper, office) = match (own.source_kind, there.source_kind) {
        (SourceKind::News, SourceKind::Official) => (own, there),
        (SourceKind::Official, SourceKind::News) => (there, own),
        _ => return None,
    };
    // What an office has no more is told as that.
    let is_told = is_otherwise && paper.kind == EntryKind::Quote && printing.held_until().is_none();
    is_told.then_some((paper, &office.document))
}

fn key(printing: &Printing) -> (bool, Agreement, Option<jiff::civil::Date>, &str) {
    let entry = &printing.entry;
    let is_gone = printing.held_until().is_some();
    (is_gone, printing.agreement, entry.published_on, &entry.id)
}

/// Another quote as a printing of one with these words, if it is one.
fn as_quote(own: &Entry, (words, wording): (&str, &Wording), entry: Entry) -> Option<Printing> {
    let printed = own_words(&entry);
    let there = Wording::in_one_spelling(&printed);
    let whose = Whose::of(own, &entry);
    let agreement = agreement((words, wording), (&printed, &there), whose);
    let altered = || {
        let is_so = whose == Whose::One && are_of_days(own, &entry) && is_one_altered(wording, &there);
        is_so.then_some(Agreement::Part)
    };
    let agreement = agreement.or_else(altered)?;
    Some(Printing::new(own, words, entry, printed, agreement))
}

/// What a paper prints as one sentence of the same speaker and put together from words of an office's text, with some of this quote's
/// among them.
fn put_together(own: &Entry, (here, text): (&str, &Whole<'_>), entry: &Entry) -> Option<Printing> {
    let is_papers = entry.source_kind != SourceKind::Official
        && matches!(entry.quote, Some((QuoteKind::Direct, _)))
        && own.source_kind == SourceKind::Official;
    if !is_papers || Whose::of(own, entry) != Whose::One {
        return None;
    }
    let halves = text.halves(&entry.text)?;
    let own_words = Wording::in_one_spelling(here);
    let is_of_own = |half: &&str| {
        let found = Wording::in_one_spelling(half).found_in(&own_words);
        found.is_some_and(|(_, share)| share >= INSIDE)
    };
    halves.iter().any(is_of_own).then(|| Printing {
        differences: BTreeSet::from([Difference::Spliced]),
        ..Printing::new(own, here, entry.clone(), entry.text.clone(), Agreement::Near)
    })
}

/// The query for texts with the rarest words of a quote; best are those with most of them.
fn asking_for(words: &str) -> Option<Query> {
    let mut asked: Vec<String> = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= LETTERS)
        .map(str::to_lowercase)
        .collect();
    asked.sort_by_key(|word| (std::cmp::Reverse(word.chars().count()), word.clone()));
    asked.dedup();
    asked.truncate(ASKED_WORDS);
    let alternatives: Vec<String> = asked.iter().map(|word| format!("={word}")).collect();
    if alternatives.is_empty() {
        return None;
    }
    let text = format!("({}) topic:all", alternatives.join(" OR "));
    Query::parse(&text, today()).ok()
}

/// The words in the text of a document that does not give them as a quote: a statement or a transcript of its own.
fn in_running_text(own: &Entry, here: &str, wording: &Wording, entry: Entry) -> Option<Printing> {
    if wording.len() <= FEW_WORDS {
        return None;
    }
    let (place, share) = wording.found_in(&Wording::in_one_spelling(&entry.text))?;
    let words = entry.text[place].to_string();
    let agreement = match Wording::of(&words).words() == Wording::of(here).words() {
        true => Agreement::Same,
        false if share >= INSIDE => Agreement::Near,
        false => return None,
    };
    Some(Printing::new(own, here, entry, words, agreement))
}
