//! Who is named by an office: "[the president]" for "the attorney general" names somebody else.

use std::collections::BTreeSet;

use super::side::Side;
use super::words::WORDS;

/// Whether two sides both name somebody by an office or a body, and have none in common.
pub(super) fn are_others(one: &Side, other: &Side) -> bool {
    let [one, other] = [one, other].map(|side| -> BTreeSet<&str> {
        let offices = side.forms.iter().filter_map(|form| WORDS.office(form));
        offices.collect()
    });
    !one.is_empty() && !other.is_empty() && one.is_disjoint(&other)
}
