//! The words of a quote that are somebody's own and not the reporter's.

use crate::index::{Entry, QUOTATION_MARKS};
use crate::model::quote::QuoteKind;
use crate::text::wording::Wording;

/// Words under which two quotes are only the same if they are wholly so, and of the same speaker; that share fewer, only if
/// one says yes and the other no.
pub(super) const FEW_WORDS: usize = 4;

/// The words that are somebody's own: of a clause with words in marks inside, those, where they are more than a few.
pub(in crate::pipeline) fn own_words(quote: &Entry) -> String {
    let is_mixed = matches!(quote.quote, Some((QuoteKind::Mixed, _)));
    match is_mixed {
        true => words_in_marks(&quote.text),
        false => quote.text.clone(),
    }
}

/// Of reported words what stands in marks, where that is more than a few of them.
pub fn words_in_marks(words: &str) -> String {
    // What stood between the marks is the printer's, and left out.
    let inside = in_marks(words).unwrap_or_default().join(" … ");
    match Wording::of(&inside).len() >= FEW_WORDS {
        true => inside,
        false => words.to_owned(),
    }
}

/// What stands in double marks; `None` where they do not pair.
fn in_marks(words: &str) -> Option<Vec<&str>> {
    let mut inside = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, mark) in words.match_indices(QUOTATION_MARKS) {
        let mark_char = mark.chars().next()?;
        open = match open {
            None => Some((at + mark.len(), mark_char)),
            Some((begin, '“')) if mark_char == '”' => push(&mut inside, &words[begin..at]),
            Some((begin, '„')) if matches!(mark_char, '“' | '”') => {
                push(&mut inside, &words[begin..at])
            }
            Some((begin, '«')) if mark_char == '»' => push(&mut inside, &words[begin..at]),
            Some((begin, '"')) if mark_char == '"' => push(&mut inside, &words[begin..at]),
            Some(_) => return None,
        };
    }
    open.is_none().then_some(inside)
}

fn push<'a>(inside: &mut Vec<&'a str>, words: &'a str) -> Option<(usize, char)> {
    inside.push(words.trim());
    None
}
