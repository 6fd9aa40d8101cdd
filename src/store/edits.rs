//! Edits: wordings that came in the place of an earlier one of their document.

use jiff::Timestamp;
use sqlx::Row;

use super::documents::{RevisionRow, revision};
use super::values::{instant, parsed};
use super::{Rows, Store, StoreError};
use crate::model::id::{DocumentId, RevisionId, SourceId};

/// A wording and the one before it.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The wording before.
    pub before: RevisionRow,
    /// The wording that came.
    pub after: RevisionRow,
}

impl Store {
    /// The edits that were seen last, the newest first; behind one of them, if it is given by when it was seen
    /// and its id; those of a source, if one is given.
    pub async fn newest_edits(
        &self,
        behind: Option<(Timestamp, &RevisionId)>,
        source: Option<&SourceId>,
        limit: u32,
    ) -> Result<Vec<Edit>, StoreError> {
        let (seen_at, id) = match behind {
            Some((seen_at, id)) => (instant(seen_at), id.as_str()),
            // Behind every moment that can be written.
            None => ("~".to_owned(), ""),
        };
        let rows = sqlx::query(
            "SELECT r.* FROM edits x JOIN revisions r ON r.id = x.revision_id
             WHERE (x.fetched_at < $1 OR x.fetched_at = $1 AND x.revision_id < $2)
             AND ($4 IS NULL OR (SELECT d.source_id FROM documents d WHERE d.id = r.document_id) = $4)
             ORDER BY x.fetched_at DESC, x.revision_id DESC LIMIT $3",
        )
        .bind(&seen_at)
        .bind(id)
        .bind(i64::from(limit))
        .bind(source.map(SourceId::as_str))
        .fetch_all(&self.readers)
        .await?;
        let mut edits = Vec::with_capacity(rows.len());
        for row in &rows {
            let after = revision(row)?;
            let document = DocumentId::new(row.try_get::<String, _>("document_id")?);
            let seen_at: Timestamp = parsed("instant", row.try_get("fetched_at")?)?;
            let before = sqlx::query(
                "SELECT * FROM revisions WHERE document_id = $1 AND (fetched_at < $2 OR fetched_at = $2 AND id < $3)
                 ORDER BY fetched_at DESC, id DESC LIMIT 1",
            )
            .bind(document.as_str())
            .bind(instant(seen_at))
            .bind(after.id.as_str())
            .fetch_optional(&self.readers)
            .await?;
            // What it came in the place of may have been read away since.
            if let Some(before) = before.as_ref().map(revision).transpose()? {
                edits.push(Edit { before, after });
            }
        }
        Ok(edits)
    }
}

/// Notes which wordings of a document came in the place of earlier ones.
pub(super) async fn note(rows: &mut Rows<'_>, document: &DocumentId) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO edits (revision_id, fetched_at)
         SELECT r.id, r.fetched_at FROM revisions r WHERE r.document_id = $1 AND EXISTS (
             SELECT 1 FROM revisions e WHERE e.document_id = $1
                 AND (e.fetched_at < r.fetched_at OR e.fetched_at = r.fetched_at AND e.id < r.id))
         ON CONFLICT DO NOTHING",
    )
    .bind(document.as_str())
    .execute(&mut **rows)
    .await?;
    Ok(())
}

/// Forgets a wording that is about to be deleted, and that the one behind it came in its place, where it was the first.
pub(super) async fn forget(rows: &mut Rows<'_>, id: &RevisionId) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM edits WHERE revision_id = $1 OR revision_id = (
             SELECT r.id FROM revisions r JOIN revisions gone ON gone.id = $1 AND r.document_id = gone.document_id
             WHERE r.id <> $1 ORDER BY r.fetched_at, r.id LIMIT 1)",
    )
        .bind(id.as_str())
        .execute(&mut **rows)
        .await?;
    Ok(())
}
