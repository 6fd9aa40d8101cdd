//! JSON objects, one a line: as an array, or each for itself (JSON Lines).

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::Lines;
use super::columns::{COLUMNS, FLAGS};
use crate::model::event::Line;

/// An array inside of something, of any length.
pub(super) struct Array<W> {
    to: W,
    end: &'static str,
    count: u64,
}

impl<W: Write> Array<W> {
    /// Begins with `begin`, which ends with the bracket; `end` begins with the other one.
    pub(super) fn begin(mut to: W, begin: &str, end: &'static str) -> io::Result<Self> {
        to.write_all(begin.as_bytes())?;
        Ok(Self { to, end, count: 0 })
    }

    /// Writes a value on a line of its own.
    pub(super) fn add(&mut self, value: &Value) -> io::Result<()> {
        self.to.write_all(if self.count == 0 { b"\n" } else { b",\n" })?;
        self.count += 1;
        Ok(serde_json::to_writer(&mut self.to, value)?)
    }

    /// Ends the array and what it stands in; gives back what it was written to.
    pub(super) fn end(mut self) -> io::Result<W> {
        if self.count > 0 {
            self.to.write_all(b"\n")?;
        }
        self.to.write_all(self.end.as_bytes())?;
        self.to.flush()?;
        Ok(self.to)
    }
}

/// An array of objects.
pub(super) struct Json<W> {
    items: Array<W>,
}

impl<W: Write> Json<W> {
    pub(super) fn begin(to: W) -> io::Result<Self> {
        Ok(Self {
            items: Array::begin(to, "[", "]\n")?,
        })
    }
}

impl<W: Write> Lines for Json<W> {
    fn add(&mut self, line: &Line) -> io::Result<()> {
        self.items.add(&object(line))
    }

    fn end(self: Box<Self>) -> io::Result<()> {
        self.items.end().map(|_| ())
    }
}

/// Objects that stand alone.
pub(super) struct JsonLines<W> {
    to: W,
}

impl<W: Write> JsonLines<W> {
    pub(super) fn begin(to: W) -> Self {
        Self { to }
    }
}

impl<W: Write> Lines for JsonLines<W> {
    fn add(&mut self, line: &Line) -> io::Result<()> {
        serde_json::to_writer(&mut self.to, &object(line))?;
        self.to.write_all(b"\n")
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        self.to.flush()
    }
}

fn object(line: &Line) -> Value {
    let fields = COLUMNS.iter().map(|column| {
        let value = match (column.value)(line) {
            None => Value::Null,
            Some(value) if FLAGS.contains(&column.name) => Value::Bool(value == "true"),
            Some(value) => Value::String(value),
        };
        (column.name.to_string(), value)
    });
    Value::Object(fields.collect::<Map<_, _>>())
}
