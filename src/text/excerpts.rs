//! A printing made of several passages of a longer text, in their order: sentences between which others were left out, with
//! an ellipsis or without.

use std::ops::Range;

use super::rewording::ends_sentence;
use super::wording::{Wording, printed};

/// The share of a passage's words that stand together in the text; a shorter share is another sentence.
const SHARE: f32 = 0.75;
/// Words of a passage that is looked for by itself: fewer stand everywhere.
const PASSAGE: usize = 4;
/// Passages that are looked for; what has more is compared as a whole.
const MOST: usize = 40;

/// A passage of a printing, and where the longer text has it, both in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) passage: Range<usize>,
    pub(super) place: Range<usize>,
}

/// The passages of a printing, each with its place in the longer text; nothing where one of them stands nowhere behind the
/// one before it, or where there is only one.
pub(super) fn excerpts(longer: &str, printing: &str) -> Option<Vec<Excerpt>> {
    let passages = passages(printing);
    if !(2..=MOST).contains(&passages.len()) {
        return None;
    }
    let mut found: Vec<Excerpt> = Vec::with_capacity(passages.len());
    let mut from = 0;
    for passage in passages {
        let rest = Wording::in_one_spelling(&longer[from..]);
        let (place, share) = Wording::in_one_spelling(&printing[passage.clone()]).found_in(&rest)?;
        if share < SHARE {
            return None;
        }
        let place = from + place.start..from + place.end;
        from = place.end;
        found.push(Excerpt { passage, place });
    }
    Some(found)
}

/// What the sentences of a printing, and the words between two ellipses, are; what is too short goes with its neighbour.
fn passages(printing: &str) -> Vec<Range<usize>> {
    let mut passages: Vec<Range<usize>> = Vec::new();
    let (mut start, mut at) = (0, 0);
    // A passage is only joined to one that no ellipsis parts from it.
    let mut is_apart = true;
    let mut close = |range: Range<usize>, is_apart: bool| {
        let is_short = |range: &Range<usize>| Wording::of(&printing[range.clone()]).len() < PASSAGE;
        match passages.last_mut() {
            Some(last) if !is_apart && (is_short(last) || is_short(&range)) => last.end = range.end,
            _ if Wording::of(&printing[range.clone()]).len() > 0 => passages.push(range),
            _ => {}
        }
    };
    for word in printed(printing) {
        let begin = at;
        at += word.len();
        let ellipsis = ellipsis_in(word);
        if let Some(ellipsis) = ellipsis {
            close(start..begin + ellipsis.start, is_apart);
            (start, is_apart) = (begin + ellipsis.end, true);
        } else if ends_sentence(word) {
            close(start..at, is_apart);
            (start, is_apart) = (at, false);
        }
    }
    close(start..printing.len(), is_apart);
    passages
}

/// Where in a word an ellipsis stands, with the brackets around it.
fn ellipsis_in(word: &str) -> Option<Range<usize>> {
    let is_mark = |c: char| matches!(c, '…' | '.' | '[' | ']' | '(' | ')');
    let at = word.find('…').or_else(|| word.find(".."))?;
    let start = word[..at].trim_end_matches(is_mark).len();
    let behind = &word[at..];
    let end = at + behind.len() - behind.trim_start_matches(is_mark).len();
    Some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "I will not rescind the order, and I will not apologize for it. In six months it has kept 48,000 families in \
                        their homes. The legislature may vote in January. I will respect that vote. Until then, the law is the law, and my \
                        administration will enforce it in every county.";

    #[track_caller]
    fn check(printing: &str, expected: &[(&str, &str)]) {
        let found = excerpts(TEXT, printing).unwrap_or_default();
        let found: Vec<(&str, &str)> = found
            .into_iter()
            .map(|excerpt| (printing[excerpt.passage].trim(), &TEXT[excerpt.place]))
            .collect();
        assert_eq!(found, expected, "{printing}");
    }

    #[test]
    fn passages_are_found_each_by_itself() {
        let law = "the law is the law, and my administration will enforce it in every county";
        let (until, printed) = (format!("Until then, {law}"), format!("Until then, {law}."));
        let order = "I will not rescind the order";
        for mark in [" … ", "... ", " ... ", " [...] ", "….", " […] "] {
            check(
                &format!("{order}{mark}{printed}"),
                &[(order, order), (&printed, &until)],
            );
        }
        check(
            &format!("I will not rescind the order. {printed}"),
            &[("I will not rescind the order.", order), (&printed, &until)],
        );
    }

    #[test]
    fn what_stands_elsewhere_is_none() {
        check(
            "I will not rescind the order. Nobody asked me to do so in May.",
            &[],
        );
        // The other way round, and one passage alone.
        check(
            "Until then, the law is the law. I will not rescind the order.",
            &[],
        );
        check("I will not rescind the order", &[]);
        check("", &[]);
        check("…", &[]);
    }

    #[test]
    fn a_short_sentence_goes_with_its_neighbour() {
        let words = "No. I will respect that vote. Until then, the law is the law.";
        let passages = passages(words);
        let passages: Vec<&str> = passages.into_iter().map(|range| words[range].trim()).collect();
        assert_eq!(
            passages,
            ["No. I will respect that vote.", "Until then, the law is the law."]
        );
    }
}
