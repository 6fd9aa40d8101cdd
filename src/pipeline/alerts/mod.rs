//! Saved searches: what each found that was not found before, and telling of it.
//!
//! A look asks the search for everything, compares that with what the last look found, and keeps the difference as an
//! alert, with what is to be sent, in one transaction: so each thing is told once, also where the process is killed in
//! between or two processes look. Sending is tried again until it is taken, always under the alert's own id.

mod compare;
mod save;
mod send;

use std::collections::HashSet;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{PipelineError, Tracker, in_words, searcher, today};
use crate::index::{Entry, EntryKind, Query, Searcher};
use crate::model::id::DocumentId;
use crate::model::saved_search::{Alert, AlertItem, Line, SavedSearch, Way};
use crate::store::Look;
use crate::text::wording::Wording;

pub use save::{Draft, SaveError, save};
pub use send::{NoLetters, Sender};

/// After how long a search that cannot be asked is tried again.
const AGAIN: SignedDuration = SignedDuration::from_hours(1);

/// How often is looked whether there is something to look at.
const EVERY: Duration = Duration::from_secs(10);

/// Looks at saved searches and sends what is due, until `cancel` says so. What fails is told in the log and tried again.
pub async fn watch(tracker: &Tracker, cancel: &CancellationToken) {
    loop {
        if let Err(error) = round(tracker).await {
            tracing::warn!("saved searches cannot be looked at: {}", in_words(&error));
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = cancel.cancelled() => return,
        }
    }
}

/// One look at everything that is due, and one try to send what is.
pub async fn round(tracker: &Tracker) -> Result<(), PipelineError> {
    if tracker.store.searches().await?.is_empty() {
        return Ok(());
    }
    let searcher = searcher(tracker).await?;
    look(tracker, &searcher, Timestamp::now()).await?;
    Sender::new(tracker)?.send_due(tracker, Timestamp::now()).await?;
    Ok(())
}

/// The kinds of entries that a saved search's `kind` means.
pub fn kinds_of(kind: &str) -> Option<Vec<EntryKind>> {
    match kind {
        "quotes" => Some(vec![EntryKind::Quote]),
        "documents" => Some(vec![EntryKind::Document]),
        "dates" => Some(vec![EntryKind::Date]),
        "all" => Some(EntryKind::ALL.to_vec()),
        _ => None,
    }
}

/// Looks at every saved search whose time has come; answers how many alerts that gave.
pub async fn look(tracker: &Tracker, searcher: &Searcher, now: Timestamp) -> Result<u64, PipelineError> {
    searcher.reload()?;
    let there_is = tracker.store.what_there_is(searcher.change()?).await?;
    let mut alerts = 0;
    for (search, seen) in tracker.store.searches_due(&there_is, now).await? {
        match found(tracker, searcher, &search).await? {
            Ok(lines) => {
                let seen = (seen.as_deref(), there_is.as_str());
                alerts += u64::from(keep(tracker, &search, seen, &lines, now).await?);
            }
            Err(trouble) => {
                let again = now.saturating_add(AGAIN).unwrap_or(Timestamp::MAX);
                tracker
                    .store
                    .note_search_trouble(&search.id, &trouble, again)
                    .await?;
            }
        }
    }
    Ok(alerts)
}

/// Everything that a search finds now, without pages that are absent; or what keeps it from being asked.
async fn found(
    tracker: &Tracker,
    searcher: &Searcher,
    search: &SavedSearch,
) -> Result<Result<Vec<Line>, String>, PipelineError> {
    let query = match Query::parse(&search.query, today()) {
        Ok(query) => query,
        Err(error) => return Ok(Err(error.to_string())),
    };
    let kinds = kinds_of(&search.kind).unwrap_or_default();
    let (searcher, most) = (searcher.clone(), tracker.settings.alerts.most_lines);
    let listed = tokio::task::spawn_blocking(move || {
        let mut lines: Vec<(DocumentId, Line)> = Vec::new();
        let walk = searcher.walk(&query, &kinds)?;
        if walk.remaining() > most {
            return Ok(None);
        }
        for entry in walk {
            let entry = entry?;
            lines.push((entry.document.clone(), line(&entry)));
        }
        Ok::<_, PipelineError>(Some(lines))
    });
    let listed = listed
        .await
        .map_err(|_| PipelineError::Stopped("a saved search"))??;
    let Some(lines) = listed else {
        return Ok(Err(format!(
            "it finds more than {most} things: narrow it (alerts.most_lines is the limit)"
        )));
    };
    let absences = tracker
        .store
        .absences_among(lines.iter().map(|(document, _)| document))
        .await?;
    let mut keys = HashSet::new();
    let there = lines
        .into_iter()
        .filter(|(document, _)| !absences.contains_key(document))
        .map(|(_, line)| line)
        // The same words by the same person twice in one document are told once.
        .filter(|line| keys.insert(line.key.clone()));
    Ok(Ok(there.collect()))
}

/// Keeps what a look told; answers whether that gave an alert.
async fn keep(
    tracker: &Tracker,
    search: &SavedSearch,
    seen: (Option<&str>, &str),
    lines: &[Line],
    now: Timestamp,
) -> Result<bool, PipelineError> {
    let before = tracker.store.lines_of_search(&search.id).await?;
    let difference = compare::difference(&before, lines);
    // At the first look everything is new, and that is what the search page shows.
    let items: Vec<AlertItem> = match seen.0 {
        Some(_) => difference.items,
        None => Vec::new(),
    };
    let alert = (!items.is_empty()).then(|| Alert {
        id: Uuid::now_v7().to_string(),
        at: now,
        items,
    });
    let ways = ways(search);
    let due_at = now
        .saturating_add(search.rhythm.pause())
        .unwrap_or(Timestamp::MAX);
    let look = Look {
        seen,
        due_at,
        kept: &difference.kept,
        forgotten: &difference.forgotten,
        alert: alert.as_ref().map(|alert| (alert, ways.as_slice())),
    };
    let is_kept = tracker.store.keep_look(&search.id, &look).await?;
    Ok(is_kept && alert.is_some())
}

fn ways(search: &SavedSearch) -> Vec<Way> {
    let webhook = search.webhook.as_ref().map(|_| Way::Webhook);
    let email = search.email.as_ref().map(|_| Way::Email);
    webhook.into_iter().chain(email).collect()
}

/// What an alert tells of an entry.
fn line(entry: &Entry) -> Line {
    let speaker = entry.speakers.first().filter(|_| entry.kind == EntryKind::Quote);
    let (identity, text) = match entry.kind {
        EntryKind::Quote => {
            let by = speaker.map_or("", |speaker| speaker.id.as_str());
            let words = Wording::of(&entry.text).words().join(" ");
            (format!("{by} {words}"), entry.text.clone())
        }
        EntryKind::Document => (
            String::new(),
            entry.title.clone().unwrap_or_else(|| entry.url.clone()),
        ),
        EntryKind::Date => {
            let meaning = entry.date.as_ref().map_or("", |date| date.meaning());
            (format!("{meaning} {}", entry.text), entry.around.clone())
        }
    };
    let day = match entry.kind {
        EntryKind::Quote => entry.said.as_ref().map(|said| said.when.earliest),
        EntryKind::Document => entry.published_on,
        EntryKind::Date => entry
            .date
            .as_ref()
            .and_then(|date| Some(date.when.as_ref()?.earliest)),
    };
    Line {
        key: compare::key(&[entry.kind.code(), entry.document.as_str(), &identity]),
        wording: match entry.kind {
            EntryKind::Document => entry.revision.to_string(),
            EntryKind::Quote | EntryKind::Date => text.clone(),
        },
        kind: entry.kind.code().into(),
        entry: entry.id.clone(),
        document: entry.document.to_string(),
        capture: entry.capture.to_string(),
        url: entry.url.clone(),
        title: entry.title.clone(),
        source: entry.source_name.clone(),
        speaker: speaker.map(|speaker| speaker.name.clone()),
        day,
        text,
    }
}
