//! Statements that are announced and printed without marks: `The following is a statement from Ana Lima:`, and the paragraphs behind it.
//!
//! Lists and articles are announced so as well. So whose paper it is must be told, and the paragraphs must speak of "I" or "we".

use super::assembly::trimmed;
use super::blocks::{attribution, goes_on, quote};
use super::ground::Ground;
use super::hints::author;
use super::lexicon::Traits;
use super::namings::{Naming, NamingKind};
use super::sentence::Sentence;
use super::tokens::add_tokens;
use crate::model::document::{Block, BlockKind};
use crate::model::quote::Quote;
use crate::model::span::Span;

/// How sure it is that the paragraphs are somebody's words.
const STATEMENT: f32 = 0.8;
/// The most paragraphs of a statement.
const LONGEST: usize = 24;

/// The statements of a text.
pub(super) fn find(ground: &Ground<'_>, blocks: &[Block]) -> Vec<Quote> {
    let announces = |at: &usize| blocks[*at].span.slice(ground.text).trim_end().ends_with(':');
    let announced = (0..blocks.len()).filter(announces);
    announced
        .filter_map(|at| statement(ground, &blocks[at], &blocks[at + 1..]))
        .collect()
}

fn statement(ground: &Ground<'_>, announcement: &Block, behind: &[Block]) -> Option<Quote> {
    let sentence = last_sentence(ground, announcement.span)?;
    let speaker = issuer(sentence)?;
    let surname = speaker.key(&sentence.tokens);
    let is_own = |block: &&Block| {
        let words = block.span.slice(ground.text);
        let mut tokens = Vec::new();
        add_tokens(ground.language, ground.text, block.span.range(), &mut tokens);
        // Who is named is told of; words in marks, further headings and labels are not the statement's.
        block.kind == BlockKind::Paragraph
            && !words.contains(['“', '"', '«'])
            && !words.trim_end().ends_with(':')
            && !tokens.iter().any(|token| token.word == surname)
    };
    let own = behind.iter().take(LONGEST).take_while(is_own).count();
    // What stands between two paragraphs that speak so belongs to them, what follows the last does not.
    let speaks = |at: &usize| has_first_person(ground, behind[*at].span);
    let length = (0..own).rfind(|at| goes_on(ground, behind[*at].span))? + 1;
    let content = behind[..length]
        .iter()
        .filter_map(|block| trimmed(ground.text, block.span.range()));
    let told = attribution(ground, sentence, speaker, None, ("introduced", STATEMENT))?;
    (0..length)
        .any(|at| speaks(&at))
        .then(|| quote(content.collect(), Some(told), STATEMENT))
}

/// Whose paper a sentence announces: `a statement from Ana Lima`, `Ana Lima released the following statement`.
fn issuer(sentence: &Sentence) -> Option<&Naming> {
    let paper = sentence.tokens.iter().position(|token| token.is(Traits::PAPER))?;
    author(sentence, paper).filter(|author| matches!(author.kind, NamingKind::Person | NamingKind::Body))
}

/// The last sentence of a stretch.
fn last_sentence<'a>(ground: &'a Ground<'_>, span: Span) -> Option<&'a Sentence> {
    let begins = |sentence: &Sentence| {
        let first = sentence.tokens.first();
        first.is_none_or(|first| first.range.start < span.end())
    };
    let before = &ground.sentences[..ground.sentences.partition_point(begins)];
    let last = before.last()?;
    let is_inside = last
        .tokens
        .first()
        .is_some_and(|first| first.range.start >= span.start());
    is_inside.then_some(last)
}

/// Whether a paragraph speaks of "I" or "we".
fn has_first_person(ground: &Ground<'_>, paragraph: Span) -> bool {
    let mut tokens = Vec::new();
    add_tokens(ground.language, ground.text, paragraph.range(), &mut tokens);
    tokens.iter().any(|token| token.is(Traits::FIRST_PERSON))
}
