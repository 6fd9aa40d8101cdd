//! Words given as somebody's.

use super::span::Span;

/// A quote in one text: content, cue and source in the terms of PARC 3.0.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// How the words are given.
    pub kind: QuoteKind,
    /// The words, as a list because a cue may interrupt them; without the marks.
    pub content: Vec<Span>,
    /// The stretches that stand inside marks (for a direct quote the same as `content`).
    pub fragments: Vec<Span>,
    /// Who is named as saying them, and how that was read; `None` where the text does not tell.
    pub attribution: Option<Attribution>,
    /// How sure it is that these are words said or written by somebody, from 0 to 1.
    pub confidence: f32,
}

impl Quote {
    /// The words as one string, pieces joined by a space.
    pub fn words(&self, text: &str) -> String {
        let pieces: Vec<&str> = self.content.iter().map(|span| span.slice(text)).collect();
        pieces.join(" ")
    }

    /// The stretch from the first word to the last, whatever stands between.
    pub fn hull(&self) -> Option<Span> {
        let first = self.content.first()?;
        let last = self.content.last()?;
        Some(first.hull(*last))
    }
}

/// How words are given (PARC 3.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuoteKind {
    /// All words stand in marks.
    Direct,
    /// A reported clause with words in marks inside.
    Mixed,
    /// A reported clause without marks.
    Indirect,
}

impl QuoteKind {
    const ALL: [QuoteKind; 3] = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect];

    /// The name used in rows and JSON.
    pub fn code(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Mixed => "mixed",
            QuoteKind::Indirect => "indirect",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Who a text names as the speaker of a quote.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// The reporting word or phrase ("said", "according to").
    pub cue: Option<Span>,
    /// The words that name the speaker beside the quote ("she", "the mayor", "McLaughlin").
    pub mention: Span,
    /// The fullest naming of the same person or body in the text, where `mention` is not it.
    pub antecedent: Option<Span>,
    /// The rule that chose the mention.
    pub rule: &'static str,
    /// How sure the choice is, from 0 to 1.
    pub confidence: f32,
}
