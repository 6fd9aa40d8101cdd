//! The body that "it" or "the agency" means.

use std::ops::Range;

use crate::model::span::Span;
use crate::quotes::assembly::span_of;
use crate::quotes::body_words::BodyKinds;
use crate::quotes::lexicon::{Traits, Word};
use crate::quotes::namings::{Naming, NamingKind};
use crate::quotes::nearby::{LOOK_BACK, LOOK_FAR_BACK};
use crate::quotes::sentence::Sentence;
use crate::quotes::subjects::{apposed, is_governed};

use super::super::Named;
use super::named::{Body, body};

/// A body that a noun may take up.
struct Fitting {
    sentence: usize,
    /// The token that its name begins with.
    start: usize,
    name: Span,
    /// Whether its name or the words beside it tell that it is such a one.
    is_told: bool,
    /// Whether it does something rather than something is told of it.
    is_doer: bool,
}

impl Named<'_> {
    /// What "it" means where the sentence before begins with a noun for a body: the name behind it, or nobody that is told.
    fn company_before(&self, sentence: usize) -> Option<Option<Span>> {
        let before = &self.sentences[sentence.checked_sub(1)?];
        let [first, noun, ..] = before.tokens.as_slice() else {
            return None;
        };
        let is_noun = first.is(Traits::DEFINITE) && noun.is(Traits::ANY_BODY) && noun.is(Traits::BODY_NOUN);
        let is_body = |naming: &Naming| naming.tokens == (0..2);
        let noun = before
            .namings
            .iter()
            .chain(&before.weak)
            .find(|naming| is_noun && is_body(naming))?;
        if let Some(name) = apposed(before, noun) {
            return Some(span_of(self.text, before, &name.head));
        }
        // A body named in the same sentence is another.
        let has_bodies = before.namings.iter().any(|it| it.kind == NamingKind::Body);
        has_bodies.then(|| self.body_meant(sentence - 1, noun))
    }

    /// The body that a noun with an article ("the agency") or "it" means.
    pub(in crate::quotes::antecedents) fn body_meant(
        &self,
        sentence: usize,
        naming: &Naming,
    ) -> Option<Span> {
        let own = &self.sentences[sentence];
        let tokens = &own.tokens[naming.tokens.clone()];
        let noun = &own.tokens[naming.head.end - 1];
        let stands_for = self.language.bodies.stands_for(noun.word);
        let is_noun = noun.is(Traits::BODY_NOUN) || stands_for.is_some();
        match tokens {
            [it] if it.is(Traits::IT) => self.it_means(sentence, naming),
            [article, _] if article.is(Traits::DEFINITE) && is_noun => {
                (!self.describes_another(sentence, naming)).then(|| self.noun_means(sentence, naming))?
            }
            _ => None,
        }
    }

    /// Whether a noun only stands before another that does something: `the agency chairmen wrote`.
    fn describes_another(&self, sentence: usize, naming: &Naming) -> bool {
        const OTHERS: Traits = Traits::ADVERB
            .or(Traits::CUE)
            .or(Traits::SMALL_VERB)
            .or(Traits::PREPOSITION)
            .or(Traits::AND)
            .or(Traits::WHO)
            .or(Traits::WHEN)
            .or(Traits::NEGATOR)
            .or(Traits::THAT);
        let own = &self.sentences[sentence];
        let end = naming.tokens.end;
        let next = own.tokens.get(end);
        let is_noun = next.is_some_and(|next| {
            next.is_word() && !next.is(OTHERS) && !next.shape.ends_in_ly && !next.shape.ends_in_ed
        });
        let is_owner = own.tokens[end - 1].shape.is_possessive;
        is_noun && !is_owner && own.cue(end + 1).is_some()
    }

    /// What "it" means: the last body named before.
    fn it_means(&self, sentence: usize, naming: &Naming) -> Option<Span> {
        let own = &self.sentences[sentence];
        // "after the school board got what it called": the body without a name.
        let is_body_noun = |noun: &Naming| {
            let last = &own.tokens[noun.tokens.end - 1];
            noun.tokens.end <= naming.tokens.start && last.is(Traits::BODY_NOUN) && !last.shape.is_capital
        };
        if own.namings.iter().chain(&own.weak).any(is_body_noun) {
            return None;
        }
        if let Some(company) = self.company_before(sentence) {
            return company;
        }
        if let Some(writer) = self.writer_before(sentence) {
            return writer;
        }
        let mut near = (0..=sentence).rev().take(LOOK_FAR_BACK);
        let (there, naming) = near.find_map(|index| {
            let there = &self.sentences[index];
            let is_before = |it: &&Naming| index < sentence || it.tokens.end <= naming.tokens.start;
            // "the MBAs": several.
            let is_several = |it: &Naming| {
                let last = self.text[there.tokens[it.tokens.end - 1].range.clone()].strip_suffix('s');
                last.is_some_and(|last| last.len() > 1 && last.chars().all(char::is_uppercase))
            };
            let is_body =
                |it: &&Naming| it.kind == NamingKind::Body && !is_used(there, it, true) && !is_several(it);
            Some((
                there,
                there.namings.iter().find(|it| is_before(it) && is_body(it))?,
            ))
        })?;
        let body = body(self.language, self.text, there, naming)?;
        self.fullest_body(there, body.tokens)
    }

    /// The bodies that a sentence names before a token, with how it names them.
    fn bodies_of(&self, sentence: usize, end: usize) -> impl Iterator<Item = (&Naming, Body)> {
        let own = &self.sentences[sentence];
        let named = own.namings.iter().filter(move |naming| naming.tokens.end <= end);
        named.filter_map(|naming| Some((naming, body(self.language, self.text, own, naming)?)))
    }

    /// The body that a noun takes up: the nearest that is told to be such a one, by its name ("the party" of the Harbor Party), its kind or the words
    /// beside it; for a noun for all kinds of bodies also one of which nothing is told. Nobody where two fit, and where one without a name was
    /// brought in since.
    fn noun_means(&self, sentence: usize, naming: &Naming) -> Option<Span> {
        let noun = &self.sentences[sentence].tokens[naming.head.end - 1];
        let mut nearest: Option<Fitting> = None;
        let headline = |index: &usize| self.begins_with_headline && self.sentences[*index].paragraph == 0;
        let near = (0..=sentence).rev().take(LOOK_FAR_BACK);
        for index in near.filter(|index| !headline(index)) {
            if nearest
                .as_ref()
                .is_some_and(|nearest| nearest.sentence > index + LOOK_BACK)
            {
                break;
            }
            let end = if index == sentence {
                naming.tokens.start
            } else {
                usize::MAX
            };
            for fitting in self.fitting(index, end, noun.word, noun.is(Traits::ANY_BODY)) {
                match &nearest {
                    None => nearest = Some(fitting),
                    Some(known) if self.may_be_either(known, &fitting) => return None,
                    Some(_) => {}
                }
            }
            // Whoever does something is not brought in by what stands before him.
            let start = match &nearest {
                Some(nearest) if nearest.sentence > index => continue,
                Some(nearest) if nearest.is_told && nearest.is_doer => nearest.start,
                _ => 0,
            };
            if self.brings_in(index, start..end, noun.word, nearest.is_some()) {
                return None;
            }
        }
        nearest.map(|nearest| nearest.name)
    }

    /// Whether a noun may mean another body as well as the nearer one: not where that does something and the other does not, or the other is
    /// told to be no such one.
    fn may_be_either(&self, nearer: &Fitting, other: &Fitting) -> bool {
        let is_same = nearer.name.slice(self.text) == other.name.slice(self.text);
        let outweighs = nearer.is_doer && !other.is_doer;
        !is_same
            && match (nearer.is_told, other.is_told) {
                (true, true) | (false, false) => !outweighs,
                // One that is only told of may stand beside the group that acts.
                (true, false) => other.is_doer && !nearer.is_doer,
                // One of which nothing is told is nearer than one that fits.
                (false, true) => true,
            }
    }

    /// The bodies of a sentence before a token that a noun may take up.
    fn fitting(&self, index: usize, end: usize, noun: Word, is_any: bool) -> Vec<Fitting> {
        let there = &self.sentences[index];
        let meant = self.language.bodies.stands_for(noun);
        let fitting = self.bodies_of(index, end).filter_map(|(naming, body)| {
            let name = &there.tokens[body.tokens.clone()];
            let kinds = body.kinds.or(self.bodies().kinds(self.text, name));
            let is_named_alike = name.iter().any(|token| token.word == noun);
            let is_of_kind = meant.is_some_and(|meant| kinds.any(meant)) && !is_used(there, naming, false);
            let is_open = is_any && naming.kind == NamingKind::Body && kinds == BodyKinds::NONE;
            let may_be = is_open
                && !is_used(there, naming, false)
                && (meant != Some(BodyKinds::FIRM)
                    || !there.tokens[naming.tokens.start].is(Traits::DETERMINER));
            let is_owner = there.tokens[naming.tokens.end - 1].shape.is_possessive;
            let is_doer =
                (!is_governed(there, naming) || there.is_accorded(naming.tokens.start)) && !is_owner;
            // "the group" is a society only where that does something: whom "Lima sued" names is not governed, but stands behind her.
            let is_agent = naming.tokens.start > 0 && there.tokens[naming.tokens.start - 1].is(Traits::BY);
            let begins = || {
                there
                    .namings
                    .iter()
                    .all(|it| it.tokens.start >= naming.tokens.start)
            };
            let is_first = is_agent || (is_doer && begins());
            let is_told = is_named_alike || (is_of_kind && (is_first || meant != Some(BodyKinds::SOCIETY)));
            (is_told || may_be).then_some(Fitting {
                sentence: index,
                start: body.tokens.start,
                name: self.fullest_body(there, body.tokens)?,
                is_told,
                is_doer,
            })
        });
        let mut fitting: Vec<Fitting> = fitting.collect();
        fitting.reverse();
        // Of a sentence those who do something come first, so that they outweigh whom they do it with.
        fitting.sort_by_key(|it| !it.is_doer);
        fitting
    }

    /// Whether a sentence brings in a body without a name: `a company that builds piers`, and, where one that fits is named beside it, `the drug
    /// company`; behind the body "the federal agency" takes it up.
    fn brings_in(&self, sentence: usize, within: Range<usize>, noun: Word, is_beside: bool) -> bool {
        let own = &self.sentences[sentence];
        let is_within = |it: &&Naming| it.tokens.start >= within.start && it.tokens.end <= within.end;
        let mut nouns = own.namings.iter().chain(&own.weak).filter(is_within);
        nouns.any(|it| {
            let first = &own.tokens[it.tokens.start];
            let is_any = first.is(Traits::DETERMINER)
                && (!first.is(Traits::DEFINITE) || (is_beside && it.tokens.len() > 2));
            let is_it = it.tokens.len() > 1 && own.tokens[it.tokens.end - 1].word == noun;
            // "Marrow, a union,".
            let comma = it
                .tokens
                .start
                .checked_sub(1)
                .filter(|at| own.tokens[*at].is_mark(','));
            let is_apposed = comma
                .and_then(|at| at.checked_sub(1))
                .is_some_and(|at| own.tokens[at].is_name());
            // "Marrow is a union".
            let verb = it.tokens.start.checked_sub(1).map(|at| &own.tokens[at]);
            let is_told = verb.is_some_and(|verb| verb.is(Traits::PASSIVE));
            is_any && is_it && !is_apposed && !is_told && body(self.language, self.text, own, it).is_none()
        })
    }
}

/// Whether a body is rather a thing that somebody has, or where he is: `drove home in his Buick`, `met at the Harbor Inn`, `posted on Harbornet`.
fn is_used(sentence: &Sentence, naming: &Naming, is_it: bool) -> bool {
    let first = &sentence.tokens[naming.tokens.start];
    let is_any = first.is(Traits::DETERMINER)
        && !first.is(Traits::DEFINITE)
        && naming.head.start > naming.tokens.start;
    let before = naming.tokens.start.checked_sub(1).map(|at| &sentence.tokens[at]);
    first.is(Traits::OWNER)
        || is_any
        || (!is_it && first.is(Traits::DEFINITE) && before.is_some_and(|before| before.is(Traits::LOCATIVE)))
}
