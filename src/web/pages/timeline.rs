//! What a search finds, as a file in a format that other programs take.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query as Parameters, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::super::desk::Desk;
use super::super::error::Failure;
use super::super::export;
use super::search::{SearchParameters, search_address, unreadable};
use crate::index::EntryKind;
use crate::timeline::export::Format;

/// Everything that the query finds, as a file; of every kind, where none is asked for.
pub(super) async fn page(
    State(desk): State<Desk>,
    parameters: Result<Parameters<SearchParameters>, QueryRejection>,
) -> Result<Response, Failure> {
    let Parameters(parameters) = parameters.map_err(unreadable)?;
    if parameters.format.is_empty() {
        return Ok(Redirect::to(&search_address(&parameters.q, "all", "oldest")).into_response());
    }
    let format = Format::from_code(&parameters.format).ok_or_else(|| {
        let message = format!("there is no format `{}`", parameters.format);
        Failure::bad_request(message, "formats are csv, json, timelinejs and ics")
    })?;
    let asked = parameters.asked(desk.tracker.settings.search.hits)?;
    let kinds = match parameters.kind.as_str() {
        "" => EntryKind::ALL.to_vec(),
        _ => asked.wanted.kinds,
    };
    export::file(&desk, format, asked.text, asked.query, kinds).await
}
