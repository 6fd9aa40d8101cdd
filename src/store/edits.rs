//! Edits: wordings that came in the place of an earlier one of their document.

use jiff::Timestamp;
use sqlx::Row;

use super::documents::{RevisionRow, revision};
use super::values::{instant, parsed};
use super::{Rows, Store, StoreError};
use crate::model::id::{CaptureId, DocumentId, RevisionId, SourceId};
use crate::model::outcome::Outcome;

/// A wording and the one before it.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The wording before.
    pub before: RevisionRow,
    /// The wording that came.
    pub after: RevisionRow,
}

/// Until when a wording is known to have stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastShown {
    /// The last capture that shows it.
    pub capture: CaptureId,
    /// The last visit that found the page as that capture shows it: the capture's own, or a later one to which the server
    /// gave the same again.
    pub at: Timestamp,
}

impl Store {
    /// Until when a wording is known to have stood before a moment; `None` where no capture from before it shows it.
    pub async fn last_shown(
        &self,
        revision: &RevisionId,
        before: Timestamp,
    ) -> Result<Option<LastShown>, StoreError> {
        let capture = sqlx::query(
            "SELECT c.id, c.url, c.memento_at, COALESCE(c.memento_at, c.fetched_at) AS at FROM shown s
             JOIN captures c ON c.id = s.capture_id
             WHERE s.revision_id = $1 AND COALESCE(c.memento_at, c.fetched_at) < $2 ORDER BY at DESC, c.id DESC LIMIT 1",
        )
        .bind(revision.as_str())
        .bind(instant(before))
        .fetch_optional(&self.readers)
        .await?;
        let Some(capture) = capture else { return Ok(None) };
        let captured_at: String = capture.try_get("at")?;
        let is_memento = capture.try_get::<Option<String>, _>("memento_at")?.is_some();
        let again = match is_memento {
            // What a public archive held tells nothing of our own visits.
            true => None,
            false => {
                let url: String = capture.try_get("url")?;
                self.last_given_again(&url, &captured_at, before).await?
            }
        };
        Ok(Some(LastShown {
            capture: CaptureId::new(capture.try_get::<String, _>("id")?),
            at: parsed("instant", &again.unwrap_or(captured_at))?,
        }))
    }

    /// The last visit of an address between a capture of it and the next one, or a moment, to which the server gave the same
    /// again, as long as requests are kept.
    async fn last_given_again(
        &self,
        url: &str,
        captured_at: &str,
        before: Timestamp,
    ) -> Result<Option<String>, StoreError> {
        // The capture behind it may be one that is not shown, and "the same" from then on that one.
        let at = sqlx::query_scalar(
            "SELECT MAX(a.at) FROM attempts a WHERE a.task_url = $1 AND a.url = $1 AND a.at > $2 AND a.at < $3
             AND a.outcome IN ($4, $5) AND a.at < COALESCE(
                 (SELECT MIN(n.fetched_at) FROM captures n WHERE n.url = $1 AND n.fetched_at > $2), $3)",
        )
        .bind(url)
        .bind(captured_at)
        .bind(instant(before))
        .bind(Outcome::Unchanged.code())
        .bind(Outcome::NotModified.code())
        .fetch_one(&self.readers)
        .await?;
        Ok(at)
    }

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
