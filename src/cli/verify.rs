//! `onrecord verify`: the offline check of everything shown. That of a file is `evidence`’s.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use super::arguments::VerifyArguments;
use super::looks::unknown_records;
use super::output::{DONE, FAILED, UNREAD, counted, grouped, plain, tell};
use super::{evidence, session};
use crate::model::id::CaptureId;
use crate::pipeline::{self, Finding, Verification};

pub(super) fn run(workspace: Option<&Path>, given: &VerifyArguments) -> anyhow::Result<ExitCode> {
    if given.captures.iter().any(|name| pipeline::is_file(name)) {
        return evidence::verify(&given.captures, given.json);
    }
    session::with_tracker(workspace, async |tracker| {
        let captures = tracker.store.totals().await?.captures;
        let bar = match std::io::stderr().is_terminal() {
            true => ProgressBar::new(captures),
            false => ProgressBar::hidden(),
        };
        bar.set_style(
            ProgressStyle::with_template("{bar:30} {pos}/{len} captures").expect("it is written here"),
        );
        let verification = if given.captures.is_empty() {
            pipeline::verify(tracker, given.all, |done| bar.set_position(done)).await?
        } else {
            let mut ids: Vec<CaptureId> = Vec::new();
            for named in &given.captures {
                ids.extend(pipeline::captures_named(tracker, named).await?);
            }
            pipeline::verify_captures(tracker, &ids).await?
        };
        bar.finish_and_clear();
        let mut output = std::io::stdout().lock();
        for finding in &verification.findings {
            if given.json {
                serde_json::to_writer(&mut output, &finding_json(finding))?;
                output.write_all(b"\n")?;
            } else {
                write_finding(&mut output, finding)?;
            }
        }
        let (by_hand, _) = tracker.store.hand_corrections_state().await?;
        if given.json {
            // The last line, so that a log has it where nothing was found.
            serde_json::to_writer(&mut output, &summary_json(&verification, by_hand))?;
            output.write_all(b"\n")?;
        } else {
            writeln!(
                output,
                "checked {}{}, {} and {}: {}",
                counted(verification.records, "record"),
                // Requests and notes are no captures.
                if given.all { "" } else { " of captures" },
                counted(verification.revisions, "wording"),
                counted(verification.quotes, "quote"),
                summed_up(&verification.findings),
            )?;
        }
        for note in notes(&verification, by_hand) {
            // Lines of JSON are findings and their summary; people read the rest beside them.
            match given.json {
                true => tell(&note),
                false => writeln!(output, "{note}")?,
            }
        }
        Ok(ExitCode::from(match verification.findings.as_slice() {
            [] => DONE,
            findings if findings.iter().any(Finding::is_difference) => FAILED,
            _ => UNREAD,
        }))
    })
}

/// What was found, in words: what differs apart from what could not be read.
fn summed_up(findings: &[Finding]) -> String {
    let differing = findings.iter().filter(|finding| finding.is_difference()).count();
    let unread = findings.len() - differing;
    let told = [
        (differing, "not as archived"),
        (unread, "of what could not be read"),
    ];
    let told: Vec<String> = (told.iter())
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {what}", counted(*count as u64, "finding")))
        .collect();
    match told.is_empty() {
        true => "all as archived".to_string(),
        false => told.join(", "),
    }
}

/// What the check does not say, so that nobody takes it for said.
fn notes(verification: &Verification, by_hand: u64) -> Vec<String> {
    let mut notes = Vec::new();
    if by_hand > 0 {
        notes.push(format!(
            "note: {} made by hand: what the program read was checked, and not what people say of it; `onrecord corrections list` \
             tells both",
            match by_hand {
                1 => "1 correction was".to_string(),
                corrections => format!("{} corrections were", grouped(corrections)),
            }
        ));
    }
    if verification.read_earlier > 0 {
        notes.push(format!(
            "note: {} read by an earlier version or configuration, or cannot be read again now, so that only words and ids were compared there, and not \
             headline, days and speakers; the next `onrecord crawl` reads anew",
            match verification.read_earlier {
                1 => "1 capture was".to_string(),
                captures => format!("{} captures were", grouped(captures)),
            }
        ));
    }
    notes.extend(unknown_records(&verification.unknown).map(|told| format!("note: {told}")));
    if !verification.foreign.is_empty() {
        let files = verification.foreign.join(", ");
        notes.push(format!(
            "note: files of others lie in the archive, of which no row tells: {files}"
        ));
    }
    notes
}

/// A capture beside a record, where it is known.
fn named(capture: Option<&CaptureId>) -> String {
    capture.map(|id| format!(" (capture {id})")).unwrap_or_default()
}

fn write_finding(output: &mut impl Write, finding: &Finding) -> std::io::Result<()> {
    match finding {
        Finding::Record {
            capture,
            place,
            problem,
        } => {
            let capture = named(capture.as_ref());
            writeln!(output, "record at {place}{capture}: {}", plain(problem))
        }
        Finding::Unreadable {
            capture,
            place,
            problem,
        } => {
            let capture = named(capture.as_ref());
            writeln!(output, "not read, at {place}{capture}: {}", plain(problem))
        }
        Finding::Gone {
            segment,
            captures,
            quotes,
        } => writeln!(
            output,
            "archive file {segment} is gone, and with it {} with {}: nothing is known of what lay in it",
            counted(*captures, "capture"),
            counted(*quotes, "quote")
        ),
        Finding::Shorter {
            segment,
            bytes,
            on_record,
        } => writeln!(
            output,
            "archive file {segment} was cut off: it has {} bytes, and {} are on record",
            grouped(*bytes),
            grouped(*on_record)
        ),
        Finding::Row {
            capture,
            part,
            id,
            problem,
        } => writeln!(
            output,
            "row of {} {}{}: {}",
            part.code(),
            plain(id),
            if id == capture.as_str() {
                String::new()
            } else {
                named(Some(capture))
            },
            plain(problem)
        ),
        Finding::Unattached { revision } => writeln!(
            output,
            "row of revision {revision}: no capture on record shows it"
        ),
        Finding::Rewritten { segment } => writeln!(
            output,
            "archive file {segment}: its records do not lie where they were written; they were looked for by their ids"
        ),
        Finding::Quote {
            quote,
            capture,
            words,
            ..
        } => {
            writeln!(
                output,
                "quote {quote}: not found in capture {capture}: “{}”",
                plain(words)
            )
        }
    }
}

/// How much was checked, and how many findings there are: what is not as archived apart from what could not be read.
fn summary_json(verification: &Verification, by_hand: u64) -> Value {
    let findings = &verification.findings;
    let differing = findings.iter().filter(|finding| finding.is_difference()).count();
    json!({
        "summary": {
            "records": verification.records,
            "revisions": verification.revisions,
            "quotes": verification.quotes,
            "not_as_archived": differing,
            "not_read": findings.len() - differing,
            "read_earlier": verification.read_earlier,
            "corrected_by_hand": by_hand,
        }
    })
}

fn finding_json(finding: &Finding) -> Value {
    match finding {
        Finding::Record {
            capture,
            place,
            problem,
        } => json!({
            "finding": "record",
            "capture": capture.as_ref().map(|id| id.as_str()),
            "place": place,
            "problem": problem,
        }),
        Finding::Unreadable {
            capture,
            place,
            problem,
        } => json!({
            "finding": "unreadable",
            "capture": capture.as_ref().map(|id| id.as_str()),
            "place": place,
            "problem": problem,
        }),
        Finding::Gone {
            segment,
            captures,
            quotes,
        } => json!({
            "finding": "gone",
            "segment": segment,
            "captures": captures,
            "quotes": quotes,
        }),
        Finding::Shorter {
            segment,
            bytes,
            on_record,
        } => json!({
            "finding": "shorter",
            "segment": segment,
            "bytes": bytes,
            "bytes_on_record": on_record,
        }),
        Finding::Row {
            capture,
            part,
            id,
            problem,
        } => json!({
            "finding": "row",
            "capture": capture.as_str(),
            "of": part.code(),
            "id": id,
            "problem": problem,
        }),
        Finding::Unattached { revision } => json!({ "finding": "unattached", "revision": revision.as_str() }),
        Finding::Rewritten { segment } => json!({ "finding": "rewritten", "segment": segment }),
        Finding::Quote {
            quote,
            revision,
            capture,
            words,
        } => json!({
            "finding": "quote",
            "quote": quote.as_str(),
            "revision": revision.as_str(),
            "capture": capture.as_str(),
            "words": words,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_read_is_counted_apart() {
        let unread = Finding::Unreadable {
            capture: None,
            place: "a.warc.gz".into(),
            problem: "permission denied".into(),
        };
        let rewritten = Finding::Rewritten {
            segment: "b.warc.gz".into(),
        };
        assert_eq!(summed_up(&[]), "all as archived");
        assert_eq!(
            summed_up(std::slice::from_ref(&unread)),
            "1 finding of what could not be read"
        );
        assert_eq!(
            summed_up(&[rewritten.clone(), unread, rewritten]),
            "2 findings not as archived, 1 finding of what could not be read"
        );
    }
}
