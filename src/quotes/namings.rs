//! The words that name somebody: `Mayor Ana Lima`, `a DHS spokesperson`, `she`.

use std::ops::Range;

use super::lexicon::{Traits, Word};
use super::sentence::Slot;
use super::tokens::Token;
use super::walk::Walk;

/// A naming in a sentence, as indices of its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Naming {
    pub(super) tokens: Range<usize>,
    /// The tokens of the name itself, without titles; of a noun the noun.
    pub(super) head: Range<usize>,
    pub(super) kind: NamingKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NamingKind {
    Person,
    Body,
    /// A noun for somebody: the mayor, officials.
    Role,
    /// He, she, they.
    Pronoun,
    /// It, we, who, him, his; an owner (`Lima's claim`); any noun with a determiner: what seldom names who speaks.
    Weak,
}

impl Naming {
    /// The word by which somebody is known again: the last of the name.
    pub(super) fn key(&self, tokens: &[Token]) -> Word {
        tokens[self.head.end - 1].word
    }
}

/// Tokens of a sentence for each of its namings, where it names many.
const NAMED: usize = 4;
/// Words between a determiner and its noun.
const MODIFIERS: usize = 4;
/// Words of what an office is for, and of who holds it.
const FIELD: usize = 8;
/// Words of a naming by a party or a country.
const MEMBER: usize = 4;
/// Words of an owner's name, and of whom somebody with an office has.
const OWNER: usize = 4;
const OWNED: usize = 3;
/// Words from a determiner to a noun that a cue follows.
const PHRASE: usize = 6;

const WEAK: Traits = Traits::IT
    .or(Traits::FIRST_PERSON)
    .or(Traits::SECOND_PERSON)
    .or(Traits::OBJECT_PRONOUN)
    .or(Traits::OWNER)
    .or(Traits::WHO)
    .or(Traits::ALSO_PRONOUN);

/// Words that no phrase of a noun goes over.
pub(super) const ENDS: Traits = Traits::PREPOSITION
    .or(Traits::AND)
    .or(Traits::BUT_WHILE)
    .or(Traits::THAT)
    .or(Traits::WHO)
    .or(Traits::SMALL_VERB);

/// The namings of a sentence, in order. `runs` tell where words in marks were taken out, in order: no naming reaches over them.
pub(super) fn namings(tokens: &[Token], runs: &[Slot]) -> Vec<Naming> {
    let mut namings: Vec<Naming> = Vec::with_capacity(tokens.len() / NAMED);
    let mut next_break = 0;
    let mut at = 0;
    while at < tokens.len() {
        if !may_begin(&tokens[at], Traits::NONE) {
            at += 1;
            continue;
        }
        while runs.get(next_break).is_some_and(|slot| slot.before <= at) {
            next_break += 1;
        }
        let end = runs.get(next_break).map_or(tokens.len(), |slot| slot.before);
        match naming(&tokens[..end.min(tokens.len())], at) {
            Some(naming) => {
                at = naming.tokens.end;
                namings.push(naming);
            }
            None => at += 1,
        }
    }
    add_phrases(tokens, &mut namings);
    namings
}

/// Whether a naming may begin with a token, or that is on other lists: most do not.
#[inline]
const fn may_begin(token: &Token, others: Traits) -> bool {
    const BEGINS: Traits = Traits::HE_SHE_THEY
        .or(Traits::DETERMINER)
        .or(Traits::ROLE)
        .or(Traits::TITLE);
    token.is(BEGINS.or(others)) || token.shape.is_capital || token.shape.is_number
}

/// The weak namings beside the others: pronouns that seldom speak, owners (`Lima's claim`), any noun with a
/// determiner (`the note`).
pub(super) fn weak_namings(tokens: &[Token], namings: &[Naming]) -> Vec<Naming> {
    let mut strong = namings.iter().peekable();
    let mut weak = Vec::with_capacity(tokens.len() / NAMED);
    let mut at = 0;
    while at < tokens.len() {
        if !may_begin(&tokens[at], WEAK) {
            at += 1;
            continue;
        }
        while strong.next_if(|naming| naming.tokens.end <= at).is_some() {}
        // "his lawyer" is somebody else than "his"; both are named.
        let inside = strong.peek().filter(|naming| naming.tokens.start <= at);
        let is_inside = inside.is_some_and(|naming| naming.tokens.start < at);
        let end = owner(tokens, at)
            .or_else(|| (!is_inside && tokens[at].is(WEAK)).then_some(at + 1))
            .or_else(|| inside.is_none().then(|| phrase(tokens, at))?);
        if let Some(end) = end {
            weak.push(Naming {
                tokens: at..end,
                head: end - 1..end,
                kind: NamingKind::Weak,
            });
        }
        at = end.unwrap_or(at + 1);
    }
    add_sources(tokens, namings, &mut weak);
    weak
}

/// The end of a name that owns what follows.
fn owner(tokens: &[Token], start: usize) -> Option<usize> {
    let named = |token: &Token| token.is_word() && (token.is_name() || token.is(Traits::ROLE));
    let is_first = start == 0 || !named(&tokens[start - 1]) || tokens[start - 1].shape.is_possessive;
    if !is_first || !named(&tokens[start]) {
        return None;
    }
    let length = tokens[start..]
        .iter()
        .take(PHRASE)
        .take_while(|token| named(token))
        .position(|token| token.shape.is_possessive)?;
    Some(start + length + 1)
}

/// The end of a noun that a determiner begins.
fn phrase(tokens: &[Token], start: usize) -> Option<usize> {
    // "said that Cruz": before a name it is no determiner.
    let is_that = tokens[start].is(Traits::THAT) && tokens.get(start + 1).is_some_and(Token::is_name);
    if !tokens[start].is(Traits::DETERMINER) || is_that {
        return None;
    }
    const NOUN_ENDS: Traits = ENDS
        .or(Traits::HE_SHE_THEY)
        .or(Traits::IT)
        .or(Traits::DETERMINER)
        .or(Traits::FIRST_PERSON)
        .or(Traits::SAY);
    // "The Ledger's editorial calls it": a verb.
    let is_verb = |at: usize| tokens[at].is(Traits::CALL) && tokens[at - 1].is(Traits::PAPER);
    let length = tokens[start + 1..]
        .iter()
        .take(PHRASE)
        .zip(start + 1..)
        .take_while(|(token, at)| {
            token.is_word() && (!token.is(NOUN_ENDS) || token.is(Traits::PAPER)) && !is_verb(*at)
        })
        .count();
    (length > 0).then_some(start + 1 + length)
}

/// Adds bare nouns between "according to" and a mark: `according to reports,`.
fn add_sources(tokens: &[Token], namings: &[Naming], weak: &mut Vec<Naming>) {
    let leads = (0..tokens.len()).filter(|at| tokens[*at].is(Traits::ACCORDING));
    for start in leads.map(|at| at + 2) {
        let is_named = |naming: &Naming| naming.tokens.contains(&start);
        let Some(end) = source(tokens, start).filter(|end| is_alone(tokens, namings, start - 2, *end)) else {
            continue;
        };
        if !namings.iter().chain(weak.iter()).any(is_named) {
            let before = weak.partition_point(|naming| naming.tokens.start < start);
            let source = Naming {
                tokens: start..end,
                head: end - 1..end,
                kind: NamingKind::Weak,
            };
            weak.insert(before, source);
        }
    }
}

/// Whether a source begins its sentence and nobody else is told to say anything: `According to reports, the pier is “unsafe.”`, and neither
/// `Lima told Cruz, according to reports, that` nor `According to reports, Lima said`.
fn is_alone(tokens: &[Token], namings: &[Naming], lead: usize, end: usize) -> bool {
    let has_doer = |cue: usize| {
        namings
            .iter()
            .any(|naming| (end..cue).contains(&naming.tokens.start))
    };
    let tells = |cue: usize| tokens[cue].is(Traits::SAY.or(Traits::CALL)) && has_doer(cue);
    tokens[..lead].iter().all(|token| !token.is_word()) && !(end..tokens.len()).any(tells)
}

/// The end of a bare noun for a source that begins at a token behind "according to".
fn source(tokens: &[Token], start: usize) -> Option<usize> {
    let nouns = tokens.get(start..).filter(|_| tokens[start - 1].is(Traits::TO))?;
    let is_noun = |token: &&Token| token.is_word() && !token.shape.is_capital && !token.is(ENDS);
    let length = nouns.iter().take(PHRASE).take_while(is_noun).count();
    let ends = nouns.get(length).is_none_or(|behind| !behind.is_word());
    // "according to plan": no source.
    const SOURCES: Traits = Traits::PAPER.or(Traits::NOUN_CUE).or(Traits::ALSO_NOUN);
    let tells = length > 0 && nouns[length - 1].is(SOURCES);
    (tells && ends).then_some(start + length)
}

/// Any noun with a determiner right before a cue: `a fisherman said`.
fn add_phrases(tokens: &[Token], namings: &mut Vec<Naming>) {
    // "left the pier but said": there it is said by who left.
    const PARTS: Traits = Traits::CUE.or(Traits::PREPOSITION).or(Traits::BUT_WHILE);
    let mut added = false;
    for cue in 1..tokens.len() {
        if !tokens[cue].is(Traits::SAY) {
            continue;
        }
        let mut end = cue;
        while end > 0 && tokens[end - 1].is(Traits::ADVERB) {
            end -= 1;
        }
        let first = (end.saturating_sub(PHRASE)..end)
            .rev()
            .take_while(|at| tokens[*at].is_word() && !tokens[*at].is(PARTS))
            .find(|at| {
                // "63 percent said", and not "left at 5 a.m. and said".
                let is_hour = || tokens.get(at + 1).is_some_and(|next| next.is(Traits::CLOCK));
                let begins =
                    tokens[*at].is(Traits::DETERMINER) || (tokens[*at].shape.is_number && !is_hour());
                // "said that nobody can shout": there it begins a clause.
                let is_that = tokens[*at].is(Traits::THAT) && *at > 0 && tokens[*at - 1].is(Traits::SAY);
                begins && !is_that && at + 1 < end
            });
        // "Lima this week said": nobody is named by a time. "The deal “…,” it said": whoever says it is a pronoun.
        const OTHERS: Traits = Traits::TIME_NOUN.or(Traits::IT).or(Traits::HE_SHE_THEY);
        let is_other = end > 0 && tokens[end - 1].is(OTHERS);
        let Some(start) = first.filter(|_| !is_other) else {
            continue;
        };
        // "one veteran diver said": the naming goes on up to the cue; "his friends make jokes" is no such.
        let is_said = end == cue && tokens[cue].is(Traits::COMMON_SAY);
        let goes_on = |naming: &&mut Naming| {
            let rest = tokens.get(naming.tokens.end..end).unwrap_or_default();
            let is_noun = |token: &Token| {
                token.is_word() && !token.shape.is_capital && token.is_plain() && !token.shape.ends_in_ed
            };
            let is_role = naming.kind == NamingKind::Role && naming.tokens.start == start;
            let is_whole = !tokens[naming.tokens.end - 1].shape.is_possessive;
            is_role && is_whole && rest.len() == 1 && is_said && rest.iter().all(is_noun)
        };
        if let Some(naming) = namings.iter_mut().find(goes_on) {
            (naming.tokens, naming.head) = (start..end, end - 1..end);
        }
        let is_free = namings
            .iter()
            .all(|naming| naming.tokens.end <= start || naming.tokens.start >= end);
        if is_free {
            added = true;
            namings.push(Naming {
                tokens: start..end,
                head: end - 1..end,
                kind: NamingKind::Role,
            });
        }
    }
    if added {
        namings.sort_by_key(|naming| naming.tokens.start);
    }
}

fn naming(tokens: &[Token], start: usize) -> Option<Naming> {
    let first = &tokens[start];
    if !first.is_word() {
        return None;
    }
    if first.is(Traits::HE_SHE_THEY) {
        let tokens = start..start + 1;
        return Some(Naming {
            head: tokens.clone(),
            tokens,
            kind: NamingKind::Pronoun,
        });
    }
    let next = tokens.get(start + 1);
    let named_alone = shouted(tokens, start)
        .or_else(|| one_of_several(tokens, start))
        .or_else(|| group(tokens, start));
    if let Some(found) = named_alone {
        return Some(found);
    }
    // "Said Lima: …": a cue begins the sentence, and no name.
    let is_cue = start == 0
        && first.is(Traits::SAY)
        && (first.is(Traits::COMMON_SAY) || first.shape.ends_in_ed)
        && next.is_some_and(|next| next.is_name() || next.is(Traits::THAT.or(Traits::BY)));
    if is_cue {
        return None;
    }
    // "said that Cruz", "Both Lima and Cruz": before a name it is no determiner.
    const BEFORE_NAMES: Traits = Traits::THAT.or(Traits::BOTH);
    let is_that = first.is(BEFORE_NAMES) && next.is_some_and(Token::is_name);
    let determined = first.is(Traits::DETERMINER) && !is_that;
    if !(determined
        || first.shape.is_capital
        || first.is(Traits::ROLE.or(Traits::TITLE))
        || first.shape.is_number)
    {
        return None;
    }
    // "Chapter 9 petition": the number belongs to what stands before it.
    if first.shape.is_number && start > 0 && tokens[start - 1].is_word() && tokens[start - 1].is_name() {
        return None;
    }
    let mut walk = Walk::new(tokens, start + usize::from(determined));
    if determined || first.shape.is_number {
        walk.modifiers = MODIFIERS;
    }
    while walk.step() {}
    if let Some(owned) = somebodys(tokens, start, &walk) {
        return Some(owned);
    }
    let end = walk.good?;
    let end = end_of_list(tokens, start, end).unwrap_or(end);
    if let Some(post) = posted(tokens, start..end) {
        return Some(post);
    }
    if let Some(people) = people_of_office(tokens, start..end) {
        return Some(people);
    }
    // "200 Lima fans", and neither "200 Lima" nor "17-year-old Ana Lima".
    if first.shape.is_number && !determined && walk.last_role.is_none_or(|role| role + 1 < end) {
        return None;
    }
    // "said that when Lima": a clause begins there.
    if determined && first.is(Traits::THAT) && walk.has_name && walk.last_role.is_none() {
        return None;
    }
    // "Marrow v. Lima": a case.
    let is_versus = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at))
            .is_some_and(|it| it.is(Traits::VERSUS))
    };
    if is_versus(start.checked_sub(1)) || is_versus(Some(end)) {
        return None;
    }
    let last = &tokens[end - 1];
    // "a 40-year-old pier": no naming of anybody.
    let is_age = last.shape.is_number && last.is(Traits::ROLE);
    let describes = |next: &Token| next.is_word() && !next.shape.is_capital && next.is_plain();
    if is_age && tokens.get(end).is_some_and(describes) {
        return None;
    }
    // "the Marrow Bay senator", and neither "the Lima campaign" nor "the Lima letter".
    const NOBODY: Traits = Traits::BODY
        .or(Traits::BODY_NOUN)
        .or(Traits::PAPER)
        .or(Traits::ARTWORK);
    let is_office = !last.shape.is_capital && last.is(Traits::ROLE) && !last.is(NOBODY) && walk.has_name;
    // "the Ohio Republican", "the Italian": taken up so, somebody and no body; "The Italian" may be a newspaper.
    let may_be_title = first.shape.is_capital && end - start == 2;
    let is_member =
        last.shape.is_capital && last.is(Traits::EPITHET) && end - start <= MEMBER && !may_be_title;
    if determined && (is_member || (is_office && walk.last_role == Some(end - 1))) {
        return Some(Naming {
            tokens: start..end,
            head: end - 1..end,
            kind: NamingKind::Role,
        });
    }
    if determined
        && !walk.has_role
        && let Some(head) = named_behind(tokens, start..end)
    {
        return Some(Naming {
            tokens: start..end,
            head,
            kind: NamingKind::Person,
        });
    }
    let head = walk.head(start, end);
    // "Marrow, Ohio": where somebody or something is.
    if is_place_behind(tokens, start, &head) {
        return None;
    }
    // "Bill Lima", "Bill de la Cruz": a given name, where a surname follows; not so in "Bill of Rights".
    let follows = head.len() > 1 && !tokens[head.start + 1].is(Traits::OF);
    let is_given = tokens[head.start].traits.sex() != Traits::NONE && follows;
    let of_body = &tokens[head.start + usize::from(is_given)..head.end];
    let kind = match (walk.has_name, walk.has_role) {
        // "a Lima ally said": whoever stands by her.
        (true, false) if first.is(Traits::DETERMINER) && !first.is(Traits::DEFINITE) && acts(tokens, end) => {
            return Some(Naming {
                tokens: start..end + 1,
                head: end..end + 1,
                kind: NamingKind::Role,
            });
        }
        (true, _) if of_body.iter().any(|token| token.is(Traits::BODY)) => NamingKind::Body,
        // "Section 4 says", "Local 12 said".
        (true, _) if walk.is_numbered_name && last.shape.is_number => NamingKind::Body,
        (true, false) if determined || walk.is_firm => NamingKind::Body,
        (true, _)
            if head.len() == 1 && tokens[head.start].shape.is_all_capital && walk.last_role.is_none() =>
        {
            NamingKind::Body
        }
        (true, _) => NamingKind::Person,
        (false, true) => NamingKind::Role,
        (false, false) => return None,
    };
    // "a decision that board members announced": of several "that" is no determiner.
    let is_link = first.is(Traits::THAT) && last.is(Traits::PLURAL_ROLE) && head.start > start;
    Some(Naming {
        tokens: start + usize::from(is_link)..end,
        head,
        kind,
    })
}

/// The full name behind a determiner and words in small letters, of somebody who does something: `the late Ana Lima`, `the first thing Ana
/// Lima does`, and not `the old Ana Lima pier`.
fn named_behind(tokens: &[Token], naming: Range<usize>) -> Option<Range<usize>> {
    const THINGS: Traits = Traits::SITE
        .or(Traits::BODY)
        .or(Traits::BODY_NOUN)
        .or(Traits::PAPER)
        .or(Traits::ARTWORK)
        .or(Traits::NOUN_CUE);
    let inside = &tokens[naming.start + 1..naming.end];
    let small = inside.iter().take_while(|token| !token.shape.is_capital).count();
    let name = &inside[small..];
    let is_full = name.len() > 1 && name[0].traits.sex() != Traits::NONE;
    let is_name = name
        .iter()
        .all(|token| token.is_name() && !token.is(THINGS) && !token.shape.is_possessive);
    let acts = tokens
        .get(naming.end)
        .is_none_or(|next| !next.is_word() || next.shape.ends_in_ed || !(next.is_plain() || next.is(THINGS)));
    (small > 0 && is_full && is_name && acts).then_some(naming.start + 1 + small..naming.end)
}

/// Whoever a word in capitals describes at the beginning of a report: `FURIOUS locals say`.
fn shouted(tokens: &[Token], start: usize) -> Option<Naming> {
    let [first, noun, says, ..] = tokens.get(start..)? else {
        return None;
    };
    let is_shouted = start == 0 && first.shape.is_all_capital && first.range.len() > 1;
    let is_noun = noun.is_word() && !noun.shape.is_capital && !noun.shape.is_number && noun.is_plain();
    (is_shouted && is_noun && says.is(Traits::COMMON_SAY)).then(|| Naming {
        tokens: start..start + 2,
        head: start + 1..start + 2,
        kind: NamingKind::Role,
    })
}

/// Somebody of whom it is told whose he is, by a noun that no list has: `Ms. Lima’s deputies said`.
fn somebodys(tokens: &[Token], start: usize, walk: &Walk<'_>) -> Option<Naming> {
    let noun = walk.owner.filter(|_| walk.good.is_none())? + 1;
    acts(tokens, noun).then(|| Naming {
        tokens: start..noun + 1,
        head: noun..noun + 1,
        kind: NamingKind::Role,
    })
}

/// What is posted somewhere: `a Harbornet post`, `an X post`.
fn posted(tokens: &[Token], place: Range<usize>) -> Option<Naming> {
    let is_social = tokens[place.end - 1].is(Traits::SOCIAL) && tokens[place.start].is(Traits::DETERMINER);
    let paper = tokens.get(place.end).filter(|_| is_social)?;
    let is_paper = paper.is(Traits::PAPER) && !paper.shape.is_capital;
    is_paper.then(|| Naming {
        tokens: place.start..place.end + 1,
        head: place.end..place.end + 1,
        kind: NamingKind::Role,
    })
}

/// People of whoever bears an office, by nouns that no list has: `the mayor’s backers say`, `the mayor’s inner circle calls it`.
fn people_of_office(tokens: &[Token], office: Range<usize>) -> Option<Naming> {
    let owner = &tokens[office.end - 1];
    if !owner.shape.is_possessive || owner.shape.is_capital || !tokens[office.start].is(Traits::DETERMINER) {
        return None;
    }
    let behind = tokens[office.end..].iter().take(OWNED);
    let is_noun = |token: &&Token| token.is_word() && !token.shape.is_capital && token.is_plain();
    let nouns = behind.take_while(is_noun).count();
    let end = office.end + nouns;
    let says = tokens
        .get(end)
        .is_some_and(|next| next.is(Traits::SAY.or(Traits::CALL)));
    (nouns > 0 && says).then(|| Naming {
        tokens: office.start..end,
        head: end - 1..end,
        kind: NamingKind::Role,
    })
}

/// A body that is named by who belongs to it and what they are for: `Citizens for Better Schools`, `the Friends of the Marrow River`.
fn group(tokens: &[Token], start: usize) -> Option<Naming> {
    let determined = tokens[start].is(Traits::DETERMINER);
    let members = start + usize::from(determined);
    let (noun, link) = (tokens.get(members)?, tokens.get(members + 1)?);
    if !noun.shape.is_capital || !noun.is(Traits::MEMBERS) {
        return None;
    }
    let names = |token: &Token| token.is_word() && token.is_name() && !token.is(Traits::WHEN);
    let is_for = link.is(Traits::BLAMES) && !link.shape.is_capital;
    let is_of = link.is(Traits::OF) && tokens.get(members + 2)?.is(Traits::DEFINITE);
    // "Mothers Against Gun Violence".
    let is_inner = link.is(Traits::PREPOSITION) && link.shape.is_capital;
    let aim = members + if is_inner { 1 } else { 2 } + usize::from(is_of);
    let length = tokens
        .get(aim..)?
        .iter()
        .take(FIELD)
        .take_while(|it| names(it))
        .count();
    // A capital that begins a sentence is that of any noun.
    let least = if members == 0 { 2 } else { 1 };
    let is_group = is_for || is_inner || (is_of && members > 0);
    // "Voters for Mayor Lima", "Lawyers for Ana Lima": those are people's.
    let is_persons = tokens[aim..aim + length]
        .iter()
        .any(|it| it.is(Traits::TITLE) || it.traits.sex() != Traits::NONE || it.shape.is_possessive);
    (is_group && length >= least && !is_persons).then(|| Naming {
        tokens: start..aim + length,
        head: members..aim + length,
        kind: NamingKind::Body,
    })
}

/// Whether a noun that no list has says something: `ally said`, `“…,” said a Lima ally.`
fn acts(tokens: &[Token], noun: usize) -> bool {
    let is_noun = tokens.get(noun).is_some_and(|noun| {
        noun.is_word() && !noun.shape.is_capital && noun.is_plain() && !noun.shape.is_number
    });
    // "Lima's clarion call", "a Lima stock answer": nouns that look like verbs.
    let says = tokens.get(noun + 1).is_some_and(|next| {
        next.is(Traits::COMMON_SAY) || (next.is(Traits::SAY.or(Traits::CALL)) && next.shape.ends_in_ed)
    });
    is_noun && says
}

/// Somebody who is one or some of several: `one of the officials`, `some of his aides`.
fn one_of_several(tokens: &[Token], start: usize) -> Option<Naming> {
    let [first, of, article, ..] = tokens.get(start..)? else {
        return None;
    };
    let counts = first.is(Traits::ALSO_PRONOUN.or(Traits::COUNT)) && !first.is(Traits::THAT);
    let is_owner = || {
        let mut near = tokens[start + 2..].iter().take(OWNER);
        article.is_name() && near.any(|it| it.shape.is_possessive)
    };
    let are_certain =
        || (article.is(Traits::DEFINITE.or(Traits::OWNER)) && !article.is(Traits::THAT)) || is_owner();
    if !(counts && of.is(Traits::OF) && are_certain()) {
        return None;
    }
    let several = naming(tokens, start + 2)?;
    let are_people = several.kind == NamingKind::Role && tokens[several.head.end - 1].is(Traits::PLURAL_ROLE);
    are_people.then_some(Naming {
        tokens: start..several.tokens.end,
        ..several
    })
}

/// The end of a body that is for several things: `Ministry of Housing, Communities and Local Government`.
fn end_of_list(tokens: &[Token], start: usize, end: usize) -> Option<usize> {
    let is_field = |at: usize| {
        let token = tokens.get(at);
        token.is_some_and(|token| token.is_word() && token.shape.is_capital && token.is(Traits::FIELD))
    };
    let fields = |at: usize| (at..).take(FIELD).take_while(|at| is_field(*at)).count();
    let is = |at: usize, list: Traits| tokens.get(at).is_some_and(|token| token.is(list));
    let is_for = |at: &usize| is(*at, Traits::PREPOSITION) && *at > start && is(at - 1, Traits::BODY);
    let of = (start..end).find(is_for)?;
    let mut at = of + 1 + fields(of + 1);
    if at != end || end == of + 1 {
        return None;
    }
    while tokens.get(at).is_some_and(|comma| comma.is_mark(',')) && is_field(at + 1) {
        at += 1 + fields(at + 1);
    }
    let last = at + 1 + fields(at + 1);
    // "the Department of Energy, Commerce and Labor Secretary Lima": there another is named.
    let is_whole =
        at > end && is(at, Traits::AND) && last > at + 1 && !is(last, Traits::TITLE.or(Traits::ROLE));
    is_whole.then_some(last)
}

/// Whether some tokens name a country or a state behind a city and a comma.
fn is_place_behind(tokens: &[Token], start: usize, head: &Range<usize>) -> bool {
    let are_places = tokens[head.clone()].iter().all(|token| token.is(Traits::PLACE));
    are_places
        && head.start == start
        && start > 1
        && tokens[start - 1].is_mark(',')
        && tokens[start - 2].is_word()
        && tokens[start - 2].is_name()
}
