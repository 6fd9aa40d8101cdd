//! robots.txt files as they were last read.

use jiff::Timestamp;
use sqlx::Row;

use super::values::{instant, number_if_any, parsed};
use super::{Store, StoreError};

/// One origin's robots.txt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RobotsRow {
    /// Scheme, host and port.
    pub origin: String,
    /// When it was asked for.
    pub fetched_at: Timestamp,
    /// Until when it is trusted.
    pub expires_at: Timestamp,
    /// The HTTP status of the answer; `None` where there was none.
    pub status: Option<u16>,
    /// The text, as far as it is read.
    pub body: String,
}

impl Store {
    /// The robots.txt of an origin, however old.
    pub async fn robots(&self, origin: &str) -> Result<Option<RobotsRow>, StoreError> {
        let row = sqlx::query("SELECT fetched_at, expires_at, status, body FROM robots WHERE origin = $1")
            .bind(origin)
            .fetch_optional(&self.readers)
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(RobotsRow {
            origin: origin.into(),
            fetched_at: parsed("instant", row.try_get("fetched_at")?)?,
            expires_at: parsed("instant", row.try_get("expires_at")?)?,
            status: number_if_any(&row, "status")?,
            body: row.try_get("body")?,
        }))
    }
}

pub(super) async fn save(
    rows: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    robots: &RobotsRow,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO robots (origin, fetched_at, expires_at, status, body) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (origin) DO UPDATE SET fetched_at = excluded.fetched_at,
         expires_at = excluded.expires_at, status = excluded.status, body = excluded.body",
    )
    .bind(&robots.origin)
    .bind(instant(robots.fetched_at))
    .bind(instant(robots.expires_at))
    .bind(robots.status.map(i64::from))
    .bind(&robots.body)
    .execute(&mut **rows)
    .await?;
    Ok(())
}
