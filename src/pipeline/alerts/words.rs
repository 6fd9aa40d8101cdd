//! What alerts tell, in words: the same on the desk, in feeds and letters, and on the command line.

use crate::model::saved_search::{Alert, AlertItem, Change, Passage, SavedSearch};
use crate::text::days;
use crate::text::edit_line::edit_line;

/// What of a line changed beside its words, what its page says of that, and what people corrected of it, in words.
pub fn moved(item: &AlertItem) -> Vec<String> {
    let line = &item.line;
    let to = |name: &str| match name {
        "" => "to nobody".to_owned(),
        name => format!("to {name}"),
    };
    let speaker = item.speaker_before.as_ref().map(|before| {
        let now = to(line.speaker.as_deref().unwrap_or_default());
        format!("given {now}, before {}", to(before))
    });
    let dated = match line.kind.as_str() {
        "quote" => "said",
        "document" => "published",
        _ => "of",
    };
    let day = item.day_before.map(|before| {
        let now = line.day.map_or("no day".to_owned(), days::day);
        format!("{dated} {now}, before {}", days::day(before))
    });
    let correction = item.correction.as_ref();
    let correction = correction.map(|words| format!("the page prints a correction: {words}"));
    let passage = item.passage.as_ref().map(passage);
    let before = item.before.as_deref().filter(|_| line.kind == "quote");
    let edit = before.and_then(|before| edit_line(before, &line.text));
    let told = edit.into_iter().chain(speaker).chain(day).chain(passage);
    told.chain(correction).chain(line.by_hand.clone()).collect()
}

/// What a text says otherwise, in words.
fn passage(passage: &Passage) -> String {
    let Passage { before, now, more } = passage;
    let told = match (before.is_empty(), now.is_empty()) {
        (true, _) => format!("its text has more: “{now}”"),
        (_, true) => format!("its text has no more: “{before}”"),
        _ => format!("its text says “{now}”, before “{before}”"),
    };
    match more {
        0 => told,
        1 => format!("{told}, and another place changed"),
        more => format!("{told}, and {more} more places changed"),
    }
}

/// Why a search has given no alert, in words.
pub fn nothing_told(search: &SavedSearch) -> String {
    match (search.looked_at, &search.trouble) {
        (None, Some(trouble)) => format!("it cannot be asked: {trouble}"),
        (None, None) => {
            "it was not looked at yet, and its first look only learns what is found already".into()
        }
        (Some(at), Some(trouble)) => {
            format!(
                "it cannot be asked since its last look, {}: {trouble}",
                days::instant(at)
            )
        }
        (Some(at), None) => format!(
            "nothing new, changed or gone was seen from when it was saved to the last look, {}",
            days::instant(at)
        ),
    }
}

/// How often a delivery was tried, in words.
pub fn tried(attempts: u32) -> String {
    match attempts {
        1 => "in one try".to_owned(),
        attempts => format!("in {attempts} tries"),
    }
}

/// How much is new, changed, gone and back, in words.
pub fn counted(counts: impl Fn(Change) -> u64) -> String {
    let counts = Change::ALL.iter().filter_map(|change| {
        let count = counts(*change);
        (count > 0).then(|| format!("{count} {}", change.words()))
    });
    counts.collect::<Vec<_>>().join(", ")
}

/// The same of an alert.
pub fn counted_in(alert: &Alert) -> String {
    counted(|change| alert.items.iter().filter(|item| item.change == change).count() as u64)
}
