//! Words whose day is told before them.

use super::*;

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
fn the_own_sentence_of_words_goes_before_that_of_their_speaker() {
    check_said(
        "In 2019, Lima promised it. On Thursday she said it was “gone.”",
        "Lima",
        Some("promised"),
        ("2026-02-12", "sentence_opening"),
    );
}

#[test]
fn who_was_named_in_full_above_goes_on_from_a_day_with_the_surname() {
    check_said(
        "Ana Lima was at work. She liked it. On Tuesday, Lima resigned. “It is over,” she wrote in a letter to the council.",
        "she",
        Some("wrote"),
        ("2026-02-10", "sentence_before"),
    );
}

#[test]
fn since_when_somebody_lives_there_tells_nothing_of_when_they_spoke() {
    check_said(
        "The council met Tuesday. “I am tired,” said Lima, who has lived there since 1998.",
        "Lima",
        Some("said"),
        ("2026-02-10", "sentence_before"),
    );
}

#[test]
fn a_year_of_the_saying_is_not_passed_over() {
    for text in [
        "The council met Feb. 5. “It is safe,” Lima told the 2019 inquiry.",
        "The council met Feb. 5. “It is safe,” Lima said as early as 2019.",
        "The council met Feb. 5. “It is safe,” Lima said when the pier opened in 2019.",
    ] {
        let cue = if text.contains("told") { "told" } else { "said" };
        check_said(text, "Lima", Some(cue), ("2026-02-13", "document_day"));
    }
}

#[test]
fn what_somebody_wrote_is_of_the_day_it_is_dated() {
    check_said(
        "In a letter dated Jan. 3, Ana Lima told her staff to stop. “Nobody pays,” Lima wrote.",
        "Lima",
        Some("wrote"),
        ("2026-01-03", "sentence_before"),
    );
    check_said(
        "In an email on Tuesday to all parents, Lima wrote that it was “over.”",
        "Lima",
        Some("wrote"),
        ("2026-02-10", "sentence_opening"),
    );
    let own_day = ("2026-02-13", "document_day");
    for text in [
        "In a letter dated Jan. 3, Cruz told her staff to stop. “Nobody pays,” Lima wrote.",
        "In a letter dated Jan. 3, Ana Lima told her staff to stop. “Nobody pays,” Lima wrote in her memoir.",
        "Ana Lima read a letter from parents on Tuesday. “Nobody pays,” Lima wrote.",
    ] {
        check_said(text, "Lima", Some("wrote"), own_day);
    }
}
