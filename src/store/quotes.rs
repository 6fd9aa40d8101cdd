//! Quotes of revisions, and all that was found in their texts.

use std::collections::HashMap;

use jiff::civil::Date;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::documents::{RevisionRow, offset};
use super::found_dates::{self, DateRow};
use super::read_capture::ReadDocument;
use super::together::{ASKED_AT_ONCE, RowsOf, batches, places};
use super::values::{coded, pairs, parsed, span_of, spans};
use super::{Rows, Store, StoreError};
use crate::model::by_hand::{self, ByHand};
use crate::model::date::{SaidOn, When};
use crate::model::id::{QuoteId, RevisionId, SpeakerId};
use crate::model::quote::{Quote, QuoteKind, Stance};
use crate::model::span::Span;
use crate::model::speaker::ResolvedSpeaker;

/// A quote of a revision, with the person meant and the day it was said.
#[derive(Clone, Debug, PartialEq)]
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
    /// What people corrected of it. Rows hold what was read: they are read back without.
    pub by_hand: Vec<ByHand>,
}

impl QuoteRow {
    /// Who is read as its speaker, whatever people corrected.
    pub fn speaker_read(&self) -> Option<SpeakerId> {
        by_hand::speaker_read(&self.by_hand, self.speaker.as_ref())
    }
}

/// What was found in a revision's text, in its order.
#[derive(Clone, Debug, Default)]
pub struct FoundRows {
    /// The quotes.
    pub quotes: Vec<QuoteRow>,
    /// The time expressions.
    pub dates: Vec<DateRow>,
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

    /// Quotes and time expressions of several revisions, by the revision.
    pub async fn found_in(
        &self,
        revisions: &[RevisionRow],
    ) -> Result<HashMap<RevisionId, FoundRows>, StoreError> {
        let ids: Vec<&str> = revisions.iter().map(|revision| revision.id.as_str()).collect();
        let texts: HashMap<&str, &str> = revisions
            .iter()
            .map(|revision| (revision.id.as_str(), revision.reading.text.as_str()))
            .collect();
        let text_of = |row: &SqliteRow| -> Result<(String, &str), StoreError> {
            let id: String = row.try_get("revision_id")?;
            let text = texts.get(id.as_str()).copied().unwrap_or_default();
            Ok((id, text))
        };
        let asked = format!(
            "SELECT * FROM quotes WHERE revision_id IN ({}) ORDER BY revision_id, position",
            places(1, ASKED_AT_ONCE)
        );
        let mut found: HashMap<RevisionId, FoundRows> = HashMap::with_capacity(ids.len());
        for row in self.asked_for_all(&asked, &ids).await? {
            let (id, text) = text_of(&row)?;
            found
                .entry(RevisionId::new(id))
                .or_default()
                .quotes
                .push(quote(&row, text)?);
        }
        for (id, dates) in self.dates_in(&texts).await? {
            found.entry(id).or_default().dates = dates;
        }
        Ok(found)
    }

    /// The revision that a quote stands in.
    pub async fn revision_of_quote(&self, quote: &QuoteId) -> Result<Option<RevisionId>, StoreError> {
        let id: Option<String> = sqlx::query_scalar("SELECT revision_id FROM quotes WHERE id = $1")
            .bind(quote.as_str())
            .fetch_optional(&self.readers)
            .await?;
        Ok(id.map(RevisionId::new))
    }
}

/// Saves what was found in the texts of some revisions.
pub(super) async fn save(
    rows: &mut Rows<'_>,
    revisions: &[(&RevisionId, &ReadDocument)],
) -> Result<(), StoreError> {
    let quotes: Vec<Found<'_>> = revisions
        .iter()
        .flat_map(|(revision, read)| found(revision, read))
        .collect();
    for together in batches(&quotes) {
        insert_quotes(rows, together).await?;
    }
    found_dates::save(rows, revisions).await
}

/// The rows of what was found in a reading, as they are read back once they are saved as those of a revision.
pub fn rows_of(revision: &RevisionId, read: &ReadDocument) -> FoundRows {
    FoundRows {
        quotes: found(revision, read).into_iter().map(Found::row).collect(),
        dates: found_dates::rows_of(read),
    }
}

/// The quotes of a reading, each with its id.
fn found<'a>(revision: &'a RevisionId, read: &'a ReadDocument) -> Vec<Found<'a>> {
    let mut occurrences: HashMap<String, usize> = HashMap::new();
    let mut found = Vec::with_capacity(read.quotes.len());
    for (position, (quote, speaker, said)) in read.quotes.iter().enumerate() {
        let words = quote.words(&read.reading.text);
        let occurrence = occurrences.entry(words.clone()).or_default();
        let id = QuoteId::derive(revision, &words, *occurrence);
        *occurrence += 1;
        found.push(Found {
            id,
            revision,
            position,
            words,
            quote,
            speaker: speaker.as_ref(),
            said: said.as_ref(),
        });
    }
    found
}

/// Removes what was found in a revision.
pub(super) async fn delete(rows: &mut Rows<'_>, revision: &RevisionId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM quotes WHERE revision_id = $1")
        .bind(revision.as_str())
        .execute(&mut **rows)
        .await?;
    found_dates::delete(rows, revision).await
}

struct Found<'a> {
    id: QuoteId,
    revision: &'a RevisionId,
    position: usize,
    words: String,
    quote: &'a Quote,
    speaker: Option<&'a ResolvedSpeaker>,
    said: Option<&'a SaidOn>,
}

impl Found<'_> {
    /// The row that it is read back as.
    fn row(self) -> QuoteRow {
        let attribution = self.quote.attribution.as_ref();
        QuoteRow {
            id: self.id,
            revision: self.revision.clone(),
            kind: self.quote.kind,
            words: self.words,
            content: self.quote.content.clone(),
            fragments: self.quote.fragments.clone(),
            confidence: self.quote.confidence,
            cue: attribution.and_then(|attribution| attribution.cue),
            stance: attribution.and_then(|attribution| attribution.stance),
            mention: attribution.and_then(|attribution| attribution.mention.span()),
            antecedent: attribution.and_then(|attribution| attribution.antecedent),
            rule: attribution.map(|attribution| (attribution.rule.to_string(), attribution.confidence)),
            speaker: self.speaker.map(|speaker| speaker.id.clone()),
            speaker_name: self.speaker.map(|speaker| speaker.name.clone()),
            said: self.said.map(|said| said.when.clone()),
            said_rule: self.said.map(|said| said.rule.to_string()),
            said_evidence: self.said.and_then(|said| said.evidence),
            by_hand: Vec::new(),
        }
    }
}

static INTO_QUOTES: RowsOf = RowsOf::new(
    27,
    "INSERT INTO quotes (id, revision_id, position, kind, words, content, fragments, confidence, cue_start,
         cue_end, mention_start, mention_end, antecedent_start, antecedent_end, rule, attribution_confidence,
         speaker_id, speaker_name, speaker_known, speaker_rule, said_edtf, said_earliest, said_latest,
     said_rule, said_start, said_end, stance)",
    "",
);

async fn insert_quotes(rows: &mut Rows<'_>, together: &[Found<'_>]) -> Result<(), StoreError> {
    let start = |span: Option<Span>| span.map(|span| offset(span.start()));
    let end = |span: Option<Span>| span.map(|span| offset(span.end()));
    let mut query = sqlx::query(INTO_QUOTES.statement(together.len()));
    for found in together {
        let attribution = found.quote.attribution.as_ref();
        let (cue, mention, antecedent) = (
            attribution.and_then(|attribution| attribution.cue),
            attribution.and_then(|attribution| attribution.mention.span()),
            attribution.and_then(|attribution| attribution.antecedent),
        );
        let evidence = found.said.and_then(|said| said.evidence);
        query = query
            .bind(found.id.as_str())
            .bind(found.revision.as_str())
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

pub(super) fn quote(row: &SqliteRow, text: &str) -> Result<QuoteRow, StoreError> {
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
        by_hand: Vec::new(),
    })
}

pub(super) fn when(
    row: &SqliteRow,
    edtf: &str,
    earliest: &str,
    latest: &str,
) -> Result<Option<When>, StoreError> {
    let edtf: Option<String> = row.try_get(edtf)?;
    let Some(edtf) = edtf else { return Ok(None) };
    let day = |column: &str| -> Result<Date, StoreError> { parsed("day", row.try_get(column)?) };
    Ok(Some(When {
        edtf,
        earliest: day(earliest)?,
        latest: day(latest)?,
    }))
}
