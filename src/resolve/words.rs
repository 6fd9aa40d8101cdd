//! The words of a language that tell who a naming means, read once out of its data file.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::model::tongue::Tongue;

/// The lists of a language.
#[derive(Debug, Default)]
pub(super) struct Words {
    titles: Set,
    courtesies: Set,
    articles: Set,
    definite: Set,
    pronouns: Set,
    owners: Set,
    nobody: Set,
    bodies: Set,
    of: Set,
    /// What joins two names.
    pub(super) and: &'static str,
}

type Set = HashSet<&'static str>;

static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("en.txt")));
static SPANISH: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("es.txt")));

impl Words {
    /// Those of a language.
    pub(super) fn of(tongue: Tongue) -> &'static Self {
        match tongue {
            Tongue::English => &ENGLISH,
            Tongue::Spanish => &SPANISH,
        }
    }

    fn read(text: &'static str) -> Self {
        let mut words = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (list, given) = line.split_once(':').expect("a list's name and its words");
            let mut given = given.split_whitespace();
            let set = match list {
                "title" => &mut words.titles,
                "courtesy" => &mut words.courtesies,
                "article" => &mut words.articles,
                "definite" => &mut words.definite,
                "pronoun" => &mut words.pronouns,
                "owner" => &mut words.owners,
                "nobody" => &mut words.nobody,
                "body" => &mut words.bodies,
                "of" => &mut words.of,
                "and" => {
                    words.and = given.next().expect("a word");
                    continue;
                }
                list => panic!("no list is called {list}"),
            };
            set.extend(given);
        }
        words
    }

    pub(super) fn is_title(&self, word: &str) -> bool {
        self.titles.contains(word)
    }

    pub(super) fn is_article(&self, word: &str) -> bool {
        self.articles.contains(word)
    }

    pub(super) fn is_definite(&self, word: &str) -> bool {
        self.definite.contains(word)
    }

    pub(super) fn is_pronoun(&self, word: &str) -> bool {
        self.pronouns.contains(word)
    }

    /// Whether the noun behind a word is somebody's, or is counted.
    pub(super) fn is_owner(&self, word: &str) -> bool {
        self.owners.contains(word)
    }

    pub(super) fn is_nobody(&self, noun: &str) -> bool {
        self.nobody.contains(noun)
    }
}

/// Whether a word is a title in any language: of a name it is not known which language it was met in.
pub(super) fn is_title_anywhere(word: &str) -> bool {
    any(|words| words.titles.contains(word))
}

/// Whether a word is a definite article in any language.
pub(super) fn is_definite_anywhere(word: &str) -> bool {
    any(|words| words.definite.contains(word))
}

/// Whether a title says nothing of an office.
pub(super) fn is_courtesy_anywhere(word: &str) -> bool {
    any(|words| words.courtesies.contains(word))
}

/// Whether only names of bodies hold a word.
pub(super) fn is_of_body_anywhere(word: &str) -> bool {
    any(|words| words.bodies.contains(word) || words.of.contains(word))
}

fn any(of: impl Fn(&Words) -> bool) -> bool {
    [Tongue::English, Tongue::Spanish]
        .map(Words::of)
        .into_iter()
        .any(of)
}
