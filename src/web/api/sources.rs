//! How the sources stand, as programs are given it. A line of `onrecord status --json` is the same object, with
//! the pages that did not end well.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::super::desk::Desk;
use super::super::error::{Failure, JsonFailure};
use crate::crawl::{Flag, Health};
use crate::pipeline::SourceHealth;
use crate::store::{AttemptRow, MovedPage, PageYield, SourceStatus};

/// A source and how it stands.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Source)]
pub struct SourceJson {
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
    health: SourceHealthJson,
    channels: Vec<VisitJson>,
    /// The pages whose last visit did not end well, where they are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    troubles: Option<Vec<VisitJson>>,
    /// The latest hundred of the pages whose address leads to another one for good, where they are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    moved: Option<Vec<MovedPageJson>>,
}

/// A page whose address leads to another one for good, and the visit that first found it so.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MovedPage)]
struct MovedPageJson {
    url: String,
    to: String,
    moved_at: String,
}

/// How a source fares.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SourceHealth)]
struct SourceHealthJson {
    succeeded_at: Option<String>,
    new_at: Option<String>,
    new_in_week: u64,
    expected_in_week: Option<f64>,
    /// The latest pages asked for, at most a hundred, and how those visits ended.
    pages_asked: u64,
    pages_blocked: u64,
    pages_failed: u64,
    pages_absent: u64,
    pages: YieldJson,
    flags: Vec<FlagJson>,
}

/// How far the latest pages got.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PageYield)]
struct YieldJson {
    tried: u64,
    fetched: u64,
    read: u64,
}

/// What somebody should look at.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Flag)]
struct FlagJson {
    flag: &'static str,
    /// The channel it is about; absent where it is about the source's pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<String>,
    message: String,
    hint: &'static str,
}

/// How the last visit to an address ended.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Visit)]
struct VisitJson {
    url: String,
    role: &'static str,
    at: Option<String>,
    outcome: Option<&'static str>,
    detail: Option<String>,
    items: Option<u64>,
    due_at: String,
    /// How the channel fares by its own past; absent before its first reading, and of pages.
    health: Option<HealthJson>,
}

/// What a channel's readings tell.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChannelHealth)]
struct HealthJson {
    succeeded_at: Option<String>,
    new_at: Option<String>,
    failures: u64,
    items: Option<u64>,
    items_usual: Option<u64>,
    expected_a_day: Option<f64>,
    new_in_week: u64,
    expected_in_week: Option<f64>,
    pages: YieldJson,
    flags: Vec<&'static str>,
}

/// Every configured source: what is held of it, how its channels and pages fare, and what somebody should look at.
#[utoipa::path(
    get,
    path = "/sources",
    operation_id = "sources",
    tag = "tracker",
    responses((status = 200, body = [SourceJson], description = "All of them"), (status = "default", body = Failure, description = "What was wrong"))
)]
pub(super) async fn all(State(desk): State<Desk>) -> Result<Json<Vec<SourceJson>>, JsonFailure> {
    let statuses = desk.source_statuses().await?;
    let health = desk.source_health().await?;
    Ok(Json(
        statuses
            .iter()
            .map(|status| {
                let none = SourceHealth::default();
                SourceJson::new(status, health.get(&status.id).unwrap_or(&none))
            })
            .collect(),
    ))
}

impl SourceJson {
    /// A source and how it fares.
    pub fn new(status: &SourceStatus, health: &SourceHealth) -> Self {
        let channels = health.channels.iter();
        Self {
            source: status.id.to_string(),
            name: status.name.clone(),
            kind: status.kind.code(),
            home: status.home.clone(),
            enabled: status.enabled,
            documents: status.documents,
            quotes: status.quotes,
            waiting: status.waiting,
            outcomes: status
                .outcomes
                .iter()
                .map(|(outcome, count)| (outcome.code(), *count))
                .collect(),
            health: source_health_json(health),
            channels: channels
                .map(|channel| visit_json(&channel.row, channel.health.as_ref()))
                .collect(),
            troubles: None,
            moved: None,
        }
    }

    /// The same with its pages that did not end well, and those that are elsewhere.
    #[must_use]
    pub fn with_pages(self, troubled: &[AttemptRow], moved: &[MovedPage]) -> Self {
        let moved = moved.iter().map(|page| MovedPageJson {
            url: page.url.clone(),
            to: page.to.clone(),
            moved_at: page.since.to_string(),
        });
        Self {
            troubles: Some(troubled.iter().map(|row| visit_json(row, None)).collect()),
            moved: Some(moved.collect()),
            ..self
        }
    }
}

fn source_health_json(health: &SourceHealth) -> SourceHealthJson {
    let (new_in_week, expected_in_week) = health.week();
    SourceHealthJson {
        succeeded_at: health.succeeded_at().map(|at| at.to_string()),
        new_at: health.new_at().map(|at| at.to_string()),
        new_in_week,
        expected_in_week: expected_in_week.map(rounded),
        pages_asked: health.pages.asked,
        pages_blocked: health.pages.blocked,
        pages_failed: health.pages.failed,
        pages_absent: health.pages.absent,
        pages: yield_json(health.pages.pages),
        flags: health
            .flags()
            .map(|(channel, flag)| FlagJson {
                flag: flag.code(),
                channel: channel.map(str::to_string),
                message: flag.to_string(),
                hint: flag.advice(),
            })
            .collect(),
    }
}

fn visit_json(row: &AttemptRow, health: Option<&Health>) -> VisitJson {
    VisitJson {
        health: health.map(health_json),
        url: row.url.clone(),
        role: row.role.code(),
        at: row.at.map(|at| at.to_string()),
        outcome: row.outcome.map(|outcome| outcome.code()),
        detail: row.detail.clone(),
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
        expected_a_day: health.expected_a_day.map(rounded),
        new_in_week: health.new_in_week,
        expected_in_week: health.expected_in_week().map(rounded),
        pages: yield_json(health.pages),
        flags: health.flags.iter().map(|flag: &Flag| flag.code()).collect(),
    }
}

fn yield_json(pages: PageYield) -> YieldJson {
    YieldJson {
        tried: pages.tried,
        fetched: pages.fetched,
        read: pages.read,
    }
}

/// A figure that is an estimate, without digits that mean nothing.
fn rounded(figure: f64) -> f64 {
    (figure * 100.0).round() / 100.0
}
