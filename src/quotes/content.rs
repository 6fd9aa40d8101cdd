//! What is reported: the words in marks alone, or a clause around them.

use std::ops::Range;

use super::conjunctions::conjunction;
use super::hints::Stretch;
use super::lexicon::Traits;
use super::patterns::{Form, Told};
use super::sentence::{Sentence, Slot};
use super::subjects::agent;
use super::tokens::Token;
use crate::model::span::Span;

/// Words before a name that say what he is.
const DESCRIBED: usize = 3;
/// Tokens of a label with its colon.
const LABEL: usize = 7;
/// Words before the noun of when or in what something was said.
const TIME: usize = 4;

/// Whether all that is reported stands in the marks.
pub(super) fn is_direct(text: &str, sentence: &Sentence, stretch: &Stretch<'_>, told: Option<&Told>) -> bool {
    let begins = stretch.begins_sentence || stretch.slot.before == 0;
    told.is_none_or(|told| match told.is_after {
        true if is_relative(sentence, stretch) || is_put_so(sentence, stretch) => true,
        true => {
            (begins || follows_label(text, sentence, stretch))
                && (told.is_adjacent || is_named_next(text, sentence, stretch, told))
        }
        false => told.is_adjacent || is_aside(sentence, told) || follows_colon(text, sentence, stretch),
    })
}

/// Whether a relative clause about the words tells who said them: `a quotation, “…,” that was said by Lima`.
fn is_relative(sentence: &Sentence, stretch: &Stretch<'_>) -> bool {
    let behind = sentence.tokens.get(stretch.slot.before);
    behind.is_some_and(|behind| behind.is(Traits::THAT.or(Traits::WHO)))
}

/// Whether behind words it is told how somebody put it: `“We are tired” was how Lima put it`.
fn is_put_so(sentence: &Sentence, stretch: &Stretch<'_>) -> bool {
    let behind = sentence.tokens.get(stretch.slot.before..);
    matches!(behind, Some([verb, how, ..]) if verb.is(Traits::SMALL_VERB) && how.is(Traits::QUESTION))
}

/// Whether nothing stands before the words but a label: `UPDATE, 3 p.m.: “…,” Lima said`.
fn follows_label(text: &str, sentence: &Sentence, stretch: &Stretch<'_>) -> bool {
    let lead = &sentence.tokens[..stretch.slot.before];
    let is_label = lead.len() <= LABEL
        && !lead
            .iter()
            .any(|token| token.is(Traits::CUE.or(Traits::SMALL_VERB)));
    is_label && follows_colon(text, sentence, stretch)
}

/// Whether a sentence of its own stands behind a colon: `Lima, who gave no reason, disagreed: “No.”`
fn follows_colon(text: &str, sentence: &Sentence, stretch: &Stretch<'_>) -> bool {
    let colon = stretch.slot.before.checked_sub(1);
    let words = stretch
        .run
        .pieces
        .first()
        .map_or("", |piece| text[piece.clone()].trim());
    colon.is_some_and(|colon| sentence.tokens[colon].is_mark(':')) && words.starts_with(char::is_uppercase)
}

/// Whether a comma parts a stretch from what reports it: inside the marks or right behind them.
pub(super) fn ends_in_comma(text: &str, stretch: &Stretch<'_>) -> bool {
    let last = stretch.run.pieces.last().map_or("", |piece| &text[piece.clone()]);
    last.trim_end_matches(['’', '\'', '”', ' ']).ends_with(',') || stretch.run.has_comma_behind(text)
}

/// Whether behind the comma nothing stands but what describes who is told: `“…,” county clerk Boyle said`.
fn is_named_next(text: &str, sentence: &Sentence, stretch: &Stretch<'_>, told: &Told) -> bool {
    let speaker = told.speaker.tokens.start;
    let start = told.cue.map_or(speaker, |(cue, _)| cue.min(speaker));
    let described = sentence
        .tokens
        .get(stretch.slot.before..start)
        .unwrap_or_default();
    ends_in_comma(text, stretch)
        && described.len() <= DESCRIBED
        && described
            .iter()
            .all(|token| token.is_word() && !token.shape.is_capital)
}

/// `as Lima put it`, which reports no clause.
fn is_aside(sentence: &Sentence, told: &Told) -> bool {
    let before = told.speaker.tokens.start.checked_sub(1);
    !told.is_after && before.is_some_and(|before| sentence.tokens[before].is(Traits::AS))
}

/// The reported clause around stretches in marks, from the first to the last.
pub(super) fn clause(
    text: &str,
    sentence: &Sentence,
    told: &Told,
    (first, last): (&Stretch<'_>, &Stretch<'_>),
) -> Option<Span> {
    let (cue, length) = told.cue?;
    let tokens = &sentence.tokens;
    let begin_of_runs = first.run.outer[0].start;
    let end_of_runs = last.run.outer.last()?.end;
    // "“…,” said Lima; “…” said Cruz": what stands before words of another belongs to these.
    let is_another = |slot: &Slot| slot.run != first.slot.run && slot.before <= first.slot.before;
    let mut others = sentence.runs.iter().take_while(|slot| **slot != first.slot);
    if told.is_after && others.any(is_another) {
        return None;
    }
    if told.is_after {
        let start = tokens[0].range.start.min(begin_of_runs);
        if ends_in_comma(text, last) {
            return Span::of(text, start..end_of_runs);
        }
        let end = told.speaker.tokens.start.min(cue);
        let end = (0..end)
            .rev()
            .find(|index| tokens[*index].is_word())
            .map(|index| tokens[index].range.end)?;
        return Span::of(text, start..end.max(end_of_runs));
    }
    let mut start = cue + length;
    if told.speaker.tokens.start >= start {
        start = told.speaker.tokens.end;
    }
    // "described by Lima as “…”", "accused by Lima of “…”": nothing but the words themselves.
    let is_as = match tokens.get(start..first.slot.before) {
        Some([only]) => only.is(Traits::AS.or(Traits::OF)),
        Some([.., last]) => last.is(Traits::AS),
        _ => false,
    };
    if is_as && agent(sentence, cue).is_some_and(|agent| agent.tokens == told.speaker.tokens) {
        return None;
    }
    if told.form == Form::AccordingTo {
        start = behind_source(tokens, start, first.slot.before);
        if start >= first.slot.before {
            return None;
        }
    }
    // "posted a photo with the caption “…”": nothing but the words themselves.
    let is_caption = first.slot.before.checked_sub(1).is_some_and(|at| {
        let names_words = tokens[at].is(Traits::PAPER.or(Traits::TERM));
        names_words && tokens[cue].is(Traits::SOCIAL) && at > start
    });
    if is_caption {
        return None;
    }
    // "told reporters on Friday that …": the clause begins with its conjunction.
    let that = conjunction(sentence, cue, start, last.slot.before);
    let addressed = behind_addressee(sentence, cue, start..first.slot.before);
    let is_told = addressed > start;
    let addressed = behind_time(tokens, addressed, first.slot.before);
    if that.is_none() && addressed >= first.slot.before && (is_told || first.slot.before > start) {
        // "told her “no”": nothing but the words themselves.
        return None;
    }
    let start = that.unwrap_or(addressed);
    // "called it “…”; by Monday it was “…”".
    let begun = (start..first.slot.before)
        .rev()
        .find(|at| tokens[*at].is_mark(';'));
    let start = begun.map_or(start, |mark| mark + 1);
    let start = (start..tokens.len()).find(|index| tokens[*index].is_word() && *index < first.slot.before);
    let start = start.map_or(begin_of_runs, |index| tokens[index].range.start);
    // What follows the last stretch belongs to it up to the end, or to the next cue.
    let after = &tokens[last.slot.before..];
    // "called it “…,” words that drew boos": what is told of the words belongs to nobody's.
    const TOLD: Traits = Traits::OWNER.or(Traits::DETERMINER).or(Traits::TERM);
    // "The bill, which Lima called “…,” passed": the sentence goes on behind the clause.
    let speaker = told.speaker.tokens.start;
    let is_relative = tokens[speaker.saturating_sub(1)..=speaker]
        .iter()
        .any(|token| token.is(Traits::RELATIVE));
    let is_told_of = is_relative || after.first().is_some_and(|first| first.is(TOLD));
    // "The plan that Lima called “…” passed".
    let is_that = speaker > 1 && tokens[speaker - 1].is(Traits::THAT) && tokens[speaker - 2].is_word();
    let acts = |token: &Token| token.is(Traits::SMALL_VERB) || token.shape.ends_in_ed;
    let goes_on = told.form == Form::Called && (is_that || is_relative) && after.first().is_some_and(acts);
    // "called it “late,” Cruz “a start”": there the verb is left out.
    let is_gapped = sentence.runs.iter().any(|next| {
        let start = last.slot.before + usize::from(after.first().is_some_and(|and| and.is(Traits::AND)));
        let named = sentence
            .naming_from(start)
            .filter(|_| next.before > last.slot.before);
        named.is_some_and(|named| named.tokens.end == next.before)
    });
    let after = if goes_on || is_gapped || (is_told_of && ends_in_comma(text, last)) {
        &[]
    } else {
        after
    };
    // "was “…” under the charter, and she struck it": what the paper tells next is nobody's words.
    let begins_next = |at: usize| {
        let joins = after[at].is(Traits::AND.or(Traits::BUT_WHILE));
        let is_parted = at
            .checked_sub(1)
            .map_or_else(|| ends_in_comma(text, last), |at| after[at].is_mark(','));
        joins && is_parted && sentence.naming_from(last.slot.before + at + 1).is_some()
    };
    let parted = (0..after.len()).find(|at| after[*at].is_mark(';') || begins_next(*at));
    let after = &after[..parted.unwrap_or(after.len())];
    let tells = |index: usize| sentence.cue(index).is_some() || sentence.according(index).is_some();
    let next_cue = (last.slot.before..tokens.len()).any(tells);
    let is_when = time(after).is_some_and(|length| !after[length..].iter().any(Token::is_word));
    let end = match after.iter().rev().find(|token| token.is_word()) {
        Some(word) if !next_cue && !is_when => with_sign(text, start, word.range.end),
        _ => end_of_runs,
    };
    Span::of(text, start.min(begin_of_runs)..end.max(end_of_runs))
}

/// The end of words with the sign that belongs to the last of them: `19%`, `12 (out of 40)`.
pub(super) fn with_sign(text: &str, start: usize, end: usize) -> usize {
    let opened = || text[start.min(end)..end].matches('(').count();
    let closed = || text[start.min(end)..end].matches(')').count();
    match text[end..].chars().next() {
        Some('%') => end + 1,
        Some(')') if opened() > closed() => end + 1,
        _ => end,
    }
}

/// The place behind the comma that ends "according to Lima, the mayor,".
fn behind_source(tokens: &[Token], start: usize, end: usize) -> usize {
    let commas = (start..end).filter(|at| tokens[*at].is_mark(','));
    let is_last = |at: &usize| {
        let next = tokens.get(at + 1);
        next.is_none_or(|next| {
            !next.shape.ends_in_ed && !next.is(Traits::ROLE.or(Traits::TITLE).or(Traits::WHO))
        })
    };
    let commas: Vec<usize> = commas.collect();
    let found = commas
        .iter()
        .find(|at| is_last(at) || **at + 1 == end)
        .or(commas.last());
    found.map_or(start, |at| at + 1)
}

/// The place behind when, where and in what words were said: `on Monday`, `late Tuesday`, `March 2`, `in a letter`.
fn behind_time(tokens: &[Token], start: usize, end: usize) -> usize {
    let mut at = start;
    while let Some(length) = time(&tokens[at.min(end)..end]) {
        at += length;
    }
    // "said Monday was": there the day is what is spoken of.
    let is_subject = at < end && tokens[at].is(Traits::SMALL_VERB);
    if is_subject { start } else { at }
}

/// How many tokens tell when or in what something was said.
fn time(tokens: &[Token]) -> Option<usize> {
    const LEADS: Traits = Traits::PREPOSITION.or(Traits::DETERMINER).or(Traits::ADVERB);
    let is_time = |token: &Token| token.is(Traits::WHEN.or(Traits::TIME_NOUN)) && !token.shape.is_possessive;
    let is_medium =
        |token: &Token| token.is(Traits::PAPER.or(Traits::OCCASION)) && !token.shape.is_possessive;
    let lead = tokens.iter().take(TIME).take_while(|token| {
        token.is_word() && !is_time(token) && !is_medium(token) && (token.is(LEADS) || token.is_plain())
    });
    let lead = lead.count();
    let noun = tokens.get(lead)?;
    let is_led = tokens[0].is(Traits::PREPOSITION) && !tokens[0].is(Traits::TO);
    if !(is_time(noun) && (noun.is(Traits::WHEN) || lead > 0)) && !(is_medium(noun) && is_led) {
        return None;
    }
    // "March 2, 2026".
    let is_of_date = |token: &&Token| token.shape.is_number || token.is_mark(',');
    Some(lead + 1 + tokens[lead + 1..].iter().take_while(is_of_date).count())
}

/// The place behind whom words are said to, where a cue names it: "told her", "told Mayor Cruz", "asked reporters".
fn behind_addressee(sentence: &Sentence, cue: usize, within: Range<usize>) -> usize {
    let tokens = &sentence.tokens;
    let (start, end) = (within.start, within.end.max(within.start));
    if !tokens[cue].is(Traits::NEVER_INVERTED) {
        return start;
    }
    if start < end && tokens[start].is(Traits::OBJECT_PRONOUN) {
        return start + 1;
    }
    // "told the council she was …".
    let is_determined = start < end && tokens[start].is(Traits::DEFINITE) && !tokens[start].is(Traits::THAT);
    if let Some(naming) = sentence.source_from(start).filter(|_| is_determined) {
        return naming.tokens.end.min(end);
    }
    // "told detectives he was".
    const BEGINS: Traits = Traits::HE_SHE_THEY.or(Traits::IT).or(Traits::DETERMINER);
    if let Some([whom, next, ..]) = tokens.get(start..end)
        && whom.is_plain()
        && whom.is_word()
        && next.is(BEGINS)
    {
        return start + 1;
    }
    let is_named =
        |token: &&Token| token.is_word() && (token.is_name() || token.is(Traits::TITLE.or(Traits::ROLE)));
    start + tokens[start..end].iter().take_while(is_named).count()
}
