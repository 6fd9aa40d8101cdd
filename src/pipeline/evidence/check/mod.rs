//! A pack taken apart by whoever doubts it, without the tracker that made it.
//!
//! Each step believes only what the one before it found: the files are those that the pack lists; the records carry the digests
//! of their bytes; the captures are what their records say; the words stand in the payloads, letter by letter; and this program
//! reads the same text, quotes, speakers and days out of them. What another version of the reader wrote may rightly differ, so
//! that is told apart.

mod captures;
mod quotes;
mod readings;

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use super::CLAIMS;
use super::claims::{CaptureClaim, Claims, FORMAT, QuoteClaim, ReadingClaim};
use super::report::{Part, Report};
use super::rules::Rules;
use super::seen::Seen;
use super::versions::{CORRECTIONS, Versions};
use crate::archive::wacz::{self, Files};
use crate::archive::{self, ArchiveError, Record, records_in};
use crate::model::capture::{Capture, RecordLocation};
use crate::pipeline::PipelineError;
use crate::text::json;

/// Quotes, readings and captures that a pack may claim, each quote with some corrections.
const MOST_CLAIMS: usize = 10_000;
/// What is told beside a claim, of what became of its page and of what people say: a pack may claim as much of each of its claims.
const MOST_TOLD: usize = 20;
/// The least status of HTTP that is no page.
const FIRST_ERROR: u16 = 400;
/// Bytes that the captures of a pack may unpack to together, of all that are read: many may refer to one payload.
const MOST_READ: u64 = 4 * wacz::MOST_BYTES;
/// Bytes that are looked through for the words of quotes.
const MOST_LOOKED_THROUGH: u64 = 64 * wacz::MOST_BYTES;

/// Whether something that is to be checked is named as a file is that can be: ids and addresses have no such ends.
pub fn is_file(name: &str) -> bool {
    let ends = [".wacz", ".zip", ".warc.gz"];
    let is_address = name.contains("://");
    !is_address && (ends.iter().any(|end| name.to_lowercase().ends_with(end)) || Path::new(name).is_file())
}

/// Checks a pack, or a WARC file.
pub fn check_file(path: &Path) -> Result<Report, PipelineError> {
    let open = |source| PipelineError::File {
        path: path.display().to_string(),
        source,
    };
    let mut file = File::open(path).map_err(open)?;
    let mut beginning = Vec::new();
    (&mut file).take(2).read_to_end(&mut beginning).map_err(open)?;
    if beginning == [0x1f, 0x8b] {
        return Ok(check_warc(path)?);
    }
    let files = wacz::unpacked(BufReader::new(file)).map_err(|source| PipelineError::Wacz {
        place: path.display().to_string(),
        source,
    })?;
    check_pack(&files)
}

/// Recomputes the digests of a file's records; there is nothing else to compare them with.
fn check_warc(path: &Path) -> Result<Report, ArchiveError> {
    let mut report = Report::default();
    for read in archive::records(path)? {
        match read {
            Ok((place, record)) => report.record(&place, &record),
            Err(ArchiveError::Damaged {
                segment,
                offset,
                reason,
            }) => report.tell(Part::Record, format!("{segment}:{offset}"), reason),
            Err(error) => return Err(error),
        }
    }
    Ok(report)
}

impl Report {
    /// One more record, whose digests are recomputed.
    fn record(&mut self, place: &RecordLocation, record: &Record) {
        self.records += 1;
        for problem in record.problems() {
            let place = format!("{}:{}", place.segment, place.offset);
            self.tell(Part::Record, place, problem.to_string());
        }
    }
}

fn check_pack(files: &Files) -> Result<Report, PipelineError> {
    let (sound, problems) = wacz::problems(files);
    let mut report = Report {
        is_pack: true,
        files: sound,
        ..Report::default()
    };
    for (path, problem) in problems {
        report.tell(Part::File, path, problem);
    }
    let records = pack_records(files, &mut report);
    let Some(claims) = files.get(CLAIMS) else {
        return Ok(report);
    };
    let claims: Claims = json::read(claims).map_err(|error| not_read(CLAIMS, error.to_string()))?;
    if claims.format != FORMAT {
        let reason = format!(
            "its format is {:?}, and this program knows {FORMAT:?}",
            claims.format
        );
        return Err(not_read(CLAIMS, reason));
    }
    let counts = [
        claims.quotes.len(),
        claims.readings.len(),
        claims.captures.len(),
        claims.corrected_by_hand.len(),
        claims.printed_since.len().div_ceil(CORRECTIONS),
    ];
    if counts.into_iter().any(|count| count > MOST_CLAIMS) {
        return Err(not_read(
            CLAIMS,
            format!("it claims more than {MOST_CLAIMS} things of a kind"),
        ));
    }
    let rules = Rules::of(files, claims.heed_noindex)?;
    let mut check = Check::of(files, &claims, &records, &rules, report);
    check.captures();
    check.readings()?;
    check.quotes_of_no_reading();
    check.what_became();
    check.printed_since();
    Ok(check.report)
}

fn not_read(path: &str, reason: String) -> PipelineError {
    PipelineError::Pack {
        path: path.into(),
        reason,
    }
}

/// The records of a pack by their ids, each with its place.
type Records = HashMap<String, (RecordLocation, Record)>;

/// The records of all WARC files of a pack; two of one id are told, since nobody knows which is meant.
fn pack_records(files: &Files, report: &mut Report) -> Records {
    let mut records = Records::new();
    let mut room = wacz::MOST_BYTES;
    for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("archive/")) {
        for read in records_in(path, bytes, room) {
            match read {
                Ok((place, record)) => {
                    report.record(&place, &record);
                    let length = (record.head.len() + record.payload.len()) as u64;
                    room = room.saturating_sub(length);
                    let at = format!("{}:{}", place.segment, place.offset);
                    let id = record.id.clone().unwrap_or_default();
                    if records.insert(id, (place, record)).is_some() {
                        report.tell(Part::Record, at, "another record has the same id");
                    }
                }
                Err((offset, problem)) => report.tell(Part::Record, format!("{path}:{offset}"), problem),
            }
        }
    }
    records
}

/// The check of a pack's claims. What it costs is bounded by what the pack holds, however often it is claimed.
struct Check<'a> {
    files: &'a Files,
    claims: &'a Claims,
    /// The captures that are claimed, by their ids.
    captures: HashMap<&'a str, &'a CaptureClaim>,
    /// The quotes that are claimed, by their readings.
    quotes: HashMap<&'a str, Vec<&'a QuoteClaim>>,
    records: &'a Records,
    rules: &'a Rules,
    /// The files of texts that were looked at.
    texts: HashSet<&'a str>,
    /// The documents of the readings.
    documents: HashSet<&'a str>,
    /// The same as each capture shows them.
    versions: Versions,
    /// The reading of each checked quote.
    checked: Vec<&'a ReadingClaim>,
    /// How many more bytes are read, and looked through for words.
    left_to_read: u64,
    left_to_look_through: u64,
    report: Report,
}

/// A capture that readings are said to be of.
struct Shown {
    row: Capture,
    /// The address that its record says it was answered from.
    answered_from: Option<String>,
    /// What this program sees in it; nothing where its bytes are not in the pack, or cannot be read.
    seen: Option<Seen>,
}

impl<'a> Check<'a> {
    fn of(
        files: &'a Files,
        claims: &'a Claims,
        records: &'a Records,
        rules: &'a Rules,
        report: Report,
    ) -> Self {
        let mut captures: HashMap<&str, &CaptureClaim> = HashMap::new();
        for claim in &claims.captures {
            captures.entry(&claim.capture).or_insert(claim);
        }
        let mut quotes: HashMap<&str, Vec<&QuoteClaim>> = HashMap::new();
        for claim in &claims.quotes {
            quotes.entry(&claim.reading).or_default().push(claim);
        }
        Self {
            files,
            claims,
            captures,
            quotes,
            records,
            rules,
            texts: HashSet::new(),
            documents: claims.readings.iter().map(|it| it.document.as_str()).collect(),
            versions: Versions::default(),
            checked: Vec::new(),
            left_to_read: MOST_READ,
            left_to_look_through: MOST_LOOKED_THROUGH,
            report,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_from_ids_and_addresses() {
        for name in ["a.wacz", "folder/B.ZIP", "c.warc.gz"] {
            assert!(is_file(name), "{name}");
        }
        for name in [
            "qabcdefghijklmnop",
            "urn:uuid:0190a1b2-0000-7000-8000-000000000000",
            "https://hall.example/report.zip",
            "hall.example/orders/7",
        ] {
            assert!(!is_file(name), "{name}");
        }
    }
}
