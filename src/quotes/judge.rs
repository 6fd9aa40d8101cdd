//! Weighs everything: which marked stretches are speech, and whose.
//!
//! Three forests: the first judges each candidate by itself, the second also by what the first thinks of its rivals
//! and of the stretches before and after, the third whether the stretch is speech at all. The first two choose: one of the
//! candidates is the speaker or none is (the multinomial loss). `tests/tools/fit_quotes.rs`
//! fits them. Those here were fitted to the 840 training articles of PolNeAR (Newell, Margolin and Ruths 2018), political news
//! of seven American publishers, and to those of them that print speech in double marks a second time in single ones.

use std::sync::LazyLock;

use super::candidates::{Candidate, candidates};
use super::features::{self, Identity, Known};
use super::ground::Ground;
use super::hints::{At, told_at};
use super::lexicon::Word;
use super::tokens::Token;
use crate::trees::{Forest, Rows};

/// Stretches before one whose speakers may be speaking on, and the paragraphs between at most.
const EARLIER: usize = 2;
const EARLIER_PARAGRAPHS: usize = 3;
/// Stretches before one that the second forest looks at.
const BEHIND: usize = 2;
/// What the first forest thinks less likely than this, the second is not asked about.
const RULED_OUT: f32 = 0.03;
/// Values that tell of rivals, and of one neighbour.
const OF_RIVALS: usize = 6;
const OF_NEIGHBOUR: usize = 5;
/// Values that tell whether a stretch is speech, and those of them of the best candidate and the next.
const OF_SPEECH: usize = features::OF_STRETCH + OF_BEST + features::OF_CANDIDATE;
const OF_BEST: usize = 2;

/// The forests that judge.
pub struct Forests {
    /// Judges candidates.
    pub first: Forest,
    /// Judges those that the first leaves.
    pub second: Forest,
    /// Tells speech.
    pub speech: Forest,
}

/// Those that were fitted.
pub(super) static FITTED: LazyLock<Forests> = LazyLock::new(|| Forests {
    first: table(include_str!("first.trees")),
    second: table(include_str!("second.trees")),
    speech: table(include_str!("speech.trees")),
});

fn table(table: &str) -> Forest {
    Forest::parse(table).expect("the table is checked by tests")
}

/// What is thought of a stretch.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    /// How likely the words are somebody's.
    pub(super) speech: f32,
    /// Whose most likely, and how likely.
    pub(super) speaker: Option<(Candidate, f32)>,
}

/// A stretch with everything measured of it.
pub(super) struct Case {
    of_stretch: [f32; features::OF_STRETCH],
    pub(super) candidates: Vec<Measured>,
    /// What is measured of the stretch and of each candidate.
    pub(super) rows: Rows,
}

/// A candidate.
pub(super) struct Measured {
    pub(super) candidate: Candidate,
    identity: Identity,
}

/// The verdicts on the stretches of a text. Only the neighbours of one stretch are held at a time, so that a text of
/// nothing but quotes costs no more memory than its verdicts.
pub(super) fn judge(ground: &Ground<'_>, forests: &Forests) -> Vec<Verdict> {
    let count = ground.stretches.len();
    let mut cases: Vec<Case> = Vec::with_capacity(count);
    let mut first: Vec<Vec<f32>> = Vec::with_capacity(count);
    let mut verdicts = Vec::with_capacity(count);
    let mut measuring = Measuring::default();
    let mut second_rows = Rows::default();
    for index in 0..count {
        while cases.len() < count.min(index + 2) {
            let case = case(ground, cases.len(), &mut measuring);
            first.push(forests.first.choice(&case.rows));
            cases.push(case);
        }
        let thought = second_thought(&forests.second, (&cases, &first), index, &mut second_rows);
        let case = &cases[index];
        verdicts.push(Verdict {
            speech: forests.speech.about(&speech_row(case, &thought)),
            speaker: best(&thought).map(|at| (case.candidates[at].candidate, thought[at])),
        });
        if let Some(behind) = index.checked_sub(BEHIND) {
            measuring.rooms.push(std::mem::take(&mut cases[behind].rows));
            cases[behind].candidates = Vec::new();
            first[behind] = Vec::new();
        }
    }
    verdicts
}

/// What the second forest thinks of the candidates that the first does not rule out; of the others what the first does.
fn second_thought(
    forest: &Forest,
    (cases, first): (&[Case], &[Vec<f32>]),
    index: usize,
    rows: &mut Rows,
) -> Vec<f32> {
    let mut thought = first[index].clone();
    let asked = asked(&thought);
    write_rows((cases, first), index, &asked, rows);
    for (at, second) in asked.into_iter().zip(forest.choice(rows)) {
        thought[at] = second;
    }
    thought
}

/// Whom the second forest is asked about. Who has no rival left is as likely as he was.
pub(super) fn asked(thought: &[f32]) -> Vec<usize> {
    let likely = |at: &usize| thought[*at] >= RULED_OUT;
    let asked: Vec<usize> = (0..thought.len()).filter(likely).collect();
    if asked.len() > 1 { asked } else { Vec::new() }
}

/// Measures the stretches of a text.
pub(super) fn cases(ground: &Ground<'_>) -> Vec<Case> {
    let mut measuring = Measuring::default();
    let indices = 0..ground.stretches.len();
    indices.map(|index| case(ground, index, &mut measuring)).collect()
}

/// What one stretch leaves to the next.
#[derive(Default)]
struct Measuring {
    known: Known,
    /// Room for the words of a stretch, and for the rows of some.
    inner: Vec<Token>,
    rooms: Vec<Rows>,
}

fn case(ground: &Ground<'_>, index: usize, Measuring { known, inner, rooms }: &mut Measuring) -> Case {
    let stretch = &ground.stretches[index];
    features::read_inner_words(ground, index, inner);
    let of_stretch = features::of_stretch(ground, index, inner);
    let found = candidates(ground.sentences, stretch, &earlier(ground, index));
    let around = features::Around::of(ground, index, inner);
    known.go_on(stretch.sentence);
    let mut rows = rooms.pop().unwrap_or_default();
    rows.make_room(found.len(), features::OF_STRETCH + features::OF_CANDIDATE);
    let measured = found.into_iter().zip(rows.iter_mut()).map(|(candidate, row)| {
        let (of_its_stretch, of_candidate) = row.split_at_mut(features::OF_STRETCH);
        of_its_stretch.copy_from_slice(&of_stretch);
        let identity = features::measure_candidate(ground, &around, &candidate, known, of_candidate);
        Measured { candidate, identity }
    });
    let candidates = measured.collect();
    Case {
        of_stretch,
        candidates,
        rows,
    }
}

/// Who spoke shortly before a stretch, by the rules.
fn earlier(ground: &Ground<'_>, index: usize) -> Vec<At> {
    let paragraph = |stretch: usize| ground.sentences[ground.stretches[stretch].sentence].paragraph;
    let near = (0..index)
        .rev()
        .take(EARLIER)
        .take_while(|before| paragraph(index) - paragraph(*before) <= EARLIER_PARAGRAPHS);
    let stretches = near.chain([index]).map(|at| &ground.stretches[at]);
    let mut found: Vec<At> = Vec::new();
    for stretch in stretches {
        let at = told_at(stretch).or(stretch.carried.map(|carried| carried.at));
        if let Some(at) = at.filter(|at| !found.contains(at)) {
            found.push(at);
        }
    }
    found
}

/// Writes the rows of the second forest for some candidates of the stretch at an index: those of the first, and what it thinks
/// of rivals and neighbours.
pub(super) fn write_rows(
    (cases, thought): (&[Case], &[Vec<f32>]),
    index: usize,
    asked: &[usize],
    rows: &mut Rows,
) {
    let case = &cases[index];
    let neighbours = [index.checked_sub(1), index.checked_sub(BEHIND), Some(index + 1)];
    let neighbours = neighbours.map(|at| {
        let at = at.filter(|at| *at < cases.len())?;
        Some((&cases[at], thought[at].as_slice()))
    });
    const FIRST: usize = features::OF_STRETCH + features::OF_CANDIDATE;
    rows.make_room(asked.len(), FIRST + OF_RIVALS + neighbours.len() * OF_NEIGHBOUR);
    for (at, row) in asked.iter().copied().zip(rows.iter_mut()) {
        let (of_first, row) = row.split_at_mut(FIRST);
        let (of_rivals, of_neighbours) = row.split_at_mut(OF_RIVALS);
        of_first.copy_from_slice(case.rows.row(at));
        of_rivals.copy_from_slice(&rivals(case, &thought[index], at));
        for (neighbour, row) in neighbours
            .iter()
            .zip(of_neighbours.chunks_exact_mut(OF_NEIGHBOUR))
        {
            row.copy_from_slice(&of_neighbour(*neighbour, &case.candidates[at]));
        }
    }
}

fn rivals(case: &Case, thought: &[f32], at: usize) -> [f32; OF_RIVALS] {
    let own = thought[at];
    let others = thought.iter().enumerate().filter(|(other, _)| *other != at);
    let best = others.map(|(_, thought)| *thought).fold(0.0, f32::max);
    let ranked = thought.iter().filter(|thought| **thought > own).count();
    let identity = &case.candidates[at].identity;
    [
        own,
        best,
        own - best,
        (ranked as f32).min(9.0),
        of_key(case, thought, identity.key),
        of_person(case, thought, identity.person),
    ]
}

/// What is thought of all namings of one person together.
fn of_key(case: &Case, thought: &[f32], key: Option<Word>) -> f32 {
    let same = case.candidates.iter().zip(thought);
    let same = same.filter(|(measured, _)| key.is_some() && measured.identity.key == key);
    same.map(|(_, thought)| *thought).sum()
}

/// The same where pronouns and offices are told whose they are.
fn of_person(case: &Case, thought: &[f32], person: Option<usize>) -> f32 {
    let same = case.candidates.iter().zip(thought);
    let same = same.filter(|(measured, _)| person.is_some() && measured.identity.person == person);
    same.map(|(_, thought)| *thought).sum()
}

fn of_neighbour(neighbour: Option<(&Case, &[f32])>, measured: &Measured) -> [f32; OF_NEIGHBOUR] {
    let Some((case, thought)) = neighbour else {
        return [-1.0; OF_NEIGHBOUR];
    };
    let best = best(thought);
    let chosen = best.map(|at| &case.candidates[at]);
    let is_same = chosen.is_some_and(|chosen| chosen.candidate.at == measured.candidate.at);
    let same_at = case
        .candidates
        .iter()
        .zip(thought)
        .find(|(other, _)| other.candidate.at == measured.candidate.at);
    [
        best.map_or(0.0, |at| thought[at]),
        if is_same { 1.0 } else { 0.0 },
        same_at.map_or(-1.0, |(_, thought)| *thought),
        of_key(case, thought, measured.identity.key),
        of_person(case, thought, measured.identity.person),
    ]
}

/// The row of the forest that tells speech: the stretch, its best candidate and how good he is.
pub(super) fn speech_row(case: &Case, thought: &[f32]) -> [f32; OF_SPEECH] {
    let mut row = [-1.0; OF_SPEECH];
    let (of_stretch, rest) = row.split_at_mut(features::OF_STRETCH);
    let (of_best, of_candidate) = rest.split_at_mut(OF_BEST);
    let best = best(thought);
    let others = thought.iter().enumerate().filter(|(at, _)| Some(*at) != best);
    of_stretch.copy_from_slice(&case.of_stretch);
    of_best.copy_from_slice(&[
        best.map_or(0.0, |at| thought[at]),
        others.map(|(_, thought)| *thought).fold(0.0, f32::max),
    ]);
    if let Some(best) = best {
        of_candidate.copy_from_slice(&case.rows.row(best)[features::OF_STRETCH..]);
    }
    row
}

/// The likeliest candidate, of equals the first.
pub(super) fn best(thought: &[f32]) -> Option<usize> {
    let candidates = thought.iter().enumerate();
    let better = |best: (usize, f32), next: (usize, f32)| if next.1 > best.1 { next } else { best };
    candidates
        .map(|(at, thought)| (at, *thought))
        .reduce(better)
        .map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tongue::Tongue;

    #[test]
    fn the_tables_ask_for_no_more_than_is_measured() {
        let text = "“We will vote,” said Ana Lima.";
        super::super::with_ground(text, &[], Tongue::English, |ground| {
            let cases = cases(&ground);
            let rows = &cases[0].rows;
            assert_eq!(rows.iter().count(), 1);
            assert!(FITTED.first.features() <= rows.row(0).len());
            let thought = vec![vec![0.5]];
            let mut second = Rows::default();
            write_rows((&cases, &thought), 0, &[0], &mut second);
            assert_eq!(second.iter().count(), 1);
            assert!(FITTED.second.features() <= second.row(0).len());
            assert!(FITTED.speech.features() <= speech_row(&cases[0], &thought[0]).len());
        });
    }
}
