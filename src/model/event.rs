//! What captured texts place in time, and what happened to their pages: lines with their evidence, and the events that they
//! tell of.

use jiff::Timestamp;
use jiff::civil::Date;

use super::by_hand::ByHand;
use super::date::When;
use super::document::Genre;
use super::id::{CaptureId, DocumentId, QuoteId, RevisionId, SourceId, SpeakerId};
use super::moment::Moment;
use super::quote::QuoteKind;
use super::source::SourceKind;

/// A quote, a document or a date mention, with its day and all that leads back to its capture.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// A name that stays the same from export to export.
    pub uid: String,
    /// What sort of line it is.
    pub kind: LineKind,
    /// When it was, is or will be; `None` where neither text nor page tells.
    pub when: Option<When>,
    /// The same with its time of day, where one is known.
    pub moment: Option<Moment>,
    /// The minute of its first day, where one is known: of the time that is meant, or of its document's publication, where
    /// that was on its day.
    pub minute: Option<u16>,
    /// Where it begins in the text, in bytes.
    pub begins_at: usize,
    /// How many lines of the same words and day stand before it in its document.
    pub same_before: u16,
    /// A line to show: the words said, the headline, or the paragraph around a date.
    pub text: String,
    /// The paragraph that it stands in.
    pub context: String,
    /// The printed expression that gives the day, for a date mention.
    pub expression: Option<String>,
    /// Where it begins in the paragraph, in bytes, where that is known.
    pub expression_at: Option<usize>,
    /// Who spoke, for a quote: the id and the full name.
    pub speaker: Option<(SpeakerId, String)>,
    /// The words that name the speaker beside the quote.
    pub printed_speaker: Option<String>,
    /// The words that report the quote.
    pub cue: Option<String>,
    /// How the quote is given.
    pub quote_kind: Option<QuoteKind>,
    /// The headline of the document.
    pub title: String,
    /// The source.
    pub source: SourceId,
    /// The name of the source.
    pub source_name: String,
    /// Whether the source is official or news.
    pub source_kind: SourceKind,
    /// The genre of the document.
    pub genre: Genre,
    /// Who wrote the document, as its byline has it.
    pub authors: Vec<String>,
    /// The language of the document (BCP 47).
    pub language: Option<String>,
    /// The address of the document.
    pub url: String,
    /// When the document says it was published.
    pub published: Option<Moment>,
    /// The day of that in the source's own zone.
    pub published_on: Option<Date>,
    /// How the day was found.
    pub rule: String,
    /// What the day was counted from, in words; for a deadline that is counted the sum.
    pub anchor: String,
    /// What contradicts the day, in words.
    pub conflict: Option<String>,
    /// The document it stands in.
    pub document: DocumentId,
    /// The revision it stands in.
    pub revision: RevisionId,
    /// Whether that is the wording seen last.
    pub is_current: bool,
    /// Whether the document was held in another wording before.
    pub is_change: bool,
    /// Whether its wording carries a correction by the outlet itself.
    pub has_correction: bool,
    /// The quote, for a line that shows one.
    pub quote: Option<QuoteId>,
    /// The capture that proves it.
    pub capture: CaptureId,
    /// When that capture was made.
    pub captured_at: Timestamp,
    /// The first visit that missed the document's page, where no later one found it again.
    pub absent_since: Option<Timestamp>,
    /// What became of it, for a line of an earlier wording.
    pub became: Option<Became>,
    /// How an edit left a quote, where one touched it.
    pub edit: Option<QuoteEdit>,
    /// In what a quote says otherwise than an official text that is told beside it.
    pub differs: Option<Differs>,
    /// What people corrected of a quote.
    pub by_hand: Vec<ByHand>,
    /// Who else prints the words, in the order in which it was printed, where printings of one wording are one line.
    pub printed_by: Vec<PrintedBy>,
    /// What happened to the page, for a line of a change: its days are those between two visits, and its text the words concerned.
    pub change: Option<PageChange>,
}

/// What the newest revision of its document has of something that an earlier one says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The same, of the same person and day; a quote with the id it has there. A revision between may have had it otherwise.
    Stands(Option<QuoteId>),
    /// The same words, given to this person, by the full name or else as printed, or to nobody named.
    GivenTo(QuoteId, Option<String>),
    /// Nothing that is the same.
    Otherwise,
}

impl Fate {
    /// The name used in exports and JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Fate::Stands(_) => "stands",
            Fate::GivenTo(..) => "given_to_another",
            Fate::Otherwise => "otherwise",
        }
    }

    /// The quote that has the words today.
    pub fn quote(&self) -> Option<&QuoteId> {
        match self {
            Fate::Stands(quote) => quote.as_ref(),
            Fate::GivenTo(quote, _) => Some(quote),
            Fate::Otherwise => None,
        }
    }
}

/// What became of something that an earlier revision says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Became {
    /// What the newest revision has of it.
    pub fate: Fate,
    /// The corrections that the newest revision prints and that one did not, and that may be of it, where it does not stand there as
    /// it stood.
    pub corrections: Vec<String>,
}

/// What the last edit that touched a quote did to it: it stands there so since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteEdit {
    /// What it did: `Reworded`, `GivenToAnother`, `Added` or `PutBack`.
    pub kind: ChangeKind,
    /// The quote as it stood before; none where nothing stood in its place.
    pub before: Option<Stated>,
    /// The first visit that found it as it is.
    pub seen_at: Timestamp,
}

/// Who prints the words of a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedBy {
    /// The quote there.
    pub quote: QuoteId,
    /// The name of the source.
    pub source_name: String,
    /// The address of the document.
    pub url: String,
    /// When the document says it was published.
    pub published: Option<Moment>,
    /// The capture that proves it.
    pub capture: CaptureId,
}

/// What happened to a page that is held, somewhen between a visit that found it as it was and the first that did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageChange {
    /// What it was.
    pub kind: ChangeKind,
    /// The quote as it stood before; none where it did not, or the whole page went or came back.
    pub before: Option<Stated>,
    /// When the quote that the line shows was said, as far as is told, or the day meant: the days of the line are those of the change.
    pub said: Option<When>,
    /// The revision that showed it so.
    pub revision: RevisionId,
    /// The last capture of that revision.
    pub held_by: CaptureId,
    /// The revision that came in its place; none of a page that went or came back.
    pub now: Option<RevisionId>,
    /// The last visit that found the page as it was; of one that is back, the last that did not find it.
    pub held_at: Timestamp,
    /// The first that did not; of a page that is back, the first that found it again.
    pub seen_at: Timestamp,
    /// The record of that visit's answer: a capture of the new wording, or the answer that the page is not there or is there
    /// again; `None` where the request is not kept any more.
    pub seen_by: Option<CaptureId>,
}

/// A quote as a page has it, or the paragraph around a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The quote, where it is one.
    pub quote: Option<QuoteId>,
    /// How the quote is given there: an edit may put a paraphrase in marks, or take them away.
    pub quote_kind: Option<QuoteKind>,
    /// The words.
    pub text: String,
    /// Who is read as its speaker.
    pub speaker: Option<String>,
    /// The id of the speaker.
    pub speaker_id: Option<SpeakerId>,
    /// When it was said, as far as is told, or the day meant.
    pub when: Option<When>,
}

/// What happened to a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// A quote has other words.
    Reworded,
    /// A quote is given to somebody else.
    GivenToAnother,
    /// A quote has nothing in its place.
    TakenOut,
    /// A quote that was taken out stands there again.
    PutBack,
    /// A quote came into a page that had stood without it.
    Added,
    /// A deadline is on another day.
    DeadlineMoved,
    /// A sentence names another day.
    DayMoved,
    /// The page is not there any more.
    Gone,
    /// A page that was gone is there again.
    Back,
}

impl ChangeKind {
    /// The name used in exports.
    pub fn code(self) -> &'static str {
        match self {
            ChangeKind::Reworded => "reworded",
            ChangeKind::GivenToAnother => "given_to_another",
            ChangeKind::TakenOut => "taken_out",
            ChangeKind::PutBack => "put_back",
            ChangeKind::Added => "added",
            ChangeKind::DeadlineMoved => "deadline_moved",
            ChangeKind::DayMoved => "day_moved",
            ChangeKind::Gone => "gone",
            ChangeKind::Back => "back",
        }
    }
}

/// In what a quote says otherwise than an official one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differs {
    /// The official quote.
    pub quote: QuoteId,
    /// Who publishes it.
    pub source_name: String,
    /// In what, in words: "a negation differs".
    pub told: String,
}

impl Line {
    /// The name of the speaker: the full one, else as printed.
    pub fn speaker_name(&self) -> Option<&str> {
        let full = self.speaker.as_ref().map(|(_, name)| name.as_str());
        full.or(self.printed_speaker.as_deref())
    }
}

/// What sort of line it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LineKind {
    /// Somebody said something.
    Said,
    /// A document was published.
    Published,
    /// A text speaks of a day.
    Mentioned,
    /// A text sets a day: the last one for something, or by counting.
    Deadline,
    /// A page that is held was edited or is gone.
    Changed,
}

impl LineKind {
    /// Every kind.
    pub const ALL: [LineKind; 5] = [
        LineKind::Said,
        LineKind::Published,
        LineKind::Mentioned,
        LineKind::Deadline,
        LineKind::Changed,
    ];

    /// The name used in exports.
    pub fn code(self) -> &'static str {
        match self {
            LineKind::Said => "said",
            LineKind::Published => "published",
            LineKind::Mentioned => "mentioned",
            LineKind::Deadline => "deadline",
            LineKind::Changed => "changed",
        }
    }
}

/// Something that happened, was said or falls due, and every line that tells of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What sort of event it is.
    pub kind: LineKind,
    /// When it was, is or will be, as most of its lines have it.
    pub when: When,
    /// What tells of it, at least one; the first is the one to show.
    pub lines: Vec<Line>,
    /// Where its lines name different days: which, and how many say so.
    pub conflict: Option<String>,
}

impl Event {
    /// Since when the pages of all its lines are absent: the visit that missed the last of them. Other pages may tell of it.
    pub fn absent_since(&self) -> Option<Timestamp> {
        let absent = self.lines.iter().map(|line| line.absent_since);
        absent.collect::<Option<Vec<_>>>()?.into_iter().max()
    }
}
