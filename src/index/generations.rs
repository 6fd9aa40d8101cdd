//! The folder of the index: it holds generations, of which one is current.
//!
//! An index that is made anew is built beside the current one and becomes current by one rename, so that searches go on
//! meanwhile and nothing is lost by a kill. A file says which generation is current; other processes look at it before
//! they reload or write. Generations that were replaced are deleted by whoever makes another one current.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tantivy::directory::INDEX_WRITER_LOCK;
use tantivy::{Directory, Index};
use uuid::Uuid;

use super::IndexError;
use super::phrases::FrequentPhrases;

/// The file that names the current generation.
const CURRENT: &str = "CURRENT";
/// What the names of generations begin with; the rest is a UUIDv7, so that later ones sort behind.
const GENERATION: &str = "g-";

/// The file of a generation that holds its phrases.
const PHRASES: &str = "phrases.txt";

/// After how long a generation that nobody writes, or a draft of the name, is what a killed process left.
const LEFT_BEHIND: Duration = Duration::from_secs(600);

/// The folder of the current generation, where there is one.
pub(super) fn current(root: &Path) -> Option<PathBuf> {
    let name = std::fs::read_to_string(root.join(CURRENT)).ok()?;
    let name = name.trim();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let is_name = name.starts_with(GENERATION) && name.chars().all(is_plain);
    is_name.then(|| root.join(name)).filter(|folder| folder.is_dir())
}

/// The phrases that a generation has lists of, unless they are others than those it was begun with: with those it could not be
/// written any more.
pub(super) fn phrases(generation: &Path, digest: &str) -> Option<FrequentPhrases> {
    let written = std::fs::read_to_string(generation.join(PHRASES)).ok()?;
    let phrases = FrequentPhrases::read(&written);
    (phrases.digest() == digest).then_some(phrases)
}

/// A generation that is not current yet. Its folder goes with this, unless it becomes current.
pub(super) struct Unfinished(PathBuf);

impl Unfinished {
    /// Makes the folder of a new generation.
    pub(super) fn begin(root: &Path) -> Result<Self, IndexError> {
        sweep(root);
        let folder = root.join(format!("{GENERATION}{}", Uuid::now_v7()));
        std::fs::create_dir_all(&folder).map_err(|source| failed(&folder, source))?;
        Ok(Self(folder))
    }

    /// The folder.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// Keeps the phrases that it has lists of.
    pub(super) fn keep_phrases(&self, phrases: &FrequentPhrases) -> Result<(), IndexError> {
        let path = self.0.join(PHRASES);
        let write = || {
            let mut file = File::create(&path)?;
            file.write_all(phrases.written().as_bytes())?;
            file.sync_all()
        };
        write().map_err(|source| failed(&path, source))
    }

    /// Makes it the current one, and deletes what came before it.
    pub(super) fn make_current(self, root: &Path) -> Result<(), IndexError> {
        make_current(root, &self.0)?;
        std::mem::forget(self);
        sweep(root);
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // What cannot be deleted now is left to the next sweep.
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn make_current(root: &Path, generation: &Path) -> Result<(), IndexError> {
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
    write().map_err(|source| failed(root, source))
}

/// Deletes what nobody opens any more: generations before the current one, what killed processes left, and the files of
/// versions that knew no generations. What cannot be deleted now is left to the next sweep.
fn sweep(root: &Path) {
    let current = current(root);
    for entry in std::fs::read_dir(root).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_old = || {
            let changed = entry.metadata().and_then(|it| it.modified()).ok();
            changed
                .and_then(|at| at.elapsed().ok())
                .is_some_and(|age| age > LEFT_BEHIND)
        };
        if path.is_dir() {
            let is_before = current.as_ref().is_some_and(|current| path < *current);
            let is_other = name.starts_with(GENERATION) && current.as_ref() != Some(&path);
            if is_other && (is_before || is_old()) && !is_written(&path) {
                drop(std::fs::remove_dir_all(&path));
            }
        } else if name != CURRENT && (current.is_some() && !name.starts_with(CURRENT) || is_old()) {
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
        let begin = || Unfinished::begin(root.path()).expect("begun");
        let first = begin();
        let first_path = first.path().to_path_buf();
        assert_eq!(current(root.path()), None);
        first.make_current(root.path()).expect("made");
        assert_eq!(current(root.path()), Some(first_path.clone()));
        let (second, third) = (begin(), begin());
        let second_path = second.path().to_path_buf();
        second.make_current(root.path()).expect("made");
        assert_eq!(current(root.path()), Some(second_path));
        // The third may be under construction.
        let third_path = third.path().to_path_buf();
        assert!(!first_path.exists() && third_path.exists());
        assert!(!root.path().join("meta.json").exists());
        drop(third);
        assert!(!third_path.exists());
    }

    #[test]
    fn what_a_killed_process_left_is_deleted_by_the_next_one() {
        let root = tempfile::tempdir().expect("a folder");
        let left = Unfinished::begin(root.path()).expect("begun");
        let path = left.path().to_path_buf();
        std::mem::forget(left);
        let begun = Unfinished::begin(root.path()).expect("begun");
        assert!(path.exists(), "it may be under construction");
        let long_ago = std::time::SystemTime::now() - 2 * LEFT_BEHIND;
        let folder = File::open(&path).expect("a folder");
        folder.set_modified(long_ago).expect("set");
        drop(begun);
        drop(Unfinished::begin(root.path()).expect("begun"));
        assert!(!path.exists());
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
