//! Topics: standing queries that say which documents belong to the controversy that is followed.
//!
//! A document that a topic's query finds is on that topic, and so are its quotes and dates. Nothing is written
//! down for it: the documents are asked for once for each commit, so that a changed topic holds at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use tantivy::SearcherGeneration;
use tantivy::collector::DocSetCollector;

use super::EntryKind;
use super::plan;
use super::query::Query;
use super::schema::{DOCUMENT, Fields};

/// What means every document, on a topic or not.
pub(super) const ALL: &str = "all";

/// The topics of a tracker.
#[derive(Clone, Default)]
pub(super) struct Topics {
    queries: Arc<Vec<(String, Query)>>,
    held: Arc<Mutex<Option<Held>>>,
}

/// The members, and the segments of the searcher that they were asked of.
type Held = (SearcherGeneration, Arc<Members>);

/// The documents on each topic, as of one commit.
#[derive(Debug, Default)]
pub(super) struct Members(HashMap<String, Vec<String>>);

impl Members {
    /// The ids of the documents on a topic; `None` where there is no such topic.
    pub(super) fn of(&self, topic: &str) -> Option<&[String]> {
        self.0.get(topic).map(Vec::as_slice)
    }

    /// The ids of the documents on any topic; `None` where there are no topics.
    pub(super) fn of_any(&self) -> Option<Vec<&str>> {
        (!self.0.is_empty()).then(|| self.0.values().flatten().map(String::as_str).collect())
    }
}

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
        for (name, query) in self.queries.iter() {
            // A topic cannot be told by topics.
            let asked = plan::plan(
                fields,
                searcher,
                &query.expr,
                &[EntryKind::Document],
                &Members::default(),
            );
            let mut ids = Vec::new();
            for address in searcher.search(&asked, &DocSetCollector)? {
                let segment = searcher.segment_reader(address.segment_ord);
                let Some(column) = segment.fast_fields().str(DOCUMENT)? else {
                    continue;
                };
                let mut id = String::new();
                for ordinal in column.term_ords(address.doc_id) {
                    id.clear();
                    column.ord_to_str(ordinal, &mut id)?;
                }
                ids.push(id);
            }
            members.0.insert(name.clone(), ids);
        }
        let members = Arc::new(members);
        *self.held.lock().expect("nothing panics while it holds this lock") =
            Some((generation.clone(), Arc::clone(&members)));
        Ok(members)
    }
}

/// Whether two searchers see the same: numbers of generations begin again with each index, names of segments do not.
fn is_same(one: &SearcherGeneration, other: &SearcherGeneration) -> bool {
    one.generation_id() == other.generation_id() && one.segments() == other.segments()
}
