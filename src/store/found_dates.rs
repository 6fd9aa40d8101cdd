//! The time expressions of revisions. Those of one are read and written together, so they are one row, with a list of them.

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::documents::offset;
use super::read_capture::ReadDocument;
use super::together::{ASKED_AT_ONCE, RowsOf, batches, places};
use super::values::{coded, from_json, json, parsed, span};
use super::{Rows, Store, StoreError};
use crate::model::date::{Anchor, COMPLETE, DateMention, Deadline, TimexKind, When, is_open_deadline};
use crate::model::id::RevisionId;
use crate::model::span::Span;

/// A time expression of a revision.
#[derive(Clone, Debug, PartialEq)]
pub struct DateRow {
    /// Where it stands.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimexKind,
    /// TIMEX3 value.
    pub value: String,
    /// The days meant.
    pub when: Option<When>,
    /// What it was counted from, in words.
    pub anchor: String,
    /// The rule that read it.
    pub rule: String,
    /// What contradicts it.
    pub conflict: Option<String>,
    /// It is the last day for something.
    pub is_limit: bool,
}

type Text<'a> = Cow<'a, str>;

/// One of them as it stands in the list: begin, end, type, value, days (EDTF, first, last), what it was counted from, rule,
/// what contradicts it, and whether it is a limit.
#[derive(Serialize, Deserialize)]
struct Listed<'a>(
    i64,
    i64,
    Text<'a>,
    Text<'a>,
    Option<Text<'a>>,
    Option<Text<'a>>,
    Option<Text<'a>>,
    Text<'a>,
    Text<'a>,
    Option<Text<'a>>,
    i64,
);

impl<'a> Listed<'a> {
    fn of(text: &str, mention: &'a DateMention) -> Self {
        let when = mention.when.as_ref();
        Listed(
            offset(mention.span.start()),
            offset(mention.span.end()),
            mention.kind.code().into(),
            Cow::Borrowed(&mention.value),
            when.map(|when| Cow::Borrowed(when.edtf.as_str())),
            when.map(|when| when.earliest.to_string().into()),
            when.map(|when| when.latest.to_string().into()),
            anchor_words(text, mention).into(),
            mention.rule.into(),
            mention.conflict.as_deref().map(Cow::Borrowed),
            i64::from(mention.is_limit),
        )
    }

    fn row(self, text: &str) -> Result<DateRow, StoreError> {
        let Listed(start, end, kind, value, edtf, earliest, latest, anchor, rule, conflict, is_limit) = self;
        let day = |day: Option<Text<'_>>| -> Result<Date, StoreError> {
            parsed("day", day.as_deref().unwrap_or_default())
        };
        let when = |edtf: Text<'_>| -> Result<When, StoreError> {
            Ok(When {
                edtf: edtf.into_owned(),
                earliest: day(earliest)?,
                latest: day(latest)?,
            })
        };
        Ok(DateRow {
            span: span(text, start, end)?,
            kind: coded("TIMEX3 type", &kind, TimexKind::from_code)?,
            value: value.into_owned(),
            when: edtf.map(when).transpose()?,
            anchor: anchor.into_owned(),
            rule: rule.into_owned(),
            conflict: conflict.map(Cow::into_owned),
            is_limit: is_limit != 0,
        })
    }
}

/// The time expressions that a row of `found_dates` lists, in the order of the text, which must be the revision's.
pub(super) fn listed(row: &SqliteRow, text: &str) -> Result<Vec<DateRow>, StoreError> {
    let column: &str = row.try_get("mentions")?;
    let listed: Vec<Listed<'_>> = from_json("time expressions", column)?;
    let count: i64 = row.try_get("count")?;
    if count != offset(listed.len()) {
        return Err(StoreError::Invalid {
            what: "number of time expressions",
            value: count.to_string(),
        });
    }
    listed.into_iter().map(|one| one.row(text)).collect()
}

impl Store {
    /// The time expressions of a revision in the order of the text, which must be the revision's.
    pub async fn dates_of(&self, revision: &RevisionId, text: &str) -> Result<Vec<DateRow>, StoreError> {
        let row = sqlx::query("SELECT mentions, count FROM found_dates WHERE revision_id = $1")
            .bind(revision.as_str())
            .fetch_optional(&self.readers)
            .await?;
        row.map_or_else(|| Ok(Vec::new()), |row| listed(&row, text))
    }

    /// The time expressions of several revisions, by the revision; `texts` are theirs.
    pub(super) async fn dates_in(
        &self,
        texts: &HashMap<&str, &str>,
    ) -> Result<Vec<(RevisionId, Vec<DateRow>)>, StoreError> {
        let statement = format!(
            "SELECT revision_id, mentions, count FROM found_dates WHERE revision_id IN ({})",
            places(1, ASKED_AT_ONCE)
        );
        let ids: Vec<&str> = texts.keys().copied().collect();
        let rows = self.asked_for_all(&statement, &ids).await?;
        rows.iter()
            .map(|row| {
                let id: String = row.try_get("revision_id")?;
                let text = texts.get(id.as_str()).copied().unwrap_or_default();
                Ok((RevisionId::new(id), listed(row, text)?))
            })
            .collect()
    }
}

static INTO_FOUND_DATES: RowsOf =
    RowsOf::new(3, "INSERT INTO found_dates (revision_id, mentions, count)", "");

/// Saves the time expressions in the texts of some revisions.
pub(super) async fn save(
    rows: &mut Rows<'_>,
    revisions: &[(&RevisionId, &ReadDocument)],
) -> Result<(), StoreError> {
    let dated = revisions.iter().filter(|(_, read)| !read.dates.is_empty());
    let dated: Vec<_> = dated.collect();
    for together in batches(&dated) {
        let mut query = sqlx::query(INTO_FOUND_DATES.statement(together.len()));
        for (revision, read) in together {
            let text = &read.reading.text;
            let listed: Vec<Listed<'_>> = read.dates.iter().map(|date| Listed::of(text, date)).collect();
            query = query
                .bind(revision.as_str())
                .bind(json(&listed))
                .bind(offset(listed.len()));
        }
        query.execute(&mut **rows).await?;
    }
    Ok(())
}

/// The rows of time expressions in a reading, as they are read back once they are saved.
pub(super) fn rows_of(read: &ReadDocument) -> Vec<DateRow> {
    let row = |mention: &DateMention| DateRow {
        span: mention.span,
        kind: mention.kind,
        value: mention.value.clone(),
        when: mention.when.clone(),
        anchor: anchor_words(&read.reading.text, mention),
        rule: mention.rule.to_string(),
        conflict: mention.conflict.clone(),
        is_limit: mention.is_limit,
    };
    read.dates.iter().map(row).collect()
}

/// Removes the time expressions of a revision.
pub(super) async fn delete(rows: &mut Rows<'_>, revision: &RevisionId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM found_dates WHERE revision_id = $1")
        .bind(revision.as_str())
        .execute(&mut **rows)
        .await?;
    Ok(())
}

/// The anchor as a row keeps it, for people: the rule that used it is kept beside it.
fn anchor_words(text: &str, mention: &DateMention) -> String {
    if let Some(deadline) = &mention.deadline {
        return deadline_words(text, deadline);
    }
    if is_open_deadline(mention.when.as_ref(), &mention.value, mention.is_limit) {
        return "a deadline, but the text does not say from which day it is counted".into();
    }
    match mention.anchor {
        Anchor::Absolute => COMPLETE.into(),
        Anchor::Document(day) => format!("counted from the document's date, {day}"),
        Anchor::Title(day) => format!("counted from the day in the title, {day}"),
        Anchor::Mention(span) => format!("counted from “{}”", span.slice(text)),
        Anchor::Missing => "no date to count from".into(),
    }
}

fn deadline_words(text: &str, deadline: &Deadline) -> String {
    let sets = deadline.span.slice(text);
    let stated = deadline.evidence.map(|span| format!(" (“{}”)", span.slice(text)));
    match deadline.from {
        Some(_) if !deadline.arithmetic.is_empty() => {
            format!("“{sets}”: {}{}", deadline.arithmetic, stated.unwrap_or_default())
        }
        _ => format!("“{sets}”: the text does not say for certain when that is"),
    }
}
