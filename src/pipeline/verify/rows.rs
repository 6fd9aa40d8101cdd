//! What rows say that a capture shows, beside what stands in it: the words and their places in the text, and where the
//! present reader wrote the rows, everything as it reads it now.

use std::collections::{HashMap, HashSet};

use super::archived::in_milliseconds;
use super::{Finding, Part};
use crate::model::capture::Capture;
use crate::model::document::{Reading, StatedMoment};
use crate::model::id::{DocumentId, QuoteId, RevisionId};
use crate::model::quote::words_of;
use crate::pipeline::in_words;
use crate::store::{
    DateRow, FoundRows, QuoteRow, ReadCapture, ReadDocument, RevisionRow, RevisionToCheck, ShownToCheck,
    digest_of, is_digest_of, rows_of,
};

/// Characters of a value that a finding repeats.
const SHOWN_CHARS: usize = 160;

/// What of the rows of a capture is not as it should be. `fresh` is what the present reader reads out of the capture, where
/// it is the one that read it last.
pub(super) fn differences(
    capture: &Capture,
    shown: &ShownToCheck,
    fresh: Option<&ReadCapture>,
) -> Vec<Finding> {
    let mut told = Told {
        capture,
        findings: Vec::new(),
    };
    // An interface's answer has thousands of documents.
    let documents: HashMap<DocumentId, &ReadDocument> = fresh
        .map(ReadCapture::shown)
        .unwrap_or_default()
        .iter()
        .map(|document| (DocumentId::derive(&document.url), document))
        .collect();
    // While captures are read anew, one that is still to be read may name what an earlier one no longer shows.
    for id in shown.missing.iter().filter(|_| fresh.is_some()) {
        told.revision(id, "it is shown by the capture and there is no row of it".into());
    }
    for revision in &shown.revisions {
        let (row, found) = match &revision.rows {
            Ok(rows) => rows,
            Err(error) => {
                told.revision(&revision.id, in_words(error));
                continue;
            }
        };
        told.own_sense(revision, row);
        told.quotes_in_text(row, &found.quotes);
        if fresh.is_some() {
            let document = documents.get(&row.document).copied();
            told.beside_reading(revision, row, found, document, &shown.reader);
        }
    }
    told.unrecorded(fresh.map(ReadCapture::shown).unwrap_or_default(), shown);
    told.findings
}

/// What was found out about a capture's rows.
struct Told<'a> {
    capture: &'a Capture,
    findings: Vec<Finding>,
}

impl Told<'_> {
    fn tell(&mut self, part: Part, id: &str, problem: String) {
        self.findings.push(Finding::Row {
            capture: self.capture.id.clone(),
            part,
            id: id.to_string(),
            problem,
        });
    }

    fn revision(&mut self, id: &RevisionId, problem: String) {
        self.tell(Part::Revision, id.as_str(), problem);
    }

    /// What a revision's row must say whoever read it: its ids are derived, and its digest is of what stands beside it.
    fn own_sense(&mut self, revision: &RevisionToCheck, row: &RevisionRow) {
        let mut problems = Vec::new();
        if !is_digest_of(&row.reading, &revision.digest) {
            problems
                .push("its headline and text are not those whose digest was saved beside them".to_string());
        }
        match &revision.document_url {
            None => problems.push("there is no row of its document".into()),
            Some(url) if DocumentId::derive(url) != row.document => {
                problems.push(format!(
                    "its document's address {url} is not the one that its id was made of"
                ));
            }
            Some(_) => {}
        }
        if RevisionId::derive(&row.document, &row.capture) != revision.id {
            problems.push("its id is not that of its document and its capture".into());
        }
        if !revision.is_shown {
            problems.push("the capture is not said to show it".into());
        }
        let at = in_milliseconds(self.capture.observed_at());
        if row.capture == self.capture.id && in_milliseconds(row.fetched_at) != at {
            let own = row.fetched_at;
            problems.push(format!("its time is {own}, and that of its capture {at}"));
        }
        for problem in problems {
            self.revision(&revision.id, problem);
        }
    }

    /// The words that search, exports and citations print are those of the quote's places in the text.
    fn quotes_in_text(&mut self, row: &RevisionRow, quotes: &[QuoteRow]) {
        let mut occurrences: HashMap<&str, usize> = HashMap::new();
        for quote in quotes {
            let words = words_of(&quote.content, &row.reading.text);
            let occurrence = occurrences.entry(&quote.words).or_default();
            let derived = QuoteId::derive(&row.id, &quote.words, *occurrence);
            *occurrence += 1;
            if words != quote.words {
                let problem = otherwise("words", &quote.words, &words, "its places in the text");
                self.tell(Part::Quote, quote.id.as_str(), problem);
            } else if derived != quote.id {
                let problem = "its id is not that of its words and revision".into();
                self.tell(Part::Quote, quote.id.as_str(), problem);
            }
        }
    }

    /// A revision beside the document as it is read now. Whichever capture shows it gives its headline and text; all else
    /// is that of the capture that first showed it.
    fn beside_reading(
        &mut self,
        revision: &RevisionToCheck,
        row: &RevisionRow,
        found: &FoundRows,
        document: Option<&ReadDocument>,
        reader: &str,
    ) {
        let Some(document) = document else {
            self.revision(
                &revision.id,
                "nothing of its address is read out of the capture".into(),
            );
            return;
        };
        if digest_of(&document.reading) != digest_of(&row.reading) {
            let title = |reading: &Reading| reading.title.clone().unwrap_or_default();
            let (held, fresh) = (title(&row.reading), title(&document.reading));
            let problem = match held == fresh {
                true => "its text is not the one that is read out of the capture".into(),
                false => otherwise("headline", &held, &fresh, "the capture"),
            };
            self.revision(&revision.id, problem);
            return;
        }
        if row.capture != self.capture.id || revision.reader != reader {
            return;
        }
        for problem in facts(&row.reading, &document.reading) {
            self.revision(&revision.id, problem);
        }
        let fresh = rows_of(&revision.id, document);
        self.quotes(&found.quotes, &fresh.quotes, row);
        self.dates(&revision.id, &found.dates, &fresh.dates, row);
    }

    fn quotes(&mut self, held: &[QuoteRow], fresh: &[QuoteRow], row: &RevisionRow) {
        let by_id: HashMap<&QuoteId, &QuoteRow> = fresh.iter().map(|quote| (&quote.id, quote)).collect();
        for quote in held {
            let id = quote.id.as_str();
            match by_id.get(&quote.id) {
                None => self.tell(Part::Quote, id, "no such quote is read out of the capture".into()),
                // Its words are told of already where they are not those of its places.
                Some(fresh) => {
                    for problem in attribution(quote, fresh, &row.reading.text) {
                        self.tell(Part::Quote, id, problem);
                    }
                }
            }
        }
        let held: HashSet<&QuoteId> = held.iter().map(|quote| &quote.id).collect();
        let is_held = |quote: &&QuoteRow| held.contains(&quote.id);
        for quote in fresh.iter().filter(|quote| !is_held(quote)) {
            let problem = format!(
                "it is read out of the capture and there is no row of it: “{}”",
                cut(&quote.words)
            );
            self.tell(Part::Quote, quote.id.as_str(), problem);
        }
    }

    fn dates(&mut self, revision: &RevisionId, held: &[DateRow], fresh: &[DateRow], row: &RevisionRow) {
        if held.len() != fresh.len() {
            let problem = format!(
                "{} of its dates are on record, and {} are read out of the capture",
                held.len(),
                fresh.len()
            );
            self.revision(revision, problem);
            return;
        }
        for (held, fresh) in held.iter().zip(fresh).filter(|(held, fresh)| held != fresh) {
            let words = fresh.span.slice(&row.reading.text);
            let problem = otherwise(
                &format!("date “{}”", cut(words)),
                &day(held),
                &day(fresh),
                "the capture",
            );
            self.revision(revision, problem);
        }
    }

    /// What is read out of the capture and no row tells of.
    fn unrecorded(&mut self, fresh: &[ReadDocument], shown: &ShownToCheck) {
        let rows = || shown.revisions.iter().map(|revision| &revision.rows);
        // A row that cannot be read is told of as such, and may be of any document.
        if rows().any(Result::is_err) {
            return;
        }
        let held: HashSet<&DocumentId> = rows().flatten().map(|(row, _)| &row.document).collect();
        for document in fresh {
            if !held.contains(&DocumentId::derive(&document.url)) {
                let problem = format!("{} is read out of it and there is no row of that", document.url);
                let capture = self.capture.id.to_string();
                self.tell(Part::Capture, &capture, problem);
            }
        }
    }
}

/// In what the facts about a text differ.
fn facts(held: &Reading, fresh: &Reading) -> Vec<String> {
    let text = |text: &Option<String>| text.clone().unwrap_or("none".into());
    let moment = |stated: &Option<StatedMoment>| {
        stated
            .as_ref()
            .map_or("none".into(), |stated| stated.moment.to_string())
    };
    let told = [
        ("authors", held.authors.join("; "), fresh.authors.join("; ")),
        ("publisher", text(&held.publisher), text(&fresh.publisher)),
        ("section", text(&held.section), text(&fresh.section)),
        ("language", text(&held.language), text(&fresh.language)),
        (
            "time of publication",
            moment(&held.published),
            moment(&fresh.published),
        ),
        (
            "time of its last change",
            moment(&held.modified),
            moment(&fresh.modified),
        ),
        ("genre", held.genre.code().into(), fresh.genre.code().into()),
    ];
    let told = told.into_iter().filter(|(_, held, fresh)| held != fresh);
    let mut problems: Vec<String> = told
        .map(|(what, held, fresh)| otherwise(what, &held, &fresh, "the capture"))
        .collect();
    let bare = |reading: &Reading| Reading {
        parts: Vec::new(),
        fragment: None,
        ..reading.clone()
    };
    if problems.is_empty() && bare(held) != bare(fresh) {
        problems.push("what is told of how it was read is not what is read out of the capture".into());
    }
    problems
}

/// In what two rows of a quote with the same words differ.
fn attribution(held: &QuoteRow, fresh: &QuoteRow, text: &str) -> Vec<String> {
    let speaker = |quote: &QuoteRow| {
        let name = quote.speaker_name.clone();
        let named = || quote.mention.map(|mention| mention.slice(text).to_string());
        name.or_else(named).unwrap_or("nobody".into())
    };
    let id = |quote: &QuoteRow| quote.speaker.as_ref().map_or("none".into(), ToString::to_string);
    let said = |quote: &QuoteRow| match &quote.said {
        Some(when) => format!("{} ({} to {})", when.edtf, when.earliest, when.latest),
        None => "none".into(),
    };
    let told = [
        ("speaker", speaker(held), speaker(fresh)),
        ("speaker's id", id(held), id(fresh)),
        ("day it was said", said(held), said(fresh)),
        ("kind", held.kind.code().into(), fresh.kind.code().into()),
    ];
    let told = told.into_iter().filter(|(_, held, fresh)| held != fresh);
    let mut problems: Vec<String> = told
        .map(|(what, held, fresh)| otherwise(what, &held, &fresh, "the capture"))
        .collect();
    // Words that are not those of their places have their own finding.
    let rest = QuoteRow {
        words: held.words.clone(),
        ..fresh.clone()
    };
    if problems.is_empty() && *held != rest {
        problems
            .push("its places in the text, or how it was read, are not those read out of the capture".into());
    }
    problems
}

fn day(date: &DateRow) -> String {
    let when = date
        .when
        .as_ref()
        .map_or(date.value.as_str(), |when| when.edtf.as_str());
    let limit = if date.is_limit { ", a deadline" } else { "" };
    format!("{when}{limit} ({})", cut(&date.anchor))
}

fn otherwise(what: &str, held: &str, fresh: &str, place: &str) -> String {
    format!(
        "its {what} on record: “{}”; in {place}: “{}”",
        cut(held),
        cut(fresh)
    )
}

/// The beginning of a long value.
fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_string(),
    }
}
