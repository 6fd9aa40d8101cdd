//! The elements of a page that can say something about it, found in one walk: the selectors of the places are asked
//! about these only, instead of about every element of the page each.

use std::collections::HashSet;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use ego_tree::NodeId;
use foldhash::{HashMap, HashMapExt};
use memchr::memmem::Finder;
use scraper::{ElementRef, Html, Selector};

/// Tags that say something whatever they are called.
const TAGS: [&str; 7] = ["html", "meta", "link", "title", "h1", "time", "script"];
/// Attributes that say what an element is.
const ATTRIBUTES: [&str; 3] = ["itemprop", "rel", "pubdate"];
/// Parts of a class or an id; every selector on a class or an id in this folder holds one of them.
static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = [
        "date", "time", "publi", "author", "byline", "meta", "info", "entry-",
    ];
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(words)
        .expect("short words")
});

/// A part of the address of an author's page. Made ready once: a page has hundreds of links.
static AUTHOR_PAGE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("/author"));

/// Elements in the order of the page.
pub(in crate::extract) struct Shortlist<'a> {
    elements: Vec<ElementRef<'a>>,
}

impl<'a> Shortlist<'a> {
    /// The elements of `html` that may matter.
    #[cfg(test)]
    pub(in crate::extract) fn of(html: &'a Html) -> Self {
        Self::without(html, &HashSet::new())
    }

    /// The elements that may matter of `html` as if it did not have some of them.
    pub(in crate::extract) fn without(html: &'a Html, dropped: &HashSet<NodeId>) -> Self {
        let mut walk = Walk {
            dropped,
            named: HashMap::new(),
            elements: Vec::new(),
        };
        walk.collect(html.root_element(), false);
        Self {
            elements: walk.elements,
        }
    }

    /// The root of the page.
    pub(in crate::extract) fn root(&self) -> Option<ElementRef<'a>> {
        self.elements.first().copied()
    }

    /// Those that the selector means, as [`Html::select`] would give them.
    pub(in crate::extract) fn select<'s>(
        &'s self,
        selector: &'s Selector,
    ) -> impl Iterator<Item = ElementRef<'a>> + 's {
        self.elements
            .iter()
            .copied()
            .filter(|element| selector.matches(element))
    }
}

/// The one walk.
struct Walk<'a, 'd> {
    dropped: &'d HashSet<NodeId>,
    /// Whether a class holds one of the words: most of a page stand there many times.
    named: HashMap<&'a str, bool>,
    elements: Vec<ElementRef<'a>>,
}

impl<'a> Walk<'a, '_> {
    /// The tree is bounded in depth, so this may call itself.
    fn collect(&mut self, element: ElementRef<'a>, is_in_byline: bool) {
        if !self.dropped.is_empty() && self.dropped.contains(&element.id()) {
            return;
        }
        let name = element.value().name();
        let (mut class, mut is_named, mut is_author_page, mut is_marked) = (None, false, false, false);
        // One look through the attributes, of which most elements have few.
        for (attribute, value) in element.value().attrs() {
            match attribute {
                "class" => {
                    class = Some(value);
                    is_named |= *self.named.entry(value).or_insert_with(|| WORDS.is_match(value));
                }
                "id" => is_named |= WORDS.is_match(value),
                "href" => is_author_page = name == "a" && AUTHOR_PAGE.find(value.as_bytes()).is_some(),
                _ => is_marked |= ATTRIBUTES.contains(&attribute),
            }
        }
        let is_link_of_byline = name == "a" && (is_in_byline || is_author_page);
        let is_part_of_byline = is_in_byline && class.is_some();
        if is_named || is_link_of_byline || is_marked || TAGS.contains(&name) || is_part_of_byline {
            self.elements.push(element);
        }
        let is_byline = |class: &str| class.to_ascii_lowercase().contains("byline");
        let is_in_byline = is_in_byline || (is_named && class.is_some_and(is_byline));
        for child in element.child_elements() {
            self.collect(child, is_in_byline);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_answers_as_the_page_does() {
        let html = Html::parse_document(
            "<head><meta name=a content=b></head><body class=date><div class='byline'><a href=/x>Ana</a></div>\
             <p itemprop=author>Bo</p><p class=other>no</p><time>now</time><span class=PubDate>then</span></body>",
        );
        let shortlist = Shortlist::of(&html);
        for rule in [
            "meta[content]",
            ".byline a",
            "[itemprop~=author]",
            "time",
            "[class*=pubdate i]",
        ] {
            let selector = Selector::parse(rule).expect("a selector");
            let all: Vec<String> = html.select(&selector).map(|element| element.html()).collect();
            let few: Vec<String> = shortlist
                .select(&selector)
                .map(|element| element.html())
                .collect();
            assert_eq!(few, all, "{rule}");
            assert!(!all.is_empty(), "{rule}");
        }
    }
}
