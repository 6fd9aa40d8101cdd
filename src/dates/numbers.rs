//! The forms of numbers that patterns name: counts, ordinals, years, hours and dates in digits.

use super::captures::{Captures, Slot};
use super::cursor::Cursor;
use super::language::Language;
use super::signs::{DIGITS, Opening, Sign, Signs, mark};
use super::vocabulary::Class;

/// A form a number is printed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// "5", "1,000", "twenty-five", "a few", "half a", "two and a half".
    Count,
    /// "21st", "twenty-first".
    Ordinal,
    /// The day of a month.
    Day,
    /// Four digits that can be a year.
    Year,
    /// "'94".
    ShortYear,
    /// "nineteen ninety-four".
    SpokenYear,
    /// Up to four digits, before "BC".
    OldYear,
    /// The last two digits of a year right behind a letter or mark: "FY26", "6-Feb-26".
    GluedYear,
    /// The last two digits of a year behind another: "07" in "2006-07".
    LastTwo,
    Hour,
    /// Hours and minutes without a mark: "1430".
    FourDigits,
    /// Two digits below sixty.
    Minute,
    /// One digit right behind a letter: the 1 of "Q1".
    Numeral,
    /// `2026-02-06`, `02/06/2026`.
    Numeric,
    /// `04/15`.
    NumericDay,
    /// The tens of "1990s", "'90s".
    Decade,
    /// Digits, of a longer number as well: each part of "555-0199".
    Run,
    /// A day with a name.
    Feast,
    /// The stop behind a shortened name.
    Stop,
}

/// A count that says only that it is more than one.
pub(super) const SOME: i32 = -1;
/// A half.
pub(super) const HALF: i32 = -2;
/// Behind this, downwards, stand counts with a half: two and a half is -12.
const AND_HALF: i32 = -10;

/// So many and a half.
pub(super) fn and_a_half(whole: i32) -> i32 {
    AND_HALF.saturating_sub(whole.max(0))
}

/// What stands before the half of a count that has one.
pub(super) fn whole_of_and_half(count: i32) -> Option<i32> {
    (DECIMAL + 1..=AND_HALF)
        .contains(&count)
        .then_some(AND_HALF - count)
}

/// From here downwards stand the thousandths of counts with a decimal fraction.
const DECIMAL: i32 = -1_000_000;

/// The thousandths of a count that has a decimal fraction.
pub(super) fn thousandths(count: i32) -> Option<i64> {
    (count <= DECIMAL).then(|| i64::from(DECIMAL) - i64::from(count))
}

/// A count with the digits behind its decimal mark; `None` where they say nothing or too much.
fn with_fraction(whole: u32, fraction: u32, digits: usize) -> Option<i32> {
    let scale = [100, 10, 1].get(digits.checked_sub(1)?).copied()?;
    let thousandths = whole.checked_mul(1000)?.checked_add(fraction * scale)?;
    (fraction > 0).then_some(DECIMAL.checked_sub(i32::try_from(thousandths).ok()?)?)
}

impl Form {
    const NAMES: [(&'static str, Form, Slot); 19] = [
        ("count", Form::Count, Slot::Count),
        ("ordinal", Form::Ordinal, Slot::Ordinal),
        ("day", Form::Day, Slot::Day),
        ("year", Form::Year, Slot::Year),
        ("short_year", Form::ShortYear, Slot::Year),
        ("spoken_year", Form::SpokenYear, Slot::Year),
        ("old_year", Form::OldYear, Slot::Year),
        ("last_two", Form::LastTwo, Slot::Year2),
        ("glued_year", Form::GluedYear, Slot::Year),
        ("hour", Form::Hour, Slot::Hour),
        ("four_digits", Form::FourDigits, Slot::Minute),
        ("minute", Form::Minute, Slot::Minute),
        ("numeral", Form::Numeral, Slot::Ordinal),
        ("numeric", Form::Numeric, Slot::Day),
        ("numeric_day", Form::NumericDay, Slot::Day),
        ("decade", Form::Decade, Slot::Tens),
        ("run", Form::Run, Slot::Nothing),
        ("feast", Form::Feast, Slot::Feast),
        ("stop", Form::Stop, Slot::Nothing),
    ];

    /// The form of a name and the slot it fills.
    pub(super) fn named(name: &str) -> Option<(Self, Slot)> {
        let found = Self::NAMES.iter().find(|(known, ..)| *known == name);
        found.map(|(_, form, slot)| (*form, *slot))
    }

    /// What it can begin with; rather too much than too little.
    pub(super) fn openings(self, language: &Language) -> Vec<Opening> {
        let of = |class| -> Signs { language.words.of(class).collect() };
        let these = |signs: &[Sign]| -> Signs { signs.iter().copied().collect() };
        let none = Signs::default();
        let opening = |first, second, later, whole| Opening {
            first,
            second,
            later,
            whole,
        };
        let digits = these(&[DIGITS]);
        let (hyphen, quote) = (mark('-'), mark('\''));
        match self {
            Form::Count => {
                let number = of(Class::Number);
                let (and, half) = language.signs_of_halves();
                let in_words = number
                    .and(of(Class::Join))
                    .and(and)
                    .and(these(&[hyphen, mark('½')]));
                let parted = these(&[mark(','), mark('.')]);
                let and = and.and(these(&[mark('½')]));
                let mut found = vec![
                    opening(digits, parted, parted.and(digits).and(and).and(half), true),
                    opening(digits, and, half, false),
                    opening(digits, digits, these(&[mark('/')]), false),
                    opening(number, in_words, in_words.and(half), true),
                    opening(of(Class::Several), number, in_words.and(half), false),
                ];
                found.extend(language.openings_of_counts());
                found
            }
            Form::Ordinal | Form::Day => {
                let ordinal = of(Class::Ordinal);
                vec![
                    opening(digits, of(Class::Suffix), none, self == Form::Day),
                    opening(ordinal, none, none, true),
                    opening(of(Class::Number), ordinal.and(these(&[hyphen])), ordinal, false),
                ]
            }
            Form::SpokenYear => {
                let number = of(Class::Number);
                let more = number.and(of(Class::Join)).and(these(&[hyphen]));
                vec![opening(number, number, more, false)]
            }
            Form::ShortYear => vec![opening(these(&[quote]), digits, none, false)],
            Form::Decade => {
                let tail = these(&[language.words.id(b"s"), quote]);
                vec![
                    opening(digits, tail, tail, false),
                    opening(these(&[quote]), digits, tail, false),
                ]
            }
            Form::Numeric | Form::NumericDay => {
                let parted = these(&[hyphen, mark('/'), mark('.')]);
                vec![opening(digits, parted, parted.and(digits), false)]
            }
            Form::Year
            | Form::OldYear
            | Form::LastTwo
            | Form::GluedYear
            | Form::Hour
            | Form::FourDigits
            | Form::Minute
            | Form::Numeral
            | Form::Run => vec![Opening::one(digits)],
            Form::Feast => language.openings_of_feasts(),
            Form::Stop => vec![Opening::one(these(&[mark('.')]))],
        }
    }

    /// Reads the form and notes what it says.
    pub(super) fn read<'t>(
        self,
        language: &Language,
        here: Cursor<'t>,
        slot: Slot,
        noted: &mut Captures,
    ) -> Option<Cursor<'t>> {
        if self == Form::Numeric {
            return numeric(language, here, noted);
        }
        if self == Form::NumericDay {
            return numeric_day(language, here, noted);
        }
        let (value, end) = match self {
            Form::Count => {
                let read = || count(language, here).map(|(value, end)| (value, end.at));
                let (value, end) = noted.count_at(here.at, read)?;
                (value, here.moved_to(end))
            }
            Form::Ordinal => ordinal(here)?,
            Form::Day => day(here)?,
            Form::Year => year(here)?,
            Form::ShortYear => short_year(here)?,
            Form::SpokenYear => spoken_year(language, here)?,
            Form::OldYear => old_year(here)?,
            Form::LastTwo => last_two(here, noted)?,
            Form::GluedYear => glued_year(here)?,
            Form::Hour => hour(here)?,
            Form::FourDigits => four_digits(here)?,
            Form::Minute => minute(here)?,
            Form::Numeral => numeral(here)?,
            Form::Run => (0, here.is_digits().then(|| here.next())?),
            Form::Decade => decade(here)?,
            Form::Feast => language.feast(here)?,
            Form::Stop => (0, stop(here)?),
            Form::Numeric | Form::NumericDay => return None,
        };
        noted.set(slot, value);
        Some(end)
    }
}

/// The place behind the count that stands here.
pub(super) fn behind_count<'t>(language: &Language, here: Cursor<'t>) -> Option<Cursor<'t>> {
    count(language, here).map(|(_, end)| end)
}

fn count<'t>(language: &Language, here: Cursor<'t>) -> Option<(i32, Cursor<'t>)> {
    if let Some((value, after)) = plain_count(language, here) {
        // "three-and-a-half years".
        let joined = || after.glued_mark(&['-']).filter(|next| next.glued().is_some());
        let half = half_sign(after)
            .or_else(|| language.and_a_half(after))
            .or_else(|| language.and_a_half(joined()?));
        return Some(half.map_or((value, after), |end| (and_a_half(value), end)));
    }
    // "a hundred" is a number and "a" alone a count of one.
    language.count_phrase(here)
}

/// A whole number in digits or words.
fn plain_count<'t>(language: &Language, here: Cursor<'t>) -> Option<(i32, Cursor<'t>)> {
    if here.is_digits() {
        return in_digits(language, here);
    }
    let start = match here.class(Class::Several) {
        Some((_, after)) if after.class(Class::Number).is_some_and(|(value, _)| value >= 100) => after,
        _ => here,
    };
    in_words(language, start)
}

/// "1/2" or "½" behind a whole number.
fn half_sign(here: Cursor<'_>) -> Option<Cursor<'_>> {
    if here.slice() == "½" {
        return Some(here.next());
    }
    let (one, _, after) = here.digits()?;
    let (two, _, end) = after.glued_mark(&['/'])?.digits()?;
    ((one, two) == (1, 2)).then_some(end)
}

/// A whole number in digits, with or without marks between the thousands.
fn in_digits<'t>(language: &Language, here: Cursor<'t>) -> Option<(i32, Cursor<'t>)> {
    let (mut value, length, mut after) = here.digits()?;
    if !here.is_free_number() {
        return None;
    }
    while length <= 3
        && let Some(group) = after
            .glued_mark(&[language.thousands])
            .filter(|group| group.glued().is_some())
        && let Some((thousandths, 3, end)) = group.digits()
    {
        value = value.checked_mul(1000)?.checked_add(thousandths)?;
        after = end;
    }
    let fraction = after
        .glued_mark(&['.', ','])
        .filter(|rest| rest.glued().is_some());
    if let Some((fraction, digits, end)) = fraction.and_then(Cursor::digits) {
        let count = with_fraction(value, fraction, digits);
        return Some((count.or_else(|| i32::try_from(value).ok())?, end));
    }
    Some((i32::try_from(value).ok()?, after))
}

fn in_words<'t>(language: &Language, here: Cursor<'t>) -> Option<(i32, Cursor<'t>)> {
    let (mut total, mut part, mut at) = (0_i32, 0_i32, here);
    let mut last = i32::MAX;
    // Seven words say any number there is in prose.
    for _ in 0..7 {
        let Some((number, after)) = next_number(language, at, last) else {
            break;
        };
        let first = at.at == here.at;
        match number {
            100 if last < 100 || first => part = part.max(1) * 100,
            1000 if last < 1000 || first => {
                total += part.max(1) * 1000;
                part = 0;
            }
            100 | 1000 => break,
            // "twenty five", "hundred twelve"; but "nineteen ninety" is no sum.
            _ if first || last >= 100 || (last >= 20 && number < 10) => part += number,
            _ => break,
        }
        last = number;
        at = after;
    }
    (at.at > here.at).then_some((total + part, at))
}

/// The next word of a number: behind a hyphen after tens, behind "and" after hundreds.
fn next_number<'t>(language: &Language, at: Cursor<'t>, last: i32) -> Option<(i32, Cursor<'t>)> {
    let hyphen = at.glued_mark(&['-', '‑']).filter(|after| after.glued().is_some());
    let next = hyphen.filter(|_| (20..100).contains(&last)).unwrap_or(at);
    // "a hundred and five", "treinta y cinco"; but "twenty and three" are two numbers, and so are "forty and fifty".
    if let Some((number, after)) = next
        .class(Class::Join)
        .and_then(|(_, after)| after.class(Class::Number))
    {
        let joins =
            last == 100 || last == 1000 || (language.joins_ones && (30..100).contains(&last) && number < 10);
        return joins.then_some((number, after));
    }
    next.class(Class::Number)
}

fn ordinal(here: Cursor<'_>) -> Option<(i32, Cursor<'_>)> {
    if let Some((value, _, after)) = here.digits() {
        after.glued()?;
        let (_, end) = after.class(Class::Suffix)?;
        return Some((i32::try_from(value).ok().filter(|_| here.is_free_number())?, end));
    }
    if let Some((tens, after)) = here
        .class(Class::Number)
        .filter(|(tens, _)| (20..100).contains(tens))
    {
        let next = after.glued_mark(&['-']).unwrap_or(after);
        let (ones, end) = next.class(Class::Ordinal).filter(|(ones, _)| *ones < 10)?;
        return Some((tens + ones, end));
    }
    here.class(Class::Ordinal)
}

fn day(here: Cursor<'_>) -> Option<(i32, Cursor<'_>)> {
    let (day, end) = match (here.digits(), ordinal(here)) {
        (_, Some(found)) => found,
        (Some((day, 1 | 2, end)), None) => (i32::try_from(day).ok()?, end),
        _ => return None,
    };
    (1..=31).contains(&day).then_some((day, end))
}

fn year(here: Cursor<'_>) -> Option<(i32, Cursor<'_>)> {
    let (year, length, end) = here.digits()?;
    let hyphen = |mark: &[char]| end.glued_mark(mark).is_some();
    let closed = end.ends_number() || hyphen(&['-', '‐', '‑', '/', '\'', '’']);
    let fits = length == 4 && (1000..2200).contains(&year) && closed;
    (fits && (here.is_free_number() || is_in_range(here) || is_behind_name(here)))
        .then_some((i32::try_from(year).ok()?, end))
}

/// Whether a year stands before with a hyphen or dash between: "2019-2021", "1861/65".
fn is_in_range(here: Cursor<'_>) -> bool {
    let dash = here
        .before()
        .filter(|dash| matches!(dash.slice(), "-" | "–" | "/"));
    let first = dash.and_then(Cursor::before).and_then(|first| {
        let (value, length, _) = first.digits()?;
        (length == 4 && (1000..2200).contains(&value)).then_some(first)
    });
    first.is_some_and(Cursor::is_free_number)
}

/// Whether a word of the language stands right before without a space: "FY2026".
fn is_behind_name(here: Cursor<'_>) -> bool {
    let name = here.glued().and_then(|_| here.before());
    name.is_some_and(|name| name.id() != 0 && name.slice().len() > 1 && name.glued().is_none())
}

fn glued_year(here: Cursor<'_>) -> Option<(i32, Cursor<'_>)> {
    let (two, length, end) = here.digits()?;
    here.glued()?;
    (length == 2 && end.ends_number()).then(|| (century_of(two), end))
}

fn short_year(here: Cursor<'_>) -> Option<(i32, Cursor<'_>)> {
    if !matches!(here.slice(), "'" | "’" | "‘") {
        return None;
    }
    let (two, length, end) = here.next().digits()?;
    here.next().glued()?;
    (length == 2 && end.ends_number()).then(|| (century_of(two), end))
}

/// Two digits of a year, in the century that news means.
fn century_of(two: u32) -> i32 {
    let two = i32::try_from(two).unwrap_or_default();
    if two < 50 { 2000 + two } else { 1900 + two }
}

fn spoken_year<'t>(language: &Language, here: Cursor<'t>) -> Option<(i32, Cursor<'t>)> {
    let (century, after) = here.class(Class::Number)?;
    // "two thousand" and what follows it.
    if century == 2 {
        let (thousand, _) = after.class(Class::Number)?;
        let (year, end) = in_words(language, here)?;
        return (thousand == 1000 && (2000..2100).contains(&year)).then_some((year, end));
    }
    let (rest, end) = in_words(language, after).filter(|_| (17..=20).contains(&century))?;
    (10..100).contains(&rest).then_some((century * 100 + rest, end))
}

fn old_year(here: Cursor<'_>) -> Option<(i32, Cursor<'_>)> {
    let (year, length, end) = here.digits()?;
    (length <= 4 && year > 0).then_some((i32::try_from(year).ok()?, end))
}

fn last_two<'t>(here: Cursor<'t>, noted: &Captures) -> Option<(i32, Cursor<'t>)> {
    let (two, length, end) = here.digits()?;
    let first = noted.get(Slot::Year)?;
    let year = first - first.rem_euclid(100) + i32::try_from(two).ok()?;
    (length == 2 && year > first && end.ends_number()).then_some((year, end))
}

fn hour(here: Cursor<'_>) -> Option<(i32, Cursor<'_>)> {
    let (hour, length, end) = here.digits()?;
    let stands_alone = here.is_free_number() || is_end_of_hours(here);
    (length <= 2 && hour <= 24 && stands_alone).then_some((i32::try_from(hour).ok()?, end))
}

/// Whether hours stand before with a hyphen or dash between: "6:30-8", "9–11".
fn is_end_of_hours(here: Cursor<'_>) -> bool {
    let dash = here
        .before()
        .filter(|dash| matches!(dash.slice(), "-" | "–") && dash.glued().is_some());
    let Some(last) = dash.and_then(Cursor::before) else {
        return false;
    };
    let is_short = |at: Cursor<'_>| at.digits().is_some_and(|(_, length, _)| length <= 2);
    let hour = last
        .before()
        .filter(|mark| last.glued().is_some() && mark.slice() == ":" && mark.glued().is_some())
        .and_then(Cursor::before);
    is_short(last)
        && (last.is_free_number() || hour.is_some_and(|hour| is_short(hour) && hour.is_free_number()))
}

/// Hours and minutes, in minutes.
fn four_digits(here: Cursor<'_>) -> Option<(i32, Cursor<'_>)> {
    let (value, length, end) = here.digits()?;
    let (hour, minute) = (value / 100, value % 100);
    let fits = length == 4 && hour <= 24 && minute < 60 && here.is_free_number();
    fits.then_some((i32::try_from(hour * 60 + minute).ok()?, end))
}

fn minute(here: Cursor<'_>) -> Option<(i32, Cursor<'_>)> {
    let (minute, length, end) = here.digits()?;
    // "2:00.44" is how long a race took.
    let fraction = end
        .glued_mark(&['.'])
        .is_some_and(|rest| rest.glued().is_some() && rest.is_digits());
    (length == 2 && minute < 60 && !fraction).then_some((i32::try_from(minute).ok()?, end))
}

fn numeral(here: Cursor<'_>) -> Option<(i32, Cursor<'_>)> {
    let (value, length, end) = here.digits()?;
    here.glued()?;
    (length == 1 && end.ends_number()).then_some((i32::try_from(value).ok()?, end))
}

/// The tens of a year, by their first three digits: "1990s" is 199.
fn decade(here: Cursor<'_>) -> Option<(i32, Cursor<'_>)> {
    let quoted = matches!(here.slice(), "'" | "’" | "‘");
    let start = if quoted { here.next() } else { here };
    let (value, length, after) = start.digits()?;
    let after = after.glued_mark(&['\'', '’']).unwrap_or(after);
    after.glued()?;
    let end = Some(after.next()).filter(|_| after.slice() == "s")?;
    let value = i32::try_from(value).ok().filter(|value| value % 10 == 0)?;
    let tens = match length {
        4 if (1000..2200).contains(&value) => value / 10,
        3 => value / 10,
        2 if value < 20 => 200 + value / 10,
        2 => 190 + value / 10,
        _ => return None,
    };
    (quoted || start.is_free_number()).then_some((tens, end))
}

fn stop(here: Cursor<'_>) -> Option<Cursor<'_>> {
    let name = here.before()?;
    here.glued_mark(&['.'])
        .filter(|_| here.words.is(name.id(), Class::Short))
}

/// A day and a month in digits; both slots are filled at once.
fn numeric_day<'t>(language: &Language, here: Cursor<'t>, noted: &mut Captures) -> Option<Cursor<'t>> {
    let (first, length, after) = here.digits()?;
    let (second, second_length, end) = after.glued_mark(&['/'])?.digits()?;
    if length > 2 || second_length > 2 || !here.is_free_number() || !end.ends_number() {
        return None;
    }
    let (month, day) = if language.day_first {
        (second, first)
    } else {
        (first, second)
    };
    for (slot, value) in [(Slot::Month, month), (Slot::Day, day)] {
        noted.set(slot, i32::try_from(value).ok()?);
    }
    Some(end)
}

/// A date in digits; the slots for year, month and day are filled at once.
fn numeric<'t>(language: &Language, here: Cursor<'t>, noted: &mut Captures) -> Option<Cursor<'t>> {
    let (first, length, after) = here.digits()?;
    let separator = after.glued_mark(&['-', '/', '.'])?;
    let mark = after.slice().chars().next()?;
    separator.glued()?;
    let (second, _, after) = separator.digits().filter(|(_, length, _)| *length <= 2)?;
    let last = after.glued_mark(&[mark])?;
    last.glued()?;
    let (third, last_length, end) = last.digits()?;
    // A time may follow an ISO day without a space.
    let closed = end.ends_number() || end.slice() == "T";
    if !here.is_free_number() || !closed {
        return None;
    }
    let day_first = language.day_first || first > 12;
    let (year, month, day) = match (length, mark, last_length) {
        (4, _, 1 | 2) => (first, second, third),
        (1 | 2, '.', 4) => (third, second, first),
        (1 | 2, _, 4) if day_first => (third, second, first),
        (1 | 2, _, 4) => (third, first, second),
        (1 | 2, '/', 2) if day_first => (century_of(third).unsigned_abs(), second, first),
        (1 | 2, '/', 2) => (century_of(third).unsigned_abs(), first, second),
        _ => return None,
    };
    for (slot, value) in [(Slot::Year, year), (Slot::Month, month), (Slot::Day, day)] {
        noted.set(slot, i32::try_from(value).ok()?);
    }
    Some(end)
}
