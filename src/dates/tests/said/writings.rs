//! Words of a letter, a record, a book.

use super::*;

#[test]
fn what_was_said_at_the_time_or_written_in_a_book_has_its_year() {
    check_said(
        "Lima vetoed a bill in 2024, writing at the time that it was “well meant.”",
        "Lima",
        Some("writing"),
        ("2024", "told_before"),
    );
    check_said(
        "Whereas in 2019 then-Councilmember Lima declared that “nobody pays.”",
        "then-Councilmember Lima",
        Some("declared"),
        ("2019", "told_before"),
    );
    check_said(
        "Lima wrote in The Long Drain, her 2020 book, that lakes “remember.”",
        "Lima",
        Some("wrote"),
        ("2020", "after_cue"),
    );
    check_said(
        "In her memoir, A Slow River (1999), Lima wrote that water “does not win.”",
        "Lima",
        Some("wrote"),
        ("1999", "sentence_opening"),
    );
    for other in [
        "Lima wrote that the lake, dammed in 2020, “remembers.”",
        "Lima told readers of her 2020 book that lakes “remember.”",
        "In the harbour (dredged in 1999), Lima said, water “does not win.”",
    ] {
        let cue = ["wrote", "told", "said"]
            .into_iter()
            .find(|cue| other.contains(cue));
        check_said(other, "Lima", cue, ("2026-02-13", "document_day"));
    }
}

#[test]
fn words_read_from_a_letter_are_of_the_day_of_the_letter() {
    check_said(
        "Lima read aloud from the owner’s 2019 letter: “Nobody pays.”",
        "Lima",
        Some("read"),
        ("2019", "of_writing"),
    );
    check_said(
        "In a 2019 interview, Lima said “nobody pays.”",
        "Lima",
        Some("said"),
        ("2019", "sentence_opening"),
    );
    check_said(
        "In a letter dated Jan. 20 and released Wednesday, Lima wrote: “Nobody pays.”",
        "Lima",
        Some("wrote"),
        ("2026-01-20", "sentence_opening"),
    );
    for text in [
        "Lima said of the Feb. 6 order: “Nobody pays.”",
        "In response to the Feb. 6 executive order Lima said: “Nobody pays.”",
        "Lima said of the May 3 hearing: “Nobody pays.”",
    ] {
        check_said(text, "Lima", Some("said"), ("2026-02-13", "document_day"));
    }
    check_said(
        "In a 2019 law Cruz pushed through, by the report, Lima said “nobody pays.”",
        "Lima",
        Some("said"),
        ("2026-02-13", "document_day"),
    );
    check_said(
        "Asked about the 2019 letter, Lima said: “Nobody pays.”",
        "Lima",
        Some("said"),
        ("2026-02-13", "document_day"),
    );
}

#[test]
fn words_repeated_in_a_quote_are_of_the_day_that_is_told_there() {
    let nested = |text: &str| {
        let at = |words: &str| {
            let start = text.find(words).expect("in the text");
            Span::of(text, start..start + words.len()).expect("on boundaries")
        };
        let quote = |content: Span, cue: &str, speaker: &str, rule| Quote {
            kind: QuoteKind::Direct,
            content: vec![content],
            fragments: vec![content],
            attribution: Some(Attribution {
                cue: Some(at(cue)),
                stance: None,
                mention: Mention::Text(at(speaker)),
                antecedent: None,
                members: Vec::new(),
                rule,
                confidence: 1.0,
            }),
            confidence: 1.0,
        };
        let (open, close) = (text.find('“').expect("a mark"), text.find('”').expect("a mark"));
        let outer = Span::of(text, open + '“'.len_utf8()..close).expect("on boundaries");
        let quotes = [
            quote(outer, "said", "Cruz", "test"),
            quote(at("Nobody pays,"), "told", "Lima", "nested"),
        ];
        let said = said_on(
            text,
            &quotes,
            &find(text, Tongue::English, Some(day())),
            Some(day()),
        );
        let days = said.into_iter();
        days.map(|said| said.map(|said| said.when.edtf).unwrap_or_default())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        nested("“Lima told me in 2019, ‘Nobody pays,’ and left,” Cruz said Monday."),
        ["2026-02-09", "2019"]
    );
    assert_eq!(
        nested("“Lima told me, ‘Nobody pays,’ and left,” Cruz said Monday."),
        ["2026-02-09", ""]
    );
}

#[test]
fn a_year_may_be_that_of_the_saying() {
    let year = |text: &str, rule: &str| {
        check_said(
            text,
            "Lima",
            Some(if text.contains("told") { "told" } else { "said" }),
            ("2005", rule),
        );
    };
    year("“We lost it,” Lima told The Harbour Post in 2005.", "after_cue");
    year("“We lost it,” Lima told the council in 2005.", "after_cue");
    year("“We lost it,” Lima told lawmakers in 2005.", "after_cue");
    year("“We lost it,” Lima said in a 2005 interview.", "after_cue");
    year("Lima said in 2005 that they had “lost it.”", "after_cue");
    year(
        "When the pier opened in 2005, Lima said it was “lost.”",
        "sentence_opening",
    );
    check_said(
        "“We lost it,” Lima told The Harbour Post last year.",
        "Lima",
        Some("told"),
        ("2025", "after_cue"),
    );
    check_said(
        "Lima told the council the law passed in 2005 was “lost.”",
        "Lima",
        Some("told"),
        ("2026-02-13", "document_day"),
    );
}

#[test]
fn a_memo_is_of_the_day_it_is_dated() {
    check_said(
        "In a memo to employees dated Feb. 3 and seen by the Post, Lima wrote: “I know.”",
        "Lima",
        Some("wrote"),
        ("2026-02-03", "sentence_opening"),
    );
}

#[test]
fn a_year_next_to_its_verb_or_writing_is_that_of_the_saying() {
    check_said(
        "Lima, 58, who in 2019 said it was “closed,” left.",
        "Lima",
        Some("said"),
        ("2019", "before_cue"),
    );
    check_said(
        "A woman who was hurt on Monday said it was “luck.”",
        "A woman",
        Some("said"),
        ("2026-02-13", "document_day"),
    );
    check_said(
        "The man who sold the mill in 2018 said it was “old.”",
        "The man",
        Some("said"),
        ("2026-02-13", "document_day"),
    );
    check_said(
        "Orr, whom Lima called lazy in March, said it was “closed.”",
        "Orr",
        Some("said"),
        ("2026-02-13", "document_day"),
    );
    check_said(
        "In a 2004 oral history Lima spoke of the flood. “It came in,” she said.",
        "she",
        Some("said"),
        ("2004", "sentence_before"),
    );
    check_said(
        "Orr quoted a 2011 opinion by the high court, which held that it was “closed.”",
        "court",
        Some("held"),
        ("2011", "sentence_opening"),
    );
    check_said(
        "The board met Tuesday night. “It is closed,” Lima said during the three-hour meeting.",
        "Lima",
        Some("said"),
        ("2026-02-10", "sentence_before"),
    );
}

#[test]
fn what_was_given_on_one_day_and_printed_on_another_is_of_the_first() {
    let opening = "sentence_opening";
    for (text, day) in [
        (
            "In testimony given in January and released Monday, Lima said it was “dead.”",
            "2026-01",
        ),
        (
            "In a speech delivered Monday, Lima said it was “dead.”",
            "2026-02-09",
        ),
        ("In a letter written in 2019, Lima said it was “dead.”", "2019"),
    ] {
        check_said(text, "Lima", Some("said"), (day, opening));
    }
    for text in [
        "In testimony about what was written in 2019 by others, it rained, and Lima said it was “dead.”",
        "The plans were given in January to the town, and Lima said it was “dead.”",
        "In a book given to her in 2019, it rained; Lima said it was “dead.”",
    ] {
        check_said(text, "Lima", Some("said"), ("2026-02-13", "document_day"));
    }
}

#[test]
fn what_a_record_shows_and_what_was_written_in_a_book_is_of_its_day() {
    let opening = "sentence_opening";
    for (text, cue, expected) in [
        (
            "Minutes from the Jan. 6 meeting show Lima said “no.”",
            "said",
            ("2026-01-06", opening),
        ),
        (
            "Emails from January show Lima called it “dead.”",
            "called",
            ("2026-01", opening),
        ),
        (
            "Lima wrote in “The Long Drain,” her 2020 book, that it was “dead.”",
            "wrote",
            ("2020", "after_cue"),
        ),
    ] {
        check_said(text, "Lima", Some(cue), expected);
    }
    let own_day = ("2026-02-13", "document_day");
    for (text, cue) in [
        ("A report due Jan. 6 shows the loss, and Lima said “no.”", "said"),
        (
            "The Jan. 6 meeting was long, and its minutes show it, Lima said. “No.”",
            "said",
        ),
        (
            "Lima wrote in “The Long Drain” that a 2020 book was “dead.”",
            "wrote",
        ),
        (
            "Lima said in “The Long Drain” that they had a 2020 book, “dead.”",
            "said",
        ),
    ] {
        check_said(text, "Lima", Some(cue), own_day);
    }
}

#[test]
fn the_day_on_which_a_writing_came_to_light_is_not_its_own() {
    for (text, cue, day, rule) in [
        (
            "In a Feb. 3 affidavit unsealed Monday, Lima said, “Nobody pays.”",
            "said",
            "2026-02-03",
            "sentence_opening",
        ),
        (
            "In emails sent in January and obtained Monday by the paper, Lima wrote, “Nobody pays.”",
            "wrote",
            "2026-01",
            "sentence_opening",
        ),
        // No other day is named.
        (
            "In a message released Monday, Lima said, “Nobody pays.”",
            "said",
            "2026-02-09",
            "sentence_opening",
        ),
        (
            "Testifying Monday before the board, Lima said, “Nobody pays.”",
            "said",
            "2026-02-09",
            "sentence_opening",
        ),
    ] {
        check_said(text, "Lima", Some(cue), (day, rule));
    }
}

#[test]
fn the_title_of_a_programme_and_a_label_hide_no_day() {
    check_said_of_first(
        "“We stay,” Lima thundered on “Sunrise & Friends” Tuesday.",
        "thundered",
    );
    check_said_of_first("“We stay,” Lima told “Morning Desk” on Tuesday.", "told");
    check_said(
        "Flashback: In 2021, Lima said it was “over.”",
        "Lima",
        Some("said"),
        ("2021", "sentence_opening"),
    );
}

/// Checks the day of the first words in marks, where a title in marks follows.
#[track_caller]
fn check_said_of_first(text: &str, cue: &str) {
    let span = |words: &str| {
        let start = text.find(words).expect("in the text");
        Span::of(text, start..start + words.len()).expect("on boundaries")
    };
    let quote = Quote {
        kind: QuoteKind::Direct,
        content: vec![span("We stay,")],
        fragments: vec![span("We stay,")],
        attribution: Some(Attribution {
            cue: Some(span(cue)),
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
    assert_eq!(
        (said.when.edtf.as_str(), said.rule),
        ("2026-02-10", "after_cue"),
        "{text}"
    );
}
