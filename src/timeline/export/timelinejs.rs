//! The JSON that TimelineJS 3 loads. Its texts are HTML, so what comes from pages is escaped. Lines without a day are
//! left out.

use std::io::{self, Write};

use jiff::civil::Date;
use serde_json::{Value, json};

use super::Lines;
use super::json::Array;
use super::markup::escape;
use crate::model::date::When;
use crate::model::event::Line;

/// Slides behind a title.
pub(super) struct TimelineJs<W> {
    slides: Array<W>,
}

impl<W: Write> TimelineJs<W> {
    pub(super) fn begin(name: &str, to: W) -> io::Result<Self> {
        let title = json!({ "text": { "headline": escape(name) } });
        Ok(Self {
            slides: Array::begin(to, &format!("{{\"title\":{title},\n\"events\":["), "]}\n")?,
        })
    }
}

impl<W: Write> Lines for TimelineJs<W> {
    fn add(&mut self, line: &Line) -> io::Result<()> {
        match &line.when {
            Some(when) => self.slides.add(&slide(line, when)),
            None => Ok(()),
        }
    }

    fn end(self: Box<Self>) -> io::Result<()> {
        self.slides.end()
    }
}

fn slide(line: &Line, when: &When) -> Value {
    let by = line
        .speaker_name()
        .map(|speaker| format!("{}: ", escape(speaker)))
        .unwrap_or_default();
    let text = format!(
        "<p>{}</p><p><a href=\"{}\">{}</a>, {}{}</p>",
        escape(&line.title),
        escape(&line.url),
        escape(&line.source_name),
        line.published
            .map(|day| format!("published {}; ", escape(&day.to_string())))
            .unwrap_or_default(),
        escape(&format!("capture {}", line.capture)),
    );
    let mut slide = json!({
        "unique_id": line.uid,
        "group": line.kind.code(),
        "start_date": date(when.earliest),
        "text": { "headline": format!("{by}{}", escape(&line.text)), "text": text },
    });
    if when.latest != when.earliest {
        slide["end_date"] = date(when.latest);
        slide["display_date"] = json!(when.edtf);
    }
    slide
}

fn date(day: Date) -> Value {
    json!({ "year": day.year(), "month": day.month(), "day": day.day() })
}
