//! A place among the tokens of a paragraph, from which patterns read on.
//!
//! A cursor is a copy: a reading that does not fit is simply forgotten.

use std::ops::Deref;

use super::lexer::{Kind, Token};
use super::signs::{NONE, Sign};
use super::vocabulary::{Class, Vocabulary, WordId};

/// A paragraph of a text, cut into tokens.
#[derive(Clone, Copy)]
pub(super) struct Paragraph<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t [Token],
    pub(super) words: &'t Vocabulary,
}

/// A place among the tokens of a paragraph; small, since patterns hand it on at every step.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t> {
    paragraph: &'t Paragraph<'t>,
    pub(super) at: usize,
}

impl<'t> Deref for Cursor<'t> {
    type Target = Paragraph<'t>;

    fn deref(&self) -> &Paragraph<'t> {
        self.paragraph
    }
}

impl<'t> Cursor<'t> {
    /// The first place of a paragraph.
    pub(super) fn first(paragraph: &'t Paragraph<'t>) -> Self {
        Self { paragraph, at: 0 }
    }

    /// The token here.
    pub(super) fn token(self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    /// What the token here is.
    pub(super) fn kind(self) -> Option<Kind> {
        self.token().map(|token| token.kind)
    }

    /// The token here where no space stands before it.
    pub(super) fn glued(self) -> Option<&'t Token> {
        self.token().filter(|token| token.glued)
    }

    /// What the token here looks like to the tables.
    pub(super) fn sign(self) -> Sign {
        self.token().map_or(NONE, |token| token.sign)
    }

    /// The place behind the token here.
    pub(super) fn next(self) -> Self {
        self.moved_to(self.at + 1)
    }

    /// The place of token `at`.
    pub(super) fn moved_to(self, at: usize) -> Self {
        Self { at, ..self }
    }

    /// The place of the token before.
    pub(super) fn before(self) -> Option<Self> {
        Some(self.moved_to(self.at.checked_sub(1)?))
    }

    /// The characters of the token here.
    pub(super) fn slice(self) -> &'t str {
        self.token()
            .map_or("", |token| &self.text[token.start..token.end])
    }

    /// The number of the word here; 0 where none is known.
    pub(super) fn id(self) -> WordId {
        match self.kind() {
            Some(Kind::Word(id)) => id,
            _ => 0,
        }
    }

    /// Whether a word stands here, known or not.
    pub(super) fn is_word(self) -> bool {
        matches!(self.kind(), Some(Kind::Word(_)))
    }

    /// Whether the word here begins with a capital.
    pub(super) fn is_capital(self) -> bool {
        self.slice().chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether a line begins with the token here.
    pub(super) fn is_new_line(self) -> bool {
        let before = self.before().and_then(Self::token);
        let between = before
            .zip(self.token())
            .and_then(|(one, next)| self.text.get(one.end..next.start));
        between.is_some_and(|between| between.contains('\n'))
    }

    /// Reads a word of a class.
    pub(super) fn class(self, class: Class) -> Option<(i32, Self)> {
        let value = self.words.value(self.id(), class, || self.is_capital())?;
        Some((value, self.next()))
    }

    /// Reads a run of digits; gives its value and how many they are.
    pub(super) fn digits(self) -> Option<(u32, usize, Self)> {
        let token = self.token()?;
        match token.kind {
            Kind::Digits(Some(value)) => Some((value, token.end - token.start, self.next())),
            _ => None,
        }
    }

    /// Reads one of `marks` with no space before it.
    pub(super) fn glued_mark(self, marks: &[char]) -> Option<Self> {
        match self.glued()?.kind {
            Kind::Mark(mark) if marks.contains(&mark) => Some(self.next()),
            _ => None,
        }
    }

    /// Whether digits here stand alone: no money, no part of a longer number, telephone number,
    /// version, address or name.
    pub(super) fn is_free_number(self) -> bool {
        if self.glued().is_none() {
            return true;
        }
        let Some(before) = self.before() else {
            return true;
        };
        match before.kind() {
            Some(Kind::Word(_)) => before.slice() == "T" && before.before().is_some_and(Self::is_digits),
            Some(Kind::Digits(_)) => false,
            Some(Kind::Mark(
                '$' | '€' | '£' | '¥' | '#' | '@' | '_' | '=' | '&' | '+' | '\\' | '%' | '*',
            )) => false,
            Some(Kind::Mark('-' | '/' | '.' | ',' | ':' | '‐' | '‑')) => {
                let joined = before.glued().is_some();
                !(joined && before.before().is_some_and(Self::is_digits))
            }
            _ => true,
        }
    }

    /// Whether digits stand here.
    pub(super) fn is_digits(self) -> bool {
        matches!(self.kind(), Some(Kind::Digits(_)))
    }

    /// Whether what was read ends here as a number may: no digits, per cent or letters follow
    /// without a space.
    pub(super) fn ends_number(self) -> bool {
        let Some(token) = self.glued() else {
            return true;
        };
        match token.kind {
            Kind::Word(_) | Kind::Digits(_) => false,
            Kind::Mark('%' | '_' | '@' | '°' | '=') => false,
            Kind::Mark('.' | ',' | ':' | '/' | '-' | '‐' | '‑') => !self
                .next()
                .glued()
                .is_some_and(|token| matches!(token.kind, Kind::Digits(_))),
            Kind::Mark(_) => true,
        }
    }
}
