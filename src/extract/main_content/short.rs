//! Texts of a few lines, of which the judge sees too little: what a page without any form holds, and the rest of a notice of
//! which a part was found. Whoever looks for a deadline reads such lines: "Application deadline: December 4".

use std::collections::BTreeMap;
use std::iter::successors;
use std::sync::LazyLock;

use regex::Regex;

use super::agreement::{PARAGRAPH_LETTERS, densest};
use super::hints;
use super::repair::Mending;
use crate::extract::boilerplate::{self, bare};
use crate::extract::tree::{Outline, letters};
use crate::model::document::BlockKind;

/// Letters of a line that can be a sentence of a brief.
const SENTENCE_LETTERS: usize = 15;
/// Letters of a line that introduces the sentence behind it: labels ("Related:") are shorter.
const INTRODUCTION_LETTERS: usize = 25;
/// Letters of a text that is short enough to be taken whole.
const SHORT_LETTERS: usize = 1_500;
/// Letters of a notice, of which no element of the page says that it is a text.
const NOTICE_LETTERS: usize = 800;
/// Bytes and words of the label before a colon, and bytes of what stands behind it.
const LABEL: usize = 60;
const LABEL_WORDS: usize = 7;
const VALUE: usize = 160;
/// Lines with labels that make a text by themselves.
const MIN_LABELLED: usize = 2;
/// Elements around what was found that are looked at for one that holds more.
const CLOSE: usize = 6;
/// Elements around a text in which none of it stands, by the hints of what they are called.
const AROUND: [&str; 3] = ["tag-nav", "footer", "aside"];
/// What a line between its element and the text is called that is not of the text.
const BESIDE: [&str; 8] = [
    "share",
    "newsletter",
    "advert",
    "related",
    "comment",
    "navigation",
    "footer",
    "aside",
];

/// Marks nothing as kept where all that was kept stands in the foot or the menu of the page: then its text was not seen.
pub(super) fn drop_foot(outline: &Outline<'_>, keep: &mut [bool]) {
    let mut kept = (0..keep.len()).filter(|at| keep[*at]);
    if kept.all(|at| is_foot(outline, at)) {
        keep.fill(false);
    }
}

/// Whether a piece is of the foot or the menu of its page.
fn is_foot(outline: &Outline<'_>, at: usize) -> bool {
    let piece = &outline.pieces[at];
    let mut around = successors(piece.place, |at| outline.places[*at].parent);
    piece.text.starts_with('©')
        || RESERVED.is_match(&piece.text)
        || around.any(|at| matches!(outline.places[at].element.value().name(), "footer" | "nav"))
}

/// The text of a page of which the forests keep nothing: an answer of one line, a page without any form, a brief of a few
/// short paragraphs.
pub(super) fn plainest(outline: &Outline<'_>) -> Vec<bool> {
    let size = |at: usize| match is_foot(outline, at) {
        true => 0,
        false => letters(&outline.pieces[at].text),
    };
    let sizes: Vec<usize> = (0..outline.pieces.len()).map(size).collect();
    let levels = hints::levels(&outline.places);
    let is_around = |at: usize| {
        let place = outline.pieces[at].place.unwrap_or_default();
        let stands_in = |kind: &str| hints::level(&levels[place], kind) < hints::FAR;
        AROUND.iter().any(|kind| stands_in(kind))
            || boilerplate::is_boilerplate(&bare(&outline.pieces[at].text))
    };
    let inside: Vec<usize> = (0..sizes.len())
        .map(|at| if is_around(at) { 0 } else { sizes[at] })
        .collect();
    // Teasers of other pages stand over the headline.
    let headline = (0..sizes.len()).find(|at| {
        let place = outline.pieces[*at].place;
        place.is_some_and(|place| outline.places[place].element.value().name() == "h1")
    });
    let mut below = inside.clone();
    below[..headline.unwrap_or_default()].fill(0);
    // A page may be called so as a whole.
    let found = briefest(outline, &below)
        .or_else(|| briefest(outline, &inside))
        .or_else(|| briefest(outline, &sizes))
        .or_else(|| densest(outline, &sizes, PARAGRAPH_LETTERS))
        .or_else(|| densest(outline, &sizes, 1));
    found.unwrap_or_else(|| vec![false; sizes.len()])
}

/// The text of the element whose own paragraphs are whole sentences, however short they are, or lines with labels, and hold most
/// letters: its paragraphs, and what stands plainly between them. Pieces without a size are not of it.
fn briefest(outline: &Outline<'_>, sizes: &[usize]) -> Option<Vec<bool>> {
    let parent = |at: usize| outline.places[outline.pieces[at].place?].parent;
    let is_text = |at: usize| outline.pieces[at].linked * 2 < sizes[at];
    let is_sentence =
        |at: usize| is_text(at) && sizes[at] >= SENTENCE_LETTERS && is_sentence(&outline.pieces[at].text);
    let heart = heart(sizes, parent, is_sentence).or_else(|| {
        let is_line = |at: usize| is_text(at) && outline.pieces[at].text.lines().all(is_labelled);
        let lines = (0..sizes.len()).filter(|at| is_line(*at));
        let lines = lines.flat_map(|at| outline.pieces[at].text.lines());
        (lines.count() >= MIN_LABELLED)
            .then(|| heart(sizes, parent, is_line))
            .flatten()
    })?;
    // "The governor issued this statement:" is of what it introduces, and says whose words that is.
    let introduces = |at: usize| {
        is_text(at)
            && sizes[at] >= INTRODUCTION_LETTERS
            && outline.pieces[at].kind == BlockKind::Paragraph
            && outline.pieces[at].text.ends_with(':')
            && at + 1 < sizes.len()
            && is_sentence(at + 1)
            && parent(at + 1) == Some(heart)
    };
    let is_labelled = |at: usize| is_text(at) && outline.pieces[at].text.lines().all(is_labelled);
    let told: Vec<usize> = (0..sizes.len())
        .filter(|at| parent(*at) == Some(heart))
        .filter(|at| is_sentence(*at) || is_labelled(*at) || introduces(*at))
        .collect();
    let (first, last) = (*told.first()?, *told.last()?);
    let is_inside = |at: usize| {
        let place = outline.pieces[at].place;
        let is_between = (first..=last).contains(&at);
        is_between && is_text(at) && place.is_some_and(|place| outline.is_within(place, heart))
    };
    Some((0..sizes.len()).map(is_inside).collect())
}

/// The element whose own pieces of some sort hold most letters; of two that hold as much the first in the page.
fn heart(
    sizes: &[usize],
    parent: impl Fn(usize) -> Option<usize>,
    is_of_sort: impl Fn(usize) -> bool,
) -> Option<usize> {
    let mut held: BTreeMap<usize, usize> = BTreeMap::new();
    for at in (0..sizes.len()).filter(|at| is_of_sort(*at)) {
        *held.entry(parent(at)?).or_default() += sizes[at];
    }
    let most = held.into_iter().rev().max_by_key(|(_, letters)| *letters);
    most.map(|(heart, _)| heart)
}

/// Whether a text ends as a sentence does.
fn is_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['”', '"', '’', ')']);
    text.ends_with(['.', '!', '?', '…'])
}

/// Whether a line is a label with what it tells: "Open house: October 17".
fn is_labelled(line: &str) -> bool {
    let Some((label, value)) = line.split_once(": ") else {
        return false;
    };
    let value = value.trim();
    label.starts_with(char::is_uppercase)
        && label.len() <= LABEL
        && label.split_whitespace().count() <= LABEL_WORDS
        && !label.contains(['.', '!', '?', '“', '"'])
        && value.contains(char::is_alphanumeric)
        && value.len() <= VALUE
}

/// What is written below a page and nowhere else.
static RESERVED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:copyright|\(c\))? ?©? ?(?:19|20)\d\d.{0,80}all rights reserved")
        .expect("a valid pattern")
});

impl Mending<'_, '_> {
    /// The rest of a short text: of a few lines the judge sees too little to tell them from furniture. Where a page says
    /// by itself which element its text is, everything is taken that stands in it plainly; else what stands plainly in the
    /// element that holds all that was found.
    pub(super) fn take_short(&mut self) {
        let kept: Vec<usize> = (0..self.keep.len()).filter(|at| self.keep[*at]).collect();
        if self.size(&kept) > SHORT_LETTERS {
            return;
        }
        let Some(common) = self.around(&kept) else {
            return;
        };
        if let Some(element) = self.element_of_text(common) {
            let inside = self.inside(element);
            if self.size(&inside) <= SHORT_LETTERS {
                self.take_plain(&inside, element);
            }
        }
        if let Some(element) = self.element_of_found(common) {
            let inside = self.inside(element);
            let plain: Vec<usize> = inside.into_iter().filter(|at| self.is_text(*at)).collect();
            if self.size(&plain) <= NOTICE_LETTERS {
                let mut told = self.without_asides(plain, element);
                told.retain(|at| self.is_told(*at));
                self.take_plain(&told, element);
                self.fill_gaps();
            }
        }
    }

    /// Whether a piece is an item, a sentence, or lines with labels.
    fn is_told(&self, at: usize) -> bool {
        let piece = &self.outline.pieces[at];
        piece.kind == BlockKind::ListItem || is_sentence(&piece.text) || piece.text.lines().all(is_labelled)
    }

    fn take_plain(&mut self, pieces: &[usize], element: usize) {
        for at in pieces {
            self.keep[*at] |= self.is_text(*at) && self.is_plainly_in(*at, element);
        }
    }

    fn size(&self, pieces: &[usize]) -> usize {
        pieces
            .iter()
            .map(|at| letters(&self.outline.pieces[*at].text))
            .sum()
    }

    /// The pieces in an element.
    fn inside(&self, element: usize) -> Vec<usize> {
        let pieces = self.outline.pieces.iter().enumerate();
        let is_inside = |place: usize| self.outline.is_within(place, element);
        let inside = pieces.filter(|(_, piece)| piece.place.is_some_and(is_inside));
        inside.map(|(at, _)| at).collect()
    }

    /// The pieces without those that are called something beside a text, inside the element.
    fn without_asides(&self, mut pieces: Vec<usize>, element: usize) -> Vec<usize> {
        let levels = hints::levels(&self.outline.places);
        pieces.retain(|at| {
            let place = self.outline.pieces[*at].place.unwrap_or_default();
            let up = successors(Some(place), |at| self.outline.places[*at].parent);
            let up = up.take_while(|at| *at > element).count();
            let is_called = |kind: &str| usize::from(hints::level(&levels[place], kind)) < up;
            !BESIDE.iter().any(|kind| is_called(kind))
        });
        pieces
    }

    /// The innermost element in which all these pieces stand.
    fn around(&self, pieces: &[usize]) -> Option<usize> {
        let places = || pieces.iter().map(|at| self.outline.pieces[*at].place);
        // A place stands behind those it stands in, so that what holds the first and the last holds all.
        let (first, last) = (places().min()??, places().max()??);
        successors(Some(first), |at| self.outline.places[*at].parent)
            .find(|outer| self.outline.is_within(last, *outer))
    }

    /// The `<main>` or `<article>` around an element.
    fn element_of_text(&self, inside: usize) -> Option<usize> {
        let is_text = |at: &usize| matches!(self.name(*at), "main" | "article");
        successors(Some(inside), |at| self.outline.places[*at].parent).find(is_text)
    }

    /// The element close around another that holds several pieces and is neither a paragraph nor a list.
    fn element_of_found(&self, inside: usize) -> Option<usize> {
        let is_holder = |at: usize| {
            matches!(
                self.name(at),
                "main" | "article" | "section" | "div" | "td" | "body"
            )
        };
        let holds_several = |at: usize| {
            let places = self.outline.pieces.iter().filter_map(|piece| piece.place);
            let mut inside = places.filter(|place| self.outline.is_within(*place, at));
            inside.nth(1).is_some()
        };
        successors(Some(inside), |at| self.outline.places[*at].parent)
            .take(CLOSE)
            .find(|at| is_holder(*at) && holds_several(*at))
    }

    fn name(&self, place: usize) -> &str {
        self.outline.places[place].element.value().name()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tree;
    use scraper::Html;

    #[test]
    fn a_brief_is_read_whole_however_short_its_paragraphs_are() {
        let page = Html::parse_document(
            "<nav><a href=/>Home</a></nav><article><h1>Bridge will close</h1>\
             <p>The bridge over the Sill will close, officials said Friday.</p>\
             <p>“They never asked us,” Perrin said.</p><blockquote>“Nobody did.”</blockquote>\
             <p>Residents of Oldwick met Thursday to oppose the closing of the bridge and of its detour.</p>\
             <p>The closing begins Dec. 1, 2026.</p></article><footer><p>Oldwick Gazette</p></footer>",
        );
        let outline = tree::outline(page.root_element());
        let found = outline
            .pieces
            .iter()
            .zip(plainest(&outline))
            .filter(|(_, keep)| *keep);
        let found: Vec<String> = found.map(|(piece, _)| piece.text.clone()).collect();
        assert_eq!(found.len(), 5, "{found:?}");
        assert!(found[0].starts_with("The bridge") && found[4].starts_with("The closing"));
    }

    #[test]
    fn what_introduces_a_short_statement_is_of_it() {
        let found = |body: &str| -> Vec<String> {
            let page = Html::parse_document(&format!("<article><h1>On the lake</h1>{body}</article>"));
            let outline = tree::outline(page.root_element());
            let found = outline.pieces.iter().zip(plainest(&outline));
            let found = found.filter(|(_, keep)| *keep);
            found.map(|(piece, _)| piece.text.clone()).collect()
        };
        let (one, two) = (
            "“The court has spoken.",
            "“To the families on Route 9: you are not forgotten.”",
        );
        let page = |lead: &str| format!("{lead}<p>{one}</p><p>{two}</p>");
        let lead = "Governor Ada Vell issued the following statement:";
        assert_eq!(found(&page(&format!("<p>{lead}</p>"))), [lead, one, two]);
        // A label, a link, a heading, and a line that introduces no sentence are left.
        for left in [
            "<p>Related:</p>",
            "<p><a href=/a>Read what the governor said of the lake:</a></p>",
            "<h2>What the governor said of the lake on Tuesday:</h2>",
            "<p>Here is what else the newsroom wrote today:</p><p>Maps</p>",
        ] {
            assert_eq!(found(&page(left)), [one, two], "{left}");
        }
    }

    /// The lines that are read where the judge keeps these.
    #[track_caller]
    fn check(body: &str, kept: &[&str], expected: &[&str]) {
        let page = Html::parse_document(body);
        let outline = tree::outline(page.root_element());
        let is_kept = |text: &str| kept.contains(&text);
        let mut keep: Vec<bool> = match kept {
            [] => plainest(&outline),
            _ => outline.pieces.iter().map(|piece| is_kept(&piece.text)).collect(),
        };
        crate::extract::main_content::repair::complete(&outline, &mut keep);
        let found = outline.pieces.iter().zip(&keep).filter(|(_, keep)| **keep);
        let found: Vec<&str> = found.map(|(piece, _)| piece.text.as_str()).collect();
        assert_eq!(found, expected, "{body}");
    }

    const OPENS: &str = "The lottery for the homes at Mill Street opened on Monday.";
    const LINES: [&str; 3] = [
        "Apply by: December 4, 2026",
        "Open house: October 17",
        "Cost: Free",
    ];

    fn paragraphs(lines: &[&str]) -> String {
        lines.iter().map(|line| format!("<p>{line}</p>")).collect()
    }

    #[test]
    fn the_lines_of_a_notice_are_read_with_its_one_sentence() {
        let all = [&[OPENS], &LINES[..]].concat();
        let turned = [&LINES[..], &[OPENS]].concat();
        let foot = "<footer><p>All rights are those of the city of Oldwick.</p></footer>";
        let teaser = "<div><p>The ferry to the island of Oldwick sails again from the first of May, the company said.</p></div>";
        check(
            &format!("{teaser}<div><h1>Homes</h1><p>{OPENS}</p></div>"),
            &[],
            &[OPENS],
        );
        for (lines, expected) in [(paragraphs(&all), &all), (paragraphs(&turned), &turned)] {
            let page = format!("<nav><p>Menu: Home</p></nav><article><h1>Homes</h1>{lines}</article>{foot}");
            check(&page, &[], expected);
            let page = format!("<div id=page><h1>Homes</h1><div class=content>{lines}</div>{foot}</div>");
            check(&page, &[], expected);
            check(&page, &[OPENS], expected);
            check(&page, &[LINES[1]], expected);
        }
        check(
            &format!("<article><h1>Homes</h1>{}</article>{foot}", paragraphs(&LINES)),
            &[],
            &LINES,
        );
    }

    #[test]
    fn the_foot_of_a_page_is_no_text() {
        let foot =
            "© 2026 The Oldwick Gazette. All rights reserved. No part of this site may be printed elsewhere.";
        for foot in [
            format!("<footer><p>{foot}</p></footer>"),
            format!("<div><p>{foot}</p></div>"),
            "<footer><p>The Gazette is printed at 1 Mill Street and is a member of the Press Council of Oldwick.</p></footer>".to_owned(),
        ] {
            let said = "“We will not stop,” Mayor Ana Lima said.";
            check(&format!("<main><article><h1>Hours</h1><p>{said}</p></article></main>{foot}"), &[], &[said]);
            check(&format!("<main><div id=root></div></main>{foot}"), &[], &[]);
            let page = Html::parse_document(&format!("<p>{said}</p>{foot}"));
            let outline = tree::outline(page.root_element());
            for (mut keep, left) in [([false, true], [false, false]), ([true, true], [true, true])] {
                drop_foot(&outline, &mut keep);
                assert_eq!(keep, left);
            }
        }
    }

    #[test]
    fn what_stands_around_a_notice_is_not_of_it() {
        let around = "<p>Oldwick City Hall</p><p class=share-line>Share: Mail, print</p><p><a href=/a>More: All news of the city</a></p>\
             <div class=promo><p>Sign up for news. It is free.</p></div>";
        check(&format!("<div><p>{OPENS}</p>{around}</div>"), &[OPENS], &[OPENS]);
        // A text of some length is judged line by line.
        let long = "harbour ".repeat(130);
        check(
            &format!("<div><p>{long}.</p><p>Cost: Free</p></div>"),
            &[&format!("{long}.")],
            &[&format!("{long}.")],
        );
    }
}
