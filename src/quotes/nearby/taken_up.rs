//! Whom a noun takes up that describes somebody: `the 46-year-old`, `the former Ohio governor`.

use crate::quotes::lexicon::Traits;
use crate::quotes::namings::{Naming, NamingKind};
use crate::quotes::people::age;
use crate::quotes::sentence::Sentence;
use crate::quotes::subjects::{apposed, is_governed};
use crate::quotes::tokens::Token;

use super::{LOOK_BACK, Last, Meant, Nearby, Whom, is_concerned};

/// Sentences before a noun in which it may have introduced somebody without a name.
const INTRODUCED: usize = 24;

impl Nearby<'_> {
    /// Whom a noun takes up that describes him: `the 46-year-old`, `the striker`, `the former Ohio governor`. He was spoken of
    /// last, in the sentences before.
    pub(in crate::quotes) fn taken_up(&self, sentence: usize, naming: &Naming, last: Last) -> Option<Meant> {
        self.taken_up_within(LOOK_BACK, sentence, naming, last)
    }

    pub(super) fn taken_up_within(
        &self,
        reach: usize,
        sentence: usize,
        naming: &Naming,
        last: Last,
    ) -> Option<Meant> {
        let own = &self.sentences[sentence];
        // "the developer's brochure": somebody's paper takes nobody up.
        let is_owner = own.tokens[naming.tokens.end - 1].shape.is_possessive;
        let is_paper = own
            .tokens
            .get(naming.tokens.end)
            .is_some_and(|it| it.is(Traits::PAPER));
        if (is_owner && is_paper) || !self.takes_up(sentence, naming) {
            return None;
        }
        let tokens = &own.tokens[naming.tokens.clone()];
        let noun = &own.tokens[naming.head.end - 1];
        let sex = noun.traits.sex();
        let is_beside = |person: usize| {
            let mut others = own.namings.iter();
            others.any(|other| {
                other.kind == NamingKind::Person && self.people.named(own, other) == Some(person)
            })
        };
        let fits = |person: usize| {
            let of_person = self.people.sex(person);
            (of_person == Traits::NONE || sex == Traits::NONE || of_person == sex)
                && !is_beside(person)
                && !self.people.is_thing(person)
                && !self.people.is_elsewhere(person, tokens)
                && !self.people.bears_otherwise(self.language, person, tokens)
                && match age(self.text, noun) {
                    Some(aged) => self.people.may_be_aged(person, aged),
                    // "the Republican", "the Italian": no office.
                    None => {
                        (noun.is(Traits::EPITHET) && noun.shape.is_capital)
                            || self.people.may_hold(self.language, person, noun)
                    }
                }
        };
        let near = sentence.saturating_sub(reach);
        let spoke = last.filter(|(spoke, person)| (near..=sentence).contains(spoke) && fits(*person));
        let spoke = spoke.map(|(_, person)| person);
        let did = (near..sentence).rev().find_map(|index| self.doer(index, &fits));
        // Where one spoke and another does something since, it may be either.
        let is_open = spoke.is_some() && did.is_some() && spoke != did;
        let person = spoke.or(did).filter(|_| !is_open)?;
        Some(Meant {
            whom: Whom::Person(person),
            is_contested: true,
        })
    }

    /// The first person of a sentence whom no preposition governs, and who fits.
    fn doer(&self, sentence: usize, fits: &dyn Fn(usize) -> bool) -> Option<usize> {
        let own = &self.sentences[sentence];
        let people = own
            .namings
            .iter()
            .filter(|naming| naming.kind == NamingKind::Person);
        let mut free = people.filter(|naming| !is_governed(own, naming) || is_concerned(own, naming));
        free.find_map(|naming| {
            let person = self.people.named(own, naming)?;
            let is_somebody = self.people.is_certain(person) && !self.people.is_doubtful(person);
            (is_somebody && fits(person)).then_some(person)
        })
    }

    /// Whether a noun takes somebody up: one that describes him rather than tells his office, or an office of a certain place,
    /// and nobody was introduced by it before.
    fn takes_up(&self, sentence: usize, naming: &Naming) -> bool {
        const OTHERS: Traits = Traits::PLURAL_ROLE.or(Traits::PAPER).or(Traits::BODY_NOUN);
        let own = &self.sentences[sentence];
        let tokens = &own.tokens[naming.tokens.clone()];
        let noun = &own.tokens[naming.head.end - 1];
        let is_certain = tokens[0].is(Traits::DEFINITE);
        let mut lead = tokens.iter().take(tokens.len() - 1).skip(1);
        let is_described =
            noun.is(Traits::EPITHET) || lead.any(|token| token.shape.is_capital || token.is(Traits::FORMER));
        let is_introduced = || {
            let before = &self.sentences[sentence.saturating_sub(INTRODUCED)..sentence];
            before.iter().any(|there| introduces(there, noun))
        };
        is_certain
            && is_described
            && !noun.is(OTHERS)
            && naming.head.end == naming.tokens.end
            && !is_introduced()
    }
}

/// Whether somebody without a name is introduced by a noun: `a striker who lives nearby`.
fn introduces(sentence: &Sentence, noun: &Token) -> bool {
    let is_it = |naming: &Naming| {
        let first = &sentence.tokens[naming.tokens.start];
        naming.kind == NamingKind::Role
            && sentence.tokens[naming.head.end - 1].word == noun.word
            && first.is(Traits::DETERMINER)
            && !first.is(Traits::DEFINITE.or(Traits::OWNER))
            && apposed(sentence, naming).is_none()
    };
    sentence.namings.iter().any(is_it)
}
