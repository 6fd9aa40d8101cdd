//! How edits of their pages left quotes: a quote that stands in words which its page did not have on the day that it is said to be of
//! must not be handed on without them.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::alerts::beside_corrections;
use super::altered::{Edited, Stated, edited};
use super::came_and_went::{TakenOut, Text, as_stated, by_words, kind_of, new_to_page};
use super::wordings::wordings;
use super::{PipelineError, Tracker};
use crate::index::{Entry, EntryKind, IndexError, Query, Searcher};
use crate::model::event::{ChangeKind, QuoteEdit};
use crate::model::id::{DocumentId, RevisionId};
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

/// The quotes that a query finds in a window and that an edit altered or brought in; `None` where they are more than so many.
pub fn edited_quotes(
    searcher: &Searcher,
    query: &Query,
    kinds: &[EntryKind],
    window: Option<Window>,
    most: usize,
) -> Result<Option<EditedQuotes>, IndexError> {
    let mut quotes = EditedQuotes::default();
    if !kinds.contains(&EntryKind::Quote) {
        return Ok(Some(quotes));
    }
    let (query, kinds) = (query.edited(), [EntryKind::Quote]);
    let walk = match window {
        Some(window) => searcher.walk_within(&query, &kinds, (window.first, window.last))?,
        None => searcher.walk(&query, &kinds)?,
    };
    if walk.remaining() > most {
        return Ok(None);
    }
    for entry in walk {
        quotes.add(&entry?);
    }
    Ok(Some(quotes))
}

/// What the last edit that touched each of these quotes did to it, by the id of the quote. Of what a page got while it was being
/// written nothing is told.
pub async fn quote_edits(
    tracker: &Tracker,
    quotes: &EditedQuotes,
) -> Result<HashMap<String, QuoteEdit>, PipelineError> {
    let mut told = HashMap::new();
    for (id, wanted) in &quotes.ids {
        let Some(document) = tracker.store.document(id).await? else {
            continue;
        };
        let wordings = wordings(tracker, &document).await?;
        let is_wanted = |revision: &RevisionId| wanted.contains_key(revision);
        let mut asked = (0..wordings.len()).filter(|at| is_wanted(&wordings[*at].revision));
        let Some(first) = asked.next() else {
            continue;
        };
        let last = asked.next_back().unwrap_or(first);
        let (mut before, mut out) = (None::<Side>, TakenOut::default());
        for wording in &wordings[first.saturating_sub(MOST_WORDINGS)..=last] {
            // What was read away meanwhile is not compared.
            let Some(side) = Side::of(tracker, &wording.revision).await? else {
                continue;
            };
            let side = match &before {
                None => side,
                Some(before) => before.edited_to(side, &document, &mut out),
            };
            if let Some(ids) = wanted.get(&wording.revision) {
                told.extend(side.told_of(ids));
            }
            before = Some(side);
        }
    }
    Ok(told)
}

/// A wording with its quotes, and what edits did to each of them.
struct Side {
    revision: RevisionRow,
    quotes: Vec<QuoteRow>,
    edits: Vec<Option<QuoteEdit>>,
}

impl Side {
    async fn of(tracker: &Tracker, id: &RevisionId) -> Result<Option<Self>, PipelineError> {
        let Some(revision) = tracker.store.revision(id).await? else {
            return Ok(None);
        };
        // What people correct is no edit of the page, so the rows are asked as they were read.
        let mut found = tracker.store.found_in(std::slice::from_ref(&revision)).await?;
        let quotes = found.remove(id).unwrap_or_default().quotes;
        Ok(Some(Self {
            edits: vec![None; quotes.len()],
            revision,
            quotes,
        }))
    }

    fn stated(&self) -> Vec<Stated> {
        self.quotes.iter().map(Stated::of_row).collect()
    }

    /// The wording that came in the place of this one, with what the edit did to its quotes, or earlier ones had done.
    fn edited_to(&self, next: Side, document: &DocumentRow, out: &mut TakenOut) -> Side {
        let Edited {
            kept,
            altered,
            removed,
            added,
        } = edited(&self.stated(), &next.stated());
        let seen_at = next.revision.fetched_at;
        let mut edits = next.edits;
        for (one, other) in &kept {
            edits[*other].clone_from(&self.edits[*one]);
        }
        for (one, other) in &altered {
            let (was, is) = (&self.quotes[*one], &next.quotes[*other]);
            edits[*other] = Some(QuoteEdit {
                kind: kind_of(was, is),
                before: Some(as_stated(was, &self.revision.reading.text)),
                seen_at,
            });
        }
        let met: HashSet<usize> = kept.iter().chain(&altered).map(|(_, is)| *is).collect();
        let came = |kind: ChangeKind| QuoteEdit {
            kind,
            before: None,
            seen_at,
        };
        for at in (0..next.quotes.len()).filter(|at| !met.contains(at)) {
            if out.remove(&by_words(&next.quotes[at])) {
                edits[at] = Some(came(ChangeKind::PutBack));
            }
        }
        let added = added.into_iter().filter(|at| edits[*at].is_none()).collect();
        for at in new_to_page(document, (&self.revision, &next.revision), &next.quotes, added) {
            edits[at] = Some(came(ChangeKind::Added));
        }
        if !removed.is_empty() {
            let text = Text::of(&beside_corrections(&next.revision.reading), removed.len());
            let gone = removed.into_iter().map(|at| &self.quotes[at]);
            out.extend(gone.filter(|quote| !text.has_left(quote)).map(by_words));
        }
        Side { edits, ..next }
    }

    /// What edits did to those of its quotes that have these ids.
    fn told_of<'a>(&'a self, ids: &'a HashSet<String>) -> impl Iterator<Item = (String, QuoteEdit)> + 'a {
        let quotes = self.quotes.iter().zip(&self.edits);
        quotes.filter_map(|(quote, edit)| {
            let edit = edit.clone().filter(|_| ids.contains(quote.id.as_str()))?;
            Some((quote.id.to_string(), edit))
        })
    }
}
