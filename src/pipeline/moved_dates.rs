//! Which days of a page an edit moved. A day is paired with the one that stands in its place in the next wording: in a sentence
//! that says the same but for its time expressions. That the new day stands elsewhere on the page too says nothing of that.
//!
//! A list of events that goes on, from which the day that passed falls out, moves none of them, though its sentences say the same: a
//! wrong move is worse than one that is told as a day that went and one that came.

mod labels;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use self::labels::is_label;
use crate::model::date::is_deadline;
use crate::model::event::ChangeKind;
use crate::store::DateRow;
use crate::text::sentences::sentence;
use crate::text::wording::Wording;

/// Letters of the words around a day by which its place is known; a day that stands nearly alone may be any.
const TELLING: usize = 6;
/// Time expressions of a wording that are compared, at most.
const MOST: usize = 5_000;

/// A day that an edit moved, by the places among the time expressions of both wordings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MovedDate {
    /// The place in the earlier wording.
    pub was: usize,
    /// The place in the later one.
    pub is: usize,
    /// Whether a deadline moved, or another day.
    pub kind: ChangeKind,
}

/// The days of a text that an edit moved which was seen then, in the order of the earlier wording. This alone says what counts as
/// moved, for lists of changes, exports and alerts.
pub fn moved_dates(
    (was, old): (&str, &[DateRow]),
    (is, new): (&str, &[DateRow]),
    seen_at: Timestamp,
) -> Vec<MovedDate> {
    let seen_on = TimeZone::UTC.to_datetime(seen_at).date();
    let (places_was, places_is) = (placed(was, old), placed(is, new));
    let mut sentences: HashMap<&[String], (Vec<usize>, Vec<usize>)> = HashMap::new();
    for (at, one) in places_was.iter().enumerate() {
        sentences.entry(&one.words).or_default().0.push(at);
    }
    for (at, one) in places_is.iter().enumerate() {
        sentences.entry(&one.words).or_default().1.push(at);
    }
    let mut moved = Vec::new();
    for (words, (before, after)) in sentences {
        if !is_telling(words) || is_label(words) {
            continue;
        }
        let pairs = moved_in((&places_was, before), (&places_is, after), |at| {
            has_passed(&old[at], seen_on)
        });
        moved.extend(pairs.into_iter().filter_map(|(one, other)| {
            let kind = kind_of_move((was, &old[one]), (is, &new[other]))?;
            Some(MovedDate {
                was: one,
                is: other,
                kind,
            })
        }));
    }
    moved.sort_unstable_by_key(|moved| (moved.was, moved.is));
    moved
}

/// What is told of a date in whose place another one stands, each with its text: that a deadline moved, or a day. Nothing of what
/// means the same days, and of what is printed as before: that only followed the day of its page, but where something falls due
/// by it.
fn kind_of_move((was, old): (&str, &DateRow), (is, new): (&str, &DateRow)) -> Option<ChangeKind> {
    let (from, to) = (old.when.as_ref()?, new.when.as_ref()?);
    let is_due = |date: &DateRow| is_deadline(date.when.as_ref(), &date.value, date.is_limit);
    let is_printed_so = old.span.slice(was) == new.span.slice(is);
    let is_same = (from.earliest, from.latest) == (to.earliest, to.latest);
    match is_due(old) || is_due(new) {
        _ if is_same => None,
        true => Some(ChangeKind::DeadlineMoved),
        false => (!is_printed_so).then_some(ChangeKind::DayMoved),
    }
}

/// Whether a day was over when an edit was seen: what comes in its place is the next one.
fn has_passed(date: &DateRow, seen_on: Date) -> bool {
    date.when.as_ref().is_some_and(|when| when.latest < seen_on)
}

/// A time expression with where it stands.
struct Placed {
    /// The words of its sentence without its time expressions.
    words: Vec<String>,
    /// How many of these stand before it.
    nth: usize,
    meaning: String,
}

fn is_telling(words: &[String]) -> bool {
    words.iter().map(|word| word.chars().count()).sum::<usize>() >= TELLING
}

fn placed(text: &str, dates: &[DateRow]) -> Vec<Placed> {
    let dates = &dates[..dates.len().min(MOST)];
    let mut placed = Vec::with_capacity(dates.len());
    for (at, date) in dates.iter().enumerate() {
        let own = sentence(text, date.span);
        let before = dates[..at].iter().rev();
        let before = before
            .take_while(|other| other.span.start() >= own.start())
            .count();
        let behind = dates[at..].iter();
        let behind = behind.take_while(|other| other.span.end() <= own.end());
        let mut rest = String::new();
        let mut from = own.start();
        for other in dates[at - before..at].iter().chain(behind) {
            rest.push_str(text.get(from..other.span.start()).unwrap_or_default());
            rest.push(' ');
            from = from.max(other.span.end());
        }
        rest.push_str(text.get(from..own.end()).unwrap_or_default());
        placed.push(Placed {
            words: Wording::of(&rest).words().to_vec(),
            nth: before,
            meaning: date.value.clone(),
        });
    }
    placed
}

/// The pairs of days of sentences that say the same, by which one moved. None where one that went had passed, and none across days
/// that stayed: their list went on.
fn moved_in(
    (was, mut old): (&[Placed], Vec<usize>),
    (is, mut new): (&[Placed], Vec<usize>),
    has_passed: impl Fn(usize) -> bool,
) -> Vec<(usize, usize)> {
    let kept = take_the_same((was, &mut old), (is, &mut new));
    if old.iter().any(|at| has_passed(*at)) {
        return Vec::new();
    }
    let mut pairs = in_order((was, old), (is, new));
    pairs.retain(|(one, other)| {
        let is_in_line = |(was, is): &(usize, usize)| (was < one) == (is < other);
        was[*one].nth == is[*other].nth && kept.iter().all(is_in_line)
    });
    pairs
}

/// Pairs what means the same on both sides, in its order, and takes it out.
fn take_the_same(
    (was, old): (&[Placed], &mut Vec<usize>),
    (is, new): (&[Placed], &mut Vec<usize>),
) -> Vec<(usize, usize)> {
    let mut by_meaning: HashMap<&str, Vec<usize>> = HashMap::new();
    for at in new.iter().rev() {
        by_meaning.entry(&is[*at].meaning).or_default().push(*at);
    }
    let (mut kept, mut taken) = (Vec::new(), HashSet::new());
    old.retain(|at| {
        let same = by_meaning.get_mut(was[*at].meaning.as_str()).and_then(Vec::pop);
        kept.extend(same.map(|same| (*at, same)));
        taken.extend(same);
        same.is_none()
    });
    new.retain(|at| !taken.contains(at));
    kept
}

/// Pairs what is left of sentences that say the same: where as many went as came in their order; where more did on one side, only
/// what all of them mean alike, since nobody can tell which of several moved.
fn in_order((was, old): (&[Placed], Vec<usize>), (is, new): (&[Placed], Vec<usize>)) -> Vec<(usize, usize)> {
    let is_one = |side: &[Placed], places: &[usize]| {
        let meanings: BTreeSet<&str> = places.iter().map(|at| side[*at].meaning.as_str()).collect();
        meanings.len() == 1
    };
    let is_clear = old.len() == new.len() || is_one(was, &old) && is_one(is, &new);
    match is_clear {
        true => old.into_iter().zip(new).collect(),
        false => Vec::new(),
    }
}
