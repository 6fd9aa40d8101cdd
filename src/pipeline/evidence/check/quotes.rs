//! Quotes beside their texts, the letters of the payload, and what is read now.

use std::collections::{HashMap, HashSet};

use super::{Check, FIRST_ERROR, MOST_TOLD, Shown};
use crate::model::id::DocumentId;
use crate::model::quote::words_of;
use crate::model::span::Span;
use crate::pipeline::evidence::claims::{ByHandClaim, QuoteClaim, ReadingClaim};
use crate::pipeline::evidence::report::{CheckedClaim, Part};
use crate::pipeline::evidence::versions::Corrected;
use crate::pipeline::verify::missing;
use crate::text::lines::CodePoints;

impl<'a> Check<'a> {
    /// The quotes that are claimed of a reading.
    pub(super) fn quotes_of(
        &mut self,
        reading: &'a ReadingClaim,
        text: &str,
        shown: &Shown,
        is_read_so: bool,
    ) {
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
    pub(super) fn told_by_the_pack(&self, reading: &ReadingClaim, document: &DocumentId) -> Vec<String> {
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

    /// The corrections that are claimed of quotes, beside what is read in their captures.
    pub(super) fn printed_since(&mut self) {
        let claims = self.claims;
        let readings = claims.readings.iter();
        let readings: HashMap<&str, &ReadingClaim> = readings.map(|it| (it.reading.as_str(), it)).collect();
        let quotes = claims.quotes.iter();
        let quotes: HashMap<&str, &str> = quotes
            .map(|it| (it.quote.as_str(), it.reading.as_str()))
            .collect();
        for claim in &claims.printed_since {
            let Some(reading) = quotes.get(claim.quote.as_str()) else {
                let problem = "a correction is claimed of it, and the quote itself is not";
                self.report.tell(Part::Quote, &claim.quote, problem);
                continue;
            };
            // That a reading is not there is told already.
            let Some(reading) = readings.get(reading) else {
                continue;
            };
            let document = DocumentId::new(reading.document.as_str());
            let found = match self.versions.is_corrected(&document, &reading.capture, claim) {
                Corrected::Read => continue,
                Corrected::NotRead => "is not read to have it no more, and to correct that",
                Corrected::NotCompared => "has too many quotes to be compared, and is claimed to correct it",
            };
            let problem = format!("the capture {} {found}: “{}”", claim.capture, claim.words);
            self.unlike_now(Part::Quote, &claim.quote, problem, &reading.reader);
        }
    }

    /// Quotes that are claimed of a reading that is not there.
    pub(super) fn quotes_of_no_reading(&mut self) {
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
