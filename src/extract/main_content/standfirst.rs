//! The sentence between headline and text, which the judge takes for a summary of other pages: it is printed, and may be the only
//! place that says whose words an article is about.

use super::linked_body::Words;
use super::{Clues, hints};
use crate::extract::boilerplate::bare;
use crate::extract::tree::{Outline, letters};
use crate::model::document::BlockKind;

/// Pieces behind the headline among which it stands.
const NEAR: usize = 2;
/// Letters of a standfirst, and of the page's summary of itself that it must begin as.
const LETTERS: usize = 25;
const SUMMARY_BYTES: usize = 30;
/// Marks and words by which it reports what somebody said.
const SPEECH: [&str; 6] = ["“", "\"", " said ", " says ", " said,", " says,"];

/// Marks as kept what stands right behind the headline, is called so by the page, and either is its summary of itself or reports
/// words.
pub(super) fn take_standfirst(outline: &Outline<'_>, clues: &Clues<'_>, words: &Words, keep: &mut [bool]) {
    let title = clues.title.map(bare).unwrap_or_default();
    let first = keep.iter().position(|keep| *keep).unwrap_or_default();
    let headline = words.bare[..first].iter().rposition(|words| *words == title);
    let Some(headline) = headline.filter(|_| !title.is_empty()) else {
        return;
    };
    for at in (headline + 1..first).take(NEAR) {
        let piece = &outline.pieces[at];
        let is_text =
            piece.kind != BlockKind::Caption && piece.linked == 0 && letters(&piece.text) >= LETTERS;
        let reports = || SPEECH.iter().any(|sign| piece.text.contains(sign));
        keep[at] = is_text
            && is_called_summary(outline, at)
            && (reports() || is_summary(&words.bare[at], clues.descriptions));
    }
}

fn is_called_summary(outline: &Outline<'_>, at: usize) -> bool {
    let own = outline.pieces[at].place;
    let parent = own.and_then(|place| outline.places[place].parent);
    let mut elements = own
        .into_iter()
        .chain(parent)
        .map(|place| outline.places[place].element);
    elements.any(|element| hints::names_itself(element, "summary"))
}

/// Whether some words begin as one of the page's summaries of itself does, or the other way round.
fn is_summary(words: &str, summaries: &[String]) -> bool {
    summaries.iter().any(|summary| {
        let summary = bare(summary);
        let shorter = words.len().min(summary.len());
        shorter >= SUMMARY_BYTES && words.as_bytes()[..shorter] == summary.as_bytes()[..shorter]
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
        let summaries = ["The boats of Oldwick sail on through the winter, whatever it costs.".to_owned()];
        let clues = Clues {
            title: Some("Tide"),
            descriptions: &summaries,
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
    }

    #[test]
    fn other_lines_under_a_headline_are_not() {
        let summary = "The boats of Oldwick sail on through the winter, whatever it costs.";
        for line in [
            &format!("<p>{summary}</p>"),
            &format!("<p class=deck><a href=/a>{summary}</a></p>"),
            "<p class=deck>Everything that there is to know about the boats</p>",
            "<p class=deck>“Sail on”</p>",
            "<figure><img><figcaption class=summary>The mayor, who said on Monday that she will sail.</figcaption></figure>",
        ] {
            check(line, false);
        }
    }
}
