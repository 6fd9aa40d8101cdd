//! The fullest naming of who is meant by a pronoun, a surname or a noun.

use std::collections::HashMap;

use super::assembly::span_of;
use super::lexicon::{Traits, Word};
use super::namings::{Naming, NamingKind};
use super::sentence::Sentence;
use crate::model::quote::Quote;
use crate::model::span::Span;

/// Sentences that are looked back over for whom a pronoun means.
const LOOK_BACK: usize = 4;

/// Everybody named in a text.
struct Named<'a> {
    text: &'a str,
    sentences: &'a [Sentence],
    /// Where each mention's sentence and naming are, by the first byte.
    by_start: HashMap<usize, (usize, usize)>,
    /// The same of weak namings.
    weak_by_start: HashMap<usize, (usize, usize)>,
    /// The fullest naming of a person by his last name.
    fullest: HashMap<Word, Person>,
    /// Persons by the noun that names their office beside the name.
    by_role: HashMap<Word, Span>,
}

#[derive(Clone, Copy)]
struct Person {
    span: Span,
    words: usize,
}

/// Adds antecedents to the attributions of quotes.
pub(super) fn add(text: &str, sentences: &[Sentence], quotes: &mut [Quote]) {
    let named = Named::of(text, sentences);
    let mut last_person: Option<(usize, Span)> = None;
    for quote in quotes {
        let Some(attribution) = &mut quote.attribution else {
            continue;
        };
        let Some((sentence, naming)) = named.naming(attribution.mention) else {
            continue;
        };
        attribution.antecedent = match naming.kind {
            NamingKind::Pronoun => named.before(sentence, naming, last_person),
            NamingKind::Person => named.fuller(sentence, naming),
            NamingKind::Role => named.holder(sentence, naming),
            NamingKind::Body => None,
            NamingKind::Weak => named.behind_weak(sentence, naming, last_person),
        };
        let is_person = naming.kind == NamingKind::Person;
        if let Some(span) = attribution
            .antecedent
            .or(is_person.then_some(attribution.mention))
        {
            last_person = Some((sentence, span));
        }
    }
}

impl<'a> Named<'a> {
    fn of(text: &'a str, sentences: &'a [Sentence]) -> Self {
        let mut named = Self {
            text,
            sentences,
            by_start: HashMap::new(),
            weak_by_start: HashMap::new(),
            fullest: HashMap::new(),
            by_role: HashMap::new(),
        };
        for (index, sentence) in sentences.iter().enumerate() {
            for (position, naming) in sentence.weak.iter().enumerate() {
                let start = sentence.tokens[naming.tokens.start].range.start;
                named.weak_by_start.insert(start, (index, position));
            }
            for (position, naming) in sentence.namings.iter().enumerate() {
                named.by_start.insert(
                    sentence.tokens[naming.tokens.start].range.start,
                    (index, position),
                );
                if naming.kind == NamingKind::Person {
                    named.add_person(sentence, naming);
                }
                named.add_apposition(sentence, position);
            }
        }
        named
    }

    fn add_person(&mut self, sentence: &'a Sentence, naming: &Naming) {
        let Some(span) = span_of(self.text, sentence, &naming.head) else {
            return;
        };
        let person = Person {
            span,
            words: naming.head.len(),
        };
        let last = naming.key(&sentence.tokens);
        let known = self.fullest.entry(last).or_insert(person);
        if known.words < person.words {
            *known = person;
        }
        for token in &sentence.tokens[naming.tokens.start..naming.head.start] {
            self.by_role.entry(token.word).or_insert(span);
        }
    }

    /// `Ana Lima, the mayor of …`.
    fn add_apposition(&mut self, sentence: &'a Sentence, position: usize) {
        let (Some(person), Some(role)) = (sentence.namings.get(position), sentence.namings.get(position + 1))
        else {
            return;
        };
        let comma = person.tokens.end;
        let joined =
            role.tokens.start == comma + 1 && sentence.tokens.get(comma).is_some_and(|it| it.is_mark(','));
        if person.kind == NamingKind::Person
            && role.kind == NamingKind::Role
            && joined
            && let Some(span) = span_of(self.text, sentence, &person.head)
        {
            self.by_role.entry(role.key(&sentence.tokens)).or_insert(span);
        }
    }

    /// The naming that is a mention, and its sentence; a weak one may begin where another does and ends sooner.
    fn naming(&self, mention: Span) -> Option<(usize, &'a Naming)> {
        let strong = self.by_start.get(&mention.start());
        let strong = strong.map(|(sentence, at)| (*sentence, &self.sentences[*sentence].namings[*at]));
        let weak = self.weak_by_start.get(&mention.start());
        let weak = weak.map(|(sentence, at)| (*sentence, &self.sentences[*sentence].weak[*at]));
        let is_it = |(sentence, naming): &(usize, &Naming)| {
            span_of(self.text, &self.sentences[*sentence], &naming.tokens) == Some(mention)
        };
        strong.filter(is_it).or(weak.filter(is_it)).or(strong)
    }

    /// Whom a weak naming means: `who` the one named right before, `his` as `he`, an owner whom he names.
    fn behind_weak(&self, sentence: usize, naming: &Naming, last: Option<(usize, Span)>) -> Option<Span> {
        let own = &self.sentences[sentence];
        let first = &own.tokens[naming.tokens.start];
        if naming.tokens.len() == 1 && first.is(Traits::WHO) {
            let mut before = own.namings.iter().rev();
            let named = before.find(|it| it.tokens.end <= naming.tokens.start)?;
            return self.full_span(own, named);
        }
        let stands_for_person = Traits::OWNER.or(Traits::OBJECT_PRONOUN);
        if naming.tokens.len() == 1 && first.is(stands_for_person) {
            let is_person = !first.is(Traits::FIRST_PERSON.or(Traits::IT));
            return is_person.then(|| self.before(sentence, naming, last))?;
        }
        let is_owner = own.tokens[naming.tokens.end - 1].shape.is_possessive;
        is_owner.then(|| {
            self.fullest
                .get(&naming.key(&own.tokens))
                .map(|person| person.span)
        })?
    }

    /// The full name of somebody named by less of it.
    fn fuller(&self, sentence: usize, naming: &Naming) -> Option<Span> {
        let last = naming.key(&self.sentences[sentence].tokens);
        let fullest = self
            .fullest
            .get(&last)
            .filter(|person| person.words > naming.head.len())?;
        Some(fullest.span)
    }

    /// Who is named with this noun as his office.
    fn holder(&self, sentence: usize, naming: &Naming) -> Option<Span> {
        let tokens = &self.sentences[sentence].tokens;
        let definite = tokens[naming.tokens.start].is(Traits::DEFINITE);
        let noun = naming.key(tokens);
        definite.then(|| self.by_role.get(&noun).copied())?
    }

    /// Whom a pronoun means: the one named first in this sentence before it, or in the last sentences, or
    /// who spoke last, whichever is nearest.
    fn before(&self, sentence: usize, naming: &Naming, last: Option<(usize, Span)>) -> Option<Span> {
        let own = &self.sentences[sentence];
        let start = own.tokens[naming.tokens.start].range.start;
        let person = |candidate: &&Naming| candidate.kind == NamingKind::Person;
        let here = own
            .namings
            .iter()
            .filter(|it| it.tokens.end <= naming.tokens.start)
            .find(person);
        if let Some(found) = here.and_then(|found| self.full_span(own, found)) {
            return Some(found);
        }
        for index in (sentence.saturating_sub(LOOK_BACK)..sentence).rev() {
            if let Some((spoke, span)) = last.filter(|(spoke, span)| *spoke == index && span.start() < start)
            {
                let _ = spoke;
                return Some(self.fullest_of(span));
            }
            let before = &self.sentences[index];
            if let Some(found) = before
                .namings
                .iter()
                .find(person)
                .and_then(|found| self.full_span(before, found))
            {
                return Some(found);
            }
        }
        last.filter(|(spoke, _)| sentence - spoke <= 2 * LOOK_BACK)
            .map(|(_, span)| self.fullest_of(span))
    }

    fn full_span(&self, sentence: &Sentence, naming: &Naming) -> Option<Span> {
        let last = naming.key(&sentence.tokens);
        self.fullest
            .get(&last)
            .map(|person| person.span)
            .or_else(|| span_of(self.text, sentence, &naming.head))
    }

    fn fullest_of(&self, span: Span) -> Span {
        let Some((sentence, naming)) = self.naming(span) else {
            return span;
        };
        self.full_span(&self.sentences[sentence], naming).unwrap_or(span)
    }
}
