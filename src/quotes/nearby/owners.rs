//! Whose something or somebody is that a sentence tells of, so that a pronoun behind it means the owner or another.

use crate::quotes::lexicon::Traits;
use crate::quotes::namings::{Naming, NamingKind};
use crate::quotes::people::introduction;
use crate::quotes::sentence::Sentence;
use crate::quotes::subjects::is_governed;

use super::{Meant, Nearby};

/// Tokens of what somebody owns.
const OWNED: usize = 4;
/// The same of a speech: `Mayor Lima’s State of the City address`.
const PAPER: usize = 6;

impl Nearby<'_> {
    /// Whether somebody without a name says something there who is of somebody of a sex: `His lawyer said it was over.` Behind that, "he" may
    /// be either.
    pub(super) fn has_speaker_of(&self, sentence: usize, sex: Traits) -> bool {
        let own = &self.sentences[sentence];
        let mut free = own.namings.iter().filter(|naming| !is_governed(own, naming));
        free.next().is_some_and(|naming| {
            let (first, noun) = (&own.tokens[naming.tokens.start], &own.tokens[naming.head.end - 1]);
            const OTHERS: Traits = Traits::PLURAL_ROLE.or(Traits::BODY_NOUN).or(Traits::PAPER);
            let is_somebody = naming.kind == NamingKind::Role && !noun.is(OTHERS);
            let may_be = noun.traits.sex() == Traits::NONE || noun.traits.sex() == sex;
            let speaks = own
                .tokens
                .get(naming.tokens.end)
                .is_some_and(|cue| cue.is(Traits::COMMON_SAY));
            first.is(Traits::OWNER) && first.traits.sex() == sex && is_somebody && may_be && speaks
        })
    }

    /// Whose thing a sentence begins with: `Ana Lima’s voucher expires in May.`
    pub(super) fn owner(&self, sentence: usize, fits: &dyn Fn(usize) -> bool) -> Option<Meant> {
        let own = &self.sentences[sentence];
        let owner = own.weak.iter().find(|owner| owner.tokens.start == 0)?;
        let is_owner = own.tokens[owner.tokens.end - 1].shape.is_possessive;
        // "Lima's lawyer called": another does it.
        let owned = own.tokens[owner.tokens.end..].iter().take(OWNED);
        let mut owned = owned.take_while(|token| token.is_word() && !token.is(Traits::SMALL_VERB));
        const SOMEBODY: Traits = Traits::ROLE.or(Traits::TITLE).or(Traits::KIN);
        let is_somebody = owned.any(|noun| noun.is(SOMEBODY) && !noun.is(Traits::BODY_NOUN));
        let person = self
            .people
            .owner(own, owner)
            .filter(|_| is_owner && !is_somebody)?;
        let is_known = self.people.is_certain(person) && !self.people.is_doubtful(person);
        (is_known && fits(person)).then_some(Meant::surely(person))
    }

    /// Whose speech or paper a pronoun stands in: `in Mayor Lima’s speech on May 2, in which she called it`; and not `responding to Mayor Lima’s
    /// letter, she called it`.
    pub(super) fn owner_of_paper(
        &self,
        sentence: usize,
        pronoun: &Naming,
        fits: &dyn Fn(usize) -> bool,
    ) -> Option<Meant> {
        const PAPERS: Traits = Traits::PAPER.or(Traits::OCCASION).or(Traits::NOUN_CUE);
        let own = &self.sentences[sentence];
        let is = |back: usize, list: Traits| {
            let at = pronoun.tokens.start.checked_sub(back);
            at.is_some_and(|at| own.tokens[at].is(list))
        };
        let is_in_which = is(1, Traits::RELATIVE) && is(2, Traits::WITHIN);
        let is_owner = |owner: &&Naming| {
            let owned = own.tokens[owner.tokens.end..].iter().take(PAPER);
            let mut owned = owned.take_while(|token| token.is_word() && !token.is(Traits::SMALL_VERB));
            let before = owner.tokens.start.checked_sub(1);
            own.tokens[owner.tokens.end - 1].shape.is_possessive
                && before.is_some_and(|before| own.tokens[before].is(Traits::WITHIN))
                && owned.any(|noun| noun.is(PAPERS))
        };
        let mut owners = own.weak.iter().filter(is_owner).filter(|_| is_in_which);
        let owner = owners.next().filter(|_| owners.next().is_none())?;
        let person = self.people.owner(own, owner)?;
        (self.people.is_certain(person) && fits(person)).then_some(Meant::surely(person))
    }

    /// Whether somebody is introduced as somebody of "hers", so that she is another, as far as his sex is told: `Her chief of staff, Gideon
    /// Lima, plays the mayor.`
    pub(super) fn is_of_whom(&self, own: &Sentence, naming: &Naming, sex: Traits) -> bool {
        let titles = &own.tokens[naming.tokens.start..naming.head.start];
        let introduced = introduction(own, naming).unwrap_or(titles);
        let Some((owner, words)) = introduced.split_first() else {
            return false;
        };
        let is_known = words.last().is_some_and(|noun| noun.traits.sex() != Traits::NONE);
        let person = self.people.named(own, naming);
        let is_known = is_known || person.is_none_or(|person| self.people.sex(person) != Traits::NONE);
        owner.is(Traits::OWNER) && sex != Traits::NONE && owner.traits.sex() == sex && !is_known
    }
}
