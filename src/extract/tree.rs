//! From an element to the pieces of text in it, each with its role and its path.

mod captions;
mod inline;
mod words;

use std::collections::HashSet;

use ego_tree::NodeId;
use scraper::{ElementRef, Node};

use super::blocks::{Piece, folded};
use crate::model::document::BlockKind;
use captions::{is_caption, is_caption_inside};
use inline::{holds_paragraph, is_card};

pub(super) use words::words;

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
            // Words that were taken back; `<ins>` holds what stands instead.
            | "del"
    )
}

/// Whether an element begins and ends a piece.
pub(super) fn is_block(name: &str) -> bool {
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

/// Digits of the number of a note.
const MAX_NOTE_DIGITS: usize = 3;

/// Letters for each mark of a program's in what is one.
const CODE_LETTERS: usize = 50;

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
    /// Its attribute `class`.
    pub(super) class: Option<&'a str>,
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
            // Of the nodes of a page about as many are texts as are elements.
            places: Vec::with_capacity(root.tree().nodes().len() / 2),
            pieces: Vec::new(),
        },
        words: String::new(),
        block: 0,
        is_preformatted: false,
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

/// An attribute of an element: few have many, so that looking through them costs less than looking one up.
pub(super) fn attribute<'a>(element: ElementRef<'a>, name: &str) -> Option<&'a str> {
    let mut attributes = element.value().attrs();
    attributes.find_map(|(other, value)| (other == name).then_some(value))
}

struct Walk<'a, 'd> {
    /// Elements that are passed over.
    dropped: &'d HashSet<NodeId>,
    outline: Outline<'a>,
    words: String,
    /// The place of the innermost open block.
    block: usize,
    /// Whether line ends are kept: the text is set by hand.
    is_preformatted: bool,
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
            class: attribute(element, "class"),
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
        // Whether the elements in it that no standard names stand apart from words, once it was asked.
        let mut is_apart = None;
        for child in parent.children() {
            match child.value() {
                Node::Text(text) if self.is_preformatted => self.push_lines(text, kind),
                Node::Text(text) => self.push(text),
                Node::Element(_) => {
                    if let Some(element) = ElementRef::wrap(child) {
                        self.element(element, place, depth, kind, &mut is_apart);
                    }
                }
                _ => {}
            }
        }
    }

    fn element(
        &mut self,
        element: ElementRef<'a>,
        parent: usize,
        depth: usize,
        outer: BlockKind,
        is_apart: &mut Option<bool>,
    ) {
        let name = element.value().name();
        let position = self.position(name, depth);
        if !self.dropped.is_empty() && self.dropped.contains(&element.id()) {
            return;
        }
        if name == "br" {
            self.line_break(outer);
        } else if is_block(name) || holds_paragraph(element, is_apart) {
            self.flush(outer);
            let place = self.enter(element, position, Some(parent));
            let before = std::mem::replace(&mut self.block, place);
            let was_preformatted = self.is_preformatted;
            self.is_preformatted |= name == "pre" && !holds_code(element);
            let kind = if is_caption(element) {
                BlockKind::Caption
            } else {
                kind_of(name, outer)
            };
            self.children(element, place, depth + 1, kind);
            self.flush(kind);
            self.is_preformatted = was_preformatted;
            self.block = before;
        } else if outer != BlockKind::Caption && is_caption_inside(element) {
            self.flush(outer);
            let place = self.enter(element, position, Some(parent));
            let before = std::mem::replace(&mut self.block, place);
            self.children(element, place, depth + 1, BlockKind::Caption);
            self.flush(BlockKind::Caption);
            self.block = before;
        } else if (name == "sup" && self.raise(element)) || (self.is_in_sentence() && is_card(element)) {
            // Nothing is left to be read in it.
        } else if !is_skipped(name) || self.is_headed(name, outer) {
            let place = self.enter(element, position, Some(parent));
            let is_link = usize::from(name == "a");
            self.links += is_link;
            self.children(element, place, depth + 1, outer);
            self.links -= is_link;
        }
    }

    /// Writes the number of a note or a power with raised digits: "7,113" and a raised "2" are no figure of five digits,
    /// and "boats2" is no word. A number with more digits is none of a note.
    fn raise(&mut self, element: ElementRef<'_>) -> bool {
        if self.words.is_empty() || self.words.ends_with(char::is_whitespace) {
            return false;
        }
        let number: String = element.text().collect();
        let number = number.trim();
        if number.len() > MAX_NOTE_DIGITS {
            return false;
        }
        let number: Option<String> = number.chars().map(raised).collect();
        let number = number.unwrap_or_default();
        self.words.push_str(&number);
        !number.is_empty()
    }

    /// Whether words of a paragraph stand before what comes now.
    fn is_in_sentence(&self) -> bool {
        let is_paragraph = || self.outline.places[self.block].element.value().name() == "p";
        !self.words.trim_start().is_empty() && is_paragraph()
    }

    /// Whether a button holds a heading, as those do that open and close what stands under it.
    fn is_headed(&self, name: &str, outer: BlockKind) -> bool {
        name == "button" && outer == BlockKind::Heading
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

    /// The lines of a text that is set by hand: a blank one parts two paragraphs.
    fn push_lines(&mut self, text: &str, kind: BlockKind) {
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 && self.words.ends_with('\n') {
                self.flush(kind);
            } else if at > 0 {
                self.words.push('\n');
            }
            // White space alone is a blank line; between two elements it still keeps words apart.
            if !line.trim().is_empty() || !self.words.ends_with('\n') {
                self.push(line.trim_end_matches('\r'));
            }
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

/// The raised form of a digit.
pub(super) fn raised(digit: char) -> Option<char> {
    let place = digit.to_digit(10)?;
    "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(usize::try_from(place).ok()?)
}

pub(super) fn letters(text: &str) -> usize {
    if text.is_ascii() {
        // So many at a time that they are counted in a byte each, sixteen of them at once.
        let letters = |some: &[u8]| {
            some.iter()
                .map(|byte| u8::from(byte.is_ascii_alphanumeric()))
                .sum::<u8>()
        };
        let parts = text.as_bytes().chunks(usize::from(u8::MAX));
        return parts.map(|part| usize::from(letters(part))).sum();
    }
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
        // A figure may be a table.
        "td" | "th" if outer == BlockKind::Caption => BlockKind::Paragraph,
        _ => outer,
    }
}

/// Whether the lines of a `<pre>` are a program's, which is one piece: it is marked as code, or has marks that prose
/// lacks.
fn holds_code(element: ElementRef<'_>) -> bool {
    let is_code = |inside: ElementRef<'_>| inside.value().name() == "code";
    let (mut marks, mut all) = (0, 0);
    for text in element.text() {
        marks += text.chars().filter(|mark| "{}[]=<>;_$@".contains(*mark)).count();
        all += letters(text);
    }
    element.child_elements().any(is_code) || marks * CODE_LETTERS > all
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
mod tests;
