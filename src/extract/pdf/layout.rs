//! Sheets in, paragraphs out: the order of the steps.

use super::glyphs::Sheet;
use super::lines::{Line, segments};
use super::mend::{Vocabulary, letters};
use super::paragraphs::{Body, Paragraph, joined, of_page};
use super::{columns, numbered, running};

/// Lines that show how wide their column is.
const MIN_LINES: usize = 5;

/// What was laid out on all pages, in reading order.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) paragraphs: Vec<Paragraph>,
    /// The size of most letters.
    pub(super) body: f32,
}

/// Reads the pages as a person would.
pub(super) fn layout(sheets: &[Sheet]) -> Layout {
    let mut pages: Vec<(f32, Vec<Line>)> = sheets
        .iter()
        .enumerate()
        .map(|(at, sheet)| {
            let segments = numbered::without_numbers(segments(sheet, at + 1));
            let mut lines = columns::in_order(segments);
            lines.iter_mut().for_each(|line| line.text = letters(&line.text));
            (sheet.height, lines)
        })
        .collect();
    running::without(&mut pages);
    let mut pages: Vec<Vec<Line>> = pages.into_iter().map(|(_, lines)| lines).collect();
    pages.iter_mut().for_each(|lines| measure_columns(lines));
    let body = Body::of(&pages);
    let vocabulary = Vocabulary::of(pages.iter().flatten().map(|line| line.text.as_str()));
    let paragraphs = pages
        .iter()
        .map(|lines| of_page(lines, &body, &vocabulary))
        .collect();
    Layout {
        paragraphs: joined(paragraphs, &body, &vocabulary),
        body: body.size,
    }
}

/// Columns reach as far as the lines that are left in them; a head that was dropped may have been wider.
fn measure_columns(lines: &mut [Line]) {
    let mut columns: Vec<(f32, f32)> = lines.iter().map(|line| line.column).collect();
    columns.dedup();
    for column in columns {
        let within = || lines.iter().filter(|line| line.column == column);
        // A title alone above two columns stands in the whole width.
        if within().count() < MIN_LINES {
            continue;
        }
        let left = within().map(|line| line.left).fold(f32::INFINITY, f32::min);
        let right = within().map(|line| line.right).fold(f32::NEG_INFINITY, f32::max);
        let inside = lines.iter_mut().filter(|line| line.column == column);
        inside.for_each(|line| line.column = (left, right));
    }
}
