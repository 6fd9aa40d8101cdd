//! The corrections that outlets printed since the last look: an alert that names them tells an honest correction from a
//! silent edit.

use std::collections::HashMap;

use jiff::Timestamp;

use super::other_side::held_at;
use crate::model::id::{DocumentId, RevisionId};
use crate::model::saved_search::AlertItem;
use crate::pipeline::{PipelineError, Tracker};
use crate::store::RevisionRow;
use crate::text::corrections;

/// Gives each item the correction that its document's newest revision prints and the one at the last look did not.
pub(super) async fn name_corrections(
    tracker: &Tracker,
    items: &mut [AlertItem],
    last_look: Option<Timestamp>,
) -> Result<(), PipelineError> {
    let mut known: HashMap<String, Option<String>> = HashMap::new();
    for item in items {
        let document = &item.line.document;
        if !known.contains_key(document) {
            let id = DocumentId::new(document.as_str());
            known.insert(document.clone(), new_correction(tracker, &id, last_look).await?);
        }
        item.correction = known[document].clone();
    }
    Ok(())
}

async fn new_correction(
    tracker: &Tracker,
    document: &DocumentId,
    last_look: Option<Timestamp>,
) -> Result<Option<String>, PipelineError> {
    let revisions = tracker.store.wordings_of(document).await?;
    let Some((newest, earlier)) = revisions.split_last() else {
        return Ok(None);
    };
    // A document that is new was edited before it was ever held.
    let Some(before) = held_at(earlier, last_look) else {
        return Ok(None);
    };
    let rows = tracker.store.revisions(&[&newest.0, before]).await?;
    let of = |id: &RevisionId| rows.iter().find(|row| row.id == *id);
    let (Some(now), Some(before)) = (of(&newest.0), of(before)) else {
        return Ok(None);
    };
    Ok(printed_since(before, now).into_iter().next())
}

/// The corrections that a revision prints and an earlier one does not.
pub fn printed_since(before: &RevisionRow, now: &RevisionRow) -> Vec<String> {
    let old = printed(before);
    let mut new = printed(now);
    new.retain(|correction| !old.contains(correction));
    new
}

/// The corrections that a revision prints, in its words.
pub fn printed(revision: &RevisionRow) -> Vec<String> {
    let reading = &revision.reading;
    let found = corrections::corrections(&reading.text, &reading.blocks);
    found
        .into_iter()
        .map(|span| span.slice(&reading.text).to_string())
        // A label that stands alone tells nothing that the paragraph behind it does not.
        .filter(|words| !corrections::is_label_alone(words))
        .collect()
}
