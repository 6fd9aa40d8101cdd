//! What an entry has or its page, as `has:` asks for it.

use super::{Entry, EntryKind};

/// Something that an entry or its page has or has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trait {
    /// The page carries a correction by the outlet itself.
    Correction,
    /// Of a quote: it stood in other words or was given to somebody else before. Of all else: the page was held in another
    /// wording before.
    Change,
    /// Of a quote: the next wording of its page has it in other words, or gives it to somebody else.
    Replaced,
    /// The next wording of its page has no such quote any more.
    Removal,
    /// An edit brought the quote in.
    Addition,
    /// Its page is not there any more.
    Absent,
    /// Something is due by a day that it speaks of.
    Deadline,
    /// Somebody is named who spoke.
    Speaker,
    /// Somebody corrected by hand what was read.
    ByHand,
}

impl Trait {
    /// Every one.
    pub(super) const ALL: [Self; 9] = [
        Self::Correction,
        Self::Change,
        Self::Replaced,
        Self::Removal,
        Self::Addition,
        Self::Absent,
        Self::Deadline,
        Self::Speaker,
        Self::ByHand,
    ];

    /// The word it is asked for by.
    pub(super) fn code(self) -> &'static str {
        match self {
            Trait::Correction => "correction",
            Trait::Change => "change",
            Trait::Replaced => "replaced",
            Trait::Removal => "removal",
            Trait::Addition => "addition",
            Trait::Absent => "absent",
            Trait::Deadline => "deadline",
            Trait::Speaker => "speaker",
            Trait::ByHand => "by_hand",
        }
    }

    /// Whether an entry has it.
    pub(super) fn is_of(self, entry: &Entry) -> bool {
        match self {
            Trait::Correction => entry.has_correction,
            Trait::Change if entry.kind == EntryKind::Quote => entry.is_altered,
            Trait::Change => entry.is_change,
            Trait::Replaced => entry.is_replaced,
            Trait::Removal => entry.is_removed,
            Trait::Addition => entry.is_added,
            Trait::Absent => entry.is_absent,
            Trait::Deadline => !entry.deadlines.is_empty(),
            Trait::Speaker => !entry.speakers.is_empty(),
            Trait::ByHand => !entry.by_hand.is_empty(),
        }
    }
}
