//! A stretch of text cut into words and marks.

use std::ops::Range;

use super::lexicon::{Language, Traits, Word};

/// A word or a mark of punctuation.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Its bytes in the text.
    pub(super) range: Range<usize>,
    /// The word in lower case without a possessive ending; nothing for a mark.
    pub(super) word: Word,
    /// The lists it is on.
    pub(super) traits: Traits,
    /// The mark, `—` for every dash; nothing for a word.
    mark: Option<char>,
    pub(super) shape: Shape,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    pub(super) is_capital: bool,
    pub(super) is_all_capital: bool,
    pub(super) is_number: bool,
    /// `Lima's`, `workers'`.
    pub(super) is_possessive: bool,
    pub(super) ends_in_ing: bool,
    pub(super) ends_in_ed: bool,
    pub(super) ends_in_ly: bool,
    /// `@handle`.
    pub(super) is_handle: bool,
}

impl Token {
    pub(super) const fn is_word(&self) -> bool {
        self.mark.is_none()
    }

    /// Whether it is a word on any of the lists.
    pub(super) const fn is(&self, lists: Traits) -> bool {
        self.traits.any(lists)
    }

    pub(super) fn is_mark(&self, mark: char) -> bool {
        self.mark == Some(mark)
    }

    /// Whether it ends a sentence.
    pub(super) const fn ends_sentence(&self) -> bool {
        matches!(self.mark, Some('.' | '!' | '?' | '…'))
    }

    pub(super) const fn is_dash(&self) -> bool {
        matches!(self.mark, Some('—'))
    }

    /// Whether it names whose what follows is: `Lima's`, `her`.
    pub(super) const fn is_owner(&self) -> bool {
        self.shape.is_possessive || self.is(Traits::OWNER)
    }

    /// A name or a word like one: capitalised, and none that only begins sentences.
    pub(super) const fn is_name(&self) -> bool {
        self.shape.is_capital && !self.is(Traits::NEVER)
    }
}

/// Adds the tokens of a stretch of text.
pub(super) fn add_tokens(language: &Language, text: &str, range: Range<usize>, tokens: &mut Vec<Token>) {
    let mut at = range.start;
    while at < range.end {
        let rest = &text[at..range.end];
        let first = rest.chars().next().expect("there is a rest");
        if first.is_whitespace() || first == '\u{200b}' {
            at += first.len_utf8();
            continue;
        }
        let token = if first.is_alphanumeric() || first == '@' || first == '#' {
            word(language, rest, at)
        } else {
            mark(rest, first, at)
        };
        at = token.range.end;
        tokens.push(token);
    }
}

fn mark(rest: &str, first: char, at: usize) -> Token {
    let length = if first == '-' {
        rest.len() - rest.trim_start_matches('-').len()
    } else {
        first.len_utf8()
    };
    let is_dash = matches!(first, '—' | '–' | '-' | '―');
    Token {
        range: at..at + length,
        word: Word::default(),
        traits: Traits::NONE,
        mark: Some(if is_dash { '—' } else { first }),
        shape: Shape::default(),
    }
}

fn word(language: &Language, rest: &str, at: usize) -> Token {
    let mut length = word_length(rest);
    let mut slice = &rest[..length];
    let stem = stem(language, slice);
    let is_possessive = stem.len() < slice.len()
        || (!language.possessives.is_empty() && is_plural_owner(slice, &rest[length..]));
    let mut word = folded(stem);
    let mut traits = language.traits(word);
    if rest[length..].starts_with('.') && (keeps_stop(slice) || traits.any(Traits::ABBREVIATION)) {
        length += 1;
        slice = &rest[..length];
    }
    // "@handle" stands for a name, whatever word it is made of.
    let is_handle = slice.starts_with('@');
    if is_handle {
        traits = Traits::NONE;
        word = folded(slice);
    }
    let first = slice.chars().next().unwrap_or(' ');
    let ends = |endings: &[&str]| {
        let mut endings = endings.iter();
        endings.any(|ending| stem.len() > ending.len() + 1 && stem.ends_with(ending))
    };
    Token {
        range: at..at + length,
        word,
        traits,
        mark: None,
        shape: Shape {
            is_capital: first.is_uppercase() || is_handle,
            is_all_capital: slice.chars().all(char::is_uppercase),
            is_number: first.is_ascii_digit(),
            is_possessive,
            ends_in_ing: ends(&language.going_on),
            ends_in_ed: ends(&language.past),
            ends_in_ly: ends(&language.adverbs),
            is_handle,
        },
    }
}

/// A word without a possessive ending.
fn stem<'a>(language: &Language, slice: &'a str) -> &'a str {
    let mut endings = language.possessives.iter();
    let stem = endings.find_map(|ending| slice.strip_suffix(ending));
    stem.filter(|stem| !stem.is_empty()).unwrap_or(slice)
}

/// Whether a mark after an s belongs to the word, and more words follow: `the workers' union`.
fn is_plural_owner(word: &str, after: &str) -> bool {
    let mut characters = after.chars();
    let is_marked = word.ends_with('s') && matches!(characters.next(), Some('\'' | '’'));
    is_marked && characters.next() == Some(' ') && characters.next().is_some_and(char::is_alphabetic)
}

fn folded(slice: &str) -> Word {
    if slice.is_ascii() {
        return slice
            .bytes()
            .fold(Word::empty(), |word, byte| word.then(byte.to_ascii_lowercase()));
    }
    let mut bytes = [0; 4];
    slice
        .chars()
        .map(|c| if c == '’' { '\'' } else { c })
        .flat_map(char::to_lowercase)
        .fold(Word::empty(), |word, c| {
            c.encode_utf8(&mut bytes).bytes().fold(word, Word::then)
        })
}

/// Letters and digits with what joins them: `won’t`, `U.S.`, `Al-Amin`, `J.`, `6.5`.
fn word_length(text: &str) -> usize {
    let mut end = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if !character.is_alphanumeric() && at > 0 {
            let joins = matches!(
                character,
                '’' | '\'' | '-' | '.' | '&' | '@' | '#' | '_' | '/' | '‑'
            ) && characters.peek().is_some_and(|(_, next)| next.is_alphanumeric());
            if !joins {
                break;
            }
        }
        end = at + character.len_utf8();
    }
    end
}

/// Whether the full stop after a word belongs to it: initials, and what has stops inside.
fn keeps_stop(word: &str) -> bool {
    let mut characters = word.chars();
    let is_initial =
        characters.next().is_some_and(char::is_uppercase) && characters.next().is_none() && word != "I";
    is_initial || (word.contains('.') && word.split('.').all(|part| part.chars().count() == 1))
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::ENGLISH;
    use super::*;

    fn tokens(text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        add_tokens(&ENGLISH, text, 0..text.len(), &mut tokens);
        tokens
    }

    #[track_caller]
    fn check(text: &str, words: &[&str]) {
        let found: Vec<String> = tokens(text)
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

    #[test]
    fn a_word_is_known_in_any_case_and_as_an_owner() {
        let found = tokens("ÉTÉ Été Lima’s LIMA SAID");
        assert_eq!(found[0].word, found[1].word);
        assert_eq!(found[2].word, found[3].word);
        assert!(found[2].shape.is_possessive && !found[3].shape.is_possessive);
        assert!(found[4].is(Traits::SAY));
    }
}
