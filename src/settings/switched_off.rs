//! Which source files switch their source off, and where they say so.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::error::line_of;

/// The one key of a source file that is looked at here.
#[derive(Deserialize)]
struct Switch {
    enabled: Option<toml::Spanned<bool>>,
}

/// Where a source file says that its source is not crawled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SwitchedOff {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: usize,
}

impl std::fmt::Display for SwitchedOff {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}:{}", self.path.display(), self.line)
    }
}

/// Where the files of these sources, of a folder, switch them off.
pub fn switched_off<'a>(folder: &Path, sources: impl Iterator<Item = &'a str>) -> Vec<SwitchedOff> {
    let mut found: Vec<SwitchedOff> = sources
        .filter_map(|source| {
            let path = folder.join(format!("{source}.toml"));
            let text = std::fs::read_to_string(&path).ok()?;
            let enabled = toml::from_str::<Switch>(&text).ok()?.enabled?;
            let line = line_of(&text, Some(enabled.span()));
            (!enabled.get_ref()).then_some(SwitchedOff { path, line })
        })
        .collect();
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_that_switches_a_source_off_is_named() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in [
            (
                "off",
                "name = \"Off\"\n# Not yet.\nenabled = false\n[[channel]]\nkind = \"feed\"\n",
            ),
            ("on", "name = \"On\"\nenabled = true\n"),
            ("unsaid", "name = \"Unsaid\"\n[[channel]]\nenabled = false\n"),
            ("broken", "enabled = \n"),
        ] {
            std::fs::write(folder.path().join(format!("{name}.toml")), text).expect("written");
        }
        let found = switched_off(
            folder.path(),
            ["on", "unsaid", "broken", "missing", "off"].into_iter(),
        );
        let places: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            places,
            [format!("{}:3", folder.path().join("off.toml").display())]
        );
    }
}
