//! One pace a host, whoever asks: never two requests at once, never sooner than the host's pause.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::OwnedMutexGuard;
use tokio::time::Instant;

/// The gates of all hosts.
#[derive(Debug)]
pub struct Politeness {
    pace: Duration,
    longest: Duration,
    gates: Mutex<HashMap<String, Arc<tokio::sync::Mutex<Gate>>>>,
}

#[derive(Debug, Default)]
struct Gate {
    /// When the last turn ended, and the pause that was to follow it.
    last: Option<(Instant, Duration)>,
}

/// The right to ask a host; the pause begins when it is dropped.
#[derive(Debug)]
pub struct Turn {
    gate: OwnedMutexGuard<Gate>,
    pause: Duration,
}

impl Politeness {
    /// Gates with `pace` between two requests, or what a host asks for up to `longest`.
    pub fn new(pace: Duration, longest: Duration) -> Self {
        Self {
            pace,
            longest,
            gates: Mutex::default(),
        }
    }

    /// Waits until `host` may be asked; `asked_pause` is its Crawl-delay, which holds before this turn as well:
    /// it may have become known in the last one, by robots.txt itself.
    pub async fn turn(&self, host: &str, asked_pause: Option<Duration>) -> Turn {
        let gate = Arc::clone(
            self.gates
                .lock()
                .expect("nothing panics while it holds this lock")
                .entry(host.into())
                .or_default(),
        );
        let gate = gate.lock_owned().await;
        let pause = asked_pause.map_or(self.pace, |asked| asked.min(self.longest).max(self.pace));
        if let Some((ended_at, after_it)) = gate.last {
            tokio::time::sleep_until(ended_at + after_it.max(pause)).await;
        }
        Turn { gate, pause }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.gate.last = Some((Instant::now(), self.pause));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_host_is_asked_one_at_a_time_with_its_pause_between() {
        let politeness = Arc::new(Politeness::new(Duration::from_secs(2), Duration::from_secs(60)));
        let begin = Instant::now();
        let asked: Vec<_> = (0..3)
            .map(|_| {
                let politeness = Arc::clone(&politeness);
                tokio::spawn(async move {
                    let _turn = politeness.turn("a", Some(Duration::from_secs(5))).await;
                    let at = begin.elapsed();
                    tokio::time::sleep(Duration::from_secs(1)).await;
                    at.as_secs()
                })
            })
            .collect();
        let mut seconds = Vec::new();
        for task in asked {
            seconds.push(task.await.expect("it ends"));
        }
        seconds.sort_unstable();
        assert_eq!(seconds, [0, 6, 12]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_delay_that_robots_asks_for_holds_before_the_first_page() {
        let politeness = Politeness::new(Duration::from_secs(2), Duration::from_secs(60));
        let begin = Instant::now();
        drop(politeness.turn("a", None).await);
        drop(politeness.turn("a", Some(Duration::from_secs(10))).await);
        assert_eq!(begin.elapsed().as_secs(), 10);
    }

    #[tokio::test(start_paused = true)]
    async fn another_host_does_not_wait_and_a_longer_crawl_delay_is_capped() {
        let politeness = Politeness::new(Duration::from_secs(2), Duration::from_secs(60));
        let begin = Instant::now();
        drop(politeness.turn("a", Some(Duration::from_secs(86_400))).await);
        drop(politeness.turn("b", None).await);
        assert_eq!(begin.elapsed().as_secs(), 0);
        drop(politeness.turn("a", None).await);
        assert_eq!(begin.elapsed().as_secs(), 60);
    }
}
