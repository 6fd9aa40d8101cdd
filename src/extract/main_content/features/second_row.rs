//! The second row of a piece: the first, and what the first forest thinks of what is around it.

use foldhash::{HashMap, HashMapExt};

use super::surroundings::{common, levels_up};
use super::{Builder, Measured, NEIGHBOURS, NONE, NUMBERS, Row, format_name, place};

impl Measured<'_> {
    /// The second row of each piece: the first, and what the first forest thinks of what is around it.
    pub(in crate::extract::main_content) fn second_rows(&self, thought: &[f32]) -> Vec<Row> {
        let judged = Judged::new(self, thought);
        (0..self.pieces.len())
            .map(|at| {
                if self.rows[at].is_empty() {
                    return Row::new();
                }
                let mut row = Builder {
                    names: None,
                    values: self.rows[at].clone(),
                };
                self.second_row(at, thought, &judged, &mut row);
                row.values
            })
            .collect()
    }

    pub(super) fn second_row(&self, at: usize, thought: &[f32], judged: &Judged, row: &mut Builder) {
        row.push("thought", thought[at]);
        for (distance, number) in (1..=NEIGHBOURS).zip(&NUMBERS[1..]) {
            let before = at.checked_sub(distance).map_or(NONE, |other| thought[other]);
            row.push(&format_name(row, "thought before", number), before);
            let after = thought.get(at + distance).copied().unwrap_or(NONE);
            row.push(&format_name(row, "thought after", number), after);
        }
        let mut next = Some(place(&self.pieces[at]));
        for number in NUMBERS {
            let mean = next.map_or(NONE, |place| judged.mean[place]);
            row.push(&format_name(row, "thought above", number), mean);
            next = next.and_then(|place| self.places[place].parent);
        }
        let group = judged.groups[&self.signatures[at]];
        row.push("thought of alike", group.0 / group.1.max(1.0));
        row.push("kept before", judged.before[at] / judged.all);
        row.push("kept after", 1.0 - judged.before[at] / judged.all);
        row.push("letters since kept", judged.since[at]);
        row.push("letters until kept", judged.until[at]);
        row.push("kept letters", judged.all);
        row.push(
            "levels to what is kept",
            common(self.places, place(&self.pieces[at]), judged.heart) as f32,
        );
        let up = levels_up(self.places, place(&self.pieces[at]), judged.heart);
        row.push("levels below what is kept", up.map_or(NONE, |up| up as f32));
    }
}

/// What the first forest thinks, summed up.
pub(super) struct Judged {
    /// For each place the mean thought of the letters in it.
    mean: Vec<f32>,
    groups: HashMap<u64, (f32, f32)>,
    /// Letters kept before each piece, and in all.
    before: Vec<f32>,
    all: f32,
    /// Letters since and until the nearest piece that is kept.
    since: Vec<f32>,
    until: Vec<f32>,
    /// The innermost place with nearly all that is kept.
    heart: usize,
}

impl Judged {
    pub(super) fn new(measured: &Measured<'_>, thought: &[f32]) -> Self {
        let letters: Vec<f32> = measured
            .counts
            .iter()
            .map(|counts| counts.letters as f32)
            .collect();
        let mut weights = vec![(0.0_f32, 0.0_f32); measured.places.len()];
        let mut groups: HashMap<u64, (f32, f32)> = HashMap::new();
        for (at, piece) in measured.pieces.iter().enumerate() {
            let weight = &mut weights[place(piece)];
            weight.0 += thought[at] * letters[at];
            weight.1 += letters[at];
            let group = groups.entry(measured.signatures[at]).or_default();
            group.0 += thought[at] * letters[at];
            group.1 += letters[at];
        }
        for at in (0..weights.len()).rev() {
            if let Some(parent) = measured.places[at].parent {
                weights[parent].0 += weights[at].0;
                weights[parent].1 += weights[at].1;
            }
        }
        let whole = weights.first().map_or(0.0, |page| page.0);
        let heart = (0..weights.len()).rev().find(|at| weights[*at].0 >= whole * 0.9);
        let kept = |at: usize| thought[at] > 0.5;
        let mut all = 0.0;
        let before = (0..thought.len()).map(|at| {
            let before = all;
            all += if kept(at) { letters[at] } else { 0.0 };
            before
        });
        let before: Vec<f32> = before.collect();
        Self {
            mean: weights
                .iter()
                .map(|(sum, letters)| sum / letters.max(1.0))
                .collect(),
            groups,
            before,
            all: all.max(1.0),
            since: distances(0..thought.len(), kept, &letters),
            until: distances((0..thought.len()).rev(), kept, &letters),
            heart: heart.unwrap_or_default(),
        }
    }
}

/// Letters between each piece and the nearest one before it, in the order given, that is kept.
fn distances(order: impl Iterator<Item = usize>, kept: impl Fn(usize) -> bool, letters: &[f32]) -> Vec<f32> {
    let mut distances = vec![NONE; letters.len()];
    let mut last: Option<f32> = None;
    for at in order {
        distances[at] = last.unwrap_or(NONE);
        last = if kept(at) {
            Some(0.0)
        } else {
            last.map(|since| since + letters[at])
        };
    }
    distances
}
