//! How every channel fares, by its address.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{PipelineError, Tracker};
use crate::crawl::{Health, health};

/// How every channel that was ever asked fares at `now`.
pub async fn channel_health(
    tracker: &Tracker,
    now: Timestamp,
) -> Result<BTreeMap<String, Health>, PipelineError> {
    let reads = tracker.store.channel_reads().await?;
    Ok(reads
        .into_iter()
        .map(|(url, reads)| (url, health(&reads, now)))
        .collect())
}
