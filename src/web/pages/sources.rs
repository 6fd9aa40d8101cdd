//! How the sources stand: all of them, and one with what it published, edited and took down.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::super::desk::Desk;
use super::super::error::{self, Failure};
use super::days::Day;
use super::{segment, shown};
use crate::crawl::{Flag, Health};
use crate::model::id::SourceId;
use crate::model::outcome::Outcome;
use crate::pipeline::SourceHealth;
use crate::store::{AttemptRow, DocumentSummary, MovedPage, Totals};

/// Pages of a source listed that are at another address: `onrecord status` tells more.
const MOVED: u32 = 5;

#[derive(Template)]
#[template(path = "sources.html")]
struct SourcesPage {
    query: &'static str,
    totals: Totals,
    crawl_error: Option<String>,
    configuration: Option<String>,
    /// How many sources there are and which want a look, in words.
    summary: String,
    sources: Vec<SourceView>,
}

#[derive(Template)]
#[template(path = "source_page.html")]
struct SourcePage {
    query: &'static str,
    source: SourceView,
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
    flags: Vec<FlagView>,
    /// How it is, in a word or two, and whether that is well.
    state: String,
    is_well: bool,
    /// The last new page, where there was one.
    new_at: Option<Day>,
    /// How it fared in the last days.
    lately: String,
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
}

/// What somebody should look at, and what to do.
struct FlagView {
    channel: Option<String>,
    message: String,
    advice: &'static str,
}

struct DocumentView {
    id: String,
    title: String,
    day: Day,
}

pub(super) async fn page(State(desk): State<Desk>) -> Result<Response, Failure> {
    let sources = views(&desk, None).await?;
    let page = SourcesPage {
        query: "",
        totals: desk.figures().await?.totals,
        crawl_error: desk.crawl.failure(),
        configuration: desk.configuration.clone(),
        summary: summary(&sources),
        sources,
    };
    Ok(error::page(StatusCode::OK, &page))
}

/// The page of one source.
pub(super) async fn one(State(desk): State<Desk>, Path(id): Path<String>) -> Result<Response, Failure> {
    let id = SourceId::new(id);
    let statuses = desk.source_statuses().await?;
    let is_known = statuses.iter().any(|status| status.id == id);
    let source = if is_known {
        views(&desk, Some(&id)).await?.pop()
    } else {
        None
    };
    let page = SourcePage {
        query: "",
        source: Failure::unless_held(source, "such source")?,
    };
    Ok(error::page(StatusCode::OK, &page))
}

/// The address of a source's page.
pub(super) fn address(id: &SourceId) -> String {
    format!("/sources/{}", segment(id.as_str()))
}

/// How many sources there are and which want a look.
fn summary(sources: &[SourceView]) -> String {
    let troubled: Vec<&str> = sources
        .iter()
        .filter(|source| !source.is_well)
        .map(|source| source.name.as_str())
        .collect();
    let all = match sources.len() {
        1 => "One source".to_owned(),
        count => format!("{count} sources"),
    };
    match troubled.as_slice() {
        [] => format!("{all}: all is well"),
        troubled => format!("{all}; to be looked at: {}", troubled.join(", ")),
    }
}

/// The sources as pages show them; only one, where one is named.
async fn views(desk: &Desk, only: Option<&SourceId>) -> Result<Vec<SourceView>, Failure> {
    let store = &desk.tracker.store;
    let healths = desk.source_health().await?;
    let mut sources = Vec::new();
    let newest = desk.newest_documents().await?;
    let statuses = desk.source_statuses().await?;
    for status in statuses
        .iter()
        .filter(|status| only.is_none_or(|id| *id == status.id))
    {
        let health = healths.get(&status.id).cloned().unwrap_or_default();
        let troubled = store.troubled_pages(&status.id).await?;
        let moved = store.moved_pages(&status.id, MOVED).await?;
        let channels = health.channels.iter();
        let visits = channels
            .map(|channel| visit(&channel.row, channel.health.as_ref()))
            .chain(troubled.iter().map(|row| visit(row, None)))
            .chain(moved.iter().map(moved_page));
        let flags: Vec<FlagView> = health
            .flags()
            .map(|(channel, flag)| flag_view(channel, flag))
            .collect();
        let trouble = match flags.len() {
            0 => trouble(&health),
            _ => vec!["needs a look".to_owned()],
        };
        sources.push(SourceView {
            flags,
            is_well: trouble.is_empty(),
            state: match trouble.as_slice() {
                [] => "all well".to_owned(),
                trouble => trouble.join(", "),
            },
            new_at: health.new_at().map(Day::instant),
            lately: lately(&health),
            visits: visits.collect(),
            name: status.name.clone(),
            id: status.id.to_string(),
            kind: status.kind.code(),
            home: status.home.clone(),
            enabled: status.enabled,
            documents: status.documents,
            quotes: status.quotes,
            waiting: status.waiting,
            newest: newest
                .get(&status.id)
                .into_iter()
                .flatten()
                .map(document)
                .collect(),
        });
    }
    Ok(sources)
}

/// What a noun takes where there is not one of it.
fn ending(count: &u64) -> &'static str {
    if *count == 1 { "" } else { "s" }
}

fn flag_view(channel: Option<&str>, flag: Flag) -> FlagView {
    FlagView {
        channel: channel.map(str::to_string),
        message: flag.to_string(),
        advice: flag.advice(),
    }
}

/// How a source fared in the last days, in words.
fn lately(health: &SourceHealth) -> String {
    let (new, expected) = health.week();
    let new = match expected {
        Some(expected) => format!("{new} new in seven days, about {expected:.0} expected by its own past"),
        None => format!("{new} new in seven days"),
    };
    match health.pages.asked {
        0 => new,
        1 => format!("{new}; one page asked for lately"),
        asked => format!("{new}; {asked} pages asked for lately"),
    }
}

/// What of the pages asked for last was not as it should be, in words.
fn trouble(health: &SourceHealth) -> Vec<String> {
    let pages = &health.pages;
    let told = [
        (pages.blocked, "turned us away"),
        (pages.failed, "failed"),
        (pages.absent, "gone (404 or 410)"),
    ];
    let told = told.iter().filter(|(count, _)| *count > 0);
    told.map(|(count, what)| format!("{count} of the last {} pages {what}", pages.asked))
        .collect()
}

/// What a channel usually brings, in words.
fn in_words(health: &Health) -> String {
    let new = match health.new_at {
        Some(at) => format!("last new item {}", shown(at)),
        None => "nothing new yet".to_string(),
    };
    let expected = health
        .expected_in_week()
        .map(|expected| format!(", about {expected:.0} expected by its own past"))
        .unwrap_or_default();
    let pages = match health.pages.tried {
        0 => String::new(),
        tried => format!("; text read from {} of the last {tried} pages", health.pages.read),
    };
    format!("{new}{expected}{pages}")
}

/// What became of a visit, for people who know no codes of HTTP.
fn outcome_in_words(outcome: Outcome) -> String {
    match outcome {
        Outcome::NotModified | Outcome::Unchanged => "nothing new".into(),
        Outcome::RobotsDisallowed => "not for crawlers".into(),
        Outcome::NotFound | Outcome::Gone => "not there".into(),
        Outcome::InDoubt => "something else may stand in its place".into(),
        Outcome::ClientError | Outcome::ServerError => "the site answered with an error".into(),
        Outcome::NameUnknown => "no such site".into(),
        Outcome::TlsFailed => "no secure connection".into(),
        other => other.to_string(),
    }
}

fn visit(row: &AttemptRow, health: Option<&Health>) -> VisitView {
    let items = row
        .items
        .map(|items| format!("{items} announced"))
        .unwrap_or_default();
    VisitView {
        role: match row.role.code() {
            "channel" => "list of new pages",
            other => other,
        },
        url: row.url.clone(),
        outcome: row.outcome.map_or("waiting".into(), outcome_in_words),
        is_good: row.outcome.is_none_or(|outcome| outcome.is_success()),
        detail: row.detail.clone().unwrap_or(items),
        at: row.at.map(shown).unwrap_or_default(),
        health: health.map(in_words).unwrap_or_default(),
    }
}

/// A page that is at another address.
fn moved_page(page: &MovedPage) -> VisitView {
    VisitView {
        role: "page",
        url: page.url.clone(),
        outcome: "moved for good".into(),
        is_good: true,
        detail: format!("to {}", page.to),
        at: format!("first seen {}", shown(page.since)),
        health: String::new(),
    }
}

fn document(summary: &DocumentSummary) -> DocumentView {
    DocumentView {
        id: summary.id.to_string(),
        title: summary.title.clone().unwrap_or_else(|| summary.url.clone()),
        day: Day::published(summary.published.map(|moment| moment.date)),
    }
}
