//! Which lines become one event.

use super::super::export::tests::line;
use super::super::sentences::tests::mention;
use super::super::sentences::told;
use super::*;
use crate::model::id::{DocumentId, SpeakerId};

fn on(mut line: Line, document: &str, day: i8, rule: &str) -> Line {
    line.uid = format!("{}-{document}-{day}", line.kind.code());
    line.document = DocumentId::new(document);
    line.when = Some(When::day(jiff::civil::date(2026, 2, day)));
    line.rule = rule.into();
    line
}

/// The day, how many lines, and whether there is a conflict, of each event.
fn shape(lines: Vec<Line>) -> Vec<(String, usize, bool)> {
    let shape = |event: &Event| {
        (
            event.when.edtf.clone(),
            event.lines.len(),
            event.conflict.is_some(),
        )
    };
    events(lines).iter().map(shape).collect()
}

#[test]
fn one_speaker_s_words_in_several_papers_are_one_event_of_the_day_that_is_named() {
    let words = "The ferry landing will be rebuilt before the summer.";
    let lines = vec![
        on(line(words), "d1", 3, "after_cue"),
        on(line(&words.replace("will", "shall")), "d2", 4, "document_day"),
        on(line("rebuilt before the summer"), "d3", 9, "document_day"),
    ];
    assert_eq!(shape(lines), [("2026-02-03".to_string(), 3, false)]);
}

#[test]
fn other_words_or_another_speaker_make_another_event() {
    let words = "The ferry landing will be rebuilt before the summer.";
    let mut other = on(line(words), "d2", 3, "after_cue");
    other.speaker = Some((SpeakerId::new("cruz"), "Boris Cruz".into()));
    let third = on(line("Nobody asked the harbour."), "d3", 3, "after_cue");
    assert_eq!(
        shape(vec![on(line(words), "d1", 3, "after_cue"), other, third]).len(),
        3
    );
}

#[test]
fn days_named_for_the_same_thing_are_one_event_and_differing_ones_a_conflict() {
    let text = "Rain fell. The council votes on the harbour budget on February 6. Then it rests.";
    let other = "On Friday, council members will vote about next year’s harbour budget, officials said.";
    let same = vec![
        on(mention(text, "February 6"), "d1", 6, "month_day"),
        on(mention(other, "Friday"), "d2", 6, "weekday"),
    ];
    assert_eq!(shape(same), [("2026-02-06".to_string(), 2, false)]);
    let text = "The council of Harbor Falls votes on the ferry budget on February 6.";
    let wrong = "The council of Harbor Falls votes on the ferry budget on February 9.";
    let lines = vec![
        on(mention(text, "February 6"), "d1", 6, "month_day"),
        on(mention(wrong, "February 9"), "d2", 9, "month_day"),
        on(mention(text, "February 6"), "d3", 6, "month_day"),
    ];
    let found = events(lines);
    assert_eq!((found.len(), found[0].when.edtf.as_str()), (1, "2026-02-06"));
    let conflict = found[0].conflict.as_deref().expect("a conflict");
    assert!(
        conflict.ends_with("6 February 2026 (2), 9 February 2026 (1)"),
        "{conflict}"
    );
}

#[test]
fn the_last_day_for_something_and_its_day_are_one_event() {
    let of_kind = |kind: LineKind, document: &str, day: i8, text: &str| {
        let expression = format!("February {day}");
        let line = Line {
            kind,
            ..mention(&text.replace("DAY", &expression), &expression)
        };
        on(line, document, day, "month_day")
    };
    let limit = "Harbour residents must file claims for storm damage no later than DAY.";
    let plain = "Claims for storm damage from harbour residents are accepted until DAY.";
    let lines = vec![
        of_kind(LineKind::Mentioned, "d1", 6, plain),
        of_kind(LineKind::Deadline, "d2", 6, limit),
    ];
    let found = events(lines);
    assert_eq!((found.len(), found[0].lines.len()), (1, 2));
    assert_eq!(found[0].kind, LineKind::Deadline);
    assert!(told(&found[0].lines[0]).contains("no later than"));
    // Another day is another thing, not a contradiction.
    let lines = vec![
        of_kind(LineKind::Mentioned, "d1", 9, limit),
        of_kind(LineKind::Deadline, "d2", 6, limit),
    ];
    assert_eq!(shape(lines).len(), 2);
}

#[test]
fn a_sentence_that_tells_more_contradicts_nothing() {
    let order = "The mayor signed an order that closes the harbour bridge to all traffic beginning Wednesday, February \
        18, after inspectors found cracks in two girders.";
    let found = "Inspectors found cracks in girders of the harbour bridge on February 12.";
    let lines = vec![
        on(mention(order, "Wednesday, February 18"), "d1", 18, "month_day"),
        on(mention(found, "February 12"), "d2", 12, "month_day"),
    ];
    assert_eq!(shape(lines).len(), 2);
}

#[test]
fn a_name_alone_makes_no_two_sentences_one_event() {
    let lunch = "The answer is known to Commissioner Priya Raman, who spoke at a lunch last Thursday.";
    let column = "Last Thursday I asked Commissioner Priya Raman if she sleeps.";
    let lines = vec![
        on(mention(lunch, "last Thursday"), "d1", 5, "weekday"),
        on(mention(column, "Last Thursday"), "d2", 5, "weekday"),
    ];
    assert_eq!(shape(lines).len(), 2);
}

#[test]
fn what_two_papers_copied_is_one_event_whatever_names_are_in_it() {
    let wire = "On February 6, 2026, Mayor Dolores Finch signed Executive Order 13.";
    let lines = vec![
        on(mention(wire, "February 6, 2026"), "d1", 6, "month_day"),
        on(mention(wire, "February 6, 2026"), "d2", 6, "month_day"),
    ];
    assert_eq!(shape(lines), [("2026-02-06".to_string(), 2, false)]);
    let short = "The City Council of Marlow Bay meets on February 9.";
    let lines = vec![
        on(mention(short, "February 9"), "d1", 9, "month_day"),
        on(mention(short, "February 9"), "d2", 9, "month_day"),
    ];
    assert_eq!(shape(lines), [("2026-02-09".to_string(), 2, false)]);
}

#[test]
fn a_name_behind_the_day_that_begins_a_sentence_is_a_name() {
    let line = mention("Friday, Priya Raman and the Harbour Board met.", "Friday");
    let line = on(line, "d1", 6, "weekday");
    let told = Told::of(&line, line.when.clone().expect("a day"));
    assert!(
        told.names.contains("priya") && told.names.contains("raman"),
        "{:?}",
        told.names
    );
    let line = on(mention("Boats met on Friday.", "Friday"), "d1", 6, "weekday");
    let told = Told::of(&line, line.when.clone().expect("a day"));
    assert!(told.names.is_empty(), "{:?}", told.names);
}

#[test]
fn an_event_is_absent_where_no_page_tells_of_it_any_more() {
    let words = "The ferry landing will be rebuilt before the summer.";
    let at = |hour: i8| {
        jiff::civil::date(2026, 2, 9)
            .at(hour, 0, 0, 0)
            .in_tz("UTC")
            .expect("a zone")
            .timestamp()
    };
    let told = |document: &str, absent: Option<i8>| Line {
        absent_since: absent.map(at),
        ..on(line(words), document, 3, "after_cue")
    };
    let gone = events(vec![told("d1", Some(7)), told("d2", Some(9))]);
    assert_eq!((gone.len(), gone[0].absent_since()), (1, Some(at(9))));
    let there = events(vec![told("d1", Some(7)), told("d2", None)]);
    assert_eq!((there.len(), there[0].absent_since()), (1, None));
}

#[test]
fn a_year_is_not_contradicted_by_a_day_of_it() {
    let text = "The council of Harbor Falls spends nine million dollars on ferries";
    let mut year = on(
        mention(&format!("{text} this year."), "this year"),
        "d1",
        1,
        "year",
    );
    year.when = Some(When {
        edtf: "2026".into(),
        earliest: jiff::civil::date(2026, 1, 1),
        latest: jiff::civil::date(2026, 12, 31),
    });
    let day = on(
        mention(&format!("{text} on Friday."), "Friday"),
        "d2",
        6,
        "weekday",
    );
    let expected = [
        ("2026".to_string(), 1, false),
        ("2026-02-06".to_string(), 1, false),
    ];
    assert_eq!(shape(vec![year, day]), expected);
}

#[test]
fn whoever_names_the_month_speaks_for_the_day_another_names() {
    let text = "The council of Harbor Falls opened the ferry landing";
    let month = |document: &str| {
        let mut month = on(
            mention(&format!("{text} in February."), "February"),
            document,
            1,
            "month",
        );
        month.when = Some(When {
            edtf: "2026-02".into(),
            earliest: jiff::civil::date(2026, 2, 1),
            latest: jiff::civil::date(2026, 2, 28),
        });
        month
    };
    let day = on(
        mention(&format!("{text} on February 17."), "February 17"),
        "d3",
        17,
        "month_day",
    );
    let found = shape(vec![month("d1"), month("d2"), day]);
    assert_eq!(found, [("2026-02-17".to_string(), 3, false)]);
}

#[test]
fn what_is_denied_counted_or_named_otherwise_is_another_event() {
    let said = |document: &str, words: &str| on(line(words), document, 3, "after_cue");
    let words = "The ferry landing will be rebuilt by nine men before the summer.";
    for other in [
        words.replace("will be", "will not be"),
        words.replace("nine", "ten"),
        words.replace("summer", "Harvest"),
    ] {
        let lines = vec![said("d1", words), said("d2", &other)];
        assert_eq!(shape(lines).len(), 2, "{other}");
    }
    let votes = |document: &str, town: &str| {
        let text =
            format!("The council of {town} votes on the ferry budget and on the harbour on February 6.");
        on(mention(&text, "February 6"), document, 6, "month_day")
    };
    assert_eq!(
        shape(vec![votes("d1", "Dunmarsh"), votes("d2", "Dunmarsh")]).len(),
        1
    );
    assert_eq!(
        shape(vec![votes("d1", "Dunmarsh"), votes("d2", "Tidewell")]).len(),
        2
    );
}

#[test]
fn two_unnamed_people_who_say_the_same_are_two() {
    let words = "We will never take that ferry again.";
    let unnamed = |document: &str| Line {
        speaker: None,
        printed_speaker: Some("a resident".into()),
        ..on(line(words), document, 3, "after_cue")
    };
    assert_eq!(shape(vec![unnamed("d1"), unnamed("d2")]).len(), 2);
}

#[test]
fn what_says_the_opposite_or_puts_another_word_is_another_event() {
    let said = |document: &str, words: &str| on(line(words), document, 3, "after_cue");
    for (one, other) in [
        (
            "Nobody in this office supported the audit.",
            "Everybody in this office supported the audit.",
        ),
        ("The old school house is safe.", "The old school house is unsafe."),
        (
            "I will sign the rent bill today.",
            "I will veto the rent bill today.",
        ),
        (
            "We will sell the pepper station.",
            "We will sell the kettle station.",
        ),
        (
            "I told them Senator Drake knew.",
            "I told them Senator Blake knew.",
        ),
    ] {
        let found = shape(vec![said("d1", one), said("d2", other)]);
        assert_eq!(found.len(), 2, "{one} / {other}");
    }
}

#[test]
fn a_part_of_two_that_contradict_each_other_joins_them_to_no_one_event() {
    let said = |document: &str, words: &str| on(line(words), document, 3, "after_cue");
    let part = "I would not have signed this order";
    let found = events(vec![
        said("d1", part),
        said("d2", &format!("{part}, and I will help anyone tear it up.")),
        said("d3", &format!("{part}, and I will not help anyone tear it up.")),
    ]);
    let texts = |event: &Event| event.lines.iter().map(|line| line.text.len()).collect::<Vec<_>>();
    assert_eq!(
        found.iter().map(|event| texts(event).len()).collect::<Vec<_>>(),
        [2, 1]
    );
}
