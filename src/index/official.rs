//! What offices said in nearly the same words.

use super::pass::{Counted, Pass};
use super::plan::Plan;
use super::search::Searcher;
use super::sieve::Sieve;
use super::stretches::Stretches;
use super::wording;
use super::writer::engine;
use super::{Entry, EntryKind, IndexError};

impl Searcher {
    /// The quotes of offices that share most with some words, in the wordings seen last, on any topic and so many at most.
    pub fn official_like(&self, words: &str, most: usize) -> Result<Vec<Entry>, IndexError> {
        let searcher = self.snapshot();
        let pairs = wording::pairs(words);
        let plan = Plan {
            stretches: Stretches::of(&[EntryKind::Quote], true, false),
            asked: wording::sharing(self.fields.official_pairs, &searcher, pairs),
            listed: None,
            pruned: None,
            sieve: Sieve::default(),
        };
        let pass = Pass {
            searcher: &searcher,
            columns: &self.columns,
            plan: &plan,
        };
        let met = pass.best(0..most, Counted::Nothing);
        let met = met.map_err(|source| engine(&self.root, source))?;
        met.places
            .iter()
            .map(|place| self.entry(&searcher, place.address))
            .collect()
    }
}
