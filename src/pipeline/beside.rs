//! Entries of a list that print an official text otherwise: who reads results or a timeline must not take a printing that lost its
//! "not" for the statement itself, whether that stands three lines below or was not asked for.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use super::earlier::printed_until;
use super::printings::{Agreement, Printing, Whose, agreement, own_words};
use crate::index::{Entry, EntryKind, Searcher};
use crate::model::event::Differs;
use crate::model::id::{DocumentId, QuoteId};
use crate::model::quote::QuoteKind;
use crate::model::source::SourceKind;
use crate::text::differing::Difference;
use crate::text::wording::Wording;

/// Official quotes that one is compared with word by word: those it shares most with.
const COMPARED: usize = 8;
/// Words of whose printings by offices is remembered what was found: what papers copy from each other is looked up once.
const REMEMBERED: usize = 5_000;

/// Words as they are printed on some day, and the office's document that they are looked for in.
type Printed = (DocumentId, String, Option<Date>);

/// What offices said, to hold the quotes of a list against.
pub struct Officials {
    searcher: Searcher,
    /// What was found of some words.
    like: RefCell<HashMap<String, Arc<[Entry]>>>,
    /// Whether an office's document printed some words so before, by the document, the words and the day they were printed.
    before: RefCell<HashMap<Printed, bool>>,
}

/// A quote and its words.
struct Hit<'a> {
    entry: &'a Entry,
    words: String,
    wording: Wording,
}

impl<'a> Hit<'a> {
    fn of(entry: &'a Entry) -> Self {
        let words = own_words(entry);
        Self {
            wording: Wording::in_one_spelling(&words),
            entry,
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
}

impl Officials {
    /// Those of an index.
    pub fn of(searcher: &Searcher) -> Self {
        Self {
            searcher: searcher.clone(),
            like: RefCell::default(),
            before: RefCell::default(),
        }
    }

    /// In what an entry differs from the official quote that it is a printing of, if it is one: what turns the meaning, every
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
        if entry.kind != EntryKind::Quote || entry.source_kind == SourceKind::Official {
            return None;
        }
        let hit = Hit::of(entry);
        let officials = self.like(&hit.words);
        let officials: Vec<Hit> = officials.iter().map(Hit::of).collect();
        let printed = officials
            .iter()
            .filter_map(|official| Some((official, printing(official, &hit)?)));
        // The same words of another office may stand there as well: the closest decides.
        let (official, printing) = printed.min_by(|(one, its), (other, others)| {
            let likeness = |official: &Hit<'_>| hit.wording.likeness(&official.wording);
            let closer = likeness(other).total_cmp(&likeness(one));
            closer.then_with(|| slightest_first(one, its).cmp(&slightest_first(other, others)))
        })?;
        let differs = differs(official, &hit, &printing, is_all_told)?;
        (!self.printed_so_before(entry, &official.entry.document)).then_some(differs)
    }

    /// What offices said in words like these. What cannot be looked up is not there.
    fn like(&self, words: &str) -> Arc<[Entry]> {
        let mut remembered = self.like.borrow_mut();
        if let Some(found) = remembered.get(words) {
            return Arc::clone(found);
        }
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        let found = self.searcher.official_like(words, COMPARED).unwrap_or_default();
        let found: Arc<[Entry]> = found.into();
        remembered.insert(words.to_owned(), Arc::clone(&found));
        found
    }

    /// Whether an office's document printed these words so before it was changed. What cannot be looked up was not.
    fn printed_so_before(&self, entry: &Entry, document: &DocumentId) -> bool {
        let key = (document.clone(), own_words(entry), entry.published_on);
        *self
            .before
            .borrow_mut()
            .entry(key)
            .or_insert_with(|| matches!(printed_until(&self.searcher, entry, document), Ok(Some(_))))
    }
}

/// A quote as a printing of an official one, if it is that.
fn printing(official: &Hit<'_>, hit: &Hit<'_>) -> Option<Printing> {
    let whose = Whose::of(official.entry, hit.entry);
    let agreement = agreement(
        (&official.words, &official.wording),
        (&hit.words, &hit.wording),
        whose,
    )?;
    Some(Printing::new(
        official.entry,
        &official.words,
        hit.entry.clone(),
        hit.words.clone(),
        agreement,
    ))
}

/// What orders those that are as close.
fn slightest_first(official: &Hit<'_>, printing: &Printing) -> (bool, usize, Agreement, i32) {
    let days = official.entry.published_on.zip(printing.entry.published_on);
    let apart = days.and_then(|(one, other)| one.until(other).ok());
    (
        printing.is_other_speaker,
        printing.differences.iter().filter(|it| it.is_grave()).count(),
        printing.agreement,
        apart.map_or(i32::MAX, |apart| apart.get_days().abs()),
    )
}

/// What any paper does: a cut at an end or where an ellipsis stands, brackets, another spelling.
const FAIR: [Difference; 5] = [
    Difference::Elided,
    Difference::Bracketed,
    Difference::Respelled,
    Difference::Shortened,
    Difference::Longer,
];

/// In what a printing differs from an official quote; nothing where that is not to be told.
fn differs(official: &Hit<'_>, hit: &Hit<'_>, printing: &Printing, is_all_told: bool) -> Option<Differs> {
    // A reporter's own words are others.
    let is_verbatim = official.is_verbatim() && hit.is_verbatim();
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
    is_otherwise.then(|| Differs {
        quote: QuoteId::new(official.entry.id.as_str()),
        source_name: official.entry.source_name.clone(),
        told: told(&differences, printing),
    })
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
    use crate::index::{IndexWriter, quote_for_tests};

    fn quote(id: &str, kind: SourceKind, text: &str) -> Entry {
        Entry {
            source_kind: kind,
            source_name: format!("Source of {id}"),
            ..quote_for_tests(id, "Ana Lima", text, 3)
        }
    }

    /// The offices of an index with some entries in it.
    fn indexed(entries: &[Entry]) -> (tempfile::TempDir, Officials) {
        let folder = tempfile::tempdir().expect("a folder");
        let mut writer = IndexWriter::open(folder.path(), 15_000_000).expect("open");
        for entry in entries {
            let of_its_own = Entry {
                document: DocumentId::new(entry.id.as_str()),
                ..entry.clone()
            };
            writer
                .replace(&of_its_own.document.clone(), &[of_its_own])
                .expect("replaced");
        }
        writer.commit(1).expect("committed");
        writer.close().expect("closed");
        let searcher = Searcher::open(folder.path()).expect("open");
        (folder, Officials::of(&searcher))
    }

    /// Which of some quotes differ from which official one.
    fn told(quotes: &[(&str, SourceKind, &str)]) -> Vec<(String, String, String)> {
        let entries: Vec<Entry> = quotes
            .iter()
            .map(|(id, kind, text)| quote(id, *kind, text))
            .collect();
        let (_folder, officials) = indexed(&entries);
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
            let (_folder, officials) = indexed(&entries);
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
