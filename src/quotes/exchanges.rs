//! Whose words are that stand alone between those of two who ask and answer.

use super::assembly::stance;
use super::candidates::{self, Candidate};
use super::ground::Ground;
use super::hints::{At, Stretch, told_at};
use super::lexicon::Traits;
use super::namings::NamingKind;
use super::speech::is_paragraph;
use super::subjects::subject;
use crate::model::quote::Stance;

/// How likely on somebody is whose turn it is.
const TURN: f32 = 0.6;

/// Whose turn it is where a paragraph holds nothing but words: who asked before asks again, and whoever is asked by name answers.
pub(super) fn speaker(ground: &Ground<'_>, stretch: &Stretch<'_>) -> Option<(Candidate, f32)> {
    if stretch.told.is_some() || !is_paragraph(ground, stretch) {
        return None;
    }
    let own = ground.sentences[stretch.sentence].paragraph;
    let before = told_in(ground, stretch, own.checked_sub(1)?)?;
    let at = if asks(ground, stretch) {
        asked_before(ground, stretch, before, own.checked_sub(2)?)?
    } else {
        addressee(ground, before)?
    };
    candidates::find(ground.sentences, at).map(|speaker| (speaker, TURN))
}

/// Who asked in the paragraph before the one in which another answered: `“Did you pay?” Lima asked.`, `“I did,” Cruz said.`, `“When?”`
fn asked_before(
    ground: &Ground<'_>,
    stretch: &Stretch<'_>,
    answer: &Stretch<'_>,
    paragraph: usize,
) -> Option<At> {
    let answerer = ground.person(told_at(answer)?)?;
    if asks(ground, answer) {
        return None;
    }
    let Some(question) = told_in(ground, stretch, paragraph) else {
        return asked_in_words(ground, paragraph, answerer);
    };
    let asker = told_at(question)?;
    let are_two = ground.person(asker)? != answerer;
    (are_two && (asks(ground, question) || replies(ground, answer))).then_some(asker)
}

/// Whether it is told that words answer others: `“It won’t be,” Lima responded`.
fn replies(ground: &Ground<'_>, answer: &Stretch<'_>) -> bool {
    let cue = answer.told.as_ref().and_then(|told| told.cue);
    let sentence = &ground.sentences[answer.sentence];
    cue.is_some_and(|(cue, _)| stance(ground.language, sentence, cue) == Some(Stance::Answered))
}

/// Who asks somebody something in a paragraph without words in marks: `Judge Cruz asked Lima whether she understood.`
fn asked_in_words(ground: &Ground<'_>, paragraph: usize, answerer: usize) -> Option<At> {
    let sentences = ground.sentences;
    let last = sentences
        .partition_point(|sentence| sentence.paragraph <= paragraph)
        .checked_sub(1)?;
    let sentence = sentences
        .get(last)
        .filter(|it| it.paragraph == paragraph && it.runs.is_empty())?;
    let is_asked = |cue: &usize| {
        let whom = sentence
            .naming_from(cue + 1)
            .filter(|_| sentence.tokens[*cue].is(Traits::ASKED));
        whom.and_then(|whom| ground.people.named(sentence, whom)) == Some(answerer)
    };
    let cue = (0..sentence.tokens.len()).find(is_asked)?;
    let asker = subject(sentence, cue)
        .filter(|asker| asker.tokens.end <= cue && asker.kind != NamingKind::Pronoun)?;
    Some(At {
        sentence: last,
        token: asker.tokens.start,
    })
}

/// Who is asked by name, with nothing behind it: `“Are those your words?” Lima asked Cruz.`
fn addressee(ground: &Ground<'_>, question: &Stretch<'_>) -> Option<At> {
    let sentence = &ground.sentences[question.sentence];
    let (cue, _) = question.told.as_ref().filter(|told| told.is_after)?.cue?;
    let asked = sentence
        .naming_from(cue + 1)
        .filter(|asked| asked.kind == NamingKind::Person)?;
    let ends = sentence.tokens[asked.tokens.end..]
        .iter()
        .all(|token| !token.is_word());
    let is_asked = sentence.tokens[cue].is(Traits::ASKED) && ends && asks(ground, question);
    is_asked.then_some(At {
        sentence: question.sentence,
        token: asked.tokens.start,
    })
}

/// The only words of a paragraph before a stretch, where it is told who said them.
fn told_in<'a>(ground: &'a Ground<'_>, stretch: &Stretch<'_>, paragraph: usize) -> Option<&'a Stretch<'a>> {
    let stretches = ground.stretches;
    let own = stretches.partition_point(|other| other.sentence < stretch.sentence);
    let paragraph_of = |stretch: &Stretch<'_>| ground.sentences[stretch.sentence].paragraph;
    let there = stretches[..own].partition_point(|other| paragraph_of(other) < paragraph);
    match &stretches[there..own] {
        [only] => Some(only),
        [first, second, ..] if paragraph_of(second) > paragraph => Some(first),
        _ => None,
    }
    .filter(|only| only.told.is_some() && paragraph_of(only) == paragraph)
}

/// Whether words end as a question does.
fn asks(ground: &Ground<'_>, stretch: &Stretch<'_>) -> bool {
    let last = stretch.run.pieces.last();
    last.is_some_and(|piece| ground.text[piece.clone()].trim_end().ends_with('?'))
}
