//! The head of the site, where today's date stands: that is no date of the page. Only what is plainly one counts.

use scraper::ElementRef;

use crate::extract::tree::Outline;

/// Words of a class by which the head of a site is called, and by which today's date is.
const CALLED: [&str; 5] = ["masthead", "topbar", "top-bar", "site-header", "siteheader"];
const TODAY: [&str; 5] = ["today", "current-date", "currentdate", "today-date", "date-today"];
/// Nodes of a head that are looked through: one with more is not known to be one.
const MAX_INSIDE: usize = 400;

/// What an element may be by its name and class.
enum Head {
    /// That of a site, or today's date itself.
    Called,
    /// A `<header>`, which is that of a site where it holds the menu.
    Header,
}

impl Head {
    fn of(name: &str, class: &str) -> Option<Self> {
        // What the whole page or the text is called tells nothing about its parts.
        if matches!(name, "html" | "body" | "main" | "article") {
            return None;
        }
        let class = class.to_ascii_lowercase();
        let is_called = |word: &str| CALLED.contains(&word) || TODAY.contains(&word);
        if class.split_ascii_whitespace().any(is_called) {
            return Some(Self::Called);
        }
        (name == "header").then_some(Self::Header)
    }

    /// Whether an element that may be one is, as far as what it holds tells.
    fn is_one(&self, element: ElementRef<'_>) -> bool {
        match self {
            Self::Called => true,
            Self::Header => holds(element, "nav") == Some(true),
        }
    }
}

/// Whether an element holds one of a name; nothing where it has too many nodes to tell.
fn holds(element: ElementRef<'_>, name: &str) -> Option<bool> {
    let mut inside = element.descendants();
    let mut near = inside.by_ref().take(MAX_INSIDE).filter_map(ElementRef::wrap);
    if near.any(|inside| inside.value().name() == name) {
        return Some(true);
    }
    inside.next().is_none().then_some(false)
}

/// Whether a place stands in the head of the site: one that does not hold the headline.
pub(super) fn is_place_of(outline: &Outline<'_>, place: usize, headline: Option<usize>) -> bool {
    std::iter::successors(Some(place), |at| outline.places[*at].parent).any(|at| {
        let element = outline.places[at].element;
        let head = Head::of(
            element.value().name(),
            outline.places[at].class.unwrap_or_default(),
        );
        let holds_headline = || headline.is_none_or(|headline| outline.is_within(headline, at));
        head.is_some_and(|head| head.is_one(element) && !holds_headline())
    })
}

/// The same of an element, where any `<h1>` may be the headline.
pub(super) fn is_element_of(element: ElementRef<'_>) -> bool {
    let outer = element.ancestors().filter_map(ElementRef::wrap);
    std::iter::once(element).chain(outer).any(|at| {
        let head = Head::of(at.value().name(), at.value().attr("class").unwrap_or_default());
        head.is_some_and(|head| head.is_one(at) && holds(at, "h1") == Some(false))
    })
}
