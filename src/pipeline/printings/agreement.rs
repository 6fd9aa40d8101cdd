//! Whether two quotes are printings of the same words, and how they agree.

use std::sync::LazyLock;

use super::own_words::FEW_WORDS;
use crate::index::Entry;
use crate::model::id::SpeakerId;
use crate::resolve::may_be_of_one;
use crate::text::differing::{Difference, differences_of};
use crate::text::rewording::{is_part, reworded};
use crate::text::wording::Wording;

/// Phrases that anybody says.
static STOCK_PHRASES: LazyLock<Vec<Wording>> = LazyLock::new(|| {
    let lines = include_str!("stock_phrases.txt").lines();
    let phrases = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    phrases.map(Wording::in_one_spelling).collect()
});

/// The likeness from which on two wordings are of the same words; of two people only what is more alike is.
const NEAR: f32 = 0.6;
const NEAR_OF_TWO: f32 = 0.75;
/// The share of the shorter one's words that stand in the longer one, where it is a part of it.
pub(super) const INSIDE: f32 = 0.85;
/// Days between two pages of which one may print the other's sentence with a word altered.
const DAYS: i32 = 3;

/// Whose the words of two quotes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pipeline) enum Whose {
    /// Of one speaker.
    One,
    /// Of two, both named.
    Two,
    /// Of whom is not known.
    Unknown,
}

impl Whose {
    pub(in crate::pipeline) fn of(one: &Entry, other: &Entry) -> Self {
        // Two unnamed people are not one.
        match (speaker_of(one), speaker_of(other)) {
            (Some(one), Some(other)) if is_somebody_else(Some(one), Some(other)) => Whose::Two,
            (Some(_), Some(_)) => Whose::One,
            _ => Whose::Unknown,
        }
    }
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

impl Agreement {
    /// Its name in answers.
    pub fn code(self) -> &'static str {
        match self {
            Agreement::Same => "same",
            Agreement::Near => "near",
            Agreement::Part => "part",
        }
    }
}

/// How two quotes agree, if they are of the same words. Words in brackets, which nobody said, may stand for any.
pub(in crate::pipeline) fn agreement(
    (here, one): (&str, &Wording),
    (there, other): (&str, &Wording),
    whose: Whose,
) -> Option<Agreement> {
    let found = agreement_of((here, one), (there, other), whose);
    if found.is_some() || !(here.contains('[') || there.contains('[')) {
        return found;
    }
    let (here, there) = (without_brackets(here), without_brackets(there));
    let [one, other] = [&here, &there].map(|text| Wording::in_one_spelling(text));
    let found = agreement_of((&here, &one), (&there, &other), whose)?;
    Some(match found {
        Agreement::Same => Agreement::Near,
        found => found,
    })
}

/// A text without its words in brackets; a letter that was set (`[W]e`) stays.
pub(super) fn without_brackets(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        let (before, bracket) = rest.split_at(at);
        kept.push_str(before);
        let Some(end) = bracket.find(']') else {
            rest = bracket;
            break;
        };
        let behind = &bracket[end + 1..];
        let is_word = !before.ends_with(char::is_alphanumeric) && !behind.starts_with(char::is_alphanumeric);
        if !is_word {
            kept.push_str(&bracket[..=end]);
        }
        rest = behind;
    }
    kept.push_str(rest);
    kept
}

fn agreement_of(
    (here, one): (&str, &Wording),
    (there, other): (&str, &Wording),
    whose: Whose,
) -> Option<Agreement> {
    let shorter = one.len().min(other.len());
    let is_of_two = whose == Whose::Two;
    if is_of_two && [one, other].iter().any(|wording| not_stock(wording) < FEW_WORDS) {
        return None;
    }
    if Wording::of(here).words() == Wording::of(there).words() {
        return (shorter >= FEW_WORDS || whose == Whose::One).then_some(Agreement::Same);
    }
    if shorter < FEW_WORDS {
        return None;
    }
    let share = one.shared(other) as f32 / shorter as f32;
    let is_enough = shorter > FEW_WORDS || whose == Whose::One;
    // Small words stand in that order everywhere: some of them stand side by side.
    let stands_in = || match one.len() < other.len() {
        true => one.found_in(other).is_some(),
        false => other.found_in(one).is_some(),
    };
    let printed = [here, there].map(|text| Wording::of(text).len());
    if is_part(printed[0], printed[1]) && share >= INSIDE && is_enough && stands_in() {
        return Some(Agreement::Part);
    }
    if one.shared(other) < FEW_WORDS {
        let is_contrary = differences_of(here, &reworded(here, there)).contains(&Difference::Negation);
        if !is_contrary {
            return None;
        }
    }
    let near = if is_of_two { NEAR_OF_TWO } else { NEAR };
    (one.likeness(other) >= near).then_some(Agreement::Near)
}

/// Whether one of two wordings is a sentence cut out of the other with one word of it altered: of few words that makes a large share.
pub(super) fn is_one_altered(one: &Wording, other: &Wording) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    short.len() > FEW_WORDS + 1
        && short.len() - short.shared(long) <= 1
        && short.found_in(long).is_some()
        && is_part(short.len(), long.len())
}

/// Whether two pages were published within days of each other: a month later somebody may say nearly the same again.
pub(super) fn are_of_days(one: &Entry, other: &Entry) -> bool {
    let days = one.published_on.zip(other.published_on);
    let apart = days.and_then(|(one, other)| one.until(other).ok());
    apart.is_some_and(|apart| apart.get_days().abs() <= DAYS)
}

/// How many words of a wording are of no stock phrase.
pub(in crate::pipeline) fn not_stock(wording: &Wording) -> usize {
    let words = wording.words();
    let mut is_stock = vec![false; words.len()];
    for phrase in STOCK_PHRASES.iter() {
        for at in 0..=words.len().saturating_sub(phrase.len()) {
            if words[at..].starts_with(phrase.words()) {
                is_stock[at..at + phrase.len()].fill(true);
            }
        }
    }
    is_stock.into_iter().filter(|is_stock| !is_stock).count()
}

pub(super) fn speaker_of(quote: &Entry) -> Option<&SpeakerId> {
    quote.speakers.first().map(|speaker| &speaker.id)
}

/// Whether words are given to two people. A last name alone is no other person than the one who has it, nor is a name that is left out
/// in part, nor who spoke together with somebody another one than either.
pub(super) fn is_somebody_else(here: Option<&SpeakerId>, there: Option<&SpeakerId>) -> bool {
    let (Some(here), Some(there)) = (here, there) else {
        return false;
    };
    let people = |id: &SpeakerId| match id.members() {
        none if none.is_empty() => vec![id.clone()],
        members => members,
    };
    let (here, there) = (people(here), people(there));
    here.iter()
        .all(|one| there.iter().all(|other| is_another(one, other)))
}

/// Whether two ids are of two people, by the names that they are made of: papers leave out middle names and accents.
fn is_another(here: &SpeakerId, there: &SpeakerId) -> bool {
    let [one, other] = [here, there].map(|id| id.as_str().replace('-', " "));
    !may_be_of_one(&one, &other)
}
