//! What a saved search finds, as lines that are kept and compared: by what each says, and not by the wording that has it.

use std::collections::HashMap;

use jiff::Timestamp;

use super::super::{PipelineError, Tracker};
use super::{blocking, compare};
use crate::index::{Entry, EntryKind, Searcher};
use crate::model::by_hand::ByHand;
use crate::model::id::DocumentId;
use crate::model::saved_search::{Line, SavedSearch};
use crate::text::wording::Wording;

/// The kinds of entries that a saved search's `kind` means.
pub fn kinds_of(kind: &str) -> Option<Vec<EntryKind>> {
    match kind {
        "quotes" => Some(vec![EntryKind::Quote]),
        "documents" => Some(vec![EntryKind::Document]),
        "dates" => Some(vec![EntryKind::Date]),
        "all" => Some(EntryKind::ALL.to_vec()),
        _ => None,
    }
}

/// Everything that a search finds now, without pages that are absent; or what keeps it from being asked.
pub(super) async fn found(
    tracker: &Tracker,
    searcher: &Searcher,
    search: &SavedSearch,
) -> Result<Result<Vec<(Timestamp, Line)>, String>, PipelineError> {
    let query = match tracker.query(&search.query) {
        Ok(query) => query,
        Err(error) => return Ok(Err(error.to_string())),
    };
    // A source that was renamed would find nothing for good, and nobody would be told.
    if let Some(notice) = query.notices.first() {
        return Ok(Err(notice.clone()));
    }
    let kinds = kinds_of(&search.kind).unwrap_or_default();
    let (searcher, most) = (searcher.clone(), tracker.settings.alerts.most_lines);
    let listed = blocking(move || {
        let mut lines: Vec<(DocumentId, Timestamp, Line)> = Vec::new();
        let walk = searcher.walk(&query, &kinds)?;
        if walk.remaining() > most {
            return Ok(None);
        }
        for entry in walk {
            let entry = entry?;
            lines.push((entry.document.clone(), entry.captured_at, line(&entry)));
        }
        Ok(Some(lines))
    });
    let Some(lines) = listed.await? else {
        return Ok(Err(format!(
            "it finds more than {most} things: narrow it (alerts.most_lines is the limit)"
        )));
    };
    let absences = tracker
        .store
        .absences_among(lines.iter().map(|(document, ..)| document))
        .await?;
    let is_there = |document: &DocumentId| {
        // One visit may have met a mishap.
        let absence = absences.get(document);
        absence.is_none_or(|absence| !absence.is_certain)
    };
    let mut there: Vec<(Timestamp, Line)> = lines
        .into_iter()
        .filter(|(document, ..)| is_there(document))
        .map(|(_, captured_at, line)| (captured_at, line))
        .collect();
    // The same words by the same person twice in one document are told once, the same one each time.
    let mut first: HashMap<String, String> = HashMap::new();
    for (_, line) in &there {
        let text = first.entry(line.key.clone()).or_insert_with(|| line.text.clone());
        if line.text < *text {
            text.clone_from(&line.text);
        }
    }
    there.retain(|(_, line)| first.get(&line.key) == Some(&line.text) && first.remove(&line.key).is_some());
    Ok(Ok(there))
}

/// What an alert tells of an entry.
fn line(entry: &Entry) -> Line {
    let speaker = entry.speakers.first().filter(|_| entry.kind == EntryKind::Quote);
    let words = || Wording::of(&entry.text).words().join(" ");
    let (identity, wording, text) = match entry.kind {
        EntryKind::Quote => {
            let by = speaker.map_or("", |speaker| speaker.id.as_str());
            (format!("{by} {}", words()), words(), entry.text.clone())
        }
        EntryKind::Document => (
            String::new(),
            entry.revision.to_string(),
            entry.title.clone().unwrap_or_else(|| entry.url.clone()),
        ),
        EntryKind::Date => {
            let meaning = entry.date.as_ref().map_or("", |date| date.meaning());
            let identity = format!("{meaning} {}", words());
            (identity.clone(), identity, entry.around.clone())
        }
    };
    let day = match entry.kind {
        EntryKind::Quote => entry.said.as_ref().map(|said| said.when.earliest),
        EntryKind::Document => entry.published_on,
        EntryKind::Date => entry
            .date
            .as_ref()
            .and_then(|date| Some(date.when.as_ref()?.earliest)),
    };
    Line {
        key: compare::key(&[entry.kind.code(), entry.document.as_str(), &identity]),
        wording,
        kind: entry.kind.code().into(),
        entry: entry.id.clone(),
        document: entry.document.to_string(),
        revision: entry.revision.to_string(),
        capture: entry.capture.to_string(),
        url: entry.url.clone(),
        title: entry.title.clone(),
        source: entry.source_name.clone(),
        speaker: speaker.map(|speaker| speaker.name.clone()),
        day,
        text,
        by_hand: by_hand_in_words(&entry.by_hand),
    }
}

/// What people corrected of a quote, in words.
pub(super) fn by_hand_in_words(by_hand: &[ByHand]) -> Option<String> {
    let told: Vec<String> = by_hand.iter().map(ByHand::in_full).collect();
    (!told.is_empty()).then(|| told.join("; "))
}
