//! Comma-separated values.

use std::io::{self, Write};

use super::Lines;
use super::columns::{COLUMNS, Column};
use crate::model::event::Line;

/// Columns of days in our own notation, which may begin with the sign of a year before the first.
const DAYS: [&str; 3] = ["day", "until", "edtf"];

/// The mark of UTF-8, without which a spreadsheet that is given the file by a double click takes it for an older encoding
/// and breaks every quotation mark.
const ENCODING: &[u8] = "\u{feff}".as_bytes();

/// Rows under a header line.
pub(super) struct Csv<W: Write> {
    rows: ::csv::Writer<W>,
}

impl<W: Write> Csv<W> {
    pub(super) fn begin(mut to: W) -> io::Result<Self> {
        to.write_all(ENCODING)?;
        let mut rows = ::csv::Writer::from_writer(to);
        rows.write_record(COLUMNS.iter().map(|column| column.name))?;
        Ok(Self { rows })
    }
}

impl<W: Write> Lines for Csv<W> {
    fn add(&mut self, line: &Line) -> io::Result<()> {
        Ok(self
            .rows
            .write_record(COLUMNS.iter().map(|column| cell(column, line)))?)
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        self.rows.flush()
    }
}

fn cell(column: &Column, line: &Line) -> String {
    let value = (column.value)(line).unwrap_or_default();
    match DAYS.contains(&column.name) {
        true => value,
        false => inert(value),
    }
}

/// A cell that begins like a formula gets an apostrophe before it, so that a spreadsheet shows it and
/// does not run it (OWASP, CSV Injection).
fn inert(cell: String) -> String {
    if cell.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '|', '%', '＝', '＋', '－', '＠',
    ]) {
        format!("'{cell}")
    } else {
        cell
    }
}
