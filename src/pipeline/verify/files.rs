//! The archive's files as a whole: every record's digests, and which files are gone, cut off, or on no row.

use std::collections::HashSet;

use super::{Finding, Verification};
use crate::archive::{self, ArchiveError};
use crate::pipeline::{PipelineError, Tracker};

/// What of the archive's files is not as rows tell.
#[derive(Clone, Debug, Default)]
pub struct ArchiveFiles {
    /// The files that rows tell of and that are not there.
    pub missing: Vec<String>,
    /// Those that end before the last record that rows tell of: their name, their bytes, and the bytes on record.
    pub shorter: Vec<(String, u64, u64)>,
    /// Those that no row tells of, or only in part: a crawl that was killed leaves some records behind, a database that was
    /// put back from an earlier day many.
    pub beyond: Vec<String>,
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
            Ok(there) if there.len() > file.bytes => files.beyond.push(file.name.clone()),
            Ok(_) => {}
        }
    }
    // What went last is what somebody can do something about.
    files.missing.reverse();
    let names: HashSet<&str> = told.iter().map(|file| file.name.as_str()).collect();
    let there = archive::segments(&folder)?;
    let there = there.iter().filter_map(|path| path.file_name()?.to_str());
    files
        .beyond
        .extend(there.filter(|name| !names.contains(name)).map(str::to_string));
    Ok(files)
}

/// Recomputes the digests of every record, whether a row names it or not.
pub(super) async fn check_records(
    tracker: &Tracker,
    verification: &mut Verification,
) -> Result<(), PipelineError> {
    let folder = tracker.workspace.archive();
    let (records, findings, unread) = tokio::task::spawn_blocking(move || {
        let (mut records, mut findings, mut unread) = (0, Vec::new(), HashSet::new());
        for path in archive::segments(&folder)? {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let opened = match archive::records(&path) {
                Ok(opened) => opened,
                Err(error) => {
                    findings.push(Finding::of(None, name.clone(), &error));
                    unread.insert(name);
                    continue;
                }
            };
            for item in opened {
                records += 1;
                match item {
                    Ok((location, record)) => {
                        let problems = record.problems().into_iter();
                        findings.extend(problems.map(|problem| Finding::Record {
                            capture: None,
                            place: format!("{name}:{}", location.offset),
                            problem: problem.to_string(),
                        }));
                    }
                    Err(error) => {
                        let at = match &error {
                            ArchiveError::Damaged { offset, .. } => *offset,
                            _ => 0,
                        };
                        findings.push(Finding::of(None, format!("{name}:{at}"), &error));
                        unread.insert(name.clone());
                    }
                }
            }
        }
        Ok::<_, ArchiveError>((records, findings, unread))
    })
    .await
    .map_err(|_| PipelineError::Stopped("checking the archive"))??;
    verification.records += records;
    verification.findings.extend(findings);
    verification.unread.extend(unread);
    Ok(())
}
