//! Visits in, archive and rows out: bytes first and durable, then the rows that name them.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use tokio::sync::{Notify, mpsc, oneshot};
use url::Url;

use super::stand_ins::age;
use super::visit::{Hop, Visited};
use super::{CrawlError, CrawlReport, Ended, SharedProgress, Worker, due_again};
use crate::archive::{Appended, Digest, Entry, Original, Writer};
use crate::discover::canonical;
use crate::fetch::{Exchange, FetchOutcome};
use crate::model::cadence::Cadence;
use crate::model::capture::{Capture, Role};
use crate::model::host::Pushback;
use crate::model::id::CaptureId;
use crate::model::outcome::Outcome;
use crate::model::schedule::Priority;
use crate::model::source::Source;
use crate::settings::CrawlSettings;
use crate::store::{Attempt, Leads, Store, Task, TaskEnd, Visit};

/// Visits recorded in one go: one flush of the disk and one transaction for all of them.
const BATCH: usize = 64;
/// Visits after which the oldest rows of requests are let go of, and before the first of which they are.
pub(super) const FORGET_AFTER: usize = 100;

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
        self.store
            .forget_attempts(before.unwrap_or(Timestamp::MIN))
            .await?;
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
) -> Result<Visit, CrawlError> {
    let mut attempts = Vec::with_capacity(visited.hops.len());
    let mut content = None;
    let mut further = Vec::new();
    let mut renewed = None;
    for (index, hop) in std::mem::take(&mut visited.hops).into_iter().enumerate() {
        let (at, url) = (hop.at, hop.url.clone());
        let (exchange, outcome, detail) = match hop.answer {
            FetchOutcome::Failed { outcome, detail } => (None, outcome, Some(detail)),
            FetchOutcome::Answered(exchange) => {
                let outcome = exchange.outcome();
                (Some(exchange), outcome, None)
            }
        };
        let mut attempt = Attempt {
            url,
            at,
            elapsed_ms: 0,
            outcome,
            status: None,
            detail,
            location: None,
        };
        if let (Some(exchange), Some(body)) = (exchange, digests[index]) {
            let digest = body.hex();
            let original = if outcome == Outcome::NotModified {
                let (etag, last_modified) = validators(&visited, &exchange);
                renewed = Some((
                    etag.or(visited.task.etag.clone()),
                    last_modified.or(visited.task.last_modified.clone()),
                ));
                visited
                    .task
                    .capture
                    .as_ref()
                    .and_then(|held| originals.held.get(held))
                    .cloned()
            } else {
                let known = originals.known.get(&digest);
                known.filter(|_| is_whole_content(&exchange)).cloned()
            };
            let appended = writer.append(&entry(&exchange, body, original.clone()))?;
            attempt.elapsed_ms = u64::try_from(exchange.elapsed.as_millis()).unwrap_or(u64::MAX);
            attempt.status = Some(exchange.status);
            attempt.location = Some(appended.location.clone());
            let gives = visited.giving.contains(&index);
            if visited.content == Some(index) || gives {
                // Whether documents are read out of an answer is a question of how it was last read, not of whether
                // the channel's answer changed: its file may say only since today that they stand in it.
                let held = match gives {
                    true => originals.given.get(exchange.url.as_str()),
                    false => visited.task.payload_sha256.as_ref(),
                };
                let new = held != Some(&appended.payload_sha256);
                attempt.outcome = if new { Outcome::Changed } else { Outcome::Unchanged };
                let mut capture = capture(&visited, &exchange, &appended, original.as_ref());
                if gives {
                    capture.role = Role::Page;
                    capture.answer_of = Some(visited.task.url.to_string());
                }
                if new && original.is_none() && exchange.truncated.is_none() {
                    let original = Original {
                        capture: capture.id.clone(),
                        fetched_at: at,
                        url: capture.url.clone(),
                    };
                    originals.known.insert(digest, original);
                }
                if visited.content == Some(index) {
                    content = Some((capture, new, validators(&visited, &exchange)));
                } else if new {
                    further.push(capture);
                }
            }
        }
        attempts.push(attempt);
    }
    if let Some((etag, last_modified)) = renewed {
        // A 304 may name new validators for what is held (RFC 9111 4.3.4).
        (visited.task.etag, visited.task.last_modified) = (etag, last_modified);
    }
    let mut visit = finish(visited, attempts, content, settings);
    visit.captures.append(&mut further);
    Ok(visit)
}

type Content = (Capture, bool, (Option<String>, Option<String>));

/// The rows of a visit whose answers are archived.
fn finish(
    visited: Visited,
    mut attempts: Vec<Attempt>,
    content: Option<Content>,
    settings: &CrawlSettings,
) -> Visit {
    let (read_as, is_configured) = (visited.read_as(), visited.is_configured());
    let cadence = visited.cadence().clone();
    let task = visited.task;
    let mut outcome = visited.outcome;
    if let (Outcome::Changed, Some((_, false, _))) = (outcome, &content) {
        outcome = Outcome::Unchanged;
    }
    match attempts.last_mut() {
        // What became of the visit is what became of its last request, seen by who knows why.
        Some(last) if content.is_none() && outcome != Outcome::RobotsDisallowed => last.outcome = outcome,
        _ => {}
    }
    let ended_at = Timestamp::now();
    if attempts.is_empty() || outcome == Outcome::RobotsDisallowed {
        attempts.push(Attempt {
            url: task.url.to_string(),
            at: ended_at,
            elapsed_ms: 0,
            outcome,
            status: None,
            detail: visited.detail.clone(),
            location: None,
        });
    }
    let leads = leads(&task, &visited.source, outcome, &attempts);
    let is_moved = matches!(leads, Leads::To(_)) || task.leads_elsewhere && leads == Leads::Nowhere;
    let moved = is_moved.then(|| task.canonical.to_string());
    let counts = Counts::after(&task, outcome, visited.pushback);
    let due = due_again(
        &Ended {
            role: task.role,
            url: task.url.as_str(),
            is_memento: task.memento.is_some(),
            outcome,
            failures: counts.failures,
            deferrals: counts.deferrals,
            is_new: task.last_success_at.is_none(),
            is_dated_by_index: !is_configured && task.announced_modified.is_some(),
            pause: task.pause,
            age: age(&task, &visited.source.time_zone, ended_at),
            cadence: &cadence,
            brought: visited.brought,
            since_success: task.last_success_at.map(|last| ended_at.duration_since(last)),
            held_until: visited.held_until,
            asked_by_server: visited.asked_by_server,
        },
        settings,
        ended_at,
    );
    let is_read = task.role == Role::Page || visited.read_whole;
    let (etag, last_modified) = match &content {
        Some((_, _, validators)) if is_read => validators.clone(),
        // What was read in part or not at all is not "not changed" next time.
        Some(_) => (None, None),
        None => (task.etag, task.last_modified),
    };
    let read_as = match (task.role, &content) {
        (Role::Channel, Some(_)) => Some(read_as),
        _ => task.read_as,
    };
    let is_held = task.capture.is_some() || content.is_some();
    // That the text is back after a doubt is on record, so that a later doubt is a first one again.
    let is_kept = |new: bool| new || visited.is_in_doubt;
    let capture = content.and_then(|(capture, new, _)| is_kept(new).then_some(capture));
    let held = capture
        .as_ref()
        .map(|capture| (capture.id.clone(), capture.payload_sha256.clone()));
    let (capture_id, payload_sha256) = match held {
        Some((id, digest)) => (Some(id), Some(digest)),
        None => (task.capture, task.payload_sha256),
    };
    Visit {
        source: visited.source.id.clone(),
        role: task.role,
        url: task.url.to_string(),
        ended_at,
        attempts,
        captures: capture.into_iter().collect(),
        end: TaskEnd {
            outcome,
            detail: visited.detail,
            due_at: due.at,
            due_rule: due.rule,
            pause: due.pause,
            priority: match task.role {
                Role::Channel => Priority::Channel,
                Role::Page if is_held => Priority::Revisit,
                // It is as new as before.
                Role::Page => task.priority,
            },
            etag,
            last_modified,
            read_as,
            capture: capture_id,
            payload_sha256,
            items: visited.items,
            failures: counts.failures,
            deferrals: counts.deferrals,
            unchanged: counts.unchanged,
        },
        announced: visited.announced,
        revisit_after: settings.revisit_after,
        revisit_at_most: settings.revisit_at_most,
        read_whole: visited.read_whole,
        leads,
        moved,
        robots: visited.robots,
        hosts: visited.hosts,
    }
}

/// Where a page's address leads for good after a visit: where it was found in the end, if every redirect on the way there
/// says so (301, 308).
fn leads(task: &Task, source: &Source, outcome: Outcome, attempts: &[Attempt]) -> Leads {
    if task.role != Role::Page || task.memento.is_some() {
        return Leads::Untold;
    }
    if !outcome.is_success() {
        // What is missing leads nowhere any more; trouble on the way tells neither.
        let is_missing = matches!(outcome, Outcome::NotFound | Outcome::Gone);
        return if is_missing { Leads::Nowhere } else { Leads::Untold };
    }
    // The robots.txt of another host may stand between two of them.
    let hops = attempts.iter().filter(|hop| !hop.url.ends_with("/robots.txt"));
    let hops: Vec<&Attempt> = hops.skip_while(|hop| hop.url != task.url.as_str()).collect();
    let [on_the_way @ .., end] = hops.as_slice() else {
        return Leads::Nowhere;
    };
    let is_for_good = on_the_way.iter().all(|hop| matches!(hop.status, Some(301 | 308)));
    // The same page by the rules of addresses has not moved.
    let is_elsewhere = |end: &Url| *end != task.url && canonical::within(end, source).url != task.canonical;
    match Url::parse(&end.url) {
        Ok(end) if is_for_good && is_elsewhere(&end) => Leads::To(end.into()),
        _ => Leads::Nowhere,
    }
}

/// What is counted of an address from visit to visit.
struct Counts {
    failures: u32,
    deferrals: u32,
    unchanged: u32,
}

impl Counts {
    /// The counts after a visit. What the host is to blame for counts nothing against the address.
    fn after(task: &Task, outcome: Outcome, pushback: Option<Pushback>) -> Self {
        let is_spared = outcome == Outcome::Deferred || pushback.is_some_and(Pushback::spares_the_page);
        let kept = Self {
            failures: task.failures,
            deferrals: 0,
            unchanged: task.unchanged,
        };
        match outcome {
            Outcome::Unchanged | Outcome::NotModified => Self {
                failures: 0,
                unchanged: task.unchanged.saturating_add(1),
                ..kept
            },
            _ if outcome.is_success() => Self {
                failures: 0,
                unchanged: 0,
                ..kept
            },
            _ if is_spared => Self {
                deferrals: task.deferrals.saturating_add(1),
                ..kept
            },
            _ => Self {
                failures: task.failures.saturating_add(1),
                ..kept
            },
        }
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

/// Validators to send next time: those of the address itself, not of where a redirect led.
fn validators(visited: &Visited, exchange: &Exchange) -> (Option<String>, Option<String>) {
    if exchange.url != visited.task.url {
        return (None, None);
    }
    let header = |name| exchange.header(name).map(str::to_string);
    (header("etag"), header("last-modified"))
}
