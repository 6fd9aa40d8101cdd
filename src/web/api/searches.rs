//! Saved searches and their alerts.

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::desk::Desk;
use super::super::error::{Failure, JsonFailure};
use super::super::guard::Granted;
use super::values;
use crate::model::saved_search::{Rhythm, SavedSearch, Webhook};
use crate::model::token::Scope;
use crate::pipeline::alerts::{self, AlertJson, Draft};

/// Items of the alerts of an answer, but for a single alert that has more.
const ITEMS: usize = 1000;

/// A saved search. The same object is a line of `onrecord searches list --json`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SavedSearch)]
pub struct SavedSearchJson {
    id: String,
    name: String,
    query: String,
    /// `quotes`, `documents`, `dates` or `all`.
    kind: String,
    /// How often it is looked at: `at-once`, `daily` or `weekly`.
    every: &'static str,
    /// The host that its alerts are posted to; the whole address is often a secret.
    webhook: Option<String>,
    /// The key that its alerts are signed with (Standard Webhooks); only in the answer to saving it.
    #[serde(skip_serializing_if = "Option::is_none")]
    webhook_secret: Option<String>,
    /// Who is written to.
    email: Option<String>,
    created_at: String,
    /// When it was looked at last; nothing before the first look.
    looked_at: Option<String>,
    /// What keeps it from being asked.
    trouble: Option<String>,
}

/// A search to be saved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SearchDraft)]
pub(super) struct DraftJson {
    name: String,
    /// A name typed alone that is in no quote itself is saved as the clause for what its bearer said.
    query: String,
    /// `quotes` (the default), `documents`, `dates` or `all`.
    #[schema(inline, value_type = Option<values::KindCode>)]
    kind: Option<String>,
    /// `at-once` (the default), `daily` or `weekly`.
    #[schema(inline, value_type = Option<values::RhythmCode>)]
    every: Option<String>,
    /// Where alerts are posted to; needs the scope `admin`.
    webhook: Option<String>,
    /// Who is written to; needs the scope `admin`.
    email: Option<String>,
}

/// The host of a webhook.
pub(in crate::web) fn host_of(webhook: &Webhook) -> String {
    let url = url::Url::parse(&webhook.url).ok();
    url.and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_default()
}

impl From<SavedSearch> for SavedSearchJson {
    fn from(search: SavedSearch) -> Self {
        Self {
            id: search.id,
            name: search.name,
            query: search.query,
            kind: search.kind,
            every: search.rhythm.code(),
            webhook: search.webhook.as_ref().map(host_of),
            webhook_secret: None,
            email: search.email,
            created_at: search.created_at.to_string(),
            looked_at: search.looked_at.map(|at| at.to_string()),
            trouble: search.trouble,
        }
    }
}

/// Every saved search.
#[utoipa::path(
    get,
    path = "/searches",
    operation_id = "searches",
    tag = "searches",
    responses((status = 200, body = [SavedSearchJson], description = "All of them"), (status = "default", body = Failure, description = "What was wrong"))
)]
pub(super) async fn all(State(desk): State<Desk>) -> Result<Json<Vec<SavedSearchJson>>, JsonFailure> {
    let searches = desk.tracker.store.searches().await?;
    Ok(Json(searches.into_iter().map(SavedSearchJson::from).collect()))
}

/// Saves a search. Its alerts are of what comes after that.
#[utoipa::path(
    post,
    path = "/searches",
    operation_id = "save_search",
    tag = "searches",
    request_body = DraftJson,
    security(("token" = [])),
    responses((status = 201, body = SavedSearchJson, description = "The search"), (status = "default", body = Failure, description = "What was wrong"))
)]
pub(super) async fn save(
    State(desk): State<Desk>,
    Extension(granted): Extension<Granted>,
    draft: Result<Json<DraftJson>, JsonRejection>,
) -> Result<(StatusCode, Json<SavedSearchJson>), JsonFailure> {
    let Json(draft) = draft.map_err(|rejected| {
        let hint = "send JSON with name, query, and perhaps kind, every, webhook and email";
        Failure::bad_request(rejected.body_text(), hint)
    })?;
    let every = draft.every.as_deref().unwrap_or(Rhythm::AtOnce.code());
    let rhythm = Rhythm::from_code(every).ok_or_else(|| {
        let message = format!("a search cannot be looked at `{every}`");
        Failure::bad_request(message, "it is at-once, daily or weekly")
    })?;
    let draft = Draft {
        name: draft.name,
        query: draft.query,
        kind: draft.kind.unwrap_or_else(|| "quotes".into()),
        rhythm,
        webhook: draft.webhook,
        email: draft.email,
    };
    let search = kept(&desk, granted, draft).await?;
    let secret = search.webhook.as_ref().map(|webhook| webhook.secret.clone());
    let saved = SavedSearchJson {
        webhook_secret: secret,
        ..search.into()
    };
    Ok((StatusCode::CREATED, Json(saved)))
}

/// Saves a search for whoever may.
pub(in crate::web) async fn kept(
    desk: &Desk,
    granted: Granted,
    draft: Draft,
) -> Result<SavedSearch, Failure> {
    if draft.webhook.is_some() || draft.email.is_some() {
        granted.check(Scope::Admin)?;
    }
    alerts::save(&desk.tracker, &desk.searcher, draft)
        .await
        .map_err(|error| match error.is_of_the_draft() {
            true => Failure::bad_request(error.to_string(), "change it and save it again"),
            false => Failure::inside(&crate::pipeline::in_words(&error)),
        })
}

/// A saved search.
#[utoipa::path(
    get,
    path = "/searches/{id}",
    operation_id = "saved_search",
    tag = "searches",
    params(("id" = String, Path, description = "The search's id or name")),
    responses((status = 200, body = SavedSearchJson, description = "The search"), (status = "default", body = Failure, description = "What was wrong"))
)]
pub(super) async fn one(
    State(desk): State<Desk>,
    Path(id): Path<String>,
) -> Result<Json<SavedSearchJson>, JsonFailure> {
    Ok(Json(named(&desk, &id).await?.into()))
}

/// Deletes a saved search and its alerts.
#[utoipa::path(
    delete,
    path = "/searches/{id}",
    operation_id = "delete_search",
    tag = "searches",
    params(("id" = String, Path, description = "The search's id or name")),
    security(("token" = [])),
    responses((status = 204, description = "It is deleted"), (status = "default", body = Failure, description = "What was wrong"))
)]
pub(super) async fn delete(
    State(desk): State<Desk>,
    Path(id): Path<String>,
) -> Result<StatusCode, JsonFailure> {
    let search = named(&desk, &id).await?;
    desk.tracker.store.delete_search(&search.id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The latest alerts of a saved search, the newest first.
#[utoipa::path(
    get,
    path = "/searches/{id}/alerts",
    tag = "searches",
    params(("id" = String, Path, description = "The search's id or name")),
    responses((status = 200, body = [AlertJson], description = "The alerts, the newest first"), (status = "default", body = Failure, description = "What was wrong"))
)]
pub(super) async fn alerts(
    State(desk): State<Desk>,
    Path(id): Path<String>,
) -> Result<Json<Vec<AlertJson>>, JsonFailure> {
    let search = named(&desk, &id).await?;
    let latest = desk.tracker.store.alerts_of(&search.id, ITEMS).await?;
    Ok(Json(alerts::told_all(&desk.tracker, &latest).await?))
}

/// The saved search of an id or name.
pub(in crate::web) async fn named(desk: &Desk, id: &str) -> Result<SavedSearch, Failure> {
    let search = desk.tracker.store.search_named(id).await?;
    Failure::unless_held(search, "such saved search")
}
