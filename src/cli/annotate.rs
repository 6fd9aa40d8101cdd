//! `onrecord annotate`: quotes and dates of texts given as JSON lines.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use serde_json::{Map, Value, json};

use super::filter;
use crate::model::date::DateMention;
use crate::model::moment::Moment;
use crate::model::quote::Quote;
use crate::model::span::Span;
use crate::resolve::speakers::{Context, Gazetteer};
use crate::text::lines::CodePoints;
use crate::{dates, quotes};

pub(super) fn run() -> anyhow::Result<ExitCode> {
    let gazetteer = Gazetteer::default();
    filter::run(std::io::stdin().lock(), std::io::stdout().lock(), |line| {
        annotate(line, &gazetteer)
    })
}

/// The line again, with `quotes` and `dates` of its `text`.
fn annotate(mut line: Map<String, Value>, gazetteer: &Gazetteer) -> anyhow::Result<Value> {
    let Some(Value::String(text)) = line.get("text") else {
        bail!("`text` is missing or no string");
    };
    let text = text.clone();
    let published = match line.get("published") {
        None | Some(Value::Null) => None,
        Some(Value::String(stated)) if stated.is_empty() => None,
        Some(Value::String(stated)) => Some(
            Moment::parse(&stated.replacen(' ', "T", 1))
                .with_context(|| format!("`published` is no ISO 8601 day or moment: {stated:?}"))?
                .date,
        ),
        Some(_) => bail!("`published` is no string"),
    };
    let points = CodePoints::of(&text);
    let context = Context {
        day: published,
        office: None,
    };
    let found: Vec<Value> = quotes::find(&text, &[])
        .iter()
        .filter_map(|quote| quote_json(&text, &points, quote, gazetteer, context))
        .collect();
    let mentions: Vec<Value> = dates::find(&text, published)
        .iter()
        .map(|mention| date_json(&text, &points, mention))
        .collect();
    line.insert("quotes".into(), Value::Array(found));
    line.insert("dates".into(), Value::Array(mentions));
    Ok(Value::Object(line))
}

fn quote_json(
    text: &str,
    points: &CodePoints,
    quote: &Quote,
    gazetteer: &Gazetteer,
    context: Context<'_>,
) -> Option<Value> {
    let hull = quote.hull()?;
    let pair = |span: &Span| json!([points.at(span.start()), points.at(span.end())]);
    let attribution = quote.attribution.as_ref();
    let mention = attribution.map(|attribution| attribution.mention);
    Some(json!({
        "start": points.at(hull.start()),
        "end": points.at(hull.end()),
        "text": hull.slice(text),
        "kind": quote.kind.code(),
        "fragments": quote.fragments.iter().map(pair).collect::<Vec<_>>(),
        "cue": attribution.and_then(|attribution| attribution.cue).map(|cue| cue.slice(text)),
        "speaker": mention.map(|mention| mention.slice(text)),
        "speaker_start": mention.map(|mention| points.at(mention.start())),
        "speaker_end": mention.map(|mention| points.at(mention.end())),
        "speaker_canonical": gazetteer.resolve(text, quote, context).map(|speaker| speaker.name),
        "confidence": (f64::from(quote.confidence) * 1000.0).round() / 1000.0,
    }))
}

fn date_json(text: &str, points: &CodePoints, mention: &DateMention) -> Value {
    json!({
        "start": points.at(mention.span.start()),
        "end": points.at(mention.span.end()),
        "text": mention.span.slice(text),
        "type": mention.kind.code(),
        "value": mention.value,
    })
}
