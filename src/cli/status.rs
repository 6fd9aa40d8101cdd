//! `onrecord status`: how the sources stand and what went wrong.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use jiff::Timestamp;

use super::arguments::StatusArguments;
use super::output::{DONE, counted, grouped, left_alone, left_alone_json, plain};
use super::session;
use crate::crawl::{Flag, Health, PageHealth};
use crate::model::host::HostState;
use crate::pipeline::{self, SourceHealth, Tracker};
use crate::store::{AttemptRow, MovedPage, SourceStatus};
use crate::web::api::SourceJson;

/// Pages of a source told that are at another address, the latest.
const MOVED: u32 = 100;
/// What a new workspace needs first.
const NO_SOURCE: &str =
    "`onrecord sources probe ADDRESS` finds what a site offers and prints a file for that folder";
/// Files named of many.
const NAMED: usize = 3;

pub(super) fn run(workspace: Option<&Path>, given: &StatusArguments) -> anyhow::Result<ExitCode> {
    session::with_tracker(workspace, async |tracker| {
        let statuses = pipeline::source_statuses(tracker).await?;
        let now = Timestamp::now();
        let mut healths = pipeline::source_health(tracker, now).await?;
        let unread = tracker.store.unread_count(&tracker.readers).await?;
        let mut output = std::io::stdout().lock();
        for status in &statuses {
            let troubled = tracker.store.troubled_pages(&status.id).await?;
            let moved = tracker.store.moved_pages(&status.id, MOVED).await?;
            let held = tracker.store.held_hosts_of(&status.id, now).await?;
            let health = healths.remove(&status.id).unwrap_or_default();
            if given.json {
                let source = SourceJson::new(status, &health).with_pages(&troubled, &moved);
                let mut line = serde_json::to_value(source)?;
                line["left_alone"] = held.iter().map(left_alone_json).collect();
                serde_json::to_writer(&mut output, &line)?;
                output.write_all(b"\n")?;
            } else {
                write_status(&mut output, status, &health, &held)?;
                write_told_pages(&mut output, &troubled, &moved)?;
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
            match sources {
                0 => writeln!(output, "{NO_SOURCE}")?,
                _ => writeln!(output, "run `onrecord crawl --once`")?,
            }
            for doubt in tracker.doubts() {
                writeln!(output, "LOOK: {}", plain(&doubt))?;
            }
            return Ok(ExitCode::from(DONE));
        }
        if let Some((at, trouble)) = tracker.store.crawl_trouble().await? {
            let at = at.strftime("%Y-%m-%d %H:%M UTC");
            writeln!(output, "LOOK: the crawl ended at {at}: {}", plain(&trouble))?;
        }
        for doubt in tracker.doubts() {
            writeln!(output, "LOOK: {}", plain(&doubt))?;
        }
        if let Err(error) = pipeline::archive_is_there(tracker).await {
            writeln!(output, "LOOK: {}", pipeline::in_words(&error))?;
        }
        write_archive_files(&mut output, tracker).await?;
        for (way, count) in tracker.store.given_up().await? {
            let alerts = counted(count, "alert");
            writeln!(
                output,
                "LOOK: {alerts} by {} given up; `onrecord searches list` says why",
                way.code()
            )?;
        }
        for search in tracker.store.searches().await? {
            if let Some(trouble) = &search.trouble {
                let (name, trouble) = (plain(&search.name), plain(trouble));
                writeln!(
                    output,
                    "LOOK: the saved search `{name}` cannot be asked: {trouble}"
                )?;
            }
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
        let put_off = tracker.store.put_off_count(now).await?;
        if put_off > 0 {
            writeln!(
                output,
                "LOOK: {} could not be read out of the archive and is tried again within ten minutes",
                counted(put_off, "capture")
            )?;
        }
        for (segment, captures) in pipeline::segments_waited_for(tracker).await?.1 {
            writeln!(
                output,
                "LOOK: the archive's file {segment} is gone, which {} {} for; put it back, and the next crawl reads on",
                counted(captures, "capture"),
                if captures == 1 { "waits" } else { "wait" },
            )?;
        }
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

/// What of the archive's files is not as rows tell; `verify` says what lay in them.
async fn write_archive_files(output: &mut impl Write, tracker: &Tracker) -> anyhow::Result<()> {
    let files = pipeline::archive_files(tracker).await?;
    if !files.missing.is_empty() {
        writeln!(
            output,
            "LOOK: {} of the archive gone: {}; put it back, or let `onrecord verify` say what lay in it",
            match files.missing.len() {
                1 => "1 file is".to_string(),
                count => format!("{} files are", grouped(count as u64)),
            },
            named(&files.missing),
        )?;
    }
    for (name, bytes, on_record) in &files.shorter {
        writeln!(
            output,
            "LOOK: the archive's file {name} was cut off: it has {} bytes, and {} are on record",
            grouped(*bytes),
            grouped(*on_record)
        )?;
    }
    Ok(())
}

/// The first few of some names.
fn named(names: &[String]) -> String {
    let shown = names[..names.len().min(NAMED)].join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => shown,
        more => format!("{shown} and {} more", grouped(more as u64)),
    }
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
    for (channel, health) in &health.channels {
        write_attempt(output, "channel", channel)?;
        if let Some(health) = health {
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
