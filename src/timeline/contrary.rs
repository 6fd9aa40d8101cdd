//! What keeps two texts apart that otherwise read alike: one says no where the other does not, or they name another
//! number, name or day. In doubt they are not kept apart: papers print the same words in many ways.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::model::tongue::Tongue;
use crate::text::rewording::reworded;
use crate::text::wording::{Change, Piece, Wording};

/// Words of a stretch that can be laid beside another: more are told in other words altogether …
const MOST_WORDS: usize = 6;
/// … and where one side has so many more, the other left something out.
const MORE_WORDS: usize = 3;
/// Letters that a word keeps when it loses an ending.
const LETTERS: usize = 3;
/// What may stand behind the digits of a number and makes no other one of it.
const SUFFIXES: [&str; 8] = ["", "st", "nd", "rd", "th", "am", "pm", "%"];

static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::of(include_str!("contrary_en.txt")));
static SPANISH: LazyLock<Words> = LazyLock::new(|| Words::of(include_str!("contrary_es.txt")));

/// The words of a language.
struct Words {
    no: HashSet<&'static str>,
    auxiliary: HashSet<&'static str>,
    endings: Vec<&'static str>,
    numbers: HashMap<&'static str, u64>,
}

impl Words {
    fn of(file: &'static str) -> Self {
        let mut words = Self {
            no: HashSet::new(),
            auxiliary: HashSet::new(),
            endings: Vec::new(),
            numbers: HashMap::new(),
        };
        let lines = file.lines().filter(|line| !line.starts_with('#'));
        for (name, listed) in lines.filter_map(|line| line.split_once(':')) {
            let listed = listed.split_whitespace();
            match name {
                "no" => words.no.extend(listed),
                "auxiliary" => words.auxiliary.extend(listed),
                "endings" => words.endings.extend(listed),
                number => {
                    let number: u64 = number.parse().expect("the file's other names are numbers");
                    words.numbers.extend(listed.map(|word| (word, number)));
                }
            }
        }
        words
    }

    fn in_tongue(tongue: Tongue) -> &'static Self {
        match tongue {
            Tongue::English => &ENGLISH,
            Tongue::Spanish => &SPANISH,
        }
    }

    /// A word without its ending, so that "closes" is "close" and so is "closed".
    fn stem<'a>(&self, word: &'a str) -> &'a str {
        let ends = self.endings.iter().filter_map(|ending| word.strip_suffix(ending));
        let shorter = ends.filter(|rest| rest.chars().count() >= LETTERS);
        shorter
            .min_by_key(|rest| rest.len())
            .unwrap_or(word)
            .trim_end_matches('e')
    }
}

/// Whether two texts say different things where they differ. `with_names` says whether a capital makes a name, which it
/// does not in headlines.
///
/// What only one of them has before or behind all that they share is context that the other left out, and says nothing.
pub(super) fn contradict(one: &str, other: &str, tongue: Tongue, with_names: bool) -> bool {
    let words = Words::in_tongue(tongue);
    let pieces = reworded(one, other);
    let is_kept = |piece: &Piece| piece.change == Change::Kept;
    let (Some(first), Some(last)) = (pieces.iter().position(is_kept), pieces.iter().rposition(is_kept))
    else {
        return false;
    };
    let mut before = "";
    let mut rest = &pieces[first..=last];
    while let Some((piece, behind)) = rest.split_first() {
        if is_kept(piece) {
            before = &piece.text;
            rest = behind;
            continue;
        }
        let length = rest.iter().take_while(|piece| !is_kept(piece)).count();
        let (changed, behind) = rest.split_at(length);
        let next = behind.first().map_or("", |piece| piece.text.as_str());
        let of = |change: Change| -> String {
            let own = changed.iter().filter(|piece| piece.change == change);
            own.map(|piece| piece.text.as_str()).collect()
        };
        let (gone, come) = (of(Change::Removed), of(Change::Added));
        // Where the words beside it are a name as well, it is only told more or less fully; and a sentence begins with a
        // capital whatever it begins with.
        let may_be_names = with_names
            && !ends_with_a_name(before)
            && !begins_with_a_name(next)
            && !before.trim_end().ends_with(['.', '!', '?', ':', '“', '"']);
        if differ(&gone, &come, words, may_be_names) {
            return true;
        }
        rest = behind;
    }
    false
}

/// Whether two texts are the same but for a word or two that tell something: "sell the pepper station", "lease the kettle
/// station". Who says both says two things; how a paper prints one does not go so far.
pub(super) fn puts_another_word(one: &str, other: &str, tongue: Tongue) -> bool {
    let (one, other) = (Wording::of(one), Wording::of(other));
    let pairs: Vec<(&String, &String)> = one
        .words()
        .iter()
        .zip(other.words())
        .filter(|(one, other)| one != other)
        .collect();
    let words = Words::in_tongue(tongue);
    let tells = |word: &str| {
        word.chars().count() > LETTERS
            && word.chars().all(char::is_alphabetic)
            && !words.auxiliary.contains(word)
            && !words.no.contains(word)
            && !words.numbers.contains_key(word)
    };
    one.len() == other.len()
        && (1..=OTHER_WORDS).contains(&pairs.len())
        && one.len() > MORE_WORDS * pairs.len()
        && pairs
            .iter()
            .all(|(one, other)| tells(one) && tells(other) && !is_form_of(one, other))
}

/// Words in which two sentences differ that are otherwise the same, at most.
const OTHER_WORDS: usize = 2;

/// Whether a word is another form of one ("support", "supported") or the same misspelled ("recieve").
fn is_form_of(one: &str, other: &str) -> bool {
    let alike = one
        .chars()
        .zip(other.chars())
        .take_while(|(one, other)| one == other)
        .count();
    let shorter = one.chars().count().min(other.chars().count());
    let letters = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    alike > LETTERS && alike + 2 >= shorter || letters(one) == letters(other)
}

/// Whether two stretches that stand in the same place say different things.
fn differ(one: &str, other: &str, words: &Words, may_be_names: bool) -> bool {
    let count = |text: &str| Wording::of(text).len();
    let (first, second) = (count(one), count(other));
    if first.max(second) > MOST_WORDS || first.abs_diff(second) > MORE_WORDS {
        return false;
    }
    is_denied(one, other, words)
        || has_other_number(one, other, words)
        || may_be_names && is_other_name(one, other)
}

/// Whether just one of them says no, and says no to what the other says.
fn is_denied(one: &str, other: &str, words: &Words) -> bool {
    let (says_no, left) = without_no(one, words);
    let (other_says_no, other_left) = without_no(other, words);
    says_no != other_says_no && left == other_left
}

/// Whether a text says no, and its other words without those that come and go with a "not".
fn without_no(text: &str, words: &Words) -> (bool, Vec<String>) {
    let mut says_no = false;
    let mut left = Vec::new();
    for printed in text.split_whitespace() {
        for word in Wording::of(printed).words() {
            // "Won’t", "isn’t".
            let is_contracted = printed.contains(['’', '\'']) && word.ends_with("nt");
            if is_contracted || words.no.contains(word.as_str()) {
                says_no = true;
            } else if !words.auxiliary.contains(word.as_str()) {
                left.push(words.stem(word).to_string());
            }
        }
    }
    (says_no, left)
}

/// Whether both are a number and what is counted, and only the number is another.
fn has_other_number(one: &str, other: &str, words: &Words) -> bool {
    let (Some((number, left)), Some((other_number, other_left))) =
        (counted(one, words), counted(other, words))
    else {
        return false;
    };
    number != other_number && left == other_left
}

/// The number that a text tells, and its other words; `None` where it tells none or it is not plain which.
fn counted(text: &str, words: &Words) -> Option<(u64, Vec<String>)> {
    let mut parts: Vec<u64> = Vec::new();
    let mut left = Vec::new();
    for printed in text.split(|c: char| c.is_whitespace() || c == '-') {
        let word = printed.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            parts.push(written(word)?);
            continue;
        }
        for word in Wording::of(word).words() {
            match words.numbers.get(word.as_str()) {
                Some(number) => parts.push(*number),
                None => left.push(words.stem(word).to_string()),
            }
        }
    }
    Some((added_up(&parts)?, left))
}

/// A number in digits, whatever its commas: `1,200`, `3rd`, `10am`.
fn written(word: &str) -> Option<u64> {
    let end = word
        .find(|c: char| !c.is_ascii_digit() && c != ',')
        .unwrap_or(word.len());
    let (digits, suffix) = word.split_at(end);
    let is_plain = SUFFIXES.contains(&suffix.to_lowercase().as_str());
    is_plain.then(|| digits.replace(',', "").parse().ok()).flatten()
}

/// "Thirty" and "five", "nine" and "million"; `None` for what does not make one number.
fn added_up(parts: &[u64]) -> Option<u64> {
    const HUNDRED: u64 = 100;
    let (mut all, mut current) = (0_u64, 0_u64);
    for (index, part) in parts.iter().enumerate() {
        match part {
            1000.. if parts.len() > 1 && index > 0 => {
                all = all.checked_add(current.checked_mul(*part)?)?;
                current = 0;
            }
            &HUNDRED if index > 0 => current = current.checked_mul(HUNDRED)?,
            // Units stand behind tens and hundreds, not behind units.
            part if current == 0
                || current % 10 == 0 && *part < 10
                || current % HUNDRED == 0 && *part < HUNDRED =>
            {
                current = current.checked_add(*part)?;
            }
            _ => return None,
        }
    }
    (!parts.is_empty()).then(|| all.checked_add(current)).flatten()
}

/// Whether both are names and nothing else, and not two ways to print one.
fn is_other_name(one: &str, other: &str) -> bool {
    let names = |text: &str| -> Option<Vec<String>> {
        let words: Vec<&str> = text.split_whitespace().collect();
        // What is shortened or contracted may be the other one.
        let is_plain = |word: &&str| {
            let inside = word.trim_end_matches([',', ';', ':', '”', '"']);
            is_name(word) && !inside.contains(['.', '’', '\''])
        };
        (!words.is_empty() && words.iter().all(is_plain)).then(|| Wording::of(text).words().to_vec())
    };
    let (Some(one), Some(other)) = (names(one), names(other)) else {
        return false;
    };
    // "UN" for "United Nations".
    let initials =
        |words: &[String]| -> String { words.iter().filter_map(|word| word.chars().next()).collect() };
    let is_short_for = |short: &[String], long: &[String]| short.len() == 1 && short[0] == initials(long);
    !is_short_for(&one, &other)
        && !is_short_for(&other, &one)
        && !one.iter().any(|word| other.contains(word))
        && !one[0].starts_with(other[0].as_str())
        && !other[0].starts_with(one[0].as_str())
}

/// Whether a printed word begins with a capital.
fn is_name(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    word.starts_with(char::is_uppercase) && word.chars().count() > 1
}

fn ends_with_a_name(text: &str) -> bool {
    text.split_whitespace().next_back().is_some_and(is_name)
}

fn begins_with_a_name(text: &str) -> bool {
    text.split_whitespace().next().is_some_and(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, expected: bool) {
        check_in(Tongue::English, one, other, expected);
    }

    #[track_caller]
    fn check_in(tongue: Tongue, one: &str, other: &str, expected: bool) {
        assert_eq!(contradict(one, other, tongue, true), expected, "{one} / {other}");
        assert_eq!(contradict(other, one, tongue, true), expected, "{other} / {one}");
    }

    #[test]
    fn whoever_says_no_says_something_else() {
        check("We will close the pier.", "We will not close the pier.", true);
        check("We will close the pier.", "We will never close the pier.", true);
        check("We will close the pier.", "We won’t close the pier.", true);
        check(
            "The city closes the pier.",
            "The city does not close the pier.",
            true,
        );
        check("The pier is safe now.", "The pier isn’t safe now.", true);
        check_in(
            Tongue::Spanish,
            "El muelle se cierra hoy.",
            "El muelle no se cierra hoy.",
            true,
        );
    }

    #[test]
    fn another_number_name_or_day_is_another_thing() {
        check("We need nine boats now.", "We need ten boats now.", true);
        check("We need 12 drivers now.", "We need 21 drivers now.", true);
        check("They pay $38 for it.", "They pay $40 for it.", true);
        check("It costs nine million now.", "It costs nine billion now.", true);
        check("We asked Cruz to go.", "We asked Lima to go.", true);
        check("We vote on Friday at noon.", "We vote on Monday at noon.", true);
    }

    #[test]
    fn the_same_said_no_in_another_way_is_the_same() {
        check("We won’t close the pier.", "We will not close the pier.", false);
        check("That ain’t so, my friend.", "That isn’t so, my friend.", false);
        check("We act without delay here.", "We act at once here.", false);
        check("A sin tax is due here.", "A tax is due here.", false);
    }

    #[test]
    fn the_same_number_in_another_way_is_the_same() {
        check("We need nine boats now.", "We need 9 boats now.", false);
        check("It took thirty-five boats here.", "It took 35 boats here.", false);
        check(
            "It costs 1,200 dollars here.",
            "It costs 1200 dollars here.",
            false,
        );
        check("The third boat came late.", "The 3rd boat came late.", false);
        check("We meet at 10 a.m. today.", "We meet at 10am today.", false);
        check(
            "It costs $38m this year.",
            "It costs $38 million this year.",
            false,
        );
    }

    #[test]
    fn the_same_name_in_another_way_is_the_same() {
        check("I know. It’s over now.", "I know. It is over now.", false);
        check("I know. We’re done here.", "I know. We are done here.", false);
        check(
            "It was in Sept. that year.",
            "It was in September that year.",
            false,
        );
        check(
            "He left the U.S. for good.",
            "He left the United States for good.",
            false,
        );
        check(
            "He asked the UN for help.",
            "He asked the United Nations for help.",
            false,
        );
        check("I asked Mayor Lima to go.", "I asked Ana Lima to go.", false);
    }

    #[test]
    fn one_other_word_that_tells_something_is_another_thing() {
        let check = |one: &str, other: &str, expected: bool| {
            assert_eq!(
                puts_another_word(one, other, Tongue::English),
                expected,
                "{one} / {other}"
            );
            assert_eq!(
                puts_another_word(other, one, Tongue::English),
                expected,
                "{other} / {one}"
            );
        };
        check(
            "I will sell the pepper station.",
            "I will sell the kettle station.",
            true,
        );
        check("I will sign the rent bill.", "I will veto the rent bill.", true);
        check("We will rebuild the pier.", "We shall rebuild the pier.", false);
        check("We support the audit now.", "We supported the audit now.", false);
        check("We recieve the audit now.", "We receive the audit now.", false);
        check(
            "We will rebuild the pier.",
            "We will rebuild the old pier.",
            false,
        );
        check("The pier stays. It is old.", "The pier stays. It was old.", false);
        check("I sign it.", "I veto it.", false);
        check(
            "We will approve the permit now.",
            "We will appeal the permit now.",
            true,
        );
        check(
            "We must protect the owner now.",
            "We must prosecute the owner now.",
            true,
        );
        check(
            "We will sell the old pepper station to the county.",
            "We will lease the old kettle station to the county.",
            true,
        );
    }

    #[test]
    fn other_words_for_the_same_and_context_left_out_are_none() {
        check("We will rebuild the pier.", "We shall rebuild the pier.", false);
        check(
            "Nobody came. We will rebuild the pier.",
            "We will rebuild the pier.",
            false,
        );
        check(
            "We will rebuild it.",
            "We will rebuild it, all nine of us, not today.",
            false,
        );
        check(
            "We heard you. The pier stays open.",
            "We heard you. We will not be hurried. The pier stays open.",
            false,
        );
    }
}
