//! iCalendar (RFC 5545): all-day events, whose end is the day after the last. Lines without a day are left out,
//! and those whose days it cannot write.

use std::io::{self, Write};

use jiff::civil::Date;

use super::Lines;
use crate::model::date::When;
use crate::model::event::Line;

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
        content(&mut to, &format!("X-WR-CALNAME:{}", escape(name)))?;
        Ok(Self { to })
    }
}

impl<W: Write> Lines for Ics<W> {
    fn add(&mut self, line: &Line) -> io::Result<()> {
        let when = line.when.as_ref();
        match when.and_then(|when| Some((when, all_day(when)?))) {
            Some((when, days)) => write_event(line, when, &days, &mut self.to),
            None => Ok(()),
        }
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        content(&mut self.to, "END:VCALENDAR")?;
        self.to.flush()
    }
}

/// The first day and the one after the last; none where the format has no way to write them: a year has four digits and
/// no sign (3.3.4).
fn all_day(when: &When) -> Option<(String, String)> {
    let end = when.latest.tomorrow().ok()?;
    (when.earliest.year() >= 1).then(|| (basic(when.earliest), basic(end)))
}

fn write_event(
    line: &Line,
    when: &When,
    (start, end): &(String, String),
    to: &mut impl Write,
) -> io::Result<()> {
    let summary = match line.speaker_name() {
        Some(speaker) => format!("{speaker}: {}", line.text),
        None => line.text.clone(),
    };
    let published = line
        .published
        .map(|day| format!(", published {day}"))
        .unwrap_or_default();
    let anchor = match line.anchor.as_str() {
        "" => String::new(),
        anchor => format!(": {anchor}"),
    };
    let description = format!(
        "{}\n{}{published}\nDate by {} ({}){anchor}\nCapture {}",
        line.title, line.source_name, line.rule, when.edtf, line.capture,
    );
    content(to, "BEGIN:VEVENT")?;
    content(to, &format!("UID:{}@onrecord", line.uid))?;
    // The stamp is that of the capture, so that the same query writes the same file.
    content(
        to,
        &format!("DTSTAMP:{}", line.captured_at.strftime("%Y%m%dT%H%M%SZ")),
    )?;
    content(to, &format!("DTSTART;VALUE=DATE:{start}"))?;
    content(to, &format!("DTEND;VALUE=DATE:{end}"))?;
    // What was said on a day keeps nobody busy on it.
    content(to, "TRANSP:TRANSPARENT")?;
    content(to, &format!("SUMMARY:{}", escape(&summary)))?;
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
