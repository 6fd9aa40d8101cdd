//! Linked data in `<script type="application/ld+json">` (schema.org), as pages really write it.

use std::collections::HashMap;
use std::sync::LazyLock;

use scraper::Selector;
use serde_json::{Map, Value};

use super::{Facts, Said, Shortlist, plain};
use crate::model::document::StatedMoment;
use crate::text::json::{self, Unread};
use crate::text::moments;

static SCRIPTS: LazyLock<Selector> =
    LazyLock::new(|| Selector::parse("script[type*='ld+json' i]").expect("a valid selector"));

/// Types that describe a text, best first; what ends in one of them (`NewsArticle`) counts as it.
const TYPES: [&str; 7] = [
    "newsarticle",
    "article",
    "blogposting",
    "report",
    "liveblogposting",
    "posting",
    "webpage",
];
const METHOD: &str = "json-ld";
/// Organisations kept of one list of authors.
const MAX_BODIES: usize = 8;
/// Objects looked at on one page.
const MAX_OBJECTS: usize = 2_000;

type Object = Map<String, Value>;

/// What the page's linked data says of the text it shows.
pub(super) fn read(html: &Shortlist<'_>) -> Facts {
    let (mut left, mut is_cut) = (json::MOST_VALUES, false);
    let mut roots: Vec<Value> = Vec::new();
    for script in html.select(&SCRIPTS) {
        match parsed(&script.text().collect::<String>(), &mut left) {
            Ok(root) => roots.push(root),
            Err(why) => is_cut |= matches!(why, Unread::TooMany),
        }
    }
    let mut objects = Vec::new();
    roots.iter().for_each(|root| collect(root, &mut objects));
    let by_id: HashMap<&str, &Object> = objects
        .iter()
        .filter(|object| object.contains_key("name"))
        .filter_map(|object| Some((object.get("@id")?.as_str()?, *object)))
        .collect();
    let mut ranked: Vec<(usize, &Object)> = objects
        .iter()
        .filter_map(|object| Some((rank(object)?, *object)))
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let mut facts = Facts {
        is_cut,
        ..Facts::default()
    };
    for (rank, object) in ranked {
        take(object, rank, &by_id, &mut facts);
    }
    facts
}

/// JSON with the slips that pages make: comment marks around it, raw line breaks in strings, a trailing `;`. The scripts of a
/// page hold together what is left.
fn parsed(script: &str, left: &mut usize) -> Result<Value, Unread> {
    let script = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[");
    let script = script
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim()
        .trim_end_matches(';');
    let read = json::read_within(script.as_bytes(), left);
    if !matches!(read, Err(Unread::Unsound(_))) || !script.contains(char::is_control) {
        return read;
    }
    let spaced = script.replace(char::is_control, " ");
    json::read_within(spaced.as_bytes(), left)
}

/// All objects that could be the page's text, in order; what is nested in a text as its part is not.
fn collect<'a>(value: &'a Value, objects: &mut Vec<&'a Object>) {
    if objects.len() >= MAX_OBJECTS {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, objects)),
        Value::Object(object) => {
            objects.push(object);
            for name in ["@graph", "mainEntity", "mainEntityOfPage", "author", "publisher"] {
                if let Some(inner) = object.get(name) {
                    collect(inner, objects);
                }
            }
        }
        _ => {}
    }
}

fn types(object: &Object) -> Vec<String> {
    strings(object.get("@type"))
        .iter()
        .map(|name| name.to_lowercase())
        .collect()
}

fn rank(object: &Object) -> Option<usize> {
    let types = types(object);
    TYPES
        .iter()
        .position(|known| types.iter().any(|name| name.ends_with(known)))
}

fn take(object: &Object, rank: usize, by_id: &HashMap<&str, &Object>, facts: &mut Facts) {
    let is_text = TYPES[rank] != "webpage";
    if is_text {
        facts.titles.extend(said(strings(object.get("headline"))));
        let summaries = [
            strings(object.get("description")),
            strings(object.get("alternativeHeadline")),
        ];
        facts
            .descriptions
            .extend(summaries.concat().iter().map(|summary| plain(summary)));
        facts.sorts.extend(types(object));
        let sections = strings(object.get("articleSection"));
        facts.sections.extend(said(sections.clone()));
        facts.sorts.extend(sections);
        facts.article_body = facts.article_body.take().or_else(|| body(object));
    }
    let authors = people(object.get("author").or_else(|| object.get("creator")), by_id);
    if !authors.is_empty() {
        facts.authors.push(Said::new(authors, METHOD));
    }
    let bodies = object.get("author").map(|value| organisations(value, by_id));
    if let Some(bodies) = bodies.filter(|bodies| !bodies.is_empty()) {
        facts.bodies.push(Said::new(bodies, METHOD));
    }
    let publisher = object.get("publisher").and_then(|value| name_of(value, by_id));
    facts.publishers.extend(said(publisher));
    facts.language = facts
        .language
        .take()
        .or_else(|| strings(object.get("inLanguage")).into_iter().next());
    let moments = |name: &str| {
        let stated = strings(object.get(name));
        let found = stated.iter().find_map(|stated| moments::read(stated));
        found.map(|moment| StatedMoment {
            moment,
            method: METHOD.to_owned(),
        })
    };
    facts
        .published
        .extend(moments("datePublished").or_else(|| moments("dateCreated").filter(|_| is_text)));
    facts.modified.extend(moments("dateModified"));
}

/// The text of an object, with those of the entries of a live page.
fn body(object: &Object) -> Option<String> {
    let own = strings(object.get("articleBody"));
    let entries = object.get("liveBlogUpdate").and_then(Value::as_array);
    let entries = entries.into_iter().flatten().filter_map(Value::as_object);
    let texts = entries
        .take(MAX_OBJECTS)
        .flat_map(|entry| [strings(entry.get("headline")), strings(entry.get("articleBody"))].concat());
    let texts: Vec<String> = own.into_iter().chain(texts).collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

fn said(values: impl IntoIterator<Item = String>) -> impl Iterator<Item = Said<String>> {
    let values = values.into_iter().map(|value| plain(&value));
    values
        .filter(|value| !value.is_empty())
        .map(|value| Said::new(value, METHOD))
}

/// The strings of a value that is one, or a list of them.
fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(values)) => values
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    }
}

fn people(value: Option<&Value>, by_id: &HashMap<&str, &Object>) -> Vec<String> {
    match value {
        Some(Value::Array(values)) => values
            .iter()
            .flat_map(|value| people(Some(value), by_id))
            .collect(),
        Some(Value::Object(object)) if is_organisation(object) => Vec::new(),
        Some(Value::Object(object)) if object.get("name").is_some_and(Value::is_array) => {
            strings(object.get("name"))
                .iter()
                .map(|name| plain(name))
                .collect()
        }
        Some(value) => name_of(value, by_id).into_iter().collect(),
        None => Vec::new(),
    }
}

/// The organisations among the authors.
fn organisations(value: &Value, by_id: &HashMap<&str, &Object>) -> Vec<String> {
    match value {
        Value::Array(values) => values
            .iter()
            .flat_map(|value| organisations(value, by_id))
            .take(MAX_BODIES)
            .collect(),
        Value::Object(object) if is_organisation(object) => name_of(value, by_id).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn is_organisation(object: &Object) -> bool {
    types(object).iter().any(|name| name.ends_with("organization"))
}

fn name_of(value: &Value, by_id: &HashMap<&str, &Object>) -> Option<String> {
    match value {
        Value::String(name) => Some(plain(name)),
        Value::Array(values) => values.iter().find_map(|value| name_of(value, by_id)),
        Value::Object(object) => {
            let name = object.get("name").and_then(Value::as_str);
            let named = || by_id.get(object.get("@id")?.as_str()?)?.get("name")?.as_str();
            name.or_else(named).map(plain)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    #[track_caller]
    fn check(json: &str, title: &str, authors: &[&str], published: Option<&str>) {
        let page = format!("<script type=\"application/ld+json\">{json}</script>");
        let facts = read(&Shortlist::of(&Html::parse_document(&page)));
        assert_eq!(
            facts.titles.first().map_or("", |title| title.value.as_str()),
            title
        );
        let first = facts.authors.first().map(|said| said.value.clone());
        assert_eq!(first.unwrap_or_default(), authors);
        let moment = facts.published.first().map(|stated| stated.moment.to_string());
        assert_eq!(moment.as_deref(), published);
    }

    #[test]
    fn an_article_is_read() {
        check(
            r#"{"@type":"NewsArticle","headline":"Harbour &amp; sea","author":{"@type":"Person","name":"Ana Lima"},
                "datePublished":"2026-02-06T14:03:00Z"}"#,
            "Harbour & sea",
            &["Ana Lima"],
            Some("2026-02-06T14:03:00Z"),
        );
    }

    #[test]
    fn very_many_values_are_not_read_and_that_is_told() {
        let many = format!("[0{}]", ",0".repeat(json::MOST_VALUES));
        let small = r#"{"@type":"NewsArticle","headline":"Tide"}"#;
        let script = |json: &str| format!("<script type=\"application/ld+json\">{json}</script>");
        let facts = |page: &str| read(&Shortlist::of(&Html::parse_document(page)));
        let cut = facts(&(script(&many) + &script(small)));
        assert!(cut.is_cut);
        assert_eq!(cut.titles.len(), 1, "what is small beside it is read");
        // Several that are small enough alone are not so together.
        let half = script(&format!("[0{}]", ",0".repeat(json::MOST_VALUES * 2 / 3)));
        assert!(!facts(&half).is_cut && facts(&half.repeat(2)).is_cut);
        assert!(!facts(&script(small)).is_cut);
    }

    #[test]
    fn an_author_may_stand_elsewhere_in_the_graph() {
        check(
            r##"{"@graph":[{"@type":"WebPage","datePublished":"2026-02-05"},
                {"@type":["Article"],"headline":"Tide","author":{"@id":"#ana"},"datePublished":"2026-02-06"},
                {"@type":"Person","@id":"#ana","name":"Ana Lima"}]}"##,
            "Tide",
            &["Ana Lima"],
            Some("2026-02-06"),
        );
    }

    #[test]
    fn slips_are_forgiven() {
        check(
            "<!-- {\"@type\":\"Article\",\"headline\":\"Two\nlines\"}; -->",
            "Two lines",
            &[],
            None,
        );
        check("{\"@type\":\"Article\"", "", &[], None);
    }

    #[test]
    fn organisations_and_videos_are_not_the_author_or_the_text() {
        check(
            r#"[{"@type":"VideoObject","name":"Clip","uploadDate":"2025-01-01"},
                {"@type":"Article","headline":"Tide","author":[{"@type":"Organization","name":"The Tide"}]}]"#,
            "Tide",
            &[],
            None,
        );
    }

    #[test]
    fn an_organisation_is_kept_for_texts_that_nobody_signs() {
        let page = r#"<script type="application/ld+json">{"@type":"Article","headline":"Tide",
            "author":[{"@type":"NewsMediaOrganization","name":"The Tide"}]}</script>"#;
        let facts = read(&Shortlist::of(&Html::parse_document(page)));
        assert_eq!(facts.bodies[0].value, ["The Tide"]);
    }
}
