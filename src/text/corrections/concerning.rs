//! Whether a correction may speak of a quote: a page that drops a quote in silence and corrects a date at its foot does not own
//! up to the one by the other.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::text::wording::Wording;

/// Letters from which on a word that both have tells that they speak of one thing, unless it is one of those they all have.
const RARE: usize = 6;
/// Letters of a name that is looked for.
const NAME: usize = 3;
/// Words at the end of a person's name that she may be called by alone: a Spanish name ends with two surnames.
const SURNAMES: usize = 2;

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::of(include_str!("concerning.txt")));

struct Words {
    quoting: HashSet<&'static str>,
    common: HashSet<&'static str>,
    months: HashSet<&'static str>,
    weekdays: HashSet<&'static str>,
    joining: HashSet<&'static str>,
    no_names: HashSet<&'static str>,
    bodies: HashSet<&'static str>,
}

impl Words {
    fn of(file: &'static str) -> Self {
        let section = |name: &str| {
            let lines = file.lines().map(str::trim).filter(|line| !line.starts_with('#'));
            let lines = lines
                .skip_while(|line| line.trim_matches(['[', ']']) != name)
                .skip(1);
            let lines = lines.take_while(|line| !line.starts_with('['));
            lines.flat_map(str::split_whitespace).collect()
        };
        Self {
            quoting: section("quoting"),
            common: section("common"),
            months: section("months"),
            weekdays: section("weekdays"),
            joining: section("joining"),
            no_names: section("no names"),
            bodies: section("bodies"),
        }
    }

    /// Whether a word that is no number is rare enough that what has it speaks of one thing.
    fn is_rare(&self, word: &str) -> bool {
        let known = [&self.common, &self.months, &self.weekdays];
        word.chars().count() >= RARE && !known.into_iter().any(|words| words.contains(word))
    }
}

/// Whether a correction may be of these words, said by whoever is called so: it speaks of a quotation, names the speaker, or has a
/// number or a rarer word of theirs. Its label and the days in it tell when it was printed or what happened then, and nothing of the
/// words.
pub fn may_concern(correction: &str, words: &str, speaker: Option<&str>) -> bool {
    let correction = super::behind_label(correction);
    let (said, words) = (Wording::of(correction), Wording::of(words));
    let quotes = |word: &String| WORDS.quoting.contains(word.as_str());
    said.words().iter().any(quotes)
        || speaker.is_some_and(|speaker| names(correction, &said, speaker))
        || !telling(&said).is_disjoint(&telling(&words))
}

/// The rarer words of a text, and its numbers that are no part of a date.
fn telling(text: &Wording) -> HashSet<&str> {
    let dated = dated(text);
    let words = text
        .words()
        .iter()
        .enumerate()
        .map(|(at, word)| (at, word.as_str()));
    let is_telling = |(at, word): &(usize, &str)| match has_digit(word) {
        true => !dated[*at],
        false => WORDS.is_rare(word),
    };
    words.filter(is_telling).map(|(_, word)| word).collect()
}

fn has_digit(word: &str) -> bool {
    word.contains(|letter: char| letter.is_ascii_digit())
}

/// Which words belong to a date: a month, and the numbers beside it ("Nov. 25, 2026", "25 de noviembre de 2026").
fn dated(text: &Wording) -> Vec<bool> {
    let words = text.words();
    let mut dated: Vec<bool> = words
        .iter()
        .map(|word| WORDS.months.contains(word.as_str()))
        .collect();
    // What joins the parts of a date stands in none by itself.
    let parts: Vec<usize> = (0..words.len())
        .filter(|at| !WORDS.joining.contains(words[*at].as_str()))
        .collect();
    let mut join = |one: usize, other: usize| {
        if dated[one] && has_digit(&words[other]) {
            dated[other] = true;
        }
    };
    parts.windows(2).for_each(|pair| join(pair[0], pair[1]));
    parts.windows(2).rev().for_each(|pair| join(pair[1], pair[0]));
    dated
}

/// Whether a correction names a speaker: a person by a surname, a body by its whole name.
fn names(correction: &str, said: &Wording, speaker: &str) -> bool {
    let name = Wording::of(speaker);
    let is_body = name
        .words()
        .iter()
        .any(|word| WORDS.bodies.contains(word.as_str()));
    match is_body {
        true => {
            let begins = name
                .words()
                .iter()
                .position(|word| !WORDS.no_names.contains(word.as_str()));
            let whole = &name.words()[begins.unwrap_or(name.len())..];
            let mut stretches = said.words().windows(whole.len().max(1));
            stretches.any(|words| words.iter().zip(whole).all(|(word, own)| is_form_of(word, own)))
        }
        false => names_person(correction, said, speaker, &name),
    }
}

/// Whether a surname of a person stands in a correction, with a capital as names have one, and not as the beginning of another name
/// ("Park Avenue").
fn names_person(correction: &str, said: &Wording, speaker: &str, name: &Wording) -> bool {
    let is_name = |at: &usize| {
        let word = &name.words()[*at];
        is_capital(speaker, name, *at)
            && word.chars().count() >= NAME
            && !WORDS.no_names.contains(word.as_str())
    };
    let own: Vec<usize> = (0..name.len()).filter(is_name).collect();
    // The first of several names is a given name.
    let first = own.len().saturating_sub(SURNAMES).max(usize::from(own.len() > 1));
    let surnames = &own[first..];
    let is_own = |word: &String| name.words().iter().any(|own| is_form_of(word, own));
    (0..said.len()).any(|at| {
        let word = &said.words()[at];
        let is_surname = surnames.iter().any(|own| is_form_of(word, &name.words()[*own]));
        let goes_on = || {
            let next = at + 1;
            next < said.len()
                && correction[said.place(at).end..said.place(next).start]
                    .trim()
                    .is_empty()
                && is_capital(correction, said, next)
                && !is_own(&said.words()[next])
        };
        // A name in the genitive ends there.
        let is_genitive = correction[said.place(at)].contains(['\'', '’']);
        is_surname && is_capital(correction, said, at) && (is_genitive || !goes_on())
    })
}

/// Whether a word is one of a name, or its genitive ("Brandt’s").
fn is_form_of(word: &str, own: &str) -> bool {
    word.strip_prefix(own)
        .is_some_and(|rest| matches!(rest, "" | "s"))
}

fn is_capital(text: &str, wording: &Wording, at: usize) -> bool {
    text[wording.place(at)].starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(correction: &str, words: &str, speaker: Option<&str>, concerns: bool) {
        assert_eq!(
            may_concern(correction, words, speaker),
            concerns,
            "{correction} / {words}"
        );
    }

    #[test]
    fn a_correction_of_something_else_is_none_of_a_quote() {
        let court = "This order will not survive a morning in court";
        let date = "Correction: An earlier version of this article gave the wrong date for the hearing.";
        check(date, court, Some("Otto Brandt"), false);
        check("Correction: The pier is 40 years old.", court, None, false);
        // Words that nearly every correction has are not what a quote is known by.
        check(
            date,
            "An earlier version of this article was better",
            Some("Ana Lima"),
            false,
        );
        check(
            "Correction: The name of the ferry was misspelled.",
            "We will pay 60 families",
            None,
            false,
        );
    }

    #[test]
    fn a_correction_speaks_of_a_quote_by_its_words_its_speaker_or_that_it_quotes() {
        let court = "This order will not survive a morning in court";
        for correction in [
            "Correction: An earlier version of this article misquoted the sheriff.",
            "Editor’s note: This article attributed a statement to a man who did not make it.",
            "Correction: Sheriff Brandt’s title was wrong.",
            "Correction: The judge said that the order may survive.",
            "Corrección: una versión anterior citaba mal al alguacil.",
        ] {
            check(correction, court, Some("Otto Brandt"), true);
        }
        // A surname of two, one with a generation behind it, and a body by its whole name.
        let lima = "Corrección: Lima no lo dijo.";
        check(lima, court, Some("Ana Lima Cruz"), true);
        check(
            "Correction: Fong’s age was wrong.",
            court,
            Some("Meredith Fong Jr."),
            true,
        );
        check(
            "Correction: The Harbor Police Department did not say so.",
            court,
            Some("Harbor Police Department"),
            true,
        );
        let beds = "We will open 60 more";
        check("Correction: The city plans 60 beds, not 600.", beds, None, true);
        check("Correction: The city plans 600 beds.", beds, None, false);
    }

    #[test]
    fn days_of_a_correction_are_no_numbers_of_a_quote() {
        let officers = "We will hire 25 officers by 2026, in November";
        for correction in [
            "Correction, Nov. 25, 2026: The ferry is 40 years old.",
            "Correction (11/25/2026): The ferry is 40 years old.",
            "This article was corrected on November 25, 2026, since the ferry is 40 years old.",
            "This article was corrected on 25 November 2026, since the ferry is 40 years old.",
            "Esta nota fue corregida el 25 de noviembre de 2026: el ferry tiene 40 años.",
        ] {
            check(correction, officers, None, false);
        }
        check("Correction: The city hires 25, not 52.", officers, None, true);
        check("Correction: That is to be done by 2026.", officers, None, true);
        check(
            "Correction: It rained on Thursday.",
            "It was a Thursday",
            None,
            false,
        );
    }

    #[test]
    fn who_bears_part_of_a_name_or_has_it_as_a_word_is_not_the_speaker() {
        let words = "So it is";
        for (correction, speaker) in [
            (
                "Correction: The fire department has two boats.",
                "Police Department",
            ),
            ("Correction: The falls are 40 feet high.", "City of Harbor Falls"),
            ("Correction: The mayor was not there.", "Theresa May"),
            ("Correction: It may rain.", "Theresa May"),
            ("Correction: Cars were parked by the park.", "Ron Park"),
            ("Correction: The pier ends at Park Avenue.", "Ron Park"),
            ("Correction: She is 40 years old.", "she"),
            ("Correction: The mayor is 40 years old.", "the mayor"),
            (
                "Correction: Meredith is the name of the boat.",
                "Meredith Fong Jr.",
            ),
        ] {
            check(correction, words, Some(speaker), false);
        }
        check(
            "Correction: The pier was closed by Park.",
            words,
            Some("Ron Park"),
            true,
        );
    }
}
