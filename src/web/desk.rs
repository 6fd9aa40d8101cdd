//! What every answer is made from.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::error::Failure;
use crate::index::{EntryKind, Facets, Found, Query, Searcher, Wanted};
use crate::pipeline::Tracker;
use crate::store::Totals;

/// How old the view of the index may be.
const FRESH: Duration = Duration::from_secs(1);

/// The tracker as the desk sees it. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    /// The tracker.
    pub(super) tracker: Tracker,
    /// Its index.
    pub(super) searcher: Searcher,
    /// How the crawl is, for `/healthz`.
    pub(super) crawl: CrawlHealth,
    reloaded: Arc<Mutex<Instant>>,
    figures: Arc<tokio::sync::Mutex<Option<Counted>>>,
}

/// Figures that are counted row by row, which takes the longer the more a tracker holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figures {
    /// What the tracker holds.
    pub(super) totals: Totals,
    /// Addresses that are due.
    pub(super) due: u64,
    /// Captures not read yet.
    pub(super) unread: u64,
}

/// Figures, when they were counted, and how long that took.
#[derive(Debug)]
struct Counted {
    figures: Figures,
    at: Instant,
    took: Duration,
}

/// What takes long to count is counted seldom: never more than a twentieth of the time goes into it …
const COUNTING: u32 = 20;
/// … and figures are never older than this.
const OLDEST: Duration = Duration::from_secs(600);

/// How the crawl that runs beside the desk is.
#[derive(Clone, Debug, Default)]
pub struct CrawlHealth(Arc<Mutex<Option<String>>>);

impl CrawlHealth {
    /// Notes that the crawl ended with an error.
    pub fn failed(&self, error: &str) {
        *self.0.lock().expect("nothing panics while it holds this lock") = Some(error.to_string());
    }

    /// Notes that the crawl goes on.
    pub fn recovered(&self) {
        *self.0.lock().expect("nothing panics while it holds this lock") = None;
    }

    /// The error that ended the crawl, while it has not gone on since.
    pub fn failure(&self) -> Option<String> {
        self.0
            .lock()
            .expect("nothing panics while it holds this lock")
            .clone()
    }
}

impl Desk {
    /// A desk over an opened tracker and its index.
    pub fn new(tracker: Tracker, searcher: Searcher, crawl: CrawlHealth) -> Self {
        Self {
            tracker,
            searcher,
            crawl,
            reloaded: Arc::new(Mutex::new(Instant::now())),
            figures: Arc::default(),
        }
    }

    /// The figures of the whole tracker, as they were a moment ago.
    pub(super) async fn figures(&self) -> Result<Figures, Failure> {
        let mut counted = self.figures.lock().await;
        let is_fresh = |known: &&Counted| known.at.elapsed() < (known.took * COUNTING).min(OLDEST);
        if let Some(known) = counted.as_ref().filter(is_fresh) {
            return Ok(known.figures);
        }
        let (store, began) = (&self.tracker.store, Instant::now());
        let figures = Figures {
            totals: store.totals().await?,
            due: store.due_count(Timestamp::now()).await?,
            unread: store.unread_count(&self.tracker.reader).await?,
        };
        *counted = Some(Counted {
            figures,
            at: Instant::now(),
            took: began.elapsed(),
        });
        Ok(figures)
    }

    /// Answers a query from an index that is not older than a second.
    pub(super) async fn search(&self, query: Query, wanted: Wanted) -> Result<Found, Failure> {
        let desk = self.clone();
        let answered = tokio::task::spawn_blocking(move || {
            desk.refresh()?;
            desk.searcher.search(&query, &wanted)
        });
        Ok(answered
            .await
            .map_err(|_| Failure::inside("searching stopped unexpectedly"))??)
    }

    /// Counts what a query finds, from the same index.
    pub(super) async fn facets(&self, query: Query, kinds: Vec<EntryKind>) -> Result<Facets, Failure> {
        let searcher = self.searcher.clone();
        let counted = tokio::task::spawn_blocking(move || searcher.facets(&query, &kinds));
        Ok(counted
            .await
            .map_err(|_| Failure::inside("counting stopped unexpectedly"))??)
    }

    /// Takes over what was indexed since the last look.
    pub(super) fn refresh(&self) -> Result<(), crate::index::IndexError> {
        let mut reloaded = self
            .reloaded
            .lock()
            .expect("nothing panics while it holds this lock");
        if reloaded.elapsed() >= FRESH {
            self.searcher.reload()?;
            *reloaded = Instant::now();
        }
        Ok(())
    }
}
