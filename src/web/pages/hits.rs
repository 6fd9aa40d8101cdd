//! What was found, as pages show it.

use super::marking::{Piece, pieces};
use super::{shown, speakers};
use crate::index::{Entry, EntryKind, Hit};
use crate::model::quote::Stance;

/// A hit as pages show it.
pub(super) struct HitView {
    pub(super) is_quote: bool,
    pub(super) is_date: bool,
    pub(super) id: String,
    pub(super) head: String,
    /// The full name, and the page of its speaker.
    pub(super) speaker: Option<(String, String)>,
    pub(super) printed: Option<String>,
    pub(super) day: String,
    pub(super) day_note: String,
    pub(super) words: Vec<Piece>,
    /// How much of the pasted words stands there, in words.
    pub(super) kept: Option<String>,
    pub(super) stance: Option<&'static str>,
    pub(super) quote_kind: &'static str,
    pub(super) title: String,
    pub(super) document: String,
    /// Leads to an earlier wording of the document, where the hit is of one.
    pub(super) wording: String,
    /// Says when an earlier wording was held.
    pub(super) held: Option<String>,
    pub(super) anchor: String,
    pub(super) source_name: String,
    pub(super) source_kind: &'static str,
    pub(super) genre: &'static str,
    pub(super) published: String,
    pub(super) url: String,
    pub(super) capture: String,
    pub(super) captured: String,
}

/// A hit as pages show it.
pub(super) fn view(hit: &Hit) -> HitView {
    let entry = &hit.entry;
    let speaker = entry.speakers.first();
    let (day, day_note) = match entry.kind {
        EntryKind::Quote => match &entry.said {
            Some(said) => {
                // Only that it is not named is worth a word here; the quote's own page says all.
                let is_named = said.rule != "document_day";
                let note = if is_named { "" } else { "the document’s day" };
                (said.when.edtf.clone(), note.into())
            }
            None => (
                "day unknown".into(),
                "neither the text nor the page gives a day".into(),
            ),
        },
        EntryKind::Document => (
            entry.published_on.map_or("undated".into(), |day| day.to_string()),
            "published".into(),
        ),
        EntryKind::Date => (
            entry
                .date
                .as_ref()
                .map(|date| date.meaning().to_owned())
                .unwrap_or_default(),
            "mentioned".into(),
        ),
    };
    let title = entry.title.clone().unwrap_or_else(|| entry.url.clone());
    HitView {
        is_quote: entry.kind == EntryKind::Quote,
        is_date: entry.kind == EntryKind::Date,
        head: if entry.kind == EntryKind::Date {
            entry.text.clone()
        } else {
            title.clone()
        },
        printed: entry
            .printed_speaker
            .clone()
            .filter(|printed| speaker.is_none_or(|speaker| *printed != speaker.name)),
        speaker: speaker
            .filter(|_| entry.kind == EntryKind::Quote)
            .map(|speaker| (speaker.name.clone(), speakers::address(&speaker.id))),
        id: entry.id.clone(),
        day,
        day_note,
        words: pieces(&hit.shown, &hit.marks),
        kept: hit.kept().map(kept),
        stance: entry.stance.map(Stance::code),
        quote_kind: entry.quote.map_or("", |(kind, _)| kind.code()),
        title,
        document: entry.document.to_string(),
        wording: if entry.is_current() {
            String::new()
        } else {
            format!("?revision={}", entry.revision)
        },
        held: held(entry),
        anchor: if entry.kind == EntryKind::Quote {
            format!("#{}", entry.id)
        } else {
            String::new()
        },
        source_name: entry.source_name.clone(),
        source_kind: entry.source_kind.code(),
        genre: genre_name(entry.genre),
        published: entry.published_on.map_or("undated".into(), |day| day.to_string()),
        url: entry.url.clone(),
        capture: entry.capture.to_string(),
        captured: shown(entry.captured_at),
    }
}

/// How much of the pasted words a printing has, in words.
fn kept(share: f32) -> String {
    if share >= 1.0 {
        return "has all of these words in their order".into();
    }
    format!(
        "has {:.0} % of these words in their order",
        (share * 100.0).floor()
    )
}

/// When an earlier wording was held, in words.
fn held(entry: &Entry) -> Option<String> {
    let (since, until) = entry.held;
    Some(format!("held from {} until {}", shown(since), shown(until?)))
}

/// A genre in words.
pub(super) fn genre_name(genre: crate::model::document::Genre) -> &'static str {
    use crate::model::document::Genre;
    match genre {
        Genre::Report => "report",
        Genre::PressRelease => "press release",
        Genre::Statement => "statement",
        Genre::Transcript => "transcript",
        Genre::Order => "order",
        Genre::Opinion => "opinion",
        Genre::Live => "live page",
    }
}
