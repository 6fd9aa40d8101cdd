//! Those who speak together, and whom "they" and "the two" mean.

use crate::model::quote::Attribution;
use crate::model::span::Span;
use crate::quotes::joint;
use crate::quotes::lexicon::Traits;
use crate::quotes::namings::Naming;
use crate::quotes::nearby::{LOOK_BACK, Last};
use crate::quotes::subjects::is_governed;

use super::Named;

impl Named<'_> {
    /// Puts the fullest naming in the place of each of several who speak.
    pub(super) fn add_members(&self, attribution: &mut Attribution, last: &mut Last) {
        for member in &mut attribution.members {
            let Some((sentence, naming)) = self.naming(*member) else {
                continue;
            };
            let meant = self.person_meant(sentence, naming, *last);
            if let Some(fullest) = meant.and_then(|meant| self.fullest(meant)) {
                *member = fullest;
            }
        }
        // Whoever is spoken of next as "he" or "she", it is not told which of them.
        *last = None;
    }

    /// Those whom "they" and "the two" mean: who were named together last, if nobody else of several was since.
    pub(super) fn several_meant(&self, sentence: usize, naming: &Naming) -> Option<Vec<Span>> {
        let own = &self.sentences[sentence];
        let (last, lead) = own.tokens[naming.tokens.clone()].split_last()?;
        let is_they = lead.is_empty() && last.is(Traits::HE_SHE_THEY) && last.traits.sex() == Traits::NONE;
        // "both", "the two", and not "two officials".
        let is_pair = last.is(Traits::PAIR) && lead.iter().all(|token| token.is(Traits::DEFINITE));
        if !is_they && !is_pair {
            return None;
        }
        let near = sentence.saturating_sub(LOOK_BACK)..=sentence;
        for index in near.rev() {
            let end = if index == sentence {
                naming.tokens.start
            } else {
                usize::MAX
            };
            let there = &self.sentences[index];
            if let Some(members) = joint::people_before(there, end) {
                let is_place = |member: &&Naming| {
                    let name = &there.tokens[member.head.clone()];
                    is_governed(there, member) || name.iter().all(|token| token.is(Traits::PLACE))
                };
                if members.iter().any(is_place) || (is_pair && members.len() != 2) {
                    return None;
                }
                let fullest = members.iter().map(|member| {
                    let person = self.people.named(there, member)?;
                    Some(self.people.fullest(person))
                });
                return fullest.collect();
            }
            let others = there.namings.iter().filter(|other| other.tokens.end <= end);
            let mut others = others.flat_map(|other| &there.tokens[other.tokens.clone()]);
            // Several nouns may be whom "they" means; two by name are whom "the two" does.
            if is_they && others.any(|token| token.is(Traits::PLURAL_ROLE)) {
                return None;
            }
        }
        None
    }
}
