//! Takes the numbers of the lines off a page, which bills and transcripts print along the margin: they would stand in the
//! middle of sentences. The numbers of a list are not such: its items are longer than a line, or each begins with a capital.

use super::lines::{Line, rows};

/// Lines in a row that are numbered.
const MIN_NUMBERED: usize = 5;
/// Digits of the number of a line.
const MAX_DIGITS: usize = 2;
/// How far the ends of the numbers may lie apart, in points, and so the lines beside them, in sizes of their font.
const SAME_PLACE: f32 = 3.0;
const SAME_MARGIN: f32 = 6.0;
/// One of so many lines goes on with the sentence before it, at least.
const GOES_ON: usize = 5;

/// The segments of a page without the numbers of its lines.
pub(super) fn without_numbers(segments: Vec<Line>) -> Vec<Line> {
    let could_be = segments
        .iter()
        .filter(|segment| number(segment).is_some())
        .count();
    if could_be < MIN_NUMBERED {
        return segments;
    }
    let mut rows = rows(segments);
    for run in runs(&rows) {
        for row in &mut rows[run] {
            row.remove(0);
        }
    }
    rows.into_iter().flatten().collect()
}

/// The rows one under the other that begin with the numbers of lines.
fn runs(rows: &[Vec<Line>]) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for at in 1..=rows.len() {
        if at < rows.len() && follows(&rows[at - 1], &rows[at]) {
            continue;
        }
        let run = &rows[start..at];
        let goes_on = run
            .iter()
            .filter(|row| row.get(1).is_some_and(begins_small))
            .count();
        if run.len() >= MIN_NUMBERED && goes_on * GOES_ON >= run.len() {
            found.push(start..at);
        }
        start = at;
    }
    found
}

/// Whether a row is the numbered line after another.
fn follows(before: &[Line], row: &[Line]) -> bool {
    let (Some(first), Some(second)) = (numbered(before), numbered(row)) else {
        return false;
    };
    let (one, other) = (&before[0], &row[0]);
    let is_below =
        (one.right - other.right).abs() <= SAME_PLACE || (one.left - other.left).abs() <= SAME_PLACE;
    let apart = (before[1].left - row[1].left).abs();
    second == first + 1 && is_below && apart <= SAME_MARGIN * other.size
}

/// The number that a row begins with, before words.
fn numbered(row: &[Line]) -> Option<u32> {
    let number = number(row.first()?)?;
    let words = row.get(1)?;
    words.text.contains(char::is_alphabetic).then_some(number)
}

fn number(segment: &Line) -> Option<u32> {
    let is_short = segment.text.len() <= MAX_DIGITS;
    is_short.then(|| segment.text.parse().ok()).flatten()
}

fn begins_small(line: &Line) -> bool {
    line.text.starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(left: f32, row: usize, text: &str) -> Line {
        Line {
            text: text.to_owned(),
            left,
            right: left + 6.0 * text.len() as f32,
            baseline: 14.0 * row as f32,
            size: 11.0,
            cells: 1,
            ..Line::default()
        }
    }

    const BILL: [&str; 6] = [
        "The piers of Millport stay open for every boat and for",
        "everyone who lives on one. The harbor master sees to it",
        "that they are cleared of ice.",
        "Whoever lands after dark shows a light and pays the fee",
        "of the day, as the council has set it, at the office or",
        "to the guard.",
    ];

    #[track_caller]
    fn check(lines: &[&str], numbers: impl Fn(usize) -> String, is_numbered: bool) {
        let segments = lines.iter().enumerate().flat_map(|(row, words)| {
            let number = numbers(row);
            let number = (!number.is_empty()).then(|| segment(72.0, row, &number));
            number.into_iter().chain([segment(100.0, row, words)])
        });
        let segments: Vec<Line> = segments.collect();
        let before = segments.len();
        let left = without_numbers(segments).len();
        assert_eq!(left != before, is_numbered, "{lines:?}");
        if is_numbered {
            assert_eq!(left, lines.len());
        }
    }

    #[test]
    fn numbers_of_lines_are_no_words_of_them() {
        check(&BILL, |row| (row + 1).to_string(), true);
        check(&BILL, |row| (row + 27).to_string(), true);
    }

    #[test]
    fn other_numbers_before_lines_stay() {
        // Few, not one after the other, and such as are no lines' numbers.
        check(&BILL[..4], |row| (row + 1).to_string(), false);
        check(&BILL, |row| (row * 7 % 5).to_string(), false);
        check(&BILL, |row| (row + 2020).to_string(), false);
        // Items, one a line, and items of several lines.
        let items = [
            "Open the pier",
            "Clear the ice",
            "Show a light",
            "Pay the fee",
            "Tell the guard",
            "Go home",
        ];
        check(&items, |row| (row + 1).to_string(), false);
        check(
            &BILL,
            |row| {
                if row % 2 == 0 {
                    (row / 2 + 1).to_string()
                } else {
                    String::new()
                }
            },
            false,
        );
        // A table of figures.
        let figures = ["12", "14", "9", "30", "7", "5"];
        check(&figures, |row| (row + 1).to_string(), false);
    }
}
