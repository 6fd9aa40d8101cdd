//! The day that sentences before the clause tell: of a meeting, of another saying, of "then".

use jiff::civil::Date;

use super::super::edtf;
use super::super::sentences::words;
use super::clauses::{ends_as_place, is_later, is_place, is_plain, is_pronoun, report};
use super::lists::{List, reports};
use super::occasions::{
    Audience, audience, is_encounter, is_gathering, is_hearing, is_of_gathering, is_of_occasion, is_setting,
    occasion, own_occasion, tells_of_old,
};
use super::sayings::surname;
use super::writings::{
    ends_with_writing, is_by_pen, is_dated, is_elsewhere, is_for_writing, opens_with_writing,
};
use super::{Clause, Telling, said};
use crate::model::date::{DateMention, SaidOn};
use crate::model::quote::{Quote, QuoteKind};
use crate::model::span::Span;
use crate::text::sentences::{sentence, sentence_above, sentence_before};

impl Telling<'_> {
    /// The day of a news conference, a meeting or a vote that the sentence before tells of, where the clause tells of no other
    /// time: "The mayor held a news conference Wednesday. “We are closed,” Lima said."
    pub(super) fn at_gathering(&self, quote: &Quote, clause: &Clause) -> Option<SaidOn> {
        if !self.tells_no_time(clause.sentence) || self.is_of_old(clause) {
            return None;
        }
        let own = sentence(self.text, quote.hull()?.hull(clause.cue));
        let behind = self.between(clause.cue.start(), clause.sentence.end());
        if let Some(noun) = occasion(self.between(clause.cue.end(), clause.sentence.end())) {
            return self.on_occasion(own.start(), noun, |_| true);
        }
        // "in his address": of which it was told before that he held one.
        if let Some(noun) = own_occasion(self.between(clause.cue.end(), clause.sentence.end())) {
            return self.on_occasion(own.start(), noun, |told| self.is_of_speaker(told, quote, clause));
        }
        let told = self.between(clause.cue.end(), clause.sentence.end());
        let is_of_old =
            sentence_before(self.text, own.start()).is_some_and(|above| tells_of_old(above.slice(self.text)));
        let audience = audience(told)
            .filter(|_| !is_of_old)
            .and_then(|audience| self.before_audience(own.start(), &audience));
        if audience.is_some() {
            return audience;
        }
        // "said in a statement", "wrote on X" are somewhere else.
        if is_elsewhere(behind) {
            return None;
        }
        let earlier = sentence_before(self.text, own.start())?;
        let speaker = clause.speaker.slice(self.text);
        let antecedent = quote.attribution.as_ref()?.antecedent;
        let is_one = |mention: &&&DateMention| {
            let before = self.between(earlier.start(), mention.span.start());
            let behind = self.between(mention.span.end(), earlier.end());
            // Whom reporters found there spoke there, and nobody else who is named.
            let is_found = is_pronoun(speaker)
                && is_encounter(before)
                && antecedent.is_some_and(|it| earlier.contains(it) && it.end() <= mention.span.start());
            let is_heard = || is_hearing(before) && self.is_of_speaker(earlier, quote, clause);
            (is_gathering(before) || is_of_gathering(behind) || is_found || is_heard())
                && self.is_told_on(earlier, mention, LATELY)
        };
        said(self.within(earlier).iter().find(is_one)?, BEFORE, false)
    }

    /// Whether a sentence is about who speaks.
    fn is_of_speaker(&self, earlier: Span, quote: &Quote, clause: &Clause) -> bool {
        let full = quote.attribution.as_ref().and_then(|it| it.antecedent);
        let naming = full.unwrap_or(clause.speaker);
        let name = surname(naming.slice(self.text));
        let speaker = clause.speaker.slice(self.text);
        let first = earlier.slice(self.text).split_whitespace().next();
        is_pronoun(speaker) && first.is_some_and(|first| first.eq_ignore_ascii_case(speaker))
            || name.is_some_and(|name| self.subject(earlier, name).is_some())
    }

    /// The day of an occasion that a clause refers to as one told of: "said during the three-hour meeting", where some
    /// sentence before the place `at` tells that the council met on Tuesday, and `holds` of that sentence.
    fn on_occasion(&self, at: usize, noun: &str, holds: impl Fn(Span) -> bool) -> Option<SaidOn> {
        let before = self.outside.partition_point(|mention| mention.span.end() <= at);
        let near = self.outside[..before]
            .iter()
            .rev()
            .take_while(|mention| mention.span.end() + OCCASION_REACH >= at);
        let is_next = sentence_before(self.text, at);
        let is_one = |mention: &&&&DateMention| {
            let around = sentence(self.text, mention.span);
            let opening = self.between(around.start(), mention.span.start());
            let behind = self.between(mention.span.end(), around.end());
            is_of_occasion(around.slice(self.text), noun)
                && (is_next == Some(around) || is_gathering(opening) || is_of_gathering(behind))
                && self.is_told_on(around, mention, A_YEAR)
                && holds(around)
        };
        said(near.into_iter().find(|mention| is_one(&mention))?, BEFORE, false)
    }

    /// The day on which those came together whom a clause says its words were told: "told the council", where some sentence
    /// before the place `at` tells that the council met on Tuesday.
    fn before_audience(&self, at: usize, audience: &Audience) -> Option<SaidOn> {
        let before = self.outside.partition_point(|mention| mention.span.end() <= at);
        let near = self.outside[..before]
            .iter()
            .rev()
            .take_while(|mention| mention.span.end() + OCCASION_REACH >= at);
        let is_one = |mention: &&&&DateMention| {
            let around = sentence(self.text, mention.span);
            let opening = self.between(around.start(), mention.span.start());
            let behind = self.between(mention.span.end(), around.end());
            let is_theirs = match audience {
                Audience::Body(named) => {
                    let small = around.slice(self.text).to_lowercase();
                    let told: Vec<&str> = small.split(|mark: char| !mark.is_alphabetic()).collect();
                    named.iter().all(|word| told.contains(&word.as_str()))
                }
                // Another crowd may be told of in between.
                Audience::Crowd => sentence_above(self.text, at) == Some(around),
            };
            let is_filled = || {
                let mut words = opening.split_whitespace();
                matches!(audience, Audience::Crowd) && words.any(|word| List::Fill.has(word))
            };
            is_theirs
                && (is_gathering(opening) || is_of_gathering(behind) || is_filled())
                && self.is_told_on(around, mention, LATELY)
        };
        said(
            near.into_iter().find(|mention| is_one(&mention))?,
            AUDIENCE,
            false,
        )
    }

    /// Whether a sentence tells itself of a day, at most so many before the document's: "Cruz said that they met on
    /// Tuesday" tells of another time than that of its own saying.
    fn is_told_on(&self, sentence: Span, mention: &DateMention, days: i64) -> bool {
        let reported =
            report(sentence.slice(self.text)).map_or(usize::MAX, |(_, end)| sentence.start() + end);
        is_plain(self.between(reported, mention.span.start()))
            && !mention.is_limit
            && self.is_within_days(mention, days)
    }

    /// The day of a clause that goes on from the sentence before: it names its speaker by a pronoun only and no other time,
    /// and the speaker is that sentence's subject; or that sentence opens with a day and the speaker.
    pub(super) fn goes_on(&self, quote: &Quote, clause: &Clause) -> Option<SaidOn> {
        let before = self.between(clause.sentence.start(), clause.cue.start());
        let speaker = clause.speaker.slice(self.text);
        let goes_on = self.within(clause.sentence).is_empty() && !before.split_whitespace().any(is_later);
        if !goes_on {
            return None;
        }
        if is_one_of_theirs(speaker) {
            return self.told_by_body(sentence(self.text, quote.hull()?.hull(clause.cue)));
        }
        if !is_pronoun(speaker) {
            let own = sentence(self.text, quote.hull()?.hull(clause.cue));
            let earlier = sentence_before(self.text, own.start())?;
            let name = speaker.split_whitespace().next_back()?;
            if let Some(said) = self.written_before(quote, earlier, name) {
                return Some(said);
            }
            let office = office_before(self.between(own.start(), clause.speaker.start()), speaker);
            return self.opening_day(earlier, |sentence, end| {
                let subject = self.between(sentence.start(), end);
                let noun = || {
                    subject
                        .split_whitespace()
                        .next_back()
                        .is_some_and(|noun| office.contains(&noun))
                };
                // "On Tuesday, he was milder. “…,” Ruck said."
                let is_he = || {
                    let first = subject.split_whitespace().next_back();
                    let above = sentence_before(self.text, sentence.start());
                    first.is_some_and(is_pronoun)
                        && above.is_some_and(|above| self.subject(above, name).is_some())
                };
                subject.ends_with(name) || noun() || is_he()
            });
        }
        let antecedent = quote.attribution.as_ref()?.antecedent;
        self.before(quote, 1, |sentence, report| {
            let opening = self.between(sentence.start(), report);
            let is_subject =
                antecedent.is_some_and(|it| it.start() >= sentence.start() && it.end() <= report);
            let is_same = opening.split_whitespace().next_back();
            // The fullest naming may stand far above: "On Tuesday Lima resigned. “…,” she wrote". Of another first name it is another.
            let is_named = || {
                let full = antecedent.map(|it| it.slice(self.text));
                let mut words = opening.split_whitespace().rev().skip(1);
                let is_plain = words
                    .next()
                    .is_none_or(|word| !word.starts_with(char::is_uppercase) || word.len() < 3);
                full.and_then(surname) == is_same
                    && (is_plain || full.is_some_and(|full| opening.ends_with(full)))
            };
            is_subject
                || is_same.is_some_and(|word| word.to_lowercase() == speaker.to_lowercase() || is_named())
        })
    }

    /// Whether a clause says that its words were written, and in nothing that it names: not "she wrote in her memoir".
    fn is_letter(&self, quote: &Quote) -> bool {
        let cue = quote.attribution.as_ref().and_then(|it| it.cue);
        let behind = cue.map(|cue| self.between(cue.end(), sentence(self.text, cue).end()));
        is_pen(quote, self.text)
            && behind.is_some_and(|behind| {
                !behind
                    .split(|mark: char| !mark.is_alphabetic())
                    .any(is_for_writing)
            })
    }

    /// The day of what the sentence before says that somebody wrote, where the clause says that its words were written: "In a letter
    /// dated May 3, Lima told her staff to stop. “…,” Lima wrote."
    fn written_before(&self, quote: &Quote, earlier: Span, name: &str) -> Option<SaidOn> {
        if !self.is_letter(quote) || self.subject(earlier, name).is_none() {
            return None;
        }
        let is_its = |mention: &&&DateMention| {
            let before = self.between(earlier.start(), mention.span.start());
            is_dated(before)
        };
        said(self.within(earlier).iter().find(is_its)?, BEFORE, true)
    }

    /// The day on which the sentence before `own` reports something: "The ministry confirmed it on Tuesday."
    fn told_by_body(&self, own: Span) -> Option<SaidOn> {
        let earlier = sentence_before(self.text, own.start())?;
        let is_day_of_verb = |mention: &&&DateMention| {
            let before = self.between(earlier.start(), mention.span.start());
            let mut words = before.split_whitespace().rev();
            let verb = words.find(|word| !List::DayLead.has(word));
            verb.is_some_and(reports) && self.is_within_days(mention, LATELY)
        };
        let mention = self.within(earlier).iter().find(is_day_of_verb)?;
        said(mention, BEFORE, false)
    }

    /// The day that was told of last before a clause that says "then".
    pub(super) fn told_before(&self, clause: &Clause) -> Option<SaidOn> {
        // "vetoed it in 2024, saying at the time that": the sentence's own telling before the clause as well.
        let before = self
            .outside
            .partition_point(|mention| mention.span.end() <= clause.cue.start());
        let near = self.outside[..before]
            .iter()
            .rev()
            .take_while(|mention| mention.span.end() + THEN_REACH >= clause.sentence.start());
        // Who held an office then does not hold it now.
        let is_of_then = self.is_of_then(clause);
        let told = near.filter_map(|mention| said(mention, "told_before", true));
        let is_old = |said: &SaidOn| {
            let day = self.published.unwrap_or(Date::MAX);
            !is_of_then || edtf::days_between(said.when.latest, day) > HALF_A_YEAR
        };
        told.into_iter().find(is_old)
    }

    /// A quote whose own clause names no day: one of the sentences before, up to so many, if something is reported in it
    /// with a day and `holds` of the sentence and of where it reports.
    pub(super) fn before(
        &self,
        quote: &Quote,
        sentences: usize,
        holds: impl Fn(Span, usize) -> bool,
    ) -> Option<SaidOn> {
        let mut hull = quote.hull()?;
        let told = quote.attribution.as_ref();
        if let Some(told) = told.and_then(|told| told.cue.or(told.mention.span())) {
            hull = hull.hull(told);
        }
        let mut end = sentence(self.text, hull).start();
        for _ in 0..sentences {
            let earlier = sentence_before(self.text, end)?;
            let found = match report(earlier.slice(self.text)) {
                Some((from, to)) => {
                    let cue = Span::of(self.text, earlier.start() + from..earlier.start() + to)?;
                    let is_told_since =
                        || quote.kind == QuoteKind::Indirect && is_by_pen(cue.slice(self.text));
                    // "He wrote to the governor on April 19. He said he never heard back."
                    if !holds(earlier, cue.start()) || is_told_since() && !is_pen(quote, self.text) {
                        return None;
                    }
                    let clause = Clause {
                        sentence: earlier,
                        cue,
                        speaker: cue,
                    };
                    Some(self.in_clause(quote, &clause))
                }
                None => {
                    let place = |said: &SaidOn| said.evidence.map_or(earlier.start(), |span| span.start());
                    let written = self.in_a_writing(earlier, is_pen(quote, self.text));
                    let written = written.filter(|said| holds(earlier, place(said)));
                    let opened = || {
                        self.opening_day(earlier, &holds)
                            .filter(|_| quote.attribution.is_some())
                    };
                    written.or_else(opened).map(Some)
                }
            };
            if let Some(said) = found {
                return said.map(|said| SaidOn { rule: BEFORE, ..said });
            }
            end = earlier.start();
        }
        None
    }

    /// The day of what a sentence says was said or written on it: "floated it in an April 2 interview".
    fn in_a_writing(&self, sentence: Span, is_written: bool) -> Option<SaidOn> {
        let is_one = |mention: &&&DateMention| {
            let before = self.between(sentence.start(), mention.span.start());
            let behind = self.between(mention.span.end(), sentence.end());
            ends_as_place(before) && opens_with_writing(behind)
                || ends_with_writing(before)
                || is_written && is_by_letter(before, behind)
        };
        let mention = self.within(sentence).iter().find(is_one)?;
        // "In a 2004 interview she spoke of it": the year is that of the saying.
        let is_opening = is_place(self.between(sentence.start(), mention.span.start()));
        said(mention, BEFORE, is_opening)
    }

    /// The day that a sentence opens with, where who is meant follows it: "On Tuesday she was less certain."
    fn opening_day(&self, sentence: Span, holds: impl Fn(Span, usize) -> bool) -> Option<SaidOn> {
        let mention = self.within(sentence).first()?;
        let opening = self.between(sentence.start(), mention.span.start());
        // What somebody did on a day of old may be told of today.
        let is_opening = words(opening) <= 1 || is_setting(opening);
        if !is_opening || mention.is_limit || !self.is_within_days(mention, LATELY) {
            return None;
        }
        let behind = self.between(mention.span.end(), sentence.end());
        let mut ends = (1..behind.len()).filter(|at| {
            behind.is_char_boundary(*at)
                && behind[..*at].ends_with(char::is_alphanumeric)
                && !behind[*at..].starts_with(char::is_alphanumeric)
        });
        let is_subject = ends
            .by_ref()
            .take(SUBJECT)
            .any(|end| holds(sentence, mention.span.end() + end));
        is_subject.then(|| said(mention, BEFORE, false)).flatten()
    }
}

/// Whether the verb that reports a quote is one of writing.
fn is_pen(quote: &Quote, text: &str) -> bool {
    let cue = quote.attribution.as_ref().and_then(|it| it.cue);
    cue.is_some_and(|cue| is_by_pen(cue.slice(text)))
}

/// Whether a day is that of what somebody did by a letter: "resigned Monday in a one-page letter", but not "was fired Monday in a
/// letter", which another one wrote.
fn is_by_letter(before: &str, behind: &str) -> bool {
    if before.split_whitespace().any(|word| List::Passive.has(word)) {
        return false;
    }
    let small = behind.to_lowercase();
    let Some(letter) = List::ByLetter.opening(small.trim_start()) else {
        return false;
    };
    let mut named = letter
        .split_whitespace()
        .take(LETTER)
        .map(|word| word.trim_end_matches(|mark: char| !mark.is_alphanumeric()));
    named.any(is_for_writing)
}

/// Words in which a letter is named: "one-page resignation letter".
const LETTER: usize = 3;

/// Whether somebody is called one who speaks for whom the sentence before names: "The ministry confirmed it on Tuesday. A
/// spokesman said".
fn is_one_of_theirs(speaker: &str) -> bool {
    let mut words = speaker.split_whitespace();
    let leads = |word: &str| List::OneOfTheirs.has(&word.to_lowercase());
    let speaks = |word: &str| List::Spokesperson.has(word);
    words.next().is_some_and(leads) && words.next().is_some_and(speaks) && words.next().is_none()
}

/// The nouns of an office before a name: "union president".
fn office_before<'t>(before: &'t str, speaker: &'t str) -> Vec<&'t str> {
    let behind_marks = before
        .rsplit(['“', '”', '"', ',', '.'])
        .next()
        .unwrap_or_default();
    let nouns = behind_marks.split_whitespace().chain(speaker.split_whitespace());
    nouns
        .filter(|noun| noun.len() > 3 && noun.starts_with(char::is_lowercase))
        .collect()
}

/// The rule of a day that the sentence before a quote names.
const BEFORE: &str = "sentence_before";

/// The rule of a day on which those met who were spoken to.
const AUDIENCE: &str = "audience";

/// How far before a clause the occasion may be told of that it refers to, in bytes.
const OCCASION_REACH: usize = 3000;

/// Days for which a meeting that the sentence before tells of is where something was said.
const LATELY: i64 = 14;

/// The same for an occasion that the clause names again: "said at the hearing".
const A_YEAR: i64 = 366;

/// Days after which an office may be another's.
const HALF_A_YEAR: i64 = 183;

/// Words behind the day that opens a sentence in which its subject stands.
const SUBJECT: usize = 4;

/// How far before the clause "then" leads, in bytes.
const THEN_REACH: usize = 600;
