//! The JSON API under `/api/v1`. Its types are its own, so that the model can move while answers stay put.

mod documents;
mod hits;
mod sources;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use serde::Serialize;

use super::desk::Desk;
use super::error::JsonFailure;
use super::pages::SearchParameters;

pub use hits::HitJson;
pub use sources::SourceJson;

/// What a search answers.
#[derive(Debug, Serialize)]
struct FoundJson {
    query: String,
    total: usize,
    offset: usize,
    /// The query as it was taken.
    understood: String,
    /// What was passed over in the query, in words, with the character it stands at.
    notices: Vec<String>,
    hits: Vec<HitJson>,
}

/// How the tracker is.
#[derive(Debug, Serialize)]
pub(super) struct HealthJson {
    status: &'static str,
    version: &'static str,
    documents: u64,
    quotes: u64,
    crawl_error: Option<String>,
}

pub(super) fn routes() -> axum::Router<Desk> {
    axum::Router::new()
        .route("/search", get(search))
        .route("/sources", get(sources::all))
        .route("/documents/{id}", get(documents::document))
        .route("/captures/{id}", get(documents::capture))
}

async fn search(
    State(desk): State<Desk>,
    parameters: Result<Query<SearchParameters>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<FoundJson>, JsonFailure> {
    let Query(parameters) = parameters.map_err(|rejected| {
        super::error::Failure::bad_request(
            rejected.body_text(),
            "parameters are q, kind, sort, offset, limit",
        )
    })?;
    let asked = parameters.asked(desk.tracker.settings.search.hits)?;
    let (notices, offset) = (asked.query.notices.clone(), asked.wanted.offset);
    let understood = asked.query.understood();
    let found = desk.search(asked.query, asked.wanted).await?;
    let documents = found.hits.iter().map(|hit| &hit.entry.document);
    let absences = desk.tracker.store.absences_among(documents).await?;
    Ok(Json(FoundJson {
        query: asked.text,
        total: found.total,
        offset,
        understood,
        notices,
        hits: (found.hits.iter())
            .map(|hit| HitJson::new(hit, absences.get(&hit.entry.document)))
            .collect(),
    }))
}

/// Whether the tracker answers and its crawl goes on.
pub(super) async fn health(State(desk): State<Desk>) -> Result<(StatusCode, Json<HealthJson>), JsonFailure> {
    let totals = desk.figures().await?.totals;
    let crawl_error = desk.crawl.failure();
    let status = if crawl_error.is_some() {
        StatusCode::SERVICE_UNAVAILABLE
    } else {
        StatusCode::OK
    };
    let health = HealthJson {
        status: if crawl_error.is_some() { "failing" } else { "ok" },
        version: env!("CARGO_PKG_VERSION"),
        documents: totals.documents,
        quotes: totals.quotes,
        crawl_error,
    };
    Ok((status, Json(health)))
}
