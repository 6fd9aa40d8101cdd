//! What is measured of somebody who may have said the words of a marked stretch.

use super::super::candidates::Candidate;
use super::super::ground::Ground;
use super::super::hints::{At, told_at};
use super::super::lexicon::Word;
use super::super::namings::Naming;
use super::super::sentence::{Sentence, Slot};
use super::super::subjects::{inverted, subject};
use super::super::tokens::Token;
use super::between::{Between, OF_BETWEEN, few};
use super::naming::{Known, OF_NAMING, Own, first_free};
use super::{FAR, flag};

/// How many values are measured of a candidate, and of what about him.
pub(in crate::quotes) const OF_CANDIDATE: usize = OF_GAP + OF_NAMING + OF_AGREEMENT + OF_PART;
const OF_GAP: usize = OF_DISTANCE + OF_BETWEEN + OF_POSITION;
const OF_DISTANCE: usize = 4;
const OF_POSITION: usize = 3;
const OF_AGREEMENT: usize = 16;
const OF_PART: usize = 11;
/// Tokens around a stretch in which it is asked who does what cues say.
const CLAUSES: usize = 60;

/// Somebody who may have said the words, as he is known again: by the last word of his name, and as one of the people.
pub(in crate::quotes) struct Identity {
    pub(in crate::quotes) key: Option<Word>,
    pub(in crate::quotes) person: Option<usize>,
}

/// Measures somebody who may have said the words of the stretch, into a row of [`OF_CANDIDATE`] values.
pub(in crate::quotes) fn measure_candidate(
    ground: &Ground<'_>,
    around: &Around,
    candidate: &Candidate,
    known: &mut Known,
    row: &mut [f32],
) -> Identity {
    // Who was carried on from far away is measured anew.
    let mut far = None;
    let own = match known.own(ground, candidate) {
        Some(own) => own,
        None => {
            let free = first_free(&ground.sentences[candidate.at.sentence]);
            far.insert(Own::of(ground, candidate, free.as_ref()))
        }
    };
    let in_own = candidate.at.sentence == around.sentence;
    let (of_gap, row) = row.split_at_mut(OF_GAP);
    let (of_naming, row) = row.split_at_mut(OF_NAMING);
    let (of_agreement, of_part) = row.split_at_mut(OF_AGREEMENT);
    measure_gap(ground, around, candidate, own, of_gap);
    own.copy_values(in_own.then_some(around.slot.before), of_naming);
    of_agreement.copy_from_slice(&agreement(ground, around, candidate, own));
    of_part.copy_from_slice(&part(around, candidate, own));
    Identity {
        key: own.known_as,
        person: own.person,
    }
}

/// What of a stretch is the same for all who may have said it.
pub(in crate::quotes) struct Around {
    sentence: usize,
    slot: Slot,
    /// The first tokens of the subjects of the cues before the stretch and behind it, the nearest first.
    before: [Option<usize>; 3],
    after: [Option<usize>; 2],
    /// The names in its words.
    words: Vec<Word>,
    /// Whom the rules tell of it, and whom they carry on to it.
    told: Option<At>,
    carried: Option<At>,
    /// Whom they tell or carry on, and whom they tell of the stretch before it, the one before that, and the next.
    named: [Named; 4],
}

/// Whom the rules take.
struct Named {
    at: Option<At>,
    key: Option<Word>,
    person: Option<usize>,
}

impl Around {
    pub(in crate::quotes) fn of(ground: &Ground<'_>, index: usize, inner: &[Token]) -> Self {
        let stretch = &ground.stretches[index];
        let (before, after) = doers(&ground.sentences[stretch.sentence], stretch.slot.before);
        let names = inner.iter().filter(|token| token.is_name());
        let told_by = |at: Option<usize>| at.and_then(|at| ground.stretches.get(at)).and_then(told_at);
        let told = told_at(stretch);
        let carried = stretch.carried.map(|carried| carried.at);
        let named = [
            told.or(carried),
            told_by(index.checked_sub(1)),
            told_by(index.checked_sub(2)),
            told_by(Some(index + 1)),
        ];
        Self {
            sentence: stretch.sentence,
            slot: stretch.slot,
            before,
            after,
            words: names.map(|token| token.word).collect(),
            told,
            carried,
            named: named.map(|at| Named {
                at,
                key: at.and_then(|at| ground.key(at)),
                person: at.and_then(|at| ground.person(at)),
            }),
        }
    }
}

/// Who does what the cues before a slot and behind it say.
fn doers(sentence: &Sentence, slot: usize) -> ([Option<usize>; 3], [Option<usize>; 2]) {
    let doer = |cue: usize| {
        let found = subject(sentence, cue).or_else(|| inverted(sentence, cue));
        found.map(|naming: Naming| naming.tokens.start)
    };
    let is_cue = |at: &usize| sentence.cue(*at).is_some();
    let (mut before, mut after) = ([None; 3], [None; 2]);
    let cues = (0..slot).rev().take(CLAUSES).filter(is_cue);
    for (place, cue) in before.iter_mut().zip(cues) {
        *place = doer(cue);
    }
    let cues = (slot..sentence.tokens.len()).take(CLAUSES).filter(is_cue);
    for (place, cue) in after.iter_mut().zip(cues) {
        *place = doer(cue);
    }
    (before, after)
}

/// What part the naming has in its sentence.
fn part(around: &Around, candidate: &Candidate, own: &Own) -> [f32; OF_PART] {
    let is_own = candidate.at.sentence == around.sentence;
    let does = |doer: Option<usize>| flag(is_own && doer == Some(candidate.at.token));
    let ([nearest, second, third], [next, next_but_one]) = (around.before, around.after);
    let [is_place, is_aside, follows_name, is_first] = own.place;
    [
        does(nearest),
        does(second),
        does(third),
        does(next),
        does(next_but_one),
        is_place,
        is_aside,
        follows_name,
        is_first,
        flag(around.words.contains(&own.key)),
        own.is_joined,
    ]
}

/// Measures what stands between a candidate and the words.
fn measure_gap(ground: &Ground<'_>, around: &Around, candidate: &Candidate, own: &mut Own, row: &mut [f32]) {
    let (here_at, there_at) = (around.sentence, candidate.at.sentence);
    let here = &ground.sentences[here_at];
    let there = &ground.sentences[there_at];
    let naming = &candidate.naming(ground.sentences).tokens;
    let slot = around.slot.before;
    let is_before = there_at < here_at || (there_at == here_at && naming.end <= slot);
    // In another sentence: what of it lies towards the words.
    let (between, beyond) = match (there_at == here_at, is_before) {
        (true, true) => (Between::of(there, &(naming.end..slot), Some(around.slot)), 0),
        (true, false) => {
            let piece = slot.min(naming.start)..naming.start;
            (Between::of(there, &piece, Some(around.slot)), 0)
        }
        (false, true) => {
            let piece = naming.end..there.tokens.len();
            let between = own
                .to_behind
                .get_or_insert_with(|| Between::of(there, &piece, None));
            (*between, slot)
        }
        (false, false) => {
            let between = own
                .to_before
                .get_or_insert_with(|| Between::of(there, &(0..naming.start), None));
            (*between, here.tokens.len() - slot)
        }
    };
    let position = candidate.position;
    let (of_distance, others) = row.split_at_mut(OF_DISTANCE);
    let (of_between, of_place) = others.split_at_mut(OF_BETWEEN);
    of_distance.copy_from_slice(&[
        flag(is_before),
        (there_at as f32 - here_at as f32).clamp(-9.0, 9.0),
        (there.paragraph as f32 - here.paragraph as f32).clamp(-5.0, 5.0),
        ((between.tokens + beyond) as f32).min(FAR),
    ]);
    of_between.copy_from_slice(&between.values);
    of_place.copy_from_slice(&[
        few(position),
        few(there.namings.len().saturating_sub(position)),
        (naming.start as f32).min(FAR),
    ]);
}

/// What the rules say of this naming and of whom it names.
fn agreement(ground: &Ground<'_>, around: &Around, candidate: &Candidate, own: &Own) -> [f32; OF_AGREEMENT] {
    let is_it = |at: Option<At>| flag(at == Some(candidate.at));
    let is_known_so = |named: &Named| flag(named.key == Some(own.key));
    let is_he = |named: &Named| flag(own.person.is_some() && named.person == own.person);
    let [ruled, before, second, next] = &around.named;
    let [named, told, inside] = own.tally;
    [
        is_it(around.told),
        is_it(around.carried),
        named,
        told,
        inside,
        is_known_so(ruled),
        is_known_so(before),
        is_known_so(second),
        is_known_so(next),
        is_it(before.at),
        is_it(next.at),
        is_he(ruled),
        is_he(before),
        is_he(second),
        is_he(next),
        own.told(ground),
    ]
}
