//! How far the ways to find a main text agree about it: where they do not, a reader should look at the page.

use super::linked_body::Words;
use super::{Method, THRESHOLD};
use crate::extract::blocks::Piece;
use crate::extract::tree::{Outline, letters};

/// Letters from which a piece is a paragraph that a simple method would take.
pub(super) const PARAGRAPH_LETTERS: usize = 60;

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
    let words: foldhash::HashSet<&str> = found.iter().map(|piece| piece.text.as_str()).collect();
    let is_found = |piece: &Piece| words.contains(piece.text.as_str());
    outline.pieces.iter().map(is_found).collect()
}

/// The paragraphs in the element whose children hold most of their letters; they have `least` letters at least.
pub(super) fn densest(outline: &Outline<'_>, sizes: &[usize], least: usize) -> Option<Vec<bool>> {
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
