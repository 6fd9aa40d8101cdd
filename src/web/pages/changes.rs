//! What changed between two revisions of a document, paragraph by paragraph and word by word.

use std::collections::HashMap;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query as Parameters, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::super::asked;
use super::super::desk::Desk;
use super::super::error::{self, Failure};
use super::facts::{FactView, facts, quotes};
use super::shown;
use crate::index::QUOTATION_MARKS;
use crate::model::id::DocumentId;
use crate::pipeline::alerts;
use crate::store::{RevisionLine, RevisionRow};
use crate::text::days;
use crate::text::differing::differences_of;
use crate::text::wording::{Change, Move, Piece, moved, revised};

/// Words of a paragraph that says something.
const PARAGRAPH: usize = 6;
/// Words of changed paragraphs that are looked through for what turns them; a text in which more changed is another one.
const LOOKED_THROUGH: usize = 20_000;
/// Unchanged paragraphs that are shown before and behind a changed one.
const AROUND: usize = 1;

/// Which revisions are compared.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangesParameters {
    from: Option<String>,
    to: Option<String>,
}

#[derive(Template)]
#[template(path = "changes.html")]
struct ChangesPage {
    query: &'static str,
    document: String,
    title: String,
    before: Side,
    after: Side,
    /// Every revision, to choose others.
    sides: Vec<Side>,
    /// What the outlet says of the change itself: corrections that came with it.
    corrections: Vec<String>,
    /// Which changes of the text may turn what it says.
    turned: Vec<Turned>,
    /// What changed beside the text.
    facts: Vec<FactView>,
    changed: usize,
    added: usize,
    removed: usize,
    moved: usize,
    stretches: Vec<Stretch>,
}

#[derive(Clone)]
struct Side {
    id: String,
    captured: String,
    capture: String,
}

/// A change that may turn what a text says: what differs, and the number of the change.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::web) struct Turned {
    /// In words, and for programs.
    pub(in crate::web) told: String,
    pub(in crate::web) code: &'static str,
    /// Whether it lies outside the quotes of its paragraph.
    pub(in crate::web) is_beside_quotes: bool,
    pub(super) number: usize,
}

/// Paragraphs that are shown together.
struct Stretch {
    /// Whether they are the same on both sides and far from what changed.
    is_folded: bool,
    paragraphs: Vec<Paragraph>,
}

struct Paragraph {
    /// The number of the change, from 1, and that of the next one; 0 where it is the last.
    number: usize,
    next: usize,
    /// Where it went or came from, if it only stands elsewhere now.
    moved: &'static str,
    pieces: Vec<PieceView>,
}

/// A piece as pages show it.
pub(in crate::web) struct PieceView {
    /// `del`, `ins` or nothing.
    pub(in crate::web) element: &'static str,
    pub(in crate::web) text: String,
    /// The space behind it, which neither went nor came.
    pub(in crate::web) gap: &'static str,
}

/// Pieces as pages show them: with a space where a word that went meets the one that came.
pub(super) fn piece_views(pieces: &[Piece]) -> Vec<PieceView> {
    let view = |(index, piece): (usize, &Piece)| {
        let is_last = index + 1 == pieces.len();
        let text = piece.text.trim_end();
        let is_parted = piece.text.len() > text.len() || !is_last;
        PieceView {
            element: match piece.change {
                Change::Kept => "",
                Change::Removed => "del",
                Change::Added => "ins",
            },
            text: text.to_string(),
            gap: if is_parted { " " } else { "" },
        }
    };
    pieces.iter().enumerate().map(view).collect()
}

pub(super) async fn page(
    State(desk): State<Desk>,
    Path(id): Path<String>,
    parameters: Result<Parameters<ChangesParameters>, QueryRejection>,
) -> Result<Response, Failure> {
    let store = &desk.tracker.store;
    let missing = || Failure::not_found("such revision of this document");
    let document = Failure::unless_held(store.document(&DocumentId::new(id)).await?, "such document")?;
    let Parameters(given) =
        parameters.map_err(|rejected| asked::unreadable(&rejected, "parameters are from and to"))?;
    let revisions = store.revision_lines_of(&document.id).await?;
    let at = |id: &str| revisions.iter().position(|revision| revision.id.as_str() == id);
    let to = match &given.to {
        Some(id) => at(id).ok_or_else(missing)?,
        None => revisions.len().checked_sub(1).ok_or_else(missing)?,
    };
    // Without a choice a revision stands beside the one before it.
    let from = match &given.from {
        Some(id) => at(id).ok_or_else(missing)?,
        None => to.saturating_sub(1),
    };
    let before = store.revision(&revisions[from].id).await?.ok_or_else(missing)?;
    let after = store.revision(&revisions[to].id).await?.ok_or_else(missing)?;
    let quotes = quotes(&desk, &before, &after).await?;
    let facts = facts(&desk, &before, &after, &quotes).await?;
    let corrections = alerts::printed_since(&before, &after);
    let compared = tokio::task::spawn_blocking(move || {
        let compared = compared(&before, &after);
        let turned = turned(&compared);
        let moves = moved(&compared);
        let stretches = stretches(&compared, &moves);
        (compared, turned, moves, stretches)
    });
    let (compared, turned, moves, stretches) = compared
        .await
        .map_err(|_| Failure::inside("comparing stopped unexpectedly"))?;
    let count = |kind: fn(&[Piece]) -> bool| compared.iter().filter(|pieces| kind(pieces)).count();
    let title = revisions[to].title.clone();
    let seen = days::instants(revisions[from].fetched_at, revisions[to].fetched_at);
    let page = ChangesPage {
        query: "",
        document: document.id.to_string(),
        title: title.unwrap_or_else(|| "Without a headline".into()),
        before: Side {
            captured: seen.0,
            ..side(&revisions[from])
        },
        after: Side {
            captured: seen.1,
            ..side(&revisions[to])
        },
        sides: revisions.iter().map(side).collect(),
        corrections,
        turned,
        facts,
        changed: count(|pieces| pieces.len() > 1),
        added: count(|pieces| matches!(pieces, [piece] if piece.change == Change::Added)) - moves.len(),
        removed: count(|pieces| matches!(pieces, [piece] if piece.change == Change::Removed)) - moves.len(),
        moved: moves.len(),
        stretches,
    };
    Ok(error::page(StatusCode::OK, &page))
}

/// Which changed paragraphs say something else than before by a word that turns them, each with the number of its change. What differs
/// beside the quotes of a paragraph only says so: it turns the reporter's words, and nobody else's.
pub(super) fn turned(compared: &[Vec<Piece>]) -> Vec<Turned> {
    let changed = compared.iter().filter(|pieces| !is_same(pieces)).enumerate();
    // What came or went as a whole turns nothing; "Updated 3:15 p.m." is none of the text.
    let words = |pieces: &[Piece]| -> usize {
        let words = pieces.iter().map(|piece| piece.text.split_whitespace().count());
        words.sum()
    };
    let mut looked_through = 0;
    let reworded = changed.filter(|(_, pieces)| {
        let words = if pieces.len() > 1 { words(pieces) } else { 0 };
        let is_one = words >= PARAGRAPH && looked_through + words <= LOOKED_THROUGH;
        looked_through += if is_one { words } else { 0 };
        is_one
    });
    let turned = reworded.flat_map(|(at, pieces)| {
        let before = pieces.iter().filter(|piece| piece.change != Change::Added);
        let before: String = before.map(|piece| piece.text.as_str()).collect();
        let graves = differences_of(&before, pieces).into_iter();
        let graves = graves.filter(|difference| difference.is_grave());
        let is_beside_quotes = is_beside_marks(pieces);
        let beside = if is_beside_quotes {
            ", outside the quotes"
        } else {
            ""
        };
        let turned = graves.map(|grave| Turned {
            told: format!("{}{beside}", grave.told()),
            code: grave.code(),
            is_beside_quotes,
            number: at + 1,
        });
        turned.collect::<Vec<_>>()
    });
    turned.collect()
}

/// Whether a paragraph has words in quotation marks, on both sides the same: what went and what came has no words in marks, nor a mark. One that
/// is opened and not closed reaches to the end.
fn is_beside_marks(pieces: &[Piece]) -> bool {
    let has_marks = pieces.iter().any(|piece| piece.text.contains(QUOTATION_MARKS));
    has_marks
        && [Change::Removed, Change::Added].into_iter().all(|change| {
            let mut is_inside = false;
            pieces
                .iter()
                .filter(|piece| piece.change == Change::Kept || piece.change == change)
                .all(|piece| {
                    let is_touched = is_inside || piece.text.contains(QUOTATION_MARKS);
                    for mark in piece.text.matches(QUOTATION_MARKS) {
                        is_inside =
                            matches!(mark, "“" | "„" | "«") || (!matches!(mark, "”" | "»") && !is_inside);
                    }
                    piece.change == Change::Kept || !is_touched
                })
        })
}

/// The paragraphs of both, the headline first.
pub(super) fn compared(before: &RevisionRow, after: &RevisionRow) -> Vec<Vec<Piece>> {
    let paragraphs = |revision: &RevisionRow| -> Vec<String> {
        let reading = &revision.reading;
        let blocks = reading
            .blocks
            .iter()
            .map(|block| block.span.slice(&reading.text).to_string());
        reading.title.clone().into_iter().chain(blocks).collect()
    };
    let (old, new) = (paragraphs(before), paragraphs(after));
    let old: Vec<&str> = old.iter().map(String::as_str).collect();
    let new: Vec<&str> = new.iter().map(String::as_str).collect();
    revised(&old, &new)
}

fn side(revision: &RevisionLine) -> Side {
    Side {
        id: revision.id.to_string(),
        captured: shown(revision.fetched_at),
        capture: revision.capture.to_string(),
    }
}

pub(super) fn is_same(pieces: &[Piece]) -> bool {
    pieces.iter().all(|piece| piece.change == Change::Kept)
}

/// The paragraphs in stretches: what changed with what stands around it, and what is far from any change.
fn stretches(compared: &[Vec<Piece>], moves: &[Move]) -> Vec<Stretch> {
    let is_changed: Vec<bool> = compared.iter().map(|pieces| !is_same(pieces)).collect();
    let all = is_changed.iter().filter(|is_changed| **is_changed).count();
    let moved = where_moved(moves);
    let mut seen = 0;
    let mut stretches: Vec<Stretch> = Vec::new();
    for (index, pieces) in compared.iter().enumerate() {
        seen += usize::from(is_changed[index]);
        let number = if is_changed[index] { seen } else { 0 };
        let where_moved = moved.get(&index).copied();
        let paragraph = Paragraph {
            number,
            next: if number > 0 && number < all { number + 1 } else { 0 },
            moved: where_moved.unwrap_or_default(),
            pieces: match where_moved {
                Some(_) => vec![unmarked(pieces)],
                None => piece_views(pieces),
            },
        };
        let around = index.saturating_sub(AROUND)..(index + AROUND + 1).min(is_changed.len());
        let is_folded = !is_changed[around].contains(&true);
        match stretches.last_mut().filter(|last| last.is_folded == is_folded) {
            Some(last) => last.paragraphs.push(paragraph),
            None => stretches.push(Stretch {
                is_folded,
                paragraphs: vec![paragraph],
            }),
        }
    }
    stretches
}

/// Where the paragraphs that moved went or came from, in words, by their places.
fn where_moved(moves: &[Move]) -> HashMap<usize, &'static str> {
    let told = |it: &Move| match it.from < it.to {
        true => [
            (it.from, "stood here, moved down"),
            (it.to, "moved here from above"),
        ],
        false => [
            (it.from, "stood here, moved up"),
            (it.to, "moved here from below"),
        ],
    };
    moves.iter().flat_map(told).collect()
}

/// A paragraph that only stands elsewhere: its words neither went nor came.
fn unmarked(pieces: &[Piece]) -> PieceView {
    PieceView {
        element: "",
        text: pieces.iter().map(|piece| piece.text.as_str()).collect(),
        gap: "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_a_paragraph_is_told_with_the_number_of_its_change() {
        let old = [
            "a",
            "We will not sell the pier to anybody.",
            "It costs all of us $86 million.",
            "Boats are blue.",
        ];
        let new = [
            "b",
            "We will sell the pier to anybody.",
            "It costs all of us $68 million.",
            "Boats are blue.",
        ];
        let told = |old: &[&str], new: &[&str]| {
            let turned = turned(&revised(old, new)).into_iter();
            turned
                .map(|turned| (turned.told, turned.number))
                .collect::<Vec<_>>()
        };
        // The first paragraph went and another came: two changes.
        let expected = [("a negation differs", 3), ("a number differs", 4)];
        assert_eq!(
            told(&old, &new),
            expected.map(|(told, number)| (told.to_owned(), number))
        );
        // What is new turns nothing, whatever it says.
        let grown = told(&["a b c."], &["a b c.", "We will not sell 4 piers."]);
        assert!(grown.is_empty(), "{grown:?}");
    }

    #[test]
    fn only_what_is_in_no_marks_is_told_to_lie_outside_the_quotes() {
        let told = |old: &str, new: &str| {
            let turned = turned(&revised(&[old], &[new]));
            turned
                .into_iter()
                .map(|turned| turned.told)
                .collect::<Vec<_>>()
                .join("; ")
        };
        let outside = "a negation differs, outside the quotes";
        let asked = "“He has the spine of a jellyfish,” said a man who asked not to be named.";
        assert_eq!(
            told(
                asked,
                "“He has the spine of a jellyfish,” said a man who asked to be named."
            ),
            outside
        );
        for (old, new) in [
            (
                "Mayor Lima: “We will not sell the harbor pier”",
                "Mayor Lima: “We will sell the harbor pier”",
            ),
            (
                "Mayor Lima: \"We will not sell the harbor pier\"",
                "Mayor Lima: \"We will sell the harbor pier\"",
            ),
            (
                "“By spring we will not hire them,” said Mayor Ana Lima.",
                "“By spring we will hire them,” the mayor told us today.",
            ),
            (
                "“We will not go. “We will stay, she said.",
                "“We will go. “We will stay, she said.",
            ),
        ] {
            assert!(
                told(old, new).starts_with("a negation differs") && !told(old, new).contains("outside"),
                "{old}"
            );
        }
        // Where there are no marks, there is no other side of them.
        assert_eq!(
            told("The city did not pay for it all.", "The city did pay for it all."),
            "a negation differs"
        );
    }

    #[test]
    fn a_paragraph_that_moved_says_where_and_each_change_has_its_number() {
        let paragraph = |number: usize| format!("Boat {number} sails at {number} and is back at dusk.");
        let old: Vec<String> = (0..6).map(paragraph).collect();
        let mut new = old.clone();
        let first = new.remove(0);
        new.push(first);
        let (old, new): (Vec<&str>, Vec<&str>) = (
            old.iter().map(String::as_str).collect(),
            new.iter().map(String::as_str).collect(),
        );
        let compared = revised(&old, &new);
        let stretches = stretches(&compared, &moved(&compared));
        let told: Vec<(&str, usize, usize)> = stretches
            .iter()
            .flat_map(|stretch| &stretch.paragraphs)
            .filter(|paragraph| paragraph.number > 0)
            .map(|paragraph| (paragraph.moved, paragraph.number, paragraph.next))
            .collect();
        assert_eq!(
            told,
            [("stood here, moved down", 1, 2), ("moved here from above", 2, 0)]
        );
    }

    #[test]
    fn a_long_text_that_changed_throughout_is_laid_out_in_one_pass() {
        // Each paragraph beside each change, these would be some ten thousand million steps.
        let piece = |number: usize| Piece {
            change: Change::Added,
            text: number.to_string(),
        };
        let compared: Vec<Vec<Piece>> = (0..100_000).map(|number| vec![piece(number)]).collect();
        let moves: Vec<Move> = (0..50_000)
            .map(|at| Move {
                from: at,
                to: at + 50_000,
            })
            .collect();
        let stretches = stretches(&compared, &moves);
        assert_eq!((stretches.len(), stretches[0].paragraphs.len()), (1, 100_000));
    }

    #[test]
    fn what_is_far_from_a_change_is_folded_away() {
        let old = ["a", "b", "c", "d e f", "g"];
        let new = ["a", "b", "c", "d x f", "g"];
        let stretches = stretches(&revised(&old, &new), &[]);
        let shape: Vec<(bool, usize)> = stretches
            .iter()
            .map(|stretch| (stretch.is_folded, stretch.paragraphs.len()))
            .collect();
        assert_eq!(shape, [(true, 2), (false, 3)]);
        let changed = &stretches[1].paragraphs[1];
        let pieces: Vec<(&str, &str)> = changed
            .pieces
            .iter()
            .map(|piece| (piece.element, piece.text.as_str()))
            .collect();
        assert_eq!(pieces, [("", "d"), ("del", "e"), ("ins", "x"), ("", "f")]);
        assert_eq!((changed.number, changed.next), (1, 0));
    }
}
