//! Gradient-boosted regression trees (Friedman 2001, with the logistic loss), as far as they are asked: rows of numbers in,
//! probabilities out. The tools that fit them are `tests/tools/fit_main_text.rs` and `tests/tools/fit_quotes.rs`.

use std::ops::Range;

/// After how many trees options are ruled out, and how far one must be behind the best of them then.
const LOOKS: [usize; 4] = [10, 20, 40, 80];
const FAR_BEHIND: f32 = 2.0;
/// The score of what is ruled out.
const RULED_OUT: f32 = f32::NEG_INFINITY;
/// How many trees are asked at once, and the log odds at which the others are not asked any more.
const AT_ONCE: usize = 20;
const CERTAIN: f32 = 3.5;

/// How many questions the longest walk through a tree asks.
const DEPTH: u32 = 5;
/// The leaves of a tree that is filled up to that depth.
const LEAVES: usize = 1 << DEPTH;
/// The most features of a forest: any number of one is that of a value of such a row, so that no walk has to check it.
const FEATURES: usize = 256;
/// How many trees all rows are led through before the next ones: as many as the nearest memory holds.
const AT_HAND: usize = 32;

/// Trees whose leaves are added up.
#[derive(Clone, Debug, PartialEq)]
pub struct Forest {
    nodes: Vec<Node>,
    /// The first node of each tree.
    roots: Vec<u32>,
    /// The same trees as they are walked.
    filled: Vec<Filled>,
    /// How many values a row must have.
    features: usize,
}

/// A tree filled up, so that every walk takes the same number of steps and none has to guess where it ends.
#[derive(Clone, Debug, PartialEq)]
#[repr(align(64))]
struct Filled {
    /// The questions by their places: behind the one at a place stand those at twice the place and the next. The first place is empty.
    questions: [Question; LEAVES],
    leaves: [f32; LEAVES],
}

/// Whether a feature is greater than a threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Question {
    threshold: f32,
    feature: u8,
}

/// A question or an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Node {
    /// Whether the feature is at most the threshold: then the next node, else the one given.
    Split {
        /// Number of the feature.
        feature: u8,
        /// The greatest value that goes to the next node.
        threshold: f32,
        /// The node for greater values, counted from the root of the tree.
        otherwise: u16,
    },
    /// What the tree adds.
    Leaf(f32),
}

impl Forest {
    /// Trees, each with its nodes in the order in which [`Node::Split`] counts them.
    ///
    /// # Panics
    /// Where a walk through a tree is longer than those of all tables are.
    #[must_use]
    pub fn new(trees: Vec<Vec<Node>>) -> Self {
        let filled = trees.iter().map(|tree| Filled::of(tree)).collect();
        let asked = trees.iter().flatten().filter_map(|node| match node {
            Node::Split { feature, .. } => Some(usize::from(*feature) + 1),
            Node::Leaf(_) => None,
        });
        let features = asked.max().unwrap_or_default();
        let (mut nodes, mut roots) = (Vec::new(), Vec::new());
        for tree in trees {
            roots.push(u32::try_from(nodes.len()).expect("few nodes"));
            nodes.extend(tree);
        }
        Self {
            nodes,
            roots,
            filled,
            features,
        }
    }

    /// The probability that the trees give to a row of features.
    #[must_use]
    pub fn probability(&self, row: &[f32]) -> f32 {
        1.0 / (1.0 + (-self.score(row)).exp())
    }

    /// The same where it is enough to know that something is nearly certain: then not all trees are asked.
    #[must_use]
    pub fn about(&self, row: &[f32]) -> f32 {
        let row = self.walked(row);
        let mut score = 0.0_f32;
        for trees in self.filled.chunks(AT_ONCE) {
            if score.abs() >= CERTAIN {
                break;
            }
            score = sum(trees, &row, score);
        }
        1.0 / (1.0 + (-score).exp())
    }

    /// The same for several rows.
    #[must_use]
    pub fn probabilities(&self, rows: &Rows) -> Vec<f32> {
        let probability = |score: f32| 1.0 / (1.0 + (-score).exp());
        self.scores(rows).into_iter().map(probability).collect()
    }

    /// The probabilities of such rows where they exclude each other; what they leave is that of none. What is far behind when
    /// the first trees have been asked is ruled out: the others are not asked about it.
    #[must_use]
    pub fn choice(&self, rows: &Rows) -> Vec<f32> {
        let mut scores = vec![0.0; rows.count];
        let mut done = 0;
        for look in LOOKS {
            if look >= self.roots.len() {
                break;
            }
            self.add(rows, done..look, &mut scores);
            let least = scores.iter().copied().fold(0.0, f32::max) - FAR_BEHIND;
            for score in scores.iter_mut().filter(|score| **score < least) {
                *score = RULED_OUT;
            }
            done = look;
        }
        self.add(rows, done..self.roots.len(), &mut scores);
        chosen(scores)
    }

    /// Tree by tree, so that a tree is at hand for all rows.
    fn scores(&self, rows: &Rows) -> Vec<f32> {
        let mut scores = vec![0.0; rows.count];
        self.add(rows, 0..self.roots.len(), &mut scores);
        scores
    }

    /// The sum of the leaves that a row of features leads to: log odds.
    #[must_use]
    pub fn score(&self, row: &[f32]) -> f32 {
        sum(&self.filled, &self.walked(row), 0.0)
    }

    /// Adds what some of the trees say of the rows to their scores, but for those that are ruled out.
    fn add(&self, rows: &Rows, trees: Range<usize>, scores: &mut [f32]) {
        assert!(
            self.features <= rows.width || rows.count == 0,
            "a row has all features"
        );
        for trees in self.filled[trees].chunks(AT_HAND) {
            for (at, score) in scores.iter_mut().enumerate() {
                if *score > RULED_OUT {
                    *score = sum(trees, rows.walked(at), *score);
                }
            }
        }
    }

    /// A row as it is walked by.
    fn walked(&self, row: &[f32]) -> [f32; FEATURES] {
        assert!(self.features <= row.len(), "a row has all features");
        let own = row.len().min(FEATURES);
        let mut walked = [0.0; FEATURES];
        walked[..own].copy_from_slice(&row[..own]);
        walked
    }

    /// How many values a row must have.
    #[must_use]
    pub fn features(&self) -> usize {
        self.features
    }

    /// Reads a table: a tree a line, its nodes parted by spaces, `FEATURE<=THRESHOLD:OTHERWISE` or a leaf's value.
    /// Lines that begin with `#` are remarks.
    ///
    /// # Errors
    /// A node that is written otherwise, or leads nowhere.
    pub fn parse(table: &str) -> Result<Self, String> {
        let lines = table
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        let trees = lines.map(|line| {
            let nodes: Vec<Node> = line
                .split(' ')
                .map(|node| parse_node(node).ok_or_else(|| format!("{node:?} is no node")))
                .collect::<Result<_, _>>()?;
            // Only onwards, so that every walk ends.
            let leads_nowhere = |(at, node): &(usize, &Node)| {
                matches!(node, Node::Split { otherwise, .. }
                    if usize::from(*otherwise) >= nodes.len() || usize::from(*otherwise) <= *at)
            };
            match nodes.iter().enumerate().find(leads_nowhere) {
                Some((_, node)) => Err(format!("{node:?} leads nowhere")),
                None if !matches!(nodes.last(), Some(Node::Leaf(_))) => {
                    Err(format!("{line:?} ends in a question"))
                }
                None if depth(&nodes, 0) > DEPTH => Err(format!("{line:?} asks too much")),
                None => Ok(nodes),
            }
        });
        Ok(Self::new(trees.collect::<Result<_, _>>()?))
    }

    /// The table that [`Forest::parse`] reads.
    #[must_use]
    pub fn table(&self) -> String {
        let ends = self.roots.iter().skip(1).map(|root| *root as usize);
        let ends = ends.chain([self.nodes.len()]);
        let lines = self.roots.iter().zip(ends).map(|(root, end)| {
            let nodes = self.nodes[*root as usize..end].iter().map(|node| match node {
                Node::Leaf(value) => format!("{value}"),
                Node::Split {
                    feature,
                    threshold,
                    otherwise,
                } => format!("{feature}<={threshold}:{otherwise}"),
            });
            nodes.collect::<Vec<_>>().join(" ") + "\n"
        });
        lines.collect()
    }
}

/// Rows of one width, one after the other in one piece, with room behind them: what stands behind a row is not asked for, so that it
/// may be the next one.
#[derive(Debug, Default)]
pub struct Rows {
    count: usize,
    width: usize,
    values: Vec<f32>,
}

impl Rows {
    /// Rows that are given one by one.
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a [f32]>) -> Self {
        let mut all = Self::default();
        for row in rows {
            all.count += 1;
            all.width = row.len();
            all.values.extend_from_slice(row);
        }
        assert_eq!(all.values.len(), all.count * all.width, "rows have one width");
        all.values.resize(all.values.len() + FEATURES, 0.0);
        all
    }

    /// Makes room for rows, which hold anything until they are written.
    pub fn make_room(&mut self, count: usize, width: usize) {
        (self.count, self.width) = (count, width);
        let room = count * width + FEATURES;
        if self.values.len() < room {
            self.values.resize(room, 0.0);
        }
    }

    /// The rows.
    pub fn iter(&self) -> impl Iterator<Item = &[f32]> {
        (0..self.count).map(|at| self.row(at))
    }

    /// One of the rows.
    #[must_use]
    pub fn row(&self, at: usize) -> &[f32] {
        &self.values[at * self.width..(at + 1) * self.width]
    }

    /// The rows, to be written.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut [f32]> {
        self.values.chunks_exact_mut(self.width.max(1)).take(self.count)
    }

    fn walked(&self, at: usize) -> &[f32; FEATURES] {
        let row = self.values[at * self.width..].first_chunk();
        row.expect("there is room behind each row")
    }
}

impl Filled {
    fn of(tree: &[Node]) -> Self {
        // Where a walk has ended already all values go the same way.
        let passed = Question {
            threshold: f32::INFINITY,
            feature: 0,
        };
        let mut filled = Self {
            questions: [passed; LEAVES],
            leaves: [0.0; LEAVES],
        };
        filled.fill(tree, 0, 1);
        filled
    }

    /// Puts the node of a tree, with those behind it, at a place.
    fn fill(&mut self, tree: &[Node], at: usize, place: usize) {
        let behind = match tree[at] {
            Node::Leaf(value) if place >= LEAVES => {
                self.leaves[place - LEAVES] = value;
                return;
            }
            Node::Leaf(_) => [at, at],
            Node::Split {
                feature,
                threshold,
                otherwise,
            } => {
                self.questions[place] = Question { threshold, feature };
                [at + 1, usize::from(otherwise)]
            }
        };
        self.fill(tree, behind[0], 2 * place);
        self.fill(tree, behind[1], 2 * place + 1);
    }

    /// The leaf that a row leads to.
    #[inline]
    fn leaf(&self, row: &[f32; FEATURES]) -> f32 {
        // A byte holds every place. Of a wider number the compiler makes a sum of all answers so far, at each step anew.
        let mut place = 1_u8;
        for _ in 0..DEPTH {
            let question = self.questions[usize::from(place) % LEAVES];
            let is_greater = row[usize::from(question.feature)] > question.threshold;
            place = place << 1 | u8::from(is_greater);
        }
        self.leaves[usize::from(place) % LEAVES]
    }
}

/// A score with what trees add to it, one after the other.
fn sum(trees: &[Filled], row: &[f32; FEATURES], score: f32) -> f32 {
    trees.iter().fold(score, |score, tree| score + tree.leaf(row))
}

/// The probabilities of options by their scores, where "none" scores nought.
#[must_use]
pub fn chosen(mut scores: Vec<f32>) -> Vec<f32> {
    let most = scores.iter().copied().fold(0.0, f32::max);
    for score in &mut scores {
        *score = (*score - most).exp();
    }
    let all = scores.iter().sum::<f32>() + (-most).exp();
    for weight in &mut scores {
        *weight /= all;
    }
    scores
}

/// How many questions the longest walk from a node asks.
fn depth(tree: &[Node], at: usize) -> u32 {
    match tree[at] {
        Node::Leaf(_) => 0,
        Node::Split { otherwise, .. } => 1 + depth(tree, at + 1).max(depth(tree, usize::from(otherwise))),
    }
}

fn parse_node(node: &str) -> Option<Node> {
    let Some((feature, rest)) = node.split_once("<=") else {
        return node.parse().ok().map(Node::Leaf);
    };
    let (threshold, otherwise) = rest.split_once(':')?;
    Some(Node::Split {
        feature: feature.parse().ok()?,
        threshold: threshold.parse().ok()?,
        otherwise: otherwise.parse().ok().filter(|otherwise| *otherwise > 0)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "1<=0.5:2 -1 0<=3:4 2 4.5\n0.25\n";

    #[test]
    fn each_tree_adds_the_leaf_its_questions_lead_to() {
        let forest = Forest::parse(TABLE).expect("a table");
        for (row, expected) in [([0.0, 0.0], -0.75), ([3.0, 1.0], 2.25), ([4.0, 1.0], 4.75)] {
            assert!((forest.score(&row) - expected).abs() < 1e-6, "{row:?}");
        }
        assert!((Forest::new(Vec::new()).probability(&[]) - 0.5).abs() < 1e-6);
        let rows: Vec<f32> = [0.0, 0.0, 3.0, 1.0].repeat(FEATURES);
        let alone = rows.chunks(2).map(|row| forest.probability(row));
        assert_eq!(
            forest.probabilities(&Rows::of(rows.chunks(2))),
            alone.collect::<Vec<_>>()
        );
        assert!(forest.probabilities(&Rows::default()).is_empty());
    }

    #[test]
    fn what_is_nearly_certain_is_asked_about_no_further() {
        let sure = Forest::parse(&"1\n".repeat(9 * AT_ONCE)).expect("a table");
        assert!((sure.score(&[]) - 9.0 * AT_ONCE as f32).abs() < 1e-3);
        let all = 1.0 / (1.0 + (-(AT_ONCE as f32)).exp());
        assert!((sure.about(&[]) - all).abs() < 1e-6);
        let open = Forest::parse(&"0.5\n-0.5\n".repeat(AT_ONCE)).expect("a table");
        assert_eq!(open.about(&[]), open.probability(&[]));
    }

    #[test]
    fn of_options_one_is_right_or_none() {
        let forest = Forest::parse(TABLE).expect("a table");
        let likely = forest.choice(&Rows::of([0.0, 0.0, 3.0, 1.0].chunks(2)));
        let all = (-0.75_f32).exp() + 2.25_f32.exp() + 1.0;
        assert!((likely[0] - (-0.75_f32).exp() / all).abs() < 1e-6, "{likely:?}");
        assert!((likely[1] - 2.25_f32.exp() / all).abs() < 1e-6, "{likely:?}");
        assert!(forest.choice(&Rows::default()).is_empty());
        // Far behind the best, one is no option any more.
        let far = Forest::parse(&"0<=0:2 -1 1\n".repeat(LOOKS[0] + 1)).expect("a table");
        assert_eq!(far.choice(&Rows::of([0.0, 1.0].chunks(1)))[0], 0.0);
        assert_eq!(chosen(vec![f32::MAX]), [1.0]);
    }

    #[test]
    fn a_table_is_written_as_it_is_read() {
        assert_eq!(Forest::parse(TABLE).expect("a table").table(), TABLE);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let deep = (0..=DEPTH).fold("1".to_owned(), |tree, _| format!("0<=0:2 1 {tree}"));
        let deep = deep.as_str();
        for table in [
            "x",
            "1<=2",
            "1<=2:0 1 2",
            "1<=2:9 1 2",
            "1<=2:1",
            "5 1<=2:1 3",
            deep,
        ] {
            assert!(Forest::parse(table).is_err(), "{table}");
        }
    }
}
