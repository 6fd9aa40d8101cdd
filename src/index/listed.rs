//! A single word or a frequent phrase: what is found is a list of the index.
//!
//! A word is found by its stem, and weighed by how it is printed and whether it stands in a headline as well. What has the word
//! as it is printed, or in its headline, has the stem too. So one list tells what is found, and two more
//! are looked into only for what may be among the best: the engine's own alternatives would read all three along.
//! A phrase weighs what it weighs where it has no list: as much as its words together, each time that it stands there.

use std::ops::Range;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings};
use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, BoostQuery, EmptyScorer, EnableScoring, Explanation, Query, Scorer,
    TermQuery, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED, Term};

use super::phrases;
use super::schema::Fields;

/// Terms of a headline weigh more than those of the text.
const TITLE_BOOST: Score = 2.0;
/// A word as printed weighs more than another form of it.
const AS_PRINTED_BOOST: Score = 0.5;
/// What is added up in another order may come out a little larger than its bound.
const ROUNDING: Score = 1.0001;

/// The question for what has a list.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    /// The list that tells what is found.
    list: Term,
    /// What it weighs as much as: terms of the field whose texts are long or short.
    weighed: Vec<Term>,
    /// The lists that only weigh, and how much: of a word as it is printed, and of headlines.
    others: Option<[(Term, Score); 2]>,
}

impl Listed {
    /// For a word as it is printed, folded, and its stem.
    pub(super) fn word(fields: &Fields, printed: &str, stem: &str) -> Self {
        let list = Term::from_field_text(fields.stems, stem);
        Self {
            weighed: vec![list.clone()],
            list,
            others: Some([
                (Term::from_field_text(fields.words, printed), AS_PRINTED_BOOST),
                (Term::from_field_text(fields.title, stem), TITLE_BOOST),
            ]),
        }
    }

    /// For the words of a phrase, folded; `None` where they are several that have no list together.
    pub(super) fn phrase(fields: &Fields, searcher: &Searcher, words: &[Term]) -> Option<Self> {
        let list = match words {
            [] => return None,
            [only] => only.clone(),
            several => phrase_list(fields, searcher, several)?.1,
        };
        Some(Self {
            list,
            weighed: words.to_vec(),
            others: None,
        })
    }

    /// The same as alternatives of single terms, for the engine's own pruning, which can only be done by lengths of the list's own field.
    pub(super) fn alternatives(&self) -> Option<[Box<dyn Query>; 3]> {
        let [printed, title] = self.others.as_ref()?;
        let term = |term: &Term| TermQuery::new(term.clone(), IndexRecordOption::WithFreqs);
        let boosted = |(of, boost): &(Term, Score)| Box::new(BoostQuery::new(Box::new(term(of)), *boost));
        Some([Box::new(term(&self.list)), boosted(printed), boosted(title)])
    }

    /// The question with the weights that its terms have in an index.
    pub(super) fn weighed(&self, statistics: &dyn Bm25StatisticsProvider) -> tantivy::Result<ListedWeight> {
        let others = self.others.as_ref().map(|[printed, title]| {
            let weighed = |(term, boost): &(Term, Score)| {
                Weighed::of(term, std::slice::from_ref(term), *boost, statistics)
            };
            tantivy::Result::Ok([weighed(printed)?, weighed(title)?])
        });
        Ok(ListedWeight {
            own: Weighed::of(&self.list, &self.weighed, 1.0, statistics)?,
            others: others.transpose()?,
        })
    }

    /// What is found in rows of entries, which lie in their order, in blocks of at most [`COLLECT_BLOCK_BUFFER_LEN`].
    pub(super) fn for_each_block(
        &self,
        segment: &SegmentReader,
        rows: &[Range<DocId>],
        take: &mut dyn FnMut(&[DocId]),
    ) -> tantivy::Result<()> {
        let Some(mut list) = self.unweighed(segment)? else {
            return Ok(());
        };
        for row in rows {
            list.seek(row.start);
            while begins_within(&list, row) {
                let found = &list.docs()[within(list.docs(), row)];
                found.chunks(COLLECT_BLOCK_BUFFER_LEN).for_each(&mut *take);
                if list.docs().last().is_some_and(|last| *last >= row.end) {
                    break;
                }
                list.advance();
            }
        }
        Ok(())
    }

    /// How much is found in rows of entries, which lie in their order: told by where these begin and end in the list, of which
    /// nothing else is read.
    pub(super) fn count(&self, segment: &SegmentReader, rows: &[Range<DocId>]) -> tantivy::Result<usize> {
        let Some(mut list) = self.unweighed(segment)? else {
            return Ok(0);
        };
        let mut before = |entry: DocId| list.rank(entry) as usize;
        Ok(rows
            .iter()
            .map(|row| before(row.start).abs_diff(before(row.end)))
            .sum())
    }

    fn unweighed(&self, segment: &SegmentReader) -> tantivy::Result<Option<BlockSegmentPostings>> {
        let index = segment.inverted_index(self.list.field())?;
        Ok(index.read_block_postings(&self.list, IndexRecordOption::Basic)?)
    }
}

/// Whether the block that a list stands at begins before the end of some entries; none does behind the last block.
fn begins_within(list: &BlockSegmentPostings, among: &Range<DocId>) -> bool {
    list.docs().first().is_some_and(|entry| *entry < among.end)
}

/// Which of a block are among some entries.
fn within(block: &[DocId], among: &Range<DocId>) -> Range<usize> {
    let before = |end: DocId| block.partition_point(|entry| *entry < end);
    match (block.first(), block.last()) {
        // Nearly every block is.
        (Some(first), Some(last)) if among.contains(first) && among.contains(last) => 0..block.len(),
        _ => before(among.start)..before(among.end),
    }
}

/// The list of a phrase, and how long it is; `None` where it has none. One that has a list has it in every segment in which it
/// stands, so to be in one of them tells it.
fn phrase_list(fields: &Fields, searcher: &Searcher, words: &[Term]) -> Option<(u64, Term)> {
    if words.len() > phrases::LONGEST {
        return None;
    }
    let values: Vec<_> = words.iter().map(Term::value).collect();
    let words = values
        .iter()
        .map(|word| word.as_str())
        .collect::<Option<Vec<_>>>()?;
    let list = Term::from_field_text(fields.phrases, &words.join(" "));
    // An index that cannot be read says so when it is asked.
    let count = searcher.doc_freq(&list).unwrap_or_default();
    (count > 0).then_some((count, list))
}

/// The shortest list of a part of a phrase that has none itself: the places of its words need not be read of more.
pub(super) fn rarest_part(fields: &Fields, searcher: &Searcher, words: &[Term]) -> Option<Term> {
    (2..words.len().min(phrases::LONGEST + 1))
        .flat_map(|count| words.windows(count))
        .filter_map(|part| phrase_list(fields, searcher, part))
        .min_by_key(|(count, _)| *count)
        .map(|(_, list)| list)
}

impl Query for Listed {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        match scoring {
            EnableScoring::Enabled {
                statistics_provider, ..
            } => Ok(Box::new(self.weighed(statistics_provider)?)),
            EnableScoring::Disabled { .. } => {
                TermQuery::new(self.list.clone(), IndexRecordOption::Basic).weight(scoring)
            }
        }
    }
}

/// A list and what it weighs to be in it.
struct Weighed {
    list: Term,
    /// The field whose texts are long or short.
    texts: Field,
    weight: Bm25Weight,
}

impl Weighed {
    /// Being in a list weighs as much as these terms of one field.
    fn of(
        list: &Term,
        weighed: &[Term],
        boost: Score,
        statistics: &dyn Bm25StatisticsProvider,
    ) -> tantivy::Result<Self> {
        let weight = Bm25Weight::for_terms(statistics, weighed)?;
        Ok(Self {
            list: list.clone(),
            texts: weighed[0].field(),
            weight: weight.boost_by(boost),
        })
    }

    /// Its list in a segment.
    fn list(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Option<List>> {
        let index = segment.inverted_index(self.list.field())?;
        let postings = index.read_postings(&self.list, IndexRecordOption::WithFreqs)?;
        let list = |postings| {
            Ok(List {
                postings,
                norms: norms(segment, self.texts)?,
                weight: self.weight.boost_by(boost),
            })
        };
        postings.map(list).transpose()
    }
}

/// How long the texts of a field are.
pub(super) fn norms(segment: &SegmentReader, field: Field) -> tantivy::Result<FieldNormReader> {
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

    /// What it weighs in an entry, which lies no further back than the last one asked for.
    fn score_in(&mut self, entry: DocId) -> Score {
        let is_before = self.postings.doc() < entry;
        let here = match is_before {
            true => self.postings.seek(entry),
            false => self.postings.doc(),
        };
        if here == entry { self.score() } else { 0.0 }
    }
}

/// What has a list, with what it weighs in an index.
pub(super) struct ListedWeight {
    own: Weighed,
    others: Option<[Weighed; 2]>,
}

impl ListedWeight {
    fn others(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Vec<List>> {
        let lists = self
            .others
            .iter()
            .flatten()
            .map(|other| other.list(segment, boost));
        lists.filter_map(Result::transpose).collect()
    }

    /// What is found among some entries of a segment, block by block; `None` where nothing is.
    pub(super) fn blocks(
        &self,
        segment: &SegmentReader,
        among: Range<DocId>,
    ) -> tantivy::Result<Option<Blocks<'_>>> {
        let own = &self.own;
        let index = segment.inverted_index(own.list.field())?;
        let Some(mut list) = index.read_block_postings(&own.list, IndexRecordOption::WithFreqs)? else {
            return Ok(None);
        };
        list.seek(among.start);
        let (printed, title) = match &self.others {
            Some([printed, title]) => (printed.list(segment, 1.0)?, title.list(segment, 1.0)?),
            None => (None, None),
        };
        // What has a word as it is printed has its stem at least as often, in a text that is as long: so that weighs no more
        // beside the stem than it does at the most.
        let as_printed = printed.as_ref().map_or(0.0, |printed: &List| {
            printed.weight.max_score() / own.weight.max_score()
        });
        Ok(Some(Blocks {
            here: within(list.docs(), &among),
            at: 0,
            list,
            among,
            norms: norms(segment, own.texts)?,
            weight: &own.weight,
            // What the engine keeps of a block reckons with the lengths of its own field.
            is_bounded: own.texts == own.list.field(),
            most_as_printed: 1.0 + as_printed,
            printed,
            title,
        }))
    }
}

impl Weight for ListedWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let Some(own) = self.own.list(segment, boost)? else {
            return Ok(Box::new(EmptyScorer));
        };
        Ok(Box::new(ListedScorer {
            own,
            others: self.others(segment, boost)?,
        }))
    }

    fn explain(&self, segment: &SegmentReader, entry: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        let is_found = scorer.doc() == entry || (scorer.doc() < entry && scorer.seek(entry) == entry);
        let score = if is_found { scorer.score() } else { 0.0 };
        Ok(Explanation::new(
            "a word by its stem, as printed, in a headline; or a frequent phrase",
            score,
        ))
    }
}

/// What is in a list of a segment.
struct ListedScorer {
    own: List,
    others: Vec<List>,
}

impl DocSet for ListedScorer {
    fn advance(&mut self) -> DocId {
        self.own.postings.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.own.postings.seek(target)
    }

    fn doc(&self) -> DocId {
        self.own.postings.doc()
    }

    fn size_hint(&self) -> u32 {
        self.own.postings.size_hint()
    }
}

impl Scorer for ListedScorer {
    fn score(&mut self) -> Score {
        let entry = self.doc();
        debug_assert!(entry != TERMINATED);
        let others = self.others.iter_mut().map(|other| other.score_in(entry));
        let others: Score = others.sum();
        self.own.score() + others
    }
}

/// What is in a list of a segment, a block after the other.
pub(super) struct Blocks<'a> {
    list: BlockSegmentPostings,
    /// The entries that are gone through, and which of the block are among them.
    among: Range<DocId>,
    here: Range<usize>,
    /// How far the block was weighed.
    at: usize,
    norms: FieldNormReader,
    weight: &'a Bm25Weight,
    /// Whether it is known of each block what its entries weigh at the most.
    is_bounded: bool,
    printed: Option<List>,
    /// How many times as much it weighs at the most where it is printed so.
    most_as_printed: Score,
    title: Option<List>,
}

impl Blocks<'_> {
    /// The entries of the block; `None` behind the last one.
    pub(super) fn entries(&self) -> Option<&[DocId]> {
        begins_within(&self.list, &self.among).then(|| &self.list.docs()[self.here.clone()])
    }

    /// Goes on to the next block.
    pub(super) fn advance(&mut self) {
        self.list.advance();
        self.here = within(self.list.docs(), &self.among);
        self.at = 0;
    }

    /// What an entry of the block weighs at the most that has the word in no headline.
    pub(super) fn most_untitled(&mut self) -> Score {
        let most = match self.is_bounded {
            true => self.list.block_max_score(&self.norms, self.weight),
            false => self.weight.max_score(),
        };
        most * self.most_as_printed * ROUNDING
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

    /// What an entry of the block weighs, if that may be as much as `least`; it weighs no more than `most_untitled` without its
    /// headline. Entries are asked for in their order.
    pub(super) fn score(&mut self, entry: DocId, most_untitled: Score, least: Score) -> Option<Score> {
        let titled = self.title.as_mut().map_or(0.0, |title| title.score_in(entry));
        if most_untitled + titled * ROUNDING < least {
            return None;
        }
        let rest = self.list.docs()[self.at..].iter();
        self.at += rest.take_while(|before| **before < entry).count();
        let own = self
            .weight
            .score(self.norms.fieldnorm_id(entry), self.list.freq(self.at));
        if (own * self.most_as_printed + titled) * ROUNDING < least {
            return None;
        }
        let printed = self
            .printed
            .as_mut()
            .map_or(0.0, |printed| printed.score_in(entry));
        Some(own + printed + titled)
    }
}
