//! From which day to which what a query finds reaches: looked at without keeping anything of it.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::query::Query;
use super::schema::DAY;
use super::search::Searcher;
use super::writer::engine;
use super::{EntryKind, IndexError};

impl Searcher {
    /// The first and the last of the days that entries of these kinds are ordered by; of those up to `until`, where that
    /// is given. `None` where there are none.
    pub fn extent(
        &self,
        query: &Query,
        kinds: &[EntryKind],
        until: Option<Date>,
    ) -> Result<Option<(Date, Date)>, IndexError> {
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
        let found = snapshot.search(&asked, &Ends { until }).map_err(failed)?;
        let day = |number: i64| date(1970, 1, 1).checked_add(number.days()).ok();
        Ok(found.and_then(|(first, last)| day(first).zip(day(last))))
    }
}

/// Days since 1970, the first and the last.
type Numbers = (i64, i64);

/// Collects the ends of what lies up to a day.
struct Ends {
    until: i64,
}

impl Collector for Ends {
    type Fruit = Option<Numbers>;
    type Child = SegmentEnds;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentEnds> {
        Ok(SegmentEnds {
            days: segment.fast_fields().i64(DAY)?,
            until: self.until,
            ends: None,
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Option<Numbers>>) -> tantivy::Result<Option<Numbers>> {
        let found = segments.into_iter().flatten();
        Ok(found.reduce(|(first, last), (other_first, other_last)| {
            (first.min(other_first), last.max(other_last))
        }))
    }
}

struct SegmentEnds {
    days: Column<i64>,
    until: i64,
    ends: Option<Numbers>,
}

impl SegmentCollector for SegmentEnds {
    type Fruit = Option<Numbers>;

    fn collect(&mut self, entry: DocId, _: Score) {
        let Some(day) = self.days.first(entry).filter(|day| *day <= self.until) else {
            return;
        };
        let (first, last) = self.ends.unwrap_or((day, day));
        self.ends = Some((first.min(day), last.max(day)));
    }

    fn harvest(self) -> Option<Numbers> {
        self.ends
    }
}
