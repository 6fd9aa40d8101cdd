//! JSON interfaces, read as their source's file describes them: where the items stand, and in an item its
//! link, title, date and, where the interface gives it, the whole text. Places are JSON pointers (RFC 6901).

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use url::Url;

use super::feed::without_markup;
use super::{MAX_ANNOUNCEMENTS, Unreadable, address};
use crate::model::moment::Moment;
use crate::model::source::{Announcement, JsonRules, Source};
use crate::text::{json, moments};

/// What it is called in messages.
const WANTED: &str = "JSON interface";

/// Documents taken whole of one answer; what else it announces is asked for as pages.
const MAX_GIVEN: usize = 1000;

/// One answer of an interface.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JsonAnswer {
    /// Its items that have a link, in order.
    pub items: Vec<JsonItem>,
    /// How many pages it says there are.
    pub total_pages: Option<u64>,
}

/// One announced document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonItem {
    /// The announcement; its address is the one to ask for.
    pub announcement: Announcement,
    /// The address that people know the page by, where another one is asked for.
    pub known_as: Option<Url>,
    /// The document itself, where the interface gives it.
    pub given: Option<Given>,
}

/// A document inside an interface's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its whole text, as HTML or plain.
    pub body: String,
    /// Who wrote it, as named there.
    pub authors: Vec<String>,
}

impl JsonItem {
    /// The document that the interface gives. None of another site's: an interface speaks for its source's own
    /// hosts, and what it says of others is asked for there.
    pub fn given_by(&self, source: &Source) -> Option<&Given> {
        let given = self.given.as_ref()?;
        source.is_on_host_of(&self.announcement.url).then_some(given)
    }
}

/// The address of a page of the interface: `{page}`, `{from}` and `{to}` of the template filled in. The
/// window ends tomorrow in the source's zone, so that today is whole.
pub fn page_address(
    template: &Url,
    rules: &JsonRules,
    page: u32,
    now: Timestamp,
    zone: &TimeZone,
) -> Option<Url> {
    let day = |offset: SignedDuration| {
        let at = now.saturating_add(offset).unwrap_or(now);
        at.to_zoned_datetime(zone.clone())
            .strftime(&rules.window_format)
            .to_string()
    };
    let mut filled = template.as_str().to_string();
    for (name, value) in [
        ("page", page.to_string()),
        ("from", day(-rules.window)),
        ("to", day(SignedDuration::from_hours(24))),
    ] {
        // In a path the URL standard has escaped the braces.
        filled = filled.replace(&format!("{{{name}}}"), &value);
        filled = filled.replace(&format!("%7B{name}%7D"), &value);
    }
    Url::parse(&filled).ok()
}

/// Reads one answer.
pub fn read(bytes: &[u8], base: &Url, rules: &JsonRules) -> Result<JsonAnswer, Unreadable> {
    let other = |found: String| Unreadable::Other {
        wanted: WANTED,
        found,
    };
    if bytes.trim_ascii().is_empty() {
        return Err(Unreadable::Empty);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let answer: Value = json::read(bytes).map_err(|error| other(error.to_string()))?;
    let Some(items) = answer.pointer(&rules.items).and_then(Value::as_array) else {
        return Err(other(format!("there is no list at {:?}", rules.items)));
    };
    let items = items.iter().take(MAX_ANNOUNCEMENTS);
    let mut items: Vec<JsonItem> = items.filter_map(|item| json_item(item, base, rules)).collect();
    items
        .iter_mut()
        .skip(MAX_GIVEN)
        .for_each(|item| item.given = None);
    Ok(JsonAnswer {
        items,
        total_pages: rules
            .total_pages
            .as_ref()
            .and_then(|at| answer.pointer(at)?.as_u64()),
    })
}

fn json_item(item: &Value, base: &Url, rules: &JsonRules) -> Option<JsonItem> {
    let text = |pointer: &Option<String>| pointer.as_ref().and_then(|at| printed(item.pointer(at)?));
    let link = address(base, &printed(item.pointer(&rules.link)?)?)?;
    let asked = match &rules.fetch {
        None => None,
        Some(template) => Some(asked(template, item, base, rules)?),
    };
    let known_as = asked.is_some().then(|| link.clone());
    Some(JsonItem {
        announcement: Announcement {
            url: asked.unwrap_or(link),
            title: text(&rules.title).and_then(|title| without_markup(&title)),
            published: text(&rules.date).and_then(|date| moment(&date)),
            modified: text(&rules.modified).and_then(|date| moment(&date)),
            guid: text(&rules.id),
        },
        known_as,
        given: given(item, rules),
    })
}

/// The document inside an item; an empty text is none.
fn given(item: &Value, rules: &JsonRules) -> Option<Given> {
    let body = item.pointer(rules.body.as_ref()?)?.as_str()?;
    if body.trim().is_empty() {
        return None;
    }
    let authors = match rules.author.as_ref().and_then(|at| item.pointer(at)) {
        Some(Value::Array(names)) => names.iter().filter_map(printed).collect(),
        Some(name) => printed(name).into_iter().collect(),
        None => Vec::new(),
    };
    Some(Given {
        body: body.to_string(),
        authors,
    })
}

/// The address to ask for: the template with the item's values for its pointers in braces, then each
/// replacement made once.
fn asked(template: &str, item: &Value, base: &Url, rules: &JsonRules) -> Option<Url> {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (pointer, after) = after.split_once('}')?;
        filled.push_str(before);
        filled.push_str(&printed(item.pointer(pointer)?)?);
        rest = after;
    }
    filled.push_str(rest);
    for (from, to) in &rules.replace {
        filled = filled.replacen(from, to, 1);
    }
    address(base, &filled)
}

/// A string or a number, as text; WordPress wraps strings as `{"rendered": …}`, which a pointer reaches.
fn printed(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_string()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A date as any feed prints it, or seconds since 1970.
fn moment(text: &str) -> Option<Moment> {
    moments::read(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> JsonRules {
        JsonRules {
            items: "/results".into(),
            link: "/link".into(),
            title: Some("/title".into()),
            date: Some("/day".into()),
            total_pages: Some("/pages".into()),
            ..JsonRules::default()
        }
    }

    fn base() -> Url {
        Url::parse("https://hall.example/bin/search.json").expect("valid")
    }

    #[track_caller]
    fn check(item: &str, rules: &JsonRules, url: &str, known_as: Option<&str>) -> Announcement {
        let answer = format!("{{\"pages\": 3, \"results\": [{item}]}}");
        let mut read = read(answer.as_bytes(), &base(), rules).expect("it is read");
        assert_eq!(read.total_pages, Some(3));
        let item = read.items.pop().expect("an item");
        assert_eq!(item.announcement.url.as_str(), url);
        assert_eq!(item.known_as.as_ref().map(Url::as_str), known_as);
        item.announcement
    }

    #[test]
    fn an_item_is_read_by_its_pointers() {
        let found = check(
            r#"{"link": "/news/one.html", "title": "A &amp; <i>B</i>", "day": "2026-02-06"}"#,
            &rules(),
            "https://hall.example/news/one.html",
            None,
        );
        assert_eq!(found.title.as_deref(), Some("A & B"));
        assert_eq!(
            found.published.map(|day| day.to_string()).as_deref(),
            Some("2026-02-06")
        );
    }

    #[test]
    fn seconds_since_1970_are_a_date_as_number_and_as_string() {
        for day in ["1770400000", "\"1770400000\""] {
            let item = format!("{{\"link\": \"/one\", \"day\": {day}}}");
            let found = check(&item, &rules(), "https://hall.example/one", None);
            assert_eq!(
                found.published.map(|day| day.date.to_string()).as_deref(),
                Some("2026-02-06")
            );
        }
    }

    #[test]
    fn another_address_may_be_asked_for_than_the_page_is_known_by() {
        let rules = JsonRules {
            fetch: Some("{/link}".into()),
            replace: vec![
                ("/news/".into(), "/content/news/".into()),
                (".html".into(), ".model.json".into()),
            ],
            ..rules()
        };
        check(
            r#"{"link": "/news/one.html"}"#,
            &rules,
            "https://hall.example/content/news/one.model.json",
            Some("https://hall.example/news/one.html"),
        );
    }

    #[test]
    fn an_interface_may_give_the_document_itself() {
        let rules = JsonRules {
            body: Some("/text/whole".into()),
            author: Some("/by".into()),
            ..rules()
        };
        let given = |item: &str| {
            let answer = format!("{{\"results\": [{item}]}}");
            let read = read(answer.as_bytes(), &base(), &rules).expect("it is read");
            let given = read.items.into_iter().next()?.given?;
            Some((given.body, given.authors.join(", ")))
        };
        assert_eq!(
            given(r#"{"link": "/one", "text": {"whole": "<p>One.</p>"}, "by": ["Ana Lima", "Bo Eck"]}"#),
            Some(("<p>One.</p>".into(), "Ana Lima, Bo Eck".into()))
        );
        assert_eq!(
            given(r#"{"link": "/one", "text": {"whole": "One."}, "by": "Ana Lima"}"#),
            Some(("One.".into(), "Ana Lima".into()))
        );
        assert_eq!(given(r#"{"link": "/one", "text": {"whole": " "}}"#), None);
        assert_eq!(given(r#"{"link": "/one", "text": null}"#), None);
    }

    #[test]
    fn what_is_not_the_interface_is_said() {
        for (answer, words) in [
            ("", "empty"),
            ("<html>", "no sound JSON"),
            ("{\"error\": 1}", "/results"),
        ] {
            let error = read(answer.as_bytes(), &base(), &rules()).expect_err("it is not");
            assert!(error.to_string().contains(words), "{error}");
        }
    }

    #[test]
    fn the_window_and_the_page_are_filled_in() {
        let template =
            Url::parse("https://hall.example/{page}/x?from={from}&to={to}&page={page}").expect("valid");
        let now = "2026-02-07T02:00:00Z".parse().expect("an instant");
        let zone = TimeZone::get("America/New_York").expect("bundled");
        let filled = page_address(&template, &rules(), 2, now, &zone).expect("an address");
        assert_eq!(
            filled.as_str(),
            "https://hall.example/2/x?from=2026-01-07&to=2026-02-07&page=2"
        );
    }

    proptest::proptest! {
        #[test]
        fn no_answer_makes_it_fail(answer in "\\PC{0,200}") {
            let _ = read(answer.as_bytes(), &base(), &rules());
        }
    }
}
