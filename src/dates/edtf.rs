//! Intervals of the calendar, and how TIMEX3 and EDTF write them.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::reading::Unit;
use crate::model::date::When;

/// A day or a longer interval that has a name in the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Calendar {
    Day(Date),
    /// The ISO week that begins on this Monday.
    Week(Date),
    /// The Saturday and Sunday of the ISO week that begins on this Monday.
    Weekend(Date),
    /// A month of a year.
    Month(i32, i8),
    /// A quarter of a year.
    Quarter(i32, i8),
    /// A half of a year.
    Half(i32, i8),
    /// A season of a year, as TIMEX3 names it.
    Season(i32, &'static str),
    /// The winter that begins in a year.
    Winter(i32),
    Year(i32),
    /// Ten years, by their first three digits.
    Decade(i32),
    /// A hundred years, by their first two digits.
    Century(i32),
    /// Ten years before Christ, by the first three digits of their numbers.
    DecadeBefore(i32),
    /// A hundred years before Christ, by the first two digits of their numbers.
    CenturyBefore(i32),
}

impl Calendar {
    /// The interval of `unit` in which `day` lies; `None` for parts of a day and for millennia.
    pub(super) fn around(unit: Unit, day: Date) -> Option<Self> {
        let year = i32::from(day.year());
        Some(match unit {
            Unit::Day => Self::Day(day),
            Unit::Week | Unit::Fortnight => Self::Week(monday(day)?),
            Unit::Weekend => Self::Weekend(monday(day)?),
            Unit::Month => Self::Month(year, day.month()),
            Unit::Quarter => Self::Quarter(year, (day.month() + 2) / 3),
            Unit::Year => Self::Year(year),
            Unit::Decade if year <= 0 => Self::DecadeBefore((1 - year) / 10),
            Unit::Decade => Self::Decade(year / 10),
            Unit::Century if year <= 0 => Self::CenturyBefore((1 - year) / 100),
            Unit::Century => Self::Century(year / 100),
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Millennium => return None,
        })
    }

    /// The day `count` units after `day` (before it, where negative), month ends clamped.
    pub(super) fn shifted(day: Date, unit: Unit, count: i64) -> Option<Date> {
        let span = |span: Result<Span, jiff::Error>| day.checked_add(span.ok()?).ok();
        let months = |each: i64| span(Span::new().try_months(count.checked_mul(each)?));
        match unit {
            Unit::Day => span(Span::new().try_days(count)),
            Unit::Week | Unit::Weekend => span(Span::new().try_weeks(count)),
            Unit::Fortnight => span(Span::new().try_weeks(count.checked_mul(2)?)),
            Unit::Month => months(1),
            Unit::Quarter => months(3),
            Unit::Year => months(12),
            Unit::Decade => months(120),
            Unit::Century => months(1200),
            Unit::Millennium => months(12_000),
            Unit::Second | Unit::Minute | Unit::Hour => None,
        }
    }

    /// The TIMEX3 value.
    pub(super) fn value(self) -> String {
        match self {
            Self::Day(day) if day.year() <= 0 => {
                format!(
                    "{}-{:02}-{:02}",
                    numbered(day.year().into()),
                    day.month(),
                    day.day()
                )
            }
            Self::Day(day) => day.to_string(),
            Self::Week(monday) => week(monday),
            Self::Weekend(monday) => format!("{}-WE", week(monday)),
            Self::Month(year, month) => format!("{}-{month:02}", numbered(year)),
            Self::Quarter(year, quarter) => format!("{}-Q{quarter}", numbered(year)),
            Self::Half(year, half) => format!("{}-H{half}", numbered(year)),
            Self::Season(year, season) => format!("{}-{season}", numbered(year)),
            Self::Winter(begins) => format!("{}-WI", numbered(begins)),
            Self::Year(year) => numbered(year),
            Self::Decade(decade) => format!("{decade:03}"),
            Self::Century(century) => format!("{century:02}"),
            Self::DecadeBefore(decade) => format!("BC{decade:03}"),
            Self::CenturyBefore(century) => format!("BC{century:02}"),
        }
    }

    /// The first and the last day; `None` where the calendar does not reach.
    pub(super) fn bounds(self) -> Option<(Date, Date)> {
        match self {
            Self::Day(day) => Some((day, day)),
            Self::Week(monday) => Some((monday, later(monday, 6)?)),
            Self::Weekend(monday) => Some((later(monday, 5)?, later(monday, 6)?)),
            Self::Month(year, month) => months(year, month, month),
            Self::Quarter(year, quarter) => months(year, quarter * 3 - 2, quarter * 3),
            Self::Half(year, half) => months(year, half * 6 - 5, half * 6),
            Self::Season(year, "SP") => months(year, 3, 6),
            Self::Season(year, "SU") => months(year, 6, 9),
            Self::Season(year, "FA") => months(year, 9, 12),
            Self::Winter(begins) => Some((first(begins, 12)?, first(begins + 1, 2)?.last_of_month())),
            // The winter of a year may be the one it begins with or the one it ends with.
            Self::Season(year, _) => Some((first(year - 1, 12)?, first(year + 1, 3)?.last_of_month())),
            Self::Year(year) => months(year, 1, 12),
            Self::Decade(decade) => years(decade.checked_mul(10)?, 9),
            Self::Century(century) => years(century.checked_mul(100)?, 99),
            // The years count down, and the year before 1 is 0.
            Self::DecadeBefore(decade) => years(decade.checked_mul(-10)?.checked_sub(8)?, 9),
            Self::CenturyBefore(century) => years(century.checked_mul(-100)?.checked_sub(98)?, 99),
        }
    }

    /// The days meant with their EDTF name.
    pub(super) fn when(self) -> Option<When> {
        let (earliest, latest) = self.bounds()?;
        let year = |year: i32| {
            if year < 0 {
                format!("-{:04}", -year)
            } else {
                format!("{year:04}")
            }
        };
        let edtf = match self {
            Self::Day(day) if day.year() < 0 => {
                format!("{}-{:02}-{:02}", year(day.year().into()), day.month(), day.day())
            }
            Self::Day(day) => day.to_string(),
            Self::Month(of, month) => format!("{}-{month:02}", year(of)),
            Self::Year(of) => year(of),
            Self::Quarter(of, quarter) => format!("{}-{}", year(of), 32 + quarter),
            Self::Half(of, half) => format!("{}-{}", year(of), 39 + half),
            Self::Season(of, season) => format!("{}-{}", year(of), season_number(season)),
            Self::Winter(begins) => format!("{}-12/{}-02", year(begins), year(begins + 1)),
            Self::Decade(_) => format!("{}X", self.value()),
            Self::Century(_) => format!("{}XX", self.value()),
            // EDTF has no name for a week, and counts no decades before Christ.
            Self::Week(_) | Self::Weekend(_) => format!("{earliest}/{latest}"),
            Self::DecadeBefore(_) | Self::CenturyBefore(_) => {
                format!("{}/{}", year(earliest.year().into()), year(latest.year().into()))
            }
        };
        Some(When {
            edtf,
            earliest,
            latest,
        })
    }
}

/// A year as TIMEX3 numbers it.
fn numbered(year: i32) -> String {
    if year <= 0 {
        format!("BC{:04}", 1 - year)
    } else {
        format!("{year:04}")
    }
}

/// The Monday of the ISO week of `day`.
pub(super) fn monday(day: Date) -> Option<Date> {
    later(day, -i64::from(day.weekday().to_monday_zero_offset()))
}

/// The day `days` after `day`.
pub(super) fn later(day: Date, days: i64) -> Option<Date> {
    Calendar::shifted(day, Unit::Day, days)
}

/// The days from one day to another, negative where the other lies before.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    let midnight = jiff::civil::Time::midnight();
    let hours = to
        .to_datetime(midnight)
        .duration_since(from.to_datetime(midnight))
        .as_hours();
    hours / 24
}

/// The day of a month of a year, where there is one.
pub(super) fn day(year: i32, month: i8, day: i8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, month, day).ok()
}

/// The weekday of a number from 1 for Monday.
pub(super) fn weekday(number: i8) -> Option<Weekday> {
    Weekday::from_monday_one_offset(number).ok()
}

fn first(year: i32, month: i8) -> Option<Date> {
    day(year, month, 1)
}

fn months(year: i32, from: i8, to: i8) -> Option<(Date, Date)> {
    Some((first(year, from)?, first(year, to)?.last_of_month()))
}

fn years(from: i32, more: i32) -> Option<(Date, Date)> {
    Some((
        first(from, 1)?,
        first(from.checked_add(more)?, 12)?.last_of_month(),
    ))
}

fn week(monday: Date) -> String {
    let iso = monday.iso_week_date();
    format!("{:04}-W{:02}", iso.year(), iso.week())
}

/// The number ISO 8601-2 gives a season where no hemisphere is said.
fn season_number(season: &str) -> u8 {
    match season {
        "SP" => 21,
        "SU" => 22,
        "FA" => 23,
        _ => 24,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(calendar: Calendar, value: &str, edtf: &str, days: &str) {
        let when = calendar.when().expect("within the calendar");
        assert_eq!(calendar.value(), value);
        assert_eq!(when.edtf, edtf);
        assert_eq!(format!("{}..{}", when.earliest, when.latest), days);
    }

    #[test]
    fn intervals_have_a_timex_value_an_edtf_name_and_bounds() {
        let monday = day(2026, 2, 2).expect("a day");
        check(
            Calendar::Week(monday),
            "2026-W06",
            "2026-02-02/2026-02-08",
            "2026-02-02..2026-02-08",
        );
        check(
            Calendar::Weekend(monday),
            "2026-W06-WE",
            "2026-02-07/2026-02-08",
            "2026-02-07..2026-02-08",
        );
        check(
            Calendar::Month(2024, 2),
            "2024-02",
            "2024-02",
            "2024-02-01..2024-02-29",
        );
        check(
            Calendar::Quarter(2026, 1),
            "2026-Q1",
            "2026-33",
            "2026-01-01..2026-03-31",
        );
        check(
            Calendar::Half(2026, 2),
            "2026-H2",
            "2026-41",
            "2026-07-01..2026-12-31",
        );
        check(
            Calendar::Season(2026, "SU"),
            "2026-SU",
            "2026-22",
            "2026-06-01..2026-09-30",
        );
        check(Calendar::Decade(199), "199", "199X", "1990-01-01..1999-12-31");
        check(Calendar::Century(18), "18", "18XX", "1800-01-01..1899-12-31");
        check(
            Calendar::Month(-479, 8),
            "BC0480-08",
            "-0479-08",
            "-000479-08-01..-000479-08-31",
        );
        check(
            Calendar::DecadeBefore(48),
            "BC048",
            "-0488/-0479",
            "-000488-01-01..-000479-12-31",
        );
        check(
            Calendar::CenturyBefore(3),
            "BC03",
            "-0398/-0299",
            "-000398-01-01..-000299-12-31",
        );
    }

    #[test]
    fn years_outside_the_calendar_have_no_days() {
        assert_eq!(Calendar::Year(20_000).when(), None);
        assert_eq!(Calendar::Decade(i32::MAX).when(), None);
    }
}
