//! What was perhaps meant, where nothing has the word or the name that was typed.

use std::collections::BTreeMap;

use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;

use super::pass::Pass;
use super::query::{Expr, NameField, Query, Where};
use super::search::Searcher;
use super::terms;
use super::writer::engine;
use super::{EntryKind, IndexError};

/// The shortest word that may have a slip in it; what is shorter is like too many others.
const SHORTEST: usize = 4;
/// Letters from which on a word may have two.
const LONG: usize = 8;
/// Letters of the longest word that is put right.
const LONGEST: usize = 32;
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
        let (plan, _) = self.plan(&searcher, &meant.beyond(&Where::ALL).expr, &EntryKind::ALL)?;
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
        let typed = terms::terms(terms::plain(), typed);
        if typed.len() > MOST_WORDS {
            return Ok(None);
        }
        let mut is_mended = false;
        let mut words = Vec::new();
        for (word, _) in typed {
            let length = word.chars().count();
            let is_known = searcher.doc_freq(&Term::from_field_text(field, &word));
            if is_known.map_err(failed)? > 0 || length < SHORTEST {
                words.push(word);
                continue;
            }
            // Another number is another fact, and nothing is near to what is no word.
            if length > LONGEST || word.contains(|c: char| c.is_ascii_digit()) {
                return Ok(None);
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
    let near = if word.chars().count() < LONG { 1 } else { 2 };
    let near = FuzzyTermQuery::new(Term::from_field_text(field, word), near, true).automaton()?;
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut found = index.terms().search(&near).into_stream()?;
        while let Some((term, of)) = found.next() {
            let term = String::from_utf8_lossy(term).into_owned();
            *counts.entry(term).or_default() += u64::from(of.doc_freq);
        }
    }
    let rank = |(term, count): &(String, u64)| {
        let distance = strsim::damerau_levenshtein(word, term);
        (distance, u64::MAX - count)
    };
    Ok(counts.into_iter().min_by_key(rank).map(|(term, _)| term))
}
