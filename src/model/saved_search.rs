//! Searches that are asked again and again, and what was new, changed or gone each time.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

/// A saved search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSearch {
    /// Its id (UUIDv7).
    pub id: String,
    /// What it is called; no two have one name.
    pub name: String,
    /// The query, as it is typed.
    pub query: String,
    /// The kinds of entries looked for, by the names that the search page uses: `quotes`, `documents`, `dates`, `all`.
    pub kind: String,
    /// How often it is looked at.
    pub rhythm: Rhythm,
    /// Where its alerts are posted to.
    pub webhook: Option<Webhook>,
    /// Who is written to.
    pub email: Option<String>,
    /// When it was saved.
    pub created_at: Timestamp,
    /// When it was looked at last.
    pub looked_at: Option<Timestamp>,
    /// What keeps it from being asked.
    pub trouble: Option<String>,
}

/// How often a saved search is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rhythm {
    /// As soon as something was indexed.
    AtOnce,
    /// Once a day.
    Daily,
    /// Once a week.
    Weekly,
}

impl Rhythm {
    /// Every rhythm.
    pub const ALL: [Rhythm; 3] = [Rhythm::AtOnce, Rhythm::Daily, Rhythm::Weekly];

    /// The name used in rows, JSON and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Rhythm::AtOnce => "at-once",
            Rhythm::Daily => "daily",
            Rhythm::Weekly => "weekly",
        }
    }

    /// The rhythm of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rhythm| rhythm.code() == code)
    }

    /// The time between two looks.
    pub fn pause(self) -> SignedDuration {
        match self {
            Rhythm::AtOnce => SignedDuration::ZERO,
            Rhythm::Daily => SignedDuration::from_hours(24),
            Rhythm::Weekly => SignedDuration::from_hours(7 * 24),
        }
    }
}

/// An address that alerts are posted to, and the secret they are signed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// The address.
    pub url: String,
    /// The key of the signature, as Standard Webhooks writes it: `whsec_` and base 64.
    pub secret: String,
}

/// Something that a saved search found, as an alert tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What makes it the same thing in another revision: its kind, document, speaker and words, or days.
    pub key: String,
    /// What it says, folded to its words or its meaning; of a document the revision. Another one is a change.
    pub wording: String,
    /// `quote`, `document` or `date`.
    pub kind: String,
    /// Its id.
    pub entry: String,
    /// The document it is or stands in.
    pub document: String,
    /// The revision that showed it.
    pub revision: String,
    /// The capture that shows it.
    pub capture: String,
    /// The address of the document.
    pub url: String,
    /// The headline of the document.
    pub title: Option<String>,
    /// Who printed it.
    pub source: String,
    /// Who spoke.
    pub speaker: Option<String>,
    /// The day it was said or published, or the day meant.
    pub day: Option<Date>,
    /// The words of a quote, the headline of a document, the sentence around a date.
    pub text: String,
    /// What people corrected of it by hand, with what the program read, in words.
    pub by_hand: Option<String>,
}

/// What became of a line since the last look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// It was not found before.
    New,
    /// It says something else.
    Changed,
    /// Its page has it no more, or nothing of it that is searched for.
    TakenOut,
    /// Its page is not there any more.
    Gone,
    /// It was taken out of its page and stands there again, as it was.
    PutBack,
    /// Its page was gone and is there again, and it stands there as it did.
    Back,
}

impl Change {
    /// Every change.
    pub const ALL: [Change; 6] = [
        Change::New,
        Change::Changed,
        Change::TakenOut,
        Change::Gone,
        Change::PutBack,
        Change::Back,
    ];

    /// The name used in rows and JSON; where exports tell the same of a page ([`super::event::ChangeKind`]), it is theirs.
    pub fn code(self) -> &'static str {
        match self {
            Change::New => "new",
            Change::Changed => "changed",
            Change::TakenOut => "taken_out",
            Change::Gone => "gone",
            Change::PutBack => "put_back",
            Change::Back => "back",
        }
    }

    /// The same for people.
    pub fn words(self) -> &'static str {
        match self {
            Change::TakenOut => "taken out",
            Change::PutBack => "put back",
            Change::New | Change::Changed | Change::Gone | Change::Back => self.code(),
        }
    }

    /// The change of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.code() == code)
    }
}

/// A line of an alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertItem {
    /// What became of it.
    pub change: Change,
    /// The line as it is now; of what is gone, as it was.
    pub line: Line,
    /// What it said before, where that is another text.
    pub before: Option<String>,
    /// Whom the words were given to before, where that is somebody else; nobody is an empty text.
    pub speaker_before: Option<String>,
    /// The day it had before, where that is another one.
    pub day_before: Option<Date>,
    /// What the page printed since the look before to correct itself, in its words.
    pub correction: Option<String>,
    /// Of a document that changed: what its text says otherwise, where no other line of the alert tells it.
    pub passage: Option<Passage>,
}

/// A passage of a text that was edited, with some words around what changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// What it said before; empty where it is new.
    pub before: String,
    /// What it says now; empty where it went.
    pub now: String,
    /// In how many places more the text changed.
    pub more: u64,
}

/// What a look at a saved search told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// Its id (UUIDv7).
    pub id: String,
    /// When the look was taken.
    pub at: Timestamp,
    /// What was new, changed or gone since the look before; never nothing.
    pub items: Vec<AlertItem>,
}

/// A way that an alert is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// Posted to an address.
    Webhook,
    /// By mail.
    Email,
}

impl Way {
    /// Every way.
    pub const ALL: [Way; 2] = [Way::Webhook, Way::Email];

    /// The name used in rows and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Way::Webhook => "webhook",
            Way::Email => "email",
        }
    }

    /// The way of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }
}

/// Where a tracker lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The folder of its rows.
    pub folder: String,
    /// The machine, where it says which one it is.
    pub machine: Option<String>,
}

/// An alert that is to be sent, or could not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The alert's id.
    pub alert: String,
    /// The search's id.
    pub search: String,
    /// How it is sent.
    pub way: Way,
    /// How often that was tried.
    pub attempts: u32,
}
