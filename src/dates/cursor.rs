//! A place among the tokens, from which the rules of the grammar read on.
//!
//! A cursor is a copy: a rule that does not fit is simply forgotten. It never reads into another
//! paragraph.

use super::lexer::{Gap, Kind, Token};
use super::vocabulary::Sense;

/// A place among the tokens of a text.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t [Token],
    pub(super) at: usize,
    origin: usize,
}

impl<'t> Cursor<'t> {
    /// The place of token `at`.
    pub(super) fn new(text: &'t str, tokens: &'t [Token], at: usize) -> Self {
        Self {
            text,
            tokens,
            at,
            origin: at,
        }
    }

    /// The token here, unless another paragraph begins with it.
    pub(super) fn token(self) -> Option<&'t Token> {
        let token = self.tokens.get(self.at)?;
        (self.at == self.origin || token.gap != Gap::Paragraph).then_some(token)
    }

    /// The token here where no space stands before it.
    pub(super) fn glued(self) -> Option<&'t Token> {
        self.token().filter(|token| token.gap == Gap::None)
    }

    /// The token before, where no space stands between.
    pub(super) fn glued_before(self) -> Option<&'t Token> {
        self.glued()?;
        self.tokens.get(self.at.checked_sub(1)?)
    }

    /// The place behind the token here.
    pub(super) fn next(self) -> Self {
        Self {
            at: self.at + 1,
            ..self
        }
    }

    /// The words of a token.
    pub(super) fn slice(self, token: &Token) -> &'t str {
        &self.text[token.start..token.end]
    }

    /// Reads a token that has a sense `pick` takes.
    pub(super) fn sense<T>(self, pick: impl Fn(Sense) -> Option<T>) -> Option<(T, Self)> {
        let Kind::Word(Some(entry)) = self.token()?.kind else {
            return None;
        };
        let value = entry.senses.iter().find_map(|sense| pick(*sense))?;
        Some((value, self.next()))
    }

    /// Whether the word here is an everyday word besides.
    pub(super) fn is_shy(self) -> bool {
        matches!(self.token(), Some(Token { kind: Kind::Word(Some(entry)), .. }) if entry.shy)
    }

    /// Whether the word here begins with a capital.
    pub(super) fn is_capital(self) -> bool {
        self.token()
            .and_then(|token| self.slice(token).chars().next())
            .is_some_and(char::is_uppercase)
    }

    /// Reads one of `words`, given in lower case.
    pub(super) fn word(self, words: &[&str]) -> Option<Self> {
        let token = self.token()?;
        if !matches!(token.kind, Kind::Word(_)) {
            return None;
        }
        let found = self.slice(token);
        words
            .iter()
            .any(|word| word.eq_ignore_ascii_case(found))
            .then(|| self.next())
    }

    /// Reads words that follow one another, given in lower case and parted by spaces.
    pub(super) fn words(self, phrase: &str) -> Option<Self> {
        phrase.split(' ').try_fold(self, |here, word| here.word(&[word]))
    }

    /// Reads one of `marks`.
    pub(super) fn mark(self, marks: &[char]) -> Option<Self> {
        match self.token()?.kind {
            Kind::Mark(mark) if marks.contains(&mark) => Some(self.next()),
            _ => None,
        }
    }

    /// Reads one of `marks` with no space before it.
    pub(super) fn glued_mark(self, marks: &[char]) -> Option<Self> {
        self.glued()?;
        self.mark(marks)
    }

    /// Reads a hyphen with no space on either side.
    pub(super) fn hyphen(self) -> Option<Self> {
        let after = self.glued_mark(&['-', '‐', '‑'])?;
        after.glued().map(|_| after)
    }

    /// Reads a run of digits; gives its value and how many they are.
    pub(super) fn digits(self) -> Option<(u32, usize, Self)> {
        let token = self.token()?;
        match token.kind {
            Kind::Digits(Some(value)) => Some((value, token.end - token.start, self.next())),
            _ => None,
        }
    }

    /// Whether digits here stand alone: no money, no part of a longer number, telephone number,
    /// version, address or name.
    pub(super) fn is_free_number(self) -> bool {
        if let Some(Token { kind, .. }) = self.glued_before() {
            match kind {
                // The T between the day and the time of ISO 8601.
                Kind::Word(_) => return self.is_behind_t(),
                Kind::Digits(_) => return false,
                Kind::Mark('$' | '€' | '£' | '¥' | '#' | '@' | '_' | '=' | '&' | '+' | '\\' | '%') => {
                    return false;
                }
                Kind::Mark('-' | '/' | '.' | ',' | ':' | '‐' | '‑') => {
                    let before = self.at.checked_sub(2).and_then(|at| self.tokens.get(at));
                    let digits = before.is_some_and(|token| matches!(token.kind, Kind::Digits(_)));
                    let mark = &self.tokens[self.at - 1];
                    if digits && mark.gap == Gap::None {
                        return false;
                    }
                }
                Kind::Mark(_) => {}
            }
        }
        true
    }

    /// Whether a `T` stands before, and digits before that.
    fn is_behind_t(self) -> bool {
        let before = |back: usize| self.at.checked_sub(back).and_then(|at| self.tokens.get(at));
        let t = before(1).filter(|token| token.gap == Gap::None);
        let digits = before(2).is_some_and(|token| matches!(token.kind, Kind::Digits(_)));
        digits && t.is_some_and(|token| self.slice(token) == "T")
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
            Kind::Mark('.' | ',' | ':' | '/' | '-' | '‐' | '‑') => {
                let after = self.next().glued();
                !after.is_some_and(|token| matches!(token.kind, Kind::Digits(_)))
            }
            Kind::Mark(_) => true,
        }
    }

    /// Whether the word before is one of `words`, given in lower case.
    pub(super) fn follows(self, words: &[&str]) -> bool {
        self.at.checked_sub(1).is_some_and(|at| {
            Cursor::new(self.text, self.tokens, at).word(words).is_some()
                && self.token().is_some_and(|token| token.gap == Gap::Space)
        })
    }
}
