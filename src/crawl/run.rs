//! The coordinator: which host's next task is visited now.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::permission::Permissions;
use super::record::{Recorder, Submission};
use super::visit::Visitor;
use super::{CrawlError, CrawlReport, Politeness, SharedProgress};
use crate::archive::Writer;
use crate::fetch::{Client, ClientSettings, host_ports};
use crate::model::id::SourceId;
use crate::model::source::Source;
use crate::settings::CrawlSettings;
use crate::store::{Store, Task};

/// Tasks of one host taken at a time; then the host that has waited longest is next.
const TURN: u32 = 16;
/// The longest sleep while nothing is due, so that a clock set forward is noticed.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

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
    hosts_at_once: usize,
}

impl Crawler {
    /// Prepares a crawl of these sources; `committed` is told after every commit of rows.
    pub fn start(
        settings: &CrawlSettings,
        sources: &[Source],
        store: Store,
        writer: Writer,
        progress: SharedProgress,
        committed: Arc<Notify>,
    ) -> Result<Self, CrawlError> {
        let length = |length: SignedDuration| Duration::try_from(length).unwrap_or_default();
        let client = Client::new(&ClientSettings {
            user_agent: settings.full_user_agent(),
            timeout_total: length(settings.timeout),
            timeout_idle: length(settings.idle_timeout),
            max_body_bytes: usize::try_from(settings.max_body_bytes).unwrap_or(usize::MAX),
            ports: settings.ports.clone(),
            host_ports: host_ports(&settings.ports, sources),
            ..ClientSettings::default()
        })?;
        let (submissions, received) = mpsc::channel(settings.hosts_at_once.max(1) * 2);
        let recorder = Recorder {
            writer,
            store: store.clone(),
            settings: settings.clone(),
            progress,
            committed,
        };
        Ok(Self {
            visitor: Arc::new(Visitor {
                client,
                store,
                agent: settings.robots_token(),
                politeness: Politeness::new(length(settings.pace), length(settings.longest_pace)),
                permissions: Permissions::default(),
                settings: settings.clone(),
            }),
            sources: sources
                .iter()
                .map(|source| (source.id.clone(), Arc::new(source.clone())))
                .collect(),
            submissions,
            recorder: tokio::spawn(recorder.run(received)),
            hosts_at_once: settings.hosts_at_once.max(1),
        })
    }

    /// Visits what is due until there is nothing more to do or `cancel` says so; visits under way are
    /// then given up, and everything that was fetched whole is on record.
    pub async fn run(self, until: Until, cancel: CancellationToken) -> Result<CrawlReport, CrawlError> {
        let mut round = Round {
            started_at: self.visitor.now(),
            until,
            busy: HashSet::new(),
            queues: HashMap::new(),
            visits: JoinSet::new(),
        };
        let ended = self.go_on(&mut round, &cancel).await;
        round.visits.shutdown().await;
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
        report.interrupted = cancel.is_cancelled();
        Ok(report)
    }

    async fn go_on(&self, round: &mut Round, cancel: &CancellationToken) -> Result<(), CrawlError> {
        while !cancel.is_cancelled() && !self.recorder.is_finished() {
            self.fill(round).await?;
            if round.visits.is_empty() {
                if round.until == Until::Done {
                    return Ok(());
                }
                let sleep = self.until_due().await?;
                tokio::select! {
                    () = cancel.cancelled() => {}
                    () = tokio::time::sleep(sleep) => {}
                }
                continue;
            }
            let ended = tokio::select! {
                () = cancel.cancelled() => return Ok(()),
                ended = round.visits.join_next() => ended,
            };
            match ended {
                Some(Ok((host, Ok(())))) => drop(round.busy.remove(&host)),
                Some(Ok((_, Err(error)))) => return Err(error),
                Some(Err(_)) => return Err(CrawlError::Stopped("a visit")),
                None => {}
            }
        }
        Ok(())
    }

    /// Begins visits until enough hosts are busy or no other host has anything due.
    async fn fill(&self, round: &mut Round) -> Result<(), CrawlError> {
        let mut waiting: Option<VecDeque<String>> = None;
        while round.visits.len() < self.hosts_at_once {
            if let Some(task) = round.next_in_queues() {
                self.begin(round, task);
                continue;
            }
            if waiting.is_none() {
                let hosts = self
                    .visitor
                    .store
                    .due_hosts(self.visitor.now(), round.visited_before())
                    .await?;
                waiting = Some(hosts.into());
            }
            let Some(host) = waiting.as_mut().and_then(VecDeque::pop_front) else {
                return Ok(());
            };
            if !round.busy.contains(&host) {
                let now = self.visitor.now();
                let tasks = self
                    .visitor
                    .store
                    .due_tasks(&host, now, round.visited_before(), TURN)
                    .await?;
                round.queues.insert(host, tasks.into());
            }
        }
        Ok(())
    }

    fn begin(&self, round: &mut Round, task: Task) {
        let Some(source) = self.sources.get(&task.source).cloned() else {
            // Rows of a source that is gone from the configuration are switched off when it is saved.
            return;
        };
        let (visitor, submissions) = (Arc::clone(&self.visitor), self.submissions.clone());
        let host = task.host.clone();
        round.busy.insert(host.clone());
        round.visits.spawn(async move {
            let ended = match visitor.visit(task, source).await {
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
        let now = self.visitor.now();
        let due = self.visitor.store.next_due().await?;
        let sleep = due.map_or(LONGEST_SLEEP, |due| {
            Duration::try_from(due.duration_since(now)).unwrap_or(Duration::ZERO)
        });
        // Never a busy loop, whatever the clock does.
        Ok(sleep.clamp(Duration::from_millis(200), LONGEST_SLEEP))
    }
}

/// The state of a running crawl.
struct Round {
    started_at: Timestamp,
    until: Until,
    busy: HashSet<String>,
    queues: HashMap<String, VecDeque<Task>>,
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

    /// The next task of a host that is not busy.
    fn next_in_queues(&mut self) -> Option<Task> {
        self.queues.retain(|_, queue| !queue.is_empty());
        let host = self
            .queues
            .keys()
            .find(|host| !self.busy.contains(*host))?
            .clone();
        self.queues.get_mut(&host)?.pop_front()
    }
}
