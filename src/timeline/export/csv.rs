//! Comma-separated values.

use std::io::{self, Write};

use crate::model::event::Event;

const HEADER: [&str; 15] = [
    "day",
    "until",
    "edtf",
    "kind",
    "speaker",
    "text",
    "title",
    "source",
    "published",
    "url",
    "rule",
    "document",
    "quote",
    "capture",
    "captured_at",
];

pub(super) fn write(events: &[Event], to: &mut impl Write) -> io::Result<()> {
    let mut rows = ::csv::Writer::from_writer(to);
    rows.write_record(HEADER)?;
    for event in events {
        let row = [
            event.when.earliest.to_string(),
            event.when.latest.to_string(),
            event.when.edtf.clone(),
            event.kind.code().into(),
            event.speaker.clone().unwrap_or_default(),
            event.text.clone(),
            event.title.clone(),
            event.source.clone(),
            event.published.clone().unwrap_or_default(),
            event.url.clone(),
            event.rule.clone(),
            event.document.to_string(),
            event.quote.as_ref().map(ToString::to_string).unwrap_or_default(),
            event.capture.to_string(),
            event.captured_at.to_string(),
        ];
        rows.write_record(row.map(inert))?;
    }
    rows.flush()
}

/// A cell that begins like a formula gets an apostrophe before it, so that a spreadsheet shows it and
/// does not run it (OWASP, CSV Injection).
fn inert(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell
    }
}
