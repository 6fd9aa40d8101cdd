//! JSON-LD in the words of schema.org: quotations and articles, each with the capture it is archived as.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::super::changed;
use super::Lines;
use super::citation::{caveat, edited, said_words};
use super::json::Array;
use crate::model::event::{ChangeKind, Line, LineKind};
use crate::model::source::SourceKind;

/// Nodes of a graph.
pub(super) struct JsonLd<W> {
    nodes: Array<W>,
}

impl<W: Write> JsonLd<W> {
    pub(super) fn begin(to: W) -> io::Result<Self> {
        Ok(Self {
            nodes: Array::begin(to, "{\"@context\":\"https://schema.org\",\"@graph\":[", "]}\n")?,
        })
    }
}

impl<W: Write> Lines for JsonLd<W> {
    fn add(&mut self, line: &Line) -> io::Result<()> {
        self.nodes.add(&node(line))
    }

    fn end(self: Box<Self>) -> io::Result<()> {
        self.nodes.end().map(|_| ())
    }
}

fn node(line: &Line) -> Value {
    let mut node = match line.kind {
        LineKind::Changed => return action(line),
        LineKind::Published => article(line),
        LineKind::Said => quotation(line),
        LineKind::Mentioned | LineKind::Deadline => {
            let mut node = Map::new();
            node.insert("@type".into(), json!("CreativeWork"));
            node.insert("text".into(), json!(line.text));
            node.insert("isPartOf".into(), Value::Object(article(line)));
            node
        }
    };
    if line.kind != LineKind::Published
        && let Some(when) = &line.when
    {
        let is_day = when.earliest == when.latest;
        let (key, value) = match (line.kind, is_day) {
            (LineKind::Said, true) => ("dateCreated", when.earliest.to_string()),
            (_, true) => ("temporalCoverage", when.earliest.to_string()),
            (_, false) => ("temporalCoverage", format!("{}/{}", when.earliest, when.latest)),
        };
        node.insert(key.into(), json!(value));
    }
    node.insert("identifier".into(), json!(line.uid));
    node.insert(
        "archivedAt".into(),
        json!({
            "@type": "WebPage",
            "@id": format!("urn:uuid:{}", line.capture),
            "url": line.url,
            "dateCreated": line.captured_at.to_string(),
        }),
    );
    Value::Object(node)
}

/// Something that happened to a page, between two moments.
fn action(line: &Line) -> Value {
    let Some(change) = &line.change else {
        return json!({});
    };
    let mut page = article(line);
    let archived = [Some(&change.held_by), change.seen_by.as_ref()];
    let archived = archived.into_iter().flatten();
    let archived: Vec<Value> = archived
        .map(|record| json!({ "@type": "WebPage", "@id": format!("urn:uuid:{record}"), "url": line.url }))
        .collect();
    page.insert("archivedAt".into(), Value::Array(archived));
    json!({
        "@type": match change.kind {
            ChangeKind::Gone => "DeleteAction",
            _ => "UpdateAction",
        },
        "description": changed::in_full(change, line),
        "startTime": change.held_at.to_string(),
        "endTime": change.seen_at.to_string(),
        "identifier": line.uid,
        "object": page,
    })
}

fn quotation(line: &Line) -> Map<String, Value> {
    let mut node = Map::new();
    node.insert("@type".into(), json!("Quotation"));
    node.insert("text".into(), json!(said_words(line)));
    if let Some(caveat) = caveat(line) {
        node.insert("disambiguatingDescription".into(), json!(caveat));
    }
    if let Some(told) = edited(line) {
        node.insert("description".into(), json!(told));
    }
    if let Some(name) = line.speaker_name() {
        // Whether a person or a body spoke is not told apart here, so it has no type.
        let mut creator = json!({ "name": name });
        if let Some((id, _)) = &line.speaker {
            creator["identifier"] = json!(id.as_str());
        }
        node.insert("creator".into(), creator);
    }
    if let Some(language) = &line.language {
        node.insert("inLanguage".into(), json!(language));
    }
    node.insert("isPartOf".into(), Value::Object(article(line)));
    node
}

fn article(line: &Line) -> Map<String, Value> {
    let mut node = Map::new();
    let kind = match line.source_kind {
        SourceKind::News => "NewsArticle",
        SourceKind::Official => "Article",
    };
    node.insert("@type".into(), json!(kind));
    if !line.title.is_empty() {
        node.insert("headline".into(), json!(line.title));
    }
    node.insert("url".into(), json!(line.url));
    if let Some(published) = line.published {
        node.insert("datePublished".into(), json!(published.to_string()));
    }
    if let Some(language) = &line.language {
        node.insert("inLanguage".into(), json!(language));
    }
    if !line.authors.is_empty() {
        let authors = line.authors.iter();
        let authors: Vec<Value> = authors
            .map(|name| json!({ "@type": "Person", "name": name }))
            .collect();
        node.insert("author".into(), Value::Array(authors));
    }
    node.insert(
        "publisher".into(),
        json!({ "@type": "Organization", "name": line.source_name }),
    );
    node
}
