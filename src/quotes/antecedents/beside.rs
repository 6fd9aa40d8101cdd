//! Whom words mean that a name beside them tells: `who`, `his`, `her daughter, Ana Lima`, `a stunned Lima`.

use crate::quotes::lexicon::Traits;
use crate::quotes::namings::{Naming, NamingKind};
use crate::quotes::nearby::{Last, Meant, Whom};
use crate::quotes::sentence::Sentence;
use crate::quotes::subjects::{apposed, is_governed};
use crate::quotes::tokens::Token;

use super::Named;

impl Named<'_> {
    /// Who is called by his surname behind words that describe him: `a stunned Lima`.
    pub(super) fn described(&self, own: &Sentence, naming: &Naming) -> Option<usize> {
        let tokens = &own.tokens[naming.tokens.clone()];
        let [first, middle @ .., surname] = tokens else {
            return None;
        };
        let describes = |token: &Token| token.is_word() && !token.shape.is_capital;
        let is_described = first.is(Traits::DETERMINER)
            && !first.is(Traits::DEFINITE)
            && !middle.is_empty()
            && middle.iter().all(describes);
        is_described.then(|| self.people.only_bearer(surname.word))?
    }

    /// Whom a weak naming means: `who` the one named right before, `his` as `he`, an owner whom he names.
    pub(super) fn behind_weak(&self, sentence: usize, naming: &Naming, last: Last) -> Option<Meant> {
        let own = &self.sentences[sentence];
        let first = &own.tokens[naming.tokens.start];
        if naming.tokens.len() == 1 && first.is(Traits::WHO) {
            let mut before = own.namings.iter().rev();
            // "It was Lima, not Cruz, who said".
            let is_denied = |it: &Naming| {
                let negator = it.tokens.start.checked_sub(1).map(|at| &own.tokens[at]);
                negator.is_some_and(|negator| negator.is(Traits::NEGATOR))
            };
            // "Lima, 61, of Marrow Bay, who said": where he is from.
            let is_home = |it: &Naming| {
                let of = it.tokens.start.checked_sub(1).filter(|_| is_governed(own, it));
                let comma = of.and_then(|of| of.checked_sub(1));
                comma.is_some_and(|at| own.tokens[at].is_mark(','))
                    && of.is_some_and(|of| own.tokens[of].is(Traits::OF))
            };
            let named =
                before.find(|it| it.tokens.end <= naming.tokens.start && !is_denied(it) && !is_home(it))?;
            if let Some(member) = member_of(own, named).filter(|_| first.is(Traits::HUMAN)) {
                return self.people.named(own, member).map(Meant::surely);
            }
            let named = body_at(own, named)
                .filter(|_| !first.is(Traits::HUMAN))
                .unwrap_or(named);
            let named = accorded_head(own, named).unwrap_or(named);
            if matches!(named.kind, NamingKind::Role | NamingKind::Body) {
                let holder = self.people.holder(self.language, own, named).map(Meant::surely);
                let position = own.namings.iter().position(|it| it == named)?;
                return holder.or(Some(Meant {
                    whom: Whom::Office { sentence, position },
                    is_contested: false,
                }));
            }
            return self.people.named(own, named).map(Meant::surely);
        }
        let stands_for_person = Traits::OWNER.or(Traits::OBJECT_PRONOUN);
        if naming.tokens.len() == 1 && first.is(stands_for_person) {
            let is_person = !first.is(Traits::FIRST_PERSON.or(Traits::IT));
            return is_person.then(|| self.before(sentence, naming, last))?;
        }
        let is_owner = own.tokens[naming.tokens.end - 1].shape.is_possessive;
        is_owner.then(|| self.people.owner(own, naming).map(Meant::surely))?
    }
}

/// The name that stands beside words for somebody: `her daughter, Ana Lima`, `a clerk named Ana Lima`, and before them in `Harbor Watch, a
/// campaign group,`.
pub(super) fn named_beside<'a>(sentence: &'a Sentence, noun: &Naming) -> Option<&'a Naming> {
    if let Some(name) = apposed(sentence, noun) {
        return Some(name);
    }
    let tokens = &sentence.tokens;
    let end = noun.tokens.end;
    let is_person = |name: &&Naming| name.kind == NamingKind::Person;
    if tokens.get(end).is_some_and(|term| term.is(Traits::TERM)) {
        return sentence.naming_from(end + 1).filter(is_person);
    }
    let comma = noun
        .tokens
        .start
        .checked_sub(1)
        .filter(|at| tokens[*at].is_mark(','))?;
    let is_closed = tokens.get(end).is_some_and(|behind| behind.is_mark(','));
    let is_apposed = is_closed && tokens[comma + 1].is(Traits::DETERMINER);
    let mut names = sentence.namings.iter().filter(|name| name.tokens.end == comma);
    names
        .find(is_person)
        .filter(|name| is_apposed && !is_governed(sentence, name))
}

/// The aide or friend of somebody whom "according to" names before him: `according to an aide to Ana Lima, who said`.
fn accorded_head<'a>(sentence: &'a Sentence, named: &Naming) -> Option<&'a Naming> {
    let mut heads = sentence.namings.iter();
    let head = heads
        .find(|head| head.tokens.end + 1 == named.tokens.start && sentence.is_accorded(head.tokens.start))?;
    (head.kind == NamingKind::Role && is_governed(sentence, named)).then_some(head)
}

/// The body that is named right before where it is: `the Harbor Watch in Marrow, which said`.
fn body_at<'a>(sentence: &'a Sentence, place: &Naming) -> Option<&'a Naming> {
    let link = place
        .tokens
        .start
        .checked_sub(1)
        .filter(|at| sentence.tokens[*at].is(Traits::LOCATIVE))?;
    let mut bodies = sentence.namings.iter().filter(|it| it.kind == NamingKind::Body);
    bodies
        .find(|it| it.tokens.end == link)
        .filter(|_| place.kind == NamingKind::Person)
}

/// Who is named right before the body or place that he is of: `Ana Lima of the Ledger, who said`.
fn member_of<'a>(sentence: &'a Sentence, named: &Naming) -> Option<&'a Naming> {
    let link = named.tokens.start.checked_sub(1)?;
    let token = &sentence.tokens[link];
    // "a letter to Lima from the Ledger, who said": there it is none of hers.
    let is_member = |it: &Naming| {
        named.kind == NamingKind::Body && token.is(Traits::PREPOSITION) && !is_governed(sentence, it)
    };
    let mut people = sentence.namings.iter().filter(|it| it.kind == NamingKind::Person);
    people.find(|it| it.tokens.end == link && (token.is(Traits::OF) || is_member(it)))
}
