//! Sources and their channels, as the configuration last named them.

use std::collections::HashMap;

use jiff::Timestamp;

use super::values::{coded, instant};
use super::{Store, StoreError};
use crate::model::cadence::Cadence;
use crate::model::host::host_of;
use crate::model::id::{DocumentId, SourceId};
use crate::model::source::{Channel, Source, SourceKind};

/// What is kept of a source, also when it is configured no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownSource {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: SourceKind,
    /// The body whose office it is.
    pub office: Option<String>,
}

impl Store {
    /// Every source that was ever configured, as it last was.
    pub async fn known_sources(&self) -> Result<HashMap<SourceId, KnownSource>, StoreError> {
        let rows: Vec<(String, String, String, Option<String>)> =
            sqlx::query_as("SELECT id, name, kind, office FROM sources")
                .fetch_all(&self.readers)
                .await?;
        let known = rows.into_iter().map(|(id, name, kind, office)| {
            let kind = coded("kind of source", &kind, SourceKind::from_code)?;
            Ok((SourceId::new(id), KnownSource { name, kind, office }))
        });
        known.collect()
    }

    /// The source that a page was of before the one that it is of now, where another one took it over.
    pub async fn earlier_source_of(&self, url: &str, now: &SourceId) -> Result<Option<SourceId>, StoreError> {
        let earlier: Option<String> = sqlx::query_scalar(
            "SELECT source_id FROM captures WHERE url = $1 AND source_id <> $2 ORDER BY fetched_at DESC LIMIT 1",
        )
        .bind(url)
        .bind(now.as_str())
        .fetch_optional(&self.readers)
        .await?;
        Ok(earlier.map(SourceId::new))
    }

    /// Takes the configured sources over: new channels become due now, channels and sources that are
    /// gone or switched off are kept with all they brought, but not asked any more.
    pub async fn save_sources(&self, sources: &[Source], now: Timestamp) -> Result<(), StoreError> {
        let mut rows = self.begin().await?;
        sqlx::query("UPDATE sources SET enabled = 0")
            .execute(&mut *rows)
            .await?;
        switch_off(&mut rows, sources).await?;
        for source in sources {
            sqlx::query(
                "INSERT INTO sources (id, name, kind, home, office, enabled, followed_since)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind,
                 home = excluded.home, office = excluded.office, enabled = excluded.enabled,
                 followed_since = COALESCE(sources.followed_since, excluded.followed_since)",
            )
            .bind(source.id.as_str())
            .bind(&source.name)
            .bind(source.kind.code())
            .bind(source.home.as_str())
            .bind(&source.office)
            .bind(i64::from(source.enabled))
            .bind(source.enabled.then(|| instant(now)))
            .execute(&mut *rows)
            .await?;
            if source.enabled {
                sqlx::query(
                    "UPDATE tasks SET enabled = 1 WHERE source_id = $1 AND role = 'page' AND enabled <> 1",
                )
                .bind(source.id.as_str())
                .execute(&mut *rows)
                .await?;
                save_channels(&mut rows, source, sources, now).await?;
            }
        }
        rows.commit().await?;
        Ok(())
    }
}

/// Switches off what is asked for no more, and every channel: those that are named are switched on again. Of pages, which are
/// many, only those rows are written that change.
async fn switch_off(
    rows: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    sources: &[Source],
) -> Result<(), StoreError> {
    sqlx::query("UPDATE tasks SET enabled = 0 WHERE role = 'channel' AND enabled <> 0")
        .execute(&mut **rows)
        .await?;
    let owners: Vec<String> = sqlx::query_scalar("SELECT id FROM sources")
        .fetch_all(&mut **rows)
        .await?;
    let is_followed = |id: &str| {
        let mut sources = sources.iter();
        sources.any(|source| source.enabled && source.id.as_str() == id)
    };
    for owner in owners.iter().filter(|owner| !is_followed(owner)) {
        sqlx::query("UPDATE tasks SET enabled = 0 WHERE source_id = $1 AND role = 'page' AND enabled <> 0")
            .bind(owner)
            .execute(&mut **rows)
            .await?;
    }
    Ok(())
}

/// A channel, `$1`, and the sitemaps that it led to.
const BELOW: &str = "WITH RECURSIVE below (url) AS (
     SELECT CAST($1 AS TEXT) UNION
     SELECT t.url FROM tasks t JOIN below b ON t.announced_by = b.url
     WHERE t.role = 'channel' AND t.retired_at IS NULL)";

/// The same with the sitemaps that their index let go of: what they announced is still known.
const EVER_BELOW: &str = "WITH RECURSIVE below (url) AS (
     SELECT CAST($1 AS TEXT) UNION
     SELECT t.url FROM tasks t JOIN below b ON t.announced_by = b.url WHERE t.role = 'channel')";

async fn save_channels(
    rows: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    source: &Source,
    configured: &[Source],
    now: Timestamp,
) -> Result<(), StoreError> {
    for channel in source.channels.iter().filter(|channel| channel.enabled) {
        let cadence = channel.cadence.as_ref().unwrap_or(&source.cadence);
        sqlx::query(
            "INSERT INTO tasks (role, url, source_id, host, enabled, priority, due_at, first_seen_at,
             failures, unchanged, canonical, newest_at, cadence)
             VALUES ('channel', $1, $2, $3, 1, 0, $4, $4, 0, 0, $1, $4, $5) ON CONFLICT DO NOTHING",
        )
        .bind(channel.url.as_str())
        .bind(source.id.as_str())
        .bind(host_of(&channel.url))
        .bind(instant(now))
        .bind(cadence.to_string())
        .execute(&mut **rows)
        .await?;
        let named_before: String =
            sqlx::query_scalar("SELECT source_id FROM tasks WHERE role = 'channel' AND url = $1")
                .bind(channel.url.as_str())
                .fetch_one(&mut **rows)
                .await?;
        if !configured.iter().any(|other| other.id.as_str() == named_before) {
            take_along(rows, source, channel, &named_before).await?;
        }
        // The sitemaps that it led to, however deep, but for those that their index let go.
        sqlx::query(sqlx::AssertSqlSafe(format!(
            "{BELOW} UPDATE tasks SET enabled = 1 WHERE role = 'channel' AND url IN (SELECT url FROM below)"
        )))
        .bind(channel.url.as_str())
        .execute(&mut **rows)
        .await?;
        take_over(rows, source, channel, cadence, now).await?;
    }
    Ok(())
}

/// Gives what a channel announced for a source that is gone from the configuration to the one that names the channel now,
/// as when a file was renamed: also what the channel lists no more, which nobody would ask for again. Sitemaps that their index
/// let go of stay let go.
async fn take_along(
    rows: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    source: &Source,
    channel: &Channel,
    gone: &str,
) -> Result<(), StoreError> {
    let pages: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
        "{EVER_BELOW} SELECT canonical FROM tasks
         WHERE role = 'page' AND source_id = $2 AND announced_by IN (SELECT url FROM below)"
    )))
    .bind(channel.url.as_str())
    .bind(gone)
    .fetch_all(&mut **rows)
    .await?;
    for page in pages {
        super::documents::give(rows, &DocumentId::derive(&page), &source.id).await?;
    }
    sqlx::query(sqlx::AssertSqlSafe(format!(
        "{EVER_BELOW} UPDATE tasks SET source_id = $3, enabled = CASE WHEN role = 'page' THEN 1 ELSE enabled END
         WHERE source_id = $2 AND announced_by IN (SELECT url FROM below)"
    )))
    .bind(channel.url.as_str())
    .bind(gone)
    .bind(source.id.as_str())
    .execute(&mut **rows)
    .await?;
    Ok(())
}

/// Takes a channel's row over from the configuration. A channel whose cadence changed does not wait out its
/// old pause, unless it is somebody else who keeps it waiting; one whose cadence is as before keeps its time. One that was
/// another source's is asked for the whole at once: its pages are to be this source's.
async fn take_over(
    rows: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    source: &Source,
    channel: &Channel,
    cadence: &Cadence,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE tasks SET enabled = 1, source_id = $2, cadence = $4, announced_by = NULL, retired_at = NULL,
         due_at = CASE WHEN due_rule IN ('retry_after', 'host', 'robots', 'refused') THEN due_at
             WHEN source_id <> $2 AND due_at > $5 THEN $5
             WHEN cadence <> $4 AND due_at > $3 THEN $3 ELSE due_at END,
         etag = CASE WHEN source_id = $2 THEN etag END,
         last_modified = CASE WHEN source_id = $2 THEN last_modified END
         WHERE role = 'channel' AND url = $1",
    )
    .bind(channel.url.as_str())
    .bind(source.id.as_str())
    .bind(instant(cadence.after(now).unwrap_or(Timestamp::MAX)))
    .bind(cadence.to_string())
    .bind(instant(now))
    .execute(&mut **rows)
    .await?;
    Ok(())
}
