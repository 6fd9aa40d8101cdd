//! What changed lately: every wording that came in the place of an earlier one, the newest first, with what it turned.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query as Parameters, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use serde::Deserialize;

use super::super::desk::Desk;
use super::super::error::{self, Failure};
use super::changes::{self, FactView, PieceView};
use super::{shown, sources};
use crate::model::id::RevisionId;
use crate::pipeline::alerts;
use crate::store::{DocumentRow, Edit};
use crate::text::wording::{Change, Move, Piece, moved};

/// Edits of one page, and of the front page.
const PAGE: u32 = 20;
const LATELY: u32 = 3;
/// Bytes of both wordings that are compared for a list; of longer ones it only says that they changed.
const COMPARED: usize = 300_000;
/// Words that are shown of what stayed, next to what did not, and of what came or went as a whole.
const AROUND: usize = 8;
const SHOWN: usize = 40;

/// Behind which edit a list goes on: when it was seen, and its id.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EditsParameters {
    before: Option<String>,
}

#[derive(Template)]
#[template(path = "edits.html")]
struct EditsPage {
    query: &'static str,
    edits: Vec<EditView>,
    /// The address of the next ones.
    next: Option<String>,
    is_first: bool,
}

/// An edit as a list shows it.
pub(super) struct EditView {
    pub(super) seen: String,
    pub(super) source_name: String,
    pub(super) source: String,
    pub(super) title: String,
    pub(super) address: String,
    /// What may turn the meaning.
    pub(super) turned: Vec<String>,
    pub(super) facts: Vec<FactView>,
    /// What the outlet says that it corrected; `None` where that was not looked for.
    pub(super) corrections: Option<Vec<String>>,
    /// The passage that tells most, and in how many places more the text changed.
    pub(super) pieces: Vec<PieceView>,
    pub(super) more: usize,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    parameters: Result<Parameters<EditsParameters>, QueryRejection>,
) -> Result<Response, Failure> {
    let wrong = || {
        Failure::bad_request(
            "that is no place of this list".into(),
            "take the address of `earlier edits`",
        )
    };
    let Parameters(parameters) = parameters.map_err(|_| wrong())?;
    let behind = parameters.before.as_deref().map(|before| {
        let (seen_at, id) = before.split_once(' ')?;
        Some((seen_at.parse::<Timestamp>().ok()?, RevisionId::new(id)))
    });
    let behind = match behind {
        Some(place) => Some(place.ok_or_else(wrong)?),
        None => None,
    };
    let behind = behind.as_ref().map(|(seen_at, id)| (*seen_at, id));
    let edits = desk.tracker.store.newest_edits(behind, PAGE).await?;
    let next = edits.last().filter(|_| edits.len() == PAGE as usize).map(|last| {
        let place = format!("{} {}", last.after.fetched_at, last.after.id);
        let pairs = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("before", &place)
            .finish();
        format!("/changes?{pairs}")
    });
    let page = EditsPage {
        query: "",
        edits: views(&desk, edits).await?,
        next,
        is_first: parameters.before.is_none(),
    };
    Ok(error::page(StatusCode::OK, &page))
}

/// The edits that were seen last, and since a moment.
pub(super) async fn lately(desk: &Desk, since: Timestamp) -> Result<Vec<EditView>, Failure> {
    let mut edits = desk.tracker.store.newest_edits(None, LATELY).await?;
    edits.retain(|edit| edit.after.fetched_at >= since);
    views(desk, edits).await
}

async fn views(desk: &Desk, edits: Vec<Edit>) -> Result<Vec<EditView>, Failure> {
    let mut views = Vec::with_capacity(edits.len());
    for edit in edits {
        views.extend(view(desk, edit).await?);
    }
    Ok(views)
}

async fn view(desk: &Desk, edit: Edit) -> Result<Option<EditView>, Failure> {
    let Some(document) = desk.tracker.store.document(&edit.after.document).await? else {
        return Ok(None);
    };
    if edit.before.reading.text.len() + edit.after.reading.text.len() > COMPARED {
        return Ok(Some(uncompared(desk, edit, document)));
    }
    let spoken = changes::quotes(desk, &edit.before, &edit.after).await?;
    let facts = changes::facts(desk, &edit.before, &edit.after, &spoken).await?;
    let (before, after) = (edit.before, edit.after);
    let (source, title) = (document.source, after.reading.title.clone());
    let (seen, address) = (
        shown(after.fetched_at),
        format!(
            "/documents/{}/changes?from={}&to={}",
            document.id, before.id, after.id
        ),
    );
    let compared = tokio::task::spawn_blocking(move || {
        let compared = changes::compared(&before, &after);
        let turned = changes::turned(&compared);
        let corrections = alerts::printed_since(&before, &after);
        (compared, turned, corrections)
    });
    let (compared, turned, corrections) = compared
        .await
        .map_err(|_| Failure::inside("comparing stopped unexpectedly"))?;
    let moves = moved(&compared);
    let (pieces, more) = passage(&compared, &moves, turned.first().map(|turned| turned.number));
    Ok(Some(EditView {
        seen,
        source_name: desk.tracker.publisher(&source).name,
        source: sources::address(&source),
        title: title.unwrap_or(document.url),
        address,
        turned: turned.into_iter().map(|turned| turned.told).collect(),
        facts,
        corrections: Some(corrections),
        pieces,
        more,
    }))
}

/// An edit of a text that is too long to be compared for a list.
fn uncompared(desk: &Desk, edit: Edit, document: DocumentRow) -> EditView {
    EditView {
        seen: shown(edit.after.fetched_at),
        source_name: desk.tracker.publisher(&document.source).name,
        source: sources::address(&document.source),
        title: edit.after.reading.title.unwrap_or(document.url),
        address: format!(
            "/documents/{}/changes?from={}&to={}",
            document.id, edit.before.id, edit.after.id
        ),
        turned: Vec::new(),
        facts: Vec::new(),
        corrections: None,
        pieces: Vec::new(),
        more: 0,
    }
}

/// The paragraph that tells most of an edit, with the words around what changed, and in how many places more the text changed: the
/// first that turned, else the first that was reworded, else the first that came or went.
fn passage(compared: &[Vec<Piece>], moves: &[Move], turned: Option<usize>) -> (Vec<PieceView>, usize) {
    let is_moved = |at: usize| moves.iter().any(|it| it.from == at || it.to == at);
    let changed: Vec<usize> = (0..compared.len())
        .filter(|at| !changes::is_same(&compared[*at]))
        .collect();
    let turned = turned.and_then(|number| changed.get(number.checked_sub(1)?).copied());
    let told: Vec<usize> = changed.into_iter().filter(|at| !is_moved(*at)).collect();
    let reworded = told.iter().copied().find(|at| compared[*at].len() > 1);
    let Some(at) = turned.or(reworded).or(told.first().copied()) else {
        return (Vec::new(), 0);
    };
    (
        changes::piece_views(&windowed(&compared[at])),
        told.len().saturating_sub(1),
    )
}

/// The pieces of a paragraph with so much of what stayed as is next to what did not.
fn windowed(pieces: &[Piece]) -> Vec<Piece> {
    let last = pieces.len().saturating_sub(1);
    let windowed = pieces.iter().enumerate().map(|(at, piece)| {
        let words: Vec<&str> = piece.text.split_whitespace().collect();
        let text = match piece.change {
            Change::Kept if at == 0 && words.len() > AROUND => {
                format!("… {} ", words[words.len() - AROUND..].join(" "))
            }
            Change::Kept if at == last && words.len() > AROUND => format!("{} …", words[..AROUND].join(" ")),
            Change::Kept if words.len() > 2 * AROUND => format!(
                "{} … {} ",
                words[..AROUND].join(" "),
                words[words.len() - AROUND..].join(" ")
            ),
            Change::Removed | Change::Added if words.len() > SHOWN => {
                format!("{} … ", words[..SHOWN].join(" "))
            }
            _ => piece.text.clone(),
        };
        Piece {
            change: piece.change,
            text,
        }
    });
    windowed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::wording::revised;

    /// The passage of an edit, each piece with its mark before it.
    fn told(old: &[&str], new: &[&str], turned: Option<usize>) -> (String, usize) {
        let compared = revised(old, new);
        let (pieces, more) = passage(&compared, &moved(&compared), turned);
        let told = pieces
            .iter()
            .map(|piece| format!("[{}]{}{}", piece.element, piece.text, piece.gap));
        (told.collect(), more)
    }

    #[test]
    fn an_edit_is_told_by_the_passage_that_says_most_of_it() {
        let old = [
            "It rains on the pier.",
            "A long beginning of a sentence that says a lot about the pier and its boats costs $86 million.",
        ];
        let new = [
            "A new paragraph.",
            "It rains on the pier.",
            "A long beginning of a sentence that says a lot about the pier and its boats costs $68 million.",
        ];
        let (passage, more) = told(&old, &new, None);
        let expected = "[]… lot about the pier and its boats costs [del]$86 [ins]$68 []million.";
        assert_eq!((passage.as_str(), more), (expected, 1));
        let (gone, more) = told(&["One.", "We will not sell it."], &["One."], None);
        assert_eq!((gone.as_str(), more), ("[del]We will not sell it.", 0));
        assert_eq!(told(&["One."], &["One."], None), (String::new(), 0));
    }
}
