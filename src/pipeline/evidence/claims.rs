//! What a pack claims, as `claims.json` has it. The shape is a promise to other programs: what is added must not change what
//! is there.

use serde::{Deserialize, Serialize};
use url::Url;

use super::super::by_hand::right_of;
use crate::model::capture::{Capture, RecordLocation, Role, Truncation};
use crate::model::date::SaidOn;
use crate::model::id::{CaptureId, SourceId};
use crate::model::quote::Stance;
use crate::model::span::Span;
use crate::store::QuoteRow;
use crate::text::lines::CodePoints;

/// The shape's name.
pub(super) const FORMAT: &str = "onrecord-claims-1";

/// Everything that a pack claims.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Claims {
    pub(super) format: String,
    /// What made the pack.
    pub(super) program: String,
    /// Whether pages that ask not to be indexed are withheld.
    pub(super) heed_noindex: bool,
    pub(super) quotes: Vec<QuoteClaim>,
    pub(super) readings: Vec<ReadingClaim>,
    pub(super) captures: Vec<CaptureClaim>,
    /// What people say of the quotes: no record proves it, and nothing else of the pack rests on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) corrected_by_hand: Vec<ByHandClaim>,
    /// What the pages print since as corrections, of quotes that do not stand there any more as they stood.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) printed_since: Vec<PrintedSinceClaim>,
}

/// That the page of a quote, which it does not have any more as it stood, prints a correction that it did not print beside the quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct PrintedSinceClaim {
    pub(super) quote: String,
    /// The correction, in the words of the page.
    pub(super) words: String,
    /// The capture that shows both.
    pub(super) capture: String,
}

/// That a person says that a quote was read wrongly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct ByHandClaim {
    pub(super) quote: String,
    /// What is said to be right, in words.
    pub(super) right: String,
    /// What the program read, in words.
    pub(super) read: String,
    pub(super) why: String,
    pub(super) by: String,
    pub(super) made_at: String,
}

impl ByHandClaim {
    /// What people corrected of a quote that their corrections are laid over.
    pub(super) fn of(quote: &QuoteRow) -> impl Iterator<Item = Self> {
        quote.by_hand.iter().map(|told| Self {
            quote: quote.id.to_string(),
            right: right_of(quote, told.corrects),
            read: told.read.clone(),
            why: told.why.clone(),
            by: told.by.clone(),
            made_at: told.made_at.to_string(),
        })
    }

    /// All of it, in words.
    pub(super) fn in_words(&self) -> String {
        format!(
            "corrected by hand: {}; the program read {}; because: {} ({}, {})",
            self.right, self.read, self.why, self.by, self.made_at
        )
    }
}

/// That somebody is quoted with these words in a reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct QuoteClaim {
    pub(super) quote: String,
    /// The reading (a wording of a document).
    pub(super) reading: String,
    pub(super) words: String,
    pub(super) kind: String,
    /// Where the words stand in the reading's text.
    pub(super) places: Vec<Place>,
    pub(super) speaker: Option<SpeakerClaim>,
    pub(super) cue: Option<Printed>,
    pub(super) stance: Option<String>,
    pub(super) said: Option<SaidClaim>,
}

/// A stretch of a text, ends excluded: in bytes of UTF-8 and in code points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Place {
    pub(super) first_byte: usize,
    pub(super) end_byte: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Words of the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Printed {
    pub(super) words: String,
    #[serde(flatten)]
    pub(super) place: Place,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct SpeakerClaim {
    /// The naming beside the quote; none where only the headline names the speaker.
    pub(super) printed: Option<Printed>,
    /// The fullest naming in the text, where that is another.
    pub(super) full: Option<Printed>,
    pub(super) id: Option<String>,
    pub(super) name: Option<String>,
    /// The rule that chose the naming.
    pub(super) rule: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct SaidClaim {
    /// The days as EDTF has them, and the first and the last of them.
    pub(super) edtf: String,
    pub(super) earliest: String,
    pub(super) latest: String,
    /// Whether the text names the days (`named`), or they only bound the time: `of_document`, the document's own day, or `between` a
    /// meeting that is told of and it; packs of earlier versions do not tell it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) certainty: Option<String>,
    pub(super) rule: Option<String>,
    /// The words that tell the day.
    pub(super) evidence: Option<Printed>,
}

/// That a capture reads as this text.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ReadingClaim {
    pub(super) reading: String,
    pub(super) document: String,
    pub(super) address: String,
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    /// The place of the page that says when it was published, and which was believed among others: `json-ld`, `url`, `rule`, …; packs
    /// of earlier versions do not tell it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) published_by: Option<String>,
    pub(super) source: SourceClaim,
    /// The capture that is cited: the first that showed it.
    pub(super) capture: String,
    pub(super) captured_at: String,
    /// The file of the text and its SHA-256.
    pub(super) text: String,
    pub(super) text_sha256: String,
    /// The digest of the words of headline and text, by which a wording is told from the next: `docs/evidence.md` says how it is
    /// made.
    pub(super) digest: String,
    /// Which reader wrote it: versions, and a digest of the whole configuration.
    pub(super) reader: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SourceClaim {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: String,
}

/// That an address answered so.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct CaptureClaim {
    pub(super) capture: String,
    /// What it is in the pack for: `cited`, `newest`, `changed`, `before`, `named`, `corrected`, `absent`, `payload`.
    pub(super) is: Vec<String>,
    /// The record: its WARC-Record-ID, and where it lies in the pack.
    pub(super) record: String,
    pub(super) file: String,
    pub(super) offset: u64,
    pub(super) length: u64,
    pub(super) source: String,
    pub(super) role: String,
    pub(super) address: String,
    pub(super) known_as: Option<String>,
    pub(super) answer_of: Option<String>,
    pub(super) memento_at: Option<String>,
    pub(super) fetched_at: String,
    pub(super) status: u16,
    pub(super) content_type: Option<String>,
    pub(super) content_encoding: Option<String>,
    pub(super) truncated: Option<String>,
    pub(super) payload_sha256: String,
    pub(super) payload_bytes: u64,
    /// The capture whose record holds the payload, where this one only refers to it.
    pub(super) payload_in: Option<String>,
}

impl QuoteClaim {
    /// What a row claims of a text.
    pub(super) fn of(row: &QuoteRow, text: &str, points: &CodePoints) -> Self {
        let printed = |span: Option<Span>| {
            span.map(|span| Printed {
                words: span.slice(text).to_string(),
                place: Place::of(span, points),
            })
        };
        let is_named = row.mention.is_some() || row.speaker.is_some();
        Self {
            quote: row.id.to_string(),
            reading: row.revision.to_string(),
            words: row.words.clone(),
            kind: row.kind.code().into(),
            places: row.content.iter().map(|span| Place::of(*span, points)).collect(),
            speaker: is_named.then(|| SpeakerClaim {
                printed: printed(row.mention),
                full: printed(row.antecedent),
                id: row.speaker.as_ref().map(ToString::to_string),
                name: row.speaker_name.clone(),
                rule: row.rule.as_ref().map(|(rule, _)| rule.clone()),
            }),
            cue: printed(row.cue),
            stance: row.stance.map(Stance::code).map(str::to_string),
            said: row.said.as_ref().map(|when| SaidClaim {
                edtf: when.edtf.clone(),
                earliest: when.earliest.to_string(),
                latest: when.latest.to_string(),
                certainty: Some(certainty(row.said_rule.as_deref()).into()),
                rule: row.said_rule.clone(),
                evidence: printed(row.said_evidence),
            }),
        }
    }

    /// The day in words, with how sure it is and what tells it; `published_by` is what tells the document's own.
    pub(super) fn said_in_words(&self, published_by: Option<&str>) -> Option<String> {
        let said = self.said.as_ref()?;
        let own = match published_by {
            Some(place) => format!("the document’s own day, as its {place} has it"),
            None => "the document’s own day".into(),
        };
        let evidence = said.evidence.as_ref();
        let evidence = evidence
            .map(|printed| format!(" “{}”", printed.words))
            .unwrap_or_default();
        let rule = said.rule.as_deref().unwrap_or_default();
        Some(match certainty(said.rule.as_deref()) {
            OF_DOCUMENT => format!(
                "{}, which is {own}: nothing names the day of these words, and an edit may have brought them in later",
                said.edtf
            ),
            BETWEEN => format!(
                "between the days {}: from a meeting told of to {own}; nothing names the day",
                said.edtf
            ),
            _ => {
                let by = if rule == SaidOn::OF_TITLE { "title" } else { "text" };
                format!("{}, named by the {by}{evidence} (rule {rule})", said.edtf)
            }
        })
    }

    /// Every stretch of the text that it names, with the words that are said to stand there where they are told.
    pub(super) fn printed(&self) -> impl Iterator<Item = &Printed> {
        let speaker = self.speaker.iter();
        let namings = speaker.flat_map(|speaker| speaker.printed.iter().chain(&speaker.full));
        let evidence = self.said.iter().filter_map(|said| said.evidence.as_ref());
        namings.chain(&self.cue).chain(evidence)
    }
}

const OF_DOCUMENT: &str = "of_document";
const BETWEEN: &str = "between";

/// How sure a day is that a rule gave.
fn certainty(rule: Option<&str>) -> &'static str {
    match rule {
        Some(SaidOn::OF_DOCUMENT) => OF_DOCUMENT,
        Some(SaidOn::SINCE_MEETING) => BETWEEN,
        _ => "named",
    }
}

impl Place {
    fn of(span: Span, points: &CodePoints) -> Self {
        Self {
            first_byte: span.start(),
            end_byte: span.end(),
            start: points.at(span.start()),
            end: points.at(span.end()),
        }
    }

    /// The stretch in a text; nothing where it is none, or its code points lie elsewhere than its bytes.
    pub(super) fn within(&self, text: &str, points: &CodePoints) -> Option<Span> {
        let span = Span::of(text, self.first_byte..self.end_byte)?;
        (Self::of(span, points) == *self).then_some(span)
    }
}

impl CaptureClaim {
    /// What a row claims, with where its record lies in the pack.
    pub(super) fn of(capture: &Capture, is: Vec<String>, place: (&str, u64, u64)) -> Self {
        let (file, offset, length) = place;
        Self {
            capture: capture.id.to_string(),
            is,
            record: format!("<urn:uuid:{}>", capture.id),
            file: file.into(),
            offset,
            length,
            source: capture.source.to_string(),
            role: capture.role.code().into(),
            address: capture.url.clone(),
            known_as: capture.known_as.clone(),
            answer_of: capture.answer_of.clone(),
            memento_at: capture.memento_at.map(|at| at.to_string()),
            fetched_at: capture.fetched_at.to_string(),
            status: capture.status,
            content_type: capture.content_type.clone(),
            content_encoding: capture.content_encoding.clone(),
            truncated: capture.truncated.map(|truncated| truncated.code().into()),
            payload_sha256: capture.payload_sha256.clone(),
            payload_bytes: capture.payload_bytes,
            payload_in: capture.revisit_of.as_ref().map(ToString::to_string),
        }
    }

    /// The row that it is the claim of; the error is the field that cannot be one's.
    pub(super) fn row(&self) -> Result<Capture, &'static str> {
        let moment = |text: &str, field| text.parse().map_err(|_| field);
        // Whoever reads a row may rely on it that its addresses are some.
        Url::parse(&self.address).map_err(|_| "address")?;
        self.known_as
            .as_deref()
            .map(Url::parse)
            .transpose()
            .map_err(|_| "known_as")?;
        Ok(Capture {
            id: CaptureId::new(self.capture.clone()),
            source: SourceId::new(self.source.clone()),
            role: Role::from_code(&self.role).ok_or("role")?,
            url: self.address.clone(),
            known_as: self.known_as.clone(),
            memento_at: (self.memento_at.as_deref())
                .map(|at| moment(at, "memento_at"))
                .transpose()?,
            answer_of: self.answer_of.clone(),
            fetched_at: moment(&self.fetched_at, "fetched_at")?,
            status: self.status,
            content_type: self.content_type.clone(),
            content_encoding: self.content_encoding.clone(),
            payload_sha256: self.payload_sha256.clone(),
            payload_bytes: self.payload_bytes,
            truncated: (self.truncated.as_deref())
                .map(|word| Truncation::from_code(word).ok_or("truncated"))
                .transpose()?,
            location: RecordLocation {
                segment: self.file.clone(),
                offset: self.offset,
                length: self.length,
            },
            revisit_of: self.payload_in.clone().map(CaptureId::new),
        })
    }
}
