//! What the names that a page gives to an element say about the text in it.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use foldhash::{HashMap, HashMapExt};
use scraper::ElementRef;

use crate::extract::tree::Place;

/// Kinds of hints, one a line in `hints.txt`.
pub(super) const KINDS: usize = 29;
/// How many levels up a hint is looked for; [`FAR`] means none was met.
const MAX_LEVELS: u8 = 15;
pub(super) const FAR: u8 = MAX_LEVELS + 1;
/// Bytes of an attribute that are looked at.
const MAX_BYTES: usize = 200;
/// Attributes that name what an element is for.
const ATTRIBUTES: [&str; 5] = ["class", "id", "role", "itemprop", "data-component"];

/// For each kind how many levels above an element its nearest hint stands; 0 is the element itself.
pub(super) type Levels = [u8; KINDS];

struct Table {
    /// Names of the kinds.
    names: Vec<&'static str>,
    words: AhoCorasick,
    /// The kind of each word.
    kinds: Vec<usize>,
    tags: HashMap<&'static str, Vec<usize>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let lines = include_str!("hints.txt").lines();
    let mut table = (Vec::new(), Vec::new(), Vec::new());
    let mut tags: HashMap<&'static str, Vec<usize>> = HashMap::new();
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (name, words) = line.split_once(": ").expect("a name and words");
        let kind = table.0.len();
        table.0.push(name);
        for word in words.split(' ') {
            match word.strip_prefix('<').and_then(|tag| tag.strip_suffix('>')) {
                Some(tag) => tags.entry(tag).or_default().push(kind),
                None => {
                    table.1.push(word);
                    table.2.push(kind);
                }
            }
        }
    }
    let words = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::Standard)
        .build(&table.1)
        .expect("short words");
    Table {
        names: table.0,
        words,
        kinds: table.2,
        tags,
    }
});

/// The names of the kinds, in order.
pub(super) fn names() -> &'static [&'static str] {
    &TABLE.names
}

/// How many levels up the nearest hint of a kind stands.
pub(super) fn level(levels: &Levels, kind: &str) -> u8 {
    let at = names().iter().position(|name| *name == kind);
    at.map_or(FAR, |at| levels[at])
}

/// Whether the names of one element hint at a kind.
pub(super) fn names_itself(element: ElementRef<'_>, kind: &str) -> bool {
    let mut levels = [FAR; KINDS];
    mark(element, &mut Hinted::new(), &mut levels);
    level(&levels, kind) == 0
}

/// The hints that hold for each place: its own and those of what it stands in.
pub(super) fn levels(places: &[Place<'_>]) -> Vec<Levels> {
    let mut levels: Vec<Levels> = Vec::with_capacity(places.len());
    let mut hinted = Hinted::new();
    for place in places {
        let mut here = place.parent.map_or([FAR; KINDS], |parent| levels[parent]);
        // Not `map`, which takes the bytes one by one.
        for level in &mut here {
            *level = (*level + 1).min(FAR);
        }
        // What the whole page is called tells nothing about its parts.
        if !matches!(place.element.value().name(), "html" | "body") {
            mark(place.element, &mut hinted, &mut here);
        }
        levels.push(here);
    }
    levels
}

/// The kinds that were found in an attribute's value, a bit each: most values of a page stand there many times.
type Hinted<'a> = HashMap<&'a [u8], u32>;

const _: () = assert!(KINDS <= u32::BITS as usize);

fn mark<'a>(element: ElementRef<'a>, hinted: &mut Hinted<'a>, levels: &mut Levels) {
    let table = &*TABLE;
    for kind in table.tags.get(element.value().name()).into_iter().flatten() {
        levels[*kind] = 0;
    }
    for (name, value) in element.value().attrs() {
        if !ATTRIBUTES.contains(&name) {
            continue;
        }
        let value = &value.as_bytes()[..value.len().min(MAX_BYTES)];
        let mut kinds = *hinted.entry(value).or_insert_with(|| {
            let found = table.words.find_overlapping_iter(value);
            found.fold(0, |kinds, found| {
                kinds | 1 << table.kinds[found.pattern().as_usize()]
            })
        });
        while kinds != 0 {
            levels[kinds.trailing_zeros() as usize] = 0;
            kinds &= kinds - 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tree;
    use scraper::Html;

    #[test]
    fn the_table_has_as_many_kinds_as_the_features_expect() {
        assert_eq!(names().len(), KINDS);
    }

    #[test]
    fn a_hint_holds_for_what_stands_in_its_element() {
        let page = Html::parse_document("<div class='Story-Body'><section><p>one</p></section></div>");
        let outline = tree::outline(page.root_element());
        let levels = levels(&outline.places);
        let place = outline.pieces[0].place.expect("a place");
        let level = |name| level(&levels[place], name);
        assert_eq!(level("body"), 2);
        assert_eq!(level("comment"), FAR);
    }
}
