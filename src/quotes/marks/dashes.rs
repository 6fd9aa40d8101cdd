//! Speech behind dashes, where a language writes it so.

use std::ops::Range;

use crate::quotes::lexicon::Language;

/// What a paragraph says that begins with a dash, where the language writes speech so: each piece with its dashes.
/// Between them the text tells who says it: `—Nadie —dijo Lima—. El agua llegó de noche.`
pub(super) fn spoken_after_dash(
    language: &Language,
    text: &str,
    paragraph: Range<usize>,
) -> Vec<(Range<usize>, Range<usize>)> {
    let dash = |at: usize| {
        let mut dashes = language.dialogue_dashes.iter();
        dashes
            .find(|dash| text[at..paragraph.end].starts_with(**dash))
            .map(|dash| dash.len())
    };
    let is_glued =
        |at: usize| text[at..paragraph.end].starts_with(|c: char| c.is_alphanumeric() || "¿¡«“".contains(c));
    let lead = text[paragraph.clone()].len() - text[paragraph.clone()].trim_start().len();
    let mut begin = paragraph.start + lead;
    let mut pieces = Vec::new();
    let Some(mut start) = dash(begin)
        .map(|length| begin + length)
        .filter(|at| is_glued(*at))
    else {
        return pieces;
    };
    let positions = |from: usize| {
        let rest = text[from..paragraph.end].char_indices();
        rest.map(move |(at, _)| from + at)
            .filter_map(|at| Some((at, dash(at)?)))
    };
    loop {
        // A dash behind a space begins what the teller says, one behind a word or mark ends it.
        let mut aside =
            positions(start).filter(|(at, length)| text[..*at].ends_with(' ') && is_glued(at + length));
        let Some((at, length)) = aside.next() else {
            pieces.push((begin..paragraph.end, start..paragraph.end));
            return pieces;
        };
        // "— —": between two tellers nothing is said.
        if start < at {
            pieces.push((begin..at + length, start..at - 1));
        }
        let Some((end, length)) = positions(at + length).next() else {
            return pieces;
        };
        begin = end;
        let rest = &text[end + length..paragraph.end];
        start = paragraph.end
            - rest
                .trim_start_matches(|c: char| c.is_whitespace() || ".,;:".contains(c))
                .len();
        if start == paragraph.end {
            return pieces;
        }
        if text[end + length..start]
            .trim_start()
            .starts_with(['.', '!', '?', '…'])
        {
            begin = start;
        }
    }
}
