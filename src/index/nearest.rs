//! Whose name was perhaps meant, where nobody has the one that was typed.

use tantivy::Term;
use tantivy::schema::Field;

use super::pass::Pass;
use super::query::{Expr, NameField, Query};
use super::schema;
use super::search::Searcher;
use super::writer::engine;
use super::{EntryKind, IndexError};

/// The shortest word that may have a slip in it; what is shorter is like too many others.
const SHORTEST: usize = 4;
/// The most words of a name; every word that nobody has is held against all that somebody has.
const LONGEST: usize = 5;

impl Searcher {
    /// The clause that was perhaps meant by one that names a speaker or a source nobody here has: each word of the name that
    /// no name has is put right by the nearest word of one. `None` where there is nothing to put right, or nothing near.
    pub fn name_meant(&self, clause: &Query) -> Result<Option<String>, IndexError> {
        let (name, field, typed) = match &clause.expr {
            Expr::Named(name @ NameField::Speaker, typed) => (*name, self.fields.speaker, typed),
            Expr::Named(name @ NameField::Source, typed) => (*name, self.fields.source, typed),
            _ => return Ok(None),
        };
        let failed = |source| engine(&self.root, source);
        let searcher = self.snapshot();
        let typed = schema::terms(schema::plain(), typed);
        if typed.len() > LONGEST {
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
            let Some(name) = nearest(&searcher, field, &word).map_err(failed)? else {
                return Ok(None);
            };
            is_mended = true;
            words.push(name);
        }
        let meant = Query::named(name, words.join(" "));
        // Words of several names are nobody's.
        let is_found = is_mended && {
            let (plan, _) = self.plan(&searcher, &meant.everywhere().expr, &EntryKind::ALL)?;
            let pass = Pass {
                searcher: &searcher,
                columns: &self.columns,
                plan: &plan,
            };
            pass.count(None).map_err(failed)?.total > Some(0)
        };
        Ok(is_found.then(|| meant.understood()))
    }
}

/// The word of a name that is nearest to one, among equals that of most entries; `None` where none is near.
fn nearest(searcher: &tantivy::Searcher, field: Field, word: &str) -> tantivy::Result<Option<String>> {
    let near = 1 + word.len() / 8;
    let mut nearest: Option<(usize, u64, String)> = None;
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut names = index.terms().stream()?;
        while let Some((name, of)) = names.next() {
            let Some(name) = std::str::from_utf8(name)
                .ok()
                .filter(|name| name.len().abs_diff(word.len()) <= near)
            else {
                continue;
            };
            let distance = strsim::damerau_levenshtein(word, name);
            let rank = (distance, u64::MAX - u64::from(of.doc_freq), name);
            let is_nearer = nearest
                .as_ref()
                .is_none_or(|(d, f, n)| rank < (*d, *f, n.as_str()));
            if distance <= near && is_nearer {
                nearest = Some((rank.0, rank.1, name.to_owned()));
            }
        }
    }
    Ok(nearest.map(|(_, _, name)| name))
}
