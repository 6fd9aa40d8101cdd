//! How often something is done: every so long, or by a cron pattern in a zone.

use std::cmp::Ordering;
use std::fmt;

use croner::errors::CronError;
use croner::{CivilDate, CivilDateTime, CivilTime, CronDateTime, Resolution, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp, civil};

/// How often a channel is asked.
#[derive(Clone, Debug)]
pub enum Cadence {
    /// So long after the last time.
    Every(SignedDuration),
    /// When the clock of a zone shows what the pattern says.
    Cron(Box<Cron>),
    /// As often as it brings something.
    Adaptive(Rhythm),
}

/// The bounds of a pause that follows what a channel brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// The pause while nothing is known.
    pub first: SignedDuration,
    /// The shortest.
    pub least: SignedDuration,
    /// The longest.
    pub most: SignedDuration,
}

/// A cron pattern of five fields and the zone whose clock it reads.
#[derive(Clone, Debug)]
pub struct Cron {
    pattern: croner::Cron,
    zone: TimeZone,
}

impl Cadence {
    /// The next time after `now`, of an adaptive one as it begins. A cron pattern that never comes round again
    /// gives `None`.
    ///
    /// A time that a clock set forward leaves out comes at once after it, one that a clock set back
    /// repeats comes once (patterns with a fixed hour) or as often as the clock shows it (others), as in
    /// Vixie cron.
    pub fn after(&self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Cadence::Every(length) | Cadence::Adaptive(Rhythm { first: length, .. }) => {
                now.checked_add(*length).ok()
            }
            Cadence::Cron(cron) => {
                let local = Local {
                    instant: now,
                    zone: cron.zone.clone(),
                };
                let next = cron.pattern.find_next_occurrence(&local, false).ok()?;
                Some(next.instant)
            }
        }
    }

    /// How long lies between two times, as seen from `now`.
    pub fn pause(&self, now: Timestamp) -> SignedDuration {
        match self {
            Cadence::Every(length) | Cadence::Adaptive(Rhythm { first: length, .. }) => *length,
            Cadence::Cron(_) => {
                let first = self.after(now);
                let second = first.and_then(|first| self.after(first));
                match (first, second) {
                    (Some(first), Some(second)) => second.duration_since(first),
                    _ => SignedDuration::MAX,
                }
            }
        }
    }
}

impl Cron {
    /// Reads a pattern of five fields (minute, hour, day of month, month, day of week); the error is
    /// what is wrong with it, in words.
    pub fn parse(pattern: &str, zone: TimeZone) -> Result<Self, String> {
        if pattern.split_whitespace().count() != 5 {
            return Err("it has not five fields".to_string());
        }
        let pattern: croner::Cron = pattern.parse().map_err(|error: CronError| error.to_string())?;
        Ok(Self { pattern, zone })
    }
}

impl fmt::Display for Cadence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cadence::Every(length) => write!(formatter, "every {}", in_days(*length)),
            Cadence::Adaptive(Rhythm { first, least, most }) => {
                let [first, least, most] = [first, least, most].map(|length| in_days(*length));
                write!(
                    formatter,
                    "every {first} at first, then {least} to {most} by what it brings"
                )
            }
            Cadence::Cron(cron) => {
                let zone = cron.zone.iana_name().unwrap_or("UTC");
                write!(formatter, "cron {} ({zone})", cron.pattern.pattern)
            }
        }
    }
}

/// A length of time as files write it, in days where it is whole ones.
fn in_days(length: SignedDuration) -> String {
    match length.as_hours() {
        hours if hours > 24 && SignedDuration::from_hours(hours) == length && hours % 24 == 0 => {
            format!("{}d", hours / 24)
        }
        _ => format!("{length:#}"),
    }
}

/// An instant and the clock that shows it.
#[derive(Clone, Debug)]
struct Local {
    instant: Timestamp,
    zone: TimeZone,
}

impl Local {
    fn shown(&self) -> civil::DateTime {
        self.zone.to_datetime(self.instant)
    }

    fn at(&self, instant: Timestamp) -> Self {
        Self {
            instant,
            zone: self.zone.clone(),
        }
    }
}

impl CronDateTime for Local {
    fn to_civil(&self) -> CivilDateTime {
        let shown = self.shown();
        let part = |part: i8| u32::from(part.unsigned_abs());
        CivilDateTime::new(
            CivilDate::from_parts_unchecked(i32::from(shown.year()), part(shown.month()), part(shown.day())),
            CivilTime::from_parts_unchecked(part(shown.hour()), part(shown.minute()), part(shown.second())),
        )
    }

    fn civil_weekday(&self) -> Weekday {
        let days = self.shown().weekday().to_sunday_zero_offset();
        Weekday::from_days_from_sunday(u32::from(days.unsigned_abs()))
    }

    fn resolve_civil(&self, civil: CivilDateTime) -> Result<Resolution<Self>, CronError> {
        let part = |part: u32| i8::try_from(part).map_err(|_| CronError::InvalidDate);
        let datetime = civil::DateTime::new(
            i16::try_from(civil.year()).map_err(|_| CronError::InvalidDate)?,
            part(civil.month())?,
            part(civil.day())?,
            part(civil.hour())?,
            part(civil.minute())?,
            part(civil.second())?,
            0,
        )
        .map_err(|_| CronError::InvalidDate)?;
        let ambiguous = self.zone.to_ambiguous_timestamp(datetime);
        let resolved = |instant: Result<Timestamp, jiff::Error>| {
            instant
                .map(|instant| self.at(instant))
                .map_err(|_| CronError::InvalidTime)
        };
        Ok(match ambiguous.offset() {
            AmbiguousOffset::Unambiguous { .. } => Resolution::Single(resolved(ambiguous.compatible())?),
            AmbiguousOffset::Fold { .. } => {
                let earlier = resolved(ambiguous.earlier())?;
                Resolution::Ambiguous(earlier, resolved(ambiguous.later())?)
            }
            AmbiguousOffset::Gap { .. } => Resolution::Gap,
        })
    }

    fn checked_add_seconds(&self, seconds: i64) -> Option<Self> {
        let instant = self
            .instant
            .checked_add(SignedDuration::from_secs(seconds))
            .ok()?;
        Some(self.at(instant))
    }

    fn cmp_instant(&self, other: &Self) -> Ordering {
        self.instant.cmp(&other.instant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, now: &str, expected: &[&str]) {
        let zone = TimeZone::get("America/New_York").expect("bundled");
        let cadence = Cadence::Cron(Box::new(Cron::parse(pattern, zone).expect("a pattern")));
        let mut now: Timestamp = now.parse().expect("an instant");
        for expected in expected {
            now = cadence.after(now).expect("it comes round");
            assert_eq!(now.to_string(), *expected, "{pattern}");
        }
    }

    #[test]
    fn the_clock_of_the_zone_is_read() {
        check(
            "0 9 * * MON-FRI",
            "2026-02-06T15:00:00Z",
            &["2026-02-09T14:00:00Z", "2026-02-10T14:00:00Z"],
        );
    }

    #[test]
    fn a_day_whose_clock_is_set_forward_loses_no_time() {
        // 2:30 is left out on 8 March 2026.
        check(
            "30 2 * * *",
            "2026-03-07T08:00:00Z",
            &["2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z"],
        );
    }

    #[test]
    fn a_day_whose_clock_is_set_back_has_no_time_twice() {
        // 1:30 is shown twice on 1 November 2026.
        check(
            "30 1 * * *",
            "2026-10-31T12:00:00Z",
            &["2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"],
        );
    }

    #[test]
    fn a_time_missed_while_nobody_was_there_is_made_up_for_once() {
        // Three days of hourly times passed: what is overdue is asked once, and the next time lies ahead.
        let back = "2026-02-06T15:20:00Z";
        check("0 * * * *", back, &["2026-02-06T16:00:00Z"]);
        let every = Cadence::Every(SignedDuration::from_hours(1));
        let back: Timestamp = back.parse().expect("an instant");
        assert_eq!(every.after(back).map(|next| next > back), Some(true));
    }

    #[test]
    fn a_pattern_that_never_comes_round_ends() {
        let cadence = Cadence::Cron(Box::new(
            Cron::parse("0 0 30 2 *", TimeZone::UTC).expect("a pattern"),
        ));
        assert_eq!(cadence.after(Timestamp::UNIX_EPOCH), None);
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for pattern in ["", "* * * *", "61 * * * *", "a b c d e", "* * * * * *"] {
            assert!(Cron::parse(pattern, TimeZone::UTC).is_err(), "{pattern}");
        }
    }
}
