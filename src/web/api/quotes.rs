//! A quote as programs are given it, with where it is printed.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::desk::Desk;
use super::super::error::{Failure, JsonFailure};
use super::super::pages;
use super::documents::{QuoteJson, quote_json};
use super::hits::{self, BeforeJson, DaysJson, TodayJson};
use crate::index::EntryKind;
use crate::model::id::QuoteId;
use crate::pipeline::{self, DayKeys, Printing, SourceKeys, alerts};
use crate::text::differing::Difference;
use crate::text::lines::CodePoints;

/// Another document that prints the words of a quote.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Printing)]
struct PrintingJson {
    /// The quote there; absent where the words stand in running text.
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<String>,
    document: String,
    capture: String,
    /// The name of before for `source_id`, for one release more.
    source: String,
    #[serde(flatten)]
    publisher: SourceKeys,
    source_kind: &'static str,
    /// What sort of document it is: `report`, `press_release`, `statement`, `letter`, `testimony`, `readout`, `fact_sheet`, `notice`,
    /// `transcript`, `order`, `opinion` or `live`.
    genre: &'static str,
    url: String,
    published: Option<String>,
    /// Whom it is given to there.
    speaker: Option<String>,
    speaker_id: Option<String>,
    text: String,
    /// The name of before for `text`, for one release more.
    words: String,
    /// `same`, `near` or `part`.
    agreement: &'static str,
    /// How it differs, the gravest first: `spliced` (put together from words said apart), `question` (a question in one is a statement in
    /// the other), `negation`, `condition` (an "unless" in one only), `number`, `opposite` (a word of opposite sense), `degree` ("may" for
    /// "will", "some" for "all"), `day`, `name`, `changed`, `reordered`, `left_out` (without an ellipsis), `elided` (with one), `added`, `bracketed`, `respelled`, `shortened`, `longer`.
    differences: Vec<&'static str>,
    /// Whether it is given to somebody else there.
    is_other_speaker: bool,
    /// Whether it is said to be of another day there.
    is_other_day: bool,
    #[serde(flatten)]
    days: DayKeys,
    /// When it was said there, and the rule that tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    said: Option<DaysJson>,
    /// Until when the page there had it; absent where it has it still.
    #[serde(skip_serializing_if = "Option::is_none")]
    held_until: Option<String>,
    /// Until when the office among the two printed it as the paper has it: what differs today, the office changed itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_it_was_until: Option<String>,
}

impl From<Printing> for PrintingJson {
    fn from(printing: Printing) -> Self {
        let entry = printing.entry;
        let is_quote = entry.kind == EntryKind::Quote;
        let speaker = entry.speakers.first().filter(|_| is_quote);
        let said = entry.said.filter(|_| is_quote);
        Self {
            days: DayKeys::of(said.as_ref().map(|said| &said.when)),
            said: said.map(|said| hits::days(&said.when, &said.rule)),
            held_until: entry.held.1.map(|until| until.to_string()),
            as_it_was_until: printing.until.map(|until| until.to_string()),
            speaker: speaker
                .map(|speaker| speaker.name.clone())
                .or(entry.printed_speaker.clone().filter(|_| is_quote)),
            speaker_id: speaker.map(|speaker| speaker.id.to_string()),
            quote: is_quote.then_some(entry.id),
            document: entry.document.to_string(),
            capture: entry.capture.to_string(),
            source: entry.source.to_string(),
            publisher: SourceKeys::of(&entry.source, &entry.source_name),
            source_kind: entry.source_kind.code(),
            genre: entry.genre.code(),
            url: entry.url,
            published: entry.published_on.map(|day| day.to_string()),
            text: printing.words.clone(),
            words: printing.words,
            agreement: printing.agreement.code(),
            is_other_speaker: printing.is_other_speaker,
            is_other_day: printing.is_other_day,
            differences: printing.differences.into_iter().map(Difference::code).collect(),
        }
    }
}

/// A quote with where it is printed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PrintedQuote)]
pub(super) struct PrintedQuoteJson {
    #[serde(flatten)]
    quote: QuoteJson,
    /// The paragraph it stands in.
    context: Option<String>,
    /// Whether it is of the wording that was seen last.
    is_current: bool,
    /// Since when this wording was held.
    held_from: String,
    /// Until when it was the last one held; absent while it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    held_until: Option<String>,
    /// Whether the page was held in another wording before this one.
    is_edited: bool,
    /// How the quote stood before an edit altered it.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<BeforeJson>,
    /// What the page says today of a quote of an earlier wording.
    #[serde(skip_serializing_if = "Option::is_none")]
    today: Option<TodayJson>,
    /// Whether the page prints a correction by the outlet itself, in this wording.
    has_correction: bool,
    /// What it prints as corrections, in its words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<String>,
    /// When a visit first found the page absent, where it was not back since.
    #[serde(skip_serializing_if = "Option::is_none")]
    absent_since: Option<String>,
    /// Where else its words are printed: word for word first, then by the day of publication.
    printings: Vec<PrintingJson>,
    document: String,
    /// The name of before for `source_id`, for one release more.
    source: String,
    #[serde(flatten)]
    publisher: SourceKeys,
    url: String,
    title: Option<String>,
    published: Option<String>,
    revision: String,
    capture: String,
    captured_at: String,
}

/// A quote, and the document, revision and capture that it is printed in.
#[utoipa::path(
    get,
    path = "/quotes/{id}",
    tag = "evidence",
    params(("id" = String, Path, description = "The quote's id")),
    responses((status = 200, body = PrintedQuoteJson, description = "The quote in its place"), (status = "default", body = Failure, description = "What was wrong"))
)]
pub(super) async fn quote(
    State(desk): State<Desk>,
    Path(id): Path<String>,
) -> Result<Json<PrintedQuoteJson>, JsonFailure> {
    let found = pipeline::quote(&desk.tracker, &QuoteId::new(id)).await?;
    let found = Failure::unless_held(found, "such quote")?;
    let printings = pages::printings(&desk, &found).await?;
    let (row, text) = (&found.revision, &found.revision.reading.text);
    let before = pipeline::before_edit_among(&found, &pipeline::reworded(&desk.tracker, &found).await?);
    let entry = &found.entry;
    let mut became = pipeline::fates(&desk.tracker, std::iter::once(entry)).await?;
    let absence = desk.tracker.store.absence(&found.document.id).await?;
    Ok(Json(PrintedQuoteJson {
        held_from: entry.held.0.to_string(),
        held_until: entry.held.1.map(|until| until.to_string()),
        is_edited: entry.is_change,
        before: before.as_ref().map(BeforeJson::from),
        today: became.remove(&entry.id).as_ref().map(TodayJson::from),
        has_correction: entry.has_correction,
        corrections: alerts::printed(&row.reading),
        absent_since: absence.map(|absence| absence.absent_at.to_string()),
        quote: quote_json(found.row(), text, &CodePoints::of(text)),
        context: Some(found.entry.around.clone()).filter(|around| !around.is_empty()),
        is_current: found.entry.is_current(),
        printings: printings.into_iter().map(PrintingJson::from).collect(),
        document: row.document.to_string(),
        source: found.document.source.to_string(),
        publisher: SourceKeys::of(&entry.source, &entry.source_name),
        title: row.reading.title.clone(),
        published: row
            .reading
            .published
            .as_ref()
            .map(|stated| stated.moment.to_string()),
        revision: row.id.to_string(),
        capture: row.capture.to_string(),
        captured_at: row.fetched_at.to_string(),
        url: found.document.url,
    }))
}
