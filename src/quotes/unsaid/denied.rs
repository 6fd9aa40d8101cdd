//! What a sentence tells that somebody did not say, or not yet: denied, wanted, charged with, told of nobody.

use crate::quotes::lexicon::Traits;
use crate::quotes::namings::Naming;
use crate::quotes::patterns::Told;
use crate::quotes::sentence::Sentence;
use crate::quotes::tokens::Token;

use super::unreal::is_unreal;

/// Tokens of whom it is intended by that he says something.
const INTENDED: usize = 6;
/// Tokens from a word that says that something is not established to the cue.
const CHARGE: usize = 9;

/// Whether it is nobody who says it: `No official said`, `Neither Lima nor Cruz said`, `Nobody in the hall, Lima included, said`.
pub(in crate::quotes) fn is_of_nobody(sentence: &Sentence, speaker: &Naming, cue: usize) -> bool {
    let tokens = &sentence.tokens;
    let start = speaker.tokens.start;
    // "a No. 10 source said": a number.
    let is_no_one = |at: usize| {
        let next = tokens.get(at + 1);
        tokens[at].is(Traits::NO_ONE) && !next.is_some_and(|next| next.shape.is_number)
    };
    if start >= cue {
        return false;
    }
    if is_no_one(start) || start.checked_sub(1).is_some_and(is_no_one) {
        return true;
    }
    // "None of the aides said"; and not "Nobody left after Lima said".
    let end = speaker.tokens.end;
    let is_inside = || {
        let words = &tokens[1..start];
        words.first().is_some_and(|first| first.is(Traits::PREPOSITION))
            && words
                .last()
                .is_some_and(|link| link.is(Traits::PREPOSITION) && !link.is(Traits::SUBORDINATE))
            && words.iter().all(Token::is_word)
    };
    // "Nobody in the hall, Lima included, said", "Nobody there, including Lima, said"; and not "Nobody came, Lima said, calling it".
    let is_added = || {
        let acts = tokens[end].is(Traits::SAY.or(Traits::SMALL_VERB));
        let is_aside = tokens[start - 1].is_mark(',') && tokens[end].is_word() && !acts;
        tokens[cue - 1].is_mark(',') && (is_aside || tokens[start - 1].shape.ends_in_ing)
    };
    // "None of those hurt had paid the ferry, said": there a verb parts them.
    const PARTS: Traits = Traits::SMALL_VERB
        .or(Traits::CUE)
        .or(Traits::BUT_WHILE)
        .or(Traits::HE_SHE_THEY);
    let parts = |token: &Token| {
        let is_verb = token.is(PARTS) && !token.shape.ends_in_ing;
        is_verb || token.shape.ends_in_ed || token.is_mark(';')
    };
    is_no_one(0)
        && !tokens[0].is(Traits::DETERMINER)
        && (is_inside() || is_added())
        && !tokens[1..start].iter().any(parts)
}

/// Whether it is told to whom something was said and not by whom: `A la alcaldesa le dijeron que era «…»`.
pub(super) fn is_told_to(sentence: &Sentence, told: &Told, cue: usize) -> bool {
    let tokens = &sentence.tokens;
    let is = |at: usize, list: Traits| tokens[at].is(list);
    told.speaker.tokens.start == 1
        && told.speaker.tokens.end < cue
        && is(0, Traits::PREPOSITION)
        && is(cue - 1, Traits::OBJECT_PRONOUN)
}

/// Whether another wants that somebody says it: `Lima demanded that Cruz admit “…”`.
pub(super) fn is_demanded(sentence: &Sentence, told: &Told, cue: usize) -> bool {
    let tokens = &sentence.tokens;
    let start = told.speaker.tokens.start;
    let is_that = start > 1 && start < cue && tokens[start - 1].is(Traits::THAT);
    is_that && tokens[start - 2].is(Traits::INTENDED) && sentence.cue(start - 2).is_some()
}

/// Whether others say it of somebody: `Lima is said to be “…”`.
pub(super) fn is_hearsay(sentence: &Sentence, told: &Told) -> bool {
    let is = |at: Option<usize>, list: Traits| {
        at.and_then(|at| sentence.tokens.get(at))
            .is_some_and(|it| it.is(list))
    };
    told.cue.is_some_and(|(cue, _)| {
        is(cue.checked_sub(1), Traits::PASSIVE)
            && is(Some(cue + 1), Traits::TO)
            && told.speaker.tokens.end < cue
    })
}

/// Whether a sentence tells that somebody did not say, or has not said yet, what a cue leads to: `Lima has never said`.
pub(in crate::quotes) fn is_denied(sentence: &Sentence, cue: usize) -> bool {
    let is_intended = is_intended(&sentence.tokens, cue);
    is_intended || is_negated(&sentence.tokens[..cue]) || is_charge(sentence, cue) || is_unreal(sentence, cue)
}

/// Whether a cue stands right behind what is only intended: `has yet to say`, `urged Lima to say`, `stopped short of saying`, and
/// neither `two men wanted as witnesses said` nor `Planned Parenthood said`.
pub(super) fn is_intended(tokens: &[Token], cue: usize) -> bool {
    let is = |at: Option<usize>, list: Traits| at.is_some_and(|at| tokens[at].is(list));
    let before = |at: usize| at.checked_sub(1);
    if tokens[cue].shape.ends_in_ing {
        return is(before(cue), Traits::OF) && is(cue.checked_sub(2), Traits::SHORT);
    }
    let is_adverb = |at: &usize| tokens[*at].is(Traits::ADVERB) && !tokens[*at].is(Traits::TO);
    let adverbs = (0..cue).rev().take_while(is_adverb).count();
    let Some(to) = before(cue - adverbs).filter(|to| tokens[*to].is(Traits::TO)) else {
        return false;
    };
    const WHOM: Traits = Traits::OBJECT_PRONOUN
        .or(Traits::DETERMINER)
        .or(Traits::TITLE)
        .or(Traits::BODY_NOUN)
        .or(Traits::ROLE);
    let is_whom = |at: &usize| {
        let token = &tokens[*at];
        token.is_word() && !token.is(Traits::INTENDED) && (token.is(WHOM) || token.is_name())
    };
    let whom = (0..to).rev().take(INTENDED).take_while(is_whom).count();
    let intended = before(to - whom).map(|at| &tokens[at]);
    // "asked the council to explain": it has not.
    let asks = |word: &Token| whom > 0 && word.is(Traits::ASKED.or(Traits::NEVER_INVERTED));
    intended.is_some_and(|word| (word.is(Traits::INTENDED) || asks(word)) && !word.shape.is_capital)
}

/// Whether what stands right before a cue negates it.
pub(super) fn is_negated(before: &[Token]) -> bool {
    let helpers = before.iter().rev();
    let mut helpers = helpers.take_while(|token| token.is(Traits::ADVERB.or(Traits::NEGATOR)));
    helpers.any(|token| token.is(Traits::NEGATOR))
}

/// Whether a word that says that it is not established leads to a cue: `accused of saying`, `accused Cruz of saying`, `denied
/// that she had said`, `denied having said`, `declined to say`, `misquoted by the Ledger as saying`; and neither `the accused said`
/// nor `a man accused by Cruz said`.
pub(super) fn is_charge(sentence: &Sentence, cue: usize) -> bool {
    const LEADS: Traits = Traits::OF
        .or(Traits::WITH)
        .or(Traits::AS)
        .or(Traits::TO)
        .or(Traits::THAT)
        .or(Traits::HAVING);
    const BETWEEN: Traits = LEADS
        .or(Traits::BY)
        .or(Traits::HE_SHE_THEY)
        .or(Traits::OBJECT_PRONOUN)
        .or(Traits::DETERMINER)
        .or(Traits::SMALL_VERB)
        .or(Traits::ADVERB)
        .or(Traits::TITLE)
        .or(Traits::ROLE);
    let tokens = &sentence.tokens;
    let is_between = |token: &Token| token.is_word() && (token.is(BETWEEN) || token.is_name());
    let near = cue.saturating_sub(CHARGE)..cue;
    let walked = near
        .rev()
        .take_while(|at| tokens[*at].is(Traits::UNSAID) || is_between(&tokens[*at]));
    let Some(charge) = walked.into_iter().find(|at| tokens[*at].is(Traits::UNSAID)) else {
        return false;
    };
    // "the accused": a noun.
    let is_noun = charge > 0 && tokens[charge - 1].is(Traits::DETERMINER);
    let leads = tokens[charge + 1..cue].iter().any(|token| token.is(LEADS));
    let denies = tokens
        .get(charge + 1)
        .is_some_and(|next| next.is(Traits::HE_SHE_THEY));
    !is_noun && (leads || denies || tokens[cue].shape.ends_in_ing)
}
