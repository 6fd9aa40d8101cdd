//! `onrecord evidence`: quotes with all that they rest on in one file; and `onrecord verify FILE`, its check.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use serde_json::json;

use super::arguments::EvidenceArguments;
use super::output::{DONE, FAILED, UNREAD, counted, grouped, plain, tell};
use super::session;
use crate::pipeline::{self, CheckedClaim, Report, Unlike};
use crate::telemetry;

/// What no check can tell, so that nobody takes it for told.
const NOT_PROVED: &str = "note: no check of a file tells when it was made, nor that the site sent these bytes: that rests on \
     whoever archived them; compare with another archive of the address";

pub(super) fn run(workspace: Option<&Path>, given: &EvidenceArguments) -> anyhow::Result<ExitCode> {
    session::with_tracker(workspace, async |tracker| {
        let pack = pipeline::evidence(tracker, &given.named).await?;
        let path = &given.output;
        let report = match path == Path::new("-") {
            true => write_out(&pack)?,
            false => {
                write_new(path, &pack).with_context(|| format!("cannot write {}", path.display()))?;
                // Whoever hands it out should know what the other one will find.
                pipeline::check_file(path)?
            }
        };
        let name = match path == Path::new("-") {
            true => "FILE".into(),
            false => path.display().to_string(),
        };
        tell(&format!(
            "{} and {} in {name} ({} bytes); whoever has this program checks it with `onrecord verify {name}`",
            counted(report.claims.len() as u64, "quote"),
            counted(report.records, "record"),
            grouped(pack.len() as u64),
        ));
        for unlike in &report.unlike {
            tell(&format!("note: the check of it finds: {}", in_a_line(unlike)));
        }
        Ok(exit(&report))
    })
}

/// Writes a new file: evidence that was handed out is not replaced by other evidence of the same name. One that cannot be
/// written whole is taken away again.
fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = std::fs::File::create_new(path)?;
    file.write_all(bytes).inspect_err(|_| {
        let _ = std::fs::remove_file(path);
    })
}

/// Writes a pack to standard output; only a file can be checked, so it is one for a moment.
fn write_out(pack: &[u8]) -> anyhow::Result<Report> {
    let mut file = tempfile::NamedTempFile::new().context("cannot make a temporary file")?;
    file.write_all(pack).context("cannot write a temporary file")?;
    let report = pipeline::check_file(file.path())?;
    let mut output = std::io::stdout().lock();
    output.write_all(pack)?;
    output.flush()?;
    Ok(report)
}

/// Checks files that need no workspace.
pub(super) fn verify(files: &[String], json: bool) -> anyhow::Result<ExitCode> {
    // As in a workspace without settings of its own.
    let settings = crate::settings::load(None, std::env::vars())?;
    telemetry::start(&settings.log).map_err(anyhow::Error::msg)?;
    let mut worst = DONE;
    for name in files {
        if !pipeline::is_file(name) {
            bail!("`{name}` is no file: files are checked by themselves, captures and quotes in a workspace");
        }
        let report = pipeline::check_file(Path::new(name))?;
        let mut output = std::io::stdout().lock();
        match json {
            true => write_lines(&mut output, name, &report)?,
            false => write_told(&mut output, name, &report)?,
        }
        worst = worse(worst, code(&report));
    }
    match json {
        true => tell(NOT_PROVED),
        false => writeln!(std::io::stdout(), "{NOT_PROVED}")?,
    }
    Ok(ExitCode::from(worst))
}

fn exit(report: &Report) -> ExitCode {
    ExitCode::from(code(report))
}

/// The exit code of a check.
fn code(report: &Report) -> u8 {
    match report.unlike.as_slice() {
        [] => DONE,
        unlike if unlike.iter().any(|unlike| unlike.is_difference) => FAILED,
        _ => UNREAD,
    }
}

/// Of two exit codes the one that says more: that something differs, then that something could not be checked.
fn worse(one: u8, other: u8) -> u8 {
    let codes = [FAILED, UNREAD];
    let worst = codes.into_iter().find(|code| [one, other].contains(code));
    worst.unwrap_or(DONE)
}

/// One finding a line, as `verify` of a workspace has them.
fn write_lines(output: &mut impl Write, name: &str, report: &Report) -> anyhow::Result<()> {
    for unlike in &report.unlike {
        let line = json!({
            "finding": unlike.part.code(),
            "file": name,
            "id": unlike.id,
            "problem": unlike.problem,
            "differs": unlike.is_difference,
        });
        writeln!(output, "{line}")?;
    }
    Ok(())
}

fn write_told(output: &mut impl Write, name: &str, report: &Report) -> anyhow::Result<()> {
    for claim in &report.claims {
        write_claim(output, claim)?;
    }
    for unlike in &report.unlike {
        writeln!(output, "{}", in_a_line(unlike))?;
    }
    writeln!(
        output,
        "{}: {}: {}",
        plain(name),
        checked(report),
        summed_up(report)
    )?;
    Ok(())
}

/// What was checked, in words.
fn checked(report: &Report) -> String {
    let records = counted(report.records, "record");
    match report.is_pack {
        false => {
            format!("checked the digests of {records}, and nothing else: a WARC file says nothing of quotes")
        }
        true if report.claims.is_empty() => {
            format!(
                "checked {} and {records}; it claims no quotes",
                counted(report.files, "file")
            )
        }
        true => format!(
            "checked {}, {records} and {}",
            counted(report.files, "file"),
            counted(report.claims.len() as u64, "quote")
        ),
    }
}

fn summed_up(report: &Report) -> String {
    let differing = report.unlike.iter().filter(|unlike| unlike.is_difference).count() as u64;
    let others = report.unlike.len() as u64 - differing;
    let told = [
        (differing, "not as claimed"),
        (
            others,
            "of what this program reads otherwise than the one that made it",
        ),
    ];
    let told = told.into_iter().filter(|(count, _)| *count > 0);
    let told: Vec<String> = told
        .map(|(count, what)| format!("{} {what}", counted(count, "finding")))
        .collect();
    match told.is_empty() {
        true => "all as claimed".into(),
        false => told.join(", "),
    }
}

/// A quote with what was found of it.
fn write_claim(output: &mut impl Write, claim: &CheckedClaim) -> std::io::Result<()> {
    let yes = |is: bool| if is { "yes" } else { "NO" };
    writeln!(output, "quote {}: “{}”", plain(&claim.quote), plain(&claim.words))?;
    let printed = claim.printed.as_deref();
    writeln!(
        output,
        "  {}{}, {}",
        claim.speaker.as_deref().map_or("nobody is named".into(), plain),
        printed.map_or(String::new(), |printed| format!(
            " (printed as “{}”)",
            plain(printed)
        )),
        claim.said.as_deref().map_or("day unknown".into(), plain),
    )?;
    let from = claim.answered_from.as_deref();
    writeln!(
        output,
        "  {}{}, captured {}",
        plain(&claim.address),
        from.map_or(String::new(), |from| format!(
            " (its record: answered from {})",
            plain(from)
        )),
        plain(&claim.captured_at)
    )?;
    writeln!(
        output,
        "  the words stand in the archived bytes: {}; this program reads words, place, speaker and day so: {}",
        yes(claim.stands),
        yes(claim.is_read_so)
    )?;
    for told in &claim.became {
        writeln!(output, "  {}", plain(told))?;
    }
    for told in &claim.by_hand {
        writeln!(
            output,
            "  {}: a person’s word, which no record proves",
            plain(told)
        )?;
    }
    Ok(())
}

fn in_a_line(unlike: &Unlike) -> String {
    format!(
        "{}{} {}: {}",
        if unlike.is_difference {
            ""
        } else {
            "not to be told: "
        },
        unlike.part.code(),
        plain(&unlike.id),
        plain(&unlike.problem)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::PartOfPack;

    fn found(differences: &[bool]) -> Report {
        let unlike = |is_difference: &bool| Unlike {
            part: PartOfPack::Quote,
            id: "q1".into(),
            problem: "its day is another".into(),
            is_difference: *is_difference,
        };
        Report {
            unlike: differences.iter().map(unlike).collect(),
            ..Report::default()
        }
    }

    #[test]
    fn what_differs_weighs_more_than_what_cannot_be_told() {
        assert_eq!(code(&found(&[])), DONE);
        assert_eq!(code(&found(&[false])), UNREAD);
        assert_eq!(code(&found(&[false, true])), FAILED);
        assert_eq!((worse(UNREAD, FAILED), worse(DONE, UNREAD)), (FAILED, UNREAD));
    }
}
