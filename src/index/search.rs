//! Asking the index.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::directory::error::LockError;
use tantivy::query::BooleanQuery;
use tantivy::schema::Value;
use tantivy::{DocAddress, Index, IndexReader, ReloadPolicy, TantivyDocument, TantivyError};

use super::columns::Columns;
use super::cursor::{Cursor, Order};
use super::facets::{CountedBy, Counting, Facets};
use super::generations;
use super::highlight::{Highlighter, snippet};
use super::members::{EVERY_TOPIC, Members};
use super::pass::{Counted, Met, Pass};
use super::plan::{self, Plan, Sight};
use super::query::{Expr, Held, NameField, Query};
use super::schema::{self, Fields};
use super::sets::Kept;
use super::topics::Topics;
use super::unwritable::Unwritable;
use super::wording::{self, Closeness};
use super::writer::{Existing, engine, existing, existing_current};
use super::{Entry, EntryKind, IndexError, stored};
use crate::model::id::DocumentId;
use crate::model::source::SourceKind;
use crate::text::differing::{Difference, differences_of};
use crate::text::rewording::{is_part, parted, reworded};
use crate::text::wording::{Piece, Wording};

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
    pub(super) columns: Columns,
}

/// A generation that is searched.
#[derive(Clone)]
struct Opened {
    generation: PathBuf,
    reader: IndexReader,
}

impl Opened {
    fn open(root: &Path, fields: &Fields) -> Result<Self, IndexError> {
        let (generation, Existing { index, .. }) =
            existing_current(root, fields).ok_or_else(|| IndexError::Outdated { path: root.into() })?;
        let reader = match reading(&index) {
            Err(TantivyError::LockFailure(LockError::IoError(error), _))
                if matches!(
                    error.kind(),
                    ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied
                ) =>
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
    schema::register(index, &Arc::default());
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
    /// Whether everything that matches is counted; else the hits are looked for and no more, which takes a fraction of the
    /// time where much matches.
    pub is_counted: bool,
}

/// What a query found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// How many entries match in all, where that was to be counted.
    pub total: Option<usize>,
    /// Those that were wanted.
    pub hits: Vec<Hit>,
    /// Where the list goes on, if it does and is ordered by day.
    pub next: Option<Cursor>,
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
    /// In what the words differ from those that were pasted.
    pub differences: BTreeSet<Difference>,
}

impl Hit {
    /// How the words compare with those that were pasted, in words: how many of them it has, and in what it differs.
    pub fn likeness(&self) -> Option<String> {
        let share = self.kept()?;
        let mut told = match share >= 1.0 {
            true => "has all of these words in their order".to_owned(),
            false => format!(
                "has {:.0} % of these words in their order",
                (share * 100.0).floor()
            ),
        };
        let differences = self.differences.iter().map(|difference| difference.told());
        for (at, difference) in differences.enumerate() {
            told.push_str(if at == 0 { ": " } else { ", " });
            told.push_str(difference);
        }
        Some(told)
    }

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
            columns: Columns::default(),
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
        let existing = existing(&opened.generation, &self.fields).ok_or_else(|| IndexError::Outdated {
            path: self.root.clone(),
        })?;
        Ok(existing.payload.change)
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
        let (plan, members) = self.plan(searcher, &query.expr, &wanted.kinds)?;
        let pass = Pass {
            searcher,
            columns: &self.columns,
            plan: &plan,
        };
        let counting = Counting::new(by, &wanted.kinds, &members);
        let counted = match wanted.is_counted || counting.is_some() {
            true => Counted::All(counting.as_ref()),
            false => Counted::Nothing,
        };
        // No more can be wanted than there are.
        let held = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX);
        let (limit, offset) = (wanted.limit.min(held), wanted.offset.min(held));
        let range = offset..offset + limit;
        // Of other printings the first ones are compared word by word, whichever page of them is wanted.
        let pasted = match wanted.order {
            Order::Relevance => query.expr.pasted().filter(|_| offset < wording::COMPARED),
            _ => None,
        };
        // Where a list by day goes on is told by whether there is one more.
        let further = range.start..range.end.saturating_add(1);
        let met = match (wanted.order, pasted) {
            _ if limit == 0 => match counted {
                Counted::All(counting) => pass.count(counting),
                Counted::Nothing => Ok(Met::default()),
            },
            (Order::Relevance, Some(_)) => pass.best(0..range.end.max(wording::COMPARED), counted),
            (Order::Relevance, None) => pass.best(range.clone(), counted),
            (Order::Newest, _) => pass.by_day(true, further, wanted.after, counted),
            (Order::Oldest, _) => pass.by_day(false, further, wanted.after, counted),
        };
        let mut met = met.map_err(failed)?;
        let is_by_day = wanted.order != Order::Relevance;
        let next = (is_by_day && met.places.len() > limit).then(|| {
            met.places.truncate(limit);
            met.places.last().map(|place| place.cursor(wanted.order))
        });
        let facets = counting.as_ref().zip(met.counts.take());
        let facets = facets.map(|(counting, counts)| counting.told(counts));
        let highlighter = Highlighter::of(&query.expr);
        let hits = met.places.iter();
        let mut hits = hits
            .map(|place| self.hit(searcher, place.address, &highlighter))
            .collect::<Result<Vec<_>, _>>()?;
        if let Some(pasted) = pasted {
            closest_first(&mut hits, &Wording::in_one_spelling(pasted));
            hits = hits.into_iter().skip(range.start).take(range.len()).collect();
            for hit in hits.iter_mut().filter(|hit| hit.closeness.is_some()) {
                hit.differences = differences_of(pasted, &beside(pasted, &hit.entry.text));
            }
        }
        let found = Found {
            total: met.total,
            hits,
            next: next.flatten(),
        };
        Ok((found, facets.unwrap_or_default()))
    }

    /// Of which of these documents a query finds anything: in any of their wordings, where it asks for those of no day; on no
    /// topic as well, where that is so.
    pub fn found_among(
        &self,
        query: &Query,
        documents: &[DocumentId],
        of_all_topics: bool,
    ) -> Result<Vec<bool>, IndexError> {
        let mut parts = vec![query.expr.clone()];
        if !query.expr.names_a_past_day() {
            parts.push(Expr::AsOf(Held::Ever));
        }
        if of_all_topics {
            parts.push(Expr::Named(NameField::Topic, EVERY_TOPIC.into()));
        }
        let searcher = self.snapshot();
        // Planned once: a topic is a question of its own.
        let (plan, _) = self.plan(&searcher, &Expr::And(parts), &EntryKind::ALL)?;
        let whole = plan.whole(&self.fields);
        let is_found = |document: &DocumentId| {
            let asked = plan::of_documents(&self.fields, [document.as_str()]);
            let both = BooleanQuery::intersection(vec![asked, whole.box_clone()]);
            let found = searcher.search(&both, &tantivy::collector::Count);
            Ok(found.map_err(|source| engine(&self.root, source))? > 0)
        };
        documents.iter().map(is_found).collect()
    }

    /// Counts everything that a query finds.
    pub fn facets(&self, query: &Query, kinds: &[EntryKind], by: &[CountedBy]) -> Result<Facets, IndexError> {
        let searcher = self.snapshot();
        let (plan, members) = self.plan(&searcher, &query.expr, kinds)?;
        let Some(counting) = Counting::new(by, kinds, &members) else {
            return Ok(Facets::default());
        };
        let pass = Pass {
            searcher: &searcher,
            columns: &self.columns,
            plan: &plan,
        };
        let met = pass.count(Some(&counting));
        let counts = met.map_err(|source| engine(&self.root, source))?.counts;
        Ok(counts.map(|counts| counting.told(counts)).unwrap_or_default())
    }

    /// The question that a query means, and what is on the topics.
    pub(super) fn plan(
        &self,
        searcher: &tantivy::Searcher,
        expr: &Expr,
        kinds: &[EntryKind],
    ) -> Result<(Plan, Arc<Members>), IndexError> {
        let failed = |source| engine(&self.root, source);
        let members = self.topics.members(&self.fields, searcher, &self.kept);
        let members = members.map_err(failed)?;
        let sight = Sight {
            fields: &self.fields,
            searcher,
            kept: &self.kept,
            members: &members,
        };
        let plan = plan::plan(&sight, expr, kinds).map_err(failed)?;
        Ok((plan, members))
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

/// What a printing has that the pasted words have not.
fn beside(pasted: &str, text: &str) -> Vec<Piece> {
    let (one, other) = (Wording::of(pasted).len(), Wording::of(text).len());
    match is_part(one, other) {
        true => parted(pasted, text),
        false => reworded(pasted, text),
    }
}

/// Compares the first hits word by word with what was pasted, and puts the closest first.
fn closest_first(hits: &mut [Hit], pasted: &Wording) {
    let compared = hits.len().min(wording::COMPARED);
    let hits = &mut hits[..compared];
    for hit in &mut *hits {
        hit.closeness = Some(wording::closeness(pasted, &hit.entry.text));
    }
    hits.sort_by(|one, other| {
        let order = one.closeness.partial_cmp(&other.closeness);
        let order = order.unwrap_or(std::cmp::Ordering::Equal).reverse();
        // Of the very words the office's own text stands first, then what was printed first.
        let place = |hit: &Hit| {
            (
                hit.entry.source_kind != SourceKind::Official,
                hit.entry.published_on.is_none(),
            )
        };
        order
            .then_with(|| place(one).cmp(&place(other)))
            .then_with(|| one.entry.published_on.cmp(&other.entry.published_on))
    });
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
    let (marks, piece) = match entry.kind {
        EntryKind::Quote => (highlighter.marks(text), 0..text.len()),
        EntryKind::Document | EntryKind::Date => {
            let marks = highlighter.first_marks(text, SNIPPET_BYTES);
            let piece = snippet(text, &marks, SNIPPET_BYTES);
            (marks, piece)
        }
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
        differences: BTreeSet::new(),
        entry,
    }
}

#[cfg(test)]
pub(super) mod tests;
