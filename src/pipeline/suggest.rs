//! Who was met in the documents held, and what the list of speakers could learn from it.

use super::{PipelineError, Tracker};
use crate::resolve::suggest::{self, Sighting, Suggestion};

/// Documents looked at together.
const BATCH: u32 = 200;

/// Proposals for `config/speakers.toml`: names met in at least so many quotes.
pub async fn suggest(tracker: &Tracker, at_least: usize) -> Result<Vec<Suggestion>, PipelineError> {
    let mut sightings = Vec::new();
    let mut change = 0;
    loop {
        let documents = tracker.store.documents_changed_after(change, BATCH).await?;
        let Some(last) = documents.last() else {
            break;
        };
        change = last.change;
        for document in &documents {
            let Some(id) = &document.revision else { continue };
            let Some(revision) = tracker.store.revision(id).await? else {
                continue;
            };
            let text = &revision.reading.text;
            for quote in tracker.store.quotes_of(id, text).await? {
                if let (Some(speaker), Some(name), Some(mention)) =
                    (quote.speaker, quote.speaker_name, quote.mention)
                {
                    sightings.push(Sighting {
                        speaker,
                        name,
                        printed: mention.slice(text).to_owned(),
                        document: document.id.clone(),
                        quote: quote.id,
                    });
                }
            }
        }
    }
    Ok(suggest::suggest(&sightings, &tracker.gazetteer, at_least))
}
