//! What an edit of a page did to its quotes and days, as lines of a timeline.

use std::collections::{HashMap, HashSet};

use super::super::alerts::beside_corrections;
use super::super::altered::{Edited, Stated, edited};
use super::super::came_and_went::{TakenOut, Text, as_stated, by_words, kind_of, new_to_page};
use super::super::entries::{date_id, entry_of_date, entry_of_quote};
use super::super::wordings::Wording;
use super::super::{PipelineError, Tracker, by_hand, line_of, moved_dates};
use super::changed;
use crate::model::by_hand::ByHand;
use crate::model::event::{self, ChangeKind, Line, PageChange};
use crate::model::id::{QuoteId, RevisionId};
use crate::model::span::Span;
use crate::store::{DateRow, DocumentRow, FoundRows, LastShown, QuoteRow, RevisionRow};

/// A wording of a document and the one that came in its place.
pub(super) struct Edit<'a> {
    document: &'a DocumentRow,
    before: Side<'a>,
    after: Side<'a>,
    /// What became of the quotes of the first.
    edited: Edited,
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
    pub(super) async fn of(
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
            edited: edited(&before.stated(), &after.stated()),
            document,
            before,
            after,
            held,
            by_hand,
        }))
    }

    /// The quotes of both sides, as if all of them were found.
    pub(super) fn all(&self) -> HashMap<RevisionId, HashSet<String>> {
        let sides = [&self.before, &self.after].into_iter();
        let all = sides.map(|side| {
            let ids = side.quotes.iter().map(|quote| quote.id.to_string());
            (side.revision.id.clone(), ids.collect())
        });
        all.collect()
    }

    /// What it did to the quotes of which either side was found.
    pub(super) fn lines(
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
        } = &self.edited;
        let met: HashSet<usize> = kept.iter().chain(altered).map(|(_, is)| *is).collect();
        let came = (0..self.after.quotes.len()).filter(|at| !met.contains(at));
        let back: HashSet<usize> = came
            .filter(|at| out.remove(&by_words(&self.after.quotes[*at])))
            .collect();
        let added = added.iter().copied().filter(|at| !back.contains(at)).collect();
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
        let altered = altered.iter().filter_map(|(one, other)| {
            let (was, is) = (&self.before.quotes[*one], &self.after.quotes[*other]);
            let kind = kind_of(was, is);
            let is_told = is_found(&self.before, was) || is_found(&self.after, is);
            is_told.then(|| self.line(tracker, kind, was, (&self.after, is)))
        });
        let text = Text::of(&beside_corrections(&self.after.revision.reading), removed.len());
        let removed = removed.iter().filter_map(|one| {
            let was = &self.before.quotes[*one];
            let is_told = is_found(&self.before, was) && !text.has_left(was);
            if is_told {
                out.insert(by_words(was));
            }
            is_told.then(|| self.line(tracker, ChangeKind::TakenOut, was, (&self.before, was)))
        });
        altered.chain(new).chain(removed).collect()
    }

    /// The lines of the days that it moved of which either side was found, but for those in words that are told to be reworded.
    /// What is found of days is what stands in edited wordings: a day that moved out of a page's first wording is found by the
    /// new day alone.
    pub(super) fn moved_days(
        &self,
        tracker: &Tracker,
        found: &HashMap<RevisionId, HashSet<String>>,
        quotes: &HashMap<RevisionId, HashSet<String>>,
    ) -> Vec<Line> {
        if found.is_empty() {
            return Vec::new();
        }
        let (was, is) = (&self.before, &self.after);
        let (old, new) = (
            was.revision.reading.text.as_str(),
            is.revision.reading.text.as_str(),
        );
        let is_found = |side: &Side<'_>, place: usize| {
            let ids = found.get(&side.revision.id);
            ids.is_some_and(|ids| ids.contains(&date_id(&side.revision.id, place)))
        };
        let moved = moved_dates((old, &was.dates), (new, &is.dates), is.revision.fetched_at);
        let moved = moved
            .into_iter()
            .filter(|moved| is_found(was, moved.was) || is_found(is, moved.is));
        let told = self.reworded(quotes);
        let moved = moved.filter(|moved| !told.iter().any(|words| words.contains(is.dates[moved.is].span)));
        moved
            .map(|moved| self.line_of_day(tracker, moved.kind, (moved.was, moved.is)))
            .collect()
    }

    /// Where the words of the quotes stand now that it altered and that are told.
    fn reworded(&self, found: &HashMap<RevisionId, HashSet<String>>) -> Vec<Span> {
        let told = self.edited.altered.iter().filter(|(one, other)| {
            let sides = [(&self.before, *one), (&self.after, *other)];
            let mut sides = sides.into_iter();
            sides.any(|(side, at)| {
                let ids = found.get(&side.revision.id);
                ids.is_some_and(|ids| ids.contains(side.quotes[at].id.as_str()))
            })
        });
        told.flat_map(|(_, other)| self.after.quotes[*other].content.clone())
            .collect()
    }

    /// The line of a day that it moved, by its places before and after.
    fn line_of_day(&self, tracker: &Tracker, kind: ChangeKind, (one, other): (usize, usize)) -> Line {
        let entry = |side: &Side<'_>, place: usize| {
            let date = (place, &side.dates[place]);
            entry_of_date(tracker, self.document, side.wording, &side.revision, date)
        };
        let (was, is) = (&self.before, &self.after);
        let change = PageChange {
            kind,
            before: Some(event::Stated {
                quote: None,
                quote_kind: None,
                text: entry(was, one).around,
                speaker: None,
                speaker_id: None,
                when: was.dates[one].when.clone(),
            }),
            said: is.dates[other].when.clone(),
            revision: was.revision.id.clone(),
            now: Some(is.revision.id.clone()),
            held_by: self.held.capture.clone(),
            held_at: self.held.at,
            seen_at: is.revision.fetched_at,
            seen_by: Some(is.revision.capture.clone()),
        };
        let name = format!("{}-{other}", is.revision.id);
        changed(line_of(&entry(is, other), None), change, &name)
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
