//! Everything that a query finds, one entry after the other, in the order of days.
//!
//! Only places are held in memory, twenty-four bytes an entry and some ten more while the walk begins; the entries are read
//! as they are asked for, those of one document and time together. The order does not depend on where the engine keeps
//! them: the day, its time where one is known, official sources first, then the document, and in it as printed.

use std::cmp::Reverse;
use std::collections::{HashMap, VecDeque};

use jiff::ToSpan;
use jiff::civil::{Date, date};
use tantivy::DocAddress;
use tantivy::collector::DocSetCollector;

use super::cursor;
use super::names::{DAY, DOCUMENT, KEY, SINCE};
use super::query::{DayField, Expr, Query};
use super::search::Searcher;
use super::writer::engine;
use super::{Entry, EntryKind, IndexError};

/// A walk over everything that a query finds, as it was when the walk began.
pub struct Walk {
    searcher: Searcher,
    snapshot: tantivy::Searcher,
    places: VecDeque<Place>,
    /// The entries of one document and time that come next.
    read: VecDeque<Entry>,
}

/// Where an entry lies, with what orders it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    /// Days since 1970.
    day: i32,
    /// Its turn among those of the day.
    turn: i32,
    /// The beginning of its document's id.
    document: u64,
    segment: u32,
    doc: u32,
}

impl Searcher {
    /// Begins a walk over everything that a query finds of these kinds.
    pub fn walk(&self, query: &Query, kinds: &[EntryKind]) -> Result<Walk, IndexError> {
        self.walk_over(&[(&query.expr, kinds)])
    }

    /// Begins a walk over what a query finds of some days, ends included: quotes that were said, documents that were
    /// published, dates that are meant on them. What has no day of its own is left out.
    pub fn walk_within(
        &self,
        query: &Query,
        kinds: &[EntryKind],
        (first, last): (Date, Date),
    ) -> Result<Walk, IndexError> {
        let narrowed: Vec<(Expr, EntryKind)> = kinds
            .iter()
            .map(|kind| {
                let days = Expr::Days(own_days(*kind), first, last);
                (Expr::And(vec![query.expr.clone(), days]), *kind)
            })
            .collect();
        let asked: Vec<(&Expr, &[EntryKind])> = narrowed
            .iter()
            .map(|(expr, kind)| (expr, std::slice::from_ref(kind)))
            .collect();
        let mut walk = self.walk_over(&asked)?;
        // Terms know no days before the year 1: all of them are kept as its first.
        if first <= date(1, 1, 1) {
            let number = |day| date(1970, 1, 1).until(day).map_or(0, |span| span.get_days());
            let days: std::ops::RangeInclusive<i32> = number(first)..=number(last);
            walk.places.retain(|place| days.contains(&place.day));
        }
        Ok(walk)
    }

    fn walk_over(&self, asked: &[(&Expr, &[EntryKind])]) -> Result<Walk, IndexError> {
        let snapshot = self.snapshot();
        let failed = |source| engine(&self.root, source);
        let mut found: Vec<DocAddress> = Vec::new();
        for (expr, kinds) in asked {
            let (plan, _) = self.plan(&snapshot, expr, kinds)?;
            let asked = plan.whole(&self.fields);
            found.extend(snapshot.search(&asked, &DocSetCollector).map_err(failed)?);
        }
        found.sort_unstable();
        let mut places = placed(&snapshot, &found).map_err(failed)?;
        places.sort_unstable();
        Ok(Walk {
            searcher: self.clone(),
            snapshot,
            places: places.into(),
            read: VecDeque::new(),
        })
    }
}

/// The field of the days that entries of a kind have of their own.
fn own_days(kind: EntryKind) -> DayField {
    match kind {
        EntryKind::Quote => DayField::Said,
        EntryKind::Document => DayField::Published,
        EntryKind::Date => DayField::Mentions,
    }
}

/// The places of what was found, which must be in the order of their addresses.
fn placed(snapshot: &tantivy::Searcher, found: &[DocAddress]) -> tantivy::Result<Vec<Place>> {
    let mut places = Vec::with_capacity(found.len());
    for segment in found.chunk_by(|one, other| one.segment_ord == other.segment_ord) {
        let Some(first) = segment.first() else { continue };
        let fast = snapshot.segment_reader(first.segment_ord).fast_fields();
        let days = fast.i64(DAY)?.first_or_default_col(0);
        let keys = fast.i64(KEY)?.first_or_default_col(0);
        let documents = fast.str(DOCUMENT)?;
        // The entries of a kind lie by day, those of a document among others: its id is looked up once all the same.
        let mut known: HashMap<u64, u64> = HashMap::new();
        for address in segment {
            let ordinal = documents
                .as_ref()
                .and_then(|column| column.term_ords(address.doc_id).next());
            let document = match (&documents, ordinal) {
                (Some(column), Some(ordinal)) => match known.get(&ordinal) {
                    Some(document) => *document,
                    None => {
                        let mut id = String::new();
                        column.ord_to_str(ordinal, &mut id)?;
                        known.insert(ordinal, beginning(&id));
                        beginning(&id)
                    }
                },
                _ => 0,
            };
            places.push(Place {
                day: small(days.get_val(address.doc_id)),
                turn: small(cursor::turn_of(keys.get_val(address.doc_id))),
                document,
                segment: address.segment_ord,
                doc: address.doc_id,
            });
        }
    }
    Ok(places)
}

/// A number that was kept in 64 bits and needs no more than 32.
fn small(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX })
}

/// The first eight bytes of a text as a number that sorts as they do.
fn beginning(text: &str) -> u64 {
    let mut bytes = [0; 8];
    for (byte, of) in bytes.iter_mut().zip(text.bytes()) {
        *byte = of;
    }
    u64::from_be_bytes(bytes)
}

impl Walk {
    /// How many entries are still to come.
    pub fn remaining(&self) -> usize {
        self.places.len() + self.read.len()
    }

    /// The days that the entries still to come are ordered by, in order.
    pub fn days(&self) -> impl DoubleEndedIterator<Item = Date> {
        let epoch = date(1970, 1, 1);
        self.places
            .iter()
            .filter_map(move |place| epoch.checked_add(place.day.days()).ok())
    }

    /// The same from what was captured last to what was captured first.
    pub fn newest_first(mut self) -> Result<Self, IndexError> {
        let captured: tantivy::Result<Vec<_>> = self
            .snapshot
            .segment_readers()
            .iter()
            .map(|segment| Ok(segment.fast_fields().i64(SINCE)?.first_or_default_col(0)))
            .collect();
        let captured = captured.map_err(|source| engine(&self.searcher.root, source))?;
        let captured_at = |place: &Place| captured[place.segment as usize].get_val(place.doc);
        let places = self.places.make_contiguous();
        places.sort_by_cached_key(|place| (Reverse(captured_at(place)), place.document, *place));
        Ok(self)
    }

    /// Reads the entries of the next document and time.
    fn read_on(&mut self) -> Result<(), IndexError> {
        let Some(first) = self.places.front().copied() else {
            return Ok(());
        };
        let mut entries = Vec::new();
        while let Some(place) = self.places.front()
            && (place.day, place.turn, place.document) == (first.day, first.turn, first.document)
        {
            let address = DocAddress::new(place.segment, place.doc);
            entries.push(self.searcher.entry(&self.snapshot, address)?);
            self.places.pop_front();
        }
        entries.sort_by(|one, other| key(one).cmp(&key(other)));
        self.read = entries.into();
        Ok(())
    }
}

/// What orders the entries of a document and time: as printed, the document itself first.
fn key(entry: &Entry) -> (&str, usize, u8, &str) {
    let kind = match entry.kind {
        EntryKind::Document => 0,
        EntryKind::Quote => 1,
        EntryKind::Date => 2,
    };
    (entry.document.as_str(), entry.begins_at, kind, &entry.id)
}

impl Iterator for Walk {
    type Item = Result<Entry, IndexError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.read.is_empty()
            && let Err(error) = self.read_on()
        {
            // What cannot be read is told once; the walk ends there.
            self.places.clear();
            return Some(Err(error));
        }
        self.read.pop_front().map(Ok)
    }
}
