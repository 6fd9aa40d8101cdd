//! Which quotes are printings of one wording: the same words, given in the same way, of somebody in common; few words also on
//! one day.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::model::id::SpeakerId;
use crate::model::quote::QuoteKind;
use crate::text::wording::Wording;

/// Words up to which those of two days are two statements: people say "no" again and again.
const SHORT: usize = 5;

/// A printing of some words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printing {
    printed: Printed,
    speakers: Vec<SpeakerId>,
}

/// What two printings of one wording have alike, but for who said it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Printed {
    words: Vec<String>,
    kind: &'static str,
    /// Of few words.
    day: Option<Date>,
}

impl Printing {
    /// Of words that were said on a day. Of several who spoke together each has said it.
    pub fn of(words: &str, kind: QuoteKind, speaker: &SpeakerId, day: Date) -> Self {
        let words = Wording::of(words).words().to_vec();
        let members = speaker.members();
        Self {
            speakers: match members.is_empty() {
                true => vec![speaker.clone()],
                false => members,
            },
            printed: Printed {
                day: (words.len() <= SHORT).then_some(day),
                kind: kind.code(),
                words,
            },
        }
    }
}

/// The wordings that were met, each with a place.
#[derive(Debug, Default)]
pub struct Wordings(HashMap<Printed, Vec<(Vec<SpeakerId>, usize)>>);

impl Wordings {
    /// The place of the wording that this is a printing of, if it was met.
    pub fn place_of(&self, printing: &Printing) -> Option<usize> {
        let mut met = self.0.get(&printing.printed)?.iter();
        // Who speaks with others has said it as well.
        let (_, place) =
            met.find(|(others, _)| others.iter().any(|other| printing.speakers.contains(other)))?;
        Some(*place)
    }

    /// Takes in a wording that was not met.
    pub fn put(&mut self, printing: Printing, place: usize) {
        let met = self.0.entry(printing.printed).or_default();
        met.push((printing.speakers, place));
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const LONG: &str = "We will not stop a single ferry this winter";

    fn printing(words: &str, speaker: &str, day: i8) -> Printing {
        let speaker = SpeakerId::new(speaker);
        Printing::of(words, QuoteKind::Direct, &speaker, date(2026, 2, day))
    }

    /// Whether the second is a printing of the first.
    fn is_one(one: Printing, other: &Printing) -> bool {
        let mut wordings = Wordings::default();
        wordings.put(one, 7);
        wordings.place_of(other) == Some(7)
    }

    #[test]
    fn the_same_words_of_one_person_are_one_wording_whatever_their_marks() {
        let marked = printing("We will not stop a single Ferry this winter,", "ana-lima", 9);
        assert!(is_one(printing(LONG, "ana-lima", 6), &marked));
        assert!(!is_one(
            printing(LONG, "ana-lima", 6),
            &printing(LONG, "tom-reed", 6)
        ));
        let other = printing("We will stop a single ferry this winter", "ana-lima", 6);
        assert!(!is_one(printing(LONG, "ana-lima", 6), &other));
    }

    #[test]
    fn few_words_are_said_again_on_another_day() {
        assert!(is_one(
            printing("No comment", "ana-lima", 6),
            &printing("No comment", "ana-lima", 6)
        ));
        assert!(!is_one(
            printing("No comment", "ana-lima", 6),
            &printing("No comment", "ana-lima", 9)
        ));
    }
}
