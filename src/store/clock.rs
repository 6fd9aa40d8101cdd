//! A clock that was wrong: moments on row that have not come yet, though they tell of what happened.

use jiff::{SignedDuration, Timestamp};
use sqlx::Row;

use super::values::{instant, parsed};
use super::{Store, StoreError};
use crate::model::host::{HostState, LONGEST_HELD};

/// Clocks are set by this much without anybody being wrong.
pub const SLACK: SignedDuration = SignedDuration::from_secs(60);
/// Longer than any delivery waits and any capture is put off.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(72);

impl Store {
    /// The latest moment at which something was asked for, where that is yet to come by a clock that says `now`. It stays on
    /// row when [`Store::let_go_of_future`] was called: what happened keeps the moment it was given.
    pub async fn asked_in_future(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        // Requests are forgotten after a while by the very clock that was wrong; hosts are not.
        let row = sqlx::query(
            "SELECT MAX(at) AS latest FROM (SELECT (SELECT MAX(at) FROM attempts) AS at
             UNION ALL SELECT MAX(last_served_at) FROM hosts) AS asked",
        )
        .fetch_one(&self.readers)
        .await?;
        let latest: Option<String> = row.try_get("latest")?;
        let latest: Option<Timestamp> = latest.map(|at| parsed("instant", &at)).transpose()?;
        Ok(latest.filter(|latest| *latest > later(now, SLACK)))
    }

    /// Lets nothing wait for a moment that another clock gave. Only what is planned is planned anew: what was asked for at a moment
    /// to come is due now, and so is what was put off, a saved search and a delivery. What happened keeps its moments, because nobody
    /// can tell here whether that clock was fast or this one is slow; whoever reads them knows that they may lie ahead (`future`).
    /// `floor` is the pause that pages are owed, whatever their channel announces.
    pub async fn let_go_of_future(&self, now: Timestamp, floor: SignedDuration) -> Result<(), StoreError> {
        let at = |pause| instant(later(now, pause));
        let (slack, longest, announced) = (at(SLACK), at(LONGEST_WAIT), at(floor.saturating_add(SLACK)));
        let hosts = self.hosts().await?;
        let owed = hosts.iter().map(|host| (host, host.after_set_back(now)));
        let owed = owed.filter(|(host, after)| host.not_before != after.not_before);
        let owed: Vec<HostState> = owed.map(|(_, after)| after).collect();
        let now = instant(now);
        // Each with `$1` for now and `$2` for the moment behind which it was another clock's.
        let due = "UPDATE tasks SET due_at = $1, due_rule = 'clock' WHERE due_at > $2 AND due_rule NOT IN ('given', 'memento') AND ";
        let statements = [
            (format!("{due} last_attempt_at > $2"), &slack),
            // These are due as soon as they are known.
            (format!("{due} due_rule IN ('new', 'asked')"), &slack),
            (format!("{due} due_rule = 'announced'"), &announced),
            (
                "UPDATE captures SET unread_until = $1 WHERE unread_until > $2".into(),
                &longest,
            ),
            (
                "UPDATE searches SET due_at = $1 WHERE looked_at > $2 AND due_at > $2".into(),
                &slack,
            ),
            (
                "UPDATE deliveries SET due_at = $1 WHERE due_at > $2".into(),
                &longest,
            ),
        ];
        let mut rows = self.begin().await?;
        for (statement, behind) in statements {
            sqlx::query(sqlx::AssertSqlSafe(statement))
                .bind(&now)
                .bind(behind)
                .execute(&mut *rows)
                .await?;
        }
        // What a host asked for is owed still.
        for host in owed {
            sqlx::query("UPDATE hosts SET not_before = $2 WHERE host = $1")
                .bind(&host.host)
                .bind(host.not_before.map(instant))
                .execute(&mut *rows)
                .await?;
        }
        rows.commit().await?;
        Ok(())
    }
}

/// The moment behind which what happened happened by another clock than the one that says `now`.
pub(super) fn future(now: Timestamp) -> String {
    instant(later(now, SLACK))
}

/// The moment behind which no host is left alone by a clock that says `now`.
pub(super) fn beyond_any_pause(now: Timestamp) -> String {
    instant(later(now, LONGEST_HELD))
}

fn later(now: Timestamp, pause: SignedDuration) -> Timestamp {
    now.saturating_add(pause).unwrap_or(Timestamp::MAX)
}
