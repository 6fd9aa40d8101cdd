//! Whose a document is, as reference managers keep it: a person in two parts, who is sorted by the second, or a name taken whole.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::model::event::Line;
use crate::model::source::SourceKind;

/// An author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Author<'a> {
    /// Somebody whose family name is known.
    Person {
        given: &'a str,
        family: &'a str,
        /// What stands behind the name: "Jr.", "III".
        suffix: Option<&'a str>,
    },
    /// A body, or somebody of whose names nobody can say which is the family's.
    Whole(&'a str),
}

static OF_BODIES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("bodies.txt").lines();
    lines.filter(|line| !line.starts_with('#')).collect()
});

/// Words that belong to the family name they stand before.
const PARTICLES: [&str; 15] = [
    "al", "bin", "da", "de", "del", "den", "der", "di", "dos", "la", "le", "ten", "ter", "van", "von",
];
/// What stands behind a name.
const SUFFIXES: [&str; 6] = ["jr", "sr", "ii", "iii", "iv", "v"];

/// The authors of a line's document: of its byline, else the office whose page it is.
pub(super) fn authors(line: &Line) -> Vec<Author<'_>> {
    if line.authors.is_empty() && line.source_kind == SourceKind::Official {
        // A body is the author of what it publishes.
        return vec![Author::Whole(&line.source_name)];
    }
    let names = line.authors.iter();
    names.map(|name| author(name, &line.source_name)).collect()
}

fn author<'a>(name: &'a str, source: &str) -> Author<'a> {
    let name = name.trim();
    match is_of_body(name, source) {
        true => Author::Whole(name),
        false => person(name).unwrap_or(Author::Whole(name)),
    }
}

/// Whether a word of a name is a body's, or one of the outlet's own name.
fn is_of_body(name: &str, source: &str) -> bool {
    let source = source.to_lowercase();
    let mut words = name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.any(|word| {
        let is_of_source = word.len() > 1 && source.split_whitespace().any(|own| own == word);
        OF_BODIES.contains(word.as_str()) || is_of_source
    })
}

/// A name of two words, with initials between them and particles before the second: of three full ones nobody can say whether
/// the one in the middle is given or the family's.
fn person(name: &str) -> Option<Author<'_>> {
    let (name, suffix) = without_suffix(name);
    let is_word = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
    };
    let (first, _) = name.split_once(' ')?;
    let (before, last) = name.rsplit_once(' ')?;
    // "Jong-un" is a given name behind the family's.
    let is_given = last
        .split('-')
        .skip(1)
        .any(|part| part.starts_with(char::is_lowercase));
    if !is_word(first) || !is_word(last) || last.ends_with('.') || is_given {
        return None;
    }
    let mut particles = before.len();
    let mut between: Vec<&str> = before.split_whitespace().skip(1).collect();
    while let Some(word) = between.pop_if(|word| PARTICLES.contains(&word.to_lowercase().as_str())) {
        particles = before[..particles].rfind(word)?;
    }
    let is_initial = |word: &&str| {
        let letters = word.trim_end_matches('.').chars().count();
        word.starts_with(char::is_uppercase) && letters == 1
    };
    between.iter().all(is_initial).then(|| Author::Person {
        given: before[..particles].trim_end(),
        family: name[particles..].trim_start(),
        suffix,
    })
}

fn without_suffix(name: &str) -> (&str, Option<&str>) {
    let last = name.rsplit_once([' ', ',']);
    let suffix =
        last.filter(|(_, last)| SUFFIXES.contains(&last.trim_end_matches('.').to_lowercase().as_str()));
    match suffix {
        Some((rest, suffix)) => (rest.trim_end_matches([' ', ',']), Some(suffix)),
        None => (name, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, given: &str, family: &str, suffix: Option<&str>) {
        let person = Author::Person {
            given,
            family,
            suffix,
        };
        assert_eq!(author(name, "The Harbor Herald"), person);
    }

    #[test]
    fn a_person_is_sorted_by_the_family_name() {
        check("Ana Lima", "Ana", "Lima", None);
        check("Ana R. Lima", "Ana R.", "Lima", None);
        check("J. R. Lima", "J. R.", "Lima", None);
        check("Piet van der Meer", "Piet", "van der Meer", None);
        check("Ana de la Cruz", "Ana", "de la Cruz", None);
        check("Anne-Marie O’Dowd", "Anne-Marie", "O’Dowd", None);
        check("Boris Cruz, Jr.", "Boris", "Cruz", Some("Jr."));
        check("Boris Cruz III", "Boris", "Cruz", Some("III"));
    }

    #[test]
    fn a_body_and_a_name_that_could_be_parted_in_two_ways_stay_whole() {
        for name in [
            "Herald Staff",
            "Harbor Correspondents",
            "Associated Press",
            "Ana Lima Cruz",
            "Ana Li Chen",
            "Kim Jong-un",
            "Agence France-Presse",
            "Lima",
            "by our reporters",
            "Ministry of Tides",
            "陈伟",
            "Ana L.",
            "Team 7",
            "Jr.",
            "",
        ] {
            assert_eq!(author(name, "The Harbor Herald"), Author::Whole(name), "{name}");
        }
    }
}
