//! The day of what a speaker is told to have done right before, where the words were heard on the spot: "Lima toured the village on
//! Sunday. “You will not be forgotten,” she told a crowd at the firehouse."
//!
//! Both are needed: who is told of must be who speaks, and the clause must say where or to whom, so that it is no later interview.

use super::Telling;
use super::carried::told_to;
use super::clauses::is_pronoun;
use super::lists::List;
use super::sayings::{Pieces, Saying, spoken_words, surname};
use super::scenes::is_clause;
use super::writings::{is_away, is_by_pen, is_for_writing};
use crate::model::date::{DateMention, SaidOn};
use crate::model::quote::Quote;
use crate::model::span::Span;
use crate::text::sentences::{sentence, sentence_above};

/// The rule of such a day.
const ON_THE_SPOT: &str = "on_the_spot";
/// Days before the document on which it may lie.
const LATELY: i64 = 6;
/// Words between the one that leads to a place and the place: "on the old courthouse steps".
const NAMED: usize = 4;

impl Telling<'_> {
    /// Gives quotes for which the document's own day stands in, or the days since a meeting, the day of what their speaker did right
    /// before, on the spot.
    pub(super) fn set_on_the_spot(&self, quotes: &[Quote], said: &mut [Option<SaidOn>]) {
        if self.published.is_none() {
            return;
        }
        let pieces = Pieces::of(quotes);
        for (index, quote) in quotes.iter().enumerate() {
            let is_open = said[index]
                .as_ref()
                .is_some_and(|said| matches!(said.rule, SaidOn::OF_DOCUMENT | SaidOn::SINCE_MEETING));
            let saying = Saying::of(self.text, index, quote).filter(|_| is_open);
            if let Some(day) = saying.and_then(|saying| self.on_the_spot(&saying, &pieces)) {
                said[index] = Some(day);
            }
        }
    }

    fn on_the_spot(&self, saying: &Saying<'_>, pieces: &Pieces) -> Option<SaidOn> {
        let own = sentence(self.text, saying.stretch).hull(saying.clause.sentence);
        let is_free = self.within(own).iter().all(|mention| mention.when.is_none());
        if !is_free || self.is_heard_elsewhere(saying, pieces) {
            return None;
        }
        let earlier = sentence_above(self.text, own.start())?;
        let [mention] = self.within(earlier) else {
            return None;
        };
        let is_day = self.is_within_days(mention, LATELY) && !mention.is_limit;
        (is_day && self.is_heard_on_the_spot(saying, pieces) && self.is_done_by(saying, earlier, mention))
            .then(|| super::said(mention, ON_THE_SPOT, false))
            .flatten()
    }

    /// Whether a clause says that its words were written, are said today, or were told somebody who is named.
    fn is_heard_elsewhere(&self, saying: &Saying<'_>, pieces: &Pieces) -> bool {
        let clause = &saying.clause;
        let cue = clause.cue.slice(self.text);
        let behind = self.between(clause.cue.end(), clause.sentence.end());
        let own = pieces.around(self.text, clause.sentence);
        let is_elsewhere = |word: &&str| is_away(word) || is_for_writing(word) && !List::Gathered.has(word);
        let is_told = || told_to(behind).is_some() && clause.speaker.end() <= clause.cue.start();
        is_by_pen(cue) || cue.ends_with('s') || own.iter().any(is_elsewhere) || is_told()
    }

    /// Whether a clause says where it was said, or that it was said to people who came together: "outside the courthouse", "told
    /// a crowd".
    fn is_heard_on_the_spot(&self, saying: &Saying<'_>, pieces: &Pieces) -> bool {
        let own = pieces.around(self.text, saying.clause.sentence);
        let small: Vec<String> = own.iter().map(|word| word.to_lowercase()).collect();
        let near = |at: usize| small[at + 1..].iter().take(NAMED);
        let is_place =
            |at: usize| List::SpotLead.has(&small[at]) && near(at).any(|word| List::Spot.has(word));
        // "told waiting reporters".
        let is_there = |word: &String| List::Crowd.has(word) || List::Gathered.has(word);
        let is_crowd = |at: usize| small[at] == "told" && near(at).any(is_there);
        (0..small.len()).any(|at| is_place(at) || is_crowd(at))
    }

    /// Whether a sentence tells in its main clause what the speaker did on a day, and not what they had done before.
    fn is_done_by(&self, saying: &Saying<'_>, earlier: Span, mention: &DateMention) -> bool {
        let before = self.between(earlier.start(), mention.span.start());
        let small = before.to_lowercase();
        let mut words = spoken_words(&small).map(|(_, word)| word);
        if words.any(|word| is_clause(word) || word == "had" || List::EndsElsewhere.has(word)) {
            return false;
        }
        let speaker = saying.clause.speaker.slice(self.text);
        if !is_pronoun(speaker) {
            let name = saying.naming.and_then(|naming| surname(naming.slice(self.text)));
            return name.is_some_and(|name| self.is_about(earlier, name));
        }
        let first = before.split_whitespace().next().unwrap_or_default();
        let is_meant = |naming: Span| earlier.contains(naming) && naming.end() <= mention.span.start();
        first.eq_ignore_ascii_case(speaker)
            || saying.naming.is_some_and(|naming| {
                let name = surname(naming.slice(self.text));
                is_meant(naming) || name.is_some_and(|name| self.subject(earlier, name).is_some())
            })
    }
}
