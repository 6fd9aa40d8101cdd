//! Asking the index.

use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue};
use tantivy::collector::{Count, TopDocs};
use tantivy::directory::error::LockError;
use tantivy::query::{BooleanQuery, Occur};
use tantivy::schema::Value;
use tantivy::{DocAddress, Index, IndexReader, ReloadPolicy, TantivyDocument, TantivyError};

use super::cursor::Cursor;
use super::facets::{CountedBy, Counting, Counts, Facets};
use super::generations;
use super::highlight::{Highlighter, snippet};
use super::plan::{self, Sight};
use super::query::{Expr, Query};
use super::schema::{self, DAY, Fields, KEY};
use super::sets::Kept;
use super::topics::{Members, Topics};
use super::unwritable::Unwritable;
use super::wording::{self, Closeness};
use super::writer::{engine, existing, existing_current};
use super::{Entry, EntryKind, IndexError, stored};
use crate::text::wording::Wording;

/// Bytes of a document's text shown with a hit.
const SNIPPET_BYTES: usize = 320;

/// Answers queries from the last commit there was when it was opened or reloaded. Clones share what they see.
#[derive(Clone)]
pub struct Searcher {
    pub(super) root: PathBuf,
    pub(super) fields: Fields,
    opened: Arc<RwLock<Opened>>,
    pub(super) topics: Topics,
    pub(super) kept: Kept,
}

/// A generation that is searched.
#[derive(Clone)]
struct Opened {
    generation: PathBuf,
    reader: IndexReader,
}

impl Opened {
    fn open(root: &Path, fields: &Fields) -> Result<Self, IndexError> {
        let (generation, index, _) =
            existing_current(root, fields).ok_or_else(|| IndexError::Outdated { path: root.into() })?;
        let reader = match reading(&index) {
            Err(TantivyError::LockFailure(LockError::IoError(error), _))
                if error.kind() == ErrorKind::ReadOnlyFilesystem =>
            {
                unwritable(&generation)
            }
            reader => reader,
        };
        let reader = reader.map_err(|source| engine(&generation, source))?;
        Ok(Self { generation, reader })
    }
}

fn reading(index: &Index) -> tantivy::Result<IndexReader> {
    schema::register(index);
    // Reloaded by hand: a watcher of files would be one more thing to fail.
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual);
    reader.try_into()
}

/// Reads an index on a disk that nothing can be written to.
fn unwritable(generation: &Path) -> tantivy::Result<IndexReader> {
    reading(&Index::open(Unwritable::open(generation)?)?)
}

/// Which hits are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The kinds of entries.
    pub kinds: Vec<EntryKind>,
    /// Their order.
    pub order: Order,
    /// How many are passed over.
    pub offset: usize,
    /// How many are given at most.
    pub limit: usize,
    /// After which hit of an earlier answer they begin, where they are ordered by day.
    pub after: Option<Cursor>,
}

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

/// What a query found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// How many entries match in all.
    pub total: usize,
    /// Those that were wanted.
    pub hits: Vec<Hit>,
    /// Where the list goes on, if it does and is ordered by day.
    pub next: Option<Cursor>,
}

/// What of a question lies behind a cursor.
fn behind(
    fields: &Fields,
    asked: Box<dyn tantivy::query::Query>,
    cursor: Cursor,
) -> Box<dyn tantivy::query::Query> {
    Box::new(BooleanQuery::new(vec![
        (Occur::Must, asked),
        (Occur::Must, cursor.behind(fields)),
    ]))
}

/// An entry that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The entry.
    pub entry: Entry,
    /// What to show of it: the words of a quote, a piece of a document, the block around a date.
    pub shown: String,
    /// The bytes of `shown` that the query asks for.
    pub marks: Vec<Range<usize>>,
    /// How close the words come to those that were pasted, where that was asked for.
    closeness: Option<Closeness>,
}

impl Hit {
    /// The share of the pasted words that stand here in their order, from 0 to 1; `None` where none were pasted, and
    /// beyond the hits that are compared word by word.
    pub fn kept(&self) -> Option<f32> {
        self.closeness.map(|closeness| closeness.kept)
    }
}

impl Searcher {
    /// Opens the index in the folder `root`.
    pub fn open(root: &Path) -> Result<Self, IndexError> {
        let fields = Fields::new();
        let opened = Opened::open(root, &fields)?;
        Ok(Self {
            root: root.into(),
            fields,
            opened: Arc::new(RwLock::new(opened)),
            topics: Topics::default(),
            kept: Kept::default(),
        })
    }

    /// The same with topics, each a name in lower case and its query: what is on none of them is then found
    /// only by a query that says `topic:all`.
    pub fn with_topics(self, topics: Vec<(String, Query)>) -> Self {
        Self {
            topics: Topics::new(topics),
            ..self
        }
    }

    /// Takes the last commit over, also that of an index which was made anew.
    pub fn reload(&self) -> Result<(), IndexError> {
        let opened = self.opened();
        if generations::current(&self.root).as_ref() == Some(&opened.generation) {
            let reloaded = opened.reader.reload();
            return reloaded.map_err(|source| engine(&opened.generation, source));
        }
        let newer = Opened::open(&self.root, &self.fields)?;
        *self.opened.write().unwrap_or_else(PoisonError::into_inner) = newer;
        Ok(())
    }

    /// The last change of the store that is in what is searched.
    pub fn change(&self) -> Result<i64, IndexError> {
        let opened = self.opened();
        let (_, change) = existing(&opened.generation, &self.fields).ok_or_else(|| IndexError::Outdated {
            path: self.root.clone(),
        })?;
        Ok(change)
    }

    /// Reads every file of the index through: whether one is missing or does not hold what was written. Takes as long as
    /// the index is large.
    pub fn is_damaged(&self) -> bool {
        let opened = self.opened();
        let index = opened.reader.searcher().index().clone();
        // The engine may stumble over a file in any way.
        let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| index.validate_checksum()));
        let is_whole = matches!(checked, Ok(Ok(damaged)) if damaged.is_empty());
        !is_whole || Opened::open(&self.root, &self.fields).is_err()
    }

    /// What is seen now, which stays as it is.
    pub(super) fn snapshot(&self) -> tantivy::Searcher {
        self.opened().reader.searcher()
    }

    fn opened(&self) -> Opened {
        self.opened.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Answers a query.
    pub fn search(&self, query: &Query, wanted: &Wanted) -> Result<Found, IndexError> {
        Ok(self.search_counted(query, wanted, &[])?.0)
    }

    /// Answers a query and counts everything that it finds, all from one commit; nothing to count by costs nothing.
    pub fn search_counted(
        &self,
        query: &Query,
        wanted: &Wanted,
        by: &[CountedBy],
    ) -> Result<(Found, Facets), IndexError> {
        let searcher = &self.snapshot();
        let failed = |source| engine(&self.root, source);
        let (asked, members) = self.plan(searcher, &query.expr, &wanted.kinds)?;
        let counting = Counting::new(by, &wanted.kinds, &members);
        let counting = counting.as_ref();
        // The engine makes room for as many as are asked for before it looks how many there are.
        let held = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX);
        let (limit, offset) = (wanted.limit.min(held), wanted.offset.min(held));
        // Of other printings the first ones are compared word by word, whichever page of them is wanted.
        let pasted = match wanted.order {
            Order::Relevance => query.expr.pasted().filter(|_| offset < wording::COMPARED),
            _ => None,
        };
        if let Some(pasted) = pasted.filter(|_| limit > 0) {
            let facets = self.counts(searcher, &asked, counting)?;
            let wanted = offset..offset + limit;
            let found = self.closest(searcher, &asked, query, &Wording::of(pasted), wanted)?;
            return Ok((found, facets));
        }
        let (placed, facets) = match wanted.after {
            // What is counted lies before the cursor too.
            Some(cursor) => {
                let facets = self.counts(searcher, &asked, counting)?;
                let asked = behind(&self.fields, asked, cursor);
                let placed = placed(searcher, &asked, (limit, offset), wanted.order, None);
                (placed.map_err(failed)?, facets)
            }
            None => {
                let mut placed =
                    placed(searcher, &asked, (limit, offset), wanted.order, counting).map_err(failed)?;
                let counted = counting.zip(placed.counted.take());
                let facets = counted.map(|(counting, counted)| counting.told(counted));
                (placed, facets.unwrap_or_default())
            }
        };
        let next = placed
            .last
            .filter(|_| offset + placed.addresses.len() < placed.total)
            .map(|(day, key)| Cursor::new(wanted.order, day, key));
        let highlighter = Highlighter::of(&query.expr);
        let hits = placed
            .addresses
            .into_iter()
            .map(|address| self.hit(searcher, address, &highlighter));
        let found = Found {
            total: placed.total,
            hits: hits.collect::<Result<_, _>>()?,
            next,
        };
        Ok((found, facets))
    }

    /// The candidates for other printings of the pasted words, the closest first.
    fn closest(
        &self,
        searcher: &tantivy::Searcher,
        asked: &dyn tantivy::query::Query,
        query: &Query,
        pasted: &Wording,
        wanted: Range<usize>,
    ) -> Result<Found, IndexError> {
        let failed = |source| engine(&self.root, source);
        let held = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX);
        let limit = wanted.end.max(wording::COMPARED).min(held);
        let by_day = SortByStaticFastValue::<i64>::for_field(DAY);
        let best = TopDocs::with_limit(limit).order_by((SortBySimilarityScore, by_day));
        let (total, found) = searcher.search(asked, &(Count, best)).map_err(failed)?;
        let highlighter = Highlighter::of(&query.expr);
        let mut hits = found
            .into_iter()
            .map(|(_, address)| self.hit(searcher, address, &highlighter))
            .collect::<Result<Vec<_>, _>>()?;
        let compared = hits.len().min(wording::COMPARED);
        for hit in &mut hits[..compared] {
            hit.closeness = Some(wording::closeness(pasted, &hit.entry.text));
        }
        hits[..compared].sort_by(|one, other| {
            let order = one.closeness.partial_cmp(&other.closeness);
            order.unwrap_or(std::cmp::Ordering::Equal).reverse()
        });
        let hits = hits.into_iter().skip(wanted.start).take(wanted.len()).collect();
        Ok(Found {
            total,
            hits,
            next: None,
        })
    }

    /// Counts everything that a query finds.
    pub fn facets(&self, query: &Query, kinds: &[EntryKind], by: &[CountedBy]) -> Result<Facets, IndexError> {
        let searcher = self.snapshot();
        let (asked, members) = self.plan(&searcher, &query.expr, kinds)?;
        self.counts(&searcher, &asked, Counting::new(by, kinds, &members).as_ref())
    }

    /// The question that a query means, and what is on the topics.
    pub(super) fn plan(
        &self,
        searcher: &tantivy::Searcher,
        expr: &Expr,
        kinds: &[EntryKind],
    ) -> Result<(Box<dyn tantivy::query::Query>, Arc<Members>), IndexError> {
        let failed = |source| engine(&self.root, source);
        let members = self.topics.members(&self.fields, searcher, &self.kept);
        let members = members.map_err(failed)?;
        let sight = Sight {
            fields: &self.fields,
            searcher,
            kept: &self.kept,
            members: &members,
        };
        let asked = plan::plan(&sight, expr, kinds).map_err(failed)?;
        Ok((asked, members))
    }

    fn counts(
        &self,
        searcher: &tantivy::Searcher,
        asked: &dyn tantivy::query::Query,
        counting: Option<&Counting>,
    ) -> Result<Facets, IndexError> {
        let Some(counting) = counting else {
            return Ok(Facets::default());
        };
        let counted = searcher.search(asked, &counting);
        Ok(counting.told(counted.map_err(|source| engine(&self.root, source))?))
    }

    fn hit(
        &self,
        searcher: &tantivy::Searcher,
        address: DocAddress,
        highlighter: &Highlighter,
    ) -> Result<Hit, IndexError> {
        Ok(marked(self.entry(searcher, address)?, highlighter))
    }

    /// The entry at an address, as it was indexed.
    pub(super) fn entry(
        &self,
        searcher: &tantivy::Searcher,
        address: DocAddress,
    ) -> Result<Entry, IndexError> {
        let document: TantivyDocument = searcher
            .doc(address)
            .map_err(|source| engine(&self.root, source))?;
        document
            .get_first(self.fields.stored)
            .and_then(|value| value.as_str().and_then(stored::read))
            .ok_or_else(|| IndexError::Entry {
                path: self.root.clone(),
            })
    }
}

/// Where the hits that are wanted lie, in their order.
struct Placed {
    /// How many entries match in all.
    total: usize,
    addresses: Vec<DocAddress>,
    /// Day and key of the last one, where they are ordered by day.
    last: Option<(i64, i64)>,
    counted: Option<Vec<Counts>>,
}

/// Finds hits in an order, of them so many behind the first so many, and counts all in the same pass.
fn placed(
    searcher: &tantivy::Searcher,
    asked: &dyn tantivy::query::Query,
    (limit, offset): (usize, usize),
    order: Order,
    counting: Option<&Counting>,
) -> tantivy::Result<Placed> {
    if limit == 0 {
        let (total, counted) = searcher.search(asked, &(Count, counting))?;
        return Ok(Placed {
            total,
            addresses: Vec::new(),
            last: None,
            counted,
        });
    }
    let top = TopDocs::with_limit(limit).and_offset(offset);
    let by_day = SortByStaticFastValue::<i64>::for_field(DAY);
    let direction = match order {
        Order::Relevance => {
            let best = top.order_by((SortBySimilarityScore, by_day));
            let (total, hits, counted) = searcher.search(asked, &(Count, best, counting))?;
            return Ok(Placed {
                total,
                addresses: hits.into_iter().map(|(_, address)| address).collect(),
                last: None,
                counted,
            });
        }
        Order::Newest => tantivy::Order::Desc,
        Order::Oldest => tantivy::Order::Asc,
    };
    let by_key = SortByStaticFastValue::<i64>::for_field(KEY);
    let first = top.order_by(((by_day, direction), (by_key, tantivy::Order::Asc)));
    let (total, hits, counted) = searcher.search(asked, &(Count, first, counting))?;
    Ok(Placed {
        total,
        last: hits.last().and_then(|((day, key), _)| Some(((*day)?, (*key)?))),
        addresses: hits.into_iter().map(|(_, address)| address).collect(),
        counted,
    })
}

impl Query {
    /// An entry that it found, with what it asks for marked.
    pub fn hit(&self, entry: Entry) -> Hit {
        marked(entry, &Highlighter::of(&self.expr))
    }
}

fn marked(entry: Entry, highlighter: &Highlighter) -> Hit {
    let text = match entry.kind {
        EntryKind::Quote | EntryKind::Document => entry.text.as_str(),
        EntryKind::Date => entry.around.as_str(),
    };
    let marks = highlighter.marks(text);
    let piece = match entry.kind {
        EntryKind::Quote => 0..text.len(),
        EntryKind::Document | EntryKind::Date => snippet(text, &marks, SNIPPET_BYTES),
    };
    let marks = marks
        .into_iter()
        .filter(|mark| piece.start <= mark.start && mark.end <= piece.end)
        .map(|mark| mark.start - piece.start..mark.end - piece.start)
        .collect();
    Hit {
        shown: text[piece].to_string(),
        marks,
        closeness: None,
        entry,
    }
}

#[cfg(test)]
mod tests;
