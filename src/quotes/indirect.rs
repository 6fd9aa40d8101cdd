//! Reported clauses without marks: `Lima said that the ferry would run`, `The ferry would run, Lima said`.

use super::assembly::{span_of, stance};
use super::features::Ground;
use super::lexicon::{CueClass, Traits};
use super::namings::Naming;
use super::patterns::{inverted, subject};
use super::sentence::Sentence;
use crate::model::quote::{Attribution, Quote, QuoteKind};
use crate::model::span::Span;

/// Words of a clause below which nothing is reported.
const SHORTEST: usize = 4;

/// The indirect quotes of sentences that hold no words in marks.
pub(super) fn find(ground: &Ground<'_>) -> Vec<Quote> {
    let plain = ground
        .sentences
        .iter()
        .filter(|sentence| sentence.runs.is_empty());
    plain.filter_map(|sentence| reported(ground, sentence)).collect()
}

struct Reported {
    speaker: Naming,
    cue: (usize, usize),
    /// The tokens of the clause.
    clause: std::ops::Range<usize>,
    rule: &'static str,
    confidence: f32,
}

fn reported(ground: &Ground<'_>, sentence: &Sentence) -> Option<Quote> {
    let text = ground.text;
    let found = according(sentence)
        .or_else(|| after_clause(sentence))
        .or_else(|| before_clause(sentence))?;
    let words = sentence.tokens[found.clause.clone()]
        .iter()
        .filter(|token| token.is_word())
        .count();
    if words < SHORTEST {
        return None;
    }
    let last = found
        .clause
        .clone()
        .rev()
        .find(|index| sentence.tokens[*index].is_word())?;
    let start = sentence.tokens[found.clause.start].range.start;
    let content = Span::of(text, start..sentence.tokens[last].range.end)?;
    let (cue, length) = found.cue;
    Some(Quote {
        kind: QuoteKind::Indirect,
        content: vec![content],
        fragments: Vec::new(),
        attribution: Some(Attribution {
            cue: span_of(text, sentence, &(cue..cue + length)),
            stance: stance(ground.language, sentence, cue),
            mention: span_of(text, sentence, &found.speaker.tokens)?,
            antecedent: None,
            rule: found.rule,
            confidence: found.confidence,
        }),
        confidence: found.confidence,
    })
}

/// `According to Lima, the ferry would run`, `The ferry would run, according to Lima`.
fn according(sentence: &Sentence) -> Option<Reported> {
    let (cue, length) =
        (0..sentence.tokens.len()).find_map(|index| Some((index, sentence.according(index)?)))?;
    let speaker = sentence.naming_from(cue + length)?.clone();
    let clause = if cue == 0 {
        let comma =
            (speaker.tokens.end..sentence.tokens.len()).find(|index| sentence.tokens[*index].is_mark(','))?;
        comma + 1..sentence.tokens.len()
    } else {
        0..cue
    };
    Some(Reported {
        speaker,
        cue: (cue, length),
        clause,
        rule: "indirect_according_to",
        confidence: 0.7,
    })
}

/// `The ferry would run, Lima said.`
fn after_clause(sentence: &Sentence) -> Option<Reported> {
    let tokens = &sentence.tokens;
    let cue = (0..tokens.len())
        .rev()
        .take(12)
        .find(|index| sentence.cue(*index) == Some(CueClass::Say))?;
    let (speaker, end) = match inverted(sentence, cue).filter(|_| cue > 0 && tokens[cue - 1].is_mark(',')) {
        Some(speaker) => (speaker, cue),
        None => {
            let speaker = subject(sentence, cue).filter(|naming| naming.tokens.end <= cue)?;
            let end = speaker.tokens.start;
            (speaker, end)
        }
    };
    let comma = end.checked_sub(1).filter(|index| tokens[*index].is_mark(','))?;
    let ends_soon = tokens.len() - cue <= 10;
    ends_soon.then_some(Reported {
        speaker,
        cue: (cue, 1),
        clause: 0..comma,
        rule: "indirect_after",
        confidence: 0.7,
    })
}

/// `Lima said that the ferry would run.`
fn before_clause(sentence: &Sentence) -> Option<Reported> {
    let tokens = &sentence.tokens;
    let cue = (0..tokens.len()).find(|index| sentence.cue(*index) == Some(CueClass::Say))?;
    let speaker = subject(sentence, cue).filter(|naming| naming.tokens.end <= cue)?;
    let that = (cue + 1..tokens.len().min(cue + 12)).find(|index| tokens[*index].is(Traits::THAT));
    let is_plain = tokens[cue].is(Traits::PLAIN);
    let start = match that {
        Some(that) => that,
        None if is_plain => cue + 1,
        None => return None,
    };
    let confidence = if that.is_some() { 0.7 } else { 0.6 };
    (start < tokens.len()).then_some(Reported {
        speaker,
        cue: (cue, 1),
        clause: start..tokens.len(),
        rule: "indirect_before",
        confidence,
    })
}
