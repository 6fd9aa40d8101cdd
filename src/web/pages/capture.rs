//! A capture: what was archived, where it lies, and its bytes.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::super::desk::Desk;
use super::super::error::{self, Failure};
use super::days::Day;
use crate::archive;
use crate::extract::shown::{Part, Shown};
use crate::model::capture::Capture;
use crate::model::document::{Claim, Reading, Standing};
use crate::model::id::CaptureId;
use crate::pipeline;

#[derive(Template)]
#[template(path = "capture.html")]
struct CapturePage {
    query: &'static str,
    capture: Capture,
    fetched: Day,
    archived: Option<Day>,
    media_type: String,
    source_name: String,
    /// Address and headline of each document it shows.
    documents: Vec<(String, String)>,
    problems: Vec<String>,
    head: String,
    /// The page line by line, in stretches that were read and that were left out.
    stretches: Vec<Stretch>,
    is_cut: bool,
    /// Why the page cannot be told.
    untold: Option<String>,
    /// What places of the page say of its facts, and what became of it.
    claims: Vec<ClaimView>,
    /// How its text was found.
    found_by: Option<String>,
}

/// Lines of a page one after the other that were read, or that were left out.
struct Stretch {
    is_left_out: bool,
    lines: Vec<LineView>,
}

struct LineView {
    /// What it was read as, in a word; empty for the text.
    label: &'static str,
    text: String,
}

struct ClaimView {
    fact: &'static str,
    value: String,
    method: String,
    standing: &'static str,
}

pub(super) async fn page(State(desk): State<Desk>, Path(id): Path<String>) -> Result<Response, Failure> {
    let capture = found(&desk, id).await?;
    let as_read = pipeline::as_read(&desk.tracker, &capture).await?;
    let documents = as_read.revisions.iter().map(|row| {
        let title = row.reading.title.clone().unwrap_or_else(|| "the document".into());
        (format!("/documents/{}?revision={}", row.document, row.id), title)
    });
    let documents = documents.collect();
    let own = as_read.revisions.first().map(|row| &row.reading);
    let told = told(&desk, &capture, |record| {
        let problems = record.problems().iter().map(ToString::to_string).collect();
        (
            String::from_utf8_lossy(&record.head).trim_end().to_string(),
            problems,
        )
    });
    let (head, problems) = told
        .await
        .unwrap_or_else(|problem| (String::new(), vec![problem]));
    let page = CapturePage {
        query: "",
        fetched: Day::instant(capture.fetched_at),
        archived: capture.memento_at.map(Day::instant),
        media_type: capture
            .content_type
            .clone()
            .unwrap_or_else(|| "not stated".into()),
        source_name: desk.tracker.publisher(&capture.source).name,
        documents,
        problems,
        head,
        claims: own.map_or_else(Vec::new, |own| own.claims.iter().map(claim_view).collect()),
        found_by: own.and_then(found_by),
        stretches: stretches(as_read.lines),
        is_cut: as_read.is_cut,
        untold: as_read.problem,
        capture,
    };
    Ok(error::page(StatusCode::OK, &page))
}

/// Lines in stretches that were read and that were left out.
fn stretches(lines: Vec<Shown>) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for line in lines {
        let is_left_out = line.is == Part::LeftOut;
        let view = LineView {
            label: label(line.is),
            text: line.text,
        };
        match stretches.last_mut() {
            Some(last) if last.is_left_out == is_left_out => last.lines.push(view),
            _ => stretches.push(Stretch {
                is_left_out,
                lines: vec![view],
            }),
        }
    }
    stretches
}

fn label(part: Part) -> &'static str {
    match part {
        Part::Headline => "headline",
        Part::Byline => "byline",
        Part::Day => "day",
        Part::TextInPart => "in part",
        Part::Text | Part::LeftOut => "",
    }
}

fn claim_view(claim: &Claim) -> ClaimView {
    ClaimView {
        fact: claim.fact.code(),
        value: claim.value.clone(),
        method: claim.method.clone(),
        standing: match claim.standing {
            Standing::Chosen => "taken",
            Standing::Agrees => "says the same",
            Standing::Differs => "says otherwise",
            Standing::Refused => "cannot be",
        },
    }
}

/// How the text was told from what surrounds it, in words.
fn found_by(reading: &Reading) -> Option<String> {
    let found_by = &reading.found_by;
    let how = match found_by.method.as_str() {
        "" => return None,
        "rule" => "by the rule of this source",
        "judged" => "by what its pieces look like and stand among",
        "linked data" => "in the page’s data for search engines",
        "densest" => "as the densest part of the page",
        "whole" => "nothing surrounds it",
        other => other,
    };
    Some(match found_by.agreement {
        Some(share) => format!("{how}; other methods find {:.0} % of the same", share * 100.0),
        None => how.to_owned(),
    })
}

/// The payload as it was archived: a download, never a page of this desk.
pub(super) async fn payload(State(desk): State<Desk>, Path(id): Path<String>) -> Result<Response, Failure> {
    let mut capture = found(&desk, id).await?;
    if let Some(original) = &capture.revisit_of {
        capture = found(&desk, original.to_string()).await?;
    }
    let payload = told(&desk, &capture, |record| record.payload)
        .await
        .map_err(|problem| Failure::inside(&problem))?;
    let name = format!("attachment; filename=\"{}.bin\"", capture.id);
    let fields = [
        (CONTENT_TYPE, "application/octet-stream".to_string()),
        (CONTENT_DISPOSITION, name),
    ];
    Ok((fields, payload).into_response())
}

async fn found(desk: &Desk, id: String) -> Result<Capture, Failure> {
    let capture = desk.tracker.store.capture(&CaptureId::new(id)).await?;
    Failure::unless_held(capture, "such capture")
}

/// What a capture's record tells; the error is why it cannot be read, in words. Whatever is done with foreign bytes may stop
/// unexpectedly, and takes a while: it is done beside what waits.
async fn told<T: Send + 'static>(
    desk: &Desk,
    capture: &Capture,
    told: impl FnOnce(archive::Record) -> T + Send + 'static,
) -> Result<T, String> {
    let (folder, location) = (desk.tracker.workspace.archive(), capture.location.clone());
    let read = tokio::task::spawn_blocking(move || archive::read(&folder, &location).map(told));
    match read.await {
        Ok(read) => read.map_err(|error| error.to_string()),
        Err(_) => Err("reading the archive stopped unexpectedly".into()),
    }
}
