//! What is found in a text and what it means, case by case.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::model::date::{Anchor, Event, When};
use crate::model::document::BlockKind;
use crate::model::quote::{Attribution, QuoteKind};

/// The day the texts of all tests are of: a Friday.
pub(super) fn day() -> Date {
    edtf::day(2026, 2, 13).expect("a day")
}

/// Checks that an English text, of Friday 13 February 2026, holds just these expressions with these values.
#[track_caller]
fn check(text: &str, expected: &[(&str, &str)]) {
    check_in(Tongue::English, text, expected);
}

/// The same in any language.
#[track_caller]
pub(super) fn check_in(tongue: Tongue, text: &str, expected: &[(&str, &str)]) {
    let mentions = find(text, tongue, Some(day()));
    let found: Vec<(&str, &str)> = mentions
        .iter()
        .map(|mention| (mention.span.slice(text), mention.value.as_str()))
        .collect();
    assert_eq!(found, expected, "{text}");
}

/// The sums of the deadlines of a text, in order.
pub(super) fn sums_in(tongue: Tongue, text: &str) -> Vec<String> {
    let mentions = find(text, tongue, Some(day())).into_iter();
    mentions
        .filter_map(|mention| Some(mention.deadline?.arithmetic))
        .collect()
}

#[test]
fn full_dates_are_read_in_every_order() {
    check("on February 6, 2026, he", &[("February 6, 2026", "2026-02-06")]);
    check("on 6 February 2026 he", &[("6 February 2026", "2026-02-06")]);
    check(
        "on the 6th of February, 2026",
        &[("the 6th of February, 2026", "2026-02-06")],
    );
    check("Friday, Feb. 6, 2026.", &[("Friday, Feb. 6, 2026", "2026-02-06")]);
    check("dated 2026-02-06.", &[("2026-02-06", "2026-02-06")]);
    check("dated 02/06/2026.", &[("02/06/2026", "2026-02-06")]);
}

#[test]
fn a_day_without_a_year_is_the_nearest() {
    check("On Feb. 6, the mayor", &[("Feb. 6", "2026-02-06")]);
    check("since December 20 it", &[("December 20", "2025-12-20")]);
    check(
        "Reports are due by December 20.",
        &[("December 20", "2026-12-20")],
    );
    check(
        "Feb. 1-10, 2024, it",
        &[("Feb. 1", "2024-02-01"), ("10, 2024", "2024-02-10")],
    );
    check("A March 1 deadline", &[("March 1", "2026-03-01")]);
}

#[test]
fn months_years_and_what_narrows_them() {
    check("in January 2025.", &[("January 2025", "2025-01")]);
    check("in early February", &[("early February", "2026-02")]);
    check("by mid-2025 it", &[("mid-2025", "2025")]);
    check("from 2019 to 2021", &[("2019", "2019"), ("2021", "2021")]);
    check("the end of November", &[("the end of November", "2025-11")]);
    check("July last year", &[("July last year", "2025-07")]);
    check(
        "the 1990s and the '90s",
        &[("the 1990s", "199"), ("the '90s", "199")],
    );
    check("in the 19th century", &[("the 19th century", "18")]);
    check("about 490 BC", &[("about 490 BC", "BC0490")]);
}

#[test]
fn quarters_and_seasons() {
    check("in Q1 2026 sales", &[("Q1 2026", "2026-Q1")]);
    check(
        "the third quarter of 2025",
        &[("the third quarter of 2025", "2025-Q3")],
    );
    check("its fourth-quarter loss", &[("fourth-quarter", "2025-Q4")]);
    check(
        "last year's third quarter",
        &[("last year's third quarter", "2025-Q3")],
    );
    check("in the summer of 1998", &[("the summer of 1998", "1998-SU")]);
    check("last fall he", &[("last fall", "2025-FA")]);
}

#[test]
fn a_weekday_is_the_last_one_unless_something_points_ahead() {
    check("He said Tuesday that", &[("Tuesday", "2026-02-10")]);
    check("He said on Friday that", &[("Friday", "2026-02-13")]);
    check("They will meet on Tuesday.", &[("Tuesday", "2026-02-17")]);
    check("last Friday", &[("last Friday", "2026-02-06")]);
    check("next Monday", &[("next Monday", "2026-02-16")]);
    check("It ends. On Monday they left.", &[("Monday", "2026-02-09")]);
}

#[test]
fn a_weekday_is_counted_within_its_month() {
    check(
        "not later than the first Monday in May 2026, or",
        &[("the first Monday in May 2026", "2026-05-04")],
    );
    check(
        "on the last Friday of March.",
        &[("the last Friday of March", "2026-03-27")],
    );
    check(
        "the 2nd Tuesday in November last year",
        &[("the 2nd Tuesday in November last year", "2025-11-11")],
    );
    check(
        "the Tuesday after the first Monday in November 2022",
        &[(
            "the Tuesday after the first Monday in November 2022",
            "2022-11-08",
        )],
    );
    check("Election Day 2022", &[("Election Day 2022", "2022-11-08")]);
    check(
        "the third Thursday of next month",
        &[("the third Thursday of next month", "2026-03-19")],
    );
    check(
        "The board meets on the second Wednesday of April 2026 at 7 p.m.",
        &[("the second Wednesday of April 2026 at 7 p.m.", "2026-04-08T19:00")],
    );
}

#[test]
fn what_recurs_has_its_time_of_day() {
    check(
        "It meets the first Monday of every month at 7 p.m.",
        &[("the first Monday of every month at 7 p.m.", "XXXX-WXX-1T19:00")],
    );
    check(
        "the first and third Tuesdays of each month",
        &[("the first and third Tuesdays of each month", "XXXX-WXX-2")],
    );
    check("at 7 p.m. Mondays", &[("7 p.m. Mondays", "XXXX-WXX-1T19:00")]);
    check(
        "every day at 9 a.m.",
        &[("every day at 9 a.m.", "XXXX-XX-XXT09:00")],
    );
}

#[test]
fn days_weeks_and_years_seen_from_the_document() {
    check(
        "yesterday and tomorrow",
        &[("yesterday", "2026-02-12"), ("tomorrow", "2026-02-14")],
    );
    check("two weeks ago", &[("two weeks ago", "2026-W05")]);
    check("next week", &[("next week", "2026-W08")]);
    check("earlier this month", &[("earlier this month", "2026-02")]);
    check("last year", &[("last year", "2025")]);
    check("ten days from now", &[("ten days from now", "2026-02-23")]);
    check("this weekend", &[("this weekend", "2026-W07-WE")]);
}

#[test]
fn a_day_may_be_counted_from_another_than_the_documents() {
    check(
        "Three years ago today it burned.",
        &[("Three years ago today", "2023-02-13")],
    );
    check(
        "A week ago Monday he left.",
        &[("A week ago Monday", "2026-02-02")],
    );
    check(
        "It opens two weeks from Tuesday.",
        &[("two weeks from Tuesday", "2026-03-03")],
    );
    check(
        "ten days from tomorrow",
        &[("ten days from tomorrow", "2026-02-24")],
    );
    check(
        "It will be open for two weeks from Tuesday.",
        &[("two weeks", "P2W"), ("Tuesday", "2026-02-17")],
    );
}

#[test]
fn a_month_before_a_surname_is_a_first_name() {
    check("April Stone met June Abara and Jan Novak.", &[]);
    check("In April Stone left.", &[("April", "2025-04")]);
    check("the June Treasury sale", &[("June", "2025-06")]);
    check("April Rains Flood Harbourton", &[("April", "2025-04")]);
    check("April\nParking", &[("April", "2025-04")]);
}

#[test]
fn what_goes_on_from_a_day_is_counted_from_that_day() {
    let text = "It opened on May 4, 1999. Two days later it shut; the following year it burned.";
    check(
        text,
        &[
            ("May 4, 1999", "1999-05-04"),
            ("Two days later", "1999-05-06"),
            ("the following year", "2000"),
        ],
    );
}

#[test]
fn days_are_not_counted_from_a_year_nor_from_today_instead() {
    check(
        "In 2019 it shut. Two days earlier it had rained.",
        &[("2019", "2019"), ("Two days earlier", "PAST_REF")],
    );
}

#[test]
fn times_of_day_stand_alone_or_beside_a_day() {
    check(
        "at 3 p.m. ET Tuesday",
        &[("3 p.m. ET Tuesday", "2026-02-10T15:00")],
    );
    check("at 14:30 sharp", &[("14:30", "2026-02-13T14:30")]);
    check("noon Thursday", &[("noon Thursday", "2026-02-12T12:00")]);
    check("Wednesday night", &[("Wednesday night", "2026-02-11TNI")]);
    check("this morning", &[("this morning", "2026-02-13TMO")]);
    check("last night", &[("last night", "2026-02-12TNI")]);
    check(
        "at 2026-02-06T14:30 it",
        &[("2026-02-06T14:30", "2026-02-06T14:30")],
    );
}

#[test]
fn a_time_of_day_takes_the_day_of_its_sentence_or_the_line_above() {
    check(
        "The hearing is March 30, from 9 a.m. to 5 p.m. in town. He left at 6 p.m.",
        &[
            ("March 30", "2026-03-30"),
            ("9 a.m.", "2026-03-30T09:00"),
            ("5 p.m.", "2026-03-30T17:00"),
            ("6 p.m.", "2026-02-13T18:00"),
        ],
    );
    check(
        "It was open 8 a.m. to 6 p.m. Monday",
        &[
            ("8 a.m.", "2026-02-09T08:00"),
            ("6 p.m. Monday", "2026-02-09T18:00"),
        ],
    );
    check(
        "Date: March 30, 2026\n\nTime: 6 p.m.\n\nPlace: Town Hall",
        &[("March 30, 2026", "2026-03-30"), ("6 p.m.", "2026-03-30T18:00")],
    );
    check(
        "The board met on March 30, 2025, and nobody came to hear what it had to say.\nTime: 6 p.m.",
        &[("March 30, 2025", "2025-03-30"), ("6 p.m.", "2026-02-13T18:00")],
    );
}

/// The values found in a text whose paragraphs are the cells of a table of so many columns.
fn values_in_table(text: &str, columns: usize) -> Vec<String> {
    let mut start = 0;
    let cells = text.split("\n\n").enumerate().map(|(at, cell)| {
        let span = Span::of(text, start..start + cell.len()).expect("on boundaries");
        start += cell.len() + 2;
        Block {
            kind: BlockKind::Paragraph,
            span,
            path: format!(
                "html/body[1]/table[1]/tr[{}]/td[{}]/p[1]",
                at / columns + 1,
                at % columns + 1
            ),
        }
    });
    let cells: Vec<Block> = cells.collect();
    let mentions = find_in_blocks(text, &cells, Tongue::English, Some(day())).into_iter();
    mentions.map(|mention| mention.value).collect()
}

#[test]
fn a_time_in_a_table_takes_the_day_of_its_row() {
    let day_first = "3/23/2026\n\n6:00 PM\n\n04/06/2026\n\n7:00 PM";
    let expected = ["2026-03-23", "2026-03-23T18:00", "2026-04-06", "2026-04-06T19:00"];
    assert_eq!(values_in_table(day_first, 2), expected);
    let time_first = "6:00 PM\n\n3/23/2026\n\n7:00 PM\n\n04/06/2026";
    let expected = ["2026-03-23T18:00", "2026-03-23", "2026-04-06T19:00", "2026-04-06"];
    assert_eq!(values_in_table(time_first, 2), expected);
    // A row without a day leaves its times to the document's.
    let without = "3/23/2026\n\n6:00 PM\n\nEvery room\n\n7:00 PM";
    let expected = ["2026-03-23", "2026-03-23T18:00", "2026-02-13T19:00"];
    assert_eq!(values_in_table(without, 2), expected);
}

#[test]
fn lengths_and_what_recurs() {
    check("within the past five years.", &[("the past five years", "P5Y")]);
    check("a two-week break", &[("two-week", "P2W")]);
    check("at least 30 days", &[("at least 30 days", "P30D")]);
    check("for a year and a half", &[("a year and a half", "P1Y6M")]);
    check("for decades", &[("decades", "PXDE")]);
    check(
        "every day and each Monday",
        &[("every day", "P1D"), ("each Monday", "XXXX-WXX-1")],
    );
    check("paid weekly", &[("weekly", "XXXX-WXX")]);
}

#[test]
fn holidays_are_days() {
    check("on Christmas Day he", &[("Christmas Day", "2025-12-25")]);
    check("Labor Day 2024", &[("Labor Day 2024", "2024-09-02")]);
    check("by New Year’s Eve.", &[("New Year’s Eve", "2026-12-31")]);
}

#[test]
fn in_a_report_on_a_quarter_a_year_ago_is_that_quarter() {
    check(
        "The third quarter of 2025 was better than a year ago.",
        &[
            ("The third quarter of 2025", "2025-Q3"),
            ("a year ago", "2024-Q3"),
        ],
    );
    check("It was so a year ago.", &[("a year ago", "2025")]);
}

#[test]
fn everyday_words_are_no_dates() {
    for text in [
        "They may march in the sun and fall in a second.",
        "The Sun said so; May Parker agreed.",
        "Open 24/7, call 555-1984 or 212-555-2019.",
        "It cost $2,026 and 1,984 people saw page 1984.",
        "Version 2.10.2024.1 scored 3.14 on item #1999.",
        "The 23-year-old and the boy, five years old, left.",
        "Three quarters of them spring into action.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn a_weekday_that_is_not_the_dates_is_said() {
    let conflict = |text| {
        find(text, Tongue::English, Some(day()))
            .pop()
            .and_then(|mention| mention.conflict)
    };
    assert_eq!(
        conflict("Thursday, February 6, 2026").as_deref(),
        Some("Thursday is printed, but 2026-02-06 is a Friday")
    );
    assert_eq!(conflict("Friday, February 6, 2026"), None);
}

#[test]
fn without_a_day_of_its_own_a_text_keeps_what_stands_alone() {
    let text = "On Friday, Feb. 6, or yesterday; in January 2025.";
    let values: Vec<(String, bool)> = find(text, Tongue::English, None)
        .into_iter()
        .map(|mention| (mention.value, mention.when.is_some()))
        .collect();
    let expected = [("XXXX-02-06", false), ("PAST_REF", false), ("2025-01", true)];
    assert_eq!(values, expected.map(|(value, when)| (value.to_owned(), when)));
}

/// Checks the day given to the last words in double marks, said by `speaker` with `cue`, which are looked for from the end;
/// all words in marks are quotes. A pronoun means whoever is named Lima.
#[track_caller]
fn check_said(text: &str, speaker: &str, cue: Option<&str>, expected: (&str, &str)) {
    check_said_in(Tongue::English, text, speaker, cue, expected);
}

/// The same in any language.
#[track_caller]
pub(super) fn check_said_in(
    tongue: Tongue,
    text: &str,
    speaker: &str,
    cue: Option<&str>,
    expected: (&str, &str),
) {
    let at = |words: &str| {
        let start = text.rfind(words).expect("in the text");
        Span::of(text, start..start + words.len()).expect("on boundaries")
    };
    let opened = text.match_indices('“').map(|(at, mark)| at + mark.len());
    let quotes = opened.map(|start| {
        let end = text[start..].find('”').expect("a mark") + start;
        let content = Span::of(text, start..end).expect("on boundaries");
        Quote {
            kind: QuoteKind::Direct,
            content: vec![content],
            fragments: vec![content],
            attribution: None,
            confidence: 1.0,
        }
    });
    let mut quotes: Vec<Quote> = quotes.collect();
    quotes.last_mut().expect("a quote").attribution = cue.map(|cue| Attribution {
        cue: Some(at(cue)),
        stance: None,
        mention: at(speaker),
        antecedent: text
            .find("Lima")
            .filter(|_| speaker != "Lima")
            .and_then(|at| Span::of(text, at..at + 4)),
        members: Vec::new(),
        rule: "test",
        confidence: 1.0,
    });
    let said = said_on(text, &quotes, &find(text, tongue, Some(day())), Some(day()));
    let said = said.last().and_then(Option::as_ref);
    let said = said.map_or(("", ""), |said| (said.when.edtf.as_str(), said.rule));
    assert_eq!(said, expected, "{text}");
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
fn what_happened_on_a_day_lies_behind() {
    check("The report was published March 2.", &[("March 2", "2025-03-02")]);
    check("A fire broke out on March 24.", &[("March 24", "2025-03-24")]);
    check("The trial began in early March.", &[("early March", "2025-03")]);
    check(
        "The report will be published March 2.",
        &[("March 2", "2026-03-02")],
    );
    check("She is sworn in on March 2.", &[("March 2", "2026-03-02")]);
    check("A vote is scheduled March 2.", &[("March 2", "2026-03-02")]);
    check(
        "It will be formally adopted March 2.",
        &[("March 2", "2026-03-02")],
    );
    check(
        "It will be signed and published March 2.",
        &[("March 2", "2026-03-02")],
    );
}

#[test]
fn what_is_told_of_in_the_present_lies_ahead() {
    check("The term ends Sept. 30.", &[("Sept. 30", "2026-09-30")]);
    check(
        "Applications open May 1 and close Nov. 15.",
        &[("May 1", "2026-05-01"), ("Nov. 15", "2026-11-15")],
    );
    check("The trial is set for Dec. 1.", &[("Dec. 1", "2026-12-01")]);
    check(
        "The trial was set for Dec. 1 but put off.",
        &[("Dec. 1", "2025-12-01")],
    );
    check("The law takes effect Dec. 1.", &[("Dec. 1", "2026-12-01")]);
    check("The hearing is Oct. 9.", &[("Oct. 9", "2026-10-09")]);
    // What only is on a day may lie behind.
    check("The date on the letter is Dec. 3.", &[("Dec. 3", "2025-12-03")]);
    check("The worst month so far is January.", &[("January", "2026-01")]);
    check(
        "The council received 300 letters by Jan. 5.",
        &[("Jan. 5", "2026-01-05")],
    );
    check("They extended the deadline Monday.", &[("Monday", "2026-02-09")]);
    // Nouns are no verbs.
    check("It got off to a rocky start Monday.", &[("Monday", "2026-02-09")]);
    check("The polls open Tuesday.", &[("Tuesday", "2026-02-17")]);
}

#[test]
fn both_ends_of_a_range_are_of_one_year() {
    check(
        "Early voting runs Oct. 24 through Nov. 1.",
        &[("Oct. 24", "2026-10-24"), ("Nov. 1", "2026-11-01")],
    );
    check(
        "Voting is Oct. 24, 8 a.m., to Nov. 1.",
        &[("Oct. 24, 8 a.m.", "2026-10-24T08:00"), ("Nov. 1", "2026-11-01")],
    );
    check(
        "It lasted from Dec. 28 to Jan. 3, 2026.",
        &[("Dec. 28", "2025-12-28"), ("Jan. 3, 2026", "2026-01-03")],
    );
    check(
        "It was moved from March 2, 2026 to Feb. 5, 2026.",
        &[("March 2, 2026", "2026-03-02"), ("Feb. 5, 2026", "2026-02-05")],
    );
    check(
        "the 15th or the 8th of May 2026",
        &[("the 15th", "2026-05-15"), ("the 8th of May 2026", "2026-05-08")],
    );
    check(
        "The vote was moved from March 2 to Feb. 5.",
        &[("March 2", "2026-03-02"), ("Feb. 5", "2026-02-05")],
    );
    check(
        "It was open until Feb. 3. By Friday all was gone.",
        &[("Feb. 3", "2026-02-03"), ("Friday", "2026-02-13")],
    );
}

/// The expressions of a text that are the last day for something.
pub(super) fn limits_in(tongue: Tongue, text: &str) -> Vec<String> {
    let mentions = find(text, tongue, Some(day())).into_iter();
    let limits = mentions.filter(|mention| mention.is_limit);
    limits
        .map(|mention| mention.span.slice(text).to_owned())
        .collect()
}

#[test]
fn the_last_day_for_something_is_a_limit() {
    for (text, limit) in [
        ("The plan is due on or before June 1.", "June 1"),
        ("It must be postmarked by 5 p.m. May 15.", "5 p.m. May 15"),
        (
            "No later than the first Monday in May they report.",
            "the first Monday in May",
        ),
        ("Please submit all forms by Friday.", "Friday"),
        ("They have until noon Monday.", "noon Monday"),
        ("The deadline to register is Oct. 10.", "Oct. 10"),
        ("The March 1 filing deadline looms.", "March 1"),
    ] {
        assert_eq!(limits_in(Tongue::English, text), [limit], "{text}");
    }
    for text in [
        "By Friday, 12 people had left.",
        "The pier was open until May 3.",
        "The hearing is May 3.",
        "It was painted before May 3.",
        "Nobody must pay. It was gone by Friday.",
        "The council received 300 letters before Jan. 5.",
        "Letters that must count were received by Jan. 5.",
        "They missed the deadline Monday.",
    ] {
        assert!(limits_in(Tongue::English, text).is_empty(), "{text}");
    }
    check(
        "Objections go to the clerk not later than November 3.",
        &[("November 3", "2026-11-03")],
    );
}

#[test]
fn numbers_of_orders_and_ends_of_ranges_are_what_they_are() {
    check(
        "Order 14 of May 3, 2025, is revoked.",
        &[("May 3, 2025", "2025-05-03")],
    );
    check(
        "Order No. 5 of June 1, 2021, stands.",
        &[("June 1, 2021", "2021-06-01")],
    );
    check("Local Law 7 of March 2020 stands.", &[("March 2020", "2020-03")]);
    check("the 5th of June 2020", &[("the 5th of June 2020", "2020-06-05")]);
    check(
        "It is closed from 10 p.m. Friday to 6 a.m. Saturday.",
        &[
            ("10 p.m. Friday", "2026-02-13T22:00"),
            ("6 a.m. Saturday", "2026-02-14T06:00"),
        ],
    );
    check(
        "on the first Monday of every month",
        &[("the first Monday of every month", "XXXX-WXX-1")],
    );
}

#[test]
fn a_winter_counted_from_the_document_has_its_own_days() {
    let winter = |text: &str| {
        find(text, Tongue::English, Some(day()))[0]
            .when
            .clone()
            .expect("days")
    };
    let this = winter("It was cold this winter.");
    assert_eq!(
        (this.edtf.as_str(), this.latest),
        ("2025-12/2026-02", date(2026, 2, 28))
    );
    let spring = find(
        "It was cold this winter.",
        Tongue::English,
        Some(date(2026, 3, 20)),
    );
    assert_eq!(spring[0].value, "2025-WI");
    assert_eq!(winter("It was cold last winter.").edtf, "2024-12/2025-02");
    assert_eq!(winter("It will be cold next winter.").edtf, "2026-12/2027-02");
}

fn sums(text: &str) -> Vec<String> {
    sums_in(Tongue::English, text)
}

#[test]
fn deadlines_are_counted_from_the_day_the_text_states() {
    let order = "Signed February 6, 2026. Within 14 days of this Order, each agency shall report. No later than sixty \
        (60) days after the effective date, the commissioner shall publish rules. This Order shall take effect \
        immediately.";
    assert_eq!(
        sums(order),
        [
            "2026-02-06 + 14 days = 2026-02-20",
            "2026-02-06 + 60 days = 2026-04-07"
        ]
    );
    let rule = "The rule takes effect on January 31, 2026. Towns must comply one month after its effective date; \
        comments are due 30 days after publication.";
    assert_eq!(
        sums(rule),
        [
            "2026-01-31 + 1 month = 2026-02-28",
            "2026-02-13 + 30 days = 2026-03-15"
        ]
    );
}

#[test]
fn a_deadline_may_be_counted_from_a_day_that_is_counted() {
    let act = "Signed February 6, 2026. This ordinance shall take effect six days after it is signed. Reports are due \
        ninety (90) days after the effective date.";
    assert_eq!(
        sums(act),
        [
            "2026-02-06 + 6 days = 2026-02-12",
            "2026-02-06 + 6 days = 2026-02-12; 2026-02-12 + 90 days = 2026-05-13"
        ]
    );
    let unclear = "This act shall take effect six days after it is signed. Reports are due 90 days after the effective date.";
    assert_eq!(sums(unclear), ["", ""]);
}

#[test]
fn a_deadline_means_the_day_it_leads_to_and_names_its_evidence() {
    let text = "DATED: February 6, 2026\n\nWithin 14 days of the date of this Order, they report.";
    let mentions = find(text, Tongue::English, Some(day()));
    let [dated, fortnight] = &mentions[..] else {
        panic!("{mentions:?}");
    };
    let deadline = fortnight.deadline.as_ref().expect("a deadline");
    assert_eq!(deadline.span.slice(text), "14 days of the date of this Order");
    assert_eq!(deadline.evidence, Some(dated.span));
    assert_eq!(
        (deadline.event, deadline.from),
        (Event::Signed, edtf::day(2026, 2, 6))
    );
    let due = edtf::day(2026, 2, 20).map(When::day);
    assert_eq!((fortnight.value.as_str(), &fortnight.when), ("P14D", &due));
    assert_eq!(fortnight.anchor, Anchor::Mention(dated.span));
}

#[test]
fn nothing_is_counted_where_it_is_not_clear_from_what() {
    let two_days = "The mayor signed the order on February 6; the order was issued on January 3. Within 14 days of the \
        order, they report.";
    assert_eq!(sums(two_days), [""]);
    assert_eq!(sums("Within 14 days of this order, they report."), [""]);
    for other_days in [
        "Executive Order 13, signed on January 21, 2021, is revoked.",
        "Permits issued on January 3, 2026, stay in force.",
        "All orders signed on or before January 3, 2026, are revoked.",
    ] {
        assert_eq!(
            sums(&format!(
                "{other_days} Within 14 days of this order, they report."
            )),
            [""]
        );
    }
    for unsure in ["30 to 60 days", "more than 30 days", "about 30 days"] {
        assert!(
            sums(&format!(
                "Signed February 6, 2026. It ends {unsure} after this order."
            ))
            .is_empty()
        );
    }
    assert!(sums("It was 30 days after the publication of the book.").is_empty());
    // Working days are no days of the calendar, and "within 30 days" names nothing at all.
    assert!(sums("Signed February 6, 2026. Within 10 business days of this order.").is_empty());
    assert!(sums("Signed February 6, 2026. It can be appealed within 30 days.").is_empty());
}

proptest! {
    #[test]
    fn mentions_stand_on_characters_one_after_the_other(text in r"[\w ,.:’–/\n]{0,60}(last |May |3 |weeks? )*\PC{0,40}") {
        let mut end = 0;
        for mention in find(&text, Tongue::English, Some(day())) {
            prop_assert!(mention.span.start() >= end && mention.span.end() > mention.span.start());
            prop_assert!(text.get(mention.span.start()..mention.span.end()).is_some());
            end = mention.span.end();
        }
    }

    #[test]
    fn what_is_found_in_a_paragraph_does_not_hang_on_the_ones_around_it(
        before in "([a-z]{1,9} ){0,12}",
        after in "([a-z]{1,9} ){0,12}",
        which in 0..PARAGRAPHS.len(),
    ) {
        let paragraph = PARAGRAPHS[which];
        let read = |text: &str| -> Vec<(String, String, String)> {
            let mentions = find(text, Tongue::English, Some(day())).into_iter();
            let found = mentions.map(|found| (found.span.slice(text).to_owned(), found.value, found.kind.code().to_owned()));
            found.collect()
        };
        let alone = read(paragraph);
        let around = read(&format!("{before}\n\n{paragraph}\n\n{after}"));
        let same = around.iter().filter(|found| alone.contains(found)).count();
        prop_assert!(same >= alone.len(), "{alone:?} {around:?}");
    }
}

const PARAGRAPHS: [&str; 4] = [
    "Lima said on Tuesday that the ferry would stop on March 1, 2026, for two weeks.",
    "From Feb. 1 to 6, and again at 6 p.m. ET Friday, the pier was shut; it was open last year.",
    "In the summer of 1998, a decade before, nobody paid; the third quarter was the worst in five years.",
    "Every Friday the council meets at noon. Ana Lima, 34, will speak next week.",
];

#[test]
fn hostile_texts_cost_linear_time_and_never_panic() {
    let pieces = [
        "9",
        "9 ",
        "last ",
        "the past ",
        "twenty-",
        "May 9, ",
        "1999-",
        "9/",
        "more than ",
        "every ",
        "’",
        "é",
        "a ",
        "\n\n",
        "the end of ",
        "3 p.m. ",
    ];
    for piece in pieces {
        let text = piece.repeat(20_000 / piece.len());
        let mentions = find(&text, Tongue::English, Some(day()));
        assert!(
            mentions
                .windows(2)
                .all(|pair| pair[0].span.end() <= pair[1].span.start())
        );
    }
    let millions = ["9".repeat(5_000_000), "last ".repeat(100_000)];
    for text in &millions {
        assert!(find(text, Tongue::English, Some(day())).is_empty());
    }
}

#[test]
fn counts_beyond_the_calendar_have_no_days() {
    for text in [
        "99999999 years ago",
        "90000 centuries from now",
        "999999 millennia later",
        "9999999 BC",
    ] {
        for published in [Some(Date::MIN), Some(Date::MAX), None] {
            assert!(
                find(text, Tongue::English, published)
                    .iter()
                    .all(|mention| mention.when.is_none()),
                "{text}"
            );
        }
    }
    for text in [
        "today",
        "tomorrow",
        "last week",
        "Monday",
        "next year",
        "winter 9999",
        "Feb. 29",
        "the weekend",
    ] {
        find(text, Tongue::English, Some(Date::MIN));
        find(text, Tongue::English, Some(Date::MAX));
    }
}
