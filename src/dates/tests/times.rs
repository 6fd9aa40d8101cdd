//! Times of day, and the day they belong to.

use super::*;

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
    let mentions =
        find_in_blocks(text, &cells, (Tongue::English, DayOrder::default()), Some(day())).into_iter();
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
fn hours_of_no_day_mean_none() {
    let whens = |text: &str| -> Vec<bool> {
        let mentions = find(text, Tongue::English, Some(day())).into_iter();
        mentions.map(|mention| mention.when.is_some()).collect()
    };
    assert_eq!(whens("The library is open from 9 a.m. to 5 p.m."), [false, false]);
    assert_eq!(
        whens("On Monday it is open from 9 a.m. to 5 p.m."),
        [true, true, true]
    );
    assert_eq!(whens("It is open from 9 a.m. to 5 p.m. Monday."), [true, true]);
    assert_eq!(whens("He left at 6 p.m."), [true]);
    let spanish = find("Abre de 9:00 a. m. a 5:00 p. m.", Tongue::Spanish, Some(day()));
    assert!(spanish.iter().all(|mention| mention.when.is_none()));
}

#[test]
fn a_part_of_the_day_may_stand_alone_or_behind_an_hour() {
    check(
        "On March 3 he came in the morning and left at 3 in the afternoon.",
        &[
            ("March 3", "2025-03-03"),
            ("the morning", "2025-03-03TMO"),
            ("3 in the afternoon", "2025-03-03T15:00"),
        ],
    );
    check("the morning rush", &[]);
    check(
        "Wednesday in the morning, and on March 3 in the evening",
        &[
            ("Wednesday in the morning", "2026-02-11TMO"),
            ("March 3 in the evening", "2026-03-03TEV"),
        ],
    );
    check("Thurs. at noon", &[("Thurs. at noon", "2026-02-12T12:00")]);
}

#[test]
fn two_hours_share_what_stands_behind_the_second() {
    check(
        "from 6:30 to 8 p.m. Thursday",
        &[
            ("6:30", "2026-02-12T18:30"),
            ("8 p.m. Thursday", "2026-02-12T20:00"),
        ],
    );
    check(
        "March 7, 9-11 a.m.",
        &[
            ("March 7, 9", "2026-03-07T09:00"),
            ("11 a.m.", "2026-03-07T11:00"),
        ],
    );
    check(
        "11 to 1 p.m. on March 7",
        &[
            ("11", "2026-03-07T11:00"),
            ("1 p.m. on March 7", "2026-03-07T13:00"),
        ],
    );
    check(
        "between 2 and 4 p.m. March 7",
        &[("2", "2026-03-07T14:00"), ("4 p.m. March 7", "2026-03-07T16:00")],
    );
    check(
        "9 to noon March 7",
        &[("9", "2026-03-07T09:00"), ("noon March 7", "2026-03-07T12:00")],
    );
    check(
        "They won 13-11 and 22-25; 12 noon",
        &[("noon", "2026-02-13T12:00")],
    );
}

#[test]
fn a_part_of_the_day_says_which_half_of_it() {
    check(
        "at 7:30 Tuesday night",
        &[("7:30 Tuesday night", "2026-02-10T19:30")],
    );
    check(
        "at 1 a.m. Tuesday night",
        &[("1 a.m. Tuesday night", "2026-02-10T01:00")],
    );
    check(
        "The roof fell at 1:15 Saturday night",
        &[("1:15 Saturday night", "2026-02-07TNI")],
    );
    check(
        "It rang at 12:45 Saturday night",
        &[("12:45 Saturday night", "2026-02-07TNI")],
    );
    check("at 8 tonight", &[("8 tonight", "2026-02-13T20:00")]);
    check("Lows about 11 tonight", &[("tonight", "2026-02-13TNI")]);
    check("Output fell by a quarter to 12 million tonnes", &[]);
    check("Rates rose by a quarter of one percent", &[]);
    check("Staff was cut by a quarter to 130 jobs", &[]);
    check(
        "at half past six in the evening",
        &[("half past six in the evening", "2026-02-13T18:30")],
    );
    check(
        "until a quarter to nine",
        &[("a quarter to nine", "2026-02-13T08:45")],
    );
}

#[test]
fn hours_and_minutes_without_a_mark_are_no_years() {
    check(
        "at 8 a.m. (0600 GMT) Tuesday",
        &[
            ("8 a.m.", "2026-02-13T08:00"),
            ("0600 GMT", "2026-02-13T06:00"),
            ("Tuesday", "2026-02-10"),
        ],
    );
    check("at 1500 GMT Tuesday", &[("1500 GMT Tuesday", "2026-02-10T15:00")]);
    check("at 1800 hours.", &[("1800 hours", "2026-02-13T18:00")]);
    check("1800 hours of footage", &[("1800 hours", "PT1800H")]);
    check(
        "at 3 p.m. Eastern on Tuesday",
        &[("3 p.m. Eastern on Tuesday", "2026-02-10T15:00")],
    );
}

#[test]
fn hours_of_every_day_are_of_no_day() {
    let check_days = |text, days: &[&str]| check_days_in(Tongue::English, text, days);
    check_days("The pool opens at 6 a.m. and closes at 8 p.m.", &[]);
    check_days("The desk is open 10 to 2 p.m. Saturdays.", &[]);
    check_days("Every Monday from 6 p.m. the pier is closed.", &[]);
    check_days("The pool opens at 6 a.m. Tuesday.", &["2026-02-17"]);
    check_days("The fire broke out at 3 a.m.", &["2026-02-13"]);
}

#[test]
fn a_zone_between_a_time_and_its_day_parts_them_not() {
    check(
        "Bids are received until 2:00 p.m., local time, on Tuesday, March 10, 2026.",
        &[(
            "2:00 p.m., local time, on Tuesday, March 10, 2026",
            "2026-03-10T14:00",
        )],
    );
    check(
        "They are due by 4:00 p.m. (Pacific time) on March 10, 2026.",
        &[("4:00 p.m. (Pacific time) on March 10, 2026", "2026-03-10T16:00")],
    );
    check(
        "It closed at 2 p.m., and on Tuesday it rained.",
        &[("2 p.m.", "2026-02-13T14:00"), ("Tuesday", "2026-02-10")],
    );
    check(
        "At 2 p.m. (local time) it rained.",
        &[("2 p.m.", "2026-02-13T14:00")],
    );
}

#[test]
fn days_on_which_something_is_open_are_those_of_any_week() {
    check(
        "The clinic is open Monday through Friday.",
        &[("Monday", "XXXX-WXX-1"), ("Friday", "XXXX-WXX-5")],
    );
    check_days_in(
        Tongue::English,
        "It is open Monday to Friday, 9 a.m. to 5 p.m. and on March 2.",
        &["2026-03-02"],
    );
    check_days_in(
        Tongue::Spanish,
        "La clínica está abierta de lunes a viernes.",
        &[],
    );
    // These are days of one week.
    for (text, days) in [
        (
            "The polls will be open Monday through Friday.",
            ["2026-02-16", "2026-02-20"],
        ),
        (
            "The fair runs Monday through Friday.",
            ["2026-02-16", "2026-02-20"],
        ),
        (
            "The lane is closed Monday through Friday.",
            ["2026-02-09", "2026-02-13"],
        ),
        (
            "It is open this Monday through Friday.",
            ["2026-02-16", "2026-02-20"],
        ),
    ] {
        check_days_in(Tongue::English, text, &days);
    }
}

#[test]
fn a_later_hour_that_opens_the_next_sentence_of_a_telling_is_of_the_same_day() {
    for (text, hour) in [
        (
            "It burned at 2 a.m. Sunday. By noon it was out.",
            "2026-02-08T12:00",
        ),
        // It is earlier, of a day of its own, or told of the present.
        (
            "It burned at 2 p.m. Sunday. By noon it was out.",
            "2026-02-13T12:00",
        ),
        (
            "It burned at 2 a.m. Sunday. At noon Tuesday it was out.",
            "2026-02-10T12:00",
        ),
        (
            "It burned at 2 a.m. Sunday. At noon the council meets.",
            "2026-02-13T12:00",
        ),
        (
            "It burned at 2 a.m. Sunday. The council met at noon.",
            "2026-02-13T12:00",
        ),
        (
            "It burned at 2 a.m. Sunday.\nAt noon it was out.",
            "2026-02-13T12:00",
        ),
    ] {
        let found = find(text, Tongue::English, Some(day()));
        assert_eq!(found.last().map(|last| last.value.as_str()), Some(hour), "{text}");
    }
}

#[test]
fn an_hour_on_the_day_before_something_has_the_day_before_that() {
    for (text, hour) in [
        (
            "The hearing is on March 10, 2026, and notes are taken until noon on the day before the hearing.",
            "2026-03-09T12:00",
        ),
        (
            "A hearing is set for March 10. Notes are due by noon on the day before the hearing.",
            "2026-03-09T12:00",
        ),
        (
            "A hearing is set for March 10. Notes are due by noon on the day after the hearing.",
            "2026-03-11T12:00",
        ),
        // Nothing tells when that is.
        (
            "Notes are due by noon on the day before the hearing.",
            "XXXX-XX-XXT12:00",
        ),
        (
            "A fair is set for March 10. Notes are due by noon on the day before the hearing.",
            "XXXX-XX-XXT12:00",
        ),
        (
            "Hearings are on March 10 and on March 12; notes are due by noon on the day before the hearing.",
            "XXXX-XX-XXT12:00",
        ),
    ] {
        let found = find(text, Tongue::English, Some(day()));
        assert_eq!(found.last().map(|last| last.value.as_str()), Some(hour), "{text}");
    }
}

#[test]
fn hours_between_which_something_is_so_are_of_any_day() {
    check_days_in(Tongue::English, "No plane lands between midnight and 5 a.m.", &[]);
    check_days_in(
        Tongue::English,
        "It burned Monday between midnight and 5 a.m.",
        &["2026-02-09", "2026-02-09", "2026-02-09"],
    );
}

#[test]
fn an_hour_that_somebody_speaks_of_is_of_no_day() {
    let none: &[&str] = &[];
    for (text, days) in [
        ("“They can land at 4 p.m.,” she said.", none),
        ("\"They can land at 4 p.m.,\" she said.", none),
        ("“They can land at 4 p.m. Monday,” she said.", &["2026-02-09"]),
        ("“No,” she said. They landed at 4 p.m.", &["2026-02-13"]),
        ("\"No,\" she said. They landed at 4 p.m.", &["2026-02-13"]),
        ("They landed at 4 p.m. “No,” she said.", &["2026-02-13"]),
    ] {
        check_days_in(Tongue::English, text, days);
    }
}

#[test]
fn the_midnight_of_a_minute_past_it_ends_the_day_before() {
    check(
        "Offices will close at 12:01 a.m. Saturday unless they agree by midnight.",
        &[
            ("12:01 a.m. Saturday", "2026-02-14T00:01"),
            ("midnight", "2026-02-13T24:00"),
        ],
    );
    check(
        "It will be shut from 12:01 a.m. Saturday to midnight.",
        &[
            ("12:01 a.m. Saturday", "2026-02-14T00:01"),
            ("midnight", "2026-02-14T24:00"),
        ],
    );
    check(
        "They will meet at 8 a.m. Saturday and must agree by midnight.",
        &[
            ("8 a.m. Saturday", "2026-02-14T08:00"),
            ("midnight", "2026-02-14T24:00"),
        ],
    );
}

#[test]
fn dawn_and_dusk_are_parts_of_the_day_behind_them() {
    check_each(&[
        (
            "It sank before dawn on Monday.",
            "dawn on Monday",
            "2026-02-09TMO",
        ),
        ("They left at dawn Monday.", "dawn Monday", "2026-02-09TMO"),
        (
            "It ended at nightfall on Feb. 3.",
            "nightfall on Feb. 3",
            "2026-02-03TNI",
        ),
    ]);
    check("They left at dawn.", &[]);
    check("Operation Red Dawn began on Monday.", &[("Monday", "2026-02-09")]);
}

#[test]
fn the_early_hours_are_part_of_their_day() {
    check_each(&[
        (
            "It sank in the early hours of Sunday.",
            "the early hours of Sunday",
            "2026-02-08TMO",
        ),
        (
            "It sank in the small hours of Monday morning.",
            "the small hours of Monday morning",
            "2026-02-09TMO",
        ),
        (
            "He died the night before last.",
            "the night before last",
            "2026-02-11TNI",
        ),
    ]);
    check("They kept the early hours of farmers.", &[]);
    check(
        "In the small hours of Tuesday night he left.",
        &[("Tuesday night", "2026-02-10TNI")],
    );
    check(
        "It was the night before last Monday.",
        &[("last Monday", "2026-02-09")],
    );
}

#[test]
fn how_long_a_race_took_is_no_time_of_day() {
    check("She ran the mile in 4:31.", &[]);
    check("He scored 5:30 into the third period.", &[]);
    check("It was read at 10:15.", &[("10:15", "2026-02-13T10:15")]);
}

#[test]
fn hours_and_days_that_stand_apart_are_not_joined() {
    check_each(&[
        (
            "It opens at 10 a.m. sharp on Saturday, Feb. 14.",
            "10 a.m. sharp on Saturday, Feb. 14",
            "2026-02-14T10:00",
        ),
        (
            "He died in the late afternoon, Tuesday’s report said.",
            "Tuesday",
            "2026-02-10",
        ),
        // How many, not when.
        (
            "The Lions won by 7 Sunday night.",
            "Sunday night",
            "2026-02-08TNI",
        ),
        (
            "The toll stood at 12 Sunday night.",
            "Sunday night",
            "2026-02-08TNI",
        ),
    ]);
    check(
        "Prices jumped at 8 a.m. sharp, Monday’s data show.",
        &[("8 a.m.", "2026-02-13T08:00"), ("Monday", "2026-02-09")],
    );
    check(
        "Roads were open from 9 a.m. Monday to Tuesday night.",
        &[
            ("9 a.m. Monday", "2026-02-09T09:00"),
            ("Tuesday night", "2026-02-10TNI"),
        ],
    );
    // A deadline has not the day on which it was set.
    check(
        "The judge set a 5 p.m. deadline on Monday.",
        &[("5 p.m.", "2026-02-13T17:00"), ("Monday", "2026-02-09")],
    );
}
