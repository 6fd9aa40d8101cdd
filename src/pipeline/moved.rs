//! Pages whose address leads to another one for good.

use jiff::Timestamp;
use url::Url;

use super::{PipelineError, Tracker};
use crate::discover::canonical;
use crate::model::id::DocumentId;
use crate::store::DocumentRow;

/// Where the page of a document is now.
#[derive(Clone, Debug)]
pub struct Moved {
    /// The address that its own one leads to for good.
    pub url: Url,
    /// The visit that first found it there.
    pub since: Timestamp,
    /// The document that is held of that address, which is current in its place. There is none where the same words make
    /// no other document: the page stays known by the address that was announced.
    pub document: Option<DocumentRow>,
}

/// Where a document's page is now, where its address leads elsewhere for good.
pub async fn moved_to(tracker: &Tracker, document: &DocumentRow) -> Result<Option<Moved>, PipelineError> {
    // The parts of a page move with it.
    let (url, fragment) = split_address(document);
    let Some((target, since)) = tracker.store.moved_to(url).await? else {
        return Ok(None);
    };
    let Ok(mut url) = Url::parse(&target) else {
        return Ok(None);
    };
    let mut known_as = match tracker.sources.get(&document.source) {
        Some(source) => canonical::within(&url, source).url,
        None => url.clone(),
    };
    known_as.set_fragment(fragment);
    url.set_fragment(fragment);
    let id = DocumentId::derive(known_as.as_str());
    let held = match id == document.id {
        true => None,
        false => tracker.store.document(&id).await?,
    };
    Ok(Some(Moved {
        url,
        since,
        document: held.filter(|held| held.revision.is_some()),
    }))
}

/// The address of a document's page, and the fragment where it is a part of that.
pub(super) fn split_address(document: &DocumentRow) -> (&str, Option<&str>) {
    match document.url.split_once('#') {
        Some((url, fragment)) => (url, Some(fragment)),
        None => (document.url.as_str(), None),
    }
}
