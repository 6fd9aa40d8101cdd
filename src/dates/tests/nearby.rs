//! What is counted from the document's day.

use super::*;

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

#[test]
fn a_month_near_ahead_is_meant_unless_something_is_told_as_done() {
    check("The April hearing is about rents.", &[("April", "2026-04")]);
    check("The board agreed to buy the pier in May.", &[("May", "2026-05")]);
    check("The board bought the pier in May.", &[("May", "2025-05")]);
    check("In April, Lima opened the pier.", &[("April", "2025-04")]);
    check("It has been shut since April.", &[("April", "2025-04")]);
    check(
        "From April to October, rents rose.",
        &[("April", "2025-04"), ("October", "2025-10")],
    );
    check("The June vote", &[("June", "2025-06")]);
    check("a plan for Dec-2026", &[("Dec-2026", "2026-12")]);
}

#[test]
fn the_last_february_said_in_february_is_that_of_the_year_before() {
    check("since last February", &[("last February", "2025-02")]);
    check("the year before", &[("the year before", "2025")]);
    check("the week before last", &[("the week before last", "2026-W05")]);
    check(
        "He left six or seven months ago.",
        &[("six or seven months ago", "PAST_REF")],
    );
}

#[test]
fn what_had_been_set_for_a_day_may_lie_ahead() {
    check(
        "The offer had been set to expire Feb. 18.",
        &[("Feb. 18", "2026-02-18")],
    );
}

#[test]
fn a_day_may_be_named_by_its_number_alone() {
    check(
        "On the 12th, around noon",
        &[("the 12th, around noon", "2026-02-12T12:00")],
    );
    check("It will open on the 25th.", &[("the 25th", "2026-02-25")]);
    check("Friday the 13th was cold.", &[("Friday the 13th", "2026-02-13")]);
    check(
        "on the 12th floor, on the 9th hole, after the 2nd meeting, by the 18th century",
        &[("the 18th century", "17")],
    );
    check(
        "He fell on March 3, 2025, and died on the 12th.",
        &[("March 3, 2025", "2025-03-03"), ("the 12th", "2025-03-12")],
    );
}

#[test]
fn only_the_verb_of_a_month_puts_it_behind() {
    check(
        "The board postponed the hearing to March.",
        &[("March", "2026-03")],
    );
    check(
        "Officials said the ferry returns in March.",
        &[("March", "2026-03")],
    );
    check(
        "Officials said the ferry returns in April.",
        &[("April", "2026-04")],
    );
    check(
        "In April, officials said, the ferry returns.",
        &[("April", "2026-04")],
    );
    check(
        "Lima, who opened the pier in April, left.",
        &[("April", "2025-04")],
    );
}

#[test]
fn a_number_alone_is_of_the_month_that_was_told_near() {
    check(
        "He fell on March 3, 2025, and died on the 28th.",
        &[("March 3, 2025", "2025-03-03"), ("the 28th", "2025-03-28")],
    );
    check(
        "between the 5th and the 9th.",
        &[("the 5th", "2026-02-05"), ("the 9th", "2026-02-09")],
    );
    for text in [
        "under the 5th and 14th Amendments",
        "before the 2nd and 9th Circuits",
        "on the 4th and 5th floors",
    ] {
        check(text, &[]);
    }
}

#[test]
fn weekdays_are_counted_back() {
    check_each(&[
        ("two Fridays ago", "two Fridays ago", "2026-02-06"),
        ("It rained three Mondays ago.", "three Mondays ago", "2026-01-26"),
        ("They met on Fridays.", "Fridays", "XXXX-WXX-5"),
    ]);
}

#[test]
fn what_is_hoped_for_lies_ahead() {
    check_each(&[
        ("They hope to vote in late June.", "late June", "2026-06"),
        ("She intends to retire in September.", "September", "2026-09"),
        (
            "“We hope to vote before the summer recess,” she said.",
            "the summer",
            "2026-SU",
        ),
        ("They hope to pass it before July.", "July", "2026-07"),
        (
            "He aims to finish the bridge ahead of the fall.",
            "the fall",
            "2026-FA",
        ),
        // What the day may be that of: a noun, or somebody else's verb.
        (
            "She hopes to return after a fall Thursday.",
            "Thursday",
            "2026-02-12",
        ),
        ("She intends to appeal Monday’s ruling.", "Monday", "2026-02-09"),
        (
            "The bank intends to keep the rate it set in December.",
            "December",
            "2025-12",
        ),
        ("He hopes to repeat his win in November.", "November", "2025-11"),
        ("The firm hopes to fill jobs cut before July.", "July", "2025-07"),
        ("They lost hope in June.", "June", "2025-06"),
        ("The hope to win in November was dashed.", "November", "2025-11"),
        (
            "They hope to believe in December’s figures.",
            "December",
            "2025-12",
        ),
    ]);
}

#[test]
fn what_is_told_in_the_present_is_as_often_over() {
    check_each(&[
        ("Sunday marks the worst day of the war.", "Sunday", "2026-02-08"),
        (
            "The worst losses come Monday, when the fire swept the valley.",
            "Monday",
            "2026-02-09",
        ),
        ("The witnesses did come Tuesday.", "Tuesday", "2026-02-10"),
        ("Come October, the leaves had turned.", "October", "2025-10"),
        ("Come Monday, the strike was over.", "Monday", "2026-02-09"),
        (
            "The remarks come Thursday and will last.",
            "Thursday",
            "2026-02-12",
        ),
        ("Come October, voters will decide.", "October", "2026-10"),
        (
            "Just before the November election, Cruz quit.",
            "November",
            "2025-11",
        ),
        (
            "Spending before the November election hit $2 billion.",
            "November",
            "2025-11",
        ),
        (
            "Lawsuits over the November election continue.",
            "November",
            "2025-11",
        ),
        (
            "Critics call the November referendum a fraud.",
            "November",
            "2025-11",
        ),
        ("He left before the summer.", "the summer", "2025-SU"),
        (
            "If the snow Monday is any guide, it will last.",
            "Monday",
            "2026-02-09",
        ),
        (
            "If the ruling in December stands, the clinics close.",
            "December",
            "2025-12",
        ),
        (
            "I’ll recall that they warned us as early as December.",
            "December",
            "2025-12",
        ),
        (
            "Perhaps as early as Monday, the suspect fled.",
            "Monday",
            "2026-02-09",
        ),
    ]);
    check("Come spring, the river had flooded twice.", &[]);
    check(
        "The sale lasts a week through Sunday.",
        &[("a week", "P1W"), ("Sunday", "2026-02-15")],
    );
}
