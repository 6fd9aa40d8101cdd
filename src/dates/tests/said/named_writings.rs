//! The day of a writing that a clause names again.

use super::*;

const OWN_DAY: (&str, &str) = ("2026-02-13", "document_day");
const WRITING: (&str, &str) = ("2026-01-20", "of_writing");

#[test]
fn a_letter_that_was_told_of_with_its_day_is_of_that_day() {
    for told in [
        "The board sent parents a letter on Jan. 20.",
        "The board sent parents a letter dated Jan. 20.",
        "A letter to parents, dated Jan. 20, went out by mail.",
        "The letter was sent Jan. 20.",
        "The board issued a short letter to parents on Jan. 20.",
    ] {
        for clause in [
            "Lima said in the letter",
            "Lima wrote in her letter to the parents",
        ] {
            let text = format!("{told} It was long. “We are sorry,” {clause}.");
            let cue = if clause.contains("wrote") { "wrote" } else { "said" };
            check_said(&text, "Lima", Some(cue), WRITING);
        }
        let text = format!("{told} It was long. “We are sorry,” the letter said.");
        check_said(&text, "the letter", Some("said"), WRITING);
    }
}

#[test]
fn what_is_sued_or_filed_is_a_lawsuit_or_a_filing_of_the_day() {
    for (told, naming) in [
        ("Eleven families sued the town on Jan. 20.", "the lawsuit"),
        (
            "The company filed its plan with the state on Jan. 20.",
            "the filing",
        ),
        ("The court ruled on Jan. 20.", "the ruling"),
        ("The state published a report on Jan. 20.", "the report"),
    ] {
        let text = format!("{told} It was long. “We are sorry,” {naming} says.");
        check_said(&text, naming, Some("says"), WRITING);
    }
}

#[test]
fn a_letter_that_was_there_before_or_another_one_is_not_of_the_day() {
    for told in [
        "The board discussed the letter on Jan. 20.",
        "The board received a letter on Jan. 20.",
        "The board sent a letter on Jan. 20. Cruz sent another letter.",
        "The letter was leaked. It follows a letter to parents on Jan. 20.",
        "The board met on Jan. 20 and sent a letter.",
    ] {
        let text = format!("{told} “We are sorry,” the letter said.");
        check_said(&text, "the letter", Some("said"), OWN_DAY);
    }
    let text = "The town had filed for bankruptcy on Jan. 20. “We are sorry,” the filing says.";
    check_said(text, "the filing", Some("says"), OWN_DAY);
}

#[test]
fn who_only_wrote_did_so_where_they_are_told_to_have_written() {
    check_said(
        "The board published a letter by Lima on Jan. 20. It was long. “We are sorry,” Lima wrote.",
        "Lima",
        Some("wrote"),
        WRITING,
    );
    for text in [
        "The board published a letter by Cruz on Jan. 20. It was long. “We are sorry,” Lima wrote.",
        "The board published a letter by Lima on Jan. 20. It was long. “We are sorry,” Lima wrote on Facebook.",
    ] {
        check_said(text, "Lima", Some("wrote"), OWN_DAY);
    }
}

#[test]
fn a_statement_in_which_somebody_goes_on_is_of_its_day() {
    check_said(
        "Cruz, her aide, was away and pointed to a statement issued on Jan. 20, in which Lima said it was “safe.”",
        "Lima",
        Some("said"),
        ("2026-01-20", "sentence_opening"),
    );
}
