//! Who answers within a sentence, and for whom something is so: `Lima told Cruz, who shot back: “…”`, `For Lima, however, “…”`.

use super::super::candidates::{self, Candidate};
use super::super::ground::Ground;
use super::super::hints::{At, Stretch};
use super::super::lexicon::Traits;
use super::super::namings::{Naming, NamingKind};
use super::super::sentence::Sentence;

/// How likely on somebody is who answers so, and for whom something is so.
const ANSWERS: f32 = 0.8;
/// Tokens from "who" to the colon behind what he does.
const ANSWER: usize = 6;
/// Tokens of what parts somebody from what is so for him: `by contrast`.
const ASIDE: usize = 4;

/// Who says the words behind others of the same sentence: whom these were told (`Lima told Cruz, who shot back: “…”`), or who replies to them
/// (`to which she replied, “…”`).
pub(super) fn replies(ground: &Ground<'_>, stretch: &Stretch<'_>) -> Option<(Candidate, f32)> {
    let sentence = &ground.sentences[stretch.sentence];
    let slot = stretch.slot.before;
    let is_second = sentence.runs.iter().any(|run| run.before < slot);
    let answers = || shoots_back(sentence, slot).or_else(|| replies_to_which(sentence, slot));
    at(ground, stretch, is_second.then(answers)??)
}

/// The token "who" right behind whom somebody told something, before what he does and a colon.
fn shoots_back(sentence: &Sentence, slot: usize) -> Option<usize> {
    let tokens = &sentence.tokens;
    let colon = slot.checked_sub(1).filter(|at| tokens[*at].is_mark(':'))?;
    const HUMAN: Traits = Traits::RELATIVE.or(Traits::HUMAN);
    let is_who = |at: &usize| tokens[*at].traits.only(HUMAN) == HUMAN && tokens[*at].is(Traits::RELATIVE);
    let who = (colon.saturating_sub(ANSWER)..colon).rev().find(is_who)?;
    let comma = who.checked_sub(1).filter(|at| tokens[*at].is_mark(','))?;
    let whom = sentence.namings.iter().find(|whom| whom.tokens.end == comma)?;
    let told = whom
        .tokens
        .start
        .checked_sub(1)
        .filter(|at| tokens[*at].is(Traits::NEVER_INVERTED))?;
    // "told Cruz, who said Neves shouted:": another may be meant.
    let mut others = sentence.namings.iter().filter(|other| other.tokens.start > who);
    let goes_on = tokens[who + 1..colon]
        .iter()
        .all(|token| token.is_word() && !token.is(Traits::THAT));
    let follows_words = sentence.runs.iter().any(|run| run.before <= told);
    (goes_on && follows_words && others.next().is_none()).then_some(who)
}

/// Who does what stands between "to which" and words.
fn replies_to_which(sentence: &Sentence, slot: usize) -> Option<usize> {
    let tokens = &sentence.tokens;
    let cue = (0..slot)
        .rev()
        .find(|at| tokens[*at].is_word())
        .filter(|cue| slot - cue <= 2)?;
    let mut namings = sentence.namings.iter().chain(&sentence.weak);
    let naming = namings.find(|naming| naming.tokens.end == cue && sentence.cue(cue).is_some())?;
    is_to_which(sentence, naming).then_some(naming.tokens.start)
}

/// Whether "to which" stands right before a naming.
pub(in crate::quotes) fn is_to_which(sentence: &Sentence, naming: &Naming) -> bool {
    let before = &sentence.tokens[..naming.tokens.start];
    matches!(before, [.., to, which] if to.is(Traits::TO) && which.is(Traits::RELATIVE))
}

/// For whom something is so, as a sentence tells that begins with him and goes on in marks: `For Sheriff Lima, however, “it is a waste.”`
pub(super) fn for_whom(ground: &Ground<'_>, stretch: &Stretch<'_>) -> Option<(Candidate, f32)> {
    let sentence = &ground.sentences[stretch.sentence];
    let (tokens, slot) = (&sentence.tokens, stretch.slot.before);
    let leads = tokens.first()?.is(Traits::BLAMES.or(Traits::TO));
    let whom = sentence
        .naming_from(1)
        .filter(|_| leads && stretch.told.is_none())?;
    let is_somebody = matches!(whom.kind, NamingKind::Person | NamingKind::Role);
    let aside = tokens.get(whom.tokens.end..slot)?;
    const OTHERS: Traits = Traits::SMALL_VERB.or(Traits::CUE).or(Traits::DETERMINER);
    let is_aside = matches!(aside, [first, .., last] if first.is_mark(',') && last.is_mark(','))
        && aside.len() <= ASIDE + 1
        && aside
            .iter()
            .skip(1)
            .all(|token| !token.is(OTHERS) && !token.is_name());
    let is_comma = matches!(aside, [comma] if comma.is_mark(','));
    (is_somebody && stretch.ends_sentence && (is_comma || is_aside))
        .then(|| at(ground, stretch, whom.tokens.start))?
}

fn at(ground: &Ground<'_>, stretch: &Stretch<'_>, token: usize) -> Option<(Candidate, f32)> {
    let place = At {
        sentence: stretch.sentence,
        token,
    };
    candidates::find(ground.sentences, place).map(|speaker| (speaker, ANSWERS))
}
