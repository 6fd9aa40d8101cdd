//! Where sentences begin and end in a text.

use std::sync::LazyLock;

use foldhash::HashSet;

use crate::model::span::Span;

static ABBREVIATIONS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words_of(include_str!("sentences/abbreviations.txt")));
static BEGINNINGS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words_of(include_str!("sentences/beginnings.txt")));

fn words_of(table: &'static str) -> HashSet<&'static str> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
}

/// How far a sentence is looked for, in bytes, on either side.
const SENTENCE: usize = 1200;
/// Marks that open a sentence before its first word.
const OPENING: &str = "“‘\"'«\n(¡¿—–[";
/// Letters of the longest abbreviation, and more.
const LONGEST: usize = 12;

/// The sentence in which `inner` stands, with the white space behind it.
pub fn sentence(text: &str, inner: Span) -> Span {
    let low = text.floor_char_boundary(inner.start().saturating_sub(SENTENCE));
    let high = text.ceil_char_boundary((inner.end() + SENTENCE).min(text.len()));
    let start = (low..inner.start())
        .rev()
        .find_map(|at| ends_at(text, at).filter(|start| *start <= inner.start()))
        .unwrap_or(low);
    let end = (inner.end()..high)
        .find_map(|at| ends_at(text, at).filter(|end| *end >= inner.end()))
        .unwrap_or(high);
    let start = start.min(inner.start());
    Span::of(text, start..end.max(inner.end())).unwrap_or(inner)
}

/// The sentence before the place `at` in its paragraph.
pub fn sentence_before(text: &str, at: usize) -> Option<Span> {
    let trimmed = text.get(..at)?.trim_end_matches([' ', '\t']);
    if trimmed.is_empty() || trimmed.ends_with('\n') {
        return None;
    }
    ends_with_sentence(text, trimmed.len())
}

/// The sentence before the place `at`, in its paragraph or in the one above.
pub fn sentence_above(text: &str, at: usize) -> Option<Span> {
    ends_with_sentence(text, text.get(..at)?.trim_end().len())
}

/// The sentence whose last sign ends at `end`.
fn ends_with_sentence(text: &str, end: usize) -> Option<Span> {
    let last = end - text.get(..end)?.chars().next_back()?.len_utf8();
    let earlier = sentence(text, Span::of(text, last..last)?);
    (earlier.start() < end).then_some(earlier)
}

/// Where the next sentence begins, if one ends with the byte at `at`.
fn ends_at(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    match bytes[at] {
        b'\n' => return Some(at + 1),
        b'.' if is_abbreviation(text.get(..at)?, text.get(at + 1..)?) => return None,
        b'.' | b'!' | b'?' => {}
        _ => return None,
    }
    let rest = text.get(at + 1..)?;
    let behind = rest.trim_start_matches(['"', '”', '’', '\'', '»', ')']);
    let next = behind.trim_start_matches([' ', '\t']);
    let opens = next
        .chars()
        .next()
        .is_none_or(|c| c.is_uppercase() || c.is_numeric() || OPENING.contains(c));
    (next.len() < behind.len() || next.starts_with('\n') || next.is_empty())
        .then_some(())
        .filter(|()| opens)
        .map(|()| text.len() - next.len())
}

/// Whether the word before a stop is one that is shortened: an initial, a part of "U.S." and "a.m.", or a known one. Such parts may end a
/// sentence as well, where a word follows that begins one.
fn is_abbreviation(before: &str, behind: &str) -> bool {
    let tail = &before[before.floor_char_boundary(before.len().saturating_sub(4 * LONGEST))..];
    let word = tail.rsplit(|c: char| !c.is_alphabetic()).next();
    let word = word.unwrap_or_default();
    let is_part = tail.strip_suffix(word).is_some_and(|rest| rest.ends_with('.'));
    let next = behind.trim_start().split(|c: char| !c.is_alphabetic()).next();
    let begins = || BEGINNINGS.contains(next.unwrap_or_default());
    match word.chars().count() == 1 {
        true => !(is_part && begins()),
        false => ABBREVIATIONS.contains(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, inner: &str, expected: &str) {
        let at = text.find(inner).expect(inner);
        let span = Span::of(text, at..at + inner.len()).expect("in the text");
        assert_eq!(sentence(text, span).slice(text).trim_end(), expected);
    }

    #[test]
    fn abbreviations_end_no_sentence() {
        let text = "It rained. The city has until 5 p.m. on December 4, 2026, to certify that it complies with 8 U.S.C. 1373 \
                    and No. 12 of Sec. 4. Then it ends.";
        check(
            text,
            "December 4",
            "The city has until 5 p.m. on December 4, 2026, to certify that it complies with 8 U.S.C. 1373 and No. 12 of Sec. 4.",
        );
        check(
            "Gov. Ana M. Lima met Dr. Cruz. They spoke.",
            "met",
            "Gov. Ana M. Lima met Dr. Cruz.",
        );
        check("Le vio el Sr. Leal. Se fue.", "vio", "Le vio el Sr. Leal.");
        // One of single letters may end a sentence as well.
        check(
            "The vote is at 9 p.m. The mayor left.",
            "vote",
            "The vote is at 9 p.m.",
        );
        check(
            "It is at 9 p.m. Monday in the hall. Go.",
            "9",
            "It is at 9 p.m. Monday in the hall.",
        );
        check("J. The Lima signed. Go.", "signed", "J. The Lima signed.");
        check(
            "Abre el muelle. ¿Y el lunes qué pasa? Fin.",
            "lunes",
            "¿Y el lunes qué pasa?",
        );
    }

    #[test]
    fn a_sentence_ends_with_the_mark_that_closes_it() {
        let text = "She said: “There is no deal.” Two days later there was one! And «así fue.» Fin.";
        check(text, "said", "She said: “There is no deal.”");
        check(text, "Two days", "Two days later there was one!");
        check(text, "así", "And «así fue.»");
    }

    #[test]
    fn the_sentence_before_is_of_the_same_paragraph() {
        let text = "One.\nTwo is here. Three.";
        let at = text.find("Three").expect("there");
        let before = sentence_before(text, at).expect("a sentence");
        assert_eq!(before.slice(text).trim_end(), "Two is here.");
        assert_eq!(sentence_before(text, 5), None);
    }
}
