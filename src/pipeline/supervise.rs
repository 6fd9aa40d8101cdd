//! Keeps a crawl going that is to run for years: what ends it is told, and it begins again.

use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// The pause after a first end; it doubles with every further one in a row.
const FIRST: Duration = Duration::from_secs(2);
/// The longest pause: a disk that was cleared is noticed soon. Who runs as long without an error is as good as new.
const LONGEST: Duration = Duration::from_secs(5 * 60);
/// Who ran this long without an error goes on.
const SETTLED: Duration = Duration::from_secs(20);

/// What happens to the work that is kept going.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Supervised {
    /// It ended, and begins again after a pause.
    Ended {
        /// Why, in words.
        why: String,
        /// The pause; nothing where it was to stop anyway.
        again_in: Option<Duration>,
    },
    /// It began again after an end and has gone well since.
    Settled,
}

/// Runs `work` again and again until `cancel` says so. An error, an end that nobody asked for and a panic are all told
/// to `tell`, and the work begins anew after a pause that doubles while it goes on failing.
pub async fn supervise<F, E>(
    cancel: &CancellationToken,
    mut work: impl FnMut() -> F,
    mut tell: impl AsyncFnMut(Supervised),
) where
    F: Future<Output = Result<(), E>> + Send + 'static,
    E: std::error::Error + Send + 'static,
{
    let mut ends = 0;
    loop {
        let begun_at = Instant::now();
        // On a task of its own: a panic ends that task and nothing else.
        let mut running = tokio::spawn(work());
        let mut has_settled = ends == 0;
        let ended = loop {
            tokio::select! {
                ended = &mut running => break ended,
                () = tokio::time::sleep_until(begun_at + SETTLED), if !has_settled => {
                    has_settled = true;
                    tell(Supervised::Settled).await;
                }
            }
        };
        if cancel.is_cancelled() {
            // What ended then was asked to; an error is told all the same.
            if let Some(why) = why(&ended) {
                tell(Supervised::Ended { why, again_in: None }).await;
            }
            return;
        }
        ends = if begun_at.elapsed() >= SETTLED {
            1
        } else {
            ends + 1
        };
        let again_in = pause(ends);
        let why = why(&ended).unwrap_or_else(|| "it ended though nobody asked it to".to_string());
        tell(Supervised::Ended {
            why,
            again_in: Some(again_in),
        })
        .await;
        tokio::select! {
            () = cancel.cancelled() => return,
            () = tokio::time::sleep(again_in) => {}
        }
    }
}

/// The pause after so many ends in a row.
fn pause(ends: u32) -> Duration {
    FIRST
        .saturating_mul(1 << ends.saturating_sub(1).min(20))
        .min(LONGEST)
}

/// Why it ended, its causes included; nothing where it ended well.
fn why<E: std::error::Error + 'static>(
    ended: &Result<Result<(), E>, tokio::task::JoinError>,
) -> Option<String> {
    match ended {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(super::in_words(error)),
        Err(_) => Some("it failed inside the program".to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[derive(Debug, thiserror::Error)]
    enum Met {
        #[error("the database failed")]
        Store(#[source] std::io::Error),
    }

    /// What is told of work that meets these troubles in turn and then goes on until it is cancelled.
    async fn told(troubles: &'static [fn() -> Result<(), Met>]) -> Vec<Supervised> {
        let cancel = CancellationToken::new();
        let begun = Arc::new(AtomicUsize::new(0));
        let mut told = Vec::new();
        let (inside, stop) = (cancel.clone(), cancel.clone());
        let work = || {
            let (cancel, begun) = (inside.clone(), Arc::clone(&begun));
            async move {
                match troubles.get(begun.fetch_add(1, Ordering::Relaxed)) {
                    Some(trouble) => trouble(),
                    None => {
                        cancel.cancelled().await;
                        Ok(())
                    }
                }
            }
        };
        let tell = async |event: Supervised| {
            let is_well = event == Supervised::Settled;
            told.push(event);
            if is_well {
                stop.cancel();
            }
        };
        supervise(&cancel, work, tell).await;
        assert_eq!(begun.load(Ordering::Relaxed), troubles.len() + 1);
        told
    }

    fn ended(why: &str, seconds: u64) -> Supervised {
        Supervised::Ended {
            why: why.to_string(),
            again_in: Some(Duration::from_secs(seconds)),
        }
    }

    #[tokio::test(start_paused = true)]
    async fn an_error_of_store_or_disk_and_a_panic_end_a_crawl_for_a_while_only() {
        let told = told(&[
            || Err(Met::Store(std::io::Error::other("locked"))),
            || panic!("a mistake"),
            || Ok(()),
            || Err(Met::Store(std::io::Error::other("no space left"))),
        ])
        .await;
        assert_eq!(
            told,
            [
                ended("the database failed: locked", 2),
                ended("it failed inside the program", 4),
                ended("it ended though nobody asked it to", 8),
                ended("the database failed: no space left", 16),
                Supervised::Settled,
            ]
        );
    }

    #[test]
    fn the_pause_grows_to_five_minutes() {
        assert_eq!([1, 2, 9, 99].map(|ends| pause(ends).as_secs()), [2, 4, 300, 300]);
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_stopped_stops() {
        let cancel = CancellationToken::new();
        cancel.cancel();
        let mut told = 0;
        supervise(&cancel, || async { Ok::<(), Met>(()) }, async |_| told += 1).await;
        assert_eq!(told, 0);
    }
}
