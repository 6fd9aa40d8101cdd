//! What of the difference between two looks is news of the pages, and not of how they are read: how what is found no more went, and
//! how what is found anew came back.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::super::moved::moved_to;
use super::super::{PipelineError, Tracker};
use super::edited;
use super::moved_days::MovedDays;
use super::other_side::OtherSides;
use crate::model::id::DocumentId;
use crate::model::saved_search::{AlertItem, Change, Line, SavedSearch};
use crate::store::LastLook;

/// What of a difference is news of the pages. What only a changed configuration or a better reader finds otherwise in
/// captures that were there before is none, and must not pass for something that a publisher did; nor is what was read only now
/// because its archive file had been gone.
pub(super) async fn news(
    tracker: &Tracker,
    search: &SavedSearch,
    last: &LastLook,
    read_by: &str,
    (items, before): (&[AlertItem], &[Line]),
    found: &[(Timestamp, Line)],
) -> Result<Vec<AlertItem>, PipelineError> {
    let was_taken_up = match search.looked_at {
        Some(at) => tracker.store.was_taken_up_since(at).await?,
        None => false,
    };
    let is_read_anew = was_taken_up || last.read_by.as_deref() != Some(read_by);
    let captured: HashMap<&str, Timestamp> =
        found.iter().map(|(at, line)| (line.key.as_str(), *at)).collect();
    let is_old = |line: &Line| captured.get(line.key.as_str()).copied() < search.looked_at;
    let mut news = Vec::new();
    let mut other_sides = OtherSides::new(tracker, search.looked_at, items);
    let mut moved_days = MovedDays::new(tracker, search.looked_at, items);
    for item in items {
        let mut item = item.clone();
        let line = &item.line;
        let is_old = is_old(line);
        let told = match item.change {
            Change::New => tracker.store.last_told(&search.id, &line.key).await?,
            _ => None,
        };
        let is_news = match item.change {
            Change::New if matches!(told, Some((_, Change::Gone | Change::TakenOut))) => {
                item.change = returned(tracker, line, told).await?;
                true
            }
            Change::TakenOut | Change::Gone => {
                let went = went(tracker, line).await?;
                item.change = went.unwrap_or(item.change);
                went.is_some()
            }
            Change::New | Change::Changed | Change::PutBack | Change::Back => !(is_read_anew && is_old),
        };
        if is_news {
            let moved = moved_days.told(item).await?;
            let mut whole = match moved {
                Some(item) => other_sides.told(item).await?,
                None => None,
            };
            // What was told to be changed and is found anew had become what the search does not find.
            if let Some(item) = whole.as_mut().filter(|item| item.change == Change::New)
                && matches!(told, Some((_, Change::Changed)))
            {
                item.change = Change::PutBack;
            }
            news.extend(whole);
        }
    }
    tell_returns_once(&mut news, is_old);
    edited::name_edits(tracker, news, before, search.looked_at).await
}

/// Leaves out the dates of pages that are back as they were: that these went was told of the page alone.
fn tell_returns_once(news: &mut Vec<AlertItem>, is_old: impl Fn(&Line) -> bool) {
    let pages = news
        .iter()
        .filter(|item| item.line.kind == "document" && item.change == Change::Back);
    let back: HashSet<String> = pages.map(|item| item.line.document.clone()).collect();
    news.retain(|item| {
        let is_date = item.line.kind == "date" && item.change == Change::New;
        !(is_date && back.contains(&item.line.document) && is_old(&item.line))
    });
}

/// How what is found anew came back, by what was told of it last: with its page, or into a page that was there. Alerts of earlier
/// versions say `gone` of both, so that it is asked whether the page was absent then.
async fn returned(
    tracker: &Tracker,
    line: &Line,
    told: Option<(Timestamp, Change)>,
) -> Result<Change, PipelineError> {
    let Some((at, Change::Gone)) = told else {
        return Ok(Change::PutBack);
    };
    let id = DocumentId::new(line.document.as_str());
    let past = tracker.store.past_absences(Some(&id)).await?;
    let was_absent = past
        .iter()
        .any(|past| past.absence.absent_at <= at && at <= past.back_at);
    let is_absent = tracker
        .store
        .absence(&id)
        .await?
        .is_some_and(|absence| absence.absent_at <= at);
    Ok(match was_absent || is_absent {
        true => Change::Back,
        false => Change::PutBack,
    })
}

/// How a page does not show any more what it showed: it is absent for certain, or has another revision; `None` where it is as it
/// was. A single visit that did not find it may have met a mishap.
async fn went(tracker: &Tracker, line: &Line) -> Result<Option<Change>, PipelineError> {
    let id = DocumentId::new(line.document.as_str());
    let absence = tracker.store.absence(&id).await?;
    if absence.is_some_and(|absence| absence.is_certain) {
        return Ok(Some(Change::Gone));
    }
    let document = tracker.store.document(&id).await?;
    let is_as_it_was = document
        .and_then(|document| document.revision)
        .is_some_and(|revision| revision.as_str() == line.revision);
    Ok((!is_as_it_was).then_some(Change::TakenOut))
}

/// The documents of lines that are not found any more whose pages are at another address for good, each with the document
/// there.
pub(super) async fn moved_documents(
    tracker: &Tracker,
    before: &[Line],
    found: &[(Timestamp, Line)],
) -> Result<HashMap<String, String>, PipelineError> {
    let found: HashSet<&str> = found.iter().map(|(_, line)| line.key.as_str()).collect();
    let gone = before.iter().filter(|line| !found.contains(line.key.as_str()));
    let documents: HashSet<&str> = gone.map(|line| line.document.as_str()).collect();
    let mut moved = HashMap::new();
    for id in documents {
        let Some(document) = tracker.store.document(&DocumentId::new(id)).await? else {
            continue;
        };
        if let Some(now) = moved_to(tracker, &document)
            .await?
            .and_then(|moved| moved.document)
        {
            moved.insert(id.to_owned(), now.id.to_string());
        }
    }
    Ok(moved)
}
