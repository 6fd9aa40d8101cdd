//! Which entries of a segment lie together: nearly every search asks for one kind of the wordings seen last, and then reads the
//! stretch in which those lie and nothing else, where it would otherwise have to hold every entry against them.

use std::ops::Range;

use tantivy::columnar::Column;
use tantivy::query::{ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::names::PLACE;
use super::{Entry, EntryKind};
use crate::model::quote::QuoteKind;

/// Entries that lie together, and in it by their day with the newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// What they are.
    sort: Sort,
    /// Whether they are of the wordings that were seen last.
    is_current: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Document,
    Quote,
    Date,
    /// Quotes in the printer's own words.
    Reported,
}

/// The bits of a place below its stretch: every day of the calendar, in days since 1970, has less than half of their numbers.
const DAY_BITS: u32 = 24;

impl Stretch {
    /// All, in the order in which they lie: what is mostly asked for together lies side by side.
    const ALL: [Stretch; 8] = {
        use Sort::{Date, Document, Quote, Reported};
        [
            Self::of_sort(Document, true),
            Self::of_sort(Quote, true),
            Self::of_sort(Date, true),
            Self::of_sort(Reported, true),
            Self::of_sort(Document, false),
            Self::of_sort(Quote, false),
            Self::of_sort(Date, false),
            Self::of_sort(Reported, false),
        ]
    };

    const fn of_sort(sort: Sort, is_current: bool) -> Self {
        Self { sort, is_current }
    }

    fn of(entry: &Entry) -> Self {
        let sort = match (entry.kind, entry.quote) {
            (EntryKind::Document, _) => Sort::Document,
            (EntryKind::Date, _) => Sort::Date,
            (EntryKind::Quote, Some((QuoteKind::Indirect, _))) => Sort::Reported,
            (EntryKind::Quote, _) => Sort::Quote,
        };
        Self {
            sort,
            is_current: entry.is_current(),
        }
    }

    /// Its number in the order in which they lie.
    fn number(self) -> usize {
        let lie_before = Self::ALL.iter().take_while(|other| **other != self);
        lie_before.count()
    }

    /// The stretch at a place; `None` of what no entry has.
    fn at(place: i64) -> Option<Self> {
        let from_last = usize::try_from(place >> DAY_BITS).ok()?;
        let number = (Self::ALL.len() - 1).checked_sub(from_last)?;
        Some(Self::ALL[number])
    }
}

/// The place of an entry of a day, given in days since 1970: what lies first has the greatest of all.
pub(super) fn place(entry: &Entry, day: i64) -> i64 {
    let from_last = (Stretch::ALL.len() - 1 - Stretch::of(entry).number()) as i64;
    from_last << DAY_BITS | (day + (1 << (DAY_BITS - 1)))
}

/// The stretches that a question is about, a bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretches(u8);

impl Stretches {
    /// Of entries of these kinds, with the reported clauses among the quotes or without; in all wordings or in those seen last.
    pub(super) fn of(kinds: &[EntryKind], is_reported_too: bool, is_of_any_wording: bool) -> Self {
        let is_wanted = |stretch: &Stretch| {
            let is_of_kind = match stretch.sort {
                Sort::Document => kinds.contains(&EntryKind::Document),
                Sort::Date => kinds.contains(&EntryKind::Date),
                Sort::Quote => kinds.contains(&EntryKind::Quote),
                Sort::Reported => is_reported_too && kinds.contains(&EntryKind::Quote),
            };
            is_of_kind && (stretch.is_current || is_of_any_wording)
        };
        let wanted = Stretch::ALL.into_iter().filter(is_wanted);
        Self(wanted.fold(0, |bits, stretch| bits | 1 << stretch.number()))
    }

    fn has(self, stretch: Stretch) -> bool {
        self.0 >> stretch.number() & 1 == 1
    }
}

/// Where the entries of each stretch lie in a segment that has any.
#[derive(Debug)]
pub(super) struct Lying(Vec<(Stretch, Range<DocId>)>);

impl Lying {
    /// Of a segment with so many entries, by their places.
    pub(super) fn of(places: &Column<i64>, entries: DocId) -> Self {
        let stretch_of = |entry| places.first(entry).and_then(Stretch::at);
        let mut lying = Vec::with_capacity(Stretch::ALL.len());
        let mut begin = 0;
        while begin < entries {
            let stretch = stretch_of(begin);
            let end = first_behind(begin..entries, |entry| stretch_of(entry) == stretch);
            lying.extend(stretch.map(|stretch| (stretch, begin..end)));
            begin = end;
        }
        Self(lying)
    }

    /// Where those of some stretches lie, in their order; each by its days.
    pub(super) fn within(&self, wanted: Stretches) -> Vec<Range<DocId>> {
        let lie = self.0.iter().filter(|(stretch, _)| wanted.has(*stretch));
        lie.map(|(_, entries)| entries.clone()).collect()
    }

    /// Where those of each stretch lie.
    pub(super) fn all(&self) -> impl Iterator<Item = Range<DocId>> {
        self.0.iter().map(|(_, entries)| entries.clone())
    }
}

/// Rows of entries in their order, those that lie side by side as one.
pub(super) fn joined(rows: &[Range<DocId>]) -> Vec<Range<DocId>> {
    let mut joined: Vec<Range<DocId>> = Vec::with_capacity(rows.len());
    for row in rows {
        match joined.last_mut() {
            Some(before) if before.end == row.start => before.end = row.end,
            _ => joined.push(row.clone()),
        }
    }
    joined
}

/// The first entry of a row for which something does not hold that holds for all before it and for none behind.
pub(super) fn first_behind(row: Range<DocId>, holds: impl Fn(DocId) -> bool) -> DocId {
    let mut row = row;
    while !row.is_empty() {
        let middle = row.start + (row.end - row.start) / 2;
        match holds(middle) {
            true => row.start = middle + 1,
            false => row.end = middle,
        }
    }
    row.start
}

/// The question for what lies in some stretches.
#[derive(Clone, Debug)]
pub(super) struct In(pub(super) Stretches);

impl In {
    fn rows(&self, segment: &SegmentReader) -> tantivy::Result<Vec<Range<DocId>>> {
        let places = segment.fast_fields().i64(PLACE)?;
        Ok(joined(&Lying::of(&places, segment.max_doc()).within(self.0)))
    }
}

impl Query for In {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for In {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let rows = self.rows(segment)?;
        Ok(match rows.first() {
            Some(first) => Box::new(ConstScorer::new(
                Rows {
                    entry: first.start,
                    rows,
                },
                boost,
            )),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, segment: &SegmentReader, entry: DocId) -> tantivy::Result<Explanation> {
        let is_in = self.rows(segment)?.iter().any(|row| row.contains(&entry));
        Ok(Explanation::new(
            "lies among those asked for",
            if is_in { 1.0 } else { 0.0 },
        ))
    }
}

/// The entries of rows that lie in their order, none of them empty.
struct Rows {
    rows: Vec<Range<DocId>>,
    entry: DocId,
}

impl Rows {
    /// The first entry from this one on.
    fn from(&self, entry: DocId) -> DocId {
        let row = self.rows.iter().find(|row| entry < row.end);
        row.map_or(TERMINATED, |row| entry.max(row.start))
    }
}

impl DocSet for Rows {
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
        self.rows.iter().map(|row| row.end - row.start).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_tells_its_stretch_on_every_day() {
        let mut places = Vec::new();
        for stretch in Stretch::ALL {
            for day in [4_000_000, 20_000, 0, -1, -4_000_000] {
                let from_last = (Stretch::ALL.len() - 1 - stretch.number()) as i64;
                let place = from_last << DAY_BITS | (day + (1 << (DAY_BITS - 1)));
                assert_eq!(Stretch::at(place), Some(stretch));
                places.push(place);
            }
        }
        assert!(places.is_sorted_by(|one, other| one > other));
        assert_eq!(Stretch::at(8 << DAY_BITS), None);
        assert_eq!(Stretch::at(-1), None);
    }

    #[test]
    fn what_is_mostly_asked_for_together_is_one_row() {
        let lying = Lying(
            (0..)
                .zip(Stretch::ALL)
                .map(|(number, stretch)| (stretch, number * 10..number * 10 + 10))
                .collect(),
        );
        let rows = |kinds: &[EntryKind], is_reported_too, is_of_any_wording| {
            joined(&lying.within(Stretches::of(kinds, is_reported_too, is_of_any_wording)))
        };
        use EntryKind::{Date, Document, Quote};
        assert_eq!(rows(&[Document], true, false), vec![0..10]);
        assert_eq!(rows(&[Quote], false, false), vec![10..20]);
        assert_eq!(rows(&[Quote], true, false), vec![10..20, 30..40]);
        assert_eq!(rows(&EntryKind::ALL, false, false), vec![0..30]);
        assert_eq!(rows(&EntryKind::ALL, true, true), vec![0..80]);
        assert_eq!(rows(&[Quote], false, true), vec![10..20, 50..60]);
        assert_eq!(rows(&[Date, Document], false, false), vec![0..10, 20..30]);
    }

    #[test]
    fn rows_are_gone_through_and_sought_in_order() {
        let mut rows = Rows {
            rows: vec![2..4, 7..8],
            entry: 2,
        };
        assert_eq!((rows.doc(), rows.size_hint()), (2, 3));
        assert_eq!(
            (rows.advance(), rows.advance(), rows.advance()),
            (3, 7, TERMINATED)
        );
        rows.entry = 2;
        assert_eq!((rows.seek(2), rows.seek(5), rows.seek(7)), (2, 7, 7));
        assert_eq!((rows.seek(8), rows.advance()), (TERMINATED, TERMINATED));
    }
}
