//! The day of what somebody calls something, where the clause goes on behind the words: "called it “a shambles” in a speech on
//! Tuesday".

use super::clauses::{is_plain, is_within};
use super::lists::List;
use super::occasions::is_occasion;
use super::sayings::spoken_words;
use super::writings::{is_away, is_for_writing};
use crate::model::quote::Quote;
use crate::model::span::Span;

/// Words in which an occasion or a writing is named behind the one that leads to it: "in a long radio interview".
const NAMED: usize = 4;
/// What closes words in marks.
const MARKS: [char; 7] = ['”', '"', '’', '\'', '»', ',', ' '];
/// What opens them.
const OPENING: [char; 6] = ['“', '"', '‘', '\'', '«', ' '];

/// Where the words end that somebody calls something: behind the last of them in marks, if the clause goes on with where or when.
pub(super) fn end_of_name(text: &str, quote: &Quote) -> Option<usize> {
    let cue = quote.attribution.as_ref()?.cue?;
    let (first, last) = (quote.fragments.first()?, quote.fragments.last()?);
    let lead = text.get(cue.end()..first.start())?.trim_end_matches(OPENING);
    let verb = cue.slice(text);
    let is_call = List::Call.has(verb) && !lead.starts_with(" for") && !lead.starts_with(" on")
        || List::CallAs.has(verb) && ends_with_as(lead);
    let end = quote.hull()?.end();
    let rest = text
        .get(last.end()..end.max(last.end()))?
        .trim_start_matches(MARKS);
    let goes_on = rest.is_empty() || rest.split_whitespace().next().is_some_and(leads);
    (is_call && goes_on).then_some(last.end())
}

/// Whether what is called something stands before "as".
fn ends_with_as(lead: &str) -> bool {
    let mut words = lead.split_whitespace().rev();
    let last = words.find(|word| !List::OneOf.has(word));
    last.is_some_and(|word| List::As.has(word))
}

/// Whether a word leads to where or when, or is a day's name.
fn leads(word: &str) -> bool {
    is_within(word) || is_small(word) || word.starts_with(char::is_uppercase)
}

fn is_small(word: &str) -> bool {
    List::DayLead.has(word)
}

/// Whether a day behind the words that somebody calls something is that on which they did: "on Tuesday", "in a report published on".
pub(super) fn is_behind_name(text: &str, quote: &Quote, day: Span) -> bool {
    let Some(end) = end_of_name(text, quote).filter(|end| *end <= day.start()) else {
        return false;
    };
    let between = text.get(end..day.start()).unwrap_or_default();
    let rest = between.trim_start_matches(MARKS).trim_end();
    if rest.split_whitespace().all(is_small) {
        return true;
    }
    let mut words = spoken_words(rest).map(|(_, word)| word);
    let is_led = words.next().is_some_and(|word| is_within(word) || word == "on");
    let is_named = words.take(NAMED).any(|word| {
        is_for_writing(word) || is_away(word) || is_occasion(&word.to_lowercase()) && word != "game"
    });
    is_led && is_named && is_plain(rest) && !rest.contains(',')
}
