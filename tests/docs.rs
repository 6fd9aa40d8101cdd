//! What is written about the program is true of it.

use std::path::Path;

use onrecord::index::FIELDS;

use crate::support::{onrecord, text};

fn project(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_readme_names_every_command_and_every_search_field() {
    let readme = project("README.md");
    let printed = |arguments: &[&str]| text(&onrecord().args(arguments).output().expect("runs").stdout);
    let help = printed(&["--help"]);
    let listed = help.split("Commands:").nth(1).expect("a list of commands");
    let listed = listed.trim_start_matches('\n').lines();
    let commands: Vec<&str> = listed
        .take_while(|line| !line.is_empty())
        // What does not fit on a line goes on further in.
        .filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .collect();
    assert!(commands.len() > 15, "{commands:?}");
    for command in commands {
        assert!(readme.contains(&format!("onrecord {command}")), "{command}");
    }
    let syntax = printed(&["search", "--syntax"]);
    for field in &FIELDS {
        let name = format!("{}:", field.names[0]);
        assert!(readme.contains(&name), "{name} in README.md");
        assert!(syntax.contains(&name), "{name} in `search --syntax`");
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
    let tree = story.split("## The tree").nth(1).expect("a chapter of the tree");
    let tree = tree.split("\n## ").next().unwrap_or(tree);
    let rows = tree.lines().filter_map(|line| line.strip_prefix("| `"));
    for name in rows.filter_map(|row| row.split('`').next()) {
        let is_there = source.join(name).is_dir() || source.join(name).with_extension("rs").is_file();
        assert!(is_there, "there is no chapter `{name}`");
    }
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
