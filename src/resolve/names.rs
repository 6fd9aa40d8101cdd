//! Names as words: what of them is compared, and how.

use unicode_normalization::UnicodeNormalization;

use super::suggest::is_a_bodys_name;
use super::words::{Words, is_suffix, without_owner_mark};

/// The words of a name: lower case, accents and marks taken off, possessives undone.
pub(super) fn folded(name: &str) -> Vec<String> {
    name.split_whitespace()
        .map(|word| {
            let letters = without_owner_mark(word)
                .nfd()
                .filter(|c| c.is_alphanumeric() || *c == '-');
            letters.flat_map(char::to_lowercase).collect::<String>()
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// A naming without the titles before the name.
pub(super) fn bare(language: &Words, words: &[String]) -> Vec<String> {
    let start = words
        .iter()
        .position(|word| !language.is_title(word) && !language.is_article(word))
        .unwrap_or(0);
    words[start..].to_vec()
}

/// The words of an office. "A governor" is not the one who holds it.
pub(super) fn without_article(language: &Words, words: &[String]) -> String {
    let kept = words.iter().map(String::as_str);
    kept.filter(|word| !language.is_definite(word))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a naming is a whole name: two words and more, each with a capital, behind its titles.
pub(super) fn is_full_name(language: &Words, naming: &str) -> bool {
    let words: Vec<&str> = naming.split_whitespace().collect();
    let is_title_word = |word: &&str| language.is_title(&folded(word).join(""));
    let name: Vec<&&str> = words.iter().skip_while(|word| is_title_word(word)).collect();
    name.len() > 1 && name.iter().all(|word| word.starts_with(char::is_uppercase))
}

/// A whole name without the letters of honours and degrees behind it: `Ana Lima` of `Ana Lima KC`; `Labour MP` is no name.
pub(super) fn without_letters<'a>(language: &Words, naming: &'a str) -> &'a str {
    let mut name = naming.trim_end();
    while let Some((before, last)) = name.rsplit_once(' ')
        && language.is_letters(&folded(last).join(""))
        && last.chars().skip(1).any(char::is_uppercase)
        && is_full_name(language, before)
    {
        name = before.trim_end_matches([',', ' ']);
    }
    name
}

/// Whether the initials in the middle of two names exclude each other: `Ana Q. Lima` is not `Ana M. Lima`.
pub(super) fn contradicts(one: &[String], other: &[String]) -> bool {
    let initials = |words: &[String]| -> Vec<String> {
        let middle = words.get(1..words.len().saturating_sub(1)).unwrap_or_default();
        let letters = middle.iter().filter(|word| word.chars().count() == 1);
        letters.cloned().collect()
    };
    let (one, other) = (initials(one), initials(other));
    !one.is_empty() && !other.is_empty() && one != other
}

/// Whether a name bears the suffix that another does, if that bears any: `Ana Lima Sr.` is not `Ana Lima`, her daughter.
pub(super) fn has_suffix_of(one: &[String], other: &[String]) -> bool {
    let suffix = |words: &[String]| words.last().filter(|last| is_suffix(last)).cloned();
    suffix(one).is_none_or(|own| suffix(other) == Some(own))
}

/// Whether the text gives a surname to somebody of another first name than an entry's. A capital that begins a sentence
/// makes no name.
pub(super) fn has_namesake(language: &Words, text: &str, surname: &[String], entry: &[String]) -> bool {
    let is_namesake = |words: &[&str]| {
        let [before, first, last] = words else {
            return false;
        };
        let name = folded(first).join("");
        let is_first_name = first.chars().all(char::is_alphabetic)
            && first.starts_with(char::is_uppercase)
            && first.chars().any(char::is_lowercase)
            && !before.ends_with(['.', '!', '?', ':', '”', '"', '’', '“'])
            && !language.is_title(&name);
        is_first_name
            && last.starts_with(char::is_uppercase)
            && folded(last) == surname
            && !entry.iter().any(|own| same_first_name(own, &name))
    };
    text.lines().any(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.windows(3).any(is_namesake)
    })
}

/// A name without single letters in its middle and without `Jr`.
pub(super) fn without_initials(words: &[String]) -> String {
    let last = words.len().saturating_sub(1);
    let kept = words.iter().enumerate().filter(|(index, word)| {
        *index == 0 || (*index == last || word.chars().count() > 1) && !is_suffix(word)
    });
    kept.map(|(_, word)| word.as_str()).collect::<Vec<_>>().join(" ")
}

pub(super) fn surname(words: &[String]) -> Option<&str> {
    words
        .iter()
        .rev()
        .map(String::as_str)
        .find(|word| !is_suffix(word))
}

/// The same first name, or one the beginning of the other (`Pat`, `Patricia`), or an initial of it.
pub(super) fn same_first_name(one: &str, other: &str) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

/// Whether two names may be of one person: `Pat Q. Lima` and `Patricia Lima`, `Ana Lima` and `Ana Lima Cruz`, `Lima` alone. Of bodies
/// only the same name is, as words may be left out of a person's name and not of theirs.
pub fn may_be_of_one(one: &str, other: &str) -> bool {
    let [one_words, other_words] = [one, other].map(without_suffix);
    let (short, long) = match one_words.len() <= other_words.len() {
        true => (one_words, other_words),
        false => (other_words, one_words),
    };
    if let ([alone], Some(last)) = (short.as_slice(), long.last()) {
        return alone == last;
    }
    if short == long || is_a_bodys_name(one) || is_a_bodys_name(other) {
        return short == long;
    }
    match (short.split_first(), long.split_first()) {
        (Some((first, rest)), Some((other, others))) => {
            same_first_name(first, other) && stand_in_order(rest, others)
        }
        _ => false,
    }
}

/// The words of a name but for `Jr`, which papers leave out, with accents taken off.
fn without_suffix(name: &str) -> Vec<String> {
    let mut words = folded(name);
    if words.len() > 1 && words.last().is_some_and(|last| is_suffix(last)) {
        words.pop();
    }
    words
}

/// Whether all of these words stand among others in their order: the last as it is, those before it as an initial as well.
fn stand_in_order(words: &[String], others: &[String]) -> bool {
    let Some((last, middle)) = words.split_last() else {
        return true;
    };
    let is_initial_of = |one: &str, other: &str| one.chars().count() == 1 && other.starts_with(one);
    let is_same =
        |one: &str, other: &str| one == other || is_initial_of(one, other) || is_initial_of(other, one);
    let mut others = others.iter();
    let has_middle = middle.iter().all(|word| others.any(|other| is_same(word, other)));
    has_middle && others.any(|other| other == last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_be_left_out_in_part_and_no_more() {
        for (one, other) in [
            ("Robert F. Reyes", "Robert Reyes"),
            ("Robert F. Reyes", "Robert Francis Reyes"),
            ("Pat Lima", "Patricia Lima"),
            ("P. Q. Lima", "Patricia Lima"),
            ("José Núñez", "Jose Nunez"),
            ("Ana Lima", "Ana Lima Cruz"),
            ("Ana Lima Jr.", "Ana Lima"),
            ("Lima", "Ana Lima"),
            ("Harbor Police Union", "Harbor Police Union"),
        ] {
            assert!(
                may_be_of_one(one, other) && may_be_of_one(other, one),
                "{one}, {other}"
            );
        }
        for (one, other) in [
            ("Robert F. Reyes", "Robert J. Reyes"),
            ("Robert Reyes", "Bea Reyes"),
            ("Ana Lima", "Ana Cruz"),
            ("Ana Lima", "Ana L. Cruz"),
            ("Ana", "Ana Lima"),
            ("Robert James Reyes", "Robert F. Reyes"),
            ("Harbor Police Department", "Harbor Fire Department"),
            ("New Harbor Police Department", "New Haven Police Department"),
            ("Harbor Police", "Harbor Police Department"),
        ] {
            assert!(
                !may_be_of_one(one, other) && !may_be_of_one(other, one),
                "{one}, {other}"
            );
        }
    }

    #[test]
    fn letters_behind_a_name_are_none_of_it() {
        let words = Words::of(crate::model::tongue::Tongue::English);
        for (naming, name) in [
            ("Ana Lima KC", "Ana Lima"),
            ("Dr. Ana Lima, PhD, MBE", "Dr. Ana Lima"),
            ("a Labour MP", "a Labour MP"),
            ("Lima KC", "Lima KC"),
            ("Ana Kc", "Ana Kc"),
            ("Ana Lima Jr.", "Ana Lima Jr."),
        ] {
            assert_eq!(without_letters(words, naming), name);
        }
    }

    #[test]
    fn initials_that_exclude_each_other_are_of_two_people() {
        let words = |name: &str| folded(name);
        assert!(contradicts(&words("Ana Q. Lima"), &words("Ana M. Lima")));
        assert!(!contradicts(&words("Ana Q. Lima"), &words("Ana Lima")));
        assert!(!contradicts(&words("Ana M. Lima"), &words("Ana M Lima")));
    }
}
