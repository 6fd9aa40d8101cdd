//! Making corrections, and taking them back.

use jiff::Timestamp;
use url::Url;
use uuid::Uuid;

use super::super::publish::publish_now;
use super::super::{PipelineError, Tracker};
use super::place::{is_read_so, nth_of, paragraph_of, read};
use crate::index::Query;
use crate::model::by_hand::{Fix, HandCorrection};
use crate::model::date::When;
use crate::model::id::{QuoteId, SpeakerId};
use crate::store::{CLOCK_SLACK, StoreError, TakenOver};

/// The longest reason and name that are kept, in characters.
const LONGEST: usize = 2_000;
/// The longest words of a quote that are kept, in bytes: a statement may be a whole letter.
const MOST_BYTES: usize = 500_000;

/// What somebody says is right, as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Right {
    /// Who spoke: an id of the list of speakers, or a name; nobody who is known.
    Speaker(Option<String>),
    /// When it was said: a day, a month, a year, or two days with `..` between them; on a day that is not known.
    Said(Option<String>),
    /// The words are nobody's.
    NoQuote,
}

/// A correction that is to be made.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The quote, by its id.
    pub quote: QuoteId,
    /// What is right.
    pub right: Right,
    /// Why.
    pub why: String,
    /// Who says so.
    pub by: String,
}

/// What keeps a correction from being made.
#[derive(Debug, thiserror::Error)]
pub enum ByHandError {
    /// There is no such quote.
    #[error("there is no quote `{0}`")]
    NoQuote(QuoteId),
    /// A name that several bear.
    #[error("`{name}` may be {ids}: give the id")]
    Ambiguous {
        /// The name.
        name: String,
        /// The ids of those who bear it.
        ids: String,
    },
    /// Days that cannot be read.
    #[error("`{0}` is no day: write 2026-02-06, 2026-02, or 2026-02-03..2026-02-06")]
    NoDays(String),
    /// Something must be said and is not, or at too great a length.
    #[error("{0} is to be told in one to {LONGEST} characters")]
    Told(&'static str),
    /// A correction of another tracker that says what none can.
    #[error("the correction has no valid `{0}`")]
    Invalid(&'static str),
    /// There is nothing to correct.
    #[error("the program reads that quote so already")]
    AsRead,
    /// It cannot be kept.
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
}

impl From<StoreError> for ByHandError {
    fn from(error: StoreError) -> Self {
        Self::Pipeline(error.into())
    }
}

impl ByHandError {
    /// Whether another draft may be kept.
    pub fn is_of_the_draft(&self) -> bool {
        !matches!(self, Self::Pipeline(_))
    }
}

/// Makes a correction and lets it be found at once.
pub async fn correct(tracker: &Tracker, draft: &Draft) -> Result<HandCorrection, ByHandError> {
    let why = told("why", &draft.why)?;
    let by = told("who says so", &draft.by)?;
    let fix = fix(tracker, &draft.right)?;
    let store = &tracker.store;
    let no_quote = || ByHandError::NoQuote(draft.quote.clone());
    let revision = store
        .revision_of_quote(&draft.quote)
        .await?
        .ok_or_else(no_quote)?;
    let revision = store.revision(&revision).await?.ok_or_else(no_quote)?;
    let document = store.document(&revision.document).await?.ok_or_else(no_quote)?;
    let text = &revision.reading.text;
    let quotes = store.quotes_of(&revision.id, text).await?;
    let position = quotes.iter().position(|quote| quote.id == draft.quote);
    let position = position.ok_or_else(no_quote)?;
    let quote = &quotes[position];
    if is_read_so(quote, &fix, &tracker.gazetteer) {
        return Err(ByHandError::AsRead);
    }
    let correction = HandCorrection {
        id: Uuid::now_v7().to_string(),
        document: document.id,
        url: document.url,
        revision: revision.id.clone(),
        words: quote.words.clone(),
        around: paragraph_of(quote, &revision),
        nth: nth_of(position, &revision, &quotes),
        read: read(fix.corrects(), quote, text),
        fix,
        why,
        by,
        made_at: Timestamp::now(),
        taken_back: None,
    };
    keep(tracker, &correction).await?;
    Ok(correction)
}

/// Keeps a correction as it is, one of another tracker too; what became of it.
pub async fn keep(tracker: &Tracker, correction: &HandCorrection) -> Result<TakenOver, ByHandError> {
    check(correction)?;
    let kept = tracker.store.save_hand_correction(correction).await?;
    if kept != TakenOver::Known {
        publish_now(tracker).await?;
    }
    Ok(kept)
}

/// Takes a correction back; answers whether there was one that held.
pub async fn take_back(tracker: &Tracker, id: &str, by: &str) -> Result<bool, ByHandError> {
    let by = told("who takes it back", by)?;
    let now = Timestamp::now();
    let is_done = tracker.store.take_back_hand_correction(id, &by, now).await?;
    if is_done {
        publish_now(tracker).await?;
    }
    Ok(is_done)
}

/// What holds for every correction, wherever it comes from: a file of somebody else's may say anything.
fn check(correction: &HandCorrection) -> Result<(), ByHandError> {
    told("why", &correction.why)?;
    told("who says so", &correction.by)?;
    let is_address = Url::parse(&correction.url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    let is_bounded = |text: &str| text.len() <= MOST_BYTES;
    let latest = Timestamp::now()
        .saturating_add(CLOCK_SLACK)
        .unwrap_or(Timestamp::MAX);
    let days = match &correction.fix {
        Fix::Said(Some(said)) => when(&said.edtf.replace('/', ".."))
            .is_ok_and(|read| (read.earliest, read.latest) == (said.earliest, said.latest)),
        _ => true,
    };
    let checks = [
        ("url", is_address),
        (
            "words",
            !correction.words.is_empty() && is_bounded(&correction.words),
        ),
        ("around", is_bounded(&correction.around)),
        ("read", is_bounded(&correction.read.told)),
        ("said", days),
        // One that lies ahead could never be replaced.
        ("made_at", correction.made_at <= latest),
    ];
    match checks.into_iter().find(|(_, is_valid)| !is_valid) {
        Some((field, _)) => Err(ByHandError::Invalid(field)),
        None => Ok(()),
    }
}

/// What was typed, in one line.
fn told(what: &'static str, text: &str) -> Result<String, ByHandError> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.chars().count() {
        1..=LONGEST => Ok(text),
        _ => Err(ByHandError::Told(what)),
    }
}

fn fix(tracker: &Tracker, right: &Right) -> Result<Fix, ByHandError> {
    Ok(match right {
        Right::Speaker(name) => Fix::Speaker(name.as_deref().map(|name| named(tracker, name)).transpose()?),
        Right::Said(days) => Fix::Said(days.as_deref().map(when).transpose()?),
        Right::NoQuote => Fix::NoQuote,
    })
}

/// Whom an id or a name means. A surname alone is only that of somebody in the list of speakers.
fn named(tracker: &Tracker, name: &str) -> Result<(SpeakerId, String), ByHandError> {
    let name = told("who spoke", name)?;
    let speakers = tracker.gazetteer.speakers();
    let by_id = speakers.iter().find(|speaker| speaker.id.as_str() == name);
    let known = match by_id {
        Some(speaker) => vec![speaker],
        None => tracker.gazetteer.bearers(&name),
    };
    match known.as_slice() {
        [only] => Ok((only.id.clone(), only.name.clone())),
        [] if SpeakerId::from_name(&name).as_str().is_empty() => Err(ByHandError::Told("who spoke")),
        [] => Ok((SpeakerId::from_name(&name), name)),
        several => Err(ByHandError::Ambiguous {
            ids: several
                .iter()
                .map(|speaker| format!("`{}`", speaker.id))
                .collect::<Vec<_>>()
                .join(", "),
            name,
        }),
    }
}

/// The days that were typed.
fn when(text: &str) -> Result<When, ByHandError> {
    let wrong = || ByHandError::NoDays(text.to_owned());
    let text = text.trim();
    let (earliest, latest) = Query::days_as_written(text).ok_or_else(wrong)?;
    let edtf = match (earliest == latest, text.split_once("..")) {
        (true, _) => earliest.to_string(),
        (false, Some(_)) => format!("{earliest}/{latest}"),
        (false, None) => text.to_owned(),
    };
    Ok(When {
        edtf,
        earliest,
        latest,
    })
}
