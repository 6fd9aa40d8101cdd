//! `ETag` and `If-None-Match` (RFC 9110): a program that has an answer already is told so.

use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, ETAG, HeaderValue, IF_NONE_MATCH};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// Larger answers, and those that are streamed, carry no tag.
const LARGEST: u64 = 8 * 1024 * 1024;

/// Adds the tag of an answer, and answers 304 where the program has it.
pub(super) async fn tagged(request: Request, next: Next) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let known = request.headers().get(IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    let is_small = response
        .body()
        .size_hint()
        .exact()
        .is_some_and(|bytes| bytes <= LARGEST);
    if !is_read || response.status() != StatusCode::OK || !is_small {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::try_from(LARGEST).unwrap_or(usize::MAX)).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let tag = format!(
        "\"{}\"",
        data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes)[..16])
    );
    add(&mut parts.headers, &tag);
    if known.is_some_and(|known| names(&known, &tag)) {
        return (StatusCode::NOT_MODIFIED, parts.headers).into_response();
    }
    Response::from_parts(parts, Body::from(bytes))
}

fn add(headers: &mut HeaderMap, tag: &str) {
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(ETAG, tag);
    }
    // May be kept, and is asked for each time.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
}

/// Whether a list of tags names this one, weakly compared.
fn names(known: &HeaderValue, tag: &str) -> bool {
    let known = known.to_str().unwrap_or_default();
    let mut tags = known.split(',').map(|tag| tag.trim().trim_start_matches("W/"));
    tags.any(|known| known == tag || known == "*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_tags_names_one_weak_or_not() {
        for (list, is_named) in [
            ("\"a\"", true),
            ("\"b\", W/\"a\"", true),
            ("*", true),
            ("\"b\"", false),
            ("", false),
        ] {
            assert_eq!(
                names(&HeaderValue::from_static(list), "\"a\""),
                is_named,
                "{list}"
            );
        }
    }
}
