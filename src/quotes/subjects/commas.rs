//! Of whom more is told between commas or in parentheses before he does what a cue says.

use crate::quotes::lexicon::Traits;
use crate::quotes::namings::{Naming, NamingKind};
use crate::quotes::sentence::Sentence;
use crate::quotes::tokens::Token;

use super::DESCRIBED;
use super::governed::is_governed;

/// Tokens of a parenthesis that is passed over.
const PARENTHESIS: usize = 12;

/// Who a relative clause is about that words in marks end: `Lima, whom Cruz once called “…,” said`.
pub(super) fn before_relative(sentence: &Sentence, before: usize) -> Option<Naming> {
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
pub(super) fn before_parenthesis(sentence: &Sentence, end: usize) -> usize {
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

/// Who begins a clause and is described between commas up to the cue, whoever and whatever else is named there: `Ana Lima, a farmer from Hope,
/// Kansas, said`, `Ana Lima, whose firm, Crane & Day, sued, said`.
pub(super) fn described_before(sentence: &Sentence, before: usize) -> Option<Naming> {
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

/// The naming that an apposition closed by the comma at `end` belongs to: `Ana Lima, the mayor of …, said`.
pub(super) fn before_apposition(sentence: &Sentence, end: usize) -> Option<Naming> {
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
pub(super) fn at_home<'a>(sentence: &'a Sentence, home: &Naming) -> Option<&'a Naming> {
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
