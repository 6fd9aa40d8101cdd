//! Text in, quotes out: which words are given as somebody's, and who the text names as saying them.
//!
//! Marked stretches are paired first (`marks`), the words outside them cut into sentences (`sentence`) and the
//! namings in these found (`namings`). Rules say whose a stretch is where its sentence (`patterns`) or what stands
//! before it (`hints`) tells; a judge weighs them with everything else that is measured (`features`, `judge`), and
//! what it holds for speech becomes quotes (`assembly`). Reported clauses without marks come last (`indirect`), then
//! the fullest naming of each speaker (`antecedents`). Which person a naming means is left to `resolve`.

mod antecedents;
mod assembly;
mod candidates;
mod features;
pub mod fitting;
mod hints;
mod indirect;
mod judge;
mod lexicon;
mod marks;
mod namings;
mod patterns;
mod sentence;
mod tokens;

use std::ops::Range;

use crate::model::document::Block;
use crate::model::quote::Quote;
use crate::model::tongue::Tongue;

use features::Ground;
use lexicon::Language;
use sentence::{Marked, Sentence};

/// The quotes of a text, in order of their first word. Without blocks every line is a paragraph.
pub fn find(text: &str, blocks: &[Block], tongue: Tongue) -> Vec<Quote> {
    with_ground(text, blocks, tongue, |ground| {
        let mut quotes = assembly::assemble(ground, &judge::judge(ground));
        quotes.extend(indirect::find(ground));
        quotes.sort_by_key(|quote| quote.hull().map(|hull| (hull.start(), hull.end())));
        antecedents::add(text, ground.sentences, &mut quotes);
        quotes
    })
}

/// Hands over a text as it is measured.
fn with_ground<T>(text: &str, blocks: &[Block], tongue: Tongue, work: impl FnOnce(&Ground<'_>) -> T) -> T {
    let language = Language::of(tongue);
    let paragraphs = paragraphs(text, blocks);
    let runs = marks::runs(language, text, &paragraphs);
    let sentences = all_sentences(language, text, &paragraphs, &runs);
    let stretches = hints::stretches(text, &sentences, &runs);
    work(&Ground::of(language, text, &sentences, &stretches))
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

fn all_sentences(
    language: &Language,
    text: &str,
    paragraphs: &[Range<usize>],
    runs: &[marks::Run],
) -> Vec<Sentence> {
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
    let mut sentences = Vec::new();
    for (index, (range, marked)) in paragraphs.iter().zip(&marked).enumerate() {
        sentence::cut(language, text, index, range.clone(), marked, &mut sentences);
    }
    sentences
}

#[cfg(test)]
mod tests;
