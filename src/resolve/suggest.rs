//! What the list of people and bodies could learn from who was met in texts: new entries, and other names of known ones.
//!
//! Nothing is decided here. Every proposal says which rule makes it and where the names were met, for somebody to judge.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{folded, surname, without_initials};
use super::printed::{as_written, is_shouted};
use super::speakers::Gazetteer;
use super::words::{is_courtesy_anywhere, is_field_link_anywhere, is_of_body_anywhere, is_title_anywhere};
use crate::model::id::{DocumentId, QuoteId, SpeakerId};
use crate::model::speaker::{Speaker, SpeakerKind};

/// Quotes that are named as evidence of a name.
const EVIDENCE: usize = 3;
/// Letters of a name of which one may be another.
const LONG_NAME: usize = 8;
/// Those of a surname that are named.
const MOST_BEARERS: usize = 5;
/// The most letters of a name made of initials.
const INITIALS: usize = 6;

/// Somebody met as the speaker of a quote.
#[derive(Clone, Copy, Debug)]
pub struct Sighting<'a> {
    /// The entry, or the id made of the printed name.
    pub speaker: &'a SpeakerId,
    /// The full name as far as it was known.
    pub name: &'a str,
    /// The words beside the quote.
    pub printed: &'a str,
    /// Where.
    pub document: &'a DocumentId,
    /// In which quote.
    pub quote: &'a QuoteId,
}

/// How often a name was met, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Quotes.
    pub quotes: usize,
    /// Documents.
    pub documents: usize,
    /// The first of the quotes.
    pub evidence: Vec<QuoteId>,
}

/// Another name of somebody, and what speaks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherName {
    /// The name.
    pub name: String,
    /// Why it is thought to be the same one's: `initials`, `first_name`, `longer`, `letters`, `spelling`.
    pub rule: &'static str,
    /// How often it was met.
    pub tally: Tally,
}

/// An entry as it could be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The entry: a known one as it is, or a new one.
    pub entry: Speaker,
    /// Whether it is in the list already.
    pub is_known: bool,
    /// Names to add to its aliases.
    pub other_names: Vec<OtherName>,
    /// Titles printed before the name, the most frequent first, with how often.
    pub titles: Vec<(String, usize)>,
    /// How often it was met by the name of the entry.
    pub tally: Tally,
    /// Of one met by an office and a surname only: who is known by that surname, in the list or from texts.
    pub perhaps: Vec<(SpeakerId, String)>,
}

impl Suggestion {
    /// Quotes that the proposal is about.
    pub fn quotes(&self) -> usize {
        let others: usize = self.other_names.iter().map(|other| other.tally.quotes).sum();
        others + if self.is_known { 0 } else { self.tally.quotes }
    }
}

/// A name that was met and is no entry.
struct Met {
    id: SpeakerId,
    name: String,
    words: Vec<String>,
    titles: BTreeMap<String, usize>,
    /// It stands behind an office in capitals, as transcripts name who speaks: a person, by the surname only.
    is_labelled: bool,
    documents: usize,
    /// The document it was met in last.
    last: DocumentId,
    quotes: usize,
    evidence: Vec<QuoteId>,
}

/// The names that were met and are no entries: as much is held as there are names, however many texts they were met in.
pub struct MetNames<'a> {
    gazetteer: &'a Gazetteer,
    known: BTreeSet<&'a SpeakerId>,
    met: BTreeMap<SpeakerId, Met>,
}

impl<'a> MetNames<'a> {
    /// Nobody yet.
    pub fn new(gazetteer: &'a Gazetteer) -> Self {
        Self {
            gazetteer,
            known: gazetteer.speakers().iter().map(|speaker| &speaker.id).collect(),
            met: BTreeMap::new(),
        }
    }

    /// Takes in who was met. Sightings come document by document.
    pub fn meet(&mut self, sighting: Sighting<'_>) {
        if self.known.contains(sighting.speaker) || !may_be_an_entry(sighting) {
            return;
        }
        let id = sighting.speaker;
        let name = self.met.entry(id.clone()).or_insert_with(|| Met::first(sighting));
        name.quotes += 1;
        if name.last != *sighting.document {
            name.last.clone_from(sighting.document);
            name.documents += 1;
        }
        if name.evidence.len() < EVIDENCE {
            name.evidence.push(sighting.quote.clone());
        }
        let label = office_of_label(sighting.printed, sighting.name);
        name.is_labelled |= label.is_some();
        if let Some(title) = label.or_else(|| title_before(sighting.printed, sighting.name)) {
            *name.titles.entry(title).or_default() += 1;
        }
    }

    /// The proposals for names met in at least so many quotes, the most frequent first.
    pub fn suggestions(self, at_least: usize) -> Vec<Suggestion> {
        suggestions(self.met.into_values().collect(), self.gazetteer, at_least)
    }
}

/// Whether somebody is named as an entry would name him: neither several together nor, as in "DHS spokesperson", nobody in
/// particular.
fn may_be_an_entry(sighting: Sighting<'_>) -> bool {
    let mut words = sighting.name.split_whitespace();
    let first = words.next();
    let mut ends = [first, words.last().or(first)].into_iter();
    sighting.speaker.members().is_empty()
        && ends.all(|word| word.is_some_and(|word| word.starts_with(char::is_uppercase)))
}

fn suggestions(mut met: Vec<Met>, gazetteer: &Gazetteer, at_least: usize) -> Vec<Suggestion> {
    // The fullest and most frequent first: the others are names of theirs.
    met.sort_by(|one, other| (other.quotes, &one.id).cmp(&(one.quotes, &other.id)));
    let mut found: Vec<Suggestion> = gazetteer.speakers().iter().map(known).collect();
    let known = found.len();
    for name in met
        .iter()
        .filter(|name| name.words.len() > 1 || is_initials(&name.name) || name.is_labelled)
    {
        let same = best(&found, known, name, &met);
        match same {
            Some((index, rule)) => found[index].other_names.push(OtherName {
                name: name.name.clone(),
                rule,
                tally: name.tally(),
            }),
            None => {
                let perhaps = bearers(gazetteer, name, &met);
                found.push(Suggestion {
                    perhaps,
                    ..new_entry(name)
                });
            }
        }
    }
    found.retain(|it| it.quotes() >= at_least && (!it.is_known || !it.other_names.is_empty()));
    found.sort_by(|one, other| (other.quotes(), &one.entry.id).cmp(&(one.quotes(), &other.entry.id)));
    found
}

/// The title that is printed before a name.
fn title_before(printed: &str, name: &str) -> Option<String> {
    let before = printed.strip_suffix(name)?.trim();
    let words = folded(before);
    // "Assistant Secretary for Public Affairs".
    let link = words.iter().position(|word| is_field_link_anywhere(word));
    let words = &words[..link.unwrap_or(words.len())];
    // "Police Chief", "White House press secretary": its last word says that it is a title.
    let is_title = words.last().is_some_and(|word| is_title_anywhere(word));
    let is_office = is_title && !words.iter().all(|word| is_courtesy_anywhere(word));
    is_office.then(|| before.to_owned())
}

/// The office in capitals before a surname alone, as names of offices are written: `Chair` of `CHAIR WREN`.
fn office_of_label(printed: &str, name: &str) -> Option<String> {
    let (before, last) = printed.trim().rsplit_once(' ')?;
    let is_label = folded(last) == folded(name) && [before, last].iter().all(|words| is_shouted(words));
    let office = before.split_whitespace().map(as_written).collect::<Vec<_>>();
    let printed = format!("{} {name}", office.join(" "));
    title_before(&printed, name).filter(|_| is_label)
}

/// Who bears the surname that somebody is known by alone.
fn bearers(gazetteer: &Gazetteer, name: &Met, met: &[Met]) -> Vec<(SpeakerId, String)> {
    let [own] = name.words.as_slice() else {
        return Vec::new();
    };
    let listed = gazetteer.speakers().iter().filter(|entry| {
        let is_person = entry.kind == SpeakerKind::Person;
        is_person && surname(&folded(&entry.name)) == Some(own)
    });
    let listed = listed.map(|entry| (entry.id.clone(), entry.name.clone()));
    let others = met
        .iter()
        .filter(|other| other.words.len() > 1 && surname(&other.words) == Some(own) && !is_body(other));
    let others = others.map(|other| (other.id.clone(), other.name.clone()));
    let mut all: Vec<(SpeakerId, String)> = listed.chain(others).collect();
    all.truncate(MOST_BEARERS);
    all
}

impl Met {
    fn first(sighting: Sighting<'_>) -> Self {
        Self {
            id: sighting.speaker.clone(),
            name: sighting.name.to_owned(),
            words: folded(sighting.name),
            titles: BTreeMap::new(),
            is_labelled: false,
            documents: 1,
            last: sighting.document.clone(),
            quotes: 0,
            evidence: Vec::new(),
        }
    }

    fn tally(&self) -> Tally {
        Tally {
            quotes: self.quotes,
            documents: self.documents,
            evidence: self.evidence.clone(),
        }
    }
}

fn known(entry: &Speaker) -> Suggestion {
    Suggestion {
        entry: entry.clone(),
        is_known: true,
        other_names: Vec::new(),
        titles: Vec::new(),
        tally: Tally::default(),
        perhaps: Vec::new(),
    }
}

fn new_entry(name: &Met) -> Suggestion {
    let mut titles: Vec<(String, usize)> = name.titles.clone().into_iter().collect();
    titles.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let kind = if is_body(name) {
        SpeakerKind::Body
    } else {
        SpeakerKind::Person
    };
    Suggestion {
        entry: Speaker {
            id: name.id.clone(),
            name: name.name.clone(),
            kind,
            aliases: Vec::new(),
            offices: Vec::new(),
        },
        is_known: false,
        other_names: Vec::new(),
        titles,
        tally: name.tally(),
        perhaps: Vec::new(),
    }
}

fn is_body(name: &Met) -> bool {
    !name.is_labelled && is_of_body(name)
}

fn is_of_body(name: &Met) -> bool {
    has_a_bodys_words(&name.name, &name.words)
}

/// Whether a name is one that bodies have and people have not: initials, or with a word that stands in no other names.
pub fn is_a_bodys_name(name: &str) -> bool {
    has_a_bodys_words(name, &folded(name))
}

fn has_a_bodys_words(name: &str, words: &[String]) -> bool {
    is_initials(name) || words.iter().any(|word| is_of_body_anywhere(word))
}

/// `DHS`, `NYPD`.
fn is_initials(name: &str) -> bool {
    (2..=INITIALS).contains(&name.len()) && name.chars().all(char::is_uppercase)
}

/// Whose other name one is: the entry in the list, else the name met most often, if it is only one's.
fn best(found: &[Suggestion], known: usize, name: &Met, met: &[Met]) -> Option<(usize, &'static str)> {
    for range in [0..known, known..found.len()] {
        let same = range.filter_map(|index| Some((index, same(&found[index].entry, name)?)));
        let same: Vec<(usize, &'static str)> = same.collect();
        match same.as_slice() {
            [] => {}
            [only] if only.1 != "first_name" || bears_alone(&found[only.0].entry, name, met) => {
                return Some(*only);
            }
            // Whose it is of several, nobody here can tell.
            _ => return None,
        }
    }
    None
}

/// Whether nobody else of the surname was met.
fn bears_alone(entry: &Speaker, name: &Met, met: &[Met]) -> bool {
    let own = folded(&entry.name);
    let mut others = met
        .iter()
        .filter(|other| other.id != name.id && other.words.len() > 1);
    !others.any(|other| surname(&other.words) == surname(&own) && other.words.first() != own.first())
}

/// Why a name that was met is an entry's.
fn same(entry: &Speaker, name: &Met) -> Option<&'static str> {
    let names = std::iter::once(&entry.name).chain(&entry.aliases);
    names.into_iter().find_map(|own| {
        let words = folded(own);
        match entry.kind {
            SpeakerKind::Person => same_person(&words, &name.words),
            SpeakerKind::Body => same_body(own, &words, name),
        }
    })
}

fn same_person(own: &[String], other: &[String]) -> Option<&'static str> {
    if own.len() < 2 || other.len() < 2 {
        return None;
    }
    if without_initials(own) == without_initials(other) {
        return Some("initials");
    }
    if other.len() > own.len() && other.ends_with(own) {
        return Some("longer");
    }
    let (first, others) = (own[0].as_str(), other[0].as_str());
    let begin_alike = first != others && (first.starts_with(others) || others.starts_with(first));
    if begin_alike && surname(own) == surname(other) {
        return Some("first_name");
    }
    is_misspelt(own, other).then_some("spelling")
}

fn same_body(own_name: &str, own: &[String], name: &Met) -> Option<&'static str> {
    let other = &name.words;
    if is_initials(&name.name) && initials(own_name) == name.name
        || is_initials(own_name) && initials(&name.name) == own_name
    {
        return Some("letters");
    }
    if own.len() > 1 && other.len() > own.len() && other.ends_with(own) {
        return Some("longer");
    }
    is_misspelt(own, other).then_some("spelling")
}

/// The capitals that the words of a name begin with.
fn initials(name: &str) -> String {
    let firsts = name.split_whitespace().filter_map(|word| word.chars().next());
    firsts.filter(|first| first.is_uppercase()).collect()
}

fn is_misspelt(own: &[String], other: &[String]) -> bool {
    let (own, other) = (own.join(" "), other.join(" "));
    own.len() >= LONG_NAME && own != other && strsim::damerau_levenshtein(&own, &other) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is proposed after each of these names was met so often, two times in each document.
    fn suggested(names: &[(&str, &str, usize)]) -> Vec<Suggestion> {
        let gazetteer = gazetteer();
        let mut met = MetNames::new(&gazetteer);
        let sightings = names
            .iter()
            .flat_map(|(name, printed, count)| std::iter::repeat_n((name, printed), *count));
        for (number, (name, printed)) in sightings.enumerate() {
            met.meet(Sighting {
                speaker: &SpeakerId::from_name(name),
                name,
                printed,
                document: &DocumentId::new(format!("d{}", number / 2)),
                quote: &QuoteId::new(format!("q{number}")),
            });
        }
        met.suggestions(2)
    }

    fn gazetteer() -> Gazetteer {
        let entry = |id: &str, name: &str, kind| Speaker {
            id: SpeakerId::new(id),
            name: name.into(),
            kind,
            aliases: Vec::new(),
            offices: Vec::new(),
        };
        Gazetteer::new(vec![
            entry("ana-lima", "Ana Lima", SpeakerKind::Person),
            entry("ports", "Bureau of Port Safety", SpeakerKind::Body),
        ])
    }

    /// What is proposed: an entry, its other names with the rule.
    #[track_caller]
    fn check(names: &[(&str, &str, usize)], expected: &[(&str, &[(&str, &str)])]) {
        let found = suggested(names);
        let told: Vec<(&str, Vec<(&str, &str)>)> = found
            .iter()
            .map(|it| {
                let others = it
                    .other_names
                    .iter()
                    .map(|other| (other.name.as_str(), other.rule));
                (it.entry.name.as_str(), others.collect())
            })
            .collect();
        let wanted: Vec<(&str, Vec<(&str, &str)>)> = expected
            .iter()
            .map(|(name, others)| (*name, others.to_vec()))
            .collect();
        assert_eq!(told, wanted);
    }

    #[test]
    fn other_names_of_an_entry_are_told_with_their_rule() {
        check(
            &[("Anna Lima", "Anna Lima", 2)],
            &[("Ana Lima", &[("Anna Lima", "spelling")])],
        );
        check(
            &[("An Lima", "An Lima", 2)],
            &[("Ana Lima", &[("An Lima", "first_name")])],
        );
        check(
            &[("Harbor Mayor Ana Lima", "Harbor Mayor Ana Lima", 3)],
            &[("Ana Lima", &[("Harbor Mayor Ana Lima", "longer")])],
        );
        check(
            &[("BPS", "the BPS", 2)],
            &[("Bureau of Port Safety", &[("BPS", "letters")])],
        );
    }

    #[test]
    fn who_is_met_often_becomes_an_entry_with_his_other_names() {
        check(
            &[
                ("Boris Cruz", "Mayor Boris Cruz", 5),
                ("Boris T. Cruz", "Boris T. Cruz", 1),
                ("Eva Stone", "Eva Stone", 1),
            ],
            &[("Boris Cruz", &[("Boris T. Cruz", "initials")])],
        );
        let found = suggested(&[("Boris Cruz", "Mayor Boris Cruz", 5)]);
        assert_eq!(found[0].titles, [("Mayor".to_owned(), 5)]);
        assert_eq!(
            title_before("Secretary for Public Works Boris Cruz", "Boris Cruz").as_deref(),
            Some("Secretary for Public Works")
        );
        assert_eq!((found[0].tally.quotes, found[0].tally.documents), (5, 3));
    }

    #[test]
    fn who_is_met_by_an_office_and_a_surname_in_capitals_is_a_person() {
        let found = suggested(&[
            ("Wren", "CHAIR WREN", 3),
            ("Tobias Wren", "Tobias Wren", 1),
            ("Bell", "VICE CHAIR BELL", 2),
            ("Lima", "SHERIFF LIMA", 2),
            // A form of address is no office, and prose names elsewhere in full.
            ("Nand", "DR. NAND", 9),
            ("Cruz", "Mayor Cruz", 9),
        ]);
        let told = found.iter().map(|it| {
            let perhaps = it.perhaps.iter().map(|(id, _)| id.as_str());
            let title = it.titles.first().map(|(title, _)| title.as_str());
            (it.entry.name.as_str(), title, perhaps.collect::<Vec<_>>())
        });
        let told: Vec<_> = told.collect();
        assert_eq!(
            told,
            [
                ("Wren", Some("Chair"), vec!["tobias-wren"]),
                ("Bell", Some("Vice Chair"), vec![]),
                ("Lima", Some("Sheriff"), vec!["ana-lima"]),
            ]
        );
        assert!(found.iter().all(|it| it.entry.kind == SpeakerKind::Person));
    }

    #[test]
    fn what_names_nobody_for_sure_is_no_entry() {
        check(
            &[("DHS spokesperson", "a DHS spokesperson", 9), ("Cruz", "Cruz", 9)],
            &[],
        );
        // Two of one surname whose first names begin alike.
        check(
            &[
                ("Rob Vance", "Rob Vance", 2),
                ("Robert Vance", "Robert Vance", 3),
                ("Robin Vance", "Robin Vance", 4),
            ],
            &[("Robin Vance", &[]), ("Robert Vance", &[]), ("Rob Vance", &[])],
        );
    }
}
