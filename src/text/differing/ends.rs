//! What stands before the words that both texts have, or behind them: which clause of it can deny, limit or weaken them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::side::Side;
use super::{
    Stretch, after_last_mark, after_last_sentence, conditions, degrees, entries, has_words, set,
    up_to_first_mark,
};
use crate::text::wording::{Wording, printed};

/// Words that begin a clause of its own: whether they also end the one before the words that both texts have, and whether
/// they do so before any word.
static CLAUSES: LazyLock<HashMap<&str, (bool, bool)>> = LazyLock::new(|| {
    let lines = entries(include_str!("clauses.txt"));
    let columns = lines.filter_map(|line| Some((line.split_once(' ')?, line.ends_with("strong"))));
    columns
        .map(|((word, rest), is_strong)| (word, (rest.starts_with("both"), is_strong)))
        .collect()
});

/// Words before which any of those begins a clause.
static SUBJECTS: LazyLock<HashSet<&str>> = LazyLock::new(|| set(include_str!("subjects.txt")));

/// Words by which somebody says that what follows is not so.
static FRAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| set(include_str!("frames.txt")));

/// What stands before a noun.
const DETERMINERS: [&str; 14] = [
    "the", "a", "an", "this", "that", "these", "those", "his", "her", "their", "our", "my", "its", "your",
];

/// What joins a clause to the one before it.
pub(super) const JOINING: [&str; 8] = ["and", "but", "so", "or", "yet", "y", "o", "pero"];

/// Where a stretch stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Front,
    Back,
}

impl End {
    /// The clause beside the words that both texts have.
    pub(super) fn beside(self, text: &str) -> &str {
        match self {
            End::Front => after_last_mark(text),
            End::Back => up_to_first_mark(text),
        }
    }

    /// What of such a clause stands next to those words, where it goes on with one of its own without a mark: "… and we will
    /// not pay".
    pub(super) fn without_further_clauses(self, clause: &str) -> &str {
        let words = printed(clause);
        let folded: Vec<String> = words
            .iter()
            .map(|word| Wording::of(word).words().concat())
            .collect();
        let begins_one = |at: &usize| {
            let Some((is_in_front, is_strong)) = CLAUSES.get(folded[*at].as_str()) else {
                return false;
            };
            let next = folded.get(at + 1).map(String::as_str);
            // Behind the "and" that a text was cut off behind stands what was kept.
            let joins = self == End::Front && next.is_none() && JOINING.contains(&folded[*at].as_str());
            // What an "and" begins with a verb is said as well, of the same.
            let says_more = self == End::Back
                && *at == 0
                && JOINING.contains(&folded[*at].as_str())
                && next.is_some_and(|next| !DETERMINERS.contains(&next));
            if joins || says_more {
                return true;
            }
            let is_clause = *is_strong || next.is_some_and(|next| SUBJECTS.contains(next));
            is_clause && (*is_in_front || self == End::Back)
        };
        let length = |words: &[&str]| words.iter().map(|word| word.len()).sum::<usize>();
        let mut places = 0..words.len();
        match self {
            End::Front => match places.rfind(begins_one) {
                Some(at) => &clause[length(&words[..=at])..],
                None => clause,
            },
            End::Back => match places.find(begins_one) {
                Some(at) => &clause[..length(&words[..at])],
                None => clause,
            },
        }
    }

    /// What two texts have beyond the words that they share next to what was kept: "May if it rains" for "May".
    pub(super) fn beyond_shared<'a>(self, one: &'a str, other: &'a str) -> (&'a str, &'a str) {
        let (words, others) = (printed(one), printed(other));
        let fold = |word: &str| Wording::of(word).words().to_vec();
        let is_same = |(one, other): &(&&str, &&str)| fold(one) == fold(other) && has_words(one);
        let length = |words: &[&str]| words.iter().map(|word| word.len()).sum::<usize>();
        match self {
            End::Front => {
                let pairs = words.iter().rev().zip(others.iter().rev());
                let shared = pairs.take_while(is_same).count();
                let front = |words: &[&str]| length(&words[..words.len() - shared]);
                (&one[..front(&words)], &other[..front(&others)])
            }
            End::Back => {
                let shared = words.iter().zip(&others).take_while(is_same).count();
                (
                    &one[length(&words[..shared])..],
                    &other[length(&others[..shared])..],
                )
            }
        }
    }

    /// How many words two sides share beside what both texts have.
    pub(super) fn shared(self, one: &[String], other: &[String]) -> usize {
        let is_same = |(one, other): &(&String, &String)| one == other;
        match self {
            End::Front => one
                .iter()
                .rev()
                .zip(other.iter().rev())
                .take_while(is_same)
                .count(),
            End::Back => one.iter().zip(other).take_while(is_same).count(),
        }
    }
}

/// Whether what is cut off before the words or behind them denies them ("It is not true that …", "… under no circumstances"),
/// rather than being a clause, a sentence or an answer of its own ("No, …").
pub(super) fn is_denied_by(stretch: &Stretch, end: End) -> bool {
    let beside = stretch.cut(|text| end.without_further_clauses(end.beside(text)));
    let denies = |text: &str| match end {
        End::Front => Side::of(text, true).denies_alone() || is_framed(text),
        End::Back => Side::of(text, true).denies_beside(),
    };
    // What ended a sentence before stands for nothing that came into this one.
    let is_one = has_words(&beside.removed) != has_words(&beside.added);
    is_one && denies(&beside.removed) != denies(&beside.added)
}

/// Whether a clause before others says of them that they are not so: "It is false that".
fn is_framed(text: &str) -> bool {
    let wording = Wording::of(text);
    let mut words = wording.words().iter().rev();
    let leads = words
        .next()
        .is_some_and(|last| matches!(last.as_str(), "that" | "que"));
    leads && words.next().is_some_and(|word| FRAMES.contains(word.as_str()))
}

/// Whether what is cut off before the words or behind them is a condition for them, or an exception.
pub(super) fn is_conditional(stretch: &Stretch, end: End) -> bool {
    let own_sentence = |text| match end {
        End::Front => after_last_sentence(text),
        End::Back => text,
    };
    let (removed, added) = (own_sentence(&stretch.removed), own_sentence(&stretch.added));
    let (removed, added) = end.beyond_shared(removed, added);
    let is_one = has_words(removed) != has_words(added);
    let is_so = |text: &str| match end {
        End::Front => conditions::leads(text),
        // With a capital it begins a sentence, which went as a whole.
        End::Back => !text.trim_start().starts_with(char::is_uppercase) && conditions::begins(text),
    };
    is_one && is_so(removed) != is_so(added)
}

/// Whether what is cut off before the words only holds back: "I think".
pub(super) fn is_reserved(front: &Stretch) -> bool {
    let own_sentence = front.cut(after_last_sentence);
    let is_one = has_words(&own_sentence.removed) != has_words(&own_sentence.added);
    let is_so = |text: &str| degrees::hold_back(&Side::of(after_last_mark(text), true).forms);
    is_one && is_so(&own_sentence.removed) != is_so(&own_sentence.added)
}

/// Whether a text ends with what one asks or does not know.
pub(super) fn asks(text: &str) -> bool {
    const ASKING: [&str; 7] = ["ask", "asks", "asked", "asking", "wonder", "wonders", "wondered"];
    const NOT_KNOWING: [&str; 6] = ["know", "knows", "knew", "doubt", "see", "sure"];
    /// Words behind it: "asked the chief".
    const NEAR: usize = 4;
    let wording = Wording::of(after_last_sentence(text));
    let mut last = wording.words().iter().rev().map(String::as_str);
    let is_next = last
        .clone()
        .next()
        .is_some_and(|word| NOT_KNOWING.contains(&word));
    is_next || last.by_ref().take(NEAR).any(|word| ASKING.contains(&word))
}
