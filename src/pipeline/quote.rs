//! A quote with everything it rests on, and the other wordings of it in its own document.

use jiff::Timestamp;

use super::alerts::printed;
use super::entries::entry_of_quote;
use super::wordings::wordings;
use super::{PipelineError, Tracker, by_hand};
use crate::index::Entry;
use crate::model::by_hand::Corrected;
use crate::model::id::{QuoteId, RevisionId};
use crate::store::{DateRow, DocumentRow, QuoteRow, RevisionRow};
use crate::text::wording::Wording;

/// Revisions of a document that are looked through for other wordings of a quote.
const MOST_REVISIONS: usize = 60;
/// The likeness from which on a quote of another revision is another wording of this one.
const SAME_QUOTE: f32 = 0.5;

/// A quote in its place.
#[derive(Clone, Debug)]
pub struct QuoteInPlace {
    /// The document.
    pub document: DocumentRow,
    /// The revision it stands in.
    pub revision: RevisionRow,
    /// Every quote of that revision; one of them is the quote.
    pub quotes: Vec<QuoteRow>,
    /// The time expressions of that revision.
    pub dates: Vec<DateRow>,
    /// The place of the quote among them.
    pub position: usize,
    /// The quote as it can be found.
    pub entry: Entry,
}

impl QuoteInPlace {
    /// The quote.
    pub fn row(&self) -> &QuoteRow {
        &self.quotes[self.position]
    }
}

/// A revision, and how it words a quote of another one.
#[derive(Clone, Debug)]
pub struct Reworded {
    /// The revision.
    pub revision: RevisionRow,
    /// The quote there that is most like it; `None` where there is none like it.
    pub quote: Option<QuoteRow>,
}

/// The quote of an id.
pub async fn quote(tracker: &Tracker, id: &QuoteId) -> Result<Option<QuoteInPlace>, PipelineError> {
    let store = &tracker.store;
    let Some(revision) = store.revision_of_quote(id).await? else {
        return Ok(None);
    };
    let Some(revision) = store.revision(&revision).await? else {
        return Ok(None);
    };
    let Some(document) = store.document(&revision.document).await? else {
        return Ok(None);
    };
    let text = &revision.reading.text;
    let quotes = by_hand::all_quotes_of(tracker, &revision).await?;
    let dates = store.dates_of(&revision.id, text).await?;
    let held = wordings(tracker, &document).await?;
    let place = held.iter().position(|wording| wording.revision == revision.id);
    let position = quotes.iter().position(|quote| quote.id == *id);
    let (Some(place), Some(position)) = (place, position) else {
        return Ok(None);
    };
    let entry = entry_of_quote(
        tracker,
        &document,
        &held[place],
        &revision,
        &dates,
        &quotes[position],
    );
    let entry = Entry {
        has_correction: !printed(&revision.reading).is_empty(),
        ..entry
    };
    Ok(Some(QuoteInPlace {
        document,
        revision,
        quotes,
        dates,
        position,
        entry,
    }))
}

/// How the other revisions of its document word a quote, oldest first.
pub async fn reworded(tracker: &Tracker, quote: &QuoteInPlace) -> Result<Vec<Reworded>, PipelineError> {
    let store = &tracker.store;
    let wording = Wording::of(&quote.row().words);
    let others: Vec<RevisionId> = store
        .wordings_of(&quote.document.id)
        .await?
        .into_iter()
        .map(|(revision, _)| revision)
        .filter(|revision| *revision != quote.revision.id)
        .collect();
    let skipped = others.len().saturating_sub(MOST_REVISIONS);
    let mut revisions = Vec::new();
    for id in &others[skipped..] {
        if let Some(revision) = store.revision(id).await? {
            let quotes = by_hand::quotes_of(tracker, &revision).await?;
            revisions.push((revision, quotes));
        }
    }
    // Each quote of each revision is laid beside this one, which is computing and not waiting.
    let compared = tokio::task::spawn_blocking(move || {
        let compared = revisions.into_iter().map(|(revision, quotes)| Reworded {
            quote: most_like(&wording, quotes),
            revision,
        });
        compared.collect()
    });
    compared
        .await
        .map_err(|_| PipelineError::Stopped("comparing wordings"))
}

/// How a quote stood before an edit altered it.
#[derive(Clone, Debug)]
pub struct BeforeEdit {
    /// Its words then.
    pub words: String,
    /// Who said it then.
    pub speaker: Option<String>,
    /// Whether that is somebody else.
    pub is_other_speaker: bool,
    /// Since when it was held so, and when the edit was seen.
    pub held: (Timestamp, Timestamp),
}

/// How a quote stood before it came to be as it is; nothing where it stood so in each earlier wording that has it.
pub(super) async fn before_edit(
    tracker: &Tracker,
    id: &QuoteId,
) -> Result<Option<BeforeEdit>, PipelineError> {
    let Some(quote) = quote(tracker, id).await? else {
        return Ok(None);
    };
    let others = reworded(tracker, &quote).await?;
    Ok(before_edit_among(&quote, &others))
}

/// The same among the other revisions of its document, oldest first.
pub fn before_edit_among(quote: &QuoteInPlace, others: &[Reworded]) -> Option<BeforeEdit> {
    let own = quote.row();
    let own_words = Wording::of(&own.words);
    let is_as_now = |other: &QuoteRow| {
        Wording::of(&other.words).words() == own_words.words() && other.speaker_read() == own.speaker_read()
    };
    let mut seen_at = quote.revision.fetched_at;
    let earlier = others.iter().rev();
    for other in earlier.filter(|other| other.revision.fetched_at < quote.revision.fetched_at) {
        let since = other.revision.fetched_at;
        match &other.quote {
            Some(there) if is_as_now(there) => seen_at = since,
            Some(there) => {
                return Some(BeforeEdit {
                    is_other_speaker: there.speaker_read() != own.speaker_read(),
                    speaker: read_then(there, &other.revision),
                    words: there.words.clone(),
                    held: (since, seen_at),
                });
            }
            None => {}
        }
    }
    None
}

/// Whose words the page gave them as: what people corrected of a wording since, the page never said.
fn read_then(quote: &QuoteRow, revision: &RevisionRow) -> Option<String> {
    let is_corrected = quote.by_hand.iter().any(|it| it.corrects == Corrected::Speaker);
    match is_corrected {
        true => quote
            .mention
            .map(|mention| mention.slice(&revision.reading.text).to_owned()),
        false => quote.speaker_name.clone(),
    }
}

/// The quote that is most like a wording, where one is like it.
fn most_like(wording: &Wording, quotes: Vec<QuoteRow>) -> Option<QuoteRow> {
    let likenesses = quotes
        .into_iter()
        .map(|quote| (wording.likeness(&Wording::of(&quote.words)), quote));
    let best = likenesses.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.filter(|(likeness, _)| *likeness >= SAME_QUOTE)
        .map(|(_, quote)| quote)
}
