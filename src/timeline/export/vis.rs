//! The items and groups that vis-timeline loads. Its contents are HTML, so what comes from pages is escaped. Lines without
//! a day are left out.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Lines;
use super::json::Array;
use super::markup::escape;
use crate::model::date::When;
use crate::model::event::{Line, LineKind};

/// Items behind the groups, one for each kind of line.
pub(super) struct Vis<W> {
    items: Array<W>,
}

impl<W: Write> Vis<W> {
    pub(super) fn begin(to: W) -> io::Result<Self> {
        let groups: Vec<Value> = LineKind::ALL
            .iter()
            .map(|kind| json!({ "id": kind.code(), "content": kind.code() }))
            .collect();
        let begin = format!("{{\"groups\":{},\n\"items\":[", Value::Array(groups));
        Ok(Self {
            items: Array::begin(to, &begin, "]}\n")?,
        })
    }
}

impl<W: Write> Lines for Vis<W> {
    fn add(&mut self, line: &Line) -> io::Result<()> {
        match &line.when {
            Some(when) => self.items.add(&item(line, when)),
            None => Ok(()),
        }
    }

    fn end(self: Box<Self>) -> io::Result<()> {
        self.items.end()
    }
}

fn item(line: &Line, when: &When) -> Value {
    let by = line
        .speaker_name()
        .map(|speaker| format!("{}: ", escape(speaker)))
        .unwrap_or_default();
    let mut item = json!({
        "id": line.uid,
        "group": line.kind.code(),
        "className": line.kind.code(),
        "type": "point",
        "start": when.earliest.to_string(),
        "content": format!("{by}{}", escape(&line.text)),
        "title": escape(&format!(
            "{}, {}; {} ({}); capture {}",
            line.title, line.source_name, when.edtf, line.rule, line.capture
        )),
        "url": line.url,
        "capture": line.capture.as_str(),
    });
    if when.earliest != when.latest {
        item["type"] = json!("range");
        // The end is the first day that does not belong to it.
        item["end"] = json!(when.latest.tomorrow().unwrap_or(when.latest).to_string());
    }
    item
}
