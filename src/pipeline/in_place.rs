//! What a page shows in place of the text that is held of it. As with a page that is gone, one visit may have met a
//! mishap: what is in doubt is archived and not shown until the next visit does not find the text either. What says
//! itself that it is a wall or an error is no wording however often it is found. The page's row is put back to what is
//! held of it.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::Timestamp;

use super::moved::split_address;
use super::two_kinds::letters_of;
use super::{PipelineError, Tracker};
use crate::crawl::due_in_place;
use crate::extract::{Held, InPlace, Said, in_place, says_so};
use crate::model::capture::Capture;
use crate::model::document::{Notice, NoticeKind, Reading};
use crate::model::id::{CaptureId, DocumentId};
use crate::model::outcome::Outcome;
use crate::store::{DocumentRow, InPlaceRow, ReadCapture, ReadDocument, StoodInPlace};

/// What was found in the place of a page.
struct Found {
    /// Why the capture is not shown.
    kind: NoticeKind,
    outcome: Outcome,
    detail: String,
}

/// A wording that is held of a document.
struct Wording {
    reading: Reading,
    quotes: Vec<Said>,
    shown_by: CaptureId,
}

/// Withholds the captures of a batch, oldest first, that show something else than their page; answers those of which that
/// cannot be told, because comparing them stopped unexpectedly.
pub(super) async fn withhold(
    tracker: &Tracker,
    readings: &mut [ReadCapture],
) -> Result<Vec<Capture>, PipelineError> {
    let ids = readings.iter().filter_map(document_of);
    let ids: Vec<DocumentId> = ids.collect();
    let worded = tracker.store.worded_among(&ids).await?;
    let (mut seen, mut stopped) = (HashSet::new(), Vec::new());
    for at in 0..readings.len() {
        let (before, rest) = readings.split_at_mut(at);
        let read = &mut rest[0];
        let Some(id) = document_of(read) else { continue };
        // Of most pages of a first crawl nothing is held.
        let is_known = worded.contains(&id) || !seen.insert(id.clone());
        let held = match is_known {
            true => wording_before(tracker, before, &id, &read.capture).await?,
            false => None,
        };
        let Some(shown) = shown(read, held.as_ref()) else {
            stopped.push(read.capture.clone());
            continue;
        };
        let Some(found) = found(tracker, before, &read.capture, (shown, held.as_ref())).await? else {
            continue;
        };
        read.withheld = Some(found.kind);
        read.in_place = row(tracker, &read.capture, found, held).await?;
    }
    Ok(stopped)
}

/// What stood in the place of a document's page when it was last asked for, if something did.
pub async fn stood_in_place(
    tracker: &Tracker,
    document: &DocumentRow,
) -> Result<Option<StoodInPlace>, PipelineError> {
    let (url, _) = split_address(document);
    Ok(tracker.store.stood_in_place(url).await?)
}

/// The document of the page that a capture shows, where it is one of a page as it answers now.
fn document_of(read: &ReadCapture) -> Option<DocumentId> {
    let is_page = !read.keeps && read.capture.answer_of.is_none() && read.capture.memento_at.is_none();
    let own = read.documents.first().filter(|_| is_page)?;
    Some(DocumentId::derive(&own.url))
}

/// The wording that was current before a capture: of this batch, else of what is saved.
async fn wording_before(
    tracker: &Tracker,
    before: &[ReadCapture],
    id: &DocumentId,
    capture: &Capture,
) -> Result<Option<Wording>, PipelineError> {
    let shows = |read: &&ReadCapture| read.withheld.is_none() && document_of(read).as_ref() == Some(id);
    if let Some(read) = before.iter().rev().find(shows) {
        let own = &read.documents[0];
        return Ok(Some(Wording {
            quotes: said_in(own),
            reading: own.reading.clone(),
            shown_by: read.capture.id.clone(),
        }));
    }
    let anew: Vec<&CaptureId> = before.iter().map(|read| &read.capture.id).collect();
    let Some(held) = tracker.store.wording_before(id, capture, &anew).await? else {
        return Ok(None);
    };
    let reading = held.revision.reading;
    let quotes = tracker.store.quotes_of(&held.revision.id, &reading.text).await?;
    let quotes = quotes.into_iter().map(|quote| Said {
        words: quote.words,
        speaker: quote.speaker,
    });
    Ok(Some(Wording {
        quotes: quotes.collect(),
        reading,
        shown_by: held.shown_by,
    }))
}

fn said_in(document: &ReadDocument) -> Vec<Said> {
    let quotes = document.quotes.iter();
    quotes
        .map(|(quote, speaker, _)| Said {
            words: quote.words(&document.reading.text),
            speaker: speaker.as_ref().map(|speaker| speaker.id.clone()),
        })
        .collect()
}

/// What a page says of itself, or shows in the place of what is held of it.
enum Shown {
    Itself,
    Says(Notice),
    InPlace(InPlace),
}

/// What a capture shows beside what is held; nothing where comparing them stopped unexpectedly, as whatever is done with
/// foreign text may.
fn shown(read: &ReadCapture, held: Option<&Wording>) -> Option<Shown> {
    let own = &read.documents[0];
    let compared = catch_unwind(AssertUnwindSafe(|| {
        if let Some(notice) = says_so(&own.reading) {
            return Shown::Says(notice.clone());
        }
        let known = held.map(|held| Held {
            reading: &held.reading,
            quotes: &held.quotes,
        });
        let in_place = known.and_then(|known| in_place(known, &own.reading, &said_in(own)));
        in_place.map_or(Shown::Itself, Shown::InPlace)
    }));
    if compared.is_err() {
        tracing::error!(capture.id = %read.capture.id, url = %read.capture.url, "comparing {} with what is held stopped unexpectedly; it is tried again", read.capture.url);
    }
    compared.ok()
}

/// What stands in the place of a page, where something does that is not to be believed.
async fn found(
    tracker: &Tracker,
    before: &[ReadCapture],
    capture: &Capture,
    (shown, held): (Shown, Option<&Wording>),
) -> Result<Option<Found>, PipelineError> {
    // However often a reader fails at a new layout, that bears nothing out.
    if let Shown::InPlace(InPlace::InDoubt(_)) = shown
        && let Some(held) = held
        && stands_unread(tracker, capture, &held.reading).await?
    {
        return Ok(Some(Found {
            kind: NoticeKind::InDoubt,
            outcome: Outcome::InDoubt,
            detail: "the text held before stands on the page and is not read there any more: its layout may have changed"
                .to_owned(),
        }));
    }
    Ok(match shown {
        Shown::Itself => None,
        Shown::Says(notice) => Some(Found {
            kind: notice.kind,
            outcome: outcome_of(notice.kind),
            detail: notice.detail,
        }),
        Shown::InPlace(InPlace::Nothing) => Some(Found {
            kind: NoticeKind::NoText,
            outcome: Outcome::Empty,
            detail: "nothing that can be read stands in the place of a text".to_owned(),
        }),
        Shown::InPlace(InPlace::Beginning(detail)) => Some(Found {
            kind: NoticeKind::Wall,
            outcome: Outcome::Blocked,
            detail,
        }),
        Shown::InPlace(InPlace::InDoubt(_)) if is_confirmed(tracker, before, capture).await? => None,
        Shown::InPlace(InPlace::InDoubt(detail)) => Some(Found {
            kind: NoticeKind::InDoubt,
            outcome: Outcome::InDoubt,
            detail,
        }),
    })
}

/// Whether a text is to be seen in what was captured though it was not read there: its paragraphs are found again without any rule of
/// reading.
async fn stands_unread(tracker: &Tracker, capture: &Capture, held: &Reading) -> Result<bool, PipelineError> {
    /// Paragraphs of fewer letters stand anywhere.
    const LONG: usize = 60;
    /// The share of the others that must stand there.
    const MOST: f64 = 0.8;
    let blocks = held.blocks.iter().map(|block| block.span.slice(&held.text));
    let blocks: Vec<&str> = blocks.filter(|words| words.chars().count() >= LONG).collect();
    if blocks.is_empty() {
        return Ok(false);
    }
    let Some(letters) = letters_of(tracker, capture).await? else {
        return Ok(false);
    };
    // What a page only carries along, in a script of former notices, is nothing that it says.
    let found = blocks.iter().filter(|words| letters.show(words)).count();
    Ok(found as f64 >= blocks.len() as f64 * MOST)
}

fn outcome_of(kind: NoticeKind) -> Outcome {
    match kind {
        NoticeKind::SoftNotFound => Outcome::NotFound,
        NoticeKind::OutOfOrder => Outcome::ServerError,
        _ => Outcome::Blocked,
    }
}

/// Whether another visit than the one that brought a capture bears out that the text is gone: the one before, or, where
/// a later reader is the first to doubt, one after it that found the same.
async fn is_confirmed(
    tracker: &Tracker,
    before: &[ReadCapture],
    capture: &Capture,
) -> Result<bool, PipelineError> {
    Ok(was_in_doubt(tracker, before, capture).await? || tracker.store.was_found_again(capture).await?)
}

/// Whether the visit before did not find the text either. Whatever it met instead: a front page is another one each
/// time.
async fn was_in_doubt(
    tracker: &Tracker,
    before: &[ReadCapture],
    capture: &Capture,
) -> Result<bool, PipelineError> {
    let is_page = |read: &&ReadCapture| read.capture.url == capture.url && document_of(read).is_some();
    if let Some(last) = before.iter().rev().find(is_page) {
        return Ok(last.withheld == Some(NoticeKind::InDoubt));
    }
    let reasons = tracker.store.withheld_before(capture).await?;
    Ok(reasons.first() == Some(&NoticeKind::InDoubt))
}

/// How the page's row stands after that, where it still tells of this visit.
async fn row(
    tracker: &Tracker,
    capture: &Capture,
    found: Found,
    held: Option<Wording>,
) -> Result<Option<InPlaceRow>, PipelineError> {
    let Some(task) = tracker.store.page_holding(&capture.id).await? else {
        return Ok(None);
    };
    let earlier = tracker.store.withheld_before(capture).await?.len();
    let failures = u32::try_from(earlier).unwrap_or(u32::MAX).saturating_add(1);
    let due = due_in_place(
        &task,
        tracker.sources.get(&task.source),
        (found.outcome, failures),
        &tracker.settings.crawl,
        task.last_attempt_at.unwrap_or_else(Timestamp::now),
    );
    tracing::info!(url = %task.url, outcome = found.outcome.code(), "kept and not shown, {}: {}", task.url, found.detail);
    Ok(Some(InPlaceRow {
        outcome: found.outcome,
        detail: found.detail,
        due: (due.at, due.rule),
        failures,
        held: held.map(|held| held.shown_by),
    }))
}
