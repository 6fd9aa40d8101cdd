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
            ("March 3", "2026-03-03"),
            ("the morning", "2026-03-03TMO"),
            ("3 in the afternoon", "2026-03-03T15:00"),
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
