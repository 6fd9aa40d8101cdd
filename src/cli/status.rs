//! `onrecord status`: how the sources stand and what went wrong.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::arguments::StatusArguments;
use super::output::{DONE, counted, grouped, left_alone, left_alone_json, plain};
use super::session;
use crate::crawl::Health;
use crate::model::host::HostState;
use crate::pipeline;
use crate::store::{AttemptRow, SourceStatus};

pub(super) fn run(workspace: Option<&Path>, given: &StatusArguments) -> anyhow::Result<ExitCode> {
    session::with_tracker(workspace, async |tracker| {
        let statuses = tracker.store.source_statuses().await?;
        let now = Timestamp::now();
        let health = pipeline::channel_health(tracker, now).await?;
        let unread = tracker.store.unread_count(&tracker.reader).await?;
        let mut output = std::io::stdout().lock();
        for status in &statuses {
            let troubled = tracker.store.troubled_pages(&status.id).await?;
            let held = tracker.store.held_hosts_of(&status.id, now).await?;
            if given.json {
                let mut line = status_json(status, &troubled, &health);
                line["left_alone"] = held.iter().map(left_alone_json).collect();
                serde_json::to_writer(&mut output, &line)?;
                output.write_all(b"\n")?;
            } else {
                write_status(&mut output, status, &troubled, &health, &held)?;
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
        if let Some((at, trouble)) = tracker.store.crawl_trouble().await? {
            let at = at.strftime("%Y-%m-%d %H:%M UTC");
            writeln!(output, "LOOK: the crawl ended at {at}: {}", plain(&trouble))?;
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
    health: &BTreeMap<String, Health>,
    held: &[HostState],
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
    for host in held {
        writeln!(output, "  {}", left_alone(host))?;
    }
    for channel in &status.channels {
        write_attempt(output, "channel", channel)?;
        if let Some(health) = health.get(&channel.url) {
            write_health(output, health)?;
        }
    }
    for page in troubled {
        write_attempt(output, "page", page)?;
    }
    writeln!(output)
}

/// What a channel usually brings, and what somebody should look at.
fn write_health(output: &mut impl Write, health: &Health) -> std::io::Result<()> {
    let at =
        |at: Option<Timestamp>| at.map_or("never".into(), |at| at.strftime("%Y-%m-%d %H:%M").to_string());
    let expected = health
        .expected_a_day
        .map(|expected| format!("; {expected:.1} a day by its own past"))
        .unwrap_or_default();
    writeln!(
        output,
        "           last good {}, last new {}, {} new in seven days{expected}",
        at(health.succeeded_at),
        at(health.new_at),
        grouped(health.new_in_week),
    )?;
    for flag in &health.flags {
        writeln!(output, "           LOOK: {flag}")?;
    }
    Ok(())
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

fn status_json(status: &SourceStatus, troubled: &[AttemptRow], health: &BTreeMap<String, Health>) -> Value {
    let rows = |rows: &[AttemptRow]| {
        let row = |row: &AttemptRow| attempt_json(row, health.get(&row.url));
        rows.iter().map(row).collect::<Vec<_>>()
    };
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

fn attempt_json(row: &AttemptRow, health: Option<&Health>) -> Value {
    json!({
        "health": health.map(health_json),
        "url": row.url,
        "role": row.role.code(),
        "at": row.at.map(|at| at.to_string()),
        "outcome": row.outcome.map(|outcome| outcome.code()),
        "detail": row.detail,
        "items": row.items,
        "due_at": row.due_at.to_string(),
    })
}

fn health_json(health: &Health) -> Value {
    json!({
        "succeeded_at": health.succeeded_at.map(|at| at.to_string()),
        "new_at": health.new_at.map(|at| at.to_string()),
        "failures": health.failures,
        "items": health.items.map(|(last, _)| last),
        "items_usual": health.items.map(|(_, usual)| usual),
        "expected_a_day": health.expected_a_day,
        "new_in_week": health.new_in_week,
        "flags": health.flags.iter().map(|flag| flag.code()).collect::<Vec<_>>(),
        "notes": health.flags.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}
