//! The folder a tracker lives in.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::error::SettingsError;

/// Every setting with its default and a comment; loaded first.
pub const REFERENCE: &str = include_str!("../../config/onrecord.toml");

/// A source file with every key explained, as `onrecord init` writes it.
pub const SOURCE_EXAMPLE: &str = include_str!("../../config/source.example.toml");

/// A tracker workspace: a folder with `config/` and `index/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The workspace at `root`, whether it is there or not.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The workspace named by `given`, else the nearest one at or above `current`.
    pub fn find(given: Option<&Path>, current: &Path) -> Result<Self, SettingsError> {
        match given {
            Some(path) if Self::is_one(path) => Ok(Self::at(path)),
            Some(path) => Err(SettingsError::NoWorkspace { path: path.into() }),
            None => current
                .ancestors()
                .find(|folder| Self::is_one(folder))
                .map(Self::at)
                .ok_or_else(|| SettingsError::NoWorkspace { path: current.into() }),
        }
    }

    /// Whether a folder is a workspace: it has `config/onrecord.toml`.
    pub fn is_one(folder: &Path) -> bool {
        folder.join("config").join("onrecord.toml").is_file()
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A digest of everything that is configured: settings, sources and speakers as they are written now. What cannot be read
    /// is as if it were not there.
    pub fn configured(&self) -> String {
        let mut files = vec![self.settings_file(), self.speakers_file()];
        let sources = std::fs::read_dir(self.sources()).into_iter().flatten().flatten();
        files.extend(sources.map(|entry| entry.path()));
        files.sort();
        let mut digest = Sha256::new();
        for path in files
            .iter()
            .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        {
            digest.update(path.as_os_str().as_encoded_bytes());
            digest.update(Sha256::digest(std::fs::read(path).unwrap_or_default()));
        }
        data_encoding::HEXLOWER.encode(&digest.finalize())
    }

    /// The settings file.
    pub fn settings_file(&self) -> PathBuf {
        self.root.join("config").join("onrecord.toml")
    }

    /// The folder of source files.
    pub fn sources(&self) -> PathBuf {
        self.root.join("config").join("sources")
    }

    /// The file of people and bodies.
    pub fn speakers_file(&self) -> PathBuf {
        self.root.join("config").join("speakers.toml")
    }

    /// The folder of everything the running tracker owns.
    pub fn index(&self) -> PathBuf {
        self.root.join("index")
    }

    /// The folder of WARC files.
    pub fn archive(&self) -> PathBuf {
        self.index().join("archive")
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.index().join("onrecord.db")
    }

    /// The folder of the search index.
    pub fn search(&self) -> PathBuf {
        self.index().join("search")
    }
}

#[cfg(test)]
mod tests {
    use super::Workspace;

    #[test]
    fn the_nearest_parent_that_is_a_workspace_is_found() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let deep = folder.path().join("a").join("b");
        std::fs::create_dir_all(&deep).expect("folders");
        assert!(Workspace::find(None, &deep).is_err());
        std::fs::create_dir(folder.path().join("config")).expect("a folder");
        std::fs::write(folder.path().join("config/onrecord.toml"), "").expect("a file");
        assert_eq!(Workspace::find(None, &deep).expect("found").root(), folder.path());
        assert!(Workspace::find(Some(&deep), folder.path()).is_err());
    }
}
