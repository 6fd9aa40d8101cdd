//! Rows in, the search index out.

use super::entries::{Texts, entries_of};
use super::names::Names;
use super::wordings::wordings_of_all;
use super::{PipelineError, Tracker, altered, by_hand, repeated};
use crate::crawl::Worker;
use crate::index::{Entry, FrequentPhrases, IndexError, IndexWriter, Searcher};
use crate::model::id::DocumentId;

/// Documents taken from the store at a time.
const BATCH: u32 = 64;
/// Texts taken from the store at a time.
const TEXTS: usize = 16;
/// Bytes of text that are handed to the index at a time: a page that changes at every visit has any number of wordings.
const BATCH_BYTES: usize = 8_000_000;

/// Documents whose texts tell which phrases are frequent.
const SAMPLED: u32 = 2_000;
/// Among fewer documents every phrase is found soon enough.
const LISTED_FROM: u64 = 5_000;
/// An index with so many times the documents that its phrases were sampled from lacks many that are frequent by now.
const OUTGROWN: u64 = 8;

/// The part of the work that is done here.
const WRITER: &str = "the index's writer";

/// The one who writes the index.
pub(super) struct Publisher {
    writer: Option<IndexWriter>,
    /// The thread that hands documents to the engine.
    worker: Worker,
}

impl Publisher {
    pub(super) async fn open(tracker: &Tracker) -> Result<Self, PipelineError> {
        let writer = writer(tracker).await?;
        let is_younger = writer.change() > tracker.store.last_change().await?;
        let documents = tracker.store.document_count().await?;
        let is_begun = writer.change() == 0 && documents >= LISTED_FROM;
        if is_younger || is_begun {
            // The rows are older than the index: a backup was put back. What they do not hold must go. And one that is begun with
            // many documents is begun with their phrases.
            drop(writer);
            return Self::anew(tracker).await;
        }
        if documents >= LISTED_FROM.max(writer.documents_sampled().saturating_mul(OUTGROWN)) {
            // Not done here: it takes as long as all there is is indexed, and a crawl must not wait for it.
            tracing::info!(
                "frequent phrases would be found faster after `onrecord reindex`, which can be run at any time"
            );
        }
        Self::of(writer)
    }

    fn of(writer: IndexWriter) -> Result<Self, PipelineError> {
        let worker = Worker::begin("index").map_err(|_| PipelineError::Stopped(WRITER))?;
        Ok(Self {
            writer: Some(writer),
            worker,
        })
    }

    /// One who makes the index anew, beside the one that is there.
    async fn anew(tracker: &Tracker) -> Result<Self, PipelineError> {
        let (path, memory) = (tracker.workspace.search(), tracker.settings.search.writer_bytes);
        let documents = tracker.store.document_count().await?;
        let (sampled, texts) = match documents >= LISTED_FROM {
            true => (documents, tracker.store.sampled_texts(SAMPLED).await?),
            false => (0, Vec::new()),
        };
        let writer = blocking(move || {
            let phrases = FrequentPhrases::of_sample(texts.iter().map(String::as_str));
            IndexWriter::anew(&path, memory, phrases, sampled)
        });
        Self::of(writer.await??)
    }

    /// Whether somebody made another index current meanwhile: what is written here is not found any more.
    pub(super) fn is_superseded(&self) -> bool {
        self.writer.as_ref().is_some_and(IndexWriter::is_superseded)
    }

    /// Whether rows have changes that the index has not.
    pub(super) async fn is_behind(&self, tracker: &Tracker) -> Result<bool, PipelineError> {
        let change = self.writer.as_ref().map_or(i64::MAX, IndexWriter::change);
        Ok(tracker.store.count_changed_after(change).await? > 0)
    }

    /// Indexes every document that changed since the last commit; answers how many. A damaged index is made anew.
    pub(super) async fn publish(&mut self, tracker: &Tracker) -> Result<u64, PipelineError> {
        match self.publish_changes(tracker).await {
            Err(error @ (PipelineError::Index(_) | PipelineError::Stopped(_)))
                if is_damaged(tracker).await? =>
            {
                tracing::warn!("the search index is damaged and made anew: {error}");
                *self = Self::anew(tracker).await?;
                self.publish_changes(tracker).await
            }
            published => published,
        }
    }

    async fn publish_changes(&mut self, tracker: &Tracker) -> Result<u64, PipelineError> {
        let mut writer = self.writer.take().ok_or(PipelineError::Stopped(WRITER))?;
        let mut published = 0;
        loop {
            if writer.is_superseded() {
                // It was made anew beside us: what goes into the old one is not found.
                match self::writer(tracker).await {
                    Ok(newer) => writer = newer,
                    // Whoever made it puts its files in order still; what is missing in it stays to be indexed.
                    Err(PipelineError::Index(IndexError::Locked { .. })) => break,
                    Err(error) => return Err(error),
                }
            }
            let (rest, count) = publish_to(tracker, writer, &self.worker).await?;
            writer = rest;
            published += count;
            if !writer.is_superseded() {
                break;
            }
        }
        self.writer = Some(writer);
        Ok(published)
    }

    pub(super) async fn close(self) -> Result<(), PipelineError> {
        match self.writer {
            Some(writer) => Ok(blocking(move || writer.close()).await??),
            None => Ok(()),
        }
    }
}

/// Indexes every document that changed since the last commit of a writer, and commits.
async fn publish_to(
    tracker: &Tracker,
    mut writer: IndexWriter,
    worker: &Worker,
) -> Result<(IndexWriter, u64), PipelineError> {
    let mut change = writer.change();
    let mut published = 0;
    let names = Names::new(tracker);
    loop {
        let documents = tracker.store.documents_changed_after(change, BATCH).await?;
        let Some(last) = documents.last() else { break };
        change = last.change;
        published += documents.len() as u64;
        let mut batch = Batch {
            forgotten: documents.iter().map(|document| document.id.clone()).collect(),
            ..Batch::default()
        };
        by_hand::index_where_moved(tracker, &documents).await?;
        let wordings = wordings_of_all(tracker, &documents).await?;
        // What is repeated in a wording is told by the next one of the same document.
        let mut before: Vec<Entry> = Vec::new();
        for some in wordings.chunks(TEXTS) {
            let texts = Texts::of(tracker, some).await?;
            for (document, wording) in some {
                let mut entries = entries_of(tracker, &names, document, wording, &texts);
                altered::mark(&mut before, &mut entries);
                repeated::mark(&mut before, &entries);
                batch.add(std::mem::replace(&mut before, entries));
                if batch.bytes > BATCH_BYTES {
                    writer = std::mem::take(&mut batch).write(writer, worker).await?;
                }
            }
        }
        batch.add(before);
        writer = batch.write(writer, worker).await?;
    }
    // A fresh index is committed even with nothing in it, so that it can be searched.
    if published > 0 || change == 0 {
        let committed = worker.run(move || writer.commit(change).map(|()| writer));
        writer = committed.await.ok_or(PipelineError::Stopped(WRITER))??;
    }
    Ok((writer, published))
}

/// Opens the index for searching; where it is missing or of another version it is made from the rows.
pub async fn searcher(tracker: &Tracker) -> Result<Searcher, PipelineError> {
    let topics = tracker.topics.as_ref().clone();
    Ok(untopical(tracker).await?.with_topics(topics))
}

async fn untopical(tracker: &Tracker) -> Result<Searcher, PipelineError> {
    let path = tracker.workspace.search();
    let opened = Searcher::open(&path);
    let opened = opened.and_then(|opened| Ok((opened.change()?, opened)));
    match opened {
        // In this order: a crawl beside this commits rows first, and what it indexes then.
        Ok((change, opened)) if change <= tracker.store.last_change().await? => return Ok(opened),
        Ok(_) => tracing::warn!(
            "the search index is of a later state than the database, which was put back, and is made anew"
        ),
        Err(IndexError::Outdated { .. }) => tracing::info!("making the search index anew"),
        Err(error) => tracing::warn!("the search index cannot be opened and is made anew: {error}"),
    }
    let mut publisher = Publisher::anew(tracker).await?;
    publisher.publish(tracker).await?;
    publisher.close().await?;
    Ok(Searcher::open(&path)?)
}

/// What is archived and cannot be found yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Behind {
    /// Captures that are to be read.
    pub unread: u64,
    /// Documents whose last change is not in the index.
    pub unindexed: u64,
}

impl std::fmt::Display for Behind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let waiting = |count: u64, what: &str| (count > 0).then(|| format!("{what}: {count}"));
        let waiting = [
            waiting(self.unread, "captures to be read"),
            waiting(self.unindexed, "documents to be indexed"),
        ];
        let waiting: Vec<String> = waiting.into_iter().flatten().collect();
        write!(
            f,
            "what was archived last cannot be found yet ({}); the next crawl sees to it",
            waiting.join(", ")
        )
    }
}

/// What cannot be found yet in an index whose last change is `change`; `None` where everything can.
pub async fn behind(tracker: &Tracker, change: i64) -> Result<Option<Behind>, PipelineError> {
    let behind = Behind {
        unread: tracker.store.unread_count(&tracker.readers).await?,
        unindexed: tracker.store.count_changed_after(change).await?,
    };
    Ok(Some(behind).filter(|behind| behind.unread + behind.unindexed > 0))
}

/// Lets what was changed by hand be found at once. Where a crawl writes the index, it is told to; one of another process looks by
/// itself within a few seconds.
pub(super) async fn publish_now(tracker: &Tracker) -> Result<(), PipelineError> {
    match Publisher::open(tracker).await {
        Ok(mut publisher) => {
            publisher.publish(tracker).await?;
            publisher.close().await
        }
        Err(PipelineError::Index(IndexError::Locked { .. })) => {
            tracker.changed_by_hand.notify_one();
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// Makes the index anew from the rows, beside the one that is there, which is searched until then; answers how many
/// documents are in it.
pub async fn reindex(tracker: &Tracker) -> Result<u64, PipelineError> {
    let mut publisher = Publisher::anew(tracker).await?;
    let published = publisher.publish(tracker).await?;
    publisher.close().await?;
    Ok(published)
}

/// Makes the index anew if a file of it is damaged; answers whether one was.
pub async fn mend_index(tracker: &Tracker) -> Result<bool, PipelineError> {
    let is_damaged = is_damaged(tracker).await?;
    if is_damaged {
        tracing::warn!("the search index is damaged and made anew");
        reindex(tracker).await?;
    }
    Ok(is_damaged)
}

async fn is_damaged(tracker: &Tracker) -> Result<bool, PipelineError> {
    let path = tracker.workspace.search();
    blocking(move || Searcher::open(&path).is_ok_and(|opened| opened.is_damaged())).await
}

async fn writer(tracker: &Tracker) -> Result<IndexWriter, PipelineError> {
    let (path, memory) = (tracker.workspace.search(), tracker.settings.search.writer_bytes);
    blocking(move || IndexWriter::open(&path, memory))
        .await?
        .map_err(Into::into)
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, PipelineError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| PipelineError::Stopped(WRITER))
}

/// What is to be written to the index.
#[derive(Default)]
struct Batch {
    /// The documents whose entries go.
    forgotten: Vec<DocumentId>,
    /// The entries that come in their place, those of a wording each: an entry is large, and is moved no more than it must.
    entries: Vec<Vec<Entry>>,
    bytes: usize,
}

impl Batch {
    fn add(&mut self, entries: Vec<Entry>) {
        let texts = entries.iter().map(|entry| entry.text.len() + entry.around.len());
        self.bytes += texts.sum::<usize>();
        self.entries.push(entries);
    }

    async fn write(self, mut writer: IndexWriter, worker: &Worker) -> Result<IndexWriter, PipelineError> {
        let written = worker.run(move || {
            self.forgotten.iter().for_each(|document| writer.forget(document));
            writer.add(self.entries.iter().flatten())?;
            Ok::<_, IndexError>(writer)
        });
        Ok(written.await.ok_or(PipelineError::Stopped(WRITER))??)
    }
}
