//! The wordings of documents, each with the time in which it was the last one held.

use jiff::Timestamp;

use super::moved::{moved_to, split_address};
use super::{PipelineError, Tracker};
use crate::model::id::{DocumentId, RevisionId};
use crate::store::DocumentRow;

/// A wording of a document.
pub(super) struct Wording {
    pub(super) revision: RevisionId,
    /// From when it was the last one held, and until when.
    pub(super) held: (Timestamp, Option<Timestamp>),
    pub(super) is_change: bool,
}

/// The wordings of a document, oldest first. One that comes back after another is a revision of its own, so each is
/// held for one time only.
pub(super) async fn wordings(
    tracker: &Tracker,
    document: &DocumentRow,
) -> Result<Vec<Wording>, PipelineError> {
    let wordings = wordings_of_all(tracker, std::slice::from_ref(document)).await?;
    Ok(wordings.into_iter().map(|(_, wording)| wording).collect())
}

/// The same of several documents, each with its document.
pub(super) async fn wordings_of_all<'a>(
    tracker: &Tracker,
    documents: &'a [DocumentRow],
) -> Result<Vec<(&'a DocumentRow, Wording)>, PipelineError> {
    let shown = || documents.iter().filter(|document| document.revision.is_some());
    let ids: Vec<&DocumentId> = shown().map(|document| &document.id).collect();
    let mut revisions = tracker.store.wordings_of_all(&ids).await?;
    let pages: Vec<&str> = shown().map(|document| split_address(document).0).collect();
    let elsewhere = tracker.store.leading_elsewhere(&pages).await?;
    let mut wordings = Vec::with_capacity(ids.len());
    for document in shown() {
        // What is at another address for good is the document there, and no longer current here.
        let moved = match elsewhere.contains(split_address(document).0) {
            true => moved_to(tracker, document).await?,
            false => None,
        };
        let moved_at = moved
            .filter(|moved| moved.document.is_some())
            .map(|moved| moved.since);
        let revisions = revisions.remove(&document.id).unwrap_or_default();
        wordings.extend(held(document, &revisions, moved_at).map(|wording| (document, wording)));
    }
    Ok(wordings)
}

/// For which time each revision of a document is its wording.
fn held(
    document: &DocumentRow,
    revisions: &[(RevisionId, Timestamp)],
    moved_at: Option<Timestamp>,
) -> impl Iterator<Item = Wording> {
    revisions
        .iter()
        .enumerate()
        .map(move |(index, (revision, since))| {
            let next = revisions.get(index + 1).map(|(_, next)| *next);
            // The last one is the current one, but where an older capture was read anew.
            let until = match document.revision.as_ref() == Some(revision) {
                true => moved_at.map(|at| at.max(*since)),
                false => next.or(Some(*since)),
            };
            Wording {
                revision: revision.clone(),
                held: (*since, until),
                is_change: index > 0,
            }
        })
}
