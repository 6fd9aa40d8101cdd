//! What pages call elements around a text, read once out of its data file.

use std::sync::LazyLock;

/// The names of a kind.
type Names = Vec<&'static str>;

/// Names by which elements are known.
pub(super) struct Classes {
    /// What prints in large letters what is said in the text.
    pub(super) pull_quote: Names,
    /// What is no text of the article.
    pub(super) beside: Names,
    /// Whole words of the class of a standfirst, and parts of one.
    pub(super) standfirst_word: Names,
    pub(super) standfirst: Names,
}

/// Those of `classes.txt`.
pub(super) static CLASSES: LazyLock<Classes> = LazyLock::new(|| {
    let table = include_str!("classes.txt");
    Classes {
        pull_quote: list(table, "pull-quote"),
        beside: list(table, "beside"),
        standfirst_word: list(table, "standfirst-word"),
        standfirst: list(table, "standfirst"),
    }
});

/// The words of a list of a table; every table that is asked has it.
pub(super) fn list(table: &'static str, name: &str) -> Names {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    let mut lists = lines.filter_map(|line| line.split_once(':'));
    let (_, words) = lists
        .find(|(list, _)| *list == name)
        .unwrap_or_else(|| panic!("no list is called {name}"));
    words.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_names() {
        let Classes {
            pull_quote,
            beside,
            standfirst_word,
            standfirst,
        } = &*CLASSES;
        for names in [pull_quote, beside, standfirst_word, standfirst] {
            assert!(!names.is_empty());
        }
    }
}
