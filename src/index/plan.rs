//! What is meant, as the engine is asked.

use std::ops::Bound;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery,
    RegexQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::EntryKind;
use super::calendar;
use super::query::{DayField, EVERY_KIND, Expr, Held, IdField, NameField};
use super::schema::{self, Fields};
use super::sets::{Among, EntrySet, Kept};
use super::topics::{self, Members};
use super::wording;
use crate::model::quote::QuoteKind;

type Asked = Box<dyn Query>;

/// Terms of a headline weigh more than those of the text.
const TITLE_BOOST: f32 = 2.0;
/// A word as printed weighs more than another form of it.
const AS_PRINTED_BOOST: f32 = 0.5;

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

/// The question for entries of these kinds.
///
/// Reported clauses are found only where the query names a kind of quote, because their words are the printer's own.
/// Where there are topics and the query names none, only what is on one of them is meant; where it names no past day,
/// only the wording seen last.
pub(super) fn plan(sight: &Sight<'_>, expr: &Expr, kinds: &[EntryKind]) -> tantivy::Result<Asked> {
    let within = sight.members.of_any().filter(|_| !expr.names_a_topic());
    let is_reported_too = expr.names_a_kind_of_quote() || !kinds.contains(&EntryKind::Quote);
    let mut clauses = vec![(Occur::Must, of(sight, expr))];
    let among = |entries| -> Asked { filter(Box::new(Among(entries))) };
    if expr.names_a_past_day() {
        clauses.extend(of_kinds(sight, kinds)?.map(|entries| (Occur::Must, among(entries))));
        if !is_reported_too {
            clauses.push((Occur::MustNot, term(sight.sort, QuoteKind::Indirect.code())));
        }
    } else {
        let entries = current_of(sight, kinds, is_reported_too)?;
        clauses.push((Occur::Must, among(entries)));
    }
    clauses.extend(within.map(|within| (Occur::Must, filter(Box::new(within)))));
    Ok(Box::new(BooleanQuery::new(clauses)))
}

/// What is of these kinds in any wording; `None` where that is everything.
fn of_kinds(sight: &Sight<'_>, kinds: &[EntryKind]) -> tantivy::Result<Option<Arc<EntrySet>>> {
    let is_any = EntryKind::ALL.iter().all(|kind| kinds.contains(kind));
    let codes = kinds.iter().map(|kind| kind.code());
    (!is_any).then(|| kept(sight, sight.kind, codes)).transpose()
}

/// What is of these kinds in the wordings seen last, with the reported clauses among the quotes or without.
fn current_of(
    sight: &Sight<'_>,
    kinds: &[EntryKind],
    is_reported_too: bool,
) -> tantivy::Result<Arc<EntrySet>> {
    let terms = kinds.iter().map(|kind| match kind {
        EntryKind::Quote if !is_reported_too => schema::QUOTED,
        kind => kind.code(),
    });
    kept(sight, sight.current, terms)
}

/// What has one of these terms.
fn kept<'a>(
    sight: &Sight<'_>,
    field: Field,
    mut terms: impl Iterator<Item = &'a str>,
) -> tantivy::Result<Arc<EntrySet>> {
    let with = |term| sight.kept.with(sight.searcher, field, term);
    let mut entries = terms.next().map(with).transpose()?.unwrap_or_default();
    for term in terms {
        entries.extend(&with(term)?);
    }
    Ok(Arc::new(entries))
}

/// What belongs to one of these documents.
pub(super) fn of_documents<'a>(fields: &Fields, ids: impl IntoIterator<Item = &'a str>) -> Asked {
    let terms = ids
        .into_iter()
        .map(|id| Term::from_field_text(fields.document, id));
    filter(Box::new(TermSetQuery::new(terms)))
}

fn on_topic(fields: &Sight<'_>, topic: &str) -> Asked {
    if topic == topics::ALL {
        return Box::new(AllQuery);
    }
    match fields.members.of(topic) {
        Some(entries) => Box::new(entries),
        None => Box::new(EmptyQuery),
    }
}

fn of(fields: &Sight<'_>, expr: &Expr) -> Asked {
    match expr {
        Expr::All => Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0)),
        Expr::Word(word) => self::word(fields, word),
        Expr::Exact(word) => phrase(fields.words, word),
        Expr::Near(one, other, words) => near(fields.words, one, other, *words),
        Expr::Prefix(start) => prefix(fields, start),
        Expr::Phrase(phrase) => self::phrase(fields.words, phrase),
        Expr::Named(field, value) => filter(named(fields, *field, value)),
        Expr::Id(IdField::Speaker, id) => filter(term(fields.speaker_id, id)),
        Expr::Id(IdField::Source, id) => filter(term(fields.source_id, id)),
        Expr::Days(field, first, last) => filter(days(fields, *field, *first, *last)),
        Expr::AsOf(Held::AtEndOf(day)) => filter(held_at(fields, end_of(*day))),
        Expr::AsOf(Held::At(moment)) => filter(held_at(fields, moment.as_second())),
        Expr::AsOf(Held::Ever) => Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0)),
        Expr::Like(text) => wording::candidates(fields, fields.searcher, text),
        Expr::And(parts) => all_of(fields, parts),
        Expr::Or(parts) if expr.names_a_past_day() => {
            any(parts.iter().map(|part| of_its_day(fields, part)).collect())
        }
        Expr::Or(parts) => any(parts.iter().map(|part| of(fields, part)).collect()),
        Expr::Not(_) => all_of(fields, std::slice::from_ref(expr)),
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
    filter(term(fields.current, schema::CURRENT))
}

fn all_of(fields: &Sight<'_>, parts: &[Expr]) -> Asked {
    let mut clauses: Vec<(Occur, Asked)> = parts
        .iter()
        .map(|part| match part {
            Expr::Not(inner) => (Occur::MustNot, of(fields, inner)),
            part => (Occur::Must, of(fields, part)),
        })
        .collect();
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        // What is left out must be left out of something.
        clauses.push((
            Occur::Must,
            Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0)),
        ));
    }
    Box::new(BooleanQuery::new(clauses))
}

fn any(parts: Vec<Asked>) -> Asked {
    Box::new(BooleanQuery::new(
        parts.into_iter().map(|part| (Occur::Should, part)).collect(),
    ))
}

/// A condition that a hit meets or not, without weight of its own.
fn filter(query: Asked) -> Asked {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn word(fields: &Fields, word: &str) -> Asked {
    let printed = schema::terms(schema::plain(), word);
    let stems = schema::terms(schema::stemmed(), word);
    match (printed.as_slice(), stems.as_slice()) {
        // What is printed so, or stands in a headline, has the stem too: the rest only weighs, and is not read where nothing
        // is weighed.
        ([(printed, _)], [(stem, _)]) => Box::new(BooleanQuery::new(vec![
            (Occur::Must, term(fields.stems, stem)),
            (
                Occur::Should,
                Box::new(BoostQuery::new(term(fields.words, printed), AS_PRINTED_BOOST)),
            ),
            (
                Occur::Should,
                Box::new(BoostQuery::new(term(fields.title, stem), TITLE_BOOST)),
            ),
        ])),
        // "won't", "2026-02-06" or an address: several words that stand together.
        _ => phrase(fields.words, word),
    }
}

fn prefix(fields: &Fields, start: &str) -> Asked {
    let terms = schema::terms(schema::plain(), start);
    let [(start, _)] = terms.as_slice() else {
        return phrase(fields.words, start);
    };
    // The start of a word is letters and digits, so nothing in it means something to the expression.
    match RegexQuery::from_pattern(&format!("{start}.*"), fields.words) {
        Ok(query) => Box::new(query),
        Err(_) => Box::new(EmptyQuery),
    }
}

fn phrase(field: Field, text: &str) -> Asked {
    let terms: Vec<Term> = schema::terms(schema::plain(), text)
        .into_iter()
        .map(|(word, _)| Term::from_field_text(field, &word))
        .collect();
    match terms.as_slice() {
        [] => Box::new(EmptyQuery),
        [only] => Box::new(TermQuery::new(only.clone(), IndexRecordOption::WithFreqs)),
        _ => Box::new(PhraseQuery::new(terms)),
    }
}

/// Two texts with no more than so many words between them, whichever comes first; each must stand there whole.
fn near(field: Field, one: &str, other: &str, words: u32) -> Asked {
    let terms = |text: &str| -> Vec<Term> {
        let words = schema::terms(schema::plain(), text).into_iter();
        words
            .map(|(word, _)| Term::from_field_text(field, &word))
            .collect()
    };
    let (first, second) = (terms(one), terms(other));
    let row = |before: &[Term], after: &[Term]| -> Option<Asked> {
        let mut row = PhraseQuery::new(vec![before.last()?.clone(), after.first()?.clone()]);
        row.set_slop(words);
        Some(Box::new(row))
    };
    let either = [row(&first, &second), row(&second, &first)];
    let all: Vec<(Occur, Asked)> = vec![
        (Occur::Must, phrase(field, one)),
        (Occur::Must, phrase(field, other)),
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
fn held_at(fields: &Fields, second: i64) -> Asked {
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
            name(fields.speaker, value),
        ]),
        NameField::Source => any(vec![term(fields.source_id, &folded), name(fields.source, value)]),
        NameField::Kind if folded == EVERY_KIND => Box::new(AllQuery),
        NameField::Kind => term(fields.sort, &folded),
        NameField::Genre => term(fields.genre, &folded),
        NameField::Language => term(fields.language, &folded),
        NameField::Office => term(fields.office, &folded),
        NameField::Cue => cue(fields, value),
        NameField::Stance => term(fields.stance, &folded),
        NameField::Url => phrase(fields.url, value),
        NameField::Topic => on_topic(fields, &folded),
    }
}

/// The words that report a quote, in any of their forms.
fn cue(fields: &Fields, value: &str) -> Asked {
    let stems = schema::terms(schema::stemmed(), value).into_iter();
    let all: Vec<(Occur, Asked)> = stems
        .map(|(stem, _)| (Occur::Must, term(fields.cue, &stem)))
        .collect();
    Box::new(BooleanQuery::new(all))
}

/// The words of a name, wherever they stand in it; "the mayor" is found by "mayor".
fn name(field: Field, value: &str) -> Asked {
    let mut words = schema::terms(schema::plain(), value);
    if words.len() > 1 {
        words.retain(|(word, _)| word != "the");
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

fn days(fields: &Fields, field: DayField, first: Date, last: Date) -> Asked {
    let field = match field {
        DayField::Said => fields.said,
        DayField::Published => fields.published,
        DayField::Mentions => fields.mentions,
        DayField::Captured => fields.captured,
        DayField::FirstSeen => fields.first_seen,
        DayField::Changed => fields.changed,
    };
    let terms = calendar::overlapping(first, last);
    Box::new(TermSetQuery::new(
        terms.iter().map(|term| Term::from_field_text(field, term)),
    ))
}

fn term(field: Field, text: &str) -> Asked {
    Box::new(TermQuery::new(
        Term::from_field_text(field, text),
        IndexRecordOption::WithFreqs,
    ))
}
