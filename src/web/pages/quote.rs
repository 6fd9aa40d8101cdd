//! A quote: its words in their place, who said them and when, what proves it, where else they are printed, how they
//! were changed, and how to cite them.

use std::collections::HashSet;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query as Parameters, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::super::desk::Desk;
use super::super::error::{self, Failure};
use super::changes::{PieceView, piece_views};
use super::corrections::{ByHandView, Filled};
use super::days::Day;
use super::document::{BlockView, block_view};
use super::hits::{HeldView, genre_name, held};
use super::printings::{OfficeView, VariantView, altered, altered_first, as_it_was, office_view, variants};
use super::{counted_from, quote_kind_name, said_rule, shown, speakers, unframed};
use crate::index::Entry;
use crate::model::date::SaidOn;
use crate::model::event::{Became, Line, QuoteEdit};
use crate::model::id::QuoteId;
use crate::model::quote::QuoteKind;
use crate::model::span::Span;
use crate::pipeline::{self, BeforeEdit, EditedQuotes, Printing, QuoteInPlace, Reworded};
use crate::store::{Absence, DateRow, QuoteRow, RevisionRow};
use crate::text::days;
use crate::text::wording::{Wording, differences};
use crate::timeline::export::{self, Format};

/// The formats that reference managers take.
const CITED: [Format; 3] = [Format::Bibtex, Format::Ris, Format::CslJson];

#[derive(Template)]
#[template(path = "quote.html")]
struct QuotePage {
    query: &'static str,
    id: String,
    words: String,
    kind: &'static str,
    kind_name: &'static str,
    kind_meaning: &'static str,
    speaker: Option<SpeakerLink>,
    /// The words that name the speaker beside the quote, and the same where they are not the full name.
    printed: Option<String>,
    also_printed: Option<String>,
    cue: Option<String>,
    said: Option<SaidView>,
    confidence: String,
    attribution: Option<String>,
    blocks: Vec<BlockView>,
    document: String,
    revision: String,
    title: String,
    source_name: String,
    source_kind: &'static str,
    genre: &'static str,
    url: String,
    published: Day,
    /// What became of an earlier wording; `None` for the one seen last.
    held: Option<HeldView>,
    capture: String,
    /// Since when the document's page is absent, if it is.
    absent: Option<String>,
    captured: Day,
    sha256: String,
    segment: String,
    /// How it stands beside the office's own text, where a paper prints that.
    office: Option<OfficeView>,
    /// How it stood before an edit of its page altered it.
    before: Option<BeforeView>,
    /// How many other printings there are, and in which wordings.
    printings: usize,
    variants: Vec<VariantView>,
    /// Which of them alter what was said, by whom or when.
    altered: Vec<String>,
    /// Which of them differ only because the office changed its page since.
    as_it_was: Vec<String>,
    /// To whom other revisions give the words, where that is somebody else.
    elsewhere: Vec<String>,
    reworded: Vec<RewordedView>,
    citation: String,
    formats: Vec<(&'static str, String)>,
    /// What people corrected of it.
    by_hand: Vec<ByHandView>,
    /// The form of corrections as it was filled in, and what is wrong with it.
    filled: Filled,
    error: Option<String>,
}

struct SpeakerLink {
    name: String,
    address: String,
}

/// When it was said, and how that is known.
struct SaidView {
    day: Day,
    /// What is said before a day that nothing names: it is no later, but where the page was edited since.
    hedge: &'static str,
    rule: String,
    evidence: Option<String>,
    anchor: String,
}

/// How a quote stood before an edit.
struct BeforeView {
    since: String,
    seen: String,
    speaker: String,
    is_other_speaker: bool,
    pieces: Vec<PieceView>,
}

/// How another revision words it.
struct RewordedView {
    captured: Day,
    is_later: bool,
    address: String,
    /// What differs; `None` where the words are not there.
    pieces: Option<Vec<PieceView>>,
    is_same: bool,
    /// Who said it there, and whether that is somebody else.
    speaker: String,
    is_other_speaker: bool,
    /// When it was said there, where that is another day.
    other_day: Option<Day>,
    changes: String,
}

pub(super) async fn page(State(desk): State<Desk>, Path(id): Path<String>) -> Result<Response, Failure> {
    rendered(&desk, id, Filled::default(), None).await
}

/// The page, with the form of corrections as it was filled in and what is wrong with it.
pub(super) async fn rendered(
    desk: &Desk,
    id: String,
    filled: Filled,
    error: Option<Failure>,
) -> Result<Response, Failure> {
    let quote = found(desk, id).await?;
    let capture = desk
        .tracker
        .store
        .capture(&quote.revision.capture)
        .await?
        .ok_or_else(|| Failure::inside("a revision names a capture that is not there"))?;
    let others = pipeline::reworded(&desk.tracker, &quote).await?;
    let printings = altered_first(printings(desk, &quote).await?);
    let (row, entry) = (quote.row(), &quote.entry);
    let absence = desk.tracker.store.absence(&quote.document.id).await?;
    let became = became(desk, entry).await?;
    let line = line(entry, absence.as_ref(), became.as_ref(), edit(desk, entry).await?);
    let office = pipeline::beside_office(entry, &printings)
        .as_ref()
        .map(office_view);
    let page = QuotePage {
        query: "",
        id: row.id.to_string(),
        words: row.words.clone(),
        kind: row.kind.code(),
        kind_name: quote_kind_name(row.kind),
        kind_meaning: kind_meaning(row.kind),
        speaker: line.speaker.as_ref().map(|(id, name)| SpeakerLink {
            name: name.clone(),
            address: speakers::address(id),
        }),
        printed: entry.printed_speaker.clone(),
        also_printed: entry
            .printed_speaker
            .clone()
            .filter(|printed| Some(printed.as_str()) != line.speaker_name()),
        cue: entry.cue.clone(),
        said: said(&quote),
        confidence: percent(row.confidence),
        attribution: row.rule.as_ref().map(|(rule, sure)| {
            format!(
                "by the rule “{}”, {} sure",
                rule.replace(['_', '-'], " "),
                percent(*sure)
            )
        }),
        blocks: context(&quote),
        document: quote.document.id.to_string(),
        revision: quote.revision.id.to_string(),
        title: entry.title.clone().unwrap_or_else(|| entry.url.clone()),
        source_name: entry.source_name.clone(),
        source_kind: entry.source_kind.code(),
        genre: genre_name(entry.genre),
        url: entry.url.clone(),
        published: Day::published(entry.published_on),
        held: held(entry, became.as_ref()),
        absent: absence.map(|absence| shown(absence.absent_at)),
        captured: Day::instant(capture.observed_at()),
        capture: capture.id.to_string(),
        sha256: capture.payload_sha256,
        segment: format!("{}, byte {}", capture.location.segment, capture.location.offset),
        office,
        before: pipeline::before_edit_among(&quote, &others).map(|before| before_view(&before, row)),
        printings: printings.len(),
        variants: variants(&printings),
        altered: altered(&printings),
        as_it_was: as_it_was(&printings),
        elsewhere: elsewhere(&others, row),
        reworded: others.iter().map(|other| reworded_view(other, &quote)).collect(),
        citation: export::citation(&line),
        formats: CITED
            .iter()
            .map(|format| {
                let address = format!("/quotes/{}/citation?format={}", row.id, format.code());
                (format.name(), address)
            })
            .collect(),
        by_hand: entry.by_hand.iter().map(ByHandView::of).collect(),
        filled,
        error: error.as_ref().map(|failure| failure.message.clone()),
    };
    let status = error.map_or(StatusCode::OK, |failure| failure.status);
    Ok(error::page(status, &page))
}

/// Which format a citation is asked for in.
#[derive(Debug, Deserialize)]
pub(super) struct CitationParameters {
    format: String,
}

/// The citation as a file for a reference manager.
pub(super) async fn citation(
    State(desk): State<Desk>,
    Path(id): Path<String>,
    parameters: Result<Parameters<CitationParameters>, QueryRejection>,
) -> Result<Response, Failure> {
    let format = parameters
        .ok()
        .and_then(|Parameters(given)| Format::from_code(&given.format))
        .filter(|format| CITED.contains(format))
        .ok_or_else(|| {
            Failure::bad_request(
                "there is no such format of citations".into(),
                "formats are bibtex, ris and csljson",
            )
        })?;
    let quote = found(&desk, id).await?;
    let absence = desk.tracker.store.absence(&quote.document.id).await?;
    let became = became(&desk, &quote.entry).await?;
    let edit = edit(&desk, &quote.entry).await?;
    let line = line(&quote.entry, absence.as_ref(), became.as_ref(), edit);
    let mut bytes = Vec::new();
    let mut file =
        export::begin(format, "", &mut bytes).map_err(|error| Failure::inside(&error.to_string()))?;
    file.add(&line)
        .and_then(|()| file.end())
        .map_err(|error| Failure::inside(&error.to_string()))?;
    let name = format!("attachment; filename=\"{}.{}\"", line.uid, format.ending());
    let fields = [
        (CONTENT_TYPE, format.media_type().to_string()),
        (CONTENT_DISPOSITION, name),
    ];
    Ok((fields, bytes).into_response())
}

/// What became of a quote of an earlier wording.
async fn became(desk: &Desk, entry: &Entry) -> Result<Option<Became>, Failure> {
    let mut fates = pipeline::fates(&desk.tracker, std::iter::once(entry)).await?;
    Ok(fates.remove(&entry.id))
}

/// How an edit left a quote.
async fn edit(desk: &Desk, entry: &Entry) -> Result<Option<QuoteEdit>, Failure> {
    let mut edits = pipeline::quote_edits(&desk.tracker, &EditedQuotes::of(entry), usize::MAX).await?;
    Ok(edits.told.remove(&entry.id))
}

/// A quote as a line that is cited, with what became of it and how an edit left it.
fn line(entry: &Entry, absence: Option<&Absence>, became: Option<&Became>, edit: Option<QuoteEdit>) -> Line {
    Line {
        edit,
        became: became.cloned(),
        ..pipeline::line_of(entry, absence)
    }
}

async fn found(desk: &Desk, id: String) -> Result<QuoteInPlace, Failure> {
    let quote = pipeline::quote(&desk.tracker, &QuoteId::new(id)).await?;
    Failure::unless_held(quote, "such quote")
}

pub(in crate::web) async fn printings(desk: &Desk, quote: &QuoteInPlace) -> Result<Vec<Printing>, Failure> {
    let own = quote.entry.clone();
    let mut found = desk
        .ask(move |searcher| pipeline::printings(searcher, &own))
        .await?;
    let mut moved = HashSet::new();
    for printing in found.iter().filter(|printing| printing.held_until().is_some()) {
        // The newest wording of a page that is at another address is no longer current, and nothing was taken out of it.
        let entry = &printing.entry;
        let newest = desk.tracker.store.document(&entry.document).await?;
        if newest.and_then(|document| document.revision).as_ref() == Some(&entry.revision) {
            moved.insert(entry.id.clone());
        }
    }
    found.retain(|printing| !moved.contains(&printing.entry.id));
    Ok(found)
}

fn kind_meaning(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "all of it stands in quotation marks",
        QuoteKind::Mixed => "reported, with words in quotation marks inside",
        QuoteKind::Indirect => "reported, without quotation marks",
    }
}

fn said(quote: &QuoteInPlace) -> Option<SaidView> {
    let (row, said) = (quote.row(), quote.entry.said.as_ref()?);
    let text = &quote.revision.reading.text;
    let date: Option<&DateRow> = row
        .said_evidence
        .and_then(|evidence| quote.dates.iter().find(|date| date.span == evidence));
    Some(SaidView {
        day: Day::of(&said.when),
        hedge: match (said.rule == SaidOn::OF_DOCUMENT, quote.entry.is_change) {
            (true, false) => "no later than ",
            (true, true) => "about ",
            (false, _) => "",
        },
        rule: said_rule(&said.rule),
        evidence: row.said_evidence.map(|evidence| evidence.slice(text).to_string()),
        anchor: date.map(|date| counted_from(&date.anchor)).unwrap_or_default(),
    })
}

/// The paragraphs that the quote stands in, with the one before and the one behind.
fn context(quote: &QuoteInPlace) -> Vec<BlockView> {
    let reading = &quote.revision.reading;
    let Some(hull) = quote.row().content.iter().copied().reduce(Span::hull) else {
        return Vec::new();
    };
    let is_own = |span: Span| span.overlaps(hull);
    let first = reading
        .blocks
        .iter()
        .position(|block| is_own(block.span))
        .unwrap_or(0);
    let last = reading
        .blocks
        .iter()
        .rposition(|block| is_own(block.span))
        .unwrap_or(0);
    let shown = first.saturating_sub(1)..(last + 2).min(reading.blocks.len());
    let words = [quote.row().content.iter().map(Span::range).collect()];
    let evidence: Vec<_> = quote.row().said_evidence.iter().map(Span::range).collect();
    let mut opened = [false];
    reading.blocks[shown]
        .iter()
        .map(|block| block_view(&reading.text, block, &words, &evidence, &mut opened))
        .collect()
}

/// Whom a revision gives a quote to: the full name, else as printed.
pub(super) fn speaker_in(quote: &QuoteRow, revision: &RevisionRow) -> String {
    let printed = || Some(quote.mention?.slice(&revision.reading.text).to_string());
    quote
        .speaker_name
        .clone()
        .or_else(printed)
        .unwrap_or_else(|| "nobody named".into())
}

/// Whether another revision gives the words to somebody else. A pronoun here and a name there may be one person, so only
/// who is known counts.
pub(super) fn is_other_speaker(there: &QuoteRow, here: &QuoteRow) -> bool {
    // What somebody corrected is nothing that a page changed.
    match (there.speaker_read(), here.speaker_read()) {
        (None, None) => false,
        (there, here) => there != here,
    }
}

/// What is told above all else: that the document gives the words to somebody else in another revision.
fn elsewhere(others: &[Reworded], quote: &QuoteRow) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for other in others {
        let Some(there) = other
            .quote
            .as_ref()
            .filter(|there| is_other_speaker(there, quote))
        else {
            continue;
        };
        let line = format!(
            "The document as it was seen {} gives these words to {}.",
            shown(other.revision.fetched_at),
            speaker_in(there, &other.revision)
        );
        told.push(line);
    }
    told
}

fn before_view(before: &BeforeEdit, now: &QuoteRow) -> BeforeView {
    let (since, seen) = days::instants(before.held.0, before.held.1);
    BeforeView {
        since,
        seen,
        speaker: before.speaker.clone().unwrap_or_else(|| "nobody named".into()),
        is_other_speaker: before.is_other_speaker,
        pieces: piece_views(&differences(&before.words, &now.words)),
    }
}

fn reworded_view(other: &Reworded, quote: &QuoteInPlace) -> RewordedView {
    let own = &quote.revision;
    let is_later = (other.revision.fetched_at, &other.revision.id) > (own.fetched_at, &own.id);
    let document = &quote.document.id;
    let words = &quote.row().words;
    let there = other.quote.as_ref();
    let (from, to) = match is_later {
        true => (&own.id, &other.revision.id),
        false => (&other.revision.id, &own.id),
    };
    RewordedView {
        captured: Day::instant(other.revision.fetched_at),
        is_later,
        address: match there {
            Some(quote) => format!("/quotes/{}", quote.id),
            None => format!("/documents/{document}?revision={}", other.revision.id),
        },
        is_same: there.is_some_and(|there| Wording::of(&there.words).words() == Wording::of(words).words()),
        speaker: there.map_or_else(String::new, |there| speaker_in(there, &other.revision)),
        is_other_speaker: there.is_some_and(|there| is_other_speaker(there, quote.row())),
        other_day: there
            .filter(|there| there.said != quote.row().said)
            .map(|there| there.said.as_ref().map_or(Day::none("day unknown"), Day::of)),
        // What was before stands on the left, whichever of the two that is.
        pieces: there.map(|there| {
            piece_views(&match is_later {
                true => differences(words, &there.words),
                false => differences(&there.words, words),
            })
        }),
        changes: format!("/documents/{document}/changes?from={from}&to={to}"),
    }
}

/// How sure something is; nothing that is judged is certain.
fn percent(share: f32) -> String {
    match share {
        0.995.. => "more than 99 %".into(),
        share => format!("{:.0} %", share * 100.0),
    }
}
