//! The sample newsroom: five invented sites that answer over loopback HTTP.
//!
//! A mayor's office, a federal department and three news sites tell the story of two executive orders,
//! each with its own markup and its own way of announcing pages. Among them are a page that robots.txt
//! keeps out, one that is gone, an empty one, one in windows-1252, and one that is edited without a
//! word between two rounds. `onrecord demo` crawls them; nothing here leaves the machine.

mod files;
mod pages;

use std::collections::BTreeMap;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

use files::{SPEAKERS, SiteFiles, fill, sites};
use pages::{Addresses, Page, Site};

/// How long open connections may take to end when the newsroom is stopped.
const PATIENCE: Duration = Duration::from_secs(2);

/// A running newsroom; it serves until it is stopped or dropped.
pub struct Newsroom {
    addresses: Addresses,
    edited: Arc<AtomicBool>,
    servers: Vec<JoinHandle<()>>,
    running: DropGuard,
}

impl Newsroom {
    /// Opens one loopback port for each site and serves from now on.
    pub async fn start() -> io::Result<Newsroom> {
        let mut listeners = Vec::new();
        let mut addresses = BTreeMap::new();
        for files in sites() {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
            addresses.insert(files.name, format!("http://{}", listener.local_addr()?));
            listeners.push((files, listener));
        }
        let edited = Arc::new(AtomicBool::new(false));
        let stop = CancellationToken::new();
        let servers = listeners
            .into_iter()
            .map(|(files, listener)| {
                let answering = Answering {
                    site: Arc::new(Site::new(&files, &addresses)),
                    edited: Arc::clone(&edited),
                };
                tokio::spawn(serve(listener, answering, stop.clone()))
            })
            .collect();
        Ok(Newsroom {
            addresses,
            edited,
            servers,
            running: stop.drop_guard(),
        })
    }

    /// The source files of the sites: name without `.toml`, and contents for `config/sources/`.
    pub fn sources(&self) -> Vec<(String, String)> {
        let filled = |files: SiteFiles| (files.name.to_string(), self.filled(files.source));
        sites().into_iter().map(filled).collect()
    }

    /// The people and bodies of the newsroom, for `config/speakers.toml`.
    pub fn speakers_toml(&self) -> &'static str {
        SPEAKERS
    }

    /// Serves the second round from now on: one page has changed one quotation, silently.
    pub fn edit(&self) {
        self.edited.store(true, Ordering::Release);
    }

    /// Stops serving and waits until the ports are closed.
    pub async fn stop(self) {
        drop(self.running);
        for mut server in self.servers {
            if tokio::time::timeout(PATIENCE, &mut server).await.is_err() {
                server.abort();
            }
        }
    }

    fn filled(&self, text: &str) -> String {
        fill(text, |name| self.addresses.get(name).map(String::as_str))
    }
}

/// What a site's answers are made of.
#[derive(Clone)]
struct Answering {
    site: Arc<Site>,
    edited: Arc<AtomicBool>,
}

async fn serve(listener: TcpListener, answering: Answering, stop: CancellationToken) {
    let router = Router::new().fallback(answer).with_state(answering);
    let served = axum::serve(listener, router)
        .with_graceful_shutdown(stop.cancelled_owned())
        .await;
    if let Err(error) = served {
        tracing::warn!(%error, "a site of the sample newsroom ended");
    }
}

async fn answer(
    State(answering): State<Answering>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")]).into_response();
    }
    let edited = answering.edited.load(Ordering::Acquire);
    let Some(page) = answering.site.page(uri.path(), edited) else {
        let text = "<!doctype html>\n<title>Not found</title>\n<p>There is no such page.</p>\n";
        let html = [(CONTENT_TYPE, "text/html; charset=utf-8")];
        return (StatusCode::NOT_FOUND, html, text).into_response();
    };
    let validators = [
        (ETAG, page.etag.clone()),
        (LAST_MODIFIED, page.last_modified.clone()),
        (CACHE_CONTROL, "no-cache".into()),
    ];
    if unchanged(page, &headers) {
        return (StatusCode::NOT_MODIFIED, validators).into_response();
    }
    let media_type = [(CONTENT_TYPE, page.media_type.clone())];
    (validators, media_type, Body::from(page.body.clone())).into_response()
}

/// Whether the asker has this very page; an entity tag decides alone where one is sent (RFC 9110 13.1.3).
fn unchanged(page: &Page, headers: &HeaderMap) -> bool {
    let header = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    match header(IF_NONE_MATCH) {
        Some(tags) => tags
            .split(',')
            .map(|tag| tag.trim().trim_start_matches("W/"))
            .any(|tag| tag == page.etag || tag == "*"),
        None => header(IF_MODIFIED_SINCE).is_some_and(|day| day == page.last_modified),
    }
}

#[cfg(test)]
mod tests;
