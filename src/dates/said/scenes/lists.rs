//! The lists of words in `words.txt`.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt, HashSet};

/// A list of small words.
type List = HashSet<&'static str>;

static LISTS: LazyLock<HashMap<&'static str, List>> = LazyLock::new(|| {
    let lines = include_str!("words.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    let mut lists: HashMap<&'static str, List> = HashMap::new();
    for (name, words) in lines.filter_map(|line| line.split_once(": ")) {
        lists.entry(name).or_default().extend(words.split(' '));
    }
    lists
});

/// Whether a list has a word in small letters.
pub(super) fn has(list: &str, word: &str) -> bool {
    LISTS.get(list).is_some_and(|words| words.contains(word))
}

/// Whether somebody with such an office or title sits in a body that goes by this noun.
pub(super) fn sits_in(body: &str, title: &str) -> bool {
    SEATS.get(body).is_some_and(|titles| titles.contains(title))
}

/// Titles by the noun for the body.
static SEATS: LazyLock<HashMap<&'static str, &'static List>> = LazyLock::new(|| {
    let seats = LISTS
        .iter()
        .filter_map(|(name, titles)| Some((name.strip_prefix("seat ")?, titles)));
    seats.collect()
});
