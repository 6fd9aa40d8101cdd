//! One form for what is written in several: "won't" and "will not", "honour" and "honor", "fourteen percent" and "14 %".
//!
//! The forms are for comparing printings of the same words and are shown to nobody. Pairs of them stand in the search index:
//! a change of what is here or in its tables raises the version of the index's schema.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::numerals;

/// Words with the form they are compared by.
static WORDS: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let lines = include_str!("spelling/words.txt").lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let read = lines.filter_map(|line| line.split_once(' '));
    read.map(|(word, form)| (word, form.split(' ').collect()))
        .collect()
});

/// Ends of contractions, and the words they stand for.
const CONTRACTED: [(&str, &str); 6] = [
    ("n't", "not"),
    ("'ll", "will"),
    ("'re", "are"),
    ("'ve", "have"),
    ("'d", "would"),
    ("'m", "am"),
];

/// British endings and American ones, behind at least so many other letters.
const ENDINGS: [(&str, &str, usize); 10] = [
    ("ours", "ors", 2),
    ("our", "or", 2),
    ("oured", "ored", 2),
    ("isation", "ization", 2),
    ("ise", "ize", 3),
    ("ised", "ized", 3),
    ("ises", "izes", 3),
    ("ising", "izing", 3),
    ("elled", "eled", 2),
    ("elling", "eling", 2),
];

/// What parts two words that stand together: dashes, dots that leave something out, strokes, hyphens.
const PARTING: [char; 6] = ['—', '–', '…', '/', '-', '‐'];
/// Beginnings that are written with a hyphen or without.
const JOINED: [&str; 7] = ["anti", "co", "e", "non", "pre", "re", "un"];

/// The forms of a word as it is printed; none of marks alone.
pub fn forms(printed: &str) -> Vec<String> {
    parts(printed).into_iter().flat_map(|(_, form)| form).collect()
}

/// The words that a printed one is made of ("pool—and"), each with the byte it begins at and its forms.
pub fn parts(printed: &str) -> Vec<(usize, Vec<String>)> {
    if !printed.contains(PARTING) && !printed.contains("..") {
        return vec![(0, one_form(printed))];
    }
    // "Twenty-seven" is one number.
    let bare = printed.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some(number) = numerals::of_word(&bare.to_lowercase()) {
        return vec![(0, vec![number])];
    }
    let mut parts: Vec<(usize, Vec<String>)> = Vec::new();
    let mut is_joined = false;
    let mut at = 0;
    for piece in printed.split_inclusive(|c: char| PARTING.contains(&c)) {
        let word = piece.trim_end_matches(PARTING);
        let form = one_form(word);
        match parts.last_mut().filter(|_| is_joined) {
            Some((_, last)) => {
                if last.len() != 1 {
                    *last = vec![last.concat()];
                }
                last[0].push_str(&form.concat());
            }
            None => parts.push((at, form)),
        }
        is_joined = piece.ends_with('-') && JOINED.contains(&word.to_lowercase().as_str());
        at += piece.len();
    }
    parts.retain(|(_, form)| !form.is_empty());
    parts
}

/// The form of a word in which nothing parts two.
fn one_form(printed: &str) -> Vec<String> {
    let folded = folded(printed);
    let is_mark = |c: char| !c.is_alphanumeric() && !matches!(c, '%' | '&' | '\'');
    let word = folded.trim_matches(is_mark);
    if let Some(form) = WORDS.get(word) {
        return owned(form);
    }
    let word = word.trim_matches('\'');
    if let Some(form) = WORDS.get(word) {
        return owned(form);
    }
    for (end, stands_for) in CONTRACTED {
        if let Some(stem) = word.strip_suffix(end).filter(|stem| !stem.is_empty()) {
            return vec![plain(stem), stands_for.to_owned()];
        }
    }
    if let Some(number) = word.strip_suffix('%').filter(|number| !number.is_empty()) {
        return vec![plain(number), "per".into(), "cent".into()];
    }
    let plain = plain(word);
    match plain.is_empty() {
        true => Vec::new(),
        false => vec![plain],
    }
}

fn owned(form: &[&str]) -> Vec<String> {
    form.iter().map(|word| (*word).to_owned()).collect()
}

/// Letters, digits and apostrophes without case and accents, and the marks between them.
fn folded(printed: &str) -> String {
    let letters = printed.nfd().filter(|c| !is_combining_mark(*c));
    let one_mark = letters.map(|c| if c == '’' { '\'' } else { c });
    one_mark.flat_map(char::to_lowercase).collect()
}

/// A word or number without the marks in it; the point of a number stays one, so that 1.5 is not 15.
fn plain(word: &str) -> String {
    if let Some(number) = numerals::of_word(word) {
        return number;
    }
    let mut plain = String::with_capacity(word.len());
    let mut before = None;
    for (at, c) in word.char_indices() {
        let is_point = c == '.'
            && before.is_some_and(|c: char| c.is_ascii_digit())
            && word[at + 1..].starts_with(|c: char| c.is_ascii_digit());
        if c.is_alphanumeric() || is_point {
            plain.push(c);
        }
        before = Some(c);
    }
    for (british, american, letters) in ENDINGS {
        if plain.len() >= british.len() + letters
            && let Some(stem) = plain.strip_suffix(british)
        {
            return format!("{stem}{american}");
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_in_two_ways_has_one_form() {
        let all = |text: &str| text.split_whitespace().flat_map(forms).collect::<Vec<_>>();
        for (one, other) in [
            ("won’t", "will not"),
            ("can't", "cannot"),
            ("cannot", "can not"),
            ("I'm", "I am"),
            ("We’d", "we would"),
            ("we're gonna", "we are going to"),
            ("honour.", "“honor,”"),
            ("organised", "organized"),
            ("14%", "fourteen per cent"),
            ("14 %", "14 percent"),
            ("twenty-seven", "27"),
            ("Twelve million", "12 million"),
            ("1,500", "1500"),
            ("U.S.", "US"),
            ("e-mail", "email"),
            ("re-elected", "reelected"),
            ("pool—and", "pool — and"),
            ("want…to", "want … to"),
            ("well-known", "well known"),
            ("and/or", "and or"),
            ("José", "Jose"),
            ("Jan. 11", "January 11"),
            ("Gov. Lima", "Governor Lima"),
        ] {
            assert_eq!(all(one), all(other), "{one} / {other}");
        }
        for (one, other) in [
            ("1.5", "15"),
            ("5-4", "54"),
            ("2-3", "23"),
            ("will", "won't"),
            ("four", "for"),
            ("your", "yore"),
            ("the lake's", "the lake is"),
            ("rise", "rice"),
        ] {
            assert_ne!(all(one), all(other), "{one} / {other}");
        }
        assert!(all("… — “”").is_empty());
    }
}
