//! One pace a host, whoever asks: never two requests at once, never sooner than the host's pause.
//!
//! The pause is the configured one, what robots.txt asks for, or a multiple of the time the last answer took,
//! whichever is longest: a host that labours is asked less often before it has to say so (the delay factor of
//! Heritrix).

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::SignedDuration;
use tokio::sync::OwnedMutexGuard;
use tokio::time::Instant;

use crate::settings::CrawlSettings;

/// How long hosts are left in peace between two requests.
#[derive(Clone, Copy, Debug)]
pub struct Paces {
    /// The shortest pause.
    pub least: Duration,
    /// The longest that a host's Crawl-delay or its slowness leads to.
    pub longest: Duration,
    /// How many times as long as the last answer took the pause is at least; 0 where that does not matter.
    pub per_answer: u32,
}

/// Gates that are held in memory, besides those of hosts that are owed a pause.
const MOST_GATES: usize = 10_000;

/// The gates of the hosts that were asked lately.
#[derive(Debug)]
pub struct Politeness {
    paces: Paces,
    gates: Mutex<HashMap<String, SharedGate>>,
}

type SharedGate = Arc<tokio::sync::Mutex<Gate>>;

#[derive(Debug, Default)]
struct Gate {
    /// When the last turn ended, and the pause that was to follow it.
    last: Option<(Instant, Duration)>,
}

/// The right to ask a host; the pause begins when it is dropped.
#[derive(Debug)]
pub struct Turn {
    gate: OwnedMutexGuard<Gate>,
    begun_at: Instant,
    pause: Duration,
    paces: Paces,
}

impl Politeness {
    /// Gates that keep these paces.
    pub fn new(paces: Paces) -> Self {
        Self {
            paces,
            gates: Mutex::default(),
        }
    }

    /// The same, where hosts were asked so long ago by a crawl that went before.
    pub fn after(self, asked: impl IntoIterator<Item = (String, Duration)>) -> Self {
        let now = Instant::now();
        let gate = |ago| Gate {
            last: now.checked_sub(ago).map(|ended_at| (ended_at, Duration::ZERO)),
        };
        let lately = asked.into_iter().filter(|(_, ago)| *ago < self.paces.longest);
        let gates = lately.map(|(host, ago)| (host, Arc::new(tokio::sync::Mutex::new(gate(ago)))));
        Self {
            gates: Mutex::new(gates.collect()),
            ..self
        }
    }

    /// The gate of a host. Those of hosts that nobody asks, and that are owed no pause any more, are let go of where there are
    /// very many: a new one stands open as well.
    fn gate(&self, host: &str) -> SharedGate {
        let mut gates = self
            .gates
            .lock()
            .expect("nothing panics while it holds this lock");
        if gates.len() >= MOST_GATES && !gates.contains_key(host) {
            let (now, longest) = (Instant::now(), self.paces.longest);
            let is_owed = |gate: &Gate| gate.last.is_some_and(|(ended_at, _)| now < ended_at + longest);
            // One that somebody holds, locked or about to be, stays: a second one would let two in at once.
            gates.retain(|_, gate| {
                Arc::strong_count(gate) > 1 || gate.try_lock().is_ok_and(|gate| is_owed(&gate))
            });
        }
        Arc::clone(gates.entry(host.into()).or_default())
    }

    /// Waits until `host` may be asked; `asked_pause` is its Crawl-delay, which holds before this turn as well:
    /// it may have become known in the last one, by robots.txt itself.
    pub async fn turn(&self, host: &str, asked_pause: Option<Duration>) -> Turn {
        let gate = self.gate(host).lock_owned().await;
        let pause = self.paces.bounded(asked_pause.unwrap_or_default());
        if let Some((ended_at, after_it)) = gate.last {
            tokio::time::sleep_until(ended_at + after_it.max(pause)).await;
        }
        Turn {
            gate,
            begun_at: Instant::now(),
            pause,
            paces: self.paces,
        }
    }
}

impl Paces {
    /// The paces that the settings name.
    pub fn of(settings: &CrawlSettings) -> Self {
        let length = |length: SignedDuration| Duration::try_from(length).unwrap_or_default();
        Self {
            least: length(settings.pace),
            longest: length(settings.longest_pace),
            per_answer: settings.pace_per_answer,
        }
    }

    fn bounded(&self, pause: Duration) -> Duration {
        pause.min(self.longest).max(self.least)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let took = self.begun_at.elapsed();
        let slow = self.paces.bounded(took.saturating_mul(self.paces.per_answer));
        self.gate.last = Some((Instant::now(), self.pause.max(slow)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn politeness() -> Politeness {
        Politeness::new(Paces {
            least: Duration::from_secs(2),
            longest: Duration::from_secs(60),
            per_answer: 5,
        })
    }

    #[tokio::test(start_paused = true)]
    async fn a_crawl_that_begins_anew_keeps_the_pause_of_the_one_before() {
        // There is nothing before a clock's beginning.
        tokio::time::sleep(Duration::from_secs(60)).await;
        let asked = [
            ("a".to_string(), Duration::from_secs(1)),
            ("b".to_string(), Duration::from_secs(9)),
        ];
        let politeness = politeness().after(asked);
        for (host, crawl_delay, pause) in [("c", None, 0), ("a", None, 1), ("b", Some(12), 2)] {
            let begun_at = Instant::now();
            drop(politeness.turn(host, crawl_delay.map(Duration::from_secs)).await);
            assert_eq!(begun_at.elapsed().as_secs(), pause, "{host} {crawl_delay:?}");
        }
    }

    /// Checks the pause in seconds after an answer that took so many.
    async fn check_pause(took: u64, pause: u64) {
        let politeness = politeness();
        let turn = politeness.turn("a", None).await;
        tokio::time::sleep(Duration::from_secs(took)).await;
        drop(turn);
        let ended_at = Instant::now();
        drop(politeness.turn("a", None).await);
        assert_eq!(ended_at.elapsed().as_secs(), pause, "after {took} s");
    }

    #[tokio::test(start_paused = true)]
    async fn gates_of_very_many_hosts_are_let_go_of_once_nobody_is_owed_a_pause() {
        let politeness = politeness();
        for number in 0..MOST_GATES {
            drop(politeness.turn(&format!("{number}.town.example"), None).await);
        }
        let held = || politeness.gates.lock().expect("no panic").len();
        drop(politeness.turn("a", None).await);
        assert_eq!(held(), MOST_GATES + 1, "all of them were asked just now");
        tokio::time::sleep(Duration::from_secs(61)).await;
        let turn = politeness.turn("a", None).await;
        // Somebody is about to ask, and holds the gate not locked yet.
        let about_to_ask = politeness.gate("0.town.example");
        drop(politeness.turn("b", None).await);
        assert_eq!(held(), 3);
        assert!(Arc::ptr_eq(&about_to_ask, &politeness.gate("0.town.example")));
        drop(turn);
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_host_is_asked_less_often_within_bounds() {
        check_pause(0, 2).await;
        check_pause(4, 20).await;
        check_pause(50, 60).await;
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_that_is_quick_again_keeps_the_usual_pace() {
        let politeness = politeness();
        let turn = politeness.turn("a", None).await;
        tokio::time::sleep(Duration::from_secs(4)).await;
        drop(turn);
        drop(politeness.turn("a", None).await);
        let ended_at = Instant::now();
        drop(politeness.turn("a", None).await);
        assert_eq!(ended_at.elapsed().as_secs(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_is_asked_one_at_a_time_with_its_pause_between() {
        let politeness = Arc::new(politeness());
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
        let politeness = politeness();
        let begin = Instant::now();
        drop(politeness.turn("a", None).await);
        drop(politeness.turn("a", Some(Duration::from_secs(10))).await);
        assert_eq!(begin.elapsed().as_secs(), 10);
    }

    #[tokio::test(start_paused = true)]
    async fn another_host_does_not_wait_and_a_longer_crawl_delay_is_capped() {
        let politeness = politeness();
        let begin = Instant::now();
        drop(politeness.turn("a", Some(Duration::from_secs(86_400))).await);
        drop(politeness.turn("b", None).await);
        assert_eq!(begin.elapsed().as_secs(), 0);
        drop(politeness.turn("a", None).await);
        assert_eq!(begin.elapsed().as_secs(), 60);
    }
}
