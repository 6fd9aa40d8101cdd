//! The sentence between headline and text, which the judge takes for a summary of other pages: it is printed, and may be the only
//! place that says whose words an article is about.

use super::linked_body::Words;
use super::{Clues, hints};
use crate::extract::boilerplate::bare;
use crate::extract::tree::{Outline, attribute, letters};
use crate::model::document::BlockKind;

/// Pieces behind the headline among which it stands.
const NEAR: usize = 2;
/// Letters of a standfirst.
const LETTERS: usize = 25;
/// What it is called beside what the judge knows a summary by.
const NAMES: [&str; 4] = ["strapline", "teaser-text", "article-lead", "story-lead"];

/// Marks as kept what stands right behind the headline and is called so by the page.
pub(super) fn take_standfirst(outline: &Outline<'_>, clues: &Clues<'_>, words: &Words, keep: &mut [bool]) {
    let first = keep.iter().position(|keep| *keep).unwrap_or_default();
    let Some(headline) = headline(clues, words, first) else {
        return;
    };
    for at in (headline + 1..first).take(NEAR) {
        let piece = &outline.pieces[at];
        let is_text = piece.kind != BlockKind::Caption
            && piece.linked == 0
            && letters(&piece.text) >= LETTERS
            && !words.bare[at].starts_with("by ");
        keep[at] |= is_text && is_called_summary(outline, at);
    }
}

/// The last piece before another that is the headline.
pub(super) fn headline(clues: &Clues<'_>, words: &Words, before: usize) -> Option<usize> {
    let title = clues.title.map(bare).filter(|title| !title.is_empty())?;
    words.bare[..before].iter().rposition(|words| *words == title)
}

fn is_called_summary(outline: &Outline<'_>, at: usize) -> bool {
    let own = outline.pieces[at].place;
    let parent = own.and_then(|place| outline.places[place].parent);
    let mut elements = own
        .into_iter()
        .chain(parent)
        .map(|place| outline.places[place].element);
    elements.any(|element| {
        let class = attribute(element, "class").unwrap_or_default();
        hints::names_itself(element, "summary") || NAMES.iter().any(|name| class.contains(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tree;
    use scraper::Html;

    const TEXT: &str = "The ferry stays open.";

    /// Whether the line behind the headline is read with the text.
    #[track_caller]
    fn check(line: &str, is_read: bool) {
        let page = Html::parse_document(&format!("<h1>Tide</h1>{line}<p>By Ana Lima</p><p>{TEXT}</p>"));
        let outline = tree::outline(page.root_element());
        let mut keep: Vec<bool> = outline.pieces.iter().map(|piece| piece.text == TEXT).collect();
        let clues = Clues {
            title: Some("Tide"),
            ..Clues::default()
        };
        take_standfirst(&outline, &clues, &Words::of(&outline, None), &mut keep);
        let found: Vec<bool> = vec![false, is_read, false, true];
        assert_eq!(keep, found, "{line}");
    }

    #[test]
    fn what_a_page_says_of_itself_under_its_headline_is_read() {
        let summary = "The boats of Oldwick sail on through the winter, whatever it costs.";
        check(&format!("<p class=article-standfirst>{summary}</p>"), true);
        check(&format!("<div class=dek><h2>{summary}</h2></div>"), true);
        check(
            "<p class=deck>“We will not give up the boats,” she said of the plan</p>",
            true,
        );
        check(
            "<p class=subtitle>The mayor of Oldwick says the boats will sail again</p>",
            true,
        );
        check(
            "<p class=strapline>Everything that there is to know about the boats</p>",
            true,
        );
    }

    #[test]
    fn other_lines_under_a_headline_are_not() {
        let summary = "The boats of Oldwick sail on through the winter, whatever it costs.";
        for line in [
            &format!("<p>{summary}</p>"),
            &format!("<p class=deck><a href=/a>{summary}</a></p>"),
            "<p class=deck>By Ana Lima, who writes of boats for the Oldwick Gazette</p>",
            "<p class=story>Everything that there is to know about the boats</p>",
            "<p class=deck>“Sail on”</p>",
            "<figure><img><figcaption class=summary>The mayor, who said on Monday that she will sail.</figcaption></figure>",
        ] {
            check(line, false);
        }
    }
}
