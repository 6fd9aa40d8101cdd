//! What is printed, before it is counted from anything.

use super::holidays::Feast;
use crate::model::date::TimexKind;

/// A length of the calendar or of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    /// The units with the names that data files use, from short to long.
    pub(super) const NAMES: [(&'static str, Unit); 13] = [
        ("second", Unit::Second),
        ("minute", Unit::Minute),
        ("hour", Unit::Hour),
        ("day", Unit::Day),
        ("weekend", Unit::Weekend),
        ("week", Unit::Week),
        ("fortnight", Unit::Fortnight),
        ("month", Unit::Month),
        ("quarter", Unit::Quarter),
        ("year", Unit::Year),
        ("decade", Unit::Decade),
        ("century", Unit::Century),
        ("millennium", Unit::Millennium),
    ];
}

/// Where a word points, seen from the anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Toward {
    /// "last", "past": before the document's day.
    Last,
    /// "next", "coming": after it.
    Next,
    /// "this", "current": the one it lies in.
    This,
    /// "previous": before what the text spoke of last.
    Before,
    /// "following": after it.
    After,
    /// "same", "that": that one.
    Same,
}

impl Toward {
    /// The directions with the names that data files use.
    pub(super) const NAMES: [(&'static str, Toward); 6] = [
        ("last", Toward::Last),
        ("next", Toward::Next),
        ("this", Toward::This),
        ("before", Toward::Before),
        ("after", Toward::After),
        ("same", Toward::Same),
    ];
}

/// What an expression means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    /// A place in the calendar, maybe with a time of day.
    Point(Point, Option<Clock>),
    /// A time of day that needs a day beside it.
    Clock(Clock),
    /// A duration, a set or a reference that needs no calendar.
    Fixed(TimexKind, String),
    /// It only looks like a time.
    Nothing,
    /// The text takes effect with its signing; no time by itself.
    AtOnce,
    /// The publication spoken of is not that of this text; no time by itself.
    PublishedElsewhere,
}

/// A day that others are counted from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Start {
    /// The document's own, or some days from it.
    Today(i64),
    /// The weekday next to it on the side that is counted to.
    Weekday(i8),
    /// A day with a name: "the day after Thanksgiving".
    Holiday(YearOf, Feast),
}

/// A place in the calendar as printed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Point {
    /// The document's own day, or some days from it.
    Today(i64),
    /// The day of a time of day that names none.
    Unsaid,
    /// A day of a month.
    Day {
        year: YearOf,
        month: i8,
        day: i8,
        weekday: Option<i8>,
    },
    /// A day of the month that the text is at, maybe with its weekday: "the 12th", "Friday the 13th".
    DayAlone(i8, Option<i8>),
    /// A day with a name.
    Holiday(YearOf, Feast),
    /// A weekday, with the direction printed before it.
    Weekday(i8, Option<Toward>),
    /// A weekday on one side of a day with a name: "the Friday before Memorial Day".
    WeekdayBeside(i8, Toward, YearOf, Feast),
    /// The week or weekend of a day: "the week of March 2", "Labor Day weekend".
    Around(Unit, YearOf, Feast),
    /// A weekday of the week so many weeks away.
    WeekdayOfWeek(i8, i64),
    /// The n-th weekday of the month so many months away.
    WeekdayOfMonth {
        nth: i8,
        weekday: i8,
        months: i64,
    },
    /// The first or the last day of the month so many months away.
    EdgeOfMonth {
        is_last: bool,
        months: i64,
    },
    Month(YearOf, i8),
    Quarter(YearOf, i8),
    Half(YearOf, i8),
    Season(YearOf, &'static str),
    /// A year; those before Christ count down from 0.
    Year(i32),
    Decade(i32),
    Century(i32),
    /// The decade, century of the years before Christ.
    DecadeBefore(i32),
    CenturyBefore(i32),
    /// Units of the calendar before or after the anchor: "last week", "two years ago".
    Shift(Unit, i64),
    /// The same from what the text spoke of last: "two days later", "the previous year".
    Onward(Unit, i64),
    /// So many units from another day: "three years ago today", "a week from Friday".
    From(Start, Unit, i64),
    /// The unit that the day so many others away lies in: "two years ago this week".
    Within(Unit, i64, Unit),
    /// A year before the anchor, or in a report on a quarter that quarter a year before.
    YearAgo,
    /// The quarter or year that the text reports on, in the year given or so many years before.
    Reported(YearOf),
    /// The unit's own most recent one, whole: "the weekend", "the quarter".
    Latest(Unit),
}

impl Point {
    /// Whether it is one day.
    pub(super) fn is_day(self) -> bool {
        matches!(
            self,
            Point::Today(_)
                | Point::Unsaid
                | Point::From(..)
                | Point::Day { .. }
                | Point::DayAlone(..)
                | Point::Weekday(..)
                | Point::WeekdayOfWeek(..)
                | Point::WeekdayOfMonth { .. }
                | Point::EdgeOfMonth { .. }
                | Point::WeekdayBeside(..)
                | Point::Holiday(..)
                | Point::Onward(Unit::Day, _)
                | Point::Latest(Unit::Day)
        )
    }

    /// Whether its year is left open.
    pub(super) fn is_open(self) -> bool {
        matches!(
            self,
            Point::Day {
                year: YearOf::Open,
                ..
            } | Point::Month(YearOf::Open, _)
                | Point::Weekday(_, None)
                | Point::DayAlone(..)
                | Point::Season(YearOf::Open, _)
                | Point::Quarter(YearOf::Open, _)
                | Point::Holiday(YearOf::Open, _)
                | Point::WeekdayBeside(_, _, YearOf::Open, _)
                | Point::Around(_, YearOf::Open, _)
                | Point::From(Start::Holiday(YearOf::Open, _), ..)
                | Point::Latest(_)
        )
    }
}

/// The year of a month, quarter or season.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum YearOf {
    /// It is printed.
    Given(i32),
    /// Nothing is said of it.
    Open,
    /// It is seen from the anchor.
    Toward(Toward),
    /// It is so many years from the anchor's: "July last year".
    Away(i32),
    /// It is the one the text spoke of last: "August of that year".
    Told,
}

/// A time of day as TIMEX3 writes it, with the `T`.
pub(super) type Clock = String;

/// What was read, from which token to which.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) first: usize,
    /// The token after the last.
    pub(super) end: usize,
    pub(super) meaning: Meaning,
    pub(super) rule: &'static str,
    /// "about", "around" is printed with it.
    pub(super) approximate: bool,
    /// It is a time only in a telling of the past.
    pub(super) in_histories: bool,
}
