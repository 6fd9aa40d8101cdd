//! Documents and their revisions.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::together::{ASKED_AT_ONCE, places};
use super::values::{blocks, claims, coded, from_json, instant, notices, number, of_kind, parsed, whole};
use super::{Rows, Store, StoreError};
use crate::model::capture::Capture;
use crate::model::document::{FoundBy, Genre, Reading, StatedMoment};
use crate::model::id::{CaptureId, DocumentId, RevisionId, SourceId};
use crate::model::moment::Moment;

/// A document.
#[derive(Clone, Debug)]
pub struct DocumentRow {
    /// Its id.
    pub id: DocumentId,
    /// Whose it is.
    pub source: SourceId,
    /// Its address.
    pub url: String,
    /// The document of the page that it is a part of, if it is one.
    pub part_of: Option<DocumentId>,
    /// When the tracker first held it.
    pub first_seen_at: Timestamp,
    /// The revision that its newest capture shows; `None` where it became another document.
    pub revision: Option<RevisionId>,
    /// The number of the change that last touched it.
    pub change: i64,
}

/// A revision of a document.
#[derive(Clone, Debug)]
pub struct RevisionRow {
    /// Its id.
    pub id: RevisionId,
    /// The document.
    pub document: DocumentId,
    /// The capture that first showed it.
    pub capture: CaptureId,
    /// When that capture was made.
    pub fetched_at: Timestamp,
    /// When the tracker first read it.
    pub recorded_at: Timestamp,
    /// What was read.
    pub reading: Reading,
}

/// A line of a list of revisions: a page that changes often has many, each with a long text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionLine {
    /// Its id.
    pub id: RevisionId,
    /// The capture that first showed it.
    pub capture: CaptureId,
    /// When that capture was made.
    pub fetched_at: Timestamp,
    /// When the tracker first read it.
    pub recorded_at: Timestamp,
    /// Its headline.
    pub title: Option<String>,
}

/// A line of a list of documents.
#[derive(Clone, Debug)]
pub struct DocumentSummary {
    /// Its id.
    pub id: DocumentId,
    /// Whose it is.
    pub source: SourceId,
    /// Its address.
    pub url: String,
    /// Its headline.
    pub title: Option<String>,
    /// When the page says it was published.
    pub published: Option<Moment>,
    /// When the tracker first held it.
    pub first_seen_at: Timestamp,
    /// Its genre.
    pub genre: Genre,
    /// How many revisions are held.
    pub revisions: u64,
}

impl Store {
    /// Where the page of an address is, and which visit first found it there, where the address leads elsewhere for good.
    pub async fn moved_to(&self, url: &str) -> Result<Option<(String, Timestamp)>, StoreError> {
        let moved: Option<(String, String)> = sqlx::query_as(
            "SELECT leads_to, leads_since FROM tasks
             WHERE role = 'page' AND canonical = $1 AND leads_to IS NOT NULL AND leads_since IS NOT NULL",
        )
        .bind(url)
        .fetch_optional(&self.readers)
        .await?;
        moved
            .map(|(to, since)| Ok((to, parsed("instant", &since)?)))
            .transpose()
    }

    /// Which of these addresses of pages lead elsewhere for good.
    pub async fn leading_elsewhere(&self, urls: &[&str]) -> Result<HashSet<String>, StoreError> {
        let statement = format!(
            "SELECT canonical FROM tasks WHERE role = 'page' AND leads_to IS NOT NULL AND canonical IN ({})",
            places(1, ASKED_AT_ONCE)
        );
        let rows = self.asked_for_all(&statement, urls).await?;
        rows.iter().map(|row| Ok(row.try_get("canonical")?)).collect()
    }

    /// The document of an id.
    pub async fn document(&self, id: &DocumentId) -> Result<Option<DocumentRow>, StoreError> {
        let row = sqlx::query(
            "SELECT id, source_id, url, part_of, first_seen_at, revision_id, change FROM documents WHERE id = $1",
        )
        .bind(id.as_str())
        .fetch_optional(&self.readers)
        .await?;
        row.as_ref().map(document).transpose()
    }

    /// The sources of several documents, by their ids; one that is not held is left out.
    pub async fn sources_of_documents(&self, ids: &[&str]) -> Result<HashMap<String, SourceId>, StoreError> {
        let statement = format!(
            "SELECT id, source_id FROM documents WHERE id IN ({})",
            places(1, ASKED_AT_ONCE)
        );
        let rows = self.asked_for_all(&statement, ids).await?;
        let sources = rows.iter().map(|row| {
            let source = SourceId::new(row.try_get::<String, _>("source_id")?);
            Ok((row.try_get("id")?, source))
        });
        sources.collect()
    }

    /// Documents touched after a change, in the order of their changes.
    pub async fn documents_changed_after(
        &self,
        change: i64,
        limit: u32,
    ) -> Result<Vec<DocumentRow>, StoreError> {
        sqlx::query(
            "SELECT id, source_id, url, part_of, first_seen_at, revision_id, change FROM documents
             WHERE change > $1 ORDER BY change LIMIT $2",
        )
        .bind(change)
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?
        .iter()
        .map(document)
        .collect()
    }

    /// How many documents changed after a change.
    pub async fn count_changed_after(&self, change: i64) -> Result<u64, StoreError> {
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM documents WHERE change > $1")
            .bind(change)
            .fetch_one(&self.readers)
            .await?;
        of_kind("count", count)
    }

    /// The number of the last change.
    pub async fn last_change(&self) -> Result<i64, StoreError> {
        let change = sqlx::query_scalar("SELECT value FROM counters WHERE name = 'change'")
            .fetch_one(&self.readers)
            .await?;
        Ok(change)
    }

    /// The revision of an id.
    pub async fn revision(&self, id: &RevisionId) -> Result<Option<RevisionRow>, StoreError> {
        let row = sqlx::query("SELECT * FROM revisions WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(revision).transpose()
    }

    /// The revisions of a document without their texts, oldest first.
    pub async fn revision_lines_of(&self, document: &DocumentId) -> Result<Vec<RevisionLine>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, capture_id, fetched_at, recorded_at, title FROM revisions WHERE document_id = $1
             ORDER BY fetched_at, id",
        )
        .bind(document.as_str())
        .fetch_all(&self.readers)
        .await?;
        let line = |row: &SqliteRow| {
            Ok(RevisionLine {
                id: RevisionId::new(row.try_get::<String, _>("id")?),
                capture: CaptureId::new(row.try_get::<String, _>("capture_id")?),
                fetched_at: parsed("instant", row.try_get("fetched_at")?)?,
                recorded_at: parsed("instant", row.try_get("recorded_at")?)?,
                title: row.try_get("title")?,
            })
        };
        rows.iter().map(line).collect()
    }

    /// What the revision before a capture holds of a document, where it is of the other kind: a page's where the capture is
    /// an interface's answer, an answer's where it is a page.
    pub async fn wording_of_other_kind(
        &self,
        document: &DocumentId,
        capture: &Capture,
    ) -> Result<Option<Reading>, StoreError> {
        let row = sqlx::query(
            "SELECT r.*, c.answer_of IS NOT NULL AS is_given FROM revisions r JOIN captures c ON c.id = r.capture_id
             WHERE r.document_id = $1 AND r.fetched_at <= $2 AND r.capture_id <> $3
             ORDER BY r.fetched_at DESC, r.id DESC LIMIT 1",
        )
        .bind(document.as_str())
        .bind(instant(capture.observed_at()))
        .bind(capture.id.as_str())
        .fetch_optional(&self.readers)
        .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let is_given: i64 = row.try_get("is_given")?;
        if (is_given != 0) == capture.answer_of.is_some() {
            return Ok(None);
        }
        Ok(Some(revision(&row)?.reading))
    }

    /// The revisions of a document without their texts: the id and when the capture was made that first showed it, oldest
    /// first.
    pub async fn wordings_of(
        &self,
        document: &DocumentId,
    ) -> Result<Vec<(RevisionId, Timestamp)>, StoreError> {
        let mut wordings = self.wordings_of_all(&[document]).await?;
        Ok(wordings.remove(document).unwrap_or_default())
    }

    /// The same of several documents; one that has none is left out.
    pub async fn wordings_of_all(
        &self,
        documents: &[&DocumentId],
    ) -> Result<HashMap<DocumentId, Vec<(RevisionId, Timestamp)>>, StoreError> {
        let statement = format!(
            "SELECT document_id, id, fetched_at FROM revisions WHERE document_id IN ({})
             ORDER BY document_id, fetched_at, id",
            places(1, ASKED_AT_ONCE)
        );
        let ids: Vec<&str> = documents.iter().map(|document| document.as_str()).collect();
        let mut wordings: HashMap<DocumentId, Vec<_>> = HashMap::with_capacity(ids.len());
        for row in self.asked_for_all(&statement, &ids).await? {
            let document = DocumentId::new(row.try_get::<String, _>("document_id")?);
            let id = RevisionId::new(row.try_get::<String, _>("id")?);
            let at = parsed("instant", row.try_get("fetched_at")?)?;
            wordings.entry(document).or_default().push((id, at));
        }
        Ok(wordings)
    }

    /// Several revisions by their ids.
    pub async fn revisions(&self, ids: &[&RevisionId]) -> Result<Vec<RevisionRow>, StoreError> {
        let statement = format!(
            "SELECT * FROM revisions WHERE id IN ({})",
            places(1, ASKED_AT_ONCE)
        );
        let ids: Vec<&str> = ids.iter().map(|id| id.as_str()).collect();
        let rows = self.asked_for_all(&statement, &ids).await?;
        rows.iter().map(revision).collect()
    }

    /// The documents that are parts of the page of another, by when they were first held.
    pub async fn parts_of(&self, document: &DocumentId) -> Result<Vec<DocumentSummary>, StoreError> {
        sqlx::query(
            "SELECT d.id, d.source_id, d.url, d.first_seen_at, r.title, r.published, r.genre,
             (SELECT COUNT(*) FROM revisions WHERE document_id = d.id) AS revisions
             FROM documents d JOIN revisions r ON r.id = d.revision_id
             WHERE d.part_of = $1 ORDER BY r.published DESC, d.first_seen_at, d.id LIMIT 500",
        )
        .bind(document.as_str())
        .fetch_all(&self.readers)
        .await?
        .iter()
        .map(summary)
        .collect()
    }

    /// The documents of a source that were published last; one without a day counts by when it was first held. What a
    /// list shows first is fetched first, so the order of fetching is no order of days.
    pub async fn newest_documents(
        &self,
        source: &SourceId,
        limit: u32,
    ) -> Result<Vec<DocumentSummary>, StoreError> {
        // The revisions are counted of those only that are listed.
        sqlx::query(
            "SELECT newest.*, (SELECT COUNT(*) FROM revisions WHERE document_id = newest.id) AS revisions
             FROM (SELECT d.id, d.source_id, d.url, d.first_seen_at, r.title, r.published, r.genre
                 FROM documents d JOIN revisions r ON r.id = d.revision_id WHERE d.source_id = $1
                 ORDER BY COALESCE(r.published, d.first_seen_at) DESC, d.first_seen_at DESC, d.id LIMIT $2) AS newest
             ORDER BY COALESCE(newest.published, newest.first_seen_at) DESC, newest.first_seen_at DESC, newest.id",
        )
        .bind(source.as_str())
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?
        .iter()
        .map(summary)
        .collect()
    }
}

/// Marks a document as changed, where there is one: something else than its text did.
pub(super) async fn mark_changed(rows: &mut Rows<'_>, id: &DocumentId) -> Result<(), StoreError> {
    let change = next_change(rows).await?;
    sqlx::query("UPDATE documents SET change = $2 WHERE id = $1")
        .bind(id.as_str())
        .bind(change)
        .execute(&mut **rows)
        .await?;
    Ok(())
}

/// Gives a document and its parts to another source.
pub(super) async fn give(rows: &mut Rows<'_>, id: &DocumentId, source: &SourceId) -> Result<(), StoreError> {
    let own: Vec<String> = sqlx::query_scalar("SELECT id FROM documents WHERE id = $1 OR part_of = $1")
        .bind(id.as_str())
        .fetch_all(&mut **rows)
        .await?;
    for id in own {
        sqlx::query("UPDATE documents SET source_id = $2 WHERE id = $1")
            .bind(&id)
            .bind(source.as_str())
            .execute(&mut **rows)
            .await?;
        mark_changed(rows, &DocumentId::new(id)).await?;
    }
    Ok(())
}

pub(super) async fn next_change(rows: &mut Rows<'_>) -> Result<i64, StoreError> {
    let changes = next_changes(rows, 1).await?;
    Ok(changes.start)
}

/// The numbers of so many changes.
pub(super) async fn next_changes(
    rows: &mut Rows<'_>,
    count: usize,
) -> Result<std::ops::Range<i64>, StoreError> {
    let last: i64 =
        sqlx::query_scalar("UPDATE counters SET value = value + $1 WHERE name = 'change' RETURNING value")
            .bind(offset(count))
            .fetch_one(&mut **rows)
            .await?;
    Ok(last + 1 - offset(count)..last + 1)
}

fn document(row: &SqliteRow) -> Result<DocumentRow, StoreError> {
    let revision: String = row.try_get("revision_id")?;
    Ok(DocumentRow {
        id: DocumentId::new(row.try_get::<String, _>("id")?),
        source: SourceId::new(row.try_get::<String, _>("source_id")?),
        url: row.try_get("url")?,
        part_of: row.try_get::<Option<String>, _>("part_of")?.map(DocumentId::new),
        first_seen_at: parsed("instant", row.try_get("first_seen_at")?)?,
        revision: (!revision.is_empty()).then(|| RevisionId::new(revision)),
        change: row.try_get("change")?,
    })
}

pub(super) fn revision(row: &SqliteRow) -> Result<RevisionRow, StoreError> {
    let text: String = row.try_get("text")?;
    let reading = Reading {
        title: row.try_get("title")?,
        authors: from_json("authors", row.try_get("authors")?)?,
        publisher: row.try_get("publisher")?,
        section: row.try_get("section")?,
        language: row.try_get("language")?,
        canonical_url: row.try_get("canonical_url")?,
        published: stated(row, "published", "published_method")?,
        modified: stated(row, "modified", "modified_method")?,
        genre: coded("genre", row.try_get("genre")?, Genre::from_code)?,
        genre_evidence: row.try_get("genre_evidence")?,
        found_by: FoundBy {
            method: row.try_get("found_by")?,
            agreement: row
                .try_get::<Option<f64>, _>("agreement")?
                .map(|share| share as f32),
        },
        blocks: blocks(&text, row.try_get("blocks")?)?,
        notices: notices(row.try_get("notices")?)?,
        claims: claims(row.try_get("facts")?)?,
        text,
        // Kept as documents of their own, whose address holds the fragment.
        parts: Vec::new(),
        fragment: None,
    };
    Ok(RevisionRow {
        id: RevisionId::new(row.try_get::<String, _>("id")?),
        document: DocumentId::new(row.try_get::<String, _>("document_id")?),
        capture: CaptureId::new(row.try_get::<String, _>("capture_id")?),
        fetched_at: parsed("instant", row.try_get("fetched_at")?)?,
        recorded_at: parsed("instant", row.try_get("recorded_at")?)?,
        reading,
    })
}

fn stated(row: &SqliteRow, moment: &str, method: &str) -> Result<Option<StatedMoment>, StoreError> {
    let text: Option<String> = row.try_get(moment)?;
    let Some(text) = text else { return Ok(None) };
    Ok(Some(StatedMoment {
        moment: coded("moment", &text, Moment::parse)?,
        method: row.try_get::<Option<String>, _>(method)?.unwrap_or_default(),
    }))
}

fn summary(row: &SqliteRow) -> Result<DocumentSummary, StoreError> {
    let published: Option<String> = row.try_get("published")?;
    Ok(DocumentSummary {
        id: DocumentId::new(row.try_get::<String, _>("id")?),
        source: SourceId::new(row.try_get::<String, _>("source_id")?),
        url: row.try_get("url")?,
        title: row.try_get("title")?,
        published: published
            .map(|text| coded("moment", &text, Moment::parse))
            .transpose()?,
        first_seen_at: parsed("instant", row.try_get("first_seen_at")?)?,
        genre: coded("genre", row.try_get("genre")?, Genre::from_code)?,
        revisions: number(row, "revisions")?,
    })
}

/// Offsets of a text as rows keep them.
pub(super) fn offset(at: usize) -> i64 {
    whole(at as u64)
}
