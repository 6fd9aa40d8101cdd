//! A visit as it ends: where following its address led, and what is to be recorded of it.

use std::sync::Arc;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::channel_facts::facts_of_kind;
use super::hop::{Hop, Payload};
use crate::fetch::Exchange;
use crate::model::cadence::Cadence;
use crate::model::host::{HostState, Pushback};
use crate::model::outcome::Outcome;
use crate::model::source::{ChannelKind, Source};
use crate::store::{Announced, RobotsRow, Task};

/// A visit as it ended, before anything of it is archived.
#[derive(Debug)]
pub(super) struct Visited {
    pub(super) task: Task,
    pub(super) source: Arc<Source>,
    pub(super) hops: Vec<Hop>,
    /// The hop that answered with the content, among `hops`.
    pub(super) content: Option<usize>,
    /// The hops that answered with whole documents, among `hops`.
    pub(super) giving: Vec<usize>,
    pub(super) outcome: Outcome,
    pub(super) detail: Option<String>,
    /// What the end says of the host rather than of the address.
    pub(super) pushback: Option<Pushback>,
    /// Until when the host is left alone, and whether it named that time.
    pub(super) held_until: Option<Timestamp>,
    pub(super) asked_by_server: bool,
    pub(super) announced: Vec<Announced>,
    /// What is new of that, for a channel whose rhythm follows it.
    pub(super) brought: Option<u64>,
    /// Whether something else than the page was found before it, and not the page since.
    pub(super) is_in_doubt: bool,
    /// Items the channel announced, where it could be read.
    pub(super) items: Option<usize>,
    /// Whether everything that the channel announces was read, its further pages included.
    pub(super) read_whole: bool,
    pub(super) robots: Vec<RobotsRow>,
    /// How the hosts stand that were asked.
    pub(super) hosts: Vec<HostState>,
}

/// Where following an address ended.
#[derive(Debug)]
pub(super) struct Reached {
    pub(super) outcome: Outcome,
    pub(super) detail: Option<String>,
    pub(super) content: Option<Content>,
    pub(super) pushback: Option<Pushback>,
    pub(super) held_until: Option<Timestamp>,
    pub(super) asked_by_server: bool,
}

/// The hop that answered with the content, and its payload.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) hop: usize,
    pub(super) payload: Payload,
}

impl Content {
    /// The payload's bytes; `exchange` is the answer of its hop.
    pub(super) fn bytes<'a>(&'a self, exchange: &'a Exchange) -> &'a [u8] {
        self.payload.bytes(exchange)
    }
}

impl Reached {
    pub(super) fn new(outcome: Outcome, detail: Option<String>) -> Self {
        Self {
            outcome,
            detail,
            content: None,
            pushback: None,
            held_until: None,
            asked_by_server: false,
        }
    }
}

impl Visited {
    /// A visit of which nothing happened yet.
    pub(super) fn begun(task: Task, source: Arc<Source>) -> Self {
        Self {
            hops: Vec::new(),
            content: None,
            giving: Vec::new(),
            outcome: Outcome::Changed,
            detail: None,
            pushback: None,
            held_until: None,
            asked_by_server: false,
            announced: Vec::new(),
            brought: None,
            is_in_doubt: false,
            items: None,
            read_whole: false,
            robots: Vec::new(),
            hosts: Vec::new(),
            task,
            source,
        }
    }

    /// A visit that a mistake of this program cut short: it is on record like any other trouble.
    pub(super) fn failed_inside(task: Task, source: Arc<Source>) -> Self {
        Self {
            outcome: Outcome::Broken,
            detail: Some("visiting it failed inside the program".into()),
            ..Self::begun(task, source)
        }
    }

    /// A digest of how the channel's answer is read: of its rules, and of the program that follows them.
    pub(super) fn read_as(&self) -> String {
        let rules = format!("{} {}", env!("CARGO_PKG_VERSION"), facts_of_kind(&self.kind()));
        data_encoding::HEXLOWER.encode(&Sha256::digest(rules)[..8])
    }

    /// How often the channel is asked: as it says itself, else as its source does.
    pub(super) fn cadence(&self) -> &Cadence {
        let channels = self.source.channels.iter();
        channels
            .filter(|channel| channel.url == self.task.url)
            .find_map(|channel| channel.cadence.as_ref())
            .unwrap_or(&self.source.cadence)
    }

    /// Whether the configuration names the channel; another one was named by a sitemap index.
    pub(super) fn is_configured(&self) -> bool {
        self.source
            .channels
            .iter()
            .any(|channel| channel.url == self.task.url)
    }

    /// How the channel is read: as configured, or as a sitemap where an index named it.
    pub(super) fn kind(&self) -> ChannelKind {
        self.source
            .channels
            .iter()
            .find(|channel| channel.url == self.task.url)
            .map_or(ChannelKind::Sitemap, |channel| channel.kind.clone())
    }
}
