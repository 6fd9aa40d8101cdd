//! Weighs everything: which marked stretches are speech, and whose.
//!
//! Three forests: the first judges each candidate by itself, the second also by what the first thinks of its rivals
//! and of the stretches before and after, the third whether the stretch is speech at all. `tests/tools/fit_quotes.rs`
//! fits them. Those here were fitted to the 840 training articles of PolNeAR (Newell, Margolin and Ruths 2018), political news
//! of seven American publishers, and to those of them that print speech in double marks a second time in single ones.

use std::sync::LazyLock;

use super::candidates::{Candidate, candidates};
use super::features::{self, Ground, Row};
use super::hints::{At, told_at};
use super::lexicon::Word;
use crate::trees::Forest;

/// Stretches before one whose speakers may be speaking on, and the paragraphs between at most.
const EARLIER: usize = 2;
const EARLIER_PARAGRAPHS: usize = 3;
/// Stretches before one that the second forest looks at.
const BEHIND: usize = 2;

static FIRST: LazyLock<Forest> = LazyLock::new(|| table(include_str!("first.trees")));
static SECOND: LazyLock<Forest> = LazyLock::new(|| table(include_str!("second.trees")));
static SPEECH: LazyLock<Forest> = LazyLock::new(|| table(include_str!("speech.trees")));

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
#[derive(Default)]
pub(super) struct Case {
    pub(super) row: Row,
    pub(super) candidates: Vec<Measured>,
}

/// A candidate with what is measured of him and the stretch.
pub(super) struct Measured {
    pub(super) candidate: Candidate,
    key: Option<Word>,
    pub(super) row: Row,
}

/// The verdicts on the stretches of a text. Only the neighbours of one stretch are held at a time, so that a text of
/// nothing but quotes costs no more memory than its verdicts.
pub(super) fn judge(ground: &Ground<'_>) -> Vec<Verdict> {
    let count = ground.stretches.len();
    let mut cases: Vec<Case> = Vec::with_capacity(count);
    let mut first: Vec<Vec<f32>> = Vec::with_capacity(count);
    let mut verdicts = Vec::with_capacity(count);
    for index in 0..count {
        while cases.len() < count.min(index + 2) {
            let case = case(ground, cases.len());
            let candidates = case.candidates.iter();
            first.push(
                candidates
                    .map(|measured| FIRST.probability(&measured.row))
                    .collect(),
            );
            cases.push(case);
        }
        let rows = second_rows(&cases, &first, index);
        let thought: Vec<f32> = rows.iter().map(|row| SECOND.probability(row)).collect();
        let case = &cases[index];
        verdicts.push(Verdict {
            speech: SPEECH.probability(&speech_row(case, &thought)),
            speaker: best(&thought).map(|at| (case.candidates[at].candidate, thought[at])),
        });
        if let Some(behind) = index.checked_sub(BEHIND) {
            cases[behind] = Case::default();
            first[behind] = Vec::new();
        }
    }
    verdicts
}

/// Measures the stretches of a text.
pub(super) fn cases(ground: &Ground<'_>) -> Vec<Case> {
    let indices = 0..ground.stretches.len();
    indices.map(|index| case(ground, index)).collect()
}

fn case(ground: &Ground<'_>, index: usize) -> Case {
    let stretch = &ground.stretches[index];
    let row = features::of_stretch(ground, index);
    let found = candidates(ground.sentences, stretch, &earlier(ground, index));
    let measured = found.into_iter().map(|candidate| {
        let mut own = row.clone();
        features::add_candidate(ground, index, &candidate, &mut own);
        Measured {
            candidate,
            key: ground.key(candidate.at),
            row: own,
        }
    });
    Case {
        candidates: measured.collect(),
        row,
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

/// The rows of the second forest for the stretch at an index: those of the first, and what it thinks of rivals and
/// neighbours.
pub(super) fn second_rows(cases: &[Case], thought: &[Vec<f32>], index: usize) -> Vec<Row> {
    let case = &cases[index];
    let neighbours = [index.checked_sub(1), index.checked_sub(BEHIND), Some(index + 1)];
    let neighbours = neighbours.map(|at| {
        let at = at.filter(|at| *at < cases.len())?;
        Some((&cases[at], thought[at].as_slice()))
    });
    let candidates = case.candidates.iter().enumerate();
    candidates
        .map(|(at, measured)| {
            let mut row = measured.row.clone();
            add_rivals(case, &thought[index], at, &mut row);
            for neighbour in neighbours {
                add_neighbour(neighbour, measured, &mut row);
            }
            row
        })
        .collect()
}

fn add_rivals(case: &Case, thought: &[f32], at: usize, row: &mut Row) {
    let own = thought[at];
    let others = thought.iter().enumerate().filter(|(other, _)| *other != at);
    let best = others.map(|(_, thought)| *thought).fold(0.0, f32::max);
    let ranked = thought.iter().filter(|thought| **thought > own).count();
    row.extend([own, best, own - best, (ranked as f32).min(9.0)]);
    row.push(of_key(case, thought, case.candidates[at].key));
}

/// What is thought of all namings of one person together.
fn of_key(case: &Case, thought: &[f32], key: Option<Word>) -> f32 {
    let same = case.candidates.iter().zip(thought);
    let same = same.filter(|(measured, _)| key.is_some() && measured.key == key);
    same.map(|(_, thought)| *thought).sum()
}

fn add_neighbour(neighbour: Option<(&Case, &[f32])>, measured: &Measured, row: &mut Row) {
    let Some((case, thought)) = neighbour else {
        row.extend([-1.0; 4]);
        return;
    };
    let best = best(thought);
    let chosen = best.map(|at| &case.candidates[at]);
    let is_same = chosen.is_some_and(|chosen| chosen.candidate.at == measured.candidate.at);
    let same_at = case
        .candidates
        .iter()
        .zip(thought)
        .find(|(other, _)| other.candidate.at == measured.candidate.at);
    row.push(best.map_or(0.0, |at| thought[at]));
    row.push(if is_same { 1.0 } else { 0.0 });
    row.push(same_at.map_or(-1.0, |(_, thought)| *thought));
    row.push(of_key(case, thought, measured.key));
}

/// The row of the forest that tells speech: the stretch, its best candidate and how good he is.
pub(super) fn speech_row(case: &Case, thought: &[f32]) -> Row {
    let mut row = case.row.clone();
    let best = best(thought);
    let chosen = best.map(|at| &case.candidates[at].row[case.row.len()..]);
    let others = thought.iter().enumerate().filter(|(at, _)| Some(*at) != best);
    row.push(best.map_or(0.0, |at| thought[at]));
    row.push(others.map(|(_, thought)| *thought).fold(0.0, f32::max));
    match chosen {
        Some(chosen) => row.extend_from_slice(chosen),
        None => row.resize(row.len() + features::OF_CANDIDATE, -1.0),
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
            let cases = cases(ground);
            let measured = &cases[0].candidates[0];
            assert_eq!(measured.row.len() - cases[0].row.len(), features::OF_CANDIDATE);
            assert!(FIRST.features() <= measured.row.len());
            let thought = vec![vec![0.5]];
            assert!(SECOND.features() <= second_rows(&cases, &thought, 0)[0].len());
            assert!(SPEECH.features() <= speech_row(&cases[0], &thought[0]).len());
        });
    }
}
