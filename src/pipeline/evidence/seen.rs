//! What this program sees in a capture of a pack: its letters, and its documents as they are read now.

use std::collections::HashMap;

use super::claims::{QuoteClaim, ReadingClaim};
use crate::extract::letters::Letters;
use crate::model::id::{CaptureId, DocumentId, RevisionId};
use crate::pipeline::alerts::printed;
use crate::store::{ReadCapture, ReadDocument, digest_of, rows_of};
use crate::text::lines::CodePoints;

/// What this program sees in a capture.
pub(super) struct Seen {
    /// The letters of the payload, whoever reads it.
    pub(super) letters: Letters,
    /// The documents as they are read now, by their ids.
    documents: HashMap<DocumentId, ReadNow>,
}

/// A document as this program reads it.
pub(super) struct ReadNow {
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) published_by: Option<String>,
    pub(super) text: String,
    pub(super) digest: String,
    /// The corrections that it prints.
    pub(super) corrections: Vec<String>,
    /// Its quotes by their ids.
    pub(super) quotes: HashMap<String, QuoteClaim>,
}

impl Seen {
    pub(super) fn of(letters: Letters, read: Option<ReadCapture>, capture: &CaptureId) -> Self {
        let documents = read.map(|read| read.documents).unwrap_or_default();
        let documents = documents.into_iter().map(|document| {
            let id = DocumentId::derive(&document.url);
            let now = ReadNow::of(document, &RevisionId::derive(&id, capture));
            (id, now)
        });
        Self {
            letters,
            documents: documents.collect(),
        }
    }

    /// The documents that are read in it, with their ids.
    pub(super) fn documents(&self) -> impl Iterator<Item = (&DocumentId, &ReadNow)> {
        self.documents.iter()
    }

    /// The document that a reading is said to be of.
    pub(super) fn document_of(&self, reading: &ReadingClaim) -> Option<&ReadNow> {
        self.documents.get(&DocumentId::new(reading.document.as_str()))
    }
}

impl ReadNow {
    fn of(document: ReadDocument, revision: &RevisionId) -> Self {
        let rows = rows_of(revision, &document).quotes;
        let points = CodePoints::of(&document.reading.text);
        let quotes = rows.iter().map(|row| {
            let claim = QuoteClaim::of(row, &document.reading.text, &points);
            (claim.quote.clone(), claim)
        });
        let published = document.reading.published.as_ref();
        Self {
            quotes: quotes.collect(),
            headline: document.reading.title.clone(),
            published: published.map(|stated| stated.moment.to_string()),
            published_by: published.map(|stated| stated.method.clone()),
            digest: digest_of(&document.reading),
            corrections: printed(&document.reading),
            text: document.reading.text,
        }
    }
}
