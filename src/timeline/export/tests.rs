use super::*;
use crate::model::date::When;
use crate::model::document::Genre;
use crate::model::event::LineKind;
use crate::model::id::{CaptureId, DocumentId, QuoteId, RevisionId, SourceId, SpeakerId};
use crate::model::moment::Moment;
use crate::model::quote::QuoteKind;
use crate::model::source::SourceKind;

pub(in crate::timeline) fn line(text: &str) -> Line {
    Line {
        uid: "said-q1".into(),
        kind: LineKind::Said,
        when: Some(When::day(jiff::civil::date(2026, 2, 6))),
        text: text.into(),
        context: format!("“{text}” said Ana Lima on Friday."),
        expression: None,
        speaker: Some((SpeakerId::new("ana-lima"), "Ana Lima".into())),
        printed_speaker: Some("Lima".into()),
        cue: Some("said".into()),
        quote_kind: Some(QuoteKind::Direct),
        title: "Harbour, reopened; at last".into(),
        source: SourceId::new("hall"),
        source_name: "City Hall".into(),
        source_kind: SourceKind::Official,
        genre: Genre::PressRelease,
        language: Some("en".into()),
        url: "https://hall.example/one".into(),
        published: Moment::parse("2026-02-07"),
        rule: "document date".into(),
        anchor: String::new(),
        conflict: None,
        document: DocumentId::new("d1"),
        revision: RevisionId::new("r1"),
        quote: Some(QuoteId::new("q1")),
        capture: CaptureId::new("c1"),
        captured_at: "2026-02-08T10:00:00Z".parse().expect("an instant"),
    }
}

pub(in crate::timeline) fn written(format: Format, lines: &[Line]) -> String {
    let mut bytes = Vec::new();
    let mut file = begin(format, "A, B; C", &mut bytes).expect("memory takes it");
    for line in lines {
        file.add(line).expect("memory takes it");
    }
    file.end().expect("memory takes it");
    String::from_utf8(bytes).expect("text is UTF-8")
}

#[test]
fn a_spreadsheet_formula_stays_text() {
    let lines = written(Format::Csv, &[line("=HYPERLINK(\"x\")"), line("a \"b\", c\nd")]);
    assert!(lines.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{lines}");
    assert!(lines.contains("\"a \"\"b\"\", c\nd\""), "{lines}");
    assert!(lines.starts_with("day,until,edtf,"), "{lines}");
}

#[test]
fn json_has_the_evidence_of_each_line() {
    let mut undated = line("We won't.");
    undated.when = None;
    let lines = [line("We will."), undated];
    let value: serde_json::Value = serde_json::from_str(&written(Format::Json, &lines)).expect("JSON");
    assert_eq!(value[0]["capture"], "c1");
    assert_eq!(value[1]["text"], "We won't.");
    assert!(value[1]["day"].is_null());
    assert_eq!(written(Format::Json, &[]), "[]\n");
    let alone = written(Format::JsonLines, &lines);
    let first: serde_json::Value = serde_json::from_str(alone.lines().next().expect("a line")).expect("JSON");
    assert_eq!((&first, alone.lines().count()), (&value[0], 2));
}

#[test]
fn timelinejs_gets_dates_in_parts_and_no_markup_from_pages() {
    let mut long = line("<script>alert(1)</script>");
    long.when.as_mut().expect("dated").latest = jiff::civil::date(2026, 2, 9);
    let value: serde_json::Value = serde_json::from_str(&written(Format::TimelineJs, &[long])).expect("JSON");
    let event = &value["events"][0];
    assert_eq!(event["start_date"]["day"], 6);
    assert_eq!(event["end_date"]["day"], 9);
    assert!(!event.to_string().contains("<script>"), "{event}");
}

#[test]
fn a_calendar_has_all_day_events_whose_end_is_excluded() {
    let calendar = written(Format::Ics, &[line(&"“Señor, ".repeat(30))]);
    assert!(calendar.contains("DTSTART;VALUE=DATE:20260206\r\n"), "{calendar}");
    assert!(calendar.contains("DTEND;VALUE=DATE:20260207\r\n"), "{calendar}");
    assert!(calendar.contains("UID:said-q1@onrecord\r\n"), "{calendar}");
    assert!(calendar.contains("X-WR-CALNAME:A\\, B\\; C\r\n"), "{calendar}");
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75), "{calendar}");
    assert_eq!(
        calendar.matches("BEGIN:").count(),
        calendar.matches("END:").count()
    );
}

#[test]
fn a_citation_says_who_when_where_and_what_proves_it() {
    assert_eq!(
        citation(&line("We will stay,")),
        "“We will stay”, Ana Lima, said 6 February 2026, in: “Harbour, reopened; at last”, City Hall, 7 February 2026, \
         https://hall.example/one (captured 8 February 2026, 10:00 UTC, record urn:uuid:c1)"
    );
}

#[test]
fn references_hold_what_their_formats_would_take_for_syntax() {
    let mut odd = line("5 % of {all} $ & more_\\");
    odd.title = "Ends here }\nER  - no".into();
    let bibtex = written(Format::Bibtex, &[odd.clone()]);
    assert!(
        bibtex.contains("5 \\% of \\{all\\} \\$ \\& more\\_\\textbackslash{}"),
        "{bibtex}"
    );
    assert!(bibtex.contains("title = {{Ends here \\} ER  - no}},"), "{bibtex}");
    let ris = written(Format::Ris, &[odd.clone()]);
    assert!(ris.contains("TI  - Ends here } ER - no\r\n"), "{ris}");
    assert_eq!(ris.matches("\r\nER  - \r\n").count(), 1, "{ris}");
    let csl: serde_json::Value = serde_json::from_str(&written(Format::CslJson, &[odd])).expect("JSON");
    assert_eq!(csl[0]["issued"]["date-parts"][0], serde_json::json!([2026, 2, 7]));
}
