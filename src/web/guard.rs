//! What holds for every answer: who may ask, and what a browser may do with it.
//!
//! At a loopback address everything can be read by whoever asks for it under a loopback name; a page elsewhere that
//! leads a name of its own to us (DNS rebinding) asks under that name and is refused. Everything else needs a token:
//! changes, other names (`serve.hosts`), what a proxy hands on, and everything at an address that other machines reach. Programs show it as
//! `Authorization: Bearer`, browsers as the password of HTTP's Basic authentication (RFC 7617), which they ask for.

use axum::extract::{Request, State};
use axum::http::header::{
    AUTHORIZATION, CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY,
    WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;

use super::api;
use super::desk::Desk;
use super::error::{Failure, JsonFailure};
use crate::model::token::Scope;
use crate::pipeline;

/// No scripts but the desk's own file, no frames, nothing from elsewhere: even if page text got into a page as markup,
/// it could do nothing.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

/// What whoever asks may do, and by which token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Granted {
    scope: Scope,
    token: Option<String>,
}

impl Granted {
    /// Whether that is enough.
    pub(super) fn check(&self, needed: Scope) -> Result<(), Failure> {
        match self.scope >= needed {
            true => Ok(()),
            false => Err(too_narrow(needed)),
        }
    }

    /// Who says something, as it is kept: the name that was given, which anybody may give, with the token, which only its bearer has.
    pub(super) fn who(&self, name: &str) -> String {
        match (name.trim(), &self.token) {
            ("", Some(token)) => format!("token {token}"),
            (name, Some(token)) => format!("{name} (token {token})"),
            (name, None) => name.to_owned(),
        }
    }
}

/// Lets in who may, and adds the headers.
pub(super) async fn guarded(State(desk): State<Desk>, mut request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with(api::ROOT);
    let mut response = match admitted(&desk, request.method(), request.headers()).await {
        Ok(granted) => {
            request.extensions_mut().insert(granted);
            next.run(request).await
        }
        Err(failure) => refused(failure, is_api),
    };
    let fields: [(HeaderName, &'static str); 4] = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Not none at all: browsers then name no origin either when a form of ours is sent.
        (REFERRER_POLICY, "same-origin"),
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

fn refused(failure: Failure, is_api: bool) -> Response {
    let asks_for_token = failure.status == StatusCode::UNAUTHORIZED;
    let mut response = match is_api {
        true => JsonFailure(failure).into_response(),
        false => failure.into_response(),
    };
    if asks_for_token {
        let scheme = match is_api {
            true => "Bearer realm=\"Onrecord\"",
            false => "Basic realm=\"Onrecord: a token as the password\", charset=\"UTF-8\"",
        };
        let scheme = HeaderValue::from_static(scheme);
        response.headers_mut().insert(WWW_AUTHENTICATE, scheme);
    }
    response
}

/// What a request may do.
async fn admitted(desk: &Desk, method: &Method, headers: &HeaderMap) -> Result<Granted, Failure> {
    let host = headers
        .get(HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or("localhost");
    let is_reading = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    let hosts = &desk.tracker.settings.serve.hosts;
    let is_named = hosts.iter().any(|name| is_host(host, name));
    // A proxy may hand requests of others on under a loopback name, and most do unless they are told otherwise.
    let is_free = desk.is_on_loopback && is_local(host) && hosts.is_empty() && !is_forwarded(headers);
    if desk.is_on_loopback && !is_local(host) && !is_named {
        return Err(Failure::new(
            StatusCode::MISDIRECTED_REQUEST,
            "misdirected",
            "this desk answers to loopback names only".into(),
            "name others in serve.hosts of config/onrecord.toml",
        ));
    }
    if !is_reading && !is_of_this_site(headers, host) {
        return Err(Failure::new(
            StatusCode::FORBIDDEN,
            "cross_site",
            "another site asked your browser to change something here".into(),
            "do it from a page of this desk",
        ));
    }
    let needed = if is_reading { Scope::Read } else { Scope::Write };
    let token = match token(headers) {
        None if is_reading && is_free => {
            return Ok(Granted {
                scope: Scope::Read,
                token: None,
            });
        }
        None => return Err(no_token("this needs a token")),
        Some(secret) => pipeline::token_of(&desk.tracker, &secret).await?,
    };
    let token = token.ok_or_else(|| no_token("there is no such token"))?;
    if !token.is_valid(Timestamp::now()) {
        return Err(no_token("this token has expired"));
    }
    let granted = Granted {
        scope: token.scope,
        token: Some(token.name.clone()),
    };
    granted.check(needed)?;
    pipeline::note_use(&desk.tracker, token);
    Ok(granted)
}

fn no_token(message: &str) -> Failure {
    Failure::new(
        StatusCode::UNAUTHORIZED,
        "no_token",
        message.into(),
        "make one with `onrecord token create`; programs send it as `Authorization: Bearer`",
    )
}

fn too_narrow(needed: Scope) -> Failure {
    Failure::new(
        StatusCode::FORBIDDEN,
        "narrow_token",
        format!("this needs a token of the scope `{}`", needed.code()),
        "make one with `onrecord token create NAME --scope`",
    )
}

/// The secret that a request shows.
fn token(headers: &HeaderMap) -> Option<String> {
    let shown = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = shown.split_once(' ')?;
    let rest = rest.trim();
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.to_owned());
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(data_encoding::BASE64.decode(rest.as_bytes()).ok()?).ok()?;
    let (_, password) = pair.split_once(':')?;
    Some(password.to_owned())
}

/// Whether a change is asked for by a program, or by a page of this desk: a browser shows a password it knows to whoever
/// makes it ask.
fn is_of_this_site(headers: &HeaderMap, host: &str) -> bool {
    let field = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let is_ours = field("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    let is_host = |origin: &str| {
        origin.split_once("://").is_some_and(|(scheme, from)| {
            let usual = if scheme == "https" { ":443" } else { ":80" };
            let bare = |name: &str| name.trim_end_matches(usual).to_ascii_lowercase();
            bare(from) == bare(host)
        })
    };
    is_ours && field(ORIGIN.as_str()).is_none_or(is_host)
}

/// Whether somebody hands the request on for another.
fn is_forwarded(headers: &HeaderMap) -> bool {
    let fields = [
        "forwarded",
        "via",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-real-ip",
    ];
    fields.iter().any(|field| headers.contains_key(*field))
}

/// Whether a `Host` names this one, whatever the port.
fn is_host(host: &str, name: &str) -> bool {
    let bare = host.rsplit_once(':').map_or(host, |(bare, _)| bare);
    host.eq_ignore_ascii_case(name) || bare.eq_ignore_ascii_case(name)
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
    use super::*;

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

    fn headers(fields: &[(&'static str, &'static str)]) -> HeaderMap {
        let fields = fields.iter();
        fields
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn a_token_is_shown_by_programs_and_by_browsers() {
        let shown = |value| token(&headers(&[("authorization", value)]));
        assert_eq!(shown("Bearer abc").as_deref(), Some("abc"));
        // "me:abc" and "abc"
        assert_eq!(shown("Basic bWU6YWJj").as_deref(), Some("abc"));
        assert_eq!(shown("Basic YWJj"), None);
        assert_eq!(shown("Basic ***"), None);
        assert_eq!(shown("Digest abc"), None);
        assert_eq!(shown("Bearer"), None);
    }

    #[test]
    fn what_another_site_asks_for_is_told_from_what_this_one_does() {
        let host = "localhost:8080";
        for fields in [
            &[][..],
            &[("origin", "http://localhost:8080")],
            &[
                ("sec-fetch-site", "same-origin"),
                ("origin", "http://LOCALHOST:8080"),
            ],
        ] {
            assert!(is_of_this_site(&headers(fields), host), "{fields:?}");
        }
        for fields in [
            &[("origin", "http://evil.example")][..],
            &[("origin", "null")],
            &[("origin", "http://localhost:9090")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
        ] {
            assert!(!is_of_this_site(&headers(fields), host), "{fields:?}");
        }
    }

    #[test]
    fn names_are_compared_without_their_port() {
        assert!(is_host("Desk.example.org:443", "desk.example.org"));
        assert!(is_host("desk.example.org", "desk.example.org"));
        assert!(!is_host("desk.example.org.evil.example", "desk.example.org"));
    }
}
