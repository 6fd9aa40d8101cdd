//! Days that an edit moved: what a search lost, or found for the first time, is paired with the day that stands in its place on the
//! other side of the edit, whether the search finds it there or not. "Gone" alone would read as if a deadline had been struck.
//! Nothing else pairs days: those of one paragraph are alike in all but their places.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::super::entries::{around, date_id};
use super::super::{PipelineError, Tracker};
use super::lines::date_wording;
use super::other_side::held_at;
use crate::model::date::is_deadline;
use crate::model::id::{DocumentId, RevisionId};
use crate::model::saved_search::{AlertItem, Change, Line};
use crate::pipeline::{MovedDate, moved_dates};
use crate::store::{DateRow, RevisionRow};

/// The edits that one look meets, each compared once.
pub(super) struct MovedDays<'a> {
    tracker: &'a Tracker,
    last_look: Option<Timestamp>,
    edits: HashMap<String, Option<Edit>>,
    /// The days that are told as what another one became, by their entries.
    told: HashSet<String>,
}

/// The wording of a document at the last look, and the newest.
struct Edit {
    before: Side,
    now: Side,
    moved: Vec<MovedDate>,
}

struct Side {
    revision: RevisionRow,
    dates: Vec<DateRow>,
}

impl<'a> MovedDays<'a> {
    /// Of a look at which these items are told.
    pub(super) fn new(tracker: &'a Tracker, last_look: Option<Timestamp>, items: &[AlertItem]) -> Self {
        let changed = items.iter().filter(|item| item.change == Change::Changed);
        Self {
            tracker,
            last_look,
            edits: HashMap::new(),
            told: changed.map(|item| item.line.entry.clone()).collect(),
        }
    }

    /// An item told as what it moved to or from, where it moved; `None` where that is told already.
    pub(super) async fn told(&mut self, item: AlertItem) -> Result<Option<AlertItem>, PipelineError> {
        let is_new = match (item.line.kind.as_str(), item.change) {
            ("date", Change::New) => true,
            ("date", Change::TakenOut) => false,
            _ => return Ok(Some(item)),
        };
        let document = item.line.document.clone();
        if !self.edits.contains_key(&document) {
            let edit = edit(self.tracker, &document, self.last_look).await?;
            self.edits.insert(document.clone(), edit);
        }
        let Some(Some(edit)) = self.edits.get(&document) else {
            return Ok(Some(item));
        };
        let side = if is_new { &edit.now } else { &edit.before };
        let place = side.place_of(&item.line);
        let is_it = |moved: &&MovedDate| Some(if is_new { moved.is } else { moved.was }) == place;
        let Some(moved) = edit.moved.iter().find(is_it) else {
            return Ok(Some(item));
        };
        let before = edit.before.line(&item.line, moved.was);
        let now = edit.now.line(&item.line, moved.is);
        // What the search lost is told of under the name it is kept by.
        let is_first = self.told.insert(now.entry.clone());
        Ok(is_first.then(|| AlertItem {
            change: Change::Changed,
            before: Some(before.text).filter(|text| *text != now.text),
            day_before: before.day.filter(|day| Some(*day) != now.day),
            line: now,
            ..item
        }))
    }
}

impl Side {
    /// The place of a line's date among those of this revision.
    fn place_of(&self, line: &Line) -> Option<usize> {
        let place = line
            .entry
            .strip_prefix(self.revision.id.as_str())?
            .strip_prefix(':')?;
        place.parse().ok().filter(|place| *place < self.dates.len())
    }

    /// A date as a line of the document that `line` is of.
    fn line(&self, line: &Line, place: usize) -> Line {
        let (revision, date) = (&self.revision, &self.dates[place]);
        let reading = &revision.reading;
        let block = around(&reading.text, &reading.blocks, date.span).unwrap_or(date.span);
        let is_due = is_deadline(date.when.as_ref(), &date.value, date.is_limit);
        Line {
            wording: date_wording(&date.value, date.span.slice(&reading.text), is_due),
            entry: date_id(&revision.id, place),
            revision: revision.id.to_string(),
            capture: revision.capture.to_string(),
            title: reading.title.clone(),
            day: date.when.as_ref().map(|when| when.earliest),
            text: block.slice(&reading.text).to_owned(),
            ..line.clone()
        }
    }
}

async fn edit(
    tracker: &Tracker,
    document: &str,
    last_look: Option<Timestamp>,
) -> Result<Option<Edit>, PipelineError> {
    let store = &tracker.store;
    let wordings = store.wordings_of(&DocumentId::new(document)).await?;
    let Some((newest, earlier)) = wordings.split_last() else {
        return Ok(None);
    };
    let Some(before) = held_at(earlier, last_look) else {
        return Ok(None);
    };
    let (Some(before), Some(now)) = (side(tracker, before).await?, side(tracker, &newest.0).await?) else {
        return Ok(None);
    };
    let compared = tokio::task::spawn_blocking(move || {
        let moved = moved_dates(
            (&before.revision.reading.text, &before.dates),
            (&now.revision.reading.text, &now.dates),
            now.revision.fetched_at,
        );
        Edit { before, now, moved }
    });
    let compared = compared.await;
    compared
        .map(Some)
        .map_err(|_| PipelineError::Stopped("comparing days"))
}

async fn side(tracker: &Tracker, id: &RevisionId) -> Result<Option<Side>, PipelineError> {
    let Some(revision) = tracker.store.revision(id).await? else {
        return Ok(None);
    };
    let dates = tracker.store.dates_of(id, &revision.reading.text).await?;
    Ok(Some(Side { revision, dates }))
}
