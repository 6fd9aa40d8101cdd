//! What can be said of a piece of text that tells whether it is of the main text: its words, where it stands, what
//! surrounds it, how the page's makers named its place. Nothing here knows a publisher or a language.

mod counts;
mod first_row;
mod second_row;
mod surroundings;
mod told;

use super::linked_body::Words;
use super::{Clues, hints};
use crate::extract::blocks::Piece;
use crate::extract::tree::{Outline, Place};
use counts::{Counts, count};
use second_row::Judged;
pub(super) use surroundings::common;
use surroundings::{Sums, signature, sums};
use told::Told;

/// A value that no piece has.
const NONE: f32 = -1.0;
/// How many blocks around a piece are looked at.
const ANCESTORS: usize = 4;
const ABOVE: [&str; ANCESTORS] = ["above 0", "above 1", "above 2", "above 3"];
const NUMBERS: [&str; ANCESTORS] = ["0", "1", "2", "3"];
/// Pieces before and after one that its second row sees.
const NEIGHBOURS: usize = 3;

/// A row of features: the values in a fixed order; an empty one stands for a piece that needs no judge.
pub type Row = Vec<f32>;

/// What a page's pieces were measured by.
pub(super) struct Measured<'a> {
    pieces: &'a [Piece],
    places: &'a [Place<'a>],
    words: &'a Words,
    counts: Vec<Counts>,
    sums: Vec<Sums>,
    /// The signature of each piece: which element in which elements holds it.
    signatures: Vec<u64>,
    /// Rows for the first forest.
    pub(super) rows: Vec<Row>,
}

/// The first row of each piece.
pub(super) fn measure<'a>(outline: &'a Outline<'a>, clues: &Clues<'_>, words: &'a Words) -> Measured<'a> {
    let (pieces, places) = (&outline.pieces[..], &outline.places[..]);
    let counts: Vec<Counts> = pieces.iter().map(|piece| count(&piece.text)).collect();
    let sums = sums(pieces, places, &counts);
    let signatures = pieces
        .iter()
        .map(|piece| signature(places, place(piece)))
        .collect();
    let mut measured = Measured {
        pieces,
        places,
        words,
        counts,
        sums,
        signatures,
        rows: Vec::new(),
    };
    measured.rows = measured.first_rows(clues);
    measured
}

fn place(piece: &Piece) -> usize {
    piece.place.unwrap_or_default()
}

/// Names and values of one row, in order.
#[derive(Default)]
struct Builder {
    names: Option<Vec<String>>,
    values: Row,
}

impl Builder {
    fn push(&mut self, name: &str, value: f32) {
        if let Some(names) = &mut self.names {
            names.push(name.to_owned());
        }
        self.values.push(value);
    }

    fn flag(&mut self, name: &str, value: bool) {
        self.push(name, f32::from(u8::from(value)));
    }
}

/// A name in two parts, where names are asked for.
fn format_name(row: &Builder, what: &str, of: &str) -> String {
    row.names
        .as_ref()
        .map_or(String::new(), |_| format!("{what}: {of}"))
}

/// The names of the features of the second row, the first row's before them.
pub(super) fn names() -> Vec<String> {
    let page = scraper::Html::parse_document("<p>a</p>");
    let outline = crate::extract::tree::outline(page.root_element());
    let clues = Clues::default();
    let words = Words::of(&outline, None);
    let measured = measure(&outline, &clues, &words);
    let context = measured.context(&clues);
    let mut row = Builder {
        names: Some(Vec::new()),
        values: Row::new(),
    };
    let levels = hints::levels(&outline.places);
    measured.first_row(0, &context, &levels, &Told::new(&clues), &mut row);
    let thought = [0.0];
    measured.second_row(0, &thought, &Judged::new(&measured, &thought), &mut row);
    row.names.unwrap_or_default()
}
