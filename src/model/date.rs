//! Time expressions and what they mean.

use jiff::civil::Date;

use super::span::Span;

/// A time expression in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct DateMention {
    /// Where it stands, as TIMEX3 draws it.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimexKind,
    /// TIMEX3 value (ISO 8601 with its extensions: `2026-02`, `P5Y`, `XXXX-WXX-5`, `PRESENT_REF`).
    pub value: String,
    /// The days meant, where the value is a calendar interval.
    pub when: Option<When>,
    /// What it was counted from.
    pub anchor: Anchor,
    /// The rule that read it.
    pub rule: &'static str,
    /// What contradicts it ("Thursday" beside a Friday's date), in words.
    pub conflict: Option<String>,
    /// It is the last day for something: "no later than June 1", "must be postmarked by May 15".
    pub is_limit: bool,
    /// For a length of time that sets a day ("within 14 days of this order"): how it is counted. The days meant are
    /// then the day it leads to.
    pub deadline: Option<Deadline>,
}

impl DateMention {
    /// The same expression in a text of which its own is the part that begins at this byte.
    #[must_use]
    pub fn within(mut self, start: usize) -> Self {
        self.span = self.span.within(start);
        if let Anchor::Mention(span) = &mut self.anchor {
            *span = span.within(start);
        }
        if let Some(deadline) = &mut self.deadline {
            deadline.span = deadline.span.within(start);
            deadline.evidence = deadline.evidence.map(|span| span.within(start));
        }
        self
    }

    /// Takes it for a day that is named and by which nothing is due; a length of time then leads to none.
    pub fn set_no_deadline(&mut self) {
        self.is_limit = false;
        self.deadline = None;
        if is_length(&self.value) {
            self.when = None;
        }
    }
}

/// Whether a time expression of this value sets a day by which something is due: the last one for it, or one that a length
/// of time leads to.
pub fn is_deadline(when: Option<&When>, value: &str, is_limit: bool) -> bool {
    when.is_some() && (is_limit || is_length(value))
}

/// Whether a time expression of this value is the last day for something and nothing tells from which day it is counted: "may object
/// within 30 days".
pub fn is_open_deadline(when: Option<&When>, value: &str, is_limit: bool) -> bool {
    when.is_none() && is_limit && is_length(value)
}

/// Whether a value is a length of time.
pub fn is_length(value: &str) -> bool {
    value.starts_with('P')
}

/// What orders and statements count their deadlines from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// The text is signed, issued or enacted.
    Signed,
    /// It takes effect.
    Effective,
    /// It is published.
    Published,
}

impl Event {
    /// Every event.
    pub const ALL: [Event; 3] = [Event::Signed, Event::Effective, Event::Published];

    /// The name data files and outputs use.
    pub fn code(self) -> &'static str {
        match self {
            Event::Signed => "signed",
            Event::Effective => "effective",
            Event::Published => "published",
        }
    }
}

/// A day set by counting from an event: "no later than 14 days after the effective date".
#[derive(Clone, Debug, PartialEq)]
pub struct Deadline {
    /// The length of time with the words that name the event.
    pub span: Span,
    /// What it is counted from.
    pub event: Event,
    /// The event's day, if the text leaves no doubt of it.
    pub from: Option<Date>,
    /// The expression that states that day; none where the document's own date stands for it.
    pub evidence: Option<Span>,
    /// The sum, for people: `2026-02-06 + 14 days = 2026-02-20`; empty where nothing could be counted.
    pub arithmetic: String,
}

/// TIMEX3 types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimexKind {
    /// A calendar day or something longer.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Something that recurs.
    Set,
}

impl TimexKind {
    const ALL: [TimexKind; 4] = [
        TimexKind::Date,
        TimexKind::Time,
        TimexKind::Duration,
        TimexKind::Set,
    ];

    /// The name TIMEX3 uses.
    pub fn code(self) -> &'static str {
        match self {
            TimexKind::Date => "DATE",
            TimexKind::Time => "TIME",
            TimexKind::Duration => "DURATION",
            TimexKind::Set => "SET",
        }
    }

    /// The type of a name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A calendar value with its first and last day.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct When {
    /// Extended Date/Time Format (ISO 8601-2).
    pub edtf: String,
    /// The first day it can mean.
    pub earliest: Date,
    /// The last day it can mean, included.
    pub latest: Date,
}

impl When {
    /// One day.
    pub fn day(date: Date) -> Self {
        Self {
            edtf: date.to_string(),
            earliest: date,
            latest: date,
        }
    }

    /// From one day to another, which are years 0 to 9999.
    pub fn between(earliest: Date, latest: Date) -> Self {
        match earliest == latest {
            true => Self::day(earliest),
            false => Self {
                edtf: format!("{earliest}/{latest}"),
                earliest,
                latest,
            },
        }
    }
}

/// What a date was counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Nothing: it is complete as printed.
    Absolute,
    /// The document's own date.
    Document(Date),
    /// The day of the sitting that it is the record of, as its title has it.
    Title(Date),
    /// Another expression of the same text.
    Mention(Span),
    /// It needs an anchor and there is none.
    Missing,
}

/// What is told of a day that is counted from nothing.
pub const COMPLETE: &str = "complete as printed";

/// The day on which those sat whose words a document is the record of: a hearing, a meeting, a press conference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sitting {
    /// The day.
    pub day: Date,
    /// The expression in the text that names it; `None` where the title does.
    pub evidence: Option<Span>,
}

/// The day or days on which a quote was said, and why we think so.
#[derive(Clone, Debug, PartialEq)]
pub struct SaidOn {
    /// The days.
    pub when: When,
    /// The expression that governs the quote; `None` where the document's own date stands in, and where its title tells.
    pub evidence: Option<Span>,
    /// The rule that gave it.
    pub rule: &'static str,
}

impl SaidOn {
    /// The rule of a day that nothing names: it is taken to be the document's own.
    pub const OF_DOCUMENT: &'static str = "document_day";
    /// The rule of the day of a sitting that is named in the title of its record.
    pub const OF_TITLE: &'static str = "transcript_title";
    /// The rule of the days from a meeting that is told of to the document's own: nothing says on which of them it was.
    pub const SINCE_MEETING: &'static str = "since_meeting";

    /// Whether a rule only bounds the day: nothing names it, so that another day is no contradiction.
    pub fn is_assumed(rule: &str) -> bool {
        matches!(rule, Self::OF_DOCUMENT | Self::SINCE_MEETING)
    }
}

impl SaidOn {
    /// The same in a text of which its own is the part that begins at this byte.
    #[must_use]
    pub fn within(mut self, start: usize) -> Self {
        self.evidence = self.evidence.map(|span| span.within(start));
        self
    }
}
