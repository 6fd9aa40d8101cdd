//! Scores against labelled texts and pages, with floors that must not be fallen under. Needs the shared data.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;

use crate::support::{onrecord, shared, text};

/// What is scored and the least that each figure may be.
#[derive(Deserialize)]
struct Floors {
    score: Vec<Score>,
}

#[derive(Deserialize)]
struct Score {
    /// The filter: `annotate`, or `extract` of pages.
    filter: String,
    /// The labelled file.
    gold: String,
    /// The scorer and its options.
    scorer: Vec<String>,
    /// The word after which the figure stands, and how many figures after it.
    after: String,
    figure: usize,
    least: f64,
}

#[test]
fn no_score_falls_under_its_floor() {
    let Some(shared) = shared() else {
        eprintln!("ONRECORD_SHARED is not set: nothing was scored");
        return;
    };
    let floors = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/floors.toml"));
    let floors: Floors = toml::from_str(&floors.expect("readable")).expect("floors");
    let mut fallen = Vec::new();
    for score in &floors.score {
        let told = scored(&shared, score);
        let figure = figure(&told, score);
        eprintln!(
            "{} {} {:?}: {figure}",
            score.gold,
            score.scorer.join(" "),
            score.after
        );
        if figure < score.least {
            fallen.push(format!(
                "{}: {figure} is less than {}\n{told}",
                score.gold, score.least
            ));
        }
    }
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}

/// What the scorer prints about the filter's answers.
fn scored(shared: &Path, score: &Score) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let gold = shared.join(&score.gold);
    let input = folder.path().join("input.jsonl");
    let answers = folder.path().join("answers.jsonl");
    let mut command = onrecord();
    if score.filter == "extract" {
        let pages = std::fs::read_to_string(&gold).expect("readable");
        let lines = pages.lines().map(|line| {
            let page: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let file = gold
                .parent()
                .expect("a folder")
                .join(page["file"].as_str().expect("a file"));
            serde_json::json!({"id": page["id"], "url": page["url"], "file": file}).to_string() + "\n"
        });
        std::fs::write(&input, lines.collect::<String>()).expect("written");
        command.args(["extract", "--jsonl"]);
    } else {
        std::fs::copy(&gold, &input).expect("copied");
        command.arg("annotate");
    }
    let status = command
        .current_dir(folder.path())
        .stdin(File::open(&input).expect("readable"))
        .stdout(File::create(&answers).expect("writable"))
        .stderr(Stdio::inherit())
        .status()
        .expect("runs");
    assert!(status.success(), "{} of {}", score.filter, score.gold);
    let (scorer, options) = score.scorer.split_first().expect("a scorer");
    let told = Command::new("python3")
        .arg(shared.join("eval").join(scorer))
        .arg(&gold)
        .arg(&answers)
        .args(options)
        .output()
        .expect("python3 runs");
    assert!(told.status.success(), "{}", text(&told.stderr));
    text(&told.stdout)
}

/// The figure that stands so many numbers after a word.
#[track_caller]
fn figure(told: &str, score: &Score) -> f64 {
    let (_, rest) = told
        .split_once(&score.after)
        .unwrap_or_else(|| panic!("{:?} in {told}", score.after));
    let numbers = rest
        .split(|c: char| !(c.is_ascii_digit() || c == '.'))
        .filter_map(|word| word.parse().ok());
    numbers
        .into_iter()
        .nth(score.figure)
        .unwrap_or_else(|| panic!("a figure after {:?} in {told}", score.after))
}
