//! Elements that are alike: the entries of a live page, children of one element, or of several that are alike
//! themselves where the entries are grouped by day.

use std::collections::BTreeMap;

use super::tree::Outline;

/// Entries that make a page one of entries.
const MIN_ENTRIES: usize = 3;

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
