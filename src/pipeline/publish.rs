//! Rows in, the search index out.

use std::collections::HashMap;

use super::alerts;
use super::moved::{moved_to, split_address};
use super::{PipelineError, Tracker};
use super::{altered, by_hand, repeated};
use crate::crawl::Worker;
use crate::index::{
    Entry, EntryDate, EntryKind, EntrySaid, EntrySpeaker, FrequentPhrases, IndexError, IndexWriter, Searcher,
};
use crate::model::date::is_deadline;
use crate::model::document::Block;
use crate::model::id::{DocumentId, RevisionId, SpeakerId};
use crate::model::moment::Moment;
use crate::model::span::Span;
use crate::model::speaker::{Speaker, SpeakerKind};
use crate::store::{DateRow, DocumentRow, FoundRows, QuoteRow, RevisionRow};
use crate::text::sentences::sentence;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

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

/// Bytes of a block that are kept around a quote or a date; longer blocks are cut.
const AROUND_BYTES: usize = 1200;

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

/// A wording of a document.
pub(super) struct Wording {
    pub(super) revision: RevisionId,
    /// From when it was the last one held, and until when.
    held: (Timestamp, Option<Timestamp>),
    is_change: bool,
}

/// The wordings of a document, oldest first. One that comes back after another is a revision of its own, so each is
/// held for one time only.
pub(super) async fn wordings(
    tracker: &Tracker,
    document: &DocumentRow,
) -> Result<Vec<Wording>, PipelineError> {
    let wordings = wordings_of_all(tracker, std::slice::from_ref(document)).await?;
    Ok(wordings.into_iter().map(|(_, wording)| wording).collect())
}

/// The same of several documents, each with its document.
async fn wordings_of_all<'a>(
    tracker: &Tracker,
    documents: &'a [DocumentRow],
) -> Result<Vec<(&'a DocumentRow, Wording)>, PipelineError> {
    let shown = || documents.iter().filter(|document| document.revision.is_some());
    let ids: Vec<&DocumentId> = shown().map(|document| &document.id).collect();
    let mut revisions = tracker.store.wordings_of_all(&ids).await?;
    let pages: Vec<&str> = shown().map(|document| split_address(document).0).collect();
    let elsewhere = tracker.store.leading_elsewhere(&pages).await?;
    let mut wordings = Vec::with_capacity(ids.len());
    for document in shown() {
        // What is at another address for good is the document there, and no longer current here.
        let moved = match elsewhere.contains(split_address(document).0) {
            true => moved_to(tracker, document).await?,
            false => None,
        };
        let moved_at = moved
            .filter(|moved| moved.document.is_some())
            .map(|moved| moved.since);
        let revisions = revisions.remove(&document.id).unwrap_or_default();
        wordings.extend(held(document, &revisions, moved_at).map(|wording| (document, wording)));
    }
    Ok(wordings)
}

/// For which time each revision of a document is its wording.
fn held(
    document: &DocumentRow,
    revisions: &[(RevisionId, Timestamp)],
    moved_at: Option<Timestamp>,
) -> impl Iterator<Item = Wording> {
    revisions
        .iter()
        .enumerate()
        .map(move |(index, (revision, since))| {
            let next = revisions.get(index + 1).map(|(_, next)| *next);
            // The last one is the current one, but where an older capture was read anew.
            let until = match document.revision.as_ref() == Some(revision) {
                true => moved_at.map(|at| at.max(*since)),
                false => next.or(Some(*since)),
            };
            Wording {
                revision: revision.clone(),
                held: (*since, until),
                is_change: index > 0,
            }
        })
}

/// The texts of some wordings, and what was found in them.
struct Texts {
    revisions: HashMap<RevisionId, RevisionRow>,
    found: HashMap<RevisionId, FoundRows>,
}

impl Texts {
    async fn of(tracker: &Tracker, wordings: &[(&DocumentRow, Wording)]) -> Result<Self, PipelineError> {
        let ids: Vec<&RevisionId> = wordings.iter().map(|(_, wording)| &wording.revision).collect();
        let revisions = tracker.store.revisions(&ids).await?;
        let found = by_hand::found_in(tracker, &revisions).await?;
        let by_id = revisions
            .into_iter()
            .map(|revision| (revision.id.clone(), revision));
        Ok(Self {
            revisions: by_id.collect(),
            found,
        })
    }
}

/// Everything that can be found of a document in one wording.
fn entries_of(
    tracker: &Tracker,
    names: &Names<'_>,
    document: &DocumentRow,
    wording: &Wording,
    texts: &Texts,
) -> Vec<Entry> {
    let Some(revision) = texts.revisions.get(&wording.revision) else {
        return Vec::new();
    };
    let nothing = FoundRows::default();
    let FoundRows { quotes, dates } = texts.found.get(&revision.id).unwrap_or(&nothing);
    let bare = bare(tracker, document, wording, revision);
    let shared = Entry {
        has_correction: !alerts::printed(revision).is_empty(),
        office_names: names.of_body(bare.office.as_deref()),
        ..bare
    };
    let text = &revision.reading.text;
    let mut entries = Vec::with_capacity(1 + quotes.len() + dates.len());
    for quote in quotes {
        let day = day_of(quote, &shared);
        let speakers = names.speakers(quote, day);
        let mut entry = quote_entry(shared.clone(), quote, revision, dates, speakers);
        entry.bodies = names.bodies(&entry.speakers, day);
        entries.push(entry);
    }
    let zone = tracker
        .sources
        .get(&document.source)
        .map(|source| &source.time_zone);
    for (position, date) in dates.iter().enumerate().filter(|(_, date)| date.when.is_some()) {
        entries.push(date_entry(shared.clone(), position, date, revision, zone));
    }
    let mut whole = shared;
    let quoted = quotes.iter();
    whole.speakers = quoted
        .flat_map(|quote| names.speakers(quote, day_of(quote, &whole)))
        .collect();
    whole.speakers.dedup_by(|one, other| one.id == other.id);
    whole.bodies = entries.iter().flat_map(|quote| quote.bodies.clone()).collect();
    whole.bodies.sort_by(|one, other| one.id.cmp(&other.id));
    whole.bodies.dedup_by(|one, other| one.id == other.id);
    speak_of(&mut whole, dates.iter());
    whole.text.clone_from(text);
    entries.push(whole);
    entries
}

/// A quote as it can be found.
pub(super) fn entry_of_quote(
    tracker: &Tracker,
    document: &DocumentRow,
    wording: &Wording,
    revision: &RevisionRow,
    dates: &[DateRow],
    quote: &QuoteRow,
) -> Entry {
    let shared = bare(tracker, document, wording, revision);
    let speakers = Names::new(tracker).speakers(quote, day_of(quote, &shared));
    quote_entry(shared, quote, revision, dates, speakers)
}

/// What all entries of a wording share.
fn bare(tracker: &Tracker, document: &DocumentRow, wording: &Wording, revision: &RevisionRow) -> Entry {
    let reading = &revision.reading;
    let source = tracker.sources.get(&document.source);
    let publisher = tracker.publisher(&document.source);
    let published = reading.published.as_ref().map(|stated| stated.moment);
    let local = published.map(|moment| match source {
        Some(source) => moment.seen_in(&source.time_zone),
        None => moment,
    });
    // Of pages that name no zone of their own everything is shown as printed; else one list has the hours of several zones.
    let has_zone = source.is_some_and(|source| source.time_zone != TimeZone::UTC);
    let published = if has_zone { local } else { published };
    Entry {
        kind: EntryKind::Document,
        id: document.id.as_str().into(),
        document: document.id.clone(),
        revision: revision.id.clone(),
        capture: revision.capture.clone(),
        captured_at: revision.fetched_at,
        first_seen_at: document.first_seen_at,
        held: wording.held,
        is_change: wording.is_change,
        is_repeated: false,
        is_altered: false,
        is_removed: false,
        has_correction: false,
        source: document.source.clone(),
        source_name: publisher.name,
        source_kind: publisher.kind,
        office: publisher.office,
        office_names: Vec::new(),
        url: document.url.clone(),
        title: reading.title.clone(),
        genre: reading.genre,
        authors: reading.authors.clone(),
        language: reading.language.clone(),
        published,
        published_on: local.map(|moment| moment.date),
        minute: local.and_then(|moment| moment.minute()),
        begins_at: 0,
        text: String::new(),
        around: String::new(),
        speakers: Vec::new(),
        bodies: Vec::new(),
        printed_speaker: None,
        cue: None,
        stance: None,
        quote: None,
        said: None,
        date: None,
        mentions: Vec::new(),
        deadlines: Vec::new(),
        by_hand: Vec::new(),
    }
}

fn quote_entry(
    mut entry: Entry,
    quote: &QuoteRow,
    revision: &RevisionRow,
    dates: &[DateRow],
    speakers: Vec<EntrySpeaker>,
) -> Entry {
    let reading = &revision.reading;
    let hull = quote.content.iter().copied().reduce(Span::hull);
    let block = hull.and_then(|hull| around(&reading.text, &reading.blocks, hull));
    entry.kind = EntryKind::Quote;
    entry.id = quote.id.as_str().into();
    entry.text.clone_from(&quote.words);
    entry.printed_speaker = quote
        .mention
        .map(|mention| mention.slice(&reading.text).to_string());
    entry.stance = quote.stance;
    entry.cue = quote.cue.map(|cue| cue.slice(&reading.text).to_string());
    entry.speakers.extend(speakers);
    entry.quote = Some((quote.kind, quote.confidence));
    entry.said = quote.said.clone().map(|when| EntrySaid {
        when,
        rule: quote.said_rule.clone().unwrap_or_default(),
    });
    entry.by_hand.clone_from(&quote.by_hand);
    entry.begins_at = hull.map_or(0, |hull| hull.start());
    // What was said on another day was not said at the minute of publication.
    if entry.published_on != Some(entry.day()) {
        entry.minute = None;
    }
    if let Some(block) = block {
        speak_of(&mut entry, dates.iter().filter(|date| block.contains(date.span)));
        // A deadline is asked for with what is said of it, not with what the neighbouring sentences say.
        let own = hull.map(|hull| sentence(&reading.text, hull));
        let own = dates
            .iter()
            .filter(|date| own.is_some_and(|own| own.contains(date.span)));
        entry.deadlines = own.filter(is_due).filter_map(|date| date.when.clone()).collect();
        entry.around = block.slice(&reading.text).to_string();
    }
    entry
}

fn date_entry(
    mut entry: Entry,
    position: usize,
    date: &DateRow,
    revision: &RevisionRow,
    zone: Option<&TimeZone>,
) -> Entry {
    let reading = &revision.reading;
    entry.kind = EntryKind::Date;
    entry.id = format!("{}:{position}", revision.id);
    entry.text = date.span.slice(&reading.text).to_string();
    let block = around(&reading.text, &reading.blocks, date.span);
    entry.around = block.map_or_else(String::new, |block| block.slice(&reading.text).to_string());
    entry.begins_at = date.span.start();
    entry.minute = Moment::parse(&date.value).and_then(|moment| moment.minute());
    speak_of(&mut entry, std::iter::once(date));
    entry.date = Some(EntryDate {
        kind: date.kind.code().into(),
        value: date.value.clone(),
        when: date.when.clone(),
        rule: date.rule.clone(),
        anchor: date.anchor.clone(),
        conflict: date.conflict.clone(),
        is_limit: date.is_limit,
        at: block.and_then(|block| date.span.start().checked_sub(block.start())),
        offset: zone.and_then(|zone| offset_of(&date.value, &entry.text, zone)),
    });
    entry
}

/// How far the clocks of a source's zone are from UTC at a time of day that is read on them: a page says "5 p.m." to people
/// around it. Nothing where the expression names a zone, or where the source names none, which then counts as UTC.
fn offset_of(value: &str, expression: &str, zone: &TimeZone) -> Option<Offset> {
    if *zone == TimeZone::UTC || names_zone(expression) {
        return None;
    }
    let moment = Moment::parse(value).filter(|moment| moment.time.is_some() && moment.offset.is_none())?;
    Some(zone.to_offset(moment.timestamp(zone)?))
}

/// Whether a time expression says on whose clocks it is read: "ET", "GMT", "Pacific time".
fn names_zone(expression: &str) -> bool {
    let mut words = expression.split(|c: char| !c.is_alphabetic());
    let is_zone = |word: &str| {
        let is_short = (2..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase());
        is_short && !matches!(word, "AM" | "PM") || word.eq_ignore_ascii_case("time")
    };
    words.any(is_zone)
}

/// Takes in the days that an entry speaks of.
fn speak_of<'r>(entry: &mut Entry, dates: impl Iterator<Item = &'r DateRow>) {
    for date in dates {
        entry.mentions.extend(date.when.clone());
        entry
            .deadlines
            .extend(date.when.clone().filter(|_| is_due(&date)));
    }
}

/// Whether something is due on the day of a time expression.
fn is_due(date: &&DateRow) -> bool {
    is_deadline(date.when.as_ref(), &date.value, date.is_limit)
}

/// The block that a stretch stands in, cut to a bearable length around it.
pub(super) fn around(text: &str, blocks: &[Block], span: Span) -> Option<Span> {
    let block = blocks
        .iter()
        .map(|block| block.span)
        .find(|block| block.overlaps(span))?
        .hull(span);
    if block.len() <= AROUND_BYTES {
        return Some(block);
    }
    let room = AROUND_BYTES.saturating_sub(span.len()) / 2;
    let start = text.ceil_char_boundary(span.start().saturating_sub(room).max(block.start()));
    let end = text.floor_char_boundary((span.end() + room).min(block.end()));
    Span::of(text, start.min(span.start())..end.max(span.end()))
}

/// The entries of the gazetteer by id.
struct Names<'a>(HashMap<&'a SpeakerId, &'a Speaker>);

impl<'a> Names<'a> {
    fn new(tracker: &'a Tracker) -> Self {
        let known = tracker.gazetteer.speakers().iter();
        Self(known.map(|speaker| (&speaker.id, speaker)).collect())
    }

    /// Who spoke, with all that they are found by; of several who spoke together also each who is known.
    fn speakers(&self, quote: &QuoteRow, day: Date) -> Vec<EntrySpeaker> {
        let (Some(id), Some(name)) = (quote.speaker.clone(), quote.speaker_name.clone()) else {
            return Vec::new();
        };
        let members = id.members().into_iter().filter_map(|member| {
            let name = self.0.get(&member)?.name.clone();
            Some(self.speaker(member, name, day))
        });
        let members: Vec<EntrySpeaker> = members.collect();
        std::iter::once(self.speaker(id, name, day))
            .chain(members)
            .collect()
    }

    /// The bodies among these, and those they held an office of on that day.
    fn bodies(&self, speakers: &[EntrySpeaker], day: Date) -> Vec<EntrySpeaker> {
        let known = speakers.iter().filter_map(|speaker| self.0.get(&speaker.id));
        let bodies = known.flat_map(|known| {
            let own = Some(&known.id).filter(|_| known.kind == SpeakerKind::Body);
            let held = known.offices.iter().filter(|office| office.held_on(day));
            own.into_iter()
                .chain(held.filter_map(|office| office.of.as_ref()))
        });
        let mut bodies: Vec<EntrySpeaker> = bodies
            .filter_map(|id| self.0.get(id))
            .map(|body| EntrySpeaker {
                id: body.id.clone(),
                name: body.name.clone(),
                aliases: body.aliases.clone(),
            })
            .collect();
        bodies.sort_by(|one, other| one.id.cmp(&other.id));
        bodies.dedup_by(|one, other| one.id == other.id);
        bodies
    }

    /// What a body is called.
    fn of_body(&self, id: Option<&str>) -> Vec<String> {
        let known = id.and_then(|id| self.0.get(&SpeakerId::new(id)));
        known.map_or_else(Vec::new, |body| {
            std::iter::once(&body.name)
                .chain(&body.aliases)
                .cloned()
                .collect()
        })
    }

    /// One with the other names and the offices held on that day.
    fn speaker(&self, id: SpeakerId, name: String, day: Date) -> EntrySpeaker {
        let mut aliases = Vec::new();
        if let Some(known) = self.0.get(&id) {
            aliases.clone_from(&known.aliases);
            for office in known.offices.iter().filter(|office| office.held_on(day)) {
                aliases.push(office.title.clone());
                aliases.extend(office.aliases.iter().cloned());
            }
            aliases.dedup();
        }
        EntrySpeaker { id, name, aliases }
    }
}

/// The day whose offices count for a quote: when it was said, else the day of its document.
fn day_of(quote: &QuoteRow, document: &Entry) -> Date {
    let said = quote.said.as_ref().map(|said| said.earliest);
    said.unwrap_or_else(|| document.day())
}
