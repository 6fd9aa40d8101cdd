//! A dated line of a timeline.

use jiff::Timestamp;

use super::date::When;
use super::id::{CaptureId, DocumentId, QuoteId};

/// Something that a captured text places in time.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// A name that stays the same from export to export.
    pub uid: String,
    /// What sort of line it is.
    pub kind: EventKind,
    /// When it was, is or will be.
    pub when: When,
    /// A line to show: the words said, the headline, or the sentence around a date.
    pub text: String,
    /// Who spoke, for a quote.
    pub speaker: Option<String>,
    /// The headline of the document.
    pub title: String,
    /// The name of the source.
    pub source: String,
    /// The address of the document.
    pub url: String,
    /// The day the document says it was published, ISO 8601.
    pub published: Option<String>,
    /// How the date was found.
    pub rule: String,
    /// The document it stands in.
    pub document: DocumentId,
    /// The quote, for a line that shows one.
    pub quote: Option<QuoteId>,
    /// The capture that proves it.
    pub capture: CaptureId,
    /// When that capture was made.
    pub captured_at: Timestamp,
}

/// What sort of line an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EventKind {
    /// Somebody said something.
    Said,
    /// A document was published.
    Published,
    /// A text speaks of a day.
    Mentioned,
}

impl EventKind {
    /// The name used in exports.
    pub fn code(self) -> &'static str {
        match self {
            EventKind::Said => "said",
            EventKind::Published => "published",
            EventKind::Mentioned => "mentioned",
        }
    }
}
