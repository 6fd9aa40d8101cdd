//! Tables of data in a text: each row is one line with its cells parted by bars, whatever the judge of main text thinks of single
//! cells. Tables that only lay a page out stay as they were found.

use std::collections::{BTreeMap, HashSet};

use scraper::ElementRef;

use super::blocks::{Piece, one_line};
use super::tree::{Outline, letters};
use crate::model::document::BlockKind;

/// What parts two cells of a row.
const BAR: &str = "|";
/// Columns that one cell takes, at most: a page may say anything.
const COLUMNS: usize = 12;
/// Rows with two cells and more that make a table of data, and without headings.
const ROWS: usize = 2;
const ROWS_WITHOUT_HEADINGS: usize = 3;
/// Characters of a cell: a longer one holds a text.
const CELL: usize = 400;
/// How many elements around a table are looked at for the text that it stands in.
const AROUND: usize = 3;
/// Pieces before a table among which one of the text is looked for.
const LINES: usize = 8;
/// Words in the class of a table, or of an element around it, that is beside the text.
const BESIDE: [&str; 11] = [
    "nav",
    "navbar",
    "navbox",
    "navigation",
    "infobox",
    "sidebar",
    "toc",
    "calendar",
    "footer",
    "menu",
    "related",
];

/// The pieces of a text with the rows of its tables of data whole.
pub(super) fn with_rows(outline: &Outline<'_>, found: Vec<Piece>) -> Vec<Piece> {
    // Pieces that came from elsewhere have no place in the page.
    if found.is_empty() || found.iter().any(|piece| piece.place.is_none()) {
        return found;
    }
    let has_table = (outline.places.iter()).any(|place| place.element.value().name() == "table");
    if !has_table {
        return found;
    }
    let layout = Layout::of(outline);
    let tables = layout.tables(outline).into_iter().filter(|(table, pieces)| {
        layout.is_in_text(outline, *table, pieces, &found) && layout.is_data(outline, *table, pieces)
    });
    let tables: HashSet<usize> = tables.map(|(table, _)| table).collect();
    if tables.is_empty() {
        return found;
    }
    let row_of = |piece: &Piece| {
        let step = layout.steps[piece.place?];
        step.row
            .filter(|_| step.table.is_some_and(|table| tables.contains(&table)))
    };
    let mut pieces: Vec<Piece> = found
        .into_iter()
        .filter(|piece| row_of(piece).is_none())
        .collect();
    let mut cells: Option<(usize, Vec<&Piece>)> = None;
    for piece in &outline.pieces {
        let row = row_of(piece);
        if cells.as_ref().map(|(row, _)| *row) != row {
            pieces.extend(cells.take().map(|(row, cells)| layout.line(outline, row, &cells)));
        }
        if let Some(row) = row {
            cells.get_or_insert((row, Vec::new())).1.push(piece);
        }
    }
    pieces.extend(cells.map(|(row, cells)| layout.line(outline, row, &cells)));
    pieces.sort_by_key(|piece| piece.at);
    pieces
}

/// The innermost table, row and cell that an element is or stands in.
#[derive(Clone, Copy, Debug, Default)]
struct Steps {
    table: Option<usize>,
    row: Option<usize>,
    cell: Option<usize>,
    /// Whether a table stands around the table.
    is_nested: bool,
}

/// What of each table there is, by the places of a page.
struct Layout {
    steps: Vec<Steps>,
}

/// What a table holds.
#[derive(Default)]
struct Held {
    has_headings: bool,
    /// How many cells with words each row has.
    widths: Vec<usize>,
    linked: usize,
    letters: usize,
}

impl Layout {
    fn of(outline: &Outline<'_>) -> Self {
        let mut steps: Vec<Steps> = Vec::with_capacity(outline.places.len());
        for (at, place) in outline.places.iter().enumerate() {
            let outer = place.parent.map(|parent| steps[parent]).unwrap_or_default();
            steps.push(match place.element.value().name() {
                "table" => Steps {
                    table: Some(at),
                    is_nested: outer.table.is_some(),
                    ..Steps::default()
                },
                "tr" => Steps {
                    row: Some(at),
                    cell: None,
                    ..outer
                },
                "td" | "th" => Steps {
                    cell: Some(at),
                    ..outer
                },
                _ => outer,
            });
        }
        Self { steps }
    }

    /// The tables that neither stand in another one nor hold one, each with its pieces.
    fn tables<'p>(&self, outline: &'p Outline<'_>) -> Vec<(usize, Vec<&'p Piece>)> {
        let mut tables: BTreeMap<usize, Vec<&Piece>> = BTreeMap::new();
        for piece in &outline.pieces {
            let table = piece.place.and_then(|place| self.steps[place].table);
            if let Some(table) = table {
                tables.entry(table).or_default().push(piece);
            }
        }
        let nested = (0..self.steps.len())
            .filter(|at| self.steps[*at].table == Some(*at) && self.steps[*at].is_nested);
        let holders = nested.filter_map(|at| self.steps[outline.places[at].parent?].table);
        let holders: HashSet<usize> = holders.collect();
        tables.retain(|table, _| !self.steps[*table].is_nested && !holders.contains(table));
        tables.into_iter().collect()
    }

    /// Whether a table holds data: rows of short cells, with headings or all of one width.
    fn is_data(&self, outline: &Outline<'_>, table: usize, pieces: &[&Piece]) -> bool {
        let element = outline.places[table].element.value();
        let is_layout = matches!(element.attr("role"), Some("presentation" | "none"));
        if is_layout || is_beside_text(outline, table) {
            return false;
        }
        let Some(held) = self.held(outline, pieces) else {
            return false;
        };
        let is_even = held.widths.windows(2).all(|pair| pair[0] == pair[1]);
        let rows = if held.has_headings {
            ROWS
        } else {
            ROWS_WITHOUT_HEADINGS
        };
        let wide = held.widths.iter().filter(|width| **width > 1).count();
        wide >= rows && (held.has_headings || is_even) && held.linked * 2 < held.letters
    }

    /// What the pieces of a table are; `None` where a cell holds more than data.
    fn held(&self, outline: &Outline<'_>, pieces: &[&Piece]) -> Option<Held> {
        let mut held = Held::default();
        let (mut row, mut cell, mut length) = (None, None, 0);
        for piece in pieces {
            let steps = self.steps[piece.place?];
            if steps.cell.is_none() {
                continue;
            }
            if matches!(piece.kind, BlockKind::Heading | BlockKind::BlockQuote) {
                return None;
            }
            if row != steps.row {
                held.widths.push(0);
                row = steps.row;
            }
            if cell != steps.cell {
                *held.widths.last_mut()? += 1;
                cell = steps.cell;
                length = 0;
            }
            length += piece.text.chars().count();
            if length > CELL {
                return None;
            }
            held.has_headings |= cell.is_some_and(|at| outline.places[at].element.value().name() == "th");
            held.linked += piece.linked;
            held.letters += letters(&piece.text);
        }
        Some(held)
    }

    /// Whether a table stands among what was found: something of it was, a piece before it stands in an element close
    /// around it, or the text begins right in the element that it stands in.
    fn is_in_text(&self, outline: &Outline<'_>, table: usize, pieces: &[&Piece], found: &[Piece]) -> bool {
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
            return false;
        };
        let begun = found.partition_point(|piece| piece.at < first.at);
        let is_found = found.get(begun).is_some_and(|piece| piece.at <= last.at);
        let is_text = |piece: &&Piece| !matches!(piece.kind, BlockKind::Heading | BlockKind::Caption);
        let before = found[..begun].iter().rev().take(LINES).find(is_text);
        let holders = std::iter::successors(outline.places[table].parent, |at| outline.places[*at].parent);
        let mut holders = holders
            .take(AROUND)
            .take_while(|at| outline.places[*at].element.value().name() != "html");
        let is_around = |before: &Piece| {
            let place = before.place.unwrap_or_default();
            holders.any(|holder| outline.is_within(place, holder))
        };
        // What stands over a resolution: its number, its status, the day it was enacted.
        let after = found[begun..].iter().take(LINES).find(is_text);
        let holder = outline.places[table].parent;
        let is_under = |after: &Piece| {
            let parent = after.place.and_then(|place| outline.places[place].parent);
            parent == holder
        };
        is_found || before.is_some_and(is_around) || before.is_none() && after.is_some_and(is_under)
    }

    /// A row as a line with all its cells, also the empty ones: what stands under which heading is told by nothing else.
    fn line(&self, outline: &Outline<'_>, row: usize, pieces: &[&Piece]) -> Piece {
        let places = row + 1..self.steps.len();
        let inside = places.take_while(|at| self.steps[*at].row == Some(row));
        let cells: Vec<usize> = inside.filter(|at| self.steps[*at].cell == Some(*at)).collect();
        let mut rest = pieces;
        let mut text = String::new();
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                push(&mut text, BAR);
            }
            let is_own = |piece: &&&Piece| self.steps[piece.place.unwrap_or_default()].cell == Some(*cell);
            let (own, behind) = rest.split_at(rest.iter().take_while(is_own).count());
            rest = behind;
            own.iter()
                .for_each(|piece| push(&mut text, &one_line(&piece.text)));
            if cells.len() > 1 {
                (1..columns(outline.places[*cell].element)).for_each(|_| push(&mut text, BAR));
            }
        }
        Piece {
            place: Some(row),
            at: pieces.first().map_or(0, |piece| piece.at),
            linked: pieces.iter().map(|piece| piece.linked).sum(),
            ..Piece::paragraph(text, &outline.path(row))
        }
    }
}

/// Adds words to a line.
fn push(line: &mut String, words: &str) {
    if !line.is_empty() {
        line.push(' ');
    }
    line.push_str(words);
}

/// How many columns a cell takes.
fn columns(cell: ElementRef<'_>) -> usize {
    let stated = cell.value().attr("colspan");
    let columns = stated.and_then(|stated| stated.trim().parse().ok()).unwrap_or(1);
    columns.min(COLUMNS)
}

/// Whether the class of a table or list, or of an element close around it, names what is beside a text.
pub(super) fn is_beside_text(outline: &Outline<'_>, table: usize) -> bool {
    let around = std::iter::successors(Some(table), |at| outline.places[*at].parent).take(AROUND);
    let mut classes = around.filter_map(|at| outline.places[at].class);
    classes.any(|class| {
        let class = class.to_lowercase();
        let mut words = class.split(|mark: char| !mark.is_alphanumeric());
        words.any(|word| BESIDE.contains(&word))
    })
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;
    use crate::extract::tree;

    /// What is read of a page of which the pieces were found that end as sentences do.
    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let page = Html::parse_document(html);
        let outline = tree::outline(page.root_element());
        let mut found = outline.pieces.clone();
        found.retain(|piece| piece.text.ends_with('.'));
        outline.locate(&mut found);
        let found = with_rows(&outline, found);
        let lines: Vec<&str> = found.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(lines, expected);
    }

    const DATES: &str = "<tr><td>Draft</td><td>May 3</td></tr><tr><td>Comments<br>on it</td><td>June 4, <b>noon</b></td></tr>";

    #[test]
    fn a_row_is_a_line_with_its_cells_parted() {
        check(
            &format!(
                "<article><p>The dates are set.</p><table><thead><tr><th>Step</th><th>Due</th></tr></thead>{DATES}</table>\
                 <p>Nobody is late.</p></article>"
            ),
            &[
                "The dates are set.",
                "Step | Due",
                "Draft | May 3",
                "Comments on it | June 4, noon",
                "Nobody is late.",
            ],
        );
        // Without headings, in an element of its own.
        check(
            &format!(
                "<article><p>The dates are set.</p><div><table>{DATES}<tr><td>Hearing</td><td>July 5</td></tr></table></div></article>"
            ),
            &[
                "The dates are set.",
                "Draft | May 3",
                "Comments on it | June 4, noon",
                "Hearing | July 5",
            ],
        );
    }

    #[test]
    fn an_empty_cell_and_one_of_several_columns_keep_their_places() {
        check(
            "<article><p>The dates are set.</p><table><tr><th></th><th>Hearing</th><th>Due</th></tr>\
             <tr><td>Draft</td><td></td><td>May 3</td></tr><tr><td colspan=2>Plan</td><td>June 4</td></tr>\
             <tr><td>Map</td><td>July 5</td><td></td></tr><tr><td colspan=3>All in the hall</td></tr></table></article>",
            &[
                "The dates are set.",
                "| Hearing | Due",
                "Draft | | May 3",
                "Plan | | June 4",
                "Map | July 5 |",
                "All in the hall",
            ],
        );
    }

    #[test]
    fn a_table_that_lays_a_page_out_stays_as_it_was_found() {
        let text = "The pier is shut until the spring, and the boats lie in the harbor. ".repeat(7);
        let text = text.trim_end();
        check(
            &format!(
                "<table><tr><th>Menu</th><th>News</th></tr><tr><td>Home</td><td><p>{text}</p></td></tr><tr><td>a</td><td>b</td></tr></table>"
            ),
            &[text],
        );
        check(
            "<table><tr><td><h2>Tide</h2></td><td>One.</td></tr><tr><td>a</td><td>Two.</td></tr><tr><td>a</td><td>b</td></tr></table>",
            &["One.", "Two."],
        );
        check(
            &format!(
                "<table><tr><td>Menu</td><td><p>One.</p><table><tr><th>a</th></tr>{DATES}</table></td></tr></table>"
            ),
            &["One."],
        );
    }

    #[test]
    fn a_table_may_stand_over_the_text() {
        let head =
            "<tr><th>Status</th><td>Adopted</td></tr><tr><th>Enactment date</th><td>March 9, 2026</td></tr>";
        check(
            &format!("<div><h1>Res. 118</h1><table>{head}</table><p>Whereas the pier is shut.</p></div>"),
            &[
                "Status | Adopted",
                "Enactment date | March 9, 2026",
                "Whereas the pier is shut.",
            ],
        );
        check(
            &format!("<div><div><table>{head}</table></div><div><p>The pier is shut.</p></div></div>"),
            &["The pier is shut."],
        );
    }

    #[test]
    fn a_table_beside_the_text_is_none_of_it() {
        check(
            &format!(
                "<div><div><div><div><p>One.</p></div></div></div><div><div><div><div><table><tr><th>a</th><th>b</th></tr>{DATES}</table></div></div></div></div></div>"
            ),
            &["One."],
        );
        check(
            &format!(
                "<article><p>One.</p><table class=infobox><tr><th>a</th><th>b</th></tr>{DATES}</table></article>"
            ),
            &["One."],
        );
        let links = "<tr><td><a href=/a>Harbor</a></td><td><a href=/b>Pier</a></td></tr>".repeat(3);
        check(
            &format!("<article><p>One.</p><table>{links}</table></article>"),
            &["One."],
        );
    }
}
