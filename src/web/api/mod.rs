//! The JSON API under `/api/v1`. Its types are its own, so that the model can move while answers stay put.

mod documents;
mod hits;
mod sources;

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use serde::Serialize;

use super::desk::Desk;
use super::error::JsonFailure;
use super::pages::SearchParameters;
use crate::index::Facets;

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
    /// Everything found, counted; only where `facets=true` asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    facets: Option<FacetsJson>,
}

/// How many of what was found are of whom, from where and when.
#[derive(Debug, Serialize)]
struct FacetsJson {
    /// By field of the query language: the most frequent values with their counts.
    #[serde(flatten)]
    fields: BTreeMap<&'static str, Vec<CountJson>>,
    months: Vec<CountJson>,
    /// The field that the months are of.
    month_field: &'static str,
}

#[derive(Debug, Serialize)]
struct CountJson {
    value: String,
    count: u64,
}

impl From<Facets> for FacetsJson {
    fn from(found: Facets) -> Self {
        let counts = |values: Vec<(String, u64)>| -> Vec<CountJson> {
            let counts = values.into_iter();
            counts.map(|(value, count)| CountJson { value, count }).collect()
        };
        let fields = found.facets.into_iter();
        Self {
            fields: fields.map(|facet| (facet.field, counts(facet.values))).collect(),
            months: counts(found.months),
            month_field: found.month_field,
        }
    }
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
            "parameters are q, like, kind, sort, offset, limit and facets",
        )
    })?;
    let asked = parameters.asked(desk.tracker.settings.search.hits)?;
    let (notices, offset) = (asked.query.notices.clone(), asked.wanted.offset);
    let understood = asked.query.understood();
    let (query, kinds) = (asked.query.clone(), asked.wanted.kinds.clone());
    let found = desk.search(asked.query, asked.wanted).await?;
    let facets = match parameters.facets {
        true => Some(desk.facets(query, kinds).await?.into()),
        false => None,
    };
    let documents = found.hits.iter().map(|hit| &hit.entry.document);
    let absences = desk.tracker.store.absences_among(documents).await?;
    Ok(Json(FoundJson {
        query: asked.text,
        total: found.total,
        offset,
        understood,
        notices,
        facets,
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
