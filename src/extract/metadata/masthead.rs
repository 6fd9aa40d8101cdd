//! The head of the site, where today's date stands: that is no date of the page.

use scraper::ElementRef;

use crate::extract::tree::Outline;

/// Parts of a class by which the head of a site is called, and whole words of one by which today's date is.
const CALLED: [&str; 5] = ["masthead", "topbar", "top-bar", "site-header", "siteheader"];
const TODAY: [&str; 5] = ["today", "current-date", "currentdate", "today-date", "date-today"];

/// Nodes among which a headline is looked for: heads are small, and a page may have any number of dates in one.
const MAX_INSIDE: usize = 400;

/// Whether an element is called so, or is a `<header>` that is not that of a text.
fn is_called(name: &str, class: &str, is_in_text: impl Fn() -> bool) -> bool {
    let class = class.to_ascii_lowercase();
    CALLED.iter().any(|word| class.contains(word))
        || class.split_ascii_whitespace().any(|word| TODAY.contains(&word))
        || name == "header" && !is_in_text()
}

fn is_of_text(name: &str) -> bool {
    matches!(name, "article" | "main")
}

/// Whether a place stands in the head of the site: one that does not hold the headline.
pub(super) fn holds(outline: &Outline<'_>, place: usize, headline: Option<usize>) -> bool {
    let name = |at: usize| outline.places[at].element.value().name();
    let above = |at: usize| std::iter::successors(Some(at), |at| outline.places[*at].parent);
    above(place).any(|at| {
        let class = outline.places[at].class.unwrap_or_default();
        is_called(name(at), class, || above(at).any(|outer| is_of_text(name(outer))))
            && !headline.is_some_and(|headline| outline.is_within(headline, at))
    })
}

/// The same of an element, where any `<h1>` may be the headline.
pub(super) fn holds_element(element: ElementRef<'_>) -> bool {
    std::iter::once(element).chain(outer(element)).any(|at| {
        let class = at.value().attr("class").unwrap_or_default();
        let is_in_text = || outer(at).any(|outer| is_of_text(outer.value().name()));
        is_called(at.value().name(), class, is_in_text) && !holds_headline(at)
    })
}

/// The elements that one stands in.
fn outer(element: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    element.ancestors().filter_map(ElementRef::wrap)
}

fn holds_headline(element: ElementRef<'_>) -> bool {
    let mut inside = element
        .descendants()
        .take(MAX_INSIDE)
        .filter_map(ElementRef::wrap);
    inside.any(|inside| inside.value().name() == "h1")
}
