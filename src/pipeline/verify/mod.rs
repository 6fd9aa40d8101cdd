//! The offline check: every record's digests, every row beside its record, and every quote's words in the capture that
//! shows it.
//!
//! The archive is the truth, so each row is laid beside it in three steps. A capture's row says what its record says of
//! itself (`archived`). The words of every quote stand, letter by letter, in the payload, whoever read it. And where the
//! present reader wrote the rows, the payload is read again and all that was read out of it is compared (`rows`): headline,
//! days, speakers. What an earlier reader wrote is counted and told, since a better one may rightly find something else.

pub(super) mod archived;
mod files;
mod findings;
mod rows;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use rayon::prelude::*;
use tokio::sync::oneshot;
use url::Url;

use super::ingest::archive_is_there;
use super::process::read_again;
use super::{PipelineError, Tracker, in_words, two_kinds};
use crate::archive::{self, ArchiveError, Record};
use crate::extract::letters::Letters;
use crate::fetch::coding;
use crate::model::capture::{Capture, RecordLocation, Role};
use crate::model::id::CaptureId;
use crate::model::span::Span;
use crate::store::{
    CaptureToCheck, FoundRows, ReadCapture, RevisionRow, RevisionToCheck, ShownToCheck, StoreError,
    UnknownStretch,
};

pub(in crate::pipeline) use archived::capture_of;
pub use files::{ArchiveFiles, archive_files};
pub use findings::{Finding, Part};

/// Captures checked at once: their payloads are held together.
const BATCH: u32 = 32;

/// What a check found.
#[derive(Clone, Debug, Default)]
pub struct Verification {
    /// Records whose digests were recomputed.
    pub records: u64,
    /// Wordings of documents whose rows were compared.
    pub revisions: u64,
    /// Quotes whose words were looked for.
    pub quotes: u64,
    /// Captures that an earlier version or configuration read: of what it wrote only ids and words were compared.
    pub read_earlier: u64,
    /// Stretches of archive files that no row tells of.
    pub unknown: Vec<UnknownStretch>,
    /// Files of others that lie in the archive.
    pub foreign: Vec<String>,
    /// What is not as it should be.
    pub findings: Vec<Finding>,
    /// The archive files that could not be read through, whose records are checked each for itself.
    unread: HashSet<String>,
    /// Of archive files whose records do not lie where they were written, where each lies, by its id.
    rewritten: HashMap<String, HashMap<String, RecordLocation>>,
    /// What cannot be checked because its archive file is gone, by the file.
    gone: BTreeMap<String, Gone>,
}

/// What cannot be checked because a file is gone.
#[derive(Clone, Copy, Debug, Default)]
struct Gone {
    captures: u64,
    quotes: u64,
}

/// Checks the captures of all pages and the rows read out of them; with `all` also every other
/// record of every archive file. `checked` is told the number of captures done.
pub async fn verify(
    tracker: &Tracker,
    all: bool,
    mut checked: impl FnMut(u64),
) -> Result<Verification, PipelineError> {
    any_of_it_is_there(tracker).await?;
    let mut verification = Verification::default();
    let files = archive_files(tracker).await?;
    let gone = files
        .missing
        .into_iter()
        .map(|segment| (segment, Gone::default()));
    verification.gone = gone.collect();
    verification.unknown = files.unknown;
    verification.foreign = files.foreign;
    if all {
        files::check_records(tracker, &mut verification).await?;
    }
    let mut last = None;
    let mut done = 0;
    loop {
        let captures = tracker.store.captures_to_check(last.as_ref(), BATCH).await?;
        let Some(end) = captures.last() else { break };
        last = Some(end.id.clone());
        done += captures.len() as u64;
        check_captures(tracker, captures, all, &mut verification).await?;
        checked(done);
    }
    let unattached = tracker.store.revisions_without_capture().await?.into_iter();
    let unattached = unattached.map(|revision| Finding::Unattached { revision });
    verification.findings.extend(unattached);
    verification.tell_of_files(files.shorter);
    Ok(verification)
}

/// Of an archive that is away as a whole there is only that to be said.
async fn any_of_it_is_there(tracker: &Tracker) -> Result<(), PipelineError> {
    match archive::segments(&tracker.workspace.archive())?.is_empty() {
        true => archive_is_there(tracker).await,
        false => Ok(()),
    }
}

/// Checks some captures and the rows read out of them; all of them must be there.
pub async fn verify_captures(tracker: &Tracker, ids: &[CaptureId]) -> Result<Verification, PipelineError> {
    any_of_it_is_there(tracker).await?;
    let (mut verification, mut captures) = (Verification::default(), Vec::new());
    for id in ids {
        let capture = tracker.store.capture_to_check(id).await?;
        captures.push(capture.ok_or_else(|| PipelineError::UnknownCapture(id.clone()))?);
    }
    while !captures.is_empty() {
        let some = captures.drain(..captures.len().min(BATCH as usize)).collect();
        check_captures(tracker, some, false, &mut verification).await?;
    }
    verification.tell_of_files(Vec::new());
    Ok(verification)
}

impl Verification {
    /// Tells of the files that are gone, each once, and of those that were cut off.
    fn tell_of_files(&mut self, shorter: Vec<(String, u64, u64)>) {
        let gone = std::mem::take(&mut self.gone).into_iter();
        self.findings.extend(gone.map(|(segment, gone)| Finding::Gone {
            segment,
            captures: gone.captures,
            quotes: gone.quotes,
        }));
        for (segment, bytes, on_record) in shorter {
            // Who wrote it anew may have packed it otherwise, which is told.
            let rewritten = Finding::Rewritten {
                segment: segment.clone(),
            };
            if !self.findings.contains(&rewritten) {
                self.findings.push(Finding::Shorter {
                    segment,
                    bytes,
                    on_record,
                });
            }
        }
    }

    fn row(&mut self, capture: &CaptureId, part: Part, problem: String) {
        self.findings.push(Finding::Row {
            capture: capture.clone(),
            part,
            id: capture.to_string(),
            problem,
        });
    }
}

/// A capture with all that it is checked by.
struct Checked {
    /// As its record has it.
    archived: Capture,
    /// The capture whose record holds the payload.
    held: Capture,
    /// The head of its own answer.
    head: Vec<u8>,
    record: Record,
    shown: ShownToCheck,
    /// Whether the present reader is the one that read it last.
    is_read_now: bool,
}

/// What was found of a capture's payload.
struct Examined {
    archived: Capture,
    shown: ShownToCheck,
    /// Whether it was to be read again.
    is_read_now: bool,
    fresh: Option<ReadCapture>,
    findings: Vec<Finding>,
}

/// Checks some captures; where `digests_done`, those of their records were recomputed before.
async fn check_captures(
    tracker: &Tracker,
    captures: Vec<CaptureToCheck>,
    digests_done: bool,
    verification: &mut Verification,
) -> Result<(), PipelineError> {
    let mut checked = Vec::with_capacity(captures.len());
    for capture in captures {
        match capture.row {
            Ok(row) => checked.extend(gathered(tracker, &row, digests_done, verification).await?),
            Err(error) => verification.row(&capture.id, Part::Capture, in_words(&error)),
        }
    }
    let worker = tracker.clone();
    let (told, answer) = oneshot::channel();
    rayon::spawn(move || {
        let examined: Vec<Examined> = checked
            .into_par_iter()
            .map(|one| contained(&worker, one))
            .collect();
        let _ = told.send(examined);
    });
    let stopped = |_| PipelineError::Stopped("checking captures");
    for mut examined in answer.await.map_err(stopped)? {
        let fresh = match examined.fresh.take() {
            Some(read) => in_wording_held(tracker, read).await?,
            None => None,
        };
        // What stood in the place of a page is told by what was held before it, and shows nothing.
        let fresh = fresh.map(|read| ReadCapture {
            withheld: read.withheld.or(examined.shown.withheld),
            ..read
        });
        verification.read_earlier += u64::from(examined.is_read_now && fresh.is_none());
        let (capture, shown) = (&examined.archived, &examined.shown);
        let rows = rows::differences(capture, shown, fresh.as_ref());
        verification.findings.append(&mut examined.findings);
        verification.findings.extend(rows);
    }
    Ok(())
}

/// The same as [`examined`]; a page that makes a reader panic costs the check of that page, which is told.
fn contained(tracker: &Tracker, checked: Checked) -> Examined {
    let (capture, place) = (checked.archived.clone(), place(&checked.held));
    let examined = catch_unwind(AssertUnwindSafe(|| examined(tracker, checked)));
    examined.unwrap_or_else(|_| Examined {
        findings: vec![Finding::Unreadable {
            capture: Some(capture.id.clone()),
            place,
            problem: "looking through it failed inside the program".into(),
        }],
        archived: capture,
        shown: ShownToCheck::default(),
        is_read_now: false,
        fresh: None,
    })
}

/// What was read, in the one of two wordings that is held of what both a page and an interface give; nothing where a row that
/// it takes to tell cannot be read, which is told of in its own turn.
async fn in_wording_held(
    tracker: &Tracker,
    mut read: ReadCapture,
) -> Result<Option<ReadCapture>, PipelineError> {
    match two_kinds::keep_wordings(tracker, std::slice::from_mut(&mut read)).await {
        Ok(later) if later.is_empty() => Ok(Some(read)),
        Ok(_) => Ok(None),
        Err(PipelineError::Store(StoreError::Invalid { .. } | StoreError::Failed(_))) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Checks a capture's own row and record, and gathers what is read out of it; nothing where its bytes cannot be had, or it
/// is no page.
async fn gathered(
    tracker: &Tracker,
    capture: &Capture,
    digests_done: bool,
    verification: &mut Verification,
) -> Result<Option<Checked>, PipelineError> {
    let held = match &capture.revisit_of {
        None => capture.clone(),
        Some(id) => match tracker.store.capture_to_check(id).await?.map(|held| held.row) {
            Some(Ok(held)) => held,
            // A row that cannot be read is told of in its own turn as well.
            _ => {
                let problem = format!("there is no sound row of capture {id}, whose payload it repeats");
                verification.row(&capture.id, Part::Capture, problem);
                return Ok(None);
            }
        },
    };
    let Some(own) = sound(tracker, capture, capture, digests_done, verification).await? else {
        return Ok(None);
    };
    let mut archived = archived::as_archived(capture, &own);
    for problem in archived::differences(capture, &archived) {
        verification.row(&capture.id, Part::Capture, problem);
    }
    let known_as = archived.known_as.take_if(|url| Url::parse(url).is_err());
    if let Some(url) = known_as {
        let problem = format!("{url:?} is no address that its page can be known by");
        verification.row(&capture.id, Part::Capture, problem);
    }
    // What is found is told under the name that the rows have.
    archived.id.clone_from(&capture.id);
    let head = own.head.clone();
    let record = match held.id == capture.id {
        true => Some(own),
        // Its digests are recomputed where it comes in its own turn.
        false => sound(tracker, capture, &held, true, verification).await?,
    };
    let Some(record) = record else {
        return Ok(None);
    };
    let digest = archive::sha256(&record.payload);
    if digest != held.payload_sha256 || digest != capture.payload_sha256 {
        verification.findings.push(Finding::Record {
            capture: Some(capture.id.clone()),
            place: place(&held),
            problem: "the payload's SHA-256 is not the one on record".into(),
        });
    }
    let shown = tracker.store.shown_to_check(&capture.id).await?;
    if capture.role != Role::Page {
        if !shown.revisions.is_empty() {
            let problem = "it is no page’s on record, and shows wordings".into();
            verification.row(&capture.id, Part::Capture, problem);
        }
        return Ok(None);
    }
    let reader = tracker.readers.of(&capture.source);
    let is_read_now = shown.reader == reader;
    let rows = shown
        .revisions
        .iter()
        .filter_map(|revision| revision.rows.as_ref().ok());
    verification.quotes += rows.map(|(_, found)| found.quotes.len() as u64).sum::<u64>();
    verification.revisions += shown.revisions.len() as u64;
    // What nobody has read shows nothing yet, and what a damaged record kept is of an earlier reader.
    let shows = !shown.revisions.is_empty() || !shown.missing.is_empty();
    let is_of_another = |revision: &RevisionToCheck| {
        let is_own = |(row, _): &(RevisionRow, FoundRows)| row.capture == capture.id;
        revision.reader != reader && revision.rows.as_ref().is_ok_and(is_own)
    };
    let has_others = shown.revisions.iter().any(is_of_another);
    verification.read_earlier += u64::from(shows && !is_read_now || has_others);
    Ok(Some(Checked {
        archived,
        held,
        head,
        record,
        shown,
        is_read_now,
    }))
}

fn place(capture: &Capture) -> String {
    format!("{}:{}", capture.location.segment, capture.location.offset)
}

/// The record of `held`, which `capture` is or refers to, with its digests recomputed unless they were; nothing where it
/// cannot be had, which is told.
async fn sound(
    tracker: &Tracker,
    capture: &Capture,
    held: &Capture,
    digests_done: bool,
    verification: &mut Verification,
) -> Result<Option<Record>, PipelineError> {
    let segment = &held.location.segment;
    let record = match record_of(tracker, held, verification) {
        Ok(record) => record,
        Err(ArchiveError::Open { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
            // Of a file that is gone that is said once.
            let shown = tracker.store.shown_to_check(&capture.id).await?;
            let own = shown
                .revisions
                .iter()
                .filter_map(|revision| revision.rows.as_ref().ok());
            let own = own.filter(|(row, _)| row.capture == capture.id);
            let gone = verification.gone.entry(segment.clone()).or_default();
            gone.captures += 1;
            gone.quotes += own.map(|(_, found)| found.quotes.len() as u64).sum::<u64>();
            return Ok(None);
        }
        Err(error) => {
            let finding = Finding::of(Some(capture.id.clone()), place(held), &error);
            verification.findings.push(finding);
            return Ok(None);
        }
    };
    if !digests_done || verification.unread.contains(segment) {
        verification.records += 1;
        let problems = record.problems().into_iter();
        verification
            .findings
            .extend(problems.map(|problem| Finding::Record {
                capture: Some(capture.id.clone()),
                place: place(held),
                problem: problem.to_string(),
            }));
    }
    Ok(Some(record))
}

/// The record of a capture: where it was written, else where it lies in a file that somebody wrote anew.
fn record_of(
    tracker: &Tracker,
    capture: &Capture,
    verification: &mut Verification,
) -> Result<Record, ArchiveError> {
    let folder = tracker.workspace.archive();
    let location = &capture.location;
    let there = archive::read(&folder, location);
    if matches!(&there, Ok(record) if record.id.as_deref() == Some(capture.id.as_str())) {
        return there;
    }
    if !verification.rewritten.contains_key(&location.segment) {
        let places = places(&folder.join(&location.segment));
        verification.rewritten.insert(location.segment.clone(), places);
    }
    let place = verification.rewritten[&location.segment].get(capture.id.as_str());
    let Some(place) = place.filter(|place| *place != location) else {
        return there;
    };
    let rewritten = Finding::Rewritten {
        segment: location.segment.clone(),
    };
    let found = archive::read(&folder, place);
    if !verification.findings.contains(&rewritten) {
        verification.findings.push(rewritten);
    }
    found
}

/// Where the records of a file lie, by their ids, as far as it can be read.
fn places(path: &Path) -> HashMap<String, RecordLocation> {
    let records = archive::records(path)
        .into_iter()
        .flatten()
        .filter_map(Result::ok);
    records
        .filter_map(|(location, record)| Some((record.id?, location)))
        .collect()
}

/// Looks for the words of a capture's quotes in its payload, and reads it again where the present reader wrote its rows.
fn examined(tracker: &Tracker, checked: Checked) -> Examined {
    let Checked {
        archived,
        held,
        head,
        record,
        shown,
        is_read_now,
    } = checked;
    let findings = misquoted(tracker, &archived, &held, &record.payload, &shown);
    let fresh = is_read_now
        .then(|| read_again(tracker.reader(), &archived, &held, record, &head))
        .flatten()
        // What an interface no longer gives stays as it was read.
        .filter(|read| !read.keeps);
    Examined {
        archived,
        shown,
        is_read_now,
        fresh,
        findings,
    }
}

/// The quotes whose words do not stand in the capture.
fn misquoted(
    tracker: &Tracker,
    capture: &Capture,
    held: &Capture,
    payload: &[u8],
    shown: &ShownToCheck,
) -> Vec<Finding> {
    let rows: Vec<_> = shown
        .revisions
        .iter()
        .filter_map(|revision| revision.rows.as_ref().ok())
        .filter(|(_, found)| !found.quotes.is_empty())
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let cap = usize::try_from(tracker.settings.crawl.max_decoded_bytes).unwrap_or(usize::MAX);
    let decoded = coding::decode(payload, held.content_encoding.as_deref(), cap).unwrap_or_default();
    let letters = Letters::of(&decoded, held.content_type.as_deref());
    let mut findings = Vec::new();
    for (revision, found) in rows {
        for quote in &found.quotes {
            if let Some(words) = missing(&quote.content, &revision.reading.text, &letters) {
                findings.push(Finding::Quote {
                    quote: quote.id.clone(),
                    revision: revision.id.clone(),
                    capture: capture.id.clone(),
                    words: words.to_string(),
                });
            }
        }
    }
    findings
}

/// The piece of a quote that does not stand in the capture, if there is one.
pub(super) fn missing<'a>(content: &[Span], text: &'a str, letters: &Letters) -> Option<&'a str> {
    content.iter().map(|span| span.slice(text)).find(|piece| {
        // A piece that runs over paragraphs may have a picture between them in the page.
        piece.split("\n\n").any(|words| !letters.contain(words))
    })
}
