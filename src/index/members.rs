//! What is on each topic, a bit an entry.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::sets::EntrySet;

/// What means every document, on a topic or not.
pub const EVERY_TOPIC: &str = "all";

/// What is on each topic, as of one commit.
#[derive(Debug, Default)]
pub(super) struct Members {
    pub(super) topics: BTreeMap<String, Arc<EntrySet>>,
    pub(super) any: Arc<EntrySet>,
}

impl Members {
    /// What is on a topic; `None` where there is no such topic.
    pub(super) fn of(&self, topic: &str) -> Option<Arc<EntrySet>> {
        self.topics.get(topic).map(Arc::clone)
    }

    /// What is on any topic; `None` where there are no topics.
    pub(super) fn of_any(&self) -> Option<Arc<EntrySet>> {
        (!self.topics.is_empty()).then(|| Arc::clone(&self.any))
    }

    /// Every topic with what is on it.
    pub(super) fn topics(&self) -> Vec<(String, Arc<EntrySet>)> {
        let topics = self.topics.iter();
        topics
            .map(|(name, entries)| (name.clone(), Arc::clone(entries)))
            .collect()
    }
}
