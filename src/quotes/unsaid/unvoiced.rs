//! Words that nobody who is named gives as his own: those of a crowd, on a sign, about a topic, or that somebody will not have.

use crate::quotes::candidates::Candidate;
use crate::quotes::ground::Ground;
use crate::quotes::hints::Stretch;
use crate::quotes::lexicon::{CueClass, Traits};
use crate::quotes::patterns::is_in_lead;
use crate::quotes::sentence::Sentence;
use crate::quotes::subjects::begun_behind;
use crate::quotes::tokens::Token;

/// Marks that open and close words.
const OPENING: [char; 4] = ['“', '"', '‘', '«'];

const CLOSING: [char; 4] = ['”', '"', '’', '»'];
/// Tokens before words in which it is told that somebody will not have them, and from "not" to what is not fit to be done.
const DISOWNED: usize = 10;

const NOT_FAIR: usize = 3;
/// Tokens of `never used the word`.
const NEVER_USED: usize = 4;

/// Tokens from a thing that bears words to what tells so.
const CARRIED: usize = 4;

/// Whether words are what a crowd shouts: `Chants of “…” filled the square`, `interrupted by shouts of “…”`, and not `led chants of “…”`.
pub(super) fn is_chanted(sentence: &Sentence, stretch: &Stretch<'_>) -> bool {
    let tokens = &sentence.tokens;
    let [before @ .., noun, of] = &tokens[..stretch.slot.before] else {
        return false;
    };
    let is_led = before.last().is_none_or(|before| before.is(Traits::BY));
    of.is(Traits::OF) && noun.is(Traits::SHOUTS) && is_led
}

/// Whether somebody is what the words are about: `On Mayor Lima: “…”`, `About the pier: “…”`.
pub(super) fn is_topic(sentence: &Sentence, stretch: &Stretch<'_>, speaker: &Candidate) -> bool {
    const WHOSE: Traits = Traits::FROM
        .or(Traits::BY)
        .or(Traits::OF)
        .or(Traits::TO)
        .or(Traits::LOCATIVE);
    let tokens = &sentence.tokens;
    let slot = stretch.slot.before;
    let is_led = tokens
        .first()
        .is_some_and(|first| first.is(Traits::PREPOSITION) && !first.is(WHOSE));
    let is_label = slot
        .checked_sub(1)
        .is_some_and(|colon| tokens[colon].is_mark(':'))
        && tokens[..slot - 1].iter().all(Token::is_word)
        && (0..slot).all(|at| sentence.cue(at).is_none());
    let is_within = speaker.at.sentence == stretch.sentence && speaker.at.token <= 1;
    stretch.told.is_none() && is_led && is_label && is_within
}

/// Whether a label says that nobody should believe the words: `Myth: “…”`.
pub(super) fn is_labelled_false(sentence: &Sentence, stretch: &Stretch<'_>) -> bool {
    let lead = &sentence.tokens[..stretch.slot.before];
    matches!(lead, [label, colon] if label.is(Traits::FAKE) && colon.is_mark(':'))
}

/// Whether somebody who is not told says words, where another does something of whom the sentence tells: `Lima played, and someone shouted, “…”`.
pub(super) fn is_anybodys(sentence: &Sentence, stretch: &Stretch<'_>, speaker: &Candidate) -> bool {
    let slot = stretch.slot.before;
    let says = |at: &usize| sentence.cue(*at) == Some(CueClass::Say);
    let cue = (speaker.at.token + 1..slot).rfind(says);
    let is_before = speaker.at.sentence == stretch.sentence && speaker.at.token < slot;
    let begun = cue
        .filter(|_| is_before && stretch.told.is_none())
        .and_then(|cue| begun_behind(sentence, speaker.at.token, cue));
    begun.is_some_and(|begun| sentence.tokens[begun].is(Traits::SOMEBODY))
}

/// Whether words are those that somebody will not have: `never used the word “…”`, `bristled at the word “…”`, `pushed back on suggestions
/// that it was “…”`, `said it was not fair to call it “…”`.
pub(super) fn is_disowned(sentence: &Sentence, slot: usize) -> bool {
    let tokens = &sentence.tokens[..slot];
    // Words in marks before these have verbs of their own, and so has what a comma parts.
    let words = sentence
        .runs
        .iter()
        .map(|run| run.before)
        .rfind(|run| *run < slot);
    let mark = tokens
        .iter()
        .rposition(|token| !token.is_word())
        .map_or(0, |mark| mark + 1);
    let from = words.unwrap_or_default().max(mark);
    let near = slot.saturating_sub(DISOWNED).max(from)..slot;
    let is_rejected = near.clone().any(|at| tokens[at].is(Traits::REJECTS));
    let is_term = tokens.last().is_some_and(|last| last.is(Traits::TERM));
    let never = slot.saturating_sub(NEVER_USED).max(from)..slot;
    let is_never = never.into_iter().any(|at| tokens[at].is(Traits::NEGATOR));
    // "suggestions that it was".
    const CLAIMS: Traits = Traits::NOUN_CUE.or(Traits::PAPER);
    // "Lima’s claim that it was": it is hers.
    let is_owned = |noun: usize| {
        noun.checked_sub(1)
            .is_some_and(|owner| tokens[owner].shape.is_possessive)
    };
    // "denied it in a statement that", "with a claim that": that is his own; "a report that called it": what stands in it.
    const OWN: Traits = Traits::WITHIN.or(Traits::WITH).or(Traits::BY);
    let rejected = near.clone().rfind(|at| tokens[*at].is(Traits::REJECTS));
    let is_object = |noun: usize| {
        let between = rejected.and_then(|verb| tokens.get(verb + 1..noun));
        between.is_some_and(|between| !between.iter().any(|token| token.is(OWN)))
    };
    let is_clause = |that: usize| {
        tokens
            .get(that + 1)
            .is_some_and(|next| !next.is(Traits::CUE.or(Traits::SMALL_VERB)))
    };
    let suggests = |at: &usize| {
        let noun = at
            .checked_sub(1)
            .filter(|_| tokens[*at].is(Traits::THAT) && is_clause(*at));
        noun.is_some_and(|noun| tokens[noun].is(CLAIMS) && !is_owned(noun) && is_object(noun))
    };
    let is_suggested = || {
        let that = near.clone().rev().find(suggests);
        that.is_some_and(|that| !(that + 1..slot).any(|at| sentence.cue(at) == Some(CueClass::Say)))
    };
    (is_term && (is_rejected || is_never))
        || (is_rejected && is_suggested())
        || is_not_to_call(sentence, slot)
}

/// Whether something is told not to be fit to be called so: `not fair to call the ferry “…”`.
fn is_not_to_call(sentence: &Sentence, slot: usize) -> bool {
    let tokens = &sentence.tokens;
    let near = slot.saturating_sub(DISOWNED)..slot;
    let calls = |at: &usize| sentence.cue(*at) == Some(CueClass::Call);
    let to = near.rev().find(calls).and_then(|cue| cue.checked_sub(1));
    let to = to.filter(|to| tokens[*to].is(Traits::TO));
    to.is_some_and(|to| {
        let before = tokens[..to].iter().rev().take(NOT_FAIR);
        let mut words = before.take_while(|token| token.is_word());
        words.any(|token| token.is(Traits::NEGATOR))
    })
}

/// Whether words stand in a question that is told before who answers it: `Asked whether it was “…,” Lima said no`.
pub(super) fn is_asked_about(sentence: &Sentence, slot: usize) -> bool {
    let asks = sentence
        .tokens
        .first()
        .is_some_and(|first| first.is(Traits::ASKED));
    asks && is_in_lead(sentence, slot)
}

/// Whether words are what somebody was told by another who is not named: `recalled being told that it was “…”`, and neither `recalled being
/// told by Cruz that it was “…”` nor `being told is “…,” said Lima`.
pub(super) fn is_told_by_nobody(sentence: &Sentence, stretch: &Stretch<'_>) -> bool {
    let tokens = &sentence.tokens[..stretch.slot.before];
    let is_told = |at: &usize| {
        let is_being = |helper: usize| tokens[helper].is(Traits::PASSIVE) && tokens[helper].shape.ends_in_ing;
        tokens[*at].is(Traits::ADDRESSES) && at.checked_sub(1).is_some_and(is_being)
    };
    let cue = (0..tokens.len()).rev().find(|at| sentence.cue(*at).is_some());
    let leads = |cue: usize| tokens.get(cue + 1).is_none_or(|that| that.is(Traits::THAT));
    let is_said_behind = stretch.told.as_ref().is_some_and(|told| told.is_after);
    !is_said_behind && cue.filter(is_told).is_some_and(leads)
}

/// Whether one of several who have no names says words behind a colon: `Another is blunter: “…”` is not who spoke before.
pub(super) fn is_of_another(sentence: &Sentence, stretch: &Stretch<'_>, speaker: &Candidate) -> bool {
    let slot = stretch.slot.before;
    let is_other = speaker.at.sentence != stretch.sentence && stretch.told.is_none();
    matches!(&sentence.tokens[..slot], [first, verb, .., colon]
        if is_other && first.is(Traits::ANOTHER) && verb.is(Traits::SMALL_VERB.or(Traits::CUE)) && colon.is_mark(':'))
}

/// Whether words stand on a thing that somebody holds or wears: `held signs outside that read “…” and “…”`, `a mug that said “…”`,
/// `T-shirts reading “…”`.
pub(super) fn is_carried(sentence: &Sentence, slot: usize) -> bool {
    let tokens = &sentence.tokens;
    let joins = |at: &usize| tokens[*at].is(Traits::AND) || tokens[*at].is_mark(',');
    let joined = (0..slot).rev().take_while(joins).count();
    let cue = (slot - joined).checked_sub(1);
    let Some(cue) = cue.filter(|cue| *cue > 1 && sentence.cue(*cue) == Some(CueClass::Say)) else {
        return false;
    };
    let noun_end = if tokens[cue].shape.ends_in_ing {
        cue
    } else {
        cue - 1
    };
    let is_linked = tokens[cue].shape.ends_in_ing || tokens[cue - 1].is(Traits::THAT.or(Traits::RELATIVE));
    const PARTS: Traits = Traits::SMALL_VERB.or(Traits::CUE).or(Traits::HE_SHE_THEY);
    let mut near = tokens[..noun_end].iter().rev().take(CARRIED);
    let carrier = near.find(|token| !token.is_word() || token.is(PARTS.or(Traits::CARRIER)));
    is_linked && carrier.is_some_and(|token| token.is(Traits::CARRIER))
}

/// Whether two whole stretches stand side by side, the first a question, and nothing tells who asks and who answers: `“All of it?” “All
/// of it.”`
pub(super) fn is_exchange(ground: &Ground<'_>, stretch: &Stretch<'_>) -> bool {
    let is_bare = stretch.told.is_none() && stretch.begins_sentence && stretch.ends_sentence;
    let (Some(first), Some(last)) = (stretch.run.outer.first(), stretch.run.outer.last()) else {
        return false;
    };
    let asks = |words: &str| {
        let words = words.trim_end_matches(CLOSING);
        words.ends_with('?')
    };
    let (before, behind) = (&ground.text[..first.start], &ground.text[last.end..]);
    let before_on_line = before.trim_end_matches(' ');
    let follows = before_on_line.ends_with(CLOSING) && asks(before_on_line);
    let leads = behind.trim_start_matches(' ').starts_with(OPENING) && asks(&ground.text[last.clone()]);
    is_bare && (follows || leads)
}

/// Whether "not" stands right before words, behind other words that were said: `“…,” not “…”`.
pub(in crate::quotes) fn is_corrected(sentence: &Sentence, stretch: &Stretch<'_>) -> bool {
    let at = stretch.slot.before.checked_sub(1);
    let is_not = at.is_some_and(|at| sentence.tokens[at].is(Traits::NEGATOR));
    is_not && sentence.runs.iter().any(|other| Some(other.before) == at)
}
