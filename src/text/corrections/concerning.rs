//! Whether a correction may speak of a quote: a page that drops a quote in silence and corrects a date at its foot does not own
//! up to the one by the other.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::text::wording::Wording;

/// Letters from which on a word that both have tells that they speak of one thing, unless it is one of those they all have.
const RARE: usize = 6;
/// Letters of a name that is looked for, and how many more a form of it has ("Brandt’s").
const NAME: usize = 3;
const ENDING: usize = 2;

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::of(include_str!("concerning.txt")));

struct Words {
    quoting: HashSet<&'static str>,
    common: HashSet<&'static str>,
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
        }
    }
}

/// Whether a correction may be of these words, said by whoever is called so: it speaks of a quotation, names the speaker, or has a
/// number or a rarer word of theirs.
pub fn may_concern(correction: &str, words: &str, speaker: Option<&str>) -> bool {
    let (correction, words) = (Wording::of(correction), Wording::of(words));
    let said = correction.words();
    if said.iter().any(|word| WORDS.quoting.contains(word.as_str())) {
        return true;
    }
    let name = speaker.map(Wording::of);
    let name = name.as_ref().and_then(|name| name.words().last());
    let names = |word: &String| {
        name.is_some_and(|name| {
            let rest = word.strip_prefix(name.as_str());
            name.chars().count() >= NAME && rest.is_some_and(|rest| rest.chars().count() <= ENDING)
        })
    };
    let is_telling = |word: &&String| {
        let is_number = word.contains(|letter: char| letter.is_ascii_digit());
        is_number || word.chars().count() >= RARE && !WORDS.common.contains(word.as_str())
    };
    let telling: HashSet<&String> = words.words().iter().filter(is_telling).collect();
    said.iter().any(|word| names(word) || telling.contains(word))
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
        let beds = "We will open 60 more";
        check("Correction: The city plans 60 beds, not 600.", beds, None, true);
        check("Correction: The city plans 600 beds.", beds, None, false);
    }
}
