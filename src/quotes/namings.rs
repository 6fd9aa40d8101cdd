//! The words that name somebody: `Mayor Ana Lima`, `a DHS spokesperson`, `she`.

use std::ops::Range;

use super::tokens::Token;

/// A naming in a sentence, as indices of its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Naming {
    pub(super) tokens: Range<usize>,
    /// The tokens of the name itself, without titles; of a noun the noun.
    pub(super) head: Range<usize>,
    pub(super) kind: NamingKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NamingKind {
    Person,
    Body,
    /// A noun for somebody: the mayor, officials.
    Role,
    Pronoun,
}

/// Words between a determiner and its noun.
const MODIFIERS: usize = 4;

/// Words that introduce what is no subject.
pub(super) const PREPOSITIONS: [&str; 23] = [
    "of", "for", "at", "with", "from", "in", "on", "to", "by", "about", "against", "after", "before",
    "during", "under", "near", "between", "among", "over", "like", "as", "into", "through",
];

/// The namings of a sentence, in order. `breaks` are the tokens before which words in marks were taken out,
/// in order: no naming reaches over them.
pub(super) fn namings(tokens: &[Token], breaks: &[usize]) -> Vec<Naming> {
    let mut namings: Vec<Naming> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let next_break = breaks.partition_point(|position| *position <= at);
        let end = breaks
            .get(next_break)
            .copied()
            .unwrap_or(tokens.len())
            .min(tokens.len());
        match naming(&tokens[..end], at) {
            Some(naming) => {
                at = naming.tokens.end;
                namings.push(naming);
            }
            None => at += 1,
        }
    }
    namings
}

fn naming(tokens: &[Token], start: usize) -> Option<Naming> {
    let first = &tokens[start];
    if !first.is_word {
        return None;
    }
    if first.is("pronoun") && matches!(first.folded.as_str(), "he" | "she" | "they") {
        let tokens = start..start + 1;
        return Some(Naming {
            head: tokens.clone(),
            tokens,
            kind: NamingKind::Pronoun,
        });
    }
    let determined = first.is("determiner");
    let mut walk = Walk {
        tokens,
        at: start + usize::from(determined),
        ..Walk::default_at(tokens)
    };
    walk.modifiers = if determined || first.is_number() {
        MODIFIERS
    } else {
        0
    };
    while walk.step() {}
    let end = walk.good?;
    let tokens_range = start..end;
    let head = walk.head(start, end);
    let kind = match (walk.has_name, walk.has_role) {
        (true, _) if head.clone().any(|index| tokens[index].is("body")) => NamingKind::Body,
        (true, _) if determined && !walk.has_role => NamingKind::Body,
        (true, _) if head.len() == 1 && tokens[head.start].is_all_capital => NamingKind::Body,
        (true, _) => NamingKind::Person,
        (false, true) => NamingKind::Role,
        (false, false) => return None,
    };
    Some(Naming {
        tokens: tokens_range,
        head,
        kind,
    })
}

struct Walk<'a> {
    tokens: &'a [Token],
    at: usize,
    /// The end of the last token that may end the naming.
    good: Option<usize>,
    modifiers: usize,
    has_name: bool,
    has_role: bool,
    /// The last token that is a title or noun before the name.
    last_role: Option<usize>,
}

impl<'a> Walk<'a> {
    fn default_at(tokens: &'a [Token]) -> Self {
        Self {
            tokens,
            at: 0,
            good: None,
            modifiers: 0,
            has_name: false,
            has_role: false,
            last_role: None,
        }
    }

    /// Takes one more token, if it belongs to the naming.
    fn step(&mut self) -> bool {
        let Some(token) = self.tokens.get(self.at).filter(|token| token.is_word) else {
            return false;
        };
        let next_is_capital = self
            .tokens
            .get(self.at + 1)
            .is_some_and(|next| next.is_word && next.is_capital);
        let is_possessive = token.folded.ends_with("'s") || token.folded.ends_with("s'");
        let is_name = token.is_capital && !token.is("never");
        if is_name && is_possessive {
            // Of somebody: the naming is what follows, if a noun for somebody does.
            self.modifiers = self.modifiers.max(2);
        } else if is_name && (token.is("title") || token.is("role")) && !self.has_name {
            self.last_role = Some(self.at);
            self.has_role |= token.is("role");
            self.good = Some(self.at + 1);
            self.has_role = true;
        } else if is_name {
            self.has_name = true;
            self.good = Some(self.at + 1);
        } else if token.is_capital && token.is("never") {
            return false;
        } else if next_is_capital && self.joins_names(token) {
            // "Ana de la Cruz", "Department of Ports": part of the naming only if more of it follows.
        } else if token.is("role") && !(self.has_name && self.is_followed_by_object()) {
            self.last_role = Some(self.at);
            self.has_role = true;
            self.good = Some(self.at + 1);
        } else if token.is("title") && !self.has_name {
            self.last_role = Some(self.at);
        } else if self.modifiers > 0 && self.is_modifier(token) {
            self.modifiers -= 1;
        } else {
            return false;
        }
        self.at += 1;
        true
    }

    /// Whether a small word stands inside a name.
    fn joins_names(&self, token: &Token) -> bool {
        let is_particle = (token.is("particle") || token.folded == "&") && self.has_name;
        is_particle || (token.folded == "of" && self.ends_in_body())
    }

    fn ends_in_body(&self) -> bool {
        self.at > 0 && self.tokens[self.at - 1].is("body") && self.tokens[self.at - 1].is_capital
    }

    /// "Lima report …": a noun that is rather a verb here.
    fn is_followed_by_object(&self) -> bool {
        self.tokens
            .get(self.at + 1)
            .is_some_and(|next| next.is("determiner") || next.folded == "that")
    }

    fn is_modifier(&self, token: &Token) -> bool {
        let is_small = PREPOSITIONS.contains(&token.folded.as_str())
            || matches!(
                token.folded.as_str(),
                "and" | "or" | "but" | "that" | "which" | "who" | "is" | "was" | "has" | "had" | "ago"
            )
            // "two weeks ago its secretary": another naming begins.
            || (token.is("determiner") && !matches!(token.folded.as_str(), "other" | "many" | "two" | "three"));
        !is_small && super::lexicon::LEXICON.cue(&token.folded).is_none()
    }

    /// The name after the last title or noun; the noun itself where no name follows.
    fn head(&self, start: usize, end: usize) -> Range<usize> {
        match self.last_role {
            Some(role) if role + 1 < end => role + 1..end,
            Some(role) if !self.has_name => role.min(end - 1)..end,
            // A noun after the name ("the Lima campaign"): all of it is the name.
            _ => start + usize::from(self.tokens[start].is("determiner"))..end,
        }
    }
}
