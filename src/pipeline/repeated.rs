//! What of a wording the next one has as well: a quote that stayed through ten edits of its page is one printing, not ten.

use std::collections::HashSet;

use crate::index::{Entry, EntryKind};
use crate::model::date::When;
use crate::model::document::Genre;
use crate::model::id::SpeakerId;
use crate::model::quote::{QuoteKind, Stance};

/// Marks those quotes and dates of a wording that the next one, if it is of the same document, has as well.
pub(super) fn mark(wording: &mut [Entry], next: &[Entry]) {
    let is_followed = wording.first().zip(next.first());
    if is_followed.is_none_or(|(one, other)| one.document != other.document) {
        return;
    }
    let next: HashSet<Same<'_>> = next.iter().map(Same::of).collect();
    for entry in wording {
        entry.is_repeated = entry.kind != EntryKind::Document && next.contains(&Same::of(entry));
    }
}

/// What two entries of different wordings have alike if they are the same: all that a question can ask for, but when they
/// were held and what else their pages have.
#[derive(PartialEq, Eq, Hash)]
struct Same<'a> {
    kind: EntryKind,
    text: &'a str,
    /// What a date is found by.
    around: Option<&'a str>,
    speakers: Vec<&'a SpeakerId>,
    cue: Option<&'a str>,
    stance: Option<Stance>,
    quote: Option<QuoteKind>,
    said: Option<&'a When>,
    date: Option<(&'a str, Option<&'a When>, bool)>,
    mentions: &'a [When],
    deadlines: &'a [When],
    genre: Genre,
    language: Option<&'a str>,
    published_on: Option<jiff::civil::Date>,
}

impl<'a> Same<'a> {
    fn of(entry: &'a Entry) -> Self {
        let date = entry.date.as_ref();
        Self {
            kind: entry.kind,
            text: &entry.text,
            around: (entry.kind == EntryKind::Date).then_some(entry.around.as_str()),
            speakers: entry.speakers.iter().map(|speaker| &speaker.id).collect(),
            cue: entry.cue.as_deref(),
            stance: entry.stance,
            quote: entry.quote.map(|(kind, _)| kind),
            said: entry.said.as_ref().map(|said| &said.when),
            date: date.map(|date| (date.value.as_str(), date.when.as_ref(), date.is_limit)),
            mentions: &entry.mentions,
            deadlines: &entry.deadlines,
            genre: entry.genre,
            language: entry.language.as_deref(),
            published_on: entry.published_on,
        }
    }
}
