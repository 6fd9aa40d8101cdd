//! How far the ways to find a main text agree about it: where they do not, a reader should look at the page.

use super::linked_body::Words;
use super::{Method, THRESHOLD};
use crate::extract::blocks::Piece;
use crate::extract::tree::{Outline, letters};
use crate::model::document::BlockKind;

/// Letters from which a piece is a paragraph that a simple method would take.
const PARAGRAPH_LETTERS: usize = 60;
/// Letters of a line that can be a sentence of a brief.
const SENTENCE_LETTERS: usize = 15;
/// Letters of a line that introduces the sentence behind it: labels ("Related:") are shorter.
const INTRODUCTION_LETTERS: usize = 25;

/// The mean Dice coefficient, by letters, of `found` and what each other method would have found: the forests where
/// a rule was followed, the page's linked data, and the paragraphs of the element that holds most of them.
pub(super) fn agreement(
    outline: &Outline<'_>,
    words: &Words,
    judged: &[f32],
    found: &[Piece],
    method: Method,
) -> Option<f32> {
    if found.is_empty() {
        return None;
    }
    let sizes: Vec<usize> = outline.pieces.iter().map(|piece| letters(&piece.text)).collect();
    let ours = kept(outline, found);
    let mut others = Vec::new();
    if method == Method::Rule {
        others.push(
            judged
                .iter()
                .map(|probability| *probability > THRESHOLD)
                .collect(),
        );
    }
    if method != Method::LinkedData {
        let said: Option<Vec<bool>> = (0..outline.pieces.len()).map(|at| words.is_said(at)).collect();
        others.extend(said.filter(|said| !said.is_empty()));
    }
    others.extend(densest(outline, &sizes, PARAGRAPH_LETTERS));
    let shares: Vec<f32> = others
        .iter()
        .map(|other: &Vec<bool>| dice(&ours, other, &sizes))
        .collect();
    (!shares.is_empty()).then(|| shares.iter().sum::<f32>() / shares.len() as f32)
}

/// Which pieces of the page were found; those that came from elsewhere are looked up by their words.
fn kept(outline: &Outline<'_>, found: &[Piece]) -> Vec<bool> {
    let words: std::collections::HashSet<&str> = found.iter().map(|piece| piece.text.as_str()).collect();
    let is_found = |piece: &Piece| words.contains(piece.text.as_str());
    outline.pieces.iter().map(is_found).collect()
}

/// The text of a page of which the forests keep nothing: an answer of one line, a page without any form, a brief of a few
/// short paragraphs.
pub(super) fn plainest(outline: &Outline<'_>) -> Vec<bool> {
    let sizes: Vec<usize> = outline.pieces.iter().map(|piece| letters(&piece.text)).collect();
    let found = briefest(outline, &sizes)
        .or_else(|| densest(outline, &sizes, PARAGRAPH_LETTERS))
        .or_else(|| densest(outline, &sizes, 1));
    found.unwrap_or_else(|| vec![false; sizes.len()])
}

/// The text of the element whose own paragraphs are whole sentences, however short they are, and hold most letters: its
/// paragraphs, and what stands plainly between them.
fn briefest(outline: &Outline<'_>, sizes: &[usize]) -> Option<Vec<bool>> {
    let parent = |at: usize| outline.places[outline.pieces[at].place?].parent;
    let is_text = |at: usize| outline.pieces[at].linked * 2 < sizes[at];
    let is_sentence = |at: usize| {
        let text = outline.pieces[at].text.trim_end_matches(['”', '"', '’', ')']);
        is_text(at) && sizes[at] >= SENTENCE_LETTERS && text.ends_with(['.', '!', '?', '…'])
    };
    let mut held = std::collections::BTreeMap::new();
    for at in (0..sizes.len()).filter(|at| is_sentence(*at)) {
        *held.entry(parent(at)?).or_insert(0) += sizes[at];
    }
    // Of two that hold as much the first in the page.
    let (heart, _) = held
        .into_iter()
        .rev()
        .max_by_key(|(_, letters): &(usize, usize)| *letters)?;
    // "The governor issued this statement:" is of what it introduces, and says whose words that is.
    let introduces = |at: usize| {
        is_text(at)
            && sizes[at] >= INTRODUCTION_LETTERS
            && outline.pieces[at].kind == BlockKind::Paragraph
            && outline.pieces[at].text.ends_with(':')
            && at + 1 < sizes.len()
            && is_sentence(at + 1)
            && parent(at + 1) == Some(heart)
    };
    let sentences: Vec<usize> = (0..sizes.len())
        .filter(|at| (is_sentence(*at) || introduces(*at)) && parent(*at) == Some(heart))
        .collect();
    let (first, last) = (*sentences.first()?, *sentences.last()?);
    let is_inside = |at: usize| {
        let place = outline.pieces[at].place;
        let is_between = (first..=last).contains(&at);
        is_between && is_text(at) && place.is_some_and(|place| outline.is_within(place, heart))
    };
    Some((0..sizes.len()).map(is_inside).collect())
}

/// The paragraphs in the element whose children hold most of their letters; they have `least` letters at least.
fn densest(outline: &Outline<'_>, sizes: &[usize], least: usize) -> Option<Vec<bool>> {
    let is_paragraph = |at: usize| {
        let piece = &outline.pieces[at];
        sizes[at] >= least && piece.linked * 2 < sizes[at]
    };
    let parent = |piece: &Piece| outline.places[piece.place?].parent;
    let mut held = std::collections::BTreeMap::new();
    for (at, piece) in outline.pieces.iter().enumerate() {
        if let Some(parent) = parent(piece).filter(|_| is_paragraph(at)) {
            *held.entry(parent).or_insert(0) += sizes[at];
        }
    }
    // Of two that hold as much the first in the page.
    let (heart, _) = held
        .into_iter()
        .rev()
        .max_by_key(|(_, letters): &(usize, usize)| *letters)?;
    let is_inside = |at: usize| {
        let place = outline.pieces[at].place;
        is_paragraph(at) && place.is_some_and(|place| outline.is_within(place, heart))
    };
    Some((0..sizes.len()).map(is_inside).collect())
}

fn dice(one: &[bool], other: &[bool], sizes: &[usize]) -> f32 {
    let (mut both, mut sum) = (0, 0);
    for ((one, other), size) in one.iter().zip(other).zip(sizes) {
        both += size * usize::from(*one && *other);
        sum += size * (usize::from(*one) + usize::from(*other));
    }
    if sum == 0 {
        0.0
    } else {
        2.0 * both as f32 / sum as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tree;
    use scraper::Html;

    #[test]
    fn a_brief_is_read_whole_however_short_its_paragraphs_are() {
        let page = Html::parse_document(
            "<nav><a href=/>Home</a></nav><article><h1>Bridge will close</h1>\
             <p>The bridge over the Sill will close, officials said Friday.</p>\
             <p>“They never asked us,” Perrin said.</p><blockquote>“Nobody did.”</blockquote>\
             <p>Residents of Oldwick met Thursday to oppose the closing of the bridge and of its detour.</p>\
             <p>The closing begins Dec. 1, 2026.</p></article><footer><p>Oldwick Gazette</p></footer>",
        );
        let outline = tree::outline(page.root_element());
        let found = outline
            .pieces
            .iter()
            .zip(plainest(&outline))
            .filter(|(_, keep)| *keep);
        let found: Vec<String> = found.map(|(piece, _)| piece.text.clone()).collect();
        assert_eq!(found.len(), 5, "{found:?}");
        assert!(found[0].starts_with("The bridge") && found[4].starts_with("The closing"));
    }

    #[test]
    fn what_introduces_a_short_statement_is_of_it() {
        let found = |body: &str| -> Vec<String> {
            let page = Html::parse_document(&format!("<article><h1>On the lake</h1>{body}</article>"));
            let outline = tree::outline(page.root_element());
            let found = outline.pieces.iter().zip(plainest(&outline));
            let found = found.filter(|(_, keep)| *keep);
            found.map(|(piece, _)| piece.text.clone()).collect()
        };
        let (one, two) = (
            "“The court has spoken.",
            "“To the families on Route 9: you are not forgotten.”",
        );
        let page = |lead: &str| format!("{lead}<p>{one}</p><p>{two}</p>");
        let lead = "Governor Ada Vell issued the following statement:";
        assert_eq!(found(&page(&format!("<p>{lead}</p>"))), [lead, one, two]);
        // A label, a link, a heading, and a line that introduces no sentence are left.
        for left in [
            "<p>Related:</p>",
            "<p><a href=/a>Read what the governor said of the lake:</a></p>",
            "<h2>What the governor said of the lake on Tuesday:</h2>",
            "<p>Here is what else the newsroom wrote today:</p><p>Maps</p>",
        ] {
            assert_eq!(found(&page(left)), [one, two], "{left}");
        }
    }

    #[test]
    fn methods_that_find_the_same_agree_and_others_do_not() {
        let one = "The ferry to the harbour stays open through the winter, the council of the town said.";
        let two = "Nobody had asked for it, but the boats are needed by everyone who lives on the island.";
        let page = Html::parse_document(&format!(
            "<main><p>{one}<p>{two}</main><div><p>{one} Or not.</div>"
        ));
        let outline = tree::outline(page.root_element());
        let agreement = |found: &[Piece]| {
            let words = Words::of(&outline, None);
            agreement(&outline, &words, &[0.0; 3], found, Method::Judged).expect("another method")
        };
        assert!(agreement(&outline.pieces[..2]) > 0.99);
        assert!(agreement(&outline.pieces[2..]) < 0.01);
        assert!((0.5..0.9).contains(&agreement(&outline.pieces[..1])));
    }
}
