//! What is counted row by row, which takes the longer the more a tracker holds, and is therefore counted seldom.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::error::Failure;

/// Never more than a twentieth of the time goes into counting …
const COUNTING: u32 = 20;
/// … and a count is never taken for fresh longer than this.
const OLDEST: Duration = Duration::from_secs(600);

/// A count that is kept for a while. Clones share it.
#[derive(Clone, Debug)]
pub(super) struct Seldom<T> {
    known: Arc<Mutex<Option<Counted<T>>>>,
    /// Held by whoever counts.
    counting: Arc<tokio::sync::Mutex<()>>,
}

/// A count, when it was made, and how long that took.
#[derive(Clone, Debug)]
struct Counted<T> {
    count: T,
    at: Instant,
    took: Duration,
}

impl<T> Counted<T> {
    fn is_fresh(&self) -> bool {
        self.at.elapsed() < (self.took * COUNTING).min(OLDEST)
    }
}

impl<T> Default for Seldom<T> {
    fn default() -> Self {
        Self {
            known: Arc::default(),
            counting: Arc::default(),
        }
    }
}

impl<T: Clone> Seldom<T> {
    /// The count as it was a moment ago. One of those who ask counts anew when it is time; the others are told what was
    /// known before, and wait only where nothing was.
    pub(super) async fn get(&self, count: impl AsyncFnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        let known = self.known();
        if let Some(fresh) = known.as_ref().filter(|known| known.is_fresh()) {
            return Ok(fresh.count.clone());
        }
        let _counting = match (self.counting.try_lock(), known) {
            (Ok(counting), _) => counting,
            (Err(_), Some(known)) => return Ok(known.count),
            (Err(_), None) => self.counting.lock().await,
        };
        // Somebody may have counted while this waited.
        if let Some(fresh) = self.known().filter(Counted::is_fresh) {
            return Ok(fresh.count);
        }
        let began = Instant::now();
        let count = count().await?;
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(Counted {
            count: count.clone(),
            at: Instant::now(),
            took: began.elapsed(),
        });
        Ok(count)
    }

    fn known(&self) -> Option<Counted<T>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test]
    async fn one_counts_and_nobody_waits_who_can_be_told_the_last_count() {
        let seldom = Seldom::default();
        let times = AtomicU32::new(0);
        let count = async || {
            tokio::time::sleep(Duration::from_millis(30)).await;
            Ok(times.fetch_add(1, Ordering::SeqCst))
        };
        let (one, other) = tokio::join!(seldom.get(count), seldom.get(count));
        assert_eq!((one.expect("a count"), other.expect("a count")), (0, 0));
        // It took thirty milliseconds, so it is fresh for six hundred.
        assert_eq!(seldom.get(count).await.expect("a count"), 0);
        tokio::time::sleep(Duration::from_millis(2_000)).await;
        let (one, other) = tokio::join!(seldom.get(count), seldom.get(count));
        assert_eq!((one.expect("a count"), other.expect("a count")), (1, 0));
    }
}
