//! A negation that another word of the same clause takes over: "do not know anybody" printed as "know nobody".

use std::collections::BTreeSet;

use super::Stretch;
use super::side::Side;
use super::words::WORDS;
use crate::text::rewording::CLAUSE_MARKS;
use crate::text::wording::Wording;

/// Which stretches only hand a negation on, each with the words that stayed behind it: neither of the two turns anything.
pub(super) fn negations(stretches: &[(Stretch, &str)]) -> BTreeSet<usize> {
    let mut moved = BTreeSet::new();
    for at in 0..stretches.len() {
        let Some(is_lost) = lone_not(&stretches[at].0) else {
            continue;
        };
        // It reaches as far as its clause.
        let mut kept = stretches[at..].iter().map(|(_, kept)| *kept);
        let reach = kept.by_ref().take_while(|kept| !ends_clause(kept)).count();
        let is_of_same_verb = |other: &usize| {
            let between: String = stretches[at..*other].iter().map(|(_, kept)| *kept).collect();
            !begins_another_verb(&between, stretches[*other].1)
        };
        let taken_over = (at + 1..=at + reach)
            .filter(|other| stretches.get(*other).is_some())
            .find(|other| hands_over(&stretches[*other].0) == Some(is_lost))
            .filter(is_of_same_verb);
        if let Some(other) = taken_over.filter(|other| !moved.contains(other)) {
            moved.extend([at, other]);
        }
    }
    moved
}

/// Whether a "not" and no other word that tells something is lost, or come.
fn lone_not(stretch: &Stretch) -> Option<bool> {
    let is_not = |text: &str| {
        let forms = Side::of(text, false).forms;
        let (nots, others): (Vec<&String>, Vec<&String>) =
            forms.iter().partition(|form| WORDS.not.contains(form));
        nots.len() == 1 && others.iter().all(|form| WORDS.auxiliaries.contains(form))
    };
    let is_nothing = |text: &str| {
        Side::of(text, false)
            .forms
            .iter()
            .all(|form| WORDS.auxiliaries.contains(form) && !WORDS.not.contains(form))
    };
    match (is_not(&stretch.removed), is_not(&stretch.added)) {
        (true, false) if is_nothing(&stretch.added) => Some(true),
        (false, true) if is_nothing(&stretch.removed) => Some(false),
        _ => None,
    }
}

/// Whether a word that needs a "not" gave way to one that says no by itself, or the other way round.
fn hands_over(stretch: &Stretch) -> Option<bool> {
    let (gone, come) = (words(&stretch.removed), words(&stretch.added));
    WORDS.any_no.0.iter().find_map(|(any, no)| match (&gone, &come) {
        (gone, come) if gone == any && come == no => Some(true),
        (gone, come) if gone == no && come == any => Some(false),
        _ => None,
    })
}

fn words(text: &str) -> Vec<String> {
    Wording::of(text).words().to_vec()
}

/// Whether the word that takes over belongs to another verb than the "not" did: "cannot say any money was stolen" is not "can say no
/// money was stolen", and "have not agreed to sell any" not "have agreed to sell none".
fn begins_another_verb(between: &str, behind: &str) -> bool {
    let between = Wording::of(between);
    // "To" right before it leads to what it names: "go to no meeting".
    let to = between
        .words()
        .iter()
        .rev()
        .skip(1)
        .any(|word| WORDS.to.contains(word));
    let behind = Wording::of(behind);
    let clause = behind
        .words()
        .iter()
        .take_while(|word| !WORDS.ends_clause.contains(word));
    to || clause.into_iter().any(|word| WORDS.auxiliaries.contains(word))
}

/// Whether a clause ends in words that stayed, or at their end.
fn ends_clause(kept: &str) -> bool {
    let wording = Wording::of(kept);
    kept.trim_end().contains(CLAUSE_MARKS)
        || wording
            .words()
            .iter()
            .any(|word| WORDS.ends_clause.contains(word))
}
