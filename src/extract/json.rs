//! Reads a page that is kept as JSON: the strings its source names are pieces of HTML, put together and read
//! as a page.

use serde_json::Value;

use super::{Page, html, metadata, nothing, notice};
use crate::model::document::{NoticeKind, Reading};
use crate::model::source::SiteRules;
use crate::text::moments;

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
    let Ok(value) = serde_json::from_slice::<Value>(page.payload) else {
        return nothing(NoticeKind::Unsupported, "the payload is no sound JSON");
    };
    let mut pieces = Vec::new();
    collect(&value, rules, &mut pieces);
    let markup = format!(
        "<!DOCTYPE html><html><body><main><article>{}</article></main></body></html>",
        pieces.join("\n")
    );
    // What the source names is text, so none of it is judged again.
    let page = Page {
        payload: markup.as_bytes(),
        content_type: Some("text/html; charset=utf-8"),
        ..*page
    };
    let title = pointed(&value, rules.json_title.as_ref());
    let published = pointed(&value, rules.json_published.as_ref());
    let published = published.as_deref().and_then(moments::read);
    let told = metadata::told(title, published, "json");
    let mut reading = html::read_by(&page, Some("main"), told);
    if pieces.is_empty() {
        let keys = rules.json_text.join(", ");
        reading.notices.push(notice(
            NoticeKind::NoText,
            format!("no string under a key {keys}"),
        ));
    }
    reading
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
    if let Ok(value) = serde_json::from_slice(payload) {
        walk(&value, &mut into);
    }
    into
}
