//! Puts lines behind each other: words that were parted at the line end are one again, real compounds keep their
//! hyphen, ligatures are letters.

use std::collections::HashSet;

/// First halves that keep their hyphen unless the document itself writes the word without one.
const KEEPING: [&str; 8] = ["self", "well", "ex", "all", "half", "cross", "quasi", "vice"];
/// Words after a hyphen that was left hanging: `pre- and postwar`.
const HANGING: [&str; 6] = ["and", "or", "to", "und", "oder", "et"];

/// The words a document uses, to tell how one that was parted is written.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: HashSet<String>,
    compounds: HashSet<String>,
}

impl Vocabulary {
    /// The words that stand whole inside the lines.
    pub(super) fn of<'l>(lines: impl Iterator<Item = &'l str>) -> Self {
        let mut vocabulary = Self::default();
        for word in lines.flat_map(|line| line.split(|c: char| !is_of_word(c) && !is_hyphen(c))) {
            let word = word.to_lowercase();
            let hyphens = word.chars().filter(|c| is_hyphen(*c)).count();
            match hyphens {
                0 if !word.is_empty() => vocabulary.words.insert(word),
                1 if !word.ends_with(is_hyphen) && !word.starts_with(is_hyphen) => {
                    vocabulary.compounds.insert(word.replace(is_hyphen, "-"))
                }
                _ => false,
            };
        }
        vocabulary
    }

    /// Puts a line behind another.
    pub(super) fn join(&self, words: &mut String, line: &str) {
        let ends_wide = words.chars().next_back().is_some_and(is_wide);
        if words.is_empty() || (ends_wide && line.starts_with(is_wide)) {
            words.push_str(line);
            return;
        }
        if words.ends_with('\u{AD}') {
            words.pop();
            words.push_str(line);
            return;
        }
        let attached = |mark: char| {
            let before = words.strip_suffix(mark);
            before.is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric()))
        };
        if words.ends_with(is_hyphen) {
            self.join_parted(words, line);
        } else if attached('—') || attached('/') {
            words.push_str(line);
        } else {
            words.push(' ');
            words.push_str(line);
        }
    }

    fn join_parted(&self, words: &mut String, line: &str) {
        let stem = words.trim_end_matches(is_hyphen);
        let head = &stem[stem
            .rfind(|c: char| !is_of_word(c))
            .map_or(0, |at| at + width_at(stem, at))..];
        let tail = &line[..line.find(|c: char| !is_of_word(c)).unwrap_or(line.len())];
        let (last, first) = (head.chars().next_back(), tail.chars().next());
        let (Some(last), Some(first)) = (last, first) else {
            words.push(' ');
            words.push_str(line);
            return;
        };
        if HANGING.contains(&tail) {
            words.push(' ');
        } else if !self.keeps_hyphen(head, tail, last, first) {
            words.truncate(stem.len());
        }
        words.push_str(line);
    }

    fn keeps_hyphen(&self, head: &str, tail: &str, last: char, first: char) -> bool {
        let begins_name = first.is_uppercase() && !last.is_uppercase();
        if begins_name || !last.is_alphabetic() || !first.is_alphabetic() || head.chars().nth(1).is_none() {
            return true;
        }
        let (head, tail) = (head.to_lowercase(), tail.to_lowercase());
        if self.compounds.contains(&format!("{head}-{tail}")) {
            return true;
        }
        KEEPING.contains(&head.as_str()) && !self.words.contains(&format!("{head}{tail}"))
    }
}

fn width_at(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '\'' | '’')
}

fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}' | '\u{2011}')
}

/// Whether a script is written without spaces.
fn is_wide(character: char) -> bool {
    matches!(character, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// The text with ligatures as letters.
pub(super) fn letters(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            'ﬀ' => letters.push_str("ff"),
            'ﬁ' => letters.push_str("fi"),
            'ﬂ' => letters.push_str("fl"),
            'ﬃ' => letters.push_str("ffi"),
            'ﬄ' => letters.push_str("ffl"),
            'ﬆ' => letters.push_str("st"),
            _ if character.is_control() => {}
            _ => letters.push(character),
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(document: &str, first: &str, second: &str, expected: &str) {
        let mut words = first.to_owned();
        Vocabulary::of(document.lines()).join(&mut words, second);
        assert_eq!(words, expected);
    }

    #[test]
    fn a_word_parted_at_the_line_end_is_one_again() {
        check("", "the har-", "bour stays", "the harbour stays");
        check("", "the har\u{AD}", "bour", "the harbour");
        check("", "THE HAR-", "BOUR", "THE HARBOUR");
        check("", "the pier", "stays", "the pier stays");
    }

    #[test]
    fn compounds_keep_their_hyphen() {
        check("", "of non-", "City staff", "of non-City staff");
        check("a long-term plan", "a long-", "term lease", "a long-term lease");
        check("", "in 2025-", "26", "in 2025-26");
        check("", "their self-", "government", "their self-government");
        check("", "a U-", "turn", "a U-turn");
    }

    #[test]
    fn dashes_stay_what_they_are() {
        check("", "pre-", "and postwar", "pre- and postwar");
        check("", "the pier —", "and", "the pier — and");
        check("", "the pier—", "and", "the pier—and");
    }

    #[test]
    fn ligatures_are_letters() {
        assert_eq!(letters("oﬃce ﬁle ﬂag ſo"), "office file flag ſo");
    }
}
