//! The alerts of a saved search as feeds: Atom (RFC 4287) and JSON Feed 1.1.

use quick_xml::escape::escape;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::model::saved_search::{Alert, AlertItem, Change, SavedSearch};
use crate::pipeline::alerts;
use crate::text::days;

/// What a feed is made of.
pub(super) struct Feed<'a> {
    /// What addresses of the desk begin with.
    pub(super) base: &'a str,
    pub(super) search: &'a SavedSearch,
    /// The newest first.
    pub(super) alerts: &'a [Alert],
}

impl Feed<'_> {
    fn page(&self) -> String {
        format!("{}/searches/{}", self.base, self.search.id)
    }

    fn items(&self) -> impl Iterator<Item = (&Alert, usize, &AlertItem)> {
        let alerts = self.alerts.iter();
        alerts.flat_map(|alert| {
            let items = alert.items.iter().enumerate();
            items.map(move |(position, item)| (alert, position, item))
        })
    }

    fn link(&self, item: &AlertItem) -> String {
        format!("{}{}", self.base, alerts::place(item))
    }
}

/// What an entry is known by, in every feed and for good.
fn id(alert: &Alert, position: usize) -> String {
    let digest = Sha256::digest(format!("{}/{position}", alert.id));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    format!("urn:uuid:{}", uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// What an entry says, in one line.
fn title(item: &AlertItem) -> String {
    let line = &item.line;
    let change = match item.change {
        Change::New => "",
        Change::Changed => "Changed: ",
        Change::TakenOut => "Taken out: ",
        Change::Gone => "Gone: ",
        Change::PutBack => "Put back: ",
        Change::Back => "Back: ",
    };
    let speaker = line
        .speaker
        .as_ref()
        .map(|name| format!("{name}: "))
        .unwrap_or_default();
    format!("{change}{speaker}{}", line.text)
}

/// What an entry says, with where it is printed.
fn text(item: &AlertItem) -> String {
    let line = &item.line;
    let day = line
        .day
        .map_or_else(String::new, |day| format!(" ({})", days::day(day)));
    let before = item
        .before
        .as_ref()
        .map(|before| format!("\nBefore: {before}"))
        .unwrap_or_default();
    let moved: String = alerts::moved(item).iter().map(|it| format!("\n{it}")).collect();
    format!(
        "{}{day}{before}{moved}\n{}, {}\nCapture {}",
        title(item),
        line.source,
        line.url,
        line.capture
    )
}

/// An Atom feed.
pub(super) fn atom(feed: &Feed<'_>) -> String {
    let search = feed.search;
    let updated = feed.alerts.first().map_or(search.created_at, |alert| alert.at);
    let own = Uuid::parse_str(&search.id).map(|id| format!("urn:uuid:{id}"));
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<id>{}</id>\n\
         <title>{}</title>\n<subtitle>{}</subtitle>\n<updated>{updated}</updated>\n\
         <link rel=\"self\" href=\"{page}/feed.atom\"/>\n<link href=\"{page}\"/>\n\
         <author><name>Onrecord</name></author>\n",
        escape(own.unwrap_or_else(|_| feed.page())),
        escape(visible(&search.name)),
        escape(visible(&search.query)),
        page = escape(feed.page()),
    );
    for (alert, position, item) in feed.items() {
        xml.push_str(&format!(
            "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n<link href=\"{}\"/>\n\
             <content type=\"text\">{}</content>\n</entry>\n",
            id(alert, position),
            escape(visible(&title(item))),
            alert.at,
            escape(feed.link(item)),
            escape(visible(&text(item))),
        ));
    }
    xml.push_str("</feed>\n");
    xml
}

/// A text without what XML 1.0 cannot hold.
fn visible(text: &str) -> String {
    let is_kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    text.chars()
        .filter(is_kept)
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

/// A JSON feed.
pub(super) fn json(feed: &Feed<'_>) -> String {
    let items: Vec<Value> = feed
        .items()
        .map(|(alert, position, item)| {
            json!({
                "id": id(alert, position),
                "url": feed.link(item),
                "external_url": item.line.url,
                "title": title(item),
                "content_text": text(item),
                "date_published": alert.at.to_string(),
                "tags": [item.change.code(), item.line.kind],
            })
        })
        .collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.search.name,
        "description": feed.search.query,
        "home_page_url": feed.page(),
        "feed_url": format!("{}/feed.json", feed.page()),
        "items": items,
    });
    feed.to_string()
}
