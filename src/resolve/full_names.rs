//! Whom a text names in full, by surname.

use std::collections::HashMap;

use super::names::folded;
use super::printed::is_shouted;
use super::words::{Words, without_owner_mark};

/// The full names of a text by their last word; `None` where two bear it.
#[derive(Debug, Default)]
pub(super) struct FullNames<'t>(HashMap<String, Option<Named<'t>>>);

/// A name as it is printed.
#[derive(Clone, Copy, Debug)]
struct Named<'t> {
    printed: &'t str,
    first: &'t str,
    /// It stands where the capital of its first word is that of a name.
    is_sure: bool,
}

impl<'t> FullNames<'t> {
    /// Those of a text: two words with capitals, and an initial between them, inside a sentence or at the beginning of a line of a list. `has` tells
    /// whether the text has a word.
    pub(super) fn of(language: &Words, text: &'t str, has: impl Fn(&str) -> bool) -> Self {
        let mut names = Self::default();
        for line in text.lines() {
            let words: Vec<(usize, &str)> = placed(line).collect();
            for at in 1..words.len() {
                let middle = usize::from(at > 1 && is_initial(words[at - 1].1));
                let first_at = at - 1 - middle;
                let ((start, first), (last_start, last)) = (words[first_at], words[at]);
                let is_inside = first_at > 0 && !ends_sentence(words[first_at - 1].1);
                let is_listed = first_at == 0 && (last.ends_with([',', ';']) || at + 1 == words.len());
                let may_be = is_inside || !has(&first.to_lowercase());
                if may_be && is_first_name(language, first) && is_last_name(language, last) {
                    let named = &line[start..last_start + last.len()];
                    names.add(named, first, is_inside || is_listed);
                }
            }
        }
        names
    }

    fn add(&mut self, words: &'t str, first: &'t str, is_sure: bool) {
        let printed = without_owner_mark(words.trim_end_matches(|mark: char| !mark.is_alphanumeric()));
        let named = Named {
            printed,
            first,
            is_sure,
        };
        let surname = folded(printed).pop().unwrap_or_default();
        let known = self.0.entry(surname).or_insert(Some(named));
        *known = known.filter(|known| known.first == first).map(|known| Named {
            is_sure: known.is_sure || is_sure,
            ..known
        });
    }

    /// The only full name that ends in a surname.
    pub(super) fn only(&self, surname: &str) -> Option<&'t str> {
        let named = self.0.get(surname).copied().flatten()?;
        named.is_sure.then_some(named.printed)
    }
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
    fn check(text: &str, surname: &str, expected: Option<&str>) {
        let has = |word: &str| text.contains(word);
        let names = FullNames::of(Words::of(Tongue::English), text, has);
        assert_eq!(names.only(surname), expected, "{text}");
    }

    #[test]
    fn a_name_stands_inside_a_sentence_or_in_a_list() {
        check("The chair, Tobias Wren, opened it.", "wren", Some("Tobias Wren"));
        check("Tobias A. Wren, Chair", "wren", Some("Tobias A. Wren"));
        check(
            "Present: Chair Tobias Wren and Priya Nand.",
            "nand",
            Some("Priya Nand"),
        );
        check(
            "I saw Tobias Wren’s car. We met Tobias Wren.",
            "wren",
            Some("Tobias Wren"),
        );
    }

    #[test]
    fn the_capital_of_a_sentence_or_a_title_makes_no_first_name() {
        for text in [
            "It is open. Then Wren left.",
            "Thank you, Commissioner Wren.",
            "Then Wren, the chair, left, and then we left.",
            "They left the Wren Bridge.",
            "Chair Tobias Wren met Ada Wren.",
            "Tobias Wren and Ada Wren came.",
        ] {
            check(text, "wren", None);
        }
    }
}
