//! In what two printings of the same words differ: what a reader must know before trusting one for the other.

use std::collections::BTreeSet;

use super::wording::{Change, Piece, Wording};

/// Words that turn what is said into its opposite.
const NEGATIONS: &str = include_str!("differing/negations.txt");
/// Numbers in words, each with its digits.
const NUMBERS: &str = include_str!("differing/numbers.txt");

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
    let first = pieces.iter().position(|piece| piece.change == Change::Kept);
    let last = pieces.iter().rposition(|piece| piece.change == Change::Kept);
    let (Some(first), Some(last)) = (first, last) else {
        // Nothing of it stayed.
        return BTreeSet::from([Difference::Changed]);
    };
    let (before, after) = (&pieces[..first], &pieces[last + 1..]);
    let stretches = pieces[first..=last].split(|piece| piece.change == Change::Kept);
    // At the ends a printing is cut or goes on, if it has no other words there.
    let ends = [before, after].map(|stretch| end(stretch).unwrap_or_else(|| within(stretch)));
    let mut found: BTreeSet<Difference> = stretches
        .flat_map(within)
        .chain(ends.into_iter().flatten())
        .collect();
    if is_denied_by(before) {
        found.insert(Difference::Negation);
    }
    found
}

/// What differs at an end where only one of the texts goes on; `None` where both do.
fn end(pieces: &[Piece]) -> Option<Vec<Difference>> {
    match (has(pieces, Change::Removed), has(pieces, Change::Added)) {
        (true, false) => Some(vec![Difference::Shortened]),
        (false, true) => Some(vec![Difference::Longer]),
        _ => None,
    }
}

/// What differs in a stretch between words that stayed.
fn within(pieces: &[Piece]) -> Vec<Difference> {
    let mut found = Vec::new();
    if counted(pieces, Change::Removed) != counted(pieces, Change::Added) {
        found.push(Difference::Negation);
    }
    if is_another_number(pieces) {
        found.push(Difference::Number);
    }
    found.extend(match (has(pieces, Change::Removed), has(pieces, Change::Added)) {
        (true, true) => Some(Difference::Changed),
        (true, false) => Some(Difference::LeftOut),
        (false, true) => Some(Difference::Added),
        (false, false) => None,
    });
    found
}

/// Whether what is cut off before the words denies them ("It is not true that …"), rather than being a sentence or an
/// answer of its own ("No, …").
fn is_denied_by(before: &[Piece]) -> bool {
    let denies = |change: Change| {
        let of = before.iter().filter(|piece| piece.change == change);
        let text: String = of.map(|piece| piece.text.as_str()).collect();
        let clause = text
            .rsplit(['.', '!', '?', ',', ';', ':', '—'])
            .next()
            .unwrap_or_default();
        clause.split_whitespace().any(is_negation)
    };
    denies(Change::Removed) != denies(Change::Added)
}

/// Whether there are words of a change, and not only marks.
fn has(pieces: &[Piece], change: Change) -> bool {
    let mut of = pieces.iter().filter(|piece| piece.change == change);
    of.any(|piece| !Wording::of(&piece.text).is_empty())
}

/// How many words of a change say no.
fn counted(pieces: &[Piece], change: Change) -> usize {
    let of = pieces.iter().filter(|piece| piece.change == change);
    let words = of.flat_map(|piece| piece.text.split_whitespace());
    words.filter(|word| is_negation(word)).count()
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

/// Whether numbers stand in the place of others, in digits or in words.
fn is_another_number(pieces: &[Piece]) -> bool {
    let numbers = |change: Change| -> BTreeSet<String> {
        let of = pieces.iter().filter(|piece| piece.change == change);
        of.flat_map(|piece| numbers_of(&piece.text)).collect()
    };
    let (gone, come) = (numbers(Change::Removed), numbers(Change::Added));
    !gone.is_empty() && !come.is_empty() && gone != come
}

/// The numbers of a text, those in words as digits.
fn numbers_of(text: &str) -> BTreeSet<String> {
    let mut numbers = BTreeSet::new();
    let mut spelled = Spelled::default();
    for word in text.split(|c: char| !c.is_alphanumeric() && c != ',' && c != '.') {
        let word = word.trim_matches(['.', ',']);
        if word.is_empty() || spelled.takes(word) {
            continue;
        }
        numbers.extend(std::mem::take(&mut spelled).number());
        // What does not go on with a number may begin another one.
        if spelled.takes(word) {
            continue;
        }
        if word.contains(|c: char| c.is_ascii_digit()) {
            let digits = word.replace(',', "").to_lowercase();
            match digits.parse() {
                // "1.5 million": what is in digits may go on in words.
                Ok(number) => spelled.begin(number),
                Err(_) => drop(numbers.insert(digits)),
            }
        }
    }
    numbers.extend(spelled.number());
    numbers
}

/// A number that is read word by word ("two hundred and five thousand").
#[derive(Default)]
struct Spelled {
    whole: f64,
    /// What the next larger word multiplies.
    part: Option<f64>,
    is_begun: bool,
}

impl Spelled {
    fn begin(&mut self, number: f64) {
        (self.part, self.is_begun) = (Some(number), true);
    }

    /// Takes a word that goes on with the number or begins it; answers whether it does.
    fn takes(&mut self, word: &str) -> bool {
        let folded = Wording::of(word).words().concat();
        if self.is_begun && folded == "and" {
            return true;
        }
        let mut values = entries(NUMBERS).filter_map(|line| line.split_once(' '));
        let Some(value) = values
            .find(|(name, _)| *name == folded)
            .and_then(|(_, value)| value.parse::<f64>().ok())
        else {
            return false;
        };
        let part = self.part.unwrap_or(0.0);
        match value {
            // Scores, dozens and hundreds multiply what stands before them, thousands end it.
            12.0 | 100.0
                if self
                    .part
                    .is_some_and(|part| part > 0.0 && (part < value || value > 12.0)) =>
            {
                self.part = Some(part * value);
            }
            1_000.0.. => {
                self.whole += if self.part.is_some() { part * value } else { value };
                self.part = None;
            }
            // "twenty five", "two hundred five"; "two three" are two numbers.
            _ if self.part.is_none() || value < lowest_place(part) => self.part = Some(part + value),
            _ => return false,
        }
        self.is_begun = true;
        true
    }

    fn number(self) -> Option<String> {
        self.is_begun
            .then(|| (self.whole + self.part.unwrap_or(0.0)).to_string())
    }
}

/// What must be below to be added to a number: 10 to 20, 100 to 300, nothing to 7.
fn lowest_place(number: f64) -> f64 {
    [100.0, 10.0]
        .into_iter()
        .find(|place| number >= 2.0 * 10.0 && number % place == 0.0)
        .unwrap_or(0.0)
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
        check(
            "We will open it in 2027",
            "We will open it in 2028.",
            &[Number, Changed],
        );
        check("12 people fled", "20 people fled", &[Number, Changed]);
        check("We lost $1.5 million", "We lost $15 million", &[Number, Changed]);
        check("We lost 1,500 boats", "we lost 1500 boats", &[]);
        check("Two people fled", "Three people fled", &[Number, Changed]);
        check("twenty-five boats", "twenty-six boats", &[Number, Changed]);
        check("Vinieron dos barcos", "Vinieron 3 barcos", &[Number, Changed]);
        // The same number, and none in the place of one.
        check("Two people fled", "2 people fled", &[Changed]);
        check("Twenty-five people fled", "25 people fled", &[Changed]);
        check("Two hundred boats", "200 boats", &[Changed]);
        check("two hundred and five thousand boats", "205,000 boats", &[Changed]);
        check(
            "from two to three boats",
            "from three to two boats",
            &[LeftOut, Added],
        );
        check("Two dozen people fled", "24 people fled", &[Changed]);
        check("It was once a pier", "It was one a pier", &[Changed]);
        check("two hundred boats", "three hundred boats", &[Number, Changed]);
        check(
            "a hundred thousand boats",
            "one hundred boats",
            &[Number, Changed],
        );
        check("Two people fled", "Many people fled", &[Changed]);
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
        check(
            "Will you resign? No.",
            "Will you resign? Yes.",
            &[Negation, Changed],
        );
        check(
            "Nobody will lose a job",
            "Everybody will lose a job",
            &[Negation, Changed],
        );
        check(
            "we will not raise rents and will cut pay",
            "we will raise rents and will not cut pay",
            &[Negation, LeftOut, Added],
        );
        check(
            "It is not true that we will stop the ferry",
            "we will stop the ferry",
            &[Negation, Shortened],
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
