//! Days that labels of forms, notices and tables call the last ones.

use super::*;

/// The days of lines that are last ones; a line has the path of its element, if that is known.
fn limits(tongue: Tongue, lines: &[(&str, &str)]) -> Vec<String> {
    let text = lines
        .iter()
        .map(|(_, line)| *line)
        .collect::<Vec<_>>()
        .join("\n\n");
    let mut start = 0;
    let blocks = lines.iter().map(|(path, line)| {
        let span = Span::of(&text, start..start + line.len()).expect("a line");
        start += line.len() + 2;
        let kind = if path.contains("/h2") {
            BlockKind::Heading
        } else {
            BlockKind::Paragraph
        };
        Block {
            kind,
            span,
            path: (*path).to_owned(),
        }
    });
    let blocks: Vec<Block> = blocks.collect();
    let found = find_in_blocks(&text, &blocks, (tongue, DayOrder::default()), Some(day()));
    let limits = found.iter().filter(|mention| mention.is_limit);
    limits
        .map(|mention| mention.span.slice(&text).to_owned())
        .collect()
}

#[track_caller]
fn check(lines: &[(&str, &str)], expected: &[&str]) {
    assert_eq!(limits(Tongue::English, lines), expected, "{lines:?}");
}

/// The rows of a table, of which each element has a path of its own.
#[track_caller]
fn check_table(rows: &[&str], expected: &[&str]) {
    let paths: Vec<String> = (1..=rows.len())
        .map(|at| format!("html/body[1]/table[1]/tr[{at}]"))
        .collect();
    let rows: Vec<(&str, &str)> = paths
        .iter()
        .map(String::as_str)
        .zip(rows.iter().copied())
        .collect();
    check(&rows, expected);
}

#[test]
fn a_label_calls_a_day_the_last_one() {
    for line in [
        "Deadline: April 2, 2027",
        "The deadline: April 2, 2027",
        "Early registration deadline: April 2, 2027",
        "Deadline for comments: April 2, 2027",
        "Deadline extended to: April 2, 2027",
        "Deadline: extended to April 2, 2027",
        "Closing date for bids: April 2, 2027",
        "Comments due: April 2, 2027",
        "Comments due: no later than April 2, 2027",
        "Apply by: April 2, 2027",
        "Please submit bids by: April 2, 2027",
        "Response required by April 2, 2027",
        "Last day to register: April 2, 2027",
        "Last day for comments: April 2, 2027",
        "Comment period ends: April 2, 2027",
        "Expiration date: April 2, 2027",
        "RSVP: April 2, 2027",
        "Written comments on the draft are due | April 2, 2027",
        "Hearing: March 1 | Comments due: April 2, 2027",
        "Bring a form. Deadline: April 2, 2027",
    ] {
        check(&[("", line)], &["April 2, 2027"]);
    }
    for line in [
        "Fecha límite: 2 de abril de 2027",
        "Plazo para presentar solicitudes: 2 de abril de 2027",
        "Cierre de inscripciones: 2 de abril de 2027",
    ] {
        assert_eq!(
            limits(Tongue::Spanish, &[("", line)]),
            ["2 de abril de 2027"],
            "{line}"
        );
    }
}

#[test]
fn other_labels_say_nothing_of_last_days() {
    for line in [
        "Date: April 2, 2027",
        "Hearing date: April 2, 2027",
        "Due to snow, rescheduled date: April 2, 2027",
        "Last day of school: June 5, 2027",
        "Final day of the fair: June 5, 2027",
        "Last day for the old bridge: June 5, 2027",
        "Bridge closes: April 2, 2027",
        "Exhibit ends: April 2, 2027",
        "Original deadline: April 2, 2027",
        "Hearing on the deadline: April 2, 2027",
        "The deadline was missed: April 2, 2027, came and went.",
        "Deadline: none. The hearing is on April 2, 2027.",
        "Deadline to leave Oldwick | Feb. 12, 2026 | World",
        "Application deadline: On Tuesday, the board voted to keep it.",
        "Deadline to file taxes: April 15 was always the day.",
        "Deadline City | April 2, 2027 | A film.",
        "Deadline: the week of the hearing on April 2, 2027",
    ] {
        check(&[("", line)], &[]);
    }
    for line in [
        "Cierre de la avenida: 2 de abril de 2027",
        "Último día de clases: 2 de abril de 2027",
        "Plazo de presentación: del 20 de noviembre al 4 de diciembre de 2026",
    ] {
        assert!(limits(Tongue::Spanish, &[("", line)]).is_empty(), "{line}");
    }
}

#[test]
fn what_is_a_time_inside_a_label_is_no_date_of_its_own() {
    let text = "Last day to register: April 2, 2027";
    let found = find(text, Tongue::English, Some(day()));
    let found: Vec<&str> = found.iter().map(|mention| mention.span.slice(text)).collect();
    assert_eq!(found, ["April 2, 2027"]);
}

#[test]
fn a_term_or_heading_above_a_day_is_its_label() {
    check(
        &[
            ("body/dl[1]/dt[1]", "Deadline"),
            ("body/dl[1]/dd[1]", "March 1, 2027"),
        ],
        &["March 1, 2027"],
    );
    check(
        &[
            ("body/h2[1]", "Deadline"),
            ("body/p[1]", "March 1, 2027, at noon"),
        ],
        &["March 1, 2027, at noon"],
    );
    check(
        &[
            ("body/dl[1]/dt[1]", "Hearing"),
            ("body/dl[1]/dd[1]", "March 1, 2027"),
        ],
        &[],
    );
    // Another list's term, and a day that the description does not begin with.
    check(
        &[
            ("body/dl[1]/dt[1]", "Deadline"),
            ("body/dl[2]/dd[1]", "March 1, 2027"),
        ],
        &[],
    );
    check(
        &[
            ("body/h2[1]", "Deadline"),
            ("body/p[1]", "The bridge was opened on March 1, 2027."),
        ],
        &[],
    );
}

#[test]
fn the_heading_of_a_column_is_the_label_of_its_days() {
    check_table(
        &[
            "Step | Due | Hearing",
            "Draft | January 11, 2027 | May 3, 2027",
            "Plan | | June 4, 2027",
        ],
        &["January 11, 2027"],
    );
    check_table(
        &["| Hearing | Due", "Plan A | May 3, 2027 | June 4, 2027"],
        &["June 4, 2027"],
    );
    // What a row begins with says nothing of its columns.
    check_table(
        &[
            "Notice | Posted | Hearing",
            "Comment deadline | March 3, 2027 | May 3, 2027",
        ],
        &[],
    );
    check_table(&["Member | Expires", "Ana Lima | March 3, 2027"], &[]);
    // A row of another width: nobody knows what stands under what.
    check_table(&["Step | Due | Hearing", "Draft | May 3, 2027"], &[]);
    check_table(
        &[
            "Step | Due | Hearing",
            "Draft | May 3, 2027 | June 4, 2027 | July 5, 2027",
        ],
        &[],
    );
    check_table(&["Step | Date", "Draft | May 3, 2027"], &[]);
    // The next table has headings of its own.
    check(
        &[
            ("body/table[1]/tr[1]", "Step | Due"),
            ("body/table[1]/tr[2]", "Draft | January 11, 2027"),
            ("body/table[2]/tr[1]", "Hearing | March 9, 2027"),
        ],
        &["January 11, 2027"],
    );
}

#[test]
fn a_heading_that_names_a_last_day_is_no_day() {
    let mentions = |line: &str| {
        let found = find_in_blocks(line, &[], (Tongue::English, DayOrder::default()), Some(day()));
        let texts = found
            .iter()
            .map(|mention| mention.span.slice(line).to_lowercase());
        texts.filter(|text| text.contains("day")).collect::<Vec<_>>()
    };
    for line in [
        "Program | Last day of service",
        "Last day of service | Program",
        "Last day of early voting",
    ] {
        assert_eq!(mentions(line), Vec::<String>::new(), "{line}");
    }
    assert_eq!(mentions("Nothing has moved in the last day.").len(), 1);
    assert_eq!(mentions("They meet on the last day of March.").len(), 1);
}
