//! What is told of what was found beside what it says: that its page is gone, how an edit left it, and what the page corrects.

use std::collections::HashMap;

use jiff::Timestamp;

use super::alerts::printed;
use super::fate::fates;
use super::quote::{BeforeEdit, before_edit};
use super::{PipelineError, Tracker, absences_among};
use crate::index::Entry;
use crate::model::event::Became;
use crate::model::id::{DocumentId, QuoteId, RevisionId};
use crate::store::Absence;

/// What is told of some entries.
#[derive(Clone, Debug, Default)]
pub struct ToldOfHits {
    absences: HashMap<DocumentId, Absence>,
    fates: HashMap<String, Became>,
    before: HashMap<String, BeforeEdit>,
    corrections: HashMap<RevisionId, Vec<String>>,
}

impl ToldOfHits {
    /// Looks for it; whether a page is gone now, or was at a moment.
    pub async fn of(
        tracker: &Tracker,
        entries: impl Iterator<Item = &Entry> + Clone,
        as_of: Option<Timestamp>,
    ) -> Result<Self, PipelineError> {
        let mut before = HashMap::new();
        for entry in entries.clone().filter(|entry| entry.is_altered) {
            let edit = before_edit(tracker, &QuoteId::new(entry.id.as_str())).await?;
            before.extend(edit.map(|edit| (entry.id.clone(), edit)));
        }
        let correcting = entries.clone().filter(|entry| entry.has_correction);
        let mut correcting: Vec<&RevisionId> = correcting.map(|entry| &entry.revision).collect();
        correcting.sort();
        correcting.dedup();
        let revisions = tracker.store.revisions(&correcting).await?;
        let corrections = revisions.iter().map(|it| (it.id.clone(), printed(&it.reading)));
        let documents = entries.clone().map(|entry| &entry.document);
        Ok(Self {
            absences: absences_among(tracker, documents, as_of).await?,
            fates: fates(tracker, entries).await?,
            before,
            corrections: corrections.collect(),
        })
    }

    /// Since when the page of an entry is gone, where it is.
    pub fn absence(&self, entry: &Entry) -> Option<&Absence> {
        self.absences.get(&entry.document)
    }

    /// What became of an entry of an earlier wording.
    pub fn became(&self, entry: &Entry) -> Option<&Became> {
        self.fates.get(&entry.id)
    }

    /// How an altered quote stood before.
    pub fn before(&self, entry: &Entry) -> Option<&BeforeEdit> {
        self.before.get(&entry.id)
    }

    /// What the page of an entry prints as corrections of its own, in the wording of the entry.
    pub fn corrections(&self, entry: &Entry) -> &[String] {
        self.corrections.get(&entry.revision).map_or(&[], Vec::as_slice)
    }
}
