//! From pieces to what is meant.

use super::lexer::{Piece, pieces};
use super::{AnyField, Expr, FIELDS, MAX_BYTES, MAX_CLAUSES, MAX_DEPTH, NameField, QueryError, days};
use crate::model::document::Genre;

/// A question to the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    pub(in crate::index) expr: Expr,
    /// What was passed over or taken otherwise than it was written, in words.
    pub notices: Vec<String>,
}

impl Query {
    /// Reads what a person typed. Nothing typed means everything.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        if text.len() > MAX_BYTES {
            return Err(QueryError::TooLong);
        }
        let (pieces, left_open) = pieces(text);
        let mut parser = Parser {
            pieces: pieces.into_iter().peekable(),
            clauses: 0,
            notices: Vec::new(),
        };
        if left_open {
            parser
                .notices
                .push("a quotation mark is not closed; the phrase was taken to the end".into());
        }
        let mut parts = Vec::new();
        loop {
            parts.extend(parser.any_of(None, 0)?);
            match parser.pieces.next() {
                None => break,
                Some(_) => parser.note("a parenthesis that closes nothing was passed over"),
            }
        }
        Ok(Self {
            expr: all_of(parts).unwrap_or(Expr::All),
            notices: parser.notices,
        })
    }
}

struct Parser {
    pieces: std::iter::Peekable<std::vec::IntoIter<Piece>>,
    clauses: usize,
    notices: Vec<String>,
}

impl Parser {
    fn note(&mut self, notice: &str) {
        if !self.notices.iter().any(|known| known == notice) {
            self.notices.push(notice.to_string());
        }
    }

    /// Alternatives joined by `OR`, up to a closing parenthesis or the end.
    fn any_of(&mut self, field: Option<AnyField>, depth: usize) -> Result<Option<Expr>, QueryError> {
        let mut alternatives = Vec::new();
        loop {
            let mut parts = Vec::new();
            while let Some(piece) = self
                .pieces
                .next_if(|piece| !matches!(piece, Piece::Close | Piece::Or))
            {
                parts.extend(self.part(piece, field, depth)?);
            }
            alternatives.extend(all_of(parts));
            if self.pieces.next_if_eq(&Piece::Or).is_none() {
                break;
            }
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
            Piece::And | Piece::Or | Piece::Close => Ok(None),
            Piece::Not => self.negated(field, depth),
            Piece::Open => {
                if depth == MAX_DEPTH {
                    return Err(QueryError::TooDeep);
                }
                let inside = self.any_of(field, depth + 1)?;
                if self.pieces.next_if_eq(&Piece::Close).is_none() {
                    self.note("a parenthesis is not closed; it was taken to the end");
                }
                Ok(inside)
            }
            Piece::Field(name) => self.fielded(&name, depth),
            Piece::Word(word) => self.clause(word, false, field),
            Piece::Phrase(phrase) => self.clause(phrase, true, field),
        }
    }

    fn negated(&mut self, field: Option<AnyField>, depth: usize) -> Result<Option<Expr>, QueryError> {
        // Any run of negations is one loop, so that a page of hyphens costs no stack.
        let mut is_negated = true;
        while self.pieces.next_if_eq(&Piece::Not).is_some() {
            is_negated = !is_negated;
        }
        let Some(piece) = self
            .pieces
            .next_if(|piece| !matches!(piece, Piece::Close | Piece::Or | Piece::And))
        else {
            self.note("`NOT` with nothing after it was passed over");
            return Ok(None);
        };
        let part = self.part(piece, field, depth)?;
        Ok(if is_negated {
            part.map(|part| Expr::Not(Box::new(part)))
        } else {
            part
        })
    }

    fn fielded(&mut self, name: &str, depth: usize) -> Result<Option<Expr>, QueryError> {
        let field = AnyField::of(name);
        if field.is_none() {
            let near = FIELDS
                .iter()
                .map(|(known, _)| (strsim::damerau_levenshtein(known, &name.to_lowercase()), known))
                .min()
                .filter(|(distance, _)| *distance <= 2)
                .map(|(_, known)| format!("; did you mean `{known}:`?"))
                .unwrap_or_default();
            self.note(&format!(
                "there is no field `{name}:`, so its words were searched for{near}"
            ));
            let word = self.clause(name.to_string(), false, None)?;
            let value = self.value(None, depth)?;
            return Ok(all_of(word.into_iter().chain(value).collect()));
        }
        self.value(field, depth)
    }

    fn value(&mut self, field: Option<AnyField>, depth: usize) -> Result<Option<Expr>, QueryError> {
        match self.pieces.next() {
            Some(piece @ (Piece::Open | Piece::Phrase(_) | Piece::Word(_))) => self.part(piece, field, depth),
            // `said:-2026` or `kind:AND`: there is no such value.
            Some(Piece::Not) => self.value(field, depth),
            Some(Piece::And) => self.clause("AND".into(), false, field),
            Some(Piece::Or) => self.clause("OR".into(), false, field),
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
        if !text.contains(char::is_alphanumeric) && !matches!(field, Some(AnyField::Day(_))) {
            // Punctuation alone is in no text.
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
                _ => Expr::Word(text),
            },
            Some(AnyField::Name(name)) => Expr::Named(name, checked(name, text)?),
            Some(field @ AnyField::Day(day)) => {
                let (first, last) = days::read(&text).ok_or_else(|| QueryError::Days {
                    field: field.name(),
                    value: text,
                })?;
                Expr::Days(day, first, last)
            }
        }))
    }
}

/// A value of a field that has only so many.
fn checked(field: NameField, value: String) -> Result<String, QueryError> {
    let known: Vec<&str> = match field {
        NameField::Kind => vec!["official", "news", "direct", "mixed", "indirect"],
        NameField::Genre => Genre::ALL.iter().map(|genre| genre.code()).collect(),
        _ => return Ok(value),
    };
    let folded = value.trim().to_lowercase().replace(['-', ' '], "_");
    if known.contains(&folded.as_str()) {
        return Ok(folded);
    }
    let field = AnyField::Name(field).name();
    Err(QueryError::Value {
        field,
        value,
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
    use super::super::DayField;
    use super::*;

    fn word(text: &str) -> Expr {
        Expr::Word(text.into())
    }

    fn phrase(text: &str) -> Expr {
        Expr::Phrase(text.into())
    }

    #[track_caller]
    fn check(text: &str, expr: Expr, notices: usize) {
        let query = Query::parse(text).expect(text);
        assert_eq!(query.expr, expr, "{text}");
        assert_eq!(query.notices.len(), notices, "{:?}", query.notices);
    }

    #[track_caller]
    fn check_refused(text: &str, error: &str) {
        let refused = Query::parse(text).expect_err(text).to_string();
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
        check_refused("said:yesterday", "`said:yesterday` names no days");
        check_refused("said:-5", "names no days");
        check_refused("genre:poem", "it has report");
    }

    #[test]
    fn nonsense_is_read_as_far_as_it_makes_sense() {
        check("\"less safe", phrase("less safe"), 1);
        check("a) (b", Expr::And(vec![word("a"), word("b")]), 2);
        check("NOT", Expr::All, 1);
        check("OR OR AND", Expr::All, 0);
        check("!!! ??? -- *", Expr::All, 0);
        check("spaeker:lima", Expr::And(vec![word("spaeker"), word("lima")]), 1);
        check("https://town.example/a:b", word("https://town.example/a:b"), 0);
        check("note: this", Expr::And(vec![word("note:"), word("this")]), 0);
    }

    #[test]
    fn what_would_cost_too_much_is_refused() {
        check_refused(&"(".repeat(100), "inside one another");
        check_refused(&"a ".repeat(300), "more than 256 words");
        check_refused(&"a".repeat(5000), "more than 4096 bytes");
        assert!(Query::parse(&"-".repeat(4000)).is_ok());
        assert!(Query::parse(&"-a".repeat(2000)).is_ok());
    }

    proptest::proptest! {
        #[test]
        fn no_query_makes_it_panic(text in "([a-z“”\"():*. -]|AND|OR|NOT|said:|speaker:|2026){0,60}") {
            let _ = Query::parse(&text);
        }
    }
}
