//! The offline check: every record's digests, and every quote's words in the capture that shows it.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::ingest::archive_is_there;
use super::{PipelineError, Tracker, in_words};
use crate::archive::{self, ArchiveError, Record};
use crate::extract::letters::Letters;
use crate::fetch::coding;
use crate::model::capture::{Capture, RecordLocation, Role};
use crate::model::id::{CaptureId, QuoteId, RevisionId};
use crate::store::QuoteRow;

/// Captures checked between two looks at whether to stop.
const BATCH: u32 = 256;

/// What a check found.
#[derive(Clone, Debug, Default)]
pub struct Verification {
    /// Records whose digests were recomputed.
    pub records: u64,
    /// Quotes whose words were looked for.
    pub quotes: u64,
    /// What is not as it should be.
    pub findings: Vec<Finding>,
    /// The archive files that could not be read through, whose records are checked each for itself.
    unread: HashSet<String>,
    /// Of archive files whose records do not lie where they were written, where each lies, by its id.
    rewritten: HashMap<String, HashMap<String, RecordLocation>>,
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A capture's record cannot be read, or its bytes are not those that were archived.
    Record {
        /// The capture, where a row names it.
        capture: Option<CaptureId>,
        /// The archive file and offset.
        place: String,
        /// What is wrong.
        problem: String,
    },
    /// A capture's record could not be looked at: nothing is known of its bytes.
    Unreadable {
        /// The capture, where a row names it.
        capture: Option<CaptureId>,
        /// The archive file and offset.
        place: String,
        /// What keeps it from being read.
        problem: String,
    },
    /// The records of an archive file do not lie where they were written; they are looked for by their ids.
    Rewritten {
        /// The archive file.
        segment: String,
    },
    /// A quote's words do not stand in the capture it is shown from.
    Quote {
        /// The quote.
        quote: QuoteId,
        /// The revision it stands in.
        revision: RevisionId,
        /// The capture.
        capture: CaptureId,
        /// The words that were not found.
        words: String,
    },
}

impl Finding {
    /// What is said of a record that cannot be had: that it is not as it was archived, or that the system does not let us look.
    fn of(capture: Option<CaptureId>, place: String, error: &ArchiveError) -> Self {
        let problem = in_words(error);
        match error {
            // A file that is gone is not as it was archived.
            ArchiveError::Open { source, .. } if source.kind() != std::io::ErrorKind::NotFound => {
                Self::Unreadable {
                    capture,
                    place,
                    problem,
                }
            }
            _ => Self::Record {
                capture,
                place,
                problem,
            },
        }
    }

    /// Whether it says that something is not as it was archived.
    pub fn is_difference(&self) -> bool {
        !matches!(self, Self::Unreadable { .. })
    }
}

/// Checks the captures of all pages and the quotes read out of them; with `all` also every other
/// record of every archive file. `checked` is told the number of captures done.
pub async fn verify(
    tracker: &Tracker,
    all: bool,
    mut checked: impl FnMut(u64),
) -> Result<Verification, PipelineError> {
    any_of_it_is_there(tracker).await?;
    let mut verification = Verification::default();
    if all {
        check_files(tracker, &mut verification).await?;
    }
    let mut last = None;
    let mut done = 0;
    loop {
        let captures = tracker.store.captures_after(last.as_ref(), BATCH).await?;
        let Some(end) = captures.last() else { break };
        last = Some(end.id.clone());
        for capture in &captures {
            check_capture(tracker, capture, all, &mut verification).await?;
        }
        done += captures.len() as u64;
        checked(done);
    }
    Ok(verification)
}

/// Of an archive that is away as a whole there is only that to be said.
async fn any_of_it_is_there(tracker: &Tracker) -> Result<(), PipelineError> {
    match archive::segments(&tracker.workspace.archive())?.is_empty() {
        true => archive_is_there(tracker).await,
        false => Ok(()),
    }
}

/// Checks some captures and the quotes read out of them; all of them must be there.
pub async fn verify_captures(tracker: &Tracker, ids: &[CaptureId]) -> Result<Verification, PipelineError> {
    any_of_it_is_there(tracker).await?;
    let (mut verification, mut captures) = (Verification::default(), Vec::new());
    for id in ids {
        let capture = tracker.store.capture(id).await?;
        captures.push(capture.ok_or_else(|| PipelineError::UnknownCapture(id.clone()))?);
    }
    for capture in &captures {
        check_capture(tracker, capture, false, &mut verification).await?;
    }
    Ok(verification)
}

/// Recomputes the digests of every record, whether a row names it or not.
async fn check_files(tracker: &Tracker, verification: &mut Verification) -> Result<(), PipelineError> {
    let folder = tracker.workspace.archive();
    let (records, findings, unread) = tokio::task::spawn_blocking(move || {
        let (mut records, mut findings, mut unread) = (0, Vec::new(), HashSet::new());
        for path in archive::segments(&folder)? {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let opened = match archive::records(&path) {
                Ok(opened) => opened,
                Err(error) => {
                    findings.push(Finding::of(None, name.clone(), &error));
                    unread.insert(name);
                    continue;
                }
            };
            for item in opened {
                records += 1;
                match item {
                    Ok((location, record)) => {
                        let problems = record.problems().into_iter();
                        findings.extend(problems.map(|problem| Finding::Record {
                            capture: None,
                            place: format!("{name}:{}", location.offset),
                            problem: problem.to_string(),
                        }));
                    }
                    Err(error) => {
                        findings.push(Finding::of(None, format!("{name}:0"), &error));
                        unread.insert(name.clone());
                    }
                }
            }
        }
        Ok::<_, archive::ArchiveError>((records, findings, unread))
    })
    .await
    .map_err(|_| PipelineError::Stopped("checking the archive"))??;
    verification.records += records;
    verification.findings.extend(findings);
    verification.unread.extend(unread);
    Ok(())
}

/// Checks one capture; where `all` records were checked already, only its quotes.
async fn check_capture(
    tracker: &Tracker,
    capture: &Capture,
    digests_done: bool,
    verification: &mut Verification,
) -> Result<(), PipelineError> {
    let place = format!("{}:{}", capture.location.segment, capture.location.offset);
    let mut problems = Vec::new();
    let held = match &capture.revisit_of {
        Some(id) => tracker
            .store
            .capture(id)
            .await?
            .unwrap_or_else(|| capture.clone()),
        None => capture.clone(),
    };
    let record = match record_of(tracker, &held, verification) {
        Ok(record) => Some(record),
        Err(error) => {
            let finding = Finding::of(Some(capture.id.clone()), place.clone(), &error);
            verification.findings.push(finding);
            None
        }
    };
    if let Some(record) = &record {
        if !digests_done || verification.unread.contains(&held.location.segment) {
            verification.records += 1;
            problems.extend(record.problems().iter().map(ToString::to_string));
        }
        if archive::sha256(&record.payload) != held.payload_sha256 {
            problems.push("the payload's SHA-256 is not the one on record".into());
        }
    }
    for problem in problems {
        let capture = Some(capture.id.clone());
        verification.findings.push(Finding::Record {
            capture,
            place: place.clone(),
            problem,
        });
    }
    // Of a record that cannot be read that is said; it would be no news that no quote stands in it.
    if let Some(record) = record.filter(|_| capture.role == Role::Page) {
        check_quotes(tracker, capture, &held, &record.payload, verification).await?;
    }
    Ok(())
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

async fn check_quotes(
    tracker: &Tracker,
    capture: &Capture,
    held: &Capture,
    payload: &[u8],
    verification: &mut Verification,
) -> Result<(), PipelineError> {
    let mut shown = Vec::new();
    for id in tracker.store.revisions_of_capture(&capture.id).await? {
        if let Some(revision) = tracker.store.revision(&id).await? {
            let quotes = tracker.store.quotes_of(&id, &revision.reading.text).await?;
            shown.push((revision, quotes));
        }
    }
    if shown.iter().all(|(_, quotes)| quotes.is_empty()) {
        return Ok(());
    }
    let cap = usize::try_from(tracker.settings.crawl.max_decoded_bytes).unwrap_or(usize::MAX);
    let decoded = coding::decode(payload, held.content_encoding.as_deref(), cap).unwrap_or_default();
    let letters = Letters::of(&decoded, held.content_type.as_deref());
    for (revision, quotes) in &shown {
        for quote in quotes {
            verification.quotes += 1;
            if let Some(words) = missing(quote, &revision.reading.text, &letters) {
                verification.findings.push(Finding::Quote {
                    quote: quote.id.clone(),
                    revision: revision.id.clone(),
                    capture: capture.id.clone(),
                    words: words.to_string(),
                });
            }
        }
    }
    Ok(())
}

/// The piece of a quote that does not stand in the capture, if there is one.
fn missing<'a>(quote: &QuoteRow, text: &'a str, letters: &Letters) -> Option<&'a str> {
    quote.content.iter().map(|span| span.slice(text)).find(|piece| {
        // A piece that runs over paragraphs may have a picture between them in the page.
        piece.split("\n\n").any(|words| !letters.contain(words))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_not_be_read_is_no_difference_and_says_why() {
        let opened = |kind: std::io::ErrorKind| {
            let error = ArchiveError::Open {
                path: "a.warc.gz".into(),
                source: kind.into(),
            };
            Finding::of(None, "a.warc.gz:0".into(), &error)
        };
        let Finding::Unreadable { problem, .. } = opened(std::io::ErrorKind::PermissionDenied) else {
            panic!("nothing is known of its bytes");
        };
        assert!(problem.contains("permission denied"), "{problem}");
        assert!(!opened(std::io::ErrorKind::PermissionDenied).is_difference());
        assert!(opened(std::io::ErrorKind::NotFound).is_difference());
        let damaged = ArchiveError::Damaged {
            segment: "a.warc.gz".into(),
            offset: 7,
            reason: "no gzip".into(),
        };
        assert!(Finding::of(None, "a.warc.gz:7".into(), &damaged).is_difference());
    }
}
