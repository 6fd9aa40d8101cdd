//! Saving a search: what is wrong with it is said before it is kept.

use jiff::{Timestamp, ToSpan};
use url::Url;
use uuid::Uuid;

use super::super::lone_name;
use super::super::tokens::webhook_secret;
use super::super::{PipelineError, Tracker, in_words, today};
use super::look::first_look;
use super::{blocking, kinds_of, place};
use crate::fetch::check_target;
use crate::index::{Query, QueryError, Searcher};
use crate::mail::{self, MailError};
use crate::model::saved_search::{Rhythm, SavedSearch, Webhook};

/// Letters of a name.
const NAME: usize = 100;
/// In so many days "this year" is another one.
const LATER: i64 = 800;

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
    /// It asks for what is on pages that are gone, which a look takes for gone.
    #[error(
        "a saved search cannot ask for `has:absent`: alerts tell by themselves when what a search finds is gone, so save what is to be \
         watched without it"
    )]
    Absent,
    /// There are no such entries.
    #[error("there is no kind `{0}`; kinds are quotes, documents, dates and all")]
    Kind(String),
    /// Its days are counted from today.
    #[error(
        "a saved search cannot count days from today, because what leaves such a time is not gone; name the days, or leave \
         them away: alerts are of what is new anyway"
    )]
    Moving,
    /// The webhook is no address.
    #[error("nothing could be posted to `{0}`: {1}")]
    Webhook(String, String),
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

/// Saves a search and looks at it for the first time, so that its alerts are of what comes after it was saved. A name typed
/// alone is saved as the clause that it is taken for ([`lone_name()`]). A look that fails is taken later (`looked_at` tells), and
/// so is one of a search that finds too much (`trouble`).
pub async fn save(tracker: &Tracker, searcher: &Searcher, draft: Draft) -> Result<SavedSearch, SaveError> {
    let name = draft.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > NAME || name.contains(char::is_control) {
        return Err(SaveError::Name);
    }
    let query = tracker.query(&draft.query)?;
    if let Some(notice) = query.notices.first() {
        return Err(SaveError::Unclear(notice.clone()));
    }
    if query.asks_for_absent() {
        return Err(SaveError::Absent);
    }
    let later = today().saturating_add(LATER.days());
    if Query::parse(&draft.query, later)?.understood() != query.understood() {
        return Err(SaveError::Moving);
    }
    let Some(kinds) = kinds_of(&draft.kind) else {
        return Err(SaveError::Kind(draft.kind));
    };
    if let Some(address) = &draft.email {
        mail::check_address(address)?;
    }
    // What a saved search means must not turn with the first quote that has the name among its words.
    let asked_of = searcher.clone();
    let named = blocking(move || Ok(lone_name(&asked_of, &query, &kinds)?)).await?;
    let search = SavedSearch {
        id: Uuid::now_v7().to_string(),
        name,
        query: named.map_or(draft.query, |named| named.clause),
        kind: draft.kind,
        rhythm: draft.rhythm,
        webhook: draft.webhook.map(|url| webhook(tracker, url)).transpose()?,
        email: draft.email,
        created_at: Timestamp::now(),
        looked_at: None,
        trouble: None,
    };
    let is_saved = tracker.store.add_search(&search).await;
    if !is_saved.map_err(PipelineError::from)? {
        return Err(SaveError::Taken(search.name));
    }
    if search.webhook.is_some() || search.email.is_some() {
        // Before there is anything to send, so that a copy made a moment later is known for one.
        place::settled_elsewhere(tracker).await?;
    }
    if let Err(error) = first_look(tracker, searcher, &search).await {
        tracing::warn!(
            "`{}` is saved, and looked at for the first time later: {}",
            search.name,
            in_words(&error)
        );
    }
    let looked_at = tracker.store.search_named(&search.id).await;
    Ok(looked_at.map_err(PipelineError::from)?.unwrap_or(search))
}

fn webhook(tracker: &Tracker, url: String) -> Result<Webhook, SaveError> {
    let allow_private = tracker.settings.alerts.allow_private;
    let checked = Url::parse(&url)
        .map_err(|error| error.to_string())
        .and_then(|url| check_target(&url, allow_private).map_err(|refusal| refusal.to_string()));
    match checked {
        Ok(()) => Ok(Webhook {
            url,
            secret: webhook_secret()?,
        }),
        Err(reason) => Err(SaveError::Webhook(url, reason)),
    }
}
