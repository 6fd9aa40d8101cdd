//! Statements that are announced and printed without marks: `The following is a statement from Ana Lima:`, and the paragraphs behind it.
//!
//! Lists and articles are announced so as well. So whose paper it is must be told, the paragraphs must speak of "I" or "we", and where
//! others are reported again the article goes on.

use super::assembly::trimmed;
use super::blocks::{attribution, quote};
use super::ground::Ground;
use super::hints::author;
use super::lexicon::{CueClass, Traits};
use super::marks::is_aside;
use super::namings::{Naming, NamingKind};
use super::sentence::Sentence;
use super::subjects::{inverted, subject};
use super::tokens::{Token, add_tokens};
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
    let own = behind.iter().take(LONGEST).take_while(is_own);
    let own = own.take_while(|block| !reports_another(ground, block.span));
    let length = length(ground, own);
    let content = behind[..length]
        .iter()
        .filter_map(|block| trimmed(ground.text, block.span.range()));
    let told = attribution(ground, sentence, speaker, None, ("introduced", STATEMENT))?;
    (length > 0).then(|| quote(content.collect(), Some(told), STATEMENT))
}

/// How many paragraphs a statement has. One that speaks of nobody belongs to it between two that speak of "I" or "we"; behind such a
/// one "our" is not enough, as in `Send your tips to our newsroom.`
fn length<'a>(ground: &Ground<'_>, own: impl Iterator<Item = &'a Block>) -> usize {
    let mut length = 0;
    for (at, block) in own.enumerate() {
        let is_behind_gap = at > length;
        if has_first_person(ground, block.span, is_behind_gap) {
            length = at + 1;
        } else if is_behind_gap {
            break;
        }
    }
    length
}

/// Whether a paragraph tells what somebody else says.
fn reports_another(ground: &Ground<'_>, paragraph: Span) -> bool {
    let range = paragraph.range();
    let begins = |sentence: &&Sentence| {
        let first = sentence.tokens.first();
        first.is_some_and(|first| range.contains(&first.range.start))
    };
    let from = ground.sentences.partition_point(|sentence| {
        let first = sentence.tokens.first();
        first.is_none_or(|first| first.range.start < paragraph.start())
    });
    ground.sentences[from..]
        .iter()
        .take_while(begins)
        .any(|sentence| told_of_another(sentence).is_some())
}

/// The cue by which a sentence tells what somebody else says: `Council President Cruz said`, `she added`.
pub(super) fn told_of_another(sentence: &Sentence) -> Option<usize> {
    let another = |naming: &Naming| {
        let mut tokens = sentence.tokens[naming.tokens.clone()].iter();
        naming.kind != NamingKind::Weak && !tokens.any(|token| token.is(Traits::FIRST_PERSON.or(Traits::IT)))
    };
    let mut cues = (0..sentence.tokens.len()).filter(|cue| sentence.cue(*cue) == Some(CueClass::Say));
    cues.find(|cue| {
        let told = subject(sentence, *cue).or_else(|| inverted(sentence, *cue));
        told.is_some_and(|told| another(&told))
    })
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

/// Whether a paragraph speaks of "I" or "we", or of "our" unless the first are asked for.
fn has_first_person(ground: &Ground<'_>, paragraph: Span, is_plainly: bool) -> bool {
    let mut tokens = Vec::new();
    add_tokens(ground.language, ground.text, paragraph.range(), &mut tokens);
    let speaks = |token: &Token| token.is(Traits::FIRST_PERSON) && !(is_plainly && token.is(Traits::OWNER));
    !is_aside(paragraph.slice(ground.text)) && tokens.iter().any(speaks)
}
