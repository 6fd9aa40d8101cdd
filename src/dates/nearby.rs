//! What an open place means seen from the document's day: the nearest Tuesday, February or summer, and
//! units of the calendar before and after it.

use std::cmp::Ordering;

use jiff::civil::Date;

use super::cues::Tense;
use super::edtf::{self, Calendar};
use super::holidays::Feast;
use super::reading::{Point, Start, Toward, Unit, YearOf};

/// What a place means counted from the document's day.
pub(super) fn counted(point: Point, today: Date, tense: Tense) -> Option<Calendar> {
    let this = i32::from(today.year());
    match point {
        Point::Unsaid => Some(Calendar::Day(today)),
        Point::Today(days) => edtf::later(today, days).map(Calendar::Day),
        Point::Day {
            year: YearOf::Away(years),
            month,
            day,
            ..
        } => edtf::day(this + years, month, day).map(Calendar::Day),
        Point::Day {
            year: YearOf::Toward(toward),
            month,
            day,
            ..
        } => day_toward(today, toward, |year| edtf::day(year, month, day)),
        Point::Day { month, day, .. } => {
            nearest(today, tense, |year| edtf::day(year, month, day)).map(Calendar::Day)
        }
        Point::DayAlone(day, None) => day_alone(today, day, tense).map(Calendar::Day),
        Point::DayAlone(day, Some(weekday)) => {
            let fits = |day: &Date| day.weekday().to_monday_one_offset() == weekday;
            let fitting = days_numbered(today, day).filter(fits);
            let nearest = fitting.min_by_key(|day| edtf::days_between(today, *day).abs());
            // A number that no such weekday has is of something else.
            nearest
                .or_else(|| weekday_near(today, weekday, None, tense))
                .map(Calendar::Day)
        }
        Point::Holiday(YearOf::Away(years), feast) => feast.day(this + years).map(Calendar::Day),
        Point::Holiday(YearOf::Toward(toward), feast) => day_toward(today, toward, |year| feast.day(year)),
        Point::Holiday(_, feast) => {
            let is_fit = |day: &Date| tense != Tense::Past || *day <= today;
            nearest(today, tense, |year| feast.day(year).filter(is_fit)).map(Calendar::Day)
        }
        Point::Weekday(weekday, toward) => weekday_near(today, weekday, toward, tense).map(Calendar::Day),
        Point::WeekdayOfWeek(weekday, weeks) => {
            let days = i64::from(weekday) - i64::from(today.weekday().to_monday_one_offset());
            edtf::later(today, days + 7 * weeks).map(Calendar::Day)
        }
        Point::WeekdayOfMonth { nth, weekday, months } => {
            let within = Calendar::shifted(today, Unit::Month, months)?;
            let month = within.month();
            let feast = Feast::Weekday { month, nth, weekday };
            feast.day(within.year().into()).map(Calendar::Day)
        }
        Point::EdgeOfMonth { is_last, months } => {
            let within = Calendar::shifted(today, Unit::Month, months)?;
            Some(Calendar::Day(if is_last {
                within.last_of_month()
            } else {
                within.first_of_month()
            }))
        }
        Point::Month(year, month) => Some(Calendar::Month(month_year(year, month, today, tense), month)),
        Point::Quarter(year, quarter) => {
            // A quarter that lies behind in this year is reported on, whatever is expected of it.
            let order = quarter.cmp(&((today.month() + 2) / 3));
            let future = tense.is_ahead() && order.is_gt() || tense == Tense::Due;
            Some(Calendar::Quarter(year_of(year, today, future, order), quarter))
        }
        Point::Half(year, half) => Some(Calendar::Half(year_of(year, today, false, Ordering::Equal), half)),
        Point::Season(year, season) => season_near(year, season, today, tense.is_ahead()),
        Point::Shift(unit, count) | Point::Onward(unit, count) => {
            Calendar::around(unit, Calendar::shifted(today, unit, count)?)
        }
        Point::From(start, unit, count) => {
            let start = match start {
                Start::Today(days) => edtf::later(today, days),
                Start::Weekday(weekday) if count > 0 => weekday_near(today, weekday, None, Tense::Future),
                Start::Weekday(weekday) => weekday_near(today, weekday, None, Tense::Past),
                Start::Holiday(YearOf::Given(year), feast) => feast.day(year),
                Start::Holiday(YearOf::Away(years), feast) => feast.day(this + years),
                Start::Holiday(_, feast) => nearest(today, tense, |year| feast.day(year)),
            };
            Calendar::shifted(start?, unit, count).map(Calendar::Day)
        }
        Point::Within(unit, count, within) => {
            Calendar::around(within, Calendar::shifted(today, unit, count)?)
        }
        Point::YearAgo => Some(Calendar::Year(this - 1)),
        Point::Reported(YearOf::Given(year)) => Some(Calendar::Year(year)),
        Point::Reported(YearOf::Away(years)) => Some(Calendar::Year(this + years)),
        Point::Reported(_) => latest(Unit::Quarter, today, false),
        Point::Latest(unit) => latest(unit, today, tense.is_ahead()),
        Point::Year(_)
        | Point::Decade(_)
        | Point::Century(_)
        | Point::DecadeBefore(_)
        | Point::CenturyBefore(_)
        | Point::Around(..)
        | Point::WeekdayBeside(..) => None,
    }
}

/// The week or weekend that is called by a day: a week begins with it, so a Sunday's is the one that follows; a Monday's weekend
/// is the one before.
pub(super) fn around(unit: Unit, day: Date) -> Option<Calendar> {
    let weekday = day.weekday().to_monday_one_offset();
    let days = match (unit, weekday) {
        (Unit::Week, 7) => 1,
        (Unit::Weekend, 1 | 2) => -7,
        _ => 0,
    };
    Calendar::around(unit, edtf::later(day, days)?)
}

/// The day of the year that brings it nearest to `today`. A cue for the future keeps it from lying
/// behind by more than a month, one for the past from lying ahead; without a cue nothing lies more than
/// five months ahead, where a year would be printed.
fn nearest(today: Date, tense: Tense, day_in: impl Fn(i32) -> Option<Date>) -> Option<Date> {
    let year = i32::from(today.year());
    let distance = |date: &Date| {
        let days = edtf::days_between(today, *date);
        let wrong = match tense {
            Tense::Future | Tense::Due => days < -31,
            Tense::Past => days > LATE,
            Tense::Told => days > SOON,
            Tense::Open => days > 153,
        };
        days.abs() + if wrong { 366 } else { 0 }
    };
    // A year more on either side for the days of leap years.
    (year - 4..=year + 4).filter_map(day_in).min_by_key(distance)
}

/// So many days ahead a day may be that is told of as past: reports are dated before the day that they are told of.
const LATE: i64 = 3;

/// So many days ahead a day is named without its year beside what was done before: "The May 3 hearing was canceled".
const SOON: i64 = 40;

/// The day of that number in the month of another day, else the next one.
pub(super) fn day_told(other: Date, number: i8) -> Option<Date> {
    let month = other.first_of_month();
    days_numbered(other, number).filter(|day| *day >= month).min()
}

/// "on the 12th": the last of that number, today included, unless something points ahead.
fn day_alone(today: Date, number: i8, tense: Tense) -> Option<Date> {
    let days = days_numbered(today, number);
    match tense {
        Tense::Future | Tense::Due => days.filter(|day| *day >= today).min(),
        _ => days.filter(|day| *day <= today).max(),
    }
}

/// The days of that number in the months around another day; not every month has one.
fn days_numbered(other: Date, number: i8) -> impl Iterator<Item = Date> {
    let months = (-2..=2).filter_map(move |months| Calendar::shifted(other, Unit::Month, months));
    months.filter_map(move |within| edtf::day(within.year().into(), within.month(), number))
}

/// "last Christmas", "this Thanksgiving", "el próximo 20 de diciembre".
fn day_toward(today: Date, toward: Toward, day_in: impl Fn(i32) -> Option<Date>) -> Option<Calendar> {
    let this = i32::from(today.year());
    let fits = |day: &Date| match toward {
        Toward::Last | Toward::Before => *day < today,
        Toward::Next | Toward::After => *day > today,
        Toward::This | Toward::Same => i32::from(day.year()) == this,
    };
    let days = (this - 1..=this + 1).filter_map(day_in).filter(fits);
    let found = days.min_by_key(|day| edtf::days_between(today, *day).abs());
    found.map(Calendar::Day)
}

/// "the previous Friday", "the following Friday" seen from a day.
pub(super) fn weekday_toward(day: Date, number: i8, toward: Toward) -> Option<Date> {
    weekday_near(day, number, Some(toward), Tense::Open)
}

/// The day a weekday means: the last one, today included, unless something points elsewhere.
fn weekday_near(today: Date, number: i8, toward: Option<Toward>, tense: Tense) -> Option<Date> {
    let ahead = i64::from((number - today.weekday().to_monday_one_offset()).rem_euclid(7));
    let behind = (7 - ahead) % 7;
    let days = match toward {
        Some(Toward::Last | Toward::Before) => -(if behind == 0 { 7 } else { behind }),
        Some(Toward::Next | Toward::After) => {
            if ahead == 0 {
                7
            } else {
                ahead
            }
        }
        Some(Toward::This | Toward::Same) => ahead,
        None if tense.is_ahead() => ahead,
        None => -behind,
    };
    edtf::later(today, days)
}

/// The year of a month.
fn month_year(year: YearOf, month: i8, today: Date, tense: Tense) -> i32 {
    let this = i32::from(today.year());
    let ahead = (month - today.month()).rem_euclid(12);
    // "through September" said in November: what is to come would be said to be of the next year.
    let behind = (today.month() - month).rem_euclid(12);
    if tense == Tense::Due && (1..=BEHIND).contains(&behind) && year == YearOf::Open {
        return if month > today.month() { this - 1 } else { this };
    }
    // Where nothing is told as done, the month after this one is not the one eleven months ago.
    let near = match tense {
        // "That October" is over.
        _ if year == YearOf::Toward(Toward::Same) => 0,
        Tense::Open => NEAR,
        Tense::Told => 1,
        _ => 0,
    };
    let future = tense.is_ahead() || (1..=near).contains(&ahead);
    year_of(year, today, future, month.cmp(&today.month()))
}

/// So many months behind a month is not taken for the next of its name where only a deadline says so.
const BEHIND: i8 = 2;

/// So many months ahead a month is still taken for the next of its name.
const NEAR: i8 = 3;

/// The year of a month or quarter that stands so in `order` to the present one of its kind.
fn year_of(year: YearOf, today: Date, future: bool, order: Ordering) -> i32 {
    let this = i32::from(today.year());
    let away = match (year, order) {
        (YearOf::Given(year), _) => return year,
        (YearOf::Away(years), _) => years,
        (YearOf::Open, Ordering::Less) if future => 1,
        (YearOf::Open | YearOf::Toward(Toward::Same), Ordering::Greater) if !future => -1,
        (YearOf::Toward(Toward::Last | Toward::Before), Ordering::Greater | Ordering::Equal) => -1,
        (YearOf::Toward(Toward::Next | Toward::After), Ordering::Less | Ordering::Equal) => 1,
        (YearOf::Open | YearOf::Toward(_) | YearOf::Told, _) => 0,
    };
    this + away
}

/// A winter seen from the document's day, named by the year it begins in.
fn winter_near(year: YearOf, today: Date, future: bool) -> Option<Calendar> {
    let (this, month) = (i32::from(today.year()), today.month());
    // In January the present winter began the year before; in spring it is still this one.
    let present = if month <= 5 { this - 1 } else { this };
    let begins = match year {
        YearOf::Toward(Toward::This | Toward::Same) => present,
        YearOf::Toward(Toward::Last | Toward::Before) if month <= 2 => this - 2,
        YearOf::Toward(Toward::Last | Toward::Before) => this - 1,
        YearOf::Toward(Toward::Next | Toward::After) if month == 12 => this + 1,
        YearOf::Toward(Toward::Next | Toward::After) => this,
        YearOf::Open | YearOf::Told if future || month == 12 => this,
        YearOf::Open | YearOf::Told => this - 1,
        YearOf::Given(_) | YearOf::Away(_) => return None,
    };
    Some(Calendar::Winter(begins))
}

fn season_near(year: YearOf, season: &'static str, today: Date, future: bool) -> Option<Calendar> {
    let winter = (season == "WI")
        .then(|| winter_near(year, today, future))
        .flatten();
    if winter.is_some() {
        return winter;
    }
    let this = i32::from(today.year());
    let begins = first_month(season);
    let ahead = today.month() < begins;
    let over = today.month() >= begins + 3;
    let year = match year {
        YearOf::Given(year) => year,
        YearOf::Away(years) => this + years,
        YearOf::Toward(Toward::Last | Toward::Before) if ahead || !over => this - 1,
        YearOf::Toward(Toward::Next | Toward::After) if !ahead => this + 1,
        YearOf::Open if future && over => this + 1,
        YearOf::Toward(Toward::This) if future && today.month() >= begins + LONG_OVER => this + 1,
        YearOf::Open | YearOf::Toward(Toward::Same) if !future && ahead => this - 1,
        YearOf::Toward(_) | YearOf::Open | YearOf::Told => this,
    };
    Some(Calendar::Season(year, season))
}

/// Months behind its beginning after which nobody plans for this year's season.
const LONG_OVER: i8 = 5;

/// The month a season begins in.
pub(super) fn first_month(season: &str) -> i8 {
    match season {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        _ => 12,
    }
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
        _ => Calendar::around(unit, today),
    }
}
