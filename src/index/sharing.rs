//! What has several of some terms.
//!
//! The engine's own disjunction moves along its lists an entry at a time, with a heap of them to tell which comes next. Of a pasted
//! sentence's pairs of words some are in one quote of a hundred; so the lists are read here a stretch of entries after the
//! other, each list at a stretch, and what is counted is laid down beside the entries of the stretch.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

use super::listed::norms;

/// Entries of a stretch: what is laid down beside them stays in the processor's cache.
const STRETCH: usize = 1 << 13;

/// The question for what has at least so many of some terms of one field.
#[derive(Clone, Debug)]
pub(super) struct Sharing {
    terms: Vec<Term>,
    needed: usize,
}

impl Sharing {
    pub(super) fn new(terms: Vec<Term>, needed: usize) -> Self {
        Self {
            terms,
            needed: needed.max(1),
        }
    }
}

impl Query for Sharing {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let weigh = |term: &Term| match scoring {
            EnableScoring::Enabled {
                statistics_provider, ..
            } => Bm25Weight::for_terms(statistics_provider, std::slice::from_ref(term)).map(Some),
            EnableScoring::Disabled { .. } => Ok(None),
        };
        let weighed = self.terms.iter().map(|term| Ok((term.clone(), weigh(term)?)));
        Ok(Box::new(SharingWeight {
            terms: weighed.collect::<tantivy::Result<_>>()?,
            needed: self.needed,
        }))
    }
}

struct SharingWeight {
    /// The terms, with what each weighs where that is asked.
    terms: Vec<(Term, Option<Bm25Weight>)>,
    needed: usize,
}

impl SharingWeight {
    fn lists(&self, segment: &SegmentReader) -> tantivy::Result<Vec<List<'_>>> {
        let mut lists = Vec::with_capacity(self.terms.len());
        for (term, weight) in &self.terms {
            let index = segment.inverted_index(term.field())?;
            let postings = index.read_block_postings(term, IndexRecordOption::Basic)?;
            lists.extend(postings.map(|postings| List {
                postings,
                at: 0,
                weight: weight.as_ref(),
            }));
        }
        Ok(lists)
    }

    /// What is found in a segment, in its order.
    fn found(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Vec<(DocId, Score)>> {
        let mut found = Vec::new();
        let mut lists = self.lists(segment)?;
        let Some((term, _)) = self.terms.first().filter(|_| lists.len() >= self.needed) else {
            return Ok(found);
        };
        let norms = norms(segment, term.field())?;
        let mut stretch = Stretch::new();
        while let Some(next) = lists.iter().filter_map(List::next).min() {
            let begin = next - next % STRETCH as DocId;
            for list in &mut lists {
                list.lay_down(begin, &norms, &mut stretch);
            }
            stretch.take(self.needed, |entry, score| {
                found.push((begin + entry, score * boost))
            });
        }
        Ok(found)
    }
}

impl Weight for SharingWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let found = self.found(segment, boost)?;
        Ok(match found.is_empty() {
            true => Box::new(EmptyScorer),
            false => Box::new(Shared { found, at: 0 }),
        })
    }

    fn explain(&self, segment: &SegmentReader, entry: DocId) -> tantivy::Result<Explanation> {
        let found = self.found(segment, 1.0)?;
        let score = found
            .binary_search_by_key(&entry, |(entry, _)| *entry)
            .map_or(0.0, |at| found[at].1);
        Ok(Explanation::new("several of some terms", score))
    }
}

/// The list of a term in a segment.
struct List<'a> {
    postings: BlockSegmentPostings,
    /// How far the block it stands at was read.
    at: usize,
    weight: Option<&'a Bm25Weight>,
}

impl List<'_> {
    /// The entry that is read next.
    fn next(&self) -> Option<DocId> {
        self.postings.docs().get(self.at).copied()
    }

    /// Lays down what it has in the stretch that begins with an entry.
    fn lay_down(&mut self, begin: DocId, norms: &FieldNormReader, stretch: &mut Stretch) {
        let end = begin + STRETCH as DocId;
        while self.next().is_some_and(|next| next < end) {
            let block = &self.postings.docs()[self.at..];
            let here = &block[..block.partition_point(|entry| *entry < end)];
            for entry in here {
                let score = self
                    .weight
                    .map_or(1.0, |weight| weight.score(norms.fieldnorm_id(*entry), 1));
                stretch.add(entry - begin, score);
            }
            self.at += here.len();
            if self.at == self.postings.docs().len() {
                self.postings.advance();
                self.at = 0;
            }
        }
    }
}

/// How many lists each entry of a stretch is in, and what these weigh together.
struct Stretch {
    counts: Vec<u16>,
    scores: Vec<Score>,
    /// The entries that are in any.
    met: Vec<DocId>,
}

impl Stretch {
    fn new() -> Self {
        Self {
            counts: vec![0; STRETCH],
            scores: vec![0.0; STRETCH],
            met: Vec::new(),
        }
    }

    fn add(&mut self, entry: DocId, score: Score) {
        let count = &mut self.counts[entry as usize];
        if *count == 0 {
            self.met.push(entry);
        }
        *count += 1;
        self.scores[entry as usize] += score;
    }

    /// Gives what is in so many lists, in the order of entries, and clears the stretch for another one.
    fn take(&mut self, needed: usize, mut each: impl FnMut(DocId, Score)) {
        let mut found = Vec::new();
        for entry in self.met.drain(..) {
            let count = std::mem::take(&mut self.counts[entry as usize]);
            let score = std::mem::take(&mut self.scores[entry as usize]);
            if usize::from(count) >= needed {
                found.push((entry, score));
            }
        }
        found.sort_unstable_by_key(|(entry, _)| *entry);
        found.into_iter().for_each(|(entry, score)| each(entry, score));
    }
}

/// What was found in a segment.
struct Shared {
    found: Vec<(DocId, Score)>,
    at: usize,
}

impl DocSet for Shared {
    fn advance(&mut self) -> DocId {
        self.at = self.found.len().min(self.at + 1);
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.at += self.found[self.at..].partition_point(|(entry, _)| *entry < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.found.get(self.at).map_or(TERMINATED, |(entry, _)| *entry)
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.found.len()).unwrap_or(u32::MAX)
    }
}

impl Scorer for Shared {
    fn score(&mut self) -> Score {
        self.found.get(self.at).map_or(0.0, |(_, score)| *score)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use tantivy::collector::TopDocs;
    use tantivy::query::{BooleanQuery, Occur, TermQuery};
    use tantivy::schema::{IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions};
    use tantivy::tokenizer::WhitespaceTokenizer;
    use tantivy::{DocAddress, Index, IndexWriter, TantivyDocument};

    use super::*;

    /// What the engine finds by a question, with its weight.
    fn found(searcher: &tantivy::Searcher, query: &dyn Query) -> BTreeMap<DocAddress, Score> {
        let best = TopDocs::with_limit(100_000).order_by_score();
        let hits = searcher.search(query, &best).expect("an answer");
        hits.into_iter()
            .map(|(score, address)| (address, score))
            .collect()
    }

    #[test]
    fn it_finds_and_weighs_what_the_engine_s_own_disjunction_does() {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("parts")
            .set_index_option(IndexRecordOption::Basic);
        let field = schema.add_text_field("terms", TextOptions::default().set_indexing_options(indexing));
        schema.add_text_field("other", STRING);
        let index = Index::create_in_ram(schema.build());
        index
            .tokenizers()
            .register("parts", WhitespaceTokenizer::default());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 20_000_000).expect("a writer");
        let mut number = 3_u32;
        let mut chance = |end: u32| {
            number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (number >> 16) % end
        };
        // More entries than a stretch has, in two segments, with terms that all and that few have.
        for entry in 0..3 * STRETCH {
            let terms: Vec<String> = (0..12)
                .filter(|term| chance(1 + term * term) == 0)
                .map(|term| term.to_string())
                .collect();
            let mut document = TantivyDocument::new();
            document.add_text(field, terms.join(" "));
            writer.add_document(document).expect("added");
            if entry == STRETCH / 2 {
                writer.commit().expect("committed");
            }
        }
        writer.commit().expect("committed");
        let searcher = index.reader().expect("a reader").searcher();
        assert!(searcher.segment_readers().len() > 1);
        for (terms, needed) in [
            (0..14, 3),
            (5..12, 2),
            (3..4, 1),
            (0..2, 2),
            (6..9, 4),
            (20..30, 1),
        ] {
            let terms: Vec<Term> = terms
                .map(|term| Term::from_field_text(field, &term.to_string()))
                .collect();
            let clauses = terms.iter().map(|term| -> (Occur, Box<dyn Query>) {
                let term = TermQuery::new(term.clone(), IndexRecordOption::Basic);
                (Occur::Should, Box::new(term))
            });
            let theirs = BooleanQuery::with_minimum_required_clauses(clauses.collect(), needed);
            let (ours, theirs) = (
                found(&searcher, &Sharing::new(terms.clone(), needed)),
                found(&searcher, &theirs),
            );
            assert_eq!(ours.len(), theirs.len(), "{needed} of {terms:?}");
            for ((address, score), (other, expected)) in ours.iter().zip(&theirs) {
                assert_eq!(address, other);
                assert!((score - expected).abs() < expected * 1e-4, "{score} {expected}");
            }
        }
    }

    #[test]
    fn what_was_found_is_gone_through_and_sought_in_order() {
        let mut shared = Shared {
            found: vec![(3, 1.0), (9, 2.0), (70, 0.5)],
            at: 0,
        };
        assert_eq!((shared.doc(), shared.score()), (3, 1.0));
        assert_eq!(shared.seek(3), 3);
        assert_eq!(shared.seek(4), 9);
        assert_eq!(shared.advance(), 70);
        assert_eq!(shared.seek(71), TERMINATED);
        assert_eq!(
            (shared.advance(), shared.seek(TERMINATED)),
            (TERMINATED, TERMINATED)
        );
    }
}
