//! Who does what a verb tells that stands in the passive, and whom a verb tells to be thanked or blamed for it.

use crate::quotes::lexicon::{CueClass, Traits};
use crate::quotes::namings::Naming;
use crate::quotes::sentence::Sentence;

/// Who does what a verb in the passive says right before words or before "as" and "whether": `praised by Lima as`. Whoever asks only
/// asks, but for what he asks whether it is so.
pub(in crate::quotes) fn agent(sentence: &Sentence, cue: usize) -> Option<Naming> {
    let tokens = &sentence.tokens;
    tokens.get(cue + 1).filter(|by| by.is(Traits::BY))?;
    let agent = sentence.naming_from(cue + 2)?;
    let end = behind_body(sentence, agent.tokens.end);
    let next = |list: Traits| tokens.get(end).is_some_and(|next| next.is(list));
    // "accused by Lima of being “…”", "accused by Lima of “…”".
    let behind = tokens.get(end + 1);
    let follow_words = |at: usize| sentence.runs.iter().any(|slot| slot.before == at);
    let is_charge =
        next(Traits::OF) && (behind.is_some_and(|behind| behind.shape.ends_in_ing) || follow_words(end + 1));
    let leads_on = next(Traits::AS) || follow_words(end);
    let leads_on = next(Traits::CONDITIONAL.or(Traits::THAT))
        || is_charge
        || (leads_on && !tokens[cue].is(Traits::ASKED));
    let says = matches!(sentence.cue(cue), Some(CueClass::Say | CueClass::Call));
    // "was told by Lima that".
    let is_told = tokens[cue].is(Traits::COMMON_SAY) && tokens[cue].is(Traits::NEVER_INVERTED);
    (says && (tokens[cue].shape.ends_in_ed || is_told) && leads_on).then(|| agent.clone())
}

/// The token behind the body that somebody is of, where "as" follows it: `described by Lima of the Harbor Board as`.
fn behind_body(sentence: &Sentence, end: usize) -> usize {
    let is = |at: usize, list: Traits| sentence.tokens.get(at).is_some_and(|token| token.is(list));
    let body = sentence.naming_from(end + 1).filter(|_| is(end, Traits::OF));
    let behind = body.map(|body| body.tokens.end);
    behind.filter(|behind| is(*behind, Traits::AS)).unwrap_or(end)
}

/// Whether somebody does behind "by" what a verb says: `used by Lima`.
pub(in crate::quotes) fn is_passive(sentence: &Sentence, cue: usize) -> bool {
    let by = sentence.tokens.get(cue + 1).is_some_and(|by| by.is(Traits::BY));
    by && sentence.tokens[cue].shape.ends_in_ed && sentence.naming_from(cue + 2).is_some()
}

/// Whether a verb stands in the passive and nobody is named before a token who does it: `were told that`, `was described as`.
pub(in crate::quotes) fn is_agentless(sentence: &Sentence, cue: usize, end: usize) -> bool {
    let tokens = &sentence.tokens;
    const IRREGULAR: Traits = Traits::NEVER_INVERTED.or(Traits::COMMON_SAY);
    let verb = &tokens[cue];
    let is_irregular = verb.is(IRREGULAR) && !verb.is(Traits::READS) && !verb.shape.ends_in_ing;
    let is_adverb = |at: &usize| tokens[*at].is(Traits::ADVERB) && !tokens[*at].is(Traits::PASSIVE);
    let helper = (0..cue).rev().find(|at| !is_adverb(at)).map(|at| &tokens[at]);
    let is_passive = helper.is_some_and(|it| it.is(Traits::PASSIVE) && !it.shape.ends_in_ing);
    (verb.shape.ends_in_ed || is_irregular)
        && is_passive
        && !tokens[cue..end.max(cue)].iter().any(|token| token.is(Traits::BY))
}

/// Who is thanked or blamed for what he says: `Lima thanked Cruz for calling it “…”`.
pub(in crate::quotes) fn blamed(sentence: &Sentence, cue: usize) -> Option<Naming> {
    let tokens = &sentence.tokens;
    let link = cue.checked_sub(1).filter(|at| tokens[*at].is(Traits::BLAMES))?;
    let mut namings = sentence.namings.iter();
    let blamed = namings.find(|naming| naming.tokens.end == link)?;
    let verb = blamed.tokens.start.checked_sub(1)?;
    let does =
        tokens[verb].is(Traits::CUE.or(Traits::NEVER_INVERTED)) && !tokens[verb].is(Traits::PREPOSITION);
    (tokens[cue].shape.ends_in_ing && does).then(|| blamed.clone())
}
