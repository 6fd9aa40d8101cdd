//! Captures that nobody read before, of documents that nobody knows: most of what a first crawl brings. They touch
//! nothing that is held, so that any number of them are saved with a few statements.

use std::collections::HashSet;

use super::documents::{next_changes, offset};
use super::read_capture::{ReadCapture, ReadDocument};
use super::revisions::{self, NewRevision};
use super::together::{ASKED_AT_ONCE, RowsOf, batches, filled, places};
use super::values::instant;
use super::{Rows, StoreError};
use crate::model::document::NoticeKind;
use crate::model::id::{DocumentId, RevisionId};

/// What is held of the captures and documents of some readings.
pub(super) struct Known {
    /// Captures that were read before.
    read: HashSet<String>,
    /// Documents that there are rows of.
    documents: HashSet<String>,
}

impl Known {
    pub(super) async fn among(rows: &mut Rows<'_>, readings: &[ReadCapture]) -> Result<Self, StoreError> {
        let captures: Vec<&str> = readings.iter().map(|read| read.capture.id.as_str()).collect();
        let shown = readings.iter().flat_map(ReadCapture::shown);
        let documents: Vec<String> = shown
            .map(|shown| DocumentId::derive(&shown.url).to_string())
            .collect();
        let documents: Vec<&str> = documents.iter().map(String::as_str).collect();
        Ok(Self {
            read: found(
                rows,
                "SELECT id FROM captures WHERE read_by <> '' AND id",
                &captures,
            )
            .await?,
            documents: found(rows, "SELECT id FROM documents WHERE id", &documents).await?,
        })
    }
}

/// Which of some ids a question finds; it ends with what must be among them.
async fn found(rows: &mut Rows<'_>, question: &str, ids: &[&str]) -> Result<HashSet<String>, StoreError> {
    let statement = format!("{question} IN ({})", places(1, ASKED_AT_ONCE));
    let mut found = HashSet::with_capacity(ids.len());
    for asked in ids.chunks(ASKED_AT_ONCE) {
        let mut query = sqlx::query_scalar(sqlx::AssertSqlSafe(statement.clone()));
        for id in filled(asked) {
            query = query.bind(id);
        }
        found.extend(query.fetch_all(&mut **rows).await?);
    }
    Ok(found)
}

/// First readings that wait to be saved together.
#[derive(Default)]
pub(super) struct Firsts<'a> {
    readings: Vec<&'a ReadCapture>,
    documents: Vec<First<'a>>,
}

/// A document that is new, with the capture that shows it and its place there.
struct First<'a> {
    read: &'a ReadCapture,
    position: usize,
    document: &'a ReadDocument,
    id: DocumentId,
    revision: RevisionId,
    digest: String,
}

impl<'a> Firsts<'a> {
    /// Takes a reading that touches nothing held, and says whether it is one.
    pub(super) fn take(&mut self, read: &'a ReadCapture, known: &mut Known) -> bool {
        let shown = read.shown();
        let ids: Vec<DocumentId> = shown.iter().map(|shown| DocumentId::derive(&shown.url)).collect();
        let was_read = known.read.contains(read.capture.id.as_str());
        // What comes after it in this batch finds its documents held.
        let known_before = ids.iter().filter(|id| !known.documents.insert(id.to_string()));
        let are_new = known_before.count() == 0;
        if was_read || read.keeps || !read.withheld_items.is_empty() || !are_new {
            return false;
        }
        self.readings.push(read);
        let firsts = shown.iter().zip(ids).enumerate();
        self.documents
            .extend(firsts.map(|(position, (document, id))| First {
                revision: RevisionId::derive(&id, &read.capture.id),
                digest: revisions::digest_of(&document.reading),
                read,
                position,
                document,
                id,
            }));
        true
    }

    /// Saves what was taken; answers how many revisions that made.
    pub(super) async fn save(&mut self, rows: &mut Rows<'_>) -> Result<u64, StoreError> {
        let (readings, documents) = (
            std::mem::take(&mut self.readings),
            std::mem::take(&mut self.documents),
        );
        mark_read(rows, &readings).await?;
        let revisions: Vec<NewRevision<'_>> = documents.iter().map(First::revision).collect();
        revisions::save(rows, &revisions).await?;
        let found: Vec<_> = documents
            .iter()
            .map(|first| (&first.revision, first.document))
            .collect();
        super::quotes::save(rows, &found).await?;
        insert_documents(rows, &documents).await?;
        insert_shown(rows, &documents).await?;
        Ok(documents.len() as u64)
    }
}

impl First<'_> {
    fn revision(&self) -> NewRevision<'_> {
        NewRevision {
            read: self.read,
            document: self.document,
            document_id: &self.id,
            id: &self.revision,
            digest: &self.digest,
        }
    }
}

static READ: RowsOf = RowsOf::new(
    3,
    "UPDATE captures SET read_by = read.column2, withheld = read.column3 FROM (",
    ") AS read WHERE captures.id = read.column1",
);

async fn mark_read(rows: &mut Rows<'_>, readings: &[&ReadCapture]) -> Result<(), StoreError> {
    for together in batches(readings) {
        let mut query = sqlx::query(READ.statement(together.len()));
        for read in together {
            query = query
                .bind(read.capture.id.as_str())
                .bind(&read.reader)
                .bind(read.withheld.map(NoticeKind::code));
        }
        query.execute(&mut **rows).await?;
    }
    Ok(())
}

static INTO_DOCUMENTS: RowsOf = RowsOf::new(
    7,
    "INSERT INTO documents (id, source_id, url, part_of, first_seen_at, revision_id, change)",
    "",
);

async fn insert_documents(rows: &mut Rows<'_>, documents: &[First<'_>]) -> Result<(), StoreError> {
    let mut changes = next_changes(rows, documents.len()).await?;
    for together in batches(documents) {
        let mut query = sqlx::query(INTO_DOCUMENTS.statement(together.len()));
        for (first, change) in together.iter().zip(&mut changes) {
            let part_of = first.document.part_of.as_deref().map(DocumentId::derive);
            query = query
                .bind(first.id.as_str())
                .bind(first.read.capture.source.as_str())
                .bind(&first.document.url)
                .bind(part_of.as_ref().map(|page| page.as_str().to_owned()))
                .bind(instant(first.read.capture.fetched_at))
                .bind(first.revision.as_str())
                .bind(change);
        }
        query.execute(&mut **rows).await?;
    }
    Ok(())
}

static INTO_SHOWN: RowsOf = RowsOf::new(3, "INSERT INTO shown (capture_id, position, revision_id)", "");

async fn insert_shown(rows: &mut Rows<'_>, documents: &[First<'_>]) -> Result<(), StoreError> {
    for together in batches(documents) {
        let mut query = sqlx::query(INTO_SHOWN.statement(together.len()));
        for first in together {
            query = query
                .bind(first.read.capture.id.as_str())
                .bind(offset(first.position))
                .bind(first.revision.as_str());
        }
        query.execute(&mut **rows).await?;
    }
    Ok(())
}
