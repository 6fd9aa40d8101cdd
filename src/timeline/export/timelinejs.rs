//! The JSON that TimelineJS 3 loads. Its texts are HTML, so what comes from pages is escaped. Lines without a day are
//! left out.

use std::io::{self, Write};

use jiff::civil::Date;
use serde_json::{Value, json};

use super::super::lanes::{Lanes, lane_of};
use super::Lines;
use super::citation::{heading, proof, titled};
use super::json::Array;
use super::markup::escape;
use crate::model::date::When;
use crate::model::event::Line;
use crate::text::days;

/// Slides behind a title.
pub(super) struct TimelineJs<W> {
    slides: Array<W>,
    by: Option<Lanes>,
}

impl<W: Write> TimelineJs<W> {
    pub(super) fn begin(name: &str, by: Option<Lanes>, to: W) -> io::Result<Self> {
        let title = json!({ "text": { "headline": escape(titled(name)) } });
        Ok(Self {
            slides: Array::begin(to, &format!("{{\"title\":{title},\n\"events\":["), "]}\n")?,
            by,
        })
    }
}

impl<W: Write> Lines for TimelineJs<W> {
    fn add(&mut self, line: &Line) -> io::Result<()> {
        match &line.when {
            Some(when) => self.slides.add(&slide(line, when, lane_of(line, self.by).0)),
            None => Ok(()),
        }
    }

    fn end(self: Box<Self>) -> io::Result<()> {
        self.slides.end().map(|_| ())
    }
}

fn slide(line: &Line, when: &When, group: &str) -> Value {
    let text = format!(
        "<p>{}</p><p><a href=\"{}\">{}</a>, {}{}</p>",
        escape(&line.title),
        escape(&line.url),
        escape(&line.source_name),
        line.published
            .map(|moment| format!("published {}; ", days::moment(moment)))
            .unwrap_or_default(),
        escape(&proof(line)),
    );
    let mut slide = json!({
        "unique_id": line.uid,
        "group": escape(group),
        "start_date": at(when.earliest, line.minute),
        "text": { "headline": escape(&heading(line)), "text": text },
    });
    if when.latest != when.earliest {
        slide["end_date"] = date(when.latest);
    }
    // Of one day slides stand in the order of their hours. One that is only that of the page's publication is not shown: it tells
    // nothing of when somebody spoke or of what happens on that day.
    if when.latest != when.earliest || line.moment.is_none() {
        slide["display_date"] = json!(days::in_words(when));
    }
    slide
}

/// A day with the hour on it, where that is known.
fn at(day: Date, minute: Option<u16>) -> Value {
    let mut date = date(day);
    if let Some(minute) = minute {
        date["hour"] = json!(minute / 60);
        date["minute"] = json!(minute % 60);
    }
    date
}

fn date(day: Date) -> Value {
    json!({ "year": day.year(), "month": day.month(), "day": day.day() })
}
