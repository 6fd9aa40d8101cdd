//! The frontier's tasks in, captures out: what is due is asked for, politely, archived and recorded.
//!
//! A *visit* is everything one task leads to: robots.txt, redirects, the further pages of a listing.
//! Each host has one visit at a time and one pace, whoever asks. What came is handed to the *recorder*,
//! which appends it to the archive, makes that durable, and only then commits the rows.

mod announcements;
mod asker;
mod backoff;
mod channel_facts;
mod end;
mod health;
mod hop;
mod permission;
mod politeness;
mod probe;
mod record;
mod report;
pub mod robots;
mod run;
mod schedule;
mod stand_ins;
mod visit;
mod visited;
mod worker;

use std::sync::Arc;

pub use backoff::{answered, pushed_back};
pub use channel_facts::facts_of_interface;
pub use health::{Flag, Health, PageHealth, health, page_health};
pub use politeness::{Paces, Politeness};
pub use probe::{Looked, Probed, ProbedChannel, look, probe};
pub use record::known_as;
pub use report::{CrawlReport, SourceReport, Trouble};
pub use run::{Crawler, Until};
pub use schedule::{Due, Ended, due_again};
pub use stand_ins::due_in_place;
pub use worker::Worker;

use crate::archive::ArchiveError;
use crate::fetch::FetchError;
use crate::store::StoreError;

/// What ends a crawl early. What a site does is an outcome on record, never an error.
#[derive(Debug, thiserror::Error)]
pub enum CrawlError {
    /// The archive cannot be written.
    #[error("cannot archive what was fetched")]
    Archive(#[from] ArchiveError),
    /// The rows cannot be written.
    #[error("cannot record what was fetched")]
    Store(#[from] StoreError),
    /// The client could not be made.
    #[error("cannot prepare to fetch")]
    Fetch(#[from] FetchError),
    /// A part of the crawl ended without an answer.
    #[error("a part of the crawl stopped unexpectedly: {0}")]
    Stopped(&'static str),
}

/// A shared view of a running crawl, for a progress line.
#[derive(Debug, Default)]
pub struct Progress {
    /// Visits ended.
    pub visits: std::sync::atomic::AtomicU64,
    /// Captures made.
    pub captures: std::sync::atomic::AtomicU64,
    /// Visits that ended badly.
    pub troubles: std::sync::atomic::AtomicU64,
    waiting_for: std::sync::Mutex<Option<String>>,
}

impl Progress {
    /// What a crawl waits for that has nothing else to do, in words.
    pub fn waiting_for(&self) -> Option<String> {
        let waiting_for = self.waiting_for.lock();
        waiting_for
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }

    fn waits_for(&self, what: Option<String>) {
        let waiting_for = self.waiting_for.lock();
        *waiting_for.unwrap_or_else(std::sync::PoisonError::into_inner) = what;
    }
}

/// Progress as crawl and its watcher share it.
pub type SharedProgress = Arc<Progress>;
