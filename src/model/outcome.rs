//! What became of an attempt to fetch something. What the world does is an outcome, not an error.

use std::fmt;

/// The end of one attempt, as kept in the store and shown by `onrecord status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// An answer with content that was not held before.
    Changed,
    /// An answer whose content was held already (same payload digest).
    Unchanged,
    /// 304: the server says that what we hold is current.
    NotModified,
    /// Another address was named; it is fetched in its turn.
    Redirected,
    /// robots.txt forbids it, or could not be read in a way that lets us ask (RFC 9309).
    RobotsDisallowed,
    /// 404.
    NotFound,
    /// 410.
    Gone,
    /// 401, 403, 429, 451, 490 and their like: the site does not want this request.
    Blocked,
    /// Any other 4xx.
    ClientError,
    /// 5xx.
    ServerError,
    /// The address, or one it led to, is private, or its scheme or port is not allowed.
    Refused,
    /// More redirects than allowed, or a circle.
    TooManyRedirects,
    /// The body passed the limit and was cut; what came is archived as truncated.
    TooLarge,
    /// No answer, or not all of it, in time.
    TimedOut,
    /// The name did not resolve.
    NameUnknown,
    /// No connection could be made, or it broke before an answer.
    Unreachable,
    /// The TLS handshake failed.
    TlsFailed,
    /// The answer ended early or broke the protocol.
    Broken,
    /// A channel answered, but with nothing that could be read as its kind.
    Malformed,
    /// A page answered 200 with an empty body.
    Empty,
    /// A page answered with so little of the text that is held of it that something else may stand in its place; it is
    /// believed when the next visit does not find the text either.
    InDoubt,
    /// Nothing was asked: the host is left alone for now.
    Deferred,
}

impl Outcome {
    /// Every outcome, in the order it is reported.
    pub const ALL: [Outcome; 22] = [
        Outcome::Changed,
        Outcome::Unchanged,
        Outcome::NotModified,
        Outcome::Redirected,
        Outcome::RobotsDisallowed,
        Outcome::NotFound,
        Outcome::Gone,
        Outcome::Blocked,
        Outcome::ClientError,
        Outcome::ServerError,
        Outcome::Refused,
        Outcome::TooManyRedirects,
        Outcome::TooLarge,
        Outcome::TimedOut,
        Outcome::NameUnknown,
        Outcome::Unreachable,
        Outcome::TlsFailed,
        Outcome::Broken,
        Outcome::Malformed,
        Outcome::Empty,
        Outcome::InDoubt,
        Outcome::Deferred,
    ];

    /// The name used in rows and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Outcome::Changed => "changed",
            Outcome::Unchanged => "unchanged",
            Outcome::NotModified => "not_modified",
            Outcome::Redirected => "redirected",
            Outcome::RobotsDisallowed => "robots_disallowed",
            Outcome::NotFound => "not_found",
            Outcome::Gone => "gone",
            Outcome::Blocked => "blocked",
            Outcome::ClientError => "client_error",
            Outcome::ServerError => "server_error",
            Outcome::Refused => "refused",
            Outcome::TooManyRedirects => "too_many_redirects",
            Outcome::TooLarge => "too_large",
            Outcome::TimedOut => "timed_out",
            Outcome::NameUnknown => "name_unknown",
            Outcome::Unreachable => "unreachable",
            Outcome::TlsFailed => "tls_failed",
            Outcome::Broken => "broken",
            Outcome::Malformed => "malformed",
            Outcome::Empty => "empty",
            Outcome::InDoubt => "in_doubt",
            Outcome::Deferred => "deferred",
        }
    }

    /// The outcome of a code, as `code` gives it.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }

    /// The outcome a status alone stands for; `None` for 2xx, which the body decides.
    pub fn of_status(status: u16) -> Option<Self> {
        Some(match status {
            200..=299 => return None,
            301 | 302 | 303 | 307 | 308 => Outcome::Redirected,
            304 => Outcome::NotModified,
            404 => Outcome::NotFound,
            410 => Outcome::Gone,
            // 402, 407, 418 and 490 (a content network's own) are how bot walls answer.
            401 | 402 | 403 | 407 | 418 | 429 | 451 | 490 => Outcome::Blocked,
            400..=499 => Outcome::ClientError,
            500..=599 => Outcome::ServerError,
            // An interim answer, a redirect that says nothing, or no status of HTTP at all.
            _ => Outcome::Broken,
        })
    }

    /// Whether nobody was reached who could have answered.
    pub fn is_unreached(self) -> bool {
        matches!(
            self,
            Outcome::NameUnknown | Outcome::Unreachable | Outcome::TimedOut
        )
    }

    /// Whether the address answered as it should.
    pub fn is_success(self) -> bool {
        matches!(
            self,
            Outcome::Changed | Outcome::Unchanged | Outcome::NotModified | Outcome::Redirected
        )
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.code().replace('_', " "))
    }
}

#[cfg(test)]
mod tests {
    use super::Outcome;

    #[test]
    fn a_status_tells_absent_blocked_and_failed_apart() {
        for (status, outcome) in [
            (204, None),
            (300, Some(Outcome::Broken)),
            (308, Some(Outcome::Redirected)),
            (404, Some(Outcome::NotFound)),
            (410, Some(Outcome::Gone)),
            (401, Some(Outcome::Blocked)),
            (403, Some(Outcome::Blocked)),
            (429, Some(Outcome::Blocked)),
            (451, Some(Outcome::Blocked)),
            (422, Some(Outcome::ClientError)),
            (503, Some(Outcome::ServerError)),
            (999, Some(Outcome::Broken)),
        ] {
            assert_eq!(Outcome::of_status(status), outcome, "{status}");
        }
    }

    #[test]
    fn every_outcome_comes_back_from_its_code() {
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::from_code(outcome.code()), Some(outcome));
        }
    }
}
