//! What every answer is made from.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use axum::extract::FromRef;
use jiff::Timestamp;
use tokio::sync::Semaphore;

use super::error::Failure;
use super::pages::Gravities;
use super::seldom::Seldom;
use crate::index::{CountedBy, Facets, Found, IndexError, Query, Searcher, Wanted};
use crate::model::id::SourceId;
use crate::pipeline::{self, Absences, ClockBehind, Coverage, Days, SourceHealth, Tracker};
use crate::store::{DocumentSummary, SourceStatus, SpeakerSummary, Totals};

/// How old the view of the index may be.
const FRESH: Duration = Duration::from_secs(1);

/// Exports that are written at once. Each has a thread until its reader has taken all of it, and the threads are those of
/// every search, and of the crawl.
const EXPORTS: usize = 8;

/// Documents listed of a source.
const NEWEST: u32 = 5;

/// The documents of each source that were published last.
pub(super) type NewestDocuments = HashMap<SourceId, Vec<DocumentSummary>>;

/// What sources could tell, and when that was asked.
type Seen = (Arc<Coverage>, Instant);

/// The tracker as the desk sees it. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    /// The tracker.
    pub(super) tracker: Tracker,
    /// Its index.
    pub(super) searcher: Searcher,
    /// How the crawl is, for `/healthz`.
    pub(super) crawl: CrawlHealth,
    /// What is to be said of the configuration, where it was changed.
    pub(super) configuration: Option<String>,
    /// Whether only this machine reaches it.
    pub(super) is_on_loopback: bool,
    reloaded: Arc<Mutex<Instant>>,
    figures: Seldom<Figures>,
    statuses: Seldom<Arc<Vec<SourceStatus>>>,
    newest: Seldom<Arc<NewestDocuments>>,
    speakers: Seldom<Arc<Vec<SpeakerSummary>>>,
    health: Seldom<Arc<BTreeMap<SourceId, SourceHealth>>>,
    absences: Seldom<Arc<Absences>>,
    pub(super) gravities: Gravities,
    /// Places for whoever takes a whole export.
    pub(super) exports: Arc<Semaphore>,
    /// Held by whoever looks after a damaged index.
    mending: Arc<tokio::sync::Mutex<()>>,
    coverages: Arc<tokio::sync::Mutex<Vec<Seen>>>,
}

/// How old what is told of the sources' answers may be …
const FRESH_COVERAGE: Duration = Duration::from_secs(30);
/// … and of how many times it is kept.
const COVERAGES: usize = 64;

/// The desk that is served: another one takes its place when the configuration was changed. Cheap to clone.
#[derive(Clone)]
pub struct Served(Arc<RwLock<Desk>>);

impl Served {
    /// Serves a desk at first.
    pub fn new(desk: Desk) -> Self {
        Self(Arc::new(RwLock::new(desk)))
    }

    /// Goes on with what is configured now.
    pub fn take_up(&self, tracker: Tracker) {
        let mut desk = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *desk = desk.over(tracker);
    }

    /// Says something of the configuration on the page of sources, or nothing any more.
    pub fn note_configuration(&self, note: Option<String>) {
        self.0
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .configuration = note;
    }

    /// Notes who reaches it.
    pub(super) fn reached(&self, is_on_loopback: bool) {
        self.0
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .is_on_loopback = is_on_loopback;
    }
}

/// Each answer is made from the desk as it is when it is asked for.
impl FromRef<Served> for Desk {
    fn from_ref(served: &Served) -> Self {
        served.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
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
    /// That the clock is behind what is on record.
    pub(super) clock: Option<ClockBehind>,
}

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
            configuration: None,
            is_on_loopback: false,
            reloaded: Arc::new(Mutex::new(Instant::now())),
            figures: Seldom::default(),
            statuses: Seldom::default(),
            newest: Seldom::default(),
            speakers: Seldom::default(),
            health: Seldom::default(),
            absences: Seldom::default(),
            gravities: Gravities::default(),
            exports: Arc::new(Semaphore::new(EXPORTS)),
            mending: Arc::default(),
            coverages: Arc::default(),
        }
    }

    /// The same over a tracker that is configured otherwise.
    fn over(&self, tracker: Tracker) -> Self {
        let topics = tracker.topics.as_ref().clone();
        let searcher = self.searcher.clone().with_topics(topics);
        Self {
            // The view of the index is as old as it was.
            reloaded: Arc::clone(&self.reloaded),
            exports: Arc::clone(&self.exports),
            mending: Arc::clone(&self.mending),
            is_on_loopback: self.is_on_loopback,
            ..Self::new(tracker, searcher, self.crawl.clone())
        }
    }

    /// The figures of the whole tracker, as they were a moment ago.
    pub(super) async fn figures(&self) -> Result<Figures, Failure> {
        let store = &self.tracker.store;
        self.figures
            .get(async || {
                Ok(Figures {
                    totals: store.totals().await?,
                    due: store.due_count(Timestamp::now()).await?,
                    unread: store.unread_count(&self.tracker.readers).await?,
                    clock: pipeline::clock_behind(&self.tracker, Timestamp::now()).await?,
                })
            })
            .await
    }

    /// How each source stands, as it was a moment ago.
    pub(super) async fn source_statuses(&self) -> Result<Arc<Vec<SourceStatus>>, Failure> {
        self.statuses
            .get(async || Ok(Arc::new(pipeline::source_statuses(&self.tracker).await?)))
            .await
    }

    /// The documents of each source that were published last, as they were a moment ago.
    pub(super) async fn newest_documents(&self) -> Result<Arc<NewestDocuments>, Failure> {
        self.newest
            .get(async || {
                let mut newest = HashMap::new();
                for status in self.source_statuses().await?.iter() {
                    let of_source = self.tracker.store.newest_documents(&status.id, NEWEST).await?;
                    newest.insert(status.id.clone(), of_source);
                }
                Ok(Arc::new(newest))
            })
            .await
    }

    /// Everybody who speaks in what is held, counted, as it was a moment ago.
    pub(super) async fn speakers(&self) -> Result<Arc<Vec<SpeakerSummary>>, Failure> {
        self.speakers
            .get(async || Ok(Arc::new(pipeline::speakers(&self.tracker).await?)))
            .await
    }

    /// How each source fares, as it was a moment ago: each channel takes a question, and each sitemap of an index is one.
    pub(super) async fn source_health(&self) -> Result<Arc<BTreeMap<SourceId, SourceHealth>>, Failure> {
        self.health
            .get(async || {
                let health = pipeline::source_health(&self.tracker, Timestamp::now()).await?;
                Ok(Arc::new(health))
            })
            .await
    }

    /// Every document whose page is or was absent, as it was a moment ago.
    pub(super) async fn absences(&self) -> Result<Arc<Absences>, Failure> {
        self.absences
            .get(async || Ok(Arc::new(pipeline::absences(&self.tracker).await?)))
            .await
    }

    /// What the sources could tell of these days, as it was known a moment ago.
    pub(super) async fn coverage(&self, days: Days) -> Result<Arc<Coverage>, Failure> {
        let mut known = self.coverages.lock().await;
        known.retain(|(_, at)| at.elapsed() < FRESH_COVERAGE);
        if let Some((coverage, _)) = known.iter().find(|(coverage, _)| coverage.days == days) {
            return Ok(Arc::clone(coverage));
        }
        // Others are not kept waiting for what they may not need.
        drop(known);
        let coverage = Arc::new(pipeline::coverage(&self.tracker, days, Timestamp::now()).await?);
        let mut known = self.coverages.lock().await;
        if known.len() == COVERAGES {
            known.remove(0);
        }
        known.push((Arc::clone(&coverage), Instant::now()));
        Ok(coverage)
    }

    /// Answers a query from an index that is not older than a second, and counts what it finds.
    pub(super) async fn search_counted(
        &self,
        query: Query,
        wanted: Wanted,
        by: Vec<CountedBy>,
    ) -> Result<(Found, Facets), Failure> {
        self.ask(move |searcher| searcher.search_counted(&query, &wanted, &by))
            .await
    }

    /// Asks the index. If it fails, its files are looked through, and a damaged one is made anew meanwhile.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Searcher) -> Result<T, IndexError> + Send + 'static,
    ) -> Result<T, Failure> {
        let desk = self.clone();
        let answered = tokio::task::spawn_blocking(move || {
            desk.refresh();
            question(&desk.searcher)
        });
        let failure = match answered.await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(error)) => Failure::from(error),
            Err(_) => Failure::inside("searching stopped unexpectedly"),
        };
        self.mend();
        Err(failure)
    }

    /// Looks after the index beside the answers, one look at a time.
    fn mend(&self) {
        let Ok(mending) = Arc::clone(&self.mending).try_lock_owned() else {
            return;
        };
        let tracker = self.tracker.clone();
        tokio::spawn(async move {
            if let Err(error) = pipeline::mend_index(&tracker).await {
                tracing::error!("the search index cannot be looked after: {error}");
            }
            drop(mending);
        });
    }

    /// Takes over what was indexed since the last look. Where that fails, what was seen before is searched.
    fn refresh(&self) {
        let mut reloaded = self.reloaded.lock().unwrap_or_else(PoisonError::into_inner);
        if reloaded.elapsed() < FRESH {
            return;
        }
        *reloaded = Instant::now();
        drop(reloaded);
        if let Err(error) = self.searcher.reload() {
            tracing::warn!("the search index cannot be looked at anew: {error}");
        }
    }
}
