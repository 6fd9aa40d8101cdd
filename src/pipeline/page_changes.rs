//! What happened to pages that are held, as lines of a timeline: an edit that altered a quote, gave it to somebody else, took
//! it out or brought one in, and a page that was not found again, or was found again after all.
//!
//! Each lies between the last visit that found the page as it was and the first that did not. When in between it was, and
//! why, nobody here has seen, so both ends are told and nothing else is.

mod absent;
mod edit;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use self::absent::{Answer, back, gone};
use self::edit::Edit;
use super::absences::Absences;
use super::came_and_went::TakenOut;
use super::overview::meets;
use super::wordings::wordings;
use super::{PipelineError, Tracker};
use crate::index::{EntryKind, IndexError, Query, Searcher};
use crate::model::date::When;
use crate::model::event::{Line, LineKind, PageChange};
use crate::model::id::{DocumentId, RevisionId};
use crate::store::{Absence, DocumentRow, PastAbsence};
use crate::timeline::axis::Window;

/// How the days of a change are found, as rows tell it.
const RULE: &str = "between_visits";
/// So many quotes at edits cost as much to tell as one page that is gone, whose answer is read from the archive.
const GONE_COST: usize = 4;

/// The ids of what is found, by document and revision.
type Found = BTreeMap<DocumentId, HashMap<RevisionId, HashSet<String>>>;

/// What a query finds of pages that changed.
#[derive(Clone, Debug, Default)]
pub struct Touched {
    /// The quotes that it finds on either side of an edit, by document and revision.
    quotes: Found,
    /// The days that it finds in edited wordings.
    dates: Found,
    /// Whether these are so many that none of them is told.
    leaves_out_dates: bool,
    /// The pages that are not there any more of which it finds anything.
    gone: Vec<(DocumentId, Absence)>,
    /// The absences that are over of pages of which it finds anything.
    past: Vec<PastAbsence>,
    /// Nothing that was seen after this second.
    until: Option<i64>,
}

/// What a query finds of pages that changed, in whichever wording; quotes and days only where they are asked for. `None` where that
/// is more than so many quotes. Of more days than that none is told: most of a page's days are no news of it, and do not push out
/// what became of its quotes.
pub fn touched(
    searcher: &Searcher,
    query: &Query,
    kinds: &[EntryKind],
    absences: &Absences,
    most: usize,
) -> Result<Option<Touched>, IndexError> {
    let mut touched = Touched {
        until: query.as_of().map(Timestamp::as_second),
        ..Touched::default()
    };
    let asked = [
        (EntryKind::Quote, query.at_edits()),
        (EntryKind::Date, query.in_edited_wordings()),
    ];
    for (kind, query) in asked.into_iter().filter(|(kind, _)| kinds.contains(kind)) {
        let walk = searcher.walk(&query, &[kind])?;
        if walk.remaining() > most {
            if kind == EntryKind::Date {
                touched.leaves_out_dates = true;
                continue;
            }
            return Ok(None);
        }
        let found = match kind {
            EntryKind::Date => &mut touched.dates,
            _ => &mut touched.quotes,
        };
        for entry in walk {
            let entry = entry?;
            let revisions = found.entry(entry.document).or_default();
            revisions.entry(entry.revision).or_default().insert(entry.id);
        }
    }
    let is_told = |absence: &Absence| absence.is_certain && touched.is_seen(absence.absent_at);
    let mut gone: Vec<(DocumentId, Absence)> = (absences.now)
        .iter()
        .filter(|(_, absence)| is_told(absence))
        .map(|(document, absence)| (document.clone(), *absence))
        .collect();
    gone.sort_by(|(one, _), (other, _)| one.as_str().cmp(other.as_str()));
    let past = absences.past.iter();
    let past: Vec<PastAbsence> = past.filter(|past| is_told(&past.absence)).cloned().collect();
    let ids = gone.iter().map(|(document, _)| document);
    let ids: Vec<DocumentId> = ids
        .chain(past.iter().map(|past| &past.document))
        .cloned()
        .collect();
    let found = searcher.found_among(&query.in_any_wording(), &ids, false)?;
    let (of_gone, of_past) = found.split_at(gone.len());
    touched.gone = chosen(gone, of_gone);
    touched.past = chosen(past, of_past);
    // Of each the archive is read.
    let is_too_much = touched.gone.len() + touched.past.len() > most / GONE_COST;
    Ok((!is_too_much).then_some(touched))
}

/// Those of some things that are marked as found.
fn chosen<T>(things: Vec<T>, is_found: &[bool]) -> Vec<T> {
    let marked = things.into_iter().zip(is_found);
    marked
        .filter_map(|(thing, is_found)| is_found.then_some(thing))
        .collect()
}

impl Touched {
    /// Whether it has more days than are told.
    pub fn leaves_out_dates(&self) -> bool {
        self.leaves_out_dates
    }

    /// Whether what was seen at a moment is told.
    fn is_seen(&self, at: Timestamp) -> bool {
        self.until.is_none_or(|until| at.as_second() <= until)
    }
}

/// What happened to these pages, in a window where one is given, in the order of days.
pub async fn page_changes(
    tracker: &Tracker,
    touched: &Touched,
    window: Option<Window>,
    absences: &Absences,
) -> Result<Vec<Line>, PipelineError> {
    let mut lines = Vec::new();
    let nothing = HashMap::new();
    let documents: BTreeSet<&DocumentId> = touched.quotes.keys().chain(touched.dates.keys()).collect();
    for id in documents {
        let found = touched.quotes.get(id).unwrap_or(&nothing);
        let dates = touched.dates.get(id).unwrap_or(&nothing);
        let Some(document) = tracker.store.document(id).await? else {
            continue;
        };
        let wordings = wordings(tracker, &document).await?;
        let mut out = TakenOut::default();
        for pair in wordings.windows(2) {
            let [before, after] = pair else { continue };
            let is_found = [before, after]
                .iter()
                .any(|it| found.contains_key(&it.revision) || dates.contains_key(&it.revision));
            // What was taken out may be put back by an edit that nothing else marks.
            if (is_found || !out.is_empty()) && touched.is_seen(after.held.0) {
                let edit = Edit::of(tracker, &document, before, after).await?;
                if let Some(edit) = edit {
                    lines.extend(edit.lines(tracker, found, &mut out));
                    lines.extend(edit.moved_days(tracker, dates, found));
                }
            }
        }
    }
    for (id, absence) in &touched.gone {
        let answer = Answer::Standing;
        lines.extend(gone(tracker, id, absence, answer).await?);
    }
    for past in &touched.past {
        let answer = Answer::At(past.absent_answer.clone());
        let gone = gone(tracker, &past.document, &past.absence, answer).await?;
        let back = match &gone {
            Some(gone) if touched.is_seen(past.back_at) => back(tracker, gone, past).await?,
            _ => None,
        };
        lines.extend(gone.into_iter().chain(back));
    }
    for line in &mut lines {
        let absence = absences.now.get(&line.document);
        line.absent_since = absence.map(|absence| absence.absent_at);
    }
    lines.retain(|line| window.is_none_or(|window| meets(line, window)));
    lines.sort_by(|one, other| key(one).cmp(&key(other)));
    Ok(lines)
}

/// What an edit did to the quotes of a page, each a line of its own. Whether what it brought in had been taken out before
/// is not looked for: that is `added` here.
pub async fn quote_changes(
    tracker: &Tracker,
    document: &DocumentRow,
    (before, after): (&RevisionId, &RevisionId),
) -> Result<Vec<Line>, PipelineError> {
    let wordings = wordings(tracker, document).await?;
    let of = |id: &RevisionId| wordings.iter().find(|wording| wording.revision == *id);
    let Some((before, after)) = of(before).zip(of(after)) else {
        return Ok(Vec::new());
    };
    let edit = Edit::of(tracker, document, before, after).await?;
    let lines = edit.map(|edit| edit.lines(tracker, &edit.all(), &mut TakenOut::default()));
    Ok(lines.unwrap_or_default())
}

fn key(line: &Line) -> impl Ord + '_ {
    let day = line.when.as_ref().map(|when| when.earliest);
    // Of one day in the order in which it was seen: a story that runs is edited many times.
    let seen = line
        .change
        .as_ref()
        .map(|change| (change.seen_at, change.held_at));
    (
        day,
        seen,
        line.document.as_str(),
        line.begins_at,
        line.uid.as_str(),
    )
}

/// A line as one of a change.
fn changed(line: Line, change: PageChange, name: &str) -> Line {
    let day = |at: Timestamp| TimeZone::UTC.to_datetime(at).date();
    // A clock that was set back in between would end before it begins.
    let (one, other) = (day(change.held_at), day(change.seen_at));
    Line {
        uid: format!("{}-{name}", LineKind::Changed.code()),
        kind: LineKind::Changed,
        when: Some(When::between(one.min(other), one.max(other))),
        moment: None,
        minute: None,
        rule: RULE.into(),
        anchor: String::new(),
        conflict: None,
        change: Some(change),
        ..line
    }
}
