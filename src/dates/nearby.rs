//! What an open place means seen from the document's day: the nearest Tuesday, February or summer, and
//! units of the calendar before and after it.

use std::cmp::Ordering;

use jiff::civil::Date;

use super::edtf::{self, Calendar};
use super::reading::{Point, YearOf};
use super::vocabulary::{Toward, Unit};

/// What a place means counted from the document's day.
pub(super) fn counted(point: Point, today: Date, future: bool) -> Option<Calendar> {
    match point {
        Point::Today(days) => edtf::later(today, days).map(Calendar::Day),
        Point::Day { month, day, .. } => {
            nearest(today, future, |year| edtf::day(year, month, day)).map(Calendar::Day)
        }
        Point::Holiday(YearOf::Away(years), feast) => {
            feast.day(i32::from(today.year()) + years).map(Calendar::Day)
        }
        Point::Holiday(_, feast) => nearest(today, future, |year| feast.day(year)).map(Calendar::Day),
        Point::Weekday(weekday, toward) => weekday_near(today, weekday, toward, future).map(Calendar::Day),
        Point::Month(year, month) => {
            let year = year_of(year, today, future, month.cmp(&today.month()))?;
            Some(Calendar::Month(year, month))
        }
        Point::Quarter(year, quarter) => {
            // A quarter that lies behind in this year is reported on, whatever is expected of it.
            let order = quarter.cmp(&((today.month() + 2) / 3));
            let year = year_of(year, today, future && order.is_gt(), order)?;
            Some(Calendar::Quarter(year, quarter))
        }
        Point::Half(year, half) => {
            let year = year_of(year, today, false, Ordering::Equal)?;
            Some(Calendar::Half(year, half))
        }
        Point::Season(year, season) => season_near(year, season, today, future),
        Point::Shift(unit, count) | Point::Onward(unit, count) => {
            Calendar::around(unit, Calendar::shifted(today, unit, count)?)
        }
        Point::YearAgo => Calendar::around(Unit::Year, Calendar::shifted(today, Unit::Year, -1)?),
        Point::Latest(unit) => latest(unit, today, future),
        Point::Year(_) | Point::Decade(_) | Point::Century(_) => None,
    }
}

/// The day of the year that brings it nearest to `today`. A cue for the future keeps it from lying
/// behind by more than a month.
fn nearest(today: Date, future: bool, day_in: impl Fn(i32) -> Option<Date>) -> Option<Date> {
    let year = i32::from(today.year());
    let distance = |date: &Date| {
        let days = edtf::days_between(today, *date);
        let passed = future && days < -31;
        days.abs() + if passed { 366 } else { 0 }
    };
    (year - 1..=year + 1).filter_map(day_in).min_by_key(distance)
}

/// The day a weekday means: the last one, today included, unless something points elsewhere.
fn weekday_near(today: Date, number: i8, toward: Option<Toward>, future: bool) -> Option<Date> {
    let ahead = i64::from((number - today.weekday().to_monday_one_offset()).rem_euclid(7));
    let behind = (7 - ahead) % 7;
    let days = match toward {
        Some(Toward::Last) => -(if behind == 0 { 7 } else { behind }),
        Some(Toward::Next) => {
            if ahead == 0 {
                7
            } else {
                ahead
            }
        }
        // The week before and the week after, whole.
        Some(Toward::Before) => i64::from(number) - i64::from(today.weekday().to_monday_one_offset()) - 7,
        Some(Toward::After) => i64::from(number) - i64::from(today.weekday().to_monday_one_offset()) + 7,
        Some(Toward::This | Toward::Same) => ahead,
        None if future => {
            if ahead == 0 {
                0
            } else {
                ahead
            }
        }
        None => -behind,
    };
    edtf::later(today, days)
}

/// The year of a month or quarter that stands so in `order` to the present one of its kind.
fn year_of(year: YearOf, today: Date, future: bool, order: Ordering) -> Option<i32> {
    let this = i32::from(today.year());
    let away = match (year, order) {
        (YearOf::Given(year), _) => return Some(year),
        (YearOf::Away(years), _) => years,
        (YearOf::Open, Ordering::Less) if future => 1,
        (YearOf::Open, Ordering::Greater) if !future => -1,
        (YearOf::Toward(Toward::Last | Toward::Before), Ordering::Greater) => -1,
        (YearOf::Toward(Toward::Next | Toward::After), Ordering::Less | Ordering::Equal) => 1,
        (YearOf::Open | YearOf::Toward(_) | YearOf::Told, _) => 0,
    };
    Some(this + away)
}

fn season_near(year: YearOf, season: &'static str, today: Date, future: bool) -> Option<Calendar> {
    let this = i32::from(today.year());
    let begins = match season {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        _ => 12,
    };
    let ahead = today.month() < begins;
    let over = today.month() >= begins + 3;
    let year = match year {
        YearOf::Given(year) => year,
        YearOf::Away(years) => this + years,
        YearOf::Toward(Toward::Last | Toward::Before) if ahead || !over => this - 1,
        YearOf::Toward(Toward::Next | Toward::After) if !ahead => this + 1,
        YearOf::Open if future && over => this + 1,
        YearOf::Open if !future && ahead => this - 1,
        YearOf::Toward(_) | YearOf::Open | YearOf::Told => this,
    };
    Some(Calendar::Season(year, season))
}

/// "the weekend", "the latest quarter".
fn latest(unit: Unit, today: Date, future: bool) -> Option<Calendar> {
    match unit {
        Unit::Weekend => {
            let weekend = today.weekday().to_monday_one_offset() >= 6;
            let weeks = if future || weekend { 0 } else { -1 };
            Calendar::around(unit, Calendar::shifted(today, Unit::Week, weeks)?)
        }
        Unit::Quarter => Calendar::around(unit, Calendar::shifted(today, unit, -1)?),
        _ => None,
    }
}
