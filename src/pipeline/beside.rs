//! Entries of one list that print an official text otherwise: who reads results or a timeline must not take a printing that
//! lost its "not" for the statement itself, which stands three lines below.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::civil::Date;

use super::earlier::printed_until;
use super::printings::{Printing, Whose, agreement, own_words};
use crate::index::{Entry, EntryKind, Searcher};
use crate::model::event::Differs;
use crate::model::id::{DocumentId, QuoteId};
use crate::model::quote::QuoteKind;
use crate::model::source::SourceKind;
use crate::text::differing::Difference;
use crate::text::wording::Wording;

/// Official quotes that others are compared with, at most.
const MOST: usize = 5_000;
/// Official quotes that one is compared with word by word: those it shares most with.
const COMPARED: usize = 8;
/// Pairs of neighbouring words that two quotes share at least before they are compared.
const SHARED: usize = 2;

/// Words as they are printed on some day, and the office's document that they are looked for in.
type Printed = (DocumentId, String, Option<Date>);

/// The official quotes of a list, to hold others against.
#[derive(Default)]
pub struct Officials {
    /// Where their earlier wordings are found.
    searcher: Option<Searcher>,
    /// What was found of words that papers copy from each other, by the document, the words and the day they were printed.
    before: RefCell<HashMap<Printed, bool>>,
    hits: Vec<Hit>,
    /// Which of them print a pair of neighbouring words.
    printed: HashMap<[String; 2], Vec<usize>>,
}

/// A quote of a list.
struct Hit {
    entry: Entry,
    words: String,
    wording: Wording,
}

impl Hit {
    fn of(entry: &Entry) -> Self {
        let words = own_words(entry);
        Self {
            wording: Wording::in_one_spelling(&words),
            entry: entry.clone(),
            words,
        }
    }

    /// Whether its words are those of the speaker.
    fn is_verbatim(&self) -> bool {
        match self.entry.quote {
            Some((QuoteKind::Direct, _)) => true,
            Some((QuoteKind::Mixed, _)) => self.words != self.entry.text,
            _ => false,
        }
    }

    /// Its pairs of neighbouring words, each once.
    fn pairs(&self) -> HashSet<[String; 2]> {
        let pairs = self.wording.words().windows(2);
        pairs
            .filter_map(|pair| <[String; 2]>::try_from(pair.to_vec()).ok())
            .collect()
    }
}

impl Officials {
    /// None yet, of an index where also what they printed before is found.
    pub(super) fn of(searcher: &Searcher) -> Self {
        Self {
            searcher: Some(searcher.clone()),
            ..Self::default()
        }
    }

    /// Those among some entries of an index.
    pub fn among<'a>(searcher: &Searcher, entries: impl IntoIterator<Item = &'a Entry>) -> Self {
        let mut officials = Self::of(searcher);
        entries.into_iter().for_each(|entry| officials.add(entry));
        officials
    }

    /// Whether there are as many as are compared with.
    pub(super) fn is_full(&self) -> bool {
        self.hits.len() >= MOST
    }

    /// Takes in an entry, where it is an official quote.
    pub(super) fn add(&mut self, entry: &Entry) {
        if entry.kind != EntryKind::Quote || entry.source_kind != SourceKind::Official || self.is_full() {
            return;
        }
        let hit = Hit::of(entry);
        for pair in hit.pairs() {
            self.printed.entry(pair).or_default().push(self.hits.len());
        }
        self.hits.push(hit);
    }

    /// In what an entry differs from the official quote that is most like it, if it is a printing of one: what turns the meaning, every
    /// other word inside the marks, and words left out without an ellipsis. A printing of which nothing is told is taken for a true one; of
    /// one that is turned that is enough.
    pub fn differs(&self, entry: &Entry) -> Option<Differs> {
        self.differs_in(entry, false)
    }

    /// The same with all that differs, and that it is of another day: that alone may be a slip of reading, and is told where days are what
    /// is looked at.
    pub fn differs_at_all(&self, entry: &Entry) -> Option<Differs> {
        self.differs_in(entry, true)
    }

    fn differs_in(&self, entry: &Entry, is_all_told: bool) -> Option<Differs> {
        if entry.kind != EntryKind::Quote || entry.source_kind == SourceKind::Official || self.hits.is_empty()
        {
            return None;
        }
        let hit = Hit::of(entry);
        let printed = self.sharing(&hit).into_iter().filter_map(|official| {
            let likeness = hit.wording.likeness(&official.wording);
            Some((
                likeness,
                official,
                printed_otherwise(official, &hit, is_all_told)?,
            ))
        });
        // The same words of another office may stand there as well; the closest decides.
        let (_, official, closest) =
            printed.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        closest.filter(|_| !self.printed_so_before(entry, &official.entry.document))
    }

    /// Whether an office's document printed these words so before it was changed. What cannot be looked up was not.
    fn printed_so_before(&self, entry: &Entry, document: &DocumentId) -> bool {
        let Some(searcher) = &self.searcher else {
            return false;
        };
        let key = (document.clone(), own_words(entry), entry.published_on);
        *self
            .before
            .borrow_mut()
            .entry(key)
            .or_insert_with(|| matches!(printed_until(searcher, entry, document), Ok(Some(_))))
    }

    /// The official quotes that one shares most pairs of words with.
    fn sharing(&self, hit: &Hit) -> Vec<&Hit> {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for index in hit
            .pairs()
            .iter()
            .filter_map(|pair| self.printed.get(pair))
            .flatten()
        {
            *shared.entry(*index).or_default() += 1;
        }
        let mut shared: Vec<(usize, usize)> =
            shared.into_iter().filter(|(_, pairs)| *pairs >= SHARED).collect();
        shared.sort_by_key(|(index, pairs)| (std::cmp::Reverse(*pairs), *index));
        shared.truncate(COMPARED);
        shared.iter().map(|(index, _)| &self.hits[*index]).collect()
    }
}

/// What any paper does: a cut at an end or where an ellipsis stands, brackets, another spelling.
const FAIR: [Difference; 5] = [
    Difference::Elided,
    Difference::Bracketed,
    Difference::Respelled,
    Difference::Shortened,
    Difference::Longer,
];

/// In what a quote differs from an official one, if it is a printing of it; nothing where that is not to be told.
fn printed_otherwise(official: &Hit, hit: &Hit, is_all_told: bool) -> Option<Option<Differs>> {
    let whose = Whose::of(&official.entry, &hit.entry);
    let agreement = agreement(
        (&official.words, &official.wording),
        (&hit.words, &hit.wording),
        whose,
    )?;
    let printing = Printing::new(
        &official.entry,
        &official.words,
        hit.entry.clone(),
        hit.words.clone(),
        agreement,
    );
    // A reporter's own words are others.
    let is_verbatim = [official, hit].iter().all(|hit| hit.is_verbatim());
    let is_told = |difference: &Difference| match is_verbatim {
        true => !FAIR.contains(difference),
        false => difference.is_grave(),
    };
    let mut differences: BTreeSet<Difference> =
        printing.differences.iter().copied().filter(is_told).collect();
    if !is_all_told && differences.iter().any(|difference| difference.is_grave()) {
        differences.retain(|difference| difference.is_grave());
    }
    let is_of_another_day = is_all_told && printing.is_other_day;
    let is_otherwise = !differences.is_empty() || printing.is_other_speaker || is_of_another_day;
    Some(is_otherwise.then(|| Differs {
        quote: QuoteId::new(official.entry.id.as_str()),
        source_name: official.entry.source_name.clone(),
        told: told(&differences, &printing),
    }))
}

/// The same in words. Another day alone may be a slip of reading; beside other differences it tells of a forgery.
fn told(differences: &BTreeSet<Difference>, printing: &Printing) -> String {
    let differences = differences.iter().map(|difference| difference.told());
    let speaker = printing
        .is_other_speaker
        .then_some("it is given to somebody else");
    let day = printing.is_other_day.then_some("it is of another day");
    differences
        .chain(speaker)
        .chain(day)
        .collect::<Vec<_>>()
        .join(", ")
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
        let mut officials = Officials::default();
        entries.iter().for_each(|entry| officials.add(entry));
        let differing = entries
            .iter()
            .filter_map(|entry| Some((entry, officials.differs(entry)?)));
        let mut told: Vec<_> = differing
            .map(|(entry, differs)| (entry.id.clone(), differs.quote.to_string(), differs.told))
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

    #[test]
    fn every_other_word_in_the_marks_is_told() {
        use SourceKind::{News, Official};
        let text = "We will enforce the order in every county. It has kept 48 families at home. We thank each of them.";
        let differs = |printed: &str| {
            let entries = [quote("office", Official, text), quote("news", News, printed)];
            let mut officials = Officials::default();
            entries.iter().for_each(|entry| officials.add(entry));
            officials.differs(&entries[1]).map(|differs| differs.told)
        };
        for (printed, told) in [
            (
                "We will enforce the order in every country.",
                Some("words changed"),
            ),
            (
                "We will enforce the order in every county. We thank each of them.",
                Some("words left out without an ellipsis"),
            ),
            (
                "We will enforce the order in every county. … We thank each of them.",
                None,
            ),
            ("It has kept forty-eight families at home.", None),
        ] {
            assert_eq!(differs(printed).as_deref(), told, "{printed}");
        }
    }
}
