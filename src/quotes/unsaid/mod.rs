//! Words that a text gives to somebody without telling that he said them.

mod denied;
mod unreal;
mod unvoiced;

pub(super) use denied::{is_denied, is_of_nobody};
pub(super) use unreal::is_unreal;
pub(super) use unvoiced::is_corrected;

use super::candidates::Candidate;
use super::ground::Ground;
use super::hints::Stretch;
use super::lexicon::{CueClass, Traits};
use super::namings::{Naming, NamingKind};
use super::patterns::{Form, Told};
use super::sentence::Sentence;
use super::subjects::{inverted, is_agentless, subject};
use super::tokens::Token;
use denied::{is_charge, is_demanded, is_hearsay, is_intended, is_negated, is_told_to};
use unreal::{is_announced, is_false_that, is_fiction, is_superseded, is_told_falsely};
use unvoiced::{
    is_anybodys, is_asked_about, is_carried, is_chanted, is_disowned, is_exchange, is_labelled_false,
    is_of_another, is_told_by_nobody, is_topic,
};

/// Tokens behind a naming in which its own cue is looked for.
const OWN_CUE: usize = 24;

/// Whether the text does not tell the words as said: then they are nobody's.
pub(super) fn is_nobodys(ground: &Ground<'_>, stretch: &Stretch<'_>, speaker: &Candidate) -> bool {
    let from = |told: &Told| if told.is_after { stretch.slot.before } else { 0 };
    let sentence = &ground.sentences[stretch.sentence];
    // "Lima says that nobody can shout “fire”": what she tells as unsaid she says herself.
    let reports = |told: &&Told| {
        let mut between = speaker.at.token..told.speaker.tokens.start;
        let tells =
            |at: usize| sentence.cue(at) == Some(CueClass::Say) && !sentence.tokens[at].is(Traits::UNSAID);
        speaker.at.sentence == stretch.sentence && between.any(tells)
    };
    let told = stretch.told.as_ref().filter(|told| !reports(told));
    // "Lima did not mention Cruz, but told the crowd, “…”": what leads to the words tells more than another cue of his.
    let is_told = |told: &Told| told.cue.is_some() && told.speaker.tokens.start == speaker.at.token;
    let is_own = speaker.at.sentence == stretch.sentence && !told.is_some_and(is_told);
    let own = own_cue(sentence, speaker).filter(|_| is_own);
    if own.is_some_and(|cue| is_denied(sentence, cue)) {
        return true;
    }
    is_corrected(sentence, stretch)
        || is_passive(ground, stretch, speaker)
        || is_called_by_nobody(ground, stretch, speaker)
        || is_exchange(ground, stretch)
        || is_chanted(sentence, stretch)
        || is_carried(sentence, stretch.slot.before)
        || is_disowned(sentence, stretch.slot.before)
        || is_told_by_nobody(sentence, stretch)
        || is_of_another(sentence, stretch, speaker)
        || is_anybodys(sentence, stretch, speaker)
        || is_topic(sentence, stretch, speaker)
        || is_labelled_false(sentence, stretch)
        || (stretch.told.is_none() && is_asked_about(sentence, stretch.slot.before))
        || is_superseded(sentence)
        || told.is_some_and(|told| is_addressed(sentence, told))
        || told.is_some_and(|told| is_unsaid(sentence, told, from(told)))
}

/// The last cue that tells what somebody says, before any words in marks.
fn own_cue(sentence: &Sentence, speaker: &Candidate) -> Option<usize> {
    let first = sentence.runs.first()?.before;
    let is_own = |cue: &usize| {
        let own = || subject(sentence, *cue).is_some_and(|own| own.tokens.start == speaker.at.token);
        sentence.cue(*cue) == Some(CueClass::Say) && own()
    };
    (speaker.at.token..first).take(OWN_CUE).rfind(is_own)
}

/// Whether somebody named right behind words is asked or told them: `“…?” Lima was asked`, and not `“…,” Lima is quoted as saying`.
fn is_passive(ground: &Ground<'_>, stretch: &Stretch<'_>, speaker: &Candidate) -> bool {
    let sentence = &ground.sentences[stretch.sentence];
    let end = speaker.naming(ground.sentences).tokens.end;
    let is = |at: usize, list: Traits| sentence.tokens.get(at).is_some_and(|token| token.is(list));
    speaker.at.sentence == stretch.sentence
        && speaker.at.token >= stretch.slot.before
        && is(end, Traits::PASSIVE)
        && is(end + 1, Traits::NEVER_INVERTED)
        && sentence.cue(end + 1).is_some()
        && !is(end + 2, Traits::AS)
}

/// Whether a label tells to whom words are addressed, or where they were heard: `To Mayor Lima: “…”`, `on the Harbor Line: “…”`; and
/// neither `From Mayor Lima: “…”`, `Statement by the council: “…”` nor `through a spokesman: “…”`.
fn is_addressed(sentence: &Sentence, told: &Told) -> bool {
    let link = told
        .speaker
        .tokens
        .start
        .checked_sub(1)
        .map(|at| &sentence.tokens[at]);
    let link = link.filter(|_| !sentence.is_accorded(told.speaker.tokens.start));
    let is_body = told.speaker.kind == NamingKind::Body;
    const WHOSE: Traits = Traits::FROM.or(Traits::BY).or(Traits::OF);
    let is_aside =
        |link: &Token| link.is(Traits::TO) || (is_body && link.is(Traits::PREPOSITION) && !link.is(WHOSE));
    // "On Mayor Lima: “…”": a topic.
    let is_topic = |link: &Token| {
        told.speaker.tokens.start == 1 && link.is(Traits::PREPOSITION) && !link.is(WHOSE.or(Traits::LOCATIVE))
    };
    told.form == Form::Label && link.is_some_and(|link| is_aside(link) || is_topic(link))
}

/// Whether it is not told who calls something so or who tells it: `Lima has been described as “…”`, `Lima was told that it was “…”`,
/// and not `Cruz wrote that Lima was called “…”`.
fn is_called_by_nobody(ground: &Ground<'_>, stretch: &Stretch<'_>, speaker: &Candidate) -> bool {
    let sentence = &ground.sentences[stretch.sentence];
    let tokens = &sentence.tokens;
    let told = stretch.told.as_ref().filter(|told| !told.is_after);
    let right_before = || {
        stretch
            .slot
            .before
            .checked_sub(1)
            .filter(|_| stretch.told.is_none())
    };
    let Some(cue) = told
        .and_then(|told| told.cue)
        .map(|(cue, _)| cue)
        .or_else(right_before)
    else {
        return false;
    };
    // "was told the pier was “…”", "heard from engineers that it was “…”": the words are those of others.
    let is_told = tokens[cue].is(Traits::NEVER_INVERTED) && !tokens[cue].is(Traits::READS);
    let takes_it = sentence.cue(cue) == Some(CueClass::Think)
        && tokens.get(cue + 1).is_some_and(|from| from.is(Traits::FROM));
    if takes_it && speaker.at.sentence == stretch.sentence {
        return true;
    }
    if !is_told && sentence.cue(cue) != Some(CueClass::Call) {
        return false;
    }
    // "was called “…” by landlords": whoever they are, it is not whom they call so.
    let is_passive = is_agentless(sentence, cue, tokens.len())
        || (is_agentless(sentence, cue, cue)
            && speaker.at.token < cue
            && tokens[cue..].iter().any(|it| it.is(Traits::BY)));
    let own = |at: usize| {
        let does = |naming: &Naming| naming.tokens.start == speaker.at.token;
        let says = matches!(sentence.cue(at), Some(CueClass::Say | CueClass::Call));
        says && (subject(sentence, at).as_ref().is_some_and(does)
            || inverted(sentence, at).as_ref().is_some_and(does))
    };
    let tells = |at: usize| at != cue && (own(at) || sentence.is_accorded(speaker.at.token));
    let is_told = speaker.at.sentence == stretch.sentence && (0..tokens.len()).any(tells);
    is_passive && !is_told
}

/// Whether a sentence tells that somebody did not say the words, or does not tell that he did: `Lima never said`, `neither
/// Lima nor Cruz said`, `if Lima says`, `Lima was accused of saying`. `from` is where what tells it begins.
pub(super) fn is_unsaid(sentence: &Sentence, told: &Told, from: usize) -> bool {
    let tokens = &sentence.tokens;
    let Some((cue, _)) = told.cue.filter(|(cue, _)| *cue >= from) else {
        return false;
    };
    if is_negated(&tokens[from..cue]) {
        return true;
    }
    let opens = told.speaker.tokens.start.checked_sub(1).map(|at| &tokens[at]);
    let is_open = opens.is_some_and(|opens| opens.is(Traits::NEITHER.or(Traits::CONDITIONAL)));
    (is_open && !told.is_after)
        || is_of_nobody(sentence, &told.speaker, cue)
        || is_told_to(sentence, told, cue)
        || is_demanded(sentence, told, cue)
        || is_false_that(sentence, told)
        || is_told_falsely(sentence, told)
        || is_fiction(sentence)
        || is_hearsay(sentence, told)
        || is_intended(tokens, cue)
        || is_charge(sentence, cue)
        || (is_unreal(sentence, cue) && !is_announced(sentence, told))
}
