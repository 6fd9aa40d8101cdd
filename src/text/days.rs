//! Days as people write them: "6 February 2026", "spring 2026", "between 1 and 6 February 2026". Codes (EDTF, TIMEX3) are
//! for machines; whatever a person reads goes through here.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::date::When;
use crate::model::moment::Moment;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// Weekdays in the order of their ISO numbers.
const WEEKDAYS: [&str; 7] = [
    "Mondays",
    "Tuesdays",
    "Wednesdays",
    "Thursdays",
    "Fridays",
    "Saturdays",
    "Sundays",
];
const SEASONS: [&str; 4] = ["spring", "summer", "autumn", "winter"];
/// Seasons and parts of a year without the year, as TIMEX3 writes them.
const UNDATED: [(&str, &str); 10] = [
    ("SP", "spring"),
    ("SU", "summer"),
    ("FA", "autumn"),
    ("WI", "winter"),
    ("Q1", "the first quarter"),
    ("Q2", "the second quarter"),
    ("Q3", "the third quarter"),
    ("Q4", "the last quarter"),
    ("H1", "the first half of a year"),
    ("H2", "the second half of a year"),
];
const ORDINALS: [&str; 4] = ["first", "second", "third", "last"];
/// Units of TIMEX3 lengths of days and longer, longer codes first.
const LENGTHS: [(&str, &str); 8] = [
    ("DE", "decade"),
    ("CE", "century"),
    ("WE", "weekend"),
    ("D", "day"),
    ("W", "week"),
    ("M", "month"),
    ("Q", "quarter"),
    ("Y", "year"),
];
/// Units of TIMEX3 lengths below a day.
const TIMES: [(&str, &str); 3] = [("H", "hour"), ("M", "minute"), ("S", "second")];
/// Parts of a day as TIMEX3 writes them behind the day.
const PARTS: [(&str, &str); 6] = [
    ("TMO", "morning of "),
    ("TMI", "noon of "),
    ("TAF", "afternoon of "),
    ("TEV", "evening of "),
    ("TNI", "night of "),
    ("TDT", "daytime of "),
];

/// The days of a value. What is not known to the day is told as far as it is known.
pub fn in_words(when: &When) -> String {
    let told = match when.edtf.split_once('/') {
        None => unit(&when.edtf),
        Some((".." | "", to)) => unit(to).map(|to| format!("until {to}")),
        Some((from, ".." | "")) => unit(from).map(|from| format!("from {from} on")),
        Some((from, to)) => between(from, to),
    };
    told.unwrap_or_else(|| match when.earliest == when.latest {
        true => day(when.earliest),
        false => format!("between {}", joined(when.earliest, when.latest, "and")),
    })
}

/// A day.
pub fn day(day: Date) -> String {
    let month = MONTHS[usize::from(day.month().unsigned_abs()) - 1];
    format!("{} {month} {}", day.day(), year(day.year().into()))
}

/// All the days from one to another: "1 to 6 February 2026".
pub fn stretch(first: Date, last: Date) -> String {
    match first == last {
        true => day(first),
        false => joined(first, last, "to"),
    }
}

/// A moment as it was printed, with the offset from UTC where one was.
pub fn moment(moment: Moment) -> String {
    let day = day(moment.date);
    let Some(time) = moment.time else { return day };
    let zone = match moment.offset {
        None => String::new(),
        Some(offset) if offset.seconds() == 0 => " UTC".into(),
        Some(offset) => {
            let minutes = offset.seconds() / 60;
            let sign = if minutes < 0 { '−' } else { '+' };
            format!(" (UTC{sign}{}:{:02})", minutes.abs() / 60, minutes.abs() % 60)
        }
    };
    format!("{day}, {:02}:{:02}{zone}", time.hour(), time.minute())
}

/// An instant, in UTC.
pub fn instant(at: Timestamp) -> String {
    let at = jiff::tz::Offset::UTC.to_datetime(at);
    format!("{}, {:02}:{:02} UTC", day(at.date()), at.hour(), at.minute())
}

/// Two moments told apart: with their seconds, where they are of one minute.
pub fn instants(one: Timestamp, other: Timestamp) -> (String, String) {
    if one == other || instant(one) != instant(other) {
        return (instant(one), instant(other));
    }
    let exact = |at: Timestamp| {
        let at = jiff::tz::Offset::UTC.to_datetime(at);
        format!(
            "{}, {:02}:{:02}:{:02} UTC",
            day(at.date()),
            at.hour(),
            at.minute(),
            at.second()
        )
    };
    (exact(one), exact(other))
}

/// A text with every ISO day in it in words: `2026-02-06 + 14 days` is "6 February 2026 + 14 days".
pub fn spelled(text: &str) -> String {
    const LETTERS: usize = "2026-02-06".len();
    let mut spelled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let is_apart = !spelled.ends_with(|c: char| c.is_alphanumeric() || c == '-');
        let candidate = rest.get(..LETTERS).filter(|_| is_apart);
        let behind = rest.get(LETTERS..).unwrap_or_default();
        let found = candidate
            .filter(|_| !behind.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
            .and_then(|candidate| candidate.parse::<Date>().ok());
        match found {
            Some(date) => {
                spelled.push_str(&day(date));
                rest = behind;
            }
            None => {
                spelled.push(next);
                rest = &rest[next.len_utf8()..];
            }
        }
    }
    spelled
}

/// What a TIMEX3 value means: a length, a time of day, something that recurs or has no year; the value itself where no
/// words are known for it.
pub fn timex(value: &str) -> String {
    known_timex(value).unwrap_or_else(|| value.to_string())
}

fn known_timex(value: &str) -> Option<String> {
    match value {
        "PRESENT_REF" => return Some("now".into()),
        "PAST_REF" => return Some("some time before".into()),
        "FUTURE_REF" => return Some("some time later".into()),
        _ => {}
    }
    if let Some(length) = value.strip_prefix('P') {
        return length_of(length);
    }
    if let Some(moment) = Moment::parse(value) {
        return Some(self::moment(moment));
    }
    if let Some(told) = value.find('T').and_then(|at| in_parts(value, at)) {
        return Some(told);
    }
    without_year(value)
        .or_else(|| week(value))
        .or_else(|| unit(value))
}

/// A day with a part of it or a time: `2026-02-06TMO`, `XXXX-XX-XXT14:30`.
fn in_parts(value: &str, at: usize) -> Option<String> {
    let (date, part) = value.split_at(at);
    let date = match date {
        "XXXX-XX-XX" => None,
        date => Some(without_year(date).or_else(|| unit(date))?),
    };
    if let Some((_, part)) = PARTS.iter().find(|(code, _)| *code == part) {
        return Some(match date {
            Some(date) => format!("{part}{date}"),
            None => part.trim_end_matches(" of ").to_string(),
        });
    }
    let time = part
        .strip_prefix('T')
        .filter(|time| time.starts_with(|c: char| c.is_ascii_digit()))?;
    Some(match date {
        Some(date) => format!("{date}, {time}"),
        None => time.to_string(),
    })
}

/// What recurs, or whose year is not told.
fn without_year(value: &str) -> Option<String> {
    let rest = value.strip_prefix("XXXX")?;
    let Some(rest) = rest.strip_prefix('-') else {
        return rest.is_empty().then(|| "a year".into());
    };
    match rest {
        "XX" => return Some("a month".into()),
        "XX-XX" => return Some("a day".into()),
        "WXX" => return Some("a week".into()),
        "WXX-WE" => return Some("weekends".into()),
        "QX" => return Some("a quarter".into()),
        _ => {}
    }
    if let Some(weekday) = rest.strip_prefix("WXX-") {
        let number: usize = weekday.parse().ok()?;
        return Some((*WEEKDAYS.get(number.checked_sub(1)?)?).to_string());
    }
    if let Some((_, name)) = UNDATED.iter().find(|(code, _)| *code == rest) {
        return Some((*name).to_string());
    }
    let mut parts = rest.split('-');
    let month: usize = parts.next()?.parse().ok()?;
    let month = MONTHS.get(month.checked_sub(1)?)?;
    match (parts.next(), parts.next()) {
        (None, _) => Some((*month).to_string()),
        (Some(day), None) => Some(format!("{} {month}", day.parse::<u8>().ok()?)),
        _ => None,
    }
}

/// A week of a year: `2026-W06`, and its end.
fn week(value: &str) -> Option<String> {
    let (of, week) = value.split_once("-W")?;
    let of = unit(of)?;
    let (number, prefix) = match week.strip_suffix("-WE") {
        Some(number) => (number, "the weekend of "),
        None => (week, ""),
    };
    let number: u8 = number.parse().ok()?;
    Some(format!("{prefix}week {number} of {of}"))
}

/// Numbers and units of a length, those below a day behind a `T`: `1Y6M`, `T2H30M`; `X` is an unknown number.
fn length_of(length: &str) -> Option<String> {
    let (days, times) = length.split_once('T').unwrap_or((length, ""));
    let mut told = Vec::new();
    for (mut rest, units) in [(days, LENGTHS.as_slice()), (times, TIMES.as_slice())] {
        while !rest.is_empty() {
            let digits = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == 'X'))?;
            let (number, behind) = rest.split_at(digits);
            let (code, name) = units.iter().find(|(code, _)| behind.starts_with(code))?;
            told.push(counted(number, name)?);
            rest = &behind[code.len()..];
        }
    }
    (!told.is_empty()).then(|| told.join(" "))
}

fn counted(number: &str, name: &str) -> Option<String> {
    let several = match name {
        "century" => "centuries".into(),
        name => format!("{name}s"),
    };
    Some(match number {
        "" => return None,
        "1" => format!("1 {name}"),
        "X" => format!("some {several}"),
        number => format!("{number} {several}"),
    })
}

/// Two ends with the month and year told once where they are the same.
fn joined(first: Date, last: Date, word: &str) -> String {
    let month = |day: Date| MONTHS[usize::from(day.month().unsigned_abs()) - 1];
    match (first.year() == last.year(), first.month() == last.month()) {
        (true, true) => format!("{} {word} {}", first.day(), day(last)),
        (true, false) => format!("{} {} {word} {}", first.day(), month(first), day(last)),
        (false, _) => format!("{} {word} {}", day(first), day(last)),
    }
}

/// An interval whose day is not known.
fn between(from: &str, to: &str) -> Option<String> {
    if let (Ok(first), Ok(last)) = (from.parse::<Date>(), to.parse::<Date>()) {
        return Some(format!("between {}", joined(first, last, "and")));
    }
    let (first, last) = (unit(from)?, unit(to)?);
    // "February and April 2026": the year is told once.
    let short = first.rsplit_once(' ').zip(last.rsplit_once(' '));
    let first = match short {
        Some(((name, one), (_, other))) if one == other && !name.contains(' ') => name.to_string(),
        _ => first,
    };
    Some(format!("between {first} and {last}"))
}

/// A day, month, season, part of a year, year, decade or century of EDTF, with its qualifier; `None` for what is none.
pub fn unit(text: &str) -> Option<String> {
    for (mark, word) in [('~', "about "), ('?', "perhaps "), ('%', "perhaps about ")] {
        if let Some(rest) = text.strip_suffix(mark) {
            return unit(rest).map(|told| format!("{word}{told}"));
        }
    }
    let (is_before, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut parts = digits.split('-');
    let (years, part, date, end) = (parts.next()?, parts.next(), parts.next(), parts.next());
    if years.ends_with('X') && part.is_none() && !is_before {
        return rounded(years);
    }
    if years.len() < 4 || end.is_some() || !years.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i32 = years.parse().ok()?;
    let number = if is_before { -number } else { number };
    let of = year(number);
    let Some(part) = part else { return Some(of) };
    let part: usize = part.parse().ok()?;
    if let Some(date) = date {
        let date = Date::new(
            i16::try_from(number).ok()?,
            i8::try_from(part).ok()?,
            date.parse().ok()?,
        );
        return date.ok().map(day);
    }
    Some(match part {
        1..=12 => format!("{} {of}", MONTHS[part - 1]),
        // The seasons of either half of the globe have numbers of their own.
        21..=32 => format!("{} {of}", SEASONS[(part - 21) % 4]),
        33..=36 => format!("the {} quarter of {of}", ORDINALS[part - 33]),
        37..=39 => format!("the {} third of {of}", ["first", "second", "last"][part - 37]),
        40 => format!("the first half of {of}"),
        41 => format!("the second half of {of}"),
        _ => return None,
    })
}

/// Years of which the last digits are not known: `199X` is "the 1990s".
fn rounded(years: &str) -> Option<String> {
    let known = years.trim_end_matches('X');
    let is_number = known.bytes().all(|byte| byte.is_ascii_digit());
    (years.len() == 4 && (2..4).contains(&known.len()) && is_number)
        .then(|| format!("the {}s", years.replace('X', "0")))
}

/// A year; the astronomers' year 0 is 1 BC.
fn year(year: i32) -> String {
    match year {
        1000.. => year.to_string(),
        1.. => format!("AD {year}"),
        _ => format!("{} BC", 1 - year),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(edtf: &str, expected: &str) {
        let day = jiff::civil::date(2026, 2, 6);
        let when = When {
            edtf: edtf.into(),
            earliest: day,
            latest: day,
        };
        assert_eq!(in_words(&when), expected, "{edtf}");
    }

    #[test]
    fn what_the_calendar_has_names_for_is_called_by_them() {
        check("2026-02-06", "6 February 2026");
        check("2026-02", "February 2026");
        check("2026", "2026");
        check("2026-21", "spring 2026");
        check("2026-32", "winter 2026");
        check("2026-33", "the first quarter of 2026");
        check("2026-36", "the last quarter of 2026");
        check("2026-41", "the second half of 2026");
        check("199X", "the 1990s");
        check("18XX", "the 1800s");
    }

    #[test]
    fn what_is_not_certain_is_told_so() {
        check("2019~", "about 2019");
        check("2026-02?", "perhaps February 2026");
        check("2026-02-06%", "perhaps about 6 February 2026");
        check("2026-02-01/2026-02-06", "between 1 and 6 February 2026");
        check("2026-01-30/2026-02-06", "between 30 January and 6 February 2026");
        check(
            "2025-12-30/2026-01-02",
            "between 30 December 2025 and 2 January 2026",
        );
        check("2026-02/2026-04", "between February and April 2026");
        check("2024/2026", "between 2024 and 2026");
        check("../2026-02-06", "until 6 February 2026");
        check("2026-02-06/..", "from 6 February 2026 on");
    }

    #[test]
    fn years_before_the_thousandth_and_before_the_first_are_marked() {
        check("-0043-03-15", "15 March 44 BC");
        check("-000043-03-15", "15 March 44 BC");
        check("0000", "1 BC");
        check("0043-08", "August AD 43");
        check("-0488/-0479", "between 489 and 480 BC");
    }

    #[test]
    fn an_unknown_code_is_told_by_its_days() {
        check("Y-17E7", "6 February 2026");
        let when = When {
            edtf: "[2026-02-01,2026-02-06]".into(),
            earliest: jiff::civil::date(2026, 2, 1),
            latest: jiff::civil::date(2026, 3, 6),
        };
        assert_eq!(in_words(&when), "between 1 February and 6 March 2026");
    }

    #[test]
    fn moments_keep_their_offset() {
        let told = |text: &str| moment(Moment::parse(text).expect("a moment"));
        assert_eq!(told("2026-02-06"), "6 February 2026");
        assert_eq!(told("2026-02-06T14:03:00"), "6 February 2026, 14:03");
        assert_eq!(told("2026-02-06T14:03:00Z"), "6 February 2026, 14:03 UTC");
        assert_eq!(
            told("2026-02-06T14:03:00-05:30"),
            "6 February 2026, 14:03 (UTC−5:30)"
        );
    }

    #[test]
    fn days_inside_a_text_are_spelled_and_nothing_else_is() {
        assert_eq!(
            spelled("2026-02-06 + 14 days = 2026-02-20"),
            "6 February 2026 + 14 days = 20 February 2026"
        );
        assert_eq!(
            spelled("on 2026-02-30, a2026-02-06, 2026-02-06-1, ü"),
            "on 2026-02-30, a2026-02-06, 2026-02-06-1, ü"
        );
    }

    #[test]
    fn lengths_times_and_what_recurs_have_words() {
        for (value, expected) in [
            ("P14D", "14 days"),
            ("P1W", "1 week"),
            ("PXY", "some years"),
            ("PT2H", "2 hours"),
            ("P1Y6M", "1 year 6 months"),
            ("PT2H30M", "2 hours 30 minutes"),
            ("P1DT12H", "1 day 12 hours"),
            ("P0.5W", "0.5 weeks"),
            ("P2CE", "2 centuries"),
            ("XXXX-WXX-5", "Fridays"),
            ("XXXX-WXX-5TEV", "evening of Fridays"),
            ("XXXX-WXX-WE", "weekends"),
            ("XXXX-02", "February"),
            ("XXXX-02-14", "14 February"),
            ("XXXX-SU", "summer"),
            ("XXXX-Q1", "the first quarter"),
            ("XXXX-XX-XX", "a day"),
            ("XXXX-XX-XXTMO", "morning"),
            ("XXXX-XX-XXT14:30", "14:30"),
            ("XXXX", "a year"),
            ("PRESENT_REF", "now"),
            ("2026-02-06T14:03:00", "6 February 2026, 14:03"),
            ("2026-02-06T14:03", "6 February 2026, 14:03"),
            ("2026-02-06TMO", "morning of 6 February 2026"),
            ("2026-W06", "week 6 of 2026"),
            ("2026-W06-WE", "the weekend of week 6 of 2026"),
            ("whatever", "whatever"),
        ] {
            assert_eq!(timex(value), expected, "{value}");
        }
    }
}
