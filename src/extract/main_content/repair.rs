//! Mends what the judge drops from the middle of a text: short lines of an order's list, a line between two
//! paragraphs, the last turns of a conversation. Only plain text is taken back, and only beside text that was kept.

use std::collections::HashMap;

use super::linked_body::Words;
use crate::extract::alike;
use crate::extract::blocks::Piece;
use crate::extract::boilerplate::{self, bare};
use crate::extract::tree::{Outline, letters};
use crate::model::document::BlockKind;

/// Elements that may stand between a piece and the element whose text it belongs to.
const PLAIN: [&str; 9] = ["p", "li", "ol", "ul", "dl", "dd", "dt", "blockquote", "div"];
/// Bytes of a piece that must be in the linked data for it to be of an entry.
const MIN_SAID: usize = 8;
/// Letters of a paragraph of an entry.
const ENTRY_LETTERS: usize = 30;
/// Letters of a text that is short enough to be taken whole.
const SHORT_LETTERS: usize = 1_500;
/// Pieces of one element that were kept, from which what follows them is looked at.
const MIN_KEPT: usize = 3;

/// Marks more pieces as kept.
pub(super) fn repair(outline: &Outline<'_>, keep: &mut [bool]) {
    let mut mending = Mending { outline, keep };
    mending.fill_gaps();
    mending.follow_lists();
    mending.take_short();
}

/// Marks the entries of a live page, which the judge takes for teasers of other pages: what the page's linked data
/// says they are, else the children of one element that are alike and have a time and a paragraph each.
pub(super) fn take_entries(outline: &Outline<'_>, words: &Words, keep: &mut [bool]) {
    let mut is_any_said = false;
    for (at, keep) in keep.iter_mut().enumerate() {
        if words.bare[at].len() >= MIN_SAID && words.is_said(at) == Some(true) {
            is_any_said = true;
            *keep = true;
        }
    }
    if is_any_said {
        return;
    }
    let holders = outline.holders(&entries(outline));
    let mending = Mending { outline, keep };
    for at in 0..outline.pieces.len() {
        let place = outline.pieces[at].place.unwrap_or_default();
        let is_heading = outline.pieces[at].kind == BlockKind::Heading;
        // The time over an entry, and its author, are words without a sentence.
        let is_sentence = outline.pieces[at].text.contains(['.', '!', '?', ':']);
        if (mending.is_text(at) && is_sentence || is_heading)
            && holders.get(place).is_some_and(Option::is_some)
        {
            mending.keep[at] = true;
        }
    }
}

/// The children of one name of one element that have a time and a paragraph each, and of such the ones with most text.
fn entries(outline: &Outline<'_>) -> Vec<usize> {
    let mut text = vec![0; outline.places.len()];
    for piece in &outline.pieces {
        let size = letters(&piece.text);
        if size >= ENTRY_LETTERS && piece.linked * 3 < size && piece.text.contains(['.', '!', '?']) {
            text[piece.place.unwrap_or_default()] += size;
        }
    }
    let mut timed: Vec<bool> = outline
        .places
        .iter()
        .map(|place| place.element.value().name() == "time")
        .collect();
    // A place stands after its parent.
    for at in (0..text.len()).rev() {
        if let Some(parent) = outline.places[at].parent {
            text[parent] += text[at];
            timed[parent] |= timed[at];
        }
    }
    let candidates: Vec<usize> = (0..text.len()).filter(|at| timed[*at] && text[*at] > 0).collect();
    alike::most_alike(outline, &candidates, |at| text[at], |at| timed[at]).unwrap_or_default()
}

struct Mending<'a, 'k> {
    outline: &'a Outline<'a>,
    keep: &'k mut [bool],
}

impl Mending<'_, '_> {
    /// What stands between two pieces of one element that were kept, and is plain text of that element.
    fn fill_gaps(&mut self) {
        let kept: Vec<usize> = (0..self.keep.len()).filter(|at| self.keep[*at]).collect();
        for pair in kept.windows(2) {
            let (before, after) = (pair[0], pair[1]);
            let Some(holder) = self
                .holder(before)
                .filter(|holder| self.is_plainly_in(after, *holder))
            else {
                continue;
            };
            for at in before + 1..after {
                self.keep[at] |= self.is_text(at) && self.is_plainly_in(at, holder);
            }
        }
    }

    /// The items of a list that follow one that was kept, or that stand in the same element as a text.
    fn follow_lists(&mut self) {
        let mut kept_in: HashMap<usize, usize> = HashMap::new();
        for holder in (0..self.keep.len())
            .filter(|at| self.keep[*at])
            .filter_map(|at| self.holder(at))
        {
            *kept_in.entry(holder).or_default() += 1;
        }
        for at in 1..self.keep.len() {
            let is_item = self.outline.pieces[at].kind == BlockKind::ListItem;
            if self.keep[at] || !is_item || !self.keep[at - 1] || !self.is_text(at) {
                continue;
            }
            let holder = self.holder(at - 1);
            self.keep[at] = holder.is_some_and(|holder| {
                self.is_plainly_in(at, holder) && kept_in.get(&holder).is_some_and(|kept| *kept >= MIN_KEPT)
            });
        }
    }

    /// The rest of a short text: of a few lines the judge sees too little to tell them from furniture. Where a page says
    /// by itself which element its text is, everything is taken that stands in it plainly.
    fn take_short(&mut self) {
        let Some(element) = self.element_of_text() else {
            return;
        };
        let pieces = &self.outline.pieces;
        let is_inside = |at: &usize| {
            pieces[*at]
                .place
                .is_some_and(|place| self.outline.is_within(place, element))
        };
        let inside: Vec<usize> = (0..pieces.len()).filter(is_inside).collect();
        let size: usize = inside.iter().map(|at| letters(&pieces[*at].text)).sum();
        if size > SHORT_LETTERS {
            return;
        }
        for at in inside {
            self.keep[at] |= self.is_text(at) && self.is_plainly_in(at, element);
        }
    }

    /// The `<main>` or `<article>` in which everything stands that was kept.
    fn element_of_text(&self) -> Option<usize> {
        let places = &self.outline.places;
        let mut kept = (0..self.keep.len()).filter(|at| self.keep[*at]);
        let first = self.outline.pieces[kept.next()?].place?;
        let is_text = |at: &usize| matches!(places[*at].element.value().name(), "main" | "article");
        let element = std::iter::successors(Some(first), |at| places[*at].parent).find(is_text)?;
        let is_in = |at: usize| {
            let place = self.outline.pieces[at].place;
            place.is_some_and(|place| self.outline.is_within(place, element))
        };
        kept.all(is_in).then_some(element)
    }

    /// The element that the block of a piece stands in, above the lists.
    fn holder(&self, at: usize) -> Option<usize> {
        let places = &self.outline.places;
        let mut place = places[self.outline.pieces[at].place?].parent?;
        while matches!(
            places[place].element.value().name(),
            "li" | "ol" | "ul" | "dl" | "dd" | "blockquote"
        ) {
            place = places[place].parent?;
        }
        Some(place)
    }

    /// Whether nothing but plain elements without a name of their own stand between a piece and an element.
    fn is_plainly_in(&self, at: usize, holder: usize) -> bool {
        let places = &self.outline.places;
        let mut next = self.outline.pieces[at].place;
        while let Some(place) = next.filter(|place| *place > holder) {
            let element = places[place].element.value();
            let is_named = places[place].class.is_some() || element.id().is_some();
            if !PLAIN.contains(&element.name()) || (is_named && element.name() == "div") {
                return false;
            }
            next = places[place].parent;
        }
        next == Some(holder)
    }

    /// Whether a piece is words of its own and no link, caption or line of furniture.
    fn is_text(&self, at: usize) -> bool {
        let piece: &Piece = &self.outline.pieces[at];
        let size = letters(&piece.text);
        size > 0
            && piece.linked * 3 < size
            && piece.kind != BlockKind::Caption
            && piece.kind != BlockKind::Heading
            && !boilerplate::is_boilerplate(&bare(&piece.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tree;
    use scraper::Html;

    #[track_caller]
    fn check(html: &str, kept: &[&str], expected: &[&str]) {
        let page = Html::parse_document(html);
        let outline = tree::outline(page.root_element());
        let mut keep: Vec<bool> = outline
            .pieces
            .iter()
            .map(|piece| kept.contains(&piece.text.as_str()))
            .collect();
        repair(&outline, &mut keep);
        let found = outline.pieces.iter().zip(&keep).filter(|(_, keep)| **keep);
        let found: Vec<&str> = found.map(|(piece, _)| piece.text.as_str()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn short_items_between_paragraphs_are_taken_back() {
        check(
            "<div><p>I order:</p><ol><li>Open the pier;<ol><li>light it,</li></ol></li></ol><p>Signed.</p></div>",
            &["I order:", "Signed."],
            &["I order:", "Open the pier;", "light it,", "Signed."],
        );
    }

    #[test]
    fn what_has_a_place_of_its_own_is_not() {
        check(
            "<div><p>One.</p><div class=promo><p>Read this.</p></div><p><a href=/x>More on piers</a></p>\
             <p>Advertisement</p><p>Two.</p></div>",
            &["One.", "Two."],
            &["One.", "Two."],
        );
    }

    #[test]
    fn a_short_text_is_taken_whole() {
        check(
            "<nav><p>Home</p></nav><main><h1>Pier 4</h1><p>The mayor said:</p><blockquote><p>We agree.</p></blockquote>\
             <p>The governor said: “Good.”</p><p><a href=/x>More on piers</a></p><div class=promo><p>Join us.</p></div>\
             <p>Share this</p></main><p>Port of Tide</p>",
            &["We agree."],
            &["The mayor said:", "We agree.", "The governor said: “Good.”"],
        );
        let long = format!(
            "<article><p>One.</p><p>{}</p><p>Two.</p></article>",
            "harbour ".repeat(300)
        );
        check(&long, &["One."], &["One."]);
    }

    #[track_caller]
    fn check_entries(html: &str, body: Option<&str>, expected: &[&str]) {
        let page = Html::parse_document(html);
        let outline = tree::outline(page.root_element());
        let mut keep = vec![false; outline.pieces.len()];
        take_entries(&outline, &Words::of(&outline, body), &mut keep);
        let found = outline.pieces.iter().zip(&keep).filter(|(_, keep)| **keep);
        let found: Vec<&str> = found.map(|(piece, _)| piece.text.as_str()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn entries_of_a_live_page_are_taken_for_what_they_are() {
        let entry = |head: &str, text: &str| {
            format!(
                "<article><time>now</time><h2>{head}</h2><p>{text}</p><p><a href=#a>Copy link</a></p></article>"
            )
        };
        let text = "The council put the vote off until Friday.";
        let page = format!(
            "<div>{}{}{}</div><ul><li><time>now</time><a href=/a>A long line about something else entirely.</a></ul>",
            entry("One", text),
            entry("Two", text),
            entry("Three", text)
        );
        check_entries(&page, None, &["One", text, "Two", text, "Three", text]);
        check_entries(
            &page,
            Some("Other.\nThe council put the vote off until Friday."),
            &[text, text, text],
        );
    }

    #[test]
    fn a_list_goes_on_to_its_end() {
        check(
            "<div><p>One.</p><p>Two.</p><ol><li>Three</li><li>four</li><li>five</li></ol><p>Menu</p></div>",
            &["One.", "Two.", "Three"],
            &["One.", "Two.", "Three", "four", "five"],
        );
    }
}
