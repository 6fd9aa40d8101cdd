//! Numbers of a text, in digits and in words: "two hundred and five thousand" is 205000.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use super::wording::Wording;

/// Numbers in words, each with its value.
static WORDS: LazyLock<HashMap<&str, f64>> = LazyLock::new(|| {
    let lines = include_str!("numerals/words.txt").lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let read = lines.filter_map(|line| line.split_once(' '));
    read.filter_map(|(word, value)| Some((word, value.parse().ok()?)))
        .collect()
});

/// How often something is, in one word, and the number of times that is.
const TIMES: [(&str, &str); 2] = [("twice", "2"), ("thrice", "3")];

/// What stands behind the number of a share.
const PERCENT: &str = "%";

/// The number that a single word is, in digits: "12", "twelve", "twenty-seven", "1,500", "1.5".
pub fn of_word(word: &str) -> Option<String> {
    let parts = word.split('-').filter(|part| !part.is_empty());
    let is_number = word.contains(char::is_alphanumeric)
        && parts
            .clone()
            .all(|part| WORDS.contains_key(part) || in_digits(part).is_some());
    let (numbers, _) = is_number.then(|| read(word))?;
    let mut numbers = numbers.into_iter();
    numbers.next().filter(|_| numbers.next().is_none())
}

/// The numbers of a text, those in words as digits, and its other words.
pub fn read(text: &str) -> (BTreeSet<String>, Vec<&str>) {
    let (mut numbers, mut others) = (BTreeSet::new(), Vec::new());
    let mut spelled = Spelled::default();
    for printed in text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/')) {
        let word = printed.trim_matches(|c: char| !c.is_alphanumeric());
        if word.is_empty() {
            others.extend(printed.contains('%').then_some(PERCENT));
            continue;
        }
        if spelled.takes(word) {
            continue;
        }
        numbers.extend(std::mem::take(&mut spelled).number());
        if let Some((_, number)) = TIMES.iter().find(|(once, _)| once.eq_ignore_ascii_case(word)) {
            numbers.insert((*number).to_owned());
            others.push("times");
            continue;
        }
        // What does not go on with a number may begin another one.
        if spelled.takes(word) {
            continue;
        }
        if let Some((number, letters)) = with_letters(word) {
            numbers.insert(number.to_string());
            others.extend((!letters.is_empty()).then_some(letters));
            continue;
        }
        match in_digits(word) {
            // "1.5 million": what is in digits may go on in words.
            Some(number) => {
                spelled.begin(number);
                others.extend(printed.ends_with('%').then_some(PERCENT));
            }
            None if word.contains(|c: char| c.is_ascii_digit()) => {
                numbers.insert(word.replace(',', "").to_lowercase());
            }
            None => others.push(printed),
        }
    }
    numbers.extend(spelled.number());
    (numbers, others)
}

/// A number in digits. A comma or point before three digits parts thousands, any other begins a fraction, as English and
/// Spanish do in turn.
fn in_digits(word: &str) -> Option<f64> {
    let is_number = word.starts_with(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
    if !is_number {
        return None;
    }
    let mut groups = word.split([',', '.']);
    let mut digits = groups.next()?.to_owned();
    for group in groups {
        if group.len() != 3 {
            digits.push('.');
        }
        digits.push_str(group);
    }
    digits.parse().ok()
}

/// A number in digits with letters behind it: "1.5M" is another number, "10am" the number and a word, "42nd" neither.
fn with_letters(word: &str) -> Option<(f64, &str)> {
    let end = word.find(|c: char| c.is_alphabetic())?;
    let (digits, letters) = word.split_at(end);
    let number = in_digits(digits)?;
    match letters {
        "k" | "K" => Some((number * 1e3, "")),
        "M" | "m" | "mn" => Some((number * 1e6, "")),
        "B" | "b" | "bn" => Some((number * 1e9, "")),
        "am" | "pm" | "AM" | "PM" => Some((number, letters)),
        _ => None,
    }
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
        let Some(value) = WORDS.get(folded.as_str()).copied() else {
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

    #[test]
    fn numbers_are_read_in_digits_and_in_words() {
        for (text, expected, others) in [
            (
                "two hundred and five thousand boats",
                &["205000"][..],
                &["boats"][..],
            ),
            ("$1.5 million, 12 of them", &["1500000", "12"], &["of", "them"]),
            ("from two to three", &["2", "3"], &["from", "to"]),
            ("Twice or three times", &["2", "3"], &["times", "or", "times"]),
            (
                "the 42nd pier in 1,500",
                &["42nd", "1500"],
                &["the", "pier", "in"],
            ),
            ("14% or 15 %", &["14", "15"], &["%", "or", "%"]),
            ("$1.5M, at 10am", &["1500000", "10"], &["at", "am"]),
            ("1,5 millones", &["1500000"], &[]),
            ("1.500 barcos", &["1500"], &["barcos"]),
            ("nothing", &[], &["nothing"]),
        ] {
            let (numbers, words) = read(text);
            let expected: BTreeSet<String> = expected.iter().map(|number| (*number).to_owned()).collect();
            assert_eq!((numbers, words), (expected, others.to_vec()), "{text}");
        }
        assert_eq!(of_word("twenty-seven").as_deref(), Some("27"));
        assert_eq!(of_word("two-three"), None);
        assert_eq!(of_word("well-known"), None);
    }
}
