//! What stands in the file of a language.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) day_first: bool,
    pub(super) thousands: char,
    pub(super) joins_ones: bool,
    pub(super) time_then_day: String,
    pub(super) day_then_time: String,
    pub(super) words: BTreeMap<String, BTreeMap<String, String>>,
    pub(super) counts: BTreeMap<String, String>,
    pub(super) and_a_half: Vec<String>,
    pub(super) feasts: BTreeMap<String, String>,
    pub(super) parts: BTreeMap<String, String>,
    pub(super) uncounted: String,
    pub(super) unlisted: String,
    #[serde(default)]
    pub(super) at_most: String,
    pub(super) unsure: String,
    pub(super) goes_on: String,
    pub(super) letters: String,
    pub(super) past_endings: String,
    pub(super) participles: String,
    pub(super) future_endings: String,
    pub(super) greetings: String,
    pub(super) day_labels: String,
    pub(super) own_text: String,
    pub(super) hours_until: String,
    pub(super) hours_and: String,
    pub(super) between: String,
    pub(super) day_behind_hour: String,
    pub(super) days_and: String,
    pub(super) or: String,
    pub(super) is: String,
    #[serde(default)]
    pub(super) ended: String,
    pub(super) opening_hours: String,
    pub(super) open_days: String,
    pub(super) turning: String,
    pub(super) day_before: String,
    pub(super) day_itself: String,
    pub(super) events: BTreeMap<String, FileEvent>,
    pub(super) ahead: Vec<FileCue>,
    #[serde(default)]
    pub(super) told: Vec<FileCue>,
    pub(super) limit: Vec<FileCue>,
    pub(super) limit_behind: Vec<String>,
    pub(super) last_day: String,
    pub(super) last_day_over: String,
    pub(super) counted_from: String,
    pub(super) counted_beside: String,
    #[serde(default)]
    pub(super) limit_length: Vec<FileCue>,
    pub(super) rule: Vec<FileRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileEvent {
    #[serde(default)]
    pub(super) to_come: String,
    pub(super) from: Vec<String>,
    #[serde(default)]
    pub(super) not_from: Vec<String>,
    pub(super) on: Vec<String>,
    pub(super) line: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileCue {
    pub(super) read: Vec<String>,
    #[serde(default)]
    pub(super) after: String,
    #[serde(default)]
    pub(super) and_after: String,
    #[serde(default)]
    pub(super) not_after: String,
    #[serde(default)]
    pub(super) without: String,
    #[serde(default)]
    pub(super) not_with: String,
    #[serde(default)]
    pub(super) behind: Vec<String>,
    #[serde(default)]
    pub(super) not_to_do: bool,
    #[serde(default)]
    pub(super) subjects: String,
    #[serde(default)]
    pub(super) not_past: bool,
    #[serde(default)]
    pub(super) opens_with: String,
    #[serde(default)]
    pub(super) opens_duty: bool,
    #[serde(default)]
    pub(super) not_told: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileRule {
    pub(super) name: String,
    pub(super) make: String,
    pub(super) read: Vec<String>,
    #[serde(default)]
    pub(super) capital: bool,
    #[serde(default)]
    pub(super) titled: bool,
    #[serde(default)]
    pub(super) of_owner: bool,
    #[serde(default)]
    pub(super) after: String,
    #[serde(default)]
    pub(super) shy_after: String,
    #[serde(default)]
    pub(super) not_after: String,
    #[serde(default)]
    pub(super) before: String,
    #[serde(default)]
    pub(super) behind: Vec<String>,
    #[serde(default)]
    pub(super) not_before: String,
    #[serde(default)]
    pub(super) last: bool,
    #[serde(default)]
    pub(super) before_name: bool,
    #[serde(default)]
    pub(super) before_full_name: bool,
    #[serde(default)]
    pub(super) alone: bool,
    #[serde(default)]
    pub(super) after_number: bool,
    #[serde(default)]
    pub(super) closed: bool,
    #[serde(default)]
    pub(super) uncounted: bool,
    pub(super) house_after: Option<String>,
    #[serde(default)]
    pub(super) in_histories: bool,
}
