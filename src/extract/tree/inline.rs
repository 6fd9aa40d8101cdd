//! Knows elements among the words of a page that are more than words: elements of a page's own making that hold its
//! paragraphs, and cards that open over a name.

use ego_tree::NodeRef;
use scraper::{ElementRef, Node};

use super::letters;

/// What paragraphs stand in.
const HOLDERS: [&str; 6] = ["article", "body", "center", "div", "main", "section"];
/// Letters of a paragraph: fewer are a label or a number.
const PARAGRAPH_LETTERS: usize = 40;
/// Links that make a card: an author's picture may have one around it and one behind it.
const CARD_LINKS: usize = 3;

/// Whether an element of the page's own making (`<story-text>`) begins and ends a piece: it stands among elements and not
/// among words, and it and those beside it are whole sentences. `is_apart` keeps what was found of its parent.
pub(super) fn holds_paragraph(element: ElementRef<'_>, is_apart: &mut Option<bool>) -> bool {
    if !is_custom(element) {
        return false;
    }
    let Some(parent) = element.parent().and_then(ElementRef::wrap) else {
        return false;
    };
    (HOLDERS.contains(&parent.value().name()) || is_custom(parent))
        && has_letters(element, PARAGRAPH_LETTERS)
        && *is_apart.get_or_insert_with(|| !has_own_words(parent) && holds_sentences(parent))
}

/// Whether all that is long enough among the elements of its own making that stand in one ends as a sentence does: words and who
/// said them may stand in two of them.
fn holds_sentences(parent: ElementRef<'_>) -> bool {
    let mut custom = parent.child_elements().filter(|child| is_custom(*child));
    custom.all(|child| {
        let last = last_text(*child).unwrap_or_default();
        let end = last.trim_end().trim_end_matches(['”', '"', '’', ')']);
        !has_letters(child, PARAGRAPH_LETTERS) || end.ends_with(['.', '!', '?', '…', ':'])
    })
}

/// The last words in a node. The tree is bounded in depth, so this may call itself.
fn last_text<'a>(node: NodeRef<'a, Node>) -> Option<&'a str> {
    node.children().rev().find_map(|child| match child.value() {
        Node::Text(text) => Some(&**text).filter(|text: &&str| !text.trim_start().is_empty()),
        _ => last_text(child),
    })
}

/// Names with a hyphen are those that no standard gives.
fn is_custom(element: ElementRef<'_>) -> bool {
    element.value().name().contains('-')
}

fn has_own_words(element: ElementRef<'_>) -> bool {
    let mut texts = element.children().filter_map(|child| child.value().as_text());
    texts.any(|text| !text.trim_start().is_empty())
}

/// Whether an element holds so many letters; it is looked through no further.
fn has_letters(element: ElementRef<'_>, least: usize) -> bool {
    let mut found = 0;
    element.text().any(|text| {
        found += letters(text);
        found >= least
    })
}

/// Whether an element inside a sentence is a card about what is named before it, which opens when that is pointed at: it
/// begins with a picture and holds links and nothing else.
pub(super) fn is_card(element: ElementRef<'_>) -> bool {
    element.value().name() == "span" && {
        let mut card = Card::default();
        card.look_through(element) && card.links >= CARD_LINKS
    }
}

#[derive(Default)]
struct Card {
    has_picture: bool,
    /// Links with words.
    links: usize,
}

impl Card {
    /// Whether there is nothing in an element that a card does not have. The tree is bounded in depth, so this may call itself.
    fn look_through(&mut self, element: ElementRef<'_>) -> bool {
        element.children().all(|child| match child.value() {
            Node::Text(text) => text.trim_start().is_empty(),
            Node::Element(inside) => match inside.name() {
                "img" | "picture" => {
                    self.has_picture = true;
                    true
                }
                "a" => {
                    let link = ElementRef::wrap(child);
                    self.links += usize::from(link.is_some_and(|link| has_letters(link, 1)));
                    self.has_picture
                }
                _ => ElementRef::wrap(child).is_some_and(|inner| self.look_through(inner)),
            },
            _ => true,
        })
    }
}
