//! What the tests share: a program to run, a workspace to run it in, a site to crawl.

#[cfg(target_os = "linux")]
pub(crate) mod altered;
pub(crate) mod demo;
pub(crate) mod faulty;
pub(crate) mod site;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The program under test.
pub(crate) fn onrecord() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    // A tracker of whoever runs the tests is none of theirs.
    command.env_remove("ONRECORD_WORKSPACE").stdin(Stdio::null());
    command
}

/// A workspace in a folder of its own.
pub(crate) struct Workspace {
    folder: tempfile::TempDir,
}

impl Workspace {
    /// A workspace with quick settings and no sources.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let workspace = Self { folder };
        workspace.write(
            "config/onrecord.toml",
            "[crawl]\ncontact = \"tests\"\npace = \"1ms\"\ntimeout = \"3s\"\nidle_timeout = \"1s\"\n\
             robots_for = \"1h\"\nmax_body_bytes = 300000\n",
        );
        std::fs::create_dir_all(workspace.path().join("config/sources")).expect("a folder");
        workspace
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file of the workspace.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("inside the workspace")).expect("a folder");
        std::fs::write(path, text).expect("written");
    }

    /// Adds a line to the table `[crawl]` of the settings.
    pub(crate) fn set(&self, line: &str) {
        let path = self.path().join("config/onrecord.toml");
        let settings = std::fs::read_to_string(path).expect("readable");
        self.write("config/onrecord.toml", &format!("{settings}{line}\n"));
    }

    /// A command in this workspace.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = onrecord();
        command.arg("--workspace").arg(self.path()).args(arguments);
        command
    }

    /// Runs a command; it must end with this exit code.
    #[track_caller]
    pub(crate) fn run(&self, code: i32, arguments: &[&str]) -> Output {
        let output = self.command(arguments).output().expect("the program runs");
        assert_eq!(
            output.status.code(),
            Some(code),
            "{arguments:?}\n{}\n{}",
            text(&output.stdout),
            text(&output.stderr)
        );
        output
    }

    /// The objects that a command prints, one a line.
    #[track_caller]
    pub(crate) fn lines(&self, code: i32, arguments: &[&str]) -> Vec<Value> {
        json_lines(&self.run(code, arguments).stdout)
    }

    /// Crawls once; the summary as JSON. Where nobody answered at all, that is an exit code of its own.
    #[track_caller]
    pub(crate) fn crawl(&self, more: &[&str]) -> Value {
        let output = self
            .command(&["crawl", "--once", "--json"])
            .args(more)
            .output()
            .expect("the program runs");
        assert!(
            matches!(output.status.code(), Some(0 | 2)) && !output.stdout.is_empty(),
            "{more:?}\n{}",
            text(&output.stderr)
        );
        json_lines(&output.stdout).remove(0)
    }

    /// The WARC files of the archive.
    pub(crate) fn segments(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.path().join("index/archive")).expect("an archive");
        let paths = entries.map(|entry| entry.expect("readable").path());
        paths
            .filter(|path| path.extension().is_some_and(|ending| ending == "gz"))
            .collect()
    }
}

/// Objects, one a line.
#[track_caller]
pub(crate) fn json_lines(bytes: &[u8]) -> Vec<Value> {
    text(bytes)
        .lines()
        .map(|line| serde_json::from_str(line).expect(line))
        .collect()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The folder of shared data, where the tests are given one.
pub(crate) fn shared() -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("ONRECORD_SHARED")?);
    let folder = if folder.is_absolute() {
        folder
    } else {
        Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
    };
    assert!(
        folder.is_dir(),
        "ONRECORD_SHARED names no folder: {}",
        folder.display()
    );
    Some(folder)
}

/// Waits until `done` says so; a test that waits in vain fails.
#[track_caller]
pub(crate) fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let begin = std::time::Instant::now();
    while !done() {
        assert!(
            begin.elapsed() < std::time::Duration::from_secs(60),
            "waited in vain: {what}"
        );
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

/// The most memory a process has held so far, in kB; on Linux, where the system tells it.
pub(crate) fn peak_kb(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
