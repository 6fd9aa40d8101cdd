//! Why a search found nothing, as far as the index knows: which part of it nothing has, which word or name was perhaps
//! meant, and where else the words stand. A researcher takes an empty answer for a fact, so it must not rest on a slip of the pen.

use std::fmt;

use crate::index::{CountedBy, EntryKind, IndexError, Order, Query, Searcher, Wanted, Where};
use crate::text::wording::Wording;

/// Parts of a query that are looked at; who types more than that meant none of them alone.
const PARTS: usize = 12;
/// Parts of which it is looked where else they are.
const PLACED: usize = 3;

/// Quotes that are looked at to see how their speakers are called.
const LOOKED_AT: usize = 20;
/// Speakers who are named of those that are called so.
const NAMED: usize = 3;

/// What is known of a search that found nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nothing {
    /// Whether nothing at all is held, so that nothing can be found.
    pub is_empty: bool,
    /// The parts that nothing has, each with the clause that was perhaps meant.
    pub nowhere: Vec<(String, Option<String>)>,
    /// Words of values that nothing has, and how many documents print them: a reporting word may stand where no quote was read.
    pub worded: Vec<(String, usize)>,
    /// The parts that are found, but not where the query looks, each with the places where it is.
    pub outside: Vec<(String, Vec<Outside>)>,
    /// Whether every part is found, but never all of them together.
    pub is_found_apart: bool,
    /// How many entries of other kinds the whole of it finds.
    pub elsewhere: Vec<(EntryKind, usize)>,
    /// The query that finds it in wordings of other times, where those have it, and how many.
    pub earlier: Option<(String, usize)>,
    /// Who is called so.
    pub named: Option<Named>,
    /// Where the words are nothing but a date: the clause for what was said then, and how much that finds.
    pub said: Option<(String, usize)>,
}

/// What is said by somebody whose name was typed as words: those find who speaks of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The query that finds it.
    pub query: Query,
    /// The same as it is typed.
    pub clause: String,
    /// How many quotes it finds.
    pub quotes: usize,
    /// Whether nothing but the name was typed.
    pub is_all: bool,
    /// Who they are, the most quoted first.
    pub speakers: Vec<String>,
    /// Whether the words are of the names of all of them, and not only of an office that somebody holds.
    pub is_by_name: bool,
}

impl Named {
    /// The same as a sentence without its clause.
    pub fn told(&self) -> String {
        let named = self
            .speakers
            .iter()
            .take(NAMED)
            .cloned()
            .collect::<Vec<_>>()
            .join(", ");
        let more = if self.speakers.len() > NAMED { ", …" } else { "" };
        let by = match self.is_by_name {
            true => "by ",
            false => "by those whose name or office has it: ",
        };
        match self.quotes {
            1 => format!("1 quote is {by}{named}{more}"),
            quotes => format!("{quotes} quotes are {by}{named}{more}"),
        }
    }
}

/// Looks whether words of a query are a name of somebody who is quoted: with the other words if that finds anything, else the
/// name alone. A word of somebody's own name goes before one that names an office, and one that only stands in the name of an office
/// ("city", "york") names nobody beside other words.
pub fn named(searcher: &Searcher, query: &Query) -> Result<Option<Named>, IndexError> {
    let everybody = |query: &Query| query.beyond(&[Where::KindOfQuote]);
    let words = query.as_speakers();
    let mut names: Vec<(usize, Called)> = Vec::new();
    for (at, speaker) in &words {
        if is_small(speaker) {
            continue;
        }
        let (found, _) = called(searcher, &everybody(speaker), speaker)?;
        names.extend(found.map(|called| (*at, called)));
    }
    let is_alone = query.parts().len() == 1;
    names.retain(|(_, called)| is_alone || *called != Called::InPart);
    for wanted in [Called::ByName, Called::ByOffice, Called::InPart] {
        let of_kind: Vec<usize> = match wanted {
            // Words side by side are one name, whatever each is by itself: "mayor lima".
            Called::ByName if names.iter().any(|(_, called)| *called == Called::ByName) => {
                names.iter().map(|(at, _)| *at).collect()
            }
            wanted => names
                .iter()
                .filter(|(_, called)| *called == wanted)
                .map(|(at, _)| *at)
                .collect(),
        };
        let by_name: Vec<usize> = names
            .iter()
            .filter(|(_, called)| *called == wanted)
            .map(|(at, _)| *at)
            .collect();
        // Words side by side are one name ("ana lima"), if somebody has it.
        let runs = of_kind.chunk_by(|one, other| one + 1 == *other);
        let runs: Vec<_> = runs.map(|run| run[0]..run[run.len() - 1] + 1).collect();
        let singles: Vec<_> = by_name.iter().map(|at| *at..at + 1).collect();
        for is_with_others in [true, false] {
            for ranges in [&runs, &singles] {
                let best = best_named(searcher, query, ranges, is_with_others, wanted)?;
                if best.is_some() {
                    return Ok(best);
                }
            }
        }
    }
    Ok(None)
}

/// The clause for what was said on a day that was typed and nothing else, and how much it finds.
fn said_then(searcher: &Searcher, parts: &[(Query, Query)]) -> Result<Option<(String, usize)>, IndexError> {
    let words: Vec<String> = parts.iter().map(|(part, _)| part.understood()).collect();
    let Some((query, clause)) = Query::said_on(&words.join(" ").replace('"', ""), super::today()) else {
        return Ok(None);
    };
    let found = count(searcher, &query, &[EntryKind::Quote])?;
    Ok((found > 0).then_some((clause, found)))
}

/// The words of a query that are somebody's name who said most.
fn best_named(
    searcher: &Searcher,
    query: &Query,
    ranges: &[std::ops::Range<usize>],
    is_with_others: bool,
    wanted: Called,
) -> Result<Option<Named>, IndexError> {
    let mut best: Option<Named> = None;
    for words in ranges {
        let Some((whole, alone)) = query.with_speaker(words.clone()) else {
            continue;
        };
        let is_all = words.len() == query.parts().len();
        let asked = if is_with_others { whole } else { alone.clone() };
        let mut quotes = count(searcher, &asked, &[EntryKind::Quote])?;
        let mut asked = asked;
        if quotes == 0 && !is_with_others {
            // Somebody may be quoted in reported clauses only.
            asked = asked.beyond(&[Where::KindOfQuote]);
            quotes = count(searcher, &asked, &[EntryKind::Quote])?;
        }
        if quotes > best.as_ref().map_or(0, |best| best.quotes) {
            let (_, speakers) = called(searcher, &asked, &alone)?;
            let typed = Wording::of(&name_typed(&alone));
            let bears = |name: &String| has_words(name, &typed);
            let is_by_name = wanted == Called::ByName && speakers.iter().all(bears);
            best = Some(Named {
                clause: asked.understood(),
                query: asked,
                quotes,
                is_all,
                speakers,
                is_by_name,
            });
        }
    }
    Ok(best)
}

/// How somebody is called by some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Called {
    /// By words of the name, or by another name that is all of them.
    ByName,
    /// By an office, or by another name, that is these words.
    ByOffice,
    /// By words that only stand in such a name.
    InPart,
}

/// How the speakers of what a query finds are called by the words of `speaker`, and who they are; nothing where nobody is.
fn called(
    searcher: &Searcher,
    query: &Query,
    speaker: &Query,
) -> Result<(Option<Called>, Vec<String>), IndexError> {
    let wanted = Wanted {
        kinds: vec![EntryKind::Quote],
        order: Order::Newest,
        offset: 0,
        limit: LOOKED_AT,
        after: None,
        is_counted: false,
    };
    let (found, counted) = searcher.search_counted(query, &wanted, &[CountedBy::Speaker])?;
    let typed = name_typed(speaker);
    let asked = Wording::of(&typed);
    let is_in = |name: &str| has_words(name, &asked);
    let is_all = |name: &str| {
        let name = Wording::of(name);
        let bare = name
            .words()
            .strip_prefix(&["the".to_owned()])
            .unwrap_or(name.words());
        bare == asked.words()
    };
    let people = found.hits.iter().flat_map(|hit| hit.entry.speakers.first());
    let called = people.map(|person| {
        if is_in(&person.name) {
            Called::ByName
        } else if person.aliases.iter().any(|alias| is_all(alias)) {
            Called::ByOffice
        } else {
            Called::InPart
        }
    });
    let best = called.min_by_key(|called| *called as u8);
    let speakers = counted.facets.iter().flat_map(|facet| &facet.values);
    Ok((best, speakers.map(|value| value.name.clone()).collect()))
}

/// Whether a name has all of these words.
fn has_words(name: &str, asked: &Wording) -> bool {
    let name = Wording::of(name);
    asked.words().iter().all(|word| name.words().contains(word))
}

/// The name that a clause for a speaker has.
fn name_typed(speaker: &Query) -> String {
    let asked = speaker.understood();
    asked.trim_start_matches("speaker:").trim_matches('"').to_owned()
}

/// Whether what is looked for as a name is a word that stands in many names and names nobody.
fn is_small(speaker: &Query) -> bool {
    const SMALL: [&str; 39] = [
        "a", "about", "al", "an", "and", "are", "con", "de", "del", "did", "dijo", "do", "el", "en", "for",
        "has", "in", "is", "la", "las", "los", "of", "on", "por", "que", "said", "say", "says", "the", "to",
        "un", "una", "was", "what", "when", "who", "will", "with", "y",
    ];
    SMALL.contains(&name_typed(speaker).to_lowercase().as_str())
}

fn count(searcher: &Searcher, query: &Query, kinds: &[EntryKind]) -> Result<usize, IndexError> {
    let wanted = Wanted {
        kinds: kinds.to_vec(),
        order: Order::Newest,
        offset: 0,
        limit: 0,
        after: None,
        is_counted: true,
    };
    Ok(searcher.search(query, &wanted)?.total.unwrap_or_default())
}

/// Where something is found that is not where it was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// So many entries of another kind have it.
    OfKind(EntryKind, usize),
    /// So many entries in other places of a sort.
    In(Where, usize),
    /// So many entries that lie beyond more than one of these.
    Further(usize),
}

/// Looks why a query finds nothing among entries of these kinds.
pub fn why_nothing(searcher: &Searcher, query: &Query, kinds: &[EntryKind]) -> Result<Nothing, IndexError> {
    let count = |query: &Query, kinds: &[EntryKind]| count(searcher, query, kinds);
    if searcher.change()? == 0 {
        return Ok(Nothing {
            is_empty: true,
            ..Nothing::default()
        });
    }
    let mut nothing = Nothing {
        named: named(searcher, query)?,
        ..Nothing::default()
    };
    for kind in EntryKind::ALL {
        if !kinds.contains(&kind) {
            let found = count(query, &[kind])?;
            nothing.elsewhere.extend((found > 0).then_some((kind, found)));
        }
    }
    let parts = query.parts();
    nothing.said = said_then(searcher, &parts)?;
    if !nothing.elsewhere.is_empty() {
        // What a page said until it was edited is what is asked for most.
        let ever = query.beyond(&[Where::Time]);
        let found = count(&ever, kinds)?;
        nothing.earlier = (found > 0).then(|| (ever.understood(), found));
        return Ok(nothing);
    }
    if parts.len() > PARTS {
        return Ok(nothing);
    }
    for (part, there) in &parts {
        if count(there, kinds)? > 0 {
            continue;
        }
        let anywhere = count(&there.beyond(&Where::ALL), &EntryKind::ALL)?;
        if anywhere == 0 {
            nothing.nowhere.push((part.understood(), searcher.meant(part)?));
            if let Some(word) = part.value_as_word() {
                let found = count(&word, &[EntryKind::Document])?;
                nothing
                    .worded
                    .extend((found > 0).then(|| (word.understood(), found)));
            }
            continue;
        }
        let mut outside = Vec::new();
        // Each place is a search of its own, so of many parts the others are told of together.
        if nothing.outside.len() < PLACED {
            for kind in EntryKind::ALL.into_iter().filter(|kind| !kinds.contains(kind)) {
                outside.push(Outside::OfKind(kind, count(there, &[kind])?));
            }
            for place in Where::ALL {
                outside.push(Outside::In(place, count(&there.beyond(&[place]), kinds)?));
            }
            outside.retain(|outside| outside.count() > 0);
        }
        if outside.is_empty() {
            outside.push(Outside::Further(anywhere));
        }
        nothing.outside.push((part.understood(), outside));
    }
    nothing.is_found_apart = nothing.nowhere.is_empty() && nothing.outside.is_empty() && parts.len() > 1;
    Ok(nothing)
}

impl Nothing {
    /// The same in sentences.
    pub fn sentences(&self) -> Vec<String> {
        if self.is_empty {
            return vec![
                "nothing is held yet: `onrecord crawl --once` fetches what the sources announce, and `onrecord status` says \
                 whether there are any"
                    .into(),
            ];
        }
        let nowhere = self.nowhere.iter().map(|(part, meant)| match meant {
            Some(meant) => format!("nothing held has `{part}`; did you mean `{meant}`?"),
            None => format!("nothing held has `{part}`"),
        });
        let worded = self.worded.iter().map(|(word, count)| match count {
            1 => format!("the word `{word}` stands in 1 document, which a search among documents finds"),
            count => {
                format!("the word `{word}` stands in {count} documents, which a search among documents finds")
            }
        });
        let outside = self.outside.iter().map(|(part, places)| {
            let places: Vec<String> = places.iter().map(Outside::to_string).collect();
            format!(
                "`{part}` is found, but not where it was looked for: {}",
                places.join(", and ")
            )
        });
        let apart = self.is_found_apart.then(|| {
            "each part of the query is found, but nothing has all of them: leave some out".to_owned()
        });
        let elsewhere = (!self.elsewhere.is_empty()).then(|| elsewhere_in_words(&self.elsewhere));
        let earlier = self.earlier.as_ref().map(|(clause, count)| {
            let found = if *count == 1 { "one is" } else { "some are" };
            format!("{found} found in a wording of another time: `{clause}`")
        });
        let said = self.said.as_ref().map(|(clause, count)| {
            let quotes = if *count == 1 {
                "1 quote was".to_owned()
            } else {
                format!("{count} quotes were")
            };
            format!("{quotes} said then: `{clause}`")
        });
        let named = self.named.as_ref();
        let named = named.map(|named| format!("{}: `{}`", named.told(), named.clause));
        said.into_iter()
            .chain(named)
            .chain(nowhere)
            .chain(worded)
            .chain(outside)
            .chain(apart)
            .chain(earlier)
            .chain(elsewhere)
            .collect()
    }
}

impl Outside {
    fn count(self) -> usize {
        match self {
            Self::OfKind(_, count) | Self::In(_, count) | Self::Further(count) => count,
        }
    }
}

impl fmt::Display for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = |count: usize| if count == 1 { "entry" } else { "entries" };
        match *self {
            Self::OfKind(kind, count) => write!(f, "in {}", Counted(kind, count)),
            Self::In(place, count) => {
                let there = match place {
                    Where::Topic => "off the topics asked for",
                    Where::KindOfQuote => "in quotes of another kind, reported clauses too",
                    Where::Time => "in a wording of another time",
                };
                write!(
                    f,
                    "{there} ({count} {} with `{}`)",
                    entries(count),
                    place.clause()
                )
            }
            Self::Further(count) => {
                let clauses = Where::ALL.map(Where::clause).join(" ");
                write!(f, "{count} {} of all kinds with `{clauses}`", entries(count))
            }
        }
    }
}

/// So many entries of a kind, in words.
struct Counted(EntryKind, usize);

/// What has it of other kinds, with how that is asked for.
fn elsewhere_in_words(kinds: &[(EntryKind, usize)]) -> String {
    let verb = match kinds {
        [(_, 1)] => "has",
        _ => "have",
    };
    let names = kinds.iter().map(|(kind, _)| match kind {
        EntryKind::Quote => "`quotes`",
        EntryKind::Document => "`documents`",
        EntryKind::Date => "`dates`",
    });
    let names = names.collect::<Vec<_>>().join(" or ");
    format!("{} {verb} it: ask for the kind {names}", counted_together(kinds))
}

/// So many entries of each kind, in words: "1 document and 2 date mentions".
pub fn counted_together(kinds: &[(EntryKind, usize)]) -> String {
    let counts = kinds
        .iter()
        .map(|(kind, count)| Counted(*kind, *count).to_string());
    counts.collect::<Vec<_>>().join(" and ")
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.0 {
            EntryKind::Quote => "quote",
            EntryKind::Document => "document",
            EntryKind::Date => "date mention",
        };
        let plural = if self.1 == 1 { "" } else { "s" };
        write!(f, "{} {name}{plural}", self.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_told_in_sentences() {
        let nothing = Nothing {
            is_empty: false,
            nowhere: vec![
                ("speaker:aroyo".into(), Some("speaker:arroyo".into())),
                ("hauler".into(), None),
            ],
            worded: Vec::new(),
            outside: Vec::new(),
            is_found_apart: false,
            earlier: Some(("hauler AND asof:ever".into(), 1)),
            elsewhere: vec![(EntryKind::Document, 1), (EntryKind::Date, 2)],
            said: None,
            named: Some(Named {
                query: Query::parse("speaker:hauler", jiff::civil::Date::MIN).expect("a query"),
                clause: "speaker:\"hauler\"".into(),
                quotes: 2,
                is_all: false,
                speakers: vec!["Ben Hauler".into()],
                is_by_name: true,
            }),
        };
        assert_eq!(
            nothing.sentences(),
            [
                "2 quotes are by Ben Hauler: `speaker:\"hauler\"`",
                "nothing held has `speaker:aroyo`; did you mean `speaker:arroyo`?",
                "nothing held has `hauler`",
                "one is found in a wording of another time: `hauler AND asof:ever`",
                "1 document and 2 date mentions have it: ask for the kind `documents` or `dates`",
            ]
        );
        let outside = Nothing {
            outside: vec![
                (
                    "ferry".into(),
                    vec![
                        Outside::OfKind(EntryKind::Document, 1),
                        Outside::In(Where::Time, 2),
                    ],
                ),
                ("pier".into(), vec![Outside::Further(1)]),
            ],
            ..Nothing::default()
        };
        assert_eq!(
            outside.sentences(),
            [
                "`ferry` is found, but not where it was looked for: in 1 document, and in a wording of another time (2 entries with `asof:ever`)",
                "`pier` is found, but not where it was looked for: 1 entry of all kinds with `topic:all kind:all asof:ever`",
            ]
        );
        assert!(Nothing::default().sentences().is_empty());
    }
}
