//! What the elements of a page show as somebody's words: block quotes and the turns of a transcript, which have no marks.

use std::collections::HashMap;
use std::ops::Range;

use super::assembly::{span_of, stance, trimmed};
use super::ground::Ground;
use super::hints::{author, introducer};
use super::interviews;
use super::joint;
use super::lexicon::Traits;
use super::marks::is_aside;
use super::namings::{Naming, NamingKind};
use super::own::{self, Office, Paper};
use super::sentence::Sentence;
use super::tokens::{Token, add_tokens};
use crate::model::document::{Block, BlockKind};
use crate::model::quote::{Attribution, Mention, Quote, QuoteKind};
use crate::model::span::Span;
use crate::model::tongue::Tongue;

/// How sure it is that a block quote is somebody's words, and whose by which rule.
const BLOCK_QUOTE: f32 = 0.8;
const SIGNED: f32 = 0.85;
const INTRODUCED: f32 = 0.8;
/// The same of a turn.
const TURN: f32 = 0.95;
/// Words of a line that says who wrote a block quote, and characters of who speaks in a turn.
const SIGNATURE: usize = 14;
const LABEL: usize = 80;
/// Paragraphs that begin with a letter for who asks, where no other label tells of a transcript.
const ASKING: usize = 2;
/// Sentences before the one that introduces a paper in which it is told whose it is.
const PAPER: usize = 3;

/// The quotes that blocks are, and those of the text that do not stand in these; of an office's paper also the text of somebody's own.
pub(super) fn add(
    ground: &Ground<'_>,
    blocks: &[Block],
    (paper, tongue): (Option<Paper<'_>>, Tongue),
    quotes: Vec<Quote>,
) -> Vec<Quote> {
    let mut kept = quotes;
    let items = items_of_works(ground, blocks);
    kept.retain(|quote| !is_title_of_work(blocks, &items, quote));
    let mut turns = turns(ground, blocks);
    let office = Office::of(ground, (blocks, &kept), tongue);
    let announced = own::announced(&office);
    // Where two speak in turn, none of it is one's own text.
    if turns.is_empty() {
        own::settle(&office, &mut kept);
    }
    if let Some(paper) = paper.filter(|_| turns.is_empty()) {
        own::give_whole(&office, paper, &mut kept);
        if let Some(own) = own::find(&office, paper).filter(|_| announced.is_empty()) {
            kept.retain(|quote| is_outside(std::slice::from_ref(&own), quote));
            kept.push(own);
            return kept;
        }
    }
    if turns.is_empty() {
        turns = interviews::answers(ground, blocks);
    }
    if !turns.is_empty() {
        kept.retain(|quote| is_outside(&turns, quote));
    }
    let whole = block_quotes(ground, blocks).chain(announced).filter(|quote| {
        let mut marked = kept.iter().filter(|known| known.kind != QuoteKind::Indirect);
        let hull = quote.hull();
        !marked.any(|known| {
            known
                .hull()
                .zip(hull)
                .is_some_and(|(known, hull)| known.overlaps(hull))
        })
    });
    let whole: Vec<Quote> = whole.collect();
    if !whole.is_empty() {
        kept.retain(|quote| is_outside(&whole, quote));
    }
    kept.extend(turns);
    kept.extend(whole);
    kept
}

/// Whether a quote stands in none of some.
fn is_outside(outer: &[Quote], quote: &Quote) -> bool {
    let hull = quote.hull();
    hull.is_some_and(|hull| {
        let mut hulls = outer.iter().filter_map(Quote::hull);
        !hulls.any(|outer| outer.overlaps(hull))
    })
}

/// Which blocks are items of a list of works: marks stand round titles there.
fn items_of_works(ground: &Ground<'_>, blocks: &[Block]) -> Vec<bool> {
    let mut follow = false;
    let is_item = |block: &Block| {
        if block.kind == BlockKind::Heading {
            follow = heads_works(ground, block.span);
        }
        follow && block.kind == BlockKind::ListItem
    };
    blocks.iter().map(is_item).collect()
}

/// Whether a quote stands in an item of a list of works, and nothing there says it.
fn is_title_of_work(blocks: &[Block], items: &[bool], quote: &Quote) -> bool {
    let says = quote.attribution.as_ref().is_some_and(|told| told.cue.is_some());
    let block = |start: usize| blocks.partition_point(|block| block.span.end() <= start);
    let is_item = |start: usize| items.get(block(start)).is_some_and(|is_item| *is_item);
    !says && quote.hull().is_some_and(|hull| is_item(hull.start()))
}

/// Whether a heading says that works follow: `Sources`.
fn heads_works(ground: &Ground<'_>, heading: Span) -> bool {
    let mut tokens = Vec::new();
    add_tokens(ground.language, ground.text, heading.range(), &mut tokens);
    let mut words = tokens.iter().filter(|token| token.is_word());
    words.next().is_some_and(|first| first.is(Traits::BIBLIOGRAPHY)) && words.next().is_none()
}

/// The turns of a transcript. A paragraph behind one goes on with it where it speaks as somebody does, of "I" and "you";
/// what the minutes tell belongs to nobody.
fn turns(ground: &Ground<'_>, blocks: &[Block]) -> Vec<Quote> {
    let labels = labels(ground, blocks);
    let mut times: HashMap<&str, usize> = HashMap::new();
    for label in labels.iter().flatten() {
        *times.entry(label.slice(ground.text)).or_default() += 1;
    }
    let answerer = interviews::answerer(ground, blocks, &labels);
    let speaks = |label: &Span| is_speaker(ground, *label, times[label.slice(ground.text)]);
    let is_speaker: Vec<bool> = labels.iter().flatten().map(speaks).collect();
    // Lines of an advisory or of a list have labels, too: `WHEN:`, `Buses:`.
    if is_speaker.iter().filter(|it| **it).count() * 2 <= is_speaker.len() {
        return Vec::new();
    }
    let mut turns: Vec<Quote> = Vec::new();
    let mut is_open = false;
    for (block, label) in blocks.iter().zip(&labels) {
        match label {
            Some(label) if speaks(label) => {
                let mut turn = turn(ground, block.span, *label);
                if let Some(told) = turn.as_mut().and_then(|turn| turn.attribution.as_mut())
                    && is_answer(ground, *label)
                {
                    told.antecedent = answerer;
                }
                // `LIMA: “A phone call.”`: the marks tell where he ends.
                is_open = turn.as_ref().is_some_and(|turn| !is_in_marks(ground.text, turn));
                turns.extend(turn);
            }
            None if is_open
                && block.kind == BlockKind::Paragraph
                && !is_labelled(ground, block)
                && goes_on(ground, block.span) =>
            {
                if let Some(turn) = turns.last_mut() {
                    let more = spoken(ground, block.span.range());
                    turn.content.extend(&more);
                    turn.fragments.extend(&more);
                }
            }
            // A stage direction between two paragraphs of one turn ends it not.
            None if is_aside(block.span.slice(ground.text)) => {}
            _ => is_open = false,
        }
    }
    turns
}

/// What stands before the colon of each turn. Plain paragraphs are turns as well where two labels or more take turns, and in a
/// transcript where a name with an office stands before the colon.
fn labels(ground: &Ground<'_>, blocks: &[Block]) -> Vec<Option<Span>> {
    let text = ground.text;
    let of_kind = |kind: BlockKind| {
        let labels = blocks
            .iter()
            .map(move |block| (block.kind == kind).then(|| label(text, block))?);
        labels.collect::<Vec<Option<Span>>>()
    };
    let mut found = of_kind(BlockKind::Turn);
    for (label, block) in found.iter_mut().zip(blocks) {
        *label = label.filter(|label| is_sentence(text, block) || is_speaker(ground, *label, 1));
    }
    let is_transcript = found.iter().any(Option::is_some);
    let mut plain = of_kind(BlockKind::Paragraph);
    for (label, block) in plain.iter_mut().zip(blocks) {
        // "Date: March 3" says nothing.
        *label = label.filter(|label| is_sentence(text, block) && is_name(ground, *label));
    }
    for (found, letter) in found.iter_mut().zip(letters(ground, blocks, is_transcript)) {
        *found = letter.or(*found);
    }
    let mut times: HashMap<&str, (usize, Span)> = HashMap::new();
    for label in plain.iter().flatten() {
        times.entry(label.slice(text)).or_insert((0, *label)).0 += 1;
    }
    // "DIRECTOR: Ana Lima." of a list: somebody's turn asks, or speaks of "I" or "you".
    let asks = |block: &Block| block.span.slice(text).contains('?');
    let is_turn = |(label, block): (&Option<Span>, &Block)| {
        label.is_some_and(|label| is_speaker(ground, label, 1))
            && (asks(block) || goes_on(ground, block.span))
    };
    let speak = plain.iter().zip(blocks).any(is_turn);
    let repeated = || times.values().filter(|(times, _)| *times > 1);
    // One of those who take turns is somebody; the other may be a paper.
    let take_turns =
        speak && repeated().count() > 1 && repeated().any(|(_, label)| is_speaker(ground, *label, 1));
    // In capitals who speaks only once is told as well; "GOAL:" and "CORNER:" of a report of a match are nobody.
    let shouted = || {
        let labels = times.values();
        labels.filter(|(_, label)| is_shouted(before_parenthesis(label.slice(text))))
    };
    let shout = speak
        && shouted().count() > 1
        && shouted().any(|(times, _)| *times > 1)
        && shouted().any(|(_, label)| is_speaker(ground, *label, 1));
    for (found, plain) in found.iter_mut().zip(&plain) {
        let speaks = |label: &Span| {
            let words = label.slice(text);
            (take_turns && times[words].0 > 1)
                || (shout && is_shouted(before_parenthesis(words)))
                || (is_transcript && (words.contains(',') || bears_office(ground, *label)))
        };
        *found = found.or(plain.filter(speaks));
    }
    found
}

/// The letters that paragraphs of a transcript begin with: `Q. When?`, `Q Mr. President, why?`, `A. At noon.` Elsewhere such letters are
/// initials and articles, so that two who ask are needed where no other label tells of a transcript.
fn letters(ground: &Ground<'_>, blocks: &[Block], is_transcript: bool) -> Vec<Option<Span>> {
    let letters = blocks.iter().map(|block| letter(ground, block));
    let letters: Vec<Option<Span>> = letters.collect();
    let asks = |label: &&Span| !is_answer(ground, **label);
    let asking = letters.iter().flatten().filter(asks).count();
    if asking >= ASKING || (is_transcript && asking > 0) {
        return letters;
    }
    vec![None; blocks.len()]
}

/// Whether a label is that of whoever answers: `A`.
fn is_answer(ground: &Ground<'_>, label: Span) -> bool {
    let mut tokens = Vec::new();
    add_tokens(ground.language, ground.text, label.range(), &mut tokens);
    matches!(tokens.as_slice(), [only] if only.is(Traits::ANSWERER))
}

/// The letter for who asks or answers that begins a paragraph.
fn letter(ground: &Ground<'_>, block: &Block) -> Option<Span> {
    let text = ground.text;
    let words = block.span.slice(text);
    let may_speak = matches!(block.kind, BlockKind::Paragraph | BlockKind::Turn);
    let first = words
        .chars()
        .next()
        .filter(|first| may_speak && first.is_uppercase())?;
    let rest = &words[first.len_utf8()..];
    let mut tokens = Vec::new();
    let start = block.span.start();
    add_tokens(
        ground.language,
        text,
        start..start + first.len_utf8(),
        &mut tokens,
    );
    let is_label = tokens.first().is_some_and(|token| token.is(Traits::ASKER));
    let is_marked = rest
        .strip_prefix(['.', ':'])
        .is_some_and(|rest| rest.starts_with(char::is_whitespace));
    // "A reservoir is": an article.
    let is_bare = || {
        let is_article = tokens.first().is_some_and(|token| token.is(Traits::DETERMINER));
        let behind = rest.trim_start();
        !is_article && behind.len() < rest.len() && behind.starts_with(char::is_uppercase)
    };
    let found = is_label && (is_marked || is_bare());
    found.then(|| Span::of(text, start..start + first.len_utf8()))?
}

/// Whether a block ends as a sentence does, and has words behind its label: `Lima: 547.` says nothing.
pub(super) fn is_sentence(text: &str, block: &Block) -> bool {
    let words = block.span.slice(text).trim_end();
    let behind = words.split_once(':').map_or(words, |(_, behind)| behind);
    behind.contains(char::is_alphabetic) && words.ends_with(['.', '!', '?', '…', '”', '"', ')', ']', '—'])
}

/// Whether a label begins with an office: `Mayor Lima`, `THE WITNESS`.
fn bears_office(ground: &Ground<'_>, label: Span) -> bool {
    let mut tokens = Vec::new();
    add_tokens(ground.language, ground.text, label.range(), &mut tokens);
    let office = tokens.iter().find(|token| !token.is(Traits::DEFINITE));
    let is_office = |office: &Token| office.is(Traits::TITLE.or(Traits::ROLE)) && !office.is(Traits::PAPER);
    tokens.len() > 1 && office.is_some_and(is_office)
}

/// Whether a block begins with a label in capitals, whoever that names: `UNIDENTIFIED PERSON #1:`.
fn is_labelled(ground: &Ground<'_>, block: &Block) -> bool {
    let text = ground.text;
    // "Ana Lima, President, Local 12": who is named with what he is begins a turn of his own.
    let is_introduced = |label: Span| label.slice(text).contains(", ") && is_name(ground, label);
    label(text, block).is_some_and(|label| is_shouted(label.slice(text)) || is_introduced(label))
}

/// Whether words are written in capitals.
fn is_shouted(words: &str) -> bool {
    let letters = words.chars().filter(|letter| letter.is_alphabetic());
    letters.clone().count() > 2 && letters.clone().all(char::is_uppercase)
}

/// A label without what stands in parentheses behind it: `SPEAKER` of `SPEAKER (Ms. Lima)`.
fn before_parenthesis(label: &str) -> &str {
    label.split_once('(').map_or(label, |(before, _)| before)
}

/// Whether a label is a noun for somebody: `HOST`.
fn is_role(ground: &Ground<'_>, label: Span) -> bool {
    let mut tokens = Vec::new();
    add_tokens(ground.language, ground.text, label.range(), &mut tokens);
    matches!(tokens.as_slice(), [only] if only.is(Traits::ROLE) && !only.is(Traits::PAPER))
}

/// What stands before the colon of a block.
fn label(text: &str, block: &Block) -> Option<Span> {
    let words = block.span.slice(text);
    let colon = memchr::memchr(b':', &words.as_bytes()[..words.len().min(LABEL + 1)])?;
    trimmed(text, block.span.start()..block.span.start() + colon)
}

/// Whether a label is written as a name with or without an office: each word that is not small in names has a capital.
fn is_name(ground: &Ground<'_>, label: Span) -> bool {
    const SMALL: Traits = Traits::OF
        .or(Traits::AND)
        .or(Traits::PREPOSITION)
        .or(Traits::DEFINITE)
        .or(Traits::PARTICLE);
    let mut tokens = Vec::new();
    add_tokens(ground.language, ground.text, label.range(), &mut tokens);
    // "Ana Lima, Local 12": the number of a body stands behind the name.
    let name = tokens.iter().take_while(|token| token.is_word()).count();
    let is_numbered = |token: &Token| token.shape.is_number && token.range.start > tokens[name - 1].range.end;
    let is_part = |token: &Token| match token.is_word() {
        true => token.is_name() || token.is(SMALL) || is_numbered(token),
        // "Question (Ana Lima, Ledger)".
        false => token.is_mark(',') || token.is_mark('(') || token.is_mark(')'),
    };
    name > 0 && tokens[0].is_name() && tokens.iter().all(is_part)
}

/// Whether a label names somebody who speaks: by a full name or an office, by a name that the text gives in full
/// elsewhere, as one of two who ask and answer, or because it comes again.
fn is_speaker(ground: &Ground<'_>, label: Span, times: usize) -> bool {
    // "Ana Lima, Department of Ports", "Ana Lima (Ports)": the name stands before the mark.
    let name = label
        .slice(ground.text)
        .find([',', '('])
        .map_or(label.end(), |comma| label.start() + comma);
    let mut tokens = Vec::new();
    add_tokens(ground.language, ground.text, label.start()..name, &mut tokens);
    if tokens.iter().any(|token| token.shape.is_number) {
        return false;
    }
    // "Myth:", "Fact:" stand over what is told, however often.
    if tokens
        .iter()
        .all(|token| token.is(Traits::NEVER) && !token.is(Traits::ASKER))
    {
        return false;
    }
    let asks = |token: &Token| token.is(Traits::ASKER);
    if times > 1 || tokens.iter().any(asks) {
        return true;
    }
    let Some(last) = tokens
        .last()
        .filter(|last| last.is_word() && !last.is(Traits::BODY))
    else {
        return false;
    };
    let is_the = usize::from(tokens.len() > 1 && tokens[0].is(Traits::DEFINITE));
    let bears_office = tokens.len() > 1 && tokens[is_the].is(Traits::TITLE.or(Traits::ROLE));
    let is_full_name = tokens.len() > 1 && tokens.iter().all(|token| token.is_word() && token.is_name());
    let is_host = is_role(ground, label) && is_shouted(label.slice(ground.text));
    bears_office
        || is_host
        || (is_full_name && !tokens[0].shape.is_all_capital)
        || ground.is_named_in_full(last.word, label.start())
}

/// Whether a paragraph goes on with what somebody says.
pub(super) fn goes_on(ground: &Ground<'_>, paragraph: Span) -> bool {
    let mut tokens = Vec::new();
    add_tokens(ground.language, ground.text, paragraph.range(), &mut tokens);
    !is_aside(paragraph.slice(ground.text))
        && tokens
            .iter()
            .any(|token| token.is(Traits::FIRST_PERSON.or(Traits::SECOND_PERSON)))
}

/// The words of a stretch without stage directions: `No. [Laughter]`, `(Applause.)`.
pub(super) fn spoken(ground: &Ground<'_>, range: Range<usize>) -> Vec<Span> {
    let text = ground.text;
    let mut pieces = Vec::new();
    let mut start = range.start;
    let mut at = range.start;
    while let Some(found) = text[at..range.end].find(['(', '[']) {
        let open = at + found;
        let close = if text[open..].starts_with('(') { ')' } else { ']' };
        let Some(length) = text[open..range.end].find(close) else {
            break;
        };
        let end = open + length + 1;
        let mut inside = Vec::new();
        add_tokens(ground.language, text, open + 1..end - 1, &mut inside);
        if inside.iter().any(|token| token.is(Traits::STAGE)) {
            pieces.extend(trimmed(text, start..open));
            start = end;
        }
        at = end;
    }
    pieces.extend(trimmed(text, start..range.end));
    pieces
}

/// `Mayor Lima: Good morning.`
fn turn(ground: &Ground<'_>, span: Span, label: Span) -> Option<Quote> {
    let text = ground.text;
    let rest = &text[label.end()..span.end()];
    // Behind a letter a stop or nothing may stand for the colon.
    let start = match label.slice(text).len() {
        1 => rest.len() - rest.trim_start_matches(['.', ':']).len(),
        _ => rest.find(':')? + 1,
    };
    let content = spoken(ground, label.end() + start..span.end());
    let attribution = Attribution {
        cue: None,
        stance: None,
        mention: Mention::Text(name_of(ground, label)),
        antecedent: None,
        members: Vec::new(),
        rule: "turn",
        confidence: TURN,
    };
    (!content.is_empty()).then(|| quote(content, Some(attribution), TURN))
}

/// Whether all that is said in a turn stands in one pair of marks.
fn is_in_marks(text: &str, turn: &Quote) -> bool {
    let words = turn.hull().map_or("", |hull| hull.slice(text));
    let inside = words
        .strip_prefix(['“', '"', '‘', '«'])
        .and_then(|words| words.strip_suffix(['”', '"', '’', '»']));
    inside.is_some_and(|inside| !inside.contains(['“', '”', '"', '«', '»']))
}

/// A label without the office behind the name; of `Question (Ana Lima, Ledger)` who asks.
fn name_of(ground: &Ground<'_>, label: Span) -> Span {
    let text = ground.text;
    let ends = |from: usize, marks: &[char]| {
        let found = text[from..label.end()].find(marks);
        found.map_or(label.end(), |at| from + at)
    };
    let end = ends(label.start(), &[',', '(']);
    let mut tokens = Vec::new();
    add_tokens(ground.language, text, label.start()..end, &mut tokens);
    let asks = tokens.iter().any(|token| token.is(Traits::ASKER));
    let asker = text[end..label.end()].strip_prefix('(').filter(|_| asks);
    let asker = asker.and_then(|_| trimmed(text, end + 1..ends(end + 1, &[',', ')'])));
    asker
        .or_else(|| trimmed(text, label.start()..end))
        .unwrap_or(label)
}

/// Block quotes that hold no words in marks of their own.
fn block_quotes<'a>(ground: &'a Ground<'_>, blocks: &'a [Block]) -> impl Iterator<Item = Quote> {
    let groups = blocks.chunk_by(|one, other| one.kind == other.kind);
    let quoted = groups.filter(|group| group[0].kind == BlockKind::BlockQuote);
    quoted.filter_map(|group| block_quote(ground, group))
}

fn block_quote(ground: &Ground<'_>, group: &[Block]) -> Option<Quote> {
    let signature = group.split_last().filter(|(_, above)| !above.is_empty());
    let signature = signature.and_then(|(last, above)| Some((signed(ground, last.span)?, above)));
    let (attribution, blocks) = match signature {
        Some((attribution, above)) => (Some(attribution), above),
        None => (introduced(ground, group[0].span.start()), group),
    };
    let content = blocks
        .iter()
        .filter_map(|block| trimmed(ground.text, block.span.range()));
    let content: Vec<Span> = content.collect();
    (!content.is_empty()).then(|| quote(content, attribution, BLOCK_QUOTE))
}

/// Who signs by a last line that is a name and no sentence: `— Grace Okonjo, Alder Street Parents`.
fn signed(ground: &Ground<'_>, line: Span) -> Option<Attribution> {
    let sentence = sentence_in(ground, line.range())?;
    let tokens = &sentence.tokens;
    let start = tokens.iter().take_while(|token| token.is_dash()).count();
    let naming = sentence.naming_from(start)?;
    let is_named = matches!(naming.kind, NamingKind::Person | NamingKind::Body);
    let is_line = tokens.len() <= SIGNATURE && tokens.last()?.range.end == line.end();
    let is_sentence = tokens.last()?.ends_sentence();
    let alone = tokens.get(naming.tokens.end).is_none_or(|next| !next.is_word());
    if !is_named || !is_line || is_sentence || !(alone || start > 0) {
        return None;
    }
    attribution(ground, sentence, naming, None, ("signed", SIGNED))
}

/// Who is said before a block quote to have said or written it: `Frost wrote to her colleagues:`, and of `The statement
/// reads in full:` whose statement it is.
fn introduced(ground: &Ground<'_>, start: usize) -> Option<Attribution> {
    let sentences = ground.sentences;
    let ends_before =
        |sentence: &Sentence| sentence.tokens.last().is_some_and(|last| last.range.end <= start);
    let index = sentences.iter().rposition(ends_before)?;
    let told = introducer(&sentences[index])?;
    let (at, speaker) = whose(sentences, index, &told.speaker).unwrap_or((index, &told.speaker));
    let cue = told.cue.filter(|_| at == index);
    attribution(ground, &sentences[at], speaker, cue, ("introduced", INTRODUCED))
}

/// Whose the paper is that a sentence tells of: its owner's, or whose the last sentence says that tells of it.
fn whose<'a>(sentences: &'a [Sentence], index: usize, paper: &Naming) -> Option<(usize, &'a Naming)> {
    let sentence = &sentences[index];
    let noun = sentence.tokens[..paper.tokens.end]
        .last()
        .filter(|noun| noun.is(Traits::PAPER))?;
    let mut weak = sentence.weak.iter().filter(|_| paper.kind != NamingKind::Person);
    let owns = |naming: &&Naming| {
        sentence.tokens[naming.tokens.end - 1].is_owner() && naming.tokens.end + 1 == paper.tokens.end
    };
    if let Some(owner) = weak.find(owns) {
        return Some((index, owner));
    }
    let tells = |at: usize| {
        sentences[at]
            .tokens
            .iter()
            .position(|token| token.word == noun.word)
    };
    let near = (index.saturating_sub(PAPER)..index).rev();
    let (at, paper) = near.filter_map(|at| Some((at, tells(at)?))).next()?;
    author(&sentences[at], paper).map(|naming| (at, naming))
}

pub(super) fn attribution(
    ground: &Ground<'_>,
    sentence: &Sentence,
    naming: &Naming,
    cue: Option<(usize, usize)>,
    (rule, confidence): (&'static str, f32),
) -> Option<Attribution> {
    let members = joint::introducers(sentence, naming).unwrap_or_default();
    let mention = joint::hull(&members).unwrap_or_else(|| naming.tokens.clone());
    let members = members
        .iter()
        .map(|member| span_of(ground.text, sentence, &member.tokens));
    Some(Attribution {
        cue: cue.and_then(|(cue, length)| span_of(ground.text, sentence, &(cue..cue + length))),
        stance: cue.and_then(|(cue, _)| stance(ground.language, sentence, cue)),
        mention: Mention::Text(span_of(ground.text, sentence, &mention)?),
        antecedent: None,
        members: members.collect::<Option<_>>()?,
        rule,
        confidence,
    })
}

/// The first sentence that begins inside a stretch.
fn sentence_in<'a>(ground: &'a Ground<'_>, range: Range<usize>) -> Option<&'a Sentence> {
    let mut sentences = ground.sentences.iter();
    sentences.find(|sentence| {
        sentence
            .tokens
            .first()
            .is_some_and(|first| range.contains(&first.range.start))
    })
}

pub(super) fn quote(content: Vec<Span>, attribution: Option<Attribution>, confidence: f32) -> Quote {
    Quote {
        kind: QuoteKind::Direct,
        fragments: content.clone(),
        content,
        attribution,
        confidence,
    }
}
