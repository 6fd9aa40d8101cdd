//! What the check of rows against the archive asks for: every row with who wrote it, and a row that cannot be read as
//! such, so that one altered row does not hide the others.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::captures::{COLUMNS, capture};
use super::documents::{RevisionRow, revision};
use super::found_dates::listed;
use super::quotes::{FoundRows, quote};
use super::{Store, StoreError};
use crate::model::capture::Capture;
use crate::model::document::NoticeKind;
use crate::model::id::{CaptureId, RevisionId};

/// A capture as its row has it, or what is wrong with the row.
#[derive(Debug)]
pub struct CaptureToCheck {
    /// Its id.
    pub id: CaptureId,
    /// What the row says.
    pub row: Result<Capture, StoreError>,
}

/// What rows say that a capture shows.
#[derive(Debug, Default)]
pub struct ShownToCheck {
    /// The reader that read the capture last; empty where nobody has.
    pub reader: String,
    /// Why it is said to show nothing, where it is.
    pub withheld: Option<NoticeKind>,
    /// Its revisions: those that it shows, and those that are said to be of it.
    pub revisions: Vec<RevisionToCheck>,
    /// Revisions that it is said to show and that there are no rows of.
    pub missing: Vec<RevisionId>,
}

/// A revision as rows have it.
#[derive(Debug)]
pub struct RevisionToCheck {
    /// Its id.
    pub id: RevisionId,
    /// The reader that wrote it.
    pub reader: String,
    /// The digest of headline and text, as it was saved beside them.
    pub digest: String,
    /// The address of its document, where there is a row of that.
    pub document_url: Option<String>,
    /// Whether the capture is said to show it.
    pub is_shown: bool,
    /// The row with what was found in its text, or what is wrong with one of them.
    pub rows: Result<(RevisionRow, FoundRows), StoreError>,
}

impl Store {
    /// Captures after another one in the order they were made.
    pub async fn captures_to_check(
        &self,
        last: Option<&CaptureId>,
        limit: u32,
    ) -> Result<Vec<CaptureToCheck>, StoreError> {
        let statement = format!("SELECT {COLUMNS} FROM captures WHERE id > $1 ORDER BY id LIMIT $2");
        let rows = sqlx::query(sqlx::AssertSqlSafe(statement))
            .bind(last.map_or("", CaptureId::as_str))
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(to_check).collect()
    }

    /// The capture of an id.
    pub async fn capture_to_check(&self, id: &CaptureId) -> Result<Option<CaptureToCheck>, StoreError> {
        let statement = format!("SELECT {COLUMNS} FROM captures WHERE id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(statement))
            .bind(id.as_str())
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(to_check).transpose()
    }

    /// What rows say that a capture shows, all of one moment: a crawl may be reading it anew.
    pub async fn shown_to_check(&self, id: &CaptureId) -> Result<ShownToCheck, StoreError> {
        let mut rows = self.readers.begin().await?;
        let own: Option<SqliteRow> = sqlx::query("SELECT read_by, withheld FROM captures WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(&mut *rows)
            .await?;
        // A value of another kind is as wrong as any other, and ends nothing.
        let text = |column: &str| -> Option<String> { own.as_ref()?.try_get(column).ok().flatten() };
        let (reader, withheld): (Option<String>, _) = (text("read_by"), text("withheld"));
        let held = sqlx::query(
            "SELECT r.*, d.url AS document_url, s.capture_id IS NOT NULL AS is_shown FROM revisions r
             LEFT JOIN documents d ON d.id = r.document_id
             LEFT JOIN shown s ON s.revision_id = r.id AND s.capture_id = $1
             WHERE r.id IN (SELECT revision_id FROM shown WHERE capture_id = $1) OR r.capture_id = $1
             ORDER BY s.position, r.id",
        )
        .bind(id.as_str())
        .fetch_all(&mut *rows)
        .await?;
        let missing: Vec<String> = sqlx::query_scalar(
            "SELECT revision_id FROM shown WHERE capture_id = $1
             AND revision_id NOT IN (SELECT id FROM revisions) ORDER BY position",
        )
        .bind(id.as_str())
        .fetch_all(&mut *rows)
        .await?;
        let mut revisions = Vec::with_capacity(held.len());
        for row in &held {
            let id = RevisionId::new(row.try_get::<String, _>("id")?);
            let quotes = sqlx::query("SELECT * FROM quotes WHERE revision_id = $1 ORDER BY position")
                .bind(id.as_str())
                .fetch_all(&mut *rows)
                .await?;
            let dates = sqlx::query("SELECT * FROM found_dates WHERE revision_id = $1")
                .bind(id.as_str())
                .fetch_optional(&mut *rows)
                .await?;
            revisions.push(RevisionToCheck {
                id,
                // A value of another kind is as wrong as any other, and ends nothing.
                reader: row.try_get("read_by").unwrap_or_default(),
                digest: row.try_get("text_sha256").unwrap_or_default(),
                document_url: row.try_get("document_url").unwrap_or_default(),
                is_shown: row.try_get::<i64, _>("is_shown")? != 0,
                rows: read(row, &quotes, dates.as_ref()),
            });
        }
        Ok(ShownToCheck {
            reader: reader.unwrap_or_default(),
            withheld: withheld.and_then(|code| NoticeKind::from_code(&code)),
            revisions,
            missing: missing.into_iter().map(RevisionId::new).collect(),
        })
    }

    /// Revisions that are said to be shown by a capture which is not on record, so that it does not lead back.
    pub async fn revisions_without_capture(&self) -> Result<Vec<RevisionId>, StoreError> {
        let ids: Vec<String> = sqlx::query_scalar(
            "SELECT id FROM revisions WHERE NOT EXISTS (SELECT 1 FROM captures c WHERE c.id = revisions.capture_id)
             UNION SELECT revision_id FROM shown
             WHERE NOT EXISTS (SELECT 1 FROM captures c WHERE c.id = shown.capture_id) ORDER BY id",
        )
        .fetch_all(&self.readers)
        .await?;
        Ok(ids.into_iter().map(RevisionId::new).collect())
    }
}

fn to_check(row: &SqliteRow) -> Result<CaptureToCheck, StoreError> {
    Ok(CaptureToCheck {
        id: CaptureId::new(row.try_get::<String, _>("id")?),
        row: capture(row),
    })
}

fn read(
    row: &SqliteRow,
    quotes: &[SqliteRow],
    dates: Option<&SqliteRow>,
) -> Result<(RevisionRow, FoundRows), StoreError> {
    let revision = revision(row)?;
    let text = &revision.reading.text;
    let found = FoundRows {
        quotes: quotes
            .iter()
            .map(|row| quote(row, text))
            .collect::<Result<_, _>>()?,
        dates: dates.map_or_else(|| Ok(Vec::new()), |row| listed(row, text))?,
    };
    Ok((revision, found))
}
