//! CSL-JSON, the input of citation processors: an array of items.

use std::io::{self, Write};

use jiff::civil::Date;
use serde_json::{Value, json};

use super::Lines;
use super::authors::{Author, authors};
use super::citation::{note, published, title};
use super::json::Array;
use crate::model::event::Line;
use crate::model::source::SourceKind;

/// Items of an array.
pub(super) struct Csl<W> {
    items: Array<W>,
}

impl<W: Write> Csl<W> {
    pub(super) fn begin(to: W) -> io::Result<Self> {
        Ok(Self {
            items: Array::begin(to, "[", "]\n")?,
        })
    }
}

impl<W: Write> Lines for Csl<W> {
    fn add(&mut self, line: &Line) -> io::Result<()> {
        self.items.add(&item(line))
    }

    fn end(self: Box<Self>) -> io::Result<()> {
        self.items.end().map(|_| ())
    }
}

fn item(line: &Line) -> Value {
    let captured = jiff::tz::Offset::UTC.to_datetime(line.captured_at).date();
    let mut item = json!({
        "id": line.uid,
        "type": match line.source_kind {
            SourceKind::News => "article-newspaper",
            SourceKind::Official => "webpage",
        },
        "title": title(line),
        "container-title": line.source_name,
        "URL": line.url,
        "accessed": parts(captured),
        "note": note(line),
    });
    let authors = authors(line);
    if !authors.is_empty() {
        item["author"] = authors.iter().map(name).collect();
    }
    if let Some(day) = published(line) {
        item["issued"] = parts(day);
    }
    if let Some(language) = &line.language {
        item["language"] = json!(language);
    }
    item
}

fn name(author: &Author<'_>) -> Value {
    match author {
        Author::Whole(name) => json!({ "literal": name }),
        Author::Person {
            given,
            family,
            suffix: None,
        } => json!({ "family": family, "given": given }),
        Author::Person {
            given,
            family,
            suffix: Some(suffix),
        } => {
            json!({ "family": family, "given": given, "suffix": suffix })
        }
    }
}

fn parts(day: Date) -> Value {
    json!({ "date-parts": [[day.year(), day.month(), day.day()]] })
}
