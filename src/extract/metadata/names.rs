//! From what a page gives as its authors to the names of people.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::extract::boilerplate::bare;

struct Words {
    prefixes: Vec<&'static str>,
    separators: Vec<&'static str>,
    stops: Vec<String>,
    roles: HashSet<&'static str>,
    outlets: HashSet<&'static str>,
    nameless: HashSet<&'static str>,
    nobody: HashSet<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let lines = || {
        include_str!("names/words.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
    };
    let of = |kind: &'static str| lines().filter_map(move |line| line.strip_prefix(kind)?.strip_prefix(": "));
    Words {
        prefixes: of("prefix").collect(),
        separators: of("separator").collect(),
        stops: of("stop").map(|word| format!(" {word} ")).collect(),
        roles: of("role").flat_map(str::split_whitespace).collect(),
        outlets: of("outlet").flat_map(str::split_whitespace).collect(),
        nameless: of("nameless").flat_map(str::split_whitespace).collect(),
        nobody: of("nobody").collect(),
    }
});

const MAX_NAME_CHARS: usize = 60;
const MAX_AUTHORS: usize = 20;
const MAX_BODY_WORDS: usize = 6;
/// Accounts of content systems, which sign nothing.
const ACCOUNTS: [&str; 8] = [
    "admin",
    "administrator",
    "guest",
    "unknown",
    "anonymous",
    "author",
    "webmaster",
    "none",
];

/// The people that these bylines name, once each; whoever is in `outlets` is none.
pub(in crate::extract) fn people(stated: &[String], outlets: &[&str]) -> Vec<String> {
    let outlets: Vec<String> = outlets.iter().map(|outlet| bare(outlet)).collect();
    let mut seen = HashSet::new();
    let mut people = Vec::new();
    for byline in stated {
        if byline.contains("://") || byline.contains('@') {
            continue;
        }
        for name in without_affiliations(parts(without_prefix(byline.trim()))) {
            let name = before_stop(without_prefix(name.trim()))
                .trim_matches([' ', ',', '.', '-', '–', ':', '*', '(', ')']);
            let name = restore_initial(name);
            let key = bare(&name);
            if is_person(&name, &key)
                && !outlets.contains(&key)
                && seen.insert(without_accents(&key))
                && people.len() < MAX_AUTHORS
            {
                people.push(name);
            }
        }
    }
    without_appendages(people)
}

/// The desk, agency or outlet that these bylines name; no account of a system, no address.
pub(super) fn bodies(stated: &[String]) -> Vec<String> {
    let named = stated.iter().map(|byline| without_prefix(byline.trim()).trim());
    let is_body = |name: &&str| {
        let key = bare(name);
        name.chars().count() <= MAX_NAME_CHARS
            && name.split(' ').count() <= MAX_BODY_WORDS
            && key.chars().count() > 1
            && !ACCOUNTS.contains(&key.as_str())
            && !name.contains(['@', '{', '<', '='])
            && !name.contains("://")
    };
    let mut bodies: Vec<String> = named.filter(is_body).map(str::to_owned).collect();
    bodies.dedup();
    bodies.truncate(1);
    bodies
}

/// Letters without their accents: one place of a page writes them, another does not.
fn without_accents(key: &str) -> String {
    let is_mark = |letter: &char| unicode_normalization::char::is_combining_mark(*letter);
    key.nfd().filter(|letter| !is_mark(letter)).collect()
}

/// Without names that are another one with something behind it ("Ana Lima" and "Ana Lima THE TIDE").
fn without_appendages(people: Vec<String>) -> Vec<String> {
    let is_longer = |name: &String, other: &String| {
        let rest = name.strip_prefix(other.as_str());
        other.contains(' ') && rest.is_some_and(|rest| rest.starts_with(' ') && !rest.ends_with("r."))
    };
    let is_appendage: Vec<bool> = people
        .iter()
        .map(|name| people.iter().any(|other| is_longer(name, other)))
        .collect();
    let kept = people.into_iter().zip(is_appendage);
    kept.filter(|(_, is_appendage)| !is_appendage)
        .map(|(name, _)| name)
        .collect()
}

fn without_prefix(text: &str) -> &str {
    let found = WORDS.prefixes.iter().find_map(|prefix| {
        let head = text.get(..prefix.len())?;
        let rest = &text[prefix.len()..];
        let is_whole = rest.starts_with([' ', ':', '\u{A0}']);
        (head.to_lowercase() == **prefix && is_whole).then_some(rest)
    });
    found.map_or(text, |rest| rest.trim_start_matches([' ', ':', '\u{A0}']))
}

/// What stands before "in Port Lima" or "for The Tide".
fn before_stop(name: &str) -> &str {
    let stops = WORDS.stops.iter().filter_map(|stop| name.find(stop.as_str()));
    &name[..stops.min().unwrap_or(name.len())]
}

/// A byline at its separators; each part with whether a comma stands before it.
fn parts(byline: &str) -> Vec<(&str, bool)> {
    let mut parts = vec![(byline, false)];
    for separator in &WORDS.separators {
        let spaced = format!(" {separator} ");
        parts = parts
            .into_iter()
            .flat_map(|(part, is_after_comma)| {
                let pieces: Vec<&str> = match separator.chars().all(char::is_alphabetic) {
                    true => part.split(spaced.as_str()).collect(),
                    false => part.split(*separator).collect(),
                };
                let begins = |at: usize| {
                    if at == 0 {
                        is_after_comma
                    } else {
                        *separator == ","
                    }
                };
                let pieces = pieces.into_iter().enumerate();
                pieces.map(|(at, piece)| (piece, begins(at))).collect::<Vec<_>>()
            })
            .collect();
    }
    parts
}

/// The parts without those behind a person's name that say for whom the person writes, or as what: "Ana Lima, CNN",
/// "Ana Lima, alderman". A comma stands before such a part, and it is an abbreviation, has a word of outlets in it, or
/// begins small.
fn without_affiliations(parts: Vec<(&str, bool)>) -> impl Iterator<Item = &str> {
    let mut is_after_person = false;
    parts.into_iter().filter_map(move |(part, is_after_comma)| {
        let words = bare(part);
        let is_outlet = words.split(' ').any(|word| WORDS.outlets.contains(word));
        let begins_small = part.trim_start().starts_with(char::is_lowercase);
        let is_affiliation =
            is_after_comma && is_after_person && (is_outlet || is_abbreviation(part.trim()) || begins_small);
        is_after_person |= words.contains(' ');
        (!is_affiliation).then_some(part)
    })
}

fn is_abbreviation(words: &str) -> bool {
    (2..=5).contains(&words.len()) && words.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The full stop that belongs to "Jr." and to a last initial.
fn restore_initial(name: &str) -> String {
    match name.rsplit_once(' ') {
        Some((_, "Jr" | "Sr")) => format!("{name}."),
        _ => name.to_owned(),
    }
}

fn is_person(name: &str, key: &str) -> bool {
    let is_role = |word: &str| WORDS.roles.contains(word);
    let has_letters = name.chars().any(char::is_alphabetic);
    let first_is_capital = name.chars().next().is_some_and(|first| !first.is_lowercase());
    has_letters
        && (first_is_capital || !name.contains(' '))
        && name.chars().count() <= MAX_NAME_CHARS
        && name.split(' ').count() <= 6
        && !name.contains(['@', '/', '|', '{', '<', '='])
        && !name.chars().any(|character| character.is_ascii_digit())
        && !WORDS.nobody.contains(key)
        && !key
            .split(' ')
            .any(|word| is_role(word) || WORDS.nameless.contains(word))
        && key.chars().count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(stated: &[&str], expected: &[&str]) {
        let stated: Vec<String> = stated.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(people(&stated, &["The Tide"]), expected);
    }

    #[test]
    fn a_byline_becomes_one_name_each() {
        check(&["By Ana Lima and Bo Chen"], &["Ana Lima", "Bo Chen"]);
        check(
            &["Ana Lima, Bo Chen & Cem Diaz"],
            &["Ana Lima", "Bo Chen", "Cem Diaz"],
        );
        check(&["Von Ana Lima und Bo Chen"], &["Ana Lima", "Bo Chen"]);
    }

    #[test]
    fn roles_outlets_and_addresses_are_no_people() {
        check(&["Ana Lima, Staff Writer"], &["Ana Lima"]);
        check(&["Ana Lima, PhD, Senior Director"], &["Ana Lima"]);
        check(
            &["The Tide", "admin", "https://example.org/ana", "ana@example.org"],
            &[],
        );
    }

    #[test]
    fn an_outlet_behind_a_comma_is_not_part_of_a_name() {
        check(&["Ana Lima, CNN"], &["Ana Lima"]);
        check(
            &["By Ana Lima, Bo Chen, Harbour Herald"],
            &["Ana Lima", "Bo Chen"],
        );
        check(&["By Ana Lima and staff"], &["Ana Lima"]);
        check(&["By Ana Lima and Bo"], &["Ana Lima", "Bo"]);
    }

    #[test]
    fn what_somebody_is_is_no_name() {
        check(&["By Ana Lima, alderman"], &["Ana Lima"]);
        check(
            &["Ana Lima, mayor of Port Tide, and Bo Chen"],
            &["Ana Lima", "Bo Chen"],
        );
        check(&["ana, bo"], &["ana", "bo"]);
    }

    #[test]
    fn a_way_to_reach_somebody_is_no_name() {
        check(&["By Mail or Phone"], &[]);
        check(&["By Email, Fax or Online Form"], &[]);
        check(&["By Appointment Only"], &[]);
    }

    #[test]
    fn a_body_signs_and_an_account_does_not() {
        let signed = |name: &str| bodies(&[name.to_owned()]).concat();
        assert_eq!(signed("By The Lima Press"), "The Lima Press");
        assert_eq!(signed("Tide staff reporter"), "Tide staff reporter");
        assert_eq!(signed("admin"), "");
        assert_eq!(signed("https://thetide.example/staff"), "");
    }

    #[test]
    fn a_name_is_given_once() {
        check(&["Ana Lima", "ANA LIMA", "by Ana Lima"], &["Ana Lima"]);
        check(&["Bo Chen Jr."], &["Bo Chen Jr."]);
        check(&["José Díaz", "Jose Diaz"], &["José Díaz"]);
        check(&["Bo Chen HARBOUR DAILY", "Bo Chen"], &["Bo Chen"]);
    }
}
