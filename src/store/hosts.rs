//! The hosts: until when each is left alone, and when it was last served.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::together::{RowsOf, batches};
use super::values::{coded, instant, number, parsed};
use super::{Rows, Store, StoreError};
use crate::model::host::{HostState, Pushback};
use crate::model::id::SourceId;

const COLUMNS: &str = "h.host, h.not_before, h.failures, h.reason, h.last_served_at";

impl Store {
    /// How every host stands that was ever asked.
    pub async fn hosts(&self) -> Result<Vec<HostState>, StoreError> {
        self.hosts_where("1 = 1", "", "").await
    }

    /// The hosts that are left alone at `now`, the one that comes back first first.
    pub async fn held_hosts(&self, now: Timestamp) -> Result<Vec<HostState>, StoreError> {
        self.held_where("h.not_before > $1", now, "").await
    }

    /// Those of them that a source has addresses at.
    pub async fn held_hosts_of(
        &self,
        source: &SourceId,
        now: Timestamp,
    ) -> Result<Vec<HostState>, StoreError> {
        self.held_where(
            "h.not_before > $1 AND EXISTS (SELECT 1 FROM tasks t WHERE t.source_id = $2 AND t.host = h.host)",
            now,
            source.as_str(),
        )
        .await
    }

    /// Those of them where something is due that was not visited at `visited_before` or later.
    pub async fn held_hosts_with_due(
        &self,
        now: Timestamp,
        visited_before: Timestamp,
    ) -> Result<Vec<HostState>, StoreError> {
        self.held_where(
            "h.not_before > $1 AND EXISTS (SELECT 1 FROM tasks t WHERE t.enabled = 1
             AND t.host = h.host AND t.due_at <= $1 AND COALESCE(t.last_attempt_at, '') < $2)",
            now,
            &instant(visited_before),
        )
        .await
    }

    /// Forgets that hosts could not be reached: it may have been this machine's own network, and no host
    /// has asked for quiet.
    pub async fn forget_unreached(&self) -> Result<(), StoreError> {
        let mut rows = self.begin().await?;
        sqlx::query("UPDATE hosts SET not_before = NULL WHERE reason = $1")
            .bind(Pushback::Unreachable.code())
            .execute(&mut *rows)
            .await?;
        sqlx::query("DELETE FROM robots WHERE status IS NULL")
            .execute(&mut *rows)
            .await?;
        rows.commit().await?;
        Ok(())
    }

    /// Those of some hosts that are left alone at `now`.
    async fn held_where(
        &self,
        condition: &'static str,
        now: Timestamp,
        second: &str,
    ) -> Result<Vec<HostState>, StoreError> {
        let mut held = self.hosts_where(condition, &instant(now), second).await?;
        held.retain(|host| host.held(now).is_some());
        Ok(held)
    }

    async fn hosts_where(
        &self,
        condition: &'static str,
        first: &str,
        second: &str,
    ) -> Result<Vec<HostState>, StoreError> {
        let statement =
            format!("SELECT {COLUMNS} FROM hosts h WHERE {condition} ORDER BY h.not_before, h.host");
        let mut query = sqlx::query(sqlx::AssertSqlSafe(statement));
        for (place, value) in [("$1", first), ("$2", second)] {
            if condition.contains(place) {
                query = query.bind(value);
            }
        }
        query.fetch_all(&self.readers).await?.iter().map(state).collect()
    }
}

fn state(row: &SqliteRow) -> Result<HostState, StoreError> {
    let at = |column: &str| -> Result<Option<Timestamp>, StoreError> {
        let text: Option<String> = row.try_get(column)?;
        text.map(|text| parsed("instant", &text)).transpose()
    };
    let reason: Option<String> = row.try_get("reason")?;
    Ok(HostState {
        host: row.try_get("host")?,
        not_before: at("not_before")?,
        failures: number(row, "failures")?,
        reason: reason
            .map(|code| coded("reason", &code, Pushback::from_code))
            .transpose()?,
        last_served_at: at("last_served_at")?,
    })
}

// The later of two views of a crawl stays; what is days later than a view is of another clock.
static INTO_HOSTS: RowsOf = RowsOf::new(
    5,
    "INSERT INTO hosts (host, not_before, failures, reason, last_served_at)",
    " ON CONFLICT (host) DO UPDATE SET not_before = excluded.not_before, failures = excluded.failures,
     reason = excluded.reason, last_served_at = excluded.last_served_at
     WHERE COALESCE(excluded.last_served_at, '') >= COALESCE(hosts.last_served_at, '')
     OR substr(excluded.last_served_at, 1, 10) < substr(hosts.last_served_at, 1, 10)",
);

/// Keeps how hosts stand. Two visits may touch one host (a redirect leads there): the later view of it stays.
pub(super) async fn save<'a>(
    rows: &mut Rows<'_>,
    states: impl Iterator<Item = &'a HostState>,
) -> Result<(), StoreError> {
    let mut latest: BTreeMap<&str, &HostState> = BTreeMap::new();
    for state in states {
        let kept = latest.entry(&state.host).or_insert(state);
        if state.last_served_at >= kept.last_served_at {
            *kept = state;
        }
    }
    let latest: Vec<&HostState> = latest.into_values().collect();
    for together in batches(&latest) {
        let mut query = sqlx::query(INTO_HOSTS.statement(together.len()));
        for state in together {
            query = query
                .bind(&state.host)
                .bind(state.not_before.map(instant))
                .bind(i64::from(state.failures))
                .bind(state.reason.map(Pushback::code))
                .bind(state.last_served_at.map(instant));
        }
        query.execute(&mut **rows).await?;
    }
    Ok(())
}
