//! From an element to the pieces of text in it, each with its role and its path.

use std::collections::HashMap;

use scraper::{ElementRef, Node};

use super::blocks::{Piece, folded};
use crate::model::document::BlockKind;

/// Elements that hold no text for people to read.
const SKIPPED: [&str; 12] = [
    "script", "style", "noscript", "template", "svg", "iframe", "button", "select", "textarea", "head",
    "canvas", "object",
];
/// Elements that begin and end a piece.
const BLOCKS: [&str; 42] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ul",
    "video",
    "audio",
];

/// The pieces of text inside `root`, in order. A line break made of two `<br>` parts two pieces.
pub(super) fn pieces(root: ElementRef<'_>) -> Vec<Piece> {
    let mut walk = Walk {
        pieces: Vec::new(),
        words: String::new(),
        open: path_to(root),
        block_depth: 0,
        links: 0,
        linked_letters: 0,
    };
    walk.block_depth = walk.open.len();
    let name = root.value().name();
    walk.children(root, kind_of(name, BlockKind::Paragraph));
    walk.flush(kind_of(name, BlockKind::Paragraph));
    walk.pieces
}

/// The words of an element on one line.
pub(super) fn words(element: ElementRef<'_>) -> String {
    super::blocks::one_line(&element.text().collect::<Vec<_>>().join(" "))
        .replace(" ,", ",")
        .replace(" .", ".")
}

struct Walk<'a> {
    pieces: Vec<Piece>,
    words: String,
    /// Name and position of each open element.
    open: Vec<(&'a str, usize)>,
    /// How many of them make the path of the innermost block.
    block_depth: usize,
    /// Links that are open.
    links: usize,
    linked_letters: usize,
}

impl<'a> Walk<'a> {
    /// The tree is bounded in depth before it is built, so this may call itself.
    fn children(&mut self, parent: ElementRef<'a>, kind: BlockKind) {
        let mut positions: HashMap<&str, usize> = HashMap::new();
        for child in parent.children() {
            match child.value() {
                Node::Text(text) => self.push(text),
                Node::Element(element) => {
                    let name = element.name();
                    let position = positions.entry(name).or_default();
                    *position += 1;
                    if let Some(element) = ElementRef::wrap(child) {
                        self.element(element, name, *position, kind);
                    }
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, element: ElementRef<'a>, name: &'a str, position: usize, outer: BlockKind) {
        if name == "br" {
            self.line_break(outer);
        } else if !SKIPPED.contains(&name) {
            self.open.push((name, position));
            if BLOCKS.contains(&name) {
                self.flush(outer);
                let depth = std::mem::replace(&mut self.block_depth, self.open.len());
                let kind = kind_of(name, outer);
                self.children(element, kind);
                self.flush(kind);
                self.block_depth = depth;
            } else {
                let is_link = usize::from(name == "a");
                self.links += is_link;
                self.children(element, outer);
                self.links -= is_link;
            }
            self.open.pop();
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
            let path = written(&self.open[..self.block_depth.min(self.open.len())]);
            // A bullet or an arrow beside a link changes nothing.
            let is_link = linked > 0 && linked * 20 >= letters(&text) * 19;
            self.pieces.push(Piece {
                kind,
                text,
                path,
                is_link,
            });
        }
    }
}

fn letters(text: &str) -> usize {
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

fn path_to(element: ElementRef<'_>) -> Vec<(&str, usize)> {
    let ancestors = element.ancestors().filter_map(ElementRef::wrap);
    let mut path: Vec<(&str, usize)> = std::iter::once(element)
        .chain(ancestors)
        .map(|element| {
            let name = element.value().name();
            let before = element.prev_siblings().filter_map(ElementRef::wrap);
            (
                name,
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
