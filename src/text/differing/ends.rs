//! What stands before the words that both texts have, or behind them: which clause of it can deny, limit or weaken them.

use super::side::Side;
use super::words::WORDS;
use super::{
    Stretch, after_last_mark, after_last_sentence, conditions, degrees, has_words, up_to_first_mark,
};
use crate::text::wording::{Wording, printed};

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
            let Some((is_in_front, is_strong)) = WORDS.clauses.of(&folded[*at]) else {
                return false;
            };
            let next = folded.get(at + 1).map(String::as_str);
            // Behind the "and" that a text was cut off behind stands what was kept.
            let joins = self == End::Front && next.is_none() && WORDS.joining.contains(&folded[*at]);
            // What an "and" begins with a verb is said as well, of the same.
            let says_more = self == End::Back
                && *at == 0
                && WORDS.joining.contains(&folded[*at])
                && next.is_some_and(|next| !WORDS.determiners.contains(next));
            if joins || says_more {
                return true;
            }
            let is_clause = is_strong || next.is_some_and(|next| WORDS.subjects.contains(next));
            is_clause && (is_in_front || self == End::Back)
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
    let leads = words.next().is_some_and(|last| WORDS.that.contains(last));
    leads && words.next().is_some_and(|word| WORDS.frames.contains(word))
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
    /// Words behind it: "asked the chief".
    const NEAR: usize = 4;
    let wording = Wording::of(after_last_sentence(text));
    let last = wording.words().iter().rev();
    let is_next = last
        .clone()
        .next()
        .is_some_and(|word| WORDS.not_knowing.contains(word));
    is_next || last.take(NEAR).any(|word| WORDS.asks.contains(word))
}
