//! The words of a language that tell who a naming means, read once out of its data file.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::model::tongue::Tongue;

/// Bytes behind a name in which it is said whose it is not.
const APPOSITION: usize = 60;

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
    also_bodies: Set,
    represents: Set,
    letters: Set,
    field_links: Set,
    of: Set,
    particles: Set,
    trades: Set,
    stopped_titles: Set,
    of_body: Set,
    shouts: Set,
    plurals: Set,
    no_plurals: Set,
    suffixes: Set,
    owner_marks: Set,
    links: Set,
    /// What says that somebody is another of the same name.
    unrelated: Vec<Finder<'static>>,
    /// What joins two names.
    pub(super) and: &'static str,
}

type Set = HashSet<&'static str>;

/// Where a text says of somebody that he is another of the same name, found once for all the names that it is asked about.
#[derive(Debug, Default)]
pub struct Strangers {
    /// The places of the words that say so.
    places: Vec<Range<usize>>,
}

/// Places of a text that are looked at. No text that means it says so more often, and each naming is laid beside each.
const MOST_STRANGERS: usize = 64;

impl Strangers {
    /// Those of a text in a language.
    pub fn of(text: &str, tongue: Tongue) -> Self {
        let phrases = Words::of(tongue).unrelated.iter();
        let places = phrases.flat_map(|phrase| {
            let places = phrase.find_iter(text.as_bytes());
            places.map(|at| at..at + phrase.needle().len())
        });
        Self {
            places: places.take(MOST_STRANGERS).collect(),
        }
    }

    /// Whether the text says right behind a name, wherever it gives it, that it is another's.
    pub(super) fn have(&self, text: &str, name: &str) -> bool {
        self.places.iter().any(|place| {
            let before = &text[..place.start];
            // Where the name may end: near the words, and in their sentence.
            let near = place.end.saturating_sub(APPOSITION);
            let sentence = before.rfind(". ").map_or(0, |stop| stop + 1);
            let ends = near.max(sentence);
            let begins = text.floor_char_boundary(ends.saturating_sub(name.len()));
            let mut namings = before.get(begins..).unwrap_or_default().match_indices(name);
            namings.any(|(at, _)| begins + at + name.len() >= ends)
        })
    }
}

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
            if list == "unrelated" {
                words.unrelated = given
                    .split('|')
                    .map(|phrase| Finder::new(phrase.trim()))
                    .collect();
                continue;
            }
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
                "also_body" => &mut words.also_bodies,
                "represents" => &mut words.represents,
                "letters" => &mut words.letters,
                "field_link" => &mut words.field_links,
                "of" => &mut words.of,
                "trade" => &mut words.trades,
                "stopped_title" => &mut words.stopped_titles,
                "of_body" => &mut words.of_body,
                "link" => &mut words.links,
                "shout" => &mut words.shouts,
                "plural" => &mut words.plurals,
                "no_plural" => &mut words.no_plurals,
                "suffix" => &mut words.suffixes,
                "owner_mark" => &mut words.owner_marks,
                "particle" => &mut words.particles,
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

    /// Whether a title says nothing of an office.
    pub(super) fn is_courtesy(&self, word: &str) -> bool {
        self.courtesies.contains(word)
    }

    /// Whether a title is a trade, and a surname as well.
    pub(super) fn is_trade(&self, word: &str) -> bool {
        self.trades.contains(word)
    }

    /// Whether a word is a title with its full stop only.
    pub(super) fn is_stopped_title(&self, word: &str) -> bool {
        self.stopped_titles.contains(word)
    }

    /// Whether names of bodies begin with a title: `Justice Department`.
    pub(super) fn may_begin_body(&self, title: &str) -> bool {
        self.of_body.contains(title)
    }

    /// Whether a word ends as those do that describe somebody: `FUMING`.
    pub(super) fn ends_as_shout(&self, word: &str) -> bool {
        self.shouts.iter().any(|ending| word.ends_with(ending))
    }

    /// Whether a word in small letters ends as a noun for several does.
    pub(super) fn ends_as_plural(&self, word: &str) -> bool {
        let ends = |endings: &Set| endings.iter().any(|ending| word.ends_with(ending));
        ends(&self.plurals) && !ends(&self.no_plurals)
    }

    /// Whether a small word joins the words of a name: `Bank of Marrow`.
    pub(super) fn joins_names(&self, word: &str) -> bool {
        let is_link = [&self.of, &self.field_links, &self.links]
            .iter()
            .any(|list| list.contains(word));
        is_link || word == self.and || self.particles.contains(word) || self.articles.contains(word)
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

    /// Whether names of bodies hold a word, though perhaps not only these.
    pub(super) fn may_be_of_body(&self, word: &str) -> bool {
        self.bodies.contains(word) || self.also_bodies.contains(word)
    }

    /// Whether a small word begins names: `de la Cruz`.
    pub(super) fn is_particle(&self, word: &str) -> bool {
        self.particles.contains(word)
    }

    /// Whether folded words name somebody by for whom he speaks: `a spokesman for Mayor Ana Lima`.
    pub(super) fn speaks_for(&self, words: &[String]) -> bool {
        let links = |word: &str| self.field_links.contains(word) || self.links.contains(word);
        let mut pairs = words.windows(2);
        pairs.any(|pair| self.represents.contains(pair[0].as_str()) && links(&pair[1]))
    }

    /// For whom somebody speaks whom folded words name by nothing else: `border bureau` of `spokeswoman for the border bureau` and of `border
    /// bureau spokesman`. Who did so formerly does so no more.
    pub(super) fn represented<'a>(&self, words: &'a [String]) -> Option<&'a [String]> {
        let articles = words.iter().take_while(|word| self.is_article(word)).count();
        let words = &words[articles..];
        let links =
            |word: &String| self.field_links.contains(word.as_str()) || self.links.contains(word.as_str());
        let speaks = |word: &String| self.represents.contains(word.as_str());
        match words {
            [noun, link, whom @ ..] if speaks(noun) && links(link) && !whom.is_empty() => {
                let articles = whom.iter().take_while(|word| self.is_article(word)).count();
                Some(&whom[articles..])
            }
            [whom @ .., noun] if speaks(noun) && !whom.is_empty() => Some(whom),
            _ => None,
        }
    }

    /// Whether a word is letters behind a name: `KC` of `Ana Lima KC`.
    pub(super) fn is_letters(&self, word: &str) -> bool {
        self.letters.contains(word)
    }

    pub(super) fn is_nobody(&self, noun: &str) -> bool {
        self.nobody.contains(noun)
    }
}

/// Whether a word is the article of one who is meant, in any language: what somebody asks for is in none.
pub fn is_definite_anywhere(word: &str) -> bool {
    any(|words| words.definite.contains(word))
}

/// Whether a word is a title in any language: of a name it is not known which language it was met in.
pub fn is_title_anywhere(word: &str) -> bool {
    any(|words| words.titles.contains(word))
}

/// Whether a title says nothing of an office.
pub(super) fn is_courtesy_anywhere(word: &str) -> bool {
    any(|words| words.is_courtesy(word))
}

/// Whether only names of bodies hold a word.
pub(super) fn is_of_body_anywhere(word: &str) -> bool {
    any(|words| words.bodies.contains(word) || words.of.contains(word))
}

/// Whether a word stands between an office and what it is for.
pub(super) fn is_field_link_anywhere(word: &str) -> bool {
    any(|words| words.field_links.contains(word))
}

/// Whether a word tells two of one name apart: `jr`.
pub(super) fn is_suffix(word: &str) -> bool {
    any(|words| words.suffixes.contains(word))
}

/// A word or name without what makes an owner of it: `Lima` of `Lima’s`.
pub(super) fn without_owner_mark(name: &str) -> &str {
    let marks = ALL.into_iter().flat_map(|tongue| &Words::of(tongue).owner_marks);
    marks.fold(name, |name, mark| name.strip_suffix(mark).unwrap_or(name))
}

/// The languages whose words are known.
const ALL: [Tongue; 2] = [Tongue::English, Tongue::Spanish];

fn any(of: impl Fn(&Words) -> bool) -> bool {
    ALL.map(Words::of).into_iter().any(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, name: &str, expected: bool) {
        let strangers = Strangers::of(text, Tongue::English);
        assert_eq!(strangers.have(text, name), expected, "{name:?} in {text:?}");
    }

    #[test]
    fn it_is_said_right_behind_a_name_in_the_same_sentence() {
        check("Ana Lima (no relation to the mayor) spoke.", "Ana Lima", true);
        check("Ana Lima (no relation to the mayor) spoke.", "Boris Cruz", false);
        check("Ana Lima spoke. It has no relation to that.", "Ana Lima", false);
        check("J. Lima, no relation to the mayor, spoke.", "J. Lima", true);
        check("Mr. Lima, not related to him, spoke of Ana Lima.", "Lima", true);
        let far =
            "Ana Lima, who came on Monday with the ferry from the islands of the north, no relation to him";
        check(far, "Ana Lima", false);
        check("no relation", "Ana Lima", false);
    }

    #[test]
    fn a_text_that_says_it_without_end_is_asked_in_no_more_than_so_many_places() {
        let text = "Ana Lima, no relation. ".repeat(50_000);
        let strangers = Strangers::of(&text, Tongue::English);
        assert_eq!(strangers.places.len(), MOST_STRANGERS);
        assert!(strangers.have(&text, "Ana Lima"));
    }
}
