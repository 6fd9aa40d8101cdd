//! What every format of rows says of a line, and in which order.

use super::identity::line_name;
use crate::model::by_hand::ByHand;
use crate::model::event::{Line, Stated};

/// A column: its name, and what it says of a line.
pub(super) struct Column {
    /// The name in headers and as a key.
    pub(super) name: &'static str,
    /// The value; `None` where a line has none.
    pub(super) value: fn(&Line) -> Option<String>,
}

const fn column(name: &'static str, value: fn(&Line) -> Option<String>) -> Column {
    Column { name, value }
}

/// Every column: the day, what and whose, where it is printed, and what proves it.
pub(super) const COLUMNS: [Column; 53] = [
    column("day", |line| Some(line.when.as_ref()?.earliest.to_string())),
    column("until", |line| Some(line.when.as_ref()?.latest.to_string())),
    column("edtf", |line| Some(line.when.as_ref()?.edtf.clone())),
    column("kind", |line| Some(line.kind.code().into())),
    column("speaker", |line| line.speaker_name().map(str::to_string)),
    column("text", |line| Some(line.text.clone())),
    column("title", |line| filled(&line.title)),
    column("source", |line| Some(line.source_name.clone())),
    column("published", |line| {
        line.published.map(|moment| moment.to_string())
    }),
    column("url", |line| Some(line.url.clone())),
    column("rule", |line| filled(&line.rule)),
    column("anchor", |line| filled(&line.anchor)),
    column("conflict", |line| line.conflict.clone()),
    column("expression", |line| line.expression.clone()),
    column("quote_kind", |line| Some(line.quote_kind?.code().into())),
    column("cue", |line| line.cue.clone()),
    column("speaker_id", |line| Some(line.speaker.as_ref()?.0.to_string())),
    column("speaker_printed", |line| line.printed_speaker.clone()),
    column("context", |line| filled(&line.context)),
    column("source_id", |line| Some(line.source.to_string())),
    column("source_kind", |line| Some(line.source_kind.code().into())),
    column("genre", |line| Some(line.genre.code().into())),
    column("language", |line| line.language.clone()),
    column("document", |line| Some(line.document.to_string())),
    column("revision", |line| Some(line.revision.to_string())),
    column("quote", |line| line.quote.as_ref().map(ToString::to_string)),
    column("capture", |line| Some(line.capture.to_string())),
    column("captured_at", |line| Some(line.captured_at.to_string())),
    column("absent_since", |line| line.absent_since.map(|at| at.to_string())),
    column("uid", |line| Some(line.uid.clone())),
    column("authors", |line| filled(&line.authors.join("; "))),
    column("differs_in", |line| Some(line.differs.as_ref()?.told.clone())),
    column("differs_from", |line| {
        Some(line.differs.as_ref()?.quote.to_string())
    }),
    column(HAS_CORRECTION, |line| Some(line.has_correction.to_string())),
    column(IS_EDITED, |line| Some(line.is_change.to_string())),
    column(IS_CURRENT, |line| Some(line.is_current.to_string())),
    column("corrected_by_hand", |line| {
        let told: Vec<String> = line.by_hand.iter().map(ByHand::in_full).collect();
        filled(&told.join("; "))
    }),
    column("change", |line| Some(line.change.as_ref()?.kind.code().into())),
    column("text_before", |line| Some(before(line)?.text.clone())),
    column("speaker_before", |line| before(line)?.speaker.clone()),
    column("capture_before", |line| {
        Some(line.change.as_ref()?.held_by.to_string())
    }),
    column("record_after", |line| {
        Some(line.change.as_ref()?.seen_by.as_ref()?.to_string())
    }),
    column("found_unchanged_at", |line| {
        Some(line.change.as_ref()?.held_at.to_string())
    }),
    column("found_changed_at", |line| {
        let of_change = line.change.as_ref().map(|change| change.seen_at);
        let seen_at = of_change.or(line.edit.as_ref().map(|edit| edit.seen_at));
        seen_at.map(|at| at.to_string())
    }),
    column("line", |line| Some(line_name(line))),
    column("printed_by", |line| filled(&sources(line).join("; "))),
    column("printed_at", |line| {
        let pages = line.printed_by.iter();
        let pages: Vec<String> = pages
            .map(|other| format!("{} (capture {})", other.url, other.capture))
            .collect();
        filled(&pages.join("; "))
    }),
    column("edtf_before", |line| {
        let before = line.change.as_ref()?.before.as_ref()?;
        Some(before.when.as_ref()?.edtf.clone())
    }),
    column("edtf_after", |line| {
        Some(line.change.as_ref()?.said.as_ref()?.edtf.clone())
    }),
    // The name that JSON has for it; `source` is the one of before.
    column("source_name", |line| Some(line.source_name.clone())),
    column("today", |line| Some(line.became.as_ref()?.fate.code().into())),
    column("today_quote", |line| {
        Some(line.became.as_ref()?.fate.quote()?.to_string())
    }),
    column("corrected_since", |line| {
        filled(&line.became.as_ref()?.corrections.join("; "))
    }),
];

/// The quote as it stood before the change that a line tells, or before the edit that made the quote of a line what it is.
fn before(line: &Line) -> Option<&Stated> {
    let of_change = line.change.as_ref().and_then(|change| change.before.as_ref());
    of_change.or_else(|| line.edit.as_ref()?.before.as_ref())
}

/// Who else prints the words of a line.
fn sources(line: &Line) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for other in &line.printed_by {
        if !names.contains(&other.source_name.as_str()) {
            names.push(&other.source_name);
        }
    }
    names
}

/// The columns that say `true` or `false`: whether the page prints a correction by the outlet itself, was held in another
/// wording before this one, and is still held in this one.
pub(super) const FLAGS: [&str; 3] = [HAS_CORRECTION, IS_EDITED, IS_CURRENT];
const HAS_CORRECTION: &str = "has_correction";
const IS_EDITED: &str = "is_edited";
const IS_CURRENT: &str = "is_current";

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_string())
}
