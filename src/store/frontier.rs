//! The frontier: which addresses are due.

use jiff::{SignedDuration, Timestamp};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use url::Url;

use super::values::{coded, instant, parsed};
use super::{Store, StoreError};
use crate::model::capture::Role;
use crate::model::id::{CaptureId, SourceId};
use crate::model::moment::Moment;
use crate::model::schedule::DueRule;

/// An address that is due.
#[derive(Clone, Debug)]
pub struct Task {
    /// What it is to its source.
    pub role: Role,
    /// The address.
    pub url: Url,
    /// Whose it is.
    pub source: SourceId,
    /// The origin whose pace it keeps.
    pub host: String,
    /// The channel that announced it, where one did.
    pub announced_by: Option<String>,
    /// When it became known.
    pub first_seen_at: Timestamp,
    /// When it was last asked for.
    pub last_attempt_at: Option<Timestamp>,
    /// The validator of the last answer.
    pub etag: Option<String>,
    /// The validator of the last answer.
    pub last_modified: Option<String>,
    /// The capture that holds the last content.
    pub capture: Option<CaptureId>,
    /// SHA-256 of the last content.
    pub payload_sha256: Option<String>,
    /// Failures in a row.
    pub failures: u32,
    /// Visits in a row that found nothing new.
    pub unchanged: u32,
    /// The address its page is known by.
    pub canonical: Url,
    /// The rules that made it, as codes.
    pub canonical_rules: String,
    /// What a public archive's copy is a copy of, and when it was made.
    pub memento: Option<(Url, Timestamp)>,
    /// The date its channel gives, as announced.
    pub announced_date: Option<Moment>,
    /// When it is due.
    pub due_at: Timestamp,
    /// Why then.
    pub due_rule: DueRule,
    /// The adaptive pause that led there.
    pub pause: Option<SignedDuration>,
}

/// What a channel announced.
#[derive(Clone, Debug)]
pub struct Announced {
    /// A page, or another channel (a sitemap that an index names).
    pub role: Role,
    /// Its address as announced, which is asked for.
    pub url: Url,
    /// The address in canonical form, by which a page is known.
    pub canonical: Url,
    /// The rules that made it, as codes.
    pub canonical_rules: String,
    /// What a public archive's copy is a copy of, and when it was made.
    pub memento: Option<(Url, Timestamp)>,
    /// The title the channel gives.
    pub title: Option<String>,
    /// The publication date the channel gives.
    pub published: Option<Moment>,
    /// When the channel says it last changed.
    pub modified: Option<Timestamp>,
}

/// Scheme, host and port: what keeps one pace.
pub(super) fn host_of(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// Channels that may lie above a channel: an index of indexes of sitemaps has two.
const MAX_DEPTH: i64 = 4;

const COLUMNS: &str =
    "role, url, source_id, host, announced_by, first_seen_at, last_attempt_at, etag, last_modified,
    capture_id, payload_sha256, failures, unchanged, announced_date, due_at, due_rule, pause_s, canonical, canonical_rules, memento_of, memento_at";

impl Store {
    /// The hosts with something due, the one that has waited longest first. What was visited at
    /// `visited_before` or later is left out, so that a single round ends.
    pub async fn due_hosts(
        &self,
        now: Timestamp,
        visited_before: Timestamp,
    ) -> Result<Vec<String>, StoreError> {
        let hosts = sqlx::query_scalar(
            "SELECT host FROM tasks WHERE enabled = 1 AND due_at <= $1 AND COALESCE(last_attempt_at, '') < $2
             GROUP BY host ORDER BY MIN(due_at), host",
        )
        .bind(instant(now))
        .bind(instant(visited_before))
        .fetch_all(&self.readers)
        .await?;
        Ok(hosts)
    }

    /// The next things due at a host: channels before new pages before revisits. `visited_before` as in
    /// `due_hosts`.
    pub async fn due_tasks(
        &self,
        host: &str,
        now: Timestamp,
        visited_before: Timestamp,
        limit: u32,
    ) -> Result<Vec<Task>, StoreError> {
        let statement = format!(
            "SELECT {COLUMNS} FROM tasks WHERE enabled = 1 AND host = $1 AND due_at <= $2
             AND COALESCE(last_attempt_at, '') < $3 ORDER BY priority, due_at, url LIMIT $4"
        );
        sqlx::query(sqlx::AssertSqlSafe(statement))
            .bind(host)
            .bind(instant(now))
            .bind(instant(visited_before))
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?
            .iter()
            .map(task)
            .collect()
    }

    /// What is due next, the soonest first; of one source where one is named.
    pub async fn upcoming(&self, source: Option<&str>, limit: u32) -> Result<Vec<Task>, StoreError> {
        let statement = format!(
            "SELECT {COLUMNS} FROM tasks WHERE enabled = 1 AND ($1 IS NULL OR source_id = $1)
             ORDER BY due_at, priority, url LIMIT $2"
        );
        sqlx::query(sqlx::AssertSqlSafe(statement))
            .bind(source)
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?
            .iter()
            .map(task)
            .collect()
    }

    /// What is known of an address, as announced or in canonical form; whether it is crawled stands
    /// beside it.
    pub async fn tasks_of(&self, url: &Url, canonical: &Url) -> Result<Vec<(Task, bool)>, StoreError> {
        let statement =
            format!("SELECT {COLUMNS}, enabled FROM tasks WHERE url = $1 OR canonical = $2 ORDER BY role");
        let rows = sqlx::query(sqlx::AssertSqlSafe(statement))
            .bind(url.as_str())
            .bind(canonical.as_str())
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|row| Ok((task(row)?, row.try_get::<i64, _>("enabled")? != 0)))
            .collect()
    }

    /// How many addresses are due.
    pub async fn due_count(&self, now: Timestamp) -> Result<u64, StoreError> {
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM tasks WHERE enabled = 1 AND due_at <= $1")
            .bind(instant(now))
            .fetch_one(&self.readers)
            .await?;
        Ok(count.unsigned_abs())
    }

    /// When the next address becomes due.
    pub async fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let due: Option<String> = sqlx::query_scalar("SELECT MIN(due_at) FROM tasks WHERE enabled = 1")
            .fetch_one(&self.readers)
            .await?;
        due.map(|due| parsed("instant", &due)).transpose()
    }

    /// Lets only these sources be crawled until the sources are saved again.
    pub async fn keep_only(&self, sources: &[SourceId]) -> Result<(), StoreError> {
        let mut rows = self.writer.begin().await?;
        let all: Vec<String> = sqlx::query_scalar("SELECT id FROM sources")
            .fetch_all(&mut *rows)
            .await?;
        for source in all
            .iter()
            .filter(|id| !sources.iter().any(|kept| kept.as_str() == *id))
        {
            sqlx::query("UPDATE tasks SET enabled = 0 WHERE source_id = $1")
                .bind(source)
                .execute(&mut *rows)
                .await?;
        }
        rows.commit().await?;
        Ok(())
    }

    /// Makes everything of a role due now; what is switched off stays so.
    pub async fn make_due(&self, role: Role, now: Timestamp) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE tasks SET due_at = $2, due_rule = 'asked' WHERE role = $1 AND due_at > $2
             AND (memento_at IS NULL OR last_success_at IS NULL)",
        )
        .bind(role.code())
        .bind(instant(now))
        .execute(&self.writer)
        .await?;
        Ok(())
    }
}

/// Adds what a channel announced; what is known already becomes due again only when the
/// channel says that it changed since it was last seen.
pub(super) async fn save_announced(
    rows: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    source: &SourceId,
    channel: &str,
    announced: &[Announced],
    now: Timestamp,
) -> Result<u64, StoreError> {
    let mut new = 0;
    let above: Option<i64> =
        sqlx::query_scalar("SELECT depth FROM tasks WHERE role = 'channel' AND url = $1")
            .bind(channel)
            .fetch_optional(&mut **rows)
            .await?;
    let depth = above.map_or(0, |above| above + 1);
    for page in announced {
        if page.role == Role::Channel && depth > MAX_DEPTH {
            continue;
        }
        let added = sqlx::query(
            "INSERT INTO tasks (role, url, source_id, host, enabled, priority, due_at, first_seen_at,
             announced_by, announced_title, announced_date, failures, unchanged, canonical, canonical_rules,
             depth, memento_of, memento_at)
             VALUES ($8, $1, $2, $3, 1, $9, $4, $4, $5, $6, $7, 0, 0, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING",
        )
        .bind(page.url.as_str())
        .bind(source.as_str())
        .bind(host_of(&page.url))
        .bind(instant(now))
        .bind(channel)
        .bind(&page.title)
        .bind(page.published.map(|published| published.to_string()))
        .bind(page.role.code())
        .bind(i64::from(page.role == Role::Page))
        .bind(page.canonical.as_str())
        .bind(&page.canonical_rules)
        .bind(depth)
        .bind(page.memento.as_ref().map(|(of, _)| of.as_str()))
        .bind(page.memento.as_ref().map(|(_, at)| instant(*at)))
        .execute(&mut **rows)
        .await?
        .rows_affected();
        new += if page.role == Role::Page { added } else { 0 };
        if let (0, Some(modified)) = (added, page.modified) {
            sqlx::query(
                "UPDATE tasks SET due_at = $3, due_rule = 'announced' WHERE role = $4 AND canonical = $1 AND due_at > $3
                 AND last_success_at < $2",
            )
            .bind(page.canonical.as_str())
            .bind(instant(modified))
            .bind(instant(now))
            .bind(page.role.code())
            .execute(&mut **rows)
            .await?;
        }
    }
    Ok(new)
}

fn task(row: &SqliteRow) -> Result<Task, StoreError> {
    let url: String = row.try_get("url")?;
    let first_seen_at: String = row.try_get("first_seen_at")?;
    let last_attempt_at: Option<String> = row.try_get("last_attempt_at")?;
    let count = |column: &str| -> Result<u32, StoreError> {
        let count: i64 = row.try_get(column)?;
        Ok(u32::try_from(count).unwrap_or_default())
    };
    Ok(Task {
        role: coded("role", row.try_get("role")?, Role::from_code)?,
        url: parsed("address", &url)?,
        source: SourceId::new(row.try_get::<String, _>("source_id")?),
        host: row.try_get("host")?,
        announced_by: row.try_get("announced_by")?,
        first_seen_at: parsed("instant", &first_seen_at)?,
        last_attempt_at: last_attempt_at.map(|at| parsed("instant", &at)).transpose()?,
        etag: row.try_get("etag")?,
        last_modified: row.try_get("last_modified")?,
        capture: row
            .try_get::<Option<String>, _>("capture_id")?
            .map(CaptureId::new),
        payload_sha256: row.try_get("payload_sha256")?,
        failures: count("failures")?,
        unchanged: count("unchanged")?,
        canonical: parsed("address", row.try_get("canonical")?)?,
        canonical_rules: row.try_get("canonical_rules")?,
        memento: match (
            row.try_get::<Option<String>, _>("memento_of")?,
            row.try_get::<Option<String>, _>("memento_at")?,
        ) {
            (Some(of), Some(at)) => Some((parsed("address", &of)?, parsed("instant", &at)?)),
            _ => None,
        },
        announced_date: row
            .try_get::<Option<String>, _>("announced_date")?
            .and_then(|date| Moment::parse(&date)),
        due_at: parsed("instant", row.try_get("due_at")?)?,
        due_rule: coded("due rule", row.try_get("due_rule")?, DueRule::from_code)?,
        pause: row
            .try_get::<Option<i64>, _>("pause_s")?
            .map(SignedDuration::from_secs),
    })
}
