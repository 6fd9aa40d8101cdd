//! `onrecord init`: a new tracker workspace.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};

use super::arguments::InitArguments;
use super::output::DONE;
use crate::settings::{REFERENCE, SOURCE_EXAMPLE, Workspace};

/// An empty speakers file that says what it is for.
const SPEAKERS: &str = include_str!("speakers.example.toml");
/// What lies in `index/`.
const INDEX_README: &str = include_str!("../../index/README.md");

pub(super) fn run(given: &InitArguments) -> anyhow::Result<ExitCode> {
    let workspace = Workspace::at(&given.folder);
    if Workspace::is_one(workspace.root()) {
        bail!("{} is a tracker workspace already", workspace.root().display());
    }
    let mut made = std::io::stdout().lock();
    let files = [
        (workspace.settings_file(), commented(REFERENCE)),
        (
            workspace.root().join("config/source.example.toml"),
            SOURCE_EXAMPLE.to_string(),
        ),
        (workspace.speakers_file(), SPEAKERS.to_string()),
        (workspace.index().join("README.md"), INDEX_README.to_string()),
    ];
    fs::create_dir_all(workspace.sources())
        .with_context(|| format!("cannot make {}", workspace.sources().display()))?;
    for (path, text) in files {
        write_new(&path, &text)?;
    }
    let folder = workspace.root().display();
    writeln!(made, "made a tracker workspace in {folder}")?;
    writeln!(
        made,
        "next: say who you are in {folder}/config/onrecord.toml (crawl.contact),"
    )?;
    writeln!(
        made,
        "      add sources: `onrecord sources probe ADDRESS` prints their files, {folder}/config/source.example.toml explains them,"
    )?;
    writeln!(
        made,
        "      then run `onrecord --workspace {folder} crawl --once`"
    )?;
    Ok(ExitCode::from(DONE))
}

/// Writes a file that must not be there yet: what somebody wrote is never overwritten.
fn write_new(path: &Path, text: &str) -> anyhow::Result<()> {
    let place = || format!("cannot write {}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(place)?;
    }
    if path.exists() {
        return Ok(());
    }
    fs::write(path, text).with_context(place)
}

/// The reference with every setting commented out: what is not changed keeps following the defaults.
fn commented(reference: &str) -> String {
    let mut text = String::with_capacity(reference.len());
    for line in reference.lines() {
        let keep = line.is_empty() || line.starts_with(['#', '[']);
        text.push_str(if keep { "" } else { "# " });
        text.push_str(line);
        text.push('\n');
    }
    text
}
