//! Knows the words to a picture.

use scraper::{ElementRef, Node};

use super::attribute;

/// Nodes looked at inside an element that may be a caption's, so that figures in figures cost no more than their size.
const MAX_INSIDE: usize = 60;

/// Whether an element holds the words to a picture without being a `<figcaption>`: it is called so, or stands in a
/// figure with a picture.
pub(super) fn is_caption(element: ElementRef<'_>) -> bool {
    let value = element.value();
    match value.name() {
        "p" | "div" | "dd" if is_called_caption(element) => !holds_paragraphs(element),
        "p" => is_picture_with_words(element),
        "figure" => holds_picture(element) && !holds_paragraphs(element),
        _ => false,
    }
}

/// Whether an element inside a paragraph is called a caption: a picture and its words were set into the paragraph.
pub(super) fn is_caption_inside(element: ElementRef<'_>) -> bool {
    let is_part = matches!(element.value().name(), "span" | "em" | "i" | "small");
    // Without a picture beside it, it may be any word of a sentence.
    let has_picture = || {
        let paragraph = element.parent().and_then(ElementRef::wrap);
        paragraph.is_some_and(|paragraph| {
            paragraph
                .descendants()
                .filter_map(ElementRef::wrap)
                .any(is_picture)
        })
    };
    is_part && is_called_caption(element) && has_picture()
}

/// Whether a paragraph begins with a picture and all its words are set small or slanted.
fn is_picture_with_words(paragraph: ElementRef<'_>) -> bool {
    let begins = (paragraph.child_elements().next())
        .is_some_and(|first| is_picture(first) || first.child_elements().next().is_some_and(is_picture));
    begins
        && paragraph.children().all(|child| match child.value() {
            Node::Text(text) => text.trim().is_empty(),
            Node::Element(inside) => {
                matches!(
                    inside.name(),
                    "img" | "picture" | "br" | "a" | "em" | "i" | "small"
                )
            }
            _ => true,
        })
}

fn is_picture(element: ElementRef<'_>) -> bool {
    matches!(element.value().name(), "img" | "picture")
}

/// Whether one of its classes is `caption`, `wp-caption-text`, `photo__caption`, `imageCaption`; not what a caption stands in.
fn is_called_caption(element: ElementRef<'_>) -> bool {
    // The text of the attribute: the parser's list of classes is made and sorted when it is first asked for.
    let classes = attribute(element, "class").unwrap_or_default();
    classes
        .split_ascii_whitespace()
        .filter(|class| ENDINGS.iter().any(|ending| is_ending(class, ending)))
        .any(|class| !is_holder(class))
}

/// How a caption's class ends.
const ENDINGS: [&str; 2] = ["caption", "caption-text"];

/// Whether a class ends so, in small or capital letters.
fn is_ending(class: &str, ending: &str) -> bool {
    let at = class.len().checked_sub(ending.len());
    at.is_some_and(|at| class.as_bytes()[at..].eq_ignore_ascii_case(ending.as_bytes()))
}

/// Whether a class that ends so is that of what a caption stands in.
fn is_holder(class: &str) -> bool {
    let class = class.to_ascii_lowercase();
    class == "wp-caption"
        || ["has-", "with-", "no-"]
            .iter()
            .any(|start| class.starts_with(start))
}

/// Whether it holds two paragraphs: then it is called after the picture in it and holds text as well.
fn holds_paragraphs(element: ElementRef<'_>) -> bool {
    let inside = element
        .descendants()
        .take(MAX_INSIDE)
        .filter_map(ElementRef::wrap);
    inside
        .filter(|inside| inside.value().name() == "p")
        .nth(1)
        .is_some()
}

fn holds_picture(element: ElementRef<'_>) -> bool {
    let inside = element
        .descendants()
        .take(MAX_INSIDE)
        .filter_map(ElementRef::wrap);
    let names = inside.map(|inside| inside.value().name());
    names
        .into_iter()
        .any(|name| matches!(name, "img" | "picture" | "video" | "audio"))
}
