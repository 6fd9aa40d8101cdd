//! The archive's files as a whole: every record's digests, and which files are gone, cut off, or on no row.

use std::path::Path;

use rayon::prelude::*;
use tokio::sync::oneshot;

use super::{Finding, Verification};
use crate::archive::{self, ArchiveError};
use crate::pipeline::{PipelineError, Tracker, unknown_stretches};
use crate::store::UnknownStretch;

/// What of the archive's files is not as rows tell.
#[derive(Clone, Debug, Default)]
pub struct ArchiveFiles {
    /// The files that rows tell of and that are not there.
    pub missing: Vec<String>,
    /// Those that end before the last record that rows tell of: their name, their bytes, and the bytes on record.
    pub shorter: Vec<(String, u64, u64)>,
    /// What of them no row tells of: a crawl that is under way or was killed leaves some records behind, a database that was
    /// put back from an earlier day many.
    pub unknown: Vec<UnknownStretch>,
    /// Files of others that lie beside them.
    pub foreign: Vec<String>,
}

/// Lays the archive's folder beside what rows tell of it.
pub async fn archive_files(tracker: &Tracker) -> Result<ArchiveFiles, PipelineError> {
    let folder = tracker.workspace.archive();
    let told = tracker.store.archive_files().await?;
    let mut files = ArchiveFiles::default();
    for file in &told {
        match std::fs::metadata(folder.join(&file.name)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                files.missing.push(file.name.clone())
            }
            // What keeps it from being looked at is told where it is read.
            Err(_) => {}
            Ok(there) if there.len() < file.bytes => {
                files.shorter.push((file.name.clone(), there.len(), file.bytes));
            }
            Ok(_) => {}
        }
    }
    // What went last is what somebody can do something about.
    files.missing.reverse();
    files.unknown = unknown_stretches(tracker).await?;
    let there = archive::segments(&folder)?;
    let there = there.iter().filter_map(|path| path.file_name()?.to_str());
    let foreign = there.filter(|name| !archive::is_own(name));
    files.foreign = foreign.map(str::to_owned).collect();
    Ok(files)
}

/// Recomputes the digests of every record, whether a row names it or not.
pub(super) async fn check_records(
    tracker: &Tracker,
    verification: &mut Verification,
) -> Result<(), PipelineError> {
    let folder = tracker.workspace.archive();
    let segments = archive::segments(&folder)?;
    let (told, answer) = oneshot::channel();
    rayon::spawn(move || {
        let checked: Vec<CheckedFile> = segments.par_iter().map(|path| checked_file(path)).collect();
        let _ = told.send(checked);
    });
    let checked = answer
        .await
        .map_err(|_| PipelineError::Stopped("checking the archive"))?;
    for file in checked {
        verification.records += file.records;
        verification.findings.extend(file.findings);
        verification.unread.extend(file.unread);
    }
    Ok(())
}

/// What came of reading a file through.
#[derive(Default)]
struct CheckedFile {
    records: u64,
    findings: Vec<Finding>,
    /// Its name, where it could not be read to its end.
    unread: Option<String>,
}

/// Reads a file through and recomputes the digests of its records.
fn checked_file(path: &Path) -> CheckedFile {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut checked = CheckedFile::default();
    let opened = match archive::records(path) {
        Ok(opened) => opened,
        Err(error) => {
            checked.unreadable(&name, &error);
            return checked;
        }
    };
    for item in opened {
        checked.records += 1;
        match item {
            Ok((location, record)) => {
                let problems = record.problems().into_iter();
                checked.findings.extend(problems.map(|problem| Finding::Record {
                    capture: None,
                    place: format!("{name}:{}", location.offset),
                    problem: problem.to_string(),
                }));
            }
            Err(error) => checked.unreadable(&name, &error),
        }
    }
    checked
}

impl CheckedFile {
    fn unreadable(&mut self, name: &str, error: &ArchiveError) {
        // Only of damage it is known where it lies; what the system does not let us read it says of the file.
        let place = match error {
            ArchiveError::Damaged { offset, .. } => format!("{name}:{offset}"),
            _ => name.to_owned(),
        };
        self.findings.push(Finding::of(None, place, error));
        self.unread = Some(name.to_owned());
    }
}
