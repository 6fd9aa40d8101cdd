//! Lines that sign the words in marks above them.

use super::lexicon::{Language, Traits};
use super::tokens::{Token, add_tokens};

/// Bytes of a line that signs.
const SIGNATURE: usize = 160;
/// Words in small letters that make a sentence of a line with a dash before it.
const TELLS: usize = 2;

/// Whether a line signs the words before it: `— Commissioner Lima` below words in marks.
pub(super) fn is_signature(language: &Language, before: &str, line: &str) -> bool {
    let mut dashes = language.dialogue_dashes.iter();
    let rest = dashes.find_map(|dash| line.trim_start().strip_prefix(dash));
    if rest.is_some_and(|rest| !rest.starts_with(' ')) {
        return false;
    }
    let ends_quoted = || before.trim_end().ends_with(['”', '"', '’', '\'', '»', '“']);
    let name = line.trim_start().trim_start_matches(['—', '–', '-', '―', '~']);
    let is_dashed = name.len() < line.trim_start().len();
    is_dashed
        && ends_quoted()
        && line.len() <= SIGNATURE
        && name.trim_start().starts_with(char::is_uppercase)
        && !name.contains(['“', '”', '"', '«', '?', '!'])
        && !tells(language, name)
}

/// Whether a line tells something up to its first comma, rather than names somebody: `Ana Lima contributed to this report`, `The order runs
/// through March`.
fn tells(language: &Language, line: &str) -> bool {
    let end = line.find(',').unwrap_or(line.len());
    let mut tokens = Vec::new();
    add_tokens(language, line, 0..end, &mut tokens);
    const SMALL: Traits = Traits::PREPOSITION
        .or(Traits::DETERMINER)
        .or(Traits::AND)
        .or(Traits::TO)
        .or(Traits::OF)
        .or(Traits::PARTICLE)
        .or(Traits::ROLE);
    let is_small = |token: &Token| token.is(SMALL) && !token.is(Traits::PAPER);
    let says = |token: &&Token| token.is_word() && !token.shape.is_capital && !is_small(token);
    tokens.iter().filter(says).count() >= TELLS
}
