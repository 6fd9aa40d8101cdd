//! RIS, one reference a line.

use std::io::{self, Write};

use jiff::civil::Date;

use super::Lines;
use super::authors::{Author, authors};
use super::citation::{note, published, title};
use crate::model::event::Line;
use crate::model::source::SourceKind;

/// References, each ended by `ER`.
pub(super) struct Ris<W> {
    to: W,
}

impl<W: Write> Ris<W> {
    pub(super) fn begin(to: W) -> Self {
        Self { to }
    }

    /// A field, on one line whatever it holds.
    fn field(&mut self, tag: &str, value: &str) -> io::Result<()> {
        let value: Vec<&str> = value.split_whitespace().collect();
        write!(self.to, "{tag}  - {}\r\n", value.join(" "))
    }
}

impl<W: Write> Lines for Ris<W> {
    fn add(&mut self, line: &Line) -> io::Result<()> {
        let kind = match line.source_kind {
            SourceKind::News => "NEWS",
            SourceKind::Official => "ELEC",
        };
        self.field("TY", kind)?;
        self.field("ID", &line.uid)?;
        for author in authors(line) {
            self.field("AU", &name(&author))?;
        }
        self.field("TI", title(line))?;
        self.field("T2", &line.source_name)?;
        if let Some(day) = published(line) {
            self.field("PY", &day.year().to_string())?;
            self.field("DA", &slashed(day))?;
        }
        self.field("UR", &line.url)?;
        self.field("Y2", &line.captured_at.strftime("%Y/%m/%d/").to_string())?;
        if let Some(language) = &line.language {
            self.field("LA", language)?;
        }
        self.field("N1", &note(line))?;
        self.field("ER", "")
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        self.to.flush()
    }
}

/// Family name, given names and what stands behind them, with commas between.
fn name(author: &Author<'_>) -> String {
    match author {
        Author::Whole(name) => (*name).to_owned(),
        Author::Person {
            given,
            family,
            suffix: None,
        } => format!("{family}, {given}"),
        Author::Person {
            given,
            family,
            suffix: Some(suffix),
        } => format!("{family}, {given}, {suffix}"),
    }
}

fn slashed(day: Date) -> String {
    day.strftime("%Y/%m/%d/").to_string()
}
