//! Quotes of short texts and pages of our own, with whose they are; `tests/corpus/README.md` explains the keys.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Floors, project};
use crate::support::{json_lines, onrecord, text};

/// The cases of one file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    language: Option<String>,
    text: Option<String>,
    html: Option<String>,
    quotes: Vec<Expected>,
    /// Whether reported clauses are expected no more than those named.
    #[serde(default)]
    indirect: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    marks: Option<Vec<String>>,
    content: Option<String>,
    kind: Option<String>,
    speaker: Option<String>,
    /// Whoever is named is right.
    #[serde(default)]
    any_speaker: bool,
    who: Option<String>,
    stance: Option<String>,
}

impl Expected {
    fn kind(&self) -> &str {
        self.kind.as_deref().unwrap_or("direct")
    }

    /// Whether a quote found is of these words.
    fn is_of(&self, found: &Found) -> bool {
        match (&self.marks, &self.content) {
            (Some(marks), _) => found.marks == *marks,
            (None, content) => content.as_ref() == Some(&found.content),
        }
    }
}

/// A quote as the program tells it.
struct Found {
    kind: String,
    /// The words from the first to the last.
    content: String,
    marks: Vec<String>,
    speaker: Option<String>,
    who: Option<String>,
    stance: Option<String>,
}

impl Found {
    fn of(quote: &Value, text: &[char]) -> Self {
        let words = |value: &Value| value.as_str().map(str::to_owned);
        let marks = quote["fragments"].as_array().expect("a list").iter();
        let place = |value: &Value| usize::try_from(value.as_u64().expect("a number")).expect("small");
        Self {
            kind: words(&quote["kind"]).expect("a kind"),
            content: words(&quote["text"]).expect("words"),
            marks: marks
                .map(|mark| text[place(&mark[0])..place(&mark[1])].iter().collect())
                .collect(),
            speaker: words(&quote["speaker"]),
            who: words(&quote["speaker_canonical"]),
            stance: words(&quote["stance"]),
        }
    }
}

/// What the corpus is measured by: how many were right, of how many.
#[derive(Default)]
struct Tally {
    cases: (u32, u32),
    found: (u32, u32),
    expected: (u32, u32),
    speakers: (u32, u32),
    kinds: (u32, u32),
    names: (u32, u32),
    stances: (u32, u32),
}

fn count(tally: &mut (u32, u32), is_right: bool) {
    tally.0 += u32::from(is_right);
    tally.1 += 1;
}

/// The cases with the name of their file.
fn cases() -> Vec<(String, Case)> {
    let folder = project().join("tests/corpus/quotes");
    let entries = std::fs::read_dir(folder).expect("readable");
    let paths: BTreeSet<_> = entries.map(|entry| entry.expect("readable").path()).collect();
    let mut cases = Vec::new();
    for path in paths {
        let name = path.file_stem().expect("named").to_string_lossy().into_owned();
        let file = std::fs::read_to_string(&path).expect("readable");
        let file: File = toml::from_str(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
        cases.extend(file.case.into_iter().map(|case| (name.clone(), case)));
    }
    cases
}

#[test]
fn the_quotes_of_the_corpus_are_found_as_well_as_the_floors_say() {
    let cases = cases();
    let ids: BTreeSet<&str> = cases.iter().map(|(_, case)| case.id.as_str()).collect();
    assert_eq!(ids.len(), cases.len(), "every case has a name of its own");
    let folder = tempfile::tempdir().expect("a folder");
    let texts = cases.iter().filter(|(_, case)| case.text.is_some());
    let lines = texts.map(|(_, case)| {
        let text = case.text.as_deref().unwrap_or_default().trim();
        json!({"id": case.id, "text": text, "language": case.language})
    });
    let mut answers = answered(folder.path(), &["annotate"], lines);
    let pages = cases.iter().filter(|(_, case)| case.html.is_some());
    let lines = pages.map(|(_, case)| {
        let file = folder.path().join(format!("{}.html", case.id));
        let html = case.html.as_deref().unwrap_or_default();
        std::fs::write(&file, format!("<!doctype html><body>{html}</body>")).expect("written");
        json!({"id": case.id, "file": file, "url": format!("https://ledger.example/{}", case.id)})
    });
    answers.extend(answered(folder.path(), &["extract", "--jsonl"], lines));
    let mut tally = Tally::default();
    for (file, case) in &cases {
        let answer = answers.iter().find(|answer| answer["id"] == case.id);
        let told = compared(case, answer.expect("every case is answered"), &mut tally);
        count(&mut tally.cases, told.is_empty());
        if !told.is_empty() {
            eprintln!("{file}: {}:\n  {}", case.id, told.join("\n  "));
        }
    }
    let floors = std::fs::read_to_string(project().join("tests/corpus/floors.toml")).expect("readable");
    let floors: Floors = toml::from_str(&floors).expect("floors");
    let shares = [
        ("cases", tally.cases),
        ("found", tally.found),
        ("expected", tally.expected),
        ("speakers", tally.speakers),
        ("kinds", tally.kinds),
        ("names", tally.names),
        ("stances", tally.stances),
    ];
    let mut fallen = Vec::new();
    for (name, (right, of)) in shares {
        let share = f64::from(right) / f64::from(of);
        eprintln!("{name}: {right} of {of} ({share:.3})");
        if share < floors.quotes[name] {
            fallen.push(format!("{name}: {share:.3} is less than {}", floors.quotes[name]));
        }
    }
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}

/// The answers of a filter to lines.
pub(super) fn answered(folder: &Path, arguments: &[&str], lines: impl Iterator<Item = Value>) -> Vec<Value> {
    let mut child = onrecord()
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("runs");
    let mut input = child.stdin.take().expect("piped");
    let lines: String = lines.map(|line| format!("{line}\n")).collect();
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = child.wait_with_output().expect("ends");
    writer.join().expect("no panic").expect("all is read");
    assert!(output.status.success(), "{}", text(&output.stdout));
    json_lines(&output.stdout)
}

/// What is found otherwise than expected, a line each.
fn compared(case: &Case, answer: &Value, tally: &mut Tally) -> Vec<String> {
    let text: Vec<char> = answer["text"].as_str().expect("a text").chars().collect();
    let wants_indirect = case.indirect || case.quotes.iter().any(|quote| quote.kind() == "indirect");
    let found = answer["quotes"].as_array().expect("a list").iter();
    let mut found: Vec<Found> = found
        .map(|quote| Found::of(quote, &text))
        .filter(|quote| wants_indirect || quote.kind != "indirect")
        .collect();
    let mut told = Vec::new();
    for expected in &case.quotes {
        let position = found.iter().position(|quote| expected.is_of(quote));
        count(&mut tally.expected, position.is_some());
        let Some(position) = position else {
            told.push(format!("- {:?}{:?}", expected.marks, expected.content));
            continue;
        };
        count(&mut tally.found, true);
        told.extend(wrong(expected, &found.remove(position), tally));
    }
    for quote in found {
        count(&mut tally.found, false);
        told.push(format!(
            "+ {} {} by {:?}",
            quote.kind, quote.content, quote.speaker
        ));
    }
    told
}

/// What is wrong about a quote whose words are right.
fn wrong(expected: &Expected, found: &Found, tally: &mut Tally) -> Vec<String> {
    let mut told = Vec::new();
    let mut check = |what: &str, is_right: bool, found: Option<&String>, tally: &mut (u32, u32)| {
        count(tally, is_right);
        if !is_right {
            told.push(format!(
                "{what}: {found:?} for {:?}{:?}",
                expected.marks, expected.content
            ));
        }
    };
    if !expected.any_speaker {
        // Where a naming begins and ends is a question of taste; whom it names is none.
        let is_right = match (&expected.speaker, &found.speaker) {
            (Some(one), Some(other)) => names_the_same(one, other),
            (one, other) => one == other,
        };
        check("speaker", is_right, found.speaker.as_ref(), &mut tally.speakers);
    }
    let is_right =
        expected.kind() == found.kind && expected.content.as_ref().is_none_or(|it| *it == found.content);
    check("kind", is_right, Some(&found.content), &mut tally.kinds);
    if let Some(who) = &expected.who {
        check(
            "who",
            *who == found.who.clone().unwrap_or_default(),
            found.who.as_ref(),
            &mut tally.names,
        );
    }
    if expected.stance.is_some() {
        check(
            "stance",
            expected.stance == found.stance,
            found.stance.as_ref(),
            &mut tally.stances,
        );
    }
    told
}

/// Whether the words of one naming stand in the other one, whole. Half of two people is not the two of them.
fn names_the_same(one: &str, other: &str) -> bool {
    let words = |naming: &str| -> Vec<String> { naming.split_whitespace().map(str::to_owned).collect() };
    let (one, other) = (words(one), words(other));
    let is_joint = |words: &[String]| {
        words
            .iter()
            .any(|word| matches!(word.as_str(), "and" | "y" | "e"))
    };
    let (short, long) = if one.len() < other.len() {
        (&one, &other)
    } else {
        (&other, &one)
    };
    let stands_in = !short.is_empty() && long.windows(short.len()).any(|row| row == short.as_slice());
    stands_in && is_joint(short) == is_joint(long)
}
