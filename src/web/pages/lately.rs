//! What changed lately, for the front page: of the changes that were seen last those that say most of what people said, the gravest
//! first, each told in sentences.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use super::super::desk::Desk;
use super::super::error::Failure;
use super::super::happenings::{Asked, Happening};
use super::chart::shortened;
use super::edits::{EditView, is_comparable, views};
use super::facts::FactView;
use crate::model::event::{ChangeKind, Line, PageChange, Stated};
use crate::model::id::{QuoteId, RevisionId};
use crate::pipeline::{self, alerts};
use crate::text::corrections::may_concern;
use crate::text::edit_line::edit_line;
use crate::timeline::changed;

/// Changes that are shown, and those that they are chosen from.
const LATELY: usize = 3;
const LOOKED_AT: usize = 20;
/// Quotes of one that it tells.
const QUOTES: usize = 3;
/// Edits whose gravity is kept.
const KEPT: usize = 1_000;
/// Letters that two wordings may begin with alike before what they share is left out.
const ALIKE: usize = 40;

/// A change with what is told of it here.
pub(super) struct Lately {
    pub(super) edit: EditView,
    /// What it did to the quotes that say most of it, in sentences, and to how many quotes more it did something.
    pub(super) quotes: Vec<String>,
    pub(super) more: usize,
    /// A correction that the page prints since, and that may be of one of these.
    pub(super) correction: Option<String>,
}

impl Lately {
    fn of(edit: EditView) -> Self {
        let corrections = edit.corrections.as_deref().unwrap_or_default();
        let mut changed: Vec<&Line> = edit.quotes.iter().filter(|line| is_told(line)).collect();
        changed.sort_by_key(|line| Reverse(Gravity::of(std::slice::from_ref(*line), corrections)));
        let told = &changed[..changed.len().min(QUOTES)];
        let is_of_told = |words: &&String| told.is_empty() || told.iter().any(|line| concerns(words, line));
        let correction = corrections.iter().find(is_of_told).cloned();
        let quotes = told.iter().filter_map(|line| sentence(line)).collect();
        Self {
            quotes,
            more: changed.len() - told.len(),
            correction,
            edit,
        }
    }

    /// Whether its passage tells what its quotes do not: of words that were taken out or given to somebody else the text around them
    /// tells nothing more.
    pub(super) fn has_passage(&self) -> bool {
        let is_reworded = |line: &Line| {
            line.change
                .as_ref()
                .is_some_and(|it| it.kind == ChangeKind::Reworded)
        };
        !self.edit.pieces.is_empty() && (self.quotes.is_empty() || self.edit.quotes.iter().any(is_reworded))
    }

    /// The facts that are not of quotes told, or counted, as changed.
    pub(super) fn facts(&self) -> impl Iterator<Item = &FactView> {
        let told: HashSet<&QuoteId> = self
            .edit
            .quotes
            .iter()
            .filter(|line| is_told(line))
            .flat_map(quotes_of)
            .collect();
        let codes = [ChangeKind::TakenOut, ChangeKind::GivenToAnother].map(ChangeKind::code);
        self.edit.facts.iter().filter(move |fact| {
            let mut quotes = fact.sides.iter().filter_map(|side| side.quote.as_ref());
            !(codes.contains(&fact.code) && quotes.any(|quote| told.contains(quote)))
        })
    }
}

/// Whether what an edit did to a quote is told: of what only came in nothing is.
fn is_told(line: &Line) -> bool {
    let change = line.change.as_ref();
    change.is_some_and(|change| change.kind != ChangeKind::Added)
}

/// The quote of a line of a change, before and after.
fn quotes_of(line: &Line) -> impl Iterator<Item = &QuoteId> {
    let before = line.change.as_ref().and_then(|change| change.before.as_ref());
    let before = before.and_then(|before| before.quote.as_ref());
    line.quote.iter().chain(before)
}

/// Whether a correction may be of the quote of a line, as it stands or as it stood.
fn concerns(correction: &str, line: &Line) -> bool {
    let before = line.change.as_ref().and_then(|change| change.before.as_ref());
    may_concern(correction, &line.text, line.speaker_name())
        || before.is_some_and(|before| may_concern(correction, &before.text, before.speaker.as_deref()))
}

/// What an edit did to a quote, in a sentence with the words; of a long one that was reworded with what differs.
fn sentence(line: &Line) -> Option<String> {
    let change = line.change.as_ref()?;
    let reworded = change
        .before
        .as_ref()
        .filter(|_| change.kind == ChangeKind::Reworded);
    let Some(before) = reworded else {
        return Some(in_full(change, change.before.as_ref(), (line, 0)));
    };
    Some(match edit_line(&before.text, &line.text) {
        Some(differs) => format!("{}: {differs}", changed::what(change, line)),
        None => {
            let alike = alike(&before.text, &line.text);
            in_full(change, Some(before), (line, alike))
        }
    })
}

/// The sentence with the words behind a place, of long ones the beginning.
fn in_full(change: &PageChange, before: Option<&Stated>, (line, from): (&Line, usize)) -> String {
    let shown = |text: &str| match from {
        0 => shortened(text),
        from => format!("… {}", shortened(&text[from..])),
    };
    let before = before.map(|before| Stated {
        text: shown(&before.text),
        ..before.clone()
    });
    let line = Line {
        text: shown(&line.text),
        ..line.clone()
    };
    let change = PageChange {
        before,
        ..change.clone()
    };
    changed::in_full(&change, &line)
}

/// How much two texts begin alike, in bytes up to the beginning of a word, where that is more than a few words.
fn alike(one: &str, other: &str) -> usize {
    let letters = one.char_indices().zip(other.chars());
    let same = letters.take_while(|((_, one), other)| one == other);
    let same: Vec<(usize, char)> = same.map(|(letter, _)| letter).collect();
    if same.len() <= ALIKE {
        return 0;
    }
    let space = same.iter().rfind(|(_, letter)| letter.is_whitespace());
    space.map_or(0, |(at, letter)| at + letter.len_utf8())
}

/// Of the changes on a topic that were seen last, and since a moment, those that say most, the gravest first.
pub(super) async fn lately(desk: &Desk, since: Timestamp) -> Result<Vec<Lately>, Failure> {
    let (happenings, _) = Asked::since(since).listed(desk, LOOKED_AT).await?;
    let mut ranked = Vec::with_capacity(happenings.len());
    for happening in happenings {
        ranked.push((gravity(desk, &happening).await?, happening));
    }
    // Of equals what was seen last.
    ranked.sort_by_key(|(gravity, _)| Reverse(*gravity));
    let gravest = ranked.into_iter().take(LATELY).map(|(_, happening)| happening);
    let views = views(desk, gravest.collect()).await?;
    Ok(views.into_iter().map(Lately::of).collect())
}

/// How much a change says of what people said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gravity {
    /// Nothing: the page was edited around them, or more was put in.
    Other,
    /// The whole page is gone.
    Gone,
    /// A quote has other words, or is there no more.
    Words,
    /// Words are somebody else's now.
    Speaker,
    /// A quote is there no more, and the page corrects itself.
    Retracted,
}

impl Gravity {
    /// That of an edit, by what it did to quotes, and the corrections that came with it.
    fn of(quotes: &[Line], corrections: &[String]) -> Self {
        let changes = quotes
            .iter()
            .filter_map(|line| Some((line, line.change.as_ref()?)));
        let is_corrected = |line: &Line| corrections.iter().any(|words| concerns(words, line));
        let gravities = changes.map(|(line, change)| match change.kind {
            ChangeKind::TakenOut if is_corrected(line) => Gravity::Retracted,
            // Words of nobody that got a speaker were taken from no one.
            ChangeKind::GivenToAnother if change.before.as_ref().is_some_and(|it| it.speaker.is_none()) => {
                Gravity::Other
            }
            ChangeKind::GivenToAnother => Gravity::Speaker,
            ChangeKind::TakenOut | ChangeKind::Reworded => Gravity::Words,
            ChangeKind::Gone => Gravity::Gone,
            ChangeKind::PutBack
            | ChangeKind::Added
            | ChangeKind::DeadlineMoved
            | ChangeKind::DayMoved
            | ChangeKind::Back => Gravity::Other,
        });
        gravities.max().unwrap_or(Gravity::Other)
    }
}

/// The gravity of edits that were compared once, by the two wordings, each with the change of the document at which that was: a page
/// that is read anew has another one. Clones share it.
#[derive(Clone, Debug, Default)]
pub(in crate::web) struct Gravities(Arc<Mutex<Known>>);

type Sides = (RevisionId, RevisionId);
type Known = HashMap<Sides, (i64, Gravity)>;

impl Gravities {
    fn known(&self, sides: &Sides, at_change: i64) -> Option<Gravity> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (change, gravity) = known.get(sides)?;
        (*change == at_change).then_some(*gravity)
    }

    fn keep(&self, sides: Sides, at_change: i64, gravity: Gravity) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // What is forgotten is compared once more.
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(sides, (at_change, gravity));
    }
}

async fn gravity(desk: &Desk, happening: &Happening) -> Result<Gravity, Failure> {
    let edit = match happening {
        Happening::Edited(edit) => edit,
        Happening::Gone { .. } => return Ok(Gravity::Gone),
        Happening::Back(_) => return Ok(Gravity::Other),
    };
    let (before, after) = (&edit.before, &edit.after);
    let document = desk.tracker.store.document(&after.document).await?;
    // Of a text that is too long to be compared for a list nothing is told but that it changed.
    let Some(document) = document.filter(|_| is_comparable(edit)) else {
        return Ok(Gravity::Other);
    };
    let sides = (before.id.clone(), after.id.clone());
    if let Some(known) = desk.gravities.known(&sides, document.change) {
        return Ok(known);
    }
    let quotes = pipeline::quote_changes(&desk.tracker, &document, (&before.id, &after.id)).await?;
    let gravity = Gravity::of(&quotes, &alerts::printed_since(before, after));
    desk.gravities.keep(sides, document.change, gravity);
    Ok(gravity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_wordings_begin_alike_with_is_left_out_up_to_a_word() {
        let [one, other] = ["closed", "closing"].map(|word| {
            format!("The headmistresses’ representatives characteristically stayed {word} on Mondays")
        });
        let from = alike(&one, &other);
        assert_eq!(
            (&one[from..], &other[from..]),
            ("closed on Mondays", "closing on Mondays")
        );
        assert_eq!(alike("It is closed", "It is closing"), 0, "seen at a glance");
        assert_eq!(alike(&one, &one[..10]), 0);
    }

    #[test]
    fn the_gravity_of_an_edit_is_known_until_its_page_is_read_anew() {
        let gravities = Gravities::default();
        let sides = (RevisionId::new("r1"), RevisionId::new("r2"));
        assert_eq!(gravities.known(&sides, 1), None);
        gravities.keep(sides.clone(), 1, Gravity::Speaker);
        assert_eq!(gravities.known(&sides, 1), Some(Gravity::Speaker));
        assert_eq!(gravities.known(&sides, 2), None);
    }
}
