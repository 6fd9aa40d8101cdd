//! Reads a page that is kept as JSON: the strings its source names are pieces of HTML, put together and read
//! as a page. So is a document that an interface gives inside its answer.

use serde_json::Value;

use super::{Page, html, metadata, nothing, notice, plain};
use crate::model::document::{NoticeKind, Reading};
use crate::model::moment::Moment;
use crate::model::source::SiteRules;
use crate::text::{json, moments};

/// Reads the payload after the JSON rules of its source; without any it is kept and not read.
pub(super) fn read(page: &Page<'_>) -> Reading {
    let Some(rules) = page
        .source
        .map(|source| &source.rules)
        .filter(|rules| !rules.json_text.is_empty())
    else {
        return nothing(
            NoticeKind::Unsupported,
            "JSON is read only where `[read] json_text` of its source says what",
        );
    };
    let value = match json::read::<Value>(page.payload) {
        Ok(value) => value,
        Err(json::Unread::Unsound(_)) => {
            return nothing(NoticeKind::Unsupported, "the payload is no sound JSON");
        }
        Err(why @ json::Unread::TooMany) => return nothing(NoticeKind::Bounded, &why.to_string()),
    };
    let mut pieces = Vec::new();
    collect(&value, rules, &mut pieces);
    let published = pointed(&value, rules.json_published.as_ref());
    let told = Told {
        title: pointed(&value, rules.json_title.as_ref()),
        published: published.as_deref().and_then(moments::read),
        ..Told::default()
    };
    let mut reading = read_pieces(page, &pieces.join("\n"), metadata::told(told, "json"));
    if pieces.is_empty() {
        let keys = rules.json_text.join(", ");
        reading.notices.push(notice(
            NoticeKind::NoText,
            format!("no string under a key {keys}"),
        ));
    }
    reading
}

/// What is told of a document beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Its headline.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<Moment>,
    /// When it last changed.
    pub modified: Option<Moment>,
    /// Who wrote it.
    pub authors: Vec<String>,
}

/// Reads a document that an interface gives inside its answer: the payload is the text alone, as HTML or plain.
pub fn read_given(page: &Page<'_>, told: Told) -> Reading {
    let text = String::from_utf8_lossy(page.payload);
    let told = metadata::told(told, "interface");
    if is_markup(&text) {
        return read_pieces(page, &text, told);
    }
    let paragraphs: String = plain::paragraphs(&text)
        .map(|words| format!("<p>{}</p>\n", words.replace('<', "&lt;")))
        .collect();
    read_pieces(page, &paragraphs, told)
}

/// Whether a text is HTML; what has no tag at all has its paragraphs by lines.
fn is_markup(text: &str) -> bool {
    let mut tags = text.split('<').skip(1);
    tags.any(|after| after.contains('>') && after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/'))
}

/// Reads pieces of HTML as a page. What the source names is text, so none of it is judged again.
fn read_pieces(page: &Page<'_>, pieces: &str, told: metadata::Facts) -> Reading {
    let markup = format!("<!DOCTYPE html><html><body><main><article>{pieces}</article></main></body></html>");
    let page = Page {
        payload: markup.as_bytes(),
        content_type: Some("text/html; charset=utf-8"),
        ..*page
    };
    html::read_by(&page, Some("main"), told)
}

/// The words or the number that a pointer leads to; days are often the seconds since 1970.
fn pointed(value: &Value, pointer: Option<&String>) -> Option<String> {
    let words = match value.pointer(pointer?)? {
        Value::String(words) => words.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!words.is_empty()).then_some(words)
}

/// The strings under the keys that the rules name, in the order of the document.
fn collect<'a>(value: &'a Value, rules: &SiteRules, pieces: &mut Vec<&'a str>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members.iter().filter(|(key, _)| !rules.json_drop.contains(key)) {
                match member {
                    Value::String(text) if rules.json_text.contains(key) => pieces.push(text),
                    member => collect(member, rules, pieces),
                }
            }
        }
        Value::Array(members) => members.iter().for_each(|member| collect(member, rules, pieces)),
        _ => {}
    }
}

/// Every string of a payload, a line each: for finding words again.
pub(super) fn strings(payload: &[u8]) -> String {
    fn walk(value: &Value, into: &mut String) {
        match value {
            Value::String(text) => {
                into.push_str(text);
                into.push('\n');
            }
            Value::Array(members) => members.iter().for_each(|member| walk(member, into)),
            Value::Object(members) => members.values().for_each(|member| walk(member, into)),
            _ => {}
        }
    }
    let mut into = String::new();
    if let Ok(value) = json::read(payload) {
        walk(&value, &mut into);
    }
    into
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let url = url::Url::parse("https://hall.example/news/one").expect("an address");
        let page = Page {
            payload: text.as_bytes(),
            content_type: None,
            url: &url,
            captured_at: None,
            source: None,
        };
        let told = Told {
            title: Some("The ferry".into()),
            published: Moment::parse("2026-02-06"),
            modified: Moment::parse("2026-02-07T10:00:00Z"),
            authors: vec!["Ana Lima".into()],
        };
        let reading = read_given(&page, told);
        assert_eq!(reading.text, expected);
        assert_eq!(reading.title.as_deref(), Some("The ferry"));
        assert_eq!(reading.authors, ["Ana Lima"]);
        let stated = |stated: Option<crate::model::document::StatedMoment>| {
            let stated = stated.expect("a moment");
            format!("{} {}", stated.moment, stated.method)
        };
        assert_eq!(stated(reading.published), "2026-02-06 interface");
        assert_eq!(stated(reading.modified), "2026-02-07T10:00:00Z interface");
    }

    #[test]
    fn a_text_that_an_interface_gives_is_html_or_plain() {
        check(
            "<p>The ferry runs.</p><p>It is full &amp; late.</p>",
            "The ferry runs.\n\nIt is full & late.",
        );
        check(
            "The ferry runs.\n\nWho < 12 years pays nothing.",
            "The ferry runs.\n\nWho < 12 years pays nothing.",
        );
        check("R&amp;D runs.", "R&D runs.");
    }
}
