//! What can be found.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use crate::model::by_hand::{self, ByHand};
use crate::model::date::{When, is_deadline, is_length};
use crate::model::document::Genre;
use crate::model::id::{CaptureId, DocumentId, RevisionId, SourceId, SpeakerId};
use crate::model::moment::Moment;
use crate::model::quote::{QuoteKind, Stance};
use crate::model::source::SourceKind;

/// A quote, a document or a date mention, with what is needed to find it and to show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// The id of the quote or document; for a date mention its revision and position.
    pub id: String,
    /// The document it is or stands in.
    pub document: DocumentId,
    /// The revision it stands in.
    pub revision: RevisionId,
    /// The capture that first showed that revision.
    pub capture: CaptureId,
    /// When that capture was made.
    pub captured_at: Timestamp,
    /// When the tracker first held the document.
    pub first_seen_at: Timestamp,
    /// From when the tracker held this revision, and until when it was the last one; `None` while it is.
    pub held: (Timestamp, Option<Timestamp>),
    /// Whether the document was held in another wording before.
    pub is_change: bool,
    /// Whether the next wording of the document has the same.
    pub is_repeated: bool,
    /// Of a quote: whether an earlier wording of its document had it in other words or of another speaker.
    pub is_altered: bool,
    /// Of a quote: whether the next wording of its document has other words or another speaker in its place; not read back.
    pub is_replaced: bool,
    /// Of a quote: whether the next wording of its document has nothing in its place; not read back.
    pub is_removed: bool,
    /// Of a quote: whether an edit brought it in, and the wording held first had nothing like it; not read back.
    pub is_added: bool,
    /// Whether its wording carries a correction by the outlet itself.
    pub has_correction: bool,
    /// Whether the document's page is not there any more; not read back, since it may be there again.
    pub is_absent: bool,
    /// Whose document it is.
    pub source: SourceId,
    /// The name of the source.
    pub source_name: String,
    /// Whether the source is official or news.
    pub source_kind: SourceKind,
    /// The body whose office the source is.
    pub office: Option<String>,
    /// The names of that body, which it is found by; they are not read back.
    pub office_names: Vec<String>,
    /// The address of the document.
    pub url: String,
    /// The headline of the document.
    pub title: Option<String>,
    /// The genre of the document.
    pub genre: Genre,
    /// Who wrote the document, as its byline has it.
    pub authors: Vec<String>,
    /// The language of the document (BCP 47).
    pub language: Option<String>,
    /// When the page says it was published.
    pub published: Option<Moment>,
    /// The day of that in the source's own zone.
    pub published_on: Option<Date>,
    /// The minute of the day it is ordered by, where one is known: of the time that is meant, or at which its document was
    /// published, where that is its day.
    pub minute: Option<u16>,
    /// Where it begins in the text, in bytes.
    pub begins_at: usize,
    /// How many entries of the same words, speaker and day stand before it in its document.
    pub same_before: u16,
    /// The words of the quote, the text of the document, or the time expression.
    pub text: String,
    /// The block that a quote or time expression stands in.
    pub around: String,
    /// Who spoke; for a document everybody quoted in it.
    pub speakers: Vec<EntrySpeaker>,
    /// The bodies that these are, or held an office of on the day; they are found by them, and they are not read back.
    pub bodies: Vec<EntrySpeaker>,
    /// The words that name the speaker beside the quote.
    pub printed_speaker: Option<String>,
    /// The words that report the quote: "said", "warned".
    pub cue: Option<String>,
    /// The stance they take.
    pub stance: Option<Stance>,
    /// How a quote is given, and how sure it is that these are somebody's words.
    pub quote: Option<(QuoteKind, f32)>,
    /// When a quote was said.
    pub said: Option<EntrySaid>,
    /// The time expression.
    pub date: Option<EntryDate>,
    /// The days that it speaks of.
    pub mentions: Vec<When>,
    /// Those of them by which something is due.
    pub deadlines: Vec<When>,
    /// What people corrected of a quote.
    pub by_hand: Vec<ByHand>,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// A quote.
    Quote,
    /// A document as it was last seen.
    Document,
    /// A date mention.
    Date,
}

impl EntryKind {
    /// Every kind.
    pub const ALL: [EntryKind; 3] = [EntryKind::Quote, EntryKind::Document, EntryKind::Date];

    /// The name used in rows and JSON.
    pub fn code(self) -> &'static str {
        match self {
            EntryKind::Quote => "quote",
            EntryKind::Document => "document",
            EntryKind::Date => "date",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Somebody who spoke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntrySpeaker {
    /// The id.
    pub id: SpeakerId,
    /// The full name.
    pub name: String,
    /// Other names to be found by.
    pub aliases: Vec<String>,
}

/// When a quote was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntrySaid {
    /// The days.
    pub when: When,
    /// The rule that gave them.
    pub rule: String,
}

/// A time expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryDate {
    /// TIMEX3 type.
    pub kind: String,
    /// TIMEX3 value.
    pub value: String,
    /// The days meant.
    pub when: Option<When>,
    /// The rule that read it.
    pub rule: String,
    /// What it was counted from, in words; for a deadline the sum.
    pub anchor: String,
    /// What contradicts it, in words.
    pub conflict: Option<String>,
    /// It is the last day for something.
    pub is_limit: bool,
    /// Where it begins in the block around it, in bytes; not known of entries that older versions wrote.
    pub at: Option<usize>,
    /// How far the source's clocks are from UTC then, where it has a time of day and names no zone.
    pub offset: Option<Offset>,
}

impl EntryDate {
    /// Whether it sets a day: the last one for something, or by a length of time.
    pub fn is_deadline(&self) -> bool {
        is_deadline(self.when.as_ref(), &self.value, self.is_limit)
    }

    /// What it means, in a word: the day that a length of time leads to, else the TIMEX3 value.
    pub fn meaning(&self) -> &str {
        match &self.when {
            Some(when) if is_length(&self.value) => &when.edtf,
            _ => &self.value,
        }
    }
}

impl Entry {
    /// About how many bytes it takes as the engine takes it: its text three times, and once more as it is kept.
    pub(super) fn bytes(&self) -> usize {
        1024 + 4 * (self.text.len() + self.around.len())
    }

    /// The day that an entry is ordered by: when a quote was said, a document published, a day meant; else
    /// the day it was captured.
    pub fn day(&self) -> Date {
        let own = match self.kind {
            EntryKind::Quote => self.said.as_ref().map(|said| said.when.earliest),
            EntryKind::Document => None,
            EntryKind::Date => self
                .date
                .as_ref()
                .and_then(|date| Some(date.when.as_ref()?.earliest)),
        };
        own.or(self.published_on).unwrap_or_else(|| self.captured_on())
    }

    /// The day it was captured (UTC).
    pub fn captured_on(&self) -> Date {
        utc_day(self.captured_at)
    }

    /// Who is read as its speaker, whatever people corrected.
    pub fn speaker_read(&self) -> Option<SpeakerId> {
        let told = self.speakers.first().map(|speaker| &speaker.id);
        by_hand::speaker_read(&self.by_hand, told)
    }

    /// Whether it is of the wording that was seen last.
    pub fn is_current(&self) -> bool {
        self.held.1.is_none()
    }
}

/// The day of a moment in UTC.
pub(super) fn utc_day(moment: Timestamp) -> Date {
    jiff::tz::Offset::UTC.to_datetime(moment).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether an expression of this value sets a day, and what it means.
    fn read(value: &str, day: Option<&str>, is_limit: bool) -> (bool, String) {
        let date = EntryDate {
            kind: "DATE".into(),
            value: value.into(),
            when: day.map(|day| When::day(day.parse().expect("a day"))),
            rule: "test".into(),
            anchor: String::new(),
            conflict: None,
            is_limit,
            at: None,
            offset: None,
        };
        (date.is_deadline(), date.meaning().to_string())
    }

    #[test]
    fn a_day_is_set_by_counting_or_by_being_the_last() {
        let day = Some("2026-05-15");
        assert_eq!(read("P14D", day, false), (true, "2026-05-15".into()));
        assert_eq!(read("P14D", None, false), (false, "P14D".into()));
        assert_eq!(
            read("2026-05-15T17:00", day, true),
            (true, "2026-05-15T17:00".into())
        );
        assert_eq!(read("2026-05-15", day, false), (false, "2026-05-15".into()));
        assert_eq!(read("XXXX-WXX-5", None, true), (false, "XXXX-WXX-5".into()));
    }
}
