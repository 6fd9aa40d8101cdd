//! What an entry has or its page, as `has:` asks for it.

use super::Entry;

/// Something that an entry or its page has or has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trait {
    /// The page carries a correction by the outlet itself.
    Correction,
    /// The page was held in another wording before.
    Change,
    /// Something is due by a day that it speaks of.
    Deadline,
    /// Somebody is named who spoke.
    Speaker,
}

impl Trait {
    /// Every one.
    pub(super) const ALL: [Self; 4] = [Self::Correction, Self::Change, Self::Deadline, Self::Speaker];

    /// The word it is asked for by.
    pub(super) fn code(self) -> &'static str {
        match self {
            Trait::Correction => "correction",
            Trait::Change => "change",
            Trait::Deadline => "deadline",
            Trait::Speaker => "speaker",
        }
    }

    /// Whether an entry has it.
    pub(super) fn is_of(self, entry: &Entry) -> bool {
        match self {
            Trait::Correction => entry.has_correction,
            Trait::Change => entry.is_change,
            Trait::Deadline => !entry.deadlines.is_empty(),
            Trait::Speaker => !entry.speakers.is_empty(),
        }
    }
}
