//! RSS (0.9x, 1.0, 2.0), Atom (0.3, 1.0) and JSON Feed.
//!
//! One reading serves all of the XML kinds: what an entry may hold is told apart by the names of its
//! elements, not by what the root says it is, because roots lie.

use scraper::Html;
use url::Url;

pub use super::entry::Entry;
use super::entry::WANTED;
use super::xml::{self, Field, Record, Vocabulary};
use super::{Unreadable, address, json_feed, one_line, payload};
use crate::model::moment::Moment;
use crate::model::source::Announcement;
use crate::text::moments;

/// Titles longer than this are shown cut, before their markup is undone.
const MAX_TITLE_BYTES: usize = 1024;

/// Reads the announcements of a feed: its entries that have an address.
pub fn read(bytes: &[u8], content_type: Option<&str>, base: &Url) -> Result<Vec<Announcement>, Unreadable> {
    let entries = entries(bytes, content_type, base)?;
    Ok(entries.into_iter().filter_map(Entry::announcement).collect())
}

/// The language that a feed says it is in, as it writes it.
pub fn language(bytes: &[u8], content_type: Option<&str>, base: &Url) -> Option<String> {
    let bytes = payload::unpacked(bytes);
    let text = payload::text(&bytes, content_type);
    match text.trim_start().starts_with('{') {
        true => json_feed::language(&text),
        false => xml::read(&text, base, &["item", "entry"]).language,
    }
}

/// Reads all entries of a feed, also those that lead nowhere.
pub fn entries(bytes: &[u8], content_type: Option<&str>, base: &Url) -> Result<Vec<Entry>, Unreadable> {
    let bytes = payload::unpacked(bytes);
    let text = payload::text(&bytes, content_type);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\0' | '\u{feff}'));
    match text.as_bytes().first() {
        None => Err(Unreadable::Empty),
        Some(b'{') => json_feed::entries(text, base),
        Some(_) => xml_entries(text, base),
    }
}

/// Reads the entries of an XML feed.
pub(super) fn xml_entries(text: &str, base: &Url) -> Result<Vec<Entry>, Unreadable> {
    let document = xml::read(text, base, &["item", "entry"]);
    if document.records.is_empty() {
        match document.root.as_deref() {
            Some("rss" | "rdf" | "feed" | "channel") => {}
            Some("html") => return Err(Unreadable::Html(WANTED)),
            Some(root) => return Err(other(format!("its root is `{root}`"))),
            None => return Err(other("it has no elements".to_string())),
        }
    }
    // Of an entry that the answer breaks off in nobody knows whether its link is whole.
    let whole = document.records.iter().filter(|record| !record.is_cut);
    Ok(whole.map(entry).collect())
}

fn other(found: String) -> Unreadable {
    Unreadable::Other {
        wanted: WANTED,
        found,
    }
}

fn entry(record: &Record) -> Entry {
    use Vocabulary::{Core, Dublin, Terms};
    let dates = |names: &[(Vocabulary, &str)]| {
        (names.iter()).find_map(|(vocabulary, name)| fields(record, *vocabulary, name).find_map(date))
    };
    Entry {
        url: link(record)
            .or_else(|| permalink(record))
            .or_else(|| elsewhere(record)),
        title: fields(record, Core, "title")
            .chain(fields(record, Dublin, "title"))
            .find_map(title),
        published: dates(&[
            (Core, "published"),
            (Core, "issued"),
            (Core, "pubdate"),
            (Terms, "issued"),
            (Dublin, "date"),
            (Core, "created"),
            (Terms, "created"),
        ]),
        modified: dates(&[(Core, "updated"), (Core, "modified"), (Terms, "modified")]),
        guid: guid(record),
    }
}

/// The children of a record that bear a name.
fn fields<'a>(record: &'a Record, vocabulary: Vocabulary, name: &str) -> impl Iterator<Item = &'a Field> {
    let bears =
        move |field: &&Field| field.depth == 1 && field.vocabulary == vocabulary && field.name == name;
    record.fields.iter().filter(bears)
}

fn date(field: &Field) -> Option<Moment> {
    moments::read(&field.text)
}

/// The link to the thing itself: a page before any other form of it.
fn link(record: &Record) -> Option<Url> {
    let links = || {
        fields(record, Vocabulary::Core, "link").filter_map(|field| {
            let relation = field.attribute("rel").unwrap_or("alternate").trim();
            let is_alternate = relation.is_empty() || relation.rsplit('/').next() == Some("alternate");
            let reference = field.attribute("href").unwrap_or(&field.text);
            let url = is_alternate.then(|| address(&field.base, reference))??;
            Some((
                field.attribute("type").is_none_or(|kind| kind.contains("html")),
                url,
            ))
        })
    };
    let page = links().find(|(is_page, _)| *is_page).or_else(|| links().next());
    page.map(|(_, url)| url)
}

/// A `guid` is an address unless it says that it is none (RSS 2.0).
fn permalink(record: &Record) -> Option<Url> {
    fields(record, Vocabulary::Core, "guid").find_map(|field| {
        let is_permalink = (field.attribute("ispermalink")).is_none_or(|says| says.trim() != "false");
        let reference = field.text.trim();
        // A name like "news-17" would resolve to an address, and mean none.
        (is_permalink && reference.contains("://")).then(|| address(&field.base, reference))?
    })
}

/// Where else an entry can say what it is about: RSS 1.0 by its name, Atom by content elsewhere.
fn elsewhere(record: &Record) -> Option<Url> {
    let named = record
        .attribute("rdf:about")
        .and_then(|about| address(&record.base, about));
    named.or_else(|| {
        let mut contents = fields(record, Vocabulary::Core, "content");
        contents.find_map(|content| address(&content.base, content.attribute("src")?))
    })
}

fn guid(record: &Record) -> Option<String> {
    let named = fields(record, Vocabulary::Core, "guid").chain(fields(record, Vocabulary::Core, "id"));
    let mut named = named.chain(fields(record, Vocabulary::Dublin, "identifier"));
    named
        .find_map(|field| one_line(&field.text))
        .or_else(|| record.attribute("rdf:about").and_then(one_line))
}

fn title(field: &Field) -> Option<String> {
    let is_text = matches!(
        field.attribute("type").map(str::trim),
        Some("text" | "text/plain" | "xhtml")
    );
    if is_text {
        one_line(&field.text)
    } else {
        without_markup(&field.text)
    }
}

/// A title without the HTML that most feeds put into it, in one line.
pub(super) fn without_markup(text: &str) -> Option<String> {
    if !text.contains(['<', '&']) {
        return one_line(text);
    }
    let text = &text[..text.floor_char_boundary(MAX_TITLE_BYTES)];
    one_line(
        &Html::parse_fragment(text)
            .root_element()
            .text()
            .collect::<String>(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(feed: &str, expected: Option<&str>) {
        let base = Url::parse("https://town.example/feed").expect("valid");
        assert_eq!(language(feed.as_bytes(), None, &base).as_deref(), expected);
    }

    #[test]
    fn an_entry_that_the_answer_breaks_off_in_is_not_believed() {
        let base = Url::parse("https://town.example/feed").expect("valid");
        let whole = "<rss><channel><item><link>https://town.example/1</link></item>\
                     <item><link>https://town.example/2</link></item></channel></rss>";
        let found = |text: &str| {
            let announced = read(text.as_bytes(), None, &base).expect("a feed");
            announced
                .into_iter()
                .map(|it| it.url.path().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(found(whole), ["/1", "/2"]);
        let second = whole.rfind("wn.example").expect("there");
        assert_eq!(found(&whole[..second]), ["/1"], "its host would be another one");
        // Only what closes the feed is missing.
        assert_eq!(found(whole.trim_end_matches("</channel></rss>")), ["/1", "/2"]);
    }

    #[test]
    fn what_addresses_are_relative_to_does_not_grow_without_bound() {
        let base = Url::parse("https://town.example/feed").expect("valid");
        let found = |feed: &str| read(feed.as_bytes(), None, &base).expect("a feed");
        let honest = "<feed xml:base='/a/'><entry xml:base='b/'><link href='1'/></entry></feed>";
        assert_eq!(found(honest)[0].url.path(), "/a/b/1");
        // Folders inside one another: each entry would bear an address of two megabytes.
        let folder = format!("<a xml:base='{}/'>", "a".repeat(8_000));
        let items = "<item><link>x</link></item>".repeat(2_000);
        let entries = found(&format!("<rss>{}{items}", folder.repeat(250)));
        assert_eq!(entries.len(), 2_000);
        assert_eq!(entries[0].url.as_str(), "https://town.example/x");
        // Short folders are as long once there are many of them.
        let nested = format!("<rss>{}{items}", "<a xml:base='aaaaaaa/'>".repeat(250));
        assert!(found(&nested).iter().all(|it| it.url.as_str().len() < 1_100));
        // A base that stands alone is read again and again.
        let beside = "<a xml:base='b/'/>".repeat(20_000);
        let long = format!("<rss><a xml:base='{}/'>{beside}{items}", "a".repeat(1_000));
        assert_eq!(found(&long).len(), 2_000);
        // A short reference inside the longest of bases is no address any more.
        let item = format!(
            "<rss><item xml:base='{}/'><link>{}</link></item>",
            "a".repeat(990),
            "x".repeat(3_500)
        );
        assert!(found(&item).is_empty());
    }

    #[test]
    fn a_json_feed_of_very_many_values_is_none() {
        let base = Url::parse("https://town.example/feed").expect("valid");
        let many = format!("{{\"items\": [0{}]}}", ",0".repeat(1_000_000));
        let told = read(many.as_bytes(), None, &base)
            .expect_err("it is not read")
            .to_string();
        assert!(told.contains("more than 500000 values"), "{told}");
    }

    #[test]
    fn a_feed_says_its_language_before_its_items() {
        let rss = |head: &str, item: &str| {
            format!(
                "<rss><channel><title>Tide</title>{head}<item><title>One</title>{item}</item></channel></rss>"
            )
        };
        check(&rss("<language>en-us</language>", ""), Some("en-us"));
        check(&rss("<dc:language>es</dc:language>", ""), Some("es"));
        check(&rss("", "<language>de</language>"), None);
        check(&rss("<language></language>", ""), None);
        check(
            "<feed xml:lang='en-GB'><entry xml:lang='fr'/></feed>",
            Some("en-GB"),
        );
        check(r#"{"language": "en-AU", "items": []}"#, Some("en-AU"));
    }
}
