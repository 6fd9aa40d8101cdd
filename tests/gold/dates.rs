//! Time expressions of short texts of our own, with what they mean; `tests/corpus/README.md` explains the keys.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};

use super::quotes::answered;
use super::{Floors, project};

/// The cases of one file, in its language and of its day.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    language: String,
    published: String,
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    text: String,
    /// Every expression with its value, in order.
    dates: Vec<(String, String)>,
}

fn files() -> Vec<File> {
    let folder = project().join("tests/corpus/dates");
    let entries = std::fs::read_dir(folder).expect("readable");
    let paths: BTreeSet<_> = entries.map(|entry| entry.expect("readable").path()).collect();
    let read = |path| {
        let file = std::fs::read_to_string(path).expect("readable");
        toml::from_str(&file).unwrap_or_else(|error| panic!("{error}"))
    };
    paths.into_iter().map(read).collect()
}

/// The expressions of an answer with their values.
fn expressions(answer: &Value) -> Vec<(String, String)> {
    let dates = answer["dates"].as_array().expect("a list").iter();
    let words = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    dates
        .map(|date| (words(&date["text"]), words(&date["value"])))
        .collect()
}

#[test]
fn the_dates_of_the_corpus_are_read_as_well_as_the_floors_say() {
    let files = files();
    let cases: Vec<&Case> = files.iter().flat_map(|file| &file.case).collect();
    let ids: BTreeSet<&str> = cases.iter().map(|case| case.id.as_str()).collect();
    assert_eq!(ids.len(), cases.len(), "every case has a name of its own");
    let lines = files.iter().flat_map(|file| {
        let line = |case: &Case| {
            json!({
                "id": case.id, "text": case.text, "language": file.language, "published": file.published
            })
        };
        file.case.iter().map(line)
    });
    let folder = tempfile::tempdir().expect("a folder");
    let answers = answered(folder.path(), &["annotate"], lines);
    assert_eq!(answers.len(), cases.len());
    let (mut whole, mut found, mut expected, mut right) = (0_u32, 0_u32, 0_u32, 0_u32);
    for (case, answer) in cases.iter().zip(&answers) {
        let read = expressions(answer);
        whole += u32::from(read == case.dates);
        found += u32::try_from(read.len()).expect("few");
        expected += u32::try_from(case.dates.len()).expect("few");
        right += u32::try_from(read.iter().filter(|it| case.dates.contains(it)).count()).expect("few");
        if read != case.dates {
            eprintln!(
                "{}: {}\n  expected {:?}\n  found    {read:?}",
                case.id, case.text, case.dates
            );
        }
    }
    let share = |part: u32, all: u32| f64::from(part) / f64::from(all.max(1));
    let all = u32::try_from(cases.len()).expect("few");
    let measured = [
        ("cases", share(whole, all)),
        ("found", share(right, found)),
        ("expected", share(right, expected)),
    ];
    let floors = std::fs::read_to_string(project().join("tests/corpus/floors.toml")).expect("floors");
    let floors: Floors = toml::from_str(&floors).expect("floors");
    for (name, share) in measured {
        eprintln!("{name} {share:.3}");
        assert!(share >= floors.dates[name], "{name}: {share:.3}");
    }
}
