//! Sources and their channels, as the configuration last named them.

use jiff::Timestamp;

use super::values::instant;
use super::{Store, StoreError};
use crate::model::cadence::Cadence;
use crate::model::host::host_of;
use crate::model::source::{Channel, Source};

impl Store {
    /// Takes the configured sources over: new channels become due now, channels and sources that are
    /// gone or switched off are kept with all they brought, but not asked any more.
    pub async fn save_sources(&self, sources: &[Source], now: Timestamp) -> Result<(), StoreError> {
        let mut rows = self.begin().await?;
        sqlx::query("UPDATE sources SET enabled = 0")
            .execute(&mut *rows)
            .await?;
        sqlx::query("UPDATE tasks SET enabled = 0")
            .execute(&mut *rows)
            .await?;
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
                sqlx::query("UPDATE tasks SET enabled = 1 WHERE source_id = $1 AND role = 'page'")
                    .bind(source.id.as_str())
                    .execute(&mut *rows)
                    .await?;
                save_channels(&mut rows, source, now).await?;
            }
        }
        rows.commit().await?;
        Ok(())
    }
}

async fn save_channels(
    rows: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    source: &Source,
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
        // The sitemaps that it led to, however deep, but for those that their index let go.
        sqlx::query(
            "WITH RECURSIVE below (url) AS (
                 SELECT CAST($1 AS TEXT) UNION
                 SELECT t.url FROM tasks t JOIN below b ON t.announced_by = b.url
                 WHERE t.role = 'channel' AND t.retired_at IS NULL)
             UPDATE tasks SET enabled = 1 WHERE role = 'channel' AND url IN (SELECT url FROM below)",
        )
        .bind(channel.url.as_str())
        .execute(&mut **rows)
        .await?;
        take_over(rows, source, channel, cadence, now).await?;
    }
    Ok(())
}

/// Takes a channel's row over from the configuration. A channel whose cadence changed does not wait out its
/// old pause, unless it is somebody else who keeps it waiting; one whose cadence is as before keeps its time.
async fn take_over(
    rows: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    source: &Source,
    channel: &Channel,
    cadence: &Cadence,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE tasks SET enabled = 1, source_id = $2, cadence = $4, announced_by = NULL, retired_at = NULL,
         due_at = CASE WHEN cadence <> $4 AND due_at > $3
             AND due_rule NOT IN ('retry_after', 'host', 'robots', 'refused') THEN $3 ELSE due_at END
         WHERE role = 'channel' AND url = $1",
    )
    .bind(channel.url.as_str())
    .bind(source.id.as_str())
    .bind(instant(cadence.after(now).unwrap_or(Timestamp::MAX)))
    .bind(cadence.to_string())
    .execute(&mut **rows)
    .await?;
    Ok(())
}
