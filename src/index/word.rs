//! A single word: found by its stem, and weighed by how it is printed and whether it stands in a headline.
//!
//! What has the word as it is printed, or in its headline, has the stem too. So one list tells what is found, and two more
//! are looked into only for what may be among the best: the engine's own alternatives would read all three along.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings};
use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, BoostQuery, EmptyScorer, EnableScoring, Explanation, Query, Scorer,
    TermQuery, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

use super::schema::Fields;

/// Terms of a headline weigh more than those of the text.
const TITLE_BOOST: Score = 2.0;
/// A word as printed weighs more than another form of it.
const AS_PRINTED_BOOST: Score = 0.5;
/// What is added up in another order may come out a little larger than its bound.
const ROUNDING: Score = 1.0001;

/// The question for a word.
#[derive(Clone, Debug)]
pub(super) struct WordQuery {
    stem: Term,
    /// The lists that only weigh, and how much: of the word as it is printed, and of headlines.
    others: [(Term, Score); 2],
}

impl WordQuery {
    /// For a word as it is printed, folded, and its stem.
    pub(super) fn new(fields: &Fields, printed: &str, stem: &str) -> Self {
        Self {
            stem: Term::from_field_text(fields.stems, stem),
            others: [
                (Term::from_field_text(fields.words, printed), AS_PRINTED_BOOST),
                (Term::from_field_text(fields.title, stem), TITLE_BOOST),
            ],
        }
    }

    /// The same as alternatives of single terms, for the engine's own pruning.
    pub(super) fn alternatives(&self) -> [Box<dyn Query>; 3] {
        let term = |term: &Term| TermQuery::new(term.clone(), IndexRecordOption::WithFreqs);
        let [printed, title] = self.others.each_ref();
        let boosted = |(of, boost): &(Term, Score)| Box::new(BoostQuery::new(Box::new(term(of)), *boost));
        [Box::new(term(&self.stem)), boosted(printed), boosted(title)]
    }

    /// The question with the weights that its terms have in an index.
    pub(super) fn weighed(&self, statistics: &dyn Bm25StatisticsProvider) -> tantivy::Result<WordWeight> {
        let [printed, title] = self.others.each_ref();
        let weighed = |(term, boost): &(Term, Score)| Weighed::of(term, *boost, statistics);
        Ok(WordWeight {
            stem: Weighed::of(&self.stem, 1.0, statistics)?,
            others: [weighed(printed)?, weighed(title)?],
        })
    }

    /// What is found, in blocks of at most [`COLLECT_BLOCK_BUFFER_LEN`] and in its order.
    pub(super) fn for_each_block(
        &self,
        segment: &SegmentReader,
        take: &mut dyn FnMut(&[DocId]),
    ) -> tantivy::Result<()> {
        let index = segment.inverted_index(self.stem.field())?;
        let Some(mut list) = index.read_block_postings(&self.stem, IndexRecordOption::Basic)? else {
            return Ok(());
        };
        while !list.docs().is_empty() {
            list.docs().chunks(COLLECT_BLOCK_BUFFER_LEN).for_each(&mut *take);
            list.advance();
        }
        Ok(())
    }
}

impl Query for WordQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        match scoring {
            EnableScoring::Enabled {
                statistics_provider, ..
            } => Ok(Box::new(self.weighed(statistics_provider)?)),
            EnableScoring::Disabled { .. } => {
                TermQuery::new(self.stem.clone(), IndexRecordOption::Basic).weight(scoring)
            }
        }
    }
}

/// A term and what it weighs.
struct Weighed {
    term: Term,
    weight: Bm25Weight,
}

impl Weighed {
    fn of(term: &Term, boost: Score, statistics: &dyn Bm25StatisticsProvider) -> tantivy::Result<Self> {
        let weight = Bm25Weight::for_terms(statistics, std::slice::from_ref(term))?;
        Ok(Self {
            term: term.clone(),
            weight: weight.boost_by(boost),
        })
    }

    /// Its list in a segment.
    fn list(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Option<List>> {
        let index = segment.inverted_index(self.term.field())?;
        let postings = index.read_postings(&self.term, IndexRecordOption::WithFreqs)?;
        let list = |postings| {
            Ok(List {
                postings,
                norms: norms(segment, self.term.field())?,
                weight: self.weight.boost_by(boost),
            })
        };
        postings.map(list).transpose()
    }
}

/// How long the texts of a field are.
fn norms(segment: &SegmentReader, field: Field) -> tantivy::Result<FieldNormReader> {
    let norms = segment.fieldnorms_readers().get_field(field)?;
    Ok(norms.unwrap_or_else(|| FieldNormReader::constant(segment.max_doc(), 1)))
}

/// The list of a term in a segment.
struct List {
    postings: SegmentPostings,
    norms: FieldNormReader,
    weight: Bm25Weight,
}

impl List {
    /// What the term weighs in the entry that the list stands at.
    fn score(&self) -> Score {
        let norm = self.norms.fieldnorm_id(self.postings.doc());
        self.weight.score(norm, self.postings.term_freq())
    }

    /// What it weighs in an entry, which lies no further ahead than the last one asked for.
    fn score_in(&mut self, entry: DocId) -> Score {
        let is_before = self.postings.doc() < entry;
        let here = match is_before {
            true => self.postings.seek(entry),
            false => self.postings.doc(),
        };
        if here == entry { self.score() } else { 0.0 }
    }
}

/// A word with what it weighs in an index.
pub(super) struct WordWeight {
    stem: Weighed,
    others: [Weighed; 2],
}

impl WordWeight {
    fn others(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Vec<List>> {
        let lists = self.others.iter().map(|other| other.list(segment, boost));
        lists.filter_map(Result::transpose).collect()
    }

    /// What is found in a segment, block by block; `None` where nothing is.
    pub(super) fn blocks(&self, segment: &SegmentReader) -> tantivy::Result<Option<Blocks<'_>>> {
        let field = self.stem.term.field();
        let index = segment.inverted_index(field)?;
        let Some(list) = index.read_block_postings(&self.stem.term, IndexRecordOption::WithFreqs)? else {
            return Ok(None);
        };
        let [printed, title] = self.others.each_ref();
        let (printed, title) = (printed.list(segment, 1.0)?, title.list(segment, 1.0)?);
        Ok(Some(Blocks {
            list,
            norms: norms(segment, field)?,
            weight: &self.stem.weight,
            most_as_printed: printed.as_ref().map_or(0.0, |printed| printed.weight.max_score()),
            printed,
            title,
        }))
    }
}

impl Weight for WordWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let Some(stem) = self.stem.list(segment, boost)? else {
            return Ok(Box::new(EmptyScorer));
        };
        Ok(Box::new(WordScorer {
            stem,
            others: self.others(segment, boost)?,
        }))
    }

    fn explain(&self, segment: &SegmentReader, entry: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        let is_found = scorer.doc() == entry || (scorer.doc() < entry && scorer.seek(entry) == entry);
        let score = if is_found { scorer.score() } else { 0.0 };
        Ok(Explanation::new(
            "a word by its stem, as printed, in a headline",
            score,
        ))
    }
}

/// What has a word in a segment.
struct WordScorer {
    stem: List,
    others: Vec<List>,
}

impl DocSet for WordScorer {
    fn advance(&mut self) -> DocId {
        self.stem.postings.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.stem.postings.seek(target)
    }

    fn doc(&self) -> DocId {
        self.stem.postings.doc()
    }

    fn size_hint(&self) -> u32 {
        self.stem.postings.size_hint()
    }
}

impl Scorer for WordScorer {
    fn score(&mut self) -> Score {
        let entry = self.doc();
        debug_assert!(entry != TERMINATED);
        let others = self.others.iter_mut().map(|other| other.score_in(entry));
        let others: Score = others.sum();
        self.stem.score() + others
    }
}

/// What has a word in a segment, a block after the other.
pub(super) struct Blocks<'a> {
    list: BlockSegmentPostings,
    norms: FieldNormReader,
    weight: &'a Bm25Weight,
    printed: Option<List>,
    /// What its being printed so adds at the most.
    most_as_printed: Score,
    title: Option<List>,
}

impl Blocks<'_> {
    /// The entries of the block; none behind the last one.
    pub(super) fn entries(&self) -> &[DocId] {
        self.list.docs()
    }

    /// Goes on to the next block.
    pub(super) fn advance(&mut self) {
        self.list.advance();
    }

    /// What an entry of the block weighs at the most that has the word in no headline.
    pub(super) fn most_untitled(&mut self) -> Score {
        (self.list.block_max_score(&self.norms, self.weight) + self.most_as_printed) * ROUNDING
    }

    /// The first entry from this one on that has the word in its headline. Entries are asked for in their order.
    pub(super) fn titled(&mut self, entry: DocId) -> DocId {
        let Some(title) = &mut self.title else {
            return TERMINATED;
        };
        match title.postings.doc() < entry {
            true => title.postings.seek(entry),
            false => title.postings.doc(),
        }
    }

    /// What an entry of the block weighs, if that may be as much as `least`. Entries are asked for in their order.
    pub(super) fn score(&mut self, entry: DocId, least: Score) -> Option<Score> {
        let at = self.list.docs().partition_point(|doc| *doc < entry);
        let own = self
            .weight
            .score(self.norms.fieldnorm_id(entry), self.list.freq(at));
        let titled = self.title.as_mut().map_or(0.0, |title| title.score_in(entry));
        if (own + titled + self.most_as_printed) * ROUNDING < least {
            return None;
        }
        let printed = self
            .printed
            .as_mut()
            .map_or(0.0, |printed| printed.score_in(entry));
        Some(own + printed + titled)
    }
}
