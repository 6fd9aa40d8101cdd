//! iCalendar (RFC 5545). What is known to the minute is at its time: in UTC, where the offset is known, else wherever
//! the reader is ("floating", 3.3.5). All else is of whole days, whose end is the day after the last. Lines without a day
//! are left out, and those whose days it cannot write.

use std::io::{self, Write};

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use super::Lines;
use super::citation::{dated, first_capital, heading, known_at, proof, title, titled};
use super::identity::line_name;
use crate::model::date::When;
use crate::model::event::Line;
use crate::model::moment::Moment;
use crate::text::days;

/// Octets a line may have, its end not counted (3.1).
const LINE: usize = 75;

/// Events of one calendar.
pub(super) struct Ics<W> {
    to: W,
}

impl<W: Write> Ics<W> {
    pub(super) fn begin(name: &str, mut to: W) -> io::Result<Self> {
        content(&mut to, "BEGIN:VCALENDAR")?;
        content(&mut to, "VERSION:2.0")?;
        content(&mut to, "PRODID:-//Onrecord//Onrecord//EN")?;
        content(&mut to, &format!("X-WR-CALNAME:{}", escape(titled(name))))?;
        Ok(Self { to })
    }
}

impl<W: Write> Lines for Ics<W> {
    fn add(&mut self, line: &Line) -> io::Result<()> {
        let Some(when) = &line.when else { return Ok(()) };
        let timed = line.moment.filter(|_| when.earliest == when.latest);
        let Some(days) = timed.and_then(at).or_else(|| all_day(when)) else {
            return Ok(());
        };
        let uid = line_name(line);
        write_event(
            line,
            when,
            &days,
            uid.trim_start_matches("urn:uuid:"),
            &mut self.to,
        )
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        content(&mut self.to, "END:VCALENDAR")?;
        self.to.flush()
    }
}

/// The content lines that say when; none where the format has no way to write it: a year has four digits and no sign
/// (3.3.4).
fn all_day(when: &When) -> Option<Vec<String>> {
    let end = when.latest.tomorrow().ok()?;
    (when.earliest.year() >= 1).then(|| {
        vec![
            format!("DTSTART;VALUE=DATE:{}", basic(when.earliest)),
            format!("DTEND;VALUE=DATE:{}", basic(end)),
        ]
    })
}

/// The same for a moment: it has no length, so it has no end (3.6.1).
fn at(moment: Moment) -> Option<Vec<String>> {
    let time = moment.time?;
    if moment.offset.is_none() {
        let local = written(moment.date, time)?;
        return Some(vec![format!("DTSTART:{local}")]);
    }
    let utc: DateTime = TimeZone::UTC.to_datetime(moment.timestamp(&TimeZone::UTC)?);
    let utc = written(utc.date(), utc.time())?;
    Some(vec![format!("DTSTART:{utc}Z")])
}

fn written(date: Date, time: Time) -> Option<String> {
    (date.year() >= 1).then(|| {
        let (hour, minute, second) = (time.hour(), time.minute(), time.second());
        format!("{}T{hour:02}{minute:02}{second:02}", basic(date))
    })
}

fn write_event(line: &Line, when: &When, days: &[String], uid: &str, to: &mut impl Write) -> io::Result<()> {
    let published = line
        .published
        .map(|moment| format!(", published {}", days::moment(moment)))
        .unwrap_or_default();
    let description = format!(
        "{}\n{}{published}\n{}: {}\n{}",
        title(line),
        line.source_name,
        days::in_words(when),
        dated(line),
        first_capital(&proof(line)),
    );
    content(to, "BEGIN:VEVENT")?;
    content(to, &format!("UID:{uid}"))?;
    // The stamp is that of the capture, so that the same query writes the same file.
    content(
        to,
        &format!("DTSTAMP:{}", known_at(line).strftime("%Y%m%dT%H%M%SZ")),
    )?;
    for line in days {
        content(to, line)?;
    }
    // What was said on a day keeps nobody busy on it.
    content(to, "TRANSP:TRANSPARENT")?;
    content(to, &format!("SUMMARY:{}", escape(&heading(line))))?;
    content(to, &format!("DESCRIPTION:{}", escape(&description)))?;
    content(to, &format!("CATEGORIES:{}", line.kind.code()))?;
    content(to, &format!("URL:{}", line.url.replace(['\r', '\n'], "")))?;
    content(to, "END:VEVENT")
}

fn basic(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// TEXT values (3.3.11).
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace("\r\n", "\\n")
        .replace(['\n', '\r'], "\\n")
}

/// Writes a content line, folded where it is too long; a character is never cut.
fn content(to: &mut impl Write, text: &str) -> io::Result<()> {
    let mut length = 0;
    for character in text.chars() {
        if length + character.len_utf8() > LINE {
            to.write_all(b"\r\n ")?;
            length = 1;
        }
        let mut buffer = [0; 4];
        to.write_all(character.encode_utf8(&mut buffer).as_bytes())?;
        length += character.len_utf8();
    }
    to.write_all(b"\r\n")
}
