//! Who is reported to say what, and which words of a report are the reporter's own.

use super::lists::List;
use super::{Clause, NESTED};
use crate::model::quote::Quote;
use crate::model::span::Span;

/// What somebody is reported to say, where it stands.
pub(super) struct Saying<'q> {
    /// The number of the quote.
    pub(super) index: usize,
    pub(super) quote: &'q Quote,
    pub(super) clause: Clause,
    /// The fullest naming of who says it; `None` of several who speak together.
    pub(super) naming: Option<Span>,
    /// From the first of its words and of those that report it to the last.
    pub(super) stretch: Span,
}

impl<'q> Saying<'q> {
    /// `None` of a quote in a quote, of one that nobody is said to say, and where no word reports it.
    pub(super) fn of(text: &str, index: usize, quote: &'q Quote) -> Option<Self> {
        let attribution = quote.attribution.as_ref().filter(|it| it.rule != NESTED)?;
        let cue = attribution.cue?;
        let clause = Clause::of(text, attribution)?;
        let naming = attribution.antecedent.unwrap_or(clause.speaker);
        let words = quote.hull()?;
        let is_near = cue.end() + REACH >= words.start() && words.end() + REACH >= cue.start();
        is_near.then(|| Self {
            index,
            quote,
            naming: Some(naming).filter(|_| attribution.members.is_empty()),
            clause,
            stretch: words.hull(cue),
        })
    }

    /// Whether one person says both, by the fullest naming that the text has for each: two namings in full must agree.
    pub(super) fn is_of_same(&self, text: &str, other: &Saying<'_>) -> bool {
        let (Some(first), Some(second)) = (self.naming, other.naming) else {
            return false;
        };
        let (first_names, second_names) = (names(first.slice(text)), names(second.slice(text)));
        let is_alone = |names: &[&str], full: &[&str]| {
            names.len() == 1 && full.last() == names.last() && surname(names[0]).is_some()
        };
        first == second
            || !first_names.is_empty() && first_names == second_names
            || is_alone(&first_names, &second_names)
            || is_alone(&second_names, &first_names)
    }
}

/// Bytes between what is said and the words that report it.
const REACH: usize = 1500;

/// The words of all quotes, in order and none inside another.
pub(super) struct Pieces(Vec<(usize, usize)>);

impl Pieces {
    pub(super) fn of(quotes: &[Quote]) -> Self {
        let all = quotes.iter().flat_map(|quote| &quote.content);
        let mut all: Vec<(usize, usize)> = all.map(|piece| (piece.start(), piece.end())).collect();
        all.sort_unstable();
        let mut merged: Vec<(usize, usize)> = Vec::with_capacity(all.len());
        for (start, end) in all {
            match merged.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => merged.push((start, end)),
            }
        }
        Self(merged)
    }

    /// The words of a stretch that are the reporter's own.
    pub(super) fn around<'t>(&self, text: &'t str, stretch: Span) -> Vec<&'t str> {
        let mut at = stretch.start();
        let mut own = Vec::new();
        let first = self.0.partition_point(|(_, end)| *end <= stretch.start());
        let inside = self.0[first..]
            .iter()
            .take_while(|(start, _)| *start < stretch.end());
        for (start, end) in inside.copied().chain([(stretch.end(), stretch.end())]) {
            let part = text.get(at..start).unwrap_or_default();
            own.extend(spoken_words(part).map(|(_, word)| word));
            at = at.max(end);
        }
        own
    }
}

/// The words with a capital of a naming, without titles: those of a body all, of a person the last two.
pub(super) fn names(naming: &str) -> Vec<&str> {
    let all: Vec<&str> = naming
        .split(|mark: char| mark.is_whitespace() || mark == ',')
        .filter(|word| word.starts_with(char::is_uppercase))
        .collect();
    let is_body = naming.split_whitespace().any(|word| List::BodyOf.has(word));
    let first = if is_body { 0 } else { all.len().saturating_sub(2) };
    all[first..].to_vec()
}

/// The last word with a capital of a naming, if it may be a surname; of "the mayor" and "a spokesman for the Ministry of Housing" there
/// is none.
pub(super) fn surname(naming: &str) -> Option<&str> {
    let naming = naming.split(" for ").next().unwrap_or_default();
    let name = names(naming).last().copied()?;
    // "The union" has none.
    let is_body = List::NoName.has(name) || List::NoSurname.has(name) || List::Body.has(&name.to_lowercase());
    (name.chars().count() > 2 && !name.ends_with('.') && !is_body).then_some(name)
}

/// The words of a stretch and where each begins.
pub(super) fn spoken_words(stretch: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let words = stretch.split_inclusive(|mark: char| !(mark.is_alphanumeric() || mark == '-'));
    words.filter_map(move |word| {
        let start = at;
        at += word.len();
        let plain = word.trim_end_matches(|mark: char| !(mark.is_alphanumeric() || mark == '-'));
        (!plain.is_empty()).then_some((start, plain))
    })
}
