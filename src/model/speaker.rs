//! People and bodies that speak.

use jiff::civil::Date;

use super::id::SpeakerId;

/// A person or body of `config/speakers.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The key of the entry.
    pub id: SpeakerId,
    /// The full name.
    pub name: String,
    /// A person or a body.
    pub kind: SpeakerKind,
    /// Other names it is printed under.
    pub aliases: Vec<String>,
    /// The offices held.
    pub offices: Vec<Office>,
}

/// A person or a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpeakerKind {
    /// A human being.
    Person,
    /// An office, department, party, company.
    Body,
}

/// An office and the days it was held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// The title as printed before or instead of the name ("Mayor", "Assistant Secretary").
    pub title: String,
    /// Other wordings that mean the same office ("DHS spokesperson").
    pub aliases: Vec<String>,
    /// The entry of the body it belongs to.
    pub of: Option<SpeakerId>,
    /// The first day, where known.
    pub from: Option<Date>,
    /// The last day, where it is over.
    pub to: Option<Date>,
}

impl Office {
    /// Whether it was held on `day`.
    pub fn held_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// The person or body that a mention means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedSpeaker {
    /// The entry's id, or one made of the printed name.
    pub id: SpeakerId,
    /// The full name as far as it is known.
    pub name: String,
    /// Whether it is an entry of `config/speakers.toml`.
    pub known: bool,
    /// How it was found.
    pub rule: &'static str,
}
