//! What was perhaps meant, where nothing has the word or the name that was typed.

use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;

use super::pass::Pass;
use super::query::{Expr, NameField, Query};
use super::schema;
use super::search::Searcher;
use super::writer::engine;
use super::{EntryKind, IndexError};

/// The shortest word that may have a slip in it; what is shorter is like too many others.
const SHORTEST: usize = 4;
/// Letters from which on a word may have two.
const LONG: usize = 8;
/// The most words that are put right together.
const MOST_WORDS: usize = 5;

impl Searcher {
    /// The clause that was perhaps meant by words, or by a clause that names a speaker or a source, where nothing here has
    /// it: each word that nothing has is put right by the nearest one. `None` where there is nothing to put right, or nothing
    /// near.
    pub fn meant(&self, clause: &Query) -> Result<Option<String>, IndexError> {
        let fields = &self.fields;
        let (field, typed): (Field, &str) = match &clause.expr {
            Expr::Named(NameField::Speaker, typed) => (fields.speaker, typed),
            Expr::Named(NameField::Source, typed) => (fields.source, typed),
            Expr::Word(typed) | Expr::Exact(typed) | Expr::Phrase(typed) => (fields.words, typed),
            _ => return Ok(None),
        };
        let Some(words) = self.put_right(field, typed)? else {
            return Ok(None);
        };
        let meant = Query::of(match &clause.expr {
            Expr::Named(name, _) => Expr::Named(*name, words),
            Expr::Exact(_) => Expr::Exact(words),
            Expr::Phrase(_) => Expr::Phrase(words),
            _ => Expr::Word(words),
        });
        // Words of several names are nobody's.
        let searcher = self.snapshot();
        let (plan, _) = self.plan(&searcher, &meant.everywhere().expr, &EntryKind::ALL)?;
        let pass = Pass {
            searcher: &searcher,
            columns: &self.columns,
            plan: &plan,
        };
        let found = pass.count(None).map_err(|source| engine(&self.root, source))?;
        Ok((found.total > Some(0)).then(|| meant.understood()))
    }

    /// The words of a text, each that no entry has put right; `None` where none is or one cannot be.
    fn put_right(&self, field: Field, typed: &str) -> Result<Option<String>, IndexError> {
        let failed = |source| engine(&self.root, source);
        let searcher = self.snapshot();
        let typed = schema::terms(schema::plain(), typed);
        if typed.len() > MOST_WORDS {
            return Ok(None);
        }
        let mut is_mended = false;
        let mut words = Vec::new();
        for (word, _) in typed {
            let is_known = searcher.doc_freq(&Term::from_field_text(field, &word));
            if is_known.map_err(failed)? > 0 || word.len() < SHORTEST {
                words.push(word);
                continue;
            }
            let Some(near) = nearest(&searcher, field, &word).map_err(failed)? else {
                return Ok(None);
            };
            is_mended = true;
            words.push(near);
        }
        Ok(is_mended.then(|| words.join(" ")))
    }
}

/// The word that is nearest to one, among equals that of most entries; `None` where none is near. The words there are are not
/// gone through one by one: an automaton of all that is near is walked along their tree.
fn nearest(searcher: &tantivy::Searcher, field: Field, word: &str) -> tantivy::Result<Option<String>> {
    let near = if word.len() < LONG { 1 } else { 2 };
    let fuzzy = FuzzyTermQuery::new(Term::from_field_text(field, word), near, true);
    let mut nearest: Option<(usize, u64, String)> = None;
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut found = index.terms().search(fuzzy.automaton()?).into_stream()?;
        while let Some((term, of)) = found.next() {
            let Ok(term) = std::str::from_utf8(term) else {
                continue;
            };
            let distance = strsim::damerau_levenshtein(word, term);
            let rank = (distance, u64::MAX - u64::from(of.doc_freq), term);
            let is_nearer = nearest
                .as_ref()
                .is_none_or(|(d, f, n)| rank < (*d, *f, n.as_str()));
            if is_nearer {
                nearest = Some((rank.0, rank.1, term.to_owned()));
            }
        }
    }
    Ok(nearest.map(|(_, _, term)| term))
}
