//! `onrecord annotate`: quotes and dates of texts, as a filter of JSON lines.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use serde_json::{Map, Value};

use super::{filter, session, shapes};
use crate::model::document::Genre;
use crate::model::moment::Moment;
use crate::pipeline::{self, About};
use crate::resolve::speakers::Gazetteer;
use crate::text::language;

pub(super) fn run(workspace: Option<&Path>) -> anyhow::Result<ExitCode> {
    let gazetteer = session::gazetteer(workspace)?;
    filter::run(|line| annotate(line, &gazetteer))
}

/// The line again, with `quotes` and `dates` of its `text`.
fn annotate(mut line: Map<String, Value>, gazetteer: &Gazetteer) -> anyhow::Result<Value> {
    let Some(Value::String(text)) = line.get("text") else {
        bail!("`text` is missing or no string");
    };
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
    let stated = line.get("language").and_then(Value::as_str).map(str::to_owned);
    // A text is English unless somebody or its own words say otherwise.
    let language = stated.or_else(|| language::told(text, Some("en")));
    let about = About {
        published,
        language: language.as_deref(),
        office: None,
        own_headline: None,
        title_of_record: line.get("title").and_then(Value::as_str),
        is_transcript: line.get("genre").and_then(Value::as_str) == Some(Genre::Transcript.code()),
    };
    let found = pipeline::annotate(text, &[], about, gazetteer);
    let (quotes, dates) = (shapes::quotes(text, &found), shapes::dates(text, &found));
    line.insert("quotes".into(), quotes);
    line.insert("dates".into(), dates);
    Ok(Value::Object(line))
}
