//! Words put together from two places: a sentence that nobody said, of halves that somebody did.

use std::ops::Range;

use super::rewording::ends_sentence;
use super::wording::Wording;

/// Words of each half, and of the whole: fewer stand together anywhere.
const HALF: usize = 5;
const WHOLE: usize = 12;
/// Words between the halves that stand in neither: "and", "but".
const JOINT: usize = 1;

/// The two places of a text, in bytes, that some words were put together from: the longest beginning of these that stands there, and the
/// longest end, with a sentence that ends between the two or in another order. `None` where they stand there together, or where they leave
/// out what ends a sentence as one does: whoever quotes two sentences of three puts nothing together.
pub fn spliced(words: &str, text: &str) -> Option<[Range<usize>; 2]> {
    let (own, all) = (Wording::in_one_spelling(words), Wording::in_one_spelling(text));
    if own.len() < WHOLE {
        return None;
    }
    let front = longest(own.words(), all.words(), |own, all, at| {
        own.iter()
            .zip(&all[at..])
            .take_while(|(one, other)| one == other)
            .count()
    })?;
    let back = longest(own.words(), all.words(), |own, all, at| {
        let (own, all) = (own.iter().rev(), all[..=at].iter().rev());
        own.zip(all).take_while(|(one, other)| one == other).count()
    })?;
    let (front, back) = (front.0..front.0 + front.1, back.0 + 1 - back.1..back.0 + 1);
    let is_whole = front.len() >= own.len() || back.len() >= own.len();
    let is_covered = front.len() + back.len() + JOINT >= own.len();
    if is_whole || !is_covered || front.len() < HALF || back.len() < HALF {
        return None;
    }
    let ends = |text: &str, from: usize, to: usize| ends_sentence(text.get(from..to).unwrap_or_default());
    // Where the words end a sentence between the halves, they are two sentences of his.
    let joint = own.place(front.len() - 1).end..own.place(own.len() - back.len()).start;
    let is_parted = joint.start < joint.end && ends(words, 0, joint.end);
    let is_between = match front.end <= back.start {
        true => {
            text[all.place(front.end - 1).end..all.place(back.start).start].contains(['.', '!', '?', '\n'])
        }
        false => front.start >= back.end,
    };
    let bytes = |range: Range<usize>| all.place(range.start).start..all.place(range.end - 1).end;
    (!is_parted && is_between).then(|| [bytes(front), bytes(back)])
}

/// The place of a text at which most words stand, and how many; the first of several.
fn longest(
    own: &[String],
    all: &[String],
    standing: impl Fn(&[String], &[String], usize) -> usize,
) -> Option<(usize, usize)> {
    let counted = (0..all.len()).map(|at| (at, standing(own, all, at)));
    let best = counted.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    (best.1 > 0).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The mayor opened the hall. “We will not spend one more dollar on hotel rooms, not when beds are empty,” she said. \
                        “When the building is ready I will be there to hand over the keys,” she added.";

    fn halves(words: &str, text: &str) -> Option<[String; 2]> {
        let halves = spliced(words, text)?;
        Some(halves.map(|range| text[range].to_owned()))
    }

    #[test]
    fn a_sentence_of_two_halves_is_found_in_its_text() {
        let words =
            "We will not spend one more dollar on hotel rooms, and I will be there to hand over the keys,";
        let expected = [
            "We will not spend one more dollar on hotel rooms",
            "I will be there to hand over the keys",
        ];
        assert_eq!(halves(words, TEXT), Some(expected.map(str::to_owned)));
        // In the other order too.
        let turned =
            "I will be there to hand over the keys, and we will not spend one more dollar on hotel rooms";
        assert!(halves(turned, TEXT).is_some());
    }

    #[test]
    fn what_stands_there_or_only_leaves_out_is_no_splice() {
        let whole = "We will not spend one more dollar on hotel rooms, not when beds are empty";
        assert_eq!(halves(whole, TEXT), None);
        let left_out = "We will not spend one more dollar on rooms, not when beds are empty";
        assert_eq!(halves(left_out, TEXT), None);
        let two = "We will not spend one more dollar on hotel rooms. I will be there to hand over the keys,";
        assert_eq!(halves(two, TEXT), None);
        assert_eq!(halves("I will be there", TEXT), None);
        assert_eq!(halves("", ""), None);
        let other = "We will not spend a night in hotel rooms, and I will be there to see the keys,";
        assert_eq!(halves(other, TEXT), None);
    }
}
