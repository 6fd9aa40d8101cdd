//! How edits of their pages left quotes: a quote that stands in words which its page did not have on the day that it is said to be of
//! must not be handed on without them.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;

use super::alerts::beside_corrections;
use super::altered::{Edited, Stated, edited};
use super::came_and_went::{Text, as_stated, by_words, kind_of, new_to_page};
use super::wordings::{Wording, wordings};
use super::{PipelineError, Tracker};
use crate::index::{Entry, EntryKind, IndexError, Query, Searcher};
use crate::model::event::{ChangeKind, QuoteEdit};
use crate::model::id::{DocumentId, RevisionId, SpeakerId};
use crate::store::{DocumentRow, QuoteRow, RevisionRow};
use crate::timeline::axis::Window;

/// Wordings of a page before the first in which a quote is asked for that are looked through for what made it so: live pages have
/// hundreds.
const MOST_WORDINGS: usize = 200;

/// Quotes whose edits are looked for.
#[derive(Clone, Debug, Default)]
pub struct EditedQuotes {
    ids: BTreeMap<DocumentId, HashMap<RevisionId, HashSet<String>>>,
}

impl EditedQuotes {
    /// One quote, whatever is known of it.
    pub fn of(entry: &Entry) -> Self {
        let mut quotes = Self::default();
        quotes.add(entry);
        quotes
    }

    fn add(&mut self, entry: &Entry) {
        let revisions = self.ids.entry(entry.document.clone()).or_default();
        let ids = revisions.entry(entry.revision.clone()).or_default();
        ids.insert(entry.id.clone());
    }
}

/// The quotes that a query finds in a window and that an edit altered or brought in.
pub fn edited_quotes(
    searcher: &Searcher,
    query: &Query,
    kinds: &[EntryKind],
    window: Option<Window>,
) -> Result<EditedQuotes, IndexError> {
    let mut quotes = EditedQuotes::default();
    if !kinds.contains(&EntryKind::Quote) {
        return Ok(quotes);
    }
    let (query, kinds) = (query.edited(), [EntryKind::Quote]);
    let walk = match window {
        Some(window) => searcher.walk_within(&query, &kinds, (window.first, window.last))?,
        None => searcher.walk(&query, &kinds)?,
    };
    for entry in walk {
        quotes.add(&entry?);
    }
    Ok(quotes)
}

/// How edits left quotes.
#[derive(Clone, Debug, Default)]
pub struct QuoteEdits {
    /// What the last edit that touched each did to it, by the id of the quote.
    pub told: HashMap<String, QuoteEdit>,
    /// Whether some were not looked for, since too many wordings would have to be read.
    pub is_cut: bool,
}

/// What the last edit that touched each of these quotes did to it, with no more than so many wordings read. Of what a page got while it was
/// being written nothing is told.
pub async fn quote_edits(
    tracker: &Tracker,
    quotes: &EditedQuotes,
    most_read: usize,
) -> Result<QuoteEdits, PipelineError> {
    let (mut edits, mut left) = (QuoteEdits::default(), most_read);
    for (id, wanted) in &quotes.ids {
        if edits.is_cut {
            break;
        }
        let Some(document) = tracker.store.document(id).await? else {
            continue;
        };
        let wordings = wordings(tracker, &document).await?;
        let is_wanted = |wording: &Wording| wanted.contains_key(&wording.revision);
        let (Some(first), Some(last)) = (
            wordings.iter().position(is_wanted),
            wordings.iter().rposition(is_wanted),
        ) else {
            continue;
        };
        let begin = first.saturating_sub(MOST_WORDINGS);
        let mut back = Backwards::default();
        // From the last wording back, until nothing is followed any more.
        for (at, wording) in wordings[..=last].iter().enumerate().skip(begin).rev() {
            if back.is_done() && at < first {
                break;
            }
            if left == 0 {
                edits.is_cut = true;
                break;
            }
            left -= 1;
            // What was read away meanwhile is not compared.
            let Some(side) = Side::of(tracker, &wording.revision).await? else {
                continue;
            };
            let (asked, document) = (wanted.get(&wording.revision).cloned(), document.clone());
            // Comparing is no waiting.
            let stepped = tokio::task::spawn_blocking(move || {
                back.step(side, &document, asked.as_ref());
                back
            });
            back = stepped
                .await
                .map_err(|_| PipelineError::Stopped("comparing wordings"))?;
        }
        edits.told.extend(back.told());
    }
    Ok(edits)
}

/// A wording with its quotes.
struct Side {
    revision: RevisionRow,
    quotes: Vec<QuoteRow>,
}

impl Side {
    async fn of(tracker: &Tracker, id: &RevisionId) -> Result<Option<Self>, PipelineError> {
        let Some(revision) = tracker.store.revision(id).await? else {
            return Ok(None);
        };
        // What people correct is no edit of the page, so the rows are asked as they were read.
        let mut found = tracker.store.found_in(std::slice::from_ref(&revision)).await?;
        let quotes = found.remove(id).unwrap_or_default().quotes;
        Ok(Some(Self { revision, quotes }))
    }

    fn stated(&self) -> Vec<Stated> {
        self.quotes.iter().map(Stated::of_row).collect()
    }
}

/// Quotes that are followed from wording to earlier wording of a page, to the last edit that touched each.
#[derive(Default)]
struct Backwards {
    /// The wording that was reached.
    reached: Option<Side>,
    /// The quotes that stand in it as they did in the wordings behind it: their ids, by the place.
    followed: HashMap<usize, Vec<String>>,
    /// Those that came behind it: an earlier wording may have them.
    came: Vec<Came>,
    told: HashMap<String, QuoteEdit>,
}

/// A quote that came into its page by an edit.
struct Came {
    ids: Vec<String>,
    /// What it is known by, where it stood before.
    by: (Vec<String>, Option<SpeakerId>),
    seen_at: Timestamp,
    /// Whether it is told as new, where no earlier wording has it.
    is_new: bool,
}

impl Came {
    fn told(self, kind: ChangeKind) -> impl Iterator<Item = (String, QuoteEdit)> {
        let edit = QuoteEdit {
            kind,
            before: None,
            seen_at: self.seen_at,
        };
        self.ids.into_iter().map(move |id| (id, edit.clone()))
    }
}

impl Backwards {
    /// Whether nothing is followed any more.
    fn is_done(&self) -> bool {
        self.followed.is_empty() && self.came.is_empty()
    }

    /// What is known of the quotes, where there is no earlier wording.
    fn told(mut self) -> HashMap<String, QuoteEdit> {
        let new = self.came.into_iter().filter(|came| came.is_new);
        self.told
            .extend(new.flat_map(|came| came.told(ChangeKind::Added)));
        self.told
    }

    /// Goes on to the wording before, of whose quotes some are asked for.
    fn step(&mut self, side: Side, document: &DocumentRow, asked: Option<&HashSet<String>>) {
        if let Some(after) = self.reached.take()
            && !self.is_done()
        {
            let edited = edited(&side.stated(), &after.stated());
            self.look_for_those_that_came(&side, &after, &edited);
            self.follow((&side, &after), document, edited);
        }
        let is_asked = |quote: &QuoteRow| asked.is_some_and(|ids| ids.contains(quote.id.as_str()));
        for (at, quote) in side
            .quotes
            .iter()
            .enumerate()
            .filter(|(_, quote)| is_asked(quote))
        {
            self.followed.entry(at).or_default().push(quote.id.to_string());
        }
        self.reached = Some(side);
    }

    /// Tells of those that came whether the last wording that has them lost them by an edit: then they were put back.
    fn look_for_those_that_came(&mut self, before: &Side, after: &Side, edited: &Edited) {
        if self.came.is_empty() {
            return;
        }
        let stood: HashSet<_> = before.quotes.iter().map(by_words).collect();
        let (found, came): (Vec<Came>, Vec<Came>) =
            self.came.drain(..).partition(|came| stood.contains(&came.by));
        self.came = came;
        if found.is_empty() {
            return;
        }
        let text = Text::of(&beside_corrections(&after.revision.reading), edited.removed.len());
        let removed = edited.removed.iter().map(|at| &before.quotes[*at]);
        let removed: HashSet<_> = removed
            .filter(|quote| !text.has_left(quote))
            .map(by_words)
            .collect();
        for came in found {
            if removed.contains(&came.by) {
                self.told.extend(came.told(ChangeKind::PutBack));
            } else if came.is_new {
                self.told.extend(came.told(ChangeKind::Added));
            }
        }
    }

    /// Follows the quotes over an edit, and tells of those that it touched.
    fn follow(&mut self, (before, after): (&Side, &Side), document: &DocumentRow, edited: Edited) {
        let seen_at = after.revision.fetched_at;
        let mut followed = std::mem::take(&mut self.followed);
        for (one, other) in edited.kept {
            if let Some(ids) = followed.remove(&other) {
                self.followed.insert(one, ids);
            }
        }
        for (one, other) in edited.altered {
            let (was, is) = (&before.quotes[one], &after.quotes[other]);
            let edit = QuoteEdit {
                kind: kind_of(was, is),
                before: Some(as_stated(was, &before.revision.reading.text)),
                seen_at,
            };
            let ids = followed.remove(&other).into_iter().flatten();
            self.told.extend(ids.map(|id| (id, edit.clone())));
        }
        // The rest came by this edit.
        if followed.is_empty() {
            return;
        }
        let revisions = (&before.revision, &after.revision);
        let new: HashSet<usize> = new_to_page(document, revisions, &after.quotes, edited.added)
            .into_iter()
            .collect();
        self.came.extend(followed.into_iter().map(|(at, ids)| Came {
            ids,
            by: by_words(&after.quotes[at]),
            seen_at,
            is_new: new.contains(&at),
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::super::quoted_for_tests::{document, wording};
    use super::*;

    const PIER: &str = "Ana Lima: “The pier stays shut until the storm is over.”";
    const OPEN: &str = "Ana Lima: “The pier stays open until the storm is over.”";
    const BOATS: &str = "Tom Reed: “Nobody asked the people who own the boats.”";
    const STORM: &str = "The storm went on for a week.";

    /// What is told of the first quote of the last wording of a page, and whether the walk back was done before it came to the first.
    fn told(wordings: &[&[&str]]) -> (Option<QuoteEdit>, bool) {
        let days = (1..).zip(wordings).collect::<Vec<_>>();
        let mut back = Backwards::default();
        let mut asked = None;
        let mut was_done = false;
        for (day, lines) in days.into_iter().rev() {
            let (revision, quotes) = wording(day, lines);
            let ids = asked.is_none().then(|| HashSet::from([quotes[0].id.to_string()]));
            was_done = asked.is_some() && back.is_done();
            back.step(Side { revision, quotes }, &document(), ids.as_ref());
            asked = asked.or(ids);
        }
        let id = asked.into_iter().flatten().next().expect("a quote");
        (back.told().remove(&id), was_done)
    }

    #[track_caller]
    fn check(wordings: &[&[&str]], kind: Option<ChangeKind>, was_done: bool) -> Option<QuoteEdit> {
        let (edit, done) = told(wordings);
        assert_eq!((edit.as_ref().map(|edit| edit.kind), done), (kind, was_done));
        edit
    }

    #[test]
    fn the_last_edit_that_touched_a_quote_is_told_and_nothing_is_compared_behind_it() {
        let wordings: [&[&str]; 4] = [&[PIER], &[PIER, STORM], &[OPEN, STORM], &[BOATS, OPEN]];
        // Asked for is the first of the last wording, which came by its edit.
        check(&wordings, Some(ChangeKind::Added), false);
        let wordings: [&[&str]; 4] = [&[PIER], &[PIER, STORM], &[OPEN, STORM], &[OPEN, BOATS]];
        let edit = check(&wordings, Some(ChangeKind::Reworded), true).expect("an edit");
        let before = edit.before.expect("what stood before");
        assert_eq!(before.text, "The pier stays shut until the storm is over.");
        assert_eq!(before.quote_kind, Some(crate::model::quote::QuoteKind::Direct));
        assert_eq!(edit.seen_at, wording(3, &[STORM]).0.fetched_at);
        let given = PIER.replace("Ana Lima", "Tom Reed");
        check(
            &[&[STORM], &[PIER], &[&given]],
            Some(ChangeKind::GivenToAnother),
            true,
        );
    }

    #[test]
    fn what_stood_there_from_the_first_wording_on_was_not_edited() {
        check(&[&[PIER], &[PIER, STORM], &[PIER]], None, false);
        check(&[&[PIER]], None, false);
    }

    #[test]
    fn what_was_taken_out_and_is_there_again_was_put_back() {
        check(&[&[PIER], &[STORM], &[PIER]], Some(ChangeKind::PutBack), false);
        check(
            &[&[STORM], &[PIER], &[STORM], &[PIER], &[PIER, BOATS]],
            Some(ChangeKind::PutBack),
            true,
        );
        // Words that had only lost their marks were not taken out, nor did they come.
        let unmarked = PIER.replace(['“', '”'], "");
        check(&[&[PIER], &[&unmarked], &[PIER]], None, false);
    }

    #[test]
    fn what_came_behind_the_first_day_is_new() {
        check(
            &[&[STORM], &[STORM, BOATS], &[PIER, STORM, BOATS]],
            Some(ChangeKind::Added),
            false,
        );
    }
}
