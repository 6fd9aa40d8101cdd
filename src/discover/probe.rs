//! Where a newsroom's front page says that it announces its pages.

use scraper::{Html, Selector};
use url::Url;

use super::{address, one_line};
use crate::text::bounds;

/// Paths at which feeds lie that no page names.
pub const USUAL_FEEDS: [&str; 5] = ["/feed/", "/rss.xml", "/feed.xml", "/rss", "/atom.xml"];

/// Words in the address of a page that lists what was published.
const LISTING_WORDS: [&str; 9] = [
    "press",
    "news",
    "newsroom",
    "releases",
    "statements",
    "briefings",
    "remarks",
    "media",
    "announcements",
];

/// Listings named at most.
const MAX_LISTINGS: usize = 5;

/// What a front page says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontPage {
    /// The site's name, by `og:site_name` or the title.
    pub name: Option<String>,
    /// The language it declares.
    pub language: Option<String>,
    /// Feeds it names.
    pub feeds: Vec<Url>,
    /// Pages of its own host that look like listings, the shortest address first.
    pub listings: Vec<Url>,
    /// Where WordPress answers programs (`rel="https://api.w.org/"`), as it says on each of its pages.
    pub wordpress: Option<Url>,
}

/// Reads a front page.
pub fn front_page(html: &str, base: &Url) -> FrontPage {
    let page = Html::parse_document(&bounds::bound(html).html);
    let select = |css: &str| Selector::parse(css).expect("a fixed selector");
    let attribute = |css: &str, name: &str| {
        let found = page.select(&select(css)).next()?.attr(name)?.to_string();
        one_line(&found)
    };
    let alternate = select("link[rel~=alternate i][href]");
    let feeds = page
        .select(&alternate)
        .filter(|link| {
            let kind = link.attr("type").unwrap_or_default().to_ascii_lowercase();
            kind.contains("rss") || kind.contains("atom") || kind.contains("feed+json")
        })
        .filter_map(|link| address(base, link.attr("href")?));
    let mut listings: Vec<Url> = page
        .select(&select("a[href]"))
        .filter_map(|link| address(base, link.attr("href")?))
        .filter(|url| url.host() == base.host() && url.query().is_none() && is_listing(url))
        .map(|mut url| {
            url.set_fragment(None);
            url
        })
        .collect();
    listings.sort_by_key(|url| (url.path().len(), url.to_string()));
    listings.dedup();
    listings.truncate(MAX_LISTINGS);
    FrontPage {
        name: attribute("meta[property='og:site_name']", "content").or_else(|| {
            let title: String = page.select(&select("title")).next()?.text().collect();
            one_line(&title)
        }),
        language: attribute("html[lang]", "lang"),
        feeds: each_once(feeds),
        listings,
        wordpress: attribute("link[rel='https://api.w.org/']", "href")
            .and_then(|link| address(base, &link))
            .filter(|url| url.path().ends_with('/') && url.query().is_none()),
    }
}

/// Whether the last segment of a short path is a word for what was published.
pub fn is_listing(url: &Url) -> bool {
    let segments: Vec<&str> = url
        .path()
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    let last = segments
        .last()
        .map(|last| last.trim_end_matches(".html").to_ascii_lowercase());
    segments.len() <= 3
        && last.is_some_and(|last| last.split(['-', '_']).any(|word| LISTING_WORDS.contains(&word)))
}

fn each_once(urls: impl Iterator<Item = Url>) -> Vec<Url> {
    let mut seen = Vec::new();
    for url in urls {
        if !seen.contains(&url) {
            seen.push(url);
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_and_listings_are_found_by_what_the_page_says() {
        let base = Url::parse("https://hall.example/").expect("valid");
        let page = front_page(
            "<html lang=en><head><title>City Hall</title>\
             <link rel=alternate type=application/rss+xml href=/feed/>\
             <link rel=https://api.w.org/ href=/wp-json/>\
             <link rel=alternate hreflang=es href=/es/></head><body>\
             <a href=/press-releases/>Press</a><a href=/news/2026/02/a-long-story.html>Story</a>\
             <a href=https://other.example/news>Elsewhere</a><a href=/about>About</a></body></html>",
            &base,
        );
        assert_eq!(page.name.as_deref(), Some("City Hall"));
        assert_eq!(page.language.as_deref(), Some("en"));
        assert_eq!(page.feeds, [base.join("/feed/").expect("valid")]);
        assert_eq!(page.listings, [base.join("/press-releases/").expect("valid")]);
        assert_eq!(page.wordpress, base.join("/wp-json/").ok());
    }
}
