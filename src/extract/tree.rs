//! From an element to the pieces of text in it, each with its role and its path.

use std::collections::HashSet;

use ego_tree::NodeId;
use scraper::{ElementRef, Node};

use super::blocks::{Piece, folded};
use crate::model::document::BlockKind;

/// Whether an element holds no text for people to read.
fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "iframe"
            | "button"
            | "select"
            | "textarea"
            | "head"
            | "canvas"
            | "object"
    )
}

/// Whether an element begins and ends a piece.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "th"
            | "tr"
            | "ul"
            | "video"
            | "audio"
    )
}

/// The page's elements as far as they hold text, and its pieces of text.
pub(super) struct Outline<'a> {
    /// Elements in the order of the page: each stands after its parent.
    pub(super) places: Vec<Place<'a>>,
    pub(super) pieces: Vec<Piece>,
}

/// One element.
pub(super) struct Place<'a> {
    pub(super) element: ElementRef<'a>,
    pub(super) parent: Option<usize>,
    /// Which of its parent's children of that name it is, from 1.
    position: usize,
}

impl Outline<'_> {
    /// `html/body[1]/p[3]`: the path of a place.
    pub(super) fn path(&self, place: usize) -> String {
        let mut steps = Vec::new();
        let mut next = Some(place);
        while let Some(at) = next {
            let place = &self.places[at];
            steps.push((place.element.value().name(), place.position));
            next = place.parent;
        }
        steps.reverse();
        written(&steps)
    }

    /// The place of an element.
    pub(super) fn place_of(&self, element: ElementRef<'_>) -> Option<usize> {
        self.places
            .iter()
            .position(|place| place.element.id() == element.id())
    }

    /// For each place the innermost of these places that it is or stands in.
    pub(super) fn holders(&self, of: &[usize]) -> Vec<Option<usize>> {
        let of: HashSet<usize> = of.iter().copied().collect();
        let mut holders: Vec<Option<usize>> = Vec::with_capacity(self.places.len());
        for (at, place) in self.places.iter().enumerate() {
            let outer = place.parent.and_then(|parent| holders[parent]);
            holders.push(if of.contains(&at) { Some(at) } else { outer });
        }
        holders
    }

    /// Whether a place is another one or stands in it.
    pub(super) fn is_within(&self, place: usize, outer: usize) -> bool {
        // A place stands after its parent, so that the walk up can end there.
        std::iter::successors(Some(place), |at| self.places[*at].parent)
            .take_while(|at| *at >= outer)
            .any(|at| at == outer)
    }

    /// Writes the paths of pieces that were read from this page.
    pub(super) fn locate(&self, pieces: &mut [Piece]) {
        for piece in pieces {
            if let Some(place) = piece.place {
                piece.path = self.path(place);
            }
        }
    }
}

/// The outline of a page or a part of it. A line break made of two `<br>` parts two pieces.
pub(super) fn outline(root: ElementRef<'_>) -> Outline<'_> {
    outline_without(root, &HashSet::new())
}

/// The outline of a page as if it did not have some of its elements.
pub(super) fn outline_without<'a>(root: ElementRef<'a>, dropped: &HashSet<NodeId>) -> Outline<'a> {
    let mut walk = Walk {
        dropped,
        outline: Outline {
            places: Vec::new(),
            pieces: Vec::new(),
        },
        words: String::new(),
        block: 0,
        links: 0,
        linked_letters: 0,
        counts: Vec::new(),
    };
    for (element, position) in path_to(root) {
        walk.block = walk.enter(element, position, walk.outline.places.len().checked_sub(1));
    }
    let kind = kind_of(root.value().name(), BlockKind::Paragraph);
    walk.children(root, walk.block, 0, kind);
    walk.flush(kind);
    walk.outline
}

/// The pieces of text inside `root`, in order, with their paths.
pub(super) fn pieces(root: ElementRef<'_>) -> Vec<Piece> {
    let mut outline = outline(root);
    let mut pieces = std::mem::take(&mut outline.pieces);
    outline.locate(&mut pieces);
    pieces
}

/// The words of an element on one line. Elements keep words apart, but for those that only change how letters look:
/// "Mc<b>Donald</b>" is one word.
pub(super) fn words(element: ElementRef<'_>) -> String {
    let mut words = String::new();
    push_words(element, &mut words);
    super::blocks::one_line(&words)
        .replace(" ,", ",")
        .replace(" .", ".")
}

/// The tree is bounded in depth, so this may call itself.
fn push_words(element: ElementRef<'_>, into: &mut String) {
    let mut is_after_element = false;
    for child in element.children() {
        if let Node::Text(text) = child.value() {
            into.push_str(text);
            is_after_element = false;
        } else if let Some(inner) = ElementRef::wrap(child) {
            // Two elements without a letter between them are set apart by the page's style: a label and a name.
            let is_apart = is_after_element || !is_look(inner.value().name());
            if is_apart {
                into.push(' ');
            }
            push_words(inner, into);
            if !is_look(inner.value().name()) {
                into.push(' ');
            }
            is_after_element = true;
        }
    }
}

/// Whether an element changes how letters look, and no more.
fn is_look(name: &str) -> bool {
    matches!(
        name,
        "b" | "i"
            | "em"
            | "strong"
            | "u"
            | "s"
            | "small"
            | "big"
            | "sub"
            | "sup"
            | "mark"
            | "font"
            | "abbr"
            | "wbr"
            | "tt"
    )
}

struct Walk<'a, 'd> {
    /// Elements that are passed over.
    dropped: &'d HashSet<NodeId>,
    outline: Outline<'a>,
    words: String,
    /// The place of the innermost open block.
    block: usize,
    /// Links that are open.
    links: usize,
    linked_letters: usize,
    /// For each depth the names of the children met so far, with how many there were.
    counts: Vec<Vec<(&'a str, usize)>>,
}

impl<'a> Walk<'a, '_> {
    fn enter(&mut self, element: ElementRef<'a>, position: usize, parent: Option<usize>) -> usize {
        self.outline.places.push(Place {
            element,
            parent,
            position,
        });
        self.outline.places.len() - 1
    }

    /// The tree is bounded in depth before it is built, so this may call itself.
    fn children(&mut self, parent: ElementRef<'a>, place: usize, depth: usize, kind: BlockKind) {
        match self.counts.get_mut(depth) {
            Some(counts) => counts.clear(),
            None => self.counts.push(Vec::new()),
        }
        for child in parent.children() {
            match child.value() {
                Node::Text(text) => self.push(text),
                Node::Element(_) => {
                    if let Some(element) = ElementRef::wrap(child) {
                        self.element(element, place, depth, kind);
                    }
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, element: ElementRef<'a>, parent: usize, depth: usize, outer: BlockKind) {
        let name = element.value().name();
        let position = self.position(name, depth);
        if !self.dropped.is_empty() && self.dropped.contains(&element.id()) {
            return;
        }
        if name == "br" {
            self.line_break(outer);
        } else if is_block(name) {
            self.flush(outer);
            let place = self.enter(element, position, Some(parent));
            let before = std::mem::replace(&mut self.block, place);
            let kind = kind_of(name, outer);
            self.children(element, place, depth + 1, kind);
            self.flush(kind);
            self.block = before;
        } else if !is_skipped(name) {
            let place = self.enter(element, position, Some(parent));
            let is_link = usize::from(name == "a");
            self.links += is_link;
            self.children(element, place, depth + 1, outer);
            self.links -= is_link;
        }
    }

    /// Which child of that name this is, from 1.
    fn position(&mut self, name: &'a str, depth: usize) -> usize {
        let counts = &mut self.counts[depth];
        match counts.iter_mut().find(|(other, _)| *other == name) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                counts.push((name, 1));
                1
            }
        }
    }

    /// Line breaks of the source are spaces; only `<br>` is a line break.
    fn push(&mut self, text: &str) {
        if self.links > 0 {
            self.linked_letters += letters(text);
        }
        for line in text.split('\n').enumerate() {
            if line.0 > 0 {
                self.words.push(' ');
            }
            self.words.push_str(line.1);
        }
    }

    fn line_break(&mut self, kind: BlockKind) {
        if self.words.trim_end_matches(' ').ends_with('\n') {
            self.flush(kind);
        } else {
            self.words.push('\n');
        }
    }

    fn flush(&mut self, kind: BlockKind) {
        let text = folded(&self.words);
        self.words.clear();
        let linked = std::mem::take(&mut self.linked_letters);
        if !text.is_empty() {
            let at = self.outline.pieces.len();
            self.outline.pieces.push(Piece {
                kind,
                // A bullet or an arrow beside a link changes nothing.
                is_link: linked > 0 && linked * 20 >= letters(&text) * 19,
                linked,
                text,
                path: String::new(),
                place: Some(self.block),
                at,
                part: 0,
            });
        }
    }
}

pub(super) fn letters(text: &str) -> usize {
    text.chars()
        .filter(|character| character.is_alphanumeric())
        .count()
}

fn kind_of(name: &str, outer: BlockKind) -> BlockKind {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
        "li" | "dd" | "dt" => BlockKind::ListItem,
        "blockquote" => BlockKind::BlockQuote,
        "figcaption" | "caption" => BlockKind::Caption,
        _ => outer,
    }
}

/// An element and those it stands in, the outermost first, each with its position.
fn path_to(element: ElementRef<'_>) -> Vec<(ElementRef<'_>, usize)> {
    let ancestors = element.ancestors().filter_map(ElementRef::wrap);
    let mut path: Vec<(ElementRef<'_>, usize)> = std::iter::once(element)
        .chain(ancestors)
        .map(|element| {
            let name = element.value().name();
            let before = element.prev_siblings().filter_map(ElementRef::wrap);
            (
                element,
                1 + before.filter(|sibling| sibling.value().name() == name).count(),
            )
        })
        .collect();
    path.reverse();
    path
}

/// `html/body[1]/p[3]`.
fn written(path: &[(&str, usize)]) -> String {
    let steps = path.iter().map(|(name, position)| match *name {
        "html" => name.to_string(),
        _ => format!("{name}[{position}]"),
    });
    steps.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    #[track_caller]
    fn check(html: &str, expected: &[(BlockKind, &str, &str)]) {
        let page = Html::parse_document(html);
        let found = pieces(page.root_element());
        let found: Vec<_> = found
            .iter()
            .map(|piece| (piece.kind, piece.text.as_str(), piece.path.as_str()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn each_block_has_its_role_and_path() {
        check(
            "<h2>Harbour</h2><p>One <b>two</b>\nthree.<ul><li><p>first</ul><blockquote><p>said</blockquote>",
            &[
                (BlockKind::Heading, "Harbour", "html/body[1]/h2[1]"),
                (BlockKind::Paragraph, "One two three.", "html/body[1]/p[1]"),
                (BlockKind::ListItem, "first", "html/body[1]/ul[1]/li[1]/p[1]"),
                (BlockKind::BlockQuote, "said", "html/body[1]/blockquote[1]/p[1]"),
            ],
        );
    }

    #[test]
    fn two_line_breaks_part_paragraphs_and_one_does_not() {
        check(
            "<div>one<br>two<br> <br>three</div>",
            &[
                (BlockKind::Paragraph, "one\ntwo", "html/body[1]/div[1]"),
                (BlockKind::Paragraph, "three", "html/body[1]/div[1]"),
            ],
        );
    }

    #[test]
    fn letters_that_look_otherwise_are_of_one_word() {
        let line = |html: &str| words(Html::parse_fragment(html).root_element());
        assert_eq!(
            line("Mayor Mc<b>Donald</b> resigns<br>today"),
            "Mayor McDonald resigns today"
        );
        assert_eq!(line("<b>By</b><b>Ana Lima</b>"), "By Ana Lima");
        assert_eq!(line("<span>Harbour</span><span>open</span>"), "Harbour open");
    }

    #[test]
    fn text_between_blocks_is_a_piece_of_the_outer_one() {
        check(
            "<div>before<p>inside</p>after<script>no()</script></div>",
            &[
                (BlockKind::Paragraph, "before", "html/body[1]/div[1]"),
                (BlockKind::Paragraph, "inside", "html/body[1]/div[1]/p[1]"),
                (BlockKind::Paragraph, "after", "html/body[1]/div[1]"),
            ],
        );
    }
}
