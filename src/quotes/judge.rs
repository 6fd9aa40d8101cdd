//! Weighs everything: which marked stretches are speech, and whose.
//!
//! Three forests: the first judges each candidate by itself, the second also by what the first thinks of its rivals
//! and of the stretches before and after, the third whether the stretch is speech at all. The first two choose: one of the
//! candidates is the speaker or none is (the multinomial loss). `tests/tools/fit_quotes.rs`
//! fits them. Those here were fitted to the 840 training articles of PolNeAR (Newell, Margolin and Ruths 2018), political news
//! of seven American publishers, and to those of them that print speech in double marks a second time in single ones.

use std::sync::LazyLock;

use super::candidates::{Candidate, candidates};
use super::features::{self, Identity, Known, Row};
use super::ground::Ground;
use super::hints::{At, told_at};
use super::lexicon::Word;
use super::tokens::Token;
use crate::trees::Forest;

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
#[derive(Default)]
pub(super) struct Case {
    row: Row,
    pub(super) candidates: Vec<Measured>,
    pub(super) rows: Rows,
}

/// A candidate.
pub(super) struct Measured {
    pub(super) candidate: Candidate,
    identity: Identity,
}

/// What is measured of candidates and their stretch, row after row in one piece.
#[derive(Default)]
pub(super) struct Rows {
    values: Vec<f32>,
    width: usize,
}

impl Rows {
    /// The rows, one for each candidate.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[f32]> {
        self.values.chunks_exact(self.width.max(1))
    }

    fn row(&self, at: usize) -> &[f32] {
        &self.values[at * self.width..(at + 1) * self.width]
    }

    /// How likely each candidate is the one.
    fn choice(&self, forest: &Forest) -> Vec<f32> {
        forest.choice(&self.values, self.width)
    }
}

/// The verdicts on the stretches of a text. Only the neighbours of one stretch are held at a time, so that a text of
/// nothing but quotes costs no more memory than its verdicts.
pub(super) fn judge(ground: &Ground<'_>, forests: &Forests) -> Vec<Verdict> {
    let count = ground.stretches.len();
    let mut cases: Vec<Case> = Vec::with_capacity(count);
    let mut first: Vec<Vec<f32>> = Vec::with_capacity(count);
    let mut verdicts = Vec::with_capacity(count);
    let mut measuring = Measuring::default();
    for index in 0..count {
        while cases.len() < count.min(index + 2) {
            let case = case(ground, cases.len(), &mut measuring);
            first.push(case.rows.choice(&forests.first));
            cases.push(case);
        }
        let thought = second_thought(&forests.second, &cases, &first, index);
        let case = &cases[index];
        verdicts.push(Verdict {
            speech: forests.speech.about(&speech_row(case, &thought)),
            speaker: best(&thought).map(|at| (case.candidates[at].candidate, thought[at])),
        });
        if let Some(behind) = index.checked_sub(BEHIND) {
            cases[behind] = Case::default();
            first[behind] = Vec::new();
        }
    }
    verdicts
}

/// What the second forest thinks of the candidates that the first does not rule out; of the others what the first does.
fn second_thought(forest: &Forest, cases: &[Case], first: &[Vec<f32>], index: usize) -> Vec<f32> {
    let mut thought = first[index].clone();
    let asked = asked(&thought);
    let rows = rows_of(cases, first, index, &asked);
    for (at, second) in asked.into_iter().zip(rows.choice(forest)) {
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
    /// Room for the words of a stretch.
    inner: Vec<Token>,
}

fn case(ground: &Ground<'_>, index: usize, Measuring { known, inner }: &mut Measuring) -> Case {
    let stretch = &ground.stretches[index];
    features::read_inner_words(ground, index, inner);
    let row = features::of_stretch(ground, index, inner);
    let found = candidates(ground.sentences, stretch, &earlier(ground, index));
    let width = row.len() + features::OF_CANDIDATE;
    let mut values = Vec::with_capacity(found.len() * width);
    let around = features::Around::of(ground, index, inner);
    known.go_on(stretch.sentence);
    let measured = found.into_iter().map(|candidate| {
        values.extend_from_slice(&row);
        let identity = features::add_candidate(ground, &around, &candidate, known, &mut values);
        Measured { candidate, identity }
    });
    Case {
        candidates: measured.collect(),
        rows: Rows { values, width },
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

/// The rows of the second forest for some candidates of the stretch at an index: those of the first, and what it thinks of
/// rivals and neighbours.
pub(super) fn rows_of(cases: &[Case], thought: &[Vec<f32>], index: usize, asked: &[usize]) -> Rows {
    let case = &cases[index];
    let neighbours = [index.checked_sub(1), index.checked_sub(BEHIND), Some(index + 1)];
    let neighbours = neighbours.map(|at| {
        let at = at.filter(|at| *at < cases.len())?;
        Some((&cases[at], thought[at].as_slice()))
    });
    let width = case.rows.width + OF_RIVALS + neighbours.len() * OF_NEIGHBOUR;
    let mut values = Vec::with_capacity(asked.len() * width);
    for at in asked.iter().copied() {
        let measured = &case.candidates[at];
        values.extend_from_slice(case.rows.row(at));
        add_rivals(case, &thought[index], at, &mut values);
        for neighbour in neighbours {
            add_neighbour(neighbour, measured, &mut values);
        }
    }
    Rows { values, width }
}

fn add_rivals(case: &Case, thought: &[f32], at: usize, row: &mut Row) {
    let own = thought[at];
    let others = thought.iter().enumerate().filter(|(other, _)| *other != at);
    let best = others.map(|(_, thought)| *thought).fold(0.0, f32::max);
    let ranked = thought.iter().filter(|thought| **thought > own).count();
    row.extend([own, best, own - best, (ranked as f32).min(9.0)]);
    row.push(of_key(case, thought, case.candidates[at].identity.key));
    row.push(of_person(case, thought, case.candidates[at].identity.person));
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

fn add_neighbour(neighbour: Option<(&Case, &[f32])>, measured: &Measured, row: &mut Row) {
    let Some((case, thought)) = neighbour else {
        row.extend([-1.0; OF_NEIGHBOUR]);
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
    row.push(of_key(case, thought, measured.identity.key));
    row.push(of_person(case, thought, measured.identity.person));
}

/// The row of the forest that tells speech: the stretch, its best candidate and how good he is.
pub(super) fn speech_row(case: &Case, thought: &[f32]) -> Row {
    let mut row = Row::with_capacity(case.row.len() + 2 + features::OF_CANDIDATE);
    row.extend_from_slice(&case.row);
    let best = best(thought);
    let chosen = best.map(|at| &case.rows.row(at)[case.row.len()..]);
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
            let cases = cases(&ground);
            let rows = &cases[0].rows;
            assert_eq!((rows.values.len(), rows.iter().count()), (rows.width, 1));
            assert_eq!(rows.width - cases[0].row.len(), features::OF_CANDIDATE);
            assert!(FITTED.first.features() <= rows.width);
            let thought = vec![vec![0.5]];
            let second = rows_of(&cases, &thought, 0, &[0]);
            assert_eq!(second.values.len(), second.width);
            assert!(FITTED.second.features() <= second.width);
            assert!(FITTED.speech.features() <= speech_row(&cases[0], &thought[0]).len());
        });
    }
}
