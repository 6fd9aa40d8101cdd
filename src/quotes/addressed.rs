//! Whom words speak to by name or office, so that he does not say them: `“Ms. Lima, sit down.”`, `“Commissioner, you told us so.”`

use std::ops::Range;

use super::lexicon::{Language, Traits};
use super::people::People;
use super::tokens::{Token, add_tokens};

/// The bytes at the ends of words in which somebody is addressed.
const NEAR: usize = 80;
/// Words before whom somebody addresses: `Well,`, `Thank you,`.
const LEAD: usize = 2;

/// Those of the people of a text who are addressed in words: at their beginning or end, with a comma between.
pub(super) fn addressed(
    (language, text): (&Language, &str),
    people: &People,
    words: impl Iterator<Item = Range<usize>>,
) -> Vec<usize> {
    let mut found = Vec::new();
    let mut tokens = Vec::new();
    for words in words {
        let first = Some(first_bytes(text, &words)).filter(|first| may_open(&text[first.clone()]));
        let last = last_name(text, last_bytes(text, &words));
        let ends = [
            (first, opening as fn(&[Token]) -> Option<&[Token]>),
            (last, closing),
        ];
        for (range, name) in ends {
            let Some(range) = range else { continue };
            tokens.clear();
            add_tokens(language, text, range, &mut tokens);
            found.extend(name(&tokens).and_then(|name| whom(language, people, name)));
        }
    }
    found
}

/// Whether the beginning of words may be a name before a comma, or behind one and a word or two. Most is neither, which is seen before
/// it is cut into tokens.
fn may_open(words: &str) -> bool {
    let Some((lead, _)) = words.split_once(',') else {
        return false;
    };
    let pieces = || {
        lead.split_whitespace()
            .filter(|piece| piece.starts_with(char::is_alphanumeric))
    };
    pieces().nth(LEAD).is_none() || !pieces().any(is_small)
}

/// The last comma that words follow, and all behind it, where that may be a name.
fn last_name(text: &str, words: Range<usize>) -> Option<Range<usize>> {
    let slice = &text[words.clone()];
    let last_word = slice.rfind(|c: char| c.is_alphanumeric() || matches!(c, '@' | '#'))?;
    let comma = slice[..last_word].rfind(',')?;
    let first = slice[comma + 1..].split_whitespace().next()?;
    (!is_small(first)).then_some(words.start + comma..words.end)
}

/// Whether words that white space parts begin with a word in small letters, that is none of a name: `al-Bashir`.
fn is_small(piece: &str) -> bool {
    piece.starts_with(|c: char| c.is_ascii_lowercase()) && !piece.contains('-')
}

/// The words before the first comma, or between the first two: `Ms. Lima, sit down`, `Well, Ms. Lima, sit down`.
fn opening(tokens: &[Token]) -> Option<&[Token]> {
    let mut parts = tokens.split(|token| !token.is_word());
    let is_comma = |at: usize| tokens.get(at).is_some_and(|token| token.is_mark(','));
    let first = parts.next().filter(|first| is_comma(first.len()))?;
    if is_name(first) {
        return Some(first);
    }
    let second = parts.next().filter(|_| first.len() <= LEAD)?;
    let end = first.len() + 1 + second.len();
    Some(second).filter(|second| is_comma(end) && is_name(second))
}

/// The words behind the last comma: `Sit down, Ms. Lima.`
fn closing(tokens: &[Token]) -> Option<&[Token]> {
    let end = tokens.iter().rposition(Token::is_word)? + 1;
    let comma = tokens[..end].iter().rposition(|token| !token.is_word())?;
    let name = &tokens[comma + 1..end];
    Some(name).filter(|name| tokens[comma].is_mark(',') && is_name(name))
}

/// Whether words are a name or an office and nothing else.
fn is_name(words: &[Token]) -> bool {
    !words.is_empty() && words.iter().all(|word| word.is_word() && word.shape.is_capital)
}

/// Which of the people is addressed so: by name, or as the only one who bears an office.
fn whom(language: &Language, people: &People, words: &[Token]) -> Option<usize> {
    let is_title = |token: &Token| token.is(Traits::TITLE.or(Traits::ROLE));
    // "Madam Secretary": a word before a title is one.
    let titles = words.iter().rposition(is_title).map_or(0, |last| last + 1);
    match words.split_at(titles) {
        (titles, []) => people.only_holder(language, titles.last()?.word),
        (titles, name) => people.by_words(name, titles),
    }
}

fn first_bytes(text: &str, words: &Range<usize>) -> Range<usize> {
    let mut end = words.end.min(words.start + NEAR);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    words.start..end
}

fn last_bytes(text: &str, words: &Range<usize>) -> Range<usize> {
    let mut start = words.start.max(words.end.saturating_sub(NEAR));
    while !text.is_char_boundary(start) {
        start += 1;
    }
    start..words.end
}
