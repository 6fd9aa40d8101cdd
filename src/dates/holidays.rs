//! Days with a name, and the day of a year they fall on.

use jiff::civil::Date;

use super::edtf;

/// How a named day is found in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feast {
    /// A day of a month.
    Fixed(i8, i8),
    /// The n-th weekday of a month, counted from its end where n is negative.
    Weekday { month: i8, nth: i8, weekday: i8 },
    /// The first weekday `then` after such a day.
    WeekdayAfter {
        month: i8,
        nth: i8,
        weekday: i8,
        then: i8,
    },
    /// The last day of a month.
    Last(i8),
    /// So many days after Easter Sunday of the western churches.
    Easter(i64),
}

impl Feast {
    /// The day in a year.
    pub(super) fn day(self, year: i32) -> Option<Date> {
        match self {
            Self::Fixed(month, day) => edtf::day(year, month, day),
            Self::Weekday { month, nth, weekday } => nth_weekday(year, month, nth, weekday),
            Self::WeekdayAfter {
                month,
                nth,
                weekday,
                then,
            } => {
                let first = nth_weekday(year, month, nth, weekday)?;
                first.nth_weekday(1, edtf::weekday(then)?).ok()
            }
            Self::Last(month) => Some(edtf::day(year, month, 1)?.last_of_month()),
            Self::Easter(days) => edtf::later(easter(year)?, days),
        }
    }
}

/// The n-th weekday of a month, counted from its end where n is negative.
fn nth_weekday(year: i32, month: i8, nth: i8, weekday: i8) -> Option<Date> {
    edtf::day(year, month, 1)?
        .nth_weekday_of_month(nth, edtf::weekday(weekday)?)
        .ok()
}

/// The day that a rule of a data file names: a day of a month (`12-25`), the n-th weekday of a month (`11#4-4`: the
/// fourth Thursday of November; `5#-1-1`: the last Monday of May), the weekday after such a day (`11#1-1>2`: the Tuesday
/// after the first Monday of November), or days from Easter (`easter+1`).
pub(super) fn feast(rule: &str) -> Option<Feast> {
    if let Some(days) = rule.strip_prefix("easter") {
        return Some(Feast::Easter(days.parse().ok()?));
    }
    if let Some((month, which)) = rule.split_once('#') {
        let (which, then) = which
            .split_once('>')
            .map_or((which, None), |(which, then)| (which, Some(then)));
        let (nth, weekday) = which.rsplit_once('-')?;
        let (month, nth) = (month.parse().ok()?, nth.parse().ok()?);
        let weekday = weekday.parse().ok()?;
        return Some(match then {
            None => Feast::Weekday { month, nth, weekday },
            Some(then) => Feast::WeekdayAfter {
                month,
                nth,
                weekday,
                then: then.parse().ok()?,
            },
        });
    }
    let (month, day) = rule.split_once('-')?;
    Some(Feast::Fixed(month.parse().ok()?, day.parse().ok()?))
}

/// Easter Sunday of the Gregorian calendar, after Meeus, Jones and Butcher.
fn easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let days = h + l - 7 * m + 114;
    edtf::day(
        year,
        i8::try_from(days / 31).ok()?,
        i8::try_from(days % 31 + 1).ok()?,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rule: &str, year: i32, expected: &str) {
        let day = feast(rule).and_then(|feast| feast.day(year));
        assert_eq!(day.map(|day| day.to_string()).as_deref(), Some(expected));
    }

    #[test]
    fn named_days_fall_where_the_rule_puts_them() {
        check("12-25", 2026, "2026-12-25");
        check("11#4-4", 2026, "2026-11-26");
        check("05#-1-1", 2026, "2026-05-25");
        check("11#1-1>2", 2026, "2026-11-03");
        check("11#1-1>2", 2022, "2022-11-08");
        check("easter+0", 2026, "2026-04-05");
        check("easter-2", 2024, "2024-03-29");
    }

    #[test]
    fn years_outside_the_calendar_have_no_feasts() {
        assert_eq!(Feast::Easter(0).day(i32::MAX), None);
    }
}
