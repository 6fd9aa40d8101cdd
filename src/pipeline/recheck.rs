//! Having something looked at now: by the crawl that is at work in this workspace, or the next one.

use jiff::Timestamp;
use url::Url;

use super::{PipelineError, Tracker};
use crate::archive;
use crate::discover::canonical;
use crate::model::capture::Role;
use crate::model::id::SourceId;
use crate::model::source::source_of;

/// What is due now because somebody asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rechecked {
    /// Addresses that are due now; of a page that was named, it alone.
    pub addresses: u64,
    /// Whether a crawl is at work. One by schedule asks in its turn, a page that was named among the news; a single round asks for nothing
    /// twice and leaves it to the next.
    pub is_crawled: bool,
}

/// Makes due now what a text names: the channels of a source, by the name of its file, with all its known pages if `pages` says so;
/// or the address of a channel or a page that is known. A host that pushed back is left alone all the same.
pub async fn recheck(tracker: &Tracker, named: &str, pages: bool) -> Result<Rechecked, PipelineError> {
    let now = Timestamp::now();
    let addresses = match Url::parse(named) {
        Ok(url) => of_address(tracker, &url, now).await?,
        Err(_) => of_source(tracker, named, pages, now).await?,
    };
    Ok(Rechecked {
        addresses,
        is_crawled: archive::is_written_to(&tracker.workspace.archive()),
    })
}

async fn of_source(tracker: &Tracker, name: &str, pages: bool, now: Timestamp) -> Result<u64, PipelineError> {
    let source = tracker.sources.get(&SourceId::new(name));
    let Some(source) = source else {
        let ids = tracker.sources.keys().map(|id| id.as_str());
        return Err(PipelineError::unknown_source(name, ids));
    };
    if !source.enabled {
        return Err(PipelineError::DisabledSource {
            name: name.to_owned(),
        });
    }
    let ids = [source.id.clone()];
    tracker.store.make_due(Role::Channel, &ids, now).await?;
    if pages {
        tracker.store.make_due(Role::Page, &ids, now).await?;
    }
    match tracker.store.due_count_of(&source.id, now).await? {
        0 => Err(PipelineError::NotAskedFor {
            named: name.to_owned(),
        }),
        due => Ok(due),
    }
}

async fn of_address(tracker: &Tracker, url: &Url, now: Timestamp) -> Result<u64, PipelineError> {
    let known_as = match source_of(tracker.sources.values(), url) {
        Some(source) => canonical::within(url, source).url,
        None => canonical::canonical(url).url,
    };
    match tracker.store.make_address_due(url, &known_as, now).await? {
        true => Ok(1),
        false => Err(PipelineError::NotAskedFor {
            named: url.to_string(),
        }),
    }
}
