//! An array of JSON objects, one a line.

use std::io::{self, Write};

use serde::Serialize;

use crate::model::event::Event;

#[derive(Serialize)]
struct Line<'a> {
    uid: &'a str,
    day: String,
    until: String,
    edtf: &'a str,
    kind: &'a str,
    speaker: Option<&'a str>,
    text: &'a str,
    title: &'a str,
    source: &'a str,
    published: Option<&'a str>,
    url: &'a str,
    rule: &'a str,
    document: &'a str,
    quote: Option<&'a str>,
    capture: &'a str,
    captured_at: String,
}

pub(super) fn write(events: &[Event], to: &mut impl Write) -> io::Result<()> {
    to.write_all(b"[")?;
    for (index, event) in events.iter().enumerate() {
        to.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *to, &line(event))?;
    }
    to.write_all(if events.is_empty() { b"]\n" } else { b"\n]\n" })
}

fn line(event: &Event) -> Line<'_> {
    Line {
        uid: &event.uid,
        day: event.when.earliest.to_string(),
        until: event.when.latest.to_string(),
        edtf: &event.when.edtf,
        kind: event.kind.code(),
        speaker: event.speaker.as_deref(),
        text: &event.text,
        title: &event.title,
        source: &event.source,
        published: event.published.as_deref(),
        url: &event.url,
        rule: &event.rule,
        document: event.document.as_str(),
        quote: event.quote.as_ref().map(|quote| quote.as_str()),
        capture: event.capture.as_str(),
        captured_at: event.captured_at.to_string(),
    }
}
