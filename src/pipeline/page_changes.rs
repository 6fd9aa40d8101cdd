//! What happened to pages that are held, as lines of a timeline: an edit that altered a quote, gave it to somebody else, took
//! it out or brought one in, and a page that was not found again, or was found again after all.
//!
//! Each lies between the last visit that found the page as it was and the first that did not. When in between it was, and
//! why, nobody here has seen, so both ends are told and nothing else is.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::absences::Absences;
use super::alerts::beside_corrections;
use super::altered::{Edited, Stated, edited};
use super::came_and_went::{TakenOut, Text, as_stated, by_words, kind_of, new_to_page};
use super::entries::{entry_of_document, entry_of_quote};
use super::evidence::{answer_at, answer_of_absence, says_itself};
use super::overview::meets;
use super::wordings::{Wording, wordings};
use super::{PipelineError, Tracker, by_hand, line_of};
use crate::index::{EntryKind, IndexError, Query, Searcher};
use crate::model::by_hand::ByHand;
use crate::model::capture::{Capture, RecordLocation};
use crate::model::date::When;
use crate::model::event::{ChangeKind, Line, LineKind, PageChange};
use crate::model::id::{CaptureId, DocumentId, QuoteId, RevisionId};
use crate::store::{Absence, DateRow, DocumentRow, FoundRows, LastShown, PastAbsence, QuoteRow, RevisionRow};
use crate::timeline::axis::Window;

/// How the days of a change are found, as rows tell it.
const RULE: &str = "between_visits";
/// So many quotes at edits cost as much to tell as one page that is gone, whose answer is read from the archive.
const GONE_COST: usize = 4;

/// What a query finds of pages that changed.
#[derive(Clone, Debug, Default)]
pub struct Touched {
    /// The quotes that it finds on either side of an edit, by document and revision.
    quotes: BTreeMap<DocumentId, HashMap<RevisionId, HashSet<String>>>,
    /// The pages that are not there any more of which it finds anything.
    gone: Vec<(DocumentId, Absence)>,
    /// The absences that are over of pages of which it finds anything.
    past: Vec<PastAbsence>,
    /// Nothing that was seen after this second.
    until: Option<i64>,
}

/// What a query finds of pages that changed, in whichever wording; quotes only where they are asked for. `None` where that is more
/// than so many quotes.
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
    if kinds.contains(&EntryKind::Quote) {
        let walk = searcher.walk(&query.at_edits(), &[EntryKind::Quote])?;
        if walk.remaining() > most {
            return Ok(None);
        }
        for entry in walk {
            let entry = entry?;
            let revisions = touched.quotes.entry(entry.document).or_default();
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
    for (id, found) in &touched.quotes {
        let Some(document) = tracker.store.document(id).await? else {
            continue;
        };
        let wordings = wordings(tracker, &document).await?;
        let mut out = TakenOut::default();
        for pair in wordings.windows(2) {
            let [before, after] = pair else { continue };
            let is_found = [before, after].iter().any(|it| found.contains_key(&it.revision));
            // What was taken out may be put back by an edit that nothing else marks.
            if (is_found || !out.is_empty()) && touched.is_seen(after.held.0) {
                let edit = Edit::of(tracker, &document, before, after).await?;
                lines.extend(
                    edit.into_iter()
                        .flat_map(|edit| edit.lines(tracker, found, &mut out)),
                );
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

/// A wording of a document and the one that came in its place.
struct Edit<'a> {
    document: &'a DocumentRow,
    before: Side<'a>,
    after: Side<'a>,
    /// Until when the first is known to have stood.
    held: LastShown,
    /// What people corrected of the quotes of both.
    by_hand: HashMap<QuoteId, Vec<ByHand>>,
}

/// A wording with what was found in it.
struct Side<'a> {
    wording: &'a Wording,
    revision: RevisionRow,
    quotes: Vec<QuoteRow>,
    dates: Vec<DateRow>,
}

impl Side<'_> {
    fn stated(&self) -> Vec<Stated> {
        self.quotes.iter().map(Stated::of_row).collect()
    }
}

impl<'a> Edit<'a> {
    /// Both sides; `None` where one of them was read away meanwhile, or no capture shows the first before the second.
    async fn of(
        tracker: &Tracker,
        document: &'a DocumentRow,
        before: &'a Wording,
        after: &'a Wording,
    ) -> Result<Option<Self>, PipelineError> {
        let store = &tracker.store;
        let revisions = store.revisions(&[&before.revision, &after.revision]).await?;
        // What a page did is told by what was read of it; what people say of it stands beside that.
        let mut found = store.found_in(&revisions).await?;
        let told = by_hand::found_in(tracker, &revisions).await?;
        let told = told.into_values().flat_map(|rows| rows.quotes);
        let by_hand: HashMap<QuoteId, Vec<ByHand>> = told.map(|quote| (quote.id, quote.by_hand)).collect();
        let mut side = |wording: &'a Wording| {
            let revision = revisions.iter().find(|it| it.id == wording.revision)?.clone();
            let FoundRows { quotes, dates } = found.remove(&wording.revision).unwrap_or_default();
            Some(Side {
                wording,
                revision,
                quotes,
                dates,
            })
        };
        let Some((before, after)) = side(before).zip(side(after)) else {
            return Ok(None);
        };
        let held = store
            .last_shown(&before.revision.id, after.revision.fetched_at)
            .await?;
        Ok(held.map(|held| Self {
            document,
            before,
            after,
            held,
            by_hand,
        }))
    }

    /// The quotes of both sides, as if all of them were found.
    fn all(&self) -> HashMap<RevisionId, HashSet<String>> {
        let sides = [&self.before, &self.after].into_iter();
        let all = sides.map(|side| {
            let ids = side.quotes.iter().map(|quote| quote.id.to_string());
            (side.revision.id.clone(), ids.collect())
        });
        all.collect()
    }

    /// What it did to the quotes of which either side was found.
    fn lines(
        &self,
        tracker: &Tracker,
        found: &HashMap<RevisionId, HashSet<String>>,
        out: &mut TakenOut,
    ) -> Vec<Line> {
        let is_found = |side: &Side<'_>, quote: &QuoteRow| {
            let ids = found.get(&side.revision.id);
            ids.is_some_and(|ids| ids.contains(quote.id.as_str()))
        };
        let Edited {
            kept,
            altered,
            removed,
            added,
        } = edited(&self.before.stated(), &self.after.stated());
        let met: HashSet<usize> = kept.iter().chain(&altered).map(|(_, is)| *is).collect();
        let came = (0..self.after.quotes.len()).filter(|at| !met.contains(at));
        let back: HashSet<usize> = came
            .filter(|at| out.remove(&by_words(&self.after.quotes[*at])))
            .collect();
        let added = added.into_iter().filter(|at| !back.contains(at)).collect();
        let revisions = (&self.before.revision, &self.after.revision);
        let added = new_to_page(self.document, revisions, &self.after.quotes, added);
        let mut new: Vec<(usize, ChangeKind)> =
            back.into_iter().map(|at| (at, ChangeKind::PutBack)).collect();
        new.extend(added.into_iter().map(|at| (at, ChangeKind::Added)));
        new.sort_unstable();
        let new = new.into_iter().filter_map(|(at, kind)| {
            let is = &self.after.quotes[at];
            let is_told = kind == ChangeKind::PutBack || is_found(&self.after, is);
            is_told.then(|| self.line(tracker, kind, is, (&self.after, is)))
        });
        let altered = altered.into_iter().filter_map(|(one, other)| {
            let (was, is) = (&self.before.quotes[one], &self.after.quotes[other]);
            let kind = kind_of(was, is);
            let is_told = is_found(&self.before, was) || is_found(&self.after, is);
            is_told.then(|| self.line(tracker, kind, was, (&self.after, is)))
        });
        let text = Text::of(&beside_corrections(&self.after.revision.reading), removed.len());
        let removed = removed.into_iter().filter_map(|one| {
            let was = &self.before.quotes[one];
            let is_told = is_found(&self.before, was) && !text.has_left(was);
            if is_told {
                out.insert(by_words(was));
            }
            is_told.then(|| self.line(tracker, ChangeKind::TakenOut, was, (&self.before, was)))
        });
        altered.chain(new).chain(removed).collect()
    }

    /// The line of a quote as it stood, and of what is shown of it: as it stands now, or what was taken out.
    fn line(
        &self,
        tracker: &Tracker,
        kind: ChangeKind,
        was: &QuoteRow,
        (side, shown): (&Side<'_>, &QuoteRow),
    ) -> Line {
        let entry = entry_of_quote(
            tracker,
            self.document,
            side.wording,
            &side.revision,
            &side.dates,
            shown,
        );
        let after = &self.after.revision;
        // Its capture is one that has the words: of what was taken out an earlier one.
        let line = Line {
            by_hand: self.by_hand.get(&shown.id).cloned().unwrap_or_default(),
            ..line_of(&entry, None)
        };
        let text = &self.before.revision.reading.text;
        let change = PageChange {
            kind,
            before: (!matches!(kind, ChangeKind::PutBack | ChangeKind::Added)).then(|| as_stated(was, text)),
            said: shown.said.clone(),
            revision: self.before.revision.id.clone(),
            now: Some(after.id.clone()),
            held_by: self.held.capture.clone(),
            held_at: self.held.at,
            seen_at: after.fetched_at,
            seen_by: Some(after.capture.clone()),
        };
        changed(line, change, &format!("{}-{}", after.id, shown.id))
    }
}

/// Where the answer is that said that a page is not there.
enum Answer {
    /// The page is still absent: its requests tell.
    Standing,
    /// It was kept when the page came back, as far as it was there then.
    At(Option<RecordLocation>),
}

/// The line of a page that was not found again; `None` where no capture shows it any more.
async fn gone(
    tracker: &Tracker,
    id: &DocumentId,
    absence: &Absence,
    answer: Answer,
) -> Result<Option<Line>, PipelineError> {
    let store = &tracker.store;
    let Some(document) = store.document(id).await? else {
        return Ok(None);
    };
    let wordings = wordings(tracker, &document).await?;
    // Of those that were seen before it went, the newest.
    let stood = wordings.iter().rev().find(|it| it.held.0 <= absence.absent_at);
    let Some(wording) = stood else {
        return Ok(None);
    };
    let Some(revision) = store.revision(&wording.revision).await? else {
        return Ok(None);
    };
    let Some(held) = store.last_shown(&revision.id, absence.absent_at).await? else {
        return Ok(None);
    };
    let seen_by = match answer {
        Answer::Standing => told(&document, answer_of_absence(tracker, &document).await),
        Answer::At(Some(place)) => {
            let answer = answer_at(tracker, &document, place).await;
            told(&document, answer.map(|answer| answer.filter(says_itself)))
        }
        Answer::At(None) => None,
    };
    let change = PageChange {
        kind: ChangeKind::Gone,
        before: None,
        said: None,
        revision: revision.id.clone(),
        now: None,
        held_by: held.capture,
        held_at: absence.present_at.unwrap_or(held.at).max(held.at),
        seen_at: absence.absent_at,
        seen_by,
    };
    let line = line_of(
        &entry_of_document(tracker, &document, wording, &revision),
        Some(absence),
    );
    let uid = format!("{id}-{}", absence.absent_at.as_second());
    Ok(Some(changed(line, change, &uid)))
}

/// The line of a page that came back, beside the one that tells that it went.
async fn back(tracker: &Tracker, gone: &Line, past: &PastAbsence) -> Result<Option<Line>, PipelineError> {
    let (Some(change), Some(document)) = (&gone.change, tracker.store.document(&past.document).await?) else {
        return Ok(None);
    };
    let seen_by = match past.back_answer.clone() {
        Some(place) => told(&document, answer_at(tracker, &document, place).await),
        None => None,
    };
    let change = PageChange {
        kind: ChangeKind::Back,
        held_at: past.absence.checked_at,
        seen_at: past.back_at,
        seen_by,
        ..change.clone()
    };
    let uid = format!("{}-{}", past.document, past.back_at.as_second());
    Ok(Some(changed(gone.clone(), change, &uid)))
}

/// The record of an answer. Where the archive cannot be read just now it is not told; what is held of the page is.
fn told(document: &DocumentRow, answer: Result<Option<Capture>, PipelineError>) -> Option<CaptureId> {
    match answer {
        Ok(answer) => answer.map(|answer| answer.id),
        Err(error) => {
            tracing::warn!(
                document.id = %document.id,
                "the answer that {} is gone or back cannot be read: {error}",
                document.url
            );
            None
        }
    }
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
