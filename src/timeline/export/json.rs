//! JSON objects, one a line: as an array, or each for itself (JSON Lines).

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::Lines;
use super::columns::COLUMNS;
use crate::model::event::Line;

/// Objects, one a line.
pub(super) struct Json<W> {
    to: W,
    is_array: bool,
    count: u64,
}

impl<W: Write> Json<W> {
    /// An array.
    pub(super) fn array(to: W) -> Self {
        Self {
            to,
            is_array: true,
            count: 0,
        }
    }

    /// Objects that stand alone.
    pub(super) fn lines(to: W) -> Self {
        Self {
            to,
            is_array: false,
            count: 0,
        }
    }
}

impl<W: Write> Lines for Json<W> {
    fn add(&mut self, line: &Line) -> io::Result<()> {
        if self.is_array {
            self.to.write_all(if self.count == 0 { b"[\n" } else { b",\n" })?;
        }
        self.count += 1;
        serde_json::to_writer(&mut self.to, &object(line))?;
        if self.is_array {
            Ok(())
        } else {
            self.to.write_all(b"\n")
        }
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        if self.is_array {
            self.to
                .write_all(if self.count == 0 { b"[]\n" } else { b"\n]\n" })?;
        }
        self.to.flush()
    }
}

fn object(line: &Line) -> Value {
    let fields = COLUMNS.iter().map(|column| {
        let value = (column.value)(line).map_or(Value::Null, Value::String);
        (column.name.to_string(), value)
    });
    Value::Object(fields.collect::<Map<_, _>>())
}
