//! Whose a whole naming is that the judge takes a part or a neighbour of: an office behind a name, an owner, "who" and "that".

use super::super::candidates::{self, Candidate};
use super::super::ground::Ground;
use super::super::hints::{At, Stretch, told_at};
use super::super::lexicon::{CueClass, Traits};
use super::super::namings::{Naming, NamingKind};
use super::super::patterns::Form;
use super::super::tokens::Token;

/// Who is named right behind words and a comma before his office, where the judge takes that: `“…,” Ana Lima, vice president of the board told us`.
pub(super) fn named_with_office(
    ground: &Ground<'_>,
    stretch: &Stretch<'_>,
    judged: (Candidate, f32),
) -> Option<(Candidate, f32)> {
    let sentence = &ground.sentences[stretch.sentence];
    let named = sentence
        .naming_from(stretch.slot.before)
        .filter(|it| it.kind == NamingKind::Person)?;
    let comma = named.tokens.end;
    let office = judged.0.naming(ground.sentences);
    let is_office = judged.0.at.sentence == stretch.sentence
        && judged.0.at.token == comma + 1
        && matches!(office.kind, NamingKind::Role | NamingKind::Weak)
        && sentence.tokens.get(comma).is_some_and(|it| it.is_mark(','));
    let is_of_one = !sentence.tokens[office.tokens.end - 1].is(Traits::PLURAL_ROLE);
    // "Calling it “…,” Ana Lima, her lawyer said, drove home": who speaks stands between commas there.
    let cue = (office.tokens.end..sentence.tokens.len()).find(|at| sentence.cue(*at).is_some());
    let is_open = cue.is_some_and(|cue| !sentence.tokens.get(cue + 1).is_some_and(|it| it.is_mark(',')));
    let at = At {
        sentence: stretch.sentence,
        token: named.tokens.start,
    };
    (is_office && is_of_one && is_open)
        .then(|| candidates::find(ground.sentences, at))?
        .map(|named| (named, judged.1))
}

/// Who stands right behind "that" or "which" and says something of it, where the judge takes that word: `a town that some have called the “…”`.
pub(super) fn behind_relative(ground: &Ground<'_>, judged: (Candidate, f32)) -> Option<(Candidate, f32)> {
    let (sentence, at) = (&ground.sentences[judged.0.at.sentence], judged.0.at.token);
    let tokens = &sentence.tokens;
    let is_link =
        tokens[at].is(Traits::THAT.or(Traits::WHO)) && judged.0.naming(ground.sentences).tokens.len() == 1;
    let mut namings = sentence.namings.iter().chain(&sentence.weak).filter(|_| is_link);
    let speaker = namings.find(|it| it.tokens.start == at + 1)?;
    const HELPS: Traits = Traits::SMALL_VERB.or(Traits::ADVERB);
    let helps = tokens[speaker.tokens.end..]
        .iter()
        .take_while(|it| it.is(HELPS) && !it.is(Traits::CUE))
        .count();
    let place = At {
        sentence: judged.0.at.sentence,
        token: at + 1,
    };
    let says = matches!(
        sentence.cue(speaker.tokens.end + helps),
        Some(CueClass::Say | CueClass::Call)
    );
    says.then(|| candidates::find(ground.sentences, place))?
        .map(|speaker| (speaker, judged.1))
}

/// Lima,`, `said her opponent, Lima`; and who is named in the passive: `was called “…” by Lima`.
pub(super) fn apposed(
    ground: &Ground<'_>,
    stretch: &Stretch<'_>,
    judged: (Candidate, f32),
) -> Option<(Candidate, f32)> {
    let told = stretch.told.as_ref()?;
    let (start, own) = (told.speaker.tokens.start, judged.0.at);
    let is_before = |from: usize| own.sentence == stretch.sentence && (from..start).contains(&own.token);
    let is_meant = match (told.form, told.cue) {
        (Form::Called, None) => told.is_after,
        (Form::AccordingTo | Form::CueThenSpeaker, Some((cue, _))) => is_before(cue),
        (Form::SpeakerThenCue | Form::CueBefore, _) => {
            let naming = judged.0.naming(ground.sentences);
            let tokens = &ground.sentences[stretch.sentence].tokens;
            // "her opponent, Lima, said", "an inspector named Lima wrote".
            let is_linked = naming.tokens.end + 1 == start
                && (told.form == Form::SpeakerThenCue || tokens[naming.tokens.end].is(Traits::TERM));
            is_linked && is_before(if told.is_after { stretch.slot.before } else { 0 })
        }
        (Form::ReportedBefore | Form::Called, Some(_)) => {
            own.sentence == stretch.sentence && is_named_beside(ground, &told.speaker, judged.0)
        }
        _ => false,
    };
    let speaker = candidates::find(ground.sentences, told_at(stretch)?)?;
    (is_meant && speaker.at != own).then_some((speaker, judged.1))
}

/// be named, said it “…”`.
pub(super) fn source(
    ground: &Ground<'_>,
    stretch: &Stretch<'_>,
    judged: (Candidate, f32),
) -> Option<(Candidate, f32)> {
    let told = stretch.told.as_ref()?;
    let tokens = &ground.sentences[stretch.sentence].tokens;
    let who = judged.0.at.token;
    let behind = told.speaker.tokens.end;
    // "A clerk close to Lima, who asked".
    let is_who = judged.0.at.sentence == stretch.sentence
        && tokens[who].is(Traits::RELATIVE)
        && behind < who
        && tokens[who - 1].is_mark(',')
        && tokens[behind..who - 1].iter().all(Token::is_word)
        && (behind + 1 == who || told.speaker.kind == NamingKind::Role);
    let is_closed = |cue: usize| cue > who && tokens[who..cue].iter().any(|token| token.is_mark(','));
    let is_meant = told.form == Form::AccordingTo || told.cue.is_some_and(|(cue, _)| is_closed(cue));
    (is_who && is_meant)
        .then(|| candidates::find(ground.sentences, told_at(stretch)?))?
        .map(|speaker| (speaker, judged.1))
}

/// Who is named between the words and their cue, where the judge takes a part of his naming: `“…,” the letter to Lima said`.
pub(super) fn named_whole(
    ground: &Ground<'_>,
    stretch: &Stretch<'_>,
    judged: (Candidate, f32),
) -> Option<(Candidate, f32)> {
    let told = stretch.told.as_ref().filter(|told| told.is_after)?;
    let (cue, _) = told.cue?;
    let sentence = &ground.sentences[stretch.sentence];
    let lead = sentence
        .tokens
        .get(stretch.slot.before..told.speaker.tokens.start)?;
    let begins = lead.iter().all(|token| !token.is_word()) || told.form == Form::SpeakerThenCue;
    let is_within = (stretch.slot.before..cue).contains(&judged.0.at.token);
    let speaker = candidates::find(ground.sentences, told_at(stretch)?)?;
    (begins && is_within && judged.0.at.sentence == stretch.sentence).then_some((speaker, judged.1))
}

/// Whose people are told to say words, where the judge takes whoever they are of: `Ms. Lima’s lawyers said`.
pub(super) fn owned(
    ground: &Ground<'_>,
    stretch: &Stretch<'_>,
    judged: (Candidate, f32),
) -> Option<(Candidate, f32)> {
    let told = stretch.told.as_ref()?;
    let owner = &judged.0.naming(ground.sentences).tokens;
    let tokens = &ground.sentences[stretch.sentence].tokens;
    let is_part = judged.0.at.sentence == stretch.sentence
        && told.speaker.tokens.start == owner.start
        && owner.end < told.speaker.tokens.end;
    let is_owner = is_part && tokens[owner.end - 1].shape.is_possessive;
    let naming = ground.sentences[stretch.sentence]
        .namings
        .iter()
        .position(|it| it.tokens == told.speaker.tokens);
    let people = naming.filter(|_| is_owner).map(|position| Candidate {
        at: judged.0.at,
        is_weak: false,
        position,
    });
    people.map(|people| (people, judged.1))
}

/// Whether a name stands beside the words for whom the judge takes: `a clerk named Ana Lima wrote`, `Harbor Watch, a campaign group, said`.
fn is_named_beside(ground: &Ground<'_>, name: &Naming, judged: Candidate) -> bool {
    let tokens = &ground.sentences[judged.at.sentence].tokens;
    let noun = judged.naming(ground.sentences);
    let is_noun = matches!(noun.kind, NamingKind::Role | NamingKind::Weak)
        && tokens[noun.tokens.start].is(Traits::DETERMINER);
    let is_name = matches!(name.kind, NamingKind::Person | NamingKind::Body);
    let is_behind = noun.tokens.end + 1 == name.tokens.start && tokens[noun.tokens.end].is(Traits::TERM);
    let is_comma = |at: usize| tokens.get(at).is_some_and(|token| token.is_mark(','));
    let is_before =
        name.tokens.end + 1 == noun.tokens.start && is_comma(name.tokens.end) && is_comma(noun.tokens.end);
    is_noun && is_name && (is_behind || is_before)
}
