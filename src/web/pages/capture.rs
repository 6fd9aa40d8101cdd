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
use crate::model::capture::Capture;
use crate::model::id::CaptureId;

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
}

pub(super) async fn page(State(desk): State<Desk>, Path(id): Path<String>) -> Result<Response, Failure> {
    let capture = found(&desk, id).await?;
    let store = &desk.tracker.store;
    let mut documents = Vec::new();
    for id in store.revisions_of_capture(&capture.id).await? {
        if let Some(row) = store.revision(&id).await? {
            let title = row.reading.title.unwrap_or_else(|| "the document".into());
            documents.push((format!("/documents/{}?revision={id}", row.document), title));
        }
    }
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
        capture,
    };
    Ok(error::page(StatusCode::OK, &page))
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
