//! What is written about the program is true of it.

use std::path::{Path, PathBuf};

use onrecord::index::FIELDS;
use onrecord::model::document::Genre;

use crate::support::{onrecord, text};

fn project(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The pages for people who use the program, with their names: the first hour and what it leads on to.
fn pages() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let names = files_in(&folder).into_iter().map(|name| format!("docs/{name}"));
    let named = |name: String| {
        let page = project(&name);
        (name, page)
    };
    std::iter::once("README.md".to_string())
        .chain(names)
        .map(named)
        .collect()
}

/// The pages for people who change it: the story, and what its chapters are told in more words.
fn pages_of_design() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/design");
    let names = files_in(&folder)
        .into_iter()
        .map(|name| format!("docs/design/{name}"));
    let names = std::iter::once("ARCHITECTURE.md".to_string()).chain(names);
    names
        .map(|name| {
            let page = project(&name);
            (name, page)
        })
        .collect()
}

/// The names of the files in a folder, without those of folders.
fn files_in(folder: &Path) -> Vec<String> {
    let listed = std::fs::read_dir(folder).expect("a folder of pages");
    let listed = listed.map(|entry| entry.expect("readable"));
    let files = listed.filter(|entry| entry.path().is_file());
    files
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

fn written() -> String {
    pages().into_iter().map(|(_, page)| page).collect()
}

#[test]
fn every_command_and_every_search_field_is_written_about() {
    let written = written();
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
        assert!(written.contains(&format!("onrecord {command}")), "{command}");
    }
    let syntax = printed(&["search", "--syntax"]);
    let search = project("docs/search.md");
    for field in &FIELDS {
        let name = format!("{}:", field.names[0]);
        assert!(search.contains(&name), "{name} in docs/search.md");
        assert!(syntax.contains(&name), "{name} in `search --syntax`");
    }
}

#[test]
fn every_genre_is_written_about() {
    let search = project("docs/search.md");
    for genre in Genre::ALL {
        assert!(
            search.contains(&format!("`{}`", genre.code())),
            "{genre:?} in docs/search.md"
        );
    }
}

/// The commands that stand in blocks of code, each without its comment.
fn shown_commands(page: &str) -> Vec<&str> {
    let blocks = page
        .split("```sh\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next());
    let lines = blocks.flat_map(str::lines);
    let lines = lines.map(|line| line.split(" # ").next().unwrap_or(line).trim());
    lines.filter(|line| line.starts_with("onrecord ")).collect()
}

#[test]
fn every_option_that_is_shown_is_one_of_its_command() {
    let mut seen = 0;
    for (name, page) in pages() {
        for line in shown_commands(&page) {
            let words: Vec<&str> = line.split_whitespace().skip(1).collect();
            let options = words.iter().filter(|word| word.starts_with("--"));
            let path = words
                .iter()
                .take_while(|word| word.chars().all(|c| c.is_ascii_lowercase() || c == '-'));
            let path: Vec<&str> = path.copied().filter(|word| !word.starts_with('-')).collect();
            let help = help_of(&path);
            for option in options {
                assert!(
                    help.contains(option),
                    "{name}: {line}: `{option}` is none of its options"
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 20, "{seen} options looked at");
}

/// The help of the longest command that these words name: what follows it may be a query or a file.
fn help_of(words: &[&str]) -> String {
    let tried = (0..=words.len().min(2)).rev().map(|count| {
        let output = onrecord()
            .args(&words[..count])
            .arg("--help")
            .output()
            .expect("runs");
        (output.status.success(), text(&output.stdout))
    });
    tried
        .filter(|(is_command, _)| *is_command)
        .map(|(_, help)| help)
        .next()
        .expect("the program itself has help")
}

#[test]
fn every_link_leads_somewhere_and_every_page_is_led_to() {
    for pages in [pages(), pages_of_design()] {
        check_links(&pages);
    }
}

/// Every link of these pages must lead somewhere, and to every one of them the first.
#[track_caller]
fn check_links(pages: &[(String, String)]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let link = regex::Regex::new(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)").expect("a pattern");
    let (first, story) = &pages[0];
    for (name, page) in pages {
        let folder = Path::new(name).parent().expect("a folder");
        for found in link.captures_iter(page) {
            if found[1].contains("://") {
                continue;
            }
            let target = if found[1].is_empty() {
                root.join(name)
            } else {
                root.join(folder).join(&found[1])
            };
            assert!(target.is_file(), "{name} links to {}", &found[1]);
            if let Some(part) = found.get(2) {
                let led_to = std::fs::read_to_string(&target).expect("readable");
                let headings = led_to.lines().filter_map(|line| line.strip_prefix("## "));
                let is_there = headings
                    .into_iter()
                    .any(|heading| anchor(heading) == part.as_str());
                assert!(is_there, "{name} links to #{}", part.as_str());
            }
        }
        assert!(
            name == first || story.contains(&format!("({name})")),
            "{name} in {first}"
        );
    }
}

/// A heading as links name it.
fn anchor(heading: &str) -> String {
    let kept = heading
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

#[test]
fn the_first_search_finds_what_the_readme_shows() {
    let readme = project("README.md");
    let folder = tempfile::tempdir().expect("a folder");
    let try_it = folder.path().join("try");
    let run = |arguments: &[&str]| {
        let output = onrecord().args(arguments).output().expect("runs");
        assert_eq!(
            output.status.code(),
            Some(0),
            "{arguments:?}: {}",
            text(&output.stderr)
        );
        text(&output.stdout)
    };
    let kept = try_it.to_string_lossy();
    run(&["demo", "--once", "--keep", &kept]);
    let search = |arguments: &[&str]| run(&[&["--workspace", &kept, "search"], arguments].concat());

    let found = search(&["speaker:pike \"less safe\""]);
    let shown = readme
        .split("```text\n")
        .nth(1)
        .and_then(|rest| rest.split("\n```").next());
    let second = found.split("\n\n").nth(1).expect("a second hit");
    assert_eq!(
        without_what_differs(second),
        without_what_differs(shown.expect("a hit"))
    );
    assert!(search(&["has:change speaker:pike"]).contains("direct invitation"));
    assert!(search(&["asof:ever \"open invitation\""]).contains("an earlier wording"));
    assert!(search(&["--like", "the order is an open invitation to disorder"]).contains("words changed"));
    search(&["--kind", "dates", "deadline:2026-03.."]);

    let quote = second.split("quote ").nth(1).expect("its id").trim();
    let pack = folder.path().join("pike.wacz");
    let pack = pack.to_string_lossy();
    run(&["--workspace", &kept, "evidence", quote, "-o", &pack]);
    assert!(run(&["verify", &pack]).contains("all as claimed"));
}

/// A hit without the ports, ids and times, which each run of the demo has its own of.
fn without_what_differs(hit: &str) -> String {
    let changing = r"127\.0\.0\.1:\d+|capture \S+|quote \S+|\d+ \w+ \d{4}, \d\d:\d\d(:\d\d)? UTC";
    let changing = regex::Regex::new(changing).expect("a pattern");
    changing.replace_all(hit, "…").trim().to_string()
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
fn what_is_told_of_the_code_names_files_that_are_there_and_is_no_wall() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in ["src", "tests"] {
        collect(&root.join(folder), &mut paths);
    }
    let named = regex::Regex::new(r"`([a-z_0-9/]+\.(?:rs|txt|toml|sql))`").expect("a pattern");
    let is_there = |name: &str| root.join(name).is_file() || paths.iter().any(|path| path.ends_with(name));
    for (page, text) in pages_of_design() {
        for found in named.captures_iter(&text) {
            assert!(is_there(&found[1]), "{page}: there is no {}", &found[1]);
        }
        let longest = text
            .lines()
            .filter(|line| !line.starts_with('|'))
            .map(|line| line.chars().count())
            .max();
        assert!(
            longest.is_some_and(|longest| longest <= 120),
            "{page}: a line of {longest:?} characters"
        );
    }
    let story = project("ARCHITECTURE.md");
    assert!(
        story.lines().count() < 260,
        "a newcomer reads it whole: docs/design has the rest"
    );
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => collect(&path, paths),
            false => paths.push(path),
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
