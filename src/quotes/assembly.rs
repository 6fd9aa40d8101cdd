//! From marked stretches and what their sentences tell to quotes.

use std::ops::Range;

use super::attribution::{Told, told};
use super::marks::Run;
use super::namings::NamingKind;
use super::sentence::{Sentence, Slot};
use crate::model::quote::{Attribution, Quote, QuoteKind};
use crate::model::span::Span;

/// Words of a stretch that nobody is told to have said, from which it still counts as speech.
const LONG: usize = 6;
/// Paragraphs over which a speaker is carried on.
const REACH: usize = 2;

/// A stretch with what is known of it.
struct Found<'a> {
    sentence: usize,
    slot: Slot,
    run: &'a Run,
    words: usize,
    begins_sentence: bool,
    ends_sentence: bool,
    told: Option<Told>,
    /// Who spoke, by what stands before: mention, rule, confidence.
    carried: Option<(Span, &'static str, f32)>,
}

/// The quotes with words in marks.
pub(super) fn assemble(text: &str, sentences: &[Sentence], runs: &[Run]) -> Vec<Quote> {
    let mut found = gather(text, sentences, runs);
    carry_on(text, sentences, &mut found);
    found.retain(|it| is_speech(text, it));
    let mut quotes: Vec<Quote> = Vec::new();
    let mut at = 0;
    while at < found.len() {
        let mut end = at + 1;
        while end < found.len() && belongs_together(&found[at], &found[end]) {
            end += 1;
        }
        quotes.extend(quotes_of(text, sentences, &found[at..end]));
        at = end;
    }
    quotes
}

fn gather<'a>(text: &str, sentences: &[Sentence], runs: &'a [Run]) -> Vec<Found<'a>> {
    let mut found = Vec::with_capacity(runs.len());
    for (index, sentence) in sentences.iter().enumerate() {
        // Further pieces of a run belong to its first one.
        for slot in sentence.runs.iter().filter(|slot| slot.piece == 0) {
            let run = &runs[slot.run];
            let lead = &sentence.tokens[..slot.before];
            let begins_sentence = lead.iter().all(|token| !token.is_word) && sentence.runs[0] == *slot;
            let words = run
                .pieces
                .iter()
                .map(|piece| text[piece.clone()].split_whitespace().count())
                .sum();
            let ends_sentence = sentence.tokens[slot.before..].iter().all(|token| !token.is_word);
            // What is told of a quote that runs over paragraphs may stand after its last piece.
            let told_here = told(sentence, *slot, begins_sentence);
            let told = told_here.or_else(|| told_at_end(sentences, index, run, slot.run));
            found.push(Found {
                sentence: index,
                slot: *slot,
                run,
                words,
                begins_sentence,
                ends_sentence,
                told,
                carried: None,
            });
        }
    }
    found
}

fn told_at_end(sentences: &[Sentence], first: usize, run: &Run, index: usize) -> Option<Told> {
    let last = run.pieces.len() - 1;
    if last == 0 {
        return None;
    }
    let paragraph = run.paragraphs[last];
    let here = sentences[first..]
        .iter()
        .take_while(|sentence| sentence.paragraph <= paragraph);
    let (sentence, slot) = here
        .filter_map(|sentence| {
            let slot = sentence
                .runs
                .iter()
                .find(|slot| slot.run == index && slot.piece == last)?;
            Some((sentence, *slot))
        })
        .next()?;
    // The tokens of the told naming are of another sentence; only the words are needed, so they are moved
    // by spans in `mention`; a told of another sentence is marked by having no cue.
    told(sentence, slot, false)
        .map(|told| Told { cue: None, ..told })
        .filter(|_| sentence.paragraph == sentences[first].paragraph)
}

/// Gives stretches without a speaker of their own the one before, where the text goes on with him.
fn carry_on(text: &str, sentences: &[Sentence], found: &mut [Found<'_>]) {
    let mut last: Option<(usize, Span)> = None;
    for index in 0..found.len() {
        let paragraph = sentences[found[index].sentence].paragraph;
        if let Some(told) = &found[index].told {
            let mention = mention(text, &sentences[found[index].sentence], told);
            last =
                mention.map(|mention| (*found[index].run.paragraphs.last().unwrap_or(&paragraph), mention));
            continue;
        }
        let it = &found[index];
        let whole = it.begins_sentence && it.ends_sentence;
        let reach =
            last.map(|(last_paragraph, mention)| (paragraph - last_paragraph.min(paragraph), mention));
        let carried = match reach {
            Some((0, mention)) if whole => Some((mention, "same_paragraph", 0.85)),
            Some((0, mention)) if it.words >= 3 => Some((mention, "same_paragraph", 0.55)),
            _ => introduced(text, sentences, it)
                .or_else(|| follows(sentences, found, index).then(|| ahead(text, sentences, found, index))?)
                .or(match reach {
                    Some((distance, mention)) if whole && distance <= REACH => {
                        Some((mention, "paragraph_before", 0.6))
                    }
                    _ => sentence_subject(text, &sentences[it.sentence], it),
                }),
        };
        found[index].carried = carried;
        if let Some((mention, _, confidence)) = carried.filter(|(_, _, confidence)| *confidence >= 0.6) {
            let _ = confidence;
            last = Some((*found[index].run.paragraphs.last().unwrap_or(&paragraph), mention));
        }
    }
}

/// Whether the next stretch stands in the same paragraph and is told of.
fn follows(sentences: &[Sentence], found: &[Found<'_>], index: usize) -> bool {
    found.get(index + 1).is_some_and(|next| {
        next.told.is_some()
            && sentences[next.sentence].paragraph == sentences[found[index].sentence].paragraph
            && found[index].begins_sentence
            && found[index].ends_sentence
    })
}

fn ahead(
    text: &str,
    sentences: &[Sentence],
    found: &[Found<'_>],
    index: usize,
) -> Option<(Span, &'static str, f32)> {
    let next = found.get(index + 1)?;
    let mention = mention(text, &sentences[next.sentence], next.told.as_ref()?)?;
    Some((mention, "same_paragraph", 0.7))
}

/// `Lima said in a statement:` at the end of the paragraph before.
fn introduced(text: &str, sentences: &[Sentence], it: &Found<'_>) -> Option<(Span, &'static str, f32)> {
    if !it.begins_sentence {
        return None;
    }
    let before = sentences.get(it.sentence.checked_sub(1)?)?;
    if !before.tokens.last()?.is_mark(":") {
        return None;
    }
    let slot = Slot {
        before: before.tokens.len(),
        run: usize::MAX,
        piece: 0,
    };
    let told = told(before, slot, false)?;
    Some((mention(text, before, &told)?, "introduced", 0.85))
}

/// Somebody named first in the sentence, where nothing says that he spoke.
fn sentence_subject(text: &str, sentence: &Sentence, it: &Found<'_>) -> Option<(Span, &'static str, f32)> {
    let naming = sentence.namings.iter().find(|naming| {
        matches!(naming.kind, NamingKind::Person | NamingKind::Pronoun) && naming.tokens.end <= it.slot.before
    })?;
    let span = span_of(text, sentence, &naming.tokens)?;
    (it.words >= 3).then_some((span, "sentence_subject", 0.35))
}

/// Whether the words are somebody's, and not a title, a nickname or a word held at arm's length.
fn is_speech(text: &str, it: &Found<'_>) -> bool {
    let words = text[it.run.pieces[0].clone()].trim();
    if !words.contains(char::is_alphabetic) {
        return false;
    }
    let is_titled = it.words >= 2 && is_title(words);
    match (&it.told, &it.carried) {
        (Some(told), _) if told.is_adjacent => true,
        (Some(_), _) if is_titled => false,
        (Some(told), _) => told.confidence >= 0.7 || it.words >= 3,
        (None, Some((_, _, confidence))) => {
            !is_titled && it.words >= 3 && (*confidence >= 0.5 || it.words >= LONG)
        }
        (None, None) => !is_titled && it.words >= LONG,
    }
}

/// Whether all longer words are capitalised and nothing ends like speech.
fn is_title(words: &str) -> bool {
    let ends_like_speech = words.ends_with([',', '.', '!', '?', '…']);
    let mut long = words
        .split_whitespace()
        .filter(|word| word.chars().count() > 3)
        .peekable();
    !ends_like_speech
        && long.peek().is_some()
        && long.all(|word| {
            word.chars()
                .find(|c| c.is_alphabetic())
                .is_some_and(char::is_uppercase)
        })
}

/// Whether two stretches are parts of what one cue reports.
fn belongs_together(one: &Found<'_>, other: &Found<'_>) -> bool {
    one.sentence == other.sentence
        && matches!((&one.told, &other.told), (Some(a), Some(b)) if a.cue.is_some() && a.cue == b.cue)
}

/// The quotes of stretches that belong together: one, unless they are whole sentences of their own.
fn quotes_of(text: &str, sentences: &[Sentence], found: &[Found<'_>]) -> Option<Quote> {
    let first = &found[0];
    let sentence = &sentences[first.sentence];
    let fragments: Vec<Span> = found
        .iter()
        .flat_map(|it| &it.run.pieces)
        .filter_map(|piece| trimmed(text, piece.clone()))
        .collect();
    if fragments.is_empty() {
        return None;
    }
    let is_direct = found.iter().all(is_direct);
    let clause = first
        .told
        .as_ref()
        .filter(|_| !is_direct)
        .and_then(|told| clause(text, sentence, told, found));
    let (kind, content) = match clause {
        None => (QuoteKind::Direct, fragments.clone()),
        Some(clause) => (
            QuoteKind::Mixed,
            vec![fragments.iter().fold(clause, |hull, span| hull.hull(*span))],
        ),
    };
    let attribution = match (&first.told, &first.carried) {
        (Some(told), _) => Some(Attribution {
            cue: told
                .cue
                .and_then(|(cue, length)| span_of(text, sentence, &(cue..cue + length))),
            mention: mention(text, sentence, told)?,
            antecedent: None,
            rule: told.rule,
            confidence: told.confidence,
        }),
        (None, Some((mention, rule, confidence))) => Some(Attribution {
            cue: None,
            mention: *mention,
            antecedent: None,
            rule,
            confidence: *confidence,
        }),
        (None, None) => None,
    };
    let length = found.iter().map(|it| it.words).sum::<usize>();
    let confidence = match &attribution {
        Some(attribution) => (attribution.confidence + if length >= LONG { 0.05 } else { 0.0 }).min(0.99),
        None => 0.4,
    };
    Some(Quote {
        kind,
        content,
        fragments,
        attribution,
        confidence,
    })
}

/// Whether all that is reported stands in the marks.
fn is_direct(it: &Found<'_>) -> bool {
    match &it.told {
        Some(told) => told.is_adjacent && (!told.is_after || it.begins_sentence || it.slot.before == 0),
        None => true,
    }
}

/// The reported clause around stretches in marks.
fn clause(text: &str, sentence: &Sentence, told: &Told, found: &[Found<'_>]) -> Option<Span> {
    let (cue, length) = told.cue?;
    let tokens = &sentence.tokens;
    let last = found.last()?;
    let end_of_runs = last.run.outer.last()?.end;
    if told.is_after {
        let end = told.speaker.tokens.start.min(cue);
        let end = (0..end)
            .rev()
            .find(|index| tokens[*index].is_word)
            .map(|index| tokens[index].range.end)?;
        let start = tokens[0].range.start.min(found[0].run.outer[0].start);
        return Span::of(text, start..end.max(end_of_runs));
    }
    let mut start = cue + length;
    if told.speaker.tokens.start >= start {
        start = told.speaker.tokens.end;
    }
    // "told reporters on Friday that …": the clause begins with its conjunction.
    let that = (start..last.slot.before.min(start + 12)).find(|index| tokens[*index].folded == "that");
    let start = that.unwrap_or(start);
    let start = (start..tokens.len()).find(|index| tokens[*index].is_word && *index < found[0].slot.before);
    let start = start.map_or(found[0].run.outer[0].start, |index| tokens[index].range.start);
    // What follows the last stretch belongs to it up to the end, or to the next cue.
    let after = &tokens[last.slot.before..];
    let next_cue = (last.slot.before..tokens.len()).any(|index| sentence.cue(index).is_some());
    let end = match after.iter().rev().find(|token| token.is_word) {
        Some(word) if !next_cue => word.range.end,
        _ => end_of_runs,
    };
    Span::of(text, start.min(found[0].run.outer[0].start)..end.max(end_of_runs))
}

/// The words that name the speaker.
fn mention(text: &str, sentence: &Sentence, told: &Told) -> Option<Span> {
    span_of(text, sentence, &told.speaker.tokens)
}

pub(super) fn span_of(text: &str, sentence: &Sentence, tokens: &Range<usize>) -> Option<Span> {
    let first = sentence.tokens.get(tokens.start)?;
    let last = sentence.tokens.get(tokens.end.checked_sub(1)?)?;
    Span::of(text, first.range.start..last.range.end)
}

/// A stretch without white space at its ends; nothing where it is all white space.
fn trimmed(text: &str, range: Range<usize>) -> Option<Span> {
    let slice = &text[range.clone()];
    let start = range.start + (slice.len() - slice.trim_start().len());
    Span::of(text, start..start + slice.trim().len()).filter(|span| !span.is_empty())
}
