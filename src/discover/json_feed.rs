//! JSON Feed (1.0 and 1.1).

use serde_json::Value;
use url::Url;

use super::entry::{Entry, WANTED};
use super::{MAX_ANNOUNCEMENTS, Unreadable, address, one_line};
use crate::text::{json, moments};

/// Reads the entries of a JSON Feed.
pub(super) fn entries(text: &str, base: &Url) -> Result<Vec<Entry>, Unreadable> {
    let other = |found: String| Unreadable::Other {
        wanted: WANTED,
        found,
    };
    let feed: Value = json::read(text.as_bytes()).map_err(|error| other(error.to_string()))?;
    let Some(items) = feed.get("items").and_then(Value::as_array) else {
        return Err(other("its JSON has no `items`".to_string()));
    };
    Ok(items
        .iter()
        .take(MAX_ANNOUNCEMENTS)
        .map(|item| entry(item, base))
        .collect())
}

/// The language that a JSON Feed (1.1) says it is in.
pub(super) fn language(text: &str) -> Option<String> {
    let feed: Value = json::read(text.as_bytes()).ok()?;
    feed.get("language")?.as_str().map(str::to_string)
}

fn entry(item: &Value, base: &Url) -> Entry {
    let text = |name: &str| item.get(name).and_then(Value::as_str);
    let date = |name: &str| text(name).and_then(moments::read);
    Entry {
        url: ["url", "external_url"]
            .into_iter()
            .find_map(|name| address(base, text(name)?)),
        title: text("title").and_then(one_line),
        published: date("date_published"),
        modified: date("date_modified"),
        // Version 1.0 allowed numbers here.
        guid: item.get("id").and_then(|id| match id {
            Value::String(id) => one_line(id),
            Value::Number(id) => Some(id.to_string()),
            _ => None,
        }),
    }
}
