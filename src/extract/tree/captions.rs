//! Knows the words to a picture.

use scraper::ElementRef;

/// Nodes looked at inside an element that may be a caption's, so that figures in figures cost no more than their size.
const MAX_INSIDE: usize = 60;

/// Whether an element holds the words to a picture without being a `<figcaption>`: it is called so, or stands in a
/// figure with a picture.
pub(super) fn is_caption(element: ElementRef<'_>) -> bool {
    let value = element.value();
    match value.name() {
        "p" | "div" | "dd" if value.classes().any(is_called_caption) => !holds_paragraphs(element),
        "figure" => holds_picture(element) && !holds_paragraphs(element),
        _ => false,
    }
}

/// `caption`, `wp-caption-text`, `photo__caption`, `imageCaption`; not what a caption stands in.
fn is_called_caption(class: &str) -> bool {
    let class = class.to_ascii_lowercase();
    let is_holder = class == "wp-caption"
        || ["has-", "with-", "no-"]
            .iter()
            .any(|start| class.starts_with(start));
    (class.ends_with("caption") || class.ends_with("caption-text")) && !is_holder
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
