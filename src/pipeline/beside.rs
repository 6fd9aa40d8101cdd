//! Hits of one list that print an official text otherwise: who reads a list of results must not take a printing that lost
//! its "not" for the statement itself, which stands three lines below.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::printings::{Printing, Whose, agreement, own_words};
use crate::index::{Entry, EntryKind};
use crate::model::source::SourceKind;
use crate::text::differing::Difference;
use crate::text::wording::Wording;

/// In what a printing differs from an official one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// The official quote.
    pub quote: String,
    /// Who prints it.
    pub source_name: String,
    /// What may turn the meaning, the gravest first.
    pub differences: BTreeSet<Difference>,
    /// Whether the words are given to somebody else.
    pub is_other_speaker: bool,
}

impl Beside {
    /// The same in words.
    pub fn told(&self) -> String {
        let speaker = self.is_other_speaker.then_some("it is given to somebody else");
        let differences = self.differences.iter().map(|difference| difference.told());
        differences.chain(speaker).collect::<Vec<_>>().join(", ")
    }
}

/// Hits that are compared: a page of them.
const COMPARED: usize = 50;
/// Words that two quotes share at least before they are compared.
const SHARED: usize = 3;

/// A quote of a list.
struct Hit<'a> {
    entry: &'a Entry,
    words: String,
    wording: Wording,
}

/// Of each entry of a list that differs gravely from the official one of it that is most like it, by its id, in what.
pub fn beside(entries: &[Entry]) -> HashMap<String, Beside> {
    let quotes = entries.iter().filter(|entry| entry.kind == EntryKind::Quote);
    let hits = quotes.take(COMPARED).map(|entry| {
        let words = own_words(entry);
        Hit {
            entry,
            wording: Wording::in_one_spelling(&words),
            words,
        }
    });
    let (official, others): (Vec<Hit<'_>>, Vec<Hit<'_>>) =
        hits.partition(|hit| hit.entry.source_kind == SourceKind::Official);
    let differing = others.iter().filter_map(|hit| {
        let closest = official
            .iter()
            .filter(|other| share_words(&hit.wording, &other.wording))
            .filter_map(|other| {
                Some((
                    hit.wording.likeness(&other.wording),
                    printed_otherwise(other, hit)?,
                ))
            })
            .reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        Some((hit.entry.id.clone(), closest.1))
    });
    // The same words of another office may stand there as well; the closest decides.
    differing
        .filter(|(_, beside)| !beside.differences.is_empty() || beside.is_other_speaker)
        .collect()
}

/// In what a hit differs from an official one, if it is a printing of it.
fn printed_otherwise(official: &Hit<'_>, hit: &Hit<'_>) -> Option<Beside> {
    let whose = Whose::of(official.entry, hit.entry);
    let agreement = agreement(
        (&official.words, &official.wording),
        (&hit.words, &hit.wording),
        whose,
    )?;
    let printing = Printing::new(
        official.entry,
        &official.words,
        hit.entry.clone(),
        hit.words.clone(),
        agreement,
    );
    let differences = printing.differences.into_iter().filter(|it| it.is_grave());
    Some(Beside {
        quote: official.entry.id.clone(),
        source_name: official.entry.source_name.clone(),
        differences: differences.collect(),
        is_other_speaker: printing.is_other_speaker,
    })
}

fn share_words(one: &Wording, other: &Wording) -> bool {
    let words: HashSet<&String> = one.words().iter().collect();
    let shared = other.words().iter().filter(|word| words.contains(word));
    shared.take(SHARED).count() == SHARED
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::quote_for_tests;

    fn quote(id: &str, kind: SourceKind, text: &str) -> Entry {
        Entry {
            source_kind: kind,
            source_name: format!("Source of {id}"),
            ..quote_for_tests(id, "Ana Lima", text, 3)
        }
    }

    /// Which of some quotes differ from which official one.
    fn told(quotes: &[(&str, SourceKind, &str)]) -> Vec<(String, String, String)> {
        let entries: Vec<Entry> = quotes
            .iter()
            .map(|(id, kind, text)| quote(id, *kind, text))
            .collect();
        let mut told: Vec<_> = beside(&entries)
            .into_iter()
            .map(|(id, beside)| (id, beside.quote.clone(), beside.told()))
            .collect();
        told.sort();
        told
    }

    #[test]
    fn a_printing_that_turns_an_official_text_is_told_beside_the_one_it_is_most_like() {
        use SourceKind::{News, Official};
        let negation = |id: &str, of: &str| (id.to_owned(), of.to_owned(), "a negation differs".to_owned());
        let whole = "I would not have signed this order, and I will not help anyone tear it up";
        let found = told(&[
            (
                "forged",
                News,
                "I would not have signed this order, and I will help anyone tear it up",
            ),
            ("true", News, whole),
            ("cut", News, "I will not help anyone tear it up"),
            ("office", Official, whole),
            ("other", News, "We have bought two boats for the landing"),
        ]);
        assert_eq!(found, [negation("forged", "office")]);
        // What copies the newer of two releases does not differ from the older.
        let found = told(&[
            (
                "january",
                Official,
                "We have 1,140 officers on the street of this town today",
            ),
            (
                "february",
                Official,
                "We have 1,300 officers on the street of this town today",
            ),
            (
                "copy",
                News,
                "We have 1,300 officers on the street of this town today",
            ),
        ]);
        assert!(found.is_empty(), "{found:?}");
        // A release that it is a harmless part of hides no other one that it turns round.
        let found = told(&[
            ("short", Official, "We will sign the order of the council."),
            (
                "long",
                Official,
                "We will sign the order of the council. We will not close the pier to boats.",
            ),
            (
                "news",
                News,
                "We will sign the order of the council. We will close the pier to boats.",
            ),
        ]);
        assert_eq!(found, [negation("news", "long")]);
    }
}
