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
        name: attribute("meta[property='og:site_name']", "content")
            .or_else(|| attribute("meta[name='application-name']", "content"))
            .filter(|name| !is_no_name(name))
            .or_else(|| {
                let title: String = page.select(&select("title")).next()?.text().collect();
                name_in(&one_line(&title)?, base)
            }),
        language: attribute("html[lang]", "lang"),
        feeds: each_once(feeds),
        listings,
        wordpress: attribute("link[rel='https://api.w.org/']", "href")
            .and_then(|link| address(base, &link))
            .filter(|url| url.path().ends_with('/') && url.query().is_none()),
    }
}

/// What stands between the name of a site and what else its title says.
const SEPARATORS: [&str; 8] = [" | ", " - ", " – ", " — ", " · ", " • ", " :: ", ": "];

/// The name of a site in the title of its front page: the piece that its host is called by, else the first that is not a word for
/// any front page.
fn name_in(title: &str, base: &Url) -> Option<String> {
    let mut pieces = vec![title];
    for separator in SEPARATORS {
        pieces = pieces.iter().flat_map(|piece| piece.split(separator)).collect();
    }
    let pieces = pieces
        .into_iter()
        .map(str::trim)
        .filter(|piece| !is_no_name(piece));
    let pieces: Vec<&str> = pieces.collect();
    let host = letters(base.host_str().unwrap_or_default().trim_start_matches("www."));
    let is_of_host = |piece: &&&str| {
        let name = letters(piece.trim_start_matches("The "));
        name.len() > 2 && host.starts_with(&name)
    };
    let named = pieces.iter().find(is_of_host).or_else(|| pieces.first());
    named.map(|name| (*name).to_owned())
}

/// Whether a text says nothing that tells one site from another.
fn is_no_name(text: &str) -> bool {
    let lines = include_str!("front_names.txt").lines();
    let mut generic = lines.filter(|line| !line.starts_with('#'));
    let text = text.trim().to_lowercase();
    !text.contains(char::is_alphanumeric) || generic.any(|line| line == text)
}

fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
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
    fn a_site_is_called_by_its_name_and_not_by_all_that_its_title_says() {
        let check = |head: &str, host: &str, expected: Option<&str>| {
            let base = Url::parse(&format!("https://{host}/")).expect("valid");
            let page = front_page(&format!("<html><head>{head}</head><body></body></html>"), &base);
            assert_eq!(page.name.as_deref(), expected, "{head}");
        };
        let titled = |title: &str, host: &str, expected: &str| {
            check(&format!("<title>{title}</title>"), host, Some(expected));
        };
        titled("The Gull Haven Beacon", "beacon.example", "The Gull Haven Beacon");
        titled(
            "Gull Haven Beacon | Breaking news, weather and sport",
            "ghb.example",
            "Gull Haven Beacon",
        );
        titled(
            "Home - Town of Gull Haven",
            "gullhaven.example",
            "Town of Gull Haven",
        );
        titled(
            "Ferry news of the whole coast – Saltline",
            "www.saltline.example",
            "Saltline",
        );
        titled(
            "Breaking News | The Beacon: ferries",
            "thebeacon.example",
            "The Beacon",
        );
        titled(
            "Inicio | El Faro del Puerto",
            "faro.example",
            "El Faro del Puerto",
        );
        // A hyphen inside a name parts nothing.
        titled("Tide-Herald", "tide.example", "Tide-Herald");
        let site = "<meta property=og:site_name content='Saltline'><title>All ferries today</title>";
        check(site, "tide.example", Some("Saltline"));
        let home = "<meta property=og:site_name content='Home'><title>Saltline | Home</title>";
        check(home, "tide.example", Some("Saltline"));
        check("<title>Home</title>", "tide.example", None);
    }

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
