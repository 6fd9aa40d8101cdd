//! The segments of a page in, its lines in reading order out: a page of two columns is read column by column, a
//! table row by row.
//!
//! A gutter is a strip that no line crosses for several rows, with running text on both sides. What crosses it (a
//! title over both columns) ends the band above and begins the next one.

use super::lines::{Line, rows};

/// Rows with text on each side that make a band of columns.
const MIN_ROWS: usize = 4;
/// How much of its column's width a line of running text fills, in the middle of them.
const FILLED: f32 = 0.6;
/// Narrowest column, as a part of the width it was cut from.
const MIN_PART: f32 = 0.2;
/// Rows on one side only that are looked through for the heading of the right column.
const HEADING_ROWS: usize = 3;
/// How far the beginnings of lines of one column may lie apart, in points.
const SAME_EDGE: f32 = 2.0;
/// Columns inside columns.
const MAX_DEPTH: usize = 3;
/// Segments of a page beyond which it is no page of text.
const MAX_SEGMENTS: usize = 6_000;

/// The lines in the order they are read, each with the column it stands in.
pub(super) fn in_order(segments: Vec<Line>) -> Vec<Line> {
    let whole = extent(&segments);
    ordered(segments, whole, 0)
}

fn ordered(segments: Vec<Line>, (left, right): (f32, f32), depth: usize) -> Vec<Line> {
    let may_part = depth < MAX_DEPTH && segments.len() <= MAX_SEGMENTS;
    let mut rows = rows(segments);
    let mut lines = Vec::new();
    while let Some((range, gutter)) = may_part.then(|| band(&rows, left, right)).flatten() {
        let rest = rows.split_off(range.end);
        let columns = rows.split_off(range.start);
        let (before, after): (Vec<Line>, Vec<Line>) = columns
            .into_iter()
            .flatten()
            .partition(|segment| segment.left < gutter);
        lines.extend(ordered(
            rows.into_iter().flatten().collect(),
            (left, right),
            depth + 1,
        ));
        for column in [before, after] {
            let own = extent(&column);
            lines.extend(ordered(column, own, depth + 1));
        }
        rows = rest;
    }
    lines.extend(rows.into_iter().filter_map(|row| {
        let mut segments = row.into_iter();
        let mut line = segments.next()?;
        segments.for_each(|segment| line.append(segment));
        line.column = (left, right);
        Some(line)
    }));
    lines
}

fn extent(segments: &[Line]) -> (f32, f32) {
    let left = segments
        .iter()
        .map(|segment| segment.left)
        .fold(f32::INFINITY, f32::min);
    let right = segments
        .iter()
        .map(|segment| segment.right)
        .fold(f32::NEG_INFINITY, f32::max);
    (left, right)
}

/// The first band of rows that stands in two columns, and where the gutter is.
fn band(rows: &[Vec<Line>], left: f32, right: f32) -> Option<(std::ops::Range<usize>, f32)> {
    let width = right - left;
    // A gutter begins where a segment ends and another begins to its right.
    let mut starts: Vec<f32> = rows
        .iter()
        .flat_map(|row| row.iter().map(|segment| segment.left - 1.0))
        .filter(|at| *at > left + MIN_PART * width && *at < right - MIN_PART * width)
        .collect();
    starts.sort_by(f32::total_cmp);
    starts.dedup_by(|a, b| (*a - *b).abs() < 2.0);
    let bands = starts
        .iter()
        .take(200)
        .filter_map(|gutter| Some((longest(rows, *gutter, left, right)?, *gutter)));
    // The longest one wins, so that an indented paragraph makes no gutter of its own.
    bands.max_by_key(|(range, _)| range.len())
}

/// The longest run of rows that do not cross the gutter and hold running text on both sides.
fn longest(rows: &[Vec<Line>], gutter: f32, left: f32, right: f32) -> Option<std::ops::Range<usize>> {
    let crosses = |row: &Vec<Line>| {
        row.iter()
            .any(|segment| segment.left < gutter && segment.right > gutter)
    };
    let mut best: Option<std::ops::Range<usize>> = None;
    let mut start = 0;
    for at in 0..=rows.len() {
        if at < rows.len() && !crosses(&rows[at]) {
            continue;
        }
        let range = trimmed(rows, start..at, gutter);
        if is_two_columns(&rows[range.clone()], gutter, left, right)
            && best.as_ref().is_none_or(|best| best.len() < range.len())
        {
            best = Some(range);
        }
        start = at + 1;
    }
    best
}

/// Without the rows at both ends that stand on one side only and may be anything.
fn trimmed(rows: &[Vec<Line>], range: std::ops::Range<usize>, gutter: f32) -> std::ops::Range<usize> {
    let is_right = |row: &Vec<Line>| row.iter().any(|segment| segment.left >= gutter);
    let is_left = |row: &Vec<Line>| row.iter().any(|segment| segment.left < gutter);
    // Above the first row with something on the right there is only the left column, which may begin higher.
    let (mut start, mut end) = (range.start, range.end);
    let both = |row: &Vec<Line>| is_left(row) && is_right(row);
    while start < end && !both(&rows[start]) && start + 1 < end && !both(&rows[start + 1]) {
        start += 1;
    }
    while end > start && !is_left(&rows[end - 1]) {
        end -= 1;
    }
    // The heading of the right column may stand a little higher than that of the left one, and what is under it as well.
    let column = || {
        rows[start..end]
            .iter()
            .flatten()
            .filter(|segment| segment.left >= gutter)
    };
    let edge = column().map(|segment| segment.left).fold(f32::INFINITY, f32::min);
    let begins_column = |row: &Vec<Line>| row.iter().all(|segment| (segment.left - edge).abs() <= SAME_EDGE);
    let above = (range.start..start).rev().take(HEADING_ROWS);
    let raised = above
        .take_while(|at| !both(&rows[*at]))
        .filter(|at| begins_column(&rows[*at]));
    raised.last().unwrap_or(start)..end
}

fn is_two_columns(rows: &[Vec<Line>], gutter: f32, left: f32, right: f32) -> bool {
    let side = |is_left: bool| {
        let mut widths: Vec<f32> = Vec::new();
        let mut extent = (f32::INFINITY, f32::NEG_INFINITY);
        for row in rows {
            let of_side = || row.iter().filter(|segment| (segment.left < gutter) == is_left);
            let from = of_side()
                .map(|segment| segment.left)
                .fold(f32::INFINITY, f32::min);
            let to = of_side()
                .map(|segment| segment.right)
                .fold(f32::NEG_INFINITY, f32::max);
            if from < to {
                widths.push(of_side().map(|segment| segment.right - segment.left).sum());
                extent = (extent.0.min(from), extent.1.max(to));
            }
        }
        widths.sort_by(f32::total_cmp);
        let middle = widths.get(widths.len() / 2).copied().unwrap_or_default();
        let width = extent.1 - extent.0;
        widths.len() >= MIN_ROWS && width >= MIN_PART * (right - left) && middle >= FILLED * width
    };
    side(true) && side(false)
}
