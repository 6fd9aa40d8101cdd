//! `onrecord extract`: what is read out of a page.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use jiff::Timestamp;
use serde_json::{Map, Value};
use url::Url;

use super::arguments::ExtractArguments;
use super::output::DONE;
use super::{filter, given, session, shapes};
use crate::extract::Page;
use crate::model::source::Source;
use crate::pipeline;
use crate::resolve::speakers::Gazetteer;

/// What pages are read with.
struct Desk {
    gazetteer: Gazetteer,
    sources: Vec<Source>,
    /// The source that was named for all of them.
    named: Option<String>,
}

pub(super) fn run(workspace: Option<&Path>, arguments: &ExtractArguments) -> anyhow::Result<ExitCode> {
    let desk = Desk {
        gazetteer: session::gazetteer(workspace)?,
        sources: session::sources(workspace)?,
        named: arguments.source.clone(),
    };
    if arguments.jsonl {
        return filter::run(|line| one(&line, &desk));
    }
    let (Some(file), Some(url)) = (&arguments.file, &arguments.url) else {
        bail!("a page needs its file and its address: `onrecord extract FILE --url URL`");
    };
    let reading = reading(given::read(file)?, url, &Known::default(), &desk)?;
    let mut output = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut output, &reading)?;
    output.write_all(b"\n")?;
    Ok(ExitCode::from(DONE))
}

/// What a line may say of its page beside file and address.
#[derive(Default)]
struct Known<'a> {
    source: Option<&'a str>,
    content_type: Option<&'a str>,
    captured_at: Option<Timestamp>,
}

/// The reading of the file that a line names.
fn one(line: &Map<String, Value>, desk: &Desk) -> anyhow::Result<Value> {
    let may = |name: &str| match line.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.as_str())),
        Some(_) => bail!("`{name}` is no string"),
    };
    let must = |name: &str| may(name)?.with_context(|| format!("`{name}` is missing"));
    let file = must("file")?;
    let payload = std::fs::read(file).with_context(|| format!("cannot read {file}"))?;
    let captured_at = may("captured_at")?.map(|text| {
        let moment = text.parse();
        moment.with_context(|| format!("`{text}` is no instant such as 2026-02-06T14:03:00Z"))
    });
    let known = Known {
        source: may("source")?,
        content_type: may("content_type")?,
        captured_at: captured_at.transpose()?,
    };
    let mut answer = Map::new();
    answer.insert("id".into(), line.get("id").cloned().unwrap_or(Value::Null));
    if let Value::Object(reading) = reading(payload, must("url")?, &known, desk)? {
        answer.extend(reading);
    }
    Ok(Value::Object(answer))
}

fn reading(payload: Vec<u8>, url: &str, known: &Known<'_>, desk: &Desk) -> anyhow::Result<Value> {
    let url = Url::parse(url).with_context(|| format!("`{url}` is no address"))?;
    let payload = given::unpacked(payload)?;
    let page = Page {
        payload: &payload,
        content_type: known.content_type,
        url: &url,
        captured_at: known.captured_at,
        source: given::source(&desk.sources, known.source.or(desk.named.as_deref()), &url)?,
    };
    let (reading, found) = pipeline::annotated_reading(&page, &desk.gazetteer);
    Ok(shapes::reading(&reading, &found))
}
