//! Knows the boxes among the paragraphs of a text that are not of it, where the judge kept what stands in them.

use std::collections::HashSet;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use foldhash::{HashMap, HashMapExt};

use super::classes::CLASSES;
use super::linked_body::Words;
use crate::extract::alike::{name, stand_alike};
use crate::extract::tree::{Outline, letters};

/// Marks boxes among the paragraphs of a text as not of it: what asks to subscribe, what lists facts beside it, what is not shown,
/// and what prints in large letters what is said there anyway.
pub(super) fn drop_boxes(outline: &Outline<'_>, words: &Words, keep: &mut [bool]) {
    let places = &outline.places;
    let mut boxes: Vec<Option<Boxed>> = Vec::with_capacity(places.len());
    // Most classes of a page stand there many times.
    let mut known: HashMap<&str, Option<Boxed>> = HashMap::new();
    for place in places {
        let outer = place.parent.and_then(|parent| boxes[parent]);
        let mut of = |class| *known.entry(class).or_insert_with(|| Boxed::of(class));
        boxes.push(outer.or_else(|| of(place.class?)));
    }
    let boxed = |at: usize| boxes[outline.pieces[at].place.unwrap_or_default()];
    let size = |at: &usize| letters(&outline.pieces[*at].text);
    let (inside, outside): (Vec<usize>, Vec<usize>) = (0..keep.len())
        .filter(|at| keep[*at])
        .partition(|at| boxed(*at).is_some());
    // A whole text may stand in an element that is called so.
    if inside.iter().map(size).sum::<usize>() * 3 > outside.iter().map(size).sum::<usize>() {
        return;
    }
    for at in inside {
        let is_said_elsewhere = || {
            let said: Vec<&str> = words.bare[at].split(' ').collect();
            outside.iter().any(|other| {
                let other: HashSet<&str> = words.bare[*other].split(' ').collect();
                said.iter().filter(|word| other.contains(*word)).count() * 5 >= said.len() * 4
            })
        };
        keep[at] = boxed(at) == Some(Boxed::PullQuote) && !is_said_elsewhere();
    }
}

/// What an element beside the text holds, by its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Boxed {
    Beside,
    PullQuote,
}

impl Boxed {
    fn of(class: &str) -> Option<Self> {
        let found = BOXES.find(class)?;
        let is_pull_quote = found.pattern().as_usize() < CLASSES.pull_quote.len();
        Some(if is_pull_quote {
            Self::PullQuote
        } else {
            Self::Beside
        })
    }
}

static BOXES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(CLASSES.pull_quote.iter().chain(&CLASSES.beside))
        .expect("short words")
});

/// Marks links in boxes of their own as not of the text where the box beside it, which is alike, was not kept: they lead to other
/// pages, and stand in a row of such.
pub(super) fn drop_cards(outline: &Outline<'_>, keep: &mut [bool]) {
    let is_link = |at: usize| outline.pieces[at].is_link;
    let is_left = |at: usize, beside: usize| {
        is_link(beside)
            && outline.pieces[at].place != outline.pieces[beside].place
            && stand_alike(outline, at, beside, name)
    };
    let dropped: Vec<usize> = (0..keep.len())
        .filter(|at| keep[*at] && is_link(*at))
        .filter(|at| {
            let before = at.checked_sub(1).filter(|beside| !keep[*beside]);
            let after = Some(at + 1).filter(|beside| *beside < keep.len() && !keep[*beside]);
            before.into_iter().chain(after).any(|beside| is_left(*at, beside))
        })
        .collect();
    dropped.into_iter().for_each(|at| keep[at] = false);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tree;
    use scraper::Html;

    #[test]
    fn boxes_among_the_paragraphs_are_no_text() {
        let text =
            "Holm said that the money will pay for fans. “You want to breathe,” she said, “in a tunnel.”";
        let page = format!(
            "<div><p>{text}</p><p>{text}</p><div class=newsletter-inline><p>Read every day.</p></div><h2 class=sr-only>Article content</h2><div class='pull-quote big'>You \
             want to breathe in a tunnel.<span>Holm</span></div><div class=pullquote>Another says so.</div><p>{text}</p><p>{text}</p></div>",
        );
        let page = Html::parse_document(&page);
        let outline = tree::outline(page.root_element());
        let mut keep = vec![true; outline.pieces.len()];
        drop_boxes(&outline, &Words::of(&outline, None), &mut keep);
        assert_eq!(keep, [true, true, false, false, false, true, true, true]);
    }

    #[test]
    fn a_link_among_links_in_boxes_is_not_of_the_text() {
        let card = |text: &str| {
            format!(
                "<div class='card {}'><a href=/x><h3>{text}</h3></a></div>",
                text.len()
            )
        };
        let read = |page: &str, kept: &[&str]| -> Vec<String> {
            let page = Html::parse_document(page);
            let outline = tree::outline(page.root_element());
            let is_kept = |text: &str| kept.contains(&text);
            let mut keep: Vec<bool> = outline.pieces.iter().map(|piece| is_kept(&piece.text)).collect();
            drop_cards(&outline, &mut keep);
            let found = outline.pieces.iter().zip(&keep).filter(|(_, keep)| **keep);
            found.map(|(piece, _)| piece.text.clone()).collect()
        };
        let page = format!(
            "<p>One.</p><div>{}{}</div><p>Two.</p>",
            card("Old boats"),
            card("New boats")
        );
        assert_eq!(read(&page, &["One.", "New boats", "Two."]), ["One.", "Two."]);
        // Where all of them were kept the text is a list of links.
        let all = ["One.", "Old boats", "New boats", "Two."];
        assert_eq!(read(&page, &all), all);
        let alone = format!("<p>One.</p>{}<p><a href=/y>More</a></p>", card("Old boats"));
        assert_eq!(read(&alone, &["One.", "Old boats"]), ["One.", "Old boats"]);
    }
}
