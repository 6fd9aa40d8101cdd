//! Quotation marks: which stretches of a text stand inside them.
//!
//! Marks are paired within a paragraph. A stretch left open at a paragraph's end goes on in the next one if
//! that begins with an opening mark of the same kind; else it ends there, so that one lost mark never
//! swallows the rest of a text. Single marks are told from apostrophes by what stands around them.

mod dashes;
mod pairing;
mod reading;
#[cfg(test)]
mod tests;
mod transcripts;

use std::ops::Range;

pub(super) use transcripts::is_aside;

use super::Paragraph;
use super::lexicon::Language;
use dashes::spoken_after_dash;
use pairing::paired;
use reading::{Family, Role, marks};
use transcripts::{is_transcript, label};

/// A stretch inside marks: one piece, or more where it goes on over paragraphs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Run {
    /// The bytes between the marks, one range for each paragraph.
    pub(super) pieces: Vec<Range<usize>>,
    /// The marks with what is between them, in the same order.
    pub(super) outer: Vec<Range<usize>>,
    /// The index of the paragraph each piece stands in.
    pub(super) paragraphs: Vec<usize>,
    /// Whether a closing mark was found.
    pub(super) is_closed: bool,
}

impl Run {
    /// Whether a comma stands right behind the closing mark.
    pub(super) fn has_comma_behind(&self, text: &str) -> bool {
        self.outer
            .last()
            .is_some_and(|outer| text[outer.end..].starts_with(','))
    }

    /// One of one piece, as most are.
    fn of(paragraph: usize, outer: Range<usize>, inner: Range<usize>, is_closed: bool) -> Self {
        Self {
            pieces: vec![inner],
            outer: vec![outer],
            paragraphs: vec![paragraph],
            is_closed,
        }
    }

    /// Takes one more piece.
    fn add(&mut self, paragraph: usize, outer: Range<usize>, inner: Range<usize>, is_closed: bool) {
        self.pieces.push(inner);
        self.outer.push(outer);
        self.paragraphs.push(paragraph);
        self.is_closed = is_closed;
    }
}

/// The stretches inside marks of a text whose paragraphs are given.
pub(super) fn runs(language: &Language, text: &str, paragraphs: &[Paragraph]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let is_transcript = is_transcript(text, paragraphs);
    // The family of the run that the paragraph before left open, and which it is.
    let mut left_open: Option<(Family, usize)> = None;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let range = paragraph.range.clone();
        let spoken = spoken_after_dash(language, text, range.clone());
        if !spoken.is_empty() {
            let mut run = Run::default();
            for (outer, inner) in spoken {
                // No dash before it: a new sentence, which is a quote of its own.
                if outer.start == inner.start && !run.pieces.is_empty() {
                    runs.push(std::mem::take(&mut run));
                }
                run.add(index, outer, inner, true);
            }
            runs.push(run);
            left_open = None;
            continue;
        }
        // A line without a letter is one of a table, whose marks say "as above".
        let has_words = text[range.clone()].contains(char::is_alphabetic);
        let marks = if has_words {
            marks(language, text, range.clone())
        } else {
            Vec::new()
        };
        // A caption stands between two paragraphs of the text and parts nothing.
        let open = left_open.take_if(|_| !paragraph.is_aside);
        let continued = open.filter(|(family, _)| {
            marks.first().is_some_and(|mark| {
                mark.family == *family
                    && mark.role != Some(Role::Closes)
                    && text[range.start..mark.range.start].trim().is_empty()
            })
        });
        let found = paired(text, &marks, range).into_iter();
        let found = found.filter(|(_, inner, ..)| !inner.is_empty());
        for (position, (mut outer, mut inner, family, is_closed)) in found.enumerate() {
            let begins = position == 0 && text[paragraph.range.start..outer.start].trim().is_empty();
            // A transcript inside marks: who speaks is told and not said.
            let label = if begins && is_transcript {
                label(&text[inner.clone()])
            } else {
                0
            };
            if label > 0 {
                inner.start += label;
                outer.start = inner.start;
            } else if begins && is_aside(&text[inner.clone()]) {
                continue;
            }
            let run = match continued.filter(|_| position == 0 && label == 0) {
                Some((_, run)) => {
                    runs[run].add(index, outer, inner, is_closed);
                    run
                }
                None => {
                    runs.push(Run::of(index, outer, inner, is_closed));
                    runs.len() - 1
                }
            };
            if !is_closed && !paragraph.is_aside {
                left_open = Some((family, run));
            }
        }
    }
    runs
}
