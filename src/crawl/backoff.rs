//! When a host may be asked again after it pushed back. Time is an argument; nothing here reads a clock.
//!
//! The one home of that question: what a source, a page or robots.txt met with counts for the host, and
//! every source of the host waits. Within it `politeness` keeps the pace between two requests.

use std::collections::HashMap;
use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};

use crate::model::host::{HostState, Pushback};

/// What a server asks for with `Retry-After` is kept up to here: a day is a plea, years are a mistake.
const LONGEST_ASKED: SignedDuration = SignedDuration::from_hours(24);
/// Whoever asks for no pause gets this one, so that there is something to double.
const LEAST_ASKED: SignedDuration = SignedDuration::from_secs(1);
/// The longest pause of our own choosing, so that a host that comes back is noticed.
const LONGEST: SignedDuration = SignedDuration::from_hours(6);
/// The longest pause of a host that could not be reached: it may be our own network, and asking costs nobody anything.
const LONGEST_UNREACHED: SignedDuration = SignedDuration::from_mins(30);
/// Where an answer may mean one page only, the first pause is this part of the usual one.
const DOUBTFUL: i32 = 10;

/// How a host stands after it pushed back at `now`; `first` is the pause after a first failure.
///
/// The pause doubles with every further failure. What the server asks for with `Retry-After` stands for the first
/// pause, and doubles as well: a server that goes on asking for a second is not asked every second.
pub fn pushed_back(
    state: &HostState,
    reason: Pushback,
    retry_after: Option<SignedDuration>,
    first: SignedDuration,
    now: Timestamp,
) -> HostState {
    let failures = state.failures.saturating_add(1);
    let pause = match retry_after {
        Some(asked) => doubled(asked.max(LEAST_ASKED), failures).min(LONGEST_ASKED),
        None => pause(reason, failures, first),
    };
    let until = now.saturating_add(pause).unwrap_or(Timestamp::MAX);
    HostState {
        // Whoever asked for more before still has it.
        not_before: state.held(now).max(Some(until)),
        failures,
        reason: Some(reason),
        ..state.clone()
    }
}

/// How a host stands after it answered as it should, or about the page alone.
pub fn answered(state: &HostState) -> HostState {
    HostState {
        not_before: None,
        failures: 0,
        reason: None,
        ..state.clone()
    }
}

fn pause(reason: Pushback, failures: u32, first: SignedDuration) -> SignedDuration {
    let first = match reason {
        // One page may be forbidden or slow while the rest is well.
        Pushback::Forbidden | Pushback::TimedOut => first / DOUBTFUL,
        _ => first,
    };
    let longest = match reason {
        Pushback::Unreachable => LONGEST_UNREACHED,
        _ => LONGEST,
    };
    doubled(first, failures).min(longest)
}

/// A first pause, doubled with every failure after the first.
fn doubled(first: SignedDuration, failures: u32) -> SignedDuration {
    first.saturating_mul(1 << failures.saturating_sub(1).min(20))
}

/// Hosts that are held in memory, besides those that failed lately.
const MOST_HOSTS: usize = 10_000;
/// How long ago a host was asked of which nothing is under way any more.
const LONG_AGO: SignedDuration = SignedDuration::from_hours(1);

/// The hosts of a running crawl as they stand now; the store keeps what was committed of it.
#[derive(Debug, Default)]
pub(super) struct Hosts {
    known: Mutex<HashMap<String, HostState>>,
}

impl Hosts {
    /// The hosts as an earlier crawl left them.
    pub(super) fn new(states: Vec<HostState>) -> Self {
        let known = states.into_iter().map(|state| (state.host.clone(), state));
        Self {
            known: Mutex::new(known.collect()),
        }
    }

    /// Until when a host is left alone, where it is.
    pub(super) fn held(&self, host: &str, now: Timestamp) -> Option<Timestamp> {
        self.state(host).held(now)
    }

    /// How a host stands.
    pub(super) fn state(&self, host: &str) -> HostState {
        let known = self
            .known
            .lock()
            .expect("nothing panics while it holds this lock");
        known.get(host).cloned().unwrap_or_else(|| HostState {
            host: host.to_string(),
            ..HostState::default()
        })
    }

    /// Begins anew what hosts are owed by a clock that was set back to `now`.
    pub(super) fn set_back(&self, now: Timestamp) {
        let mut known = self
            .known
            .lock()
            .expect("nothing panics while it holds this lock");
        known
            .values_mut()
            .for_each(|state| *state = state.after_set_back(now));
    }

    /// Notes that a host is asked at `now`.
    pub(super) fn served(&self, host: &str, now: Timestamp) {
        self.let_go(now);
        self.change(host, |state| HostState {
            last_served_at: Some(now),
            ..state.clone()
        });
    }

    /// Notes that a host answered as it should, or about the page alone.
    pub(super) fn answered(&self, host: &str) {
        self.change(host, answered);
    }

    /// Notes that a host pushed back; answers until when it is left alone.
    pub(super) fn pushed_back(
        &self,
        host: &str,
        reason: Pushback,
        retry_after: Option<SignedDuration>,
        first: SignedDuration,
        now: Timestamp,
    ) -> Option<Timestamp> {
        let state = self.change(host, |state| pushed_back(state, reason, retry_after, first, now));
        if let (Some(until), true) = (state.not_before, state.failures == 1) {
            tracing::info!(host, failures = state.failures, %until, "{host} is left alone until {until}: {reason}");
        }
        state.not_before
    }

    /// Lets go of hosts that are as good as unknown, where there are very many: a site may announce pages under any number of
    /// names.
    fn let_go(&self, now: Timestamp) {
        let mut known = self
            .known
            .lock()
            .expect("nothing panics while it holds this lock");
        if known.len() >= MOST_HOSTS {
            let is_late = |state: &HostState| {
                let asked_at = state.last_served_at.unwrap_or(Timestamp::MIN);
                now.duration_since(asked_at) < LONG_AGO
            };
            known.retain(|_, state| state.failures > 0 || state.held(now).is_some() || is_late(state));
        }
    }

    fn change(&self, host: &str, change: impl Fn(&HostState) -> HostState) -> HostState {
        let mut known = self
            .known
            .lock()
            .expect("nothing panics while it holds this lock");
        let state = known.entry(host.to_string()).or_insert_with(|| HostState {
            host: host.to_string(),
            ..HostState::default()
        });
        *state = change(state);
        state.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: SignedDuration = SignedDuration::from_mins(5);

    fn now() -> Timestamp {
        "2026-02-06T12:00:00Z".parse().expect("an instant")
    }

    /// Checks the pauses, in seconds, after each of these answers in a row: a reason and a `Retry-After`.
    #[track_caller]
    fn check(answers: &[(Pushback, Option<i64>)], seconds: &[i64]) -> HostState {
        let mut state = HostState::default();
        let mut pauses = Vec::new();
        for (reason, asked) in answers {
            let asked = asked.map(SignedDuration::from_secs);
            let now = state.not_before.unwrap_or(now());
            state = pushed_back(&state, *reason, asked, FIRST, now);
            pauses.push(state.not_before.expect("held").duration_since(now).as_secs());
        }
        assert_eq!(pauses, seconds);
        state
    }

    #[test]
    fn the_pause_doubles_while_the_host_pushes_back_and_a_success_ends_it() {
        let reason = Pushback::TooMany;
        let state = check(
            &[(reason, None); 8],
            &[300, 600, 1200, 2400, 4800, 9600, 19200, 21600],
        );
        let well = answered(&state);
        assert_eq!((well.not_before, well.failures, well.reason), (None, 0, None));
        check(
            &[(Pushback::Unreachable, None), (Pushback::RobotsClosed, None)],
            &[300, 600],
        );
    }

    #[test]
    fn a_network_that_comes_back_is_noticed_soon() {
        check(&[(Pushback::Unreachable, None); 5], &[300, 600, 1200, 1800, 1800]);
    }

    #[test]
    fn what_may_mean_one_page_only_begins_small() {
        check(&[(Pushback::Forbidden, None); 4], &[30, 60, 120, 240]);
        check(&[(Pushback::TimedOut, None); 2], &[30, 60]);
    }

    #[test]
    fn the_server_s_own_pause_is_the_first_one_and_never_beyond_a_day() {
        let reason = Pushback::Unavailable;
        check(&[(reason, Some(3)); 3], &[3, 6, 12]);
        check(&[(reason, None), (reason, Some(7200))], &[300, 14400]);
        check(&[(reason, Some(999_999_999)); 2], &[24 * 3600; 2]);
        check(&[(reason, Some(0)); 2], &[1, 2]);
    }

    #[test]
    fn a_shorter_plea_takes_nothing_from_a_longer_one() {
        let long = pushed_back(
            &HostState::default(),
            Pushback::TooMany,
            Some(SignedDuration::from_hours(2)),
            FIRST,
            now(),
        );
        let both = pushed_back(&long, Pushback::Forbidden, None, FIRST, now());
        assert_eq!(both.not_before, long.not_before);
    }

    #[test]
    fn a_day_that_a_server_asked_for_is_kept_when_the_clock_is_set_back() {
        let hosts = Hosts::default();
        hosts.served("a", now());
        let day = SignedDuration::from_hours(24);
        hosts.pushed_back("a", Pushback::Unavailable, Some(day), FIRST, now());
        let earlier = now() - SignedDuration::from_hours(3);
        assert_eq!(
            hosts.held("a", earlier),
            None,
            "by this clock nobody could have asked for it"
        );
        hosts.set_back(earlier);
        assert_eq!(hosts.held("a", earlier), Some(earlier + day));
    }

    #[test]
    fn one_host_waits_and_another_does_not() {
        let hosts = Hosts::default();
        hosts.pushed_back("a", Pushback::TooMany, None, FIRST, now());
        assert_eq!(hosts.held("a", now()), Some(now() + FIRST));
        assert_eq!(hosts.held("a", now() + FIRST), None);
        assert_eq!(hosts.held("b", now()), None);
        hosts.answered("a");
        assert_eq!(hosts.held("a", now()), None);
    }

    #[test]
    fn of_very_many_hosts_those_are_held_that_failed_or_were_asked_lately() {
        let state = |number: usize| HostState {
            host: format!("{number}.town.example"),
            last_served_at: Some(now() - SignedDuration::from_hours(2)),
            ..HostState::default()
        };
        let mut states: Vec<HostState> = (0..MOST_HOSTS).map(state).collect();
        states[0].failures = 1;
        let hosts = Hosts::new(states);
        hosts.served("harbor.example", now());
        assert_eq!(hosts.known.lock().expect("no panic").len(), 2);
        assert_eq!(hosts.state("0.town.example").failures, 1);
    }
}
