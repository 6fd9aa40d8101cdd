//! What is read and what only looks like a time.

use super::*;

#[test]
fn a_month_before_a_surname_is_a_first_name() {
    check("April Stone met June Abara and Jan Novak.", &[]);
    check("In April Stone left.", &[("April", "2025-04")]);
    check("the June Treasury sale", &[("June", "2025-06")]);
    check("April Rains Flood Harbourton", &[("April", "2026-04")]);
    check("April\nParking", &[("April", "2026-04")]);
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
        "It was moved to Mar-a-Lago and Mar del Plata.",
        "She was player of the year and won in the quarter-finals.",
        "He gave way at the last minute, which is a last-minute habit.",
        "At the end of the day, it is about rents.",
        "The wind blew at 60 miles an hour, or 90 kilometers per hour.",
        "It was her second win in as many weeks.",
        "Lima, who is three months pregnant, watched the Winter Olympics.",
        "It took 2:00.44 to swim there, and he fell with 3:57 left.",
        "On Super Tuesday nobody slept.",
        "In some quarters, the present council is not loved.",
        "The slopes of the Sunday River resort are open.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn a_title_in_marks_behind_whose_it_is_is_no_time() {
    check("On PBN's \"This Week\" and PBN’s “Today,” she laughed.", &[]);
    check("She was on PBN's “Sunday Morning” then.", &[]);
    check("She said “Today is long.”", &[("Today", "2026-02-13")]);
    check("In the town's “Friday we vote” ad", &[("Friday", "2026-02-13")]);
    check("PBN’s “this week” was long.", &[("this week", "2026-W07")]);
}

#[test]
fn the_last_day_to_do_something_is_the_one_that_is_named() {
    check(
        "Tuesday is the last day to register.",
        &[("Tuesday", "2026-02-17")],
    );
    check(
        "It fell in the last day to 3 feet.",
        &[("the last day", "2026-02-12")],
    );
    check("They met last week to sign it.", &[("last week", "2026-W06")]);
    check("Lima left last year to run.", &[("last year", "2025")]);
}

#[test]
fn numbers_of_laws_cases_and_houses_are_no_years() {
    for text in [
        "The law is 8 U.S.C. 1373 and 1644.",
        "See 8 U.S.C. § 1373, 8 USC 1373, 28 C.F.R. 2001 and Minn. Stat. 2002.",
        "It is § 1983, a statute.",
        "She lives at 1600 Oldwick Avenue and worked at 1776 E. Main St. for Ana Lima.",
        "He moved to 1900 16th Street NW then.",
        "See docket 2019-cv-2021.",
    ] {
        check(text, &[]);
    }
    check("In 2019 Main Street reopened.", &[("2019", "2019")]);
    check("a landmark 2022 Oldwick Road ruling", &[("2022", "2022")]);
    check("Early 2024 Wall Street optimism", &[("Early 2024", "2024")]);
    check("Throughout 2023 Wall Street fell.", &[("2023", "2023")]);
    check("According to crime stats, 2024 was safe.", &[("2024", "2024")]);
    check("The 2019 Oldwick Street Fair was wet.", &[("2019", "2019")]);
    check("She left Washington, D.C. 1984 was bad.", &[("1984", "1984")]);
    check(
        "Under 42 U.S.C. 1983, claims from 2001 stand.",
        &[("2001", "2001")],
    );
    check(
        "The code of 1984 was changed in 2001 and 2005.",
        &[("1984", "1984"), ("2001", "2001"), ("2005", "2005")],
    );
}

#[test]
fn who_is_named_at_the_end_of_a_report_is_no_month() {
    check("(Reporting by Jun Okabe; Editing by April Dunn)", &[]);
    check("(Reporting by Ana Lima and Jun Okabe)", &[]);
    check("It was hired by April.", &[("April", "2025-04")]);
    check("Editing by April is likely.", &[("April", "2026-04")]);
    check("On Jun. 5, 2025, it", &[("Jun. 5, 2025", "2025-06-05")]);
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
fn a_verb_before_a_length_is_no_part_of_it() {
    check("It is expected to last two weeks.", &[("two weeks", "P2W")]);
    check("in the last two weeks", &[("the last two weeks", "P2W")]);
    check(
        "6-Feb-26 and 6 Feb",
        &[("6-Feb-26", "2026-02-06"), ("6 Feb", "2026-02-06")],
    );
    check(
        "(4 March-7 March)",
        &[("4 March", "2026-03-04"), ("7 March", "2026-03-07")],
    );
}

#[test]
fn a_few_days_have_one_year_for_everybody() {
    check("the Sept. 11 attacks", &[("Sept. 11", "2001-09-11")]);
    check("the 9/11 commission", &[("9/11", "2001-09-11")]);
    check("the Jan. 6 riot", &[("Jan. 6", "2021-01-06")]);
    check("the Jan. 6 meeting", &[("Jan. 6", "2026-01-06")]);
    check("the Sept. 12 attacks", &[("Sept. 12", "2025-09-12")]);
}
