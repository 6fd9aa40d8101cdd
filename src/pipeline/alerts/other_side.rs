//! The other side of a quote that a search finds on one side of an edit only.
//!
//! Whoever follows one person finds her words no more once the page gives them to somebody else, and "gone" alone would
//! read as a retraction. So what the search lost, or found for the first time, is looked up in the document's revision on
//! the other side of the edit, whether the search finds it there or not.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::compare::{self, Said, alike};
use super::lines::by_hand_in_words;
use crate::model::id::{DocumentId, RevisionId};
use crate::model::saved_search::{AlertItem, Change, Line};
use crate::pipeline::{PipelineError, Tracker, by_hand};
use crate::text::wording::Wording;

/// Quotes of a revision, and words of them all, up to which it is compared with another: each quote is compared with each, and
/// a page must not hold up the alerts of all others. Of a longer one what is new and gone is told as that.
const MOST_QUOTES: usize = 300;
const MOST_WORDS: usize = 10_000;

/// The edits that one look meets, each loaded once.
pub(super) struct OtherSides<'a> {
    tracker: &'a Tracker,
    last_look: Option<Timestamp>,
    /// By the revision that a line stands in, and whether the other side is the earlier one.
    edits: HashMap<(String, bool), Option<Edit>>,
    /// What is one side of a change already: it did not become something else as well.
    used: HashSet<Quoted>,
}

/// A quote of a document: whose words.
#[derive(PartialEq, Eq, Hash)]
struct Quoted {
    document: String,
    speaker: Option<String>,
    wording: String,
}

/// The revision on the other side of an edit.
struct Edit {
    /// Its quotes.
    there: Vec<Line>,
    /// Places of those that do not stand on both sides; what does is no other wording of anything.
    only_there: Vec<usize>,
}

impl<'a> OtherSides<'a> {
    /// Of a look at which these items are told.
    pub(super) fn new(tracker: &'a Tracker, last_look: Option<Timestamp>, items: &[AlertItem]) -> Self {
        let changed = items.iter().filter(|item| item.change == Change::Changed);
        Self {
            tracker,
            last_look,
            edits: HashMap::new(),
            used: changed.flat_map(sides).collect(),
        }
    }

    /// An item told with its other side, where the document has one; `None` where the document says all the same still.
    pub(super) async fn told(&mut self, item: AlertItem) -> Result<Option<AlertItem>, PipelineError> {
        let is_new = match (item.line.kind.as_str(), item.change) {
            ("quote", Change::New) => true,
            ("quote", Change::TakenOut | Change::Gone) => false,
            _ => return Ok(Some(item)),
        };
        let line = &item.line;
        let at = (line.revision.clone(), is_new);
        if !self.edits.contains_key(&at) {
            let edit = self.edit(line, is_new).await?;
            self.edits.insert(at.clone(), edit);
        }
        let Some(Some(edit)) = self.edits.get(&at) else {
            return Ok(Some(item));
        };
        let own = Said::of(line, &line.document);
        if edit.there.iter().any(|it| Said::of(it, &it.document) == own) {
            return Ok(Some(item).filter(|_| is_new));
        }
        let free = edit.only_there.iter().map(|at| (*at, &edit.there[*at]));
        let free = free.filter(|(_, it)| !self.used.contains(&quoted(it)));
        let Some((_, other)) = alike(free, line) else {
            return Ok(Some(item));
        };
        let changed = match is_new {
            true => compare::changed(other, line),
            false => {
                // What the search lost is told of under the name it is kept by.
                let now = Line {
                    key: line.key.clone(),
                    ..other.clone()
                };
                compare::changed(line, &now)
            }
        };
        if let Some(changed) = &changed {
            self.used.extend(sides(changed));
        }
        // A day that is only now known is no change, and nothing that went.
        Ok(changed.or_else(|| is_new.then_some(item)))
    }

    /// What stands on the other side of the edit that a line came or went with; `None` where there is none, or too much.
    async fn edit(&self, line: &Line, is_new: bool) -> Result<Option<Edit>, PipelineError> {
        let revision = match is_new {
            true => self.revision_before(line).await?,
            false => revision_now(self.tracker, line).await?,
        };
        let Some(revision) = revision else {
            return Ok(None);
        };
        let there = lines_in(self.tracker, line, &revision).await?;
        let here = lines_in(self.tracker, line, &RevisionId::new(line.revision.as_str())).await?;
        if is_too_much(&there) || is_too_much(&here) {
            return Ok(None);
        }
        let here: HashSet<Said<'_>> = here.iter().map(|it| Said::of(it, &it.document)).collect();
        let is_only_there = |at: &usize| !here.contains(&Said::of(&there[*at], &there[*at].document));
        let only_there = (0..there.len()).filter(is_only_there).collect();
        Ok(Some(Edit { there, only_there }))
    }

    /// The revision that a line's document had at the last look, before the one the line stands in.
    async fn revision_before(&self, line: &Line) -> Result<Option<RevisionId>, PipelineError> {
        let document = DocumentId::new(line.document.as_str());
        let revisions = self.tracker.store.wordings_of(&document).await?;
        let own = revisions.iter().position(|(id, _)| id.as_str() == line.revision);
        let earlier = &revisions[..own.unwrap_or_default()];
        Ok(held_at(earlier, self.last_look).cloned())
    }
}

/// The last of some revisions that was held at a look.
pub(super) fn held_at(revisions: &[(RevisionId, Timestamp)], look: Option<Timestamp>) -> Option<&RevisionId> {
    let held = revisions.iter().rfind(|(_, at)| Some(*at) <= look);
    held.map(|(id, _)| id)
}

/// The newest revision of a line's document where that is another one than the line's; none of a page that is absent, which shows
/// nothing any more.
async fn revision_now(tracker: &Tracker, line: &Line) -> Result<Option<RevisionId>, PipelineError> {
    let id = DocumentId::new(line.document.as_str());
    let absence = tracker.store.absence(&id).await?;
    if absence.is_some_and(|absence| absence.is_certain) {
        return Ok(None);
    }
    let document = tracker.store.document(&id).await?;
    let newest = document.and_then(|document| document.revision);
    Ok(newest.filter(|revision| revision.as_str() != line.revision))
}

/// The quotes of a revision, as lines of the document that `line` is of.
async fn lines_in(tracker: &Tracker, line: &Line, revision: &RevisionId) -> Result<Vec<Line>, PipelineError> {
    let Some(row) = tracker.store.revision(revision).await? else {
        return Ok(Vec::new());
    };
    let quotes = by_hand::quotes_of(tracker, &row).await?;
    let lines = quotes.into_iter().map(|quote| Line {
        wording: Wording::of(&quote.words).words().join(" "),
        entry: quote.id.to_string(),
        revision: revision.to_string(),
        capture: row.capture.to_string(),
        title: row.reading.title.clone(),
        speaker: quote.speaker_name,
        day: quote.said.map(|said| said.earliest),
        by_hand: by_hand_in_words(&quote.by_hand),
        text: quote.words,
        ..line.clone()
    });
    Ok(lines.collect())
}

fn is_too_much(lines: &[Line]) -> bool {
    let words = lines.iter().map(|line| line.wording.split(' ').count());
    lines.len() > MOST_QUOTES || words.sum::<usize>() > MOST_WORDS
}

fn quoted(line: &Line) -> Quoted {
    Quoted {
        document: line.document.clone(),
        speaker: line.speaker.clone(),
        wording: line.wording.clone(),
    }
}

/// What a change tells, as it is and as it was.
fn sides(changed: &AlertItem) -> [Quoted; 2] {
    let is = quoted(&changed.line);
    let was = Quoted {
        document: is.document.clone(),
        speaker: match &changed.speaker_before {
            Some(before) => Some(before.clone()).filter(|before| !before.is_empty()),
            None => is.speaker.clone(),
        },
        wording: match &changed.before {
            Some(before) => Wording::of(before).words().join(" "),
            None => is.wording.clone(),
        },
    };
    [is, was]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_very_many_quotes_is_not_compared() {
        let line = |words: usize| Line {
            key: "k".into(),
            wording: vec!["no"; words].join(" "),
            kind: "quote".into(),
            entry: "q".into(),
            document: "d".into(),
            revision: "r".into(),
            capture: "c".into(),
            url: "https://herald.example/one".into(),
            title: None,
            source: "The Harbor Herald".into(),
            speaker: None,
            day: None,
            text: "No".into(),
            by_hand: None,
        };
        assert!(!is_too_much(&vec![line(20); MOST_QUOTES]));
        assert!(is_too_much(&vec![line(1); MOST_QUOTES + 1]));
        assert!(is_too_much(&[line(MOST_WORDS + 1)]));
    }
}
