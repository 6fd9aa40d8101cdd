//! A hit as programs are given it.

use serde::Serialize;
use utoipa::ToSchema;

use crate::index::{EntryKind, Hit};
use crate::model::by_hand::ByHand;
use crate::model::date::When;
use crate::model::event::{Became, Fate};
use crate::model::quote::Stance;
use crate::pipeline::{BeforeEdit, DayKeys, SourceKeys, ToldOfHits, line_of};
use crate::text::lines::CodePoints;
use crate::timeline::export::line_name;

/// A quote, document or date that matches, with where it is printed and which capture shows it. The same
/// object is a line of `onrecord search --json`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Hit)]
pub struct HitJson {
    /// `quote`, `document` or `date`.
    kind: &'static str,
    /// The id of what was found: of a quote the same as `quote`.
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<String>,
    /// A name that stays when the page is edited elsewhere, as the column `line` of exports has it: made of document, speaker, words
    /// and day, while `id` is of one wording of the page.
    line: String,
    /// The words of a quote, a piece of a document, the block around a date.
    text: String,
    /// The stretches of `text` that the query asks for, in code points, end excluded.
    highlights: Vec<[usize; 2]>,
    /// The full name of who spoke.
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker_id: Option<String>,
    /// The words that name the speaker beside the quote.
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker_printed: Option<String>,
    /// `direct`, `mixed` or `indirect`.
    #[serde(skip_serializing_if = "Option::is_none")]
    quote_kind: Option<&'static str>,
    /// The words that report the quote.
    #[serde(skip_serializing_if = "Option::is_none")]
    cue: Option<String>,
    /// The stance that they take.
    #[serde(skip_serializing_if = "Option::is_none")]
    stance: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f64>,
    /// The share of the pasted words (`like`) that stand here in their order.
    #[serde(skip_serializing_if = "Option::is_none")]
    kept: Option<f64>,
    /// In what the words differ from the pasted ones, the gravest first, by the names that printings have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    differences: Vec<&'static str>,
    /// The days it was said or published on, or that are meant.
    #[serde(flatten)]
    days: DayKeys,
    /// The same of a quote, with the rule that found them.
    #[serde(skip_serializing_if = "Option::is_none")]
    said: Option<DaysJson>,
    /// The time expression of a date.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<DateJson>,
    /// The block a quote stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<String>,
    title: Option<String>,
    /// The name of before for `source_id`, for one release more.
    source: String,
    #[serde(flatten)]
    publisher: SourceKeys,
    source_kind: &'static str,
    url: String,
    /// What sort of document it is: `report`, `press_release`, `statement`, `letter`, `testimony`, `readout`, `fact_sheet`, `notice`,
    /// `transcript`, `order`, `opinion` or `live`.
    genre: &'static str,
    language: Option<String>,
    published: Option<String>,
    document: String,
    revision: String,
    capture: String,
    captured_at: String,
    /// When the document was first held, in whichever wording.
    first_seen_at: String,
    /// Since when this wording was held.
    held_from: String,
    /// Until when this wording was the last one held; absent while it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    held_until: Option<String>,
    /// Whether the page was held in another wording before this one.
    is_edited: bool,
    /// How a quote stood before an edit altered it.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<BeforeJson>,
    /// What the page says today of a quote or date of an earlier wording.
    #[serde(skip_serializing_if = "Option::is_none")]
    today: Option<TodayJson>,
    /// Whether the page prints a correction by the outlet itself.
    has_correction: bool,
    /// What it prints as corrections, in its words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<String>,
    /// When a visit first found the page absent, where it was not back since.
    #[serde(skip_serializing_if = "Option::is_none")]
    absent_since: Option<String>,
    /// What people corrected of a quote: its speaker or day here is theirs, and what the program read stands in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrected_by_hand: Vec<ByHandJson>,
}

/// A quote as it stood before an edit.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BeforeEdit)]
pub(super) struct BeforeJson {
    text: String,
    /// Who spoke then, where somebody was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
    /// Whether that is somebody else than now.
    is_other_speaker: bool,
    held_from: String,
    /// When the edit was seen.
    held_until: String,
}

impl From<&BeforeEdit> for BeforeJson {
    fn from(before: &BeforeEdit) -> Self {
        Self {
            text: before.words.clone(),
            speaker: before.speaker.clone(),
            is_other_speaker: before.is_other_speaker,
            held_from: before.held.0.to_string(),
            held_until: before.held.1.to_string(),
        }
    }
}

/// What a page says today of what an earlier wording says; when that wording ended is told by `held_until`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Today)]
pub(super) struct TodayJson {
    /// `stands` (the same, of the same person and day), `given_to_another` (the same words, of another person or of nobody named), or
    /// `otherwise`: it was altered or taken out.
    fate: &'static str,
    /// The quote that has the words today.
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<String>,
    /// Who they are given to now, where somebody is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
    /// The corrections that the page prints since, in its words; none of what stands as it stood.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<String>,
}

impl From<&Became> for TodayJson {
    fn from(became: &Became) -> Self {
        let fate = &became.fate;
        let speaker = match fate {
            Fate::GivenTo(_, speaker) => speaker.clone(),
            Fate::Stands(_) | Fate::Otherwise => None,
        };
        Self {
            fate: fate.code(),
            quote: fate.quote().map(ToString::to_string),
            speaker,
            corrections: became.corrections.clone(),
        }
    }
}

/// What a person corrected of a quote.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CorrectedByHand)]
pub(super) struct ByHandJson {
    /// The correction's id.
    correction: String,
    /// `speaker`, `said`, or `no_quote`.
    corrects: &'static str,
    /// What the program reads there, in words, with its rule.
    read: String,
    why: String,
    by: String,
    made_at: String,
}

impl From<&ByHand> for ByHandJson {
    fn from(told: &ByHand) -> Self {
        Self {
            correction: told.id.clone(),
            corrects: told.corrects.code(),
            read: told.read.clone(),
            why: told.why.clone(),
            by: told.by.clone(),
            made_at: told.made_at.to_string(),
        }
    }
}

/// Days, and why they are meant.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Days)]
pub(super) struct DaysJson {
    edtf: String,
    earliest: String,
    latest: String,
    rule: String,
}

/// A time expression and what it means.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HitDate)]
struct DateJson {
    printed: String,
    #[serde(rename = "type")]
    kind: String,
    value: String,
    days: Option<DaysJson>,
    /// Whether something is due by it.
    is_deadline: bool,
}

impl HitJson {
    /// A hit, with what is told of it.
    pub fn new(hit: &Hit, told: &ToldOfHits) -> Self {
        let entry = &hit.entry;
        let absence = told.absence(entry);
        let line = line_of(entry, None);
        let points = CodePoints::of(&hit.shown);
        let speaker = entry.speakers.first().filter(|_| entry.kind == EntryKind::Quote);
        Self {
            kind: entry.kind.code(),
            id: entry.id.clone(),
            quote: (entry.kind == EntryKind::Quote).then(|| entry.id.clone()),
            line: line_name(&line),
            text: hit.shown.clone(),
            highlights: hit
                .marks
                .iter()
                .map(|mark| [points.at(mark.start), points.at(mark.end)])
                .collect(),
            speaker: speaker.map(|speaker| speaker.name.clone()),
            speaker_id: speaker.map(|speaker| speaker.id.to_string()),
            speaker_printed: entry.printed_speaker.clone(),
            quote_kind: entry.quote.map(|(kind, _)| kind.code()),
            cue: entry.cue.clone(),
            stance: entry.stance.map(Stance::code),
            confidence: entry.quote.map(|(_, share)| rounded(share)),
            kept: hit.kept().map(rounded),
            differences: hit
                .differences
                .iter()
                .map(|difference| difference.code())
                .collect(),
            days: DayKeys::of(line.when.as_ref()),
            said: entry.said.as_ref().map(|said| days(&said.when, &said.rule)),
            date: entry.date.as_ref().map(|date| DateJson {
                printed: entry.text.clone(),
                kind: date.kind.clone(),
                value: date.value.clone(),
                days: date.when.as_ref().map(|when| days(when, &date.rule)),
                is_deadline: date.is_deadline(),
            }),
            context: (entry.kind == EntryKind::Quote).then(|| entry.around.clone()),
            title: entry.title.clone(),
            source: entry.source.to_string(),
            publisher: SourceKeys::of(&entry.source, &entry.source_name),
            source_kind: entry.source_kind.code(),
            url: entry.url.clone(),
            genre: entry.genre.code(),
            language: entry.language.clone(),
            published: entry.published.map(|moment| moment.to_string()),
            document: entry.document.to_string(),
            revision: entry.revision.to_string(),
            capture: entry.capture.to_string(),
            captured_at: entry.captured_at.to_string(),
            is_edited: entry.is_change,
            before: told.before(entry).map(BeforeJson::from),
            today: told.became(entry).map(TodayJson::from),
            has_correction: entry.has_correction,
            corrections: told.corrections(entry).to_vec(),
            first_seen_at: entry.first_seen_at.to_string(),
            held_from: entry.held.0.to_string(),
            held_until: entry.held.1.map(|until| until.to_string()),
            absent_since: absence.map(|absence| absence.absent_at.to_string()),
            corrected_by_hand: entry.by_hand.iter().map(ByHandJson::from).collect(),
        }
    }
}

/// A share without digits that mean nothing.
fn rounded(share: f32) -> f64 {
    (f64::from(share) * 1000.0).round() / 1000.0
}

pub(super) fn days(when: &When, rule: &str) -> DaysJson {
    DaysJson {
        edtf: when.edtf.clone(),
        earliest: when.earliest.to_string(),
        latest: when.latest.to_string(),
        rule: rule.to_string(),
    }
}
