//! What each reading of a channel brought, kept for ninety days.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use sqlx::Row;

use super::values::{coded, instant, parsed, whole};
use super::visits::Visit;
use super::{Store, StoreError};
use crate::model::capture::Role;
use crate::model::outcome::Outcome;

/// How long readings are kept.
const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

/// One reading of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChannelRead {
    /// When it ended.
    pub at: Timestamp,
    /// What became of it.
    pub outcome: Outcome,
    /// What it announced; `None` where there was nothing to read.
    pub items: Option<u64>,
    /// What of that was not known before.
    pub new: u64,
}

impl Store {
    /// The readings of every channel, by address, oldest first.
    pub async fn channel_reads(&self) -> Result<BTreeMap<String, Vec<ChannelRead>>, StoreError> {
        let rows = sqlx::query("SELECT url, at, outcome, items, new FROM channel_reads ORDER BY url, at")
            .fetch_all(&self.readers)
            .await?;
        let mut reads: BTreeMap<String, Vec<ChannelRead>> = BTreeMap::new();
        for row in &rows {
            let items: Option<i64> = row.try_get("items")?;
            reads.entry(row.try_get("url")?).or_default().push(ChannelRead {
                at: parsed("instant", row.try_get("at")?)?,
                outcome: coded("outcome", row.try_get("outcome")?, Outcome::from_code)?,
                items: items.map(i64::unsigned_abs),
                new: row.try_get::<i64, _>("new")?.unsigned_abs(),
            });
        }
        Ok(reads)
    }
}

/// Keeps what a visit of a channel brought, and lets go of what is too old.
pub(super) async fn save(
    rows: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    visit: &Visit,
    new: u64,
) -> Result<(), StoreError> {
    if visit.role != Role::Channel {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO channel_reads (url, at, source_id, outcome, items, new) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING",
    )
    .bind(&visit.url)
    .bind(instant(visit.ended_at))
    .bind(visit.source.as_str())
    .bind(visit.end.outcome.code())
    .bind(visit.end.items.map(|items| whole(items as u64)))
    .bind(whole(new))
    .execute(&mut **rows)
    .await?;
    let oldest = visit.ended_at.saturating_sub(KEPT).unwrap_or(Timestamp::MIN);
    sqlx::query("DELETE FROM channel_reads WHERE url = $1 AND at < $2")
        .bind(&visit.url)
        .bind(instant(oldest))
        .execute(&mut **rows)
        .await?;
    Ok(())
}
