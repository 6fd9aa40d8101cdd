//! The fullest naming of who is meant by a pronoun, a surname, a first name or a noun.

use std::collections::HashMap;

use super::assembly::span_of;
use super::lexicon::Traits;
use super::namings::{Naming, NamingKind};
use super::patterns::is_governed;
use super::people::People;
use super::sentence::Sentence;
use crate::model::quote::Quote;
use crate::model::span::Span;

/// Sentences that are looked back over for whom a pronoun means.
const LOOK_BACK: usize = 4;
/// The same for somebody whose sex is known to be the pronoun's.
const LOOK_FAR_BACK: usize = 16;

/// Everybody named in a text.
struct Named<'a> {
    text: &'a str,
    sentences: &'a [Sentence],
    /// Where each mention's sentence and naming are, by the first byte.
    by_start: HashMap<usize, (usize, usize)>,
    /// The same of weak namings.
    weak_by_start: HashMap<usize, (usize, usize)>,
    people: People,
}

/// Who spoke last: the sentence that names him, and who it is.
type Last = Option<(usize, usize)>;

/// Adds antecedents to the attributions of quotes.
pub(super) fn add(text: &str, sentences: &[Sentence], quotes: &mut [Quote]) {
    let named = Named::of(text, sentences);
    let mut last: Last = None;
    for quote in quotes {
        let Some(attribution) = &mut quote.attribution else {
            continue;
        };
        let Some((sentence, naming)) = named.naming(attribution.mention) else {
            continue;
        };
        let person = named.person_meant(sentence, naming, last);
        if let Some(person) = person {
            last = Some((sentence, person));
        }
        let fullest = person.map(|person| named.people.fullest(person));
        let meant = fullest.or_else(|| named.body_meant(sentence, naming));
        attribution.antecedent = meant.filter(|span| *span != attribution.mention);
    }
}

impl<'a> Named<'a> {
    fn of(text: &'a str, sentences: &'a [Sentence]) -> Self {
        let mut named = Self {
            text,
            sentences,
            by_start: HashMap::new(),
            weak_by_start: HashMap::new(),
            people: People::of(text, sentences),
        };
        for (index, sentence) in sentences.iter().enumerate() {
            let start = |naming: &Naming| sentence.tokens[naming.tokens.start].range.start;
            for (position, naming) in sentence.weak.iter().enumerate() {
                named.weak_by_start.insert(start(naming), (index, position));
            }
            for (position, naming) in sentence.namings.iter().enumerate() {
                named.by_start.insert(start(naming), (index, position));
            }
        }
        named
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

    fn person_meant(&self, sentence: usize, naming: &Naming, last: Last) -> Option<usize> {
        let own = &self.sentences[sentence];
        match naming.kind {
            NamingKind::Person => self.people.named(own, naming),
            NamingKind::Pronoun => self.before(sentence, naming, last),
            NamingKind::Role => self.people.holder(own, naming),
            NamingKind::Weak => self.behind_weak(sentence, naming, last),
            NamingKind::Body => None,
        }
    }

    /// Whom a weak naming means: `who` the one named right before, `his` as `he`, an owner whom he names.
    fn behind_weak(&self, sentence: usize, naming: &Naming, last: Last) -> Option<usize> {
        let own = &self.sentences[sentence];
        let first = &own.tokens[naming.tokens.start];
        if naming.tokens.len() == 1 && first.is(Traits::WHO) {
            let mut before = own.namings.iter().rev();
            let named = before.find(|it| it.tokens.end <= naming.tokens.start)?;
            return self.people.named(own, named);
        }
        let stands_for_person = Traits::OWNER.or(Traits::OBJECT_PRONOUN);
        if naming.tokens.len() == 1 && first.is(stands_for_person) {
            let is_person = !first.is(Traits::FIRST_PERSON.or(Traits::IT));
            return is_person.then(|| self.before(sentence, naming, last))?;
        }
        let is_owner = own.tokens[naming.tokens.end - 1].shape.is_possessive;
        is_owner.then(|| self.people.owner(own, naming))?
    }

    /// Whom a pronoun means: somebody of its sex named in this sentence before it, or in the last sentences, or who
    /// spoke last, whichever is nearest.
    fn before(&self, sentence: usize, naming: &Naming, last: Last) -> Option<usize> {
        let own = &self.sentences[sentence];
        let sex = own.tokens[naming.tokens.start].traits.sex();
        // Several are meant, and no name is that of several.
        if sex == Traits::NONE {
            return None;
        }
        let fits = |person: usize| {
            let of_person = self.people.sex(person);
            of_person == Traits::NONE || of_person == sex
        };
        if let Some(found) = self.first_of(sentence, naming.tokens.start, &fits) {
            return Some(found);
        }
        let last = last.filter(|(spoke, person)| *spoke <= sentence && fits(*person));
        for index in (sentence.saturating_sub(LOOK_BACK)..sentence).rev() {
            let spoke_there = last
                .filter(|(spoke, _)| *spoke == index)
                .map(|(_, person)| person);
            let found = spoke_there.or_else(|| self.first_of(index, usize::MAX, &fits));
            if found.is_some() {
                return found;
            }
        }
        let is_known = |person: usize| self.people.sex(person) == sex;
        last.filter(|(spoke, _)| sentence - spoke <= 2 * LOOK_BACK)
            .map(|(_, person)| person)
            .or_else(|| {
                let far = sentence.saturating_sub(LOOK_FAR_BACK)..sentence.saturating_sub(LOOK_BACK);
                far.rev()
                    .find_map(|index| self.first_of(index, usize::MAX, &is_known))
            })
    }

    /// The first person of a sentence that fits and is named before a token; one that no preposition governs first.
    fn first_of(&self, sentence: usize, before: usize, fits: &dyn Fn(usize) -> bool) -> Option<usize> {
        let own = &self.sentences[sentence];
        let people = own.namings.iter().filter(|naming| {
            naming.kind == NamingKind::Person
                && naming.tokens.end <= before
                && !own.tokens[naming.tokens.end - 1].shape.is_possessive
        });
        let fitting = people.filter_map(|naming| {
            let person = self.people.named(own, naming).filter(|person| fits(*person))?;
            Some((
                person,
                !self.people.is_doubtful(person),
                !is_governed(own, naming),
            ))
        });
        let fitting: Vec<(usize, bool, bool)> = fitting.collect();
        let best = fitting.iter().find(|(_, is_sure, is_free)| *is_sure && *is_free);
        best.or_else(|| fitting.iter().find(|(_, is_sure, _)| *is_sure))
            .or(fitting.first())
            .map(|(person, ..)| *person)
    }

    /// The body that a noun with an article ("the agency") or "it" means: the last one named before whose name holds
    /// the noun, or any where the noun is one for all kinds of bodies.
    fn body_meant(&self, sentence: usize, naming: &Naming) -> Option<Span> {
        let own = &self.sentences[sentence];
        let tokens = &own.tokens[naming.tokens.clone()];
        let noun = &own.tokens[naming.head.end - 1];
        let is_it = tokens.len() == 1 && noun.is(Traits::IT);
        let is_noun = tokens.len() == 2 && tokens[0].is(Traits::DEFINITE) && noun.is(Traits::BODY_NOUN);
        if !is_it && !is_noun {
            return None;
        }
        let start = tokens[0].range.start;
        let bodies = (0..=sentence).rev().take(LOOK_FAR_BACK).flat_map(|index| {
            let sentence = &self.sentences[index];
            let bodies = sentence.namings.iter().filter(|it| it.kind == NamingKind::Body);
            bodies.map(move |body| (sentence, body))
        });
        let mut earlier = bodies.filter(|(sentence, body)| {
            let is_named_alike = || {
                sentence.tokens[body.head.clone()]
                    .iter()
                    .any(|token| token.word == noun.word)
            };
            sentence.tokens[body.tokens.start].range.start < start
                && (is_it || noun.is(Traits::ANY_BODY) || is_named_alike())
        });
        let (sentence, body) = earlier.next()?;
        span_of(self.text, sentence, &body.head)
    }
}
