//! Elements that are alike: the entries of a live page, children of one element, or of several that are alike
//! themselves where the entries are grouped by day.

use std::collections::BTreeMap;

use super::tree::{Outline, Place};

/// Entries that make a page one of entries.
const MIN_ENTRIES: usize = 3;
/// Elements that a paragraph may stand in alone.
const WRAPPERS: usize = 4;

/// Of the candidates the ones that are alike and hold most text; `text` says how much a place holds, and `is_timed`
/// whether a time stands in it.
pub(super) fn most_alike(
    outline: &Outline<'_>,
    candidates: &[usize],
    text: impl Fn(usize) -> usize,
    is_timed: impl Fn(usize) -> bool,
) -> Option<Vec<usize>> {
    let places = &outline.places;
    let name = |at: usize| places[at].element.value().name();
    let mut siblings: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    let mut cousins: BTreeMap<(usize, &str, &str), Vec<usize>> = BTreeMap::new();
    for at in candidates {
        let Some(parent) = places[*at].parent else {
            continue;
        };
        siblings.entry((parent, name(*at))).or_default().push(*at);
        if let Some(outer) = places[parent].parent.filter(|_| is_timed(*at)) {
            let alike = cousins.entry((outer, name(parent), name(*at)));
            alike.or_default().push(*at);
        }
    }
    let whole = |group: &Vec<usize>| group.iter().map(|at| text(*at)).sum::<usize>();
    let most = |groups: Vec<Vec<usize>>| {
        let enough = groups.into_iter().filter(|group| group.len() >= MIN_ENTRIES);
        enough.max_by_key(whole)
    };
    let siblings = most(siblings.into_values().collect());
    // Children of one element only are no cousins.
    let have_parents = |group: &Vec<usize>| {
        let first = places[group[0]].parent;
        group.iter().any(|at| places[*at].parent != first)
    };
    let cousins = most(cousins.into_values().filter(have_parents).collect());
    // The days of a live page are alike as well; the entries in them are more, and hold all that the days do but
    // their headings.
    let are_days = |days: &Vec<usize>, entries: &Vec<usize>| {
        entries.len() > days.len() && whole(entries) * 10 >= whole(days) * 9
    };
    match (siblings, cousins) {
        (Some(days), Some(entries)) if are_days(&days, &entries) => Some(entries),
        (None, entries) => entries,
        (siblings, _) => siblings,
    }
}

/// Whether two pieces stand in elements that look alike, each in a few around it that do as well, of one parent.
pub(super) fn stand_alike<'o, L: PartialEq>(
    outline: &'o Outline<'_>,
    one: usize,
    other: usize,
    look: impl Fn(&'o Place<'_>) -> L,
) -> bool {
    let places = &outline.places;
    let mut steps = (outline.pieces[one].place, outline.pieces[other].place);
    for _ in 0..WRAPPERS {
        let (Some(one), Some(other)) = steps else {
            return false;
        };
        if look(&places[one]) != look(&places[other]) {
            return false;
        }
        steps = (places[one].parent, places[other].parent);
        if steps.0 == steps.1 {
            return true;
        }
    }
    false
}

/// The name and the class of an element.
pub(super) fn look<'o>(place: &'o Place<'_>) -> (&'o str, Option<&'o str>) {
    (place.element.value().name(), place.class)
}

/// The name of an element.
pub(super) fn name<'o>(place: &'o Place<'_>) -> &'o str {
    place.element.value().name()
}
