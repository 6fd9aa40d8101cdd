//! The folder of the index: it holds generations, of which one is current.
//!
//! An index that is made anew is built beside the current one and becomes current by one rename, so that searches go on
//! meanwhile and nothing is lost by a kill. A file says which generation is current; other processes look at it before
//! they reload or write. Generations that were replaced are deleted by whoever makes another one current.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use tantivy::directory::INDEX_WRITER_LOCK;
use tantivy::{Directory, Index};
use uuid::Uuid;

use super::IndexError;

/// The file that names the current generation.
const CURRENT: &str = "CURRENT";
/// What the names of generations begin with; the rest is a UUIDv7, so that later ones sort behind.
const GENERATION: &str = "g-";

/// The folder of the current generation, where there is one.
pub(super) fn current(root: &Path) -> Option<PathBuf> {
    let name = std::fs::read_to_string(root.join(CURRENT)).ok()?;
    let name = name.trim();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let is_name = name.starts_with(GENERATION) && name.chars().all(is_plain);
    is_name.then(|| root.join(name)).filter(|folder| folder.is_dir())
}

/// Makes the folder of a new generation, which is not current yet.
pub(super) fn begin(root: &Path) -> Result<PathBuf, IndexError> {
    let folder = root.join(format!("{GENERATION}{}", Uuid::now_v7()));
    std::fs::create_dir_all(&folder).map_err(|source| failed(&folder, source))?;
    Ok(folder)
}

/// Makes a generation the current one, and deletes what came before it.
pub(super) fn make_current(root: &Path, generation: &Path) -> Result<(), IndexError> {
    let name = generation.file_name().unwrap_or_default();
    let (named, draft) = (
        root.join(CURRENT),
        root.join(format!("{CURRENT}-{}", Uuid::now_v7())),
    );
    let write = || {
        let mut file = File::create(&draft)?;
        file.write_all(name.as_encoded_bytes())?;
        file.sync_all()?;
        std::fs::rename(&draft, &named)?;
        // The rename itself must survive the power going out; where folders cannot be opened it does by itself.
        File::open(root).and_then(|folder| folder.sync_all()).or(Ok(()))
    };
    write().map_err(|source| failed(root, source))?;
    sweep(root, generation);
    Ok(())
}

/// Deletes what is older than the current generation: nobody opens it any more. What cannot be deleted now is left to
/// the next sweep.
fn sweep(root: &Path, current: &Path) {
    for entry in std::fs::read_dir(root).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if path.is_dir() {
            let is_older = name.starts_with(GENERATION) && path.as_path() < current;
            if is_older && !is_written(&path) {
                drop(std::fs::remove_dir_all(&path));
            }
        } else if name != CURRENT {
            // Drafts of killed processes, and the files of versions that knew no generations.
            drop(std::fs::remove_file(&path));
        }
    }
}

/// Whether somebody is writing a generation.
fn is_written(generation: &Path) -> bool {
    Index::open_in_dir(generation)
        .is_ok_and(|index| index.directory().acquire_lock(&INDEX_WRITER_LOCK).is_err())
}

fn failed(path: &Path, source: std::io::Error) -> IndexError {
    IndexError::Folder {
        path: path.into(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generation_made_current_last_is_current_and_those_before_it_are_gone() {
        let root = tempfile::tempdir().expect("a folder");
        assert_eq!(current(root.path()), None);
        std::fs::write(root.path().join("meta.json"), "{}").expect("written");
        let first = begin(root.path()).expect("begun");
        assert_eq!(current(root.path()), None);
        make_current(root.path(), &first).expect("made");
        assert_eq!(current(root.path()), Some(first.clone()));
        let second = begin(root.path()).expect("begun");
        let third = begin(root.path()).expect("begun");
        make_current(root.path(), &second).expect("made");
        assert_eq!(current(root.path()), Some(second));
        // The third may be under construction.
        assert!(!first.exists() && third.exists());
        assert!(!root.path().join("meta.json").exists());
    }

    #[test]
    fn a_name_that_leads_elsewhere_is_none() {
        let root = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(root.path().join("g-1")).expect("made");
        for (name, is_one) in [("g-1", true), ("g-2", false), ("g-/../..", false), ("", false)] {
            std::fs::write(root.path().join(CURRENT), name).expect("written");
            assert_eq!(current(root.path()).is_some(), is_one, "{name}");
        }
    }
}
