//! Who bears an office or is named by a noun that does what a sentence tells.

use crate::quotes::lexicon::Traits;
use crate::quotes::namings::{Naming, NamingKind};
use crate::quotes::sentence::Sentence;
use crate::quotes::subjects::{apposed, is_governed};

use super::{Nearby, Whom};

/// Tokens from "identified" to the name.
const IDENTIFIED: usize = 4;

impl Nearby<'_> {
    /// Who bears the office that does what a sentence tells: `The mayor shrugged.` Whoever is named beside it is another.
    pub(super) fn office(
        &self,
        sentence: usize,
        position: usize,
        sex: Traits,
        fits: &dyn Fn(usize) -> bool,
    ) -> Option<Whom> {
        let own = &self.sentences[sentence];
        let naming = &own.namings[position];
        let (first, noun) = (&own.tokens[naming.tokens.start], &own.tokens[naming.head.end - 1]);
        let is_free = |naming: &Naming| !is_governed(own, naming);
        let is_first = is_free(naming) && !own.namings[..position].iter().any(is_free);
        // "The owner of the pier, Ana Lima,".
        // "A baker named Ana Lima".
        let is_named = own
            .tokens
            .get(naming.tokens.end)
            .is_some_and(|it| it.is(Traits::TERM));
        // "Ana Lima, a teacher": she is named.
        let is_behind_name = own.namings[..position].last().is_some_and(|name| {
            let comma = name.tokens.end;
            name.kind == NamingKind::Person
                && comma + 1 == naming.tokens.start
                && own.tokens[comma].is_mark(',')
        });
        let mut behind = own.namings[position + 1..].iter();
        let is_given = behind.any(|name| is_identified(own, name));
        let is_apposed = is_named || is_given || is_behind_name || apposed(own, naming).is_some();
        let bodies = Traits::BODY_NOUN.or(Traits::PLURAL_ROLE).or(Traits::PAPER);
        let owner = own.weak.iter().find(|owner| {
            let is_owner = own.tokens[owner.tokens.end - 1].shape.is_possessive;
            is_owner && owner.tokens.start == naming.tokens.start && owner.tokens.end < naming.tokens.end
        });
        // "Lima’s colleague in Marrow, Ana Cruz, left".
        let acts = own.tokens.get(naming.tokens.end);
        let acts =
            acts.is_some_and(|next| next.is(Traits::CUE.or(Traits::SMALL_VERB)) || next.shape.ends_in_ed);
        let is_somebody = (first.is(Traits::DETERMINER) || (owner.is_some() && acts))
            && noun.is(Traits::ROLE.or(Traits::TITLE))
            && !noun.is(bodies)
            && sex != Traits::NONE;
        let of_noun = noun.traits.sex();
        // "Her lawyer" is not she, and "Lima’s lawyer" may be either where she is a woman.
        let of_owner = owner.and_then(|owner| self.people.owner(own, owner));
        let of_owner = of_owner.map_or(first.traits.sex(), |owner| self.people.sex(owner));
        let is_owned = first.is(Traits::OWNER) || owner.is_some();
        let is_hers = is_owned && of_owner == sex && of_noun == Traits::NONE;
        // "A widow at 38, she sold pies": she is the widow.
        let is_herself = naming.tokens.start == 0
            && own.namings[position + 1..]
                .iter()
                .find(|it| it.kind == NamingKind::Pronoun)
                .is_some_and(|it| {
                    let between = &own.tokens[naming.tokens.end..it.tokens.start];
                    let is_comma = between.last().is_some_and(|last| last.is_mark(','));
                    is_comma
                        && between
                            .iter()
                            .all(|token| !token.is(Traits::SMALL_VERB.or(Traits::CUE)))
                });
        if is_herself
            || is_hers
            || !is_first
            || is_apposed
            || !is_somebody
            || (of_noun != Traits::NONE && of_noun != sex)
        {
            return None;
        }
        let holder = self.people.holder(self.language, own, naming);
        // "For Gideon Lima it came too late. The baker was": whom the noun takes up.
        let taken_up = || self.taken_up_within(1, sentence, naming, None)?.person();
        let holder = holder.or_else(taken_up).filter(|holder| fits(*holder));
        Some(holder.map_or(Whom::Office { sentence, position }, Whom::Person))
    }
}

/// Whether somebody is named by what he says of himself: `a mother who gave her name only as Ana`.
pub(super) fn is_identified(sentence: &Sentence, naming: &Naming) -> bool {
    let start = naming.tokens.start;
    let is_as = start
        .checked_sub(1)
        .is_some_and(|at| sentence.tokens[at].is(Traits::AS));
    let near = sentence.tokens[start.saturating_sub(IDENTIFIED)..start].iter();
    is_as && naming.kind == NamingKind::Person && near.rev().any(|token| token.is(Traits::IDENTIFIED))
}
