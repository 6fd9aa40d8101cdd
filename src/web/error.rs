//! What is answered when something is not as it should be: one shape, as a page or as JSON.

use askama::Template;
use axum::Json;
use axum::http::{StatusCode, Uri};
use axum::response::{Html, IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::index::{IndexError, QueryError};
use crate::pipeline::{PipelineError, in_words};
use crate::store::StoreError;

/// Why there is no better answer: the one shape of every failure.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Failure {
    #[serde(skip)]
    pub(super) status: StatusCode,
    /// A word for programs.
    pub(super) code: &'static str,
    /// What happened, for people.
    pub(super) message: String,
    /// What to do about it.
    pub(super) hint: &'static str,
    /// The character of the query it is about, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) position: Option<usize>,
}

impl Failure {
    pub(super) fn new(status: StatusCode, code: &'static str, message: String, hint: &'static str) -> Self {
        Self {
            status,
            code,
            message,
            hint,
            position: None,
        }
    }

    pub(super) fn not_found(what: &str) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            code: "not_found",
            message: format!("there is no {what}"),
            hint: "search for it from the front page",
            position: None,
        }
    }

    /// What was looked up by its id, or that there is none.
    pub(super) fn unless_held<T>(found: Option<T>, what: &str) -> Result<T, Self> {
        found.ok_or_else(|| Self::not_found(what))
    }

    pub(super) fn bad_request(message: String, hint: &'static str) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            code: "bad_request",
            message,
            hint,
            position: None,
        }
    }

    /// The particulars are in the log: they are for whoever runs the tracker.
    pub(super) fn inside(message: &str) -> Self {
        tracing::error!("the desk failed: {message}");
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            code: "internal",
            message: "the tracker could not answer".into(),
            hint: "its log says why",
            position: None,
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Failure::inside(&in_words(&error))
    }
}

impl From<IndexError> for Failure {
    fn from(error: IndexError) -> Self {
        Failure::inside(&in_words(&error))
    }
}

impl From<PipelineError> for Failure {
    fn from(error: PipelineError) -> Self {
        Failure::inside(&in_words(&error))
    }
}

impl From<QueryError> for Failure {
    fn from(error: QueryError) -> Self {
        Failure {
            position: error.at(),
            ..Failure::bad_request(
                error.to_string(),
                "change the query; /help says how queries are written",
            )
        }
    }
}

/// A failure as a program is told.
pub(super) struct JsonFailure(pub(super) Failure);

impl<E: Into<Failure>> From<E> for JsonFailure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for JsonFailure {
    fn into_response(self) -> Response {
        (self.0.status, Json(self.0)).into_response()
    }
}

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage<'a> {
    query: &'a str,
    failure: &'a Failure,
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        page(
            self.status,
            &FailurePage {
                query: "",
                failure: &self,
            },
        )
    }
}

/// A rendered page.
pub(super) fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!("a page cannot be rendered: {error}");
            (StatusCode::INTERNAL_SERVER_ERROR, "the page could not be made").into_response()
        }
    }
}

/// What is answered where nothing lies.
pub(super) async fn unknown_address(uri: Uri) -> Response {
    let failure = Failure::not_found("page at this address");
    if uri.path().starts_with("/api/") {
        return JsonFailure(failure).into_response();
    }
    failure.into_response()
}
