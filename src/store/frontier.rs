//! The frontier: which addresses are due.

use jiff::{SignedDuration, Timestamp};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use url::Url;

use super::clock::{beyond_any_pause, future};
use super::values::{coded, instant, number, of_kind, parsed};
use super::{Rows, Store, StoreError};
use crate::model::capture::Role;
use crate::model::host::host_of;
use crate::model::id::{CaptureId, SourceId};
use crate::model::moment::Moment;
use crate::model::outcome::Outcome;
use crate::model::schedule::{DueRule, Priority};

/// A page that is held and that the frontier may not know.
#[derive(Clone, Debug)]
pub struct HeldPage {
    /// The address that answered with it.
    pub url: Url,
    /// That in canonical form, by which it is known.
    pub canonical: Url,
    /// The rules that made it, as codes.
    pub canonical_rules: String,
    /// Whose it is.
    pub source: SourceId,
    /// What holds it.
    pub capture: CaptureId,
    /// SHA-256 of that.
    pub payload_sha256: String,
    /// When that was fetched.
    pub fetched_at: Timestamp,
}

/// An address that is due.
#[derive(Clone, Debug)]
pub struct Task {
    /// What it is to its source.
    pub role: Role,
    /// The address.
    pub url: Url,
    /// Whose it is.
    pub source: SourceId,
    /// The host whose pace it keeps.
    pub host: String,
    /// What it goes before.
    pub priority: Priority,
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
    /// Failures in a row that were its own.
    pub failures: u32,
    /// Visits in a row that failed for reasons of the host.
    pub deferrals: u32,
    /// Visits in a row that found nothing new.
    pub unchanged: u32,
    /// How the answer was read that the validators stand for.
    pub read_as: Option<String>,
    /// When its channel says it last changed.
    pub announced_modified: Option<Timestamp>,
    /// When it was last fetched.
    pub last_success_at: Option<Timestamp>,
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
    /// Whether it led to another address for good when it was last asked for.
    pub leads_elsewhere: bool,
}

const COLUMNS: &str =
    "role, url, source_id, host, announced_by, first_seen_at, last_attempt_at, etag, last_modified,
    capture_id, payload_sha256, failures, unchanged, announced_date, due_at, due_rule, pause_s, canonical,
    canonical_rules, memento_of, memento_at, priority, deferrals, read_as, announced_modified, last_success_at,
    leads_to IS NOT NULL AS leads_elsewhere";

/// Of a task: until when its host is left alone, empty where it is not.
const HELD_UNTIL: &str =
    "COALESCE((SELECT h.not_before FROM hosts h WHERE h.host = tasks.host), '') AS held_until";

/// Every host with something that is crawled. The index is asked for one after the other: walked through, it would tell
/// each host as often as it has addresses.
const HOSTS: &str = "WITH RECURSIVE hosts_crawled (host) AS (
     SELECT MIN(host) FROM tasks WHERE enabled = 1
     UNION ALL
     SELECT (SELECT MIN(t.host) FROM tasks t WHERE t.enabled = 1 AND t.host > hosts_crawled.host)
     FROM hosts_crawled WHERE hosts_crawled.host IS NOT NULL)";

/// The hosts that may be asked at `$1` with something due that was not visited at `$2` or later, unless by another clock
/// (behind `$3`); a pause that ends behind `$4` is of another clock as well.
pub(super) fn due_hosts() -> String {
    format!(
        "{HOSTS} SELECT host FROM (
             SELECT c.host AS host, COALESCE(h.last_served_at, '') AS served,
                 (SELECT MIN(t.due_at) FROM tasks t WHERE t.enabled = 1 AND t.host = c.host AND t.due_at <= $1
                  AND (COALESCE(t.last_attempt_at, '') < $2 OR t.last_attempt_at > $3)) AS first_due
             FROM hosts_crawled c LEFT JOIN hosts h ON h.host = c.host
             WHERE c.host IS NOT NULL AND (COALESCE(h.not_before, '') <= $1 OR h.not_before > $4)) AS due
         WHERE first_due IS NOT NULL ORDER BY served, first_due, host"
    )
}

/// The first tasks of the host `$1` that are due at `$2` and were not visited at `$3` or later, unless by another clock (behind `$4`), in the order of its turn. The
/// moment is compared so that no index of moments serves: a backlog of which all is due would be sorted at each turn.
pub(super) fn due_tasks(limit: u32) -> String {
    format!(
        "SELECT {COLUMNS} FROM tasks WHERE enabled = 1 AND host = $1 AND COALESCE(due_at, '') <= $2
         AND (COALESCE(last_attempt_at, '') < $3 OR last_attempt_at > $4) ORDER BY priority, newest_at DESC, url LIMIT {limit}"
    )
}

/// When the next address becomes due at a host that may then be asked.
pub(super) fn next_due() -> String {
    format!(
        "{HOSTS} SELECT MIN(CASE WHEN COALESCE(h.not_before, '') > d.due_at THEN h.not_before ELSE d.due_at END)
         FROM (SELECT c.host, (SELECT MIN(t.due_at) FROM tasks t WHERE t.enabled = 1 AND t.host = c.host) AS due_at
               FROM hosts_crawled c WHERE c.host IS NOT NULL) AS d
         LEFT JOIN hosts h ON h.host = d.host"
    )
}

/// The tasks of an address, as announced (`$1`) or in canonical form (`$2`). Without the roles neither of the two indexes
/// would serve.
pub(super) fn tasks_of() -> String {
    format!(
        "SELECT {COLUMNS}, enabled FROM tasks
         WHERE (role IN ('channel', 'page') AND url = $1) OR (role IN ('channel', 'page') AND canonical = $2)
         ORDER BY role"
    )
}

/// The page whose content the capture `$1` holds. The role is compared so that no index of it serves, which has the addresses in
/// order: all pages would be gone through for the first that has the capture.
pub(super) fn page_holding() -> String {
    format!(
        "SELECT {COLUMNS} FROM tasks WHERE capture_id = $1 AND COALESCE(role, '') = 'page' ORDER BY url LIMIT 1"
    )
}

impl Store {
    /// The hosts with something due that may be asked, the one that was served longest ago first. What was
    /// visited at `visited_before` or later is left out, so that a single round ends.
    pub async fn due_hosts(
        &self,
        now: Timestamp,
        visited_before: Timestamp,
    ) -> Result<Vec<String>, StoreError> {
        let hosts = sqlx::query_scalar(sqlx::AssertSqlSafe(due_hosts()))
            .bind(instant(now))
            .bind(instant(visited_before))
            .bind(future(now))
            .bind(beyond_any_pause(now))
            .fetch_all(&self.readers)
            .await?;
        Ok(hosts)
    }

    /// The next things due at a host: channels, then news, then the backlog, then revisits, the newest of each
    /// first. `visited_before` as in `due_hosts`.
    pub async fn due_tasks(
        &self,
        host: &str,
        now: Timestamp,
        visited_before: Timestamp,
        limit: u32,
    ) -> Result<Vec<Task>, StoreError> {
        sqlx::query(sqlx::AssertSqlSafe(due_tasks(limit)))
            .bind(host)
            .bind(instant(now))
            .bind(instant(visited_before))
            .bind(future(now))
            .fetch_all(&self.readers)
            .await?
            .iter()
            .map(task)
            .collect()
    }

    /// What is due next, the soonest first; of one source where one is named. Beside each stands until when
    /// its host is left alone, where that is longer.
    pub async fn upcoming(
        &self,
        source: Option<&str>,
        limit: u32,
    ) -> Result<Vec<(Task, Option<Timestamp>)>, StoreError> {
        let statement = format!(
            "SELECT * FROM (SELECT {COLUMNS}, newest_at, {HELD_UNTIL} FROM tasks
             WHERE enabled = 1 AND ($1 IS NULL OR source_id = $1)) AS planned
             ORDER BY CASE WHEN held_until > due_at THEN held_until ELSE due_at END, priority, newest_at DESC, url
             LIMIT $2"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(statement))
            .bind(source)
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|row| {
                let task = task(row)?;
                let held = Some(row.try_get::<String, _>("held_until")?).filter(|held| !held.is_empty());
                let held: Option<Timestamp> = held.map(|held| parsed("instant", &held)).transpose()?;
                let held = held.filter(|held| *held > task.due_at);
                Ok((task, held))
            })
            .collect()
    }

    /// What is known of an address, as announced or in canonical form; whether it is crawled stands
    /// beside it.
    pub async fn tasks_of(&self, url: &Url, canonical: &Url) -> Result<Vec<(Task, bool)>, StoreError> {
        let rows = sqlx::query(sqlx::AssertSqlSafe(tasks_of()))
            .bind(url.as_str())
            .bind(canonical.as_str())
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|row| Ok((task(row)?, row.try_get::<i64, _>("enabled")? != 0)))
            .collect()
    }

    /// The page whose content a capture holds, if there is one still.
    pub async fn page_holding(&self, capture: &CaptureId) -> Result<Option<Task>, StoreError> {
        let row = sqlx::query(sqlx::AssertSqlSafe(page_holding()))
            .bind(capture.as_str())
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(task).transpose()
    }

    /// How many addresses are due.
    pub async fn due_count(&self, now: Timestamp) -> Result<u64, StoreError> {
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM tasks WHERE enabled = 1 AND due_at <= $1")
            .bind(instant(now))
            .fetch_one(&self.readers)
            .await?;
        of_kind("count", count)
    }

    /// When the next address becomes due at a host that may then be asked.
    pub async fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let due: Option<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(next_due()))
            .fetch_one(&self.readers)
            .await?;
        due.map(|due| parsed("instant", &due)).transpose()
    }

    /// Notes pages that are held and not in the frontier: each is due now, behind everything that is new, and its next answer
    /// is laid beside what is held. Of one that was noted so before, only what is held is renewed.
    pub async fn keep_held(&self, pages: &[HeldPage], now: Timestamp) -> Result<(), StoreError> {
        let mut rows = self.begin().await?;
        for page in pages {
            insert_held(&mut rows, page, now).await?;
            sqlx::query(
                "UPDATE tasks SET capture_id = $3, payload_sha256 = $4, last_attempt_at = $2, last_success_at = $2
                 WHERE role = 'page' AND canonical = $1 AND announced_by IS NULL AND last_success_at < $2",
            )
            .bind(page.canonical.as_str())
            .bind(instant(page.fetched_at))
            .bind(page.capture.as_str())
            .bind(&page.payload_sha256)
            .execute(&mut *rows)
            .await?;
        }
        rows.commit().await?;
        Ok(())
    }

    /// Lets only these sources be crawled until the sources are saved again.
    pub async fn keep_only(&self, sources: &[SourceId]) -> Result<(), StoreError> {
        let mut rows = self.begin().await?;
        let all: Vec<String> = sqlx::query_scalar("SELECT id FROM sources")
            .fetch_all(&mut *rows)
            .await?;
        for source in all
            .iter()
            .filter(|id| !sources.iter().any(|kept| kept.as_str() == *id))
        {
            sqlx::query("UPDATE tasks SET enabled = 0 WHERE source_id = $1 AND enabled <> 0")
                .bind(source)
                .execute(&mut *rows)
                .await?;
        }
        rows.commit().await?;
        Ok(())
    }

    /// Makes everything of a role due now at these sources; what is switched off stays so, a sitemap of which its
    /// index says when it changes waits for that, and what its interface gives is not asked for.
    /// Answers how many that are.
    pub async fn make_due(
        &self,
        role: Role,
        sources: &[SourceId],
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let mut rows = self.begin().await?;
        let mut made = 0;
        for source in sources {
            let done = sqlx::query(
                "UPDATE tasks SET due_at = $2, due_rule = 'asked' WHERE role = $1 AND due_at > $2
                 AND source_id = $3 AND enabled = 1 AND (memento_at IS NULL OR last_success_at IS NULL)
                 AND due_rule NOT IN ('index', 'given')",
            )
            .bind(role.code())
            .bind(instant(now))
            .bind(source.as_str())
            .execute(&mut *rows)
            .await?;
            made += done.rows_affected();
        }
        rows.commit().await?;
        Ok(made)
    }

    /// How many addresses of a source are due.
    pub async fn due_count_of(&self, source: &SourceId, now: Timestamp) -> Result<u64, StoreError> {
        let count: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM tasks WHERE source_id = $1 AND enabled = 1 AND due_at <= $2",
        )
        .bind(source.as_str())
        .bind(instant(now))
        .fetch_one(&self.readers)
        .await?;
        Ok(count.unsigned_abs())
    }

    /// Makes an address due now, as it was announced or as it is known, under the same conditions and among the news of its host, before
    /// its backlog. Answers whether it is due: one that nothing is known of, or that is not asked for, is not.
    pub async fn make_address_due(
        &self,
        url: &Url,
        canonical: &Url,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut rows = self.begin().await?;
        let done = sqlx::query(
            "UPDATE tasks SET due_at = $3, due_rule = 'asked', priority = MIN(priority, $4)
             WHERE ((role IN ('channel', 'page') AND url = $1) OR (role IN ('channel', 'page') AND canonical = $2))
             AND enabled = 1
             AND (memento_at IS NULL OR last_success_at IS NULL) AND due_rule <> 'given'",
        )
        .bind(url.as_str())
        .bind(canonical.as_str())
        .bind(instant(now))
        .bind(i64::from(Priority::News.place()))
        .execute(&mut *rows)
        .await?;
        rows.commit().await?;
        Ok(done.rows_affected() > 0)
    }
}

async fn insert_held(rows: &mut Rows<'_>, page: &HeldPage, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO tasks (role, url, canonical, canonical_rules, source_id, host, enabled, priority, due_at, due_rule,
         first_seen_at, newest_at, capture_id, payload_sha256, last_attempt_at, last_success_at, last_outcome, failures,
         unchanged)
         SELECT 'page', $1, $2, $3, id, $5, enabled, $6, $7, $8, $9, $9, $10, $11, $9, $9, $12, 0, 0
         FROM sources WHERE id = $4 ON CONFLICT DO NOTHING",
    )
    .bind(page.url.as_str())
    .bind(page.canonical.as_str())
    .bind(&page.canonical_rules)
    .bind(page.source.as_str())
    .bind(host_of(&page.url))
    .bind(i64::from(Priority::Revisit.place()))
    .bind(instant(now))
    .bind(DueRule::Asked.code())
    .bind(instant(page.fetched_at))
    .bind(page.capture.as_str())
    .bind(&page.payload_sha256)
    .bind(Outcome::Changed.code())
    .execute(&mut **rows)
    .await?;
    Ok(())
}

fn task(row: &SqliteRow) -> Result<Task, StoreError> {
    let url: String = row.try_get("url")?;
    let first_seen_at: String = row.try_get("first_seen_at")?;
    let at = |column: &str| -> Result<Option<Timestamp>, StoreError> {
        let text: Option<String> = row.try_get(column)?;
        text.map(|text| parsed("instant", &text)).transpose()
    };
    let place: i64 = row.try_get("priority")?;
    Ok(Task {
        role: coded("role", row.try_get("role")?, Role::from_code)?,
        url: parsed("address", &url)?,
        source: SourceId::new(row.try_get::<String, _>("source_id")?),
        host: row.try_get("host")?,
        announced_by: row.try_get("announced_by")?,
        first_seen_at: parsed("instant", &first_seen_at)?,
        last_attempt_at: at("last_attempt_at")?,
        etag: row.try_get("etag")?,
        last_modified: row.try_get("last_modified")?,
        capture: row
            .try_get::<Option<String>, _>("capture_id")?
            .map(CaptureId::new),
        payload_sha256: row.try_get("payload_sha256")?,
        priority: Priority::at_place(place).ok_or_else(|| StoreError::Invalid {
            what: "priority",
            value: place.to_string(),
        })?,
        failures: number(row, "failures")?,
        deferrals: number(row, "deferrals")?,
        read_as: row.try_get("read_as")?,
        announced_modified: at("announced_modified")?,
        last_success_at: at("last_success_at")?,
        unchanged: number(row, "unchanged")?,
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
        leads_elsewhere: row.try_get::<i64, _>("leads_elsewhere")? != 0,
    })
}
