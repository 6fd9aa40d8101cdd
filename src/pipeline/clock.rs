//! A clock that says less than what is on row: it is slow now, or was fast once.

use std::fmt;

use jiff::{SignedDuration, Timestamp};

use super::{PipelineError, Tracker};

/// That something on row is yet to come.
#[derive(Clone, Copy, Debug)]
pub struct ClockBehind {
    /// The latest moment at which something was asked for.
    latest: Timestamp,
    /// What the clock says.
    now: Timestamp,
}

/// Whether the clock is behind what is on row.
pub async fn clock_behind(tracker: &Tracker, now: Timestamp) -> Result<Option<ClockBehind>, PipelineError> {
    let latest = tracker.store.asked_in_future(now).await?;
    Ok(latest.map(|latest| ClockBehind { latest, now }))
}

impl ClockBehind {
    /// By how much.
    pub fn by(&self) -> SignedDuration {
        self.latest.duration_since(self.now)
    }
}

impl fmt::Display for ClockBehind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = self.by().as_mins();
        let by = match (minutes / (24 * 60), minutes / 60) {
            (0, 0) => format!("{minutes} min"),
            (0, hours) => format!("{hours} h"),
            (1, _) => "1 day".to_string(),
            (days, _) => format!("{days} days"),
        };
        let at = |at: Timestamp| at.strftime("%Y-%m-%d %H:%M UTC").to_string();
        write!(
            formatter,
            "this machine's clock ({}) is {by} behind the latest request on record ({}): it is slow now, or was fast then. \
             Nothing waits for that time; but what was captured then bears its days, and counts as newer than what is captured \
             before them",
            at(self.now),
            at(self.latest),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_by_how_much() {
        let now: Timestamp = "2026-03-02T09:00:00Z".parse().expect("an instant");
        let told = |latest: &str| {
            let latest = latest.parse().expect("an instant");
            ClockBehind { latest, now }.to_string()
        };
        assert!(told("2026-04-11T09:00:01Z").contains("is 40 days behind"));
        assert!(told("2026-03-03T10:00:00Z").contains("is 1 day behind"));
        assert!(told("2026-03-02T12:30:00Z").contains("is 3 h behind"));
        assert!(told("2026-03-02T09:05:00Z").contains("is 5 min behind"));
    }
}
