//! The sentence between headline and text, which the judge takes for a summary of other pages: it is printed, and may be the only
//! place that says whose words an article is about.

use std::sync::LazyLock;

use scraper::ElementRef;

use super::classes::{CLASSES, list};
use super::linked_body::Words;
use super::{Clues, hints};
use crate::extract::boilerplate::bare;
use crate::extract::tree::{Outline, attribute, letters};
use crate::model::document::BlockKind;

/// Pieces behind the headline among which it stands.
const NEAR: usize = 2;
/// Letters of a standfirst, and of the page's summary of itself that it must begin as.
const LETTERS: usize = 25;
const SUMMARY_BYTES: usize = 30;
/// Marks of words that somebody said.
const MARKS: [char; 3] = ['“', '"', '«'];

/// The words that standfirsts are told by; a page that names a wrong language is read all the same, so those of all stand together.
static TOLD: LazyLock<Told> = LazyLock::new(|| {
    let files = [
        include_str!("standfirst/en.txt"),
        include_str!("standfirst/es.txt"),
    ];
    let of = |name: &str| files.iter().flat_map(|file| list(file, name)).collect();
    Told {
        says: of("says"),
        by: of("by"),
    }
});

struct Told {
    says: Vec<&'static str>,
    by: Vec<&'static str>,
}

/// Whether a line reports what somebody said, by marks or by a verb inside it.
fn reports(line: &str) -> bool {
    let mut words = line.split(' ').skip(1);
    let is_cue = |word: &str| TOLD.says.contains(&word.strip_suffix(',').unwrap_or(word));
    line.contains(MARKS) || words.any(is_cue)
}

/// Whether a line begins as one that tells who wrote the text.
fn is_byline(line: &str) -> bool {
    let first = line.trim().split_once(' ').map(|(first, _)| first.to_lowercase());
    first.is_some_and(|first| TOLD.by.contains(&first.as_str()))
}

/// Marks as kept what stands right behind the headline and is called so by the page; what may be called as it is for other reasons
/// ("summary", "intro") has to be the page's summary of itself or to report words.
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
            && !is_byline(&piece.text);
        let may_be = || {
            any_around(outline, at, |element| hints::names_itself(element, "summary"))
                && (reports(&piece.text) || is_summary(&words.bare[at], clues.descriptions))
        };
        keep[at] |= is_text && (any_around(outline, at, is_called_standfirst) || may_be());
    }
}

/// The last piece before another that is the headline.
pub(super) fn headline(clues: &Clues<'_>, words: &Words, before: usize) -> Option<usize> {
    let title = clues.title.map(bare).filter(|title| !title.is_empty())?;
    words.bare[..before].iter().rposition(|words| *words == title)
}

/// Whether the element of a piece is such a one, or the one around it.
fn any_around(outline: &Outline<'_>, at: usize, is_one: impl Fn(ElementRef<'_>) -> bool) -> bool {
    let own = outline.pieces[at].place;
    let parent = own.and_then(|place| outline.places[place].parent);
    let mut places = own.into_iter().chain(parent);
    places.any(|place| is_one(outline.places[place].element))
}

fn is_called_standfirst(element: ElementRef<'_>) -> bool {
    let class = attribute(element, "class").unwrap_or_default();
    let ends_in = |word: &str, called: &str| {
        let start = word.len().checked_sub(called.len());
        // "HeaderDek" ends in it with a capital, "shipdek" does not.
        start.and_then(|start| word.get(start..)).is_some_and(|end| {
            end.eq_ignore_ascii_case(called) && (end.len() == word.len() || end.starts_with('D'))
        })
    };
    let mut words = class.split(|c: char| !c.is_ascii_alphanumeric());
    words.any(|word| CLASSES.standfirst_word.iter().any(|called| ends_in(word, called)))
        || CLASSES.standfirst.iter().any(|part| class.contains(part))
}

/// Whether some words begin as one of the page's summaries of itself does, or the other way round.
pub(super) fn is_summary(words: &str, summaries: &[String]) -> bool {
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
        check(
            "<p class=summary>La alcaldesa de Oldwick dijo que los barcos volverán</p>",
            true,
        );
        check(&format!("<p class=summary>{summary}</p>"), true);
        for class in ["strapline", "deck", "'story-dek large'", "HeaderDek-x1"] {
            let told = "Everything that there is to know about the boats";
            check(&format!("<p class={class}>{told}</p>"), true);
        }
    }

    #[test]
    fn other_lines_under_a_headline_are_not() {
        let summary = "The boats of Oldwick sail on through the winter, whatever it costs.";
        for line in [
            &format!("<p>{summary}</p>"),
            &format!("<p class=deck><a href=/a>{summary}</a></p>"),
            "<p class=deck>By Ana Lima, who writes of boats for the Oldwick Gazette</p>",
            "<p class=text-with-summary>Everything that there is to know about the boats</p>",
            "<p class=shipdek>Everything that there is to know about the boats</p>",
            "<p class=decker>Everything that there is to know about the boats</p>",
            "<p class=deck>“Sail on”</p>",
            "<p class=summary>Todo lo que hay que saber de los barcos de Oldwick</p>",
            "<figure><img><figcaption class=summary>The mayor, who said on Monday that she will sail.</figcaption></figure>",
        ] {
            check(line, false);
        }
    }
}
