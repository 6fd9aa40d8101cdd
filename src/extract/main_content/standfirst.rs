//! Takes the standfirst: the sentence or two under the headline that the page also gives as its summary. Judged by its
//! place alone it looks like furniture, and editors do print it as the first words of the text.

use super::Clues;
use super::linked_body::Words;
use crate::extract::boilerplate::bare;
use crate::extract::tree::{Outline, letters};
use crate::model::document::BlockKind;

/// Pieces behind the headline among which it stands: a byline, a date and a caption may come before it.
const AFTER_HEADLINE: usize = 12;
/// Letters of a summary from which it is no label or name of a section.
const LEAST_LETTERS: usize = 24;

/// Marks the standfirst as kept, where the page has one between its headline and its text.
pub(super) fn take(outline: &Outline<'_>, clues: &Clues<'_>, words: &Words, keep: &mut [bool]) {
    let Some(found) = standfirst(outline, clues, words, keep) else {
        return;
    };
    keep[found] = true;
}

fn standfirst(outline: &Outline<'_>, clues: &Clues<'_>, words: &Words, keep: &[bool]) -> Option<usize> {
    let title = clues.title.map(bare).filter(|title| !title.is_empty())?;
    let first = keep.iter().position(|keep| *keep)?;
    // A headline may be printed again in a bar or a list of links: the last one before the text counts.
    let headline = (0..=first).rev().find(|at| words.bare[*at] == title)?;
    let summaries: Vec<String> = clues.descriptions.iter().map(|summary| bare(summary)).collect();
    let is_standfirst = |at: &usize| {
        let (piece, said) = (&outline.pieces[*at], words.bare[*at].as_str());
        let size = letters(&piece.text);
        size >= LEAST_LETTERS
            && piece.linked * 3 < size
            && piece.kind != BlockKind::Caption
            && summaries.iter().any(|summary| summary == said)
    };
    let mut candidates = headline + 1..(headline + 1 + AFTER_HEADLINE).min(first);
    let found = candidates.find(is_standfirst)?;
    // Words that the text begins with anyway are kept already.
    let is_said = keep
        .iter()
        .enumerate()
        .any(|(at, keep)| *keep && words.bare[at] == words.bare[found]);
    (!is_said).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tree;
    use scraper::Html;

    const SUMMARY: &str = "The council wants the boats back before the winter.";

    /// The first words of what is kept of a page on which the judge keeps the text alone.
    #[track_caller]
    fn check(above: &str, text: &str, expected: &[&str]) {
        let page = Html::parse_document(&format!(
            "<main>{above}<div class=body><p>{text}</p></div></main>"
        ));
        let outline = tree::outline(page.root_element());
        let words = Words::of(&outline, None);
        let clues = Clues {
            title: Some("Boats to return"),
            descriptions: &[SUMMARY.to_owned()],
            ..Clues::default()
        };
        let last = outline.pieces.len() - 1;
        let mut keep: Vec<bool> = (0..=last).map(|at| at == last).collect();
        take(&outline, &clues, &words, &mut keep);
        let kept = outline.pieces.iter().zip(keep).filter(|(_, keep)| *keep);
        let kept: Vec<&str> = kept.map(|(piece, _)| piece.text.as_str()).collect();
        assert_eq!(kept, expected);
    }

    #[test]
    fn what_stands_under_the_headline_and_is_the_summary_is_of_the_text() {
        let text = "MILLPORT — The boats come back on Friday.";
        let deck = format!(
            "<header><h1>Boats to return</h1><h2 class=deck>{SUMMARY}</h2><p>By Ana Lima</p></header>"
        );
        check(&deck, text, &[SUMMARY, text]);
        let behind = format!("<h1>Boats to return</h1><p>By Ana Lima</p><p class=excerpt>{SUMMARY}</p>");
        check(&behind, text, &[SUMMARY, text]);
    }

    #[test]
    fn what_is_a_link_a_teaser_above_or_said_again_is_not() {
        let text = "MILLPORT — The boats come back on Friday.";
        let linked = format!("<h1>Boats to return</h1><p><a href=/x>{SUMMARY}</a></p>");
        check(&linked, text, &[text]);
        let above = format!("<p>{SUMMARY}</p><h1>Boats to return</h1>");
        check(&above, text, &[text]);
        let other = "<h1>Boats to return</h1><p>Sign up for what the harbour says each day.</p>";
        check(other, text, &[text]);
        let same = format!("<h1>Boats to return</h1><p>{SUMMARY}</p>");
        check(&same, SUMMARY, &[SUMMARY]);
    }
}
