//! Sets of entries that many searches ask for, kept as a bit an entry: whether one is among them is told at once, where a list
//! of the engine would have to be read along.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::index::SegmentId;
use tantivy::query::{ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentOrdinal, SegmentReader, TERMINATED, Term};

/// Entries, a bit each, by segment.
#[derive(Debug, Default)]
pub(super) struct EntrySet(HashMap<SegmentId, Arc<[u64]>>);

impl EntrySet {
    /// The bits of a segment, the lowest first; none where none of its entries is among them.
    pub(super) fn bits(&self, segment: SegmentId) -> Option<Arc<[u64]>> {
        self.0.get(&segment).map(Arc::clone)
    }

    /// Whether an entry is among those of its segment.
    pub(super) fn has(bits: &[u64], entry: DocId) -> bool {
        bits.get(entry as usize / 64)
            .is_some_and(|word| word >> (entry % 64) & 1 == 1)
    }

    /// Adds what another set has.
    pub(super) fn extend(&mut self, other: &EntrySet) {
        for (segment, bits) in &other.0 {
            let joined = match self.0.get(segment) {
                // Both were gathered from the same segment, so they are as long.
                Some(own) => own
                    .iter()
                    .zip(bits.iter())
                    .map(|(one, other)| one | other)
                    .collect(),
                None => Arc::clone(bits),
            };
            self.0.insert(*segment, joined);
        }
    }
}

/// Gathers what a question finds as a set.
pub(super) struct Gathering;

/// The entries of a segment.
pub(super) struct SegmentEntries {
    segment: SegmentId,
    bits: Vec<u64>,
    is_empty: bool,
}

impl SegmentEntries {
    fn of(segment: &SegmentReader) -> Self {
        Self {
            segment: segment.segment_id(),
            bits: vec![0; (segment.max_doc() as usize).div_ceil(64)],
            is_empty: true,
        }
    }
}

impl Collector for Gathering {
    type Fruit = EntrySet;
    type Child = SegmentEntries;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentEntries> {
        Ok(SegmentEntries::of(segment))
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Option<(SegmentId, Arc<[u64]>)>>) -> tantivy::Result<EntrySet> {
        Ok(EntrySet(segments.into_iter().flatten().collect()))
    }
}

impl SegmentCollector for SegmentEntries {
    type Fruit = Option<(SegmentId, Arc<[u64]>)>;

    fn collect(&mut self, entry: DocId, _: Score) {
        self.bits[entry as usize / 64] |= 1 << (entry % 64);
        self.is_empty = false;
    }

    fn harvest(self) -> Self::Fruit {
        (!self.is_empty).then(|| (self.segment, self.bits.into()))
    }
}

/// The question for what is in a set.
#[derive(Clone, Debug)]
pub(super) struct Among(pub(super) Arc<EntrySet>);

impl Query for Among {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Among {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match self.0.bits(segment.segment_id()) {
            Some(bits) => Box::new(ConstScorer::new(Entries::of(bits), boost)),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, segment: &SegmentReader, entry: DocId) -> tantivy::Result<Explanation> {
        let bits = self.0.bits(segment.segment_id());
        let score = match bits.is_some_and(|bits| EntrySet::has(&bits, entry)) {
            true => 1.0,
            false => 0.0,
        };
        Ok(Explanation::new("among a set", score))
    }
}

/// The entries of a segment that are in a set, in their order.
pub(super) struct Entries {
    bits: Arc<[u64]>,
    /// How many there are.
    count: u32,
    entry: DocId,
}

impl Entries {
    pub(super) fn of(bits: Arc<[u64]>) -> Self {
        let count = bits.iter().map(|word| word.count_ones()).sum();
        let mut entries = Self {
            bits,
            count,
            entry: 0,
        };
        entries.entry = entries.from(0);
        entries
    }

    /// The first entry from this one on.
    fn from(&self, entry: DocId) -> DocId {
        let at = entry as usize / 64;
        let Some(word) = self.bits.get(at) else {
            return TERMINATED;
        };
        let here = word & (u64::MAX << (entry % 64));
        if here != 0 {
            return at as u32 * 64 + here.trailing_zeros();
        }
        let behind = self.bits[at + 1..].iter().position(|word| *word != 0);
        behind.map_or(TERMINATED, |behind| {
            let at = at + 1 + behind;
            at as u32 * 64 + self.bits[at].trailing_zeros()
        })
    }
}

impl DocSet for Entries {
    fn advance(&mut self) -> DocId {
        if self.entry != TERMINATED {
            self.entry = self.from(self.entry + 1);
        }
        self.entry
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target > self.entry {
            self.entry = self.from(target);
        }
        self.entry
    }

    fn doc(&self) -> DocId {
        self.entry
    }

    fn size_hint(&self) -> u32 {
        self.count
    }
}

/// The entries that have a term, of each segment that was asked about: a segment never changes, so they are kept as long as
/// somebody searches it. What was deleted of it is passed over by the engine.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept(Arc<Mutex<HashMap<(SegmentId, Term), Bits>>>);

/// The bits of a segment's entries; none where none has the term.
type Bits = Option<Arc<[u64]>>;

impl Kept {
    /// The entries that have a term.
    pub(super) fn with(
        &self,
        searcher: &tantivy::Searcher,
        field: Field,
        term: &str,
    ) -> tantivy::Result<EntrySet> {
        let term = Term::from_field_text(field, term);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let segments = searcher.segment_readers();
        kept.retain(|(segment, _), _| segments.iter().any(|reader| reader.segment_id() == *segment));
        let mut entries = EntrySet::default();
        for reader in segments {
            let key = (reader.segment_id(), term.clone());
            let bits = match kept.get(&key) {
                Some(bits) => bits.clone(),
                None => {
                    let bits = read(reader, &term)?;
                    kept.insert(key, bits.clone());
                    bits
                }
            };
            if let Some(bits) = bits {
                entries.0.insert(reader.segment_id(), bits);
            }
        }
        Ok(entries)
    }
}

/// The entries of a segment that have a term.
fn read(segment: &SegmentReader, term: &Term) -> tantivy::Result<Bits> {
    let index = segment.inverted_index(term.field())?;
    let Some(mut list) = index.read_postings(term, IndexRecordOption::Basic)? else {
        return Ok(None);
    };
    let mut gathered = SegmentEntries::of(segment);
    while list.doc() != TERMINATED {
        gathered.collect(list.doc(), 0.0);
        list.advance();
    }
    Ok(gathered.harvest().map(|(_, bits)| bits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_gone_through_and_sought_in_order() {
        let mut bits = vec![0_u64; 5];
        for entry in [0, 63, 64, 200, 319] {
            bits[entry / 64] |= 1 << (entry % 64);
        }
        let bits: Arc<[u64]> = bits.into();
        let mut all = Entries::of(Arc::clone(&bits));
        let mut seen = Vec::new();
        while all.doc() != TERMINATED {
            seen.push(all.doc());
            all.advance();
        }
        assert_eq!(seen, [0, 63, 64, 200, 319]);
        assert_eq!(all.advance(), TERMINATED);
        let mut sought = Entries::of(Arc::clone(&bits));
        assert_eq!(sought.size_hint(), 5);
        assert_eq!(sought.seek(64), 64);
        assert_eq!(sought.seek(65), 200);
        assert_eq!(sought.seek(200), 200);
        assert_eq!(sought.seek(320), TERMINATED);
        assert_eq!(sought.seek(TERMINATED), TERMINATED);
        assert!(EntrySet::has(&bits, 319) && !EntrySet::has(&bits, 318) && !EntrySet::has(&bits, 1_000));
        assert_eq!(Entries::of(Arc::new([0; 3])).doc(), TERMINATED);
    }
}
