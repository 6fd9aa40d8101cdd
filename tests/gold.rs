//! Expected readings: of the pages in `tests/corpus`, always; and scores against the shared texts and pages, with
//! floors that must not be fallen under.

mod dates;
mod names;
mod quotes;

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::{json_lines, onrecord, shared, text};

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A page of the corpus; `tests/corpus/README.md` explains the keys.
#[derive(Deserialize)]
struct Gold {
    id: String,
    file: String,
    url: String,
    source: Option<String>,
    content_type: Option<String>,
    captured_at: Option<String>,
    title: Option<String>,
    authors: Vec<String>,
    published: Option<String>,
    genre: String,
    language: Option<String>,
    paragraphs: Vec<String>,
    kinds: Vec<String>,
    body: String,
    absent: Vec<String>,
    #[serde(default)]
    notices: Vec<String>,
    #[serde(default)]
    parts: Vec<GoldPart>,
    known_fault: Option<String>,
}

/// A document inside a page.
#[derive(Deserialize)]
struct GoldPart {
    fragment: Option<String>,
    title: String,
    published: Option<String>,
    genre: String,
    paragraphs: Vec<String>,
}

fn corpus() -> Vec<Gold> {
    let gold = std::fs::read_to_string(project().join("tests/corpus/pages/gold.jsonl")).expect("readable");
    let gold: Result<Vec<Gold>, _> = gold.lines().map(serde_json::from_str).collect();
    gold.expect("objects with these keys")
}

#[test]
fn the_pages_of_the_corpus_are_read_as_expected() {
    let corpus = corpus();
    let readings = readings(&corpus);
    let mut told = String::new();
    for (gold, reading) in corpus.iter().zip(&readings) {
        assert_eq!(reading["id"], gold.id, "the order is kept");
        let differences = differences(gold, reading);
        match &gold.known_fault {
            None if differences.is_empty() => {}
            None => write!(told, "\n{}:\n  {}\n", gold.id, differences.join("\n  ")).expect("a string"),
            Some(fault) if differences.is_empty() => {
                write!(
                    told,
                    "\n{}: is read well now; remove `known_fault` ({fault})\n",
                    gold.id
                )
                .expect("a string");
            }
            Some(fault) => eprintln!("known fault: {}: {fault}", gold.id),
        }
    }
    assert!(told.is_empty(), "{told}");
}

/// The readings of all pages by one run of the program in the workspace that the repository is.
fn readings(corpus: &[Gold]) -> Vec<Value> {
    let folder = project().join("tests/corpus/pages");
    let mut child = onrecord()
        .arg("--workspace")
        .arg(project())
        .args(["extract", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("runs");
    let mut input = child.stdin.take().expect("piped");
    // The source is found by the address and not told.
    for gold in corpus {
        let line = json!({
            "id": gold.id,
            "url": gold.url,
            "file": folder.join(&gold.file),
            "content_type": gold.content_type,
            "captured_at": gold.captured_at,
        });
        writeln!(input, "{line}").expect("read");
    }
    drop(input);
    let output = child.wait_with_output().expect("ends");
    assert!(output.status.success(), "{}", text(&output.stdout));
    json_lines(&output.stdout)
}

/// What a reading says otherwise than it should, a line each.
fn differences(gold: &Gold, reading: &Value) -> Vec<String> {
    let mut told = Vec::new();
    let mut same = |what: &str, read: &Value, expected: Value| {
        if *read != expected {
            told.push(format!("{what}: {read}, expected {expected}"));
        }
    };
    same("title", &reading["title"], json!(gold.title));
    same("authors", &reading["authors"], json!(gold.authors));
    same("published", &reading["published"], json!(gold.published));
    same("genre", &reading["genre"], json!(gold.genre));
    same("language", &reading["language"], json!(gold.language));
    let text = reading["text"].as_str().expect("a text");
    let blocks: Vec<(String, String)> = blocks(reading, text);
    let expected: Vec<(String, String)> = gold.kinds.iter().cloned().zip(gold.paragraphs.clone()).collect();
    told.extend(changes(&expected, &blocks));
    told.extend(wrong_parts(&gold.parts, reading, text));
    let kinds = reading["notices"].as_array().expect("a list").iter();
    let kinds: BTreeSet<&str> = kinds.filter_map(|notice| notice["kind"].as_str()).collect();
    let missing = gold.notices.iter().filter(|kind| !kinds.contains(kind.as_str()));
    told.extend(missing.map(|kind| format!("no notice {kind}, only {kinds:?}")));
    // A page in the shape of a site is one that the site's rules fit.
    if kinds.contains("rule_unmatched") {
        told.push(format!(
            "a rule of its source selects nothing: {}",
            reading["notices"]
        ));
    }
    let there = gold.absent.iter().filter(|words| text.contains(words.as_str()));
    told.extend(there.map(|words| format!("in the text: {words:?}")));
    told
}

/// The documents inside the page that are read otherwise.
fn wrong_parts(expected: &[GoldPart], reading: &Value, text: &str) -> Vec<String> {
    let points: Vec<char> = text.chars().collect();
    let parts = reading["parts"].as_array().expect("a list");
    if parts.len() != expected.len() {
        return vec![format!("parts: {}, expected {}", parts.len(), expected.len())];
    }
    let mut told = Vec::new();
    for (expected, part) in expected.iter().zip(parts) {
        let words: String = points[place(part, "start")..place(part, "end")].iter().collect();
        let facts = (&part["title"], &part["published"], &part["genre"], words);
        let title = json!(expected.title);
        let published = json!(expected.published);
        let genre = json!(expected.genre);
        let right = (&title, &published, &genre, expected.paragraphs.join("\n\n"));
        let is_named = expected
            .fragment
            .as_ref()
            .is_none_or(|fragment| part["fragment"] == json!(fragment));
        if facts != right || !is_named {
            told.push(format!("part: {facts:?}, expected {right:?}"));
        }
    }
    told
}

/// A place in code points.
fn place(of: &Value, name: &str) -> usize {
    usize::try_from(of[name].as_u64().expect("a number")).expect("a small number")
}

/// The role and the words of each block, whose places are told in code points.
fn blocks(reading: &Value, text: &str) -> Vec<(String, String)> {
    let points: Vec<char> = text.chars().collect();
    let blocks = reading["blocks"].as_array().expect("a list").iter();
    let blocks = blocks.map(|block| {
        let words = &points[place(block, "start")..place(block, "end")];
        let kind = block["kind"].as_str().expect("a kind").to_owned();
        (kind, words.iter().collect())
    });
    blocks.collect()
}

/// The blocks that are missing and those that are too many, beside what the two have in common at either end.
fn changes(expected: &[(String, String)], read: &[(String, String)]) -> Vec<String> {
    let missing = expected.iter().filter(|block| !read.contains(block));
    let surplus = read.iter().filter(|block| !expected.contains(block));
    let mut told: Vec<String> = missing
        .map(|(kind, words)| format!("- {kind}: {words}"))
        .collect();
    told.extend(surplus.map(|(kind, words)| format!("+ {kind}: {words}")));
    if told.is_empty() && expected != read {
        told.push(format!("the blocks stand in another order or number: {read:?}"));
    }
    told
}

#[test]
fn the_corpus_agrees_with_itself_and_leaves_no_page_out() {
    let corpus = corpus();
    let mut files = BTreeSet::new();
    for gold in &corpus {
        assert_eq!(gold.body, gold.paragraphs.join("\n\n"), "{}", gold.id);
        assert_eq!(gold.kinds.len(), gold.paragraphs.len(), "{}", gold.id);
        assert!(files.insert(gold.file.clone()), "{} is there twice", gold.file);
    }
    let entries = std::fs::read_dir(project().join("tests/corpus/pages")).expect("readable");
    let there = entries.map(|entry| {
        entry
            .expect("readable")
            .file_name()
            .to_string_lossy()
            .into_owned()
    });
    let there: BTreeSet<String> = there.filter(|name| name != "gold.jsonl").collect();
    assert_eq!(files, there);
}

#[test]
fn every_source_has_reading_rules_and_a_page_that_tests_them() {
    let corpus = corpus();
    let tested: BTreeSet<&str> = corpus.iter().filter_map(|gold| gold.source.as_deref()).collect();
    let entries = std::fs::read_dir(project().join("config/sources")).expect("readable");
    let paths: BTreeSet<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    let mut sources = BTreeSet::new();
    for path in &paths {
        let file: toml::Table =
            toml::from_str(&std::fs::read_to_string(path).expect("readable")).expect("TOML");
        let id = path.file_stem().expect("named").to_str().expect("letters");
        let has_rules = file
            .get("read")
            .and_then(|read| read.as_table())
            .is_some_and(|read| !read.is_empty());
        assert!(has_rules, "{id} has no [read] table");
        sources.insert(id);
    }
    assert_eq!(tested, sources, "pages of the corpus name these sources");
}

/// What is scored and the least that each figure may be.
#[derive(Deserialize)]
struct Floors {
    score: Vec<Score>,
    /// The least shares of the corpus's quotes.
    quotes: HashMap<String, f64>,
    /// The same of its dates.
    dates: HashMap<String, f64>,
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
    let floors = std::fs::read_to_string(project().join("tests/corpus/floors.toml")).expect("readable");
    let floors: Floors = toml::from_str(&floors).expect("floors");
    let folder = tempfile::tempdir().expect("a folder");
    let mut answers: HashMap<(&str, &str), PathBuf> = HashMap::new();
    let mut fallen = Vec::new();
    for score in &floors.score {
        let number = answers.len();
        let answers = answers
            .entry((&score.filter, &score.gold))
            .or_insert_with(|| answered(&shared, score, folder.path(), number));
        let told = scored(&shared, score, answers);
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

/// The file of the filter's answers to the labelled texts or pages.
fn answered(shared: &Path, score: &Score, folder: &Path, number: usize) -> PathBuf {
    let gold = shared.join(&score.gold);
    let input = folder.join(format!("input-{number}.jsonl"));
    let answers = folder.join(format!("answers-{number}.jsonl"));
    let mut command = onrecord();
    if score.filter == "extract" {
        let pages = std::fs::read_to_string(&gold).expect("readable");
        let lines = pages.lines().map(|line| {
            let page: Value = serde_json::from_str(line).expect("JSON");
            let file = gold
                .parent()
                .expect("a folder")
                .join(page["file"].as_str().expect("a file"));
            json!({"id": page["id"], "url": page["url"], "file": file}).to_string() + "\n"
        });
        std::fs::write(&input, lines.collect::<String>()).expect("written");
        command.args(["extract", "--jsonl"]);
    } else {
        std::fs::copy(&gold, &input).expect("copied");
        command.arg("annotate");
    }
    let status = command
        .current_dir(folder)
        .stdin(File::open(&input).expect("readable"))
        .stdout(File::create(&answers).expect("writable"))
        .stderr(Stdio::inherit())
        .status()
        .expect("runs");
    assert!(status.success(), "{} of {}", score.filter, score.gold);
    answers
}

/// What the scorer prints about the filter's answers.
fn scored(shared: &Path, score: &Score, answers: &Path) -> String {
    let (scorer, options) = score.scorer.split_first().expect("a scorer");
    let told = Command::new("python3")
        .arg(shared.join("eval").join(scorer))
        .arg(shared.join(&score.gold))
        .arg(answers)
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
