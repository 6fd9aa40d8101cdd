//! What is meant, as the engine is asked.

use std::ops::Bound;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery, RegexQuery,
    TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::EntryKind;
use super::calendar;
use super::left_out::LeftOut;
use super::listed::{self, Listed};
use super::members::{EVERY_TOPIC, Members};
use super::names::{self, NEVER};
use super::query::{DayField, EVERY_KIND, Expr, Held, IdField, NameField};
use super::schema::Fields;
use super::sets::{Among, Kept};
use super::sieve::Sieve;
use super::stretches::{In, Stretches};
use super::terms;
use super::wording;
use crate::resolve::{is_definite_anywhere, is_title_anywhere};

pub(super) type Asked = Box<dyn Query>;

/// So many terms of days are alternatives; more are a set.
const FEW_TERMS: usize = 8;

/// What a question is planned with: what is seen, and what is known of it.
pub(super) struct Sight<'a> {
    pub(super) fields: &'a Fields,
    pub(super) searcher: &'a Searcher,
    pub(super) kept: &'a Kept,
    pub(super) members: &'a Members,
}

impl std::ops::Deref for Sight<'_> {
    type Target = Fields;

    fn deref(&self) -> &Fields {
        self.fields
    }
}

/// What a question means to the engine.
#[derive(Debug)]
pub(super) struct Plan {
    /// Where what is looked for lies.
    pub(super) stretches: Stretches,
    /// What is looked for in its lists.
    pub(super) asked: Asked,
    /// The same where it is a single word or a frequent phrase.
    pub(super) listed: Option<Listed>,
    /// The same as alternatives of single terms, of which the best are found without looking at all; `None` where it is
    /// more than that.
    pub(super) pruned: Option<Asked>,
    /// What everything found is held against.
    pub(super) sieve: Sieve,
}

impl Plan {
    /// All of it as one question, for who goes through what is found in the engine's own way.
    pub(super) fn whole(self, fields: &Fields) -> Asked {
        let Sieve {
            among,
            without,
            held_at,
        } = self.sieve;
        let within: Asked = filter(Box::new(In(self.stretches)));
        let mut clauses = vec![(Occur::Must, self.asked), (Occur::Must, within)];
        let set = |entries| -> Asked { filter(Box::new(Among(entries))) };
        clauses.extend(among.into_iter().map(|entries| (Occur::Must, set(entries))));
        clauses.extend(without.into_iter().map(|entries| (Occur::MustNot, set(entries))));
        let held = |second| -> Asked { filter(held_at_second(fields, second)) };
        clauses.extend(held_at.into_iter().map(|second| (Occur::Must, held(second))));
        Box::new(BooleanQuery::new(clauses))
    }
}

/// The question for entries of these kinds.
///
/// Reported clauses are found only where the query names a kind of quote, because their words are the printer's own.
/// Where there are topics and the query names none, only what is on one of them is meant; where it names no past day,
/// only the wording seen last. What stayed as it was from one wording to the next is found once among all wordings, in the
/// last that has it.
pub(super) fn plan(sight: &Sight<'_>, expr: &Expr, kinds: &[EntryKind]) -> tantivy::Result<Plan> {
    let is_reported_too = expr.names_a_kind_of_quote() || !kinds.contains(&EntryKind::Quote);
    let stretches = Stretches::of(kinds, is_reported_too, expr.names_a_past_day());
    let mut sieve = Sieve::default();
    if !expr.names_a_topic() {
        sieve.among.extend(sight.members.of_any());
    }
    if expr.is_of_any_wording() {
        let repeated = sight.kept.with(sight.searcher, sight.traits, names::REPEATED)?;
        sieve.without.push(Arc::new(repeated));
    }
    let looked_for = match expr {
        Expr::And(parts) => sifted(parts, &mut sieve),
        expr => sifted(std::slice::from_ref(expr), &mut sieve),
    };
    let asked = match looked_for.as_slice() {
        // Nothing is looked for: whatever lies there then, or is in a set.
        [] => match sieve.among.first() {
            Some(entries) => filter(Box::new(Among(Arc::clone(entries)))),
            None => filter(Box::new(In(stretches))),
        },
        [only] => of(sight, only),
        several => all_of(sight, several),
    };
    let (listed, pruned) = match looked_for.as_slice() {
        [part @ (Expr::Word(_) | Expr::Exact(_) | Expr::Phrase(_))] => (listed(sight, part), None),
        [Expr::Or(parts)] => (None, pruned(sight, parts)),
        _ => (None, None),
    };
    Ok(Plan {
        stretches,
        asked,
        listed,
        pruned,
        sieve,
    })
}

/// Moves what can be told of a single entry into the sieve; the rest must be looked for.
fn sifted<'a>(parts: &'a [Expr], sieve: &mut Sieve) -> Vec<&'a Expr> {
    let mut looked_for = Vec::with_capacity(parts.len());
    for part in parts {
        match part {
            Expr::AsOf(Held::Ever) | Expr::All => {}
            Expr::AsOf(Held::At(moment)) => sieve.held_at.push(moment.as_second()),
            Expr::AsOf(Held::AtEndOf(day)) => sieve.held_at.push(end_of(*day)),
            part => looked_for.push(part),
        }
    }
    looked_for
}

/// Words of which any one will do, as alternatives of single terms.
fn pruned(sight: &Sight<'_>, parts: &[Expr]) -> Option<Asked> {
    let words = parts.iter().map(|part| match part {
        Expr::Word(word) => single(sight, word),
        _ => None,
    });
    let words = words.collect::<Option<Vec<_>>>()?;
    let words = words.iter().map(Listed::alternatives);
    Some(any(words
        .collect::<Option<Vec<_>>>()?
        .into_iter()
        .flatten()
        .collect()))
}

/// What belongs to one of these documents.
pub(super) fn of_documents<'a>(fields: &Fields, ids: impl IntoIterator<Item = &'a str>) -> Asked {
    let terms = ids
        .into_iter()
        .map(|id| Term::from_field_text(fields.document, id));
    filter(Box::new(TermSetQuery::new(terms)))
}

fn on_topic(fields: &Sight<'_>, topic: &str) -> Asked {
    if topic == EVERY_TOPIC {
        return Box::new(AllQuery);
    }
    match fields.members.of(topic) {
        Some(entries) => Box::new(Among(entries)),
        None => Box::new(EmptyQuery),
    }
}

fn of(fields: &Sight<'_>, expr: &Expr) -> Asked {
    match expr {
        Expr::All => everything(),
        Expr::Word(text) | Expr::Exact(text) | Expr::Phrase(text) => match listed(fields, expr) {
            Some(listed) => Box::new(listed),
            None => in_a_row(fields, text),
        },
        Expr::Near(one, other, words) => near(fields, one, other, *words),
        Expr::Prefix(start) => prefix(fields, start),
        Expr::Named(field, value) => filter(named(fields, *field, value)),
        Expr::Id(IdField::Speaker, id) => filter(term(fields.speaker_id, id)),
        Expr::Id(IdField::Body, id) => filter(term(fields.body_id, id)),
        Expr::Id(IdField::Source, id) => filter(term(fields.source_id, id)),
        Expr::Days(field, first, last) => filter(days(fields, *field, *first, *last)),
        Expr::AsOf(Held::AtEndOf(day)) => filter(held_at_second(fields, end_of(*day))),
        Expr::AsOf(Held::At(moment)) => filter(held_at_second(fields, moment.as_second())),
        Expr::AsOf(Held::Ever) => everything(),
        Expr::Like(text) => wording::candidates(fields, fields.searcher, text),
        Expr::And(parts) => all_of(fields, &parts.iter().collect::<Vec<_>>()),
        Expr::Or(parts) if expr.names_a_past_day() => {
            any(parts.iter().map(|part| of_its_day(fields, part)).collect())
        }
        Expr::Or(parts) => any(parts.iter().map(|part| of(fields, part)).collect()),
        Expr::Not(_) => all_of(fields, &[expr]),
    }
}

/// One of several alternatives: what names no past day is asked of the wordings seen last, whatever the others name.
fn of_its_day(fields: &Sight<'_>, part: &Expr) -> Asked {
    let asked = of(fields, part);
    if part.names_a_past_day() {
        return asked;
    }
    Box::new(BooleanQuery::new(vec![
        (Occur::Must, asked),
        (Occur::Must, current(fields)),
    ]))
}

/// What is of the wording seen last.
fn current(fields: &Fields) -> Asked {
    filter(term(fields.current, names::CURRENT))
}

fn all_of(fields: &Sight<'_>, parts: &[&Expr]) -> Asked {
    let (excluded, required): (Vec<&Expr>, Vec<&Expr>) = parts
        .iter()
        .copied()
        .partition(|part| matches!(part, Expr::Not(_)));
    let mut required: Vec<Asked> = required.into_iter().map(|part| of(fields, part)).collect();
    let asked = match required.len() {
        // What is left out must be left out of something.
        0 => everything(),
        1 => required.remove(0),
        _ => Box::new(BooleanQuery::intersection(required)),
    };
    if excluded.is_empty() {
        return asked;
    }
    let excluded = excluded.into_iter().map(|part| match part {
        Expr::Not(inner) => (Occur::MustNot, LeftOut::of(of(fields, inner))),
        part => (Occur::MustNot, LeftOut::of(of(fields, part))),
    });
    Box::new(BooleanQuery::new(
        std::iter::once((Occur::Must, asked)).chain(excluded).collect(),
    ))
}

fn any(parts: Vec<Asked>) -> Asked {
    Box::new(BooleanQuery::new(
        parts.into_iter().map(|part| (Occur::Should, part)).collect(),
    ))
}

fn everything() -> Asked {
    filter(Box::new(AllQuery))
}

/// A condition that a hit meets or not, without weight of its own.
fn filter(query: Asked) -> Asked {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

/// What has a list of its own; `None` where the places of several words must be looked at.
fn listed(sight: &Sight<'_>, expr: &Expr) -> Option<Listed> {
    let text = match expr {
        Expr::Word(word) => match single(sight, word) {
            Some(word) => return Some(word),
            // "won't", "2026-02-06" or an address: several words that stand together.
            None => word,
        },
        Expr::Exact(text) | Expr::Phrase(text) => text,
        _ => return None,
    };
    Listed::phrase(sight, sight.searcher, &terms(sight.words, text))
}

/// A word, where it is a single one.
fn single(fields: &Fields, word: &str) -> Option<Listed> {
    let printed = terms::terms(terms::plain(), word);
    let stems = terms::terms(terms::stemmed(), word);
    match (printed.as_slice(), stems.as_slice()) {
        ([(printed, _)], [(stem, _)]) => Some(Listed::word(fields, printed, stem)),
        _ => None,
    }
}

fn prefix(sight: &Sight<'_>, start: &str) -> Asked {
    let terms = terms::terms(terms::plain(), start);
    let [(start, _)] = terms.as_slice() else {
        return in_a_row(sight, start);
    };
    // The start of a word is letters and digits, so nothing in it means something to the expression.
    match RegexQuery::from_pattern(&format!("{start}.*"), sight.words) {
        Ok(query) => Box::new(query),
        Err(_) => Box::new(EmptyQuery),
    }
}

/// The words of a text that stand there in a row. They weigh the same whether they have a list or not.
fn in_a_row(sight: &Sight<'_>, text: &str) -> Asked {
    let words = terms(sight.words, text);
    let looked_for = phrase(words.clone());
    match listed::rarest_part(sight, sight.searcher, &words) {
        Some(part) => {
            let part = filter(Box::new(TermQuery::new(part, IndexRecordOption::Basic)));
            Box::new(BooleanQuery::new(vec![
                (Occur::Must, looked_for),
                (Occur::Must, part),
            ]))
        }
        None => looked_for,
    }
}

/// The words of a text, as printed, in a field.
fn terms(field: Field, text: &str) -> Vec<Term> {
    let words = terms::terms(terms::plain(), text).into_iter();
    words
        .map(|(word, _)| Term::from_field_text(field, &word))
        .collect()
}

fn phrase(terms: Vec<Term>) -> Asked {
    match terms.as_slice() {
        [] => Box::new(EmptyQuery),
        [only] => Box::new(TermQuery::new(only.clone(), IndexRecordOption::WithFreqs)),
        _ => Box::new(PhraseQuery::new(terms)),
    }
}

/// Two texts with no more than so many words between them, whichever comes first; each must stand there whole.
fn near(sight: &Sight<'_>, one: &str, other: &str, words: u32) -> Asked {
    let (first, second) = (terms(sight.words, one), terms(sight.words, other));
    let row = |before: &[Term], after: &[Term]| -> Option<Asked> {
        let mut row = PhraseQuery::new(vec![before.last()?.clone(), after.first()?.clone()]);
        row.set_slop(words);
        Some(Box::new(row))
    };
    let either = [row(&first, &second), row(&second, &first)];
    let all: Vec<(Occur, Asked)> = vec![
        (Occur::Must, in_a_row(sight, one)),
        (Occur::Must, in_a_row(sight, other)),
        (Occur::Must, any(either.into_iter().flatten().collect())),
    ];
    Box::new(BooleanQuery::new(all))
}

/// The last second of a day (UTC).
fn end_of(day: Date) -> i64 {
    day.tomorrow()
        .ok()
        .and_then(|next| TimeZone::UTC.to_timestamp(next.at(0, 0, 0, 0)).ok())
        .map_or(if day.year() < 0 { i64::MIN } else { i64::MAX - 1 }, |next| {
            next.as_second() - 1
        })
}

/// What was held at a second since 1970, in the wording of then.
fn held_at_second(fields: &Fields, second: i64) -> Asked {
    let second = second.min(NEVER - 1);
    let moment = |field| Term::from_field_i64(field, second);
    let since = RangeQuery::new(Bound::Unbounded, Bound::Included(moment(fields.since)));
    let until = RangeQuery::new(Bound::Excluded(moment(fields.until)), Bound::Unbounded);
    let both: Vec<(Occur, Asked)> = vec![(Occur::Must, Box::new(since)), (Occur::Must, Box::new(until))];
    Box::new(BooleanQuery::new(both))
}

fn named(fields: &Sight<'_>, field: NameField, value: &str) -> Asked {
    let folded = value.trim().to_lowercase();
    match field {
        NameField::Speaker => any(vec![
            term(fields.speaker_id, &folded),
            name(fields.speaker, &without_titles(value)),
        ]),
        NameField::Body => any(vec![term(fields.body_id, &folded), name(fields.body, value)]),
        NameField::Source => any(vec![term(fields.source_id, &folded), name(fields.source, value)]),
        NameField::Kind if folded == EVERY_KIND => Box::new(AllQuery),
        NameField::Kind => term(fields.sort, &folded),
        NameField::Genre => term(fields.genre, &folded),
        NameField::Language => term(fields.language, &folded),
        NameField::Office => any(vec![
            term(fields.office, &folded),
            name(fields.office_name, value),
        ]),
        NameField::Cue => cue(fields, value),
        NameField::Stance => term(fields.stance, &folded),
        NameField::Has => term(fields.traits, &folded),
        NameField::Url => phrase(terms(fields.url, value)),
        NameField::Topic => on_topic(fields, &folded),
    }
}

/// A name without what is printed before it and in no list of names: a title that is cut short ("Gov."), a form of address. A
/// whole title tells two of one name apart.
fn without_titles(name: &str) -> String {
    const ADDRESS: [&str; 6] = ["mr", "mrs", "ms", "miss", "dr", "lt"];
    const CUT: usize = 3;
    let words: Vec<&str> = name.split_whitespace().collect();
    let Some((last, before)) = words.split_last() else {
        return name.to_owned();
    };
    let is_title = |word: &&&str| {
        let bare = word.trim_end_matches('.');
        let is_cut =
            word.ends_with('.') && bare.chars().count() >= CUT && bare.chars().all(char::is_alphabetic);
        is_cut || ADDRESS.contains(&bare.to_lowercase().as_str())
    };
    let kept = before.iter().filter(|word| !is_title(word)).chain([last]);
    kept.copied().collect::<Vec<_>>().join(" ")
}

/// The words that report a quote, in any of their forms.
fn cue(fields: &Fields, value: &str) -> Asked {
    let stems = terms::terms(terms::stemmed(), value).into_iter();
    let all: Vec<(Occur, Asked)> = stems
        .map(|(stem, _)| (Occur::Must, term(fields.cue, &stem)))
        .collect();
    Box::new(BooleanQuery::new(all))
}

/// The words of a name, wherever they stand in it; "the mayor" and "la alcaldesa" are found by "mayor" and "alcaldesa".
fn name(field: Field, value: &str) -> Asked {
    let mut words = terms::terms(terms::plain(), without_article(value));
    if words.len() > 1 {
        // "Lima's" are two words.
        words.retain(|(word, _)| word != "the" && word != "s");
    }
    if words.is_empty() {
        return Box::new(EmptyQuery);
    }
    let all = words
        .iter()
        .map(|(word, _)| (Occur::Must, term(field, word)))
        .collect();
    Box::new(BooleanQuery::new(all))
}

/// The name of an office without the article before it. Of others it is a part: "la paz", "El Faro", "LA Herald".
fn without_article(name: &str) -> &str {
    let Some((article, noun)) = name.trim_start().split_once(' ') else {
        return name;
    };
    let is_capital = |word: &str| word.starts_with(char::is_uppercase);
    let is_of_name =
        is_capital(article) && (is_capital(noun) || article.chars().skip(1).any(char::is_uppercase));
    let is_office = noun
        .split_whitespace()
        .next()
        .is_some_and(|word| is_title_anywhere(&word.to_lowercase()));
    match is_office && is_definite_anywhere(&article.to_lowercase()) && !is_of_name {
        true => noun,
        false => name,
    }
}

fn days(fields: &Fields, field: DayField, first: Date, last: Date) -> Asked {
    let field = match field {
        DayField::Said => fields.said,
        DayField::Published => fields.published,
        DayField::Mentions => fields.mentions,
        DayField::Deadline => fields.deadlines,
        DayField::Captured => fields.captured,
        DayField::FirstSeen => fields.first_seen,
        DayField::Changed => fields.changed,
    };
    let terms = calendar::overlapping(first, last);
    let terms = terms.iter().map(|term| Term::from_field_text(field, term));
    // A set of terms is read to its end before it is asked; a few lists are sought in.
    if terms.len() > FEW_TERMS {
        return Box::new(TermSetQuery::new(terms));
    }
    any(terms
        .map(|term| -> Asked { Box::new(TermQuery::new(term, IndexRecordOption::Basic)) })
        .collect())
}

fn term(field: Field, text: &str) -> Asked {
    Box::new(TermQuery::new(
        Term::from_field_text(field, text),
        IndexRecordOption::WithFreqs,
    ))
}
