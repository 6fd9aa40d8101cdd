//! What every entry that a question finds is held against: conditions that are told of one entry at once, where the engine
//! would have to read along another list.

use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::fastfield::AliveBitSet;
use tantivy::{DocId, SegmentReader};

use super::schema::{SINCE, UNTIL};
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
    pub(super) fn of(&self, segment: &SegmentReader) -> tantivy::Result<Option<SegmentSieve>> {
        let bits = |entries: &Arc<EntrySet>| entries.bits(segment.segment_id());
        let Some(among) = self.among.iter().map(bits).collect() else {
            return Ok(None);
        };
        let held = match self.held_at.is_empty() {
            true => None,
            false => Some(HeldAt {
                moments: self.held_at.clone(),
                since: segment.fast_fields().i64(SINCE)?,
                until: segment.fast_fields().i64(UNTIL)?,
            }),
        };
        Ok(Some(SegmentSieve {
            among,
            without: self.without.iter().filter_map(bits).collect(),
            alive: segment.alive_bitset().cloned(),
            held,
        }))
    }
}

/// The conditions for the entries of one segment; what was deleted of it meets none.
pub(super) struct SegmentSieve {
    among: Vec<Arc<[u64]>>,
    without: Vec<Arc<[u64]>>,
    alive: Option<AliveBitSet>,
    held: Option<HeldAt>,
}

/// From when, and until when, wordings were held, and the moments at which they should have been.
struct HeldAt {
    moments: Vec<i64>,
    since: Column<i64>,
    until: Column<i64>,
}

impl HeldAt {
    fn holds(&self, entry: DocId) -> bool {
        let (since, until) = (self.since.first(entry), self.until.first(entry));
        self.moments.iter().all(|moment| {
            since.is_some_and(|since| since <= *moment) && until.is_some_and(|until| *moment < until)
        })
    }
}

impl SegmentSieve {
    /// Whether an entry meets the conditions.
    pub(super) fn passes(&self, entry: DocId) -> bool {
        self.among.iter().all(|bits| EntrySet::has(bits, entry))
            && !self.without.iter().any(|bits| EntrySet::has(bits, entry))
            && self.alive.as_ref().is_none_or(|alive| alive.is_alive(entry))
            && self.held.as_ref().is_none_or(|held| held.holds(entry))
    }
}
