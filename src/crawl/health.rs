//! How a channel fares, told from what its readings brought. Pure: time and history come in.

use std::fmt;

use jiff::{SignedDuration, Timestamp};

use crate::model::outcome::Outcome;
use crate::store::ChannelRead;

/// Failures in a row after which a channel is said to fail.
const FAILURES: usize = 3;
/// Readings that brought something new before a channel has a cadence of its own.
const ENOUGH: usize = 4;
/// A channel is silent after its longest usual gap, this many times over.
const GAPS: i32 = 3;
/// … and never before this long.
const LEAST_SILENCE: SignedDuration = SignedDuration::from_hours(24);

/// How a channel fares.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Health {
    /// The last reading that answered as it should.
    pub succeeded_at: Option<Timestamp>,
    /// The last reading that brought something new.
    pub new_at: Option<Timestamp>,
    /// Failures in a row up to now.
    pub failures: usize,
    /// What the last reading announced, and what a usual one does (the median).
    pub items: Option<(u64, u64)>,
    /// New items a day that its own past lets expect, once it has one.
    pub expected_a_day: Option<f64>,
    /// New items in the last seven days.
    pub new_in_week: u64,
    /// What somebody should look at.
    pub flags: Vec<Flag>,
}

/// Something about a channel that somebody should look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// The site does not want us.
    Blocked(Outcome),
    /// It failed this many times in a row.
    Failing(usize),
    /// It answers, and what is read out of it has become nothing.
    Empty,
    /// What is read out of it cannot be read as its kind any more.
    Malformed,
    /// It has brought nothing new for this long, which is unlike it.
    Silent(SignedDuration),
}

impl Flag {
    /// The name used in JSON and metrics.
    pub fn code(self) -> &'static str {
        match self {
            Flag::Blocked(_) => "blocked",
            Flag::Failing(_) => "failing",
            Flag::Empty => "empty",
            Flag::Malformed => "malformed",
            Flag::Silent(_) => "silent",
        }
    }
}

impl fmt::Display for Flag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Flag::Blocked(outcome) => write!(formatter, "blocked: the site refuses us ({outcome})"),
            Flag::Failing(times) => write!(formatter, "failing: {times} times in a row"),
            Flag::Empty => formatter.write_str(
                "empty: it announced pages before and now none; a selector may have stopped matching",
            ),
            Flag::Malformed => formatter.write_str("malformed: it cannot be read as its kind any more"),
            Flag::Silent(length) => {
                let hours = length.as_hours();
                write!(
                    formatter,
                    "silent: nothing new for {} days {} h, unlike before",
                    hours / 24,
                    hours % 24
                )
            }
        }
    }
}

/// How a channel fares at `now`, by its readings, oldest first.
pub fn health(reads: &[ChannelRead], now: Timestamp) -> Health {
    let good = |read: &&ChannelRead| read.outcome.is_success();
    let last = reads.last();
    let failures = reads
        .iter()
        .rev()
        .take_while(|read| !read.outcome.is_success())
        .count();
    let mut counts: Vec<u64> = reads.iter().filter_map(|read| read.items).collect();
    let last_count = counts.last().copied();
    counts.sort_unstable();
    let usual = counts.get(counts.len() / 2).copied();
    let week = now
        .saturating_sub(SignedDuration::from_hours(7 * 24))
        .unwrap_or(Timestamp::MIN);
    let bringing: Vec<&ChannelRead> = reads.iter().filter(|read| read.new > 0).collect();
    let mut health = Health {
        succeeded_at: reads.iter().rev().find(good).map(|read| read.at),
        new_at: bringing.last().map(|read| read.at),
        failures,
        items: last_count.zip(usual),
        expected_a_day: expected_a_day(&bringing),
        new_in_week: reads
            .iter()
            .filter(|read| read.at >= week)
            .map(|read| read.new)
            .sum(),
        flags: Vec::new(),
    };
    match last.map(|read| read.outcome) {
        Some(outcome @ (Outcome::Blocked | Outcome::RobotsDisallowed)) => {
            health.flags.push(Flag::Blocked(outcome));
        }
        Some(Outcome::Malformed) => health.flags.push(Flag::Malformed),
        _ if failures >= FAILURES => health.flags.push(Flag::Failing(failures)),
        _ => {}
    }
    if last_count == Some(0) && usual.is_some_and(|usual| usual > 0) {
        health.flags.push(Flag::Empty);
    }
    health.flags.extend(silence(&bringing, now).map(Flag::Silent));
    health
}

/// New items a day between the first reading that brought any and the last. What the first one brought
/// is the channel's past, not its pace.
fn expected_a_day(bringing: &[&ChannelRead]) -> Option<f64> {
    let (first, last) = (bringing.first()?, bringing.last()?);
    let days = last.at.duration_since(first.at).as_secs_f64() / 86_400.0;
    let new: u64 = bringing.iter().skip(1).map(|read| read.new).sum();
    (bringing.len() >= ENOUGH && days > 0.0).then(|| new as f64 / days)
}

/// How long a channel has brought nothing new, where that is unlike it.
fn silence(bringing: &[&ChannelRead], now: Timestamp) -> Option<SignedDuration> {
    if bringing.len() < ENOUGH {
        return None;
    }
    let gaps = bringing
        .windows(2)
        .map(|pair| pair[1].at.duration_since(pair[0].at));
    let longest = gaps.max()?;
    let silent = now.duration_since(bringing.last()?.at);
    let usual = longest
        .checked_mul(GAPS)
        .unwrap_or(SignedDuration::MAX)
        .max(LEAST_SILENCE);
    (silent > usual).then_some(silent)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reading each six hours: what it announced and what of that was new; `None` for a failure.
    fn reads(counts: &[Option<(u64, u64)>]) -> Vec<ChannelRead> {
        let at = |index: usize| Timestamp::from_second(index as i64 * 6 * 3600).expect("in range");
        (counts.iter().enumerate())
            .map(|(index, count)| ChannelRead {
                at: at(index),
                outcome: count.map_or(Outcome::ServerError, |_| Outcome::Changed),
                items: count.map(|(items, _)| items),
                new: count.map_or(0, |(_, new)| new),
            })
            .collect()
    }

    #[track_caller]
    fn check(counts: &[Option<(u64, u64)>], hours_later: i64, flags: &[&str]) -> Health {
        let reads = reads(counts);
        let now = reads.last().expect("a reading").at + SignedDuration::from_hours(hours_later);
        let health = health(&reads, now);
        let found: Vec<&str> = health.flags.iter().map(|flag| flag.code()).collect();
        assert_eq!(found, flags, "{health:?}");
        health
    }

    #[test]
    fn a_channel_that_brings_something_now_and_then_is_well() {
        let health = check(
            &[
                Some((10, 10)),
                Some((10, 1)),
                Some((10, 0)),
                Some((10, 2)),
                Some((10, 1)),
            ],
            6,
            &[],
        );
        assert_eq!(health.expected_a_day, Some(4.0));
        assert_eq!(health.items, Some((10, 10)));
    }

    #[test]
    fn a_selector_that_stopped_matching_is_noticed() {
        check(&[Some((10, 10)), Some((10, 1)), Some((0, 0))], 1, &["empty"]);
        check(&[Some((0, 0)), Some((0, 0))], 1, &[]);
    }

    #[test]
    fn a_silence_is_measured_by_the_channel_s_own_past() {
        let busy = [Some((9, 9)), Some((9, 1)), Some((9, 1)), Some((9, 1))];
        check(&busy, 20, &[]);
        check(&busy, 30, &["silent"]);
        // Too little is known of one that spoke twice.
        check(&[Some((9, 9)), Some((9, 1))], 24 * 30, &[]);
    }

    #[test]
    fn failures_count_when_there_are_three_in_a_row() {
        check(&[Some((9, 9)), None, None], 1, &[]);
        check(&[Some((9, 9)), None, None, None], 1, &["failing"]);
        let mut blocked = reads(&[Some((9, 9)), None]);
        blocked[1].outcome = Outcome::Blocked;
        assert_eq!(
            health(&blocked, blocked[1].at).flags,
            [Flag::Blocked(Outcome::Blocked)]
        );
    }
}
