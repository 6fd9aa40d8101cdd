//! Since when sources are followed, and how their channels answered in a time.

use std::collections::HashMap;

use jiff::Timestamp;
use sqlx::Row;

use super::values::{instant, number, parsed};
use super::{Store, StoreError};
use crate::model::id::SourceId;

/// How the channels of a source answered in a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Days (UTC) on which a channel was asked.
    pub days: u64,
    /// Days of those on which one answered as it should.
    pub good_days: u64,
    /// Readings that were turned away.
    pub blocked: u64,
    /// All readings.
    pub readings: u64,
}

impl Store {
    /// Since when each source is asked.
    pub async fn followed_since(&self) -> Result<HashMap<SourceId, Timestamp>, StoreError> {
        let rows = sqlx::query("SELECT id, followed_since FROM sources WHERE followed_since IS NOT NULL")
            .fetch_all(&self.readers)
            .await?;
        let since = rows.iter().map(|row| {
            Ok((
                SourceId::new(row.try_get::<String, _>("id")?),
                parsed("instant", row.try_get("followed_since")?)?,
            ))
        });
        since.collect()
    }

    /// How the channels of each source answered from one moment until before another, as far back as single readings are
    /// kept ([`super::READINGS_KEPT`]).
    pub async fn answers_between(
        &self,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<HashMap<SourceId, Answers>, StoreError> {
        let rows = sqlx::query(
            "SELECT source_id, COUNT(*) AS days, SUM(good) AS good_days, SUM(blocked) AS blocked, SUM(readings) AS readings
             FROM (SELECT source_id, SUBSTR(at, 1, 10) AS day, COUNT(*) AS readings,
                   MAX(CASE WHEN outcome IN ('changed', 'unchanged', 'not_modified') THEN 1 ELSE 0 END) AS good,
                   SUM(CASE WHEN outcome IN ('blocked', 'robots_disallowed') THEN 1 ELSE 0 END) AS blocked
                   FROM channel_reads WHERE at >= $1 AND at < $2 GROUP BY source_id, SUBSTR(at, 1, 10)) AS days
             GROUP BY source_id",
        )
        .bind(instant(from))
        .bind(instant(until))
        .fetch_all(&self.readers)
        .await?;
        let answers = rows.iter().map(|row| {
            let answers = Answers {
                days: number(row, "days")?,
                good_days: number(row, "good_days")?,
                blocked: number(row, "blocked")?,
                readings: number(row, "readings")?,
            };
            Ok((SourceId::new(row.try_get::<String, _>("source_id")?), answers))
        });
        answers.collect()
    }
}
