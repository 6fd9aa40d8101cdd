//! Round-ups of what people say, as offices and papers print them: a name on a line of its own above each quote, or what a quote is about before it.

use super::Office;
use crate::model::document::{Block, BlockKind};
use crate::model::quote::{Attribution, Quote};
use crate::quotes::blocks::attribution;
use crate::quotes::lexicon::Traits;
use crate::quotes::namings::{Naming, NamingKind};
use crate::quotes::sentence::Sentence;
use crate::quotes::tokens::Token;

/// Names above quotes that make a round-up: one may be a line of the page.
const NAMES: usize = 2;
/// How sure it is whose words stand below a name, and behind a topic.
const NAMED: f32 = 0.85;
const EXCERPT: f32 = 0.7;
/// Words of a topic: `On the grants for the harbor: “…”`
const TOPIC: usize = 8;

/// Whom a block of a round-up gives its quotes to.
#[derive(Clone)]
enum Given {
    /// To whom the line above it names.
    To(Attribution),
    /// To whom the paragraph over its topics names alone, if anybody: what stands before the colon is no speaker.
    Topic(Option<Attribution>),
}

/// Gives the quotes below names to these, and those behind topics to whom the paragraph above them names alone.
pub(in crate::quotes) fn settle(office: &Office<'_>, quotes: &mut [Quote]) {
    let given = given(office);
    for quote in quotes {
        let Some(start) = quote.hull().map(|hull| hull.start()) else {
            continue;
        };
        let at = office.blocks.partition_point(|block| block.span.end() <= start);
        let Some((block, given)) = office.blocks.get(at).zip(given.get(at)) else {
            continue;
        };
        // Who is told with a verb, or signs below, said it.
        let stands_before = |told: &Attribution| {
            let mention = told.mention.span();
            told.cue.is_none() && mention.is_none_or(|mention| mention.start() < block.span.end())
        };
        if !quote.attribution.as_ref().is_none_or(stands_before) {
            continue;
        }
        match given {
            Some(Given::To(told)) => quote.attribution = Some(told.clone()),
            Some(Given::Topic(told)) => quote.attribution.clone_from(told),
            None => {}
        }
    }
}

/// Whom each block gives its quotes to.
fn given(office: &Office<'_>) -> Vec<Option<Given>> {
    let mut given = vec![None; office.blocks.len()];
    let mut above: Option<&Block> = None;
    let mut excerpted: Option<Attribution> = None;
    for (block, given) in office.blocks.iter().zip(&mut given) {
        if !is_on_topic(office, block) {
            above = Some(block);
            continue;
        }
        if let Some(lead) = above.take() {
            excerpted = named_alone(office, lead);
        }
        *given = Some(Given::Topic(excerpted.clone()));
    }
    for (at, told) in named_beside(office) {
        given[at] = Some(Given::To(told));
    }
    given
}

/// The blocks in marks with a name above each or below each, where all of the text's are so; with both nobody knows whose they are.
fn named_beside(office: &Office<'_>) -> Vec<(usize, Attribution)> {
    // "— Ana Lima" below words is told already.
    let is_signed = |at: usize| {
        let below = office
            .blocks
            .get(at + 1)
            .map(|below| below.span.slice(office.ground.text));
        below.is_some_and(|below| below.starts_with(['—', '–', '-', '―', '~']))
    };
    let quoted: Vec<usize> = (0..office.blocks.len())
        .filter(|at| is_quoted(office, &office.blocks[*at]) && !is_signed(*at))
        .collect();
    let named = |beside: fn(usize) -> Option<usize>, rule| {
        let name = |at: &usize| {
            let (told, _) = office.signer(office.blocks.get(beside(*at)?)?)?;
            let told = Attribution {
                rule,
                confidence: NAMED,
                ..told
            };
            Some((*at, told))
        };
        let named: Option<Vec<(usize, Attribution)>> = quoted.iter().map(name).collect();
        named.filter(|named| named.len() >= NAMES)
    };
    let above = named(|at| at.checked_sub(1), "label");
    let below = named(|at| at.checked_add(1), "signed");
    match (above, below) {
        (Some(named), None) | (None, Some(named)) => named,
        _ => Vec::new(),
    }
}

/// Whether a block is nothing but words in marks.
fn is_quoted(office: &Office<'_>, block: &Block) -> bool {
    let words = block.span.slice(office.ground.text).trim_end();
    block.kind == BlockKind::Paragraph && office.begins_with_mark(block) && words.ends_with(['”', '"', '»'])
}

/// Whether a paragraph begins with what its quote is about: `On the notice: “It is a threat.”`
fn is_on_topic(office: &Office<'_>, block: &Block) -> bool {
    let words = block.span.slice(office.ground.text);
    let colon = memchr::memchr(b':', words.as_bytes());
    let is_topic = |colon: &usize| {
        words[colon + 1..].trim_start().starts_with(['“', '"', '«'])
            && words[..*colon].split(' ').count() <= TOPIC
    };
    if colon.filter(is_topic).is_none() {
        return false;
    }
    let Some(sentence) = office.sentences(block.span.range()).next() else {
        return false;
    };
    // "In a statement from Mayor Lima:" says whose it is.
    // "On Mayor Lima:" is about her.
    let is_about = |naming: &Naming| naming.tokens.start <= 1;
    let names = sentence
        .namings
        .iter()
        .any(|naming| naming.kind == NamingKind::Person && !is_about(naming));
    let begins = |first: &Token| first.is(Traits::PREPOSITION) && !first.is(Traits::FROM.or(Traits::BY));
    !names && sentence.tokens.first().is_some_and(begins)
}

/// Whom a paragraph names, if nobody else is named there.
fn named_alone(office: &Office<'_>, block: &Block) -> Option<Attribution> {
    let people = office.sentences(block.span.range()).flat_map(|sentence| {
        // A word alone with a capital, as "Excerpts", may be no name.
        let is_named = |naming: &&Naming| naming.kind == NamingKind::Person && naming.tokens.len() > 1;
        let people = sentence.namings.iter().filter(is_named);
        people.map(move |naming| (sentence, naming))
    });
    let people: Vec<(&Sentence, &Naming)> = people.collect();
    // "The mayor sat down with Jo Day": it is not told which of them speaks.
    let is_another = |sentence: &Sentence| sentence.namings.iter().any(|it| it.kind == NamingKind::Role);
    let [(sentence, naming)] = people.as_slice() else {
        return None;
    };
    if office.sentences(block.span.range()).any(is_another) {
        return None;
    }
    attribution(office.ground, sentence, naming, None, ("introduced", EXCERPT))
}
