//! What a person types, read into what is meant.
//!
//! Words (all must match), `"phrases"`, `word*`, `OR`, `NOT` or `-`, parentheses, and fields: `speaker:`
//! `source:` `kind:` `genre:` `lang:` `office:` `url:` `topic:`, and the days `said:` `published:` `mentions:`
//! `captured:`. `AND` binds tighter than `OR`. Whatever is pasted in is read as far as it makes sense;
//! what was passed over is told in [`Query::notices`].

mod days;
mod lexer;
mod parser;

use jiff::civil::Date;

pub use parser::Query;

/// Bytes of a query; longer ones are mistakes.
pub(super) const MAX_BYTES: usize = 4096;
/// Words, phrases and fields of a query.
const MAX_CLAUSES: usize = 256;
/// Parentheses inside one another.
const MAX_DEPTH: usize = 32;

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
        "`{field}:{value}` names no days; write 2026-02-06, 2026-02, 2026, 2026-02-01..2026-02-10, ..2026-02-10 \
         or >=2026-02-01"
    )]
    Days {
        /// The field.
        field: &'static str,
        /// What stands after it.
        value: String,
    },
    /// A closed field has no such value.
    #[error("`{field}:` has no value `{value}`; it has {known}")]
    Value {
        /// The field.
        field: &'static str,
        /// What stands after it.
        value: String,
        /// What could stand there.
        known: String,
    },
}

/// What is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expr {
    /// Everything.
    All,
    /// A word of the text.
    Word(String),
    /// A word of the text that begins so.
    Prefix(String),
    /// Words of the text, one after the other, as printed.
    Phrase(String),
    /// A name or code.
    Named(NameField, String),
    /// Days, ends included, that those of the entry overlap.
    Days(DayField, Date, Date),
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Not(Box<Expr>),
}

impl Expr {
    /// Whether it says anywhere which topic is meant.
    pub(super) fn names_a_topic(&self) -> bool {
        match self {
            Expr::Named(NameField::Topic, _) => true,
            Expr::And(parts) | Expr::Or(parts) => parts.iter().any(Expr::names_a_topic),
            Expr::Not(inner) => inner.names_a_topic(),
            _ => false,
        }
    }
}

/// The fields with names and codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameField {
    Speaker,
    Source,
    Kind,
    Genre,
    Language,
    Office,
    Url,
    Topic,
}

/// The fields with days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayField {
    Said,
    Published,
    Mentions,
    Captured,
}

/// Any field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AnyField {
    Name(NameField),
    Day(DayField),
}

/// Every field by the names it is typed with.
pub(super) const FIELDS: [(&str, AnyField); 13] = [
    ("speaker", AnyField::Name(NameField::Speaker)),
    ("source", AnyField::Name(NameField::Source)),
    ("kind", AnyField::Name(NameField::Kind)),
    ("genre", AnyField::Name(NameField::Genre)),
    ("lang", AnyField::Name(NameField::Language)),
    ("language", AnyField::Name(NameField::Language)),
    ("office", AnyField::Name(NameField::Office)),
    ("url", AnyField::Name(NameField::Url)),
    ("topic", AnyField::Name(NameField::Topic)),
    ("said", AnyField::Day(DayField::Said)),
    ("published", AnyField::Day(DayField::Published)),
    ("mentions", AnyField::Day(DayField::Mentions)),
    ("captured", AnyField::Day(DayField::Captured)),
];

impl AnyField {
    fn of(name: &str) -> Option<Self> {
        let mut fields = FIELDS.iter();
        fields
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, field)| *field)
    }

    fn name(self) -> &'static str {
        FIELDS
            .iter()
            .find(|(_, field)| *field == self)
            .map_or("", |(name, _)| name)
    }
}
