//! A paragraph as sentences: the words outside marks, and where among them each marked stretch stands.

use std::ops::Range;

use super::lexicon::{CueClass, Language, Traits};
use super::marks::Run;
use super::namings::{Naming, namings, weak_namings};
use super::tokens::{Token, add_tokens};

/// The longest sentence: whatever a page holds, work on one is bounded.
const MAX_TOKENS: usize = 300;
/// The most marked stretches of one sentence, for the same reason.
const MAX_RUNS: usize = 40;
/// Bytes after a marked stretch that are looked at for who said it.
const AFTER: usize = 240;
/// Bytes of a stretch without an end that are looked at for who said it.
const UNCLOSED: usize = 2000;
/// Words in small letters before a naming that describe who is named.
const DESCRIBED: usize = 2;

/// A sentence with its marked stretches taken out.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// The paragraph it stands in.
    pub(super) paragraph: usize,
    /// The words outside marks.
    pub(super) tokens: Vec<Token>,
    /// The namings in them.
    pub(super) namings: Vec<Naming>,
    /// Pronouns that seldom name who speaks.
    pub(super) weak: Vec<Naming>,
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
pub(super) fn cut(
    language: &Language,
    text: &str,
    paragraph: usize,
    range: Range<usize>,
    marked: &[Marked],
    sentences: &mut Vec<Sentence>,
) {
    let mut cutter = Cutter {
        language,
        paragraph,
        sentences,
        tokens: Vec::new(),
        runs: Vec::new(),
    };
    let mut at = range.start;
    for (position, stretch) in marked.iter().enumerate() {
        cutter.add(text, at..stretch.outer.start.max(at));
        cutter.runs.push(Slot {
            before: cutter.tokens.len(),
            run: stretch.run,
            piece: stretch.piece,
        });
        // A comma belongs to the words on whichever side of the mark it is printed.
        at = stretch.outer.end + usize::from(text[stretch.outer.end..range.end].starts_with(','));
        let next = marked
            .get(position + 1)
            .map_or(range.end, |next| next.outer.start);
        if cutter.runs.len() >= MAX_RUNS || ends_after(language, text, stretch, at..next.max(at)) {
            cutter.cut();
        }
    }
    cutter.add(text, at..range.end.max(at));
    cutter.cut();
}

struct Cutter<'a> {
    language: &'a Language,
    paragraph: usize,
    sentences: &'a mut Vec<Sentence>,
    tokens: Vec<Token>,
    runs: Vec<Slot>,
}

impl Cutter<'_> {
    fn add(&mut self, text: &str, range: Range<usize>) {
        let mut added = Vec::new();
        add_tokens(self.language, text, range, &mut added);
        let mut added = added.into_iter().peekable();
        while let Some(token) = added.next() {
            // "?!" and "..." are one end.
            let ends = token.ends_sentence() && !added.peek().is_some_and(Token::ends_sentence);
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
        let namings = namings(&tokens, &breaks);
        self.sentences.push(Sentence {
            paragraph: self.paragraph,
            weak: weak_namings(&tokens, &namings),
            namings,
            runs: std::mem::take(&mut self.runs),
            tokens,
        });
    }
}

/// Whether a sentence ends with a marked stretch; `gap` is what stands between it and the next one.
fn ends_after(language: &Language, text: &str, stretch: &Marked, gap: Range<usize>) -> bool {
    let inner =
        text[stretch.inner.clone()].trim_end_matches(|c: char| c.is_whitespace() || "’'”\")".contains(c));
    let Some(last) = inner
        .chars()
        .last()
        .filter(|last| matches!(last, '.' | '!' | '?' | '…'))
    else {
        return false;
    };
    let end = gap.end.min(text.ceil_char_boundary(gap.start + AFTER));
    let mut after = Vec::new();
    add_tokens(language, text, gap.start..end, &mut after);
    let Some(first) = after.first() else { return true };
    if first.is_dash() || first.is_mark(',') || first.is_mark(';') {
        return false;
    }
    let begins_new = !first.is_word() || first.shape.is_capital;
    begins_new && !begins_attribution(&after, last)
}

/// Whether words after a stretch that ended a sentence still tell who said it: `“Why?” Lima asked.`
fn begins_attribution(after: &[Token], last: char) -> bool {
    let named = namings(&after[..after.len().min(24)], &[]);
    let Some(naming) = named.first().filter(|naming| naming.tokens.start == 0) else {
        return false;
    };
    let mut at = naming.tokens.end;
    while after.get(at).is_some_and(|token| token.is(Traits::ADVERB)) {
        at += 1;
    }
    let is_cue = after.get(at).is_some_and(|token| token.is(Traits::SAY));
    let ends_soon = after[at.min(after.len())..]
        .iter()
        .take(4)
        .any(Token::ends_sentence);
    is_cue && (last != '.' || ends_soon)
}

/// Ends what no mark closes where the words go on with who said them: `“The dam was inspected, Renner said.`
pub(super) fn end_unclosed(language: &Language, text: &str, runs: &mut [Run]) {
    for run in runs.iter_mut().filter(|run| !run.is_closed) {
        let (Some(piece), Some(outer)) = (run.pieces.last_mut(), run.outer.last_mut()) else {
            continue;
        };
        let mut tokens = Vec::new();
        let end = piece.end.min(text.floor_char_boundary(piece.start + UNCLOSED));
        add_tokens(language, text, piece.start..end, &mut tokens);
        let parts = |token: &Token| token.is_mark(',') || token.ends_sentence();
        let last = (0..tokens.len()).find(|at| parts(&tokens[*at]) && tells_speaker(&tokens[at + 1..]));
        if let Some(last) = last {
            piece.end = tokens[last].range.end;
            outer.end = piece.end;
        }
    }
}

/// Whether words begin with who said what stands before: `said Renner`, `engineer Paula Renner said`.
fn tells_speaker(after: &[Token]) -> bool {
    let first = after
        .iter()
        .take_while(|token| token.is_word() && token.traits == Traits::NONE);
    let described = first.filter(|token| !token.shape.is_capital).count();
    if described <= DESCRIBED && begins_attribution(&after[described.min(after.len())..], ',') {
        return true;
    }
    let is_cue = after.first().is_some_and(|token| token.is(Traits::SAY));
    is_cue
        && namings(&after[1..after.len().min(12)], &[])
            .first()
            .is_some_and(|it| it.tokens.start == 0)
}

impl Sentence {
    /// The cue at a token, if it is one.
    pub(super) fn cue(&self, index: usize) -> Option<CueClass> {
        let token = self.tokens.get(index).filter(|token| token.is(Traits::CUE))?;
        // "the report", "Lima's call", "The Post": nouns and names that look like cues. Words in marks
        // between part what they would belong to.
        let before = index.checked_sub(1).map(|before| &self.tokens[before]);
        let is_noun = before.is_some_and(|before| {
            (before.is(Traits::DETERMINER) && !before.is(Traits::ALSO_PRONOUN))
                || (before.is_word() && before.shape.is_possessive)
        });
        let is_name = token.shape.is_capital && index > 0;
        if is_name || (is_noun && !self.runs.iter().any(|slot| slot.before == index)) {
            return None;
        }
        Some(if token.is(Traits::SAY) {
            CueClass::Say
        } else if token.is(Traits::CALL) {
            CueClass::Call
        } else {
            CueClass::Think
        })
    }

    /// How many tokens "according to" has, if it begins at a token.
    pub(super) fn according(&self, index: usize) -> Option<usize> {
        let is = |at: usize, word| self.tokens.get(at).is_some_and(|token| token.is(word));
        match () {
            () if is(index, Traits::ACCORDING_ALONE) => Some(1),
            () if is(index, Traits::ACCORDING) && is(index + 1, Traits::TO) => Some(2),
            () => None,
        }
    }

    /// Whether "according to" stands right before a token.
    pub(super) fn is_accorded(&self, index: usize) -> bool {
        (1..=2).any(|length| index >= length && self.according(index - length) == Some(length))
    }

    /// The naming that begins at a token.
    pub(super) fn naming_from(&self, index: usize) -> Option<&Naming> {
        let position = self
            .namings
            .binary_search_by_key(&index, |naming| naming.tokens.start);
        position.ok().map(|position| &self.namings[position])
    }
}
