//! When the wordings of a segment's entries were the ones held.

use tantivy::DocId;
use tantivy::columnar::Column;

use super::names::NEVER;

/// Entries of a neighbourhood.
const NEIGHBOURS: usize = 128;
/// Entries whose bits are one number.
const BITS: usize = 64;

/// Entries that lie beside each other are of about one time, and most of them are of a wording that is still held. So of most
/// it is told by their neighbourhood and one bit whether they were held at a moment, where each has two numbers packed in a
/// column. Under two bits an entry, and eight bytes more for one that is not held any more, kept for as long as the segment
/// is searched.
#[derive(Debug)]
pub(super) struct Held {
    /// From which second on each entry was held.
    since: Column<i64>,
    neighbourhoods: Box<[Neighbourhood]>,
    /// Until when those were that are not held any more, in the order of entries.
    until: Box<[i64]>,
}

/// Entries that lie beside each other.
#[derive(Clone, Copy, Debug)]
struct Neighbourhood {
    /// The first and the last second from which on one of them was held.
    since: (i64, i64),
    /// Which are not held any more, the lowest bit first.
    ended: [u64; NEIGHBOURS / BITS],
    /// How many of the entries before them are not.
    ended_before: u32,
}

impl Held {
    /// By the columns of when wordings began and ceased to be held.
    pub(super) fn of(since: Column<i64>, until: &Column<i64>) -> Self {
        let entries: Vec<DocId> = (0..since.num_docs()).collect();
        let mut neighbourhoods = Vec::with_capacity(entries.len().div_ceil(NEIGHBOURS));
        let mut ends = Vec::new();
        for neighbours in entries.chunks(NEIGHBOURS) {
            let mut neighbourhood = Neighbourhood {
                since: (i64::MAX, i64::MIN),
                ended: [0; NEIGHBOURS / BITS],
                ended_before: u32::try_from(ends.len()).unwrap_or(u32::MAX),
            };
            for (at, entry) in neighbours.iter().enumerate() {
                // What had no such number would be held at no moment.
                let since = since.first(*entry).unwrap_or(i64::MAX);
                let (first, last) = neighbourhood.since;
                neighbourhood.since = (first.min(since), last.max(since));
                let until = until.first(*entry).unwrap_or(i64::MIN);
                if until != NEVER {
                    neighbourhood.ended[at / BITS] |= 1 << (at % BITS);
                    ends.push(until);
                }
            }
            neighbourhoods.push(neighbourhood);
        }
        Self {
            since,
            neighbourhoods: neighbourhoods.into(),
            until: ends.into(),
        }
    }

    /// Whether the wording of an entry was the one held at a second since 1970, which is before [`NEVER`].
    pub(super) fn at(&self, entry: DocId, moment: i64) -> bool {
        let neighbourhood = &self.neighbourhoods[entry as usize / NEIGHBOURS];
        neighbourhood
            .held_at(moment)
            .unwrap_or_else(|| self.is_held(neighbourhood, entry, moment))
    }

    /// Moves those of some entries, which are in their order, to the front whose wordings were the ones held at such a second;
    /// answers how many they are.
    pub(super) fn keep(&self, entries: &mut [DocId], moment: i64) -> usize {
        let (mut kept, mut at) = (0, 0);
        while let Some(first) = entries.get(at) {
            let number = *first as usize / NEIGHBOURS;
            let rest = entries[at..].iter();
            let neighbours = rest.take_while(|entry| **entry as usize / NEIGHBOURS == number);
            let end = at + neighbours.count();
            let neighbourhood = &self.neighbourhoods[number];
            match neighbourhood.held_at(moment) {
                Some(false) => {}
                Some(true) => {
                    entries.copy_within(at..end, kept);
                    kept += end - at;
                }
                None => {
                    for at in at..end {
                        let entry = entries[at];
                        entries[kept] = entry;
                        kept += usize::from(self.is_held(neighbourhood, entry, moment));
                    }
                }
            }
            at = end;
        }
        kept
    }

    /// Whether an entry of a neighbourhood is, of which that is not told by all its neighbours together.
    fn is_held(&self, neighbourhood: &Neighbourhood, entry: DocId, moment: i64) -> bool {
        let has_begun =
            neighbourhood.since.1 <= moment || self.since.first(entry).is_some_and(|since| since <= moment);
        has_begun
            && match neighbourhood.ended_at(entry as usize % NEIGHBOURS) {
                Some(place) => self.until.get(place).is_some_and(|until| moment < *until),
                None => true,
            }
    }
}

impl Neighbourhood {
    /// Whether all of it were held at a moment; `None` where that differs or must be looked up.
    fn held_at(&self, moment: i64) -> Option<bool> {
        let (first, last) = self.since;
        match self.ended {
            _ if moment < first => Some(false),
            [0, 0] if last <= moment => Some(true),
            _ => None,
        }
    }

    /// Which of all that are not held any more one of them is; `None` if it still is.
    #[inline]
    fn ended_at(&self, at: usize) -> Option<usize> {
        let (bits, bit) = (self.ended[at / BITS], at % BITS);
        if bits >> bit & 1 == 0 {
            return None;
        }
        let before = self.ended[..at / BITS].iter().map(|bits| bits.count_ones());
        let here = (bits & ((1 << bit) - 1)).count_ones();
        Some((self.ended_before + before.sum::<u32>() + here) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_not_held_any_more_are_counted_through() {
        let neighbourhood = Neighbourhood {
            since: (0, 0),
            ended: [1 << 3 | 1 << 63, 1 | 1 << 40],
            ended_before: 10,
        };
        let told: Vec<_> = [0, 3, 62, 63, 64, 65, 104, 127]
            .map(|at| neighbourhood.ended_at(at))
            .into();
        let expected = [None, Some(10), None, Some(11), Some(12), None, Some(13), None];
        assert_eq!(told, expected);
    }
}
