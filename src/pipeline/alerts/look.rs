//! One look at saved searches: what each finds is compared with what it found, and the difference is kept with its alert.

use jiff::{SignedDuration, Timestamp};
use tokio_util::task::AbortOnDropHandle;
use uuid::Uuid;

use super::super::{PipelineError, Tracker, in_words};
use super::lines::found;
use super::news::{moved_documents, news};
use super::{blocking, compare, ways};
use crate::index::Searcher;
use crate::model::saved_search::{Alert, Line, SavedSearch};
use crate::store::{LastLook, Look};

/// After how long a search that cannot be asked is tried again.
const AGAIN: SignedDuration = SignedDuration::from_hours(1);

/// The same where it is not the search's own fault: the index or the rows cannot be read.
const SOON: SignedDuration = SignedDuration::from_mins(2);

/// How long a look waits for everything to be read anew.
const PATIENCE: SignedDuration = SignedDuration::from_hours(24);

/// Stands for what read and labelled what a look found, where that was not all the same.
const HALF_READ: &str = "half read anew";

/// Looks at every saved search whose time has come; answers how many alerts that gave.
pub async fn look(tracker: &Tracker, searcher: &Searcher, now: Timestamp) -> Result<u64, PipelineError> {
    // Asked before the newest is taken over: what is indexed in between is looked at once more, and not passed over.
    let there_is = tracker.store.what_there_is(searcher.change()?).await?;
    let mut due = tracker.store.searches_due(&there_is, now).await?;
    if tracker.store.is_read_anew(&tracker.readers).await? {
        // Half of what is held is read in another way than at the last look, which would pass for news.
        let may_wait = |search: &SavedSearch| {
            let last = search.looked_at;
            last.is_some_and(|at| now.duration_since(at) < PATIENCE)
        };
        due.retain(|(search, _)| !may_wait(search));
    }
    if due.is_empty() {
        return Ok(0);
    }
    let (reloaded, mut alerts) = (searcher.clone(), 0);
    blocking(move || reloaded.reload().map_err(PipelineError::from)).await?;
    for (search, last) in due {
        alerts += u64::from(look_at(tracker, searcher, &search, last, &there_is, now).await?);
    }
    Ok(alerts)
}

/// The look by which a search that was saved just now learns what is found already: news is what comes after it.
pub(super) async fn first_look(
    tracker: &Tracker,
    searcher: &Searcher,
    search: &SavedSearch,
) -> Result<(), PipelineError> {
    let there_is = tracker.store.what_there_is(searcher.change()?).await?;
    let reloaded = searcher.clone();
    blocking(move || reloaded.reload().map_err(PipelineError::from)).await?;
    let (never, now) = (LastLook::default(), Timestamp::now());
    look_at(tracker, searcher, search, never, &there_is, now)
        .await
        .map(|_| ())
}

/// Looks at a saved search, or notes what keeps it from being asked, a panic included: that stays with this search, and the
/// others are looked at all the same. Answers whether that gave an alert.
async fn look_at(
    tracker: &Tracker,
    searcher: &Searcher,
    search: &SavedSearch,
    last: LastLook,
    there_is: &str,
    now: Timestamp,
) -> Result<bool, PipelineError> {
    let looked = {
        let (tracker, searcher, search) = (tracker.clone(), searcher.clone(), search.clone());
        let there_is = there_is.to_owned();
        AbortOnDropHandle::new(tokio::spawn(async move {
            match found(&tracker, &searcher, &search).await? {
                Ok(lines) => Ok(Ok(keep(&tracker, &search, &last, &there_is, lines, now).await?)),
                Err(trouble) => Ok(Err(trouble)),
            }
        }))
    };
    let looked: Result<Result<bool, String>, PipelineError> = looked
        .await
        .unwrap_or(Err(PipelineError::Stopped("a saved search")));
    let (trouble, pause) = match looked {
        Ok(Ok(is_told)) => return Ok(is_told),
        Ok(Err(trouble)) => (trouble, AGAIN),
        Err(error) => (in_words(&error), SOON),
    };
    tracing::warn!(
        "the saved search `{}` cannot be looked at: {trouble}",
        search.name
    );
    let again = now.saturating_add(pause).unwrap_or(Timestamp::MAX);
    tracker
        .store
        .note_search_trouble(&search.id, &trouble, again)
        .await?;
    Ok(false)
}

/// Keeps what a look told; answers whether that gave an alert.
async fn keep(
    tracker: &Tracker,
    search: &SavedSearch,
    last: &LastLook,
    there_is: &str,
    found: Vec<(Timestamp, Line)>,
    now: Timestamp,
) -> Result<bool, PipelineError> {
    let before = tracker.store.lines_of_search(&search.id).await?;
    let moved = moved_documents(tracker, &before, &found).await?;
    let compared = blocking(move || {
        let lines: Vec<&Line> = found.iter().map(|(_, line)| line).collect();
        let difference = compare::difference(&before, &lines, &moved);
        drop(lines);
        Ok((difference, before, found))
    });
    let (difference, before, found) = compared.await?;
    // What is still held as another reader read it is found otherwise soon, which is no news of the pages.
    let read_by = match tracker.store.is_read_anew(&tracker.readers).await? {
        true => HALF_READ.to_owned(),
        false => read_by(tracker).await?,
    };
    let items = match &last.seen {
        Some(_) => {
            news(
                tracker,
                search,
                last,
                &read_by,
                (&difference.items, &before),
                &found,
            )
            .await?
        }
        // At the first look everything is new, and that is what the search page shows.
        None => Vec::new(),
    };
    let alert = (!items.is_empty()).then(|| Alert {
        id: Uuid::now_v7().to_string(),
        at: now,
        items,
    });
    let ways = ways(search);
    let look = Look {
        seen: (last.seen.as_deref(), there_is),
        read_by: &read_by,
        at: now,
        due_at: now
            .saturating_add(search.rhythm.pause())
            .unwrap_or(Timestamp::MAX),
        kept: &difference.kept,
        forgotten: &difference.forgotten,
        alert: alert.as_ref().map(|alert| (alert, ways.as_slice())),
    };
    let is_kept = tracker.store.keep_look(&search.id, &look).await?;
    Ok(is_kept && alert.is_some())
}

/// What reads captures, says what belongs to the topics, and corrects what was read.
async fn read_by(tracker: &Tracker) -> Result<String, PipelineError> {
    let topics = tracker.settings.topics.iter();
    let topics: Vec<&str> = topics.flat_map(|(name, query)| [name.as_str(), query]).collect();
    let by_hand = match tracker.store.hand_corrections_state().await? {
        (0, None) => String::new(),
        (holding, latest) => format!(" {holding} by hand, {}", latest.unwrap_or_default()),
    };
    Ok(format!(
        "{} {}{by_hand}",
        tracker.readers.name,
        compare::key(&topics)
    ))
}
