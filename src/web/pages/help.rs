//! The reference of the query language, from what the parser itself knows.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::super::error;
use super::coded;
use crate::index::{self, FieldHelp};

#[derive(Template)]
#[template(path = "help.html")]
struct HelpPage {
    query: &'static str,
    forms: &'static [(&'static str, &'static str)],
    fields: &'static [FieldHelp],
    days: &'static [(&'static str, &'static str)],
}

pub(super) async fn page() -> Response {
    let page = HelpPage {
        query: "",
        forms: &index::FORMS,
        fields: &index::FIELDS,
        days: &index::DAYS,
    };
    error::page(StatusCode::OK, &page)
}
