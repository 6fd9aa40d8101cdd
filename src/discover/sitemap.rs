//! Sitemaps (sitemaps.org): lists and indexes in XML, lists in plain text, feeds used as lists, any of
//! them packed; with the titles and publication dates of Google's news extension.

use url::Url;

use super::xml::{self, Record, Vocabulary};
use super::{MAX_ANNOUNCEMENTS, Unreadable, address, feed, one_line, payload};
use crate::model::moment::Moment;
use crate::model::source::Announcement;
use crate::text::moments;

/// What a sitemap is called in messages.
const WANTED: &str = "sitemap";

/// What a sitemap lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sitemap {
    /// Pages. `lastmod` is their `modified`; only the news extension says when they were published.
    pub pages: Vec<Announcement>,
    /// More sitemaps, with the moment each last changed.
    pub sitemaps: Vec<(Url, Option<Moment>)>,
}

/// Reads a sitemap of any kind; `base` is its own address.
pub fn read(bytes: &[u8], content_type: Option<&str>, base: &Url) -> Result<Sitemap, Unreadable> {
    let bytes = payload::unpacked(bytes);
    let text = payload::text(&bytes, content_type);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\0' | '\u{feff}'));
    match text.as_bytes().first() {
        None => Err(Unreadable::Empty),
        Some(b'<') => read_xml(text, base),
        Some(_) => read_lines(text),
    }
}

fn read_xml(text: &str, base: &Url) -> Result<Sitemap, Unreadable> {
    let document = xml::read(text, base, &["url", "sitemap"]);
    match document.root.as_deref() {
        Some("urlset" | "sitemapindex") => {}
        Some("rss" | "rdf" | "feed") => return feed_as_sitemap(text, base),
        Some("html") => return Err(Unreadable::Html(WANTED)),
        Some(root) => return Err(other(format!("its root is `{root}`"))),
        None => return Err(other("it has no elements".to_string())),
    }
    if document.declares_entities {
        return Err(other("it declares entities".to_string()));
    }
    let mut sitemap = Sitemap::default();
    // The last address of a sitemap that broke off may lack its end, and then means another page.
    for record in document.records.iter().filter(|record| !record.is_cut) {
        let Some(url) = text_of(record, Vocabulary::Core, "loc").and_then(|loc| location(&record.base, &loc))
        else {
            continue;
        };
        let modified = text_of(record, Vocabulary::Core, "lastmod").and_then(|text| moments::read(&text));
        if record.name == "sitemap" {
            sitemap.sitemaps.push((url, modified));
        } else {
            sitemap.pages.push(Announcement {
                url,
                title: text_of(record, Vocabulary::News, "title")
                    .and_then(|title| feed::without_markup(&title)),
                published: text_of(record, Vocabulary::News, "publication_date")
                    .and_then(|text| moments::read(&text)),
                modified,
                guid: None,
            });
        }
    }
    Ok(sitemap)
}

/// A location is a whole address (sitemaps.org); of the short forms met in the wild only a path from
/// the root is taken, because a word alone is more likely no address at all.
fn location(base: &Url, loc: &str) -> Option<Url> {
    (loc.starts_with('/') || loc.contains("://"))
        .then(|| address(base, loc))
        .flatten()
}

/// The text of the first field of a name that has one.
fn text_of(record: &Record, vocabulary: Vocabulary, name: &str) -> Option<String> {
    let mut named = record
        .fields
        .iter()
        .filter(|field| field.vocabulary == vocabulary && field.name == name);
    named.find_map(|field| one_line(&field.text))
}

fn feed_as_sitemap(text: &str, base: &Url) -> Result<Sitemap, Unreadable> {
    let entries = feed::xml_entries(text, base)?;
    let pages = entries
        .into_iter()
        .filter_map(feed::Entry::announcement)
        .collect();
    Ok(Sitemap {
        pages,
        sitemaps: Vec::new(),
    })
}

/// One absolute address a line.
fn read_lines(text: &str) -> Result<Sitemap, Unreadable> {
    let urls = text.lines().filter_map(|line| {
        let url = Url::parse(line.trim()).ok()?;
        address(&url, line)
    });
    let pages: Vec<Announcement> = urls
        .take(MAX_ANNOUNCEMENTS)
        .map(|url| Announcement {
            url,
            title: None,
            published: None,
            modified: None,
            guid: None,
        })
        .collect();
    if pages.is_empty() {
        return Err(other("no line of it is an address".to_string()));
    }
    Ok(Sitemap {
        pages,
        sitemaps: Vec::new(),
    })
}

fn other(found: String) -> Unreadable {
    Unreadable::Other {
        wanted: WANTED,
        found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(xml: &str, pages: &[&str]) {
        let base = Url::parse("https://town.example/sitemap.xml").expect("valid");
        let read = read(xml.as_bytes(), None, &base).map(|sitemap| sitemap.pages);
        let found: Vec<String> = read
            .unwrap_or_default()
            .into_iter()
            .map(|page| page.url.into())
            .collect();
        assert_eq!(found, pages, "{xml}");
    }

    #[test]
    fn an_address_that_may_lack_its_end_is_no_address() {
        check(
            "<urlset><url><loc>https://town.example/a</loc></url><url><loc>https://town.example/b-lo",
            &["https://town.example/a"],
        );
    }

    #[test]
    fn a_location_is_whole_or_a_path() {
        check(
            "<urlset><url><loc>/a</loc></url><url><loc>news</loc></url></urlset>",
            &["https://town.example/a"],
        );
    }

    #[test]
    fn a_sitemap_that_declares_entities_is_refused() {
        let page = "<urlset><url><loc>https://town.example/a</loc></url></urlset>";
        check(page, &["https://town.example/a"]);
        check(&format!("<!DOCTYPE x [<!ENTITY a \"b\">]>{page}"), &[]);
    }
}
