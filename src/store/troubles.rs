//! What keeps a part of the tracker from working, kept so that another process can tell it.

use jiff::Timestamp;
use sqlx::Row;

use super::values::{instant, parsed};
use super::{Store, StoreError};

/// The part that crawls.
const CRAWL: &str = "crawl";

impl Store {
    /// Notes what ended the crawl, or with `None` that it goes on.
    pub async fn note_crawl_trouble(&self, trouble: Option<&str>, now: Timestamp) -> Result<(), StoreError> {
        let query = match trouble {
            Some(detail) => sqlx::query(
                "INSERT INTO troubles (part, at, detail) VALUES ($1, $2, $3)
                 ON CONFLICT (part) DO UPDATE SET at = excluded.at, detail = excluded.detail",
            )
            .bind(CRAWL)
            .bind(instant(now))
            .bind(detail),
            None => sqlx::query("DELETE FROM troubles WHERE part = $1").bind(CRAWL),
        };
        query.execute(&self.writer).await?;
        Ok(())
    }

    /// What ended the crawl, and when, while it has not gone on since.
    pub async fn crawl_trouble(&self) -> Result<Option<(Timestamp, String)>, StoreError> {
        let row = sqlx::query("SELECT at, detail FROM troubles WHERE part = $1")
            .bind(CRAWL)
            .fetch_optional(&self.readers)
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some((
            parsed("instant", row.try_get("at")?)?,
            row.try_get("detail")?,
        )))
    }
}
