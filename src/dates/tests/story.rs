//! What is counted from what the text told before.

use super::*;

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

#[test]
fn earlier_in_the_day_is_of_the_day_that_was_told() {
    check(
        "It burned on Feb. 11. Earlier in the day, nobody knew.",
        &[("Feb. 11", "2026-02-11"), ("Earlier in the day", "2026-02-11")],
    );
    check(
        "It will be heard later in the day.",
        &[("later in the day", "2026-02-13")],
    );
}

#[test]
fn the_previous_friday_is_seen_from_the_day_that_was_told() {
    check(
        "It closed on Feb. 6 at 100, down from the previous Friday.",
        &[("Feb. 6", "2026-02-06"), ("the previous Friday", "2026-01-30")],
    );
}

#[test]
fn a_weekday_with_an_hour_follows_the_day_ahead_that_was_named() {
    check(
        "Visitation is Friday, Feb. 20. Mass of Christian burial 10 a.m. Saturday.",
        &[
            ("Friday, Feb. 20", "2026-02-20"),
            ("10 a.m. Saturday", "2026-02-21T10:00"),
        ],
    );
    check(
        "The vote is Friday, Feb. 20. Lima announced it at 10 a.m. Tuesday.",
        &[
            ("Friday, Feb. 20", "2026-02-20"),
            ("10 a.m. Tuesday", "2026-02-10T10:00"),
        ],
    );
}

#[test]
fn a_letter_counts_from_the_day_at_its_head() {
    check(
        "February 10, 2026\n\nDear neighbours,\n\nthe pier is shut from tomorrow.",
        &[("February 10, 2026", "2026-02-10"), ("tomorrow", "2026-02-11")],
    );
    let letter = "February 10, 2026\n\nDear neighbours,\n\nthe pier is shut from tomorrow.";
    let tomorrow = &find(letter, Tongue::English, Some(day()))[1];
    assert!(matches!(tomorrow.anchor, Anchor::Mention(head) if head.slice(letter) == "February 10, 2026"));
    check(
        "Week ending\nFebruary 7, 2026\n\nThe pier is shut, Lima said today.",
        &[("February 7, 2026", "2026-02-07"), ("today", "2026-02-13")],
    );
    check(
        "March 10, 2026\n\nThe pier is shut from tomorrow.",
        &[("March 10, 2026", "2026-03-10"), ("tomorrow", "2026-02-14")],
    );
}

#[test]
fn the_following_goes_on_from_the_day_told_of() {
    check(
        "In 2015 they moved. It lasted until the following June.",
        &[("2015", "2015"), ("the following June", "2016-06")],
    );
    check(
        "In May 2015 they moved. It lasted until the following June.",
        &[("May 2015", "2015-05"), ("the following June", "2015-06")],
    );
    check(
        "On Thanksgiving it will close. It reopens the Monday after.",
        &[("Thanksgiving", "2026-11-26"), ("the Monday after", "2026-11-30")],
    );
    check(
        "In May 2015 they moved. The following spring they left.",
        &[("May 2015", "2015-05"), ("The following spring", "2016-SP")],
    );
}

#[test]
fn what_a_history_plans_leaves_it_where_it_is() {
    let text = "It was begun in 1971, doubled in 1972 and halved in 1974. In 1975 they met. The next step was planned for 1976. It \
        fell on 11 March.";
    let mentions = find(text, Tongue::English, Some(day()));
    let last = mentions.last().expect("a day");
    assert_eq!(last.value, "1975-03-11");
}

#[test]
fn that_spring_is_of_the_year_told_of() {
    for (text, season, value) in [
        (
            "In 2017 he lost. “I was done,” he told a crowd that spring.",
            "that spring",
            "2017-SP",
        ),
        (
            "The mill burned in 1998. That summer, the town rebuilt it.",
            "That summer",
            "1998-SU",
        ),
        (
            "She ran in 2019, and lost that October.",
            "that October",
            "2019-10",
        ),
        (
            "She ran on May 3, 2019. That same October, she left.",
            "That same October",
            "2019-10",
        ),
    ] {
        let found = find(text, Tongue::English, Some(day()));
        let last = found.last().expect("an expression");
        assert_eq!(
            (last.span.slice(text), last.value.as_str()),
            (season, value),
            "{text}"
        );
    }
    // Nothing was told of: the last one.
    check("They left that autumn.", &[("that autumn", "2025-FA")]);
    check("They left that April.", &[("that April", "2025-04")]);
    // What somebody says of October is of the last one.
    check(
        "In 2019 the firm said that October sales fell.",
        &[("2019", "2019"), ("October", "2025-10")],
    );
}

#[test]
fn a_year_that_ended_is_a_length_of_time() {
    for text in [
        "It spent $40 million in the year that ended in September.",
        "It spent $40 million in the year ended in September.",
        "It spent $40 million in the fiscal year which ends in September.",
    ] {
        let found = find(text, Tongue::English, Some(day()));
        assert_eq!(
            (found[0].value.as_str(), found[0].when.as_ref()),
            ("P1Y", None),
            "{text}"
        );
    }
    check("The year that he ended in jail", &[("The year", "2026")]);
}

#[test]
fn a_quarter_told_of_in_passing_is_not_the_one_reported_on() {
    let last = |text: &str| {
        let mentions = find(text, Tongue::English, Some(day()));
        mentions.last().map(|mention| mention.value.clone())
    };
    let report = "Profit rose in the fourth quarter.";
    for (text, value) in [
        (
            "After a flat third quarter, sales were better than a year ago.",
            "2024-Q4",
        ),
        (
            "After a flat third quarter, it had charges in the year-earlier period.",
            "2024-Q4",
        ),
        // Another company reports on its own.
        (
            "Cole Steel told of its fiscal second quarter. Sales were higher than a year ago.",
            "2024-Q2",
        ),
        // A later quarter is not over.
        ("The first quarter will be worse than a year ago.", "2024-Q4"),
    ] {
        let text = format!("{report} {text}");
        assert_eq!(last(&text).as_deref(), Some(value), "{text}");
    }
}

#[test]
fn a_range_from_a_date_to_a_weekday_ends_with_that_before_the_document() {
    check(
        "Cole bought shares from Jan. 14 to Thursday.",
        &[("Jan. 14", "2026-01-14"), ("Thursday", "2026-02-12")],
    );
    check(
        "The fair ran from Wednesday, Jan. 14, to Saturday.",
        &[("Wednesday, Jan. 14", "2026-01-14"), ("Saturday", "2026-01-17")],
    );
    check(
        "It is shut from 10 p.m. Friday to 6 a.m. Saturday.",
        &[
            ("10 p.m. Friday", "2026-02-13T22:00"),
            ("6 a.m. Saturday", "2026-02-14T06:00"),
        ],
    );
}

#[test]
fn the_day_behind_a_quarter_says_which_it_is() {
    check(
        "It will end in the first quarter of 2027. The loss for the quarter ended Sept. 30 was worse than a year earlier.",
        &[
            ("the first quarter of 2027", "2027-Q1"),
            ("the quarter", "2025-Q3"),
            ("Sept. 30", "2025-09-30"),
            ("a year earlier", "2024-Q3"),
        ],
    );
    // A company's own quarter keeps its name.
    check(
        "Its fiscal second quarter was weak. In the quarter ended Sept. 30, it lost money.",
        &[
            ("fiscal second quarter", "2025-Q2"),
            ("the quarter", "2025-Q2"),
            ("Sept. 30", "2025-09-30"),
        ],
    );
}

/// A telling of years long past.
const SIEGE: &str =
    "The siege of Salt Gate in 1643 ended the League. It had been founded in 1601 and was renewed in 1622. ";

#[track_caller]
fn check_history(told: &str, expected: &[(&str, &str)]) {
    let opening = [("1643", "1643"), ("1601", "1601"), ("1622", "1622")];
    check(&format!("{SIEGE}{told}"), &[&opening[..], expected].concat());
}

#[test]
fn a_year_that_opens_a_sentence_takes_a_history_back() {
    check_history(
        "In 1638 the towns split, and two years later the duke came. In May he left.",
        &[("1638", "1638"), ("two years later", "1640"), ("May", "1640-05")],
    );
    // What is named in passing does not, nor what is of old.
    check_history(
        "The duke, who was born in 1602, came in May.",
        &[("1602", "1602"), ("May", "1643-05")],
    );
    check_history(
        "Since 1630 the towns had been at odds. In May the duke came.",
        &[("1630", "1630"), ("May", "1643-05")],
    );
    check_history(
        "In 1411 the gate was built. In May the duke came.",
        &[("1411", "1411"), ("May", "1643-05")],
    );
}

#[test]
fn what_was_before_leaves_a_history_where_it_is() {
    check_history(
        "In 1603 his father had come to the throne. In May the duke came.",
        &[("1603", "1603"), ("May", "1643-05")],
    );
    check_history(
        "It burned down, a fire like that of 1611. Two years later it was built anew.",
        &[("1611", "1611"), ("Two years later", "1645")],
    );
    check_history(
        "It was won by Cole, whose life was printed in 1890, and two years later he left.",
        &[("1890", "1890"), ("two years later", "1645")],
    );
}

#[test]
fn years_later_is_seen_from_what_was_named_right_before() {
    check_history(
        "The walls fell in the 18th century; a century later the gate was built anew.",
        &[("the 18th century", "17"), ("a century later", "18")],
    );
}

#[test]
fn a_history_counts_no_days_from_the_day_it_is_printed_on() {
    check_history(
        "Three days later the duke came.",
        &[("Three days later", "XXXX-XX-XX")],
    );
    check_history(
        "On May 1 it began. Three days later the duke came.",
        &[("May 1", "1643-05-01"), ("Three days later", "1643-05-04")],
    );
}

#[test]
fn a_companys_quarter_is_named_by_the_months_it_shares() {
    check_each(&[("The quarter was good.", "The quarter", "2025-Q4")]);
    check(
        "Sales rose in the quarter ended July 31.",
        &[("the quarter", "2025-Q2"), ("July 31", "2025-07-31")],
    );
    check(
        "Sales rose in the quarter ended Nov. 1.",
        &[("the quarter", "2025-Q3"), ("Nov. 1", "2025-11-01")],
    );
}

#[test]
fn what_is_seen_back_leaves_a_history_where_it_is() {
    check_history(
        "Its mayor, who had come the previous winter, stayed. On May 1 the duke came.",
        &[("the previous winter", "1642-WI"), ("May 1", "1643-05-01")],
    );
}

#[test]
fn the_same_day_of_a_rule_is_of_no_day() {
    check(
        "The mayor signed the order on Feb. 6.\n\nAny agency that gets a warrant must report it the same day. If agents come, call a lawyer \
         the next day.",
        &[
            ("Feb. 6", "2026-02-06"),
            ("the same day", "XXXX-XX-XX"),
            ("the next day", "XXXX-XX-XX"),
        ],
    );
    check_each(&[
        (
            "The next day, agencies must report it.",
            "The next day",
            "XXXX-XX-XX",
        ),
        (
            "Whoever loses a card shall call the following day.",
            "the following day",
            "XXXX-XX-XX",
        ),
    ]);
    check(
        "It met on Feb. 6. Cheers the same day.",
        &[("Feb. 6", "2026-02-06"), ("the same day", "2026-02-06")],
    );
    check(
        "It met on Feb. 6. That day, he may have been ill.",
        &[("Feb. 6", "2026-02-06"), ("That day", "2026-02-06")],
    );
    // What will or can be has mostly the day that was told, in a rule as well if its paragraph tells of one.
    for text in [
        "The house voted on Feb. 10. The senate will vote the next day.",
        "The storm hit on Feb. 10. Crews could not reach the village until the next day.",
        "The hearing began on Feb. 10.\n\nIt may go on the next day.",
        "The house voted on Feb. 10. If the bill passes, the senate votes the next day.",
        "The order was signed on Feb. 10. It must be printed the next day.",
        "The storm hit on Feb. 10.\n\nCrews said that they must rest the next day.",
    ] {
        check(text, &[("Feb. 10", "2026-02-10"), ("the next day", "2026-02-11")]);
    }
    // What is told has its day, and so has what its own sentence counts from.
    check(
        "The mayor signed it on Feb. 6. He left the next day.",
        &[("Feb. 6", "2026-02-06"), ("the next day", "2026-02-07")],
    );
    check(
        "The mayor signed it on Feb. 6. The next day, the storm hit.",
        &[("Feb. 6", "2026-02-06"), ("The next day", "2026-02-07")],
    );
    check(
        "The council will vote on Feb. 17, and the mayor will sign it the next day.",
        &[("Feb. 17", "2026-02-17"), ("the next day", "2026-02-18")],
    );
}
