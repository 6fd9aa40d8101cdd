//! Entries as the index keeps them, to be shown without asking the store.

use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

use super::entry::{Entry, EntryDate, EntryKind, EntrySaid, EntrySpeaker};
use crate::model::date::When;
use crate::model::document::Genre;
use crate::model::id::{CaptureId, DocumentId, RevisionId, SourceId, SpeakerId};
use crate::model::moment::Moment;
use crate::model::quote::{QuoteKind, Stance};
use crate::model::source::SourceKind;

/// The mirror of [`Entry`] in plain values; a change of it raises the schema's version.
#[derive(Serialize, Deserialize)]
struct Stored {
    kind: String,
    id: String,
    document: String,
    revision: String,
    capture: String,
    captured_at: jiff::Timestamp,
    first_seen_at: jiff::Timestamp,
    held: (jiff::Timestamp, Option<jiff::Timestamp>),
    is_change: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    is_repeated: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    has_correction: bool,
    source: String,
    source_name: String,
    source_kind: String,
    office: Option<String>,
    url: String,
    title: Option<String>,
    genre: String,
    authors: Vec<String>,
    language: Option<String>,
    published: Option<String>,
    published_on: Option<jiff::civil::Date>,
    text: String,
    around: String,
    speakers: Vec<(String, String, Vec<String>)>,
    printed_speaker: Option<String>,
    cue: Option<String>,
    stance: Option<String>,
    quote: Option<(String, f32)>,
    said: Option<(Days, String)>,
    date: Option<DateValues>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<Days>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    deadlines: Vec<Days>,
}

fn is_false(told: &bool) -> bool {
    !told
}

/// A time expression: type, value, days, rule, anchor, conflict, where it begins, whether it is a limit, and seconds from UTC.
#[derive(Serialize, Deserialize)]
struct DateValues(
    String,
    String,
    Option<Days>,
    String,
    String,
    Option<String>,
    // An index that was written before has none.
    #[serde(default)] Option<usize>,
    #[serde(default)] bool,
    #[serde(default)] Option<i32>,
);

/// A [`When`].
#[derive(Serialize, Deserialize)]
struct Days(String, jiff::civil::Date, jiff::civil::Date);

impl From<&When> for Days {
    fn from(when: &When) -> Self {
        Days(when.edtf.clone(), when.earliest, when.latest)
    }
}

impl From<Days> for When {
    fn from(Days(edtf, earliest, latest): Days) -> Self {
        When {
            edtf,
            earliest,
            latest,
        }
    }
}

/// An entry as text.
pub(super) fn written(entry: &Entry) -> String {
    let stored = Stored {
        kind: entry.kind.code().into(),
        id: entry.id.clone(),
        document: entry.document.as_str().into(),
        revision: entry.revision.as_str().into(),
        capture: entry.capture.as_str().into(),
        captured_at: entry.captured_at,
        first_seen_at: entry.first_seen_at,
        held: entry.held,
        is_change: entry.is_change,
        is_repeated: entry.is_repeated,
        has_correction: entry.has_correction,
        source: entry.source.as_str().into(),
        source_name: entry.source_name.clone(),
        source_kind: entry.source_kind.code().into(),
        office: entry.office.clone(),
        url: entry.url.clone(),
        title: entry.title.clone(),
        genre: entry.genre.code().into(),
        authors: entry.authors.clone(),
        language: entry.language.clone(),
        published: entry.published.map(|moment| moment.to_string()),
        published_on: entry.published_on,
        text: entry.text.clone(),
        around: entry.around.clone(),
        speakers: entry
            .speakers
            .iter()
            .map(|speaker| {
                (
                    speaker.id.as_str().into(),
                    speaker.name.clone(),
                    speaker.aliases.clone(),
                )
            })
            .collect(),
        printed_speaker: entry.printed_speaker.clone(),
        cue: entry.cue.clone(),
        stance: entry.stance.map(|stance| stance.code().into()),
        quote: entry
            .quote
            .map(|(kind, confidence)| (kind.code().into(), confidence)),
        said: entry
            .said
            .as_ref()
            .map(|said| ((&said.when).into(), said.rule.clone())),
        date: entry.date.as_ref().map(|date| {
            DateValues(
                date.kind.clone(),
                date.value.clone(),
                date.when.as_ref().map(Days::from),
                date.rule.clone(),
                date.anchor.clone(),
                date.conflict.clone(),
                date.at,
                date.is_limit,
                date.offset.map(Offset::seconds),
            )
        }),
        mentions: entry.mentions.iter().map(Days::from).collect(),
        deadlines: entry.deadlines.iter().map(Days::from).collect(),
    };
    serde_json::to_string(&stored).expect("plain values can always be written")
}

/// The entry of a text that [`written`] made.
pub(super) fn read(text: &str) -> Option<Entry> {
    let stored: Stored = serde_json::from_str(text).ok()?;
    Some(Entry {
        kind: EntryKind::from_code(&stored.kind)?,
        id: stored.id,
        document: DocumentId::new(stored.document),
        revision: RevisionId::new(stored.revision),
        capture: CaptureId::new(stored.capture),
        captured_at: stored.captured_at,
        first_seen_at: stored.first_seen_at,
        held: stored.held,
        is_change: stored.is_change,
        is_repeated: stored.is_repeated,
        has_correction: stored.has_correction,
        source: SourceId::new(stored.source),
        source_name: stored.source_name,
        source_kind: SourceKind::from_code(&stored.source_kind)?,
        office: stored.office,
        url: stored.url,
        title: stored.title,
        genre: Genre::from_code(&stored.genre)?,
        authors: stored.authors,
        language: stored.language,
        published: stored.published.and_then(|text| Moment::parse(&text)),
        published_on: stored.published_on,
        text: stored.text,
        around: stored.around,
        speakers: stored
            .speakers
            .into_iter()
            .map(|(id, name, aliases)| EntrySpeaker {
                id: SpeakerId::new(id),
                name,
                aliases,
            })
            .collect(),
        printed_speaker: stored.printed_speaker,
        cue: stored.cue,
        stance: stored.stance.and_then(|code| Stance::from_code(&code)),
        quote: match stored.quote {
            Some((kind, confidence)) => Some((QuoteKind::from_code(&kind)?, confidence)),
            None => None,
        },
        said: stored.said.map(|(when, rule)| EntrySaid {
            when: when.into(),
            rule,
        }),
        date: stored.date.map(
            |DateValues(kind, value, when, rule, anchor, conflict, at, is_limit, offset)| EntryDate {
                kind,
                value,
                when: when.map(When::from),
                rule,
                anchor,
                conflict,
                is_limit,
                at,
                offset: offset.and_then(|seconds| Offset::from_seconds(seconds).ok()),
            },
        ),
        mentions: stored.mentions.into_iter().map(When::from).collect(),
        deadlines: stored.deadlines.into_iter().map(When::from).collect(),
    })
}
