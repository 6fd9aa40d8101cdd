//! Words near an expression that point to the future.

use super::lexer::{Gap, Kind, Token};
use super::vocabulary::Sense;

/// How far back a cue counts, in bytes.
const REACH: usize = 40;

/// Whether the words just before token `at`, in the same sentence, point to the future.
pub(super) fn future(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(here) = tokens.get(at) else {
        return false;
    };
    let from = here.start.saturating_sub(REACH);
    for (index, token) in tokens[..at].iter().enumerate().rev().take(12) {
        if token.start < from || tokens[index + 1].gap == Gap::Paragraph {
            return false;
        }
        match token.kind {
            Kind::Mark('.' | '?' | '!' | ';') if tokens[index + 1].gap != Gap::None => return false,
            Kind::Word(Some(entry)) if entry.senses.contains(&Sense::Future) => return true,
            Kind::Word(_) if &text[token.start..token.end] == "to" && is_plan(text, tokens, index) => {
                return true;
            }
            _ => {}
        }
    }
    false
}

/// Whether "to" belongs to "is to", "are to", "due to" meet.
fn is_plan(text: &str, tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|before| {
            matches!(
                &text[before.start..before.end],
                "is" | "are" | "set" | "going" | "scheduled" | "expected" | "planned" | "due"
            )
        })
}
