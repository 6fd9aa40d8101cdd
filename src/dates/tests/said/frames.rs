//! What a clause tells of its time: a campaign, a year, a bracket.

use super::*;

const OWN_DAY: (&str, &str) = ("2026-02-13", "document_day");

#[test]
fn what_was_said_in_a_campaign_is_of_its_time() {
    check_said(
        "During his 2018 campaign, Lima called it “a ditch.”",
        "Lima",
        Some("called"),
        ("2018", "sentence_opening"),
    );
    check_said(
        "In the 2018 race Lima said the pier was “safe.”",
        "Lima",
        Some("said"),
        ("2018", "sentence_opening"),
    );
    for text in [
        "In the 2018 budget, Lima said, nobody “cared.”",
        "During his 2018 campaign, nobody “cared,” Lima said.",
        "During the 2018 visit, Lima said in her new book, Cruz was “rude.”",
        "During his 2018 campaign, Cruz was quiet, Lima called it “a ditch.”",
    ] {
        let cue = if text.contains("called") { "called" } else { "said" };
        check_said(text, "Lima", Some(cue), OWN_DAY);
    }
}

#[test]
fn a_year_may_stand_behind_the_statement_it_was_said_in() {
    check_said(
        "“We failed,” Lima said in a statement in 2019.",
        "Lima",
        Some("said"),
        ("2019", "after_cue"),
    );
    check_said(
        "The bank closed in 2019. “We failed,” Lima said in an interview with The Oldwick Echo that year.",
        "Lima",
        Some("said"),
        ("2019", "after_cue"),
    );
    check_said(
        "“We failed,” Lima said in the worst flood in 2019.",
        "Lima",
        Some("said"),
        OWN_DAY,
    );
}

#[test]
fn a_bracket_behind_the_words_says_when_they_were_said() {
    check_said(
        "Governor Lima said: “It is safe.” (Press conference, 2/9/26)",
        "Lima",
        Some("said"),
        ("2026-02-09", "cited"),
    );
    for bracket in [
        "(He was born in Oldwick, May 2, 1950)",
        "(the pier fell, May 2, 2025)",
        "(1975)",
        "(Updated, February 2, 2026)",
        "(See our story, February 2, 2026)",
        "(Photo: Teo Ruck, February 2, 2026)",
        "(Governor Lima, cited by the Echo, February 2, 2026)",
        "[Governor Lima, born February 2, 1950]",
    ] {
        let text = format!("Governor Lima said: “It is safe.” {bracket}");
        check_said(&text, "Lima", Some("said"), OWN_DAY);
    }
}

#[test]
fn who_is_asked_about_it_on_a_day_answers_on_it() {
    check_said(
        "Asked about it on Thursday at the opening of a plant, Lima replied: “I am here for the cheese.”",
        "Lima",
        Some("replied"),
        ("2026-02-12", "sentence_opening"),
    );
}

#[test]
fn whom_somebody_had_spoken_to_on_a_day_tells_not_when_they_said_so() {
    check_said(
        "Lima said he’d spoken to the bank Monday and was told it would “look.”",
        "Lima",
        Some("said"),
        OWN_DAY,
    );
}
