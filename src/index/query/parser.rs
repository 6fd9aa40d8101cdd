//! From pieces to what is meant.

use super::lexer::{Piece, pieces};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::{
    AnyField, DayField, ELSEWHERE, EVER, EVERY_KIND, Expr, FIELDS, Held, IdField, MAX_BYTES, MAX_CLAUSES,
    MAX_DEPTH, NameField, QueryError, Where, days, quoted,
};
use crate::model::document::Genre;
use crate::model::quote::Stance;
use crate::model::source::SourceKind;

/// Words of a name that is typed without more.
const LONGEST_NAME: usize = 4;

/// Names of languages that people type, and their codes.
const LANGUAGES: [(&str, &str); 8] = [
    ("english", "en"),
    ("spanish", "es"),
    ("español", "es"),
    ("french", "fr"),
    ("chinese", "zh"),
    ("russian", "ru"),
    ("german", "de"),
    ("portuguese", "pt"),
];

/// A question to the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    pub(in crate::index) expr: Expr,
    /// What was passed over or taken otherwise than it was written, in words.
    pub notices: Vec<String>,
}

impl Query {
    /// Reads what a person typed; `today` is what "last week" is counted from. Nothing typed means everything.
    pub fn parse(text: &str, today: Date) -> Result<Self, QueryError> {
        if text.len() > MAX_BYTES {
            return Err(QueryError::TooLong);
        }
        let (pieces, left_open) = pieces(text);
        let mut parser = Parser {
            pieces: pieces.into_iter().peekable(),
            today,
            at: 1,
            clauses: 0,
            notices: Vec::new(),
        };
        if let Some(at) = parser
            .pieces
            .clone()
            .find_map(|(piece, at)| (piece == Piece::Bar).then_some(at))
        {
            parser.at = at;
            parser.note("`|` was taken for OR");
        }
        if let Some(at) = left_open {
            parser.at = at;
            parser.note("a quotation mark is not closed; the phrase was taken to the end");
        }
        let mut parts = Vec::new();
        loop {
            parts.extend(parser.any_of(None, 0)?);
            match parser.next() {
                None => break,
                Some(_) => parser.note("a parenthesis that closes nothing was passed over"),
            }
        }
        let expr = all_of(parts).unwrap_or(Expr::All);
        if expr == Expr::All && parser.notices.is_empty() && !text.trim().is_empty() {
            parser.at = 1;
            parser.note("there is nothing in it that could be searched for, so this is everything");
        }
        Ok(Self {
            expr,
            notices: parser.notices,
        })
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
        nearest(typed, known)
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

    /// The question for what is said by somebody whose name these words are, where they are a few words and nothing else.
    pub fn as_speaker(&self) -> Option<Query> {
        let words = self.expr.conditions().into_iter().map(|part| match part {
            Expr::Word(text) | Expr::Phrase(text) if text.chars().any(char::is_alphabetic) => {
                Some(text.as_str())
            }
            _ => None,
        });
        let words = words.collect::<Option<Vec<_>>>()?;
        let is_name = (1..=LONGEST_NAME).contains(&words.len());
        is_name.then(|| Self::of(Expr::Named(NameField::Speaker, words.join(" "))))
    }

    /// What an expression asks for.
    pub(in crate::index) fn of(expr: Expr) -> Self {
        Self {
            expr,
            notices: Vec::new(),
        }
    }

    fn of_all(parts: Vec<Expr>) -> Self {
        Self::of(all_of(parts).unwrap_or(Expr::All))
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
                Expr::Days(DayField::Mentions, ..) => continue,
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
        let text = text.chars().take(MAX_BYTES).collect();
        let mut parts = vec![Expr::Like(text)];
        parts.extend((self.expr != Expr::All).then_some(self.expr));
        Self {
            expr: all_of(parts).unwrap_or(Expr::All),
            notices: self.notices,
        }
    }

    /// How it was taken, in the language of queries itself.
    pub fn understood(&self) -> String {
        self.expr.to_string()
    }
}

struct Parser {
    pieces: std::iter::Peekable<std::vec::IntoIter<(Piece, usize)>>,
    today: Date,
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
            alternatives.extend(all_of(parts));
            let is_last = self
                .next_if(|piece| matches!(piece, Piece::Or | Piece::Bar))
                .is_none();
            if is_empty && (is_alternative || !is_last) {
                self.note("`OR` with nothing beside it was passed over");
            }
            if is_last {
                break;
            }
            is_alternative = true;
        }
        Ok(match alternatives.len() {
            0 | 1 => alternatives.pop(),
            _ => Some(Expr::Or(alternatives)),
        })
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
                    self.note("`AND` with nothing after it was passed over");
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
                    self.note("a parenthesis is not closed; it was taken to the end");
                }
                Ok(inside)
            }
            Piece::Field(name) => self.fielded(&name, depth),
            Piece::Word(word) => {
                self.note_field_apart(&word);
                self.clause(word, false, field)
            }
            Piece::Exact(word) if field.is_none() => self.exact(word),
            Piece::Exact(word) => self.id(word, field),
            Piece::Near(_) => {
                self.note("`NEAR` stands between two words or phrases; it was passed over");
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
            self.note("`NOT` with nothing after it was passed over");
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
                self.note("`asof:` says when to look and cannot be left out; it was passed over");
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
        let before = parts.pop_if(|part| matches!(part, Expr::Word(_) | Expr::Exact(_) | Expr::Phrase(_)));
        match before {
            Some(Expr::Word(one) | Expr::Exact(one) | Expr::Phrase(one))
                if self.next_if_text(is_text, words, &one, parts) => {}
            before => {
                parts.extend(before);
                self.note("`NEAR` stands between two words or phrases; it was passed over");
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
                    self.note("beside `NEAR` words stand whole: the `*` was passed over");
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
        Ok(clause.map(|clause| match clause {
            Expr::Word(word) => Expr::Exact(word),
            other => other,
        }))
    }

    /// `=` before the value of a field: an id, where the field has ids.
    fn id(&mut self, word: String, field: Option<AnyField>) -> Result<Option<Expr>, QueryError> {
        let clause = self.clause(word, false, field)?;
        Ok(clause.map(|clause| match clause {
            Expr::Named(field, id) => match IdField::of(field).filter(|_| super::is_id(&id)) {
                Some(field) => Expr::Id(field, id.to_lowercase()),
                None => {
                    self.note("only `speaker:` and `source:` take an id behind `=`; it was taken for a name");
                    Expr::Named(field, id)
                }
            },
            other => other,
        }))
    }

    fn fielded(&mut self, name: &str, depth: usize) -> Result<Option<Expr>, QueryError> {
        let field = AnyField::of(name);
        if field.is_none() {
            let names = FIELDS.iter().flat_map(|help| help.names).copied();
            let folded = name.to_lowercase();
            let elsewhere = ELSEWHERE.iter().find(|(other, ..)| *other == folded);
            let near = match (elsewhere, nearest(name, names)) {
                (Some((_, here, example)), _) => {
                    let value = self.value_typed().unwrap_or_else(|| (*example).to_owned());
                    format!("; here that is {}", here.replace("{}", &value))
                }
                (None, Some(known)) => format!("; did you mean `{known}:`?"),
                (None, None) => String::new(),
            };
            self.note(&format!(
                "there is no field `{name}:`, so its words were searched for{near}"
            ));
            let word = self.clause(name.to_string(), false, None)?;
            let value = self.value(None, depth)?;
            return Ok(all_of(word.into_iter().chain(value).collect()));
        }
        let is_bare = matches!(self.pieces.peek(), Some((Piece::Word(_), _)));
        let value = self.value(field, depth)?;
        if is_bare {
            self.note_name_cut_short(field, value.as_ref());
        }
        Ok(value)
    }

    /// The value that follows, as it is typed.
    fn value_typed(&mut self) -> Option<String> {
        match &self.pieces.peek()?.0 {
            Piece::Word(word) => Some(word.clone()),
            Piece::Phrase(phrase) => Some(quoted(phrase)),
            _ => None,
        }
    }

    /// Tells of a field that nothing follows.
    fn note_without_value(&mut self, field: Option<AnyField>) {
        if let Some(field) = field {
            let name = field.name();
            self.note(&format!(
                "`{name}:` has no value that could be searched for and was passed over"
            ));
        }
    }

    /// Tells of `speaker: lima`, and of a `speaker:` that nothing follows.
    fn note_field_apart(&mut self, word: &str) {
        if let Some(name) = word.strip_suffix(':').filter(|name| AnyField::of(name).is_some()) {
            self.note(&format!(
                "`{name}:` names a field only where its value follows without a space; it was searched for as a word"
            ));
        }
    }

    /// Tells of `speaker:Ana Lima`, where the field takes the first word only.
    fn note_name_cut_short(&mut self, field: Option<AnyField>, value: Option<&Expr>) {
        // Capitals alone are an abbreviation of its own: `speaker:Mamdani ICE`.
        let is_capital =
            |text: &str| text.starts_with(char::is_uppercase) && text.contains(char::is_lowercase);
        if let Some(Expr::Named(NameField::Speaker | NameField::Source, first)) = value
            && let Some((Piece::Word(next), _)) = self.pieces.peek()
            && is_capital(first)
            && is_capital(next)
        {
            let name = field.map_or("", AnyField::name);
            let whole = format!("{name}:\"{first} {next}\"");
            self.note(&format!(
                "`{name}:` takes one word, and the next was searched for in the text; a name of both is `{whole}`"
            ));
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
            self.note_without_value(field);
            return Ok(None);
        }
        self.clauses += 1;
        if self.clauses > MAX_CLAUSES {
            return Err(QueryError::TooManyClauses);
        }
        Ok(Some(match field {
            None if is_phrase => Expr::Phrase(text),
            None => match text.strip_suffix('*').filter(|start| start.chars().count() >= 2) {
                Some(start) if start.chars().all(char::is_alphanumeric) => Expr::Prefix(start.to_string()),
                _ => {
                    self.note_taken_as_word(&text);
                    Expr::Word(text)
                }
            },
            Some(AnyField::Like) => Expr::Like(text),
            Some(AnyField::Name(name)) => {
                if name == NameField::Language {
                    self.note_language_by_name(&text);
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

    /// Tells of a language that is asked for by its name.
    fn note_language_by_name(&mut self, value: &str) {
        let folded = value.trim().to_lowercase();
        if let Some((_, code)) = LANGUAGES.iter().find(|(name, _)| *name == folded) {
            self.note(&format!("languages are asked for by their codes: `lang:{code}`"));
        }
    }

    /// Tells of a word that was typed as something else.
    fn note_taken_as_word(&mut self, word: &str) {
        if word.contains(['*', '?']) && word.trim_end_matches('?').contains(['*', '?']) {
            self.note("`*` stands for what follows two letters or more (`ferr*`) and nowhere else; it was passed over");
        }
        let compared = word
            .split_once(['<', '>'])
            .map(|(name, _)| (name, &word[name.len()..]));
        if let Some((name, value)) = compared
            && AnyField::of(name).is_some()
        {
            self.note(&format!(
                "`{word}` was taken for words; a field has a colon: `{name}:{value}`"
            ));
        }
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
        let Some((first, last)) = days::read(&value, self.today) else {
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

    fn no_days(&self, field: AnyField, value: String) -> QueryError {
        QueryError::Days {
            field: field.name(),
            at: self.at,
            also: match field {
                _ if days::is_turned_round(&value, self.today) => {
                    "; the first of the two days comes after the other"
                }
                AnyField::AsOf => "; a moment such as 2026-02-08T07:55 (UTC), or ever",
                _ => "",
            },
            value,
        }
    }
}

/// The name that was perhaps meant.
fn nearest<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let measured = known.map(|name| (strsim::damerau_levenshtein(name, &typed), name));
    let near = measured
        .min()
        .filter(|(distance, name)| *distance <= 2 && *distance < name.len());
    near.map(|(_, name)| name)
}

/// A value of a field that has only so many.
fn checked(field: NameField, value: String, at: usize) -> Result<String, QueryError> {
    let known: Vec<&str> = match field {
        NameField::Kind => vec!["official", "news", "direct", "mixed", "indirect", EVERY_KIND],
        NameField::Genre => Genre::ALL.iter().map(|genre| genre.code()).collect(),
        NameField::Stance => Stance::ALL.iter().map(|stance| stance.code()).collect(),
        _ => return Ok(value),
    };
    let folded = value.trim().to_lowercase().replace(['-', ' '], "_");
    if known.contains(&folded.as_str()) {
        return Ok(folded);
    }
    let field = AnyField::Name(field).name();
    let near = nearest(&folded, known.iter().copied());
    Err(QueryError::Value {
        field,
        value,
        at,
        near: near.map_or(String::new(), |near| format!("; did you mean `{near}`?")),
        known: known.join(", "),
    })
}

fn all_of(mut parts: Vec<Expr>) -> Option<Expr> {
    match parts.len() {
        0 | 1 => parts.pop(),
        _ => Some(Expr::And(parts)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Friday.
    fn today() -> Date {
        jiff::civil::date(2026, 2, 13)
    }

    fn word(text: &str) -> Expr {
        Expr::Word(text.into())
    }

    fn phrase(text: &str) -> Expr {
        Expr::Phrase(text.into())
    }

    #[track_caller]
    fn check(text: &str, expr: Expr, notices: usize) {
        let query = Query::parse(text, today()).expect(text);
        assert_eq!(query.expr, expr, "{text}");
        assert_eq!(query.notices.len(), notices, "{:?}", query.notices);
    }

    #[track_caller]
    fn check_refused(text: &str, error: &str) {
        let refused = Query::parse(text, today()).expect_err(text).to_string();
        assert!(refused.contains(error), "{refused}");
    }

    #[test]
    fn words_and_phrases_must_all_match() {
        check(
            "less \"safe city\"",
            Expr::And(vec![word("less"), phrase("safe city")]),
            0,
        );
        check("“less safe”", phrase("less safe"), 0);
        check("", Expr::All, 0);
        check("sanctu*", Expr::Prefix("sanctu".into()), 0);
    }

    #[test]
    fn and_binds_tighter_than_or_and_parentheses_tightest() {
        let and = |a, b| Expr::And(vec![word(a), word(b)]);
        check("a b OR c AND d", Expr::Or(vec![and("a", "b"), and("c", "d")]), 0);
        let or = Expr::Or(vec![word("b"), word("c")]);
        check("a (b OR c)", Expr::And(vec![word("a"), or]), 0);
    }

    #[test]
    fn fields_take_words_phrases_and_groups() {
        let speaker = |name: &str| Expr::Named(NameField::Speaker, name.into());
        check("speaker:lima", speaker("lima"), 0);
        check("speaker:\"Ana Lima\"", speaker("Ana Lima"), 0);
        check(
            "speaker:(lima OR cruz)",
            Expr::Or(vec![speaker("lima"), speaker("cruz")]),
            0,
        );
        check("-speaker:lima", Expr::Not(Box::new(speaker("lima"))), 0);
        check(
            "genre:press-release",
            Expr::Named(NameField::Genre, "press_release".into()),
            0,
        );
    }

    #[test]
    fn days_are_intervals() {
        let day = |text: &str| text.parse().expect("a day");
        let said = Expr::Days(DayField::Said, day("2026-02-01"), day("2026-02-10"));
        check("said:2026-02-01..2026-02-10", said, 0);
        let yesterday = Expr::Days(DayField::Said, day("2026-02-12"), day("2026-02-12"));
        check("said:yesterday", yesterday, 0);
        let last_week = Expr::Days(DayField::Published, day("2026-02-02"), day("2026-02-08"));
        check("published:\"last week\"", last_week, 0);
        let spring = Expr::Days(DayField::Mentions, day("2026-03-01"), day("2026-05-31"));
        check("mentions:2026-21", spring, 0);
        check("asof:2026-02", Expr::AsOf(Held::AtEndOf(day("2026-02-28"))), 0);
        let moment = Held::At("2026-02-08T07:55:00Z".parse().expect("a moment"));
        check("asof:2026-02-08T07:55", Expr::AsOf(moment), 0);
        check("asof:2026-02-08T08:55+01:00", Expr::AsOf(moment), 0);
        check("asof:EVER", Expr::AsOf(Held::Ever), 0);
        let told = |text: &str| Query::parse(text, today()).expect_err("refused").to_string();
        assert!(told("asof:soonish").ends_with("or ever") && !told("said:soonish").contains("or ever"));
        check_refused(
            "ferry said:whenever",
            "`said:whenever` (character 12) names no days",
        );
        check_refused("said:-5", "names no days");
        check_refused("asof:2026..", "names no days");
        check("NOT asof:2026-01-01", Expr::All, 1);
        let others = Expr::Not(Box::new(Expr::Named(NameField::Speaker, "lima".into())));
        check("speaker:-lima", others, 0);
        check_refused("genre:poem", "only report");
        check_refused("kind:offical", "did you mean `official`?");
        check_refused("stance:denies", "did you mean `denied`?");
    }

    #[test]
    fn words_may_be_exact_or_near_each_other() {
        let near = |words| Expr::Near("safe".into(), "new york".into(), words);
        check("=safe", Expr::Exact("safe".into()), 0);
        check("safe NEAR/5 \"new york\"", near(5), 0);
        check("safe NEAR \"new york\"", near(10), 0);
        check(
            "safe NEAR/9999999999",
            Expr::And(vec![word("safe"), word("NEAR/9999999999")]),
            0,
        );
        check("NEAR/5 safe", word("safe"), 1);
        check("safe NEAR/5", word("safe"), 1);
        check("safe NEAR/5 !!!", word("safe"), 1);
    }

    #[test]
    fn one_clause_more_narrows_whatever_was_asked() {
        let narrowed = |text: &str| {
            Query::parse(text, today())
                .expect("a query")
                .narrowed(text, "kind:news")
        };
        assert_eq!(narrowed("a b"), "a b kind:news");
        assert_eq!(narrowed("a OR b"), "(a OR b) kind:news");
        assert_eq!(narrowed(""), "kind:news");
        assert_eq!(narrowed("a NOT"), "a kind:news");
        assert_eq!(narrowed("a OR"), "a kind:news");
        assert_eq!(narrowed("OR a"), "a kind:news");
        assert_eq!(narrowed("\"a b"), "\"a b\" kind:news");
    }

    #[test]
    fn what_was_understood_is_said_in_the_same_language() {
        let understood = |text: &str| Query::parse(text, today()).expect("a query").understood();
        assert_eq!(understood("less safe* OR (a b)"), "(less AND safe*) OR (a AND b)");
        assert_eq!(
            understood("-(a OR b) said:..2026"),
            "NOT (a OR b) AND said:..2026-12-31"
        );
        assert_eq!(understood("NOT (a NEAR/5 b)"), "NOT (a NEAR/5 b)");
        assert_eq!(
            understood("mentions:\"-0043\""),
            "mentions:\"-0043-01-01..-0043-12-31\""
        );
        assert_eq!(understood("-(-a)"), "a");
        assert_eq!(understood(""), "everything");
    }

    #[test]
    fn the_days_and_sources_asked_for_are_those_that_every_hit_has() {
        let asked = |text: &str| {
            let (from, to) = Query::parse(text, today()).expect("a query").days_asked();
            (from.map(|day| day.to_string()), to.map(|day| day.to_string()))
        };
        let days = |from: &str, to: &str| {
            let day = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
            (day(from), day(to))
        };
        assert_eq!(asked("ferry"), days("", ""));
        assert_eq!(
            asked("ferry said:2026-02-01..2026-02-10"),
            days("2026-02-01", "2026-02-10")
        );
        assert_eq!(
            asked("said:2026-02.. published:..2026-03-05"),
            days("2026-02-01", "2026-03-05")
        );
        assert_eq!(asked("asof:2026-02-08"), days("", "2026-02-08"));
        assert_eq!(asked("mentions:2026-02-08"), days("", ""));
        assert_eq!(asked("said:2026-02 OR ferry"), days("", ""));
        let may = |text: &str| {
            let query = Query::parse(text, today()).expect("a query");
            query.may_ask_of("herald", "The Harbor Herald", SourceKind::News)
        };
        assert!(may("ferry") && may("source:herald") && may("source:\"harbor herald\" kind:news"));
        assert!(may("kind:direct") && may("source:wire OR ferry"));
        assert!(!may("source:wire") && !may("kind:official ferry"));
    }

    #[test]
    fn nonsense_is_read_as_far_as_it_makes_sense() {
        check("\"less safe", phrase("less safe"), 1);
        check("a) (b", Expr::And(vec![word("a"), word("b")]), 2);
        check("NOT", Expr::All, 1);
        check("OR OR AND", Expr::All, 2);
        check("!!! ??? -- *", Expr::All, 1);
        check("😀*", Expr::All, 1);
        check("ferry & !", word("ferry"), 0);
        check("ferry speaker:\"\"", word("ferry"), 1);
        check(
            "ferry speaker:",
            Expr::And(vec![word("ferry"), word("speaker:")]),
            1,
        );
        check(
            "speaker:'Ana Lima'",
            Expr::Named(NameField::Speaker, "Ana Lima".into()),
            0,
        );
        check(
            "speaker:'O’Hara’s son'",
            Expr::Named(NameField::Speaker, "O’Hara’s son".into()),
            0,
        );
        let cut = Expr::And(vec![Expr::Named(NameField::Speaker, "Ana".into()), word("Lima")]);
        check("speaker:Ana Lima", cut, 1);
        let named = |rest: &str| {
            Expr::And(vec![
                Expr::Named(NameField::Speaker, "Ana Lima".into()),
                word(rest),
            ])
        };
        check("speaker:\"Ana Lima\" Harbour", named("Harbour"), 0);
        check_refused("asof:2026-02-01..", "or ever");
        check("ferry | strike", Expr::Or(vec![word("ferry"), word("strike")]), 1);
        let told = |text: &str| Query::parse(text, today()).expect("a query").notices.join(" ");
        assert!(told("site:herald ferry").contains("here that is `source:"));
        assert!(told("ferry before:2026-02-06").contains("`published:..2026-02-06`"));
        assert!(told("said:11/03/2026").contains("was taken for 2026-11-03"));
        check_refused(
            "said:2026-03-12..2026-03-10",
            "the first of the two days comes after the other",
        );
        check("spaeker:lima", Expr::And(vec![word("spaeker"), word("lima")]), 1);
        check("https://town.example/a:b", word("https://town.example/a:b"), 0);
        check("note: this", Expr::And(vec![word("note:"), word("this")]), 0);
    }

    #[test]
    fn what_would_cost_too_much_is_refused() {
        check_refused(&"(".repeat(100), "inside one another");
        check_refused(&"a ".repeat(300), "more than 256 words");
        check_refused(&"a".repeat(5000), "more than 4096 bytes");
        assert!(Query::parse(&"-".repeat(4000), today()).is_ok());
        assert!(Query::parse(&"-a".repeat(2000), today()).is_ok());
    }

    proptest::proptest! {
        #[test]
        fn no_query_makes_it_panic(text in "([a-z“”»=\"():*. -]|AND|OR|NOT|NEAR/5|said:|speaker:|2026){0,60}") {
            let query = Query::parse(&text, today());
            if let Ok(query) = query {
                // What was understood is itself a query, and means the same.
                let again = Query::parse(&query.understood(), today()).expect("a query");
                proptest::prop_assert!(query.expr == Expr::All || again.understood() == query.understood());
            }
        }
    }

    #[track_caller]
    fn told(text: &str, expected: &str) {
        let query = Query::parse(text, today()).expect(text);
        let is_told = query.notices.iter().any(|notice| notice.contains(expected));
        assert!(is_told, "{text}: {:?}", query.notices);
    }

    #[test]
    fn what_other_boxes_call_a_field_is_told_with_the_value_that_was_typed() {
        told("who:whitcombe", "here that is `speaker:whitcombe`");
        told("by:\"ana lima\"", "here that is `speaker:\"ana lima\"`");
        told("from:courier", "`source:courier` for who prints it");
        told("after:2026-02-01", "`published:2026-02-01..`");
        told("author:(ana lima)", "`speaker:lima`");
        told("deadline:2026-03", "`mentions:2026-03`");
    }

    #[test]
    fn what_is_no_word_and_was_taken_for_one_is_told() {
        told("f*", "`ferr*`");
        told("*ry", "`ferr*`");
        told("said>=2026-11-20", "`said:>=2026-11-20`");
        told("ferry AND", "`AND` with nothing after it");
        told("(ferry AND) pier", "`AND` with nothing after it");
        told("lang:Spanish", "`lang:es`");
        for plain in ["ferry AND pier", "ferr*", "why?", "a>b", "lang:es"] {
            let query = Query::parse(plain, today()).expect(plain);
            assert!(query.notices.is_empty(), "{plain}: {:?}", query.notices);
        }
    }

    #[test]
    fn words_between_single_marks_that_are_bent_are_a_phrase() {
        check("‘Mind your own.’", phrase("Mind your own."), 0);
        check("‘It’s not ours’", phrase("It’s not ours"), 0);
        check(
            "‘tis strike’ pier",
            Expr::And(vec![word("‘tis"), word("strike’"), word("pier")]),
            0,
        );
        // Several marked words are no sentence.
        check("‘a’ ‘b’", Expr::And(vec![word("‘a’"), word("‘b’")]), 0);
        // Never closed, it is an apostrophe.
        check("‘tis", word("‘tis"), 0);
        check("don’t", word("don’t"), 0);
    }

    #[test]
    fn a_few_words_may_be_a_name() {
        let speaker = |text: &str| {
            let query = Query::parse(text, today()).expect(text).as_speaker();
            query.map(|query| query.understood())
        };
        assert_eq!(speaker("Whitcombe").as_deref(), Some("speaker:\"Whitcombe\""));
        assert_eq!(speaker("Ana Lima").as_deref(), Some("speaker:\"Ana Lima\""));
        for other in [
            "",
            "2026",
            "ferry OR pier",
            "ferry said:2026",
            "a b c d e",
            "-ferry",
        ] {
            assert_eq!(speaker(other), None, "{other}");
        }
    }
}
