//! What says that words were said at another time than the document's, of which nobody tells the day.

use super::clauses::{is_lead, is_of_old, is_of_then, is_then, without_object};
use super::{Clause, LENGTH, Telling, dead};
use crate::model::date::DateMention;
use crate::model::quote::Quote;

impl Telling<'_> {
    /// Whether the clause tells that it was some time ago, and not when: "Years ago, Lima said", "Lima recently said".
    pub(super) fn is_some_time_ago(&self, quote: &Quote, clause: &Clause) -> bool {
        // "in the days after the storm" is no day either.
        let is_vague = |mention: &&&DateMention| {
            mention.value == "PAST_REF" && mention.rule != "in_histories" || mention.rule == "units_around"
        };
        let mut vague = self.within(clause.sentence).iter().filter(is_vague);
        vague.any(|mention| self.governs(quote, clause, mention).is_some())
    }

    /// Whether the clause tells how long before something it was, which has no day here: "said two days before the vote".
    pub(super) fn is_before_something(&self, clause: &Clause) -> bool {
        let is_length = |mention: &&&DateMention| {
            let lead = self.between(clause.cue.end(), mention.span.start());
            let behind = self.between(mention.span.end(), clause.sentence.end());
            mention.rule == LENGTH && is_lead(without_object(lead)) && behind.starts_with(" before ")
        };
        self.within(clause.sentence)
            .iter()
            .any(|mention| is_length(&mention))
    }

    /// Whether the speaker is told to be dead.
    pub(super) fn is_of_dead(&self, quote: &Quote, clause: &Clause) -> bool {
        let full = quote
            .attribution
            .as_ref()
            .and_then(|attribution| attribution.antecedent);
        let naming = full.unwrap_or(clause.speaker);
        let start = self
            .text
            .floor_char_boundary(clause.speaker.start().saturating_sub(OFFICE));
        let before = self.between(start, clause.speaker.start());
        let before = before.split_whitespace().next_back().unwrap_or_default();
        dead::is_among(&self.dead, naming.slice(self.text))
            || dead::is_late(clause.speaker.slice(self.text))
            || dead::is_late(before)
    }

    pub(super) fn is_of_old(&self, clause: &Clause) -> bool {
        is_of_old(self.between(clause.sentence.start(), clause.cue.start()))
    }

    pub(super) fn is_then(&self, clause: &Clause) -> bool {
        is_then(self.between(clause.cue.end(), clause.sentence.end())) || self.is_of_then(clause)
    }

    /// Whether the speaker is named by an office that was theirs then: "then-Mayor Elias Crowe".
    pub(super) fn is_of_then(&self, clause: &Clause) -> bool {
        let start = self
            .text
            .floor_char_boundary(clause.speaker.start().saturating_sub(OFFICE));
        let start = start.max(clause.sentence.start().min(clause.speaker.start()));
        is_of_then(self.between(start, clause.speaker.end()))
    }
}

/// How far before a speaker an office may stand, in bytes.
const OFFICE: usize = 24;
