//! What a query finds, as lines with their days and evidence.

use std::cmp::Reverse;
use std::collections::HashMap;

use jiff::Timestamp;

use super::beside::Officials;
use super::merged::Merged;
use crate::index::{Entry, EntryKind, IndexError, Query, Searcher, Walk};
use crate::model::date::When;
use crate::model::event::{Became, Line, LineKind, QuoteEdit};
use crate::model::id::{DocumentId, QuoteId};
use crate::model::moment::Moment;
use crate::store::Absence;
use crate::timeline::axis::Window;
use crate::timeline::export::Format;

/// The quotes, documents and date mentions that a query finds, in the order that a format tells them in: of their days, but in
/// a feed the newest first; in a window only those that have a day of their own in it. Of documents that are absent the
/// lines say so. Changes of pages, in the order of their days, stand among them.
pub fn lines(
    searcher: &Searcher,
    query: &Query,
    kinds: &[EntryKind],
    window: Option<Window>,
    format: Format,
    told: ToldWith,
) -> Result<impl Iterator<Item = Result<Line, IndexError>> + use<>, IndexError> {
    let ToldWith {
        absences,
        mut became,
        mut edits,
        changes,
        merged,
    } = told;
    let officials = Officials::of(searcher);
    let walk = walk(searcher, query, kinds, window)?;
    let walk = match format.is_newest_first() {
        true => walk.newest_first()?,
        false => walk,
    };
    let mut line = move |entry: Entry| {
        Ok(Line {
            differs: officials.differs_at_all(&entry)?,
            became: became.remove(&entry.id),
            edit: edits.remove(&entry.id),
            ..line_of(&entry, absences.get(&entry.document))
        })
    };
    let mut changes = Changes::of(changes, format.is_newest_first());
    let mut walk = walk.peekable();
    Ok(std::iter::from_fn(move || {
        if let Some(change) = changes.before(walk.peek()) {
            return Some(Ok(change));
        }
        Some(walk.next()?.and_then(&mut line))
    })
    .filter_map(move |line| match (line, &merged) {
        (Ok(line), Some(merged)) => merged.told(line).map(Ok),
        (line, _) => Some(line),
    }))
}

/// The walk over what `lines` tells, where some of it may stand in wordings that are not held any more.
pub fn among_earlier(
    searcher: &Searcher,
    query: &Query,
    kinds: &[EntryKind],
    window: Option<Window>,
) -> Result<Option<Walk>, IndexError> {
    let is_asked = query.finds_earlier_wordings();
    is_asked.then(|| walk(searcher, query, kinds, window)).transpose()
}

fn walk(
    searcher: &Searcher,
    query: &Query,
    kinds: &[EntryKind],
    window: Option<Window>,
) -> Result<Walk, IndexError> {
    match window {
        Some(window) => searcher.walk_within(query, kinds, (window.first, window.last)),
        None => searcher.walk(query, kinds),
    }
}

/// What is told with the lines of a file.
#[derive(Clone, Debug, Default)]
pub struct ToldWith {
    /// The documents that are absent.
    pub absences: HashMap<DocumentId, Absence>,
    /// What became of what is found in earlier wordings, by the id of the entry.
    pub became: HashMap<String, Became>,
    /// How edits left quotes, by the id of the entry.
    pub edits: HashMap<String, QuoteEdit>,
    /// What happened to pages, in the order of days.
    pub changes: Vec<Line>,
    /// Which quotes are printings of one wording, where these are to be one line.
    pub merged: Option<Merged>,
}

/// Changes of pages that are still to come among entries.
struct Changes {
    lines: std::iter::Peekable<std::vec::IntoIter<Line>>,
    is_newest_first: bool,
}

impl Changes {
    fn of(mut lines: Vec<Line>, is_newest_first: bool) -> Self {
        if is_newest_first {
            lines.sort_by_key(|line| Reverse(seen_at(line)));
        }
        Self {
            lines: lines.into_iter().peekable(),
            is_newest_first,
        }
    }

    /// The next change that stands before an entry, or behind the last one. On one day what was said stands first.
    fn before(&mut self, next: Option<&Result<Entry, IndexError>>) -> Option<Line> {
        let is_newest_first = self.is_newest_first;
        self.lines.next_if(|line| match next {
            None => true,
            Some(Err(_)) => false,
            Some(Ok(entry)) if is_newest_first => seen_at(line) >= Some(entry.captured_at),
            Some(Ok(entry)) => line.when.as_ref().is_some_and(|when| when.earliest < entry.day()),
        })
    }
}

fn seen_at(line: &Line) -> Option<Timestamp> {
    line.change.as_ref().map(|change| change.seen_at)
}

/// What an export of these kinds holds: of everything a list of references names the documents, each once.
pub fn exported_kinds(format: Format, kinds: Vec<EntryKind>) -> Vec<EntryKind> {
    match format.is_of_references() && EntryKind::ALL.iter().all(|kind| kinds.contains(kind)) {
        true => vec![EntryKind::Document],
        false => kinds,
    }
}

/// An entry as a line, with the absence of its document's page, where it is absent.
pub fn line_of(entry: &Entry, absence: Option<&Absence>) -> Line {
    let of_day = match entry.kind {
        EntryKind::Quote => of_quote(entry),
        EntryKind::Document => of_document(entry),
        EntryKind::Date => of_date(entry),
    };
    let is_quote = entry.kind == EntryKind::Quote;
    let origin = match entry.kind {
        EntryKind::Quote => LineKind::Said,
        EntryKind::Document => LineKind::Published,
        EntryKind::Date => LineKind::Mentioned,
    };
    let speaker = entry.speakers.first().filter(|_| is_quote);
    Line {
        uid: format!("{}-{}", origin.code(), entry.id.replace(':', "-")),
        kind: of_day.kind,
        when: of_day.when,
        moment: of_day.moment,
        minute: entry.minute,
        begins_at: entry.begins_at,
        same_before: entry.same_before,
        text: of_day.text,
        context: entry.around.clone(),
        expression: (entry.kind == EntryKind::Date).then(|| entry.text.clone()),
        expression_at: entry.date.as_ref().and_then(|date| date.at),
        speaker: speaker.map(|speaker| (speaker.id.clone(), speaker.name.clone())),
        printed_speaker: entry.printed_speaker.clone(),
        cue: entry.cue.clone(),
        quote_kind: entry.quote.map(|(kind, _)| kind),
        title: entry.title.clone().unwrap_or_default(),
        source: entry.source.clone(),
        source_name: entry.source_name.clone(),
        source_kind: entry.source_kind,
        genre: entry.genre,
        authors: entry.authors.clone(),
        language: entry.language.clone(),
        url: entry.url.clone(),
        published: entry.published,
        published_on: entry.published_on,
        rule: of_day.rule,
        anchor: of_day.anchor,
        conflict: of_day.conflict,
        document: entry.document.clone(),
        revision: entry.revision.clone(),
        is_current: entry.is_current(),
        is_change: entry.is_change,
        has_correction: entry.has_correction,
        quote: is_quote.then(|| QuoteId::new(entry.id.as_str())),
        capture: entry.capture.clone(),
        captured_at: entry.captured_at,
        absent_since: absence.map(|absence| absence.absent_at),
        differs: None,
        became: None,
        edit: None,
        by_hand: entry.by_hand.clone(),
        printed_by: Vec::new(),
        change: None,
    }
}

/// What the kinds of entries differ in.
struct OfDay {
    kind: LineKind,
    when: Option<When>,
    moment: Option<Moment>,
    text: String,
    rule: String,
    anchor: String,
    conflict: Option<String>,
}

fn of_quote(entry: &Entry) -> OfDay {
    OfDay {
        kind: LineKind::Said,
        when: entry.said.as_ref().map(|said| said.when.clone()),
        moment: None,
        text: entry.text.clone(),
        rule: entry
            .said
            .as_ref()
            .map(|said| said.rule.clone())
            .unwrap_or_default(),
        anchor: String::new(),
        conflict: None,
    }
}

fn of_document(entry: &Entry) -> OfDay {
    OfDay {
        kind: LineKind::Published,
        when: entry.published_on.map(When::day),
        moment: entry.published.filter(|moment| moment.time.is_some()),
        text: entry.title.clone().unwrap_or_else(|| entry.url.clone()),
        rule: entry.published_on.map(|_| "published".into()).unwrap_or_default(),
        anchor: String::new(),
        conflict: None,
    }
}

fn of_date(entry: &Entry) -> OfDay {
    let date = entry.date.as_ref();
    let is_deadline = date.is_some_and(|date| date.is_deadline());
    OfDay {
        kind: if is_deadline {
            LineKind::Deadline
        } else {
            LineKind::Mentioned
        },
        when: date.and_then(|date| date.when.clone()),
        moment: date
            .and_then(|date| {
                let moment = Moment::parse(&date.value)?;
                Some(Moment {
                    offset: moment.offset.or(date.offset),
                    ..moment
                })
            })
            .filter(|moment| moment.time.is_some()),
        text: entry.around.clone(),
        rule: date.map(|date| date.rule.clone()).unwrap_or_default(),
        anchor: date.map(|date| date.anchor.clone()).unwrap_or_default(),
        conflict: date.and_then(|date| date.conflict.clone()),
    }
}
