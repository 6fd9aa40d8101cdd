//! A pack taken apart by whoever doubts it, without the tracker that made it.
//!
//! Each step believes only what the one before it found: the files are those that the pack lists; the records carry the digests
//! of their bytes; the captures are what their records say; the words stand in the payloads, letter by letter; and this program
//! reads the same text, quotes, speakers and days out of them. What another version of the reader wrote may rightly differ, so
//! that is told apart.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::CLAIMS;
use super::claims::{ByHandClaim, CaptureClaim, Claims, FORMAT, QuoteClaim, ReadingClaim};
use super::rules::{Rules, text};
use crate::archive::wacz::{self, Files};
use crate::archive::{self, ArchiveError, Record, records_in, sha256};
use crate::extract::letters::Letters;
use crate::fetch::coding;
use crate::model::capture::{Capture, RecordLocation};
use crate::model::id::{CaptureId, DocumentId, RevisionId};
use crate::model::quote::words_of;
use crate::model::span::Span;
use crate::pipeline::PipelineError;
use crate::pipeline::process::read_again;
use crate::pipeline::tracker::version;
use crate::pipeline::verify::{archived, missing};
use crate::store::{ReadCapture, digest_of, rows_of};
use crate::text::lines::CodePoints;

/// Quotes, readings and captures that a pack may claim: each is looked for among the others.
const MOST_CLAIMS: usize = 10_000;

/// What the check of a file found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Whether it is a pack; else it is a WARC file, of which only digests can be checked.
    pub is_pack: bool,
    /// Files that are as the pack lists them.
    pub files: u64,
    /// Records whose digests were recomputed.
    pub records: u64,
    /// The quotes that are claimed, with what was found of each.
    pub claims: Vec<CheckedClaim>,
    /// What is not as it should be, or could not be checked.
    pub unlike: Vec<Unlike>,
}

/// A quote of a pack.
#[derive(Clone, Debug)]
pub struct CheckedClaim {
    /// Its id.
    pub quote: String,
    /// Its words.
    pub words: String,
    /// Who is said to have said them.
    pub speaker: Option<String>,
    /// The words that name him beside the quote, where they are others: whose name that is rests on the pack's list of speakers.
    pub printed: Option<String>,
    /// The days they are said to have been said on (EDTF).
    pub said: Option<String>,
    /// The address of the document.
    pub address: String,
    /// The address that the record says it was answered from, where that is another one.
    pub answered_from: Option<String>,
    /// When it was captured.
    pub captured_at: String,
    /// Whether the words stand in the archived bytes.
    pub stands: bool,
    /// Whether this program reads the quote so.
    pub is_read_so: bool,
    /// What people say of it, in words: no record proves that.
    pub by_hand: Vec<String>,
    /// What became of its page later, in words.
    pub became: Vec<String>,
}

/// Something that is not as it is claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlike {
    /// What it is of.
    pub part: Part,
    /// The file, the record's place, or the id.
    pub id: String,
    /// What is wrong.
    pub problem: String,
    /// Whether it differs; else it cannot be told by this program.
    pub is_difference: bool,
}

/// What something is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A file of the pack.
    File,
    /// A WARC record.
    Record,
    /// A capture.
    Capture,
    /// A text as it was read.
    Reading,
    /// A quote.
    Quote,
}

impl Part {
    /// The name used in messages and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Part::File => "file",
            Part::Record => "record",
            Part::Capture => "capture",
            Part::Reading => "reading",
            Part::Quote => "quote",
        }
    }
}

impl Report {
    fn tell(&mut self, part: Part, id: impl Into<String>, problem: impl Into<String>) {
        self.unlike.push(Unlike {
            part,
            id: id.into(),
            problem: problem.into(),
            is_difference: true,
        });
    }
}

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
    let claims: Claims =
        serde_json::from_slice(claims).map_err(|error| not_read(CLAIMS, error.to_string()))?;
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
    ];
    if counts.into_iter().any(|count| count > MOST_CLAIMS) {
        return Err(not_read(
            CLAIMS,
            format!("it claims more than {MOST_CLAIMS} things of a kind"),
        ));
    }
    let rules = Rules::of(files, claims.heed_noindex)?;
    let mut check = Check {
        files,
        claims: &claims,
        records: &records,
        rules: &rules,
        report,
    };
    check.captures();
    for reading in &claims.readings {
        check.reading(reading)?;
    }
    check.quotes_of_no_reading();
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

/// The check of a pack's claims.
struct Check<'a> {
    files: &'a Files,
    claims: &'a Claims,
    records: &'a Records,
    rules: &'a Rules,
    report: Report,
}

impl Check<'_> {
    /// Each capture beside its record.
    fn captures(&mut self) {
        for claim in &self.claims.captures {
            for problem in self.capture(claim) {
                self.report.tell(Part::Capture, &claim.capture, problem);
            }
        }
    }

    /// In what a capture is not what its record says.
    fn capture(&self, claim: &CaptureClaim) -> Vec<String> {
        let row = match claim.row() {
            Ok(row) => row,
            Err(field) => return vec![format!("its {field} is none")],
        };
        let Some((place, record)) = self.records.get(&claim.capture) else {
            return vec!["its record is not in the pack".into()];
        };
        let own = archived::as_archived(&row, record);
        let mut problems = archived::differences(&row, &own);
        if *place != row.location || claim.record != format!("<urn:uuid:{}>", claim.capture) {
            problems.push("its record does not lie where it is said to".into());
        }
        match self.held(&row) {
            None => problems.push("the record that holds its payload is not in the pack".into()),
            Some((_, held)) => {
                if sha256(&held.payload) != claim.payload_sha256 {
                    problems.push("the payload's SHA-256 is not the one claimed".into());
                }
                if held.payload.len() as u64 != claim.payload_bytes {
                    problems.push("the payload is not as long as claimed".into());
                }
            }
        }
        problems
    }

    /// The capture and the record that hold a capture's payload.
    fn held(&self, row: &Capture) -> Option<(Capture, &Record)> {
        let id = row.revisit_of.as_ref().unwrap_or(&row.id);
        let claim = self
            .claims
            .captures
            .iter()
            .find(|claim| claim.capture == id.as_str())?;
        let (_, record) = self.records.get(id.as_str())?;
        Some((archived::as_archived(&claim.row().ok()?, record), record))
    }

    /// A reading beside the text in the pack and the one that is read out of its capture now, and its quotes.
    fn reading(&mut self, reading: &ReadingClaim) -> Result<(), PipelineError> {
        let id = &reading.reading;
        let document = DocumentId::derive(&reading.address);
        let capture = CaptureId::new(reading.capture.clone());
        if document.as_str() != reading.document || RevisionId::derive(&document, &capture).as_str() != id {
            let problem = "its id is not that of its address and its capture";
            self.report.tell(Part::Reading, id, problem);
        }
        let Some(bytes) = self.files.get(&reading.text) else {
            self.report.tell(Part::Reading, id, "its text is not in the pack");
            return Ok(());
        };
        if sha256(bytes) != reading.text_sha256 {
            let problem = format!("the SHA-256 of {} is not the one claimed", reading.text);
            self.report.tell(Part::Reading, id, problem);
        }
        let text = text(&reading.text, bytes)?;
        let claim = self
            .claims
            .captures
            .iter()
            .find(|claim| claim.capture == reading.capture);
        let Some(row) = claim.and_then(|claim| claim.row().ok()) else {
            self.report
                .tell(Part::Reading, id, "its capture is not in the pack");
            return Ok(());
        };
        if reading.captured_at != row.observed_at().to_string() {
            let problem = "it is not of the time at which its capture was made";
            self.report.tell(Part::Reading, id, problem);
        }
        let points = CodePoints::of(&text);
        let seen = self.seen(reading, &row);
        let known = self.report.unlike.len();
        self.beside_reading(reading, &text, seen.as_ref());
        let is_read_so = self.report.unlike.len() == known;
        for quote in self.claims.quotes.iter().filter(|quote| quote.reading == *id) {
            self.quote(
                quote,
                reading,
                (text.as_str(), &points),
                seen.as_ref(),
                is_read_so,
            );
        }
        Ok(())
    }

    /// What this program sees in the capture of a reading; nothing where its bytes are not in the pack.
    fn seen(&self, reading: &ReadingClaim, row: &Capture) -> Option<Seen> {
        let (_, own) = self.records.get(row.id.as_str())?;
        let capture = archived::as_archived(row, own);
        let (held, record) = self.held(row)?;
        let reader = self.rules.reader();
        let see = || {
            let cap = usize::try_from(reader.settings.max_decoded_bytes).unwrap_or(usize::MAX);
            let decoded = coding::decode(&record.payload, held.content_encoding.as_deref(), cap);
            let letters = Letters::of(&decoded.unwrap_or_default(), held.content_type.as_deref());
            let read = read_again(reader, &capture, &held, record.clone(), &own.head);
            Seen::of(letters, read, reading)
        };
        // A page that makes a reader panic is one that cannot be read.
        catch_unwind(AssertUnwindSafe(see)).ok()
    }

    /// A reading beside what is read out of its capture now.
    fn beside_reading(&mut self, reading: &ReadingClaim, text: &str, seen: Option<&Seen>) {
        let problem = match seen {
            None => "its capture cannot be read".to_string(),
            Some(Seen { document: None, .. }) => "nothing of its address is read out of the capture".into(),
            Some(Seen {
                document: Some(now), ..
            }) => {
                if now.digest == reading.digest && now.text == text && now.headline == reading.headline {
                    match now.published == reading.published {
                        true => return,
                        false => {
                            "its time of publication is not the one that is read out of the capture".into()
                        }
                    }
                } else {
                    "its headline or text is not the one that is read out of the capture".into()
                }
            }
        };
        self.unlike_now(Part::Reading, &reading.reading, problem, &reading.reader);
    }

    /// Tells of what this program reads otherwise: a difference only where the same reader wrote it.
    fn unlike_now(&mut self, part: Part, id: &str, problem: String, reader: &str) {
        let is_ours = is_ours(reader);
        let problem = match is_ours {
            true => problem,
            false => format!(
                "{problem}; it was read by {reader:?}, and this program is {:?}",
                version()
            ),
        };
        self.report.unlike.push(Unlike {
            part,
            id: id.into(),
            problem,
            is_difference: is_ours,
        });
    }

    /// A quote beside its text, the payload's letters, and what is read out of the capture now.
    fn quote(
        &mut self,
        claim: &QuoteClaim,
        reading: &ReadingClaim,
        (text, points): (&str, &CodePoints),
        seen: Option<&Seen>,
        is_reading_so: bool,
    ) {
        let stands = match content(claim, text, points) {
            Err(problem) => {
                self.report.tell(Part::Quote, &claim.quote, problem);
                false
            }
            Ok(content) => {
                let lost = seen.map(|seen| missing(&content, text, &seen.letters));
                if let Some(Some(words)) = lost {
                    let problem = format!("not found in the archived bytes: “{words}”");
                    self.report.tell(Part::Quote, &claim.quote, problem);
                }
                // Of a text that is not read so, places of single words might be picked from all over the page.
                let is_whole = || seen.is_some_and(|seen| seen.letters.contain(&claim.words));
                lost == Some(None) && (is_reading_so || is_whole())
            }
        };
        let now = seen.and_then(|seen| seen.document.as_ref());
        let problems = match now {
            Some(now) if is_reading_so => unlike(claim, now.quotes.get(&claim.quote)),
            // That the text is another is told already.
            _ => Vec::new(),
        };
        let is_read_so = is_reading_so && now.is_some() && problems.is_empty();
        for problem in problems {
            self.unlike_now(Part::Quote, &claim.quote, problem, &reading.reader);
        }
        let speaker = claim.speaker.as_ref();
        let printed = speaker.and_then(|speaker| Some(speaker.printed.as_ref()?.words.clone()));
        let name = speaker
            .and_then(|speaker| speaker.name.clone())
            .or_else(|| printed.clone());
        let by_hand = self.claims.corrected_by_hand.iter();
        let by_hand = by_hand.filter(|told| told.quote == claim.quote);
        self.report.claims.push(CheckedClaim {
            quote: claim.quote.clone(),
            words: claim.words.clone(),
            printed: printed.clone().filter(|_| name != printed),
            speaker: name,
            said: claim.said.as_ref().map(|said| said.edtf.clone()),
            address: reading.address.clone(),
            answered_from: self.answered_from(reading).filter(|url| *url != reading.address),
            captured_at: reading.captured_at.clone(),
            stands,
            is_read_so,
            by_hand: by_hand.map(ByHandClaim::in_words).collect(),
            became: self.became(reading),
        });
    }

    /// What became of a page behind a reading, by the other captures that a pack has of it.
    fn became(&self, reading: &ReadingClaim) -> Vec<String> {
        let is_alone = self
            .claims
            .readings
            .iter()
            .all(|other| other.address == reading.address);
        let captures = self.claims.captures.iter();
        let of_page = captures.filter(|capture| {
            let address = capture.known_as.as_ref().unwrap_or(&capture.address);
            is_alone || *address == reading.address
        });
        let told = of_page.filter_map(|capture| {
            let is = |reason: &str| capture.is.iter().any(|it| it == reason);
            let at = &capture.fetched_at;
            match () {
                () if is("absent") => Some(format!(
                    "the page answered HTTP {} at {at} and was not seen again",
                    capture.status
                )),
                () if is("changed") => Some(format!(
                    "the page was edited: its capture of {at} has a claimed quote in other words, of somebody else, or not at all"
                )),
                () => None,
            }
        });
        told.collect()
    }

    /// The address that the record of a reading's capture says it was answered from.
    fn answered_from(&self, reading: &ReadingClaim) -> Option<String> {
        let claims = &self.claims.captures;
        let claim = claims.iter().find(|claim| claim.capture == reading.capture)?;
        let (_, record) = self.records.get(&reading.capture)?;
        Some(archived::as_archived(&claim.row().ok()?, record).url)
    }

    /// Quotes that are claimed of a reading that is not there.
    fn quotes_of_no_reading(&mut self) {
        for quote in &self.claims.quotes {
            let is_its = |reading: &ReadingClaim| reading.reading == quote.reading;
            if !self.claims.readings.iter().any(is_its) {
                let problem = "the reading that it stands in is not in the pack";
                self.report.tell(Part::Quote, &quote.quote, problem);
            }
        }
    }
}

/// What this program sees in a capture.
struct Seen {
    /// The letters of the payload, whoever reads it.
    letters: Letters,
    /// The document as it is read now.
    document: Option<ReadNow>,
}

/// A document as this program reads it.
struct ReadNow {
    headline: Option<String>,
    published: Option<String>,
    text: String,
    digest: String,
    /// Its quotes by their ids.
    quotes: HashMap<String, QuoteClaim>,
}

impl Seen {
    fn of(letters: Letters, read: Option<ReadCapture>, reading: &ReadingClaim) -> Self {
        let documents = read.map(|read| read.documents).unwrap_or_default();
        let document = documents
            .into_iter()
            .find(|document| DocumentId::derive(&document.url).as_str() == reading.document);
        let document = document.map(|document| {
            let revision = RevisionId::new(reading.reading.clone());
            let rows = rows_of(&revision, &document).quotes;
            let points = CodePoints::of(&document.reading.text);
            let quotes = rows.iter().map(|row| {
                let claim = QuoteClaim::of(row, &document.reading.text, &points);
                (claim.quote.clone(), claim)
            });
            let published = document.reading.published.as_ref();
            ReadNow {
                quotes: quotes.collect(),
                headline: document.reading.title.clone(),
                published: published.map(|stated| stated.moment.to_string()),
                digest: digest_of(&document.reading),
                text: document.reading.text,
            }
        });
        Self { letters, document }
    }
}

/// Whether a reader is of this program's version, however it was configured.
fn is_ours(reader: &str) -> bool {
    let rest = reader.strip_prefix(&version());
    rest.is_some_and(|rest| rest.starts_with(' '))
}

/// The stretches of a quote's words in its text; the error is what of it does not stand where it is said to.
fn content(claim: &QuoteClaim, text: &str, points: &CodePoints) -> Result<Vec<Span>, String> {
    let places = claim.places.iter().map(|place| place.within(text, points));
    let content: Option<Vec<Span>> = places.collect();
    let content = content.filter(|content| !content.is_empty());
    let content = content.ok_or("its places are none in its text")?;
    let there = words_of(&content, text);
    if there != claim.words {
        return Err(format!(
            "its words are “{}”, and in its places stands “{there}”",
            claim.words
        ));
    }
    for printed in claim.printed() {
        let there = printed.place.within(text, points).map(|span| span.slice(text));
        if there != Some(printed.words.as_str()) {
            return Err(format!("“{}” does not stand where it is said to", printed.words));
        }
    }
    Ok(content)
}

/// In what a quote is not as it is read now.
fn unlike(claim: &QuoteClaim, now: Option<&QuoteClaim>) -> Vec<String> {
    let Some(now) = now else {
        return vec!["no such quote is read out of the capture".into()];
    };
    let speaker = |claim: &QuoteClaim| match &claim.speaker {
        None => "nobody".to_string(),
        Some(speaker) => {
            let printed = speaker.printed.as_ref().map(|printed| printed.words.as_str());
            let name = speaker.name.as_deref().or(printed).unwrap_or("nobody");
            format!("{name} ({})", speaker.id.as_deref().unwrap_or("without an id"))
        }
    };
    let said = |claim: &QuoteClaim| match &claim.said {
        None => "none".to_string(),
        Some(said) => format!("{} ({} to {})", said.edtf, said.earliest, said.latest),
    };
    let facts = [
        ("words", claim.words.clone(), now.words.clone()),
        ("speaker", speaker(claim), speaker(now)),
        ("day", said(claim), said(now)),
        ("kind", claim.kind.clone(), now.kind.clone()),
    ];
    let facts = facts.into_iter().filter(|(_, claimed, read)| claimed != read);
    let mut problems: Vec<String> = facts
        .map(|(what, claimed, read)| {
            format!("its {what} is claimed to be “{claimed}”, and is read as “{read}”")
        })
        .collect();
    if problems.is_empty() && claim != now {
        problems.push(
            "its places in the text, or the rules that are named, are not those of what is read".into(),
        );
    }
    problems
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
