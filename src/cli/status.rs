//! `onrecord status`: how the sources stand and what went wrong.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::arguments::StatusArguments;
use super::looks::looks;
use super::output::{DONE, counted, grouped, left_alone, left_alone_json, plain};
use super::session;
use crate::crawl::{Flag, Health, PageHealth};
use crate::model::host::HostState;
use crate::pipeline::{self, SourceHealth, Tracker};
use crate::store::{AttemptRow, MovedPage, SourceStatus, Totals};
use crate::web::api::SourceJson;

/// Pages of a source told that are at another address, the latest.
const MOVED: u32 = 100;
/// What a new workspace needs first.
const NO_SOURCE: &str =
    "`onrecord sources probe ADDRESS` finds what a site offers and prints a file for that folder";

pub(super) fn run(workspace: Option<&Path>, given: &StatusArguments) -> anyhow::Result<ExitCode> {
    session::with_tracker(workspace, async |tracker| {
        let now = Timestamp::now();
        let mut output = std::io::stdout().lock();
        let statuses = pipeline::source_statuses(tracker).await?;
        write_sources(&mut output, tracker, &statuses, given.json, now).await?;
        let looks = looks(tracker, now).await?;
        let totals = tracker.store.totals().await?;
        let unread = tracker.store.unread_count(&tracker.readers).await?;
        if given.json {
            let line = json!({"looks": looks, "totals": totals_json(&totals), "unread": unread});
            writeln!(output, "{line}")?;
            return Ok(ExitCode::from(DONE));
        }
        if statuses.is_empty() {
            write_first_steps(&mut output, tracker)?;
        }
        for look in &looks {
            writeln!(output, "LOOK: {look}")?;
        }
        if !statuses.is_empty() {
            write_totals(&mut output, &totals)?;
        }
        if unread > 0 {
            let unread = counted(unread, "capture");
            writeln!(output, "{unread} to be read; the next `onrecord crawl` does it")?;
        }
        Ok(ExitCode::from(DONE))
    })
}

/// Every source with its channels and the pages that are told of.
async fn write_sources(
    output: &mut impl Write,
    tracker: &Tracker,
    statuses: &[SourceStatus],
    as_json: bool,
    now: Timestamp,
) -> anyhow::Result<()> {
    let mut healths = pipeline::source_health(tracker, now).await?;
    for status in statuses {
        let troubled = tracker.store.troubled_pages(&status.id).await?;
        let moved = tracker.store.moved_pages(&status.id, MOVED).await?;
        let held = tracker.store.held_hosts_of(&status.id, now).await?;
        let health = healths.remove(&status.id).unwrap_or_default();
        if as_json {
            let source = SourceJson::new(status, &health).with_pages(&troubled, &moved);
            let mut line = serde_json::to_value(source)?;
            line["left_alone"] = held.iter().map(left_alone_json).collect();
            writeln!(output, "{line}")?;
        } else {
            write_status(output, status, &health, &held)?;
            write_told_pages(output, &troubled, &moved)?;
        }
    }
    Ok(())
}

/// What to do where nothing was crawled yet.
fn write_first_steps(output: &mut impl Write, tracker: &Tracker) -> std::io::Result<()> {
    let sources = tracker.sources.len() as u64;
    let (configured, folder) = (counted(sources, "source"), tracker.workspace.sources());
    writeln!(
        output,
        "nothing was crawled yet; {configured} in {}",
        folder.display()
    )?;
    match sources {
        0 => writeln!(output, "{NO_SOURCE}"),
        _ => writeln!(output, "run `onrecord crawl --once`"),
    }
}

fn write_totals(output: &mut impl Write, totals: &Totals) -> std::io::Result<()> {
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
    )
}

fn totals_json(totals: &Totals) -> Value {
    json!({
        "captures": totals.captures,
        "documents": totals.documents,
        "revisions": totals.revisions,
        "quotes": totals.quotes,
        "dates": totals.dates,
        "addresses": totals.addresses,
    })
}

fn write_status(
    output: &mut impl Write,
    status: &SourceStatus,
    health: &SourceHealth,
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
    write_pages(output, &health.pages)?;
    for channel in &health.channels {
        write_attempt(output, "channel", &channel.row)?;
        if let Some(health) = &channel.health {
            write_health(output, health)?;
        }
    }
    Ok(())
}

/// The pages that did not end well, and those that are elsewhere.
fn write_told_pages(
    output: &mut impl Write,
    troubled: &[AttemptRow],
    moved: &[MovedPage],
) -> std::io::Result<()> {
    for page in troubled {
        write_attempt(output, "page", page)?;
    }
    for page in moved {
        writeln!(
            output,
            "  page     moved for good to {}, first seen at {}  {}",
            plain(&page.to),
            page.since.strftime("%Y-%m-%d %H:%M"),
            plain(&page.url)
        )?;
    }
    writeln!(output)
}

/// How the latest visits of a source's pages ended, and what somebody should look at.
fn write_pages(output: &mut impl Write, pages: &PageHealth) -> std::io::Result<()> {
    if pages.asked > 0 {
        writeln!(
            output,
            "  last {}: {} blocked, {} failed, {} absent now; text is held of {} of {}",
            counted(pages.asked, "page"),
            pages.blocked,
            pages.failed,
            pages.absent,
            pages.pages.read,
            pages.pages.tried,
        )?;
    }
    write_flags(output, &pages.flags)
}

/// What a channel usually brings, and what somebody should look at.
fn write_health(output: &mut impl Write, health: &Health) -> std::io::Result<()> {
    let at =
        |at: Option<Timestamp>| at.map_or("never".into(), |at| at.strftime("%Y-%m-%d %H:%M").to_string());
    let expected = health
        .expected_in_week()
        .map(|expected| format!(", about {expected:.0} expected by its own past"))
        .unwrap_or_default();
    let pages = match health.pages.tried {
        0 => String::new(),
        tried => format!(
            "; text read from {} of its last {}",
            health.pages.read,
            counted(tried, "page")
        ),
    };
    writeln!(
        output,
        "           last good {}, last new {}; {} new in seven days{expected}{pages}",
        at(health.succeeded_at),
        at(health.new_at),
        grouped(health.new_in_week),
    )?;
    write_flags(output, &health.flags)
}

fn write_flags(output: &mut impl Write, flags: &[Flag]) -> std::io::Result<()> {
    for flag in flags {
        writeln!(output, "           LOOK: {flag}")?;
        writeln!(output, "           to do: {}", flag.advice())?;
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
