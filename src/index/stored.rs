//! Entries as the index keeps them, to be shown without asking the store: a line of JSON, then the text as it is, because most
//! of an entry is text, and an answer reads many.

use std::borrow::Cow;

use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

use super::entry::{Entry, EntryDate, EntryKind, EntrySaid, EntrySpeaker};
use crate::model::by_hand::{ByHand, Corrected};
use crate::model::date::When;
use crate::model::document::Genre;
use crate::model::id::{CaptureId, DocumentId, RevisionId, SourceId, SpeakerId};
use crate::model::moment::Moment;
use crate::model::quote::{QuoteKind, Stance};
use crate::model::source::SourceKind;

/// A text that is lent while it is written: an entry has many, and there are many entries.
type Text<'a> = Cow<'a, str>;
type Texts<'a> = Cow<'a, [String]>;

/// The mirror of [`Entry`] in plain values; a change of it raises the schema's version.
#[derive(Serialize, Deserialize)]
struct Stored<'a> {
    kind: Text<'a>,
    id: Text<'a>,
    document: Text<'a>,
    revision: Text<'a>,
    capture: Text<'a>,
    captured_at: jiff::Timestamp,
    first_seen_at: jiff::Timestamp,
    held: (jiff::Timestamp, Option<jiff::Timestamp>),
    is_change: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    is_repeated: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    is_altered: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    has_correction: bool,
    source: Text<'a>,
    source_name: Text<'a>,
    source_kind: Text<'a>,
    office: Option<Text<'a>>,
    url: Text<'a>,
    title: Option<Text<'a>>,
    genre: Text<'a>,
    authors: Texts<'a>,
    language: Option<Text<'a>>,
    published: Option<Text<'a>>,
    published_on: Option<jiff::civil::Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    minute: Option<u16>,
    #[serde(default)]
    begins_at: usize,
    #[serde(default, skip_serializing_if = "is_zero")]
    same_before: u16,
    around: Text<'a>,
    speakers: Vec<(Text<'a>, Text<'a>, Texts<'a>)>,
    printed_speaker: Option<Text<'a>>,
    cue: Option<Text<'a>>,
    stance: Option<Text<'a>>,
    quote: Option<(Text<'a>, f32)>,
    said: Option<(Days<'a>, Text<'a>)>,
    date: Option<DateValues<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<Days<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    deadlines: Vec<Days<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    by_hand: Vec<ByHandValues<'a>>,
}

fn is_false(told: &bool) -> bool {
    !told
}

fn is_zero(count: &u16) -> bool {
    *count == 0
}

/// A time expression: type, value, days, rule, anchor, conflict, where it begins, whether it is a limit, and seconds from UTC.
#[derive(Serialize, Deserialize)]
struct DateValues<'a>(
    Text<'a>,
    Text<'a>,
    Option<Days<'a>>,
    Text<'a>,
    Text<'a>,
    Option<Text<'a>>,
    // An index that was written before has none.
    #[serde(default)] Option<usize>,
    #[serde(default)] bool,
    #[serde(default)] Option<i32>,
);

/// A [`ByHand`]: id, what it corrects, what the program read in words, why, who says so, when, and what it read.
#[derive(Serialize, Deserialize)]
struct ByHandValues<'a>(
    Text<'a>,
    Text<'a>,
    Text<'a>,
    Text<'a>,
    Text<'a>,
    jiff::Timestamp,
    Option<Text<'a>>,
);

impl<'a> From<&'a ByHand> for ByHandValues<'a> {
    fn from(told: &'a ByHand) -> Self {
        ByHandValues(
            lent(&told.id),
            lent(told.corrects.code()),
            lent(&told.read),
            lent(&told.why),
            lent(&told.by),
            told.made_at,
            told.value.as_deref().map(lent),
        )
    }
}

impl ByHandValues<'_> {
    fn read(self) -> Option<ByHand> {
        let ByHandValues(id, corrects, read, why, by, made_at, value) = self;
        Some(ByHand {
            id: id.into_owned(),
            corrects: Corrected::from_code(&corrects)?,
            read: read.into_owned(),
            why: why.into_owned(),
            by: by.into_owned(),
            made_at,
            value: owned(value),
        })
    }
}

/// A [`When`].
#[derive(Serialize, Deserialize)]
struct Days<'a>(Text<'a>, jiff::civil::Date, jiff::civil::Date);

impl<'a> From<&'a When> for Days<'a> {
    fn from(when: &'a When) -> Self {
        Days(lent(&when.edtf), when.earliest, when.latest)
    }
}

impl From<Days<'_>> for When {
    fn from(Days(edtf, earliest, latest): Days<'_>) -> Self {
        When {
            edtf: edtf.into_owned(),
            earliest,
            latest,
        }
    }
}

fn lent(text: &str) -> Text<'_> {
    Cow::Borrowed(text)
}

/// An entry as text.
pub(super) fn written(entry: &Entry) -> String {
    let stored = Stored {
        kind: lent(entry.kind.code()),
        id: lent(&entry.id),
        document: lent(entry.document.as_str()),
        revision: lent(entry.revision.as_str()),
        capture: lent(entry.capture.as_str()),
        captured_at: entry.captured_at,
        first_seen_at: entry.first_seen_at,
        held: entry.held,
        is_change: entry.is_change,
        is_repeated: entry.is_repeated,
        is_altered: entry.is_altered,
        has_correction: entry.has_correction,
        source: lent(entry.source.as_str()),
        source_name: lent(&entry.source_name),
        source_kind: lent(entry.source_kind.code()),
        office: entry.office.as_deref().map(lent),
        url: lent(&entry.url),
        title: entry.title.as_deref().map(lent),
        genre: lent(entry.genre.code()),
        authors: Cow::Borrowed(&entry.authors),
        language: entry.language.as_deref().map(lent),
        published: entry.published.map(|moment| moment.to_string().into()),
        published_on: entry.published_on,
        minute: entry.minute,
        begins_at: entry.begins_at,
        same_before: entry.same_before,
        around: lent(&entry.around),
        speakers: entry
            .speakers
            .iter()
            .map(|speaker| {
                (
                    lent(speaker.id.as_str()),
                    lent(&speaker.name),
                    Cow::Borrowed(&speaker.aliases[..]),
                )
            })
            .collect(),
        printed_speaker: entry.printed_speaker.as_deref().map(lent),
        cue: entry.cue.as_deref().map(lent),
        stance: entry.stance.map(|stance| lent(stance.code())),
        quote: entry
            .quote
            .map(|(kind, confidence)| (lent(kind.code()), confidence)),
        said: entry
            .said
            .as_ref()
            .map(|said| ((&said.when).into(), lent(&said.rule))),
        date: entry.date.as_ref().map(|date| {
            DateValues(
                lent(&date.kind),
                lent(&date.value),
                date.when.as_ref().map(Days::from),
                lent(&date.rule),
                lent(&date.anchor),
                date.conflict.as_deref().map(lent),
                date.at,
                date.is_limit,
                date.offset.map(Offset::seconds),
            )
        }),
        mentions: entry.mentions.iter().map(Days::from).collect(),
        deadlines: entry.deadlines.iter().map(Days::from).collect(),
        by_hand: entry.by_hand.iter().map(ByHandValues::from).collect(),
    };
    let values = serde_json::to_string(&stored).expect("plain values can always be written");
    // JSON written so has no line break of its own.
    [&values, "\n", &entry.text].concat()
}

fn owned(text: Option<Text<'_>>) -> Option<String> {
    text.map(Cow::into_owned)
}

/// The entry of a text that [`written`] made.
pub(super) fn read(written: &str) -> Option<Entry> {
    let (values, text) = written.split_once('\n')?;
    let stored: Stored = serde_json::from_str(values).ok()?;
    Some(Entry {
        kind: EntryKind::from_code(&stored.kind)?,
        id: stored.id.into_owned(),
        document: DocumentId::new(stored.document),
        revision: RevisionId::new(stored.revision),
        capture: CaptureId::new(stored.capture),
        captured_at: stored.captured_at,
        first_seen_at: stored.first_seen_at,
        held: stored.held,
        is_change: stored.is_change,
        is_repeated: stored.is_repeated,
        is_altered: stored.is_altered,
        is_replaced: false,
        is_removed: false,
        is_added: false,
        is_absent: false,
        has_correction: stored.has_correction,
        source: SourceId::new(stored.source),
        source_name: stored.source_name.into_owned(),
        source_kind: SourceKind::from_code(&stored.source_kind)?,
        office: owned(stored.office),
        office_names: Vec::new(),
        url: stored.url.into_owned(),
        title: owned(stored.title),
        genre: Genre::from_code(&stored.genre)?,
        authors: stored.authors.into_owned(),
        language: owned(stored.language),
        published: stored.published.and_then(|text| Moment::parse(&text)),
        published_on: stored.published_on,
        minute: stored.minute,
        begins_at: stored.begins_at,
        same_before: stored.same_before,
        text: text.to_string(),
        around: stored.around.into_owned(),
        speakers: stored
            .speakers
            .into_iter()
            .map(|(id, name, aliases)| EntrySpeaker {
                id: SpeakerId::new(id),
                name: name.into_owned(),
                aliases: aliases.into_owned(),
            })
            .collect(),
        bodies: Vec::new(),
        printed_speaker: owned(stored.printed_speaker),
        cue: owned(stored.cue),
        stance: stored.stance.and_then(|code| Stance::from_code(&code)),
        quote: match stored.quote {
            Some((kind, confidence)) => Some((QuoteKind::from_code(&kind)?, confidence)),
            None => None,
        },
        said: stored.said.map(|(when, rule)| EntrySaid {
            when: when.into(),
            rule: rule.into_owned(),
        }),
        date: stored.date.map(
            |DateValues(kind, value, when, rule, anchor, conflict, at, is_limit, offset)| EntryDate {
                kind: kind.into_owned(),
                value: value.into_owned(),
                when: when.map(When::from),
                rule: rule.into_owned(),
                anchor: anchor.into_owned(),
                conflict: owned(conflict),
                is_limit,
                at,
                offset: offset.and_then(|seconds| Offset::from_seconds(seconds).ok()),
            },
        ),
        mentions: stored.mentions.into_iter().map(When::from).collect(),
        deadlines: stored.deadlines.into_iter().map(When::from).collect(),
        by_hand: stored
            .by_hand
            .into_iter()
            .filter_map(ByHandValues::read)
            .collect(),
    })
}
