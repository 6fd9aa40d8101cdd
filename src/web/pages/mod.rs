//! The pages of the desk.

mod capture;
mod document;
mod facets;
mod help;
mod marking;
mod search;
mod sources;
mod timeline;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;

use super::desk::Desk;

pub(super) use search::SearchParameters;

const STYLE: &str = include_str!("../assets/desk.css");
const ICON: &str = include_str!("../assets/icon.svg");

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/", get(search::page))
        .route("/timeline", get(timeline::page))
        .route("/documents/{id}", get(document::page))
        .route("/quotes/{id}", get(document::of_quote))
        .route("/captures/{id}", get(capture::page))
        .route("/captures/{id}/payload", get(capture::payload))
        .route("/sources", get(sources::page))
        .route("/help", get(help::page))
        .route(
            "/assets/desk.css",
            get(|| async { asset("text/css; charset=utf-8", STYLE) }),
        )
        .route("/assets/icon.svg", get(|| async { asset("image/svg+xml", ICON) }))
}

fn asset(media_type: &'static str, text: &'static str) -> impl IntoResponse {
    ([(CONTENT_TYPE, media_type), (CACHE_CONTROL, "no-cache")], text)
}

/// An instant as pages show it.
fn shown(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}
