//! The JSON that TimelineJS 3 loads. Its texts are HTML, so what comes from pages is escaped.

use std::io::{self, Write};

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::model::event::Event;

pub(super) fn write(name: &str, events: &[Event], to: &mut impl Write) -> io::Result<()> {
    let slides: Vec<Value> = events.iter().map(slide).collect();
    let timeline = json!({
        "title": { "text": { "headline": escape(name) } },
        "events": slides,
    });
    serde_json::to_writer_pretty(&mut *to, &timeline)?;
    to.write_all(b"\n")
}

fn slide(event: &Event) -> Value {
    let by = event
        .speaker
        .as_deref()
        .map(|speaker| format!("{}: ", escape(speaker)))
        .unwrap_or_default();
    let text = format!(
        "<p>{}</p><p><a href=\"{}\">{}</a>, {}{}</p>",
        escape(&event.title),
        escape(&event.url),
        escape(&event.source),
        event
            .published
            .as_deref()
            .map(|day| format!("published {}; ", escape(day)))
            .unwrap_or_default(),
        escape(&format!("capture {}", event.capture)),
    );
    let mut slide = json!({
        "unique_id": event.uid,
        "group": event.kind.code(),
        "start_date": date(event.when.earliest),
        "text": { "headline": format!("{by}{}", escape(&event.text)), "text": text },
    });
    if event.when.latest != event.when.earliest {
        slide["end_date"] = date(event.when.latest);
        slide["display_date"] = json!(event.when.edtf);
    }
    slide
}

fn date(day: Date) -> Value {
    json!({ "year": day.year(), "month": day.month(), "day": day.day() })
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
