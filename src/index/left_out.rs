//! What is left out of an answer.
//!
//! The engine asks what is excluded for entries that may lie before the one it stands at, which its phrases do not allow
//! (`seek_danger` of a phrase asserts that they lie behind). Here such a question is answered without asking the phrase.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader};

/// A query whose entries are left out of another's.
#[derive(Debug)]
pub(super) struct LeftOut(Box<dyn Query>);

impl LeftOut {
    pub(super) fn of(query: Box<dyn Query>) -> Box<dyn Query> {
        Box::new(Self(query))
    }
}

impl Clone for LeftOut {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl Query for LeftOut {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(Weighed(self.0.weight(scoring)?)))
    }
}

struct Weighed(Box<dyn Weight>);

impl Weight for Weighed {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(Entries(self.0.scorer(segment, boost)?)))
    }

    fn explain(&self, segment: &SegmentReader, entry: DocId) -> tantivy::Result<Explanation> {
        self.0.explain(segment, entry)
    }
}

/// The entries of a segment. `seek_danger` is the trait's own, which seeks ahead only.
struct Entries(Box<dyn Scorer>);

impl DocSet for Entries {
    fn advance(&mut self) -> DocId {
        self.0.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.0.seek(target)
    }

    fn doc(&self) -> DocId {
        self.0.doc()
    }

    fn size_hint(&self) -> u32 {
        self.0.size_hint()
    }
}

impl Scorer for Entries {
    fn score(&mut self) -> Score {
        self.0.score()
    }
}
