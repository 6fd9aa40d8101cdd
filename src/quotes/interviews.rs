//! Interviews that are printed as questions and answers without labels, each question a paragraph or a heading of its own.
//!
//! Explainers are printed so as well; they ask nobody. So a page is an interview only where most questions speak to somebody, most
//! answers speak of themselves, and the words before the first question name one person who can be meant.

use std::collections::BTreeSet;

use super::assembly::span_of;
use super::blocks::{goes_on, quote, spoken};
use super::ground::Ground;
use super::lexicon::Traits;
use super::namings::NamingKind;
use super::tokens::{Token, add_tokens};
use crate::model::document::{Block, BlockKind};
use crate::model::quote::{Attribution, Mention, Quote};
use crate::model::span::Span;

/// The fewest questions of an interview, and the most bytes of one.
const FEWEST: usize = 3;
const QUESTION: usize = 400;
/// How sure it is that an answer is the words of whom the page introduces.
const ANSWER: f32 = 0.85;

/// Whom a page asks: which of the people, and where it names him.
struct Asked {
    person: usize,
    mention: Span,
}

/// Whom the letter for answers means: the one person whom the words before the first label name.
pub(super) fn answerer(ground: &Ground<'_>, blocks: &[Block], labels: &[Option<Span>]) -> Option<Span> {
    let first = labels.iter().position(Option::is_some)?;
    asked(ground, &blocks[..first]).map(|asked| ground.people.fullest(asked.person))
}

/// The answers of an interview; none where a page is not plainly one.
pub(super) fn answers(ground: &Ground<'_>, blocks: &[Block]) -> Vec<Quote> {
    let is_asking = |at: &usize| is_question(ground.text, &blocks[*at]);
    let questions: Vec<usize> = (0..blocks.len()).filter(is_asking).collect();
    if questions.len() < FEWEST {
        return Vec::new();
    }
    let Some(asked) = asked(ground, &blocks[..questions[0]]) else {
        return Vec::new();
    };
    let told = Told::of(ground);
    let answers: Vec<&[Block]> = answered(blocks, &questions).collect();
    let speaks_to = |at: &&usize| has(ground, blocks[**at].span, Traits::SECOND_PERSON);
    let speaks = |answer: &&&[Block]| {
        let first = &answer[0];
        has(ground, first.span, Traits::FIRST_PERSON) && !told.names(first.span, asked.person)
    };
    let are_most = |some: usize| some * 2 > questions.len();
    let is_interview = are_most(questions.iter().filter(speaks_to).count())
        && are_most(answers.iter().filter(speaks).count());
    if !is_interview {
        return Vec::new();
    }
    let quotes = answers.iter().filter_map(|answer| turn(&told, answer, &asked));
    quotes.collect()
}

/// Whether a block is a question and nothing else.
fn is_question(text: &str, block: &Block) -> bool {
    let words = block.span.slice(text).trim();
    let may_ask = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading);
    may_ask && words.ends_with('?') && words.len() <= QUESTION && !words.contains(['“', '"', '«', '\n'])
}

/// The paragraphs behind each question, up to the next one.
fn answered<'a>(blocks: &'a [Block], questions: &[usize]) -> impl Iterator<Item = &'a [Block]> {
    let ends = questions[1..].iter().copied().chain([blocks.len()]);
    let answers = questions.iter().zip(ends).map(|(question, end)| {
        let behind = &blocks[question + 1..end];
        let length = behind
            .iter()
            .take_while(|block| block.kind == BlockKind::Paragraph);
        &behind[..length.count()]
    });
    answers.filter(|answer| !answer.is_empty())
}

/// Who is named in full before the first question: nobody else is, or nobody else whose sex is known or who begins a sentence.
fn asked(ground: &Ground<'_>, before: &[Block]) -> Option<Asked> {
    let end = before.last()?.span.end();
    let mut people = BTreeSet::new();
    let mut first = Vec::new();
    let mut doers = BTreeSet::new();
    let begins_before = |start: usize| start < end;
    for sentence in ground.sentences {
        let is_before = sentence
            .tokens
            .first()
            .is_some_and(|token| begins_before(token.range.start));
        let full = sentence
            .namings
            .iter()
            .filter(|naming| is_before && naming.kind == NamingKind::Person && naming.head.len() > 1);
        for naming in full {
            let Some(person) = ground.people.named(sentence, naming) else {
                continue;
            };
            if naming.tokens.start == 0 {
                doers.insert(person);
            }
            if people.insert(person) {
                first.push((person, span_of(ground.text, sentence, &naming.tokens)?));
            }
        }
    }
    // Teams and firms pass for people as well, but seldom begin what a page tells of whom it asks.
    let only = |fits: &dyn Fn(usize) -> bool| {
        let mut fitting = first.iter().filter(|(person, _)| fits(*person)).copied();
        fitting.next().filter(|_| fitting.next().is_none())
    };
    let chosen = only(&|_| true)
        .or_else(|| only(&|person| ground.people.sex(person) != Traits::NONE))
        .or_else(|| only(&|person| doers.contains(&person)));
    chosen.map(|(person, mention)| Asked { person, mention })
}

/// Whether any word of a block is on a list.
fn has(ground: &Ground<'_>, block: Span, list: Traits) -> bool {
    let mut tokens = Vec::new();
    add_tokens(ground.language, ground.text, block.range(), &mut tokens);
    tokens.iter().any(|token: &Token| token.is(list))
}

/// The sentences of a text by their first words, so that those of a block are found at once.
struct Told<'a> {
    ground: &'a Ground<'a>,
    starts: Vec<(usize, usize)>,
}

impl<'a> Told<'a> {
    fn of(ground: &'a Ground<'a>) -> Self {
        let sentences = ground.sentences.iter().enumerate();
        let starts = sentences.filter_map(|(at, sentence)| Some((sentence.tokens.first()?.range.start, at)));
        Self {
            ground,
            starts: starts.collect(),
        }
    }

    /// Whether a block names somebody outside marks, as what is told of him does: `“We knew,” Lima says.`
    fn names(&self, block: Span, person: usize) -> bool {
        let from = self.starts.partition_point(|(start, _)| *start < block.start());
        let inside = self.starts[from..]
            .iter()
            .take_while(|(start, _)| *start < block.end());
        inside
            .map(|(_, at)| &self.ground.sentences[*at])
            .flat_map(|sentence| sentence.namings.iter().map(move |naming| (sentence, naming)))
            .any(|(sentence, naming)| self.ground.people.named(sentence, naming) == Some(person))
    }
}

/// What is said in answer: the first paragraph, where it tells nothing of who answers, and those that speak on.
fn turn(told: &Told<'_>, answer: &[Block], asked: &Asked) -> Option<Quote> {
    let ground = told.ground;
    let (first, rest) = answer.split_first()?;
    if told.names(first.span, asked.person) {
        return None;
    }
    let speaks_on = |block: &&Block| goes_on(ground, block.span) && !told.names(block.span, asked.person);
    let said = [first].into_iter().chain(rest.iter().take_while(speaks_on));
    let content: Vec<Span> = said
        .flat_map(|block| spoken(ground, block.span.range()))
        .collect();
    let attribution = Attribution {
        cue: None,
        stance: None,
        mention: Mention::Text(asked.mention),
        antecedent: None,
        members: Vec::new(),
        rule: "interview",
        confidence: ANSWER,
    };
    (!content.is_empty()).then(|| quote(content, Some(attribution), ANSWER))
}
