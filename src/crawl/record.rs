//! Visits in, archive and rows out: bytes first and durable, then the rows that name them.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use tokio::sync::{Notify, mpsc, oneshot};

use super::end::{Brought, ended, validators_of};
use super::hop::Hop;
use super::visited::Visited;
use super::{CrawlError, CrawlReport, SharedProgress, Worker};
use crate::archive::{Appended, Digest, Entry, Original, Writer};
use crate::discover::canonical;
use crate::fetch::{Exchange, FetchOutcome};
use crate::model::cadence::Cadence;
use crate::model::capture::{Capture, Role};
use crate::model::id::CaptureId;
use crate::model::outcome::Outcome;
use crate::model::source::Source;
use crate::settings::CrawlSettings;
use crate::store::{Attempt, Store, Task, Visit};

/// Visits recorded in one go: one flush of the disk and one transaction for all of them.
const BATCH: usize = 64;
/// Visits after which the oldest rows of requests are let go of, and before the first of which they are.
pub(super) const FORGET_AFTER: usize = 100;
/// The same of what is known of hosts, all of which are looked at for it.
pub(super) const FORGET_HOSTS_AFTER: usize = 10_000;

/// A visit and the one who waits until it is on record.
pub(super) type Submission = (Visited, oneshot::Sender<()>);

/// The one who writes archive and rows during a crawl.
pub(super) struct Recorder {
    pub(super) writer: Writer,
    /// The thread that packs and appends.
    pub(super) worker: Worker,
    pub(super) store: Store,
    pub(super) settings: CrawlSettings,
    pub(super) progress: SharedProgress,
    /// Told after every commit.
    pub(super) committed: Arc<Notify>,
    /// Visits since the oldest rows of requests were last let go of.
    pub(super) since_forgotten: usize,
    /// The same of what is known of hosts.
    pub(super) since_hosts_forgotten: usize,
}

impl Recorder {
    /// Records what is submitted until nobody can submit any more.
    pub(super) async fn run(
        mut self,
        mut submissions: mpsc::Receiver<Submission>,
    ) -> Result<CrawlReport, CrawlError> {
        let mut report = CrawlReport::default();
        let mut batch = Vec::with_capacity(BATCH);
        while submissions.recv_many(&mut batch, BATCH).await > 0 {
            let (visited, waiting): (Vec<Visited>, Vec<_>) = batch.drain(..).unzip();
            let (visits, bytes);
            (self, visits, bytes) = self.record(visited).await?;
            let announced = self.store.save_visits(&visits).await?;
            self.forget(visits.len()).await?;
            report.bytes += bytes;
            for (visit, announced) in visits.iter().zip(announced) {
                report.add(visit, announced);
                self.count(visit);
            }
            self.committed.notify_one();
            for waiting in waiting {
                // Whoever gave up waiting does not need the answer.
                let _ = waiting.send(());
            }
        }
        Ok(report)
    }

    /// Lets go of the oldest rows of requests, every so many visits: that takes more of them than come meanwhile.
    async fn forget(&mut self, visits: usize) -> Result<(), CrawlError> {
        self.since_forgotten += visits;
        if self.since_forgotten < FORGET_AFTER {
            return Ok(());
        }
        self.since_forgotten = 0;
        let before = Timestamp::now().saturating_sub(self.settings.attempts_for);
        let before = before.unwrap_or(Timestamp::MIN);
        self.store.forget_attempts(before).await?;
        self.since_hosts_forgotten += FORGET_AFTER;
        if self.since_hosts_forgotten >= FORGET_HOSTS_AFTER {
            self.since_hosts_forgotten = 0;
            self.store.forget_hosts(before).await?;
        }
        Ok(())
    }

    fn count(&self, visit: &Visit) {
        self.progress.visits.fetch_add(1, Ordering::Relaxed);
        self.progress
            .captures
            .fetch_add(visit.captures.len() as u64, Ordering::Relaxed);
        let trouble = !visit.end.outcome.is_success();
        self.progress
            .troubles
            .fetch_add(u64::from(trouble), Ordering::Relaxed);
    }

    /// What a channel brought that is not known yet, where its rhythm follows that. At the first reading everything
    /// is new, which tells nothing; and an index of sitemaps says nothing of how often pages come.
    async fn brought(&self, visit: &Visited) -> Result<Option<u64>, CrawlError> {
        let is_adaptive = visit.task.role == Role::Channel && matches!(visit.cadence(), Cadence::Adaptive(_));
        let tells = visit.announced.iter().any(|item| item.role == Role::Page);
        match (is_adaptive && tells, &visit.task.pause) {
            (false, _) => Ok(None),
            (true, None) => Ok(Some(0)),
            (true, Some(_)) => Ok(Some(self.store.news_in(&visit.announced).await?)),
        }
    }

    /// Whether something else than the page was found before this visit, and not the page since.
    async fn is_in_doubt(&self, visit: &Visited) -> Result<bool, CrawlError> {
        let is_page = visit.task.role == Role::Page && visit.content.is_some();
        match visit.task.capture.as_ref().filter(|_| is_page) {
            Some(held) => Ok(self.store.is_in_doubt(held).await?),
            None => Ok(false),
        }
    }

    /// Appends the answers of a batch and makes them durable; answers the rows to commit.
    async fn record(mut self, mut visited: Vec<Visited>) -> Result<(Self, Vec<Visit>, u64), CrawlError> {
        for visit in &mut visited {
            visit.brought = self.brought(visit).await?;
            visit.is_in_doubt = self.is_in_doubt(visit).await?;
        }
        let mut originals = Originals::default();
        let is_there = |segment: &str| self.writer.holds(segment);
        // Where they are packed as well: computing is not waiting, and a batch may hold a gigabyte.
        let worker = self.worker.clone();
        let reckoned = worker.run(move || {
            let digests: Vec<Vec<Option<Digest>>> = visited.iter().map(digests).collect();
            (visited, digests)
        });
        let (visited, digests) = reckoned
            .await
            .ok_or(CrawlError::Stopped("the archive's writer"))?;
        originals
            .look_up(&self.store, &visited, &digests, &is_there)
            .await?;
        for visit in &visited {
            for hop in &visit.giving {
                originals
                    .look_up_given(&self.store, &visit.hops[*hop], &is_there)
                    .await?;
            }
            originals.look_up_held(&self.store, visit).await?;
        }
        let now = Timestamp::now();
        let recorded = worker.run(move || {
            let mut rows = Vec::with_capacity(visited.len());
            let mut bytes = 0;
            for (visit, digests) in visited.into_iter().zip(&digests) {
                bytes += visit
                    .hops
                    .iter()
                    .filter_map(Hop::exchange)
                    .map(|e| e.body.len() as u64)
                    .sum::<u64>();
                rows.push(append(
                    &mut self.writer,
                    &mut originals,
                    &self.settings,
                    visit,
                    digests,
                    now,
                )?);
            }
            self.writer.sync()?;
            Ok((self, rows, bytes))
        });
        recorded
            .await
            .ok_or(CrawlError::Stopped("the archive's writer"))?
    }
}

/// Which capture holds a payload already, by its digest.
#[derive(Default)]
struct Originals {
    known: HashMap<String, Original>,
    /// By capture, what a 304 says is current.
    held: HashMap<CaptureId, Original>,
    /// By address, the digest of what an interface last gave there.
    given: HashMap<String, String>,
}

impl Originals {
    /// The captures that hold the same payloads already, where their records can be read: else a payload is kept once
    /// more.
    async fn look_up(
        &mut self,
        store: &Store,
        visited: &[Visited],
        digests: &[Vec<Option<Digest>>],
        is_there: impl Fn(&str) -> bool,
    ) -> Result<(), CrawlError> {
        let hops = visited.iter().flat_map(|visit| &visit.hops);
        let whole = hops
            .zip(digests.iter().flatten())
            .filter(|(hop, _)| hop.exchange().is_some_and(is_whole_content));
        let payloads: Vec<String> = whole
            .filter_map(|(_, digest)| Some(digest.as_ref()?.hex()))
            .collect();
        let payloads: Vec<&str> = payloads.iter().map(String::as_str).collect();
        let firsts = store.first_captures_of(&payloads).await?.into_iter();
        let there = firsts.filter(|(_, capture)| is_there(&capture.location.segment));
        self.known.extend(there.map(|(digest, capture)| {
            let original = Original {
                capture: capture.id,
                fetched_at: capture.fetched_at,
                url: capture.url,
            };
            (digest, original)
        }));
        Ok(())
    }

    /// What holds the payload of an answer already: of a 304 what it says is current, of whole content what has the same digest.
    fn of(&self, visited: &Visited, exchange: &Exchange, digest: Digest) -> Option<Original> {
        if exchange.outcome() == Outcome::NotModified {
            return self.held.get(visited.task.capture.as_ref()?).cloned();
        }
        let known = self.known.get(&digest.hex());
        known.filter(|_| is_whole_content(exchange)).cloned()
    }

    /// Notes that a capture is the first to hold a payload.
    fn now_held(&mut self, digest: Digest, fetched_at: Timestamp, capture: &Capture) {
        let original = Original {
            capture: capture.id.clone(),
            fetched_at,
            url: capture.url.clone(),
        };
        self.known.insert(digest.hex(), original);
    }

    /// What the interface last gave at this address.
    async fn look_up_given(
        &mut self,
        store: &Store,
        hop: &Hop,
        is_there: impl Fn(&str) -> bool,
    ) -> Result<(), CrawlError> {
        let Some(exchange) = hop.exchange() else {
            return Ok(());
        };
        let url = exchange.url.as_str();
        let last = store.last_given_at(url).await?;
        if let Some((digest, _)) = last.filter(|(_, segment)| is_there(segment)) {
            self.given.insert(url.to_string(), digest);
        }
        Ok(())
    }

    /// The capture that a 304 to this visit's task refers to.
    async fn look_up_held(&mut self, store: &Store, visit: &Visited) -> Result<(), CrawlError> {
        let is_304 = |hop: &Hop| hop.exchange().is_some_and(|exchange| exchange.status == 304);
        let Some(id) = visit
            .task
            .capture
            .as_ref()
            .filter(|_| visit.hops.iter().any(is_304))
        else {
            return Ok(());
        };
        if let Some(capture) = store.capture(id).await? {
            let original = Original {
                capture: capture.id,
                fetched_at: capture.fetched_at,
                url: capture.url,
            };
            self.held.insert(id.clone(), original);
        }
        Ok(())
    }
}

/// The digest of each answer of a visit.
fn digests(visit: &Visited) -> Vec<Option<Digest>> {
    let answers = visit.hops.iter().map(Hop::exchange);
    answers
        .map(|exchange| exchange.map(|exchange| Digest::of(&exchange.body)))
        .collect()
}

fn is_whole_content(exchange: &Exchange) -> bool {
    matches!(exchange.status, 200 | 203) && exchange.truncated.is_none() && !exchange.body.is_empty()
}

/// Appends every answer of a visit, and turns the visit into rows.
fn append(
    writer: &mut Writer,
    originals: &mut Originals,
    settings: &CrawlSettings,
    mut visited: Visited,
    digests: &[Option<Digest>],
    now: Timestamp,
) -> Result<Visit, CrawlError> {
    let mut attempts = Vec::with_capacity(visited.hops.len());
    let mut content = None;
    let mut further = Vec::new();
    let mut renewed = None;
    for (index, hop) in std::mem::take(&mut visited.hops).into_iter().enumerate() {
        let (mut attempt, exchange) = attempted(hop);
        if let (Some(exchange), Some(digest)) = (exchange, digests[index]) {
            if attempt.outcome == Outcome::NotModified {
                renewed = Some(validators_of(&visited.task, &exchange));
            }
            let original = originals.of(&visited, &exchange, digest);
            let appended = writer.append(&entry(&exchange, digest, original.clone()))?;
            attempt.elapsed_ms = u64::try_from(exchange.elapsed.as_millis()).unwrap_or(u64::MAX);
            attempt.status = Some(exchange.status);
            attempt.location = Some(appended.location.clone());
            if visited.content == Some(index) || visited.giving.contains(&index) {
                let brought = brought(
                    &visited,
                    index,
                    &exchange,
                    &appended,
                    original.as_ref(),
                    originals,
                );
                attempt.outcome = match brought.is_new {
                    true => Outcome::Changed,
                    false => Outcome::Unchanged,
                };
                if brought.is_new && original.is_none() && exchange.truncated.is_none() {
                    originals.now_held(digest, attempt.at, &brought.capture);
                }
                if visited.content == Some(index) {
                    content = Some(brought);
                } else if brought.is_new {
                    further.push(brought.capture);
                }
            }
        }
        attempts.push(attempt);
    }
    if let Some((etag, last_modified)) = renewed {
        // A 304 may name new validators for what is held (RFC 9111 4.3.4).
        visited.task.etag = etag.or(visited.task.etag);
        visited.task.last_modified = last_modified.or(visited.task.last_modified);
    }
    let mut visit = ended(visited, attempts, content, settings, now);
    visit.captures.append(&mut further);
    Ok(visit)
}

/// The row of a request, as far as it is known before its answer is archived, and the answer.
fn attempted(hop: Hop) -> (Attempt, Option<Box<Exchange>>) {
    let (exchange, outcome, detail) = match hop.answer {
        FetchOutcome::Failed { outcome, detail } => (None, outcome, Some(detail)),
        FetchOutcome::Answered(exchange) => {
            let outcome = exchange.outcome();
            (Some(exchange), outcome, None)
        }
    };
    let attempt = Attempt {
        url: hop.url,
        at: hop.at,
        elapsed_ms: 0,
        outcome,
        status: None,
        detail,
        location: None,
    };
    (attempt, exchange)
}

/// What an answer brought that has the content of its page, or gives whole documents.
fn brought(
    visited: &Visited,
    index: usize,
    exchange: &Exchange,
    appended: &Appended,
    original: Option<&Original>,
    originals: &Originals,
) -> Brought {
    let mut capture = capture(visited, exchange, appended, original);
    // Whether documents are read out of an answer is a question of how it was last read, not of whether
    // the channel's answer changed: its file may say only since today that they stand in it.
    let held = match visited.giving.contains(&index) {
        true => {
            capture.role = Role::Page;
            capture.answer_of = Some(visited.task.url.to_string());
            originals.given.get(exchange.url.as_str())
        }
        false => visited.task.payload_sha256.as_ref(),
    };
    Brought {
        is_new: held != Some(&appended.payload_sha256),
        capture,
        validators: validators_of(&visited.task, exchange),
    }
}

/// The address a page is known by, where its channel names another one than is asked for.
pub fn known_as(task: &Task, source: &Source) -> Option<String> {
    if let Some((of, _)) = &task.memento {
        return Some(canonical::within(of, source).url.to_string());
    }
    let asked = canonical::within(&task.url, source).url;
    (task.role == Role::Page && asked != task.canonical).then(|| task.canonical.to_string())
}

fn entry(exchange: &Exchange, digest: Digest, original: Option<Original>) -> Entry<'_> {
    Entry {
        url: exchange.url.as_str(),
        fetched_at: exchange.started_at,
        request_head: &exchange.request_head,
        response_head: &exchange.response_head,
        body: &exchange.body,
        digest,
        truncated: exchange.truncated,
        ip: exchange.remote,
        not_modified: exchange.outcome() == Outcome::NotModified,
        revisit_of: original,
    }
}

fn capture(
    visited: &Visited,
    exchange: &Exchange,
    appended: &Appended,
    original: Option<&Original>,
) -> Capture {
    let header = |name| exchange.header(name).map(str::to_string);
    Capture {
        id: appended.capture.clone(),
        source: visited.source.id.clone(),
        role: visited.task.role,
        url: exchange.url.to_string(),
        known_as: known_as(&visited.task, &visited.source),
        memento_at: visited.task.memento.as_ref().map(|(_, at)| {
            // An archive may answer with the copy nearest in time, and says so (RFC 7089 2.1.1).
            let stated = exchange.header("memento-datetime");
            stated
                .and_then(|stated| rfc2822::DateTimeParser::new().parse_timestamp(stated).ok())
                .unwrap_or(*at)
        }),
        answer_of: None,
        fetched_at: exchange.started_at,
        status: exchange.status,
        content_type: header("content-type"),
        content_encoding: header("content-encoding"),
        payload_sha256: appended.payload_sha256.clone(),
        payload_bytes: appended.payload_bytes,
        truncated: exchange.truncated,
        location: appended.location.clone(),
        revisit_of: original.map(|original| original.capture.clone()),
    }
}
