//! How corrections stand: whether each still finds its quote.

use super::super::{PipelineError, Tracker};
use super::moved::followed;
use super::place::{Place, is_read_so, place_of};
use crate::model::by_hand::HandCorrection;
use crate::model::id::{QuoteId, RevisionId};
use crate::store::{QuoteRow, RevisionRow};

/// Whether a correction holds for what its page says now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It holds for this quote of the wording seen last.
    Holds(QuoteId),
    /// The page says something else now; it holds for this quote of an earlier wording.
    Earlier(QuoteId),
    /// The program reads it so itself by now.
    Needless(QuoteId),
    /// The page has the words still, and tells something else around them than what was corrected.
    Doubtful,
    /// No quote of the page has these words: it is read in another way by now, or not held at all.
    Lost,
    /// It was taken back.
    TakenBack,
}

impl Standing {
    /// The name used in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Standing::Holds(_) => "holds",
            Standing::Earlier(_) => "earlier",
            Standing::Needless(_) => "needless",
            Standing::Doubtful => "doubtful",
            Standing::Lost => "lost",
            Standing::TakenBack => "taken_back",
        }
    }

    /// The quote that it is of.
    pub fn quote(&self) -> Option<&QuoteId> {
        match self {
            Standing::Holds(quote) | Standing::Earlier(quote) | Standing::Needless(quote) => Some(quote),
            Standing::Doubtful | Standing::Lost | Standing::TakenBack => None,
        }
    }

    /// What a person has to see to, in words.
    pub fn trouble(&self) -> Option<&'static str> {
        match self {
            Standing::Doubtful => Some(
                "the page was edited around these words and may give them to somebody else itself: look at it, and make the \
                 correction anew if it still holds",
            ),
            Standing::Lost => Some("no quote of the page has these words any more, so it holds for nothing"),
            Standing::Needless(_) => Some("the program reads it so itself by now: it can be taken back"),
            Standing::Holds(_) | Standing::Earlier(_) | Standing::TakenBack => None,
        }
    }
}

/// Every correction with how it stands, the newest first; those that were taken back only with `all`.
pub async fn standings(
    tracker: &Tracker,
    all: bool,
) -> Result<Vec<(HandCorrection, Standing)>, PipelineError> {
    let mut standings = Vec::new();
    for correction in tracker.store.hand_corrections().await? {
        let standing = match correction.taken_back {
            Some(_) if !all => continue,
            Some(_) => Standing::TakenBack,
            None => standing(tracker, &correction).await?,
        };
        standings.push((correction, standing));
    }
    Ok(standings)
}

async fn standing(tracker: &Tracker, correction: &HandCorrection) -> Result<Standing, PipelineError> {
    let document = match tracker.store.document(&correction.document).await? {
        Some(document) => Some(followed(tracker, &document).await?.unwrap_or(document)),
        None => None,
    };
    let newest = document.and_then(|document| document.revision);
    let Some(newest) = newest else {
        return Ok(Standing::Lost);
    };
    let now = match revision(tracker, &newest).await? {
        Some((revision, quotes)) => match place_of(correction, &revision, &quotes) {
            Place::At(at) if is_read_so(&quotes[at], &correction.fix, &tracker.gazetteer) => {
                return Ok(Standing::Needless(quotes[at].id.clone()));
            }
            Place::At(at) => return Ok(Standing::Holds(quotes[at].id.clone())),
            Place::Doubtful => Standing::Doubtful,
            Place::Nowhere => Standing::Lost,
        },
        None => Standing::Lost,
    };
    let then = match correction.revision == newest {
        true => None,
        false => revision(tracker, &correction.revision).await?,
    };
    let then = then.and_then(
        |(revision, quotes)| match place_of(correction, &revision, &quotes) {
            Place::At(at) => Some(quotes[at].id.clone()),
            Place::Doubtful | Place::Nowhere => None,
        },
    );
    Ok(match (now, then) {
        // That the page gives the words to somebody else by now is for a person to see.
        (Standing::Lost, Some(quote)) => Standing::Earlier(quote),
        (now, _) => now,
    })
}

async fn revision(
    tracker: &Tracker,
    id: &RevisionId,
) -> Result<Option<(RevisionRow, Vec<QuoteRow>)>, PipelineError> {
    let Some(revision) = tracker.store.revision(id).await? else {
        return Ok(None);
    };
    let quotes = tracker.store.quotes_of(id, &revision.reading.text).await?;
    Ok(Some((revision, quotes)))
}
