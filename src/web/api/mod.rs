//! The JSON API under `/api/v1`. Its types are its own, so that the model can move while answers stay put.
//!
//! Its description (OpenAPI 3.1) is made from these handlers and types and served as `openapi.json`. Failures have one
//! shape; answers carry an `ETag`, by which a program is told that nothing changed.

mod changes;
pub(super) mod corrections;
mod documents;
mod evidence;
mod hits;
mod quotes;
mod recheck;
mod search;
pub(super) mod searches;
mod sources;
mod speakers;
mod status;
mod tags;
mod timeline;
pub(super) mod values;

use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::desk::Served;

pub use corrections::CorrectionJson;
pub use hits::HitJson;
pub use searches::SavedSearchJson;
pub use sources::SourceJson;
pub(super) use status::health;

/// Where the API lies.
pub(super) const ROOT: &str = "/api/v1";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Onrecord",
        description = "Who said what, when, and where it is printed. Quotes, documents and date mentions of a tracker; \
            each leads to the archived capture that shows it. Offsets are Unicode code points, ends excluded; instants \
            are RFC 3339, days ISO 8601, imprecise days EDTF.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    servers((url = "/api/v1")),
    modifiers(&Tokens),
    tags(
        (name = "search", description = "What was said, printed and meant, found by words, people and days."),
        (name = "evidence", description = "What a hit leads back to: document, revision, capture, WARC record."),
        (name = "speakers", description = "Who is quoted: names, offices by time, counts."),
        (name = "searches", description = "Searches that are looked at again, and what was new, changed or gone."),
        (name = "corrections", description = "What people correct of what was read, beside it."),
        (name = "tracker", description = "How the tracker and its sources stand.")
    )
)]
struct Description;

/// Tells how a token is shown.
struct Tokens;

impl Modify for Tokens {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let components = description.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    }
}

pub(super) fn routes() -> axum::Router<Served> {
    let (router, description) = described();
    let description = description.to_json().unwrap_or_default();
    router
        .route(
            "/openapi.json",
            get(|| async move { ([(CONTENT_TYPE, "application/json")], description) }),
        )
        .layer(axum::middleware::from_fn(tags::tagged))
}

/// The handlers, and what they tell of themselves.
fn described() -> (axum::Router<Served>, utoipa::openapi::OpenApi) {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(search::search))
        .routes(routes!(timeline::timeline))
        .routes(routes!(timeline::export))
        .routes(routes!(changes::changes))
        .routes(routes!(speakers::all))
        .routes(routes!(speakers::one))
        .routes(routes!(documents::document))
        .routes(routes!(documents::revision))
        .routes(routes!(quotes::quote))
        .routes(routes!(evidence::evidence))
        .routes(routes!(documents::capture))
        .routes(routes!(documents::record))
        .routes(routes!(searches::all, searches::save))
        .routes(routes!(searches::one, searches::delete))
        .routes(routes!(searches::alerts))
        .routes(routes!(corrections::all, corrections::make))
        .routes(routes!(corrections::take_back))
        .routes(routes!(sources::all))
        .routes(routes!(recheck::recheck))
        .routes(routes!(status::status))
        .split_for_parts()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_and_every_parameter_is_described() {
        let (_, description) = described();
        let json = serde_json::to_value(&description).expect("JSON");
        assert!(json["openapi"].as_str().expect("a version").starts_with("3.1"));
        let paths = json["paths"].as_object().expect("paths");
        assert!(paths.len() >= 8, "{paths:?}");
        let mut ids = std::collections::BTreeSet::new();
        for (path, item) in paths {
            for (method, operation) in item.as_object().expect("operations") {
                let place = format!("{method} {path}");
                let told = |value: &serde_json::Value| value.as_str().is_some_and(|text| text.len() > 10);
                assert!(
                    told(&operation["summary"]) || told(&operation["description"]),
                    "{place}"
                );
                assert!(operation["responses"]["default"].is_object(), "{place}");
                // OpenAPI 3.1.1: each response must have a description, each parameter a schema, each operation an id of its own.
                for (status, response) in operation["responses"].as_object().expect("responses") {
                    assert!(
                        response["description"]
                            .as_str()
                            .is_some_and(|text| !text.is_empty()),
                        "{place}: {status}"
                    );
                }
                for parameter in operation["parameters"].as_array().into_iter().flatten() {
                    assert!(told(&parameter["description"]), "{place}: {parameter}");
                    assert!(parameter["schema"].is_object(), "{place}: {parameter}");
                }
                let id = operation["operationId"].as_str().expect("an id");
                assert!(ids.insert(id.to_owned()), "{place}: {id}");
            }
        }
        // Two types under one name would hide each other.
        let schemas = json["components"]["schemas"].as_object().expect("schemas");
        for name in [
            "Hit",
            "Quote",
            "PrintedQuote",
            "DateMention",
            "ChannelHealth",
            "Timeline",
            "Event",
            "Speaker",
            "Failure",
        ] {
            assert!(schemas.contains_key(name), "{name}: {:?}", schemas.keys());
        }
    }
}
