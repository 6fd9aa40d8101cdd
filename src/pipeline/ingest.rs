//! A crawl with everything that follows from it: what is archived is read and indexed while it goes on.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Notify;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::clock::clock_behind;
use super::process::{process, process_some, take_up_again};
use super::publish::Publisher;
use super::read_back::{note_unknown, read_back};
use super::{PipelineError, Tracker};
use crate::archive::Writer;
use crate::crawl::{CrawlReport, Crawler, SharedProgress, Until};
use crate::model::capture::Role;
use crate::model::id::SourceId;
use crate::model::source::Source;

/// The longest time that what was read waits to be found: a commit of the index costs the more the
/// oftener it is made.
const PUBLISH_EVERY: Duration = Duration::from_secs(5);

/// How often is looked whether what could not be read out of the archive can be read again.
const LOOK_AGAIN: Duration = Duration::from_mins(10);
/// Who crawls for so long goes on: what ended an earlier crawl is over.
const SETTLED: Duration = Duration::from_secs(20);
/// How often is looked whether somebody else made the index anew or changed rows: who looks for something in a workspace's first
/// seconds does, and may miss what came last.
const LOOK_AT_INDEX: Duration = Duration::from_secs(5);

/// Which sources are crawled, and what of them.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The ids of the sources; all that are enabled where there is none.
    pub sources: Vec<String>,
    /// Whether every channel is asked now, due or not.
    pub channels: bool,
    /// Whether every known page is asked for now, due or not.
    pub pages: bool,
    /// Whether a new archive is begun where the one that rows tell of is gone.
    pub begins_archive: bool,
    /// Whether what the archive holds and no row tells of is read back first.
    pub reads_back: bool,
}

/// What a crawl and its reading did.
#[derive(Clone, Debug, Default)]
pub struct Round {
    /// The crawl.
    pub crawl: CrawlReport,
    /// New revisions read.
    pub revisions: u64,
    /// Documents put into the index.
    pub published: u64,
    /// Pages that the archive held and no row told of.
    pub read_back: u64,
}

/// Crawls until everything due is done or `cancel` says so, reading and indexing as it goes.
pub async fn crawl(
    tracker: &Tracker,
    selection: &Selection,
    until: Until,
    progress: SharedProgress,
    cancel: &CancellationToken,
) -> Result<Round, PipelineError> {
    let begun_at = Timestamp::now();
    let sources = selected(tracker, &selection.sources)?;
    if !selection.begins_archive {
        archive_is_there(tracker).await?;
    }
    // Whoever holds the archive is the one crawl of this workspace: everything else comes after it.
    let folder = tracker.workspace.archive();
    let segment_bytes = tracker.settings.archive.segment_bytes;
    let on_record = tracker.store.archive_files().await?;
    let on_record_is_empty = on_record.is_empty();
    let on_record: Vec<(String, u64)> = on_record
        .into_iter()
        .map(|file| (file.name, file.bytes))
        .collect();
    let writer = tokio::task::spawn_blocking(move || Writer::open(&folder, segment_bytes, &on_record))
        .await
        .map_err(|_| PipelineError::Stopped("opening the archive"))??;
    prepare(tracker, selection, &sources).await?;
    note_unknown(tracker, Timestamp::now()).await?;
    let mut round = Round::default();
    // Whose page an answer is tells the frontier, which a database that was lost brings back only by a crawl.
    let reads_back_last = selection.reads_back && on_record_is_empty;
    if selection.reads_back && !reads_back_last {
        round.read_back = read_back(tracker).await?;
    }
    let mut desk = Desk {
        tracker,
        publisher: Publisher::open(tracker).await?,
        due: None,
        looks_again: false,
        looks_at_index: false,
    };
    // What an earlier run left unread does not wait for this crawl, and from now on there is an index. Where an archive is
    // begun, nothing can be read before there is something in it: that what is missing is gone, and not just away, is told
    // by what is there.
    take_up_again(tracker).await?;
    if !selection.begins_archive {
        desk.work(&mut round, cancel).await?;
    }
    round.published += desk.publisher.publish(tracker).await?;
    let committed = Arc::new(Notify::new());
    let crawler = Crawler::start(
        &tracker.settings.crawl,
        &sources,
        tracker.store.clone(),
        writer,
        progress,
        Arc::clone(&committed),
    )
    .await?;
    // On a task of its own: the crawl goes on while a batch is read here.
    let mut crawling = tokio::spawn(crawler.run(until, cancel.clone()));
    let mut look_again = Instant::now() + LOOK_AGAIN;
    let (settled, mut is_settled) = (Instant::now() + SETTLED, false);
    let report = loop {
        tokio::select! {
            ended = &mut crawling => break ended.map_err(|_| PipelineError::Stopped("the crawl"))?,
            () = committed.notified() => {}
            () = desk.until_due() => {}
            () = tokio::time::sleep(LOOK_AT_INDEX) => desk.looks_at_index = true,
            () = tracker.changed_by_hand.notified() => desk.index_now(),
            // Also what a process noted that was killed since, or could not crawl because this one did.
            () = tokio::time::sleep_until(settled), if !is_settled => {
                is_settled = true;
                tracker.store.note_crawl_trouble(None, Timestamp::now()).await?;
            }
            // What could not be read for a while is looked at again also where nothing new comes.
            () = tokio::time::sleep_until(look_again) => {
                look_again = Instant::now() + LOOK_AGAIN;
                desk.looks_again = true;
            }
        }
        if let Err(error) = desk.work(&mut round, cancel).await {
            cancel.cancel();
            let _ = crawling.await;
            return Err(error);
        }
    };
    round.crawl = report?;
    if reads_back_last {
        round.read_back = read_back(tracker).await?;
        take_up_again(tracker).await?;
    }
    desk.finish(&mut round, cancel).await?;
    // Only whoever reads a page finds that it is none.
    let asked: Vec<SourceId> = round.crawl.sources.keys().cloned().collect();
    for source in asked {
        let troubled = tracker.store.troubled_since(&source, begun_at).await?;
        round.crawl.take_back(troubled);
    }
    // What ended an earlier crawl under `serve` is over.
    tracker.store.note_crawl_trouble(None, Timestamp::now()).await?;
    Ok(round)
}

/// The reading side of a crawl.
struct Desk<'a> {
    tracker: &'a Tracker,
    publisher: Publisher,
    /// When what was read and is not indexed yet will be.
    due: Option<Instant>,
    /// Whether it is time to look whether what could not be read is there again.
    looks_again: bool,
    /// Whether it is time to look whether another index took the place of the one that is written, or another process changed
    /// rows: somebody corrects something by hand.
    looks_at_index: bool,
}

impl Desk<'_> {
    async fn until_due(&self) {
        match self.due {
            Some(due) => tokio::time::sleep_until(due).await,
            None => std::future::pending().await,
        }
    }

    /// Makes it time to index what is not indexed yet.
    fn index_now(&mut self) {
        self.due = Some(Instant::now());
    }

    async fn work(&mut self, round: &mut Round, cancel: &CancellationToken) -> Result<(), PipelineError> {
        if std::mem::take(&mut self.looks_again) {
            take_up_again(self.tracker).await?;
            self.due.get_or_insert_with(Instant::now);
        }
        let looks = std::mem::take(&mut self.looks_at_index);
        if looks && (self.publisher.is_superseded() || self.publisher.is_behind(self.tracker).await?) {
            self.due.get_or_insert_with(Instant::now);
        }
        loop {
            // Between two batches, because a busy crawl archives as fast as is read here.
            let new = match cancel.is_cancelled() {
                true => None,
                false => process_some(self.tracker).await?,
            };
            round.revisions += new.unwrap_or_default();
            if new.is_some_and(|new| new > 0) && self.due.is_none() {
                self.due = Some(Instant::now() + PUBLISH_EVERY);
            }
            if self.due.is_some_and(|due| due <= Instant::now()) {
                round.published += self.publisher.publish(self.tracker).await?;
                self.due = None;
            }
            if new.is_none() {
                return Ok(());
            }
        }
    }

    async fn finish(mut self, round: &mut Round, cancel: &CancellationToken) -> Result<(), PipelineError> {
        round.revisions += process(self.tracker, cancel).await?;
        round.published += self.publisher.publish(self.tracker).await?;
        self.publisher.close().await
    }
}

/// Makes sure that the archive is there that rows tell of: the newest file on record, as long as it was when the last row of it
/// was written. One that lies on a share which is not there for the moment would hide what is archived in its place as soon as
/// it is back; and one that is shorter is an earlier state that was put back, to which nothing may be appended: what rows
/// tell of would lie where something else is written.
pub async fn archive_is_there(tracker: &Tracker) -> Result<(), PipelineError> {
    let path = tracker.workspace.archive();
    let Some(newest) = tracker.store.newest_archive_file().await? else {
        return Ok(());
    };
    match length_of(&path.join(&newest.name)) {
        None => Err(PipelineError::ArchiveAway {
            path: path.display().to_string(),
            newest: newest.name,
        }),
        Some(bytes) if bytes < newest.bytes => Err(PipelineError::ArchiveShorter {
            path: path.display().to_string(),
            newest: newest.name,
            bytes,
            on_record: newest.bytes,
        }),
        Some(_) => Ok(()),
    }
}

/// The length of a file, where there is one.
fn length_of(path: &Path) -> Option<u64> {
    let file = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    Some(file.len())
}

/// Lets everything be asked for whole of which only lost files hold the content: an answer that says "not changed", or one
/// with the same content, would leave nothing that can be read.
async fn ask_whole_of_what_is_lost(tracker: &Tracker) -> Result<(), PipelineError> {
    let archive = tracker.workspace.archive();
    let on_record = tracker.store.archive_files().await?;
    let on_record: HashMap<&str, u64> = on_record
        .iter()
        .map(|file| (file.name.as_str(), file.bytes))
        .collect();
    let mut segments = tracker.store.segments().await?;
    segments.retain(|segment| {
        let on_record = on_record.get(segment.as_str()).copied().unwrap_or_default();
        length_of(&archive.join(segment)).is_none_or(|bytes| bytes < on_record)
    });
    if !segments.is_empty() {
        tracker.store.ask_whole(&segments).await?;
    }
    Ok(())
}

/// Takes the configuration over and makes due what is asked for.
async fn prepare(tracker: &Tracker, selection: &Selection, sources: &[Source]) -> Result<(), PipelineError> {
    let now = Timestamp::now();
    let store = &tracker.store;
    if let Some(behind) = clock_behind(tracker, now).await? {
        tracing::warn!("{behind}");
        let floor = tracker.settings.crawl.revisit_after;
        store.let_go_of_future(now, floor).await?;
    }
    store.save_sources(&tracker.sorted_sources(), now).await?;
    ask_whole_of_what_is_lost(tracker).await?;
    let ids: Vec<_> = sources.iter().map(|source| source.id.clone()).collect();
    if !selection.sources.is_empty() {
        store.keep_only(&ids).await?;
    }
    if selection.channels {
        // Somebody who asks by hand has seen to the network or the archive's disk, if that was what failed.
        store.forget_unreached().await?;
        store.put_off_no_longer().await?;
        store.make_due(Role::Channel, &ids, now).await?;
    }
    if selection.pages {
        store.make_due(Role::Page, &ids, now).await?;
    }
    Ok(())
}

/// The sources named, or all that are enabled.
fn selected(tracker: &Tracker, names: &[String]) -> Result<Vec<Source>, PipelineError> {
    let sources = tracker.sorted_sources();
    for name in names {
        let known = sources.iter().find(|source| source.id.as_str() == name);
        match known {
            None => {
                let ids = sources.iter().map(|source| source.id.as_str());
                return Err(PipelineError::unknown_source(name, ids));
            }
            Some(source) if !source.enabled => {
                return Err(PipelineError::DisabledSource { name: name.clone() });
            }
            Some(_) => {}
        }
    }
    let wanted = |source: &Source| names.is_empty() || names.iter().any(|name| source.id.as_str() == name);
    Ok(sources
        .into_iter()
        .filter(|source| source.enabled && wanted(source))
        .collect())
}
