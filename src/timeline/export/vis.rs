//! The items and groups that vis-timeline loads. Its contents are HTML, so what comes from pages is escaped. Lines without
//! a day are left out.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::super::lanes::{Lanes, lane_of};
use super::Lines;
use super::citation::{dated, heading, proof};
use super::json::Array;
use super::markup::escape;
use crate::model::date::When;
use crate::model::event::Line;
use crate::text::days;

/// Items; the groups that they are in stand behind them, when all are known.
pub(super) struct Vis<W> {
    items: Array<W>,
    by: Option<Lanes>,
    /// Names of groups by their ids.
    groups: BTreeMap<String, String>,
}

impl<W: Write> Vis<W> {
    pub(super) fn begin(by: Option<Lanes>, to: W) -> io::Result<Self> {
        Ok(Self {
            items: Array::begin(to, "{\"items\":[", "]")?,
            by,
            groups: BTreeMap::new(),
        })
    }
}

impl<W: Write> Lines for Vis<W> {
    fn add(&mut self, line: &Line) -> io::Result<()> {
        let Some(when) = &line.when else { return Ok(()) };
        let (name, id) = lane_of(line, self.by);
        if !self.groups.contains_key(id) {
            self.groups.insert(id.into(), escape(name));
        }
        self.items.add(&item(line, when, id))
    }

    fn end(self: Box<Self>) -> io::Result<()> {
        let groups = self.groups.iter();
        let groups = groups.map(|(id, name)| json!({ "id": id, "content": name }));
        let groups = Value::Array(groups.collect());
        let mut to = self.items.end()?;
        to.write_all(format!(",\n\"groups\":{groups}}}\n").as_bytes())?;
        to.flush()
    }
}

fn item(line: &Line, when: &When, group: &str) -> Value {
    let mut item = json!({
        "id": line.uid,
        "group": group,
        "className": line.kind.code(),
        "type": "point",
        "start": when.earliest.to_string(),
        "content": escape(&heading(line)),
        "title": escape(&format!(
            "{}, {}; {} ({}); {}",
            line.title,
            line.source_name,
            days::in_words(when),
            dated(line),
            proof(line)
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
