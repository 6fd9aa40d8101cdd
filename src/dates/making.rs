//! From what a pattern noted to what it means.

use std::cmp::Ordering;

use super::captures::{Captures, Slot};
use super::holidays::Feast;
use super::language::Language;
use super::numbers::{HALF, SOME, and_a_half, thousandths, whole_of_and_half};
use super::reading::{Meaning, Point, Start, Toward, Unit, YearOf};
use super::vocabulary::Class;
use crate::model::date::TimexKind;

/// What a rule makes of its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Make {
    Day,
    /// A day whose month the text is at: "on the 12th".
    DayAlone,
    Weekday,
    /// "the first Monday of May".
    NthWeekday,
    Month,
    Year,
    Decade,
    Century,
    Quarter,
    HalfYear,
    Season,
    Feast,
    Today,
    Shift,
    Onward,
    /// "a week ago Friday".
    From,
    WeekdayBeside,
    Around,
    FirstOfMonth,
    LastOfMonth,
    TowardUnit,
    Latest,
    YearAgo,
    Reported,
    Duration,
    Set,
    Each,
    Often,
    Vague,
    Clock,
    /// The first of two times of day that share what is printed behind the second.
    ClockOfTwo,
    Part,
    /// A part of the day that a day must follow: "the morning of".
    PartOf,
    Nothing,
    /// Not a time: the text takes effect with its signing.
    AtOnce,
    /// Not a time either: the publication spoken of is not that of this text.
    PublishedElsewhere,
}

impl Make {
    const NAMES: [(&'static str, Make); 36] = [
        ("day", Make::Day),
        ("day_alone", Make::DayAlone),
        ("weekday", Make::Weekday),
        ("nth_weekday", Make::NthWeekday),
        ("month", Make::Month),
        ("year", Make::Year),
        ("decade", Make::Decade),
        ("century", Make::Century),
        ("quarter", Make::Quarter),
        ("half_year", Make::HalfYear),
        ("season", Make::Season),
        ("feast", Make::Feast),
        ("today", Make::Today),
        ("shift", Make::Shift),
        ("onward", Make::Onward),
        ("from", Make::From),
        ("weekday_beside", Make::WeekdayBeside),
        ("around", Make::Around),
        ("first_of_month", Make::FirstOfMonth),
        ("last_of_month", Make::LastOfMonth),
        ("toward_unit", Make::TowardUnit),
        ("latest", Make::Latest),
        ("year_ago", Make::YearAgo),
        ("reported", Make::Reported),
        ("duration", Make::Duration),
        ("set", Make::Set),
        ("each", Make::Each),
        ("often", Make::Often),
        ("vague", Make::Vague),
        ("clock", Make::Clock),
        ("clock_of_two", Make::ClockOfTwo),
        ("part", Make::Part),
        ("part_of", Make::PartOf),
        ("nothing", Make::Nothing),
        ("at_once", Make::AtOnce),
        ("published_elsewhere", Make::PublishedElsewhere),
    ];

    /// What a data file's word says is made.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, make)| *make)
    }

    /// The meaning of what was noted; `None` where no calendar has it.
    pub(super) fn meaning(self, language: &Language, noted: &Captures) -> Option<Meaning> {
        let fixed = |kind, value: String| Some(Meaning::Fixed(kind, value));
        match self {
            Make::Nothing => Some(Meaning::Nothing),
            Make::AtOnce => Some(Meaning::AtOnce),
            Make::PublishedElsewhere => Some(Meaning::PublishedElsewhere),
            Make::Clock => Some(Meaning::Point(Point::Unsaid, Some(clock(noted)?))),
            Make::ClockOfTwo => Some(Meaning::Point(Point::Unsaid, Some(clock_of_two(noted)?))),
            Make::Part => {
                let days = i64::from(noted.get(Slot::Deictic).unwrap_or(0));
                let point = match toward(noted.get(Slot::Toward)) {
                    Some(Toward::Same) => Point::Onward(Unit::Day, 0),
                    Some(Toward::After) => Point::Onward(Unit::Day, 1),
                    Some(Toward::Before) => Point::Onward(Unit::Day, -1),
                    _ => Point::Today(days),
                };
                Some(Meaning::Point(point, Some(part(noted)?)))
            }
            Make::PartOf => Some(Meaning::Clock(part(noted)?)),
            Make::Vague => fixed(TimexKind::Date, reference(noted.get(Slot::Vague)?).into()),
            Make::Often => {
                let index = usize::try_from(noted.get(Slot::Often)?).ok()?;
                fixed(TimexKind::Set, FREQUENCIES.get(index)?.1.into())
            }
            Make::Duration => fixed(TimexKind::Duration, length(noted)?),
            Make::Set => fixed(TimexKind::Set, length(noted)?),
            Make::Each => fixed(TimexKind::Set, each(noted)?),
            Make::Shift | Make::Onward => counted(self, noted),
            _ => point(self, language, noted).map(|point| Meaning::Point(point, None)),
        }
    }
}

/// A place in the calendar.
fn point(make: Make, language: &Language, noted: &Captures) -> Option<Point> {
    let ordinal = || noted.small(Slot::Ordinal);
    Some(match make {
        Make::Day => day(language, noted)?,
        Make::DayAlone => {
            let day = noted.small(Slot::Day).filter(|day| (1..=31).contains(day))?;
            Point::DayAlone(day, noted.small(Slot::Weekday))
        }
        Make::Weekday => match noted.get(Slot::Week) {
            Some(weeks) => Point::WeekdayOfWeek(noted.small(Slot::Weekday)?, weeks.into()),
            None => Point::Weekday(noted.small(Slot::Weekday)?, toward(noted.get(Slot::Toward))),
        },
        Make::NthWeekday => nth_weekday(noted)?,
        Make::Month => Point::Month(year_of(noted), noted.small(Slot::Month)?),
        Make::Year => Point::Year(given_year(noted)?),
        Make::Decade if noted.get(Slot::Era) == Some(1) => Point::DecadeBefore(noted.get(Slot::Tens)?),
        Make::Decade => Point::Decade(tens(noted.get(Slot::Tens)?)?),
        Make::Century => {
            let ordinal = noted
                .get(Slot::Ordinal)
                .filter(|ordinal| (1..=30).contains(ordinal))?;
            match noted.get(Slot::Era) {
                Some(1) => Point::CenturyBefore(ordinal - 1),
                _ => Point::Century(ordinal - 1),
            }
        }
        Make::Quarter => Point::Quarter(
            year_of(noted),
            ordinal().filter(|number| (1..=4).contains(number))?,
        ),
        Make::HalfYear => Point::Half(
            year_of(noted),
            ordinal().filter(|number| (1..=2).contains(number))?,
        ),
        Make::Season => Point::Season(year_of(noted), season(noted)?),
        Make::Feast => Point::Holiday(year_of(noted), language.feast_numbered(noted.get(Slot::Feast)?)?),
        Make::Today => Point::Today(noted.get(Slot::Deictic)?.into()),
        Make::From => from(language, noted)?,
        Make::WeekdayBeside => Point::WeekdayBeside(
            noted.small(Slot::Weekday)?,
            toward(noted.get(Slot::Toward))?,
            year_of_beside(noted),
            language.feast_numbered(noted.get(Slot::Feast)?)?,
        ),
        Make::FirstOfMonth => edge_of_month(noted, false)?,
        Make::LastOfMonth => match noted.small(Slot::Month) {
            Some(month) => Point::Holiday(year_of(noted), Feast::Last(month)),
            None => edge_of_month(noted, true)?,
        },
        Make::Around => Point::Around(unit(noted)?, year_of(noted), feast_around(language, noted)?),
        Make::TowardUnit => toward_unit(noted)?,
        Make::Latest => Point::Latest(unit(noted)?),
        Make::YearAgo => Point::YearAgo,
        Make::Reported => Point::Reported(year_of(noted)),
        _ => return None,
    })
}

/// The tens of a year by their first three digits; "1930" and "90" name a decade as well.
fn tens(noted: i32) -> Option<i32> {
    match noted {
        1000.. => (noted % 10 == 0).then_some(noted / 10),
        100.. => Some(noted),
        20.. => (noted % 10 == 0).then_some(190 + noted / 10),
        _ => None,
    }
}

fn day(language: &Language, noted: &Captures) -> Option<Point> {
    let (month, day) = (noted.small(Slot::Month)?, noted.small(Slot::Day)?);
    let year = year_of(noted);
    // A leap year stands in where none is printed.
    let tried = match year {
        YearOf::Given(year) => year,
        _ => 2024,
    };
    super::edtf::day(tried, month, day)?;
    // "Election Day, Nov. 2" is one day, "Labor Day, July 4" are two of a list.
    if let Some(number) = noted.get(Slot::Feast) {
        let feast = language.feast_numbered(number)?.day(tried)?;
        (feast.month() == month).then_some(())?;
    }
    Some(Point::Day {
        year,
        month,
        day,
        weekday: noted.small(Slot::Weekday),
    })
}

/// "the first Monday of May", "the last Friday of next month"; the slot of weeks counts months here.
fn nth_weekday(noted: &Captures) -> Option<Point> {
    let nth = noted
        .small(Slot::Ordinal)
        .filter(|nth| matches!(nth, -1 | 1..=5))?;
    let weekday = noted.small(Slot::Weekday)?;
    if let Some(months) = noted.get(Slot::Week) {
        let months = months.into();
        return Some(Point::WeekdayOfMonth { nth, weekday, months });
    }
    let month = noted.small(Slot::Month)?;
    let feast = match noted.small(Slot::Weekday2) {
        None => Feast::Weekday { month, nth, weekday },
        Some(then) => Feast::WeekdayAfter {
            month,
            nth,
            weekday,
            then,
        },
    };
    Some(Point::Holiday(year_of(noted), feast))
}

/// "the first of next month"; the slot of weeks counts months here.
fn edge_of_month(noted: &Captures, is_last: bool) -> Option<Point> {
    let months = noted.get(Slot::Week)?.into();
    Some(Point::EdgeOfMonth { is_last, months })
}

/// The year of a day with a name that a direction beside another word leaves alone.
fn year_of_beside(noted: &Captures) -> YearOf {
    given_year(noted).map_or(YearOf::Open, YearOf::Given)
}

/// The day that a week or weekend lies around: a day with a name, a day of a month, or the n-th Thursday of one, whose week
/// is the n-th.
fn feast_around(language: &Language, noted: &Captures) -> Option<Feast> {
    if let Some(number) = noted.get(Slot::Feast) {
        return language.feast_numbered(number);
    }
    let month = noted.small(Slot::Month)?;
    if let Some(day) = noted.small(Slot::Day) {
        return Some(Feast::Fixed(month, day));
    }
    let nth = noted
        .small(Slot::Ordinal)
        .filter(|nth| matches!(nth, -1 | 1..=5))?;
    let weekday = noted.small(Slot::Weekday)?;
    Some(Feast::Weekday { month, nth, weekday })
}

/// The year printed; the year before 1 is 0.
fn given_year(noted: &Captures) -> Option<i32> {
    let year = noted.get(Slot::Year)?;
    Some(if noted.get(Slot::Era) == Some(1) {
        1 - year
    } else {
        year
    })
}

fn year_of(noted: &Captures) -> YearOf {
    if let Some(year) = given_year(noted) {
        return YearOf::Given(year);
    }
    match toward(noted.get(Slot::YearToward)) {
        Some(Toward::Last) => return YearOf::Away(-1),
        Some(Toward::This) => return YearOf::Away(0),
        Some(Toward::Next) => return YearOf::Away(1),
        Some(Toward::Same | Toward::Before | Toward::After) => return YearOf::Told,
        None => {}
    }
    toward(noted.get(Slot::Toward)).map_or(YearOf::Open, YearOf::Toward)
}

/// "last week", "the following year".
fn toward_unit(noted: &Captures) -> Option<Point> {
    let unit = unit(noted)?;
    Some(match toward(noted.get(Slot::Toward))? {
        Toward::Last => Point::Shift(unit, -1),
        Toward::Next => Point::Shift(unit, 1),
        Toward::This => Point::Shift(unit, 0),
        Toward::Before => Point::Onward(unit, -1),
        Toward::After => Point::Onward(unit, 1),
        Toward::Same => Point::Onward(unit, 0),
    })
}

/// "three years ago today", "two weeks from Friday".
fn from(language: &Language, noted: &Captures) -> Option<Point> {
    let (unit, count) = (unit(noted).unwrap_or(Unit::Week), noted.get(Slot::Count)?);
    let sign = noted.get(Slot::Sign)?;
    if let Some(within) = unit_numbered(noted.get(Slot::Unit2)) {
        return (count > 0 && unit >= within)
            .then(|| Point::Within(unit, i64::from(count) * i64::from(sign), within));
    }
    let years = (unit == Unit::Year && count > 0).then(|| YearOf::Away(count.saturating_mul(sign)));
    if let Some(month) = noted.small(Slot::Month) {
        return Some(Point::Month(years?, month));
    }
    if let Some(season) = season(noted) {
        return Some(Point::Season(years?, season));
    }
    // "two Fridays ago" is the week before last Friday.
    if let (None, Some(weekday), -1) = (noted.get(Slot::Unit), noted.small(Slot::Weekday), sign) {
        return (count > 0).then(|| Point::From(Start::Weekday(weekday), Unit::Week, 1 - i64::from(count)));
    }
    let start = match (noted.get(Slot::Deictic), noted.get(Slot::Feast)) {
        (Some(days), _) => Start::Today(days.into()),
        (_, Some(feast)) => Start::Holiday(year_of(noted), language.feast_numbered(feast)?),
        _ => Start::Weekday(noted.small(Slot::Weekday)?),
    };
    let is_whole = count > 0 && unit >= Unit::Day && unit != Unit::Weekend;
    let count = i64::from(count) * i64::from(sign);
    is_whole.then_some(Point::From(start, unit, count))
}

/// "two weeks ago", "three days later"; "several years ago" is only somewhere in the past.
fn counted(make: Make, noted: &Captures) -> Option<Meaning> {
    let sign = noted.get(Slot::Sign)?;
    let unit = unit(noted)?;
    let count = noted.get(Slot::Count).unwrap_or(1);
    let count = noted.get(Slot::Half).map_or(count, |_| and_a_half(count));
    let half = whole_of_and_half(count).filter(|_| unit == Unit::Year);
    let (unit, count) = half.map_or((unit, count), |whole| {
        (Unit::Month, 12 * whole.min(A_MILLENNIUM) + 6)
    });
    if count < 0 {
        return Some(Meaning::Fixed(TimexKind::Date, reference(sign).into()));
    }
    let count = i64::from(count) * i64::from(sign);
    // Hours ago are of the day itself as far as any day can tell.
    if unit < Unit::Day {
        return Some(Meaning::Fixed(TimexKind::Time, reference(sign).into()));
    }
    Some(Meaning::Point(
        if make == Make::Shift {
            Point::Shift(unit, count)
        } else {
            Point::Onward(unit, count)
        },
        None,
    ))
}

/// More years than are counted in months.
const A_MILLENNIUM: i32 = 1000;

fn clock(noted: &Captures) -> Option<String> {
    let mut hour = noted.get(Slot::Hour).unwrap_or(0);
    if let Some(half) = noted.get(Slot::Half) {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + half;
    }
    if !(0..=24).contains(&hour) {
        return None;
    }
    Some(written(hour * 60 + noted.get(Slot::Minute).unwrap_or(0)))
}

/// The first of two times of day: in the half of the second, or in the other where it would be the later one ("11 to 1
/// p.m.").
fn clock_of_two(noted: &Captures) -> Option<String> {
    let half = noted.get(Slot::Half)?;
    let minutes = |hour, minute| {
        let hour = noted.get(hour).filter(|hour| (1..=12).contains(hour))?;
        Some((hour % 12 + half) * 60 + noted.get(minute).unwrap_or(0))
    };
    let (begin, end) = (
        minutes(Slot::Hour, Slot::Minute)?,
        minutes(Slot::Hour2, Slot::Minute2)?,
    );
    Some(written(match begin.cmp(&end) {
        Ordering::Less => begin,
        _ => (begin + HALF_A_DAY) % (2 * HALF_A_DAY),
    }))
}

/// The minutes of half a day.
const HALF_A_DAY: i32 = 12 * 60;

/// A time of day, given in minutes, as TIMEX3 writes it.
fn written(minutes: i32) -> String {
    format!("T{:02}:{:02}", minutes / 60, minutes % 60)
}

fn part(noted: &Captures) -> Option<String> {
    let index = usize::try_from(noted.get(Slot::Part)?).ok()?;
    Some(format!("T{}", PARTS.get(index)?))
}

fn season(noted: &Captures) -> Option<&'static str> {
    SEASONS
        .get(usize::try_from(noted.get(Slot::Season)?).ok()?)
        .copied()
}

fn each(noted: &Captures) -> Option<String> {
    let part = part(noted).unwrap_or_default();
    if let Some(weekday) = noted.get(Slot::Weekday) {
        return Some(format!("XXXX-WXX-{weekday}{part}"));
    }
    if let Some(month) = noted.get(Slot::Month) {
        return Some(format!("XXXX-{month:02}"));
    }
    if let Some(season) = season(noted) {
        return Some(format!("XXXX-{season}"));
    }
    if unit(noted) == Some(Unit::Weekend) {
        return Some("XXXX-WXX-WE".into());
    }
    (!part.is_empty()).then(|| format!("XXXX-XX-XX{part}"))
}

fn unit(noted: &Captures) -> Option<Unit> {
    unit_numbered(noted.get(Slot::Unit))
}

fn unit_numbered(number: Option<i32>) -> Option<Unit> {
    let index = usize::try_from(number?).ok()?;
    Unit::NAMES.get(index).map(|(_, unit)| *unit)
}

fn toward(value: Option<i32>) -> Option<Toward> {
    let index = usize::try_from(value?).ok()?;
    Toward::NAMES.get(index).map(|(_, toward)| *toward)
}

fn reference(direction: i32) -> &'static str {
    match direction {
        ..0 => "PAST_REF",
        0 => "PRESENT_REF",
        1.. => "FUTURE_REF",
    }
}

/// The TIMEX3 value of so many units.
fn length(noted: &Captures) -> Option<String> {
    let unit = unit(noted)?;
    let (letter, time, each) = match unit {
        Unit::Second => ("S", "T", 1),
        Unit::Minute => ("M", "T", 1),
        Unit::Hour => ("H", "T", 1),
        Unit::Day => ("D", "", 1),
        Unit::Weekend => ("WE", "", 1),
        Unit::Week => ("W", "", 1),
        Unit::Fortnight => ("W", "", 2),
        Unit::Month => ("M", "", 1),
        Unit::Quarter => ("Q", "", 1),
        Unit::Year => ("Y", "", 1),
        Unit::Decade => ("Y", "", 10),
        Unit::Century => ("Y", "", 100),
        Unit::Millennium => ("Y", "", 1000),
    };
    let count = noted.get(Slot::Count).unwrap_or(1);
    let count = noted.get(Slot::Half).map_or(count, |_| and_a_half(count));
    if let Some(thousandths) = thousandths(count) {
        return Some(format!("P{time}{}{letter}", decimal(thousandths * each)));
    }
    if let Some(whole) = whole_of_and_half(count) {
        return Some(match unit {
            _ if each > 1 => format!("P{}{letter}", i64::from(whole) * each + each / 2),
            Unit::Year => format!("P{whole}Y6M"),
            Unit::Hour => format!("PT{whole}H30M"),
            Unit::Minute => format!("PT{whole}M30S"),
            Unit::Day => format!("P{whole}DT12H"),
            _ => format!("P{time}{whole}.5{letter}"),
        });
    }
    Some(match (count, unit) {
        (HALF, Unit::Hour) => "PT30M".into(),
        (HALF, Unit::Year) => "P6M".into(),
        (HALF, _) if each > 1 => format!("P{}{letter}", each / 2),
        (HALF, _) => format!("P{time}0.5{letter}"),
        (SOME, Unit::Decade) => "PXDE".into(),
        (SOME, Unit::Century) => "PXCE".into(),
        (SOME, _) => format!("P{time}X{letter}"),
        _ => format!("P{time}{}{letter}", i64::from(count) * each),
    })
}

/// A number of thousandths as it is printed.
fn decimal(thousandths: i64) -> String {
    let (whole, fraction) = (thousandths / 1000, thousandths % 1000);
    let digits = format!("{whole}.{fraction:03}");
    digits.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// How TIMEX3 writes seasons and parts of the day.
const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];
const PARTS: [&str; 6] = ["MO", "MI", "AF", "EV", "NI", "DT"];

/// Frequencies by the names that data files use, with their TIMEX3 values.
const FREQUENCIES: [(&str, &str); 8] = [
    ("hour", "PT1H"),
    ("day", "XXXX-XX-XX"),
    ("week", "XXXX-WXX"),
    ("fortnight", "P2W"),
    ("month", "XXXX-XX"),
    ("quarter", "P3M"),
    ("half", "P6M"),
    ("year", "XXXX"),
];

/// The number that stands for a value a data file names, in a class.
pub(super) fn value_named(class: Class, value: &str) -> Option<i32> {
    let position = |mut names: Box<dyn Iterator<Item = &str> + '_>| {
        names
            .position(|name| name == value)
            .and_then(|at| i32::try_from(at).ok())
    };
    match class {
        Class::Unit | Class::Units => position(Box::new(Unit::NAMES.iter().map(|(name, _)| *name))),
        Class::Toward => position(Box::new(Toward::NAMES.iter().map(|(name, _)| *name))),
        Class::Season => position(Box::new(SEASONS.into_iter())),
        Class::Part | Class::Parts => position(Box::new(PARTS.into_iter())),
        Class::Often => position(Box::new(FREQUENCIES.iter().map(|(name, _)| *name))),
        _ => value.parse().ok(),
    }
}
