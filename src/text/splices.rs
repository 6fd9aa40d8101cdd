//! Words put together from two places: a sentence that nobody said, of halves that somebody did.
//!
//! To say so of a paper is to accuse it. So only what leaves no doubt is told: one sentence without an ellipsis or a bracket, of a beginning
//! and an end that stand in different sentences of the text, with words between them.

use super::rewording::ends_sentence;
use super::wording::Wording;

/// Words of each half, and of the whole: fewer stand together anywhere.
const HALF: usize = 5;
const WHOLE: usize = 12;
/// Words between the halves that stand in neither ("and", "but"), and that the text must have between them.
const JOINT: usize = 1;
const APART: usize = 3;
/// Words that are looked at: of what was printed, and of the text.
const PRINTED: usize = 120;
const TEXT: usize = 4_000;
/// Places at which a half may stand; what stands oftener is a refrain.
const PLACES: usize = 4;

/// A text that words may be put together from.
pub struct Whole<'a> {
    text: &'a str,
    words: Wording,
}

impl<'a> Whole<'a> {
    /// Prepares a text.
    pub fn of(text: &'a str) -> Self {
        let words = Wording::in_one_spelling(text);
        Self { text, words }
    }

    /// The two halves, as the text has them, that some words were put together from.
    pub fn halves(&self, printed: &str) -> Option<[&'a str; 2]> {
        let own = Wording::in_one_spelling(printed);
        let all = &self.words.words()[..self.words.len().min(TEXT)];
        if !(WHOLE..=PRINTED).contains(&own.len())
            || printed.contains(['…', '[', ']'])
            || printed.contains("..")
        {
            return None;
        }
        let (front, fronts) = longest(all, |at| {
            let words = own.words().iter().zip(&all[at..]);
            words.take_while(|(one, other)| one == other).count()
        });
        let (back, backs) = longest(all, |at| {
            let words = own.words().iter().rev().zip(all[..=at].iter().rev());
            words.take_while(|(one, other)| one == other).count()
        });
        let is_covered = front + back + JOINT >= own.len() && front.max(back) < own.len();
        if front < HALF
            || back < HALF
            || !is_covered
            || !is_one_sentence(printed, &own, front..own.len() - back)
        {
            return None;
        }
        let pairs = || {
            fronts
                .iter()
                .flat_map(|at| backs.iter().map(move |end| (at + front, end + 1 - back)))
        };
        // Together, with a word or two left out, or in another order: nothing was put together.
        let is_apart = pairs().all(|(end, begin)| end + APART <= begin);
        let (end, begin) = pairs()
            .next()
            .filter(|(end, begin)| is_apart && self.ends_between(*end, *begin))?;
        let slice =
            |first: usize, last: usize| &self.text[self.words.place(first).start..self.words.place(last).end];
        Some([slice(end - front, end - 1), slice(begin, begin + back - 1)])
    }

    /// Whether a sentence ends between two words of the text, behind the first and before the second.
    fn ends_between(&self, end: usize, begin: usize) -> bool {
        (end..begin).any(|next| {
            let (word, next) = (self.words.place(next - 1), self.words.place(next));
            let printed = self.text.get(word.start..next.start).unwrap_or_default();
            ends_sentence(printed.trim_end_matches(['“', '‘', '«', '"', '(', ' ', '\n']))
                && self.text[next.start..].starts_with(char::is_uppercase)
        })
    }
}

/// Whether printed words go on over the place where the halves meet as one sentence does: `rooms, and I will`.
fn is_one_sentence(printed: &str, own: &Wording, joint: std::ops::Range<usize>) -> bool {
    let (before, behind) = (own.place(joint.start - 1).end, own.place(joint.end).start);
    let between = printed.get(before..behind).unwrap_or(".");
    let is_joint = |c: char| c.is_alphabetic() || matches!(c, ',' | ' ' | '”' | '“' | '"');
    let next = printed[behind..]
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    between.chars().all(is_joint) && (next == "I" || !next.starts_with(char::is_uppercase))
}

/// How many words stand together at most, and at which places; none where there are many.
fn longest(all: &[String], standing: impl Fn(usize) -> usize) -> (usize, Vec<usize>) {
    let mut most = 0;
    let mut places = Vec::new();
    for at in 0..all.len() {
        let count = standing(at);
        if count > most {
            most = count;
            places.clear();
        }
        if count == most && count > 0 {
            places.push(at);
        }
    }
    match places.len() <= PLACES {
        true => (most, places),
        false => (0, Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The mayor opened the hall. “We will not spend one more dollar on hotel rooms, not when beds are empty,” she said. \
                        “When the building is ready I will be there to hand over the keys,” she added.";

    #[track_caller]
    fn check(words: &str, text: &str, expected: Option<[&str; 2]>) {
        assert_eq!(Whole::of(text).halves(words), expected, "{words}");
    }

    #[test]
    fn a_sentence_of_two_halves_is_found_in_its_text() {
        let halves = [
            "We will not spend one more dollar on hotel rooms",
            "I will be there to hand over the keys",
        ];
        check(
            "We will not spend one more dollar on hotel rooms, and I will be there to hand over the keys,",
            TEXT,
            Some(halves),
        );
    }

    #[test]
    fn what_stands_there_or_says_that_it_leaves_out_is_no_splice() {
        for words in [
            "We will not spend one more dollar on hotel rooms, not when beds are empty",
            "We will not spend one more dollar on rooms, not when beds are empty",
            "We will not spend one more dollar on hotel rooms. I will be there to hand over the keys,",
            "We will not spend one more dollar on hotel rooms … I will be there to hand over the keys",
            "We will not spend one more dollar on hotel rooms [and] I will be there to hand over the keys",
            "We will not spend one more dollar on hotel rooms — I will be there to hand over the keys",
            "We will not spend one more dollar on hotel rooms, When the building is ready I will be there",
            "We will not spend a night in hotel rooms, and I will be there to see the keys,",
            "I will be there",
            "",
        ] {
            check(words, TEXT, None);
        }
    }

    #[test]
    fn another_punctuation_an_abbreviation_or_a_refrain_makes_no_splice() {
        let words =
            "We will not spend one more dollar on hotel rooms, and I will be there to hand over the keys,";
        for text in [
            "We will not spend one more dollar on hotel rooms. And I will be there to hand over the keys.",
            "We will not spend one more dollar on hotel rooms\n\nAdvertisement\n\nand I will be there to hand over the keys.",
            "I will be there to hand over the keys. We will not spend one more dollar on hotel rooms. And I will be there to hand over the keys.",
            "We will not spend one more dollar on hotel rooms near St. Mary’s hall, and I will be there to hand over the keys.",
        ] {
            check(words, text, None);
        }
    }
}
