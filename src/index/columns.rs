//! The columns of segments that nearly every search reads, opened once: a segment never changes.

use std::collections::HashMap;
use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::columnar::{Cardinality, Column, StrColumn};
use tantivy::index::SegmentId;
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId, SegmentReader};

use super::held::Held;
use super::names::{DAY, KEY, PLACE, SINCE, UNTIL};
use super::stretches::{Lying, Stretches, first_behind};

/// The columns of each segment that was searched.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns(Arc<Mutex<HashMap<SegmentId, Arc<SegmentColumns>>>>);

impl Columns {
    /// The columns of a segment. What is kept of segments that are not `searched` any longer is let go of.
    pub(super) fn of(
        &self,
        segment: &SegmentReader,
        searched: &[SegmentReader],
    ) -> tantivy::Result<Arc<SegmentColumns>> {
        let id = segment.segment_id();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(columns) = kept.get(&id) {
            return Ok(Arc::clone(columns));
        }
        kept.retain(|id, _| searched.iter().any(|segment| segment.segment_id() == *id));
        let columns = Arc::new(SegmentColumns::open(segment)?);
        kept.insert(id, Arc::clone(&columns));
        Ok(columns)
    }
}

/// The columns of a segment.
#[derive(Debug)]
pub(super) struct SegmentColumns {
    /// The day an entry is ordered by, and what tells it from others of its day.
    pub(super) day: Column<i64>,
    pub(super) key: Column<i64>,
    /// Where the entries of each stretch lie.
    lying: Lying,
    /// From when, and until when, its wording was the one held.
    since: Column<i64>,
    until: Column<i64>,
    held: OnceLock<Held>,
    /// Where the entries of each day begin.
    days: OnceLock<Arc<Days>>,
    /// By the names of their fields, the values that were counted; none where no entry has one.
    values: Mutex<HashMap<&'static str, Option<Arc<Values>>>>,
}

impl SegmentColumns {
    fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let fast = segment.fast_fields();
        Ok(Self {
            day: fast.i64(DAY)?,
            key: fast.i64(KEY)?,
            lying: Lying::of(&fast.i64(PLACE)?, segment.max_doc()),
            since: fast.i64(SINCE)?,
            until: fast.i64(UNTIL)?,
            held: OnceLock::new(),
            days: OnceLock::new(),
            values: Mutex::default(),
        })
    }

    /// Where the entries of each day begin.
    pub(super) fn days(&self) -> Arc<Days> {
        Arc::clone(
            self.days
                .get_or_init(|| Arc::new(Days::of(&self.day, &self.lying))),
        )
    }

    /// Where the entries of some stretches lie, in their order; each by its days.
    pub(super) fn within(&self, wanted: Stretches) -> Vec<Range<DocId>> {
        self.lying.within(wanted)
    }

    /// When the wordings of entries were the ones held.
    pub(super) fn held(&self) -> &Held {
        self.held
            .get_or_init(|| Held::of(self.since.clone(), &self.until))
    }

    /// The values of a field that is counted by; `None` where no entry has one.
    pub(super) fn values(
        &self,
        segment: &SegmentReader,
        field: &'static str,
    ) -> tantivy::Result<Option<Arc<Values>>> {
        let mut kept = self.values.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(values) = kept.get(field) {
            return Ok(values.clone());
        }
        let column = segment.fast_fields().str(field)?;
        let values = column.map(|column| Arc::new(Values::of(column, segment.max_doc())));
        kept.insert(field, values.clone());
        Ok(values)
    }
}

/// Where the entries of each day begin: those of a stretch lie by it, so of what is found in their order no day need be looked up. Kept for as long as
/// the segment is searched; there are some thousand days.
#[derive(Debug)]
pub(super) struct Days(Box<[(DocId, i64)]>);

impl Days {
    fn of(day: &Column<i64>, lying: &Lying) -> Self {
        let day_of = |entry| day.first(entry).unwrap_or_default();
        let mut days = Vec::new();
        for entries in lying.all() {
            let mut begin = entries.start;
            while begin < entries.end {
                let day = day_of(begin);
                days.push((begin, day));
                begin = first_behind(
                    begin..gallop(begin, entries.end, |entry| day_of(entry) == day),
                    |entry| day_of(entry) == day,
                );
            }
        }
        Self(days.into())
    }

    /// The number of the day that an entry is of, which lies no further back than `at`, the number of an earlier entry's day.
    fn day_of(&self, entry: DocId, at: usize) -> usize {
        let later = self.0[at..].iter().skip(1);
        at + later.take_while(|(begin, _)| *begin <= entry).count()
    }

    /// Counts how many of some entries are of each day, in a row of days that grows. They come in their order; `at` is the number of the day
    /// that the last ones were of, 0 at first.
    pub(super) fn count(&self, entries: &[DocId], at: &mut usize, counted: &mut Vec<(i64, u64)>) {
        let mut rest = entries;
        while let Some(first) = rest.first() {
            *at = self.day_of(*first, *at);
            let Some((_, day)) = self.0.get(*at) else { return };
            let end = self.0.get(*at + 1).map_or(DocId::MAX, |(begin, _)| *begin);
            let of_day = match rest.last() {
                Some(last) if *last < end => rest.len(),
                _ => rest.iter().take_while(|entry| **entry < end).count(),
            };
            match counted.last_mut() {
                Some((last, count)) if last == day => *count += of_day as u64,
                _ => counted.push((*day, of_day as u64)),
            }
            rest = &rest[of_day..];
        }
    }
}

/// An entry behind the first one for which something does not hold that holds from the beginning up to there, not far behind it.
fn gallop(begin: DocId, end: DocId, holds: impl Fn(DocId) -> bool) -> DocId {
    let mut step = 1;
    while begin + step < end && holds(begin + step) {
        step *= 2;
    }
    end.min(begin + step + 1)
}

/// The texts that entries have in a column, by their ordinals.
#[derive(Debug)]
pub(super) struct Values {
    column: StrColumn,
    /// The ordinal of each entry, [`NONE`] or [`SEVERAL`], where not every entry has just one: the column itself would have to be
    /// asked which of them have it. Four bytes an entry, kept for as long as the segment is searched.
    ordinals: Option<Box<[u32]>>,
}

const NONE: u32 = u32::MAX;
const SEVERAL: u32 = u32::MAX - 1;

impl Values {
    fn of(column: StrColumn, entries: DocId) -> Self {
        let is_one_each = column.ords().get_cardinality() == Cardinality::Full;
        let ordinals = (!is_one_each).then(|| (0..entries).map(|entry| only(&column, entry)).collect());
        Self { column, ordinals }
    }

    /// How many texts there are.
    pub(super) fn count(&self) -> usize {
        self.column.num_terms()
    }

    /// Counts the texts of entries, given in their order.
    pub(super) fn count_in(&self, entries: &[DocId], counts: &mut [u64]) {
        let Some(ordinals) = &self.ordinals else {
            return self.count_one_each(entries, counts);
        };
        for entry in entries {
            match ordinals[*entry as usize] {
                NONE => {}
                SEVERAL => {
                    for ordinal in self.column.term_ords(*entry) {
                        counts[ordinal as usize] += 1;
                    }
                }
                ordinal => counts[ordinal as usize] += 1,
            }
        }
    }

    fn count_one_each(&self, entries: &[DocId], counts: &mut [u64]) {
        let ordinals = &self.column.ords().values;
        let mut found = [0; COLLECT_BLOCK_BUFFER_LEN];
        for entries in entries.chunks(COLLECT_BLOCK_BUFFER_LEN) {
            let found = &mut found[..entries.len()];
            ordinals.get_vals(entries, found);
            for ordinal in found {
                counts[*ordinal as usize] += 1;
            }
        }
    }

    /// The texts of ordinals, which are in their order.
    pub(super) fn names(&self, ordinals: &[u64]) -> io::Result<Vec<String>> {
        let mut names = Vec::with_capacity(ordinals.len());
        self.column
            .dictionary()
            .sorted_ords_to_term_cb(ordinals, |name| {
                names.push(String::from_utf8_lossy(name).into_owned());
            })?;
        Ok(names)
    }
}

/// The ordinal of an entry's only text.
fn only(column: &StrColumn, entry: DocId) -> u32 {
    let mut ordinals = column.term_ords(entry);
    match (ordinals.next(), ordinals.next()) {
        (None, _) => NONE,
        (Some(ordinal), None) => u32::try_from(ordinal).unwrap_or(SEVERAL),
        _ => SEVERAL,
    }
}
