//! W3C Web Annotations: each line points at its words on the page they were captured from.

use std::io::{self, Write};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::super::sentences::{expression_in, place_of};
use super::Lines;
use super::citation::{caveat, known_at, note};
use super::identity::urn;
use super::json::Array;
use crate::model::event::{ChangeKind, Line, LineKind};
use crate::model::id::CaptureId;

/// Letters of the text before and behind that tell two equal stretches apart.
const AROUND: usize = 32;

/// Annotations of a page of them.
pub(super) struct Annotations<W> {
    items: Array<W>,
}

impl<W: Write> Annotations<W> {
    pub(super) fn begin(name: &str, to: W) -> io::Result<Self> {
        let begin = format!(
            "{{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":{},\"type\":\"AnnotationPage\",\"items\":[",
            json!(urn(&format!("annotations {name}")))
        );
        Ok(Self {
            items: Array::begin(to, &begin, "]}\n")?,
        })
    }
}

impl<W: Write> Lines for Annotations<W> {
    fn add(&mut self, line: &Line) -> io::Result<()> {
        self.items.add(&annotation(line))
    }

    fn end(self: Box<Self>) -> io::Result<()> {
        self.items.end().map(|_| ())
    }
}

fn annotation(line: &Line) -> Value {
    let mut body = vec![json!({ "type": "TextualBody", "purpose": "describing", "value": note(line) })];
    if let Some(speaker) = line.speaker_name() {
        body.push(json!({ "type": "TextualBody", "purpose": "tagging", "value": speaker }));
    }
    if let Some(caveat) = caveat(line) {
        body.push(json!({ "type": "TextualBody", "purpose": "classifying", "value": caveat }));
    }
    json!({
        "id": urn(&line.uid),
        "type": "Annotation",
        "motivation": match line.kind {
            LineKind::Published => "bookmarking",
            LineKind::Changed => "describing",
            _ => "highlighting",
        },
        "created": known_at(line).to_string(),
        "body": body,
        "target": targets(line),
    })
}

/// The page as it was and as it was found then, each with the words that stood there.
fn sides(line: &Line) -> Value {
    let side = |words: Option<&str>, at: Timestamp, record: Option<&CaptureId>| {
        let mut side = json!({
            "source": line.url,
            "state": { "type": "TimeState", "sourceDate": at.to_string() },
        });
        if let Some(record) = record {
            side["state"]["cached"] = json!(format!("urn:uuid:{record}"));
        }
        if let Some(words) = words {
            side["selector"] = json!({ "type": "TextQuoteSelector", "exact": words });
        }
        side
    };
    let Some(change) = &line.change else {
        return json!([]);
    };
    let before = change.before.as_ref().map(|before| before.text.as_str());
    let stands = !matches!(change.kind, ChangeKind::TakenOut | ChangeKind::Gone);
    let now = Some(line.text.as_str()).filter(|_| stands);
    json!([
        side(before, change.held_at, Some(&change.held_by)),
        side(now, change.seen_at, change.seen_by.as_ref()),
    ])
}

/// The pieces of the words where they stand: a cue may interrupt them.
fn targets(line: &Line) -> Value {
    let words = match line.kind {
        LineKind::Said => Some(line.text.as_str()),
        LineKind::Mentioned | LineKind::Deadline => line.expression.as_deref(),
        LineKind::Published => None,
        LineKind::Changed => return sides(line),
    };
    let target = |selector: Option<Value>| {
        let mut target = json!({
            "source": line.url,
            "state": {
                "type": "TimeState",
                "sourceDate": line.captured_at.to_string(),
                "cached": format!("urn:uuid:{}", line.capture),
            },
        });
        if let Some(selector) = selector {
            target["selector"] = selector;
        }
        target
    };
    let Some(words) = words else { return target(None) };
    let places = match expression_in(line, &line.context) {
        Some(place) => vec![place],
        None => pieces(words, &line.context),
    };
    let mut targets: Vec<Value> = places
        .into_iter()
        .map(|piece| target(Some(selector(&line.context, piece))))
        .collect();
    match targets.len() {
        0 => target(Some(json!({ "type": "TextQuoteSelector", "exact": words }))),
        1 => targets.remove(0),
        _ => Value::Array(targets),
    }
}

/// The stretches of a paragraph that are the words, in order; none where they do not all stand there.
fn pieces(words: &str, context: &str) -> Vec<std::ops::Range<usize>> {
    let mut pieces = Vec::new();
    let (mut rest, mut from) = (words.trim(), 0);
    while !rest.is_empty() {
        // The longest beginning that stands there whole.
        let ends = rest
            .match_indices(' ')
            .map(|(end, _)| end)
            .chain([rest.len()])
            .rev();
        let found = ends
            .filter_map(|end| Some((end, place_of(context.get(from..)?, &rest[..end])?)))
            .next();
        let Some((end, at)) = found else { return Vec::new() };
        pieces.push(from + at..from + at + end);
        from += at + end;
        rest = rest[end..].trim_start();
    }
    pieces
}

fn selector(context: &str, piece: std::ops::Range<usize>) -> Value {
    let before: Vec<char> = context[..piece.start].chars().rev().take(AROUND).collect();
    let behind: String = context[piece.end..].chars().take(AROUND).collect();
    json!({
        "type": "TextQuoteSelector",
        "exact": &context[piece],
        "prefix": before.into_iter().rev().collect::<String>(),
        "suffix": behind,
    })
}
