//! Who is named behind a cue, and the name behind a noun for whom it is.

use crate::quotes::lexicon::Traits;
use crate::quotes::namings::{Naming, NamingKind};
use crate::quotes::sentence::Sentence;
use crate::quotes::tokens::Token;

use super::DESCRIBED;

/// Words that may follow who spoke.
const FOLLOWS: Traits = Traits::PREPOSITION
    .or(Traits::AND)
    .or(Traits::WHO)
    .or(Traits::BUT_WHILE);

/// Words of what an office is of.
const OFFICE: usize = 8;

/// The naming right after a cue: `said Ana Lima`.
pub(in crate::quotes) fn inverted(sentence: &Sentence, cue: usize) -> Option<Naming> {
    let naming = described(sentence, cue + 1)?;
    // "told Lima" and "accused the order": but "reads the order", which nobody can be told.
    let is_paper = sentence.tokens[naming.tokens.end - 1].is(Traits::PAPER);
    if sentence.tokens[cue].is(Traits::NEVER_INVERTED)
        && !(is_paper && sentence.tokens[cue].is(Traits::READS))
    {
        return None;
    }
    // "said he would": a clause begins there, and the pronoun is its subject; "said Lima this week", "said Lima Monday"
    // are none.
    let goes_on = sentence.tokens.get(naming.tokens.end).is_some_and(|next| {
        let is_when = next.is(Traits::DETERMINER.or(Traits::NEVER)) && !next.is(Traits::SMALL_VERB);
        let follows_name = naming.kind == NamingKind::Person && is_when;
        next.is_word() && !follows_name && !next.is(FOLLOWS) && !next.shape.ends_in_ing
    });
    (!goes_on).then(|| apposed(sentence, naming).unwrap_or(naming).clone())
}

/// Who is named behind a cue that stands right behind words: there the order leaves no doubt, whatever describes him and whatever
/// follows: `“…,” said harbor master Ana Lima`, `“…,” said one clerk familiar with the plan`.
pub(in crate::quotes) fn inverted_behind(sentence: &Sentence, cue: usize) -> Option<Naming> {
    let tokens = &sentence.tokens;
    let reach = tokens.len().min(cue + 1 + DESCRIBED + 1);
    const OTHERS: Traits = Traits::DETERMINER
        .or(Traits::PREPOSITION)
        .or(Traits::SMALL_VERB)
        .or(Traits::HE_SHE_THEY)
        .or(Traits::IT)
        .or(Traits::FIRST_PERSON)
        .or(Traits::SECOND_PERSON)
        .or(Traits::THAT)
        .or(Traits::CUE);
    let describes = |at: &usize| {
        let token = &tokens[*at];
        token.is_word() && !token.shape.is_capital && !token.is(OTHERS)
    };
    let described = (cue + 1..reach).take_while(describes).count();
    let mut starts = cue + 1..=(cue + 1 + described);
    let naming = starts.find_map(|start| sentence.naming_from(start))?;
    // "said veteran harbor analyst Ana Lima": a noun for her that only begins what describes her.
    let is_whole = |name: &&Naming| {
        let between = tokens.get(naming.tokens.start..name.head.start);
        name.kind == NamingKind::Person
            && name.head.len() > 1
            && between.is_some_and(|between| (1..=OFFICE).contains(&between.len()))
            && (naming.tokens.start..name.head.start)
                .all(|at| describes(&at) && !tokens[at].is(Traits::ASIDE))
    };
    // "said officials close to Ana Lima": several are not she.
    let is_one = naming.kind == NamingKind::Role && !tokens[naming.tokens.end - 1].is(Traits::PLURAL_ROLE);
    let mut names = sentence.namings.iter().filter(|_| is_one);
    let naming = names.find(is_whole).unwrap_or(naming);
    let is_told = tokens[cue].is(Traits::COMMON_SAY) && !tokens[cue].is(Traits::NEVER_INVERTED);
    let is_somebody = naming.kind != NamingKind::Pronoun;
    (is_told && is_somebody).then(|| apposed(sentence, naming).unwrap_or(naming).clone())
}

/// The name behind a noun for whom it is: `says Lima's lawyer, Ana Cruz`, `said chairman, founder and president Ana Cruz`.
pub(in crate::quotes) fn apposed<'a>(sentence: &'a Sentence, naming: &Naming) -> Option<&'a Naming> {
    let mut office = naming;
    let is_noun = |naming: &Naming| {
        let begins = sentence.tokens[naming.tokens.start].is(Traits::DETERMINER);
        naming.kind == NamingKind::Weak && naming.tokens.len() > 1 && begins
    };
    while office.kind == NamingKind::Role || is_noun(office) {
        let (end, is_of) = behind_place(sentence, office.tokens.end);
        let joint = sentence.tokens.get(end)?;
        // "the mayor and Ana Cruz" are two.
        let is_bare = !sentence.tokens[office.tokens.start].is(Traits::DETERMINER.or(Traits::OWNER));
        if !(joint.is_mark(',') || is_bare && joint.is(Traits::AND)) {
            return None;
        }
        let is_joined = joint.is(Traits::AND);
        let next = match is_joined {
            // "founder and current president Ana Cruz".
            true => described(sentence, end + 1)?,
            false => sentence
                .naming_from(end + 1)
                .or_else(|| described_apposition(sentence, end + 1))?,
        };
        if next.kind == NamingKind::Person {
            if !is_of && !is_closed(sentence, next) {
                return None;
            }
            // "the mayor, Cruz.": a surname alone ends the clause.
            let ends = sentence
                .tokens
                .get(next.tokens.end)
                .is_none_or(|behind| !behind.is_word());
            return (next.head.len() > 1 || ends).then_some(next);
        }
        office = Some(next).filter(|_| is_bare)?;
    }
    None
}

/// The name behind a comma and words in small letters, closed by another comma: `her neighbor, retired pilot Ana Cruz,`.
fn described_apposition(sentence: &Sentence, start: usize) -> Option<&Naming> {
    let name = described(sentence, start)?;
    (is_closed(sentence, name) && name.head.len() > 1).then_some(name)
}

/// Whether a comma closes an apposition behind its name.
fn is_closed(sentence: &Sentence, name: &Naming) -> bool {
    let behind = sentence.tokens.get(name.tokens.end);
    behind.is_some_and(|behind| behind.is_mark(','))
}

/// The comma behind what an office is of or where somebody is, or the place itself: `the mayor of Harbor Falls, Ana Cruz`, `her neighbor at the
/// pier, Ana Cruz,`; and whether nothing but an office is passed over.
fn behind_place(sentence: &Sentence, end: usize) -> (usize, bool) {
    let tokens = &sentence.tokens;
    // "a spokesman for Lima, Ana Cruz".
    let is_of = tokens
        .get(end)
        .is_some_and(|of| of.is(Traits::OF.or(Traits::BLAMES)));
    let near = end..tokens.len().min(end + OFFICE);
    let describes = |token: &&Token| token.is_word() && !token.shape.is_capital && token.is_plain();
    let described = tokens[end..]
        .iter()
        .take(DESCRIBED + 1)
        .take_while(describes)
        .count();
    let comma = end + described;
    // "la alcaldesa interina, Ana Lima".
    if (1..=DESCRIBED).contains(&described) && tokens.get(comma).is_some_and(|it| it.is_mark(',')) {
        return (comma, true);
    }
    let parts = |at: &usize| !tokens[*at].is_word() || sentence.cue(*at).is_some();
    let mark = near.into_iter().find(parts).filter(|at| tokens[*at].is_mark(','));
    let is_where = !is_of
        && tokens
            .get(end)
            .is_some_and(|link| link.is(Traits::LOCATIVE) && !link.shape.is_capital);
    // "A nurse in Sydney, Nova Scotia,": what follows a name of a place is most often one as well.
    let is_plain = |at: &usize| !tokens[end..*at].iter().any(|token| token.shape.is_capital);
    // "Her partner at Marrow Mills, Ana A. Cruz, called": a full name with a given one is that of no place.
    let is_person = |at: &usize| {
        let name = sentence
            .naming_from(at + 1)
            .filter(|name| name.kind == NamingKind::Person);
        name.is_some_and(|name| {
            let words = &tokens[name.head.clone()];
            let is_site = words.iter().any(|word| word.is(Traits::SITE.or(Traits::PLACE)));
            let is_listed = tokens
                .get(name.tokens.end + 1)
                .is_some_and(|and| and.is(Traits::AND));
            let is_full = words.len() > 1 && words[0].traits.sex() != Traits::NONE;
            is_full && !is_site && !is_listed && is_closed(sentence, name)
        })
    };
    match mark.filter(|at| is_of || is_where && (is_plain(at) || is_person(at))) {
        Some(mark) => (mark, is_of),
        None => (end, true),
    }
}

/// The naming at a token, or behind words in small letters that describe who bears an office: `transport minister Price`.
fn described(sentence: &Sentence, at: usize) -> Option<&Naming> {
    let reach = sentence.tokens.len().min(at + DESCRIBED + 1);
    let namings = (at..reach).map_while(|start| {
        let found = sentence.naming_from(start);
        let token = &sentence.tokens[start];
        let describes = token.is_word() && !token.shape.is_capital && token.is_plain();
        (found.is_some() || describes).then_some((start, found))
    });
    let (start, naming) = namings
        .into_iter()
        .find_map(|(start, found)| Some((start, found?)))?;
    let bears_office = sentence.tokens[start].is(Traits::ROLE.or(Traits::TITLE));
    (start == at || bears_office).then_some(naming)
}
