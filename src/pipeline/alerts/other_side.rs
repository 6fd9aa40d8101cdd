//! The other side of a quote that a search finds on one side of an edit only.
//!
//! Whoever follows one person finds her words no more once the page gives them to somebody else, and "gone" alone would
//! read as a retraction. So what the search lost, or found for the first time, is looked up in the document's revision on
//! the other side of the edit, whether the search finds it there or not.

use std::collections::HashSet;

use jiff::Timestamp;

use super::compare::{self, Said, alike};
use crate::model::id::{DocumentId, RevisionId};
use crate::model::saved_search::{AlertItem, Change, Line};
use crate::pipeline::{PipelineError, Tracker};
use crate::text::wording::Wording;

/// An item told with its other side, where the document has one; `None` where the document says all the same still.
pub(super) async fn told_with_its_other_side(
    tracker: &Tracker,
    item: AlertItem,
    last_look: Option<Timestamp>,
) -> Result<Option<AlertItem>, PipelineError> {
    if item.line.kind != "quote" {
        return Ok(Some(item));
    }
    match item.change {
        Change::New => {
            let there = match revision_before(tracker, &item.line, last_look).await? {
                Some(revision) => other_side(tracker, &item.line, &revision).await?,
                None => None,
            };
            let changed = there.and_then(|was| compare::changed(&was, &item.line));
            Ok(Some(changed.unwrap_or(item)))
        }
        Change::Gone => {
            let there = match revision_now(tracker, &item.line).await? {
                Some(revision) => other_side(tracker, &item.line, &revision).await?,
                None => None,
            };
            Ok(match there {
                Some(now) => compare::changed(&item.line, &now),
                None => Some(item),
            })
        }
        Change::Changed | Change::Back => Ok(Some(item)),
    }
}

/// The revision that a line's document had at the last look, before the one the line stands in.
async fn revision_before(
    tracker: &Tracker,
    line: &Line,
    last_look: Option<Timestamp>,
) -> Result<Option<RevisionId>, PipelineError> {
    let document = DocumentId::new(line.document.as_str());
    let revisions = tracker.store.wordings_of(&document).await?;
    let own = revisions.iter().position(|(id, _)| id.as_str() == line.revision);
    let earlier = &revisions[..own.unwrap_or_default()];
    Ok(held_at(earlier, last_look).cloned())
}

/// The last of some revisions that was held at a look.
pub(super) fn held_at(revisions: &[(RevisionId, Timestamp)], look: Option<Timestamp>) -> Option<&RevisionId> {
    let held = revisions.iter().rfind(|(_, at)| Some(*at) <= look);
    held.map(|(id, _)| id)
}

/// The newest revision of a line's document where that is another one than the line's; none of a page that is absent, which shows
/// nothing any more.
async fn revision_now(tracker: &Tracker, line: &Line) -> Result<Option<RevisionId>, PipelineError> {
    let id = DocumentId::new(line.document.as_str());
    let absence = tracker.store.absence(&id).await?;
    if absence.is_some_and(|absence| absence.is_certain) {
        return Ok(None);
    }
    let document = tracker.store.document(&id).await?;
    let newest = document.and_then(|document| document.revision);
    Ok(newest.filter(|revision| revision.as_str() != line.revision))
}

/// What another revision has in a line's place: the same, or what is the line with other words, another speaker or day.
async fn other_side(
    tracker: &Tracker,
    line: &Line,
    revision: &RevisionId,
) -> Result<Option<Line>, PipelineError> {
    let (there, here) = (
        lines_in(tracker, line, revision).await?,
        lines_in(tracker, line, &RevisionId::new(line.revision.as_str())).await?,
    );
    let own = Said::of(line, &line.document);
    if let Some(same) = there.iter().find(|it| Said::of(it, &it.document) == own) {
        return Ok(Some(same.clone()));
    }
    // What stands on both sides is no other wording of anything.
    let here: HashSet<Said<'_>> = here.iter().map(|it| Said::of(it, &it.document)).collect();
    let only_there = there
        .iter()
        .filter(|it| !here.contains(&Said::of(it, &it.document)));
    Ok(alike(only_there.enumerate(), line).map(|(_, was)| was.clone()))
}

/// The quotes of a revision, as lines of the document that `line` is of.
async fn lines_in(tracker: &Tracker, line: &Line, revision: &RevisionId) -> Result<Vec<Line>, PipelineError> {
    let Some(row) = tracker.store.revision(revision).await? else {
        return Ok(Vec::new());
    };
    let quotes = tracker.store.quotes_of(revision, &row.reading.text).await?;
    let lines = quotes.into_iter().map(|quote| Line {
        wording: Wording::of(&quote.words).words().join(" "),
        entry: quote.id.to_string(),
        revision: revision.to_string(),
        capture: row.capture.to_string(),
        title: row.reading.title.clone(),
        speaker: quote.speaker_name,
        day: quote.said.map(|said| said.earliest),
        text: quote.words,
        ..line.clone()
    });
    Ok(lines.collect())
}
