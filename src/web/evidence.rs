//! The evidence pack of a quote, as pages and the API give it.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::desk::Desk;
use super::error::Failure;
use crate::model::id::QuoteId;
use crate::pipeline;

/// The link of the quote's page.
pub(super) async fn page(State(desk): State<Desk>, Path(id): Path<String>) -> Result<Response, Failure> {
    pack(&desk, id).await
}

/// The pack as a download.
pub(super) async fn pack(desk: &Desk, id: String) -> Result<Response, Failure> {
    let id = QuoteId::new(id);
    // Other things have ids as well, and packs of whole pages are not made at a click.
    let held = desk.tracker.store.revision_of_quote(&id).await?;
    Failure::unless_held(held, "such quote")?;
    let pack = pipeline::evidence(&desk.tracker, &[id.to_string()]).await?;
    let fields = [
        (CONTENT_TYPE, "application/zip".to_string()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{id}.wacz\"")),
    ];
    Ok((fields, pack).into_response())
}
