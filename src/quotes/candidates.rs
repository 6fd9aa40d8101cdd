//! Who might have said the words of a marked stretch: the namings around it.

use super::hints::{At, Stretch, told_at};
use super::namings::Naming;
use super::sentence::Sentence;

/// The most candidates of one stretch.
const MOST: usize = 24;
/// Sentences before and after in the same paragraph, and before in the paragraph before, that are looked at.
pub(super) const BEFORE: usize = 4;
const AFTER: usize = 2;
const PARAGRAPH_BEFORE: usize = 2;

/// A naming that may be the speaker's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) at: At,
    pub(super) is_weak: bool,
    /// Its position among the namings (or the weak ones) of its sentence.
    pub(super) position: usize,
}

impl Candidate {
    pub(super) fn naming<'a>(&self, sentences: &'a [Sentence]) -> &'a Naming {
        let sentence = &sentences[self.at.sentence];
        let namings = if self.is_weak {
            &sentence.weak
        } else {
            &sentence.namings
        };
        &namings[self.position]
    }
}

/// The candidates of a stretch, those of its own sentence first; `earlier` is who may be speaking on.
pub(super) fn candidates(sentences: &[Sentence], stretch: &Stretch<'_>, earlier: &[At]) -> Vec<Candidate> {
    let own = stretch.sentence;
    let paragraph = sentences[own].paragraph;
    let mut found = Vec::with_capacity(MOST);
    add(sentences, own, true, &mut found);
    let before = (0..own).rev().take(BEFORE);
    let mut in_paragraph_before = 0;
    for index in before {
        match paragraph - sentences[index].paragraph {
            0 => add(sentences, index, false, &mut found),
            1 if in_paragraph_before < PARAGRAPH_BEFORE => {
                in_paragraph_before += 1;
                add(sentences, index, false, &mut found);
            }
            _ => break,
        }
    }
    // The words may end some sentences on, where a run goes over paragraphs.
    let last = *stretch.run.paragraphs.last().unwrap_or(&paragraph);
    let after = (own + 1..sentences.len()).take_while(|index| sentences[*index].paragraph <= last);
    for index in after.take(AFTER + stretch.run.pieces.len()) {
        add(sentences, index, false, &mut found);
    }
    for at in earlier.iter().copied().chain(told_at(stretch)) {
        if !found.iter().any(|candidate| candidate.at == at) {
            found.extend(find(sentences, at));
        }
    }
    found
}

fn add(sentences: &[Sentence], index: usize, with_weak: bool, found: &mut Vec<Candidate>) {
    let sentence = &sentences[index];
    let weak: &[Naming] = if with_weak { &sentence.weak } else { &[] };
    for (is_weak, namings) in [(false, sentence.namings.as_slice()), (true, weak)] {
        let room = MOST.saturating_sub(found.len());
        found.extend(
            namings
                .iter()
                .enumerate()
                .take(room)
                .map(|(position, naming)| Candidate {
                    at: At {
                        sentence: index,
                        token: naming.tokens.start,
                    },
                    is_weak,
                    position,
                }),
        );
    }
}

/// The candidate whose naming stands at a place.
pub(super) fn find(sentences: &[Sentence], at: At) -> Option<Candidate> {
    let sentence = &sentences[at.sentence];
    let among = |namings: &[Naming]| namings.iter().position(|naming| naming.tokens.start == at.token);
    let (is_weak, position) = match among(&sentence.namings) {
        Some(position) => (false, position),
        None => (true, among(&sentence.weak)?),
    };
    Some(Candidate {
        at,
        is_weak,
        position,
    })
}
