//! What stands in the elements of a page, and how far they are from each other.

use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use foldhash::{HashMap, HashMapExt};

use super::counts::{Counts, share};
use super::place;
use crate::extract::blocks::Piece;
use crate::extract::tree::Place;
use crate::model::document::BlockKind;

/// Letters from which a piece counts as a paragraph of a text.
const PARAGRAPH_LETTERS: usize = 80;
/// The share of letters in links from which a piece does not.
const PARAGRAPH_LINKS: f32 = 0.5;
/// How many elements around a piece tell where it belongs.
const SIGNED: usize = 4;

/// Sums over everything inside an element.
#[derive(Clone, Copy, Default)]
pub(super) struct Sums {
    pub(super) letters: f32,
    pub(super) linked: f32,
    pub(super) pieces: f32,
    pub(super) paragraphs: f32,
    pub(super) paragraph_letters: f32,
    /// Elements of the same name and class beside it, itself included.
    pub(super) alike: f32,
    pub(super) headings: f32,
    /// Pieces that are all link.
    pub(super) links: f32,
    /// Letters of the paragraphs whose block this is or whose block's parent this is, the latter by half.
    pub(super) own: f32,
}

fn is_paragraph(piece: &Piece, counts: &Counts) -> bool {
    counts.letters >= PARAGRAPH_LETTERS
        && counts.sentence_ends > 0
        && share(piece.linked, counts.letters) < PARAGRAPH_LINKS
}

/// The sums of every place.
pub(super) fn sums(pieces: &[Piece], places: &[Place<'_>], counts: &[Counts]) -> Vec<Sums> {
    let mut sums = vec![Sums::default(); places.len()];
    for (piece, counts) in pieces.iter().zip(counts) {
        let at = place(piece);
        let letters = counts.letters as f32;
        sums[at].letters += letters;
        sums[at].linked += piece.linked as f32;
        sums[at].pieces += 1.0;
        sums[at].headings += f32::from(u8::from(piece.kind == BlockKind::Heading));
        sums[at].links += f32::from(u8::from(piece.is_link));
        if is_paragraph(piece, counts) {
            sums[at].paragraphs += 1.0;
            sums[at].paragraph_letters += letters;
            let mut weight = letters;
            let mut next = places[at].parent;
            sums[at].own += letters / 2.0;
            for _ in 0..3 {
                let Some(at) = next else { break };
                sums[at].own += weight;
                weight /= 2.0;
                next = places[at].parent;
            }
        }
    }
    let kinds: Vec<u64> = places.iter().map(kind_beside).collect();
    let mut beside: HashMap<u64, f32> = HashMap::with_capacity(places.len());
    for kind in &kinds {
        *beside.entry(*kind).or_default() += 1.0;
    }
    for (sums, kind) in sums.iter_mut().zip(&kinds) {
        sums.alike = beside[kind];
    }
    // A place stands after its parent, so that from the end on each is whole before it is added.
    for at in (0..places.len()).rev() {
        if let Some(parent) = places[at].parent {
            let inner = sums[at];
            let outer = &mut sums[parent];
            outer.letters += inner.letters;
            outer.linked += inner.linked;
            outer.pieces += inner.pieces;
            outer.headings += inner.headings;
            outer.links += inner.links;
            outer.paragraphs += inner.paragraphs;
            outer.paragraph_letters += inner.paragraph_letters;
        }
    }
    sums
}

/// One for all pages, so that a digest says the same everywhere; what it is was never known to who made a page.
static DIGESTS: LazyLock<RandomState> = LazyLock::new(RandomState::default);

/// Which kind of element it is among those beside it: a digest of its parent, name and class.
fn kind_beside(place: &Place<'_>) -> u64 {
    let name = place.element.value().name();
    DIGESTS.hash_one((place.parent, name, place.class.unwrap_or_default()))
}

/// Which element in which elements: pieces of one signature look alike to a reader.
pub(super) fn signature(places: &[Place<'_>], at: usize) -> u64 {
    let mut hasher = DIGESTS.build_hasher();
    let mut next = Some(at);
    for level in 0..SIGNED {
        let Some(at) = next else { break };
        places[at].element.value().name().hash(&mut hasher);
        if level < 2 {
            places[at].class.unwrap_or_default().hash(&mut hasher);
        }
        next = places[at].parent;
    }
    hasher.finish()
}

/// How many elements hold a place, itself included.
pub(super) fn depth(places: &[Place<'_>], at: usize) -> usize {
    std::iter::successors(Some(at), |at| places[*at].parent).count()
}

/// How many levels `at` is below `above`, if it is inside it.
pub(super) fn levels_up(places: &[Place<'_>], at: usize, above: usize) -> Option<usize> {
    std::iter::successors(Some(at), |at| places[*at].parent).position(|place| place == above)
}

/// How many levels `other` is below the innermost element that holds both.
pub(in crate::extract::main_content) fn common(places: &[Place<'_>], at: usize, other: usize) -> usize {
    let (mut left, mut right, mut levels) = (at, other, 0);
    // A parent stands before its children: the later one is never the one that holds the other.
    while left != right {
        if left > right {
            left = places[left].parent.unwrap_or_default();
        } else {
            right = places[right].parent.unwrap_or_default();
            levels += 1;
        }
    }
    levels
}
