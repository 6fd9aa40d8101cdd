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
/// Bytes of a text in which passages are looked for: each is looked for in all of it.
const LONGEST: usize = 200_000;
/// The share of a printing's words whose places are found at least, where some passage is another sentence.
const PLACED: f32 = 0.5;

/// A passage of a printing and where the longer text has it, both in bytes; nowhere, where it has it otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) passage: Range<usize>,
    pub(super) place: Option<Range<usize>>,
}

/// The passages of a printing, each with its place in the longer text; nothing where there is only one, or where most of
/// them stand nowhere in this order.
pub(super) fn excerpts(longer: &str, printing: &str) -> Option<Vec<Excerpt>> {
    if longer.len() > LONGEST {
        return None;
    }
    let sentences = sentences(printing);
    let joined = placed(longer, printing, &with_neighbours(printing, &sentences));
    // What is short is known by where it stands, but its neighbours may stand apart.
    let single: Vec<Range<usize>> = sentences.into_iter().map(|(range, _)| range).collect();
    let single = placed(longer, printing, &single);
    let is_whole = |excerpts: &&Vec<Excerpt>| excerpts.iter().all(|excerpt| excerpt.place.is_some());
    let mut ways: Vec<Vec<Excerpt>> = vec![joined, single];
    ways.retain(|excerpts| excerpts.len() > 1);
    let whole = ways.iter().find(is_whole).cloned();
    whole.or_else(|| {
        ways.into_iter()
            .find(|excerpts| is_placed(longer, printing, excerpts))
    })
}

/// Whether most of a printing stands in the text, and what does not stands nowhere in it: what stands there in another order
/// was altered by nobody.
fn is_placed(longer: &str, printing: &str, excerpts: &[Excerpt]) -> bool {
    let whole = Wording::in_one_spelling(longer);
    let is_elsewhere = |excerpt: &Excerpt| {
        let found = Wording::in_one_spelling(&printing[excerpt.passage.clone()]).found_in(&whole);
        found.is_some_and(|(_, share)| share >= SHARE)
    };
    let words = |excerpt: &Excerpt| words_in(printing, &excerpt.passage);
    let all: usize = excerpts.iter().map(words).sum();
    let (found, others): (Vec<&Excerpt>, Vec<&Excerpt>) =
        excerpts.iter().partition(|excerpt| excerpt.place.is_some());
    let found: usize = found.into_iter().map(words).sum();
    found as f32 / all.max(1) as f32 >= PLACED && !others.into_iter().any(is_elsewhere)
}

/// Where the longer text has some passages, each behind the one before it.
fn placed(longer: &str, printing: &str, passages: &[Range<usize>]) -> Vec<Excerpt> {
    if passages.len() > MOST {
        return Vec::new();
    }
    let mut from = 0;
    let placed = passages.iter().map(|passage| {
        let rest = Wording::in_one_spelling(&longer[from..]);
        let wording = Wording::in_one_spelling(&printing[passage.clone()]);
        let least = if wording.len() < PASSAGE { 1.0 } else { SHARE };
        let found = wording.found_in(&rest).filter(|(_, share)| *share >= least);
        let place = found.map(|(place, _)| from + place.start..from + place.end);
        from = place.as_ref().map_or(from, |place| place.end);
        Excerpt {
            passage: passage.clone(),
            place,
        }
    });
    placed.collect()
}

/// The sentences of a printing and the words between two ellipses, each with whether an ellipsis parts it from the one before.
fn sentences(printing: &str) -> Vec<(Range<usize>, bool)> {
    let mut sentences: Vec<(Range<usize>, bool)> = Vec::new();
    let mut close = |range: Range<usize>, is_apart: bool| {
        if words_in(printing, &range) > 0 {
            sentences.push((range, is_apart));
        }
    };
    let (mut start, mut at) = (0, 0);
    let mut is_apart = true;
    let words = printed(printing);
    for (number, word) in words.iter().enumerate() {
        let begin = at;
        at += word.len();
        let is_beside_dot = [number.wrapping_sub(1), number + 1]
            .iter()
            .any(|beside| words.get(*beside).is_some_and(|word| is_dot(word)));
        let ellipsis = ellipsis_in(word).or_else(|| (is_dot(word) && is_beside_dot).then_some(0..word.len()));
        let is_next_begun = printing[at..].starts_with(|c: char| !c.is_lowercase());
        if let Some(ellipsis) = ellipsis {
            close(start..begin + ellipsis.start, is_apart);
            (start, is_apart) = (begin + ellipsis.end, true);
        } else if ends_sentence(word) && is_next_begun {
            close(start..at, is_apart);
            (start, is_apart) = (at, false);
        }
    }
    close(start..printing.len(), is_apart);
    sentences
}

/// The same, with what is too short to be looked for beside its neighbour, where no ellipsis parts the two.
fn with_neighbours(printing: &str, sentences: &[(Range<usize>, bool)]) -> Vec<Range<usize>> {
    let is_short = |range: &Range<usize>| words_in(printing, range) < PASSAGE;
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(sentences.len());
    for (range, is_apart) in sentences {
        match joined.last_mut() {
            Some(last) if !is_apart && (is_short(last) || is_short(range)) => last.end = range.end,
            _ => joined.push(range.clone()),
        }
    }
    joined
}

fn words_in(text: &str, range: &Range<usize>) -> usize {
    Wording::of(&text[range.clone()]).len()
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

/// Whether a word is one dot of an ellipsis that is set with spaces, `. . .` or `[. . .]`.
fn is_dot(word: &str) -> bool {
    let bare = word.trim().trim_matches(['[', ']', '(', ')']);
    bare == "."
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
            .map(|excerpt| {
                let place = excerpt.place.map_or("", |place| &TEXT[place]);
                (printing[excerpt.passage].trim(), place)
            })
            .collect();
        assert_eq!(found, expected, "{printing}");
    }

    #[test]
    fn passages_are_found_each_by_itself() {
        let law = "the law is the law, and my administration will enforce it in every county";
        let (until, printed) = (format!("Until then, {law}"), format!("Until then, {law}."));
        let order = "I will not rescind the order";
        for mark in [
            " … ",
            "... ",
            " ... ",
            " [...] ",
            "….",
            " […] ",
            " . . . ",
            " [. . .] ",
        ] {
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
    fn a_sentence_that_was_altered_stands_between_its_neighbours() {
        let law = "Until then, the law is the law, and my administration will enforce it";
        check(
            &format!("It moved 48 boats. … {law}."),
            &[("It moved 48 boats.", ""), (&format!("{law}."), law)],
        );
    }

    #[test]
    fn a_short_sentence_goes_with_its_neighbour() {
        let words = "No. I will respect that vote. Until then, the law is the law.";
        let passages = with_neighbours(words, &sentences(words));
        let passages: Vec<&str> = passages.into_iter().map(|range| words[range].trim()).collect();
        assert_eq!(
            passages,
            ["No. I will respect that vote.", "Until then, the law is the law."]
        );
    }
}
