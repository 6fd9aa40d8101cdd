//! What was read out of a capture, as it is handed to the rows.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::model::capture::Capture;
use crate::model::date::{DateMention, SaidOn};
use crate::model::document::{NoticeKind, Reading};
use crate::model::id::CaptureId;
use crate::model::outcome::Outcome;
use crate::model::quote::Quote;
use crate::model::schedule::DueRule;
use crate::model::speaker::ResolvedSpeaker;

/// What was read out of one capture.
#[derive(Clone, Debug)]
pub struct ReadCapture {
    /// The capture.
    pub capture: Capture,
    /// The documents it shows: the page's own first, then those that are parts of the page; or those that an
    /// interface's answer gives.
    pub documents: Vec<ReadDocument>,
    /// Why it shows no document, where it does not.
    pub withheld: Option<NoticeKind>,
    /// The addresses of documents that an interface's answer gives and that are not shown, each with the reason.
    pub withheld_items: Vec<(String, NoticeKind)>,
    /// Whether what was read out of it before stays: it cannot be read now.
    pub keeps: bool,
    /// What stands in the place of its page, where something does.
    pub in_place: Option<InPlaceRow>,
    /// Which reader read it (its versions and configuration, as one word).
    pub reader: String,
    /// The zone of its source, in which days are told.
    pub time_zone: TimeZone,
    /// When it was read.
    pub recorded_at: Timestamp,
}

/// A document as a capture shows it.
#[derive(Clone, Debug)]
pub struct ReadDocument {
    /// Its address; that of a part is its page's with a fragment.
    pub url: String,
    /// The address of the page that it is a part of, if it is one.
    pub part_of: Option<String>,
    /// The text and the facts about it.
    pub reading: Reading,
    /// The quotes, each with the person meant and the day it was said.
    pub quotes: Vec<(Quote, Option<ResolvedSpeaker>, Option<SaidOn>)>,
    /// The time expressions.
    pub dates: Vec<DateMention>,
}

impl ReadCapture {
    /// The documents that are shown of it.
    pub fn shown(&self) -> &[ReadDocument] {
        match self.withheld {
            Some(_) => &[],
            None => &self.documents,
        }
    }
}

/// What a reading tells of the visit that brought its capture: something else stood in the place of the page.
#[derive(Clone, Debug)]
pub struct InPlaceRow {
    /// How the visit ended.
    pub outcome: Outcome,
    /// The particulars, in words.
    pub detail: String,
    /// When the page is due again, and why then.
    pub due: (Timestamp, DueRule),
    /// Visits in a row that found something else.
    pub failures: u32,
    /// The capture that last showed the page, if one did.
    pub held: Option<CaptureId>,
}
