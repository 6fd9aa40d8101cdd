//! What people correct: kept beside what was read, laid over it wherever something is told of a quote, and told as what it is.
//!
//! The archive, the reading and the rows of it stay as they are, and so does all that `verify` checks. A correction is found again
//! by its page and words (`place`), so that it holds in a later wording and after a better reader, and never slides to words
//! that only look like it.

mod make;
mod moved;
mod place;
mod speakers;
mod standing;

use std::collections::{BTreeSet, HashMap};

pub use make::{ByHandError, Draft, Right, correct, keep, take_back};
pub(super) use moved::index_where_moved;
pub use speakers::{speaker, speakers};
pub use standing::{Standing, standings};

use self::place::laid_over;
use super::{PipelineError, Tracker};
use crate::model::by_hand::{ByHand, Corrected, Fix, HandCorrection};
use crate::model::id::{DocumentId, RevisionId};
use crate::store::{FoundRows, QuoteRow, RevisionRow};
use crate::text::days;

/// What a correction says is right, in words.
pub fn right_in_words(fix: &Fix) -> String {
    match fix {
        Fix::Speaker(Some((_, name))) => format!("said by {name}"),
        Fix::Speaker(None) => "said by nobody who is known".into(),
        Fix::Said(Some(when)) => format!("said {}", days::in_words(when)),
        Fix::Said(None) => "said on a day that is not known".into(),
        Fix::NoQuote => "no quote".into(),
    }
}

/// What a quote says with a correction laid over it, in words.
pub(super) fn right_of(quote: &QuoteRow, corrects: Corrected) -> String {
    right_in_words(&match corrects {
        Corrected::Speaker => Fix::Speaker(quote.speaker.clone().zip(quote.speaker_name.clone())),
        Corrected::Said => Fix::Said(quote.said.clone()),
        Corrected::NoQuote => Fix::NoQuote,
    })
}

/// The quotes of a revision as they are told: as they were read, with what people corrected, and without words that are nobody's.
pub async fn quotes_of(tracker: &Tracker, revision: &RevisionRow) -> Result<Vec<QuoteRow>, PipelineError> {
    let mut quotes = all_quotes_of(tracker, revision).await?;
    quotes.retain(|quote| !is_no_quote(&quote.by_hand));
    Ok(quotes)
}

/// The same with the words that are nobody's: what was noted of one leads to it still.
pub(super) async fn all_quotes_of(
    tracker: &Tracker,
    revision: &RevisionRow,
) -> Result<Vec<QuoteRow>, PipelineError> {
    let mut quotes = (tracker.store)
        .quotes_of(&revision.id, &revision.reading.text)
        .await?;
    let corrections = by_document(tracker, std::slice::from_ref(revision)).await?;
    let corrections = corrections.values().flatten();
    laid_over(&mut quotes, revision, corrections, &tracker.gazetteer);
    Ok(quotes)
}

/// Whether somebody corrected that words are nobody's.
pub fn is_no_quote(by_hand: &[ByHand]) -> bool {
    by_hand.iter().any(|told| told.corrects == Corrected::NoQuote)
}

/// Quotes and time expressions of several revisions as they are told, by the revision.
pub(super) async fn found_in(
    tracker: &Tracker,
    revisions: &[RevisionRow],
) -> Result<HashMap<RevisionId, FoundRows>, PipelineError> {
    let mut found = tracker.store.found_in(revisions).await?;
    let corrections = by_document(tracker, revisions).await?;
    for revision in revisions {
        let of_document = corrections.get(&revision.document);
        if let (Some(corrections), Some(rows)) = (of_document, found.get_mut(&revision.id)) {
            laid_over(&mut rows.quotes, revision, corrections.iter(), &tracker.gazetteer);
            rows.quotes.retain(|quote| !is_no_quote(&quote.by_hand));
        }
    }
    Ok(found)
}

/// The corrections that hold for the documents of some revisions, by the document, each's oldest first; those that were made of an
/// address which leads there by now are among them.
async fn by_document(
    tracker: &Tracker,
    revisions: &[RevisionRow],
) -> Result<HashMap<DocumentId, Vec<HandCorrection>>, PipelineError> {
    let documents: BTreeSet<&DocumentId> = revisions.iter().map(|revision| &revision.document).collect();
    let documents: Vec<&DocumentId> = documents.into_iter().collect();
    let mut by_document: HashMap<DocumentId, Vec<HandCorrection>> = HashMap::new();
    for correction in tracker.store.hand_corrections_of(&documents).await? {
        let document = correction.document.clone();
        by_document.entry(document).or_default().push(correction);
    }
    for (document, moved) in moved::corrections_that_moved(tracker).await? {
        if documents.contains(&&document) {
            let corrections = by_document.entry(document).or_default();
            corrections.extend(moved);
            corrections.sort_by(|one, other| (one.made_at, &one.id).cmp(&(other.made_at, &other.id)));
        }
    }
    Ok(by_document)
}
