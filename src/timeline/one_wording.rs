//! Which quotes are printings of one wording: the same words, given in the same way, of somebody in common; few words also on
//! one day. Where only one of them is told, in a file, it must be of the same people and of no other day.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::model::id::SpeakerId;
use crate::model::quote::QuoteKind;
use crate::text::wording::Wording;

/// Words up to which those of two days are two statements: people say "no" again and again.
const SHORT: usize = 5;
/// Days between two printings of one utterance at most, where not both name the day.
const CLOSE: i32 = 7;

/// A printing of some words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printing {
    printed: Printed,
    speakers: Vec<SpeakerId>,
    /// The day, and whether the text names it.
    day: (Date, bool),
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
    /// Of words that were said on a day, which the text names or not. Of several who spoke together each has said it.
    pub fn of(words: &str, kind: QuoteKind, speaker: &SpeakerId, (day, is_named): (Date, bool)) -> Self {
        let words = Wording::of(words).words().to_vec();
        let mut members = speaker.members();
        members.sort_by(|one, other| one.as_str().cmp(other.as_str()));
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
            day: (day, is_named),
        }
    }

    /// Whether two may have been said at one time: of days that texts name the same one, else days close to each other.
    fn is_of_day(&self, (other, is_named): (Date, bool)) -> bool {
        let (day, is_own_named) = self.day;
        let apart = day.until(other).map_or(i32::MAX, |span| span.get_days().abs());
        day == other || !(is_named && is_own_named) && apart <= CLOSE
    }
}

/// A wording that was met: its first printing, and its place.
type Met = (Printing, usize);

/// The wordings that were met, each with a place.
#[derive(Debug, Default)]
pub struct Wordings {
    met: HashMap<Printed, Vec<Met>>,
    /// Whether only what is of the same people and of no other day is of one wording.
    is_strict: bool,
}

impl Wordings {
    /// Wordings of which one printing stands for all.
    pub fn strict() -> Self {
        Self {
            is_strict: true,
            ..Self::default()
        }
    }

    /// The place of the wording that this is a printing of, if it was met.
    pub fn place_of(&self, printing: &Printing) -> Option<usize> {
        let mut met = self.met.get(&printing.printed)?.iter();
        let is_one = |first: &Printing| match self.is_strict {
            true => first.speakers == printing.speakers && printing.is_of_day(first.day),
            // Who speaks with others has said it as well.
            false => first
                .speakers
                .iter()
                .any(|other| printing.speakers.contains(other)),
        };
        let (_, place) = met.find(|(first, _)| is_one(first))?;
        Some(*place)
    }

    /// Takes in a wording that was not met.
    pub fn put(&mut self, printing: Printing, place: usize) {
        let met = self.met.entry(printing.printed.clone()).or_default();
        met.push((printing, place));
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const LONG: &str = "We will not stop a single ferry this winter";

    fn printing(words: &str, speaker: &str, day: i8) -> Printing {
        let speaker = SpeakerId::new(speaker);
        Printing::of(words, QuoteKind::Direct, &speaker, (date(2026, 2, day), true))
    }

    /// Whether both may be told by one of them.
    fn is_one_line(one: Printing, other: &Printing) -> bool {
        let mut wordings = Wordings::strict();
        wordings.put(one, 7);
        wordings.place_of(other) == Some(7)
    }

    #[test]
    fn one_printing_stands_for_another_of_the_same_people_and_day_only() {
        let own = || printing(LONG, "ana-lima", 6);
        assert!(is_one_line(own(), &printing(LONG, "ana-lima", 6)));
        assert!(!is_one_line(own(), &printing(LONG, "ana-lima", 9)));
        let unnamed = |day| Printing {
            day: (date(2026, 2, day), false),
            ..printing(LONG, "ana-lima", 1)
        };
        assert!(is_one_line(own(), &unnamed(9)));
        assert!(!is_one_line(own(), &unnamed(20)));
        // Who spoke together with somebody is more than one.
        let joint = || printing(LONG, "ana-lima+tom-reed", 6);
        assert!(is_one(own(), &joint()) && !is_one_line(own(), &joint()));
        assert!(!is_one_line(joint(), &printing(LONG, "tom-reed", 6)));
        assert!(is_one_line(joint(), &printing(LONG, "tom-reed+ana-lima", 6)));
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
