//! Quotes and date mentions of revisions.

use std::collections::HashMap;

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

/// Puts what was found in a reading in the place of what was found before.
pub(super) async fn replace(
    rows: &mut Rows<'_>,
    revision: &RevisionId,
    read: &ReadDocument,
) -> Result<(), StoreError> {
    delete(rows, revision).await?;
    let text = &read.reading.text;
    let mut occurrences: HashMap<String, usize> = HashMap::new();
    for (position, (quote, speaker, said)) in read.quotes.iter().enumerate() {
        let words = quote.words(text);
        let occurrence = occurrences.entry(words.clone()).or_default();
        let id = QuoteId::derive(revision, &words, *occurrence);
        *occurrence += 1;
        let found = Found {
            quote,
            speaker: speaker.as_ref(),
            said: said.as_ref(),
        };
        insert_quote(rows, revision, &id, position, &words, found).await?;
    }
    for (position, mention) in read.dates.iter().enumerate() {
        insert_date(rows, revision, position, text, mention).await?;
    }
    Ok(())
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
    quote: &'a Quote,
    speaker: Option<&'a ResolvedSpeaker>,
    said: Option<&'a SaidOn>,
}

async fn insert_quote(
    rows: &mut Rows<'_>,
    revision: &RevisionId,
    id: &QuoteId,
    position: usize,
    words: &str,
    found: Found<'_>,
) -> Result<(), StoreError> {
    let attribution = found.quote.attribution.as_ref();
    let (cue, mention, antecedent) = (
        attribution.and_then(|attribution| attribution.cue),
        attribution.map(|attribution| attribution.mention),
        attribution.and_then(|attribution| attribution.antecedent),
    );
    let evidence = found.said.and_then(|said| said.evidence);
    let start = |span: Option<Span>| span.map(|span| offset(span.start()));
    let end = |span: Option<Span>| span.map(|span| offset(span.end()));
    sqlx::query(
        "INSERT INTO quotes (id, revision_id, position, kind, words, content, fragments, confidence, cue_start,
         cue_end, mention_start, mention_end, antecedent_start, antecedent_end, rule, attribution_confidence,
         speaker_id, speaker_name, speaker_known, speaker_rule, said_edtf, said_earliest, said_latest,
         said_rule, said_start, said_end, stance)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
         $21, $22, $23, $24, $25, $26, $27)",
    )
    .bind(id.as_str())
    .bind(revision.as_str())
    .bind(offset(position))
    .bind(found.quote.kind.code())
    .bind(words)
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
    .bind(attribution.and_then(|attribution| attribution.stance).map(Stance::code))
    .execute(&mut **rows)
    .await?;
    Ok(())
}

async fn insert_date(
    rows: &mut Rows<'_>,
    revision: &RevisionId,
    position: usize,
    text: &str,
    mention: &DateMention,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO date_mentions (revision_id, position, span_start, span_end, kind, value, edtf, earliest,
         latest, anchor, rule, conflict) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(revision.as_str())
    .bind(offset(position))
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
    .execute(&mut **rows)
    .await?;
    Ok(())
}

/// The anchor as a row keeps it, for people: the rule that used it is kept beside it.
fn anchor_words(text: &str, mention: &DateMention) -> String {
    if let Some(deadline) = &mention.deadline {
        return deadline_words(text, deadline);
    }
    match mention.anchor {
        Anchor::Absolute => "complete as printed".into(),
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
