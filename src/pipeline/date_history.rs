//! How a day stood before edits moved it: told with what is found, and by a calendar, in which what moved keeps its name.

use std::collections::HashMap;

use jiff::Timestamp;

use super::entries::entry_of_date;
use super::wordings::{Wording, wordings};
use super::{PipelineError, Tracker, line_of, moved_dates};
use crate::index::{Entry, EntryKind, IndexError, Walk};
use crate::model::date::When;
use crate::store::{DateRow, RevisionRow};
use crate::timeline::export::line_name;

/// Earlier wordings of a page that are looked through.
const MOST_WORDINGS: usize = 60;

/// How a day stood before an edit moved it.
#[derive(Clone, Debug, PartialEq)]
pub struct DateBefore {
    /// The words that named it.
    pub printed: String,
    /// The days that they meant.
    pub when: Option<When>,
    /// Since when the page was held so, and when the edit was seen.
    pub held: (Timestamp, Timestamp),
}

/// What became of a day on its page: where it stood before, the last first.
#[derive(Clone, Debug, Default)]
pub struct DateHistory {
    /// Each time it was moved.
    pub moves: Vec<DateBefore>,
    /// The name that exports gave it before the first of them.
    pub first_name: Option<String>,
}

/// A revision with its time expressions.
struct Side {
    revision: RevisionRow,
    dates: Vec<DateRow>,
}

/// What became of the date that an entry tells, up to the wording that the entry is of.
async fn date_history(tracker: &Tracker, entry: &Entry) -> Result<DateHistory, PipelineError> {
    let mut history = DateHistory::default();
    if entry.kind != EntryKind::Date || !entry.is_change {
        return Ok(history);
    }
    let Some(document) = tracker.store.document(&entry.document).await? else {
        return Ok(history);
    };
    let wordings = wordings(tracker, &document).await?;
    let own = wordings
        .iter()
        .position(|wording| wording.revision == entry.revision);
    let (Some(own), Some(mut place)) = (own, place_of(&entry.id)) else {
        return Ok(history);
    };
    let Some(mut now) = side(tracker, &wordings[own]).await? else {
        return Ok(history);
    };
    for wording in wordings[..own].iter().rev().take(MOST_WORDINGS) {
        let Some(before) = side(tracker, wording).await? else {
            continue;
        };
        let found = moved_dates(
            (&before.revision.reading.text, &before.dates),
            (&now.revision.reading.text, &now.dates),
        );
        let kept = found
            .kept
            .iter()
            .find(|(_, is)| *is == place)
            .map(|(was, _)| *was);
        match (kept, found.before(place)) {
            (Some(was), _) => place = was,
            (None, Some(was)) => {
                let date = &before.dates[was];
                history.moves.push(DateBefore {
                    printed: date.span.slice(&before.revision.reading.text).to_owned(),
                    when: date.when.clone(),
                    held: (before.revision.fetched_at, now.revision.fetched_at),
                });
                // As it was named while it was the wording held.
                let then = entry_of_date(tracker, &document, wording, &before.revision, (was, date));
                let held = (then.held.0, None);
                history.first_name = Some(line_name(&line_of(&Entry { held, ..then }, None)));
                place = was;
            }
            (None, None) => break,
        }
        now = before;
    }
    Ok(history)
}

/// How the dates among some entries stood before an edit moved them last, by the ids of the entries.
pub async fn moved_from<'a>(
    tracker: &Tracker,
    entries: impl Iterator<Item = &'a Entry>,
) -> Result<HashMap<String, DateBefore>, PipelineError> {
    let mut moved = HashMap::new();
    for entry in entries {
        let last = date_history(tracker, entry).await?.moves.into_iter().next();
        moved.extend(last.map(|before| (entry.id.clone(), before)));
    }
    Ok(moved)
}

/// What became of the dates that a walk finds, of those that an edit moved, by the ids of their entries.
pub async fn date_histories(
    tracker: &Tracker,
    walk: Walk,
) -> Result<HashMap<String, DateHistory>, PipelineError> {
    let edited = tokio::task::spawn_blocking(move || {
        let edited = walk.filter(|entry| entry.as_ref().is_ok_and(|entry| entry.is_change) || entry.is_err());
        edited.collect::<Result<Vec<Entry>, IndexError>>()
    });
    let edited = edited
        .await
        .map_err(|_| PipelineError::Stopped("reading what was found"))??;
    let mut histories = HashMap::new();
    for entry in edited {
        let history = date_history(tracker, &entry).await?;
        if !history.moves.is_empty() {
            histories.insert(entry.id, history);
        }
    }
    Ok(histories)
}

/// The place of a date among those of its revision, which its id ends with.
fn place_of(id: &str) -> Option<usize> {
    id.rsplit_once(':')?.1.parse().ok()
}

async fn side(tracker: &Tracker, wording: &Wording) -> Result<Option<Side>, PipelineError> {
    let Some(revision) = tracker.store.revision(&wording.revision).await? else {
        return Ok(None);
    };
    let dates = tracker
        .store
        .dates_of(&revision.id, &revision.reading.text)
        .await?;
    Ok(Some(Side { revision, dates }))
}
