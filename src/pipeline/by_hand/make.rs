//! Making corrections, and taking them back.

use jiff::Timestamp;
use url::Url;
use uuid::Uuid;

use super::super::publish::publish_now;
use super::super::{PipelineError, Tracker};
use super::place::{is_read_so, nth_of, paragraph_of, read};
use super::speakers::{speaker, speakers};
use crate::index::Query;
use crate::model::by_hand::{Fix, HandCorrection};
use crate::model::date::When;
use crate::model::id::{QuoteId, SpeakerId};
use crate::store::{CLOCK_SLACK, StoreError, TakenOver};

/// The longest reason and name that are kept, in characters.
const LONGEST: usize = 2_000;
/// The longest words of a quote that are kept, in bytes: a statement may be a whole letter.
const MOST_BYTES: usize = 500_000;

/// How like a name must be to one that nobody bears, by Jaro and Winkler, to be told as perhaps meant …
const NEAR: f64 = 0.88;
/// … and how many of them are told.
const MOST_NEAR: usize = 3;

/// What somebody says is right, as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Right {
    /// Who spoke: an id of the list of speakers, or the name of somebody who is known; nobody who is.
    Speaker(Option<String>),
    /// Who spoke: a name that nobody bears so far, too.
    NewSpeaker(String),
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
    /// A name that nobody bears.
    #[error("nobody is called `{name}`{}", meant(.near))]
    Unknown {
        /// The name.
        name: String,
        /// The names that are like it, the most like it first.
        near: Vec<String>,
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

/// The names that were perhaps meant, in words.
fn meant(near: &[String]) -> String {
    match near {
        [] => String::new(),
        near => format!("; did you mean `{}`?", near.join("` or `")),
    }
}

/// Makes a correction and lets it be found at once.
pub async fn correct(tracker: &Tracker, draft: &Draft) -> Result<HandCorrection, ByHandError> {
    let why = told("why", &draft.why)?;
    let by = told("who says so", &draft.by)?;
    let fix = fix(tracker, &draft.right).await?;
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

async fn fix(tracker: &Tracker, right: &Right) -> Result<Fix, ByHandError> {
    Ok(match right {
        Right::Speaker(None) => Fix::Speaker(None),
        Right::Speaker(Some(name)) => {
            let (id, name) = named(tracker, name)?;
            known(tracker, &id, &name).await?;
            Fix::Speaker(Some((id, name)))
        }
        Right::NewSpeaker(name) => Fix::Speaker(Some(named(tracker, name)?)),
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

/// Refuses somebody who is in no list of speakers and said nothing that is held: a slip of the pen would begin another person.
async fn known(tracker: &Tracker, id: &SpeakerId, name: &str) -> Result<(), ByHandError> {
    let listed = tracker.gazetteer.speakers();
    if listed.iter().any(|speaker| speaker.id == *id) || speaker(tracker, id).await?.is_some() {
        return Ok(());
    }
    let quoted = speakers(tracker).await?;
    let names = listed
        .iter()
        .flat_map(|speaker| speaker.aliases.iter().chain([&speaker.name]));
    let near = near(name, names.chain(quoted.iter().map(|speaker| &speaker.name)));
    Err(ByHandError::Unknown {
        name: name.to_owned(),
        near,
    })
}

/// The names that are like one, the most like it first; of those that have all of its words, each, and of those of several words
/// that it has all of ("Mayor Ana Lima").
fn near<'a>(name: &str, names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let name = name.to_lowercase();
    let likeness = |other: &str| {
        let other = other.to_lowercase();
        let words = |name: &str| name.split_whitespace().count();
        let has_all = |one: &str, words: &str| {
            words
                .split_whitespace()
                .all(|word| one.split_whitespace().any(|it| it == word))
        };
        match has_all(&other, &name) || words(&other) > 1 && has_all(&name, &other) {
            true => 1.0,
            false => strsim::jaro_winkler(&other, &name),
        }
    };
    let mut near: Vec<(f64, &String)> = names.map(|other| (likeness(other), other)).collect();
    near.retain(|(likeness, _)| *likeness >= NEAR);
    near.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(other.1)));
    near.dedup_by(|one, other| one.1 == other.1);
    near.into_iter()
        .take(MOST_NEAR)
        .map(|(_, name)| name.clone())
        .collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_nobody_bears_is_told_with_those_that_are_like_it() {
        let names = ["Adaeze Okonjo", "Karl Ruhn", "Carla Ruhn", "Harbor Board"].map(str::to_owned);
        let near = |name: &str| near(name, names.iter());
        assert_eq!(near("Adaze Okonjo"), ["Adaeze Okonjo"]);
        assert_eq!(near("karl run")[0], "Karl Ruhn");
        assert_eq!(near("ruhn"), ["Carla Ruhn", "Karl Ruhn"]);
        assert_eq!(near("Mayor Adaeze Okonjo"), ["Adaeze Okonjo"]);
        assert!(near("Tomas Rehnquist").is_empty());
        assert_eq!(meant(&near("Adaze Okonjo")), "; did you mean `Adaeze Okonjo`?");
        assert_eq!(meant(&[]), "");
    }
}
