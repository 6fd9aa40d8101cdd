//! From the words that name a speaker to the person or body meant.

use jiff::civil::Date;

use crate::model::quote::Quote;
use crate::model::speaker::{ResolvedSpeaker, Speaker};

/// The people and bodies known by name, ready to be looked up.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    speakers: Vec<Speaker>,
}

/// What is known about a document beside its text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The document's own day.
    pub day: Option<Date>,
    /// The entry of the office that published it, for an official source.
    pub office: Option<&'a str>,
}

impl Gazetteer {
    /// Builds the lookup of these entries.
    pub fn new(speakers: Vec<Speaker>) -> Self {
        Self { speakers }
    }

    /// The entries.
    pub fn speakers(&self) -> &[Speaker] {
        &self.speakers
    }

    /// The person or body that a quote's attribution means.
    pub fn resolve(&self, _text: &str, _quote: &Quote, _context: Context<'_>) -> Option<ResolvedSpeaker> {
        None
    }
}
