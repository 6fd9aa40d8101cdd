//! Words said at a meeting, a hearing, a vote.

use super::*;

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
fn what_was_stated_at_a_meeting_has_the_day_on_which_it_was_held() {
    for (text, cue) in [
        (
            "Whereas, at a meeting of the Board of the Harbor of Oldwick held on February 3, 2026, Lima stated that “nobody pays.”",
            "stated",
        ),
        (
            "In a February 3 notice, Lima told the towns that the pier was “duplicative.”",
            "told",
        ),
        ("In footage from Feb. 3, Lima said, “Nobody pays.”", "said"),
    ] {
        check_said(text, "Lima", Some(cue), ("2026-02-03", "sentence_opening"));
    }
}

#[test]
fn who_gave_an_interview_or_appeared_before_a_body_was_heard_there() {
    let told = ("2026-02-10", "sentence_before");
    for text in [
        "Mayor Ana Lima sat for an interview with The Courier on Tuesday. “Nobody pays,” Lima said.",
        "Mayor Ana Lima gave an interview to The Courier on Tuesday. “Nobody pays,” Lima said.",
        "Ana Lima held a news conference at the library on Tuesday. “Nobody pays,” Lima said.",
        "Ana Lima appeared before the harbor commission on Tuesday. “Nobody pays,” Lima said.",
    ] {
        check_said(text, "Lima", Some("said"), told);
    }
    let own_day = ("2026-02-13", "document_day");
    for text in [
        // Another one speaks.
        "Mayor Ana Lima sat for an interview with The Courier on Tuesday. “Nobody pays,” Cruz said.",
        // It had been before, is planned, or is of somebody else.
        "Mayor Ana Cruz had given an interview to The Courier on Tuesday. “Nobody pays,” Cruz said.",
        "Mayor Ana Cruz refused to give an interview to The Courier on Tuesday. “Nobody pays,” Cruz said.",
        "Mayor Ana Cruz, who gave an interview to The Courier on Tuesday, lost the vote. “Nobody pays,” Cruz said.",
        // Elsewhere.
        "Mayor Ana Cruz sat for an interview with The Courier on Tuesday. “Nobody pays,” Cruz said in a statement.",
        "Ana Cruz appeared before the pier on Tuesday. “Nobody pays,” Cruz said.",
    ] {
        check_said(text, "Cruz", Some("said"), own_day);
    }
}

#[test]
fn minutes_have_the_day_of_their_meeting() {
    for text in [
        "Minutes of the Feb. 3 meeting show that Lima called the pool “unsafe.”",
        "Minutes from the Feb. 3 meeting show Lima called the pool “unsafe.”",
    ] {
        check_said(text, "Lima", Some("called"), ("2026-02-03", "sentence_opening"));
    }
    check_said(
        "“Nobody pays,” Lima said, according to minutes of the Jan. 3 meeting.",
        "Lima",
        Some("said"),
        ("2026-01-03", "after_cue"),
    );
    check_said(
        "“Nobody pays,” Lima said, according to a transcript of the Jan. 3 hearing.",
        "Lima",
        Some("said"),
        ("2026-01-03", "after_cue"),
    );
    let own_day = ("2026-02-13", "document_day");
    for text in [
        "“Nobody pays,” Lima said, according to a report of the Jan. 3 meeting.",
        "“Nobody pays,” Lima said, according to minutes of the Jan. 3 plan.",
        "“Nobody pays,” Lima said of the minutes of the Jan. 3 meeting.",
        "“Nobody pays,” Lima said, according to an aide, of the Jan. 3 meeting.",
    ] {
        check_said(text, "Lima", Some("said"), own_day);
    }
}

#[test]
fn an_occasion_of_ones_own_has_the_day_it_was_told_of() {
    let said = Some("said");
    let address = "Lima, in a televised address Tuesday night, defended the fee.\n\nIt rained.\n\n";
    check_said(
        &format!("{address}“I have been patient,” Lima said in his address."),
        "Lima",
        said,
        ("2026-02-10", "sentence_before"),
    );
    // Another one's address, or another occasion, is none of it.
    let own_day = ("2026-02-13", "document_day");
    check_said(
        &format!("{address}“I have been patient,” Cruz said in his address."),
        "Cruz",
        said,
        own_day,
    );
    check_said(
        &format!("{address}“I have been patient,” Lima said in his interview."),
        "Lima",
        said,
        own_day,
    );
    let spoke = "Lima gave an interview Tuesday to The Echo.\n\nIt rained.\n\n";
    check_said(
        &format!("{spoke}“I am sorry,” Lima said in his interview with The Courier."),
        "Lima",
        said,
        own_day,
    );
}

#[test]
fn a_speech_at_a_place_opens_a_sentence_with_its_day() {
    for opening in [
        "In a speech in Marrow on 3 February",
        "In an interview with The Echo on Feb. 3",
        "In a campaign speech at City Hall on Feb. 3",
    ] {
        check_said(
            &format!("{opening} he conceded that “nobody pays.” Lima nodded."),
            "he",
            Some("conceded"),
            ("2026-02-03", "sentence_opening"),
        );
    }
    for opening in [
        "In a book on Feb. 3",
        "In a letter that came on Feb. 3",
        "In the report which Cruz printed on Feb. 3",
        "In a speech, which cost him his office on Feb. 3",
    ] {
        check_said(
            &format!("{opening} he conceded that “nobody pays.” Lima nodded."),
            "he",
            Some("conceded"),
            ("2026-02-13", "document_day"),
        );
    }
}
