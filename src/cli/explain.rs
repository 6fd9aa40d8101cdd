//! `onrecord explain`: whether, when and why an address would be asked for.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use serde_json::{Map, Value, json};
use url::Url;

use super::arguments::ExplainArguments;
use super::output::{DONE, NOTHING, plain};
use super::{filter, session};
use crate::crawl::robots::Robots;
use crate::pipeline::{self, Explanation};

pub(super) fn run(workspace: Option<&Path>, given: &ExplainArguments) -> anyhow::Result<ExitCode> {
    if given.jsonl {
        return filter::run(|line| one(&line));
    }
    let Some(text) = &given.url else {
        bail!("which address? `onrecord explain URL`");
    };
    let url = Url::parse(text).with_context(|| format!("`{text}` is no address"))?;
    session::with_tracker(workspace, async |tracker| {
        let explanation = pipeline::explain(tracker, &url).await?;
        let mut output = std::io::stdout().lock();
        if given.json {
            serde_json::to_writer(&mut output, &in_json(&url, &explanation))?;
            output.write_all(b"\n")?;
        } else {
            write_explanation(&mut output, &explanation)?;
        }
        Ok(ExitCode::from(if explanation.would_fetch {
            DONE
        } else {
            NOTHING
        }))
    })
}

fn write_explanation(output: &mut impl Write, explanation: &Explanation) -> std::io::Result<()> {
    let verdict = match (explanation.would_fetch, explanation.due_at) {
        (true, None) if explanation.is_open() => {
            "would be asked for if robots.txt lets us, which is read first".to_string()
        }
        (true, Some(due)) => format!("is asked for when due, {}", due.strftime("%Y-%m-%d %H:%M UTC")),
        (true, None) => "would be asked for".to_string(),
        (false, _) => "is not asked for".to_string(),
    };
    writeln!(output, "{} {verdict}", plain(explanation.canonical.as_str()))?;
    for finding in &explanation.findings {
        let mark = match finding.allows {
            Some(true) => "yes",
            Some(false) => "no",
            None => "?",
        };
        writeln!(
            output,
            "  {:8}  {mark:3}  {}",
            finding.check,
            plain(&finding.detail)
        )?;
    }
    Ok(())
}

fn in_json(url: &Url, explanation: &Explanation) -> Value {
    let findings: Vec<Value> = (explanation.findings.iter())
        .map(|finding| {
            let facts = finding.facts.iter();
            let facts: Map<String, Value> = facts
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect();
            json!({
                "check": finding.check,
                "allows": finding.allows,
                "detail": finding.detail,
                "facts": facts,
            })
        })
        .collect();
    json!({
        "url": url.as_str(),
        "canonical": explanation.canonical.as_str(),
        "would_fetch": explanation.would_fetch,
        "due_at": explanation.due_at.map(|due| due.to_string()),
        "findings": findings,
    })
}

/// What a robots.txt file lets an agent ask for.
fn one(line: &Map<String, Value>) -> anyhow::Result<Value> {
    let text = |name: &str| match line.get(name) {
        Some(Value::String(text)) => Ok(text.as_str()),
        _ => bail!("`{name}` is missing or no string"),
    };
    let file = text("robots_file")?;
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {file}"))?;
    let robots = Robots::parse(&bytes, text("agent")?);
    let decision = robots.decide_written(text("url")?);
    Ok(json!({
        "id": line.get("id").cloned().unwrap_or(Value::Null),
        "allowed": decision.allowed,
        "rule": decision.rule.map(|rule| json!({
            "line": rule.line,
            "directive": if rule.allow { "allow" } else { "disallow" },
            "pattern": rule.pattern,
        })),
    }))
}
