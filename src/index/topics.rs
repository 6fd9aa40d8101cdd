//! Topics: standing queries that say which documents belong to the controversy that is followed.
//!
//! A document that a topic's query finds is on that topic, and so are its quotes and dates. Nothing is written
//! down for it: the documents are asked for once for each commit, so that a changed topic holds at once. What is on a
//! topic is kept as a bit an entry, because nearly every search asks for it.

use std::sync::{Arc, Mutex};

use tantivy::{DocSet, SearcherGeneration, TERMINATED};

use super::EntryKind;
use super::members::Members;
use super::names::DOCUMENT;
use super::plan;
use super::plan::Sight;
use super::query::Query;
use super::schema::Fields;
use super::sets::{Entries, EntrySet, Gathering, Kept};

/// The topics of a tracker.
#[derive(Clone, Default)]
pub(super) struct Topics {
    queries: Arc<Vec<(String, Query)>>,
    held: Arc<Mutex<Option<Held>>>,
}

/// The members, and the segments of the searcher that they were asked of.
type Held = (SearcherGeneration, Arc<Members>);

impl Topics {
    pub(super) fn new(queries: Vec<(String, Query)>) -> Self {
        Self {
            queries: Arc::new(queries),
            held: Arc::default(),
        }
    }

    /// The members as of what a searcher sees.
    pub(super) fn members(
        &self,
        fields: &Fields,
        searcher: &tantivy::Searcher,
        kept: &Kept,
    ) -> tantivy::Result<Arc<Members>> {
        if self.queries.is_empty() {
            return Ok(Arc::default());
        }
        let generation = searcher.generation();
        if let Some((of, members)) = self
            .held
            .lock()
            .expect("nothing panics while it holds this lock")
            .as_ref()
            && is_same(of, generation)
        {
            return Ok(Arc::clone(members));
        }
        let mut members = Members::default();
        let mut any = EntrySet::default();
        // A topic cannot be told by topics.
        let sight = Sight {
            fields,
            searcher,
            kept,
            members: &Members::default(),
        };
        for (name, query) in self.queries.iter() {
            let entries = on_topic(&sight, query)?;
            any.extend(&entries);
            members.topics.insert(name.clone(), Arc::new(entries));
        }
        members.any = Arc::new(any);
        let members = Arc::new(members);
        *self.held.lock().expect("nothing panics while it holds this lock") =
            Some((generation.clone(), Arc::clone(&members)));
        Ok(members)
    }
}

/// Every entry of the documents that a topic's query finds, in any of their wordings.
fn on_topic(sight: &Sight<'_>, query: &Query) -> tantivy::Result<EntrySet> {
    let searcher = sight.searcher;
    let asked = plan::plan(sight, &query.expr, &[EntryKind::Document])?.whole(sight.fields);
    let documents = searcher.search(&asked, &Gathering)?;
    let mut ids = Vec::new();
    for segment in searcher.segment_readers() {
        let (Some(bits), Some(column)) = (
            documents.bits(segment.segment_id()),
            segment.fast_fields().str(DOCUMENT)?,
        ) else {
            continue;
        };
        let mut entries = Entries::of(bits);
        while entries.doc() != TERMINATED {
            for ordinal in column.term_ords(entries.doc()) {
                let mut id = String::new();
                column.ord_to_str(ordinal, &mut id)?;
                ids.push(id);
            }
            entries.advance();
        }
    }
    let all = plan::of_documents(sight.fields, ids.iter().map(String::as_str));
    searcher.search(&all, &Gathering)
}

/// Whether two searchers see the same: numbers of generations begin again with each index, names of segments do not.
fn is_same(one: &SearcherGeneration, other: &SearcherGeneration) -> bool {
    one.generation_id() == other.generation_id() && one.segments() == other.segments()
}
