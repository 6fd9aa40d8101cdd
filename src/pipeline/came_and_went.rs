//! Which of the quotes that differ between two wordings of a page came or went: what only got marks, lost them or got a speaker
//! stood there all the time.

use std::collections::HashSet;

use jiff::SignedDuration;

use super::printings::words_in_marks;
use crate::model::document::Genre;
use crate::model::event::{self, ChangeKind};
use crate::model::id::SpeakerId;
use crate::model::quote::QuoteKind;
use crate::store::{DocumentRow, QuoteRow, RevisionRow};
use crate::text::wording::Wording;

/// The share of a quote's words from which on it is left in a text.
const LEFT: f32 = 0.5;
/// How long a page is held before a quote that comes in is told as added: earlier it is the story being written.
const WRITTEN_FOR: SignedDuration = SignedDuration::from_hours(24);
/// Quotes of one edit that are looked for in the text on its other side.
const MOST_LOOKED_FOR: usize = 60;

/// The quotes of a document that were told to be taken out and are not back, by their words and whose they were read to be.
pub(super) type TakenOut = HashSet<(Vec<String>, Option<SpeakerId>)>;

/// What a quote that was taken out is known by when it is back.
pub(super) fn by_words(quote: &QuoteRow) -> (Vec<String>, Option<SpeakerId>) {
    (Wording::of(&quote.words).words().to_vec(), quote.speaker_read())
}

/// What an edit did to a quote in whose place another one stands.
pub(super) fn kind_of(was: &QuoteRow, is: &QuoteRow) -> ChangeKind {
    match was.speaker_read() == is.speaker_read() {
        true => ChangeKind::Reworded,
        false => ChangeKind::GivenToAnother,
    }
}

/// A quote as a text has it.
pub(super) fn as_stated(quote: &QuoteRow, text: &str) -> event::Stated {
    let printed = quote.mention.map(|mention| mention.slice(text).to_owned());
    event::Stated {
        quote: Some(quote.id.clone()),
        quote_kind: Some(quote.kind),
        text: quote.words.clone(),
        speaker: quote.speaker_name.clone().or(printed),
        speaker_id: quote.speaker.clone(),
        when: quote.said.clone(),
    }
}

/// Those of the quotes that came, by their places, that are new to a page which had stood without them. Words that only came
/// to be in marks, or got a speaker, stood there before.
pub(super) fn new_to_page(
    document: &DocumentRow,
    (before, after): (&RevisionRow, &RevisionRow),
    quotes: &[QuoteRow],
    came: Vec<usize>,
) -> Vec<usize> {
    let is_written = after.fetched_at.duration_since(document.first_seen_at) < WRITTEN_FOR;
    if came.is_empty() || is_written || before.reading.genre == Genre::Live {
        return Vec::new();
    }
    let text = Text::of(&before.reading.text, came.len());
    let is_new = |at: &usize| !text.has_left(&quotes[*at]);
    came.into_iter().filter(is_new).collect()
}

/// The text on one side of an edit, as the quotes of the other side are looked for in it.
pub(super) struct Text {
    words: Wording,
    printed: String,
    /// Whether words that were edited are looked for as well, and not only the very words.
    is_looked_through: bool,
}

impl Text {
    /// A text in which so many quotes are looked for.
    pub(super) fn of(text: &str, quotes: usize) -> Self {
        let words = Wording::in_one_spelling(text);
        Self {
            printed: format!(" {} ", words.words().join(" ")),
            is_looked_through: quotes <= MOST_LOOKED_FOR,
            words,
        }
    }

    /// Whether most words of a quote stand there still, whether these are read as a quote or not: what only lost its marks or its
    /// speaker was not taken out.
    pub(super) fn has_left(&self, quote: &QuoteRow) -> bool {
        let own = match quote.kind {
            QuoteKind::Mixed => Wording::in_one_spelling(&words_in_marks(&quote.words)),
            _ => Wording::in_one_spelling(&quote.words),
        };
        let share = || own.found_in(&self.words).map_or(0.0, |(_, share)| share);
        self.printed.contains(&format!(" {} ", own.words().join(" ")))
            || self.is_looked_through && share() > LEFT
    }
}
