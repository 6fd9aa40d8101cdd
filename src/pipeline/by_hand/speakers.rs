//! Who speaks, counted with what people corrected.

use super::super::{PipelineError, Tracker};
use super::{all_quotes_of, is_no_quote};
use crate::model::date::When;
use crate::model::id::{DocumentId, QuoteId, SpeakerId};
use crate::store::{QuoteRow, SpeakerSummary};

/// Every speaker of the wordings seen last, those with the most quotes first.
pub async fn speakers(tracker: &Tracker) -> Result<Vec<SpeakerSummary>, PipelineError> {
    let corrected = corrected(tracker).await?;
    let mut speakers = tracker.store.speakers(&ids(&corrected)).await?;
    if corrected.is_empty() {
        return Ok(speakers);
    }
    for quote in corrected.iter().filter(|quote| !is_no_quote(&quote.by_hand)) {
        let Some((id, name)) = quote.speaker.as_ref().zip(quote.speaker_name.as_ref()) else {
            continue;
        };
        match speakers.iter_mut().find(|speaker| speaker.id == *id) {
            Some(speaker) => count(speaker, quote),
            None => speakers.push(alone(id, name, quote)),
        }
    }
    speakers.sort_by(|one, other| (other.quotes, &one.id).cmp(&(one.quotes, &other.id)));
    Ok(speakers)
}

/// What is held of one speaker.
pub async fn speaker(tracker: &Tracker, id: &SpeakerId) -> Result<Option<SpeakerSummary>, PipelineError> {
    let corrected = corrected(tracker).await?;
    let mut speaker = tracker.store.speaker(id, &ids(&corrected)).await?;
    let is_own = |quote: &&QuoteRow| quote.speaker.as_ref() == Some(id) && !is_no_quote(&quote.by_hand);
    for quote in corrected.iter().filter(is_own) {
        match &mut speaker {
            Some(speaker) => count(speaker, quote),
            None => {
                let name = quote.speaker_name.as_deref().unwrap_or_else(|| id.as_str());
                speaker = Some(alone(id, name, quote));
            }
        }
    }
    Ok(speaker)
}

/// The quotes of the wordings seen last of which something is corrected.
async fn corrected(tracker: &Tracker) -> Result<Vec<QuoteRow>, PipelineError> {
    let corrections = tracker.store.hand_corrections().await?.into_iter();
    let holding = corrections.filter(|correction| correction.taken_back.is_none());
    let mut documents: Vec<DocumentId> = holding.map(|correction| correction.document).collect();
    documents.sort();
    documents.dedup();
    let mut corrected = Vec::new();
    for id in documents {
        let document = tracker.store.document(&id).await?;
        let Some(newest) = document.and_then(|document| document.revision) else {
            continue;
        };
        if let Some(revision) = tracker.store.revision(&newest).await? {
            let quotes = all_quotes_of(tracker, &revision).await?.into_iter();
            corrected.extend(quotes.filter(|quote| !quote.by_hand.is_empty()));
        }
    }
    Ok(corrected)
}

fn ids(quotes: &[QuoteRow]) -> Vec<QuoteId> {
    quotes.iter().map(|quote| quote.id.clone()).collect()
}

fn alone(id: &SpeakerId, name: &str, quote: &QuoteRow) -> SpeakerSummary {
    SpeakerSummary {
        id: id.clone(),
        name: name.to_owned(),
        quotes: 1,
        said: quote.said.clone().map(|when| (when.clone(), when)),
    }
}

/// Counts a quote to somebody.
fn count(speaker: &mut SpeakerSummary, quote: &QuoteRow) {
    speaker.quotes += 1;
    let is_before = |one: &When, other: &When| (one.earliest, one.latest) < (other.earliest, other.latest);
    match (&mut speaker.said, &quote.said) {
        (Some((first, last)), Some(when)) => {
            if is_before(when, first) {
                first.clone_from(when);
            }
            if is_before(last, when) {
                last.clone_from(when);
            }
        }
        (said @ None, Some(when)) => *said = Some((when.clone(), when.clone())),
        (_, None) => {}
    }
}
