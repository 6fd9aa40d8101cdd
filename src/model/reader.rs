//! Who reads captures: what a capture was read by is kept with it, and one that another read is read again.

use std::collections::BTreeMap;

use super::id::SourceId;

/// The readers of a tracker. Each source has one of its own, since its rules are its own; so that another source, or a
/// change of one, is no reason to read again what the others brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readers {
    /// The name of all of them together.
    pub name: String,
    /// The name of the reader of each source.
    pub by_source: BTreeMap<SourceId, String>,
    /// The name of the reader of what came from sources that are configured no longer.
    pub of_others: String,
}

impl Readers {
    /// The name of the reader of what a source brought.
    pub fn of(&self, source: &SourceId) -> &str {
        self.by_source.get(source).unwrap_or(&self.of_others)
    }

    /// The names of every reader, in their order, each once.
    pub fn names(&self) -> Vec<&str> {
        let names = self.by_source.values().chain([&self.of_others]);
        let mut names: Vec<&str> = names.map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}
