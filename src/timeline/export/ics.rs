//! iCalendar (RFC 5545): all-day events, whose end is the day after the last.

use std::io::{self, Write};

use jiff::civil::Date;

use crate::model::event::Event;

/// Octets a line may have, its end not counted (3.1).
const LINE: usize = 75;

pub(super) fn write(name: &str, events: &[Event], to: &mut impl Write) -> io::Result<()> {
    line(to, "BEGIN:VCALENDAR")?;
    line(to, "VERSION:2.0")?;
    line(to, "PRODID:-//Onrecord//Onrecord//EN")?;
    line(to, &format!("X-WR-CALNAME:{}", escape(name)))?;
    for event in events {
        write_event(event, to)?;
    }
    line(to, "END:VCALENDAR")
}

fn write_event(event: &Event, to: &mut impl Write) -> io::Result<()> {
    let summary = match &event.speaker {
        Some(speaker) => format!("{speaker}: {}", event.text),
        None => event.text.clone(),
    };
    let description = format!(
        "{}\n{}{}\nDate by {} ({})\nCapture {}",
        event.title,
        event.source,
        event
            .published
            .as_deref()
            .map(|day| format!(", published {day}"))
            .unwrap_or_default(),
        event.rule,
        event.when.edtf,
        event.capture,
    );
    line(to, "BEGIN:VEVENT")?;
    line(to, &format!("UID:{}@onrecord", event.uid))?;
    // The stamp is that of the capture, so that the same query writes the same file.
    line(
        to,
        &format!("DTSTAMP:{}", event.captured_at.strftime("%Y%m%dT%H%M%SZ")),
    )?;
    line(to, &format!("DTSTART;VALUE=DATE:{}", basic(event.when.earliest)))?;
    let end = event.when.latest.tomorrow().unwrap_or(event.when.latest);
    line(to, &format!("DTEND;VALUE=DATE:{}", basic(end)))?;
    line(to, &format!("SUMMARY:{}", escape(&summary)))?;
    line(to, &format!("DESCRIPTION:{}", escape(&description)))?;
    line(to, &format!("CATEGORIES:{}", event.kind.code()))?;
    line(to, &format!("URL:{}", event.url.replace(['\r', '\n'], "")))?;
    line(to, "END:VEVENT")
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
fn line(to: &mut impl Write, text: &str) -> io::Result<()> {
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
