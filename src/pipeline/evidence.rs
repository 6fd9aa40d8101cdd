//! The evidence of one quote, for somebody who has no tracker: the archived answer as it came, and a claim of what stands in
//! it. Whether it does is checked of these two files alone, by whoever wants to.

use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::verify::capture_of;
use super::{PipelineError, QuoteInPlace, Tracker};
use crate::archive::{self, Record};
use crate::extract::letters::Letters;
use crate::fetch::coding;
use crate::model::capture::{Capture, RecordLocation};
use crate::model::id::CaptureId;

/// The file that holds the records.
pub const RECORDS: &str = "record.warc.gz";
/// The file that says what stands in them.
pub const CLAIM: &str = "claim.json";

/// The most that an answer may unpack to.
const MOST_BYTES: usize = 256 << 20;

/// What is said of a quote, and of the answer it stands in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The quote's id.
    pub quote: String,
    /// The words as they stand in the answer, piece by piece: a cue may interrupt them.
    pub pieces: Vec<String>,
    /// Whose words they are said to be.
    pub speaker: Option<String>,
    /// The days they were said, as EDTF.
    pub said: Option<String>,
    /// The rule that gave the days.
    pub said_rule: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: String,
    /// The address that answered.
    pub url: String,
    /// When it was asked.
    pub captured_at: Timestamp,
    /// The record of the answer.
    pub record: String,
    /// The record that holds its payload, where that came before.
    pub payload_record: Option<String>,
    /// The SHA-256 of the payload as it came.
    pub payload_sha256: String,
    /// What read it.
    pub read_by: String,
}

/// The evidence of a quote.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// What is claimed.
    pub claim: Claim,
    /// The records, as they lie in the archive.
    pub records: Vec<u8>,
}

/// The evidence of a quote; nothing where no capture of it is on record.
pub async fn evidence(tracker: &Tracker, quote: &QuoteInPlace) -> Result<Option<Evidence>, PipelineError> {
    let store = &tracker.store;
    let Some(capture) = store.capture(&quote.revision.capture).await? else {
        return Ok(None);
    };
    let original: Option<Capture> = match &capture.revisit_of {
        Some(id) => store.capture(id).await?,
        None => None,
    };
    let mut records = Vec::new();
    for one in original.iter().chain([&capture]) {
        records.extend(archive::member(&tracker.workspace.archive(), &one.location)?);
    }
    let (row, text) = (quote.row(), &quote.revision.reading.text);
    let claim = Claim {
        quote: row.id.to_string(),
        pieces: row
            .content
            .iter()
            .map(|span| span.slice(text).to_owned())
            .collect(),
        speaker: row.speaker_name.clone(),
        said: row.said.as_ref().map(|said| said.edtf.clone()),
        said_rule: row.said_rule.clone(),
        title: quote.revision.reading.title.clone(),
        publisher: tracker.publisher(&capture.source).name,
        url: capture.url.clone(),
        captured_at: capture.fetched_at,
        record: urn(&capture.id),
        payload_record: original.map(|original| urn(&original.id)),
        payload_sha256: capture.payload_sha256.clone(),
        read_by: format!("Onrecord {}", env!("CARGO_PKG_VERSION")),
    };
    Ok(Some(Evidence { claim, records }))
}

fn urn(id: &CaptureId) -> String {
    format!("urn:uuid:{id}")
}

/// What is not as it should be with evidence in a folder, in words; nothing where all that is claimed stands there.
pub fn check_evidence(folder: &Path) -> Result<(Claim, Vec<String>), EvidenceError> {
    let path = folder.join(CLAIM);
    let claim = std::fs::read(&path).map_err(|source| EvidenceError::Read {
        path: path.display().to_string(),
        source,
    })?;
    let claim: Claim = serde_json::from_slice(&claim).map_err(EvidenceError::Claim)?;
    let mut problems = Vec::new();
    let mut records: Vec<(RecordLocation, Record)> = Vec::new();
    for item in archive::records(&folder.join(RECORDS))? {
        match item {
            Ok(read) => records.push(read),
            Err(error) => problems.push(super::in_words(&error)),
        }
    }
    for (location, record) in &records {
        let found = record.problems().into_iter();
        problems.extend(found.map(|problem| format!("record at byte {}: {problem}", location.offset)));
    }
    problems.extend(unfounded(&claim, &records));
    Ok((claim, problems))
}

/// What of a claim the records do not bear out.
fn unfounded(claim: &Claim, records: &[(RecordLocation, Record)]) -> Vec<String> {
    let of = |urn: &str| {
        let id = urn.strip_prefix("urn:uuid:").unwrap_or(urn);
        records
            .iter()
            .find(|(_, record)| record.id.as_deref() == Some(id))
    };
    let payload = claim.payload_record.as_deref().unwrap_or(&claim.record);
    let Some((own, held)) = of(&claim.record).zip(of(payload)) else {
        return vec![format!("there is no record {}", claim.record)];
    };
    let Some(capture) = capture_of(&own.1, own.0.clone()) else {
        return vec![format!("{} is no answer of a site", claim.record)];
    };
    let holder = capture_of(&held.1, held.0.clone());
    let mut unfounded = Vec::new();
    let mut unless = |is_so: bool, what: String| {
        if !is_so {
            unfounded.push(what);
        }
    };
    unless(
        capture.url == claim.url,
        format!("the record is of {}", capture.url),
    );
    let is_then = capture.fetched_at.as_second() == claim.captured_at.as_second();
    unless(is_then, format!("the record was made at {}", capture.fetched_at));
    let digest = archive::sha256(&held.1.payload);
    unless(
        digest == claim.payload_sha256,
        format!("the payload’s SHA-256 is {digest}"),
    );
    let (coding, kind) = holder.map_or((None, None), |it| (it.content_encoding, it.content_type));
    let decoded = coding::decode(&held.1.payload, coding.as_deref(), MOST_BYTES).unwrap_or_default();
    let letters = Letters::of(&decoded, kind.as_deref());
    for piece in claim.pieces.iter().flat_map(|piece| piece.split("\n\n")) {
        unless(
            letters.contain(piece),
            format!("the answer does not have the words “{piece}”"),
        );
    }
    unfounded
}

/// Why evidence cannot be checked.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// Its claim cannot be had.
    #[error("cannot read {path}")]
    Read {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// Its claim says nothing that is understood.
    #[error("{CLAIM} is no claim of a quote")]
    Claim(#[source] serde_json::Error),
    /// Its records cannot be had.
    #[error(transparent)]
    Records(#[from] archive::ArchiveError),
}
