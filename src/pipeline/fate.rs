//! Whether what an earlier revision says stands in its document still: most edits leave most quotes as they were, and
//! what was found in an earlier revision must not read as taken back because another paragraph was changed.

use std::collections::HashMap;

use super::alerts::printed_since;
use super::{PipelineError, Tracker, by_hand};
use crate::index::{Entry, EntryKind, IndexError, Walk};
use crate::model::event::{Became, Fate};
use crate::model::id::{DocumentId, RevisionId};
use crate::store::{FoundRows, QuoteRow, RevisionRow, Store, StoreError};
use crate::text::corrections::may_concern;
use crate::text::wording::Wording;

/// Entries that are looked after at a time.
const BATCH: usize = 500;

/// What became of those of some entries that are quotes or dates of earlier revisions, by the id of the entry.
pub async fn fates<'a>(
    tracker: &Tracker,
    entries: impl Iterator<Item = &'a Entry>,
) -> Result<HashMap<String, Became>, PipelineError> {
    let earlier: Vec<&Entry> = entries
        .filter(|entry| !entry.is_current() && entry.kind != EntryKind::Document)
        .collect();
    let now = newest(&tracker.store, &earlier).await?;
    let found = by_hand::found_in(tracker, &now.values().cloned().collect::<Vec<_>>()).await?;
    let nothing = FoundRows::default();
    let fate = |entry: &'a Entry| {
        // Of a page that moved for good the newest revision is an earlier one itself.
        let revision = now.get(&entry.document).filter(|now| now.id != entry.revision)?;
        let rows = found.get(&revision.id).unwrap_or(&nothing);
        let fate = match entry.kind {
            EntryKind::Quote => of_quote(entry, &rows.quotes),
            _ => of_date(entry, revision, rows),
        };
        Some((entry, fate))
    };
    let fates: Vec<(&Entry, Fate)> = earlier.iter().copied().filter_map(fate).collect();
    let altered = fates.iter().filter(|(_, fate)| !matches!(fate, Fate::Stands(_)));
    let altered: Vec<&RevisionId> = altered.map(|(entry, _)| &entry.revision).collect();
    let then = tracker.store.revisions(&altered).await?;
    let printed = |entry: &Entry, fate: &Fate| {
        // Words that stand there still, of another day, are not what the page took back.
        let words = Wording::of(&entry.text);
        let mut there = found
            .get(&now.get(&entry.document)?.id)
            .into_iter()
            .flat_map(|rows| &rows.quotes);
        let is_there = there.any(|quote| Wording::of(&quote.words).words() == words.words());
        if is_there && *fate == Fate::Otherwise {
            return None;
        }
        let then = then.iter().find(|then| then.id == entry.revision)?;
        let mut corrections = printed_since(then, now.get(&entry.document)?);
        corrections.retain(|correction| concerns(correction, entry));
        Some(corrections)
    };
    let became = fates.into_iter().map(|(entry, fate)| {
        let corrections = match &fate {
            Fate::Stands(_) => Vec::new(),
            Fate::GivenTo(..) | Fate::Otherwise => printed(entry, &fate).unwrap_or_default(),
        };
        (entry.id.clone(), Became { fate, corrections })
    });
    Ok(became.collect())
}

/// The same of all that a walk finds.
pub async fn fates_of_all(tracker: &Tracker, walk: Walk) -> Result<HashMap<String, Became>, PipelineError> {
    let (mut walk, mut told) = (Some(walk), HashMap::new());
    while let Some(mut rest) = walk.take() {
        // Reading entries is computing and no waiting.
        let read = tokio::task::spawn_blocking(move || {
            let batch: Result<Vec<Entry>, IndexError> = rest.by_ref().take(BATCH).collect();
            batch.map(|batch| (batch, rest))
        });
        let (batch, rest) = read
            .await
            .map_err(|_| PipelineError::Stopped("reading what was found"))??;
        told.extend(fates(tracker, batch.iter()).await?);
        walk = (rest.remaining() > 0).then_some(rest);
    }
    Ok(told)
}

/// Whether a correction may be of an entry: of a quote's words or one of its speakers, or of what stands around a date.
fn concerns(correction: &str, entry: &Entry) -> bool {
    let speakers = entry.speakers.iter().map(|speaker| speaker.name.as_str());
    match entry.kind {
        EntryKind::Quote => {
            let mut speakers = speakers.chain(entry.printed_speaker.as_deref());
            may_concern(correction, &entry.text, None)
                || speakers.any(|speaker| may_concern(correction, "", Some(speaker)))
        }
        EntryKind::Document | EntryKind::Date => may_concern(correction, &entry.around, None),
    }
}

/// The newest revision of each document of some entries.
async fn newest(store: &Store, entries: &[&Entry]) -> Result<HashMap<DocumentId, RevisionRow>, StoreError> {
    let mut ids: HashMap<&DocumentId, RevisionId> = HashMap::new();
    for entry in entries {
        if !ids.contains_key(&entry.document)
            && let Some(revision) = store.document(&entry.document).await?.and_then(|it| it.revision)
        {
            ids.insert(&entry.document, revision);
        }
    }
    let rows = store.revisions(&ids.values().collect::<Vec<_>>()).await?;
    Ok(rows.into_iter().map(|row| (row.document.clone(), row)).collect())
}

fn of_quote(entry: &Entry, now: &[QuoteRow]) -> Fate {
    let words = Wording::of(&entry.text);
    let speaker = entry.speaker_read();
    let said = entry.said.as_ref().map(|said| &said.when);
    let there: Vec<&QuoteRow> = now
        .iter()
        .filter(|quote| Wording::of(&quote.words).words() == words.words())
        .collect();
    // One person may say "no" on two days.
    let mut of_speaker = there.iter().filter(|quote| quote.speaker_read() == speaker);
    let is_of_speaker = of_speaker.clone().next().is_some();
    let same = of_speaker.find(|quote| quote.said.as_ref() == said);
    match (same, there.first()) {
        (Some(same), _) => Fate::Stands(Some(same.id.clone())),
        (None, Some(other)) if !is_of_speaker => Fate::GivenTo(other.id.clone(), other.speaker_name.clone()),
        _ => Fate::Otherwise,
    }
}

fn of_date(entry: &Entry, revision: &RevisionRow, now: &FoundRows) -> Fate {
    let Some(date) = &entry.date else {
        return Fate::Otherwise;
    };
    let is_same = now.dates.iter().any(|row| {
        row.value == date.value
            && row.when == date.when
            && row.is_limit == date.is_limit
            && row.span.slice(&revision.reading.text) == entry.text
    });
    match is_same {
        true => Fate::Stands(None),
        false => Fate::Otherwise,
    }
}
