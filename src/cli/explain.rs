//! `onrecord explain`: whether, when and why an address would be asked for.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use serde_json::{Map, Value, json};

use super::arguments::ExplainArguments;
use super::filter;
use crate::crawl::robots::{Robots, Standing};

pub(super) fn run(_workspace: Option<&Path>, given: &ExplainArguments) -> anyhow::Result<ExitCode> {
    if given.jsonl {
        return filter::run(std::io::stdin().lock(), std::io::stdout().lock(), |line| {
            one(&line)
        });
    }
    bail!("TODO")
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
    debug_assert_eq!(robots.standing(), Standing::Rules);
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
