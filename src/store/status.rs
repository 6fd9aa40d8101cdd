//! How the tracker and its sources stand.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::values::{coded, instant, number, number_if_any, parsed};
use super::{Store, StoreError};
use crate::model::capture::Role;
use crate::model::id::SourceId;
use crate::model::outcome::Outcome;
use crate::model::source::SourceKind;

/// What the tracker holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Addresses known.
    pub addresses: u64,
    /// Captures of pages and channels.
    pub captures: u64,
    /// Documents.
    pub documents: u64,
    /// Revisions of documents.
    pub revisions: u64,
    /// Quotes in the documents' newest revisions.
    pub quotes: u64,
    /// Date mentions in the documents' newest revisions.
    pub dates: u64,
}

/// How one source stands.
#[derive(Clone, Debug)]
pub struct SourceStatus {
    /// Its id.
    pub id: SourceId,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: SourceKind,
    /// Its front page.
    pub home: String,
    /// Whether it is crawled.
    pub enabled: bool,
    /// Documents held of it.
    pub documents: u64,
    /// Quotes in their newest revisions.
    pub quotes: u64,
    /// Its pages by the outcome of their last visit.
    pub outcomes: Vec<(Outcome, u64)>,
    /// Pages that are known and were not asked for yet.
    pub waiting: u64,
}

/// How the last visit to an address ended.
#[derive(Clone, Debug)]
pub struct AttemptRow {
    /// Whose address it is.
    pub source: SourceId,
    /// What it is to the source.
    pub role: Role,
    /// The address.
    pub url: String,
    /// When it was visited; `None` where it never was.
    pub at: Option<Timestamp>,
    /// How the visit ended.
    pub outcome: Option<Outcome>,
    /// The particulars.
    pub detail: Option<String>,
    /// What the channel announced when it was last read.
    pub items: Option<u64>,
    /// When it is due.
    pub due_at: Timestamp,
    /// The channel that announced it, where one did.
    pub announced_by: Option<String>,
}

/// A page whose address leads to another one for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedPage {
    /// The address it is known by.
    pub url: String,
    /// Where that leads.
    pub to: String,
    /// The visit that first found it so.
    pub since: Timestamp,
}

/// Requests of a source that ended in one way, since it is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestCount {
    /// Whose they are.
    pub source: SourceId,
    /// What was asked for.
    pub role: Role,
    /// How they ended.
    pub outcome: Outcome,
    /// How many.
    pub requests: u64,
}

/// The columns that tell of an address's last visit.
const VISITED: &str =
    "source_id, role, url, last_attempt_at, last_outcome, last_detail, items, due_at, announced_by";

impl Store {
    /// What the tracker holds.
    pub async fn totals(&self) -> Result<Totals, StoreError> {
        let row = sqlx::query(
            "SELECT (SELECT COUNT(*) FROM tasks) AS addresses, (SELECT COUNT(*) FROM captures) AS captures,
             (SELECT COUNT(*) FROM documents WHERE revision_id <> '') AS documents,
             (SELECT COUNT(*) FROM revisions) AS revisions,
             (SELECT COUNT(*) FROM quotes q JOIN documents d ON d.revision_id = q.revision_id) AS quotes,
             (SELECT COALESCE(SUM(f.count), 0) FROM found_dates f JOIN documents d ON d.revision_id = f.revision_id) AS dates",
        )
        .fetch_one(&self.readers)
        .await?;
        Ok(Totals {
            addresses: number(&row, "addresses")?,
            captures: number(&row, "captures")?,
            documents: number(&row, "documents")?,
            revisions: number(&row, "revisions")?,
            quotes: number(&row, "quotes")?,
            dates: number(&row, "dates")?,
        })
    }

    /// How each source stands, by name.
    pub async fn source_statuses(&self) -> Result<Vec<SourceStatus>, StoreError> {
        let rows = sqlx::query(
            "SELECT s.id, s.name, s.kind, s.home, s.enabled,
             (SELECT COUNT(*) FROM documents d WHERE d.source_id = s.id AND d.revision_id <> '') AS documents,
             (SELECT COUNT(*) FROM quotes q JOIN documents d ON d.revision_id = q.revision_id
              WHERE d.source_id = s.id) AS quotes,
             (SELECT COUNT(*) FROM tasks t WHERE t.source_id = s.id AND t.role = 'page'
              AND t.last_attempt_at IS NULL AND t.due_rule <> 'given') AS waiting
             FROM sources s ORDER BY s.name, s.id",
        )
        .fetch_all(&self.readers)
        .await?;
        let mut statuses = Vec::with_capacity(rows.len());
        for row in &rows {
            let id = SourceId::new(row.try_get::<String, _>("id")?);
            statuses.push(SourceStatus {
                name: row.try_get("name")?,
                kind: coded("source kind", row.try_get("kind")?, SourceKind::from_code)?,
                home: row.try_get("home")?,
                enabled: row.try_get::<i64, _>("enabled")? != 0,
                documents: number(row, "documents")?,
                quotes: number(row, "quotes")?,
                waiting: number(row, "waiting")?,
                outcomes: self.page_outcomes(&id).await?,
                id,
            });
        }
        Ok(statuses)
    }

    /// The pages of a source whose last visit did not end well, the newest first.
    pub async fn troubled_pages(&self, source: &SourceId) -> Result<Vec<AttemptRow>, StoreError> {
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
            "SELECT {VISITED} FROM tasks WHERE source_id = $1 AND role = 'page'
             AND last_outcome NOT IN ('changed', 'unchanged', 'not_modified', 'redirected')
             ORDER BY last_attempt_at DESC, url"
        )))
        .bind(source.as_str())
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(attempt).collect()
    }

    /// The pages of a source that were visited since an instant and did not end well, also what their reading made of them.
    pub async fn troubled_since(
        &self,
        source: &SourceId,
        since: Timestamp,
    ) -> Result<Vec<AttemptRow>, StoreError> {
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
            "SELECT {VISITED} FROM tasks WHERE source_id = $1 AND role = 'page' AND last_attempt_at >= $2
             AND last_outcome NOT IN ('changed', 'unchanged', 'not_modified', 'redirected') ORDER BY last_attempt_at, url"
        )))
        .bind(source.as_str())
        .bind(instant(since))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(attempt).collect()
    }

    /// The pages of a source whose address leads to another one for good, the latest first and no more than `limit`.
    pub async fn moved_pages(&self, source: &SourceId, limit: u32) -> Result<Vec<MovedPage>, StoreError> {
        let rows: Vec<(String, String, String)> = sqlx::query_as(
            "SELECT canonical, leads_to, leads_since FROM tasks WHERE source_id = $1 AND role = 'page'
             AND leads_to IS NOT NULL AND leads_since IS NOT NULL ORDER BY leads_since DESC, canonical LIMIT $2",
        )
        .bind(source.as_str())
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        let moved = rows.into_iter().map(|(url, to, since)| {
            let since = parsed("instant", &since)?;
            Ok(MovedPage { url, to, since })
        });
        moved.collect()
    }

    /// How the last visit of each channel ended, whether it is still configured or not.
    pub async fn channels(&self) -> Result<Vec<AttemptRow>, StoreError> {
        // A sitemap that its index does not name any more is let go.
        let statement = format!(
            "SELECT {VISITED} FROM tasks WHERE role = 'channel' AND retired_at IS NULL ORDER BY source_id, url"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(statement))
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(attempt).collect()
    }

    /// How many requests since an instant ended in each outcome.
    pub async fn outcomes_since(&self, since: Timestamp) -> Result<Vec<(Outcome, u64)>, StoreError> {
        let rows = sqlx::query(
            "SELECT outcome, COUNT(*) AS number FROM attempts WHERE at >= $1 GROUP BY outcome ORDER BY outcome",
        )
        .bind(instant(since))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(outcome_count).collect()
    }

    /// How many requests of each source ended in each outcome, since it is followed.
    pub async fn request_counts(&self) -> Result<Vec<RequestCount>, StoreError> {
        let rows = sqlx::query(
            "SELECT source_id, role, outcome, requests FROM request_counts ORDER BY source_id, role, outcome",
        )
        .fetch_all(&self.readers)
        .await?;
        let count = |row: &SqliteRow| {
            Ok(RequestCount {
                source: SourceId::new(row.try_get::<String, _>("source_id")?),
                role: coded("role", row.try_get("role")?, Role::from_code)?,
                outcome: coded("outcome", row.try_get("outcome")?, Outcome::from_code)?,
                requests: number(row, "requests")?,
            })
        };
        rows.iter().map(count).collect()
    }

    async fn page_outcomes(&self, source: &SourceId) -> Result<Vec<(Outcome, u64)>, StoreError> {
        let rows = sqlx::query(
            "SELECT last_outcome AS outcome, COUNT(*) AS number FROM tasks WHERE source_id = $1
             AND role = 'page' AND last_outcome IS NOT NULL GROUP BY last_outcome ORDER BY last_outcome",
        )
        .bind(source.as_str())
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(outcome_count).collect()
    }
}

pub(super) fn outcome_count(row: &SqliteRow) -> Result<(Outcome, u64), StoreError> {
    Ok((
        coded("outcome", row.try_get("outcome")?, Outcome::from_code)?,
        number(row, "number")?,
    ))
}

fn attempt(row: &SqliteRow) -> Result<AttemptRow, StoreError> {
    let at: Option<String> = row.try_get("last_attempt_at")?;
    let outcome: Option<String> = row.try_get("last_outcome")?;
    Ok(AttemptRow {
        source: SourceId::new(row.try_get::<String, _>("source_id")?),
        role: coded("role", row.try_get("role")?, Role::from_code)?,
        url: row.try_get("url")?,
        at: at.map(|at| parsed("instant", &at)).transpose()?,
        outcome: outcome
            .map(|code| coded("outcome", &code, Outcome::from_code))
            .transpose()?,
        detail: row.try_get("last_detail")?,
        items: number_if_any(row, "items")?,
        due_at: parsed("instant", row.try_get("due_at")?)?,
        announced_by: row.try_get("announced_by")?,
    })
}
