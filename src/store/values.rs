//! How values are written in rows, and read back.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::StoreError;
use crate::model::document::{Block, BlockKind, Claim, Fact, Notice, NoticeKind, Standing};
use crate::model::span::Span;

/// An instant in UTC to the millisecond, in a form that sorts as text.
pub(super) fn instant(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// Reads a value that has a text form, or says what is wrong.
pub(super) fn parsed<T: std::str::FromStr>(what: &'static str, text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Invalid {
        what,
        value: text.into(),
    })
}

/// Reads a value by its code, or says what is wrong.
pub(super) fn coded<T>(
    what: &'static str,
    code: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, StoreError> {
    read(code).ok_or_else(|| StoreError::Invalid {
        what,
        value: code.into(),
    })
}

/// Bytes and numbers fit in a row's integer; a file of 2^63 bytes is not met.
pub(super) fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A number of its kind in a column. A row that holds another one (a place before the beginning, a status of six digits) was
/// altered, and is not read as something else.
pub(super) fn number<T: TryFrom<i64>>(row: &SqliteRow, column: &'static str) -> Result<T, StoreError> {
    of_kind(column, row.try_get(column)?)
}

/// The same where the column may be empty.
pub(super) fn number_if_any<T: TryFrom<i64>>(
    row: &SqliteRow,
    column: &'static str,
) -> Result<Option<T>, StoreError> {
    let number: Option<i64> = row.try_get(column)?;
    number.map(|number| of_kind(column, number)).transpose()
}

/// A number as its kind has it, or says that it is none of them.
pub(super) fn of_kind<T: TryFrom<i64>>(what: &'static str, number: i64) -> Result<T, StoreError> {
    T::try_from(number).map_err(|_| StoreError::Invalid {
        what,
        value: number.to_string(),
    })
}

/// The span in two columns, checked against its text; `None` where the columns are empty.
pub(super) fn span_of(
    row: &SqliteRow,
    text: &str,
    start: &str,
    end: &str,
) -> Result<Option<Span>, StoreError> {
    let (start, end): (Option<i64>, Option<i64>) = (row.try_get(start)?, row.try_get(end)?);
    match (start, end) {
        (Some(start), Some(end)) => span(text, start, end).map(Some),
        _ => Ok(None),
    }
}

pub(super) fn span(text: &str, start: i64, end: i64) -> Result<Span, StoreError> {
    usize::try_from(start)
        .ok()
        .zip(usize::try_from(end).ok())
        .and_then(|(start, end)| Span::of(text, start..end))
        .ok_or_else(|| StoreError::Invalid {
            what: "span",
            value: format!("{start}..{end}"),
        })
}

/// A span as a pair in a JSON column.
pub(super) fn pairs(spans: &[Span]) -> String {
    json(
        &spans
            .iter()
            .map(|span| (span.start(), span.end()))
            .collect::<Vec<_>>(),
    )
}

pub(super) fn spans(text: &str, column: &str) -> Result<Vec<Span>, StoreError> {
    let pairs: Vec<(i64, i64)> = from_json("spans", column)?;
    pairs
        .into_iter()
        .map(|(start, end)| span(text, start, end))
        .collect()
}

#[derive(Serialize, Deserialize)]
struct BlockColumn {
    kind: String,
    start: i64,
    end: i64,
    path: String,
}

pub(super) fn blocks_json(blocks: &[Block]) -> String {
    let columns: Vec<BlockColumn> = blocks
        .iter()
        .map(|block| BlockColumn {
            kind: block.kind.code().into(),
            start: whole(block.span.start() as u64),
            end: whole(block.span.end() as u64),
            path: block.path.clone(),
        })
        .collect();
    json(&columns)
}

pub(super) fn blocks(text: &str, column: &str) -> Result<Vec<Block>, StoreError> {
    let columns: Vec<BlockColumn> = from_json("blocks", column)?;
    columns
        .into_iter()
        .map(|block| {
            Ok(Block {
                kind: coded("block kind", &block.kind, BlockKind::from_code)?,
                span: span(text, block.start, block.end)?,
                path: block.path,
            })
        })
        .collect()
}

pub(super) fn notices_json(notices: &[Notice]) -> String {
    json(
        &notices
            .iter()
            .map(|notice| (notice.kind.code(), &notice.detail))
            .collect::<Vec<_>>(),
    )
}

pub(super) fn notices(column: &str) -> Result<Vec<Notice>, StoreError> {
    let columns: Vec<(String, String)> = from_json("notices", column)?;
    columns
        .into_iter()
        .map(|(kind, detail)| {
            Ok(Notice {
                kind: coded("notice", &kind, NoticeKind::from_code)?,
                detail,
            })
        })
        .collect()
}

pub(super) fn claims_json(claims: &[Claim]) -> String {
    let columns: Vec<_> = claims
        .iter()
        .map(|claim| {
            (
                claim.fact.code(),
                &claim.value,
                &claim.method,
                claim.standing.code(),
            )
        })
        .collect();
    json(&columns)
}

pub(super) fn claims(column: &str) -> Result<Vec<Claim>, StoreError> {
    let columns: Vec<(String, String, String, String)> = from_json("claims", column)?;
    columns
        .into_iter()
        .map(|(fact, value, method, standing)| {
            Ok(Claim {
                fact: coded("fact", &fact, Fact::from_code)?,
                value,
                method,
                standing: coded("standing", &standing, Standing::from_code)?,
            })
        })
        .collect()
}

pub(super) fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("plain lists and strings have a JSON form")
}

pub(super) fn from_json<'a, T: Deserialize<'a>>(
    what: &'static str,
    column: &'a str,
) -> Result<T, StoreError> {
    serde_json::from_str(column).map_err(|_| StoreError::Invalid {
        what,
        value: column.into(),
    })
}
