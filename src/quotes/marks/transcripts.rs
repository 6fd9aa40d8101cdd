//! Transcripts inside marks: labels that tell who speaks, and remarks of whoever wrote them down.

use crate::quotes::Paragraph;

/// Letters of who speaks in a transcript.
const LABEL: usize = 40;

/// Whether paragraphs that open with a mark begin with labels of two who speak, or of one whom the text names elsewhere. "FACT:" is
/// nobody.
pub(super) fn is_transcript(text: &str, paragraphs: &[Paragraph]) -> bool {
    let mut first: Option<&str> = None;
    for paragraph in paragraphs {
        let words = text[paragraph.range.clone()].trim_start();
        let Some(inner) = words.strip_prefix(['“', '"', '”', '«']) else {
            continue;
        };
        let length = label(inner);
        if length == 0 {
            continue;
        }
        let name = inner[..length].trim_end_matches([':', ' ']);
        match first {
            Some(first) if first != name => return true,
            // The whole text is searched for a name once: the labels that follow are the same one.
            None if is_named(text, name) => return true,
            _ => first = Some(name),
        }
    }
    false
}

/// Whether the text has the last word of a name in capitals as names are written, inside a sentence.
fn is_named(text: &str, name: &str) -> bool {
    let Some(last) = name.split_whitespace().next_back() else {
        return false;
    };
    let mut letters = last.chars();
    let Some(initial) = letters.next() else {
        return false;
    };
    let surname = format!("{initial}{}", letters.as_str().to_lowercase());
    text.match_indices(&surname).any(|(at, _)| {
        let before = text[..at].strip_suffix(' ');
        let is_whole = !text[at + surname.len()..].starts_with(char::is_alphanumeric);
        is_whole && before.is_some_and(|before| before.ends_with(char::is_alphanumeric))
    })
}

/// The bytes of who speaks, with the space behind the colon, where words in marks begin with it in capitals: `“LIMA: We will.”`
pub(super) fn label(words: &str) -> usize {
    let near = &words[..words.floor_char_boundary(LABEL)];
    let Some(colon) = near.find(": ") else { return 0 };
    let name = &near[..colon];
    let is_name = name
        .chars()
        .all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | '-' | '’' | '\''));
    let letters = name.chars().filter(|c| c.is_uppercase()).count();
    if is_name && letters > 2 { colon + 2 } else { 0 }
}

/// Whether words stand in one pair of brackets as a whole, as a remark of whoever wrote a transcript down does: `(CROSSTALK.)`
pub(in crate::quotes) fn is_aside(words: &str) -> bool {
    let words = words.trim().trim_end_matches('.');
    let is_within = |open, close: char| {
        let inside = words.strip_prefix(open);
        inside.is_some_and(|inside| inside.find(close) == Some(inside.len().wrapping_sub(close.len_utf8())))
    };
    is_within('(', ')') || is_within('[', ']')
}
