//! How the tracker is.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use super::super::desk::Desk;
use super::super::error::{Failure, JsonFailure};

/// Whether the tracker answers and its crawl goes on.
#[derive(Debug, Serialize)]
pub(in crate::web) struct HealthJson {
    status: &'static str,
    version: &'static str,
    documents: u64,
    quotes: u64,
    crawl_error: Option<String>,
    clock_error: Option<String>,
}

/// What the tracker holds and has to do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Status)]
pub(super) struct StatusJson {
    version: &'static str,
    /// What reads captures: versions of the code and a digest of the configuration. Another reader reads all again.
    reader: String,
    sources: u64,
    captures: u64,
    documents: u64,
    quotes: u64,
    dates: u64,
    /// Addresses that are due.
    due: u64,
    /// Captures that are archived and not read yet.
    unread: u64,
    /// What ended the crawl, while it has not gone on since.
    crawl_error: Option<String>,
    /// That this machine's clock is behind what is on record, and by how much.
    clock_error: Option<String>,
    /// Alerts that were not taken yet and are tried again.
    alerts_failing: u64,
    /// Alerts that nobody took and that are not tried any more.
    alerts_given_up: u64,
    /// Sources with something that somebody should look at.
    flagged: Vec<FlaggedJson>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Flagged)]
struct FlaggedJson {
    source: String,
    messages: Vec<String>,
}

/// What the tracker holds and has to do, and which sources somebody should look at.
#[utoipa::path(
    get,
    path = "/status",
    tag = "tracker",
    responses((status = 200, body = StatusJson, description = "How it stands"), (status = "default", body = Failure, description = "What was wrong"))
)]
pub(super) async fn status(State(desk): State<Desk>) -> Result<Json<StatusJson>, JsonFailure> {
    let figures = desk.figures().await?;
    let health = desk.source_health().await?;
    let trouble = desk.tracker.store.crawl_trouble().await?;
    let undelivered = desk.tracker.store.undelivered_by_way().await?;
    let undelivered = undelivered.iter().map(|(_, undelivered)| undelivered);
    let flagged = health.iter().map(|(id, health)| FlaggedJson {
        source: id.to_string(),
        messages: health.flags().map(|(_, flag)| flag.to_string()).collect(),
    });
    Ok(Json(StatusJson {
        version: env!("CARGO_PKG_VERSION"),
        reader: desk.tracker.readers.name.clone(),
        sources: desk.tracker.sources.len() as u64,
        captures: figures.totals.captures,
        documents: figures.totals.documents,
        quotes: figures.totals.quotes,
        dates: figures.totals.dates,
        due: figures.due,
        unread: figures.unread,
        crawl_error: trouble.map(|(_, detail)| detail),
        clock_error: figures.clock.map(|behind| behind.to_string()),
        alerts_failing: undelivered.clone().map(|alerts| alerts.failing).sum(),
        alerts_given_up: undelivered.map(|alerts| alerts.given_up).sum(),
        flagged: flagged.filter(|source| !source.messages.is_empty()).collect(),
    }))
}

/// Whether the tracker answers and its crawl goes on.
pub(in crate::web) async fn health(
    State(desk): State<Desk>,
) -> Result<(StatusCode, Json<HealthJson>), JsonFailure> {
    let figures = desk.figures().await?;
    let crawl_error = desk.crawl.failure();
    let status = if crawl_error.is_some() {
        StatusCode::SERVICE_UNAVAILABLE
    } else {
        StatusCode::OK
    };
    let health = HealthJson {
        // A wrong clock keeps nothing from going on, and stays told for as long as it was wrong.
        status: match (&crawl_error, figures.clock) {
            (Some(_), _) => "failing",
            (None, Some(_)) => "clock",
            (None, None) => "ok",
        },
        version: env!("CARGO_PKG_VERSION"),
        documents: figures.totals.documents,
        quotes: figures.totals.quotes,
        crawl_error,
        clock_error: figures.clock.map(|behind| behind.to_string()),
    };
    Ok((status, Json(health)))
}
