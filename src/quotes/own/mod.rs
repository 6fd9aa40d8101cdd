//! Somebody's own text: a statement, a letter or a speech that an office prints without marks, because one person says all of it.
//!
//! Whose it is stands over it (`headline`), before it (`The following is a statement from Ana Lima:`, in articles too) or below it, where
//! it is signed. That alone does not tell it from a report of what somebody did or said; but a report seldom speaks of "I" or "we" outside
//! marks. So such a text must do so from its beginning on, and it ends where it tells of its speaker as of another, where others are
//! quoted, and where the office adds what stands below such texts.

mod captions;
mod headline;
mod whole;
mod words;

use std::ops::Range;

use super::blocks::{attribution, is_sentence, quote, spoken};
use super::ground::Ground;
use super::hints::{author, introducer};
use super::lexicon::{CueClass, Traits, Word};
use super::marks::is_aside;
use super::namings::{Naming, NamingKind};
use super::sentence::Sentence;
use super::subjects::{inverted, subject};
use super::tokens::Token;
use crate::model::document::{Block, BlockKind};
use crate::model::quote::{Attribution, Mention, Quote};
use crate::model::span::Span;
use crate::model::tongue::Tongue;
use words::OwnWords;

pub(super) use captions::settle;
pub(super) use whole::give_whole;

/// How sure it is that such a text is somebody's words, and whose; the same of one that is announced.
const OWN: f32 = 0.85;
const STATEMENT: f32 = 0.8;
/// The most paragraphs of a statement in an article.
const LONGEST: usize = 24;
/// Characters of the line that signs a text, and words of a line that is no paragraph.
const SIGNATURE: usize = 120;
const SHORT: usize = 8;
/// Letters of the shortest text that is one, where no line announces it.
const SHORTEST: usize = 40;
/// Lines below who signs in which others may.
const SIGNERS: usize = 4;
/// The first paragraphs, of which one must speak of "I" or "we".
const FIRST: usize = 3;

/// What an office prints over its document.
#[derive(Clone, Copy, Debug)]
pub struct Paper<'a> {
    /// The headline.
    pub headline: &'a str,
}

/// A document's own text with whose it is.
struct Found {
    told: Attribution,
    content: Vec<Span>,
}

/// What stands around a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    /// A greeting and a name: all of it is the text, whoever is quoted in it.
    Letter,
    /// A name below, or a list: all of it is the text.
    Frame,
    /// The paper of an office, which goes on to its end.
    Paper,
    /// An article, which goes on where nobody speaks of "I" any more.
    Article,
}

/// The statements that a line announces: `The following is a statement from Ana Lima:`.
pub(super) fn announced(office: &Office<'_>) -> Vec<Quote> {
    let announces = |at: &usize| office.line(*at).ends_with(':');
    let places = (0..office.blocks.len()).filter(announces);
    let found = places.filter_map(|at| office.announced(at));
    found
        .map(|found| quote(found.content, Some(found.told), STATEMENT))
        .collect()
}

/// The text of somebody's own that a document is, if it is one.
pub(super) fn find(office: &Office<'_>, paper: Paper<'_>) -> Option<Quote> {
    let found = office.letter().or_else(|| office.posted());
    let found = found.or_else(|| office.headed(paper));
    let found = found.or_else(|| office.signed(paper))?;
    Some(quote(found.content, Some(found.told), OWN))
}

/// An office's document as its structure is looked at.
pub(super) struct Office<'a> {
    ground: &'a Ground<'a>,
    blocks: &'a [Block],
    tongue: Tongue,
    words: &'static OwnWords,
    /// The first byte of each sentence that has words outside marks, and which it is.
    starts: Vec<(usize, usize)>,
    /// Of each block, whether it quotes in marks what somebody is told to have said.
    quotes_another: Vec<bool>,
}

impl<'a> Office<'a> {
    pub(super) fn of(
        ground: &'a Ground<'a>,
        (blocks, quotes): (&'a [Block], &[Quote]),
        tongue: Tongue,
    ) -> Self {
        let sentences = ground.sentences.iter().enumerate();
        let starts = sentences.filter_map(|(at, sentence)| Some((sentence.tokens.first()?.range.start, at)));
        Self {
            ground,
            blocks,
            tongue,
            words: OwnWords::of(tongue),
            starts: starts.collect(),
            quotes_another: quoting(blocks, quotes),
        }
    }

    /// The statement that a block announces.
    fn announced(&self, at: usize) -> Option<Found> {
        let sentence = self.sentences(self.blocks[at].span.range()).last()?;
        let speaker = issuer(sentence)?;
        let end = (at + 1 + LONGEST).min(self.blocks.len());
        let key = speaker.key(&sentence.tokens);
        let content = self.content(at + 1..end, &[key], Around::Article)?;
        let told = attribution(self.ground, sentence, speaker, None, ("introduced", STATEMENT))?;
        Some(Found { told, content })
    }

    /// What stands between the line that greets and the one that takes leave above a name.
    fn letter(&self) -> Option<Found> {
        let mut greetings = (0..self.blocks.len()).filter(|at| self.greets(&self.blocks[*at]));
        let greeting = greetings.next()?;
        // A letter that prints another one has two frames.
        let is_one = greetings.next().is_none();
        let below = self.blocks[greeting..].iter();
        let closing = below.take_while(|block| !self.is(block, "closing")).count() + greeting;
        let (told, key) = self.only_signer(closing + 1).filter(|_| is_one)?;
        let content = self.content(greeting + 1..closing, &key, Around::Letter)?;
        Some(Found { told, content })
    }

    /// What somebody posted in several pieces: `Mayor Lima wrote in a thread:` and the items of a list.
    fn posted(&self) -> Option<Found> {
        let is_item = |block: &Block| block.kind == BlockKind::ListItem;
        let items = self.blocks.iter().position(is_item)?;
        let length = self.blocks[items..]
            .iter()
            .take_while(|block| is_item(block))
            .count();
        let lead = self.blocks.get(items.checked_sub(1)?)?;
        let line = lead.span.slice(self.ground.text);
        let posts = words::words(line, usize::MAX);
        let posts = posts.iter().any(|word| self.words.has("post", word));
        let sentence = self.sentences(lead.span.range()).last().filter(|_| posts)?;
        let told = introducer(sentence)?;
        let key = told.speaker.key(&sentence.tokens);
        let content = self.content(items..items + length, &[key], Around::Frame)?;
        let rule = ("introduced", OWN);
        let told = attribution(self.ground, sentence, &told.speaker, told.cue, rule)?;
        Some(Found { told, content })
    }

    /// The text under a headline that says whose it is.
    fn headed(&self, paper: Paper<'_>) -> Option<Found> {
        let authors = headline::authors(paper.headline, self.tongue);
        authors.first()?;
        let keys: Vec<Word> = authors
            .iter()
            .flat_map(|author| author.keys.iter().copied())
            .collect();
        let start = self.first_sentence()?;
        // "Statements from Elected Officials": the heading over each names whose it is.
        let over = start.checked_sub(1).map(|over| &self.blocks[over]);
        if over.is_some_and(|over| self.is_headed_otherwise(over, &keys, false)) {
            return None;
        }
        let content = self.content(start..self.blocks.len(), &keys, Around::Paper)?;
        let names = authors.into_iter().map(|author| author.name);
        let told = Attribution {
            cue: None,
            stance: None,
            mention: Mention::Headline(names.collect()),
            antecedent: None,
            members: Vec::new(),
            rule: "headline",
            confidence: OWN,
        };
        Some(Found { told, content })
    }

    /// A text that its headline calls a statement, above the name that signs it. A name below another text may be that of whoever said
    /// its last words.
    fn signed(&self, paper: Paper<'_>) -> Option<Found> {
        if !headline::is_own(paper.headline, self.tongue) {
            return None;
        }
        let last = self.last_line()?;
        // "Jo Day, Press Secretary": whom to ask.
        let line = words::words(self.line(last), usize::MAX);
        if line.iter().any(|word| self.words.has("contact", word)) {
            return None;
        }
        let (told, key) = self.only_signer(last)?;
        let content = self.content(self.first_sentence()?..last, &key, Around::Frame)?;
        Some(Found { told, content })
    }

    /// Who alone signs at a block, and the last word of his name. Several who sign stand below each other, each with an office.
    fn only_signer(&self, at: usize) -> Option<(Attribution, Vec<Word>)> {
        let (told, key) = self.signer(self.blocks.get(at)?)?;
        let below = self.blocks[at + 1..].iter().take(SIGNERS);
        let is_alone = below.filter_map(|block| self.signer(block)).next().is_none();
        is_alone.then(|| (told, key.into_iter().collect()))
    }

    /// What is said in blocks by who is known by one of the keys; `None` where nobody speaks there of himself.
    fn content(&self, blocks: Range<usize>, keys: &[Word], around: Around) -> Option<Vec<Span>> {
        let is_article = around == Around::Article;
        let mut content: Vec<Span> = Vec::new();
        // The pieces before a paragraph that may not be his: whether he goes on is told by what follows.
        let mut sure: Option<usize> = None;
        let (mut said, mut speaks) = (0, false);
        let first = blocks.start;
        for (at, block) in (first..).zip(self.blocks.get(blocks)?) {
            let speaks_here = self.speaks(block) || (is_article && sure.is_none() && self.owns(block));
            let quotes_another = self.quotes_another[at] && around != Around::Letter;
            let is_told = self.tells_of(block, keys) || quotes_another;
            let reports = !speaks_here && self.reports(block);
            // In an article one paragraph may speak of nobody between two that do.
            let is_second = sure.is_some() && !speaks_here;
            let is_of_article = is_article && (!self.is_plain(block) || is_told || reports || is_second);
            let is_other =
                self.is_headed_otherwise(block, keys, said > 0) || self.introduces_another(block, keys);
            if is_other && said == 0 {
                return None;
            }
            if self.ends(block) || is_other || is_of_article || (is_told && !speaks_here) {
                // What a frame holds is one text, or it is none.
                match around {
                    Around::Letter | Around::Frame => return None,
                    Around::Paper | Around::Article => break,
                }
            }
            if self.is_said(block) {
                if speaks_here {
                    sure = None;
                } else if matches!(around, Around::Paper | Around::Article) {
                    sure = sure.or(Some(content.len()));
                }
                content.extend(spoken(self.ground, self.behind_dateline(block)));
                said += 1;
                speaks |= speaks_here;
            }
            if said >= FIRST && !speaks {
                return None;
            }
        }
        content.truncate(sure.unwrap_or(content.len()));
        let text = self.ground.text;
        let letters: usize = content.iter().map(|span| span.slice(text).len()).sum();
        (speaks && (is_article || letters >= SHORTEST)).then_some(content)
    }

    /// Whether a block is the end of a text: a rule, words in marks, what stands below such texts, or who signs.
    fn ends(&self, block: &Block) -> bool {
        let words = block.span.slice(self.ground.text);
        let is_rule = !words.contains(char::is_alphanumeric) || self.begins_with_mark(block);
        let is_short = words.split_whitespace().count() <= SHORT || !is_sentence(self.ground.text, block);
        let is_coda = is_short && self.begins(block, "coda");
        is_rule || is_coda || self.is(block, "closing") || self.signer(block).is_some()
    }

    /// Whether a heading begins something else: one that names somebody, or any behind the beginning of the text.
    fn is_headed_otherwise(&self, block: &Block, keys: &[Word], is_begun: bool) -> bool {
        let names = |sentence: &Sentence| {
            let mut people = sentence.namings.iter();
            people.any(|naming| {
                naming.kind == NamingKind::Person && !keys.contains(&naming.key(&sentence.tokens))
            })
        };
        let is_other =
            block.kind == BlockKind::Heading && (is_begun || self.sentences(block.span.range()).any(names));
        is_other && !self.is_headed_alike(block, keys)
    }

    /// Whether a heading says that what follows is by who is known by one of the keys: `Testimony of Ana Lima before Chair Cruz`.
    fn is_headed_alike(&self, block: &Block, keys: &[Word]) -> bool {
        let authors = headline::authors(block.span.slice(self.ground.text), self.tongue);
        let is_own = |author: &headline::Author| author.keys.iter().any(|key| keys.contains(key));
        !authors.is_empty() && authors.iter().all(is_own)
    }

    /// Whether somebody else says in a block who he is: `I am Dana Holm, and I have the honor to welcome our mayor.`
    fn introduces_another(&self, block: &Block, keys: &[Word]) -> bool {
        self.sentences(block.span.range()).any(|sentence| {
            let people = sentence.namings.iter();
            let mut people = people.filter(|naming| naming.kind == NamingKind::Person);
            people.any(|naming| {
                let before = sentence.tokens[..naming.tokens.start].last();
                let is_own = |am: &Token| self.words.is("am", &self.ground.text[am.range.clone()]);
                before.is_some_and(is_own)
                    && !keys.is_empty()
                    && !keys.contains(&naming.key(&sentence.tokens))
            })
        })
    }

    /// Whether a block names the speaker as another: by his last name or his office.
    fn tells_of(&self, block: &Block, keys: &[Word]) -> bool {
        let mut sentences = self.sentences(block.span.range());
        sentences.any(|sentence| {
            let people = sentence.namings.iter();
            let mut people = people.filter(|it| matches!(it.kind, NamingKind::Person | NamingKind::Role));
            people.any(|person| {
                let mut tokens = sentence.tokens[person.tokens.clone()].iter();
                tokens.any(|token| keys.contains(&token.word))
            })
        })
    }

    /// Whether a block is a paragraph without words in marks and no label of what follows.
    fn is_plain(&self, block: &Block) -> bool {
        let words = block.span.slice(self.ground.text);
        block.kind == BlockKind::Paragraph
            && !words.contains(['“', '"', '«'])
            && !words.trim_end().ends_with(':')
    }

    /// Whether a block speaks of "our" or "my".
    fn owns(&self, block: &Block) -> bool {
        let owns = |sentence: &Sentence| sentence.lists.any(Traits::FIRST_PERSON);
        !is_aside(block.span.slice(self.ground.text)) && self.sentences(block.span.range()).any(owns)
    }

    /// Whether a block tells what somebody else says.
    fn reports(&self, block: &Block) -> bool {
        let mut sentences = self.sentences(block.span.range());
        sentences.any(|sentence| told_of_another(sentence).is_some())
    }

    /// Whether somebody speaks of "I" or "we" in a block outside marks, and not behind what another is told to say: `She said that we must wait.`
    fn speaks(&self, block: &Block) -> bool {
        let text = self.ground.text;
        let mut sentences = self.sentences(block.span.range());
        let speaks = |sentence: &Sentence| {
            let told = told_of_another(sentence).unwrap_or(sentence.tokens.len());
            let tokens = &sentence.tokens[..told];
            let before = |at: usize| at.checked_sub(1).map(|before| &tokens[before]);
            // "Title I", "World War I": a number. "As Governor I signed it" is none.
            const OFFICE: Traits = Traits::TITLE.or(Traits::ROLE);
            let is_number = |at: usize| {
                tokens[at].range.len() == 1
                    && before(at).is_some_and(|before| before.is_name() && !before.is(OFFICE))
            };
            // "We Speak NYC": a name that begins so; "I" has its capital everywhere.
            let is_in_name = |at: usize| {
                let word = &text[tokens[at].range.clone()];
                word.starts_with(char::is_uppercase)
                    && !word.starts_with('I')
                    && before(at).is_some_and(Token::is_word)
            };
            (0..tokens.len()).any(|at| self.is_first_person(&tokens[at]) && !is_number(at) && !is_in_name(at))
        };
        !is_aside(block.span.slice(text)) && sentences.any(speaks)
    }

    /// Whether a word speaks of who says it as of who does something; "us" may be a country in capitals.
    fn is_first_person(&self, token: &Token) -> bool {
        self.words
            .is("first person", &self.ground.text[token.range.clone()])
    }

    /// Whether a block holds words that are said, and is no line over or beside them.
    fn is_said(&self, block: &Block) -> bool {
        // Who is quoted in a block of its own says that.
        let may_be = matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem);
        let words = block.span.slice(self.ground.text);
        let is_long = words.split_whitespace().count() > SHORT;
        may_be && (is_long || is_sentence(self.ground.text, block))
    }

    /// A block without the place and day that it begins with.
    fn behind_dateline(&self, block: &Block) -> Range<usize> {
        let range = block.span.range();
        let mut sentences = self.sentences(range.clone());
        let dash = sentences.next().and_then(|first| first.tokens.last());
        let start = dash.filter(|last| last.is_dash() && sentences.next().is_some());
        start.map_or(range.start, |dash| dash.range.end)..range.end
    }

    /// The first block that is a sentence and greets nobody.
    fn first_sentence(&self) -> Option<usize> {
        let is_first = |block: &Block| {
            let is_line = self.greets(block) || self.begins(block, "coda");
            self.is_said(block) && is_sentence(self.ground.text, block) && !is_line
        };
        self.blocks.iter().position(is_first)
    }

    /// The last line that holds words and is not what stands below such texts.
    fn last_line(&self) -> Option<usize> {
        let is_line = |block: &Block| {
            let words = block.span.slice(self.ground.text);
            words.contains(char::is_alphanumeric) && !self.begins(block, "coda")
        };
        self.blocks.iter().rposition(is_line)
    }

    /// Who signs with a line that is a name and no sentence, and the last word of the name.
    fn signer(&self, block: &Block) -> Option<(Attribution, Option<Word>)> {
        let text = self.ground.text;
        let line = block.span.slice(text);
        let first = line.lines().next()?;
        if line.len() > SIGNATURE || is_sentence(text, block) || block.kind != BlockKind::Paragraph {
            return None;
        }
        let start = block.span.start();
        let sentence = self.sentences(start..start + first.len()).next()?;
        let tokens = &sentence.tokens;
        let dash = tokens.iter().take_while(|token| token.is_dash()).count();
        // "Council President Ana Lima": words of a body may stand before the name.
        let naming = sentence
            .namings
            .iter()
            .rfind(|naming| naming.kind == NamingKind::Person);
        let naming = naming.or_else(|| sentence.naming_from(dash))?;
        let is_name = |token: &Token| token.shape.is_capital && token.is(Traits::BODY.or(Traits::BODY_NOUN));
        let begins = tokens.get(dash..naming.tokens.start)?.iter().all(is_name);
        let is_somebody = naming.kind == NamingKind::Person && naming.head.len() > 1
            || dash > 0 && matches!(naming.kind, NamingKind::Person | NamingKind::Body);
        let is_alone = tokens.get(naming.tokens.end).is_none_or(|next| next.is_mark(','));
        if !is_somebody || !is_alone || !begins {
            return None;
        }
        let key = (naming.kind == NamingKind::Person).then(|| naming.key(tokens));
        let told = attribution(self.ground, sentence, naming, None, ("signed", OWN))?;
        Some((told, key))
    }

    /// The sentences that begin inside a stretch.
    fn sentences(&self, range: Range<usize>) -> impl Iterator<Item = &'a Sentence> {
        let first = self.starts.partition_point(|(start, _)| *start < range.start);
        let end = self.starts.partition_point(|(start, _)| *start < range.end);
        let sentences = self.ground.sentences;
        self.starts[first..end].iter().map(|(_, at)| &sentences[*at])
    }

    fn line(&self, at: usize) -> &'a str {
        self.blocks[at].span.slice(self.ground.text).trim_end()
    }

    fn begins(&self, block: &Block, list: &str) -> bool {
        self.words.begins(list, block.span.slice(self.ground.text))
    }

    /// Whether a line greets whom a letter is to: `Dear Secretary Cruz:`
    fn greets(&self, block: &Block) -> bool {
        let line = block.span.slice(self.ground.text).trim_end();
        line.ends_with([':', ',', '—']) && self.begins(block, "greeting")
    }

    fn is(&self, block: &Block, list: &str) -> bool {
        self.words.is(list, block.span.slice(self.ground.text))
    }

    fn begins_with_mark(&self, block: &Block) -> bool {
        let words = block.span.slice(self.ground.text);
        words.starts_with(['“', '"', '«', '‘', '„'])
    }
}

/// Of each block, whether it holds words in marks that somebody is told to have said.
fn quoting(blocks: &[Block], quotes: &[Quote]) -> Vec<bool> {
    let mut found = vec![false; blocks.len()];
    let is_told = |quote: &&Quote| {
        let told = quote.attribution.as_ref();
        told.is_some_and(|told| told.cue.is_some()) && !quote.fragments.is_empty()
    };
    for hull in quotes.iter().filter(is_told).filter_map(Quote::hull) {
        let first = blocks.partition_point(|block| block.span.end() <= hull.start());
        let inside = blocks[first..]
            .iter()
            .take_while(|block| block.span.start() < hull.end());
        let end = first + inside.count();
        found[first..end].fill(true);
    }
    found
}

/// The cue by which a sentence tells what somebody else says: `Council President Cruz said`, `she added`.
fn told_of_another(sentence: &Sentence) -> Option<usize> {
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

#[cfg(test)]
mod tests;
