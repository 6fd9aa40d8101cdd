//! That a page went, or came back, as lines of a timeline.

use super::super::entries::entry_of_document;
use super::super::evidence::{answer_at, answer_of_absence, says_itself};
use super::super::wordings::wordings;
use super::super::{PipelineError, Tracker, line_of};
use super::changed;
use crate::model::capture::{Capture, RecordLocation};
use crate::model::event::{ChangeKind, Line, PageChange};
use crate::model::id::{CaptureId, DocumentId};
use crate::store::{Absence, DocumentRow, PastAbsence};

/// Where the answer is that said that a page is not there.
pub(super) enum Answer {
    /// The page is still absent: its requests tell.
    Standing,
    /// It was kept when the page came back, as far as it was there then.
    At(Option<RecordLocation>),
}

/// The line of a page that was not found again; `None` where no capture shows it any more.
pub(super) async fn gone(
    tracker: &Tracker,
    id: &DocumentId,
    absence: &Absence,
    answer: Answer,
) -> Result<Option<Line>, PipelineError> {
    let store = &tracker.store;
    let Some(document) = store.document(id).await? else {
        return Ok(None);
    };
    let wordings = wordings(tracker, &document).await?;
    // Of those that were seen before it went, the newest.
    let stood = wordings.iter().rev().find(|it| it.held.0 <= absence.absent_at);
    let Some(wording) = stood else {
        return Ok(None);
    };
    let Some(revision) = store.revision(&wording.revision).await? else {
        return Ok(None);
    };
    let Some(held) = store.last_shown(&revision.id, absence.absent_at).await? else {
        return Ok(None);
    };
    let seen_by = match answer {
        Answer::Standing => told(&document, answer_of_absence(tracker, &document).await),
        Answer::At(Some(place)) => {
            let answer = answer_at(tracker, &document, place).await;
            told(&document, answer.map(|answer| answer.filter(says_itself)))
        }
        Answer::At(None) => None,
    };
    let change = PageChange {
        kind: ChangeKind::Gone,
        before: None,
        said: None,
        revision: revision.id.clone(),
        now: None,
        held_by: held.capture,
        held_at: absence.present_at.unwrap_or(held.at).max(held.at),
        seen_at: absence.absent_at,
        seen_by,
    };
    let line = line_of(
        &entry_of_document(tracker, &document, wording, &revision),
        Some(absence),
    );
    let uid = format!("{id}-{}", absence.absent_at.as_second());
    Ok(Some(changed(line, change, &uid)))
}

/// The line of a page that came back, beside the one that tells that it went.
pub(super) async fn back(
    tracker: &Tracker,
    gone: &Line,
    past: &PastAbsence,
) -> Result<Option<Line>, PipelineError> {
    let (Some(change), Some(document)) = (&gone.change, tracker.store.document(&past.document).await?) else {
        return Ok(None);
    };
    let seen_by = match past.back_answer.clone() {
        Some(place) => told(&document, answer_at(tracker, &document, place).await),
        None => None,
    };
    let change = PageChange {
        kind: ChangeKind::Back,
        held_at: past.absence.checked_at,
        seen_at: past.back_at,
        seen_by,
        ..change.clone()
    };
    let uid = format!("{}-{}", past.document, past.back_at.as_second());
    Ok(Some(changed(gone.clone(), change, &uid)))
}

/// The record of an answer. Where the archive cannot be read just now it is not told; what is held of the page is.
fn told(document: &DocumentRow, answer: Result<Option<Capture>, PipelineError>) -> Option<CaptureId> {
    match answer {
        Ok(answer) => answer.map(|answer| answer.id),
        Err(error) => {
            tracing::warn!(
                document.id = %document.id,
                "the answer that {} is gone or back cannot be read: {error}",
                document.url
            );
            None
        }
    }
}
