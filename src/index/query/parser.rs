//! From pieces to what is meant.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::super::traits::Trait;
use super::expr::{
    EVER, EVERY_KIND, Expr, Held, is_one_way, phrases_written_otherwise, quoted, typed_as, typed_phrase,
    written_otherwise,
};
use super::fields::{AnyField, DayField, IdField, NameField, TAKEN_FOR, is_id};
use super::lexer::{Piece, pieces};
use super::{MAX_CLAUSES, MAX_DEPTH, QueryError, Today, days, remarks};
use crate::model::document::Genre;
use crate::model::quote::Stance;

/// What a person typed, and what is to be told of how it was taken.
pub(super) fn parsed(text: &str, today: Today) -> Result<(Expr, Vec<String>), QueryError> {
    let (pieces, left_open) = pieces(text);
    let bar = pieces.iter().find(|(piece, _)| *piece == Piece::Bar);
    let bar = bar.map(|(_, at)| (remarks::BAR, *at));
    let left_open = left_open.map(|at| (remarks::MARK_LEFT_OPEN, at));
    let mut parser = Parser {
        pieces: pieces.into_iter().peekable(),
        today,
        at: 1,
        clauses: 0,
        notices: Vec::new(),
    };
    for (notice, at) in bar.into_iter().chain(left_open) {
        parser.at = at;
        parser.note(notice);
    }
    let mut parts = Vec::new();
    loop {
        parts.extend(parser.any_of(None, 0)?);
        match parser.next() {
            None => break,
            Some(_) => parser.note(remarks::CLOSING_PARENTHESIS),
        }
    }
    let expr = Expr::all_of(parts).unwrap_or(Expr::All);
    let expr = match asks_for_earlier(&expr) && !expr.names_a_past_day() {
        true => {
            parser.note(remarks::REMOVAL);
            Expr::And(vec![expr, Expr::AsOf(Held::Ever)])
        }
        false => expr,
    };
    if expr == Expr::All && parser.notices.is_empty() && !text.trim().is_empty() {
        parser.at = 1;
        parser.note(remarks::NOTHING);
    }
    Ok((expr, parser.notices))
}

/// Whether it asks anywhere for what only earlier wordings have: what an edit took out, or put other words in the place of.
fn asks_for_earlier(expr: &Expr) -> bool {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => parts.iter().any(asks_for_earlier),
        Expr::Named(NameField::Has, value) => [Trait::Removal, Trait::Replaced]
            .iter()
            .any(|it| it.code() == value),
        _ => false,
    }
}

/// Words of a date, and letters of the longest of them.
const WORDS_OF_DATE: usize = 4;
const LONGEST_OF_DATE: usize = 12;

struct Parser {
    pieces: std::iter::Peekable<std::vec::IntoIter<(Piece, usize)>>,
    today: Today,
    /// The character that the piece taken last begins at, from 1.
    at: usize,
    clauses: usize,
    notices: Vec<String>,
}

impl Parser {
    /// Takes the next piece.
    fn next(&mut self) -> Option<Piece> {
        let (piece, at) = self.pieces.next()?;
        self.at = at;
        Some(piece)
    }

    /// Takes the next piece if it is such a one.
    fn next_if(&mut self, is_wanted: impl Fn(&Piece) -> bool) -> Option<Piece> {
        let (piece, at) = self.pieces.next_if(|(piece, _)| is_wanted(piece))?;
        self.at = at;
        Some(piece)
    }

    /// Tells something of the piece taken last; more than a few of a kind are told once.
    fn note(&mut self, notice: &str) {
        if !self.notices.iter().any(|known| known.starts_with(notice)) {
            self.notices.push(format!("{notice} (character {})", self.at));
        }
    }

    fn note_if(&mut self, notice: Option<String>) {
        if let Some(notice) = notice {
            self.note(&notice);
        }
    }

    /// Alternatives joined by `OR`, up to a closing parenthesis or the end.
    fn any_of(&mut self, field: Option<AnyField>, depth: usize) -> Result<Option<Expr>, QueryError> {
        let mut alternatives = Vec::new();
        let mut is_alternative = false;
        loop {
            let mut parts = Vec::new();
            while let Some(piece) =
                self.next_if(|piece| !matches!(piece, Piece::Close | Piece::Or | Piece::Bar))
            {
                match piece {
                    Piece::Near(words) => self.near(words, &mut parts),
                    piece => parts.extend(self.part(piece, field, depth)?),
                }
            }
            let is_empty = parts.is_empty();
            alternatives.extend(Expr::all_of(parts));
            let is_last = self
                .next_if(|piece| matches!(piece, Piece::Or | Piece::Bar))
                .is_none();
            if is_empty && (is_alternative || !is_last) {
                self.note(remarks::LONE_OR);
            }
            if is_last {
                break;
            }
            is_alternative = true;
        }
        Ok(Expr::any_of(alternatives))
    }

    fn part(
        &mut self,
        piece: Piece,
        field: Option<AnyField>,
        depth: usize,
    ) -> Result<Option<Expr>, QueryError> {
        match piece {
            Piece::And => {
                let is_last = self
                    .pieces
                    .peek()
                    .is_none_or(|(piece, _)| matches!(piece, Piece::Close | Piece::Or | Piece::Bar));
                if is_last {
                    self.note(remarks::LONE_AND);
                }
                Ok(None)
            }
            Piece::Or | Piece::Bar | Piece::Close => Ok(None),
            Piece::Not => self.negated(field, depth),
            Piece::Open => {
                if depth == MAX_DEPTH {
                    return Err(QueryError::TooDeep);
                }
                let inside = self.any_of(field, depth + 1)?;
                if self.next_if(|piece| *piece == Piece::Close).is_none() {
                    self.note(remarks::OPEN_PARENTHESIS);
                }
                Ok(inside)
            }
            Piece::Field(name) => self.fielded(&name, depth),
            Piece::Word(word) => {
                self.note_if(remarks::field_apart(&word));
                self.clause(word, false, field)
            }
            Piece::Exact(word) if field.is_none() => self.exact(word),
            Piece::Exact(word) => self.id(word, field),
            Piece::Near(_) => {
                self.note(remarks::LONE_NEAR);
                Ok(None)
            }
            Piece::Phrase(phrase) => self.clause(phrase, true, field),
        }
    }

    fn negated(&mut self, field: Option<AnyField>, depth: usize) -> Result<Option<Expr>, QueryError> {
        // Any run of negations is one loop, so that a page of hyphens costs no stack.
        let mut is_negated = true;
        while self.next_if(|piece| *piece == Piece::Not).is_some() {
            is_negated = !is_negated;
        }
        let Some(piece) =
            self.next_if(|piece| !matches!(piece, Piece::Close | Piece::Or | Piece::Bar | Piece::And))
        else {
            self.note(remarks::LONE_NOT);
            return Ok(None);
        };
        let part = self.part(piece, field, depth)?;
        Ok(if is_negated {
            part.and_then(|part| self.left_out(part))
        } else {
            part
        })
    }

    /// What is left when a part is to be left out.
    fn left_out(&mut self, part: Expr) -> Option<Expr> {
        match part {
            Expr::Not(inner) => Some(*inner),
            part if part.names_a_past_day() => {
                self.note(remarks::PAST_LEFT_OUT);
                None
            }
            part => Some(Expr::Not(Box::new(part))),
        }
    }

    /// Joins the word before with the one that follows.
    fn near(&mut self, words: u32, parts: &mut Vec<Expr>) {
        // Punctuation alone is in no text.
        let is_text = |piece: &Piece| match piece {
            Piece::Word(text) | Piece::Exact(text) | Piece::Phrase(text) => {
                text.contains(char::is_alphanumeric)
            }
            _ => false,
        };
        let before = parts.pop_if(|part| match part {
            Expr::Exact(_) => true,
            part => is_one_way(part),
        });
        let text = before.as_ref().and_then(|before| match before {
            Expr::Exact(one) => Some(one.clone()),
            part => typed_as(part).or(typed_phrase(part)).map(str::to_owned),
        });
        match text {
            Some(one) if self.next_if_text(is_text, words, &one, parts) => {}
            _ => {
                parts.extend(before);
                self.note(remarks::LONE_NEAR);
            }
        }
    }

    /// Takes the text that is to stand near another, if one follows.
    fn next_if_text(
        &mut self,
        is_text: impl Fn(&Piece) -> bool,
        words: u32,
        one: &str,
        parts: &mut Vec<Expr>,
    ) -> bool {
        match self.next_if(is_text) {
            Some(Piece::Word(other) | Piece::Exact(other) | Piece::Phrase(other)) => {
                self.clauses += 1;
                if one.ends_with('*') || other.ends_with('*') {
                    self.note(remarks::NEAR_A_BEGINNING);
                }
                let whole = |text: &str| text.trim_end_matches('*').to_owned();
                parts.push(Expr::Near(whole(one), whole(&other), words));
                true
            }
            _ => false,
        }
    }

    fn exact(&mut self, word: String) -> Result<Option<Expr>, QueryError> {
        let clause = self.clause(word, false, None)?;
        Ok(clause.map(|clause| match typed_as(&clause) {
            Some(word) => Expr::Exact(word.to_owned()),
            None => clause,
        }))
    }

    /// `=` before the value of a field: an id, where the field has ids.
    fn id(&mut self, word: String, field: Option<AnyField>) -> Result<Option<Expr>, QueryError> {
        let clause = self.clause(word, false, field)?;
        Ok(clause.map(|clause| match clause {
            Expr::Named(field, id) => match IdField::of(field).filter(|_| is_id(&id)) {
                Some(field) => Expr::Id(field, id.to_lowercase()),
                None => {
                    self.note(remarks::NO_IDS);
                    Expr::Named(field, id)
                }
            },
            other => other,
        }))
    }

    fn fielded(&mut self, name: &str, depth: usize) -> Result<Option<Expr>, QueryError> {
        let Some(field) = AnyField::of(name) else {
            let folded = name.to_lowercase();
            if let Some((_, meant)) = TAKEN_FOR.iter().find(|(other, _)| *other == folded) {
                let value = self.value(Some(meant.field()), depth)?;
                let value = value.map(|value| value.taken_for(*meant));
                self.note_if(value.as_ref().map(|value| remarks::taken_for(name, value)));
                return Ok(value);
            }
            let value = self.value_typed();
            self.note(&remarks::no_field(name, value));
            let word = self.clause(name.to_string(), false, None)?;
            let value = self.value(None, depth)?;
            return Ok(Expr::all_of(word.into_iter().chain(value).collect()));
        };
        if let Some(days) = self.days_in_words(field) {
            self.note(&remarks::taken_together(field, &days));
            return self.clause(days, false, Some(field));
        }
        let is_bare = matches!(self.pieces.peek(), Some((Piece::Word(_), _)));
        let value = self.value(Some(field), depth)?;
        let value = match value {
            Some(Expr::Named(field @ (NameField::Speaker | NameField::Body), article))
                if is_bare && remarks::is_article(&article) =>
            {
                Some(self.office_behind(field, article))
            }
            value => value,
        };
        if is_bare
            && let Some(Expr::Named(NameField::Speaker | NameField::Source, first)) = &value
            && let Some((Piece::Word(next), _)) = self.pieces.peek()
        {
            let notice = remarks::name_cut_short(field, first, next);
            self.note_if(notice);
        }
        Ok(value)
    }

    /// `said:6 Nov 2026`: the words that name days together, where the first of them alone names none, or only a part of a date.
    fn days_in_words(&mut self, field: AnyField) -> Option<String> {
        let (AnyField::Day(_) | AnyField::AsOf) = field else {
            return None;
        };
        let words = self.pieces.clone().map_while(|(piece, _)| match piece {
            Piece::Word(word) if word.len() <= LONGEST_OF_DATE => Some(word),
            _ => None,
        });
        let words: Vec<String> = words.take(WORDS_OF_DATE).collect();
        let today = self.today_of(field);
        let is_read = |text: &str| days::read_past(text, today).is_some();
        let is_day_alone = words.first().is_some_and(|first| is_read(first));
        let is_date = |text: &String| {
            let has = |is: fn(char) -> bool| text.contains(is);
            is_read(text) && (!is_day_alone || has(char::is_alphabetic) && has(|c| c.is_ascii_digit()))
        };
        let together = (2..=words.len())
            .rev()
            .map(|count| (count, words[..count].join(" ")));
        let (count, date) = together.into_iter().find(|(_, text)| is_date(text))?;
        for _ in 0..count {
            self.next();
        }
        Some(date)
    }

    /// `speaker:the mayor`: an article is nobody's name, and what stands behind it belongs to it.
    fn office_behind(&mut self, field: NameField, article: String) -> Expr {
        let behind = self.next_if(|piece| matches!(piece, Piece::Word(_)));
        match behind {
            Some(Piece::Word(word)) => {
                let name = format!("{article} {word}");
                self.note(&remarks::taken_together(AnyField::Name(field), &name));
                Expr::Named(field, name)
            }
            _ => Expr::Named(field, article),
        }
    }

    /// The value that follows, as it is typed.
    fn value_typed(&mut self) -> Option<String> {
        match &self.pieces.peek()?.0 {
            Piece::Word(word) => Some(word.clone()),
            Piece::Phrase(phrase) => Some(quoted(phrase)),
            _ => None,
        }
    }

    fn value(&mut self, field: Option<AnyField>, depth: usize) -> Result<Option<Expr>, QueryError> {
        match self.next() {
            Some(piece @ (Piece::Open | Piece::Phrase(_) | Piece::Word(_) | Piece::Exact(_))) => {
                self.part(piece, field, depth)
            }
            Some(Piece::Near(_)) => self.clause("NEAR".into(), false, field),
            // `said:-0043` is a year before Christ; `speaker:-lima` is anybody else.
            Some(Piece::Not) if matches!(field, Some(AnyField::Day(_) | AnyField::AsOf)) => {
                let value = self.next_if(|piece| matches!(piece, Piece::Word(_)));
                let Some(Piece::Word(year)) = value else {
                    return self.value(field, depth);
                };
                self.clause(format!("-{year}"), false, field)
            }
            Some(Piece::Not) => self.negated(field, depth),
            Some(Piece::And) => self.clause("AND".into(), false, field),
            Some(Piece::Or | Piece::Bar) => self.clause("OR".into(), false, field),
            Some(Piece::Field(name)) => self.clause(name, false, field),
            Some(Piece::Close) | None => Ok(None),
        }
    }

    fn clause(
        &mut self,
        text: String,
        is_phrase: bool,
        field: Option<AnyField>,
    ) -> Result<Option<Expr>, QueryError> {
        if !text.contains(char::is_alphanumeric) && !matches!(field, Some(AnyField::Day(_) | AnyField::AsOf))
        {
            // Punctuation alone is in no text; beside words it says nothing, but a field without a value would be missed.
            self.note_if(field.map(remarks::no_value));
            return Ok(None);
        }
        self.clauses += 1;
        if self.clauses > MAX_CLAUSES {
            return Err(QueryError::TooManyClauses);
        }
        Ok(Some(match field {
            None if is_phrase => match phrases_written_otherwise(&text) {
                others if others.is_empty() => Expr::Phrase(text),
                others => Expr::Or(std::iter::once(Expr::Phrase(text)).chain(others).collect()),
            },
            None => match text.strip_suffix('*').filter(|start| start.chars().count() >= 2) {
                Some(start) if start.chars().all(char::is_alphanumeric) => Expr::Prefix(start.to_string()),
                _ => {
                    self.note_if(remarks::star_elsewhere(&text));
                    self.note_if(remarks::comparison(&text));
                    match written_otherwise(&text) {
                        Some(other) => Expr::Or(vec![Expr::Word(text), other]),
                        None => Expr::Word(text),
                    }
                }
            },
            Some(AnyField::Like) => Expr::Like(text),
            Some(AnyField::Name(name)) => {
                if name == NameField::Language {
                    self.note_if(remarks::language_by_name(&text));
                }
                Expr::Named(name, checked(name, text, self.at)?)
            }
            Some(field @ AnyField::Day(day)) => {
                let (first, last) = self.days(field, text)?;
                Expr::Days(day, first, last)
            }
            Some(AnyField::AsOf) => Expr::AsOf(self.held(text)?),
        }))
    }

    /// The time of `asof:`; a month or a year is asked for as it was at its end.
    fn held(&mut self, text: String) -> Result<Held, QueryError> {
        let value = text.trim();
        if value.eq_ignore_ascii_case(EVER) {
            return Ok(Held::Ever);
        }
        // A moment without a zone is one of UTC, as all times here are.
        let without_zone = || {
            value
                .parse()
                .ok()
                .and_then(|at: DateTime| TimeZone::UTC.to_timestamp(at).ok())
        };
        let is_moment = value.contains([':', 'T']);
        if let Some(moment) = value.parse().ok().or_else(without_zone).filter(|_| is_moment) {
            return Ok(Held::At(moment));
        }
        match self.days(AnyField::AsOf, text.clone())?.1 {
            Date::MAX => Err(self.no_days(AnyField::AsOf, text)),
            day => Ok(Held::AtEndOf(day)),
        }
    }

    fn days(&mut self, field: AnyField, value: String) -> Result<(Date, Date), QueryError> {
        let is_past = !matches!(field, AnyField::Day(DayField::Mentions | DayField::Deadline));
        let read = if is_past { days::read_past } else { days::read };
        let Some((first, last)) = read(&value, self.today_of(field)) else {
            return Err(self.no_days(field, value));
        };
        // 11/03/2026 is another day on each side of an ocean.
        if value.contains('/') && value.contains(|c: char| c.is_ascii_digit()) {
            let taken = match (first == last, first > Date::MIN, last < Date::MAX) {
                (true, ..) => first.to_string(),
                (_, true, true) => format!("{first}..{last}"),
                (_, true, false) => format!("{first}.."),
                _ => format!("..{last}"),
            };
            self.note(&format!("`{value}` was taken for {taken}"));
        }
        Ok((first, last))
    }

    /// The day it is by the clock of a field.
    fn today_of(&self, field: AnyField) -> Date {
        match field {
            AnyField::AsOf | AnyField::Day(DayField::Captured | DayField::FirstSeen | DayField::Changed) => {
                self.today.in_utc
            }
            AnyField::Day(DayField::Said | DayField::Published | DayField::Mentions | DayField::Deadline)
            | AnyField::Name(_)
            | AnyField::Like => self.today.here,
        }
    }

    fn no_days(&self, field: AnyField, value: String) -> QueryError {
        QueryError::Days {
            field: field.name(),
            at: self.at,
            also: match field {
                _ if days::is_turned_round(&value, self.today_of(field)) => {
                    "; the first of the two days comes after the other"
                }
                AnyField::AsOf => "; a moment such as 2026-02-08T07:55 (UTC), or ever",
                _ => "",
            },
            value,
        }
    }
}

/// The days that a text means which is nothing but a date: with its month in words, or written in numbers with marks between.
pub(super) fn date_alone(text: &str, today: Date) -> Option<(Date, Date)> {
    let text = text.trim().trim_matches(super::QUOTATION_MARKS);
    let has_number = text.contains(|c: char| c.is_ascii_digit());
    let is_date = text.contains(char::is_alphabetic) || text.contains(['-', '/']);
    if !has_number || !is_date || text.contains("..") {
        return None;
    }
    days::read_past(text, today)
}

/// A value of a field that has only so many.
fn checked(field: NameField, value: String, at: usize) -> Result<String, QueryError> {
    let known: Vec<&str> = match field {
        NameField::Kind => vec!["official", "news", "direct", "mixed", "indirect", EVERY_KIND],
        NameField::Genre => Genre::ALL.iter().map(|genre| genre.code()).collect(),
        NameField::Stance => Stance::ALL.iter().map(|stance| stance.code()).collect(),
        NameField::Has => Trait::ALL.iter().map(|it| it.code()).collect(),
        _ => return Ok(value),
    };
    let folded = value.trim().to_lowercase().replace(['-', ' '], "_");
    let folded = remarks::value_meant(field, &folded).map_or(folded, str::to_owned);
    if known.contains(&folded.as_str()) {
        return Ok(folded);
    }
    let field = AnyField::Name(field).name();
    let near = remarks::nearest(&folded, known.iter().copied());
    Err(QueryError::Value {
        field,
        value,
        at,
        near: near.map_or(String::new(), |near| format!("; did you mean `{near}`?")),
        known: known.join(", "),
    })
}
