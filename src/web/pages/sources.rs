//! How the sources stand.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;

use super::super::desk::Desk;
use super::super::error::{self, Failure};
use super::shown;
use crate::crawl::Health;
use crate::pipeline;
use crate::store::{AttemptRow, DocumentSummary, Totals};

/// Documents listed of a source.
const NEWEST: u32 = 5;

#[derive(Template)]
#[template(path = "sources.html")]
struct SourcesPage {
    query: &'static str,
    totals: Totals,
    crawl_error: Option<String>,
    sources: Vec<SourceView>,
}

struct SourceView {
    name: String,
    id: String,
    kind: &'static str,
    home: String,
    enabled: bool,
    documents: u64,
    quotes: u64,
    waiting: u64,
    flags: Vec<String>,
    visits: Vec<VisitView>,
    newest: Vec<DocumentView>,
}

struct VisitView {
    role: &'static str,
    url: String,
    outcome: String,
    is_good: bool,
    detail: String,
    at: String,
    health: String,
    flags: Vec<String>,
}

struct DocumentView {
    id: String,
    title: String,
    day: String,
}

pub(super) async fn page(State(desk): State<Desk>) -> Result<Response, Failure> {
    let store = &desk.tracker.store;
    let health = pipeline::channel_health(&desk.tracker, Timestamp::now()).await?;
    let mut sources = Vec::new();
    for status in store.source_statuses().await? {
        let troubled = store.troubled_pages(&status.id).await?;
        let newest = store.newest_documents(Some(&status.id), NEWEST).await?;
        let visits: Vec<VisitView> = (status.channels.iter().chain(&troubled))
            .map(|row| visit(row, health.get(&row.url)))
            .collect();
        sources.push(SourceView {
            flags: visits.iter().flat_map(|visit| visit.flags.clone()).collect(),
            name: status.name,
            id: status.id.to_string(),
            kind: status.kind.code(),
            home: status.home,
            enabled: status.enabled,
            documents: status.documents,
            quotes: status.quotes,
            waiting: status.waiting,
            visits,
            newest: newest.into_iter().map(document).collect(),
        });
    }
    let page = SourcesPage {
        query: "",
        totals: store.totals().await?,
        crawl_error: desk.crawl.failure(),
        sources,
    };
    Ok(error::page(StatusCode::OK, &page))
}

/// What a channel usually brings, in words.
fn in_words(health: &Health) -> String {
    let new = match health.new_at {
        Some(at) => format!("last new item {}", shown(at)),
        None => "nothing new yet".to_string(),
    };
    let expected = health
        .expected_a_day
        .map(|expected| format!(", {expected:.1} a day by its own past"))
        .unwrap_or_default();
    format!("{new}; {} new in seven days{expected}", health.new_in_week)
}

fn visit(row: &AttemptRow, health: Option<&Health>) -> VisitView {
    let items = row
        .items
        .map(|items| format!("{items} announced"))
        .unwrap_or_default();
    VisitView {
        role: row.role.code(),
        url: row.url.clone(),
        outcome: row
            .outcome
            .map_or("waiting".into(), |outcome| outcome.to_string()),
        is_good: row.outcome.is_none_or(|outcome| outcome.is_success()),
        detail: row.detail.clone().unwrap_or(items),
        at: row.at.map(shown).unwrap_or_default(),
        health: health.map(in_words).unwrap_or_default(),
        flags: health.map_or_else(Vec::new, |health| {
            health.flags.iter().map(ToString::to_string).collect()
        }),
    }
}

fn document(summary: DocumentSummary) -> DocumentView {
    DocumentView {
        id: summary.id.to_string(),
        title: summary.title.unwrap_or(summary.url),
        day: summary
            .published
            .map_or("undated".into(), |moment| moment.date.to_string()),
    }
}
