//! `onrecord extract`: what is read out of a page.

use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use serde_json::{Map, Value};
use url::Url;

use super::arguments::ExtractArguments;
use super::output::DONE;
use super::{filter, session, shapes};
use crate::extract::Page;
use crate::fetch::coding;
use crate::pipeline;
use crate::resolve::speakers::Gazetteer;

/// Bytes a packed page may have once it is unpacked.
const MAX_BYTES: usize = 256 << 20;

pub(super) fn run(workspace: Option<&Path>, given: &ExtractArguments) -> anyhow::Result<ExitCode> {
    let gazetteer = session::gazetteer(workspace)?;
    if given.jsonl {
        return filter::run(std::io::stdin().lock(), std::io::stdout().lock(), |line| {
            one(&line, &gazetteer)
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
    let reading = reading(&payload, url, &gazetteer)?;
    let mut output = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut output, &reading)?;
    output.write_all(b"\n")?;
    Ok(ExitCode::from(DONE))
}

/// The reading of the file that a line names.
fn one(line: &Map<String, Value>, gazetteer: &Gazetteer) -> anyhow::Result<Value> {
    let text = |name: &str| match line.get(name) {
        Some(Value::String(text)) => Ok(text.as_str()),
        _ => bail!("`{name}` is missing or no string"),
    };
    let file = text("file")?;
    let payload = std::fs::read(file).with_context(|| format!("cannot read {file}"))?;
    let mut answer = Map::new();
    answer.insert("id".into(), line.get("id").cloned().unwrap_or(Value::Null));
    if let Value::Object(reading) = reading(&payload, text("url")?, gazetteer)? {
        answer.extend(reading);
    }
    Ok(Value::Object(answer))
}

fn reading(payload: &[u8], url: &str, gazetteer: &Gazetteer) -> anyhow::Result<Value> {
    let url = Url::parse(url).with_context(|| format!("`{url}` is no address"))?;
    // Saved pages are often kept packed.
    let unpacked = match payload.starts_with(&[0x1f, 0x8b]) {
        true => Some(coding::decode(payload, Some("gzip"), MAX_BYTES).context("the file is no sound gzip")?),
        false => None,
    };
    let page = Page {
        payload: unpacked.as_deref().unwrap_or(payload),
        content_type: None,
        url: &url,
        captured_at: None,
        source: None,
    };
    let (reading, found) = pipeline::annotated_reading(&page, gazetteer);
    Ok(shapes::reading(&reading, &found))
}
