//! Where else the words of a quote are printed: as a quote in another document, or in running text.

use std::collections::HashSet;

use crate::index::{Entry, EntryKind, IndexError, Order, Query, Searcher, Wanted};
use crate::model::id::{DocumentId, SpeakerId};
use crate::text::wording::Wording;

/// Words of a quote that running text is looked through for: its longest ones, which are in the fewest texts.
const ASKED_WORDS: usize = 12;
/// Letters of a word that is worth looking for.
const LETTERS: usize = 3;
/// Quotes and documents that are compared: the best found.
const COMPARED_QUOTES: usize = 80;
const COMPARED_DOCUMENTS: usize = 20;
/// Words under which two quotes are only the same if they are wholly so, and of the same speaker.
const FEW_WORDS: usize = 4;
/// The likeness from which on two wordings are of the same words.
const NEAR: f32 = 0.6;
/// The share of the shorter one's words that stand in the longer one, where it is a part of it.
const INSIDE: f32 = 0.85;

/// The share of the longer one's words that the shorter one has, where it is a part and no other wording.
const SHORTENED: f32 = 0.75;

/// A place where the same words are printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Printing {
    /// The quote, or the document where they stand in running text.
    pub entry: Entry,
    /// The words as printed there.
    pub words: String,
    /// How they agree.
    pub agreement: Agreement,
}

/// How two printings of the same words agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// Word for word.
    Same,
    /// With some words changed.
    Near,
    /// One prints a part of the other.
    Part,
}

/// The printings of some words in other documents, as far as they are held in their last wording: word for word
/// first, then by the day of publication.
pub fn printings(
    searcher: &Searcher,
    words: &str,
    speaker: Option<&SpeakerId>,
    document: &DocumentId,
) -> Result<Vec<Printing>, IndexError> {
    let wording = Wording::of(words);
    // Words only, so there is no day to be counted from today.
    let (Some(query), Ok(everything)) = (asking_for(words), Query::parse("topic:all", super::today())) else {
        return Ok(Vec::new());
    };
    let best = |query: &Query, kind: EntryKind, limit: usize| {
        let wanted = Wanted {
            kinds: vec![kind],
            order: Order::Relevance,
            offset: 0,
            limit,
            after: None,
            is_counted: false,
        };
        searcher.search(query, &wanted)
    };
    let mut found = Vec::new();
    for hit in best(&everything.like(words), EntryKind::Quote, COMPARED_QUOTES)?.hits {
        let entry = hit.entry;
        // Two unnamed people are not one.
        let is_same_speaker = speaker.is_some() && entry.speakers.first().map(|other| &other.id) == speaker;
        if entry.document != *document
            && let Some(agreement) = agreement(&wording, &Wording::of(&entry.text), is_same_speaker)
        {
            found.push(Printing {
                words: entry.text.clone(),
                entry,
                agreement,
            });
        }
    }
    let quoting: HashSet<DocumentId> = found
        .iter()
        .map(|printing| printing.entry.document.clone())
        .collect();
    for hit in best(&query, EntryKind::Document, COMPARED_DOCUMENTS)?.hits {
        let entry = hit.entry;
        if entry.document != *document && !quoting.contains(&entry.document) {
            found.extend(in_running_text(&wording, entry));
        }
    }
    found.sort_by(|one, other| key(one).cmp(&key(other)));
    Ok(found)
}

fn key(printing: &Printing) -> (Agreement, Option<jiff::civil::Date>, &str) {
    let entry = &printing.entry;
    (printing.agreement, entry.published_on, &entry.id)
}

/// The query for texts with the rarest words of a quote; best are those with most of them.
fn asking_for(words: &str) -> Option<Query> {
    let mut asked: Vec<String> = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= LETTERS)
        .map(str::to_lowercase)
        .collect();
    asked.sort_by_key(|word| (std::cmp::Reverse(word.chars().count()), word.clone()));
    asked.dedup();
    asked.truncate(ASKED_WORDS);
    let alternatives: Vec<String> = asked.iter().map(|word| format!("={word}")).collect();
    if alternatives.is_empty() {
        return None;
    }
    let text = format!("({}) topic:all", alternatives.join(" OR "));
    Query::parse(&text, super::today()).ok()
}

/// How two quotes agree, if they are of the same words.
fn agreement(one: &Wording, other: &Wording, is_same_speaker: bool) -> Option<Agreement> {
    let shorter = one.len().min(other.len());
    if one.words() == other.words() {
        return (shorter >= FEW_WORDS || is_same_speaker).then_some(Agreement::Same);
    }
    if shorter < FEW_WORDS {
        return None;
    }
    let share = one.shared(other) as f32 / shorter as f32;
    let is_shortened = shorter as f32 / one.len().max(other.len()) as f32 <= SHORTENED;
    if is_shortened && share >= INSIDE && shorter > FEW_WORDS {
        return Some(Agreement::Part);
    }
    (one.likeness(other) >= NEAR).then_some(Agreement::Near)
}

/// The words in the text of a document that does not give them as a quote: a statement or a transcript of its own.
fn in_running_text(wording: &Wording, entry: Entry) -> Option<Printing> {
    if wording.len() <= FEW_WORDS {
        return None;
    }
    let (place, share) = wording.found_in(&Wording::of(&entry.text))?;
    let words = entry.text[place].to_string();
    let agreement = match Wording::of(&words).words() == wording.words() {
        true => Agreement::Same,
        false if share >= INSIDE => Agreement::Near,
        false => return None,
    };
    Some(Printing {
        entry,
        words,
        agreement,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, expected: Option<Agreement>) {
        let found = agreement(&Wording::of(one), &Wording::of(other), false);
        assert_eq!(found, expected, "{one} / {other}");
    }

    #[test]
    fn printings_agree_word_for_word_nearly_or_in_part() {
        check(
            "We won’t stop this ferry.",
            "we won't stop this ferry",
            Some(Agreement::Same),
        );
        check(
            "We will not stop this ferry",
            "We won’t stop this ferry",
            Some(Agreement::Near),
        );
        check(
            "We will not stop this ferry, and whoever says so has not read what we wrote about it",
            "has not read what we wrote",
            Some(Agreement::Part),
        );
        check("We will not stop this ferry", "They did stop that bus", None);
    }

    #[test]
    fn few_words_are_the_same_only_of_one_speaker() {
        check("No comment", "No comment", None);
        let same = agreement(&Wording::of("No comment"), &Wording::of("no comment"), true);
        assert_eq!(same, Some(Agreement::Same));
    }

    #[test]
    fn a_query_asks_for_the_longest_words() {
        let query = asking_for("“We won’t rebuild the landing!”").expect("a query");
        assert!(
            query
                .understood()
                .starts_with("(=landing OR =rebuild OR =the OR =won)"),
            "{}",
            query.understood()
        );
        assert!(asking_for("¡…!").is_none());
    }
}
