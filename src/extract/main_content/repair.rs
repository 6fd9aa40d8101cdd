//! Mends what the judge drops from the middle of a text: short lines of an order's list, a line between two
//! paragraphs, the last turns of a conversation. Only plain text is taken back, and only beside text that was kept.

use std::collections::BTreeMap;
use std::ops::Range;

use foldhash::{HashMap, HashMapExt};

use super::hints;
use super::linked_body::Words;
use crate::extract::alike;
use crate::extract::blocks::Piece;
use crate::extract::boilerplate::{self, bare};
use crate::extract::tree::{Outline, letters};
use crate::model::document::BlockKind;

/// Elements that may stand between a piece and the element whose text it belongs to.
const PLAIN: [&str; 14] = [
    "p",
    "li",
    "ol",
    "ul",
    "dl",
    "dd",
    "dt",
    "blockquote",
    "div",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
];
/// Bytes of a piece that must be in the linked data for it to be of an entry.
const MIN_SAID: usize = 8;
/// Letters of a paragraph of an entry.
const ENTRY_LETTERS: usize = 30;
/// Elements of one shape that make a group.
const MIN_ALIKE: usize = 2;
/// What they may be: paragraphs are alike anyway.
const UNITS: [&str; 5] = ["section", "article", "div", "li", "figure"];
/// Where nothing is of the text, and lines that are about a text, by the hints of what elements are called.
const FURNITURE: [&str; 6] = ["comment", "related", "tag-nav", "navigation", "footer", "aside"];
const ASIDES: [&str; 5] = ["byline", "meta", "share", "newsletter", "advert"];
/// Pieces of one element that were kept, from which what follows them is looked at.
const MIN_KEPT: usize = 3;
/// Sentences behind the last one that was kept that may be of the text as well.
const TAIL: usize = 2;
const TAIL_LETTERS: usize = 40;

/// Marks more pieces as kept.
pub(super) fn repair(outline: &Outline<'_>, keep: &mut [bool]) {
    let mut mending = Mending { outline, keep };
    mending.fill_gaps();
    mending.follow_lists();
    mending.take_short();
    mending.take_tail();
    mending.take_introductions();
    mending.take_headings();
    mending.take_alike();
}

/// Marks as kept the rest of a short text, and what is of one shape with what is: the pieces of a round-up, the answers of a
/// voter guide.
pub(super) fn complete(outline: &Outline<'_>, keep: &mut [bool]) {
    let mut mending = Mending { outline, keep };
    mending.take_short();
    mending.take_headings();
    mending.take_alike();
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

/// What stands in an element.
#[derive(Clone, Copy, Debug, Default)]
struct Shape {
    /// Letters that were kept, and all that are no links.
    kept: usize,
    size: usize,
    /// Whether there is a sentence, a heading that leads nowhere, and one that leads elsewhere.
    is_said: bool,
    is_headed: bool,
    leads_away: bool,
}

impl Shape {
    fn add(&mut self, inner: Self) {
        self.kept += inner.kept;
        self.size += inner.size;
        self.is_said |= inner.is_said;
        self.is_headed |= inner.is_headed;
        self.leads_away |= inner.leads_away;
    }
}

pub(super) struct Mending<'a, 'k> {
    pub(super) outline: &'a Outline<'a>,
    pub(super) keep: &'k mut [bool],
}

impl Mending<'_, '_> {
    /// What stands between two pieces of one element that were kept, and is plain text of that element.
    pub(super) fn fill_gaps(&mut self) {
        for (between, holder) in self.gaps() {
            for at in between {
                self.keep[at] |= self.is_text(at) && self.is_plainly_in(at, holder);
            }
        }
    }

    /// The lines right before block quotes and lists that were kept and that they introduce: they say whose words those are.
    fn take_introductions(&mut self) {
        let pieces = &self.outline.pieces;
        for at in 1..pieces.len() {
            let is_introduced = matches!(pieces[at].kind, BlockKind::BlockQuote | BlockKind::ListItem);
            let introduces = is_introduced && pieces[at - 1].text.ends_with(':');
            if introduces && self.keep[at] && !self.keep[at - 1] && self.is_text(at - 1) {
                let holder = self.holder(at);
                self.keep[at - 1] = holder.is_some_and(|holder| self.is_plainly_in(at - 1, holder));
            }
        }
    }

    /// The headings between pieces that were kept: they may say whose words follow.
    fn take_headings(&mut self) {
        for (between, holder) in self.gaps() {
            for at in between {
                self.keep[at] |= self.is_heading(at) && self.is_plainly_in(at, holder);
            }
        }
    }

    /// What stands between two pieces that were kept, one after the other, of one element; and that element.
    fn gaps(&self) -> Vec<(Range<usize>, usize)> {
        let kept: Vec<usize> = (0..self.keep.len()).filter(|at| self.keep[*at]).collect();
        let gap = |pair: &[usize]| {
            let (before, after) = (pair[0], pair[1]);
            let holder = self.holder(before)?;
            self.is_plainly_in(after, holder)
                .then_some((before + 1..after, holder))
        };
        kept.windows(2).filter_map(gap).collect()
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

    /// The last sentences of a text, which stand behind its paragraphs as these stand behind each other: of a short one the judge
    /// sees what follows it.
    fn take_tail(&mut self) {
        let Some(last) = self.keep.iter().rposition(|keep| *keep) else {
            return;
        };
        let alike =
            (0..last).filter(|at| self.keep[*at] && alike::stand_alike(self.outline, *at, last, alike::look));
        if alike.take(MIN_KEPT).count() < MIN_KEPT {
            return;
        }
        for at in (last + 1..self.keep.len()).take(TAIL) {
            let piece = &self.outline.pieces[at];
            // Longer ones tell of the author as often, and notes begin with a number.
            let is_sentence = piece
                .text
                .starts_with(|first: char| first.is_uppercase() || "“\"".contains(first))
                && piece.text.ends_with(['.', '!', '?', '”', '"'])
                && letters(&piece.text) <= TAIL_LETTERS;
            if !alike::stand_alike(self.outline, last, at, alike::look)
                || piece.linked > 0
                || !is_sentence
                || !self.is_text(at)
            {
                break;
            }
            self.keep[at] = true;
        }
    }

    /// Elements of one shape, each with a headline of its own that leads nowhere, stand or fall together where the text is
    /// mostly theirs; so do the pictures' words of a gallery.
    fn take_alike(&mut self) {
        let places = &self.outline.places;
        let sizes: Vec<usize> = self
            .outline
            .pieces
            .iter()
            .map(|piece| letters(&piece.text))
            .collect();
        let mut shapes = vec![Shape::default(); places.len()];
        for (at, piece) in self.outline.pieces.iter().enumerate() {
            let shape = &mut shapes[piece.place.unwrap_or_default()];
            shape.kept += sizes[at] * usize::from(self.keep[at]);
            shape.size += sizes[at].saturating_sub(piece.linked);
            shape.is_said |= piece.linked * 3 < sizes[at] && piece.text.contains(['.', '!', '?', '…']);
            if piece.kind == BlockKind::Heading {
                shape.is_headed |= piece.linked == 0;
                shape.leads_away |= piece.linked > 0;
            }
        }
        // A place stands after its parent.
        for at in (1..places.len()).rev() {
            if let Some(parent) = places[at].parent {
                let inner = shapes[at];
                shapes[parent].add(inner);
            }
        }
        let Some(group) = self.alike(&shapes) else {
            return;
        };
        let holders = self.outline.holders(&group);
        let levels = hints::levels(places);
        let is_in = |piece: &Piece| piece.place.is_some_and(|place| holders[place].is_some());
        let pieces = || {
            self.outline
                .pieces
                .iter()
                .enumerate()
                .filter(|(_, piece)| is_in(piece))
        };
        let is_gallery = pieces().all(|(at, piece)| !self.keep[at] || piece.kind == BlockKind::Caption);
        let taken: Vec<usize> = pieces()
            .filter(|(at, piece)| {
                let is_caption = is_gallery && piece.kind == BlockKind::Caption;
                is_caption
                    || self.is_heading(*at)
                    || self.is_text(*at) && !self.is_aside(&levels, &group, piece)
            })
            .map(|(at, _)| at)
            .collect();
        taken.into_iter().for_each(|at| self.keep[at] = true);
    }

    /// Whether a piece is no sentence of the element of the group that it stands in but a line about it, or a box in it.
    fn is_aside(&self, levels: &[hints::Levels], group: &[usize], piece: &Piece) -> bool {
        let place = piece.place.unwrap_or_default();
        let parent = self.outline.places[place].parent.unwrap_or_default();
        let most = u8::from(!group.contains(&parent));
        ASIDES
            .iter()
            .any(|kind| hints::level(&levels[place], kind) <= most)
    }

    /// The elements of one parent, name and class that hold most of what was kept, where they are such a group and something
    /// is missing of them.
    fn alike(&self, shapes: &[Shape]) -> Option<Vec<usize>> {
        let places = &self.outline.places;
        let whole = shapes.first()?.kept;
        let mut groups: BTreeMap<(usize, &str, Option<&str>), Vec<usize>> = BTreeMap::new();
        for (at, place) in places.iter().enumerate() {
            let name = place.element.value().name();
            let Some(parent) = place
                .parent
                .filter(|_| shapes[at].is_said && UNITS.contains(&name))
            else {
                continue;
            };
            groups.entry((parent, name, place.class)).or_default().push(at);
        }
        let kept = |group: &[usize]| group.iter().map(|at| shapes[*at].kept).sum::<usize>();
        let mut pieces = self.outline.pieces.iter().zip(&*self.keep);
        let are_captions = pieces.all(|(piece, keep)| !*keep || piece.kind == BlockKind::Caption);
        let is_group = |group: &[usize]| {
            let all = kept(group) == whole;
            let are_headed = group.iter().all(|at| shapes[*at].is_headed);
            let lead_away = group.iter().any(|at| shapes[*at].leads_away);
            // Where most of them were kept, or the greatest, the judge knows why he did not keep the others.
            let (kept, missing): (Vec<usize>, Vec<usize>) =
                group.iter().partition(|at| shapes[**at].kept > 0);
            let size = |group: &[usize]| group.iter().map(|at| shapes[*at].size).sum::<usize>();
            let are_most = missing.len() >= kept.len();
            let are_as_great = size(&missing) * kept.len() * 3 >= size(&kept) * missing.len();
            group.len() >= MIN_ALIKE
                && are_most
                && are_as_great
                && !lead_away
                && (are_headed || are_captions && all)
        };
        let groups = groups.into_values().filter(|group| is_group(group));
        let group = groups.max_by_key(|group| kept(group))?;
        if whole == 0 || kept(&group) * 2 < whole {
            return None;
        }
        let levels = hints::levels(&places[..=group[0]]);
        let is_furniture = FURNITURE
            .iter()
            .any(|kind| hints::level(&levels[group[0]], kind) < hints::FAR);
        (!is_furniture).then_some(group)
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
    pub(super) fn is_plainly_in(&self, at: usize, holder: usize) -> bool {
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

    /// Whether a piece is a heading that leads nowhere and is no line of furniture.
    fn is_heading(&self, at: usize) -> bool {
        let piece: &Piece = &self.outline.pieces[at];
        piece.kind == BlockKind::Heading
            && piece.linked * 3 < letters(&piece.text)
            && !boilerplate::is_boilerplate(&bare(&piece.text))
    }

    /// Whether a piece is words of its own and no link, caption or line of furniture.
    pub(super) fn is_text(&self, at: usize) -> bool {
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
    fn a_heading_between_two_paragraphs_stays() {
        check(
            "<div><p>One.</p><h3>Ana Lima</h3><blockquote><p>Two.</p></blockquote><h3><a href=/x>More</a></h3><p>Three.</p>\
             <h3>Related</h3></div>",
            &["One.", "Two.", "Three."],
            &["One.", "Ana Lima", "Two.", "Three."],
        );
    }

    #[test]
    fn the_pieces_of_a_round_up_stand_or_fall_together() {
        let brief = |class: &str, head: &str, text: &str| {
            format!(
                "<section class='{class}'><h2>{head}</h2><div class=meta>5 p.m.</div><p>{text}</p></section>"
            )
        };
        let page = format!(
            "<main>{}{}{}</main><aside>{}{}</aside>",
            brief("brief", "Mill fire", "The mill burned."),
            brief("brief", "Road closed", "Crowe Street is closed."),
            brief("promo", "Join us", "Read every day."),
            brief("brief", "Elsewhere", "It rained."),
            brief("brief", "Nowhere", "It snowed."),
        );
        let all = [
            "Mill fire",
            "The mill burned.",
            "Road closed",
            "Crowe Street is closed.",
        ];
        check(&page, &["The mill burned."], &all);
        // What leads elsewhere by its headline is a teaser.
        let linked = page.replace("Road closed", "<a href=/x>Road closed</a>");
        check(&linked, &["The mill burned."], &["The mill burned."]);
        let slide = |text: &str| format!("<div class=slide><img><p class=caption>{text}</p></div>");
        let gallery = format!(
            "<article>{}{}</article>",
            slide("Riders board."),
            slide("The bridge at dawn.")
        );
        check(
            &gallery,
            &["Riders board."],
            &["Riders board.", "The bridge at dawn."],
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
    fn the_line_that_introduces_a_block_quote_is_taken_with_it() {
        let page = |line: &str| {
            let long = "harbour ".repeat(300);
            format!(
                "<article><div class=body><p>Menu</p><p>{line}</p><blockquote><p>We agree.</p></blockquote><p>{long}</p></div></article>"
            )
        };
        check(
            &page("The mayor issued a statement:"),
            &["We agree."],
            &["The mayor issued a statement:", "We agree."],
        );
        check(&page("Read this."), &["We agree."], &["We agree."]);
        check(
            &page("<a href=/x>More on piers:</a>"),
            &["We agree."],
            &["We agree."],
        );
    }

    #[test]
    fn the_short_last_sentence_of_a_text_is_of_it() {
        let long: Vec<String> = ["One", "Two", "Three", "Four"]
            .map(|word| format!("{word} {}.", "harbour ".repeat(60).trim()))
            .to_vec();
        let page = |texts: &[String], last: &str| {
            let texts: String = texts.iter().map(|text| format!("<p>{text}</p>")).collect();
            format!("<div>{texts}{last}<ul><li><a href=/a>Menu</a></li></ul></div>")
        };
        let all: Vec<&str> = long.iter().map(String::as_str).collect();
        let vote = "The vote was 5-4.";
        check(
            &page(&long, &format!("<p>{vote}</p>")),
            &all,
            &[&all[..], &[vote]].concat(),
        );
        for other in [
            "<p>Ana Prince is a writer who lives in Oldwick with her family and two dogs.</p>",
            "<p>12 Mill Institute. “Tides,” 2025.</p>",
            "<p>Oldwick, Sept. 4</p>",
            "<p>See <a href=/b>more</a> on the vote.</p>",
            "<p class=note>The vote was 5-4.</p>",
            "<div>The vote was 5-4.</div>",
            "<p>Advertisement</p><p>The vote was 5-4.</p>",
        ] {
            check(&page(&long, other), &all, &all);
        }
        let two = page(&[long[0].repeat(2), long[1].clone()], "<p>The vote was 5-4.</p>");
        let kept = [long[0].repeat(2), long[1].clone()];
        let kept: Vec<&str> = kept.iter().map(String::as_str).collect();
        check(&two, &kept, &kept);
    }

    #[test]
    fn the_short_last_sentence_may_stand_in_a_box_of_its_own_as_the_others_do() {
        let long: Vec<String> = ["One", "Two", "Three", "Four"]
            .map(|word| format!("{word} {}.", "harbour ".repeat(60).trim()))
            .to_vec();
        let boxed =
            |class: &str, text: &str| format!("<section class={class}><div><p>{text}</p></div></section>");
        let texts: String = long.iter().map(|text| boxed("text", text)).collect();
        let all: Vec<&str> = long.iter().map(String::as_str).collect();
        let vote = "The vote was 5-4.";
        let page = |class: &str| format!("<article>{texts}{}</article>", boxed(class, vote));
        check(&page("text"), &all, &[&all[..], &[vote]].concat());
        check(&page("promo"), &all, &all);
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
