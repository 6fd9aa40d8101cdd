//! The expression of a reporting clause, or of the sentence of the words, that says when.

use super::super::sentences::words;
use super::calling::is_behind_name;
use super::clauses::{
    REACH, ends_with_who, is_article, is_aside, is_asked, is_lead, is_next_to, is_of_something, is_place,
    is_plain, is_relative, is_when, report, without_object,
};
use super::lists::List;
use super::occasions::{is_after_occasion, is_gathering_of, is_held, is_met_when};
use super::scenes::is_meeting;
use super::writings::{
    ends_in_writing, ends_with_writing, is_addressed, is_by_pen, is_dated, is_for_writing, is_heard_in,
    is_in_titled, is_in_which, is_of_minutes, is_of_release, is_record, is_shown, is_work_of, is_writing,
    opens_as_work, opens_with_writing, read_from, without_last_words, without_place, without_title,
};
use super::{Clause, Telling, said};
use crate::model::date::{DateMention, SaidOn};
use crate::model::quote::Quote;
use crate::model::span::Span;
use crate::text::sentences::sentence;

impl Telling<'_> {
    /// The day of a quote whose speaker is named in another sentence, where its own reports it and says when.
    pub(super) fn in_own_sentence(&self, quote: &Quote, clause: &Clause) -> Option<SaidOn> {
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

    /// The day of the letter or speech that the words are read from: "read from her 2019 letter: “…”".
    pub(super) fn of_writing(&self, quote: &Quote) -> Option<SaidOn> {
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

    /// The day of a letter that is said to say something, where it was told of with its day before: "The letter, dated June 21, said
    /// rents would not rise. “You will not hear from us,” the letter said."
    pub(super) fn of_named_writing(&self, clause: &Clause) -> Option<SaidOn> {
        let mut naming = clause.speaker.slice(self.text).split_whitespace();
        let article = naming.next()?;
        let noun = naming.next().filter(|_| naming.next().is_none())?.to_lowercase();
        if !article.eq_ignore_ascii_case("the") || !is_for_writing(&noun) {
            return None;
        }
        let before = self
            .outside
            .partition_point(|mention| mention.span.end() <= clause.cue.start().min(clause.speaker.start()));
        let near = self.outside[..before]
            .iter()
            .rev()
            .take_while(|mention| mention.span.end() + WRITING_REACH >= clause.sentence.start());
        let is_its = |mention: &&&&DateMention| {
            let around = sentence(self.text, mention.span);
            let opening = self.between(around.start(), mention.span.start());
            let dated = opening.trim_end().strip_suffix("dated").unwrap_or_default();
            let is_dated = last_word(dated) == Some(noun.as_str());
            // "a June 21 letter", "wrote in a letter on June 21".
            let behind = self.between(mention.span.end(), around.end());
            is_dated || first_word(behind) == Some(noun.as_str())
        };
        let dated = near.into_iter().find(|mention| is_its(&mention))?;
        // Another letter that is told of may be the one that is meant.
        let low = clause.sentence.start().saturating_sub(WRITING_REACH);
        let low = self.text.floor_char_boundary(low);
        let others = self
            .between(low, clause.cue.start().min(clause.speaker.start()))
            .to_lowercase();
        let words: Vec<&str> = others
            .split(|mark: char| !mark.is_alphabetic())
            .filter(|word| !word.is_empty())
            .collect();
        let named = words.iter().filter(|word| **word == noun).count();
        let is_one = named == 1 && !words.contains(&"own") && !words.contains(&"another");
        said(dated, "of_writing", true).filter(|_| is_one)
    }

    /// The expression of the reporting clause that says when.
    pub(super) fn in_clause(&self, quote: &Quote, clause: &Clause) -> Option<SaidOn> {
        let mut best: Option<(usize, SaidOn)> = None;
        for mention in self.within(clause.sentence) {
            // A name may be a month's: "said April Stone".
            let is_name = clause.speaker != clause.cue && clause.speaker.overlaps(mention.span);
            let before = self.between(clause.sentence.start(), mention.span.start());
            let behind = self.between(mention.span.end(), clause.sentence.end());
            let from = clause.cue.end().max(clause.speaker.end());
            let is_of_record = is_record(before) && opens_with_writing(behind)
                || is_of_minutes(self.between(from, mention.span.start()), behind);
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
            } else if is_of_release(before) {
                usize::MAX
            } else {
                mention.span.start().abs_diff(clause.cue.start())
            };
            let is_framed = self.is_framed(quote, clause, mention);
            let may_be_long = self.is_of_the_saying(clause, mention.span, (rule, is_framed));
            if let Some(said) = said(mention, rule, may_be_long)
                && best.as_ref().is_none_or(|(least, _)| distance < *least)
            {
                best = Some((distance, said));
            }
        }
        best.map(|(_, said)| said)
    }

    /// The rule by which an expression of the sentence governs the clause, if one does.
    pub(super) fn governs(
        &self,
        quote: &Quote,
        clause: &Clause,
        mention: &DateMention,
    ) -> Option<&'static str> {
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
            let untitled = without_title(between);
            let is_own = is_plain(between)
                || untitled.is_some_and(|(head, tail)| is_plain(head) && is_plain(tail))
                || is_meanwhile(between)
                || is_hosted(between)
                || is_after_occasion(between, behind)
                || is_by_pen(cue.slice(self.text)) && is_in_titled(between);
            let is_own = !parted && is_own || is_behind_name(self.text, quote, span);
            return is_own.then_some("after_cue");
        }
        if span.start() >= speaker.end() && span.end() <= cue.start() {
            // "Kray, whom Lima called a rat in March, said" tells when Lima spoke.
            // Who speaks may be named by "who" itself.
            let is_who = is_relative(speaker.slice(self.text));
            let from = if is_who { speaker.start() } else { speaker.end() };
            let between = self.text.get(from..span.start())?;
            // But "Kray, who in March said".
            let is_next = ends_with_who(between) && is_next_to(self.between(span.end(), cue.start()));
            let is_own = is_next || !between.split(|c: char| !c.is_alphabetic()).any(is_relative);
            return is_own.then_some("before_cue");
        }
        let opening = without_label(self.text.get(clause.sentence.start()..span.start())?);
        let first = cue.start().min(speaker.start());
        // "Two weeks ago he had said", "In a Nov. 9 letter to the mayor, Lima wrote".
        let rest = self.text.get(span.end()..first)?;
        // "In her memoir, A River’s Patience (1999), Lima wrote".
        let behind_bracket = rest.strip_prefix(')').unwrap_or(rest).trim_start();
        // "Lima, who filed it in June, said" tells when it was filed.
        let comma = behind_bracket.starts_with(',') && words(opening) <= REACH && !is_aside(opening);
        let is_long = is_held(opening) || is_met_when(opening) || is_next_when(rest);
        let comma = comma || behind_bracket.starts_with(',') && is_long;
        let stands_alone = words(opening) <= 1 && words(rest) <= ALONE && !rest.contains(',');
        let is_at = is_place(opening) && is_gathering_of(rest);
        let is_written =
            (is_place(opening) || is_record(opening)) && is_writing(rest) || is_dated(opening) || is_at;
        let is_written = is_written || is_place(opening) && opens_with_writing(rest) || is_work_of(rest);
        let is_written = is_written || ends_in_writing(opening) && is_addressed(rest);
        // "In a speech in Leeds on 3 February he conceded": who speaks stands next to the day.
        let is_next = !rest.contains([',', ';', ':']) && words(rest) <= ALONE;
        let is_written = is_written || is_heard_in(opening) && is_next && !self.is_of_old(clause);
        let is_framed = self.is_framed(quote, clause, mention) || is_in_which(opening, rest);
        (comma || stands_alone || is_written || is_framed || is_asked(opening) || is_shown(rest))
            .then_some("sentence_opening")
    }

    /// Whether a clause opens with a time long past in which its speaker did something: "During his 2022 campaign he called it".
    fn is_framed(&self, quote: &Quote, clause: &Clause, mention: &DateMention) -> bool {
        let (cue, speaker) = (clause.cue, clause.speaker);
        let is_past = mention
            .when
            .as_ref()
            .zip(self.published)
            .is_some_and(|(when, day)| when.latest < day);
        let rest = self.between(mention.span.end(), speaker.start());
        let noun = rest.trim_end_matches([' ', ',']);
        let is_frame = words(noun) <= 2 && last_word(noun).is_some_and(|noun| List::Frame.has(noun));
        let is_next = is_next_to(self.between(speaker.end(), cue.start()));
        let goes_on = self
            .between(cue.end(), clause.sentence.end())
            .starts_with([' ', ':']);
        // "During the 2019 visit, Lima said in her new book, Cruz was": of the book.
        let is_before = quote.hull().is_some_and(|words| {
            words.start() >= cue.end() && !self.between(cue.end(), words.start()).contains(',')
        });
        let opening = self.between(clause.sentence.start(), mention.span.start());
        let is_order = mention.span.end() <= speaker.start() && speaker.end() <= cue.start();
        is_past && is_order && is_place(opening) && is_frame && is_next && goes_on && is_before
    }

    /// Whether a longer time, such as a year, can only be that of the saying: "said back in 2018.", "In 2018, Lima said" and
    /// "In a 2018 interview, Lima said"; elsewhere it is more often that of what is told.
    fn is_of_the_saying(&self, clause: &Clause, span: Span, (rule, is_framed): (&str, bool)) -> bool {
        let rest = self.between(span.end(), clause.sentence.end());
        let ends = || ends_clause(rest);
        match rule {
            "after_cue" => {
                let lead = without_object(self.between(clause.cue.end(), span.start()));
                let goes_on = rest
                    .strip_prefix(' ')
                    .is_some_and(|rest| List::That.opening(rest).is_some());
                let is_written = || is_by_pen(clause.cue.slice(self.text)) && opens_with_writing(rest);
                (is_lead(lead) || is_lead(without_object(without_place(lead)))) && (ends() || goes_on)
                    || is_place(lead) && opens_with_writing(rest)
                    || is_written()
            }
            "sentence_opening" => {
                let opening = without_label(self.between(clause.sentence.start(), span.start()));
                let behind = self.between(span.end(), clause.speaker.start());
                let is_when = is_when(opening) && rest.starts_with(',') || is_next_when(behind);
                let is_of_work = rest.starts_with(')') && opens_as_work(opening);
                is_lead(opening) && ends()
                    || is_framed
                    || is_dated(opening)
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
}

/// Whether a clause ends before what stands here.
fn ends_clause(rest: &str) -> bool {
    let next = rest.chars().next();
    next.is_none_or(|mark| matches!(mark, '.' | ',' | ';' | ':' | '\n' | '—'))
}

/// Whether what leads from a cue to a day says what the speaker did meanwhile: "said Lima, 70, as he dragged a mattress to the curb".
fn is_meanwhile(between: &str) -> bool {
    let parts = List::Meanwhile
        .all()
        .find_map(|doing| between.split_once(&format!("{doing} ")))
        .filter(|(head, _)| head.ends_with(' ') && words(head) <= SPEAKER);
    // "as she prepared to leave on", "as she waited for the vote on": the day is that of what is to come.
    let is_other = |deed: &str| deed.split_whitespace().any(|word| List::NotMeanwhile.has(word));
    let leads_on = |deed: &str| {
        let mut rest = deed.split(" to ").skip(1);
        rest.any(|rest| !rest.split_whitespace().next().is_some_and(is_article))
    };
    parts.is_some_and(|(head, deed)| is_plain(head) && is_plain(deed) && !is_other(deed) && !leads_on(deed))
}

/// Words in which who speaks is named with an age or an office.
const SPEAKER: usize = 6;

/// What a sentence opens with, without the label before it: "Flashback: In".
fn without_label(opening: &str) -> &str {
    match opening.split_once(": ") {
        Some((label, rest)) if words(label) <= LABEL => rest,
        _ => opening,
    }
}

/// Words of a label.
const LABEL: usize = 2;

/// Whether what stands between a day and who speaks only begins a clause about it: "last fall, when Lima told".
fn is_next_when(rest: &str) -> bool {
    let titles = rest.trim_start().strip_prefix(", when ");
    titles.is_some_and(|titles| words(titles) <= 2 && !titles.contains(','))
}

/// Whether words are told an occasion that is named with its host: "told a webinar hosted by the Harbor Guild on".
fn is_hosted(between: &str) -> bool {
    let Some((occasion, host)) = between.split_once(" by ") else {
        return false;
    };
    let Some((occasion, verb)) = occasion.trim_end().rsplit_once(' ') else {
        return false;
    };
    let is_verb = List::HostedBy.has(verb);
    let is_occasion = last_word(occasion).is_some_and(is_meeting);
    let is_name = |word: &str| word.starts_with(char::is_uppercase) || List::HostName.has(word);
    is_verb && is_occasion && words(occasion) <= ALONE && host.split_whitespace().all(is_name)
}

/// The last word of a stretch, and the first one right behind a space.
fn last_word(stretch: &str) -> Option<&str> {
    let mut words = stretch.split(|mark: char| !mark.is_alphabetic());
    words.rfind(|word| !word.is_empty())
}

fn first_word(stretch: &str) -> Option<&str> {
    let rest = stretch.strip_prefix(' ')?;
    rest.split(|mark: char| !mark.is_alphabetic()).next()
}

/// How far before a clause the letter is told of with its day that it names again, in bytes.
const WRITING_REACH: usize = 3000;

/// Words between a day that opens a sentence and what it governs, where no comma parts them.
const ALONE: usize = 3;
