//! What every entry that a question finds is held against: conditions that are told of one entry at once, where the engine
//! would have to read along another list.

use std::sync::Arc;

use tantivy::fastfield::AliveBitSet;
use tantivy::{DocId, SegmentReader};

use super::columns::SegmentColumns;
use super::names::NEVER;
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
        let (mut moments, held) = (self.moments.iter(), self.columns.held());
        moments.all(|moment| held.at(entry, *moment))
    }
}

impl SegmentSieve {
    /// Whether there is no condition.
    pub(super) fn is_open(&self) -> bool {
        let Self {
            among,
            without,
            alive,
            held,
        } = self;
        among.is_empty() && without.is_empty() && alive.is_none() && held.is_none()
    }

    /// Moves those of a block that meet the conditions to its front; answers how many they are. A condition after the other: which
    /// entry meets one is chance, and a jump for each would be foretold wrongly half of the time.
    pub(super) fn sift(&self, entries: &mut [DocId]) -> usize {
        let mut count = entries.len();
        for bits in &self.among {
            count = keep(&mut entries[..count], |entry| EntrySet::has(bits, entry));
        }
        for bits in &self.without {
            count = keep(&mut entries[..count], |entry| !EntrySet::has(bits, entry));
        }
        if let Some(alive) = &self.alive {
            count = keep(&mut entries[..count], |entry| alive.is_alive(entry));
        }
        if let Some(held) = &self.held {
            let wordings = held.columns.held();
            for moment in &held.moments {
                count = wordings.keep(&mut entries[..count], *moment);
            }
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

/// Moves those for which something holds to the front; answers how many they are.
#[inline]
fn keep(entries: &mut [DocId], holds: impl Fn(DocId) -> bool) -> usize {
    let mut count = 0;
    for at in 0..entries.len() {
        let entry = entries[at];
        entries[count] = entry;
        count += usize::from(holds(entry));
    }
    count
}
