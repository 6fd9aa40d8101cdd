//! What an alert tells, the same wherever it is told: to webhooks, by the API, on the command line, in feeds and letters, and
//! where on the desk each line of it is shown.

use serde::Serialize;
use utoipa::ToSchema;

use crate::model::saved_search::{Alert, AlertItem, Change};

/// Where on the desk a line is shown, below the desk's own address: what changed, beside what it was; what is gone, where it stood.
pub fn place(item: &AlertItem) -> String {
    let line = &item.line;
    let (document, revision) = (&line.document, &line.revision);
    match (item.change, line.kind.as_str()) {
        (Change::Changed, _) => format!("/documents/{document}/changes?to={revision}"),
        (Change::TakenOut | Change::Gone, _) => format!("/documents/{document}?revision={revision}"),
        (Change::New | Change::PutBack | Change::Back, "quote") => format!("/quotes/{}", line.entry),
        (Change::New | Change::PutBack | Change::Back, _) => format!("/documents/{document}"),
    }
}

/// What was new, changed or gone at a look at a saved search. The same object is a line of `onrecord searches alerts
/// --json`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Alert)]
pub struct AlertJson {
    pub(super) alert: String,
    pub(super) at: String,
    pub(super) items: Vec<AlertItemJson>,
}

/// A line of an alert.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AlertItem)]
pub(super) struct AlertItemJson {
    /// `new`; `changed`; `taken_out` of a page that is there, or `gone` with its page; `put_back` into the page, or `back` with it.
    change: &'static str,
    /// `quote`, `document` or `date`.
    kind: String,
    id: String,
    text: String,
    /// What it said before, where it changed.
    before: Option<String>,
    speaker: Option<String>,
    /// Whom it was given to before, where that is somebody else; nobody is an empty text.
    speaker_before: Option<String>,
    day: Option<String>,
    /// The day it had before, where that is another one.
    day_before: Option<String>,
    /// What the page printed since the look before to correct itself, in its words.
    correction: Option<String>,
    /// Of a document that changed: what its text says otherwise, where no other line of the alert tells it.
    passage: Option<PassageJson>,
    title: Option<String>,
    source: String,
    url: String,
    document: String,
    revision: String,
    capture: String,
    /// What people corrected of a quote by hand, with what the program read, in words.
    corrected_by_hand: Option<String>,
}

/// A passage of a text that was edited, with some words around what changed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Passage)]
struct PassageJson {
    /// What it says now; empty where it went.
    now: String,
    /// What it said before; empty where it is new.
    before: String,
    /// In how many places more the text changed.
    more: u64,
}

impl From<&Alert> for AlertJson {
    fn from(alert: &Alert) -> Self {
        Self {
            alert: alert.id.clone(),
            at: alert.at.to_string(),
            items: alert.items.iter().map(item).collect(),
        }
    }
}

/// A line of an alert as programs are told it.
fn item(item: &AlertItem) -> AlertItemJson {
    let line = &item.line;
    AlertItemJson {
        change: item.change.code(),
        kind: line.kind.clone(),
        id: line.entry.clone(),
        text: line.text.clone(),
        before: item.before.clone(),
        speaker: line.speaker.clone(),
        speaker_before: item.speaker_before.clone(),
        day: line.day.map(|day| day.to_string()),
        day_before: item.day_before.map(|day| day.to_string()),
        correction: item.correction.clone(),
        passage: item.passage.as_ref().map(|passage| PassageJson {
            now: passage.now.clone(),
            before: passage.before.clone(),
            more: passage.more,
        }),
        title: line.title.clone(),
        source: line.source.clone(),
        url: line.url.clone(),
        document: line.document.clone(),
        revision: line.revision.clone(),
        capture: line.capture.clone(),
        corrected_by_hand: line.by_hand.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::saved_search::Line;

    #[test]
    fn each_line_leads_to_what_it_tells() {
        let place = |change: Change, kind: &str| {
            let line = Line {
                key: "k".into(),
                wording: "w".into(),
                kind: kind.into(),
                entry: "q1".into(),
                document: "d1".into(),
                revision: "r1".into(),
                capture: "c1".into(),
                url: "https://herald.example/pier".into(),
                title: None,
                source: "The Harbor Herald".into(),
                speaker: None,
                day: None,
                text: "The pier is open".into(),
                by_hand: None,
            };
            place(&super::super::compare::item(change, &line))
        };
        assert_eq!(place(Change::New, "quote"), "/quotes/q1");
        assert_eq!(place(Change::Back, "date"), "/documents/d1");
        assert_eq!(place(Change::Changed, "quote"), "/documents/d1/changes?to=r1");
        assert_eq!(place(Change::Gone, "quote"), "/documents/d1?revision=r1");
        assert_eq!(place(Change::TakenOut, "quote"), "/documents/d1?revision=r1");
        assert_eq!(place(Change::PutBack, "quote"), "/quotes/q1");
    }
}
