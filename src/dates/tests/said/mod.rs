//! The day that a quote was said.

mod calling;
mod carried;
mod earlier;
mod elsewhere;
mod frames;
mod occasions;
mod on_the_spot;
mod scenes;
mod sittings;
mod writings;

use super::*;

/// Checks the day given to the last words in double marks, said by `speaker` with `cue`, which are looked for from the end;
/// all words in marks are quotes. A pronoun means whoever is named Lima.
#[track_caller]
fn check_said(text: &str, speaker: &str, cue: Option<&str>, expected: (&str, &str)) {
    check_said_in(Tongue::English, text, speaker, cue, expected);
}

#[test]
fn the_day_of_the_reporting_clause_is_the_day_it_was_said() {
    let lima = "Lima";
    check_said(
        "“We won’t pay,” Lima said Tuesday.",
        lima,
        Some("said"),
        ("2026-02-10", "after_cue"),
    );
    check_said(
        "“We won’t pay,” Lima told reporters at a hearing on Feb. 6.",
        lima,
        Some("told"),
        ("2026-02-06", "after_cue"),
    );
    check_said(
        "Lima on Monday said, “We won’t.”",
        lima,
        Some("said"),
        ("2026-02-09", "before_cue"),
    );
    check_said(
        "It was over. In a speech on January 13, Lima warned that “nobody pays.”",
        lima,
        Some("warned"),
        ("2026-01-13", "sentence_opening"),
    );
}

#[test]
fn a_day_inside_the_quote_or_in_what_it_tells_is_not_the_day_it_was_said() {
    let lima = "Lima";
    check_said(
        "From May 1, Lima said, “we will pay.”",
        "Lima",
        Some("said"),
        ("2026-02-13", "document_day"),
    );
    check_said(
        "“We will pay on Monday,” Lima said.",
        lima,
        Some("said"),
        ("2026-02-13", "document_day"),
    );
    check_said(
        "Lima said that the law of May 2, 2020, was “a trap.”",
        lima,
        Some("said"),
        ("2026-02-13", "document_day"),
    );
    check_said(
        "On Monday it rained. “We won’t pay,” Lima said.",
        lima,
        Some("said"),
        ("2026-02-13", "document_day"),
    );
}

#[test]
fn a_day_inside_another_quotation_is_not_the_day_it_was_said() {
    let own_day = ("2026-02-13", "document_day");
    for text in [
        "“They closed it yesterday,” said Lima. “It was a mess.”",
        "“We warned you on Monday,” Lima said. “You laughed.”",
        "“In January we warned them,” Lima said. “You laughed.”",
    ] {
        check_said(text, "Lima", Some("said"), own_day);
    }
    check_said(
        "“She called me Sunday,” Lima said, adding, “I did not pick up.”",
        "Lima",
        Some("adding"),
        own_day,
    );
}

#[test]
fn a_day_that_something_is_set_for_is_not_the_day_it_was_said() {
    for text in [
        "Lima said the closing, set for Feb. 5, “will happen.”",
        "Lima said the bond, due Feb. 5, “is a joke.”",
        "Lima said the hearing, scheduled for Feb. 5, “is over.”",
    ] {
        check_said(text, "Lima", Some("said"), ("2026-02-13", "document_day"));
    }
}

#[test]
fn nothing_is_said_after_the_document() {
    check_said(
        "At a hearing last Wednesday, Cruz spoke. Lima responded the next day: “So are we.”",
        "Lima",
        Some("responded"),
        ("2026-02-12", "after_cue"),
    );
    check_said(
        "Lima said Feb. 20, 2026, is “too late.”",
        "Lima",
        Some("said"),
        ("2026-02-13", "document_day"),
    );
}

#[test]
fn a_day_in_a_clause_about_the_speaker_is_not_that_of_the_saying() {
    let filed =
        "Ana Lima, who filed it in January, said she was sad. The book, she said, “has no business here.”";
    check_said(filed, "she", Some("said"), ("2026-02-13", "document_day"));
    check_said(
        "In January, which was cold, Lima said “no.”",
        "Lima",
        Some("said"),
        ("2026-01", "sentence_opening"),
    );
}

#[test]
fn a_clause_begins_behind_a_dateline_and_may_follow_a_question() {
    check_said(
        "HARBOURTON, Feb. 11 (HP) — On Monday she said “nobody pays.”",
        "she",
        Some("said"),
        ("2026-02-09", "sentence_opening"),
    );
    check_said(
        "Asked on Tuesday about the Jan. 3 memo, Lima said “nobody pays.”",
        "Lima",
        Some("said"),
        ("2026-02-10", "sentence_opening"),
    );
    // The words behind the day are all that is quoted.
    check_said(
        "Lima said Tuesday she “was not asked.”",
        "Lima",
        Some("said"),
        ("2026-02-10", "after_cue"),
    );
}

#[test]
fn words_inside_a_quotation_say_nothing_of_the_days_outside() {
    check(
        "\"I will not run again.\" He resigned Monday.",
        &[("Monday", "2026-02-09")],
    );
    check(
        "“We would have closed it.” On Wednesday she left.",
        &[("Wednesday", "2026-02-11")],
    );
    check(
        "\"We will close it,\" Lima wrote on Tuesday.",
        &[("Tuesday", "2026-02-10")],
    );
    check(
        "``We will close it,'' Lima wrote on Tuesday.",
        &[("Tuesday", "2026-02-10")],
    );
}

#[test]
fn a_long_line_of_times_and_quotes_is_read_in_time() {
    let line = "At 5 p.m. it rained. “No,” Lima said. ".repeat(2000);
    check_said(&line, "Lima", Some("said"), ("2026-02-13", "document_day"));
}

#[test]
fn what_a_speaker_did_meanwhile_tells_the_day() {
    let text = "“We lost it,” said Bernard Lima, 70, of Salem, as he dragged a mattress to the curb Tuesday.";
    check_said(text, "Bernard Lima", Some("said"), ("2026-02-10", "after_cue"));
    let own_day = ("2026-02-13", "document_day");
    for text in [
        "“We lost it,” said Bernard Lima, 70, as he had dragged a mattress to the curb Tuesday.",
        "“We lost it,” said Bernard Lima, 70, as he spoke of what would be moved to the curb Tuesday.",
        "“We lost it,” said Bernard Lima, 70, as he asked that it be moved to the curb Tuesday.",
    ] {
        check_said(text, "Bernard Lima", Some("said"), own_day);
    }
}

#[test]
fn a_clause_that_goes_on_from_a_time_is_of_that_time() {
    check_said(
        "The fight began last fall, when Lima told the council that it was “over.”",
        "Lima",
        Some("told"),
        ("2025-23", "sentence_opening"),
    );
    check_said(
        "When a reporter approached him at a fish fry on Jan. 25, Lima said it was “over.”",
        "Lima",
        Some("said"),
        ("2026-01-25", "sentence_opening"),
    );
    let own_day = ("2026-02-13", "document_day");
    for text in [
        "The pier closed last fall, when rents fell, and Lima said it was “over.”",
        "The pier closed last fall, when the mayor was Cruz, Lima said it was “over.”",
        "The pier closed last fall, which Lima said was “over.”",
    ] {
        check_said(text, "Lima", Some("said"), own_day);
    }
}

#[test]
fn words_that_begin_in_the_middle_of_a_day_do_not_hold_it() {
    let text = "Lima said on Wednesday night she had “nothing to add.”";
    let span = |words: &str| {
        let start = text.find(words).expect("in the text");
        Span::of(text, start..start + words.len()).expect("on boundaries")
    };
    let quote = Quote {
        kind: QuoteKind::Mixed,
        content: vec![span("night she had “nothing to add.”")],
        fragments: vec![span("nothing to add.")],
        attribution: Some(Attribution {
            cue: Some(span("said")),
            stance: None,
            mention: Mention::Text(span("Lima")),
            antecedent: None,
            members: Vec::new(),
            rule: "test",
            confidence: 1.0,
        }),
        confidence: 1.0,
    };
    let mentions = find(text, Tongue::English, Some(day()));
    let said = said_on(text, &[quote], &mentions, Some(day()));
    let said = said[0].as_ref().expect("a day");
    assert_eq!((said.when.edtf.as_str(), said.rule), ("2026-02-11", "after_cue"));
}
