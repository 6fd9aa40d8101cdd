//! How the sources stand, as programs are given it.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::Serialize;

use super::super::desk::Desk;
use super::super::error::JsonFailure;
use crate::crawl::Health;
use crate::pipeline;
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
    /// How the channel fares by its own past; absent before its first reading.
    health: Option<HealthJson>,
}

/// What a channel's readings tell.
#[derive(Debug, Serialize)]
struct HealthJson {
    succeeded_at: Option<String>,
    new_at: Option<String>,
    failures: usize,
    items: Option<u64>,
    items_usual: Option<u64>,
    expected_a_day: Option<f64>,
    new_in_week: u64,
    flags: Vec<&'static str>,
}

pub(super) async fn all(State(desk): State<Desk>) -> Result<Json<Vec<SourceJson>>, JsonFailure> {
    let statuses = desk.tracker.store.source_statuses().await?;
    let health = pipeline::channel_health(&desk.tracker, Timestamp::now()).await?;
    Ok(Json(
        statuses
            .into_iter()
            .map(|status| source_json(status, &health))
            .collect(),
    ))
}

fn source_json(status: SourceStatus, health: &BTreeMap<String, Health>) -> SourceJson {
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
        channels: (status.channels.into_iter())
            .map(|row| visit_json(row, health))
            .collect(),
    }
}

fn visit_json(row: AttemptRow, health: &BTreeMap<String, Health>) -> VisitJson {
    VisitJson {
        health: health.get(&row.url).map(health_json),
        url: row.url,
        at: row.at.map(|at| at.to_string()),
        outcome: row.outcome.map(|outcome| outcome.code()),
        detail: row.detail,
        items: row.items,
        due_at: row.due_at.to_string(),
    }
}

fn health_json(health: &Health) -> HealthJson {
    HealthJson {
        succeeded_at: health.succeeded_at.map(|at| at.to_string()),
        new_at: health.new_at.map(|at| at.to_string()),
        failures: health.failures,
        items: health.items.map(|(last, _)| last),
        items_usual: health.items.map(|(_, usual)| usual),
        expected_a_day: health.expected_a_day,
        new_in_week: health.new_in_week,
        flags: health.flags.iter().map(|flag| flag.code()).collect(),
    }
}
