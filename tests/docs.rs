//! What is written about the program is true of it.

use std::path::Path;

use crate::support::{onrecord, text};

fn project(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_readme_names_every_command_and_every_search_field() {
    let readme = project("README.md");
    for command in [
        "init", "crawl", "search", "export", "timeline", "status", "verify", "serve", "annotate", "extract",
        "preview", "discover", "sources", "schedule", "explain", "demo", "reindex", "searches", "token",
    ] {
        assert!(readme.contains(&format!("onrecord {command}")), "{command}");
    }
    let help = text(
        &onrecord()
            .args(["search", "--help"])
            .output()
            .expect("runs")
            .stdout,
    );
    for field in [
        "speaker:",
        "source:",
        "kind:",
        "genre:",
        "lang:",
        "office:",
        "url:",
        "said:",
        "published:",
        "mentions:",
        "captured:",
    ] {
        assert!(readme.contains(field), "{field} in README.md");
        assert!(help.contains(field), "{field} in --help");
    }
}

#[test]
fn every_setting_has_a_comment() {
    let reference = project("config/onrecord.toml");
    let lines: Vec<&str> = reference.lines().collect();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.contains(" = ")) {
        if !line.starts_with('#') {
            assert!(
                index > 0 && lines[index - 1].starts_with('#'),
                "no comment: {line}"
            );
        }
    }
}

#[test]
fn the_architecture_names_every_chapter_and_no_other() {
    let story = project("ARCHITECTURE.md");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in std::fs::read_dir(source).expect("readable") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            let name = path.file_name().expect("named").to_string_lossy().into_owned();
            assert!(
                story.contains(&format!("`{name}`")),
                "ARCHITECTURE.md does not speak of `{name}`"
            );
        }
    }
}

#[test]
fn the_shipped_tracker_and_its_examples_are_sound() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("config");
    std::fs::create_dir_all(config.join("sources")).expect("a folder");
    for name in ["onrecord.toml", "speakers.toml"] {
        std::fs::copy(root.join("config").join(name), config.join(name)).expect("copied");
    }
    std::fs::copy(
        root.join("config/source.example.toml"),
        config.join("sources/example.toml"),
    )
    .expect("copied");
    for entry in std::fs::read_dir(root.join("config/sources")).expect("readable") {
        let path = entry.expect("readable").path();
        std::fs::copy(
            &path,
            config.join("sources").join(path.file_name().expect("named")),
        )
        .expect("copied");
    }
    let output = onrecord()
        .arg("--workspace")
        .arg(folder.path())
        .arg("status")
        .output()
        .expect("runs");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
}
