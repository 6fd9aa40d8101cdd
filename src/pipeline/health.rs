//! How every source fares: its channels as they are configured now, and its pages.

use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp};

use super::{PipelineError, Tracker};
use crate::crawl::{Flag, Health, PageHealth, health, page_health};
use crate::model::id::SourceId;
use crate::store::{AttemptRow, SourceStatus};

/// Channels that can lie above one: more than the crawl follows, and an end to a circle.
const DEEPEST: usize = 8;

/// How a source fares.
#[derive(Clone, Debug, Default)]
pub struct SourceHealth {
    /// Its channels that are asked.
    pub channels: Vec<ChannelHealth>,
    /// Its pages.
    pub pages: PageHealth,
}

/// How a channel fares.
#[derive(Clone, Debug)]
pub struct ChannelHealth {
    /// Its last visit.
    pub row: AttemptRow,
    /// How it fares, once it was read.
    pub health: Option<Health>,
    /// The configured channel that it is, or that led to it: an index of sitemaps may name thousands.
    pub configured: String,
}

impl SourceHealth {
    /// The last time that one of its channels answered as it should.
    pub fn succeeded_at(&self) -> Option<Timestamp> {
        self.healths().filter_map(|health| health.succeeded_at).max()
    }

    /// The last time that one of its channels brought something new.
    pub fn new_at(&self) -> Option<Timestamp> {
        self.healths().filter_map(|health| health.new_at).max()
    }

    /// New items of the last seven days, and what the past of its channels lets expect, where one has a past.
    pub fn week(&self) -> (u64, Option<f64>) {
        let new = self.healths().map(|health| health.new_in_week).sum();
        let expected = self.healths().filter_map(Health::expected_in_week);
        (new, expected.reduce(|one, other| one + other))
    }

    /// What somebody should look at: the channel's address, or none where it is about the pages, and why.
    pub fn flags(&self) -> impl Iterator<Item = (Option<&str>, Flag)> {
        let of_channels = self.channels.iter().flat_map(|channel| {
            let flags = channel.health.iter().flat_map(|health| &health.flags);
            flags.map(|flag| (Some(channel.row.url.as_str()), *flag))
        });
        of_channels.chain(self.pages.flags.iter().map(|flag| (None, *flag)))
    }

    fn healths(&self) -> impl Iterator<Item = &Health> {
        self.channels.iter().filter_map(|channel| channel.health.as_ref())
    }
}

/// How every source stands, by name. One that is configured no more and of which nothing is held is passed over, as the
/// old name of a file that was renamed.
pub async fn source_statuses(tracker: &Tracker) -> Result<Vec<SourceStatus>, PipelineError> {
    let mut statuses = tracker.store.source_statuses().await?;
    statuses.retain(|status| {
        let holds = status.documents > 0 || status.waiting > 0 || !status.outcomes.is_empty();
        holds || tracker.sources.contains_key(&status.id)
    });
    Ok(statuses)
}

/// How every configured source fares at `now`. It costs by the number of channels, not by what they ever brought.
pub async fn source_health(
    tracker: &Tracker,
    now: Timestamp,
) -> Result<BTreeMap<SourceId, SourceHealth>, PipelineError> {
    let store = &tracker.store;
    let week_ago = now
        .saturating_sub(SignedDuration::from_hours(7 * 24))
        .unwrap_or(Timestamp::MIN);
    let (tallies, new) = (store.channel_tallies().await?, store.new_since(week_ago).await?);
    let mut sources = BTreeMap::new();
    for (id, source) in tracker.sources.iter() {
        // What is switched off needs nobody's look.
        let pages = match source.enabled {
            true => page_health(
                &store.recent_outcomes(id).await?,
                store.yield_of_source(id).await?,
            ),
            false => PageHealth::default(),
        };
        let health = SourceHealth {
            channels: Vec::new(),
            pages,
        };
        sources.insert(id.clone(), health);
    }
    for (row, configured) in current(tracker, store.channels().await?) {
        let health = match tallies.get(&row.url) {
            None => None,
            Some(tally) => {
                let new = new.get(&row.url).copied().unwrap_or_default();
                Some(health(tally, new, store.yield_of_channel(&row.url).await?))
            }
        };
        if let Some(source) = sources.get_mut(&row.source) {
            source.channels.push(ChannelHealth {
                row,
                health,
                configured,
            });
        }
    }
    Ok(sources)
}

/// The channels that the configuration names and has on, and the sitemaps that these led to, each with the configured one.
/// What was taken out of the configuration keeps its rows and needs nobody's look.
fn current(tracker: &Tracker, rows: Vec<AttemptRow>) -> Vec<(AttemptRow, String)> {
    let announced_by: HashMap<String, Option<String>> = (rows.iter())
        .map(|row| (row.url.clone(), row.announced_by.clone()))
        .collect();
    let is_configured = |source: &SourceId, url: &str| {
        let source = tracker.sources.get(source).filter(|source| source.enabled);
        source.is_some_and(|source| {
            let mut channels = source.channels.iter();
            channels.any(|channel| channel.enabled && channel.url.as_str() == url)
        })
    };
    let configured = |row: &AttemptRow| {
        let mut url = row.url.clone();
        for _ in 0..DEEPEST {
            if is_configured(&row.source, &url) {
                return Some(url);
            }
            url = announced_by.get(&url).cloned().flatten()?;
        }
        None
    };
    let current = rows.into_iter().filter_map(|row| {
        let configured = configured(&row)?;
        Some((row, configured))
    });
    current.collect()
}
