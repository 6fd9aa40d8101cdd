//! Whether robots.txt lets us ask, from memory, from the store, or from the site.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::CrawlError;
use super::robots::{Robots, Standing};
use super::visit::{Hop, Visitor};
use crate::fetch::FetchOutcome;
use crate::model::capture::Truncation;
use crate::model::outcome::Outcome;
use crate::store::RobotsRow;

/// Redirects of robots.txt that are followed (RFC 9309 2.3.1.2).
const REDIRECTS: usize = 5;
/// Bytes of robots.txt that are read (RFC 9309 2.5 asks for at least 500 KiB).
const READ_BYTES: usize = 500 * 1024;
/// How long an answer of 5xx, 429 or none is kept before the file is asked for again.
const RETRY: Duration = Duration::from_secs(10 * 60);

/// What is known of every origin's robots.txt.
#[derive(Debug, Default)]
pub(super) struct Permissions {
    origins: Mutex<HashMap<String, Arc<tokio::sync::Mutex<Option<Known>>>>>,
}

#[derive(Clone, Debug)]
struct Known {
    rules: Arc<Robots>,
    expires_at: Timestamp,
    closed: Option<Outcome>,
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
}

impl Permissions {
    /// The rules of an address's origin; asks the site where they are not known or too old. Others who
    /// want the same origin's rules wait for the answer.
    pub(super) async fn of(
        &self,
        visitor: &Visitor,
        url: &Url,
        allow_private: bool,
    ) -> Result<Permission, CrawlError> {
        let origin = url.origin().ascii_serialization();
        let slot = Arc::clone(
            self.origins
                .lock()
                .expect("nothing panics while it holds this lock")
                .entry(origin.clone())
                .or_default(),
        );
        let mut known = slot.lock().await;
        let now = visitor.now();
        if known.is_none() {
            let row = visitor.store.robots(&origin).await?;
            *known = row.map(|row| Known::of(&row, &visitor.agent, closed_by_status(row.status)));
        }
        if let Some(held) = known.as_ref().filter(|held| held.expires_at > now) {
            return Ok(held.permission(Vec::new(), None));
        }
        let (row, hops) = ask(visitor, &origin, url, allow_private).await;
        let failure = hops.last().and_then(Hop::failure);
        let held = Known::of(
            &row,
            &visitor.agent,
            failure.or_else(|| closed_by_status(row.status)),
        );
        let permission = held.permission(hops, Some(row));
        *known = Some(held);
        Ok(permission)
    }
}

impl Known {
    fn of(row: &RobotsRow, agent: &str, closed: Option<Outcome>) -> Self {
        let rules = read(row, agent);
        let is_closed = rules.standing() == Standing::DisallowAll;
        Self {
            rules: Arc::new(rules),
            expires_at: row.expires_at,
            closed: closed.filter(|_| is_closed),
        }
    }

    fn permission(&self, hops: Vec<Hop>, row: Option<RobotsRow>) -> Permission {
        Permission {
            rules: Arc::clone(&self.rules),
            hops,
            row,
            closed: self.closed,
        }
    }
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

async fn ask(visitor: &Visitor, origin: &str, url: &Url, allow_private: bool) -> (RobotsRow, Vec<Hop>) {
    let fetched_at = visitor.now();
    let mut hops = Vec::new();
    let mut next = url.join("/robots.txt").ok();
    let (mut status, mut body) = (None, Vec::new());
    for _ in 0..=REDIRECTS {
        let Some(address) = next.take() else { break };
        // Where a redirect leads is nobody's own address.
        let allow_private = allow_private && address.origin() == url.origin();
        let hop = visitor.ask(&address, None, allow_private, None).await;
        // A file that came in part, or cannot be decoded, might have forbidden what its rest allows.
        let whole = match &hop.answer {
            FetchOutcome::Answered(exchange) => {
                let is_cut = matches!(
                    exchange.truncated,
                    Some(Truncation::Time | Truncation::Disconnect)
                );
                visitor
                    .decoded(exchange)
                    .filter(|_| !is_cut)
                    .map(|decoded| (exchange.status, decoded))
            }
            FetchOutcome::Failed { .. } => None,
        };
        status = whole.as_ref().map(|(status, _)| *status);
        body = whole.map(|(_, body)| body).unwrap_or_default();
        next = hop.redirect();
        hops.push(hop);
    }
    if next.is_some() {
        // RFC 9309 2.3.1.2: a file behind too many redirects counts as unavailable.
        status = Some(404);
    }
    body.truncate(READ_BYTES);
    let held = match status {
        Some(429) | Some(500..) | None => jiff::SignedDuration::try_from(RETRY).unwrap_or_default(),
        Some(_) => visitor.settings.robots_for,
    };
    let row = RobotsRow {
        origin: origin.into(),
        fetched_at,
        expires_at: fetched_at.saturating_add(held).unwrap_or(Timestamp::MAX),
        status,
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    (row, hops)
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
                "robots.txt could not be read, so nothing is asked for (RFC 9309)".to_string(),
            ),
            None => (
                Outcome::RobotsDisallowed,
                "robots.txt of the site disallows it".to_string(),
            ),
        })
    }
}
