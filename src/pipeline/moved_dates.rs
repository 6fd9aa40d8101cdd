//! Which days of a page an edit moved. A day is paired with the one that stands in its place in the next wording: in a sentence
//! that says the same but for its time expressions. That the new day stands elsewhere on the page too says nothing of that.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::model::date::is_deadline;
use crate::model::event::ChangeKind;
use crate::store::DateRow;
use crate::text::sentences::sentence;
use crate::text::wording::Wording;

/// Letters of the words around a day by which its place is known; a day that stands nearly alone may be any.
const TELLING: usize = 6;
/// Time expressions of a wording that are compared, at most.
const MOST: usize = 5_000;

/// What became of the time expressions of a wording in the next one of its document, by their places in both lists.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct MovedDates {
    /// Those that mean in the same place something else now.
    pub moved: Vec<(usize, usize)>,
    /// Those that mean the same.
    pub kept: Vec<(usize, usize)>,
}

impl MovedDates {
    /// What came in the place of one.
    pub(super) fn after(&self, was: usize) -> Option<usize> {
        let pair = self.moved.iter().find(|(one, _)| *one == was);
        pair.map(|(_, is)| *is)
    }

    /// What stood in the place of one.
    pub(super) fn before(&self, is: usize) -> Option<usize> {
        let pair = self.moved.iter().find(|(_, other)| *other == is);
        pair.map(|(was, _)| *was)
    }
}

/// What is told of a date in whose place another one stands, each with its text: that a deadline moved, or a day. Nothing of what
/// means the same days, and of what is printed as before: that only followed the day of its page, but where something falls due
/// by it.
pub fn kind_of_move((was, old): (&str, &DateRow), (is, new): (&str, &DateRow)) -> Option<ChangeKind> {
    let (from, to) = (old.when.as_ref()?, new.when.as_ref()?);
    let is_due = |date: &DateRow| is_deadline(date.when.as_ref(), &date.value, date.is_limit);
    let is_printed_so = old.span.slice(was) == new.span.slice(is);
    match is_due(old) || is_due(new) {
        _ if from == to => None,
        true => Some(ChangeKind::DeadlineMoved),
        false => (!is_printed_so).then_some(ChangeKind::DayMoved),
    }
}

/// What became of the time expressions of a text in the next wording of it.
pub fn moved_dates(was: (&str, &[DateRow]), is: (&str, &[DateRow])) -> MovedDates {
    let (was, is) = (placed(was.0, was.1), placed(is.0, is.1));
    let mut found = MovedDates::default();
    let mut places: HashMap<&Place, (Vec<usize>, Vec<usize>)> = HashMap::new();
    for (at, one) in was.iter().enumerate() {
        places.entry(&one.place).or_default().0.push(at);
    }
    for (at, one) in is.iter().enumerate() {
        places.entry(&one.place).or_default().1.push(at);
    }
    for (place, (mut old, mut new)) in places {
        take_the_same((&was, &mut old), (&is, &mut new), &mut found.kept);
        if place.is_telling() {
            found.moved.extend(in_order((&was, old), (&is, new)));
        }
    }
    // A sentence may be written anew around its day.
    let met = |pairs: &[(usize, usize)], of: fn(&(usize, usize)) -> usize| -> HashSet<usize> {
        pairs.iter().map(of).collect()
    };
    let pairs = [found.kept.as_slice(), &found.moved].concat();
    let (met_was, met_is) = (met(&pairs, |pair| pair.0), met(&pairs, |pair| pair.1));
    let mut old: Vec<usize> = (0..was.len()).filter(|at| !met_was.contains(at)).collect();
    let mut new: Vec<usize> = (0..is.len()).filter(|at| !met_is.contains(at)).collect();
    take_the_same((&was, &mut old), (&is, &mut new), &mut found.kept);
    found.moved.sort_unstable();
    found.kept.sort_unstable();
    found
}

/// A time expression with where it stands.
struct Placed {
    place: Place,
    meaning: String,
}

/// The words of a sentence without its time expressions, and how many of these stand before one.
#[derive(PartialEq, Eq, Hash)]
struct Place {
    words: Vec<String>,
    nth: usize,
}

impl Place {
    fn is_telling(&self) -> bool {
        self.words.iter().map(|word| word.chars().count()).sum::<usize>() >= TELLING
    }
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
            place: Place {
                words: Wording::of(&rest).words().to_vec(),
                nth: before,
            },
            meaning: date.value.clone(),
        });
    }
    placed
}

/// Pairs what means the same on both sides, in its order, and takes it out.
fn take_the_same(
    (was, old): (&[Placed], &mut Vec<usize>),
    (is, new): (&[Placed], &mut Vec<usize>),
    kept: &mut Vec<(usize, usize)>,
) {
    let mut by_meaning: HashMap<&str, Vec<usize>> = HashMap::new();
    for at in new.iter().rev() {
        by_meaning.entry(&is[*at].meaning).or_default().push(*at);
    }
    let mut taken = HashSet::new();
    old.retain(|at| {
        let same = by_meaning.get_mut(was[*at].meaning.as_str()).and_then(Vec::pop);
        kept.extend(same.map(|same| (*at, same)));
        taken.extend(same);
        same.is_none()
    });
    new.retain(|at| !taken.contains(at));
}

/// Pairs what is left in one place: where as many went as came in their order; where more did on one side, only what all of them
/// mean alike, since nobody can tell which of several moved.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date::TimexKind;
    use crate::model::span::Span;

    /// The days of a text, which stand in it as `[2026-03-27]`.
    fn dates(text: &str) -> Vec<DateRow> {
        let marked = text.match_indices('[');
        marked
            .map(|(start, _)| {
                let end = start + text[start..].find(']').expect("its end") + 1;
                DateRow {
                    span: Span::of(text, start..end).expect("a stretch"),
                    kind: TimexKind::Date,
                    value: text[start + 1..end - 1].to_owned(),
                    when: None,
                    anchor: String::new(),
                    rule: "test".into(),
                    conflict: None,
                    is_limit: false,
                }
            })
            .collect()
    }

    #[track_caller]
    fn check(was: &str, is: &str, moved: &[(&str, &str)]) {
        let (old, new) = (dates(was), dates(is));
        let found = moved_dates((was, &old), (is, &new));
        let told: Vec<(&str, &str)> = (found.moved.iter())
            .map(|(one, other)| (old[*one].value.as_str(), new[*other].value.as_str()))
            .collect();
        assert_eq!(told, moved);
    }

    #[test]
    fn a_day_moves_in_its_sentence_wherever_else_its_new_one_stands() {
        check(
            "Comments may be sent until [2026-03-27].\nApplications must be filed by [2026-04-03].",
            "Comments may be sent until [2026-04-03].\nApplications must be filed by [2026-04-03].",
            &[("2026-03-27", "2026-04-03")],
        );
        // The one that stays is not the one that moved.
        check(
            "The vote is on [2026-03-31]. A second vote is on [2026-04-01].",
            "The vote is on [2026-04-01]. A second vote is on [2026-04-01].",
            &[("2026-03-31", "2026-04-01")],
        );
        check(
            "It runs from [2026-03-09] to [2026-03-31] at the pier.",
            "It runs from [2026-03-09] to [2026-04-07] at the pier.",
            &[("2026-03-31", "2026-04-07")],
        );
    }

    #[test]
    fn what_went_and_what_came_elsewhere_did_not_move() {
        check(
            "The vote is on [2026-03-31].",
            "A second vote is on [2026-04-01].",
            &[],
        );
        check(
            "The vote is on [2026-03-31]. The ferry runs again.",
            "The ferry runs again from [2026-04-01] on.",
            &[],
        );
        // A sentence written anew around the same day moved nothing.
        check(
            "The vote is on [2026-03-31].",
            "The council votes on the budget on [2026-03-31].",
            &[],
        );
        // A sentence that went in between does not move those behind it.
        check(
            "The hearing is on [2026-03-03]. The vote is on [2026-03-10].",
            "The vote is on [2026-03-10].",
            &[],
        );
        // A day that stands alone may be any.
        check("[2026-03-03]\nIt rains.", "[2026-03-04]\nIt rains.", &[]);
    }

    #[test]
    fn of_sentences_that_say_the_same_days_are_paired_in_their_order_or_not_at_all() {
        let list = |days: &[&str]| -> String {
            days.iter()
                .map(|day| format!("A hearing is held on [{day}].\n"))
                .collect()
        };
        check(
            &list(&["2026-03-03", "2026-03-10", "2026-03-17"]),
            &list(&["2026-03-03", "2026-03-12", "2026-03-19"]),
            &[("2026-03-10", "2026-03-12"), ("2026-03-17", "2026-03-19")],
        );
        // One of two was struck and the other moved: nobody can tell which.
        check(&list(&["2026-03-03", "2026-03-10"]), &list(&["2026-03-12"]), &[]);
        // The same day said twice, once now.
        check(
            &list(&["2026-03-03", "2026-03-03"]),
            &list(&["2026-03-12"]),
            &[("2026-03-03", "2026-03-12")],
        );
    }
}
