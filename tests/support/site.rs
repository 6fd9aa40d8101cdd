//! A site on loopback whose pages a test writes, changes and takes away.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// What a path answers.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    status: u16,
    media_type: String,
    body: Vec<u8>,
    location: Option<String>,
    /// More header fields; an `etag` among them stands for the one made from the body.
    fields: Vec<(&'static str, String)>,
    delay: Duration,
}

#[derive(Default)]
struct Pages {
    answers: HashMap<String, Answer>,
    /// The paths asked for, in order, with the status answered.
    log: Vec<(String, u16)>,
    /// When each of them came.
    times: Vec<std::time::Instant>,
}

/// A site that serves until it is dropped.
pub(crate) struct Site {
    address: SocketAddr,
    pages: Arc<Mutex<Pages>>,
    _runtime: tokio::runtime::Runtime,
}

impl Site {
    pub(crate) fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let pages = Arc::new(Mutex::new(Pages::default()));
        let router = axum::Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&pages));
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
            .expect("a loopback port");
        let address = listener.local_addr().expect("bound");
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self {
            address,
            pages,
            _runtime: runtime,
        }
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn put(&self, path: &str, status: u16, media_type: &str, body: impl Into<Vec<u8>>) {
        let answer = Answer {
            status,
            media_type: media_type.into(),
            body: body.into(),
            location: None,
            fields: Vec::new(),
            delay: Duration::ZERO,
        };
        self.pages
            .lock()
            .expect("whole")
            .answers
            .insert(path.into(), answer);
    }

    /// A page of news with these paragraphs.
    pub(crate) fn put_page(&self, path: &str, title: &str, day: &str, paragraphs: &[&str]) {
        self.put(
            path,
            200,
            "text/html; charset=utf-8",
            page(title, day, paragraphs),
        );
    }

    /// A feed that announces these paths.
    pub(crate) fn put_feed(&self, path: &str, announced: &[&str]) {
        let items: String = announced
            .iter()
            .map(|path| {
                format!(
                    "<item><title>{path}</title><link>{}</link></item>",
                    self.url(path)
                )
            })
            .collect();
        let feed = format!("<rss version=\"2.0\"><channel><title>Feed</title>{items}</channel></rss>");
        self.put(path, 200, "application/rss+xml", feed);
    }

    pub(crate) fn redirect(&self, path: &str, to: &str) {
        self.put(path, 302, "text/plain", "");
        self.pages
            .lock()
            .expect("whole")
            .answers
            .get_mut(path)
            .expect("just put")
            .location = Some(to.into());
    }

    /// Lets a path answer with one more header field.
    pub(crate) fn field(&self, path: &str, name: &'static str, value: &str) {
        self.pages
            .lock()
            .expect("whole")
            .answers
            .get_mut(path)
            .expect("put before")
            .fields
            .push((name, value.into()));
    }

    /// Lets a path answer only after a while.
    pub(crate) fn delay(&self, path: &str, delay: Duration) {
        self.pages
            .lock()
            .expect("whole")
            .answers
            .get_mut(path)
            .expect("put before")
            .delay = delay;
    }

    /// How often a path was asked for.
    pub(crate) fn asked(&self, path: &str) -> usize {
        self.pages
            .lock()
            .expect("whole")
            .log
            .iter()
            .filter(|(asked, _)| asked == path)
            .count()
    }

    /// When each request came.
    pub(crate) fn times(&self) -> Vec<std::time::Instant> {
        self.pages.lock().expect("whole").times.clone()
    }

    /// The status of the last answer to a path.
    pub(crate) fn last_status(&self, path: &str) -> Option<u16> {
        let pages = self.pages.lock().expect("whole");
        pages
            .log
            .iter()
            .rev()
            .find(|(asked, _)| asked == path)
            .map(|(_, status)| *status)
    }

    /// A source file of this site with these channels.
    pub(crate) fn source(&self, name: &str, channels: &str) -> String {
        format!(
            "name = \"{name}\"\nkind = \"news\"\nhome = \"{}\"\nallow_private = true\n\
             time_zone = \"America/New_York\"\n\n{channels}",
            self.url("/")
        )
    }

    /// A source file with one feed.
    pub(crate) fn feed_source(&self, name: &str, path: &str) -> String {
        self.source(
            name,
            &format!("[[channel]]\nkind = \"feed\"\nurl = \"{}\"\n", self.url(path)),
        )
    }
}

/// The markup of a plain news page.
pub(crate) fn page(title: &str, day: &str, paragraphs: &[&str]) -> String {
    let body: String = paragraphs.iter().map(|text| format!("<p>{text}</p>\n")).collect();
    format!(
        "<!doctype html><html lang=\"en\"><head><title>{title}</title>\
         <meta property=\"article:published_time\" content=\"{day}T09:00:00-05:00\"></head>\
         <body><nav><a href=\"/\">Home</a></nav><article><h1>{title}</h1>\n{body}</article></body></html>"
    )
}

async fn answer(State(pages): State<Arc<Mutex<Pages>>>, request: Request) -> Response {
    let path = request.uri().path().to_string();
    pages.lock().expect("whole").times.push(std::time::Instant::now());
    // An answer may be put for one query; else a path answers all of them alike.
    let whole = request
        .uri()
        .path_and_query()
        .map_or(path.as_str(), |whole| whole.as_str());
    let found = {
        let pages = pages.lock().expect("whole");
        pages.answers.get(whole).or(pages.answers.get(&path)).cloned()
    };
    let (response, status) = match found {
        None => ((StatusCode::NOT_FOUND, "no such page").into_response(), 404),
        Some(answer) => {
            tokio::time::sleep(answer.delay).await;
            let sum = answer.body.iter().fold(7_u64, |sum, byte| {
                sum.wrapping_mul(31).wrapping_add(u64::from(*byte))
            });
            let fixed = answer.fields.iter().find(|(name, _)| *name == "etag");
            let tag = fixed.map_or_else(|| format!("\"{sum:x}\""), |(_, tag)| tag.clone());
            let held = request
                .headers()
                .get(IF_NONE_MATCH)
                .is_some_and(|held| held.as_bytes() == tag.as_bytes());
            let status = if held && answer.status == 200 {
                304
            } else {
                answer.status
            };
            let body = if status == 304 { Vec::new() } else { answer.body };
            let code = StatusCode::from_u16(status).expect("a status");
            let value = |text: &str| HeaderValue::from_str(text).expect("a header value");
            let mut response = (code, body).into_response();
            response
                .headers_mut()
                .insert(CONTENT_TYPE, value(&answer.media_type));
            response.headers_mut().insert(ETAG, value(&tag));
            for (name, text) in answer.fields.iter().filter(|(name, _)| *name != "etag") {
                response.headers_mut().insert(*name, value(text));
            }
            if let Some(location) = &answer.location {
                response.headers_mut().insert(LOCATION, value(location));
            }
            (response, status)
        }
    };
    pages.lock().expect("whole").log.push((path, status));
    response
}
