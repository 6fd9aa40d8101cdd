//! A visit to an address as it is handed to the rows: its requests, what they brought, and how the task stands now.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::RobotsRow;
use crate::model::capture::{Capture, RecordLocation, Role};
use crate::model::host::HostState;
use crate::model::id::{CaptureId, SourceId};
use crate::model::moment::Moment;
use crate::model::outcome::Outcome;
use crate::model::schedule::{DueRule, Priority};

/// One request that was made or refused.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// The address asked.
    pub url: String,
    /// When.
    pub at: Timestamp,
    /// From asking to the last byte.
    pub elapsed_ms: u64,
    /// What became of it.
    pub outcome: Outcome,
    /// The HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// The particulars, in words.
    pub detail: Option<String>,
    /// Where the answer is archived.
    pub location: Option<RecordLocation>,
}

/// How a task stands after a visit.
#[derive(Clone, Debug)]
pub struct TaskEnd {
    /// What became of the visit.
    pub outcome: Outcome,
    /// The particulars, in words.
    pub detail: Option<String>,
    /// When it is due again.
    pub due_at: Timestamp,
    /// Why then.
    pub due_rule: DueRule,
    /// The adaptive pause that led there.
    pub pause: Option<SignedDuration>,
    /// What it goes before.
    pub priority: Priority,
    /// The validator to send next time.
    pub etag: Option<String>,
    /// The validator to send next time.
    pub last_modified: Option<String>,
    /// How the answer was read that the validators stand for.
    pub read_as: Option<String>,
    /// The capture that holds the content.
    pub capture: Option<CaptureId>,
    /// SHA-256 of the content.
    pub payload_sha256: Option<String>,
    /// Items a channel announced, where it could be read.
    pub items: Option<usize>,
    /// Failures in a row that were its own.
    pub failures: u32,
    /// Visits in a row that failed for reasons of the host.
    pub deferrals: u32,
    /// Visits in a row that found nothing new.
    pub unchanged: u32,
}

/// A visit to one address, redirects included.
#[derive(Clone, Debug)]
pub struct Visit {
    /// Whose address it is.
    pub source: SourceId,
    /// What it is to the source.
    pub role: Role,
    /// The task's address.
    pub url: String,
    /// When the visit ended.
    pub ended_at: Timestamp,
    /// Every request of it.
    pub attempts: Vec<Attempt>,
    /// The content, where it was not held before; the task's own first, then further answers that give documents.
    pub captures: Vec<Capture>,
    /// How the task stands now.
    pub end: TaskEnd,
    /// The pages it announced, for a channel.
    pub announced: Vec<Announced>,
    /// What is announced again as changed is asked for again no sooner than this.
    pub revisit_after: SignedDuration,
    /// The longest pause before a page is asked for again.
    pub revisit_at_most: SignedDuration,
    /// Whether a channel was read to its end.
    pub read_whole: bool,
    /// Where the address leads for good, as far as the visit tells.
    pub leads: Leads,
    /// The address that the page is known by, where it leads elsewhere for good, or does so no more.
    pub moved: Option<String>,
    /// robots.txt files read on the way.
    pub robots: Vec<RobotsRow>,
    /// How the hosts stand that were asked on the way.
    pub hosts: Vec<HostState>,
}

/// Where the address of a page leads for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    /// The visit does not tell.
    Untold,
    /// Nowhere: the page answers at its own address, or nothing does.
    Nowhere,
    /// To another one.
    To(String),
}

impl Leads {
    /// How it stands in a row: nothing where the row is to stay as it is.
    pub(super) fn told(&self) -> Option<&str> {
        match self {
            Leads::Untold => None,
            Leads::Nowhere => Some(""),
            Leads::To(url) => Some(url),
        }
    }
}

/// What a channel announced.
#[derive(Clone, Debug)]
pub struct Announced {
    /// A page, or another channel (a sitemap that an index names).
    pub role: Role,
    /// Its address as announced, which is asked for.
    pub url: Url,
    /// The address in canonical form, by which a page is known.
    pub canonical: Url,
    /// The rules that made it, as codes.
    pub canonical_rules: String,
    /// What a public archive's copy is a copy of, and when it was made.
    pub memento: Option<(Url, Timestamp)>,
    /// Whether the announcement gives the document itself, so that its page is not asked for.
    pub is_given: bool,
    /// The title the channel gives.
    pub title: Option<String>,
    /// The publication date the channel gives.
    pub published: Option<Moment>,
    /// When the channel says it last changed.
    pub modified: Option<Timestamp>,
    /// What it goes before while it is new.
    pub priority: Priority,
}

impl Announced {
    /// When it was published, as far as the channel tells, else when it became known.
    pub(super) fn newest_at(&self, now: Timestamp) -> Timestamp {
        let published = self.published.and_then(|moment| moment.timestamp(&TimeZone::UTC));
        published.or(self.modified).unwrap_or(now)
    }
}
