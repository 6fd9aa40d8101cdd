//! `onrecord extract`: what is read out of a page.

use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use jiff::Timestamp;
use serde_json::{Map, Value};
use url::Url;

use super::arguments::ExtractArguments;
use super::output::DONE;
use super::{filter, session, shapes};
use crate::extract::Page;
use crate::fetch::coding;
use crate::model::source::{Source, source_of};
use crate::pipeline;
use crate::resolve::speakers::Gazetteer;

/// Bytes a packed page may have once it is unpacked.
const MAX_BYTES: usize = 256 << 20;

/// What pages are read with.
struct Desk {
    gazetteer: Gazetteer,
    sources: Vec<Source>,
    /// The source that was named for all of them.
    named: Option<String>,
}

pub(super) fn run(workspace: Option<&Path>, given: &ExtractArguments) -> anyhow::Result<ExitCode> {
    let desk = Desk {
        gazetteer: session::gazetteer(workspace)?,
        sources: session::sources(workspace)?,
        named: given.source.clone(),
    };
    if given.jsonl {
        return filter::run(std::io::stdin().lock(), std::io::stdout().lock(), |line| {
            one(&line, &desk)
        });
    }
    let (Some(file), Some(url)) = (&given.file, &given.url) else {
        bail!("a page needs its file and its address: `onrecord extract FILE --url URL`");
    };
    let payload = match file.to_str() {
        Some("-") => {
            let mut payload = Vec::new();
            std::io::stdin()
                .lock()
                .read_to_end(&mut payload)
                .context("cannot read standard input")?;
            payload
        }
        _ => std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?,
    };
    let reading = reading(&payload, url, &Known::default(), &desk)?;
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
    if let Value::Object(reading) = reading(&payload, must("url")?, &known, desk)? {
        answer.extend(reading);
    }
    Ok(Value::Object(answer))
}

fn reading(payload: &[u8], url: &str, known: &Known<'_>, desk: &Desk) -> anyhow::Result<Value> {
    let url = Url::parse(url).with_context(|| format!("`{url}` is no address"))?;
    // Saved pages are often kept packed.
    let unpacked = match payload.starts_with(&[0x1f, 0x8b]) {
        true => Some(coding::decode(payload, Some("gzip"), MAX_BYTES).context("the file is no sound gzip")?),
        false => None,
    };
    let page = Page {
        payload: unpacked.as_deref().unwrap_or(payload),
        content_type: known.content_type,
        url: &url,
        captured_at: known.captured_at,
        source: source(&url, known, desk)?,
    };
    let (reading, found) = pipeline::annotated_reading(&page, &desk.gazetteer);
    Ok(shapes::reading(&reading, &found))
}

/// The source of a page: the one that is named, else the one on its host.
fn source<'a>(url: &Url, known: &Known<'_>, desk: &'a Desk) -> anyhow::Result<Option<&'a Source>> {
    let Some(id) = known.source.or(desk.named.as_deref()) else {
        return Ok(source_of(&desk.sources, url));
    };
    let found = desk.sources.iter().find(|source| source.id.as_str() == id);
    let found = found.with_context(|| format!("no source `{id}` in config/sources of a workspace here"))?;
    Ok(Some(found))
}
