//! Quotes and date mentions of revisions.

use std::collections::HashMap;
use std::sync::OnceLock;

use jiff::civil::Date;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::documents::{ReadDocument, offset};
use super::values::{coded, pairs, parsed, span, span_of, spans};
use super::{Store, StoreError};
use crate::model::date::{Anchor, DateMention, Deadline, SaidOn, TimexKind, When};
use crate::model::id::{QuoteId, RevisionId, SpeakerId};
use crate::model::quote::{Quote, QuoteKind, Stance};
use crate::model::span::Span;
use crate::model::speaker::ResolvedSpeaker;

type Rows<'a> = sqlx::Transaction<'a, sqlx::Sqlite>;

/// A quote of a revision, with the person meant and the day it was said.
#[derive(Clone, Debug)]
pub struct QuoteRow {
    /// Its id.
    pub id: QuoteId,
    /// The revision.
    pub revision: RevisionId,
    /// How the words are given.
    pub kind: QuoteKind,
    /// The words, pieces joined by a space.
    pub words: String,
    /// The words in the text.
    pub content: Vec<Span>,
    /// The stretches inside marks.
    pub fragments: Vec<Span>,
    /// How sure it is that these are somebody's words.
    pub confidence: f32,
    /// The reporting words.
    pub cue: Option<Span>,
    /// The stance they take.
    pub stance: Option<Stance>,
    /// The words that name the speaker.
    pub mention: Option<Span>,
    /// The fullest naming of the same speaker.
    pub antecedent: Option<Span>,
    /// The rule that chose the mention, and how sure it is.
    pub rule: Option<(String, f32)>,
    /// The speaker's id.
    pub speaker: Option<SpeakerId>,
    /// The speaker's full name.
    pub speaker_name: Option<String>,
    /// The days it was said.
    pub said: Option<When>,
    /// The rule that gave the days.
    pub said_rule: Option<String>,
    /// The expression that gave the days.
    pub said_evidence: Option<Span>,
}

/// A time expression of a revision.
#[derive(Clone, Debug)]
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

impl Store {
    /// The quotes of a revision in the order of the text, which must be the revision's.
    pub async fn quotes_of(&self, revision: &RevisionId, text: &str) -> Result<Vec<QuoteRow>, StoreError> {
        sqlx::query("SELECT * FROM quotes WHERE revision_id = $1 ORDER BY position")
            .bind(revision.as_str())
            .fetch_all(&self.readers)
            .await?
            .iter()
            .map(|row| quote(row, text))
            .collect()
    }

    /// The revision that a quote stands in.
    pub async fn revision_of_quote(&self, quote: &QuoteId) -> Result<Option<RevisionId>, StoreError> {
        let id: Option<String> = sqlx::query_scalar("SELECT revision_id FROM quotes WHERE id = $1")
            .bind(quote.as_str())
            .fetch_optional(&self.readers)
            .await?;
        Ok(id.map(RevisionId::new))
    }

    /// The time expressions of a revision in the order of the text, which must be the revision's.
    pub async fn dates_of(&self, revision: &RevisionId, text: &str) -> Result<Vec<DateRow>, StoreError> {
        sqlx::query("SELECT * FROM date_mentions WHERE revision_id = $1 ORDER BY position")
            .bind(revision.as_str())
            .fetch_all(&self.readers)
            .await?
            .iter()
            .map(|row| date(row, text))
            .collect()
    }
}

/// Saves what was found in a reading.
pub(super) async fn save(
    rows: &mut Rows<'_>,
    revision: &RevisionId,
    read: &ReadDocument,
) -> Result<(), StoreError> {
    let text = &read.reading.text;
    let mut occurrences: HashMap<String, usize> = HashMap::new();
    let mut found = Vec::with_capacity(read.quotes.len());
    for (position, (quote, speaker, said)) in read.quotes.iter().enumerate() {
        let words = quote.words(text);
        let occurrence = occurrences.entry(words.clone()).or_default();
        let id = QuoteId::derive(revision, &words, *occurrence);
        *occurrence += 1;
        found.push(Found {
            id,
            position,
            words,
            quote,
            speaker: speaker.as_ref(),
            said: said.as_ref(),
        });
    }
    for together in batches(&found) {
        insert_quotes(rows, revision, together).await?;
    }
    let dates: Vec<(usize, &DateMention)> = read.dates.iter().enumerate().collect();
    for together in batches(&dates) {
        insert_dates(rows, revision, text, together).await?;
    }
    Ok(())
}

/// Rows inserted in one statement. Each statement costs a word between two threads, which is more than the row does.
const TOGETHER: usize = 16;

/// The rows of each statement: of few different numbers, because every number is a statement of its own.
fn batches<T>(mut rows: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let most = rows.len().min(TOGETHER).checked_ilog2()?;
        let (batch, rest) = rows.split_at(1 << most);
        rows = rest;
        Some(batch)
    })
}

/// A statement for each number of rows that go together, made once: there are many placeholders in it.
struct Insertion([OnceLock<String>; TOGETHER.ilog2() as usize + 1]);

impl Insertion {
    const fn new() -> Self {
        Self([const { OnceLock::new() }; TOGETHER.ilog2() as usize + 1])
    }

    /// The statement that inserts so many rows, a power of two, of so many columns.
    fn of(&'static self, into: &str, rows: usize, columns: usize) -> &'static str {
        self.0[rows.ilog2() as usize].get_or_init(|| format!("{into} VALUES {}", tuples(rows, columns)))
    }
}

static INTO_QUOTES: Insertion = Insertion::new();
static INTO_DATES: Insertion = Insertion::new();

/// So many tuples of placeholders.
fn tuples(rows: usize, columns: usize) -> String {
    let tuple = |row: usize| -> String {
        let places: Vec<String> = (1..=columns)
            .map(|column| format!("${}", row * columns + column))
            .collect();
        format!("({})", places.join(", "))
    };
    (0..rows).map(tuple).collect::<Vec<_>>().join(", ")
}

/// Removes what was found in a revision.
pub(super) async fn delete(rows: &mut Rows<'_>, revision: &RevisionId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM quotes WHERE revision_id = $1")
        .bind(revision.as_str())
        .execute(&mut **rows)
        .await?;
    sqlx::query("DELETE FROM date_mentions WHERE revision_id = $1")
        .bind(revision.as_str())
        .execute(&mut **rows)
        .await?;
    Ok(())
}

struct Found<'a> {
    id: QuoteId,
    position: usize,
    words: String,
    quote: &'a Quote,
    speaker: Option<&'a ResolvedSpeaker>,
    said: Option<&'a SaidOn>,
}

async fn insert_quotes(
    rows: &mut Rows<'_>,
    revision: &RevisionId,
    together: &[Found<'_>],
) -> Result<(), StoreError> {
    let statement = INTO_QUOTES.of(
        "INSERT INTO quotes (id, revision_id, position, kind, words, content, fragments, confidence, cue_start,
         cue_end, mention_start, mention_end, antecedent_start, antecedent_end, rule, attribution_confidence,
         speaker_id, speaker_name, speaker_known, speaker_rule, said_edtf, said_earliest, said_latest,
         said_rule, said_start, said_end, stance)",
        together.len(),
        27,
    );
    let start = |span: Option<Span>| span.map(|span| offset(span.start()));
    let end = |span: Option<Span>| span.map(|span| offset(span.end()));
    let mut query = sqlx::query(statement);
    for found in together {
        let attribution = found.quote.attribution.as_ref();
        let (cue, mention, antecedent) = (
            attribution.and_then(|attribution| attribution.cue),
            attribution.map(|attribution| attribution.mention),
            attribution.and_then(|attribution| attribution.antecedent),
        );
        let evidence = found.said.and_then(|said| said.evidence);
        query = query
            .bind(found.id.as_str())
            .bind(revision.as_str())
            .bind(offset(found.position))
            .bind(found.quote.kind.code())
            .bind(&found.words)
            .bind(pairs(&found.quote.content))
            .bind(pairs(&found.quote.fragments))
            .bind(f64::from(found.quote.confidence))
            .bind(start(cue))
            .bind(end(cue))
            .bind(start(mention))
            .bind(end(mention))
            .bind(start(antecedent))
            .bind(end(antecedent))
            .bind(attribution.map(|attribution| attribution.rule))
            .bind(attribution.map(|attribution| f64::from(attribution.confidence)))
            .bind(found.speaker.map(|speaker| speaker.id.as_str()))
            .bind(found.speaker.map(|speaker| &speaker.name))
            .bind(found.speaker.map(|speaker| i64::from(speaker.known)))
            .bind(found.speaker.map(|speaker| speaker.rule))
            .bind(found.said.map(|said| &said.when.edtf))
            .bind(found.said.map(|said| said.when.earliest.to_string()))
            .bind(found.said.map(|said| said.when.latest.to_string()))
            .bind(found.said.map(|said| said.rule))
            .bind(start(evidence))
            .bind(end(evidence))
            .bind(
                attribution
                    .and_then(|attribution| attribution.stance)
                    .map(Stance::code),
            );
    }
    query.execute(&mut **rows).await?;
    Ok(())
}

async fn insert_dates(
    rows: &mut Rows<'_>,
    revision: &RevisionId,
    text: &str,
    together: &[(usize, &DateMention)],
) -> Result<(), StoreError> {
    let statement = INTO_DATES.of(
        "INSERT INTO date_mentions (revision_id, position, span_start, span_end, kind, value, edtf, earliest,
         latest, anchor, rule, conflict, is_limit)",
        together.len(),
        13,
    );
    let mut query = sqlx::query(statement);
    for (position, mention) in together {
        query = query
            .bind(revision.as_str())
            .bind(offset(*position))
            .bind(offset(mention.span.start()))
            .bind(offset(mention.span.end()))
            .bind(mention.kind.code())
            .bind(&mention.value)
            .bind(mention.when.as_ref().map(|when| &when.edtf))
            .bind(mention.when.as_ref().map(|when| when.earliest.to_string()))
            .bind(mention.when.as_ref().map(|when| when.latest.to_string()))
            .bind(anchor_words(text, mention))
            .bind(mention.rule)
            .bind(&mention.conflict)
            .bind(i64::from(mention.is_limit));
    }
    query.execute(&mut **rows).await?;
    Ok(())
}

/// The anchor of a day that is counted from nothing.
pub const COMPLETE: &str = "complete as printed";

/// The anchor as a row keeps it, for people: the rule that used it is kept beside it.
fn anchor_words(text: &str, mention: &DateMention) -> String {
    if let Some(deadline) = &mention.deadline {
        return deadline_words(text, deadline);
    }
    match mention.anchor {
        Anchor::Absolute => COMPLETE.into(),
        Anchor::Document(day) => format!("counted from the document's date, {day}"),
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

fn quote(row: &SqliteRow, text: &str) -> Result<QuoteRow, StoreError> {
    let rule: Option<String> = row.try_get("rule")?;
    let sure: Option<f64> = row.try_get("attribution_confidence")?;
    let confidence: f64 = row.try_get("confidence")?;
    let stance: Option<String> = row.try_get("stance")?;
    Ok(QuoteRow {
        id: QuoteId::new(row.try_get::<String, _>("id")?),
        revision: RevisionId::new(row.try_get::<String, _>("revision_id")?),
        kind: coded("quote kind", row.try_get("kind")?, QuoteKind::from_code)?,
        words: row.try_get("words")?,
        content: spans(text, row.try_get("content")?)?,
        fragments: spans(text, row.try_get("fragments")?)?,
        confidence: confidence as f32,
        cue: span_of(row, text, "cue_start", "cue_end")?,
        stance: stance
            .map(|code| coded("stance", &code, Stance::from_code))
            .transpose()?,
        mention: span_of(row, text, "mention_start", "mention_end")?,
        antecedent: span_of(row, text, "antecedent_start", "antecedent_end")?,
        rule: rule.zip(sure.map(|sure| sure as f32)),
        speaker: row
            .try_get::<Option<String>, _>("speaker_id")?
            .map(SpeakerId::new),
        speaker_name: row.try_get("speaker_name")?,
        said: when(row, "said_edtf", "said_earliest", "said_latest")?,
        said_rule: row.try_get("said_rule")?,
        said_evidence: span_of(row, text, "said_start", "said_end")?,
    })
}

fn date(row: &SqliteRow, text: &str) -> Result<DateRow, StoreError> {
    Ok(DateRow {
        span: span(text, row.try_get("span_start")?, row.try_get("span_end")?)?,
        kind: coded("TIMEX3 type", row.try_get("kind")?, TimexKind::from_code)?,
        value: row.try_get("value")?,
        when: when(row, "edtf", "earliest", "latest")?,
        anchor: row.try_get("anchor")?,
        rule: row.try_get("rule")?,
        conflict: row.try_get("conflict")?,
        is_limit: row.try_get::<i64, _>("is_limit")? != 0,
    })
}

fn when(row: &SqliteRow, edtf: &str, earliest: &str, latest: &str) -> Result<Option<When>, StoreError> {
    let edtf: Option<String> = row.try_get(edtf)?;
    let Some(edtf) = edtf else { return Ok(None) };
    let day = |column: &str| -> Result<Date, StoreError> { parsed("day", row.try_get(column)?) };
    Ok(Some(When {
        edtf,
        earliest: day(earliest)?,
        latest: day(latest)?,
    }))
}
