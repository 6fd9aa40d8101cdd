//! Expressions of more words than those that make them times, and words that look like these.

use super::*;

#[test]
fn a_day_behind_last_or_next_is_read_whole() {
    check_each(&[
        (
            "Registration ended last December 14 amid complaints.",
            "last December 14",
            "2025-12-14",
        ),
        (
            "It runs through next March 31, the bank said.",
            "next March 31",
            "2026-03-31",
        ),
        ("The judge sits in June next.", "June next", "2026-06"),
        ("It was paid in January last.", "January last", "2026-01"),
    ]);
    check("They sat in May next to the river.", &[("May", "2025-05")]);
    check(
        "Prices fell last May 12 months after the ban.",
        &[("last May", "2025-05"), ("12 months", "P12M")],
    );
    // Their number counts something, or is a part of one.
    for text in [
        "It fell last May 3 percent.",
        "Last May 12 miners died in the pit.",
        "Last May 12 injured workers sued.",
        "Last May 1,200 people left.",
        "They won last May 3-2 over Oldwick.",
        "In last May 5 of the 9 judges sat.",
    ] {
        let mentions = find(text, Tongue::English, Some(day()));
        assert_eq!(
            mentions.first().map(|it| it.value.as_str()),
            Some("2025-05"),
            "{text}"
        );
    }
}

#[test]
fn a_length_with_what_kind_it_is_of_is_read_whole() {
    for text in [
        "Within forty-five (45) civil days after publication of the notice, parties may appeal.",
        "Within seven legislative days after the date of this order, they meet.",
    ] {
        assert_eq!(
            find(text, Tongue::English, Some(day()))
                .iter()
                .filter(|it| it.value == "PXD")
                .count(),
            0,
            "{text}"
        );
    }
    let freed = find(
        "He was freed hours after the signing of the order.",
        Tongue::English,
        Some(day()),
    );
    assert!(freed.iter().all(|it| it.deadline.is_none()));
    check_each(&[
        (
            "It will be a tough couple of days.",
            "a tough couple of days",
            "P2D",
        ),
        ("It was a long three weeks.", "a long three weeks", "P3W"),
        ("They paid for a further 300 days.", "a further 300 days", "P300D"),
        (
            "Sales in the three-month period fell.",
            "the three-month period",
            "P3M",
        ),
        ("It ended a three-year-long dispute.", "three-year-long", "P3Y"),
        ("It ended a months-long dispute.", "months-long", "PXM"),
    ]);
    for text in [
        "It fell a further 300 meters.",
        "It was a tough couple of opponents.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn units_before_and_after_something_are_some_of_them() {
    check_each(&[
        ("He was freed hours after the verdict.", "hours", "PTXH"),
        ("Days before the vote, the clerk left.", "Days", "PXD"),
    ]);
    for text in [
        "The shop is shut in opening hours before feasts.",
        "He named months after himself.",
        "They came back after hours before dawn broke.",
    ] {
        let mentions = find(text, Tongue::English, Some(day()));
        assert!(
            mentions.iter().all(|mention| mention.rule != "units_beside"),
            "{text}"
        );
    }
}

#[test]
fn how_often_something_is_done() {
    check_each(&[
        ("He runs on a daily basis.", "daily", "P1D"),
        ("It is checked on an annual basis.", "annual", "P1Y"),
        ("The prize is awarded annually to a writer.", "annually", "XXXX"),
        ("She earns 800 euros a month.", "a month", "P1M"),
        (
            "She earns 8,000 pesos (about 400 euros) a month.",
            "a month",
            "P1M",
        ),
    ]);
    let sets = find("He left (by ferry) a month before.", Tongue::English, Some(day()));
    assert!(sets.iter().all(|mention| mention.rule != "per_unit"));
    for text in [
        "They held daily briefings.",
        "She told the Oldwick daily in an interview.",
        "They issued monthly surveys.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn a_week_up_to_now_is_a_length() {
    check("Prices rose over the past week.", &[("the past week", "P1W")]);
    check(
        "Prices rose the past week, he said.",
        &[("the past week", "2026-W06")],
    );
    check(
        "He came in the past week with a plan.",
        &[("the past week", "2026-W06")],
    );
}

#[test]
fn what_lies_ahead_or_is_now_without_a_day() {
    check_each(&[
        (
            "It stays shut for the foreseeable future.",
            "the foreseeable future",
            "FUTURE_REF",
        ),
        (
            "They fight for a better tomorrow.",
            "a better tomorrow",
            "FUTURE_REF",
        ),
        ("At present, the town has two ferries.", "present", "PRESENT_REF"),
    ]);
    for text in [
        "At present prices nobody buys.",
        "They looked at present day photographs.",
        "The midweek game was lost.",
        "They lost to Oldwick in midweek.",
        "They marked the new year.",
        "The new year festival was loud.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn things_called_by_a_time_are_none() {
    for text in [
        "They sold Christmas trees and Easter eggs.",
        "The bank cut its overnight lending rate.",
        "It was a day game, not a day trip.",
        "The train does 450 kilometres (280 miles) an hour.",
        "The murder of Jan Novak shook Oldwick.",
        "Jan van Dorn and Prime Minister April Ana Reyes met.",
    ] {
        check(text, &[]);
    }
    check(
        "It snowed overnight in Oldwick.",
        &[("overnight", "2026-02-13TNI")],
    );
    check(
        "They sang at Christmas in Oldwick.",
        &[("Christmas", "2025-12-25")],
    );
    check("It took a day, and the game was won.", &[("a day", "P1D")]);
}
