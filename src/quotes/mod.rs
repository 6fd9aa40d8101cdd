//! Text in, quotes out: which words are given as somebody's, and who the text names as saying them.
//!
//! Marked stretches are paired first (`marks`), the words outside them cut into sentences (`sentence`) and the namings in these
//! found (`namings`). Rules say whose a stretch is where its sentence (`patterns`, `subjects`) or what stands before it (`hints`)
//! tells; a judge weighs them with everything else that is measured (`features`, `judge`). Forms that leave no doubt outweigh him
//! (`rulings`, `inner`, `exchanges`); what is speech where it stands (`speech`) becomes quotes (`assembly`, `content`), nobody's where the text does not
//! tell them as said (`unsaid`), and never whose to whom they speak (`addressed`). Reported clauses without marks follow
//! (`indirect`), block quotes and the turns of transcripts (`blocks`), announced statements and texts of somebody's own that offices
//! print (`own`) and the answers of interviews (`interviews`), what is repeated inside a quote (`nested`), then the fullest naming of each
//! speaker (`antecedents`, `nearby`, `people`). Which person a naming means is left to `resolve`.

mod addressed;
mod antecedents;
mod assembly;
mod beginnings;
mod blocks;
mod body_words;
mod candidates;
mod conjunctions;
mod content;
mod exchanges;
mod features;
pub mod fitting;
mod ground;
mod hints;
mod indirect;
mod inner;
mod interviews;
mod joint;
mod judge;
mod lexicon;
mod marks;
mod namings;
mod nearby;
mod nested;
mod own;
mod patterns;
mod people;
mod rulings;
mod sentence;
mod signatures;
mod speech;
mod subjects;
mod table;
mod tokens;
mod unsaid;
mod walk;
mod word;

use std::ops::Range;

use crate::model::document::{Block, BlockKind};
use crate::model::quote::Quote;
use crate::model::span::Span;
use crate::model::tongue::Tongue;

use ground::Ground;
use judge::Forests;
use lexicon::Language;
use sentence::{Cutter, Marked, Sentence};

pub use own::Paper;

/// The quotes of a text, in order of their first word. Without blocks every line is a paragraph.
pub fn find(text: &str, blocks: &[Block], tongue: Tongue) -> Vec<Quote> {
    find_by(&judge::FITTED, (text, blocks, None), tongue)
}

/// The same of an office's document, which may be somebody's own text.
pub fn find_in_paper(text: &str, blocks: &[Block], paper: Paper<'_>, tongue: Tongue) -> Vec<Quote> {
    find_by(&judge::FITTED, (text, blocks, Some(paper)), tongue)
}

/// The same by the judgement of any forests.
fn find_by(
    forests: &Forests,
    (text, blocks, paper): (&str, &[Block], Option<Paper<'_>>),
    tongue: Tongue,
) -> Vec<Quote> {
    with_ground(text, blocks, tongue, |ground| {
        let mut quotes = assembly::assemble(&ground, &judge::judge(&ground, forests));
        quotes.extend(indirect::find(&ground));
        let lines = blocks.is_empty().then(|| line_blocks(text));
        let mut quotes = blocks::add(
            &ground,
            lines.as_deref().unwrap_or(blocks),
            (paper, tongue),
            quotes,
        );
        quotes.extend(nested::find(&ground, &quotes));
        quotes.sort_by_key(|quote| quote.hull().map(|hull| (hull.start(), hull.end())));
        antecedents::add(ground, &mut quotes);
        quotes
    })
}

/// Hands over a text as it is measured.
fn with_ground<T>(text: &str, blocks: &[Block], tongue: Tongue, work: impl FnOnce(Ground<'_>) -> T) -> T {
    let language = Language::of(tongue);
    let paragraphs = paragraphs(language, text, blocks);
    let mut runs = marks::runs(language, text, &paragraphs);
    sentence::end_unclosed(language, text, &mut runs);
    let sentences = all_sentences(language, text, &paragraphs, &runs);
    let stretches = hints::stretches(language, text, &sentences, &runs);
    work(Ground::of(language, text, &sentences, &stretches))
}

/// Bytes of a sentence, as a rule.
const SENTENCE: usize = 160;

/// A stretch of text that marks and sentences do not cross.
struct Paragraph {
    range: Range<usize>,
    /// Whether it stands beside the text, as a caption does.
    is_aside: bool,
}

fn paragraphs(language: &Language, text: &str, blocks: &[Block]) -> Vec<Paragraph> {
    let whole = [(0..text.len(), false)];
    let found: Vec<(Range<usize>, bool)> = match blocks {
        [] => whole.to_vec(),
        blocks => blocks
            .iter()
            .map(|block| (block.span.range(), block.kind == BlockKind::Caption))
            .collect(),
    };
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for (range, is_aside) in found {
        for range in lines(text, range) {
            match paragraphs.last_mut() {
                Some(last)
                    if signatures::is_signature(
                        language,
                        &text[last.range.clone()],
                        &text[range.clone()],
                    ) =>
                {
                    last.range.end = range.end;
                }
                _ => paragraphs.push(Paragraph { range, is_aside }),
            }
        }
    }
    paragraphs
}

/// The lines of a plain text as paragraphs.
fn line_blocks(text: &str) -> Vec<Block> {
    let block = |range| {
        Some(Block {
            span: Span::of(text, range)?,
            kind: BlockKind::Paragraph,
            path: String::new(),
        })
    };
    lines(text, 0..text.len()).filter_map(block).collect()
}

/// The lines of a stretch that hold anything.
fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let end = range.end;
    let ends = memchr::memchr_iter(b'\n', &text.as_bytes()[range.clone()]);
    let mut start = range.start;
    let lines = ends.map(move |at| range.start + at).chain([end]).map(move |end| {
        let line = start..end;
        start = end + 1;
        line
    });
    lines.filter(|line| text[line.clone()].contains(|c: char| !c.is_whitespace()))
}

fn all_sentences(
    language: &Language,
    text: &str,
    paragraphs: &[Paragraph],
    runs: &[marks::Run],
) -> Vec<Sentence> {
    let mut marked: Vec<Marked> = Vec::with_capacity(runs.len());
    for (run, found) in runs.iter().enumerate() {
        let pieces = found.pieces.iter().zip(&found.outer).zip(&found.paragraphs);
        marked.extend(
            pieces
                .enumerate()
                .map(|(piece, ((inner, outer), paragraph))| Marked {
                    paragraph: *paragraph,
                    outer: outer.clone(),
                    inner: inner.clone(),
                    run,
                    piece,
                }),
        );
    }
    marked.sort_by_key(|stretch| stretch.paragraph);
    let mut rest = marked.as_slice();
    let bytes: usize = paragraphs.iter().map(|paragraph| paragraph.range.len()).sum();
    let mut cutter = Cutter::new(language, text, paragraphs.len() + bytes / SENTENCE);
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let (own, later) = rest.split_at(rest.partition_point(|stretch| stretch.paragraph <= index));
        cutter.add_paragraph(index, paragraph.range.clone(), own);
        rest = later;
    }
    cutter.sentences()
}

#[cfg(test)]
mod tests;
