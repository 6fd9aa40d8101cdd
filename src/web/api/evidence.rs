//! The evidence pack of a quote.

use axum::extract::{Path, State};
use axum::response::Response;

use super::super::desk::Desk;
use super::super::error::{Failure, JsonFailure};
use super::super::evidence::pack;

/// The evidence pack of a quote: a web archive (WACZ) of the records that prove it, with what is claimed of them.
#[utoipa::path(
    get,
    path = "/quotes/{id}/evidence",
    tag = "evidence",
    params(("id" = String, Path, description = "The quote's id")),
    responses((status = 200, content_type = "application/zip", description = "The pack"), (status = "default", body = Failure, description = "What was wrong"))
)]
pub(super) async fn evidence(
    State(desk): State<Desk>,
    Path(id): Path<String>,
) -> Result<Response, JsonFailure> {
    Ok(pack(&desk, id).await?)
}
