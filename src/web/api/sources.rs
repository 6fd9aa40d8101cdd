//! How the sources stand, as programs are given it.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::super::desk::Desk;
use super::super::error::JsonFailure;
use crate::store::{AttemptRow, SourceStatus};

/// A source and how it stands.
#[derive(Debug, Serialize)]
pub(super) struct SourceJson {
    source: String,
    name: String,
    kind: &'static str,
    home: String,
    enabled: bool,
    documents: u64,
    quotes: u64,
    /// Pages known and not asked for yet.
    waiting: u64,
    /// Pages by the outcome of their last visit.
    outcomes: BTreeMap<&'static str, u64>,
    channels: Vec<VisitJson>,
}

/// How the last visit to an address ended.
#[derive(Debug, Serialize)]
struct VisitJson {
    url: String,
    at: Option<String>,
    outcome: Option<&'static str>,
    detail: Option<String>,
    items: Option<u64>,
    due_at: String,
}

pub(super) async fn all(State(desk): State<Desk>) -> Result<Json<Vec<SourceJson>>, JsonFailure> {
    let statuses = desk.tracker.store.source_statuses().await?;
    Ok(Json(statuses.into_iter().map(source_json).collect()))
}

fn source_json(status: SourceStatus) -> SourceJson {
    SourceJson {
        source: status.id.to_string(),
        name: status.name,
        kind: status.kind.code(),
        home: status.home,
        enabled: status.enabled,
        documents: status.documents,
        quotes: status.quotes,
        waiting: status.waiting,
        outcomes: status
            .outcomes
            .into_iter()
            .map(|(outcome, count)| (outcome.code(), count))
            .collect(),
        channels: status.channels.into_iter().map(visit_json).collect(),
    }
}

fn visit_json(row: AttemptRow) -> VisitJson {
    VisitJson {
        url: row.url,
        at: row.at.map(|at| at.to_string()),
        outcome: row.outcome.map(|outcome| outcome.code()),
        detail: row.detail,
        items: row.items,
        due_at: row.due_at.to_string(),
    }
}
