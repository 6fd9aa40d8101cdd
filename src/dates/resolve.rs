//! From what is printed to the days meant: counted from the document's day, or from the day the text
//! spoke of last.

use std::cmp::Ordering;

use jiff::civil::Date;

use super::cues::Tense;
use super::edtf::{self, Calendar};
use super::holidays::Feast;
use super::nearby;
use super::reading::{Point, Toward, Unit, YearOf};
use crate::model::date::Anchor;
use crate::model::span::Span;

/// What is known where an expression stands.
#[derive(Clone, Copy)]
pub(super) struct Surroundings {
    /// The document's own day.
    pub(super) published: Option<Date>,
    /// The last place of the calendar the text named before.
    pub(super) spoken_of: Option<(Calendar, Span)>,
    /// The quarter or year the text reports on.
    pub(super) reported: Option<Calendar>,
    /// Where the words around it point.
    pub(super) tense: Tense,
    /// Whether the text tells of years long past, so that what is open follows the telling.
    pub(super) history: bool,
}

/// A place of the calendar, or what is left of its value without an anchor.
pub(super) struct Resolved {
    pub(super) calendar: Option<Calendar>,
    /// The value where there is no interval.
    pub(super) open: String,
    pub(super) anchor: Anchor,
    /// It is seen from the document, as the telling would have led past that.
    pub(super) is_turned_back: bool,
}

impl Resolved {
    /// A day of no place in the calendar: "must report it the same day".
    pub(super) fn of_any_day() -> Self {
        Self {
            calendar: None,
            open: "XXXX-XX-XX".into(),
            anchor: Anchor::Missing,
            is_turned_back: false,
        }
    }
}

/// The year of "that spring".
const THAT: YearOf = YearOf::Toward(Toward::Same);

/// The days a place means.
pub(super) fn resolve(point: Point, around: Surroundings) -> Resolved {
    let (year, feast) = match point {
        Point::Around(_, year, feast) | Point::WeekdayBeside(_, _, year, feast) => (year, feast),
        _ => return resolve_alone(point, around),
    };
    let day = resolve_alone(Point::Holiday(year, feast), around);
    Resolved {
        calendar: day.calendar.and_then(|day| beside(point, day)),
        open: open_value(point),
        anchor: day.anchor,
        is_turned_back: day.is_turned_back,
    }
}

/// The week around a day, or the weekday beside it.
fn beside(point: Point, day: Calendar) -> Option<Calendar> {
    let (day, _) = day.bounds()?;
    match point {
        Point::Around(unit, ..) => nearby::around(unit, day),
        Point::WeekdayBeside(weekday, toward, ..) => {
            nearby::weekday_toward(day, weekday, toward).map(Calendar::Day)
        }
        _ => None,
    }
}

/// The days of a place that does not rest on another one.
fn resolve_alone(point: Point, around: Surroundings) -> Resolved {
    if let Some(calendar) = complete(point) {
        return Resolved {
            calendar: Some(calendar),
            open: String::new(),
            anchor: Anchor::Absolute,
            is_turned_back: false,
        };
    }
    let by_text = matches!(
        point,
        Point::Month(YearOf::Told | THAT, _)
            | Point::Season(YearOf::Told | THAT, _)
            | Point::Day {
                year: YearOf::Told,
                ..
            }
    );
    let by_telling = around.history || around.published.is_none() || by_text;
    let told = around
        .spoken_of
        .filter(|_| by_telling)
        .and_then(|(spoken, span)| {
            let calendar = within_telling(point, spoken, around.history)?;
            Some((calendar, Anchor::Mention(span)))
        });
    // "Exports of Christmas cards fell" tells of no feast that is over.
    let is_feast = matches!(point, Point::Holiday(..));
    let is_turned_back = !is_feast && told.is_some_and(|(calendar, _)| is_done_after(calendar, around));
    let told = told.filter(|_| !is_turned_back);
    let onward = around
        .spoken_of
        .and_then(|(spoken, span)| Some((onward(point, spoken)?, Anchor::Mention(span))));
    let counted = around
        .published
        .filter(|day| !is_of_another_year(point, around.spoken_of, *day))
        .filter(|_| !(around.history && goes_on_finely(point)))
        .and_then(|day| Some((nearby::counted(point, day, around.tense)?, Anchor::Document(day))));
    let reported = around.reported.filter(|_| !around.history).and_then(|reported| {
        let anchor = around.published.map_or(Anchor::Missing, Anchor::Document);
        Some((in_report(point, reported)?, anchor))
    });
    let (calendar, anchor) = match reported.or(told).or(onward).or(counted) {
        Some((calendar, anchor)) => (Some(calendar), anchor),
        None => (None, Anchor::Missing),
    };
    let open = match point {
        // What a history tells of is not to come.
        Point::Onward(unit, _) if around.history => {
            open_unit(unit).map_or_else(|| open_value(point), Into::into)
        }
        _ => open_value(point),
    };
    Resolved {
        calendar,
        open,
        anchor,
        is_turned_back,
    }
}

/// Whether something told as done would lie behind the document: the telling then does not go on from what it named last, "The vote is in
/// April 2027. It failed in a test in October".
fn is_done_after(calendar: Calendar, around: Surroundings) -> bool {
    let is_done = matches!(around.tense, Tense::Past | Tense::Told);
    let begins = calendar.bounds().map(|(earliest, _)| earliest);
    is_done
        && begins
            .zip(around.published)
            .is_some_and(|(first, day)| first > day)
}

/// The value of one that could not be counted, of a unit less than a year.
fn open_unit(unit: Unit) -> Option<&'static str> {
    match unit {
        Unit::Day => Some("XXXX-XX-XX"),
        Unit::Week => Some("XXXX-WXX"),
        Unit::Month => Some("XXXX-XX"),
        _ => None,
    }
}

/// Whether a place is seen by days, weeks or months from what a text tells of: in a history that is never its own day.
fn goes_on_finely(point: Point) -> bool {
    matches!(point, Point::Onward(unit, _) if unit < Unit::Year)
}

/// Whether what goes on by days, weeks or months does so from a year long past, which is too coarse to count from: "in
/// 2019. Two days later".
fn is_of_another_year(point: Point, spoken: Option<(Calendar, Span)>, published: Date) -> bool {
    let goes_on = matches!(point, Point::Onward(unit, count) if unit < Unit::Year && count != 0);
    let year = spoken.and_then(|(spoken, _)| match spoken {
        Calendar::Year(year) => Some(year),
        _ => None,
    });
    goes_on && year.is_some_and(|year| year + 1 < i32::from(published.year()))
}

/// The interval of a place that is complete as printed.
fn complete(point: Point) -> Option<Calendar> {
    Some(match point {
        Point::Day {
            year: YearOf::Given(year),
            month,
            day,
            ..
        } => Calendar::Day(edtf::day(year, month, day)?),
        Point::Holiday(YearOf::Given(year), feast) => Calendar::Day(feast.day(year)?),
        Point::Month(YearOf::Given(year), month) => Calendar::Month(year, month),
        Point::Quarter(YearOf::Given(year), quarter) => Calendar::Quarter(year, quarter),
        Point::Half(YearOf::Given(year), half) => Calendar::Half(year, half),
        Point::Season(YearOf::Given(year), season) => Calendar::Season(year, season),
        Point::Year(year) => Calendar::Year(year),
        Point::Decade(decade) => Calendar::Decade(decade),
        Point::Century(century) => Calendar::Century(century),
        Point::DecadeBefore(decade) => Calendar::DecadeBefore(decade),
        Point::CenturyBefore(century) => Calendar::CenturyBefore(century),
        _ => return None,
    })
}

/// What a report on a quarter or year means by "a year ago", "the quarter", "the 1988 period".
fn in_report(point: Point, reported: Calendar) -> Option<Calendar> {
    let years = match point {
        Point::YearAgo => -1,
        Point::Latest(Unit::Quarter) => {
            return Some(reported).filter(|_| matches!(reported, Calendar::Quarter(..)));
        }
        Point::Reported(YearOf::Given(year)) => return Some(moved(reported, |_| year)),
        Point::Reported(YearOf::Away(years)) => years,
        Point::Reported(_) => 0,
        _ => return None,
    };
    Some(moved(reported, |year| year + years))
}

/// The same quarter of another year.
fn moved(reported: Calendar, year_after: impl Fn(i32) -> i32) -> Calendar {
    match reported {
        Calendar::Quarter(year, quarter) => Calendar::Quarter(year_after(year), quarter),
        Calendar::Year(year) => Calendar::Year(year_after(year)),
        other => other,
    }
}

/// What an open place means in a telling of long past years: its year is that of the telling.
fn within_telling(point: Point, spoken: Calendar, history: bool) -> Option<Calendar> {
    let (earliest, latest) = spoken.bounds()?;
    let year = i32::from(earliest.year());
    // A telling goes on: seen from November, "January" is the next one; seen from May, "April" is of that year.
    let turned = |month: i8| match month - earliest.month() {
        _ if earliest.month() != latest.month() => year,
        ..=BACK => year + 1,
        _ => year,
    };
    match point {
        Point::Day {
            year: YearOf::Open,
            month,
            day,
            ..
        } => edtf::day(turned(month), month, day).map(Calendar::Day),
        Point::Day {
            year: YearOf::Told,
            month,
            day,
            ..
        } => edtf::day(year, month, day).map(Calendar::Day),
        Point::Month(YearOf::Open, month) => Some(Calendar::Month(turned(month), month)),
        Point::Month(YearOf::Told | THAT, month) => Some(Calendar::Month(year, month)),
        Point::Season(YearOf::Open | YearOf::Told | YearOf::Toward(Toward::Same | Toward::This), season) => {
            Some(Calendar::Season(year, season))
        }
        Point::Month(YearOf::Toward(Toward::Next), month) if history => {
            onward(Point::Month(YearOf::Toward(Toward::After), month), spoken)
        }
        Point::Season(YearOf::Toward(Toward::Next), season) if history => {
            season_beside(spoken, Toward::After, season)
        }
        Point::Holiday(_, Feast::Fixed(month, day)) => {
            edtf::day(turned(month), month, day).map(Calendar::Day)
        }
        Point::Holiday(_, feast) => feast.day(year).map(Calendar::Day),
        Point::YearAgo => Some(Calendar::Year(year - 1)),
        Point::Today(0) | Point::Unsaid if history && earliest == latest => Some(spoken),
        Point::Shift(unit, count) if history => onward(Point::Onward(unit, count), spoken),
        _ => None,
    }
}

/// How many months a month may lie behind the one a telling is at and still be of the same year.
const BACK: i8 = -9;
/// What "two days later", "the previous year" mean after a place that is fine enough to count from.
fn onward(point: Point, spoken: Calendar) -> Option<Calendar> {
    let (earliest, latest) = spoken.bounds()?;
    let single_day = earliest == latest;
    let (unit, count) = match point {
        Point::Onward(unit, count) => (unit, count),
        Point::Month(YearOf::Toward(toward @ (Toward::Before | Toward::After)), month) => {
            return Some(Calendar::Month(year_beside(spoken, toward, month)?, month));
        }
        Point::Season(YearOf::Toward(toward @ (Toward::Before | Toward::After)), season) => {
            return season_beside(spoken, toward, season);
        }
        Point::Weekday(weekday, Some(toward @ (Toward::Before | Toward::After))) if single_day => {
            return nearby::weekday_toward(earliest, weekday, toward).map(Calendar::Day);
        }
        _ => return None,
    };
    let fine = single_day
        || matches!(
            (unit, spoken),
            (Unit::Year | Unit::Decade | Unit::Century, _)
                | (Unit::Month | Unit::Quarter, Calendar::Month(..))
                | (Unit::Week, Calendar::Week(_) | Calendar::Weekend(_))
        );
    if !fine {
        return None;
    }
    Calendar::around(unit, Calendar::shifted(earliest, unit, count)?)
}

/// "the following spring" seen from what the text told of.
fn season_beside(spoken: Calendar, toward: Toward, season: &'static str) -> Option<Calendar> {
    let year = year_beside(spoken, toward, nearby::first_month(season))?;
    Some(if season == "WI" {
        Calendar::Winter(year)
    } else {
        Calendar::Season(year, season)
    })
}

/// The year of "the following June" seen from what the text told of: the next of that name behind it, or the last before it.
fn year_beside(spoken: Calendar, toward: Toward, month: i8) -> Option<i32> {
    let (earliest, latest) = spoken.bounds()?;
    let is_after = toward == Toward::After;
    let from = if is_after { latest } else { earliest };
    let year = i32::from(from.year());
    Some(match (is_after, month.cmp(&from.month())) {
        (true, Ordering::Greater) | (false, Ordering::Less) => year,
        (true, _) => year + 1,
        (false, _) => year - 1,
    })
}

/// The value of a place that could not be counted: what is known, and `X` for the rest.
fn open_value(point: Point) -> String {
    match point {
        Point::Day { year, month, day, .. } => match year {
            YearOf::Given(year) => format!("{year:04}-{month:02}-{day:02}"),
            _ => format!("XXXX-{month:02}-{day:02}"),
        },
        Point::DayAlone(day, _) => format!("XXXX-XX-{day:02}"),
        Point::Holiday(_, Feast::Fixed(month, day)) => format!("XXXX-{month:02}-{day:02}"),
        Point::Holiday(..) => "XXXX-XX-XX".into(),
        Point::Weekday(weekday, _)
        | Point::WeekdayBeside(weekday, ..)
        | Point::WeekdayOfWeek(weekday, _)
        | Point::WeekdayOfMonth { weekday, .. } => format!("XXXX-WXX-{weekday}"),
        Point::EdgeOfMonth { .. } => "XXXX-XX-XX".into(),
        Point::Month(_, month) => format!("XXXX-{month:02}"),
        Point::Quarter(_, quarter) => format!("XXXX-Q{quarter}"),
        Point::Half(_, half) => format!("XXXX-H{half}"),
        Point::Season(_, season) => format!("XXXX-{season}"),
        Point::Latest(Unit::Weekend) | Point::Around(Unit::Weekend, ..) => "XXXX-WXX-WE".into(),
        Point::Around(..) => "XXXX-WXX".into(),
        Point::Latest(_) => "XXXX-QX".into(),
        Point::YearAgo => reference(-1),
        Point::Reported(_) => "XXXX".into(),
        Point::Today(days) => reference(days),
        Point::Unsaid => reference(0),
        Point::Shift(_, count)
        | Point::Onward(_, count)
        | Point::From(_, _, count)
        | Point::Within(_, count, _) => reference(count),
        Point::Year(_)
        | Point::Decade(_)
        | Point::Century(_)
        | Point::DecadeBefore(_)
        | Point::CenturyBefore(_) => complete(point).map(Calendar::value).unwrap_or_default(),
    }
}

fn reference(direction: i64) -> String {
    match direction {
        ..0 => "PAST_REF",
        0 => "PRESENT_REF",
        1.. => "FUTURE_REF",
    }
    .into()
}
