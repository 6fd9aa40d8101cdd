//! What the page says of its text elsewhere: headline, summaries, linked data.

use super::{Builder, NONE};
use crate::extract::boilerplate::bare;
use crate::extract::main_content::Clues;
use crate::extract::main_content::linked_body::Words;

/// Letters of a summary and a paragraph that must be the same for them to be.
const SUMMARY_LETTERS: usize = 30;

/// What the page says of its text elsewhere.
pub(super) struct Told {
    title: String,
    summaries: Vec<String>,
}

impl Told {
    pub(super) fn new(clues: &Clues<'_>) -> Self {
        Self {
            title: clues.title.map(bare).unwrap_or_default(),
            summaries: clues.descriptions.iter().map(|summary| bare(summary)).collect(),
        }
    }

    pub(super) fn about(&self, pieces: &Words, at: usize, row: &mut Builder) {
        let words = pieces.bare[at].as_str();
        row.flag("is the headline", !self.title.is_empty() && words == self.title);
        let is_summary = |summary: &String| {
            let shorter = words.len().min(summary.len());
            shorter >= SUMMARY_LETTERS && words.as_bytes()[..shorter] == summary.as_bytes()[..shorter]
        };
        row.flag("is the summary", self.summaries.iter().any(is_summary));
        row.push(
            "in the linked data",
            pieces
                .is_said(at)
                .map_or(NONE, |is_said| f32::from(u8::from(is_said))),
        );
    }
}
