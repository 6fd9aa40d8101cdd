//! Saved searches: what each found that was not found before, and telling of it.
//!
//! A look asks the search for everything, compares that with what the last look found, and keeps the difference as an
//! alert, with what is to be sent, in one transaction: so each thing is told once, also where the process is killed in
//! between or two processes look. Sending is tried again until it is taken, always under the alert's own id.

mod compare;
mod edited;
mod lines;
mod look;
mod moved_days;
mod news;
mod other_side;
mod place;
mod save;
mod send;
mod told;
mod words;

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::{PipelineError, Tracker, in_words, searcher};
use crate::index::Searcher;
use crate::model::saved_search::{SavedSearch, Way};

pub(super) use compare::takes_the_place;
pub use edited::{beside_corrections, printed, printed_since};
pub use lines::kinds_of;
pub use look::look;
pub use place::{Elsewhere, elsewhere, take_over};
pub use save::{Draft, SaveError, save};
pub use send::{NoLetters, Sender};
pub use told::{AlertJson, place, told_all};
pub use words::{counted, counted_in, moved, nothing_told, tried};

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

/// Runs what computes for long, or reads from the disk, beside what waits.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PipelineError> + Send + 'static,
) -> Result<T, PipelineError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| PipelineError::Stopped("a saved search"))?
}

/// The ways that alerts of a search are sent.
fn ways(search: &SavedSearch) -> Vec<Way> {
    let webhook = search.webhook.as_ref().map(|_| Way::Webhook);
    let email = search.email.as_ref().map(|_| Way::Email);
    webhook.into_iter().chain(email).collect()
}
