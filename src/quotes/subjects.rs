//! Who does what a cue says.

use super::lexicon::{CueClass, Traits};
use super::namings::{Naming, NamingKind};
use super::sentence::Sentence;
use super::tokens::Token;

/// Words that may follow who spoke.
const FOLLOWS: Traits = Traits::PREPOSITION
    .or(Traits::AND)
    .or(Traits::WHO)
    .or(Traits::BUT_WHILE);
/// Words in small letters before an office.
const DESCRIBED: usize = 2;
/// Words of what an office is of.
const OFFICE: usize = 8;
/// Cues before one that goes on that are passed over.
const EARLIER: usize = 3;
/// Tokens behind "and" in which a time stands that begins a clause.
const WHEN_BEGINS: usize = 4;
/// Tokens from "who" to what he does.
const RELATIVE: usize = 6;
/// Tokens of a parenthesis that is passed over.
const PARENTHESIS: usize = 12;

/// The naming right after a cue: `said Ana Lima`.
pub(super) fn inverted(sentence: &Sentence, cue: usize) -> Option<Naming> {
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
pub(super) fn inverted_behind(sentence: &Sentence, cue: usize) -> Option<Naming> {
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
    let is_told = tokens[cue].is(Traits::COMMON_SAY) && !tokens[cue].is(Traits::NEVER_INVERTED);
    let is_somebody = naming.kind != NamingKind::Pronoun;
    (is_told && is_somebody).then(|| apposed(sentence, naming).unwrap_or(naming).clone())
}

/// The name behind a noun for whom it is: `says Lima's lawyer, Ana Cruz`, `said chairman, founder and president Ana Cruz`.
pub(super) fn apposed<'a>(sentence: &'a Sentence, naming: &Naming) -> Option<&'a Naming> {
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
    match mark.filter(|at| is_of || is_where && is_plain(at)) {
        Some(mark) => (mark, is_of),
        None => (end, true),
    }
}

/// Who does what a cue says.
pub(super) fn subject(sentence: &Sentence, cue: usize) -> Option<Naming> {
    let tokens = &sentence.tokens;
    let is_ing = tokens[cue].shape.ends_in_ing;
    let mut before = cue;
    while before > 0 && tokens[before - 1].is(Traits::ADVERB) {
        before -= 1;
    }
    // "Lima, the mayor, today announced".
    if before > 1 && tokens[before - 1].is(Traits::WHEN) && tokens[before - 2].is_mark(',') {
        before -= 1;
    }
    if is_ing
        && before > 0
        && tokens[before - 1].is(Traits::AS)
        && let Some(quoted) = quoted_as(sentence, before - 1)
    {
        return Some(quoted);
    }
    if let Some(found) = blamed(sentence, cue) {
        return Some(found);
    }
    if let Some(found) = described_before(sentence, before) {
        return Some(found);
    }
    if let Some(found) = right_before(sentence, before, is_ing).or_else(|| relative(sentence, cue)) {
        return Some(found);
    }
    let joined = before > 0 && tokens[before - 1].is(Traits::AND.or(Traits::BUT_WHILE));
    if is_ing || joined {
        // "called it a threat, stating …", "warned … and vowed …": who did the first does the second.
        // "with Lima posting … and asking": of what goes on, what went on before.
        let does = |index: &usize| {
            sentence.cue(*index).is_some() && (!tokens[*index].shape.ends_in_ing || (is_ing && joined))
        };
        // "hit back at trolls who mocked her, insisting": what tells which trolls is passed over.
        let mut earlier = (0..before).rev().filter(does).take(EARLIER);
        let earlier = earlier.find(|index| !is_restricted(sentence, *index));
        if let Some(found) =
            earlier.and_then(|index| subject(sentence, index).or_else(|| inverted(sentence, index)))
        {
            return Some(found);
        }
        if is_ing {
            let mut people = sentence
                .namings
                .iter()
                .filter(|naming| naming.tokens.end <= before);
            return people.find(|naming| !is_governed(sentence, naming)).cloned();
        }
    }
    if let Some(found) = before_relative(sentence, before) {
        return Some(found);
    }
    let before = before_parenthesis(sentence, before);
    let nearest = sentence
        .namings
        .iter()
        .rposition(|naming| naming.tokens.end <= before)?;
    let nearest = spokesman_of_two(sentence, nearest).unwrap_or(nearest);
    if before > 0
        && tokens[before - 1].is_mark(',')
        && let Some(found) = before_apposition(sentence, before - 1)
    {
        return Some(found);
    }
    // "as the mayor said", "after the mayor said": there begins a clause.
    let is_object = |naming: &Naming| {
        let begins = naming.tokens.end == before
            && naming.tokens.start > 0
            && tokens[naming.tokens.start - 1].is(Traits::AS.or(Traits::SUBORDINATE));
        is_governed(sentence, naming) && !begins
    };
    let mut chosen = nearest;
    while is_object(&sentence.namings[chosen]) {
        match chosen
            .checked_sub(1)
            .filter(|left| same_clause(sentence, *left, chosen))
        {
            Some(left) => chosen = left,
            None => break,
        }
    }
    let governed = Some(&sentence.namings[chosen]).filter(|naming| is_object(naming));
    if let Some(found) = governed
        .and_then(|naming| noun_before(sentence, naming).or_else(|| head_before(sentence, naming, before)))
        .or_else(|| at_home(sentence, governed?).cloned())
    {
        return Some(found);
    }
    let naming = &sentence.namings[chosen];
    if let Some(begun) = begun_behind(sentence, naming.tokens.end, before) {
        return somebody_from(sentence, begun, before);
    }
    let is_far = before - naming.tokens.end > 14;
    (!is_far).then(|| naming.clone())
}

/// Who does what a verb in the passive says right before words or before "as" and "whether": `praised by Lima as`. Whoever asks only
/// asks, but for what he asks whether it is so.
pub(super) fn agent(sentence: &Sentence, cue: usize) -> Option<Naming> {
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
pub(super) fn is_passive(sentence: &Sentence, cue: usize) -> bool {
    let by = sentence.tokens.get(cue + 1).is_some_and(|by| by.is(Traits::BY));
    by && sentence.tokens[cue].shape.ends_in_ed && sentence.naming_from(cue + 2).is_some()
}

/// Whether a verb stands in the passive and nobody is named before a token who does it: `were told that`, `was described as`.
pub(super) fn is_agentless(sentence: &Sentence, cue: usize, end: usize) -> bool {
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
pub(super) fn blamed(sentence: &Sentence, cue: usize) -> Option<Naming> {
    let tokens = &sentence.tokens;
    let link = cue.checked_sub(1).filter(|at| tokens[*at].is(Traits::BLAMES))?;
    let mut namings = sentence.namings.iter();
    let blamed = namings.find(|naming| naming.tokens.end == link)?;
    let verb = blamed.tokens.start.checked_sub(1)?;
    let does =
        tokens[verb].is(Traits::CUE.or(Traits::NEVER_INVERTED)) && !tokens[verb].is(Traits::PREPOSITION);
    (tokens[cue].shape.ends_in_ing && does).then(|| blamed.clone())
}

/// Who stands right before a cue where that leaves no doubt: `it`, `I`, `we`, and before a cue that goes on any naming: `footage
/// of Lima saying`.
fn right_before(sentence: &Sentence, before: usize, is_ing: bool) -> Option<Naming> {
    const SUBJECTS: Traits = Traits::IT.or(Traits::FIRST_PERSON);
    const OTHERS: Traits = Traits::OWNER.or(Traits::OBJECT_PRONOUN);
    let first = &sentence.tokens[before.checked_sub(1)?];
    let mut weak = sentence.weak.iter();
    if first.is(SUBJECTS) && (first.is(Traits::IT) || !first.is(OTHERS)) && !first.shape.is_possessive {
        return weak.find(|naming| naming.tokens == (before - 1..before)).cloned();
    }
    let mut namings = sentence.namings.iter().filter(|_| is_ing);
    namings.find(|naming| naming.tokens.end == before).cloned()
}

/// `who` and `which` before a cue, where nobody is named between: `Lima, who in March called it “…”`.
fn relative(sentence: &Sentence, cue: usize) -> Option<Naming> {
    let tokens = &sentence.tokens;
    let mut near = (cue.saturating_sub(RELATIVE)..cue).rev();
    let who = near.find(|at| tokens[*at].is(Traits::RELATIVE))?;
    let is_named = |at: usize| sentence.namings.iter().any(|naming| naming.tokens.end == at + 1);
    let parts = |at: usize| !tokens[at].is_word() || sentence.cue(at).is_some() || is_named(at);
    if (who..cue).any(parts) {
        return None;
    }
    let mut weak = sentence.weak.iter();
    weak.find(|naming| naming.tokens == (who..who + 1)).cloned()
}

/// Whether a cue is that of a clause which tells who is meant: `trolls who mocked her`.
pub(super) fn is_restricted(sentence: &Sentence, cue: usize) -> bool {
    let who = relative(sentence, cue).and_then(|who| who.tokens.start.checked_sub(1));
    who.is_some_and(|before| sentence.tokens[before].is_word())
}

/// Whom somebody quotes as saying something, named right before "as"; nobody in "Lima was quoted by the Ledger as saying".
fn quoted_as(sentence: &Sentence, at: usize) -> Option<Naming> {
    let end = at
        .checked_sub(1)
        .filter(|comma| sentence.tokens[*comma].is_mark(','));
    if let Some(comma) = end {
        return before_apposition(sentence, comma);
    }
    let mut namings = sentence.namings.iter().chain(&sentence.weak);
    let quoted = namings.find(|naming| naming.tokens.end == at)?;
    (!is_governed(sentence, quoted)).then(|| quoted.clone())
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

/// Who a relative clause is about that words in marks end: `Lima, whom Cruz once called “…,” said`.
fn before_relative(sentence: &Sentence, before: usize) -> Option<Naming> {
    let tokens = &sentence.tokens;
    let ends_in_words = sentence.runs.iter().any(|slot| slot.before == before);
    let relative = tokens[..before]
        .iter()
        .rposition(|token| token.is(Traits::WHO))
        .filter(|_| ends_in_words)?;
    let has_cue = (relative..before).any(|at| sentence.cue(at).is_some());
    let comma = relative
        .checked_sub(1)
        .filter(|at| has_cue && tokens[*at].is_mark(','))?;
    sentence
        .namings
        .iter()
        .find(|naming| naming.tokens.end == comma)
        .cloned()
}

/// The position before a parenthesis that ends there: `Rep. Halle Quist (D-Marrow Bay) said`.
fn before_parenthesis(sentence: &Sentence, end: usize) -> usize {
    let tokens = &sentence.tokens;
    let closes = end > 0 && tokens[end - 1].is_mark(')');
    let opening = || {
        (0..end)
            .rev()
            .take(PARENTHESIS)
            .find(|at| tokens[*at].is_mark('('))
    };
    closes.then(opening).flatten().unwrap_or(end)
}

/// The noun that a governed naming belongs to, where it names no one for sure: `the message to Lima said`.
fn noun_before(sentence: &Sentence, governed: &Naming) -> Option<Naming> {
    let preposition = governed.tokens.start - 1;
    let mut weak = sentence.weak.iter();
    let noun = weak.find(|naming| naming.tokens.end == preposition)?;
    let first = &sentence.tokens[noun.tokens.start];
    (first.is(Traits::DETERMINER) && noun.tokens.len() > 1).then(|| noun.clone())
}

/// Who begins a clause and is described between commas up to the cue, whoever and whatever else is named there: `Ana Lima, a farmer from Hope,
/// Kansas, said`, `Ana Lima, whose firm, Crane & Day, sued, said`.
fn described_before(sentence: &Sentence, before: usize) -> Option<Naming> {
    let tokens = &sentence.tokens;
    let end = before.checked_sub(1).filter(|end| tokens[*end].is_mark(','))?;
    let is_comma = |at: usize| tokens[at].is_mark(',');
    let follows_words = |at: usize| sentence.runs.iter().any(|slot| slot.before == at);
    let begins_clause = |at: usize| {
        let joins = |at: usize| tokens[at].is(Traits::AND.or(Traits::BUT_WHILE));
        at == 0
            || follows_words(at)
            || (is_comma(at - 1) && follows_words(at - 1))
            || (at == 1 && tokens[0].is(Traits::AND))
            || (at > 1 && joins(at - 1) && is_comma(at - 2))
    };
    const OTHERS: Traits = Traits::SMALL_VERB
        .or(Traits::CUE)
        .or(Traits::AND)
        .or(Traits::BUT_WHILE)
        .or(Traits::ADVERB);
    let describes = |token: &Token| token.is_word() && !token.shape.is_capital && !token.is(OTHERS);
    let mut people = sentence.namings.iter().rev();
    // "Ana Lima (21), a nurse from Marrow, Ohio, said".
    let closed = |at: usize| {
        let inside = tokens.get(at..end).unwrap_or_default().iter().take(PARENTHESIS);
        let close = inside.clone().position(|it| it.is_mark(')'));
        let opens = inside.clone().next().is_some_and(|first| first.is_mark('('));
        close.filter(|_| opens).map_or(at, |close| at + close + 1)
    };
    let naming = people.find(|naming| {
        let comma = closed(naming.tokens.end);
        naming.kind == NamingKind::Person
            && comma < end
            && is_comma(comma)
            && begins_clause(naming.tokens.start)
            && describes(&tokens[comma + 1])
    })?;
    let between = &tokens[naming.tokens.end..end];
    let is_parted = |token: &Token| token.is_mark(';') || token.is_mark(':') || token.is_dash();
    // "Lima, a nurse, was late, and Cruz, who …": words in marks and other marks begin something else.
    let has_words = sentence
        .runs
        .iter()
        .any(|slot| (naming.tokens.end + 1..=end).contains(&slot.before));
    // "Lima, a nurse, wept as Cruz, her boss, said": whoever is described last says it.
    let is_another = |other: &Naming| {
        let comma = other.tokens.end;
        const BEGINS: Traits = Traits::DETERMINER.or(Traits::OWNER).or(Traits::WHO);
        let is_within = other.tokens.start > naming.tokens.end && comma < end;
        let is_free = !is_governed(sentence, other) || tokens[other.tokens.start - 1].is(Traits::SUBORDINATE);
        is_within
            && other.kind == NamingKind::Person
            && is_free
            && is_comma(comma)
            && tokens[comma + 1].is(BEGINS)
    };
    let is_whole = !between.iter().any(is_parted) && !has_words && !sentence.namings.iter().any(is_another);
    (is_whole && !acts_between(sentence, naming.tokens.end, end)).then(|| naming.clone())
}

/// Whether between commas something is told that somebody does, so that what follows is another's: `Lima, a nurse, was there when Cruz, a baker,
/// said`, `Lima, a nurse, came late, and the mayor, who was there, said`.
fn acts_between(sentence: &Sentence, start: usize, end: usize) -> bool {
    const JOINS: Traits = Traits::AND.or(Traits::BUT_WHILE);
    let tokens = &sentence.tokens;
    let acts = |comma: usize| {
        let (next, behind) = (&tokens[comma + 1], &tokens[comma + 2]);
        let is_verb = next.is(Traits::SMALL_VERB.or(Traits::CUE)) || next.shape.ends_in_ed;
        let is_joined = next.is(JOINS) && sentence.source_from(comma + 2).is_some();
        is_joined || (is_verb && !behind.is_mark(','))
    };
    let mut commas = (start + 1..end.saturating_sub(1)).filter(|at| tokens[*at].is_mark(','));
    commas.any(acts) || tokens[start..end].iter().any(|token| token.is(Traits::THAT))
}

/// Where another clause begins between a naming and a cue, with a subject of its own: `Lima played, and someone shouted`, and neither `Lima
/// left, and later said` nor `Lima, and with her the board, said`.
pub(super) fn begun_behind(sentence: &Sentence, naming: usize, before: usize) -> Option<usize> {
    let tokens = &sentence.tokens;
    let joins = |at: &usize| tokens[*at].is(Traits::AND.or(Traits::BUT_WHILE)) && tokens[at - 1].is_mark(',');
    // "Lima, and a few others, said": those are with him.
    let is_open = before > 0 && !tokens[before - 1].is_mark(',');
    let and = (naming + 1..before).rev().find(joins).filter(|_| is_open)?;
    let first = tokens.get(and + 1).filter(|_| and + 1 < before)?;
    // "and the next day said", "but the year before said".
    let near = tokens[and + 1..before].iter().take(WHEN_BEGINS);
    if near
        .clone()
        .any(|token| token.is(Traits::TIME_NOUN.or(Traits::WHEN)))
    {
        return None;
    }
    let begins = first.is(Traits::DETERMINER) && !first.is(Traits::OWNER.or(Traits::THAT))
        || first.is(Traits::SOMEBODY);
    begins.then_some(and + 1)
}

/// Who is named from a token on by a noun, of whom more may be told up to the cue: `a man behind him`; nobody where it is `someone`.
fn somebody_from(sentence: &Sentence, start: usize, before: usize) -> Option<Naming> {
    let mut namings = sentence.namings.iter().chain(&sentence.weak);
    namings
        .find(|naming| naming.tokens.start == start && naming.tokens.end <= before)
        .cloned()
}

/// What a clause tells more of that a place or a thing ends: `A fund that owns homes in Ohio says`.
fn head_before(sentence: &Sentence, governed: &Naming, before: usize) -> Option<Naming> {
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

/// The naming that an apposition closed by the comma at `end` belongs to: `Ana Lima, the mayor of …, said`.
fn before_apposition(sentence: &Sentence, end: usize) -> Option<Naming> {
    let commas = (0..end)
        .rev()
        .filter(|index| sentence.tokens[*index].is_mark(','));
    commas.take(4).find_map(|comma| {
        let naming = sentence
            .namings
            .iter()
            .find(|naming| naming.tokens.end == comma)?;
        let apposed = sentence
            .naming_from(comma + 1)
            .or_else(|| behind_words(sentence, comma + 1, end));
        if naming.kind == NamingKind::Role
            && let Some(person) = apposed.filter(|apposed| apposed.kind == NamingKind::Person)
        {
            // "its secretary, Gideon Lima, said": the name says more.
            return Some(person.clone());
        }
        // "Ana Lima of Harbor Falls, Ohio, said": where she is from says nothing.
        let is_home = sentence.tokens[comma + 1..end]
            .iter()
            .all(|token| token.is(Traits::PLACE) || token.ends_sentence());
        if is_home && is_governed(sentence, naming) {
            let mut namings = sentence.namings.iter();
            return namings
                .find(|it| it.tokens.end + 1 == naming.tokens.start)
                .cloned();
        }
        if let Some(found) = at_home(sentence, naming) {
            return Some(found.clone());
        }
        // "a spokesman for Lima, Gideon Cruz, said": so it does behind whom he speaks for.
        if is_governed(sentence, naming)
            && let Some(person) = apposed.filter(|apposed| {
                apposed.kind == NamingKind::Person && apposed.head.len() > 1 && apposed.tokens.end == end
            })
        {
            return Some(person.clone());
        }
        // "The email to Lima, dated May 2, read".
        let is_addressee =
            is_governed(sentence, naming) && sentence.tokens[naming.tokens.start - 1].is(Traits::TO);
        let may_act = !is_governed(sentence, naming)
            || naming.kind == NamingKind::Person
            || is_copied(sentence, naming);
        (may_act && !is_addressee).then(|| naming.clone())
    })
}

/// Who is said between commas to be from somewhere: `The baker, from Rowan’s Lane, said`.
fn at_home<'a>(sentence: &'a Sentence, home: &Naming) -> Option<&'a Naming> {
    const WHERE: Traits = Traits::FROM.or(Traits::OF).or(Traits::LOCATIVE);
    let tokens = &sentence.tokens;
    let link = home
        .tokens
        .start
        .checked_sub(1)
        .filter(|at| tokens[*at].is(WHERE))?;
    let comma = link.checked_sub(1).filter(|at| tokens[*at].is_mark(','))?;
    let mut namings = sentence.namings.iter().chain(&sentence.weak);
    let somebody = namings.find(|it| it.tokens.end == comma)?;
    // "the dinner lady".
    let is_noun = somebody.tokens.len() > 1 && tokens[somebody.tokens.start].is(Traits::DEFINITE);
    let is_somebody = match somebody.kind {
        NamingKind::Person | NamingKind::Role => true,
        NamingKind::Weak => is_noun,
        NamingKind::Body | NamingKind::Pronoun => false,
    };
    (is_somebody && !is_governed(sentence, somebody)).then_some(somebody)
}

/// The name behind words in an apposition that only tell what somebody is like: `61-year-old Ana Lima`, `Marrow-based Ana Lima`.
fn behind_words(sentence: &Sentence, start: usize, end: usize) -> Option<&Naming> {
    let tokens = &sentence.tokens;
    let describes = |token: &&Token| {
        const OTHERS: Traits = Traits::DETERMINER
            .or(Traits::PREPOSITION)
            .or(Traits::CUE)
            .or(Traits::WHO);
        let is_small = !token.shape.is_capital && !token.is(OTHERS);
        token.is_word() && (is_small || token.is(Traits::BASED))
    };
    let words = tokens[start..end]
        .iter()
        .take(DESCRIBED)
        .take_while(describes)
        .count();
    let mut starts = start + 1..=start + words;
    let name = starts.find_map(|at| sentence.naming_from(at))?;
    (name.kind == NamingKind::Person && name.tokens.end == end).then_some(name)
}

/// Whether a naming is that of a paper of which a copy is spoken of: `A copy of the memo`.
fn is_copied(sentence: &Sentence, naming: &Naming) -> bool {
    let before = naming
        .tokens
        .start
        .checked_sub(2)
        .map(|copy| &sentence.tokens[copy..]);
    matches!(before, Some([copy, of, ..]) if copy.is(Traits::COPY) && of.is(Traits::OF))
        && sentence.tokens[naming.tokens.end - 1].is(Traits::PAPER)
}

/// Whether a preposition stands before a naming.
pub(super) fn is_governed(sentence: &Sentence, naming: &Naming) -> bool {
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
fn spokesman_of_two(sentence: &Sentence, second: usize) -> Option<usize> {
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

/// Whether two namings stand in one stretch without a mark that parts clauses.
fn same_clause(sentence: &Sentence, left: usize, right: usize) -> bool {
    let between = sentence.namings[left].tokens.end..sentence.namings[right].tokens.start;
    between.len() <= 8
        && sentence.tokens[between]
            .iter()
            .all(|token| token.is_word() && !token.is(Traits::AND.or(Traits::BUT_WHILE).or(Traits::THAT)))
}
