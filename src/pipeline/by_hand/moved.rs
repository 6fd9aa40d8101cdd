//! Corrections of pages that are at another address for good: they go with the page, and hold for the document there as they hold for
//! another wording of the same.

use std::collections::HashMap;

use super::super::moved::moved_to;
use super::super::{PipelineError, Tracker};
use crate::model::by_hand::HandCorrection;
use crate::model::id::DocumentId;
use crate::store::DocumentRow;

/// Moves that are followed, one behind the other.
const MOST_MOVES: usize = 8;

/// The document that one is of now, where its page is at another address for good.
pub(super) async fn followed(
    tracker: &Tracker,
    document: &DocumentRow,
) -> Result<Option<DocumentRow>, PipelineError> {
    let mut now: Option<DocumentRow> = None;
    for _ in 0..MOST_MOVES {
        let moved = moved_to(tracker, now.as_ref().unwrap_or(document)).await?;
        match moved.and_then(|moved| moved.document) {
            Some(next) if next.id != document.id => now = Some(next),
            _ => break,
        }
    }
    Ok(now)
}

/// The corrections that hold of pages which are at another address, by the document that each is of now.
pub(super) async fn corrections_that_moved(
    tracker: &Tracker,
) -> Result<HashMap<DocumentId, Vec<HandCorrection>>, PipelineError> {
    let mut moved: HashMap<DocumentId, Vec<HandCorrection>> = HashMap::new();
    for correction in tracker.store.hand_corrections_of_moved().await? {
        let Some(document) = tracker.store.document(&correction.document).await? else {
            continue;
        };
        if let Some(now) = followed(tracker, &document).await? {
            moved.entry(now.id).or_default().push(correction);
        }
    }
    Ok(moved)
}

/// Has the documents indexed anew that these became, where people corrected anything of them: what was said of the one is told of
/// the other.
pub(in crate::pipeline) async fn index_where_moved(
    tracker: &Tracker,
    documents: &[DocumentRow],
) -> Result<(), PipelineError> {
    let ids: Vec<&DocumentId> = documents.iter().map(|document| &document.id).collect();
    let corrected = tracker.store.corrected_among(&ids).await?;
    for document in documents
        .iter()
        .filter(|document| corrected.contains(&document.id))
    {
        if let Some(now) = followed(tracker, document).await? {
            tracker.store.index_anew(&now.id).await?;
        }
    }
    Ok(())
}
