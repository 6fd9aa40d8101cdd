//! OPML 2.0: the feeds a reader's list names.

use quick_xml::Reader;
use quick_xml::events::Event;
use url::Url;

use super::{MAX_ANNOUNCEMENTS, one_line};

/// One feed of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Its title.
    pub title: Option<String>,
    /// The feed's address.
    pub feed: Url,
    /// The front page of the site.
    pub home: Option<Url>,
}

/// What a list names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Its feeds, in order.
    pub feeds: Vec<Outline>,
    /// What it names as a feed and cannot be asked for, as written.
    pub no_addresses: Vec<String>,
    /// Why it was not read to its end, where it was not.
    pub broken: Option<String>,
}

/// Reads the feeds of a list, however deep they are nested. Whoever imports a list trusts that all of it
/// arrived, so what could not be taken is told.
pub fn read(text: &str) -> List {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut list = List::default();
    loop {
        let element = match reader.read_event() {
            Ok(Event::Eof) => return list,
            Ok(Event::Start(element) | Event::Empty(element)) => element,
            Ok(_) => continue,
            Err(error) => {
                list.broken = Some(format!("byte {}: {error}", reader.error_position()));
                return list;
            }
        };
        if !element.name().0.eq_ignore_ascii_case("outline") {
            continue;
        }
        if list.feeds.len() >= MAX_ANNOUNCEMENTS {
            list.broken = Some(format!("it names more than {MAX_ANNOUNCEMENTS} feeds"));
            return list;
        }
        take(&super::xml::attributes(&element), &mut list);
    }
}

/// Takes what an outline names.
fn take(attributes: &[(String, String)], list: &mut List) {
    let value = |name: &str| {
        let found = attributes
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.and_then(|(_, value)| one_line(value))
    };
    let Some(written) = value("xmlUrl") else { return };
    match feed_address(&written) {
        Some(feed) => list.feeds.push(Outline {
            title: value("title").or_else(|| value("text")),
            feed,
            home: value("htmlUrl").and_then(|home| web_address(&home)),
        }),
        None => list.no_addresses.push(written),
    }
}

/// The address of a feed; some lists write `feed:` for `http:`, or before the whole address.
fn feed_address(written: &str) -> Option<Url> {
    let rest = written
        .get(..5)
        .filter(|scheme| scheme.eq_ignore_ascii_case("feed:"))
        .and_then(|_| written.get(5..));
    match rest {
        Some(rest) if rest.starts_with("//") => web_address(&format!("http:{rest}")),
        Some(rest) => web_address(rest),
        None => web_address(written),
    }
}

fn web_address(written: &str) -> Option<Url> {
    let url = Url::parse(written).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_are_found_however_deep() {
        let list = "<opml version='2.0'><body><outline text='Papers'><outline text='The &amp; Herald' \
                    xmlUrl='https://herald.example/feed' htmlUrl='https://herald.example/'/>\
                    <outline text='No address' xmlUrl='x'/></outline></body></opml>";
        let found = read(list);
        assert_eq!(found.feeds.len(), 1);
        assert_eq!(found.feeds[0].title.as_deref(), Some("The & Herald"));
        assert_eq!(
            found.feeds[0].home.as_ref().map(Url::as_str),
            Some("https://herald.example/")
        );
        assert_eq!((found.no_addresses, found.broken), (vec!["x".to_string()], None));
    }

    #[test]
    fn the_scheme_of_readers_is_one_of_the_web() {
        for (written, feed) in [
            ("feed://herald.example/rss", Some("http://herald.example/rss")),
            (
                "FEED:https://herald.example/rss",
                Some("https://herald.example/rss"),
            ),
            ("ftp://herald.example/rss", None),
        ] {
            let found = feed_address(written);
            assert_eq!(found.as_ref().map(Url::as_str), feed, "{written}");
        }
    }

    #[test]
    fn a_list_that_breaks_off_says_so() {
        let list = "<opml><body><outline xmlUrl='https://herald.example/feed'/><outline xmlUrl='https://b";
        let found = read(list);
        assert_eq!(found.feeds.len(), 1);
        assert!(found.broken.is_some());
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_fail(text in "\\PC{0,200}") {
            let _ = read(&text);
        }
    }
}
