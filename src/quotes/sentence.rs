//! A paragraph as sentences: the words outside marks, and where among them each marked stretch stands.

use std::ops::Range;

use super::lexicon::{CueClass, LEXICON};
use super::namings::{Naming, namings};
use super::tokens::{Token, tokens};

/// The longest sentence: whatever a page holds, work on one is bounded.
const MAX_TOKENS: usize = 300;

/// Determiners that also stand alone, so that a verb may follow them.
const ALSO_PRONOUNS: [&str; 7] = ["that", "both", "all", "some", "many", "others", "this"];

/// A sentence with its marked stretches taken out.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// The paragraph it stands in.
    pub(super) paragraph: usize,
    /// The words outside marks.
    pub(super) tokens: Vec<Token>,
    /// The namings in them.
    pub(super) namings: Vec<Naming>,
    /// The marked stretches: the number of tokens before each, and which it is.
    pub(super) runs: Vec<Slot>,
}

/// Where a marked stretch stands in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    /// How many tokens of the sentence stand before it.
    pub(super) before: usize,
    /// The index of the run, and of its piece.
    pub(super) run: usize,
    pub(super) piece: usize,
}

/// A marked stretch in a paragraph: its bytes with the marks, and which it is.
#[derive(Clone, Debug)]
pub(super) struct Marked {
    pub(super) outer: Range<usize>,
    pub(super) inner: Range<usize>,
    pub(super) run: usize,
    pub(super) piece: usize,
}

/// Cuts a paragraph into sentences.
pub(super) fn sentences(text: &str, index: usize, range: Range<usize>, marked: &[Marked]) -> Vec<Sentence> {
    let mut cutter = Cutter {
        index,
        sentences: Vec::new(),
        tokens: Vec::new(),
        runs: Vec::new(),
    };
    let mut at = range.start;
    for (position, stretch) in marked.iter().enumerate() {
        cutter.add_tokens(tokens(text, at..stretch.outer.start.max(at)));
        cutter.runs.push(Slot {
            before: cutter.tokens.len(),
            run: stretch.run,
            piece: stretch.piece,
        });
        at = stretch.outer.end;
        let next = marked
            .get(position + 1)
            .map_or(range.end, |next| next.outer.start);
        if ends_after(text, stretch, at..next.max(at)) {
            cutter.cut();
        }
    }
    cutter.add_tokens(tokens(text, at..range.end.max(at)));
    cutter.cut();
    cutter.sentences
}

struct Cutter {
    index: usize,
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
    runs: Vec<Slot>,
}

impl Cutter {
    fn add_tokens(&mut self, added: Vec<Token>) {
        for token in added {
            let ends = token.ends_sentence();
            self.tokens.push(token);
            if ends || self.tokens.len() >= MAX_TOKENS {
                self.cut();
            }
        }
    }

    fn cut(&mut self) {
        if self.tokens.is_empty() && self.runs.is_empty() {
            return;
        }
        let tokens = std::mem::take(&mut self.tokens);
        let breaks: Vec<usize> = self.runs.iter().map(|slot| slot.before).collect();
        self.sentences.push(Sentence {
            paragraph: self.index,
            namings: namings(&tokens, &breaks),
            runs: std::mem::take(&mut self.runs),
            tokens,
        });
    }
}

/// Whether a sentence ends with a marked stretch; `gap` is what stands between it and the next one.
fn ends_after(text: &str, stretch: &Marked, gap: Range<usize>) -> bool {
    let inner =
        text[stretch.inner.clone()].trim_end_matches(|c: char| c.is_whitespace() || "’'”\")".contains(c));
    let Some(last) = inner
        .chars()
        .last()
        .filter(|last| matches!(last, '.' | '!' | '?' | '…'))
    else {
        return false;
    };
    let end = gap.end.min(text.ceil_char_boundary(gap.start + 400));
    let after = tokens(text, gap.start..end);
    let Some(first) = after.first() else { return true };
    if first.is_dash() || matches!(first.folded.as_str(), "," | ";") {
        return false;
    }
    let begins_new = !first.is_word || first.is_capital;
    begins_new && !begins_attribution(&after, last)
}

/// Whether words after a stretch that ended a sentence still tell who said it: `“Why?” Lima asked.`
fn begins_attribution(after: &[Token], last: char) -> bool {
    let named = namings(&after[..after.len().min(24)], &[]);
    let Some(naming) = named.first().filter(|naming| naming.tokens.start == 0) else {
        return false;
    };
    let mut at = naming.tokens.end;
    while after.get(at).is_some_and(|token| token.is("adverb")) {
        at += 1;
    }
    let is_cue = after
        .get(at)
        .is_some_and(|token| LEXICON.cue(&token.folded) == Some(CueClass::Say));
    let ends_soon = after[at.min(after.len())..]
        .iter()
        .take(4)
        .any(Token::ends_sentence);
    is_cue && (last != '.' || ends_soon)
}

impl Sentence {
    /// The cue at a token, if it is one.
    pub(super) fn cue(&self, index: usize) -> Option<CueClass> {
        let token = self.tokens.get(index).filter(|token| token.is_word)?;
        let class = LEXICON.cue(&token.folded)?;
        // "the report", "Lima's call", "The Post": nouns and names that look like cues. Words in marks
        // between part what they would belong to.
        let follows_marks = self.runs.iter().any(|slot| slot.before == index);
        let before = index
            .checked_sub(1)
            .filter(|_| !follows_marks)
            .map(|before| &self.tokens[before]);
        let is_noun = before.is_some_and(|before| {
            (before.is("determiner") && !ALSO_PRONOUNS.contains(&before.folded.as_str()))
                || before.folded.ends_with("'s")
        });
        let is_name = token.is_capital && index > 0;
        (!is_noun && !is_name).then_some(class)
    }

    /// Whether "according to" begins at a token.
    pub(super) fn according(&self, index: usize) -> bool {
        self.tokens
            .get(index)
            .is_some_and(|token| token.folded == "according")
            && self
                .tokens
                .get(index + 1)
                .is_some_and(|token| token.folded == "to")
    }

    /// The naming that begins at a token.
    pub(super) fn naming_from(&self, index: usize) -> Option<&Naming> {
        self.namings.iter().find(|naming| naming.tokens.start == index)
    }
}
