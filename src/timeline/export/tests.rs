use super::super::changed::tests::{changed, edit};
use super::super::lanes::Lanes;
use super::*;
use crate::model::date::{SaidOn, When};
use crate::model::document::Genre;
use crate::model::event::{Became, ChangeKind, Differs, Fate, LineKind};
use crate::model::id::{CaptureId, DocumentId, QuoteId, RevisionId, SourceId, SpeakerId};
use crate::model::moment::Moment;
use crate::model::quote::QuoteKind;
use crate::model::source::SourceKind;

pub(in crate::timeline) fn line(text: &str) -> Line {
    Line {
        uid: "said-q1".into(),
        kind: LineKind::Said,
        when: Some(When::day(jiff::civil::date(2026, 2, 6))),
        moment: None,
        minute: None,
        begins_at: 0,
        same_before: 0,
        text: text.into(),
        context: format!("“{text}” said Ana Lima on Friday."),
        expression: None,
        expression_at: None,
        speaker: Some((SpeakerId::new("ana-lima"), "Ana Lima".into())),
        printed_speaker: Some("Lima".into()),
        cue: Some("said".into()),
        quote_kind: Some(QuoteKind::Direct),
        title: "Harbour, reopened; at last".into(),
        source: SourceId::new("hall"),
        source_name: "City Hall".into(),
        source_kind: SourceKind::Official,
        genre: Genre::PressRelease,
        authors: Vec::new(),
        language: Some("en".into()),
        url: "https://hall.example/one".into(),
        published: Moment::parse("2026-02-07"),
        published_on: Some(jiff::civil::date(2026, 2, 7)),
        rule: "document date".into(),
        anchor: String::new(),
        conflict: None,
        document: DocumentId::new("d1"),
        revision: RevisionId::new("r1"),
        is_current: true,
        is_change: false,
        has_correction: false,
        quote: Some(QuoteId::new("q1")),
        capture: CaptureId::new("c1"),
        captured_at: "2026-02-08T10:00:00Z".parse().expect("an instant"),
        absent_since: None,
        differs: None,
        became: None,
        edit: None,
        by_hand: Vec::new(),
        printed_by: Vec::new(),
        change: None,
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
    let marked = written(Format::Excel, &[line("=HYPERLINK(\"x\")"), line("a \"b\", c\nd")]);
    assert_eq!(marked.strip_prefix('\u{feff}'), Some(lines.as_str()));
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
fn timelinejs_has_the_hour_and_shows_one_that_is_meant_only() {
    let slide = |line: Line| -> serde_json::Value {
        let file = written(Format::TimelineJs, &[line]);
        serde_json::from_str::<serde_json::Value>(&file).expect("JSON")["events"][0].clone()
    };
    let at_noon = |line: Line| Line {
        minute: Some(12 * 60 + 5),
        ..line
    };
    // A page was published at five past twelve; when she spoke is not known.
    let said = slide(at_noon(line("We will stay.")));
    let start = &said["start_date"];
    assert_eq!((&start["hour"], &start["minute"]), (&12.into(), &5.into()));
    assert_eq!(said["display_date"], "6 February 2026");
    let meeting = slide(Line {
        moment: Moment::parse("2026-02-06T12:05"),
        ..at_noon(line("It begins at five past twelve."))
    });
    assert_eq!(meeting["start_date"]["hour"], 12);
    assert!(meeting["display_date"].is_null(), "{meeting}");
    assert!(slide(line("We will stay."))["start_date"]["hour"].is_null());
}

#[test]
fn headings_of_days_can_be_linked_to_and_stand_once() {
    let february = When::between(jiff::civil::date(2026, 2, 6), jiff::civil::date(2026, 2, 28));
    let long = || Line {
        when: Some(february.clone()),
        ..line("We will stay.")
    };
    let lines = [long(), line("We may stay."), long()];
    let page = written(Format::Html, &lines);
    assert_eq!(page.matches("<h2").count(), 2, "{page}");
    let (day, days) = (
        "<h2 id=\"day-2026-02-06\">",
        "<h2 id=\"days-2026-02-06-2026-02-28\">",
    );
    assert!(page.find(day) < page.find(days), "{page}");
    assert_eq!(page.matches("<ul>").count(), page.matches("</ul>").count());
    let text = written(Format::Markdown, &lines);
    assert_eq!(text.matches("\n## ").count(), 2, "{text}");
    assert_eq!(text.matches("\n- ").count(), 3, "{text}");
}

#[test]
fn a_calendar_has_all_day_events_whose_end_is_excluded() {
    let calendar = written(Format::Ics, &[line(&"“Señor, ".repeat(30))]);
    assert!(calendar.contains("DTSTART;VALUE=DATE:20260206\r\n"), "{calendar}");
    assert!(calendar.contains("DTEND;VALUE=DATE:20260207\r\n"), "{calendar}");
    assert!(calendar.contains("X-WR-CALNAME:A\\, B\\; C\r\n"), "{calendar}");
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75), "{calendar}");
    assert_eq!(
        calendar.matches("BEGIN:").count(),
        calendar.matches("END:").count()
    );
}

/// The content lines of a calendar that begin so.
fn values<'a>(calendar: &'a str, name: &str) -> Vec<&'a str> {
    let lines = calendar.split("\r\n");
    lines.filter_map(|line| line.strip_prefix(name)).collect()
}

#[test]
fn files_for_people_speak_their_words_and_not_the_program_s() {
    let mut deadline = line("The director shall report no later than February 20.");
    deadline.kind = LineKind::Deadline;
    deadline.expression = Some("no later than February 20".into());
    deadline.rule = "month_day".into();
    deadline.anchor = "counted from the document's date, 2026-02-07".into();
    let mut named = line("We will stay.");
    named.rule = "after_cue".into();
    let mut unnamed = line("We may stay.");
    unnamed.rule = "document_day".into();
    let lines = [named, unnamed, deadline];
    for format in [
        Format::Markdown,
        Format::Html,
        Format::Ics,
        Format::Vis,
        Format::Atom,
    ] {
        let file = written(format, &lines).replace("\r\n ", "").replace('\\', "");
        let file = file.replace("&#39;", "'").replace("&apos;", "'");
        for code in [
            "after cue",
            "after_cue",
            "document day",
            "document_day",
            "month day",
            "month_day",
        ] {
            assert!(!file.contains(code), "{}: {file}", format.code());
        }
        for words in [
            "on the day the text names",
            "day of publication",
            "deadline, printed as “no later than February 20”, counted from the document's date, 7 February 2026",
        ] {
            assert!(file.contains(words), "{}: {words}: {file}", format.code());
        }
    }
    let calendar = written(Format::Ics, &lines).replace("\r\n ", "");
    assert_eq!(
        values(&calendar, "SUMMARY:").last(),
        Some(&"Deadline: The director shall report no later than February 20.")
    );
}

#[test]
fn a_file_of_everything_says_so() {
    let titled = |format| {
        let mut bytes = Vec::new();
        begin(format, " ", &mut bytes)
            .and_then(Lines::end)
            .expect("memory takes it");
        String::from_utf8(bytes).expect("text is UTF-8")
    };
    assert!(titled(Format::Markdown).starts_with("# Everything\n"));
    assert!(titled(Format::Html).contains("<h1>Everything</h1>"));
    assert!(titled(Format::Ics).contains("X-WR-CALNAME:Everything\r\n"));
    assert!(titled(Format::Atom).contains("<title>Everything</title>"));
}

#[test]
fn a_calendar_has_moments_in_utc_and_without_an_offset_wherever_the_reader_is() {
    let at = |moment: &str| {
        let mut line = line("We will stay.");
        line.moment = Moment::parse(moment);
        line
    };
    let lines = [
        at("2026-02-06T21:30:00-05:00"),
        at("2026-02-06T09:00:00"),
        at("2026-02-06"),
    ];
    let calendar = written(Format::Ics, &lines);
    assert_eq!(
        values(&calendar, "DTSTART:"),
        ["20260207T023000Z", "20260206T090000"]
    );
    assert_eq!(values(&calendar, "DTSTART;VALUE=DATE:"), ["20260206"]);
    assert_eq!(values(&calendar, "DTEND").len(), 1);
    assert_eq!(values(&calendar, "DTSTAMP:"), ["20260208T100000Z"; 3]);
}

#[test]
fn an_event_keeps_its_uid_in_another_revision_and_no_other_event_has_it() {
    let mut again = line("We will stay.");
    again.uid = "said-q9".into();
    again.revision = RevisionId::new("r2");
    again.captured_at = "2026-02-10T10:00:00Z".parse().expect("an instant");
    let uids = |lines: &[Line]| -> Vec<String> {
        let calendar = written(Format::Ics, lines);
        values(&calendar, "UID:")
            .into_iter()
            .map(str::to_string)
            .collect()
    };
    assert_eq!(uids(&[line("We will stay.")]), uids(&[again.clone()]));
    let mut elsewhere = line("We will stay.");
    elsewhere.document = DocumentId::new("d2");
    let mut other_day = line("We will stay.");
    other_day.when = Some(When::day(jiff::civil::date(2026, 2, 7)));
    // Said twice in a text: two events.
    again.same_before = 1;
    let all = uids(&[
        line("We will stay."),
        again,
        line("We will go."),
        other_day,
        elsewhere,
    ]);
    let different: std::collections::HashSet<&String> = all.iter().collect();
    assert_eq!(different.len(), 5, "{all:?}");
    let mut published = line("Harbour, reopened");
    published.kind = LineKind::Published;
    let mut redated = published.clone();
    redated.when = Some(When::day(jiff::civil::date(2026, 2, 9)));
    assert_eq!(uids(&[published.clone()]), uids(&[redated.clone()]));
    // Of every wording that was ever held, each has its own.
    redated.is_current = false;
    redated.revision = RevisionId::new("r0");
    let between = line("We will go.");
    let ever = uids(&[published, between, redated]);
    let different: std::collections::HashSet<&String> = ever.iter().collect();
    assert_eq!(different.len(), 3, "{ever:?}");
    let mut other = line("We will stay.");
    other.speaker = Some((SpeakerId::new("boris-cruz"), "Boris Cruz".into()));
    assert_ne!(uids(&[line("We will stay.")]), uids(&[other]));
}

#[test]
fn lanes_are_groups_where_a_format_draws_them() {
    let json = |format, by| -> serde_json::Value {
        let mut bytes = Vec::new();
        let mut file = begin_in_lanes(format, "", by, &mut bytes).expect("begun");
        file.add(&line("We will stay.")).expect("added");
        file.end().expect("ended");
        serde_json::from_slice(&bytes).expect("JSON")
    };
    for (by, id, name) in [
        (None, "said", "said"),
        (Some(Lanes::Speaker), "ana-lima", "Ana Lima"),
        (Some(Lanes::Source), "hall", "City Hall"),
    ] {
        let vis = json(Format::Vis, by);
        assert_eq!(vis["items"][0]["group"], id);
        assert_eq!(vis["groups"], serde_json::json!([{ "id": id, "content": name }]));
        assert_eq!(json(Format::TimelineJs, by)["events"][0]["group"], name);
    }
}

#[test]
fn imprecise_days_are_in_words_where_people_read() {
    let mut spring = line("We will stay.");
    spring.when = Some(When {
        edtf: "2026-21".into(),
        earliest: jiff::civil::date(2026, 3, 1),
        latest: jiff::civil::date(2026, 6, 30),
    });
    for format in Format::ALL {
        let is_for_machines = matches!(
            format,
            Format::Csv | Format::Excel | Format::Json | Format::JsonLines | Format::Parquet | Format::JsonLd
        );
        if !is_for_machines {
            let text = written(format, std::slice::from_ref(&spring)).replace("\r\n ", "");
            assert!(
                text.contains("spring 2026") && !text.contains("2026-21"),
                "{text}"
            );
        }
    }
}

#[test]
fn a_page_that_is_absent_is_said_to_be_so() {
    let mut gone = line("We will stay.");
    gone.absent_since = Some("2026-03-09T10:00:00Z".parse().expect("an instant"));
    for format in Format::ALL
        .into_iter()
        .filter(|format| *format != Format::Parquet)
    {
        let told = |line: &Line| {
            let text = written(format, std::slice::from_ref(line)).replace("\r\n ", "");
            text.contains("been gone since 9 March 2026") || text.contains("2026-03-09T10:00:00Z")
        };
        assert!(!told(&line("We will stay.")), "{format:?}");
        // schema.org has no word for it.
        assert_eq!(told(&gone), format != Format::JsonLd, "{format:?}");
    }
    assert!(citation(&gone).contains("https://"), "the address stays");
    assert!(citation(&gone).contains("gone since 9 March 2026"));
}

#[test]
fn what_an_edit_made_of_a_quote_is_told_in_every_format() {
    let edited = |kind, before| Line {
        edit: edit(kind, before),
        ..line("We may stay.")
    };
    let altered = edited(ChangeKind::Reworded, Some(("Ana Lima", "We will stay.")));
    let added = edited(ChangeKind::Added, None);
    for format in Format::ALL
        .into_iter()
        .filter(|format| *format != Format::Parquet)
    {
        let text = |line: &Line| written(format, std::slice::from_ref(line)).replace("\r\n ", "");
        assert!(
            text(&altered).contains("We will stay"),
            "{format:?}: {}",
            text(&altered)
        );
        let seen = |line: &Line| {
            let text = text(line);
            text.contains("edit seen 11 February 2026") || text.contains("2026-02-11T10:00:00Z")
        };
        assert!(seen(&altered) && seen(&added), "{format:?}");
        assert!(!seen(&line("We may stay.")), "{format:?}");
    }
    let cited = citation(&altered);
    let told = "altered by an edit seen 11 February 2026, 10:00 UTC, before: “We will stay.”";
    assert!(cited.contains(told), "{cited}");
    assert!(citation(&added).contains("; added by an edit seen 11 February 2026, 10:00 UTC"));
}

#[test]
fn what_a_page_has_no_more_as_it_stood_is_told_with_what_it_corrects() {
    let became = |fate: Fate| Line {
        became: Some(Became {
            fate,
            corrections: vec!["Correction: He said nothing.".into()],
        }),
        is_current: false,
        ..line("We will stay.")
    };
    let taken_back = became(Fate::Otherwise);
    let given = became(Fate::GivenTo(QuoteId::new("q2"), Some("Bea Lund".into())));
    for format in Format::ALL
        .into_iter()
        .filter(|format| !matches!(format, Format::Parquet | Format::JsonLd))
    {
        let text = written(format, std::slice::from_ref(&taken_back)).replace("\r\n ", "");
        assert!(text.contains("He said nothing"), "{format:?}: {text}");
        assert!(!written(format, &[line("We will stay.")]).contains("He said nothing"));
    }
    assert!(
        citation(&taken_back)
            .contains("; the page does not have it so any more; the page prints since: “Correction")
    );
    assert!(citation(&given).contains("; today the page gives these words to Bea Lund; "));
    let rows: serde_json::Value =
        serde_json::from_str(&written(Format::Json, &[taken_back, given, line("It is closed")]))
            .expect("JSON");
    let today = |row: usize| (rows[row]["today"].clone(), rows[row]["today_quote"].clone());
    assert_eq!(today(0), ("otherwise".into(), serde_json::Value::Null));
    assert_eq!(today(1), ("given_to_another".into(), "q2".into()));
    assert_eq!(today(2), (serde_json::Value::Null, serde_json::Value::Null));
    let stands = Line {
        became: Some(Became {
            fate: Fate::Stands(None),
            corrections: Vec::new(),
        }),
        ..line("We will stay.")
    };
    assert_eq!(citation(&stands), citation(&line("We will stay.")));
}

#[test]
fn words_that_an_official_text_has_otherwise_are_said_to_be_so() {
    let mut turned = line("We will stay.");
    turned.differs = Some(Differs {
        quote: QuoteId::new("q9"),
        source_name: "Harbor Board".into(),
        told: "a negation differs".into(),
    });
    for format in Format::ALL
        .into_iter()
        .filter(|format| *format != Format::Parquet)
    {
        let told = |line: &Line| {
            let text = written(format, std::slice::from_ref(line)).replace("\r\n ", "");
            text.contains("a negation differs")
        };
        assert!(!told(&line("We will stay.")), "{format:?}");
        // schema.org has no word for it.
        assert_eq!(told(&turned), format != Format::JsonLd, "{format:?}");
    }
}

#[test]
fn a_calendar_leaves_out_days_it_cannot_write() {
    let on = |year, month, day| {
        let mut line = line("We will stay.");
        line.when = Some(When::day(jiff::civil::date(year, month, day)));
        line
    };
    let lines = [
        on(-43, 3, 15),
        on(0, 12, 31),
        on(43, 3, 15),
        on(9999, 12, 30),
        on(9999, 12, 31),
    ];
    let calendar = written(Format::Ics, &lines);
    let starts: Vec<&str> = calendar
        .split("\r\n")
        .filter_map(|line| line.strip_prefix("DTSTART;VALUE=DATE:"))
        .collect();
    assert_eq!(starts, ["00430315", "99991230"]);
    assert_eq!(
        calendar.matches("\r\nTRANSP:TRANSPARENT\r\n").count(),
        2,
        "{calendar}"
    );
}

#[test]
fn a_day_before_the_first_year_is_no_formula() {
    let mut ancient = line("-1+1");
    ancient.when = Some(When::day(jiff::civil::date(-43, 3, 15)));
    let rows = written(Format::Csv, &[ancient]);
    let row = rows.lines().nth(1).expect("a row");
    assert!(
        row.starts_with("-000043-03-15,-000043-03-15,-000043-03-15,said,Ana Lima,'-1+1,"),
        "{row}"
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
fn a_citation_says_no_more_of_the_day_than_the_text() {
    let mut unnamed = line("We will stay,");
    unnamed.rule = SaidOn::OF_DOCUMENT.into();
    let said = "said no later than 6 February 2026, the document’s own day";
    let cited = citation(&unnamed);
    assert!(
        cited.starts_with(&format!("“We will stay”, Ana Lima, {said}, in: ")),
        "{cited}"
    );
    let reference = written(Format::Ris, &[unnamed]);
    assert!(reference.contains(&format!("Ana Lima ({said}): ")), "{reference}");
}

#[test]
fn words_that_are_not_the_speakers_are_told_to_be_reported_in_every_format() {
    for (kind, is_told) in [
        (QuoteKind::Direct, false),
        (QuoteKind::Mixed, true),
        (QuoteKind::Indirect, true),
    ] {
        let mut line = line("that the pier would open");
        line.quote_kind = Some(kind);
        for format in Format::ALL {
            let in_columns = matches!(
                format,
                Format::Csv | Format::Excel | Format::Json | Format::JsonLines | Format::Parquet
            );
            if !in_columns {
                let text = written(format, std::slice::from_ref(&line)).replace("\r\n ", "");
                let text = text.replace('\\', "");
                assert_eq!(text.contains("reported, not verbatim"), is_told, "{text}");
            }
        }
    }
}

/// What people and reference managers read of a quote, by format.
fn printed(line: &Line) -> [String; 6] {
    let references = [
        Format::Html,
        Format::Markdown,
        Format::Bibtex,
        Format::Ris,
        Format::CslJson,
    ];
    let [html, markdown, bibtex, ris, csl] =
        references.map(|format| written(format, std::slice::from_ref(line)));
    [citation(line), html, markdown, bibtex, ris, csl]
}

#[test]
fn direct_words_stand_in_marks_and_their_own_marks_are_single() {
    for text in printed(&line("The “big” day is \"here\"")) {
        let is_marked = text.contains("“The ‘big’ day is 'here'”")
            || text.contains("<q dir=\"auto\">The ‘big’ day is &#39;here&#39;</q>");
        assert!(is_marked && !text.contains("verbatim"), "{text}");
    }
}

#[test]
fn references_name_who_wrote_a_page() {
    let mut line = line("The pier is open");
    line.authors = vec!["Ana B. Lima".into(), "Harbor Press".into()];
    let of = |format| written(format, std::slice::from_ref(&line));
    let bibtex = of(Format::Bibtex);
    assert!(
        bibtex.contains("author = {Lima, Ana B. and {Harbor Press}}"),
        "{bibtex}"
    );
    assert!(bibtex.contains("organization = {{City Hall}}"), "{bibtex}");
    let ris = of(Format::Ris);
    assert!(
        ris.contains("AU  - Lima, Ana B.\r\nAU  - Harbor Press\r\n"),
        "{ris}"
    );
    let csl: serde_json::Value = serde_json::from_str(&of(Format::CslJson)).expect("JSON");
    assert_eq!(csl[0]["author"][0]["family"], "Lima");
    assert_eq!(csl[0]["author"][1]["literal"], "Harbor Press");
    assert!(of(Format::JsonLd).contains("\"Ana B. Lima\""));
    assert!(of(Format::Csv).contains("Ana B. Lima; Harbor Press"));
    // An office is the author of its own pages; an outlet is not one of a report that names none.
    line.authors.clear();
    let ris = |line: &Line| written(Format::Ris, std::slice::from_ref(line));
    assert!(ris(&line).contains("AU  - City Hall\r\n"));
    line.source_kind = SourceKind::News;
    assert!(!ris(&line).contains("AU  - "));
}

#[test]
fn rows_say_whether_the_page_was_corrected_or_edited() {
    let corrected = Line {
        has_correction: true,
        is_change: true,
        ..line("The pier is open")
    };
    let rows: serde_json::Value =
        serde_json::from_str(&written(Format::Json, &[corrected, line("It is closed")])).expect("JSON");
    let flags =
        |row: usize| ["has_correction", "is_edited", "is_current"].map(|name| rows[row][name].as_bool());
    assert_eq!(flags(0), [Some(true), Some(true), Some(true)]);
    assert_eq!(flags(1), [Some(false), Some(false), Some(true)]);
}

#[test]
fn words_with_marks_inside_get_none_around() {
    let mut mixed = line("the pier was “safe again”");
    mixed.quote_kind = Some(QuoteKind::Mixed);
    for text in printed(&mixed) {
        let words = text.replace('\\', "");
        assert!(
            words.contains("the pier was “safe again” (reported; verbatim in the marks)"),
            "{text}"
        );
        assert!(!words.contains("“the pier") && !words.contains("<q "), "{text}");
    }
}

#[test]
fn a_reporters_own_words_are_never_printed_as_said() {
    let mut indirect = line("that the pier would open in May");
    indirect.quote_kind = Some(QuoteKind::Indirect);
    for text in printed(&indirect) {
        let words = text.replace('\\', "");
        assert!(
            words.contains("that the pier would open in May (reported, not verbatim)"),
            "{text}"
        );
        assert!(!words.contains("“that") && !words.contains("<q "), "{text}");
    }
}

#[test]
fn references_hold_what_their_formats_would_take_for_syntax() {
    let mut odd = line("5 % of {all} $ & more_\\");
    odd.title = "Ends here }\nER  - no".into();
    let bibtex = written(Format::Bibtex, &[odd.clone()]);
    assert!(
        bibtex.contains("5 \\% of \\textbraceleft{}all\\textbraceright{} \\$ \\& more\\_\\textbackslash{}"),
        "{bibtex}"
    );
    assert!(
        bibtex.contains("title = {{Ends here \\textbraceright{} ER  - no}},"),
        "{bibtex}"
    );
    let ris = written(Format::Ris, &[odd.clone()]);
    assert!(ris.contains("TI  - Ends here } ER - no\r\n"), "{ris}");
    assert_eq!(ris.matches("\r\nER  - \r\n").count(), 1, "{ris}");
    let csl: serde_json::Value = serde_json::from_str(&written(Format::CslJson, &[odd])).expect("JSON");
    assert_eq!(csl[0]["issued"]["date-parts"][0], serde_json::json!([2026, 2, 7]));
}

/// What a page could do harm with.
const HOSTILE: &str = "<script>alert(1)</script> ]]> & \" ' \u{0} *bold* [a](b)";

#[test]
fn nothing_of_a_page_is_markup_in_any_format() {
    let mut hostile = line(HOSTILE);
    hostile.title = HOSTILE.into();
    hostile.source_name = HOSTILE.into();
    hostile.rule = HOSTILE.into();
    hostile.url = "https://hall.example/?a=\"onload=".into();
    for format in [Format::Html, Format::Atom, Format::Vis, Format::TimelineJs] {
        let text = written(format, &[hostile.clone()]);
        assert!(!text.contains("<script"), "{format:?}: {text}");
        assert!(!text.contains('\u{0}'), "{format:?}: {text}");
    }
    for format in [Format::Html, Format::Atom] {
        let text = written(format, &[hostile.clone()]);
        assert!(text.contains("?a=&quot;onload="), "{format:?}: {text}");
    }
    let markdown = written(Format::Markdown, &[hostile]);
    assert!(
        markdown.contains("\\<script\\>") && markdown.contains("\\*bold\\* \\[a\\](b)"),
        "{markdown}"
    );
}

#[test]
fn every_format_writes_the_same_bytes_again_and_ends_without_lines() {
    for format in Format::ALL {
        let bytes = |lines: &[Line]| {
            let mut bytes = Vec::new();
            let mut file = begin(format, "q", &mut bytes).expect("begun");
            lines.iter().for_each(|line| file.add(line).expect("added"));
            file.end().expect("ended");
            bytes
        };
        assert_eq!(bytes(&[line("a")]), bytes(&[line("a")]), "{format:?}");
        let empty = bytes(&[]);
        if format.media_type().contains("json") && format != Format::JsonLines {
            serde_json::from_slice::<serde_json::Value>(&empty).expect("JSON");
        }
        assert_eq!(Format::from_code(format.code()), Some(format));
    }
}

#[test]
fn an_annotation_points_at_each_piece_of_interrupted_words() {
    let mut parted = line("We will stay, as long as it takes.");
    parted.context = "“We will stay,” said Lima, “as long as it takes.” Nobody asked.".into();
    let page: serde_json::Value =
        serde_json::from_str(&written(Format::Annotations, &[parted.clone()])).expect("JSON");
    let targets = page["items"][0]["target"].as_array().expect("two targets");
    assert_eq!(targets[0]["selector"]["exact"], "We will stay,");
    assert_eq!(targets[1]["selector"]["exact"], "as long as it takes.");
    assert_eq!(targets[1]["selector"]["suffix"], "” Nobody asked.");
    parted.context = "Something else.".into();
    let page: serde_json::Value =
        serde_json::from_str(&written(Format::Annotations, &[parted])).expect("JSON");
    assert_eq!(
        page["items"][0]["target"]["selector"]["exact"],
        "We will stay, as long as it takes."
    );
}

#[test]
fn linked_data_tells_quotation_article_and_capture() {
    let value: serde_json::Value =
        serde_json::from_str(&written(Format::JsonLd, &[line("We will.")])).expect("JSON");
    let node = &value["@graph"][0];
    assert_eq!(node["@type"], "Quotation");
    assert_eq!(node["dateCreated"], "2026-02-06");
    assert_eq!(node["isPartOf"]["publisher"]["name"], "City Hall");
    assert_eq!(node["archivedAt"]["@id"], "urn:uuid:c1");
}

#[test]
fn a_feed_is_as_new_as_its_newest_entry() {
    let mut newer = line("b");
    newer.captured_at = "2026-02-09T10:00:00Z".parse().expect("an instant");
    let feed = written(Format::Atom, &[newer, line("a")]);
    assert!(
        feed.ends_with("</entry>\n<updated>2026-02-09T10:00:00Z</updated>\n</feed>\n"),
        "{feed}"
    );
}

#[test]
fn parquet_holds_days_as_days_over_several_groups() {
    use ::parquet::file::reader::{FileReader, SerializedFileReader};
    use ::parquet::record::Field;
    let mut undated = line("undated");
    undated.when = None;
    let mut to = tempfile::tempfile().expect("a file");
    let mut file = begin(Format::Parquet, "", &mut to).expect("begun");
    for _ in 0..5000 {
        file.add(&line("said")).expect("added");
    }
    file.add(&undated).expect("added");
    file.end().expect("ended");
    let reader = SerializedFileReader::new(to).expect("a whole file");
    assert_eq!(reader.metadata().num_row_groups(), 2);
    let rows: Vec<_> = reader
        .get_row_iter(None)
        .expect("rows")
        .map(|row| row.expect("a row"))
        .collect();
    let first = |index: usize| rows[index].get_column_iter().next().expect("a column").1.clone();
    assert_eq!(rows.len(), 5001);
    assert_eq!((first(0), first(5000)), (Field::Date(20490), Field::Null));
}

#[test]
fn a_change_of_a_page_is_told_by_every_format_with_both_records() {
    let now = "We may stay.";
    let change = changed(ChangeKind::Reworded, now, Some(("Ana Lima", "We will stay.")));
    for format in Format::ALL
        .into_iter()
        .filter(|format| !format.is_of_references())
    {
        if format == Format::Parquet {
            continue;
        }
        let file = written(format, std::slice::from_ref(&change))
            .replace("\r\n ", "")
            .replace('\\', "");
        for told in [now, "We will stay.", "c0", "c1"] {
            assert!(file.contains(told), "{} lacks {told}: {file}", format.code());
        }
    }
}

#[test]
fn a_change_keeps_its_name_when_its_page_is_edited_again() {
    let change = changed(
        ChangeKind::Reworded,
        "We may stay.",
        Some(("Ana Lima", "We will stay.")),
    );
    let later = Line {
        is_current: false,
        ..change.clone()
    };
    let uid = |line: &Line| values(&written(Format::Ics, std::slice::from_ref(line)), "UID:")[0].to_owned();
    assert_eq!(uid(&change), uid(&later));
}
