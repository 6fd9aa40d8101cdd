//! Apache Parquet: the same columns, days as dates and the capture's moment as one, in groups of some thousand rows.

use std::io::{self, Write};
use std::sync::Arc;

use ::parquet::basic::Compression;
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int32Type, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::parser::parse_message_type;
use jiff::civil::{Date, date};

use super::Lines;
use super::columns::{COLUMNS, FLAGS};
use crate::model::event::Line;

/// Rows that are held before they are written.
const ROWS: usize = 4096;
/// Columns that hold days and moments; but for those that say `true` or `false` all others are text.
const DAYS: [&str; 2] = ["day", "until"];
const MOMENT: &str = "captured_at";

/// Row groups of a file.
pub(super) struct Parquet<W: Write + Send> {
    file: SerializedFileWriter<W>,
    rows: Vec<Line>,
}

impl<W: Write + Send> Parquet<W> {
    pub(super) fn begin(to: W) -> io::Result<Self> {
        let columns = COLUMNS.iter().map(|column| match column.name {
            name if DAYS.contains(&name) => format!("OPTIONAL INT32 {name} (DATE);"),
            MOMENT => format!("OPTIONAL INT64 {MOMENT} (TIMESTAMP(MILLIS,true));"),
            name if FLAGS.contains(&name) => format!("OPTIONAL BOOLEAN {name};"),
            name => format!("OPTIONAL BYTE_ARRAY {name} (UTF8);"),
        });
        let message = format!("message line {{ {} }}", columns.collect::<Vec<_>>().join(" "));
        let schema = parse_message_type(&message).map_err(failed)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .build();
        Ok(Self {
            file: SerializedFileWriter::new(to, Arc::new(schema), Arc::new(properties)).map_err(failed)?,
            rows: Vec::new(),
        })
    }

    fn write(&mut self) -> Result<(), ParquetError> {
        let mut group = self.file.next_row_group()?;
        for column in &COLUMNS {
            let mut writer = group
                .next_column()?
                .ok_or_else(|| ParquetError::General("a column is missing".into()))?;
            if DAYS.contains(&column.name) {
                let days = self.rows.iter().map(|line| {
                    let when = line.when.as_ref()?;
                    Some(number(if column.name == "day" {
                        when.earliest
                    } else {
                        when.latest
                    }))
                });
                let (values, levels) = parted(days);
                writer
                    .typed::<Int32Type>()
                    .write_batch(&values, Some(&levels), None)?;
            } else if column.name == MOMENT {
                let moments = self
                    .rows
                    .iter()
                    .map(|line| Some(line.captured_at.as_millisecond()));
                let (values, levels) = parted(moments);
                writer
                    .typed::<Int64Type>()
                    .write_batch(&values, Some(&levels), None)?;
            } else if FLAGS.contains(&column.name) {
                let flags = self.rows.iter().map(|line| Some((column.value)(line)? == "true"));
                let (values, levels) = parted(flags);
                writer
                    .typed::<BoolType>()
                    .write_batch(&values, Some(&levels), None)?;
            } else {
                let texts = self
                    .rows
                    .iter()
                    .map(|line| Some(ByteArray::from((column.value)(line)?.into_bytes())));
                let (values, levels) = parted(texts);
                writer
                    .typed::<ByteArrayType>()
                    .write_batch(&values, Some(&levels), None)?;
            }
            writer.close()?;
        }
        group.close()?;
        self.rows.clear();
        Ok(())
    }
}

impl<W: Write + Send> Lines for Parquet<W> {
    fn add(&mut self, line: &Line) -> io::Result<()> {
        self.rows.push(line.clone());
        if self.rows.len() >= ROWS {
            self.write().map_err(failed)?;
        }
        Ok(())
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        if !self.rows.is_empty() {
            self.write().map_err(failed)?;
        }
        self.file.finish().map_err(failed)?;
        self.file.inner_mut().flush()
    }
}

/// The values that are there, and for each row whether it has one.
fn parted<T>(values: impl Iterator<Item = Option<T>>) -> (Vec<T>, Vec<i16>) {
    let mut levels = Vec::new();
    let values = values
        .inspect(|value| levels.push(i16::from(value.is_some())))
        .flatten()
        .collect();
    (values, levels)
}

/// Days since 1970-01-01.
fn number(day: Date) -> i32 {
    date(1970, 1, 1).until(day).map_or(0, |span| span.get_days())
}

fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(cause) => match cause.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(cause) => io::Error::other(cause),
        },
        error => io::Error::other(error),
    }
}
