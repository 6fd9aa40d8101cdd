//! The body that a name, a noun ("the agency"), "it" or a paper means.

mod named;
pub(super) mod names;
mod nouns;
mod papers;

use crate::model::span::Span;
use crate::quotes::lexicon::Traits;
use crate::quotes::namings::{Naming, NamingKind};
use crate::quotes::sentence::Sentence;

use super::Named;
use names::BodyNames;

impl Named<'_> {
    /// The names of the bodies of the text.
    fn bodies(&self) -> &BodyNames {
        self.bodies.get_or_init(|| {
            let headline = self.begins_with_headline.then_some(0);
            BodyNames::of((self.language, self.text), self.sentences, headline)
        })
    }

    /// The fullest name of the body that a short one is that of: `the Times`, `GAO`, `Marrow` of Marrow Energy where nobody is called so.
    pub(super) fn fuller_body(&self, sentence: usize, naming: &Naming) -> Option<Span> {
        let own = &self.sentences[sentence];
        let first = &own.tokens[naming.tokens.start];
        let name = named::name_in(&own.tokens, naming.tokens.clone())?;
        let is_bare = name == naming.tokens && name.len() == 1;
        // "a newly formed fund" is another than the Harbor Fund, and "Harbor Party officials" are not the party.
        let is_definite = !first.is(Traits::DETERMINER) || first.is(Traits::DEFINITE);
        let is_whole = name.end == naming.tokens.end && is_definite;
        match naming.kind {
            NamingKind::Body if is_bare && !first.shape.is_all_capital => {
                self.bodies().fuller_alone(self.language, self.text, first)
            }
            NamingKind::Body if is_whole => self.bodies().fuller(self.language, self.text, &own.tokens[name]),
            NamingKind::Person if is_bare && self.is_no_person(own, naming) => {
                self.bodies().fuller_alone(self.language, self.text, first)
            }
            _ => None,
        }
    }

    /// Whether a word that stands alone as a surname would is nobody's whom the text names: no other name, no sex.
    fn is_no_person(&self, own: &Sentence, naming: &Naming) -> bool {
        let person = self.people.named(own, naming);
        person.is_none_or(|person| {
            let is_alone = !self.people.fullest(person).slice(self.text).contains(' ');
            is_alone && self.people.sex(person) == Traits::NONE
        })
    }
}
