//! A pack taken apart by whoever doubts it, without the tracker that made it.
//!
//! Each step believes only what the one before it found: the files are those that the pack lists; the records carry the digests
//! of their bytes; the captures are what their records say; the words stand in the payloads, letter by letter; and this program
//! reads the same text, quotes, speakers and days out of them. What another version of the reader wrote may rightly differ, so
//! that is told apart.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufReader, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::CLAIMS;
use super::claims::{ByHandClaim, CaptureClaim, Claims, FORMAT, QuoteClaim, ReadingClaim};
use super::report::{CheckedClaim, Part, Report, Unlike};
use super::rules::{Rules, text};
use super::seen::Seen;
use super::versions::Versions;
use crate::archive::wacz::{self, Files};
use crate::archive::{self, ArchiveError, Record, RecordKind, records_in, sha256};
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
use crate::text::json;
use crate::text::lines::CodePoints;

/// Quotes, readings and captures that a pack may claim.
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

    /// Each capture beside its record.
    fn captures(&mut self) {
        for claim in &self.claims.captures {
            for problem in self.capture(claim) {
                self.report.tell(Part::Capture, &claim.capture, problem);
            }
        }
        self.unclaimed();
    }

    /// Answers that lie in the pack though no claim names them: what they show of a page nobody is told.
    fn unclaimed(&mut self) {
        let records = self.records.iter();
        let unclaimed = records.filter(|(id, (_, record))| {
            let is_answer = matches!(record.kind, RecordKind::Response | RecordKind::Revisit);
            is_answer && !self.captures.contains_key(id.as_str())
        });
        let mut places: Vec<String> = unclaimed
            .map(|(_, (place, _))| format!("{}:{}", place.segment, place.offset))
            .collect();
        places.sort();
        for place in places {
            self.report.tell(
                Part::Record,
                place,
                "an answer that no claim names: what it shows is not read",
            );
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
    fn held(&self, row: &Capture) -> Option<(Capture, &'a Record)> {
        let id = row.revisit_of.as_ref().unwrap_or(&row.id);
        let claim = self.captures.get(id.as_str())?;
        let (_, record) = self.records.get(id.as_str())?;
        Some((archived::as_archived(&claim.row().ok()?, record), record))
    }

    /// The readings, those of one capture together: it is read once, however many texts are said to stand in it.
    fn readings(&mut self) -> Result<(), PipelineError> {
        let mut order: Vec<&str> = Vec::new();
        let mut of_captures: HashMap<&str, Vec<&'a ReadingClaim>> = HashMap::new();
        for reading in &self.claims.readings {
            let of_capture = of_captures.entry(&reading.capture).or_default();
            if of_capture.is_empty() {
                order.push(&reading.capture);
            }
            of_capture.push(reading);
        }
        for capture in order {
            let shown = self.shown(capture);
            if let Some(Shown {
                row,
                seen: Some(seen),
                ..
            }) = &shown
            {
                self.keep_version(row, seen);
            }
            for reading in &of_captures[capture] {
                self.reading(reading, shown.as_ref())?;
            }
        }
        Ok(())
    }

    /// Keeps what a capture shows of the documents that readings are of.
    fn keep_version(&mut self, row: &Capture, seen: &Seen) {
        let is_kept = (self.versions).keep(row.id.as_str(), row.observed_at(), seen, &self.documents);
        if !is_kept {
            let problem = "its quotes are not compared with those of other captures: the pack has too many";
            self.report.tell(Part::Capture, row.id.as_str(), problem);
        }
    }

    /// Reads the captures of pages that no reading is cited from, and tells beside each quote what its page said before and later.
    fn what_became(&mut self) {
        let cited: HashSet<&str> = self
            .claims
            .readings
            .iter()
            .map(|it| it.capture.as_str())
            .collect();
        let claims = self.claims.captures.iter();
        let others =
            claims.filter(|claim| claim.status < FIRST_ERROR && !cited.contains(claim.capture.as_str()));
        for claim in others {
            let Ok(row) = claim.row() else { continue };
            if let Some(seen) = self.seen(&row) {
                self.keep_version(&row, &seen);
            }
        }
        for (at, reading) in std::mem::take(&mut self.checked).into_iter().enumerate() {
            let document = DocumentId::new(reading.document.as_str());
            let quote = self.report.claims[at].quote.clone();
            let mut became = self.versions.became(&document, &reading.capture, &quote);
            became.extend(self.told_by_the_pack(reading, &document));
            became.truncate(MOST_TOLD);
            self.report.claims[at].became = became;
        }
    }

    /// A capture as readings need it; nothing where it is not in the pack.
    fn shown(&mut self, id: &str) -> Option<Shown> {
        let row = self.captures.get(id)?.row().ok()?;
        let record = self.records.get(id);
        Some(Shown {
            answered_from: record.map(|(_, record)| archived::as_archived(&row, record).url),
            seen: self.seen(&row),
            row,
        })
    }

    /// A reading beside the text in the pack and the one that is read out of its capture now, and its quotes.
    fn reading(&mut self, reading: &'a ReadingClaim, shown: Option<&Shown>) -> Result<(), PipelineError> {
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
        if !self.texts.insert(&reading.text) {
            let problem = "its text is said to be that of another reading as well";
            self.report.tell(Part::Reading, id, problem);
            return Ok(());
        }
        if sha256(bytes) != reading.text_sha256 {
            let problem = format!("the SHA-256 of {} is not the one claimed", reading.text);
            self.report.tell(Part::Reading, id, problem);
        }
        let text = text(&reading.text, bytes)?;
        let Some(shown) = shown else {
            self.report
                .tell(Part::Reading, id, "its capture is not in the pack");
            return Ok(());
        };
        if reading.captured_at != shown.row.observed_at().to_string() {
            let problem = "it is not of the time at which its capture was made";
            self.report.tell(Part::Reading, id, problem);
        }
        let known = self.report.unlike.len();
        self.beside_reading(reading, &text, shown.seen.as_ref());
        let is_read_so = self.report.unlike.len() == known;
        self.quotes_of(reading, &text, shown, is_read_so);
        Ok(())
    }

    /// The quotes that are claimed of a reading.
    fn quotes_of(&mut self, reading: &'a ReadingClaim, text: &str, shown: &Shown, is_read_so: bool) {
        let quotes = self
            .quotes
            .get(reading.reading.as_str())
            .cloned()
            .unwrap_or_default();
        let letters = shown.seen.as_ref().map_or(0, |seen| seen.letters.bytes() as u64);
        let cost = letters.saturating_mul(quotes.len() as u64);
        let Some(left) = self.left_to_look_through.checked_sub(cost) else {
            let problem = "its quotes are not looked for: they are too many for a page of this length";
            self.report.tell(Part::Reading, &reading.reading, problem);
            return;
        };
        self.left_to_look_through = left;
        let points = CodePoints::of(text);
        for quote in quotes {
            self.quote(quote, reading, (text, &points), shown, is_read_so);
        }
    }

    /// What this program sees in a capture; nothing where its bytes are not in the pack, or cannot be read.
    fn seen(&mut self, row: &Capture) -> Option<Seen> {
        let (_, own) = self.records.get(row.id.as_str())?;
        let capture = archived::as_archived(row, own);
        let (held, record) = self.held(row)?;
        let reader = self.rules.reader();
        let left = self.left_to_read;
        let see = || {
            let cap = usize::try_from(reader.settings.max_decoded_bytes).unwrap_or(usize::MAX);
            let decoded = coding::decode(&record.payload, held.content_encoding.as_deref(), cap);
            // What cannot be decoded may cost as much as the largest that can.
            let cost = decoded.as_ref().map_or(cap, |decoded| decoded.len());
            let left = left.checked_sub(cost as u64)?;
            let letters = Letters::of(&decoded.unwrap_or_default(), held.content_type.as_deref());
            let read = read_again(reader, &capture, &held, record.clone(), &own.head);
            Some((left, Seen::of(letters, read, &row.id)))
        };
        // A page that makes a reader panic is one that cannot be read.
        match catch_unwind(AssertUnwindSafe(see)).ok()? {
            Some((left, seen)) => {
                self.left_to_read = left;
                Some(seen)
            }
            None => {
                let problem = format!("it is not read: the captures unpack to more than {MOST_READ} bytes");
                self.report.tell(Part::Capture, row.id.as_str(), problem);
                None
            }
        }
    }

    /// A reading beside what is read out of its capture now.
    fn beside_reading(&mut self, reading: &ReadingClaim, text: &str, seen: Option<&Seen>) {
        let problem = match seen.map(|seen| seen.document_of(reading)) {
            None => "its capture cannot be read".to_string(),
            Some(None) => "nothing of its address is read out of the capture".into(),
            Some(Some(now)) => {
                if now.digest == reading.digest && now.text == text && now.headline == reading.headline {
                    let is_told_by = |method: &String| now.published_by.as_ref() == Some(method);
                    if now.published != reading.published {
                        "its time of publication is not the one that is read out of the capture".into()
                    } else if !reading.published_by.iter().all(is_told_by) {
                        "its time of publication is not told by the place that is claimed".into()
                    } else {
                        return;
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
        reading: &'a ReadingClaim,
        (text, points): (&str, &CodePoints),
        shown: &Shown,
        is_reading_so: bool,
    ) {
        let seen = shown.seen.as_ref();
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
        let now = seen.and_then(|seen| seen.document_of(reading));
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
            said: claim.said_in_words(reading.published_by.as_deref()),
            address: reading.address.clone(),
            answered_from: shown.answered_from.clone().filter(|url| *url != reading.address),
            captured_at: reading.captured_at.clone(),
            stands,
            is_read_so,
            by_hand: by_hand.take(MOST_TOLD).map(ByHandClaim::in_words).collect(),
            became: Vec::new(),
        });
        self.checked.push(reading);
    }

    /// What a pack says of what became of a page behind a reading, where nothing that this program reads tells it: as what the pack
    /// says.
    fn told_by_the_pack(&self, reading: &ReadingClaim, document: &DocumentId) -> Vec<String> {
        let is_alone = self
            .claims
            .readings
            .iter()
            .all(|other| other.address == reading.address);
        let captures = self.claims.captures.iter();
        let of_page = captures.filter(|capture| {
            let address = capture.known_as.as_ref().unwrap_or(&capture.address);
            capture.capture != reading.capture && (is_alone || *address == reading.address)
        });
        let told = of_page.filter_map(|capture| {
            let is = |reason: &str| capture.is.iter().any(|it| it == reason);
            let at = &capture.fetched_at;
            match () {
                () if is("absent") && capture.status >= FIRST_ERROR => Some(format!(
                    "the page answered HTTP {} at {at}; that it was not seen again is what the pack says",
                    capture.status
                )),
                () if is("changed") && !self.versions.has(document, &capture.capture) => Some(format!(
                    "the pack says that the page was edited: that its capture of {at} has a claimed quote in other words, of somebody else, \
                     or not at all"
                )),
                () => None,
            }
        });
        told.take(MOST_TOLD).collect()
    }

    /// Quotes that are claimed of a reading that is not there.
    fn quotes_of_no_reading(&mut self) {
        let readings: HashSet<&str> = self
            .claims
            .readings
            .iter()
            .map(|it| it.reading.as_str())
            .collect();
        for quote in &self.claims.quotes {
            if !readings.contains(quote.reading.as_str()) {
                let problem = "the reading that it stands in is not in the pack";
                self.report.tell(Part::Quote, &quote.quote, problem);
            }
        }
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
