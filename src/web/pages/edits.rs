//! What changed lately: every wording that came in the place of an earlier one, the newest first, with what it turned.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query as Parameters, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use serde::Deserialize;

use super::super::asked;
use super::super::desk::Desk;
use super::super::error::{self, Failure};
use super::changes::{self, FactView, PieceView};
use super::{shown, sources};
use crate::index::EVERY_TOPIC;
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

/// Batches of edits that are looked through for a page of them.
const BATCHES: usize = 10;

/// Which edits are asked for, and behind which of them the list goes on: when it was seen, and its id.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct EditsParameters {
    before: Option<String>,
    /// The id of a source.
    source: String,
    /// `all` for what is on no topic as well.
    topic: String,
}

impl EditsParameters {
    /// The address of the same list behind an edit.
    fn behind(&self, place: &str) -> String {
        let mut pairs = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [
            ("source", self.source.as_str()),
            ("topic", &self.topic),
            ("before", place),
        ] {
            if !value.is_empty() {
                pairs.append_pair(name, value);
            }
        }
        match pairs.finish() {
            none if none.is_empty() => "/changes".into(),
            pairs => format!("/changes?{pairs}"),
        }
    }

    fn takes_all_topics(&self) -> bool {
        self.topic == EVERY_TOPIC
    }
}

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
    /// The source that is asked for, and those there are, each with its name.
    source: String,
    sources: Vec<(String, String)>,
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
    let Parameters(parameters) = parameters
        .map_err(|rejected| asked::unreadable(&rejected, "this list takes source, topic=all and before"))?;
    if !matches!(parameters.topic.as_str(), "" | EVERY_TOPIC) {
        let message = format!("edits are not told apart by a topic `{}`", parameters.topic);
        return Err(Failure::bad_request(
            message,
            "leave `topic` away, or say `topic=all`",
        ));
    }
    let behind = parameters.before.as_deref().map(|before| {
        let (seen_at, id) = before.split_once(' ')?;
        Some((seen_at.parse::<Timestamp>().ok()?, RevisionId::new(id)))
    });
    let wrong = || {
        Failure::bad_request(
            "`before` names no edit of this list".into(),
            "take the address of `earlier edits`, or leave `before` away",
        )
    };
    let behind = match behind {
        Some(place) => Some(place.ok_or_else(wrong)?),
        None => None,
    };
    let (edits, last) = listed(&desk, &parameters, behind, PAGE).await?;
    let all = EditsParameters {
        topic: if parameters.takes_all_topics() {
            String::new()
        } else {
            EVERY_TOPIC.into()
        },
        before: None,
        source: parameters.source.clone(),
    };
    let sources = desk.source_statuses().await?;
    let page = EditsPage {
        query: "",
        edits: views(&desk, edits).await?,
        next: last.map(|(seen_at, id)| parameters.behind(&format!("{seen_at} {id}"))),
        is_first: parameters.before.is_none(),
        has_topics: !desk.tracker.topics.is_empty(),
        takes_all_topics: parameters.takes_all_topics(),
        all: all.behind(""),
        source: parameters.source,
        sources: sources
            .iter()
            .map(|source| (source.id.to_string(), desk.tracker.publisher(&source.id).name))
            .collect(),
    };
    Ok(error::page(StatusCode::OK, &page))
}

/// When an edit was seen, and its id: behind it a list goes on.
type Place = (Timestamp, RevisionId);

/// So many edits that are asked for, and the one that was looked at last, where there may be more behind it.
async fn listed(
    desk: &Desk,
    asked: &EditsParameters,
    behind: Option<Place>,
    wanted: u32,
) -> Result<(Vec<Edit>, Option<Place>), Failure> {
    let (mut edits, mut behind) = (Vec::new(), behind);
    for _ in 0..BATCHES {
        let place = behind.as_ref().map(|(seen_at, id)| (*seen_at, id));
        let batch = desk.tracker.store.newest_edits(place, PAGE).await?;
        let is_last = batch.len() < PAGE as usize;
        for edit in batch {
            let seen = (edit.after.fetched_at, edit.after.id.clone());
            if is_asked_for(desk, asked, &edit).await? {
                edits.push(edit);
            }
            behind = Some(seen);
            if edits.len() == wanted as usize {
                return Ok((edits, behind));
            }
        }
        if is_last {
            return Ok((edits, None));
        }
    }
    Ok((edits, behind))
}

/// Whether an edit is of the source that is asked for, and of a page on a topic unless all are.
async fn is_asked_for(desk: &Desk, asked: &EditsParameters, edit: &Edit) -> Result<bool, Failure> {
    if !asked.source.is_empty() {
        let document = desk.tracker.store.document(&edit.after.document).await?;
        if document.is_none_or(|document| document.source.as_str() != asked.source) {
            return Ok(false);
        }
    }
    if asked.takes_all_topics() || desk.tracker.topics.is_empty() {
        return Ok(true);
    }
    let id = edit.after.document.clone();
    desk.ask(move |searcher| searcher.is_on_topic(&id)).await
}

/// The edits on a topic that were seen last, and since a moment.
pub(super) async fn lately(desk: &Desk, since: Timestamp) -> Result<Vec<EditView>, Failure> {
    let (mut edits, _) = listed(desk, &EditsParameters::default(), None, LATELY).await?;
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
