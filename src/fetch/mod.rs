//! One request, one outcome.
//!
//! An address comes in; what goes out is the answer as it came over the wire, or the reason there is
//! none. A redirect is an answer like any other: following it, asking robots.txt before each hop and
//! keeping each hop are left to `crawl`. No other folder names the HTTP client.
//!
//! Bodies are never decoded on the way: the archive keeps the bytes received, and [`coding::decode`]
//! undoes their content coding, bounded, when a page is read.

mod body;
mod client;
pub mod coding;
mod failure;
pub mod guard;
#[cfg(test)]
mod loopback;

use std::borrow::Cow;
use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;

use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::model::capture::Truncation;
use crate::model::outcome::Outcome;
use crate::model::source::Source;
use crate::settings::CrawlSettings;

pub use client::{Client, check_target};

/// How requests are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientSettings {
    /// What the client calls itself, with a way to reach whoever runs it.
    pub user_agent: String,
    /// How long making a connection may take.
    pub timeout_connect: Duration,
    /// How long the whole exchange may take.
    pub timeout_total: Duration,
    /// How long the server may be silent in the middle of a body.
    pub timeout_idle: Duration,
    /// How much of a body is read, before any decoding.
    pub max_body_bytes: usize,
    /// The ports that may be asked where an address is not allowed to be private.
    pub ports: Vec<u16>,
    /// The ports of hosts that have their own, by the host's name.
    pub host_ports: HashMap<String, Vec<u16>>,
}

impl ClientSettings {
    /// How a crawl with these settings asks, and so whoever shows what it would do; `sources` name the further ports of
    /// their hosts.
    pub fn of<'a>(settings: &CrawlSettings, sources: impl IntoIterator<Item = &'a Source>) -> Self {
        let length = |length: SignedDuration| Duration::try_from(length).unwrap_or_default();
        Self {
            user_agent: settings.full_user_agent(),
            timeout_total: length(settings.timeout),
            timeout_idle: length(settings.idle_timeout),
            max_body_bytes: usize::try_from(settings.max_body_bytes).unwrap_or(usize::MAX),
            ports: settings.ports.clone(),
            host_ports: host_ports(&settings.ports, sources),
            ..Self::default()
        }
    }

    /// The ports that an address's host may be asked on.
    pub fn ports_of(&self, url: &Url) -> &[u16] {
        let own = url.host_str().and_then(|host| self.host_ports.get(host));
        own.unwrap_or(&self.ports)
    }
}

/// The ports of each host that sources give further ones than the usual.
fn host_ports<'a>(usual: &[u16], sources: impl IntoIterator<Item = &'a Source>) -> HashMap<String, Vec<u16>> {
    let mut ports: HashMap<String, Vec<u16>> = HashMap::new();
    for source in sources.into_iter().filter(|source| !source.ports.is_empty()) {
        for host in source.hosts() {
            let of_host = ports
                .entry(host.to_ascii_lowercase())
                .or_insert_with(|| usual.to_vec());
            of_host.extend_from_slice(&source.ports);
        }
    }
    ports
}

impl Default for ClientSettings {
    fn default() -> Self {
        Self {
            user_agent: concat!("Onrecord/", env!("CARGO_PKG_VERSION")).to_string(),
            timeout_connect: Duration::from_secs(10),
            timeout_total: Duration::from_secs(60),
            timeout_idle: Duration::from_secs(20),
            max_body_bytes: 16 * 1024 * 1024,
            ports: vec![80, 443, 8080, 8443],
            host_ports: HashMap::new(),
        }
    }
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The address; its fragment is not sent.
    pub url: Url,
    /// The `ETag` held, as the server wrote it.
    pub etag: Option<String>,
    /// The `Last-Modified` held, as the server wrote it.
    pub last_modified: Option<String>,
    /// Whether the address may be private, loopback or on any port.
    pub allow_private: bool,
}

impl Request {
    /// An unconditional request for a public address.
    pub fn new(url: Url) -> Self {
        Self {
            url,
            etag: None,
            last_modified: None,
            allow_private: false,
        }
    }
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum FetchOutcome {
    /// The server answered, whatever it said.
    Answered(Box<Exchange>),
    /// There is no answer.
    Failed {
        /// Why, as it is kept on record.
        outcome: Outcome,
        /// The particulars, in words.
        detail: String,
    },
}

/// A request and the answer to it, as both went over the wire.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    /// The address asked for.
    pub url: Url,
    /// When the request was sent.
    pub started_at: Timestamp,
    /// From then to the last byte read.
    pub elapsed: Duration,
    /// Whether the request named what is held (`If-None-Match`, `If-Modified-Since`).
    pub conditional: bool,
    /// The status of the answer.
    pub status: u16,
    /// The protocol spoken: `HTTP/1.0`, `HTTP/1.1` or `HTTP/2`.
    pub version: &'static str,
    /// The header fields in order, names in lower case.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The request as sent, up to and with the empty line.
    pub request_head: Vec<u8>,
    /// The answer's status line and fields, up to and with the empty line.
    pub response_head: Vec<u8>,
    /// The body with its content coding, without its transfer coding.
    pub body: Vec<u8>,
    /// Why the body is not whole, where it is not.
    pub truncated: Option<Truncation>,
    /// The address that answered.
    pub remote: Option<IpAddr>,
}

impl Exchange {
    /// The first field of a name, where it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self
            .headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(value).ok().map(str::trim)
    }

    /// The body with its content coding undone, where that is sound and no longer than `cap_bytes`; the body itself
    /// where it has none.
    pub fn payload(&self, cap_bytes: usize) -> Result<Cow<'_, [u8]>, coding::CodingError> {
        coding::decode(&self.body, self.header("content-encoding"), cap_bytes)
    }

    /// The address a redirect names.
    pub fn redirect(&self) -> Option<Url> {
        let named = matches!(self.status, 301 | 302 | 303 | 307 | 308).then(|| self.header("location"))?;
        self.url.join(named?).ok()
    }

    /// How long the server asks us to stay away, from `Retry-After` in seconds or as a date.
    pub fn retry_after(&self) -> Option<Duration> {
        let value = self.header("retry-after")?;
        if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
            // A number that is too large is a long wait all the same.
            return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
        }
        let until = rfc2822::DateTimeParser::new().parse_timestamp(value).ok()?;
        let wait = until.as_second() - self.started_at.as_second();
        Some(Duration::from_secs(u64::try_from(wait).unwrap_or(0)))
    }

    /// The outcome as far as one answer tells: a page with content counts as `Changed` until the
    /// archive knows its digest.
    pub fn outcome(&self) -> Outcome {
        match Outcome::of_status(self.status) {
            Some(Outcome::Redirected) if self.redirect().is_none() => Outcome::Broken,
            // Only who asked whether something changed can be told that it did not (RFC 9110 15.4.5).
            Some(Outcome::NotModified) if !self.conditional => Outcome::Broken,
            Some(outcome) => outcome,
            // Only who asked for a part may be given one (RFC 9110 15.3.7), and nobody here does.
            None if self.status == 206 => Outcome::Broken,
            None => match self.truncated {
                Some(Truncation::Length) => Outcome::TooLarge,
                Some(Truncation::Time) => Outcome::TimedOut,
                Some(Truncation::Disconnect) => Outcome::Broken,
                None if self.body.is_empty() => Outcome::Empty,
                None => Outcome::Changed,
            },
        }
    }
}

/// What keeps this chapter from working at all.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The HTTP client could not be built: no root certificates, most likely.
    #[error("cannot build the HTTP client")]
    Client(#[source] reqwest::Error),
    /// The user agent holds what no header field may.
    #[error("user agent `{0}` holds characters that cannot be sent")]
    UserAgent(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchange(status: u16, headers: &[(&str, &str)], body: &str) -> Exchange {
        Exchange {
            url: Url::parse("https://town.example/a/b").expect("valid"),
            started_at: "2026-02-06T10:00:00Z".parse().expect("valid"),
            elapsed: Duration::ZERO,
            conditional: false,
            status,
            version: "HTTP/1.1",
            headers: headers
                .iter()
                .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
                .collect(),
            request_head: Vec::new(),
            response_head: Vec::new(),
            body: body.as_bytes().to_vec(),
            truncated: None,
            remote: None,
        }
    }

    #[track_caller]
    fn check(exchange: Exchange, outcome: Outcome) {
        assert_eq!(exchange.outcome(), outcome);
    }

    #[test]
    fn a_page_with_content_counts_as_changed_and_one_without_as_empty() {
        check(exchange(200, &[], "text"), Outcome::Changed);
        check(exchange(200, &[], ""), Outcome::Empty);
        check(exchange(204, &[], ""), Outcome::Empty);
    }

    #[test]
    fn a_cut_body_is_named_for_what_cut_it() {
        for (truncation, outcome) in [
            (Truncation::Length, Outcome::TooLarge),
            (Truncation::Time, Outcome::TimedOut),
            (Truncation::Disconnect, Outcome::Broken),
        ] {
            check(
                Exchange {
                    truncated: Some(truncation),
                    ..exchange(200, &[], "te")
                },
                outcome,
            );
            check(
                Exchange {
                    truncated: Some(truncation),
                    ..exchange(404, &[], "te")
                },
                Outcome::NotFound,
            );
        }
    }

    #[test]
    fn not_modified_is_an_answer_only_to_who_asked() {
        check(exchange(304, &[], ""), Outcome::Broken);
        check(
            Exchange {
                conditional: true,
                ..exchange(304, &[], "")
            },
            Outcome::NotModified,
        );
    }

    #[test]
    fn a_redirect_must_say_where_to() {
        check(exchange(302, &[], ""), Outcome::Broken);
        let redirect = exchange(302, &[("location", "../caf\u{e9}")], "");
        assert_eq!(
            redirect.redirect().expect("named").as_str(),
            "https://town.example/caf%C3%A9"
        );
        check(redirect, Outcome::Redirected);
    }

    #[test]
    fn retry_after_is_read_in_both_its_forms() {
        for (value, wait) in [
            ("120", Some(120)),
            ("Fri, 06 Feb 2026 10:02:00 GMT", Some(120)),
            ("Fri, 06 Feb 2026 09:00:00 GMT", Some(0)),
            ("99999999999999999999999", Some(u64::MAX)),
            ("soon", None),
            ("-5", None),
        ] {
            let answer = exchange(503, &[("retry-after", value)], "");
            assert_eq!(answer.retry_after(), wait.map(Duration::from_secs), "{value}");
        }
    }
}
