//! One file a format. Lines are written as they come, so that a file may be of any length, and the same lines give the
//! same bytes. Each carries where it comes from: document, revision, capture, rule.

mod annotation;
mod atom;
mod authors;
mod bibtex;
mod by_day;
mod citation;
mod columns;
mod csl;
mod csv;
mod html;
mod ics;
mod identity;
mod json;
mod json_ld;
mod markdown;
mod markup;
mod parquet;
mod ris;
mod timelinejs;
mod vis;

use std::io::{self, Write};

use super::lanes::Lanes;
use crate::model::event::Line;

pub use citation::citation;
pub use identity::{line_name, same};

/// The formats that lines are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values with a header line (RFC 4180), safe to open in a spreadsheet.
    Csv,
    /// The same, marked as UTF-8, which Excel needs to be told.
    Excel,
    /// An array of JSON objects.
    Json,
    /// JSON objects, one a line.
    JsonLines,
    /// The JSON that TimelineJS 3 loads.
    TimelineJs,
    /// An iCalendar file of all-day events (RFC 5545).
    Ics,
    /// BibTeX.
    Bibtex,
    /// RIS, for reference managers.
    Ris,
    /// CSL-JSON, for citation processors.
    CslJson,
    /// JSON-LD in the words of schema.org.
    JsonLd,
    /// The items and groups that vis-timeline loads.
    Vis,
    /// An Atom feed (RFC 4287).
    Atom,
    /// Markdown.
    Markdown,
    /// A page that holds all it needs.
    Html,
    /// W3C Web Annotations.
    Annotations,
    /// Apache Parquet.
    Parquet,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 16] = [
        Format::Csv,
        Format::Excel,
        Format::Parquet,
        Format::Json,
        Format::JsonLines,
        Format::JsonLd,
        Format::Annotations,
        Format::TimelineJs,
        Format::Vis,
        Format::Ics,
        Format::Atom,
        Format::Html,
        Format::Markdown,
        Format::Bibtex,
        Format::Ris,
        Format::CslJson,
    ];

    /// The name used on the command line and in addresses.
    pub fn code(self) -> &'static str {
        self.facts().0
    }

    /// The name people are shown.
    pub fn name(self) -> &'static str {
        self.facts().1
    }

    /// What the name of a file ends with.
    pub fn ending(self) -> &'static str {
        self.facts().2
    }

    /// The media type of what is written.
    pub fn media_type(self) -> &'static str {
        self.facts().3
    }

    /// Whether it lists what is cited, for reference managers.
    pub fn is_of_references(self) -> bool {
        matches!(self, Format::Bibtex | Format::Ris | Format::CslJson)
    }

    /// Whether it tells what was captured last first, as feeds do; readers that do not sort show the beginning.
    pub fn is_newest_first(self) -> bool {
        self == Format::Atom
    }

    /// Whether its lines are put into lanes.
    pub fn has_lanes(self) -> bool {
        matches!(self, Format::TimelineJs | Format::Vis)
    }

    /// The format of a name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    fn facts(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            Format::Csv => ("csv", "CSV", "csv", "text/csv; charset=utf-8"),
            Format::Excel => ("excel", "CSV for Excel", "csv", "text/csv; charset=utf-8"),
            Format::Json => ("json", "JSON", "json", "application/json"),
            Format::JsonLines => ("jsonl", "JSON Lines", "jsonl", "application/jsonl"),
            Format::TimelineJs => ("timelinejs", "TimelineJS", "timelinejs.json", "application/json"),
            Format::Ics => ("ics", "Calendar", "ics", "text/calendar; charset=utf-8"),
            Format::JsonLd => ("jsonld", "JSON-LD", "jsonld", "application/ld+json"),
            Format::Vis => ("vis", "vis-timeline", "vis.json", "application/json"),
            Format::Atom => ("atom", "Atom", "atom.xml", "application/atom+xml; charset=utf-8"),
            Format::Markdown => ("markdown", "Markdown", "md", "text/markdown; charset=utf-8"),
            Format::Html => ("html", "HTML", "html", "text/html; charset=utf-8"),
            Format::Annotations => (
                "annotations",
                "Web Annotation",
                "annotations.jsonld",
                "application/ld+json; profile=\"http://www.w3.org/ns/anno.jsonld\"",
            ),
            Format::Parquet => ("parquet", "Parquet", "parquet", "application/vnd.apache.parquet"),
            Format::Bibtex => ("bibtex", "BibTeX", "bib", "application/x-bibtex; charset=utf-8"),
            Format::Ris => (
                "ris",
                "RIS",
                "ris",
                "application/x-research-info-systems; charset=utf-8",
            ),
            Format::CslJson => (
                "csljson",
                "CSL-JSON",
                "csl.json",
                "application/vnd.citationstyles.csl+json",
            ),
        }
    }
}

/// What takes lines, in the order in which they are to stand.
pub trait Lines {
    /// Writes a line.
    fn add(&mut self, line: &Line) -> io::Result<()>;

    /// Writes what stands behind the last line; without it the file is not whole.
    fn end(self: Box<Self>) -> io::Result<()>;
}

/// Begins a file; `name` is its title, where the format has one.
pub fn begin<'a, W: Write + Send + 'a>(format: Format, name: &str, to: W) -> io::Result<Box<dyn Lines + 'a>> {
    begin_in_lanes(format, name, None, to)
}

/// Begins a file whose lines are put into lanes, where the format has some (TimelineJS, vis-timeline): by kind, where
/// none are named.
pub fn begin_in_lanes<'a, W: Write + Send + 'a>(
    format: Format,
    name: &str,
    lanes: Option<Lanes>,
    to: W,
) -> io::Result<Box<dyn Lines + 'a>> {
    Ok(match format {
        Format::Csv => Box::new(csv::Csv::begin(to, false)?),
        Format::Excel => Box::new(csv::Csv::begin(to, true)?),
        Format::Json => Box::new(json::Json::begin(to)?),
        Format::JsonLines => Box::new(json::JsonLines::begin(to)),
        Format::TimelineJs => Box::new(timelinejs::TimelineJs::begin(name, lanes, to)?),
        Format::Ics => Box::new(ics::Ics::begin(name, to)?),
        Format::Bibtex => Box::new(bibtex::Bibtex::begin(to)),
        Format::Ris => Box::new(ris::Ris::begin(to)),
        Format::CslJson => Box::new(csl::Csl::begin(to)?),
        Format::JsonLd => Box::new(json_ld::JsonLd::begin(to)?),
        Format::Vis => Box::new(vis::Vis::begin(lanes, to)?),
        Format::Atom => Box::new(atom::Atom::begin(name, to)?),
        Format::Markdown => Box::new(markdown::Markdown::begin(name, to)?),
        Format::Html => Box::new(html::Html::begin(name, to)?),
        Format::Annotations => Box::new(annotation::Annotations::begin(name, to)?),
        Format::Parquet => Box::new(parquet::Parquet::begin(to)?),
    })
}

#[cfg(test)]
pub(super) mod tests;
