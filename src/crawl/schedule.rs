//! When an address is asked for again, and why then. Time is an argument; nothing here reads a clock.
//!
//! Pages follow the adaptive schedule of Apache Nutch (`AdaptiveFetchSchedule`) and StormCrawler
//! (`AdaptiveScheduler`): the pause grows by half while nothing changes and is halved by a change, between
//! a floor and a ceiling. Because the pauses add up to about twice the last one, a page is asked for at
//! pauses of about half its age: often after publication, seldom later.
//!
//! Channels without an interval or pattern of their own adapt as well, but to what they bring: one that brought so
//! many items is next asked after the pause divided by one more than that, one that brought nothing after a tenth
//! more. So it comes to rest where about every eighth visit brings something, and a silence is broken off after about
//! a tenth of its length: news must not wait as long as a silent edit may.

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use crate::model::cadence::{Cadence, Rhythm};
use crate::model::capture::Role;
use crate::model::outcome::Outcome;
use crate::model::schedule::{DueRule, NEVER};
use crate::settings::CrawlSettings;

/// The longest pause of what is waited for: a new page, a channel, a host that may come back.
const SOON: SignedDuration = SignedDuration::from_hours(6);

/// The share of the shortest usual pause after which a page in doubt is looked at again: soon, but not before most
/// mishaps are over.
const DOUBT: f64 = 0.5;
/// How much longer a pause gets when nothing changed.
const GROWTH: f64 = 1.5;
/// How much of a pause is left when something changed.
const SHRINKAGE: f64 = 0.5;
/// How much longer the pause of a channel gets that brought nothing.
const QUIET_GROWTH: f64 = 1.1;
/// The share of its pause after which a channel that brought nothing is believed to be quiet: who asks by hand
/// in between learns nothing of its rhythm.
const WHOLE_PAUSE: f64 = 0.9;
/// A plain interval is stretched by up to this share, so that sources do not move in step.
const JITTER: f64 = 0.1;
/// A cron time is moved by up to this much: who writes "on the hour" does not mean the first second.
const CRON_JITTER: SignedDuration = SignedDuration::from_secs(30);

/// How a visit ended, as far as the next one depends on it.
#[derive(Clone, Debug)]
pub struct Ended<'a> {
    /// What the address is.
    pub role: Role,
    /// The address: it seeds the jitter, which is so the same wherever it is computed.
    pub url: &'a str,
    /// Whether it is an archive's copy.
    pub is_memento: bool,
    /// What became of it.
    pub outcome: Outcome,
    /// Failures in a row for reasons of its own, this one included.
    pub failures: u32,
    /// Visits in a row that failed for reasons of the host, this one included: 0 where this one did not.
    pub deferrals: u32,
    /// Whether it was never fetched.
    pub is_new: bool,
    /// Whether it is a sitemap of which its index says when it changes.
    pub is_dated_by_index: bool,
    /// The pause before this visit, where it was one of the adaptive ones.
    pub pause: Option<SignedDuration>,
    /// How old the page is.
    pub age: SignedDuration,
    /// How often the channel is asked.
    pub cadence: &'a Cadence,
    /// What the channel brought that was not known; nothing where it announced no page, or was never read before.
    pub brought: Option<u64>,
    /// How long ago the last visit was that went well.
    pub since_success: Option<SignedDuration>,
    /// Until when the host is left alone.
    pub held_until: Option<Timestamp>,
    /// Whether the server named that time (`Retry-After`).
    pub asked_by_server: bool,
}

/// When an address is due again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// When.
    pub at: Timestamp,
    /// Why then.
    pub rule: DueRule,
    /// The adaptive pause of a page, to be grown or shrunk next time.
    pub pause: Option<SignedDuration>,
}

/// When an address is due again.
///
/// A channel keeps its cadence or follows what it brings, a page keeps its adaptive pause. A failure is tried again after `retry_after`,
/// doubling up to six hours (of a channel its cadence, where that is longer). A page that failed
/// `give_up_after` times for reasons of its own is asked for at half its age, so that a page which was
/// announced before it was there is found; one that was held and is gone is looked for after hours at first, then
/// days, in the end at `revisit_at_most`: what is taken down for a weekend is told as that. What the
/// host is to blame for counts nothing against the page. Nothing is due while its host is left alone.
pub fn due_again(ended: &Ended<'_>, settings: &CrawlSettings, now: Timestamp) -> Due {
    let due = usual(ended, settings, now);
    match ended.held_until.filter(|until| *until > due.at) {
        Some(at) => Due {
            at,
            rule: match ended.asked_by_server {
                true => DueRule::RetryAfter,
                false => DueRule::Host,
            },
            ..due
        },
        None => due,
    }
}

fn usual(ended: &Ended<'_>, settings: &CrawlSettings, now: Timestamp) -> Due {
    let at_most = settings.revisit_at_most;
    let after = |pause: SignedDuration, rule| Due {
        at: now.saturating_add(pause).unwrap_or(Timestamp::MAX),
        rule,
        pause: ended.pause,
    };
    let doubled = |times: u32| {
        settings
            .retry_after
            .saturating_mul(1 << times.saturating_sub(1).min(20))
    };
    if ended.is_memento && ended.outcome.is_success() {
        return Due {
            at: NEVER,
            rule: DueRule::Memento,
            pause: None,
        };
    }
    let is_given_up = ended.failures >= settings.give_up_after;
    match (ended.outcome, ended.role) {
        (outcome, Role::Channel) if outcome.is_success() && ended.is_dated_by_index => {
            after(at_most, DueRule::Index)
        }
        (outcome, Role::Channel) if outcome.is_success() => channel(ended, now),
        (outcome, Role::Page) if outcome.is_success() || outcome == Outcome::Empty => {
            page(ended, settings, now)
        }
        (Outcome::RobotsDisallowed, _) => after(settings.robots_kept_for(), DueRule::Robots),
        (_, Role::Page) if ended.deferrals > 0 => after(doubled(ended.deferrals).min(SOON), DueRule::Host),
        // A channel is what is asked first when its host may be asked again.
        (_, Role::Channel) if ended.deferrals > 0 => after(
            doubled(ended.deferrals).min(ended.cadence.pause(now)),
            DueRule::Host,
        ),
        (Outcome::InDoubt, Role::Page) => after(scaled(settings.revisit_after, DOUBT), DueRule::Doubt),
        (Outcome::Gone, Role::Page) => after(while_gone(ended.failures).min(at_most), DueRule::Gone),
        (Outcome::Refused | Outcome::TooLarge, Role::Page) => after(at_most, DueRule::Refused),
        (Outcome::NotFound, Role::Page) if is_given_up && !ended.is_new => {
            let times = ended.failures - settings.give_up_after + 1;
            after(while_gone(times).min(at_most), DueRule::Gone)
        }
        (_, Role::Page) if is_given_up => {
            let half = ended.age / 2;
            after(half.max(SOON).min(at_most), DueRule::GivenUp)
        }
        (_, Role::Page) => after(doubled(ended.failures).min(SOON), DueRule::Retry),
        (_, Role::Channel) => {
            let most = ended.cadence.pause(now).max(SOON);
            after(doubled(ended.failures).min(most), DueRule::Retry)
        }
    }
}

/// The pause before a page is looked for again that was found gone so many times in a row.
fn while_gone(times: u32) -> SignedDuration {
    SOON.saturating_mul(1 << times.saturating_sub(1).min(20))
}

fn channel(ended: &Ended<'_>, now: Timestamp) -> Due {
    let share = share_of(ended.url, now);
    let (rule, jitter) = match ended.cadence {
        Cadence::Every(length) => (DueRule::Every, scaled(*length, JITTER * share)),
        Cadence::Cron(_) => (DueRule::Cron, scaled(CRON_JITTER, share)),
        Cadence::Adaptive(rhythm) => return adaptive(ended, rhythm, now),
    };
    let next = ended.cadence.after(now).unwrap_or(Timestamp::MAX);
    Due {
        at: next.saturating_add(jitter).unwrap_or(Timestamp::MAX),
        rule,
        pause: None,
    }
}

/// The pause of a channel follows what it brings. Where that is not told (a first reading is new throughout, an index
/// of sitemaps announces no page), it is as at first.
fn adaptive(ended: &Ended<'_>, rhythm: &Rhythm, now: Timestamp) -> Due {
    let (pause, rule) = match (ended.brought, ended.pause) {
        (_, None) => (rhythm.first, DueRule::Every),
        (None | Some(0), Some(pause)) => {
            let waited = ended.since_success.unwrap_or(pause);
            let is_told = waited >= scaled(pause, WHOLE_PAUSE);
            (
                scaled(pause, if is_told { QUIET_GROWTH } else { 1.0 }),
                DueRule::Quiet,
            )
        }
        (Some(items), Some(pause)) => {
            // What piled up while nobody asked came over a longer time.
            let waited = ended.since_success.unwrap_or(pause).max(pause);
            #[allow(clippy::cast_precision_loss, reason = "no channel announces as many")]
            let parts = items as f64 + 1.0;
            (scaled(waited, 1.0 / parts).min(pause), DueRule::Brought)
        }
    };
    let pause = pause.max(rhythm.least).min(rhythm.most);
    Due {
        at: after(pause, ended.url, now),
        rule,
        // Begun once there is something to go by.
        pause: (ended.brought.is_some() || ended.pause.is_some()).then_some(pause),
    }
}

/// When a pause ends, stretched by an address's own share.
fn after(pause: SignedDuration, url: &str, now: Timestamp) -> Timestamp {
    let jitter = scaled(pause, JITTER * share_of(url, now));
    now.saturating_add(pause.saturating_add(jitter))
        .unwrap_or(Timestamp::MAX)
}

fn page(ended: &Ended<'_>, settings: &CrawlSettings, now: Timestamp) -> Due {
    let (least, most) = (settings.revisit_after, settings.revisit_at_most);
    let (pause, rule) = match ended.pause {
        // What was old when we met it has settled down.
        None => (scaled(ended.age, 0.5), DueRule::Age),
        Some(pause) if ended.outcome == Outcome::Changed => (scaled(pause, SHRINKAGE), DueRule::Changed),
        Some(pause) => (scaled(pause, GROWTH), DueRule::Unchanged),
    };
    let pause = pause.max(least).min(most.max(least));
    Due {
        at: after(pause, ended.url, now),
        rule,
        pause: Some(pause),
    }
}

fn scaled(length: SignedDuration, factor: f64) -> SignedDuration {
    SignedDuration::try_from_secs_f64(length.as_secs_f64() * factor).unwrap_or(SignedDuration::MAX)
}

/// A number from 0 to 1 that an address and a time always give again.
fn share_of(url: &str, now: Timestamp) -> f64 {
    let digest = Sha256::new()
        .chain_update(url)
        .chain_update(now.as_second().to_be_bytes())
        .finalize();
    f64::from(u16::from_be_bytes([digest[0], digest[1]])) / f64::from(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::load;

    const HOUR: f64 = 3600.0;

    fn ended<'a>(role: Role, outcome: Outcome, cadence: &'a Cadence) -> Ended<'a> {
        Ended {
            role,
            url: "https://town.example/news",
            is_memento: false,
            outcome,
            failures: 0,
            deferrals: 0,
            is_new: false,
            is_dated_by_index: false,
            pause: None,
            age: SignedDuration::ZERO,
            cadence,
            brought: None,
            since_success: None,
            held_until: None,
            asked_by_server: false,
        }
    }

    /// Checks rule and pause in hours, which jitter may stretch by a tenth.
    #[track_caller]
    fn check(ended: &Ended<'_>, rule: DueRule, hours: f64) -> Due {
        let settings = load(None, []).expect("the defaults").crawl;
        let now: Timestamp = "2026-02-06T12:00:00Z".parse().expect("an instant");
        let due = due_again(ended, &settings, now);
        let pause = due.at.duration_since(now).as_secs_f64() / HOUR;
        assert_eq!(due.rule, rule);
        assert!(
            (hours - 0.001..=hours * (1.0 + JITTER) + 0.02).contains(&pause),
            "{pause} is not {hours}"
        );
        due
    }

    fn two_hours() -> Cadence {
        Cadence::Every(SignedDuration::from_hours(2))
    }

    #[test]
    fn a_channel_keeps_its_cadence_and_no_two_move_in_step() {
        let cadence = two_hours();
        let one = check(
            &ended(Role::Channel, Outcome::Changed, &cadence),
            DueRule::Every,
            2.0,
        );
        let other = Ended {
            url: "https://village.example/news",
            ..ended(Role::Channel, Outcome::NotModified, &cadence)
        };
        assert_ne!(one.at, check(&other, DueRule::Every, 2.0).at);
    }

    /// Checks the pause of an adaptive channel after a visit, from pause, items brought and hours since the last one.
    #[track_caller]
    fn check_adaptive((pause, brought, waited): (Option<f64>, Option<u64>, f64), rule: DueRule, hours: f64) {
        let cadence = Cadence::Adaptive(Rhythm {
            first: SignedDuration::from_hours(1),
            least: SignedDuration::from_mins(10),
            most: SignedDuration::from_hours(24 * 14),
        });
        let length = |hours: f64| scaled(SignedDuration::from_hours(1), hours);
        let ended = Ended {
            pause: pause.map(length),
            brought,
            since_success: Some(length(waited)),
            ..ended(Role::Channel, Outcome::Changed, &cadence)
        };
        check(&ended, rule, hours);
    }

    #[test]
    fn a_channel_is_asked_as_often_as_it_brings_something() {
        check_adaptive((None, None, 0.0), DueRule::Every, 1.0);
        check_adaptive((None, Some(0), 1.0), DueRule::Every, 1.0);
        check_adaptive((Some(1.0), Some(0), 1.0), DueRule::Quiet, 1.1);
        check_adaptive((Some(4.0), Some(1), 4.0), DueRule::Brought, 2.0);
        check_adaptive((Some(4.0), Some(7), 4.0), DueRule::Brought, 0.5);
        check_adaptive((Some(0.3), Some(7), 0.3), DueRule::Brought, 1.0 / 6.0);
        check_adaptive((Some(330.0), Some(0), 330.0), DueRule::Quiet, 336.0);
    }

    #[test]
    fn who_asks_a_channel_by_hand_or_was_away_does_not_change_its_rhythm() {
        check_adaptive((Some(4.0), Some(0), 0.1), DueRule::Quiet, 4.0);
        check_adaptive((Some(1.0), Some(30), 24.0 * 7.0), DueRule::Brought, 1.0);
    }

    #[test]
    fn a_new_page_is_asked_for_soon_and_an_old_one_later() {
        let cadence = two_hours();
        let new = ended(Role::Page, Outcome::Changed, &cadence);
        check(&new, DueRule::Age, 1.0);
        let old = Ended {
            age: SignedDuration::from_hours(100),
            ..new
        };
        check(&old, DueRule::Age, 50.0);
    }

    #[test]
    fn the_pause_grows_while_nothing_changes_and_is_halved_by_a_change() {
        let cadence = two_hours();
        let after_ten = |outcome| Ended {
            pause: Some(SignedDuration::from_hours(10)),
            ..ended(Role::Page, outcome, &cadence)
        };
        check(&after_ten(Outcome::NotModified), DueRule::Unchanged, 15.0);
        check(&after_ten(Outcome::Changed), DueRule::Changed, 5.0);
        let settled = Ended {
            pause: Some(SignedDuration::from_hours(700)),
            ..ended(Role::Page, Outcome::Unchanged, &cadence)
        };
        check(&settled, DueRule::Unchanged, 720.0);
    }

    #[test]
    fn a_failure_is_tried_again_soon_and_then_seldom() {
        let cadence = two_hours();
        let failed = |role, outcome, failures| Ended {
            failures,
            age: SignedDuration::from_hours(24 * 400),
            ..ended(role, outcome, &cadence)
        };
        let (page, channel) = (Role::Page, Role::Channel);
        check(&failed(page, Outcome::Broken, 1), DueRule::Retry, 5.0 / 60.0);
        check(
            &failed(channel, Outcome::ServerError, 3),
            DueRule::Retry,
            20.0 / 60.0,
        );
        check(&failed(channel, Outcome::ServerError, 90), DueRule::Retry, 6.0);
        check(&failed(channel, Outcome::Refused, 90), DueRule::Retry, 6.0);
        check(&failed(page, Outcome::Broken, 5), DueRule::GivenUp, 720.0);
        check(&failed(page, Outcome::Gone, 1), DueRule::Gone, 6.0);
        check(&failed(page, Outcome::Gone, 3), DueRule::Gone, 24.0);
        check(&failed(page, Outcome::Gone, 9), DueRule::Gone, 720.0);
        check(&failed(page, Outcome::NotFound, 4), DueRule::Retry, 40.0 / 60.0);
        check(&failed(page, Outcome::NotFound, 5), DueRule::Gone, 6.0);
        check(&failed(page, Outcome::NotFound, 12), DueRule::Gone, 720.0);
    }

    #[test]
    fn a_new_page_that_is_not_there_yet_is_looked_for_at_half_its_age() {
        let cadence = two_hours();
        let missing = |failures, hours| Ended {
            failures,
            is_new: true,
            age: SignedDuration::from_hours(hours),
            ..ended(Role::Page, Outcome::NotFound, &cadence)
        };
        check(&missing(1, 0), DueRule::Retry, 5.0 / 60.0);
        check(&missing(5, 2), DueRule::GivenUp, 6.0);
        check(&missing(9, 48), DueRule::GivenUp, 24.0);
        check(&missing(40, 9999), DueRule::GivenUp, 720.0);
    }

    #[test]
    fn what_the_host_is_to_blame_for_never_gives_a_page_up() {
        let cadence = two_hours();
        let late = |deferrals| Ended {
            deferrals,
            failures: 4,
            ..ended(Role::Page, Outcome::TimedOut, &cadence)
        };
        check(&late(1), DueRule::Host, 5.0 / 60.0);
        check(&late(99), DueRule::Host, 6.0);
        let channel = Ended {
            role: Role::Channel,
            ..late(99)
        };
        check(&channel, DueRule::Host, 2.0);
    }

    #[test]
    fn nothing_is_due_while_its_host_is_left_alone() {
        let cadence = two_hours();
        let now: Timestamp = "2026-02-06T12:00:00Z".parse().expect("an instant");
        let held = |hours, asked_by_server| Ended {
            deferrals: 1,
            held_until: Some(now + SignedDuration::from_hours(hours)),
            asked_by_server,
            ..ended(Role::Channel, Outcome::Blocked, &cadence)
        };
        check(&held(3, true), DueRule::RetryAfter, 3.0);
        check(&held(3, false), DueRule::Host, 3.0);
        check(&held(0, true), DueRule::Host, 5.0 / 60.0);
    }

    #[test]
    fn a_sitemap_waits_for_its_index_to_say_that_it_changed() {
        let cadence = two_hours();
        let dated = Ended {
            is_dated_by_index: true,
            ..ended(Role::Channel, Outcome::Changed, &cadence)
        };
        check(&dated, DueRule::Index, 720.0);
    }
}
