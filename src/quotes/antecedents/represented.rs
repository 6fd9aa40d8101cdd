//! For whom somebody speaks who has no name: `a spokesman for Mayor Ana Lima`.

use crate::model::quote::{Attribution, Mention, Quote};
use crate::model::span::Span;
use crate::quotes::assembly::span_of;
use crate::quotes::lexicon::Traits;
use crate::quotes::namings::{Naming, NamingKind};
use crate::quotes::sentence::Sentence;
use crate::quotes::tokens::Token;

use super::Named;

impl Named<'_> {
    /// Takes whom a spokesman or a lawyer without a name speaks for into the words that name him, so that it is not lost whose he is.
    pub(super) fn add_represented(&self, quotes: &mut [Quote]) {
        let told = quotes.iter_mut().filter_map(|quote| quote.attribution.as_mut());
        for attribution in told.filter(|it| it.antecedent.is_none() && it.members.is_empty()) {
            if let Some(whole) = self.with_represented(attribution) {
                attribution.mention = Mention::Text(whole);
            }
        }
    }

    fn with_represented(&self, attribution: &Attribution) -> Option<Span> {
        let mention = attribution.mention.span()?;
        let (index, naming) = self.naming(mention)?;
        let sentence = &self.sentences[index];
        let whom = represented(sentence, naming)?;
        let end = joined(sentence, whom).unwrap_or(whom).tokens.end;
        span_of(self.text, sentence, &(naming.tokens.start..end))
    }
}

/// Who is named as the second of two behind "and": `Cruz` of `for Lima and Cruz`.
fn joined<'a>(sentence: &'a Sentence, first: &Naming) -> Option<&'a Naming> {
    let and = first.tokens.end;
    let second = sentence.naming_from(and + 1)?;
    let is_joined = sentence.tokens[and].is(Traits::AND);
    let is_name = matches!(second.kind, NamingKind::Person | NamingKind::Body);
    // "for Lima and Cruz’s wife".
    let is_owner = sentence.tokens[second.tokens.end - 1].shape.is_possessive;
    (is_joined && is_name && !is_owner).then_some(second)
}

/// Whom somebody speaks for, where a name or the one who bears an office follows: `a spokesman for the mayor`. Whose something is that
/// follows is not told by the owner's name: `a lawyer for Lima’s firm`.
fn represented<'a>(sentence: &'a Sentence, naming: &Naming) -> Option<&'a Naming> {
    let tokens = &sentence.tokens;
    let (noun, link) = (&tokens[naming.tokens.end - 1], tokens.get(naming.tokens.end)?);
    let links = link.is(Traits::BLAMES.or(Traits::TO).or(Traits::OF)) && !link.shape.is_capital;
    // "Lima’s lawyer for the appeal" tells whose he is.
    let is_owned = tokens[naming.tokens.clone()].iter().any(Token::is_owner);
    let is_noun = noun.is(Traits::REPRESENTS) && naming.kind != NamingKind::Person && !is_owned;
    let whom = sentence
        .naming_from(naming.tokens.end + 1)
        .filter(|_| links && is_noun)?;
    let is_owner = tokens[whom.tokens.end - 1].shape.is_possessive;
    let is_told = match whom.kind {
        NamingKind::Person | NamingKind::Body => true,
        NamingKind::Role => tokens[whom.tokens.start].is(Traits::DEFINITE),
        NamingKind::Pronoun | NamingKind::Weak => false,
    };
    (is_told && !is_owner).then_some(whom)
}
