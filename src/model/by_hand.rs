//! What people correct of what the program read: a speaker, the day something was said, words that are nobody's. A correction
//! stands beside the reading and never in its place, so that everybody sees what was read, and who says otherwise and why.

use jiff::Timestamp;

use super::date::When;
use super::id::{DocumentId, RevisionId, SpeakerId};

/// A correction of one quote by a person. It names the quote by its page and words, and not by its id, so that it holds also
/// where a better reader finds the words with other borders of its text, or the page is edited elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct HandCorrection {
    /// Its id (UUIDv7).
    pub id: String,
    /// The document.
    pub document: DocumentId,
    /// The address of the document, for people and for copies of a tracker.
    pub url: String,
    /// The revision that it was made on.
    pub revision: RevisionId,
    /// The words of the quote.
    pub words: String,
    /// The paragraph that they stood in, or as much of a long one as is kept around a quote.
    pub around: String,
    /// Which of the quotes with these words in such a paragraph it is, from 0.
    pub nth: usize,
    /// What is right.
    pub fix: Fix,
    /// What the program read then.
    pub read: ReadThen,
    /// Why it is right: what a reader of the page can look up.
    pub why: String,
    /// Who says so.
    pub by: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// When and by whom it was taken back, if it was.
    pub taken_back: Option<(Timestamp, String)>,
}

/// What is right of a quote.
#[derive(Clone, Debug, PartialEq)]
pub enum Fix {
    /// Who spoke: id and name; nobody who is known.
    Speaker(Option<(SpeakerId, String)>),
    /// When it was said; on a day that is not known.
    Said(Option<When>),
    /// The words are nobody's: a title, a term, a sign.
    NoQuote,
}

/// What of a quote is corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Corrected {
    /// Who spoke.
    Speaker,
    /// When it was said.
    Said,
    /// That these are somebody's words.
    NoQuote,
}

impl Corrected {
    /// Everything that can be corrected.
    pub const ALL: [Corrected; 3] = [Corrected::Speaker, Corrected::Said, Corrected::NoQuote];

    /// The name used in rows and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Corrected::Speaker => "speaker",
            Corrected::Said => "said",
            Corrected::NoQuote => "no_quote",
        }
    }

    /// What a code names.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|corrected| corrected.code() == code)
    }
}

impl Fix {
    /// What it corrects.
    pub fn corrects(&self) -> Corrected {
        match self {
            Fix::Speaker(_) => Corrected::Speaker,
            Fix::Said(_) => Corrected::Said,
            Fix::NoQuote => Corrected::NoQuote,
        }
    }

    /// What is right, as programs compare it: the id of a speaker, days as EDTF.
    pub fn value(&self) -> Option<&str> {
        match self {
            Fix::Speaker(speaker) => speaker.as_ref().map(|(id, _)| id.as_str()),
            Fix::Said(when) => when.as_ref().map(|when| when.edtf.as_str()),
            Fix::NoQuote => None,
        }
    }
}

/// What the program read when a correction was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadThen {
    /// The id of the speaker, or days as EDTF; of words that are no quote the speaker's id.
    pub value: Option<String>,
    /// The same in words, with the rule that gave it.
    pub told: String,
}

/// A correction as it is told beside the quote that it holds for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByHand {
    /// The correction's id.
    pub id: String,
    /// What it corrects.
    pub corrects: Corrected,
    /// What the program reads there: the id of a speaker, or days as EDTF.
    pub value: Option<String>,
    /// The same in words, with its rule.
    pub read: String,
    /// Why.
    pub why: String,
    /// Who says so.
    pub by: String,
    /// When it was made.
    pub made_at: Timestamp,
}

/// Who is read as the speaker of a quote, whoever it is told to be: what an edit of a page changed is told by what was read, and not
/// by what people say of one wording or the other.
pub fn speaker_read(by_hand: &[ByHand], told: Option<&SpeakerId>) -> Option<SpeakerId> {
    let corrected = by_hand.iter().find(|it| it.corrects == Corrected::Speaker);
    match corrected {
        Some(corrected) => corrected.value.clone().map(SpeakerId::new),
        None => told.cloned(),
    }
}

impl ByHand {
    /// The rule of a day that somebody corrected.
    pub const RULE: &'static str = "by_hand";

    /// That it was corrected, and what the program read, in words.
    pub fn told(&self) -> String {
        let what = match self.corrects {
            Corrected::Speaker => "speaker corrected by hand",
            Corrected::Said => "day corrected by hand",
            Corrected::NoQuote => "corrected by hand to be no quote",
        };
        format!("{what}: the program read {}", self.read)
    }

    /// Why, who says so and since when, in words.
    pub fn reason(&self) -> String {
        let day = self.made_at.strftime("%Y-%m-%d");
        format!("{} ({}, {day})", self.why, self.by)
    }

    /// All of it, in words.
    pub fn in_full(&self) -> String {
        format!("{}; because: {}", self.told(), self.reason())
    }
}
