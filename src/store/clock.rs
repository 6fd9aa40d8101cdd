//! A clock that was wrong: moments on row that have not come yet, though they tell of what happened.

use jiff::{SignedDuration, Timestamp};
use sqlx::Row;

use super::values::{instant, parsed};
use super::{Store, StoreError};

/// Clocks are set by this much without anybody being wrong.
const SLACK: SignedDuration = SignedDuration::from_secs(60);
/// Longer than any host is left alone, any delivery waits and any capture is put off.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(72);

impl Store {
    /// The latest moment at which something was asked for, where that is yet to come by a clock that says `now`. It stays on
    /// row when [`Store::let_go_of_future`] was called: what was archived then bears it as well.
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

    /// Lets nothing wait for a moment that a wrong clock gave. What was asked for at a moment to come is due now and counts as asked
    /// for just before; its host is not left alone, its robots.txt is read anew; so with what was put off, saved searches and
    /// deliveries. `floor` is the pause that pages are owed, whatever their channel announces.
    pub async fn let_go_of_future(&self, now: Timestamp, floor: SignedDuration) -> Result<(), StoreError> {
        let before = now.saturating_sub(SignedDuration::from_secs(1)).unwrap_or(now);
        let at = |pause| instant(later(now, pause));
        let (slack, longest, announced) = (at(SLACK), at(LONGEST_WAIT), at(floor.saturating_add(SLACK)));
        let (now, before) = (instant(now), instant(before));
        // Each with `$1` for what it is set to and `$2` for the moment behind which it was a wrong clock's.
        let due = "UPDATE tasks SET due_at = $1, due_rule = 'clock' WHERE due_at > $2 AND due_rule NOT IN ('given', 'memento') AND ";
        let statements = [
            (format!("{due} last_attempt_at > $2"), &now, &slack),
            // These are due as soon as they are known.
            (format!("{due} due_rule IN ('new', 'asked')"), &now, &slack),
            (format!("{due} due_rule = 'announced'"), &now, &announced),
            // Absence is told once a later visit confirms it.
            (
                "UPDATE tasks SET absent_since = $1 WHERE absent_since > $2".into(),
                &before,
                &slack,
            ),
            (
                "UPDATE tasks SET last_attempt_at = $1 WHERE last_attempt_at > $2".into(),
                &before,
                &slack,
            ),
            (
                "UPDATE hosts SET not_before = NULL, last_served_at = $1 WHERE last_served_at > $2".into(),
                &before,
                &slack,
            ),
            (
                "UPDATE hosts SET not_before = $1 WHERE not_before > $2".into(),
                &now,
                &longest,
            ),
            (
                "UPDATE robots SET fetched_at = $1, expires_at = $1 WHERE fetched_at > $2".into(),
                &before,
                &slack,
            ),
            (
                "UPDATE captures SET unread_until = $1 WHERE unread_until > $2".into(),
                &now,
                &longest,
            ),
            (
                "UPDATE searches SET due_at = $1 WHERE looked_at > $2 AND due_at > $2".into(),
                &now,
                &slack,
            ),
            (
                "UPDATE deliveries SET due_at = $1 WHERE due_at > $2".into(),
                &now,
                &longest,
            ),
        ];
        let mut rows = self.begin().await?;
        for (statement, set_to, behind) in statements {
            sqlx::query(sqlx::AssertSqlSafe(statement))
                .bind(set_to)
                .bind(behind)
                .execute(&mut *rows)
                .await?;
        }
        rows.commit().await?;
        Ok(())
    }
}

fn later(now: Timestamp, pause: SignedDuration) -> Timestamp {
    now.saturating_add(pause).unwrap_or(Timestamp::MAX)
}
