//! The files of an archive: their names, their order, and what a crash left at the end of the newest.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::ArchiveError;
use super::reader::{Ending, scan};

const PREFIX: &str = "onrecord-";
const SUFFIX: &str = ".warc.gz";

/// The archive files of a folder, oldest first. A folder that is not there holds none.
pub fn segments(folder: &Path) -> Result<Vec<PathBuf>, ArchiveError> {
    let failed = |source| ArchiveError::Open {
        path: folder.into(),
        source,
    };
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed)?,
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(failed)?.path();
        if path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().ends_with(SUFFIX))
        {
            paths.push(path);
        }
    }
    // Names of ours begin with their number, so their order is that in which they were begun.
    paths.sort();
    Ok(paths)
}

/// The newest file of ours among an archive's, with its number. Others may lie beside them, put there by a person: they are
/// read and never written to.
pub(super) fn newest(paths: &[PathBuf]) -> Option<(u32, &PathBuf)> {
    let numbered = paths
        .iter()
        .filter_map(|path| Some((serial(path.file_name()?.to_str()?)?, path)));
    numbered.max()
}

/// Whether a file is one of ours by its name.
pub fn is_own(name: &str) -> bool {
    serial(name).is_some()
}

/// The number that a file's name has, where it is one of ours.
pub(super) fn serial(name: &str) -> Option<u32> {
    let (serial, _) = name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?.split_once('-')?;
    serial.parse().ok()
}

/// The name of the file of a number. The number leads, because a clock may be set back.
pub(super) fn name(serial: u32, now: Timestamp) -> String {
    let moment = now.strftime("%Y%m%d%H%M%S");
    format!("{PREFIX}{serial:06}-{moment}{SUFFIX}")
}

/// Moves a record that a crash left unfinished from the end of a file into one of its own; answers the
/// length that is sound, or `None` where the file is damaged otherwise and must be left as it is. The first `known` bytes were
/// whole when rows were committed that tell of them, and are not read: that is `verify`'s.
pub(super) fn mend(path: &Path, known: u64) -> Result<Option<u64>, ArchiveError> {
    match scan(path, known)? {
        Ending::Whole { length } => Ok(Some(length)),
        Ending::Damaged => Ok(None),
        Ending::Torn { sound, length } => {
            let failed = |source| ArchiveError::Write {
                path: path.into(),
                source,
            };
            tracing::warn!(
                sound,
                length,
                "{}: the last record was not finished; its {} bytes were never on record and are set aside",
                path.display(),
                length - sound
            );
            set_aside(path, sound).map_err(failed)?;
            let file = OpenOptions::new().write(true).open(path).map_err(failed)?;
            file.set_len(sound).map_err(failed)?;
            file.sync_all().map_err(failed)?;
            Ok(Some(sound))
        }
    }
}

/// Keeps what follows the last sound record: it should be worthless, but that is for a person to say.
fn set_aside(path: &Path, sound: u64) -> std::io::Result<()> {
    let mut source = File::open(path)?;
    source.seek(SeekFrom::Start(sound))?;
    let mut kept = new_beside(path, sound)?;
    std::io::copy(&mut source, &mut kept)?;
    kept.sync_all()?;
    // Its name has to survive a crash as well, before the bytes are cut off where they lie.
    let folder = path.parent().unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

/// A new file for what is set aside from a byte on; what an earlier crash left at the same place stays.
fn new_beside(path: &Path, sound: u64) -> std::io::Result<File> {
    let mut number = 1_u32;
    loop {
        let mut torn = path.as_os_str().to_owned();
        torn.push(format!(".torn-{sound}"));
        if number > 1 {
            torn.push(format!("-{number}"));
        }
        match File::create_new(torn) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => number += 1,
            made => return made,
        }
    }
}
