//! What was gathered, written down as the files of a pack.

use serde_json::json;

use super::claims::{
    ByHandClaim, CaptureClaim, Claims, FORMAT, PrintedSinceClaim, QuoteClaim, ReadingClaim, SourceClaim,
};
use super::gather::{Gathered, PrintedSince, Reading, Reason};
use super::records::{Records, records};
use super::{CLAIMS, PipelineError, RECORDS, Tracker, rules, text_path};
use crate::archive::wacz::{self, About, Files};
use crate::archive::{cdx, sha256};
use crate::model::capture::Capture;
use crate::model::id::CaptureId;
use crate::store::digest_of;
use crate::text::lines::CodePoints;

/// What the pack says of itself in words.
const README: &str = include_str!("readme.txt");

/// The bytes of the pack.
pub(super) fn written(tracker: &Tracker, gathered: &Gathered) -> Result<Vec<u8>, PipelineError> {
    let captures: Vec<&Capture> = gathered.captures.values().map(|(capture, _)| capture).collect();
    let records = records(&tracker.workspace.archive(), &captures)?;
    let claims = claims(tracker, gathered, &records);
    let mut files = rules::files(tracker, gathered)?;
    for reading in &gathered.readings {
        let text = reading.revision.reading.text.clone().into_bytes();
        files.insert(text_path(reading.revision.id.as_str()), text);
    }
    let what = what(&claims);
    files.insert("README.txt".into(), README.replace("{what}", &what).into_bytes());
    files.insert(CLAIMS.into(), wacz::in_lines(&claims));
    files.insert("pages/pages.jsonl".into(), pages(gathered));
    files.insert("indexes/index.cdx".into(), index(&captures, &records));
    files.insert(RECORDS.into(), records.bytes);
    packed(&files, gathered, what)
}

fn packed(files: &Files, gathered: &Gathered, what: String) -> Result<Vec<u8>, PipelineError> {
    let first = gathered.readings.first().map(|reading| &reading.revision.capture);
    let first = first.and_then(|id| gathered.captures.get(id));
    let about = About {
        title: "Evidence pack".into(),
        description: what,
        main_page: first.map(|(capture, _)| (capture.url.clone(), capture.fetched_at.to_string())),
    };
    wacz::packed(files, &about).map_err(|source| PipelineError::Wacz {
        place: "the pack".into(),
        source,
    })
}

fn claims(tracker: &Tracker, gathered: &Gathered, records: &Records) -> Claims {
    let mut quotes = Vec::new();
    for reading in &gathered.readings {
        let text = &reading.revision.reading.text;
        let points = CodePoints::of(text);
        quotes.extend(reading.quotes().map(|row| QuoteClaim::of(row, text, &points)));
    }
    let captures = gathered.captures.iter().map(|(id, (capture, reasons))| {
        let (offset, length) = place(records, id);
        let is = reasons.iter().map(|reason| reason.code().to_string()).collect();
        CaptureClaim::of(capture, is, (RECORDS, offset, length))
    });
    Claims {
        format: FORMAT.into(),
        program: format!("onrecord {}", env!("CARGO_PKG_VERSION")),
        heed_noindex: tracker.settings.crawl.heed_noindex,
        quotes,
        readings: gathered
            .readings
            .iter()
            .map(|reading| reading_claim(tracker, reading))
            .collect(),
        captures: captures.collect(),
        corrected_by_hand: gathered
            .readings
            .iter()
            .flat_map(|reading| &reading.corrected)
            .flat_map(ByHandClaim::of)
            .collect(),
        printed_since: gathered
            .readings
            .iter()
            .filter_map(|reading| reading.printed_since.as_ref())
            .flat_map(printed_since)
            .collect(),
    }
}

fn printed_since(since: &PrintedSince) -> impl Iterator<Item = PrintedSinceClaim> + '_ {
    let of_quotes = since.of_quotes.iter();
    of_quotes.flat_map(|(quote, corrections)| {
        corrections.iter().map(|words| PrintedSinceClaim {
            quote: quote.to_string(),
            words: words.clone(),
            capture: since.capture.to_string(),
        })
    })
}

fn place(records: &Records, id: &CaptureId) -> (u64, u64) {
    *records
        .places
        .get(id)
        .expect("every capture that was gathered has its record")
}

fn reading_claim(tracker: &Tracker, reading: &Reading) -> ReadingClaim {
    let Reading {
        document, revision, ..
    } = reading;
    let source = tracker.publisher(&document.source);
    let published = revision.reading.published.as_ref();
    ReadingClaim {
        reading: revision.id.to_string(),
        document: document.id.to_string(),
        address: document.url.clone(),
        headline: revision.reading.title.clone(),
        published: published.map(|stated| stated.moment.to_string()),
        published_by: published.map(|stated| stated.method.clone()),
        source: SourceClaim {
            id: document.source.to_string(),
            name: source.name,
            kind: source.kind.code().into(),
        },
        capture: revision.capture.to_string(),
        captured_at: revision.fetched_at.to_string(),
        text: text_path(revision.id.as_str()),
        text_sha256: sha256(revision.reading.text.as_bytes()),
        digest: digest_of(&revision.reading),
        reader: reading.reader.clone(),
    }
}

/// What the pack holds, in a sentence.
fn what(claims: &Claims) -> String {
    let counted = |number: usize, word: &str| match number {
        1 => format!("1 {word}"),
        number => format!("{number} {word}s"),
    };
    let pages: Vec<String> = claims
        .readings
        .iter()
        .map(|reading| {
            let headline = reading.headline.as_deref().unwrap_or("a page without a headline");
            format!(
                "“{headline}” ({}, {}, captured {})",
                reading.source.name, reading.address, reading.captured_at
            )
        })
        .collect();
    let pages = match pages.is_empty() {
        true => String::new(),
        false => format!(" from {}", pages.join("; ")),
    };
    format!(
        "{} and {}{pages}. Made by {}.",
        counted(claims.quotes.len(), "quote"),
        counted(claims.captures.len(), "archived answer"),
        claims.program
    )
}

/// The pages that a reader of web archives lists: each capture but those whose payload another one only refers to.
fn pages(gathered: &Gathered) -> Vec<u8> {
    let mut lines = vec![json!({ "format": "json-pages-1.0", "id": "pages", "title": "All Pages" })];
    for (capture, reasons) in gathered.captures.values() {
        if reasons.iter().all(|reason| *reason == Reason::Payload) {
            continue;
        }
        let title = |reading: &&Reading| reading.revision.capture == capture.id;
        let reading = gathered.readings.iter().find(title);
        let title = reading.and_then(|reading| reading.revision.reading.title.as_deref());
        lines.push(json!({
            "id": capture.id.as_str(),
            "url": capture.url,
            "ts": capture.fetched_at.to_string(),
            "title": title.unwrap_or(&capture.url),
        }));
    }
    lines
        .iter()
        .map(|line| format!("{line}\n"))
        .collect::<String>()
        .into_bytes()
}

fn index(captures: &[&Capture], records: &Records) -> Vec<u8> {
    let file = RECORDS.rsplit('/').next().unwrap_or(RECORDS);
    let lines = captures.iter().map(|capture| {
        let (offset, length) = place(records, &capture.id);
        cdx::line(capture, file, offset, length)
    });
    cdx::index(lines.collect()).into_bytes()
}
