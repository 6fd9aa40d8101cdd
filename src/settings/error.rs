//! What is wrong with a settings file, and where.

use std::ops::Range;
use std::path::{Path, PathBuf};

use super::slips;

/// A complaint about settings.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A file could not be read.
    #[error("cannot read {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file does not say what it may say.
    #[error("{place}: {message}")]
    Invalid {
        /// The file and line, or the variable.
        place: String,
        /// What is wrong.
        message: String,
        /// What to do about it.
        hint: Option<String>,
    },
    /// The folder is no tracker workspace, nor is any of its parents.
    #[error("{} is no tracker workspace", path.display())]
    NoWorkspace {
        /// The folder.
        path: PathBuf,
    },
}

impl SettingsError {
    /// What to do about it, where that is known.
    pub fn hint(&self) -> Option<String> {
        match self {
            SettingsError::Unreadable { .. } => None,
            SettingsError::Invalid { hint, .. } => hint.clone(),
            SettingsError::NoWorkspace { .. } => {
                Some("make one with `onrecord init DIR`, or name one with `--workspace DIR`".into())
            }
        }
    }

    /// A complaint about one line of a file.
    pub(super) fn at(path: &Path, line: usize, message: impl Into<String>, hint: Option<String>) -> Self {
        SettingsError::Invalid {
            place: format!("{}:{line}", path.display()),
            message: message.into(),
            hint,
        }
    }

    /// What the TOML reader complains about, with the nearest known key for an unknown one.
    pub(super) fn from_toml(path: &Path, text: &str, error: &toml::de::Error) -> Self {
        let message = error.message().lines().next().unwrap_or_default().to_string();
        let line = line_of(text, error.span());
        let written = text.lines().nth(line - 1).unwrap_or_default();
        let hint = nearest_of_message(&message).or_else(|| slips::hint(written, &message));
        // The list of all keys says nothing that the nearest one does not.
        let short = message
            .split(", expected one of")
            .next()
            .unwrap_or_default()
            .to_string();
        SettingsError::at(path, line, short, hint)
    }
}

/// The line (from 1) where a stretch of `text` begins.
pub(super) fn line_of(text: &str, span: Option<Range<usize>>) -> usize {
    let start = span.map_or(0, |span| span.start).min(text.len());
    text.as_bytes()[..start]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count()
        + 1
}

/// A hint that names the candidate most like `word`, if one is near enough to be meant.
pub(super) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, candidate)| format!("did you mean `{candidate}`?"))
}

/// Serde lists the known names between backquotes after the unknown one; picks the nearest.
fn nearest_of_message(message: &str) -> Option<String> {
    if !message.starts_with("unknown") {
        return None;
    }
    let mut names = message.split('`').skip(1).step_by(2);
    let unknown = names.next()?;
    nearest(unknown, names)
}
