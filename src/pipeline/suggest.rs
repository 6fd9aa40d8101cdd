//! Who was met in the documents held, and what the list of speakers could learn from it.

use std::collections::HashMap;

use super::{PipelineError, Tracker};
use crate::model::id::RevisionId;
use crate::resolve::suggest::{MetNames, Sighting, Suggestion};
use crate::store::{QuoteRow, RevisionRow};

/// Documents looked at together: their texts are held together.
const BATCH: u32 = 64;

/// Proposals for `config/speakers.toml`: names met in at least so many quotes.
pub async fn suggest(tracker: &Tracker, at_least: usize) -> Result<Vec<Suggestion>, PipelineError> {
    let mut met = MetNames::new(&tracker.gazetteer);
    let mut change = 0;
    loop {
        let documents = tracker.store.documents_changed_after(change, BATCH).await?;
        let Some(last) = documents.last() else {
            return Ok(met.suggestions(at_least));
        };
        change = last.change;
        let ids: Vec<&RevisionId> = (documents.iter())
            .filter_map(|document| document.revision.as_ref())
            .collect();
        let revisions = tracker.store.revisions(&ids).await?;
        let mut found = tracker.store.found_in(&revisions).await?;
        let by_id: HashMap<&RevisionId, &RevisionRow> = revisions
            .iter()
            .map(|revision| (&revision.id, revision))
            .collect();
        // In the order of the documents, so that the same quotes are named as evidence each time.
        for revision in ids.iter().filter_map(|id| by_id.get(id)) {
            for quote in found.remove(&revision.id).unwrap_or_default().quotes {
                meet(&mut met, revision, &quote);
            }
        }
    }
}

/// Takes in who said a quote, where somebody is named.
fn meet(met: &mut MetNames<'_>, revision: &RevisionRow, quote: &QuoteRow) {
    if let (Some(speaker), Some(name), Some(mention)) = (&quote.speaker, &quote.speaker_name, quote.mention) {
        met.meet(Sighting {
            speaker,
            name,
            printed: mention.slice(&revision.reading.text),
            document: &revision.document,
            quote: &quote.id,
        });
    }
}
