//! How the sources stand.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::super::desk::Desk;
use super::super::error::{self, Failure};
use super::shown;
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
    visits: Vec<VisitView>,
    newest: Vec<DocumentView>,
}

struct VisitView {
    role: &'static str,
    url: String,
    outcome: &'static str,
    is_good: bool,
    detail: String,
    at: String,
}

struct DocumentView {
    id: String,
    title: String,
    day: String,
}

pub(super) async fn page(State(desk): State<Desk>) -> Result<Response, Failure> {
    let store = &desk.tracker.store;
    let mut sources = Vec::new();
    for status in store.source_statuses().await? {
        let troubled = store.troubled_pages(&status.id).await?;
        let newest = store.newest_documents(Some(&status.id), NEWEST).await?;
        sources.push(SourceView {
            name: status.name,
            id: status.id.to_string(),
            kind: status.kind.code(),
            home: status.home,
            enabled: status.enabled,
            documents: status.documents,
            quotes: status.quotes,
            waiting: status.waiting,
            visits: status.channels.iter().chain(&troubled).map(visit).collect(),
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

fn visit(row: &AttemptRow) -> VisitView {
    let items = row
        .items
        .map(|items| format!("{items} announced"))
        .unwrap_or_default();
    VisitView {
        role: row.role.code(),
        url: row.url.clone(),
        outcome: row.outcome.map_or("waiting", |outcome| outcome.code()),
        is_good: row.outcome.is_none_or(|outcome| outcome.is_success()),
        detail: row.detail.clone().unwrap_or(items),
        at: row.at.map(shown).unwrap_or_default(),
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
