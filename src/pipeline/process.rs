//! Captures in, revisions with quotes and dates out.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rayon::prelude::*;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::ingest::archive_is_there;
use super::read::{Annotated, annotated_documents, document_address};
use super::reader::Reader;
use super::{PipelineError, Tracker, in_place, two_kinds};
use crate::archive::{self, ArchiveError, Record};
use crate::discover::{canonical, json_interface};
use crate::extract::{self, Page, Told};
use crate::fetch::coding;
use crate::model::capture::Capture;
use crate::model::document::{Notice, NoticeKind, Reading};
use crate::model::id::CaptureId;
use crate::model::source::Source;
use crate::store::{GONE, ReadCapture, ReadDocument};

/// Captures read at once; their readings are one transaction.
const BATCH: u32 = 64;
/// How long a capture stays unread whose record could not be read for the moment.
const PUT_OFF: SignedDuration = SignedDuration::from_mins(10);

/// Lets captures be read whose archive files were gone and are there again.
pub(super) async fn take_up_again(tracker: &Tracker) -> Result<(), PipelineError> {
    let (there, missing) = segments_waited_for(tracker).await?;
    if !there.is_empty() {
        let missing: Vec<String> = missing.into_iter().map(|(segment, _)| segment).collect();
        let captures = tracker.store.take_up_again(&missing, Timestamp::now()).await?;
        // A capture in a file that is there may repeat one in a file that is not: then there is nothing to tell.
        if captures > 0 {
            tracing::info!(
                captures,
                "archive files are back: {captures} captures are read again"
            );
        }
    }
    Ok(())
}

/// Archive files, with the number of captures that wait for each.
type WaitedFor = Vec<(String, u64)>;

/// The archive files that captures wait for: those that are there, and those that are missing.
pub async fn segments_waited_for(tracker: &Tracker) -> Result<(WaitedFor, WaitedFor), PipelineError> {
    let archive = tracker.workspace.archive();
    let waited_for = tracker.store.segments_waited_for().await?;
    let is_there = |(segment, _): &(String, u64)| archive.join(segment).is_file();
    Ok(waited_for.into_iter().partition(is_there))
}

/// Reads every capture that the current reader has not read; answers how many revisions are new.
pub async fn process(tracker: &Tracker, cancel: &CancellationToken) -> Result<u64, PipelineError> {
    let mut new = 0;
    while !cancel.is_cancelled() {
        match process_some(tracker).await? {
            Some(revisions) => new += revisions,
            None => break,
        }
    }
    Ok(new)
}

/// Reads a batch of them: how many revisions are new, or nothing where every capture is read.
pub(super) async fn process_some(tracker: &Tracker) -> Result<Option<u64>, PipelineError> {
    let now = Timestamp::now();
    tracker.store.end_of_put_off(now).await?;
    let captures = tracker
        .store
        .unread_captures(&tracker.readers, now, BATCH)
        .await?;
    if captures.is_empty() {
        return Ok(None);
    }
    let originals = originals(tracker, &captures).await?;
    let archive_is_there = is_there(tracker).await?;
    let (worker, count) = (tracker.clone(), captures.len());
    let (told, read) = oneshot::channel();
    // Where the pages are read as well: one more thread that only waits would hold memory of its own.
    rayon::spawn(move || {
        let read = catch_unwind(AssertUnwindSafe(|| {
            read_all(&worker, captures, &originals, archive_is_there)
        }));
        let _ = told.send(read);
    });
    let read = read.await.ok().and_then(Result::ok);
    let read = read.ok_or(PipelineError::Stopped("reading"))?;
    let (mut readings, mut later) = (Vec::with_capacity(read.len()), Vec::new());
    for read in read {
        match read {
            Ok(reading) => readings.push(reading),
            Err(capture) => later.push(*capture),
        }
    }
    later.extend(two_kinds::keep_wordings(tracker, &mut readings).await?);
    put_off(tracker, &later, &mut readings, now).await?;
    let stopped = in_place::withhold(tracker, &mut readings).await?;
    put_off(tracker, &stopped, &mut readings, now).await?;
    let new = tracker.store.save_readings(&readings).await?;
    tracing::debug!(captures = count, "read {count} captures");
    Ok(Some(new))
}

/// Leaves captures unread for a while, and what came after them at their addresses.
async fn put_off(
    tracker: &Tracker,
    later: &[Capture],
    readings: &mut Vec<ReadCapture>,
    now: Timestamp,
) -> Result<(), PipelineError> {
    if later.is_empty() {
        return Ok(());
    }
    let until = now.saturating_add(PUT_OFF).unwrap_or(Timestamp::MAX);
    let waiting = with_followers(later, readings);
    tracker.store.put_off(&waiting, until).await?;
    Ok(())
}

/// The captures that wait, and those after them of the same address: what came later is no change of what was not read
/// yet.
fn with_followers(later: &[Capture], readings: &mut Vec<ReadCapture>) -> Vec<CaptureId> {
    let mut waiting: Vec<CaptureId> = later.iter().map(|capture| capture.id.clone()).collect();
    readings.retain(|read| {
        let is_waiting = waiting.contains(&read.capture.id)
            || later.iter().any(|first| {
                first.url == read.capture.url && first.observed_at() <= read.capture.observed_at()
            });
        if is_waiting && !waiting.contains(&read.capture.id) {
            waiting.push(read.capture.id.clone());
        }
        !is_waiting
    });
    waiting
}

/// Whether the archive is there that rows tell of.
pub(super) async fn is_there(tracker: &Tracker) -> Result<bool, PipelineError> {
    match archive_is_there(tracker).await {
        // What is missing at the end of a file is not away for the moment.
        Ok(()) | Err(PipelineError::ArchiveShorter { .. }) => Ok(true),
        Err(PipelineError::ArchiveAway { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The captures that hold the payloads which these only refer to.
async fn originals(
    tracker: &Tracker,
    captures: &[Capture],
) -> Result<HashMap<CaptureId, Capture>, PipelineError> {
    let mut originals = HashMap::new();
    for id in captures.iter().filter_map(|capture| capture.revisit_of.as_ref()) {
        if let Some(original) = tracker.store.capture(id).await? {
            originals.insert(id.clone(), original);
        }
    }
    Ok(originals)
}

/// Reads captures; the error is one that can be tried again later.
fn read_all(
    tracker: &Tracker,
    captures: Vec<Capture>,
    originals: &HashMap<CaptureId, Capture>,
    archive_is_there: bool,
) -> Vec<Result<ReadCapture, Box<Capture>>> {
    let recorded_at = Timestamp::now();
    let tracker = Arc::new(tracker);
    captures
        .into_par_iter()
        .map(|capture| {
            let held = capture
                .revisit_of
                .as_ref()
                .and_then(|id| originals.get(id))
                .unwrap_or(&capture);
            read_alone(&capture, || {
                let payload = payload(&tracker, &capture, held, archive_is_there);
                read_one(tracker.reader(), capture.clone(), payload, recorded_at)
            })
        })
        .collect()
}

/// Reads one capture so that whatever panics costs that one only. It is put off: the others of its batch are saved, and it
/// does not stand at the head of the next.
fn read_alone(
    capture: &Capture,
    read: impl FnOnce() -> Result<ReadCapture, Box<Capture>>,
) -> Result<ReadCapture, Box<Capture>> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        tracing::error!(capture.id = %capture.id, url = %capture.url, "reading {} stopped unexpectedly; it is tried again", capture.url);
        Err(Box::new(capture.clone()))
    })
}

/// Why a capture's payload cannot be had.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unreadable {
    /// The disk or the system failed: it may go better later.
    #[error("the archive cannot be read for now, and is tried again: {0}")]
    ForNow(ArchiveError),
    /// The file is gone, while others are there: what lies in it is read when it is back.
    #[error("an archive file is gone, and what was read out of it before stays: {0}")]
    Gone(ArchiveError),
    /// The record is damaged.
    #[error("the archive cannot be read, and what was read out of it before stays: {0}")]
    Lost(ArchiveError),
    /// The bytes are there, and are not what the server said.
    #[error("the content coding is damaged: {0}")]
    Coding(coding::CodingError),
}

impl Unreadable {
    /// A file that is missing is gone for long where the archive is there; else all of it may be away for the moment.
    fn of(error: ArchiveError, archive_is_there: bool) -> Self {
        match &error {
            ArchiveError::Open { source, .. }
                if source.kind() == std::io::ErrorKind::NotFound && archive_is_there =>
            {
                Self::Gone(error)
            }
            ArchiveError::Open { .. } => Self::ForNow(error),
            _ => Self::Lost(error),
        }
    }
}

/// The payload of a capture with its content coding undone; `held` is the capture whose record holds its bytes.
pub(super) fn payload(
    tracker: &Tracker,
    capture: &Capture,
    held: &Capture,
    archive_is_there: bool,
) -> Result<Payload, Unreadable> {
    let archive = tracker.workspace.archive();
    let read = |capture: &Capture| {
        archive::read(&archive, &capture.location).map_err(|error| Unreadable::of(error, archive_is_there))
    };
    let record = read(held)?;
    // The same bytes may come with another head, even from another site.
    let no_index = match capture.id == held.id {
        true => is_not_to_be_indexed(&record.head),
        false => is_not_to_be_indexed(&read(capture)?.head),
    };
    unpacked(tracker.reader(), held, record, no_index)
}

/// The payload that a record holds, with its content coding undone; `held` is the record's capture.
fn unpacked(
    reader: Reader<'_>,
    held: &Capture,
    record: Record,
    no_index: bool,
) -> Result<Payload, Unreadable> {
    let cap = usize::try_from(reader.settings.max_decoded_bytes).unwrap_or(usize::MAX);
    let unpacked =
        coding::decode(&record.payload, held.content_encoding.as_deref(), cap).map_err(Unreadable::Coding)?;
    let bytes = match unpacked {
        Cow::Owned(unpacked) => unpacked,
        Cow::Borrowed(_) => record.payload,
    };
    Ok(Payload { bytes, no_index })
}

/// A capture's body, and what its head says about indexing.
pub(super) struct Payload {
    pub(super) bytes: Vec<u8>,
    no_index: bool,
}

/// Whether a field `X-Robots-Tag` of an answer's head asks not to be indexed.
fn is_not_to_be_indexed(head: &[u8]) -> bool {
    String::from_utf8_lossy(head).lines().any(|line| {
        let field = line.split_once(':');
        field.is_some_and(|(name, value)| {
            name.trim().eq_ignore_ascii_case("x-robots-tag") && extract::header_asks_not_to_be_indexed(value)
        })
    })
}

/// Why a reading is not shown, if it is not.
fn withheld(notices: &[Notice], heed_noindex: bool) -> Option<NoticeKind> {
    let withholds = |kind: NoticeKind| match kind {
        NoticeKind::SoftNotFound | NoticeKind::Wall | NoticeKind::OutOfOrder => true,
        NoticeKind::NoIndex => heed_noindex,
        _ => false,
    };
    notices
        .iter()
        .map(|notice| notice.kind)
        .find(|kind| withholds(*kind))
}

/// The address under the site's own host, where its source knows other names of it.
fn known_as(url: &Url, source: Option<&Source>) -> Url {
    source.map_or_else(|| url.clone(), |source| canonical::within(url, source).url)
}

fn read_one(
    reader: Reader<'_>,
    capture: Capture,
    payload: Result<Payload, Unreadable>,
    recorded_at: Timestamp,
) -> Result<ReadCapture, Box<Capture>> {
    if let Err(why) = &payload {
        tracing::warn!(capture.id = %capture.id, url = %capture.url, "{why}");
    }
    let mut read = ReadCapture {
        documents: Vec::new(),
        withheld: None,
        withheld_items: Vec::new(),
        in_place: None,
        keeps: false,
        reader: reader.names.of(&capture.source).to_owned(),
        time_zone: reader
            .sources
            .get(&capture.source)
            .map_or(TimeZone::UTC, |source| source.time_zone.clone()),
        recorded_at,
        capture,
    };
    let capture = &read.capture;
    match (payload, &capture.answer_of) {
        (Err(Unreadable::ForNow(_)), _) => return Err(Box::new(read.capture)),
        (Err(Unreadable::Lost(_)), _) => read.keeps = true,
        (Err(Unreadable::Gone(_)), _) => (read.keeps, read.reader) = (true, GONE.to_owned()),
        (payload, Some(channel)) => match given(reader, capture, channel, payload) {
            Ok((documents, withheld)) => (read.documents, read.withheld_items) = (documents, withheld),
            Err(why) => {
                tracing::warn!(capture.id = %capture.id, url = %capture.url, channel, "what it gave stays as it was read: {why}");
                (read.withheld, read.keeps) = (Some(NoticeKind::RuleUnmatched), true);
            }
        },
        (payload, None) => (read.documents, read.withheld) = own(reader, capture, payload),
    }
    Ok(read)
}

/// What is read out of a capture whose record is given, as the crawl reads it; nothing is saved. `held` is the record's
/// capture, whose payload this one may only refer to, and `head` its own answer's.
pub(super) fn read_again(
    reader: Reader<'_>,
    capture: &Capture,
    held: &Capture,
    record: Record,
    head: &[u8],
) -> Option<ReadCapture> {
    let payload = unpacked(reader, held, record, is_not_to_be_indexed(head));
    read_one(reader, capture.clone(), payload, Timestamp::now()).ok()
}

/// The documents of a page, and why they are not shown where they are not.
fn own(
    reader: Reader<'_>,
    capture: &Capture,
    payload: Result<Payload, Unreadable>,
) -> (Vec<ReadDocument>, Option<NoticeKind>) {
    let asked = capture.known_as.as_ref().unwrap_or(&capture.url);
    let url = Url::parse(asked).expect("only addresses that were fetched are captured");
    let page = Page {
        payload: payload.as_ref().map_or(&[], |payload| payload.bytes.as_slice()),
        content_type: capture.content_type.as_deref(),
        url: &url,
        captured_at: Some(capture.observed_at()),
        source: reader.sources.get(&capture.source),
    };
    let mut documents = annotated_documents(&page, reader.gazetteer, extract::read);
    let own = &mut documents[0].0;
    if let Err(why) = &payload {
        own.notices.push(Notice {
            kind: NoticeKind::Coding,
            detail: why.to_string(),
        });
    }
    if payload.as_ref().is_ok_and(|payload| payload.no_index) {
        own.notices.push(Notice {
            kind: NoticeKind::NoIndex,
            detail: "the answer's X-Robots-Tag asks not to be indexed".into(),
        });
    }
    let withheld = withheld(&own.notices, reader.settings.heed_noindex);
    let address = document_address(&known_as(&url, page.source), own.canonical_url.as_deref());
    (with_addresses(documents, &address), withheld)
}

/// The documents that an interface gives in its answer, each once, and those that are not shown; the error is why it
/// cannot be read. That the answer
/// asks not to be indexed, as WordPress's always do, is said of the answer and not of the pages whose texts it gives.
fn given(
    reader: Reader<'_>,
    capture: &Capture,
    channel: &str,
    payload: Result<Payload, Unreadable>,
) -> Result<(Vec<ReadDocument>, Withheld), String> {
    let payload = payload.map_err(|error| error.to_string())?;
    let source = reader.sources.get(&capture.source);
    let interface = source.and_then(|source| Some((source, source.interface(channel)?)));
    let (source, rules) =
        interface.ok_or("no channel of its source says with `body` where its texts stand")?;
    let url = Url::parse(&capture.url).expect("only addresses that were fetched are captured");
    let answer = json_interface::read(&payload.bytes, &url, rules).map_err(|error| error.to_string())?;
    let items = answer.items;
    if !items.iter().any(|item| item.given.is_some()) {
        return Err("the pointers of its channel lead to no text in it".to_string());
    }
    let mut seen = HashSet::new();
    let (mut documents, mut not_shown) = (Vec::new(), Vec::new());
    for item in &items {
        let url = canonical::within(&item.announcement.url, source).url;
        let Some(given) = item.given_by(source).filter(|_| seen.insert(url.clone())) else {
            continue;
        };
        let page = Page {
            payload: given.body.as_bytes(),
            content_type: None,
            url: &url,
            captured_at: Some(capture.observed_at()),
            source: Some(source),
        };
        let told = Told {
            title: item.announcement.title.clone(),
            published: item.announcement.published,
            modified: item.announcement.modified,
            authors: given.authors.clone(),
        };
        let read = annotated_documents(&page, reader.gazetteer, |page| extract::read_given(page, told));
        match withheld(&read[0].0.notices, reader.settings.heed_noindex) {
            None => documents.extend(with_addresses(read, url.as_str())),
            Some(why) => not_shown.push((url.to_string(), why)),
        }
    }
    Ok((documents, not_shown))
}

/// The addresses of documents that are not shown, each with the reason.
type Withheld = Vec<(String, NoticeKind)>;

/// The documents of a page that is known by an address: the first is the page, the others are its parts.
fn with_addresses(documents: Vec<(Reading, Annotated)>, address: &str) -> Vec<ReadDocument> {
    let documents = documents.into_iter().map(|(reading, found)| ReadDocument {
        url: match &reading.fragment {
            Some(fragment) => format!("{address}#{fragment}"),
            None => address.to_string(),
        },
        part_of: reading.fragment.is_some().then(|| address.to_string()),
        reading,
        quotes: found.quotes,
        dates: found.dates,
    });
    documents.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::capture::{RecordLocation, Role};
    use crate::model::id::SourceId;

    #[test]
    fn a_missing_file_is_gone_for_long_only_where_the_archive_is_there() {
        let failed = |kind: std::io::ErrorKind| ArchiveError::Open {
            path: "zzz.warc.gz".into(),
            source: kind.into(),
        };
        let missing = || failed(std::io::ErrorKind::NotFound);
        assert!(matches!(Unreadable::of(missing(), true), Unreadable::Gone(_)));
        assert!(matches!(Unreadable::of(missing(), false), Unreadable::ForNow(_)));
        let slow = failed(std::io::ErrorKind::TimedOut);
        assert!(matches!(Unreadable::of(slow, true), Unreadable::ForNow(_)));
    }

    #[test]
    fn a_capture_that_cannot_be_read_without_a_panic_is_put_off() {
        let capture = Capture {
            id: CaptureId::new("c1"),
            source: SourceId::new("hall"),
            role: Role::Page,
            url: "https://hall.example/one".into(),
            known_as: None,
            memento_at: None,
            answer_of: None,
            fetched_at: Timestamp::UNIX_EPOCH,
            status: 200,
            content_type: None,
            content_encoding: None,
            payload_sha256: String::new(),
            payload_bytes: 0,
            truncated: None,
            location: RecordLocation {
                segment: "a.warc.gz".into(),
                offset: 0,
                length: 0,
            },
            revisit_of: None,
        };
        let read = read_alone(&capture, || panic!("a hostile answer of an interface"));
        assert_eq!(read.err().map(|later| later.id), Some(capture.id));
    }
}
