//! `onrecord status`: how the sources stand and what went wrong.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::arguments::StatusArguments;
use super::output::{DONE, counted, grouped, plain};
use super::session;
use crate::store::{AttemptRow, SourceStatus};

pub(super) fn run(workspace: Option<&Path>, given: &StatusArguments) -> anyhow::Result<ExitCode> {
    session::with_tracker(workspace, async |tracker| {
        let statuses = tracker.store.source_statuses().await?;
        let unread = tracker.store.unread_count(&tracker.reader).await?;
        let mut output = std::io::stdout().lock();
        for status in &statuses {
            let troubled = tracker.store.troubled_pages(&status.id).await?;
            if given.json {
                serde_json::to_writer(&mut output, &status_json(status, &troubled))?;
                output.write_all(b"\n")?;
            } else {
                write_status(&mut output, status, &troubled)?;
            }
        }
        if given.json {
            return Ok(ExitCode::from(DONE));
        }
        if statuses.is_empty() {
            let sources = tracker.sources.len() as u64;
            let configured = counted(sources, "source");
            writeln!(
                output,
                "nothing was crawled yet; {configured} in {}",
                tracker.workspace.sources().display()
            )?;
            writeln!(output, "run `onrecord crawl --once`")?;
            return Ok(ExitCode::from(DONE));
        }
        let totals = tracker.store.totals().await?;
        writeln!(
            output,
            "in all: {}, {}, {}, {}, {}, {} known",
            counted(totals.captures, "capture"),
            counted(totals.documents, "document"),
            counted(totals.revisions, "revision"),
            counted(totals.quotes, "quote"),
            counted(totals.dates, "date"),
            match totals.addresses {
                1 => "1 address".to_string(),
                addresses => format!("{} addresses", grouped(addresses)),
            },
        )?;
        if unread > 0 {
            writeln!(
                output,
                "{} to be read; the next `onrecord crawl` does it",
                counted(unread, "capture")
            )?;
        }
        Ok(ExitCode::from(DONE))
    })
}

fn write_status(
    output: &mut impl Write,
    status: &SourceStatus,
    troubled: &[AttemptRow],
) -> std::io::Result<()> {
    let off = if status.enabled { "" } else { ", switched off" };
    writeln!(
        output,
        "{} ({}, {}{off})",
        plain(&status.name),
        status.id,
        status.kind.code()
    )?;
    let outcomes: Vec<String> = status
        .outcomes
        .iter()
        .map(|(outcome, count)| format!("{count} {}", outcome.code()))
        .collect();
    writeln!(
        output,
        "  {}, {}; pages: {}{}",
        counted(status.documents, "document"),
        counted(status.quotes, "quote"),
        if outcomes.is_empty() {
            "none asked for".into()
        } else {
            outcomes.join(", ")
        },
        match status.waiting {
            0 => String::new(),
            waiting => format!(", {waiting} waiting"),
        },
    )?;
    for channel in &status.channels {
        write_attempt(output, "channel", channel)?;
    }
    for page in troubled {
        write_attempt(output, "page", page)?;
    }
    writeln!(output)
}

fn write_attempt(output: &mut impl Write, what: &str, row: &AttemptRow) -> std::io::Result<()> {
    let outcome = row.outcome.map_or("waiting", |outcome| outcome.code());
    let items = row
        .items
        .map(|items| format!(", {}", counted(items, "item")))
        .unwrap_or_default();
    let detail = row
        .detail
        .as_deref()
        .map(|detail| format!(" ({})", plain(detail)))
        .unwrap_or_default();
    let at = row
        .at
        .map(|at| format!(" at {}", at.strftime("%Y-%m-%d %H:%M")))
        .unwrap_or_default();
    writeln!(
        output,
        "  {what:7}  {outcome}{items}{detail}{at}  {}",
        plain(&row.url)
    )
}

fn status_json(status: &SourceStatus, troubled: &[AttemptRow]) -> Value {
    let rows = |rows: &[AttemptRow]| rows.iter().map(attempt_json).collect::<Vec<_>>();
    let outcomes: serde_json::Map<String, Value> = status
        .outcomes
        .iter()
        .map(|(outcome, count)| (outcome.code().to_string(), json!(count)))
        .collect();
    json!({
        "source": status.id.as_str(),
        "name": status.name,
        "kind": status.kind.code(),
        "home": status.home,
        "enabled": status.enabled,
        "documents": status.documents,
        "quotes": status.quotes,
        "waiting": status.waiting,
        "outcomes": outcomes,
        "channels": rows(&status.channels),
        "troubles": rows(troubled),
    })
}

fn attempt_json(row: &AttemptRow) -> Value {
    json!({
        "url": row.url,
        "role": row.role.code(),
        "at": row.at.map(|at| at.to_string()),
        "outcome": row.outcome.map(|outcome| outcome.code()),
        "detail": row.detail,
        "items": row.items,
        "due_at": row.due_at.to_string(),
    })
}
