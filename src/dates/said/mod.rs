//! The day a quote was said.
//!
//! An expression that stands within any quotation is of what was said, not of when. Of the others the one in the
//! reporting clause governs, or that of the letter or speech the words are from; "then" leads to the day told of
//! before. Where nothing does, the document's own day stands in.

mod clauses;
mod dead;
mod occasions;
mod writings;

use jiff::civil::Date;

use self::clauses::{
    REACH, ends_as_place, ends_with_who, is_aside, is_asked, is_later, is_lead, is_next_to, is_of_old,
    is_of_something, is_of_then, is_place, is_plain, is_pronoun, is_relative, is_then, is_when, report,
    without_object,
};
use self::occasions::{
    is_after_occasion, is_encounter, is_gathering, is_gathering_of, is_of_gathering, is_of_occasion,
    is_setting, occasion,
};
use self::writings::{
    ends_with_writing, is_by_pen, is_dated, is_elsewhere, is_in_titled, is_record, is_shown, is_work_of,
    is_writing, opens_as_work, opens_with_writing, read_from, without_last_words,
};
use super::edtf;
use super::sentences::{behind_dateline, sentence, sentence_before, words};
use super::story::ALLUSION;
use crate::model::date::{DateMention, SaidOn, TimexKind, When};
use crate::model::quote::{Attribution, Quote};
use crate::model::span::Span;

/// For each quote the expression that governs it, else the document's own day.
pub(super) fn on(
    text: &str,
    quotes: &[Quote],
    mentions: &[DateMention],
    published: Option<Date>,
) -> Vec<Option<SaidOn>> {
    let telling = Telling {
        text,
        outside: outside(quotes, mentions),
        published,
        dead: dead::dead(text),
    };
    let said = |quote: &Quote| match quote.attribution.as_ref().filter(|it| it.rule == NESTED) {
        Some(attribution) => {
            nested(text, quotes, mentions, (quote, attribution)).filter(|said| telling.is_possible(said))
        }
        None => telling.said(quote),
    };
    quotes.iter().map(said).collect()
}

/// The rule of a quote inside another one's words.
const NESTED: &str = "nested";

/// The day that the words around a nested quote name, inside the outer one. The document's own day is not theirs.
fn nested(
    text: &str,
    quotes: &[Quote],
    mentions: &[DateMention],
    (quote, attribution): (&Quote, &Attribution),
) -> Option<SaidOn> {
    let hull = quote.hull()?;
    let is_nested = |quote: &&Quote| quote.attribution.as_ref().is_some_and(|it| it.rule == NESTED);
    let around = quotes.iter().filter(|other| !is_nested(other));
    let around = around
        .flat_map(|other| other.content.iter().chain(&other.fragments))
        .filter(|piece| piece.contains(hull));
    let outer = *around.min_by_key(|piece| piece.len())?;
    let inner: Vec<Quote> = quotes.iter().filter(is_nested).cloned().collect();
    let telling = Telling {
        text,
        outside: outside(&inner, mentions)
            .into_iter()
            .filter(|mention| outer.contains(mention.span))
            .collect(),
        published: None,
        dead: Vec::new(),
    };
    let clause = Clause::of(text, attribution);
    let (start, end) = (
        clause.sentence.start().max(outer.start()),
        clause.sentence.end().min(outer.end()),
    );
    let sentence = Span::of(text, start..end)?;
    telling.in_clause(quote, &Clause { sentence, ..clause })
}

/// The expressions that stand in no quotation.
fn outside<'t>(quotes: &[Quote], mentions: &'t [DateMention]) -> Vec<&'t DateMention> {
    let pieces = quotes
        .iter()
        .flat_map(|quote| quote.content.iter().chain(&quote.fragments));
    let mut pieces: Vec<(usize, usize)> = pieces.map(|piece| (piece.start(), piece.end())).collect();
    pieces.sort_unstable();
    // How far any of the pieces up to this one reaches: quotes stand in quotes.
    let mut reach = 0;
    let reaches: Vec<usize> = pieces
        .iter()
        .map(|(_, end)| {
            reach = reach.max(*end);
            reach
        })
        .collect();
    // "the Sept. 11 attacks" tell nothing of when anything was said.
    let is_outside = |mention: &&DateMention| {
        if mention.rule == ALLUSION {
            return false;
        }
        let begun = pieces.partition_point(|(start, _)| *start < mention.span.end());
        begun == 0 || reaches[begun - 1] <= mention.span.start()
    };
    mentions.iter().filter(is_outside).collect()
}

/// A text with what is said of its days outside quotations.
struct Telling<'t> {
    text: &'t str,
    outside: Vec<&'t DateMention>,
    published: Option<Date>,
    /// The names of those whose death the text tells of.
    dead: Vec<&'t str>,
}

/// Where a quote is reported.
struct Clause {
    sentence: Span,
    cue: Span,
    speaker: Span,
}

impl Clause {
    fn of(text: &str, attribution: &Attribution) -> Self {
        let cue = attribution.cue.unwrap_or(attribution.mention);
        Self {
            sentence: sentence(text, cue),
            cue,
            speaker: attribution.mention,
        }
    }
}

impl Telling<'_> {
    fn said(&self, quote: &Quote) -> Option<SaidOn> {
        let clause = quote
            .attribution
            .as_ref()
            .map(|attribution| Clause::of(self.text, attribution));
        let governing = self.of_writing(quote).or_else(|| self.led_in(quote));
        let governing = governing.or_else(|| match &clause {
            Some(clause) => self
                .in_own_sentence(quote, clause)
                .or_else(|| self.reported(quote, clause)),
            None => self.before(quote, UNNAMED, |_, _| true),
        });
        let is_elsewhere = clause.as_ref().is_some_and(|clause| {
            self.is_then(clause)
                || self.is_of_old(clause)
                || self.is_some_time_ago(quote, clause)
                || self.is_before_something(clause)
                || self.is_of_dead(quote, clause)
        });
        let labelled = || self.labelled(quote).filter(|_| !is_elsewhere);
        let governing = governing.filter(|said| self.is_possible(said)).or_else(labelled);
        governing.filter(|said| self.is_possible(said)).or_else(|| {
            let day = self.published.filter(|_| !is_elsewhere)?;
            Some(SaidOn {
                when: When::day(day),
                evidence: None,
                rule: SaidOn::OF_DOCUMENT,
            })
        })
    }

    /// Nothing printed was said on a day still to come: "From May 1, Lima said, …" says when it begins.
    fn is_possible(&self, said: &SaidOn) -> bool {
        self.published.is_none_or(|day| said.when.earliest <= day)
    }

    /// The day of a quote that is reported in a clause.
    fn reported(&self, quote: &Quote, clause: &Clause) -> Option<SaidOn> {
        self.in_clause(quote, clause)
            .or_else(|| {
                let sentence = behind_dateline(self.text, clause.sentence)
                    .filter(|rest| rest.start() <= clause.cue.start().min(clause.speaker.start()))?;
                self.in_clause(quote, &Clause { sentence, ..*clause })
            })
            .or_else(|| {
                if self.is_then(clause) {
                    return self.told_before(clause);
                }
                self.goes_on(quote, clause)
                    .or_else(|| self.at_gathering(quote, clause))
            })
    }

    /// The day of a news conference, a meeting or a vote that the sentence before tells of, where the clause tells of no other
    /// time: "The mayor held a news conference Wednesday. “We are closed,” Lima said."
    fn at_gathering(&self, quote: &Quote, clause: &Clause) -> Option<SaidOn> {
        // "during the three-hour meeting" tells of no other time.
        let is_length = |mention: &&DateMention| mention.when.is_none() && mention.rule == LENGTH;
        if !self.within(clause.sentence).iter().all(is_length) || self.is_of_old(clause) {
            return None;
        }
        let own = sentence(self.text, quote.hull()?.hull(clause.cue));
        let behind = self.between(clause.cue.start(), clause.sentence.end());
        if let Some(noun) = occasion(self.between(clause.cue.end(), clause.sentence.end())) {
            return self.on_occasion(own.start(), noun);
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
            (is_gathering(before) || is_of_gathering(behind) || is_found)
                && self.is_told_on(earlier, mention, LATELY)
        };
        said(self.within(earlier).iter().find(is_one)?, BEFORE, false)
    }

    /// The day of an occasion that a clause refers to as one told of: "said during the three-hour meeting", where some
    /// sentence before the place `at` tells that the council met on Tuesday.
    fn on_occasion(&self, at: usize, noun: &str) -> Option<SaidOn> {
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
        };
        said(near.into_iter().find(|mention| is_one(&mention))?, BEFORE, false)
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

    /// Whether a mention is one day of so many before the document's.
    fn is_within_days(&self, mention: &DateMention, days: i64) -> bool {
        let when = mention.when.as_ref().zip(self.published);
        when.is_some_and(|(when, published)| {
            when.earliest == when.latest && (0..=days).contains(&edtf::days_between(when.latest, published))
        })
    }

    /// The day of a quote whose speaker is named in another sentence, where its own reports it and says when.
    fn in_own_sentence(&self, quote: &Quote, clause: &Clause) -> Option<SaidOn> {
        let first = quote.fragments.first().or(quote.content.first())?;
        let own = sentence(self.text, *first);
        if clause.sentence.overlaps(own) {
            return None;
        }
        let (from, to) = report(self.between(own.start(), first.start()))?;
        let cue = Span::of(self.text, own.start() + from..own.start() + to)?;
        self.in_clause(
            quote,
            &Clause {
                sentence: own,
                cue,
                speaker: cue,
            },
        )
    }

    /// The day that leads in the words alone: "On Tuesday: “Some of it is back.”"
    fn led_in(&self, quote: &Quote) -> Option<SaidOn> {
        let first = quote.fragments.first().or(quote.content.first())?;
        let own = sentence(self.text, *first);
        let inner = self.within(own);
        let before = inner
            .iter()
            .rev()
            .find(|mention| mention.span.end() <= first.start())?;
        let opening = self.between(own.start(), before.span.start());
        let lead = self.between(before.span.end(), first.start()).trim_start();
        let is_lead = lead.starts_with(':') && !lead.contains(char::is_alphanumeric);
        (is_lead && words(opening) <= LEAD)
            .then(|| said(before, "led_in", true))
            .flatten()
    }

    /// The day that an entry of a chronicle begins with: "Nov. 16: Lima signs the order. “We are closed,” she says."
    fn labelled(&self, quote: &Quote) -> Option<SaidOn> {
        let place = quote.hull()?.start();
        self.label_of_line(place).or_else(|| self.stamp_above(place))
    }

    /// The moment that stands on a line of its own above an entry of a live page: "10 p.m. Tuesday". A day alone may be
    /// that of a letter or of the page, and a time of the document's own day tells no other day.
    fn stamp_above(&self, place: usize) -> Option<SaidOn> {
        let behind = self
            .outside
            .partition_point(|mention| mention.span.end() <= place);
        let above = self.outside[..behind].iter().rev();
        let mut near = above.take_while(|mention| mention.span.end() + ENTRY >= place);
        let stamp = near.find(|mention| mention.kind == TimexKind::Time && self.is_line(mention.span))?;
        let is_of_document = |said: &SaidOn| Some(said.when.latest) == self.published;
        said(stamp, "labelled", false).filter(|said| !is_of_document(said))
    }

    /// Whether a stretch is all that its line says; a word may stand before it: "Posted 10 p.m. Tuesday". No more than a stamp
    /// has is looked at, since a line may be as long as a text.
    fn is_line(&self, stretch: Span) -> bool {
        let low = self
            .text
            .floor_char_boundary(stretch.start().saturating_sub(STAMP));
        let high = self
            .text
            .ceil_char_boundary((stretch.end() + STAMP).min(self.text.len()));
        let before = match self.text[low..stretch.start()].rsplit_once('\n') {
            Some((_, before)) => before,
            None if low == 0 => &self.text[..stretch.start()],
            None => return false,
        };
        let behind = self.text[stretch.end()..high].split_once('\n');
        let is_alone = |behind: &str| !behind.contains(char::is_alphanumeric);
        words(before) <= 1 && behind.is_some_and(|(behind, _)| is_alone(behind))
    }

    /// The day that the line of a place begins with.
    fn label_of_line(&self, place: usize) -> Option<SaidOn> {
        let low = self.text.floor_char_boundary(place.saturating_sub(ENTRY));
        let line = match self.text[low..place].rfind('\n') {
            Some(at) => low + at + 1,
            None if low == 0 => 0,
            None => return None,
        };
        let begin = line + self.between(line, place).find(char::is_alphanumeric)?;
        let at = self
            .outside
            .partition_point(|mention| mention.span.start() < begin);
        let label = self.outside.get(at).filter(|label| label.span.start() == begin)?;
        let behind = self.between(label.span.end(), place).trim_start();
        let is_label = behind.starts_with([':', '—', '–']) || behind.starts_with("- ");
        let is_day = label
            .when
            .as_ref()
            .is_some_and(|when| when.earliest == when.latest);
        (is_label && is_day)
            .then(|| said(label, "labelled", false))
            .flatten()
    }

    /// Whether the clause tells that it was some time ago, and not when: "Years ago, Lima said", "Lima recently said".
    fn is_some_time_ago(&self, quote: &Quote, clause: &Clause) -> bool {
        // "in the days after the storm" is no day either.
        let is_vague = |mention: &&&DateMention| {
            mention.value == "PAST_REF" && mention.rule != "in_histories" || mention.rule == "units_around"
        };
        let mut vague = self.within(clause.sentence).iter().filter(is_vague);
        vague.any(|mention| self.governs(quote, clause, mention).is_some())
    }

    /// Whether the clause tells how long before something it was, which has no day here: "said two days before the vote".
    fn is_before_something(&self, clause: &Clause) -> bool {
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
    fn is_of_dead(&self, quote: &Quote, clause: &Clause) -> bool {
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

    /// The day of a clause that goes on from the sentence before: it names its speaker by a pronoun only and no other time,
    /// and the speaker is that sentence's subject; or that sentence opens with a day and the speaker.
    fn goes_on(&self, quote: &Quote, clause: &Clause) -> Option<SaidOn> {
        let before = self.between(clause.sentence.start(), clause.cue.start());
        let speaker = clause.speaker.slice(self.text);
        let goes_on = self.within(clause.sentence).is_empty() && !before.split_whitespace().any(is_later);
        if !goes_on {
            return None;
        }
        if !is_pronoun(speaker) {
            let own = sentence(self.text, quote.hull()?.hull(clause.cue));
            let earlier = sentence_before(self.text, own.start())?;
            let name = speaker.split_whitespace().next_back()?;
            return self.opening_day(earlier, |sentence, end| {
                self.between(sentence.start(), end).ends_with(name)
            });
        }
        let antecedent = quote.attribution.as_ref()?.antecedent;
        self.before(quote, 1, |sentence, report| {
            let opening = self.between(sentence.start(), report);
            let is_subject =
                antecedent.is_some_and(|it| it.start() >= sentence.start() && it.end() <= report);
            let is_same = opening.split_whitespace().next_back();
            is_subject || is_same.is_some_and(|word| word.to_lowercase() == speaker.to_lowercase())
        })
    }

    /// What stands in the text, empty where the ends are the wrong way round.
    fn between(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn is_of_old(&self, clause: &Clause) -> bool {
        is_of_old(self.between(clause.sentence.start(), clause.cue.start()))
    }

    fn is_then(&self, clause: &Clause) -> bool {
        is_then(self.between(clause.cue.end(), clause.sentence.end())) || self.is_of_then(clause)
    }

    /// Whether the speaker is named by an office that was theirs then: "then-Mayor Elias Crowe".
    fn is_of_then(&self, clause: &Clause) -> bool {
        let start = self
            .text
            .floor_char_boundary(clause.speaker.start().saturating_sub(OFFICE));
        let start = start.max(clause.sentence.start().min(clause.speaker.start()));
        is_of_then(self.between(start, clause.speaker.end()))
    }

    /// The day that was told of last before a clause that says "then".
    fn told_before(&self, clause: &Clause) -> Option<SaidOn> {
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

    /// The day of the letter or speech that the words are read from: "read from her 2019 letter: “…”".
    fn of_writing(&self, quote: &Quote) -> Option<SaidOn> {
        let words_of_quote = quote.fragments.first().or(quote.content.first())?;
        let own = sentence(self.text, *words_of_quote);
        let before = self
            .within(own)
            .iter()
            .rev()
            .find(|mention| mention.span.end() <= words_of_quote.start())?;
        let (head, marks) = self
            .between(before.span.end(), words_of_quote.start())
            .rsplit_once(':')?;
        let is_next = !marks.contains(char::is_alphanumeric)
            && words(head) <= ALONE + 1
            && !head.contains([',', ';', '”', '"']);
        let opening = self.between(own.start(), before.span.start());
        let read = if ends_with_writing(opening) {
            read_from(without_last_words(opening, 2))
        } else if opens_with_writing(head) {
            read_from(opening)
        } else {
            None
        };
        // "Asked about the Jan. 9 letter, Lima said" has its cue elsewhere.
        let cue = quote.attribution.as_ref().and_then(|attribution| attribution.cue);
        let is_read = read.is_some_and(|verb| {
            cue.is_none_or(|cue| cue.start() >= own.start() + verb && cue.end() <= before.span.start())
        });
        (is_next && is_read)
            .then(|| said(before, "of_writing", true))
            .flatten()
    }

    /// The expression of the reporting clause that says when.
    fn in_clause(&self, quote: &Quote, clause: &Clause) -> Option<SaidOn> {
        let mut best: Option<(usize, SaidOn)> = None;
        for mention in self.within(clause.sentence) {
            // A name may be a month's: "said April Stone".
            let is_name = clause.speaker != clause.cue && clause.speaker.overlaps(mention.span);
            let before = self.between(clause.sentence.start(), mention.span.start());
            let behind = self.between(mention.span.end(), clause.sentence.end());
            let is_of_record = is_record(before) && opens_with_writing(behind);
            let rest = self.between(mention.span.end(), clause.speaker.start().min(clause.cue.start()));
            let is_of_another =
                is_of_something(before) && !ends_with_writing(before) && !is_of_record && !is_shown(rest);
            if is_name || mention.is_limit || is_of_another {
                continue;
            }
            let Some(rule) = self.governs(quote, clause, mention) else {
                continue;
            };
            // "In a letter dated Feb. 20 and released Wednesday, Lima wrote".
            let distance = if is_dated(before) {
                0
            } else {
                mention.span.start().abs_diff(clause.cue.start())
            };
            let may_be_long = self.is_of_the_saying(clause, mention.span, rule);
            if let Some(said) = said(mention, rule, may_be_long)
                && best.as_ref().is_none_or(|(least, _)| distance < *least)
            {
                best = Some((distance, said));
            }
        }
        best.map(|(_, said)| said)
    }

    /// The rule by which an expression of the sentence governs the clause, if one does.
    fn governs(&self, quote: &Quote, clause: &Clause, mention: &DateMention) -> Option<&'static str> {
        let span = mention.span;
        let (cue, speaker) = (clause.cue, clause.speaker);
        if span.start() >= cue.end() {
            let between = self.text.get(cue.end()..span.start())?;
            // Words of the quote between them put the day behind the quote, where another clause is.
            let parted = quote
                .content
                .iter()
                .any(|piece| piece.start() >= cue.end() && piece.end() <= span.start());
            let behind = self.between(span.end(), clause.sentence.end());
            let is_own = is_plain(between)
                || is_after_occasion(between, behind)
                || is_by_pen(cue.slice(self.text)) && is_in_titled(between);
            return (!parted && is_own).then_some("after_cue");
        }
        if span.start() >= speaker.end() && span.end() <= cue.start() {
            // "Kray, whom Lima called a rat in March, said" tells when Lima spoke.
            let between = self.text.get(speaker.end()..span.start())?;
            // But "Kray, who in March said".
            let is_next = ends_with_who(between) && is_next_to(self.between(span.end(), cue.start()));
            let is_own = is_next || !between.split(|c: char| !c.is_alphabetic()).any(is_relative);
            return is_own.then_some("before_cue");
        }
        let opening = self.text.get(clause.sentence.start()..span.start())?;
        let first = cue.start().min(speaker.start());
        // "Two weeks ago he had said", "In a Nov. 9 letter to the mayor, Lima wrote".
        let rest = self.text.get(span.end()..first)?;
        // "In her memoir, A River’s Patience (1999), Lima wrote".
        let behind_bracket = rest.strip_prefix(')').unwrap_or(rest).trim_start();
        // "Lima, who filed it in June, said" tells when it was filed.
        let comma = behind_bracket.starts_with(',') && words(opening) <= REACH && !is_aside(opening);
        let stands_alone = words(opening) <= 1 && words(rest) <= ALONE && !rest.contains(',');
        let is_at = is_place(opening) && is_gathering_of(rest);
        let is_written =
            (is_place(opening) || is_record(opening)) && is_writing(rest) || is_dated(opening) || is_at;
        let is_written = is_written || is_place(opening) && opens_with_writing(rest) || is_work_of(rest);
        (comma || stands_alone || is_written || is_asked(opening) || is_shown(rest))
            .then_some("sentence_opening")
    }

    /// Whether a longer time, such as a year, can only be that of the saying: "said back in 2018.", "In 2018, Lima said" and
    /// "In a 2018 interview, Lima said"; elsewhere it is more often that of what is told.
    fn is_of_the_saying(&self, clause: &Clause, span: Span, rule: &str) -> bool {
        let rest = self.between(span.end(), clause.sentence.end());
        let ends = || {
            rest.chars()
                .next()
                .is_none_or(|c| matches!(c, '.' | ',' | ';' | ':' | '\n' | '—'))
        };
        match rule {
            "after_cue" => {
                let lead = without_object(self.between(clause.cue.end(), span.start()));
                let goes_on = rest.starts_with(" that ") || rest.starts_with(" que ");
                let is_written = || is_by_pen(clause.cue.slice(self.text)) && opens_with_writing(rest);
                is_lead(lead) && (ends() || goes_on)
                    || is_place(lead) && opens_with_writing(rest)
                    || is_written()
            }
            "sentence_opening" => {
                let opening = self.between(clause.sentence.start(), span.start());
                let is_when = is_when(opening) && rest.starts_with(',');
                let behind = self.between(span.end(), clause.speaker.start());
                let is_of_work = rest.starts_with(')') && opens_as_work(opening);
                is_lead(opening) && ends()
                    || is_of_work
                    || is_place(opening) && opens_with_writing(rest)
                    || is_when
                    || is_work_of(behind)
            }
            "before_cue" => {
                // "The woman who bought the house in 2019 said" tells when she bought it.
                let is_of_who = ends_with_who(self.between(clause.speaker.end(), span.start()));
                is_of_who && is_next_to(self.between(span.end(), clause.cue.start()))
            }
            _ => false,
        }
    }

    /// A quote whose own clause names no day: one of the sentences before, up to so many, if something is reported in it
    /// with a day and `holds` of the sentence and of where it reports.
    fn before(&self, quote: &Quote, sentences: usize, holds: impl Fn(Span, usize) -> bool) -> Option<SaidOn> {
        let mut hull = quote.hull()?;
        if let Some(attribution) = &quote.attribution {
            hull = hull.hull(attribution.cue.unwrap_or(attribution.mention));
        }
        let mut end = sentence(self.text, hull).start();
        for _ in 0..sentences {
            let earlier = sentence_before(self.text, end)?;
            let found = match report(earlier.slice(self.text)) {
                Some((from, to)) => {
                    let cue = Span::of(self.text, earlier.start() + from..earlier.start() + to)?;
                    if !holds(earlier, cue.start()) {
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
                    let written = self.in_a_writing(earlier);
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
    fn in_a_writing(&self, sentence: Span) -> Option<SaidOn> {
        let is_one = |mention: &&&DateMention| {
            let before = self.between(sentence.start(), mention.span.start());
            let behind = self.between(mention.span.end(), sentence.end());
            ends_as_place(before) && opens_with_writing(behind) || ends_with_writing(before)
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

    /// The expressions that begin within `stretch`.
    fn within(&self, stretch: Span) -> &[&DateMention] {
        let from = self
            .outside
            .partition_point(|mention| mention.span.start() < stretch.start());
        let to = self
            .outside
            .partition_point(|mention| mention.span.start() < stretch.end());
        &self.outside[from..to.max(from)]
    }
}

/// The rule of a length of time.
const LENGTH: &str = "duration";

/// The rule of a day that the sentence before a quote names.
const BEFORE: &str = "sentence_before";

/// How many sentences before it a quote without any speaker leans on.
const UNNAMED: usize = 3;

/// Words before a day that leads in words alone.
const LEAD: usize = 1;

/// How long an entry of a chronicle is up to its quotes, in bytes, at most.
const ENTRY: usize = 1200;

/// Bytes of a stamp's line on either side of its moment.
const STAMP: usize = 24;

/// How far before a clause the occasion may be told of that it refers to, in bytes.
const OCCASION_REACH: usize = 3000;

/// Days for which a meeting that the sentence before tells of is where something was said.
const LATELY: i64 = 14;

/// The same for an occasion that the clause names again: "said at the hearing".
const A_YEAR: i64 = 366;

/// Days after which an office may be another's.
const HALF_A_YEAR: i64 = 183;

/// How far before a speaker an office may stand, in bytes.
const OFFICE: usize = 24;

/// Words behind the day that opens a sentence in which its subject stands.
const SUBJECT: usize = 4;

/// How far before the clause "then" leads, in bytes.
const THEN_REACH: usize = 600;

/// Words between a day that opens a sentence and what it governs, where no comma parts them.
const ALONE: usize = 3;

/// What an expression says of the day: a month at most, or a longer time where it can only belong to the cue.
fn said(mention: &DateMention, rule: &'static str, may_be_long: bool) -> Option<SaidOn> {
    let when = mention.when.as_ref()?;
    let fine = matches!(mention.kind, TimexKind::Date | TimexKind::Time)
        && (is_short(when) || may_be_long && edtf::days_between(when.earliest, when.latest) <= 366);
    fine.then(|| SaidOn {
        when: when.clone(),
        evidence: Some(mention.span),
        rule,
    })
}

/// Whether it is a month at most.
fn is_short(when: &When) -> bool {
    edtf::days_between(when.earliest, when.latest) <= 31
}
