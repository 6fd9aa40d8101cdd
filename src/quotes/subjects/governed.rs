//! Namings that a preposition or a street governs, and what they tell more of.

use crate::quotes::lexicon::Traits;
use crate::quotes::namings::Naming;
use crate::quotes::sentence::Sentence;

/// The noun that a governed naming belongs to, where it names no one for sure: `the message to Lima said`.
pub(super) fn noun_before(sentence: &Sentence, governed: &Naming) -> Option<Naming> {
    let preposition = governed.tokens.start - 1;
    let mut weak = sentence.weak.iter();
    let noun = weak.find(|naming| naming.tokens.end == preposition)?;
    let first = &sentence.tokens[noun.tokens.start];
    (first.is(Traits::DETERMINER) && noun.tokens.len() > 1).then(|| noun.clone())
}

/// What a clause tells more of that a place or a thing ends: `A fund that owns homes in Ohio says`.
pub(super) fn head_before(sentence: &Sentence, governed: &Naming, before: usize) -> Option<Naming> {
    let tokens = &sentence.tokens;
    let link = (0..governed.tokens.start)
        .rev()
        .find(|at| tokens[*at].is(Traits::THAT.or(Traits::RELATIVE)))?;
    let mut namings = sentence.namings.iter().chain(&sentence.weak);
    let head = namings.find(|head| head.tokens.end == link && head.tokens.len() > 1)?;
    // "who won £2m on a lottery ticket".
    let is_sum = |at: usize| tokens.get(at + 1).is_some_and(|sum| sum.shape.is_number);
    let is_whole = (link..before).all(|at| tokens[at].is_word() || is_sum(at));
    // "told the board that crews in Ohio": there a clause is told.
    let is_told = head.tokens.start > 0 && sentence.cue(head.tokens.start - 1).is_some();
    (is_whole && !is_told && !is_governed(sentence, head)).then(|| head.clone())
}

/// Whether a preposition stands before a naming.
pub(in crate::quotes) fn is_governed(sentence: &Sentence, naming: &Naming) -> bool {
    naming.tokens.start > 0 && {
        let before = &sentence.tokens[naming.tokens.start - 1];
        // "to chants of “…,” the mayor said": words in marks stand between.
        let is_parted = || {
            sentence
                .runs
                .iter()
                .any(|slot| slot.before == naming.tokens.start)
        };
        (before.is(Traits::PREPOSITION) || is_numbered_street(sentence, naming)) && !is_parted()
    }
}

/// Whether a naming is that of a street with the number of a house before it: `Ana Lima of 14 Elm St.`
fn is_numbered_street(sentence: &Sentence, naming: &Naming) -> bool {
    let tokens = &sentence.tokens;
    let [Some(link), Some(number)] =
        [2, 1].map(|back| naming.tokens.start.checked_sub(back).map(|at| &tokens[at]))
    else {
        return false;
    };
    let is_street = tokens[naming.tokens.end - 1].is(Traits::SITE.or(Traits::ABBREVIATION));
    is_street && number.shape.is_number && link.is(Traits::PREPOSITION)
}

/// Who speaks for two, of whom the second is named last: `a spokesman for Lima and Cruz`.
pub(super) fn spokesman_of_two(sentence: &Sentence, second: usize) -> Option<usize> {
    let (tokens, namings) = (&sentence.tokens, &sentence.namings);
    let ends_before = |naming: &Naming, list: Traits| {
        let link = naming
            .tokens
            .start
            .checked_sub(1)
            .filter(|at| tokens[*at].is(list))?;
        namings.iter().position(|it| it.tokens.end == link)
    };
    let first = ends_before(&namings[second], Traits::AND)?;
    let spokesman = ends_before(&namings[first], Traits::BLAMES)?;
    let noun = &tokens[namings[spokesman].tokens.end - 1];
    noun.is(Traits::REPRESENTS).then_some(spokesman)
}
