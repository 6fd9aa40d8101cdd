//! What every entry that a question finds is held against: conditions that are told of one entry at once, where the engine
//! would have to read along another list.

use std::sync::Arc;

use tantivy::fastfield::AliveBitSet;
use tantivy::{DocId, SegmentReader};

use super::columns::SegmentColumns;
use super::schema::NEVER;
use super::sets::EntrySet;

/// Conditions that all must hold.
#[derive(Debug, Default)]
pub(super) struct Sieve {
    /// Sets that it is in.
    pub(super) among: Vec<Arc<EntrySet>>,
    /// Sets that it is not in.
    pub(super) without: Vec<Arc<EntrySet>>,
    /// Seconds since 1970 at which its wording was the one held.
    pub(super) held_at: Vec<i64>,
}

impl Sieve {
    /// The conditions for the entries of a segment; `None` where none of them can meet them.
    pub(super) fn of(&self, segment: &SegmentReader, columns: &Arc<SegmentColumns>) -> Option<SegmentSieve> {
        let bits = |entries: &Arc<EntrySet>| entries.bits(segment.segment_id());
        let held = (!self.held_at.is_empty()).then(|| HeldAt {
            moments: self
                .held_at
                .iter()
                .map(|moment| (*moment).min(NEVER - 1))
                .collect(),
            columns: Arc::clone(columns),
        });
        Some(SegmentSieve {
            among: self.among.iter().map(bits).collect::<Option<_>>()?,
            without: self.without.iter().filter_map(bits).collect(),
            alive: segment.alive_bitset().cloned(),
            held,
        })
    }
}

/// The conditions for the entries of one segment; what was deleted of it meets none.
pub(super) struct SegmentSieve {
    among: Vec<Arc<[u64]>>,
    without: Vec<Arc<[u64]>>,
    alive: Option<AliveBitSet>,
    held: Option<HeldAt>,
}

/// The moments at which wordings should have been held, and from when, and until when, they were.
struct HeldAt {
    moments: Vec<i64>,
    columns: Arc<SegmentColumns>,
}

impl HeldAt {
    #[inline]
    fn holds(&self, entry: DocId) -> bool {
        let mut moments = self.moments.iter();
        moments.all(|moment| self.columns.is_held_at(entry, *moment))
    }
}

impl SegmentSieve {
    /// Moves those of a block that meet the conditions to its front; answers how many they are.
    pub(super) fn sift(&self, entries: &mut [DocId]) -> usize {
        let mut count = 0;
        // Nearly every search asks for one set and nothing else, of which every entry found is looked up.
        let only = match (
            self.among.as_slice(),
            self.without.is_empty(),
            &self.alive,
            &self.held,
        ) {
            ([bits], true, None, None) => Some(bits),
            _ => None,
        };
        for at in 0..entries.len() {
            let entry = entries[at];
            entries[count] = entry;
            let passes = match only {
                Some(bits) => EntrySet::has(bits, entry),
                None => self.passes(entry),
            };
            count += usize::from(passes);
        }
        count
    }

    /// Whether an entry meets the conditions.
    #[inline]
    pub(super) fn passes(&self, entry: DocId) -> bool {
        self.among.iter().all(|bits| EntrySet::has(bits, entry))
            && !self.without.iter().any(|bits| EntrySet::has(bits, entry))
            && self.alive.as_ref().is_none_or(|alive| alive.is_alive(entry))
            && self.held.as_ref().is_none_or(|held| held.holds(entry))
    }
}
