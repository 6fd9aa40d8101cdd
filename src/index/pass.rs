//! Going through what a question finds: counting all of it, and keeping the first of an order.
//!
//! The engine's own collectors are not used, because they must be given everything that is to be shown or counted, one
//! entry after the other. Here what has to be held against sets of entries is looked up as it comes, in blocks where nothing
//! is weighed; the best are looked for by the engine's block-max pruning[^wand], which passes over what cannot be among
//! them; and the newest, where nothing is counted, are found without reading on behind them.
//!
//! [^wand]: S. Ding and T. Suel, "Faster top-k document retrieval using block-max indexes", SIGIR 2011.

use std::collections::BinaryHeap;
use std::ops::Range;
use std::sync::Arc;

use tantivy::query::{EnableScoring, Scorer};
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocAddress, DocId, Score, Searcher, SegmentReader};

use super::columns::{Columns, SegmentColumns};
use super::cursor::{self, Cursor, Order};
use super::facets::{self, Counting, SegmentCounts};
use super::listed::{Blocks, Listed};
use super::plan::Plan;
use super::sieve::SegmentSieve;
use super::stretches;

/// A pass over what a plan finds.
pub(super) struct Pass<'a> {
    pub(super) searcher: &'a Searcher,
    pub(super) columns: &'a Columns,
    pub(super) plan: &'a Plan,
}

/// What is counted of everything found.
#[derive(Clone, Copy)]
pub(super) enum Counted<'a> {
    /// How many there are, and by what else they are counted.
    All(Option<&'a Counting>),
    /// Nothing: the first of an order are wanted and no more.
    Nothing,
}

/// What a pass met.
#[derive(Default)]
pub(super) struct Met {
    /// The first of the order, as far as they were wanted.
    pub(super) places: Vec<Place>,
    /// How many there are in all, where that was counted.
    pub(super) total: Option<usize>,
    /// What else was counted.
    pub(super) counts: Option<facets::Counted>,
}

/// Where an entry lies in an order, which is by the first number, then by the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) rank: (i64, i64),
    pub(super) address: DocAddress,
}

impl Place {
    /// The cursor that goes on behind it, in the order of days that it was met in.
    pub(super) fn cursor(&self, order: Order) -> Cursor {
        let (day, key) = ranked(order == Order::Newest, self.rank.0, self.rank.1);
        Cursor::new(order, day, key)
    }
}

impl Pass<'_> {
    /// Counts everything.
    pub(super) fn count(&self, counting: Option<&Counting>) -> tantivy::Result<Met> {
        let weight = self.plan.asked.weight(self.unweighed())?;
        let mut tally = Tally::new(Counted::All(counting));
        for part in self.parts() {
            let Some(part) = part? else { continue };
            if let (Some(listed), Some(total)) = (&self.plan.listed, tally.only_total(&part)) {
                *total += listed.count(part.segment, &part.rows())?;
                continue;
            }
            tally.begin(&part)?;
            let mut block = [0; COLLECT_BLOCK_BUFFER_LEN];
            let mut take = |entries: &[DocId]| tally.add(part.sift(entries, &mut block));
            match &self.plan.listed {
                Some(listed) => listed.for_each_block(part.segment, &part.rows(), &mut take)?,
                None => part.for_each_block(weight.as_ref(), &mut take)?,
            }
            tally.end();
        }
        tally.met(Vec::new())
    }

    /// The ones wanted of those ordered by their days, the newest or the oldest first; behind a cursor, if one is given. What
    /// is counted lies before it too.
    pub(super) fn by_day(
        &self,
        is_newest_first: bool,
        wanted: Range<usize>,
        after: Option<Cursor>,
        counted: Counted<'_>,
    ) -> tantivy::Result<Met> {
        let after = after.map(|cursor| ranked(is_newest_first, cursor.day(), cursor.key()));
        let mut first = First::new(wanted.end);
        let mut tally = Tally::new(counted);
        let weight = self.plan.asked.weight(self.unweighed())?;
        for part in self.parts() {
            let Some(part) = part? else { continue };
            let take =
                |first: &mut First, entry: DocId| first.take_by_day(&part, is_newest_first, entry, after);
            if matches!(counted, Counted::Nothing) && is_newest_first {
                let mut list = weight.scorer(part.segment, 1.0)?;
                for entries in &part.stretches {
                    // The entries of a stretch lie by their day, the newest first: what lies before the cursor is not read.
                    let begin = match after {
                        Some((day, _)) => part.first_of_day(entries.clone(), -day),
                        None => entries.start,
                    };
                    let mut entry = sought(list.as_mut(), begin);
                    while entry < entries.end {
                        if part.sieve.passes(entry) && !take(&mut first, entry) {
                            break;
                        }
                        entry = list.advance();
                    }
                }
                continue;
            }
            tally.begin(&part)?;
            let mut block = [0; COLLECT_BLOCK_BUFFER_LEN];
            part.for_each_block(weight.as_ref(), &mut |entries| {
                let kept = part.sift(entries, &mut block);
                tally.add(kept);
                for entry in kept {
                    take(&mut first, *entry);
                }
            })?;
            tally.end();
        }
        tally.met(first.wanted(wanted))
    }

    /// The ones wanted of those ordered by their weight, the best first; among equals the newest.
    pub(super) fn best(&self, wanted: Range<usize>, counted: Counted<'_>) -> tantivy::Result<Met> {
        if let Some(listed) = &self.plan.listed {
            return self.best_of_list(listed, wanted, counted);
        }
        if let Some(pruned) = &self.plan.pruned {
            let places = self.pruned(pruned.as_ref(), wanted)?;
            return Ok(match counted {
                Counted::All(counting) => Met {
                    places,
                    ..self.count(counting)?
                },
                Counted::Nothing => Met {
                    places,
                    ..Met::default()
                },
            });
        }
        let mut first = First::new(wanted.end);
        let mut tally = Tally::new(counted);
        let weight = self.plan.asked.weight(self.weighed())?;
        for part in self.parts() {
            let Some(part) = part? else { continue };
            tally.begin(&part)?;
            let mut list = weight.scorer(part.segment, 1.0)?;
            for row in part.rows() {
                let mut entry = sought(list.as_mut(), row.start);
                while entry < row.end {
                    if part.sieve.passes(entry) {
                        tally.add_one(entry);
                        first.take_best(&part, entry, list.score());
                    }
                    entry = list.advance();
                }
            }
            tally.end();
        }
        tally.met(first.wanted(wanted))
    }

    /// The best of what has a word or a frequent phrase, in the same pass that counts it: only what may be among them is weighed. Pages that are not
    /// counted go the same way, so that all are of one list: another order of adding up gives other last bits.
    fn best_of_list(
        &self,
        listed: &Listed,
        wanted: Range<usize>,
        counted: Counted<'_>,
    ) -> tantivy::Result<Met> {
        let weight = listed.weighed(self.searcher)?;
        let mut first = First::new(wanted.end);
        let mut tally = Tally::new(counted);
        for part in self.parts() {
            let Some(part) = part? else { continue };
            tally.begin(&part)?;
            for row in part.rows() {
                let Some(mut blocks) = weight.blocks(part.segment, row)? else {
                    continue;
                };
                while part.take_block(&mut blocks, &mut first, &mut tally) {
                    blocks.advance();
                }
            }
            tally.end();
        }
        tally.met(first.wanted(wanted))
    }

    /// The best, found without looking at all.
    fn pruned(&self, asked: &dyn tantivy::query::Query, wanted: Range<usize>) -> tantivy::Result<Vec<Place>> {
        let weight = asked.weight(self.weighed())?;
        let mut first = First::new(wanted.end);
        for part in self.parts() {
            let Some(part) = part? else { continue };
            // The engine gives what weighs more than this; among equals the day decides.
            let least = |first: &First| first.least_score().map_or(Score::MIN, Score::next_down);
            weight.for_each_pruning(least(&first), part.segment, &mut |entry, score| {
                if part.has(entry) && part.sieve.passes(entry) {
                    first.take_best(&part, entry, score);
                }
                least(&first)
            })?;
        }
        Ok(first.wanted(wanted))
    }

    fn weighed(&self) -> EnableScoring<'_> {
        EnableScoring::enabled_from_searcher(self.searcher)
    }

    fn unweighed(&self) -> EnableScoring<'_> {
        EnableScoring::disabled_from_searcher(self.searcher)
    }

    /// The segments in which something may be found.
    fn parts(&self) -> impl Iterator<Item = tantivy::Result<Option<Part<'_>>>> {
        let readers = self.searcher.segment_readers();
        (0..).zip(readers).map(|(ordinal, segment)| {
            let columns = self.columns.of(segment, readers)?;
            let sieve = self.plan.sieve.of(segment, &columns);
            let stretches = columns.within(self.plan.stretches);
            let sieve = sieve.filter(|_| !stretches.is_empty());
            Ok(sieve.map(|sieve| Part {
                ordinal,
                segment,
                columns,
                stretches,
                sieve,
            }))
        })
    }
}

/// A segment with what its entries are held against.
struct Part<'a> {
    ordinal: u32,
    segment: &'a SegmentReader,
    columns: Arc<SegmentColumns>,
    /// Where lies what is looked for, in its order and each by its days; there is some.
    stretches: Vec<Range<DocId>>,
    sieve: SegmentSieve,
}

/// The first entry from this one on that is in a list, which stands before it.
fn sought(list: &mut dyn Scorer, entry: DocId) -> DocId {
    match list.doc() < entry {
        true => list.seek(entry),
        false => list.doc(),
    }
}

impl Part<'_> {
    /// Where lies what is looked for, in as few rows as can be.
    fn rows(&self) -> Vec<Range<DocId>> {
        stretches::joined(&self.stretches)
    }

    /// Whether an entry lies where what is looked for does.
    fn has(&self, entry: DocId) -> bool {
        self.stretches.iter().any(|entries| entries.contains(&entry))
    }

    /// What a question finds, in blocks and in its order.
    fn for_each_block(
        &self,
        weight: &dyn tantivy::query::Weight,
        take: &mut dyn FnMut(&[DocId]),
    ) -> tantivy::Result<()> {
        let mut list = weight.scorer(self.segment, 1.0)?;
        let mut block = [0; COLLECT_BLOCK_BUFFER_LEN];
        // What was read beyond the end of a row may lie in the next.
        let mut read = 0..0;
        for row in self.rows() {
            if read.is_empty() {
                sought(list.as_mut(), row.start);
                read = 0..list.fill_buffer(&mut block);
            }
            loop {
                let here = &block[read.clone()];
                let begin = here.partition_point(|entry| *entry < row.start);
                let end = here.partition_point(|entry| *entry < row.end);
                take(&here[begin..end]);
                if end < here.len() {
                    read.start += end;
                    break;
                }
                read = 0..list.fill_buffer(&mut block);
                if read.is_empty() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Those of a block that pass.
    fn sift<'b>(
        &self,
        entries: &'b [DocId],
        block: &'b mut [DocId; COLLECT_BLOCK_BUFFER_LEN],
    ) -> &'b [DocId] {
        match self.sieve.is_open() {
            true => entries,
            false => self.sifted(entries, block),
        }
    }

    /// The same with those of the block for themselves.
    fn sifted<'b>(&self, entries: &[DocId], block: &'b mut [DocId; COLLECT_BLOCK_BUFFER_LEN]) -> &'b [DocId] {
        let block = &mut block[..entries.len()];
        block.copy_from_slice(entries);
        let count = self.sieve.sift(block);
        &block[..count]
    }

    /// Counts a block of a list, and takes what is among the best of it; answers whether there was one.
    fn take_block(&self, blocks: &mut Blocks<'_>, first: &mut First, tally: &mut Tally<'_>) -> bool {
        let Some(count) = blocks.entries().map(<[DocId]>::len) else {
            return false;
        };
        let most_untitled = blocks.most_untitled();
        let mut block = [0; COLLECT_BLOCK_BUFFER_LEN];
        for begin in (0..count).step_by(COLLECT_BLOCK_BUFFER_LEN) {
            let entries = &blocks.entries().unwrap_or_default()[begin..];
            let kept = self.sifted(
                &entries[..entries.len().min(COLLECT_BLOCK_BUFFER_LEN)],
                &mut block,
            );
            tally.add(kept);
            let mut rest = kept;
            while let Some(entry) = rest.first() {
                let least = first.least_score().unwrap_or(Score::MIN);
                if most_untitled < least {
                    // Only a headline can lift what is left of the block among the best.
                    let titled = blocks.titled(*entry);
                    rest = &rest[rest.partition_point(|entry| *entry < titled)..];
                    if rest.first() != Some(&titled) {
                        continue;
                    }
                }
                let entry = rest[0];
                if let Some(score) = blocks.score(entry, most_untitled, least) {
                    first.take_best(self, entry, score);
                }
                rest = &rest[1..];
            }
        }
        true
    }

    fn address(&self, entry: DocId) -> DocAddress {
        DocAddress::new(self.ordinal, entry)
    }

    /// The first of a stretch's entries that is of a day or of an earlier one.
    fn first_of_day(&self, entries: Range<DocId>, day: i64) -> DocId {
        stretches::first_behind(entries, |entry| self.day(entry) > day)
    }

    fn day(&self, entry: DocId) -> i64 {
        self.columns.day.first(entry).unwrap_or_default()
    }
}

/// Where an entry of a day stands in an order; the same again turns it back.
fn ranked(is_newest_first: bool, day: i64, key: i64) -> (i64, i64) {
    match is_newest_first {
        true => (day.checked_neg().unwrap_or(i64::MAX), cursor::turned(key)),
        false => (day, key),
    }
}

/// The first of an order, so many of them.
struct First {
    count: usize,
    /// The last of them on top.
    places: BinaryHeap<Place>,
}

impl First {
    fn new(count: usize) -> Self {
        Self {
            count,
            places: BinaryHeap::new(),
        }
    }

    /// Whether nothing of this rank, nor behind it, is among the first.
    fn is_beyond(&self, rank: (i64, i64)) -> bool {
        self.places.len() >= self.count && self.places.peek().is_none_or(|last| rank > last.rank)
    }

    fn take(&mut self, place: Place) {
        if self.places.len() < self.count {
            self.places.push(place);
        } else if let Some(mut last) = self.places.peek_mut()
            && place < *last
        {
            *last = place;
        }
    }

    /// Takes an entry by its day, if it is among the first; answers whether one of its day or before could be.
    fn take_by_day(
        &mut self,
        part: &Part<'_>,
        is_newest_first: bool,
        entry: DocId,
        after: Option<(i64, i64)>,
    ) -> bool {
        let day = ranked(is_newest_first, part.day(entry), 0).0;
        if self.is_beyond((day, i64::MIN)) {
            return false;
        }
        if after.is_some_and(|after| day < after.0) {
            return true;
        }
        let key = part.columns.key.first(entry).unwrap_or_default();
        let rank = ranked(is_newest_first, part.day(entry), key);
        if after.is_none_or(|after| rank > after) {
            self.take(Place {
                rank,
                address: part.address(entry),
            });
        }
        true
    }

    /// Takes an entry by its weight.
    fn take_best(&mut self, part: &Part<'_>, entry: DocId, score: Score) {
        let weight = by_weight(score);
        if self.is_beyond((weight, i64::MIN)) {
            return;
        }
        self.take(Place {
            rank: (weight, ranked(true, part.day(entry), 0).0),
            address: part.address(entry),
        });
    }

    /// What the last weighs at least, where there are as many as are wanted.
    fn least_score(&self) -> Option<Score> {
        let last = self.places.peek().filter(|_| self.places.len() >= self.count)?;
        u32::try_from(-last.rank.0).ok().map(Score::from_bits)
    }

    fn wanted(self, wanted: Range<usize>) -> Vec<Place> {
        let places = self.places.into_sorted_vec().into_iter();
        places.skip(wanted.start).take(wanted.len()).collect()
    }
}

/// The heaviest first. Weights are never below zero, and the bits of such numbers are in their order. The last bits of a sum
/// depend on the order it was added up in, which differs from page to page, and say nothing: what is as heavy but for
/// them is ordered by its day.
fn by_weight(score: Score) -> i64 {
    const SUMMED: u32 = 0xff;
    -i64::from(score.max(0.0).to_bits() & !SUMMED)
}

/// What is counted while a pass goes on.
struct Tally<'a> {
    total: Option<usize>,
    counting: Option<&'a Counting>,
    here: Option<SegmentCounts>,
    counts: Vec<SegmentCounts>,
}

impl<'a> Tally<'a> {
    fn new(counted: Counted<'a>) -> Self {
        let (total, counting) = match counted {
            Counted::All(counting) => (Some(0), counting),
            Counted::Nothing => (None, None),
        };
        Self {
            total,
            counting,
            here: None,
            counts: Vec::new(),
        }
    }

    /// The number in all, where it is all that is counted and every entry of a list that lies there is one of them.
    fn only_total(&mut self, part: &Part<'_>) -> Option<&mut usize> {
        let is_alone = self.counting.is_none() && part.sieve.is_open();
        self.total.as_mut().filter(|_| is_alone)
    }

    fn begin(&mut self, part: &Part<'_>) -> tantivy::Result<()> {
        let counting = self.counting.as_ref();
        self.here = counting
            .map(|counting| counting.begin(part.segment, &part.columns))
            .transpose()?;
        Ok(())
    }

    fn add(&mut self, entries: &[DocId]) {
        if let Some(total) = &mut self.total {
            *total += entries.len();
        }
        if let Some(here) = &mut self.here {
            here.add(entries);
        }
    }

    fn add_one(&mut self, entry: DocId) {
        if let Some(total) = &mut self.total {
            *total += 1;
        }
        if let Some(here) = &mut self.here {
            here.add_one(entry);
        }
    }

    fn end(&mut self) {
        self.counts.extend(self.here.take());
    }

    fn met(self, places: Vec<Place>) -> tantivy::Result<Met> {
        let Self { counting, counts, .. } = self;
        Ok(Met {
            places,
            total: self.total,
            counts: counting.map(|counting| counting.joined(counts)).transpose()?,
        })
    }
}

#[cfg(test)]
mod tests;
