//! What leads to somebody who is named behind it: `Asked if she had known, Ana Lima said no.`

use std::ops::Range;

use crate::quotes::lexicon::Traits;
use crate::quotes::namings::{Naming, NamingKind};
use crate::quotes::sentence::Sentence;
use crate::quotes::tokens::Token;

use super::{Last, Nearby};

impl Nearby<'_> {
    /// Who does what a sentence tells behind a clause that another is named in, unless who spoke there is named behind him: `Told that
    /// Lima had left, Cruz laughed.`
    pub(super) fn led_up_to(&self, sentence: usize, spoke: Last) -> Option<usize> {
        let own = &self.sentences[sentence];
        let first = own.tokens.first()?;
        let opens = first.is(Traits::ASKED.or(Traits::NEVER_INVERTED)) && first.shape.is_capital;
        let ends_clause =
            |at: usize| own.tokens[at - 1].is_mark(',') || own.runs.iter().any(|slot| slot.before == at);
        let acts = |naming: &Naming| {
            let next = own.tokens.get(naming.tokens.end);
            next.is_some_and(|next| next.is(Traits::SMALL_VERB.or(Traits::SAY)) || next.shape.ends_in_ed)
        };
        let mut people = own
            .namings
            .iter()
            .filter(|naming| naming.kind == NamingKind::Person);
        let doer = people
            .find(|it| it.tokens.start > 0 && ends_clause(it.tokens.start) && acts(it))
            .filter(|_| opens)?;
        let speaks = |later: &Naming| spoke.map(|(_, person)| person) == self.people.named(own, later);
        let goes_on = spoke.is_some() && people.any(speaks);
        self.people.named(own, doer).filter(|_| !goes_on)
    }

    /// Between which tokens the people of an earlier sentence count: whoever is named behind "she" there is not "she", but who "she"
    /// leads to is.
    pub(super) fn reach(&self, sentence: usize, sex: Traits) -> Range<usize> {
        let own = &self.sentences[sentence];
        let mut pronouns = own
            .namings
            .iter()
            .filter(|naming| naming.kind == NamingKind::Pronoun);
        let same = pronouns.find(|naming| own.tokens[naming.tokens.start].traits.sex() == sex);
        match same {
            None => 0..usize::MAX,
            Some(pronoun) => match led_to(own, pronoun) {
                Some(ahead) => ahead.tokens.start..usize::MAX,
                None => 0..pronoun.tokens.start,
            },
        }
    }
}

/// Whether what somebody stands in leads over to a pronoun: `Speaking to Lima on Friday, she said`, and not `For Lima, it was a
/// blow: “…,” she said`.
pub(super) fn leads_over(sentence: &Sentence, between: Range<usize>) -> bool {
    let mut tokens = sentence.tokens[between.clone()].iter();
    let mut words = sentence.runs.iter();
    !tokens.any(|token| token.is(Traits::SMALL_VERB))
        && !words.any(|slot| between.start < slot.before && slot.before <= between.end)
}

/// Who is meant by a pronoun that stands in what leads to him: `Asked if she had known, Ana Lima said no.`
fn led_to<'a>(sentence: &'a Sentence, pronoun: &Naming) -> Option<&'a Naming> {
    const OPENS: Traits = Traits::AS
        .or(Traits::CONDITIONAL)
        .or(Traits::PREPOSITION)
        .or(Traits::ASKED);
    let first = &sentence.tokens[0];
    // "The night before she was to testify, Ana Lima slept".
    let lead = &sentence.tokens[..pronoun.tokens.start];
    let is_led_in = lead.iter().all(Token::is_word)
        && lead.iter().any(|token| token.is(Traits::TIME_NOUN))
        && lead.last().is_some_and(|last| last.is(Traits::SUBORDINATE));
    let opens = first.is(OPENS) || first.shape.ends_in_ed || first.shape.ends_in_ing || is_led_in;
    let mut people = sentence
        .namings
        .iter()
        .filter(|naming| naming.kind == NamingKind::Person);
    let is_led = |next: &&Naming| {
        next.tokens.start > pronoun.tokens.end && sentence.tokens[next.tokens.start - 1].is_mark(',')
    };
    people.find(is_led).filter(|_| opens)
}
