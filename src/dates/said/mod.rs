//! The day a quote was said.
//!
//! An expression that stands within any quotation is of what was said, not of when. Of the others the one in the
//! reporting clause governs, or that of the letter or speech the words are from; "then" leads to the day told of
//! before. Where nothing does, the document's own day stands in.

mod calling;
mod carried;
mod clauses;
mod dead;
mod earlier;
mod elsewhere;
mod governing;
mod labels;
mod lists;
mod occasions;
mod on_the_spot;
mod sayings;
mod scenes;
mod sittings;
mod transcripts;
mod writings;

use std::collections::HashSet;

use jiff::civil::Date;

use self::clauses::is_aside;
pub(super) use self::sittings::{Title, sitting};
use super::sentences::behind_dateline;
use super::story::ALLUSION;
use super::{Own, edtf};
use crate::model::date::{DateMention, SaidOn, TimexKind, When};
use crate::model::quote::{Attribution, Quote};
use crate::model::span::Span;
use crate::text::sentences::sentence;

/// For each quote the expression that governs it, else the document's own day.
pub(super) fn on(text: &str, quotes: &[Quote], mentions: &[DateMention], own: Own) -> Vec<Option<SaidOn>> {
    let published = own.published;
    let telling = Telling {
        text,
        outside: outside(text, quotes, mentions),
        published,
        dead: dead::dead(text),
    };
    let said = |quote: &Quote| match quote.attribution.as_ref().filter(|it| it.rule == NESTED) {
        Some(attribution) => {
            nested(text, quotes, mentions, (quote, attribution)).filter(|said| telling.is_possible(said))
        }
        None => telling.said(quote),
    };
    let mut said: Vec<Option<SaidOn>> = quotes.iter().map(said).collect();
    telling.carry(quotes, &mut said);
    telling.set_scenes(quotes, &mut said);
    telling.set_on_the_spot(quotes, &mut said);
    telling.set_transcript(quotes, own.sitting, &mut said);
    said
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
        outside: outside(text, &inner, mentions)
            .into_iter()
            .filter(|mention| outer.contains(mention.span))
            .collect(),
        published: None,
        dead: HashSet::new(),
    };
    let clause = Clause::of(text, attribution)?;
    let (start, end) = (
        clause.sentence.start().max(outer.start()),
        clause.sentence.end().min(outer.end()),
    );
    let sentence = Span::of(text, start..end)?;
    telling.in_clause(quote, &Clause { sentence, ..clause })
}

/// The expressions that stand in no quotation.
fn outside<'t>(text: &str, quotes: &[Quote], mentions: &'t [DateMention]) -> Vec<&'t DateMention> {
    let mut pieces: Vec<(usize, usize)> = Vec::new();
    for quote in quotes {
        // What goes on behind the name that somebody calls something is the reporter's.
        let end = calling::end_of_name(text, quote).unwrap_or(usize::MAX);
        let own = quote.content.iter().chain(&quote.fragments);
        let own = own.map(|piece| (piece.start(), piece.end().min(end)));
        pieces.extend(own.filter(|(start, end)| start < end));
    }
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
        // Words that begin in the middle of a weekday ("said on Wednesday | night she had") do not hold it; of a date they may tell.
        let end = if mention.rule == WEEKDAY {
            mention.span.start() + 1
        } else {
            mention.span.end()
        };
        let begun = pieces.partition_point(|(start, _)| *start < end);
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
    dead: HashSet<(&'t str, &'t str)>,
}

/// Where a quote is reported.
struct Clause {
    sentence: Span,
    cue: Span,
    speaker: Span,
}

impl Clause {
    /// `None` where only the headline names the speaker.
    fn of(text: &str, attribution: &Attribution) -> Option<Self> {
        let speaker = attribution.mention.span()?;
        let cue = attribution.cue.unwrap_or(speaker);
        Some(Self {
            sentence: sentence(text, cue),
            cue,
            speaker,
        })
    }
}

impl Telling<'_> {
    fn said(&self, quote: &Quote) -> Option<SaidOn> {
        let clause = quote
            .attribution
            .as_ref()
            .and_then(|attribution| Clause::of(self.text, attribution));
        let governing = self
            .in_brackets(quote)
            .or_else(|| self.of_writing(quote))
            .or_else(|| self.led_in(quote));
        let governing = governing.or_else(|| match &clause {
            Some(clause) => self
                .in_own_sentence(quote, clause)
                .or_else(|| self.reported(quote, clause)),
            None if quote.attribution.is_some() => None,
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
                    .or_else(|| self.of_named_writing(clause))
            })
    }

    /// Whether a mention is one day of so many before the document's.
    fn is_within_days(&self, mention: &DateMention, days: i64) -> bool {
        let when = mention.when.as_ref().zip(self.published);
        when.is_some_and(|(when, published)| {
            when.earliest == when.latest && (0..=days).contains(&edtf::days_between(when.latest, published))
        })
    }

    /// Whether a sentence names no time at which something may have been said: "during the three-hour meeting", "said Lima, who has lived
    /// there since 1998".
    fn tells_no_time(&self, sentence: Span) -> bool {
        let is_none = |mention: &&DateMention| match (&mention.when, self.published) {
            (Some(when), Some(published)) => {
                let is_of_whom = is_aside(self.between(sentence.start(), mention.span.start()));
                is_of_whom && edtf::days_between(when.latest, published) > TWO_YEARS
            }
            (Some(_), None) => false,
            (None, _) => mention.rule == LENGTH,
        };
        self.within(sentence).iter().all(is_none)
    }

    /// What stands in the text, empty where the ends are the wrong way round.
    fn between(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
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

/// The rule of a weekday.
const WEEKDAY: &str = "weekday";

/// The rule of a length of time.
const LENGTH: &str = "duration";

/// Days before the document, behind which a time tells of whom is heard and not of when.
const TWO_YEARS: i64 = 731;

/// How many sentences before it a quote without any speaker leans on.
const UNNAMED: usize = 3;

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
