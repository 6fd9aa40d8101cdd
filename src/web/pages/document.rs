//! A document with its quotes and dates marked.

use std::ops::Range;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query as Parameters, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::super::asked;
use super::super::desk::Desk;
use super::super::error::{self, Failure};
use super::days::Day;
use super::hits::genre_name;
use super::marking::{Run, runs};
use super::{counted_from, reported, said_rule, shown, speakers, unframed};
use crate::model::by_hand::ByHand;
use crate::model::date::{SaidOn, is_deadline, is_open_deadline};
use crate::model::document::{Block, BlockKind, FoundBy, StatedMoment};
use crate::model::id::{DocumentId, RevisionId};
use crate::model::outcome::Outcome;
use crate::model::tongue::Tongue;
use crate::pipeline::{self, alerts};
use crate::store::{DateRow, DocumentSummary, QuoteRow, RevisionLine, RevisionRow, Store};
use crate::text::days;

/// Which revision is shown.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DocumentParameters {
    revision: Option<String>,
}

#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage {
    query: &'static str,
    id: String,
    title: String,
    source_name: String,
    url: String,
    genre: &'static str,
    genre_evidence: String,
    /// The page that it is a part of: address and headline.
    part_of: Option<(String, String)>,
    parts: Vec<PartView>,
    /// How the text was found and how sure that is, where methods disagree.
    doubt: Option<String>,
    language: Option<String>,
    /// The language, where its quotes and days are not read.
    unread: Option<String>,
    authors: String,
    published: Option<(Day, String)>,
    modified: Option<(Day, String)>,
    captured: Day,
    absent: Option<AbsentView>,
    /// When it was absent before, the last time first.
    absent_before: Vec<AbsentBeforeView>,
    moved: Option<MovedView>,
    /// What stood in its place at the last visit.
    in_place: Option<InPlaceView>,
    capture: String,
    other_captures: usize,
    notices: Vec<(String, String)>,
    /// The words by which the outlet corrects itself.
    corrections: Vec<String>,
    revisions: Vec<RevisionView>,
    blocks: Vec<BlockView>,
    quotes: Vec<QuoteView>,
    dates: Vec<DateView>,
}

/// A document on the same page.
struct PartView {
    address: String,
    title: String,
    published: Option<Day>,
}

/// When the page was there and when it was not: its going in between was not seen.
struct AbsentView {
    present: Option<String>,
    absent: String,
    checked: String,
}

/// An absence that is over: between which visits the page was not there.
struct AbsentBeforeView {
    absent: String,
    checked: String,
    back: String,
}

/// What stood in the place of the page when it was last asked for.
struct InPlaceView {
    is_in_doubt: bool,
    at: String,
    detail: String,
    due: String,
}

/// Where the page is now, and since when its old address leads there for good.
struct MovedView {
    /// The page of the document that is current in its place, where there is one.
    document: Option<String>,
    url: String,
    since: String,
}

struct RevisionView {
    id: String,
    captured: Day,
    is_shown: bool,
    is_newest: bool,
    /// Whether there is one before it to compare it with.
    is_change: bool,
}

/// A paragraph as pages show it.
pub(super) struct BlockView {
    pub(super) kind: &'static str,
    pub(super) runs: Vec<Run>,
}

struct QuoteView {
    id: String,
    words: String,
    kind: &'static str,
    /// How words are given that are not the speaker's own.
    reported: &'static str,
    speaker: String,
    speaker_address: Option<String>,
    printed: Option<String>,
    said: Day,
    said_rule: String,
    /// What people corrected of it, in words.
    by_hand: Vec<String>,
}

struct DateView {
    text: String,
    /// The value as machines write it …
    value: String,
    /// … and in words; empty where there are none.
    meaning: Day,
    anchor: String,
    is_deadline: bool,
    conflict: Option<String>,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    Path(id): Path<String>,
    parameters: Result<Parameters<DocumentParameters>, QueryRejection>,
) -> Result<Response, Failure> {
    let store = &desk.tracker.store;
    let document = Failure::unless_held(store.document(&DocumentId::new(id)).await?, "such document")?;
    // Who mistypes the wording that is cited must not be shown another one.
    let Parameters(given) =
        parameters.map_err(|rejected| asked::unreadable(&rejected, "the only parameter is revision"))?;
    let shown_id = given.revision.map(RevisionId::new).or(document.revision.clone());
    let revision = match shown_id {
        Some(id) => store.revision(&id).await?,
        None => None,
    };
    let revision = revision.filter(|revision| revision.document == document.id);
    let revision = &Failure::unless_held(revision, "such revision of this document")?;
    let revisions = store.revision_lines_of(&document.id).await?;
    let text = &revision.reading.text;
    let quotes = pipeline::quotes_of(&desk.tracker, revision).await?;
    let dates = store.dates_of(&revision.id, text).await?;
    let captures = store.captures_of(&revision.id).await?;
    let absence = store.absence(&document.id).await?;
    let absent_before = store.past_absences(Some(&document.id)).await?;
    let moved = pipeline::moved_to(&desk.tracker, &document).await?;
    let in_place = pipeline::stood_in_place(&desk.tracker, &document).await?;
    let reading = &revision.reading;
    let part_of = match &document.part_of {
        None => None,
        Some(id) => Some((format!("/documents/{id}"), title_of(store, id).await?)),
    };
    let parts = store.parts_of(&document.id).await?;
    let page = DocumentPage {
        query: "",
        id: document.id.to_string(),
        absent: absence.map(|absence| AbsentView {
            present: absence.present_at.map(shown),
            absent: shown(absence.absent_at),
            checked: shown(absence.checked_at),
        }),
        absent_before: (absent_before.iter())
            .map(|past| AbsentBeforeView {
                absent: shown(past.absence.absent_at),
                checked: shown(past.absence.checked_at),
                back: shown(past.back_at),
            })
            .collect(),
        in_place: in_place.map(|stood| InPlaceView {
            is_in_doubt: stood.outcome == Outcome::InDoubt,
            at: shown(stood.at),
            detail: stood.detail,
            due: shown(stood.due_at),
        }),
        moved: moved.map(|moved| MovedView {
            document: moved.document.map(|now| format!("/documents/{}", now.id)),
            url: moved.url.into(),
            since: shown(moved.since),
        }),
        title: reading
            .title
            .clone()
            .unwrap_or_else(|| "Without a headline".into()),
        source_name: desk.tracker.publisher(&document.source).name,
        url: document.url.clone(),
        genre: genre_name(reading.genre),
        genre_evidence: reading.genre_evidence.clone(),
        part_of,
        // What is left of a page of parts is little, and methods agree about little.
        language: reading.language.clone(),
        unread: reading.language.clone().filter(|tag| !Tongue::knows(tag)),
        doubt: doubt(&reading.found_by).filter(|_| parts.is_empty()),
        parts: parts.into_iter().map(part_view).collect(),
        authors: reading.authors.join(", "),
        published: moment(reading.published.as_ref()),
        modified: moment(reading.modified.as_ref().filter(|modified| {
            reading
                .published
                .as_ref()
                .is_none_or(|published| published.moment != modified.moment)
        })),
        captured: Day::instant(revision.fetched_at),
        capture: revision.capture.to_string(),
        other_captures: captures.len().saturating_sub(1),
        notices: reading
            .notices
            .iter()
            .map(|notice| (notice.kind.code().replace('_', " "), notice.detail.clone()))
            .collect(),
        corrections: alerts::printed(&revision.reading),
        revisions: revision_views(&revisions, revision),
        blocks: block_views(revision, &quotes, &dates),
        quotes: quotes.iter().map(|quote| quote_view(quote, text)).collect(),
        dates: dates.iter().map(|date| date_view(date, text)).collect(),
    };
    Ok(error::page(StatusCode::OK, &page))
}

/// Agreement of the methods under which a reader is told to look at the page.
const DOUBTFUL: f32 = 0.6;

/// What is said of a text that methods disagree about.
fn doubt(found_by: &FoundBy) -> Option<String> {
    let agreement = found_by.agreement.filter(|agreement| *agreement < DOUBTFUL)?;
    Some(format!(
        "methods that look for the main text agree in {:.0} % of it only: something of the page may be missing or \
         too much",
        agreement * 100.0
    ))
}

async fn title_of(store: &Store, id: &DocumentId) -> Result<String, Failure> {
    let document = store.document(id).await?;
    let revision = match document.and_then(|document| document.revision) {
        Some(id) => store.revision(&id).await?,
        None => None,
    };
    Ok(revision
        .and_then(|revision| revision.reading.title)
        .unwrap_or_else(|| "its page".into()))
}

fn part_view(part: DocumentSummary) -> PartView {
    PartView {
        address: format!("/documents/{}", part.id),
        title: part.title.unwrap_or_else(|| "Without a headline".into()),
        published: part.published.map(Day::moment),
    }
}

fn moment(stated: Option<&StatedMoment>) -> Option<(Day, String)> {
    stated.map(|stated| (Day::moment(stated.moment), where_told(&stated.method)))
}

/// Where a page tells its day, for people who know no names of markup.
fn where_told(method: &str) -> String {
    match method {
        "time element" | "printed date" => "as printed".into(),
        "json-ld" => "by the page’s data for search engines".into(),
        "script data" => "by the page’s scripts".into(),
        "url" => "by its address".into(),
        "rule" => "by the rule for this source".into(),
        method if method.starts_with("meta ") => "by the head of the page".into(),
        other => other.into(),
    }
}

fn revision_views(revisions: &[RevisionLine], shown_one: &RevisionRow) -> Vec<RevisionView> {
    let newest = revisions.last().map(|revision| &revision.id);
    let first = revisions.first().map(|revision| &revision.id);
    let view = |revision: &RevisionLine| RevisionView {
        is_change: Some(&revision.id) != first,
        id: revision.id.to_string(),
        captured: Day::instant(revision.fetched_at),
        is_shown: revision.id == shown_one.id,
        is_newest: Some(&revision.id) == newest,
    };
    revisions.iter().map(view).collect()
}

fn block_views(revision: &RevisionRow, quotes: &[QuoteRow], dates: &[DateRow]) -> Vec<BlockView> {
    let reading = &revision.reading;
    let quoted: Vec<Vec<Range<usize>>> = quotes
        .iter()
        .map(|quote| quote.content.iter().map(|span| span.range()).collect())
        .collect();
    let dated: Vec<Range<usize>> = dates.iter().map(|date| date.span.range()).collect();
    let mut opened = vec![false; quotes.len()];
    reading
        .blocks
        .iter()
        .map(|block| block_view(&reading.text, block, &quoted, &dated, &mut opened))
        .collect()
}

/// A paragraph with quotes and dates told apart; `opened` says which quotes have begun.
pub(super) fn block_view(
    text: &str,
    block: &Block,
    quoted: &[Vec<Range<usize>>],
    dated: &[Range<usize>],
    opened: &mut [bool],
) -> BlockView {
    BlockView {
        kind: match block.kind {
            BlockKind::Heading => "h3",
            BlockKind::ListItem => "li",
            BlockKind::BlockQuote => "blockquote",
            BlockKind::Turn => "turn",
            BlockKind::Caption => "caption",
            BlockKind::Paragraph => "p",
        },
        runs: runs(text, block.span.range(), quoted, dated, opened),
    }
}

fn quote_view(quote: &QuoteRow, text: &str) -> QuoteView {
    let printed = quote.mention.map(|mention| mention.slice(text).to_string());
    let name = quote.speaker_name.clone();
    QuoteView {
        id: quote.id.to_string(),
        words: quote.words.clone(),
        kind: quote.kind.code(),
        reported: reported(quote.kind),
        speaker_address: quote.speaker.as_ref().map(speakers::address),
        speaker: name
            .clone()
            .or_else(|| printed.clone())
            .unwrap_or_else(|| "no speaker named".into()),
        printed: printed.filter(|printed| name.as_ref().is_some_and(|name| name != printed)),
        by_hand: quote.by_hand.iter().map(ByHand::told).collect(),
        said: quote.said.as_ref().map_or(Day::none("day unknown"), Day::of),
        said_rule: match quote.said_rule.as_deref() {
            Some(SaidOn::OF_DOCUMENT) => "the document’s day".into(),
            rule => said_rule(rule.unwrap_or_default()),
        },
    }
}

fn date_view(date: &DateRow, text: &str) -> DateView {
    DateView {
        text: date.span.slice(text).to_string(),
        value: date.value.clone(),
        meaning: Day::meant(&date.value, date.when.as_ref()),
        anchor: counted_from(&date.anchor),
        is_deadline: is_deadline(date.when.as_ref(), &date.value, date.is_limit)
            || is_open_deadline(date.when.as_ref(), &date.value, date.is_limit),
        conflict: date.conflict.as_deref().map(days::spelled),
    }
}
