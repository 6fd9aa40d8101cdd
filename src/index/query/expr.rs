//! What is meant, and the same written out again.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;

use super::fields::{AnyField, DayField, IdField, NameField, TakenFor};
use crate::index::members::EVERY_TOPIC;
use crate::model::quote::QuoteKind;
use crate::model::source::SourceKind;
use crate::text::spelling;

/// What is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::index) enum Expr {
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
    /// All of these parts, if there are any.
    pub(super) fn all_of(mut parts: Vec<Expr>) -> Option<Expr> {
        match parts.len() {
            0 | 1 => parts.pop(),
            _ => Some(Expr::And(parts)),
        }
    }

    /// One of these parts, if there are any.
    pub(super) fn any_of(mut parts: Vec<Expr>) -> Option<Expr> {
        match parts.len() {
            0 | 1 => parts.pop(),
            _ => Some(Expr::Or(parts)),
        }
    }

    /// What a field of another search box asks for that takes this value.
    pub(super) fn taken_for(self, taken: TakenFor) -> Expr {
        let Expr::Days(field, first, last) = self else {
            return self;
        };
        let (first, last) = match taken {
            TakenFor::Field(_) => (first, last),
            TakenFor::Before => (Date::MIN, first.yesterday().unwrap_or(first)),
            TakenFor::Until => (Date::MIN, last),
            TakenFor::After => (last.tomorrow().unwrap_or(last), Date::MAX),
            TakenFor::Since => (first, Date::MAX),
        };
        Expr::Days(field, first, last)
    }

    /// The same with the full names of whom an abbreviation means beside it: a text prints often only one of both.
    pub(super) fn with_full_names(self, full_names: &dyn Fn(&str) -> Vec<String>) -> Expr {
        let within = |parts: Vec<Expr>| -> Vec<Expr> {
            let parts = parts.into_iter();
            parts.map(|part| part.with_full_names(full_names)).collect()
        };
        if let Some(typed) = typed_as(&self).filter(|typed| is_capitals(typed)) {
            let names = full_names(typed).into_iter().map(Expr::Phrase);
            let names: Vec<Expr> = names.collect();
            return match (self, names.is_empty()) {
                (part, true) => part,
                (Expr::Or(parts), false) => Expr::Or(parts.into_iter().chain(names).collect()),
                (part, false) => Expr::Or(std::iter::once(part).chain(names).collect()),
            };
        }
        match self {
            Expr::And(parts) => Expr::And(within(parts)),
            Expr::Or(parts) => Expr::Or(within(parts)),
            Expr::Not(inner) => Expr::Not(Box::new(inner.with_full_names(full_names))),
            part => part,
        }
    }

    /// Whether it says anywhere which topic is meant.
    pub(in crate::index) fn names_a_topic(&self) -> bool {
        self.any(&|part| matches!(part, Expr::Named(NameField::Topic, _)))
    }

    /// Whether it says anywhere how quotes are to be given.
    pub(in crate::index) fn names_a_kind_of_quote(&self) -> bool {
        let is_kind = |value: &str| value == EVERY_KIND || QuoteKind::from_code(value).is_some();
        self.any(&|part| matches!(part, Expr::Named(NameField::Kind, value) if is_kind(value)))
    }

    /// Whether it says anywhere who is to have spoken.
    pub(super) fn names_a_speaker(&self) -> bool {
        self.any(&|part| {
            matches!(
                part,
                Expr::Named(NameField::Speaker, _) | Expr::Id(IdField::Speaker, _)
            )
        })
    }

    /// What names who is to have spoken, as the body that they are to have spoken for.
    pub(super) fn as_body(&self) -> Option<Expr> {
        match self {
            Expr::Named(NameField::Speaker, name) => Some(Expr::Named(NameField::Body, name.clone())),
            Expr::Id(IdField::Speaker, id) => Some(Expr::Id(IdField::Body, id.clone())),
            _ => None,
        }
    }

    /// The words of the text that it asks for, where they may be a name.
    pub(super) fn as_name(&self) -> Option<&str> {
        match self {
            Expr::Word(text) | Expr::Phrase(text) if text.contains(char::is_alphabetic) => Some(text),
            Expr::Or(_) => {
                let typed = typed_as(self)?;
                let is_abbreviation = typed.chars().all(|c| c.is_alphabetic() || c == '.');
                owner(typed).or(Some(typed).filter(|_| is_abbreviation))
            }
            _ => None,
        }
    }

    /// Whether it asks anywhere for what was held on a day.
    pub(in crate::index) fn names_a_past_day(&self) -> bool {
        self.any(&|part| matches!(part, Expr::AsOf(_)))
    }

    /// Whether it asks for all wordings and for nothing that tells two of them apart which have the same quote.
    pub(in crate::index) fn is_of_any_wording(&self) -> bool {
        let is_ever = self.conditions().contains(&&Expr::AsOf(Held::Ever));
        let tells_apart = |part: &Expr| match part {
            Expr::AsOf(held) => *held != Held::Ever,
            Expr::Days(field, ..) => matches!(field, DayField::Captured | DayField::Changed),
            Expr::Named(field, _) => *field == NameField::Has,
            _ => false,
        };
        is_ever && !self.any(&tells_apart)
    }

    /// The parts that must all hold.
    pub(in crate::index) fn conditions(&self) -> Vec<&Expr> {
        match self {
            Expr::And(parts) => parts.iter().flat_map(Expr::conditions).collect(),
            part => vec![part],
        }
    }

    /// The text whose printings are asked for, where hits are to be ordered by how close they come to it.
    pub(in crate::index) fn pasted(&self) -> Option<&str> {
        match self {
            Expr::Like(text) => Some(text),
            Expr::And(parts) => parts.iter().find_map(Expr::pasted),
            _ => None,
        }
    }

    /// Looks at every part that is no combination of others.
    pub(in crate::index) fn each<'a>(&'a self, look: &mut dyn FnMut(&'a Expr)) {
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
    pub(super) fn of(part: &Expr) -> Option<Self> {
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
    pub(super) fn widest(self) -> Expr {
        match self {
            Self::Topic => Expr::Named(NameField::Topic, EVERY_TOPIC.into()),
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
pub(in crate::index) enum Held {
    /// At the end of a day (UTC).
    AtEndOf(Date),
    At(Timestamp),
    /// At any time: in every wording it had.
    Ever,
}

/// The value of `kind:` that means quotes of every kind, also reported clauses.
pub(in crate::index) const EVERY_KIND: &str = "all";
/// The value of `asof:` that means any time.
pub(super) const EVER: &str = "ever";

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
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace(QUOTATION_MARKS, " "))
}

/// Whether a word means itself and nothing else.
fn is_bare(word: &str) -> bool {
    let is_operator = matches!(word, "AND" | "OR" | "NOT" | "NEAR");
    !is_operator && word.chars().all(char::is_alphanumeric)
}

/// The word that was typed, where one was: of one that is looked for in several ways of writing it, the one way.
pub(super) fn typed_as(part: &Expr) -> Option<&str> {
    match part {
        Expr::Word(word) => Some(word),
        Expr::Or(parts) => match parts.as_slice() {
            // Behind an abbreviation may stand the names it means.
            [Expr::Word(word), other, names @ ..]
                if written_otherwise(word).as_ref() == Some(other)
                    && (names.is_empty() || is_capitals(word) && names.iter().all(is_phrase)) =>
            {
                Some(word)
            }
            _ => None,
        },
        _ => None,
    }
}

/// Whether a word is an abbreviation as names have them: capitals, with points or without.
fn is_capitals(word: &str) -> bool {
    let letters = word.replace('.', "");
    letters.len() > 1 && letters.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn is_phrase(part: &Expr) -> bool {
    matches!(part, Expr::Phrase(_))
}

/// The phrase that was typed, where one was: of one with an abbreviation in it, which is looked for in several ways, the one way.
pub(super) fn typed_phrase(part: &Expr) -> Option<&str> {
    match part {
        Expr::Phrase(text) => Some(text),
        Expr::Or(parts) => match parts.as_slice() {
            [Expr::Phrase(text), others @ ..] if phrases_written_otherwise(text) == others => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// The same phrase with an abbreviation in it that orders and laws are cited by written in its other ways: "EO 13", "E.O. 13",
/// "Executive Order 13". One word alone in marks is asked for as it is printed.
pub(super) fn phrases_written_otherwise(phrase: &str) -> Vec<Expr> {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let found = words.iter().enumerate().find_map(|(at, word)| {
        let letters = word.replace('.', "").to_lowercase();
        let (short, long) = ABBREVIATIONS.iter().find(|(short, _)| *short == letters)?;
        Some((at, *short, *long))
    });
    let Some((at, short, long)) = found.filter(|_| words.len() > 1) else {
        return Vec::new();
    };
    let pointed: String = short.chars().map(|letter| format!("{letter}.")).collect();
    let ways = [short, pointed.as_str(), long].into_iter();
    let ways = ways.filter(|way| !way.eq_ignore_ascii_case(words[at]));
    let with = |way: &str| {
        let (before, behind) = (&words[..at], &words[at + 1..]);
        Expr::Phrase([before, &[way], behind].concat().join(" "))
    };
    ways.map(with).collect()
}

/// Whether a number may be a year, which is printed without commas and found in every second text.
fn is_year(number: &str) -> bool {
    number.len() == 4 && ("1500".."2100").contains(&number)
}

/// The same word as it is printed elsewhere: a number with the commas that part its thousands or without them, a negation in
/// one word ("won't", "cannot") or in two, the owner of something ("Lima's") by the name alone, an abbreviation with points or without them
/// ("U.S.C.", "USC") or written out.
pub(super) fn written_otherwise(word: &str) -> Option<Expr> {
    number_written_otherwise(word)
        .or_else(|| negation_written_otherwise(word))
        .or_else(|| abbreviation_written_otherwise(word))
        .or_else(|| owner(word).map(|name| Expr::Word(name.to_owned())))
}

/// The word that owns something; "it's" and "that's" own nothing.
fn owner(word: &str) -> Option<&str> {
    let stem = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"))?;
    let is_word = stem.chars().count() > 1 && stem.chars().all(char::is_alphabetic);
    (is_word && spelling::forms(word).len() == 1).then_some(stem)
}

/// The one negation that has three ways of writing it.
const CANNOT: [&str; 2] = ["can't", "cannot"];

fn negation_written_otherwise(word: &str) -> Option<Expr> {
    let folded = word.replace('’', "'").to_lowercase();
    let stem = folded.strip_suffix("n't").unwrap_or_default();
    let is_negated = !stem.is_empty() && stem.chars().all(char::is_alphabetic);
    if !is_negated && !CANNOT.contains(&folded.as_str()) {
        return None;
    }
    let apart = Expr::Phrase(spelling::forms(&folded).join(" "));
    let others = CANNOT.iter().filter(|_| CANNOT.contains(&folded.as_str()));
    let others = others.filter(|other| **other != folded);
    let others = others.map(|other| Expr::Word((*other).to_owned()));
    Expr::any_of(others.chain([apart]).collect())
}

/// Abbreviations, each with its words.
static ABBREVIATIONS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let lines = include_str!("abbreviations.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(" = ")).collect()
});
/// Letters of an abbreviation that is printed with points as well.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=5;

fn abbreviation_written_otherwise(word: &str) -> Option<Expr> {
    let letters = word.replace('.', "");
    if matches!(word, "AND" | "OR" | "NOT" | "NEAR") {
        return None;
    }
    let is_short = LETTERS.contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_alphabetic());
    // "U.S.C." and "U.S.C"; "no." ends a sentence.
    let is_pointed = word.trim_end_matches('.').split('.').all(|part| part.len() == 1);
    let is_capital = letters == word && letters.bytes().all(|byte| byte.is_ascii_uppercase());
    let folded = letters.to_lowercase();
    let words = ABBREVIATIONS
        .iter()
        .find(|(short, _)| *short == folded && (is_pointed || letters == word));
    if !is_short || !(is_pointed || is_capital || words.is_some()) {
        return None;
    }
    let other = match is_pointed {
        true => Expr::Word(folded),
        false => Expr::Phrase(folded.chars().map(|letter| format!("{letter}.")).collect()),
    };
    let words = words.map(|(_, words)| Expr::Phrase((*words).to_owned()));
    Expr::any_of(std::iter::once(other).chain(words).collect())
}

fn number_written_otherwise(number: &str) -> Option<Expr> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number(number) {
        if !(4..=12).contains(&number.len()) || number.starts_with('0') || is_year(number) {
            return None;
        }
        let (head, rest) = number.split_at(number.len() % 3);
        let groups = rest
            .as_bytes()
            .chunks(3)
            .map(|group| String::from_utf8_lossy(group).into_owned());
        let groups: Vec<String> = std::iter::once(head.to_owned())
            .filter(|head| !head.is_empty())
            .chain(groups)
            .collect();
        return Some(Expr::Phrase(groups.join(",")));
    }
    let mut groups = number.split(',');
    let is_grouped = groups
        .next()
        .is_some_and(|head| is_number(head) && head.len() <= 3)
        && number.contains(',')
        && groups.all(|group| is_number(group) && group.len() == 3);
    let whole = number.replace(',', "");
    (is_grouped && !is_year(&whole)).then_some(Expr::Word(whole))
}

/// Whether alternatives are the ways of writing one thing that was typed.
pub(super) fn is_one_way(part: &Expr) -> bool {
    typed_as(part).is_some() || typed_phrase(part).is_some()
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
                    Expr::Or(_) if is_one_way(part) => write!(f, "{part}")?,
                    Expr::And(_) | Expr::Or(_) => write!(f, "({part})")?,
                    _ => write!(f, "{part}")?,
                }
            }
            Ok(())
        };
        if let Some(word) = typed_as(self).filter(|_| matches!(self, Expr::Or(_))) {
            // What is quoted is a phrase, which is printed as it stands.
            return f.write_str(word);
        }
        if let Some(phrase) = typed_phrase(self) {
            return f.write_str(&quoted(phrase));
        }
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
                Expr::Or(_) if is_one_way(inner) => write!(f, "NOT {inner}"),
                Expr::And(_) | Expr::Or(_) | Expr::Near(..) => write!(f, "NOT ({inner})"),
                _ => write!(f, "NOT {inner}"),
            },
        }
    }
}
