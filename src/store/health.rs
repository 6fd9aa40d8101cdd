//! What each reading of a channel brought, kept for ninety days, and what all of them tell together, kept for
//! good; and how the pages of a source fared lately.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::values::{coded, instant, number, number_if_any, parsed, whole};
use super::visit::Visit;
use super::{Store, StoreError};
use crate::model::capture::Role;
use crate::model::id::SourceId;
use crate::model::outcome::Outcome;

/// How long single readings are kept.
pub const READINGS_KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);
/// After this many days what happened weighs half as much: a channel may change its ways.
const HALF_LIFE_DAYS: f64 = 30.0;
/// How far a reading moves what is usual.
const WEIGHT: f64 = 0.2;
/// The latest pages that a share is taken of. A fixed number, so that asking costs the same in every year.
const RECENT: i64 = 100;

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

/// What all readings of a channel tell, however long ago they were.
#[derive(Clone, Debug, PartialEq)]
pub struct ChannelTally {
    /// The last reading.
    pub read_at: Timestamp,
    /// What became of it.
    pub outcome: Outcome,
    /// The last reading that answered as it should.
    pub succeeded_at: Option<Timestamp>,
    /// The last reading that brought something new.
    pub new_at: Option<Timestamp>,
    /// Failures in a row up to now.
    pub failures: u64,
    /// Readings that told what the channel announces.
    pub readings: u64,
    /// Those of them that brought something new.
    pub bringing: u64,
    /// What the last of them announced.
    pub items: Option<u64>,
    /// The most that one announced.
    pub most_items: u64,
    /// What one usually announces, the empty ones left out.
    pub usual_items: f64,
    /// Since when it announces nothing, where it did before.
    pub empty_since: Option<Timestamp>,
    /// How often it went on after having announced nothing.
    pub refilled: u64,
    /// The longest pause between two readings that brought something, in days.
    pub gap_days: f64,
    /// New items …
    pub rate_items: f64,
    /// … in this many days, the past weighing less.
    pub rate_days: f64,
}

impl ChannelTally {
    /// What readings tell, oldest first; `None` before the first.
    pub fn of(reads: &[ChannelRead]) -> Option<Self> {
        let mut tally = Self::before(reads.first()?);
        reads.iter().for_each(|read| tally.add(read));
        Some(tally)
    }

    /// What is known before a channel's first reading.
    fn before(first: &ChannelRead) -> Self {
        Self {
            read_at: first.at,
            outcome: first.outcome,
            succeeded_at: None,
            new_at: None,
            failures: 0,
            readings: 0,
            bringing: 0,
            items: None,
            most_items: 0,
            usual_items: 0.0,
            empty_since: None,
            refilled: 0,
            gap_days: 0.0,
            rate_items: 0.0,
            rate_days: 0.0,
        }
    }

    /// Adds the next reading.
    pub fn add(&mut self, read: &ChannelRead) {
        (self.read_at, self.outcome) = (read.at, read.outcome);
        if !read.outcome.is_success() {
            self.failures += 1;
            return;
        }
        self.failures = 0;
        self.succeeded_at = Some(read.at);
        // What was not modified announces what it did when it was last read.
        let as_before = self.items.filter(|_| read.outcome == Outcome::NotModified);
        if let Some(items) = read.items.or(as_before) {
            self.add_items(items, read.at);
        }
        if read.new > 0 {
            self.add_new(read.new, read.at);
        }
    }

    fn add_items(&mut self, items: u64, at: Timestamp) {
        self.readings += 1;
        self.items = Some(items);
        self.most_items = self.most_items.max(items);
        if items == 0 {
            self.empty_since = self.empty_since.or((self.most_items > 0).then_some(at));
            return;
        }
        self.refilled += u64::from(self.empty_since.take().is_some());
        self.usual_items = match self.usual_items {
            0.0 => items as f64,
            usual => usual + (items as f64 - usual) * WEIGHT,
        };
    }

    /// What the first one brought is the channel's past and not its pace: the counting begins behind it.
    fn add_new(&mut self, new: u64, at: Timestamp) {
        if let Some(before) = self.new_at {
            // Below nothing where the clock was set back in between.
            let gap = (at.duration_since(before).as_secs_f64() / 86_400.0).max(0.0);
            let weight = 0.5_f64.powf(gap / HALF_LIFE_DAYS);
            self.gap_days = (self.gap_days * weight).max(gap);
            self.rate_items = self.rate_items * weight + new as f64;
            self.rate_days = self.rate_days * weight + gap;
        }
        self.new_at = Some(at);
        self.bringing += 1;
    }
}

/// How far the latest pages got, of those that were asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageYield {
    /// Asked for.
    pub tried: u64,
    /// Content is held of them.
    pub fetched: u64,
    /// A text was read out of it.
    pub read: u64,
}

impl Store {
    /// What all readings of each channel tell, by its address.
    pub async fn channel_tallies(&self) -> Result<BTreeMap<String, ChannelTally>, StoreError> {
        let rows = sqlx::query("SELECT * FROM channel_health")
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|row| Ok((row.try_get("url")?, tally(row)?)))
            .collect()
    }

    /// The new items of each channel since an instant, which lies at most ninety days back.
    pub async fn new_since(&self, since: Timestamp) -> Result<BTreeMap<String, u64>, StoreError> {
        // The inner question is answered by the index of instants; else all ninety days would be walked through.
        let rows = sqlx::query(
            "SELECT url, CAST(SUM(new) AS BIGINT) AS new FROM (SELECT url, new FROM channel_reads WHERE at >= $1 ORDER BY at)
             AS recent GROUP BY url",
        )
        .bind(instant(since))
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| Ok((row.try_get("url")?, number(row, "new")?)))
            .collect()
    }

    /// How far the latest pages got that a channel announced.
    pub async fn yield_of_channel(&self, channel: &str) -> Result<PageYield, StoreError> {
        self.page_yield("announced_by = $1", channel).await
    }

    /// How far the latest pages of a source got.
    pub async fn yield_of_source(&self, source: &SourceId) -> Result<PageYield, StoreError> {
        self.page_yield("source_id = $1", source.as_str()).await
    }

    /// What is archived and waits for being read counts neither way.
    async fn page_yield(&self, condition: &'static str, of: &str) -> Result<PageYield, StoreError> {
        let statement = format!(
            "SELECT COUNT(*) AS tried, COUNT(c.id) AS fetched, COUNT(s.revision_id) AS texts
             FROM (SELECT capture_id FROM tasks WHERE {condition} AND role = 'page'
                   AND last_attempt_at IS NOT NULL ORDER BY last_attempt_at DESC LIMIT $2) AS recent
             LEFT JOIN captures c ON c.id = recent.capture_id
             LEFT JOIN shown s ON s.capture_id = c.id AND s.position = 0
             WHERE c.id IS NULL OR c.read_by <> ''"
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(statement))
            .bind(of)
            .bind(RECENT)
            .fetch_one(&self.readers)
            .await?;
        Ok(PageYield {
            tried: number(&row, "tried")?,
            fetched: number(&row, "fetched")?,
            read: number(&row, "texts")?,
        })
    }

    /// How the latest visits of a source's pages ended. An archive's copies are no visits of the source.
    pub async fn recent_outcomes(&self, source: &SourceId) -> Result<Vec<(Outcome, u64)>, StoreError> {
        let rows = sqlx::query(
            "SELECT last_outcome AS outcome, COUNT(*) AS number FROM (SELECT last_outcome FROM tasks
             WHERE source_id = $1 AND role = 'page' AND last_attempt_at IS NOT NULL AND memento_at IS NULL
             ORDER BY last_attempt_at DESC LIMIT $2) AS recent
             WHERE last_outcome IS NOT NULL GROUP BY last_outcome ORDER BY last_outcome",
        )
        .bind(source.as_str())
        .bind(RECENT)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(super::status::outcome_count).collect()
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
    let read = ChannelRead {
        at: visit.ended_at,
        outcome: visit.end.outcome,
        items: visit.end.items.map(|items| items as u64),
        new,
    };
    let tally = match tally_of(rows, &visit.url).await? {
        Some(mut tally) => {
            tally.add(&read);
            Some(tally)
        }
        // The first since there are tallies: what is kept of earlier readings is told with it.
        None => {
            let mut reads = reads_of(rows, &visit.url).await?;
            reads.push(read);
            ChannelTally::of(&reads)
        }
    };
    if let Some(tally) = tally {
        save_tally(rows, visit, &tally).await?;
    }
    save_read(rows, visit, &read).await
}

async fn save_read(
    rows: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    visit: &Visit,
    read: &ChannelRead,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO channel_reads (url, at, source_id, outcome, items, new) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING",
    )
    .bind(&visit.url)
    .bind(instant(read.at))
    .bind(visit.source.as_str())
    .bind(read.outcome.code())
    .bind(read.items.map(whole))
    .bind(whole(read.new))
    .execute(&mut **rows)
    .await?;
    let oldest = read.at.saturating_sub(READINGS_KEPT).unwrap_or(Timestamp::MIN);
    sqlx::query("DELETE FROM channel_reads WHERE url = $1 AND at < $2")
        .bind(&visit.url)
        .bind(instant(oldest))
        .execute(&mut **rows)
        .await?;
    Ok(())
}

async fn save_tally(
    rows: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    visit: &Visit,
    tally: &ChannelTally,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO channel_health (url, source_id, read_at, outcome, succeeded_at, new_at, failures, readings,
         bringing, items, most_items, usual_items, empty_since, refilled, gap_days, rate_items, rate_days)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
         ON CONFLICT (url) DO UPDATE SET source_id = excluded.source_id, read_at = excluded.read_at,
         outcome = excluded.outcome, succeeded_at = excluded.succeeded_at, new_at = excluded.new_at,
         failures = excluded.failures, readings = excluded.readings, bringing = excluded.bringing,
         items = excluded.items, most_items = excluded.most_items, usual_items = excluded.usual_items,
         empty_since = excluded.empty_since, refilled = excluded.refilled, gap_days = excluded.gap_days,
         rate_items = excluded.rate_items, rate_days = excluded.rate_days",
    )
    .bind(&visit.url)
    .bind(visit.source.as_str())
    .bind(instant(tally.read_at))
    .bind(tally.outcome.code())
    .bind(tally.succeeded_at.map(instant))
    .bind(tally.new_at.map(instant))
    .bind(whole(tally.failures))
    .bind(whole(tally.readings))
    .bind(whole(tally.bringing))
    .bind(tally.items.map(whole))
    .bind(whole(tally.most_items))
    .bind(tally.usual_items)
    .bind(tally.empty_since.map(instant))
    .bind(whole(tally.refilled))
    .bind(tally.gap_days)
    .bind(tally.rate_items)
    .bind(tally.rate_days)
    .execute(&mut **rows)
    .await?;
    Ok(())
}

async fn tally_of(
    rows: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    url: &str,
) -> Result<Option<ChannelTally>, StoreError> {
    let row = sqlx::query("SELECT * FROM channel_health WHERE url = $1")
        .bind(url)
        .fetch_optional(&mut **rows)
        .await?;
    row.as_ref().map(tally).transpose()
}

async fn reads_of(
    rows: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    url: &str,
) -> Result<Vec<ChannelRead>, StoreError> {
    let rows = sqlx::query("SELECT at, outcome, items, new FROM channel_reads WHERE url = $1 ORDER BY at")
        .bind(url)
        .fetch_all(&mut **rows)
        .await?;
    let read = |row: &SqliteRow| {
        Ok(ChannelRead {
            at: parsed("instant", row.try_get("at")?)?,
            outcome: coded("outcome", row.try_get("outcome")?, Outcome::from_code)?,
            items: number_if_any(row, "items")?,
            new: number(row, "new")?,
        })
    };
    rows.iter().map(read).collect()
}

fn tally(row: &SqliteRow) -> Result<ChannelTally, StoreError> {
    let moment = |column: &str| -> Result<Option<Timestamp>, StoreError> {
        let at: Option<String> = row.try_get(column)?;
        at.map(|at| parsed("instant", &at)).transpose()
    };
    Ok(ChannelTally {
        read_at: parsed("instant", row.try_get("read_at")?)?,
        outcome: coded("outcome", row.try_get("outcome")?, Outcome::from_code)?,
        succeeded_at: moment("succeeded_at")?,
        new_at: moment("new_at")?,
        failures: number(row, "failures")?,
        readings: number(row, "readings")?,
        bringing: number(row, "bringing")?,
        items: number_if_any(row, "items")?,
        most_items: number(row, "most_items")?,
        usual_items: row.try_get("usual_items")?,
        empty_since: moment("empty_since")?,
        refilled: number(row, "refilled")?,
        gap_days: row.try_get("gap_days")?,
        rate_items: row.try_get("rate_items")?,
        rate_days: row.try_get("rate_days")?,
    })
}
