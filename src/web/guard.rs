//! What holds for every answer: who may ask, and what a browser may do with it.

use axum::extract::Request;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// No scripts but the desk's own file, no frames, nothing from elsewhere: even if page text got into a page as markup,
/// it could do nothing.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

/// Refuses what was meant for another host (DNS rebinding), and adds the headers.
pub(super) async fn guarded(request: Request, next: Next) -> Response {
    let is_local = request
        .headers()
        .get(HOST)
        .and_then(|host| host.to_str().ok())
        .is_none_or(is_local);
    let mut response = if !is_local {
        (
            StatusCode::MISDIRECTED_REQUEST,
            "this desk answers only to loopback names\n",
        )
            .into_response()
    } else if !matches!(*request.method(), Method::GET | Method::HEAD) {
        (StatusCode::METHOD_NOT_ALLOWED, "this desk is read with GET\n").into_response()
    } else {
        next.run(request).await
    };
    let fields: [(HeaderName, &'static str); 4] = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (X_FRAME_OPTIONS, "DENY"),
    ];
    for (name, value) in fields {
        response
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

fn is_local(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost")
        || name
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_local;

    #[test]
    fn only_loopback_names_are_answered() {
        for host in [
            "localhost:8080",
            "127.0.0.1",
            "127.8.8.8:1",
            "[::1]:8080",
            "LOCALHOST",
        ] {
            assert!(is_local(host), "{host}");
        }
        for host in [
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example:8080",
            "10.0.0.1",
            "",
        ] {
            assert!(!is_local(host), "{host}");
        }
    }
}
