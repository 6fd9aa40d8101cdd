//! Reads a printed moment: the date of a feed entry, of a `<time>` element, of a byline.
//!
//! The whole text has to be understood. A word or number that has no place in a date makes the answer
//! `None`: a wrong date moves everything that is anchored on it, so nothing is guessed, no day is
//! invented for a bare month, and "now" is never an answer.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, civil};

use crate::model::moment::Moment;

/// Characters in a text that can still be one date.
const MAX_CHARS: usize = 120;

/// The moment that `text` is, whatever its format.
///
/// `6/2/2026` is refused where it could be read both ways; `read_in` decides by language.
pub fn read(text: &str) -> Option<Moment> {
    read_in(text, None)
}

/// The moment that `text` is in a text of this language (BCP 47): plain or American English writes the
/// month first, others the day.
pub fn read_in(text: &str, language: Option<&str>) -> Option<Moment> {
    let text = text.trim();
    if text.is_empty() || text.chars().nth(MAX_CHARS).is_some() {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return read_digits(text);
    }
    let month_first = language.map(is_month_first);
    read_tokens(&tokens(text), month_first).or_else(|| {
        // `14:03:00 GMT-0500 (Eastern Standard Time)`: a comment that says nothing more.
        let (before, _) = text.strip_suffix(')')?.rsplit_once(" (")?;
        read_tokens(&tokens(before), month_first)
    })
}

/// Whether texts of a language write the month first: plain English, and any language of the United States, however
/// the tag is written (`en_US`).
fn is_month_first(tag: &str) -> bool {
    let mut parts = tag.split(['-', '_']);
    let is_english = parts.next().is_some_and(|part| part.eq_ignore_ascii_case("en"));
    match parts.next_back() {
        None => is_english,
        Some(region) => region.eq_ignore_ascii_case("us"),
    }
}

fn read_tokens(tokens: &[Token<'_>], month_first: Option<bool>) -> Option<Moment> {
    let mut reader = Reader {
        tokens,
        at: 0,
        month_first,
        found: Found::default(),
    };
    reader.read_all()?;
    reader.found.moment()
}

/// The first piece of a longer line ("By Ana Lima | Feb. 6, 2026 | 3 min read") that is a moment.
pub fn find(text: &str, language: Option<&str>) -> Option<Moment> {
    let separators = ['|', '•', '·', '—', '–', '\n', '\t'];
    read_in(text, language).or_else(|| {
        let pieces = text.split(separators).take(20);
        pieces.into_iter().find_map(|piece| read_in(piece, language))
    })
}

/// `20260206`, `260206`, `20260206140300`, seconds or milliseconds since 1970.
fn read_digits(digits: &str) -> Option<Moment> {
    let part = |range: std::ops::Range<usize>| digits.get(range)?.parse::<i64>().ok();
    let day = |year: i64, at: usize| civil_day(year, part(at..at + 2)?, part(at + 2..at + 4)?);
    match digits.len() {
        6 => day(full_year(part(0..2)?, 2), 2).map(Moment::day),
        8 => day(part(0..4)?, 4).map(Moment::day),
        10 => instant(Timestamp::from_second(part(0..10)?).ok()?),
        13 => instant(Timestamp::from_millisecond(part(0..13)?).ok()?),
        14 => Some(Moment {
            date: day(part(0..4)?, 4)?,
            time: Some(time_of_day(part(8..10)?, part(10..12)?, part(12..14)?)?),
            offset: None,
        }),
        _ => None,
    }
}

fn instant(timestamp: Timestamp) -> Option<Moment> {
    Some(Moment::instant(timestamp, Offset::UTC))
}

#[derive(Clone, Debug, PartialEq)]
enum Token<'a> {
    Number { value: i64, digits: usize },
    Word(&'a str),
    Sign(char),
}

/// Runs of digits, runs of letters, and single signs; white space only separates.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_digit = |c: char| c.is_ascii_digit();
        let end_of = |keep: &dyn Fn(char) -> bool| rest.find(|c| !keep(c)).unwrap_or(rest.len());
        let end = if is_digit(first) {
            end_of(&is_digit)
        } else if first.is_alphabetic() {
            end_of(&|c| c.is_alphabetic() || c == '\u{301}')
        } else {
            first.len_utf8()
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        if is_digit(first) {
            // A number too long to be one is kept as a word, which no date has.
            tokens.push(piece.parse().map_or(Token::Word(piece), |value| Token::Number {
                value,
                digits: piece.len(),
            }));
        } else if first.is_alphabetic() {
            tokens.push(Token::Word(piece));
        } else if !first.is_whitespace() {
            tokens.push(Token::Sign(first));
        }
    }
    tokens
}

/// What a word means in a date.
#[derive(Clone, Debug)]
enum Meaning {
    Month(i64),
    Weekday,
    Filler,
    Offset(Offset),
    Rule(TimeZone),
}

static WORDS: LazyLock<HashMap<&'static str, Meaning>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for line in include_str!("moments/words.txt").lines() {
        let mut columns = line.split_whitespace();
        let meaning = match columns.next() {
            Some("month") => columns.next().and_then(|n| n.parse().ok()).map(Meaning::Month),
            Some("weekday") => Some(Meaning::Weekday),
            Some("filler") => Some(Meaning::Filler),
            Some("offset") => columns.next().and_then(parse_table_offset).map(Meaning::Offset),
            Some("rule") => columns
                .next()
                .and_then(|rule| TimeZone::posix(rule).ok())
                .map(Meaning::Rule),
            _ => None,
        };
        let Some(meaning) = meaning else { continue };
        for word in columns {
            words.entry(word).or_insert_with(|| meaning.clone());
        }
    }
    words
});

/// `-03:30`, as the table of words writes it.
fn parse_table_offset(text: &str) -> Option<Offset> {
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    offset_of(text.starts_with('-'), hours.parse().ok()?, minutes.parse().ok()?)
}

fn offset_of(is_west: bool, hours: i64, minutes: i64) -> Option<Offset> {
    if hours > 15 || minutes > 59 {
        return None;
    }
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    Offset::from_seconds(if is_west { -seconds } else { seconds }).ok()
}

/// What has been read so far.
#[derive(Default)]
struct Found {
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    time: Option<Time>,
    is_afternoon: Option<bool>,
    offset: Option<Offset>,
    zone: Option<TimeZone>,
}

struct Reader<'a> {
    tokens: &'a [Token<'a>],
    at: usize,
    month_first: Option<bool>,
    found: Found,
}

impl<'a> Reader<'a> {
    fn peek(&self, ahead: usize) -> Option<&'a Token<'a>> {
        self.tokens.get(self.at + ahead)
    }

    fn number(&self, ahead: usize) -> Option<(i64, usize)> {
        match self.peek(ahead)? {
            Token::Number { value, digits } => Some((*value, *digits)),
            _ => None,
        }
    }

    fn sign(&self, ahead: usize) -> Option<char> {
        match self.peek(ahead)? {
            Token::Sign(sign) => Some(*sign),
            _ => None,
        }
    }

    fn read_all(&mut self) -> Option<()> {
        while let Some(token) = self.peek(0) {
            match token {
                Token::Number { value, digits } => self.read_number(*value, *digits)?,
                Token::Word(word) => self.read_word(word)?,
                Token::Sign(',' | '.' | '-' | '/' | '(' | ')' | '@') => self.at += 1,
                // "Updated: …": a colon belongs to a word, or to a time that is read as a whole.
                Token::Sign(':') if self.at > 0 && matches!(self.tokens[self.at - 1], Token::Word(_)) => {
                    self.at += 1;
                }
                Token::Sign(_) => return None,
            }
        }
        Some(())
    }

    fn read_number(&mut self, value: i64, digits: usize) -> Option<()> {
        match (self.sign(1), self.peek(1)) {
            (Some(':'), _) => self.read_clock(value),
            (Some(sign @ ('-' | '/' | '.')), _)
                if self.sign(3) == Some(sign) && self.number(2).is_some() && self.number(4).is_some() =>
            {
                self.read_numeric_date((value, digits), sign)
            }
            (_, Some(Token::Word("h" | "H"))) => self.read_clock(value),
            (_, Some(Token::Word("년"))) => {
                // Korean prints no zone because the country has one.
                self.found.offset = Some(Offset::constant(9));
                self.set(Part::Year, value, 2)
            }
            (_, Some(Token::Word("年"))) => self.set(Part::Year, value, 2),
            (_, Some(Token::Word("월" | "月"))) => self.set(Part::Month, value, 2),
            (_, Some(Token::Word("일" | "日"))) => self.set(Part::Day, value, 2),
            _ if self.meridiem(1).is_some() => {
                self.set_time(value, 0, 0)?;
                self.at += 1;
                self.read_meridiem()
            }
            // `20260206T140300Z`
            _ if digits == 8 => self.read_compact(value),
            _ if digits >= 3 => self.set(Part::Year, value, 1),
            _ if self.found.day.is_none() => self.set(Part::Day, value, 1),
            _ => self.set(Part::Year, full_year(value, digits), 1),
        }
    }

    fn set(&mut self, part: Part, value: i64, tokens: usize) -> Option<()> {
        let place = match part {
            Part::Year => &mut self.found.year,
            Part::Month => &mut self.found.month,
            Part::Day => &mut self.found.day,
        };
        if place.replace(value).is_some() {
            return None;
        }
        self.at += tokens;
        Some(())
    }

    fn set_day(&mut self, year: i64, month: i64, day: i64, tokens: usize) -> Option<()> {
        self.set(Part::Year, year, 0)?;
        self.set(Part::Month, month, 0)?;
        self.set(Part::Day, day, tokens)
    }

    fn read_compact(&mut self, value: i64) -> Option<()> {
        self.set_day(value / 10_000, value / 100 % 100, value % 100, 1)?;
        if let (Some(Token::Word("T")), Some((clock, digits))) = (self.peek(0), self.number(1)) {
            match digits {
                4 => self.set_time(clock / 100, clock % 100, 0)?,
                6 => self.set_time(clock / 10_000, clock / 100 % 100, clock % 100)?,
                _ => return None,
            }
            self.at += 2;
            self.read_offset()?;
        }
        Some(())
    }

    /// Three numbers with the same sign between them.
    fn read_numeric_date(&mut self, (first, digits): (i64, usize), sign: char) -> Option<()> {
        let (second, _) = self.number(2)?;
        let (third, third_digits) = self.number(4)?;
        let (year, month, day) = if digits == 4 || (digits == 2 && sign == '-' && third_digits == 2) {
            (full_year(first, digits), second, third)
        } else {
            let year = full_year(third, third_digits);
            let month_first = match sign {
                '.' => false,
                _ if first > 12 => false,
                _ if second > 12 || first == second => true,
                _ => self.month_first?,
            };
            if month_first {
                (year, first, second)
            } else {
                (year, second, first)
            }
        };
        self.set_day(year, month, day, 5)
    }

    /// `14:03`, `14:03:07.25`, `2:03 p.m.`, `14h03`, with the offset after it.
    fn read_clock(&mut self, hour: i64) -> Option<()> {
        let (minute, second, tokens) = match (self.number(2), self.sign(3), self.number(4)) {
            (Some((minute, _)), Some(':'), Some((second, _))) => (minute, second, 5),
            (Some(_), Some(':'), None) => return None,
            (Some((minute, _)), _, _) => (minute, 0, 3),
            (None, ..) if self.sign(1).is_none() => (0, 0, 2),
            _ => return None,
        };
        self.set_time(hour, minute, second)?;
        self.at += tokens;
        let is_fraction = |sign, digits| sign == '.' || (sign == ',' && digits != 4);
        if let (5, Some(sign), Some((_, digits))) = (tokens, self.sign(0), self.number(1))
            && is_fraction(sign, digits)
        {
            self.at += 2;
        }
        if self.sign(0) == Some(':') {
            return None;
        }
        if self.meridiem(0).is_some() {
            self.read_meridiem()?;
        }
        self.read_offset()
    }

    fn set_time(&mut self, hour: i64, minute: i64, second: i64) -> Option<()> {
        let time = time_of_day(hour, minute, second)?;
        self.found.time.replace(time).is_none().then_some(())
    }

    /// How many tokens an "am" or "pm" takes at this place, and whether it is the afternoon.
    fn meridiem(&self, ahead: usize) -> Option<(usize, bool)> {
        let Some(Token::Word(word)) = self.peek(ahead) else {
            return None;
        };
        let is_after_time = |word: &str| word.eq_ignore_ascii_case("m");
        match word.to_ascii_lowercase().as_str() {
            "am" => Some((1, false)),
            "pm" => Some((1, true)),
            letter @ ("a" | "p") => match (self.sign(ahead + 1), self.peek(ahead + 2)) {
                (Some('.'), Some(Token::Word(word))) if is_after_time(word) => Some((3, letter == "p")),
                _ => None,
            },
            _ => None,
        }
    }

    fn read_meridiem(&mut self) -> Option<()> {
        let (tokens, is_afternoon) = self.meridiem(0)?;
        self.at += tokens;
        self.found
            .is_afternoon
            .replace(is_afternoon)
            .is_none()
            .then_some(())
    }

    /// `-05:00`, `+0530`, `+02` after a time, a zone's name, or nothing.
    fn read_offset(&mut self) -> Option<()> {
        let (Some(sign @ ('+' | '-' | '−')), Some((value, digits))) = (self.sign(0), self.number(1)) else {
            return Some(());
        };
        let (hours, minutes, tokens) = match (digits, self.sign(2), self.number(3)) {
            (1 | 2, Some(':'), Some((minutes, 2))) => (value, minutes, 4),
            (1 | 2, sign, _) if sign != Some(':') => (value, 0, 2),
            (3 | 4, ..) => (value / 100, value % 100, 2),
            _ => return None,
        };
        self.at += tokens;
        self.found.offset = Some(offset_of(sign != '+', hours, minutes)?);
        Some(())
    }

    fn read_word(&mut self, word: &str) -> Option<()> {
        self.at += 1;
        match word {
            "T" | "t" if self.found.time.is_none() => return Some(()),
            "오전" => return self.found.set_korean_half(false),
            "오후" => return self.found.set_korean_half(true),
            "Etc" if self.sign(0) == Some('/') => return Some(()),
            _ => {}
        }
        // "3 pm AT" is a zone; "at 3 pm" is a word.
        let lower = word.to_lowercase();
        let is_atlantic = word == "AT" && self.found.time.is_some();
        match WORDS.get(if is_atlantic { "AT" } else { lower.as_str() })? {
            Meaning::Month(month) => self.set(Part::Month, *month, 0),
            Meaning::Weekday | Meaning::Filler => Some(()),
            Meaning::Offset(offset) => {
                self.found.offset.get_or_insert(*offset);
                self.read_offset()
            }
            Meaning::Rule(zone) => {
                self.found.zone = Some(zone.clone());
                Some(())
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Part {
    Year,
    Month,
    Day,
}

impl Found {
    fn set_korean_half(&mut self, is_afternoon: bool) -> Option<()> {
        self.offset = Some(Offset::constant(9));
        self.is_afternoon.replace(is_afternoon).is_none().then_some(())
    }

    fn moment(self) -> Option<Moment> {
        let date = civil_day(self.year?, self.month?, self.day?)?;
        let time = match (self.time, self.is_afternoon) {
            (Some(time), Some(is_afternoon)) => Some(twelve_hour(time, is_afternoon)?),
            (None, Some(_)) => return None,
            (time, None) => time,
        };
        let by_season = |zone: &TimeZone, time| {
            let local = date.to_datetime(time).to_zoned_datetime(zone.clone()).ok()?;
            Some(local.offset())
        };
        let offset = match (self.offset, &self.zone, time) {
            (_, _, None) => None,
            (Some(offset), ..) => Some(offset),
            (None, Some(zone), Some(time)) => by_season(zone, time),
            (None, None, _) => None,
        };
        Some(Moment { date, time, offset })
    }
}

/// Noon is 12 pm and midnight 12 am.
fn twelve_hour(time: Time, is_afternoon: bool) -> Option<Time> {
    let hour = i64::from(time.hour());
    let hour = match (hour, is_afternoon) {
        (12, false) => 0,
        (1..=11, true) => hour + 12,
        (0..=12, _) => hour,
        // "14:03 pm" is printed now and then, and can only mean one thing.
        (_, true) => hour,
        _ => return None,
    };
    time_of_day(hour, time.minute().into(), time.second().into())
}

/// Two digits stand for 1950 to 2049 (RFC 2822, 4.3).
fn full_year(year: i64, digits: usize) -> i64 {
    match (digits, year) {
        (1 | 2, 0..50) => 2000 + year,
        (1 | 2, _) => 1900 + year,
        _ => year,
    }
}

fn civil_day(year: i64, month: i64, day: i64) -> Option<Date> {
    let date = Date::new(
        year.try_into().ok()?,
        month.try_into().ok()?,
        day.try_into().ok()?,
    );
    date.ok().filter(|date| date.year() > 0)
}

/// A leap second is read as the second before it.
fn time_of_day(hour: i64, minute: i64, second: i64) -> Option<Time> {
    let second = if second == 60 { 59 } else { second };
    civil::Time::new(
        hour.try_into().ok()?,
        minute.try_into().ok()?,
        second.try_into().ok()?,
        0,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `text` and compares what it says with ISO 8601; an empty expectation means no date.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown = read_in(text, Some("en")).map(|moment| moment.to_string());
        assert_eq!(shown.unwrap_or_default(), expected, "{text}");
    }

    #[test]
    fn mail_dates_are_read_with_their_offset() {
        check("Fri, 06 Feb 2026 14:03:07 -0500", "2026-02-06T14:03:07-05:00");
        check("Fri,6 Feb 26 14:03 GMT", "2026-02-06T14:03:00Z");
        check("Fri Feb  6 14:03:07 2026", "2026-02-06T14:03:07");
        check(
            "Fri Feb 06 2026 14:03:00 GMT-0500 (Eastern Standard Time)",
            "2026-02-06T14:03:00-05:00",
        );
    }

    #[test]
    fn iso_dates_are_read_with_any_separator() {
        check("2026-02-06T14:03:07.123456-05:00", "2026-02-06T14:03:07-05:00");
        check("2026-02-06 14:03:07 +00:00", "2026-02-06T14:03:07Z");
        check("2026/02/06", "2026-02-06");
        check("20260206T140307Z", "2026-02-06T14:03:07Z");
        check("20260206", "2026-02-06");
    }

    #[test]
    fn printed_dates_are_read_with_their_words() {
        check("February 6, 2026 3:04 pm EST", "2026-02-06T15:04:00-05:00");
        check(
            "Updated 12:30 PM ET, Fri July 3, 2026",
            "2026-07-03T12:30:00-04:00",
        );
        check(
            "Published: Feb. 6, 2026 at 3:04 p.m. ET",
            "2026-02-06T15:04:00-05:00",
        );
        check("6th of February 2026", "2026-02-06");
        check("Posted on Friday, 6 Feb 2026, 9 a.m.", "2026-02-06T09:00:00");
        check("on Friday February 6, 2026 @03:04PM", "2026-02-06T15:04:00");
        check("6. Februar 2026, 14:03 Uhr", "2026-02-06T14:03:00");
        check("le 6 février 2026 à 14h03", "2026-02-06T14:03:00");
        check("2026年2月6日", "2026-02-06");
    }

    #[test]
    fn the_season_decides_what_eastern_time_is() {
        check("Jan 6, 2026 3:00 pm ET", "2026-01-06T15:00:00-05:00");
        check("Jul 6, 2026 3:00 pm ET", "2026-07-06T15:00:00-04:00");
    }

    #[test]
    fn noon_and_midnight_are_told_apart() {
        check("6 Feb 2026 12:00 pm", "2026-02-06T12:00:00");
        check("6 Feb 2026 12:00 am", "2026-02-06T00:00:00");
    }

    #[test]
    fn numbers_alone_are_read_by_language_or_not_at_all() {
        check("02/06/2026", "2026-02-06");
        check("06.02.2026", "2026-02-06");
        let american = read_in("2/6/2026", Some("en_US")).map(|moment| moment.date.to_string());
        assert_eq!(
            american.as_deref(),
            Some("2026-02-06"),
            "however the tag is written"
        );
        let british = read_in("02/06/2026", Some("en-GB")).map(|moment| moment.date.to_string());
        assert_eq!(british.as_deref(), Some("2026-06-02"));
        assert_eq!(read("02/06/2026"), None);
        assert!(read("02/16/2026").is_some());
    }

    #[test]
    fn seconds_since_1970_are_read() {
        check("1770404587", "2026-02-06T19:03:07Z");
        check("1770404587000", "2026-02-06T19:03:07Z");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "now",
            "today",
            "2026",
            "2026-02",
            "February 2026",
            "2026-02-30",
            "2026-02-06T25:00:00Z",
            "2026-02-06T14:03:00-05:00 or so",
            "6 Feb 2026 1:2:3:4",
            "6 zzz 2026",
            "2026-02-06-05",
            "Feb 6, 2026 Feb 7, 2026",
            "2026-02-06T14:xx:00",
            "13:00",
            "99 Feb 2026",
            "12345",
        ] {
            check(text, "");
        }
        check(&"2026-02-06 ".repeat(100_000), "");
    }

    #[test]
    fn a_date_is_found_between_the_marks_of_a_byline() {
        let found = find("By Ana Lima | Feb. 6, 2026 | 3 min read", Some("en"));
        assert_eq!(
            found.map(|moment| moment.to_string()).as_deref(),
            Some("2026-02-06")
        );
    }
}
