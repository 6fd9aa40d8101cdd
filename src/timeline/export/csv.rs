//! Comma-separated values.

use std::io::{self, Write};

use super::Lines;
use super::columns::COLUMNS;
use crate::model::event::Line;

/// Rows under a header line.
pub(super) struct Csv<W: Write> {
    rows: ::csv::Writer<W>,
}

impl<W: Write> Csv<W> {
    pub(super) fn begin(to: W) -> io::Result<Self> {
        let mut rows = ::csv::Writer::from_writer(to);
        rows.write_record(COLUMNS.iter().map(|column| column.name))?;
        Ok(Self { rows })
    }
}

impl<W: Write> Lines for Csv<W> {
    fn add(&mut self, line: &Line) -> io::Result<()> {
        let row = COLUMNS
            .iter()
            .map(|column| (column.value)(line).unwrap_or_default());
        Ok(self.rows.write_record(row.map(inert))?)
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        self.rows.flush()
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
