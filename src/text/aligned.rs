//! Two rows beside each other: what stayed of one in the other. Short rows are compared in the best way there is, whose cost grows with
//! the square of what differs; long ones are cut first where something stands once in both, so that a book costs what it is long.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Elements of both rows together up to which the best way is taken.
const SHORT: usize = 1_000;
/// How often what lies between two places that stayed is cut again.
const DEPTH: usize = 8;

/// A stretch of both rows, which is the same in both or was put in the other's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
    pub(super) is_same: bool,
}

/// The stretches of two rows in their order.
pub(super) fn runs<T: Hash + Eq + Ord>(old: &[T], new: &[T]) -> Vec<Run> {
    let mut runs = Vec::new();
    align(old, new, (0, 0), DEPTH, &mut runs);
    joined(runs)
}

/// Aligns two rows that begin at these places of the whole ones.
fn align<T: Hash + Eq + Ord>(old: &[T], new: &[T], at: (usize, usize), depth: usize, runs: &mut Vec<Run>) {
    if old.len() + new.len() <= SHORT {
        let ops = capture_diff_slices(Algorithm::Myers, old, new);
        runs.extend(
            ops.iter()
                .map(|op| run(at, op.old_range(), op.new_range(), is_equal(op))),
        );
        return;
    }
    let head = old
        .iter()
        .zip(new)
        .take_while(|(one, other)| one == other)
        .count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev());
    let tail = tail.take_while(|(one, other)| one == other).count();
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    runs.push(run(at, 0..head, 0..head, true));
    let (mut one, mut other) = (head, head);
    let places = match depth {
        0 => Vec::new(),
        _ => anchors(&old[head..old_end], &new[head..new_end]),
    };
    let is_cut = !places.is_empty();
    let places = places.into_iter().map(|(one, other)| (head + one, head + other));
    for (old_place, new_place) in places.chain([(old_end, new_end)]) {
        let (gone, come) = (one..old_place, other..new_place);
        if is_cut || gone.len() + come.len() <= SHORT {
            let begin = (at.0 + gone.start, at.1 + come.start);
            align(&old[gone], &new[come], begin, depth.saturating_sub(1), runs);
        } else {
            runs.push(run(at, gone, come, false));
        }
        if old_place < old_end {
            runs.push(run(at, old_place..old_place + 1, new_place..new_place + 1, true));
        }
        (one, other) = (old_place + 1, new_place + 1);
    }
    runs.push(run(at, old_end..old.len(), new_end..new.len(), true));
}

fn run(at: (usize, usize), old: Range<usize>, new: Range<usize>, is_same: bool) -> Run {
    Run {
        old: at.0 + old.start..at.0 + old.end,
        new: at.1 + new.start..at.1 + new.end,
        is_same,
    }
}

fn is_equal(op: &DiffOp) -> bool {
    matches!(op, DiffOp::Equal { .. })
}

/// Stretches that follow each other and are of one sort as one; empty ones are none.
fn joined(runs: Vec<Run>) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs
        .into_iter()
        .filter(|run| !run.old.is_empty() || !run.new.is_empty())
    {
        match joined.last_mut().filter(|last| last.is_same == run.is_same) {
            Some(last) => {
                last.old.end = run.old.end;
                last.new.end = run.new.end;
            }
            None => joined.push(run),
        }
    }
    joined
}

/// The places of what stands once in each row, as many as are in the same order in both.
fn anchors<T: Hash + Eq>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let once = |row: &[T]| -> Vec<usize> {
        let mut counts: HashMap<&T, usize> = HashMap::new();
        row.iter()
            .for_each(|element| *counts.entry(element).or_default() += 1);
        (0..row.len()).filter(|at| counts[&row[*at]] == 1).collect()
    };
    let places: HashMap<&T, usize> = once(new).into_iter().map(|at| (&new[at], at)).collect();
    let both = once(old)
        .into_iter()
        .filter_map(|at| Some((at, *places.get(&old[at])?)));
    rising(&both.collect::<Vec<_>>())
}

/// The longest part of these in which the second number rises as the first does.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // The least end of a rising part of each length, and before each pair the one that goes before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, (_, value)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *value);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut rising: Vec<(usize, usize)> = std::iter::successors(ends.last().copied(), |at| before[*at])
        .map(|at| pairs[at])
        .collect();
    rising.reverse();
    rising
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(range: Range<u32>) -> Vec<u32> {
        range.collect()
    }

    /// Checks that the stretches cover both rows in their order, and that what is said to have stayed did.
    #[track_caller]
    fn check(old: &[u32], new: &[u32]) -> Vec<Run> {
        let runs = runs(old, new);
        let (mut one, mut other) = (0, 0);
        for run in &runs {
            assert_eq!((run.old.start, run.new.start), (one, other));
            (one, other) = (run.old.end, run.new.end);
            if run.is_same {
                assert_eq!(old[run.old.clone()], new[run.new.clone()]);
            }
        }
        assert_eq!((one, other), (old.len(), new.len()));
        runs
    }

    fn stayed(runs: &[Run]) -> usize {
        runs.iter()
            .filter(|run| run.is_same)
            .map(|run| run.old.len())
            .sum()
    }

    #[test]
    fn short_rows_are_compared_in_the_best_way() {
        let runs = check(&[1, 2, 3, 4], &[1, 3, 4, 5]);
        assert_eq!(stayed(&runs), 3);
        assert!(check(&[], &[]).is_empty());
        assert_eq!(stayed(&check(&[1], &[])), 0);
    }

    #[test]
    fn what_stayed_of_long_rows_is_found_around_what_did_not() {
        let old = numbers(0..50_000);
        let mut new = old.clone();
        new.splice(30_000..30_010, 90_000..90_300);
        new.remove(7);
        let runs = check(&old, &new);
        assert_eq!(stayed(&runs), 50_000 - 11);
        assert_eq!(runs.iter().filter(|run| !run.is_same).count(), 2);
    }

    #[test]
    fn rows_in_which_everything_stands_often_are_cut_as_far_as_they_can_be() {
        let old: Vec<u32> = numbers(0..60_000).iter().map(|number| number % 7).collect();
        let new: Vec<u32> = numbers(0..60_000).iter().map(|number| number % 5).collect();
        check(&old, &new);
        let other = numbers(100_000..160_000);
        assert_eq!(stayed(&check(&numbers(0..60_000), &other)), 0);
        let backwards: Vec<u32> = numbers(0..60_000).into_iter().rev().collect();
        assert_eq!(stayed(&check(&numbers(0..60_000), &backwards)), 1);
    }
}
