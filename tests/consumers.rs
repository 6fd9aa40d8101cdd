//! Other people's programs read what we write: icalendar, feedparser, pandas, pyarrow and citeproc-py.

use std::process::Command;

use onrecord::model::date::When;
use onrecord::model::document::Genre;
use onrecord::model::event::{Line, LineKind};
use onrecord::model::id::{CaptureId, DocumentId, RevisionId, SourceId};
use onrecord::model::source::SourceKind;
use onrecord::timeline::export::{self, Format};
use serde_json::{Value, json};

use crate::browser::consumers;
use crate::support::demo::Demo;
use crate::support::text;

#[test]
fn python_reads_every_line_of_every_export() {
    let Some(python) = consumers("venv/bin/python") else {
        return;
    };
    let desk = Demo::start();
    let query = "q=speaker:ines-marrow&kind=quotes";
    let folder = tempfile::tempdir().expect("a folder");
    for format in ["ics", "atom", "csv", "parquet", "csljson", "bibtex"] {
        let bytes = desk.bytes(&format!("/timeline?{query}&format={format}"));
        std::fs::write(folder.path().join(format), bytes).expect("written");
    }
    std::fs::write(folder.path().join("braces"), unpaired_braces()).expect("written");
    let timed = desk.bytes("/timeline?kind=documents&format=ics");
    std::fs::write(folder.path().join("timed"), timed).expect("written");
    let lines: Vec<Value> = desk
        .page(&format!("/timeline?{query}&format=jsonl"), &[])
        .lines()
        .map(|line| serde_json::from_str(line).expect(line))
        .collect();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/consumers/read.py");
    let output = Command::new(python)
        .arg(script)
        .arg(folder.path())
        .output()
        .expect("runs");
    assert!(output.status.success(), "{}", text(&output.stderr));
    let read: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let first = &lines[0];
    let dated: Vec<&Value> = lines.iter().filter(|line| !line["day"].is_null()).collect();
    for format in ["atom", "csv", "parquet", "csljson", "bibtex"] {
        assert_eq!(read[format]["count"], lines.len(), "{format}: {read}");
    }
    assert_eq!(
        (&read["ics"]["count"], &read["ics"]["uids"]),
        (&json!(dated.len()), &json!(dated.len()))
    );
    // The comma before who said it is no part of what was said.
    let summary = |line: &Value| {
        let words = line["text"].as_str().expect("words").trim_end_matches(',');
        format!("{}: “{words}”", line["speaker"].as_str().expect("a name"))
    };
    assert_eq!(
        (&read["ics"]["first"][0], &read["ics"]["first"][2]),
        (&dated[0]["day"], &json!(summary(dated[0])))
    );
    // What is published at a time is there at it, in UTC; what a page dates to the day is there all day.
    assert_eq!(
        read["timed"]["Department hits back at shelter order"],
        "2026-03-11 21:50:00+00:00"
    );
    assert_eq!(read["timed"]["Executive Order 7 of 2026"], "2026-03-10");
    assert_eq!(
        (&read["atom"]["bozo"], &read["atom"]["updated"]),
        (&json!(false), &json!(true))
    );
    // A feed begins with what was captured last.
    assert_eq!(read["atom"]["newest_first"], true);
    let told = |line: &Value| json!([summary(line), line["speaker"], line["url"]]);
    assert!(
        lines.iter().map(told).any(|line| line == read["atom"]["first"]),
        "{read}"
    );
    let row = json!([first["day"], first["speaker"], first["text"], first["capture"]]);
    assert_eq!((&read["csv"]["first"], &read["parquet"]["first"]), (&row, &row));
    assert_eq!(read["csv"]["columns"], read["parquet"]["columns"]);
    assert_eq!(
        read["parquet"]["types"],
        json!(["date32[day]", "timestamp[ms, tz=UTC]", "string"])
    );
    assert_eq!(
        read["braces"],
        json!(["Left \\textbraceleft{} open", "Never \\textbraceright{} begun"])
    );
    let cited = read["csljson"]["first"].as_str().expect("a line");
    assert!(
        cited.contains(read["csljson"]["title"].as_str().expect("a title")),
        "{cited}"
    );
}

/// BibTeX of headlines that have one brace each.
fn unpaired_braces() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut file = export::begin(Format::Bibtex, "braces", &mut bytes).expect("begun");
    for (uid, title) in [("published-1", "Left { open"), ("published-2", "Never } begun")] {
        file.add(&published(uid, title)).expect("added");
    }
    file.end().expect("ended");
    bytes
}

fn published(uid: &str, title: &str) -> Line {
    Line {
        uid: uid.into(),
        kind: LineKind::Published,
        when: Some(When::day(jiff::civil::date(2026, 2, 6))),
        moment: None,
        minute: None,
        begins_at: 0,
        same_before: 0,
        became: None,
        by_hand: Vec::new(),
        edit: None,
        printed_by: Vec::new(),
        change: None,
        text: title.into(),
        context: String::new(),
        expression: None,
        expression_at: None,
        speaker: None,
        printed_speaker: None,
        cue: None,
        quote_kind: None,
        title: title.into(),
        source: SourceId::new("hall"),
        source_name: "Dunmarsh Hall".into(),
        source_kind: SourceKind::Official,
        genre: Genre::PressRelease,
        authors: Vec::new(),
        language: Some("en".into()),
        url: format!("https://hall.example/{uid}"),
        published: None,
        published_on: None,
        rule: "document date".into(),
        anchor: String::new(),
        conflict: None,
        document: DocumentId::new("d1"),
        revision: RevisionId::new("r1"),
        is_current: true,
        is_change: false,
        has_correction: false,
        quote: None,
        capture: CaptureId::new("c1"),
        captured_at: "2026-02-08T10:00:00Z".parse().expect("an instant"),
        absent_since: None,
        differs: None,
    }
}
