//! What is imagined, faked, told falsely, said in a work or said in a version that does not stand any more.

use crate::quotes::lexicon::{CueClass, Traits};
use crate::quotes::namings::NamingKind;
use crate::quotes::patterns::Told;
use crate::quotes::sentence::Sentence;
use crate::quotes::tokens::Token;

/// False papers of a clause that are looked at.
const FALSE_ONES: usize = 4;

/// Whether somebody else is told to say falsely that he said it: `The paper falsely reported that Lima said`; and not `Lima falsely said`.
pub(super) fn is_told_falsely(sentence: &Sentence, told: &Told) -> bool {
    let mut before = 0..told.speaker.tokens.start.saturating_sub(1);
    before.any(|at| {
        let next = at + 1;
        sentence.tokens[at].is(Traits::FALSELY) && sentence.cue(next) == Some(CueClass::Say)
    })
}

/// Whether it is told to be false that somebody said it: `It is false that Lima said`.
pub(super) fn is_false_that(sentence: &Sentence, told: &Told) -> bool {
    let before = told.speaker.tokens.start.checked_sub(2);
    before.is_some_and(|at| sentence.tokens[at].is(Traits::FAKE) && sentence.tokens[at + 1].is(Traits::THAT))
}

/// Whether a sentence tells of what happens in a work: `In the play, the mayor says`, and not `At the opera, the mayor said`.
pub(super) fn is_fiction(sentence: &Sentence) -> bool {
    matches!(sentence.tokens.as_slice(), [first, article, work, comma, ..]
        if first.is(Traits::WITHIN)
            && article.is(Traits::DETERMINER)
            && work.is(Traits::FICTION)
            && comma.is_mark(','))
}

/// Whether it is told behind words that they are yet to be spoken, as they were given out before: `“…,” Lima will say`, and not
/// `“…,” Lima may say`.
pub(super) fn is_announced(sentence: &Sentence, told: &Told) -> bool {
    let helper = told.cue.and_then(|(cue, _)| cue.checked_sub(1));
    let will = helper.is_some_and(|at| sentence.tokens[at].is(Traits::WILL));
    will && told.is_after && told.is_adjacent
}

/// Whether a sentence tells of a former version of its text, whose quotes were not said so: `An earlier version of this article
/// quoted Lima as saying`, and not `the previous version of the order`.
pub(super) fn is_superseded(sentence: &Sentence) -> bool {
    let names = |words: &[Token]| {
        let [one, other, of, this, text] = words else {
            return false;
        };
        let of_version = |one: &Token, other: &Token| one.is(Traits::EARLIER) && other.is(Traits::VERSION);
        (of_version(one, other) || of_version(other, one))
            && of.is(Traits::OF)
            && this.is(Traits::ALSO_PRONOUN)
            && text.is(Traits::PAPER)
    };
    sentence.lists.any(Traits::VERSION) && sentence.tokens.windows(5).any(names)
}

/// Whether a cue tells what was not said: `Lima should say`, `could have said`, `Imagine Lima saying`, `a doctored video shows
/// Lima saying`.
pub(in crate::quotes) fn is_unreal(sentence: &Sentence, cue: usize) -> bool {
    const HELPERS: Traits = Traits::ADVERB.or(Traits::SMALL_VERB).or(Traits::UNREAL);
    let tokens = &sentence.tokens;
    // "the mayor could “…,” said Lima": words in marks part them.
    let mut words = sentence.runs.iter().map(|slot| slot.before);
    let words = words.rfind(|before| *before <= cue).unwrap_or_default();
    let helpers = tokens[words..cue].iter().rev();
    // "“…,” Will said": a name.
    let helps =
        |token: &&Token| token.is(HELPERS) && !(token.shape.is_capital && token.is(Traits::ALSO_NAME));
    let mut helpers = helpers.take_while(helps);
    // "would only say": that much was said.
    if helpers.clone().any(|token| token.is(Traits::ONLY)) {
        return false;
    }
    let is_imagined = tokens.first().is_some_and(|first| first.is(Traits::IMAGINE));
    // "may say", and not "may have said it best".
    let may = cue
        .checked_sub(1)
        .is_some_and(|at| tokens[at].is(Traits::WILL.or(Traits::MAY)) && !tokens[at].shape.is_capital);
    may || is_imagined || helpers.any(|token| token.is(Traits::UNREAL)) || is_faked(sentence, cue)
}

/// Whether what shows somebody saying something is told to be false, in the same clause: `a doctored video shows Lima saying`, and
/// neither `lawyers in the fake-ferry case said`, `police investigating the false claims said` nor `corrected the false claim by saying`.
fn is_faked(sentence: &Sentence, cue: usize) -> bool {
    const MEDIA: Traits = Traits::PAPER
        .or(Traits::ARTWORK)
        .or(Traits::SOCIAL)
        .or(Traits::NOUN_CUE);
    let tokens = &sentence.tokens[..cue];
    let parts = |token: &Token| !token.is_word() || token.is(Traits::AND.or(Traits::BUT_WHILE));
    let start = tokens.iter().rposition(parts).map_or(0, |at| at + 1);
    let is_false = |pair: &[Token]| {
        let one_is = |one: &Token, other: &Token| one.is(Traits::FAKE) && other.is(MEDIA);
        one_is(&pair[0], &pair[1]) || one_is(&pair[1], &pair[0])
    };
    // "shows Lima saying", "a parody website asking": nobody else says it.
    let is_shown = |behind: usize| {
        let by = cue.checked_sub(1).map(|at| &tokens[at]);
        sentence.tokens[cue].shape.ends_in_ing
            && by.is_some_and(|by| !by.is(Traits::PREPOSITION))
            && (behind == cue || names_somebody(sentence, behind, cue))
    };
    let pairs = tokens[start..].windows(2).zip(start + 2..);
    // "a fake post in which Lima says", "a parody account of Lima's wrote".
    let next = |at: usize, list: Traits| tokens.get(at).is_some_and(|next| next.is(list));
    let leads_on = |behind: usize| next(behind, Traits::PREPOSITION) && next(behind + 1, Traits::RELATIVE);
    const PARTS: Traits = Traits::PREPOSITION.or(Traits::RELATIVE);
    let speaks = |behind: usize| {
        let before = start..behind - 2;
        let is_first = !tokens[before.clone()].iter().any(|it| it.is(PARTS))
            && !names_somebody(sentence, start, before.end);
        is_first && (next(behind, Traits::OF) || !has_person(sentence, behind, cue))
    };
    let mut false_ones = pairs.filter(|(pair, _)| is_false(pair)).take(FALSE_ONES);
    false_ones.any(|(_, behind)| is_shown(behind) || leads_on(behind) || speaks(behind))
}

/// Whether somebody is named among some tokens, by name, noun or pronoun.
fn names_somebody(sentence: &Sentence, start: usize, end: usize) -> bool {
    let mut namings = sentence.namings.iter();
    let is_named = namings.any(|naming| naming.tokens.start >= start && naming.tokens.end <= end);
    is_named
        || sentence.tokens[start..end]
            .iter()
            .any(|token| token.is(Traits::OBJECT_PRONOUN))
}

/// Whether a person is named among some tokens.
fn has_person(sentence: &Sentence, start: usize, end: usize) -> bool {
    let mut namings = sentence.namings.iter();
    namings.any(|naming| {
        matches!(naming.kind, NamingKind::Person | NamingKind::Pronoun)
            && naming.tokens.start >= start
            && naming.tokens.end <= end
    })
}
