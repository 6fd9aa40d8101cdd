//! Saved searches: the list with a form, a search with its alerts, and its feeds.

use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, Query as Parameters, State};
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use jiff::Timestamp;
use serde::Deserialize;

use super::super::api::searches::{host_of, kept, named};
use super::super::desk::Desk;
use super::super::error::{self, Failure};
use super::super::feeds::{self, Feed};
use super::super::guard::Granted;
use super::days::Day;
use super::shown;
use crate::model::saved_search::{Alert, Change, Rhythm, SavedSearch};
use crate::pipeline::alerts::{self, Draft};

/// Things that the alerts on a page and in a feed tell, but for a single alert that has more.
const ITEMS: usize = 300;

/// What a search to be saved begins with.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Begun {
    #[serde(default)]
    q: String,
    #[serde(default)]
    kind: String,
}

/// The form, sent.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Filled {
    name: String,
    query: String,
    kind: String,
    every: String,
    #[serde(default)]
    webhook: String,
    #[serde(default)]
    email: String,
}

#[derive(Template)]
#[template(path = "searches.html")]
struct SearchesPage {
    query: &'static str,
    error: Option<String>,
    searches: Vec<SearchView>,
    filled: Filled,
    rhythms: [(&'static str, &'static str); 3],
}

struct SearchView {
    id: String,
    name: String,
    query: String,
    kind: String,
    every: &'static str,
    /// Leads to what it finds now.
    address: String,
    trouble: Option<String>,
    /// Why there is no alert, where there is none.
    nothing_told: String,
    /// When its latest alert was, and what it counted.
    latest: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "alerts.html")]
struct AlertsPage {
    query: &'static str,
    search: SearchView,
    told_to: Vec<String>,
    undelivered: Vec<String>,
    alerts: Vec<AlertView>,
    /// The secret of a webhook that was saved just now.
    secret: Option<String>,
}

struct AlertView {
    at: String,
    counted: String,
    items: Vec<ItemView>,
}

struct ItemView {
    change: &'static str,
    speaker: Option<String>,
    day: Option<Day>,
    text: String,
    before: Option<String>,
    moved: Vec<String>,
    source: String,
    url: String,
    document: String,
    capture: String,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    Parameters(begun): Parameters<Begun>,
) -> Result<Response, Failure> {
    let filled = Filled {
        name: String::new(),
        query: begun.q,
        kind: if begun.kind.is_empty() {
            "quotes".into()
        } else {
            begun.kind
        },
        every: Rhythm::AtOnce.code().into(),
        webhook: String::new(),
        email: String::new(),
    };
    listed(&desk, filled, None, StatusCode::OK).await
}

async fn listed(
    desk: &Desk,
    filled: Filled,
    error: Option<String>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let mut searches = Vec::new();
    for search in desk.tracker.store.searches().await? {
        let latest = desk.tracker.store.latest_alert(&search.id).await?;
        searches.push(view(&search, latest));
    }
    let page = SearchesPage {
        query: "",
        error,
        searches,
        filled,
        rhythms: Rhythm::ALL.map(|rhythm| (rhythm.code(), in_words(rhythm))),
    };
    Ok(error::page(status, &page))
}

pub(super) async fn save(
    State(desk): State<Desk>,
    Extension(granted): Extension<Granted>,
    filled: Result<Form<Filled>, FormRejection>,
) -> Result<Response, Failure> {
    let Form(filled) = filled
        .map_err(|rejected| Failure::bad_request(rejected.body_text(), "fill the form on /searches"))?;
    let given = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let draft = Draft {
        name: filled.name.clone(),
        query: filled.query.clone(),
        kind: filled.kind.clone(),
        rhythm: Rhythm::from_code(&filled.every).unwrap_or(Rhythm::AtOnce),
        webhook: given(&filled.webhook),
        email: given(&filled.email),
    };
    match kept(&desk, granted, draft).await {
        // The secret is shown once, so not at an address that can be opened again.
        Ok(search) if search.webhook.is_some() => {
            let secret = search.webhook.as_ref().map(|webhook| webhook.secret.clone());
            alerts_page(&desk, &search, secret).await
        }
        Ok(search) => Ok(Redirect::to(&format!("/searches/{}", search.id)).into_response()),
        // What is wrong with it is shown beside it, so that it can be mended there.
        Err(failure) => listed(&desk, filled, Some(failure.message), failure.status).await,
    }
}

pub(super) async fn delete(State(desk): State<Desk>, Path(id): Path<String>) -> Result<Redirect, Failure> {
    let search = named(&desk, &id).await?;
    desk.tracker.store.delete_search(&search.id).await?;
    Ok(Redirect::to("/searches"))
}

pub(super) async fn one(State(desk): State<Desk>, Path(id): Path<String>) -> Result<Response, Failure> {
    let search = named(&desk, &id).await?;
    alerts_page(&desk, &search, None).await
}

async fn alerts_page(desk: &Desk, search: &SavedSearch, secret: Option<String>) -> Result<Response, Failure> {
    let store = &desk.tracker.store;
    let alerts = store.alerts_of(&search.id, ITEMS).await?;
    let latest = store.latest_alert(&search.id).await?;
    let undelivered = store.undelivered(&search.id).await?;
    let undelivered = undelivered.into_iter().map(|(way, attempts, detail, due_at)| {
        let next = due_at.map_or("given up".into(), |at| format!("tried again {}", shown(at)));
        let detail = detail.unwrap_or_default();
        format!(
            "{}: not taken {}, {next} ({detail})",
            way.code(),
            alerts::tried(attempts)
        )
    });
    let webhook = search.webhook.as_ref().map(host_of);
    let page = AlertsPage {
        query: "",
        search: view(search, latest),
        told_to: webhook.into_iter().chain(search.email.clone()).collect(),
        undelivered: undelivered.collect(),
        alerts: alerts.iter().map(alert).collect(),
        secret,
    };
    Ok(error::page(StatusCode::OK, &page))
}

/// The alerts as a feed: `feed.atom` or `feed.json`.
pub(super) async fn feed(
    State(desk): State<Desk>,
    headers: HeaderMap,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let search = named(&desk, &id).await?;
    let alerts = desk.tracker.store.alerts_of(&search.id, ITEMS).await?;
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let base = match desk.tracker.settings.serve.public_url.trim_end_matches('/') {
        "" => format!("http://{}", host.unwrap_or("localhost")),
        url => url.to_owned(),
    };
    let feed = Feed {
        base: &base,
        search: &search,
        alerts: &alerts,
    };
    let (media_type, text) = match file.as_str() {
        "feed.atom" => ("application/atom+xml; charset=utf-8", feeds::atom(&feed)),
        "feed.json" => ("application/feed+json", feeds::json(&feed)),
        _ => return Err(Failure::not_found("such feed; there are feed.atom and feed.json")),
    };
    Ok(([(CONTENT_TYPE, media_type)], text).into_response())
}

fn view(search: &SavedSearch, latest: Option<(Timestamp, Vec<(Change, u64)>)>) -> SearchView {
    let mut address = url::form_urlencoded::Serializer::for_suffix("/?".to_owned(), 2);
    address.append_pair("q", &search.query);
    address.append_pair("kind", &search.kind);
    SearchView {
        id: search.id.clone(),
        name: search.name.clone(),
        query: search.query.clone(),
        kind: search.kind.clone(),
        every: in_words(search.rhythm),
        address: address.finish(),
        trouble: search.trouble.clone(),
        nothing_told: alerts::nothing_told(search),
        latest: latest.map(|(at, counts)| {
            let count = |change| {
                counts
                    .iter()
                    .filter(|(it, _)| *it == change)
                    .map(|(_, count)| count)
                    .sum()
            };
            (shown(at), alerts::counted(count))
        }),
    }
}

fn in_words(rhythm: Rhythm) -> &'static str {
    match rhythm {
        Rhythm::AtOnce => "as soon as something is new",
        Rhythm::Daily => "once a day",
        Rhythm::Weekly => "once a week",
    }
}

fn alert(alert: &Alert) -> AlertView {
    let items = alert.items.iter().map(|item| {
        let line = &item.line;
        ItemView {
            change: item.change.words(),
            speaker: line.speaker.clone(),
            day: line.day.map(Day::date),
            text: line.text.clone(),
            before: item.before.clone(),
            moved: alerts::moved(item),
            source: line.source.clone(),
            url: line.url.clone(),
            document: alerts::place(item),
            capture: format!("/captures/{}", line.capture),
        }
    });
    AlertView {
        at: shown(alert.at),
        counted: alerts::counted_in(alert),
        items: items.collect(),
    }
}
