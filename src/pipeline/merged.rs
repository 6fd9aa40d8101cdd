//! Printings of one wording as one line of a file: the first that was printed, with who else prints the words.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::beside::Officials;
use super::line_of;
use crate::index::{Entry, EntryKind, IndexError, Query, Searcher};
use crate::model::date::SaidOn;
use crate::model::event::{Line, PrintedBy};
use crate::model::id::{DocumentId, QuoteId};
use crate::store::Absence;
use crate::timeline::axis::Window;
use crate::timeline::one_wording::{Printing, Wordings};

/// Quotes that are brought together at most: who prints each of them is held in memory.
pub const MOST_MERGED: usize = 300_000;

/// What is told of quotes that are printings of one wording.
#[derive(Clone, Debug, Default)]
pub struct Merged {
    /// The first printing of each, with all others in the order in which they were printed.
    first: HashMap<QuoteId, Vec<PrintedBy>>,
    /// The others, which have no line of their own.
    others: HashSet<QuoteId>,
}

impl Merged {
    /// A line with who else prints its words; nothing where it is told with another one.
    pub(super) fn told(&self, line: Line) -> Option<Line> {
        let Some(quote) = &line.quote else {
            return Some(line);
        };
        if self.others.contains(quote) {
            return None;
        }
        let printed_by = self.first.get(quote).cloned().unwrap_or_default();
        Some(Line { printed_by, ..line })
    }
}

/// Who prints a wording, with what orders the printings: the day of publication, its time where the page tells one, then that of the capture.
type InOrder = ((Date, bool, Timestamp, Timestamp), PrintedBy);

/// The printings of each wording among the quotes that a query finds; `None` where it finds more than can be brought together. What
/// differs from an official text, was corrected, was altered by an edit, is not there any more or is not the wording of today
/// stands for itself.
pub fn merged(
    searcher: &Searcher,
    query: &Query,
    window: Option<Window>,
    absences: &HashMap<DocumentId, Absence>,
) -> Result<Option<Merged>, IndexError> {
    let kinds = [EntryKind::Quote];
    let walk = match window {
        Some(window) => searcher.walk_within(query, &kinds, (window.first, window.last))?,
        None => searcher.walk(query, &kinds)?,
    };
    if walk.remaining() > MOST_MERGED {
        return Ok(None);
    }
    let officials = Officials::of(searcher);
    let mut wordings = Wordings::strict();
    let mut rows: Vec<Vec<InOrder>> = Vec::new();
    for entry in walk {
        let entry = entry?;
        let Some(printing) = printing(&entry) else {
            continue;
        };
        let is_alone = entry.has_correction
            || entry.is_altered
            || !entry.by_hand.is_empty()
            || !entry.is_current()
            || absences.contains_key(&entry.document);
        if is_alone || officials.differs_at_all(&entry)?.is_some() {
            continue;
        }
        match wordings.place_of(&printing) {
            Some(place) => rows[place].push(printed_by(&entry)),
            None => {
                wordings.put(printing, rows.len());
                rows.push(vec![printed_by(&entry)]);
            }
        }
    }
    Ok(Some(Merged::of(rows)))
}

impl Merged {
    fn of(rows: Vec<Vec<InOrder>>) -> Self {
        let mut merged = Self::default();
        for mut row in rows.into_iter().filter(|row| row.len() > 1) {
            // Of one moment in the order in which they were found, official sources first.
            row.sort_by_key(|(at, _)| *at);
            let mut row = row.into_iter().map(|(_, printed_by)| printed_by);
            let Some(first) = row.next() else { continue };
            let others: Vec<PrintedBy> = row.collect();
            merged
                .others
                .extend(others.iter().map(|other| other.quote.clone()));
            merged.first.insert(first.quote, others);
        }
        merged
    }
}

fn printing(entry: &Entry) -> Option<Printing> {
    let (kind, _) = entry.quote?;
    // Who is only named by a pronoun may be anybody.
    let speaker = entry.speakers.first()?;
    let is_named = (entry.said.as_ref()).is_some_and(|said| !SaidOn::is_assumed(&said.rule));
    let day = (entry.day(), is_named);
    Some(Printing::of(&entry.text, kind, &speaker.id, day))
}

fn printed_by(entry: &Entry) -> InOrder {
    let line = line_of(entry, None);
    // A page that tells only the day may have printed it at any time of that.
    let timed = entry.published.filter(|moment| moment.time.is_some());
    let timed = timed.and_then(|moment| moment.timestamp(&TimeZone::UTC));
    let at = (
        entry.published_on.unwrap_or_else(|| entry.captured_on()),
        timed.is_none(),
        timed.unwrap_or(entry.captured_at),
        entry.captured_at,
    );
    let printed_by = PrintedBy {
        quote: QuoteId::new(entry.id.as_str()),
        source_name: line.source_name,
        url: line.url,
        published: line.published,
        capture: line.capture,
    };
    (at, printed_by)
}
