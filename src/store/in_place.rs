//! What stands in the place of pages: the wording held before, and a page's row after a visit that did not find it.

use std::collections::HashSet;

use jiff::Timestamp;
use sqlx::Row;

use super::documents::{RevisionRow, revision};
use super::read_capture::ReadCapture;
use super::together::{ASKED_AT_ONCE, places};
use super::values::{coded, instant, parsed};
use super::{Rows, Store, StoreError};
use crate::model::capture::Capture;
use crate::model::document::NoticeKind;
use crate::model::id::{CaptureId, DocumentId};
use crate::model::outcome::Outcome;

/// A wording and the last capture that shows it.
#[derive(Clone, Debug)]
pub struct HeldWording {
    /// The wording.
    pub revision: RevisionRow,
    /// The last capture before another that shows it.
    pub shown_by: CaptureId,
}

/// What stood in the place of a page when it was last asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoodInPlace {
    /// How the visit ended.
    pub outcome: Outcome,
    /// The particulars, in words.
    pub detail: String,
    /// When it was.
    pub at: Timestamp,
    /// When the page is due again.
    pub due_at: Timestamp,
}

impl Store {
    /// Which of some documents have wordings.
    pub async fn worded_among(&self, documents: &[DocumentId]) -> Result<HashSet<DocumentId>, StoreError> {
        let statement = format!(
            "SELECT DISTINCT document_id FROM revisions WHERE document_id IN ({})",
            places(1, ASKED_AT_ONCE)
        );
        let ids: Vec<&str> = documents.iter().map(DocumentId::as_str).collect();
        let rows = self.asked_for_all(&statement, &ids).await?;
        rows.iter()
            .map(|row| Ok(DocumentId::new(row.try_get::<String, _>("document_id")?)))
            .collect()
    }

    /// The wording of a document that was current before a capture, without those that some captures first showed: these
    /// are read anew.
    pub async fn wording_before(
        &self,
        document: &DocumentId,
        capture: &Capture,
        without: &[&CaptureId],
    ) -> Result<Option<HeldWording>, StoreError> {
        let statement = format!(
            "SELECT r.*, (SELECT s.capture_id FROM shown s JOIN captures c ON c.id = s.capture_id
                 WHERE s.revision_id = r.id AND c.fetched_at < $2 ORDER BY c.fetched_at DESC LIMIT 1) AS shown_by
             FROM revisions r WHERE r.document_id = $1 AND r.fetched_at < $2 AND r.capture_id NOT IN ({})
             ORDER BY r.fetched_at DESC, r.id DESC LIMIT 1",
            places(3, without.len())
        );
        let mut query = sqlx::query(sqlx::AssertSqlSafe(statement))
            .bind(document.as_str())
            .bind(instant(capture.observed_at()));
        for capture in without {
            query = query.bind(capture.as_str());
        }
        let Some(row) = query.fetch_optional(&self.readers).await? else {
            return Ok(None);
        };
        let revision = revision(&row)?;
        let shown_by: Option<String> = row.try_get("shown_by")?;
        Ok(Some(HeldWording {
            shown_by: shown_by.map_or_else(|| revision.capture.clone(), CaptureId::new),
            revision,
        }))
    }

    /// Why the last captures of an address before another one are not shown, the newest first, as far as the last one
    /// that is.
    pub async fn withheld_before(&self, capture: &Capture) -> Result<Vec<NoticeKind>, StoreError> {
        let reasons: Vec<(String,)> = sqlx::query_as(
            "SELECT withheld FROM captures WHERE url = $1 AND fetched_at < $2 AND role = 'page' AND answer_of IS NULL
             AND memento_at IS NULL AND withheld IS NOT NULL AND fetched_at > COALESCE((SELECT MAX(fetched_at)
                 FROM captures WHERE url = $1 AND fetched_at < $2 AND role = 'page' AND answer_of IS NULL
                 AND memento_at IS NULL AND withheld IS NULL), '')
             ORDER BY fetched_at DESC LIMIT 100",
        )
        .bind(&capture.url)
        .bind(instant(capture.fetched_at))
        .fetch_all(&self.readers)
        .await?;
        let reasons = reasons.iter();
        reasons
            .map(|(reason,)| coded("notice", reason, NoticeKind::from_code))
            .collect()
    }

    /// Whether what was last captured where a page was, which this capture shows, is something else that is not shown:
    /// until the page is captured there once more, whatever visits without a capture met meanwhile.
    pub async fn is_in_doubt(&self, held: &CaptureId) -> Result<bool, StoreError> {
        let last: Option<bool> = sqlx::query_scalar(
            "SELECT c.withheld IS NOT NULL AND c.id <> h.id FROM captures h JOIN captures c ON c.url = h.url
             WHERE h.id = $1 AND h.answer_of IS NULL AND c.role = 'page' AND c.answer_of IS NULL AND c.memento_at IS NULL
             ORDER BY c.fetched_at DESC LIMIT 1",
        )
        .bind(held.as_str())
        .fetch_optional(&self.readers)
        .await?;
        Ok(last.unwrap_or(false))
    }

    /// Whether a visit after the one that brought a capture, and before the next capture of its address, found the same
    /// once more.
    pub async fn was_found_again(&self, capture: &Capture) -> Result<bool, StoreError> {
        // A visit that found a text back has a capture of its own.
        let found = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM attempts a LEFT JOIN captures n ON n.id = (SELECT id FROM captures WHERE url = $3
                 AND fetched_at > $4 AND role = 'page' AND answer_of IS NULL AND memento_at IS NULL
                 ORDER BY fetched_at LIMIT 1)
             WHERE a.task_url IN (SELECT url FROM tasks WHERE role = 'page' AND capture_id = $1
                 UNION ALL SELECT url FROM tasks WHERE role = 'page' AND canonical = $2 UNION ALL SELECT $3)
             AND a.role = 'page' AND a.outcome IN ('unchanged', 'not_modified')
             AND a.at > $4 AND (n.id IS NULL OR a.at < n.fetched_at)
             AND NOT COALESCE(a.segment = n.segment AND a.record_offset = n.record_offset, FALSE))",
        )
        .bind(capture.id.as_str())
        .bind(capture.known_as.as_ref().unwrap_or(&capture.url))
        .bind(&capture.url)
        .bind(instant(capture.fetched_at))
        .fetch_one(&self.readers)
        .await?;
        Ok(found)
    }

    /// What stood in the place of a page that is known by an address when it was last asked for, if something did.
    pub async fn stood_in_place(&self, url: &str) -> Result<Option<StoodInPlace>, StoreError> {
        let row = sqlx::query(
            "SELECT last_outcome, last_detail, last_attempt_at, due_at FROM tasks WHERE role = 'page' AND canonical = $1
             AND last_outcome IN ('in_doubt', 'blocked', 'server_error', 'empty') AND last_detail IS NOT NULL
             AND last_attempt_at IS NOT NULL ORDER BY last_attempt_at DESC LIMIT 1",
        )
        .bind(url)
        .fetch_optional(&self.readers)
        .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(StoodInPlace {
            outcome: coded("outcome", row.try_get("last_outcome")?, Outcome::from_code)?,
            detail: row.try_get("last_detail")?,
            at: parsed("instant", row.try_get("last_attempt_at")?)?,
            due_at: parsed("instant", row.try_get("due_at")?)?,
        }))
    }
}

/// Puts a page's row back to what is held of it, where the visit that brought a capture found something else in its
/// place: what comes next is compared with the page itself, and asked for whole. A page that was asked for again
/// meanwhile has a row that tells more.
pub(super) async fn save(rows: &mut Rows<'_>, read: &ReadCapture) -> Result<(), StoreError> {
    let Some(in_place) = &read.in_place else {
        return Ok(());
    };
    let capture = &read.capture;
    // The visit before this one that found the page tells until when it was there; where the rows of requests are kept for a
    // shorter time than pages rest, the capture that is held tells it.
    sqlx::query(
        "UPDATE attempts SET outcome = $2, detail = $3 WHERE segment = $4 AND record_offset = $5
         AND task_url IN (SELECT url FROM tasks WHERE capture_id = $1 AND role = 'page')",
    )
    .bind(capture.id.as_str())
    .bind(in_place.outcome.code())
    .bind(&in_place.detail)
    .bind(&capture.location.segment)
    .bind(super::values::whole(capture.location.offset))
    .execute(&mut **rows)
    .await?;
    // Where it led before that visit, its document ends there again.
    let led: Vec<String> = sqlx::query_scalar(
        "SELECT canonical FROM tasks WHERE capture_id = $1 AND role = 'page' AND leads_to IS NULL AND led_to IS NOT NULL",
    )
    .bind(capture.id.as_str())
    .fetch_all(&mut **rows)
    .await?;
    for page in led {
        super::documents::mark_changed(rows, &DocumentId::derive(&page)).await?;
    }
    sqlx::query(
        "UPDATE tasks SET last_outcome = $2, last_detail = $3, due_at = $4, due_rule = $5, failures = $6, etag = NULL,
         last_modified = NULL, capture_id = $7, payload_sha256 = (SELECT payload_sha256 FROM captures WHERE id = $7),
         absent_since = COALESCE(absent_since, was_absent_since), leads_to = COALESCE(leads_to, led_to),
         leads_since = CASE WHEN leads_to IS NULL THEN led_since ELSE leads_since END,
         last_success_at = COALESCE((SELECT MAX(a.at) FROM attempts a WHERE a.task_url = tasks.url
             AND a.outcome IN ('changed', 'unchanged', 'not_modified')), (SELECT fetched_at FROM captures WHERE id = $7))
         WHERE capture_id = $1 AND role = 'page'",
    )
    .bind(capture.id.as_str())
    .bind(in_place.outcome.code())
    .bind(&in_place.detail)
    .bind(instant(in_place.due.0))
    .bind(in_place.due.1.code())
    .bind(i64::from(in_place.failures))
    .bind(in_place.held.as_ref().map(CaptureId::as_str))
    .execute(&mut **rows)
    .await?;
    // That the page is gone is certain with the second visit that did not find it.
    let absent: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT r.document_id FROM tasks t JOIN shown s ON s.capture_id = t.capture_id
         JOIN revisions r ON r.id = s.revision_id
         WHERE t.role = 'page' AND t.absent_since IS NOT NULL AND t.capture_id = $1",
    )
    .bind(in_place.held.as_ref().map(CaptureId::as_str))
    .fetch_all(&mut **rows)
    .await?;
    for document in absent {
        super::documents::mark_changed(rows, &DocumentId::new(document)).await?;
    }
    Ok(())
}
