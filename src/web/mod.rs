//! The desk and the API: what the tracker holds, for people and programs, over loopback HTTP.
//!
//! Pages are rendered here and work without scripts; one small file of ours adds keys. Nothing that came from a
//! site is ever served as markup: page text is escaped, archived payloads are downloads. Reading at a loopback address is free; whatever
//! changes something, and every answer elsewhere, needs a token.

pub mod api;
mod asked;
mod connections;
mod desk;
mod error;
mod evidence;
mod export;
mod feeds;
mod further;
mod guard;
mod happenings;
mod metrics;
pub mod newsroom;
mod pages;
mod people;
mod seldom;
mod told_with;

use std::net::SocketAddr;

use axum::Router;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use self::connections::Patience;
pub use desk::{CrawlHealth, Desk, Served};

/// What keeps the desk from being served.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// The address can be reached from other machines, and nobody could be let in.
    #[error("{address} is no loopback address, and there is no token; make one with `onrecord token create`")]
    NotLoopback {
        /// The address.
        address: SocketAddr,
    },
    /// The address cannot be listened on.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
}

/// Takes an address to listen on; port 0 takes any that is free. One that other machines reach is taken only where there
/// is a token, because nothing is answered there without one.
pub async fn listen(address: SocketAddr, has_token: bool) -> Result<TcpListener, WebError> {
    if !address.ip().is_loopback() && !has_token {
        return Err(WebError::NotLoopback { address });
    }
    TcpListener::bind(address)
        .await
        .map_err(|source| WebError::Listen { address, source })
}

/// Serves the desk until `cancel` says so; answers under way are finished, for as long as they are read.
pub async fn serve(listener: TcpListener, desk: Served, cancel: CancellationToken) {
    let is_on_loopback = listener
        .local_addr()
        .is_ok_and(|address| address.ip().is_loopback());
    desk.reached(is_on_loopback);
    connections::serve(listener, router(desk), cancel, Patience::default()).await;
}

fn router(desk: Served) -> Router {
    Router::new()
        .merge(pages::routes())
        .nest(api::ROOT, api::routes())
        .route("/healthz", get(api::health))
        .route("/metrics", get(metrics::metrics))
        .fallback(error::unknown_address)
        .layer(axum::middleware::from_fn_with_state(desk.clone(), guard::guarded))
        .with_state(desk)
}
