//! What a person types, read into what is meant.
//!
//! Words (all must match), `=word` as printed, `"phrases"`, `word*`, `word NEAR/5 word`, `OR`, `NOT` or `-`,
//! parentheses, and the fields of [`FIELDS`], from which the reference page is made too. `AND` binds tighter than
//! `OR`. Whatever is pasted in is read as far as it makes sense; what was passed over is told in
//! [`Query::notices`], and [`Query::understood`] says how the rest was taken.

mod days;
mod expr;
mod fields;
mod lexer;
mod parser;
mod remarks;
mod rewritten;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::EntryKind;
use super::cursor::Order;
use crate::model::source::SourceKind;

pub(super) use expr::{EVERY_KIND, Expr, Held};
pub use expr::{QUOTATION_MARKS, Where};
pub use fields::{DAYS, FIELDS, FORMS, FieldHelp};
pub(super) use fields::{DayField, IdField, NameField, is_id};

/// Bytes of a query; longer ones are mistakes.
pub(super) const MAX_BYTES: usize = 4096;
/// Words, phrases and fields of a query.
const MAX_CLAUSES: usize = 256;
/// Parentheses inside one another.
const MAX_DEPTH: usize = 32;
/// Characters of a pasted text that are looked for: a speech has as many.
const MOST_PASTED: usize = 20_000;
/// Words that are looked at for whether they name somebody.
const MOST_WORDS: usize = 6;

/// A query that cannot be answered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// It is longer than any question.
    #[error("the query has more than {MAX_BYTES} bytes")]
    TooLong,
    /// It has more parts than any question.
    #[error("the query has more than {MAX_CLAUSES} words, phrases and fields")]
    TooManyClauses,
    /// Its parentheses are nested too deeply.
    #[error("the query has more than {MAX_DEPTH} parentheses inside one another")]
    TooDeep,
    /// A day cannot be read.
    #[error(
        "`{field}:{value}` (character {at}) names no days; write 2026-02-06, 2026-02, 2026, 2026-02-01..2026-02-10, \
         ..2026-02-10, >=2026-02-01, an EDTF date such as 2026-21 or 199X, or \"last week\"{also}"
    )]
    Days {
        /// The field.
        field: &'static str,
        /// What stands after it.
        value: String,
        /// The character it begins at, from 1.
        at: usize,
        /// What else the field takes, in words.
        also: &'static str,
    },
    /// A closed field has no such value.
    #[error("`{field}:{value}` (character {at}): there is no such value, only {known}{near}")]
    Value {
        /// The field.
        field: &'static str,
        /// What stands after it.
        value: String,
        /// The character it begins at, from 1.
        at: usize,
        /// The value that was perhaps meant, in words; empty if none is near.
        near: String,
        /// What could stand there.
        known: String,
    },
}

impl QueryError {
    /// The character of the query it is about, from 1.
    pub fn at(&self) -> Option<usize> {
        match self {
            QueryError::Days { at, .. } | QueryError::Value { at, .. } => Some(*at),
            QueryError::TooLong | QueryError::TooManyClauses | QueryError::TooDeep => None,
        }
    }
}

/// A question to the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    pub(super) expr: Expr,
    /// What was passed over or taken otherwise than it was written, in words.
    pub notices: Vec<String>,
}

/// The day it is. Which one, is told by the clock that the days of a field are told by.
#[derive(Clone, Copy, Debug)]
pub struct Today {
    /// Where the reader is: of what was said, published, mentioned or is due.
    pub here: Date,
    /// In UTC: of what was captured and held.
    pub in_utc: Date,
}

impl From<Date> for Today {
    /// The day of a reader who is where it is UTC.
    fn from(day: Date) -> Self {
        Self {
            here: day,
            in_utc: day,
        }
    }
}

/// Whether a part is a field and no word.
fn is_field(part: &Expr) -> bool {
    matches!(
        part,
        Expr::Named(..) | Expr::Id(..) | Expr::Days(..) | Expr::AsOf(_)
    )
}

impl Query {
    /// Reads what a person typed; `today` is what "last week" is counted from. Nothing typed means everything.
    pub fn parse(text: &str, today: impl Into<Today>) -> Result<Self, QueryError> {
        if text.len() > MAX_BYTES {
            return Err(QueryError::TooLong);
        }
        let (expr, notices) = parser::parsed(text, today.into())?;
        Ok(Self { expr, notices })
    }

    /// The clause for what was said on the day that a text is, which is nothing but a date: words find texts that print it so.
    pub fn said_on(text: &str, today: Date) -> Option<(Query, String)> {
        let (first, last) = parser::date_alone(text, today)?;
        let query = Self::of(Expr::Days(DayField::Said, first, last));
        let clause = query.understood();
        Some((query, clause))
    }

    /// The same, with abbreviations found under the full names as well that they are of.
    #[must_use]
    pub fn with_full_names(self, full_names: impl Fn(&str) -> Vec<String>) -> Self {
        Self {
            expr: self.expr.with_full_names(&full_names),
            ..self
        }
    }

    /// The word that is asked for as what reports a quote, as a word of the text.
    pub fn value_as_word(&self) -> Option<Self> {
        match &self.expr {
            Expr::Named(NameField::Stance | NameField::Cue, value) => {
                Some(Self::of(Expr::Word(value.clone())))
            }
            _ => None,
        }
    }

    /// The days of a value that is to be kept: a day, a month or another EDTF value, or two with `..` between them.
    pub fn days_as_written(value: &str) -> Option<(Date, Date)> {
        days::as_written(value)
    }

    /// The topics that it names.
    pub fn topics(&self) -> Vec<&str> {
        let mut topics = Vec::new();
        self.expr.each(&mut |part| {
            if let Expr::Named(NameField::Topic, name) = part {
                topics.push(name.as_str());
            }
        });
        topics
    }

    /// The name of these that was perhaps meant.
    pub fn nearest<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
        remarks::nearest(typed, known)
    }

    /// The parts that must all hold, each as a query of its own: bare, and with what says where to look.
    pub fn parts(&self) -> Vec<(Query, Query)> {
        let (places, parts): (Vec<&Expr>, Vec<&Expr>) = self
            .expr
            .conditions()
            .into_iter()
            .partition(|part| Where::of(part).is_some());
        let parts = parts.into_iter().map(|part| {
            let there = std::iter::once(part).chain(places.iter().copied());
            (Self::of(part.clone()), Self::of_all(there.cloned().collect()))
        });
        parts.collect()
    }

    /// The same looked for in more places of these sorts than it says, in all that there are.
    pub fn beyond(&self, places: &[Where]) -> Query {
        let conditions = self.expr.conditions().into_iter();
        let kept = conditions.filter(|part| Where::of(part).is_none_or(|place| !places.contains(&place)));
        Self::of_all(
            kept.cloned()
                .chain(places.iter().map(|place| place.widest()))
                .collect(),
        )
    }

    /// The same among what official sources publish.
    pub fn among_official(&self) -> Query {
        let official = Expr::Named(NameField::Kind, SourceKind::Official.code().into());
        Self::of_all(vec![official, self.expr.clone()])
    }

    /// Each word or phrase of the text that is asked for, as a question for what is said by somebody called so; nothing where a
    /// speaker is named already, or where more words are asked for than a person types who looks for somebody.
    pub fn as_speakers(&self) -> Vec<(usize, Query)> {
        let conditions = self.expr.conditions();
        if conditions.len() > MOST_WORDS || self.expr.names_a_speaker() {
            return Vec::new();
        }
        let words = conditions.into_iter().enumerate().filter_map(|(at, part)| {
            let text = part.as_name()?;
            Some((at, Self::of(Expr::Named(NameField::Speaker, text.to_owned()))))
        });
        words.collect()
    }

    /// The same for what was said by a body and in its offices, where it names one speaker; nothing where it names none, or several.
    pub fn of_a_body(&self) -> Option<Query> {
        let conditions = self.expr.conditions();
        let bodies: Vec<Option<Expr>> = conditions.iter().map(|part| part.as_body()).collect();
        let is_one = bodies.iter().flatten().count() == 1;
        let parts = conditions.into_iter().zip(bodies);
        let parts = parts.map(|(part, body)| body.unwrap_or_else(|| part.clone()));
        is_one.then(|| Self::of_all(parts.collect()))
    }

    /// The same as it is typed with a clause in the place of one of its parts.
    pub fn replaced(&self, part: &str, clause: &str) -> String {
        let conditions = self.expr.conditions().into_iter();
        let clauses = conditions.map(|condition| match (condition.to_string(), condition) {
            (own, _) if own == part => clause.to_owned(),
            (own, Expr::Or(_)) => format!("({own})"),
            (own, _) => own,
        });
        clauses.collect::<Vec<_>>().join(" ")
    }

    /// The same with these of its words, which stand side by side, as the name of who speaks; and that alone.
    pub fn with_speaker(&self, words: std::ops::Range<usize>) -> Option<(Query, Query)> {
        let conditions = self.expr.conditions();
        let name: Option<Vec<&str>> = conditions
            .get(words.clone())?
            .iter()
            .map(|part| part.as_name())
            .collect();
        let speaker = Expr::Named(NameField::Speaker, name?.join(" "));
        let rest = conditions
            .iter()
            .enumerate()
            .filter(|(at, _)| !words.contains(at));
        let rest = rest.map(|(_, part)| (*part).clone());
        let whole = std::iter::once(speaker.clone()).chain(rest).collect();
        Some((Self::of_all(whole), Self::of(speaker)))
    }

    /// What an expression asks for.
    pub(super) fn of(expr: Expr) -> Self {
        Self {
            expr,
            notices: Vec::new(),
        }
    }

    fn of_all(parts: Vec<Expr>) -> Self {
        Self::of(Expr::all_of(parts).unwrap_or(Expr::All))
    }

    /// The order that what it finds is given in, where none is chosen: of dates on which something is due the next one first, as no
    /// word of theirs weighs more than another's.
    pub fn order(&self, kinds: &[EntryKind]) -> Order {
        let conditions = self.expr.conditions();
        let is_deadline = |part: &&Expr| matches!(part, Expr::Days(DayField::Deadline, ..));
        let is_due = kinds == [EntryKind::Date]
            && conditions.iter().any(is_deadline)
            && conditions.iter().all(|part| is_field(part));
        if is_due { Order::Oldest } else { Order::Relevance }
    }

    /// The fields that narrow it, each as it is typed, and all else that is asked for without it.
    pub fn narrowings(&self) -> Vec<(String, String)> {
        let conditions = self.expr.conditions();
        let narrowings = conditions.iter().enumerate().filter(|(_, part)| is_field(part));
        let narrowings = narrowings.map(|(at, part)| {
            let others = conditions.iter().enumerate().filter(|(other, _)| *other != at);
            let others = others.map(|(_, other)| (*other).clone()).collect();
            (
                part.to_string(),
                Expr::all_of(others).map_or(String::new(), |rest| rest.to_string()),
            )
        });
        narrowings.collect()
    }

    /// The query `text`, which this is, with one clause more that must hold too.
    pub fn narrowed(&self, text: &str, clause: &str) -> String {
        match &self.expr {
            Expr::All => clause.to_owned(),
            Expr::Or(_) => format!("({}) {clause}", self.expr),
            // What was passed over might take the clause with it.
            _ if self.notices.is_empty() => format!("{} {clause}", text.trim()),
            expr => format!("{expr} {clause}"),
        }
    }

    /// The days that everything found was said, published, captured or held on, as far as the query says so.
    pub fn days_asked(&self) -> (Option<Date>, Option<Date>) {
        let (mut from, mut to) = (None, None);
        for part in self.expr.conditions() {
            let (first, last) = match part {
                Expr::Days(DayField::Mentions | DayField::Deadline, ..) => continue,
                Expr::Days(_, first, last) => (*first, *last),
                Expr::AsOf(Held::AtEndOf(day)) => (Date::MIN, *day),
                Expr::AsOf(Held::At(moment)) => (Date::MIN, TimeZone::UTC.to_datetime(*moment).date()),
                _ => continue,
            };
            if first > Date::MIN {
                from = from.max(Some(first));
            }
            if last < Date::MAX {
                to = Some(to.map_or(last, |to: Date| to.min(last)));
            }
        }
        (from, to)
    }

    /// Whether something of this source may be found.
    pub fn may_ask_of(&self, id: &str, name: &str, kind: SourceKind) -> bool {
        self.expr.conditions().iter().all(|part| match part {
            Expr::Named(NameField::Source, asked) => {
                let (asked, name) = (asked.trim().to_lowercase(), name.to_lowercase());
                asked == id.to_lowercase() || asked.split_whitespace().all(|word| name.contains(word))
            }
            Expr::Id(IdField::Source, asked) => *asked == id.to_lowercase(),
            Expr::Named(NameField::Kind, asked) => {
                SourceKind::from_code(asked).is_none_or(|asked| asked == kind)
            }
            _ => true,
        })
    }

    /// What this finds among the printings of about these words; the text may hold any marks.
    pub fn like(self, text: &str) -> Self {
        if !text.contains(char::is_alphanumeric) {
            return self;
        }
        let text = text.chars().take(MOST_PASTED).collect();
        let mut parts = vec![Expr::Like(text)];
        parts.extend((self.expr != Expr::All).then_some(self.expr));
        Self {
            expr: Expr::all_of(parts).unwrap_or(Expr::All),
            notices: self.notices,
        }
    }

    /// How it was taken, in the language of queries itself.
    pub fn understood(&self) -> String {
        self.expr.to_string()
    }
}
