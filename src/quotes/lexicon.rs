//! The words that quotes are told by, read once out of their data files.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a cue takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CueClass {
    /// Words or a clause.
    Say,
    /// A name for something.
    Call,
    /// A thought, an act or a hearing: no cue by itself.
    Think,
}

/// All word lists.
pub(super) struct Lexicon {
    cues: HashMap<&'static str, CueClass>,
    lists: HashMap<&'static str, HashSet<&'static str>>,
}

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let cues = lines(include_str!("cue_verbs.txt")).flat_map(|line| {
        let (class, forms) = line.split_once(' ').expect("a class and its forms");
        let class = match class {
            "say" => CueClass::Say,
            "call" => CueClass::Call,
            "think" => CueClass::Think,
            other => panic!("cue_verbs.txt has no class {other}"),
        };
        forms.split_whitespace().map(move |form| (form, class))
    });
    let lists = lines(include_str!("names.txt")).map(|line| {
        let (name, words) = line.split_once(':').expect("a list's name and its words");
        (name, words.split_whitespace().collect())
    });
    Lexicon {
        cues: cues.collect(),
        lists: lists.collect(),
    }
});

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

impl Lexicon {
    pub(super) fn cue(&self, word: &str) -> Option<CueClass> {
        self.cues.get(word).copied()
    }

    /// Whether a word in lower case is on a list.
    pub(super) fn is(&self, list: &'static str, word: &str) -> bool {
        self.lists.get(list).is_some_and(|words| words.contains(word))
    }
}
