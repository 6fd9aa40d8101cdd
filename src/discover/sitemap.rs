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
    let mut sitemap = Sitemap::default();
    for record in &document.records {
        let Some(url) = text_of(record, Vocabulary::Core, "loc").and_then(|loc| address(&record.base, &loc))
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
