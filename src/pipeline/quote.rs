//! A quote with everything it rests on, and the other wordings of it in its own document.

use super::publish::{entry_after_edits, entry_of_quote, wordings};
use super::{PipelineError, Tracker};
use crate::index::{Entry, EntrySaid};
use crate::model::date::SaidOn;
use crate::model::id::{QuoteId, RevisionId};
use crate::store::{DateRow, DocumentRow, QuoteRow, RevisionRow};
use crate::text::wording::Wording;

/// Revisions of a document that are looked through for other wordings of a quote.
const MOST_REVISIONS: usize = 60;
/// The likeness from which on a quote of another revision is another wording of this one.
const SAME_QUOTE: f32 = 0.5;

/// A quote in its place.
#[derive(Clone, Debug)]
pub struct QuoteInPlace {
    /// The document.
    pub document: DocumentRow,
    /// The revision it stands in.
    pub revision: RevisionRow,
    /// Every quote of that revision; one of them is the quote.
    pub quotes: Vec<QuoteRow>,
    /// The time expressions of that revision.
    pub dates: Vec<DateRow>,
    /// The place of the quote among them.
    pub position: usize,
    /// The quote as it can be found.
    pub entry: Entry,
}

impl QuoteInPlace {
    /// The quote.
    pub fn row(&self) -> &QuoteRow {
        &self.quotes[self.position]
    }
}

/// A revision, and how it words a quote of another one.
#[derive(Clone, Debug)]
pub struct Reworded {
    /// The revision.
    pub revision: RevisionRow,
    /// The quote there that is most like it; `None` where there is none like it.
    pub quote: Option<QuoteRow>,
}

/// The quote of an id.
pub async fn quote(tracker: &Tracker, id: &QuoteId) -> Result<Option<QuoteInPlace>, PipelineError> {
    let store = &tracker.store;
    let Some(revision) = store.revision_of_quote(id).await? else {
        return Ok(None);
    };
    let Some(revision) = store.revision(&revision).await? else {
        return Ok(None);
    };
    let Some(document) = store.document(&revision.document).await? else {
        return Ok(None);
    };
    let text = &revision.reading.text;
    let quotes = store.quotes_of(&revision.id, text).await?;
    let dates = store.dates_of(&revision.id, text).await?;
    let held = wordings(tracker, &document).await?;
    let place = held.iter().position(|wording| wording.revision == revision.id);
    let position = quotes.iter().position(|quote| quote.id == *id);
    let (Some(place), Some(position)) = (place, position) else {
        return Ok(None);
    };
    let mut entry = entry_of_quote(
        tracker,
        &document,
        &held[place],
        &revision,
        &dates,
        &quotes[position],
    );
    let is_of_document = |said: &EntrySaid| said.rule == SaidOn::OF_DOCUMENT;
    if (1..MOST_REVISIONS).contains(&place) && entry.said.as_ref().is_some_and(is_of_document) {
        // Whether an edit brought it in is told by the wordings before it.
        let up_to_it = held.into_iter().take(place + 1).collect();
        let edited = entry_after_edits(tracker, &document, up_to_it, id).await?;
        (entry.said, entry.minute) =
            edited.map_or((entry.said, entry.minute), |edited| (edited.said, edited.minute));
    }
    Ok(Some(QuoteInPlace {
        document,
        revision,
        quotes,
        dates,
        position,
        entry,
    }))
}

/// How the other revisions of its document word a quote, oldest first.
pub async fn reworded(tracker: &Tracker, quote: &QuoteInPlace) -> Result<Vec<Reworded>, PipelineError> {
    let store = &tracker.store;
    let wording = Wording::of(&quote.row().words);
    let others: Vec<RevisionId> = store
        .wordings_of(&quote.document.id)
        .await?
        .into_iter()
        .map(|(revision, _)| revision)
        .filter(|revision| *revision != quote.revision.id)
        .collect();
    let skipped = others.len().saturating_sub(MOST_REVISIONS);
    let mut revisions = Vec::new();
    for id in &others[skipped..] {
        if let Some(revision) = store.revision(id).await? {
            let quotes = store.quotes_of(id, &revision.reading.text).await?;
            revisions.push((revision, quotes));
        }
    }
    // Each quote of each revision is laid beside this one, which is computing and not waiting.
    let compared = tokio::task::spawn_blocking(move || {
        let compared = revisions.into_iter().map(|(revision, quotes)| Reworded {
            quote: most_like(&wording, quotes),
            revision,
        });
        compared.collect()
    });
    compared
        .await
        .map_err(|_| PipelineError::Stopped("comparing wordings"))
}

/// The quote that is most like a wording, where one is like it.
fn most_like(wording: &Wording, quotes: Vec<QuoteRow>) -> Option<QuoteRow> {
    let likenesses = quotes
        .into_iter()
        .map(|quote| (wording.likeness(&Wording::of(&quote.words)), quote));
    let best = likenesses.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.filter(|(likeness, _)| *likeness >= SAME_QUOTE)
        .map(|(_, quote)| quote)
}
