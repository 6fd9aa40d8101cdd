//! Text in, quotes out: which words are given as somebody's, and who the text names as saying them.
//!
//! Marked stretches are paired first (`marks`), the words outside them cut into sentences (`sentence`), the
//! namings in these found (`namings`), and each stretch is told whose it is by its own sentence
//! (`attribution`) or by what stands before it (`assembly`). Reported clauses without marks come last
//! (`indirect`). Which person a naming means is left to `resolve`.

mod antecedents;
mod assembly;
mod attribution;
mod indirect;
mod lexicon;
mod marks;
mod namings;
mod sentence;
mod tokens;

use std::ops::Range;

use crate::model::document::Block;
use crate::model::quote::Quote;

use sentence::{Marked, Sentence, sentences};

/// The quotes of a text, in order of their first word. Without blocks every line is a paragraph.
pub fn find(text: &str, blocks: &[Block]) -> Vec<Quote> {
    let paragraphs = paragraphs(text, blocks);
    let runs = marks::runs(text, &paragraphs);
    let sentences = all_sentences(text, &paragraphs, &runs);
    let mut quotes = assembly::assemble(text, &sentences, &runs);
    quotes.extend(indirect::find(text, &sentences));
    quotes.sort_by_key(|quote| quote.hull().map(|hull| (hull.start(), hull.end())));
    antecedents::add(text, &sentences, &mut quotes);
    quotes
}

/// The stretches of text that marks and sentences do not cross.
fn paragraphs(text: &str, blocks: &[Block]) -> Vec<Range<usize>> {
    let lines = |range: Range<usize>| {
        let mut at = range.start;
        text[range]
            .split('\n')
            .map(move |line| {
                let start = at;
                at += line.len() + 1;
                start..start + line.len()
            })
            .collect::<Vec<_>>()
    };
    let found = if blocks.is_empty() {
        lines(0..text.len())
    } else {
        blocks
            .iter()
            .flat_map(|block| lines(block.span.range()))
            .collect()
    };
    found
        .into_iter()
        .filter(|range| !text[range.clone()].trim().is_empty())
        .collect()
}

fn all_sentences(text: &str, paragraphs: &[Range<usize>], runs: &[marks::Run]) -> Vec<Sentence> {
    let mut marked: Vec<Vec<Marked>> = vec![Vec::new(); paragraphs.len()];
    for (run, found) in runs.iter().enumerate() {
        for (piece, inner) in found.pieces.iter().enumerate() {
            let outer = found.outer[piece].clone();
            marked[found.paragraphs[piece]].push(Marked {
                outer,
                inner: inner.clone(),
                run,
                piece,
            });
        }
    }
    let cut = paragraphs.iter().zip(&marked).enumerate();
    cut.flat_map(|(index, (range, marked))| sentences(text, index, range.clone(), marked))
        .collect()
}

#[cfg(test)]
mod tests;
