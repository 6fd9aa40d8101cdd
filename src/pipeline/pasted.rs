//! What is pasted in the place of a query and names one thing that is held: its id, or the address of a page.

use url::Url;
use uuid::Uuid;

use super::moved::moved_to;
use super::{PipelineError, Tracker};
use crate::discover::canonical;
use crate::model::id::{CaptureId, DocumentId, QuoteId, RevisionId};
use crate::model::source::source_of;
use crate::store::DocumentRow;

/// How a capture is named in citations and in its archive file.
const RECORD: &str = "urn:uuid:";

/// A thing that is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pasted {
    /// A quote.
    Quote(QuoteId),
    /// A document.
    Document(DocumentId),
    /// A wording of a document.
    Revision(DocumentId, RevisionId),
    /// A capture.
    Capture(CaptureId),
}

/// What of all that is held a text names and nothing else; `None` where it is to be searched for.
pub async fn pasted(tracker: &Tracker, text: &str) -> Result<Option<Pasted>, PipelineError> {
    let text = text.trim().trim_matches(['<', '>']);
    if text.contains(char::is_whitespace) {
        return Ok(None);
    }
    match address(text) {
        Some(url) => of_page(tracker, &url).await,
        None => of_id(tracker, text).await,
    }
}

/// The captures that prove what a text names: an id, as it stands in citations too, or the address of a page, which all captures
/// of its wordings prove. What is nothing that is held is taken for the id of a capture.
pub async fn captures_named(tracker: &Tracker, text: &str) -> Result<Vec<CaptureId>, PipelineError> {
    let store = &tracker.store;
    let revision = match pasted(tracker, text).await? {
        None => return Ok(vec![CaptureId::new(text)]),
        Some(Pasted::Capture(id)) => return Ok(vec![id]),
        Some(Pasted::Document(id)) => {
            let revisions = store.revision_lines_of(&id).await?;
            return Ok(revisions.into_iter().map(|revision| revision.capture).collect());
        }
        Some(Pasted::Revision(_, id)) => Some(id),
        Some(Pasted::Quote(id)) => store.revision_of_quote(&id).await?,
    };
    let Some(id) = revision else { return Ok(Vec::new()) };
    let revision = store.revision(&id).await?;
    Ok(revision.into_iter().map(|revision| revision.capture).collect())
}

/// What an id names. One that only looks like an id is a word.
async fn of_id(tracker: &Tracker, text: &str) -> Result<Option<Pasted>, PipelineError> {
    let store = &tracker.store;
    let id = text.to_lowercase();
    let id = id.strip_prefix(RECORD).unwrap_or(&id);
    if let Ok(uuid) = Uuid::try_parse(id) {
        let capture = store
            .capture(&CaptureId::new(uuid.hyphenated().to_string()))
            .await?;
        return Ok(capture.map(|capture| Pasted::Capture(capture.id)));
    }
    if id.len() != DERIVED || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(None);
    }
    if let Some(document) = store.document(&DocumentId::new(id)).await? {
        return Ok(Some(Pasted::Document(document.id)));
    }
    if let Some(revision) = store.revision(&RevisionId::new(id)).await? {
        return Ok(Some(Pasted::Revision(revision.document, revision.id)));
    }
    let quote = QuoteId::new(id);
    let revision = store.revision_of_quote(&quote).await?;
    Ok(revision.map(|_| Pasted::Quote(quote)))
}

/// The letters of a derived id.
const DERIVED: usize = 17;

/// An address as a browser shows it, which may leave the scheme away.
fn address(text: &str) -> Option<Url> {
    let is_of_web = |url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host();
    if text.contains("://") {
        return Url::parse(text).ok().filter(is_of_web);
    }
    let (host, path) = text.split_once('/')?;
    // 3.5/10 has a dot as well.
    let is_name = host.contains('.') && host.contains(char::is_alphabetic);
    let is_host = is_name && !path.is_empty() && !host.contains([':', '"', '=']);
    let url = is_host.then(|| Url::parse(&format!("https://{text}")).ok())?;
    url.filter(is_of_web)
}

/// The document of a page's address, as it was pasted or in the form it is known by; of a page that moved for good, where it
/// is now.
async fn of_page(tracker: &Tracker, url: &Url) -> Result<Option<Pasted>, PipelineError> {
    let known_as = match source_of(tracker.sources.values(), url) {
        Some(source) => canonical::within(url, source).url,
        None => canonical::canonical(url).url,
    };
    // A part of a page has the page's address with a fragment, which the usual form drops.
    let mut addresses = vec![url.to_string(), known_as.to_string()];
    let tasks = tracker.store.tasks_of(url, &known_as).await?;
    addresses.extend(tasks.into_iter().map(|(task, _)| task.canonical.to_string()));
    for address in &addresses {
        if let Some(document) = tracker.store.document(&DocumentId::derive(address)).await? {
            return Ok(Some(Pasted::Document(current(tracker, document).await?)));
        }
    }
    // Where an address led elsewhere from the first visit on, no document ever had it.
    for address in &addresses {
        let target = tracker.store.moved_to(address).await?;
        let target = target.and_then(|(target, _)| Url::parse(&target).ok());
        let Some(target) = target else { continue };
        let known_as = match source_of(tracker.sources.values(), &target) {
            Some(source) => canonical::within(&target, source).url,
            None => canonical::canonical(&target).url,
        };
        if let Some(document) = tracker
            .store
            .document(&DocumentId::derive(known_as.as_str()))
            .await?
        {
            return Ok(Some(Pasted::Document(document.id)));
        }
    }
    Ok(None)
}

/// A document, or the one that is current in its place.
async fn current(tracker: &Tracker, document: DocumentRow) -> Result<DocumentId, PipelineError> {
    let moved = moved_to(tracker, &document).await?;
    let now = moved.and_then(|moved| moved.document);
    Ok(now.unwrap_or(document).id)
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_address_may_come_without_its_scheme_and_words_are_none() {
        let read = |text: &str| address(text).map(|url| url.to_string());
        let whole = Some("https://herald.example/2026/landing?page=2".to_owned());
        assert_eq!(read("https://herald.example/2026/landing?page=2"), whole);
        assert_eq!(read("herald.example/2026/landing?page=2"), whole);
        for text in [
            "herald.example",
            "and/or",
            "url:herald.example/2026",
            "ftp://herald.example/2026",
            "9/11",
            "3.5/10%",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
