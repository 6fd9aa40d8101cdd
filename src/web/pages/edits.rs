//! What changed lately: every wording that came in the place of an earlier one and every page that was not found again, the
//! newest first, with what it turned.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query as Parameters, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;

use super::super::asked;
use super::super::desk::Desk;
use super::super::error::{self, Failure};
use super::super::happenings::{self, Asked, ChangesParameters, Happening};
use super::changes::{self, PieceView, Turned};
use super::facts::{self, FactView};
use super::{shown, sources};
use crate::index::EVERY_TOPIC;
use crate::model::event::{ChangeKind, Line};
use crate::model::id::{DocumentId, RevisionId};
use crate::pipeline::{self, alerts};
use crate::store::{Absence, DocumentRow, Edit, PastAbsence};
use crate::text::days;
use crate::text::wording::{Change, Move, Piece, moved};

/// Changes of one page.
const PAGE: usize = 20;
/// Bytes of both wordings that are compared for a list; of longer ones it only says that they changed.
const COMPARED: usize = 300_000;
/// Words that are shown of what stayed, next to what did not, and of what came or went as a whole.
const AROUND: usize = 8;
const SHOWN: usize = 40;

#[derive(Template)]
#[template(path = "edits.html")]
struct EditsPage {
    query: &'static str,
    edits: Vec<EditView>,
    /// The address of the next ones.
    next: Option<String>,
    is_first: bool,
    /// Whether there are topics, whether what is on none is listed as well, and the address of the other list.
    has_topics: bool,
    takes_all_topics: bool,
    all: String,
    /// Whether only some changes are asked for, whatever their topic.
    is_narrowed: bool,
    asked: ChangesParameters,
    /// The sources there are, each with its name.
    sources: Vec<(String, String)>,
}

/// A change as a list shows it.
pub(in crate::web) struct EditView {
    pub(in crate::web) seen_at: Timestamp,
    pub(in crate::web) document: DocumentRow,
    /// The wordings before and after; none of a page that is absent.
    pub(in crate::web) wordings: Option<(RevisionId, RevisionId)>,
    pub(in crate::web) absence: Option<AbsenceView>,
    pub(super) seen: String,
    /// The last visit that found the page as it was before.
    pub(in crate::web) held_at: Option<Timestamp>,
    /// The same in words, for an edit.
    pub(super) held: Option<String>,
    pub(in crate::web) source_name: String,
    pub(super) source: String,
    pub(in crate::web) title: String,
    pub(super) address: String,
    /// What may turn the meaning.
    pub(in crate::web) turned: Vec<Turned>,
    pub(in crate::web) facts: Vec<FactView>,
    /// What an edit did to quotes, a line each.
    pub(in crate::web) quotes: Vec<Line>,
    /// What the outlet says that it corrected; `None` where that was not looked for.
    pub(in crate::web) corrections: Option<Vec<String>>,
    /// The passage that tells most, and in how many places more the text changed.
    pub(in crate::web) pieces: Vec<PieceView>,
    pub(in crate::web) more: usize,
}

/// Since when a page is or was absent: the last visit that found it before, the last that did not, and the first that found it
/// again.
pub(in crate::web) struct AbsenceView {
    pub(super) present: Option<String>,
    pub(super) absent: String,
    pub(super) checked: String,
    pub(super) back: Option<String>,
    pub(in crate::web) back_at: Option<Timestamp>,
    /// Whether it is told that the page went, or that it is back.
    pub(in crate::web) is_back: bool,
    pub(in crate::web) told: Absence,
}

impl AbsenceView {
    fn of(absence: Absence, back_at: Option<Timestamp>) -> Self {
        Self {
            present: absence.present_at.map(shown),
            absent: shown(absence.absent_at),
            checked: shown(absence.checked_at),
            back: back_at.map(shown),
            back_at,
            is_back: false,
            told: absence,
        }
    }
}

impl EditView {
    /// What may turn the meaning, each once: in which places it does is told beside the two wordings.
    pub(super) fn turns(&self) -> Vec<&str> {
        let mut told: Vec<&str> = Vec::new();
        for turned in &self.turned {
            if !told.contains(&turned.told.as_str()) {
                told.push(&turned.told);
            }
        }
        told
    }

    /// What is told of every change of a document.
    fn of(desk: &Desk, document: DocumentRow, seen_at: Timestamp) -> Self {
        Self {
            seen_at,
            seen: shown(seen_at),
            held_at: None,
            held: None,
            source_name: desk.tracker.publisher(&document.source).name,
            source: sources::address(&document.source),
            title: String::new(),
            address: String::new(),
            document,
            wordings: None,
            absence: None,
            turned: Vec::new(),
            facts: Vec::new(),
            quotes: Vec::new(),
            corrections: None,
            pieces: Vec::new(),
            more: 0,
        }
    }

    /// The same with the last visit that found the page as it was before.
    fn between(self, held_at: Timestamp) -> Self {
        let (held, seen) = days::instants(held_at, self.seen_at);
        Self {
            held_at: Some(held_at),
            held: Some(held),
            seen,
            ..self
        }
    }

    /// What is told of every edit.
    fn of_edit(desk: &Desk, edit: &Edit, document: DocumentRow) -> Self {
        let (before, after) = (&edit.before, &edit.after);
        let title = after.reading.title.clone();
        Self {
            title: title.unwrap_or_else(|| document.url.clone()),
            address: format!(
                "/documents/{}/changes?from={}&to={}",
                document.id, before.id, after.id
            ),
            wordings: Some((before.id.clone(), after.id.clone())),
            ..Self::of(desk, document, after.fetched_at)
        }
    }
}

pub(super) async fn page(
    State(desk): State<Desk>,
    parameters: Result<Parameters<ChangesParameters>, QueryRejection>,
) -> Result<Response, Failure> {
    let Parameters(parameters) =
        parameters.map_err(|rejected| asked::unreadable(&rejected, happenings::PARAMETERS))?;
    let asked = Asked::of(&desk, &parameters)?;
    let (happenings, last) = asked.listed(&desk, PAGE).await?;
    let all = ChangesParameters {
        topic: match parameters.takes_all_topics() {
            true => String::new(),
            false => EVERY_TOPIC.into(),
        },
        before: String::new(),
        ..parameters.clone()
    };
    let sources = desk.source_statuses().await?;
    let page = EditsPage {
        query: "",
        edits: views(&desk, happenings).await?,
        next: last.map(|place| parameters.behind(&place.to_string()).address()),
        is_first: parameters.before.is_empty(),
        is_narrowed: parameters.is_narrowed(),
        has_topics: !desk.tracker.topics.is_empty(),
        takes_all_topics: parameters.takes_all_topics(),
        all: all.address(),
        asked: parameters,
        sources: sources
            .iter()
            .map(|source| (source.id.to_string(), desk.tracker.publisher(&source.id).name))
            .collect(),
    };
    Ok(error::page(StatusCode::OK, &page))
}

/// Whether both wordings are short enough to be compared for a list.
pub(super) fn is_comparable(edit: &Edit) -> bool {
    edit.before.reading.text.len() + edit.after.reading.text.len() <= COMPARED
}

pub(in crate::web) async fn views(desk: &Desk, happenings: Vec<Happening>) -> Result<Vec<EditView>, Failure> {
    let mut views = Vec::with_capacity(happenings.len());
    for happening in happenings {
        match happening {
            Happening::Edited(edit) => views.extend(view(desk, *edit).await?),
            Happening::Gone {
                document,
                absence,
                back_at,
            } => views.extend(gone(desk, &document, absence, back_at).await?),
            Happening::Back(past) => views.extend(back(desk, &past).await?),
        }
    }
    Ok(views)
}

/// A page that was not found again.
async fn gone(
    desk: &Desk,
    id: &DocumentId,
    absence: Absence,
    back_at: Option<Timestamp>,
) -> Result<Option<EditView>, Failure> {
    let Some(document) = desk.tracker.store.document(id).await? else {
        return Ok(None);
    };
    let newest = match &document.revision {
        Some(revision) => desk.tracker.store.revision(revision).await?,
        None => None,
    };
    Ok(Some(EditView {
        address: format!("/documents/{}", document.id),
        title: newest
            .and_then(|revision| revision.reading.title)
            .unwrap_or_else(|| document.url.clone()),
        turned: vec![of_page(ChangeKind::Gone, "the page is gone")],
        held_at: absence.present_at,
        absence: Some(AbsenceView::of(absence, back_at)),
        ..EditView::of(desk, document, absence.absent_at)
    }))
}

/// What is told of a whole page.
fn of_page(kind: ChangeKind, told: &str) -> Turned {
    Turned {
        told: told.into(),
        code: kind.code(),
        is_beside_quotes: false,
        number: 0,
    }
}

/// A page that was found again after it had not been.
async fn back(desk: &Desk, past: &PastAbsence) -> Result<Option<EditView>, Failure> {
    let view = gone(desk, &past.document, past.absence, Some(past.back_at)).await?;
    Ok(view.map(|view| EditView {
        seen_at: past.back_at,
        seen: shown(past.back_at),
        held_at: Some(past.absence.checked_at),
        turned: vec![of_page(ChangeKind::Back, "the page is back")],
        absence: Some(AbsenceView {
            is_back: true,
            ..AbsenceView::of(past.absence, Some(past.back_at))
        }),
        ..view
    }))
}

async fn view(desk: &Desk, edit: Edit) -> Result<Option<EditView>, Failure> {
    let Some(document) = desk.tracker.store.document(&edit.after.document).await? else {
        return Ok(None);
    };
    let held = desk
        .tracker
        .store
        .last_shown(&edit.before.id, edit.after.fetched_at)
        .await?;
    let told = EditView::of_edit(desk, &edit, document);
    let told = match held {
        Some(held) => told.between(held.at),
        None => told,
    };
    if !is_comparable(&edit) {
        return Ok(Some(told));
    }
    let spoken = facts::quotes(desk, &edit.before, &edit.after).await?;
    let facts = facts::facts(desk, &edit.before, &edit.after, &spoken).await?;
    let sides = (&edit.before.id, &edit.after.id);
    let quotes = pipeline::quote_changes(&desk.tracker, &told.document, sides).await?;
    let (before, after) = (edit.before, edit.after);
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
        turned,
        facts,
        quotes,
        corrections: Some(corrections),
        pieces,
        more,
        ..told
    }))
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
