//! Who is named by an office: "[the president]" for "the attorney general" names somebody else.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::set;
use super::side::Side;

static OFFICES: LazyLock<HashSet<&str>> = LazyLock::new(|| set(include_str!("offices.txt")));

/// Whether two sides both name somebody by an office or a body, and have none in common.
pub(super) fn are_others(one: &Side, other: &Side) -> bool {
    let named = |side: &Side| -> HashSet<String> {
        let forms = side.forms.iter().filter(|form| OFFICES.contains(form.as_str()));
        forms.cloned().collect()
    };
    let (one, other) = (named(one), named(other));
    !one.is_empty() && !other.is_empty() && one.is_disjoint(&other)
}
