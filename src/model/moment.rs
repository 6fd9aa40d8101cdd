//! A moment as a page states it: to the day, to the minute, with or without a zone.

use std::fmt;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ZonedDateTime};

/// A day, maybe with a time of day, maybe with the offset that was printed beside it.
///
/// It is kept as printed: a day is never turned into midnight, and a zone is never invented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The day, in the zone it was printed in.
    pub date: Date,
    /// The time of day, where one was printed.
    pub time: Option<Time>,
    /// The offset from UTC, where one was printed.
    pub offset: Option<Offset>,
}

impl Moment {
    /// A day without a time.
    pub fn day(date: Date) -> Self {
        Self {
            date,
            time: None,
            offset: None,
        }
    }

    /// An instant, shown at `offset`.
    pub fn instant(timestamp: Timestamp, offset: Offset) -> Self {
        let local = offset.to_datetime(timestamp);
        Self {
            date: local.date(),
            time: Some(local.time()),
            offset: Some(offset),
        }
    }

    /// Reads ISO 8601 as this type writes it: `2026-02-06`, `2026-02-06T14:03`,
    /// `2026-02-06T14:03:00-05:00`, `…Z`.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() == 10 {
            return text.parse().ok().map(Self::day);
        }
        let (local, offset) = match text.find(['Z', 'z']) {
            Some(end) if end + 1 == text.len() => (&text[..end], Some(Offset::UTC)),
            Some(_) => return None,
            None => match text.get(11..)?.find(['+', '-']) {
                Some(at) => {
                    let (local, offset) = text.split_at(11 + at);
                    (local, Some(parse_offset(offset)?))
                }
                None => (text, None),
            },
        };
        let local: DateTime = local.parse().ok()?;
        Some(Self {
            date: local.date(),
            time: Some(local.time()),
            offset,
        })
    }

    /// The instant meant, reading what has no offset in `zone` and a bare day as its first moment
    /// there.
    pub fn timestamp(&self, zone: &TimeZone) -> Option<Timestamp> {
        let local = self.date.to_datetime(self.time.unwrap_or(Time::midnight()));
        match self.offset {
            Some(offset) => offset.to_timestamp(local).ok(),
            None => local
                .to_zoned_datetime(zone.clone())
                .ok()
                .map(|moment: ZonedDateTime| moment.timestamp()),
        }
    }

    /// The day of the moment in `zone`; a bare day or a moment without offset is taken as of that
    /// zone already.
    pub fn day_in(&self, zone: &TimeZone) -> Date {
        self.seen_in(zone).date
    }

    /// The moment as the clocks of `zone` show it; a bare day or a moment without offset is taken as of that zone
    /// already.
    pub fn seen_in(&self, zone: &TimeZone) -> Self {
        let is_instant = self.time.is_some() && self.offset.is_some();
        let instant = is_instant.then(|| self.timestamp(zone)).flatten();
        let Some(local) = instant.map(|instant| instant.to_zoned_datetime(zone.clone())) else {
            return *self;
        };
        Self {
            date: local.date(),
            time: Some(local.time()),
            offset: Some(local.offset()),
        }
    }

    /// The minute of its day, from 0, where a time of day was printed.
    pub fn minute(&self) -> Option<u16> {
        let time = self.time?;
        u16::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).ok()
    }
}

/// `+05:00`, `-0500`, `+05`.
fn parse_offset(text: &str) -> Option<Offset> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let digits: String = digits.chars().filter(|c| *c != ':').collect();
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i32, i32) = match digits.len() {
        2 => (digits.parse().ok()?, 0),
        4 => (digits[..2].parse().ok()?, digits[2..].parse().ok()?),
        _ => return None,
    };
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

impl fmt::Display for Moment {
    /// ISO 8601, no finer than what was printed (seconds are left out where they are zero).
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.date)?;
        let Some(time) = self.time else { return Ok(()) };
        write!(
            formatter,
            "T{:02}:{:02}:{:02}",
            time.hour(),
            time.minute(),
            time.second()
        )?;
        match self.offset {
            None => Ok(()),
            Some(offset) if offset.seconds() == 0 => formatter.write_str("Z"),
            Some(offset) => {
                let minutes = offset.seconds() / 60;
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(
                    formatter,
                    "{sign}{:02}:{:02}",
                    minutes.abs() / 60,
                    minutes.abs() % 60
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str) {
        let moment = Moment::parse(text).expect(text);
        assert_eq!(moment.to_string(), text);
    }

    #[test]
    fn moments_come_back_as_they_were_written() {
        check("2026-02-06");
        check("2026-02-06T14:03:00");
        check("2026-02-06T14:03:07Z");
        check("2026-02-06T14:03:00-05:00");
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "2026",
            "2026-02-30",
            "2026-02-06T14:03:00Zulu",
            "2026-02-06T14:03+5:0",
            "“2026-02-06",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_day_is_that_of_the_zone_asked() {
        let zone = TimeZone::fixed(Offset::from_hours(-5).expect("in range"));
        let late = Moment::parse("2026-02-07T02:00:00Z").expect("valid");
        assert_eq!(late.day_in(&zone).to_string(), "2026-02-06");
    }
}
