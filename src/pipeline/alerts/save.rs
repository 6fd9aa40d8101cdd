//! Saving a search: what is wrong with it is said before it is kept.

use jiff::Timestamp;
use url::Url;
use uuid::Uuid;

use super::super::tokens::webhook_secret;
use super::super::{PipelineError, Tracker, today};
use super::kinds_of;
use crate::index::{Query, QueryError};
use crate::mail::{self, MailError};
use crate::model::saved_search::{Rhythm, SavedSearch, Webhook};

/// Letters of a name.
const NAME: usize = 100;

/// A search as it is to be saved.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What it is called.
    pub name: String,
    /// The query.
    pub query: String,
    /// The kinds of entries: `quotes`, `documents`, `dates` or `all`.
    pub kind: String,
    /// How often it is looked at.
    pub rhythm: Rhythm,
    /// Where alerts are posted to.
    pub webhook: Option<String>,
    /// Who is written to.
    pub email: Option<String>,
}

/// Why a search is not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// Its name is none.
    #[error("a saved search needs a name of at most {NAME} letters")]
    Name,
    /// There is one of its name.
    #[error("there is a saved search named `{0}` already")]
    Taken(String),
    /// The query cannot be asked.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A part of the query would be passed over, each time.
    #[error("{0}")]
    Unclear(String),
    /// There are no such entries.
    #[error("there is no kind `{0}`; kinds are quotes, documents, dates and all")]
    Kind(String),
    /// The webhook is no address.
    #[error("`{0}` is no address that alerts could be posted to")]
    Webhook(String),
    /// The mail address is none.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// It cannot be kept.
    #[error(transparent)]
    Kept(#[from] PipelineError),
}

impl SaveError {
    /// Whether another draft would be saved.
    pub fn is_of_the_draft(&self) -> bool {
        !matches!(self, SaveError::Kept(_))
    }
}

/// Saves a search. It gives alerts of what comes after its first look, which is taken soon.
pub async fn save(tracker: &Tracker, draft: Draft) -> Result<SavedSearch, SaveError> {
    let name = draft.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > NAME || name.contains(char::is_control) {
        return Err(SaveError::Name);
    }
    if let Some(notice) = Query::parse(&draft.query, today())?.notices.first() {
        return Err(SaveError::Unclear(notice.clone()));
    }
    if kinds_of(&draft.kind).is_none() {
        return Err(SaveError::Kind(draft.kind));
    }
    if let Some(address) = &draft.email {
        mail::check_address(address)?;
    }
    let search = SavedSearch {
        id: Uuid::now_v7().to_string(),
        name,
        query: draft.query,
        kind: draft.kind,
        rhythm: draft.rhythm,
        webhook: draft.webhook.map(webhook).transpose()?,
        email: draft.email,
        created_at: Timestamp::now(),
        trouble: None,
    };
    match tracker
        .store
        .add_search(&search)
        .await
        .map_err(PipelineError::from)?
    {
        true => Ok(search),
        false => Err(SaveError::Taken(search.name)),
    }
}

fn webhook(url: String) -> Result<Webhook, SaveError> {
    let is_one = Url::parse(&url).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    match is_one {
        true => Ok(Webhook {
            url,
            secret: webhook_secret()?,
        }),
        false => Err(SaveError::Webhook(url)),
    }
}
