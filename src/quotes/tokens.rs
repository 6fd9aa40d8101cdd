//! A paragraph cut into words and marks, with sentences told apart.

use std::ops::Range;

use super::lexicon::LEXICON;

/// A word or a mark of punctuation.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Its bytes in the text.
    pub(super) range: Range<usize>,
    /// The word in lower case with straight apostrophes; of a mark the mark itself.
    pub(super) folded: String,
    pub(super) is_word: bool,
    pub(super) is_capital: bool,
    pub(super) is_all_capital: bool,
}

impl Token {
    pub(super) fn is(&self, list: &'static str) -> bool {
        self.is_word && LEXICON.is(list, &self.folded)
    }

    pub(super) fn is_mark(&self, mark: &str) -> bool {
        !self.is_word && self.folded == mark
    }

    /// Whether it ends a sentence.
    pub(super) fn ends_sentence(&self) -> bool {
        !self.is_word && matches!(self.folded.as_str(), "." | "!" | "?" | "…")
    }

    pub(super) fn is_dash(&self) -> bool {
        !self.is_word && matches!(self.folded.as_str(), "—" | "–" | "-" | "--" | "―")
    }

    pub(super) fn is_number(&self) -> bool {
        self.is_word && self.folded.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// The tokens of a stretch of text.
pub(super) fn tokens(text: &str, range: Range<usize>) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let rest = &text[at..range.end];
        let first = rest.chars().next().expect("there is a rest");
        if first.is_whitespace() || first == '\u{200b}' {
            at += first.len_utf8();
            continue;
        }
        let length = if first.is_alphanumeric() || first == '@' || first == '#' {
            word_length(rest)
        } else if first == '-' {
            rest.len() - rest.trim_start_matches('-').len()
        } else {
            first.len_utf8()
        };
        let slice = &rest[..length];
        let is_word = slice.contains(char::is_alphanumeric);
        tokens.push(Token {
            range: at..at + length,
            folded: slice
                .chars()
                .map(|c| if c == '’' { '\'' } else { c })
                .flat_map(char::to_lowercase)
                .collect(),
            is_word,
            is_capital: first.is_uppercase(),
            is_all_capital: slice.chars().all(char::is_uppercase),
        });
        at += length;
    }
    tokens
}

/// Letters and digits with what joins them: `won’t`, `U.S.`, `Al-Amin`, `J.`, `Mr.`, `6.5`.
fn word_length(text: &str) -> usize {
    let mut end = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let joins = matches!(
            character,
            '’' | '\'' | '-' | '.' | '&' | '@' | '#' | '_' | '/' | '‑'
        ) && next.is_some_and(char::is_alphanumeric);
        if !(character.is_alphanumeric() || joins || at == 0) {
            break;
        }
        end = at + character.len_utf8();
    }
    let word = &text[..end];
    if text[end..].starts_with('.') && keeps_stop(word) {
        end + 1
    } else {
        end
    }
}

/// Whether the full stop after a word belongs to it: abbreviations and initials.
fn keeps_stop(word: &str) -> bool {
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I";
    let is_dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
    is_initial || is_dotted || LEXICON.is("abbreviation", &word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, words: &[&str]) {
        let found: Vec<String> = tokens(text, 0..text.len())
            .into_iter()
            .map(|token| text[token.range].to_string())
            .collect();
        assert_eq!(found, words);
    }

    #[test]
    fn words_keep_what_joins_them() {
        check(
            "Sen. O’Neil won’t go, he said.",
            &["Sen.", "O’Neil", "won’t", "go", ",", "he", "said", "."],
        );
        check(
            "J. D. Vance -- U.S. envoy",
            &["J.", "D.", "Vance", "--", "U.S.", "envoy"],
        );
        check("“Été…” @nycmayor", &["“", "Été", "…", "”", "@nycmayor"]);
    }
}
