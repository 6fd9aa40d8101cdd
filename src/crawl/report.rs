//! What a crawl did, for people and for tests.

use std::collections::{BTreeMap, HashSet};

use crate::model::capture::{Capture, Role};
use crate::model::host::HostState;
use crate::model::id::SourceId;
use crate::model::outcome::Outcome;
use crate::store::{AttemptRow, Visit};

/// Troubles kept word for word; the rest is only counted.
const TROUBLES: usize = 1000;

/// What a crawl did.
#[derive(Clone, Debug, Default)]
pub struct CrawlReport {
    /// Every source that was asked.
    pub sources: BTreeMap<SourceId, SourceReport>,
    /// What did not end well.
    pub troubles: Vec<Trouble>,
    /// Hosts that had something due and were left alone.
    pub left_alone: Vec<HostState>,
    /// Bytes received.
    pub bytes: u64,
    /// Whether it was stopped before everything due was done.
    pub interrupted: bool,
}

/// What a crawl did at one source.
#[derive(Clone, Debug, Default)]
pub struct SourceReport {
    /// Channels asked.
    pub channels: u64,
    /// Those of them that did not answer as they should.
    pub channels_failed: u64,
    /// Pages asked for.
    pub pages: u64,
    /// Pages announced that were not known.
    pub announced: u64,
    /// Captures made of pages, and of interfaces' answers that give whole documents.
    pub captures: u64,
    /// Pages found as they were.
    pub unchanged: u64,
    /// Visits that did not end well.
    pub troubles: u64,
}

/// A visit that did not end well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Whose address it is.
    pub source: SourceId,
    /// The address.
    pub url: String,
    /// How the visit ended.
    pub outcome: Outcome,
    /// The particulars.
    pub detail: Option<String>,
}

impl CrawlReport {
    /// Counts one visit and the pages it newly announced.
    pub fn add(&mut self, visit: &Visit, announced: u64) {
        let source = self.sources.entry(visit.source.clone()).or_default();
        source.announced += announced;
        let is_page = |capture: &&Capture| capture.role == Role::Page;
        source.captures += visit.captures.iter().filter(is_page).count() as u64;
        match visit.role {
            Role::Channel => {
                source.channels += 1;
                source.channels_failed += u64::from(!visit.end.outcome.is_success());
            }
            Role::Page => {
                source.pages += 1;
                let same = matches!(visit.end.outcome, Outcome::Unchanged | Outcome::NotModified);
                source.unchanged += u64::from(same);
            }
        }
        if !visit.end.outcome.is_success() {
            source.troubles += 1;
            if self.troubles.len() < TROUBLES {
                self.troubles.push(Trouble {
                    source: visit.source.clone(),
                    url: visit.url.clone(),
                    outcome: visit.end.outcome,
                    detail: visit.end.detail.clone(),
                });
            }
        }
    }

    /// Takes back what was counted as new and was none once it was read: something else stood in the place of the page. `pages`
    /// are the visits of this crawl that did not end well.
    pub fn take_back(&mut self, pages: Vec<AttemptRow>) {
        let told: HashSet<String> = self.troubles.iter().map(|trouble| trouble.url.clone()).collect();
        for page in pages.into_iter().filter(|page| !told.contains(&page.url)) {
            let Some(outcome) = page.outcome.filter(|_| self.troubles.len() < TROUBLES) else {
                continue;
            };
            let source = self.sources.entry(page.source.clone()).or_default();
            source.troubles += 1;
            source.captures = source.captures.saturating_sub(1);
            self.troubles.push(Trouble {
                source: page.source,
                url: page.url,
                outcome,
                detail: page.detail,
            });
        }
    }

    /// The sum over all sources.
    pub fn total(&self) -> SourceReport {
        let mut total = SourceReport::default();
        for source in self.sources.values() {
            total.channels += source.channels;
            total.channels_failed += source.channels_failed;
            total.pages += source.pages;
            total.announced += source.announced;
            total.captures += source.captures;
            total.unchanged += source.unchanged;
            total.troubles += source.troubles;
        }
        total
    }
}
