//! A host that is asked, and whether it may be.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use url::{Host, Url};

use super::outcome::Outcome;

/// What keeps one pace and is left alone as one: the host's name, whichever scheme and port. On loopback,
/// where every port is another program, the port belongs to it.
pub fn host_of(url: &Url) -> String {
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let name = url.host_str().unwrap_or_default().trim_end_matches('.');
    match url.port().filter(|_| is_loopback) {
        Some(port) => format!("{name}:{port}"),
        None => name.to_string(),
    }
}

/// How a host stands, whichever source asks it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostState {
    /// Its name, as `host_of` gives it.
    pub host: String,
    /// Before this instant it is left alone.
    pub not_before: Option<Timestamp>,
    /// Requests in a row that it answered badly or not at all.
    pub failures: u32,
    /// The kind of the last of them.
    pub reason: Option<Pushback>,
    /// When it was last asked for anything.
    pub last_served_at: Option<Timestamp>,
}

/// No host is left alone for longer, so what lies further ahead was reckoned by a clock that was fast, or is read by one that is slow.
pub const LONGEST_HELD: SignedDuration = SignedDuration::from_hours(25);

impl HostState {
    /// Until when it is left alone, where it is at `now`.
    pub fn held(&self, now: Timestamp) -> Option<Timestamp> {
        let latest = now.saturating_add(LONGEST_HELD).unwrap_or(Timestamp::MAX);
        let held = self.not_before.filter(|not_before| *not_before > now);
        held.filter(|not_before| *not_before <= latest)
    }

    /// How it stands by a clock that was set back to `now`, where it is left alone until a time that only the clock of before
    /// could give: what is owed is owed from now on, as long as it was when the host asked for it. When that was by this clock
    /// nobody can tell, and who asked for a day is not asked sooner because ours was wrong.
    pub fn after_set_back(&self, now: Timestamp) -> Self {
        let is_owed = self.not_before.is_some_and(|not_before| not_before > now) && self.held(now).is_none();
        let owed = self.not_before.zip(self.last_served_at).filter(|_| is_owed);
        let Some((not_before, asked_at)) = owed else {
            return self.clone();
        };
        let pause = not_before.duration_since(asked_at);
        let pause = pause.clamp(SignedDuration::ZERO, LONGEST_HELD);
        Self {
            not_before: now.saturating_add(pause).ok(),
            ..self.clone()
        }
    }
}

/// Why a host is left alone for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pushback {
    /// 429: too many requests.
    TooMany,
    /// 503: it can answer nobody now.
    Unavailable,
    /// 401, 403, 451 and their like. It may mean the page only, or us altogether.
    Forbidden,
    /// No answer, or not all of it, in time.
    TimedOut,
    /// No connection, no name, no TLS.
    Unreachable,
    /// robots.txt answered in a way that lets us ask for nothing (RFC 9309 2.3.1.4).
    RobotsClosed,
}

impl Pushback {
    /// Every reason.
    pub const ALL: [Pushback; 6] = [
        Pushback::TooMany,
        Pushback::Unavailable,
        Pushback::Forbidden,
        Pushback::TimedOut,
        Pushback::Unreachable,
        Pushback::RobotsClosed,
    ];

    /// What an answer, or the lack of one, says of its host; `None` where it speaks of the page alone.
    pub fn of(outcome: Outcome, status: Option<u16>) -> Option<Self> {
        Some(match (outcome, status) {
            (_, Some(429)) => Pushback::TooMany,
            (_, Some(503)) => Pushback::Unavailable,
            (Outcome::Blocked, _) => Pushback::Forbidden,
            (Outcome::TimedOut, _) => Pushback::TimedOut,
            (Outcome::Unreachable | Outcome::NameUnknown | Outcome::TlsFailed, _) => Pushback::Unreachable,
            _ => return None,
        })
    }

    /// Whether a page that ended so failed for no reason of its own.
    pub fn spares_the_page(self) -> bool {
        self != Pushback::Forbidden
    }

    /// The name used in rows and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Pushback::TooMany => "too_many",
            Pushback::Unavailable => "unavailable",
            Pushback::Forbidden => "forbidden",
            Pushback::TimedOut => "timed_out",
            Pushback::Unreachable => "unreachable",
            Pushback::RobotsClosed => "robots_closed",
        }
    }

    /// The reason of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

impl fmt::Display for Pushback {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Pushback::TooMany => "it said that we ask too much (429)",
            Pushback::Unavailable => "it cannot answer now (503)",
            Pushback::Forbidden => "it refused us",
            Pushback::TimedOut => "it did not answer in time",
            Pushback::Unreachable => "it could not be reached",
            Pushback::RobotsClosed => "its robots.txt could not be read",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_and_ports_of_one_name_share_a_gate_and_programs_on_loopback_do_not() {
        for (url, host) in [
            ("http://town.example/a", "town.example"),
            ("https://town.example/a", "town.example"),
            ("https://town.example:8443/a", "town.example"),
            ("https://TOWN.example./a", "town.example"),
            ("https://www.town.example/", "www.town.example"),
            ("http://127.0.0.1:8001/", "127.0.0.1:8001"),
            ("http://[::1]:8001/", "[::1]:8001"),
            ("http://localhost:8002/", "localhost:8002"),
            ("http://10.0.0.7:8002/", "10.0.0.7"),
        ] {
            assert_eq!(host_of(&Url::parse(url).expect("valid")), host, "{url}");
        }
    }

    #[test]
    fn an_answer_tells_whether_it_speaks_of_the_host_or_of_the_page() {
        for (outcome, status, reason) in [
            (Outcome::Blocked, Some(429), Some(Pushback::TooMany)),
            (Outcome::ServerError, Some(503), Some(Pushback::Unavailable)),
            (Outcome::ServerError, Some(500), None),
            (Outcome::Blocked, Some(403), Some(Pushback::Forbidden)),
            (Outcome::NameUnknown, None, Some(Pushback::Unreachable)),
            (Outcome::NotFound, Some(404), None),
            (Outcome::Changed, Some(200), None),
        ] {
            assert_eq!(Pushback::of(outcome, status), reason, "{outcome}");
        }
    }

    #[test]
    fn a_clock_that_is_set_back_takes_nothing_from_what_a_host_is_owed() {
        let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
        let check = |asked_at: &str, not_before: &str, now: &str, until: &str| {
            let state = HostState {
                not_before: Some(at(not_before)),
                last_served_at: Some(at(asked_at)),
                ..HostState::default()
            };
            let after = state.after_set_back(at(now));
            assert_eq!(after.not_before, Some(at(until)), "{asked_at} {not_before} {now}");
            assert_eq!(after.last_served_at, state.last_served_at, "what happened stays");
            assert_eq!(after.after_set_back(at(now)), after);
        };
        let (noon, next_noon) = ("2026-02-06T12:00:00Z", "2026-02-07T12:00:00Z");
        // A day was asked for, and the clock goes back by three hours; then by a year, for a pause of an hour.
        check(noon, next_noon, "2026-02-06T09:00:00Z", "2026-02-07T09:00:00Z");
        check(
            noon,
            "2026-02-06T13:00:00Z",
            "2025-02-06T12:00:00Z",
            "2025-02-06T13:00:00Z",
        );
        // What this clock may have given as well stays, and what is over.
        check(noon, next_noon, "2026-02-06T11:30:00Z", next_noon);
        check(noon, next_noon, "2026-02-08T00:00:00Z", next_noon);
        // More than a day is never owed.
        check(
            "2026-01-01T00:00:00Z",
            next_noon,
            "2025-01-01T00:00:00Z",
            "2025-01-02T01:00:00Z",
        );
    }

    #[test]
    fn every_reason_comes_back_from_its_code() {
        for reason in Pushback::ALL {
            assert_eq!(Pushback::from_code(reason.code()), Some(reason));
        }
    }
}
