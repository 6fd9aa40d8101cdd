//! What the tool that fits the forests (`tests/tools/fit_quotes.rs`) sees of the chapter.

use std::ops::Range;

pub use super::features::Row;
use super::judge;
pub use super::judge::Forests;
use crate::model::quote::Quote;
use crate::model::tongue::Tongue;
use crate::trees::Rows;

/// The quotes of a text by the judgement of some forests.
#[must_use]
pub fn find(text: &str, forests: &Forests) -> Vec<Quote> {
    super::find_by(forests, (text, &[], None), Tongue::English)
}

/// The marked stretches of one text with everything measured of them.
pub struct Cases {
    cases: Vec<judge::Case>,
    /// The bytes between the marks of each stretch, paragraph by paragraph.
    pub pieces: Vec<Vec<Range<usize>>>,
    /// The bytes of each candidate's naming, by stretch.
    pub mentions: Vec<Vec<Range<usize>>>,
}

impl Cases {
    /// Measures a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        super::with_ground(text, &[], Tongue::English, |ground| {
            let cases = judge::cases(&ground);
            let mention = |measured: &judge::Measured| {
                let naming = measured.candidate.naming(ground.sentences);
                let tokens = &ground.sentences[measured.candidate.at.sentence].tokens[naming.tokens.clone()];
                tokens[0].range.start..tokens[tokens.len() - 1].range.end
            };
            let mentions = cases
                .iter()
                .map(|case| case.candidates.iter().map(mention).collect());
            Self {
                pieces: ground
                    .stretches
                    .iter()
                    .map(|stretch| stretch.run.pieces.clone())
                    .collect(),
                mentions: mentions.collect(),
                cases,
            }
        })
    }

    /// The rows of the first forest, by stretch and candidate.
    #[must_use]
    pub fn first_rows(&self) -> Vec<Vec<Row>> {
        let rows = self
            .cases
            .iter()
            .map(|case| case.rows.iter().map(<[f32]>::to_vec).collect());
        rows.collect()
    }

    /// The rows of the second forest by stretch, for whom it is asked about, given what the first thinks.
    #[must_use]
    pub fn second_rows(&self, thought: &[Vec<f32>]) -> Vec<Vec<(usize, Row)>> {
        self.rows_of(thought, &judge::asked)
    }

    /// The same for everybody: what the second forest learns from.
    #[must_use]
    pub fn second_rows_of_all(&self, thought: &[Vec<f32>]) -> Vec<Vec<(usize, Row)>> {
        self.rows_of(thought, &|thought| (0..thought.len()).collect())
    }

    fn rows_of(&self, thought: &[Vec<f32>], asked: &dyn Fn(&[f32]) -> Vec<usize>) -> Vec<Vec<(usize, Row)>> {
        let indices = 0..self.cases.len();
        indices
            .map(|index| {
                let asked = asked(&thought[index]);
                let mut rows = Rows::default();
                judge::write_rows((&self.cases, thought), index, &asked, &mut rows);
                let rows: Vec<Row> = rows.iter().map(<[f32]>::to_vec).collect();
                asked.into_iter().zip(rows).collect()
            })
            .collect()
    }

    /// The rows of the forest that tells speech, given what the second thinks.
    #[must_use]
    pub fn speech_rows(&self, thought: &[Vec<f32>]) -> Vec<Row> {
        let cases = self.cases.iter().zip(thought);
        cases
            .map(|(case, thought)| judge::speech_row(case, thought).to_vec())
            .collect()
    }
}
