//! In what two printings of the same words differ: what a reader must know before trusting one for the other.

use std::collections::BTreeSet;

use super::wording::{Change, Piece, Wording};

/// Words that turn what is said into its opposite.
const NEGATIONS: &str = include_str!("differing/negations.txt");

/// How another printing differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// A negation is in one of them and not in the other.
    Negation,
    /// A number is another.
    Number,
    /// Words stand in the place of others.
    Changed,
    /// Words within are left out there.
    LeftOut,
    /// Words stand within that are not here.
    Added,
    /// It begins later or ends earlier there.
    Shortened,
    /// It begins earlier or ends later there.
    Longer,
}

impl Difference {
    /// Its name in answers.
    pub fn code(self) -> &'static str {
        match self {
            Difference::Negation => "negation",
            Difference::Number => "number",
            Difference::Changed => "changed",
            Difference::LeftOut => "left_out",
            Difference::Added => "added",
            Difference::Shortened => "shortened",
            Difference::Longer => "longer",
        }
    }

    /// What it says of the other printing.
    pub fn told(self) -> &'static str {
        match self {
            Difference::Negation => "a negation differs",
            Difference::Number => "a number differs",
            Difference::Changed => "words changed",
            Difference::LeftOut => "words left out",
            Difference::Added => "words put in",
            Difference::Shortened => "shortened",
            Difference::Longer => "longer",
        }
    }

    /// Whether it may turn the meaning.
    pub fn is_grave(self) -> bool {
        matches!(self, Difference::Negation | Difference::Number)
    }
}

/// How what came of a text differs from what it was, the gravest first.
pub fn differences_of(pieces: &[Piece]) -> BTreeSet<Difference> {
    let mut found = BTreeSet::new();
    let first = pieces.iter().position(|piece| piece.change == Change::Kept);
    let last = pieces.iter().rposition(|piece| piece.change == Change::Kept);
    let (Some(first), Some(last)) = (first, last) else {
        // Nothing of it stayed.
        found.insert(Difference::Changed);
        return found;
    };
    // At the ends a printing is cut or goes on; within it words are changed.
    found.extend(ends(&pieces[..first]));
    found.extend(ends(&pieces[last + 1..]));
    for stretch in pieces[first..=last].split(|piece| piece.change == Change::Kept) {
        found.extend(
            match (has(stretch, Change::Removed), has(stretch, Change::Added)) {
                (true, true) => Some(Difference::Changed),
                (true, false) => Some(Difference::LeftOut),
                (false, true) => Some(Difference::Added),
                (false, false) => None,
            },
        );
    }
    // Of what is only cut off, nothing is turned into its opposite.
    let within = &pieces[first..=last];
    if counted(within, Change::Removed, is_negation) != counted(within, Change::Added, is_negation) {
        found.insert(Difference::Negation);
    }
    if is_another_number(within) {
        found.insert(Difference::Number);
    }
    found
}

/// What differs at an end: one text goes on there, or both do in other words.
fn ends(pieces: &[Piece]) -> Option<Difference> {
    match (has(pieces, Change::Removed), has(pieces, Change::Added)) {
        (true, true) => Some(Difference::Changed),
        (true, false) => Some(Difference::Shortened),
        (false, true) => Some(Difference::Longer),
        (false, false) => None,
    }
}

/// Whether there are words of a change, and not only marks.
fn has(pieces: &[Piece], change: Change) -> bool {
    let of = pieces.iter().filter(|piece| piece.change == change);
    of.into_iter().any(|piece| !Wording::of(&piece.text).is_empty())
}

fn counted(pieces: &[Piece], change: Change, is: impl Fn(&str) -> bool) -> usize {
    let of = pieces.iter().filter(|piece| piece.change == change);
    of.flat_map(|piece| piece.text.split_whitespace())
        .filter(|word| is(word))
        .count()
}

/// Whether a word says no, by itself or at its end ("won't").
fn is_negation(word: &str) -> bool {
    let word = word
        .trim_matches(|c: char| !c.is_alphanumeric())
        .replace('’', "'");
    let folded = Wording::of(&word).words().concat();
    word.to_lowercase().ends_with("n't") || entries(NEGATIONS).any(|negation| negation == folded)
}

/// The entries of a table.
fn entries(table: &'static str) -> impl Iterator<Item = &'static str> {
    let lines = table.lines();
    lines.filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Whether a number of one stands nowhere in the other's stead.
fn is_another_number(pieces: &[Piece]) -> bool {
    let numbers = |change: Change| -> BTreeSet<String> {
        let of = pieces.iter().filter(|piece| piece.change == change);
        let words = of.flat_map(|piece| {
            piece
                .text
                .split(|c: char| !c.is_alphanumeric() && c != ',' && c != '.')
        });
        words
            .filter(|word| word.contains(|c: char| c.is_ascii_digit()))
            .map(|word| word.chars().filter(char::is_ascii_digit).collect())
            .collect()
    };
    let (gone, come) = (numbers(Change::Removed), numbers(Change::Added));
    !gone.is_empty() && !come.is_empty() && gone != come
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::wording::reworded;

    #[track_caller]
    fn check(here: &str, there: &str, expected: &[Difference]) {
        let found = differences_of(&reworded(here, there));
        assert_eq!(
            found.into_iter().collect::<Vec<_>>(),
            expected,
            "{here} / {there}"
        );
    }

    #[test]
    fn what_is_cut_left_out_put_in_or_changed_is_told_apart() {
        use Difference::{Added, Changed, LeftOut, Longer, Number, Shortened};
        let here = "We will open the new bridge in April with 12 boats";
        check(here, "we will open the new bridge in April with 12 boats.", &[]);
        check(here, "We will open the new bridge in April", &[Shortened]);
        check(here, "open the new bridge", &[Shortened]);
        check("open the new bridge", here, &[Longer]);
        check(here, "We will open the bridge in April with 12 boats", &[LeftOut]);
        check(
            here,
            "We will soon open the new bridge in April with 12 boats",
            &[Added],
        );
        check(
            here,
            "We will open the old bridge in April with 12 boats",
            &[Changed],
        );
        check(
            here,
            "We will open the new bridge in April with 20 boats",
            &[Number, Changed],
        );
        check("ferry", "bridge", &[Changed]);
    }

    #[test]
    fn a_no_that_went_or_came_is_grave() {
        use Difference::{Added, Changed, LeftOut, Negation, Shortened};
        let here = "a bridge that I would not let my own children cross";
        check(
            here,
            "a bridge that I would let my own children cross",
            &[Negation, LeftOut],
        );
        check(
            "We will stop the ferry",
            "We won’t stop the ferry",
            &[Negation, Changed],
        );
        check(
            "Vamos a parar el ferry",
            "No vamos a parar nunca el ferry",
            &[Negation, Added, Difference::Longer],
        );
        // The same no in other words, and one that stands in what is cut off.
        check(
            "We won't stop the ferry",
            "We will not stop the ferry",
            &[Changed],
        );
        check(
            "No, we will stop the ferry",
            "we will stop the ferry",
            &[Shortened],
        );
        assert!(Negation.is_grave() && !Shortened.is_grave());
    }
}
