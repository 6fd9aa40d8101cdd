//! Who is named by an office: "[the president]" for "the attorney general" names somebody else.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use super::entries;
use super::side::Side;

/// Each word with the number of its office.
static OFFICES: LazyLock<HashMap<&str, usize>> = LazyLock::new(|| {
    let lines = entries(include_str!("offices.txt")).enumerate();
    lines
        .flat_map(|(number, line)| line.split(' ').map(move |word| (word, number)))
        .collect()
});

/// Whether two sides both name somebody by an office or a body, and have none in common.
pub(super) fn are_others(one: &Side, other: &Side) -> bool {
    let named = |side: &Side| -> BTreeSet<usize> {
        let offices = side.forms.iter().filter_map(|form| OFFICES.get(form.as_str()));
        offices.copied().collect()
    };
    let (one, other) = (named(one), named(other));
    !one.is_empty() && !other.is_empty() && one.is_disjoint(&other)
}
