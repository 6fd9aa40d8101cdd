//! The entries of a live page: children of one element that are alike, most of them with a time or a headline.

use std::collections::BTreeMap;

use scraper::node::Element;

use super::{Head, Kind, fragment, id_of};
use crate::extract::blocks::Piece;
use crate::extract::tree::{Outline, letters};
use crate::extract::{alike, metadata};
use crate::model::document::{BlockKind, StatedMoment};

/// Entries told apart on one page; what follows belongs to the last, so that a page of any number costs no more.
const MAX_ENTRIES: usize = 1_000;
/// Elements of an entry in which its time is looked for.
const MAX_ELEMENTS: usize = 60;

/// Numbers the pieces of each entry.
pub(super) fn divide(outline: &Outline<'_>, found: &mut [Piece]) -> Vec<Head> {
    let Some(entries) = entries(outline, found) else {
        return Vec::new();
    };
    let holders = outline.holders(&entries);
    let mut heads = Vec::new();
    let mut last = None;
    for piece in found.iter_mut() {
        let place = piece.place.unwrap_or_default();
        let entry = holders.get(place).copied().flatten();
        if let Some(entry) = entry.filter(|entry| last != Some(*entry) && heads.len() < MAX_ENTRIES) {
            last = Some(entry);
            heads.push(head(outline, entry, &piece.text));
        }
        // What stands between two entries belongs to the one before.
        piece.part = heads.len();
    }
    heads
}

/// The places of the entries: of all elements the one whose children of one name are entries and hold most text.
fn entries(outline: &Outline<'_>, found: &[Piece]) -> Option<Vec<usize>> {
    let headed = headed(outline);
    let mut held: BTreeMap<usize, usize> = BTreeMap::new();
    for piece in found {
        let mut next = piece.place;
        while let Some(place) = next {
            *held.entry(place).or_default() += letters(&piece.text);
            next = outline.places[place].parent;
        }
    }
    let candidates: Vec<usize> = held.keys().copied().filter(|place| headed[*place]).collect();
    let timed = holding(outline, is_time);
    let entries = alike::most_alike(outline, &candidates, |place| held[&place], |place| timed[place])?;
    let whole: usize = found.iter().map(|piece| letters(&piece.text)).sum();
    let text: usize = entries.iter().map(|place| held[place]).sum();
    (text * 2 >= whole).then_some(entries)
}

fn is_time(element: &Element) -> bool {
    element.name() == "time" || element.attr("datetime").is_some()
}

/// For each place whether a time or a headline stands in it.
fn headed(outline: &Outline<'_>) -> Vec<bool> {
    holding(outline, |element| {
        is_time(element) || matches!(element.name(), "h2" | "h3" | "h4" | "h5")
    })
}

/// For each place whether such an element stands in it.
fn holding(outline: &Outline<'_>, is_such: impl Fn(&Element) -> bool) -> Vec<bool> {
    let places = outline.places.iter();
    let mut holding: Vec<bool> = places.map(|place| is_such(place.element.value())).collect();
    for at in (0..holding.len()).rev() {
        if let Some(parent) = outline.places[at].parent {
            holding[parent] |= holding[at];
        }
    }
    holding
}

fn head(outline: &Outline<'_>, entry: usize, words: &str) -> Head {
    let inside = |piece: &&Piece| piece.place.is_some_and(|place| outline.is_within(place, entry));
    let is_heading = |piece: &&Piece| piece.kind == BlockKind::Heading;
    let title = outline.pieces.iter().filter(inside).find(is_heading);
    let title = title.map(|piece| piece.text.clone());
    let element = outline.places[entry].element;
    let words = title.as_deref().unwrap_or(words);
    Head {
        fragment: fragment(id_of(element), words),
        published: published(outline, entry),
        title,
        kind: Kind::Entry,
    }
}

/// The first moment that an element of the entry carries for machines.
fn published(outline: &Outline<'_>, entry: usize) -> Option<StatedMoment> {
    let places = (entry..outline.places.len()).take_while(|place| outline.is_within(*place, entry));
    let mut elements = places
        .take(MAX_ELEMENTS)
        .map(|place| outline.places[place].element);
    let moment = elements.find_map(metadata::marked_moment)?;
    Some(StatedMoment {
        moment,
        method: "entry's time".to_owned(),
    })
}
