//! The words of all languages by which printings are told apart, read once out of a file a language.
//!
//! Nobody says of two printings in which language they are, and a quote may hold words of another one. So the lists of all
//! languages stand together, also what is another word in the other one ("sin"): rarely does a printing differ by such a word alone.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use toml::{Table, Value};

/// The files, a language each.
const FILES: [&str; 2] = [include_str!("en.toml"), include_str!("es.toml")];

/// The lists; what each is for is told in `en.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) negations: Set,
    pub(super) not: Set,
    pub(super) no_negations: Phrases,
    pub(super) sure: Set,
    pub(super) without: Set,
    pub(super) with: Set,
    pub(super) nobody: Set,
    pub(super) behind: Set,
    pub(super) frames: Set,
    pub(super) that: Set,
    pub(super) refusals: Set,
    pub(super) to: Set,
    pub(super) contrasts: Phrases,
    pub(super) any_no: Pairs<Vec<String>>,
    pub(super) auxiliaries: Set,
    pub(super) pronouns: Set,
    pub(super) subjects: Set,
    pub(super) determiners: Set,
    pub(super) joining: Set,
    pub(super) ends_clause: Set,
    pub(super) relative: Set,
    pub(super) asking: Set,
    pub(super) asks: Set,
    pub(super) not_knowing: Set,
    pub(super) conditions: Phrases,
    pub(super) no_conditions: Phrases,
    pub(super) goes_on: Set,
    pub(super) whole: Set,
    pub(super) leads_in: Set,
    pub(super) then: Set,
    pub(super) yes: Set,
    pub(super) until: Set,
    pub(super) times: Set,
    pub(super) requirements: Set,
    pub(super) degrees: Pairs<Set>,
    pub(super) reservations: Phrases,
    pub(super) opposites: Pairs<Vec<String>>,
    pub(super) no_opposites: Pairs<Vec<String>>,
    pub(super) prefixes: Pairs<Vec<String>>,
    pub(super) endings: List,
    pub(super) doubling: Set,
    pub(super) owner: List,
    pub(super) ambiguous_days: Set,
    pub(super) clauses: Clauses,
    days: Named,
    offices: Named,
}

/// Words that begin a clause.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Clauses {
    both_strong: Set,
    both_weak: Set,
    behind_strong: Set,
    behind_weak: Set,
}

impl Clauses {
    /// Whether a word that begins a clause also ends the one before the words that both texts have, and whether it does so
    /// before any word; nothing for a word that begins none.
    pub(super) fn of(&self, word: &str) -> Option<(bool, bool)> {
        let kinds = [
            (&self.both_strong, (true, true)),
            (&self.both_weak, (true, false)),
            (&self.behind_strong, (false, true)),
            (&self.behind_weak, (false, false)),
        ];
        let found = kinds.into_iter().find(|(words, _)| words.contains(word));
        found.map(|(_, kind)| kind)
    }
}

/// All of them.
pub(super) static WORDS: LazyLock<Words> =
    LazyLock::new(|| read(&FILES).expect("the files are checked by tests"));

impl Words {
    /// The day or month that a folded word may name, by what all spellings of it share.
    pub(super) fn day(&self, folded: &str) -> Option<&str> {
        self.days.0.get(folded).map(String::as_str)
    }

    /// The office that a word names.
    pub(super) fn office(&self, word: &str) -> Option<&str> {
        self.offices.0.get(word).map(String::as_str)
    }
}

fn read(files: &[&str]) -> Result<Words, toml::de::Error> {
    let mut all = Table::new();
    for file in files {
        unite(&mut all, file.parse()?);
    }
    all.try_into()
}

/// Puts the lists of a language behind those of others.
fn unite(all: &mut Table, more: Table) {
    for (list, words) in more {
        match (all.get_mut(&list), words) {
            (Some(Value::String(own)), Value::String(words)) => {
                own.push(' ');
                own.push_str(&words);
            }
            (Some(Value::Array(own)), Value::Array(words)) => own.extend(words),
            (Some(Value::Table(own)), Value::Table(words)) => unite(own, words),
            (_, words) => {
                all.insert(list, words);
            }
        }
    }
}

/// Words without an order.
pub(super) struct Set(HashSet<String>);

impl Set {
    pub(super) fn contains(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

/// Words or endings in the order in which they are asked for.
pub(super) struct List(pub(super) Vec<String>);

/// Several words that stand together, each.
pub(super) struct Phrases(Vec<Vec<String>>);

impl Phrases {
    /// Those that words begin with.
    pub(super) fn begun<'a>(&'a self, words: &'a [String]) -> impl Iterator<Item = &'a Vec<String>> {
        self.0.iter().filter(|phrase| words.starts_with(phrase))
    }

    /// Whether words are one of them.
    pub(super) fn contains(&self, words: &[String]) -> bool {
        self.0.iter().any(|phrase| phrase == words)
    }
}

/// What stands on both sides of a bar.
pub(super) struct Pairs<T>(pub(super) Vec<(T, T)>);

/// Words, each with the name of its line.
struct Named(HashMap<String, String>);

impl FromIterator<String> for Set {
    fn from_iter<T: IntoIterator<Item = String>>(words: T) -> Self {
        Self(words.into_iter().collect())
    }
}

fn parted<T: FromIterator<String>>(words: &str) -> T {
    words.split_whitespace().map(str::to_owned).collect()
}

impl<'de> Deserialize<'de> for Set {
    fn deserialize<D: Deserializer<'de>>(given: D) -> Result<Self, D::Error> {
        Ok(parted(&String::deserialize(given)?))
    }
}

impl<'de> Deserialize<'de> for List {
    fn deserialize<D: Deserializer<'de>>(given: D) -> Result<Self, D::Error> {
        Ok(Self(parted(&String::deserialize(given)?)))
    }
}

impl<'de> Deserialize<'de> for Phrases {
    fn deserialize<D: Deserializer<'de>>(given: D) -> Result<Self, D::Error> {
        let phrases = Vec::<String>::deserialize(given)?;
        Ok(Self(phrases.iter().map(|phrase| parted(phrase)).collect()))
    }
}

impl<'de, T: FromIterator<String>> Deserialize<'de> for Pairs<T> {
    fn deserialize<D: Deserializer<'de>>(given: D) -> Result<Self, D::Error> {
        let pairs = Vec::<String>::deserialize(given)?.into_iter().map(|line| {
            let (one, other) = line
                .split_once('|')
                .ok_or_else(|| D::Error::custom(format!("no bar in {line:?}")))?;
            Ok((parted(one), parted(other)))
        });
        pairs.collect::<Result<_, _>>().map(Self)
    }
}

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(given: D) -> Result<Self, D::Error> {
        let lines = HashMap::<String, String>::deserialize(given)?;
        let words = lines.into_iter().flat_map(|(name, words)| {
            let words: Vec<String> = parted(&words);
            words.into_iter().map(move |word| (word, name.clone()))
        });
        Ok(Self(words.collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::wording::Wording;

    #[test]
    fn every_language_has_every_list_and_no_other() {
        for file in FILES {
            let words = read(&[file]).expect("a file of the form");
            assert!(words.negations.contains("no") && words.offices.0.len() > 10);
        }
        assert!(read(&[FILES[0], "nagations = \"no\""]).is_err());
        assert!(read(&[FILES[0], "degrees = [\"some all\"]"]).is_err());
    }

    #[test]
    fn languages_stand_beside_each_other() {
        let of = |file: usize| read(&[FILES[file]]).expect("a file of the form");
        let (english, spanish) = (of(0), of(1));
        assert!(english.frames.contains("myth") && !english.frames.contains("mentira"));
        assert!(spanish.frames.contains("mentira") && !spanish.frames.contains("myth"));
        assert!(WORDS.frames.contains("myth") && WORDS.frames.contains("mentira"));
        assert_eq!(WORDS.office("mayor"), WORDS.office("alcaldesa"));
        assert_eq!(WORDS.clauses.of("pero"), WORDS.clauses.of("but"));
        assert_eq!(WORDS.clauses.of("ferry"), None);
    }

    #[test]
    fn words_are_folded_as_wordings_fold_them() {
        // What is asked for in another form.
        const AS_PRINTED: [&str; 2] = ["yes", "owner"];
        for file in FILES {
            let table: Table = file.parse().expect("TOML");
            for (list, words) in table
                .iter()
                .filter(|(list, _)| !AS_PRINTED.contains(&list.as_str()))
            {
                let mut texts = Vec::new();
                collect(words, &mut texts);
                for word in texts.iter().flat_map(|text| text.split([' ', '|'])) {
                    assert_eq!(Wording::of(word).words().concat(), word, "{list}");
                }
            }
        }
    }

    fn collect<'a>(value: &'a Value, texts: &mut Vec<&'a str>) {
        match value {
            Value::String(text) => texts.push(text),
            Value::Array(values) => values.iter().for_each(|value| collect(value, texts)),
            Value::Table(table) => table.values().for_each(|value| collect(value, texts)),
            other => panic!("no words: {other}"),
        }
    }
}
