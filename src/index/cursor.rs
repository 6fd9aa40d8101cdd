//! The order of hits, and a place in a list that is ordered by day, from which the list goes on.
//!
//! It names the last hit by what the list is ordered by, not by how many came before: what is indexed between two pages
//! moves nothing that was shown, and nothing is left out or shown twice.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use super::{Entry, EntryKind};
use crate::model::source::SourceKind;

/// The order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Best first (BM25); among equals the newest.
    #[default]
    Relevance,
    /// Newest day first.
    Newest,
    /// Oldest day first.
    Oldest,
}

/// After which hit a list goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    is_newest_first: bool,
    /// The day of the last hit, in days since 1970, and its [`key`] among those of the day.
    day: i64,
    key: i64,
}

/// Bits of a key below its turn: they keep what is of one document together and in the order of its text, and tell all apart.
const REST_BITS: u32 = 51;
/// Bits of them for the document.
const DOCUMENT_BITS: u32 = 12;
/// Bits for the place in it, of so many bytes each: what begins behind two megabytes stands last.
const PLACE_BITS: u32 = 18;
const PLACE_BYTES: usize = 8;

/// What orders the entries of a day and tells them apart, in an order that stays: the [`turn`] in the upper bits, then the
/// document, the place in its text, and a digest. It is never negative.
pub(super) fn key(entry: &Entry) -> i64 {
    let document = digest(&[entry.document.as_str()]) >> (u64::BITS - DOCUMENT_BITS);
    let own = digest(&[entry.kind.code(), &entry.id, entry.revision.as_str()]);
    // Many documents have no day and so the same one: they are told apart by all the bits that are left, before what stands in them.
    let below = REST_BITS - DOCUMENT_BITS - 1;
    let within = match entry.kind {
        EntryKind::Document => own >> (u64::BITS - below),
        EntryKind::Quote | EntryKind::Date => {
            let place = (entry.begins_at / PLACE_BYTES).min((1 << PLACE_BITS) - 1) as u64;
            let below_place = below - PLACE_BITS;
            1 << below | place << below_place | own >> (u64::BITS - below_place)
        }
    };
    turn(entry) << REST_BITS | (document << (below + 1) | within).cast_signed()
}

/// The beginning of a digest of some texts.
fn digest(parts: &[&str]) -> u64 {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part);
        digest.update([0]);
    }
    u64::from_be_bytes(digest.finalize()[..8].try_into().expect("eight bytes of more"))
}

/// The turn of an entry among those of its day: by the minute, what has none last, and of one minute official sources first.
fn turn(entry: &Entry) -> i64 {
    const MINUTES: u16 = 24 * 60;
    let minute = entry.minute.map_or(MINUTES, |minute| minute.min(MINUTES));
    i64::from(minute) * 2 + i64::from(entry.source_kind == SourceKind::News)
}

/// A key as it orders a list with the newest first: the last minute of a day goes first, what has none is last there as well, and so
/// are news behind offices. The same again turns it back.
pub(super) fn turned(key: i64) -> i64 {
    const LAST_MINUTE: i64 = 24 * 60 - 1;
    let turn = turn_of(key);
    let (minute, is_news) = (turn >> 1, turn & 1);
    if !(0..=LAST_MINUTE).contains(&minute) {
        return key;
    }
    let rest = key & ((1 << REST_BITS) - 1);
    ((LAST_MINUTE - minute) << 1 | is_news) << REST_BITS | rest
}

/// The turn that a key was made with.
pub(super) fn turn_of(key: i64) -> i64 {
    key >> REST_BITS
}

impl Cursor {
    pub(super) fn new(order: Order, day: i64, key: i64) -> Self {
        Self {
            is_newest_first: order == Order::Newest,
            day,
            key,
        }
    }

    /// Before all hits of a day in a list with the oldest first.
    pub fn before(day: jiff::civil::Date) -> Self {
        let since = jiff::civil::date(1970, 1, 1).until(day);
        Self {
            is_newest_first: false,
            day: since.map_or(0, |span| i64::from(span.get_days())) - 1,
            key: i64::MAX,
        }
    }

    /// The order of the list it was made for.
    pub fn order(&self) -> Order {
        match self.is_newest_first {
            true => Order::Newest,
            false => Order::Oldest,
        }
    }

    /// The day of the hit it names, in days since 1970.
    pub(super) fn day(&self) -> i64 {
        self.day
    }

    /// What tells that hit from others of its day.
    pub(super) fn key(&self) -> i64 {
        self.key
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let order = if self.is_newest_first { 'n' } else { 'o' };
        write!(f, "{order}{}.{:016x}", self.day, self.key)
    }
}

impl FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (order, rest) = text.split_at_checked(1).ok_or(())?;
        let (day, key) = rest.split_once('.').ok_or(())?;
        Ok(Self {
            is_newest_first: match order {
                "n" => true,
                "o" => false,
                _ => return Err(()),
            },
            day: day.parse().map_err(drop)?,
            key: u64::from_str_radix(key, 16).map_err(drop)?.cast_signed(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::search::tests::quote;
    use crate::model::id::DocumentId;

    #[test]
    fn the_newest_first_is_by_the_clock_and_what_has_no_time_is_last() {
        let key = |minute: i64, is_news: i64| (minute << 1 | is_news) << REST_BITS | 7;
        let (morning, office, evening, none) = (key(500, 1), key(500, 0), key(1300, 1), key(24 * 60, 0));
        let mut keys = [none, morning, evening, office];
        keys.sort_by_key(|key| turned(*key));
        assert_eq!(keys, [evening, office, morning, none]);
        for key in [morning, office, evening, none, 0, i64::MAX, -5] {
            assert_eq!(turned(turned(key)), key);
        }
    }

    #[test]
    fn what_is_of_one_document_and_time_stands_in_the_order_of_its_text() {
        let quote = |id: &str, document: &str, begins_at: usize| Entry {
            document: DocumentId::new(document),
            begins_at,
            ..quote(id, "Ana Lima", "We will stay.", 3)
        };
        let places = [0, 70, 7_000, 65_000, 400_000];
        let mut keys: Vec<i64> = Vec::new();
        for document in ["one", "two"] {
            let of_document: Vec<i64> = places
                .map(|at| key(&quote(&format!("{document}{at}"), document, at)))
                .into();
            assert!(of_document.is_sorted(), "{document}");
            let whole = Entry {
                kind: EntryKind::Document,
                ..quote(document, document, 0)
            };
            assert!(
                key(&whole) < of_document[0],
                "the document stands before what is in it"
            );
            keys.extend(of_document);
        }
        assert!(
            keys[..5].iter().max() < keys[5..].iter().min()
                || keys[5..].iter().max() < keys[..5].iter().min(),
            "documents do not mingle"
        );
        // In other wordings the same words stand at the same place, and what lies far behind stands at one place.
        let mut apart: Vec<i64> = (0..50)
            .map(|at| key(&quote(&format!("{at}"), "one", 70)))
            .collect();
        apart.extend((0..50).map(|at| key(&quote(&format!("far{at}"), "one", 9_000_000 + at))));
        apart.sort_unstable();
        apart.dedup();
        assert_eq!(apart.len(), 100);
        let late = Entry {
            minute: Some(24 * 60 - 1),
            ..quote("late", "one", usize::MAX)
        };
        assert!(keys.iter().chain([&key(&late)]).all(|key| *key >= 0));
        assert!(key(&late) < keys[0], "what has a time goes before what has none");
    }

    #[test]
    fn a_cursor_is_read_as_it_was_written_and_nonsense_is_none() {
        for order in [Order::Newest, Order::Oldest] {
            for key in [0, i64::MIN, -1, i64::MAX] {
                let cursor = Cursor::new(order, -12, key);
                assert_eq!(cursor.to_string().parse(), Ok(cursor));
                assert_eq!(cursor.order(), order);
            }
        }
        for text in ["", "n", "x1.0", "n1", "n1.g", "é1.0", "n1.-1"] {
            assert_eq!(text.parse::<Cursor>(), Err(()), "{text}");
        }
    }
}
