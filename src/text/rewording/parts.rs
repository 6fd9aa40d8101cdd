//! Two printings of which one may be a part of the other, in one stretch or in several passages.

use std::ops::Range;

use super::{ends_sentence, joined, reworded};
use crate::text::excerpts::{Excerpt, excerpts};
use crate::text::wording::{Change, Piece, Wording, printed};

/// What differs where one of two printings may be a part of the other: the stretch that it is a part of is compared with it,
/// and what stands around that is cut off or goes on. Compared as a whole, a word that stands everywhere would seem to stay.
pub fn parted(here: &str, there: &str) -> Vec<Piece> {
    let (one, other) = (Wording::in_one_spelling(here), Wording::in_one_spelling(there));
    let is_here_longer = one.len() >= other.len();
    let (longer, change) = match is_here_longer {
        true => (here, Change::Removed),
        false => (there, Change::Added),
    };
    let found = match is_here_longer {
        true => other.found_in(&one),
        false => one.found_in(&other),
    };
    let Some((place, share)) = found else {
        return reworded(here, there);
    };
    // Where all of it stands together there is one passage.
    if share < 1.0 {
        let shorter = if is_here_longer { there } else { here };
        if let Some(excerpts) = excerpts(longer, shorter) {
            return by_excerpts((longer, change), shorter, &excerpts);
        }
        if let Some(whole) = with_words_left_out(here, there, change) {
            return whole;
        }
    }
    let compared = |stretch: &str| match is_here_longer {
        true => reworded(stretch, there),
        false => reworded(here, stretch),
    };
    let place = with_replaced(longer, place, |place| compared(&longer[place]), change);
    let end = with_marks(longer, place.end);
    let within = compared(&longer[place.start..end]);
    let around = |text: &str| Piece {
        change,
        text: text.to_owned(),
    };
    let mut pieces: Vec<Piece> = Vec::with_capacity(within.len() + 2);
    pieces.extend((place.start > 0).then(|| around(&longer[..place.start])));
    pieces.extend(within);
    if end < longer.len() {
        with_space(&mut pieces);
        pieces.push(around(&longer[end..]));
    }
    pieces
}

/// Runs of words that a sentence has of another: small words stand everywhere, in many runs.
const MOST_RUNS: usize = 3;

/// A printing beside a text that has all of its words in a few runs: words were left out of it, and no other came.
fn with_words_left_out(here: &str, there: &str, of_longer: Change) -> Option<Vec<Piece>> {
    let mut whole = reworded(here, there);
    let is_other = |piece: &Piece| piece.change != Change::Kept && piece.change != of_longer;
    let runs = whole.iter().filter(|piece| piece.change == Change::Kept).count();
    if runs > MOST_RUNS || whole.iter().any(is_other) {
        return None;
    }
    for end in 1..whole.len() {
        with_space(&mut whole[..end]);
    }
    Some(whole)
}

/// The passages of a shorter text beside what the longer one has in their places; `of_longer` is what became of what stands
/// around and between them.
fn by_excerpts((longer, of_longer): (&str, Change), shorter: &str, excerpts: &[Excerpt]) -> Vec<Piece> {
    let mut beside = Beside {
        pieces: Vec::new(),
        of_longer,
    };
    let (mut longer_at, mut shorter_at) = (0, 0);
    for (number, Excerpt { passage, place }) in excerpts.iter().enumerate() {
        let own = shorter[passage.clone()].trim_start();
        let later = excerpts[number + 1..]
            .iter()
            .find_map(|later| later.place.as_ref());
        // The words that the next passage begins with are its own.
        let next = later.map_or(longer.len(), |place| place.start);
        let place = match place {
            Some(place) => {
                let compared = |place: Range<usize>| beside.compared(&longer[place], own);
                let place = with_replaced(longer, place.clone(), compared, of_longer);
                let start = place.start.max(longer_at);
                start..with_marks(longer, place.end.max(start)).min(next.max(start))
            }
            // A sentence that was altered is one of those in between.
            None => longer_at..next.max(longer_at),
        };
        if number > 0 {
            beside.part();
        }
        beside.left_out(&longer[longer_at..place.start]);
        beside.ellipsis(shorter[shorter_at..passage.start].trim());
        if number > 0 {
            beside.part();
        }
        with_space(&mut beside.pieces);
        let compared = beside.compared(&longer[place.clone()], own);
        beside.pieces.extend(compared);
        (longer_at, shorter_at) = (place.end, passage.end);
    }
    beside.left_out(&longer[longer_at..]);
    beside.ellipsis(shorter[shorter_at..].trim());
    joined(beside.pieces)
}

/// A shorter text beside a longer one, passage by passage.
struct Beside {
    pieces: Vec<Piece>,
    of_longer: Change,
}

impl Beside {
    /// A stretch of the longer text beside a passage of the shorter one.
    fn compared(&self, stretch: &str, own: &str) -> Vec<Piece> {
        match self.of_longer {
            Change::Removed => reworded(stretch, own),
            _ => reworded(own, stretch),
        }
    }

    /// What the longer text has around and between the passages.
    fn left_out(&mut self, text: &str) {
        if !text.is_empty() {
            self.put(self.of_longer, text);
        }
    }

    /// What the shorter one has there.
    fn ellipsis(&mut self, mark: &str) {
        if !mark.is_empty() {
            let of_shorter = match self.of_longer {
                Change::Removed => Change::Added,
                _ => Change::Removed,
            };
            self.put(of_shorter, mark);
        }
    }

    fn put(&mut self, change: Change, text: &str) {
        with_space(&mut self.pieces);
        let text = text.to_owned();
        self.pieces.push(Piece { change, text });
    }

    /// The space between two passages, which both texts have: it keeps what was put in the place of a passage's words
    /// apart from what was left out beside it.
    fn part(&mut self) {
        if let Some(last) = self.pieces.last_mut().filter(|last| last.change != Change::Kept) {
            last.text.truncate(last.text.trim_end().len());
            self.pieces.push(Piece {
                change: Change::Kept,
                text: " ".to_owned(),
            });
        }
    }
}

/// The end of a stretch with the marks and the space behind it, which belong to it.
fn with_marks(text: &str, end: usize) -> usize {
    let next = text[end..].find(char::is_alphanumeric);
    next.map_or(text.len(), |at| end + at)
}

/// Parts the last of some pieces from the next one: a shorter text may end there, without a space.
fn with_space(pieces: &mut [Piece]) {
    let last = pieces.last_mut();
    if let Some(last) = last.filter(|last| !last.text.ends_with(char::is_whitespace)) {
        last.text.push(' ');
    }
}

/// A stretch of the longer text with the words of its sentence in whose place the shorter one has others at its ends: "All" for the "Some"
/// that a stretch found by common words begins behind.
fn with_replaced(
    longer: &str,
    place: Range<usize>,
    compared: impl Fn(Range<usize>) -> Vec<Piece>,
    of_longer: Change,
) -> Range<usize> {
    /// More words are no replacement but go on.
    const MOST: usize = 3;
    let pieces = compared(place.clone());
    let others = |piece: Option<&Piece>| {
        let is_other = |piece: &&Piece| piece.change != Change::Kept && piece.change != of_longer;
        let count = piece
            .filter(is_other)
            .map_or(0, |piece| Wording::of(&piece.text).len());
        if count > MOST { 0 } else { count }
    };
    let (front, back) = (others(pieces.first()), others(pieces.last()));
    let length = |words: &[&str]| words.iter().map(|word| word.len()).sum::<usize>();
    let before = printed(&longer[..place.start]);
    let before = before
        .iter()
        .rev()
        .take(front)
        .take_while(|word| !ends_sentence(word));
    let before: Vec<&str> = before.copied().collect();
    let behind = printed(&longer[place.end..]);
    // What stands next to the stretch may be the mark that ends its own last word.
    let is_sentence_open = |text: &str| !ends_sentence(text);
    let mut behind_end = place.end;
    let mut taken = 0;
    for word in behind {
        if taken == back || !is_sentence_open(&longer[place.start..behind_end]) {
            break;
        }
        behind_end += word.len();
        taken += usize::from(word.contains(char::is_alphanumeric));
    }
    place.start - length(&before)..behind_end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::rewording::shown;

    #[track_caller]
    fn check_part(here: &str, there: &str, expected: &str) {
        assert_eq!(shown(&parted(here, there)), expected);
    }

    #[test]
    fn a_word_at_the_end_of_a_part_stands_for_its_neighbour_alone() {
        let whole =
            "We will not arrest anyone. Some of my officers are worried, and I know it. Nobody sleeps well.";
        check_part(
            whole,
            "All of my officers are worried",
            "[We will not arrest anyone. ][Some ]{All }of my officers are worried [and I know it. Nobody sleeps well.]",
        );
    }

    #[test]
    fn passages_far_apart_are_each_compared_with_their_own_place() {
        let whole = "We will not close the pier to boats, and we will not pay. It has kept 48 families at home. The council may vote in \
                     May. We will respect that vote. Until then the law is the law in every county.";
        check_part(
            whole,
            "We will not close the pier to boats … Until then the law is the law",
            "We will not close the pier to boats [and we will not pay. It has kept 48 families at home. The council may vote in May. \
             We will respect that vote. ]{…} Until then the law is the law [in every county.]",
        );
        check_part(
            "It has kept 84 families at home. Until then the law is the law.",
            whole,
            "{We will not close the pier to boats, and we will not pay. }It has kept [84 ]{48 }families at home. \
             {The council may vote in May. We will respect that vote.} Until then the law is the law {in every county.}",
        );
    }
}
