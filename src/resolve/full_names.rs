//! Whom a text names in full, by surname.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::labels::is_alike;
use super::names::folded;
use super::printed::is_shouted;
use super::words::{Words, without_owner_mark};

/// The full names of a text by their last word; `None` where two bear it.
#[derive(Debug, Default)]
pub(super) struct FullNames<'t>(HashMap<String, Option<Named<'t>>>);

/// A name as it is printed.
#[derive(Debug)]
struct Named<'t> {
    printed: &'t str,
    first: &'t str,
    /// The words for offices and the forms of address that stand with it.
    titles: Vec<String>,
    /// It stands in a roll of those who are present.
    is_in_roll: bool,
}

impl<'t> FullNames<'t> {
    /// Those of a text: two words with capitals, and an initial between them, inside a sentence or at the beginning of a line of a list. `has` tells
    /// whether the text has a word.
    pub(super) fn of(language: &Words, text: &'t str, has: impl Fn(&str) -> bool) -> Self {
        let mut names = Self::default();
        for line in text.lines() {
            let words: Vec<(usize, &str)> = placed(line).collect();
            let is_in_roll = is_roll(language, &words);
            for at in 1..words.len() {
                let middle = usize::from(at > 1 && is_initial(words[at - 1].1));
                let first_at = at - 1 - middle;
                let ((start, first), (last_start, last)) = (words[first_at], words[at]);
                let is_inside = first_at > 0 && !ends_sentence(words[first_at - 1].1);
                let may_be = is_inside || !has(&first.to_lowercase());
                if may_be && is_first_name(language, first) && is_last_name(language, last) {
                    let titles = titles(language, &words, first_at, at);
                    let printed = &line[start..last_start + last.len()];
                    names.add(Named {
                        printed: without_owner_mark(
                            printed.trim_end_matches(|mark: char| !mark.is_alphanumeric()),
                        ),
                        first,
                        titles,
                        is_in_roll,
                    });
                }
            }
        }
        names
    }

    fn add(&mut self, named: Named<'t>) {
        let surname = folded(named.printed).pop().unwrap_or_default();
        match self.0.entry(surname) {
            Entry::Vacant(entry) => {
                entry.insert(Some(named));
            }
            Entry::Occupied(mut entry) => {
                let known = entry.get_mut();
                match known {
                    Some(known) if known.first == named.first => {
                        known.titles.extend(named.titles);
                        known.is_in_roll |= named.is_in_roll;
                    }
                    _ => *known = None,
                }
            }
        }
    }

    /// The only full name that ends in a surname, of one who is called by a title or stands in a roll: a sheriff is not the man of his name whom he
    /// arrested, nor is a park anybody.
    pub(super) fn only(&self, language: &Words, title: &str, surname: &str) -> Option<&'t str> {
        let named = self.0.get(surname)?.as_ref()?;
        let is_called_so = named.titles.iter().any(|own| is_alike(own, title));
        // "MRS. LEE" is not "Mr. Bo Lee" of the roll.
        let is_courteous = |title: &str| language.is_courtesy(title);
        let is_other = is_courteous(title) && named.titles.iter().any(|own| is_courteous(own));
        (is_called_so || (named.is_in_roll && !is_other)).then_some(named.printed)
    }
}

/// The titles right before and behind a name in a line: `Chair Tobias Wren`, `Tobias Wren, the housing commissioner`.
fn titles(language: &Words, words: &[(usize, &str)], first: usize, last: usize) -> Vec<String> {
    let title = |at: usize| {
        let word = folded(words.get(at)?.1).join("");
        language.is_title(&word).then_some(word)
    };
    let before = first.checked_sub(1).and_then(title);
    let is_apposed = words[last].1.ends_with(',');
    let start = last + 1;
    let is_definite = || {
        let article = words.get(start).map(|(_, word)| folded(word).join(""));
        article.is_some_and(|article| language.is_article(&article))
    };
    let begins_name = |at: usize| {
        words
            .get(at)
            .is_some_and(|(_, word)| word.starts_with(char::is_uppercase))
    };
    let behind = is_apposed.then(|| {
        let start = start + usize::from(is_definite());
        let is_led = start > last + 1 || begins_name(start);
        title(start).or_else(|| title(start + 1).filter(|_| is_led))
    });
    before.into_iter().chain(behind.flatten()).collect()
}

/// Whether a line is a roll: a heading and names with their titles and nothing else (`Present: Chair Tobias Wren and Priya Nand.`).
fn is_roll(language: &Words, words: &[(usize, &str)]) -> bool {
    let heading = words.iter().position(|(_, word)| word.ends_with(':'));
    let Some(rest) = heading.map(|at| &words[at + 1..]) else {
        return false;
    };
    let is_of_name = |word: &str| {
        let plain = folded(word).join("");
        word.starts_with(char::is_uppercase) || language.is_title(&plain) || language.joins_names(&plain)
    };
    rest.len() > 3 && rest.iter().all(|(_, word)| is_of_name(word))
}

/// The words of a line with where they begin.
fn placed(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let words = line.split(' ').map(move |word| {
        let start = at;
        at += word.len() + 1;
        (start, word)
    });
    words.filter(|(_, word)| !word.is_empty())
}

fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && matches!(letters.as_str(), "." | "")
}

/// Whether a word ends what stands before a name: a sentence, a label, words in marks.
fn ends_sentence(before: &str) -> bool {
    before.ends_with(['.', '!', '?', ':', '”', '"', '’', '“', ']', ')'])
}

fn is_first_name(language: &Words, word: &str) -> bool {
    let plain = folded(word).join("");
    word.starts_with(char::is_uppercase)
        && word.chars().all(|letter| letter.is_alphabetic() || letter == '-')
        && word.contains(char::is_lowercase)
        && !language.is_title(&plain)
        && !language.is_pronoun(&plain)
        && !language.is_article(&plain)
        && !language.may_be_of_body(&plain)
}

fn is_last_name(language: &Words, word: &str) -> bool {
    let name = word.trim_end_matches(|mark: char| !mark.is_alphanumeric());
    name.starts_with(char::is_uppercase)
        && name.contains(char::is_lowercase)
        && !is_shouted(name)
        && !language.may_be_of_body(&folded(name).join(""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tongue::Tongue;

    #[track_caller]
    fn check(text: &str, title: &str, expected: Option<&str>) {
        let (has, language) = (|word: &str| text.contains(word), Words::of(Tongue::English));
        let names = FullNames::of(language, text, has);
        assert_eq!(names.only(language, title, "wren"), expected, "{text}");
    }

    #[test]
    fn a_name_stands_with_its_title_or_in_a_roll() {
        check("The chair, Tobias Wren, opened it.", "chair", Some("Tobias Wren"));
        check("Tobias A. Wren, Chair", "chair", Some("Tobias A. Wren"));
        check(
            "It was Tobias Wren, the housing commissioner.",
            "commissioner",
            Some("Tobias Wren"),
        );
        check(
            "I saw Chair Tobias Wren’s car. We met Tobias Wren.",
            "chair",
            Some("Tobias Wren"),
        );
        check(
            "Present: Chair Priya Nand and Tobias Wren.",
            "mr",
            Some("Tobias Wren"),
        );
    }

    #[test]
    fn the_capital_of_a_sentence_or_a_title_makes_no_first_name() {
        for text in [
            "It is open. Then Wren left.",
            "Thank you, Chair Wren.",
            "Then Wren, the chair, left, and then we left.",
            "They left the Wren Bridge.",
            "Chair Tobias Wren met Ada Wren.",
            "Chair Tobias Wren and Ada Wren came.",
        ] {
            check(text, "chair", None);
        }
    }

    #[test]
    fn whoever_or_whatever_else_ends_in_a_surname_is_another() {
        for (text, title) in [
            ("She came with Tobias Wren and left.", "mrs"),
            ("Her husband, Tobias Wren, came.", "ms"),
            ("She sued Mr. Tobias Wren.", "mrs"),
            ("President Tobias Wren came with her.", "mrs"),
            ("Present: Mr. Tobias Wren and Priya Nand.", "mrs"),
            ("The suspect, Ada Wren, was 29.", "mr"),
            ("The sheriff had Tobias Wren arrested.", "sheriff"),
            ("We come to the plan for Central Wren.", "chair"),
            ("Central Wren", "chair"),
        ] {
            check(text, title, None);
        }
    }
}
