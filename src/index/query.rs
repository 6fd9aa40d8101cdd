//! What a person types, read into what is meant.
//!
//! Words (all must match), `=word` as printed, `"phrases"`, `word*`, `word NEAR/5 word`, `OR`, `NOT` or `-`,
//! parentheses, and the fields of [`FIELDS`], from which the reference page is made too. `AND` binds tighter than
//! `OR`. Whatever is pasted in is read as far as it makes sense; what was passed over is told in
//! [`Query::notices`], and [`Query::understood`] says how the rest was taken.

mod days;
mod lexer;
mod parser;

use jiff::Timestamp;
use jiff::civil::Date;

use super::topics;
use crate::model::quote::QuoteKind;
use crate::model::source::SourceKind;

pub use parser::Query;

/// Bytes of a query; longer ones are mistakes.
pub(super) const MAX_BYTES: usize = 4096;
/// The value of `kind:` that means quotes of every kind, also reported clauses.
pub(super) const EVERY_KIND: &str = "all";
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

/// What is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expr {
    /// Everything.
    All,
    /// A word of the text.
    Word(String),
    /// A word of the text as printed, in no other form.
    Exact(String),
    /// Words or phrases with no more than so many words between them, in any order.
    Near(String, String, u32),
    /// A word of the text that begins so.
    Prefix(String),
    /// Words of the text, one after the other, as printed.
    Phrase(String),
    /// A name or code.
    Named(NameField, String),
    /// An id, in lower case.
    Id(IdField, String),
    /// Days, ends included, that those of the entry overlap.
    Days(DayField, Date, Date),
    /// What the tracker held at a time.
    AsOf(Held),
    /// Printings of about these words.
    Like(String),
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Not(Box<Expr>),
}

impl Expr {
    /// Whether it says anywhere which topic is meant.
    pub(super) fn names_a_topic(&self) -> bool {
        self.any(&|part| matches!(part, Expr::Named(NameField::Topic, _)))
    }

    /// Whether it says anywhere how quotes are to be given.
    pub(super) fn names_a_kind_of_quote(&self) -> bool {
        let is_kind = |value: &str| value == EVERY_KIND || QuoteKind::from_code(value).is_some();
        self.any(&|part| matches!(part, Expr::Named(NameField::Kind, value) if is_kind(value)))
    }

    /// Whether it asks anywhere for what was held on a day.
    pub(super) fn names_a_past_day(&self) -> bool {
        self.any(&|part| matches!(part, Expr::AsOf(_)))
    }

    /// The parts that must all hold.
    pub(super) fn conditions(&self) -> Vec<&Expr> {
        match self {
            Expr::And(parts) => parts.iter().flat_map(Expr::conditions).collect(),
            part => vec![part],
        }
    }

    /// The text whose printings are asked for, where hits are to be ordered by how close they come to it.
    pub(super) fn pasted(&self) -> Option<&str> {
        match self {
            Expr::Like(text) => Some(text),
            Expr::And(parts) => parts.iter().find_map(Expr::pasted),
            _ => None,
        }
    }

    /// Looks at every part that is no combination of others.
    pub(super) fn each<'a>(&'a self, look: &mut dyn FnMut(&'a Expr)) {
        match self {
            Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| part.each(look)),
            Expr::Not(inner) => inner.each(look),
            part => look(part),
        }
    }

    fn any(&self, holds: &dyn Fn(&Expr) -> bool) -> bool {
        match self {
            Expr::And(parts) | Expr::Or(parts) => parts.iter().any(|part| part.any(holds)),
            Expr::Not(inner) => inner.any(holds),
            part => holds(part),
        }
    }
}

/// What says where to look, rather than for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// On which topic.
    Topic,
    /// Among which kinds of quotes.
    KindOfQuote,
    /// In the wording of which time.
    Time,
}

impl Where {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Topic, Self::KindOfQuote, Self::Time];

    /// What a condition says of where to look, if it does.
    fn of(part: &Expr) -> Option<Self> {
        match part {
            Expr::Named(NameField::Topic, _) => Some(Self::Topic),
            Expr::Named(NameField::Kind, kind) if SourceKind::from_code(kind).is_none() => {
                Some(Self::KindOfQuote)
            }
            Expr::AsOf(_) => Some(Self::Time),
            _ => None,
        }
    }

    /// The condition that every place meets.
    fn widest(self) -> Expr {
        match self {
            Self::Topic => Expr::Named(NameField::Topic, topics::ALL.into()),
            Self::KindOfQuote => Expr::Named(NameField::Kind, EVERY_KIND.into()),
            Self::Time => Expr::AsOf(Held::Ever),
        }
    }

    /// The same as it is typed.
    pub fn clause(self) -> &'static str {
        match self {
            Self::Topic => "topic:all",
            Self::KindOfQuote => "kind:all",
            Self::Time => "asof:ever",
        }
    }
}

/// When the tracker held something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// At the end of a day (UTC).
    AtEndOf(Date),
    At(Timestamp),
    /// At any time: in every wording it had.
    Ever,
}

/// The value of `asof:` that means any time.
const EVER: &str = "ever";

/// A day as queries and EDTF write it.
fn day_name(day: Date) -> String {
    let sign = if day.year() < 0 { "-" } else { "" };
    format!(
        "{sign}{:04}-{:02}-{:02}",
        day.year().unsigned_abs(),
        day.month(),
        day.day()
    )
}

/// What begins or ends a phrase.
pub const QUOTATION_MARKS: [char; 6] = ['"', '“', '”', '„', '«', '»'];

/// A phrase; marks inside, which would end it, are no words of any text.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace(QUOTATION_MARKS, " "))
}

/// Whether a word means itself and nothing else.
fn is_bare(word: &str) -> bool {
    let is_operator = matches!(word, "AND" | "OR" | "NOT" | "NEAR");
    !is_operator && word.chars().all(char::is_alphanumeric)
}

/// The query as it was taken, in its own language.
impl std::fmt::Display for Expr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let all = |f: &mut std::fmt::Formatter<'_>, parts: &[Expr], between: &str| -> std::fmt::Result {
            for (index, part) in parts.iter().enumerate() {
                if index > 0 {
                    write!(f, " {between} ")?;
                }
                match part {
                    Expr::And(_) | Expr::Or(_) => write!(f, "({part})")?,
                    _ => write!(f, "{part}")?,
                }
            }
            Ok(())
        };
        match self {
            Expr::All => write!(f, "everything"),
            Expr::Word(word) if is_bare(word) => write!(f, "{word}"),
            Expr::Exact(word) if is_bare(word) => write!(f, "={word}"),
            // Several words that stand together are a phrase, however they were typed.
            Expr::Word(text) | Expr::Exact(text) | Expr::Phrase(text) => f.write_str(&quoted(text)),
            Expr::Near(one, other, words) => {
                let side = |text: &str| {
                    if is_bare(text) {
                        text.to_owned()
                    } else {
                        quoted(text)
                    }
                };
                write!(f, "{} NEAR/{words} {}", side(one), side(other))
            }
            Expr::Prefix(start) => write!(f, "{start}*"),
            Expr::Named(field, value) => write!(f, "{}:{}", AnyField::Name(*field).name(), quoted(value)),
            Expr::Id(field, id) => write!(f, "{}:={id}", AnyField::Name(field.named()).name()),
            Expr::Days(field, first, last) => {
                let (from, to) = (day_name(*first), day_name(*last));
                let days = match (*first == Date::MIN, *last == Date::MAX) {
                    _ if first == last => from,
                    (true, false) => format!("..{to}"),
                    (false, true) => format!("{from}.."),
                    _ => format!("{from}..{to}"),
                };
                // A year before 1 begins with a hyphen, which would leave out what follows.
                let mark = if days.starts_with('-') { "\"" } else { "" };
                write!(f, "{}:{mark}{days}{mark}", AnyField::Day(*field).name())
            }
            Expr::AsOf(Held::AtEndOf(day)) => write!(f, "asof:{}", day_name(*day)),
            Expr::AsOf(Held::At(moment)) => write!(f, "asof:{moment}"),
            Expr::AsOf(Held::Ever) => write!(f, "asof:{EVER}"),
            Expr::Like(text) => write!(f, "{}:{}", AnyField::Like.name(), quoted(text)),
            Expr::And(parts) => all(f, parts, "AND"),
            Expr::Or(parts) => all(f, parts, "OR"),
            Expr::Not(inner) => match **inner {
                Expr::And(_) | Expr::Or(_) | Expr::Near(..) => write!(f, "NOT ({inner})"),
                _ => write!(f, "NOT {inner}"),
            },
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
    Cue,
    Stance,
}

/// The fields that take ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum IdField {
    Speaker,
    Source,
}

impl IdField {
    /// The field as one with names.
    fn named(self) -> NameField {
        match self {
            IdField::Speaker => NameField::Speaker,
            IdField::Source => NameField::Source,
        }
    }

    /// The one that is also this field with names.
    fn of(field: NameField) -> Option<Self> {
        [IdField::Speaker, IdField::Source]
            .into_iter()
            .find(|id| id.named() == field)
    }
}

/// Whether a text can be written as an id in a query: letters, digits, hyphens and underscores.
pub(super) fn is_id(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    text.chars().all(is_part) && text.contains(char::is_alphanumeric)
}

/// The fields with days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayField {
    Said,
    Published,
    Mentions,
    Captured,
    FirstSeen,
    Changed,
}

/// Any field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AnyField {
    Name(NameField),
    Day(DayField),
    AsOf,
    Like,
}

/// The forms of a query besides its fields: how each is typed, and what it asks for.
pub const FORMS: [(&str, &str); 9] = [
    ("ferry strike", "both words, in any form"),
    ("=strike", "this word as printed, in no other form"),
    ("\"less safe\"", "these words as printed, one after the other"),
    ("ferr*", "words that begin so"),
    (
        "ferry NEAR/5 strike",
        "with no more than five words between them, whichever comes first",
    ),
    (
        "ferry OR harbor",
        "one or the other; `|` between spaces is the same",
    ),
    ("strike -ferry", "without a word; also NOT"),
    (
        "speaker:=ana-lima",
        "one speaker or source and no other of that name, by the id that addresses and exports show",
    ),
    ("(ferry OR boat) strike", "parentheses say what belongs together"),
];

/// The forms of the days that fields of days take.
pub const DAYS: [(&str, &str); 6] = [
    ("said:2026-02-06", "a day; also a month, a year"),
    (
        "said:2026-02-01..2026-02-10",
        "from one to another, both included; either may be left away",
    ),
    ("said:>=2026-02", "from then on; also >, <, <="),
    ("said:\"last week\"", "words, counted from today"),
    (
        "mentions:2026-21",
        "EDTF (ISO 8601-2): spring 2026, 199X, 2026-02~",
    ),
    (
        "asof:2026-02-08",
        "as of a past day; also a moment, and `ever` for every wording there was",
    ),
];

/// A field as people are told of it.
#[derive(Clone, Copy, Debug)]
pub struct FieldHelp {
    /// The names it is typed with, the usual one first.
    pub names: &'static [&'static str],
    /// What it asks for.
    pub meaning: &'static str,
    /// How it is typed.
    pub example: &'static str,
    pub(super) field: AnyField,
}

const fn help(
    names: &'static [&'static str],
    field: AnyField,
    example: &'static str,
    meaning: &'static str,
) -> FieldHelp {
    FieldHelp {
        names,
        meaning,
        example,
        field,
    }
}

/// What other search boxes call things, how that is asked for here, and a value where none was typed.
const ELSEWHERE: [(&str, &str, &str); 19] = [
    ("site", "`source:{}` or `url:{}`", "herald.example"),
    ("domain", "`url:{}`", "herald.example"),
    ("publisher", "`source:{}`", "herald"),
    (
        "from",
        "`source:{}` for who prints it, `speaker:{}` for who says it",
        "herald",
    ),
    ("by", "`speaker:{}`", "lima"),
    ("who", "`speaker:{}`", "lima"),
    ("person", "`speaker:{}`", "lima"),
    ("name", "`speaker:{}`", "lima"),
    ("said_by", "`speaker:{}`", "lima"),
    (
        "author",
        "`speaker:{}` for who says it; who wrote a page is shown with it and not searched",
        "lima",
    ),
    ("quote", "`\"{}\"` alone, which is looked for in quotes", "ferry"),
    ("text", "`{}` alone", "ferry"),
    ("before", "`published:..{}` or `said:..{}`", "2026-02-06"),
    ("until", "`published:..{}` or `said:..{}`", "2026-02-06"),
    ("after", "`published:{}..` or `said:{}..`", "2026-02-06"),
    ("since", "`published:{}..` or `said:{}..`", "2026-02-06"),
    ("date", "`said:{}`, `published:{}` or `mentions:{}`", "2026-02-06"),
    (
        "deadline",
        "`mentions:{}`: the days of deadlines are among those mentioned",
        "2026-02-06",
    ),
    ("type", "`genre:{}`", "order"),
];

/// Every field there is: what the parser knows and the reference page shows.
pub const FIELDS: [FieldHelp; 18] = [
    help(
        &["speaker"],
        AnyField::Name(NameField::Speaker),
        "speaker:\"ana lima\"",
        "who spoke, by any of their names; in documents, who is quoted",
    ),
    help(
        &["cue"],
        AnyField::Name(NameField::Cue),
        "cue:warned",
        "the word that reports a quote",
    ),
    help(
        &["stance"],
        AnyField::Name(NameField::Stance),
        "stance:denied",
        "what that word says of the quote: said, claimed, warned, denied, promised, criticized, …",
    ),
    help(
        &["source", "outlet"],
        AnyField::Name(NameField::Source),
        "source:herald",
        "who printed it, by id or name",
    ),
    help(
        &["kind"],
        AnyField::Name(NameField::Kind),
        "kind:official",
        "official or news; or direct, mixed or indirect quotes. Indirect ones are left out but with indirect or all",
    ),
    help(
        &["genre"],
        AnyField::Name(NameField::Genre),
        "genre:press_release",
        "what sort of document it is",
    ),
    help(
        &["office"],
        AnyField::Name(NameField::Office),
        "office:dhs",
        "the body whose site it is",
    ),
    help(
        &["topic"],
        AnyField::Name(NameField::Topic),
        "topic:all",
        "a topic of the configuration, or all",
    ),
    help(
        &["lang", "language"],
        AnyField::Name(NameField::Language),
        "lang:es",
        "the language of the document",
    ),
    help(
        &["url"],
        AnyField::Name(NameField::Url),
        "url:town.example/orders",
        "words of the address, in their order",
    ),
    help(
        &["said"],
        AnyField::Day(DayField::Said),
        "said:2026-02-06",
        "the days on which a quote was said",
    ),
    help(
        &["mentions"],
        AnyField::Day(DayField::Mentions),
        "mentions:2026-02-20",
        "the days a text speaks of, deadlines included",
    ),
    help(
        &["published"],
        AnyField::Day(DayField::Published),
        "published:\"last week\"",
        "the day the page gives for its publication",
    ),
    help(
        &["captured"],
        AnyField::Day(DayField::Captured),
        "captured:>=2026-02-01",
        "the day of the capture that first showed this wording (UTC)",
    ),
    help(
        &["first_seen"],
        AnyField::Day(DayField::FirstSeen),
        "first_seen:2026-02",
        "the day the document was first held (UTC)",
    ),
    help(
        &["changed"],
        AnyField::Day(DayField::Changed),
        "changed:2026-02-07..",
        "the day its present wording was first seen, where it had another before (UTC)",
    ),
    help(
        &["asof"],
        AnyField::AsOf,
        "asof:2026-02-08",
        "what was held at the end of that day, in the wording of that day (UTC); or at a moment, asof:2026-02-08T07:55; or ever, \
         asof:ever",
    ),
    help(
        &["like"],
        AnyField::Like,
        "like:\"we will not stop a ferry\"",
        "other printings of these words: quotes that share most of them, the closest first",
    ),
];

impl AnyField {
    fn of(name: &str) -> Option<Self> {
        let is_named = |help: &&FieldHelp| help.names.iter().any(|known| known.eq_ignore_ascii_case(name));
        FIELDS.iter().find(is_named).map(|help| help.field)
    }

    fn name(self) -> &'static str {
        let own = FIELDS.iter().find(|help| help.field == self);
        own.and_then(|help| help.names.first())
            .copied()
            .unwrap_or_default()
    }
}
