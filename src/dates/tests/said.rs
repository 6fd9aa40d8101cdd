//! The day that a quote was said.

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
fn an_occasion_that_is_named_again_has_the_day_it_was_told_of() {
    let (lima, said) = ("Lima", Some("said"));
    let voted = "The council voted 5-2 on Tuesday night to pay.\n\nIt rained.\n\n“No,” Cruz said.\n\n";
    check_said(
        &format!("{voted}“We won’t,” Lima said during the three-hour meeting."),
        lima,
        said,
        ("2026-02-10", "sentence_before"),
    );
    check_said(
        "Ten minutes into Monday’s hearing, Lima rose. “It isn’t there,” she told the board.",
        "she",
        Some("told"),
        ("2026-02-09", "sentence_before"),
    );
    let own_day = ("2026-02-13", "document_day");
    for other in [
        "“We won’t,” Lima said at the rally.",
        "“We won’t,” Lima wrote on X.",
        "“We won’t,” Lima said.",
    ] {
        check_said(
            &format!("{voted}{other}"),
            lima,
            other.contains("wrote").then_some("wrote").or(said),
            own_day,
        );
    }
    check_said(
        "The council will vote Tuesday.\n\n“We won’t,” Lima said at the meeting.",
        lima,
        said,
        own_day,
    );
}

#[test]
fn a_setting_and_an_encounter_tell_the_day_of_who_goes_on_there() {
    check_said(
        "In the Commons yesterday Lima refused to go. “I have full confidence in her,” she told members.",
        "she",
        Some("told"),
        ("2026-02-12", "sentence_before"),
    );
    check_said(
        "Lima was spotted on Monday leaving the hall. “No comment,” she snapped.",
        "she",
        Some("snapped"),
        ("2026-02-09", "sentence_before"),
    );
    let own_day = ("2026-02-13", "document_day");
    check_said(
        "A shark was spotted on Monday off Oldwick. “Stay out,” Lima said.",
        "Lima",
        Some("said"),
        own_day,
    );
    check_said(
        "In Oldwick on May 3, 2020, Lima opened a school. “We will pay,” she said.",
        "she",
        Some("said"),
        own_day,
    );
    check_said(
        "In Oldwick, where it rained on Monday, Lima opened a school. “We will pay,” she said.",
        "she",
        Some("said"),
        own_day,
    );
}

#[test]
fn an_entry_of_a_live_page_is_of_its_stamp() {
    let (lima, said) = ("Lima", Some("said"));
    check_said(
        "What we know\n10 p.m. Tuesday\n\n“We are closed,” Lima said.",
        lima,
        said,
        ("2026-02-10", "labelled"),
    );
    let own_day = ("2026-02-13", "document_day");
    for other in [
        "The polls close at\n10 p.m. Tuesday, they said.\n\n“We are closed,” Lima said.",
        "Feb. 3, 2026\n\n“We are closed,” Lima said.",
        "11:20 a.m.\n\n“We are closed,” Lima said.",
    ] {
        check_said(other, lima, said, own_day);
    }
}

#[test]
fn what_was_said_after_an_occasion_is_of_its_day() {
    let (lima, told) = ("Lima", Some("told"));
    check_said(
        "“No,” Lima told reporters after Monday’s vote.",
        lima,
        told,
        ("2026-02-09", "after_cue"),
    );
    check_said(
        "“No,” Lima told reporters after the vote on Monday.",
        lima,
        told,
        ("2026-02-09", "after_cue"),
    );
    check_said(
        "In a since-deleted Feb. 3 post, Lima wrote: “Drain it.”",
        lima,
        Some("wrote"),
        ("2026-02-03", "sentence_opening"),
    );
    let own_day = ("2026-02-13", "document_day");
    for other in [
        "“No,” Lima told reporters after the storm on Monday.",
        "“No,” Lima told reporters after he fell on Monday.",
        "“No,” Lima told reporters who came after the vote that failed on Monday.",
    ] {
        check_said(other, lima, told, own_day);
    }
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
fn then_leads_to_the_day_that_was_told_before() {
    check_said(
        "Lima first floated it in a Jan. 9 interview with the Harbour Post. “Nobody pays,” she said then.",
        "she",
        Some("said"),
        ("2026-01-09", "told_before"),
    );
    check_said(
        "Lima lost in 2019.\n\n“Nobody pays,” Lima said at the time.",
        "Lima",
        Some("said"),
        ("2019", "told_before"),
    );
    check_said("“Nobody pays,” Lima said then.", "Lima", Some("said"), ("", ""));
    check_said(
        "It rained on Tuesday. “Nobody pays,” Lima then said.",
        "Lima",
        Some("said"),
        ("2026-02-13", "document_day"),
    );
}

#[test]
fn a_pronoun_goes_on_from_the_sentence_before() {
    let (she, said) = ("she", Some("said"));
    check_said(
        "My neighbour Ana Lima put it best last week. “Nobody pays,” she said.",
        she,
        said,
        ("2026-02-02/2026-02-08", "sentence_before"),
    );
    check_said(
        "On Monday the council met. The next day, Lima fired back. “Nobody pays,” she said.",
        she,
        said,
        ("2026-02-10", "sentence_before"),
    );
    check_said(
        "Lima spoke up in a Jan. 9 interview. “Nobody pays,” she said.",
        she,
        said,
        ("2026-01-09", "sentence_before"),
    );
    // Somebody else's day is not hers.
    check_said(
        "Cruz told the Ledger on Jan. 5 that Lima would quit. “That is false,” she said.",
        she,
        said,
        ("2026-02-13", "document_day"),
    );
    // The sentence before ends within its marks.
    check_said(
        "Lima said on Monday she “will appeal.” She said the judge “erred.”",
        "She",
        said,
        ("2026-02-09", "sentence_before"),
    );
    let own_day = ("2026-02-13", "document_day");
    check_said(
        "Lima spoke on Monday. “Nobody pays,” she later said.",
        she,
        said,
        own_day,
    );
    check_said(
        "On Monday it rained. “Nobody pays,” she said.",
        she,
        said,
        own_day,
    );
    check_said(
        "Lima said so in 2019. “Nobody pays,” she said.",
        she,
        said,
        own_day,
    );
    check_said(
        "Lima spoke on Monday. “Nobody pays,” Cruz said.",
        "Cruz",
        said,
        own_day,
    );
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
                mention: at(speaker),
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
fn a_quote_without_a_cue_leans_on_the_sentence_before_in_its_paragraph() {
    check_said(
        "Lima spoke to reporters on Tuesday. “We won’t pay.”",
        "Lima",
        None,
        ("2026-02-10", "sentence_before"),
    );
    check_said(
        "Lima spoke to reporters on Tuesday.\n\n“We won’t pay.”",
        "Lima",
        None,
        ("2026-02-13", "document_day"),
    );
}

#[test]
fn words_of_another_time_are_not_given_the_documents_day() {
    let (lima, said) = ("Lima", Some("said"));
    check_said(
        "“We won’t pay,” Lima said in 2024.",
        lima,
        said,
        ("2024", "after_cue"),
    );
    check_said(
        "In 2018, Lima said “nobody pays.”",
        lima,
        said,
        ("2018", "sentence_opening"),
    );
    check_said("Lima once said that “nobody pays.”", lima, said, ("", ""));
    check_said("Lima had often said “nobody pays.”", lima, said, ("", ""));
    check_said(
        "Two weeks ago Lima had said “nobody pays.”",
        lima,
        said,
        ("2026-01-26/2026-02-01", "sentence_opening"),
    );
    check_said(
        "In a Jan. 9 letter to the council, Lima wrote that “nobody pays.”",
        lima,
        Some("wrote"),
        ("2026-01-09", "sentence_opening"),
    );
    check_said(
        "Lima, whom Cruz met in January, said “nobody pays.”",
        lima,
        said,
        ("2026-02-13", "document_day"),
    );
    check_said(
        "“I was there,” said April Stone.",
        "April Stone",
        said,
        ("2026-02-13", "document_day"),
    );
    // Of what the words are about, not of when they were said.
    let own_day = ("2026-02-13", "document_day");
    check_said("Lima, elected in 2021, said “nobody pays.”", lima, said, own_day);
    check_said(
        "After winning in 2024, Lima said “nobody pays.”",
        lima,
        said,
        own_day,
    );
    check_said("Lima said the 2020 election was “stolen.”", lima, said, own_day);
    check_said(
        "Asked about a Jan. 9 letter, Lima said “nobody pays.”",
        lima,
        said,
        own_day,
    );
    check_said(
        "The lawyer Lima had hired said “nobody pays.”",
        lima,
        said,
        own_day,
    );
    check_said("Lima once again said “nobody pays.”", lima, said, own_day);
    check_said(
        "Lima said sales of 2019 were “a scandal.”",
        lima,
        said,
        ("2026-02-13", "document_day"),
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
fn what_was_said_some_time_ago_has_no_day() {
    for text in [
        "Lima has said the pier is “safe.”",
        "Lima has long said the pier is “safe.”",
        "Years ago, Lima said the pier is “safe.”",
        "In the past, Lima said the pier is “safe.”",
        "Lima recently said the pier is “safe.”",
    ] {
        check_said(text, "Lima", Some("said"), ("", ""));
    }
    check_said(
        "The former mayor, Lima, said the pier is “safe.”",
        "Lima",
        Some("said"),
        ("2026-02-13", "document_day"),
    );
}

#[test]
fn an_office_of_then_leads_to_the_day_that_was_told() {
    check_said(
        "The pier opened in 1931. At its dedication, then-Mayor Lima called it “a handshake.”",
        "Lima",
        Some("called"),
        ("1931", "told_before"),
    );
    check_said(
        "It rained on Tuesday. At its dedication, then-Mayor Lima called it “a handshake.”",
        "Lima",
        Some("called"),
        ("", ""),
    );
}

#[test]
fn a_day_that_leads_in_words_or_begins_an_entry_is_theirs() {
    check_said(
        "“The money,” Lima said Monday, “is gone.” On Tuesday: “Some is back.”",
        "Lima",
        Some("said"),
        ("2026-02-10", "led_in"),
    );
    check_said(
        "Feb. 2: The pier is shut.\nFeb. 4: A crack is found, and the mayor signs the order. “It is closed,” says Lima.",
        "Lima",
        Some("says"),
        ("2026-02-04", "labelled"),
    );
}

#[test]
fn a_meeting_told_of_before_is_where_it_was_said() {
    let wednesday = ("2026-02-11", "sentence_before");
    for text in [
        "The mayor held a news conference Wednesday morning. “It is closed,” Lima said.",
        "The council met late Wednesday. “It is closed,” said Lima.",
        "The council voted 5-4 on Wednesday. “It is closed,” said Lima, who voted no.",
        "On Wednesday, Lima was less certain. “I don’t know,” Lima said in her office.",
    ] {
        check_said(text, "Lima", Some("said"), wednesday);
    }
    check_said(
        "Lima was sure. On Wednesday she was less certain. “I don’t know,” she said.",
        "she",
        Some("said"),
        wednesday,
    );
    for text in [
        "Lima, after the Sept. 11 attacks, said “no more.”",
        "On March 3, 2024, Lima lost her house. “I cried for days,” Lima said.",
        "The council voted Wednesday. “I’m thrilled,” Lima said in a statement.",
        "The council voted Wednesday. “I’m thrilled,” Lima said on X.",
        "The council voted Wednesday. “I’m thrilled,” Lima said at the vigil.",
        "The council voted in 2019. “It is closed,” Lima said.",
        "Cruz said that they met on Wednesday. “It is closed,” Lima said.",
        "On Wednesday it rained. “It is closed,” Lima said.",
    ] {
        check_said(text, "Lima", Some("said"), ("2026-02-13", "document_day"));
    }
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
fn records_and_occasions_have_the_day_they_were_on() {
    check_said(
        "According to minutes of the Feb. 4 meeting, Lima said the plan was “dead.”",
        "Lima",
        Some("said"),
        ("2026-02-04", "sentence_opening"),
    );
    check_said(
        "The governor signed the bill Thursday. “It’s a great day,” Lima said at the ceremony.",
        "Lima",
        Some("said"),
        ("2026-02-12", "sentence_before"),
    );
    check_said(
        "Lima said by phone Thursday that it was “dead.”",
        "Lima",
        Some("said"),
        ("2026-02-12", "after_cue"),
    );
    check_said(
        "“We’ll rebuild,” Lima said in the days after the storm.",
        "Lima",
        Some("said"),
        ("", ""),
    );
    check_said(
        "Lima said at the time that it was “closed.”",
        "Lima",
        Some("said"),
        ("", ""),
    );
}

#[test]
fn the_own_sentence_of_words_goes_before_that_of_their_speaker() {
    check_said(
        "In 2019, Lima promised it. On Thursday she said it was “gone.”",
        "Lima",
        Some("promised"),
        ("2026-02-12", "sentence_opening"),
    );
}

#[test]
fn an_occasion_is_named_by_its_day_or_again_by_its_name() {
    check_said(
        "During Monday night’s council meeting, Lima said it was “gone.”",
        "Lima",
        Some("said"),
        ("2026-02-09", "sentence_opening"),
    );
    check_said(
        "The hearing was held Jan. 12. “It is gone,” Lima said at the hearing.",
        "Lima",
        Some("said"),
        ("2026-01-12", "sentence_before"),
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
fn a_long_line_of_times_and_quotes_is_read_in_time() {
    let line = "At 5 p.m. it rained. “No,” Lima said. ".repeat(2000);
    check_said(&line, "Lima", Some("said"), ("2026-02-13", "document_day"));
}

#[test]
fn the_dead_say_nothing_on_the_day_of_the_report() {
    let unknown = ("", "");
    for text in [
        "Ida Voss died on Feb. 3. “I never asked,” Ida Voss said.",
        "Ida Voss, 82, who led the county for years, died Tuesday. “No,” Ida Voss said.",
        "Ida Voss, who died in January, was stern. “No,” Ida Voss said.",
        "“No,” the late Ida Voss said.",
    ] {
        check_said(text, "Ida Voss", Some("said"), unknown);
    }
    // What says when stands, and the living speak of the dead.
    check_said(
        "Ida Voss died on Feb. 3. “No,” Ida Voss said in 2019.",
        "Ida Voss",
        Some("said"),
        ("2019", "after_cue"),
    );
    check_said(
        "Ida Voss died on Feb. 3. “She was kind,” Voss, her son, said.",
        "Voss",
        Some("said"),
        ("2026-02-13", "document_day"),
    );
    for text in [
        "Ida Voss died on Feb. 3. “She was kind,” Tom Voss said.",
        "Tom Voss’s mother died on Feb. 3. “She was kind,” Tom Voss said.",
        "Tom Voss, whose mother died on Feb. 3, was calm. “I am fine,” Tom Voss said.",
        "If Tom Voss died, nobody knew. “I am fine,” Tom Voss said.",
        "Tom Voss nearly died on Feb. 3. “I am fine,” Tom Voss said.",
        "Tom Voss was late. “I am sorry,” Tom Voss said.",
    ] {
        check_said(text, "Tom Voss", Some("said"), ("2026-02-13", "document_day"));
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
fn how_long_before_something_it_was_said_tells_that_it_was_another_day() {
    check_said(
        "“No,” Lima said two days before the vote.",
        "Lima",
        Some("said"),
        ("", ""),
    );
    check_said(
        "“No,” Lima told The Star two days before the vote.",
        "Lima",
        Some("told"),
        ("", ""),
    );
    let own_day = ("2026-02-13", "document_day");
    for text in [
        "“No,” Lima said before the vote.",
        "“No,” Lima said, two days before the vote is due.",
        "“No,” Lima said of the two days before the vote.",
        "“No,” Lima said of a storm that hit two days before the vote.",
    ] {
        check_said(text, "Lima", Some("said"), own_day);
    }
}
