//! Saved searches: what each found that was not found before, and telling of it.
//!
//! A look asks the search for everything, compares that with what the last look found, and keeps the difference as an
//! alert, with what is to be sent, in one transaction: so each thing is told once, also where the process is killed in
//! between or two processes look. Sending is tried again until it is taken, always under the alert's own id.

mod compare;
mod edited;
mod other_side;
mod place;
mod save;
mod send;
mod told;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;
use uuid::Uuid;

use self::other_side::OtherSides;
use super::moved::moved_to;
use super::{PipelineError, Tracker, in_words, searcher};
use crate::index::{Entry, EntryKind, Searcher};
use crate::model::by_hand::ByHand;
use crate::model::id::DocumentId;
use crate::model::saved_search::{Alert, AlertItem, Change, Line, Passage, SavedSearch, Way};
use crate::store::{LastLook, Look};
use crate::text::days;
use crate::text::edit_line::edit_line;
use crate::text::wording::Wording;

pub(super) use compare::takes_the_place;
pub use edited::{printed, printed_since};
pub use place::{Elsewhere, elsewhere, take_over};
pub use save::{Draft, SaveError, save};
pub use send::{NoLetters, Sender};
pub use told::{AlertJson, place, told};

/// After how long a search that cannot be asked is tried again.
const AGAIN: SignedDuration = SignedDuration::from_hours(1);

/// The same where it is not the search's own fault: the index or the rows cannot be read.
const SOON: SignedDuration = SignedDuration::from_mins(2);

/// How long a look waits for everything to be read anew.
const PATIENCE: SignedDuration = SignedDuration::from_hours(24);

/// Stands for what read and labelled what a look found, where that was not all the same.
const HALF_READ: &str = "half read anew";

/// How often old alerts are forgotten.
const FORGETTING: SignedDuration = SignedDuration::from_hours(24);

/// How often is looked whether there is something to look at.
const EVERY: Duration = Duration::from_secs(10);

/// Looks at saved searches and sends what is due, until `cancel` says so. What fails, panics included, is told in the
/// log and tried again.
pub async fn watch(tracker: &Tracker, cancel: &CancellationToken) {
    let mut watch = Some(Watch::default());
    loop {
        let (tracker, mut here) = (tracker.clone(), watch.take().unwrap_or_default());
        let mut round = tokio::spawn(async move { (here.round(&tracker).await, here) });
        tokio::select! {
            done = &mut round => match done {
                Ok((Ok(()), here)) => watch = Some(here),
                Ok((Err(error), here)) => {
                    tracing::warn!("saved searches cannot be looked at: {}", in_words(&error));
                    // All is begun anew but for the letters under way: one that is broken off is sent twice.
                    let letters = here.letters;
                    watch = Some(Watch {
                        letters,
                        ..Watch::default()
                    });
                }
                Err(error) => tracing::error!("looking at saved searches stopped unexpectedly: {error}"),
            },
            // What was being sent is sent again, under the same id.
            () = cancel.cancelled() => return round.abort(),
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = cancel.cancelled() => return,
        }
    }
}

/// One look at everything that is due, and one try to send what is.
pub async fn round(tracker: &Tracker) -> Result<(), PipelineError> {
    let mut watch = Watch::default();
    watch.round(tracker).await?;
    watch.letters_are_sent().await
}

/// What a watch keeps between two rounds.
#[derive(Default)]
struct Watch {
    searcher: Option<Searcher>,
    sender: Option<Arc<Sender>>,
    /// Letters that are being sent: a mail server may take minutes for each, and nothing else waits for it.
    letters: JoinSet<Result<u64, PipelineError>>,
    /// Whether it was said that alerts are sent from elsewhere.
    is_elsewhere_told: bool,
    /// When old alerts were forgotten last.
    forgotten: Option<Timestamp>,
}

impl Watch {
    async fn round(&mut self, tracker: &Tracker) -> Result<(), PipelineError> {
        if tracker.store.searches().await?.is_empty() {
            return Ok(());
        }
        // What was found before is sent also where nothing can be looked at now.
        let looked = self.look(tracker).await;
        let sent = self.send(tracker).await;
        looked?;
        sent?;
        self.forget(tracker, Timestamp::now()).await
    }

    async fn look(&mut self, tracker: &Tracker) -> Result<(), PipelineError> {
        let searcher = match self.searcher.take() {
            Some(searcher) => searcher,
            None => searcher(tracker).await?,
        };
        look(tracker, &searcher, Timestamp::now()).await?;
        self.searcher = Some(searcher);
        Ok(())
    }

    /// Waits for the letters that are being sent.
    async fn letters_are_sent(&mut self) -> Result<(), PipelineError> {
        while let Some(sent) = self.letters.join_next().await {
            sent.map_err(|_| PipelineError::Stopped("sending letters"))??;
        }
        Ok(())
    }

    async fn send(&mut self, tracker: &Tracker) -> Result<(), PipelineError> {
        while let Some(sent) = self.letters.try_join_next() {
            sent.map_err(|_| PipelineError::Stopped("sending letters"))??;
        }
        if tracker.store.deliveries_due(Timestamp::now()).await?.is_empty() {
            return Ok(());
        }
        if let Some(elsewhere) = place::settled_elsewhere(tracker).await? {
            if !std::mem::replace(&mut self.is_elsewhere_told, true) {
                tracing::warn!("{elsewhere}");
            }
            return Ok(());
        }
        let sender = match &self.sender {
            Some(sender) => Arc::clone(sender),
            None => Arc::new(Sender::new(tracker)?),
        };
        self.sender = Some(Arc::clone(&sender));
        // There is one server for all letters: who waits for it waits for those before as well.
        if self.letters.is_empty() {
            let (sender, tracker) = (Arc::clone(&sender), tracker.clone());
            let letters = async move { sender.send_due(&tracker, Way::Email, Timestamp::now()).await };
            self.letters.spawn(letters);
        }
        sender.send_due(tracker, Way::Webhook, Timestamp::now()).await?;
        Ok(())
    }

    /// Forgets old alerts, once a day.
    async fn forget(&mut self, tracker: &Tracker, now: Timestamp) -> Result<(), PipelineError> {
        let is_due = |last: Timestamp| now.duration_since(last) >= FORGETTING;
        if self.forgotten.is_none_or(is_due) {
            let before = now.saturating_sub(tracker.settings.alerts.keep);
            tracker
                .store
                .forget_alerts(before.unwrap_or(Timestamp::MIN))
                .await?;
            self.forgotten = Some(now);
        }
        Ok(())
    }
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
async fn first_look(
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

/// Runs what computes for long, or reads from the disk, beside what waits.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PipelineError> + Send + 'static,
) -> Result<T, PipelineError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| PipelineError::Stopped("a saved search"))?
}

/// Everything that a search finds now, without pages that are absent; or what keeps it from being asked.
async fn found(
    tracker: &Tracker,
    searcher: &Searcher,
    search: &SavedSearch,
) -> Result<Result<Vec<(Timestamp, Line)>, String>, PipelineError> {
    let query = match tracker.query(&search.query) {
        Ok(query) => query,
        Err(error) => return Ok(Err(error.to_string())),
    };
    // A source that was renamed would find nothing for good, and nobody would be told.
    if let Some(notice) = query.notices.first() {
        return Ok(Err(notice.clone()));
    }
    let kinds = kinds_of(&search.kind).unwrap_or_default();
    let (searcher, most) = (searcher.clone(), tracker.settings.alerts.most_lines);
    let listed = blocking(move || {
        let mut lines: Vec<(DocumentId, Timestamp, Line)> = Vec::new();
        let walk = searcher.walk(&query, &kinds)?;
        if walk.remaining() > most {
            return Ok(None);
        }
        for entry in walk {
            let entry = entry?;
            lines.push((entry.document.clone(), entry.captured_at, line(&entry)));
        }
        Ok(Some(lines))
    });
    let Some(lines) = listed.await? else {
        return Ok(Err(format!(
            "it finds more than {most} things: narrow it (alerts.most_lines is the limit)"
        )));
    };
    let absences = tracker
        .store
        .absences_among(lines.iter().map(|(document, ..)| document))
        .await?;
    let is_there = |document: &DocumentId| {
        // One visit may have met a mishap.
        let absence = absences.get(document);
        absence.is_none_or(|absence| !absence.is_certain)
    };
    let mut there: Vec<(Timestamp, Line)> = lines
        .into_iter()
        .filter(|(document, ..)| is_there(document))
        .map(|(_, captured_at, line)| (captured_at, line))
        .collect();
    // The same words by the same person twice in one document are told once, the same one each time.
    let mut first: HashMap<String, String> = HashMap::new();
    for (_, line) in &there {
        let text = first.entry(line.key.clone()).or_insert_with(|| line.text.clone());
        if line.text < *text {
            text.clone_from(&line.text);
        }
    }
    there.retain(|(_, line)| first.get(&line.key) == Some(&line.text) && first.remove(&line.key).is_some());
    Ok(Ok(there))
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

/// The documents of lines that are not found any more whose pages are at another address for good, each with the document
/// there.
async fn moved_documents(
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

/// What of a difference is news of the pages. What only a changed configuration or a better reader finds otherwise in
/// captures that were there before is none, and must not pass for something that a publisher did; nor is what was read only now
/// because its archive file had been gone.
async fn news(
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
    for item in items {
        let mut item = item.clone();
        let line = &item.line;
        let is_old = is_old(line);
        let told = match item.change {
            Change::New => tracker.store.last_told(&search.id, &line.key).await?,
            _ => None,
        };
        let is_news = match item.change {
            Change::New if matches!(told, Some(Change::Gone | Change::TakenOut)) => {
                item.change = returned(told);
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
            let mut whole = other_sides.told(item).await?;
            // What was told to be changed and is found anew had become what the search does not find.
            if let Some(item) = whole.as_mut().filter(|item| item.change == Change::New)
                && told == Some(Change::Changed)
            {
                item.change = returned(told);
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

/// How what is found anew came back, by what was told of it last: with its page, or into a page that was there.
fn returned(told: Option<Change>) -> Change {
    match told {
        Some(Change::Gone) => Change::Back,
        _ => Change::PutBack,
    }
}

/// How a page does not show any more what it showed: it is absent, or has another revision; `None` where it is as it was.
async fn went(tracker: &Tracker, line: &Line) -> Result<Option<Change>, PipelineError> {
    let id = DocumentId::new(line.document.as_str());
    if tracker.store.absence(&id).await?.is_some() {
        return Ok(Some(Change::Gone));
    }
    let document = tracker.store.document(&id).await?;
    let is_as_it_was = document
        .and_then(|document| document.revision)
        .is_some_and(|revision| revision.as_str() == line.revision);
    Ok((!is_as_it_was).then_some(Change::TakenOut))
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

/// What of a line changed beside its words, what its page says of that, and what people corrected of it, in words.
pub fn moved(item: &AlertItem) -> Vec<String> {
    let line = &item.line;
    let to = |name: &str| match name {
        "" => "to nobody".to_owned(),
        name => format!("to {name}"),
    };
    let speaker = item.speaker_before.as_ref().map(|before| {
        let now = to(line.speaker.as_deref().unwrap_or_default());
        format!("given {now}, before {}", to(before))
    });
    let dated = match line.kind.as_str() {
        "quote" => "said",
        "document" => "published",
        _ => "of",
    };
    let day = item.day_before.map(|before| {
        let now = line.day.map_or("no day".to_owned(), days::day);
        format!("{dated} {now}, before {}", days::day(before))
    });
    let correction = item.correction.as_ref();
    let correction = correction.map(|words| format!("the page prints a correction: {words}"));
    let passage = item.passage.as_ref().map(passage);
    let before = item.before.as_deref().filter(|_| line.kind == "quote");
    let edit = before.and_then(|before| edit_line(before, &line.text));
    let told = edit.into_iter().chain(speaker).chain(day).chain(passage);
    told.chain(correction).chain(line.by_hand.clone()).collect()
}

/// What a text says otherwise, in words.
fn passage(passage: &Passage) -> String {
    let Passage { before, now, more } = passage;
    let told = match (before.is_empty(), now.is_empty()) {
        (true, _) => format!("its text has more: “{now}”"),
        (_, true) => format!("its text has no more: “{before}”"),
        _ => format!("its text says “{now}”, before “{before}”"),
    };
    match more {
        0 => told,
        1 => format!("{told}, and another place changed"),
        more => format!("{told}, and {more} more places changed"),
    }
}

/// Why a search has given no alert, in words.
pub fn nothing_told(search: &SavedSearch) -> String {
    match (search.looked_at, &search.trouble) {
        (None, Some(trouble)) => format!("it cannot be asked: {trouble}"),
        (None, None) => {
            "it was not looked at yet, and its first look only learns what is found already".into()
        }
        (Some(at), Some(trouble)) => {
            format!(
                "it cannot be asked since its last look, {}: {trouble}",
                days::instant(at)
            )
        }
        (Some(at), None) => format!(
            "nothing new, changed or gone was seen from when it was saved to the last look, {}",
            days::instant(at)
        ),
    }
}

/// How often a delivery was tried, in words.
pub fn tried(attempts: u32) -> String {
    match attempts {
        1 => "in one try".to_owned(),
        attempts => format!("in {attempts} tries"),
    }
}

/// How much is new, changed, gone and back, in words.
pub fn counted(counts: impl Fn(Change) -> u64) -> String {
    let counts = Change::ALL.iter().filter_map(|change| {
        let count = counts(*change);
        (count > 0).then(|| format!("{count} {}", change.words()))
    });
    counts.collect::<Vec<_>>().join(", ")
}

/// The same of an alert.
pub fn counted_in(alert: &Alert) -> String {
    counted(|change| alert.items.iter().filter(|item| item.change == change).count() as u64)
}

fn ways(search: &SavedSearch) -> Vec<Way> {
    let webhook = search.webhook.as_ref().map(|_| Way::Webhook);
    let email = search.email.as_ref().map(|_| Way::Email);
    webhook.into_iter().chain(email).collect()
}

/// What an alert tells of an entry.
fn line(entry: &Entry) -> Line {
    let speaker = entry.speakers.first().filter(|_| entry.kind == EntryKind::Quote);
    let words = || Wording::of(&entry.text).words().join(" ");
    let (identity, wording, text) = match entry.kind {
        EntryKind::Quote => {
            let by = speaker.map_or("", |speaker| speaker.id.as_str());
            (format!("{by} {}", words()), words(), entry.text.clone())
        }
        EntryKind::Document => (
            String::new(),
            entry.revision.to_string(),
            entry.title.clone().unwrap_or_else(|| entry.url.clone()),
        ),
        EntryKind::Date => {
            let meaning = entry.date.as_ref().map_or("", |date| date.meaning());
            let identity = format!("{meaning} {}", words());
            (identity.clone(), identity, entry.around.clone())
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
        wording,
        kind: entry.kind.code().into(),
        entry: entry.id.clone(),
        document: entry.document.to_string(),
        revision: entry.revision.to_string(),
        capture: entry.capture.to_string(),
        url: entry.url.clone(),
        title: entry.title.clone(),
        source: entry.source_name.clone(),
        speaker: speaker.map(|speaker| speaker.name.clone()),
        day,
        text,
        by_hand: by_hand_in_words(&entry.by_hand),
    }
}

/// What people corrected of a quote, in words.
fn by_hand_in_words(by_hand: &[ByHand]) -> Option<String> {
    let told: Vec<String> = by_hand.iter().map(ByHand::in_full).collect();
    (!told.is_empty()).then(|| told.join("; "))
}
