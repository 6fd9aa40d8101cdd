//! The body that a name, a noun ("the agency"), "it" or a paper means.

mod named;
pub(super) mod names;
mod nouns;
mod papers;

use crate::model::span::Span;
use crate::quotes::lexicon::{Traits, Word};
use crate::quotes::namings::{Naming, NamingKind};
use crate::quotes::sentence::Sentence;
use crate::quotes::tokens::Token;

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
            NamingKind::Person if is_bare && self.is_no_person(sentence, naming) => {
                self.bodies().fuller_alone(self.language, self.text, first)
            }
            _ => None,
        }
    }

    /// Whether a word that stands alone as a surname would is nobody's whom the text names: no other name, no sex, no title, and nobody who
    /// speaks of himself.
    fn is_no_person(&self, sentence: usize, naming: &Naming) -> bool {
        let own = &self.sentences[sentence];
        let person = self.people.named(own, naming);
        let is_nobody = person.is_none_or(|person| {
            let is_alone = !self.people.fullest(person).slice(self.text).contains(' ');
            is_alone && !self.people.is_certain(person)
        });
        is_nobody && !self.speaks_alone(sentence)
    }

    /// Whether somebody speaks of himself in the marks around a sentence, where a firm says "we".
    fn speaks_alone(&self, sentence: usize) -> bool {
        let known = self.starts.partition_point(|(_, index)| *index < sentence);
        let before = known.checked_sub(1).map(|at| &self.sentences[self.starts[at].1]);
        let begins = before
            .and_then(|before| before.tokens.last())
            .map_or(0, |last| last.range.end);
        let ends = self
            .starts
            .get(known + 1)
            .map_or(self.text.len(), |(start, _)| *start);
        let around = self.text.get(begins..ends).unwrap_or_default();
        let mut words = around.split(|c: char| !c.is_alphabetic() && !matches!(c, '’' | '\''));
        let is_own = |word: &str| {
            self.language
                .bodies
                .is("speaks_alone", Word::of(&word.to_lowercase()))
        };
        words.any(|word| is_own(word.trim_matches(['’', '\''])))
    }
}

/// Whether the words around a word tell that it is the name of a person: a title before it, or who he is behind a comma (`Marrow, 93,`, `Marrow, who`,
/// `Marrow, the governor`).
fn tells_person(sentence: &Sentence, at: usize) -> bool {
    let tokens = &sentence.tokens;
    const WHOM: Traits = Traits::WHO.or(Traits::DETERMINER);
    const TITLES: Traits = Traits::TITLE.or(Traits::ROLE);
    let before = at.checked_sub(1).map(|at| &tokens[at]);
    // "Detective Marrow", "Attorney General Marrow", and neither "Monday Marrow" nor "Lowen Marrow Energy".
    let is_end = tokens.get(at + 1).is_none_or(|next| !next.shape.is_capital);
    let is_named =
        |before: &Token| is_end && before.is_name() && !before.is(Traits::WHEN.or(Traits::TIME_NOUN));
    let is_titled = before.is_some_and(|before| before.is(TITLES) || is_named(before));
    let is_comma = tokens.get(at + 1).is_some_and(|comma| comma.is_mark(','));
    let next = tokens.get(at + 2).filter(|_| is_comma);
    is_titled || next.is_some_and(|next| next.is(WHOM) || next.shape.is_number)
}
