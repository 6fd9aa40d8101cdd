//! What offices said in nearly the same words.

use super::pass::{Counted, Pass};
use super::plan::Plan;
use super::search::Searcher;
use super::sieve::Sieve;
use super::stretches::Stretches;
use super::wording;
use super::writer::engine;
use super::{Entry, EntryKind, IndexError};

/// The quotes of offices as an index held them at one time, in the wordings seen last and on any topic.
pub struct OfficialQuotes {
    searcher: Searcher,
    snapshot: tantivy::Searcher,
}

impl Searcher {
    /// What offices said, as it is held now.
    pub fn official_quotes(&self) -> OfficialQuotes {
        OfficialQuotes {
            searcher: self.clone(),
            snapshot: self.snapshot(),
        }
    }
}

impl OfficialQuotes {
    /// Those that share most with some words, so many at most.
    pub fn like(&self, words: &str, most: usize) -> Result<Vec<Entry>, IndexError> {
        let Self { searcher, snapshot } = self;
        let asked = wording::sharing(searcher.fields.official_pairs, snapshot, wording::pairs(words));
        let plan = Plan {
            stretches: Stretches::of(&[EntryKind::Quote], true, false),
            asked,
            listed: None,
            pruned: None,
            sieve: Sieve::default(),
        };
        let pass = Pass {
            searcher: snapshot,
            columns: &searcher.columns,
            plan: &plan,
        };
        let met = pass.best(0..most, Counted::Nothing);
        let met = met.map_err(|source| engine(&searcher.root, source))?;
        let places = met.places.iter();
        places
            .map(|place| searcher.entry(snapshot, place.address))
            .collect()
    }
}
