//! The engine under Onrecord asked without our layer: the same clauses made by hand over the same files, the hits read as
//! they are stored. What is left of our own figure is what reading the query, planning, entries and marks take.

use std::ops::Bound;
use std::path::Path;

use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Index, ReloadPolicy, Searcher, TantivyDocument, Term};

use super::questions::{BEST, Kind, Question};

pub(crate) struct Bare {
    searcher: Searcher,
}

type Asked = Box<dyn Query>;

impl Bare {
    pub(crate) fn open(generation: &Path) -> Self {
        let index = Index::open_in_dir(generation).expect("an index");
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into();
        Self {
            searcher: reader.expect("a reader").searcher(),
        }
    }

    fn field(&self, name: &str) -> Field {
        self.searcher.schema().get_field(name).expect("a field")
    }

    fn term(&self, field: &str, text: &str) -> Asked {
        let term = Term::from_field_text(self.field(field), text);
        Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
    }

    fn word(&self, word: &str) -> Asked {
        Box::new(BooleanQuery::union(vec![
            self.term("stems", word),
            Box::new(BoostQuery::new(self.term("words", word), 0.5)),
            Box::new(BoostQuery::new(self.term("title", word), 2.0)),
        ]))
    }

    fn phrase(&self, words: &[String]) -> Asked {
        let field = self.field("words");
        let terms = words.iter().map(|word| Term::from_field_text(field, word));
        Box::new(PhraseQuery::new(terms.collect()))
    }

    /// Documents in the wordings seen last: the places of what lies first in a segment are the greatest.
    fn current_documents(&self) -> Asked {
        /// The first of the stretches, counted from the last, above the bits of a day (`src/index/stretches.rs`).
        const FIRST: i64 = 7 << 24;
        let place = Term::from_field_i64(self.field("place"), FIRST);
        Box::new(RangeQuery::new(Bound::Included(place), Bound::Unbounded))
    }

    /// The clauses of a question, where it is one of those that are asked here too.
    fn clauses(&self, question: &Question) -> Option<Vec<Asked>> {
        match question.kind {
            Kind::Word | Kind::And => Some(question.words.iter().map(|word| self.word(word)).collect()),
            Kind::Phrase => Some(vec![self.phrase(&question.words)]),
            _ => None,
        }
    }

    /// How many there are, after the best of them were read; `None` where the question is not asked here.
    pub(crate) fn ask(&self, question: &Question) -> Option<u64> {
        let constant = |query: Asked| -> Asked { Box::new(ConstScoreQuery::new(query, 0.0)) };
        let mut clauses: Vec<(Occur, Asked)> = self
            .clauses(question)?
            .into_iter()
            .map(|clause| (Occur::Must, clause))
            .collect();
        clauses.push((Occur::Must, constant(self.current_documents())));
        let by_day = SortByStaticFastValue::<i64>::for_field("day");
        let best = TopDocs::with_limit(BEST).order_by((SortBySimilarityScore, by_day));
        let asked = BooleanQuery::new(clauses);
        let (total, hits) = self.searcher.search(&asked, &(Count, best)).expect("an answer");
        for (_, address) in hits {
            let entry: TantivyDocument = self.searcher.doc(address).expect("an entry");
            std::hint::black_box(entry);
        }
        Some(total as u64)
    }
}
