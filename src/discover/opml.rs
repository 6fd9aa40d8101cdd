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

/// Reads the feeds of a list, however deep they are nested; what is no address is passed over.
pub fn read(text: &str) -> Vec<Outline> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut outlines = Vec::new();
    while let Ok(event) = reader.read_event() {
        let element = match event {
            Event::Eof => break,
            Event::Start(element) | Event::Empty(element) => element,
            _ => continue,
        };
        if element.name().0.eq_ignore_ascii_case("outline") && outlines.len() < MAX_ANNOUNCEMENTS {
            let attributes = super::xml::attributes(&element);
            let value = |name: &str| {
                let found = attributes
                    .iter()
                    .find(|(known, _)| known.eq_ignore_ascii_case(name));
                found.and_then(|(_, value)| one_line(value))
            };
            let url = |name: &str| Url::parse(&value(name)?).ok().filter(|url| url.has_host());
            if let Some(feed) = url("xmlUrl") {
                outlines.push(Outline {
                    title: value("title").or_else(|| value("text")),
                    feed,
                    home: url("htmlUrl"),
                });
            }
        }
    }
    outlines
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
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].title.as_deref(), Some("The & Herald"));
        assert_eq!(
            found[0].home.as_ref().map(Url::as_str),
            Some("https://herald.example/")
        );
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_fail(text in "\\PC{0,200}") {
            let _ = read(&text);
        }
    }
}
