//! When an address is asked for again. Time is an argument; nothing here reads a clock.

use jiff::{SignedDuration, Timestamp};

use crate::model::capture::Role;
use crate::model::outcome::Outcome;
use crate::settings::CrawlSettings;

/// How a visit ended, as far as the next one depends on it.
#[derive(Clone, Copy, Debug)]
pub struct Ended {
    /// What the address is.
    pub role: Role,
    /// What became of it.
    pub outcome: Outcome,
    /// Failures in a row, this one included.
    pub failures: u32,
    /// Visits in a row that found nothing new, this one included.
    pub unchanged: u32,
    /// How often the channel is asked.
    pub every: SignedDuration,
    /// What the server asks for with `Retry-After`.
    pub retry_after: Option<SignedDuration>,
}

/// When an address is due again.
///
/// A channel keeps its own interval. A page is asked for after `revisit_after`, and the pause doubles
/// while it does not change, up to `revisit_at_most`; a page that is gone, or failed too often, waits
/// that long at once. A failure is tried again after `retry_after`, doubling.
pub fn due_again(ended: Ended, settings: &CrawlSettings, now: Timestamp) -> Timestamp {
    let usual = match ended.role {
        Role::Channel => ended.every,
        Role::Page => doubled(settings.revisit_after, ended.unchanged, settings.revisit_at_most),
    };
    let pause = match ended.outcome {
        outcome if outcome.is_success() || outcome == Outcome::Empty => usual,
        Outcome::RobotsDisallowed => settings.robots_for.max(usual),
        Outcome::NotFound | Outcome::Gone if ended.role == Role::Page => settings.revisit_at_most,
        Outcome::Refused | Outcome::TooLarge => settings.revisit_at_most,
        _ if ended.failures >= settings.give_up_after => settings.revisit_at_most.max(usual),
        _ => doubled(
            settings.retry_after,
            ended.failures.saturating_sub(1),
            settings.revisit_at_most,
        ),
    };
    let pause = pause.max(ended.retry_after.unwrap_or_default());
    now.saturating_add(pause).unwrap_or(Timestamp::MAX)
}

fn doubled(first: SignedDuration, times: u32, most: SignedDuration) -> SignedDuration {
    let factor = 1_i32 << times.min(20);
    first.checked_mul(factor).unwrap_or(most).min(most).max(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::load;

    #[track_caller]
    fn check(role: Role, outcome: Outcome, failures: u32, unchanged: u32, hours: f64) {
        let settings = load(None, []).expect("the defaults").crawl;
        let ended = Ended {
            role,
            outcome,
            failures,
            unchanged,
            every: SignedDuration::from_hours(2),
            retry_after: None,
        };
        let now = Timestamp::UNIX_EPOCH;
        let pause = due_again(ended, &settings, now).duration_since(now);
        assert_eq!(pause.as_secs_f64() / 3600.0, hours);
    }

    #[test]
    fn a_channel_keeps_its_interval() {
        check(Role::Channel, Outcome::Changed, 0, 0, 2.0);
        check(Role::Channel, Outcome::NotModified, 0, 9, 2.0);
    }

    #[test]
    fn a_page_that_does_not_change_is_asked_for_less_and_less() {
        check(Role::Page, Outcome::Changed, 0, 0, 24.0);
        check(Role::Page, Outcome::Unchanged, 0, 2, 96.0);
        check(Role::Page, Outcome::Unchanged, 0, 40, 720.0);
    }

    #[test]
    fn a_failure_is_tried_again_soon_and_then_seldom() {
        check(Role::Page, Outcome::TimedOut, 1, 0, 5.0 / 60.0);
        check(Role::Channel, Outcome::ServerError, 3, 0, 20.0 / 60.0);
        check(Role::Page, Outcome::TimedOut, 5, 0, 720.0);
        check(Role::Page, Outcome::Gone, 1, 0, 720.0);
    }
}
