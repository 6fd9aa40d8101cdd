//! The entries of a live page: children of one element that are alike, most of them with a time or a headline.

use std::collections::BTreeMap;

use super::{Head, Kind, fragment, id_of};
use crate::extract::blocks::Piece;
use crate::extract::metadata;
use crate::extract::tree::{Outline, letters};
use crate::model::document::{BlockKind, StatedMoment};

/// Entries that make a page one of entries.
const MIN_ENTRIES: usize = 3;
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
    let mut groups: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    for place in held.keys().filter(|place| headed[**place]) {
        if let Some(parent) = outline.places[*place].parent {
            let name = outline.places[*place].element.value().name();
            groups.entry((parent, name)).or_default().push(*place);
        }
    }
    let whole: usize = found.iter().map(|piece| letters(&piece.text)).sum();
    let text = |entries: &[usize]| entries.iter().map(|place| held[place]).sum::<usize>();
    groups
        .into_values()
        .filter(|entries| entries.len() >= MIN_ENTRIES && text(entries) * 2 >= whole)
        .max_by_key(|entries| text(entries))
}

/// For each place whether a time or a headline stands in it.
fn headed(outline: &Outline<'_>) -> Vec<bool> {
    let mut headed: Vec<bool> = outline
        .places
        .iter()
        .map(|place| {
            let element = place.element.value();
            let is_heading = matches!(element.name(), "h2" | "h3" | "h4" | "h5");
            is_heading || element.name() == "time" || element.attr("datetime").is_some()
        })
        .collect();
    for at in (0..headed.len()).rev() {
        if let Some(parent) = outline.places[at].parent {
            headed[parent] |= headed[at];
        }
    }
    headed
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
