//! What a capture is read with: the same in a tracker, which has it of its workspace, and with an evidence pack, which
//! brings it along.

use std::collections::HashMap;

use super::Tracker;
use crate::model::id::SourceId;
use crate::model::reader::Readers;
use crate::model::source::Source;
use crate::resolve::speakers::Gazetteer;
use crate::settings::CrawlSettings;

/// What has a say in how a capture is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    /// The sources, each with its rules.
    pub(super) sources: &'a HashMap<SourceId, Source>,
    /// The people and bodies that may be meant.
    pub(super) gazetteer: &'a Gazetteer,
    /// The settings of the crawl.
    pub(super) settings: &'a CrawlSettings,
    /// The names of the readers.
    pub(super) names: &'a Readers,
}

impl Tracker {
    /// What this tracker reads captures with.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader {
            sources: &self.sources,
            gazetteer: &self.gazetteer,
            settings: &self.settings.crawl,
            names: &self.readers,
        }
    }
}
