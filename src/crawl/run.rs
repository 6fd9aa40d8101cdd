//! The coordinator: which host's next task is visited now.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::asker::Asker;
use super::backoff::Hosts;
use super::permission::Permissions;
use super::record::{FORGET_AFTER, FORGET_HOSTS_AFTER, Recorder, Submission};
use super::visit::Visitor;
use super::visited::Visited;
use super::{CrawlError, CrawlReport, Paces, Politeness, SharedProgress, Worker};
use crate::archive::Writer;
use crate::fetch::{Client, ClientSettings};
use crate::model::host::{HostState, Pushback};
use crate::model::id::SourceId;
use crate::model::source::Source;
use crate::settings::CrawlSettings;
use crate::store::{Store, Task};

/// Tasks of one host taken at a time; then the host that has waited longest is next.
const TURN: u32 = 16;
/// How often it is asked which hosts have something due, while others are being visited.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// The longest sleep while nothing is due, so that a clock set forward is noticed.
const LONGEST_SLEEP: Duration = Duration::from_secs(10);

/// Clocks are set back by this much without anybody being wrong.
const SET_BACK: SignedDuration = SignedDuration::from_secs(60);

/// Hosts that are named where several are waited for.
const NAMED: usize = 3;

/// When a crawl ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// When everything due was visited once.
    Done,
    /// When it is cancelled.
    Cancelled,
}

/// A crawl of a workspace.
#[derive(Debug)]
pub struct Crawler {
    visitor: Arc<Visitor>,
    sources: HashMap<SourceId, Arc<Source>>,
    submissions: mpsc::Sender<Submission>,
    recorder: tokio::task::JoinHandle<Result<CrawlReport, CrawlError>>,
    progress: SharedProgress,
    hosts_at_once: usize,
}

impl Crawler {
    /// Prepares a crawl of these sources; `committed` is told after every commit of rows.
    pub async fn start(
        settings: &CrawlSettings,
        sources: &[Source],
        store: Store,
        writer: Writer,
        progress: SharedProgress,
        committed: Arc<Notify>,
    ) -> Result<Self, CrawlError> {
        let length = |length: SignedDuration| Duration::try_from(length).unwrap_or_default();
        let client = Client::new(&ClientSettings::of(settings, sources))?;
        let hosts = store.hosts().await?;
        let now = Timestamp::now();
        let asked: Vec<(String, Duration)> = hosts
            .iter()
            .filter_map(|host| {
                Some((
                    host.host.clone(),
                    length(now.duration_since(host.last_served_at?)),
                ))
            })
            .collect();
        let (submissions, received) = mpsc::channel(settings.hosts_at_once.max(1) * 2);
        let worker = Worker::begin("archive").map_err(|_| CrawlError::Stopped("the archive's writer"))?;
        let recorder = Recorder {
            writer,
            worker,
            store: store.clone(),
            settings: settings.clone(),
            progress: SharedProgress::clone(&progress),
            committed,
            since_forgotten: FORGET_AFTER,
            since_hosts_forgotten: FORGET_HOSTS_AFTER,
        };
        Ok(Self {
            visitor: Arc::new(Visitor {
                asker: Asker {
                    client,
                    store,
                    agent: settings.robots_token(),
                    politeness: Politeness::new(Paces::of(settings)).after(asked),
                    hosts: Hosts::new(hosts),
                    settings: settings.clone(),
                },
                permissions: Permissions::default(),
            }),
            sources: sources
                .iter()
                .map(|source| (source.id.clone(), Arc::new(source.clone())))
                .collect(),
            submissions,
            recorder: tokio::spawn(recorder.run(received)),
            progress,
            hosts_at_once: settings.hosts_at_once.max(1),
        })
    }

    fn asker(&self) -> &Asker {
        &self.visitor.asker
    }

    /// Visits what is due until there is nothing more to do or `cancel` says so; visits under way are
    /// then given up, and everything that was fetched whole is on record.
    pub async fn run(self, until: Until, cancel: CancellationToken) -> Result<CrawlReport, CrawlError> {
        let mut round = Round {
            started_at: self.asker().now(),
            latest: self.asker().now(),
            until,
            busy: HashSet::new(),
            queues: HashMap::new(),
            waiting: VecDeque::new(),
            looked_at: None,
            visits: JoinSet::new(),
        };
        let ended = self.go_on(&mut round, &cancel).await;
        round.visits.shutdown().await;
        let left_alone = match &ended {
            Ok(()) if until == Until::Done => self.left_alone(&round).await,
            _ => Ok(Vec::new()),
        };
        let Crawler {
            submissions,
            recorder,
            ..
        } = self;
        drop(submissions);
        // The recorder knows best why it stopped: a full disk ends the visits that wait for it.
        let mut report = recorder
            .await
            .map_err(|_| CrawlError::Stopped("the recorder"))??;
        ended?;
        report.left_alone = left_alone?;
        report.interrupted = cancel.is_cancelled();
        Ok(report)
    }

    async fn go_on(&self, round: &mut Round, cancel: &CancellationToken) -> Result<(), CrawlError> {
        while !cancel.is_cancelled() && !self.recorder.is_finished() {
            self.fill(round, cancel).await?;
            if round.visits.is_empty() {
                let Some(sleep) = self.idle_for(round).await? else {
                    return Ok(());
                };
                tokio::select! {
                    () = cancel.cancelled() => {}
                    () = tokio::time::sleep(sleep) => {}
                }
                continue;
            }
            let ended = tokio::select! {
                () = cancel.cancelled() => return Ok(()),
                ended = round.visits.join_next() => ended,
                // What becomes due meanwhile does not wait for a host that hangs.
                () = tokio::time::sleep(LOOK_EVERY) => {
                    self.progress.waits_for(Some(round.asked_hosts()));
                    continue;
                }
            };
            self.progress.waits_for(None);
            match ended {
                Some(Ok((host, Ok(())))) => round.turn_over(host),
                Some(Ok((_, Err(error)))) => return Err(error),
                Some(Err(_)) => return Err(CrawlError::Stopped("a visit")),
                None => {}
            }
        }
        Ok(())
    }

    /// Begins anew with what is on row by a clock that was set back: what waits for the time it said before would wait for as
    /// long as it was wrong.
    async fn let_go_of_future(&self, round: &mut Round) -> Result<(), CrawlError> {
        let (asker, now) = (self.asker(), self.asker().now());
        tracing::warn!(
            "the clock was set back from {} to {now}: nothing waits for the time it said before",
            round.latest
        );
        asker
            .store
            .let_go_of_future(now, asker.settings.revisit_after)
            .await?;
        self.visitor.permissions.forget();
        asker.hosts.set_back(now);
        round.latest = now;
        round.started_at = round.started_at.min(now);
        round.queues.clear();
        round.looked_at = None;
        Ok(())
    }

    /// Begins visits until enough hosts are busy or no other host has anything due.
    async fn fill(&self, round: &mut Round, cancel: &CancellationToken) -> Result<(), CrawlError> {
        if round.is_clock_set_back(self.asker().now()) {
            // What is under way is put on record first, by the clock that was.
            if !round.visits.is_empty() {
                return Ok(());
            }
            self.let_go_of_future(round).await?;
        }
        while round.visits.len() < self.hosts_at_once && !cancel.is_cancelled() {
            let now = self.asker().now();
            if let Some(task) = round.next_in_queues(|host| self.asker().hosts.held(host, now).is_some()) {
                match self.sources.get(&task.source).cloned() {
                    Some(source) => self.begin(round, task, source),
                    None => self.keep_own(round).await?,
                }
                continue;
            }
            let Some(host) = self.next_host(round).await? else {
                return Ok(());
            };
            let tasks = self
                .asker()
                .store
                .due_tasks(&host, now, round.visited_before(), TURN)
                .await?;
            round.queues.insert(host, tasks.into());
        }
        Ok(())
    }

    /// The host that has waited longest. The rows are asked for it only so often, because that costs the more
    /// the more is known; in between, hosts whose turn is over go to the end of the line.
    async fn next_host(&self, round: &mut Round) -> Result<Option<String>, CrawlError> {
        let is_idle = round.visits.is_empty() && round.waiting.is_empty();
        if is_idle || round.looked_at.is_none_or(|at| at.elapsed() >= LOOK_EVERY) {
            let hosts = self
                .asker()
                .store
                .due_hosts(self.asker().now(), round.visited_before())
                .await?;
            round.waiting = hosts.into();
            round.looked_at = Some(Instant::now());
        }
        let now = self.asker().now();
        while let Some(host) = round.waiting.pop_front() {
            let has_turn = round.busy.contains(&host) || round.queues.contains_key(&host);
            if !has_turn && self.asker().hosts.held(&host, now).is_none() {
                return Ok(Some(host));
            }
        }
        Ok(None)
    }

    /// How long nothing can be done; nothing where the round is over.
    async fn idle_for(&self, round: &Round) -> Result<Option<Duration>, CrawlError> {
        if round.until == Until::Cancelled {
            return self.until_due().await.map(Some);
        }
        // A short pause that a host needs is waited out, as a long Crawl-delay would be; a long one is for the
        // next round.
        let now = self.asker().now();
        let longest = now
            .saturating_add(self.asker().settings.longest_pace)
            .unwrap_or(Timestamp::MAX);
        let held = self.left_alone(round).await?;
        let first = held
            .iter()
            .filter(|host| is_waited_for(host) && host.not_before.is_some_and(|until| until <= longest))
            .min_by_key(|host| host.not_before);
        self.progress.waits_for(first.map(left_alone_in_words));
        Ok(first
            .and_then(|host| host.not_before)
            .map(|first| sleep_until(first, now)))
    }

    /// The hosts that have something due in this round and are left alone.
    async fn left_alone(&self, round: &Round) -> Result<Vec<HostState>, CrawlError> {
        let now = self.asker().now();
        let store = &self.asker().store;
        Ok(store.held_hosts_with_due(now, round.visited_before()).await?)
    }

    /// Lets no source's rows be due but those of this crawl. A row of another one may become due while it runs: an index of
    /// sitemaps names again what it had let go, and that was another source's. Passed over, it would be asked for for ever.
    async fn keep_own(&self, round: &mut Round) -> Result<(), CrawlError> {
        let own: Vec<SourceId> = self.sources.keys().cloned().collect();
        self.asker().store.keep_only(&own).await?;
        round.queues.clear();
        Ok(())
    }

    fn begin(&self, round: &mut Round, task: Task, source: Arc<Source>) {
        let (visitor, submissions) = (Arc::clone(&self.visitor), self.submissions.clone());
        let host = task.host.clone();
        round.busy.insert(host.clone());
        round.visits.spawn(async move {
            let (kept, its_source) = (task.clone(), Arc::clone(&source));
            let visit = alone(async move { visitor.visit(task, source).await });
            // A mistake in this program costs the visit that meets it, and is on record as its outcome.
            let visited = visit
                .await
                .unwrap_or_else(|| Ok(Visited::failed_inside(kept, its_source)));
            let ended = match visited {
                Err(error) => Err(error),
                Ok(visited) => {
                    let (recorded, on_record) = oneshot::channel();
                    // Where the recorder is gone, its own error is the one to report.
                    if submissions.send((visited, recorded)).await.is_ok() {
                        let _ = on_record.await;
                    }
                    Ok(())
                }
            };
            (host, ended)
        });
    }

    /// How long nothing is due.
    async fn until_due(&self) -> Result<Duration, CrawlError> {
        let now = self.asker().now();
        let due = self.asker().store.next_due().await?;
        Ok(due.map_or(LONGEST_SLEEP, |due| sleep_until(due, now)))
    }
}

/// Whether a round waits for a host that is left alone for a short while. One that failed before and now did not answer in
/// time is down, and would hold up the round with ever longer pauses.
fn is_waited_for(host: &HostState) -> bool {
    host.failures < 2 || host.reason != Some(Pushback::TimedOut)
}

/// That a host is left alone, until when and why.
fn left_alone_in_words(host: &HostState) -> String {
    let until = host.not_before.unwrap_or_default().strftime("%H:%M:%S UTC");
    let why = host.reason.map(|why| format!(": {why}")).unwrap_or_default();
    format!("{}, left alone until {until}{why}", host.host)
}

/// How long to sleep until an instant: never a busy loop, whatever the clock does.
fn sleep_until(at: Timestamp, now: Timestamp) -> Duration {
    let sleep = Duration::try_from(at.duration_since(now)).unwrap_or(Duration::ZERO);
    sleep.clamp(Duration::from_millis(200), LONGEST_SLEEP)
}

/// Runs a piece of work so that a panic ends it alone: then there is nothing. Whoever drops this ends the work.
async fn alone<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> Option<T> {
    let mut one = JoinSet::new();
    one.spawn(work);
    one.join_next().await?.ok()
}

/// The state of a running crawl.
struct Round {
    started_at: Timestamp,
    /// The latest that the clock said.
    latest: Timestamp,
    until: Until,
    busy: HashSet<String>,
    /// The next tasks of the hosts that have their turn.
    queues: HashMap<String, VecDeque<Task>>,
    /// The hosts that wait for one.
    waiting: VecDeque<String>,
    /// When the rows were last asked for them.
    looked_at: Option<Instant>,
    visits: JoinSet<(String, Result<(), CrawlError>)>,
}

impl Round {
    /// What was visited since then is not visited again in this round.
    fn visited_before(&self) -> Timestamp {
        match self.until {
            Until::Done => self.started_at,
            Until::Cancelled => Timestamp::MAX,
        }
    }

    /// Whether the clock says less than it said; notes what it says.
    fn is_clock_set_back(&mut self, now: Timestamp) -> bool {
        self.latest = self.latest.max(now);
        self.latest.duration_since(now) > SET_BACK
    }

    /// The next task of a host that has its turn and is not busy. A host that is left alone loses its turn.
    fn next_in_queues(&mut self, is_held: impl Fn(&str) -> bool) -> Option<Task> {
        self.queues
            .retain(|host, queue| !queue.is_empty() && !is_held(host));
        let host = self
            .queues
            .keys()
            .find(|host| !self.busy.contains(*host))?
            .clone();
        self.queues.get_mut(&host)?.pop_front()
    }

    /// The hosts that are being visited, in words: their answers are waited for, or the pause that they are owed.
    fn asked_hosts(&self) -> String {
        let mut hosts: Vec<&str> = self.busy.iter().map(String::as_str).collect();
        hosts.sort_unstable();
        let named = hosts.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        match hosts.len().saturating_sub(NAMED) {
            0 => named,
            more => format!("{named} and {more} more"),
        }
    }

    /// A visit to a host is on record. Where that was the last task of its turn, it goes to the end of the line.
    fn turn_over(&mut self, host: String) {
        self.busy.remove(&host);
        let has_more = self.queues.get(&host).is_some_and(|queue| !queue.is_empty());
        if !has_more {
            self.queues.remove(&host);
            self.waiting.push_back(host);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::cadence::Cadence;
    use crate::model::source::{Channel, ChannelKind, SiteRules, SourceKind};

    #[tokio::test]
    async fn a_panic_costs_the_visit_that_meets_it_and_no_other() {
        assert_eq!(alone(async { 7 }).await, Some(7));
        let met: Option<u8> = alone(async { panic!("a hostile page") }).await;
        assert_eq!(met, None);
    }

    #[tokio::test]
    async fn what_is_of_another_source_does_not_hold_a_crawl_up() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("onrecord.db"))
            .await
            .expect("rows");
        let url = url::Url::parse("http://127.0.0.1:9/feed").expect("an address");
        let other = Source {
            id: SourceId::new("other"),
            name: "Other".into(),
            kind: SourceKind::News,
            home: url.clone(),
            office: None,
            language: None,
            time_zone: jiff::tz::TimeZone::UTC,
            aliases: Vec::new(),
            ports: Vec::new(),
            allow_private: true,
            enabled: true,
            cadence: Cadence::Every(SignedDuration::from_hours(1)),
            channels: vec![Channel {
                kind: ChannelKind::Feed,
                url,
                enabled: true,
                cadence: None,
            }],
            rules: SiteRules::default(),
        };
        store
            .save_sources(&[other], Timestamp::now())
            .await
            .expect("saved");
        let settings = crate::settings::load(None, []).expect("the defaults").crawl;
        let writer = Writer::open(folder.path(), 1 << 20, &[]).expect("an archive");
        let (progress, committed) = (SharedProgress::default(), Arc::default());
        let crawler = Crawler::start(&settings, &[], store.clone(), writer, progress, committed)
            .await
            .expect("begun");
        let run = crawler.run(Until::Done, CancellationToken::new());
        let ended = tokio::time::timeout(Duration::from_secs(20), run).await;
        ended.expect("it ends").expect("without an error");
        assert_eq!(store.due_count(Timestamp::now()).await.expect("a number"), 0);
    }

    #[test]
    fn a_host_that_is_down_is_not_waited_for_twice() {
        let host = |failures: u32, reason: Pushback| HostState {
            host: "town.example".into(),
            not_before: Some(Timestamp::UNIX_EPOCH),
            failures,
            reason: Some(reason),
            ..HostState::default()
        };
        assert!(is_waited_for(&host(1, Pushback::TimedOut)));
        assert!(!is_waited_for(&host(2, Pushback::TimedOut)));
        // Who names a time, or refuses one page after the other, answers.
        assert!(is_waited_for(&host(3, Pushback::TooMany)));
        assert!(is_waited_for(&host(3, Pushback::Forbidden)));
        assert_eq!(
            left_alone_in_words(&host(1, Pushback::TimedOut)),
            "town.example, left alone until 00:00:00 UTC: it did not answer in time"
        );
    }

    #[test]
    fn who_is_asked_is_named() {
        let mut round = Round {
            started_at: Timestamp::UNIX_EPOCH,
            latest: Timestamp::UNIX_EPOCH,
            until: Until::Done,
            busy: HashSet::from(["b".to_string(), "a".to_string()]),
            queues: HashMap::new(),
            waiting: VecDeque::new(),
            looked_at: None,
            visits: JoinSet::new(),
        };
        assert_eq!(round.asked_hosts(), "a, b");
        round.busy.extend(["c", "d"].map(str::to_string));
        assert_eq!(round.asked_hosts(), "a, b, c and 1 more");
    }

    #[tokio::test]
    async fn hosts_take_turns() {
        let mut round = Round {
            started_at: Timestamp::UNIX_EPOCH,
            latest: Timestamp::UNIX_EPOCH,
            until: Until::Done,
            busy: HashSet::from(["a".to_string()]),
            queues: HashMap::from([("a".to_string(), VecDeque::new())]),
            waiting: VecDeque::from(["b".to_string(), "c".to_string()]),
            looked_at: None,
            visits: JoinSet::new(),
        };
        round.turn_over("a".to_string());
        assert_eq!(round.waiting, ["b", "c", "a"]);
        assert!(round.busy.is_empty() && round.queues.is_empty());
    }
}
