//! What the rules of the grammar read, before it is counted from anything.

use super::cursor::Cursor;
use super::holidays::Feast;
use super::vocabulary::{Toward, Unit};
use crate::model::date::TimexKind;

/// What an expression means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    /// A place in the calendar, maybe with a time of day.
    Point(Point, Option<Clock>),
    /// A duration, a set or a reference that needs no calendar.
    Fixed(TimexKind, String),
}

/// A place in the calendar as printed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Point {
    /// The document's own day, or some days from it.
    Today(i64),
    /// A day of a month.
    Day {
        year: Option<i32>,
        month: i8,
        day: i8,
        weekday: Option<i8>,
    },
    /// A day with a name.
    Holiday(YearOf, Feast),
    /// A weekday, with the direction printed before it.
    Weekday(i8, Option<Toward>),
    Month(YearOf, i8),
    Quarter(YearOf, i8),
    Half(YearOf, i8),
    Season(YearOf, &'static str),
    /// A year; those before Christ count down from 0.
    Year(i32),
    Decade(i32),
    Century(i32),
    /// Units of the calendar before or after the anchor: "last week", "two years ago".
    Shift(Unit, i64),
    /// The same from what the text spoke of last: "two days later", "the previous year".
    Onward(Unit, i64),
    /// A year before the anchor, or in a report on a quarter that quarter a year before.
    YearAgo,
    /// The unit's own most recent one, whole: "the weekend", "the latest quarter".
    Latest(Unit),
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

/// What a rule made of the words from a place on: the meaning, the rule's name and where they end.
pub(super) type Read<'t> = Option<(Meaning, &'static str, Cursor<'t>)>;

/// The same for a place in the calendar.
pub(super) type ReadPoint<'t> = Option<(Point, &'static str, Cursor<'t>)>;
