//! Having something looked at now.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::desk::Desk;
use super::super::error::{Failure, JsonFailure};
use crate::pipeline::{self, PipelineError};

/// What is to be looked at now.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = Recheck)]
pub(super) struct RecheckJson {
    /// The address of a page or channel, or the id of a source, of which all channels are asked.
    named: String,
    /// Of a source: every known page as well.
    #[serde(default)]
    pages: bool,
}

/// What is due now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Rechecked)]
pub(super) struct RecheckedJson {
    /// Addresses that are due now; of an address that was named, it alone.
    due: u64,
    /// Whether a crawl is at work. One by schedule asks in its turn, a page that was named among the news; a single round asks for nothing
    /// twice and leaves it to the next.
    is_crawled: bool,
}

/// Makes a page or a source due now. The crawl asks for it as soon as the site's host may be asked.
#[utoipa::path(
    post,
    path = "/recheck",
    operation_id = "recheck",
    tag = "tracker",
    request_body = RecheckJson,
    security(("token" = [])),
    responses((status = 202, body = RecheckedJson, description = "What is due now"), (status = "default", body = Failure, description = "What was wrong"))
)]
pub(super) async fn recheck(
    State(desk): State<Desk>,
    wanted: Result<Json<RecheckJson>, JsonRejection>,
) -> Result<(StatusCode, Json<RecheckedJson>), JsonFailure> {
    let Json(wanted) = wanted.map_err(|rejected| {
        Failure::bad_request(rejected.body_text(), "send JSON with named, and perhaps pages")
    })?;
    let rechecked = pipeline::recheck(&desk.tracker, &wanted.named, wanted.pages)
        .await
        .map_err(failure)?;
    let answer = RecheckedJson {
        due: rechecked.addresses,
        is_crawled: rechecked.is_crawled,
    };
    Ok((StatusCode::ACCEPTED, Json(answer)))
}

fn failure(error: PipelineError) -> Failure {
    let hint = match &error {
        PipelineError::UnknownSource { .. } => "/api/v1/sources lists the sources with their ids",
        PipelineError::DisabledSource { .. } => "it is switched on in its file, with `enabled = true`",
        PipelineError::NotAskedFor { .. } => {
            "name a page that was announced or read, a channel, or a source by its id"
        }
        _ => return error.into(),
    };
    Failure::bad_request(error.to_string(), hint)
}
