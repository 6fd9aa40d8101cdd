//! Entries of a list that print an official text otherwise: who reads results or a timeline must not take a printing that lost its
//! "not" for the statement itself, whether that stands three lines below or was not asked for.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use super::printings::{Agreement, Printing, Whose, agreement, not_stock, own_words, printed_until};
use crate::index::{Entry, EntryKind, IndexError, OfficialQuotes, Searcher};
use crate::model::event::Differs;
use crate::model::id::{DocumentId, QuoteId};
use crate::model::quote::QuoteKind;
use crate::model::source::SourceKind;
use crate::resolve::suggest::is_a_bodys_name;
use crate::text::differing::Difference;
use crate::text::wording::Wording;

/// Official quotes that one is compared with word by word: those it shares most with.
const COMPARED: usize = 8;
/// Days before an office's own page on which a paper may print what it says there, and days after it: offices say nearly the same again
/// with other figures next month, and in the words of another, or of somebody who is not named, anybody may.
const BEFORE: i32 = 1;
const AFTER: i32 = 31;
const AFTER_OF_OTHERS: i32 = 7;
/// Words that two people do not say alike by chance.
const NOT_BY_CHANCE: usize = 10;
/// Words that two people do not say alike, to the word and in marks, within so many days, unless anybody says them.
const SOUND_BITE: usize = 5;
const AFTER_OF_SOUND_BITE: i32 = 3;
/// The likeness from which on the words of somebody who is not named are an office's.
const NEAR_OF_UNNAMED: f32 = 0.75;

/// Words of whose printings by offices is remembered what was found: what papers copy from each other is looked up once.
const REMEMBERED: usize = 5_000;

/// Words as they are printed on some day, and the office's document that they are looked for in.
type Printed = (DocumentId, String, Option<Date>);

/// What offices said, to hold the quotes of a list against.
pub struct Officials {
    searcher: Searcher,
    quotes: OfficialQuotes,
    /// What was found of some words.
    like: RefCell<HashMap<String, Arc<[Hit]>>>,
    /// Whether an office's document printed some words so before, by the document, the words and the day they were printed.
    before: RefCell<HashMap<Printed, bool>>,
}

/// A quote and its words.
struct Hit {
    entry: Entry,
    words: String,
    wording: Wording,
}

impl Hit {
    fn of(entry: Entry) -> Self {
        let words = own_words(&entry);
        Self {
            wording: Wording::in_one_spelling(&words),
            entry,
            words,
        }
    }

    /// Whether it is given to a person by more than the last name: what one says a body says as well, and its spokespeople.
    fn is_of_person(&self) -> bool {
        let speaker = self.entry.speakers.first();
        speaker.is_some_and(|speaker| speaker.name.contains(' ') && !is_a_bodys_name(&speaker.name))
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
            quotes: searcher.official_quotes(),
            like: RefCell::default(),
            before: RefCell::default(),
        }
    }

    /// In what an entry differs from the official quote that it is a printing of, if it is one: what turns the meaning, every
    /// other word inside the marks, and words left out without an ellipsis. A printing of which nothing is told is taken for a true one; of
    /// one that is turned that is enough.
    pub fn differs(&self, entry: &Entry) -> Result<Option<Differs>, IndexError> {
        self.differs_in(entry, false)
    }

    /// The same with all that differs, and that it is of another day: that alone may be a slip of reading, and is told where days are what
    /// is looked at.
    pub fn differs_at_all(&self, entry: &Entry) -> Result<Option<Differs>, IndexError> {
        self.differs_in(entry, true)
    }

    fn differs_in(&self, entry: &Entry, is_all_told: bool) -> Result<Option<Differs>, IndexError> {
        if entry.kind != EntryKind::Quote || entry.source_kind == SourceKind::Official {
            return Ok(None);
        }
        let hit = Hit::of(entry.clone());
        let officials = self.like(&hit.words)?;
        let printed = officials
            .iter()
            .filter_map(|official| Some((official, printing(official, &hit)?)));
        let printed: Vec<(&Hit, Printing)> = printed.collect();
        // What an office said in these words at any time is printed as it said it.
        let is_as_said =
            |(_, printing): &(&Hit, Printing)| printing.differences.is_empty() && !printing.is_other_speaker;
        if !is_all_told && printed.iter().any(is_as_said) {
            return Ok(None);
        }
        // The same words of another office may stand there as well: the closest of that time decides.
        let of_the_time = printed
            .into_iter()
            .filter(|(official, printing)| is_of_the_time(official, &hit, printing));
        let closest = of_the_time.min_by(|(one, its), (other, others)| {
            let likeness = |official: &Hit| hit.wording.likeness(&official.wording);
            let closer = likeness(other).total_cmp(&likeness(one));
            closer.then_with(|| slightest_first(one, its).cmp(&slightest_first(other, others)))
        });
        let told = closest.and_then(|(official, printing)| {
            let differs = differs(official, &hit, &printing, is_all_told)?;
            Some((differs, &official.entry.document))
        });
        match told {
            Some((_, document)) if self.printed_so_before(hit, document)? => Ok(None),
            told => Ok(told.map(|(differs, _)| differs)),
        }
    }

    /// What offices said in words like these.
    fn like(&self, words: &str) -> Result<Arc<[Hit]>, IndexError> {
        let mut remembered = self.like.borrow_mut();
        if let Some(found) = remembered.get(words) {
            return Ok(Arc::clone(found));
        }
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        let found = self.quotes.like(words, COMPARED)?.into_iter();
        let found: Arc<[Hit]> = found.map(Hit::of).collect();
        remembered.insert(words.to_owned(), Arc::clone(&found));
        Ok(found)
    }

    /// Whether an office's document printed these words so before it was changed.
    fn printed_so_before(&self, hit: Hit, document: &DocumentId) -> Result<bool, IndexError> {
        let key = (document.clone(), hit.words, hit.entry.published_on);
        if let Some(was_so) = self.before.borrow().get(&key) {
            return Ok(*was_so);
        }
        let was_so = printed_until(&self.searcher, &hit.entry, document)?.is_some();
        self.before.borrow_mut().insert(key, was_so);
        Ok(was_so)
    }
}

/// A quote as a printing of an official one, if it is that.
fn printing(official: &Hit, hit: &Hit) -> Option<Printing> {
    let whose = Whose::of(&official.entry, &hit.entry);
    let agreement = agreement(
        (&official.words, &official.wording),
        (&hit.words, &hit.wording),
        whose,
    )?;
    Some(Printing::new(
        &official.entry,
        &official.words,
        hit.entry.clone(),
        hit.words.clone(),
        agreement,
    ))
}

/// Whether that may be told: what is printed much earlier, or of others much later, may only sound alike.
fn is_of_the_time(official: &Hit, hit: &Hit, printing: &Printing) -> bool {
    let after = official.entry.published_on.zip(hit.entry.published_on);
    let after = after.and_then(|(office, paper)| Some(office.until(paper).ok()?.get_days()));
    let is_within = |days: i32| after.is_some_and(|after| (-BEFORE..=days).contains(&after));
    // "A spokesman for the union" has no name, and is somebody else all the same.
    let is_described = hit.entry.speakers.is_empty() && hit.entry.printed_speaker.is_some();
    match Whose::of(&official.entry, &hit.entry) {
        Whose::One => after.is_none() || is_within(AFTER),
        Whose::Unknown if !is_described => {
            is_within(AFTER_OF_OTHERS) && official.wording.likeness(&hit.wording) >= NEAR_OF_UNNAMED
        }
        // Only the very words of one person are given to another.
        Whose::Two | Whose::Unknown => {
            let telling = [&official.wording, &hit.wording].map(not_stock);
            let are_the_very = printing.differences.iter().all(|it| FAIR.contains(it));
            let is_long = telling.iter().all(|words| *words >= NOT_BY_CHANCE);
            is_within(AFTER_OF_OTHERS) && are_the_very && is_long
                || is_within(AFTER_OF_SOUND_BITE) && is_sound_bite(official, hit, printing)
        }
    }
}

/// Whether a few words are the very same in both, somebody's own in both, given to two people who are named, and nothing that anybody says.
fn is_sound_bite(official: &Hit, hit: &Hit, printing: &Printing) -> bool {
    let words = hit.wording.len();
    printing.is_other_speaker
        && printing.agreement == Agreement::Same
        && [official, hit]
            .iter()
            .all(|it| it.is_verbatim() && it.is_of_person())
        && words >= SOUND_BITE
        && not_stock(&hit.wording) == words
}

/// What orders those that are as close.
fn slightest_first(official: &Hit, printing: &Printing) -> (bool, usize, Agreement, i32) {
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
fn differs(official: &Hit, hit: &Hit, printing: &Printing, is_all_told: bool) -> Option<Differs> {
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
            .filter_map(|entry| Some((entry, officials.differs(entry).expect("an answer")?)));
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
    fn what_somebody_else_said_or_was_said_at_another_time_is_no_printing() {
        use SourceKind::{News, Official};
        let published = jiff::civil::date(2026, 2, 3);
        let office = |text: &str| Entry {
            published_on: Some(published),
            ..quote("office", Official, text)
        };
        let paper = |speaker: &str, days: i64, text: &str| {
            let published_on = Some(published + jiff::ToSpan::days(days));
            Entry {
                source_kind: News,
                published_on,
                ..quote_for_tests("news", speaker, text, 3)
            }
        };
        let differs = |office: Entry, paper: Entry| {
            let (_folder, officials) = indexed(&[office, paper.clone()]);
            officials
                .differs(&paper)
                .expect("an answer")
                .map(|differs| differs.told)
        };
        let fighting = "We will keep fighting for working families in this city every single day.";
        let in_this_state = fighting.replace("city", "state");
        let homes = "The council has approved 48 new homes for families on the harbor this year.";
        let other_homes = homes.replace("48", "52");
        // Another one's own sentence, of the next day.
        assert_eq!(
            differs(office(fighting), paper("Bob Reyes", 1, &in_this_state)),
            None
        );
        // Her very words under his name, at once and years later.
        let given = Some("it is given to somebody else".to_owned());
        assert_eq!(differs(office(fighting), paper("Bob Reyes", 1, fighting)), given);
        assert_eq!(differs(office(fighting), paper("Bob Reyes", 900, fighting)), None);
        // Her own of last year, of next year, and of the day after.
        let number = Some("a number differs".to_owned());
        assert_eq!(
            differs(office(homes), paper("Ana Lima", -365, &other_homes)),
            None
        );
        assert_eq!(differs(office(homes), paper("Ana Lima", 365, &other_homes)), None);
        assert_eq!(differs(office(homes), paper("Ana Lima", 1, &other_homes)), number);
        // What she said in spring is printed as she said it, whatever she says of it today.
        let in_spring = Entry {
            id: "spring".into(),
            published_on: Some(published - jiff::ToSpan::days(240)),
            text: other_homes.clone(),
            ..office(homes)
        };
        let recalled = paper("Ana Lima", 1, &other_homes);
        let (_folder, officials) = indexed(&[office(homes), in_spring, recalled.clone()]);
        assert_eq!(officials.differs(&recalled).expect("an answer"), None);
        // A sound bite of a few words, within days and in the mouth of somebody who is named.
        let bite = "Shelter is cheaper than sirens.";
        assert_eq!(differs(office(bite), paper("Bob Reyes", 1, bite)), given);
        assert_eq!(differs(office(bite), paper("Bob Reyes", 5, bite)), None);
        assert_eq!(differs(office(bite), paper("Ana Lima", 1, bite)), None);
        // Her name with more or less of it, and a namesake.
        for hers in ["Ana M. Lima", "Ana Lima Cruz"] {
            assert_eq!(differs(office(bite), paper(hers, 1, bite)), None, "{hers}");
        }
        assert_eq!(differs(office(bite), paper("Bea Lima", 1, bite)), given);
        // A body that says what its people say, and whoever is called by one name.
        for somebody in ["City of Harbor Falls", "Mayor's Office", "SPD", "Reyes"] {
            assert_eq!(
                differs(office(bite), paper(somebody, 1, bite)),
                None,
                "{somebody}"
            );
        }
        let other = "Shelter is cheaper than bridges.";
        assert_eq!(differs(office(bite), paper("Bob Reyes", 1, other)), None);
        let four = "Shelter is not cheap.";
        assert_eq!(differs(office(four), paper("Bob Reyes", 1, four)), None);
        // What two people say of one thing on one day.
        for anybodys in [
            "Nobody is above the law here.",
            "This should never have happened.",
            "We will not be intimidated.",
            "Our fight is not over yet.",
        ] {
            assert_eq!(
                differs(office(anybodys), paper("Bob Reyes", 1, anybodys)),
                None,
                "{anybodys}"
            );
        }
        let reported = Entry {
            quote: Some((QuoteKind::Indirect, 0.9)),
            ..paper("Bob Reyes", 1, bite)
        };
        assert_eq!(differs(office(bite), reported), None);
        // What anybody says who mourns.
        let mourning = "My heart breaks for the family and friends of the victims of this senseless act.";
        assert_eq!(differs(office(mourning), paper("Bob Reyes", 1, mourning)), None);
    }

    #[test]
    fn every_other_word_in_the_marks_is_told() {
        use SourceKind::{News, Official};
        let text = "We will enforce the order in every county. It has kept 48 families at home. We thank each of them.";
        let differs = |printed: &str| {
            let entries = [quote("office", Official, text), quote("news", News, printed)];
            let (_folder, officials) = indexed(&entries);
            officials
                .differs(&entries[1])
                .expect("an answer")
                .map(|differs| differs.told)
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
