//! `onrecord evidence`: what proves one quote, in a folder for somebody who has no tracker; and the check of such a folder.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};

use super::arguments::EvidenceArguments;
use super::output::{DONE, FAILED, plain, tell};
use super::session;
use crate::model::id::QuoteId;
use crate::pipeline::{self, CLAIM, Claim, Evidence, Pasted, RECORDS};

/// What the folder says of itself.
const README: &str = include_str!("evidence.txt");

pub(super) fn run(workspace: Option<&Path>, given: &EvidenceArguments) -> anyhow::Result<ExitCode> {
    session::with_tracker(workspace, async |tracker| {
        let Some(Pasted::Quote(id)) = pipeline::pasted(tracker, &given.quote).await? else {
            bail!(
                "`{}` is no quote that is held: a quote's page and `search --json` show its id",
                given.quote
            );
        };
        let quote = pipeline::quote(tracker, &id).await?;
        let evidence = match &quote {
            Some(quote) => pipeline::evidence(tracker, quote).await?,
            None => None,
        };
        let evidence = evidence.with_context(|| format!("no capture of {id} is on record"))?;
        let folder = given.output.clone().unwrap_or_else(|| folder_of(&id).into());
        write(&folder, &evidence).with_context(|| format!("cannot write {}", folder.display()))?;
        tell(&format!(
            "{} written; `onrecord verify {0}` checks it, also where there is no tracker",
            folder.display()
        ));
        Ok(ExitCode::from(DONE))
    })
}

fn folder_of(id: &QuoteId) -> String {
    format!("evidence-{id}")
}

/// Writes a new folder: evidence is not mixed with what was there.
fn write(folder: &Path, evidence: &Evidence) -> anyhow::Result<()> {
    std::fs::create_dir(folder)?;
    std::fs::write(folder.join(RECORDS), &evidence.records)?;
    let mut claim = serde_json::to_string_pretty(&evidence.claim)?;
    claim.push('\n');
    std::fs::write(folder.join(CLAIM), claim)?;
    std::fs::write(folder.join("README.txt"), README)?;
    Ok(())
}

/// Whether an argument of `verify` is such a folder.
pub(super) fn is_evidence(named: &str) -> bool {
    Path::new(named).join(CLAIM).is_file()
}

/// Checks a folder of evidence, without any workspace.
pub(super) fn check(folder: &Path) -> anyhow::Result<ExitCode> {
    let (claim, problems) = pipeline::check_evidence(folder)?;
    let mut output = std::io::stdout().lock();
    for problem in &problems {
        writeln!(output, "{}", plain(problem))?;
    }
    if problems.is_empty() {
        writeln!(output, "{}", sound(&claim))?;
        return Ok(ExitCode::from(DONE));
    }
    writeln!(output, "the evidence does not bear out what is claimed")?;
    Ok(ExitCode::from(FAILED))
}

/// What was found to be so, and what was not looked at.
fn sound(claim: &Claim) -> String {
    format!(
        "as claimed: the words of {} stand in what {} answered at {} (digests of the records and of the payload recomputed). \
         Whose words they are and when they were said is the reading of the text, which is for you to judge.",
        plain(&claim.quote),
        plain(&claim.url),
        claim.captured_at
    )
}
