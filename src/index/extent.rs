//! From which day to which what a query finds reaches: looked at without keeping anything of it.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::names::DAY;
use super::query::Query;
use super::search::Searcher;
use super::writer::engine;
use super::{EntryKind, IndexError};

/// The days of what a query finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The first.
    pub first: Date,
    /// The last.
    pub last: Date,
    /// The day before which there is no more than one in fifty, or a single one of twenty and more.
    pub bulk: Date,
}

/// One of so many may lie before the bulk.
const STRAY: u64 = 50;
/// From so many on a single one may.
const FEW: u64 = 20;

impl Searcher {
    /// The days that entries of these kinds are ordered by, up to `until`, where that is given. `None` where there are none.
    pub fn extent(
        &self,
        query: &Query,
        kinds: &[EntryKind],
        until: Option<Date>,
    ) -> Result<Option<Extent>, IndexError> {
        if kinds.is_empty() {
            return Ok(None);
        }
        let snapshot = self.snapshot();
        let failed = |source| engine(&self.root, source);
        let (plan, _) = self.plan(&snapshot, &query.expr, kinds)?;
        let asked = plan.whole(&self.fields);
        let until = until.map_or(i64::MAX, |day| {
            let span = date(1970, 1, 1).until(day);
            span.map_or(i64::MAX, |span| span.get_days().into())
        });
        let found = snapshot.search(&asked, &Days { until }).map_err(failed)?;
        let day = |number: i64| date(1970, 1, 1).checked_add(number.days()).ok();
        let extent = |(first, last)| {
            Some(Extent {
                first: day(first)?,
                last: day(last)?,
                bulk: day(bulk(&found)?)?,
            })
        };
        let ends = found.first_key_value().zip(found.last_key_value());
        Ok(ends.and_then(|((first, _), (last, _))| extent((*first, *last))))
    }
}

/// How many entries there are of each day, in days since 1970.
type Counts = BTreeMap<i64, u64>;

/// The first day behind the strays.
fn bulk(counts: &Counts) -> Option<i64> {
    let all: u64 = counts.values().sum();
    // One line is a stray of twenty already.
    let strays = (all / STRAY).max(u64::from(all >= FEW));
    let mut before = 0;
    let days = counts.iter().find(|(_, count)| {
        before += **count;
        before > strays
    });
    days.map(|(day, _)| *day)
}

/// Collects the days up to one.
struct Days {
    until: i64,
}

impl Collector for Days {
    type Fruit = Counts;
    type Child = SegmentDays;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentDays> {
        Ok(SegmentDays {
            days: segment.fast_fields().i64(DAY)?,
            until: self.until,
            counts: Counts::new(),
            last: (i64::MAX, 0),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Counts>) -> tantivy::Result<Counts> {
        let mut counts = Counts::new();
        for (day, count) in segments.into_iter().flatten() {
            *counts.entry(day).or_default() += count;
        }
        Ok(counts)
    }
}

struct SegmentDays {
    days: Column<i64>,
    until: i64,
    counts: Counts,
    /// The day met last and its entries: those of a kind lie by their day.
    last: (i64, u64),
}

impl SegmentDays {
    fn put_down(&mut self) {
        let (day, count) = self.last;
        if count > 0 {
            *self.counts.entry(day).or_default() += count;
        }
    }
}

impl SegmentCollector for SegmentDays {
    type Fruit = Counts;

    fn collect(&mut self, entry: DocId, _: Score) {
        let Some(day) = self.days.first(entry).filter(|day| *day <= self.until) else {
            return;
        };
        if day != self.last.0 {
            self.put_down();
            self.last = (day, 0);
        }
        self.last.1 += 1;
    }

    fn harvest(mut self) -> Counts {
        self.put_down();
        self.counts
    }
}
