//! Who bears an office that the words before a name give him: `The mayor, Ana Lima,`.

use super::Named;
use crate::quotes::lexicon::{Traits, Word, Words};
use crate::quotes::namings::{Naming, NamingKind};
use crate::quotes::sentence::Sentence;
use crate::quotes::subjects::apposed;

impl Named<'_> {
    /// Whom a bare office means that the text has only one bearer of, introduced by it before: `The mayor of Marrow, Ana Lima, … the mayor
    /// said`. Another naming of the office with anything else beside it may be another's, and means nobody.
    pub(super) fn introduced_holder(&self, sentence: usize, naming: &Naming) -> Option<usize> {
        let own = &self.sentences[sentence];
        let office = bare_office(own, naming)?;
        let (at, person) = self
            .holders
            .get_or_init(|| self.holders())
            .get(&office)
            .copied()??;
        (at < sentence).then_some(person)
    }

    /// The only bearer of each office, and the sentence that introduces him; nobody where another may bear it.
    fn holders(&self) -> Words<Option<(usize, usize)>> {
        let mut holders: Words<Option<(usize, usize)>> = Words::default();
        for (index, sentence) in self.sentences.iter().enumerate() {
            for naming in &sentence.namings {
                let Some(noun) = office_noun(sentence, naming) else {
                    continue;
                };
                let office = self.language.office(noun);
                let introduced = introduced(sentence, naming)
                    .and_then(|name| self.people.named(sentence, name))
                    .map(|person| (index, person));
                match (holders.get(&office), introduced) {
                    (None, Some(_)) => {
                        holders.insert(office, introduced);
                    }
                    (Some(Some((_, known))), Some((_, person))) if *known == person => {}
                    // "the mayor" behind him is he.
                    (Some(_), None) if is_bare(sentence, naming) => {}
                    _ => {
                        holders.insert(office, None);
                    }
                }
            }
        }
        holders
    }
}

/// The noun for an office that a naming holds, wherever it stands in it: `mayor` of `Deputy Mayor Boris Cruz` and of `a mayor`.
fn office_noun(sentence: &Sentence, naming: &Naming) -> Option<Word> {
    let tokens = &sentence.tokens[naming.tokens.clone()];
    let offices = tokens
        .iter()
        .filter(|token| token.is(Traits::ROLE.or(Traits::TITLE)));
    offices.last().map(|noun| noun.word)
}

/// The office that two words are and nothing else: `the mayor`.
fn bare_office(sentence: &Sentence, naming: &Naming) -> Option<Word> {
    is_bare(sentence, naming).then(|| sentence.tokens[naming.tokens.end - 1].word)
}

/// Whether a naming is an article and a noun for an office, and nothing follows that tells which: `the mayor`, and neither `the mayor of
/// Marrow` nor `the mayor, Boris Cruz`.
fn is_bare(sentence: &Sentence, naming: &Naming) -> bool {
    let is_two = naming.tokens.len() == 2;
    let is_of = sentence
        .tokens
        .get(naming.tokens.end)
        .is_some_and(|of| of.is(Traits::OF.or(Traits::BLAMES)));
    is_two && is_office(sentence, naming) && !is_of && apposed(sentence, naming).is_none()
}

/// Whether a naming is an article and a noun for one who bears an office, of whatever: `la ministra de Medio Ambiente`.
fn is_office(sentence: &Sentence, naming: &Naming) -> bool {
    const NO_OFFICE: Traits = Traits::HIGHEST
        .or(Traits::PLURAL_ROLE)
        .or(Traits::EPITHET)
        .or(Traits::KIN)
        .or(Traits::PAPER)
        .or(Traits::BODY_NOUN)
        .or(Traits::FORMER);
    let (article, noun) = match &sentence.tokens[naming.tokens.clone()] {
        [article, noun] => (article, noun),
        [article, noun, of, ..] if of.is(Traits::OF) => (article, noun),
        _ => return false,
    };
    let is_noun = noun.is(Traits::ROLE) && !noun.is(NO_OFFICE) && !noun.shape.is_possessive;
    naming.kind == NamingKind::Role && is_noun && article.is(Traits::DEFINITE) && !article.is(Traits::THAT)
}

/// The name of whom a sentence begins with by his office: `The mayor of Marrow, Ana Lima, left.`
fn introduced<'a>(sentence: &'a Sentence, naming: &Naming) -> Option<&'a Naming> {
    let name =
        apposed(sentence, naming).filter(|_| naming.tokens.start == 0 && is_office(sentence, naming))?;
    let behind = sentence.tokens.get(name.tokens.end);
    let is_closed = behind.is_some_and(|behind| behind.is_mark(','));
    let is_plain = name.tokens == name.head && name.head.len() > 1;
    (is_closed && is_plain).then_some(name)
}
