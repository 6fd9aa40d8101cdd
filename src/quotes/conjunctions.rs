//! Which conjunction leads from a cue to what it reports, and which stands inside that already.
//!
//! A clause behind “that” which is not the cue's own may be the opposite of what is said (`said the town had not shown that the
//! pier is safe`), so it is never taken for it.

use super::lexicon::Traits;
use super::sentence::Sentence;
use super::tokens::Token;

/// Tokens from a cue to its conjunction, with who was told, when and where between.
const TO_THAT: usize = 12;
/// Tokens of when something was said: `this past week`.
const WHEN: usize = 3;

/// The conjunction of a cue among the tokens from one to another: nothing where the first one there belongs to a clause that has begun
/// before it, or tells which thing is meant.
pub(super) fn conjunction(sentence: &Sentence, cue: usize, from: usize, end: usize) -> Option<usize> {
    let tokens = &sentence.tokens;
    let that = (from..end.min(from + TO_THAT)).find(|at| tokens[*at].is(Traits::THAT))?;
    let has_begun = || {
        let is_subject = takes_no_object(&tokens[cue]) && begins_subject(&tokens[from..that]);
        is_subject || holds_clause(sentence, from, that) || is_relative(sentence, cue, that)
    };
    (that == from || !has_begun()).then_some(that)
}

/// Whether what stands behind a cue is its clause, and nobody whom it is said to.
const fn takes_no_object(cue: &Token) -> bool {
    cue.is(Traits::PLAIN) && !cue.is(Traits::ADDRESSES)
}

/// Whether words begin with what a clause is about: `the town had not`, and neither `this week` nor `Tuesday night`.
fn begins_subject(words: &[Token]) -> bool {
    const SUBJECTS: Traits = Traits::DETERMINER
        .or(Traits::HE_SHE_THEY)
        .or(Traits::IT)
        .or(Traits::ROLE)
        .or(Traits::TITLE);
    const TIMES: Traits = Traits::WHEN.or(Traits::TIME_NOUN);
    let is_when = words.iter().take(WHEN).any(|token| token.is(TIMES));
    let first = words
        .first()
        .filter(|first| first.is_word() && !first.is(Traits::PREPOSITION));
    first.is_some_and(|first| first.is(SUBJECTS) || first.is_name()) && !is_when
}

/// Whether a clause begins among some tokens: a verb stands there that somebody does. What stands between two commas is an aside.
fn holds_clause(sentence: &Sentence, from: usize, that: usize) -> bool {
    let tokens = &sentence.tokens;
    let is_aside = that > from + 1 && tokens[from].is_mark(',') && tokens[that - 1].is_mark(',');
    const DOES: Traits = Traits::SMALL_VERB.or(Traits::HE_SHE_THEY);
    let does = |at: usize| {
        let token = &tokens[at];
        let leads_on = token.shape.ends_in_ed && tokens[at + 1].is(Traits::TO);
        let is_verb = token.is(DOES) && !token.shape.ends_in_ing;
        is_verb || leads_on || sentence.cue(at).is_some_and(|_| !token.shape.ends_in_ing)
    };
    !is_aside && (from..that).any(does)
}

/// Whether a verb right behind “that” makes it tell which thing is meant: `before a panel that has sat for years`. Behind whom something is
/// told, and behind when, it may be what is spoken of (`told reporters that was wrong`).
fn is_relative(sentence: &Sentence, cue: usize, that: usize) -> bool {
    let tokens = &sentence.tokens;
    const TIMES: Traits = Traits::WHEN.or(Traits::TIME_NOUN);
    let is_thing = tokens[that - 1].is_word() && !tokens[that - 1].is(TIMES);
    let next = tokens[that + 1..].iter().find(|token| !is_adverb(token));
    let acts = next.is_some_and(|next| {
        next.is_word() && !next.shape.is_capital && (next.is(Traits::SMALL_VERB) || next.shape.ends_in_ed)
    });
    !tokens[cue].is(Traits::ADDRESSES) && is_thing && acts
}

const fn is_adverb(token: &Token) -> bool {
    token.is(Traits::ADVERB) && !token.is(Traits::SMALL_VERB)
}
