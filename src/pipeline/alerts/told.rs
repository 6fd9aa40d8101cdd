//! What an alert tells, the same wherever it is told: to webhooks, by the API, on the command line, in feeds and letters, and
//! where on the desk each line of it is shown.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;
use utoipa::ToSchema;

use super::super::entries::date_id;
use super::super::keys::DayKeys;
use super::super::{PipelineError, Tracker, by_hand};
use crate::model::date::{When, is_deadline};
use crate::model::id::{RevisionId, SourceId, SpeakerId};
use crate::model::saved_search::{Alert, AlertItem, Change, Line};
use crate::store::{DateRow, QuoteRow};

/// Lines whose revisions are read at a time.
const BATCH: usize = 200;

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
    /// The id of what is told: of a quote the same as `quote`.
    id: String,
    quote: Option<String>,
    /// `direct`, `mixed` or `indirect`, of a quote.
    quote_kind: Option<&'static str>,
    /// The words of a quote, the headline of a document, the paragraph around a date.
    text: String,
    /// What it said before, where it changed.
    before: Option<String>,
    speaker: Option<String>,
    speaker_id: Option<String>,
    /// Whom it was given to before, where that is somebody else; nobody is an empty text.
    speaker_before: Option<String>,
    #[serde(flatten)]
    days: DayKeys,
    /// The time expression of a date, as it is printed.
    printed: Option<String>,
    /// Whether something is due by a date.
    is_deadline: Option<bool>,
    /// The day it had before, where that is another one.
    day_before: Option<String>,
    /// What the page printed since the look before to correct itself, in its words.
    correction: Option<String>,
    /// Of a document that changed: what its text says otherwise, where no other line of the alert tells it.
    passage: Option<PassageJson>,
    title: Option<String>,
    /// The name of before for `source_name`, for one release more.
    source: String,
    source_id: Option<String>,
    source_name: String,
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

/// An alert as programs are told it.
pub(super) async fn told(tracker: &Tracker, alert: &Alert) -> Result<AlertJson, PipelineError> {
    let mut told = told_all(tracker, std::slice::from_ref(alert)).await?;
    Ok(told.pop().expect("each alert is told"))
}

/// Alerts as programs are told them. What stands beside their lines is read for many of these at once, whatever alerts they are of.
pub async fn told_all(tracker: &Tracker, alerts: &[Alert]) -> Result<Vec<AlertJson>, PipelineError> {
    let mut told: Vec<AlertJson> = alerts.iter().map(AlertJson::without_items).collect();
    let items = alerts.iter().enumerate();
    let items = items.flat_map(|(at, alert)| alert.items.iter().map(move |item| (at, item)));
    let items: Vec<(usize, &AlertItem)> = items.collect();
    for batch in items.chunks(BATCH) {
        let beside = Beside::of(tracker, batch.iter().map(|(_, item)| *item)).await?;
        for (at, told_item) in batch {
            told[*at].items.push(item(told_item, &beside));
        }
    }
    Ok(told)
}

impl AlertJson {
    fn without_items(alert: &Alert) -> Self {
        Self {
            alert: alert.id.clone(),
            at: alert.at.to_string(),
            items: Vec::with_capacity(alert.items.len()),
        }
    }
}

/// What rows tell of lines of alerts beside what is kept of them, by their entries: nothing where the page is read otherwise now.
struct Beside {
    quotes: HashMap<String, QuoteRow>,
    dates: HashMap<String, (DateRow, String)>,
    /// The sources of their documents.
    sources: HashMap<String, SourceId>,
}

impl Beside {
    async fn of<'a>(
        tracker: &Tracker,
        items: impl Iterator<Item = &'a AlertItem> + Clone,
    ) -> Result<Self, PipelineError> {
        let entries: BTreeSet<&str> = items.clone().map(|item| item.line.entry.as_str()).collect();
        let stand_in_text = items.clone().filter(|item| item.line.kind != "document");
        let ids: BTreeSet<&str> = stand_in_text.map(|item| item.line.revision.as_str()).collect();
        let ids: Vec<RevisionId> = ids.into_iter().map(RevisionId::new).collect();
        let revisions = tracker.store.revisions(&ids.iter().collect::<Vec<_>>()).await?;
        let mut found = by_hand::found_in(tracker, &revisions).await?;
        let (mut quotes, mut dates) = (HashMap::new(), HashMap::new());
        for revision in &revisions {
            let rows = found.remove(&revision.id).unwrap_or_default();
            let told = rows.quotes.into_iter().map(|row| (row.id.to_string(), row));
            quotes.extend(told.filter(|(id, _)| entries.contains(id.as_str())));
            let told = rows.dates.into_iter().enumerate().map(|(position, row)| {
                let printed = row.span.slice(&revision.reading.text).to_owned();
                (date_id(&revision.id, position), (row, printed))
            });
            dates.extend(told.filter(|(id, _)| entries.contains(id.as_str())));
        }
        let documents: BTreeSet<&str> = items.map(|item| item.line.document.as_str()).collect();
        let documents: Vec<&str> = documents.into_iter().collect();
        let sources = tracker.store.sources_of_documents(&documents).await?;
        Ok(Self {
            quotes,
            dates,
            sources,
        })
    }

    /// The id of who spoke, whose name is kept.
    fn speaker(&self, line: &Line) -> Option<&SpeakerId> {
        let row = self.quotes.get(&line.entry)?;
        row.speaker.as_ref().filter(|_| row.speaker_name == line.speaker)
    }

    /// The days of a line, of which it keeps the first.
    fn days(&self, line: &Line) -> DayKeys {
        let published = line.day.map(When::day);
        let when = match line.kind.as_str() {
            "document" => published.as_ref(),
            "quote" => self.quotes.get(&line.entry).and_then(|row| row.said.as_ref()),
            _ => self.dates.get(&line.entry).and_then(|(row, _)| row.when.as_ref()),
        };
        match when.filter(|when| Some(when.earliest) == line.day) {
            Some(when) => DayKeys::of(Some(when)),
            None => DayKeys::of_first(line.day),
        }
    }
}

/// A line of an alert as programs are told it.
fn item(item: &AlertItem, beside: &Beside) -> AlertItemJson {
    let line = &item.line;
    let date = beside.dates.get(&line.entry);
    AlertItemJson {
        change: item.change.code(),
        kind: line.kind.clone(),
        id: line.entry.clone(),
        quote: (line.kind == "quote").then(|| line.entry.clone()),
        quote_kind: beside.quotes.get(&line.entry).map(|row| row.kind.code()),
        text: line.text.clone(),
        before: item.before.clone(),
        speaker: line.speaker.clone(),
        speaker_id: beside.speaker(line).map(ToString::to_string),
        speaker_before: item.speaker_before.clone(),
        days: beside.days(line),
        printed: date.map(|(_, printed)| printed.clone()),
        is_deadline: date.map(|(row, _)| is_deadline(row.when.as_ref(), &row.value, row.is_limit)),
        day_before: item.day_before.map(|day| day.to_string()),
        correction: item.correction.clone(),
        passage: item.passage.as_ref().map(|passage| PassageJson {
            now: passage.now.clone(),
            before: passage.before.clone(),
            more: passage.more,
        }),
        title: line.title.clone(),
        source: line.source.clone(),
        source_id: beside.sources.get(&line.document).map(ToString::to_string),
        source_name: line.source.clone(),
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
