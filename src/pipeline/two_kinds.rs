//! A document that both a page and an interface give. What the one leaves out of it and the other has is no other
//! wording: where nothing was written anew in between, the revision that is held stays the one that is shown.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::process::{Unreadable, is_there, payload};
use super::{PipelineError, Tracker};
use crate::extract::letters::Letters;
use crate::model::capture::Capture;
use crate::model::document::Reading;
use crate::model::id::DocumentId;
use crate::store::ReadCapture;

/// Letters up to which a block may be a caption or a label that only one of the two has.
const SHORT_CHARS: usize = 60;

/// Gives documents the wording that is held of them from the other kind of capture, where theirs is the same; answers the
/// captures that are to be tried again: their records cannot be read for now, or comparing them stopped unexpectedly.
pub(super) async fn keep_wordings(
    tracker: &Tracker,
    readings: &mut [ReadCapture],
) -> Result<Vec<Capture>, PipelineError> {
    let mut later = Vec::new();
    if !tracker
        .sources
        .values()
        .any(|source| source.interfaces().next().is_some())
    {
        return Ok(later);
    }
    for read in readings {
        let mut letters = None;
        for document in &mut read.documents {
            let id = DocumentId::derive(&document.url);
            let Some(known) = tracker.store.wording_of_other_kind(&id, &read.capture).await? else {
                continue;
            };
            if letters.is_none() {
                letters = letters_of(tracker, &read.capture).await?;
            }
            if letters.is_none() {
                later.push(read.capture.clone());
                break;
            }
            // Whatever is done with foreign text may stop unexpectedly.
            let compared = catch_unwind(AssertUnwindSafe(|| {
                let letters = letters.as_ref();
                letters.is_some_and(|letters| is_same(&known, &document.reading, letters))
            }));
            let Ok(is_same) = compared else {
                tracing::error!(capture.id = %read.capture.id, "comparing {} with what is held stopped unexpectedly; it is tried again", document.url);
                later.push(read.capture.clone());
                break;
            };
            if is_same {
                document.reading = known;
                document.quotes.clear();
                document.dates.clear();
            }
        }
    }
    Ok(later)
}

/// The letters of what was captured; nothing where its record cannot be read for now.
pub(super) async fn letters_of(
    tracker: &Tracker,
    capture: &Capture,
) -> Result<Option<Letters>, PipelineError> {
    let held = match &capture.revisit_of {
        Some(original) => tracker.store.capture(original).await?,
        None => None,
    };
    let archive_is_there = is_there(tracker).await?;
    let (tracker, capture) = (tracker.clone(), capture.clone());
    let letters = tokio::task::spawn_blocking(move || {
        let held = held.as_ref().unwrap_or(&capture);
        let payload = payload(&tracker, &capture, held, archive_is_there);
        match payload {
            Ok(payload) => Some(Letters::of(&payload.bytes, held.content_type.as_deref())),
            Err(Unreadable::ForNow(_)) => None,
            Err(_) => Some(Letters::default()),
        }
    });
    // One that stops the work unexpectedly is tried again as well: the others of its batch are not kept from being saved.
    Ok(letters.await.unwrap_or_else(|error| {
        tracing::error!("the letters of a capture cannot be told: {error}");
        None
    }))
}

/// Whether a wording stands whole in what was captured now, and what is read there says nothing beside it.
fn is_same(known: &Reading, now: &Reading, captured: &Letters) -> bool {
    let own = Letters::of(known.text.as_bytes(), Some("text/plain; charset=utf-8"));
    let blocks = |reading: &Reading| -> Vec<String> {
        reading
            .blocks
            .iter()
            .map(|block| block.span.slice(&reading.text).to_owned())
            .collect()
    };
    let is_long = |words: &String| words.chars().count() > SHORT_CHARS;
    !now.text.is_empty()
        && known.title.as_ref().is_none_or(|title| captured.contain(title))
        && blocks(known).iter().all(|words| captured.contain(words))
        && blocks(now)
            .iter()
            .filter(|words| is_long(words))
            .all(|words| own.contain(words))
}
