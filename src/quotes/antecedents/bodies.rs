//! The body that "it" or "the agency" means.

use super::Named;
use crate::model::span::Span;
use crate::quotes::assembly::span_of;
use crate::quotes::lexicon::{BodyKind, Traits, Word};
use crate::quotes::namings::{Naming, NamingKind};
use crate::quotes::nearby::LOOK_FAR_BACK;
use crate::quotes::sentence::Sentence;
use crate::quotes::subjects::{apposed, is_governed};

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

    /// Whether a paper does what the sentence before tells: `Then a letter came.`
    fn is_paper_before(&self, sentence: usize) -> bool {
        let Some(before) = sentence.checked_sub(1).map(|before| &self.sentences[before]) else {
            return false;
        };
        let nouns = before.namings.iter().chain(&before.weak);
        let free = nouns.filter(|noun| !is_governed(before, noun));
        let first = free.min_by_key(|noun| noun.tokens.start);
        first.is_some_and(|first| before.tokens[first.tokens.end - 1].is(Traits::PAPER))
    }

    /// The body that a noun with an article ("the agency") or "it" means: the last one named before whose name holds
    /// the noun, or any where the noun is one for all kinds of bodies.
    pub(super) fn body_meant(&self, sentence: usize, naming: &Naming) -> Option<Span> {
        let own = &self.sentences[sentence];
        let tokens = &own.tokens[naming.tokens.clone()];
        let noun = &own.tokens[naming.head.end - 1];
        let is_it = tokens.len() == 1 && noun.is(Traits::IT);
        let is_noun = tokens.len() == 2 && tokens[0].is(Traits::DEFINITE) && noun.is(Traits::BODY_NOUN);
        if !is_it && !is_noun {
            return None;
        }
        let start = tokens[0].range.start;
        // "after the school board got what it called": the body without a name.
        let is_body_noun = |noun: &Naming| {
            let last = &own.tokens[noun.tokens.end - 1];
            noun.tokens.end <= naming.tokens.start && last.is(Traits::BODY_NOUN) && !last.shape.is_capital
        };
        if is_it && own.namings.iter().chain(&own.weak).any(is_body_noun) {
            return None;
        }
        if is_it && let Some(company) = self.company_before(sentence) {
            return company;
        }
        if is_it && self.is_paper_before(sentence) {
            return None;
        }
        let bodies = (0..=sentence).rev().take(LOOK_FAR_BACK).flat_map(|index| {
            let sentence = &self.sentences[index];
            let bodies = sentence.namings.iter();
            let bodies = bodies.filter(|it| it.kind == NamingKind::Body);
            bodies.map(move |body| (sentence, body))
        });
        let mut earlier = bodies.filter(|(sentence, body)| {
            let is_named_alike = || {
                sentence.tokens[body.head.clone()]
                    .iter()
                    .any(|token| token.word == noun.word)
            };
            sentence.tokens[body.tokens.start].range.start < start
                && (is_named_alike()
                    || ((is_it || noun.is(Traits::ANY_BODY))
                        && !is_used(sentence, body, is_it)
                        && (is_it || self.is_of_kind(sentence, body, noun.word))))
        });
        let (sentence, body) = earlier.next()?;
        span_of(self.text, sentence, &body.head)
    }

    /// Whether a body may be what a noun stands for: `Marrow Corp.` a company, and neither `the Harbor Council` nor `the FBI`.
    fn is_of_kind(&self, sentence: &Sentence, body: &Naming, noun: Word) -> bool {
        let Some(meant) = self.language.stands_for(noun) else {
            return true;
        };
        let words = sentence.tokens[body.head.clone()].iter();
        let mut kinds = words.filter_map(|token| self.language.kind_of_body(token.word));
        match kinds.next() {
            Some(kind) => kind == meant || kinds.any(|kind| kind == meant),
            None => meant != BodyKind::Firm || !sentence.tokens[body.tokens.start].is(Traits::DETERMINER),
        }
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
