//! Whether robots.txt lets us ask, from memory, from the store, or from the site.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::CrawlError;
use super::asker::Asker;
use super::hop::{Hop, redirect_of};
use super::robots::{Robots, Standing};
use crate::fetch::FetchOutcome;
use crate::model::host::{Pushback, host_of};
use crate::model::outcome::Outcome;
use crate::store::{CLOCK_SLACK, RobotsRow};

/// Redirects of robots.txt that are followed (RFC 9309 2.3.1.2).
const REDIRECTS: usize = 5;
/// Bytes of robots.txt that are read (RFC 9309 2.5 asks for at least 500 KiB).
const READ_BYTES: usize = 500 * 1024;
/// Bytes that a file cut for its size may unpack to.
const LARGEST_UNPACKED: usize = 64 << 20;

/// Bytes of files that are held in memory; rows keep all of them. A site may announce pages under any number of names, each
/// with a file of its own.
const MOST_BYTES: usize = 64 << 20;
/// What is reckoned for a file beside its text.
const OF_EACH: usize = 1024;

/// What is known of the robots.txt of the origins that were asked lately.
#[derive(Debug, Default)]
pub(super) struct Permissions {
    origins: Mutex<Origins>,
}

#[derive(Debug, Default)]
struct Origins {
    known: HashMap<String, Slot>,
    /// Bytes of the files that came to be known since all were let go of.
    bytes: usize,
}

/// What is known of one origin, or being asked for.
type Slot = Arc<tokio::sync::Mutex<Option<Known>>>;

impl Origins {
    fn slot(&mut self, origin: &str) -> Slot {
        Arc::clone(self.known.entry(origin.to_owned()).or_default())
    }

    /// Notes that a file of so many bytes is held. Where that is too much, all are let go of that nobody uses now.
    fn hold(&mut self, bytes: usize) {
        self.bytes += bytes + OF_EACH;
        if self.bytes > MOST_BYTES {
            self.known.retain(|_, slot| Arc::strong_count(slot) > 1);
            self.bytes = 0;
        }
    }
}

#[derive(Clone, Debug)]
struct Known {
    rules: Arc<Robots>,
    expires_at: Timestamp,
    closed: Option<Outcome>,
    /// Where the file led that could not be read, and what came of asking there.
    led_to: Option<String>,
}

/// What asking for permission left behind.
#[derive(Debug)]
pub(super) struct Permission {
    /// The rules that hold.
    pub(super) rules: Arc<Robots>,
    /// The requests made for them.
    pub(super) hops: Vec<Hop>,
    /// The row to keep, where the file was asked for anew.
    pub(super) row: Option<RobotsRow>,
    /// What keeps the file from being read, where nothing is asked for because of that.
    closed: Option<Outcome>,
    /// Until when that is so.
    pub(super) closed_until: Option<Timestamp>,
    /// Where it led, and what came of asking there.
    led_to: Option<String>,
}

impl Permissions {
    /// Forgets what was read of every file; rows keep it.
    pub(super) fn forget(&self) {
        *self.origins() = Origins::default();
    }

    fn origins(&self) -> MutexGuard<'_, Origins> {
        self.origins
            .lock()
            .expect("nothing panics while it holds this lock")
    }

    /// The rules of an address's origin; asks the site where they are not known or too old. Others who
    /// want the same origin's rules wait for the answer.
    pub(super) async fn of(
        &self,
        asker: &Asker,
        url: &Url,
        allow_private: bool,
    ) -> Result<Permission, CrawlError> {
        let origin = url.origin().ascii_serialization();
        let slot = self.origins().slot(&origin);
        let mut known = slot.lock().await;
        let now = asker.now();
        if known.is_none() {
            let row = asker.store.robots(&origin).await?;
            // One that was read by another clock is read anew.
            let latest = now.saturating_add(CLOCK_SLACK).unwrap_or(now);
            let row = row.filter(|row| row.fetched_at <= latest);
            self.origins().hold(row.as_ref().map_or(0, |row| row.body.len()));
            *known = row.map(|row| Known {
                expires_at: trusted_until(&row, &asker.agent, asker.settings.robots_kept_for()),
                ..Known::of(&row, &asker.agent, closed_by_status(row.status))
            });
        }
        if let Some(held) = known.as_ref().filter(|held| held.expires_at > now) {
            return Ok(held.permission(Vec::new(), None));
        }
        let (mut row, hops) = ask(asker, &origin, url, allow_private).await;
        let failure = hops.last().and_then(Hop::failure);
        let closed = failure.or_else(|| closed_by_status(row.status));
        if is_closed(&row, &asker.agent) {
            // The host is left alone, and the file asked for again when that ends.
            row.expires_at = leave_alone(asker, url, closed, hops.last());
        }
        self.origins().hold(row.body.len());
        let held = Known {
            led_to: led_to(&hops),
            ..Known::of(&row, &asker.agent, closed)
        };
        let permission = held.permission(hops, Some(row));
        *known = Some(held);
        Ok(permission)
    }
}

/// Until when a kept file is trusted: as was settled when it was read, or as long as the settings say now (`kept_for`),
/// whichever is sooner. The pause of a host that let us ask for nothing is not shortened.
fn trusted_until(row: &RobotsRow, agent: &str, kept_for: SignedDuration) -> Timestamp {
    let kept = row.fetched_at.saturating_add(kept_for);
    match is_closed(row, agent) {
        true => row.expires_at,
        false => row.expires_at.min(kept.unwrap_or(Timestamp::MAX)),
    }
}

fn is_closed(row: &RobotsRow, agent: &str) -> bool {
    read(row, agent).standing() == Standing::DisallowAll
}

/// Leaves a host alone whose robots.txt does not let us ask for anything; answers until when.
fn leave_alone(asker: &Asker, url: &Url, closed: Option<Outcome>, last: Option<&Hop>) -> Timestamp {
    let reason = match closed.and_then(|outcome| Pushback::of(outcome, None)) {
        Some(Pushback::Unreachable) => Pushback::Unreachable,
        _ => Pushback::RobotsClosed,
    };
    let (asked, now) = (last.and_then(Hop::retry_after), asker.now());
    let first = asker.settings.retry_after;
    asker
        .hosts
        .pushed_back(&host_of(url), reason, asked, first, now)
        .unwrap_or(now)
}

impl Known {
    fn of(row: &RobotsRow, agent: &str, closed: Option<Outcome>) -> Self {
        Self {
            rules: Arc::new(read(row, agent)),
            expires_at: row.expires_at,
            closed: closed.filter(|_| is_closed(row, agent)),
            led_to: None,
        }
    }

    fn permission(&self, hops: Vec<Hop>, row: Option<RobotsRow>) -> Permission {
        Permission {
            rules: Arc::clone(&self.rules),
            hops,
            row,
            closed: self.closed,
            closed_until: self.closed.map(|_| self.expires_at),
            led_to: self.led_to.clone(),
        }
    }
}

/// The last address that redirects of a file led to, and what came of asking there: who sees that a whole site moved knows what
/// to do.
fn led_to(hops: &[Hop]) -> Option<String> {
    let last = hops.last().filter(|_| hops.len() > 1)?;
    let why = match &last.answer {
        FetchOutcome::Failed { detail, .. } => detail.clone(),
        FetchOutcome::Answered(exchange) => format!("status {}", exchange.status),
    };
    Some(format!("{}: {why}", last.url))
}

/// The outcome that stands for a file that could not be read, as far as its kept status tells.
fn closed_by_status(status: Option<u16>) -> Option<Outcome> {
    match status {
        None => Some(Outcome::Unreachable),
        Some(status) => Outcome::of_status(status),
    }
}

/// The rules of a kept file: a status of `None` means that nobody answered, which forbids everything.
fn read(row: &RobotsRow, agent: &str) -> Robots {
    match row.status {
        Some(status) => Robots::from_status(status, row.body.as_bytes(), agent),
        None => Robots::disallow_all(),
    }
}

async fn ask(asker: &Asker, origin: &str, url: &Url, allow_private: bool) -> (RobotsRow, Vec<Hop>) {
    let fetched_at = asker.now();
    let mut hops = Vec::new();
    let mut file = RobotsFile::of(url);
    while let Some(address) = file.next() {
        // Where a redirect leads is nobody's own address.
        let allow_private = allow_private && address.origin() == url.origin();
        let hop = asker.ask(&address, None, allow_private, None).await;
        let (hop, payload) = asker.opened(hop).await;
        let payload = hop
            .exchange()
            .and_then(|exchange| Some(payload.as_ref()?.bytes(exchange)));
        file.heard(&hop.answer, payload);
        hops.push(hop);
    }
    let (status, body) = file.ended();
    let row = RobotsRow {
        origin: origin.into(),
        fetched_at,
        expires_at: fetched_at
            .saturating_add(asker.settings.robots_kept_for())
            .unwrap_or(Timestamp::MAX),
        status,
        body,
    };
    (row, hops)
}

/// The requests for one origin's robots.txt and what came of them, as RFC 9309 2.3.1 reads it; whoever drives
/// it makes them.
#[derive(Debug)]
pub(super) struct RobotsFile {
    next: Option<Url>,
    /// Requests that may still be made.
    left: usize,
    status: Option<u16>,
    body: Vec<u8>,
}

impl RobotsFile {
    /// The file of an address's origin, not asked for yet.
    pub(super) fn of(url: &Url) -> Self {
        Self {
            next: url.join("/robots.txt").ok(),
            left: REDIRECTS + 1,
            status: None,
            body: Vec::new(),
        }
    }

    /// The address to ask for next.
    pub(super) fn next(&mut self) -> Option<Url> {
        self.left = self.left.checked_sub(1)?;
        self.next.take()
    }

    /// Takes what came of the last request; `payload` is its body with the content coding undone.
    pub(super) fn heard(&mut self, answer: &FetchOutcome, payload: Option<&[u8]>) {
        (self.status, self.body) = (None, Vec::new());
        self.next = redirect_of(answer);
        let FetchOutcome::Answered(exchange) = answer else {
            return;
        };
        match exchange.outcome() {
            Outcome::Changed => {
                // A file that cannot be decoded might have forbidden anything.
                self.status = payload.map(|_| exchange.status);
                self.body = payload.unwrap_or_default().to_vec();
            }
            // Nor is one known that came in part; what was cut for its size has what is read of it.
            Outcome::TimedOut | Outcome::Broken if (200..300).contains(&exchange.status) => {}
            Outcome::TooLarge => {
                let payload = exchange.payload(LARGEST_UNPACKED);
                self.status = payload.is_ok().then_some(exchange.status);
                self.body = payload.unwrap_or_default().into_owned();
            }
            _ => self.status = Some(exchange.status),
        }
    }

    /// The status that counts, `None` where nobody answered or what came cannot be read; and the text as far as
    /// it is read.
    pub(super) fn ended(mut self) -> (Option<u16>, String) {
        if self.next.is_some() {
            // RFC 9309 2.3.1.2: a file behind too many redirects counts as unavailable.
            self.status = Some(404);
        }
        self.body.truncate(READ_BYTES);
        (self.status, String::from_utf8_lossy(&self.body).into_owned())
    }
}

impl Permission {
    /// Why an address may not be asked for, if it may not.
    pub(super) fn refusal(&self, url: &Url) -> Option<(Outcome, String)> {
        if self.rules.allows(url) {
            return None;
        }
        Some(match self.closed {
            Some(outcome) => (
                outcome,
                match &self.led_to {
                    Some(led_to) => {
                        format!(
                            "robots.txt could not be read, so nothing is asked for (RFC 9309); it leads to {led_to}"
                        )
                    }
                    None => "robots.txt could not be read, so nothing is asked for (RFC 9309)".to_string(),
                },
            ),
            None => (
                Outcome::RobotsDisallowed,
                "robots.txt of the site disallows it".to_string(),
            ),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::fetch::Exchange;

    #[test]
    fn what_is_known_of_very_many_sites_is_let_go_of_but_for_what_is_in_use() {
        let mut origins = Origins::default();
        let in_use = origins.slot("https://town.example");
        for number in 0..10_000 {
            drop(origins.slot(&format!("https://{number}.town.example")));
            origins.hold(READ_BYTES);
        }
        assert!(
            origins.known.len() <= MOST_BYTES / READ_BYTES + 1,
            "{}",
            origins.known.len()
        );
        assert!(Arc::ptr_eq(&in_use, &origins.slot("https://town.example")));
    }

    fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> FetchOutcome {
        FetchOutcome::Answered(Box::new(Exchange {
            url: Url::parse("https://town.example/robots.txt").expect("valid"),
            started_at: Timestamp::UNIX_EPOCH,
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
        }))
    }

    /// Checks the status and the text that these answers in a row come to.
    #[track_caller]
    fn check(answers: &[FetchOutcome], status: Option<u16>, text: &str) {
        let mut file = RobotsFile::of(&Url::parse("https://town.example/a?b").expect("valid"));
        for answer in answers {
            file.next().expect("one more request");
            let payload = match answer {
                FetchOutcome::Answered(exchange) => exchange.payload(READ_BYTES).ok(),
                FetchOutcome::Failed { .. } => None,
            };
            file.heard(answer, payload.as_deref());
        }
        assert!(file.left == 0 || file.next().is_none());
        assert_eq!(file.ended(), (status, text.to_string()));
    }

    #[test]
    fn a_file_is_trusted_no_longer_than_the_settings_say_now() {
        let second = |second: i64| Timestamp::from_second(second).expect("an instant");
        let until = |status: Option<u16>, kept_for: i64| {
            let row = RobotsRow {
                origin: "https://town.example".into(),
                fetched_at: second(100),
                expires_at: second(1_000),
                status,
                body: "User-agent: *\nDisallow: /private/\n".into(),
            };
            trusted_until(&row, "onrecord", SignedDuration::from_secs(kept_for)).as_second()
        };
        assert_eq!(until(Some(200), 1), 101);
        assert_eq!(until(Some(404), 1), 101);
        assert_eq!(
            until(Some(200), 86_400),
            1_000,
            "it is not trusted for longer either"
        );
        assert_eq!((until(None, 1), until(Some(503), 1)), (1_000, 1_000));
    }

    #[test]
    fn redirects_are_followed_and_too_many_count_as_no_file() {
        let moved = || answer(301, &[("location", "/elsewhere.txt")], "");
        check(
            &[moved(), answer(200, &[], "user-agent: *")],
            Some(200),
            "user-agent: *",
        );
        check(
            &[moved(), moved(), moved(), moved(), moved(), moved()],
            Some(404),
            "",
        );
    }

    #[test]
    fn where_a_file_leads_that_cannot_be_read_is_told() {
        let hop = |url: &str, answer: FetchOutcome| Hop {
            url: url.into(),
            host: "town.example".into(),
            at: Timestamp::UNIX_EPOCH,
            answer,
        };
        let refused = FetchOutcome::Failed {
            outcome: Outcome::Refused,
            detail: "port 9325 is not allowed".into(),
        };
        let moved = || answer(301, &[("location", "http://town.example:9325/robots.txt")], "");
        let hops = [
            hop("http://town.example/robots.txt", moved()),
            hop("http://town.example:9325/robots.txt", refused),
        ];
        assert_eq!(
            led_to(&hops).as_deref(),
            Some("http://town.example:9325/robots.txt: port 9325 is not allowed")
        );
        assert_eq!(led_to(&hops[..1]), None);
    }

    #[test]
    fn what_cannot_be_read_is_not_taken_as_leave() {
        check(
            &[answer(200, &[("content-encoding", "gzip")], "no gzip")],
            None,
            "",
        );
        let silent = FetchOutcome::Failed {
            outcome: Outcome::TimedOut,
            detail: String::new(),
        };
        check(&[silent], None, "");
        check(&[answer(404, &[], "no such page")], Some(404), "");
        check(&[answer(200, &[], "")], Some(200), "");
    }
}
