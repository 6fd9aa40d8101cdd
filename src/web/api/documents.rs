//! Documents and captures as programs are given them.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::desk::Desk;
use super::super::error::{Failure, JsonFailure};
use super::hits::ByHandJson;
use crate::archive;
use crate::model::capture::Capture;
use crate::model::date::is_deadline;
use crate::model::document::Claim;
use crate::model::id::{CaptureId, DocumentId, RevisionId};
use crate::model::quote::Stance;
use crate::pipeline::{self, DayKeys, SourceKeys};
use crate::store::{Absence, DateRow, DocumentSummary, PastAbsence, QuoteRow, RevisionRow};
use crate::text::lines::CodePoints;

/// A document with the text of its newest revision.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Document)]
pub(super) struct DocumentJson {
    document: String,
    /// The name of before for `source_id`, for one release more.
    source: String,
    #[serde(flatten)]
    publisher: SourceKeys,
    url: String,
    first_seen_at: String,
    /// The document of the page that this one is a part of.
    part_of: Option<String>,
    /// Documents that are parts of this one's page.
    parts: Vec<PartLine>,
    /// Where its page was there and is not any more, as our visits found it.
    absent: Option<AbsentJson>,
    /// When the page was absent and is back, the last time first.
    absent_before: Vec<AbsentBeforeJson>,
    /// Where its address leads to another one for good.
    moved: Option<MovedJson>,
    /// What stood in the place of its page when that was last asked for, where something did; the text held before stays
    /// the current one.
    in_place: Option<InPlaceJson>,
    revision: Option<RevisionJson>,
    /// Every revision held, oldest first.
    revisions: Vec<RevisionLine>,
}

/// Present at one time and absent at a later one: what happened in between nobody here has seen.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Absence)]
pub(super) struct AbsentJson {
    present_at: Option<String>,
    absent_at: String,
    checked_at: String,
}

/// An absence that is over.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PastAbsence)]
struct AbsentBeforeJson {
    present_at: Option<String>,
    absent_at: String,
    checked_at: String,
    /// The visit that found the page again.
    back_at: String,
}

impl From<PastAbsence> for AbsentBeforeJson {
    fn from(past: PastAbsence) -> Self {
        let AbsentJson {
            present_at,
            absent_at,
            checked_at,
        } = past.absence.into();
        Self {
            present_at,
            absent_at,
            checked_at,
            back_at: past.back_at.to_string(),
        }
    }
}

impl From<Absence> for AbsentJson {
    fn from(absence: Absence) -> Self {
        Self {
            present_at: absence.present_at.map(|at| at.to_string()),
            absent_at: absence.absent_at.to_string(),
            checked_at: absence.checked_at.to_string(),
        }
    }
}

/// Where a page is now, and the visit that first found it there.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Moved)]
struct MovedJson {
    /// The document that is current in its place; null where the page there is held under the old address.
    document: Option<String>,
    url: String,
    moved_at: String,
}

/// What stood in the place of a page.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InPlace)]
struct InPlaceJson {
    /// How the visit ended; `in_doubt` where it may be the page with little of its text.
    outcome: &'static str,
    /// The particulars, in words.
    detail: String,
    visited_at: String,
    due_at: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Part)]
struct PartLine {
    document: String,
    url: String,
    title: Option<String>,
    published: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RevisionLine)]
struct RevisionLine {
    revision: String,
    capture: String,
    captured_at: String,
    recorded_at: String,
    title: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Revision)]
pub(super) struct RevisionJson {
    revision: String,
    capture: String,
    title: Option<String>,
    authors: Vec<String>,
    publisher: Option<String>,
    section: Option<String>,
    language: Option<String>,
    /// What sort of document it is: `report`, `press_release`, `statement`, `letter`, `testimony`, `readout`, `fact_sheet`, `notice`,
    /// `transcript`, `order`, `opinion` or `live`.
    genre: &'static str,
    /// What shows the genre, in words.
    genre_evidence: String,
    /// How the text was found, and how far other methods find the same, from 0 to 1.
    text_method: String,
    text_agreement: Option<f32>,
    published: Option<String>,
    published_method: Option<String>,
    modified: Option<String>,
    text: String,
    quotes: Vec<QuoteJson>,
    dates: Vec<DateJson>,
    notices: Vec<NoticeJson>,
    /// What the places of the page say of these facts, the one believed first.
    claims: Vec<ClaimJson>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Quote)]
pub(super) struct QuoteJson {
    quote: String,
    /// `direct`, `mixed` or `indirect`.
    quote_kind: &'static str,
    /// The name of before for `quote_kind`, for one release more.
    kind: &'static str,
    text: String,
    /// The name of before for `text`, for one release more.
    words: String,
    /// Stretches of `text` in code points, end excluded.
    content: Vec<[usize; 2]>,
    speaker: Option<String>,
    speaker_id: Option<String>,
    speaker_printed: Option<String>,
    cue: Option<String>,
    stance: Option<&'static str>,
    #[serde(flatten)]
    days: DayKeys,
    /// The name of before for `edtf`, for one release more.
    said: Option<String>,
    said_rule: Option<String>,
    confidence: f32,
    /// What people corrected of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrected_by_hand: Vec<ByHandJson>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DateMention)]
struct DateJson {
    start: usize,
    end: usize,
    text: String,
    #[serde(rename = "type")]
    kind: &'static str,
    value: String,
    #[serde(flatten)]
    days: DayKeys,
    /// Whether something is due by it.
    is_deadline: bool,
    rule: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Notice)]
struct NoticeJson {
    kind: &'static str,
    detail: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Claim)]
struct ClaimJson {
    fact: &'static str,
    value: String,
    method: String,
    standing: &'static str,
}

/// Where a capture lies in the archive and what it holds.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Capture)]
pub(super) struct CaptureJson {
    capture: String,
    source: String,
    url: String,
    fetched_at: String,
    /// When a public web archive captured it, where it comes from one.
    memento_at: Option<String>,
    /// The address that the page is known by, where another one was asked for.
    known_as: Option<String>,
    status: u16,
    content_type: Option<String>,
    payload_sha256: String,
    payload_bytes: u64,
    segment: String,
    offset: u64,
    length: u64,
    revisit_of: Option<String>,
    /// The revision that it shows of its page.
    revision: Option<String>,
    /// All that it shows: the page's, and those of documents that are parts of the page.
    revisions: Vec<String>,
}

/// A document with the text, quotes, dates and claims of its newest revision, and every revision held.
#[utoipa::path(
    get,
    path = "/documents/{id}",
    tag = "evidence",
    params(("id" = String, Path, description = "The document's id")),
    responses((status = 200, body = DocumentJson, description = "The document with its revisions"), (status = "default", body = Failure, description = "What was wrong"))
)]
pub(super) async fn document(
    State(desk): State<Desk>,
    Path(id): Path<String>,
) -> Result<Json<DocumentJson>, JsonFailure> {
    let store = &desk.tracker.store;
    let document = Failure::unless_held(store.document(&DocumentId::new(id)).await?, "such document")?;
    let newest = match &document.revision {
        Some(id) => store.revision(id).await?,
        None => None,
    };
    let revision = match &newest {
        None => None,
        Some(row) => Some(read(&desk, row).await?),
    };
    let revisions = store.revision_lines_of(&document.id).await?;
    let parts = store.parts_of(&document.id).await?;
    let absence = store.absence(&document.id).await?;
    let absent_before = store.past_absences(Some(&document.id)).await?;
    let moved = pipeline::moved_to(&desk.tracker, &document).await?;
    let in_place = pipeline::stood_in_place(&desk.tracker, &document).await?;
    Ok(Json(DocumentJson {
        absent: absence.map(AbsentJson::from),
        absent_before: absent_before.into_iter().map(AbsentBeforeJson::from).collect(),
        moved: moved.map(|moved| MovedJson {
            document: moved.document.map(|now| now.id.to_string()),
            url: moved.url.into(),
            moved_at: moved.since.to_string(),
        }),
        in_place: in_place.map(|stood| InPlaceJson {
            outcome: stood.outcome.code(),
            detail: stood.detail,
            visited_at: stood.at.to_string(),
            due_at: stood.due_at.to_string(),
        }),
        document: document.id.to_string(),
        publisher: SourceKeys::of(&document.source, &desk.tracker.publisher(&document.source).name),
        source: document.source.to_string(),
        part_of: document.part_of.as_ref().map(ToString::to_string),
        parts: parts.into_iter().map(part_line).collect(),
        url: document.url,
        first_seen_at: document.first_seen_at.to_string(),
        revision,
        revisions: revisions.iter().map(revision_line).collect(),
    }))
}

/// A document in the wording of one of its revisions.
#[utoipa::path(
    get,
    path = "/revisions/{id}",
    tag = "evidence",
    params(("id" = String, Path, description = "The revision's id")),
    responses((status = 200, body = RevisionJson, description = "The revision with its text"), (status = "default", body = Failure, description = "What was wrong"))
)]
pub(super) async fn revision(
    State(desk): State<Desk>,
    Path(id): Path<String>,
) -> Result<Json<RevisionJson>, JsonFailure> {
    let row = desk.tracker.store.revision(&RevisionId::new(id)).await?;
    let row = Failure::unless_held(row, "such revision")?;
    Ok(Json(read(&desk, &row).await?))
}

/// A revision with its quotes and dates.
async fn read(desk: &Desk, row: &RevisionRow) -> Result<RevisionJson, Failure> {
    let (store, text) = (&desk.tracker.store, &row.reading.text);
    let (quotes, dates) = (
        pipeline::quotes_of(&desk.tracker, row).await?,
        store.dates_of(&row.id, text).await?,
    );
    Ok(revision_json(row, &quotes, &dates))
}

/// Where a capture lies in the archive, and what it shows.
#[utoipa::path(
    get,
    path = "/captures/{id}",
    tag = "evidence",
    params(("id" = String, Path, description = "The capture's id, which is that of its WARC record")),
    responses((status = 200, body = CaptureJson, description = "The capture"), (status = "default", body = Failure, description = "What was wrong"))
)]
pub(super) async fn capture(
    State(desk): State<Desk>,
    Path(id): Path<String>,
) -> Result<Json<CaptureJson>, JsonFailure> {
    let (store, capture) = (&desk.tracker.store, held_capture(&desk, id).await?);
    let revisions = store.revisions_of_capture(&capture.id).await?;
    let revisions = revisions.iter().map(ToString::to_string).collect();
    Ok(Json(capture_json(capture, revisions)))
}

/// The WARC record of a capture as it lies in the archive, a gzip member of its own.
#[utoipa::path(
    get,
    path = "/captures/{id}/record",
    tag = "evidence",
    params(("id" = String, Path, description = "The capture's id")),
    responses((status = 200, content_type = "application/warc", description = "The record of the capture"), (status = "default", body = Failure, description = "What was wrong"))
)]
pub(super) async fn record(
    State(desk): State<Desk>,
    Path(id): Path<String>,
) -> Result<Response, JsonFailure> {
    let capture = held_capture(&desk, id).await?;
    let (folder, location) = (desk.tracker.workspace.archive(), capture.location.clone());
    let bytes = tokio::task::spawn_blocking(move || archive::member(&folder, &location)).await;
    let bytes = match bytes {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(error)) => return Err(Failure::inside(&error.to_string()).into()),
        Err(_) => return Err(Failure::inside("reading the archive stopped unexpectedly").into()),
    };
    let name = format!("attachment; filename=\"{}.warc.gz\"", capture.id);
    let fields = [
        (CONTENT_TYPE, "application/warc".to_string()),
        (CONTENT_DISPOSITION, name),
    ];
    Ok((fields, bytes).into_response())
}

async fn held_capture(desk: &Desk, id: String) -> Result<Capture, Failure> {
    let capture = desk.tracker.store.capture(&CaptureId::new(id)).await?;
    Failure::unless_held(capture, "such capture")
}

fn capture_json(capture: Capture, revisions: Vec<String>) -> CaptureJson {
    CaptureJson {
        capture: capture.id.to_string(),
        source: capture.source.to_string(),
        url: capture.url,
        fetched_at: capture.fetched_at.to_string(),
        memento_at: capture.memento_at.map(|at| at.to_string()),
        known_as: capture.known_as,
        status: capture.status,
        content_type: capture.content_type,
        payload_sha256: capture.payload_sha256,
        payload_bytes: capture.payload_bytes,
        segment: capture.location.segment,
        offset: capture.location.offset,
        length: capture.location.length,
        revisit_of: capture.revisit_of.map(|id| id.to_string()),
        revision: revisions.first().cloned(),
        revisions,
    }
}

fn part_line(part: DocumentSummary) -> PartLine {
    PartLine {
        document: part.id.to_string(),
        url: part.url,
        title: part.title,
        published: part.published.map(|moment| moment.to_string()),
    }
}

fn revision_line(row: &crate::store::RevisionLine) -> RevisionLine {
    RevisionLine {
        revision: row.id.to_string(),
        capture: row.capture.to_string(),
        captured_at: row.fetched_at.to_string(),
        recorded_at: row.recorded_at.to_string(),
        title: row.title.clone(),
    }
}

fn revision_json(row: &RevisionRow, quotes: &[QuoteRow], dates: &[DateRow]) -> RevisionJson {
    let reading = &row.reading;
    let points = CodePoints::of(&reading.text);
    RevisionJson {
        revision: row.id.to_string(),
        capture: row.capture.to_string(),
        title: reading.title.clone(),
        authors: reading.authors.clone(),
        publisher: reading.publisher.clone(),
        section: reading.section.clone(),
        language: reading.language.clone(),
        genre: reading.genre.code(),
        genre_evidence: reading.genre_evidence.clone(),
        text_method: reading.found_by.method.clone(),
        text_agreement: reading.found_by.agreement,
        published: reading.published.as_ref().map(|stated| stated.moment.to_string()),
        published_method: reading.published.as_ref().map(|stated| stated.method.clone()),
        modified: reading.modified.as_ref().map(|stated| stated.moment.to_string()),
        quotes: quotes
            .iter()
            .map(|quote| quote_json(quote, &reading.text, &points))
            .collect(),
        dates: dates
            .iter()
            .map(|date| date_json(date, &reading.text, &points))
            .collect(),
        notices: reading
            .notices
            .iter()
            .map(|notice| NoticeJson {
                kind: notice.kind.code(),
                detail: notice.detail.clone(),
            })
            .collect(),
        text: reading.text.clone(),
        claims: reading.claims.iter().map(claim_json).collect(),
    }
}

fn claim_json(claim: &Claim) -> ClaimJson {
    ClaimJson {
        fact: claim.fact.code(),
        value: claim.value.clone(),
        method: claim.method.clone(),
        standing: claim.standing.code(),
    }
}

pub(super) fn quote_json(quote: &QuoteRow, text: &str, points: &CodePoints) -> QuoteJson {
    QuoteJson {
        quote: quote.id.to_string(),
        quote_kind: quote.kind.code(),
        kind: quote.kind.code(),
        text: quote.words.clone(),
        words: quote.words.clone(),
        content: quote
            .content
            .iter()
            .map(|span| [points.at(span.start()), points.at(span.end())])
            .collect(),
        speaker: quote.speaker_name.clone(),
        speaker_id: quote.speaker.as_ref().map(ToString::to_string),
        speaker_printed: quote.mention.map(|mention| mention.slice(text).to_string()),
        cue: quote.cue.map(|cue| cue.slice(text).to_string()),
        stance: quote.stance.map(Stance::code),
        days: DayKeys::of(quote.said.as_ref()),
        said: quote.said.as_ref().map(|when| when.edtf.clone()),
        said_rule: quote.said_rule.clone(),
        confidence: quote.confidence,
        corrected_by_hand: quote.by_hand.iter().map(ByHandJson::from).collect(),
    }
}

fn date_json(date: &DateRow, text: &str, points: &CodePoints) -> DateJson {
    DateJson {
        start: points.at(date.span.start()),
        end: points.at(date.span.end()),
        text: date.span.slice(text).to_string(),
        kind: date.kind.code(),
        value: date.value.clone(),
        days: DayKeys::of(date.when.as_ref()),
        is_deadline: is_deadline(date.when.as_ref(), &date.value, date.is_limit),
        rule: date.rule.clone(),
    }
}
