//! Whose name was perhaps meant, where nobody has the one that was typed.

use tantivy::Term;

use super::IndexError;
use super::query::{Expr, NameField, Query};
use super::schema;
use super::search::Searcher;
use super::writer::engine;

/// The shortest word that may have a slip in it; what is shorter is like too many others.
const SHORTEST: usize = 4;

impl Searcher {
    /// The clause that was perhaps meant by one that names a speaker or a source nobody here has: each word of the name that
    /// no name has is put right by the nearest word of one. `None` where there is nothing to put right, or nothing near.
    pub fn name_meant(&self, clause: &Query) -> Result<Option<String>, IndexError> {
        let (of, field, typed) = match &clause.expr {
            Expr::Named(NameField::Speaker, typed) => ("speaker", self.fields.speaker, typed),
            Expr::Named(NameField::Source, typed) => ("source", self.fields.source, typed),
            _ => return Ok(None),
        };
        let failed = |source| engine(&self.root, source);
        let searcher = self.snapshot();
        let mut is_mended = false;
        let mut words = Vec::new();
        for (word, _) in schema::terms(schema::plain(), typed) {
            let is_known = searcher.doc_freq(&Term::from_field_text(field, &word));
            if is_known.map_err(failed)? > 0 || word.len() < SHORTEST {
                words.push(word);
                continue;
            }
            let mut nearest: Option<(usize, u64, String)> = None;
            for segment in searcher.segment_readers() {
                let index = segment.inverted_index(field).map_err(failed)?;
                let mut names = index.terms().stream().map_err(|error| failed(error.into()))?;
                while let Some((name, of)) = names.next() {
                    let Ok(name) = std::str::from_utf8(name) else {
                        continue;
                    };
                    let distance = strsim::damerau_levenshtein(&word, name);
                    // Of those as near the one of most entries.
                    let rank = (distance, u64::MAX - u64::from(of.doc_freq), name);
                    let is_near = distance <= 1 + word.len() / 8;
                    if is_near
                        && nearest
                            .as_ref()
                            .is_none_or(|(d, f, n)| rank < (*d, *f, n.as_str()))
                    {
                        nearest = Some((rank.0, rank.1, name.to_owned()));
                    }
                }
            }
            let Some((_, _, name)) = nearest else {
                return Ok(None);
            };
            is_mended = true;
            words.push(name);
        }
        Ok(is_mended.then(|| match words.as_slice() {
            [word] => format!("{of}:{word}"),
            words => format!("{of}:\"{}\"", words.join(" ")),
        }))
    }
}
