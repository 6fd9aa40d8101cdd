//! Gradient boosting of regression trees with the logistic or the multinomial loss, second-order as in XGBoost (Chen and Guestrin 2016):
//! histograms of binned features, level by level. Deterministic.

use std::ops::Range;

use onrecord::trees::{Forest, Node, chosen};
use rayon::prelude::*;

/// Bins a feature.
const BINS: usize = 64;

/// How trees are grown.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) trees: usize,
    pub(crate) depth: usize,
    /// Share of each tree's answer that is taken.
    pub(crate) rate: f32,
    /// The least sum of second derivatives in a leaf.
    pub(crate) least_weight: f32,
    /// The L2 penalty on leaves.
    pub(crate) ridge: f32,
    /// Shares of the features and of the samples that a tree sees.
    pub(crate) columns: f32,
    pub(crate) rows: f32,
    /// How many forests are grown apart, by chance on other samples and features; their mean is what is fitted.
    pub(crate) bags: usize,
}

/// The fold of what must stay together, by its key.
pub(crate) fn fold_of(key: &str, folds: usize) -> usize {
    let hash = key.bytes().fold(5_381_usize, |hash, byte| {
        hash.wrapping_mul(33) ^ usize::from(byte)
    });
    hash / 7 % folds
}

/// What is fitted.
pub(crate) struct Samples {
    /// For each feature the upper ends of its bins.
    ends: Vec<Vec<f32>>,
    /// For each feature the bin of each sample.
    bins: Vec<Vec<u8>>,
    labels: Vec<f32>,
    weights: Vec<f32>,
    /// Samples next to each other that exclude each other: one of them is right or none.
    choices: Vec<Range<usize>>,
}

impl Samples {
    /// The same where each of these rows of samples is a choice, fitted by the multinomial loss.
    #[allow(dead_code, reason = "not every tool that fits forests has choices")]
    pub(crate) fn with_choices(mut self, choices: Vec<Range<usize>>) -> Self {
        self.choices = choices;
        self
    }

    pub(crate) fn new(rows: &[Vec<f32>], labels: Vec<f32>, weights: Vec<f32>) -> Self {
        let columns: Vec<(Vec<f32>, Vec<u8>)> = (0..rows.first().map_or(0, Vec::len))
            .into_par_iter()
            .map(|feature| {
                let mut sorted: Vec<f32> = rows.iter().map(|row| row[feature]).collect();
                sorted.sort_by(f32::total_cmp);
                let mut distinct = sorted.clone();
                distinct.dedup();
                let ends: Vec<f32> = if distinct.len() <= BINS {
                    distinct
                        .windows(2)
                        .map(|pair| f32::midpoint(pair[0], pair[1]))
                        .collect()
                } else {
                    let mut ends: Vec<f32> = (1..BINS).map(|bin| sorted[bin * sorted.len() / BINS]).collect();
                    ends.dedup();
                    ends
                };
                let bins = rows.iter().map(|row| {
                    u8::try_from(ends.partition_point(|end| *end < row[feature])).expect("few bins")
                });
                let bins = bins.collect();
                (ends, bins)
            })
            .collect();
        let (ends, bins) = columns.into_iter().unzip();
        Self {
            ends,
            bins,
            labels,
            weights,
            choices: Vec::new(),
        }
    }

    /// First and second derivatives of the loss at the scores.
    fn derivatives(&self, scores: &[f32]) -> Vec<(f32, f32)> {
        let targets: Vec<(f32, f32)> = if self.choices.is_empty() {
            let odds = |score: &f32| 1.0 / (1.0 + (-score).exp());
            scores.iter().map(odds).zip(self.labels.iter().copied()).collect()
        } else {
            let choices = self.choices.iter().cloned();
            choices.flat_map(|choice| self.choice(scores, choice)).collect()
        };
        let weighed = targets.into_iter().zip(&self.weights);
        weighed
            .map(|((probability, target), weight)| {
                (
                    weight * (probability - target),
                    weight * (probability * (1.0 - probability)).max(1e-6),
                )
            })
            .collect()
    }

    /// The probability of each option of a choice, and what it ought to be; of several that are right the likelier the more.
    fn choice(&self, scores: &[f32], choice: Range<usize>) -> Vec<(f32, f32)> {
        let likely = chosen(scores[choice.clone()].to_vec());
        let right = |(likely, label): (&f32, &f32)| likely * label;
        let labels = &self.labels[choice];
        let all: f32 = likely.iter().zip(labels).map(right).sum();
        let target = |label: &f32, likely: f32| if all > 0.0 { label * likely / all } else { 0.0 };
        let options = likely.iter().zip(labels);
        options
            .map(|(likely, label)| (*likely, target(label, *likely)))
            .collect()
    }
}

/// Grows the trees one after another, each on what the ones before leave.
pub(crate) fn fit(samples: &Samples, settings: &Settings) -> Forest {
    let count = samples.labels.len();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut trees = Vec::new();
    let mut scores = Vec::new();
    for tree in 0..settings.trees * settings.bags {
        if tree % settings.trees == 0 {
            scores = vec![0.0_f32; count];
        }
        let derivatives = samples.derivatives(&scores);
        let seen: Vec<u32> = (0..count)
            .filter(|_| random.share() < settings.rows)
            .map(|at| u32::try_from(at).expect("few samples"))
            .collect();
        let features: Vec<usize> = (0..samples.bins.len())
            .filter(|_| random.share() < settings.columns)
            .collect();
        let mut nodes = Vec::new();
        grow(
            samples,
            settings,
            &derivatives,
            seen,
            &features,
            settings.depth,
            &mut nodes,
        );
        scores
            .par_iter_mut()
            .enumerate()
            .for_each(|(at, score)| *score += answer(&nodes, samples, at));
        trees.push(
            nodes
                .into_iter()
                .map(|(node, _)| share(node, settings.bags))
                .collect(),
        );
    }
    Forest::new(in_turn(trees, settings.bags))
}

/// The first trees of all bags, then their second ones and so on, so that the first of them tell most.
fn in_turn(mut trees: Vec<Vec<Node>>, bags: usize) -> Vec<Vec<Node>> {
    let each = trees.len() / bags;
    let order = (0..each).flat_map(|tree| (0..bags).map(move |bag| bag * each + tree));
    order.map(|at| std::mem::take(&mut trees[at])).collect()
}

/// A node of one of several forests whose mean counts.
fn share(node: Node, of: usize) -> Node {
    match node {
        // More digits tell nothing.
        Node::Leaf(value) => Node::Leaf((value / of as f32 * 1e4).round() / 1e4),
        split @ Node::Split { .. } => split,
    }
}

/// A node, and for a split the number of its last bin.
type Grown = (Node, u8);

fn answer(nodes: &[Grown], samples: &Samples, sample: usize) -> f32 {
    let mut at = 0;
    loop {
        match nodes[at] {
            (Node::Leaf(value), _) => return value,
            (
                Node::Split {
                    feature, otherwise, ..
                },
                bin,
            ) => {
                let is_low = samples.bins[usize::from(feature)][sample] <= bin;
                at = if is_low { at + 1 } else { usize::from(otherwise) };
            }
        }
    }
}

struct Cut {
    gain: f32,
    feature: usize,
    bin: usize,
}

fn grow(
    samples: &Samples,
    settings: &Settings,
    derivatives: &[(f32, f32)],
    seen: Vec<u32>,
    features: &[usize],
    depth: usize,
    nodes: &mut Vec<Grown>,
) {
    let (gradient, curvature) = sum(derivatives, &seen);
    let value = |gradient: f32, curvature: f32| -gradient / (curvature + settings.ridge);
    let cut = (depth > 0)
        .then(|| best_cut(samples, settings, derivatives, &seen, features))
        .flatten();
    let Some(cut) = cut else {
        let leaf = settings.rate * value(gradient, curvature);
        // Four digits are as good as all.
        nodes.push((Node::Leaf((leaf * 1e4).round() / 1e4), 0));
        return;
    };
    let bins = &samples.bins[cut.feature];
    let (low, high): (Vec<u32>, Vec<u32>) = seen
        .into_iter()
        .partition(|sample| usize::from(bins[*sample as usize]) <= cut.bin);
    let at = nodes.len();
    let split = |otherwise| Node::Split {
        feature: u8::try_from(cut.feature).expect("few features"),
        threshold: samples.ends[cut.feature][cut.bin],
        otherwise,
    };
    let bin = u8::try_from(cut.bin).expect("few bins");
    nodes.push((split(0), bin));
    grow(samples, settings, derivatives, low, features, depth - 1, nodes);
    nodes[at] = (split(u16::try_from(nodes.len()).expect("a small tree")), bin);
    grow(samples, settings, derivatives, high, features, depth - 1, nodes);
}

fn sum(derivatives: &[(f32, f32)], seen: &[u32]) -> (f32, f32) {
    seen.iter().fold((0.0, 0.0), |sum, sample| {
        let one = derivatives[*sample as usize];
        (sum.0 + one.0, sum.1 + one.1)
    })
}

fn best_cut(
    samples: &Samples,
    settings: &Settings,
    derivatives: &[(f32, f32)],
    seen: &[u32],
    features: &[usize],
) -> Option<Cut> {
    let whole = sum(derivatives, seen);
    let worth = |(gradient, curvature): (f32, f32)| gradient * gradient / (curvature + settings.ridge);
    let cuts = features.par_iter().filter_map(|feature| {
        let mut bins = [(0.0_f32, 0.0_f32); BINS + 1];
        let column = &samples.bins[*feature];
        for sample in seen {
            let bin = &mut bins[usize::from(column[*sample as usize])];
            let one = derivatives[*sample as usize];
            bin.0 += one.0;
            bin.1 += one.1;
        }
        let mut low = (0.0, 0.0);
        let mut best: Option<Cut> = None;
        for (bin, inside) in bins.iter().enumerate().take(samples.ends[*feature].len()) {
            low = (low.0 + inside.0, low.1 + inside.1);
            let high = (whole.0 - low.0, whole.1 - low.1);
            if low.1 < settings.least_weight || high.1 < settings.least_weight {
                continue;
            }
            let gain = worth(low) + worth(high) - worth(whole);
            if gain > 1e-3 && best.as_ref().is_none_or(|best| gain > best.gain) {
                best = Some(Cut {
                    gain,
                    feature: *feature,
                    bin,
                });
            }
        }
        best
    });
    // Of cuts that are as good the one of the first feature.
    cuts.collect::<Vec<_>>()
        .into_iter()
        .reduce(|best, cut| if cut.gain > best.gain { cut } else { best })
}

/// SplitMix64 (Steele and others 2014).
struct Random(u64);

impl Random {
    fn share(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 40) as f32 / (1_u64 << 24) as f32
    }
}
